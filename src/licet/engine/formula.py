"""The numbered decision as `Most` and `Least` over small trees: its bounds, its exact range, what keeps it open."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from licet.engine.fork import Joined, Leaf, Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from licet.engine.facts import Stock
    from licet.engine.fork import Tree
    from licet.engine.values import Values


@dataclass(slots=True, eq=False)
class Ground:
    """A tree that a formula is made of; the law adds which rule it is and over which subject."""

    tree: Tree | Joined


@dataclass(slots=True, eq=False)
class Most:
    """The strictest of its parts: every requirement counts, each must be overcome separately (15 CFR 738.4(a)(2))."""

    parts: tuple[Expression, ...]


@dataclass(slots=True, eq=False)
class Least:
    """The mildest of its parts: a requirement and what overcomes it; a gate and what lies behind it."""

    parts: tuple[Expression, ...]


Expression = Ground | Most | Least
BELOW, ABOVE = -(10**6), 10**6
"""Beyond every value that a tree can have."""

BUDGET = 1_000
"""States that the search for one end of an exact range may visit; beyond it the range is sound, may be too wide, and
says so."""


class Range(NamedTuple):
    """The least and the greatest value that a formula can take, and whether both are known to be reached."""

    low: int
    high: int
    exact: bool = True


class Ends:
    """The ends of one tree in the order of their values, and which of them each class of each fact leads to.

    The way to an end leaves each fact some of its classes; so over a domain an end is reached where every fact still
    has one of them. Ends are bits, the mildest lowest: the bounds of the tree are the lowest and the highest bit left.
    """

    __slots__ = ("all", "values", "ways")

    def __init__(self, tree: Node, full: list[int]) -> None:
        """Take a tree whose nodes are numbered, and the classes that each fact has at first."""
        found = sorted(_ends(tree, full, {}), key=lambda end: end[0])
        self.values = [value for value, _ in found]
        self.all = (1 << len(found)) - 1
        masks: dict[int, dict[int, int]] = {}
        for place, (_, way) in enumerate(found):
            for fact, classes in way.items():
                groups = masks.setdefault(fact, {})
                groups[classes] = groups.get(classes, 0) | 1 << place
        self.ways = [
            (fact, {full[fact]: self.all}, [*groups.items(), (full[fact], self.all & ~sum(groups.values()))])
            for fact, groups in masks.items()
        ]

    def bounds(self, held: list[int]) -> tuple[int, int]:
        """Return the least and the greatest value that the tree takes over a domain."""
        left = self.all
        for fact, known, groups in self.ways:
            classes = held[fact]
            ends = known.get(classes)
            if ends is None:
                ends = 0
                for lead_there, bits in groups:
                    if lead_there & classes:
                        ends |= bits
                known[classes] = ends
            left &= ends
        return self.values[(left & -left).bit_length() - 1], self.values[left.bit_length() - 1]


def _ends(tree: Tree, full: list[int], way: dict[int, int]) -> Iterator[tuple[int, dict[int, int]]]:
    """Walk through the ends of a tree, each with the classes that the way to it leaves of each fact asked."""
    if tree.low == tree.high or isinstance(tree, Leaf):
        yield tree.low, way
        return
    held = way.get(tree.index, full[tree.index])
    for part, side in ((held & tree.mask, tree.yes), (held & ~tree.mask, tree.no)):
        if part:
            yield from _ends(side, full, {**way, tree.index: part})


class Domain:
    """What is still possible: of each fact the classes left, as bits; and the bounds of all that turns on them."""

    __slots__ = ("held", "reach", "table")

    def __init__(self, table: Index, held: list[int], reach: list[tuple[int, int]]) -> None:
        """Take the table of the facts, the classes left of each, and the bounds of each tree, by its place.

        The bounds of the formulas over the trees follow, where they are not there yet.
        """
        self.table, self.held, self.reach = table, held, reach
        for join in table.joins[len(reach) - len(table.ends) :]:
            reach.append(join.bounds(reach))


class Join(NamedTuple):
    """A formula over places that come before it: the strictest of them and of a certain value, or the mildest."""

    most: bool
    places: list[int]
    certain: int

    def bounds(self, reach: list[tuple[int, int]]) -> tuple[int, int]:
        """Return its bounds, from those of its places."""
        low = high = self.certain
        sign = 1 if self.most else -1
        for place in self.places:
            least, greatest = reach[place]
            if (least - low) * sign > 0:
                low = least
            if (greatest - high) * sign > 0:
                high = greatest
        return low, high


class Index:
    """The classes of values that the open questions of a formula tell apart, fact by fact.

    Every open tree has a place, then every formula over trees, so that all it is made of comes before it.

    Attributes:
        facts: The open facts; their places are the numbers by which nodes name them.
        number: The number of each fact.
        classes: The classes of each fact: sets of values, apart from each other, that no question tells apart.
        shared: Facts on which more than one tree turns: only they can make a bound too wide.
        users: By fact the places of the trees and formulas that turn on it, in order.
        ends: The ends of each tree, by its place.
        joins: The formulas over trees, by their places after those of the trees.
        places: The place of each tree and formula, by its identity.
        full: The domain in which everything is possible.
    """

    __slots__ = ("classes", "ends", "facts", "full", "joins", "kept", "number", "places", "shared", "users")

    def __init__(self, classes: dict[str, list[Values]], trees: list[Node], whole: Expression) -> None:
        """Number the nodes of the trees, and give every tree and formula its place.

        Args:
            classes: By fact its classes.
            trees: The trees that are open.
            whole: The formula over them.
        """
        self.facts = list(classes)
        self.number = {fact: number for number, fact in enumerate(self.facts)}
        self.classes = list(classes.values())
        held = [(1 << len(parts)) - 1 for parts in self.classes]
        self.places: dict[int, int] = {}
        self.joins: list[Join] = []
        turns_on: list[set[int]] = []
        for place, tree in enumerate(trees):
            self.places[id(tree)] = place
            turns_on.append(self._number(tree))
        counts = Counter(number for numbers in turns_on for number in numbers)
        self.shared = frozenset(number for number, count in counts.items() if count > 1)
        self.ends = [Ends(tree, held) for tree in trees]
        self.kept = whole
        for part in (whole, *(() if isinstance(whole, Ground) else whole.parts)):
            if trees and not _is_certain(part):
                self._place(part, turns_on)
        self.users: list[list[int]] = [[] for _ in self.facts]
        for place, numbers in enumerate(turns_on):
            for number in numbers:
                self.users[number].append(place)
        self.full = Domain(self, held, [ends.bounds(held) for ends in self.ends])

    def _number(self, tree: Node) -> set[int]:
        """Number the nodes of a tree; return the facts that it turns on."""
        numbers = set()
        for node in nodes(tree):
            node.index = self.number[node.fact]
            node.mask = sum(1 << i for i, part in enumerate(self.classes[node.index]) if part.meet(node.inside))
            numbers.add(node.index)
        return numbers

    def _place(self, part: Expression | Tree, turns_on: list[set[int]]) -> int:
        """Return the place of a part that is not certain; give it and all below it their places first."""
        one = part.tree if isinstance(part, Ground) else part
        if isinstance(one, Most | Least | Joined) and id(one) not in self.places:
            most = not isinstance(one, Least)
            certain = [reach(below)[0] for below in one.parts if _is_certain(below)]
            value = max(certain, default=BELOW) if most else min(certain, default=ABOVE)
            places = [self._place(below, turns_on) for below in one.parts if not _is_certain(below)]
            self.places[id(one)] = len(turns_on)
            self.joins.append(Join(most, places, value))
            turns_on.append(set().union(*(turns_on[place] for place in places)))
        return self.places[id(one)]


def grounds(expression: Expression) -> Iterator[Ground]:
    """Walk through the grounds of a formula, left to right."""
    if isinstance(expression, Ground):
        yield expression
    else:
        for part in expression.parts:
            yield from grounds(part)


def trees(tree: Tree | Joined) -> tuple[Tree, ...]:
    """Return the trees of a ground: one, or one for each way that it has."""
    return tree.parts if isinstance(tree, Joined) else (tree,)


def nodes(tree: Tree | Joined) -> Iterator[Node]:
    """Walk through the questions of a tree on which its value turns, from the top."""
    if isinstance(tree, Joined):
        for part in tree.parts:
            yield from nodes(part)
    elif tree.low != tree.high and isinstance(tree, Node):
        yield tree
        yield from nodes(tree.yes)
        yield from nodes(tree.no)


def index(expression: Expression, possible: Stock) -> Index:
    """Number the facts that are open in a formula and cut each into the classes that its questions tell apart.

    Args:
        expression: The formula; its nodes get their fact's number and the mask of their test. A tree belongs to one
            index at a time.
        possible: The possible values of every fact.
    """
    made = (tree for ground in grounds(expression) for tree in trees(ground.tree))
    open_ = {id(tree): tree for tree in made if isinstance(tree, Node) and tree.low != tree.high}
    classes: dict[str, list[Values]] = {}
    for tree in open_.values():
        for node in nodes(tree):
            classes[node.fact] = _refine(classes.get(node.fact) or [possible[node.fact]], node)
    return Index(classes, list(open_.values()), expression)


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
    return _fold(expression)[0]


def _fold(expression: Expression) -> tuple[Expression, int, int]:
    """Return a formula folded, with its bounds over all that its facts can be."""
    if isinstance(expression, Ground):
        return expression, expression.tree.low, expression.tree.high
    most = isinstance(expression, Most)
    parts = [_fold(part) for part in expression.parts]
    pick = max if most else min
    least, greatest = pick(low for _, low, _ in parts), pick(high for _, _, high in parts)
    edge = least if most else greatest
    kept = [part for part, low, high in parts if (high > edge if most else low < edge)]
    # One part that reaches the edge itself has to stay where no other does for certain.
    holder = next(part for part, low, high in parts if (low if most else high) == edge)
    if holder not in kept:
        kept.insert(0, holder)
    folded = kept[0] if len(kept) == 1 else Most(tuple(kept)) if most else Least(tuple(kept))
    return folded, least, greatest


def reach(part: Expression | Tree) -> tuple[int, int]:
    """Return the bounds of a formula, or of a part of it, over all that its facts can be."""
    if isinstance(part, Ground):
        return part.tree.low, part.tree.high
    if isinstance(part, Most | Least):
        return _ends_of(part, [reach(below) for below in part.parts])
    return part.low, part.high


def _is_certain(part: Expression | Tree) -> bool:
    low, high = reach(part)
    return low == high


def bounds(expression: Expression, domain: Domain) -> tuple[int, int]:
    """Return a sound lower and upper bound of a formula over a domain (exact where no fact is shared)."""
    place = domain.table.places.get(id(expression.tree if isinstance(expression, Ground) else expression))
    if place is not None:
        return domain.reach[place]
    if isinstance(expression, Ground):
        return expression.tree.low, expression.tree.high
    return _ends_of(expression, [bounds(part, domain) for part in expression.parts])


def _ends_of(expression: Most | Least, pairs: list[tuple[int, int]]) -> tuple[int, int]:
    pick = max if isinstance(expression, Most) else min
    lows, highs = zip(*pairs, strict=True)
    return pick(lows), pick(highs)


def exact(expression: Expression, table: Index, domain: Domain | None = None) -> Range:
    """Return the least and the greatest value that the formula really takes over a domain.

    Bounds are too wide only where trees share an open fact; there a search branches on that fact, and stops when the
    bound is reached or the budget is spent.
    """
    start = table.full if domain is None else domain
    low, high = bounds(expression, start)
    if low == high or not table.shared:
        return Range(low, high)
    highest, found_high = _extreme(expression, start, 1)
    lowest, found_low = _extreme(expression, start, -1)
    return Range(-lowest, highest, found_high and found_low)


def _extreme(expression: Expression, start: Domain, sign: int) -> tuple[int, bool]:
    """Return the greatest value of `sign` times the formula, and whether it is reached; best first.

    Of every state only one thing is asked: whether it reaches its bound. What cannot move the value across that step
    needs no branch, so that a search follows few facts even where many are open.
    """
    waiting = [_state(expression, start, sign, 0)]
    for visited in range(BUDGET):
        edge, _, _, domain = waiting.pop()
        floor, ceiling = (edge - 1, edge) if sign > 0 else (-edge, 1 - edge)
        shared = domain.table.shared
        node = next((n for n in _open(expression, domain, floor, ceiling) if n.index in shared), None)
        if node is None:
            return edge, True
        held = domain.held[node.index]
        halves = [narrowed(domain, node.index, part) for part in (held & node.mask, held & ~node.mask)]
        waiting += [_state(expression, half, sign, visited) for half in halves]
        waiting.sort(key=lambda state: state[:3])
    return waiting[-1][0], False


def _state(expression: Expression, domain: Domain, sign: int, number: int) -> tuple[int, int, int, Domain]:
    """Return a state of the search: its bound, what it reaches for certain, the newest first."""
    low, high = bounds(expression, domain)
    return (high, low, number, domain) if sign > 0 else (-low, -high, number, domain)


def open_nodes(expression: Expression, domain: Domain) -> Iterator[Node]:
    """Walk through the open questions that can still move the formula's value over a domain, in the formula's order."""
    yield from _open(expression, domain, BELOW, ABOVE)


def _open(expression: Expression, domain: Domain, floor: int, ceiling: int) -> Iterator[Node]:
    """Walk through the open questions that matter where only values between floor and ceiling make a difference."""
    if _settled(*bounds(expression, domain), floor, ceiling):
        return
    if isinstance(expression, Ground):
        ways = trees(expression.tree)
        if len(ways) > 1:
            floor = max(floor, *(bounds(Ground(way), domain)[0] for way in ways))
        for way in ways:
            yield from _open_in_tree(way, domain.held, floor, ceiling)[2]
        return
    pairs = [bounds(part, domain) for part in expression.parts]
    if isinstance(expression, Most):
        floor = max(floor, *(low for low, _ in pairs))
    else:
        ceiling = min(ceiling, *(high for _, high in pairs))
    for part in expression.parts:
        yield from _open(part, domain, floor, ceiling)


def _settled(low: int, high: int, floor: int, ceiling: int) -> bool:
    """Say whether all between low and high is the same to one who only sees what lies between floor and ceiling."""
    return low == high or high <= floor or low >= ceiling


def _open_in_tree(tree: Tree, held: list[int], floor: int, ceiling: int) -> tuple[int, int, list[Node]]:
    """Return the bounds of a tree over a domain, and its open questions that matter, from the top."""
    if tree.low == tree.high or isinstance(tree, Leaf):
        return tree.low, tree.high, []
    found = [
        _open_in_tree(side, _with(held, tree.index, part), floor, ceiling) for part, side in _sides(tree, held) if part
    ]
    low, high = min(low for low, _, _ in found), max(high for _, high, _ in found)
    if _settled(low, high, floor, ceiling):
        return low, high, []
    below = [node for _, _, open_ in found for node in open_]
    return low, high, [tree, *below] if len(found) > 1 else below


def _sides(node: Node, held: list[int]) -> Iterable[tuple[int, Tree]]:
    classes = held[node.index]
    return (classes & node.mask, node.yes), (classes & ~node.mask, node.no)


def _with(held: list[int], number: int, classes: int) -> list[int]:
    copy = held.copy()
    copy[number] = classes
    return copy


def narrowed(domain: Domain, number: int, classes: int) -> Domain:
    """Return a copy of a domain in which one fact has only the given classes left."""
    table = domain.table
    held = _with(domain.held, number, classes)
    found = domain.reach.copy()
    first_join = len(table.ends)
    for place in table.users[number]:
        found[place] = (
            table.ends[place].bounds(held) if place < first_join else table.joins[place - first_join].bounds(found)
        )
    return Domain(table, held, found)
