"""Whether the lawbook agrees with itself: its measures, what is compiled from them, the rules, the limits, the cases.

Each check returns problems with the place where they stand; none of them changes anything.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from licet.cases.read import ACT, DUTY, OPEN
from licet.check import decide_on
from licet.coverage import WHAT_IF, named, rules, terms, unknown
from licet.engine.fork import Joined, Leaf
from licet.law.checks import check_book
from licet.law.regimes import BY_KIND, RULED
from licet.model.errors import LicetError, Problem
from licet.model.outcome import TOP, Outcome, value
from licet.state import Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from licet.cases.read import KnownAnswer
    from licet.engine.fork import Finding, Tree
    from licet.law.book import Book
    from licet.law.case import Part, Ruled
    from licet.law.us_ear.sections import Section
    from licet.lists.effect import Unknown
    from licet.lists.entry import Entry
    from licet.lists.roster import Roster
    from licet.model.act import Act
    from licet.model.listing import Listing
    from licet.model.measure import Measure
    from licet.sources import Sources

_REGISTER = re.compile(r"\d{2} FR \d{1,6}\b")
_NAMING = ("authority", "announcements", "pending")
"""What a case expects that names measures."""
RECORDS = "us_ear/762.6"
"""The section that cases of kind `duty` ask on: a duty beside the answer, no rule of the decision."""


class Cited(NamedTuple):
    """What is not known of the rules that a list cites: a notice, and no fault."""

    list: str
    entries: int
    """How many the list has."""
    published: int
    """How many of these begin with the day on which their rule was published: its day of effect is not known."""
    unknown: tuple[Unknown, ...]
    """The citations behind that, most cited first; those that only amend an entry too."""


class Checked(NamedTuple):
    """What was checked and what was found."""

    problems: tuple[Problem, ...]
    counts: tuple[tuple[str, int], ...]
    """What was looked at, in words, with how many."""
    skipped: tuple[str, ...]
    """What could not be looked at, and why."""
    heard: frozenset[str] = frozenset()
    """Citations that rules made while cases ran: of some the text is put together only then."""


def names(case: KnownAnswer, measure: Measure) -> bool:
    """Say whether a case names a measure, or cites the page of the Federal Register where its text begins."""
    if measure.id in _named(case):
        return True
    return any(measure.cites[0] in _REGISTER.findall(cite) for cite in case.source.cites)


def _named(case: KnownAnswer) -> set[str]:
    """Return the ids that a case names: its measure, and what it expects beside the answer."""
    return {case.measure, *(word for field in _NAMING for word in case.details.get(field, ()))} - {""}


def check_law(book: Book, compiled: Mapping[str, tuple[str, str] | None], lists: Roster) -> Checked:
    """Check the measures, what is compiled from them, the rules, the limits and the lists against each other.

    Args:
        book: The lawbook.
        compiled: By the name of a compiled file: its text and the text that its sources give; None where there are
            no sources.
        lists: The table of who is on which list.

    Returns:
        What was found.
    """
    from licet.law.us_ear.sections import sections

    tested = sections()
    limits = [limit for section in tested for limb in section.limbs for limit in limb.limits]
    ruled = [rule for regime in RULED for rule in rules(regime)]
    rows = list(terms(lists))
    problems = [*check_book(book), *_compiled(compiled), *_rules(book), *_sections(book, tested), *_lists(book, rows)]
    counts = (
        ("measures", len(book)),
        ("rules", len(ruled)),
        ("scope tests", len(tested)),
        ("limits", len(limits)),
        ("terms on lists", len(rows)),
    )
    skipped = [f"{name}: its sources are not here" for name, pair in compiled.items() if pair is None]
    disputed = len(_disputed(rows))
    if disputed:
        skipped.append(f"the first days of {disputed} entries of lists, on which sources differ")
    return Checked(tuple(problems), counts, tuple(skipped))


def unknown_rules(book: Book, lists: Mapping[str, Sequence[Entry]]) -> tuple[Cited, ...]:
    """Find the citations of lists of which no rule is known, so that the day of publication stands for that of effect.

    Args:
        book: The lawbook.
        lists: Entries by the id of their list, without lists that state the day of effect themselves.

    Returns:
        One for each list that has some.
    """
    from licet.lists.effect import PUBLISHED, Register, brought_in, unknown_citations

    register = Register(book)
    found = []
    for list_, entries in lists.items():
        published = sum(brought_in(entry, register, listed=False).basis == PUBLISHED for entry in entries)
        found.append(Cited(list_, len(entries), published, unknown_citations(entries, register)))
    return tuple(one for one in found if one.unknown)


def _compiled(compiled: Mapping[str, tuple[str, str] | None]) -> Iterator[Problem]:
    for name, pair in compiled.items():
        if pair is not None and pair[0] != pair[1]:
            yield Problem("is not what its sources say", name, todo="Run tools/generate.py.")


def _rules(book: Book) -> Iterator[Problem]:
    """Find rules without a citation, and rules that name no measure, one without force, or one of another regime."""
    for regime in RULED:
        for rule in rules(regime):
            if not rule.cites or not all(cite.strip() for cite in rule.cites):
                yield Problem("has no citation", rule.section, field="cites")
            words = named(rule).measures
            yield from (Problem(f"names {word}, which is no measure", rule.section) for word in unknown(book, words))
            for id_ in sorted(word for word in words if word in book):
                yield from _force(book[id_], regime, rule.section)


def _force(measure: Measure, regime: str, place: str) -> Iterator[Problem]:
    """Find a measure that cannot decide: without legal force, or of another regime."""
    if not measure.legal_force:
        yield Problem(f"reads {measure.id}, a record without legal force, which never decides", place)
    if measure.regime != regime:
        yield Problem(f"reads {measure.id} of {measure.regime}: force is judged inside a regime", place)


def _sections(book: Book, tested: Iterable[Section]) -> Iterator[Problem]:
    """Find sections without limits, and limits without a sentence or a citation, or whose measure cannot decide."""
    for section in tested:
        if not section.limbs or not section.cites:
            yield Problem("has no limits or no citation", section.id)
        for number, limb in enumerate(section.limbs):
            if not limb.limits or not limb.cites:
                yield Problem("has no limits or no citation", section.id, field=f"limb {number}")
            for limit in limb.limits:
                if not limit.says or not limit.cite:
                    yield Problem("a limit without a sentence or a citation", section.id, field=f"limb {number}")
                if limit.kind in {"law", "not_law"}:
                    yield from _force(book[limit.subjects[0]], section.id.partition("/")[0], section.id)


def _lists(book: Book, rows: Sequence[Listing]) -> Iterator[Problem]:
    """Find entries whose measure does not exist, or whose first day is not a day of that measure."""
    disputed = _disputed(rows)
    for row in rows:
        place = f"{row.list}/{row.entry}"
        if row.measure and row.measure not in book:
            yield Problem(f"rests on {row.measure}, which is no measure", place)
        elif row.measure and row.since == row.first and (row.list, row.entry) not in disputed:
            measure = book[row.measure]
            if row.since not in _first_days(measure):
                yield Problem(f"begins on {row.since}, {measure.id} on {measure.in_force_from}", place)


def _disputed(rows: Sequence[Listing]) -> set[tuple[str, str]]:
    """Return the entries, each with its list, on some terms of which sources differ."""
    return {(row.list, row.entry) for row in rows if row.checked == "conflict"}


def _first_days(measure: Measure) -> set[object]:
    """Return the days on which an entry may begin: of effect; a statute names companies from its enactment on."""
    days: set[object] = {measure.in_force_from}
    return days | {measure.announced, measure.published} if measure.kind == "statute" else days


class Reached(NamedTuple):
    """How often a section decided a case, on either side."""

    speaks: Counter[str]
    """Cases in which it required, prohibited, released, authorized, closed a gate, or raised a duty or a flag."""
    silent: Counter[str]
    """Cases in which it could have, and had nothing to say."""
    cites: set[str]
    """Citations of every finding, on whichever path."""


UNTOLD = {"us_ear/742.6(a)(6)(ii)": "no reason for control that can be stated names it, so no case makes it speak"}
"""Rules that no case can make speak, each with the reason."""


def check_cases(cases: Sequence[KnownAnswer], sources: Sources) -> Checked:
    """Run the cases and find the rules that none of them tests.

    A rule is tested where some case makes it speak and another leaves it silent, both decided, not open. Whether the
    answers are right is what `licet cases run` says.

    Args:
        cases: The cases.
        sources: Lawbook and lists.

    Returns:
        What was found.
    """
    problems = list(_strange(cases, sources.book))
    reached = Reached(Counter(), Counter(), set())
    for case in cases:
        try:
            speaks, silent = _heard(case, sources, reached.cites)
        except LicetError as error:
            problems += [
                Problem(f"cannot be decided: {one}", case.file, case.line, field=case.id) for one in error.problems
            ]
            continue
        reached.speaks.update(speaks)
        reached.silent.update(silent)
    problems += _untested(reached)
    untold = tuple(f"{section}: {why}" for section, why in UNTOLD.items())
    return Checked(tuple(problems), (("cases", len(cases)),), untold, frozenset(reached.cites))


def _strange(cases: Iterable[KnownAnswer], book: Book) -> Iterator[Problem]:
    """Find cases that name a measure which does not exist."""
    for case in cases:
        for id_ in unknown(book, _named(case)):
            yield Problem(f"names {id_}, which is no measure", case.file, case.line, field=case.id)


def _heard(case: KnownAnswer, sources: Sources, cites: set[str]) -> tuple[set[str], set[str]]:
    """Return the sections that speak in a case, and those that could and do not; open ones are neither.

    Beside that note what their findings cite.
    """
    if case.kind == DUTY:
        kept = case.answers.get("keep_until", (OPEN,)) != (OPEN,)
        return ({RECORDS}, set()) if kept else (set(), {RECORDS})
    if case.act is None:
        return set(), set()
    question = Question(case.as_of, case.known_as_of, ground=case.ground)
    parts = _parts(case, case.act, question, sources)
    speaks: set[str] = set()
    open_: set[str] = set()
    asked: set[str] = set()
    for ruled, gate in (pair for part in parts for pair in _ruled(part)):
        section = ruled.rule.section
        asked.add(section)
        cites.update(cite for finding in _findings(ruled.tree) for cite in finding.cites)
        found = [one for one in _findings(ruled.tree) if _speaks(one, gate=gate)]
        if not isinstance(ruled.tree, Leaf):
            (speaks if found and _beyond_facts(ruled.tree) else open_).add(section)
        elif _speaks(ruled.tree.finding, gate=gate):
            speaks.add(section)
    return speaks, (asked | _concerned(case.act, case.ground)) - speaks - open_


def _parts(case: KnownAnswer, act: Act, question: Question, sources: Sources) -> list[Part]:
    """Decide a case, or its jurisdiction alone, and return what was asked."""
    if case.kind == ACT:
        return [part for _, parts in decide_on(act, question, sources, sources.book, {}).regimes for part in parts]
    from licet.enrich import enrich
    from licet.law.day import LawDay
    from licet.law.us_ear import subject_parts

    law = LawDay(sources.book, question.as_of, question.known_as_of)
    return subject_parts(enrich(act, law, sources.lists), question.ground)


def _concerned(act: Act, ground: str) -> set[str]:
    """Return the sections that the act could reach: of its regimes, or of the one ground that is asked."""
    if ground:
        return {ground}
    return {rule.section for regime in BY_KIND[act.kind] for rule in rules(regime)}


def _ruled(part: Part) -> Iterator[tuple[Ruled, bool]]:
    """Walk through the rules of a part, each with whether it is a gate or an authorization."""
    for ruled in (*part.gates, *part.ways):
        yield ruled, True
    for claim in part.claims:
        yield claim.ground, False
        for lift in claim.overcome_by:
            yield lift, True


def _beyond_facts(tree: Tree | Joined) -> bool:
    """Say whether all that keeps a tree open is what no fact answers: law that is not modeled, sources that differ."""
    if isinstance(tree, Leaf):
        return True
    if isinstance(tree, Joined):
        return all(map(_beyond_facts, tree.parts))
    asks = tree.fact.startswith(("not_modeled:", "conflict:", "other_regime:"))
    return asks and _beyond_facts(tree.yes) and _beyond_facts(tree.no)


def _findings(tree: Tree | Joined) -> Iterator[Finding]:
    """Walk through the findings of a tree, on every path."""
    if isinstance(tree, Leaf):
        yield tree.finding
    else:
        for inner in tree.parts if isinstance(tree, Joined) else (tree.yes, tree.no):
            yield from _findings(inner)


def _speaks(finding: Finding, *, gate: bool) -> bool:
    if gate:
        return finding.value < TOP
    return finding.value >= value(Outcome.LICENSE_REQUIRED) or bool(finding.duties or finding.red_flags)


def _untested(reached: Reached) -> Iterator[Problem]:
    """Find rules that no case makes speak, or none leaves silent."""
    sections = [rule.section for regime in RULED for rule in rules(regime) if rule.section != WHAT_IF]
    for section in dict.fromkeys([*sections, RECORDS]):
        for side, count in (("speaks", reached.speaks), ("is silent", reached.silent)):
            if not count[section] and not (side == "speaks" and section in UNTOLD):
                yield Problem(f"there is no case in which it {side}", section)
