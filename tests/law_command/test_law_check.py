"""`licet law check`: finds what is broken in a lawbook, its lists, rules and cases, and says so when nothing is."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from licet import consistency
from licet.cases.read import read_cases
from licet.consistency import check_cases, check_law, unknown_rules
from licet.coverage import WHAT_IF, rules
from licet.law.book import COMPILED, Book, load
from licet.law.regimes import RULED
from licet.law.rule import At, Rule, clear
from licet.law.sources import version_of
from licet.lists.entry import Citation, Entry, Name
from licet.lists.roster import Roster
from licet.lists.shipped import issues
from licet.lists.snapshot import Snapshot, write
from licet.lists.store import shipped
from licet.sources import open_sources
from licet.state import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from licet.engine.fork import Finding

    Licet = Callable[..., str]

BOOK = load()
LISTS = shipped()
CASES = Path(__file__).parents[2] / "cases"
UNTESTED = {rule.section for regime in RULED for rule in rules(regime)} - {WHAT_IF} | {"us_ear/762.6"}
SPEAKS = """\
- id: LISTED
  as_of: 2019-05-17
  act:
    kind: export
    activity: export
    from: US
    to: CN
    purpose: new_business
    dates: {en_route_since: none}
    parties: [{role: end_user, name: "Huawei Technologies Co., Ltd.", country: CN}]
    items: [{name: filter, kind: commodity, eccn: EAR99, us_origin: yes}]
    licenses: []
  expect: {outcome: LICENSE_REQUIRED}
  source: {kind: federal_register, cites: ["84 FR 22961"], checked: seen}
