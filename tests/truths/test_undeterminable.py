"""What cannot be known is never shown: an authorization that needs it does not apply."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

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


@cache
def chosen() -> tuple[Asked, ...]:
    """Return the acts in which something is relieved, and one of each file of cases."""
    relieved = [asked for asked in every_act() if any(low < TOP for low, _ in reliefs(decided(asked)).values())]
    by_file = {asked.file: asked for asked in every_act()}
    return (*relieved, *by_file.values())


def turned_on() -> Iterator[tuple[Asked, str]]:
    """Walk through acts with a fact that they state and of which `undeterminable` is no answer of its own."""
    for asked in chosen():
        for path in asked.act.facts:
            row = vocabulary.row(path, asked.act.kind)
            if row is not None and not row.required and row.type != "yes_no_undeterminable":
                yield asked, path


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
    for asked, path in turned_on():
        unknown = decided(asked._replace(act=undeterminable(asked.act, path))).span
        open_ = decided(asked._replace(act=without(asked.act, path))).span
        if unknown.low < open_.low or unknown.high < open_.high:
            milder.append(f"{path} undeterminable: {show(asked, unknown)}; not stated: {show(asked, open_)}")
    assert not milder, "\n".join(milder[:20])


@pytest.mark.slow
def test_an_authorization_does_not_ask_again_for_what_cannot_be_known_and_does_not_apply() -> None:
    seen = set()
    wrong = []
    for asked, path in turned_on():
        stated, open_ = reliefs(decided(asked)), reliefs(decided(asked._replace(act=without(asked.act, path))))
        decision = decided(asked._replace(act=undeterminable(asked.act, path)))
        wrong += [f"{asked.name}: {name[0]} asks for {path}" for name in still_ask(decision, path)]
        for name, (low, high) in reliefs(decision).items():
            # Applies with the fact and is open without it: so it needs the fact.
            if stated.get(name, (TOP, TOP))[1] < TOP and open_.get(name, (TOP, TOP))[1] == TOP:
                seen.add((name[0], path))
                if high < TOP:
                    wrong.append(f"{asked.name}: {name[0]} applies with {path} undeterminable: {low} to {high}")
    assert not wrong, "\n".join(wrong[:20])
    assert len(seen) > 15, sorted(seen)


@pytest.mark.slow
def test_nothing_is_authorized_on_a_fact_that_cannot_be_known() -> None:
    seen = 0
    for asked, path in turned_on():
        if decided(asked).span.outcome != Outcome.AUTHORIZED.name:
            continue
        if decided(asked._replace(act=without(asked.act, path))).span.high > AUTHORIZED:
            seen += 1
            unknown = decided(asked._replace(act=undeterminable(asked.act, path))).span
            assert unknown.high > AUTHORIZED, (path, show(asked, unknown))
    assert seen > 20
