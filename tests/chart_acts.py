"""Acts for the tests of the chart, and what the rules of step (6) say of them alone."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from licet.enrich import enrich
from licet.explain import leaves
from licet.formats.act import read_act
from licet.law.day import LawDay
from licet.law.rule import Subject
from licet.law.us_ear import part_738, part_742
from licet.model.outcome import Outcome, Policy
from licet.sources import open_sources
from licet.state import State

if TYPE_CHECKING:
    from licet.law.case import Case, Ruled
    from licet.model.act import Act

RAW = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "ear"
CASES = RAW.parent.parent / "cases" / "law"
SOURCES = open_sources(State(None))
TABLE_DAY = date(2026, 7, 23)
needs_raw = pytest.mark.skipif(not RAW.is_dir(), reason=f"the collected copies are not here ({RAW})")


NOTHING = 10
"""No license required: what is said where no rule has anything to say."""


class Said(NamedTuple):
    """What step (6) says of one item."""

    at_least: str
    at_most: str
    reasons: frozenset[str]
    """Reasons of every rule that requires a license whatever is true."""
    policies: frozenset[str]
    """Review policies of those, the strictest end."""
    asked: frozenset[str]
    """Paths that the open questions lead to."""
    because: frozenset[str]
    texts: tuple[str, ...]


def case_of(facts: dict[str, object], day: date = TABLE_DAY) -> Case:
    """Return the case of an act with the reasons for control of its items put."""
    return classified(read_act({"kind": "export", **facts}), day)


def classified(act: Act, day: date) -> Case:
    """Return the case of an act as read; see `case_of`."""
    case = enrich(act, LawDay(SOURCES.book, day), SOURCES.lists, assume_complete=True)
    for item in case.items:
        part_738.classify(case, item)
    return case


def simple(eccn: str, to: str, **more: object) -> dict[str, object]:
    """Return an act of one item: to a destination, to a consignee there that is on no list."""
    item = {"name": "it", "kind": "commodity", "eccn": eccn, "us_origin": "yes", **more.pop("item", {})}  # type: ignore[dict-item]
    party = {"role": ["ultimate_consignee", "end_user"], "name": "U", "country": to, "listings": []}
    party |= {"headquarters": to, "ultimate_parent_headquarters": to, **more.pop("party", {})}  # type: ignore[dict-item]
    return {
        "activity": "export",
        "from": "US",
        "to": to,
        "items": [item],
        "parties": [party],
        "end_use": {"known": "none"},
        "licenses": [],
        "exception_claimed": "none",
        **more,
    }


def grounds(case: Case, item: str = "items[0]") -> dict[str, Ruled]:
    """Return the trees of the rules of step (6) by their sections."""
    return {rule.section: case.ground(rule, Subject(item)) for rule in part_742.grounds(case, item)}


def say(facts: dict[str, object], day: date = TABLE_DAY, only: str = "") -> Said:
    """Return what the rules of step (6) say together; `only` takes those of one section alone."""
    case = case_of(facts, day)
    trees = [ruled.tree for section, ruled in grounds(case).items() if section.startswith(only)]
    low = max((tree.low for tree in trees), default=NOTHING)
    high = max((tree.high for tree in trees), default=NOTHING)
    sure = [tree for tree in trees if _outcome(tree.low) == "LICENSE_REQUIRED"]
    ends = [leaf.finding for tree in trees for leaf in leaves(tree)]
    behind = [case.stock.behind(node) for tree in trees for node in _asked(tree)]
    return Said(
        _outcome(low),
        _outcome(high),
        frozenset(word for tree in sure for leaf in leaves(tree) for word in leaf.finding.reasons),
        frozenset(_policy(tree.high) for tree in sure),
        frozenset(one.path for one in behind),
        frozenset(str(one.because) for one in behind),
        tuple(end.says for end in ends),
    )


def _asked(tree: object) -> list[str]:
    yes, no = getattr(tree, "yes", None), getattr(tree, "no", None)
    return [tree.fact, *_asked(yes), *_asked(no)] if yes is not None else []  # type: ignore[attr-defined]


def _outcome(number: int) -> str:
    return Outcome(number // 10).name


def _policy(number: int) -> str:
    return next((policy.name for policy in Policy if int(policy) == number % 10), "")


# -- the copies, read here once more and in another way


def raw_chart() -> dict[str, set[str]]:
    """Read the JSON copy of the chart: marks by name."""
    content = json.loads((RAW / "country-chart_2026-07-23.json").read_text("utf-8"))
    return {name: set(row["marks"]) for name, row in content["countries"].items()}


def raw_second_chart() -> dict[str, set[str]]:
    """Read the CSV copy of the chart, broken row joined, blank twins dropped: marks by its own names."""
    lines = (RAW / "country_chart_2025-11-12.csv").read_text("utf-8").replace("Zimbabwe\n,", "Zimbabwe,").splitlines()
    header, *rows = list(csv.reader(lines))
    found = {}
    for row in rows:
        marks = {column for column, value in zip(header[1:17], row[1:17], strict=False) if value == "X"}
        if marks:
            found[" ".join(re.sub(r"[\d ]+$", "", row[0]).split())] = marks
    return found


def raw_entries() -> dict[str, list[tuple[str, str]]]:
    """Read the rows of every entry of the JSON copy, as they stand."""
    entries = json.loads((RAW / "ccl_2026-07-23.json").read_text("utf-8"))["entries"]
    return {one["eccn"]: [(row["control"], row["countryChart"]) for row in one["countryChart"]] for one in entries}
