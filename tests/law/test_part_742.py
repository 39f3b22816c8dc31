"""Part 742: controls beside the chart, on either side of each limit and day."""

from __future__ import annotations

from datetime import date

import pytest

from chart_acts import SOURCES, TABLE_DAY, case_of, say, simple
from licet.law.day import LawDay
from licet.law.us_ear import part_738, part_742, tables

SEPTEMBER_2024 = (date(2024, 9, 5), date(2024, 9, 6), date(2024, 9, 7))
H200 = {"tpp": 15832, "dram_bandwidth_gb_s": 4800}


def outcome(eccn: str, to: str, section: str, day: date = TABLE_DAY, **more: object) -> str:
    """Return the outcome of one section, which must be decided."""
    said = say(simple(eccn, to, **more), day, only=section)
    assert said.at_least == said.at_most, said
    return said.at_most


def required(eccn: str, to: str, section: str, day: date = TABLE_DAY, **more: object) -> bool:
    """Say whether one section alone requires a license."""
    return outcome(eccn, to, section, day, **more) == "LICENSE_REQUIRED"


def test_every_control_of_the_tables_has_a_rule_or_is_said_to_be_decided_elsewhere() -> None:
    named = {row.column for eccn in tables.entries() for row in tables.entry(eccn).rows}  # type: ignore[union-attr]
    ruled = {*part_738.COLUMN_RULES, *part_742.BESIDE_RULES, *part_742.ELSEWHERE, *part_742.ANTI_TERRORISM}
    assert named <= ruled


def test_every_rule_is_found_in_its_module_and_cites() -> None:
    rules = [*part_738.COLUMN_RULES.values(), *part_742.BESIDE_RULES.values(), part_742.anti_terrorism_iran]
    held = [*vars(part_738).values(), *vars(part_742).values()]
    assert all(any(one is rule for one in held) and rule.cites and rule.step == 6 for rule in rules)


# -- worldwide controls


@pytest.mark.parametrize("section", ["us_ear/742.4(a)(5)", "us_ear/742.6(a)(10)"])
def test_worldwide_controls_begin_in_september_2024(section: str) -> None:
    found = [say(simple("3B001.q", "DE"), day, only=section).at_most for day in SEPTEMBER_2024]
    assert found == ["NO_LICENSE_REQUIRED", "LICENSE_REQUIRED", "LICENSE_REQUIRED"]


@pytest.mark.parametrize(("to", "policy"), [("DE", "PRESUMPTION_OF_APPROVAL"), ("CN", "PRESUMPTION_OF_DENIAL")])
def test_worldwide_controls_are_reviewed_by_group(to: str, policy: str) -> None:
    assert say(simple("3A901", to), only="us_ear/742.4(a)(5)").policies == {policy}
    assert say(simple("3A901", "BR"), only="us_ear/742.4(a)(5)").policies == {"CASE_BY_CASE"}


def test_worldwide_controls_reach_canada_and_not_an_item_without_them() -> None:
    assert required("3A901", "CA", "us_ear/742.4(a)(5)")
    assert say(simple("3B001.a.2", "CA")).at_most == "NO_LICENSE_REQUIRED"


def test_a_release_under_a_worldwide_control_is_open_for_its_exclusion() -> None:
    act = simple("3E905", "DE", activity="deemed_export", party={"role": ["recipient"], "nationality": ["IN"]})
    assert say(act, only="us_ear/742.4(a)(5)").because == {"not_modeled"}


# -- equipment and chips


@pytest.mark.parametrize("section", ["us_ear/742.4(a)(4)", "us_ear/742.6(a)(6)(i)(A)"])
def test_equipment_to_macau_and_d5(section: str) -> None:
    assert required("3B001.a.4", "CN", section)
    assert required("3B001.a.4", "MO", section)
    assert not required("3B001.a.4", "MY", section)
    assert say(simple("3B001.a.4", "CN"), date(2023, 11, 16), only=section).at_most == "NO_LICENSE_REQUIRED"
    assert required("3B001.a.4", "CN", section, date(2023, 11, 17))


