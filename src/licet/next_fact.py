"""Which open fact to ask next: one that alone settles the outcome, else the first that matters.

A fact matters when, for some answers to all the others, two of its own lead to different outcomes. It settles the
outcome when one of its answers alone closes the range.
"""

from __future__ import annotations

from itertools import product
from math import prod
from typing import TYPE_CHECKING

from licet.engine.fork import Finding, Leaf
from licet.engine.formula import Domain, Ground, Least, Most, bounds, exact, narrowed, open_nodes
from licet.model.outcome import Outcome, value
from licet.outlook import ANSWERABLE, after, forecast, mask_of, severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from licet.decide import Decision
    from licet.engine.fork import Node
    from licet.engine.formula import Expression
    from licet.engine.values import Values
    from licet.outlook import Prospect

BUDGET = 1_000
"""States that one search for two outcomes may visit; beyond it the fact counts as one that matters."""
ALL_TRIED = 64
"""Up to how many combinations of answers to what rules ask of one fact the search tries all; beyond it fewer."""


def first(states: Sequence[Decision], found: Sequence[Prospect], askable: Callable[[str], bool]) -> Prospect | None:
    """Return the fact to ask: one that alone settles the outcome, else the first in order that matters.

    Args:
        states: The decisions of one answer.
        found: Its open facts, in the order of the steps.
        askable: Says of a path whether it may be asked.
    """
    settling = [one for one in found if one.settles] or _settling(states, found)
    others = (one for one in found if one not in settling)
    return next((one for one in (*settling, *others) if matters(states, one, askable)), None)


def matters(states: Sequence[Decision], prospect: Prospect, askable: Callable[[str], bool]) -> bool:
    """Say whether two answers to a fact can lead to different outcomes, for some answers to the others."""
    return any(_Search(decision, prospect, askable).finds() for decision in states)


def _settling(states: Sequence[Decision], found: Sequence[Prospect]) -> list[Prospect]:
    """Return the facts of which some answer closes the range once facts are joined on which several rules turn."""
    if not any(decision.table.shared for decision in states):
        return []
    samples = [(decision, list(_samples(decision))) for decision in states]
    return [one for one in found if any(_closes(states, samples, option.leaves) for option in one.options)]


def _closes(
    states: Sequence[Decision], samples: Sequence[tuple[Decision, list[Domain]]], leaves: Mapping[str, Values]
) -> bool:
    """Say whether an answer closes the range: not where two samples differ with it, else by the exact range."""
    reached = {
        severity(bounds(decision.formula, _put(decision, sample, leaves))[0])
        for decision, several in samples
        for sample in several
    }
    return len(reached) == 1 and forecast(states, leaves, joined=True).decided


def _samples(decision: Decision) -> Iterator[Domain]:
    """Walk through a few ways to answer everything, on either side of every outcome that is possible."""
    table = decision.table
    for edge in _edges(decision):
        reaches = _reaches(decision.formula, edge)
        for sign in (1, -1):
            domain = table.full
            while node := next(open_nodes(reaches, domain), None):
                domain = _toward(reaches, domain, node, sign)
            held_all = [classes & -classes for classes in domain.held]
            yield Domain(table, held_all, [ends.bounds(held_all) for ends in table.ends])


def _toward(expression: Expression, domain: Domain, node: Node, sign: int) -> Domain:
    """Return the side of a question on which a formula can be stricter (1) or milder (-1).

    A formula rises with the values of its trees: a fact of one tree is answered by what that tree says, others by the
    bounds of the whole first.
    """
    held = domain.held[node.index]
    parts = [part for part in (held & node.mask, held & ~node.mask) if part]
    trees = [sorted((sign * tree.low, sign * tree.high), reverse=True) for tree in (node.yes, node.no)]
    if len(parts) == 1 or node.index not in domain.table.shared:
        return narrowed(domain, node.index, parts[0] if len(parts) == 1 or trees[0] >= trees[1] else parts[1])
    sides = [narrowed(domain, node.index, part) for part in parts]
    ends = [sorted((sign * end for end in bounds(expression, side)), reverse=True) for side in sides]
    return sides[0] if (ends[0], trees[0]) >= (ends[1], trees[1]) else sides[1]


def _put(decision: Decision, sample: Domain, leaves: Mapping[str, Values]) -> Domain:
    """Return a sample with one answer in place of what it had."""
    for fact, values in leaves.items():
        number = decision.table.number.get(fact)
        if number is not None:
            mask = mask_of(decision, number, values)
            sample = narrowed(sample, number, mask & -mask)
    return sample


