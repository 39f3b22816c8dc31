"""The graph of interests: parties, and who holds what of whom from which day to which.

Three things are kept apart. An ownership interest counts by its share. Control, votes and posts never count: control is
not ownership. Of some interests it is not said, or a question of law, whether they are ownership (an indirect interest
without its tiers, a beneficiary of a trust, the title of a nominee): these are unsure, and may only open a result.
"""

from __future__ import annotations

from collections import defaultdict
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from licet.ownership.shares import NOTHING, UNKNOWN_SHARE, WHOLE, Share, said, tier

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from licet.ownership.shares import Tier

OWNERSHIP, UNSURE, NEVER = "ownership", "unsure", "never"
"""Whether an interest counts: by its share; perhaps; not, because it is no ownership."""
PERSON, ENTITY, STATE, ARRANGEMENT, UNKNOWN = "person", "entity", "state", "arrangement", "unknown"
"""What a party is. A person and a state have no owners. An arrangement (a joint holding, a nominee's holding, a trust)
is no person of its own: what it holds is held by those behind it."""
UNOWNED = frozenset({PERSON, STATE})


@dataclass(frozen=True, slots=True)
class Party:
    """One party of a graph."""

    id: str
    name: str
    kind: str = ENTITY
    country: str = ""
    """ISO 3166-1 alpha-2 code, or empty where it is not stated."""
    complete: bool = False
    """All its direct owners are stated."""
    lists: tuple[str, ...] | None = None
    """Lists that the source itself says it is on, in place of a look-up; None: not said."""
    where: str = ""
    """Line, record or path of the source that speaks of it."""

    @property
    def owners_known(self) -> bool:
        """Say whether nobody but the stated owners can own anything of it."""
        return self.complete or self.kind in UNOWNED


@dataclass(frozen=True, slots=True)
class Interest:
    """One direct interest of one party in another over days."""

    id: str
    owner: str
    owned: str
    kind: str
    """The word of the source, such as shareholding."""
    counts: str = OWNERSHIP
    share: Share = UNKNOWN_SHARE
    since: date | None = None
    """First day; None: as long as the source reaches back."""
    through: date | None = None
    """Last day, inclusive; None: still so."""
    where: str = ""
    note: str = ""
    """Why it is unsure, or does not count."""

    def on(self, day: date) -> bool:
        """Say whether the interest is held on a day."""
        return (self.since is None or self.since <= day) and (self.through is None or day <= self.through)


class Finding(NamedTuple):
    """Something about the source that a reader must know: what contradicts itself, what was taken how."""

    text: str
    where: str = ""


