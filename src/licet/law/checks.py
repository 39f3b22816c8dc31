"""The consistency of the lawbook: days in order, intervals that join, citations of a known form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from licet.law.status import first_known
from licet.model.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from licet.law.book import Book
    from licet.model.measure import Measure, Stay

_FEDERAL_REGISTER = re.compile(r"(?P<volume>\d{2}) FR \d{1,6}")
_VOLUME_ZERO = 1935
"""Volume 1 of the Federal Register is that of 1936."""
_CITATIONS = (
    _FEDERAL_REGISTER,
    re.compile(r"FR Doc\. \d{4}-\d{5}"),
    re.compile(r"\d{1,2} CFR (\d{1,4}\.\d{1,4}(\([A-Za-z0-9]+\))*(-(\([A-Za-z0-9]+\))+)?|part \d{1,4})"),
    re.compile(r"Supp\. \d{1,2} (to part \d{3}( \([a-z]\)|, General Order \d{1,2})?|footnote \d)"),
    re.compile(r"Pub\. L\. \d{2,3}-\d{1,4}( s\. \d{1,5}[A-Z]?(\([A-Za-z0-9]+\))*)?"),
    re.compile(r"(S\.|H\.R\.) \d{1,5} \(\d{2,3}th\)"),
    re.compile(r"FCC \d{2}-\d{1,4}"),
    re.compile(r"GAO B-\d{6}"),
)
_FORCE_FIELDS = (
    "in_force_from",
    "in_force_through",
    "stated_through",
    "ended_by",
    "applies_from",
    "not_enforced_from",
    "terms_through",
)
"""What a record without legal force cannot have: it binds nobody from no day to no day."""
_ORDER = (
    ("announced", "published"),
    ("announced", "in_force_from"),
    ("applies_from", "in_force_from"),
    ("in_force_from", "in_force_through"),
    ("in_force_from", "stated_through"),
    ("in_force_through", "stated_through"),
    ("in_force_from", "compliance_from"),
    ("in_force_from", "not_enforced_from"),
    ("not_enforced_from", "in_force_through"),
    ("in_force_from", "terms_through"),
)
"""Pairs of days of which the first is never after the second."""


def day_faults(measure: Measure) -> Iterator[tuple[str, str]]:
    """Find what is wrong with the days of one measure.

    Args:
        measure: The measure.

    Yields:
        A field and what is wrong with it.
    """
    if not (measure.announced or measure.published or measure.in_force_from):
        yield "id", "has no first day: neither announced, published nor in_force_from"
    for first, second in _ORDER:
        before, after = _day(measure, first), _day(measure, second)
        if before is not None and after is not None and after < before:
            yield second, f"{after} is before {first} {before}"
    if measure.legal_force:
        yield from _end_faults(measure)
    else:
        for field in _FORCE_FIELDS:
            if getattr(measure, field) is not None:
                yield field, "stands in a record without legal force"
    yield from _stay_faults(measure)


def _day(measure: Measure, field: str) -> date | None:
    value: date | None = getattr(measure, field)
    return value


def _end_faults(measure: Measure) -> Iterator[tuple[str, str]]:
    if measure.in_force_from is None and measure.published is None:
        yield "legal_force", "has legal force, and neither a text (published) nor a day of effect (in_force_from)"
    if measure.ended_by is not None and measure.in_force_through is None:
        yield "ended_by", "was ended, and in_force_through is missing"
    if measure.in_force_through is not None and measure.in_force_from is None:
        yield "in_force_through", "ends without a beginning (in_force_from)"
    if measure.ended_by == measure.id or measure.id in measure.amends:
        yield "id", "amends or ends itself"


def _stay_faults(measure: Measure) -> Iterator[tuple[str, str]]:
    last: Stay | None = None
    for stay in measure.stays:
        if stay.through < stay.from_:
            yield "stays", f"a stay ends on {stay.through}, before it begins on {stay.from_}"
        if measure.in_force_from is None or stay.from_ < measure.in_force_from:
            yield "stays", f"a stay begins on {stay.from_}, before the measure is in force"
        if last is not None and stay.from_ <= last.through:
            yield "stays", f"a stay begins on {stay.from_}, before the one before it has ended"
        last = stay


def check_book(book: Book) -> list[Problem]:
    """Check that the lawbook agrees with itself.

    Args:
        book: The book.

    Returns:
        Every problem, with the id of the measure as its place; none: it is consistent.
    """
    problems = []
    plain = frozenset(book.head["plain_cites"])
    for measure in map(book.measure, book.ids):
        faults = [*day_faults(measure), *_join_faults(measure, book), *_amend_faults(measure, book)]
        faults += [*_cite_faults(measure, plain), *_story_faults(measure)]
        problems += [Problem(message, measure.id, field=field) for field, message in faults]
    return problems + _whole_faults(book)


def _join_faults(measure: Measure, book: Book) -> Iterator[tuple[str, str]]:
    """Find intervals that do not join: a successor starts the day after, a stay has the days of what stays it."""
    end, by = measure.in_force_through, measure.ended_by
    if end is not None and by is not None:
        begins = book[by].in_force_from
        # The order that lifts a denial order does so in the course of a day, which keeps the stricter answer.
        gap = 0 if measure.kind == "denial_order" else 1
        if begins is None or (begins - end).days != gap:
            yield "in_force_through", f"{end} does not join {by}, in force from {begins}"
    for stay in measure.stays:
        cause = book.get(stay.by)
        if cause is not None and (cause.in_force_from, cause.in_force_through) != (stay.from_, stay.through):
            yield "stays", f"{stay.from_} to {stay.through} are not the days of {stay.by}"


def _amend_faults(measure: Measure, book: Book) -> Iterator[tuple[str, str]]:
    for other in measure.amends:
        if first_known(book[other]) > first_known(measure):
            yield "amends", f"{other} is younger than what amends it"
        if measure.legal_force and book[other].legal_force is False and measure.kind not in {"order", "statute"}:
            yield "amends", f"{other} is a statement, which only an order or a statute can turn into law"


def _cite_faults(measure: Measure, plain: frozenset[str]) -> Iterator[tuple[str, str]]:
    if not measure.cites:
        yield "cites", "has no citation"
    for cite in measure.cites if measure.checked != "what_if" else ():
        if cite not in plain and not any(form.fullmatch(cite) for form in _CITATIONS):
            yield "cites", f'"{cite}" has no known form, and is not among plain_cites of book.yaml'
    first = _FEDERAL_REGISTER.fullmatch(measure.cites[0]) if measure.cites else None
    if first and measure.published and int(first["volume"]) != measure.published.year - _VOLUME_ZERO:
        yield "cites", f"{measure.cites[0]} is not a volume of {measure.published.year}, when it was published"


def _story_faults(measure: Measure) -> Iterator[tuple[str, str]]:
    if measure.story is not None and measure.story.on is not None and measure.story.on < first_known(measure):
        yield "story", f"is drawn on {measure.story.on}, before the measure was known"
    if not measure.legal_force and not measure.about and measure.regime.startswith("us_ear"):
        yield "about", "is a statement on the EAR that says of no measure that it concerns it"


def _whole_faults(book: Book) -> list[Problem]:
    from licet.law.sources import version_of

    problems = []
    scheduled = {id_ for id_ in book if _due(book[id_], book.verified_through)}
    if scheduled != set(book.due.measures):
        found = ", ".join(sorted(scheduled)) or "none"
        problems.append(Problem(f"due after {book.verified_through}: {found}", "book", field="due_after_verified"))
    if not book.what_ifs and version_of(book.head, book.records) != book.version:
        problems.append(Problem("is not that of the content", "book", field="version", todo="Compile it anew."))
    if book.first_day > book.verified_through:
        problems.append(Problem(f"{book.first_day} is after verified_through", "book", field="first_day"))
    return problems


def _due(measure: Measure, after: date) -> bool:
    return measure.legal_force and measure.in_force_from is not None and measure.in_force_from > after
