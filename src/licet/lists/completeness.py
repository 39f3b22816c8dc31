"""On which days the issues of a list name everyone who is on it, and the arithmetic of such stretches of days."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

from licet.lists.source import ISSUED, NEVER, NEXT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from licet.lists.merge import History
    from licet.lists.source import Source

_ONE_DAY = timedelta(days=1)


def complete(history: History, source: Source | None) -> list[tuple[date, date]]:
    """Return the stretches of days on which the issues of a list name everyone who is on it.

    Args:
        history: What is known of the list.
        source: Its source; None: nothing is said of when it is complete.

    Returns:
        First and last days, in order.
    """
    if source is None or NEVER in (source.complete.since, source.complete.through):
        return []
    days = sorted({stamp.issued for stamp in history.stamps if stamp.whole and not stamp.shadowed})
    turns = _turns(history)
    stretches = []
    for number, day in enumerate(days):
        following = days[number + 1] if number + 1 < len(days) else None
        last = day
        if source.complete.through == NEXT:
            last += timedelta(days=source.cadence)
        if following is not None and source.complete.through == NEXT:
            before = following - _ONE_DAY
            last = min(last, before) if following in turns else before
        stretches.append((day, last))
    if stretches and source.complete.since != ISSUED:
        stretches[0] = date.fromisoformat(source.complete.since), stretches[0][1]
    return stretches


def _turns(history: History) -> set[date]:
    """Return the days of the issues with which a party came or went."""
    days: dict[str, Counter[date]] = {}
    for row in history.rows:
        if row.known_through is None:
            ends = days.setdefault(row.party, Counter())
            ends.update(day for day in (row.appeared, row.gone) if day is not None)
    return {day for ends in days.values() for day, times in ends.items() if times == 1}


def put_together(stretches: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    """Make one of stretches that touch."""
    made: list[tuple[date, date]] = []
    for first, last in sorted(stretches):
        if made and first <= made[-1][1] + _ONE_DAY:
            made[-1] = made[-1][0], max(made[-1][1], last)
        else:
            made.append((first, last))
    return made


def without(span: tuple[date, date], others: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    """Return the days of a span that lie in none of others, as spans."""
    left = [span]
    for first, last in others:
        kept = []
        for start, end in left:
            if last < start or end < first:
                kept.append((start, end))
                continue
            if start < first:
                kept.append((start, first - _ONE_DAY))
            if last < end:
                kept.append((last + _ONE_DAY, end))
        left = kept
    return left


def split(span: tuple[date, date], stretches: Iterable[tuple[date, date]]) -> Iterator[tuple[date, date, bool]]:
    """Yield the parts of a span inside of stretches, and those outside of all."""
    inside = [(max(span[0], first), min(span[1], last)) for first, last in put_together(stretches)]
    inside = [(first, last) for first, last in inside if first <= last]
    yield from ((*one, True) for one in inside)
    yield from ((*one, False) for one in without(span, inside))
