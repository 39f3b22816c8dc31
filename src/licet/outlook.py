"""What each open fact of a decision can still do to the outcome: which answers there are, and what each would leave.

A fact matters when some way of answering all the others makes two of its answers lead to different outcomes. It settles
the outcome when one of its answers alone closes the range.
"""

from __future__ import annotations

from itertools import product
from math import prod
from typing import TYPE_CHECKING, NamedTuple

from licet.engine.fork import Finding, Leaf
from licet.engine.formula import Domain, Ground, Least, Most, bounds, exact, grounds, narrowed, nodes, open_nodes
from licet.engine.values import EVERYTHING, HIGH, LOW, Values, show, words
from licet.law.case import Ruled
from licet.law.rule import SCALE
from licet.model import vocabulary
from licet.model.answer import Span
from licet.model.outcome import TOP, Because, Outcome, value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from licet.decide import Decision
    from licet.engine.fork import Node
    from licet.engine.formula import Expression

ANSWERABLE = (Because.FACTS, Because.MATCH, Because.LISTS)
"""Kinds of question that a person can answer."""
BUDGET = 1_000
"""States that one search for two outcomes may visit; beyond it the fact counts as one that matters."""
NUMBERS = frozenset(("number", "integer", "usd", "pct"))
NONE_OF_THESE = "none of these"
ALL_TRIED = 64
"""Up to how many combinations of answers to what rules ask of one fact the search tries all; beyond it fewer."""
SAID = {
    "licenses:held": ("one that covers it", "none"),
    "certified:exporter": ("one made by the exporter by then", "none by the exporter"),
    "certified:recipient": ("one made by the recipient by then", "none by the recipient"),
    "disclosure.of_huawei": ("Huawei, or an affiliate by its entry", "anybody else"),
    "red_flags[0].resolved": ("none, or all are resolved", "one is not resolved"),
    ".issued_by_then": ("on the day of the law or before", "later"),
    ".not_expired": ("on the day of the law or later, or none", "before it"),
    ".not_revoked": ("after the day of the law, or none", "on that day or before"),
    ".within_value_usd": ("at least the value of the items", "less"),
    ".within_quantity": ("at least the quantity of the items", "less"),
    ".at_only": ("anti-terrorism (AT) alone", "another reason"),
    ":any": ("some", "none"),
    ".owners:half": ("listed owners hold 50 percent or more", "they hold less"),
    ".owners:listed": ("a listed owner stands behind it", "none does"),
    ".address:listed": ("an address that is listed itself", "another"),
    ".on:fcc_usf_designated": ("a designated maker", "another maker"),
    ".on:fcc_covered_list": ("another maker on the Covered List", "a maker that is not on it"),
    ".on:s889": ("a maker that section 889 names", "another maker"),
    ".on:fcc_whole_maker": ("Huawei or ZTE", "another maker"),
}
"""What yes and no say of facts that are worked out from others, by their name or the end of it."""
SAME = {
    ".name": ("a listed party", "a party on no list"),
    ".same_as": ("the entry, by its name or id", "none: another"),
    ".employer": ("a listed party", "none, or a party on no list"),
    ".since": ("a day", "no day"),
}
"""What it says that a listing is that of a party, by the end of the path that answers it."""


TOGETHER = ".on:fcc_whole_maker"
"""The end of a fact that says something only together with what else is asked of the same path."""


class Option(NamedTuple):
    """One answer to an open fact, as far as the open questions tell answers apart."""

    says: tuple[str, ...]
    """In words; several that lead to the same."""
    leaves: Mapping[str, Values]
    """What it leaves possible of the facts that rules ask."""


class Why(NamedTuple):
    """Which rules ask a fact, and what its answers do to the first ground that they move."""

    rules: tuple[tuple[int, str], ...]
    """Step and title of each."""
    ground: str = ""
    """Title of the ground."""
    spans: tuple[Span, ...] = ()
    """By option the range of that ground alone."""


