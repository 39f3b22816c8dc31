"""The numbered decision as `Most` and `Least` over small trees: its bounds, its exact range, what keeps it open."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from licet.engine.fork import Leaf, Node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from licet.engine.facts import Stock
    from licet.engine.values import Values


@dataclass(slots=True, eq=False)
class Ground:
    """A tree that a formula is made of; the law adds which rule it is and over which subject."""

    tree: Leaf | Node


@dataclass(slots=True, eq=False)
class Most:
    """The strictest of its parts: every requirement counts, each must be overcome separately (15 CFR 738.4(a)(2))."""

    parts: tuple[Expression, ...]


@dataclass(slots=True, eq=False)
class Least:
    """The mildest of its parts: a requirement and what overcomes it; a gate and what lies behind it."""

    parts: tuple[Expression, ...]


Expression = Ground | Most | Least
Domain = list[int]
"""For each fact of the index the classes that are still possible, as bits."""

BUDGET = 2_000
"""Bound evaluations that an exact range may cost; beyond it the range is sound but may be too wide, and says so."""


@dataclass(slots=True, eq=False)
class Index:
    """The classes of values that the open questions of a formula tell apart, fact by fact."""

    facts: list[str]
    classes: list[list[Values]]
    full: Domain
    number: dict[str, int]
    shared: frozenset[int]
    """Facts on which more than one tree turns: only they can make a bound too wide."""


@dataclass(slots=True)
class Range:
    """The least and the greatest value that a formula can take, and whether both are known to be reached."""

    low: int
    high: int
    exact: bool = True


@dataclass(slots=True)
class Search:
    """State of one search for an exact bound."""

    budget: int = BUDGET
    spent: bool = field(default=False)


def grounds(expression: Expression) -> Iterator[Ground]:
    """Walk through every tree of a formula, left to right."""
    if isinstance(expression, Ground):
        yield expression
    else:
        for part in expression.parts:
            yield from grounds(part)


def nodes(tree: Leaf | Node) -> Iterator[Node]:
    """Walk through every open question of a tree, from the top."""
    if isinstance(tree, Node):
        yield tree
        yield from nodes(tree.yes)
        yield from nodes(tree.no)


def index(expression: Expression, possible: Stock) -> Index:
    """Number the facts that are open in a formula and cut each into the classes that its questions tell apart.

    Args:
        expression: The formula; its nodes get their fact's number and the mask of their test.
        possible: The possible values of every fact.
    """
    trees = list({id(g.tree): g.tree for g in grounds(expression)}.values())
    open_nodes = [(number, node) for number, tree in enumerate(trees) for node in nodes(tree)]
    users: dict[str, set[int]] = {}
    classes: dict[str, list[Values]] = {}
    for number, node in open_nodes:
        users.setdefault(node.fact, set()).add(number)
        classes[node.fact] = _refine(classes.get(node.fact) or [possible[node.fact]], node)
    facts = list(classes)
    numbers = {fact: number for number, fact in enumerate(facts)}
    for _, node in open_nodes:
        node.index = numbers[node.fact]
        node.mask = sum(1 << i for i, part in enumerate(classes[node.fact]) if part.meet(node.inside))
    full = [(1 << len(classes[fact])) - 1 for fact in facts]
    shared = frozenset(numbers[fact] for fact, trees_of in users.items() if len(trees_of) > 1)
    return Index(facts, [classes[fact] for fact in facts], full, numbers, shared)


def _refine(parts: list[Values], node: Node) -> list[Values]:
    out = []
    for part in parts:
        inside = part.meet(node.inside)
        if not inside:
            out.append(part)
            continue
        outside = part.without(node.inside)
        out += [inside, outside] if outside else [inside]
    return out


def fold(expression: Expression) -> Expression:
    """Return the same formula without the parts that cannot make a difference, whatever the open answers are.

    Most trees of an act are decided; what stays is what the bounds, the search and the forecasts have to walk through.
    """
    if isinstance(expression, Ground):
        return expression
    most = isinstance(expression, Most)
    parts = [(fold(part), *reach(part)) for part in expression.parts]
    edge = max(low for _, low, _ in parts) if most else min(high for _, _, high in parts)
    kept = [part for part, low, high in parts if (high > edge if most else low < edge)]
    # One part that reaches the edge itself has to stay where no other does for certain.
    holder = next(part for part, low, high in parts if (low if most else high) == edge)
    if holder not in kept:
        kept.insert(0, holder)
    if len(kept) == 1:
        return kept[0]
    return Most(tuple(kept)) if most else Least(tuple(kept))


def reach(expression: Expression) -> tuple[int, int]:
    """Return the bounds of a formula over all that its facts can be."""
    if isinstance(expression, Ground):
        return expression.tree.low, expression.tree.high
    pairs = [reach(part) for part in expression.parts]
    pick = max if isinstance(expression, Most) else min
    return pick(low for low, _ in pairs), pick(high for _, high in pairs)


def bounds(expression: Expression, domain: Domain) -> tuple[int, int]:
    """Return a sound lower and upper bound of a formula over a domain (exact where no fact is shared)."""
    if isinstance(expression, Ground):
        return _tree_bounds(expression.tree, domain)
    pairs = [bounds(part, domain) for part in expression.parts]
    pick = max if isinstance(expression, Most) else min
    return pick(low for low, _ in pairs), pick(high for _, high in pairs)


def _tree_bounds(tree: Leaf | Node, domain: Domain) -> tuple[int, int]:
    if isinstance(tree, Leaf) or tree.low == tree.high:
        return tree.low, tree.high
    held = domain[tree.index]
    inside = held & tree.mask
    if inside == held:
        return _tree_bounds(tree.yes, domain)
    if not inside:
        return _tree_bounds(tree.no, domain)
    domain[tree.index] = inside
    low, high = _tree_bounds(tree.yes, domain)
    domain[tree.index] = held & ~tree.mask
    other_low, other_high = _tree_bounds(tree.no, domain)
    domain[tree.index] = held
    return min(low, other_low), max(high, other_high)


def exact(expression: Expression, table: Index, domain: Domain | None = None) -> Range:
    """Return the least and the greatest value that the formula really takes over a domain.

    Bounds are too wide only where trees share an open fact; there the search branches on that fact, and stops when the
    bound is reached or the budget is spent.
    """
    domain = list(table.full if domain is None else domain)
    low, high = bounds(expression, domain)
    if low == high or not table.shared:
        return Range(low, high)
    search = Search()
    lowest = -_highest(expression, table, domain, search, -1)
    highest = _highest(expression, table, domain, search, 1)
    return Range(low, high, exact=False) if search.spent else Range(lowest, highest)


def _highest(expression: Expression, table: Index, domain: Domain, search: Search, sign: int) -> int:
    """Return the greatest value of `sign` times the formula, by branch and bound."""

    def reach(state: Domain) -> tuple[int, int]:
        low, high = bounds(expression, state)
        return (low, high) if sign > 0 else (-high, -low)

    best = -(10**6)
    stack = [(reach(domain)[1], domain)]
    while stack:
        top, state = stack.pop()
        if top <= best:
            continue
        search.budget -= 1
        if search.budget < 0:
            search.spent = True
            return best
        node = next((n for n in open_nodes(expression, state) if n.index in table.shared), None)
        if node is None:
            best = max(best, top)
            continue
        parts = (state[node.index] & node.mask, state[node.index] & ~node.mask)
        halves = [(reach(half)[1], half) for half in (narrowed(state, node.index, part) for part in parts)]
        stack += sorted(halves, key=lambda pair: pair[0])
    return best


def open_nodes(expression: Expression, domain: Domain) -> Iterator[Node]:
    """Walk through the open questions that can still move the formula's value over a domain, in the formula's order."""
    yield from _open(expression, domain, -1, 10**6)


def _open(expression: Expression, domain: Domain, floor: int, ceiling: int) -> Iterator[Node]:
    """Walk through the open questions that matter where only values between floor and ceiling make a difference."""
    low, high = bounds(expression, domain)
    if low == high or high <= floor or low >= ceiling:
        return
    if isinstance(expression, Ground):
        yield from _open_in_tree(expression.tree, domain)
        return
    pairs = [bounds(part, domain) for part in expression.parts]
    if isinstance(expression, Most):
        floor = max(floor, *(pair[0] for pair in pairs))
    else:
        ceiling = min(ceiling, *(pair[1] for pair in pairs))
    for part in expression.parts:
        yield from _open(part, domain, floor, ceiling)


def _open_in_tree(tree: Leaf | Node, domain: Domain) -> Iterator[Node]:
    if isinstance(tree, Leaf) or tree.low == tree.high:
        return
    held = domain[tree.index]
    inside = held & tree.mask
    if inside == held or not inside:
        yield from _open_in_tree(tree.yes if inside else tree.no, domain)
        return
    yield tree
    for part, side in ((inside, tree.yes), (held & ~tree.mask, tree.no)):
        yield from _open_in_tree(side, narrowed(domain, tree.index, part))


def narrowed(domain: Domain, number: int, classes: int) -> Domain:
    """Return a copy of a domain in which one fact has only the given classes left."""
    copy = list(domain)
    copy[number] = classes
    return copy
