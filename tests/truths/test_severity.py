"""Severity is monotone along the order that a fact's row declares, ground by ground."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from licet.engine.formula import Most, reach
from licet.formats.act import read_act
from licet.model import vocabulary
from licet.model.outcome import TOP, Outcome, value
from truths.ground import BOOK, Asked, cases, decided, stating, story_acts
from truths.made_up import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from licet.decide import Decision
    from licet.law.case import Ruled
    from licet.model.act import Act
    from licet.model.vocabulary import Row

Ground = tuple[str, ...]
CLEAR = value(Outcome.NO_LICENSE_REQUIRED)
DAYS = tuple(map(date.fromisoformat, ("2018-05-15", "2019-06-30", "2020-09-01", "2025-10-15")))
STEPS = {
    "day": ("2017-01-01", "2018-04-15", "2019-05-16", "2019-06-30", "2020-09-01", "2030-01-01"),
    "pct": ("0", "20", "49.9", "50", "100"),
    "usd": ("0", "100", "5000", "1000000"),
    "number": ("0", "1", "4800", "100000"),
}
"""Values of ordered facts that are no words, upward."""


def ordered() -> list[Row]:
    """Return the facts of which the table declares an order."""
    return [row for row in vocabulary.table().rows if row.order]


def steps(row: Row) -> list[object]:
    """Return values of a fact from lax to strict."""
    if row.order == ("more",):
        words = row.domain[:3]
        return ["none" if row.none else [words[0]], *([*words[: n + 1]] for n in range(len(words)))]
    if row.order in {("up",), ("down",)}:
        upward: list[object] = [*STEPS[row.type]]
        return upward if row.order == ("up",) else upward[::-1]
    return [*row.order]


def places(act: Act, path: str) -> Iterator[str]:
    """Walk through the paths of a fact in an act: one for each record that it can stand in."""
    head, brackets, rest = path.partition("[]")
    if not brackets:
        yield path
        return
    for number in range(act.counts.get(head, 0)):
        yield from places(act, f"{head}[{number}]{rest}")


def grounds(decision: Decision) -> dict[Ground, tuple[int, int]]:
    """Return the bounds of every gate, of the ways to be subject together, of every requirement with its reliefs."""
    found: dict[Ground, tuple[int, int]] = {}
    for regime, parts in decision.regimes:
        for part in parts:
            for gate in part.gates:
                found["gate", *_names(gate)] = reach(gate)
            if part.ways:
                found["ways", regime, part.ways[0].subject.item] = reach(Most(part.ways))
            for claim in part.claims:
                found["claim", *_names(claim.ground)] = reach(claim.whole())
    return found


def _names(ruled: Ruled) -> Ground:
    entry = ruled.subject.candidate
    listed = f"{entry.list} {entry.name} {entry.via}" if entry else ""
    return ruled.rule.section, ruled.rule.title, ruled.subject.item, ruled.subject.party, listed


def lowered(lax: Decision, strict: Decision) -> list[str]:
    """Return the grounds that the stricter value lowers."""
    before, after = grounds(lax), grounds(strict)
    worse = []
    for name in before.keys() | after.keys():
        nothing = (TOP, TOP) if name[0] == "gate" else (CLEAR, CLEAR)
        was, now = before.get(name, nothing), after.get(name, nothing)
        if now[0] < was[0] or now[1] < was[1]:
            worse.append(f"{' '.join(filter(None, name))}: {was} to {now}")
    return worse


def acts() -> list[Asked]:
    """Return the acts of the demo, one of each file of cases, and one that states everything."""
    by_file = {case.file: case.act for case in cases() if not case.ground}
    made = {**story_acts(), **by_file, "made up": read_act(WHOLE)}
    abroad = stating(made["made up"], "activity", "reexport")
    abroad = stating(abroad, "items[0].us_content", [{"eccn": "3A001", "kind": "commodity", "pct": "5"}])
    abroad = stating(abroad, "items[0].made_with", [{"kind": "technology", "eccn": "3E001", "us_origin": "yes"}])
    made["made up, abroad"] = abroad
    made["made up, with an ECCN"] = stating(abroad, "items[0].eccn", "3A001")
    made["made up, to Russia"] = stating(made["made up"], "to", "RU")
    return [Asked(name, act, DAYS[0]) for name, act in made.items()]


AGAINST = {"items[].us_origin": ("us_ear/744.11(a)(2)(i)", "us_ear/744.11(a)(2)(iv)")}
"""Grounds for what is not of US origin, by their text: there US origin, which makes an item subject, is milder."""


def broken(row: Row, asked: Asked) -> Iterator[str]:
    for path in places(asked.act, row.path):
        made = [asked._replace(act=stating(asked.act, path, one)) for one in steps(row)]
        for day in DAYS:
            decisions = [decided(one._replace(day=day)) for one in made]
            for (lax, strict), (low, high) in zip(pairwise(decisions), pairwise(steps(row)), strict=True):
                for worse in lowered(lax, strict):
                    yield f"{asked.name} on {day}: {path} from {low} to {high} lowers {worse}"


@pytest.mark.slow
@pytest.mark.parametrize("row", ordered(), ids=lambda row: f"{row.path} ({'/'.join(row.kinds)})")
def test_a_stricter_value_lowers_no_ground(row: Row) -> None:
    found = [line for asked in acts() if asked.act.kind in row.kinds for line in broken(row, asked)]
    found = [line for line in found if not any(one in line for one in AGAINST.get(row.path, ()))]
    assert not found, f"{len(found)} times\n" + "\n".join(found[:5])


def test_the_order_of_facts_is_declared_for_those_that_decide_the_story() -> None:
    named = {row.path for row in ordered()}
    assert {
        "network.contract", "network.fully_operational", "licenses[].expires", "licenses[].covers", "items[].published",
        "items[].model_public_since", "parties[].listings[].policy", "device.substantial_or_essential",
    } <= named  # fmt: skip


def test_a_stricter_value_can_be_seen_to_count() -> None:
    """The comparison above can fail: each of these facts moves some ground of some act."""
    moved = set()
    for row in ordered():
        for asked in acts()[::2]:
            for path in places(asked.act, row.path) if asked.act.kind in row.kinds else ():
                lax, strict = (stating(asked.act, path, steps(row)[end]) for end in (0, -1))
                for day in DAYS[1:3]:
                    first, last = (decided(Asked("", act, day)) for act in (lax, strict))
                    if lowered(last, first):
                        moved.add(row.path)
    assert len(moved) > 15, sorted(moved)


def test_the_days_lie_in_the_book() -> None:
    assert all(BOOK.first_day <= day <= BOOK.verified_through for day in DAYS)
