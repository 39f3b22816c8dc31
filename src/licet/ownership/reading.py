"""What the readers of interests share: numbers of percent, ranges, days, and problems in one pass."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from licet.model.errors import FactsError, Problem
from licet.ownership.shares import UNKNOWN_SHARE, WHOLE, Share, between, exactly

MOST_PROBLEMS = 50
"""Problems of one file that are shown; the number of the others is said."""
MOST_PARTIES = 20_000
"""Parties of one file; interests may be five times as many."""
MOST_INTERESTS = 100_000
PERCENT = "percent, 0 to 100, such as 25 or 33.3"
_NUMBER = re.compile(r"\d{1,12}(\.\d{1,30})?\Z")
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?\Z")


class Problems:
    """Collects what is wrong with a file, so that all of it is said in one pass."""

    def __init__(self, file: str) -> None:
        """Take the name of the file."""
        self.file = file
        self.found: list[Problem] = []

    def add(self, line: int, field: str, message: str, allowed: str = "", nearest: str = "") -> None:
        """Add one problem, in its line and field."""
        self.found.append(Problem(message, self.file, line, field=field, allowed=allowed, nearest=nearest))

    def refuse(self) -> None:
        """Refuse the file where anything is wrong with it.

        Raises:
            FactsError: With every problem, up to a number; how many more there are is said.
        """
        if not self.found:
            return
        more = len(self.found) - MOST_PROBLEMS
        rest = [Problem(f"and {more:,} more problems", self.file)] if more > 0 else []
        raise FactsError(*self.found[:MOST_PROBLEMS], *rest)


class End(NamedTuple):
    """One end of a range of percent."""

    value: Fraction
    outside: bool = False
    """The end does not belong to the range."""


def percent(text: str) -> Fraction | None:
    """Return a number of percent from 0 to 100 exactly as written, or None where the text is none."""
    if not _NUMBER.match(text):
        return None
    value = Fraction(text)
    return value if value <= WHOLE.value else None


def ranged(low: End | None, high: End | None) -> Share | None:
    """Return the share of a range, whose ends may be open or missing, or None where nothing lies in it."""
    if low is None and high is None:
        return UNKNOWN_SHARE
    first, last = low or End(Fraction(0)), high or End(WHOLE.value)
    empty = first.value > last.value or (first.value == last.value and (first.outside or last.outside))
    if empty:
        return None
    if first.value == last.value:
        return exactly(first.value)
    return between(first.value, last.value, above=first.outside, below=last.outside)


def day_of(text: str) -> date | None:
    """Return the day of a date or of a date with a time, or None where the text is none."""
    found = _DAY.match(text)
    if not found:
        return None
    try:
        return date.fromisoformat(found.group(1))
    except ValueError:
        return None


def within_limits(problems: Problems, parties: int, interests: int) -> None:
    """Refuse a graph that is too large: nothing is cut short."""
    for count, most, what in ((parties, MOST_PARTIES, "parties"), (interests, MOST_INTERESTS, "interests")):
        if count > most:
            problems.add(
                0, "", f"found {count:,} {what}, {most:,} are allowed", "a smaller file: the parties asked about"
            )
    problems.refuse()
