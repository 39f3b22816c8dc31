"""Runs the command as a person does, in this process, on a table of a story that has all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from licet.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TABLE = """owner,owned,share,share_min,share_max,kind,owner_kind,owned_country,nominee_for,since,through
Huawei Technologies Co. Ltd.,Alpha Holdings,,>25,50,,,CN,,2020-01-01,
ZTE Corporation,Alpha Holdings,30,,,,,,,2020-01-01,
Alpha Holdings,Beta Trading,60,,,,,HK,,,
Beta Trading,Alpha Holdings,10,,,,,,,,
Alpha Holdings,Gamma <Penang> & Sons,25,,,,,MY,,,
Beta Trading,Gamma <Penang> & Sons,20,,,,,,,,
Mr. Nominee,Gamma <Penang> & Sons,15,,,,person,,Huawei Technologies Co. Ltd.,2025-06-01,
Anna Person,Gamma <Penang> & Sons,30,,,,person,,,,
unknown,Delta Fund,undeterminable,,,,,LU,,,
Delta Fund,Gamma <Penang> & Sons,10,,,,,,,,
Anna Person,Delta Fund,,,,rightsToProfitOrIncome,,,,,
Huawei Technologies Co. Ltd.,Gamma <Penang> & Sons,,,,appointmentOfBoard,,,,,
"""
"""A circle, a range with an open end, a nominee, an owner who is not known, a right to profits, a seat on a board."""


@pytest.fixture
def table(tmp_path: Path) -> str:
    """Write the table; return its path."""
    path = tmp_path / "gamma.csv"
    path.write_text(TABLE, encoding="utf-8")
    return str(path)


@pytest.fixture
def licet(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., str]:
    """Run `licet ownership` and return what it says: on standard output, or on standard error where it refuses."""
    monkeypatch.setenv("LICET_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NO_COLOR", "1")

    def run(*arguments: str, code: int = 0) -> str:
        with pytest.raises(SystemExit) as left:
            main(("ownership", *arguments))
        said = capsys.readouterr()
        assert left.value.code == code, said
        assert "Traceback" not in said.err
        assert not (said.out and said.err), said
        return said.err if code == 2 else said.out

    return run
