"""What of the law is modeled here: rules that decide, scope tests that open the range, regimes without rules.

Nothing is stated twice. Rules are found in the modules of their regimes, the measures that a rule names and the
questions that it leaves open are read from its compiled code, and limits come from the table that an answer reads.
"""

from __future__ import annotations

import dis
import sys
from collections import Counter
from enum import StrEnum
from functools import cache
from importlib import import_module
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, NamedTuple

from licet.law.regimes import BY_KIND, RULED
from licet.law.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from licet.law.book import Book
    from licet.law.us_ear.sections import Limb, Limit, Section
    from licet.lists.roster import Roster
    from licet.model.listing import Listing

DIMENSIONS = ("date", "destination", "item", "party", "act")
"""What a limit is about; `act` is what the other four do not say: activity, end use, knowledge, licenses held."""
_FIELDS = {
    "to": "destination",
    "from": "destination",
    "end_use.fab.country": "destination",
    "items[]": "item",
    "parties[]": "party",
    "knowledge.footnote1_party": "party",
    "knowledge.footnote4_party": "party",
    "knowledge.footnote5_party": "party",
    "knowledge.acts_for_listed": "party",
}
_DATED = frozenset({"law", "not_law", "days"})
NOT_MODELED, CONFLICT = "not_modeled", "conflict"
"""Kinds of question that a rule asks and no fact answers."""
WHAT_IF = "us_ear/what-if"
"""The rule that carries out what-ifs: no law, so neither a citation of law nor a case is asked of it."""
STEPS = {
    1: "activity",
    2: "jurisdiction",
    3: "de minimis",
    4: "foreign direct product",
    5: "classification",
    6: "chart",
    7: "denial orders",
    8: "end users and end uses, part 744",
    9: "embargoes, part 746",
    10: "General Prohibitions 7 to 10, red flags",
    11: "exceptions",
    12: "general licenses, savings clauses",
    13: "review policy",
    14: "licenses held",
    15: "records",
}
"""The numbered decision for an export, as `law.us_ear.steps` carries it."""


class State(StrEnum):
    """How far a section is modeled."""

    MODELED = "modeled"
    """A rule decides it."""
    IN_PART = "in part"
    """A rule decides it, and names what it leaves open."""
    SCOPE_TEST = "scope test"
    """Its limits decide that it cannot reach an act; where it can, the range opens and the section is named."""
    DECIDED_ELSEWHERE = "decided elsewhere"
    """Its limits are shown, and a rule of another section decides what it says."""
    NOT = "not modeled"
    """Nothing reads it."""


class Named(NamedTuple):
    """What the code of a rule names."""

    measures: frozenset[str]
    opens: tuple[tuple[str, str], ...]
    """Questions that no fact answers, each with its kind: `not_modeled`, `conflict`."""


class Reach(NamedTuple):
    """What limits a section in one dimension, in words."""

    always: tuple[str, ...] = ()
    """What every way of the section asks."""
    either: tuple[str, ...] = ()
    """Of which one must hold as well, way by way; `any` where some way asks nothing more."""

    def text(self, bar: str) -> str:
        """Return it as one text, alternatives apart by a bar; empty where nothing limits the section."""
        return ", and: ".join(filter(None, (" and ".join(self.always), f" {bar} ".join(self.either))))


class Row(NamedTuple):
    """One section: how far it is modeled, and what limits its reach."""

    id: str
    title: str
    regime: str
    step: int
    state: State
    cites: tuple[str, ...]
    rules: tuple[str, ...] = ()
    """Titles of the rules that decide it."""
    opens: tuple[str, ...] = ()
    """What a rule leaves open."""
    over: str = ""
    """act · item · party · item_party: what its scope is tested over; empty where it has no scope test."""
    outcome: str = ""
    """What it would say if it applied."""
    decided_by: str = ""
    limbs: tuple[Limb, ...] = ()
    not_formalized: tuple[str, ...] = ()

    @property
    def limits(self) -> tuple[Limit, ...]:
        """Every limit of every limb."""
        return tuple(limit for limb in self.limbs for limit in limb.limits)

    def reach(self, dimension: str) -> Reach:
        """Return in words what limits the section in one dimension."""
        ways = [dict.fromkeys(one.says for one in limb.limits if dimension in about(one)) for limb in self.limbs]
        always = [says for says in (ways[0] if ways else ()) if all(says in way for way in ways)]
        rest = [" and ".join(says for says in way if says not in always) for way in ways]
        either = dict.fromkeys(says for says in rest if says)
        return Reach(tuple(always), (*either, "any") if either and "" in rest else tuple(either))


