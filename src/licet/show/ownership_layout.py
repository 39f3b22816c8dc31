"""Where the parties of a graph of interests are drawn: tier above tier, owners on top, with few crossings.

The steps are the usual ones for layered drawings: give each party a tier, put points where an interest passes a tier,
order each tier by the middle of its neighbors, and place it under them. A circle is cut at one interest, which is drawn
downward. All is done in the order of the source, so that the same graph is always drawn the same way.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

SWEEPS = 12
"""Passes down and up that order the tiers; more changed nothing in the graphs that were tried."""


class Spot(NamedTuple):
    """The middle of a party, or a point through which an interest passes."""

    x: float
    tier: int


class Layout(NamedTuple):
    """A drawing without sizes: tier 0 is at the bottom, places in a tier count in widths of a party."""

    spots: Mapping[str, Spot]
    """The parties."""
    routes: Mapping[tuple[str, str], tuple[Spot, ...]]
    """For each owner and owned party the points between them, from the owner down."""
    width: float
    tiers: int


class _Edge(NamedTuple):
    upper: str
    lower: str


def layout(parties: Sequence[str], held: Iterable[tuple[str, str]], bottom: Sequence[str]) -> Layout:
    """Place parties.

    Args:
        parties: Their ids, in the order of the source.
        held: Owner and owned party of each interest.
        bottom: The parties asked about: they go to the lowest tier that their interests allow.
    """
    pairs = list(dict.fromkeys(pair for pair in held if pair[0] != pair[1]))
    down = _without_circles(parties, pairs, bottom)
    tiers = _tiers(parties, down)
    rows, chains = _rows(parties, down, tiers)
    _order(rows, chains)
    xs = _places(rows, chains)
    low = min(xs.values(), default=0.0)
    spots = {id_: Spot(xs[id_] - low, tiers[id_]) for id_ in parties}
    routes: dict[tuple[str, str], tuple[Spot, ...]] = {}
    for edge, chain in chains.items():
        points = tuple(Spot(xs[point] - low, _tier_of(point, tiers)) for point in chain[1:-1])
        routes[edge] = points
        routes[edge[1], edge[0]] = tuple(reversed(points))
    return Layout(spots, routes, max(xs.values(), default=0.0) - low + 1, max(tiers.values(), default=0) + 1)


def _without_circles(parties: Sequence[str], pairs: Sequence[tuple[str, str]], bottom: Sequence[str]) -> list[_Edge]:
    """Return the interests as edges from an upper to a lower party; one of each circle is turned round."""
    above: dict[str, list[str]] = {id_: [] for id_ in parties}
    for owner, owned in pairs:
        above[owned].append(owner)
    state: dict[str, int] = {}
    turned: set[tuple[str, str]] = set()
    for start in (*bottom, *parties):
        stack = [(start, iter(above[start]))] if start not in state else []
        state.setdefault(start, 1)
        while stack:
            at, owners = stack[-1]
            owner = next(owners, "")
            if not owner:
                state[at] = 2
                stack.pop()
            elif owner not in state:
                state[owner] = 1
                stack.append((owner, iter(above[owner])))
            elif state[owner] == 1:
                turned.add((owner, at))
    edges = [_Edge(owned, owner) if (owner, owned) in turned else _Edge(owner, owned) for owner, owned in pairs]
    return list(dict.fromkeys(edges))


def _tiers(parties: Sequence[str], edges: Sequence[_Edge]) -> dict[str, int]:
    """Return the tier of each party: above all that it owns, as low as that allows."""
    lower: dict[str, list[str]] = {id_: [] for id_ in parties}
    left = dict.fromkeys(parties, 0)
    upper: dict[str, list[str]] = {id_: [] for id_ in parties}
    for edge in edges:
        lower[edge.upper].append(edge.lower)
        upper[edge.lower].append(edge.upper)
        left[edge.upper] += 1
    ready = [id_ for id_ in parties if not left[id_]]
    tiers: dict[str, int] = {}
    while ready:
        at = ready.pop(0)
        tiers[at] = max((tiers[one] + 1 for one in lower[at]), default=0)
        for one in upper[at]:
            left[one] -= 1
            if not left[one]:
                ready.append(one)
    return tiers


def _rows(
    parties: Sequence[str], edges: Sequence[_Edge], tiers: Mapping[str, int]
) -> tuple[list[list[str]], dict[tuple[str, str], list[str]]]:
    """Return the tiers from the bottom with points for interests that pass them, and each edge as a chain of points."""
    rows: list[list[str]] = [[] for _ in range(max(tiers.values(), default=0) + 1)]
    for id_ in parties:
        rows[tiers[id_]].append(id_)
    chains: dict[tuple[str, str], list[str]] = {}
    for number, edge in enumerate(edges):
        points = []
        for tier in range(tiers[edge.upper] - 1, tiers[edge.lower], -1):
            point = f"\0{tier}\0{number}"
            rows[tier].append(point)
            points.append(point)
        chains[edge.upper, edge.lower] = [edge.upper, *points, edge.lower]
    return rows, chains


def _tier_of(point: str, tiers: Mapping[str, int]) -> int:
    return int(point.split("\0")[1]) if point.startswith("\0") else tiers[point]


def _neighbors(chains: Mapping[tuple[str, str], Sequence[str]]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return for each point those that it meets on the tier above, and on the tier below."""
    up: dict[str, list[str]] = {}
    down: dict[str, list[str]] = {}
    for chain in chains.values():
        for upper, lower in pairwise(chain):
            down.setdefault(upper, []).append(lower)
            up.setdefault(lower, []).append(upper)
    return up, down


