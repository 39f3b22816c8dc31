"""Measures in the window: what started, ended, was stayed, came out of a stay, was said, or is to come."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from licet.law.status import cuts, first_known, status, transitions_between
from licet.model.measure import Status
from licet.watching.window import ONE_DAY, VERIFIED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from licet.law.book import Book
    from licet.model.measure import Measure
    from licet.watching.window import Window

STARTED, BACK, STAYED, ENDED, OFF = "in force", "stay ends", "stayed", "ended", "not enforced"
SCHEDULED, PUBLISHED, ANNOUNCED, PROPOSED, SAID = "scheduled", "published", "announced", "proposed", "said"
REACHES_BACK, COMPLY, ASKED, TERM = "reaches back", "comply from", "asked from", "term ends"
_AFTER = {
    Status.SCHEDULED: SCHEDULED,
    Status.PUBLISHED: PUBLISHED,
    Status.IN_FORCE: STARTED,
    Status.STAYED: STAYED,
    Status.ENDED: ENDED,
    Status.NOT_ENFORCED: OFF,
}
_SAID = {"bill": PROPOSED, "announcement": ANNOUNCED}


class Saying(NamedTuple):
    """A statement about a measure, without legal force."""

    id: str
    day: date
    title: str


class Event(NamedTuple):
    """What happens to one measure on one day."""

    day: date
    """First day of what is new."""
    id: str
    what: str
    """In short, such as `in force`."""
    before: Status
    after: Status
    sure: str
    """See `licet.watching.window`."""
    says: str
    """One plain line."""
    cite: str
    title: str
    force: bool
    """False: it has no legal force and changes no answer."""
    by: str = ""
    """What ends or stays it."""
    head: str = ""
    """Id of the measure by which the change is named that this is a part of."""
    about: tuple[Saying, ...] = ()
    """What was said about it without legal force, where it is not sure."""


def events(book: Book, window: Window) -> tuple[Event, ...]:
    """Return what happens to measures in a window, oldest first; measures of one event together.

    Args:
        book: The lawbook.
        window: The days.
    """
    found = [event for id_ in book for event in _of(book, book[id_], window)]
    heads = {
        (change.day, id_): change.head
        for change in transitions_between(book, window.before, window.last)
        for id_ in change.ids
    }
    named = [event._replace(head=heads.get((event.day, event.id), event.id)) for event in found]
    order = {id_: place for place, id_ in enumerate(book)}
    return tuple(
        sorted(named, key=lambda one: (one.day, not one.force, order[one.head], one.id != one.head, order[one.id]))
    )


def known_status(book: Book, id_: str, day: date, known: date | None) -> Status:
    """Return the status of a measure on a day, as it was known on another."""
    return status(book[id_], day, known=known, book=book)


def _of(book: Book, measure: Measure, window: Window) -> Iterator[Event]:
    """Walk through what happens to one measure in the window."""
    days = cuts(measure)
    if not days or days[-1] < window.first or days[0] > window.last:
        return
    if window.known is not None and first_known(measure) > window.known:
        return
    for day in days:
        if window.holds(day):
            before, after = (known_status(book, measure.id, one, window.known) for one in (day - ONE_DAY, day))
            for what, says in _said(book, measure, day, (before, after)):
                yield _event(book, window, _Bare(day, measure, what, before, after, says))


class _Bare(NamedTuple):
    """What a measure itself says of an event."""

    day: date
    measure: Measure
    what: str
    before: Status
    after: Status
    says: str


def _event(book: Book, window: Window, bare: _Bare) -> Event:
    """Return an event, with how sure it is."""
    day, measure, what, before, after, says = bare
    out = measure.published is not None and measure.published <= window.today
    sure = window.sure(day, book.verified_through, text_is_out=out)
    about = () if sure == VERIFIED else tuple(_about(book, measure, window))
    title, force, by = measure.title, measure.legal_force, _by(measure, day, what)
    return Event(day, measure.id, what, before, after, sure, says, measure.cites[0], title, force, by, about=about)


def _about(book: Book, measure: Measure, window: Window) -> Iterator[Saying]:
    """Walk through the statements about a measure that were out by today."""
    for id_ in book:
        other = book[id_]
        if measure.id in other.about and not other.legal_force:
            said = first_known(other)
            if first_known(measure) <= said <= (window.known or window.today):
                yield Saying(id_, said, other.title)


def _by(measure: Measure, day: date, what: str) -> str:
    """Return what ends or stays a measure."""
    if what == ENDED:
        return measure.ended_by or ""
    if what in {STAYED, BACK}:
        stay = [one for one in measure.stays if day in {one.from_, one.through + ONE_DAY}]
        return stay[0].by if stay else ""
    return ""


def _said(book: Book, measure: Measure, day: date, moved: tuple[Status, Status]) -> Iterator[tuple[str, str]]:
    """Walk through what is new on a day, each in short and in a line."""
    before, after = moved
    if before is not after:
        what = _word(measure, before, after)
        yield what, _line(book, measure, what, day)
    elif measure.applies_from and day == measure.in_force_from:
        yield REACHES_BACK, f"becomes law and applies from {measure.applies_from} on: {measure.what}"
    if day == measure.compliance_from:
        yield (COMPLY if measure.legal_force else ASKED), f"in full from this day on: {measure.what}"
    if measure.terms_through is not None and day == measure.terms_through + ONE_DAY:
        yield TERM, f"a term inside it has its last day on {measure.terms_through}: {measure.what}"


def _word(measure: Measure, before: Status, after: Status) -> str:
    if not measure.legal_force or after is Status.ANNOUNCED:
        return _SAID.get(measure.kind, ANNOUNCED if measure.legal_force else SAID)
    if after is Status.IN_FORCE and before is Status.STAYED:
        return BACK
    return _AFTER.get(after, str(after))


def _line(book: Book, measure: Measure, what: str, day: date) -> str:
    """Say in one line what is new."""
    if what == ENDED:
        return _end(book, measure, day)
    if what == STARTED and measure.hour:
        return f"{measure.what} ({measure.hour}; the day counts whole)"
    stay = next((one for one in measure.stays if one.from_ == day), None)
    lead = {
        STAYED: f"does not apply, by {stay.by}, through {stay.through}: " if stay else "does not apply for a time: ",
        BACK: "applies again: ",
        OFF: "the text stands; the authority has said that it does not enforce it: ",
        SCHEDULED: f"text out, in force from {measure.in_force_from}: ",
        PUBLISHED: "text out, no day of effect in it: ",
    }
    return lead.get(what, "") + measure.what


def _end(book: Book, measure: Measure, day: date) -> str:
    """Say how a measure ends: by its own text, or by what."""
    last, named = day - ONE_DAY, measure.stated_through
    by = measure.ended_by
    if by is None or named == last or (named is not None and measure.in_force_through != last):
        return f"last day {last}, by its own text: {measure.what}"
    title = f" ({book[by].title})" if by in book else ""
    planned = f"; its own text named {named}" if named is not None else ""
    return f"last day {last}, ended by {by}{title}{planned}"
