"""Days in force on two clocks: by day of effect where it is known, else by issue; what was known then stays."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licet.law.book import load
from licet.lists.effect import Register
from licet.lists.entry import Citation, Entry, Name
from licet.lists.merge import History, Issue, merge
from licet.lists.source import source
from licet.lists.spans import ISSUE, Span, spans
from real_lists import real, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable

DAY = timedelta(days=1)
MAY, AUGUST, WIDER, LATER = (
    Citation("84 FR 22963", date(2019, 5, 21)),
    Citation("84 FR 43495", date(2019, 8, 21)),
    Citation("85 FR 51603", date(2020, 8, 20)),
    Citation("77 FR 99999", date(2012, 10, 9)),
)
START = date(2020, 1, 1)


@cache
def register() -> Register:
    return Register(load())


def entry(id_: str = "alpha", *cites: Citation, **fields: object) -> Entry:
    return Entry(id_, "entity", (Name(id_.title()),), cites=cites)._replace(**fields)  # type: ignore[arg-type]


def issue(issued: date, *entries: Entry, known: date | None = None, whole: bool = True) -> Issue:
    return Issue(issued, known or issued, f"{issued}{known}", entries, whole)


def now(history: History, *, listed: bool = False) -> list[Span]:
    return [span for span in spans(history, register(), listed=listed) if span.known_through is None]


def one(history: History, *, listed: bool = False) -> Span:
    (found,) = now(history, listed=listed)
    return found


# The first day


def test_an_entry_is_in_force_from_the_day_of_its_measure() -> None:
    found = one(merge([issue(date(2026, 7, 23), entry("alpha", MAY))]))
    assert (found.since, found.through, found.first) == (date(2019, 5, 16), None, date(2019, 5, 16))
    assert (found.basis, found.measure, found.earliest) == ("measure", "EL-2019-05", date(2019, 5, 16))
    assert [found.on(date(2019, 5, day)) for day in (15, 16, 17)] == [False, True, True]


def test_a_list_that_lags_behind_says_nothing_against_the_day_of_effect() -> None:
    history = merge([issue(date(2019, 5, 20)), issue(date(2019, 5, 22), entry("alpha", MAY))])
    assert one(history).since == date(2019, 5, 16)


def test_an_issue_after_the_publication_does() -> None:
    history = merge([issue(date(2019, 6, 1)), issue(date(2019, 7, 1), entry("alpha", MAY))])
    found = one(history)
    assert (found.since, found.basis, found.measure) == (date(2019, 7, 1), ISSUE, "")
    assert found.earliest == date(2019, 6, 2)


def test_an_unknown_rule_counts_from_its_publication_and_says_so() -> None:
    found = one(merge([issue(date(2026, 7, 23), entry("alpha", LATER))]))
    assert (found.since, found.basis) == (date(2012, 10, 9), "published")


def test_without_any_day_the_issue_counts() -> None:
    found = one(merge([issue(START, entry())]))
    assert (found.since, found.basis, found.earliest) == (START, ISSUE, None)
    later = one(merge([issue(START), issue(START + 9 * DAY, entry())]))
    assert (later.since, later.earliest) == (START + 9 * DAY, START + DAY)


def test_the_day_that_the_list_states_counts_where_it_is_the_day_of_effect() -> None:
    history = merge([issue(START + 9 * DAY, entry("alpha", MAY, listed=START))])
    assert one(history, listed=True)[2:3] + one(history, listed=True)[7:8] == (START, "listed")
    assert one(history).since == date(2019, 5, 16)
    night = merge([issue(START), issue(START + DAY, entry(listed=START))])
    assert one(night, listed=True).since == START, "the issue of the very day was made before"


def test_a_part_without_a_citation_came_with_the_entry_around_it() -> None:
    head, part = entry("alpha", MAY, AUGUST), entry("beta", part_of="alpha")
    found = {span.party: span for span in now(merge([issue(date(2026, 7, 23), head, part)]))}
    inside = found["beta"]
    assert (inside.since, inside.printed_from, inside.inherited) == (date(2019, 5, 16), date(2019, 8, 19), True)
    assert not found["alpha"].inherited
    alone = one(merge([issue(START, part)]))
    assert (alone.since, alone.basis, alone.inherited) == (START, ISSUE, False)


# Changes


def test_later_citations_are_amendments() -> None:
    found = one(merge([issue(date(2026, 7, 23), entry("alpha", MAY, AUGUST, WIDER))]))
    assert (found.since, found.printed_from) == (date(2019, 5, 16), date(2020, 8, 17))


def test_a_change_between_two_issues_counts_from_the_day_of_its_citation() -> None:
    old, new = entry("alpha", MAY), entry("alpha", MAY, WIDER, footnotes=("1",))
    history = merge([issue(date(2020, 1, 1), old), issue(date(2020, 9, 1), new)])
    first, second = now(history)
    assert (first.since, first.through, first.sure_through) == (
        date(2019, 5, 16),
        date(2020, 8, 16),
        date(2020, 8, 16),
    )
    assert (second.since, second.measure, second.first) == (date(2020, 8, 17), "EL-2020-08", date(2019, 5, 16))
    assert [span.on(date(2020, 8, 16)) for span in (first, second)] == [True, False]


def test_a_change_without_a_new_citation_counts_from_its_issue() -> None:
    history = merge([issue(START, entry("alpha", MAY)), issue(START + 9 * DAY, entry("alpha", MAY, footnotes=("1",)))])
    first, second = now(history)
    assert (first.through, first.sure_through) == (START + 8 * DAY, START)
    assert (second.since, second.basis, second.earliest) == (START + 9 * DAY, ISSUE, START + DAY)


def test_a_scheduled_rule_that_is_reworded_still_begins_on_its_day() -> None:
    rule = Citation("87 FR 62202", date(2022, 10, 13))
    history = merge(
        [
            issue(date(2022, 10, 13), entry("alpha", rule), whole=False),
            issue(date(2022, 10, 15), entry("alpha", rule, remarks="reworded")),
        ]
    )
    found = one(history)
    assert (found.since, found.first) == (date(2022, 10, 21), date(2022, 10, 21))
    assert not found.on(date(2022, 10, 20))


# The last day


def test_who_is_gone_counts_until_the_issue_that_shows_it() -> None:
    found = one(merge([issue(START, entry()), issue(START + 5 * DAY, entry()), issue(START + 9 * DAY)]))
    assert (found.through, found.sure_through) == (START + 8 * DAY, START + 5 * DAY)


def test_a_last_day_that_the_list_prints_ends_it() -> None:
    history = merge([issue(START, entry(until=START + 3 * DAY))])
    assert (one(history).through, one(history).sure_through) == (START + 3 * DAY, START + 3 * DAY)
    gone = merge([issue(START, entry(until=START + 30 * DAY)), issue(START + 9 * DAY)])
    assert one(gone).through == START + 8 * DAY
    slip = merge([issue(START, entry(until=date(1022, 5, 18)))])
    assert one(slip).through is None, "a last day before the first is a slip of the pen"


def test_who_comes_back_has_a_new_first_day() -> None:
    there, away = entry("alpha", MAY), issue(date(2021, 1, 1))
    history = merge([issue(START, there), away, issue(date(2022, 1, 1), there)])
    first, second = now(history)
    assert (first.since, first.through, first.first) == (date(2019, 5, 16), date(2020, 12, 31), date(2019, 5, 16))
    assert (second.since, second.through, second.first, second.basis) == (
        date(2022, 1, 1), None, date(2022, 1, 1), ISSUE
    )  # fmt: skip


def test_who_was_taken_back_before_the_day_of_effect_was_never_on_the_list() -> None:
    rule = Citation("87 FR 62202", date(2022, 10, 13))
    history = merge([issue(date(2022, 10, 13), entry("alpha", rule)), issue(date(2022, 10, 18))])
    assert now(history) == []


# Two clocks


def test_an_older_file_adds_to_what_is_known_from_its_loading_on() -> None:
    newer = merge([issue(date(2020, 9, 1), entry(), known=date(2026, 1, 1))])
    both = merge([issue(date(2020, 3, 1), entry(), known=date(2026, 2, 1))], newer)
    found = spans(both, register())
    assert [(span.since, span.known_from, span.known_through) for span in found] == [
        (date(2020, 9, 1), date(2026, 1, 1), date(2026, 1, 31)),
        (date(2020, 3, 1), date(2026, 2, 1), None),
    ]
    assert [span.on(date(2020, 5, 1), date(2026, 1, 15)) for span in found] == [False, False]
    assert [span.on(date(2020, 5, 1), date(2026, 2, 1)) for span in found] == [False, True]
    assert [span.on(date(2020, 5, 1)) for span in found] == [False, True]


def test_an_issue_that_only_tightens_a_bound_is_known_from_its_loading_on() -> None:
    history = merge([issue(START), issue(START + 9 * DAY, entry())])
    tighter = merge([issue(START + 5 * DAY, known=START + 20 * DAY)], history)
    found = spans(tighter, register())
    assert [(span.earliest, span.known_from, span.known_through) for span in found] == [
        (START + DAY, START + 9 * DAY, START + 19 * DAY),
        (START + 6 * DAY, START + 20 * DAY, None),
    ]


CITES = st.sampled_from([(), (MAY,), (MAY, WIDER), (LATER,), (AUGUST,)])


@st.composite
def issues(draw: st.DrawFn, first: date = date(2019, 5, 1)) -> list[Issue]:
    made = []
    for number in range(draw(st.integers(0, 5))):
        names = draw(st.lists(st.sampled_from(["alpha", "beta", "gamma"]), unique=True, max_size=3))
        parent = st.sampled_from(["", "alpha"]) if "alpha" in names else st.just("")
        listed = [
            entry(
                name,
                *draw(CITES),
                remarks=draw(st.sampled_from(["", "x"])),
                part_of=draw(parent) if name != "alpha" else "",
            )
            for name in names
        ]
        issued = draw(st.dates(first, date(2020, 10, 1)))
        known = date(2026, 1, 1) + draw(st.integers(0, 4)) * DAY
        whole = draw(st.sampled_from([True, True, True, False]))
        made.append(Issue(issued, known, str(number), tuple(listed), whole))
    return made


@given(issues())
def test_spans_of_a_party_never_overlap_and_have_a_day(found: list[Issue]) -> None:
    history = merge(found)
    made = spans(history, register())
    for known in {stamp.known for stamp in history.stamps}:
        last: dict[str, date] = {}
        for span in sorted((s for s in made if s.on(s.since, known)), key=lambda span: span.since):
            assert span.party not in last or last[span.party] < span.since
            last[span.party] = span.through or date.max
            assert span.first <= span.since <= (span.printed_from or span.since)
            assert span.through is None or span.since <= span.through
            assert span.sure_through is None or (span.through is not None and span.sure_through <= span.through)


@given(issues())
def test_what_was_known_then_is_what_the_issues_of_then_say(found: list[Issue]) -> None:
    history = merge(found)
    made = spans(history, register())
    for known in {stamp.known for stamp in history.stamps}:
        then = [
            span._replace(known_from=known, known_through=None)
            for span in spans(history.as_known(known), register())
            if span.known_through is None
        ]
        seen = [
            span._replace(known_from=known, known_through=None)
            for span in made
            if span.known_from <= known and (span.known_through is None or known <= span.known_through)
        ]
        assert sorted(seen, key=repr) == sorted(then, key=repr)


@given(issues(date(2020, 8, 18)))
def test_every_entry_of_an_issue_is_in_force_on_its_day_once_its_rules_are(found: list[Issue]) -> None:
    history = merge(found)
    made = [span for span in spans(history, register()) if span.known_through is None]
    for row in (row for row in history.rows if row.known_through is None):
        assert any(span.party == row.party and span.on(row.appeared) for span in made)


# Real lists


@cache
def entity_list() -> tuple[Span, ...]:
    data = real("ecfr/title-15_part-744_2026-07-23.xml")
    parsed = source("entity_list").parse({"part-744.xml": data}, issued=date(2026, 7, 23))
    return spans(merge([Issue(date(2026, 7, 23), date(2026, 7, 24), "e", parsed.entries)]), register())


def huawei(on: str, found: Iterable[Span]) -> dict[str, int]:
    measures = ("EL-2019-05", "EL-2019-08", "EL-2020-08")
    day = date.fromisoformat(on)
    return dict(Counter(one.measure for one in found if one.measure in measures and not one.inherited and one.on(day)))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2019-05-15", {}),
        ("2019-05-16", {"EL-2019-05": 66}),
        ("2019-05-17", {"EL-2019-05": 66}),
        ("2019-08-18", {"EL-2019-05": 66}),
        ("2019-08-19", {"EL-2019-05": 66, "EL-2019-08": 26}),
        ("2020-08-16", {"EL-2019-05": 66, "EL-2019-08": 26}),
        ("2020-08-17", {"EL-2019-05": 66, "EL-2019-08": 26, "EL-2020-08": 38}),
    ],
)
def test_huawei_is_listed_by_day_of_effect(day: str, expected: dict[str, int]) -> None:
    assert huawei(day, entity_list()) == expected


def test_the_companies_inside_the_main_entry_have_its_day() -> None:
    inside = [span for span in entity_list() if span.inherited and span.measure == "EL-2019-05"]
    assert len(inside) == 22
    assert {span.since for span in inside} == {date(2019, 5, 16)}
    assert all(span.printed_from and span.printed_from >= date(2019, 8, 19) for span in inside)


def test_the_files_of_ofac_in_any_order_and_twice_are_one_history() -> None:
    days = ("2021-08-24", "2022-02-28", "2022-08-19")
    made = []
    for number, day in enumerate(days):
        parsed = source("sdn").parse(
            {"sdn.csv": unpacked(f"ofac/history/sdn_{day}.csv.gz")}, issued=date.fromisoformat(day)
        )
        made.append(Issue(date.fromisoformat(day), date(2026, 1, 1) + (2 - number) * DAY, day, parsed.entries))
    history = merge(made)
    assert merge(made[::-1], merge(made[1:2])) == merge([*made, *made]) == history
    for made_of, day in zip(made, days, strict=True):
        assert {row.entry for row in history.on(date.fromisoformat(day))} == set(made_of.entries)
    early = merge(made[2:])
    assert history.as_known(date(2026, 1, 1)) == early
    assert [len(history.on(date.fromisoformat(day), date(2026, 1, 1))) for day in days] == [0, 0, 10478]
    assert [len(history.on(date.fromisoformat(day), date(2026, 1, 2))) for day in days] == [0, 9222, 10478]
