"""Several statements of one record: which of them speaks of which day.

A register states a record anew when it changes, often some days late. On a day the newest statement made by then
speaks; a later one speaks already if it tells of a change that had happened: an interest that began or ceased after the
statement before it and by that day. So a late filing counts from the day it tells of, and a start that is merely
repeated, with a new share, does not change the years before.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ONE_DAY = timedelta(days=1)
_ALWAYS = date.min


class Held(NamedTuple):
    """One interest as one statement gives it."""

    content: object
    """What it says; two that are equal are one interest that goes on."""
    start: date | None = None
    end: date | None = None
    """The first day on which it is held no more."""


class Version(NamedTuple):
    """One statement of a record."""

    day: date | None
    """When it was made; None: not said."""
    closed: bool
    """It closes the record: from its day on nothing is held."""
    held: tuple[Held, ...]


class Span(NamedTuple):
    """Days on which an interest is held as a statement says."""

    version: int
    number: int
    """Which interest of the statement."""
    since: date | None
    through: date | None


def spans(versions: Sequence[Version]) -> list[Span]:
    """Return the days of each interest of a record.

    Args:
        versions: Its statements in the order in which they were made.

    Returns:
        Spans without gaps in them; one that goes on from statement to statement is one span, of the first that gave it.
    """
    days = {one.day for one in versions} | {day for one in versions for day in _told(one)}
    cuts = [_ALWAYS, *sorted(day for day in days if day is not None)]
    ends = [*(cut - _ONE_DAY for cut in cuts[1:]), None]
    out: list[Span] = []
    going: dict[object, int] = {}
    for first, last in zip(cuts, ends, strict=True):
        now: dict[object, int] = {}
        twins: Counter[object] = Counter()
        for version, number in _on(versions, first):
            content = versions[version].held[number].content
            key = (content, twins[content])
            twins[content] += 1
            at = going.get(key)
            if at is None:
                out.append(Span(version, number, None if first == _ALWAYS else first, last))
                at = len(out) - 1
            else:
                out[at] = out[at]._replace(through=last)
            now[key] = at
        going = now
    return out


def _on(versions: Sequence[Version], day: date) -> Iterator[tuple[int, int]]:
    """Walk through what is held on a day: the statement, and which of its interests."""
    at = _speaking(versions, day)
    if at is None:
        return
    one = versions[at]
    shut = one.closed and (one.day is None or one.day <= day)
    for number, held in enumerate(one.held):
        begun = held.start is None or held.start <= day
        if begun and (day < held.end if held.end is not None else not shut):
            yield at, number


def _speaking(versions: Sequence[Version], day: date) -> int | None:
    """Return which statement speaks of a day, or None where none does."""
    at = None
    for number, one in enumerate(versions):
        if one.day is None or one.day <= day:
            at = number
    for number in range(0 if at is None else at + 1, len(versions)):
        before = versions[number - 1].day if number else None
        if any((before is None or before < told) and told <= day for told in _told(versions[number])):
            at = number
    return at


def _told(version: Version) -> Iterator[date]:
    """Walk through the days of change that a statement tells of."""
    for held in version.held:
        yield from (told for told in (held.start, held.end) if told is not None)
