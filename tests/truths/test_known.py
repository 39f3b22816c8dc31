"""Two clocks: an answer uses only what was known on the day of its knowledge."""

from __future__ import annotations

from datetime import date

import pytest

from licet.law import status
from licet.law.day import LawDay
from licet.law.status import first_known
from licet.model.measure import Status
from truths.ground import BOOK, LAST, ONE_DAY, Asked, answered, decided, measure_cuts, show, story_acts

KNOWN = sorted({day for id_ in BOOK for day in (first_known(BOOK[id_]) - ONE_DAY,) if day >= date(2018, 1, 1)})


@pytest.mark.parametrize("id_", [id_ for id_ in BOOK if BOOK[id_].legal_force])
def test_the_law_does_not_know_a_measure_before_its_first_known_day(id_: str) -> None:
    known = first_known(BOOK[id_]) - ONE_DAY
    for day in (known, *status.cuts(BOOK[id_]), LAST):
        assert LawDay(BOOK, day, known).status(id_) is Status.NOT_YET


@pytest.mark.parametrize("name", story_acts())
def test_an_answer_uses_no_measure_that_was_not_known(name: str) -> None:
    for known in KNOWN[::4]:
        for day in (known, date(2019, 6, 30), date(2020, 9, 1), date(2025, 10, 15)):
            if day < known:
                continue
            answer = answered(Asked(name, story_acts()[name], day, known))
            used = {id_ for id_ in answer.authorities if id_ in BOOK}
            shown = {notice.id for notice in (*answer.announcements, *answer.pending)}
            late = {id_ for id_ in used | shown if first_known(BOOK[id_]) > known}
            assert not late, (name, str(day), str(known))


@pytest.mark.parametrize("name", story_acts())
def test_before_anything_was_known_of_the_story_nothing_of_it_decides(name: str) -> None:
    eve = date(2018, 4, 1)
    asked = Asked(name, story_acts()[name], date(2019, 6, 30), eve)
    assert decided(asked).span == decided(Asked(name, story_acts()[name], eve)).span, show(asked, decided(asked).span)


@pytest.mark.parametrize("name", story_acts())
def test_who_knows_all_of_the_book_asks_as_if_no_day_were_given(name: str) -> None:
    newest = max(first_known(BOOK[id_]) for id_ in BOOK)
    known = max(newest, *measure_cuts())
    for day in (date(2019, 5, 17), date(2020, 9, 1), date(2025, 10, 15)):
        asked = Asked(name, story_acts()[name], day)
        everything = decided(asked._replace(known=known))
        assert (everything.span, everything.requirement) == (decided(asked).span, decided(asked).requirement)


def test_knowledge_of_the_eve_of_a_listing_does_not_have_it() -> None:
    act = story_acts()["new-handset"]
    assert decided(Asked("eve", act, date(2019, 6, 30), date(2019, 5, 14))).span.outcome == "NO_LICENSE_REQUIRED"
    assert decided(Asked("day", act, date(2019, 6, 30), date(2019, 5, 16))).span.outcome == "LICENSE_REQUIRED"
