"""Sets of values that a fact can still have: words (finite or all but some) and whole numbers in spans.

A day is its ordinal. One set serves as the possible values of a fact and as the test that a question makes,
so that answers to questions on one fact narrow it and can never contradict each other.
"""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

LOW, HIGH = -(10**24), 10**24
"""The ends of the whole numbers that a span can reach: beyond every amount that an act can state, in millionths."""

PARTED = 8192
"""How many partings of sets are kept: rules put the same tests to the same domains."""

_Span = tuple[int, int]


class Values(NamedTuple):
    """A set: `words` (or, where `others` is true, every word but these) and the numbers in `spans`."""

    words: frozenset[str] = frozenset()
    others: bool = False
    spans: tuple[_Span, ...] = ()

    def meet(self, other: Values) -> Values:
        """Return what is in both sets."""
        others = self.others and other.others
        if not self.others:
            words = self.words - other.words if other.others else self.words & other.words
        else:
            words = self.words | other.words if others else other.words - self.words
        return Values(words, others, _meet(self.spans, other.spans) if self.spans and other.spans else ())

    def without(self, other: Values) -> Values:
        """Return what is in this set and not in the other."""
        inverse = Values(other.words, not other.others, _inverse(other.spans) if self.spans else ())
        return self.meet(inverse)

    def __bool__(self) -> bool:
        """Say whether anything is left."""
        return bool(self.words or self.others or self.spans)


@lru_cache(maxsize=PARTED)
def parted(possible: Values, test: Values) -> tuple[Values, Values]:
    """Return what of a set is in another, and what is not."""
    return possible.meet(test), possible.without(test)


def _meet(one: tuple[_Span, ...], two: tuple[_Span, ...]) -> tuple[_Span, ...]:
    met = ((max(a, c), min(b, d)) for a, b in one for c, d in two)
    return tuple(sorted(span for span in met if span[0] <= span[1]))


def _inverse(spans: tuple[_Span, ...]) -> tuple[_Span, ...]:
    gaps, start = [], LOW
    for low, high in spans:
        if start < low:
            gaps.append((start, low - 1))
        start = high + 1
    if start <= HIGH:
        gaps.append((start, HIGH))
    return tuple(gaps)


EVERYTHING = Values(frozenset(), others=True, spans=((LOW, HIGH),))
ANY_WORD = Values(frozenset(), others=True)
YES_NO = Values(frozenset({"yes", "no"}))


@cache
def words(*names: str) -> Values:
    """Return the set of these words."""
    return Values(frozenset(names))


@cache
def other_than(*names: str) -> Values:
    """Return the set of everything but these words."""
    return Values(frozenset(names), others=True, spans=((LOW, HIGH),))


def any_day(*names: str) -> Values:
    """Return the set of all days, and of these words beside them."""
    return Values(frozenset(names), spans=((LOW, HIGH),))


def one_day(day: date) -> Values:
    """Return the set of one day."""
    return between(day.toordinal(), day.toordinal())


def between(low: int = LOW, high: int = HIGH) -> Values:
    """Return the set of the whole numbers from `low` through `high`."""
    return Values(spans=((low, high),))


def show(values: Values) -> str:
    """Write a set in words: `yes`, `CN or HK`, `any other`, `on or before 2019-05-16`."""
    parts = sorted(values.words) if not values.others else []
    parts += [_show_span(*span) for span in values.spans]
    if values.others:
        parts.append("any other" if values.words else "any")
    return " or ".join(parts) or "nothing"


def _show_span(low: int, high: int) -> str:
    if low == high:
        return _number(low)
    if low <= LOW:
        return "any day" if high >= HIGH else f"on or before {_number(high)}"
    return f"on or after {_number(low)}" if high >= HIGH else f"{_number(low)} … {_number(high)}"


def _number(number: int) -> str:
    return date.fromordinal(number).isoformat() if 1 <= number <= date.max.toordinal() else str(number)
