"""Whether the lawbook agrees with itself: its measures, what is compiled from them, the rules, the limits, the cases.

Each check returns problems with the place where they stand; none of them changes anything.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from licet.check import Question, decide_on
from licet.coverage import WHAT_IF, named, rules, unknown
from licet.engine.fork import Leaf
from licet.formats.act import act_from_node
from licet.formats.node import LIST, MAP, Limits
from licet.formats.read import compose
from licet.law.checks import check_book
from licet.law.regimes import RULED
from licet.model.errors import FactsError, LicetError, Problem
from licet.model.outcome import TOP, Outcome, value
from licet.state import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from licet.decide import Decision
    from licet.engine.fork import Finding
    from licet.formats.node import Node
    from licet.law.book import Book
    from licet.law.case import Part, Ruled
    from licet.law.us_ear.sections import Section
    from licet.lists.starter import Starter
    from licet.model.listing import Listing
    from licet.model.measure import Measure
    from licet.sources import Sources

CASE_LIMITS = Limits(size=5_000_000)
"""How much one file of cases may hold."""
_REGISTER = re.compile(r"\d{2} FR \d{1,6}\b")
_NAMING = ("authority", "announcements", "pending")
"""What a case expects that names measures."""
DUTY = "us_ear/762.6"
"""The section that duties are asked on: it has no rule of its own."""


class Case(NamedTuple):
    """One known-answer case, as far as the book's own consistency needs it."""

    id: str
    kind: str
    file: str
    as_of: str
    ground: str
    act: Node | None
    named: frozenset[str]
    """Ids that it names: its measure, authorities, announcements, pending measures."""
    cites: frozenset[str]
    """Pages of the Federal Register that its source cites."""

    def tests(self, measure: Measure) -> bool:
        """Say whether the case names a measure or cites the page where its text begins."""
        return measure.id in self.named or measure.cites[0] in self.cites


class Checked(NamedTuple):
    """What was checked and what was found."""

    problems: tuple[Problem, ...]
    counts: tuple[tuple[str, int], ...]
    """What was looked at, in words, with how many."""
    skipped: tuple[str, ...]
    """What could not be looked at, and why."""


def read_cases(texts: Mapping[str, str]) -> list[Case]:
    """Read files of cases.

    Args:
        texts: The text of each file by its name.

    Returns:
        The cases in their order.

    Raises:
        FactsError: A file cannot be parsed, or is no list of cases.
    """
    cases = []
    for file, text in texts.items():
        root = compose(text, file, limits=CASE_LIMITS)
        if root is None:
            continue
        if root.kind != LIST:
            raise FactsError(Problem("is no list of cases", file, root.line, todo="A file of cases is a YAML list."))
        cases += [_case(node, file) for node in root.items]
    return cases


def _case(node: Node, file: str) -> Case:
    if node.kind != MAP or not _text(node, "id"):
        raise FactsError(Problem("is no case: it has no id", file, node.line))
    expect, source = node.find("expect"), node.find("source")
    names = {word for field in _NAMING for word in _words(expect, field)} | {_text(node, "measure")}
    cites = {page for cite in _words(source, "cites") for page in _REGISTER.findall(cite)}
    known = _text(node, "known_as_of")
    return Case(
        _text(node, "id"),
        _text(node, "kind") or "act",
        file,
        _text(node, "as_of") + (f"@{known}" if known else ""),
        _text(node, "on_ground"),
        node.find("act"),
        frozenset(names - {""}),
        frozenset(cites),
    )


def _text(node: Node | None, key: str) -> str:
    found = node.find(key) if node is not None and node.kind == MAP else None
    return found.text if found is not None else ""


def _words(node: Node | None, key: str) -> list[str]:
    found = node.find(key) if node is not None and node.kind == MAP else None
    if found is None:
        return []
    return [one.text for one in found.items] if found.kind == LIST else [found.text]


def check_law(book: Book, compiled: Mapping[str, tuple[str, str] | None], lists: Starter) -> Checked:
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
    rows = list(_rows(lists))
    problems = [*check_book(book), *_compiled(compiled), *_rules(book), *_sections(book, tested), *_lists(book, rows)]
    counts = (
        ("measures", len(book)),
        ("rules", len(ruled)),
        ("scope tests", len(tested)),
        ("limits", len(limits)),
        ("terms on lists", len(rows)),
    )
    skipped = [f"{name}: its sources are not here" for name, pair in compiled.items() if pair is None]
    conflicting = sum(row.checked == "conflict" for row in rows)
    if conflicting:
        skipped.append(f"first days of {conflicting} terms on lists whose sources differ")
    return Checked(tuple(problems), counts, tuple(skipped))


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


def _rows(lists: Starter) -> Iterator[Listing]:
    """Walk through the terms of every entry."""
    for entry in lists._entries:  # noqa: SLF001 - the table offers no walk over all of its entries
        yield from lists.history(entry)


