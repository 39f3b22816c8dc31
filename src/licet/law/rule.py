"""What a rule is: a small function that asks closed questions, its place in the numbered decision, and its citation.

A rule gets a view (`At`) of one subject and the law of the day. It never sees the act, and never a date.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from licet.engine.fork import Finding
from licet.engine.values import between, other_than, words
from licet.model.errors import LawbookError
from licet.model.outcome import TOP, Outcome, Policy, value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from licet.engine.facts import Facts
    from licet.law.day import LawDay
    from licet.model.listing import Listing

YES = words("yes")
_NOT_SUBJECT, _FREE, _AUTHORIZED = map(value, (Outcome.NOT_SUBJECT, Outcome.NO_LICENSE_REQUIRED, Outcome.AUTHORIZED))
_PROHIBITED = value(Outcome.PROHIBITED)
SCALE = 1_000_000
"""Numbers are kept as whole millionths, so that spans of numbers and of days are the same thing."""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One rule of one regime."""

    section: str
    """Id of the section, such as `us_ear/744.11`."""
    step: int
    """Its number in the decision, 1 to 15."""
    title: str
    cites: tuple[str, ...]
    run: Callable[[At], Finding]
    authorizes: bool = False
    """True where it overcomes a requirement: then what cannot be known counts as not shown."""
    ways: Callable[[LawDay], tuple[Callable[[At], Finding], ...]] | None = None
    """Where the rule says the strictest word of several ways: the ways that the law of a day leaves it, so that open
    facts fork each way by itself and not every way after every other."""

    def __post_init__(self) -> None:
        """Refuse a rule without a citation."""
        if not self.cites:
            raise LawbookError(f"rule {self.section} has no citation; every rule names the text that it reads")


