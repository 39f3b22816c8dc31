"""What a measure is on a day: the one resolver, and the days on which its answer changes.

The steps of `status` are numbered; each returns or hands on to the next:

1. frozen: a change that is due but not verified is suppressed by asking for an earlier day.
2. known: before its first known day, or where it was not yet seen, a measure is `not_yet`.
3. force: a record without legal force is only ever `announced`.
4. effect: before its day of effect it is `announced`, `published` or `scheduled`.
5. end: after its last day it is `ended`.
6. stay: on the days of a stay it is `stayed`.
7. enforcement: from the day that the authority stopped enforcing it is `not_enforced`, else `in_force`.

Two clocks. `day` is the day of the law; `known` is the last day of which anything had been seen. Left out, everything
in the book has been seen. A day of effect is known once the text is out (`published`), or once it has come: an
announcement alone carries no day. The same holds for what ends or stays a measure: while that was not known, the end
is the one that the text itself named, and the stay does not count.

A measure that reaches back (`applies_from` before `in_force_from`, as a correction does) stands from the day to which
it reaches back, but only for those who know of it: EL-FIX-2022, of 2022-04-11, applies from 2022-02-14, so that on
2022-03-01 it is `in_force` with all known or with `known` 2022-04-11, and `not_yet` with `known` 2022-03-01.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from licet.model.measure import Status

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from licet.model.measure import Measure

_ONE_DAY = timedelta(days=1)
_NOTHING: Mapping[str, date] = {}
_BEFORE = frozenset({Status.NOT_YET, Status.ANNOUNCED, Status.PUBLISHED, Status.SCHEDULED})
_STANDS = frozenset({Status.IN_FORCE, Status.NOT_ENFORCED})


class Move(NamedTuple):
    """One measure that changes its state."""

    id: str
    before: Status
    after: Status
    """The same as `before` where only a term inside the measure runs out (`terms_through`)."""


class Transition(NamedTuple):
    """What changes on one day by one event: a stay that ends and the rule that comes back are the same event."""

    day: date
    """First day of the new state."""
    moves: tuple[Move, ...]
    """In the order of ids."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all measures that move."""
        return tuple(move.id for move in self.moves)

    @property
    def head(self) -> str:
        """The id to name the event by: what comes into force for the first time, else the first that moves."""
        return next((m.id for m in self.moves if m.before in _BEFORE and m.after in _STANDS), self.ids[0])

    def frozen(self) -> dict[str, date]:
        """Return what `status` takes as `frozen` so that the event has not happened."""
        return dict.fromkeys(self.ids, self.day - _ONE_DAY)


def first_known(measure: Measure) -> date:
    """Return the first day on which a measure could be known.

    That is the earliest of said, published and in force: a rule that takes effect at public inspection is known on that
    day, whatever day the Register carries.

    Args:
        measure: A measure with at least one of these days, which the lawbook guarantees.

    Returns:
        The day.
    """
    return min(filter(None, (measure.announced, measure.published, measure.in_force_from)))


def _effect_known(measure: Measure, known: date | None) -> bool:
    """Say whether the day of effect of a measure could be known: its text was out, or the day had come."""
    if known is None:
        return True
    published, start = measure.published, measure.in_force_from
    return (published is not None and published <= known) or (start is not None and start <= known)


def _cause_known(by: str, since: date, known: date | None, book: Mapping[str, Measure]) -> bool:
    """Say whether what ends or stays a measure could be known; where it is no measure, its first day must have come."""
    if known is None:
        return True
    return _effect_known(book[by], known) if by in book else since <= known


def start(measure: Measure) -> date | None:
    """Return the first day to which a measure applies: `applies_from` where it reaches back, else `in_force_from`."""
    days = [day for day in (measure.applies_from, measure.in_force_from) if day is not None]
    return min(days) if days else None


def last_day(measure: Measure, *, known: date | None = None, book: Mapping[str, Measure]) -> date | None:
    """Return the last day of a measure as it could be known.

    Args:
        measure: The measure.
        known: Last day of which anything had been seen; None: everything has.
        book: The measures by id, to look up what ended it.

    Returns:
        The last day in force; where what ended it was not known, the end that its own text named; None: no end.
    """
    end, by = measure.in_force_through, measure.ended_by
    if end is None or by is None or _cause_known(by, end, known, book):
        return end
    return measure.stated_through


def status(
    measure: Measure,
    day: date,
    *,
    known: date | None = None,
    book: Mapping[str, Measure],
    frozen: Mapping[str, date] = _NOTHING,
) -> Status:
    """Say what a measure is on a day.

    Args:
        measure: The measure.
        day: The day of the law.
        known: Last day of which anything had been seen; None: everything in the book has.
        book: The measures by id, to look up what ends or stays this one.
        frozen: For a measure id a day after which no change of it counts (see `Transition.frozen`).

    Returns:
        Its status.
    """
    day = min(day, frozen.get(measure.id, day))  # 1
    begins = start(measure)
    if known is not None and first_known(measure) > known:  # 2
        return Status.NOT_YET
    if day < first_known(measure) and (begins is None or day < begins):
        return Status.NOT_YET
    if not measure.legal_force:  # 3
        return Status.ANNOUNCED
    if begins is None or day < begins or not _effect_known(measure, known):  # 4
        return _before_effect(measure, day if known is None else min(day, known))
    return _after_effect(measure, day, known, book)


