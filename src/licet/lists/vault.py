"""A store of lists in one file, through SQLite: one transaction for each update, so that a kill leaves the old state.

What each table holds:

- content: the bytes of files as they came, packed, under their SHA-256. The same bytes are kept once.
- entry: the number of each entry that any issue has, by the first half of its SHA-256. The same entry is kept once.
- block: entries as text, some hundred of consecutive numbers packed together.
- issue: what arrived, with the numbers of its entries, and a seal over all of that.
- listing: rows on two clocks, worked out from the issues (`licet.lists.merge`).
- attention: for each list the last refusal since an issue was taken in.
- look: for each list the last time that its official address had nothing newer.
- visit: what a server said of a file that is kept, so that it is sent again only where it has changed.
- look: for each list the last time that its official address had nothing newer.
- visit: what a server said of a file that is kept, so that it is sent again only where it has changed.
- look: for each list the last time that its official address had nothing newer.
- visit: what a server said of a file that is kept, so that it is sent again only where it has changed.

The lock is that of SQLite: one update at a time, readers see the old state until the update is through.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
import zlib
from array import array
from bisect import bisect_left
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Self

from licet.lists.entry import Parsed
from licet.lists.kept import (
    Attention,
    File,
    Kept,
    Look,
    Standing,
    Visit,
    content_digest,
    files_of,
    in_use,
    issue_digest,
    order,
    pack,
    replay,
    unpack,
)
from licet.lists.merge import EMPTY, History, Issue, Row, Stamp, merge
from licet.model.errors import Problem, SourceError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from licet.lists.entry import Entry

FORM = 2
"""Form of the tables; a file of an earlier one is brought to it when it is opened, one of a later form is refused."""
APPLICATION = 0x6C696374
"""What marks the file as one of licet: the letters `lict`."""
WAIT = 3.0
"""Seconds to wait for another process before giving up."""
BLOCK = 256
"""Entries that are packed together."""
SHOWN = 12
"""Letters of a digest that messages show."""
_PACKING = 6
"""Level of zlib: 9 takes three times as long for two percent."""
_ADDED = """
CREATE TABLE look (list TEXT PRIMARY KEY, day TEXT NOT NULL, through TEXT NOT NULL, seal TEXT NOT NULL);
CREATE TABLE visit (
    url TEXT PRIMARY KEY, etag TEXT NOT NULL, modified TEXT NOT NULL, digest TEXT NOT NULL, seal TEXT NOT NULL
);
"""
"""What form 2 has and form 1 had not."""
_TABLES = f"""
CREATE TABLE content (digest TEXT PRIMARY KEY, size INTEGER NOT NULL, packed BLOB NOT NULL, seal TEXT NOT NULL);
CREATE TABLE entry (digest BLOB PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE block (first INTEGER PRIMARY KEY, packed BLOB NOT NULL, seal TEXT NOT NULL);
CREATE TABLE issue (
    number INTEGER PRIMARY KEY, list TEXT NOT NULL, source TEXT NOT NULL, issued TEXT NOT NULL, known TEXT NOT NULL,
    digest TEXT NOT NULL, whole INTEGER NOT NULL, said TEXT NOT NULL, files TEXT NOT NULL, members BLOB NOT NULL,
    seal TEXT NOT NULL, withdrawn TEXT, shadowed INTEGER NOT NULL DEFAULT 0, spelled INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX issue_of ON issue (list, issued, number);
CREATE TABLE listing (
    list TEXT NOT NULL, party TEXT NOT NULL, entry INTEGER NOT NULL, appeared TEXT NOT NULL, gone TEXT,
    known_from TEXT NOT NULL, known_through TEXT
);
CREATE INDEX listing_of ON listing (list, known_through);
CREATE TABLE attention (
    list TEXT PRIMARY KEY, day TEXT NOT NULL, files TEXT NOT NULL, reasons TEXT NOT NULL, seal TEXT NOT NULL DEFAULT ''
);
{_ADDED}
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = {FORM};
"""
_FORM_BITS, _MARK = 8, 23
"""The version of the file holds the form in its low bits, and above them a mark, drawn anew where rows change."""
_HEAD = 100
"""Bytes of the head of a file of SQLite."""
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_MEND = "Take a copy from before, or put the file aside and add the lists again."
_ISSUE = "number, list, source, issued, known, digest, whole, said, files, members, withdrawn"
_SEALED = "list, source, issued, known, digest, whole, said, files, members, withdrawn"
_SMALL = {
    "attention": "list, day, files, reasons",
    "look": "list, day, through",
    "visit": "url, etag, modified, digest",
}
"""Tables of one line each, with what their seals cover; the first column is the key."""
_ROW = "party, entry, appeared, gone, known_from, known_through"


def state_of(file: Path) -> bytes:
    """Return what changes with every update of a store, without opening it: one short look at a file.

    A reader that keeps something made of the store asks for the state first, makes it, and asks again: two equal
    answers say of which state it is. An update that was broken off while it was written can leave its own state in the
    head until the store is opened again. Its mark does not come back, so that what was made under it is only made anew.

    Args:
        file: The file of the store.

    Returns:
        From the head of the file: counter of changes and number of pages (8 bytes), mark of the last update that
        changed the rows of a list (4), and how far the counter is valid (8). Empty where there is no store.
    """
    try:
        with file.open("rb") as opened:
            head = opened.read(_HEAD)
    except FileNotFoundError:
        return b""
    return head[24:32] + head[60:64] + head[92:100] if len(head) == _HEAD else b""


class Vault:
    """A store in one file of SQLite (`licet.lists.kept.Store`)."""

    def __init__(self, file: Path, *, create: bool = False, wait: float | None = None) -> None:
        """Open the store; one that is not there is made only where that is asked for, else it reads as empty.

        Args:
            file: The file.
            create: Make it, with its folder, where it is not there.
            wait: Seconds to wait for another process; left out: `WAIT`.

        Raises:
            SourceError: It cannot be opened, is damaged, or is of a later version of licet.
        """
        self.file = file
        self._entries: dict[int, Entry] = {}
        self._new: dict[str, list[int]] = {}
        """Issues that came in this update, by their lists."""
        self._anew: set[str] = set()
        """Lists whose history has to be worked out from all of their issues."""
        with self._faults():
            if create:
                file.parent.mkdir(parents=True, exist_ok=True)
            where = f"{file.absolute().as_uri()}?mode=rwc" if create or file.exists() else ":memory:"
            self._db = sqlite3.connect(
                where, timeout=WAIT if wait is None else wait, isolation_level=None, uri=where != ":memory:"
            )
            self._db.execute("PRAGMA cache_spill = OFF")  # readers wait for the end of an update only
            self._prepare(where)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def _prepare(self, where: str) -> None:
        """Make the tables in an empty file; refuse a file that is not ours."""
        if self._number("PRAGMA user_version") == 0 and not self._number("SELECT count(*) FROM sqlite_master"):
            with self._transaction():
                if not self._number("SELECT count(*) FROM sqlite_master"):
                    self._make(_TABLES)
        mark, form = self._number("PRAGMA application_id"), self._form()
        if mark != APPLICATION or form > FORM:
            self._db.close()
            what = "is no store of licet" if mark != APPLICATION else f"is of form {form}, made by a later licet"
            raise SourceError(Problem(what, where and str(self.file), allowed=f"form up to {FORM}"))
        if form < FORM:
            with self._transaction():
                if self._form() < FORM:
                    self._bring_to_form_2()

    def _make(self, statements: str) -> None:
        for statement in filter(str.strip, statements.split(";")):
            self._db.execute(statement)

    def _bring_to_form_2(self) -> None:
        """Put what form 1 left open under seals too; an issue that is damaged already stays so."""
        self._make(_ADDED)
        self._db.execute("ALTER TABLE attention ADD COLUMN seal TEXT NOT NULL DEFAULT ''")
        for record in self._db.execute(f"SELECT {_SMALL['attention']} FROM attention").fetchall():  # noqa: S608
            self._put("attention", record)
        query = f"SELECT {_SEALED}, number, seal FROM issue"  # noqa: S608 - our own names
        for *record, number, seal in self._db.execute(query).fetchall():
            if _seal(record[:-1]) == seal:
                self._db.execute("UPDATE issue SET seal = ? WHERE number = ?", (_seal(record), number))
        self._db.execute(f"PRAGMA user_version = {secrets.randbits(_MARK) << _FORM_BITS | FORM}")

    def _put(self, table: str, record: Sequence[str]) -> None:
        """Write one line of a small table, with its seal."""
        places = ", ".join("?" * (len(record) + 1))
        query = f"INSERT OR REPLACE INTO {table} ({_SMALL[table]}, seal) VALUES ({places})"  # noqa: S608 - our own names
        self._db.execute(query, (*record, _seal(record)))

    def _get(self, table: str, key: str) -> list[str] | None:
        """Read one line of a small table, without its seal."""
        where = _SMALL[table].partition(",")[0]
        found = self._db.execute(f"SELECT {_SMALL[table]} FROM {table} WHERE {where} = ?", (key,)).fetchone()  # noqa: S608 - our own names
        return list(found) if found else None

    def _form(self) -> int:
        return self._number("PRAGMA user_version") & (1 << _FORM_BITS) - 1

    def _number(self, query: str, *args: object) -> int:
        found = self._db.execute(query, args).fetchone()
        return int(found[0])

    # Writing

    @contextmanager
    def update(self) -> Iterator[None]:
        """Hold the lock; what is done inside is kept whole at its end, or not at all."""
        with self._faults(), self._transaction():
            self._new, self._anew = {}, set()
            yield
            for list_ in sorted(self._new):
                self._derive(list_)
            if self._new:
                self._db.execute(f"PRAGMA user_version = {secrets.randbits(_MARK) << _FORM_BITS | FORM}")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            self._entries = {}  # numbers that were given inside are given again
            raise

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Turn what SQLite and the system say into words for the person who can mend it."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            code = getattr(error, "sqlite_errorcode", None)
            if code is not None and code & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                problem = Problem("another update of the lists is running", str(self.file), todo="Try when it is done.")
            elif isinstance(error, OSError) or (code and code & 0xFF not in _DAMAGED):
                problem = Problem(f"cannot be used: {error}", str(self.file), todo="Nothing was changed.")
            else:
                problem = Problem("is damaged", str(self.file), todo=_MEND)
            raise SourceError(problem) from error

    @contextmanager
    def _read(self) -> Iterator[None]:
        """As `_faults`, where all that is read is ours: what has no sense any more is damaged too."""
        try:
            with self._faults():
                yield
        except (zlib.error, ValueError, TypeError, KeyError) as error:
            raise SourceError(Problem("is damaged", str(self.file), todo=_MEND)) from error

    def add(self, parsed: Parsed, files: Mapping[str, bytes], *, known: date, source: str, whole: bool) -> bool:
        """Take an issue in, inside of `update`; False where the same content of the same day is there already."""
        if parsed.issued is None:
            raise SourceError(Problem("an issue without a day cannot be kept", parsed.list, todo="Give its day."))
        kept = files_of(files)
        digest = issue_digest(kept)
        found = self._db.execute(
            "SELECT min(known) FROM issue WHERE list = ? AND issued = ? AND digest = ? AND withdrawn IS NULL",
            (parsed.list, parsed.issued.isoformat(), digest),
        ).fetchone()[0]
        if found:
            return found > known.isoformat() and self._known_earlier(parsed, digest, known)
        for file in kept:
            self._keep(file, files[file.name])
        members = zlib.compress(array("I", self._numbers_of(parsed.entries)).tobytes())
        said = json.dumps([dict(sorted(parsed.counts.items())), parsed.noises, parsed.slips], ensure_ascii=False)
        record = (
            *(parsed.list, source, parsed.issued.isoformat(), known.isoformat(), digest, int(whole)),
            *(said, json.dumps(kept, ensure_ascii=False), members),
        )
        cursor = self._db.execute(
            "INSERT INTO issue (list, source, issued, known, digest, whole, said, files, members, seal)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*record, _seal((*record, None))),
        )
        self._new.setdefault(parsed.list, []).append(cursor.lastrowid or 0)
        self._db.execute("DELETE FROM attention WHERE list = ?", (parsed.list,))
        return True

    def _known_earlier(self, parsed: Parsed, digest: str, known: date) -> bool:
        """Let an issue that is there already count from an earlier day on."""
        day = parsed.issued.isoformat() if parsed.issued else ""
        where = "list = ? AND issued = ? AND digest = ? AND withdrawn IS NULL"
        self._db.execute(f"UPDATE issue SET known = ? WHERE {where}", (known.isoformat(), parsed.list, day, digest))  # noqa: S608 - our own words
        self._seal_again(where, parsed.list, day, digest)
        self._new.setdefault(parsed.list, [])
        self._anew.add(parsed.list)
        return True

    def _seal_again(self, where: str, *args: object) -> None:
        query = f"SELECT {_SEALED}, number FROM issue WHERE {where}"  # noqa: S608 - our own words
        *record, number = self._db.execute(query, args).fetchone()
        self._db.execute("UPDATE issue SET seal = ? WHERE number = ?", (_seal(record), number))

    def warn(self, attention: Attention) -> None:
        """Keep, inside of `update`, that a file was refused, until an issue of the list is taken in."""
        list_, day, files, reasons = attention
        texts = (json.dumps(files, ensure_ascii=False), json.dumps(reasons, ensure_ascii=False))
        self._put("attention", (list_, day.isoformat(), *texts))

    def looked(self, look: Look) -> None:
        """Keep, inside of `update`, that a list was looked at and is up to date: a refusal before it is over."""
        self._put("look", (look.list, look.day.isoformat(), look.through.isoformat()))
        self._db.execute("DELETE FROM attention WHERE list = ?", (look.list,))

    def visited(self, visit: Visit) -> None:
        """Keep, inside of `update`, what a server said of a file whose bytes are kept."""
        self._put("visit", visit)

    def rollback(self, list_: str, day: date) -> Kept:
        """Take back, inside of `update`, the issue that arrived last."""
        counted = [kept for kept in self.issues(list_) if kept.withdrawn is None]
        if not counted:
            raise SourceError(Problem(f"no issue of {list_} is kept", str(self.file), todo="See `licet lists status`."))
        last = max(counted, key=lambda kept: kept.number)
        self._db.execute("UPDATE issue SET withdrawn = ? WHERE number = ?", (day.isoformat(), last.number))
        self._seal_again("number = ?", last.number)
        self._seal_again("number = ?", last.number)
        self._seal_again("number = ?", last.number)
        self._new.setdefault(list_, [])
        return last._replace(withdrawn=day)

    def _keep(self, file: File, data: bytes) -> None:
        if not self._number("SELECT count(*) FROM content WHERE digest = ?", file.digest):
            packed = zlib.compress(data, _PACKING)
            record = (file.digest, file.size, packed, content_digest(packed))
            self._db.execute("INSERT INTO content VALUES (?, ?, ?, ?)", record)

    def _numbers_of(self, entries: Iterable[Entry]) -> list[int]:
        """Return the numbers under which entries are kept, and keep those that are new."""
        last = self._number("SELECT coalesce(max(number), 0) FROM entry")
        bodies: dict[bytes, str] = {}
        numbers = []
        for entry in entries:
            body = pack(entry)
            digest = _short(body.encode())
            found = self._db.execute("SELECT number FROM entry WHERE digest = ?", (digest,)).fetchone()
            if not found:
                bodies[digest] = body
                self._db.execute("INSERT INTO entry VALUES (?, ?)", (digest, last + len(bodies)))
            numbers.append(int(found[0]) if found else last + len(bodies))
        lines = list(bodies.values())
        for at in range(0, len(lines), BLOCK):
            packed = zlib.compress("\n".join(lines[at : at + BLOCK]).encode(), _PACKING)
            self._db.execute("INSERT INTO block VALUES (?, ?, ?)", (last + 1 + at, packed, content_digest(packed)))
        return numbers

    # From issues to rows

    def _derive(self, list_: str) -> None:
        """Work the rows of a list out again: by the new issues alone, or from all where one was taken back."""
        issues = self._issues(list_)
        if all(kept.withdrawn is None for kept, _ in issues):
            new = [pair for pair in issues if list_ in self._anew or pair[0].number in self._new[list_]]
            before = EMPTY if list_ in self._anew else self._history(list_, without=self._new[list_])
            found = merge([self._issue(*pair) for pair in new], before)
        else:
            found = replay((self._issue(*pair), pair[0].withdrawn) for pair in issues)
        self._keep_history(list_, found)

    def _keep_history(self, list_: str, found: History) -> None:
        """Keep the rows of a list, and what its history says of each of its issues."""
        self._db.executemany(
            "UPDATE issue SET shadowed = ?, spelled = ? WHERE list = ? AND issued = ? AND known = ? AND digest = ?",
            (
                (one.shadowed, one.entries is not None, list_, _iso(one.issued), _iso(one.known), one.digest)
                for one in found.stamps
            ),
        )
        numbers = {id(entry): number for number, entry in self._entries.items()}
        self._db.execute("DELETE FROM listing WHERE list = ?", (list_,))
        self._db.executemany(
            "INSERT INTO listing VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (list_, row.party, numbers[id(row.entry)], *map(_iso, (row.appeared, row.gone, *row[4:])))
                for row in sorted(found.rows, key=order)
            ),
        )

    def _history(self, list_: str, without: Collection[int] = ()) -> History:
        """Read the history of a list as it was kept, without issues that are not in it yet."""
        return History(tuple(self._stamps(list_, without)), tuple(self._rows("WHERE list = ?", list_)))

    def _stamps(self, list_: str, without: Collection[int]) -> Iterator[Stamp]:
        """Yield what the history says of the issues that count."""
        query = (
            f"SELECT {_ISSUE}, shadowed, spelled FROM issue"  # noqa: S608 - our own words
            " WHERE list = ? AND withdrawn IS NULL ORDER BY known, issued, digest"
        )
        for *record, shadowed, spelled in self._db.execute(query, (list_,)).fetchall():
            kept, members = _read_issue(record)
            if kept.number not in without:
                entries = tuple(sorted(self._members(members), key=lambda one: one.id)) if spelled else None
                yield Stamp(kept.issued, kept.known, kept.digest, kept.whole, entries, bool(shadowed))

    def _issue(self, kept: Kept, members: bytes) -> Issue:
        return Issue(kept.issued, kept.known, kept.digest, self._members(members), kept.whole)

    # Reading

    def lists(self) -> tuple[str, ...]:
        """Return the ids of all lists of which anything is kept."""
        query = "SELECT list FROM issue UNION SELECT list FROM attention ORDER BY list"
        with self._read():
            return tuple(list_ for (list_,) in self._db.execute(query))

    def issues(self, list_: str) -> tuple[Kept, ...]:
        """Return all issues of a list, those taken back too, by day of issue and then by arrival."""
        with self._read():
            return tuple(kept for kept, _ in self._issues(list_))

    def version(self, kept: Kept) -> Parsed:
        """Return what an issue says, as it was read."""
        with self._read():
            found = self._db.execute("SELECT members FROM issue WHERE number = ?", (kept.number,)).fetchone()
            entries = self._members(found[0])
        return Parsed(kept.list, kept.issued, entries, kept.counts, kept.noises, kept.slips)

    def raw(self, kept: Kept) -> dict[str, bytes]:
        """Return the bytes of an issue, as they came."""
        with self._read():
            return {file.name: self._content(file.digest) for file in kept.files}

    def entries(self, list_: str, as_of: date, known: date | None = None) -> tuple[Row, ...]:
        """Return who was on a list on a day, as its issues say it."""
        where = "WHERE list = ? AND appeared <= ? AND (gone IS NULL OR ? < gone)"
        day = as_of.isoformat()
        with self._read():
            if known is None:
                return tuple(self._rows(f"{where} AND known_through IS NULL", list_, day, day))
            seen = f"{where} AND known_from <= ? AND (known_through IS NULL OR ? <= known_through)"
            return tuple(self._rows(seen, list_, day, day, known.isoformat(), known.isoformat()))

    def history(self, list_: str) -> History:
        """Return all that is and was known of a list: its rows on both clocks, and its issues that count now.

        Issues that were taken back are not among its stamps; `issues` has them, with their days.
        """
        with self._read():
            return self._history(list_)

    def histories(self) -> dict[str, History]:
        """Return the history of each list of which an issue is kept, in alphabetical order."""
        with self._read():
            lists = self._db.execute("SELECT DISTINCT list FROM issue ORDER BY list").fetchall()
            return {list_: self._history(list_) for (list_,) in lists}

    def status(self) -> tuple[Standing, ...]:
        """Return how each list stands, in alphabetical order."""
        return tuple(self._standing(list_) for list_ in self.lists())

    def _standing(self, list_: str) -> Standing:
        counted = [kept for kept in self.issues(list_) if kept.withdrawn is None]
        with self._read():
            now = "SELECT count(*) FROM listing WHERE list = ? AND gone IS NULL AND known_through IS NULL"
            there = self._number(now, list_)
            attention = look = None
            if found := self._get("attention", list_):
                files, reasons = map(tuple, (json.loads(found[2]), json.loads(found[3])))
                attention = Attention(list_, date.fromisoformat(found[1]), files, reasons)
            if found := self._get("look", list_):
                look = Look(list_, *map(date.fromisoformat, found[1:]))
        return Standing(list_, in_use(counted, date.max), len(counted), there, attention, look)

    def visit(self, url: str) -> Visit | None:
        """Return what a server said of a file when it last came from an address; None: it never did."""
        with self._read():
            found = self._get("visit", url)
        return Visit(*found) if found else None

    def content(self, digest: str) -> bytes:
        """Return the bytes of a file by their SHA-256."""
        with self._read():
            return self._content(digest)

    def _issues(self, list_: str) -> list[tuple[Kept, bytes]]:
        query = f"SELECT {_ISSUE} FROM issue WHERE list = ? ORDER BY issued, number"  # noqa: S608 - our own names
        return [_read_issue(record) for record in self._db.execute(query, (list_,)).fetchall()]

    def _rows(self, where: str, *args: str) -> Iterator[Row]:
        query = f"SELECT {_ROW} FROM listing {where} ORDER BY party, known_from, appeared"  # noqa: S608 - our own words
        found = self._db.execute(query, args).fetchall()
        entries = self._load({number for _, number, *_ in found})
        for party, number, appeared, gone, known_from, known_through in found:
            first = date.fromisoformat(appeared), _day(gone), date.fromisoformat(known_from)
            yield Row(party, entries[number], *first, _day(known_through))

    def _members(self, members: bytes) -> tuple[Entry, ...]:
        """Return the entries of an issue, in the order in which they were read."""
        numbers = array("I", zlib.decompress(members))
        entries = self._load(set(numbers))
        return tuple(entries[number] for number in numbers)

    def _load(self, numbers: set[int]) -> dict[int, Entry]:
        """Return entries by their numbers; each is read once, and so is one object however many issues have it."""
        missing = sorted(numbers - self._entries.keys())
        if not missing:
            return self._entries
        start = self._number("SELECT coalesce(max(first), 0) FROM block WHERE first <= ?", missing[0])
        query = "SELECT first, packed FROM block WHERE first BETWEEN ? AND ?"
        for first, packed in self._db.execute(query, (start, missing[-1])):
            if bisect_left(missing, first) < bisect_left(missing, first + BLOCK):
                for number, body in enumerate(_lines(packed), first):
                    if number in numbers and number not in self._entries:
                        self._entries[number] = unpack(body)
        return self._entries

    def _content(self, digest: str) -> bytes:
        """Return bytes that are kept, or refuse them where they are not what their digest says."""
        found = self._db.execute("SELECT packed FROM content WHERE digest = ?", (digest,)).fetchone()
        try:
            data = zlib.decompress(found[0]) if found else b""
        except zlib.error:
            data = b""
        if content_digest(data) != digest:
            raise SourceError(Problem(f"the bytes {digest[:SHOWN]} are damaged", str(self.file), todo=_MEND))
        return data

    # Checking

    def verify(self) -> tuple[Problem, ...]:
        """Hold all that is kept against its digests, and the rows against the issues; return what is wrong."""
        try:
            with self._read():
                found = [*self._damaged_pages(), *self._damaged_contents(), *self._damaged_entries()]
                found += [] if found else [*self._damaged_issues(), *self._damaged_lines()]
                found += [] if found else [problem for list_ in self.lists() for problem in self._damaged_rows(list_)]
        except SourceError as error:
            return error.problems
        return tuple(found)

    def _wrong(self, what: str) -> Problem:
        return Problem(what, str(self.file), todo=_MEND)

    def _damaged_pages(self) -> Iterator[Problem]:
        for (said,) in self._db.execute("PRAGMA integrity_check(10)"):
            if said != "ok":
                yield self._wrong(f"SQLite finds: {said}")

    def _damaged_contents(self) -> Iterator[Problem]:
        for digest, packed, seal in self._db.execute("SELECT digest, packed, seal FROM content ORDER BY digest"):
            if content_digest(packed) != seal or content_digest(zlib.decompress(packed)) != digest:
                yield self._wrong(f"the bytes {digest[:SHOWN]} are damaged")

    def _damaged_entries(self) -> Iterator[Problem]:
        digests = {number: digest for digest, number in self._db.execute("SELECT digest, number FROM entry")}
        for first, packed, seal in self._db.execute("SELECT first, packed, seal FROM block ORDER BY first"):
            lines = _lines(packed) if content_digest(packed) == seal else []
            kept = [digests.pop(number, b"") for number in range(first, first + (len(lines) or BLOCK))]
            if not lines or kept != [_short(line.encode()) for line in lines]:
                yield self._wrong(f"the entries from {first} on are damaged")
        if digests:
            yield self._wrong(f"{len(digests):,} entries are missing")

    def _damaged_issues(self) -> Iterator[Problem]:
        query = f"SELECT number, seal, {_SEALED} FROM issue ORDER BY number"  # noqa: S608 - our own names
        for number, seal, *record in self._db.execute(query).fetchall():
            if _seal(record) != seal:
                yield self._wrong(f"issue {number} ({record[0]} of {record[2]}) is damaged")
            missing = [file for file in _files(record[7]) if not self._has(file.digest)]
            if missing:
                yield self._wrong(f"the bytes of {missing[0].name} of issue {number} are missing")

    def _damaged_lines(self) -> Iterator[Problem]:
        for table, columns in _SMALL.items():
            for key, *rest, seal in self._db.execute(f"SELECT {columns}, seal FROM {table}").fetchall():  # noqa: S608
                if _seal((key, *rest)) != seal:
                    yield self._wrong(f"the {table} of {key} is damaged")

    def _has(self, digest: str) -> bool:
        return self._number("SELECT count(*) FROM content WHERE digest = ?", digest) > 0

    def _damaged_rows(self, list_: str) -> Iterator[Problem]:
        found = replay((self._issue(*pair), pair[0].withdrawn) for pair in self._issues(list_))
        if found != self._history(list_):
            yield self._wrong(f"the rows of {list_} are not those of its issues")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _seal(record: Iterable[object]) -> str:
    """Return a digest over the fields of an issue."""
    return content_digest(repr(list(record)).encode())


def _short(body: bytes) -> bytes:
    """Return the digest by which an entry is known: 128 bits tell any number of entries apart."""
    return bytes.fromhex(content_digest(body)[:32])


def _lines(packed: bytes) -> list[str]:
    """Return the entries of a block, as text; JSON has no line break in it."""
    return zlib.decompress(packed).decode().split("\n")


def _files(text: str) -> tuple[File, ...]:
    return tuple(File(*file) for file in json.loads(text))


def _read_issue(record: Iterable[object]) -> tuple[Kept, bytes]:
    """Read a record of the table of issues: the issue, and the numbers of its entries, packed."""
    number, list_, source, issued, known, digest, whole, said, files, members, withdrawn = record
    counts, noises, slips = json.loads(str(said))
    packed = members if isinstance(members, bytes) else b""
    kept = Kept(
        int(str(number)),
        str(list_),
        str(source),
        date.fromisoformat(str(issued)),
        date.fromisoformat(str(known)),
        str(digest),
        bool(whole),
        len(zlib.decompress(packed)) // array("I").itemsize,
        counts,
        tuple(noises),
        tuple(slips),
        _files(str(files)),
        _day(str(withdrawn)) if withdrawn else None,
    )
    return kept, packed
