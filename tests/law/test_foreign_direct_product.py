"""Section 734.9 and what stood before it: product scopes, end-user scopes, first days, savings."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import TYPE_CHECKING

import pytest

from foreign_acts import (
    HISILICON,
    HUAWEI,
    ITEM,
    NO,
    OPEN,
    SAVED,
    YES,
    by_production,
    foreign,
    foreign_case,
    required,
)
from licet.explain import leaves
from licet.law.rule import Subject
from licet.law.us_ear import part_734_9

if TYPE_CHECKING:
    from collections.abc import Mapping

    from foreign_acts import Facts

LARGEST = 64
MAY_EVE, MAY, AUGUST_EVE, AUGUST = date(2020, 5, 14), date(2020, 5, 15), date(2020, 8, 16), date(2020, 8, 17)
OCTOBER = date(2020, 10, 1)
FN1, NS = "(e)(1)", "(b)"
DESTINED = ["ultimate_consignee", "end_user"]


def means(eccn: str = "3E991", role: str | None = "plant", **more: object) -> dict[str, object]:
    """Return one means of production: US technology of 3E991 behind the plant, unless said otherwise."""
    kind = "software" if eccn[1] == "D" else "technology" if eccn[1] == "E" else "equipment"
    return {"kind": kind, "eccn": eccn, "us_origin": "yes", **({"role": role} if role else {}), **more}


def chip(
    *made: dict[str, object],
    complete: str = "yes",
    item: Facts | None = None,
    dates: Mapping[str, date] | None = None,
    **more: object,
) -> dict[str, object]:
    """Return a foundry's chip for Huawei in China, not of its design, begun in the fall of 2020."""
    one = {"made_with": list(made), "made_with_complete": complete, "designed_by": "other", "controls": ["AT 1"]}
    party = {"role": DESTINED, "name": HUAWEI, "country": "CN"}
    more = {"parties": [party], "knowledge": {"footnote1_party": "yes"}, **more}
    days = {"production_start": date(2020, 9, 20), "en_route_since": "none", **(dates or {})}
    stated = {name: str(value) for name, value in days.items()}
    return foreign(item={**one, **(item or {})}, dates=stated, **more)


def own(
    *made: dict[str, object], item: Facts | None = None, dates: Mapping[str, date] | None = None, **more: object
) -> dict[str, object]:
    """Return the like, of HiSilicon's design."""
    return chip(*made, complete="yes", item={"designed_by": HISILICON, **(item or {})}, dates=dates, **more)


def fn1(act: dict[str, object], *days: date) -> list[str]:
    """Return what the rule for footnote 1 says on each day."""
    return [by_production(act, day, FN1).subject for day in days]


# -- footnote 1: first days


def test_a_foundry_s_chip_of_huawei_s_design_is_reached_in_may_2020() -> None:
    act = own(means(), dates={"production_start": MAY})
    assert fn1(act, MAY_EVE, MAY, date(2020, 5, 16)) == [NO, YES, YES]


def test_a_chip_of_nobody_s_design_is_reached_in_august_2020() -> None:
    act = chip(means(), dates={"production_start": AUGUST})
    assert fn1(act, MAY, AUGUST_EVE, AUGUST, date(2020, 8, 18)) == [NO, NO, YES, YES]


def test_the_rule_outlives_its_move_to_734_9() -> None:
    assert fn1(chip(means()), date(2022, 2, 2), date(2022, 2, 3), date(2026, 9, 1)) == [YES, YES, YES]


def test_in_may_an_item_that_comes_straight_from_the_technology_is_reached_if_huawei_makes_it() -> None:
    made_by = {"designed_by": "other", "produced_by": HUAWEI}
    direct = chip(means(role="direct_product"), item=made_by, dates={"production_start": MAY})
    assert fn1(direct, MAY) == [YES]
    plant = chip(means(), item=made_by, dates={"production_start": MAY})
    assert fn1(plant, MAY) == [NO]


def test_a_maker_that_is_no_party_is_looked_up() -> None:
    other = own(means(), item={"designed_by": "Nobody Design Ltd"}, dates={"production_start": MAY})
    said = by_production(other, MAY, FN1)
    assert (said.subject, said.because) in {(NO, frozenset()), (OPEN, frozenset({"lists"}))}
    unknown = own(means(), dates={"production_start": MAY})
    del unknown["items"][0]["designed_by"]  # type: ignore[index]
    said = by_production(unknown, MAY, FN1)
    assert (said.subject, f"{ITEM}.designed_by" in said.asked) == (OPEN, True)


# -- savings


