"""What the parts of `licet lists` share: where the store lies, the day of a list, ids that complete."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Self, TextIO

import click

from licet.cli.clock import today
from licet.model.errors import FactsError, Problem, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from licet.lists.kept import Kept, Store
    from licet.lists.vault import Vault

AS_OF = "DAY[@KNOWN]; left out: today. KNOWN: with the issues that were here on that day."


def opened(*, create: bool = False, wait: float | None = None) -> Vault:
    """Open the store of this machine.

    Args:
        create: Make it where it is not there; else it reads as empty.
        wait: Seconds to wait for another process; left out: those of the store.
    """
    from licet.lists.store import file_here
    from licet.lists.vault import Vault

    return Vault(file_here(), create=create, wait=wait)


@contextmanager
def taking_in() -> Iterator[None]:
    """Take lists in, without collecting garbage, which is a quarter of the time; then compile them for look-ups."""
    from licet.lists.store import open_lists

    collects = gc.isenabled()
    gc.disable()
    try:
        yield
        open_lists()
    finally:
        if collects:
            gc.enable()


class Progress:
    """Says on a terminal what comes and how much of it there is, on one line; elsewhere nothing."""

    EACH = 0.1
    """Seconds between two lines: more often nobody can read them."""
    WIDTH = 79
    """Letters of a line: one that wraps cannot be wiped."""

    def __init__(self, stream: TextIO) -> None:
        """Take the stream; where it is no terminal nothing is written."""
        self.stream, self.shown, self.last = stream, stream.isatty(), 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._line("")

    def report(self, list_: str, name: str, done: int, total: int) -> None:
        """Say how much of a file has come.

        Args:
            list_: Id of the list.
            name: Name of the file.
            done: Bytes that came.
            total: Bytes that will come; 0: not known.
        """
        now = monotonic()
        if now - self.last >= self.EACH or done == total:
            self.last = now
            share = f" of {total:,}" if total else ""
            self._line(f"licet: {list_}: {name}: {done:,}{share} bytes")

    def _line(self, text: str) -> None:
        if self.shown:
            click.echo(f"\r\x1b[K{text[: self.WIDTH]}", file=self.stream, nl=False)


def days(as_of: str | None) -> tuple[date, date | None]:
    """Return the day of a list and the day of knowledge that a person wrote.

    Raises:
        FactsError: It is none, or has a what-if in it.
    """
    if as_of is None:
        return today(), None
    from licet.state import parse

    state = parse(as_of)
    if state.what_ifs or state.day is None:
        raise FactsError(Problem(f'found "{as_of}"', field="as_of", allowed="YYYY-MM-DD or YYYY-MM-DD@YYYY-MM-DD"))
    return state.day, state.known


def a_day(text: str, field: str) -> date:
    """Return the day that a person wrote.

    Raises:
        FactsError: It is none.
    """
    from licet.formats.value import Refusal, parse_day

    day = parse_day(text)
    if isinstance(day, Refusal):
        raise FactsError(Problem(day.message, field=field, allowed=day.allowed, nearest=day.nearest, todo=day.todo))
    return day


def issue_on(store: Store, list_: str, day: date, known: date | None = None) -> Kept:
    """Return the issue that says who was on a list on a day.

    Raises:
        SourceError: There is no such list, none of it is kept, or none reaches back so far.
    """
    from licet.lists.kept import in_use
    from licet.lists.source import source

    issues = store.issues(source(list_).feeds)
    found = in_use(issues, day, known)
    if found is None:
        first = min((kept.issued for kept in issues if kept.whole and kept.counted_on(known)), default=None)
        what = f"no issue of {list_} reaches back to {day}" if first else f"no issue of {list_} is kept"
        todo = f"The first is of {first}." if first else "Add one: licet lists add FILE."
        if issues and not first:
            what = f"of {list_} only rules that add to it are kept, or what was taken back: no whole issue"
        raise SourceError(Problem(what, todo=todo))
    return found


def list_ids(ctx: click.Context, param: click.Parameter, begun: str) -> list[str]:  # noqa: ARG001 - click calls it so
    """Complete the id of a list in the shell."""
    from licet.lists.source import sources

    return [id_ for id_, one in sources().items() if id_ == one.feeds and id_.startswith(begun)]
