"""The order of parties, items, owners, licenses and facts says nothing."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licet.formats.act import read_act
from licet.model.act import Act
from licet.model.outcome import Outcome, value
from truths.ground import Asked, answered, every_act, plain, show

if TYPE_CHECKING:
    from collections.abc import Callable

    from licet.model.answer import Answer

REQUIRED = value(Outcome.LICENSE_REQUIRED)
MANY = [asked for asked in every_act() if any(count > 1 for count in asked.act.counts.values())]
LISTS = sorted({path for asked in MANY for path, count in asked.act.counts.items() if count > 1})


def renumbered(act: Act, path: str, order: tuple[int, ...]) -> tuple[Act, Callable[[str], str]]:
    """Return the act with the records of one list in another order, and how its paths read then."""
    place = re.compile(rf"{re.escape(path)}\[(\d+)\]")

    def moved(name: str) -> str:
        return place.sub(lambda match: f"{path}[{order[int(match[1])]}]", name)

    facts = {moved(name): stated for name, stated in act.facts.items()}
    return Act(act.kind, facts, {moved(name): count for name, count in act.counts.items()}, act.file), moved


def said(answer: Answer, moved: Callable[[str], str] = str) -> dict[str, object]:
    """Return what an answer says, apart from the order in which it says it."""
    return {
        "spans": (answer.span, answer.requirement, frozenset(answer.regimes)),
        "because": frozenset(answer.refer_because),
        "missing": {moved(one.path) for one in answer.missing},
        "authorities": frozenset(answer.authorities),
        "duties": frozenset(answer.duties),
        "exact": answer.exact,
    }


@pytest.mark.parametrize("path", LISTS)
def test_the_order_of_records_says_nothing(path: str) -> None:
    """Of several owners of whom the same is not known one is named: which one may follow the order."""
    for asked in (one for one in MANY if one.act.counts.get(path, 0) > 1):
        numbers = tuple(range(asked.act.counts[path]))
        before = answered(asked)
        for order in {numbers[::-1], numbers[1:] + numbers[:1]}:
            act, moved = renumbered(asked.act, path, order)
            after = said(answered(asked._replace(act=act)), _any_owner)
            assert after == said(before, lambda name: _any_owner(moved(name))), show(asked, before.span)  # noqa: B023


def _any_owner(path: str) -> str:
    return re.sub(r"owners\[\d+\]", "owners[]", path)


@given(st.data())
@settings(max_examples=60)
def test_the_order_of_facts_says_nothing(data: st.DataObject) -> None:
    asked = data.draw(st.sampled_from(every_act()), label="act")
    names = data.draw(st.permutations(list(asked.act.facts)), label="order")
    act = Act(asked.act.kind, {name: asked.act.facts[name] for name in names}, asked.act.counts, asked.act.file)
    before, after = answered(asked), answered(asked._replace(act=act))
    assert said(after) == said(before), show(asked, before.span)
    assert after.digest == before.digest


def test_the_order_of_words_says_nothing() -> None:
    seen = 0
    for asked in every_act():
        made = plain(asked.act)
        turned = _turned(made)
        if turned != made:
            seen += 1
            before, after = answered(asked), answered(asked._replace(act=read_act(turned)))
            assert said(after) == said(before), show(asked, before.span)
    assert seen > 50


def _turned(made: dict[str, object]) -> dict[str, object]:
    """Turn every list of words around (roles, purposes, programs), and leave records as they are."""

    def turn(one: object) -> object:
        if isinstance(one, dict):
            return {name: turn(value) for name, value in one.items()}
        if isinstance(one, list):
            inner = [turn(value) for value in one]
            return inner if any(isinstance(value, dict) for value in inner) else inner[::-1]
        return one

    turned = turn(made)
    assert isinstance(turned, dict)
    return turned


TWO_PERSONS: dict[str, object] = {
    "kind": "export",
    "activity": "deemed_export",
    "from": "US",
    "to": "US",
    "parties": [
        {
            "name": "Engineer", "country": "US", "listings": "none", "us_status": "citizen",
            "foreign_person": "no", "employer": "none",
        },
        {
            "name": "Guest", "country": "CN", "listings": "none", "us_status": "none",
            "foreign_person": "yes", "nationality": "CN", "employer": "none",
        },
    ],
    "items": [{"name": "drawings", "kind": "technology", "eccn": "3E001", "us_origin": "yes", "published": "no"}],
}  # fmt: skip


@pytest.mark.parametrize(
    "roles",
    [("recipient", "recipient"), ("", ""), ("recipient", ""), ("", "recipient"), ("end_user", "end_user")],
    ids=lambda roles: " and ".join(role or "not stated" for role in roles),
)
def test_a_release_to_a_citizen_and_to_a_foreign_person_is_judged_for_both(roles: tuple[str, str]) -> None:
    """Who stands first does not matter, and a role that nobody stated clears nobody."""
    made = deepcopy(TWO_PERSONS)
    parties = made["parties"]
    assert isinstance(parties, list)
    for party, role in zip(parties, roles, strict=True):
        party.update({"role": role} if role else {})
    asked = Asked("two persons", read_act(made), date(2021, 6, 1))
    act, _ = renumbered(asked.act, "parties", (1, 0))
    before, after = answered(asked), answered(asked._replace(act=act))
    assert before.span == after.span
    assert before.span.high >= REQUIRED
