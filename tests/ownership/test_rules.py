"""The two rules: whose lists count, whether each is law on a day, and what the lists say of a name."""

from __future__ import annotations

import json
from datetime import date
from typing import NamedTuple

import pytest

from licet.formats.read import package_text
from licet.law.book import load
from licet.law.day import LawDay
from licet.model.listing import Listing
from licet.ownership.force import force
from licet.ownership.listed import as_stated, by_name
from licet.ownership.regimes import BIS, BLOCKED, OFAC, of_list

BEFORE, IN_FORCE, STAYED, BACK = date(2025, 9, 28), date(2025, 10, 15), date(2026, 7, 1), date(2026, 11, 20)


def listing(list_: str, *programs: str, checked: str = "seen") -> Listing:
    day = date(2019, 5, 16)
    return Listing(list_, "e", "Name", "", day, None, day, programs=programs, checked=checked)


class Found(NamedTuple):
    listed: tuple[Listing, ...] = ()
    later_alias: tuple[Listing, ...] = ()
    known: frozenset[str] = frozenset()


ALL = frozenset({"entity_list", "meu_list", "sdn"})


@pytest.mark.parametrize(
    ("day", "stands", "says"),
    [
        (BEFORE, "no", "AFF-2025 is not in force yet"),
        (IN_FORCE, "yes", "in force (AFF-2025)"),
        (STAYED, "no", "AFF-2025 is stayed through 2026-11-09 by AFF-STAY"),
        (BACK, "open", "not verified after 2026-10-08"),
    ],
)
def test_the_rule_of_bis_by_its_days(day: date, stands: str, says: str) -> None:
    found = force(BIS, LawDay(load(), day))
    assert found.stands == stands
    assert says in found.says


def test_the_rule_of_ofac_stands_on_every_day() -> None:
    assert force(OFAC, LawDay(load(), BEFORE)).stands == "yes"


def test_the_programs_are_those_of_the_scope_test() -> None:
    text = package_text("law/us_ear", "sections.yaml")
    line = next(line for line in text.splitlines() if "listing: sdn" in line and "15 CFR 744.8(a)(1)" in line)
    named = line.partition("programs: [")[2].partition("]")[0]
    assert {word.strip().strip('"') for word in named.split(",")} == BLOCKED


def test_lists_are_added_up_as_each_rule_says() -> None:
    assert [BIS.counts(list_, ()) for list_ in ("entity_list", "meu_list", "unverified_list")] == ["yes", "yes", "no"]
    assert [OFAC.counts(list_, ()) for list_ in ("sdn", "entity_list")] == ["yes", "no"]
    assert [BIS.counts("sdn", said) for said in (("RUSSIA-EO14024",), ("CUBA",), ())] == ["yes", "no", "open"]
    assert of_list("unverified_list").counts("unverified_list", ()) == "yes"


def test_what_the_lists_say_of_a_name() -> None:
    def state(found: Found, *near: Listing, assume: bool = False) -> str:
        return by_name(found, near, BIS, assume=assume).state

    assert state(Found((listing("entity_list"),))) == "yes"
    assert state(Found((listing("entity_list", checked="conflict"),))) == "open"
    assert state(Found((listing("sdn"),))) == "open", "its programs decide"
    assert state(Found((), (listing("entity_list"),), ALL)) == "open", "a name of another time"
    assert state(Found(known=ALL), listing("entity_list")) == "open", "a near name"
    assert state(Found(known=ALL), listing("unverified_list")) == "no", "near on a list that does not count"
    assert state(Found(known=ALL)) == "no"
    assert state(Found(known=ALL - {"sdn"})) == "open"
    assert state(Found(), assume=True) == "no"
    assert state(Found(), listing("entity_list"), assume=True) == "open", "a near name is never assumed away"


def test_lists_that_a_source_states() -> None:
    assert [as_stated(lists, BIS).state for lists in ((), ("entity_list",), ("sdn",), ("sdn#CUBA",))] == [
        "no",
        "yes",
        "open",
        "no",
    ]
    assert as_stated(("sdn#CUBA|SDGT",), BIS).state == "yes"
    assert as_stated(("sdn",), OFAC).state == "yes"


def test_compiled_scope_tests_have_the_programs_too() -> None:
    text = json.dumps(json.loads(package_text("law/us_ear", "sections.json")))
    assert all(program in text for program in BLOCKED)
