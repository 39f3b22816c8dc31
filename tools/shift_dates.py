"""Shift every date of every measure by one day, drop every stay, and say which known-answer case notices.

A date that nobody would miss is a date that nobody has read. Each change is made on a copy of the lawbook in memory,
and the cases that asked for the measure are run on it; it is caught when one of them gets worse. A change that moves no
status of the measure on any day, whatever was known, decides nothing and is left out.

Usage: python tools/shift_dates.py [CASES] [--all]
Exit code: 1 where a date of a measure with legal force is caught by no case.
"""

from __future__ import annotations

import copy
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from licet.cases.find import find
from licet.cases.judge import Judged, Verdict, judge
from licet.check import decide_on
from licet.cli.cases import read_directory
from licet.enrich import enrich
from licet.law.book import Book
from licet.law.day import LawDay
from licet.sources import Sources, open_sources
from licet.state import Question, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from licet.cases.read import KnownAnswer
    from licet.law.book import Record
    from licet.model.measure import Measure

ROOT = Path(__file__).resolve().parent.parent
DATES = (
    "announced", "published", "in_force_from", "in_force_through", "stated_through", "applies_from", "compliance_from",
    "not_enforced_from", "terms_through",
)  # fmt: skip
NEAR = 2
"""Days from a shifted date within which an answer is tried before a status."""
WORSE = list(Verdict)


class Change(NamedTuple):
    """One change of one measure."""

    measure: str
    field: str
    """A date, such as `in_force_from` or `stays[0].through`; or `stays[0]`, which is dropped."""
    before: str
    after: str
    """The new day; empty where a stay is dropped."""

    def __str__(self) -> str:
        """Write the change on one line."""
        return f"{self.measure} {self.field} {self.before} → {self.after or 'dropped'}"


class Run(NamedTuple):
    """A case as it comes out on the real lawbook."""

    case: KnownAnswer
    judged: Judged
    asked: frozenset[str]
    """Ids of the measures that it turns on, or may turn on."""


class Caught(NamedTuple):
    """What became of one change."""

    change: Change
    by: KnownAnswer | None
    """The first case that gets worse; None where none does."""
    legal_force: bool


def changes(measure: str, record: Record) -> Iterator[Change]:
    """Walk through every change of a measure: each date a day earlier and a day later, each stay dropped."""
    fields = {name: str(value) for name, value in record.items() if name in DATES}
    for number, stay in enumerate(record.get("stays", ())):
        fields |= {f"stays[{number}].from": stay["from"], f"stays[{number}].through": stay["through"]}
        yield Change(measure, f"stays[{number}]", f"{stay['from']} … {stay['through']}", "")
    for name, before in fields.items():
        for days in (-1, 1):
            yield Change(measure, name, before, (date.fromisoformat(before) + timedelta(days)).isoformat())


def changed(book: Book, change: Change) -> Book:
    """Return a copy of a lawbook with one change."""
    record: dict[str, object] = copy.deepcopy(dict(book.records[change.measure]))
    field, _, inner = change.field.partition(".")
    name, bracket, number = field.rstrip("]").partition("[")
    if not bracket:
        record[name] = change.after
    else:
        stays = record[name]
        if not isinstance(stays, list):
            raise TypeError(change)
        if inner:
            stays[int(number)][inner] = change.after
        else:
            del stays[int(number)]
    return Book(book.head, {**book.records, change.measure: record})  # type: ignore[dict-item] # the form is kept


def decides(book: Book, other: Book, measure: str) -> bool:
    """Say whether a change of a measure moves its status, or what must be complied with, on some day for someone."""
    days = _edges(book[measure]) | _edges(other[measure])
    return any(
        _state(book, measure, day, known) != _state(other, measure, day, known)
        for day in days
        for known in (None, *days)
    )


def _edges(measure: Measure) -> set[date]:
    """Return the days around each date of a measure."""
    dates = [getattr(measure, name) for name in DATES]
    dates += [day for stay in measure.stays for day in (stay.from_, stay.through)]
    return {day + timedelta(days) for day in dates if day is not None for days in (-1, 0, 1)}


