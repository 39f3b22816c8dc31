"""Acts over the window: decided on each day on which something turns that the decision before had read.

After the last verified day the law is taken as its texts say; how sure a change is stands beside it.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from licet.check import OWN_DATES, decide_on
from licet.law.status import cuts, status, transitions_between
from licet.state import Question
from licet.story import VENDORS, own_days, standing
from licet.watching.names import Named
from licet.watching.window import EXPECTED, ONE_DAY, SURE, VERIFIED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from licet.decide import Decision
    from licet.model.act import Act
    from licet.model.answer import Span
    from licet.model.outcome import Outcome, Policy
    from licet.sources import Sources
    from licet.watching.listings import ListChange
    from licet.watching.measures import Event
    from licet.watching.window import Window

MEASURE, LISTING, LISTS, OWN_DAY, RULE = "measure", "listing", "lists", "own day", "rule"
_NOTHING: Mapping[str, date] = {}


Told: TypeAlias = "tuple[Outcome, Outcome, Policy | None]"


class Cause(NamedTuple):
    """What flips an answer."""

    kind: str
    """measure · listing · lists (what the lists know) · own day (one that stands in the act) · rule (one that stands
    in a rule)."""
    ids: tuple[str, ...]
    """Ids of the measures, of the entry with its list before it, of the list, or the path of the fact."""
    says: str
    cite: str = ""


class Flip(NamedTuple):
    """An answer that changes on a day."""

    day: date
    before: Span
    after: Span
    sure: str
    causes: tuple[Cause, ...]

    @property
    def outcome_differs(self) -> bool:
        """Whether the outcome changes, or the review policy alone."""
        return told(self.before)[:2] != told(self.after)[:2]


class WatchedAct(NamedTuple):
    """An act over the window."""

    name: str
    kind: str
    key: str
    """Digest of its facts: the same act in a later look."""
    start: Span
    """On the last day before the window."""
    now: Span
    """Today, or on the day of the window nearest to it."""
    end: Span
    flips: tuple[Flip, ...]
    unmoved: tuple[tuple[date, str], ...]
    """Measures that its decision reads and that change in the window without a change of the answer."""
    notes: tuple[str, ...] = ()

    @property
    def touched(self) -> bool:
        """Whether its answer changes in the window."""
        return bool(self.flips)


class _Decided(NamedTuple):
    """A day that was decided."""

    day: date
    span: Span
    asked: frozenset[str]
    cuts: frozenset[date]


class Watcher:
    """Watches acts in one window.

    Args:
        sources: Lawbook and lists.
        window: The days.
        events: What happens to measures in it.
        listings: What becomes of entries in it.
    """

    def __init__(
        self, sources: Sources, window: Window, events: Iterable[Event], listings: Iterable[ListChange]
    ) -> None:
        """Take what is watched."""
        self.sources, self.window = sources, window
        self.events = {(event.day, event.id): event for event in events}
        self.listings: dict[tuple[str, date], list[ListChange]] = {}
        for change in listings:
            self.listings.setdefault((change.entry, change.day), []).append(change)

    def watch(self, act: Act) -> WatchedAct:
        """Return an act over the window."""
        names = named_in(act, self.sources, self.window)
        own = _own_days(act)
        gained = {gain.day for one in names for gain in one.gains()}
        points = list(self._points(act, own_days(act, self.sources.lists) | set(own) | gained))
        first, unmoved, flips = points[0], [], []
        for before, after in pairwise(points):
            if told(before.span) == told(after.span):
                unmoved += [(after.day, id_) for id_ in self._moved(before, after)]
            else:
                flips.append(_Flipping(self, act, names, own).flip(before, after))
        now = min(max(self.window.today, first.day), self.window.last)
        at_now = [point for point in points if point.day <= now][-1]
        return WatchedAct(
            act.file or "an act",
            act.kind,
            key_of(act),
            first.span,
            at_now.span,
            points[-1].span,
            tuple(flips),
            tuple(unmoved),
            tuple(_notes(act, self.window)),
        )

    def decide(self, act: Act, day: date, frozen: Mapping[str, date] = _NOTHING) -> Decision:
        """Decide an act under the law of a day as its texts say."""
        return decide_on(act, Question(day, self.window.known), self.sources, self.sources.book, frozen)

    def _points(self, act: Act, own: frozenset[date]) -> Iterator[_Decided]:
        """Walk through the days that are decided: the last before the window, and each on which something turns."""
        day = max(self.window.before, self.sources.book.first_day)
        point = self._decided(act, day)
        yield point
        while (day := self._next(point, day, own)) <= self.window.last:
            if day in own or day in point.cuts or any(True for _ in self._moving(point.asked, day)):
                point = self._decided(act, day)
                yield point

    def _decided(self, act: Act, day: date) -> _Decided:
        decision = self.decide(act, day)
        law = decision.case.law
        return _Decided(day, decision.span, frozenset(law.asked), frozenset(law.cuts))

    def _next(self, point: _Decided, day: date, own: frozenset[date]) -> date:
        """Return the next day on which something turns that a decision read."""
        book = self.sources.book
        days = {*point.cuts, *own, *(cut for name in point.asked for cut in cuts(book[name]))}
        return min((one for one in days if one > day), default=date.max)

    def _moving(self, asked: Iterable[str], day: date) -> Iterator[str]:
        """Walk through the measures whose text starts or ceases to stand on a day, or to be enforced."""
        book, known = self.sources.book, self.window.known
        for id_ in asked:
            before, after = (standing(status(book[id_], one, known=known, book=book)) for one in (day - ONE_DAY, day))
            if before is not after:
                yield id_

    def _moved(self, before: _Decided, after: _Decided) -> list[str]:
        """Return the measures that change on the day of a decision and that it or the one before read, in order."""
        moving = set(self._moving(before.asked | after.asked, after.day))
        return [id_ for id_ in self.sources.book if id_ in moving]


class _Flipping:
    """Finds what flips an answer: each change of the day is taken back, to see whether the answer stays."""

    def __init__(self, watcher: Watcher, act: Act, names: Iterable[Named], own: Mapping[date, list[str]]) -> None:
        self.watcher, self.act, self.names, self.own = watcher, act, names, own

    def flip(self, before: _Decided, after: _Decided) -> Flip:
        """Return the flip between two decided days, with its causes."""
        day, book = after.day, self.watcher.sources.book
        moved = self.watcher._moved(before, after)  # noqa: SLF001 - of this module
        causes = [self._measures(day, group) for group in self._deciding(day, moved, after.span)]
        if not causes:
            causes = [*self._listings(day), *self._own_days(day), *self._terms(day, before.asked | after.asked)]
        if not causes:
            causes = list(self._knowledge(day))
        if not causes:
            causes = [Cause(RULE, (), "a day that stands in a rule")]
        text_out = all(
            self.watcher.events[day, id_].sure != EXPECTED
            for cause in causes
            for id_ in cause.ids
            if (day, id_) in self.watcher.events
        )
        sure = self.watcher.window.sure(day, book.verified_through, text_is_out=text_out)
        return Flip(day, before.span, after.span, sure, tuple(causes))

    def _deciding(self, day: date, moved: list[str], after: Span) -> list[tuple[str, ...]]:
        """Return the changes of measures without which the answer would be another.

        Where each alone leaves the answer, those of which each alone brings it; else all of them together.
        """
        groups = self._groups(day, moved)
        there = told(after)
        if not groups or self._without(day, groups) == there:
            return []
        needed = [group for group in groups if self._without(day, [group]) != there]
        if not needed:
            needed = [one for one in groups if self._without(day, [g for g in groups if g != one]) == there]
        return needed or [tuple(id_ for group in groups for id_ in group)]

    def _groups(self, day: date, moved: list[str]) -> list[tuple[str, ...]]:
        """Return the measures of a day by the event that they are part of."""
        changes = transitions_between(self.watcher.sources.book, day - ONE_DAY, day)
        groups = [tuple(id_ for id_ in change.ids if id_ in moved) for change in changes]
        grouped = {id_ for group in groups for id_ in group}
        return [group for group in groups if group] + [(id_,) for id_ in moved if id_ not in grouped]

    def _without(self, day: date, groups: Iterable[tuple[str, ...]]) -> Told:
        """Return the answer as it would be on a day had some changes of the day not come."""
        frozen = {id_: day - ONE_DAY for group in groups for id_ in group}
        return told(self.watcher.decide(self.act, day, frozen).span)

    def _measures(self, day: date, ids: tuple[str, ...]) -> Cause:
        book = self.watcher.sources.book
        change = next((one for one in transitions_between(book, day - ONE_DAY, day) if set(ids) & set(one.ids)), None)
        head = change.head if change is not None and change.head in ids else ids[0]
        ordered = (head, *(id_ for id_ in ids if id_ != head))
        events = [self.watcher.events.get((day, id_)) for id_ in ordered]
        says = "; ".join(f"{event.title}: {event.what}" for event in events if event is not None)
        return Cause(MEASURE, ordered, says or book[head].title, book[head].cites[0])

    def _listings(self, day: date) -> Iterator[Cause]:
        """Walk through what becomes of the entries that the act names."""
        for named in self.names:
            for entry in named.entries:
                for change in self.watcher.listings.get((entry, day), ()):
                    ids = (change.measure,) if change.measure else ()
                    says = f"{change.name}: {change.kind} on {change.list}"
                    yield Cause(LISTING, (f"{change.list}/{change.entry}", *ids), says, change.cite)
            for gain in named.gains():
                if gain.day == day:
                    how = "gets" if gain.gained else "loses"
                    says = f"{gain.entry} on {gain.list} {how} the name {named.name}"
                    yield Cause(LISTING, (f"{gain.list}/{gain.entry}",), says)

    def _knowledge(self, day: date) -> Iterator[Cause]:
        """Walk through the lists that are complete from a day on, or no longer are."""
        for id_, state in self.watcher.sources.lists.lists.items():
            for first, last in state.complete:
                if day == first:
                    yield Cause(LISTS, (id_,), f"{id_}: complete from {first} on: who is not found is not on it")
                if day == last + ONE_DAY:
                    says = f"{id_}: complete through {last}; after it, who is not found may be on it"
                    yield Cause(LISTS, (id_,), says)

    def _own_days(self, day: date) -> Iterator[Cause]:
        for path in self.own.get(day, ()):
            yield Cause(OWN_DAY, (path,), f"the act's own day: {path}")

    def _terms(self, day: date, asked: Iterable[str]) -> Iterator[Cause]:
        """Walk through the measures of which something else turns on a day: a term inside, the day to comply from."""
        book = self.watcher.sources.book
        for id_ in (one for one in book if one in set(asked)):
            event = self.watcher.events.get((day, id_))
            if event is not None and event.force:
                yield Cause(MEASURE, (id_,), f"{event.title}: {event.what}", event.cite)


def told(span: Span) -> Told:
    """Return what an answer tells of its range: the outcome at both ends, and the review policy."""
    return span.at_least, span.at_most, span.policy


def key_of(act: Act) -> str:
    """Return a digest of the facts of an act, the same whatever file they stand in."""
    import json
    from hashlib import sha256

    from licet.model.digest import plain

    facts = {path: plain(fact.value) for path, fact in act.facts.items()}
    text = json.dumps([act.kind, facts, dict(act.counts)], sort_keys=True, ensure_ascii=False)
    return sha256(text.encode()).hexdigest()[:16]


def named_in(act: Act, sources: Sources, window: Window) -> tuple[Named, ...]:
    """Return the names in an act that are looked up on the lists."""
    found = []
    for path, fact in act.facts.items():
        record = path.removesuffix(".name")
        looked_up = path.endswith((".name", ".same_as", ".employer")) and act.count(f"{record}.listings") is None
        if ((path.startswith("parties") and looked_up) or path in VENDORS) and isinstance(fact.value, str):
            country = act.get(f"{record}.country")
            found.append(Named(sources, window, fact.value, country if isinstance(country, str) else ""))
    return tuple(found)


def _own_days(act: Act) -> dict[date, list[str]]:
    """Return the days from which an act itself may read otherwise: those that stand in it, and those after them."""
    days: dict[date, list[str]] = {}
    for path, fact in act.facts.items():
        if isinstance(fact.value, date):
            days.setdefault(fact.value, []).append(path)
            if fact.value < date.max:
                days.setdefault(fact.value + ONE_DAY, []).append(path)
    return days


def _notes(act: Act, window: Window) -> Iterator[str]:
    """Say where an act has a day of its own: then the law of that day counts for it, and not that of the window."""
    for path in OWN_DATES:
        day = act.get(path)
        if isinstance(day, date):
            where = "inside" if window.holds(day) else "outside"
            yield f"{path} is {day}, {where} these days: the law of that day counts for the act itself"
            return


def surest(flips: Iterable[Flip]) -> str:
    """Return the least sure of some flips."""
    return max((flip.sure for flip in flips), key=SURE.index, default=VERIFIED)
