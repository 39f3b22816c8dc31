"""License exceptions (part 740): what is claimed, what it overcomes, and which could be claimed. Step (11).

An exception is an authorization over one item. It overcomes a requirement where it is claimed (`exception_claims`, the
look-up before), 740.2 does not close it (`part_740`), its terms are met (`exception_terms`), and no party stands under
an entry of the Entity List that nothing lifts (744.11(a)). What the exporter must know beyond the facts of an act rests
on the word that the conditions are met.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from licet.engine.fork import Joined, Leaf
from licet.engine.formula import Least, Most, reach, trees
from licet.law.case import Claim, Ruled
from licet.law.rule import Rule, Subject, authorize, not_applicable
from licet.law.us_ear.exception_claims import ask, ready
from licet.law.us_ear.exception_terms import SHARED, TERMS, Term, Terms
from licet.law.us_ear.part_740 import SYMBOLS, Limb, limbs
from licet.model.outcome import TOP, Outcome, value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from licet.engine.fork import Finding, Tree
    from licet.engine.formula import Expression
    from licet.law.case import Case
    from licet.law.day import LawDay
    from licet.law.rule import At

REQUIRED = value(Outcome.LICENSE_REQUIRED)
LISTED = ("15 CFR 744.11(a)", "15 CFR 744.16(b)")
SHUT = ("us_ear/744.11", "us_ear/744.11 behind", "us_ear/744.11(a)(1)", "us_ear/744.16(f)")
"""Grounds of listed parties and addresses, which close every exception for all that the item needs a license for."""
OPEN_TO_LISTED = ("us_ear/744.11(a)(2)(i)",)
"""Grounds that leave the exceptions open although they turn on a listed party: direct products of footnote 1."""
HELD = 14
"""The step of licenses held: one of them lifts a requirement, and opens no exception."""
ALL = frozenset(SYMBOLS)
FOR_NATIONAL_SECURITY = frozenset({"GBS", "TSR", "CIV"})
"""Exceptions for requirements that the chart makes for national security alone."""
NOT_BY_CHART = frozenset({"SPP", "RFF"})
"""Exceptions that overcome nothing of the chart and of part 742 (740.5, 740.26(a))."""
BY_NAME_OF_A_PARTY = frozenset({"RFF"})
"""Exceptions for a listed party whose entry points to them: open where one is claimed, never offered."""
GOV = frozenset({"GOV"})
EMBARGOED = ALL - FOR_NATIONAL_SECURITY - {"LVS", "RFF"}
OVERCOME: Mapping[str, frozenset[str]] = {
    "us_ear/738.4 NS": ALL - NOT_BY_CHART,
    "us_ear/738.4": ALL - NOT_BY_CHART - FOR_NATIONAL_SECURITY,
    "us_ear/742.": ALL - NOT_BY_CHART - FOR_NATIONAL_SECURITY,
    "us_ear/742.11": frozenset(),
    "us_ear/90 FR 4615": ALL - NOT_BY_CHART - FOR_NATIONAL_SECURITY,
    "us_ear/744.9": GOV,
    "us_ear/744.11": frozenset({"RFF"}),
    "us_ear/744.11(a)(2)(i)": ALL - NOT_BY_CHART,
    "us_ear/744.17": GOV,
    "us_ear/744.21": GOV,
    "us_ear/744.22": GOV,
    "us_ear/744.23(a)(4)": GOV,
    "us_ear/744.23(a)(3)(ii)": frozenset(),
    "us_ear/744.23(a)(3)": frozenset({"TMP", "NAC", "ACA", "RPL", "GOV", "TSU", "HBM", "AIA", "ACM"}),
    "us_ear/746.2": EMBARGOED,
    "us_ear/746.4": EMBARGOED,
    "us_ear/746.5": frozenset({"GOV", "CCD", "MED"}),
    "us_ear/746.6": EMBARGOED,
    "us_ear/746.8": EMBARGOED,
    "us_ear/746.8(a)(3)": frozenset(),
    "us_ear/746.9": EMBARGOED,
    "us_ear/746.10": frozenset({"GOV", "BAG", "AVS", "CCD", "MED"}),
    "us_ear/746.10(a)(2)": frozenset(),
}
"""Which exceptions can overcome the requirement of a section at all: 740.1(a) for General Prohibitions 1 to 3, and the
paragraph on exceptions of each section of parts 744 and 746. A section that is not named leaves none. The longest name
that a section begins with counts."""


@cache
def overcomes(section: str) -> frozenset[str]:
    """Return the exceptions that can overcome the requirement of a section at all, such as `us_ear/738.4 NS 2`."""
    names = [name for name in OVERCOME if _within(section, name)]
    return OVERCOME[max(names, key=len)] if names else frozenset()


def _within(section: str, name: str) -> bool:
    return section == name or (section.startswith(name) and (name.endswith(".") or section[len(name)] in " ("))


# -- the rules


@cache
def rule_of(symbol: str) -> Rule:
    """Return the rule that offers one exception on the days on which it is one; what closes it is asked beside it."""
    terms = TERMS[symbol]
    cite = f"15 CFR {terms.section}"

    def run(at: At) -> Finding:
        why_gone = gone(terms, at.law)
        if why_gone:
            return not_applicable(f"{symbol}: {why_gone}", cite)
        return authorize(symbol, f"License Exception {symbol}, {terms.title}", cite)

    title = f"License Exception {symbol}: {terms.title}"
    return Rule(f"us_ear/{terms.section}", 11, title, (cite, "15 CFR 740.2"), run, authorizes=True)


def gone(terms: Terms, law: LawDay) -> str:
    """Say why an exception is none on the day; empty where it is one."""
    if terms.since and not law.stands(terms.since):
        return f"not before {law.book[terms.since].in_force_from}"
    return f"removed ({law.book[terms.until].cites[0]})" if terms.until and law.stands(terms.until) else ""


@cache
def limb_rule(limb: Limb) -> Rule:
    """Return the rule of one limb of 740.2, which closes every exception but those that it leaves."""

    def run(at: At) -> Finding:
        if limb.met(at):
            return not_applicable(limb.says, limb.cite)
        return authorize("", f"not: {limb.says}", limb.cite)

    return Rule("us_ear/740.2", 11, "Restrictions on all license exceptions", (limb.cite,), run, authorizes=True)


@cache
def term_rule(term: Term, section: str) -> Rule:
    """Return the rule of one term of an exception."""
    cite = f"15 CFR {section}"

    def run(at: At) -> Finding:
        unmet = term(at)
        return not_applicable(unmet, cite) if unmet else authorize("", "a term that is met", cite)

    return Rule(f"us_ear/{section} terms", 11, "Terms of a license exception", (cite,), run, authorizes=True)


@cache
def closings(symbol: str) -> tuple[Rule, ...]:
    """Return the rules of which each may close an exception: 740.2 first, then its own terms."""
    terms = TERMS[symbol]
    own = (term_rule(term, "740" if term in SHARED else terms.section) for term in terms.terms)
    return (*map(limb_rule, limbs(symbol)), *own)


@cache
def not_stated(symbols: tuple[str, ...]) -> Rule:
    """Return the rule for an act that does not say whether an exception is claimed: any of these may be."""

    def run(at: At) -> Finding:
        if at.item("claimed").among(*symbols):
            says = f"one of the license exceptions that are open: {', '.join(symbols)}"
            return authorize("license exception", says, "15 CFR part 740")
        return not_applicable("no license exception is claimed that is open", "15 CFR part 740")

    return Rule("us_ear/740", 11, "License exceptions", ("15 CFR part 740",), run, authorizes=True)


# -- listed parties


@cache
def closing(rule: Rule) -> Rule:
    """Return the rule that closes every exception where another one finds a listed party (744.11(a))."""

    def shut(way: Callable[[At], Finding]) -> Callable[[At], Finding]:
        def run(at: At) -> Finding:
            found = way(at)
            if found.value < REQUIRED:
                return authorize("", found.says, *found.cites)
            return not_applicable(f"no license exception is open to a listed party: {found.says}", *LISTED)

        return run

    def ways(law: LawDay) -> tuple[Callable[[At], Finding], ...]:
        return tuple(shut(way) for way in rule.ways(law)) if rule.ways is not None else ()

    title = "License exceptions and listed parties"
    return Rule(
        "us_ear/744.11 exceptions",
        11,
        title,
        LISTED,
        shut(rule.run),
        authorizes=True,
        ways=ways if rule.ways is not None else None,
    )


class Excepted(Ruled):
    """An exception that a listed party closes, where it is open whether one does."""

    __slots__ = ("closed_by",)

    def __init__(self, lift: Ruled, closed_by: tuple[Expression, ...]) -> None:
        """Take the exception and what may close it."""
        super().__init__(lift.tree, lift.rule, lift.subject, lift.asked)
        self.closed_by = closed_by

    def whole(self) -> Expression:
        """Return the exception as far as nothing closes it."""
        return Most((self, *self.closed_by))


def whole(lift: Ruled) -> Expression:
    """Return what overcomes a requirement, with what may close it."""
    return lift.whole() if isinstance(lift, Excepted) else lift


# -- what a requirement is overcome by


class Exceptions:
    """The license exceptions of one item of a case.

    Args:
        case: The case, after `part_738.classify` of the item.
        item: Prefix of the item.
        listed: The claims of 744.11 for the item, each with what lifts it.
    """

    def __init__(self, case: Case, item: str, listed: Iterable[Claim] = ()) -> None:
        """Put what is claimed; nothing else is asked yet."""
        self.case, self.item, self.listed = case, item, tuple(listed)
        ready(case, item)
        self.claimed = case.stock[f"{item}.claimed"].words
        self._found: dict[tuple[str, ...], Ruled] = {}
        self._open: dict[str, bool] = {}
        self._closed: bool | None = None

    def lifts(self, section: str) -> tuple[Ruled, ...]:
        """Return the exceptions that overcome the requirement of a section.

        Args:
            section: The section that requires a license, such as `us_ear/738.4 NS 2`.

        Returns:
            The exception that is claimed; where the act does not say, one open question; none where none is claimed, or
            the section knows no exception. Join them by `whole`.
        """
        able = overcomes(section)
        if len(self.claimed) == 1:
            ask_of = self.alone if section in OPEN_TO_LISTED else self.of
            return tuple(ask_of(symbol) for symbol in self.claimed & able)
        symbols = tuple(one for one in SYMBOLS if one in able - BY_NAME_OF_A_PARTY and self.is_open(one))
        return (self._not_stated(symbols),) if symbols else ()

    def of(self, symbol: str) -> Ruled:
        """Return what one exception says of the item, as claimed or as if it were, with the listed parties."""
        key = (symbol,)
        if key not in self._found:
            alone = self.alone(symbol)
            self._found[key] = alone if symbol in BY_NAME_OF_A_PARTY else self._unless_listed(alone)
        return self._found[key]

    def is_open(self, symbol: str) -> bool:
        """Say whether an exception can apply at all."""
        found = self._open.get(symbol)
        if found is None:
            shut = symbol not in BY_NAME_OF_A_PARTY and self._shut()
            found = self._open[symbol] = not shut and reach(whole(self.of(symbol)))[0] < TOP
        return found

    def _shut(self) -> bool:
        """Say whether a listed party closes every exception for certain."""
        if self._closed is None:
            self._closed = any(reach(gate)[0] == TOP for gate in map(self._gate, self.listed))
        return self._closed

    def _gate(self, claim: Claim) -> Least:
        """Return what closes the exceptions for a listed party.

        A license held lifts the requirement that it covers, and brings no exception back.
        """
        gate = self.case.ground(closing(claim.ground.rule), claim.ground.subject)
        return Least((gate, *(one for one in claim.overcome_by if one.rule.step != HELD)))

    def _not_stated(self, symbols: tuple[str, ...]) -> Ruled:
        key = ("", *symbols)
        if key not in self._found:
            self._found[key] = self._unless_listed(self.case.ground(not_stated(symbols), Subject(self.item)))
        return self._found[key]

    def alone(self, symbol: str) -> Ruled:
        """Return what one exception says of the item whoever the parties are: 740.2 and its terms alone."""
        ask(self.case, self.item, symbol, claimed=self.claimed == {symbol})
        subject = Subject(self.item)
        offered = self.case.ground(rule_of(symbol), subject)
        if offered.tree.low == TOP:
            return offered
        parts, asked = list(trees(offered.tree)), dict.fromkeys(offered.asked)
        for rule in closings(symbol):
            piece = self.case.ground(rule, subject)
            asked.update(dict.fromkeys(piece.asked))
            if piece.tree.low == TOP:
                return Ruled(_shut(symbol, piece), offered.rule, subject, tuple(asked))
            if piece.tree.high == TOP:
                parts += trees(piece.tree)
        tree = offered.tree if len(parts) == 1 else Joined(tuple(parts))
        return Ruled(tree, offered.rule, subject, tuple(asked))

    def _unless_listed(self, lift: Ruled) -> Ruled:
        """Close an exception for each listed party, unless what lifts 744.11 for it opens the exceptions again."""
        closed: list[Expression] = []
        for claim in self.listed if lift.tree.low < TOP else ():
            whole_gate = self._gate(claim)
            low, high = reach(whole_gate)
            if low == TOP:
                return self.case.ground(closing(claim.ground.rule), claim.ground.subject)
            if high == TOP:
                closed.append(whole_gate)
        return Excepted(lift, tuple(closed)) if closed else lift


def kept(case: Case, item: str) -> Exceptions | None:
    """Return the exceptions of an item, where the decision has asked for them already."""
    made = case.kept.get(f"exceptions {item}")
    return made if isinstance(made, Exceptions) else None


def of_claims(case: Case, item: str, claims: Iterable[Claim]) -> Exceptions:
    """Return the exceptions of an item, closed by those of its claims that are for listed parties."""
    made = kept(case, item)
    if made is not None:
        return made
    found = Exceptions(case, item, (claim for claim in claims if claim.ground.rule.section in SHUT))
    case.kept[f"exceptions {item}"] = found
    return found


def with_exceptions(case: Case, item: str, claims: Iterable[Claim]) -> Iterator[Claim]:
    """Walk through the claims of an item, each with the exceptions that overcome it beside what does already.

    Args:
        case: The case, after `part_738.classify` of the item.
        item: Prefix of the item; empty where the act has none, then nothing is added.
        claims: All claims of steps (6) to (10) for the item.
    """
    whole_list = list(claims)
    found = of_claims(case, item, whole_list) if item else None
    for claim in whole_list:
        required = found is not None and claim.ground.tree.high >= REQUIRED
        lifted = found.lifts(claim.ground.rule.section) if found is not None and required else ()
        yield Claim(claim.ground, (*claim.overcome_by, *lifted)) if lifted else claim


def _shut(symbol: str, piece: Ruled) -> Leaf:
    """Return the end of an exception that a limb or a term closes, with what it read."""
    end = next(ends(piece.tree))
    return Leaf(not_applicable(f"{symbol} is not open: {end.finding.says}", *end.finding.cites), end.read)


def ends(tree: Tree | Joined) -> Iterator[Leaf]:
    """Walk through the ends of a tree."""
    for one in trees(tree):
        if isinstance(one, Leaf):
            yield one
        else:
            yield from ends(one.yes)
            yield from ends(one.no)
