"""Scope tests: for every section of the EAR the dates, destinations, items and parties that it can reach at all.

The limits are data (`sections.yaml`, each with its citation). Out of scope: evaluated, and said so. In scope: the
section's own text is not modeled, so the range opens with `not_modeled` and the section is named. A section is in scope
when any of its limbs is, a limb when all its limits hold.
"""

from __future__ import annotations

from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from licet.law.book import table
from licet.law.rule import At, Rule, clear, not_applicable, not_subject, prohibit, require
from licet.model.outcome import Policy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from licet.engine.fork import Finding
    from licet.law.day import LawDay


DERIVED = {"listed_share_50": "half", "listed_address": "listed", "us_content": "any", "made_with": "any"}
"""What a limit may ask that enrichment worked out from several facts: the word to ask the fact for."""
BEYOND = ("us_ear/744.6",)
"""Sections that reach items which are not subject to the EAR: asked beside steps (2) to (4), not behind them."""


_OF_LAW = ("law", "not_law", "days")


class Limit(NamedTuple):
    """One limit of a limb: a closed question with its citation and what it says in plain words."""

    kind: str
    """law · not_law · days, or the test of a fact: in · not_in · has · stated_in · derived."""
    subjects: tuple[str, ...]
    """The measure, or the facts of which any may pass."""
    words: tuple[str | tuple[str, date | None, date | None], ...]
    """The words of the test; `(code, from, through)` where a code belongs to a group on some days only."""
    days: tuple[date | None, date | None]
    """For `days`: the first and the last day, inclusive."""
    cite: str
    says: str
    checked: str
    plain: tuple[str, ...] = ()
    """Of the words that count on the day of the law, those that stand for themselves."""
    stars: tuple[str, ...] = ()
    """Of those words the patterns, which end in a star."""


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
    decided_by: str
    """Section whose rule decides what this one says; then its scope is shown and opens nothing by itself."""


@cache
def sections() -> tuple[Section, ...]:
    """Return the sections of the EAR that have a scope test, in the order of the steps."""
    return tuple(_section(record) for record in table("us_ear", "sections"))


def _section(record: dict[str, Any]) -> Section:
    limbs = tuple(Limb(tuple(cites), tuple(map(_limit, limits))) for cites, limits in record["limbs"])
    return Section(
        record["id"],
        record["title"],
        record["step"],
        record["over"],
        record["outcome"],
        tuple(record["cites"]),
        limbs,
        record["modeled"],
        tuple(record["not_formalized"]),
        record["decided_by"],
    )


def _limit(row: list[Any]) -> Limit:
    kind, subjects, _, words, cite, says, checked = row
    if kind == "days":
        first, last = map(_day, words)
        return Limit(kind, (), (), (first, last), cite, says, checked)
    dated = tuple(word if isinstance(word, str) else (word[0], _day(word[1]), _day(word[2])) for word in words)
    return Limit(kind, tuple(subjects), dated, (None, None), cite, says, checked)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def scope_rules() -> dict[str, Rule]:
    """Return for each section, by its id, the rule that tests its scope."""
    return {section.id: scope_rule(section) for section in sections()}


def scope_rule(section: Section) -> Rule:
    """Return the rule that tests the scope of a section."""

    def run(at: At) -> Finding:
        limbs, why_not = of_the_day(at.law, section)
        for limb in limbs:
            outside = next((limit for limit in limb.limits if not holds(at, limit)), None)
            if outside is None:
                return _inside(at, section, limb)
            why_not = why_not or outside.says
        return out_of_scope(section, why_not)

    def ways(law: LawDay) -> tuple[Callable[[At], Finding], ...]:
        return tuple(partial(_one_way, section, limb) for limb in of_the_day(law, section)[0])

    return Rule(section.id, section.step, section.title, section.cites, run, ways=ways)


def _one_way(section: Section, limb: Limb, at: At) -> Finding:
    """Test the scope of a section by one limb alone."""
    outside = next((limit for limit in limb.limits if not holds(at, limit)), None)
    return _inside(at, section, limb) if outside is None else out_of_scope(section, outside.says)


