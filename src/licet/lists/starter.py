"""The starter table: who is on which list from which day to which, under which names.

It holds the parties that the measures and the cases of licet name. A party on it is known on every day from 2018 on the
lists in `covers`. It is not complete and says nothing of other parties. Official lists will fill its columns.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from licet.model.errors import SourceError
from licet.model.listing import Listing
from licet.model.outcome import Policy
from licet.names.normal import long_enough, normalize, variants

if TYPE_CHECKING:
    from collections.abc import Iterator

    from licet.names.near import Candidates, Near

ROW, CELL = "\n", "\t"
"""What parts the rows of an entry, and the cells of a row, in the compiled table: split only when asked for."""


class Found(NamedTuple):
    """What the table says of a name on a day."""

    listed: tuple[Listing, ...] = ()
    """Terms in force on the day, of entries that had this name then; `checked` is `conflict` where sources differ."""
    off: tuple[Listing, ...] = ()
    """Terms, past or to come, on lists on which a party of this name is not on the day."""
    later_alias: tuple[Listing, ...] = ()
    """Terms in force on the day of an entry whose row got this name only later, or had lost it."""
    near: tuple[Near, ...] = ()
    """Names like it, of entries in force on the day; only where no name is equal."""
    known: bool = False
    """A name of the table is equal, on whatever day: the status of the party is known on every list of `covers`."""


class Starter:
    """The compiled table; an entry is read when it is asked for."""

    complete = False
    """A party that is not on the table may still be on a list."""

    def __init__(self, text: str) -> None:
        """Read the compiled table.

        Args:
            text: What `licet.lists.tables.compile_tables` wrote.

        Raises:
            SourceError: The text is not a compiled table.
        """
        try:
            data = json.loads(text)
            self.issued = date.fromisoformat(data["issued"])
            """Day of the official text that the rows rest on."""
            self.version = str(data["version"])
            """Start of the SHA-256 of the two tables."""
            self.covers: tuple[str, ...] = tuple(data["covers"])
            """Ids of the lists on which a party of the table is known to be, or not to be, on every day from 2018."""
            self._entries: dict[str, str] = data["entries"]
            self._made: dict[str, tuple[Listing, ...]] = {}
            self._names: dict[str, str] = data["names"]
            self._short: dict[str, str] = data["short"]
            self._groups: dict[str, str] = data["groups"]
            self._candidates: Candidates | None = None
        except (ValueError, KeyError, TypeError) as error:
            raise SourceError(f"the compiled starter table cannot be read: {error!r}") from error

    def find(self, name: str, day: date, country: str = "") -> Found:
        """Look a name up.

        Args:
            name: A name as someone wrote it.
            day: The day asked about.
            country: ISO 3166-1 alpha-2 code of the party's country, or empty. Where a list has entries of this name in
                several countries and one in this, the others are left out.

        Returns:
            What the table says. Where no name is equal: the near names, and `known` is false.
        """
        had: dict[str, bool] = {}
        for key in variants(name):
            for entry, since, through in self._spans(key):
                had[entry] = had.get(entry, False) or _within(day.isoformat(), since, through)
        if not had:
            return Found(near=self.near(name, day))
        listed: list[Listing] = []
        later: list[Listing] = []
        off: list[Listing] = []
        for entry, named in sorted(had.items()):
            for terms in self._by_list(entry):
                now = [one for one in terms if one.on(day)]
                if now:
                    (listed if named else later).extend(now)
                else:
                    off.extend(terms)
        return Found(_nearest(listed, country), tuple(off), _nearest(later, country), (), known=True)

    def near(self, name: str, day: date) -> tuple[Near, ...]:
        """Return the names of entries in force on a day that a name is near to, best first."""
        normal = normalize(name)
        if normal not in self._short and not long_enough(name):
            return ()
        from licet.names.near import Candidates, Near, near

        found = [Near(normal, entry, 100.0, "short") for entry in self._short.get(normal, "").split(CELL) if entry]
        if long_enough(name):
            if self._candidates is None:
                self._candidates = Candidates({key: [entry for entry, *_ in self._spans(key)] for key in self._names})
            found += near(name, self._candidates)
        return tuple(one for one in found if self.on(one.entry, day))

    def entry(self, list_: str, entry: str) -> tuple[Listing, ...]:
        """Return the terms of an entry on one list, interval by interval; none where it never was on that list."""
        return tuple(one for one in self.history(entry) if one.list == list_)

    def history(self, entry: str) -> tuple[Listing, ...]:
        """Return all terms of an entry, list by list and interval by interval; none where the table lacks the id."""
        made = self._made.get(entry)
        if made is None:
            rows = self._entries.get(entry, "").split(ROW)
            made = self._made[entry] = tuple(_listing(entry, row) for row in rows if row)
        return made

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all entries."""
        return tuple(self._entries)

    def on(self, entry: str, day: date) -> tuple[Listing, ...]:
        """Return the terms of an entry in force on a day."""
        return tuple(one for one in self.history(entry) if one.on(day))

    def group(self, name: str) -> tuple[str, ...]:
        """Return the ids of the entries of a family of companies, such as `huawei`."""
        return tuple(self._groups.get(name, "").split())

    def reaches_affiliates(self, list_: str, entry: str) -> bool:
        """Say whether the text of a list names the subsidiaries and affiliates of an entry too."""
        rows = (row.split(CELL) for row in self._entries.get(entry, "").split(ROW) if row)
        return any(row[0] == list_ and row[-3] == "yes" for row in rows)

    def note(self, list_: str, entry: str, day: date) -> str:
        """Return what the table adds in words about the terms of an entry on a day, such as how its policy is split."""
        rows = (row.split(CELL) for row in self._entries.get(entry, "").split(ROW) if row)
        return next((row[-1] for row in rows if row[0] == list_ and _within(day.isoformat(), row[3], row[4])), "")

    def _spans(self, key: str) -> Iterator[tuple[str, str, str]]:
        """Yield the entries that have a normalized name, each with the first and last day on which its row had it."""
        for span in self._names.get(key, "").split(ROW):
            if span:
                entry, since, through = span.split(CELL)
                yield entry, since, through

    def _by_list(self, entry: str) -> list[list[Listing]]:
        """Return the terms of an entry, list by list."""
        lists: dict[str, list[Listing]] = {}
        for one in self.history(entry):
            lists.setdefault(one.list, []).append(one)
        return list(lists.values())


def _nearest(terms: list[Listing], country: str) -> tuple[Listing, ...]:
    """Leave out, list by list, entries of other countries where one is of the country."""
    there = {one.list for one in terms if one.country == country}
    return tuple(one for one in terms if one.list not in there or one.country == country)


def _within(day: str, since: str, through: str) -> bool:
    """Say whether a day lies in a span of days written in ISO 8601; an empty end is open."""
    return since <= day and (not through or day <= through)


def _listing(entry: str, row: str) -> Listing:
    """Read one row of the compiled table."""
    list_, name, country, since, through, first, *said = row.split(CELL)
    scope, policy, notes, programs, cites, measure, group, _, checked, _ = said
    return Listing(
        list=list_,
        entry=entry,
        name=name,
        country=country,
        since=date.fromisoformat(since),
        through=date.fromisoformat(through) if through else None,
        first=date.fromisoformat(first),
        scope=scope,
        policy=Policy[policy] if policy else None,
        footnotes=tuple(map(int, notes.split())),
        programs=tuple(programs.split()),
        cites=tuple(filter(None, cites.split("; "))),
        measure=measure,
        group=group,
        checked=checked,
    )
