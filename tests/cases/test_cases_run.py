"""All cases of the repository: what must be right is right, nothing is wrong, the list of the open ones is exact."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from click.testing import CliRunner

from licet.cases.judge import Judged, Verdict, judge_all
from licet.cases.read import no_twins
from licet.cases.table import tallies
from licet.cli import FOUND, cli
from licet.cli.cases import read_directory
from licet.sources import open_sources
from licet.state import State

if TYPE_CHECKING:
    from licet.cases.read import KnownAnswer

ROOT = Path(__file__).parents[2]
CASES = ROOT / "cases"
EXPECTED_FAILURES = CASES / "expected-failures.yaml"
SHARED = ROOT.parent / "shared" / "cases" / "law"
SOURCES = open_sources(State(None))
MODELED = [m.id for m in SOURCES.book.values() if m.legal_force and m.regime in {"us_ear", "us_fcc", "us_889"}]
WHY_NOT = re.compile(r"no (answer|outcome)|will differ|What it does to an answer", re.IGNORECASE)
GIVEN = (
    *("listing", "osaka", "status", "duty", "connection", "tgl", "roles", "people_and_places", "chart", "de_minimis"),
    *("embargo", "end_use", "fdp", "ownership", "rules"),
)
"""Files of cases that are right as a whole."""
OPEN_SHOWN = 10
"""Open cases that the table shows unless all are asked for."""
WIDTH = 110


@cache
def all_judged() -> tuple[Judged, ...]:
    cases = read_directory(CASES)
    no_twins(cases)
    return tuple(judge_all(cases, SOURCES))


def by_id() -> dict[str, Judged]:
    return {one.case.id: one for one in all_judged()}


def told(ones: list[Judged]) -> str:
    return "\n".join(f"{one.case.id}: {'; '.join(one.differences)}" for one in ones)


@pytest.mark.parametrize("name", GIVEN)
def test_what_is_modeled_is_right(name: str) -> None:
    ones = [one for one in all_judged() if Path(one.case.file) == CASES / "law" / f"{name}.yaml"]
    assert ones
    off = [one for one in ones if one.verdict is not Verdict.RIGHT]
    assert not off, told(off)


def test_no_file_of_cases_is_left_out() -> None:
    assert {path.stem for path in (CASES / "law").glob("*.yaml")} == set(GIVEN)


def test_the_unknown_node_reaches_no_ear99() -> None:
    one = by_id()["NODE-UNKNOWN-EAR99"]
    assert one.verdict is Verdict.RIGHT, told([one])


def test_no_case_is_wrong() -> None:
    wrong = [one for one in all_judged() if one.verdict is Verdict.WRONG]
    assert not wrong, told(wrong)


def test_none_permits_what_needs_a_license() -> None:
    mild = [one for one in all_judged() if one.too_mild]
    assert not mild, told(mild)


def test_the_list_of_expected_failures_is_exact() -> None:
    groups: dict[str, list[str]] = yaml.load(EXPECTED_FAILURES.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    listed = [id_ for ids in groups.values() for id_ in ids]
    assert len(listed) == len(set(listed))
    open_ = {one.case.id for one in all_judged() if one.verdict is Verdict.OPEN}
    assert set(listed) - open_ == set(), "no longer open: take them off the list"
    assert open_ - set(listed) == set(), "open, and not on the list"


def test_each_expected_failure_stands_under_a_section_that_keeps_it_open() -> None:
    groups: dict[str, list[str]] = yaml.load(EXPECTED_FAILURES.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    found = by_id()
    for section, ids in groups.items():
        for id_ in ids:
            assert section in found[id_].found.words["not_modeled"], id_


def test_the_cases_that_were_given_are_here_as_they_were_given() -> None:
    if not SHARED.is_dir():
        pytest.skip("the cases that were given are not beside this checkout")
    for path in SHARED.glob("*.yaml"):
        assert (CASES / "law" / path.name).read_bytes() == path.read_bytes(), path.name


def boundary(measure: str) -> list[KnownAnswer]:
    names = re.compile(rf"DAY-{re.escape(measure)}-[A-Z][A-Z0-9-]*$")
    return [one.case for one in all_judged() if one.case.act is not None and names.match(one.case.id)]


@pytest.mark.parametrize("measure", MODELED)
def test_an_answer_differs_across_the_days_of_a_measure_or_a_case_says_why_not(measure: str) -> None:
    different = {
        tuple(sorted(case.answers.items())) + tuple(sorted(case.details.items())) for case in boundary(measure)
    }
    notes = [one.case.note for one in all_judged() if one.case.measure == measure]
    assert len(different) > 1 or any(WHY_NOT.search(note) for note in notes)


@pytest.mark.parametrize("measure", list(SOURCES.book))
def test_each_measure_has_a_status_before_and_on_its_first_day(measure: str) -> None:
    ones = [one for one in all_judged() if one.case.measure == measure and one.case.known_as_of is None]
    words = {one.case.answers["status"][0] for one in ones}
    assert "not_yet" in words
    assert words - {"not_yet"}


def test_the_command_prints_a_table_that_fits_and_says_what_is_wrong() -> None:
    result = CliRunner().invoke(cli, ["cases", "run", str(CASES), "--all"], standalone_mode=False)
    lines = result.output.splitlines()
    assert max(map(len, lines)) <= WIDTH
    total = next(line for line in lines if line.strip().startswith("all "))
    count = {verdict: sum(one.verdict is verdict for one in all_judged()) for verdict in Verdict}
    assert total.split()[1:4] == [str(count[one]) for one in (Verdict.RIGHT, Verdict.WRONG, Verdict.OPEN)]
    assert total.split()[-1] == str(len(all_judged()))
    assert result.return_value == (FOUND if count[Verdict.WRONG] else 0)
    for one in all_judged():
        if one.verdict is not Verdict.RIGHT:
            assert any(line.strip().startswith(f"{one.case.id} ") for line in lines), one.case.id


OPEN = """
- id: {id}
  as_of: 2019-05-17
  on_ground: us_ear/744.11
  act:
    kind: export
    activity: export
    from: US
    to: CN
    parties: [{{role: end_user, name: "Huawei Technologies Co., Ltd.", country: CN}}]
    items: [{{name: chip, kind: commodity, eccn: EAR99, us_origin: yes}}]
  expect: {{outcome: LICENSE_REQUIRED}}
  source: {{kind: press, cites: [p], checked: seen}}
