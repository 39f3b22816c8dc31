"""How a name stands to the entries of the lists over time: as theirs, or as theirs only later or no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from licet.watching.listings import turns
from licet.watching.window import ONE_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from licet.sources import Sources
    from licet.watching.window import Window


class Held(NamedTuple):
    """A listing that a name has on a day."""

    own: bool
    """Whether the entry has this name on the day; else it got it only later, or had lost it."""
    checked: str
    """See `Listing.checked`."""


class Gain(NamedTuple):
    """A name comes to an entry that is on a list already, or goes from it."""

    day: date
    list: str
    entry: str
    gained: bool


class Named:
    """The entries of one name in a window.

    Args:
        sources: The lists.
        window: The days.
        name: A name as someone wrote it.
        country: ISO 3166-1 alpha-2 code, or empty.
    """

    def __init__(self, sources: Sources, window: Window, name: str, country: str = "") -> None:
        """Look the name up once: an equal name is found on whatever day."""
        self.lists, self.window, self.name, self.country = sources.lists, window, name, country
        self._day = min(max(window.today, window.before), window.last)
        found = self.lists.find(name, self._day, country)
        self.known = found.known
        """Ids of the lists on which its status is known today, or on the day of the window nearest to it."""
        rows = (*found.listed, *found.off, *found.later_alias)
        self.entries = tuple(dict.fromkeys(row.entry for row in rows))

    @property
    def now(self) -> dict[tuple[str, str], Held]:
        """The listings that the name has today, or on the day of the window nearest to it."""
        return self.on(self._day)

    def on(self, day: date) -> dict[tuple[str, str], Held]:
        """Return the listings that the name has on a day, by list and entry."""
        if not self.entries:
            return {}
        found = self.lists.find(self.name, day, self.country)
        alike = {(row.list, row.entry): Held(own=False, checked=row.checked) for row in found.later_alias}
        return alike | {(row.list, row.entry): Held(own=True, checked=row.checked) for row in found.listed}

    def gains(self) -> Iterator[Gain]:
        """Walk through the days on which an entry that is listed gets the name, or loses it."""
        if not self.entries:
            return
        starts = [self.window.before, *sorted(self._turns())]
        ends = [*(day - ONE_DAY for day in starts[1:]), self.window.last]
        for start, end in zip(starts, ends, strict=True):
            yield from self._drift(start, end)

    def _turns(self) -> set[date]:
        days = (day for entry in self.entries for row in self.lists.history(entry) for day in turns(row))
        return {day for day in days if self.window.holds(day)}

    def _drift(self, start: date, end: date) -> Iterator[Gain]:
        """Walk through what changes between two days on which no listing turns: halve until the day is found."""
        before, after = self.on(start), self.on(end)
        if start >= end or before == after:
            return
        if end - start > ONE_DAY:
            middle = start + (end - start) // 2
            yield from self._drift(start, middle)
            yield from self._drift(middle, end)
            return
        for key in sorted(before.keys() & after.keys()):
            if before[key].own != after[key].own:
                yield Gain(end, *key, gained=after[key].own)