def _edges(decision: Decision) -> range:
    """Return the outcomes above the mildest that is possible: between each and the one below lies a decision."""
    low, high = bounds(decision.formula, decision.table.full)
    return range(severity(low) + 1, severity(high) + 1)


class _Search:
    """Looks for answers to all other facts under which one fact decides whether the act reaches an outcome."""

    def __init__(self, decision: Decision, prospect: Prospect, askable: Callable[[str], bool]) -> None:
        self.decision = decision
        self.own = {decision.table.number[fact] for fact in prospect.facts if fact in decision.table.number}
        self.free = {number for number, fact in enumerate(decision.table.facts) if self._is_free(fact, askable)}
        self.left = BUDGET
        self.sides = list(self._sides(prospect))

    def _is_free(self, fact: str, askable: Callable[[str], bool]) -> bool:
        behind = self.decision.case.stock.behind(fact)
        own = self.decision.table.number[fact] in self.own
        return not own and behind.because in ANSWERABLE and askable(behind.path)

    def _sides(self, prospect: Prospect) -> Iterator[Domain]:
        """Walk through what answers to the fact leave, each different to at least one question."""
        table = self.decision.table
        numbers = sorted(self.own)
        parts = [range(len(table.classes[number])) for number in numbers]
        if any("~" in fact for fact in prospect.facts) or prod(map(len, parts)) > ALL_TRIED:
            yield from (after(self.decision, table.full, option.leaves) for option in prospect.options)
            return
        for places in product(*parts):
            domain = table.full
            for number, place in zip(numbers, places, strict=True):
                domain = narrowed(domain, number, 1 << place)
            yield domain

    def finds(self) -> bool:
        """Say whether there are such answers, for any outcome within the range."""
        formula, start = self.decision.formula, self.decision.table.full
        edges = _edges(self.decision) if self.own else range(0)
        return any(self._differ(_reaches(formula, edge), start, self.sides) for edge in edges)

    def _differ(self, reaches: Expression, base: Domain, sides: Sequence[Domain]) -> bool:
        """Say whether the sides can come to differ in reaching an outcome; `base` leaves the fact itself open."""
        self.left -= 1
        if self.left < 0:
            return True
        ends = [bounds(reaches, side) for side in sides]
        if max(low for low, _ in ends) > min(high for _, high in ends):
            return True
        if all(low == high for low, high in ends):
            return False
        own, node = self._open(reaches, base)
        if not own or (self._is_forced(reaches, base, 1) and self._is_forced(reaches, base, -1)):
            return False
        if node is None:
            return len({exact(reaches, self.decision.table, side)[:2] for side in sides}) > 1
        number, held = node.index, base.held[node.index]
        return any(
            self._differ(reaches, narrowed(base, number, part), [narrowed(side, number, part) for side in sides])
            for part in (held & node.mask, held & ~node.mask)
        )

    def _is_forced(self, reaches: Expression, domain: Domain, sign: int) -> bool:
        """Say whether what cannot be asked may alone decide that the outcome is reached (1) or is not (-1).

        Where it may do both, the range is as wide however all else is answered.
        """
        while True:
            low, high = bounds(reaches, domain)
            if low == high:
                return (low % value(Outcome(1)) == 0) == (sign > 0)
            asked = self.free | self.own
            fixed: dict[int, Node] = {}
            for node in open_nodes(reaches, domain):
                if node.index not in asked:
                    fixed.setdefault(node.index, node)
            if not fixed:
                return False
            for node in fixed.values():
                domain = _toward(reaches, domain, node, sign)

    def _open(self, reaches: Expression, base: Domain) -> tuple[bool, Node | None]:
        """Say whether a question on the fact itself still makes a difference, and return the first on another fact."""
        own, other = False, None
        for node in open_nodes(reaches, base):
            own = own or node.index in self.own
            other = node if other is None and node.index in self.free else other
            if own and other is not None:
                break
        return own, other


def _reaches(expression: Expression, edge: int) -> Expression:
    """Return the formula cut down to one question: whether its outcome is this one or a stricter one."""
    below, reached = value(Outcome(edge)) - 1, value(Outcome(edge))
    floor, ceiling = (Ground(Leaf(Finding(number, ""), [])) for number in (below, reached))
    return Most((floor, Least((expression, ceiling))))
