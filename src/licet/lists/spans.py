"""From when to when an entry was in force, on two clocks: the rows of a history, with their days of effect.

A row says in which issues an entry stood. From when it was in force is another day: that of its citation, or the day
of listing that the source states; only where neither is known, the day of the issue. A list lags behind the law: an
issue that does not have an entry whose rule was published after it says nothing against it.

How long it was in force is known from the issues alone: from the last one that has the entry to the first one that has
it no more. Both days are given, `sure_through` and `through`; in between its status is not known, and it counts as on
the list. In the same way an entry without a day of its own may have come on any day from `earliest` on.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from licet.lists.effect import LISTED, NOTHING, Effect, amended, as_printed, brought_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from licet.lists.effect import Register
    from licet.lists.entry import Entry
    from licet.lists.merge import History, Row

ISSUE = "issue"
_ONE_DAY = timedelta(days=1)


class Span(NamedTuple):
    """What a list says of a party, over days in force, as known over days of knowledge."""

    party: str
    entry: Entry
    since: date
    """First day of these terms."""
    through: date | None
    """Last day of these terms, inclusive; None: still so in the last issue."""
    first: date
    """First day of the party on the list, without a gap since."""
    known_from: date
    known_through: date | None
    basis: str
    """What `since` rests on: measure · rule · published · listed · issue."""
    measure: str = ""
    """Id of the measure that brought these terms."""
    earliest: date | None = None
    """First day on which these terms can have been in force; before `since` where only issues tell, None where no
    earlier issue does."""
    sure_through: date | None = None
    """Last day on which the list is known to have had it; before `through` where only issues tell."""
    printed_from: date | None = None
    """First day on which the terms are surely those printed; after `since` where later rules amended the entry and no
    earlier issue shows what it said before."""
    inherited: bool = False
    """Whether the day is that of the entry inside which the list names it, because it has no citation of its own: it
    came on `since` at the earliest and on `printed_from` at the latest."""

    def on(self, day: date, known: date | None = None) -> bool:
        """Say whether these terms count on a day, as known on another (None: with all known)."""
        in_force = self.since <= day and (self.through is None or day <= self.through)
        if known is None:
            return in_force and self.known_through is None
        return in_force and self.known_from <= known and (self.known_through is None or known <= self.known_through)


def spans(history: History, register: Register, *, listed: bool = False) -> tuple[Span, ...]:
    """Work out the days in force of everything in a history.

    Args:
        history: The issues of a list, put together.
        register: What is known of the pages of the Federal Register.
        listed: Whether the day of listing that the source states is the day of effect (`effect.brought_in`).

    Returns:
        The spans, by party, then day of knowledge, then first day.
    """
    parties: dict[str, list[Row]] = {}
    parents: dict[str, list[Row]] = {row.entry.part_of: [] for row in history.rows}
    for row in history.rows:
        parties.setdefault(row.party, []).append(row)
        if row.entry.id in parents:
            parents[row.entry.id].append(row)
    dating = _Dating(_Calendar(history), register, listed, parents)
    found = (span for party in sorted(parties) for span in _of_party(parties[party], dating))
    return tuple(sorted(found, key=lambda span: (span.party, span.known_from, span.since)))


class _Calendar:
    """On which days there were whole issues, as it was known from one day to another: only these show who is absent."""

    def __init__(self, history: History) -> None:
        whole = (stamp for stamp in history.stamps if stamp.whole and not stamp.shadowed)
        self.stamps = sorted((stamp.known, stamp.issued) for stamp in whole)
        self._before: dict[date, list[tuple[date, date]]] = {}

    def steps(self, day: date) -> list[tuple[date, date]]:
        """Return from which days of knowledge which issue was the last one before a day."""
        found = self._before.get(day)
        if found is None:
            found = self._before[day] = []
            for known, issued in self.stamps:
                if issued < day and (not found or found[-1][1] < issued):
                    found.append((known, issued))
        return found

    def before(self, day: date, known: date) -> date | None:
        """Return the day of the last issue before a day, as it was known on another."""
        return next((issued for since, issued in reversed(self.steps(day)) if since <= known), None)


class _Dating(NamedTuple):
    """What days of effect are worked out from."""

    calendar: _Calendar
    register: Register
    listed: bool
    parents: Mapping[str, Sequence[Row]]
    """Rows of the entries inside which others are named, by their ids."""

    def cited(self, row: Row, known: date) -> Entry:
        """Return the entry of a row; one without citations that is named inside another has those of the other."""
        if row.entry.cites or not row.entry.part_of:
            return row.entry
        there = (
            one.entry
            for one in self.parents.get(row.entry.part_of, ())
            if one.known_on(known) and one.appeared <= row.appeared and (one.gone is None or row.appeared < one.gone)
        )
        parent = next(there, None)
        return row.entry if parent is None else row.entry._replace(cites=parent.cites)


def _of_party(rows: Sequence[Row], dating: _Dating) -> Iterator[Span]:
    """Yield the spans of one party: for each stretch of knowledge, then made one where nothing changed."""
    first = min(row.known_from for row in rows)
    others = (one for row in rows if not row.entry.cites for one in dating.parents.get(row.entry.part_of, ()))
    days = {day for row in (*rows, *others) for day in _turns(row) if day >= first}
    edges = {edge for row in rows for edge in (row.appeared, row.gone) if edge is not None}
    days |= {known for edge in edges for known, _ in dating.calendar.steps(edge) if known > first}
    found: dict[Span, Span] = {}
    ordered = sorted(days)
    for known, following in zip(ordered, [*ordered[1:], None], strict=True):
        seen = sorted((row for row in rows if row.known_on(known)), key=lambda row: row.appeared)
        until = following - _ONE_DAY if following else None
        for span in _stretch(seen, known, dating):
            bare = span._replace(known_from=date.min)
            last = found.get(bare)
            if last is not None and last.known_through == known - _ONE_DAY:
                found[bare] = last._replace(known_through=until)
            elif last is None:
                found[bare] = span._replace(known_through=until)
            else:  # known, then not, then again: the earlier one is done with
                yield last
                found[bare] = span._replace(known_through=until)
    yield from found.values()


def _turns(row: Row) -> Iterator[date]:
    """Yield the days of knowledge on which a row begins or ends to count."""
    yield row.known_from
    if row.known_through:
        yield row.known_through + _ONE_DAY


def _stretch(rows: Sequence[Row], known: date, dating: _Dating) -> Iterator[Span]:
    """Yield the spans of one party as they were known on a day."""
    made: list[Span] = []
    for number, row in enumerate(rows):
        before = rows[number - 1] if number and rows[number - 1].gone == row.appeared else None
        made.append(_changed(row, before, made[-1], known, dating) if before else _begun(row, known, dating))
    for number, row in enumerate(rows):
        linked = number + 1 < len(rows) and rows[number + 1].appeared == row.gone
        after = made[number + 1] if linked else None
        ended = _until(_ended(made[number], row, after, known, dating), row.entry.until)
        if ended.through is None or ended.through >= ended.since:
            yield ended


def _begun(row: Row, known: date, dating: _Dating) -> Span:
    """Return the span of a row with which a party came to the list; its last day is still open."""
    entry = dating.cited(row, known)
    effect = brought_in(entry, dating.register, listed=dating.listed)
    span = _dated(row, effect, known, dating)
    printed = as_printed(entry, dating.register).day if effect.basis != LISTED else None
    return span._replace(
        first=span.since,
        printed_from=max(printed, span.since) if printed else span.since,
        inherited=entry is not row.entry and span.basis != ISSUE,
    )


def _changed(row: Row, before: Row, earlier: Span, known: date, dating: _Dating) -> Span:
    """Return the span of a row that follows another of the same party; its last day is still open."""
    renewed = row.entry.listed if dating.listed and before.entry.listed else None
    if renewed is not None and before.entry.listed is not None and renewed > before.entry.listed:
        effect = Effect(renewed, LISTED)
    else:
        effect = amended(dating.cited(before, known), dating.cited(row, known), dating.register)
    if effect.day is not None and effect.day <= earlier.since:
        effect = NOTHING
    span = _dated(row, effect, known, dating)
    since = max(span.since, earlier.since)
    return span._replace(since=since, first=earlier.first, printed_from=since)


def _dated(row: Row, effect: Effect, known: date, dating: _Dating) -> Span:
    """Return the span of a row from its day of effect on, or where none is known or believed, from its issue on."""
    last = dating.calendar.before(row.appeared, known)
    span = Span(row.party, row.entry, row.appeared, None, row.appeared, known, None, ISSUE)
    if effect.day is None or not _believed(effect, last):
        return span._replace(earliest=last + _ONE_DAY if last else None)
    return span._replace(since=effect.day, basis=effect.basis, measure=effect.measure, earliest=effect.day)


def _believed(effect: Effect, last: date | None) -> bool:
    """Say whether an issue without an entry says nothing against its day: it is older, or older than the publication.

    An issue of the very day may have been made before.
    """
    if last is None or effect.day is None:
        return True
    return effect.day >= last or (effect.published is not None and effect.published >= last)


def _ended(span: Span, row: Row, after: Span | None, known: date, dating: _Dating) -> Span:
    """Return a span with its last day: the day before the next terms, or before the first issue without the entry."""
    if after is not None:
        last = after.since - _ONE_DAY
        return span._replace(
            through=last, sure_through=min(last, _shown(row, known, dating)) if after.basis == ISSUE else last
        )
    if row.gone is None:
        return span
    return span._replace(through=row.gone - _ONE_DAY, sure_through=_shown(row, known, dating))


def _shown(row: Row, known: date, dating: _Dating) -> date:
    """Return the day of the last issue that has a row."""
    last = dating.calendar.before(row.gone, known) if row.gone else None
    return max(last or row.appeared, row.appeared)


def _until(span: Span, until: date | None) -> Span:
    """End a span on the last day that the list prints for it; a day before the first one is a slip of the pen.

    What ends as printed was in force until then, whenever the next issue came that has it no more.
    """
    if until is None or until < span.since or (span.through is not None and span.through < until):
        return span
    return span._replace(through=until, sure_through=until)