def of_the_day(law: LawDay, section: Section) -> tuple[tuple[Limb, ...], str]:
    """Return the limbs that the law of the day leaves; see `_of_the_day`."""
    return law.remembered(section.id, lambda fresh: _of_the_day(fresh, section))


def _of_the_day(law: LawDay, section: Section) -> tuple[tuple[Limb, ...], str]:
    """Return the limbs that the law of the day leaves, with the limits that are questions of fact, groups written out.

    Beside them why a limb is out where the law of the day puts all of them out.
    """
    limbs, why_not = [], ""
    for limb in section.limbs:
        outside = next((limit for limit in limb.limits if limit.kind in _OF_LAW and not _stands(law, limit)), None)
        if outside is not None:
            why_not = why_not or outside.says
            continue
        limits = (limit for limit in limb.limits if limit.kind not in _OF_LAW)
        limbs.append(Limb(limb.cites, tuple(_on_the_day(law, limit) for limit in limits)))
    return tuple(limbs), "" if limbs else why_not


def _on_the_day(law: LawDay, limit: Limit) -> Limit:
    """Return a limit with the words that count on the day sorted out."""
    words = tuple(_words(law, limit))
    stars = tuple(word for word in words if word.endswith("*"))
    return limit._replace(plain=tuple(word for word in words if word not in stars), stars=stars)


def _stands(law: LawDay, limit: Limit) -> bool:
    """Say whether the law of the day lies within a limit."""
    if limit.kind == "law":
        return law.stands(limit.subjects[0])
    if limit.kind == "not_law":
        return not law.stands(limit.subjects[0])
    first, last = limit.days
    return (first is None or law.since(first)) and not (last is not None and law.after(last))


def out_of_scope(section: Section, why_not: str) -> Finding:
    """Say that a section does not reach the act."""
    says = f"out of scope: not {why_not}"
    below = section.outcome == "SUBJECT" or section.id in BEYOND
    return not_subject(says, *section.cites) if below else clear(says, *section.cites)


def _inside(at: At, section: Section, limb: Limb) -> Finding:
    """Open the range: the section can reach the act, and whether it does is not modeled."""
    says = f"{section.title}: in scope; whether its conditions are met is not modeled"
    applies = at.open("not_modeled", section.id)
    if section.outcome == "SUBJECT":
        return not_applicable(says, *limb.cites) if applies else not_subject(says, *limb.cites)
    if not applies:
        return clear(says, *limb.cites)
    if section.outcome == "PROHIBITED":
        return prohibit(says, *limb.cites)
    strict = at.open("not_modeled", f"{section.id} review policy")
    return require(Policy.DENIAL if strict else Policy.APPROVAL, says, *limb.cites)


def holds(at: At, limit: Limit) -> bool:
    """Say whether an act lies within a limit that is a question of fact."""
    passes = _TESTS[limit.kind]
    return any(passes(at, name, limit) for subject in limit.subjects for name in at.each(subject))


def _words(law: LawDay, limit: Limit) -> Iterator[str]:
    """Walk through the words that count on the day of the law."""
    for word in limit.words:
        if isinstance(word, str):
            yield word
        else:
            code, first, last = word
            if (first is None or law.since(first)) and not (last is not None and law.after(last)):
                yield code


def _in(at: At, name: str, limit: Limit) -> bool:
    fact = at.fact(name)
    return (bool(limit.plain) and fact.among(*limit.plain)) or (bool(limit.stars) and fact.like(*limit.stars))


def _not_in(at: At, name: str, limit: Limit) -> bool:
    fact = at.fact(name)
    return fact.outside(*limit.plain) and not (bool(limit.stars) and fact.like(*limit.stars))


def _has(at: At, name: str, limit: Limit) -> bool:
    asked = at.fact(f"{name.removesuffix('.listings')}.on" if name.endswith(".listings") else name)
    return any(asked.has(word) for word in limit.plain)


def _stated_in(at: At, name: str, limit: Limit) -> bool:
    return at.fact(f"{name}?{'|'.join(limit.plain)}").among("yes")


def _derived(at: At, name: str, limit: Limit) -> bool:
    return at.fact(name).has(DERIVED[limit.plain[0]])


_TESTS = {"in": _in, "not_in": _not_in, "has": _has, "stated_in": _stated_in, "derived": _derived}
