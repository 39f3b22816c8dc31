"""Whether a party's address is one that the Entity List names as a high diversion risk (15 CFR 744.16(f))."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from licet.engine.values import YES_NO, Values, words
from licet.law.book import table
from licet.model.act import UNDETERMINABLE
from licet.model.outcome import Because
from licet.names.normal import normalize

if TYPE_CHECKING:
    from licet.law.case import Case

SAME, NEAR = 0.9, 0.6
"""Share of a listed address's words that a stated one must have to be that address, or to be near it.

The 19 listed rows share at most 0.55 of their words with another building of the same district, and keep 0.9 of them
under the spellings that the Register itself uses (floor, flat and unit written out, district left out)."""


@cache
def _listed() -> tuple[tuple[frozenset[str], date], ...]:
    rows: list[list[str]] = table("us_ear", "addresses")
    return tuple((_words(address), date.fromisoformat(since)) for address, _, since, _ in rows)


def _words(address: str) -> frozenset[str]:
    return frozenset(normalize(address).split())


def addresses(case: Case) -> None:
    """Put for each party whether it uses a listed address on the day."""
    for party in case.parties:
        path = f"{party}.address"
        stated = case.act.get(path)
        values, because = YES_NO, Because.FACTS
        if isinstance(stated, str) and stated != UNDETERMINABLE:
            values = _on(stated, case.law.day)
            because = Because.MATCH
        case.stock.put(f"{path}:listed", values, path, because)


def _on(stated: str, day: date) -> Values:
    given = _words(stated)
    best = max((len(listed & given) / len(listed) for listed, since in _listed() if since <= day), default=0.0)
    if best >= SAME:
        return words("yes")
    return YES_NO if best >= NEAR else words("no")
