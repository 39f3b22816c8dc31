"""Verdicts on records that may be stated in part: yes, no, or open with the path that would tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from licet.engine.values import YES_NO, words
from licet.model.act import UNDETERMINABLE
from licet.model.outcome import Because

if TYPE_CHECKING:
    from collections.abc import Iterable

    from licet.law.stock import Stock


class Open(NamedTuple):
    """What is not settled, and the path of the act (or the section) that would settle it."""

    path: str
    because: Because = Because.FACTS


Verdict = bool | Open


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Return no where one of them is no, else the first that is open, else yes."""
    found = list(verdicts)
    if False in found:
        return False
    return next((one for one in found if isinstance(one, Open)), True)


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Return yes where one of them is yes, else the first that is open, else no."""
    found = list(verdicts)
    if True in found:
        return True
    return next((one for one in found if isinstance(one, Open)), False)


def same(verdicts: Iterable[Verdict], path: str) -> Verdict:
    """Return the verdict that all alternatives share; where they differ it is open, and the path would tell.

    Args:
        verdicts: One for each thing that it may be.
        path: What says which of them it is.
    """
    found = list(dict.fromkeys(verdicts))
    return found[0] if len(found) == 1 else Open(path)


def among(stock: Stock, path: str, *wanted: str) -> Verdict:
    """Say whether a stated word is one of these; open where it is not stated, or cannot be determined."""
    stated = stock.act.get(path)
    if stated is None or stated == UNDETERMINABLE:
        return Open(path)
    return stated in wanted


def paragraph(code: str, entries: tuple[str, ...], path: str) -> Verdict:
    """Say whether an ECCN lies in one of these entries or paragraphs; a shorter code may, or may not.

    Args:
        code: The ECCN as stated; empty where it is not.
        entries: Entries (`3A090`) and paragraphs (`3B001.a.4`).
        path: Path of the ECCN.
    """
    if not code:
        return Open(path)
    if any(code == one or code.startswith(f"{one}.") for one in entries):
        return True
    return Open(path) if any(one.startswith(f"{code}.") for one in entries) else False


def any_record(stock: Stock, path: str, verdicts: Iterable[Verdict]) -> Verdict:
    """Say whether any record of a list is of some kind: what is not stated, or not called complete, stays open.

    Args:
        stock: The facts.
        path: Path of the list, such as `items[0].made_with`; its sister fact ends in `_complete`.
        verdicts: One for each record that is stated.
    """
    count, complete = stock.act.count(path), stock.act.get(f"{path}_complete")
    if count is None:
        return Open(path)
    whole = complete == "yes" or (count == 0 and complete is None)
    return any_of([*verdicts, False if whole else Open(f"{path}_complete")])


def put(stock: Stock, fact: str, verdict: Verdict, path: str) -> None:
    """Put a verdict as a fact that rules ask.

    Args:
        stock: The facts.
        fact: Name of the fact.
        verdict: Yes, no, or what would tell.
        path: What the fact rests on where the verdict is settled.
    """
    if not isinstance(verdict, Open):
        stock.put(fact, words("yes" if verdict else "no"), path)
        return
    stock.put(fact, YES_NO, verdict.path, verdict.because)
    if stock.act.get(verdict.path) == UNDETERMINABLE:
        stock.undeterminable.add(fact)
