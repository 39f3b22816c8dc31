"""Parties in the window: listed, delisted, under other terms, or near a name that is."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, NamedTuple

from licet.formats.node import Limits
from licet.formats.value import Refusal, unclear
from licet.lists.countries import country_code
from licet.model.errors import FactsError, Problem
from licet.names.normal import normalize
from licet.watching.listings import ADDED, CHANGED, CONFIRMED, DISPUTED, MAYBE, OPEN, REMOVED, verified
from licet.watching.names import Named
from licet.watching.window import ONE_DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from licet.sources import Sources
    from licet.watching.listings import ListChange
    from licet.watching.window import Window

LIMITS = Limits(size=20_000_000)
MOST_ROWS = 100_000
MOST_LETTERS = 500
"""Letters of a cell."""
LISTED, DELISTED, TERMS, NEAR, NAMED, UNNAMED = "listed", "delisted", "other terms", "near", "named", "no longer named"
_HOW = {ADDED: LISTED, REMOVED: DELISTED, CHANGED: TERMS, DISPUTED: DISPUTED, OPEN: OPEN, CONFIRMED: CONFIRMED}
DOUBTED = (MAYBE, "conflict")
"""Words of `Listing.checked` where it is not known whether the entry is listed."""
COLUMNS = ("name", "country", "id")
_SEPARATORS = ",;\t"


class Row(NamedTuple):
    """A party of the file."""

    line: int
    name: str
    country: str
    """ISO 3166-1 alpha-2 code, or empty."""
    id: str


class Parties(NamedTuple):
    """A file of parties."""

    file: str
    rows: tuple[Row, ...]
    bad: tuple[Problem, ...]
    """Rows that could not be taken as they stand, each with its line and the reason."""


class PartyChange(NamedTuple):
    """What becomes of a party on one day."""

    day: date
    how: str
    """listed · delisted · other terms · disputed · open · confirmed · near (an entry with a name like it) · named (an
    entry that is listed gets the name) · no longer named."""
    list: str
    entry: str
    name: str
    """Name of the entry."""
    what: str
    """For `near`: what becomes of the entry. For the others the same as `how`."""
    terms: tuple[str, ...]
    measure: str
    cite: str
    sure: str


class WatchedParty(NamedTuple):
    """A party over the window."""

    row: Row
    file: str
    on: tuple[str, ...]
    """The lists that it is on today, or on the day of the window nearest to it."""
    not_known: tuple[str, ...]
    """The lists of which it is not known whether it is on them then."""
    found: bool
    """Whether an entry has the name, on whatever day."""
    changes: tuple[PartyChange, ...]


# -- reading


def read_parties(text: str, file: str) -> Parties:
    """Read a CSV file of parties: a column `name`, and `country` and `id` where they are there.

    Args:
        text: The text of the file; cells are parted by commas, semicolons or tabs.
        file: What messages call it.

    Returns:
        The parties, and every row that could not be taken, with its line and the reason.

    Raises:
        FactsError: It has no column `name`, is no CSV, or has too many rows.
    """
    head = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=head.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=separator, strict=True)
    rows: list[Row] = []
    bad: list[Problem] = []
    try:
        header = next((cells for cells in reader if any(cell.strip() for cell in cells)), [])
        places = _places(header, file, max(reader.line_num, 1))
        before = reader.line_num
        for cells in reader:
            line, before = before + 1, reader.line_num
            if any(cell.strip() for cell in cells):
                _take(_Line(file, line, cells, len(header)), places, rows, bad)
            if len(rows) + len(bad) > MOST_ROWS:
                raise FactsError(Problem(f"more than {MOST_ROWS:,} rows", file, line, todo="Split the file."))
    except csv.Error as error:
        todo = "Check the quotes of this row."
        raise FactsError(Problem(f"this is no CSV: {error}", file, reader.line_num, todo=todo)) from None
    return Parties(file, tuple(rows), tuple(bad))


class _Line(NamedTuple):
    file: str
    line: int
    cells: Sequence[str]
    width: int
    """Cells of the header."""


def _places(header: Sequence[str], file: str, line: int) -> dict[str, int]:
    """Return the place of each column that is read."""
    names = [cell.strip().casefold() for cell in header]
    found = {name: names.index(name) for name in COLUMNS if name in names}
    twice = [name for name in COLUMNS if names.count(name) > 1]
    if twice:
        raise FactsError(Problem(f'the column "{twice[0]}" is there twice', file, line))
    if "name" not in found:
        from licet.model.vocabulary import nearest

        message = "there is no column name" if any(names) else "the file is empty"
        near = next((nearest("name", [name]) for name in names if nearest("name", [name])), "")
        raise FactsError(Problem(message, file, line, allowed="name, country, id", nearest=near))
    return found


def _take(line: _Line, places: dict[str, int], rows: list[Row], bad: list[Problem]) -> None:
    """Take one row, or say why not; a row whose country alone is wrong is taken without it."""

    def problem(message: str, field: str, todo: str = "") -> None:
        bad.append(Problem(message, line.file, line.line, field=field, todo=todo))

    if len(line.cells) > line.width:
        found = f"{len(line.cells)} cells, the header has {line.width}"
        problem(found, "", "Put a name with a comma in quotes. The row was not looked up.")
        return
    cells = {name: " ".join(line.cells[at].split()) if at < len(line.cells) else "" for name, at in places.items()}
    name, country = cells["name"], cells.get("country", "")
    refusal = unclear(name, MOST_LETTERS)
    if isinstance(refusal, Refusal):
        problem(refusal.message, "name", "The row was not looked up.")
        return
    if not normalize(name):
        problem("no letter and no digit", "name", "The row was not looked up.")
        return
    code = country_code(country) if country else ""
    if country and not code:
        problem(f'"{country[:MOST_LETTERS]}" is no country known here', "country", "Looked up without it.")
    rows.append(Row(line.line, name, code, cells.get("id", "")[:MOST_LETTERS]))


# -- watching


class PartyWatcher:
    """Watches parties in one window.

    Args:
        sources: The lists.
        window: The days.
        listings: What becomes of entries in the window.
    """

    def __init__(self, sources: Sources, window: Window, listings: Iterable[ListChange]) -> None:
        """Take what is watched."""
        self.sources, self.window = sources, window
        self.changes: dict[str, list[ListChange]] = {}
        for change in listings:
            self.changes.setdefault(change.entry, []).append(change)
        self._seen: dict[tuple[str, str], WatchedParty] = {}

    def watch(self, row: Row, file: str = "") -> WatchedParty:
        """Return a party over the window; the same name is looked up once."""
        key = (normalize(row.name), row.country)
        if key not in self._seen:
            self._seen[key] = self._watch(row)
        return self._seen[key]._replace(row=row, file=file)

    def _watch(self, row: Row) -> WatchedParty:
        named = Named(self.sources, self.window, row.name, row.country)
        changes = [*self._by_name(named), *self._gained(named), *self._near(named)]
        now = {list_: held for (list_, _), held in named.now.items() if held.own}
        on = tuple(sorted(list_ for list_, held in now.items() if held.checked not in DOUBTED))
        known = named.known - {list_ for list_, held in now.items() if held.checked in DOUBTED}
        not_known = tuple(list_ for list_ in self.sources.lists.lists if list_ not in known)
        ordered = sorted(changes, key=lambda one: (one.day, one.list, one.entry, one.how))
        return WatchedParty(row, "", on, not_known, bool(named.entries), tuple(ordered))

    def _by_name(self, named: Named) -> Iterator[PartyChange]:
        """Walk through the changes of entries that have the name; of one that has it only later as near ones."""
        for change in (change for entry in named.entries for change in self.changes.get(entry, ())):
            day = change.day - ONE_DAY if change.kind == REMOVED else change.day
            held = named.on(day).get((change.list, change.entry))
            if held is not None:
                yield _changed(change, _HOW[change.kind] if held.own else NEAR)

    def _gained(self, named: Named) -> Iterator[PartyChange]:
        for gain in named.gains():
            how = NAMED if gain.gained else UNNAMED
            terms = self.sources.lists.entry(gain.list, gain.entry)
            name = terms[-1].name if terms else gain.entry
            sure = self.window.sure(gain.day, verified(self.sources, gain.list))
            yield PartyChange(gain.day, how, gain.list, gain.entry, name, how, (), "", "", sure)

    def _near(self, named: Named) -> Iterator[PartyChange]:
        """Walk through the changes of entries with a name like this one, where none has this one itself."""
        if named.entries or not self.changes:
            return
        for entry in dict.fromkeys(near.entry for near in self.sources.lists.near(named.name)):
            for change in self.changes.get(entry, ()):
                yield _changed(change, NEAR)


def _changed(change: ListChange, how: str) -> PartyChange:
    what = _HOW[change.kind]
    return PartyChange(
        change.day, how, change.list, change.entry, change.name, what, change.terms, change.measure, change.cite,
        change.sure,
    )  # fmt: skip