class Prospect(NamedTuple):
    """An open path with its answers, and the range that each would leave."""

    path: str
    because: Because
    facts: tuple[str, ...]
    options: tuple[Option, ...]
    spans: tuple[Span, ...]

    @property
    def settles(self) -> bool:
        """Whether some answer alone closes the range, as far as its bounds show."""
        return any(span.decided for span in self.spans)


def prospects(states: Sequence[Decision], askable: Callable[[str], bool]) -> list[Prospect]:
    """Return the paths that are open and can be answered, in the order of the steps.

    Args:
        states: The decisions of one answer: one for each way in which uncertain changes of the law came about.
        askable: Says of a path whether it may be asked.

    Returns:
        The paths on which more than a review policy hangs; whether each one really matters is for `matters` to say.
    """
    found: dict[str, list[str]] = {}
    because: dict[str, Because] = {}
    for decision in states:
        for node in decision.open:
            behind = decision.case.stock.behind(node.fact)
            if _outcome(node.low) != _outcome(node.high) and behind.because in ANSWERABLE and askable(behind.path):
                because.setdefault(behind.path, behind.because)
                facts = found.setdefault(behind.path, [])
                if node.fact not in facts:
                    facts.append(node.fact)
    return [_prospect(states, path, tuple(facts), because[path]) for path, facts in found.items()]


def _outcome(number: int) -> int:
    """Return the severity of an ordered value, without its policy."""
    return number // value(Outcome(1))


def _prospect(states: Sequence[Decision], path: str, facts: tuple[str, ...], because: Because) -> Prospect:
    choices = tuple(_options(states, path, facts))
    return Prospect(path, because, facts, choices, tuple(_forecast(states, choice.leaves) for choice in choices))


def _forecast(states: Sequence[Decision], leaves: Mapping[str, Values], *, joined: bool = False) -> Span:
    """Return the range that an answer would leave; without joining it is sound, and may be too wide."""
    spans = []
    for decision in states:
        domain = _after(decision, decision.table.full, leaves)
        if joined:
            reached = exact(decision.formula, decision.table, domain)
            spans.append(Span(reached.low, reached.high))
        else:
            spans.append(Span(*bounds(decision.formula, domain)))
    return Span(min(span.low for span in spans), max(span.high for span in spans))


def _after(decision: Decision, domain: Domain, leaves: Mapping[str, Values]) -> Domain:
    """Return a domain after an answer."""
    for fact, values in leaves.items():
        number = decision.table.number.get(fact)
        if number is not None:
            domain = narrowed(domain, number, domain.held[number] & _mask(decision, number, values))
    return domain


# -- which fact first


def first(states: Sequence[Decision], found: Sequence[Prospect], askable: Callable[[str], bool]) -> Prospect | None:
    """Return the fact to ask: one that alone settles the outcome, else the first in order that matters.

    Args:
        states: The decisions of one answer.
        found: Its open facts, in the order of the steps.
        askable: Says of a path whether it may be asked.
    """
    settling = [one for one in found if one.settles] or _settling(states, found)
    others = (one for one in found if one not in settling)
    return next((one for one in (*settling, *others) if matters(states, one, askable)), None)


def matters(states: Sequence[Decision], prospect: Prospect, askable: Callable[[str], bool]) -> bool:
    """Say whether two answers to a fact can lead to different outcomes, for some answers to the others."""
    return any(_Search(decision, prospect, askable).finds() for decision in states)


def _settling(states: Sequence[Decision], found: Sequence[Prospect]) -> list[Prospect]:
    """Return the facts of which some answer closes the range once facts are joined on which several rules turn."""
    if not any(decision.table.shared for decision in states):
        return []
    samples = [(decision, list(_samples(decision))) for decision in states]
    return [one for one in found if any(_closes(states, samples, option.leaves) for option in one.options)]


def _closes(
    states: Sequence[Decision], samples: Sequence[tuple[Decision, list[Domain]]], leaves: Mapping[str, Values]
) -> bool:
    """Say whether an answer closes the range: not where two samples differ with it, else by the exact range."""
    reached = {
        _outcome(bounds(decision.formula, _put(decision, sample, leaves))[0])
        for decision, several in samples
        for sample in several
    }
    return len(reached) == 1 and _forecast(states, leaves, joined=True).decided