class Graph:
    """Parties and the interests between them on one day, or on all days until `on` is asked for one.

    Args:
        parties: The parties; every id that an interest names is among them.
        interests: The interests, in the order of the source.
        findings: What its reader found.
    """

    def __init__(
        self, parties: Iterable[Party], interests: Iterable[Interest], findings: Iterable[Finding] = ()
    ) -> None:
        """Take the parties and interests."""
        self.parties: Mapping[str, Party] = {party.id: party for party in parties}
        self.interests = tuple(interests)
        self.findings = tuple(findings)

    def on(self, day: date) -> Graph:
        """Return the graph of one day: the interests held on it."""
        return Graph(self.parties.values(), (one for one in self.interests if one.on(day)), self.findings)

    @cached_property
    def owned_by(self) -> Mapping[str, tuple[Interest, ...]]:
        """The interests that each party holds."""
        return self._by(lambda one: one.owner)

    @cached_property
    def held_in(self) -> Mapping[str, tuple[Interest, ...]]:
        """The interests that are held in each party."""
        return self._by(lambda one: one.owned)

    def _by(self, end: Callable[[Interest], str]) -> Mapping[str, tuple[Interest, ...]]:
        found: defaultdict[str, list[Interest]] = defaultdict(list)
        for one in self.interests:
            found[end(one)].append(one)
        return {id_: tuple(found.get(id_, ())) for id_ in self.parties}

    def owners(self, party: str) -> tuple[Interest, ...]:
        """Return the ownership interests in a party, in the order of its tier."""
        return self._sorted[party][0]

    def unsure(self, party: str) -> tuple[Interest, ...]:
        """Return the interests in a party that may be ownership."""
        return self._sorted[party][1]

    @cached_property
    def _sorted(self) -> dict[str, tuple[tuple[Interest, ...], tuple[Interest, ...]]]:
        return {id_: _by_counting(held) for id_, held in self.held_in.items()}

    @cached_property
    def tiers(self) -> Mapping[str, Tier]:
        """The ownership interests in each party, as ranges that can be true together."""
        return {id_: self._tier(party) for id_, party in self.parties.items()}

    def _tier(self, party: Party) -> Tier:
        return tier((one.share for one in self.owners(party.id)), complete=party.owners_known)

    def rest(self, party: str) -> Share:
        """Return what owners whom nobody states can hold of a party."""
        return self._rests[party]

    @cached_property
    def _rests(self) -> dict[str, Share]:
        return {id_: _rest(one) for id_, one in self.tiers.items()}

    def upward(self, *ids: str) -> Graph:
        """Return the part of the graph that can matter for some parties: they, and all that have interests above."""
        seen = dict.fromkeys(ids)
        queue = list(ids)
        while queue:
            for one in self.held_in[queue.pop()]:
                if one.owner not in seen:
                    seen[one.owner] = None
                    queue.append(one.owner)
        kept = (one for one in self.interests if one.owned in seen)
        return Graph((self.parties[id_] for id_ in seen), kept, self.findings)

    def with_all_owners(self) -> Graph:
        """Return the graph in which the stated owners of every party are all there are."""
        known = (replace(party, complete=True) for party in self.parties.values())
        return Graph(known, self.interests, self.findings)

    def with_interest(self, changed: Interest) -> Graph:
        """Return the graph with one interest in place of the one of its id."""
        now = tuple(changed if one.id == changed.id else one for one in self.held_in[changed.owned])
        return self._with(self.parties[changed.owned], now)

    def with_owners(self, party: str, *owners: tuple[Party, Share]) -> Graph:
        """Return the graph in which these owners hold what nobody states of a party, and nobody else does."""
        added = (Interest(f"{one.id} in {party}", one.id, party, "supposed", share=share) for one, share in owners)
        known = replace(self.parties[party], complete=True)
        return self._with(known, (*self.held_in[party], *added), *(one for one, _ in owners))

    def _with(self, party: Party, held: tuple[Interest, ...], *added: Party) -> Graph:
        """Return the graph with other interests in one party; all that was worked out of the others is kept."""
        graph = copy(self)
        new = {one.id: one for one in added}
        graph.parties = {**self.parties, party.id: party, **new}
        graph.interests = (*(one for one in self.interests if one.owned != party.id), *held)
        graph.held_in = {**self.held_in, party.id: held, **dict.fromkeys(new, ())}
        gone = {one.owner for one in self.held_in[party.id]} | {one.owner for one in held}
        owned = {id_: tuple(one for one in self.owned_by.get(id_, ()) if one.owned != party.id) for id_ in gone}
        for one in held:
            owned[one.owner] = (*owned[one.owner], one)
        graph.owned_by = {**self.owned_by, **owned}
        graph._sorted = {**self._sorted, **{id_: _by_counting(graph.held_in[id_]) for id_ in (party.id, *new)}}  # noqa: SLF001
        tiers = {id_: graph._tier(graph.parties[id_]) for id_ in (party.id, *new)}  # noqa: SLF001
        graph.tiers = {**self.tiers, **tiers}
        graph._rests = {**self._rests, **{id_: _rest(one) for id_, one in tiers.items()}}  # noqa: SLF001
        return graph

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days on which an interest begins, or is held no more, in order."""
        from datetime import timedelta

        ends = {one.through + timedelta(days=1) for one in self.interests if one.through is not None}
        return tuple(sorted({one.since for one in self.interests if one.since is not None} | ends))

    @cached_property
    def conflicts(self) -> tuple[Finding, ...]:
        """What cannot be true as stated on this day, tier by tier."""
        return tuple(
            Finding(text, "; ".join(dict.fromkeys(one.where for one in self.owners(id_) if one.where)))
            for id_, tier_ in self.tiers.items()
            if (text := _conflict(self.parties[id_].name, tier_))
        )


def _by_counting(held: tuple[Interest, ...]) -> tuple[tuple[Interest, ...], tuple[Interest, ...]]:
    """Return the interests that are ownership, and those that may be; what a party holds in itself is neither.

    Shares that a company holds in itself have no owner outside it: they stay with what nobody states, so that they can
    open a result and never close one.
    """
    outside = [one for one in held if one.owner != one.owned]
    return tuple(one for one in outside if one.counts == OWNERSHIP), tuple(
        one for one in outside if one.counts == UNSURE
    )


def _rest(tier_: Tier) -> Share:
    """Return what owners whom nobody states can hold beside those of a tier."""
    if tier_.complete:
        return Share(NOTHING, NOTHING)
    stated = NOTHING
    for share in tier_.shares:
        stated = max(stated, share.least) if tier_.overlap else stated + share.least
    return Share(NOTHING, WHOLE - stated)


def _conflict(name: str, tier_: Tier) -> str:
    """Say what cannot be true of the shares in a party."""
    if tier_.overlap:
        return (
            f"the shares in {name} add up to at least {said(WHOLE + tier_.excess)} percent: some are held together, "
            f"and which is not stated; they are taken to overlap in any way"
        )
    if tier_.excess > NOTHING:
        return f"the shares in {name} add up to {said(WHOLE + tier_.excess)} percent: taken as rounded"
    if tier_.gap > NOTHING:
        return (
            f"all owners of {name} are said to be stated, and {said(tier_.gap)} percent are held by none of them: "
            f"that part is taken as not stated"
        )
    return ""
