"""The history of an act is decided once per stretch of law; its slow twin decides each day anew."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from licet.check import decide_on
from licet.formats.act import read_act
from licet.law.status import cuts
from licet.model.outcome import Outcome
from licet.sources import open_sources
from licet.state import Question, State
from licet.story import History, Teller, own_days

if TYPE_CHECKING:
    from licet.story_data import Screen

ONE = timedelta(days=1)
FIRST, VERIFIED = date(2018, 1, 1), date(2026, 10, 8)


def assert_same(teller: Teller, column: str, days: list[date]) -> None:
    history = teller.histories[column]
    stretches = teller.stretches()[column]
    for day in days:
        twin = decide_on(history.act, Question(day), teller.sources, teller.book, {}).span
        assert history.on(day) == twin, (column, day)
        stretch = next(one for one in stretches if one.since <= day <= one.through)
        assert (stretch.span.at_least, stretch.span.at_most) == (twin.at_least, twin.at_most), (column, day)


@pytest.mark.parametrize("column", ["new_handset", "standard_5g", "zte", "base_station"])
def test_around_each_day_of_each_measure_it_says_what_each_day_says(teller: Teller, column: str) -> None:
    days = {cut + ONE * step for measure in teller.book.values() for cut in cuts(measure) for step in (-1, 0, 1)}
    assert_same(teller, column, sorted(day for day in days if FIRST <= day <= VERIFIED))


@pytest.mark.parametrize("state", ["osaka", "rubio", "both"])
def test_under_a_what_if_too(tellers: dict[str, Teller], state: str, shown: Screen) -> None:
    for column in shown.columns:
        assert_same(tellers[state], column.id, [FIRST + ONE * step for step in range(500, 3000, 37)])


@pytest.mark.slow
def test_on_every_day(tellers: dict[str, Teller], shown: Screen) -> None:
    days = [FIRST + ONE * step for step in range((VERIFIED - FIRST).days + 1)]
    for state in ("real", "both"):
        for column in shown.columns:
            assert_same(tellers[state], column.id, days)


def test_stretches_join_without_a_gap(teller: Teller) -> None:
    for stretches in teller.stretches().values():
        assert (stretches[0].since, stretches[-1].through) == (FIRST, teller.last)
        pairs = itertools.pairwise(stretches)
        assert all(after.since == before.through + ONE for before, after in pairs)


def test_it_decides_less_often_than_there_are_days_of_change(teller: Teller) -> None:
    every = {cut for measure in teller.book.values() for cut in cuts(measure) if FIRST <= cut <= VERIFIED}
    teller.stretches()
    assert all(len(history.points) < len(every) / 2 for history in teller.histories.values())


def test_a_day_that_stands_in_the_act_is_a_day_of_change(shown: Screen) -> None:
    text = shown.columns[1].text.replace("{by: exporter, day: 2019-05-20}", "{by: exporter, day: 2019-05-25}")
    assert "2019-05-25" in text
    sources = open_sources(State(None))
    history = History(read_act(text, file="later.yaml"), sources.book, sources.lists)
    assert date(2019, 5, 25) in own_days(history.act, sources.lists)
    assert history.on(date(2019, 5, 24)).at_most is Outcome.LICENSE_REQUIRED
    assert history.on(date(2019, 5, 25)).at_most is Outcome.AUTHORIZED
    days = [one.since for one in history.stretches(date(2019, 5, 1), date(2019, 8, 1))]
    assert days == [date(2019, 5, 1), date(2019, 5, 16), date(2019, 5, 25)]


def test_a_day_after_the_last_verified_one_has_both_outcomes(teller: Teller) -> None:
    history = teller.histories["new_handset"]
    late = history.on(date(2026, 11, 24))
    with_, without = (
        decide_on(history.act, Question(date(2026, 11, 24)), teller.sources, teller.book, frozen).span
        for frozen in ({}, dict.fromkeys(("AFF-2025", "AFF-BACK", "AFF-STAY"), date(2026, 11, 9)))
    )
    assert late == with_.over(without)
