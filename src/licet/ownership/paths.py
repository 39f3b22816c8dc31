"""The path that decides: which interests bring a party to half, tier by tier, the fewest and greatest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from licet.ownership.graph import ARRANGEMENT, OWNERSHIP
from licet.ownership.reach import held, weight
from licet.ownership.shares import HALF, NOTHING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from licet.ownership.graph import Graph, Interest
    from licet.ownership.reach import Reach
    from licet.ownership.shares import Amount


class Path(NamedTuple):
    """The interests that decide for one party, and the parties of which owners who are not stated decide too."""

    interests: tuple[Interest, ...]
    rests: tuple[str, ...] = ()
    """Parties whose owners are not all stated, where those could make up what is missing."""


def sure_path(reach: Reach, party: str) -> Path:
    """Return the interests that surely bring a party to half; none where it is listed itself, or not surely reached."""
    return _path(reach, party, reach.sure, high=False) if party in reach.sure else Path(())


def possible_path(reach: Reach, party: str) -> Path:
    """Return the interests that could bring a party to half; none where nothing can."""
    return _path(reach, party, reach.possible, high=True) if party in reach.possible else Path(())


def _path(reach: Reach, party: str, rounds: Mapping[str, int], *, high: bool) -> Path:
    """Walk up from a party, on each tier along owners counted in an earlier round: so it ends, in circles too."""
    graph = reach.graph
    out: dict[str, Interest] = {}
    rests: dict[str, None] = {}
    seen, queue = {party}, [party]
    while queue:
        owned = queue.pop(0)
        turn = rounds[owned] if owned in rounds else len(rounds)
        if turn == 0:
            continue
        before = {id_: at for id_, at in rounds.items() if at < turn}
        chosen, short = _chosen(graph, owned, before, high=high)
        if short and high:
            rests[owned] = None
        for one in chosen:
            out[one.id] = one
            if one.owner not in seen:
                seen.add(one.owner)
                queue.append(one.owner)
    return Path(tuple(out.values()), tuple(rests))


def _chosen(graph: Graph, owned: str, before: Mapping[str, int], *, high: bool) -> tuple[list[Interest], bool]:
    """Return the interests in one party that bring it to half, greatest first, and whether they fall short of it.

    They fall short where the rest of the sum comes from what nobody states, or at the low end from what the other
    owners cannot hold; then all that count are returned.
    """
    found: list[tuple[Amount, Interest]] = []
    for one in (*graph.owners(owned), *graph.unsure(owned)):
        share = _counting(graph, one, before, high=high)
        if share is not None:
            found.append((share, one))
    found.sort(key=lambda pair: pair[0], reverse=True)
    chosen, sum_ = [], NOTHING
    for share, one in found:
        if sum_ >= HALF:
            break
        chosen.append(one)
        sum_ += share
    enough = sum_ >= HALF or (graph.parties[owned].kind == ARRANGEMENT and bool(chosen))
    return chosen, not enough and (not high or held(graph, owned, {}, high=True) > NOTHING)


def _counting(graph: Graph, one: Interest, before: Mapping[str, int], *, high: bool) -> Amount | None:
    """Return what an interest adds, or None where it adds nothing."""
    if one.counts != OWNERSHIP:
        may = high and one.owner in before and one.share.most > NOTHING
        return one.share.most if may else None
    part = weight(graph, one.owner, one.owned, before, high=high)
    end = one.share.most if high else one.share.least
    adds = end.times(part)
    counts = part > 0 and (one.share.most > NOTHING)
    return adds if counts else None
