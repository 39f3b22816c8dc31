"""A time line: which law, listings and statements there were when, for all, for a party or for one measure.

A lane is one measure or one listing, with bars for the days of each status and ticks for what was said. The text and
the drawing show the same lanes.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from licet.law.status import changes, first_known, start, status, transitions_between
from licet.model.errors import FactsError, Problem
from licet.model.measure import Status
from licet.show.related import touching

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from licet.law.book import Book
    from licet.lists.roster import Roster
    from licet.model.listing import Listing
    from licet.model.measure import Measure

LAW, STAYED, TO_COME, NOT_ENFORCED, UNSURE, LISTED = "law", "stayed", "to come", "not enforced", "unsure", "listed"
_STYLES = {
    Status.IN_FORCE: LAW,
    Status.STAYED: STAYED,
    Status.NOT_ENFORCED: NOT_ENFORCED,
    Status.SCHEDULED: TO_COME,
    Status.PUBLISHED: TO_COME,
    Status.ANNOUNCED: TO_COME,
}
LISTINGS, STATEMENTS = "listings", "said or done, without legal force"
OTHER_US, OTHER_COUNTRIES = "other US law", "other countries"
REGIMES = {
    "us_ear": "Export Administration Regulations",
    "us_fcc": "US networks: FCC",
    "us_889": "US procurement: section 889",
}
"""Headings of the groups of law; other regimes of the United States share one, other countries share one."""
LISTS = {
    "entity_list": "Entity List",
    "unverified_list": "Unverified List",
    "meu_list": "MEU List",
    "denied_persons_list": "Denied persons",
    "sdn": "SDN List",
    "fcc_covered_list": "Covered List",
    "fcc_usf_designated": "No USF money",
    "s889": "Section 889",
}
"""What the lane of a listing is called; a list that is not here by its id."""
_ONE_DAY = timedelta(days=1)
_LONGEST = 50 * 366
"""Days of the longest time line."""


class Bar(NamedTuple):
    """Days on which a lane has one status, inclusive."""

    first: date
    last: date | None
    """None: no end known."""
    style: str
    label: str = ""


class Lane(NamedTuple):
    """One measure or one listing."""

    id: str
    """Id of the measure, or what the list is called."""
    title: str
    group: str
    start: date
    """The day that orders the lanes: first in force, or first said."""
    cite: str = ""
    bars: tuple[Bar, ...] = ()
    ticks: tuple[date, ...] = ()
    """Days on which something was said."""
    doubts: tuple[date, ...] = ()
    """Days after the last verified one on which a change was due."""

    def within(self, first: date, last: date) -> bool:
        """Say whether anything of the lane lies in these days."""
        bars = any(bar.first <= last and (bar.last is None or bar.last >= first) for bar in self.bars)
        return bars or any(first <= tick <= last for tick in self.ticks)

    @property
    def force(self) -> bool:
        """Whether it has legal force: a listing or a measure that is no statement."""
        return self.group != STATEMENTS

    @property
    def when(self) -> str:
        """The days of the lane in words: from its first day in force to its last, or the day it was said."""
        held = [bar for bar in self.bars if bar.style != TO_COME]
        if not held:
            return str(self.start)
        end = held[-1].last
        return f"{held[0].first} … {end}" if end else f"since {held[0].first}"


class Timeline(NamedTuple):
    """Lanes on an axis of days."""

    title: str
    first: date
    last: date
    verified: date
    lanes: tuple[Lane, ...]
    outside: tuple[Lane, ...] = ()
    """Lanes of which nothing lies in these days."""
    version: str = ""

    def groups(self) -> dict[str, list[Lane]]:
        """Return the lanes by their groups, in order."""
        groups: dict[str, list[Lane]] = {}
        for lane in self.lanes:
            groups.setdefault(lane.group, []).append(lane)
        return groups


def timeline(book: Book, lists: Roster, subject: str, days: tuple[date | None, date | None]) -> Timeline:
    """Draw up a time line.

    Args:
        book: The lawbook.
        lists: The table of who is on which list.
        subject: A measure by its id, a party by a name of the table, a family of companies such as `huawei`; empty
            for all measures.
        days: First and last day; None: from the first year on in which there is something, and to the end of the year
            of the last verified day or of the last change that is due.

    Returns:
        The time line.

    Raises:
        FactsError: No such measure or party, or the days are out of order or too many.
    """
    title, listed, ids = _subject(book, lists, subject)
    until = days[1] or _horizon(book, ids)
    lanes = [*listed, *(_lane(book, book[id_], until) for id_ in book if id_ in ids)]
    first, last = _axis(book, lanes, days[0], until)
    order = (LISTINGS, *REGIMES.values(), OTHER_US, OTHER_COUNTRIES, STATEMENTS)
    lanes.sort(key=lambda lane: (order.index(lane.group), lane.start, lane.id))
    inside = [lane for lane in lanes if lane.within(first, last)]
    outside = [lane for lane in lanes if lane not in inside]
    return Timeline(title, first, last, book.verified_through, tuple(inside), tuple(outside), book.version)


def _subject(book: Book, lists: Roster, subject: str) -> tuple[str, list[Lane], frozenset[str]]:
    """Return what a time line is headed by, its listings, and its measures."""
    if not subject:
        return "all measures", [], frozenset(book)
    id_ = subject if subject in book else subject.upper()
    if id_ in book:
        measure = book[id_]
        return f"{id_}: {measure.title}", [], frozenset({id_, *measure.amends, *measure.about}) | touching(book, [id_])
    family = lists.group(subject.casefold())
    listings = [row for entry in family for row in lists.history(entry)] or _listings(lists, subject, book)
    named = {row.measure for row in (*listings, *_relatives(lists, listings))} & set(book)
    changed = {other for id_ in named for other in book[id_].amends}
    mentioned = {id_ for id_ in book if _mentions(book[id_], subject, listings)}
    lanes = _families(listings) if family else _entries(listings)
    words = [word for row in listings for word in row.name.split()] if family else []
    name = next((word for word in words if word.casefold() == subject.casefold()), subject)
    name = name if family else listings[0].name
    return name, lanes, touching(book, named) | changed | mentioned


def _listings(lists: Roster, name: str, book: Book) -> list[Listing]:
    """Return all terms of the entries of a name, those that have ended among them.

    Raises:
        FactsError: The table has no such name; names the nearest.
    """
    found = lists.find(name, book.verified_through)
    entries = dict.fromkeys(row.entry for row in (*found.listed, *found.off, *found.later_alias))
    if entries:
        return [row for entry in entries for row in lists.history(entry)]
    from licet.model.vocabulary import nearest

    near = next((lists.history(one.entry)[0].name for one in found.near), "") or nearest(name, book)
    todo = "`licet law list` shows the measures; a party is named as a list names it."
    raise FactsError(Problem(f'"{name}" is no measure and no party of the lists', nearest=near, todo=todo))


def _relatives(lists: Roster, listings: list[Listing]) -> list[Listing]:
    """Return the terms of all companies of the families of some: a rule names a family as one."""
    groups = {row.group for row in listings} - {""}
    return [row for group in sorted(groups) for entry in lists.group(group) for row in lists.history(entry)]


def _mentions(measure: Measure, subject: str, listings: list[Listing]) -> bool:
    """Say whether a measure names the party, or the family of companies that it belongs to."""
    families = {row.group for row in listings} - {""}
    words = families or {subject.casefold()}
    text = f"{measure.title} {measure.what}".casefold()
    return any(word in text for word in words)


def _entries(listings: list[Listing]) -> list[Lane]:
    """Return one lane for each list and entry, cut where its terms change."""
    found: dict[tuple[str, str], list[Listing]] = {}
    for row in listings:
        found.setdefault((row.list, row.entry), []).append(row)
    return [_entry_lane(rows) for rows in found.values()]


def _entry_lane(rows: list[Listing]) -> Lane:
    first = rows[0]
    bars = tuple(Bar(row.since, row.through, LISTED, _terms(row)) for row in rows)
    title = f"{bars[-1].label} · {first.name}" if bars[-1].label else first.name
    return Lane(LISTS.get(first.list, first.list), title, LISTINGS, first.since, (*first.cites, "")[0], bars)


def _terms(row: Listing) -> str:
    """Return what is special in the terms of a listing: its scope, its footnotes."""
    scope = {"all": "", "text": "scope as its text says"}.get(row.scope, "CCL and Supp. 7")
    notes = f"fn {', '.join(map(str, row.footnotes))}" if row.footnotes else ""
    disputed = "disputed" if row.checked == "conflict" else ""
    return "; ".join(filter(None, (scope, notes, disputed)))


def _families(listings: list[Listing]) -> list[Lane]:
    """Return one lane for each list and first day, with how many entries of a family begin on it."""
    found: dict[tuple[str, date], list[Listing]] = {}
    for row in listings:
        if row.since == row.first and row.checked != "conflict":
            found.setdefault((row.list, row.first), []).append(row)
    return [_family_lane(rows, listings) for rows in found.values()]


def _family_lane(rows: list[Listing], listings: list[Listing]) -> Lane:
    first = rows[0]
    entries = {row.entry for row in rows}
    terms = [row for row in listings if row.entry in entries and row.list == first.list]
    ends = [row.through for row in terms]
    last = None if None in ends else max(end for end in ends if end)
    noun = "entry" if len(entries) == 1 else "entries"
    bars = (Bar(first.since, last, LISTED),)
    return Lane(
        LISTS.get(first.list, first.list),
        f"{len(entries)} {noun}",
        LISTINGS,
        first.since,
        (*first.cites, "")[0],
        bars,
    )


def _horizon(book: Book, ids: Iterable[str]) -> date:
    """Return the end of the year of the last verified day, or of the last change of a measure that is due later."""
    wanted = set(ids)
    due = transitions_between(book, book.verified_through, date(book.verified_through.year + 5, 12, 31))
    days = [book.verified_through, *(change.day for change in due if wanted.intersection(change.ids))]
    return date(max(days).year, 12, 31)


def _axis(book: Book, lanes: list[Lane], first: date | None, last: date) -> tuple[date, date]:
    """Return the first and the last day to draw.

    Raises:
        FactsError: They are out of order, or too many.
    """
    starts = [lane.start for lane in lanes if lane.start >= book.first_day]
    begin = first or date(min(starts, default=book.first_day).year, 1, 1)
    if begin >= last:
        raise FactsError(Problem(f"{begin} is not before {last}", field="--from, --to", todo="Exchange them."))
    if (last - begin).days > _LONGEST:
        raise FactsError(Problem(f"{begin} to {last} are more than 50 years", field="--from, --to"))
    return begin, last


def _lane(book: Book, measure: Measure, until: date) -> Lane:
    """Return the lane of a measure."""
    cite = measure.story.cite if measure.story is not None else measure.cites[0]
    if not measure.legal_force:
        said = tuple(dict.fromkeys(filter(None, (measure.announced, measure.published))))
        return Lane(measure.id, measure.title, STATEMENTS, min(said), cite, ticks=said)
    group = REGIMES.get(measure.regime) or (OTHER_US if measure.regime.startswith("us_") else OTHER_COUNTRIES)
    moves = list(_doubts(book, measure, until))
    doubts = tuple(day for day, _ in moves)
    bars = tuple(_bars(book, measure, tuple(day for day, moves_it in moves if moves_it)))
    begin = start(measure) or first_known(measure)
    said = (measure.announced,) if measure.announced else ()
    return Lane(measure.id, measure.title, group, begin, cite, bars, said, doubts)


def _doubts(book: Book, measure: Measure, until: date) -> Iterator[tuple[date, bool]]:
    """Walk through the changes that were due after the last verified day, each with whether it moves the status."""
    for change in transitions_between(book, book.verified_through, until, book.supposed):
        for move in change.moves:
            if move.id == measure.id:
                yield change.day, move.before is not move.after


def _bars(book: Book, measure: Measure, doubts: tuple[date, ...]) -> Iterator[Bar]:
    """Walk through the days of each status; from the first doubt on nothing is sure."""
    days = changes(measure)
    for day, following in zip(days, (*days[1:], None), strict=True):
        style = _STYLES.get(status(measure, day, book=book))
        last = following - _ONE_DAY if following else None
        if style is not None:
            yield from _cut(Bar(day, last, style), doubts)


def _cut(bar: Bar, doubts: tuple[date, ...]) -> Iterator[Bar]:
    """Cut a bar at the first doubt that it reaches."""
    cut = next((day for day in doubts if bar.last is None or day <= bar.last), None)
    if cut is None or bar.style == TO_COME:
        yield bar
    elif cut <= bar.first:
        yield bar._replace(style=UNSURE)
    else:
        yield bar._replace(last=cut - _ONE_DAY)
        yield bar._replace(first=cut, style=UNSURE)
