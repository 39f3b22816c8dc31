"""The 50 percent rule: what listed parties surely hold of each party, what they may hold, and whether it reaches half.

**The rule.** A party is *counted* if it is listed, or if counted parties own 50 percent or more of it together. Its
holdings then count whole on the next tier: the threshold is set anew there and shares are never multiplied (15 CFR
744.11(a)(1), Supp. 8 to part 744; OFAC's guidance of 2014 has the same arithmetic). Who is counted under one full set
of facts `c` (each share a number, each listing yes or no) is the least set X with X = F(c, X), where F(c, X) holds the
listed parties and those of which members of X hold half or more.

**Why there is a least set, circles included.** F(c, ·) is monotone: more counted owners never hold less. On the finite
lattice of sets of parties its iteration from the empty set grows until nothing is added, after at most as many rounds
as there are parties. So a circle of companies that own each other is counted only if something listed holds enough of
it from outside; no order of the parties or interests matters.

**Why the two ends are sound and exact.** Facts are open: shares lie in ranges, a listing may not be known, owners may
not be stated. Let G(X) hold the parties that F(c, X) holds for *every* c, and H(X) those that it holds for *some* c.
Both are monotone. By induction over the rounds, lfp G ⊆ lfp F(c) ⊆ lfp H for every c: `yes` means in lfp G, `no` means
outside lfp H, and both are right whatever the open facts turn out to be. They are exact as well: the shares in one
party are free of those in another, so one c takes the least sum with respect to lfp G in every party at once, which
makes lfp G a fixpoint of F(c) and so equal to its least one; likewise with the greatest sums for lfp H. Hence `open`
means that there are facts for a yes and facts for a no. (Two things widen the ends beyond this on purpose: overlapping
shares and unsure interests, which are taken to count in whatever way is possible.)

**Arrangements** are no persons: what a joint holding or a nominee's holding holds is held by those behind it. It counts
whole if all of it is surely held by counted parties, and may count whole if any of it may be. In between, the part of
counted parties in it surely counts: this is apportioning one holding, not multiplying tiers.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from licet.ownership.graph import ARRANGEMENT
from licet.ownership.shares import HALF, NOTHING, WHOLE, Amount, least_held, most_held

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from licet.ownership.graph import Graph

YES, NO, OPEN = "yes", "no", "open"
_ONE, _NONE = Fraction(1), Fraction(0)


class Standing(NamedTuple):
    """Where one party stands under the rule."""

    least: Amount
    """What listed parties, and parties that they own by half or more, surely hold of it, in percent."""
    most: Amount
    """What they can hold of it at most."""
    reached: str
    """`yes`, `no` or `open`: whether that is half or more."""
    listed: str
    """`yes`, `no` or `open`: whether it is listed itself."""

    @property
    def counted(self) -> str:
        """Whether its holdings count on the next tier: it is listed, or reached."""
        return YES if YES in {self.listed, self.reached} else OPEN if OPEN in {self.listed, self.reached} else NO


class Reach:
    """The rule applied to a graph.

    Args:
        graph: The graph of one day.
        listed: Whether each party is listed: `yes`, `no` or `open`; who is missing is open.
    """

    def __init__(self, graph: Graph, listed: Mapping[str, str]) -> None:
        """Work both ends out."""
        self.graph, self.listed = graph, {id_: listed.get(id_, OPEN) for id_ in graph.parties}
        self.sure = _counted(graph, [id_ for id_, said in self.listed.items() if said == YES], high=False)
        """Parties that surely count, each with the round in which that was found."""
        self.possible = _counted(graph, [id_ for id_, said in self.listed.items() if said != NO], high=True)
        """Parties that may count, each with the round in which that was found."""

    def __getitem__(self, party: str) -> Standing:
        """Return where a party stands."""
        least = held(self.graph, party, self.sure, high=False)
        most = held(self.graph, party, self.possible, high=True)
        reached = YES if least >= HALF else NO if most < HALF else OPEN
        return Standing(least, most, reached, self.listed[party])


def _counted(graph: Graph, listed: Iterable[str], *, high: bool) -> dict[str, int]:
    """Return the least set of counted parties at one end, each with its round; no depth limits it."""
    inside = dict.fromkeys(listed, 0)
    turn, again = 0, dict.fromkeys(graph.parties)
    while again:
        turn += 1
        new = [id_ for id_ in again if id_ not in inside and _counts(graph, id_, inside, high=high)]
        inside.update(dict.fromkeys(new, turn))
        again = dict.fromkeys(one for id_ in new for one in _touched(graph, id_))
    return inside


def _touched(graph: Graph, party: str) -> Iterable[str]:
    """Return the parties whose sums change when a party is counted: those it holds, through arrangements too."""
    for one in graph.owned_by[party]:
        yield one.owned
        if graph.parties[one.owned].kind == ARRANGEMENT:
            yield from (next_.owned for next_ in graph.owned_by[one.owned])


def _counts(graph: Graph, party: str, inside: Mapping[str, int], *, high: bool) -> bool:
    """Say whether a party counts, given those that do: half of it; of an arrangement all, or at the high end any."""
    sum_ = held(graph, party, inside, high=high)
    if graph.parties[party].kind != ARRANGEMENT:
        return sum_ >= HALF
    return sum_ > NOTHING if high else sum_ >= WHOLE


def held(graph: Graph, party: str, inside: Mapping[str, int], *, high: bool) -> Amount:
    """Return what counted parties hold of a party: the least, or at the high end the most.

    Args:
        graph: The graph.
        party: The party that is held.
        inside: The parties that count, with their rounds.
        high: The most that is possible, unsure interests and owners whom nobody states taken as counted.
    """
    weights = [weight(graph, one.owner, party, inside, high=high) for one in graph.owners(party)]
    counts = any(weights)
    if not high:
        return least_held(graph.tiers[party], weights) if counts else NOTHING
    sum_ = most_held(graph.tiers[party], weights) if counts else graph.rest(party).most
    for one in graph.unsure(party):
        if one.owner in inside:
            sum_ += one.share.most
    return min(sum_, WHOLE)


def weight(graph: Graph, owner: str, party: str, inside: Mapping[str, int], *, high: bool) -> Fraction:
    """Return which part of an owner's holding counts: all, none, or the part of counted parties in an arrangement."""
    if owner in inside:
        return _ONE
    kinds = graph.parties[owner].kind, graph.parties[party].kind
    if high or kinds[0] != ARRANGEMENT or kinds[1] == ARRANGEMENT:
        return _NONE
    whole = [_ONE if one.owner in inside else _NONE for one in graph.owners(owner)]
    return least_held(graph.tiers[owner], whole).value / WHOLE.value
