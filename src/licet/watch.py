"""What changed since a day, what is to come, and which of it touches the given acts and parties, and how.

Nothing here knows a clock: the day is an argument. What lies after the last day up to which the law was looked for is
told as its text says, and marked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from licet.model.answer import Span
from licet.watching.listings import list_changes
from licet.watching.measures import events
from licet.watching.point import NOTHING, Point, learned, point

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from licet.model.act import Act
    from licet.model.errors import Problem
    from licet.sources import Sources
    from licet.watching.acts import WatchedAct
    from licet.watching.listings import ListChange
    from licet.watching.measures import Event
    from licet.watching.parties import Parties, WatchedParty
    from licet.watching.point import Learned
    from licet.watching.window import Window


class Otherwise(NamedTuple):
    """An act or a party of which an earlier day is known otherwise than at the point."""

    name: str
    day: date
    then: str
    now: str


class Watched(NamedTuple):
    """What was found in a window."""

    window: Window
    book: str
    """Version of the lawbook."""
    verified_through: date
    lists: str
    """Version of the lists."""
    issued: Mapping[str, date | None]
    """Day of the newest issue of each list; None where only rows kept by hand speak of it."""
    events: tuple[Event, ...]
    listings: tuple[ListChange, ...]
    acts: tuple[WatchedAct, ...]
    parties: tuple[WatchedParty, ...]
    bad: tuple[Problem, ...]
    """Rows of parties that could not be taken as they stand."""
    since: Point | None = None
    """The point of the earlier look."""
    learned: Learned = NOTHING
    """What became known since of days up to it."""
    otherwise: tuple[Otherwise, ...] = ()
    asked: bool = False
    """Whether acts or parties were given."""

    @property
    def touched_acts(self) -> tuple[WatchedAct, ...]:
        """The acts whose answers change."""
        return tuple(act for act in self.acts if act.touched)

    @property
    def touched_parties(self) -> tuple[WatchedParty, ...]:
        """The parties of which something changes."""
        return tuple(party for party in self.parties if party.changes)

    @property
    def found(self) -> bool:
        """Whether something touches the acts and parties; where none were given, whether anything changed at all."""
        if self.asked:
            return bool(self.touched_acts or self.touched_parties or self.otherwise)
        return bool(self.events or self.listings or self.learned.found)

    def touching(self, event: Event) -> tuple[str, ...]:
        """Return the names of the acts that a change of a measure flips, or the event that it is part of."""
        same = {one.id for one in self.events if (one.day, one.head) == (event.day, event.head)} if self.acts else set()
        return tuple(
            act.name
            for act in self.acts
            if any(flip.day == event.day and same & set(cause.ids) for flip in act.flips for cause in flip.causes)
        )


def watch(
    sources: Sources,
    window: Window,
    acts: Sequence[Act] = (),
    parties: Sequence[Parties] = (),
    since: Point | None = None,
) -> Watched:
    """Say what changed, what is to come, and what it touches.

    Args:
        sources: Lawbook and lists.
        window: The days.
        acts: Acts as stated.
        parties: Files of parties.
        since: The point of an earlier look.

    Returns:
        What was found.
    """
    happened, listings = events(sources.book, window), list_changes(sources, window)
    found = Watched(
        window,
        sources.book.version,
        sources.book.verified_through,
        sources.lists.version,
        {id_: state.issued for id_, state in sources.lists.lists.items()},
        happened,
        listings,
        _acts(sources, window, acts, (happened, listings)),
        _parties(sources, window, parties, listings),
        tuple(problem for file in parties for problem in file.bad),
        since,
        learned(since, sources) if since is not None else NOTHING,
        asked=bool(acts or parties),
    )
    return found._replace(otherwise=_otherwise(found, sources, acts, since)) if since is not None else found


def _acts(
    sources: Sources,
    window: Window,
    acts: Sequence[Act],
    found: tuple[tuple[Event, ...], tuple[ListChange, ...]],
) -> tuple[WatchedAct, ...]:
    if not acts:
        return ()
    from licet.watching.acts import Watcher

    watcher = Watcher(sources, window, *found)
    return tuple(watcher.watch(act) for act in acts)


def _parties(
    sources: Sources, window: Window, files: Sequence[Parties], listings: Iterable[ListChange]
) -> tuple[WatchedParty, ...]:
    if not files:
        return ()
    from licet.watching.parties import PartyWatcher

    watcher = PartyWatcher(sources, window, listings)
    return tuple(watcher.watch(row, file.file) for file in files for row in file.rows)


def point_of(found: Watched, sources: Sources, acts: Iterable[Act]) -> Point:
    """Return the point of a look, for a later one to begin at.

    Args:
        found: What was found.
        sources: Lawbook and lists.
        acts: The acts that were watched.
    """
    day = found.window.today
    return point(sources, day, _spans(sources, acts, day), _listed(found, sources, day))


def _spans(sources: Sources, acts: Iterable[Act], day: date) -> dict[str, Span]:
    """Return the ranges of outcomes of acts on a day as the texts say, by the digest of their facts."""
    from licet.check import decide_on
    from licet.state import Question
    from licet.watching.acts import key_of

    return {key_of(act): decide_on(act, Question(day), sources, sources.book, {}).span for act in acts}


def _listed(found: Watched, sources: Sources, day: date) -> dict[str, tuple[str, ...]]:
    """Return the lists and entries of parties on a day, by the digest of name and country."""
    from licet.watching.point import key_of_party

    those: dict[str, tuple[str, ...]] = {}
    for party in found.parties:
        key = key_of_party(party.row.name, party.row.country)
        if key not in those:
            listed = sources.lists.find(party.row.name, day, party.row.country).listed if party.found else ()
            those[key] = tuple(sorted({f"{row.list}/{row.entry}" for row in listed}))
    return those


def _otherwise(found: Watched, sources: Sources, acts: Iterable[Act], since: Point) -> tuple[Otherwise, ...]:
    """Return the acts and parties of which the day of a point is known otherwise now."""
    from licet.watching.acts import key_of, told
    from licet.watching.point import key_of_party

    those: list[Otherwise] = []
    spans: Mapping[str, Span] = _spans(sources, [act for act in acts if key_of(act) in since.acts], since.day)
    for act in found.acts:
        if act.key in spans and told(spans[act.key]) != told(Span(*since.acts[act.key])):
            before, after = (_ends(Span(*span)) for span in (since.acts[act.key], spans[act.key]))
            those.append(Otherwise(act.name, since.day, before, after))
    listed = _listed(found, sources, since.day) if since.parties else {}
    for party in found.parties:
        key = key_of_party(party.row.name, party.row.country)
        if key in since.parties and listed[key] != since.parties[key]:
            then, now = ("; ".join(one) or "on no list known here" for one in (since.parties[key], listed[key]))
            those.append(Otherwise(party.row.name, since.day, then, now))
    return tuple(dict.fromkeys(those))


def _ends(span: Span) -> str:
    """Write a range of outcomes with its review policy, by the names of the closed lists."""
    low, high = span.at_least.name, span.at_most.name
    policy = f" ({span.policy.name})" if span.policy is not None else ""
    return (low if low == high else f"{low} … {high}") + policy
