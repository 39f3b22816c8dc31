"""Run a rule; where it asks what is open, run it once per answer. The result is a small tree of findings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from licet.engine.facts import Ask

if TYPE_CHECKING:
    from collections.abc import Iterable

    from licet.engine.facts import Facts
    from licet.engine.values import Values


class Finding(NamedTuple):
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


class Leaf:
    """The end of a path: a finding, and what the rule read on the way."""

    __slots__ = ("finding", "high", "low", "read")

    def __init__(self, finding: Finding, read: list[tuple[str, Values, bool]]) -> None:
        """Take what was found; the bounds are its value."""
        self.finding, self.read = finding, read
        self.low = self.high = finding.value


class Node:
    """A question that is open: the fact, the answers on either side, and what follows from each.

    Attributes:
        fact: The fact that is asked.
        inside: What it can be where it passes the test.
        outside: What it can be where it does not.
        yes: What follows inside.
        no: What follows outside.
        index: Number of the fact in the formula's table of classes; set by `formula.index`.
        mask: The classes of the fact that lie inside the test, as bits; set by `formula.index`.
        low: The least value below.
        high: The greatest.
    """

    __slots__ = ("fact", "high", "index", "inside", "low", "mask", "no", "outside", "yes")

    def __init__(self, fact: str, inside: Values, outside: Values, yes: Tree, no: Tree) -> None:
        """Take the question and both sides, which give the bounds."""
        self.fact, self.inside, self.outside, self.yes, self.no = fact, inside, outside, yes, no
        self.index = self.mask = 0
        self.low: int = min(no.low, yes.low)
        self.high: int = max(no.high, yes.high)


class Joined:
    """The trees of a rule that has several ways to apply: it says the strictest word of them.

    One tree would have to follow every way after every manner in which the ways before it fail: their sizes multiply.
    """

    __slots__ = ("high", "low", "parts")

    def __init__(self, parts: tuple[Tree, ...]) -> None:
        """Take the trees; the bounds are those of the strictest."""
        self.parts = parts
        self.low: int = max(part.low for part in parts)
        self.high: int = max(part.high for part in parts)


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


def copied(tree: Tree | Joined, made: dict[int, Tree]) -> Tree | Joined:
    """Return a tree for another formula: each numbers the questions of its own.

    Args:
        tree: The tree.
        made: The copies by the identity of their originals: a tree that stands twice stays one.
    """
    if isinstance(tree, Joined):
        return Joined(tuple(_copied(part, made) for part in tree.parts))
    return _copied(tree, made)


def _copied(tree: Tree, made: dict[int, Tree]) -> Tree:
    if isinstance(tree, Leaf):
        return tree
    copy = made.get(id(tree))
    if copy is None:
        yes, no = _copied(tree.yes, made), _copied(tree.no, made)
        copy = made[id(tree)] = Node(tree.fact, tree.inside, tree.outside, yes, no)
    return copy


def same(one: Tree | Joined, other: Tree | Joined) -> bool:
    """Say whether two trees ask the same questions and come to the same values."""
    if one is other:
        return True
    if isinstance(one, Leaf) and isinstance(other, Leaf):
        return one.low == other.low
    if isinstance(one, Node) and isinstance(other, Node):
        alike = (one.fact, one.inside, one.outside) == (other.fact, other.inside, other.outside)
        return alike and same(one.yes, other.yes) and same(one.no, other.no)
    if isinstance(one, Joined) and isinstance(other, Joined):
        return len(one.parts) == len(other.parts) and all(map(same, one.parts, other.parts))
    return False


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
