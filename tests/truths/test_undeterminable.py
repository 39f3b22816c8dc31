"""What cannot be known is never shown: an authorization that needs it does not apply."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pytest

from licet.engine.formula import nodes
from licet.model import vocabulary
from licet.model.outcome import TOP, Outcome, value
from truths.ground import Asked, decided, every_act, show, undeterminable, without

if TYPE_CHECKING:
    from collections.abc import Iterator

    from licet.decide import Decision
    from licet.law.case import Ruled

AUTHORIZED = value(Outcome.AUTHORIZED)


class Tried(NamedTuple):
    """An act with one of its facts as stated, left out, and asked but not to be known."""

    asked: Asked
    path: str
    stated: Decision
    left_out: Decision
    unknown: Decision


@cache
def chosen() -> tuple[Asked, ...]:
    """Return one act for each set of reliefs that apply together, and one of each file of cases."""
    relieved: dict[object, Asked] = {}
    for asked in every_act():
        applying = [name for name, (low, _) in reliefs(decided(asked)).items() if low < TOP]
        if applying:
            relieved[frozenset(name[0] for name in applying), bool(asked.ground)] = asked
    by_file = {asked.file: asked for asked in every_act()}
    return (*relieved.values(), *by_file.values())


@cache
def tried() -> tuple[Tried, ...]:
    """Return the acts with each fact that they state and of which `undeterminable` is no answer of its own."""
    found = []
    for asked in chosen():
        for path in asked.act.facts:
            row = vocabulary.row(path, asked.act.kind)
            if row is not None and not row.required and row.type != "yes_no_undeterminable":
                changed = (without(asked.act, path), undeterminable(asked.act, path))
                decisions = [decided(asked._replace(act=act)) for act in (asked.act, *changed)]
                found.append(Tried(asked, path, *decisions))
    return tuple(found)


def lifts(decision: Decision) -> Iterator[tuple[tuple[str, ...], Ruled]]:
    """Walk through everything that authorizes, each with its rule and subject as a name."""
    for _, parts in decision.regimes:
        for part in parts:
            for lift in (lift for claim in part.claims for lift in claim.overcome_by):
                subject = lift.subject
                entry = subject.candidate.name if subject.candidate else ""
                yield (lift.rule.section, subject.item, subject.party, entry, subject.license), lift


def reliefs(decision: Decision) -> dict[tuple[str, ...], tuple[int, int]]:
    """Return the bounds of everything that authorizes."""
    return {name: (lift.tree.low, lift.tree.high) for name, lift in lifts(decision)}


def still_ask(decision: Decision, path: str) -> list[tuple[str, ...]]:
    """Return what authorizes and asks for a fact."""
    stock = decision.case.stock
    return [
        name for name, lift in lifts(decision) if path in {stock.behind(node.fact).path for node in nodes(lift.tree)}
    ]


@pytest.mark.slow
def test_what_cannot_be_known_is_never_milder_than_what_is_not_stated() -> None:
    milder = []
    for one in tried():
        unknown, open_ = one.unknown.span, one.left_out.span
        if unknown.low < open_.low or unknown.high < open_.high:
            milder.append(f"{one.path}: {show(one.asked, unknown)}; not stated: {show(one.asked, open_)}")
    assert not milder, "\n".join(milder[:20])


@pytest.mark.slow
def test_an_authorization_does_not_ask_again_for_what_cannot_be_known_and_does_not_apply() -> None:
    seen = set()
    wrong = []
    for one in tried():
        stated, open_ = reliefs(one.stated), reliefs(one.left_out)
        wrong += [f"{one.asked.name}: {name[0]} asks for {one.path}" for name in still_ask(one.unknown, one.path)]
        for name, (low, high) in reliefs(one.unknown).items():
            # Applies with the fact and is open without it: so it needs the fact.
            if stated.get(name, (TOP, TOP))[1] < TOP and open_.get(name, (TOP, TOP))[1] == TOP:
                seen.add((name[0], one.path))
                if high < TOP:
                    wrong.append(f"{one.asked.name}: {name[0]} applies, {one.path} unknown: {low} to {high}")
    assert not wrong, "\n".join(wrong[:20])
    assert len(seen) > 15, sorted(seen)


@pytest.mark.slow
def test_nothing_is_authorized_on_a_fact_that_cannot_be_known() -> None:
    seen = 0
    for one in tried():
        if one.stated.span.outcome == Outcome.AUTHORIZED.name and one.left_out.span.high > AUTHORIZED:
            seen += 1
            assert one.unknown.span.high > AUTHORIZED, (one.path, show(one.asked, one.unknown.span))
    assert seen > 20