def test_a_plant_s_product_begun_before_may_is_saved_through_september() -> None:
    act = own(means(), dates={"production_start": MAY_EVE})
    days = (MAY, AUGUST, date(2020, 9, 13), date(2020, 9, 14), date(2020, 9, 15))
    assert fn1(act, *days) == [SAVED, SAVED, SAVED, SAVED, YES]
    assert fn1(own(means(), dates={"production_start": MAY}), MAY, date(2020, 9, 14)) == [YES, YES]


def test_what_comes_straight_from_the_technology_is_not_saved() -> None:
    act = own(means(role="direct_product"), dates={"production_start": MAY_EVE})
    assert fn1(act, MAY, AUGUST) == [YES, YES]


def test_the_savings_clause_of_august_is_open_for_a_year() -> None:
    before = chip(means(), dates={"production_start": AUGUST_EVE})
    said = by_production(before, OCTOBER, FN1)
    assert (said.subject, said.because) == (OPEN, frozenset({"not_modeled"}))
    assert fn1(before, date(2021, 8, 16), date(2021, 8, 17)) == [OPEN, YES]
    assert fn1(chip(means(), dates={"production_start": AUGUST}), OCTOBER) == [YES]


def test_what_was_aboard_on_the_first_day_is_saved_for_a_year() -> None:
    act = chip(means(), dates={"en_route_since": AUGUST, "production_start": date(2020, 1, 1)})
    assert fn1(act, AUGUST, date(2021, 8, 16), date(2021, 8, 17)) == [SAVED, SAVED, YES]
    late = chip(means(), dates={"en_route_since": date(2020, 8, 18), "production_start": AUGUST})
    assert fn1(late, OCTOBER) == [YES]


def test_a_day_of_production_that_is_not_stated_is_asked_while_it_matters() -> None:
    act = own(means())
    act["dates"] = {"en_route_since": "none"}
    said = by_production(act, date(2020, 6, 1), FN1)
    assert (said.subject, said.asked) == (OPEN, frozenset({"dates.production_start"}))
    assert fn1(act, date(2022, 6, 1)) == [YES]


def test_the_requirement_names_the_savings_clause_that_lifts_it() -> None:
    case = foreign_case(own(means(), dates={"production_start": MAY_EVE}), date(2020, 9, 14))
    (end,) = leaves(case.ground(part_734_9.savings, Subject(ITEM)).tree)
    assert end.finding.authority == "FDP-2020-05"
    late = foreign_case(own(means(), dates={"production_start": MAY_EVE}), date(2020, 9, 15))
    (end,) = leaves(late.ground(part_734_9.savings, Subject(ITEM)).tree)
    assert not end.finding.authority
    assert part_734_9.LIFTS[part_734_9.require_footnote_1.section] is part_734_9.savings


# -- product scope


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (means(role="direct_product"), YES),
        (means(role="plant"), YES),
        (means(role="major_component"), YES),
        (means(role="none"), NO),
        (means("3E991.a"), YES),
        (means("3D991"), YES),
        (means("5E002"), NO),
        (means("EAR99"), NO),
        (means("3E992"), NO),
        (means(us_origin="no"), NO),
        (means(us_origin="no", role="direct_product"), NO),
        (means("3B001", role="major_component"), YES),
        (means("3B992", role="plant"), YES),
        (means("3B992", role="plant", us_origin="no"), NO),
        (means("2B001", role="plant"), NO),
        (means("3B999", role="plant"), OPEN),
    ],
)
def test_what_an_item_is_made_with_decides_the_product_scope(one: dict[str, object], expected: str) -> None:
    assert fn1(chip(one), OCTOBER) == [expected]


@pytest.mark.parametrize("name", ["role", "eccn", "kind", "us_origin"])
def test_what_is_not_stated_of_a_means_is_asked(name: str) -> None:
    one = means()
    del one[name]
    said = by_production(chip(one), OCTOBER, FN1)
    assert (said.subject, said.asked) == (OPEN, frozenset({f"{ITEM}.made_with[0].{name}"}))


def test_a_list_that_is_not_called_complete_stays_open() -> None:
    said = by_production(chip(means(role="none"), complete="no"), OCTOBER, FN1)
    assert (said.subject, said.asked) == (OPEN, frozenset({f"{ITEM}.made_with_complete"}))
    assert fn1(chip(means(), complete="no"), OCTOBER) == [YES]
    unknown = chip()
    del unknown["items"][0]["made_with"]  # type: ignore[index]
    said = by_production(unknown, OCTOBER, FN1)
    assert (said.subject, said.asked) == (OPEN, frozenset({f"{ITEM}.made_with"}))