class Beside(NamedTuple):
    """A regime without rules: its measures are shown, with their days, and decide nothing."""

    regime: str
    measures: int
    with_force: int


class Coverage(NamedTuple):
    """What of the law is modeled here."""

    rows: tuple[Row, ...]
    beside: tuple[Beside, ...]
    kinds: tuple[tuple[str, tuple[str, ...]], ...]
    """The kinds of act, each with the regimes that decide it."""

    def count(self, state: State) -> int:
        """Count the sections of a state."""
        return sum(row.state is state for row in self.rows)

    def checked(self) -> Counter[str]:
        """Count the limits by whether they were read in a text or rest on memory."""
        return Counter(limit.checked for row in self.rows for limit in row.limits)


_BESIDE_RULES = (
    Row(
        "us_ear/774",
        "Commerce Control List: classification",
        "us_ear",
        5,
        State.NOT,
        ("Supp. 1 to part 774",),
        not_formalized=("The ECCN and its reasons for control are taken as the act states them; no entry is read.",),
    ),
    Row(
        "us_ear/762.6",
        "Records: how long they are kept",
        "us_ear",
        15,
        State.MODELED,
        ("15 CFR 762.6",),
        rules=("Records, a duty beside the answer",),
    ),
)
"""Steps of the decision that have no rule of their own."""


@cache
def rules(regime: str) -> tuple[Rule, ...]:
    """Return the rules of a regime, scope tests aside, in the order of their steps: what its modules hold."""
    folder = f"licet.law.{regime}"
    import_module(folder)
    modules = [module for name, module in sorted(sys.modules.items()) if f"{name}.".startswith(f"{folder}.")]
    found = {id(thing): thing for module in modules for thing in vars(module).values() if isinstance(thing, Rule)}
    return tuple(sorted(found.values(), key=lambda rule: (rule.step, rule.section)))


@cache
def named(rule: Rule) -> Named:
    """Return what the code of a rule and of the functions that it calls names."""
    texts: dict[str, None] = {}
    opens: dict[tuple[str, str], None] = {}
    _walk(rule.run, texts, opens, set())
    return Named(frozenset(texts), tuple(opens))


def _walk(function: object, texts: dict[str, None], opens: dict[tuple[str, str], None], seen: set[CodeType]) -> None:
    """Gather the constants of a function, and go on to the functions of the law that it calls."""
    if not isinstance(function, FunctionType) or function.__code__ in seen:
        return
    for code in _codes(function.__code__):
        seen.add(code)
        asked = ""
        for step in dis.get_instructions(code):
            if step.opname == "LOAD_GLOBAL":
                _global(function.__globals__.get(step.argval), texts, opens, seen)
            elif step.opname in {"LOAD_CONST", "LOAD_SMALL_INT"}:
                texts.update(dict.fromkeys(_texts(step.argval)))
                if asked and isinstance(step.argval, str):
                    opens[asked, step.argval.strip(" :")] = None
                asked = step.argval if step.argval in {NOT_MODELED, CONFLICT} else ""


def _codes(code: CodeType) -> Iterator[CodeType]:
    """Walk through the code of a function and of what is defined inside it."""
    yield code
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _codes(inner)


def _global(thing: object, texts: dict[str, None], opens: dict[tuple[str, str], None], seen: set[CodeType]) -> None:
    """Take the words of a constant of the module, or walk into a function of the law."""
    if isinstance(thing, FunctionType):
        if thing.__module__.startswith("licet.law.") and thing.__module__ != "licet.law.rule":
            _walk(thing, texts, opens, seen)
    else:
        texts.update(dict.fromkeys(_texts(thing)))


