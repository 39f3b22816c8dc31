"""Acts with foreign-made items, and what steps (3) and (4) say of them alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from licet.engine.fork import Node
from licet.enrich import enrich
from licet.enrich.content import content
from licet.enrich.parties import Lookup
from licet.enrich.production import entities, production
from licet.explain import leaves
from licet.formats.act import read_act
from licet.law.day import LawDay
from licet.law.rule import Subject
from licet.law.us_ear import part_734_4, part_734_9, part_738
from licet.model.outcome import TOP, Outcome, outcome_of, policy_of
from licet.sources import open_sources
from licet.state import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from licet.engine.fork import Joined, Tree
    from licet.law.case import Case
    from licet.law.rule import Rule

    Facts = Mapping[str, object]

SOURCES = open_sources(State(None))
ITEM = "items[0]"
HUAWEI = "Huawei Technologies Co., Ltd."
HISILICON = "HiSilicon Technologies Co., Ltd (HiSilicon)"
NO, YES, OPEN, SAVED = "no", "yes", "open", "saved"


class Said(NamedTuple):
    """What the ways to be subject say together."""

    subject: str
    """yes, no, open, or saved: reached, and lifted by a savings clause."""
    asked: frozenset[str]
    """Paths or sections that the open questions lead to."""
    because: frozenset[str]
    texts: tuple[str, ...]


def foreign(to: str = "CN", /, item: Facts | None = None, **more: object) -> dict[str, object]:
    """Return a reexport of one item that nothing of US origin is in or behind, to a party on no list.

    Args:
        to: Destination.
        item: What is stated of the item beside that.
        more: What is stated of the act beside that; `leaves_from` is the country that it leaves.
    """
    one = {"name": "it", "kind": "commodity", "eccn": "3A991", "us_origin": "no", "us_content": [], "made_with": []}
    party = {"role": ["ultimate_consignee", "end_user"], "name": "U", "country": to, "listings": []}
    return {
        "kind": "export",
        "activity": "reexport",
        "from": more.pop("leaves_from", "TW"),
        "to": to,
        "items": [{**one, **(item or {})}],
        "parties": [party],
        "dates": {"en_route_since": "none"},
        "end_use": {"known": "none"},
        "knowledge": {"footnote1_party": "no", "footnote4_party": "no", "footnote5_party": "no"},
        **more,
    }


def foreign_case(act: dict[str, object], day: date) -> Case:
    """Return the case of an act with the facts of steps (3) and (4) put."""
    case = enrich(read_act(act), LawDay(SOURCES.book, day), SOURCES.lists)
    look_up = Lookup(case, SOURCES.lists, assume_complete=False)
    entities(case)
    for item in case.items:
        part_738.classify(case, item)
        content(case, item)
        production(case, look_up, item)
    return case


def say(act: dict[str, object], day: date, rules: Iterable[Rule]) -> Said:
    """Return what rules of jurisdiction say together of the item of an act."""
    case = foreign_case(act, day)
    trees = [case.ground(rule, Subject(ITEM)).tree for rule in rules]
    low, high = max(tree.low for tree in trees), max(tree.high for tree in trees)
    words = {0: NO, TOP: YES}
    word = words.get(low, SAVED) if low == high else OPEN
    behind = [case.stock.behind(fact) for tree in trees for fact in _asked(tree)]
    texts = tuple(leaf.finding.says for tree in trees for leaf in leaves(tree))
    return Said(word, frozenset(one.path for one in behind), frozenset(str(one.because) for one in behind), texts)


def by_content(act: dict[str, object], day: date) -> Said:
    """Return what 734.4 says of an act."""
    return say(act, day, part_734_4.RULES)


def by_production(act: dict[str, object], day: date, only: str = "") -> Said:
    """Return what 734.9 says of an act; `only` takes the rules of one paragraph."""
    return say(act, day, [rule for rule in part_734_9.RULES if rule.section.endswith(only)])


def required(act: dict[str, object], day: date) -> tuple[str, str]:
    """Return the outcome and the policy that 744.11(a)(2) asks for, at the strictest end."""
    case = foreign_case(act, day)
    high = max(case.ground(rule, Subject(ITEM)).tree.high for rule in part_734_9.REQUIREMENTS)
    policy = policy_of(high) if outcome_of(high) is Outcome.LICENSE_REQUIRED else None
    return outcome_of(high).name, policy.name if policy else ""


def _asked(tree: Tree | Joined) -> Iterator[str]:
    if isinstance(tree, Node) and tree.low != tree.high:
        yield tree.fact
        yield from _asked(tree.yes)
        yield from _asked(tree.no)
