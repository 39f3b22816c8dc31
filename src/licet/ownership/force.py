"""Whether a 50 percent rule is law on a day, by the measures that it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from licet.model.measure import Status
from licet.ownership.reach import NO, OPEN, YES
from licet.ownership.report import Force

if TYPE_CHECKING:
    from licet.law.day import LawDay
    from licet.ownership.regimes import Regime

_FLAG = "ownership is a red flag on this day, and no requirement"


def force(regime: Regime, law: LawDay) -> Force:
    """Say whether a rule is law on a day.

    Args:
        regime: The rule.
        law: The law of the day.

    Returns:
        `open` where it stands by its text and the day lies after the last that the lawbook verified.
    """
    if not regime.measures:
        return Force(YES, "guidance that stands on every day from 2018")
    standing = [id_ for id_ in regime.measures if id_ in law.book and law.stands(id_)]
    if standing:
        named = ", ".join(standing)
        if law.day > law.book.verified_through:
            says = f"in force by its text ({named}); not verified after {law.book.verified_through}"
            return Force(OPEN, says)
        return Force(YES, f"in force ({named})")
    first = law.book[regime.measures[0]]
    status = law.status(first.id)
    if status is Status.STAYED:
        stay = next(one for one in first.stays if one.from_ <= law.day <= one.through)
        return Force(NO, f"{first.id} is stayed through {stay.through} by {stay.by}: {_FLAG}")
    says = "has ended" if status is Status.ENDED else "is not in force yet"
    return Force(NO, f"{first.id} {says}: {_FLAG}")
