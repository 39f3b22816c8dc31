"""What each open fact of a decision can still do: which answers there are, what each would leave, and who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from licet.engine.formula import Domain, Least, Most, bounds, exact, grounds, narrowed, nodes
from licet.engine.values import EVERYTHING, HIGH, LOW, Values, show, words
from licet.law.case import Ruled
from licet.law.rule import SCALE
from licet.model import vocabulary
from licet.model.answer import Span
from licet.model.outcome import TOP, Because, Outcome, value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from licet.decide import Decision
    from licet.engine.formula import Expression

ANSWERABLE = (Because.FACTS, Because.MATCH, Because.LISTS)
"""Kinds of question that a person can answer."""
NUMBERS = frozenset(("number", "integer", "usd", "pct"))
NONE_OF_THESE = "none of these"
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
            if severity(node.low) != severity(node.high) and behind.because in ANSWERABLE and askable(behind.path):
                because.setdefault(behind.path, behind.because)
                facts = found.setdefault(behind.path, [])
                if node.fact not in facts:
                    facts.append(node.fact)
    return [_prospect(states, path, tuple(facts), because[path]) for path, facts in found.items()]


def severity(number: int) -> int:
    """Return the severity of an ordered value, without its policy."""
    return number // value(Outcome(1))


def _prospect(states: Sequence[Decision], path: str, facts: tuple[str, ...], because: Because) -> Prospect:
    choices = tuple(_options(states, path, facts))
    return Prospect(path, because, facts, choices, tuple(forecast(states, choice.leaves) for choice in choices))


def forecast(states: Sequence[Decision], leaves: Mapping[str, Values], *, joined: bool = False) -> Span:
    """Return the range that an answer would leave; without joining it is sound, and may be too wide."""
    spans = []
    for decision in states:
        domain = after(decision, decision.table.full, leaves)
        if joined:
            reached = exact(decision.formula, decision.table, domain)
            spans.append(Span(reached.low, reached.high))
        else:
            spans.append(Span(*bounds(decision.formula, domain)))
    return Span(min(span.low for span in spans), max(span.high for span in spans))


def after(decision: Decision, domain: Domain, leaves: Mapping[str, Values]) -> Domain:
    """Return a domain after an answer."""
    for fact, values in leaves.items():
        number = decision.table.number.get(fact)
        if number is not None:
            domain = narrowed(domain, number, domain.held[number] & mask_of(decision, number, values))
    return domain


def mask_of(decision: Decision, number: int, values: Values) -> int:
    """Return the classes of a fact that some of these values belong to, as bits."""
    return sum(1 << place for place, part in enumerate(decision.table.classes[number]) if part.meet(values))


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
            domains = [after(state, state.table.full, option.leaves) for option in prospect.options]
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
        says = label(path, part) if path in facts else ("any other",)
        yield Option(says, {path: part, **dict.fromkeys(patterns, words("no"))})


def _begins(fact: str) -> tuple[str, ...]:
    """Return what codes begin with that a question names; a pattern without a star is the whole code."""
    return tuple(pattern.replace("*", "…") for pattern in fact.partition("~")[2].split("|"))


def label(path: str, part: Values) -> tuple[str, ...]:
    """Write a class of values as answers, words in the order of the table of facts."""
    row = vocabulary.row(path)
    order = {word: place for place, word in enumerate(row.domain)} if row is not None else {}
    named = [] if part.others else sorted(part.words, key=lambda word: (order.get(word, len(order)), word))
    if row is not None and row.type in NUMBERS:
        spans = [_amounts(low / SCALE, high / SCALE) for low, high in part.spans]
    else:
        spans = [show(Values(spans=(span,))) for span in part.spans]
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
