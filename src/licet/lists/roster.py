"""Who is on which list from which day to which, under which names: one state of all lists, ready to be asked.

A roster reads a snapshot (`licet.lists.snapshot`) that `licet.lists.compiling` made of the rows that are kept by hand,
of the issues that ship with licet and of those in the store of this machine. An entry is read when it is asked for.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from licet.model.errors import SourceError
from licet.model.listing import Listing
from licet.model.outcome import Policy
from licet.names.normal import long_enough, normalize, variants

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from licet.lists.entry import Entry
    from licet.lists.snapshot import Snapshot
    from licet.names.near import Candidates, Near

ROW, CELL = "\n", "\t"
"""What parts the rows of a record, and the cells of a row: split only when asked for."""
MOST = 5
"""Near names that are returned at most of one list, best first."""
HAND = "*"
"""In place of a list, first row of an entry that is kept by hand: it is known on which lists it was on every day."""


class ListState(NamedTuple):
    """One list of a roster."""

    id: str
    title: str
    regime: str
    rules: bool
    """Whether licet has rules for what being on it means."""
    means: str
    """What being on it generally means, in one plain sentence."""
    issued: date | None
    """Day of its newest issue; None where only rows kept by hand speak of it."""
    overdue: date | None
    """First day on which a newer issue is overdue; None where none is to come."""
    complete: tuple[tuple[date, date], ...]
    """Stretches of days, both ends in, on which who is not found is not on it."""

    def complete_on(self, day: date) -> bool:
        """Say whether who is not found on it is not on it on a day."""
        return any(first <= day <= last for first, last in self.complete)


class Found(NamedTuple):
    """What the lists say of a name on a day."""

    listed: tuple[Listing, ...] = ()
    """Terms in force on the day, of entries that had this name then; `Listing.checked` says how sure that is."""
    off: tuple[Listing, ...] = ()
    """Terms, past or to come, on lists on which a party of this name is not on the day."""
    later_alias: tuple[Listing, ...] = ()
    """Terms in force on the day of an entry that got this name only later, or had lost it."""
    near: tuple[Near, ...] = ()
    """Names like it, of entries in force on the day, on lists on which no name is equal."""
    known: frozenset[str] = frozenset()
    """Ids of the lists on which the status of the name on the day is known: it is on them, or it is not."""


class Roster:
    """One state of the lists."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Take a snapshot.

        Args:
            snapshot: What `licet.lists.compiling` made.

        Raises:
            SourceError: It is no snapshot of lists.
        """
        try:
            head, tables = snapshot.head, snapshot.tables
            self.version = str(head["version"])
            """Start of the SHA-256 of all that it was made of."""
            self.lists: Mapping[str, ListState] = {id_: _state(id_, said) for id_, said in head["lists"].items()}
            """All lists by id, in alphabetical order."""
            self._by_hand = frozenset(head["covers"])
            self._names, self._entries, self._groups = tables["names"], tables["entries"], tables["groups"]
            self._short, self._called, self._details = tables["short"], tables["called"], tables["details"]
            self._tables = tables
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise SourceError(f"the lists cannot be read: {error!r}") from error
        self._made: dict[str, tuple[Listing, ...]] = {}
        self._candidates: Candidates | None = None

    @property
    def issued(self) -> date:
        """Day of the newest issue of the Entity List."""
        return self.lists["entity_list"].issued or date.min

    def find(self, name: str, day: date, country: str = "") -> Found:
        """Look a name up.

        Args:
            name: A name as someone wrote it.
            day: The day asked about.
            country: ISO 3166-1 alpha-2 code of the party's country, or empty. Where a list has entries of this name in
                several countries and one in this, the others are left out.

        Returns:
            What the lists say. Where no name is equal: the near names, and the lists that are complete on the day.
        """
        had: dict[str, bool] = {}
        for key in variants(name):
            for entry, since, through in self._spans(key):
                had[entry] = had.get(entry, False) or _within(day.isoformat(), since, through)
        known = {one.id for one in self.lists.values() if one.complete_on(day)}
        if not had:
            return Found(near=self.near(name, day), known=frozenset(known))
        listed: list[Listing] = []
        later: list[Listing] = []
        off: list[Listing] = []
        for entry, named in sorted(had.items()):
            if self._is_by_hand(entry):
                known |= self._by_hand
            for list_, terms in self._by_list(entry).items():
                known.add(list_)
                now = [one for one in terms if one.on(day)]
                if now:
                    (listed if named else later).extend(now)
                else:
                    off.extend(terms)
        near: tuple[Near, ...] = ()
        if not any(map(self._is_by_hand, had)):  # equal on one list, a name may be near on another
            equal = {one.list for one in (*listed, *later, *off)}
            near = tuple(
                one for one in self.near(name, day) if not {terms.list for terms in self.on(one.entry, day)} <= equal
            )
        return Found(_nearest(listed, country), tuple(off), _nearest(later, country), near, frozenset(known))

    def near(self, name: str, day: date | None = None) -> tuple[Near, ...]:
        """Return the names that a name is near to, best first, some of each list.

        Args:
            name: A name as someone wrote it.
            day: Only of entries in force on this day; None: of all.
        """
        normal = normalize(name)
        short = self._short.get(normal)
        if not short and not long_enough(name):
            return ()
        from licet.names.near import Candidates, Near, near

        found = [Near(normal, entry, 100.0, "short") for entry in short.split(CELL) if entry]
        if long_enough(name):
            if self._candidates is None:
                self._candidates = Candidates(self._tables, lambda key: [entry for entry, *_ in self._spans(key)])
            found += near(name, self._candidates)
        seen: dict[str, int] = {}
        kept = []
        for one in found:
            lists = {terms.list for terms in (self.on(one.entry, day) if day else self.history(one.entry))}
            if any(seen.get(list_, 0) < MOST for list_ in lists):
                kept.append(one)
            for list_ in lists:
                seen[list_] = seen.get(list_, 0) + 1
        return tuple(kept)

    def name_days(self, name: str) -> frozenset[date]:
        """Return the first days on which an entry had a name, and the days after the last ones."""
        spans = [span for key in variants(name) for span in self._spans(key)]
        last = {date.fromisoformat(through) + timedelta(days=1) for _, _, through in spans if through}
        return frozenset({date.fromisoformat(since) for _, since, _ in spans} | last)

    def entry(self, list_: str, entry: str) -> tuple[Listing, ...]:
        """Return the terms of an entry on one list, interval by interval; none where it never was on that list."""
        return tuple(one for one in self.history(entry) if one.list == list_)

    def history(self, entry: str) -> tuple[Listing, ...]:
        """Return all terms of an entry, list by list and interval by interval; none where the id is unknown."""
        made = self._made.get(entry)
        if made is None:
            made = self._made[entry] = tuple(_listing(entry, row) for row in self._rows(entry) if row[0] != HAND)
        return made

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all entries."""
        return tuple(self._entries)

    @property
    def by_hand(self) -> tuple[str, ...]:
        """The ids of the entries that are kept by hand: those that the measures and the cases of licet name."""
        return tuple(id_ for id_ in self.ids if self._is_by_hand(id_))

    def on(self, entry: str, day: date) -> tuple[Listing, ...]:
        """Return the terms of an entry in force on a day."""
        return tuple(one for one in self.history(entry) if one.on(day))

    def group(self, name: str) -> tuple[str, ...]:
        """Return the ids of the entries of a family of companies, such as `huawei`."""
        return tuple(self._groups.get(name).split())

    def reaches_affiliates(self, list_: str, entry: str) -> bool:
        """Say whether the text of a list names the subsidiaries and affiliates of an entry too."""
        return any(row[0] == list_ and row[-3] == "yes" for row in self._rows(entry))

    def note(self, list_: str, entry: str, day: date) -> str:
        """Return what the table adds in words about the terms of an entry on a day, such as how its policy is split."""
        at = day.isoformat()
        return next((row[-1] for row in self._rows(entry) if row[0] == list_ and _within(at, row[3], row[4])), "")

    def names(self, entry: str) -> tuple[str, ...]:
        """Return the names of an entry, on whatever day it had them, the primary one first."""
        return tuple(filter(None, self._called.get(entry).split(ROW)))

    def details(self, entry: str) -> tuple[Detail, ...]:
        """Return what the sources say of an entry in their own words, the newest last; nothing where kept by hand."""
        from licet.lists.kept import unpack

        rows = (row.split(CELL) for row in self._details.get(entry).split(ROW) if row)
        return tuple(
            Detail(list_, source, date.fromisoformat(seen), unpack(text)) for list_, source, seen, text in rows
        )

    def _is_by_hand(self, entry: str) -> bool:
        return self._entries.get(entry).startswith(HAND)

    def _rows(self, entry: str) -> Iterator[list[str]]:
        return (row.split(CELL) for row in self._entries.get(entry).split(ROW) if row)

    def _spans(self, key: str) -> Iterator[tuple[str, str, str]]:
        """Yield the entries that have a normalized name, each with the first and last day on which its row had it."""
        for span in self._names.get(key).split(ROW):
            if span:
                entry, since, through = span.split(CELL)
                yield entry, since, through

    def _by_list(self, entry: str) -> dict[str, list[Listing]]:
        """Return the terms of an entry, list by list."""
        lists: dict[str, list[Listing]] = {}
        for one in self.history(entry):
            lists.setdefault(one.list, []).append(one)
        return lists


