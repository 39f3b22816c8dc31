"""Watches as a person does, in this process, on a day of the test's choice."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from licet.cli import main
from licet.sources import Sources, open_sources
from licet.state import State
from licet.watch import Watched, watch
from licet.watching.window import window

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from licet.model.act import Act
    from licet.watching.parties import Parties

    Look = Callable[..., Watched]

TODAY = date(2026, 11, 25)


@pytest.fixture(scope="session")
def sources() -> Sources:
    return open_sources(State(None))


@pytest.fixture
def look(sources: Sources) -> Look:
    """Watch from one day to another, seen from `TODAY`."""

    def run(
        first: str, last: str, acts: Sequence[Act] = (), parties: Sequence[Parties] = (), known: str = ""
    ) -> Watched:
        days = window(
            sources.book, TODAY, date.fromisoformat(first), last, date.fromisoformat(known) if known else None
        )
        return watch(sources, days, acts, parties)

    return run


@pytest.fixture
def licet(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Run `licet watch` and return what it says."""

    def run(*arguments: str, code: int, today: date = TODAY) -> str:
        monkeypatch.setattr("licet.cli.watch.today", lambda: today)
        with pytest.raises(SystemExit) as left:
            main(("watch", *arguments))
        said = capsys.readouterr()
        assert left.value.code == code, said
        assert "Traceback" not in said.err
        assert not (said.out and said.err), said
        return said.out or said.err

    return run
