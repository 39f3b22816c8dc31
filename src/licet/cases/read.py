"""Case files to cases: every key known, every word from its closed list, everything that is wrong in one pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from licet.formats.act import act_from_node
from licet.formats.node import LIST, MAP, SCALAR, Limits, Node
from licet.formats.read import compose
from licet.formats.value import Refusal, parse_day, shown
from licet.model import vocabulary
from licet.model.errors import FactsError, Problem, printable
from licet.model.measure import Status
from licet.model.outcome import REFER, Because, Outcome, Policy

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from licet.model.act import Act

CASE_LIMITS = Limits(size=4_000_000, nodes=400_000)
"""Limits of one file of cases."""
ACT, JURISDICTION, STATUS, DUTY = "act", "jurisdiction", "status", "duty"
KINDS = (ACT, JURISDICTION, STATUS, DUTY)
OPEN = "open"
"""The word for a question of jurisdiction or of records that the facts leave open."""
YES_NO = ("yes", "no")
EXCEPTIONS = ("candidate", "available", "unavailable")


class Key(NamedTuple):
    """One key of `expect`: what may stand there."""

    words: tuple[str, ...] = ()
    """The closed list; empty for any text."""
    several: bool = True
    """Whether a list may stand there."""
    answer: bool = False
    """Whether it is an answer of its own, which can be open or wrong, and not a detail beside the answer."""


_OUTCOMES = (*(outcome.name for outcome in Outcome), REFER)
_STATUSES = tuple(map(str, Status))
_BESIDE = {"missing": Key(), "not_modeled": Key()}
EXPECT: dict[str, dict[str, Key]] = {
    ACT: {
        "outcome": Key(_OUTCOMES, several=False, answer=True),
        "accept": Key(_OUTCOMES),
        "authority": Key(),
        "review_policy": Key(tuple(policy.name for policy in Policy), several=False),
        "reasons": Key(),
        "not_reasons": Key(),
        "red_flag": Key(YES_NO, several=False),
        "duties": Key(),
        "announcements": Key(),
        "pending": Key(),
        "refer_because": Key(tuple(map(str, Because))),
        "exceptions": Key(EXCEPTIONS),
        **_BESIDE,
    },
    JURISDICTION: {
        "subject": Key((*YES_NO, OPEN), several=False, answer=True),
        "accept": Key((*YES_NO, OPEN)),
        **_BESIDE,
    },
    STATUS: {
        "status": Key(_STATUSES, several=False, answer=True),
        "accept": Key(_STATUSES),
        "legal_force": Key(YES_NO, several=False, answer=True),
        "complied": Key(YES_NO, several=False, answer=True),
        "term_over": Key(YES_NO, several=False, answer=True),
    },
    DUTY: {
        "keep_until": Key(several=False, answer=True),
        "may_destroy": Key((*YES_NO, OPEN), several=False, answer=True),
        "missing": Key(),
    },
}
"""The keys of `expect` by the kind of case; the first one is required, of a duty any."""
CASE_KEYS = (
    "id", "family", "kind", "as_of", "known_as_of", "on_ground", "act", "measure", "expect", "source", "note",
)  # fmt: skip
SOURCE_KEYS = ("kind", "cites", "checked")


class Source(NamedTuple):
    """Where the expected answer comes from."""

    kind: str
    cites: tuple[str, ...]
    checked: str
    """seen or memory."""


class KnownAnswer(NamedTuple):
    """One case: what is asked, and what the law says of it."""

    id: str
    family: str
    kind: str
    as_of: date
    known_as_of: date | None
    ground: str
    """The one ground that is asked, or empty for the whole act."""
    act: Act | None
    """None for a status."""
    measure: str
    """Only of a status."""
    answers: Mapping[str, tuple[str, ...]]
    """What must come out, by key; more than one word where others are accepted as well."""
    details: Mapping[str, tuple[str, ...]]
    """What must stand beside the answer, by key; an empty list asks for none. An exception is `SYMBOL: word`."""
    source: Source
    note: str
    file: str
    line: int


def read_cases(text: str, file: str = "") -> list[KnownAnswer]:
    """Read one file of cases.

    Args:
        text: The text of a YAML or JSON file: a list of cases.
        file: What messages call it.

    Returns:
        The cases in the order of the file.

    Raises:
        FactsError: The file is refused; every problem is named with its place.
    """
    problems: list[Problem] = []
    root = compose(text, file, limits=CASE_LIMITS, problems=problems)
    reading = _Reading(file, problems)
    cases = []
    if root is None or root.kind != LIST:
        reading.problems.append(Problem("a file of cases is a list of cases", file, root.line if root else 1))
    else:
        cases = [case for case in map(reading.case, root.items) if case is not None]
    if reading.problems:
        raise FactsError(*sorted(reading.problems, key=lambda one: (one.line, one.column)))
    return cases


def no_twins(cases: Collection[KnownAnswer]) -> None:
    """Refuse two cases of the same id, in one file or in two.

    Raises:
        FactsError: names the second place.
    """
    first: dict[str, KnownAnswer] = {}
    twins = [
        Problem(
            f"there is a case {case.id} already, in {first[case.id].file}:{first[case.id].line}", case.file, case.line
        )
        for case in cases
        if first.setdefault(case.id, case) is not case
    ]
    if twins:
        raise FactsError(*twins)


class _Reading:
    """One pass over the nodes of one file."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file, self.problems = file, problems
        self.where = ""
        """The id of the case that is read, for messages."""

    def refuse(self, node: Node, field: str, refusal: Refusal) -> None:
        path = ".".join(part for part in (self.where, field) if part)
        self.problems.append(Problem(refusal.message, self.file, node.line, node.column, path, *refusal[1:]))

    def case(self, node: Node) -> KnownAnswer | None:
        """Read one case; None where something of it is refused."""
        before = len(self.problems)
        self.where = ""
        if not self.keys(node, "", CASE_KEYS, ("id", "as_of", "expect", "source")):
            return None
        self.where = self.text(node, "id")
        kind = self.text(node, "kind", KINDS) or ACT
        as_of = self.day(node, "as_of")
        known = self.day(node, "known_as_of")
        act = self.act(node, kind)
        answers, details = self.expect(node, kind)
        source = self.source(node)
        if len(self.problems) > before or as_of is None:
            return None
        return KnownAnswer(
            self.where,
            self.text(node, "family") or self.where,
            kind,
            as_of,
            known,
            self.text(node, "on_ground"),
            act,
            self.text(node, "measure"),
            answers,
            details,
            source,
            self.text(node, "note"),
            self.file,
            node.line,
        )

    def keys(self, node: Node, field: str, known: Collection[str], required: Collection[str]) -> bool:
        """Say whether a node is a mapping with known keys and all that it must have."""
        if node.kind != MAP:
            self.refuse(node, field, Refusal(f"found {_what(node)}, where a mapping is expected", ", ".join(known)))
            return False
        before = len(self.problems)
        for key in node.keys:
            if key.text not in known:
                near = vocabulary.nearest(key.text, known)
                path = f"{field}.{key.text}".strip(".")
                self.refuse(key, path, Refusal(f"there is no key {shown(key.text)} here", ", ".join(known), near))
        for name in required:
            if node.find(name) is None:
                self.refuse(node, f"{field}.{name}".strip("."), Refusal("is missing"))
        return len(self.problems) == before

    def word(self, node: Node, field: str, words: Collection[str] = ()) -> str:
        """Read one word, of a closed list where there is one."""
        if node.kind != SCALAR or node.null or not node.text.strip():
            self.refuse(node, field, Refusal(f"found {_what(node)}, where one word is expected", ", ".join(words)))
        elif words and node.text not in words:
            near = vocabulary.nearest(node.text, words)
            self.refuse(node, field, Refusal(f"found {shown(node.text)}", ", ".join(words), near))
        return printable(node.text)

    def text(self, case: Node, key: str, words: Collection[str] = ()) -> str:
        node = case.find(key)
        return "" if node is None else self.word(node, key, words)

    def day(self, case: Node, key: str) -> date | None:
        node = case.find(key)
        if node is None:
            return None
        day = parse_day(node.text)
        if isinstance(day, Refusal):
            self.refuse(node, key, day)
            return None
        return day

    def act(self, node: Node, kind: str) -> Act | None:
        """Read the act of a case; a status has a measure in its place."""
        here, other = ("measure", "act") if kind == STATUS else ("act", "measure")
        stray, act = node.find(other), node.find(here)
        if stray is not None:
            self.refuse(stray, other, Refusal(f"a case of kind {kind} has no {other}", todo=f"It has {here}."))
        if act is None:
            self.refuse(node, here, Refusal(f"a case of kind {kind} without {here}"))
        elif kind != STATUS:
            try:
                return act_from_node(act, self.file)
            except FactsError as error:
                self.problems += error.problems
        return None

    def source(self, case: Node) -> Source:
        node = case.find("source")
        if node is None or not self.keys(node, "source", SOURCE_KEYS, SOURCE_KEYS):
            return Source("", (), "")
        by_key = {key.text: value for key, value in node.pairs()}
        return Source(
            self.word(by_key["kind"], "source.kind"),
            self.words(by_key["cites"], "source.cites"),
            self.word(by_key["checked"], "source.checked", ("seen", "memory")),
        )

    def words(self, node: Node, field: str, words: Collection[str] = ()) -> tuple[str, ...]:
        """Read a list of words, or one word alone; `none` is the empty list."""
        if node.kind == LIST:
            return tuple(self.word(item, field, words) for item in node.items)
        return () if node.text == "none" and node.kind == SCALAR else (self.word(node, field, words),)

    def expect(self, case: Node, kind: str) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
        """Read what a case expects: the answers, and what stands beside them."""
        node, known = case.find("expect"), EXPECT.get(kind, EXPECT[ACT])
        answers: dict[str, tuple[str, ...]] = {}
        details: dict[str, tuple[str, ...]] = {}
        first = next(iter(known))
        if node is None or not self.keys(node, "expect", known, () if kind == DUTY else (first,)):
            return answers, details
        for key, value in node.pairs():
            found = self.expected(value, key.text, known[key.text])
            (answers if known[key.text].answer else details)[key.text] = found
        answers[first] = (*answers.get(first, ()), *details.pop("accept", ()))
        answers = {key: found for key, found in answers.items() if found}
        if not answers:
            self.refuse(node, "expect", Refusal("nothing is expected", ", ".join(known)))
        return answers, details

    def expected(self, node: Node, name: str, key: Key) -> tuple[str, ...]:
        """Read the value of one key of `expect`."""
        field = f"expect.{name}"
        if name == "exceptions" and node.kind == MAP:
            return tuple(f"{symbol.text}: {self.word(one, field, key.words)}" for symbol, one in node.pairs())
        if name == "keep_until" and node.text != OPEN:
            day = parse_day(node.text)
            if isinstance(day, Refusal):
                self.refuse(node, field, day)
            return (node.text,)
        return self.words(node, field, key.words) if key.several else (self.word(node, field, key.words),)


def _what(node: Node) -> str:
    if node.kind != SCALAR:
        return f"a {node.kind}"
    return "nothing" if node.null or not node.text.strip() else shown(node.text)
