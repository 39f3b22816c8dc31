"""The numbered decision as `Most` and `Least` over small trees: its bounds, its exact range, what keeps it open."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from licet.engine.fork import Joined, Leaf, Node, same
from licet.engine.fork import copied as copied_tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from licet.engine.facts import Stock
    from licet.engine.fork import Tree
    from licet.engine.values import Values


class Ground:
    """A tree that a formula is made of; the law adds which rule it is and over which subject."""

    __slots__ = ("tree",)

    def __init__(self, tree: Tree | Joined) -> None:
        """Take the tree."""
        self.tree = tree

    def over(self, tree: Tree | Joined) -> Ground:
        """Return the same ground over a copy of its tree."""
        return Ground(tree)


class Most:
    """The strictest of its parts: every requirement counts, each must be overcome separately (15 CFR 738.4(a)(2))."""

    __slots__ = ("parts",)

    def __init__(self, parts: tuple[Expression, ...]) -> None:
        """Take the parts."""
        self.parts = parts


class Least:
    """The mildest of its parts: a requirement and what overcomes it; a gate and what lies behind it."""

    __slots__ = ("parts",)

    def __init__(self, parts: tuple[Expression, ...]) -> None:
        """Take the parts."""
        self.parts = parts


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
        self.ways = {
            fact: ({full[fact]: self.all}, [*groups.items(), (full[fact], self.all & ~sum(groups.values()))])
            for fact, groups in masks.items()
        }

    def bounds(self, held: list[int]) -> tuple[int, int]:
        """Return the least and the greatest value that the tree takes over a domain."""
        return self.between(self.left(held))

    def left(self, held: list[int]) -> int:
        """Return the ends that are left over a domain, as bits."""
        left = self.all
        for fact in self.ways:
            left &= self.led(fact, held[fact])
        return left

    def led(self, fact: int, classes: int) -> int:
        """Return the ends to which one of these classes of a fact may lead, as bits."""
        known, groups = self.ways[fact]
        ends = known.get(classes)
        if ends is None:
            ends = 0
            for lead_there, bits in groups:
                if lead_there & classes:
                    ends |= bits
            known[classes] = ends
        return ends

    def between(self, left: int) -> tuple[int, int]:
        """Return the least and the greatest value of some ends."""
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
    """What is still possible: of each fact the classes left, as bits; and the bounds of all that turns on them.

    Attributes:
        table: The table of the facts.
        held: The classes left of each fact, as bits.
        reach: The bounds of each tree, by its place, then those of the formulas over the trees.
        left: The ends left of each tree, as bits.
    """

    __slots__ = ("held", "left", "reach", "table")

    def __init__(
        self, table: Index, held: list[int], reach: list[tuple[int, int]], left: list[int] | None = None
    ) -> None:
        """Take what is known; the ends left, and the bounds of the formulas, are worked out where they are missing."""
        self.table, self.held, self.reach = table, held, reach
        self.left = [ends.left(held) for ends in table.ends] if left is None else left
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
        users: By fact the places of the trees that turn on it, in order.
        above: By place the places of the formulas right above it, in order.
        ends: The ends of each tree, by its place.
        joins: The formulas over trees, by their places after those of the trees.
        places: The place of each tree and formula, by its identity.
        full: The domain in which everything is possible.
    """

    __slots__ = (
        "_masks",
        "above",
        "classes",
        "ends",
        "facts",
        "full",
        "joins",
        "kept",
        "number",
        "places",
        "shared",
        "users",
    )

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
        self._masks: dict[tuple[int, Values], int] = {}
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
        known: dict[int, tuple[int, int]] = {}
        for part in (whole, *(() if isinstance(whole, Ground) else whole.parts)) if trees else ():
            if not _is_certain(part, known):
                self._place(part, turns_on, known)
        self.users: list[list[int]] = [[] for _ in self.facts]
        for place, ends in enumerate(self.ends):
            for number in ends.ways:
                self.users[number].append(place)
        self.above: list[list[int]] = [[] for _ in turns_on]
        for number, join in enumerate(self.joins, len(self.ends)):
            for place in join.places:
                self.above[place].append(number)
        self.full = Domain(self, held, [ends.bounds(held) for ends in self.ends])

    def _number(self, tree: Node) -> set[int]:
        """Number the nodes of a tree; return the facts that it turns on."""
        numbers = set()
        for node in nodes(tree):
            number = self.number[node.fact]
            key = (number, node.inside)
            mask = self._masks.get(key)
            if mask is None:
                parts = self.classes[number]
                mask = self._masks[key] = sum(1 << i for i, part in enumerate(parts) if part.meet(node.inside))
            node.index, node.mask = number, mask
            numbers.add(number)
        return numbers

    def _place(self, part: Expression | Tree, turns_on: list[set[int]], known: dict[int, tuple[int, int]]) -> int:
        """Return the place of a part that is not certain; give it and all below it their places first."""
        one = part.tree if isinstance(part, Ground) else part
        if isinstance(one, Most | Least | Joined) and id(one) not in self.places:
            most = not isinstance(one, Least)
            certain = [_reach(below, known)[0] for below in one.parts if _is_certain(below, known)]
            value = max(certain, default=BELOW) if most else min(certain, default=ABOVE)
            places = [self._place(below, turns_on, known) for below in one.parts if not _is_certain(below, known)]
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
    waiting: list[Tree] = list(trees(tree))[::-1]
    while waiting:
        one = waiting.pop()
        if one.low != one.high and isinstance(one, Node):
            yield one
            waiting += (one.no, one.yes)


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
    cut: set[tuple[str, Values]] = set()
    for tree in open_.values():
        for node in nodes(tree):
            if (node.fact, node.inside) not in cut:
                cut.add((node.fact, node.inside))
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
    lows, highs = [low for _, low, _ in parts], [high for _, _, high in parts]
    least, greatest = (max(lows), max(highs)) if most else (min(lows), min(highs))
    if most:
        kept = [part for part, _, high in parts if high > least]
        place = lows.index(least)
    else:
        kept = [part for part, low, _ in parts if low < greatest]
        place = highs.index(greatest)
    # One part that reaches the edge itself has to stay where no other does for certain.
    holder, low, high = parts[place]
    if not (high > least if most else low < greatest):
        kept.insert(0, holder)
    folded = kept[0] if len(kept) == 1 else Most(tuple(kept)) if most else Least(tuple(kept))
    return folded, least, greatest


