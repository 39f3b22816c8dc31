"""Whether each page of the Federal Register that is cited lies inside its document, as far as documents are there.

Pages of a volume run with the days of publication. So the pages that the code itself prints, each with its day, hold
the day of a measure from both sides even where the document is not there.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from licet.formats.regulations import day_of
from licet.law.citations import Compared, parse
from licet.model.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from licet.formats.regulations import Document
    from licet.law.citations import Cited
    from licet.model.measure import Measure

    Page = tuple[int, int]

LONGEST = 60
"""Pages that a document has at most, where its last page is not known."""
DOCUMENTS = "documents of the Federal Register"
INDEX = "numbers of documents in the index"


class Row(NamedTuple):
    """A rule of the Register as the table of rules has it."""

    volume: int
    first: int
    last: int
    day: str
    """The day of effect."""


class Register(NamedTuple):
    """What is there of the Federal Register."""

    documents: tuple[Document, ...]
    published: Mapping[str, str]
    """Days of publication by the number of the document, as an index lists them."""
    printed: Mapping[Page, Collection[str]]
    """Days of publication by page, as the code prints them."""

    def document(self, page: Page) -> Document | None:
        """Return the document that has a page."""
        volume, number = page
        return next((one for one in self.documents if one.volume == volume and one.first <= number <= one.last), None)


def in_order(printed: Mapping[Page, Collection[str]]) -> dict[Page, Collection[str]]:
    """Leave out the pages whose days break the order of their volume: slips of the text that prints them.

    Returns:
        Of each volume the most pages that can stand together.
    """
    kept: dict[Page, Collection[str]] = {}
    for volume in {page[0] for page in printed}:
        pages = sorted(page for page in printed if page[0] == volume)
        ends: list[str] = []
        runs: list[list[Page]] = []
        for page in pages:
            day = min(printed[page])
            place = bisect_right(ends, day)
            ends[place : place + 1] = [day]
            runs[place : place + 1] = [[*(runs[place - 1] if place else ()), page]]
        kept.update({page: printed[page] for page in runs[-1]})
    return kept


def check_pages(
    cites: Iterable[Cited], measures: Iterable[Measure], rows: Iterable[Row], register: Register
) -> Compared:
    """Compare the pages that are cited with the documents, the index and the pages that the code prints.

    Args:
        cites: All citations.
        measures: The measures, each with its day of publication.
        rows: The table of rules.
        register: What is there to compare with.
    """
    done = Compared()
    for measure in measures:
        done.problems += _outside(measure, register)
        done.problems += _on_another_day(measure, register, done)
        done.problems += _numbered(measure, register, done)
    for row in rows:
        done.problems += _of_row(row, register.documents)
        done.problems += _of_two_days(row, register.printed, done)
    pages = {page for cited in cites for page in _pages(cited.text)}
    for volume, number in sorted(pages):
        if register.document((volume, number)) is not None:
            done.counts["Register pages found in their documents"] += 1
        elif (volume, number) in register.printed:
            done.counts["Register pages found in what the code prints"] += 1
        else:
            done.absent.setdefault(DOCUMENTS, set()).add(f"{volume} FR {number}")
    return done


def _pages(text: str) -> tuple[Page, ...]:
    parsed = parse(text)
    return parsed.pages if parsed else ()


def _own(measure: Measure) -> Iterator[Page]:
    """Walk through the pages of a measure's own document: the first that it cites, and those that follow closely."""
    first = _pages(measure.cites[0]) if measure.cites else ()
    for cite in measure.cites if first else ():
        for volume, number in _pages(cite):
            if volume == first[0][0] and first[0][1] <= number < first[0][1] + LONGEST:
                yield volume, number


def _outside(measure: Measure, register: Register) -> Iterator[Problem]:
    """Find pages of a measure outside the document that it names, or that has the first of them."""
    own = list(_own(measure))
    numbers = [number for cite in measure.cites for number in _numbers(cite)]
    named = next((one for one in register.documents if one.number in numbers), None)
    document = named or (register.document(own[0]) if own else None)
    for page in own if document else ():
        if document and register.document(page) is not document:
            message = f"lies outside FR Doc. {document.number}, {_span(document)}"
            yield Problem(message, measure.id, field=f"{page[0]} FR {page[1]}")


