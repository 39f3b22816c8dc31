"""The point of a look: what was known on a day, in a small file, so that a later look can say what became known since.

A point holds the day, the versions of lawbook and lists, and short digests of what held up to that day: of each
measure, of each entry, of the answers to the acts and the listings of the parties that were watched. Where a digest
differs now, something of that time is known otherwise.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from licet.law.status import changes, status
from licet.model.answer import Span
from licet.model.errors import FactsError, Problem
from licet.watching.listings import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from licet.law.book import Book
    from licet.lists.roster import Roster
    from licet.model.listing import Listing
    from licet.model.measure import Measure
    from licet.sources import Sources

FORM = 1
"""Version of the form of a point."""
LETTERS = 4
"""Letters of a digest: 24 bits. An id and its content are told apart by one each."""
NEW, DAYS, WORDS, GONE = "new", "other days", "other words", "gone"
"""What became known of a measure: that there is one; other days; other words; that there is none."""
MOST_DIGESTS = 4_000_000
_TODO = "A point is written by `licet watch --save POINT`."


class Point(NamedTuple):
    """What was known at an earlier look."""

    day: date
    book: str
    """Version of the lawbook."""
    verified_through: date
    lists: str
    """Version of the lists."""
    lists_issued: date
    measures: Mapping[str, str]
    """By id: two digests, of its days up to the day, and of its words."""
    entries: Mapping[str, str]
    """By list: two digests of each entry, of its id and of its terms up to the day."""
    acts: Mapping[str, tuple[int, int]]
    """By the digest of the facts: the range of outcomes on the day."""
    parties: Mapping[str, tuple[str, ...]]
    """By the digest of name and country: the lists and entries on the day."""


class Learned(NamedTuple):
    """What became known since a point of days up to it."""

    measures: tuple[tuple[str, str], ...]
    """Ids, each with `NEW`, `DAYS`, `WORDS` or `GONE`."""
    entries: tuple[tuple[str, str, str], ...]
    """Entries of which the terms up to the day are new or others: list, entry, name."""
    gone: tuple[tuple[str, int], ...]
    """By list: how many entries that were there then are not there now."""

    @property
    def found(self) -> bool:
        """Whether anything became known."""
        return bool(self.measures or self.entries or self.gone)


NOTHING = Learned((), (), ())


def point(
    sources: Sources,
    day: date,
    acts: Mapping[str, Span],
    parties: Mapping[str, tuple[str, ...]],
) -> Point:
    """Return the point of a look.

    Args:
        sources: Lawbook and lists as they are now.
        day: The day of the look.
        acts: The ranges of outcomes on the day, by the digest of the facts.
        parties: The lists and entries on the day, by the digest of name and country.
    """
    book, lists = sources.book, sources.lists
    entries: dict[str, list[str]] = {}
    for list_, _, print_ in _prints(lists, day):
        entries.setdefault(list_, []).append(print_)
    return Point(
        day,
        book.version,
        book.verified_through,
        lists.version,
        lists.issued,
        {id_: _measure(book, book[id_], day) for id_ in book},
        {list_: "".join(sorted(those)) for list_, those in sorted(entries.items())},
        {key: (span.low, span.high) for key, span in acts.items()},
        parties,
    )


def learned(then: Point, sources: Sources) -> Learned:
    """Return what became known since a point of days up to it.

    Args:
        then: The point.
        sources: Lawbook and lists as they are now.
    """
    measures = tuple(_measures(then, sources.book)) if then.book != sources.book.version else ()
    if then.lists == sources.lists.version:
        return Learned(measures, (), ())
    size = 2 * LETTERS
    before = {list_: {text[at : at + size] for at in range(0, len(text), size)} for list_, text in then.entries.items()}
    met: dict[str, set[str]] = {}
    others: list[tuple[str, str, str]] = []
    for list_, row, print_ in _prints(sources.lists, then.day):
        met.setdefault(list_, set()).add(print_[:LETTERS])
        if print_ not in before.get(list_, ()):
            others.append((list_, row.entry, row.name))
    gone = [
        (list_, len({one[:LETTERS] for one in those} - met.get(list_, set())))
        for list_, those in sorted(before.items())
    ]
    return Learned(measures, tuple(sorted(others)), tuple(one for one in gone if one[1]))


def _measures(then: Point, book: Book) -> Iterator[tuple[str, str]]:
    for id_ in book:
        before, now = then.measures.get(id_), _measure(book, book[id_], then.day)
        if before is None and any(day <= then.day for day in changes(book[id_])):
            yield id_, NEW
        elif before is not None and before[:LETTERS] != now[:LETTERS]:
            yield id_, DAYS
        elif before is not None and before != now:
            yield id_, WORDS
    yield from ((id_, GONE) for id_ in then.measures if id_ not in book)


def _measure(book: Book, measure: Measure, day: date) -> str:
    """Return two digests of a measure: of its days up to a day, and of its words."""
    moves = [(str(one), str(status(measure, one, book=book))) for one in changes(measure) if one <= day]
    words = (measure.title, measure.what, measure.cites, measure.kind)
    return _digest([measure.legal_force, moves]) + _digest(words)


def _prints(lists: Roster, day: date) -> Iterator[tuple[str, Listing, str]]:
    """Walk through the entries that began by a day, list by list, each with two digests: of its id, of its terms."""
    for entry in lists.ids:
        by_list: dict[str, list[Listing]] = {}
        for row in lists.history(entry):
            if row.since <= day:
                by_list.setdefault(row.list, []).append(row)
        for list_, rows in by_list.items():
            terms = [_terms(row, day) for row in sorted(rows, key=lambda one: one.since)]
            yield list_, rows[-1], _digest(entry) + _digest(terms)


def _terms(row: Listing, day: date) -> list[str]:
    through = row.through if row.through is not None and row.through < day else None
    return [str(row.since), str(through), *(str(getattr(row, name)) for name in FIELDS)]


def _digest(thing: object) -> str:
    text = json.dumps(thing, separators=(",", ":"), ensure_ascii=False)
    return urlsafe_b64encode(sha256(text.encode()).digest()[:3]).decode()[:LETTERS]


def key_of_party(name: str, country: str) -> str:
    """Return the digest of a name and a country, so that a point does not tell whom one watches."""
    return sha256(f"{name}\n{country}".encode()).hexdigest()[:16]


# -- as a file


def to_text(made: Point) -> str:
    """Return a point as the text of its file, JSON."""
    record = {
        "licet_point": FORM,
        "day": str(made.day),
        "book": {"version": made.book, "verified_through": str(made.verified_through)},
        "lists": {"version": made.lists, "issued": str(made.lists_issued)},
        "measures": dict(made.measures),
        "entries": dict(made.entries),
        "acts": {key: list(ends) for key, ends in made.acts.items()},
        "parties": {key: list(those) for key, those in made.parties.items()},
    }
    return json.dumps(record, indent=1, ensure_ascii=True) + "\n"


def read_point(text: str, file: str) -> Point:
    """Read a point from the text of its file.

    Raises:
        FactsError: It is none, or of a later form.
    """
    try:
        record = json.loads(text)
        form = record["licet_point"] if isinstance(record, dict) else None
        if form != FORM:
            raise FactsError(Problem(f"a point of form {form!r}, this licet reads {FORM}", file, todo=_TODO))
        return _point(record)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise FactsError(Problem(f"this is no point of an earlier look: {_why(error)}", file, todo=_TODO)) from None


def _why(error: Exception) -> str:
    return f"no {error}" if isinstance(error, KeyError) else str(error) or type(error).__name__


def _point(record: Mapping[str, Mapping[str, str]]) -> Point:
    """Build a point; what has another type than it must have is refused."""
    book, lists = record["book"], record["lists"]
    texts = {**record["measures"], **record["entries"]}
    _each(str, [*texts.values(), book["version"], lists["version"]])
    acts = {key: list(ends) for key, ends in record["acts"].items()}
    _each(int, [end for ends in acts.values() for end in ends])
    parties = {key: tuple(those) for key, those in record["parties"].items()}
    _each(str, [one for those in parties.values() for one in those])
    spans = {key: Span(int(low), int(high)) for key, (low, high) in acts.items()}
    return Point(
        date.fromisoformat(str(record["day"])),
        book["version"],
        date.fromisoformat(book["verified_through"]),
        lists["version"],
        date.fromisoformat(lists["issued"]),
        dict(record["measures"]),
        dict(record["entries"]),
        {key: (span.low, span.high) for key, span in spans.items()},
        parties,
    )


def _each(type_: type, things: Iterable[object]) -> None:
    for one in things:
        if type(one) is not type_:
            raise TypeError(f"found {one!r}, where a {type_.__name__} belongs")


def is_point(text: str) -> bool:
    """Say whether a text is a point, so that it may be written over."""
    return text.startswith('{\n "licet_point":')
