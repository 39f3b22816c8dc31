"""A graph under several rules, ready to be shown: who is listed, who is reached, by which path, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from licet.ownership.graph import ARRANGEMENT, UNOWNED
from licet.ownership.missing import MOST_WORK, missing
from licet.ownership.paths import Path, possible_path, sure_path
from licet.ownership.reach import NO, OPEN, YES, Reach
from licet.ownership.standing import behind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from licet.ownership.graph import Finding, Graph
    from licet.ownership.listed import Status
    from licet.ownership.missing import Missing
    from licet.ownership.reach import Standing
    from licet.ownership.regimes import Regime
    from licet.ownership.standing import Behind


DETAILED = 12
"""Parties asked about whose missing facts are worked out; of the others the result is given alone."""


class Force(NamedTuple):
    """Whether a rule is law on the day."""

    stands: str
    """`yes`, `no`, or `open` where that was not verified."""
    says: str


class Result(NamedTuple):
    """One rule for one party."""

    party: str
    standing: Standing
    path: Path
    """What decides; where the result is open, what could bring it to half."""
    missing: tuple[Missing, ...] | None
    """None: not worked out, as it is one of too many parties."""
    behind: Behind
    notes: tuple[str, ...]

    @property
    def red_flag_29(self) -> bool:
        """Say whether it is open because a share was asked for and cannot be determined."""
        return any(fact.asked for fact in self.missing or ())


class Ruled(NamedTuple):
    """One rule for the whole graph."""

    regime: Regime
    force: Force | None
    """None: a question of a reader, no rule."""
    status: Mapping[str, Status]
    reach: Reach
    results: Mapping[str, Result]
    """For the parties asked about."""


class Change(NamedTuple):
    """A day on which the result of a rule for a party changes."""

    day: date
    party: str
    regime: str
    before: str
    after: str


class Report(NamedTuple):
    """What is shown."""

    source: str
    day: date
    known: date | None
    graph: Graph
    """Of the day."""
    asked: tuple[str, ...]
    """The parties asked about."""
    ruled: tuple[Ruled, ...]
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
    assumed: tuple[str, ...] = ()
    """What the caller gave word for."""


def rule(
    graph: Graph, asked: Iterable[str], regime: Regime, status: Mapping[str, Status], force: Force | None
) -> Ruled:
    """Apply one rule to the graph of a day.

    Args:
        graph: The graph.
        asked: Ids of the parties asked about.
        regime: The rule.
        status: Whether each party is listed under it.
        force: Whether it is law on the day.
    """
    reach = Reach(graph, {id_: one.state for id_, one in status.items()})
    ids = list(asked)
    work = MOST_WORK // max(min(len(ids), DETAILED), 1)
    results = {id_: _result(reach, id_, regime, work if at < DETAILED else None) for at, id_ in enumerate(ids)}
    return Ruled(regime, force, status, reach, results)


def _result(reach: Reach, party: str, regime: Regime, work: int | None) -> Result:
    standing = reach[party]
    below = tuple(one.owned for one in reach.graph.owned_by[party] if reach.listed[one.owned] == YES)
    path = Path(())
    if standing.reached != NO:
        path = sure_path(reach, party) if standing.reached == YES else possible_path(reach, party)
    facts = None if work is None else missing(reach, party, work)
    notes = tuple(_notes(reach, party, regime, path))
    return Result(party, standing, path, facts, behind(reach, party, below), notes)


def _notes(reach: Reach, party: str, regime: Regime, path: Path) -> Iterable[str]:
    """Say what a rule for foreign entities leaves aside, and what it passes through."""
    if not regime.foreign_only or reach[party].reached == NO:
        return
    it = reach.graph.parties[party]
    if it.country == "US":
        yield "an entity in the US: this rule reaches foreign entities alone"
    elif not it.country and it.kind not in UNOWNED and it.kind != ARRANGEMENT:
        yield "its country is not stated: this rule reaches foreign entities alone"
    through = [one.owner for one in path.interests if reach.graph.parties[one.owner].country == "US"]
    named = ", ".join(reach.graph.parties[id_].name for id_ in dict.fromkeys(through) if reach.listed[id_] != YES)
    if named:
        yield f"the path leads through {named}, in the US: read as ownership held indirectly; not verified"


def parties_asked(graph: Graph) -> tuple[str, ...]:
    """Return the parties that a file is about: who is owned and owns nothing; where there are only circles, all."""
    held = [id_ for id_, party in graph.parties.items() if party.kind not in UNOWNED and graph.held_in[id_]]
    bottom = [id_ for id_ in held if not graph.owned_by[id_]]
    return tuple(bottom or held or [id_ for id_, party in graph.parties.items() if party.kind not in UNOWNED])


def changes(graph: Graph, asked: Sequence[str], ruled: Iterable[Ruled]) -> tuple[Change, ...]:
    """Return the days on which a result changes because interests begin or end; who is listed is taken as on the day.

    Args:
        graph: The graph of all days.
        asked: Ids of the parties asked about.
        ruled: The rules as applied on the day.
    """
    part = graph.upward(*asked)
    out = []
    for one in ruled:
        listed = {id_: one.reach.listed.get(id_, OPEN) for id_ in part.parties}
        before: dict[str, str] = {}
        for day in part.days:
            reach = Reach(part.on(day), listed)
            for id_ in asked:
                now = reach[id_].reached
                if before.get(id_, now) != now:
                    out.append(Change(day, id_, one.regime.id, before[id_], now))
                before[id_] = now
    return tuple(out)