class Detail(NamedTuple):
    """What a source says of an entry."""

    list: str
    source: str
    seen: date
    """Day of the last issue that says it so."""
    entry: Entry


def _nearest(terms: list[Listing], country: str) -> tuple[Listing, ...]:
    """Leave out, list by list, entries of other countries where one is of the country."""
    there = {one.list for one in terms if one.country == country and one.checked not in {"open", "conflict"}}
    return tuple(one for one in terms if one.list not in there or one.country == country)


def _within(day: str, since: str, through: str) -> bool:
    """Say whether a day lies in a span of days written in ISO 8601; an empty end is open."""
    return since <= day and (not through or day <= through)


def _state(id_: str, said: list[object]) -> ListState:
    """Read what a snapshot says of a list."""
    title, regime, rules, means, issued, overdue, complete = said
    days = [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in complete]  # type: ignore[attr-defined]
    return ListState(
        id_, str(title), str(regime), bool(rules), str(means), _day(str(issued)), _day(str(overdue)), tuple(days)
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _listing(entry: str, row: list[str]) -> Listing:
    """Read one row of an entry."""
    list_, name, country, since, through, first, *said = row
    scope, policy, notes, programs, cites, measure, group, _, checked, _ = said
    return Listing(
        list=list_,
        entry=entry,
        name=name,
        country=country,
        since=date.fromisoformat(since),
        through=_day(through),
        first=date.fromisoformat(first),
        scope=scope,
        policy=Policy[policy] if policy else None,
        footnotes=tuple(map(int, notes.split())),
        programs=tuple(programs.split(";")) if programs else (),
        cites=tuple(filter(None, cites.split("; "))),
        measure=measure,
        group=group,
        checked=checked,
    )
