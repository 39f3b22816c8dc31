"""What a decision needs to know of a party's owners: the result, the facts behind it, who stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from licet.ownership.graph import ARRANGEMENT, NEVER, OWNERSHIP
from licet.ownership.missing import LISTING, MOST_WORK, REST, Missing, missing
from licet.ownership.paths import possible_path, sure_path
from licet.ownership.reach import NO, OPEN, YES, Reach
from licet.ownership.shares import NOTHING

if TYPE_CHECKING:
    from collections.abc import Callable

    from licet.ownership.graph import Graph, Interest
    from licet.ownership.shares import Amount


class Behind(NamedTuple):
    """Who stands behind a party, beside the sum that decides: each a red flag, none of them ownership by half."""

    owners: tuple[str, ...] = ()
    """Listed parties, and parties that those own by half or more, with some share of it on any tier."""
    controllers: tuple[str, ...] = ()
    """The same with control, votes, a post or an interest that may be ownership, and no share on any tier."""
    owned: tuple[str, ...] = ()
    """Listed parties in which it holds something: it is their parent (Supp. 8 to part 744, (c))."""


class Owned(NamedTuple):
    """The 50 percent rule for one party."""

    least: Amount
    most: Amount
    reached: str
    """`yes`, `no` or `open`."""
    any_listed: str
    """`yes`, `no` or `open`: whether any listed party owns something of it, on whatever tier."""
    path: tuple[Interest, ...]
    """The interests that decide; where the result is open, those that could bring it to half."""
    missing: tuple[Missing, ...]
    """The facts that keep it open, those that alone settle it first."""
    any_missing: Missing | None
    """A fact that keeps `any_listed` open."""
    behind: Behind
    red_flag_29: bool
    """It is open because a share of a listed owner, or of one that may be, was asked for and cannot be determined."""


def owned(graph: Graph, party: str, listed: Callable[[str], str], work: int = MOST_WORK) -> Owned:
    """Apply the 50 percent rule to one party.

    Args:
        graph: The graph of one day.
        party: Id of the party.
        listed: Says of the id of a party whether it is on a list that counts: `yes`, `no` or `open`. It is asked of
            those who stand above the party, and below it by one tier, once each.
        work: How much may be spent on what answers to missing facts give; 0: the facts are named alone.
    """
    part = graph.upward(party)
    below = {one.owned: listed(one.owned) for one in graph.owned_by[party]}
    reach = Reach(part, {id_: below[id_] if id_ in below else listed(id_) for id_ in part.parties})
    stands, facts = reach[party], missing(reach, party, work)
    path = sure_path(reach, party) if stands.reached == YES else possible_path(reach, party)
    any_listed, any_missing = _any_listed(reach, party)
    return Owned(
        stands.least,
        stands.most,
        stands.reached,
        any_listed,
        path.interests if stands.reached != NO else (),
        facts,
        any_missing,
        behind(reach, party, tuple(id_ for id_, said in below.items() if said == YES)),
        any(fact.asked for fact in facts),
    )


def behind(reach: Reach, party: str, below: tuple[str, ...] = ()) -> Behind:
    """Return who stands behind a party.

    Args:
        reach: The rule applied to a graph in which the party is.
        party: Id of the party.
        below: Listed parties in which it holds something.
    """
    owners: dict[str, None] = {}
    controllers: dict[str, None] = {}
    seen, queue = {party}, [party]
    while queue:
        for one in reach.graph.held_in[queue.pop(0)]:
            owns = one.counts == OWNERSHIP
            if owns and one.share.most <= NOTHING:
                continue
            if one.owner in reach.sure and reach.graph.parties[one.owner].kind != ARRANGEMENT:
                (owners if owns else controllers)[one.owner] = None
            if one.counts == NEVER:
                continue
            if one.owner not in seen:
                seen.add(one.owner)
                queue.append(one.owner)
    owners.pop(party, None)
    return Behind(tuple(owners), tuple(id_ for id_ in controllers if id_ not in owners and id_ != party), below)


def _any_listed(reach: Reach, party: str) -> tuple[str, Missing | None]:
    """Say whether any listed party owns something of a party, and if that is open, name a fact that would tell.

    Who is stated as an owner is one, with whatever share but none.
    """
    graph = reach.graph
    for id_ in _above(graph, party, unsure=False):
        if id_ != party and reach.listed[id_] == YES:
            return YES, None
    for id_ in _above(graph, party, unsure=True):
        it = graph.parties[id_]
        if id_ != party and reach.listed[id_] != NO:
            return OPEN, Missing(LISTING, id_, f"Is {it.name} listed on the day, and an owner?", it.where)
        if graph.rest(id_).most > NOTHING:
            return OPEN, Missing(REST, id_, f"Who are all direct owners of {it.name}?", it.where)
    return NO, None


def _above(graph: Graph, party: str, *, unsure: bool) -> dict[str, None]:
    """Return a party and all that own something of it on any tier, from near to far."""
    seen, queue = {party: None}, [party]
    while queue:
        at = queue.pop(0)
        for one in (*graph.owners(at), *(graph.unsure(at) if unsure else ())):
            if one.share.most > NOTHING and one.owner not in seen:
                seen[one.owner] = None
                queue.append(one.owner)
    return seen
