"""A case: one act after every look-up, with the law of one day. All that a regime needs to decide."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from licet.engine.facts import Facts
from licet.engine.fork import Finding, Leaf, Run, copied, fork, fork_ways
from licet.engine.formula import Ground, Least, Most
from licet.law.rule import At, Candidate, Rule, Subject
from licet.model.outcome import Outcome, value

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from licet.engine.facts import Seen
    from licet.engine.fork import Joined, Tree
    from licet.engine.formula import Expression
    from licet.law.day import Kept, LawDay
    from licet.law.stock import Stock
    from licet.model.act import Act


class Ruled(Ground):
    """The tree of one rule over one subject, with the ids of the measures that the rule asked for on some path."""

    __slots__ = ("asked", "rule", "subject")

    def __init__(self, tree: Tree | Joined, rule: Rule, subject: Subject, asked: tuple[str, ...] = ()) -> None:
        """Take the tree, and what it is the tree of."""
        super().__init__(tree)
        self.rule, self.subject, self.asked = rule, subject, asked

    def over(self, tree: Tree | Joined) -> Ruled:
        """Return the same ground over a copy of its tree."""
        return Ruled(tree, self.rule, self.subject, self.asked)

    def whole(self) -> Expression:
        """Return what it gives where it overcomes a requirement; an exception is capped by what closes it."""
        return self


class Claim:
    """A requirement or prohibition with all that may overcome it."""

    __slots__ = ("ground", "overcome_by")

    def __init__(self, ground: Ruled, overcome_by: tuple[Ruled, ...] = ()) -> None:
        """Take the requirement and what may overcome it."""
        self.ground, self.overcome_by = ground, overcome_by

    def whole(self) -> Expression:
        """Return the requirement capped by what overcomes it."""
        return Least((self.ground, *(one.whole() for one in self.overcome_by))) if self.overcome_by else self.ground


NO_REQUIREMENT = Ground(Leaf(Finding(value(Outcome.NO_LICENSE_REQUIRED), "no ground gives a requirement"), []))
"""What is left where nothing is claimed."""


class Part:
    """What is asked over one item, or over the act as a whole: gates, ways to be subject, claims.

    `Least(gates, Most(ways), Most(claims))`: a gate that closes or no way to be subject is the end of it.
    """

    __slots__ = ("beyond", "claims", "gates", "ways")

    def __init__(
        self,
        claims: tuple[Claim, ...],
        gates: tuple[Ruled, ...] = (),
        ways: tuple[Ruled, ...] = (),
        *,
        beyond: bool = False,
    ) -> None:
        """Take what is asked; `beyond`: of items that are not subject as well, then nothing claimed says nothing."""
        self.claims, self.gates, self.ways, self.beyond = claims, gates, ways, beyond

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
    _of_items: dict[tuple[Rule, tuple[object, ...]], Kept] = field(default_factory=dict)
    """What rules said over an item, and asked for, that read nothing of it: they say the same over every other."""

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
            made = self._trees[key] = self._said(rule, subject) or self._run(rule, subject)
        return made

    def _said(self, rule: Rule, subject: Subject) -> Ruled | None:
        """Return what a rule says of every act of the day, of each item, or has said of an act like this one."""
        if subject.candidate is not None:
            return None
        found = self.law.said(rule)
        if found is not None:
            return Ruled(found.tree, rule, subject, tuple(found.asked))
        found = self._of_items.get((rule, subject[1:]))
        if found is not None:
            return Ruled(found.tree, rule, subject, tuple(found.asked))
        found = self.law.recalled((rule, subject), self._shown if rule.authorizes else self._possible)
        return None if found is None else Ruled(copied(found.tree, {}), rule, subject, tuple(found.asked))

    def _possible(self, fact: str) -> Hashable:
        """Return what a fact can be; which records the act has, where no fact is named."""
        return self.stock[fact] if fact else tuple(self.records.items())

    def _shown(self, fact: str) -> Hashable:
        """Return what a fact can be, and whether it can be known: an authorization has to be shown."""
        return self._possible(fact), fact in self.stock.undeterminable

    def _run(self, rule: Rule, subject: Subject) -> Ruled:
        law, records = self.law, self.records

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
        kept = law.end_log(before, tree)
        if subject.candidate is None:
            self._keep(rule, subject, facts.seen, kept)
        return Ruled(tree, rule, subject, tuple(kept.asked))

    def _keep(self, rule: Rule, subject: Subject, seen: Seen, kept: Kept) -> None:
        """Keep what a rule said, for other items and other acts."""
        if not seen.facts and not seen.records:
            self.law.keep(rule, kept)
            return
        if len(self.items) > 1 and subject.item and not any(subject.item in fact for fact in seen.facts):
            self._of_items[rule, subject[1:]] = kept
        possible = self._shown if rule.authorizes else self._possible
        facts = ("", *seen.facts) if seen.records else seen.facts
        self.law.remember((rule, subject), facts, possible, kept._replace(tree=copied(kept.tree, {})))

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
