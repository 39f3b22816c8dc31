"""What cannot be known is never shown: an authorization that needs it does not apply."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from licet.model import vocabulary
from licet.model.outcome import TOP, Outcome, value
from truths.ground import Asked, decided, every_act, show, undeterminable, without

if TYPE_CHECKING:
    from collections.abc import Iterator

    from licet.decide import Decision

AUTHORIZED = value(Outcome.AUTHORIZED)


def turned_on() -> Iterator[tuple[Asked, str]]:
    """Walk through acts with a fact that they state and of which `undeterminable` is no answer of its own."""
    for asked in every_act():
        for path in asked.act.facts:
            row = vocabulary.row(path, asked.act.kind)
            if row is not None and not row.required and row.type != "yes_no_undeterminable":
                yield asked, path


def reliefs(decision: Decision) -> dict[tuple[str, ...], tuple[int, int]]:
    """Return the bounds of everything that authorizes, by rule and subject."""
    found = {}
    for _, parts in decision.regimes:
        for part in parts:
            for claim in part.claims:
                for lift in claim.overcome_by:
                    subject = lift.subject
                    entry = subject.candidate.name if subject.candidate else ""
                    found[lift.rule.section, subject.item, subject.party, entry, subject.license] = (
                        lift.tree.low,
                        lift.tree.high,
                    )
    return found


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
def test_an_authorization_that_needs_a_fact_does_not_apply_where_it_cannot_be_known() -> None:
    seen = set()
    shown = []
    for asked, path in turned_on():
        stated = reliefs(decided(asked))
        if all(bounds == (TOP, TOP) for bounds in stated.values()):
            continue
        open_ = reliefs(decided(asked._replace(act=without(asked.act, path))))
        unknown = reliefs(decided(asked._replace(act=undeterminable(asked.act, path))))
        for name, bounds in stated.items():
            # Decided with the fact, open without it: so it needs the fact, and nothing else is open.
            needs = bounds[0] == bounds[1] < TOP and open_.get(name, bounds) != bounds
            if needs and unknown.get(name, (TOP, TOP)) != (TOP, TOP):
                shown.append(f"{show(asked, decided(asked).span)}: {name} with {path} undeterminable: {unknown[name]}")
            if needs:
                seen.add((name[0], path))
    assert not shown, "\n".join(shown[:20])
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
