"""`licet demo` as a person calls it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from licet.cli import clock, demo, main

if TYPE_CHECKING:
    from pathlib import Path

TODAY = ["--today", "2026-11-24"]


def test_the_screen_goes_to_a_pipe_without_colors() -> None:
    result = CliRunner().invoke(demo.command, TODAY)
    assert result.exit_code == 0
    assert result.output.startswith("licet demo    Does it need a license?")
    assert "\x1b" not in result.output


def test_a_terminal_gets_colors_unless_it_does_not_want_them() -> None:
    assert "\x1b[38;5;" in CliRunner().invoke(demo.command, TODAY, color=True).output
    for off in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert "\x1b" not in CliRunner(env=off).invoke(demo.command, TODAY, color=True).output


def test_a_terminal_that_is_too_narrow_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "_on_terminal", lambda: True)
    result = CliRunner(env={"COLUMNS": "80"}).invoke(demo.command, TODAY)
    assert "the screen is 110 columns wide, this terminal has 80" in result.stderr
    assert CliRunner(env={"COLUMNS": "110"}).invoke(demo.command, TODAY).stderr == ""


def test_a_page_goes_to_a_file(tmp_path: Path) -> None:
    target = tmp_path / "demo.html"
    result = CliRunner().invoke(demo.command, ["--format", "html", "-o", str(target), *TODAY])
    assert (result.exit_code, result.output) == (0, "")
    assert target.read_text("utf-8").startswith("<!doctype html>")


def test_the_screen_in_a_file_has_no_colors(tmp_path: Path) -> None:
    target = tmp_path / "demo.txt"
    CliRunner().invoke(demo.command, ["-o", str(target), *TODAY])
    assert target.read_text("utf-8") == CliRunner().invoke(demo.command, TODAY).output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["demo", "-o", "/nowhere/at/all/demo.txt"], "cannot be written: No such file or directory"),
        (["demo", "--today", "2017-12-31"], "the law of 2017-12-31 is not known here; that is no clearance"),
        (["demo", "--today", "2026-11-31"], "does not match the format"),
        (["demo", "--format", "pdf"], "is not one of"),
    ],
)
def test_what_cannot_be_done_is_said(capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert said in capsys.readouterr().err


def test_a_page_is_not_poured_into_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(demo, "_on_terminal", lambda: True)
    with pytest.raises(SystemExit) as left:
        main(["demo", "--format", "html"])
    assert left.value.code == 2
    assert "-o demo.html" in capsys.readouterr().err


def test_without_a_day_the_last_row_is_that_of_the_clock() -> None:
    rows = re.findall(r"(?m)^(\d{4}-\d{2}-\d{2})  ", CliRunner().invoke(demo.command).output)
    assert str(clock.today()) in rows
