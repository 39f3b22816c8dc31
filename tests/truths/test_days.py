"""A measure changes answers only on the days of its own interval."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from licet.law import status
from licet.law.book import HERE
from truths.ground import (
    BOOK,
    FIRST,
    LAST,
    ONE_DAY,
    SOURCES,
    Asked,
    book_without,
    cases,
    decided,
    measure_cuts,
    show,
    story_acts,
)

if TYPE_CHECKING:
    from licet.decide import Decision
    from licet.model.answer import Span


def swept() -> dict[str, Asked]:
    """Return the acts that are asked on every day on which something changes: the demo's, and one of each case file."""
    by_file = {case.file: case for case in cases() if not case.ground}
    return {name: Asked(name, act, FIRST) for name, act in story_acts().items()} | {
        case.name: case for case in by_file.values()
    }


@cache
def listing_days() -> frozenset[date]:
    """Return the first days, and the days after the last ones, of entries that cases name, names, lists, addresses."""
    lists = SOURCES.lists
    by_hand = set(lists.by_hand)
    days: set[date | None] = set()
    for one in lists.lists.values():
        days |= {end for first, last in one.complete for end in (first, _after(last))}
    for entry in by_hand:
        for terms in lists.history(entry):
            days |= {terms.since, terms.first, _after(terms.through)}
    for key in lists._names:
        for entry, since, through in lists._spans(key):
            if entry in by_hand:
                days |= {date.fromisoformat(since), _after(date.fromisoformat(through) if through else None)}
    days |= {date.fromisoformat(row[2]) for row in json.loads((HERE / "us_ear" / "addresses.json").read_bytes())}
    return frozenset(day for day in days if day is not None)


def _after(day: date | None) -> date | None:
    return None if day is None else day + ONE_DAY


def own_days(asked: Asked) -> set[date]:
    """Return the days on which what the act states of itself changes: its own dates, and the days after them."""
    stated = {one.value for one in asked.act.facts.values() if isinstance(one.value, date)}
    return stated | {day + ONE_DAY for day in stated}


def outcome(decision: Decision) -> tuple[object, ...]:
    """Return what must not change between two days on which nothing changes."""
    open_ = {decision.case.stock.behind(node.fact).path for node in decision.open}
    return decision.span, decision.requirement, tuple(decision.spans.items()), tuple(sorted(open_))


@pytest.mark.slow
@pytest.mark.parametrize("asked", swept().values(), ids=swept().keys())
def test_between_two_days_on_which_something_changes_the_answer_stays(asked: Asked) -> None:
    cuts = measure_cuts() | listing_days() | own_days(asked) | {FIRST, LAST + ONE_DAY}
    while True:
        starts = sorted(day for day in cuts if FIRST <= day <= LAST + ONE_DAY)
        in_rules: set[date] = set()
        for start, after in pairwise(starts):
            last, middle = after - ONE_DAY, start + (after - start) // 2
            decisions = {day: decided(asked._replace(day=day)) for day in (start, middle, last)}
            in_rules |= {cut for one in decisions.values() for cut in one.case.law.cuts}
            first = outcome(decisions[start])
            for day, decision in decisions.items():
                moved = {cut for cut in in_rules if start < cut <= day}
                assert outcome(decision) == first or moved, (str(day), "differs from", str(start))
        if not in_rules - cuts:
            return
        cuts |= in_rules  # days that stand in a rule, not in a measure: cut there too, and look again


def in_force_days(id_: str) -> list[date]:
    """Return for one measure the day before each change, the day and the day after."""
    days = {day + shift * ONE_DAY for day in status.cuts(BOOK[id_]) for shift in (-1, 0, 1)}
    return sorted(day for day in days if FIRST <= day <= LAST)


WITH_FORCE = [id_ for id_ in BOOK if BOOK[id_].legal_force]


@pytest.mark.slow
@pytest.mark.parametrize("id_", WITH_FORCE)
def test_a_measure_that_is_not_in_force_changes_nothing(id_: str) -> None:
    """On a day on which it does not stand, an answer is the same as if it had no legal force at all."""
    bare = book_without(frozenset({id_}))
    seen = 0
    for day in in_force_days(id_):
        if status.stands(BOOK[id_], day, book=BOOK):
            continue
        for name, act in story_acts().items():
            asked = Asked(name, act, day)
            seen += 1
            assert _spans(decided(asked, bare)) == _spans(decided(asked)), (id_, show(asked, decided(asked).span))
    if status.start(BOOK[id_]) is not None and in_force_days(id_):
        assert seen, "no day before it or after it was looked at"


def _spans(decision: Decision) -> tuple[Span, Span]:
    return decision.span, decision.requirement


def test_measures_change_answers_on_their_first_days() -> None:
    """The sweep above can fail: across these days an act of the demo differs."""
    turning = {
        "new-handset": date(2019, 5, 16),
        "network-upkeep": date(2019, 5, 20),
        "standard-5g": date(2019, 8, 19),
        "uk-affiliate": date(2019, 8, 19),
        "zte": date(2018, 7, 14),
        "base-station": date(2020, 6, 30),
    }
    for name, day in turning.items():
        before, after = (decided(Asked(name, story_acts()[name], one)) for one in (day - ONE_DAY, day))
        assert before.span != after.span, name
