"""Shares in percent, exactly: points and ranges, open ends as well, and what the parts of one tier can add up to.

The arithmetic is that of fractions. An end of a range that does not belong to it (more than 25, less than 50) is the
number with an infinitely small step beside it, so that "less than 50" never reaches 50 and "more than 25" twice does
reach 50. Amounts are compared by their value first and by their step second.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_NO_STEP = Fraction(0)
STATED, NOT_STATED, UNDETERMINABLE = "stated", "not_stated", "undeterminable"
"""States of a share: a value or a range; nobody said; asked, and it cannot be known (Red Flag 29)."""


@dataclass(frozen=True, slots=True, order=True)
class Amount:
    """Percent of an entity: a value, and an infinitely small step up or down from it."""

    value: Fraction
    step: Fraction = _NO_STEP
    """0: the value itself; above 0: just more; below 0: just less. Only its sign and its sums mean something."""

    def __add__(self, other: Amount) -> Amount:
        """Add two amounts, steps too."""
        return Amount(self.value + other.value, self.step + other.step)

    def __sub__(self, other: Amount) -> Amount:
        """Subtract an amount, steps too."""
        return Amount(self.value - other.value, self.step - other.step)

    def times(self, factor: Fraction) -> Amount:
        """Return a part of the amount; the factor is 0 or more."""
        return Amount(self.value * factor, self.step * factor)


NOTHING, HALF, WHOLE = Amount(Fraction(0)), Amount(Fraction(50)), Amount(Fraction(100))
ROUNDING = Fraction(1)
"""Percent by which the shares of one tier may pass the whole and still be taken as rounded. Our reading: three thirds
written 33.34 pass it by 0.02; a joint holding that is counted twice passes it by whole shares."""


class Share(NamedTuple):
    """The share that one interest gives: an exact one has two equal ends."""

    least: Amount
    most: Amount
    state: str = STATED

    @property
    def exact(self) -> bool:
        """Say whether the share is one number."""
        return self.least == self.most


UNKNOWN_SHARE = Share(NOTHING, WHOLE, NOT_STATED)
NEVER_KNOWN = Share(NOTHING, WHOLE, UNDETERMINABLE)


def exactly(value: Fraction | int) -> Share:
    """Return the share of one number, in percent."""
    amount = Amount(Fraction(value))
    return Share(amount, amount)


def between(least: Fraction, most: Fraction, *, above: bool = False, below: bool = False) -> Share:
    """Return the share of a range, in percent.

    Args:
        least: Its lower end.
        most: Its upper end.
        above: The lower end does not belong to it.
        below: The upper end does not belong to it.
    """
    return Share(Amount(least, Fraction(1 if above else 0)), Amount(most, Fraction(-1 if below else 0)))


class Part(NamedTuple):
    """What one owner holds of an entity, and which part of that counts as held by listed parties (0 to 1)."""

    share: Share
    weight: Fraction


class Tier(NamedTuple):
    """The ownership interests in one entity, as ranges that can be true together."""

    shares: tuple[Share, ...]
    complete: bool
    """Nobody else owns anything of the entity."""
    overlap: bool = False
    """The shares pass the whole: some of them must be the same shares, held together, and it is not said which."""
    excess: Amount = NOTHING
    """By how much the least that is stated passes the whole."""
    gap: Amount = NOTHING
    """What nobody holds, although all owners are said to be known."""


def tier(shares: Iterable[Share], *, complete: bool) -> Tier:
    """Return the shares of one entity as a tier.

    What cannot be true as stated is never mended in silence; the tier says so:

    - Shares that pass the whole by less than `ROUNDING` are taken as rounded: each may be lower by the excess.
    - Shares that pass it by more overlap: they are the same shares, stated for several holders.
    - Owners who are said to be all and hold less than the whole are not all: the gap may be anybody's.

    Args:
        shares: The stated shares.
        complete: All owners are stated; without any, that nobody owns anything of it.
    """
    parts = tuple(shares)
    low, high = _total(share.least for share in parts), _total(share.most for share in parts)
    gap = complete and bool(parts) and high < WHOLE
    if low <= WHOLE:
        return Tier(parts, complete and not gap, gap=WHOLE - high if gap else NOTHING)
    excess = low - WHOLE
    if excess.value > ROUNDING:
        return Tier(parts, complete, overlap=True, excess=excess)
    lowered = tuple(share._replace(least=max(NOTHING, share.least - excess)) for share in parts)
    return Tier(lowered, complete, excess=excess)


def least_held(tier_: Tier, weights: Iterable[Fraction]) -> Amount:
    """Return the least that listed parties can hold of an entity.

    Args:
        tier_: Its ownership interests.
        weights: For each of them the part that surely counts.

    Returns:
        The minimum of the weighted sum over all shares that can be true together; it is reached, or come close to as
        its step says. Where shares overlap: the greatest single one, as all of them may be the same.
    """
    parts = [Part(*one) for one in zip(tier_.shares, weights, strict=True)]
    if tier_.overlap:
        return max((part.share.least.times(part.weight) for part in parts), default=NOTHING)
    return _filled(tier_, parts, Fraction(0))


def most_held(tier_: Tier, weights: Iterable[Fraction]) -> Amount:
    """Return the most that listed parties can hold of an entity.

    Args:
        tier_: Its ownership interests.
        weights: For each of them the part that may count.

    Returns:
        The maximum of the weighted sum over all shares that can be true together; what nobody states counts whole.
    """
    parts = [Part(*one) for one in zip(tier_.shares, weights, strict=True)]
    if not tier_.overlap:
        return _filled(tier_, parts, Fraction(1))
    others = max((part.share.least for part in parts if not part.weight), default=NOTHING)
    held = _total(part.share.most.times(part.weight) for part in parts)
    return min(WHOLE - others, held if tier_.complete else WHOLE)


def _filled(tier_: Tier, parts: list[Part], rest: Fraction) -> Amount:
    """Return the extreme of the weighted sum: each share at its least, then room given to the shares in order.

    Shares may grow from their least to their most until the whole is full. For the least sum the room goes to the
    smallest weights first, for the most to the greatest. What nobody states (`rest` is its weight) takes any room.
    This is the fractional knapsack, for which the greedy order is exact.
    """
    held = _total(part.share.least.times(part.weight) for part in parts)
    room = WHOLE - _total(part.share.least for part in parts)
    if not tier_.complete:
        parts = [*parts, Part(Share(NOTHING, WHOLE), rest)]
    for part in sorted(parts, key=lambda one: one.weight, reverse=bool(rest)):
        if room <= NOTHING:
            break
        given = min(room, part.share.most - part.share.least)
        held, room = held + given.times(part.weight), room - given
    return held


def _total(amounts: Iterable[Amount]) -> Amount:
    out = NOTHING
    for amount in amounts:
        out += amount
    return out


def number(value: Fraction) -> str:
    """Write percent as a decimal number, in full where it ends, else cut to six places with a mark."""
    from decimal import Decimal

    text = format(Decimal(value.numerator) / Decimal(value.denominator), "f")
    if Fraction(text) != value:
        return f"{float(value):.6f}…"
    return text.rstrip("0").rstrip(".") if "." in text else text


def said(amount: Amount) -> str:
    """Write an amount in words: 40, more than 25, less than 50."""
    before = "more than " if amount.step > 0 else "less than " if amount.step < 0 else ""
    return before + number(amount.value)


def span_said(least: Amount, most: Amount) -> str:
    """Write a range of percent in words: `40 %`, `25 … 50 %`, `more than 25 … less than 50 %`."""
    return f"{said(least)} %" if least == most else f"{said(least)} … {said(most)} %"


def up_to(most: Amount) -> str:
    """Write what something is at most: `up to 51`, `less than 35`."""
    return said(most) if most.step < 0 else f"up to {said(most)}"
