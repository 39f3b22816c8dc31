"""The range is sound: every way to complete an act comes out inside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from licet.model.errors import FactsError
from licet.model.outcome import Because
from truths.answers import answers
from truths.ground import BOOK, Asked, decided, every_act, show, stating, within
from truths.made_up import small_acts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from licet.decide import Decision
    from licet.model.answer import Span

FACTUAL = (Because.FACTS, Because.MATCH, Because.LISTS)
"""Kinds of question that stating a fact can answer."""
MOST_OPEN = 5
"""Open facts of an act that is small enough to be completed in every way."""
MOST_STATES = 400
"""Ways that are followed of one act; the others are beyond a test."""


def open_paths(decision: Decision) -> list[str]:
    """Return the facts that are open and not stated, in the order of the steps.

    Reasons for control are left out: where they are not stated the table speaks, and what contradicts it is taken as
    stated, so that it is no completion of what the table says.
    """
    stock, act = decision.case.stock, decision.case.act
    behind = dict.fromkeys(stock.behind(node.fact) for node in decision.open)
    paths = [one.path for one in behind if one.because in FACTUAL]
    left = [path for path in dict.fromkeys(paths) if act.get(path) is None and act.count(path) is None]
    return [path for path in left if not path.endswith(".controls")]


def completions(asked: Asked, budget: list[int]) -> Iterator[tuple[Asked, Span, list[str]]]:
    """Walk through the ways to state what is open, fact by fact; answers may open new facts."""
    decision = decided(asked)
    yield asked, decision.span, []
    for path in open_paths(decision):
        found = answers(decision, path)
        if not found:
            continue
        for value in found:
            budget[0] -= 1
            if budget[0] < 0:
                return
            try:
                act = stating(asked.act, path, value)
            except FactsError:
                continue  # a value that this fact cannot take
            for one, span, way in completions(asked._replace(act=act), budget):
                yield one, span, [f"{path}: {value}", *way]
        return


def broken(asked: Asked) -> list[str]:
    """Return the completions of an act that come out beside its range."""
    whole = decided(asked)
    found = []
    for _, span, way in completions(asked, [MOST_STATES]):
        if not within(span, whole.span):
            found.append(f"{show(asked, whole.span)}, but {' · '.join(way)}: {span}")
    return found


SMALL = [
    asked
    for asked in every_act()
    if asked.day <= BOOK.verified_through and 0 < len(open_paths(decided(asked))) <= MOST_OPEN
]


@pytest.mark.slow
def test_every_completion_of_a_small_act_lies_in_its_range() -> None:
    assert len(SMALL) > 30
    found = [line for asked in SMALL for line in broken(asked)]
    assert not found, "\n".join(found[:20])


@pytest.mark.slow
@given(small_acts())
@settings(max_examples=120)
def test_every_completion_of_a_made_up_act_lies_in_its_range(asked: Asked) -> None:
    found = broken(asked)
    assert not found, "\n".join(found[:5])
