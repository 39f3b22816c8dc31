"""What the rules of parts 744 and 746 say of an act, one module of rules alone."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from chart_acts import case_of, classified, simple
from licet.engine.fork import Joined, Leaf
from licet.explain import leaves
from licet.formats.act import read_act
from licet.law.us_ear import part_744_chips, part_744_end_use, part_744_end_user, part_746, part_746_russia
from licet.model.outcome import outcome_of, policy_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from licet.engine.fork import Tree
    from licet.law.case import Case, Ruled
    from licet.model.act import Act

GROUNDS: tuple[Callable[[Case, str], Iterator[Ruled]], ...] = (
    part_744_end_use.grounds,
    part_744_end_use.beyond,
    part_744_chips.grounds,
    part_744_end_user.grounds,
    part_746.grounds,
    part_746_russia.grounds,
)
LATE = date(2026, 7, 23)
NOTHING = "NO_LICENSE_REQUIRED"
REQUIRED = "LICENSE_REQUIRED"
ONE_DAY = timedelta(days=1)


class Word(NamedTuple):
    """What rules say together, as a range."""

    at_least: str
    at_most: str
    policies: tuple[str, str]
    """Review policy at either end; empty where there is none."""
    reasons: frozenset[str]
    asked: frozenset[str]
    because: frozenset[str]
    flags: frozenset[str]

    @property
    def outcome(self) -> str:
        """The outcome, or REFER."""
        return self.at_least if self.at_least == self.at_most else "REFER"


def _begins(section: str, only: str) -> bool:
    """Say whether a section begins as another does, and is not a higher number (744.2, 744.21)."""
    return section.startswith(only) and not section[len(only) :][:1].isdigit()


def trees(facts: dict[str, object], day: date = LATE, only: str = "") -> list[Ruled]:
    """Return the trees of the rules whose section begins as `only` does."""
    case = case_of(facts, day)
    found = [ruled for grounds in GROUNDS for ruled in grounds(case, "items[0]")]
    return [ruled for ruled in found if _begins(ruled.rule.section, only)]


def word(facts: dict[str, object], day: date = LATE, only: str = "") -> Word:
    """Return what the rules of a section say of an act."""
    case = case_of(facts, day)
    found = [ruled for grounds in GROUNDS for ruled in grounds(case, "items[0]") if _begins(ruled.rule.section, only)]
    assert found, f"no rule {only}"
    low, high = max(one.tree.low for one in found), max(one.tree.high for one in found)
    ends = [leaf.finding for one in found for leaf in leaves(one.tree)]
    asked = [case.stock.behind(fact) for one in found for fact in questions(one.tree)]
    return Word(
        outcome_of(low).name,
        outcome_of(high).name,
        (_policy(low), _policy(high)),
        frozenset(reason for end in ends for reason in end.reasons),
        frozenset(one.path for one in asked),
        frozenset(str(one.because) for one in asked),
        frozenset(flag for end in ends for flag in end.red_flags),
    )


def _policy(number: int) -> str:
    policy = policy_of(number)
    return policy.name if policy is not None else ""


def questions(tree: Tree | Joined) -> list[str]:
    """Return the open questions of a tree."""
    if isinstance(tree, Leaf):
        return []
    if isinstance(tree, Joined):
        return [fact for part in tree.parts for fact in questions(part)]
    return [tree.fact, *questions(tree.yes), *questions(tree.no)]


def size(tree: Tree | Joined) -> int:
    """Return the number of leaves."""
    if isinstance(tree, Leaf):
        return 1
    if isinstance(tree, Joined):
        return sum(map(size, tree.parts))
    return size(tree.yes) + size(tree.no)


class ScopeAct(NamedTuple):
    """An act of `law/scope_acts.yaml`: just inside of a limb, or just outside of the section."""

    limb: int
    says: str
    inside: bool
    act: Act
    day: date

    def most(self, section: str) -> int:
        """Return the strictest word that the rules of a section may say of it."""
        case = classified(self.act, self.day)
        found = (one for ask in GROUNDS for one in ask(case, "items[0]"))
        return max((one.tree.high for one in found if _is_of(one.rule.section, section)), default=0)


def _is_of(rule: str, section: str) -> bool:
    return rule == section or rule.startswith((f"{section} ", f"{section}("))


@cache
def _scope_file() -> dict[str, Any]:
    text = (Path(__file__).parent / "law" / "scope_acts.yaml").read_text("utf-8")
    content: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - text only
    return content


def scope_acts(section: str) -> Iterator[ScopeAct]:
    """Walk through the acts of a section: for each limit one inside and one outside."""
    for entry in _scope_file()["acts"]:
        if entry["section"] == section:
            for side in ("inside", "outside"):
                facts = entry["inside"] if entry[side] == "same" else entry[side]
                day = date.fromisoformat(entry.get(f"{side}_as_of", entry.get("as_of")))
                yield ScopeAct(int(entry["limb"]), entry["says"], side == "inside", _with(facts), day)


def _with(facts: dict[str, Any]) -> Act:
    """Return the base act with some facts put in at their paths."""
    base = deepcopy(_scope_file()["base"])
    for path, stated in facts.items():
        here = base
        *steps, last = path.split(".")
        for step in steps:
            name, _, number = step.rstrip("]").partition("[")
            here = here.setdefault(name, [] if number else {})
            if number:
                here.extend({} for _ in range(int(number) + 1 - len(here)))
                here = here[int(number)]
        here[last] = stated
    return read_act(base)


def outcome(eccn: str, to: str, only: str, day: date = LATE, **more: object) -> str:
    """Return the outcome of one section, or REFER."""
    return word(simple(eccn, to, **more), day, f"us_ear/{only}").outcome


def policy(eccn: str, to: str, only: str, day: date = LATE, **more: object) -> str:
    """Return the review policy of one section, which must be decided."""
    low, high = word(simple(eccn, to, **more), day, f"us_ear/{only}").policies
    assert low == high
    return low


def around(day: date, ask: object) -> list[str]:
    """Ask on the day before, the day, and the day after."""
    return [ask(day - ONE_DAY), ask(day), ask(day + ONE_DAY)]  # type: ignore[operator]
