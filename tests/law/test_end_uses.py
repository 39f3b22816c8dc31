"""Part 744: end uses and end users, on either side of each limb and day."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeAlias

import pytest

from chart_acts import simple
from ground_acts import LATE, NOTHING, REQUIRED, around, outcome, policy, scope_acts, size, trees, word
from licet.law.rule import Rule
from licet.law.us_ear import part_744_chips, part_744_end_use, part_744_end_user
from licet.model.outcome import Outcome, value

OUTSIDE = "NOT_SUBJECT"
MOST_LEAVES = 64
Facts: TypeAlias = dict[str, Any]
"""Facts spread into keyword arguments. Any: with object, mypy would hold each of them against `day`, a date, too."""


def known(*uses: str, **fab: str) -> Facts:
    """Return the end use of an act."""
    return {"end_use": {"known": list(uses) or "none", **({"fab": fab} if fab else {})}}


MEU = {"military_end_user": "yes"}


# -- all rules


def test_every_rule_cites_and_is_of_step_8() -> None:
    modules = (part_744_end_use, part_744_chips, part_744_end_user)
    rules = {one for module in modules for one in vars(module).values() if isinstance(one, Rule)}
    rules |= set(part_744_end_user.BLOCKED_BEFORE)
    assert len(rules) == 30
    assert all(one.cites and one.step == 8 for one in rules)


@pytest.mark.parametrize(
    "day", [date(2018, 1, 1), date(2019, 6, 1), date(2022, 3, 1), date(2023, 12, 1), date(2025, 10, 10), LATE]
)
@pytest.mark.parametrize("parties", [1, 3])
def test_no_tree_is_larger_than_the_house_allows_with_nothing_known(day: date, parties: int) -> None:
    act: dict[str, object] = {"items": [{"name": "it"}], "parties": [{"name": f"p{i}"} for i in range(parties)]}
    assert {one.rule.section: size(one.tree) for one in trees(act, day) if size(one.tree) > MOST_LEAVES} == {}


@pytest.mark.parametrize("day", [date(2018, 1, 1), date(2021, 6, 1), date(2023, 12, 1), date(2025, 10, 10), LATE])
def test_an_ordinary_act_needs_nothing_of_these_parts(day: date) -> None:
    party = {"military_end_user": "no", "owners": [], "owners_complete": "yes", "address": "1 Example Road"}
    found = word(simple("3A991", "DE", party=party), day)
    assert (found.at_least, found.at_most, found.asked) == (NOTHING, NOTHING, frozenset())


SECTIONS = (
    *("744.2", "744.3", "744.4", "744.5", "744.6", "744.7", "744.8", "744.12", "744.13", "744.14", "744.16(f)"),
    *("744.17", "744.18", "744.21", "744.22", "744.23", "746.2", "746.4", "746.5", "746.6", "746.7", "746.8", "746.9"),
    "746.10",
)
NARROWER = {
    ("us_ear/744.6", 0): "744.6(b)(1): Germany stands in Supp. 3 to part 744",
    ("us_ear/744.6", 1): "744.6(b)(5): Germany is no country of 744.22",
    ("us_ear/744.6", 4): "744.6(c)(2)(ii): to or within China, Macau or D:5",
    ("us_ear/744.7", 0): "744.7(a): where the item ends in Iran, part 746 asks for the license already",
    ("us_ear/744.23", 4): "744.23(a)(4): in Macau or D:5, or by who has its headquarters there",
    ("us_ear/744.23", 5): "744.23(a) of 2022: in China",
    ("us_ear/746.5", 0): "746.5(a)(1)(i): EAR99 only as an item of Supp. 2",
    ("us_ear/746.6", 1): "87 FR 12226 is in force since 2022-02-24, the Executive Order before binds the Treasury",
    ("us_ear/746.8", 2): "746.8(a)(2): what is subject by 734.9(f), EAR99 only as an item of Supp. 6 or 7",
    ("us_ear/746.8", 3): "746.8 names no Supp. 7; until 2024-06-11 it is opened under 746.5",
    ("us_ear/746.8", 4): "746.8(a)(4): Supp. 2 counts for oil and gas projects alone",
    ("us_ear/746.8", 5): "746.8(a)(4): EAR99 only as an item of Supp. 2",
    ("us_ear/746.8", 7): "746.8 has no such paragraph: 744.8 reaches these persons for every item",
}
"""Limbs of scope tests that are wider than the text, with what the text says instead. Exact."""


@pytest.mark.parametrize("section", SECTIONS)
def test_a_rule_reaches_what_its_scope_test_reaches_unless_the_text_says_less(section: str) -> None:
    name = f"us_ear/{section}"
    acts = list(scope_acts(name))
    assert acts
    missed = {(name, one.limb) for one in acts if one.inside and one.most(name) < value(Outcome.LICENSE_REQUIRED)}
    over = [one.says for one in acts if not one.inside and one.most(name) > value(Outcome.NO_LICENSE_REQUIRED)]
    assert missed == {one for one in NARROWER if one[0] == name}
    assert over == []


# -- 744.2 to 744.5


@pytest.mark.parametrize("day", [date(2018, 1, 1), LATE])
def test_nuclear(day: date) -> None:
    assert outcome("EAR99", "PK", "744.2", day, **known("nuclear")) == REQUIRED
    assert outcome("EAR99", "DE", "744.2", day, **known("nuclear")) == NOTHING
    assert outcome("EAR99", "PK", "744.2", day, **known()) == NOTHING
    assert policy("EAR99", "PK", "744.2", day, **known("nuclear")) == "CASE_BY_CASE"


def test_a_user_outside_supplement_3_counts_where_the_destination_is_in_it() -> None:
    user = {"role": ["end_user"], "country": "PK"}
    assert outcome("EAR99", "DE", "744.2", party=user, **known("nuclear")) == REQUIRED


def test_a_release_for_a_nuclear_use_goes_by_nationality() -> None:
    act: Facts = {"activity": "deemed_export", "item": {"kind": "technology"}, **known("nuclear")}
    for nationality, found in (("PK", REQUIRED), ("JP", NOTHING)):
        person = {"role": ["recipient"], "country": "US", "nationality": [nationality], "foreign_person": "yes"}
        assert outcome("EAR99", "US", "744.2", party=person, **act) == found


@pytest.mark.parametrize(
    ("to", "uses", "found"),
    [
        ("PK", ("missile",), REQUIRED),
        ("DE", ("missile",), "REFER"),
        ("DE", ("missile", "nuclear"), REQUIRED),
        ("DE", ("missile", "chemical_biological"), REQUIRED),
        ("PK", ("military",), NOTHING),
    ],
)
def test_missile(to: str, uses: tuple[str, ...], found: str) -> None:
    assert outcome("EAR99", to, "744.3", **known(*uses)) == found


def test_russia_is_of_d4_since_february_2020() -> None:
    found = around(date(2020, 2, 24), lambda day: outcome("EAR99", "RU", "744.3", day, **known("missile")))
    assert found == ["REFER", REQUIRED, REQUIRED]


@pytest.mark.parametrize("to", ["DE", "CN"])
def test_chemical_and_biological_weapons_everywhere(to: str) -> None:
    assert outcome("EAR99", to, "744.4", **known("chemical_biological")) == REQUIRED
    assert outcome("EAR99", to, "744.4", **known("nuclear")) == NOTHING


def test_nuclear_ships() -> None:
    found = word(simple("EAR99", "DE", **known("maritime_nuclear")), only="us_ear/744.5")
    assert (found.outcome, found.policies) == (REQUIRED, ("CASE_BY_CASE", "DENIAL"))
    assert outcome("EAR99", "DE", "744.5", **known()) == NOTHING


def test_unknown_end_uses_are_asked_for() -> None:
    act = simple("EAR99", "PK")
    del act["end_use"]
    assert word(act, only="us_ear/744.2").asked == {"end_use.known"}


# -- 744.6, 744.7, 744.22


def test_us_persons_and_intelligence() -> None:
    act = known("military_intelligence")
    found = around(date(2021, 3, 16), lambda day: outcome("EAR99", "CN", "744.6(b)(5)", day, **act))
    assert found == [OUTSIDE, REQUIRED, REQUIRED]
    assert outcome("EAR99", "DE", "744.6(b)(5)", **act) == OUTSIDE
    abroad = word(simple("EAR99", "CN", activity="reexport", **{"from": "JP"}, **act), only="us_ear/744.6(b)(5)")
    assert (abroad.at_least, abroad.at_most, abroad.because) == (OUTSIDE, REQUIRED, frozenset({"not_modeled"}))


@pytest.mark.parametrize("use", ["nuclear", "missile"])
def test_us_persons_and_what_has_no_fact_is_open(use: str) -> None:
    number = {"nuclear": 1, "missile": 2}[use]
    assert outcome("EAR99", "PK", f"744.6(b)({number})", **known(use)) == "REFER"
    assert outcome("EAR99", "DE", f"744.6(b)({number})", **known(use)) == OUTSIDE


def test_us_persons_and_weapons() -> None:
    assert outcome("EAR99", "DE", "744.6(b)(3)", **known("chemical_biological")) == REQUIRED
    assert outcome("EAR99", "DE", "744.6(b)(3)", **known()) == OUTSIDE


@pytest.mark.parametrize(
    ("to", "first"), [("CN", date(2022, 10, 12)), ("MO", date(2023, 1, 17)), ("VE", date(2023, 11, 17))]
)
def test_us_persons_and_chips(to: str, first: date) -> None:
    found = around(first, lambda day: outcome("EAR99", to, "744.6(c)(2)", day, **known("advanced_node_ic")))
    assert found == [OUTSIDE, "REFER", "REFER"]


@pytest.mark.parametrize(
    ("role", "country", "found"), [("other", "IR", "REFER"), ("end_user", "IR", NOTHING), ("other", "FR", NOTHING)]
)
def test_who_may_run_a_vessel(role: str, country: str, found: str) -> None:
    assert outcome("EAR99", "DE", "744.7", party={"role": [role], "country": country}) == found


@pytest.mark.parametrize(
    ("to", "first"),
    [
        ("CN", date(2021, 3, 16)),
        ("SY", date(2021, 3, 16)),
        ("MM", date(2021, 4, 9)),
        ("KH", date(2021, 12, 9)),
        ("BY", date(2022, 3, 2)),
    ],
)
def test_the_countries_of_military_intelligence(to: str, first: date) -> None:
    act = known("military_intelligence")
    assert around(first, lambda day: outcome("EAR99", to, "744.22", day, **act)) == [NOTHING, REQUIRED, REQUIRED]
    assert policy("EAR99", to, "744.22", **act) == "PRESUMPTION_OF_DENIAL"


def test_named_users_elsewhere_since_september_2022() -> None:
    act = known("military_intelligence")
    found = around(date(2022, 9, 15), lambda day: outcome("EAR99", "DE", "744.22", day, **act))
    assert found == [NOTHING, "REFER", "REFER"]
    assert outcome("EAR99", "CN", "744.22", **known("military")) == NOTHING


# -- 744.8 and the sections before


def sdn(*programs: str, role: str = "end_user") -> dict[str, object]:
    """Return a party on the SDN List."""
    return {
        "role": [role],
        "listings": [{"list": "sdn", "since": date(2018, 1, 1), "programs": list(programs)}],
        "owners": [],
        "owners_complete": "yes",
    }


@pytest.mark.parametrize("program", ["TCO", "RUSSIA-EO14024", "SDGT", "ILLICIT-DRUGS-EO14059"])
def test_blocked_persons_since_march_2024(program: str) -> None:
    act: Facts = {"party": sdn(program), "ofac_authorized": "no"}
    found = around(date(2024, 3, 21), lambda day: outcome("EAR99", "MX", "744.8(b)", day, **act))
    assert found == [NOTHING, REQUIRED, REQUIRED]
    assert policy("EAR99", "MX", "744.8(b)", **act) == "PRESUMPTION_OF_DENIAL"


@pytest.mark.parametrize(
    ("party", "ofac", "found"),
    [
        (sdn("TCO"), "yes", NOTHING),
        (sdn("CUBA"), "no", NOTHING),
        (sdn("TCO", role="carrier"), "no", NOTHING),
        (sdn("TCO", role="purchaser"), "no", REQUIRED),
        (sdn("TCO", role="intermediate_consignee"), "no", REQUIRED),
    ],
)
def test_the_limits_of_744_8(party: dict[str, object], ofac: str, found: str) -> None:
    assert outcome("EAR99", "MX", "744.8(b)", party=party, ofac_authorized=ofac) == found


def test_the_treasurys_word_is_asked_for() -> None:
    assert word(simple("EAR99", "MX", party=sdn("TCO")), only="us_ear/744.8(b)").asked == {"ofac_authorized"}


def test_an_entry_of_the_entity_list_gives_the_policy() -> None:
    party = sdn("TCO")
    party["listings"].append({"list": "entity_list", "since": date(2020, 1, 1)})  # type: ignore[attr-defined]
    found = word(simple("EAR99", "MX", party=party, ofac_authorized="no"), only="us_ear/744.8(b)")
    assert (found.outcome, found.policies) == (REQUIRED, ("", ""))


@pytest.mark.parametrize(
    ("program", "section"),
    [("NPWMD", "744.8 (2009)"), ("SDGT", "744.12"), ("SDT", "744.13"), ("FTO", "744.14"), ("IRAQ2", "744.18")],
)
def test_blocked_persons_until_march_2024(program: str, section: str) -> None:
    act = {"party": sdn(program, role="other"), "ofac_authorized": "no"}
    found = around(date(2024, 3, 21), lambda day: outcome("EAR99", "MX", section, day, **act))
    assert found == [REQUIRED, NOTHING, NOTHING]
    assert outcome("EAR99", "MX", section, date(2020, 1, 1), party=sdn("TCO"), ofac_authorized="no") == NOTHING
    assert outcome("EAR99", "MX", section, date(2020, 1, 1), party=sdn(program), ofac_authorized="yes") == NOTHING


@pytest.mark.parametrize(
    ("day", "share", "found"),
    [
        (date(2025, 9, 28), 60, NOTHING),
        (date(2025, 9, 29), 60, "REFER"),
        (date(2025, 9, 29), 40, NOTHING),
        (date(2025, 11, 9), 60, "REFER"),
        (date(2025, 11, 10), 60, NOTHING),
    ],
)
def test_owners_on_the_sdn_list_open_the_range_while_the_rule_is_in_force(day: date, share: int, found: str) -> None:
    owner = {"name": "S", "share_pct": share, "listings": [{"list": "sdn", "since": date(2022, 2, 24)}]}
    party = {"owners": [owner], "owners_complete": "no" if share < 50 else "yes"}
    if share < 50:
        party = {
            "owners": [owner, {"name": "O", "share_pct": 60, "listings": [], "owners": [], "owners_complete": "yes"}]
        }
        party["owners_complete"] = "yes"
    assert outcome("EAR99", "DE", "744.8(a)(2)", day, party=party, ofac_authorized="no") == found


# -- listed addresses

ADDRESS = {"country": "HK", "address": "Unit D, 16/F One Capital Place, 18 Luard Road, Wan Chai"}


def test_a_listed_address_since_june_2024() -> None:
    found = around(date(2024, 6, 12), lambda day: outcome("3A991", "HK", "744.16(f)", day, party=ADDRESS))
    assert found == [NOTHING, REQUIRED, REQUIRED]
    assert policy("3A991", "HK", "744.16(f)", party=ADDRESS) == "PRESUMPTION_OF_DENIAL"


@pytest.mark.parametrize(
    ("eccn", "item", "party", "found"),
    [
        ("EAR99", {"listed_in": ["supp7_part746"]}, {}, REQUIRED),
        ("EAR99", {"listed_in": ["supp4_part746"]}, {}, NOTHING),
        ("EAR99", {}, {}, "REFER"),
        ("3A991", {}, {"address": "1 Example Road"}, NOTHING),
        ("3A991", {}, {"role": ["carrier"]}, NOTHING),
        ("3A991", {}, {"country": "SG"}, NOTHING),
    ],
)
def test_the_limits_of_listed_addresses(eccn: str, item: object, party: dict[str, object], found: str) -> None:
    assert outcome(eccn, "HK", "744.16(f)", item=item, party={**ADDRESS, **party}) == found


def test_another_ear99_item_to_a_listed_address_is_a_red_flag() -> None:
    said = word(simple("EAR99", "HK", party=ADDRESS, item={"listed_in": []}), only="us_ear/744.16(f)")
    assert (said.outcome, len(said.flags)) == (NOTHING, 1)


# -- 744.17


@pytest.mark.parametrize(
    ("eccn", "to", "found"),
    [
        ("3A991.a.1", "CN", REQUIRED),
        ("3A991.a.1", "DE", NOTHING),
        ("3A991.b.2", "CN", NOTHING),
        ("3A991", "CN", "REFER"),
        ("5A992.c", "CN", "REFER"),
        ("EAR99", "CN", NOTHING),
    ],
)
def test_microprocessors(eccn: str, to: str, found: str) -> None:
    assert outcome(eccn, to, "744.17", party=MEU) == found
    assert outcome(eccn, to, "744.17", **known("military"), party={"military_end_user": "no"}) == found
    assert outcome(eccn, to, "744.17", party={"military_end_user": "no"}) == NOTHING


# -- 744.21


@pytest.mark.parametrize(
    ("to", "first", "last"),
    [
        ("CN", date(2020, 6, 29), None),
        ("HK", date(2020, 12, 23), None),
        ("MM", date(2021, 3, 8), None),
        ("KH", date(2021, 12, 9), None),
        ("NI", date(2024, 3, 15), None),
        ("RU", date(2020, 6, 29), date(2022, 2, 23)),
        ("VE", date(2020, 6, 29), None),
    ],
)
def test_the_countries_of_military_end_users(to: str, first: date, last: date | None) -> None:
    def ask(day: date) -> str:
        return outcome("3A992", to, "744.21(a)(1)", day, party=MEU)

    assert around(first, ask) == [NOTHING, REQUIRED, REQUIRED]
    assert policy("3A992", to, "744.21(a)(1)", first, party=MEU) == "PRESUMPTION_OF_DENIAL"
    if last is not None:
        assert around(last, ask) == [REQUIRED, REQUIRED, NOTHING]


@pytest.mark.parametrize(
    ("eccn", "found"),
    [
        ("3A992", REQUIRED),
        ("5A991.b.7", REQUIRED),
        ("5A991.c.1", NOTHING),
        ("5A991", "REFER"),
        ("4A994", "REFER"),
        ("2B991", "REFER"),
        ("3A001.a.2", NOTHING),
        ("EAR99", NOTHING),
    ],
)
def test_the_items_of_supplement_2(eccn: str, found: str) -> None:
    assert outcome(eccn, "CN", "744.21(a)(1)", party=MEU) == found
    assert outcome(eccn, "CN", "744.21(a)(1)", **known("military"), party={"military_end_user": "no"}) == found


def test_an_item_stated_to_be_of_supplement_2() -> None:
    assert outcome("4A994", "CN", "744.21(a)(1)", party=MEU, item={"listed_in": ["supp2_part744"]}) == REQUIRED


@pytest.mark.parametrize(
    ("party", "found"),
    [
        ({"military_end_user": "no"}, NOTHING),
        ({"military_end_user": "undeterminable"}, "REFER"),
        ({**MEU, "role": ["carrier"]}, NOTHING),
        ({**MEU, "role": ["purchaser"]}, REQUIRED),
        ({**MEU, "country": "DE"}, "REFER"),
    ],
)
def test_who_is_a_military_end_user(party: dict[str, object], found: str) -> None:
    assert outcome("3A992", "CN", "744.21(a)(1)", party=party) == found


def test_a_foreign_military_elsewhere_is_outside() -> None:
    assert outcome("3A992", "DE", "744.21", party=MEU) == NOTHING


def test_before_june_2020_china_by_use_and_the_other_two_by_user_as_well() -> None:
    day = date(2020, 6, 28)
    assert outcome("3A992", "CN", "744.21 before", day, party=MEU) == NOTHING
    assert outcome("3A992", "CN", "744.21 before", day, **known("military")) == "REFER"
    assert outcome("3A992", "RU", "744.21 before", day, party=MEU) == "REFER"
    assert outcome("3A001.a.2", "RU", "744.21 before", day, party=MEU) == NOTHING


def test_600_series_items_until_june_2020() -> None:
    found = around(date(2020, 6, 29), lambda day: outcome("9A610.y", "CN", "744.21 before", day))
    assert found == [REQUIRED, NOTHING, NOTHING]
    assert policy("9A610.y", "CN", "744.21 before", date(2020, 6, 28)) == "CASE_BY_CASE"
    assert outcome("9A610.y", "IN", "744.21 before", date(2020, 6, 28)) == NOTHING


def test_the_military_end_user_list_anywhere_since_december_2020() -> None:
    party = {"listings": [{"list": "meu_list", "since": date(2018, 1, 1)}], "military_end_user": "no"}
    found = around(date(2020, 12, 23), lambda day: outcome("3A992", "MY", "744.21(b)(1)", day, party=party))
    assert found == [NOTHING, REQUIRED, REQUIRED]
    assert outcome("EAR99", "MY", "744.21(b)(1)", party=party) == NOTHING
    assert outcome("3A992", "MY", "744.21(b)(1)", party={**party, "role": ["carrier"]}) == NOTHING


@pytest.mark.parametrize(("to", "first"), [("RU", date(2022, 2, 24)), ("BY", date(2022, 3, 2))])
@pytest.mark.parametrize("eccn", ["EAR99", "3A001.a.2"])
def test_every_item_to_the_military_of_russia_and_belarus(to: str, first: date, eccn: str) -> None:
    item = {"food_or_medicine": "no"}
    found = around(first, lambda day: outcome(eccn, to, "744.21(a)(2)", day, party=MEU, item=item))
    assert found == [NOTHING, REQUIRED, REQUIRED]
    assert policy(eccn, to, "744.21(a)(2)", first, party=MEU, item=item) == "DENIAL"


def test_food_for_the_military_of_russia() -> None:
    act: Facts = {"party": MEU, "item": {"food_or_medicine": "yes"}}
    found = around(date(2022, 9, 15), lambda day: outcome("EAR99", "RU", "744.21(a)(2)", day, **act))
    assert found == ["REFER", REQUIRED, REQUIRED]
    assert policy("EAR99", "RU", "744.21(a)(2)", **act) == "CASE_BY_CASE"


# -- 744.23


@pytest.mark.parametrize(
    ("to", "first"), [("CN", date(2022, 10, 7)), ("MO", date(2023, 1, 17)), ("VE", date(2023, 11, 17))]
)
@pytest.mark.parametrize(
    ("section", "eccn", "use"),
    [
        ("744.23(a)(1)", "3A991", "supercomputer"),
        ("744.23(a)(2)", "EAR99", "advanced_node_ic"),
        ("744.23(a)(4)", "3B991", "ic_equipment"),
    ],
)
def test_the_first_days_of_chip_end_uses(to: str, first: date, section: str, eccn: str, use: str) -> None:
    act = {**known(use), "knowledge": {"will_be_exported": "no"}}
    eve, *days = around(first, lambda day: outcome(eccn, to, section, day, **act))
    assert days == [REQUIRED, REQUIRED]
    assert eve == ("REFER" if use == "advanced_node_ic" and to != "CN" else NOTHING)


def test_supercomputers() -> None:
    act = known("supercomputer")
    assert outcome("3B991", "CN", "744.23(a)(1)", **act) == NOTHING
    assert word(simple("3A991", "DE", **act), only="us_ear/744.23(a)(1)").asked >= {"knowledge.will_be_exported"}
    assert outcome("3A991", "DE", "744.23(a)(1)", knowledge={"will_be_exported": "no"}, **act) == NOTHING


@pytest.mark.parametrize(
    ("eccn", "fab", "found"),
    [
        ("3B991", {"country": "CN", "advanced_node": "undeterminable", "back_end_only": "no"}, REQUIRED),
        ("EAR99", {"country": "CN", "advanced_node": "undeterminable", "back_end_only": "no"}, NOTHING),
        ("3B991", {"country": "CN", "back_end_only": "no"}, "REFER"),
        ("3B991", {"country": "CN", "advanced_node": "no", "back_end_only": "no"}, NOTHING),
        ("EAR99", {"country": "CN", "advanced_node": "yes", "back_end_only": "no"}, REQUIRED),
        ("EAR99", {"country": "CN", "advanced_node": "yes", "back_end_only": "yes"}, NOTHING),
        ("EAR99", {"country": "CN", "advanced_node": "yes"}, "REFER"),
        ("3B991", {"country": "TW", "advanced_node": "yes", "back_end_only": "no"}, NOTHING),
        ("3B991", {"country": "none"}, NOTHING),
        ("3B991", {}, NOTHING),
    ],
)
def test_you_do_not_know(eccn: str, fab: dict[str, str], found: str) -> None:
    assert outcome(eccn, "CN", "744.23(a)(2)", **known(**fab)) == found


def test_not_stated_is_not_undeterminable() -> None:
    said = word(simple("3B991", "CN", **known(country="CN", back_end_only="no")), only="us_ear/744.23(a)(2)")
    assert said.asked == {"end_use.fab.advanced_node"}


def test_the_plant_decides_over_the_destination() -> None:
    act = known("advanced_node_ic", country="CN")
    assert outcome("EAR99", "TW", "744.23(a)(2)", **act) == REQUIRED
    assert outcome("EAR99", "CN", "744.23(a)(2)", **known("advanced_node_ic", country="TW")) == NOTHING
    assert word(simple("EAR99", "TW", **known("advanced_node_ic")), only="us_ear/744.23(a)(2)").asked == {
        "end_use.fab.country"
    }


@pytest.mark.parametrize(
    ("eccn", "day", "found"),
    [
        ("3A090.b", date(2023, 11, 16), NOTHING),
        ("3A090.b", date(2023, 11, 17), REQUIRED),
        ("3A090.a", date(2025, 1, 12), REQUIRED),
        ("3A090.a", date(2025, 1, 13), "REFER"),
        ("3A090.b", date(2025, 1, 13), REQUIRED),
        ("5A992", date(2024, 6, 1), "REFER"),
        ("5A991", date(2024, 6, 1), NOTHING),
    ],
)
def test_chips_by_headquarters(eccn: str, day: date, found: str) -> None:
    assert outcome(eccn, "MY", "744.23(a)(3)", day, party={"ultimate_parent_headquarters": "CN"}) == found
    assert outcome(eccn, "MY", "744.23(a)(3)", day) == NOTHING


def test_chips_to_the_groups_are_left_to_742_6() -> None:
    assert outcome("3A090.b", "CN", "744.23(a)(3)") == NOTHING
    assert outcome("3A090.b", "VN", "744.23(a)(3)", party={"headquarters": "CN"}) == NOTHING
    assert outcome("3A090.c", "VN", "744.23(a)(3)", party={"headquarters": "CN"}) == REQUIRED


def test_unknown_headquarters_are_asked() -> None:
    act = simple("3A090.b", "MY")
    del act["parties"][0]["ultimate_parent_headquarters"]  # type: ignore[index]
    said = word(act, only="us_ear/744.23(a)(3)")
    assert (said.outcome, said.asked) == ("REFER", frozenset({"parties[0].ultimate_parent_headquarters"}))


@pytest.mark.parametrize(
    ("day", "eccn", "found"),
    [
        (date(2024, 4, 3), "3A090.a", "CASE_BY_CASE"),
        (date(2024, 4, 4), "3A090.b", "CASE_BY_CASE"),
    ],
)
def test_the_policy_for_chips_by_headquarters(day: date, eccn: str, found: str) -> None:
    assert policy(eccn, "MY", "744.23(a)(3)", day, party={"headquarters": "CN"}) == found


def test_equipment() -> None:
    act = known("ic_equipment")
    assert outcome("EAR99", "CN", "744.23(a)(4)", date(2023, 11, 16), **act) == REQUIRED
    assert outcome("EAR99", "CN", "744.23(a)(4)", date(2023, 11, 17), **act) == NOTHING
    chinese = {"ultimate_parent_headquarters": "CN"}
    found = around(date(2024, 4, 4), lambda day: outcome("3B991", "MY", "744.23(a)(4)", day, party=chinese, **act))
    assert found == [NOTHING, REQUIRED, REQUIRED]
    assert outcome("3B991", "MY", "744.23(a)(4)", **act) == NOTHING


@pytest.mark.parametrize(
    ("parent", "day", "found"),
    [
        ("CN", LATE, "PRESUMPTION_OF_DENIAL"),
        ("US", LATE, "PRESUMPTION_OF_APPROVAL"),
        ("US", date(2023, 1, 1), "CASE_BY_CASE"),
        ("MY", LATE, "PRESUMPTION_OF_DENIAL"),
    ],
)
def test_the_policy_goes_by_who_owns_the_user(parent: str, day: date, found: str) -> None:
    party = {"headquarters": parent, "ultimate_parent_headquarters": parent}
    assert policy("EAR99", "CN", "744.23(a)(2)", day, party=party, **known("advanced_node_ic")) == found


def test_chip_technology_that_leaves_china_is_open() -> None:
    act: Facts = {"activity": "reexport", "from": "CN", "item": {"kind": "technology", "us_origin": "no"}}
    assert outcome("3E001", "TW", "744.23(a)(3)(ii)", **act) == "REFER"
    assert outcome("3E001", "TW", "744.23(a)(3)(ii)", **{**act, "from": "JP"}) == NOTHING
