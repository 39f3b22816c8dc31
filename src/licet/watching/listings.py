"""Lists in the window: what becomes of entries, by day of effect, and what does it.

Law and knowledge are kept apart: `added`, `removed` and `changed` are law; from a day `open` no source at hand says
whether an entry is listed, at `confirmed` one says so again, and where it is `disputed` sources differ.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from licet.law.status import first_known
from licet.watching.window import ONE_DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from licet.law.book import Book
    from licet.lists.effect import Register
    from licet.lists.roster import Roster
    from licet.model.listing import Listing
    from licet.sources import Sources
    from licet.watching.window import Window

ADDED, REMOVED, CHANGED, DISPUTED, OPEN, CONFIRMED = "added", "removed", "changed", "disputed", "open", "confirmed"
KINDS = (ADDED, REMOVED, CHANGED, DISPUTED, OPEN, CONFIRMED)
CONFLICT, MAYBE, AMENDED = "conflict", "open", "amended"
"""Words of `Listing.checked`."""
FIELDS = ("name", "country", "scope", "policy", "footnotes", "programs")
"""What of an entry is a change where it reads otherwise."""
LEAD = timedelta(days=7)
"""How long before it is sure an entry may have been listed and still count as added on the sure day."""
OWN_END = "by the end that it names itself"
AT_THE_LATEST = "by this day at the latest: from when on is not at hand"
NOT_AT_HAND = "amended: what it said before is not at hand"


class ListChange(NamedTuple):
    """What becomes of one entry of one list on one day."""

    day: date
    list: str
    entry: str
    name: str
    country: str
    kind: str
    terms: tuple[str, ...]
    """For `changed`: each field with its old and its new value; for `removed`: how."""
    measure: str
    """Id of the measure that does it, where it is known."""
    cite: str
    sure: str
    """See `licet.watching.window`."""


class Sum(NamedTuple):
    """Changes of one day, list, kind and measure."""

    day: date
    list: str
    kind: str
    measure: str
    cite: str
    """That of all of them; empty where they have several."""
    sure: str
    terms: tuple[str, ...]
    """What changes in each of them; empty where that differs."""
    names: tuple[str, ...]


class _Step(NamedTuple):
    """A day on which an entry of one list turns."""

    day: date
    kind: str
    before: Listing | None
    after: Listing | None


def list_changes(sources: Sources, window: Window) -> tuple[ListChange, ...]:
    """Return what becomes of entries in a window, oldest first.

    Args:
        sources: The lists, and the lawbook that says what changed them.
        window: The days.
    """
    found: list[ListChange] = []
    watching = _Lists(sources, window)
    for entry in sources.lists.ids:
        rows = sources.lists.history(entry)
        if any(window.holds(day) for one in rows for day in turns(one)):
            found += watching.changes(rows)
    return tuple(sorted(found, key=lambda one: (one.day, one.list, KINDS.index(one.kind), one.measure, one.name)))


def turns(row: Listing) -> Iterator[date]:
    """Walk through the days on which the terms of a listing begin, and on which they no longer hold."""
    yield row.since
    if row.through is not None and row.through < date.max:
        yield row.through + ONE_DAY


def sums(changes: Iterable[ListChange]) -> tuple[Sum, ...]:
    """Gather changes of one day, list, kind and measure."""
    found: dict[tuple[object, ...], list[ListChange]] = {}
    for one in changes:
        found.setdefault((one.day, one.list, one.kind, one.measure, one.sure), []).append(one)
    return tuple(_sum(those) for those in found.values())


def _sum(those: list[ListChange]) -> Sum:
    first = those[0]
    same = first.terms if all(one.terms == first.terms for one in those) else ()
    cite = first.cite if all(one.cite == first.cite for one in those) else ""
    names = tuple(one.name for one in those)
    return Sum(first.day, first.list, first.kind, first.measure, cite, first.sure, same, names)


def verified(sources: Sources, list_: str, measure: str = "") -> date:
    """Return the last day up to which a list was looked at: that of its newest issue, or by a measure that of the book.

    Args:
        sources: Lists and lawbook.
        list_: Id of the list.
        measure: What changed the list.
    """
    state = sources.lists.lists.get(list_)
    issued = state.issued if state is not None else None
    if issued is None or measure in sources.book:
        return max(issued or date.min, sources.book.verified_through)
    return issued


class _Lists:
    """Reads the histories of entries in one window."""

    def __init__(self, sources: Sources, window: Window) -> None:
        self.sources, self.window = sources, window
        self.causes = _Causes(sources.book)
        self.issues = issue_days(sources.lists)

    def changes(self, rows: Iterable[Listing]) -> Iterator[ListChange]:
        """Walk through what becomes of one entry, list by list."""
        by_list: dict[str, list[Listing]] = {}
        for row in sorted(rows, key=lambda one: one.since):
            by_list.setdefault(row.list, []).append(row)
        for those in by_list.values():
            for step in self._steps(those):
                told = step.after or step.before
                if told is not None:
                    yield from self._change(step, told)

    def _change(self, step: _Step, row: Listing) -> Iterator[ListChange]:
        """Return a change with its cause, if it could be known."""
        measure, cite = self.causes.of(step)
        looked = verified(self.sources, row.list, measure)
        sure_before = step.before is not None and step.before.checked != MAYBE
        own_end = step.kind == REMOVED and step.day > looked and sure_before
        if not self._known(measure, step.day, own_end=own_end):
            return
        terms = _terms(step, own_end=own_end)
        if own_end and not cite:
            cite = (*row.cites, "")[0]
        sure = self.window.sure(step.day, looked)
        yield ListChange(step.day, row.list, row.entry, row.name, row.country, step.kind, terms, measure, cite, sure)

    def _known(self, measure: str, day: date, *, own_end: bool) -> bool:
        """Say whether a change could be known: its day had come, its measure was said, or the entry named its end."""
        known, book = self.window.known, self.sources.book
        if known is None or day <= known:
            return True
        return first_known(book[measure]) <= known if measure in book else own_end

    def _steps(self, rows: Sequence[Listing]) -> Iterator[_Step]:
        """Walk through the days of the window on which an entry of one list turns."""
        for day in sorted({day for row in rows for day in turns(row) if self.window.holds(day)}):
            before, after = (next((row for row in rows if row.on(one)), None) for one in (day - ONE_DAY, day))
            kind = self._kind(day, before, after)
            if kind == OPEN and before is None and self._soon_sure(rows, after):
                continue
            if kind:
                yield _Step(day, kind, before, after)

    def _kind(self, day: date, before: Listing | None, after: Listing | None) -> str:
        """Say what becomes of an entry; empty where nothing does."""
        was, is_ = (_standing(row) for row in (before, after))
        if after is None or before is None:
            return "" if was == is_ else REMOVED if after is None else is_
        if is_ == ADDED:
            if was == ADDED:
                return CHANGED if differing(before, after) or self._amended(day, before, after) else ""
            new = after.first == after.since and (was == DISPUTED or after.since - before.since <= LEAD)
            return ADDED if new else CONFIRMED
        return is_ if was != is_ else ""

    def _amended(self, day: date, before: Listing, after: Listing) -> bool:
        """Say whether a rule amended an entry of which the old text is not at hand; the first sight of it is none."""
        amended = before.checked == AMENDED and after.checked != AMENDED and len(after.cites) > 1
        return amended and day not in self.issues.get(after.list, ())

    def _soon_sure(self, rows: Iterable[Listing], maybe: Listing | None) -> bool:
        """Say whether an entry that may be listed is surely listed within days of the window: then that day is told."""
        if maybe is None or maybe.through is None:
            return False
        following = next((row for row in rows if row.on(maybe.through + ONE_DAY)), None)
        sure = following is not None and _standing(following) == ADDED and following.since - maybe.since <= LEAD
        return sure and self.window.holds(maybe.through + ONE_DAY)


def issue_days(lists: Roster) -> dict[str, frozenset[date]]:
    """Return for each list the days on which it begins to be complete: those of its issues."""
    return {id_: frozenset(first for first, _ in state.complete) for id_, state in lists.lists.items()}


def _standing(row: Listing | None) -> str:
    """Return what terms say: that it is listed (`added`), that sources differ, that it is open; empty for none."""
    if row is None:
        return ""
    return {CONFLICT: DISPUTED, MAYBE: OPEN}.get(row.checked, ADDED)


def differing(before: Listing, after: Listing) -> tuple[str, ...]:
    """Return the fields in which the terms of an entry differ."""
    return tuple(name for name in FIELDS if getattr(before, name) != getattr(after, name))


def _terms(step: _Step, *, own_end: bool) -> tuple[str, ...]:
    """Say what changes in an entry, or how it ends."""
    before, after = step.before, step.after
    if step.kind == REMOVED:
        late = before is not None and before.checked == MAYBE
        return (AT_THE_LATEST,) if late else (OWN_END,) if own_end else ()
    if step.kind != CHANGED or before is None or after is None:
        return ()
    found = tuple(f"{name}: {_shown(before, name)} → {_shown(after, name)}" for name in differing(before, after))
    return found or (NOT_AT_HAND,)


def _shown(row: Listing, name: str) -> str:
    value = getattr(row, name)
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "none"
    if name == "policy":
        return value.name.lower().replace("_", " ") if value is not None else "not one alone"
    return str(value) or "none"


class _Causes:
    """What changes an entry: the measure that its new citation names, else one that amends the measure behind it."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._starting: dict[date, list[str]] = {}
        for id_ in book:
            measure = book[id_]
            if measure.legal_force and measure.in_force_from is not None:
                self._starting.setdefault(measure.in_force_from, []).append(id_)

    def of(self, step: _Step) -> tuple[str, str]:
        """Return the measure that did it and its citation, each empty where it is not known."""
        before, after, day = step.before, step.after, step.day
        if after is None:
            return self._named(self._ending(before, day), "")
        if step.kind != CHANGED or before is None:
            return self._named(after.measure if step.kind != CONFIRMED else "", after.cites[0] if after.cites else "")
        new = [cite for cite in after.cites if cite not in before.cites] or list(after.cites[-1:])
        cited = next((id_ for cite in new if (id_ := self._cited(cite, day))), "")
        return self._named(cited or self._amending(after.measure, day), new[0] if new else "")

    def _named(self, measure: str, cite: str) -> tuple[str, str]:
        if measure in self.book:
            return measure, self.book[measure].cites[0]
        return measure, cite

    def _ending(self, row: Listing | None, day: date) -> str:
        """Return what ends an entry on a day."""
        if row is None or row.measure not in self.book:
            return ""
        measure = self.book[row.measure]
        if measure.ended_by in self.book and measure.in_force_through == day - ONE_DAY:
            return str(measure.ended_by)
        return self._amending(row.measure, day)

    def _amending(self, measure: str, day: date) -> str:
        """Return what starts on a day and amends a measure; a list before other kinds."""
        those = [id_ for id_ in self._starting.get(day, ()) if measure and measure in self.book[id_].amends]
        return min(those, key=lambda id_: self.book[id_].kind != "list", default="")

    def _cited(self, cite: str, day: date) -> str:
        """Return the measure of a day in whose pages a citation lies."""
        from licet.lists.entry import Citation

        effect = self._register.effect(Citation(cite))
        return effect.measure if effect.day == day else ""

    @cached_property
    def _register(self) -> Register:
        """The pages of the Federal Register, read where something has changed."""
        from licet.lists.effect import Register

        return Register(self.book)