def _samples(decision: Decision) -> Iterator[Domain]:
    """Walk through a few ways to answer everything, on either side of every outcome that is possible."""
    table = decision.table
    for edge in _edges(decision):
        reaches = _reaches(decision.formula, edge)
        for sign in (1, -1):
            domain = table.full
            while node := next(open_nodes(reaches, domain), None):
                domain = _toward(reaches, domain, node, sign)
            held_all = [classes & -classes for classes in domain.held]
            yield Domain(table, held_all, [ends.bounds(held_all) for ends in table.ends])


def _toward(expression: Expression, domain: Domain, node: Node, sign: int) -> Domain:
    """Return the side of a question on which a formula can be stricter (1) or milder (-1).

    A formula rises with the values of its trees: a fact of one tree is answered by what that tree says, others by the
    bounds of the whole first.
    """
    held = domain.held[node.index]
    parts = [part for part in (held & node.mask, held & ~node.mask) if part]
    trees = [sorted((sign * tree.low, sign * tree.high), reverse=True) for tree in (node.yes, node.no)]
    if len(parts) == 1 or node.index not in domain.table.shared:
        return narrowed(domain, node.index, parts[0] if len(parts) == 1 or trees[0] >= trees[1] else parts[1])
    sides = [narrowed(domain, node.index, part) for part in parts]
    ends = [sorted((sign * end for end in bounds(expression, side)), reverse=True) for side in sides]
    return sides[0] if (ends[0], trees[0]) >= (ends[1], trees[1]) else sides[1]


def _put(decision: Decision, sample: Domain, leaves: Mapping[str, Values]) -> Domain:
    """Return a sample with one answer in place of what it had."""
    for fact, values in leaves.items():
        number = decision.table.number.get(fact)
        if number is not None:
            mask = _mask(decision, number, values)
            sample = narrowed(sample, number, mask & -mask)
    return sample


def _mask(decision: Decision, number: int, values: Values) -> int:
    """Return the classes of a fact that some of these values belong to, as bits."""
    return sum(1 << place for place, part in enumerate(decision.table.classes[number]) if part.meet(values))


def _edges(decision: Decision) -> range:
    """Return the outcomes above the mildest that is possible: between each and the one below lies a decision."""
    low, high = bounds(decision.formula, decision.table.full)
    return range(_outcome(low) + 1, _outcome(high) + 1)


