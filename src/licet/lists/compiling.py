"""From the rows kept by hand and the histories of lists to one snapshot, for `licet.lists.roster.Roster` to read.

The steps, numbered as in the code:

1. rows kept by hand are taken as they are;
2. each history gives days of effect (`licet.lists.spans`); a span becomes rows, and what is not sure in it a row that
   says so in `checked`: `open` (it may be on the list), `amended` (it is on it, with terms that may be others);
3. a party that is kept by hand keeps its rows up to `tables.ISSUED`; after that its issues say what changed;
4. of a list that has a source of its own, what a collection of lists (`csl`) says adds names to a party that is there.
   A party that only the collection has is taken over; where the own source speaks later without it: a `conflict`;
5. a list is complete from the day of an issue to the next one, or until the next is overdue; between two issues that
   name the same parties too (`licet.lists.completeness`).
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from licet.lists import snapshot
from licet.lists.completeness import complete, put_together, split, without
from licet.lists.effect import LISTED, PUBLISHED, Register
from licet.lists.kept import pack
from licet.lists.members import BEGAN, standing, state
from licet.lists.merge import Issue, merge
from licet.lists.roster import CELL, HAND, ROW
from licet.lists.source import listed_is_effect, sources
from licet.lists.spans import ISSUE, spans
from licet.lists.tables import COVERS
from licet.lists.tables import ISSUED as BY_HAND_UNTIL
from licet.names.near import prepare
from licet.names.normal import normalize, short_forms, variants

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from licet.lists.entry import Entry
    from licet.lists.merge import History
    from licet.lists.shipped import Removed
    from licet.lists.spans import Span
    from licet.lists.tables import Curated
    from licet.model.measure import Measure

LEAD = timedelta(days=7)
"""How long before its publication a rule that is not known here may have worked: the known ones, up to five days."""
LONG_AGO = date(1900, 1, 1)
"""From when on a party may have been on a list that does not say since when."""
_ONE_DAY = timedelta(days=1)
_WEAK = "weak_alias"
_SURE = frozenset({"seen", "amended", "memory"})
"""Rows that say that a party is on a list."""
_DIGITS = 12


class Line(NamedTuple):
    """One row of an entry, as `Roster` reads it."""

    list: str
    name: str
    country: str
    since: date
    through: date | None
    first: date
    scope: str = ""
    policy: str = ""
    footnotes: str = ""
    programs: str = ""
    cites: str = ""
    measure: str = ""
    group: str = ""
    reaches_affiliates: str = ""
    checked: str = "seen"
    note: str = ""

    def text(self) -> str:
        """Write the row."""
        return CELL.join(_iso(cell) if isinstance(cell, date) else cell or "" for cell in self)


class Called(NamedTuple):
    """A name of an entry, over days."""

    name: str
    since: date
    through: date | None
    weak: bool = False


class Made(NamedTuple):
    """One party of the roster while it is made."""

    lines: list[Line]
    names: list[Called]
    details: list[tuple[str, str, date, Entry]]


def compile_lists(
    curated: Curated,
    histories: Mapping[str, History],
    book: Mapping[str, Measure],
    *,
    removed: Iterable[Removed] = (),
    known: date | None = None,
) -> bytes:
    """Make the snapshot of one state of the lists.

    Args:
        curated: The rows kept by hand.
        histories: What is known of each list that has issues, by its id.
        book: The measures by id.
        removed: Who was taken off a list between an older copy and its issues.
        known: Last day of which anything had been seen; None: everything has.

    Returns:
        The bytes of the snapshot, the same for the same arguments.
    """
    seen = {id_: history.as_known(known) if known else history for id_, history in histories.items()}
    making = _Making(curated)
    register = Register(book)
    own = [id_ for id_ in seen if not _collects(id_, seen[id_])]
    for id_ in sorted(own):
        making.add(id_, seen[id_], spans(seen[id_], register, listed=listed_is_effect(id_)))
    for one in removed:
        making.take_off(one, register)
    for id_ in sorted(seen.keys() - own):
        making.add(id_, seen[id_], spans(seen[id_], register, listed=listed_is_effect(id_)))
    return making.snapshot(seen)


def _collects(id_: str, history: History) -> bool:
    """Say whether a list is a collection of others."""
    return any(one != id_ for row in history.rows for one in row.entry.lists)


class _Making:
    """The parties of a roster while they are put together."""

    def __init__(self, curated: Curated) -> None:
        self.curated = curated
        self._keys = cache(variants)
        """The normalized forms of a name: the same names come again with each issue and each list."""
        self.parties: dict[str, Made] = {}
        self.by_hand: set[str] = set()
        self._at: dict[tuple[str, str], list[str]] = {}
        """Parties by list and normalized name."""
        self._taken: set[tuple[str, str]] = set()
        """Lists and parties of which another party of the list has taken the place already."""
        self._complete: dict[str, list[tuple[date, date]]] = {}
        for row in curated.rows:  # 1
            cells = {key: text for key, text in row.items() if key not in {"entry", "since", "through", "first"}}
            cells["programs"] = cells["programs"].replace(" ", ";")
            days = date.fromisoformat(row["since"]), _day(row["through"]), date.fromisoformat(row["first"])
            line = Line(**cells, since=days[0], through=days[1], first=days[2])
            self._party(row["entry"]).lines.append(line)
            self.by_hand.add(row["entry"])
        for row in curated.names:
            self._call(row["entry"], Called(row["name"], date.fromisoformat(row["since"]), _day(row["through"])))
        for id_, made in self.parties.items():
            self._index(id_, {line.list for line in made.lines})

    def _party(self, id_: str) -> Made:
        return self.parties.setdefault(id_, Made([], [], []))

    def _call(self, id_: str, called: Called) -> None:
        self._party(id_).names.append(called)

    def _index(self, id_: str, lists: Iterable[str]) -> None:
        for key in {key for called in self.parties[id_].names for key in self._keys(called.name)}:
            for list_ in lists:
                there = self._at.setdefault((list_, key), [])
                if id_ not in there:
                    there.append(id_)

    # -- issues

    def add(self, id_: str, history: History, found: Iterable[Span]) -> None:
        """Add the parties of one history."""
        collects = _collects(id_, history)
        by_party: dict[str, list[Span]] = {}
        for span in found:
            if span.known_through is None and span.entry.names:
                by_party.setdefault(span.party, []).append(span)
        last = max((stamp.issued for stamp in history.stamps if not stamp.shadowed), default=date.min)
        own = {list_ for list_ in self._complete if self._complete[list_]} if collects else set()
        members: set[str] = {id_}
        for party, theirs in sorted(by_party.items()):
            lists = {one for span in theirs for one in standing(id_, span.entry.lists)}
            members |= lists
            for list_ in sorted(lists):
                mine = [span for span in theirs if list_ in standing(id_, span.entry.lists)]
                self._add_party(list_, party, mine, (id_, last, list_ in own))
        stretches = complete(history, sources().get(id_))  # 5
        for list_ in members if collects else (id_,):
            self._complete.setdefault(list_, []).extend(stretches)

    def take_off(self, gone: Removed, register: Register) -> None:
        """Add a party that an older copy of a list has, and its issues have no more."""
        issues = (Issue(gone.seen, LONG_AGO, "seen", (gone.entry,)), Issue(gone.absent, LONG_AGO, "absent", ()))
        theirs = list(spans(merge(issues), register))
        if self._same(gone.list, theirs, second=False) is not None:
            return
        lines = list(_joined(line for span in theirs for line in _lines(gone.list, span)))
        if gone.through is not None:
            lines = [
                line._replace(through=gone.through, checked="seen")
                if line.checked == "open" and line.since > gone.seen
                else line
                for line in lines
                if line.since <= gone.through
            ]
        if gone.checked == "conflict":
            lines.append(lines[-1]._replace(since=gone.absent, through=None, checked="conflict"))
        id_ = f"{gone.list}:{gone.entry.id}"
        self._party(id_).lines.extend(_joined(lines))
        self._named(id_, theirs, lines)
        self._index(id_, (gone.list,))
        self.parties[id_].details.append((gone.list, gone.source, gone.seen, gone.entry))

    def _add_party(self, list_: str, party: str, theirs: list[Span], feed: tuple[str, date, bool]) -> None:
        """Add what one feed says of one party on one list: its id, the day of its last issue, whether it is second."""
        source, last, second = feed
        same = self._same(list_, theirs, second=second)
        lines = list(_joined(_all_lines(list_, theirs)))  # 2
        if same is not None and second:
            id_ = same
            self._beside(id_, list_, lines)
        elif same is not None and same in self.by_hand:
            id_ = same
            _go_on(self.parties[id_].lines, list_, lines)  # 3
            self._taken.add((list_, id_))
        else:
            id_ = f"{list_}:{party}" if source == list_ else f"{list_}:{source}/{party}"
            self._party(id_).lines.extend(self._doubted(list_, lines, last) if second else lines)  # 4
        self._named(id_, theirs, lines)
        self._index(id_, (list_,))
        seen = min(theirs[-1].sure_through or last, last)
        self.parties[id_].details.append((list_, source, seen, theirs[-1].entry))

    def _same(self, list_: str, theirs: list[Span], *, second: bool) -> str | None:
        """Return the party that is this one already: one that has its first name, else the only one with it as alias.

        An alias that two parties share makes them no one party.
        """
        entry = theirs[-1].entry
        own, other = entry.names[:1], entry.names[1:]
        for names in (own, other):
            keys = {key for name in names if name.kind != _WEAK for key in self._keys(name.text)}
            there = {id_ for key in keys for id_ in self._at.get((list_, key), ())}
            fit = sorted(
                id_
                for id_ in there
                if self._fits(id_, list_, entry)
                and (second or (list_, id_) not in self._taken)
                and (names is own or keys & {*self._keys(self.parties[id_].names[0].name)})
            )
            if len(fit) == 1 or (fit and names is own):
                return fit[0]
        return None

    def _beside(self, id_: str, list_: str, lines: list[Line]) -> None:
        """Add what a collection says of a party that the own source has: the days on which that does not say it surely.

        Where the own source is complete, and has the party not, the two differ. What is kept by hand is not doubted.
        """
        mine = self.parties[id_].lines
        sure = [(one.since, one.through or date.max) for one in mine if one.list == list_ and one.checked in _SURE]
        if id_ in self.by_hand:
            sure.append((date.min, BY_HAND_UNTIL))
        told = [line for line in lines if line.checked in _SURE]
        for line in told:
            for first, last in without((line.since, line.through or date.max), sure):
                for start, end, complete_ in split((first, last), self._complete.get(list_, ())):
                    checked = "conflict" if complete_ else line.checked
                    mine.append(line._replace(since=start, through=_open_end(end), checked=checked))
        spoken = [(line.since, line.through or date.max) for line in told]
        for one in [one for one in mine if one.list == list_ and one.checked == "open"]:
            mine.remove(one)
            for first, last in without((one.since, one.through or date.max), spoken):
                mine.append(one._replace(since=first, through=_open_end(last)))

    def _fits(self, id_: str, list_: str, entry: Entry) -> bool:
        """Say whether a party can be the one of an entry: they share a country, or one of them has none."""
        countries = {line.country for line in self.parties[id_].lines if line.list == list_} - {""}
        return not countries or not entry.countries or bool(countries & {*entry.countries})

    def _doubted(self, list_: str, lines: list[Line], last: date) -> Iterator[Line]:
        """Yield what a collection alone says; where the own source speaks later without it, as a conflict."""
        from_then = min((first for first, _ in self._complete[list_] if first > last), default=None)
        for line in lines:
            if from_then is None or (line.through is not None and line.through < from_then):
                yield line
            elif line.since < from_then:
                yield line._replace(through=last, checked=line.checked)
                yield line._replace(since=last + _ONE_DAY, checked="open", through=from_then - _ONE_DAY)
                yield line._replace(since=from_then, checked="conflict")
            else:
                yield line._replace(checked="conflict")

    def _named(self, id_: str, theirs: list[Span], lines: list[Line]) -> None:
        """Add the names of an entry, each from the first to the last of its terms that have it."""
        begin = min((line.since for line in lines), default=theirs[0].since)
        had = {key for called in self.parties[id_].names for key in self._keys(called.name)}
        seen: dict[tuple[str, bool], Called] = {}
        for number, span in enumerate(theirs):
            since = begin if number == 0 else span.since
            for name in span.entry.names:
                key = _clean(name.text), name.kind == _WEAK
                before = seen.get(key)
                seen[key] = Called(key[0], before.since if before else since, span.through, key[1])
        for called in seen.values():
            if normalize(called.name) and not had.issuperset(self._keys(called.name)):
                self._call(
                    id_, called._replace(through=None if called.through == theirs[-1].through else called.through)
                )

    # -- the snapshot

    def snapshot(self, histories: Mapping[str, History]) -> bytes:
        """Write all parties as a snapshot."""
        names: dict[str, set[str]] = {}
        short: dict[str, set[str]] = {}
        groups: dict[str, set[str]] = {}
        for id_, made in self.parties.items():
            for called in made.names:
                span = CELL.join((id_, _iso(called.since), _iso(called.through)))
                for key in () if called.weak else self._keys(called.name):
                    names.setdefault(key, set()).add(span)
                for key in (normalize(called.name),) if called.weak else short_forms(called.name):
                    short.setdefault(key, set()).add(id_)
            for line in made.lines:
                if line.group:
                    groups.setdefault(line.group, set()).add(id_)
        tables = {
            "names": {key: ROW.join(sorted(found)) for key, found in names.items()},
            "short": {key: CELL.join(sorted(found)) for key, found in short.items()},
            "groups": {key: " ".join(sorted(found)) for key, found in groups.items()},
            "entries": {id_: self._entry(id_, made) for id_, made in self.parties.items()},
            "called": {
                id_: ROW.join(dict.fromkeys(one.name for one in made.names)) for id_, made in self.parties.items()
            },
            "details": {id_: _details(made) for id_, made in self.parties.items() if made.details},
            **prepare(names),
        }
        head = {"covers": list(COVERS), "lists": self._states(histories)}
        version = sha256(snapshot.write(head, tables)).hexdigest()[:_DIGITS]
        return snapshot.write({**head, "version": version}, tables)

    def _entry(self, id_: str, made: Made) -> str:
        rows = [line.text() for line in sorted(made.lines, key=lambda line: (line.list, line.since, line.text()))]
        return ROW.join([HAND, *rows] if id_ in self.by_hand else rows)

    def _states(self, histories: Mapping[str, History]) -> dict[str, list[object]]:
        """Write what there is to know of each list."""
        lists = {line.list for made in self.parties.values() for line in made.lines} | self._complete.keys()
        found: dict[str, list[object]] = {}
        for list_ in sorted(lists):
            member = state(list_)
            issued, overdue = _newest(list_, histories)
            stretches = [[_iso(first), _iso(last)] for first, last in put_together(self._complete.get(list_, ()))]
            found[list_] = [member.title, member.regime, member.rules, member.means, issued, overdue, stretches]
        return found


# -- one span


def _all_lines(list_: str, theirs: Iterable[Span]) -> Iterator[Line]:
    """Yield the rows of all spans of a party, and between a last day that was printed and the next span an open one.

    A denial order that runs out is renewed, or it is not: only the notices between two issues would tell.
    """
    before: Span | None = None
    for span in theirs:
        lines = list(_lines(list_, span))
        if before is not None and before.through is not None and before.through == before.entry.until:
            gap = before.through + _ONE_DAY
            if lines and gap < lines[0].since:
                yield lines[0]._replace(since=gap, through=lines[0].since - _ONE_DAY, checked="open")
        yield from lines
        before = span


def _lines(list_: str, span: Span) -> Iterator[Line]:
    """Yield the rows of a span: what is sure, and around it what is not."""
    entry = span.entry
    sure = Line(
        list=list_,
        name=_clean(entry.names[0].text),
        country=entry.countries[0] if entry.countries else "",
        since=span.since,
        through=span.through,
        first=span.first,
        scope=entry.scope or "all",
        policy=entry.policy,
        footnotes=" ".join(mark for mark in entry.footnotes if mark.isdecimal()),
        programs=";".join(entry.programs),
        cites="; ".join(cite.text for cite in entry.cites),
        measure=span.measure,
    )
    maybe = _maybe_from(span)
    maybe = max(maybe, BEGAN.get(list_, maybe)) if maybe is not None else None
    if maybe is not None and maybe < span.since:
        yield sure._replace(since=maybe, through=span.since - _ONE_DAY, checked="open")
    if span.printed_from is not None and span.printed_from > span.since:
        doubt = span.printed_from - _ONE_DAY
        until = doubt if span.through is None else min(doubt, span.through)
        yield sure._replace(through=until, checked="open" if span.inherited else "amended")
        sure = sure._replace(since=span.printed_from)
    if span.through is not None and span.through < sure.since:
        return
    if span.sure_through is not None and (span.through is None or span.sure_through < span.through):
        last = max(span.sure_through, sure.since)
        yield sure._replace(through=last)
        sure = sure._replace(since=last + _ONE_DAY, checked="open")
        if span.through is not None and sure.since > span.through:
            return
    yield sure


def _maybe_from(span: Span) -> date | None:
    """Return the first day on which a span, or one like it, may have been in force already."""
    if span.first != span.since:
        return None  # other terms came before
    if span.basis == PUBLISHED:
        return span.since - LEAD
    if span.basis == LISTED:  # a day of renewal has notices from before it
        return min((cite.published - LEAD for cite in span.entry.cites if cite.published), default=None)
    return (span.earliest or LONG_AGO) if span.basis == ISSUE else None


def _joined(lines: Iterable[Line]) -> Iterator[Line]:
    """Make one row of those that follow one another and say the same."""
    held: Line | None = None
    for line in lines:
        follows = held is not None and held.through is not None and held.through + _ONE_DAY == line.since
        if held is not None and follows and _bare(held) == _bare(line):
            held = line._replace(since=held.since)
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def _bare(line: Line) -> Line:
    """Return what a row says, without its days and without how it is named and cited."""
    return line._replace(since=LONG_AGO, through=None, name="", cites="")


def _go_on(lines: list[Line], list_: str, later: Iterable[Line]) -> None:
    """Let the rows of a party that is kept by hand go on with what its issues say of later days."""
    there = [line for line in lines if line.list == list_]
    last = max(there, key=lambda line: line.since)
    for line in later:
        if line.through is not None and line.through < BY_HAND_UNTIL:
            continue
        if line.since > BY_HAND_UNTIL:
            if last.through is None:
                lines[lines.index(last)] = last._replace(through=line.since - _ONE_DAY)
            last = line._replace(group=last.group, reaches_affiliates=last.reaches_affiliates)
            lines.append(last)
        elif line.through is not None and last.through is None:
            ended = last._replace(through=line.through)
            lines[lines.index(last)] = ended
            last = ended


def _called(made: Made) -> str:
    return ROW.join(dict.fromkeys(one.name for one in made.names))


def _details(made: Made) -> str:
    return ROW.join(CELL.join((list_, source, _iso(day), pack(entry))) for list_, source, day, entry in made.details)


def _open_end(day: date) -> date | None:
    return None if day == date.max else day


def _newest(list_: str, histories: Mapping[str, History]) -> tuple[str, str]:
    """Return the day of the newest issue of a list, and the first day on which another is overdue."""
    own = {list_: histories[list_]} if list_ in histories else histories
    found = [
        (stamp.issued, sources()[id_].cadence if id_ in sources() else 0)
        for id_, history in own.items()
        if id_ == list_ or any(list_ in row.entry.lists for row in history.rows)
        for stamp in history.stamps
        if stamp.whole and not stamp.shadowed
    ]
    if not found:
        return "", ""
    issued, cadence = max(found)
    return _iso(issued), _iso(issued + timedelta(days=cadence + 1)) if cadence else ""


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _clean(text: str) -> str:
    """Return a name in one line."""
    return " ".join(text.split())
