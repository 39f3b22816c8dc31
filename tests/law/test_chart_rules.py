"""Step (6) on the chart: every rule of a column against the copies, and what an act leaves open."""

from __future__ import annotations

import random
import re
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from chart_acts import (
    CASES,
    TABLE_DAY,
    case_of,
    classified,
    grounds,
    needs_raw,
    raw_chart,
    raw_entries,
    say,
    simple,
)
from licet.cases.read import read_cases
from licet.explain import leaves
from licet.law.us_ear import part_738, tables

if TYPE_CHECKING:
    from licet.model.act import Act

SEED, ENTRIES = 20260723, 120
REQUIRED = 30
"""From here on a value says that a license is required."""
LARGEST = 64
ITEMS = ("AT 1", "CB 2", "CC 1", "FC 1", "MT 1", "NP 1", "NP 2", "NS 1", "NS 2", "RS 1", "RS 2")


# -- against the copies


@needs_raw
def test_many_entries_to_many_countries_as_the_copies_say() -> None:
    """An oracle that reads the raw rows: entries whose rows all reach the whole entry, to countries of the chart."""
    whole = re.compile(r"^[A-Z]{2} applies to entire entry\.?$")
    column = re.compile(r"^([A-Z]{2} )Column (\d)\.?$")
    entries = {
        eccn: {column.sub(r"\1\2", where.strip()) for _, where in rows}
        for eccn, rows in raw_entries().items()
        if rows
        and all(whole.match(control.strip()) and column.match(where.strip()) for control, where in rows)
        and eccn not in {"3E001", "0D606", "2B351", "8C609", "3D005"}
    }
    charts = raw_chart()
    names = {"Germany": "DE", "China": "CN", "India": "IN", "Malaysia": "MY", "Brazil": "BR", "Canada": "CA"}
    names |= {"Russia": "RU", "Chad": "TD", "Taiwan": "TW", "Israel": "IL", "Australia": "AU", "Iceland": "IS"}
    chosen = random.Random(SEED).sample(sorted(entries), ENTRIES)  # noqa: S311 - a sample, no secret
    for eccn in chosen:
        for name, code in names.items():
            expected = entries[eccn] & charts[name]
            said = say(simple(eccn, code), only="us_ear/738.4")
            if "CC 2" in entries[eccn]:
                continue
            assert said.reasons == frozenset(expected), (eccn, name)
            assert said.at_most == ("LICENSE_REQUIRED" if expected else "NO_LICENSE_REQUIRED"), (eccn, name)
            assert said.at_least == said.at_most, (eccn, name)


@needs_raw
@pytest.mark.parametrize("column", ITEMS)
def test_each_column_to_every_country_as_classified(column: str) -> None:
    charts = raw_chart()
    codes = {"Germany": "DE", "China": "CN", "India": "IN", "Honduras": "HN", "Pakistan": "PK", "Libya": "LY"}
    codes |= {"Canada": "CA", "Mexico": "MX", "Georgia": "GE", "United Kingdom": "GB", "South Africa": "ZA"}
    for name, code in codes.items():
        said = say(simple("2A000", code, item={"controls": [column]}), only="us_ear/738.4")
        marked = column in charts[name]
        assert ("LICENSE_REQUIRED" in {said.at_least, said.at_most}) is marked, (name, column)
        assert said.reasons == (frozenset({column}) if marked else frozenset())


# -- days


@pytest.mark.parametrize("code", ["AU", "GB"])
@pytest.mark.parametrize("column", ["NS 1", "RS 1", "MT 1"])
def test_australia_and_the_united_kingdom_lose_their_marks_in_2024(code: str, column: str) -> None:
    days = (date(2024, 4, 17), date(2024, 4, 18), date(2024, 4, 19), date(2024, 4, 20))
    found = [say(simple("2A000", code, item={"controls": [column]}), day).at_most for day in days]
    assert found == ["LICENSE_REQUIRED", "LICENSE_REQUIRED", "NO_LICENSE_REQUIRED", "NO_LICENSE_REQUIRED"]


def test_hong_kong_is_a_destination_of_its_own_until_december_2020() -> None:
    act = simple("1C991.c", "HK")
    assert say(act, date(2020, 12, 22)).at_most == "NO_LICENSE_REQUIRED"
    assert say(act, date(2020, 12, 23)).reasons == {"CB 3"}
    assert say(simple("1A003", "HK"), date(2020, 12, 22)).reasons == {"NS 2"}


