"""The screen: 110 columns, 54 lines, readable without color."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from licet.show.story_text import CELL, DATE, HEIGHT, WIDTH, to_text
from licet.sources import open_sources
from licet.state import State
from licet.story import Drawn, Row, Table, Teller

if TYPE_CHECKING:
    from licet.story_data import Screen

ANSI = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture(scope="module")
def painted(shown: Screen, table: Table) -> str:
    return to_text(shown, table)


@pytest.fixture(scope="module")
def lines(painted: str) -> list[str]:
    return ANSI.sub("", painted).split("\n")


def test_it_fits_the_screen(lines: list[str]) -> None:
    assert (WIDTH, HEIGHT) == (110, 54)
    assert max(map(len, lines)) <= WIDTH
    assert len(lines) <= HEIGHT


@pytest.mark.parametrize("today", ["2026-10-08", "2027-06-01"])
def test_it_fits_on_any_day(shown: Screen, today: str) -> None:
    table = Teller(shown, open_sources(State(None)), date.fromisoformat(today)).table()
    lines = ANSI.sub("", to_text(shown, table)).split("\n")
    assert max(map(len, lines)) <= WIDTH
    assert len(lines) <= HEIGHT
    assert ("later changes not known" in "\n".join(lines)) == (today > "2026-10-08")


def test_each_cell_has_its_glyph_at_its_place_and_a_word_only_where_it_changed(
    lines: list[str], shown: Screen, table: Table
) -> None:
    for row in table.rows:
        text = next(one for one in lines if one.startswith(str(row.day)))
        for number, cell in enumerate(row.cells):
            part = text[DATE + number * CELL : DATE + (number + 1) * CELL].rstrip()
            look = shown.looks[cell.answer.outcome]
            word = cell.column.words.get(cell.answer.outcome, look.word)
            assert part == f"{look.glyph} {word if cell.changed else '·'}"


def test_about_twenty_words(table: Table) -> None:
    first, *rest = table.rows
    assert 15 <= sum(cell.changed for row in rest for cell in row.cells) + len(first.cells) <= 25


def test_every_line_ends_at_the_edge_with_its_count(lines: list[str], table: Table) -> None:
    drawn = [one for one in lines if re.match(r"[━┄?] \d{4}-", one)]
    assert len(drawn) == len(table.lines)
    assert all(len(one) == WIDTH and re.search(r" [━┄?] changes \d$", one) for one in drawn)


def test_the_stroke_says_what_is_law(lines: list[str], table: Table) -> None:
    stroke = {"law": "━", "said": "┄", "due": "?"}
    for drawn in table.lines:
        head = f"{stroke[drawn.line.drawn]} {drawn.line.day} {drawn.line.drawn}"
        assert [one for one in lines if one.startswith(head) and drawn.text in one and drawn.line.cite in one]


def test_a_line_stands_above_the_row_of_its_day(table: Table) -> None:
    order = table.in_order()
    for number, part in enumerate(order):
        if isinstance(part, Drawn):
            below = [one.day for one in order[number:] if isinstance(one, Row)]
            above = [one.day for one in order[:number] if isinstance(one, Row)]
            assert all(day >= part.line.day for day in below)
            assert all(day < part.line.day for day in above)


def test_color_adds_nothing_that_is_not_there_without_it(painted: str, shown: Screen, table: Table) -> None:
    used = {look.glyph for look in shown.looks.values()}
    assert len(used) == len(shown.looks)
    codes = set(re.findall(r"\x1b\[([0-9;]*)m", painted))
    assert codes
    assert all(re.fullmatch(r"|[0-3]|2;3|38;5;\d+|38;5;\d+;48;5;\d+", code) for code in codes), codes
    for row in table.rows:
        assert str(row.day) in ANSI.sub("", painted)


def test_the_sentences_below_have_their_sources(lines: list[str], shown: Screen) -> None:
    text = " ".join(" ".join(lines).split())
    for _, sentences in shown.below:
        for sentence in sentences:
            assert f"{sentence.text} ({sentence.source})." in text


def test_it_says_up_to_which_day_the_law_was_verified(lines: list[str]) -> None:
    assert lines[0].endswith("law verified through 2026-10-08")
    assert "This is not legal advice." in lines[-1]