def _before_effect(measure: Measure, seen: date) -> Status:
    """Step 4: what a measure is before its day of effect, from what was out on the last day that counts."""
    if measure.published is None or seen < measure.published:
        return Status.ANNOUNCED
    return Status.PUBLISHED if measure.in_force_from is None else Status.SCHEDULED


def _after_effect(measure: Measure, day: date, known: date | None, book: Mapping[str, Measure]) -> Status:
    """Steps 5 to 7: what a measure is from its day of effect on."""
    end = last_day(measure, known=known, book=book)
    if end is not None and day > end:  # 5
        return Status.ENDED
    for stay in measure.stays:  # 6
        if stay.from_ <= day <= stay.through and _cause_known(stay.by, stay.from_, known, book):
            return Status.STAYED
    off = measure.not_enforced_from
    if off is not None and off <= day and (known is None or off <= known):  # 7
        return Status.NOT_ENFORCED
    return Status.IN_FORCE


def stands(
    measure: Measure,
    day: date,
    *,
    known: date | None = None,
    book: Mapping[str, Measure],
    frozen: Mapping[str, date] = _NOTHING,
) -> bool:
    """Say whether the text of a measure stands on a day: in force, enforced or not."""
    return status(measure, day, known=known, book=book, frozen=frozen) in _STANDS


def in_force(
    measure: Measure,
    day: date,
    *,
    known: date | None = None,
    book: Mapping[str, Measure],
    frozen: Mapping[str, date] = _NOTHING,
) -> bool:
    """Say whether a measure is in force on a day and enforced; `stands` is the test for the text alone."""
    return status(measure, day, known=known, book=book, frozen=frozen) is Status.IN_FORCE


def _after(day: date | None) -> date | None:
    return None if day is None else day + _ONE_DAY


def _candidates(measure: Measure) -> set[date]:
    """Return the days on which the status may change: a superset of `changes`, with all known."""
    days: set[date | None] = {measure.announced, measure.published, measure.in_force_from, measure.applies_from}
    days |= {_after(measure.in_force_through), measure.not_enforced_from}
    for stay in measure.stays:
        days |= {stay.from_, _after(stay.through)}
    return {day for day in days if day is not None}


def changes(measure: Measure) -> tuple[date, ...]:
    """Return the first day of each new status of a measure, in order, with all known."""
    return tuple(
        day
        for day in sorted(_candidates(measure))
        if status(measure, day, book={}) is not status(measure, day - _ONE_DAY, book={})
    )


def cuts(measure: Measure) -> tuple[date, ...]:
    """Return every day on which an answer may change by a measure, whatever is known: what law intervals are cut at.

    To the days of `changes` come the day from which it must be complied with, the day after the end that its text
    named (which counts while what ended it was not known), and the day after a term inside it.
    """
    days = {measure.compliance_from, _after(measure.stated_through), _after(measure.terms_through)}
    return tuple(sorted(_candidates(measure) | {day for day in days if day is not None}))


def transitions_between(
    book: Mapping[str, Measure], after: date, upto: date, supposed: Container[str] = ()
) -> list[Transition]:
    """Return what is due to change between two days: for a day after the last verified one, what may not have come.

    Measures of one day of which one amends, ends or stays the other are one event.

    Args:
        book: The measures by id.
        after: The last verified day; changes on it are no longer due.
        upto: The last day that counts, inclusive.
        supposed: Ids of measures that a what-if settles: they are not due, they are taken as said (`Book.supposed`).

    Returns:
        The events, by day.
    """
    due: dict[date, list[Move]] = {}
    for id_ in sorted(book):
        measure = book[id_]
        if measure.legal_force and id_ not in supposed:
            for day, move in _moves(measure, after, upto):
                due.setdefault(day, []).append(move)
    return [Transition(day, moves) for day in sorted(due) for moves in _events(due[day], book)]


def _moves(measure: Measure, after: date, upto: date) -> Iterable[tuple[date, Move]]:
    for day in changes(measure):
        if after < day <= upto:
            before = status(measure, day - _ONE_DAY, book={})
            yield day, Move(measure.id, before, status(measure, day, book={}))
    ends = _after(measure.terms_through)
    if ends is not None and after < ends <= upto:
        now = status(measure, ends, book={})
        yield ends, Move(measure.id, now, now)


def _names(measure: Measure) -> set[str | None]:
    return {*measure.amends, *(stay.by for stay in measure.stays), measure.ended_by}


def _events(moves: list[Move], book: Mapping[str, Measure]) -> list[tuple[Move, ...]]:
    """Gather the moves of one day into events: those that name one another, directly or through others of that day."""
    events: list[tuple[Move, ...]] = []
    for move in moves:
        joined: tuple[Move, ...] = (move,)
        apart = []
        for event in events:
            if any(o.id in _names(book[move.id]) or move.id in _names(book[o.id]) for o in event):
                joined = event + joined
            else:
                apart.append(event)
        events = [*apart, joined]
    return [tuple(sorted(event)) for event in events]