def rule(
    section: str, step: int, title: str, *cites: str, authorizes: bool = False
) -> Callable[[Callable[[At], Finding]], Rule]:
    """Turn a function into a rule of a section; see `Rule` for the arguments."""

    def wrap(run: Callable[[At], Finding]) -> Rule:
        return Rule(section, step, title, cites, run, authorizes)

    return wrap


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A listing that a party may stand under, and how it was found."""

    prefix: str
    """Where its facts lie: `parties[0].listings[0].`."""
    list: str
    name: str
    """Name of the entry."""
    listing: Listing | None = None
    """The entry of the table; None where the act states the listing or nobody looked it up."""
    measure: str = ""
    since: date | None = None
    """First day of the entry, what a savings clause counts from."""
    via: str = ""
    """How the party comes to it, where not by its own name: `employer`, `branch`."""
    cited: tuple[str, ...] = ()
    """Citations of the entry, as far as they were out on the day."""
    means: str = ""
    """What the list is and what being on it generally means, where no rule here reads it."""

    def cites(self) -> tuple[str, ...]:
        """Return the citations of the entry."""
        return self.cited


class Subject(NamedTuple):
    """What a rule is asked over: the act, one item, one party, one listing of a party, one license."""

    item: str = ""
    party: str = ""
    candidate: Candidate | None = None
    license: str = ""


class Fact:
    """One fact, ready to be asked."""

    __slots__ = ("facts", "name")

    def __init__(self, facts: Facts, name: str) -> None:
        """Take the facts and the name of one of them."""
        self.facts, self.name = facts, name

    def among(self, *names: str) -> bool:
        """Say whether the fact is one of these words."""
        return self.facts.holds(self.name, words(*names))

    def outside(self, *names: str) -> bool:
        """Say whether the fact is none of these words."""
        return self.facts.holds(self.name, other_than(*names))

    def has(self, word: str) -> bool:
        """Say whether a list of words has this one."""
        return self.facts.holds(f"{self.name}:{word}", YES)

    def like(self, *patterns: str) -> bool:
        """Say whether a code begins as one of these patterns does (`3A090*`) or equals one without a star."""
        return self.facts.holds(f"{self.name}~{'|'.join(patterns)}", YES)

    def upto(self, day: date) -> bool:
        """Say whether the fact is a day, on or before this one."""
        return self.facts.holds(self.name, between(high=day.toordinal()))

    def upto_number(self, number: float) -> bool:
        """Say whether the fact is a number, not above this one."""
        return self.facts.holds(self.name, between(high=round(number * SCALE)))

    def since(self, day: date) -> bool:
        """Say whether the fact is a day, on or after this one."""
        return self.facts.holds(self.name, between(low=day.toordinal()))


class At:
    """A rule's view: the act, and the item, party, listing or license that the rule is asked over, with the law."""

    __slots__ = ("_records", "facts", "law", "subject")

    def __init__(self, facts: Facts, law: LawDay, subject: Subject, records: Mapping[str, tuple[str, ...]]) -> None:
        """Take the facts, the law of the day, the subject, and the records of the act by their list."""
        self.facts, self.law, self.subject, self._records = facts, law, subject, records

    @property
    def records(self) -> Mapping[str, tuple[str, ...]]:
        """The records of the act by their list."""
        self.facts.seen.records = True
        return self._records

    def act(self, name: str) -> Fact:
        """Return a fact of the act."""
        return Fact(self.facts, name)

    def item(self, name: str) -> Fact:
        """Return a fact of the item."""
        return Fact(self.facts, f"{self.subject.item}.{name}")

    def party(self, name: str) -> Fact:
        """Return a fact of the party."""
        return Fact(self.facts, f"{self.subject.party}.{name}")

    def license(self, name: str) -> Fact:
        """Return a fact of the license held."""
        return Fact(self.facts, f"{self.subject.license}.{name}")

    @property
    def candidate(self) -> Candidate:
        """The listing that the rule is asked over."""
        if self.subject.candidate is None:
            raise LawbookError("a rule about a listing was asked without one")
        return self.subject.candidate

    def listing(self, name: str) -> Fact:
        """Return a fact of the listing."""
        return Fact(self.facts, f"{self.candidate.prefix}{name}")

    def fact(self, name: str) -> Fact:
        """Return any fact by its full name."""
        return Fact(self.facts, name)

    def each(self, path: str) -> tuple[str, ...]:
        """Return the facts that a generic path means here: of the subject's own record, else of every one of the act.

        Args:
            path: Path of a fact; `[]` stands for a record (`parties[].country`, `red_flags[].resolved`).
        """
        group, brackets, rest = path.partition("[]")
        if not brackets:
            return (path,)
        own = {"items": self.subject.item, "parties": self.subject.party}.get(group)
        return (own + rest,) if own else tuple(record + rest for record in self.records.get(group, ()))

    def open(self, because: str, what: str) -> bool:
        """Ask what no fact of the act can answer: `not_modeled`, `conflict` or `other_regime`."""
        subject = self.subject
        where = subject.candidate.prefix if subject.candidate else f"{subject.item} {subject.party}".strip()
        return self.facts.holds(f"{because}:{what}@{where}", YES)


def clear(says: str, *cites: str, red_flags: tuple[str, ...] = (), duties: tuple[str, ...] = ()) -> Finding:
    """Say that a ground gives no requirement."""
    return Finding(_FREE, says, cites, "", (), duties, red_flags)


def require(
    policy: Policy | None, says: str, *cites: str, reasons: tuple[str, ...] = (), conflict: str = ""
) -> Finding:
    """Say that a license is required, reviewed under a policy (None: the text names none)."""
    return Finding(value(Outcome.LICENSE_REQUIRED, policy), says, cites, reasons=reasons, conflict=conflict)


def prohibit(says: str, *cites: str) -> Finding:
    """Say that the act is prohibited."""
    return Finding(_PROHIBITED, says, cites)


def not_subject(says: str, *cites: str) -> Finding:
    """Say that the act or item is outside the regulations."""
    return Finding(_NOT_SUBJECT, says, cites)


def authorize(authority: str, says: str, *cites: str) -> Finding:
    """Say that a named authority overcomes the requirement."""
    return Finding(_AUTHORIZED, says, cites, authority)


def release(authority: str, says: str, *cites: str) -> Finding:
    """Say that a named measure takes the requirement of one ground away."""
    return Finding(_FREE, says, cites, authority)


def not_applicable(says: str, *cites: str) -> Finding:
    """Say that a gate does not close, or that an authorization does not apply."""
    return Finding(TOP, says, cites)
