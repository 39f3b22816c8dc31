"""Part 746: embargoes, on either side of each limit and day."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeAlias

import pytest

from chart_acts import simple
from ground_acts import LATE, NOTHING, REQUIRED, around, outcome, policy, word
from licet.law.rule import Rule
from licet.law.us_ear import part_746, part_746_russia

FOOD = {"food_or_medicine": "yes"}
Facts: TypeAlias = dict[str, Any]
"""Facts spread into keyword arguments. Any: with object, mypy would hold each of them against `day`, a date, too."""


def test_every_rule_cites_and_is_of_step_9() -> None:
    rules = [one for module in (part_746, part_746_russia) for one in vars(module).values() if isinstance(one, Rule)]
    own = [one for one in rules if one.section.startswith("us_ear/746")]
    assert len(own) == 15
    assert all(one.cites and one.step == 9 for one in own)


# -- Cuba, North Korea, Syria, Iran


@pytest.mark.parametrize(
    ("to", "section"), [("CU", "746.2"), ("KP", "746.4"), ("IR", "746.7"), ("SY", "746.9"), ("UA-43", "746.6")]
)
@pytest.mark.parametrize("eccn", ["EAR99", "3A991", "3A001.a.2"])
@pytest.mark.parametrize("day", [date(2018, 1, 1), date(2022, 6, 1), LATE])
def test_an_embargo_reaches_every_item_on_every_day(eccn: str, to: str, section: str, day: date) -> None:
    item = {"food_or_medicine": "no"}
    assert outcome(eccn, to, section, day, item=item, ofac_authorized="no") == REQUIRED


@pytest.mark.parametrize("section", ["746.2", "746.4", "746.6", "746.7", "746.9", "746.8"])
def test_an_embargo_reaches_no_other_destination(section: str) -> None:
    assert outcome("3A991", "DE", section) == NOTHING


@pytest.mark.parametrize(
    ("to", "section", "spared"),
    [("CU", "746.2", False), ("KP", "746.4", True), ("SY", "746.9", True), ("UA-43", "746.6", True)],
)
def test_food_and_medicine(to: str, section: str, spared: bool) -> None:  # noqa: FBT001 - a table
    assert (outcome("EAR99", to, section, item=FOOD) == NOTHING) is spared
    assert outcome("1C351.a.1", to, section, item=FOOD) == REQUIRED


def test_food_to_cuba_needs_a_license_that_is_approved_as_a_rule() -> None:
    assert policy("EAR99", "CU", "746.2", item=FOOD) == "PRESUMPTION_OF_APPROVAL"
    assert policy("EAR99", "CU", "746.2", item={"food_or_medicine": "no"}) == "DENIAL"


def test_what_is_not_said_of_food_is_asked() -> None:
    found = word(simple("EAR99", "KP"), only="us_ear/746.4")
    assert (found.at_least, found.at_most) == (NOTHING, REQUIRED)
    assert "items[0].food_or_medicine" in found.asked


@pytest.mark.parametrize(("to", "section"), [("CU", "746.2"), ("SY", "746.9")])
@pytest.mark.parametrize(("eccn", "found"), [("EAR99", NOTHING), ("3E991", REQUIRED)])
def test_a_release_counts_for_listed_technology(eccn: str, found: str, to: str, section: str) -> None:
    release: Facts = {"activity": "deemed_export", "item": {"kind": "technology"}}
    person = {"role": ["recipient"], "nationality": [to], "foreign_person": "yes"}
    assert outcome(eccn, "US", section, party=person, **release) == found
    assert outcome(eccn, "US", section, party={**person, "nationality": ["DE"]}, **release) == NOTHING


@pytest.mark.parametrize(("to", "section"), [("CU", "746.2"), ("KP", "746.4"), ("IR", "746.7"), ("SY", "746.9")])
def test_a_transfer_within_the_country_is_no_export(to: str, section: str) -> None:
    act: Facts = {"activity": "in_country_transfer", "from": to, "ofac_authorized": "no"}
    assert outcome("3A991", to, section, **act) == NOTHING


@pytest.mark.parametrize(("to", "section"), [("UA-43", "746.6"), ("RU", "746.8(a)(1)")])
def test_a_transfer_within_is_reached_where_the_text_says_so(to: str, section: str) -> None:
    act: Facts = {"activity": "in_country_transfer", "from": to}
    assert outcome("3A991", to, section, **act) == REQUIRED


@pytest.mark.parametrize(("to", "section"), [("CU", "746.2"), ("KP", "746.4"), ("SY", "746.9"), ("RU", "746.8(a)(1)")])
@pytest.mark.parametrize(
    ("role", "found"), [("end_user", REQUIRED), ("intermediate_consignee", "REFER"), ("purchaser", NOTHING)]
)
def test_a_party_there_brings_the_item_there_if_it_ends_with_it(to: str, section: str, role: str, found: str) -> None:
    said = word(simple("3A991", "DE", party={"role": [role], "country": to}), only=f"us_ear/{section}")
    assert said.outcome == found
    assert bool(said.flags) is (role == "purchaser")


def test_the_treasury_decides_for_iran() -> None:
    assert outcome("3A991", "IR", "746.7", ofac_authorized="yes") == NOTHING
    assert word(simple("3A991", "IR"), only="us_ear/746.7").asked >= {"ofac_authorized"}
    reexport: Facts = {"activity": "reexport", "from": "DE", "ofac_authorized": "no"}
    found = word(simple("EAR99", "IR", item={"listed_in": []}, **reexport), only="us_ear/746.7")
    assert (found.outcome, found.because) == ("REFER", frozenset({"other_regime"}))
    assert outcome("3A991", "IR", "746.7", **reexport) == REQUIRED


def test_items_of_supplement_7_to_iran() -> None:
    item = {"listed_in": ["supp7_part746"]}
    act: Facts = {"activity": "reexport", "from": "DE", "ofac_authorized": "no", "item": item}
    assert around(date(2023, 2, 24), lambda day: outcome("EAR99", "IR", "746.7", day, **act)) == [
        "REFER",
        REQUIRED,
        REQUIRED,
    ]


def test_a_purchaser_in_iran_is_left_to_the_treasury() -> None:
    found = word(
        simple("EAR99", "DE", party={"role": ["purchaser"], "country": "IR"}, ofac_authorized="no"),
        only="us_ear/746.7",
    )
    assert (found.outcome, found.because) == ("REFER", frozenset({"other_regime"}))


def test_arms_to_north_korea_are_denied_and_luxury_is_open() -> None:
    assert policy("3A611", "KP", "746.4") == "DENIAL"
    found = word(simple("EAR99", "KP", item={"food_or_medicine": "no"}), only="us_ear/746.4")
    assert (found.outcome, found.policies, found.because) == (
        REQUIRED,
        ("CASE_BY_CASE", "DENIAL"),
        frozenset({"not_modeled"}),
    )


def test_syria_relaxed() -> None:
    def ends(day: date) -> tuple[str, str]:
        found = word(simple("3A991", "SY", item={"food_or_medicine": "no"}), day, "us_ear/746.9")
        assert found.outcome == REQUIRED
        return found.policies

    assert ends(date(2025, 9, 1)) == ("DENIAL", "DENIAL")
    assert ends(date(2025, 9, 2)) == ends(date(2025, 9, 3)) == ("PRESUMPTION_OF_APPROVAL", "CASE_BY_CASE")


# -- Crimea and the covered regions


@pytest.mark.parametrize("region", ["UA-14", "UA-09"])
def test_the_republics_are_covered_since_february_2022(region: str) -> None:
    item = {"food_or_medicine": "no"}
    found = around(date(2022, 2, 24), lambda day: outcome("EAR99", region, "746.6", day, item=item))
    assert found == [NOTHING, REQUIRED, REQUIRED]


def test_ukraine_without_a_region_is_asked_for_and_kyiv_is_outside() -> None:
    found = word(simple("3A991", "UA"), only="us_ear/746.6")
    assert (found.outcome, found.asked) == ("REFER", frozenset({"to"}))
    assert outcome("3A991", "UA-30", "746.6") == NOTHING


def test_free_software_to_crimea_is_open() -> None:
    item = {"kind": "software", "food_or_medicine": "no"}
    assert outcome("EAR99", "UA-43", "746.6", item=item) == "REFER"
    assert outcome("5D992.c", "UA-43", "746.6", item=item) == "REFER"
    assert outcome("5D991", "UA-43", "746.6", item=item) == REQUIRED


# -- Russia and Belarus


@pytest.mark.parametrize(
    ("eccn", "to", "first"),
    [
        ("3A992", "RU", date(2022, 2, 24)),
        ("3A992", "BY", date(2022, 3, 2)),
        ("2B991", "RU", date(2022, 4, 8)),
        ("2B991", "BY", date(2022, 4, 8)),
    ],
)
def test_the_first_days_of_listed_items(eccn: str, to: str, first: date) -> None:
    found = around(first, lambda day: outcome(eccn, to, "746.8(a)(1)", day))
    assert found == [NOTHING, REQUIRED, REQUIRED]
    assert policy(eccn, to, "746.8(a)(1)", first) == "DENIAL"


@pytest.mark.parametrize(
    ("supplement", "to", "first", "section"),
    [
        ("supp4_part746", "RU", date(2022, 3, 3), "746.5"),
        ("supp4_part746", "BY", date(2022, 9, 15), "746.5"),
        ("supp6_part746", "RU", date(2022, 9, 15), "746.5"),
        ("supp5_part746", "RU", date(2022, 3, 11), "746.10"),
        ("supp5_part746", "BY", date(2022, 3, 11), "746.10"),
        ("supp4_part746", "RU", date(2024, 6, 12), "746.8(a)(5)"),
        ("supp5_part746", "BY", date(2024, 6, 12), "746.8(a)(5)"),
    ],
)
def test_the_first_days_of_named_items(supplement: str, to: str, first: date, section: str) -> None:
    act: Facts = {"item": {"listed_in": [supplement]}, "end_use": {"known": "none", "oil_gas": "none"}}
    found = around(first, lambda day: outcome("EAR99", to, section, day, **act))
    assert found == [NOTHING, REQUIRED, REQUIRED]


@pytest.mark.parametrize("section", ["746.5", "746.10"])
def test_the_older_sections_end_in_june_2024(section: str) -> None:
    act: Facts = {
        "item": {"listed_in": ["supp4_part746", "supp5_part746"]},
        "end_use": {"known": "none", "oil_gas": "none"},
    }
    found = around(date(2024, 6, 12), lambda day: outcome("EAR99", "RU", section, day, **act))
    assert found == [REQUIRED, NOTHING, NOTHING]


def test_no_gap_between_the_sections() -> None:
    act = simple("EAR99", "RU", item={"listed_in": ["supp4_part746"]}, end_use={"known": "none", "oil_gas": "none"})
    assert [word(act, day).outcome for day in (date(2024, 6, 11), date(2024, 6, 12))] == [REQUIRED, REQUIRED]


def test_an_item_in_no_supplement_needs_none_and_the_tariff_number_is_asked_for() -> None:
    act: Facts = {"end_use": {"known": "none", "oil_gas": "none"}}
    assert outcome("EAR99", "RU", "746.8", item={"listed_in": []}, **act) == NOTHING
    found = word(simple("EAR99", "RU", **act), only="us_ear/746.8")
    assert (found.outcome, found.asked) == ("REFER", frozenset({"items[0].hts"}))


def test_an_item_of_supplement_7_alone_is_open() -> None:
    act: Facts = {"item": {"listed_in": ["supp7_part746"]}, "end_use": {"known": "none", "oil_gas": "none"}}
    assert outcome("EAR99", "RU", "746.8", **act) == "REFER"


@pytest.mark.parametrize(
    ("origin", "supplement", "found"),
    [("no", "supp7_part746", REQUIRED), ("no", "supp6_part746", REQUIRED), ("yes", "supp7_part746", NOTHING)],
)
def test_foreign_made_ear99(origin: str, supplement: str, found: str) -> None:
    item = {"us_origin": origin, "listed_in": [supplement]}
    act: Facts = {"activity": "reexport", "from": "TR"}
    assert outcome("EAR99", "RU", "746.8(a)(2)", item=item, **act) == found


@pytest.mark.parametrize(("left", "found"), [("TR", REQUIRED), ("DE", "REFER")])
def test_what_leaves_a_partner_country_is_open(left: str, found: str) -> None:
    act: Facts = {"activity": "reexport", "from": left, "item": {"us_origin": "no"}}
    assert outcome("3A991", "RU", "746.8(a)(1)", **act) == found


def test_a_release_is_outside_746_8() -> None:
    person = {"role": ["recipient"], "nationality": ["RU"], "foreign_person": "yes"}
    act: Facts = {"activity": "deemed_export", "item": {"kind": "technology"}}
    assert outcome("3E001", "US", "746.8", party=person, **act) == NOTHING


@pytest.mark.parametrize(("parent", "found"), [("DE", "REFER"), ("RU", REQUIRED)])
def test_mass_market_items_for_users_owned_by_allies_are_open(parent: str, found: str) -> None:
    party = {"headquarters": parent, "ultimate_parent_headquarters": parent}
    assert outcome("5A992.c", "RU", "746.8(a)(1)", party=party) == found


@pytest.mark.parametrize("use", ["deepwater", "arctic_offshore", "shale", "undeterminable"])
@pytest.mark.parametrize("day", [date(2019, 1, 1), date(2024, 6, 11), date(2024, 6, 12)])
def test_oil_and_gas(use: str, day: date) -> None:
    act: Facts = {"end_use": {"known": "none", "oil_gas": use}}
    section = "746.8(a)(4)" if day == date(2024, 6, 12) else "746.5(a)(1)(i)"
    assert outcome("8A992", "RU", section, day, **act) == REQUIRED
    assert outcome("EAR99", "RU", section, day, item={"listed_in": ["supp2_part746"]}, **act) == REQUIRED
    assert outcome("EAR99", "RU", section, day, item={"listed_in": []}, **act) == NOTHING


@pytest.mark.parametrize("use", ["other", "none"])
def test_other_oil_and_gas(use: str) -> None:
    act: Facts = {"end_use": {"known": "none", "oil_gas": use}}
    assert outcome("8A992", "RU", "746.5(a)(1)(i)", date(2019, 1, 1), **act) == NOTHING


def test_oil_and_gas_in_belarus_since_september_2022() -> None:
    act: Facts = {"item": {"listed_in": ["supp2_part746"]}, "end_use": {"known": "none", "oil_gas": "shale"}}
    found = around(date(2022, 9, 15), lambda day: outcome("EAR99", "BY", "746.5(a)(1)(i)", day, **act))
    assert found == [NOTHING, REQUIRED, REQUIRED]


def test_the_policy_for_oil_and_gas_before_march_2022_is_open() -> None:
    act: Facts = {"end_use": {"known": "none", "oil_gas": "shale"}}
    found = word(simple("8A992", "RU", **act), date(2019, 1, 1), "us_ear/746.5(a)(1)(i)")
    assert found.policies == ("PRESUMPTION_OF_DENIAL", "DENIAL")
    assert policy("8A992", "RU", "746.5(a)(1)(i)", date(2022, 3, 3), **act) == "DENIAL"


def test_named_software_since_september_2024_is_open() -> None:
    act: Facts = {"item": {"kind": "software", "listed_in": []}}
    found = around(date(2024, 9, 16), lambda day: outcome("EAR99", "RU", "746.8(a)(8)", day, **act))
    assert found == [NOTHING, "REFER", "REFER"]
    assert outcome("EAR99", "RU", "746.8(a)(8)", item={"listed_in": []}) == NOTHING


@pytest.mark.parametrize(
    ("day", "program", "found"),
    [
        (date(2022, 3, 10), "RUSSIA-EO14024", NOTHING),
        (date(2022, 3, 11), "RUSSIA-EO14024", "REFER"),
        (date(2024, 6, 11), "RUSSIA-EO14024", "REFER"),
        (date(2022, 3, 11), "SDGT", NOTHING),
    ],
)
def test_luxury_goods_to_blocked_persons_anywhere(day: date, program: str, found: str) -> None:
    party = {"listings": [{"list": "sdn", "since": date(2022, 2, 24), "programs": [program]}]}
    act = simple("EAR99", "AE", party=party, item={"listed_in": ["supp5_part746"]})
    said = word(act, day, "us_ear/746")
    assert said.outcome == found
