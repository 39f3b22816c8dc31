"""Runs the command as a person does, in this process: output and exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from licet.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def licet(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Run `licet` and return what it says: on standard output, or on standard error where it refuses."""

    def run(*arguments: str, code: int = 0) -> str:
        with pytest.raises(SystemExit) as left:
            main(arguments)
        said = capsys.readouterr()
        assert left.value.code == code, said
        assert "Traceback" not in said.err
        assert not (said.out and said.err), said
        return said.err if code == 2 else said.out

    return run