def test_equipment_is_judged_by_its_use() -> None:
    act = simple("3B001.a.4", "CN", end_use={"known": ["advanced_node_ic"]})
    assert say(act, only="us_ear/742.4(a)(4)").policies == {"PRESUMPTION_OF_DENIAL"}
    assert say(simple("3B001.a.4", "CN"), only="us_ear/742.4(a)(4)").policies == {"CASE_BY_CASE"}


def test_equipment_made_abroad_is_open_for_equal_controls() -> None:
    act = simple("3B001.a.4", "CN", activity="reexport", **{"from": "JP"}, item={"us_origin": "no"})
    assert say(act, only="us_ear/742.4(a)(4)").because == {"not_modeled"}


def test_a_release_is_outside_the_chip_controls() -> None:
    act = simple("3E001", "CN", activity="deemed_export", party={"role": ["recipient"], "nationality": ["CN"]})
    assert say(act, only="us_ear/742.6(a)(6)").at_most == "NO_LICENSE_REQUIRED"


@pytest.mark.parametrize(
    ("day", "found"),
    [(date(2022, 10, 20), False), (date(2022, 10, 21), True), (date(2023, 11, 16), True), (date(2023, 11, 17), False)],
)
def test_the_first_chip_controls_have_their_days(day: date, found: bool) -> None:  # noqa: FBT001 - a table
    said = say(simple("3A090", "CN"), day, only="us_ear/742.6(a)(6) 2022")
    assert (said.at_most == "LICENSE_REQUIRED") is found


def test_the_first_chip_controls_reach_macau_since_2023() -> None:
    assert not required("3A090", "MO", "us_ear/742.6(a)(6) 2022", date(2023, 1, 16))
    assert required("3A090", "MO", "us_ear/742.6(a)(6) 2022", date(2023, 1, 17))
    assert not required("3A090", "VN", "us_ear/742.6(a)(6) 2022", date(2023, 1, 17))


@pytest.mark.parametrize("to", ["CN", "HK", "MO", "VN", "SA", "AE", "KZ"])
def test_chips_to_the_groups_need_a_license_since_november_2023(to: str) -> None:
    assert not required("3A090.b", to, "us_ear/742.6(a)(6)(iii)", date(2023, 11, 16))
    assert required("3A090.b", to, "us_ear/742.6(a)(6)(iii)", date(2023, 11, 17))
    assert required("3A090.b", to, "us_ear/742.6(a)(6)(iii)")


@pytest.mark.parametrize("to", ["IL", "TW", "DE", "MY"])
def test_chips_to_others_do_not(to: str) -> None:
    assert not required("3A090.b", to, "us_ear/742.6(a)(6)(iii)", date(2024, 6, 1))


def test_headquarters_count_where_the_destination_does_not() -> None:
    act = simple("3A090.a", "MY", party={"ultimate_parent_headquarters": "CN"})
    assert say(act, only="us_ear/742.6(a)(6)(iii)").policies == {"PRESUMPTION_OF_DENIAL"}
    act = simple("3A090.a", "MY", party={"role": ["carrier"], "headquarters": "CN"})
    assert say(act, date(2024, 6, 1), only="us_ear/742.6(a)(6)(iii)").at_most == "NO_LICENSE_REQUIRED"


def test_unknown_headquarters_are_asked() -> None:
    act = simple("3A090.a", "MY")
    del act["parties"][0]["ultimate_parent_headquarters"]  # type: ignore[index]
    said = say(act, date(2024, 6, 1), only="us_ear/742.6(a)(6)(iii)")
    assert said.asked == {"parties[0].ultimate_parent_headquarters"}


def test_weaker_chips_by_headquarters_are_a_conflict_while_the_diffusion_rule_is_printed() -> None:
    act = simple("3A090.b", "MY", party={"headquarters": "CN"})
    assert say(act, date(2024, 6, 1), only="us_ear/742.6(a)(6)(iii)").at_least == "LICENSE_REQUIRED"
    assert say(act, only="us_ear/742.6(a)(6)(iii)").because == {"conflict"}


