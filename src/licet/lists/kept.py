"""What a store of lists keeps, and what every store must do; the contract suite runs against each of them.

A store keeps the bytes of every issue as they came, its entries, and the rows that `licet.lists.merge` makes of them:
who was on the list, by the day of the list and by the day on which it was known. Nothing is ever taken out: an issue
that is taken back counts no more from that day on, and what was known before that day stays as it was.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from licet.lists.entry import Address, Citation, Entry, Identifier, Name
from licet.lists.merge import EMPTY, History, merge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager

    from licet.lists.entry import Parsed
    from licet.lists.merge import Issue, Row
    from licet.model.errors import Problem

_ONE_DAY = timedelta(days=1)


class File(NamedTuple):
    """A file of an issue, by its content."""

    name: str
    digest: str
    """SHA-256 of the bytes, in hex."""
    size: int
    """In bytes, as it came."""


class Kept(NamedTuple):
    """An issue as a store keeps it."""

    number: int
    """In the order of arrival."""
    list: str
    source: str
    """Id of the source that read it; a list can be fed by several."""
    issued: date
    known: date
    """Day of loading."""
    digest: str
    whole: bool
    entries: int
    """How many it has."""
    counts: Mapping[str, int]
    noises: tuple[str, ...]
    """What someone accepted that was not known."""
    slips: tuple[str, ...]
    files: tuple[File, ...]
    withdrawn: date | None = None
    """From this day on it counts no more."""

    def counted_on(self, known: date | None) -> bool:
        """Say whether it was known and stood, by the end of a day; None: now."""
        if known is None:
            return self.withdrawn is None
        return self.known <= known and (self.withdrawn is None or known < self.withdrawn)


class Attention(NamedTuple):
    """The last file that was refused: someone has to look."""

    list: str
    day: date
    files: tuple[str, ...]
    reasons: tuple[str, ...]


class Look(NamedTuple):
    """The last time that the official address of a list had nothing newer than the issue in use."""

    list: str
    day: date
    """Day of the look."""
    through: date
    """Day as of which the issue was still the newest: that of the look, or the one that the address has."""


class Visit(NamedTuple):
    """What a server said of a file that came from it and is kept: with it one asks whether it has changed."""

    url: str
    etag: str
    modified: str
    """Its words for when the file was changed last (Last-Modified)."""
    digest: str
    """SHA-256 of the bytes that are kept, in hex."""


class Standing(NamedTuple):
    """How a list stands in a store."""

    list: str
    last: Kept | None
    """The issue in use: the last whole one; None where there is none."""
    issues: int
    """How many count."""
    entries: int
    """Who is on the list now."""
    attention: Attention | None
    looked: Look | None = None


class Store(Protocol):
    """What every store of lists does."""

    def update(self) -> AbstractContextManager[None]:
        """Hold the lock; what is done inside is kept whole at its end, or not at all.

        Raises:
            SourceError: Another update is running, or the store cannot be written.
        """

    def add(self, parsed: Parsed, files: Mapping[str, bytes], *, known: date, source: str, whole: bool) -> bool:
        """Take an issue in, inside of `update`; False where the same content of the same day is there already."""

    def warn(self, attention: Attention) -> None:
        """Keep, inside of `update`, that a file was refused, until an issue of the list is taken in."""

    def looked(self, look: Look) -> None:
        """Keep, inside of `update`, that a list was looked at and is up to date: a refusal before it is over."""

    def visited(self, visit: Visit) -> None:
        """Keep, inside of `update`, what a server said of a file whose bytes are kept."""

    def visit(self, url: str) -> Visit | None:
        """Return what a server said of a file when it last came from an address; None: it never did."""

    def content(self, digest: str) -> bytes:
        """Return the bytes of a file by their SHA-256.

        Raises:
            SourceError: They are not there, or damaged.
        """

    def rollback(self, list_: str, day: date) -> Kept:
        """Take back, inside of `update`, the issue that arrived last.

        Raises:
            SourceError: The list has no issue.
        """

    def lists(self) -> tuple[str, ...]:
        """Return the ids of all lists of which anything is kept."""

    def issues(self, list_: str) -> tuple[Kept, ...]:
        """Return all issues of a list, those taken back too, by day of issue and then by arrival."""

    def version(self, kept: Kept) -> Parsed:
        """Return what an issue says, as it was read."""

    def raw(self, kept: Kept) -> dict[str, bytes]:
        """Return the bytes of an issue, as they came.

        Raises:
            SourceError: They are damaged.
        """

    def entries(self, list_: str, as_of: date, known: date | None = None) -> tuple[Row, ...]:
        """Return who was on a list on a day, as its issues say it.

        Args:
            list_: Id of the list.
            as_of: The day of the list.
            known: Last day of which anything had been seen; None: everything has.
        """

    def history(self, list_: str) -> History:
        """Return all that is and was known of a list: its rows on both clocks, and its issues that count now.

        Issues that were taken back are not among its stamps; `issues` has them, with their days.
        """

    def histories(self) -> Mapping[str, History]:
        """Return the history of each list of which an issue is kept, in alphabetical order."""

    def status(self) -> tuple[Standing, ...]:
        """Return how each list stands, in alphabetical order."""

    def verify(self) -> tuple[Problem, ...]:
        """Hold all that is kept against its digests, and the rows against the issues; return what is wrong."""


def content_digest(data: bytes) -> str:
    """Return the SHA-256 of some bytes, in hex."""
    return sha256(data).hexdigest()


def issue_digest(files: Iterable[File]) -> str:
    """Return the digest of an issue: of its one file, or of the digests of its files in order; names do not count."""
    digests = sorted(file.digest for file in files)
    return digests[0] if len(digests) == 1 else content_digest("\n".join(digests).encode())


def files_of(files: Mapping[str, bytes]) -> tuple[File, ...]:
    """Return the files of an issue by their content, in the order of their names."""
    return tuple(File(name, content_digest(data), len(data)) for name, data in sorted(files.items()))


def in_use(issues: Iterable[Kept], day: date, known: date | None = None) -> Kept | None:
    """Return the whole issue that says who was on the list on a day; None where none reaches back so far."""
    seen = [kept for kept in issues if kept.whole and kept.issued <= day and kept.counted_on(known)]
    return max(seen, key=lambda kept: (kept.issued, kept.known, kept.digest), default=None)


def neighbor(issues: Iterable[Kept], day: date) -> Kept | None:
    """Return the whole issue before a day, or of it; where none is, the first one after; None: there is none."""
    counted = [kept for kept in issues if kept.whole and kept.withdrawn is None]
    before = in_use(counted, day)
    return before or min(counted, key=lambda kept: (kept.issued, kept.known), default=None)


def replay(issues: Iterable[tuple[Issue, date | None]]) -> History:
    """Work the history of a list out from all of its issues.

    Args:
        issues: The issues, each with the day from which it counts no more.

    Returns:
        Rows: between two days on which issues were taken back, what those that counted then say. Stamps: of the issues
        that count now.
    """
    arrived = list(issues)
    cuts = sorted({taken_back for _, taken_back in arrived if taken_back})
    rows: list[Row] = []
    now = EMPTY
    for start, following in pairwise([date.min, *cuts, None]):
        last = following - _ONE_DAY if following else date.max
        counted = [
            issue
            for issue, taken_back in arrived
            if issue.known <= last and (taken_back is None or (start is not None and taken_back > start))
        ]
        now = merge(counted)
        for row in now.rows:
            first, through = max(row.known_from, start or date.min), min(row.known_through or date.max, last)
            if first <= through:
                rows.append(row._replace(known_from=first, known_through=None if through == date.max else through))
    return History(now.stamps, tuple(_joined(rows) if cuts else sorted(rows, key=order)))


def _joined(rows: Iterable[Row]) -> list[Row]:
    """Make one row of equal ones that were known one day after the other."""
    by: dict[tuple[str, date, date, Entry], list[Row]] = {}
    for row in sorted(rows, key=order):
        same = by.setdefault((row.party, row.appeared, row.gone or date.max, row.entry), [])
        if same and same[-1].known_through and same[-1].known_through + _ONE_DAY == row.known_from:
            same[-1] = same[-1]._replace(known_through=row.known_through)
        else:
            same.append(row)
    return sorted((row for same in by.values() for row in same), key=order)


def order(row: Row) -> tuple[str, date, date]:
    """Return what puts the rows of a list in their one order."""
    return row.party, row.known_from, row.appeared


# An entry as text


def pack(entry: Entry) -> str:
    """Write an entry as JSON: its fields in their order, empty ones at the end left out.

    A field that a later version adds at the end of `Entry` is so read with its default.
    """
    values: list[object] = [value.isoformat() if isinstance(value, date) else value for value in entry]
    values[Entry._fields.index("cites")] = [(text, day and day.isoformat()) for text, day in entry.cites]
    while values and not values[-1]:
        values.pop()
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def unpack(text: str) -> Entry:
    """Read what `pack` wrote."""
    values = json.loads(text)
    return Entry(**{field: _READ[field](value) for field, value in zip(Entry._fields, values, strict=False)})


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _text(text: str) -> str:
    return text


def _texts(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(texts)


_READ: Mapping[str, Callable[..., Any]] = {
    **dict.fromkeys(("id", "kind", "scope", "scope_text", "policy", "policy_text", "part_of", "remarks"), _text),
    **dict.fromkeys(("countries", "programs", "footnotes", "lists"), _texts),
    **dict.fromkeys(("listed", "until"), _day),
    "names": lambda rows: tuple(Name(*row) for row in rows),
    "addresses": lambda rows: tuple(Address(*row) for row in rows),
    "identifiers": lambda rows: tuple(Identifier(*row) for row in rows),
    "cites": lambda rows: tuple(Citation(text, _day(day)) for text, day in rows),
}
"""How each field of an entry is read."""
