"""The time line of a dossier: where its lists, its law, what was said and what is to come lie on an axis of days.

Nothing is written here: `party.html.j2` draws what this works out. Time runs on a true axis.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from licet.party.nouns import ABOUT_LIST, LATER, NOW
from licet.show.party_words import UNSURE, list_name, requirement
from licet.show.timeline_svg import fitting, text_width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from licet.party.nouns import Dossier, Event, Law, Terms

WIDTH, LEFT, RIGHT = 1060, 250, 1044
TOP, LANE, BAR, HEADING = 44, 22, 12, 26
BEFORE = 8
"""Years before its first listing from which on events are drawn; earlier ones stand in the list alone."""
_YEAR = 34
"""Room of the number of a year, in pixels."""
_TICK = 19
"""Room of the number of an event, in pixels."""
_ONE_DAY = timedelta(days=1)
_LABEL = 9.0


class Bar(NamedTuple):
    """Days on which a lane holds."""

    x: float
    width: float
    look: str
    """now · past · later · open (of a listing); law · ended · stayed · due (of a measure)."""
    label: str
    title: str
    arrow: bool
    """Whether no end is known."""


class Lane(NamedTuple):
    """One list, or one measure."""

    y: int
    label: str
    bars: tuple[Bar, ...]


class Tick(NamedTuple):
    """One event, by its number in the list."""

    x: float
    y: int
    number: int
    title: str


class Change(NamedTuple):
    """What is to come on a day."""

    x: float
    title: str
    certain: bool


class Line(NamedTuple):
    """All that is drawn."""

    first: date
    last: date
    height: int
    years: tuple[tuple[float, str], ...]
    today: float
    verified: float
    headings: tuple[tuple[int, str], ...]
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    changes: tuple[Change, ...]
    earlier: int
    """Events before the first day."""


def line_of(made: Dossier) -> Line:
    """Work out the time line of a party that was found."""
    first, last = _ends(made)
    axis = _Axis(first, last)
    law = [one for one in made.law if one.how != ABOUT_LIST]
    lists = list(dict.fromkeys(terms.listing.list for terms in made.history))
    y = TOP + HEADING
    lanes = [_list_lane(made, id_, y + LANE * i, axis) for i, id_ in enumerate(lists)]
    headings = [(TOP, "on a list")]
    y += LANE * len(lanes)
    if law:
        headings.append((y, "law that lists it, changes that, or names it"))
        lanes += [_law_lane(one, y + HEADING + LANE * i, axis) for i, one in enumerate(law)]
        y += HEADING + LANE * len(law)
    ticks = tuple(_ticks(made, y + HEADING, axis)) if made.events else ()
    if ticks:
        headings.append((y, "said and done, no force of law"))
        y = max(tick.y for tick in ticks) + LANE
    shown = [one for one in made.pending if one.day and first <= one.day <= last]
    changes = tuple(Change(axis.x(one.day), f"{one.day}: {one.what}", one.certain) for one in shown if one.day)
    verified = axis.x(made.verified_through + _ONE_DAY)
    earlier = sum(one.day < first for one in made.events)
    years = tuple(axis.years())
    marks = (axis.x(made.as_of), verified)
    return Line(first, last, y + 8, years, *marks, tuple(headings), tuple(lanes), ticks, changes, earlier)


def _ends(made: Dossier) -> tuple[date, date]:
    """Return the first and the last day that are drawn."""
    since = min(terms.listing.since for terms in made.history)
    days = [since, *(one.day for one in made.events if one.day.year >= since.year - BEFORE)]
    late = [made.as_of, made.verified_through, *(one.day for one in made.pending if one.day)]
    return date(min(days).year, 1, 1), date(max(late).year, 12, 31)


class _Axis:
    """Days from left to right."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last

    def x(self, day: date) -> float:
        """Return where a day begins; days outside lie at the ends."""
        share = (day - self.first).days / ((self.last - self.first).days + 1)
        return round(LEFT + (RIGHT - LEFT) * min(max(share, 0.0), 1.0), 1)

    def years(self) -> Iterator[tuple[float, str]]:
        """Walk through the years that are marked: all, or as many as have room."""
        count = self.last.year - self.first.year + 1
        step = next(one for one in (1, 2, 5, 10, 20, 100) if (RIGHT - LEFT) * one / count > _YEAR)
        for year in range(self.first.year, self.last.year + 1, step):
            yield self.x(date(year, 1, 1)), str(year)

    def bar(self, days: tuple[date, date | None], look: str, label: str, title: str) -> Bar:
        """Return a bar over days, both ends in; without an end it reaches to the right."""
        first, last = days
        start = self.x(first)
        end = self.x(last + _ONE_DAY) if last else float(RIGHT)
        width = round(max(end - start, 1.5), 1)
        shown = label if text_width(label, _LABEL) + 8 < width else ""
        return Bar(start, width, look, shown, title, last is None)


def _list_lane(made: Dossier, id_: str, y: int, axis: _Axis) -> Lane:
    """Return the lane of a list: a bar for each interval of terms."""
    bars = tuple(_terms_bar(terms, axis) for terms in made.history if terms.listing.list == id_)
    return Lane(y, list_name(id_), bars)


def _terms_bar(terms: Terms, axis: _Axis) -> Bar:
    listing = terms.listing
    unsure = listing.checked in ("open", "conflict")
    look = "open" if unsure else terms.when if terms.when in (NOW, LATER) else "past"
    notes = f"fn {', '.join(map(str, listing.footnotes))}" if listing.footnotes else ""
    doubt = UNSURE.get(listing.checked, "")
    title = f"{list_name(listing.list)} {listing.since} … {listing.through or ''}: {requirement(terms)} {doubt}".strip()
    return axis.bar((listing.since, listing.through), look, notes, title.rstrip(" :"))


def _law_lane(one: Law, y: int, axis: _Axis) -> Lane:
    """Return the lane of a measure: a bar for its days in force, cut by its stays."""
    label = fitting(f"{one.id} {one.title}", 10.5, LEFT + 8)
    if one.first is None:
        return Lane(y, label, ())
    title = f"{one.id}: {one.title}, {one.first} … {one.last or ''} ({one.cite})"
    look = "ended" if one.status.value == "ended" else "due" if _is_to_come(one) else "law"
    bars = [axis.bar((one.first, one.last), look, "", title)]
    bars += [axis.bar(stay, "stayed", "", f"{one.id}: stayed {stay[0]} … {stay[1]}") for stay in one.stays]
    return Lane(y, label, tuple(bars))


def _is_to_come(one: Law) -> bool:
    return one.status.value in ("announced", "published", "scheduled") or one.doubt is not None


def _ticks(made: Dossier, top: int, axis: _Axis) -> Iterator[Tick]:
    """Walk through the events of the axis, in as many rows as their numbers need."""
    taken: list[float] = []
    for number, event in enumerate(made.events, 1):
        if event.day < axis.first:
            continue
        x = axis.x(event.day)
        row = next((i for i, until in enumerate(taken) if until <= x), len(taken))
        taken[row : row + 1] = [x + _TICK]
        yield Tick(x, top + row * (LANE - 4), number, _told(event))


def _told(event: Event) -> str:
    return f"{event.day} {event.kind}: {event.what}"
