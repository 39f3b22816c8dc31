"""Run a rule; where it asks what is open, run it once per answer. The result is a small tree of findings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from licet.engine.facts import Ask

if TYPE_CHECKING:
    from collections.abc import Iterable

    from licet.engine.facts import Facts
    from licet.engine.values import Values


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """What a rule says at the end of one path: a value in the order of severity, its reason and its authority."""

    value: int
    """`model.outcome.value(…)`; `TOP` where a gate or an authorization does not apply."""
    says: str
    cites: tuple[str, ...] = ()
    authority: str = ""
    """Id of the measure, exception or license that authorizes."""
    reasons: tuple[str, ...] = ()
    """Chart columns or paragraphs that give the requirement, such as `NS 2` or `746.8(a)(1)`."""
    duties: tuple[str, ...] = ()
    red_flags: tuple[str, ...] = ()
    conflict: str = ""
    """Where sources differ on what it says, although it decides."""


@dataclass(slots=True, eq=False)
class Leaf:
    """The end of a path: a finding, and what the rule read on the way."""

    finding: Finding
    read: list[tuple[str, Values, bool]]
    low: int = 0
    high: int = 0

    def __post_init__(self) -> None:
        """Take the bounds from the finding."""
        self.low = self.high = self.finding.value


@dataclass(slots=True, eq=False)
class Node:
    """A question that is open: the fact, the answers on either side, and what follows from each."""

    fact: str
    inside: Values
    outside: Values
    yes: Tree
    no: Tree
    index: int = field(default=0)
    """Number of the fact in the formula's table of classes; set by `formula.index`."""
    mask: int = field(default=0)
    """The classes of the fact that lie inside the test, as bits; set by `formula.index`."""
    low: int = 0
    high: int = 0

    def __post_init__(self) -> None:
        """Take the bounds from both sides."""
        self.low = min(self.yes.low, self.no.low)
        self.high = max(self.yes.high, self.no.high)


@dataclass(slots=True, eq=False)
class Joined:
    """The trees of a rule that has several ways to apply: it says the strictest word of them.

    One tree would have to follow every way after every manner in which the ways before it fail: their sizes multiply.
    """

    parts: tuple[Tree, ...]
    low: int = 0
    high: int = 0

    def __post_init__(self) -> None:
        """Take the bounds from the strictest."""
        self.low = max(part.low for part in self.parts)
        self.high = max(part.high for part in self.parts)


Tree = Leaf | Node
Run = Callable[["Facts"], Finding]


def fork(rule: Run, facts: Facts) -> Tree:
    """Run a rule over facts that may be open.

    Args:
        rule: A function of the facts that asks closed questions and returns a finding. It must ask the same questions
            in the same order whenever the answers are the same.
        facts: The facts, with an empty log, which the run fills.

    Returns:
        A leaf where the facts decide, else a node for the first open question with a tree on either side.
    """
    try:
        return Leaf(rule(facts), facts.read)
    except Ask as ask:
        question = ask
    # Outside the handler, so that a deep tree does not chain exceptions.
    fact = question.fact
    if facts.not_shown(fact):
        return fork(_strictest(rule, question), facts.fresh())
    answers = [passes for _, _, passes in facts.read]
    inside = fork(rule, facts.narrow(fact, question.inside, [*answers, True]))
    outside = fork(rule, facts.narrow(fact, question.outside, [*answers, False]))
    return Node(fact, question.inside, question.outside, inside, outside)


def fork_ways(rule: Run, ways: Callable[[], Iterable[Run]], facts: Facts) -> Tree | Joined:
    """Run a rule that says the strictest word of several ways; where that is open, run each way by itself.

    Args:
        rule: The rule as a whole, for the finding where the facts decide it.
        ways: Returns its ways, at least one; the strictest word of them is the word of the rule, whatever is true.
        facts: The facts, with an empty log.

    Returns:
        A leaf where the facts decide, else the trees of the ways, those left out that can say nothing stricter.
    """
    try:
        return Leaf(rule(facts), facts.read)
    except Ask:
        trees = [fork(way, facts.fresh()) for way in ways()]
    certain = max(trees, key=_low)
    open_ = [tree for tree in trees if tree.high > certain.low]
    kept = open_ if certain in open_ else [certain, *open_]
    return kept[0] if len(kept) == 1 else Joined(tuple(kept))


def _low(tree: Tree) -> int:
    return tree.low


def _strictest(rule: Run, question: Ask) -> Run:
    """Return the rule with one question answered both ways: it says the stricter of the two words.

    So an authorization whose conditions cannot be shown never applies, however its rule puts the question: a test that
    simply failed would pass where the rule asks for its contrary.
    """

    def both(facts: Facts) -> Finding:
        possible = facts.possible(question.fact)
        found: list[tuple[Finding, Facts]] = []
        for part in (possible.meet(question.outside), possible.meet(question.inside)):
            if part:
                side = facts.narrow(question.fact, part)
                found.append((rule(side), side))
        finding, side = max(found, key=_strictness)
        facts.read += side.read
        return finding

    return both


def _strictness(found: tuple[Finding, Facts]) -> int:
    return found[0].value