def test_the_emirates_change_groups_and_not_their_row() -> None:
    act = simple("1C991.c", "AE")
    assert say(act, date(2026, 7, 9)).reasons == say(act, date(2026, 7, 10)).reasons == {"CB 3"}


def test_india_needs_a_license_under_ns_2_until_august_2018() -> None:
    assert say(simple("1A003", "IN"), date(2018, 8, 2)).reasons == {"NS 2"}
    assert say(simple("1A003", "IN"), date(2018, 8, 3)).at_most == "NO_LICENSE_REQUIRED"


def test_a_finding_of_an_earlier_day_says_that_the_table_is_rolled_back() -> None:
    act = simple("1A003", "MY")
    assert any(tables.ROLLED_BACK in text for text in say(act, date(2026, 7, 22)).texts)
    assert not any(tables.ROLLED_BACK in text for text in say(act, TABLE_DAY).texts)


# -- what is open


def test_ear99_meets_no_cell() -> None:
    said = say(simple("EAR99", "CN"))
    assert said.at_least == said.at_most == "NO_LICENSE_REQUIRED"
    assert set(grounds(case_of(simple("EAR99", "CN")))) == {"us_ear/738.4"}


def test_a_bare_entry_whose_paragraphs_differ_asks_for_the_paragraph() -> None:
    said = say(simple("5A001", "DE"), only="us_ear/738.4")
    assert (said.at_least, said.at_most) == ("NO_LICENSE_REQUIRED", "LICENSE_REQUIRED")
    assert said.asked == {"items[0].eccn"}
    assert said.because == {"facts"}


def test_a_bare_entry_is_decided_where_every_paragraph_needs_a_license() -> None:
    case = case_of(simple("5A001", "BR"))
    words = case.stock["items[0].reasons"].words
    assert all("NS 1" in part_738.columns_of(word) or "NS 2" in part_738.columns_of(word) for word in words)


def test_a_condition_of_an_entry_asks_for_the_reasons_as_classified() -> None:
    said = say(simple("7A001", "CN"), only="us_ear/738.4 MT 1")
    assert said.asked == {"items[0].controls"}
    assert said.because == {"facts"}


def test_without_an_eccn_the_range_is_open_and_the_eccn_is_asked() -> None:
    act = simple("EAR99", "CN")
    act["items"] = [{"name": "it"}]
    said = say(act)
    assert (said.at_least, said.at_most) == ("NO_LICENSE_REQUIRED", "LICENSE_REQUIRED")
    assert "items[0].eccn" in said.asked


@pytest.mark.parametrize("code", ["1C018", "9A018"])
def test_an_entry_that_is_not_read_opens_the_range(code: str) -> None:
    said = say(simple(code, "CN"))
    assert said.at_most == "LICENSE_REQUIRED"
    assert said.because == {"not_modeled"}


def test_an_entry_of_another_agency_opens_the_range_for_its_regime() -> None:
    assert say(simple("9A104", "CN")).because == {"other_regime"}


def test_a_disputed_cell_is_a_conflict() -> None:
    said = say(simple("0A502", "FR", item={"controls": ["CC 2"]}), only="us_ear/738.4 CC 2")
    assert (said.at_least, said.at_most) == ("NO_LICENSE_REQUIRED", "LICENSE_REQUIRED")
    assert said.because == {"conflict"}


def test_a_destination_without_a_row_is_open() -> None:
    said = say(simple("1A003", "AQ"), only="us_ear/738.4 NS 2")
    assert said.because == {"not_modeled"}


def test_a_row_that_points_on_says_where() -> None:
    said = say(simple("3A991", "CU"))
    assert any("746.2" in text for text in said.texts)
    assert said.at_most == "NO_LICENSE_REQUIRED"


# -- as classified


def test_stated_reasons_are_taken_and_a_difference_is_a_notice() -> None:
    case = case_of(simple("3A001.a.2", "DE", item={"controls": ["NS 1", "AT 1"]}))
    assert any("3A001.a.2" in note and "NS 2" in note for note in case.notes)
    assert say(simple("3A001.a.2", "DE", item={"controls": ["NS 1", "AT 1"]})).reasons == {"NS 1"}


