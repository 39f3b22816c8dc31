"""What each open fact of a decision can still do to the outcome: which answers there are, and what each would leave.

A fact matters when some way of answering all the others makes two of its answers lead to different outcomes. It settles
the outcome when one of its answers alone closes the range.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from licet.engine.formula import bounds, exact, narrowed, open_nodes
from licet.engine.values import EVERYTHING, Values, show, words
from licet.law.stock import SCALE
from licet.model import vocabulary
from licet.model.answer import Span
from licet.model.outcome import Because, outcome_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from licet.decide import Decision
    from licet.engine.fork import Node
    from licet.engine.formula import Domain

ANSWERABLE = (Because.FACTS, Because.MATCH, Because.LISTS)
"""Kinds of question that a person can answer."""
BUDGET = 150
"""States that the search for a pair of outcomes may visit; beyond it the fact counts as one that matters."""
NUMBERS = frozenset(("number", "integer", "usd", "pct"))


class Option(NamedTuple):
    """One answer to an open fact, as far as the open questions tell answers apart."""

    says: str
    leaves: Mapping[str, Values]
    """What it leaves possible of the facts that rules ask."""


class Prospect(NamedTuple):
    """An open path with its answers, and the range that each would leave."""

    path: str
    because: Because
    facts: tuple[str, ...]
    options: tuple[Option, ...]
    spans: tuple[Span, ...]

    @property
    def settles(self) -> bool:
        """Whether some answer alone closes the range."""
        return any(span.decided for span in self.spans)


def prospects(states: Sequence[Decision], askable: Callable[[str], bool]) -> list[Prospect]:
    """Return the paths that are open and can be answered, in the order of the steps.

    Args:
        states: The decisions of one answer: one, or one for each way in which uncertain changes of the law came about.
        askable: Says of a path whether it may be asked.
    """
    found: dict[str, list[str]] = {}
    because: dict[str, Because] = {}
    for decision in states:
        for node in decision.open:
            behind = decision.case.stock.behind(node.fact)
            if moves_outcome(node) and behind.because in ANSWERABLE and askable(behind.path):
                facts = found.setdefault(behind.path, [])
                because.setdefault(behind.path, behind.because)
                if node.fact not in facts:
                    facts.append(node.fact)
    return [_prospect(states, path, tuple(facts), because[path]) for path, facts in found.items()]


def moves_outcome(node: Node) -> bool:
    """Say whether more than a review policy hangs on an open question."""
    return outcome_number(node.low) != outcome_number(node.high)


def outcome_number(value: int) -> int:
    """Return the severity of an ordered value without its policy; above all outcomes where nothing applies."""
    return value // 10


def _prospect(states: Sequence[Decision], path: str, facts: tuple[str, ...], because: Because) -> Prospect:
    choices = tuple(options(states, path, facts))
    return Prospect(path, because, facts, choices, tuple(forecast(states, choice.leaves) for choice in choices))


def forecast(states: Sequence[Decision], leaves: Mapping[str, Values]) -> Span:
    """Return the range that an answer would leave: sound, and exact where no two rules turn on one fact."""
    spans = [Span(*bounds(decision.formula, _after(decision, decision.table.full, leaves))) for decision in states]
    return Span(min(span.low for span in spans), max(span.high for span in spans))


def _after(decision: Decision, domain: Domain, leaves: Mapping[str, Values]) -> Domain:
    """Return a domain after an answer."""
    for fact, values in leaves.items():
        number = decision.table.number.get(fact)
        if number is not None:
            parts = decision.table.classes[number]
            mask = sum(1 << place for place, part in enumerate(parts) if part.meet(values))
            domain = narrowed(domain, number, domain[number] & mask)
    return domain


# -- answers


def options(states: Sequence[Decision], path: str, facts: Sequence[str]) -> Iterator[Option]:
    """Walk through the answers that the open questions on a path tell apart.

    A fact that rules ask by its own name has one answer for each class of its values. What they ask of it otherwise
    (is this word in the list, what do several facts add up to) is yes or no: each alone, and none of them.
    """
    if path in facts:
        yield from _values(states, path, facts)
        return
    for chosen in (*facts, *(("",) if facts else ())):
        leaves = {fact: words("yes" if fact == chosen else "no") for fact in facts if _is_yes_no(states, fact)}
        yield Option(_flag(path, chosen, facts), leaves)


def _is_yes_no(states: Sequence[Decision], fact: str) -> bool:
    return all(part.words <= {"yes", "no"} and not part.others for part in _classes(states, fact))


def _classes(states: Sequence[Decision], fact: str) -> list[Values]:
    """Return the classes of a fact, cut by the questions of every state."""
    parts = [EVERYTHING]
    for decision in states:
        number = decision.table.number.get(fact)
        if number is not None:
            parts = [met for part in parts for one in decision.table.classes[number] if (met := part.meet(one))]
    return parts


def _values(states: Sequence[Decision], path: str, facts: Sequence[str]) -> Iterator[Option]:
    """Walk through the classes of a fact; a code is asked by the way it begins as well."""
    patterns = {fact: fact.partition("~")[2].split("|") for fact in facts if "~" in fact}
    for part in _classes(states, path):
        yield Option(label(path, part), {path: part, **dict.fromkeys(patterns, words("no"))})
        if part.others:
            for fact in patterns:
                yield Option(like(fact), {path: part, fact: words("yes")})


def label(path: str, part: Values) -> str:
    """Write a class of values as an answer."""
    row = vocabulary.row(path)
    if row is not None and row.type in NUMBERS and part.spans:
        return " or ".join(_numbers(*span) for span in part.spans)
    return show(part)
