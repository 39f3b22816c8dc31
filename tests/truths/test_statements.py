"""What is said without legal force decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from licet.law import status
from licet.law.day import LawDay
from licet.model.measure import Status
from truths.ground import (
    BOOK,
    FIRST,
    LAST,
    ONE_DAY,
    SOURCES,
    Asked,
    answered,
    book_without,
    decided,
    every_act,
    show,
    statements,
    story_acts,
)

if TYPE_CHECKING:
    from licet.law.book import Book


@pytest.fixture(scope="module")
def book_of_law() -> Book:
    return book_without(statements(), gone=True)


def test_there_are_statements_to_delete(book_of_law: Book) -> None:
    assert {"OSAKA", "ROSS", "RUBIO-2019", "AFF-ANN", "KL-EXT"} <= statements()
    assert len(book_of_law) == len(BOOK) - len(statements())


def test_deleting_all_statements_changes_no_answer(book_of_law: Book) -> None:
    for asked in every_act():
        with_them, without_them = decided(asked), decided(asked, book_of_law)
        found = (without_them.span, without_them.requirement, without_them.spans)
        assert found == (with_them.span, with_them.requirement, with_them.spans), show(asked, with_them.span)


@pytest.mark.parametrize("name", story_acts())
def test_no_statement_moves_a_cell_of_the_demo(name: str, book_of_law: Book) -> None:
    days = {day + shift * ONE_DAY for id_ in statements() for day in status.cuts(BOOK[id_]) for shift in (-1, 0, 1)}
    for day in sorted(day for day in days if FIRST <= day <= LAST):
        asked = Asked(name, story_acts()[name], day)
        assert decided(asked, book_of_law).span == decided(asked).span, show(asked, decided(asked).span)


@pytest.mark.parametrize("id_", sorted(statements()))
def test_a_statement_is_only_ever_announced(id_: str) -> None:
    days = {day + shift * ONE_DAY for day in status.cuts(BOOK[id_]) for shift in (-1, 0, 1)}
    found = {LawDay(BOOK, day).status(id_) for day in days}
    assert found == {Status.NOT_YET, Status.ANNOUNCED}
    assert not any(LawDay(BOOK, day).stands(id_) for day in days)


def test_statements_are_shown_beside_an_answer_and_never_among_its_authorities() -> None:
    shown = 0
    for asked in every_act():
        answer = answered(asked, SOURCES)
        assert not statements() & set(answer.authorities)
        for notice in answer.announcements:
            shown += 1
            assert notice.id in statements()
            assert notice.span is None
    assert shown > 0
