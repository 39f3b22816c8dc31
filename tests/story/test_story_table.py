"""Every cell of the story is what `check` answers, every count the difference of two days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from licet.check import check
from licet.model.answer import Answer, Open, Span
from licet.model.outcome import REFER, Outcome, value
from licet.sources import open_sources
from licet.state import State
from licet.story import Drawn, Table, Teller, ends

if TYPE_CHECKING:
    from licet.story_data import Column, Screen

ACTS = Path(__file__).parents[2] / "src" / "licet" / "story_data" / "acts"
N, A, L, P, O = (  # noqa: E741 - one letter an outcome keeps the table below readable
    Outcome.NO_LICENSE_REQUIRED,
    Outcome.AUTHORIZED,
    Outcome.LICENSE_REQUIRED,
    Outcome.PROHIBITED,
    Outcome.NOT_SUBJECT,
)
# Read from the texts: the first day of each new answer, and where it stands.
READ: dict[str, list[tuple[str, Outcome, str]]] = {
    "new_handset": [("2018-01-01", N, "no entry"), ("2019-05-16", L, "84 FR 22961")],
    "network_upkeep": [
        ("2018-01-01", N, "no entry"),
        ("2019-05-16", L, "84 FR 22961"),
        ("2019-05-20", A, "84 FR 23468 (c)(1)"),
        ("2020-08-14", L, "85 FR 29610: through 2020-08-13"),
    ],
    "handset_patch": [
        ("2018-01-01", N, "no entry"),
        ("2019-05-16", L, "84 FR 22961"),
        ("2019-05-20", A, "84 FR 23468 (c)(2)"),
        ("2020-08-14", L, "85 FR 29610: through 2020-08-13"),
    ],
    "standard_5g": [
        ("2018-01-01", N, "no entry"),
        ("2019-05-16", L, "84 FR 22961"),
        ("2019-05-20", A, "84 FR 23468 (c)(4)"),
        ("2019-08-19", L, "84 FR 43487: no such head"),
        ("2020-06-18", N, "85 FR 36719, then 87 FR 55241"),
        ("2024-07-18", O, "89 FR 58265, 15 CFR 734.10(b)"),
    ],
    "uk_affiliate": [("2018-01-01", N, "no entry"), ("2019-08-19", L, "84 FR 43493")],
    "zte": [
        ("2018-01-01", N, "the order is suspended"),
        ("2018-04-15", P, "83 FR 17644"),
        ("2018-07-14", N, "83 FR 34825: terminated in the course of 2018-07-13"),
    ],
    "base_station": [("2018-01-01", N, "no designation"), ("2020-06-30", P, "47 CFR 54.9, PSHSB orders of 2020-06-30")],
}


def counts(table: Table) -> dict[str, int]:
    return {drawn.line.measures[0]: len(drawn.changed) for drawn in table.lines}


def line(table: Table, measure: str) -> Drawn:
    return next(drawn for drawn in table.lines if measure in drawn.line.measures)


def test_there_are_seventeen_rows_of_seven_acts(table: Table) -> None:
    assert [len(row.cells) for row in table.rows] == [7] * 17
    assert [row.today for row in table.rows] == [False] * 16 + [True]


def test_every_cell_is_what_check_answers_for_its_act_file(table: Table) -> None:
    for row in table.rows:
        for cell in row.cells:
            alone = check(str(ACTS / cell.column.file), as_of=row.day)
            assert (alone.outcome, alone.span) == (cell.answer.outcome, cell.answer.span), (row.day, cell.column.id)
            assert alone.as_of == row.day


@pytest.mark.parametrize("today", ["2026-10-08", "2026-11-09", "2026-11-10", "2026-11-24", "2027-06-01"])
def test_no_cell_is_open(shown: Screen, today: str) -> None:
    teller = Teller(shown, open_sources(State(None)), date.fromisoformat(today))
    cells = [cell for row in teller.table().rows for cell in row.cells]
    assert not [(cell.column.id, cell.answer.as_of) for cell in cells if cell.answer.outcome == REFER]


@pytest.mark.parametrize("column", READ)
def test_the_answers_change_on_the_days_that_the_texts_name(teller: Teller, column: str) -> None:
    found = [(str(one.since), one.span.at_most) for one in teller.stretches()[column]]
    assert found == [(day, outcome) for day, outcome, _ in READ[column]]
    assert all(one.span.decided for one in teller.stretches()[column])


def test_words_change_nothing(table: Table) -> None:
    said = {drawn.line.measures[0]: len(drawn.changed) for drawn in table.lines if drawn.line.drawn == "said"}
    assert {"OSAKA", "RUBIO-2019", "ROSS", "LIC-2019-11"} <= said.keys()
    assert set(said.values()) == {0}


def test_may_2019_takes_four_and_gives_three_back(table: Table) -> None:
    found = counts(table)
    assert (found["EL-2019-05"], found["TGL-0"]) == (4, 3)
    assert set(line(table, "TGL-0").changed) < set(line(table, "EL-2019-05").changed)


def test_the_general_license_closes_with_two(table: Table) -> None:
    assert line(table, "TGL-5").changed == ("network_upkeep", "handset_patch")


def test_law_may_change_none_of_the_seven(table: Table) -> None:
    assert {counts(table)[id_] for id_ in ("EL-2020-08", "AFF-2025", "AFF-STAY")} == {0}


def test_every_count_compares_two_answers_of_check(table: Table, shown: Screen) -> None:
    for drawn in table.lines:
        days = (drawn.line.before, drawn.line.first)
        pairs = [[check(str(ACTS / column.file), as_of=day) for day in days] for column in shown.columns]
        differ = [ends(old.span) != ends(new.span) for old, new in pairs]
        assert [column.id in drawn.changed for column in shown.columns] == differ, drawn.line


def test_each_line_compares_the_day_before_it_with_the_first_day_on_which_it_decides(table: Table) -> None:
    for drawn in table.lines:
        assert drawn.line.before < drawn.line.first
        assert drawn.line.first - drawn.line.before <= timedelta(days=2)
        assert drawn.line.before <= drawn.line.day <= drawn.line.first


def test_a_word_stands_only_where_the_row_above_differs(table: Table) -> None:
    above: dict[str, str] = {}
    for row in table.rows:
        for cell in row.cells:
            assert cell.changed == (above.get(cell.column.id) != cell.answer.outcome)
            above[cell.column.id] = cell.answer.outcome


def test_the_legend_is_true(table: Table) -> None:
    answers = [cell.answer for row in table.rows for cell in row.cells]
    licensed = {
        answer.span.policy.name for answer in answers if answer.outcome == "LICENSE_REQUIRED" and answer.span.policy
    }
    assert licensed == {"PRESUMPTION_OF_DENIAL"}
    covered = {authority for answer in answers if answer.outcome == "AUTHORIZED" for authority in answer.authorities}
    assert covered
    assert all(authority.startswith("TGL-") for authority in covered)


def test_today_lies_after_the_last_verified_day_and_both_outcomes_are_computed(table: Table) -> None:
    last = table.rows[-1]
    assert last.day > table.verified_through
    due = {cell.column.id: [one for one in cell.answer.unverified if "AFF-BACK" in one.ids] for cell in last.cells}
    assert {column for column, found in due.items() if found} >= {"new_handset", "uk_affiliate", "zte"}
    assert line(table, "AFF-BACK").text.endswith("; same either way")


def test_a_due_line_says_so_where_the_two_outcomes_differ(shown: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    teller = Teller(shown, open_sources(State(None)), date(2026, 11, 24))
    asked = teller.answer

    def differing(column: Column, day: date) -> Answer:
        due = Open(("AFF-BACK",), date(2026, 11, 10), "", Span(value(L), value(L)), Span(value(N), value(N)))
        return replace(asked(column, day), unverified=(due,))

    monkeypatch.setattr(teller, "answer", differing)
    back = next(one for one in shown.lines if "AFF-BACK" in one.measures)
    assert teller.drawn(back).text.endswith("; see the cells")


def test_all_measures_of_these_years_are_drawn_once(teller: Teller, shown: Screen) -> None:
    lines = [drawn.line for drawn in teller.others()] + list(shown.lines)
    ids = [id_ for one in lines for id_ in one.measures]
    assert len(ids) == len(set(ids))
    early = {
        id_ for id_, measure in teller.book.items() if id_ not in ids and measure.id not in {"HPSCI-2012", "NUDT-2015"}
    }
    assert early == set()
    assert {"EO13873", "TGL-2", "TGL-3", "TGL-4", "JP-2018", "GB-2020"} <= set(ids)


def test_none_of_the_other_measures_changes_an_answer(teller: Teller) -> None:
    with_one_drawn = {"HK-EXC-2020"}  # on its first day FCC-2020-06, which is drawn, changes the base station
    found = [one for one in teller.others() if not with_one_drawn & set(one.line.measures)]
    assert {drawn.changed for drawn in found} == {()}


# -- what if


def opened(tellers: dict[str, Teller], state: str) -> dict[str, list[date]]:
    """Return the days of the rows on which a what-if makes another answer, by column."""
    found: dict[str, list[date]] = {}
    rows = zip(tellers[state].table().rows, tellers["real"].table().rows, strict=True)
    for row, real in rows:
        for cell, truth in zip(row.cells, real.cells, strict=True):
            if ends(cell.answer.span) != ends(truth.answer.span):
                assert cell.answer.outcome == REFER
                found.setdefault(cell.column.id, []).append(row.day)
    return found


def test_osaka_as_an_order_opens_the_new_handset_and_says_what_is_missing(tellers: dict[str, Teller]) -> None:
    found = opened(tellers, "osaka")
    assert found["new_handset"][0] == date(2019, 6, 30)
    column = tellers["osaka"].screen.columns[0]
    answer = tellers["osaka"].answer(column, date(2019, 6, 30))
    assert ends(answer.span) == (A, L)
    assert answer.not_modeled == ("WHAT-IF-OSAKA: which items it relieves is not said",)
    assert {"uk_affiliate", "zte", "base_station"}.isdisjoint(found)


def test_rubio_alone_changes_no_cell(tellers: dict[str, Teller]) -> None:
    assert opened(tellers, "rubio") == {}


def test_rubio_closes_what_osaka_opened(tellers: dict[str, Teller]) -> None:
    act_of_congress = date(2019, 7, 16)
    assert all(day < act_of_congress for days in opened(tellers, "both").values() for day in days)
    for column in tellers["both"].screen.columns:
        real = tellers["real"].stretches()[column.id]
        both = tellers["both"].stretches()[column.id]
        assert [one for one in both if one.since > act_of_congress] == [
            one for one in real if one.since > act_of_congress
        ]
        closed = next(one for one in both if one.since <= act_of_congress <= one.through)
        assert closed.span.decided


@pytest.mark.parametrize("state", ["osaka", "rubio", "both"])
def test_a_story_under_a_what_if_is_what_check_answers_under_it(tellers: dict[str, Teller], state: str) -> None:
    names = {"osaka": "+osaka.yaml", "rubio": "+rubio.yaml", "both": "+osaka.yaml+rubio.yaml"}
    for row in tellers[state].table().rows[5:9]:
        for cell in row.cells:
            alone = check(str(ACTS / cell.column.file), as_of=f"{row.day}{names[state]}")
            assert alone.what_if is not None
            assert ends(alone.what_if.span) == ends(cell.answer.span), (row.day, cell.column.id)


def test_what_is_supposed_has_a_line_of_its_own(tellers: dict[str, Teller]) -> None:
    supposed = {drawn.line.measures: drawn for drawn in tellers["both"].others() if drawn.line.drawn == "if"}
    assert supposed[("WHAT-IF-OSAKA",)].changed == ("new_handset",)
    assert supposed[("WHAT-IF-RUBIO",)].changed == ("new_handset",)
    alone = next(drawn for drawn in tellers["rubio"].others() if drawn.line.drawn == "if")
    assert alone.changed == ()