class _Search:
    """Looks for answers to all other facts under which one fact decides whether the act reaches an outcome."""

    def __init__(self, decision: Decision, prospect: Prospect, askable: Callable[[str], bool]) -> None:
        self.decision = decision
        self.own = {decision.table.number[fact] for fact in prospect.facts if fact in decision.table.number}
        self.free = {number for number, fact in enumerate(decision.table.facts) if self._is_free(fact, askable)}
        self.left = BUDGET
        self.sides = list(self._sides(prospect))

    def _is_free(self, fact: str, askable: Callable[[str], bool]) -> bool:
        behind = self.decision.case.stock.behind(fact)
        own = self.decision.table.number[fact] in self.own
        return not own and behind.because in ANSWERABLE and askable(behind.path)

    def _sides(self, prospect: Prospect) -> Iterator[Domain]:
        """Walk through what answers to the fact leave, each different to at least one question."""
        table = self.decision.table
        numbers = sorted(self.own)
        parts = [range(len(table.classes[number])) for number in numbers]
        if any("~" in fact for fact in prospect.facts) or prod(map(len, parts)) > ALL_TRIED:
            yield from (_after(self.decision, table.full, option.leaves) for option in prospect.options)
            return
        for places in product(*parts):
            domain = table.full
            for number, place in zip(numbers, places, strict=True):
                domain = narrowed(domain, number, 1 << place)
            yield domain

    def finds(self) -> bool:
        """Say whether there are such answers, for any outcome within the range."""
        formula, start = self.decision.formula, self.decision.table.full
        edges = _edges(self.decision) if self.own else range(0)
        return any(self._differ(_reaches(formula, edge), start, self.sides) for edge in edges)

    def _differ(self, reaches: Expression, base: Domain, sides: Sequence[Domain]) -> bool:
        """Say whether the sides can come to differ in reaching an outcome; `base` leaves the fact itself open."""
        self.left -= 1
        if self.left < 0:
            return True
        ends = [bounds(reaches, side) for side in sides]
        if max(low for low, _ in ends) > min(high for _, high in ends):
            return True
        if all(low == high for low, high in ends):
            return False
        own, node = self._open(reaches, base)
        if not own or (self._is_forced(reaches, base, 1) and self._is_forced(reaches, base, -1)):
            return False
        if node is None:
            return len({exact(reaches, self.decision.table, side)[:2] for side in sides}) > 1
        number, held = node.index, base.held[node.index]
        return any(
            self._differ(reaches, narrowed(base, number, part), [narrowed(side, number, part) for side in sides])
            for part in (held & node.mask, held & ~node.mask)
        )

    def _is_forced(self, reaches: Expression, domain: Domain, sign: int) -> bool:
        """Say whether what cannot be asked may alone decide that the outcome is reached (1) or is not (-1).

        Where it may do both, the range is as wide however all else is answered.
        """
        while True:
            low, high = bounds(reaches, domain)
            if low == high:
                return (low % value(Outcome(1)) == 0) == (sign > 0)
            asked = self.free | self.own
            fixed: dict[int, Node] = {}
            for node in open_nodes(reaches, domain):
                if node.index not in asked:
                    fixed.setdefault(node.index, node)
            if not fixed:
                return False
            for node in fixed.values():
                domain = _toward(reaches, domain, node, sign)

    def _open(self, reaches: Expression, base: Domain) -> tuple[bool, Node | None]:
        """Say whether a question on the fact itself still makes a difference, and return the first on another fact."""
        own, other = False, None
        for node in open_nodes(reaches, base):
            own = own or node.index in self.own
            other = node if other is None and node.index in self.free else other
            if own and other is not None:
                break
        return own, other


def _reaches(expression: Expression, edge: int) -> Expression:
    """Return the formula cut down to one question: whether its outcome is this one or a stricter one."""
    below, reached = value(Outcome(edge)) - 1, value(Outcome(edge))
    floor, ceiling = (Ground(Leaf(Finding(number, ""), [])) for number in (below, reached))
    return Most((floor, Least((expression, ceiling))))


# -- why


def why(states: Sequence[Decision], prospect: Prospect) -> Why:
    """Return why a fact is asked.

    Args:
        states: The decisions of one answer.
        prospect: The fact.
    """
    rules = {(rule.rule.step, rule.rule.title): None for state in states for rule in _asking(state.formula, prospect)}
    for state in states:
        for ground, claim in _claims(state.formula, prospect):
            domains = [_after(state, state.table.full, option.leaves) for option in prospect.options]
            spans = tuple(Span(*bounds(claim, domain)) for domain in domains)
            if len(set(spans)) > 1 and all(span.high < TOP for span in spans):
                return Why(tuple(rules), ground, spans)
    return Why(tuple(rules))


def _asking(expression: Expression, prospect: Prospect) -> Iterator[Ruled]:
    """Walk through the rules that ask a fact."""
    for ground in grounds(expression):
        if isinstance(ground, Ruled) and any(node.fact in prospect.facts for node in nodes(ground.tree)):
            yield ground


def _claims(expression: Expression, prospect: Prospect) -> Iterator[tuple[str, Expression]]:
    """Walk through the requirements on which a fact bears, each with what overcomes it, and with its title."""
    if isinstance(expression, Most):
        for part in expression.parts:
            yield from _claims(part, prospect)
        return
    made = [ground for ground in grounds(expression) if isinstance(ground, Ruled)]
    inner = [part for part in expression.parts if isinstance(part, Most)] if isinstance(expression, Least) else []
    for part in inner:
        yield from _claims(part, prospect)
    title = next((ground.rule.title for ground in made if not ground.rule.authorizes), "")
    if not inner and title and next(_asking(expression, prospect), None) is not None:
        yield title, expression


