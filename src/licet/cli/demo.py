"""`licet demo`: the Huawei story on one screen, or as one page."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from licet.cli.clock import today
from licet.model.errors import FactsError, Problem
from licet.sources import open_sources
from licet.state import State
from licet.story import Teller
from licet.story_data import screen

if TYPE_CHECKING:
    from datetime import date, datetime


@click.command("demo")
@click.option("--format", "form", type=click.Choice(["text", "html"]), default="text", help="One screen, or one page.")
@click.option("-o", "--output", metavar="FILE", help="Write to a file.")
@click.option(
    "--today",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    hidden=True,
    help="The day of the last row, in place of the clock's.",
)
def command(form: str, output: str | None, day: datetime | None) -> None:
    """The Huawei story on one screen: seven acts, 2018 to today, every cell computed.

    The page (--format html) is one file without network: a cell opens its reasons, a line its measure.
    """
    last = day.date() if day is not None else today()
    if form == "html" and output is None and _on_terminal():
        todo = "Name a file, such as -o demo.html, or send it on with a pipe."
        raise FactsError(
            Problem("a page of several hundred kilobytes is not for a terminal", field="--format", todo=todo)
        )
    shown = _page(last) if form == "html" else _screen(last)
    if output is not None:
        _write(output, shown)
        return
    click.echo(shown, color=False if _plain() else None)


def _screen(last: date) -> str:
    from licet.show.story_text import WIDTH, to_text

    columns = shutil.get_terminal_size((WIDTH, 0)).columns
    if _on_terminal() and columns < WIDTH:
        click.echo(f"licet: the screen is {WIDTH} columns wide, this terminal has {columns}", err=True)
    return to_text(screen(), Teller(screen(), open_sources(State(None), own=False), last).table())


def _page(last: date) -> str:
    from licet.show.story_html import WHAT_IFS, to_html

    real = Teller(screen(), open_sources(State(None), own=False), last)
    states = (State(None, None, one) for one in WHAT_IFS if one)
    supposed = [Teller(screen(), open_sources(one, own=False), last, real) for one in states]
    return to_html(screen(), [real, *supposed])


def _on_terminal() -> bool:
    return sys.stdout.isatty()


def _plain() -> bool:
    """Say whether the caller wants no colors (no-color.org)."""
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"


def _write(path: str, text: str) -> None:
    try:
        Path(path).write_text(click.unstyle(text) + "\n", encoding="utf-8")
    except OSError as error:
        raise FactsError(Problem(f"cannot be written: {error.strerror}", path, todo="Name another file.")) from None