"""


def test_the_list_of_open_cases_is_short_unless_all_is_asked(tmp_path: Path) -> None:
    many = "".join(OPEN.format(id=f"OPEN-{number}") for number in range(OPEN_SHOWN + 2))
    (tmp_path / "open.yaml").write_text(many)
    result = CliRunner().invoke(cli, ["cases", "run", str(tmp_path)], standalone_mode=False)
    assert "and 2 more: --all" in result.output
    assert f"OPEN-{OPEN_SHOWN + 1} " not in result.output
    assert result.return_value == 0
    result = CliRunner().invoke(cli, ["cases", "run", str(tmp_path), "--all"], standalone_mode=False)
    assert "more: --all" not in result.output
    assert f"OPEN-{OPEN_SHOWN + 1} " in result.output


def test_the_same_as_json() -> None:
    result = CliRunner().invoke(cli, ["cases", "run", str(CASES), "--format", "json"], standalone_mode=False)
    record = json.loads(result.output)
    assert record["by_source"][-1]["total"] == len(all_judged())
    assert [one["id"] for one in record["open"]] == [one.case.id for one in all_judged() if one.verdict is Verdict.OPEN]
    assert len(record["right"]) + len(record["wrong"]) + len(record["open"]) == len(all_judged())
    rates = [row["decided_rate"] for row in record["by_source"] if row["asked"]]
    assert all(0 <= rate <= 100 for rate in rates)


def test_a_status_does_not_raise_the_share_decided() -> None:
    rows = {row.source: row for row in tallies(all_judged())}
    statuses = [one for one in all_judged() if one.case.kind == "status"]
    assert rows["bill"].rate is None
    assert rows["all"].asked < len(all_judged()) - len(statuses)
    assert rows["all"].decided <= rows["all"].asked
    assert tallies(statuses)[-1].rate is None


WRONG = """
- id: W
  kind: status
  as_of: 2019-06-30
  measure: OSAKA
  expect: {status: in_force, legal_force: no}
  source: {kind: press, cites: [p], checked: seen}
"""


def test_a_wrong_case_is_an_exit_code_of_one(tmp_path: Path) -> None:
    (tmp_path / "w.yaml").write_text(WRONG)
    result = CliRunner().invoke(cli, ["cases", "run", str(tmp_path)], standalone_mode=False)
    assert result.return_value == FOUND
    assert "W  in_force, found status announced" in result.output


def test_an_empty_directory_is_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["cases", "run", str(tmp_path)], standalone_mode=False)
    assert "no file of cases" in str(result.exception)
