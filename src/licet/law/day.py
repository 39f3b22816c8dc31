"""The law of one day, as rules see it: what is in force. It keeps what it was asked, for trace, time line and cache."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar, cast

from licet.law import status as resolver
from licet.model.measure import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from licet.law.book import Book
    from licet.model.measure import Measure

Remembered = TypeVar("Remembered")
REMEMBERED_DAYS = 128
"""How many law days keep what depends on the day alone; one takes about 100 kB."""
_ONE_DAY = timedelta(days=1)
_NOTHING_FROZEN: dict[str, date] = {}


class LawDay:
    """The law of one day, seen with the knowledge of another.

    Args:
        book: The lawbook, with or without what-ifs.
        day: The day of the law.
        known: Last day of which anything had been seen; None for all that the book holds.
        frozen: Measures whose status is taken as that of another day: an earlier one for a change that is due and may
            not have come, a later one for a measure that is to come.
    """

    __slots__ = ("_shelf", "_status", "asked", "book", "cuts", "day", "frozen", "known")

    def __init__(
        self, book: Book, day: date, known: date | None = None, frozen: Mapping[str, date] = _NOTHING_FROZEN
    ) -> None:
        """Take the book and the day; nothing has been asked yet."""
        self.book, self.day, self.known, self.frozen = book, day, known, frozen
        self.asked: dict[str, None] = {}
        self.cuts: set[date] = set()
        self._status: dict[str, Status] = {}
        self._shelf: dict[str, tuple[object, dict[str, None], set[date]]] | None = None

    def status(self, name: str) -> Status:
        """Return the status of a measure on this day."""
        self.asked[name] = None
        return self.peek(name)

    def peek(self, name: str) -> Status:
        """Return the status of a measure on this day, beside the decision: nothing of the answer rests on it."""
        found = self._status.get(name)
        if found is None:
            day = self.frozen.get(name, self.day)
            found = resolver.status(self.book[name], day, known=self.known, book=self.book)
            self._status[name] = found
        return found

    def stands(self, name: str) -> bool:
        """Say whether the text of a measure stands on this day, enforced or not, and has legal force."""
        return self.status(name) in (Status.IN_FORCE, Status.NOT_ENFORCED)

    def in_force(self, name: str) -> bool:
        """Say whether a measure is in force on this day and enforced."""
        return self.status(name) is Status.IN_FORCE

    def complied(self, name: str) -> bool:
        """Say whether a measure stands and must be complied with already (`compliance_from`)."""
        start = self.book[name].compliance_from
        return self.stands(name) and (start is None or self.since(start))

    def first_in_force(self, *names: str) -> str:
        """Return the first of these measures that is in force, or an empty string."""
        return next((name for name in names if self.in_force(name)), "")

    def since(self, day: date) -> bool:
        """Say whether this day is `day` or later: a cut of the law intervals that stands in a rule."""
        self.cuts.add(day)
        return self.day >= day

    def after(self, day: date) -> bool:
        """Say whether this day is later than `day`."""
        return self.since(day + _ONE_DAY)

    def remembered(self, name: str, work_out: Callable[[LawDay], Remembered]) -> Remembered:
        """Return what depends on the law of this day alone, worked out once for the book and day.

        What it asks of the law is asked again each time, so that the trace of every answer is whole.

        Args:
            name: What it is.
            work_out: Works it out from a law of this day.
        """
        if self._shelf is None:
            key = (self.day, self.known, tuple(sorted(self.frozen.items())))
            self._shelf = self._shelf_of(key)
        shelf = self._shelf
        if name not in shelf:
            law = LawDay(self.book, self.day, self.known, self.frozen)
            shelf[name] = (work_out(law), law.asked, law.cuts)
        found, asked, cuts = shelf[name]
        self.asked.update(asked)
        self.cuts.update(cuts)
        return cast("Remembered", found)

    def _shelf_of(self, key: object) -> dict[str, tuple[object, dict[str, None], set[date]]]:
        """Return what is remembered of this law day; the day that was first made gives way where there are too many."""
        shelves = self.book.remembered
        if key not in shelves and len(shelves) >= REMEMBERED_DAYS:
            shelves.pop(next(iter(shelves)))
        return shelves.setdefault(key, {})

    def effects(self, ground: str) -> Iterator[Measure]:
        """Walk through the what-if measures in force that do something to a ground."""
        for name in self.book.what_ifs:
            measure = self.book[name]
            if measure.effect is not None and measure.effect.ground == ground and self.in_force(name):
                yield measure