def alike(one: Expression, other: Expression) -> bool:
    """Say whether two formulas are certain of one value, or built the same over trees that come to the same values."""
    low, high = reach(one)
    if one is other or (low == high and reach(other) == (low, high)):
        return True
    if isinstance(one, Ground) or isinstance(other, Ground):
        return isinstance(one, Ground) and isinstance(other, Ground) and same(one.tree, other.tree)
    if type(one) is not type(other) or len(one.parts) != len(other.parts):
        return False
    return all(map(alike, one.parts, other.parts))


def copied(expression: Expression, made: dict[int, Tree]) -> Expression:
    """Return a formula over trees of its own; for `made` see `fork.copied`."""
    if isinstance(expression, Ground):
        return expression.over(copied_tree(expression.tree, made))
    return type(expression)(tuple(copied(part, made) for part in expression.parts))


def reach(part: Expression | Tree) -> tuple[int, int]:
    """Return the bounds of a formula, or of a part of it, over all that its facts can be."""
    if isinstance(part, Ground):
        return part.tree.low, part.tree.high
    if isinstance(part, Most | Least):
        return _ends_of(part, [reach(below) for below in part.parts])
    return part.low, part.high


def _reach(part: Expression | Tree, known: dict[int, tuple[int, int]]) -> tuple[int, int]:
    """Return the bounds of a part, worked out once: `known` holds those of formulas by their identity."""
    if not isinstance(part, Most | Least):
        return reach(part)
    found = known.get(id(part))
    if found is None:
        found = known[id(part)] = _ends_of(part, [_reach(below, known) for below in part.parts])
    return found


def _is_certain(part: Expression | Tree, known: dict[int, tuple[int, int]]) -> bool:
    low, high = _reach(part, known)
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
    """Return the bounds of a tree over a domain, and its open questions that matter, from the top.

    What is held of a fact is narrowed on the way down, and put back.
    """
    if tree.low == tree.high or isinstance(tree, Leaf):
        return tree.low, tree.high, []
    number = tree.index
    classes = held[number]
    inside = classes & tree.mask
    if inside == classes or not inside:
        return _open_in_tree(tree.yes if inside else tree.no, held, floor, ceiling)
    held[number] = inside
    low, high, below = _open_in_tree(tree.yes, held, floor, ceiling)
    held[number] = classes & ~inside
    least, greatest, others = _open_in_tree(tree.no, held, floor, ceiling)
    held[number] = classes
    low, high = min(low, least), max(high, greatest)
    if _settled(low, high, floor, ceiling):
        return low, high, []
    return low, high, [tree, *below, *others]


def _with(held: list[int], number: int, classes: int) -> list[int]:
    copy = held.copy()
    copy[number] = classes
    return copy


def narrowed(domain: Domain, number: int, classes: int) -> Domain:
    """Return a copy of a domain in which one fact has only the given classes left."""
    table, held = domain.table, _with(domain.held, number, classes)
    fewer = not classes & ~domain.held[number]
    found, left = domain.reach.copy(), domain.left.copy()
    moved: list[int] = []
    for place in table.users[number]:
        ends = table.ends[place]
        # What no longer can be takes ends away, whatever else is known; what can be again may bring some back.
        still = left[place] & ends.led(number, classes) if fewer else ends.left(held)
        if still != left[place]:
            left[place] = still
            reached = ends.between(still)
            if reached != found[place]:
                found[place] = reached
                moved += table.above[place]
    _rise(table, found, moved)
    return Domain(table, held, found, left)


def _rise(table: Index, found: list[tuple[int, int]], moved: list[int]) -> None:
    """Work out anew the bounds of formulas, and of those above them that move with them.

    A formula comes after all that it is made of: so each is worked out once, from bounds that stay.
    """
    first_join = len(table.ends)
    while moved:
        place = min(moved)
        moved = [other for other in moved if other != place]
        reached = table.joins[place - first_join].bounds(found)
        if reached != found[place]:
            found[place] = reached
            moved += table.above[place]
