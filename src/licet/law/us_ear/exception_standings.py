"""How the license exceptions stand for an act, beside the decision: which could be claimed, which not, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from licet.engine.formula import reach
from licet.law.us_ear.exception_terms import TERMS
from licet.law.us_ear.exceptions import BY_NAME_OF_A_PARTY, REQUIRED, ends, gone, overcomes, whole
from licet.law.us_ear.part_740 import SYMBOLS
from licet.model.answer import Standing
from licet.model.outcome import TOP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from licet.law.case import Claim
    from licet.law.us_ear.exceptions import Exceptions

AVAILABLE, CANDIDATE, UNAVAILABLE = "available", "candidate", "unavailable"
RANK = {AVAILABLE: 0, CANDIDATE: 1, UNAVAILABLE: 2}


def standings(asked: Mapping[str, Exceptions], claims: Iterable[Claim]) -> dict[str, Standing]:
    """Say how the exceptions stand: the one that is claimed, those that an entry names, the others that are open.

    Args:
        asked: The exceptions of each item, by its prefix.
        claims: The claims that are asked.

    Returns:
        By symbol, the worst of all items; empty where nothing requires a license.
    """
    by_item: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.ground.tree.high >= REQUIRED and claim.ground.subject.item in asked:
            by_item.setdefault(claim.ground.subject.item, []).append(claim)
    found: dict[str, Standing] = {}
    for item, needed in by_item.items():
        for one in _of_item(asked[item], needed):
            before = found.get(one.symbol)
            if before is None or RANK[one.word] > RANK[before.word]:
                found[one.symbol] = one
    return {symbol: found[symbol] for symbol in SYMBOLS if symbol in found}


def _of_item(exceptions: Exceptions, needed: list[Claim]) -> Iterator[Standing]:
    able = [overcomes(claim.ground.rule.section) for claim in needed]
    certain = [kinds for kinds, claim in zip(able, needed, strict=True) if claim.ground.tree.low >= REQUIRED]
    for symbol in SYMBOLS:
        mine = exceptions.claimed == {symbol}
        some = any(symbol in kinds for kinds in able)
        if not mine and not some:
            continue
        whole_of_it = some and all(symbol in kinds for kinds in certain if kinds - BY_NAME_OF_A_PARTY)
        named = TERMS[symbol].by_entry and not gone(TERMS[symbol], exceptions.case.law)
        if not mine and not named and not (whole_of_it and exceptions.is_open(symbol)):
            continue
        one = _standing(exceptions, symbol, mine=mine)
        if not whole_of_it:
            one = one._replace(word=UNAVAILABLE, says=f"{symbol} does not overcome every requirement")
        yield one


def _standing(exceptions: Exceptions, symbol: str, *, mine: bool) -> Standing:
    lift = exceptions.of(symbol)
    low, high = reach(whole(lift))
    word = UNAVAILABLE if low == TOP else AVAILABLE if mine and high < TOP else CANDIDATE
    finding = min((end.finding for end in ends(lift.tree)), key=lambda one: one.value)
    return Standing(symbol, TERMS[symbol].section, word, finding.says, finding.cites)
