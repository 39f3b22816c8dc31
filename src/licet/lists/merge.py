"""Issues of one list, put together on two clocks: the day of the list, and the day on which it became known here.

An issue says who was on the list on its day. From one issue to the next that state stands. So an entry has rows: from
the issue in which it appeared to the issue in which it was gone, unchanged in between; and each row was known from one
day to another. What was known on a day is what the issues known by then say, and nothing that came later changes it: an
older file that is loaded after a newer one adds to what is known from its loading on.

The result depends on the set of issues alone, not on the order of loading: issues are entered by the day on which they
became known, then by their own day, then by their digest. The same content of the same day counts once, from the first
day on which it was known. Of two contents of one day the one that became known later stands; if both became known on
one day, the one with the greater digest.

A party keeps its id here (`Row.party`) when the list names it otherwise: `licet.lists.diff.match` says who is the same.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from licet.lists.diff import match
from licet.model.errors import Problem, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from licet.lists.entry import Entry

    _State = Mapping[str, Entry]
    """Who is on the list, by party."""

_ONE_DAY = timedelta(days=1)


class Issue(NamedTuple):
    """One issue of a list, as it was read."""

    issued: date
    known: date
    """Day on which it became known here: the day of loading."""
    digest: str
    """SHA-256 of the bytes, in hex."""
    entries: tuple[Entry, ...]
    whole: bool = True
    """Whether who is absent is not on the list; a rule that only adds entries leaves the others as they are."""


class Stamp(NamedTuple):
    """What a history keeps of an issue."""

    issued: date
    known: date
    digest: str
    whole: bool = True
    entries: tuple[Entry, ...] | None = None
    """Its entries, where rows cannot give them back: of an issue that is not whole, of a whole one of the same day, and
    of one that is shadowed."""
    shadowed: bool = False
    """Never stood: another content of the same day became known on the same day."""


class Row(NamedTuple):
    """One party as a list named it, without a change, over some issues."""

    party: str
    """Id of the party in this history: the id of the first entry that was known of it."""
    entry: Entry
    appeared: date
    """Day of the first issue that says it so."""
    gone: date | None
    """Day of the first issue after, that does not say it so any more; None where no issue is later."""
    known_from: date
    known_through: date | None = None
    """Last day on which this was the best knowledge; None: it still is."""

    def known_on(self, day: date) -> bool:
        """Say whether this was the best knowledge on a day."""
        return self.known_from <= day and (self.known_through is None or day <= self.known_through)


class History(NamedTuple):
    """All that is and was known of one list."""

    stamps: tuple[Stamp, ...] = ()
    """By the day on which they became known, then by day of issue and digest."""
    rows: tuple[Row, ...] = ()
    """By party, then by the day on which they became known, then by day of issue."""

    def as_known(self, day: date) -> History:
        """Return the history as it was at the end of a day."""
        rows = (row for row in self.rows if row.known_from <= day)
        return History(
            tuple(stamp for stamp in self.stamps if stamp.known <= day),
            tuple(
                row if row.known_through and row.known_through < day else row._replace(known_through=None)
                for row in rows
            ),
        )

    def issue_on(self, day: date, known: date | None = None) -> Stamp | None:
        """Return the whole issue that says who was on the list on a day.

        Args:
            day: The day of the list.
            known: Last day of which anything had been seen; None: everything has.

        Returns:
            The last one issued on or before the day; None where none reaches back so far.
        """
        seen = [
            stamp
            for stamp in self.stamps
            if stamp.whole and not stamp.shadowed and stamp.issued <= day and (known is None or stamp.known <= known)
        ]
        return max(seen, key=lambda stamp: (stamp.issued, stamp.known, stamp.digest), default=None)

    def on(self, day: date, known: date | None = None) -> tuple[Row, ...]:
        """Return who was on the list on a day as its issues say it, by their own days and not by days of effect.

        Args:
            day: The day of the list.
            known: Last day of which anything had been seen; None: everything has.
        """
        return tuple(
            row
            for row in self.rows
            if row.appeared <= day
            and (row.gone is None or day < row.gone)
            and (row.known_through is None if known is None else row.known_on(known))
        )


EMPTY = History()


def merge(issues: Iterable[Issue], before: History = EMPTY) -> History:
    """Put issues of one list together, in whatever order they come.

    Args:
        issues: The issues.
        before: What is known already; it can be of later days too.

    Returns:
        What is known with them. What was known on a day before the first new one is as it was.

    Raises:
        SourceError: Two entries of an issue have the same id.
    """
    coming = [_checked(issue) for issue in issues]
    had = {(stamp.issued, stamp.digest): stamp.known for stamp in before.stamps}
    coming = [one for one in coming if one.known < had.get((one.issued, one.digest), date.max)]
    if not coming:
        return before
    cut = min(issue.known for issue in coming)
    later = [stamp for stamp in before.stamps if stamp.known >= cut]
    if later and max((one.known, one.issued) for one in later) < min((one.known, one.issued) for one in coming):
        later = []  # several of one day that come one by one in their order: each goes on from the one before
    base = before.as_known(cut - _ONE_DAY) if later else before
    ledger = _Ledger(base)
    first: dict[tuple[date, str], Issue] = {}
    for issue in (*coming, *_recovered(before, later)):
        key = (issue.issued, issue.digest)
        first[key] = min(issue, first.get(key, issue), key=lambda one: one.known)
    ordered = sorted(first.values(), key=lambda issue: (issue.known, issue.issued, issue.whole, issue.digest))
    last = {(issue.known, issue.issued): issue.digest for issue in ordered if issue.whole}
    for issue in ordered:
        ledger.enter(issue, shadowed=issue.whole and last[issue.known, issue.issued] != issue.digest)
    return ledger.history()


def _checked(issue: Issue) -> Issue:
    """Return an issue with its entries in the order of their ids, or refuse it where an id stands twice."""
    if len({entry.id for entry in issue.entries}) != len(issue.entries):
        double = Counter(entry.id for entry in issue.entries).most_common(1)[0][0]
        raise SourceError(Problem(f"two entries have the id {double!r}", f"issue of {issue.issued}"))
    return issue._replace(entries=tuple(sorted(issue.entries, key=lambda entry: entry.id)))


def _recovered(history: History, stamps: Iterable[Stamp]) -> Iterator[Issue]:
    """Yield the issues behind stamps again: what they say stands in the rows of the day on which they became known."""
    for stamp in stamps:
        entries = stamp.entries
        if entries is None:
            entries = tuple(row.entry for row in history.on(stamp.issued, stamp.known))
        yield _checked(Issue(stamp.issued, stamp.known, stamp.digest, entries, stamp.whole))


class _Ledger:
    """What is known while issues are entered, one after the other, by the day on which they became known."""

    def __init__(self, before: History) -> None:
        self.stamps = list(before.stamps)
        self.closed = [row for row in before.rows if row.known_through]
        self.open: dict[str, list[Row]] = {}
        self.parties: dict[str, str] = {}
        """The party of every id that an entry has had."""
        for row in sorted(before.rows, key=lambda row: (row.known_from, row.party)):
            self.parties.setdefault(row.entry.id, row.party)
            if not row.known_through:
                self.open.setdefault(row.party, []).append(row)
        for rows in self.open.values():
            rows.sort(key=lambda row: row.appeared)
        self.slots = sorted({stamp.issued for stamp in before.stamps if not stamp.shadowed})
        self._last: tuple[date, _State] | None = None

    def history(self) -> History:
        """Return what is known, in the one order of rows and stamps."""
        rows = [*self.closed, *(row for rows in self.open.values() for row in rows)]
        stamps = sorted(self.stamps, key=lambda stamp: (stamp.known, stamp.issued, stamp.digest))
        return History(tuple(stamps), tuple(_joined_in_knowledge(rows)))

    def enter(self, issue: Issue, *, shadowed: bool) -> None:
        """Enter one issue; none that was known later may have been entered before. A shadowed one is only kept."""
        day, known = issue.issued, issue.known
        rules = [stamp for stamp in self.stamps if stamp.issued == day and not stamp.whole]
        kept = issue.entries if shadowed or rules or not issue.whole else None
        self.stamps.append(Stamp(day, known, issue.digest, issue.whole, kept, shadowed))
        if shadowed:
            return
        replaced = self.at(day) if day in self.slots else None
        previous = self.at(self.slots[at - 1]) if (at := bisect_left(self.slots, day)) else {}
        following = self.slots[bisect_right(self.slots, day) :]
        after = self.at(following[0]) if following else {}
        if issue.whole:
            state = self.named(issue.entries, [previous, replaced or {}, after])
            for stamp in rules:
                state = self.with_added(state, stamp.entries or (), after)
        else:
            state = self.with_added(previous if replaced is None else replaced, issue.entries, after)
        self.put(day, state, previous if replaced is None else replaced, known)
        self.join(state, after, known)
        self.carry_on(day, following, known)

    def at(self, slot: date) -> _State:
        """Return who is on the list by the issue of a day, as it is known now."""
        if self._last is None or self._last[0] != slot:
            rows = (row for rows in self.open.values() for row in rows)
            state = {r.party: r.entry for r in rows if r.appeared <= slot and (r.gone is None or slot < r.gone)}
            self._last = (slot, state)
        return self._last[1]

    def named(self, entries: Iterable[Entry], contexts: Sequence[_State]) -> dict[str, Entry]:
        """Find the party of each entry: the one in the issues around it, or an earlier one, or a new one."""
        state: dict[str, Entry] = {}
        left = list(entries)
        for context in contexts:
            there = {entry.id: party for party, entry in sorted(context.items()) if party not in state}
            matched = match([context[party] for party in there.values()], left) if there else None
            if matched is not None:
                state |= {there[before.id]: after for before, after in matched.pairs}
                left = list(matched.new)
        for entry in left:
            party = self.parties.get(entry.id, entry.id)
            number = 2
            while party in state:
                party, number = f"{entry.id}~{number}", number + 1
            state[party] = entry
        return state

    def with_added(self, state: _State, entries: Iterable[Entry], after: _State) -> dict[str, Entry]:
        """Return a state to which entries were added; an entry of a party that is there takes its place."""
        added = self.named(entries, [state, after])
        return {**state, **added}

    def put(self, day: date, state: _State, before: _State, known: date) -> None:
        """Let a state stand from a day to the next issue.

        Args:
            day: Day of the issue.
            state: Who is on the list.
            before: What was thought to stand from this day on.
            known: Day on which this became known.
        """
        at = bisect_right(self.slots, day)
        until = self.slots[at] if at < len(self.slots) else None
        for party in sorted(before.keys() | state.keys()):
            if before.get(party) != state.get(party):
                self.rewrite(party, _cut(self.open.get(party, []), day, until, state.get(party)), known)
        if not at or self.slots[at - 1] != day:
            insort(self.slots, day)
        for party, entry in state.items():
            self.parties.setdefault(entry.id, party)
        self._last = (day, state)

    def rewrite(self, party: str, spans: Iterable[_Span], known: date) -> None:
        """Let rows of a party be these from a day of knowledge on; equal ones stay, others are closed."""
        wanted = list(spans)
        kept = []
        for row in self.open.get(party, []):
            span = (row.entry, row.appeared, row.gone)
            if span in wanted:
                wanted.remove(span)
                kept.append(row)
            elif row.known_from < known:
                self.closed.append(row._replace(known_through=known - _ONE_DAY))
        kept += [Row(party, *span, known) for span in wanted]
        self.open[party] = sorted(kept, key=lambda row: row.appeared)

    def join(self, state: _State, after: _State, known: date) -> None:
        """Make one party of two where the new issue shows it: one that was gone with it, and one that came after."""
        came = {entry.id: party for party, entry in sorted(after.items()) if party not in state}
        went = [entry for party, entry in sorted(state.items()) if party not in after]
        if not came or not went:
            return
        parties = {entry.id: party for party, entry in state.items()}
        for before, later in match(went, [after[party] for party in came.values()]).pairs:
            party, other = parties[before.id], came[later.id]
            mine, theirs = self.open.get(party, []), self.open[other]
            if all(row.gone is not None and row.gone <= theirs[0].appeared for row in mine):
                spans = [(row.entry, row.appeared, row.gone) for row in (*mine, *theirs)]
                self.rewrite(party, _joined(spans), known)
                self.rewrite(other, (), known)
                self._last = None

    def carry_on(self, day: date, following: Sequence[date], known: date) -> None:
        """Work out again what issues that only add entries stand on, up to the next whole one."""
        for slot in following:
            stamps = [stamp for stamp in self.stamps if stamp.issued == slot and not stamp.shadowed]
            if any(stamp.whole for stamp in stamps):
                return
            before = self.at(slot)
            state: _State = self.at(day)
            for stamp in stamps:
                state = self.with_added(state, stamp.entries or (), before)
            self.put(slot, state, before, known)
            day = slot


_Span = tuple["Entry", date, "date | None"]
"""An entry, the day of the first issue that says it so, and of the first that does not any more."""


def _cut(rows: Iterable[Row], day: date, until: date | None, entry: Entry | None) -> list[_Span]:
    """Cut the time from a day to the next issue out of the rows of a party, and put an entry, or nothing, there."""
    spans: list[_Span] = []
    for row in rows:
        if row.appeared < day:
            spans.append((row.entry, row.appeared, min(row.gone or day, day)))
        if until and (row.gone is None or row.gone > until):
            spans.append((row.entry, max(row.appeared, until), row.gone))
    if entry is not None:
        spans.append((entry, day, until))
    return _joined(spans)


def _joined(spans: Iterable[_Span]) -> list[_Span]:
    """Put spans of one party in order, and make one of those that follow one another and say the same."""
    joined: list[_Span] = []
    for span in sorted(spans, key=lambda span: span[1]):
        if joined and joined[-1][2] == span[1] and joined[-1][0] == span[0]:
            joined[-1] = (joined[-1][0], joined[-1][1], span[2])
        else:
            joined.append(span)
    return joined


def _joined_in_knowledge(rows: Iterable[Row]) -> list[Row]:
    """Put rows in their one order, and make one of equal rows that were known one day after the other."""
    by: dict[tuple[str, date, date, Entry], list[Row]] = {}
    for row in sorted(rows, key=lambda row: (row.party, row.known_from, row.appeared)):
        same = by.setdefault((row.party, row.appeared, row.gone or date.max, row.entry), [])
        if same and same[-1].known_through and same[-1].known_through + _ONE_DAY == row.known_from:
            same[-1] = same[-1]._replace(known_through=row.known_through)
        else:
            same.append(row)
    return sorted(
        (row for same in by.values() for row in same), key=lambda row: (row.party, row.known_from, row.appeared)
    )
