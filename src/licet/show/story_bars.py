"""The answers of each column as bars on a true time axis: where each bar, year and line stands. Geometry alone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from licet.story import Stretch
    from licet.story_data import Line

WIDTH = 1100
LEFT, RIGHT = 232, 4
"""Room for the names of the columns, and at the right end."""
ROOM = WIDTH - LEFT - RIGHT
BAR = 17
WORD, GLYPH = 96, 13
"""Least width of a bar that has room for its word, or for its glyph."""
MARK_WIDTH, MARK_HEIGHT = 34, 11
"""Room for the day over a line."""


class Bar(NamedTuple):
    """One stretch of one column."""

    x: float
    width: float
    stretch: Stretch
    days: int
    """Days of the whole stretch, those outside the axis too."""
    bounded: bool
    """Whether the outcome changed at both ends, so that its length says something."""

    @property
    def middle(self) -> float:
        """Where a text in it is centered."""
        return round(self.x + self.width / 2, 1)

    @property
    def has_word(self) -> bool:
        """Whether its word fits in."""
        return self.width >= WORD

    @property
    def has_glyph(self) -> bool:
        """Whether its glyph fits in."""
        return self.width >= GLYPH


class Mark(NamedTuple):
    """A line of the screen on the axis."""

    x: float
    level: int
    """Row of its day over the axis, so that neighbors do not overlap."""
    line: Line


class Tick(NamedTuple):
    """The first day of a year or month."""

    x: float
    text: str


class Axis(NamedTuple):
    """A span of days drawn from left to right, one bar a column."""

    first: date
    last: date
    row: int
    """Height of one column's row."""
    top: int
    """Height over the first row."""
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    width: int = WIDTH
    left: int = LEFT
    room: int = ROOM
    bar: int = BAR

    def height(self, columns: int) -> int:
        """Return the height of the drawing."""
        return self.top + columns * self.row + 4

    def bars(self, stretches: Sequence[Stretch]) -> list[Bar]:
        """Return the bars of one column."""
        return [bar for number, one in enumerate(stretches) if (bar := self._bar(one, number, len(stretches)))]

    def _bar(self, stretch: Stretch, number: int, count: int) -> Bar | None:
        if stretch.through < self.first or stretch.since > self.last:
            return None
        start = place(self.first, self.last, max(stretch.since, self.first))
        end = place(self.first, self.last, min(stretch.through, self.last), whole=True)
        days = (stretch.through - stretch.since).days + 1
        return Bar(start, round(end - start, 1), stretch, days, bounded=0 < number < count - 1)


def place(first: date, last: date, day: date, *, whole: bool = False) -> float:
    """Return where a day begins on the axis, or with `whole` where it ends."""
    days = (last - first).days + 1
    return round(LEFT + ROOM * ((day - first).days + whole) / days, 1)


def years(first: date, last: date, lines: Sequence[Line]) -> Axis:
    """Return the axis of all years, with a line for each line of the screen and no days over them."""
    ticks = [Tick(place(first, last, day), str(day.year)) for day in _firsts(first, last) if day.month == 1]
    marks = [Mark(place(first, last, line.day), 0, line) for line in lines if first <= line.day <= last]
    return Axis(first, last, 22, 18, tuple(ticks), tuple(marks))


def months(first: date, last: date, lines: Sequence[Line]) -> Axis:
    """Return the axis of some months, with the day over each line."""
    days = list(_firsts(first, last))
    ticks = [
        Tick(place(first, last, day), f"{day:%Y-%m}" if day.month == 1 or day == days[0] else f"{day:%m}")
        for day in days
    ]
    marks = list(_staggered(first, last, lines))
    levels = max((mark.level for mark in marks), default=0) + 1
    return Axis(first, last, 29, 18 + levels * MARK_HEIGHT, tuple(ticks), tuple(marks))


def _firsts(first: date, last: date) -> Iterator[date]:
    """Walk through the first days of the months."""
    for year in range(first.year, last.year + 1):
        for month in range(1, 13):
            if first <= date(year, month, 1) <= last:
                yield date(year, month, 1)


def _staggered(first: date, last: date, lines: Sequence[Line]) -> Iterator[Mark]:
    """Put the day of each line into the lowest row where it does not run into another; one mark a day."""
    ends: list[float] = []
    by_day: Mapping[date, Line] = {line.day: line for line in reversed(lines) if first <= line.day <= last}
    for day in sorted(by_day):
        x = place(first, last, day)
        level = next((number for number, end in enumerate(ends) if end <= x - MARK_WIDTH / 2), len(ends))
        ends[level:] = [x + MARK_WIDTH / 2, *ends[level + 1 :]]
        yield Mark(x, level, by_day[day])
