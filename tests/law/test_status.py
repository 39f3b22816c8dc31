"""The resolver: each expectation is read from the cited text, never from the lawbook's own records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from licet.law.book import Book, load
from licet.law.status import changes, cuts, first_known, in_force, last_day, stands, start, status, transitions_between
from licet.model.measure import Measure, Status, Stay

BOOK = load()
ONE_DAY = timedelta(days=1)
SHARED = Path(__file__).parents[3] / "shared" / "cases" / "law" / "status.yaml"
DAYS = st.dates(date(2012, 1, 1), date(2028, 12, 31))


def d(text: str) -> date:
    return date.fromisoformat(text)


class Case(NamedTuple):
    measure: str
    day: str
    expect: str
    known: str = ""


BOUNDARIES = [
    # 83 FR 17644: effective 2018-04-15; 83 FR 34825: terminated in the course of 2018-07-13, which counts whole
    Case("ZTE-DO", "2018-04-14", "not_yet"),
    Case("ZTE-DO", "2018-04-15", "in_force"),
    Case("ZTE-DO", "2018-07-13", "in_force"),
    Case("ZTE-DO", "2018-07-14", "ended"),
    # the authorization of 2018-07-02 ran through 2018-08-01
    Case("ZTE-AUTH", "2018-08-01", "in_force"),
    Case("ZTE-AUTH", "2018-08-02", "ended"),
    # Pub. L. 115-232: signed 2018-08-13; part A one year later, part B two years later
    Case("S889", "2018-08-12", "not_yet"),
    Case("S889", "2019-08-12", "scheduled"),
    Case("S889", "2019-08-13", "in_force"),
    Case("S889B", "2020-08-12", "scheduled"),
    Case("S889B", "2020-08-13", "in_force"),
    # 84 FR 22961: effective at public inspection on 2019-05-16, announced the day before, printed on the 21st
    Case("EL-2019-05", "2019-05-14", "not_yet"),
    Case("EL-2019-05", "2019-05-15", "announced"),
    Case("EL-2019-05", "2019-05-16", "in_force"),
    Case("EL-2019-05", "2019-05-20", "in_force"),
    # 84 FR 23468: from 2019-05-20; 84 FR 43487 put another license in its place on 2019-08-19
    Case("TGL-0", "2019-05-19", "not_yet"),
    Case("TGL-0", "2019-05-20", "in_force"),
    Case("TGL-0", "2019-08-18", "in_force"),
    Case("TGL-0", "2019-08-19", "ended"),
    Case("TGL-1", "2019-08-18", "not_yet"),
    Case("TGL-1", "2019-08-19", "in_force"),
    # 85 FR 29610: through 2020-08-13, the end that it named itself
    Case("TGL-5", "2020-08-13", "in_force"),
    Case("TGL-5", "2020-08-14", "ended"),
    # said or done, never a rule
    Case("OSAKA", "2019-06-28", "not_yet"),
    Case("OSAKA", "2019-06-29", "announced"),
    Case("OSAKA", "2026-10-08", "announced"),
    Case("AU-2018", "2024-01-01", "announced"),
    # 85 FR 36719, then 87 FR 55241, then 89 FR 58265
    Case("STD-2020", "2020-06-17", "announced"),
    Case("STD-2020", "2020-06-18", "in_force"),
    Case("STD-2020", "2022-09-08", "in_force"),
    Case("STD-2020", "2022-09-09", "ended"),
    # the Swedish court suspended the decision on 2020-11-09; it was restored on 2020-12-16
    Case("SE-2020", "2020-11-08", "in_force"),
    Case("SE-2020", "2020-11-09", "stayed"),
    Case("SE-2020", "2020-12-15", "stayed"),
    Case("SE-2020", "2020-12-16", "in_force"),
    # signed 2020-01-15 and in force thirty days later: no text in the Register between
    Case("PHASE1-2020", "2020-02-13", "announced"),
    Case("PHASE1-2020", "2020-02-14", "in_force"),
    # 87 FR 22130: effective 2022-04-08, printed on the 14th
    Case("RU-CCL-2022", "2022-04-07", "not_yet"),
    Case("RU-CCL-2022", "2022-04-08", "in_force"),
    # BIS said on 2025-05-13 that it does not enforce 90 FR 4544
    Case("AID-2025", "2025-05-12", "in_force"),
    Case("AID-2025", "2025-05-13", "not_enforced"),
    # 90 FR 50857 stays 90 FR 47201 from 2025-11-10 through 2026-11-09 and puts it back on 2026-11-10
    Case("AFF-2025", "2025-09-28", "not_yet"),
    Case("AFF-2025", "2026-11-09", "stayed"),
    Case("AFF-2025", "2026-11-10", "in_force"),
    Case("AFF-STAY", "2026-11-10", "ended"),
    Case("AFF-BACK", "2025-11-11", "not_yet"),
    Case("AFF-BACK", "2026-11-09", "scheduled"),
    Case("AFF-BACK", "2026-11-10", "in_force"),
]
KNOWN = [
    # 87 FR 21011, of 2022-04-11, applies from 2022-02-14: only for those who know of it
    Case("EL-FIX-2022", "2022-02-13", "not_yet"),
    Case("EL-FIX-2022", "2022-02-14", "in_force"),
    Case("EL-FIX-2022", "2022-03-01", "in_force", "2022-04-11"),
    Case("EL-FIX-2022", "2022-03-01", "not_yet", "2022-03-01"),
    Case("EL-FIX-2022", "2022-04-11", "in_force", "2022-04-11"),
    # what had not been said by then is not there
    Case("EL-2019-05", "2019-06-01", "not_yet", "2019-05-14"),
    # an announcement carries no day; once the day has come it is known, printed or not
    Case("EL-2019-05", "2019-05-17", "announced", "2019-05-15"),
    Case("EL-2019-05", "2019-05-17", "in_force", "2019-05-16"),
    Case("H200-2026", "2026-02-01", "announced", "2025-12-20"),
    Case("MEU-2020", "2020-07-01", "in_force", "2020-04-28"),
    Case("AC-2022-1021", "2022-10-15", "announced", "2022-10-08"),
    # before its end was known, an order ran to the end that its text named
    Case("ZTE-DO", "2018-07-14", "in_force", "2018-07-12"),
    Case("ZTE-DO", "2018-07-14", "ended", "2018-07-13"),
    Case("ZTE-DO", "2025-03-13", "in_force", "2018-07-12"),
    Case("ZTE-DO", "2025-03-14", "ended", "2018-07-12"),
    Case("TGL-0", "2019-08-19", "in_force", "2019-08-18"),
    Case("TGL-0", "2019-08-20", "ended", "2019-08-18"),
    Case("TGL-0", "2019-08-19", "ended", "2019-08-19"),
    Case("STD-2022", "2024-07-18", "in_force", "2024-07-17"),
    Case("AFF-TGL", "2025-11-28", "in_force", "2025-11-09"),
    Case("AFF-TGL", "2025-11-29", "ended", "2025-11-09"),
    # announced on 2025-10-30 and 2025-11-01, stayed on 2025-11-10: the announcement stays nothing
    Case("AFF-2025", "2025-11-10", "in_force", "2025-11-09"),
    Case("AFF-2025", "2025-11-10", "stayed", "2025-11-10"),
    Case("AFF-BACK", "2026-11-10", "not_yet", "2025-11-11"),
    # a court is no measure of the book: its stay is known from its first day
    Case("SE-2020", "2020-11-20", "in_force", "2020-11-08"),
    Case("SE-2020", "2020-11-20", "stayed", "2020-11-09"),
    Case("AID-2025", "2025-06-01", "in_force", "2025-05-12"),
    Case("AID-2025", "2025-06-01", "not_enforced", "2025-05-13"),
]


@pytest.mark.parametrize("case", BOUNDARIES + KNOWN, ids=lambda c: f"{c.measure}:{c.day}@{c.known}")
def test_the_status_is_what_the_cited_text_says(case: Case) -> None:
    known = d(case.known) if case.known else None
    assert status(BOOK[case.measure], d(case.day), known=known, book=BOOK) == case.expect


def test_the_known_answer_cases_are_right() -> None:
    if not SHARED.exists():
        pytest.skip("the known-answer cases are not beside this checkout")
    cases = yaml.safe_load(SHARED.read_text(encoding="utf-8"))
    assert len(cases) > 20
    for case in cases:
        known = case.get("known_as_of")
        measure = BOOK[case["measure"]]
        found = status(measure, case["as_of"], known=known, book=BOOK)
        assert found in {case["expect"]["status"], *case["expect"].get("accept", ())}, case["id"]
        assert measure.legal_force is case["expect"]["legal_force"], case["id"]


@given(id_=st.sampled_from(BOOK.ids), day=DAYS)
def test_the_status_changes_on_no_day_but_those_of_changes(id_: str, day: date) -> None:
    measure = BOOK[id_]
    here, before = status(measure, day, book=BOOK), status(measure, day - ONE_DAY, book=BOOK)
    assert (here is not before) == (day in changes(measure))


@given(id_=st.sampled_from(BOOK.ids), day=DAYS, known=DAYS)
def test_whatever_is_known_the_status_changes_on_no_day_but_the_cuts(id_: str, day: date, known: date) -> None:
    measure = BOOK[id_]
    here = status(measure, day, known=known, book=BOOK)
    if day not in cuts(measure):
        assert here is status(measure, day - ONE_DAY, known=known, book=BOOK)
    if first_known(measure) > known:
        assert here is Status.NOT_YET


@given(id_=st.sampled_from(BOOK.ids), day=DAYS)
def test_knowing_everything_is_the_same_as_knowing_the_far_future(id_: str, day: date) -> None:
    measure = BOOK[id_]
    assert status(measure, day, book=BOOK) is status(measure, day, known=date(2099, 1, 1), book=BOOK)


@given(id_=st.sampled_from(BOOK.ids), day=DAYS, known=DAYS)
def test_what_has_no_legal_force_is_never_more_than_announced(id_: str, day: date, known: date) -> None:
    measure = replace(BOOK[id_], legal_force=False)
    assert status(measure, day, known=known, book=BOOK) in {Status.NOT_YET, Status.ANNOUNCED}


@pytest.mark.parametrize(
    ("day", "stand", "force"),
    [("2025-01-12", False, False), ("2025-05-12", True, True), ("2025-05-13", True, False)],
)
def test_a_text_that_is_not_enforced_stands_and_is_not_in_force(day: str, *, stand: bool, force: bool) -> None:
    measure = BOOK["AID-2025"]
    assert stands(measure, d(day), book=BOOK) is stand
    assert in_force(measure, d(day), book=BOOK) is force


def test_a_text_without_a_day_of_effect_is_published() -> None:
    measure = replace(BOOK["IFR-2026-07"], in_force_from=None)
    assert status(measure, d("2026-07-22"), book=BOOK) is Status.NOT_YET
    assert status(measure, d("2030-01-01"), book=BOOK) is Status.PUBLISHED
    assert changes(measure) == (d("2026-07-23"),)


def test_first_known_is_the_earliest_of_said_published_and_in_force() -> None:
    assert first_known(BOOK["EL-2019-05"]) == d("2019-05-15")
    assert first_known(BOOK["MEU-FIX-2020"]) == d("2020-06-03")
    assert first_known(BOOK["RU-CCL-2022"]) == d("2022-04-08")
    assert first_known(BOOK["EL-FIX-2022"]) == d("2022-04-11")


def test_start_reaches_back_and_last_day_depends_on_what_was_known() -> None:
    assert start(BOOK["EL-FIX-2022"]) == d("2022-02-14")
    assert start(BOOK["OSAKA"]) is None
    assert last_day(BOOK["TGL-0"], book=BOOK) == d("2019-08-18")
    assert last_day(BOOK["TGL-0"], known=d("2019-08-18"), book=BOOK) == d("2019-08-19")
    assert last_day(BOOK["TGL-5"], known=d("2020-05-15"), book=BOOK) == d("2020-08-13")
    assert last_day(BOOK["STD-2022"], known=d("2023-01-01"), book=BOOK) is None


def test_the_changes_of_a_stayed_measure_are_the_first_days_of_each_state() -> None:
    assert changes(BOOK["AFF-2025"]) == (d("2025-09-29"), d("2025-11-10"), d("2026-11-10"))
    assert changes(BOOK["S889B"]) == (d("2018-08-13"), d("2020-07-14"), d("2020-08-13"))
    assert changes(BOOK["OSAKA"]) == (d("2019-06-29"),)


def test_cuts_have_the_days_that_change_an_answer_without_a_change_of_status() -> None:
    assert d("2024-12-31") in cuts(BOOK["FN5-2024"])  # to be complied with from then on (89 FR 96790)
    assert d("2019-08-20") in cuts(BOOK["TGL-0"])  # its own text ran through 2019-08-19
    assert d("2027-04-07") in cuts(BOOK["UAE-2026"])  # G42 and Core42 through 2027-04-06 (91 FR 43034)


# --- what is due after the last verified day ---


def test_the_return_of_the_50_percent_rule_is_counted_once() -> None:
    due = transitions_between(BOOK, d("2026-10-08"), d("2026-11-24"))
    assert [(event.day.isoformat(), event.head) for event in due] == [
        ("2026-11-10", "AFF-BACK"),
        ("2026-11-20", "IFR-2026-07"),
    ]
    assert due[0].ids == ("AFF-2025", "AFF-BACK", "AFF-STAY")
    moves = {move.id: (move.before, move.after) for move in due[0].moves}
    assert moves == {
        "AFF-2025": ("stayed", "in_force"),
        "AFF-BACK": ("scheduled", "in_force"),
        "AFF-STAY": ("in_force", "ended"),
    }


def test_a_frozen_event_has_not_happened() -> None:
    event = transitions_between(BOOK, d("2026-10-08"), d("2026-11-10"))[0]
    day = d("2026-11-24")
    assert status(BOOK["AFF-2025"], day, book=BOOK) is Status.IN_FORCE
    assert status(BOOK["AFF-2025"], day, book=BOOK, frozen=event.frozen()) is Status.STAYED
    assert status(BOOK["AFF-BACK"], day, book=BOOK, frozen=event.frozen()) is Status.SCHEDULED
    assert status(BOOK["EL-2019-05"], day, book=BOOK, frozen=event.frozen()) is Status.IN_FORCE
    # a day before the freeze is as it was
    assert status(BOOK["AFF-2025"], d("2025-10-01"), book=BOOK, frozen=event.frozen()) is Status.IN_FORCE


def test_a_term_that_runs_out_is_due_too() -> None:
    due = transitions_between(BOOK, d("2026-11-24"), d("2027-12-31"))
    assert [(event.day.isoformat(), event.ids) for event in due] == [
        ("2027-01-01", ("ICD-2026",)),  # authorized designers run to 2026-12-31 (91 FR 17851)
        ("2027-04-07", ("UAE-2026",)),  # G42 and Core42 through 2027-04-06 (91 FR 43034)
    ]
    assert due[0].moves[0].before is due[0].moves[0].after is Status.IN_FORCE
    assert due[0].head == "ICD-2026"


def test_the_first_day_is_out_and_the_last_day_is_in() -> None:
    assert transitions_between(BOOK, d("2026-11-10"), d("2026-11-19")) == []
    assert [e.head for e in transitions_between(BOOK, d("2026-11-09"), d("2026-11-10"))] == ["AFF-BACK"]
    assert transitions_between(BOOK, d("2026-11-24"), d("2026-10-08")) == []


def test_a_statement_is_never_due() -> None:
    assert transitions_between(BOOK, d("2019-06-28"), d("2019-06-29")) == []


def test_what_a_what_if_settles_is_not_due() -> None:
    due = transitions_between(BOOK, d("2026-10-08"), d("2026-11-24"), supposed={"IFR-2026-07"})
    assert [event.head for event in due] == ["AFF-BACK"]


def _made(id_: str, **fields: object) -> Measure:
    return replace(BOOK["IFR-2026-07"], id=id_, **fields)  # type: ignore[arg-type]


class _Books(dict[str, Measure]):
    """Measures by id, as the resolver takes them."""


@pytest.mark.parametrize("order", [("A", "B", "C"), ("A", "C", "B"), ("C", "B", "A"), ("B", "C", "A")])
def test_measures_of_one_day_that_name_one_another_are_one_event_in_any_order(order: tuple[str, ...]) -> None:
    on, names = d("2027-03-01"), dict(zip("ABC", order, strict=True))
    first, middle, last = names["A"], names["B"], names["C"]
    made = [
        _made(first, in_force_from=on, published=d("2026-01-01"), amends=(middle,)),
        _made(middle, in_force_from=d("2026-02-01"), stays=(Stay(d("2026-05-01"), on - ONE_DAY, last),)),
        _made(last, in_force_from=d("2026-05-01"), in_force_through=on - ONE_DAY),
        _made("D", in_force_from=on),
    ]
    due = transitions_between(_Books({m.id: m for m in made}), d("2027-01-01"), d("2027-12-31"))
    assert sorted(event.ids for event in due) == [("A", "B", "C"), ("D",)]


def test_the_resolver_takes_any_mapping_and_reads_the_book_only_for_what_was_known() -> None:
    measure = BOOK["TGL-0"]
    assert status(measure, d("2019-08-19"), book={}) is Status.ENDED
    assert isinstance(BOOK, Book)
