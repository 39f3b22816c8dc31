"""A time line for a terminal: one line a lane, one column for as many days as the width asks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from licet.law.book import SHOWN_VERSION
from licet.show.columns import BOLD, DIM, SAID, YELLOW, cell, clip, paint, spread, wrapped
from licet.show.timeline import LAW, LISTED, LISTINGS, NOT_ENFORCED, STAYED, TO_COME, UNSURE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from licet.show.timeline import Lane, Timeline

COLUMNS = 50
"""Columns of the axis."""
_TITLE = 30
SIGNS = {LAW: "━", LISTED: "═", STAYED: "▒", NOT_ENFORCED: "!", TO_COME: "·", UNSURE: "?"}
"""The signs of the statuses; where several share a column the later one here wins."""
_OVER = (TO_COME, LAW, LISTED, NOT_ENFORCED, STAYED, UNSURE)
TICK, LATER, EDGE = "┆", "╌", "│"
_LONG = timedelta(days=3 * 366)
"""Days up to which the axis marks months; beyond it marks years."""
_ROOM = 5
"""Columns that the label of a year needs."""


def timeline_text(line: Timeline) -> str:
    """Return a time line, at most 110 columns wide."""
    version = paint(DIM, f"book {line.version[:SHOWN_VERSION]} verified through {line.verified}")
    lines = [spread(paint(BOLD, f"time line  {line.title}"), version), "", _axis(line)]
    for heading, lanes in line.groups().items():
        lines += ["", paint(BOLD, heading)]
        lines += [_lane(lane, line) for lane in lanes]
    if not line.lanes:
        lines += ["", "  nothing in these days"]
    lines += ["", *_legend(line)]
    return "\n".join(one.rstrip() for one in lines)


def _column(day: date, line: Timeline) -> int:
    """Return the column of a day; days before and after the axis fall into its first and last one."""
    days = (line.last - line.first).days + 1
    return min(max((day - line.first).days * COLUMNS // days, 0), COLUMNS - 1)


def _axis(line: Timeline) -> str:
    """Return the labels of the axis: years, or months where there are fewer than three years."""
    cells = [" "] * COLUMNS
    taken = -1
    for day, label in _labels(line):
        column = _column(day, line)
        if column > taken and column + len(label) <= COLUMNS:
            cells[column : column + len(label)] = label
            taken = column + max(len(label), _ROOM - 1)
    return paint(DIM, f"{'first day':<11}  {'':15} {''.join(cells)}")


def _labels(line: Timeline) -> Iterator[tuple[date, str]]:
    months = range(1, 13) if (line.last - line.first) < _LONG else (1,)
    marked = [date(year, month, 1) for year in range(line.first.year, line.last.year + 1) for month in months]
    shown = [day for day in marked if line.first <= day <= line.last]
    for number, day in enumerate(shown):
        month = f"-{day.month:02}"
        yield day, str(day.year) if day.month == 1 else month if number else f"{day.year}{month}"


def _lane(lane: Lane, line: Timeline) -> str:
    color = "" if lane.force else SAID
    sign = SIGNS[LISTED] if lane.group == LISTINGS else SIGNS[LAW] if lane.force else "┄"
    named = f"{lane.start} {sign} {cell(lane.id, 15)}"
    return f"{paint(color, named)} {_bars(lane, line)} {paint(color, clip(lane.title, _TITLE))}"


def _bars(lane: Lane, line: Timeline) -> str:
    """Return the axis of one lane."""
    cells = [" "] * COLUMNS
    edge = _column(line.verified, line) if line.first <= line.verified < line.last else COLUMNS
    if edge < COLUMNS:
        cells[edge] = EDGE
    for style in _OVER:
        for bar in lane.bars:
            if bar.style == style and bar.first <= line.last and (bar.last is None or bar.last >= line.first):
                first, last = _column(bar.first, line), _column(bar.last or line.last, line)
                for column in range(first, last + 1):
                    cells[column] = LATER if column > edge and style in {LAW, LISTED} else SIGNS[style]
    for tick in lane.ticks if not lane.force else ():
        if line.first <= tick <= line.last:
            cells[_column(tick, line)] = TICK
    for doubt in lane.doubts:
        if doubt <= line.last:
            cells[_column(doubt, line)] = SIGNS[UNSURE]
    return _painted("".join(cells), lane)


def _painted(cells: str, lane: Lane) -> str:
    """Color the axis of a lane: statements dim, doubts and stays yellow."""
    if not lane.force:
        return paint(SAID, cells)
    for sign in (SIGNS[STAYED], SIGNS[UNSURE]):
        start, end = cells.find(sign), cells.rfind(sign) + 1
        if end:
            return cells[:start] + paint(YELLOW, cells[start:end]) + cells[end:]
    return cells


def _legend(line: Timeline) -> Iterator[str]:
    signs = {
        f"{SIGNS[LAW]} law": True,
        f"{SIGNS[LISTED]} on a list": any(lane.bars and lane.bars[0].style == LISTED for lane in line.lanes),
        f"{SIGNS[TO_COME]} announced or published, not in force": True,
        f"{SIGNS[STAYED]} stayed": any(bar.style == STAYED for lane in line.lanes for bar in lane.bars),
        f"{SIGNS[NOT_ENFORCED]} not enforced": any(b.style == NOT_ENFORCED for lane in line.lanes for b in lane.bars),
        f"{TICK} said or done, no force of law": any(not lane.force for lane in line.lanes),
        f"{SIGNS[UNSURE]} due, not verified": any(lane.doubts for lane in line.lanes),
        f"{EDGE} verified through {line.verified}, then {LATER} by its text": line.last > line.verified,
    }
    yield from wrapped("   ".join(text for text, there in signs.items() if there), "  ", color=DIM)
    if line.outside:
        text = ", ".join(f"{lane.id} ({lane.when})" for lane in line.outside)
        yield from wrapped(f"outside these days: {text}", "  ", color=DIM)