@pytest.mark.parametrize(
    ("code", "controls"),
    [
        ("3A001.a.2", ["NS 2", "AT 1"]),
        ("7A103", ["MT 1", "AT 1"]),
        ("3A090.a", ["RS", "AT 1"]),
        ("5A002", ["NS 1", "AT 1", "EI"]),
    ],
)
def test_stated_reasons_that_agree_raise_no_notice(code: str, controls: list[str]) -> None:
    assert case_of(simple(code, "DE", item={"controls": controls})).notes == []


def test_reasons_of_a_number_that_does_not_exist_name_the_nearest() -> None:
    notes = case_of(simple("2A000", "MY", item={"controls": ["NS 2"]})).notes
    assert any("not in the table" in note and "2A001" in note for note in notes)


def test_an_entry_that_did_not_exist_on_the_day_is_open() -> None:
    act = simple("0A506", "DE")
    assert say(act, date(2024, 5, 29)).because == {"not_modeled"}
    assert say(act, date(2024, 5, 30), only="us_ear/738.4 FC 1").because == frozenset()
    stated = case_of(simple("0A506", "DE", item={"controls": ["NS 1"]}), date(2024, 5, 29))
    assert any("did not exist" in note for note in stated.notes)


def test_a_bare_reason_means_what_the_table_has_for_it() -> None:
    said = say(simple("3A090.a", "CN", item={"controls": ["RS", "AT"]}))
    assert "742.6(a)(6)(iii)" in said.reasons


# -- special rows and activities


def test_india_keeps_rs_2_for_the_two_entries_of_footnote_7() -> None:
    assert say(simple("9A515.e.1", "IN"), only="us_ear/738.4").reasons == {"RS 2"}
    assert say(simple("2A983", "IN"), only="us_ear/738.4").reasons == frozenset()


def test_footnote_10_keeps_a_license_for_firearms_to_australia() -> None:
    assert say(simple("0A501.a", "AU"), only="us_ear/738.4 RS 1").reasons == {"RS 1"}
    assert say(simple("0A501.y", "AU"), only="us_ear/738.4 RS 1").at_most == "NO_LICENSE_REQUIRED"
    assert say(simple("9A610.a", "AU"), only="us_ear/738.4 RS 1").reasons == frozenset()


def test_a_transfer_within_a_country_needs_none_by_the_chart() -> None:
    act = simple("1A003", "MY", activity="in_country_transfer", **{"from": "MY"})
    assert say(act, only="us_ear/738.4").at_most == "NO_LICENSE_REQUIRED"


def test_a_release_goes_where_the_person_has_nationality() -> None:
    act = simple("3E002", "DE", activity="deemed_export", party={"role": ["recipient"], "nationality": ["CN"]})
    assert say(act, only="us_ear/738.4").reasons == {"NS 1"}
    act = simple("3E002", "CN", activity="deemed_export", party={"role": ["recipient"], "nationality": ["CA"]})
    assert say(act, only="us_ear/738.4").at_most == "NO_LICENSE_REQUIRED"
    act = simple("3E002", "CN", activity="deemed_export", party={"role": ["recipient"]})
    assert "parties[0].nationality" in say(act, only="us_ear/738.4").asked


# -- policies


@pytest.mark.parametrize(
    ("code", "column", "to", "day", "policy"),
    [
        ("1A003", "NS 2", "MY", TABLE_DAY, "PRESUMPTION_OF_APPROVAL"),
        ("1A003", "NS 2", "VN", TABLE_DAY, "CASE_BY_CASE"),
        ("1A003", "NS 2", "CN", TABLE_DAY, "CASE_BY_CASE"),
        ("1A003", "NS 2", "RU", TABLE_DAY, "DENIAL"),
        ("1A003", "NS 2", "RU", date(2022, 2, 23), "CASE_BY_CASE"),
        ("3A002", "NS 1", "IN", TABLE_DAY, "PRESUMPTION_OF_APPROVAL"),
        ("9A515.a", "NS 1", "CN", TABLE_DAY, "DENIAL"),
        ("9A610.a", "NS 1", "VE", TABLE_DAY, "PRESUMPTION_OF_DENIAL"),
        ("0A501.a", "RS 1", "CN", TABLE_DAY, "DENIAL"),
        ("3A233", "NP 1", "IN", TABLE_DAY, "CASE_BY_CASE"),
        ("3A233", "NP 1", "RU", date(2020, 2, 24), "PRESUMPTION_OF_DENIAL"),
        ("3A981", "CC 1", "HN", TABLE_DAY, "CASE_BY_CASE"),
        ("6E001", "RS 1", "CN", TABLE_DAY, "PRESUMPTION_OF_DENIAL"),
        ("0A501.a", "CC 1", "HN", date(2025, 6, 1), "PRESUMPTION_OF_DENIAL"),
        ("0A501.a", "CC 1", "HN", date(2025, 9, 30), "CASE_BY_CASE"),
    ],
)
def test_the_policy_of_a_column(code: str, column: str, to: str, day: date, policy: str) -> None:
    said = say(simple(code, to, item={"controls": [column]}), day, only=f"us_ear/738.4 {column}")
    assert said.policies == {policy}