def resting_on(lists: Starter, measure: str) -> list[Listing]:
    """Return the terms of the entries that rest on a measure."""
    return [row for row in _rows(lists) if row.measure == measure]


def _lists(book: Book, rows: Iterable[Listing]) -> Iterator[Problem]:
    """Find entries whose measure does not exist, or whose first day is not a day of that measure."""
    for row in rows:
        place = f"{row.list}/{row.entry}"
        if row.measure and row.measure not in book:
            yield Problem(f"rests on {row.measure}, which is no measure", place)
        elif row.measure and row.since == row.first and row.checked != "conflict":
            measure = book[row.measure]
            if row.since not in _first_days(measure):
                yield Problem(f"begins on {row.since}, {measure.id} on {measure.in_force_from}", place)


def _first_days(measure: Measure) -> set[object]:
    """Return the days on which an entry may begin: of effect; a statute names companies from its enactment on."""
    days: set[object] = {measure.in_force_from}
    return days | {measure.announced, measure.published} if measure.kind == "statute" else days


class Reached(NamedTuple):
    """How often a section decided a case, on either side."""

    speaks: Counter[str]
    """Cases in which it required, prohibited, released, authorized, closed a gate, or raised a duty or a flag."""
    silent: Counter[str]
    """Cases in which it was asked and had nothing to say."""


def check_cases(cases: Iterable[Case], sources: Sources) -> Checked:
    """Run the cases and find the rules that none of them tests.

    A rule is tested where some case makes it speak and another leaves it silent, both decided, not open. Whether the
    answers are right is what `licet cases run` says.

    Args:
        cases: The cases.
        sources: Lawbook and lists.

    Returns:
        What was found.
    """
    known = list(cases)
    problems = [*_twice(known), *_strange(known, sources.book)]
    reached = Reached(Counter(), Counter())
    for case in known:
        if case.kind == "duty" and case.ground:
            reached.speaks[case.ground] += 1
            reached.silent[case.ground] += 1
        elif case.act is not None:
            problems += _run(case, sources, reached)
    problems += _untested(reached)
    return Checked(tuple(problems), (("cases", len(known)),), ())


def _twice(cases: list[Case]) -> Iterator[Problem]:
    for id_, number in Counter(case.id for case in cases).items():
        if number > 1:
            yield Problem(f"stands {number} times", id_)


def _strange(cases: list[Case], book: Book) -> Iterator[Problem]:
    """Find cases that name a measure which does not exist."""
    for case in cases:
        for id_ in unknown(book, case.named):
            yield Problem(f"names {id_}, which is no measure", case.file, field=case.id)


def _run(case: Case, sources: Sources, reached: Reached) -> list[Problem]:
    """Decide one case and count what spoke; a case that cannot be decided is a problem."""
    if case.act is None:
        return []
    try:
        state = parse(case.as_of)
        act = act_from_node(case.act, case.file)
        if state.day is None:
            raise FactsError(Problem("has no day", case.file, field="as_of"))
        decision = decide_on(act, Question(state.day, state.known, ground=case.ground), sources, sources.book, {})
    except LicetError as error:
        return [Problem(f"cannot be decided: {one}", case.file, field=case.id) for one in error.problems]
    heard = set(_heard(decision))
    reached.speaks.update(section for section, spoke in heard if spoke)
    reached.silent.update(section for section, spoke in heard if not spoke)
    return []


def _heard(decision: Decision) -> Iterator[tuple[str, bool]]:
    """Walk through the rules that a decision settled, each with whether it spoke."""
    for _, parts in decision.regimes:
        for part in parts:
            for ruled, gate in _ruled(part):
                if isinstance(ruled.tree, Leaf):
                    yield ruled.rule.section, _speaks(ruled.tree.finding, gate=gate)


def _ruled(part: Part) -> Iterator[tuple[Ruled, bool]]:
    """Walk through the rules of a part, each with whether it is a gate or an authorization."""
    for ruled in (*part.gates, *part.ways):
        yield ruled, True
    for claim in part.claims:
        yield claim.ground, False
        for lift in claim.overcome_by:
            yield lift, True


def _speaks(finding: Finding, *, gate: bool) -> bool:
    if gate:
        return finding.value < TOP
    return finding.value >= value(Outcome.LICENSE_REQUIRED) or bool(finding.duties or finding.red_flags)


def _untested(reached: Reached) -> Iterator[Problem]:
    """Find rules that no case makes speak, or none leaves silent."""
    todo = "Write one from the cited text, not from the rule."
    sections = [rule.section for regime in RULED for rule in rules(regime) if rule.section != WHAT_IF]
    for section in dict.fromkeys([*sections, DUTY]):
        if not reached.speaks[section]:
            yield Problem("no case in which it says something", section, todo=todo)
        elif not reached.silent[section]:
            yield Problem("no case in which it has nothing to say", section, todo=todo)
