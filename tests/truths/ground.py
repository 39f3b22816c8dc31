"""What the tests of the truths ask: acts of the demo and of the cases, the law of a day, acts changed in one fact."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import yaml

from licet.cases.read import KnownAnswer, read_cases
from licet.check import decide_on, run
from licet.formats.act import load_act, read_act
from licet.formats.write import act_to_yaml
from licet.law import status
from licet.law.book import Book
from licet.model.act import Act, Stated
from licet.sources import Sources, open_sources
from licet.state import Question, State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from licet.decide import Decision
    from licet.model.answer import Answer, Span

ROOT = Path(__file__).resolve().parents[2]
STORY = ROOT / "src" / "licet" / "story_data" / "acts"
CASES = ROOT / "cases" / "law"
ONE_DAY = timedelta(days=1)
FIRST, LAST = date(2018, 1, 1), date(2027, 6, 30)
"""The days that the sweeps cover: from the first day of the book to half a year after the last change that is due."""
SOURCES = open_sources(State(None))
BOOK = SOURCES.book


class Asked(NamedTuple):
    """An act and the day on which it is asked."""

    name: str
    act: Act
    day: date
    known: date | None = None
    ground: str = ""
    file: str = ""
    """The file of its case."""

    @property
    def question(self) -> Question:
        """The question of this act."""
        return Question(self.day, self.known, "asked", self.ground)


@cache
def story_acts() -> Mapping[str, Act]:
    """Return the acts of the demo by their names."""
    return {path.stem: load_act(str(path)) for path in sorted(STORY.glob("*.yaml"))}


@cache
def cases() -> tuple[Asked, ...]:
    """Return every case that asks about an act, with its day."""
    found = [case for path in sorted(CASES.rglob("*.yaml")) for case in read_cases(path.read_text("utf-8"), path.name)]
    return tuple(_asked(case, case.act) for case in found if case.act is not None and case.kind == "act")


def _asked(case: KnownAnswer, act: Act) -> Asked:
    return Asked(case.id, act, case.as_of, case.known_as_of, case.ground, case.file)


@cache
def every_act() -> tuple[Asked, ...]:
    """Return every case, and every act of the demo on days that tell its columns apart."""
    days = (date(2018, 5, 15), date(2019, 5, 17), date(2019, 6, 30), date(2020, 6, 30), date(2025, 10, 15), LAST)
    story = [Asked(f"{name} on {day}", act, day) for name, act in story_acts().items() for day in days]
    return (*cases(), *story)


def decided(asked: Asked, book: Book = BOOK, sources: Sources = SOURCES) -> Decision:
    """Decide an act under the law of its day, as a book has it."""
    return decide_on(asked.act, asked.question, sources, book, {})


def answered(asked: Asked, sources: Sources = SOURCES) -> Answer:
    """Return the whole answer of an act."""
    return run(asked.act, asked.question, sources)


def within(inner: Span, outer: Span) -> bool:
    """Say whether a range lies in another."""
    return outer.low <= inner.low and inner.high <= outer.high


# -- the law with one thing changed


def book_without(ids: frozenset[str], *, gone: bool = False) -> Book:
    """Return the book with some measures without legal force, or without them altogether."""
    records = {
        id_: {**record, "legal_force": record["legal_force"] and id_ not in ids}
        for id_, record in BOOK.records.items()
        if not (gone and id_ in ids)
    }
    return Book(BOOK.head, records)  # type: ignore[arg-type]


def statements() -> frozenset[str]:
    """Return the ids of the measures without legal force."""
    return frozenset(id_ for id_, record in BOOK.records.items() if not record["legal_force"])


@cache
def measure_cuts() -> frozenset[date]:
    """Return every day on which an answer may change by some measure."""
    return frozenset(day for id_ in BOOK for day in status.cuts(BOOK[id_]))


# -- acts with one thing changed


def plain(act: Act) -> dict[str, object]:
    """Return an act as nested plain values, as a file would state it."""
    read: dict[str, object] = yaml.load(act_to_yaml(act), Loader=yaml.BaseLoader)  # noqa: S506 - text and nothing else
    return read


STEP = re.compile(r"([a-z0-9_]+)(?:\[(\d+)\])?")


def stating(act: Act, path: str, value: object) -> Act:
    """Return the act with one fact stated anew, read by the reader."""
    root = plain(act)
    here: object = root
    steps = [STEP.fullmatch(step) for step in path.split(".")]
    for step in steps[:-1]:
        assert step
        here = _child(here, step[1], step[2])
    last = steps[-1]
    assert last
    assert isinstance(here, dict)
    if last[2] is None:
        here[last[1]] = value
    else:
        here[last[1]][int(last[2])] = value
    return read_act(root)


def _child(here: object, name: str, number: str | None) -> object:
    assert isinstance(here, dict)
    if number is None:
        return here.setdefault(name, {})
    records = here.setdefault(name, [])
    if not isinstance(records, list):  # stated as one record, or as `none`
        records = here[name] = []
    while len(records) <= int(number):
        records.append({})
    return records[int(number)]


def without(act: Act, path: str) -> Act:
    """Return the act with one fact left out."""
    return Act(act.kind, {name: stated for name, stated in act.facts.items() if name != path}, act.counts, act.file)


def undeterminable(act: Act, path: str) -> Act:
    """Return the act with one fact that was asked and cannot be known."""
    return Act(act.kind, {**act.facts, path: Stated("undeterminable")}, act.counts, act.file)


def show(asked: Asked, span: Span) -> str:
    """Write what an act comes out as, for a message."""
    return f"{asked.name} on {asked.day}: {span.at_least.name} … {span.at_most.name} ({span.low}, {span.high})"
