"""Each limit of each scope test: one act just inside of it, one just outside, and the test that tells them apart."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
import yaml

from licet.check import run
from licet.decide import decide
from licet.engine.formula import nodes
from licet.enrich import enrich
from licet.formats.act import read_act
from licet.law.book import Book
from licet.law.day import LawDay
from licet.law.us_ear import sections as scopes
from licet.law.us_ear import steps
from licet.law.us_ear.sections import BEYOND, Limb, Limit, Section, scope_rule, sections
from licet.model import vocabulary
from licet.model.outcome import TOP, Outcome, value
from licet.sources import open_sources
from licet.state import Question, State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from licet.law.case import Case, Ruled
    from licet.model.act import Act

FILE = Path(__file__).with_name("scope_acts.yaml")
SOURCES = open_sources(State(None))
IDS = [section.id for section in sections()]
NO_ACT: list[tuple[str, int, int]] = []
"""Limits that have no act: section, limb, limit. Exact, and expected to stay empty."""
SAID_TWICE = {
    ("us_ear/744.16(f)", 0, 0): "the listed addresses have their own first days",
    ("us_ear/744.16(f)", 1, 0): "the listed addresses have their own first days",
    ("us_ear/744.21", 7, 0): "Russia and Belarus belong to the group from that day on",
    ("us_ear/744.21", 8, 0): "Russia and Belarus belong to the group from that day on",
}
"""Limits of days that another limit of the same limb carries too: neither alone keeps the act outside. Exact."""
CLEAR = value(Outcome.NO_LICENSE_REQUIRED)


class Pair(NamedTuple):
    """One limit with an act on either side of it."""

    section: str
    limb: int
    limit: int
    says: str
    inside: dict[str, object]
    inside_day: date
    outside: dict[str, object]
    outside_day: date

    @property
    def name(self) -> str:
        """The limit, for a message."""
        return f"{self.section} limb {self.limb} limit {self.limit} ({self.says})"


class Place(NamedTuple):
    """An act on a day."""

    act: Act
    day: date


@cache
def content() -> dict[str, object]:
    read: dict[str, object] = yaml.load(FILE.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - text only
    return read


@cache
def pairs() -> tuple[Pair, ...]:
    acts = content()["acts"]
    assert isinstance(acts, list)
    return tuple(map(_pair, acts))


def _pair(entry: dict[str, object]) -> Pair:
    inside, outside = entry["inside"], entry["outside"]
    assert isinstance(inside, dict)
    both = str(entry.get("as_of", ""))
    return Pair(
        str(entry["section"]),
        int(str(entry["limb"])),
        int(str(entry["limit"])),
        str(entry["says"]),
        inside,
        date.fromisoformat(str(entry.get("inside_as_of", both))),
        inside if outside == "same" else dict(outside),  # type: ignore[call-overload]
        date.fromisoformat(str(entry.get("outside_as_of", both))),
    )


STEP = re.compile(r"([a-z0-9_]+)(?:\[(\d+)\])?")


def act_with(facts: dict[str, object]) -> Act:
    """Return the base act with some facts put in at their paths."""
    base = deepcopy(content()["base"])
    for path, stated in facts.items():
        here: object = base
        *steps_down, last = path.split(".")
        for step in steps_down:
            match = STEP.fullmatch(step)
            assert match
            assert isinstance(here, dict)
            here = _below(here, match[1], match[2])
        assert isinstance(here, dict)
        here[last] = stated
    assert isinstance(base, dict)
    return read_act(base)


def _below(here: dict[str, object], name: str, number: str | None) -> object:
    if number is None:
        return here.setdefault(name, {})
    records = here.setdefault(name, [])
    assert isinstance(records, list)
    while len(records) <= int(number):
        records.append({})
    return records[int(number)]


def inside(pair: Pair) -> Place:
    return Place(act_with(pair.inside), pair.inside_day)


def outside(pair: Pair) -> Place:
    return Place(act_with(pair.outside), pair.outside_day)


def of(section: str) -> Section:
    return next(one for one in sections() if one.id == section)


def enriched(place: Place, book: Book = SOURCES.book) -> Case:
    return enrich(place.act, LawDay(book, place.day), SOURCES.lists)


def trees(section: Section, case: Case) -> Iterator[Ruled]:
    """Walk through what the scope test of a section says over every subject of a case."""
    rule = scope_rule(section)
    for item in case.items:
        for subject in steps._subjects(case, item, section):
            yield case.ground(rule, subject)


def in_scope(section: Section, place: Place) -> bool:
    """Say whether a section can reach an act: its scope test opens the range with `not_modeled` and its name."""
    # A changed section must not meet what was worked out for the real one.
    case = enriched(place, Book(SOURCES.book.head, SOURCES.book.records))
    asked = {node.fact.partition("@")[0] for ruled in trees(section, case) for node in nodes(ruled.tree)}
    return f"not_modeled:{section.id}" in asked


def opens(section: Section) -> bool:
    """Say whether a section opens the range of an act by itself."""
    asked = section.outcome in steps.REQUIRES or section.id in (*steps.WAYS, *BEYOND)
    return asked and not section.decided_by


def test_every_limit_has_its_acts() -> None:
    limits = [
        (section.id, limb, limit)
        for section in sections()
        for limb, one in enumerate(section.limbs)
        for limit in range(len(one.limits))
    ]
    with_acts = {(pair.section, pair.limb, pair.limit) for pair in pairs()}
    assert [limit for limit in limits if limit not in with_acts] == NO_ACT
    assert with_acts <= set(limits)


def test_the_acts_say_what_the_limit_says() -> None:
    for pair in pairs():
        assert of(pair.section).limbs[pair.limb].limits[pair.limit].says == pair.says, pair.name


def test_every_word_of_a_limit_can_be_stated() -> None:
    unknown = set()
    for section in sections():
        for limit in (limit for limb in section.limbs for limit in limb.limits):
            words = [word if isinstance(word, str) else word[0] for word in limit.words]
            for row in filter(None, map(vocabulary.row, limit.subjects)):
                if row.type in {"code", "codes"}:
                    unknown |= {(section.id, word) for word in words if vocabulary.country(word) is None}
                elif row.domain and limit.kind in {"in", "not_in", "has"}:
                    allowed = {*row.domain, "none", "undeterminable"}
                    unknown |= {(section.id, word) for word in words if word not in allowed}
    assert not unknown


def test_the_base_is_out_of_scope_of_every_section() -> None:
    case_days = sorted({day for pair in pairs() for day in (pair.inside_day, pair.outside_day)})
    for day in case_days:
        place = Place(act_with({}), day)
        assert not [section.id for section in sections() if in_scope(section, place)], day


@pytest.mark.parametrize("section", IDS)
def test_just_inside_the_range_opens_and_names_the_section(section: str) -> None:
    for pair in (pair for pair in pairs() if pair.section == section):
        place = inside(pair)
        assert in_scope(of(section), place), pair.name
        if opens(of(section)):
            answer = run(place.act, Question(place.day), SOURCES)
            # another ground may require a license for it already; then what this section says moves nothing
            required = answer.span.at_least >= Outcome.LICENSE_REQUIRED
            assert required or answer.span.low != answer.span.high, pair.name
            assert required or section in answer.not_modeled, pair.name
            alone = decide(enriched(place), section).span
            assert alone.low != alone.high, pair.name


@pytest.mark.parametrize("section", IDS)
def test_just_outside_the_section_is_said_to_be_out_of_scope(section: str) -> None:
    for pair in (pair for pair in pairs() if pair.section == section):
        place = outside(pair)
        assert not in_scope(of(section), place), pair.name
        for ruled in trees(of(section), enriched(place)):
            assert ruled.tree.low == ruled.tree.high <= CLEAR, pair.name
        if opens(of(section)):
            answer = run(place.act, Question(place.day), SOURCES)
            assert section not in answer.not_modeled, pair.name
            if section not in steps.WAYS:
                alone = decide(enriched(place), section).span
                assert alone.decided, pair.name
                assert alone.high <= CLEAR, pair.name


@pytest.mark.parametrize("section", IDS)
def test_each_limit_keeps_its_act_outside_and_lets_the_other_in(section: str) -> None:
    """Without the limit the act outside is inside, and by its limb alone the two acts come out as by all limbs."""
    real = of(section)
    for pair in (pair for pair in pairs() if pair.section == section):
        limb = real.limbs[pair.limb]
        others = tuple(limit for place, limit in enumerate(limb.limits) if place != pair.limit)
        without = real._replace(limbs=(limb._replace(limits=others),))
        twice = (section, pair.limb, pair.limit) in SAID_TWICE
        assert in_scope(without, outside(pair)) != twice, f"{pair.name}: another limit keeps it outside too"
        alone = real._replace(limbs=(limb,))
        assert in_scope(alone, inside(pair)), f"{pair.name}: in by another limb"
        assert not in_scope(alone, outside(pair)), f"{pair.name}: not outside of its own limb"


NEVER = Limit("days", (), (), (date(1, 1, 1), date(1, 1, 1)), "none", "never", "seen")
MUTANTS = {"always out": (Limb(("none",), (NEVER,)),), "always in": (Limb(("none",), ()),)}


@pytest.mark.parametrize("mutant", MUTANTS)
@pytest.mark.parametrize("section", IDS)
def test_a_scope_test_that_says_always_the_same_is_noticed(
    section: str, mutant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = of(section)._replace(limbs=MUTANTS[mutant])
    made = [pair for pair in pairs() if pair.section == section]
    assert fails(changed, made)
    if opens(changed):
        replace(changed, monkeypatch)
        assert any(answer_differs(pair, mutant) for pair in made)


def fails(changed: Section, made: list[Pair]) -> bool:
    """Say whether some act of the section comes out on the wrong side."""
    return any(not in_scope(changed, inside(pair)) or in_scope(changed, outside(pair)) for pair in made)


def replace(changed: Section, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a changed section in place of the real one, for whole answers."""
    all_ = tuple(changed if section.id == changed.id else section for section in sections())
    rules = {section.id: scope_rule(section) for section in all_}
    for module in (scopes, steps):
        monkeypatch.setattr(module, "sections", lambda: all_)
        monkeypatch.setattr(module, "scope_rules", lambda: rules)


def answer_differs(pair: Pair, mutant: str) -> bool:
    """Say whether the whole answer names the section where it must not, or does not where it must."""
    place = inside(pair) if mutant == "always out" else outside(pair)
    fresh = SOURCES._replace(book=Book(SOURCES.book.head, SOURCES.book.records))
    named = pair.section in run(place.act, Question(place.day), fresh).not_modeled
    return named != (mutant == "always out")


def test_a_gate_that_does_not_close_is_above_every_outcome() -> None:
    assert value(Outcome.PROHIBITED) < TOP
