"""A case: one act after every look-up, with the law of one day. All that a regime needs to decide."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from licet.engine.facts import Facts
from licet.engine.fork import Finding, Leaf, Run, fork, fork_ways
from licet.engine.formula import Ground, Least, Most
from licet.law.rule import At, Candidate, Rule, Subject
from licet.model.outcome import Outcome, value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from licet.engine.fork import Joined, Tree
    from licet.engine.formula import Expression
    from licet.law.day import LawDay
    from licet.law.stock import Stock
    from licet.model.act import Act


@dataclass(slots=True, eq=False)
class Ruled(Ground):
    """The tree of one rule over one subject."""

    rule: Rule
    subject: Subject
    asked: tuple[str, ...] = ()
    """Ids of the measures that the rule asked for on some path."""

    def over(self, tree: Tree | Joined) -> Ruled:
        """Return the same ground over a copy of its tree."""
        return Ruled(tree, self.rule, self.subject, self.asked)

    def whole(self) -> Expression:
        """Return what it gives where it overcomes a requirement; an exception is capped by what closes it."""
        return self


@dataclass(slots=True, eq=False)
class Claim:
    """A requirement or prohibition with all that may overcome it."""

    ground: Ruled
    overcome_by: tuple[Ruled, ...] = ()

    def whole(self) -> Expression:
        """Return the requirement capped by what overcomes it."""
        return Least((self.ground, *(one.whole() for one in self.overcome_by))) if self.overcome_by else self.ground


NO_REQUIREMENT = Ground(Leaf(Finding(value(Outcome.NO_LICENSE_REQUIRED), "no ground gives a requirement"), []))
"""What is left where nothing is claimed."""


@dataclass(slots=True, eq=False)
class Part:
    """What is asked over one item, or over the act as a whole: gates, ways to be subject, claims.

    `Least(gates, Most(ways), Most(claims))`: a gate that closes or no way to be subject is the end of it.
    """

    claims: tuple[Claim, ...]
    gates: tuple[Ruled, ...] = ()
    ways: tuple[Ruled, ...] = ()
    beyond: bool = False
    """Whether it is asked of items that are not subject as well: then nothing claimed says nothing."""

    def formula(self, *, bare: bool = False) -> Expression:
        """Return the part's formula; `bare` leaves out what overcomes the claims."""
        claims: Iterable[Expression] = (claim.ground if bare else claim.whole() for claim in self.claims)
        ways = (Most(self.ways),) if self.ways else ()
        none = () if self.beyond else (NO_REQUIREMENT,)
        return Least((*self._gates(), *ways, Most((*none, *claims))))

    def _gates(self) -> Iterator[Expression]:
        """Walk through the gates; one asked over several parties closes where it closes for all of them."""
        by_rule: dict[Rule, list[Ruled]] = {}
        for gate in self.gates:
            by_rule.setdefault(gate.rule, []).append(gate)
        for gates in by_rule.values():
            yield Most(tuple(gates)) if len(gates) > 1 else gates[0]


@dataclass(slots=True, eq=False)
class Case:
    """An act, enriched, and the law of a day.

    Where a list is not stated there is one record about which nothing is known.
    """

    act: Act
    stock: Stock
    law: LawDay
    records: dict[str, tuple[str, ...]]
    """By list: the prefixes of its records."""
    candidates: dict[str, list[Candidate]]
    """By party: the listings that it stands under, or may stand under."""
    touched: dict[str, None] = field(default_factory=dict)
    """Ids of measures that the parties' entries rest on, in force or not: what statements and pending measures are
    about."""
    notes: list[str] = field(default_factory=list)
    kept: dict[str, object] = field(default_factory=dict)
    """What a regime made for the case and may want again, by its name."""
    looked_up: frozenset[str] = frozenset()
    """Ids of the measures that look-ups asked for."""

    _trees: dict[tuple[Rule, Subject], Ruled] = field(default_factory=dict)

    @property
    def items(self) -> tuple[str, ...]:
        """Prefixes of the items."""
        return self.records["items"]

    @property
    def parties(self) -> tuple[str, ...]:
        """Prefixes of the parties."""
        return self.records["parties"]

    @property
    def licenses(self) -> tuple[str, ...]:
        """Prefixes of the licenses held; none where the act does not say."""
        return self.records["licenses"] if self.act.count("licenses") is not None else ()

    def ground(self, rule: Rule, subject: Subject) -> Ruled:
        """Run one rule over one subject and return its tree, the same one each time."""
        key = (rule, subject)
        made = self._trees.get(key)
        if made is None:
            made = self._trees[key] = self._run(rule, subject)
        return made

    def _run(self, rule: Rule, subject: Subject) -> Ruled:
        law, records = self.law, self.records
        of_all = subject.candidate is None
        said = law.said(rule) if of_all else None
        if said is not None:
            leaf, asked = said
            return Ruled(leaf, rule, subject, asked)

        def run(facts: Facts) -> Finding:
            return rule.run(At(facts, law, subject, records))

        def alone(way: Callable[[At], Finding]) -> Run:
            return lambda facts: way(At(facts, law, subject, records))

        before = law.start_log()
        facts = Facts(self.stock, shown_only=rule.authorizes)
        if rule.ways is None:
            tree: Tree | Joined = fork(run, facts)
        else:
            ways = rule.ways
            tree = fork_ways(run, lambda: map(alone, ways(law)), facts)
        log = law.end_log(before)
        if of_all and isinstance(tree, Leaf) and not tree.read and not facts.aside:
            law.keep(rule, tree, log)
        return Ruled(tree, rule, subject, tuple(log.asked))

    def under(self, law: LawDay, stock: Stock) -> Case:
        """Return the case under a law in which some measures stand otherwise, for none of which a look-up had asked.

        Args:
            law: The other law, of the same book and day.
            stock: The facts.

        Returns:
            The case, with the trees of the rules that had asked for none of these measures.
        """
        changed = self.law.otherwise(law)
        kept = {key: made for key, made in self._trees.items() if changed.isdisjoint(made.asked)}
        case = Case(self.act, stock, law, self.records, self.candidates, self.touched, list(self.notes), _trees=kept)
        case.looked_up = self.looked_up
        return case

    def listings(self, party: str, *lists: str) -> list[Candidate]:
        """Return the listings of a party on these lists."""
        return [candidate for candidate in self.candidates.get(party, []) if candidate.list in lists]