# -- answers


def _options(states: Sequence[Decision], path: str, facts: Sequence[str]) -> Iterator[Option]:
    """Walk through the answers that the open questions on a path tell apart.

    A fact that rules ask by its own name has one answer for each class of its values. What they ask of it otherwise
    (is this word in the list, what do several facts add up to) is yes or no: each alone, and none of them.
    """
    if path in facts or any("~" in fact for fact in facts):
        yield from _values(states, path, facts)
        return
    flags = [fact for fact in facts if _is_yes_no(states, fact)]
    together = [fact for fact in flags if fact.endswith(TOGETHER)]
    for chosen in flags:
        also = flags if chosen in together else (chosen,)
        yield Option((_said(path, chosen)[0],), {fact: words("yes" if fact in also else "no") for fact in flags})
    nothing = _said(path, flags[0])[1] if len(flags) == 1 else NONE_OF_THESE
    yield Option((nothing,), dict.fromkeys(flags, words("no")))


def _is_yes_no(states: Sequence[Decision], fact: str) -> bool:
    return all(part.words <= {"yes", "no"} and not part.others and not part.spans for part in _classes(states, fact))


def _classes(states: Sequence[Decision], fact: str) -> list[Values]:
    """Return the classes of a fact, cut by the questions of every state."""
    parts = [EVERYTHING]
    for decision in states:
        number = decision.table.number.get(fact)
        if number is not None:
            parts = [met for part in parts for one in decision.table.classes[number] if (met := part.meet(one))]
    return parts


def _values(states: Sequence[Decision], path: str, facts: Sequence[str]) -> Iterator[Option]:
    """Walk through the classes of a fact; a code is asked by the way it begins as well."""
    patterns = [fact for fact in facts if "~" in fact]
    for part in _classes(states, path) if path in facts else [EVERYTHING]:
        for fact in patterns if part.others else ():
            yield Option(_begins(fact), {path: part, fact: words("yes")})
        says = _label(path, part) if path in facts else ("any other",)
        yield Option(says, {path: part, **dict.fromkeys(patterns, words("no"))})


def _begins(fact: str) -> tuple[str, ...]:
    """Return what codes begin with that a question names; a pattern without a star is the whole code."""
    return tuple(pattern.replace("*", "…") for pattern in fact.partition("~")[2].split("|"))


def _label(path: str, part: Values) -> tuple[str, ...]:
    """Write a class of values as answers, words in the order of the table of facts."""
    row = vocabulary.row(path)
    order = row.domain if row is not None else ()
    named = (
        ()
        if part.others
        else sorted(part.words, key=lambda word: (word not in order, order.index(word) if word in order else 0, word))
    )
    if row is not None and row.type in NUMBERS:
        spans = tuple(_amounts(low / SCALE, high / SCALE) for low, high in part.spans)
    else:
        spans = tuple(show(Values(spans=(span,))) for span in part.spans)
    return (*named, *spans, *(("any other",) if part.others else ()))


def _amounts(low: float, high: float) -> str:
    """Write a span of numbers; beyond the greatest amount there is no end."""
    if low == high:
        return f"{low:,g}"
    if high >= HIGH / SCALE:
        return "any" if low <= LOW / SCALE else f"{low:,g} or more"
    return f"{high:,g} or less" if low <= 0 else f"{low:,g} to {high:,g}"


def _said(path: str, fact: str) -> tuple[str, str]:
    """Return what yes and no say of a fact."""
    if fact.endswith(".same"):
        named = next((said for end, said in SAME.items() if path.endswith(end)), None)
        list_ = fact.rpartition("[")[2].partition("]")[0].partition("/")[0]
        return named or (f"on {list_}", NONE_OF_THESE)
    said = next((said for end, said in SAID.items() if fact.endswith(end)), None)
    if said is not None:
        return said
    head, colon, word = fact.rpartition(":")
    if head.endswith(".on"):
        return (f"on {word.partition('#')[0]}", "not on it")
    return (word if colon else "yes", NONE_OF_THESE if colon else "no")