def _state(book: Book, measure: str, day: date, known: date | None) -> tuple[object, ...]:
    law = LawDay(book, day, known)
    term = book[measure].terms_through
    return law.status(measure), law.complied(measure), term is not None and day > term


def run_all(cases: Iterable[KnownAnswer], sources: Sources) -> list[Run]:
    """Run every case on the real lawbook and note what it asked for."""
    runs = []
    for case in cases:
        judged = judge(case, find(case, sources))
        named = {word for key in ("announcements", "pending") for word in judged.found.words.get(key, ())}
        runs.append(Run(case, judged, frozenset(_related(sources.book, _asked(case, sources) | named))))
    return runs


def _asked(case: KnownAnswer, sources: Sources) -> set[str]:
    if case.act is None:
        return {case.measure}
    if case.kind == "act":
        question = Question(case.as_of, case.known_as_of, ground=case.ground)
        decided = decide_on(case.act, question, sources, sources.book, {}).case
        return {*decided.law.asked, *decided.touched}
    if case.kind == "jurisdiction":
        from licet.law.us_ear import subject_parts

        law = LawDay(sources.book, case.as_of, case.known_as_of)
        enriched = enrich(case.act, law, sources.lists)
        subject_parts(enriched, case.ground)
        return {*law.asked, *enriched.touched}
    return set()


def _related(book: Book, ids: set[str]) -> set[str]:
    """Add the measures that end, stay or amend these: their dates may move them."""
    found = set(ids)
    for id_ in ids:
        causes = (book[id_].ended_by or "", *(stay.by for stay in book[id_].stays))
        found.update(one for one in causes if one in book)
    found.update(id_ for id_, record in book.records.items() if ids.intersection(record.get("amends", ())))
    return found


def catch(change: Change, runs: Iterable[Run], sources: Sources, other: Book) -> KnownAnswer | None:
    """Return the first case that gets worse by a change: answers near the day, then statuses, then the rest."""
    moved = Sources(other, sources.lists)
    for run in sorted((run for run in runs if change.measure in run.asked), key=lambda run: _order(run.case, change)):
        if WORSE.index(judge(run.case, find(run.case, moved)).verdict) > WORSE.index(run.judged.verdict):
            return run.case
    return None


def _order(case: KnownAnswer, change: Change) -> tuple[int, int]:
    ends = [date.fromisoformat(day) for day in (*change.before.split(" … "), change.after) if day]
    away = min(abs((day - end).days) for day in (case.as_of, case.known_as_of or case.as_of) for end in ends)
    kind = 1 if case.act is None else 0 if away <= NEAR else 2
    return kind, away


def try_all(cases: Iterable[KnownAnswer], sources: Sources) -> list[Caught]:
    """Make every change that decides something and see which case catches it."""
    runs = run_all(cases, sources)
    out = []
    for id_, record in sources.book.records.items():
        for change in changes(id_, record):
            other = changed(sources.book, change)
            if decides(sources.book, other, id_):
                out.append(Caught(change, catch(change, runs, sources, other), bool(record["legal_force"])))
    return out


def main() -> int:
    """Print what became of every change; return the exit code."""
    arguments = [one for one in sys.argv[1:] if one != "--all"]
    sources = open_sources(State(None))
    caught = try_all(read_directory(Path(arguments[0]) if arguments else ROOT / "cases"), sources)
    missed = [one for one in caught if one.by is None]
    for one in caught:
        if one.by is not None and "--all" in sys.argv[1:]:
            print(f"{one.change}: {one.by.id}")
    for one in missed:
        print(f"{one.change}: caught by no case{'' if one.legal_force else ' (no legal force)'}")
    by_answer = sum(one.by is not None and one.by.act is not None for one in caught)
    print(
        f"{len(caught)} changes that decide something: {by_answer} caught by an answer, "
        f"{len(caught) - by_answer - len(missed)} by a status, {len(missed)} by no case"
    )
    return 1 if any(one.legal_force for one in missed) else 0


if __name__ == "__main__":
    sys.exit(main())
