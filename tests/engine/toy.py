"""A toy law for the engine: facts with few values, rules that are small programs, formulas over them; all made up.

A rule is run twice: by the engine over sets of values, and by `word`, which knows one value of each fact.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from licet.engine.facts import Facts
from licet.engine.fork import Finding, Joined, Leaf, Node, Tree, fork, fork_ways
from licet.engine.formula import Expression, Ground, Least, Most
from licet.engine.values import ANY_WORD, Values, any_day, between, words

if TYPE_CHECKING:
    from collections.abc import Iterator

Value = str | int
Whole = dict[str, Value]
"""A completion: one value of each fact."""

DOMAINS: dict[str, tuple[Values, tuple[Value, ...]]] = {
    "to": (ANY_WORD, ("CN", "RU", "CU", "elsewhere")),
    "kind": (words("commodity", "software", "technology"), ("commodity", "software", "technology")),
    "published": (words("yes", "no"), ("yes", "no")),
    "contract": (any_day("none"), ("none", 1, 2, 3, 4, 5, 7)),
    "held": (words("yes", "no"), ("yes", "no")),
}
"""Of each fact the possible values, and values of which one lies in every class that the questions can make."""
QUESTIONS: dict[str, list[Values]] = {
    "to": [words("CN"), words("CN", "RU"), ANY_WORD.without(words("CU")), words("CU")],
    "kind": [words("commodity"), words("software", "technology"), words("technology")],
    "published": [words("yes"), words("no")],
    "contract": [between(high=2), between(high=4), between(low=4), between(2, 6), words("none")],
    "held": [words("yes")],
}
VALUES = (0, 10, 20, 30, 32, 34, 40, 50)


class Stock(dict[str, Values]):
    """Possible values of the facts; those that cannot be known."""

    def __init__(self, known: Whole, undeterminable: frozenset[str] = frozenset()) -> None:
        super().__init__({fact: possible for fact, (possible, _) in DOMAINS.items()})
        self.update({fact: single(value) for fact, value in known.items()})
        self.undeterminable = set(undeterminable)


@dataclass(frozen=True)
class Program:
    """A rule: a value, or a question with a program for either answer."""

    value: int = 0
    fact: str = ""
    test: Values = ANY_WORD
    yes: Program | None = None
    no: Program | None = None

    def run(self, facts: Facts) -> Finding:
        """Run the rule over sets of values."""
        if self.yes is None or self.no is None:
            return Finding(self.value, "toy")
        return (self.yes if facts.holds(self.fact, self.test) else self.no).run(facts)

    def word(self, whole: Whole) -> int:
        """Return what the rule says where every fact is known."""
        if self.yes is None or self.no is None:
            return self.value
        return (self.yes if inside(whole[self.fact], self.test) else self.no).word(whole)


@dataclass(frozen=True)
class Plan:
    """A formula: a rule, the strictest of several ways of one, or the strictest or the mildest of parts."""

    program: Program | None = None
    ways: tuple[Program, ...] = ()
    most: bool = True
    parts: tuple[Plan, ...] = ()

    def word(self, whole: Whole) -> int:
        """Return the value of the formula where every fact is known."""
        if self.program is not None:
            return self.program.word(whole)
        if self.ways:
            return max(way.word(whole) for way in self.ways)
        return (max if self.most else min)(part.word(whole) for part in self.parts)

    def expression(self, stock: Stock, trees: dict[int, Tree]) -> Expression:
        """Return the formula for the engine; a rule that stands in two places is forked once."""
        if self.ways:
            return Ground(fork_ways(self.strictest, lambda: [way.run for way in self.ways], Facts(stock)))
        if self.program is not None:
            tree = trees.get(id(self.program))
            if tree is None:
                tree = trees[id(self.program)] = fork(self.program.run, Facts(stock))
            return Ground(tree)
        return (Most if self.most else Least)(tuple(part.expression(stock, trees) for part in self.parts))

    def strictest(self, facts: Facts) -> Finding:
        """Run all ways as one rule."""
        return max((way.run(facts) for way in self.ways), key=lambda finding: finding.value)


def single(value: Value) -> Values:
    """Return the set of one value."""
    return words(value) if isinstance(value, str) else between(value, value)


def inside(value: Value, test: Values) -> bool:
    """Say whether one value passes a test, the plain way."""
    if isinstance(value, str):
        return (value in test.words) != test.others
    return any(low <= value <= high for low, high in test.spans)


def wholes(known: Whole) -> list[Whole]:
    """Return every completion of what is known."""
    choices = [(known[fact],) if fact in known else values for fact, (_, values) in DOMAINS.items()]
    return [dict(zip(DOMAINS, pick, strict=True)) for pick in product(*choices)]


def end(tree: Tree | Joined, whole: Whole) -> Leaf:
    """Return the end of a tree that a completion leads to; of several trees the strictest."""
    if isinstance(tree, Joined):
        return max((end(part, whole) for part in tree.parts), key=lambda leaf: leaf.finding.value)
    while isinstance(tree, Node):
        tree = tree.yes if inside(whole[tree.fact], tree.inside) else tree.no
    return tree


def ends(tree: Tree) -> Iterator[Leaf]:
    """Walk through the ends of a tree."""
    if isinstance(tree, Leaf):
        yield tree
    else:
        yield from ends(tree.yes)
        yield from ends(tree.no)


LEAVES = st.builds(Program, st.sampled_from(VALUES))


@st.composite
def _question(draw: st.DrawFn, below: st.SearchStrategy[Program]) -> Program:
    fact = draw(st.sampled_from(sorted(DOMAINS)))
    test = draw(st.sampled_from(QUESTIONS[fact]))
    return Program(fact=fact, test=test, yes=draw(below), no=draw(below))


PROGRAMS = st.recursive(LEAVES, _question, max_leaves=8)
KNOWN: st.SearchStrategy[Whole] = st.fixed_dictionaries(
    {}, optional={fact: st.sampled_from(values) for fact, (_, values) in DOMAINS.items()}
)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Draw a formula over a few rules; a rule may stand in it more than once."""
    rules = st.sampled_from(draw(st.lists(PROGRAMS, min_size=1, max_size=5)))
    ways = st.lists(rules, min_size=1, max_size=3).map(tuple)
    return draw(
        st.recursive(
            st.one_of(st.builds(Plan, program=rules), st.builds(Plan, ways=ways)),
            lambda below: st.builds(Plan, most=st.booleans(), parts=st.lists(below, min_size=1, max_size=4).map(tuple)),
            max_leaves=8,
        )
    )