def test_the_diffusion_rule_is_a_conflict_and_no_requirement() -> None:
    said = say(simple("3A090.a", "PL"), date(2025, 6, 1), only="us_ear/742.6(a)(6)(iii)")
    assert (said.at_least, said.at_most) == ("NO_LICENSE_REQUIRED", "LICENSE_REQUIRED")
    assert said.because == {"conflict"}
    assert say(simple("4E091", "PL"), date(2025, 6, 1), only="us_ear/742.6(a)(13)").because == {"conflict"}


@pytest.mark.parametrize(
    ("day", "policy"), [(date(2026, 1, 14), "PRESUMPTION_OF_DENIAL"), (date(2026, 1, 15), "CASE_BY_CASE")]
)
def test_the_policy_of_january_2026(day: date, policy: str) -> None:
    act = simple("3A090.a", "CN", item=H200, application={"certifications_made": "yes"})
    assert say(act, day, only="us_ear/742.6(a)(6)(iii)").policies == {policy}


@pytest.mark.parametrize(
    "change",
    [
        {"item": {**H200, "tpp": 21000}},
        {"item": {**H200, "dram_bandwidth_gb_s": 6500}},
        {"item": {**H200, "kind": "technology"}},
        {"application": {"certifications_made": "no"}},
        {"activity": "reexport", "from": "SG"},
    ],
)
def test_what_the_policy_of_january_2026_does_not_reach(change: dict[str, object]) -> None:
    act = simple("3A090.a", "CN", **{"item": H200, "application": {"certifications_made": "yes"}, **change})
    assert say(act, only="us_ear/742.6(a)(6)(iii)").policies == {"PRESUMPTION_OF_DENIAL"}


def test_the_policy_of_january_2026_asks_for_the_certifications() -> None:
    said = say(simple("3A090.a", "CN", item=H200), only="us_ear/742.6(a)(6)(iii)")
    assert said.at_least == said.at_most == "LICENSE_REQUIRED"
    assert said.asked == {"application.certifications_made"}


def test_an_approved_consignee_in_the_emirates_needs_no_license_for_weaker_chips() -> None:
    approved = {"listings": [{"list": "supp8_part740"}]}
    day = date(2026, 7, 23)
    assert required("3A090.b", "AE", "us_ear/742.6(a)(6)(iii)", day)
    found = say(simple("3A090.b", "AE", party=approved), day, only="us_ear/742.6(a)(6)(iii)")
    assert found.at_least == "NO_LICENSE_REQUIRED"
    assert say(simple("3A090.b", "AE", party=approved), date(2026, 7, 9)).at_most == "LICENSE_REQUIRED"


def test_memory_is_complied_with_since_the_end_of_2024() -> None:
    assert not required("3A090.c", "CN", "us_ear/742.6(a)(6)(i)(B)", date(2024, 12, 30))
    assert required("3A090.c", "CN", "us_ear/742.6(a)(6)(i)(B)", date(2024, 12, 31))
    assert say(
        simple("3A090.c", "CN", party={"headquarters": "US", "ultimate_parent_headquarters": "US"})
    ).policies == {"PRESUMPTION_OF_APPROVAL"}


def test_chip_destinations_leave_out_allies_and_name_the_emirates() -> None:
    found = part_742.chip_destinations(LawDay(SOURCES.book, TABLE_DAY))
    assert {"AE", "MO", "CN", "HK"} <= set(found)
    assert not {"IL", "TW", "CY", "DE"} & set(found)


def test_laboratory_equipment_has_an_open_policy() -> None:
    said = say(simple("3A069", "CN"), only="us_ear/90 FR 4615")
    assert said.at_least == said.at_most == "LICENSE_REQUIRED"
    assert said.because == {"not_modeled"}
    assert not required("3A069", "DE", "us_ear/90 FR 4615")


# -- single countries and the rest of part 742