def test_the_lists_grow_in_december_2024() -> None:
    act = chip(means("3E992"))
    assert fn1(act, date(2024, 12, 1), date(2024, 12, 2), date(2024, 12, 3)) == [NO, YES, YES]


# -- end-user scope


@pytest.mark.parametrize(
    ("roles", "may", "august"),
    [
        (["ultimate_consignee"], YES, YES),
        (["end_user"], YES, YES),
        (["purchaser"], NO, YES),
        (["intermediate_consignee"], NO, YES),
        (["other"], NO, YES),
        (["carrier"], NO, NO),
    ],
)
def test_any_role_counts_since_august(roles: list[str], may: str, august: str) -> None:
    parties = [
        {"role": roles, "name": HUAWEI, "country": "CN"},
        {"role": DESTINED, "name": "U", "country": "CN", "listings": []},
    ]
    act = own(means(), parties=parties, knowledge={"footnote1_party": "no"}, dates={"production_start": AUGUST})
    assert fn1(act, AUGUST_EVE, AUGUST) == [may, august]


@pytest.mark.parametrize(("knows", "expected"), [("yes", YES), ("no", NO), ("undeterminable", OPEN), (None, OPEN)])
def test_knowledge_is_a_fact_with_four_states(knows: str | None, expected: str) -> None:
    knowledge = {"footnote1_party": knows} if knows else {}
    act = chip(means(), knowledge=knowledge, parties=foreign()["parties"])
    said = by_production(act, date(2022, 6, 1), FN1)
    assert said.subject == expected
    assert said.asked == ({"knowledge.footnote1_party"} if expected == OPEN else set())


def test_a_stated_listing_counts_by_its_footnotes() -> None:
    party = {"role": DESTINED, "name": "Some company", "country": "CN"}
    for footnotes, expected in (([1], YES), ([4], NO), ("none", NO), (None, OPEN)):
        listing = {"list": "entity_list", "since": "2020-08-17"} | ({"footnotes": footnotes} if footnotes else {})
        act = chip(means(), parties=[party | {"listings": [listing]}], knowledge={"footnote1_party": "no"})
        assert fn1(act, date(2022, 6, 1)) == [expected], footnotes


def test_an_affiliate_by_half_is_open_while_the_rule_stands() -> None:
    owner = {"name": "O", "share_pct": 60, "listings": [{"list": "entity_list", "since": "2020-08-17"}]}
    party = {
        "role": DESTINED,
        "name": "U",
        "country": "CN",
        "listings": [],
        "owners": [owner],
        "owners_complete": "yes",
    }
    act = chip(means(), parties=[party], knowledge={"footnote1_party": "no"})
    days = (date(2025, 9, 28), date(2025, 9, 29), date(2025, 11, 9), date(2025, 11, 10))
    assert fn1(act, *days) == [NO, OPEN, OPEN, NO]


# -- the requirement of 744.11


def test_a_license_is_required_where_the_entity_is_only_known() -> None:
    act = chip(means(), parties=foreign()["parties"])
    assert required(act, date(2022, 6, 1)) == ("LICENSE_REQUIRED", "PRESUMPTION_OF_DENIAL")
    below = chip(means(), parties=foreign()["parties"], item={"telecom_level": "below_5g"})
    assert required(below, date(2022, 6, 1)) == ("LICENSE_REQUIRED", "CASE_BY_CASE")
    unaware = chip(means(), parties=foreign()["parties"], knowledge={"footnote1_party": "no"})
    assert required(unaware, date(2022, 6, 1)) == ("NO_LICENSE_REQUIRED", "")


def test_the_requirement_follows_the_rule_in_its_first_days() -> None:
    act = own(means(), dates={"production_start": MAY})
    assert [required(act, day)[0] for day in (MAY_EVE, MAY)] == ["NO_LICENSE_REQUIRED", "LICENSE_REQUIRED"]


# -- by technology and destination


def test_national_security_items_of_such_technology_are_reached_on_every_day() -> None:
    item = {"eccn": "3A001.a.2", "made_with": [means("3E001", "direct_product")], "made_with_complete": "yes"}
    for to, expected in (("CN", YES), ("IR", YES), ("DE", NO), ("IN", NO)):
        for day in (date(2018, 6, 1), date(2026, 9, 1)):
            assert by_production(foreign(to, item=item), day, NS).subject == expected, (to, day)
    light = item | {"eccn": "3A991"}
    assert by_production(foreign(item=light), date(2018, 6, 1), NS).subject == NO
    software_plant = item | {"made_with": [means("3D001", "plant")]}
    assert by_production(foreign(item=software_plant), date(2018, 6, 1), NS).subject == NO
    light_plant = item | {"made_with": [means("3E991", "plant")]}
    assert by_production(foreign(item=light_plant), date(2018, 6, 1), NS).subject == NO


