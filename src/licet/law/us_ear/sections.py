"""Scope tests: for every section of the EAR the dates, destinations, items and parties that it can reach at all.

The limits are data (`sections.yaml`, each with its citation). Out of scope: evaluated, and said so. In scope: the
section's own text is not modeled, so the range opens with `not_modeled` and the section is named. A section is in scope
when any of its limbs is, a limb when all its limits hold.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from licet.law.book import table
from licet.law.rule import At, Rule, clear, prohibit, require
from licet.model.errors import LawbookError
from licet.model.outcome import Policy

if TYPE_CHECKING:
    from licet.engine.fork import Finding
    from licet.law.rule import Fact


DERIVED = {
    "listed_share_50": ("parties[].owners", "half"),
    "any_listed_owner": ("parties[].owners", "listed"),
    "us_content": ("items[].us_content", "any"),
    "made_with": ("items[].made_with", "any"),
    "listed_address": ("parties[].address", "listed"),
}
"""What a limit may ask that enrichment worked out from several facts: name, path and word."""


class Limit(NamedTuple):
    """One limit of a limb: a closed question with its citation and what it says in plain words."""

    kind: str
    """law · not_law · days · fact · listing · derived."""
    subject: str
    """The measure, the fact, the list, or the name of the derived fact."""
    test: str
    """in · not_in · has, for facts."""
    words: tuple[str, ...]
    first: date | None
    last: date | None
    cite: str
    says: str
    checked: str


class Limb(NamedTuple):
    """One way for a section to reach an act."""

    cites: tuple[str, ...]
    limits: tuple[Limit, ...]


class Section(NamedTuple):
    """One section with its scope test."""

    id: str
    title: str
    step: int
    over: str
    """act · item · party · item_party: what it is asked over."""
    outcome: str
    """What it would say if it applied."""
    cites: tuple[str, ...]
    limbs: tuple[Limb, ...]
    modeled: str
    not_formalized: tuple[str, ...]


@cache
def sections() -> tuple[Section, ...]:
    """Return the sections of the EAR that have a scope test, in the order of the steps."""
    return tuple(_section(record) for record in table("us_ear", "sections"))


def _section(record: dict[str, object]) -> Section:
    limbs = tuple(Limb(tuple(cites), tuple(map(_limit, limits))) for cites, limits in record["limbs"])  # type: ignore[attr-defined]
    return Section(**{**record, "limbs": limbs, "cites": tuple(record["cites"]), "not_formalized": tuple(record["not_formalized"])})  # type: ignore[arg-type, call-overload]


def _limit(row: list[object]) -> Limit:
    kind, subject, test, words, first, last, cite, says, checked = row
    return Limit(kind, subject, test, tuple(words), _day(first), _day(last), cite, says, checked)  # type: ignore[arg-type]


def _day(text: object) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) else None


@cache
def scope_rule(section: Section) -> Rule:
    """Return the rule that tests the scope of a section."""

    def run(at: At) -> Finding:
        why_not = ""
        for limb in section.limbs:
            outside = next((limit for limit in limb.limits if not holds(at, limit)), None)
            if outside is None:
                return _inside(at, section, limb)
            why_not = why_not or outside.says
        return clear(f"out of scope: not {why_not}", *section.cites)

    return Rule(section.id, section.step, section.title, section.cites, run)


def _inside(at: At, section: Section, limb: Limb) -> Finding:
    """Open the range: the section can reach the act, and whether it does is not modeled."""
    if not at.open("not_modeled", section.id):
        return clear(f"{section.title}: in scope; if its conditions are not met", *limb.cites)
    says = f"{section.title}: in scope; if its conditions are met"
    if section.outcome == "PROHIBITED":
        return prohibit(says, *limb.cites)
    strict = at.open("not_modeled", f"{section.id} review policy")
    return require(Policy.DENIAL if strict else Policy.APPROVAL, says, *limb.cites)


def holds(at: At, limit: Limit) -> bool:
    """Say whether an act lies within a limit."""
    if limit.kind == "law":
        return at.law.stands(limit.subject)
    if limit.kind == "not_law":
        return not at.law.stands(limit.subject)
    if limit.kind == "days":
        return (limit.first is None or at.law.since(limit.first)) and not (
            limit.last is not None and at.law.after(limit.last)
        )
    if limit.kind == "fact":
        return _tests(at, limit)
    if limit.kind == "listing":
        return any(at.fact(name).has(limit.subject) for name in at.each("parties[].on"))
    if limit.kind == "derived":
        path, word = DERIVED[limit.subject]
        return any(at.fact(name).has(word) for name in at.each(path))
    message = f"a limit of kind {limit.kind!r} is not known"
    raise LawbookError(message)


def _tests(at: At, limit: Limit) -> bool:
    return any(_passes(at.fact(name), limit) for name in at.each(limit.subject))


def _passes(fact: Fact, limit: Limit) -> bool:
    if limit.test == "has":
        return any(fact.has(word) for word in limit.words)
    stars = tuple(word for word in limit.words if word.endswith("*"))
    plain = tuple(word for word in limit.words if not word.endswith("*"))
    if limit.test == "in":
        return (bool(plain) and fact.among(*plain)) or (bool(stars) and fact.like(*stars))
    return fact.outside(*plain) and not (bool(stars) and fact.like(*stars))
