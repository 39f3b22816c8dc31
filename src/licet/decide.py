"""Decide a case: the formula of every regime over the enriched act, its exact range, and what keeps it open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from licet.engine.formula import Most, alike, copied, exact, fold, index, open_nodes
from licet.law.regimes import parts
from licet.law.rule import At, Rule, Subject, clear, not_subject, prohibit
from licet.law.stock import Resumed
from licet.model.answer import Span

if TYPE_CHECKING:
    from licet.engine.fork import Finding, Node, Tree
    from licet.engine.formula import Expression, Index
    from licet.law.case import Case, Claim, Part, Ruled
    from licet.law.day import LawDay


class Formulas(NamedTuple):
    """The formulas of a decision, without what cannot make a difference."""

    whole: Expression
    bare: Expression
    """Without what overcomes the requirements."""
    regimes: list[tuple[str, Expression]]
    """By regime; of one regime alone, the whole."""

    def alike(self, other: Formulas) -> bool:
        """Say whether they come to the same, whatever the open answers are."""
        if [name for name, _ in self.regimes] != [name for name, _ in other.regimes]:
            return False
        pairs = zip(self.regimes, other.regimes, strict=True)
        return alike(self.bare, other.bare) and all(alike(one, two) for (_, one), (_, two) in pairs)

    def copied(self) -> Formulas:
        """Return the same formulas over trees of their own, which other decisions do not share."""
        made: dict[int, Tree] = {}
        whole = copied(self.whole, made)
        regimes = [(name, whole if one is self.whole else copied(one, made)) for name, one in self.regimes]
        return Formulas(whole, copied(self.bare, made), regimes)


@dataclass(slots=True, eq=False)
class Decision:
    """A decided case."""

    case: Case
    regimes: list[tuple[str, list[Part]]]
    formula: Expression
    table: Index
    span: Span
    requirement: Span
    spans: dict[str, Span]
    """The range of each regime."""
    exact: bool
    open: list[Node]
    """The open questions that can still move the value, in the order of the steps."""
    others: list[Ruled]
    """Listings on lists whose regime has no rules here."""
    formulas: Formulas | None = None
    claims: list[Claim] | None = None
    """The claims of every regime, in the order of the steps, once somebody asked for them (`explain.claims`)."""


def decide(case: Case, ground: str = "") -> Decision:
    """Decide a case.

    Args:
        case: The enriched act with the law of the day.
        ground: Ask on this ground alone, such as `us_ear/744.11`; empty: every regime that the kind of act has.

    Returns:
        The decision. Where nothing could be evaluated its span is the widest, never a clearance.
    """
    return _decided(case, *_formulas(case, ground))


def _formulas(case: Case, ground: str) -> tuple[list[tuple[str, list[Part]]], list[Ruled], Formulas]:
    """Return what every regime asks of a case, what no regime has rules for, and the formulas over both."""
    found = list(parts(case, ground))
    others = [] if ground else _other_regimes(case)
    formulas: list[tuple[str, Expression]] = [
        (regime, fold(Most(tuple(part.formula() for part in list_)))) for regime, list_ in found
    ]
    formulas += [("other", ground_) for ground_ in others]
    if not formulas:
        others = [case.ground(NOTHING, Subject())]
        formulas = [("none", others[0])]
    whole = fold(Most(tuple(formula for _, formula in formulas)))
    if len(formulas) == 1:
        formulas = [(formulas[0][0], whole)]
    bare = fold(Most((*(part.formula(bare=True) for _, list_ in found for part in list_), *others)))
    return found, others, Formulas(whole, bare, formulas)


def _decided(case: Case, found: list[tuple[str, list[Part]]], others: list[Ruled], made: Formulas) -> Decision:
    whole, bare, formulas = made
    table = index(Most((whole, bare, *(formula for _, formula in formulas))), case.stock)
    reached = exact(whole, table)
    required = exact(bare, table)
    spans: dict[str, Span] = {}
    for regime, formula in formulas:
        bound = reached if formula is whole else exact(formula, table)
        spans[regime] = Span(bound.low, bound.high)
    return Decision(
        case,
        found,
        whole,
        table,
        Span(reached.low, reached.high),
        Span(required.low, required.high),
        spans,
        reached.exact and required.exact,
        list(open_nodes(whole, table.full)),
        others,
        made,
    )


def under(decision: Decision, law: LawDay, ground: str) -> Decision | None:
    """Decide a case under a law in which some measures stand otherwise, from what it came to under its own.

    Args:
        decision: The decision under the law of the case.
        law: The other law, of the same book and day.
        ground: What the decision was asked on.

    Returns:
        The decision itself where the measures make no difference to it; None where a look-up hangs on one of them: then
        all has to be done anew.
    """
    first = decision.case
    changed = first.law.otherwise(law)
    if not changed.isdisjoint(first.looked_up):
        return None
    if changed.isdisjoint(first.law.asked):
        return decision
    stock = Resumed(first.stock)
    case = first.under(law, stock)
    found, others, made = _formulas(case, ground)
    if not stock.holds():
        return None
    if decision.formulas is not None and made.alike(decision.formulas):
        return decision
    return _decided(case, found, others, made.copied())


def _other_regimes(case: Case) -> list[Ruled]:
    """Open the range for each listing on a list whose regime has no rules here: never nothing, never a made-up rule."""
    return [
        case.ground(OTHER_REGIME, Subject(party=party, candidate=candidate))
        for party in case.parties
        for candidate in case.candidates.get(party, [])
        if candidate.list not in RULED_LISTS
    ]


def _elsewhere(at: At) -> Finding:
    """Ask what the regime of a list says, which is not modeled here."""
    if not at.listing("same").among("yes"):
        return clear(f"{at.candidate.name} on {at.candidate.list}: another party", *at.candidate.cites())
    says = f"{at.candidate.name} is on a list that no rule here reads. {at.candidate.means or at.candidate.list}"
    if at.open("other_regime", at.candidate.list):
        return prohibit(says, *at.candidate.cites())
    return clear(says, *at.candidate.cites())


def _unknown(at: At) -> Finding:
    """Open the range as wide as it can be: nothing here evaluates the act, which is no clearance."""
    says = "nothing here evaluates this act or this ground"
    return prohibit(says) if at.open("not_modeled", "any regime for this act, or this ground") else not_subject(says)


NOTHING = Rule("none", 1, "Nothing evaluated", ("no text is modeled for it",), _unknown)
OTHER_REGIME = Rule("other_regime", 8, "Lists of other regimes", ("the list itself",), _elsewhere)
RULED_LISTS = ("entity_list", "denied_persons_list", "unverified_list", "meu_list", "supp8_part740")
"""Lists that a regime with rules here reads."""
