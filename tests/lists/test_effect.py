"""From citation to day of effect: by page range, by day of publication, and what is not known."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from licet.law.book import load
from licet.law.status import start
from licet.lists.effect import LONGEST, MEASURE, NONE, PUBLISHED, RULE, Register, amended, brought_in, unknown_citations
from licet.lists.entry import Citation, Entry, Name
from licet.lists.register import RULES, Rule, rule_at
from licet.lists.shipped import issues
from licet.lists.source import source
from licet.model.measure import Measure
from real_lists import real

if TYPE_CHECKING:
    from licet.lists.effect import Effect


@cache
def register() -> Register:
    return Register(load())


def effect(text: str, published: date | None = None) -> Effect:
    return register().effect(Citation(text, published))


def entry(*cites: tuple[str, date | None], **fields: object) -> Entry:
    one = Entry("alpha", "entity", (Name("Alpha"),), cites=tuple(Citation(*cite) for cite in cites))
    return one._replace(**fields)  # type: ignore[arg-type]


def measure(id_: str, day: date, *cites: str, kind: str = "list", published: date | None = None) -> Measure:
    published = published or day + timedelta(days=4)
    return Measure(
        id_,
        "us_ear",
        kind,
        id_,
        id_,
        legal_force=True,
        cites=cites,
        confidence="high",
        checked="seen",
        source="made",
        published=published,
        in_force_from=day,
    )


# The shared table


def test_rules_do_not_overlap_and_are_in_order() -> None:
    spans = [(rule.volume, rule.first, rule.last) for rule in RULES]
    assert spans == sorted(spans)
    for (volume, _, last), (following, first, _) in pairwise(spans):
        assert volume < following or last < first
    assert all(first <= last < first + LONGEST for _, first, last in spans)


def test_a_rule_that_is_a_measure_has_its_day_and_its_pages() -> None:
    book = load()
    for rule in RULES:
        if rule.measure:
            assert start(book[rule.measure]) == rule.day, rule
            pages = [int(found[1]) for cite in book[rule.measure].cites if (found := re.match(r"\d+ FR (\d+)$", cite))]
            assert pages[0] == rule.first, rule
            assert all(rule_at(rule.volume, page) == rule for page in pages), rule


# One citation


@pytest.mark.parametrize(
    ("text", "published", "day", "id_"),
    [
        ("84 FR 22961", date(2019, 5, 21), date(2019, 5, 16), "EL-2019-05"),
        ("84 FR 22963", date(2019, 5, 21), date(2019, 5, 16), "EL-2019-05"),
        ("84 FR 22968", date(2019, 5, 21), date(2019, 5, 16), "EL-2019-05"),
        ("84 F.R. 43495", date(2019, 8, 21), date(2019, 8, 19), "EL-2019-08"),
        ("85FR 51603", date(2020, 8, 20), date(2020, 8, 17), "EL-2020-08"),
        ("85 FR 83421", date(2020, 12, 22), date(2020, 12, 18), "EL-2020-12"),
        ("88 FR 71992", date(2023, 10, 19), date(2023, 10, 17), "SAV-2023"),
        ("89 FR 96836", date(2024, 12, 5), date(2024, 12, 2), "EL-2024-12"),
        ("87 FR 62202", date(2022, 10, 13), date(2022, 10, 21), "AC-2022-1021"),
        ("84 FR 29373", date(2019, 6, 24), date(2019, 6, 24), "NUDT-2019"),
        ("85 FR 29853", date(2020, 5, 19), date(2020, 5, 15), "FDP-2020-05"),
        ("85 FR 83799", date(2020, 12, 23), date(2020, 12, 23), "MEULIST-2020"),
        ("89 FR 51652", date(2024, 6, 18), date(2024, 6, 12), "ADDR-2024"),
        ("87 FR 12240", date(2022, 3, 3), date(2022, 2, 24), "RU-2022"),
        ("83 F.R. 17644 4/23/2018", date(2018, 4, 23), date(2018, 4, 15), "ZTE-DO"),
    ],
)
def test_a_page_inside_a_measure_has_its_day(text: str, published: date, day: date, id_: str) -> None:
    found = effect(text, published)
    assert (found.day, found.basis, found.measure, found.published) == (day, MEASURE, id_, published)


def test_the_table_needs_no_day_of_publication_and_inference_does() -> None:
    assert effect("84 FR 22963").measure == "EL-2019-05"
    assert effect("85 FR 29853").basis == NONE, "between two documents, of no day: it could be any"
    assert effect("85 FR 29849").measure == "FDP-2020-05", "the first page itself"


def test_a_page_after_a_measure_of_another_day_is_not_in_it() -> None:
    found = effect("84 FR 22990", date(2019, 5, 22))
    assert (found.day, found.basis, found.measure) == (date(2019, 5, 22), PUBLISHED, "")
    far = effect(f"85 FR {29849 + LONGEST}", date(2020, 5, 19))
    assert far.basis == PUBLISHED


def test_a_rule_that_is_no_measure_has_its_own_day() -> None:
    found = effect("81 FR 12006", date(2016, 3, 8))
    assert (found.day, found.basis, found.measure) == (date(2016, 3, 8), RULE, "")
    assert effect("86 FR 71559", date(2021, 12, 17)).checked == "memory"
    assert effect("88 FR 12171", date(2023, 2, 27))[:3] == (date(2023, 2, 24), RULE, "")


@pytest.mark.parametrize(
    ("text", "published", "day"),
    [
        ("79 FR 36202", date(2014, 6, 26), date(2014, 6, 26)),
        ("83 FR 54521", date(2018, 10, 30), date(2018, 10, 30)),
        ("86 FR 4864", date(2021, 1, 15), date(2021, 1, 14)),
        ("87 FR 34157", date(2022, 6, 6), date(2022, 6, 2)),
        ("87 FR 34136", date(2022, 6, 6), date(2022, 6, 2)),
        ("87 FR 60066", date(2022, 10, 4), date(2022, 9, 30)),
        ("88 FR 18985", date(2023, 3, 30), date(2023, 3, 28)),
        ("88 FR 76129", date(2023, 11, 6), date(2023, 11, 2)),
        ("89 FR 14388", date(2024, 2, 27), date(2024, 2, 23)),
        ("89 FR 14405", date(2024, 2, 27), date(2024, 2, 27)),
        ("89 FR 41888", date(2024, 5, 14), date(2024, 5, 9)),
        ("89 FR 68548", date(2024, 8, 27), date(2024, 8, 27)),
        ("89 FR 84462", date(2024, 10, 23), date(2024, 10, 23)),
        ("90 FR 14048", date(2025, 3, 28), date(2025, 3, 25)),
        ("90 FR 48195", date(2025, 10, 9), date(2025, 10, 8)),
    ],
)
def test_days_that_were_read_in_a_rule_or_a_notice_of_it(text: str, published: date, day: date) -> None:
    found = effect(text, published)
    assert (found.day, found.basis, found.checked) == (day, RULE, "seen")


def test_two_rules_of_one_day_stay_apart() -> None:
    day = date(2016, 6, 21)
    assert rule_at(81, 40171) != rule_at(81, 40174)
    assert effect("81 FR 40172", day).basis == PUBLISHED, "between two rules: it could be either"


def test_what_is_not_known_has_the_day_of_publication_and_says_so() -> None:
    assert effect("87 FR 20299", date(2022, 4, 7))[:3] == (date(2022, 4, 7), PUBLISHED, "")
    assert effect("87 FR 20299")[:3] == (None, NONE, "")
    assert effect("Canada, Belarus")[:3] == (None, NONE, "")


def test_the_next_document_of_the_same_day_ends_the_one_before() -> None:
    day = date(2020, 1, 6)
    book = {
        "ONE": measure("ONE", day, "85 FR 100", published=date(2020, 1, 9)),
        "TWO": measure("TWO", day + timedelta(days=1), "85 FR 120", kind="rule", published=date(2020, 1, 9)),
        "TWIN": measure("TWIN", day + timedelta(days=1), "85 FR 120", "85 FR 125", published=date(2020, 1, 9)),
        "SAID": measure("SAID", day, "85 FR 110", kind="announcement", published=date(2020, 1, 9)),
    }
    made = Register(book, ())
    pages = {
        page: made.effect(Citation(f"85 FR {page}", date(2020, 1, 9))).measure for page in (99, 100, 119, 120, 125)
    }
    assert pages == {99: "", 100: "ONE", 119: "ONE", 120: "TWIN", 125: "TWIN"}


def test_a_citation_far_from_the_first_page_is_another_document() -> None:
    book = {"FIX": measure("FIX", date(2022, 4, 11), "87 FR 21011", "87 FR 8182", published=date(2022, 4, 11))}
    made = Register(book, (Rule(87, 50, 60, date(2022, 1, 3)),))
    assert made.effect(Citation("87 FR 8183", date(2022, 2, 14))).basis == PUBLISHED
    assert made.effect(Citation("87 FR 21012", date(2022, 4, 11))).measure == "FIX"
    assert made.effect(Citation("87 FR 55", date(2022, 1, 5)))[:2] == (date(2022, 1, 3), RULE)


# One entry


MAY, AUGUST = ("84 FR 22963", date(2019, 5, 21)), ("85 FR 51603", date(2020, 8, 20))


def test_the_first_citation_brings_an_entry_in_and_later_ones_amend_it() -> None:
    one, other = entry(MAY), entry(MAY, AUGUST)
    assert brought_in(other, register(), listed=False).measure == "EL-2019-05"
    assert amended(one, other, register()).measure == "EL-2020-08"
    assert amended(other, other, register()).basis == NONE
    assert amended(other, other._replace(cites=(Citation("84 F.R. 22963"), *other.cites[1:])), register()).day is None


def test_the_day_that_a_list_states_counts_only_where_it_is_the_day_of_effect() -> None:
    one = entry(MAY, listed=date(2019, 5, 21))
    assert brought_in(one, register(), listed=False).day == date(2019, 5, 16)
    assert brought_in(one, register(), listed=True)[:2] == (date(2019, 5, 21), "listed")
    assert brought_in(entry(listed=date(2019, 5, 21)), register(), listed=False).day is None


def test_unknown_citations_are_listed_by_page() -> None:
    old, none = ("87 FR 20299", date(2022, 4, 7)), ("Canada, Belarus", None)
    found = unknown_citations([entry(old), entry(MAY, old), entry(none), entry(MAY)], load())
    assert [(one.cite, one.published, one.entries, one.first) for one in found] == [("87 FR 20299", old[1], 2, 1)]


# The real list


def test_the_citations_of_the_entity_list() -> None:
    data = real("ecfr/title-15_part-744_2026-07-23.xml")
    entries = source("entity_list").parse({"part-744.xml": data}, issued=date(2026, 7, 23)).entries
    brought: dict[str, int] = {}
    for one in entries:
        found = brought_in(one, register(), listed=False)
        brought[found.measure or found.basis] = brought.get(found.measure or found.basis, 0) + 1
    assert {id_: brought[id_] for id_ in ("EL-2019-05", "EL-2019-08", "EL-2020-08", "EL-2020-12", "EL-2024-12")} == {
        "EL-2019-05": 66, "EL-2019-08": 26, "EL-2020-08": 38, "EL-2020-12": 75, "EL-2024-12": 140
    }  # fmt: skip
    assert brought["ADDR-2024"] >= 8
    unknown = unknown_citations(entries, register())
    assert unknown[0].cite == "87 FR 20299"
    pages = [one.cite.partition(" FR ") for one in unknown]
    assert all(rule_at(int(volume), int(page)) is None for volume, _, page in pages)
    assert sum(one.first for one in unknown) == brought[PUBLISHED]


ODD = {"77 FR 58006 2012-09-09", "87 FR 21012 2022-04-11", "87 FR 62202 2022-10-13"}
"""A slip in a printed day, a correction that reaches back, and a rule of which parts took effect after it appeared."""


@pytest.mark.parametrize("list_", ["entity_list", "unverified_list", "meu_list"])
def test_no_rule_takes_effect_after_its_publication_or_long_before(list_: str) -> None:
    for one in issues()[list_][-1].entries:
        for cite in one.cites:
            found = register().effect(cite)
            if found.basis in (RULE, MEASURE) and found.day and found.published:
                early = (found.published - found.day).days
                assert 0 <= early <= 8 or f"{found.cite} {found.published}" in ODD, (one.id, found)


def test_how_much_of_the_lists_is_known_by_day_of_effect() -> None:
    counts = {}
    for list_, each in issues().items():
        found = [brought_in(one, register(), listed=False).basis for one in each[-1].entries]
        counts[list_] = tuple(
            sum(basis in known for basis in found) for known in ((MEASURE, RULE), (PUBLISHED,), (NONE,))
        )
    assert counts["entity_list"] == (3165, 246, 53), "53 are named inside others, whose citation is theirs"
    assert counts["unverified_list"] == (121, 65, 0)
    assert counts["meu_list"] == (62, 0, 8)
