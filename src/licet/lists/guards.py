"""What an issue of a list must be before it may take the place of another; the first doubt keeps the old one in use.

The steps, numbered as in the code; `accept` is the word of a person who looked at the reasons:

1. the list: another list is refused, always.
2. the day: an issue without a day, or of a day to come, is refused, always. An older one may be added: it goes to its
   own place in time and shows nothing as removed.
3. something: an issue that neither has nor removes an entry, or one with an id twice, or with an entry without name and
   address, is refused, always.
4. counts: outside the bounds of `source.yaml` it is refused unless accepted.
5. noises: what the parser did not know is named, and refused unless accepted.
6. size: with less than half of the entries of the issue before (`HALF`) it is refused unless accepted, as is an issue
   from which many are gone (`MANY`, `FEW`). The reason says who.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

from licet.lists.diff import diff
from licet.model.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from licet.lists.entry import Entry, Parsed

HALF = Fraction(1, 2)
"""Of the lists of the Bureau of Industry and Security and the SDN list, each of 2022 beside that of 2026, the one that
shrank most, the Unverified List, kept 66 percent of its names. What is cut off or half loaded has less than half."""
MANY = Fraction(1, 20)
"""The largest removal between two of the 308 downloads of the SDN list from 2021 to 2024 was 150 of 9,158 entries, 1.6
percent, on 2021-12-30; between snapshots half a year apart 388 of 9,124, 4.3 percent."""
FEW = 5
"""So many entries may go from a short list without a question: the Unverified List loses some in most of its rules."""
SHOWN = 20
"""Names that a reason shows."""
_ACCEPT = "If it is right: the same again with --accept."
_OLD = "The issue before stays in use."


class Expected(Protocol):
    """What a guard needs to know of a source (`licet.lists.source.Source`)."""

    @property
    def feeds(self) -> str:
        """Id of the list to which its entries belong."""

    @property
    def whole(self) -> bool:
        """Whether an issue holds the whole list."""

    def out_of_bounds(self, parsed: Parsed) -> tuple[Problem, ...]:
        """Return the counts of an issue that lie outside their bounds."""


def guard(new: Parsed, previous: Parsed | None, source: Expected, *, accept: bool, today: date) -> list[Problem]:
    """Say why an issue may not be taken in.

    Args:
        new: The issue.
        previous: The issue before it in time, or, where none is, the one after; None: there is no other.
        source: What its source promises.
        accept: Whether a person has looked at the reasons and accepts the issue.
        today: The day of loading.

    Returns:
        The reasons; empty where it may be taken in.
    """
    reasons = [*_list(new, previous, source), *_day(new, today), *_something(new)]
    if not reasons and not accept:
        reasons += [*_counts(new, source), *_noises(new)]
        if previous is not None and source.whole and not _is_older(new, previous):
            reasons += _size(new, previous)
    return reasons


def _list(new: Parsed, previous: Parsed | None, source: Expected) -> Iterator[Problem]:  # 1
    for parsed in (new, previous):
        if parsed is not None and parsed.list != source.feeds:
            yield Problem(f"this is the list {parsed.list}", source.feeds, allowed=source.feeds, todo=_OLD)


def _day(new: Parsed, today: date) -> Iterator[Problem]:  # 2
    if new.issued is None:
        yield Problem("the files do not say of which day they are", new.list, todo="Give the day of issue.")
    elif new.issued > today:
        yield Problem(f"it is of {new.issued}, a day to come", new.list, allowed=f"up to {today}", todo=_OLD)


def _is_older(new: Parsed, previous: Parsed) -> bool:
    """Say whether an issue is older than the one that it is compared with."""
    return new.issued is not None and previous.issued is not None and new.issued < previous.issued


def _something(new: Parsed) -> Iterator[Problem]:  # 3
    if not new.entries and not new.removed:
        yield Problem("there is no entry in it: a failed download", new.list, todo=_OLD)
    for id_, times in Counter(entry.id for entry in new.entries).items():
        if times > 1:
            yield Problem(f"{times} entries have the id {id_!r}: damaged", new.list, todo=_OLD)
    for entry in new.entries:
        if not (entry.names or entry.addresses):
            yield Problem(f"the entry {entry.id!r} has neither name nor address: damaged", new.list, todo=_OLD)


def _counts(new: Parsed, source: Expected) -> Iterator[Problem]:  # 4
    for problem in source.out_of_bounds(new):
        yield Problem(problem.message, new.list, allowed=problem.allowed, todo=f"{_OLD} {_ACCEPT}")


def _noises(new: Parsed) -> Iterator[Problem]:  # 5
    if new.noises:
        what = f"{len(new.noises)} things are not known here: {_some(new.noises)}"
        yield Problem(what, new.list, todo=f"{_OLD} {_ACCEPT}")


def _size(new: Parsed, previous: Parsed) -> Iterator[Problem]:  # 6
    had, has = len(previous.entries), len(new.entries)
    gone = diff(previous, new).removed
    if has < HALF * had:
        what = f"it has {has:,} entries and the issue before {had:,}: less than half, as if cut off"
        yield Problem(f"{what}. Gone are {_some(list(map(name_of, gone)))}", new.list, todo=f"{_OLD} {_ACCEPT}")
    elif len(gone) > FEW and len(gone) > MANY * had:
        what = f"{len(gone):,} of {had:,} entries are gone ({len(gone) / had:.1%})"
        yield Problem(f"{what}: {_some(list(map(name_of, gone)))}", new.list, todo=f"{_OLD} {_ACCEPT}")


def name_of(entry: Entry) -> str:
    """Return the name by which messages call an entry: its first name, else its first address, else its id."""
    texts = (*(name.text for name in entry.names), *(place.text for place in entry.addresses), entry.id)
    return texts[0]


def _some(texts: Sequence[str]) -> str:
    """Write the first texts of many, and how many more there are."""
    shown = "; ".join(texts[:SHOWN])
    return f"{shown} and {len(texts) - SHOWN:,} more" if len(texts) > SHOWN else shown
