"""The owners that an act states for one of its parties, as a graph: owners of owners, and circles by their names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from licet.model.act import UNDETERMINABLE
from licet.ownership.graph import Finding, Graph, Interest, Party
from licet.ownership.missing import LISTING, REST
from licet.ownership.reach import NO
from licet.ownership.shares import NEVER_KNOWN, NOTHING, UNKNOWN_SHARE, WHOLE, Share, exactly
from licet.ownership.standing import owned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from licet.model.act import Act
    from licet.ownership.missing import Missing
    from licet.ownership.shares import Amount
    from licet.ownership.standing import Owned


class OwnedInAct(NamedTuple):
    """The 50 percent rule for one party of an act."""

    owned: Owned
    path: str
    """Path of the fact that is missing, and best asked first; empty where the result is not open."""
    kind: str
    """Kind of that fact: `listing` is a question to the lists, all else to the person."""
    any_path: str
    """The same for whether any listed party is among the owners."""
    any_kind: str
    findings: tuple[Finding, ...]
    """What contradicts itself in the owners as stated."""


def read_act(act: Act, party: str) -> tuple[Graph, dict[str, str]]:
    """Return the graph of the owners that an act states.

    Args:
        act: The act.
        party: Path of one of its parties, such as `parties[0]`.

    Returns:
        The graph, with the party itself first; and for each party of it the path at which its listing is looked up. A
        party is told apart by its name: the same name is the same person, so that the graph can join and cycle; who has
        no name is told apart by the path.
    """
    reader = _Reader(act)
    reader.party(party)
    return Graph(reader.parties.values(), reader.interests, reader.findings), reader.paths


def read_owners(act: Act, parties: Iterable[str], day: date) -> tuple[Graph, tuple[str, ...]]:
    """Return the graph of the owners of several parties of an act, and the ids of those parties.

    Args:
        act: The act.
        parties: Their paths.
        day: The day on which listings that the act states are taken.
    """
    reader = _Reader(act, day)
    ids = [reader.party(path) for path in parties]
    return Graph(reader.parties.values(), reader.interests, reader.findings), tuple(dict.fromkeys(ids))


class _Reader:
    """Walks through the owners of a party."""

    def __init__(self, act: Act, day: date | None = None) -> None:
        self.act, self.day = act, day
        self.parties: dict[str, Party] = {}
        self.paths: dict[str, str] = {}
        self.stated: dict[str, str] = {}
        """Where the owners of each party were taken from."""
        self.interests: list[Interest] = []
        self.findings: list[Finding] = []

    def party(self, path: str) -> str:
        own = self.node(path)
        queue = [(path, own)]
        while queue:
            at, id_ = queue.pop(0)
            queue += self.owners(at, id_)
        return own

    def node(self, path: str) -> str:
        """Take a party in; return its id."""
        name = self.act.get(f"{path}.name")
        id_ = " ".join(name.casefold().split()) if isinstance(name, str) else path
        if id_ not in self.parties:
            country = self.act.get(f"{path}.country")
            shown = name if isinstance(name, str) else path
            self.parties[id_] = Party(id_, shown, country=country if isinstance(country, str) else "", where=path)
            self.paths[id_] = path
        if self.act.count(f"{self.paths[id_]}.listings") is None and self.act.count(f"{path}.listings") is not None:
            self.paths[id_] = path
        if self.day is not None and (count := self.act.count(f"{path}.listings")) is not None:
            lists = [on for i in range(count) if (on := self.listing(f"{path}.listings[{i}]", self.day))]
            self.parties[id_] = replace(self.parties[id_], lists=tuple(lists))
        return id_

    def listing(self, path: str, day: date) -> str:
        """Return a stated listing with its programs; empty where it is not in force on the day."""
        since, through, said = (self.act.get(f"{path}.{name}") for name in ("since", "through", "programs"))
        if (isinstance(since, date) and day < since) or (isinstance(through, date) and through < day):
            return ""
        programs = said if isinstance(said, tuple) else (said,) if isinstance(said, str) and said != "none" else ()
        return "#".join(filter(None, (str(self.act.get(f"{path}.list")), "|".join(programs))))

    def owners(self, path: str, id_: str) -> list[tuple[str, str]]:
        """Take the owners in that are stated at one place; return them with their paths."""
        count, complete = self.act.count(f"{path}.owners"), self.act.get(f"{path}.owners_complete")
        if count is None and complete is None:
            return []
        found = [(f"{path}.owners[{i}]", self.node(f"{path}.owners[{i}]")) for i in range(count or 0)]
        if id_ in self.stated:
            self.again(path, id_, found)
            return []
        self.stated[id_] = path
        known = complete == "yes" or (count == 0 and complete != "no")
        self.parties[id_] = replace(self.parties[id_], complete=known, where=path)
        for at, owner in found:
            where = f"{at}.share_pct"
            self.interests.append(Interest(at, owner, id_, "shareholding", share=self.share(at), where=where))
        return found

    def again(self, path: str, id_: str, found: list[tuple[str, str]]) -> None:
        """Hold owners that are stated a second time against the first; where they differ, both stay possible."""
        first = [one for one in self.interests if one.owned == id_]
        second = [Interest(at, owner, id_, "shareholding", share=self.share(at), where=at) for at, owner in found]
        if {(one.owner, one.share) for one in first} == {(one.owner, one.share) for one in second}:
            return
        where = f"{self.stated[id_]}.owners and {path}.owners"
        self.findings.append(Finding(f"the owners of {self.parties[id_].name} are stated twice and differ", where))
        self.parties[id_] = replace(self.parties[id_], complete=False)
        kept = [one for one in self.interests if one.owned != id_]
        named = {one.owner: one for one in (*second, *first)}
        self.interests = [*kept, *(replace(one, share=_either(one.owner, first, second)) for one in named.values())]

    def share(self, path: str) -> Share:
        stated = self.act.get(f"{path}.share_pct")
        if stated == UNDETERMINABLE:
            return NEVER_KNOWN
        if isinstance(stated, int | float):
            return exactly(Fraction(str(stated)))
        return UNKNOWN_SHARE


def _either(owner: str, first: list[Interest], second: list[Interest]) -> Share:
    """Return the range in which the share of an owner lies, whichever of two statements is right."""
    shares = []
    for side in (first, second):
        held = [one.share for one in side if one.owner == owner] or [exactly(0)]
        shares.append((_sum(share.least for share in held), _sum(share.most for share in held)))
    return Share(min(least for least, _ in shares), max(most for _, most in shares))


def _sum(amounts: Iterable[Amount]) -> Amount:
    out = NOTHING
    for amount in amounts:
        out += amount
    return min(out, WHOLE)


def of_act(act: Act, party: str, listed: Callable[[str], str], work: int = 0) -> OwnedInAct:
    """Apply a 50 percent rule to the owners that an act states for a party.

    Args:
        act: The act.
        party: Path of the party, such as `parties[0]`. Its own listing is decided elsewhere and taken as none here.
        listed: Says of the path of an owner whether it is on a list that counts: `yes`, `no` or `open`.
        work: How much may be spent on what answers to missing facts give: a decision makes its own forecasts.

    Returns:
        The result, with paths of the act in place of ids where a fact is missing.
    """
    graph, paths = read_act(act, party)
    own = next(iter(graph.parties))
    result = owned(graph, own, lambda id_: NO if id_ == own or id_ not in paths else listed(paths[id_]), work)
    asked = next(iter(result.missing), None)
    return OwnedInAct(
        result,
        path_of(act, paths, asked) if asked else "",
        asked.kind if asked else "",
        path_of(act, paths, result.any_missing) if result.any_missing else "",
        result.any_missing.kind if result.any_missing else "",
        graph.findings,
    )


def path_of(act: Act, paths: Mapping[str, str], fact: Missing) -> str:
    """Return the path of an act at which a missing fact would be stated."""
    if fact.kind == LISTING:
        return f"{paths[fact.party]}.listings"
    if fact.kind == REST:
        stated = act.count(f"{fact.where}.owners") is not None
        return f"{fact.where}.owners_complete" if stated else f"{fact.where}.owners"
    return fact.where.partition(";")[0]
