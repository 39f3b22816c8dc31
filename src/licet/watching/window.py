"""The days that are watched, and how sure a change in them is."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from licet.model.errors import FactsError, Problem

if TYPE_CHECKING:
    from licet.law.book import Book

ONE_DAY = timedelta(days=1)
BACK = timedelta(days=30)
"""How far back one looks where nobody says since when."""
AHEAD = "180d"
"""How far ahead one looks where nobody says how far."""
LONGEST = timedelta(days=50 * 366)
VERIFIED, UNVERIFIED, SCHEDULED, EXPECTED = "verified", "unverified", "scheduled", "expected"
"""How sure a change is: came, as far as was looked; due by its text after the last verified day; to come by a text that
is out; to come as announced, with no text yet."""
SURE = (VERIFIED, UNVERIFIED, SCHEDULED, EXPECTED)
_LENGTH = re.compile(r"(\d{1,5}) ?([dwmy]?)")
_ALLOWED = "days such as 180 or 180d, weeks 26w, months 6m, years 1y, or a day"


class Window(NamedTuple):
    """The days that are watched, inclusive at both ends."""

    first: date
    last: date
    today: date
    known: date | None = None
    """Last day of which anything had been seen; None: all that the book holds."""

    @property
    def before(self) -> date:
        """The last day before."""
        return self.first - ONE_DAY

    def holds(self, day: date) -> bool:
        """Say whether a day lies in the window."""
        return self.first <= day <= self.last

    def sure(self, day: date, verified: date, *, text_is_out: bool = True) -> str:
        """Say how sure a change of a day is.

        Args:
            day: First day of what is new.
            verified: Last day up to which was looked.
            text_is_out: Whether the text that names the day is out today.
        """
        if day <= (min(verified, self.known) if self.known else verified):
            return VERIFIED
        if day <= self.today:
            return UNVERIFIED
        return SCHEDULED if text_is_out else EXPECTED


def window(book: Book, today: date, since: date | None = None, ahead: str = AHEAD, known: date | None = None) -> Window:
    """Return the days to watch.

    Args:
        book: The lawbook, which knows its first day.
        today: The day by the caller's clock.
        since: First day; None: `BACK` before today.
        ahead: How far to look from today, or the last day.
        known: See `Window`.

    Raises:
        FactsError: The days are out of order, too many, or before what the book knows.
    """
    last = _last(today, ahead)
    first = since or min(today, last) - BACK
    if first < book.first_day:
        message, todo = f"the law of {first} is not known here; that is no clearance", "Look from a later day on."
        raise FactsError(Problem(message, field="--since", allowed=f"{book.first_day} or later", todo=todo))
    if last < first:
        raise FactsError(Problem(f"{first} is after {last}, where the window ends", field="--since, --next"))
    if last - first > LONGEST:
        raise FactsError(Problem(f"{first} to {last} are more than 50 years", field="--since, --next"))
    return Window(first, last, today, known)


def _last(today: date, ahead: str) -> date:
    """Return the last day of the window."""
    from licet.formats.value import Refusal, parse_day

    text = ahead.strip().lower()
    found = _LENGTH.fullmatch(text)
    try:
        if found is not None:
            return _later(today, int(found[1]), found[2] or "d")
    except (OverflowError, ValueError):
        raise FactsError(Problem(f'found "{ahead}", beyond the calendar', field="--next", allowed=_ALLOWED)) from None
    day = parse_day(text)
    if isinstance(day, Refusal):
        raise FactsError(Problem(f'found "{ahead}"', field="--next", allowed=_ALLOWED))
    return day


def _later(day: date, number: int, unit: str) -> date:
    """Return a day so many days, weeks, months or years later; the last of the month where it has no such day."""
    if unit in "dw":
        return day + timedelta(days=number * (7 if unit == "w" else 1))
    months = day.month - 1 + number * (12 if unit == "y" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