"""
SILENT = SPEAKS.replace("LISTED", "BEFORE").replace("as_of: 2019-05-17", "as_of: 2019-05-15")


def book_with(**changes: dict[str, Any]) -> Book:
    """Return the book with fields of measures changed (`EL_2019_05={"in_force_from": …}`), its version made right."""
    records: dict[str, Any] = json.loads(COMPILED.read_bytes())["measures"]
    for name, fields in changes.items():
        records[name.replace("_", "-")].update(fields)
    head: Any = {**BOOK.head}
    head["version"] = version_of(head, records)
    return Book(head, records)


def found(book: Book = BOOK, lists: Roster = LISTS) -> list[str]:
    return [str(problem) for problem in check_law(book, {}, lists).problems]


def test_the_lawbook_that_ships_agrees_with_itself() -> None:
    checked = check_law(BOOK, {"book.json": (COMPILED.read_text("utf-8"), COMPILED.read_text("utf-8"))}, LISTS)
    assert not checked.problems
    assert dict(checked.counts)["measures"] == len(BOOK)
    assert any("first days of" in text for text in checked.skipped)


def test_a_compiled_file_that_differs_from_its_sources() -> None:
    (problem,) = check_law(BOOK, {"law/book.json": ("old", "new"), "other": ("same", "same")}, LISTS).problems
    assert str(problem).startswith("law/book.json: is not what its sources say")
    checked = check_law(BOOK, {"law/book.json": None}, LISTS)
    assert not checked.problems
    assert "law/book.json: its sources are not here" in checked.skipped


def test_intervals_that_do_not_join() -> None:
    problems = found(book_with(TGL_0={"in_force_through": "2019-08-17"}))
    assert any(problem.startswith("TGL-0: in_force_through: 2019-08-17 does not join TGL-1") for problem in problems)


def test_a_rule_that_reads_a_statement() -> None:
    problems = found(book_with(STD_2022={"legal_force": False}))
    assert "us_ear/744.11 standards: reads STD-2022, a record without legal force, which never decides" in problems


def test_a_limit_that_reads_a_statement() -> None:
    problems = found(book_with(RU_2022={"legal_force": False}))
    assert "us_ear/746.8: reads RU-2022, a record without legal force, which never decides" in problems


def test_a_rule_that_reads_another_regime() -> None:
    problems = found(book_with(FCC_22_84={"regime": "us_ear"}))
    assert "us_fcc/2.903: reads FCC-22-84 of us_ear: force is judged inside a regime" in problems


def _misspelled(at: At) -> Finding:
    return clear("in force" if at.law.in_force("TGL-55") else "not in force")


def test_a_rule_without_a_citation_or_with_a_measure_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    with_both = [Rule("us_ear/test", 8, "test", (" ",), _misspelled)]
    monkeypatch.setattr(consistency, "rules", lambda regime: with_both if regime == "us_ear" else [])
    assert found() == ["us_ear/test: cites: has no citation", "us_ear/test: names TGL-55, which is no measure"]


def test_a_listing_whose_first_day_is_not_its_measures() -> None:
    problems = found(book_with(EL_2020_08={"in_force_from": "2020-08-20"}))
    wrong = [problem for problem in problems if "begins on 2020-08-17, EL-2020-08 on 2020-08-20" in problem]
    assert len(wrong) == 38


def test_a_listing_that_rests_on_no_measure() -> None:
    head = {"version": "", "covers": [], "lists": {}}
    tables = {name: dict(table.items()) for name, table in LISTS._tables.items()}
    text = tables["entries"]["huawei-technologies-co-ltd"].replace("\tEL-2019-05\t", "\tEL-2019-50\t")
    tables["entries"]["huawei-technologies-co-ltd"] = text
    lists = Roster(Snapshot(write(head, tables), "changed"))
    assert "entity_list/huawei-technologies-co-ltd: rests on EL-2019-50, which is no measure" in found(lists=lists)


def test_a_statute_names_companies_from_its_enactment_on() -> None:
    assert BOOK["S889"].in_force_from != LISTS.entry("s889", "huawei-technologies-co-ltd")[0].first
    assert any(
        "s889/" in problem for problem in found(book_with(S889={"announced": "2018-08-01", "published": "2018-08-01"}))
    )


def untested(text: str) -> tuple[set[str], set[str]]:
    """Return the sections that no case makes speak, and those that none leaves silent."""
    problems = check_cases(read_cases(text, "cases.yaml"), open_sources(State(None))).problems
    sides = {side: {p.file for p in problems if p.message.endswith(side)} for side in ("speaks", "is silent")}
    assert len(problems) == len(sides["speaks"]) + len(sides["is silent"])
    return sides["speaks"], sides["is silent"]


def test_without_cases_every_rule_is_untested() -> None:
    assert untested("[]") == (UNTESTED - consistency.UNTOLD.keys(), UNTESTED)


def test_a_rule_is_tested_where_it_speaks_in_one_case_and_is_silent_in_another() -> None:
    never_speaks, never_silent = untested(SPEAKS)
    assert "us_ear/744.11" not in never_speaks
    assert "us_ear/744.11" in never_silent
    assert {"us_ear/tgl network", "us_ear/736.2(b)(4)", "us_889/a_1_A"} <= never_speaks
    assert "us_ear/736.2(b)(4)" not in never_silent
    assert "us_889/a_1_A" in never_silent, "an export says nothing of what agencies buy"
    never_speaks, never_silent = untested(SPEAKS + SILENT)
    assert "us_ear/744.11" not in never_speaks | never_silent


def test_an_open_rule_is_neither() -> None:
    text = "\n".join(line for line in SPEAKS.splitlines() if "parties:" not in line)
    never_speaks, never_silent = untested(text)
    assert "us_ear/744.11" in never_speaks & never_silent


def test_one_ground_tests_no_other() -> None:
    text = SPEAKS.replace("  as_of: 2019-05-17", "  as_of: 2019-05-17\n  on_ground: us_ear/736.2(b)(4)")
    _, never_silent = untested(text)
    assert "us_ear/736.2(b)(4)" not in never_silent
    assert {"us_ear/744.11", "us_ear/734.7"} <= never_silent


def test_duties_test_how_long_records_are_kept() -> None:
    case = """\
- id: KEPT
  kind: duty
  as_of: 2024-01-01
  on_ground: us_ear/762.6
  act: {kind: export, dates: {export: 2019-06-20}, records: {reexport_on: none, terminated_on: none}}
  expect: {keep_until: 2024-06-20}
  source: {kind: cfr, cites: ["15 CFR 762.6"], checked: seen}