def test_hong_kong_is_in_d_1_since_december_2020() -> None:
    item = {"eccn": "3A001.a.2", "made_with": [means("3E001", "plant")], "made_with_complete": "yes"}
    days = (date(2020, 12, 22), date(2020, 12, 23))
    assert [by_production(foreign("HK", item=item), day, NS).subject for day in days] == [NO, YES]


def test_either_military_series_counted_for_both_until_2022() -> None:
    item = {"eccn": "9A515.d", "made_with": [means("9E610", "direct_product")], "made_with_complete": "yes"}
    days = (date(2022, 2, 2), date(2022, 2, 3))
    assert [by_production(foreign(item=item), day, "(c)").subject for day in days] == [YES, NO]
    assert by_production(foreign("DE", item=item), days[0], "(c)").subject == NO
    same = item | {"eccn": "9A610.x"}
    assert [by_production(foreign(item=same), day, "(d)").subject for day in days] == [YES, YES]


# -- Russia and Belarus


@pytest.mark.parametrize(
    ("to", "technology", "days"),
    [
        ("RU", "3E991", (date(2022, 2, 23), date(2022, 2, 24))),
        ("BY", "3E991", (date(2022, 3, 1), date(2022, 3, 2))),
        ("RU", "2E001", (date(2022, 4, 7), date(2022, 4, 8))),
        ("UA-43", "3E991", (date(2023, 5, 18), date(2023, 5, 19))),
    ],
)
def test_russia_and_belarus_from_the_first_day(to: str, technology: str, days: tuple[date, ...]) -> None:
    item = {"made_with": [means(technology)], "made_with_complete": "yes"}
    assert [by_production(foreign(to, item=item), day, "(f)").subject for day in days] == [NO, YES]


def test_ear99_by_tariff_number_since_september_2022() -> None:
    item = {"eccn": "EAR99", "made_with": [means()], "made_with_complete": "yes", "listed_in": ["supp6_part746"]}
    days = (date(2022, 9, 14), date(2022, 9, 15))
    assert [by_production(foreign("RU", item=item), day, "(f)").subject for day in days] == [NO, YES]
    other = item | {"listed_in": "none"}
    assert by_production(foreign("RU", item=other), days[1], "(f)").subject == NO


def test_a_party_in_russia_leaves_open_what_it_is_used_in() -> None:
    party = {"role": ["purchaser"], "name": "U", "country": "RU", "listings": []}
    item = {"made_with": [means()], "made_with_complete": "yes"}
    said = by_production(foreign("CN", item=item, parties=[party]), date(2022, 6, 1), "(f)")
    assert (said.subject, said.because) == (OPEN, frozenset({"not_modeled"}))


def test_footnote_3_reaches_every_category_and_ear99() -> None:
    listing = {"list": "entity_list", "since": "2022-02-24", "footnotes": [3]}
    party = {"role": DESTINED, "name": "U", "country": "TR", "listings": [listing]}
    item = {"eccn": "EAR99", "made_with": [means("0E606")], "made_with_complete": "yes"}
    days = (date(2022, 2, 23), date(2022, 2, 24))
    found = [by_production(foreign("TR", item=item, parties=[party]), day, "(g)").subject for day in days]
    assert found == [NO, YES]


# -- chips, supercomputers, equipment


@pytest.mark.parametrize(
    ("to", "days"),
    [
        ("CN", (date(2022, 10, 20), date(2022, 10, 21))),
        ("MO", (date(2023, 1, 16), date(2023, 1, 17))),
        ("SA", (date(2023, 11, 16), date(2023, 11, 17))),
    ],
)
def test_advanced_chips_from_the_first_day(to: str, days: tuple[date, ...]) -> None:
    item = {"eccn": "3A090.a", "made_with": [means()], "made_with_complete": "yes"}
    assert [by_production(foreign(to, item=item), day, "(h)").subject for day in days] == [NO, YES]


def test_a_bare_entry_may_be_a_chip() -> None:
    item = {"eccn": "3A001", "made_with": [means()], "made_with_complete": "yes"}
    said = by_production(foreign(item=item), date(2024, 6, 1), "(h)")
    assert (said.subject, said.asked) == (OPEN, frozenset({f"{ITEM}.eccn"}))


def test_the_worldwide_text_that_is_not_enforced_is_a_conflict() -> None:
    item = {"eccn": "3A090.a", "made_with": [means()], "made_with_complete": "yes"}
    said = by_production(foreign("DE", item=item), date(2026, 9, 1), "(h)")
    assert (said.subject, said.because) == (OPEN, frozenset({"conflict"}))


