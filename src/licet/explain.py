"""Turn a decision into an answer: reasons from the logs of the rules, missing facts with their forecasts, notices."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from licet.engine.fork import Leaf
from licet.engine.formula import bounds, narrowed, trees
from licet.engine.values import Values, show, words
from licet.law.rule import SCALE
from licet.model import vocabulary
from licet.model.answer import Choice, Missing, Reason, Span
from licet.model.outcome import TOP, Because, Outcome, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from licet.decide import Decision
    from licet.engine.fork import Joined, Node, Tree
    from licet.law.case import Claim, Ruled
    from licet.law.stock import Stock

REQUIRED = value(Outcome.LICENSE_REQUIRED)
PROHIBITED = value(Outcome.PROHIBITED)
_FACTUAL = (Because.FACTS, Because.MATCH, Because.LISTS)


# -- reasons


def leaves(tree: Tree | Joined) -> list[Leaf]:
    """Return the ends of a tree, or of each of several ways, in order."""
    if isinstance(tree, Leaf):
        return [tree]
    found = []
    waiting: list[Tree] = list(trees(tree))[::-1]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Leaf):
            found.append(one)
        else:
            waiting += (one.no, one.yes)
    return found


def reason(
    decision: Decision, ruled: Ruled, overcome_by: tuple[Reason, ...] = (), *, gate: bool = False, brief: bool = False
) -> Reason:
    """Return what one rule says over one subject: at its strictest end, for an authorization at the one that holds."""
    ends = leaves(ruled.tree)
    end = min(ends, key=_value) if ruled.rule.authorizes else max(ends, key=_applying)
    finding = end.finding
    return Reason(
        ruled.rule.section,
        ruled.rule.step,
        subject_name(decision, ruled),
        Span(ruled.tree.low, ruled.tree.high),
        _says(ruled, finding.says),
        finding.cites or (() if ruled.rule.authorizes else ruled.rule.cites),
        tuple(_read(decision.case.stock, end.read[-1:] if brief else end.read)),
        finding.authority,
        finding.reasons,
        overcome_by,
        applies=ruled.tree.low < TOP,
        authorizes=ruled.rule.authorizes,
        closes=gate and ruled.tree.high < TOP,
        title=ruled.rule.title,
    )


def _says(ruled: Ruled, says: str) -> str:
    """Return what a rule says; where its outcome is open, marked as the worst of it (a scope test says so itself)."""
    settled = ruled.tree.low // 10 == ruled.tree.high // 10
    speaks_for_itself = ruled.rule.authorizes or ruled.rule.ways is not None or ruled.rule.section == "other_regime"
    return says if settled or speaks_for_itself else f"open, at worst: {says}"


def _value(leaf: Leaf) -> int:
    return leaf.finding.value


def _applying(leaf: Leaf) -> int:
    """Order the ends of a requirement by strictness, those that do not apply last."""
    return leaf.finding.value if leaf.finding.value < TOP else -1


def _read(stock: Stock, read: list[tuple[str, Values, bool]]) -> Iterator[str]:
    """Write the stated facts that a rule read, once each."""
    seen = set()
    for fact, _, _ in read:
        path = stock.behind(fact).path
        stated = stock.act.get(path)
        if stated is None or path in seen:
            continue
        seen.add(path)
        yield f"{path}: {_plain(stated)}"


def _plain(stated: object) -> str:
    if isinstance(stated, tuple):
        return ", ".join(map(str, stated)) or "none"
    return stated.isoformat() if isinstance(stated, date) else str(stated)


def subject_name(decision: Decision, ruled: Ruled) -> str:
    """Return whom or what a rule was asked over, in the words of the act."""
    act, subject = decision.case.act, ruled.subject
    names = []
    if subject.item and len(decision.case.items) > 1:
        names.append(vocabulary.called(subject.item, act))
    if subject.candidate is not None:
        names.append(subject.candidate.name)
    elif subject.party:
        names.append(vocabulary.called(subject.party, act))
    return " · ".join(names)


def claims(decision: Decision) -> list[Claim]:
    """Return the claims of every regime, in the order of the steps."""
    if decision.claims is None:
        found = {id(claim.ground): claim for _, list_ in decision.regimes for part in list_ for claim in part.claims}
        decision.claims = sorted(found.values(), key=_step)
    return decision.claims


def _step(claim: Claim) -> int:
    return claim.ground.rule.step


def reasons(decision: Decision) -> dict[str, list[Reason]]:
    """Sort every rule's word into requirements, prohibitions, authorizations and clearances."""
    out: dict[str, list[Reason]] = {"requirements": [], "prohibitions": [], "authorizations": [], "clearances": []}
    for _, list_ in decision.regimes:
        for part in list_:
            out["clearances"] += [reason(decision, one, gate=True) for one in part.gates if one.tree.low < TOP]
            ways = [reason(decision, way) for way in part.ways]
            out["clearances"] += [way for way in ways if way.span.low < TOP]
    for claim in claims(decision):
        if claim.ground.tree.high < REQUIRED:
            out["clearances"].append(reason(decision, claim.ground, brief=True))
            continue
        lifts = tuple(_lifts(decision, claim))
        kind = "prohibitions" if claim.ground.tree.high >= PROHIBITED else "requirements"
        out[kind].append(reason(decision, claim.ground, lifts))
        out["authorizations"] += [lift for lift in lifts if lift.span.high < TOP]
    for ground in decision.others:
        out["prohibitions"].append(reason(decision, ground, brief=True))
    out["authorizations"] = list(dict.fromkeys(out["authorizations"]))
    return out