"""
    never_speaks, never_silent = untested(case)
    assert "us_ear/762.6" in never_silent - never_speaks


def test_a_case_that_names_no_measure_or_cannot_be_decided() -> None:
    text = SPEAKS.replace("{outcome: LICENSE_REQUIRED}", "{outcome: LICENSE_REQUIRED, pending: [TGL-77]}")
    problems = check_cases(read_cases(text, "some.yaml"), open_sources(State(None))).problems
    assert "some.yaml:1: LISTED: names TGL-77, which is no measure" in map(str, problems)


def test_the_cases_that_ship_can_all_be_decided(licet: Licet) -> None:
    if not CASES.is_dir():
        pytest.skip("there is no folder of cases beside this folder")
    text = " ".join(licet("law", "check", "--cases", str(CASES), code=code_of(CASES)).split())
    assert "cannot be decided" not in text
    assert "which is no measure" not in text
    assert "is not what its sources say" not in text


def code_of(cases: Path) -> int:
    """Return 1 where the cases leave a rule untested, else 0: the exit code says the same as the check."""
    texts = [
        (path, path.read_text("utf-8")) for path in sorted(cases.rglob("*.yaml")) if path.stem != "expected-failures"
    ]
    read = [case for path, text in texts for case in read_cases(text, str(path))]
    return int(bool(check_cases(read, open_sources(State(None))).problems))


def test_exit_codes_and_what_was_not_looked_at(licet: Licet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = licet("law", "check")
    assert text.startswith("the lawbook agrees with itself")
    assert "not looked at: rules without a case; there is no folder cases here" in text
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "one.yaml").write_text(SPEAKS, encoding="utf-8")
    text = licet("law", "check", code=1)
    assert "us_ear/tgl handset: there is no case in which it speaks" in text
    assert "1 cases" in text
    assert max(map(len, text.splitlines())) <= 110


@pytest.mark.parametrize("name", ["nowhere", "empty", "bad"])
def test_bad_input(licet: Licet, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "cases.yaml").write_text("- id: X\n  as_if: 2019-01-01\n", encoding="utf-8")
    text = licet("law", "check", "--cases", str(tmp_path / name), code=2)
    assert name in text
    if name == "bad":
        assert "as_if" in text
        assert '"as_of"' in text


# Citations whose rule is not known: a notice


def cited(name: str, *cites: str) -> Entry:
    """Return an entry with citations."""
    return Entry(name, "entity", (Name(name),), cites=tuple(Citation(cite, date(1997, 6, 30)) for cite in cites))


def test_citations_whose_rule_is_not_known() -> None:
    known, one, other = "84 FR 22963", "62 FR 35334", "62 FR 99999"
    entries = [cited("a", one), cited("b", one, other), cited("c", known, other), cited("d", known), cited("e")]
    (found,) = unknown_rules(BOOK, {"entity_list": entries, "meu_list": [cited("f", known)]})
    assert (found.list, found.entries, found.published) == ("entity_list", 5, 2)
    assert [(each.cite, each.entries, each.first) for each in found.unknown] == [(one, 2, 2), (other, 2, 0)]


def test_the_notice_names_the_most_cited_and_changes_no_exit_code(
    licet: Licet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = " ".join(licet("law", "check").split())
    (found, *_) = unknown_rules(BOOK, {"entity_list": issues()["entity_list"][-1].entries})
    assert f"{len(found.unknown)} citations of entity_list; {found.published} of its 3464 entries" in text
    assert f"Most cited: {found.unknown[0].cite} ({found.unknown[0].entries}), " in text
    assert "denied_persons_list" not in text, "that list states the day of effect itself"


def test_as_json_it_names_them_all(licet: Licet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    record = json.loads(licet("law", "check", "--format", "json"))
    assert record["found"] == []
    assert record["counts"]["measures"] == len(BOOK)
    assert any("no folder cases" in note for note in record["not_looked_at"])
    for one in record["unknown_citations"]:
        (found,) = unknown_rules(BOOK, {one["list"]: issues()[one["list"]][-1].entries})
        assert [each["cite"] for each in one["unknown"]] == [each.cite for each in found.unknown]
        assert one["published"] == found.published


def test_as_json_it_says_what_was_found(licet: Licet, tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(SPEAKS, encoding="utf-8")
    record = json.loads(licet("law", "check", "--cases", str(tmp_path), "--format", "json", code=1))
    assert "us_ear/tgl handset: there is no case in which it speaks" in record["found"]
    assert record["counts"]["cases"] == 1
