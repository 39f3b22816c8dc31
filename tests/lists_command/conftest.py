"""Runs `licet lists` as a person does, in this process, with a store of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from licet.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the store lie in a folder of the test."""
    path = tmp_path / "licet home"
    monkeypatch.setenv("LICET_HOME", str(path))
    return path


@pytest.fixture
def lists(home: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:  # noqa: ARG001 - it is set
    """Run `licet lists` and return what it says: on standard output, or on standard error where it refuses."""

    def run(*arguments: object, code: int = 0) -> str:
        with pytest.raises(SystemExit) as left:
            main(["lists", *map(str, arguments)])
        said = capsys.readouterr()
        assert left.value.code == code, said
        assert "Traceback" not in said.err
        wide = [line for line in said.out.splitlines() if len(line) > 110 and arguments[0] != "export"]
        assert not wide or "--format" in arguments, wide
        return said.err if code == 2 else said.out

    return run
