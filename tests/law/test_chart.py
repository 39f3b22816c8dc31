"""The tables of the chart, the groups and the reasons for control against the copies, read here in another way."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from chart_acts import RAW, SOURCES, TABLE_DAY, needs_raw, raw_chart, raw_entries, raw_second_chart
from licet.law.day import LawDay
from licet.law.us_ear import tables
from licet.law.us_ear.compile_tables import compile_tables
from licet.model.errors import LawbookError

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent.parent
HERE = ROOT / "src" / "licet" / "law" / "us_ear" / "tables"
CHANGES = yaml.load((HERE / "changes.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - text only
NOW = LawDay(SOURCES.book, TABLE_DAY)
DISPUTED_CELLS = 172
ENTIRE = re.compile(r"^([A-Z]{2}) appl(?:ies|y) to (?:the )?entire entry\.?$")
MISATTACHED = {"3E001", "0D606", "2B351", "8C609", "3D005"}
"""Entries to which the copy gives rows of the next one."""


@pytest.fixture(scope="module")
def made() -> ModuleType:
    """Load the tool that makes the tables."""
    spec = spec_from_file_location("make_tables", ROOT / "tools" / "make_tables.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def law(day: date) -> LawDay:
    """Return the law of a day."""
    return LawDay(SOURCES.book, day)


def texts() -> dict[str, str]:
    """Return the sources of the tables."""
    return {name: (HERE / name).read_text("utf-8") for name in ("chart.csv", "country_groups.csv", "eccn_controls.csv")}


def test_what_is_compiled_is_what_the_sources_give() -> None:
    for name, text in compile_tables(texts(), CHANGES, SOURCES.book).items():
        assert (HERE / name).read_text("utf-8") == text, f"{name}: run tools/generate.py"


@needs_raw
def test_the_tables_are_what_the_tool_makes(made: ModuleType) -> None:
    for name, text in made.made(RAW).items():
        assert (HERE / name).read_text("utf-8") == text, f"{name}: run tools/make_tables.py"


@pytest.mark.parametrize("name", ["chart.csv", "country_groups.csv", "eccn_controls.csv"])
def test_each_table_carries_the_notice_of_its_source(name: str) -> None:
    head = "".join((HERE / name).read_text("utf-8").splitlines(keepends=True)[:5])
    assert "MIT License" in head
    assert "Copyright (c) 2026" in head
    assert "MIT License" in (HERE / "NOTICE.txt").read_text("utf-8")


# -- chart


@needs_raw
def test_every_cell_but_those_of_cc_2_is_that_of_both_copies(made: ModuleType) -> None:
    named = made.codes()
    second = {named[name.lower()]: marks for name, marks in raw_second_chart().items()}
    checked = 0
    for name, marks in raw_chart().items():
        code = named[name.lower()]
        for column in tables.columns():
            if column != "CC 2":
                assert (column in marks) == (column in second[code]), (name, column)
                assert tables.cell(NOW, column, code) == ("X" if column in marks else "."), (name, column)
                checked += 1
    assert checked == 196 * 15


@needs_raw
def test_cells_of_cc_2_on_which_the_copies_differ_are_disputed(made: ModuleType) -> None:
    named = made.codes()
    second = {named[name.lower()]: marks for name, marks in raw_second_chart().items()}
    first = {named[name.lower()]: marks for name, marks in raw_chart().items()}
    differ = {code for code in first if ("CC 2" in first[code]) != ("CC 2" in second[code])}
    assert len(differ) == DISPUTED_CELLS
    assert {code for code in first if tables.cell(NOW, "CC 2", code) == "?"} == differ


@needs_raw
def test_a_broken_row_and_blank_twins_are_not_read_as_no_license(made: ModuleType) -> None:
    found = made.second_copy(RAW / "country_chart_2025-11-12.csv")
    assert {"NS 1", "CC 1"} <= found["ZW"]
    assert all("NS 1" in found[code] for code in ("CD", "CI", "FM", "KN", "LC", "VC", "SR", "SC"))


def test_rows_that_point_to_other_sections_have_no_marks_and_say_where() -> None:
    for code in ("CU", "IR", "KP", "SY"):
        assert all(tables.cell(NOW, column, code) == "." for column in tables.columns())
        assert tables.points_to(code).startswith("15 CFR 74")
    assert tables.points_to("DE") == ""


@pytest.mark.parametrize(("code", "row"), [("KY", "GB"), ("GP", "FR"), ("GL", "DK"), ("UA-43", "UA"), ("HK", "CN")])
def test_a_destination_without_a_row_has_that_of_its_country(code: str, row: str) -> None:
    for column in tables.columns():
        assert tables.cell(NOW, column, code) == tables.cell(NOW, column, row)


def test_where_no_row_is_named_the_cell_is_open() -> None:
    assert tables.cell(NOW, "NS 2", "AQ") == "?"


def test_territories_go_back_with_their_country() -> None:
    assert tables.cell(law(date(2024, 4, 18)), "NS 1", "KY") == "X"
    assert tables.cell(law(date(2024, 4, 19)), "NS 1", "KY") == "."


def last_day(until: str) -> date:
    """Return the last day on which something held until a measure, or through a day."""
    if until[0].isdigit():
        return date.fromisoformat(until)
    start = SOURCES.book[until].in_force_from
    assert start is not None
    return start - timedelta(days=1)


CELLS = [
    (column, code, change["was"] or ".", last_day(change["until"]))
    for change in CHANGES["cells"]
    for column in change["columns"]
    for code in change["codes"]
]


@pytest.mark.parametrize(("column", "code", "was", "last"), CELLS)
def test_a_cell_changes_on_its_day_and_on_no_other(column: str, code: str, was: str, last: date) -> None:
    days = [last + timedelta(days=days) for days in (-1, 0, 1, 2)]
    found = [tables.cell(law(day), column, code) for day in days]
    now = tables.cell(NOW, column, code)
    assert found == [was, was, now, now]
    assert was != now


# -- groups


@needs_raw
def test_the_members_of_every_group_are_those_of_the_copy(made: ModuleType) -> None:
    named = made.codes()
    groups = json.loads((RAW / "country-groups_2026-07.json").read_text("utf-8"))["groups"]
    for name, members in groups.items():
        expected = {named[member.lower()] for member in members}
        if "CN" in expected:
            expected.add("HK")
        assert set(tables.group(NOW, name)) == expected, name


MEMBERS = [
    (group, one["code"], one.get("since", ""), one.get("until", ""))
    for one in CHANGES["groups"]
    for group in one["groups"]
]


@pytest.mark.parametrize(("group", "code", "since", "until"), [one for one in MEMBERS if one[2] or one[3]])
def test_a_member_comes_and_goes_on_its_days(group: str, code: str, since: str, until: str) -> None:
    if since:
        first = date.fromisoformat(since) if since[0].isdigit() else last_day(since) + timedelta(days=1)
        assert code not in tables.group(law(first - timedelta(days=1)), group)
        assert code in tables.group(law(first), group)
        assert code in tables.group(law(first + timedelta(days=1)), group)
    if until:
        last = last_day(until)
        assert code in tables.group(law(last), group)
        after = code in tables.group(law(last + timedelta(days=1)), group)
        assert after is (code == "HK" and "CN" in tables.group(NOW, group))


def test_hong_kong_counts_as_china_since_its_day() -> None:
    before, since = law(date(2020, 12, 22)), law(date(2020, 12, 23))
    for name in ("D:1", "D:3", "D:4", "D:5"):
        assert "HK" not in tables.group(before, name)
        assert "HK" in tables.group(since, name)
    assert "HK" in tables.group(before, "A:6")


def test_macau_is_no_member_of_d5() -> None:
    assert "MO" not in tables.group(NOW, "D:5")


# -- reasons for control


@needs_raw
def test_rows_for_a_whole_entry_reach_every_paragraph() -> None:
    checked = 0
    for eccn, rows in raw_entries().items():
        if eccn in MISATTACHED:
            continue
        for control, where in rows:
            whole, column = ENTIRE.match(control.strip()), re.match(r"^([A-Z]{2}) Column (\d)\.?$", where.strip())
            if whole and column:
                name = f"{column[1]} {column[2]}"
                kinds = tables.kinds(NOW, eccn)
                assert kinds, eccn
                assert all(name in kind.columns for kind in kinds), (eccn, name)
                assert name in tables.kinds(NOW, f"{eccn}.a.1")[0].columns
                checked += 1
    assert checked > 900


@needs_raw
def test_rows_for_named_paragraphs_reach_these_and_no_others() -> None:
    plain = re.compile(r"^([A-Z]{2}) applies to (?:entire entry,? (except) )?(\d[A-E]\d{3})\.([a-z](?:\.\d+)?)\.?$")
    checked = 0
    for eccn, rows in raw_entries().items():
        for control, where in rows:
            named, column = plain.match(control.strip()), re.match(r"^([A-Z]{2}) Column (\d)\.?$", where.strip())
            if named and column and eccn not in MISATTACHED and named[3] == eccn:
                name = f"{column[1]} {column[2]}"
                inside = any(name in kind.columns for kind in tables.kinds(NOW, f"{eccn}.{named[4]}"))
                others = [other for other, at in rows if at == where and other != control]
                assert inside is not bool(named[2]) or others, (eccn, control)
                assert (name in tables.kinds(NOW, f"{eccn}.q.9")[0].columns) is bool(named[2]) or others, (
                    eccn,
                    control,
                )
                checked += 1
    assert checked > 50


@needs_raw
def test_no_reason_of_an_entry_is_lost() -> None:
    for eccn, rows in raw_entries().items():
        if eccn in MISATTACHED or not rows:
            continue
        found = {column.rstrip("?")[:2] for kind in tables.kinds(NOW, eccn) for column in kind.columns}
        stated = {control.strip()[:2] for control, _ in rows if not control.startswith("Russian")}
        assert stated <= found, eccn


def test_rows_that_the_copy_gives_to_the_entry_before_stand_where_they_belong() -> None:
    assert [kind.columns for kind in tables.kinds(NOW, "3E002")] == [("NS 1", "AT 1")]
    assert [kind.columns for kind in tables.kinds(NOW, "2B352")] == [("CB 2", "AT 1")]
    assert [kind.columns for kind in tables.kinds(NOW, "8D001")] == [("NS 1", "AT 1")]
    assert [kind.columns for kind in tables.kinds(NOW, "3D006")] == [("NS 2", "AT 1")]
    assert "RS@742.6(a)(6)(iii)?" in tables.kinds(NOW, "3E001")[0].columns
    assert "NS 1" not in tables.kinds(NOW, "0D606.y")[0].columns


@pytest.mark.parametrize(
    ("code", "reasons"),
    [
        ("3A001.a.2", ("NS 2", "AT 1")),
        ("5A001.b.5", ("NS 1", "AT 1")),
        ("5A001.b.1", ("NS 2", "AT 1")),
        ("3B001.q", ("NS@742.4(a)(5)", "RS@742.6(a)(10)", "AT 1")),
        ("3B001.a.2", ("NS 2", "AT 1")),
        ("3A090.a", ("RS@742.6(a)(6)(iii)(A)", "AT 1")),
        ("1C351.d.15", ("CB 1", "CB 2", "CW@742.18 schedule 1", "AT 1")),
        ("1C351.a.1", ("CB 2", "AT 1")),
        ("9A515.e.2", ("MT 1?", "RS 2", "AT 1")),
        ("0A981", ("CC@742.7(a)(4)",)),
    ],
)
def test_reasons_of_a_paragraph(code: str, reasons: tuple[str, ...]) -> None:
    kinds = tables.kinds(NOW, code)
    assert [kind.columns for kind in kinds] == [reasons]


def test_paragraphs_that_differ_are_told_apart() -> None:
    kinds = tables.kinds(NOW, "3B001")
    assert len(kinds) == 5
    assert [kind.paragraphs for kind in kinds if "RS@742.6(a)(10)" in kind.columns] == [
        ("3B001.c.1.a", "3B001.c.1.c"),
        ("3B001.q",),
    ]


def test_an_earlier_day_has_the_rows_of_its_time() -> None:
    assert [kind.columns for kind in tables.kinds(law(date(2023, 11, 16)), "3B001.a.4")] == [("NS 2", "AT 1")]
    assert "NS 2" not in tables.kinds(law(date(2023, 11, 17)), "3B001.a.4")[0].columns
    assert "NS@742.4(a)(5)" not in tables.kinds(law(date(2024, 9, 5)), "3B001.q")[0].columns
    assert "NS@742.4(a)(5)" in tables.kinds(law(date(2024, 9, 6)), "3B001.q")[0].columns
    assert tables.kinds(law(date(2022, 12, 1)), "3A090")[0].columns == ("RS@742.6(a)(6) (2022)", "AT 1")


def test_entries_that_are_not_read_are_named_and_few() -> None:
    states = [entry.state for eccn in tables.entries() if (entry := tables.entry(eccn)) is not None]
    assert states.count("read") == 595
    assert states.count("unread") == 16
    assert states.count("elsewhere") == 28
    assert tables.kinds(NOW, "1C018") == ()
    assert tables.kinds(NOW, "EAR99") == ()


def test_an_entry_says_whether_it_existed() -> None:
    entry = tables.entry("0A506")
    assert entry is not None
    assert not tables.stands(law(date(2024, 5, 29)), entry)
    assert tables.stands(law(date(2024, 5, 30)), entry)
    assert tables.entry("2A000") is None
    assert "2A001" in tables.nearest(law(tables.TABLE_DAY), "2A000")


# -- what the compiler refuses


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"cells": [{"columns": ["NS 1"], "codes": ["AU"], "was": "X", "until": "NO-SUCH"}]}, "checked"),
        ({"columns": [{"column": "x", "since": "NO-SUCH", "cite": "c", "checked": "seen"}]}, "no measure"),
        ({"columns": [{"column": "x", "since": "2020-01-01", "cite": "c", "checked": "surely"}]}, "memory"),
        ({"columns": [{"column": "x", "since": "2020-01-01", "cite": "c", "checked": "seen", "wat": "1"}]}, "wat"),
    ],
)
def test_a_change_that_is_not_well_formed_is_refused(change: dict[str, object], says: str) -> None:
    with pytest.raises(LawbookError, match=says):
        compile_tables(texts(), {**CHANGES, **change}, SOURCES.book)
