"""With nothing known no rule becomes a large tree: what has more than 64 ends is two rules."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

import pytest

from licet.engine.facts import Facts
from licet.engine.fork import Leaf
from licet.engine.formula import trees
from licet.formats.act import read_act
from licet.law.case import Case
from licet.law.day import LawDay
from truths.ground import Asked, answered, decided

if TYPE_CHECKING:
    from collections.abc import Sequence

    from licet.engine.fork import Tree
    from licet.engine.values import Values
    from licet.law.case import Ruled
    from licet.law.rule import Rule, Subject
    from licet.model.act import Act

MOST_ENDS = 64
NARROWED = 2 * 64 * MOST_ENDS
"""Narrowings of facts in one run of a rule, beyond which it is given up as too large."""
DAYS = [
    date.fromisoformat(day)
    for day in ("2018-05-15", "2019-06-30", "2020-09-01", "2022-11-01", "2024-12-15", "2025-10-15", "2026-07-23")
]
BARE: dict[str, dict[str, object]] = {
    "a name": {"kind": "export", "parties": [{"name": "Nobody Known GmbH"}], "items": [{"name": "thing"}]},
    "a listed name": {"kind": "export", "parties": [{"name": "Huawei Technologies Co., Ltd."}]},
    "the kind": {"kind": "export"},
    "two parties": {"kind": "export", "parties": [{"name": "First Buyer GmbH"}, {"name": "Second Buyer GmbH"}]},
    "a connection": {"kind": "connection"},
}


class TooLargeError(Exception):
    """A rule that asks without end."""


def ends(tree: Tree) -> int:
    return 1 if isinstance(tree, Leaf) else ends(tree.yes) + ends(tree.no)


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("name", BARE)
def test_no_rule_is_a_large_tree(name: str, day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    act: Act = read_act(BARE[name])
    run, narrow = Case._run, Facts.narrow
    count = [0]
    large: list[str] = []

    def counted(facts: Facts, fact: str, values: Values, known: Sequence[bool] = ()) -> Facts:
        count[0] += 1
        if count[0] > NARROWED:
            raise TooLargeError
        return narrow(facts, fact, values, known)

    def measured(case: Case, rule: Rule, subject: Subject) -> Ruled:
        count[0] = 0
        try:
            made = run(case, rule, subject)
        except TooLargeError:
            large.append(f"{rule.section}: does not end")
            raise
        large.extend(f"{rule.section}: {ends(tree)} ends" for tree in trees(made.tree) if ends(tree) > MOST_ENDS)
        return made

    monkeypatch.setattr(Facts, "narrow", counted)
    monkeypatch.setattr(Case, "_run", measured)
    monkeypatch.setattr(LawDay, "recalled", lambda *_: None)  # what another test has asked is run again
    with suppress(TooLargeError):  # what is too large stands in the list
        decided(Asked(name, act, day))
    assert not large, sorted(set(large))


@pytest.mark.parametrize("name", [name for name in BARE if name != "a connection"])
def test_an_act_of_which_nothing_is_known_is_answered_exactly(name: str) -> None:
    answer = answered(Asked(name, read_act(BARE[name]), date(2019, 6, 30)))
    assert answer.outcome == "REFER"
    assert answer.exact
    assert answer.missing
    assert answer.next is not None