def test_supercomputers_in_china() -> None:
    item = {"made_with": [means("5E002")], "made_with_complete": "yes"}
    act = foreign(item=item, end_use={"known": ["supercomputer"]})
    days = (date(2022, 10, 20), date(2022, 10, 21))
    assert [by_production(act, day, "(i)").subject for day in days] == [NO, YES]
    assert by_production(foreign(item=item), days[1], "(i)").subject == NO


def test_footnote_4_has_encryption_technology_beside_the_list_of_footnote_1() -> None:
    item = {"made_with": [means("5E002")], "made_with_complete": "yes"}
    act = foreign(item=item, knowledge={"footnote1_party": "yes", "footnote4_party": "yes"})
    days = (date(2022, 10, 20), date(2022, 10, 21))
    assert [by_production(act, day, "(e)(2)").subject for day in days] == [NO, YES]
    assert by_production(act, days[1], FN1).subject == NO
    assert required(act, days[1])[0] == "LICENSE_REQUIRED"


def test_equipment_is_reached_from_the_day_of_compliance() -> None:
    days = (date(2024, 12, 2), date(2024, 12, 30), date(2024, 12, 31))
    made = {"made_with": [means("3E992", "direct_product")], "made_with_complete": "yes"}
    tool = foreign(item=made | {"eccn": "3B001.c.1"})
    assert [by_production(tool, day, "(k)").subject for day in days] == [NO, NO, YES]
    assert by_production(foreign("DE", item=made | {"eccn": "3B001.c.1"}), days[2], "(k)").subject == NO
    bare = by_production(foreign(item=made | {"eccn": "3B001"}), days[2], "(k)")
    assert (bare.subject, bare.asked) == (OPEN, frozenset({f"{ITEM}.eccn"}))


def test_other_equipment_for_footnote_5_and_advanced_plants() -> None:
    made = {"eccn": "3B992", "made_with": [means("3E991")], "made_with_complete": "yes"}
    day = date(2024, 12, 31)
    known = foreign(item=made, knowledge={"footnote5_party": "yes"})
    assert by_production(known, date(2024, 12, 30), "(e)(3)").subject == NO
    assert by_production(known, day, "(e)(3)").subject == YES
    plant = foreign(item=made, end_use={"known": ["advanced_node_ic"]})
    assert by_production(plant, day, "(e)(3)").subject == YES
    assert by_production(foreign(item=made), day, "(e)(3)").subject == NO
    bare = foreign(item=made | {"eccn": "3B991"}, knowledge={"footnote5_party": "yes"})
    assert by_production(bare, day, "(e)(3)").asked == {f"{ITEM}.eccn"}
    left_out = foreign(item=made | {"eccn": "3B001.g"}, knowledge={"footnote5_party": "yes"})
    assert by_production(left_out, day, "(e)(3)").subject == NO


def test_iran_is_open_since_2023() -> None:
    item = {"made_with": [means()], "made_with_complete": "yes"}
    days = (date(2023, 2, 23), date(2023, 2, 24))
    assert [by_production(foreign("IR", item=item), day, "(j)").subject for day in days] == [NO, OPEN]


# -- the act


def test_an_item_in_the_united_states_or_of_us_origin_asks_nothing() -> None:
    for act in (chip(means(), activity="export"), chip(means(), item={"us_origin": "yes"})):
        said = by_production(act, OCTOBER)
        assert (said.subject, said.asked) == (NO, frozenset())


def test_an_item_with_nothing_of_us_origin_behind_it_is_not_subject_on_any_day() -> None:
    days = (date(2018, 6, 1), OCTOBER, date(2022, 6, 1), date(2024, 12, 31), date(2026, 9, 1))
    for day, to in product(days, ("CN", "RU", "IR", "DE")):
        assert by_production(foreign(to), day).subject == NO, (day, to)


@pytest.mark.parametrize(
    "day", [date(2018, 6, 1), date(2020, 6, 1), OCTOBER, date(2022, 11, 1), date(2025, 10, 1), date(2026, 9, 1)]
)
def test_no_tree_is_large_with_nothing_known(day: date) -> None:
    parties = [{"name": name} for name in "ABCD"]
    case = foreign_case({"kind": "export", "items": [{"name": "it"}], "parties": parties}, day)
    for rule in (*part_734_9.RULES, *part_734_9.REQUIREMENTS):
        size = sum(1 for _ in leaves(case.ground(rule, Subject(ITEM)).tree))
        assert size <= LARGEST, (rule.section, size)