@pytest.mark.parametrize(
    ("eccn", "to", "other", "section"),
    [
        ("6A992", "IQ", "IR", "us_ear/742.6(a)(5)"),
        ("2A992", "PK", "IN", "us_ear/742.6(a)(12)"),
        ("9A610.y", "CN", "IN", "us_ear/742.6(a)(7)"),
        ("0A982", "DE", "CA", "us_ear/742.7"),
        ("5A002", "DE", "CA", "us_ear/742.15"),
        ("9E003.h", "DE", "AU", "us_ear/742.14"),
        ("1C350.b", "EG", "DE", "us_ear/742.18"),
        ("1E355", "EG", "IL", "us_ear/742.18"),
        ("3A991", "IR", "CU", "us_ear/742.8"),
        ("0A999", "KP", "IR", "us_ear/742.19"),
    ],
)
def test_to_the_destinations_of_a_section_and_to_no_other(eccn: str, to: str, other: str, section: str) -> None:
    assert required(eccn, to, section)
    assert not required(eccn, other, section)


@pytest.mark.parametrize(
    ("eccn", "section"), [("0A981", "us_ear/742.7"), ("0A983", "us_ear/742.11"), ("1C351.d.15", "us_ear/742.18")]
)
def test_to_every_destination(eccn: str, section: str) -> None:
    assert required(eccn, "CA", section)


def test_crime_control_of_0a981_reaches_canada_and_that_of_0a982_does_not() -> None:
    assert required("0A981", "CA", "us_ear/742.7")
    assert not required("0A982", "CA", "us_ear/742.7")


def test_torture_is_denied() -> None:
    assert say(simple("0A983", "DE"), only="us_ear/742.11").policies == {"DENIAL"}


def test_y_paragraphs_reach_russia_and_venezuela_since_june_2020() -> None:
    for to in ("RU", "VE"):
        assert not required("9A610.y", to, "us_ear/742.6(a)(7)", date(2020, 6, 28))
        assert required("9A610.y", to, "us_ear/742.6(a)(7)", date(2020, 6, 29))
    assert required("9A610.y", "CN", "us_ear/742.6(a)(7)", date(2019, 1, 1))


def test_hot_section_technology_to_australia_until_april_2024() -> None:
    assert required("9E003.h", "AU", "us_ear/742.14", date(2024, 4, 18))
    assert not required("9E003.h", "AU", "us_ear/742.14", date(2024, 4, 19))


def test_listening_devices_have_a_policy_that_is_open() -> None:
    said = say(simple("5A980", "CA"), only="us_ear/742.13")
    assert said.at_least == said.at_most == "LICENSE_REQUIRED"
    assert said.because == {"not_modeled"}


def test_schedule_3_chemicals_are_open_for_the_end_use_certificate() -> None:
    assert say(simple("1C350.c", "EG"), only="us_ear/742.18").because == {"not_modeled"}


def test_short_supply_is_not_modeled() -> None:
    assert say(simple("1C988", "DE"), only="us_ear/754").because == {"not_modeled"}


def test_north_korea_denies_what_proliferates() -> None:
    assert say(simple("1A003", "KP"), only="us_ear/742.19").policies == {"DENIAL"}
    assert say(simple("3A991", "KP"), only="us_ear/742.19").policies == {"CASE_BY_CASE"}


def test_footnote_5_reaches_its_entities_alone() -> None:
    listed = {"listings": [{"list": "entity_list", "since": date(2024, 12, 2), "footnotes": [5]}]}
    assert required("3B993", "CN", "us_ear/742.6(a)(11)", party=listed)
    assert not required("3B993", "CN", "us_ear/742.6(a)(11)")


def test_a_license_within_a_country_is_asked_for_chips_and_not_for_encryption() -> None:
    assert required("3A090.a", "CN", "us_ear/742.6(a)(6)(iii)", activity="in_country_transfer")
    assert not required("5A002", "CN", "us_ear/742.15", activity="in_country_transfer")


def test_what_an_entry_names_is_what_is_asked() -> None:
    asked = {rule.section for rule in part_742.grounds(case_of(simple("3A001.a.2", "DE")), "items[0]")}
    assert asked == {"us_ear/738.4", "us_ear/738.4 NS 2", "us_ear/738.4 AT 1", "us_ear/742.8", "us_ear/742.19"}
