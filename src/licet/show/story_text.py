"""The story on one screen of a terminal: at most 110 columns and 54 lines, readable without color.

The glyph stands for the color, so that a column reads downward as a stripe; a word stands only where a cell changed.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from licet.show.words import NOT_ADVICE
from licet.story import Row
from licet.story_data import DUE, LAW, SAID

if TYPE_CHECKING:
    from collections.abc import Iterator

    from licet.story import Cell, Drawn, Table
    from licet.story_data import Column, Look, Screen

WIDTH, HEIGHT = 110, 54
DATE, CELL = 12, 14
"""Columns of the date, and of one cell with the gap behind it."""
LABEL = 10
"""Columns of the names before the sentences below the table."""
BOLD, DIM, PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"
COLOR = {
    "green": "\x1b[38;5;34m",
    "blue": "\x1b[38;5;33m",
    "red": "\x1b[38;5;196m",
    "white on dark red": "\x1b[38;5;231;48;5;124m",
    "grey": "\x1b[38;5;245m",
    "yellow": "\x1b[38;5;136m",
}
"""Of the 256 colors that terminals share those that are legible on a dark and on a light ground."""
MARK = {**COLOR, "white on dark red": "\x1b[38;5;124;48;5;124m"}
"""The color of the glyph: where the word stands on a ground, that of the ground."""
STROKE = {LAW: "━", SAID: "┄", DUE: "?"}
HOW = {LAW: BOLD, SAID: "\x1b[2;3m", DUE: COLOR["yellow"]}
MEANING = {LAW: "law", SAID: "said or done, no force of law", DUE: "due, not verified"}


def to_text(screen: Screen, table: Table) -> str:
    """Return the story for a terminal; without its colors it says the same.

    Args:
        screen: What is on the screen.
        table: What `check` answered.
    """
    lines = [
        _spread(f"{BOLD}licet demo{PLAIN}    {screen.title}", f"law verified through {table.verified_through}"),
        "",
        *_headings(screen.columns),
        *(_row(part, screen) if isinstance(part, Row) else _line(part) for part in table.in_order()),
        "",
        *_legend(screen, table),
        "",
        *_below(screen),
        "",
        f"{DIM}why a cell: licet check ACT --as-of DATE   as a page: licet demo --format html   {NOT_ADVICE}{PLAIN}",
    ]
    return "\n".join(line.rstrip() for line in lines)


def _headings(columns: tuple[Column, ...]) -> Iterator[str]:
    for number in range(max(len(column.heading) for column in columns)):
        yield " " * DATE + "".join(f"{column.heading[number]:{CELL}}" for column in columns)


def word(cell: Cell, screen: Screen) -> str:
    """Return the word of a cell, whether or not it changed."""
    outcome = cell.answer.outcome
    return cell.column.words.get(outcome, screen.looks[outcome].word)


def _row(row: Row, screen: Screen) -> str:
    cells = "".join(_cell(cell, screen) for cell in row.cells)
    return f"{row.day!s:{DATE}}{cells}"


def _cell(cell: Cell, screen: Screen) -> str:
    look = screen.looks[cell.answer.outcome]
    glyph = f"{MARK[look.color]}{look.glyph}{PLAIN}"
    if cell.changed:
        text = word(cell, screen)
        return f"{glyph}{COLOR[look.color]}{BOLD} {text}{PLAIN}{' ' * (CELL - 2 - len(text))}"
    return f"{glyph} {DIM}·{PLAIN}{' ' * (CELL - 3)}"


def _line(drawn: Drawn) -> str:
    """Draw a line: how it is drawn, day, text, stroke, citation, and what it changed, always at the same place."""
    line = drawn.line
    stroke = STROKE[line.drawn]
    head = f"{stroke} {line.day} {line.drawn:4} {drawn.text} "
    tail = f" {line.cite} {stroke} changes {len(drawn.changed)}"
    return f"{HOW[line.drawn]}{head}{stroke * (WIDTH - len(head) - len(tail))}{tail}{PLAIN}"


def _legend(screen: Screen, table: Table) -> Iterator[str]:
    shown = {cell.answer.outcome for row in table.rows for cell in row.cells}
    order = ("NO_LICENSE_REQUIRED", "AUTHORIZED", "LICENSE_REQUIRED", "PROHIBITED", "NOT_SUBJECT", "REFER")
    looks: list[Look] = [screen.looks[outcome] for outcome in order if outcome in shown]
    yield "  ".join(f"{MARK[look.color]}{look.glyph}{PLAIN} {look.legend}" for look in looks)
    lines = "  ".join(f"{HOW[how]}{STROKE[how]}{PLAIN} {meaning}" for how, meaning in MEANING.items())
    late = "    last row: later changes not known" if table.today > table.verified_through else ""
    yield f"{lines}  {DIM}·{PLAIN} as above{late}"


def _below(screen: Screen) -> Iterator[str]:
    for name, sentences in screen.below:
        text = " ".join(f"{sentence.text} ({sentence.source})." for sentence in sentences)
        body = textwrap.wrap(text, WIDTH - LABEL)
        yield f"{BOLD}{name:{LABEL}}{PLAIN}{body[0]}"
        yield from (" " * LABEL + more for more in body[1:])


def _spread(left: str, right: str) -> str:
    width = WIDTH + len(left) - len(left.replace(BOLD, "").replace(PLAIN, ""))
    return f"{left}{right:>{width - len(left)}}"