def test_a_known_military_use_is_presumed_denied_in_china() -> None:
    act = simple("1A003", "CN", end_use={"known": ["military"]})
    assert say(act, only="us_ear/738.4").policies == {"PRESUMPTION_OF_DENIAL"}


# -- sizes


@pytest.mark.parametrize("day", [date(2019, 1, 1), date(2023, 1, 1), TABLE_DAY])
def test_no_tree_is_large_with_an_eccn_and_nothing_else(day: date) -> None:
    for eccn in tables.entries():
        case = case_of({"items": [{"eccn": eccn}], "parties": [{"name": "U"}]}, day)
        for section, ruled in grounds(case).items():
            assert len(list(leaves(ruled.tree))) <= LARGEST, (eccn, section)


def test_no_tree_is_large_with_nothing_known() -> None:
    for section, ruled in grounds(case_of({})).items():
        assert len(list(leaves(ruled.tree))) <= LARGEST, section


def test_order_of_parties_and_reasons_does_not_matter() -> None:
    one = say(simple("2A000", "TD", item={"controls": ["NS 2", "NP 1", "AT 1"]}))
    other = say(simple("2A000", "TD", item={"controls": ["AT 1", "NP 1", "NS 2"]}))
    assert one[:4] == other[:4]


def test_a_better_known_item_stays_inside_the_range_of_a_bare_one() -> None:
    for bare, paragraphs in {"3B001": ("a.2", "c.1.a", "q", "z"), "9A515": ("a", "d", "e", "x", "y")}.items():
        for to in ("DE", "MY", "CN"):
            wide = say(simple(bare, to))
            order = ["NOT_SUBJECT", "NO_LICENSE_REQUIRED", "AUTHORIZED", "LICENSE_REQUIRED", "PROHIBITED"]
            for paragraph in paragraphs:
                narrow = say(simple(f"{bare}.{paragraph}", to))
                ends = [order.index(end) for end in (wide.at_least, narrow.at_least, narrow.at_most, wide.at_most)]
                assert all(low <= high for low, high in pairwise(ends)), (bare, paragraph, to)


# -- the cases that need the chart alone


@pytest.mark.skipif(not CASES.is_dir(), reason="the given cases are not here")
def test_the_given_cases_of_the_chart_are_decided() -> None:
    decided = 0
    for case in read_cases((CASES / "chart.yaml").read_text("utf-8"), "chart.yaml"):
        if case.ground != "us_ear/738.4" or case.act is None:
            continue
        said = [say_act(case.act, case.as_of, item) for item in range(case.act.count("items") or 0)]
        reasons = {word for one in said for word in one[1]}
        worst = max(one[0] for one in said)
        wanted = case.answers["outcome"][0]
        if wanted == "REFER":
            assert any(one[2] for one in said), case.id
            continue
        assert ("LICENSE_REQUIRED" if worst >= REQUIRED else "NO_LICENSE_REQUIRED") == wanted, case.id
        assert set(case.details.get("reasons", ())) <= reasons, case.id
        assert not set(case.details.get("not_reasons", ())) & reasons, case.id
        decided += 1
    assert decided >= 24


def say_act(act: Act, day: date, item: int) -> tuple[int, set[str], bool]:
    """Return of an act as read: the lower end for one item, its certain reasons, and whether it is open."""
    case = classified(act, day)
    trees = [ruled.tree for name, ruled in grounds(case, f"items[{item}]").items() if name.startswith("us_ear/738.4")]
    low, high = max(tree.low for tree in trees), max(tree.high for tree in trees)
    reasons = {word for tree in trees if tree.low >= REQUIRED for leaf in leaves(tree) for word in leaf.finding.reasons}
    return low, reasons, low // 10 != high // 10