def _order(rows: list[list[str]], chains: Mapping[tuple[str, str], Sequence[str]]) -> None:
    """Order each tier by the middle of the neighbors, up and down; keep the order with the fewest crossings."""
    up, down = _neighbors(chains)
    best, fewest = [list(row) for row in rows], _crossings(rows, down)
    for sweep in range(SWEEPS):
        upward = sweep % 2 == 0
        numbers = range(1, len(rows)) if upward else range(len(rows) - 2, -1, -1)
        for number in numbers:
            beside = rows[number - 1] if upward else rows[number + 1]
            at = {point: index for index, point in enumerate(beside)}
            near = down if upward else up
            middles = {point: _middle(near.get(point), at, index) for index, point in enumerate(rows[number])}
            rows[number].sort(key=middles.__getitem__)
        crossings = _crossings(rows, down)
        if crossings < fewest:
            best, fewest = [list(row) for row in rows], crossings
    rows[:] = best


def _middle(near: Sequence[str] | None, at: Mapping[str, int], own: int) -> float:
    """Return the middle of the neighbors' places; who has none keeps its own."""
    if not near:
        return float(own)
    return sum(at[one] for one in near) / len(near)


def _crossings(rows: Sequence[Sequence[str]], down: Mapping[str, Sequence[str]]) -> int:
    """Count how often edges between tiers cross."""
    count = 0
    for number in range(1, len(rows)):
        at = {point: index for index, point in enumerate(rows[number - 1])}
        ends = [at[lower] for point in rows[number] for lower in sorted(down.get(point, ()), key=at.__getitem__)]
        count += sum(one > other for index, one in enumerate(ends) for other in ends[index + 1 :])
    return count


def _places(rows: Sequence[Sequence[str]], chains: Mapping[tuple[str, str], Sequence[str]]) -> dict[str, float]:
    """Return how far to the right each point lies: near the middle of its neighbors, none nearer than its width."""
    up, down = _neighbors(chains)
    widest = max((len(row) for row in rows), default=1)
    xs: dict[str, float] = {}
    for row in rows:
        start = (widest - len(row)) / 2
        xs.update((point, start + index) for index, point in enumerate(row))
    for sweep in range(SWEEPS):
        for row in rows if sweep % 2 else reversed(rows):
            wanted = []
            for point in row:
                above = up.get(point, ()) if sweep > SWEEPS // 2 or point not in down else ()
                wanted.append(_wanted(point, xs, [*above, *down.get(point, ())]))
            xs.update(zip(row, _apart(row, wanted), strict=True))
    return xs


def _wanted(point: str, xs: Mapping[str, float], near: Sequence[str]) -> float:
    return sum(xs[one] for one in near) / len(near) if near else xs[point]


def _apart(row: Sequence[str], wanted: Sequence[float]) -> list[float]:
    """Return places in order, each at least its room from the next, as near to the wanted ones as blocks allow."""
    blocks: list[tuple[float, list[float]]] = []
    offsets: list[float] = []
    at = 0.0
    for number, point in enumerate(row):
        if number:
            at += (_room(point) + _room(row[number - 1])) / 2
        offsets.append(at)
    for place, offset in zip(wanted, offsets, strict=True):
        group = [place - offset]
        mean = group[0]
        while blocks and blocks[-1][0] > mean:
            _, before = blocks.pop()
            group = before + group
            mean = sum(group) / len(group)
        blocks.append((mean, group))
    means = [mean for mean, group in blocks for _ in group]
    return [mean + offset for mean, offset in zip(means, offsets, strict=True)]


def _room(point: str) -> float:
    """Return the room that a point takes in its tier: that of a party, or a narrow one for an interest that passes."""
    return 0.35 if point.startswith("\0") else 1.0