def _texts(thing: object) -> Iterator[str]:
    """Walk through the words of a constant: a word, or words inside lists and mappings."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, tuple | list | frozenset | set | dict):
        for one in thing:
            yield from _texts(one)


def about(limit: Limit) -> tuple[str, ...]:
    """Return what a limit is about: one or more of `DIMENSIONS`."""
    if limit.kind in _DATED:
        return ("date",)
    heads = (_FIELDS.get(name) or _FIELDS.get(name.partition(".")[0]) or "act" for name in limit.subjects)
    return tuple(dict.fromkeys(heads))


def coverage(book: Book) -> Coverage:
    """Say how far each section of the law is modeled.

    Args:
        book: The lawbook, for the regimes that have measures and no rules.

    Returns:
        The sections in the order of regimes and steps.
    """
    from licet.law.us_ear.sections import sections

    by_id = {section.id: section for section in sections()}
    rows = [row for regime in RULED for row in _ruled(regime, by_id)]
    rows += [_tested(section) for section in sections() if section.id not in {row.id for row in rows}]
    rows += _BESIDE_RULES
    place = {id_: number for number, id_ in enumerate(by_id)}
    rows.sort(key=lambda row: (RULED.index(row.regime), row.step, place.get(row.id, -1), row.id))
    return Coverage(tuple(rows), tuple(_beside(book)), tuple(BY_KIND.items()))


def _ruled(regime: str, by_id: dict[str, Section]) -> Iterator[Row]:
    """Walk through the sections that rules decide."""
    gathered: dict[str, list[Rule]] = {}
    for rule in rules(regime):
        if rule.section != WHAT_IF:
            gathered.setdefault(rule.section, []).append(rule)
    for id_, group in gathered.items():
        first = group[0]
        asked = dict.fromkeys(one for rule in group for one in named(rule).opens)
        opens = tuple(f"{kind.replace('_', ' ')}: {what}" for kind, what in asked)
        state = State.IN_PART if any(kind == NOT_MODELED for kind, _ in asked) else State.MODELED
        titles = tuple(dict.fromkeys(rule.title for rule in group))
        row = Row(id_, first.title, regime, first.step, state, first.cites, titles, opens)
        yield row if id_ not in by_id else _with_scope(row, by_id[id_])


def _with_scope(row: Row, section: Section) -> Row:
    return row._replace(
        over=section.over, outcome=section.outcome, limbs=section.limbs, not_formalized=section.not_formalized
    )


def _tested(section: Section) -> Row:
    """Return the row of a section that has a scope test and no rule."""
    state = State.DECIDED_ELSEWHERE if section.decided_by else State.SCOPE_TEST
    row = Row(section.id, section.title, section.id.partition("/")[0], section.step, state, section.cites)
    return _with_scope(row, section)._replace(decided_by=section.decided_by)


def _beside(book: Book) -> Iterator[Beside]:
    for regime, measures in book.by_regime().items():
        if regime not in RULED:
            yield Beside(regime, len(measures), sum(measure.legal_force for measure in measures))


class Use(NamedTuple):
    """What reads a measure."""

    section: str
    step: int
    title: str
    how: str
    """`rule`, or the words of the limit that names it."""


def uses(measure: str) -> tuple[Use, ...]:
    """Return the rules and the limits that name a measure, in the order of the steps."""
    from licet.law.us_ear.sections import sections

    found: dict[Use, None] = {}
    for regime in RULED:
        for rule in rules(regime):
            if measure in named(rule).measures:
                found[Use(rule.section, rule.step, rule.title, "rule")] = None
    for section in sections():
        for limit in (limit for limb in section.limbs for limit in limb.limits):
            if measure in limit.subjects and limit.kind in _DATED:
                found[Use(section.id, section.step, section.title, limit.says)] = None
    return tuple(sorted(found, key=lambda use: (use.step, use.section)))


def terms(lists: Roster) -> Iterator[Listing]:
    """Walk through the terms of every entry of a table of lists."""
    for entry in lists.ids:
        yield from lists.history(entry)


def unknown(book: Book, texts: Iterable[str]) -> list[str]:
    """Return the words that have the form of an id of a measure and are none, such as a misspelled one."""
    import re

    form = re.compile(r"[A-Z]{2,}[A-Z0-9]*(-[A-Z0-9]+)+")
    region = re.compile(r"[A-Z]{2}-\d+")  # a part of a country, ISO 3166-2
    words = (word for word in set(texts) if form.fullmatch(word) and not region.fullmatch(word))
    return sorted(word for word in words if word not in book)
