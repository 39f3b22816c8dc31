"""Graphs for tests: small ones by hand, random ones, and the rule by brute force."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from licet.ownership.graph import PERSON, Graph, Interest, Party
from licet.ownership.shares import UNKNOWN_SHARE, Amount, Share, between, exactly

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

STEP = Fraction(25, 4)
"""The grid of completions. Ends of ranges lie 25 apart and a tier has at most three open ones, so that what the points
nearest to them add up to lies on the same side of half as what comes closer."""


def graph(
    *rows: tuple[str, str, Share | int | float | str], persons: str = "", complete: str = "", also: str = ""
) -> Graph:
    """Return a graph of rows (owner, owned, share); parties in `complete` have no other owners than those stated."""
    names = dict.fromkeys(name for owner, owned, _ in rows for name in (owned, owner))
    names |= dict.fromkeys((*persons.split(), *complete.split(), *also.split()))
    kinds = {name: PERSON if name in persons.split() else "entity" for name in names}
    parties = [Party(name, name, kinds[name], complete=name in complete.split()) for name in names]
    interests = [
        Interest(f"{owner}>{owned}/{number}", owner, owned, "shareholding", share=share_of(share))
        for number, (owner, owned, share) in enumerate(rows)
    ]
    return Graph(parties, interests)


def share_of(value: Share | float | str) -> Share:
    if isinstance(value, Share):
        return value
    return UNKNOWN_SHARE if value == "?" else exactly(Fraction(str(value)))


ENDS = (0, 25, 50, 75, 100)


@st.composite
def shares(draw: st.DrawFn) -> Share:
    low, high = sorted((draw(st.sampled_from(ENDS)), draw(st.sampled_from(ENDS))))
    if low == high:
        return exactly(low)
    return between(Fraction(low), Fraction(high), above=draw(st.booleans()), below=draw(st.booleans()))


@st.composite
def graphs(draw: st.DrawFn, parties: int = 4, interests: int = 3) -> tuple[Graph, dict[str, str]]:
    """A small graph, circles too, and who is listed."""
    names = "ABCD"[: draw(st.integers(2, parties))]
    pairs = st.tuples(st.sampled_from(names), st.sampled_from(names), shares()).filter(lambda row: row[0] != row[1])
    rows = draw(st.lists(pairs, max_size=interests))
    whole = "".join(draw(st.sets(st.sampled_from(names))))
    listed = {name: draw(st.sampled_from(("yes", "no", "open"))) for name in names}
    return graph(*rows, complete=" ".join(whole), also=" ".join(names)), listed


def completions(g: Graph, listed: Mapping[str, str]) -> Iterator[dict[str, bool]]:
    """Walk through what the open facts can turn out to be: for each, who counts in the end."""
    tiers = {id_: list(_tier(g, id_)) for id_ in g.parties}
    lists = [[True] if listed[id_] == "yes" else [False] if listed[id_] == "no" else [True, False] for id_ in g.parties]
    for said in product(*lists):
        on = dict(zip(g.parties, said, strict=True))
        for chosen in product(*tiers.values()):
            yield _counted(g, on, dict(zip(tiers, chosen, strict=True)))


def _tier(g: Graph, id_: str) -> Iterator[tuple[tuple[Fraction, ...], Fraction]]:
    """Walk through the shares in one party that can be true together, and what unknown listed parties hold."""
    held = g.owners(id_)
    known = g.parties[id_].owners_known
    if known and not held:
        yield (), Fraction(0)
        return
    for values in product(*(list(_points(one.share)) for one in held)):
        rest = 100 - sum(values)
        if rest < 0 or (known and rest > 0):
            continue
        yield values, Fraction(0)
        if rest:
            yield values, Fraction(rest)


def _points(share: Share) -> Iterator[Fraction]:
    at = Fraction(0)
    while at <= 100:
        if share.least <= Amount(at) <= share.most:
            yield at
        at += STEP


def _counted(
    g: Graph, on: Mapping[str, bool], tiers: Mapping[str, tuple[tuple[Fraction, ...], Fraction]]
) -> dict[str, bool]:
    counts = dict(on)
    for _ in g.parties:
        for id_ in g.parties:
            values, unknown = tiers[id_]
            sum_ = sum((v for v, one in zip(values, g.owners(id_), strict=True) if counts[one.owner]), unknown)
            counts[id_] = counts[id_] or sum_ >= 50
    reached = {}
    for id_ in g.parties:
        values, unknown = tiers[id_]
        sum_ = sum((v for v, one in zip(values, g.owners(id_), strict=True) if counts[one.owner]), unknown)
        reached[id_] = sum_ >= 50
    return reached
