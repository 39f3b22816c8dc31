"""An answer: a range of outcomes with the reasons for both ends, what keeps it open, and what would close it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from licet.model.outcome import REFER, Outcome, Policy, outcome_of, policy_of

if TYPE_CHECKING:
    from datetime import date

    from licet.model.act import Act
    from licet.model.outcome import Because


class Span(NamedTuple):
    """The least and the greatest value that an answer can have."""

    low: int
    high: int

    @property
    def at_least(self) -> Outcome:
        """The mildest outcome that is possible."""
        return outcome_of(self.low)

    @property
    def at_most(self) -> Outcome:
        """The strictest outcome that is possible."""
        return outcome_of(self.high)

    @property
    def decided(self) -> bool:
        """Whether both ends have the same outcome."""
        return self.at_least is self.at_most

    @property
    def outcome(self) -> str:
        """The outcome where both ends agree, else REFER."""
        return self.at_least.name if self.decided else REFER

    @property
    def policy(self) -> Policy | None:
        """The review policy: that of the lower end where only the policy is open."""
        return policy_of(self.low) or (policy_of(self.high) if not self.decided else None)

    def over(self, other: Span) -> Span:
        """Return the span that holds both."""
        return Span(min(self.low, other.low), max(self.high, other.high))


class Reason(NamedTuple):
    """One ground with what it says: a requirement, a release, a gate; and what overcomes it."""

    section: str
    step: int
    subject: str
    """Whom or what it is about: the item, the party, the entry."""
    span: Span
    says: str
    cites: tuple[str, ...]
    facts: tuple[str, ...] = ()
    """The facts that it read, as `path: value`."""
    authority: str = ""
    reasons: tuple[str, ...] = ()
    overcome_by: tuple[Reason, ...] = ()
    applies: bool = True
    """False for an authorization that does not apply."""
    authorizes: bool = False
    """Whether it overcomes a requirement, rather than making one."""
    closes: bool = False
    """Whether it is a gate that ends the question: no export, or not subject to the regulations."""
    title: str = ""
    """What the section is called."""


class Choice(NamedTuple):
    """One answer to a missing fact, and what the range would then be."""

    value: str
    span: Span


class Missing(NamedTuple):
    """A fact that keeps the range open."""

    path: str
    question: str
    because: Because
    choices: tuple[Choice, ...] = ()
    term: str = ""
    moves: bool = True
    """Whether some answer to it alone moves the range."""
    settles: bool = False
    """Whether some answer to it alone settles the outcome."""
    can_be_asked: bool = True
    """False where it was asked and cannot be known."""


class Notice(NamedTuple):
    """A measure beside the answer: a statement without legal force, or a measure that is to come."""

    id: str
    status: str
    day: date | None
    title: str
    what: str
    cites: tuple[str, ...]
    span: Span | None = None
    """The range if it were in force; None where it cannot decide."""


class Open(NamedTuple):
    """A change that is due after the last verified day, and what the answer is with and without it."""

    ids: tuple[str, ...]
    day: date
    title: str
    came: Span
    stayed_away: Span

    @property
    def same(self) -> bool:
        """Whether the outcomes are the same either way; the review policy may differ."""
        return (self.came.at_least, self.came.at_most) == (self.stayed_away.at_least, self.stayed_away.at_most)


class Regime(NamedTuple):
    """The range of one regime."""

    name: str
    span: Span


class Standing(NamedTuple):
    """How one license exception stands for an act."""

    symbol: str
    section: str
    word: str
    """available: claimed, and all that it asks is known · candidate · unavailable."""
    says: str
    cites: tuple[str, ...]


class Versions(NamedTuple):
    """What the answer was made with."""

    licet: str
    book: str
    lists: str
    lists_issued: date
    what_ifs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What licet says of one act under the law of one day."""

    kind: str
    span: Span
    requirement: Span
    """The range before anything that overcomes a requirement."""
    as_of: date
    known_as_of: date | None
    date_from: str
    """Where `as_of` comes from: `asked`, the path of the act's own date, or `today`."""
    verified_through: date
    exact: bool
    """False where the search for the exact range ran out of its budget: the range is sound, but may be too wide."""
    refer_because: tuple[Because, ...]
    regimes: tuple[Regime, ...]
    requirements: tuple[Reason, ...]
    prohibitions: tuple[Reason, ...]
    authorizations: tuple[Reason, ...]
    clearances: tuple[Reason, ...]
    """Gates that closed and grounds that were evaluated and give no requirement."""
    missing: tuple[Missing, ...]
    not_modeled: tuple[str, ...]
    conflicts: tuple[str, ...]
    red_flags: tuple[str, ...]
    duties: tuple[str, ...]
    exceptions: tuple[Standing, ...]
    """How the license exceptions stand; empty where nothing requires a license."""
    announcements: tuple[Notice, ...]
    pending: tuple[Notice, ...]
    unverified: tuple[Open, ...]
    notes: tuple[str, ...]
    papers: tuple[str, ...]
    records: str
    versions: Versions
    act: Act
    """The act as it was stated."""
    what_if: Answer | None = None
    """The same act under the what-if; then this answer is the real one."""
    next: Missing | None = field(default=None)

    @property
    def outcome(self) -> str:
        """The outcome's name, or REFER where the range is open."""
        return self.span.outcome

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical form: a kept answer replays to the same digest from the same versions."""
        from licet.model.digest import digest

        return digest(self)

    @property
    def authorities(self) -> tuple[str, ...]:
        """The measures, exceptions and licenses that authorize or release, in the order of the steps."""
        return tuple(dict.fromkeys(reason.authority for reason in self.authorizations if reason.authority))
