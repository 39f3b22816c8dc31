from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licet.engine.values import (
    ANY_WORD,
    HIGH,
    LOW,
    YES_NO,
    Values,
    any_day,
    between,
    one_day,
    other_than,
    show,
    words,
)

NAMED = ("a", "b", "c", "d")
NEVER_NAMED = "z"
"""Stands for every word that no set names."""
NUMBERS = (LOW, LOW + 1, *range(-3, 13), HIGH - 1, HIGH)


@st.composite
def spans(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    """Draw spans that lie apart, in order, with their ends among the numbers of the model."""
    ends = sorted(draw(st.sets(st.integers(0, len(NUMBERS) - 1), max_size=6)))
    if len(ends) % 2:
        ends.append(ends[-1])
    return tuple((NUMBERS[low], NUMBERS[high]) for low, high in zip(ends[::2], ends[1::2], strict=True))


SETS = st.builds(Values, st.frozensets(st.sampled_from(NAMED)), st.booleans(), spans())


def model(values: Values) -> set[str | int]:
    """Return the naive set: every member written out, over a few words and numbers."""
    named: set[str | int] = {word for word in (*NAMED, NEVER_NAMED) if (word in values.words) != values.others}
    return named | {number for number in NUMBERS if any(low <= number <= high for low, high in values.spans)}


@given(SETS, SETS)
def test_meet_is_the_intersection(one: Values, two: Values) -> None:
    assert model(one.meet(two)) == model(one) & model(two)


@given(SETS, SETS)
def test_without_is_the_difference(one: Values, two: Values) -> None:
    assert model(one.without(two)) == model(one) - model(two)


@given(SETS, SETS)
def test_an_answer_splits_a_fact_without_loss_or_overlap(possible: Values, question: Values) -> None:
    inside, outside = possible.meet(question), possible.without(question)
    assert model(inside) | model(outside) == model(possible)
    assert not inside.meet(outside)


@given(SETS)
def test_a_set_is_true_where_something_is_left(values: Values) -> None:
    assert bool(values) == bool(model(values))


@given(SETS, SETS, SETS)
def test_spans_stay_apart_and_in_order(one: Values, two: Values, three: Values) -> None:
    made = one.without(two).meet(three).spans
    assert all(low <= high for low, high in made)
    assert all(before < after for (_, before), (after, _) in pairwise(made))


@pytest.mark.parametrize("usd", [0, 1, 999_999.99, 1_000_000, 250_000_000, 999_999_999_999_999])
def test_every_amount_that_can_be_stated_passes_one_side_of_a_limit(usd: float) -> None:
    amount = between(round(usd * 1_000_000), round(usd * 1_000_000))
    limit = between(high=5_000 * 1_000_000)
    assert bool(amount.meet(limit)) != bool(amount.without(limit))
    assert bool(amount.meet(limit)) == (usd <= 5_000)
    assert amount.meet(other_than("none")) == amount


@pytest.mark.parametrize(
    ("values", "text"),
    [
        (words("no", "yes"), "no or yes"),
        (words(), "nothing"),
        (ANY_WORD, "any"),
        (ANY_WORD.without(words("CN")), "any other"),
        (any_day("none"), "none or any day"),
        (one_day(date(2019, 5, 16)), "2019-05-16"),
        (any_day("none").meet(between(high=date(2019, 5, 16).toordinal())), "on or before 2019-05-16"),
        (any_day("none").without(between(high=date(2019, 5, 16).toordinal())), "none or on or after 2019-05-17"),
        (between(date(2019, 5, 16).toordinal(), date(2019, 5, 19).toordinal()), "2019-05-16 … 2019-05-19"),
        (YES_NO.meet(words("yes")), "yes"),
    ],
)
def test_a_set_is_shown_in_words(values: Values, text: str) -> None:
    assert show(values) == text
