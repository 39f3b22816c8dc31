"""A time line as a drawing for a report: one SVG file without scripts, fonts or links, readable in light and in dark.

Time runs on a true axis. Law is a solid bar, a listing a darker one, a stay is hatched, what is announced or published
and not in force is an outline, words without legal force are dashed ticks, and a change that was due after the last
verified day is a question mark. Every lane has a title that a reader of the page hears or sees.
"""

from __future__ import annotations

from datetime import date, timedelta
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from licet.law.book import SHOWN_VERSION
from licet.show.timeline import LAW, LISTED, LISTINGS, NOT_ENFORCED, STAYED, TO_COME, UNSURE
from licet.show.words import NOT_ADVICE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from licet.show.timeline import Bar, Lane, Timeline

WIDTH = 1100
MARGIN = 24
LEFT, RIGHT = 310, 1012
"""Where the axis begins and ends."""
TOP = 92
LANE, HEADING, BAR = 27, 30, 11
"""Heights of a lane, of a heading of a group, of a bar."""
_SHORT, _LONG = 500, 1100
"""Days up to which the axis marks months, and quarters; beyond it marks years."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NARROW, _WIDE = frozenset("iljtfrI.,:;'|!()[] -1"), frozenset("mwMW@%—…")
STYLE = """
text{font-family:system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif;fill:#1c2127;font-size:11px}
.h{font-size:18px;font-weight:600}.g{font-size:12px;font-weight:600}.m{fill:#5c6672;font-size:9.5px}
.said{font-style:italic;fill:#5c6672}.in{fill:#fff;font-size:8.5px}.q{fill:#a35c00;font-weight:700;font-size:12px}
.bg{fill:#fff}.grid{stroke:#dfe4e9}.row{stroke:#eef1f4}.after{fill:#eef1f4}.edge{stroke:#5c6672;stroke-dasharray:2 2}
.law{fill:#1f5c99}.listed{fill:#3d4650}.tocome{fill:none;stroke:#1f5c99;stroke-dasharray:3 2}
.stayed{fill:url(#licet-stayed);stroke:#1f5c99}.stroke{stroke:#1f5c99}
.off{fill:#1f5c99;fill-opacity:.22;stroke:#1f5c99}.unsure{fill:none;stroke:#a35c00;stroke-dasharray:2 3}
.tick{stroke:#5c6672;stroke-width:1.6;stroke-dasharray:3 2}.hair{stroke:#5c6672;stroke-opacity:.22;stroke-dasharray:1 3}
.dot{fill:#fff;stroke:#5c6672;stroke-width:1.4}
@media (prefers-color-scheme:dark){
text{fill:#e8eaed}.m,.said{fill:#a3adb8}.in{fill:#12161c}.q{fill:#f0b04d}
.bg{fill:#12161c}.grid{stroke:#2b333c}.row{stroke:#1d232b}.after{fill:#1d232b}.edge{stroke:#a3adb8}
.law{fill:#5f9fdc}.listed{fill:#c3cbd4}.tocome{stroke:#5f9fdc}.stayed,.stroke{stroke:#5f9fdc}
.off{fill:#5f9fdc;stroke:#5f9fdc}.unsure{stroke:#f0b04d}
.tick,.hair{stroke:#a3adb8}.dot{fill:#12161c;stroke:#a3adb8}}
"""
_CLASSES = {
    LAW: "law",
    LISTED: "listed",
    STAYED: "stayed",
    TO_COME: "tocome",
    NOT_ENFORCED: "off",
    UNSURE: "unsure",
}
LEGEND = {
    LAW: "law in force",
    LISTED: "on a list",
    TO_COME: "announced or published, not yet in force",
    STAYED: "stayed",
    NOT_ENFORCED: "text stands, not enforced",
    UNSURE: "due, not verified",
}


class Place(NamedTuple):
    """A lane or a heading with its height on the page."""

    y: int
    lane: Lane | None
    heading: str = ""


def timeline_svg(line: Timeline) -> str:
    """Return a time line as the text of an SVG file, 1100 wide and as high as its lanes ask."""
    places = list(_places(line))
    bottom = places[-1].y + LANE if places else TOP + HEADING
    height = bottom + 78 + 14 * len(_outside(line))
    parts = [*_head(line, height), *_frame(line, bottom)]
    for place in places:
        parts += _heading(place) if place.lane is None else _lane(place.lane, place.y, line)
    parts += [*_hairs(line, places), *_foot(line, bottom)]
    return "\n".join([*parts, "</svg>"])


def _places(line: Timeline) -> Iterator[Place]:
    y = TOP
    for heading, lanes in line.groups().items():
        yield Place(y, None, heading)
        y += HEADING
        for lane in lanes:
            yield Place(y, lane)
            y += LANE


def _x(day: date, line: Timeline) -> float:
    """Return where a day begins on the axis; days outside it lie at its ends."""
    days = (line.last - line.first).days + 1
    share = (day - line.first).days / days
    return round(LEFT + (RIGHT - LEFT) * min(max(share, 0.0), 1.0), 1)


def text_width(text: str, size: float) -> float:
    """Return how wide a text is at most in common fonts without serifs, in pixels."""
    units = sum(0.42 if c in _NARROW else 0.98 if c in _WIDE else 0.7 if c.isupper() else 0.62 for c in text)
    return units * size


def fitting(text: str, size: float, width: float) -> str:
    """Return a text that is at most so wide, cut at its end where it is wider."""
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip(" ,;:") + "…"


def _text(at: tuple[float, float], text: str, *classes: str, anchor: str = "") -> str:
    where = f' text-anchor="{anchor}"' if anchor else ""
    named = f' class="{" ".join(classes)}"' if classes else ""
    return f'<text x="{at[0]:g}" y="{at[1]:g}"{named}{where}>{escape(text)}</text>'


def _head(line: Timeline, height: int) -> Iterator[str]:
    law = sum(lane.force and lane.group != LISTINGS for lane in line.lanes)
    said = sum(not lane.force for lane in line.lanes)
    about = (
        f"{len(line.lanes) - law - said} listings, {law} measures with legal force and {said} statements without, from "
        f"{line.first} to {line.last}. Law is drawn as solid bars, statements as dashed ticks. "
        f"The law was verified through {line.verified}; later changes are not known."
    )
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
        f'role="img" aria-labelledby="licet-title licet-desc">'
    )
    yield f'<title id="licet-title">Time line of law: {escape(line.title)}</title>'
    yield f'<desc id="licet-desc">{escape(about)}</desc>'
    yield f"<style>{STYLE}</style>"
    yield (
        '<defs><pattern id="licet-stayed" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><line x1="1" y1="0" x2="1" y2="6" class="stroke" stroke-width="2"/></pattern>'
        "</defs>"
    )
    yield f'<rect class="bg" width="{WIDTH}" height="{height}"/>'
    yield _text((MARGIN, 34), fitting(line.title[:1].upper() + line.title[1:], 18, WIDTH - 2 * MARGIN), "h")
    about = f"What was law and what was only said, {line.first} to {line.last}"
    yield _text((MARGIN, 53), f"{about} · licet lawbook {line.version[:SHOWN_VERSION]}", "m")


def _frame(line: Timeline, bottom: int) -> Iterator[str]:
    """Walk through the axis: its labels and lines, and the days after the last verified one."""
    edge = _x(line.verified + timedelta(days=1), line)
    if line.first <= line.verified < line.last:
        yield f'<rect class="after" x="{edge}" y="{TOP - 6}" width="{RIGHT - edge:.1f}" height="{bottom - TOP + 10}"/>'
        yield f'<line class="edge" x1="{edge}" x2="{edge}" y1="{TOP - 36}" y2="{TOP - 24}"/>'
        yield f'<line class="edge" x1="{edge}" x2="{edge}" y1="{TOP - 8}" y2="{bottom + 4}"/>'
        yield _text((edge - 4, TOP - 28), f"verified through {line.verified}", "m", anchor="end")
        yield _text((edge + 4, TOP - 28), "then by its text", "m")
    taken = 0.0
    for day, label in _labels(line):
        x = _x(day, line)
        yield f'<line class="grid" x1="{x}" x2="{x}" y1="{TOP - 10}" y2="{bottom + 4}"/>'
        if x >= taken and x + text_width(label, 9.5) < RIGHT + 20:
            yield _text((x + 3, TOP - 12), label, "m")
            taken = x + text_width(label, 9.5) + 8
    yield _text((RIGHT + 10, TOP - 12), "first, last day", "m")


def _labels(line: Timeline) -> Iterator[tuple[date, str]]:
    """Walk through the days that the axis marks: years; quarters or months where the axis is short."""
    days = (line.last - line.first).days
    step = 1 if days < _SHORT else 3 if days < _LONG else 12
    marked = [date(y, m, 1) for y in range(line.first.year, line.last.year + 1) for m in range(1, 13, step)]
    shown = [day for day in marked if line.first <= day <= line.last]
    for number, day in enumerate(shown):
        month = _MONTHS[day.month - 1]
        yield day, str(day.year) if day.month == 1 else month if number else f"{month} {day.year}"


def _heading(place: Place) -> Iterator[str]:
    yield _text((MARGIN, place.y + 20), place.heading[:1].upper() + place.heading[1:], "g")
    yield f'<line class="grid" x1="{MARGIN}" x2="{WIDTH - MARGIN}" y1="{place.y + 26}" y2="{place.y + 26}"/>'


def _lane(lane: Lane, y: int, line: Timeline) -> Iterator[str]:
    """Walk through one lane: its names, its bars or ticks, its days."""
    said = () if lane.force else ("said",)
    room = LEFT - MARGIN - 10
    title, under = lane.title, " · ".join(filter(None, (lane.id, lane.cite)))
    if lane.group == LISTINGS:
        title, under = f"{lane.id}: {lane.title.removeprefix(f'{lane.bars[-1].label} · ')}", lane.cite
    yield "<g>"
    yield f"<title>{escape(_spoken(lane))}</title>"
    yield _text((MARGIN, y + 12), fitting(title, 11, room), *said)
    yield _text((MARGIN, y + 23), fitting(under, 9.5, room), "m")
    yield f'<line class="row" x1="{LEFT}" x2="{WIDTH - MARGIN}" y1="{y + LANE}" y2="{y + LANE}"/>'
    for bar in lane.bars:
        if bar.first <= line.last and (bar.last is None or bar.last >= line.first):
            yield from _bar(bar, y, line)
    if not lane.force:
        for tick in lane.ticks:
            yield from _tick(tick, y, line)
    for doubt in lane.doubts:
        if line.first <= doubt <= line.last:
            yield _text((_x(doubt, line) + 2, y + 18), "?", "q")
    for number, words in enumerate(_days(lane)):
        yield _text((RIGHT + 10, y + 12 + 11 * number), words, "m")
    yield "</g>"


def _spoken(lane: Lane) -> str:
    force = "" if lane.force else " Without legal force."
    return f"{lane.id}: {lane.title}. {lane.when}. {lane.cite}.{force}"


def _days(lane: Lane) -> tuple[str, ...]:
    """Return the first and the last day of a lane."""
    first, _, last = lane.when.removeprefix("since ").partition(" … ")
    return (first, last) if last else (first,)


def _bar(bar: Bar, y: int, line: Timeline) -> Iterator[str]:
    """Walk through one bar: the verified part, the part after it, an arrow where no end is known, its label."""
    top = y + (LANE - BAR) / 2
    start = _x(bar.first, line)
    end = _x(bar.last + timedelta(days=1), line) if bar.last else float(RIGHT)
    named = _CLASSES[bar.style]
    edge = _x(line.verified + timedelta(days=1), line)
    solid = bar.style in {LAW, LISTED}
    sure = min(end, max(edge, start)) if solid else end
    if sure > start or not solid:
        yield _rect(start, top, max(sure - start, 2.0), named)
    if solid and end > sure:
        yield _rect(sure, top, end - sure, named, ' fill-opacity=".4"')
    if bar.last is None and solid:
        faded = ' fill-opacity=".4"' if line.last > line.verified else ""
        yield f'<path class="{named}" d="M{RIGHT} {top:g}l6 {BAR / 2:g}l-6 {BAR / 2:g}z"{faded}/>'
    if bar.label and text_width(bar.label, 8.5) + 8 < sure - start:
        yield _text((start + 4, top + 8.5), bar.label, "in")
    if bar.style == LISTED and bar.first > line.first:
        yield f'<line class="bg" stroke="#fff" x1="{start}" x2="{start}" y1="{top:g}" y2="{top + BAR:g}"/>'


def _rect(x: float, y: float, width: float, named: str, more: str = "") -> str:
    return f'<rect class="{named}" x="{x:g}" y="{y:g}" width="{width:.1f}" height="{BAR}"{more}/>'


def _tick(day: date, y: int, line: Timeline) -> Iterator[str]:
    if line.first <= day <= line.last:
        x = _x(day, line)
        yield f'<line class="tick" x1="{x}" x2="{x}" y1="{y + 3}" y2="{y + LANE - 3}"/>'
        yield f'<circle class="dot" cx="{x}" cy="{y + LANE / 2:g}" r="3.2"/>'


def _hairs(line: Timeline, places: list[Place]) -> Iterator[str]:
    """Walk through thin lines from the top down to what was said: words cross the law and leave it as it is."""
    for place in places:
        if place.lane is not None and not place.lane.force:
            for day in place.lane.ticks:
                if line.first <= day <= line.last:
                    x = _x(day, line)
                    yield f'<line class="hair" x1="{x}" x2="{x}" y1="{TOP - 6}" y2="{place.y + 3}"/>'


def _outside(line: Timeline) -> list[str]:
    """Return in lines what lies outside the axis."""
    if not line.outside:
        return []
    from textwrap import wrap

    names = ", ".join(f"{lane.id} ({lane.when})" for lane in line.outside)
    return wrap(f"Outside these days: {names}", 170)


def _foot(line: Timeline, bottom: int) -> Iterator[str]:
    """Walk through the legend of what is drawn, what lies outside, and what this is not."""
    x, y = float(MARGIN), bottom + 24
    styles = {bar.style for lane in line.lanes for bar in lane.bars}
    for style, label in LEGEND.items():
        if style in styles:
            yield _rect(x, y - BAR + 2, 22, _CLASSES[style])
            yield _text((x + 28, y), label, "m")
            x += 28 + text_width(label, 9.5) + 14
    if any(not lane.force for lane in line.lanes):
        yield f'<line class="tick" x1="{x + 4}" x2="{x + 4}" y1="{y - 13}" y2="{y + 5}"/>'
        yield f'<circle class="dot" cx="{x + 4}" cy="{y - 4}" r="3.2"/>'
        yield _text((x + 14, y), "said or done, no force of law", "m")
    for number, text in enumerate([*_outside(line), f"Whole days, inclusive at both ends. {NOT_ADVICE}"]):
        yield _text((MARGIN, y + 24 + 14 * number), text, "m")
