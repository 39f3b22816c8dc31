"""`licet law coverage`: every section with how far it is modeled and what limits it; COVERAGE.md is what it says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from licet.coverage import (
    DIMENSIONS,
    WHAT_IF,
    Coverage,
    Row,
    State,
    about,
    coverage,
    named,
    rules,
    terms,
    unknown,
    uses,
)
from licet.law.book import load
from licet.law.regimes import RULED
from licet.law.rule import At, Rule, clear
from licet.law.us_ear.sections import Limb, Limit, sections
from licet.lists.store import shipped
from licet.show.coverage_text import coverage_markdown, markdown

if TYPE_CHECKING:
    from collections.abc import Callable

    from licet.engine.fork import Finding

    Licet = Callable[..., str]

BOOK = load()
COVERAGE = coverage(BOOK)
BY_ID = {row.id: row for row in COVERAGE.rows}
MODELED_NOW = [
    *("us_ear/734.13", "us_ear/734.3", "us_ear/734.7", "us_ear/734.10", "us_ear/736.2(b)(4)", "us_ear/744.11"),
    *("us_ear/744.11 standards", "us_ear/744.11 footnote 2", "us_ear/744.15", "us_ear/savings", "us_ear/750.7"),
    *("us_ear/tgl network", "us_ear/tgl handset", "us_ear/tgl disclosure", "us_ear/tgl standards", "us_ear/zte-auth"),
    *("us_ear/762.6", "us_fcc/54.9", "us_fcc/54.10", "us_fcc/2.903", "us_889/a_1_A", "us_889/a_1_B"),
]
TESTED = ["us_ear/744.16(f)", "us_ear/744.21", "us_ear/744.22", "us_ear/744.23", "us_ear/744.11(a)(1)", "us_ear/746.8"]


def limit(says: str, *subjects: str, kind: str = "in", checked: str = "seen") -> Limit:
    return Limit(kind, subjects, (), (None, None), "15 CFR 1.1", says, checked)


def test_every_rule_and_every_section_with_a_scope_test_has_one_row() -> None:
    ids = [row.id for row in COVERAGE.rows]
    assert len(ids) == len(set(ids))
    ruled = {rule.section for regime in RULED for rule in rules(regime)} - {WHAT_IF}
    assert ruled | {section.id for section in sections()} <= set(ids)
    assert all(row.cites for row in COVERAGE.rows)


@pytest.mark.parametrize("id_", MODELED_NOW)
def test_what_is_modeled_now(id_: str) -> None:
    assert BY_ID[id_].state in {State.MODELED, State.IN_PART}


@pytest.mark.parametrize("id_", TESTED)
def test_what_has_limits_shows_them_beside_its_rules(id_: str) -> None:
    row = BY_ID[id_]
    assert row.state in {State.SCOPE_TEST, State.MODELED, State.IN_PART, State.DECIDED_ELSEWHERE}
    assert row.limits
    assert row.not_formalized


def test_a_rule_that_leaves_something_open_is_modeled_in_part() -> None:
    for row in COVERAGE.rows:
        opens = any(text.startswith("not modeled: ") for text in row.opens)
        if row.state in {State.MODELED, State.IN_PART}:
            assert (row.state is State.IN_PART) is opens, row.id
        else:
            assert not row.opens
    assert BY_ID["us_ear/734.10"].opens == ("not modeled: us_ear/734.10",)
    assert BY_ID["us_ear/savings"].opens == ("conflict: savings clause",)


FIRST = ("EL-2019-05", "EL-2019-08")


def _helper(at: At) -> bool:
    return at.law.in_force("STD-2020") or at.open("conflict", "two texts")


_helper.__module__ = "licet.law.us_ear.part_744"  # what is called outside the law is not walked into


def _rule(at: At) -> Finding:
    """Name TGL-5 in words alone."""
    inner = [m for m in FIRST if at.law.in_force(m)]
    if inner and _helper(at) and at.open("not_modeled", "something"):
        return clear("STD-2022 in a sentence")
    return clear("FN2-2020")


def test_what_a_rule_names_is_read_from_its_code() -> None:
    found = named(Rule("us_ear/test", 8, "test", ("15 CFR 1.1",), _rule))
    assert {*FIRST, "STD-2020", "FN2-2020"} <= found.measures
    assert not {"TGL-5", "STD-2022"} & found.measures
    assert found.opens == (("conflict", "two texts"), ("not_modeled", "something"))


def test_uses_name_rules_and_limits() -> None:
    assert {use.section for use in uses("TGL-3")} == {
        f"us_ear/tgl {h}" for h in ("network", "handset", "disclosure", "standards")
    }
    assert all(use.how == "rule" for use in uses("TGL-3"))
    limits = {use.section: use.how for use in uses("RU-2022")}
    assert limits["us_ear/746.8"].startswith("since 2022-02-24")
    assert uses("OSAKA") == ()
    assert [use.step for use in uses("AFF-2025")] == sorted(use.step for use in uses("AFF-2025"))


def test_unknown_words_of_the_form_of_an_id() -> None:
    assert unknown(BOOK, ["TGL-0", "TGL-9", "EAR99", "FCC 22-84", "E:1", "tgl-9"]) == ["TGL-9"]


@pytest.mark.parametrize(
    ("one", "dimensions"),
    [
        (limit("", "RU-2022", kind="law"), ("date",)),
        (limit("", kind="days"), ("date",)),
        (limit("", "to"), ("destination",)),
        (limit("", "to", "parties[].country"), ("destination", "party")),
        (limit("", "items[].eccn"), ("item",)),
        (limit("", "knowledge.footnote4_party"), ("party",)),
        (limit("", "knowledge.violation"), ("act",)),
        (limit("", "activity"), ("act",)),
    ],
)
def test_what_a_limit_is_about(one: Limit, dimensions: tuple[str, ...]) -> None:
    assert about(one) == dimensions


def test_reach_keeps_what_all_ways_ask_apart_from_alternatives() -> None:
    both = limit("made abroad", "items[].us_origin")
    ways = (
        Limb(("a",), (both, limit("an A", "items[].eccn"), limit("to CN", "to"))),
        Limb(("b",), (both, limit("a B", "items[].eccn"))),
        Limb(("c",), (both,)),
    )
    row = Row("x/1", "t", "x", 1, State.SCOPE_TEST, ("c",), limbs=ways)
    assert row.reach("item").text("|") == "made abroad, and: an A | a B | any"
    assert row.reach("destination").text("|") == "to CN | any"
    assert row.reach("party").text("|") == ""
    one = row._replace(limbs=ways[:1])
    assert one.reach("item").text("|") == "made abroad and an A"


def test_every_limit_is_about_something_and_stands_in_its_row() -> None:
    for row in COVERAGE.rows:
        for limb in row.limbs:
            for one in limb.limits:
                assert about(one)
                assert set(about(one)) <= set(DIMENSIONS)
                for dimension in about(one):
                    assert one.says in row.reach(dimension).text("|")


def test_text_begins_with_counts_that_add_up(licet: Licet) -> None:
    text = licet("law", "coverage")
    assert max(map(len, text.splitlines())) <= 110
    counts = {m[2]: int(m[1]) for m in re.finditer(r"^  . (\d+) ([a-z ]+): ", text, re.MULTILINE)}
    assert counts == {str(state): COVERAGE.count(state) for state in State if COVERAGE.count(state)}
    assert sum(counts.values()) == len(COVERAGE.rows)
    limits = sum(len(row.limits) for row in COVERAGE.rows)
    assert f"{limits} limits in" in text
    assert "acts of kind update: no regime has rules; the answer is open" in text
    for row in COVERAGE.rows:
        assert f" {row.id} " in text


def test_one_section_limit_by_limit(licet: Licet) -> None:
    for row in COVERAGE.rows:
        text = licet("law", "coverage", row.id)
        assert max(map(len, text.splitlines())) <= 110
        joined = "".join(text.split())
        for words in (*row.not_formalized, *row.cites, *row.opens, *(one.says for one in row.limits)):
            assert "".join(words.split()) in joined
        assert sum(line.startswith("     - ") for line in text.splitlines()) == len(row.limits)
    assert "an item of Supp. 2 to part 744 (m)" in licet("law", "coverage", "us_ear/744.21")


def test_json(licet: Licet) -> None:
    found = json.loads(licet("law", "coverage", "--format", "json"))
    assert [row["id"] for row in found["sections"]] == [row.id for row in COVERAGE.rows]
    assert sum(found["counts"].values()) == len(COVERAGE.rows)
    assert {one["regime"] for one in found["regimes_without_rules"]} == set(BOOK.by_regime()) - set(RULED)
    alone = json.loads(licet("law", "coverage", "us_ear/745", "--format", "json"))
    assert [row["id"] for row in alone["sections"]] == ["us_ear/745"]


def test_markdown_has_every_section_and_limit_once(licet: Licet) -> None:
    text = licet("law", "coverage", "--format", "md")
    assert text == coverage_markdown()
    table = [line for line in text.splitlines() if line.startswith("| ")][1:]
    assert len(table) == len(COVERAGE.rows)
    assert all(len(re.findall(r"(?<!\\)\|", line)) == 9 for line in table)
    for row in COVERAGE.rows:
        assert text.count(f"#### {row.id}: {row.title}\n") == 1
    assert sum(line.startswith("   - ") for line in text.splitlines()) == sum(len(row.limits) for row in COVERAGE.rows)


def test_markdown_escapes_what_a_table_would_read() -> None:
    row = Row("x/1", "t", "us_ear", 1, State.SCOPE_TEST, ("c",), limbs=(Limb(("c",), (limit("3A090* | any", "to"),)),))
    assert "| 3A090\\* \\| any |" in markdown(Coverage((row,), (), ()), "v")


def test_coverage_md_is_current() -> None:
    file = Path(__file__).parents[2] / "COVERAGE.md"
    assert file.read_text("utf-8") == coverage_markdown(), "run tools/generate.py"


def test_terms_walk_through_every_entry() -> None:
    rows = list(terms(shipped()))
    assert len({row.entry for row in rows}) > 400
    assert {"entity_list", "denied_persons_list", "s889"} <= {row.list for row in rows}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["us_ear/744.211"], ['"us_ear/744.211" is no section here', 'did you mean "us_ear/744.21"?']),
        ([""], ['"" is no section here']),
        (["--format", "pdf"], ["pdf", "md"]),
    ],
)
def test_bad_input(licet: Licet, arguments: list[str], says: list[str]) -> None:
    text = licet("law", "coverage", *arguments, code=2)
    for one in says:
        assert one in text