def _numbers(text: str) -> tuple[str, ...]:
    parsed = parse(text)
    return parsed.documents if parsed else ()


def _span(document: Document) -> str:
    return f"which has the pages {document.first} to {document.last} of volume {document.volume}"


def _on_another_day(measure: Measure, register: Register, done: Compared) -> Iterator[Problem]:
    """Find pages that cannot be of the day on which a measure was published."""
    if measure.published is None:
        return
    day = str(measure.published)
    for page in _own(measure):
        document = register.document(page)
        listed = register.published.get(document.number) if document else None
        wrong = "" if listed in {None, day} else f"the index has it on {listed}"
        wrong = wrong or _against_printed(page, day, register.printed)
        done.counts["days of publication compared"] += bool(listed or _neighbors(page, register.printed))
        if wrong:
            yield Problem(f"was published on {day}, and {wrong}", measure.id, field=f"{page[0]} FR {page[1]}")


def _neighbors(page: Page, printed: Mapping[Page, Collection[str]]) -> list[Page]:
    """Return the nearest pages printed before and behind a page, or itself."""
    if page in printed:
        return [page]
    same = sorted(other for other in printed if other[0] == page[0])
    return [*[other for other in same if other < page][-1:], *[other for other in same if other > page][:1]]


def _against_printed(page: Page, day: str, printed: Mapping[Page, Collection[str]]) -> str:
    """Say which printed page contradicts a day of publication."""
    for other in _neighbors(page, printed):
        days = sorted(printed[other])
        early, late = other <= page and days[0] > day, other >= page and days[-1] < day
        if early or late or (other == page and day not in days):
            return f"the code prints {other[0]} FR {other[1]} with {', '.join(days)}"
    return ""


def _numbered(measure: Measure, register: Register, done: Compared) -> Iterator[Problem]:
    """Find documents that a measure cites by their number, and the index on another day."""
    for number in (number for cite in measure.cites for number in _numbers(cite)):
        listed = register.published.get(number)
        if listed is None:
            done.absent.setdefault(INDEX, set()).add(f"FR Doc. {number}")
        elif measure.published is not None and listed != str(measure.published):
            message = f"was published on {measure.published}, and the index has it on {listed}"
            yield Problem(message, measure.id, field=f"FR Doc. {number}")
        else:
            done.counts["documents found in the index"] += 1


def _of_row(row: Row, documents: Iterable[Document]) -> Iterator[Problem]:
    """Find a rule of the table that has other pages, or another day of effect, than its document."""
    for document in documents:
        if document.volume != row.volume or document.last < row.first or row.last < document.first:
            continue
        if (row.first, row.last) != (document.first, document.last):
            message = (
                f"to {row.last} in the table of rules; FR Doc. {document.number} says otherwise, {_span(document)}"
            )
            yield Problem(message, _place(row))
        effective = day_of(document.effective)
        if effective and effective != row.day:
            message = f"works from {row.day} in the table of rules; FR Doc. {document.number} says {effective}"
            yield Problem(message, _place(row))


def _of_two_days(row: Row, printed: Mapping[Page, Collection[str]], done: Compared) -> Iterator[Problem]:
    """Find a rule of the table whose pages the code prints with different days: it would be two documents."""
    days = [
        set(printed[page]) for number in range(row.first, row.last + 1) if (page := (row.volume, number)) in printed
    ]
    done.counts["rules of the Register compared"] += bool(days)
    if days and not set.intersection(*days):
        said = ", ".join(sorted(set.union(*days)))
        yield Problem(f"to {row.last} is one rule of the table; the code prints its pages with {said}", _place(row))


def _place(row: Row) -> str:
    return f"{row.volume} FR {row.first}"