def _lifts(decision: Decision, claim: Claim) -> Iterator[Reason]:
    """Walk through what may overcome a claim; of those that do not apply for the same reason the first alone."""
    seen = set()
    for lift in (reason(decision, ruled) for ruled in claim.overcome_by):
        if lift.applies or (lift.says, lift.cites) not in seen:
            yield lift
        seen.add((lift.says, lift.cites))


def conflicts(decision: Decision) -> tuple[str, ...]:
    """Return where sources differ: what keeps the range open, and what is decided in spite of it."""
    decided = (end.finding.conflict for claim in claims(decision) for end in leaves(claim.ground.tree))
    return tuple(dict.fromkeys((*still_open(decision, Because.CONFLICT), *filter(None, decided))))


def side_notes(decision: Decision) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the red flags and the duties that the findings carry."""
    flags: dict[str, None] = {}
    duties: dict[str, None] = {}
    for claim in claims(decision):
        first, *rest = [end.finding for end in leaves(claim.ground.tree)]
        # What only some ends carry is not certain while the tree is open.
        flags.update((flag, None) for flag in first.red_flags if all(flag in one.red_flags for one in rest))
        duties.update((duty, None) for duty in first.duties if all(duty in one.duties for one in rest))
    return tuple(flags), tuple(duties)


# -- what is open


def still_open(decision: Decision, *kinds: Because) -> list[str]:
    """Return what stands behind the open questions of these kinds, in the order of the steps."""
    stock = decision.case.stock
    behind = (stock.behind(node.fact) for node in decision.open)
    return list(dict.fromkeys(one.path.removesuffix(" review policy") for one in behind if one.because in kinds))


def refer_because(decision: Decision) -> tuple[Because, ...]:
    """Return the kinds of question that keep the outcome open (those that move only the policy do not count)."""
    if decision.span.decided:
        return ()
    stock = decision.case.stock
    kinds = {stock.behind(node.fact).because for node in decision.open if _moves_outcome(node)}
    return tuple(kind for kind in Because if kind in kinds) or (Because.NOT_MODELED,)


def _moves_outcome(node: Node) -> bool:
    return Span(node.low, node.high).low // 10 != node.high // 10


def missing(decision: Decision) -> tuple[Missing, ...]:
    """Return the facts that keep the range open, each with a forecast per answer; those that move it first."""
    stock = decision.case.stock
    by_path: dict[str, list[str]] = {}
    for node in decision.open:
        behind = stock.behind(node.fact)
        if behind.because in _FACTUAL:
            facts = by_path.setdefault(behind.path, [])
            if node.fact not in facts:
                facts.append(node.fact)
    low, high = bounds(decision.formula, decision.table.full)
    found = [_missing(decision, path, facts, Span(low, high)) for path, facts in by_path.items()]
    return tuple(sorted(found, key=lambda one: not one.moves))


def _missing(decision: Decision, path: str, facts: list[str], now: Span) -> Missing:
    stock = decision.case.stock
    choices = tuple(_choices(decision, path, facts))
    row = vocabulary.row(path, stock.act.kind)
    return Missing(
        path,
        vocabulary.question(path, stock.act) or path,
        stock.behind(facts[0]).because,
        choices,
        row.term if row else "",
        moves=any(choice.span != now for choice in choices),
        settles=any(choice.span.decided for choice in choices),
        can_be_asked=not any(fact in stock.undeterminable for fact in facts),
    )


def _choices(decision: Decision, path: str, facts: list[str]) -> Iterator[Choice]:
    """Walk through the answers to a path that the open questions tell apart, each with the range it would leave."""
    listed = [fact for fact in facts if fact.startswith(f"{path}:")]
    if listed and listed == facts:
        yield from _list_choices(decision, path, facts)
        return
    fact = path if path in facts else facts[0]
    number = decision.table.number[fact]
    for place, part in enumerate(decision.table.classes[number]):
        yield Choice(_label(path, fact, part), _forecast(decision, {fact: 1 << place}))


def _list_choices(decision: Decision, path: str, facts: list[str]) -> Iterator[Choice]:
    """Walk through the words of a list, each taken alone, and none of them."""
    for chosen in (*facts, ""):
        masks = {fact: _mask(decision, fact, words("yes" if fact == chosen else "no")) for fact in facts}
        label = chosen.removeprefix(f"{path}:") if chosen else "none of these"
        yield Choice(label, _forecast(decision, masks))


def _mask(decision: Decision, fact: str, values: Values) -> int:
    parts = decision.table.classes[decision.table.number[fact]]
    return sum(1 << place for place, part in enumerate(parts) if part.meet(values))


def _forecast(decision: Decision, masks: dict[str, int]) -> Span:
    """Return the range with some facts narrowed, bounded without joining: sound, and exact where no fact is shared."""
    domain = decision.table.full
    for fact, mask in masks.items():
        domain = narrowed(domain, decision.table.number[fact], mask)
    return Span(*bounds(decision.formula, domain))


def _label(path: str, fact: str, part: Values) -> str:
    """Write a class of values as an answer: a word, days, an amount, an ECCN of some kind."""
    _, like, patterns = fact.partition("~")
    if like:
        return f"{'one of' if part.words == {'yes'} else 'other than'} {patterns.replace('|', ', ')}"
    if fact.endswith(".us_share"):
        return " or ".join(f"{low / SCALE:g} to {high / SCALE:g} % of US content" for low, high in part.spans)
    row = vocabulary.row(path)
    if row is not None and row.type in {"number", "integer", "usd", "pct"} and part.spans:
        return " or ".join(f"{low / SCALE:g} … {high / SCALE:g}" for low, high in part.spans)
    return show(part)
