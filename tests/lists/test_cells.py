"""What parsers of long tables share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licet.lists.cells import Noises, in_united_states, tidy
from licet.lists.reading import clean


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_the_quick_cleaning_is_the_slow_one(text: str) -> None:
    assert tidy(text) == clean(text)


@given(st.text(st.characters(max_codepoint=127), max_size=60))
def test_the_quick_cleaning_is_the_slow_one_in_ascii(text: str) -> None:
    assert tidy(text) == clean(text)


def test_the_same_noise_is_said_once_with_its_first_place() -> None:
    noises = Noises()
    noises.add("odd country", "12")
    noises.add("no alt.csv")
    noises.add("odd country", "13")
    noises.add("odd country", "14")
    noises.add("odd type", "15")
    assert noises.said() == ("odd country (12 and 2 more)", "no alt.csv", "odd type (15)")
    assert noises.slips() == Noises().said() == ()
    noises.slip("odd day", "16")
    noises.slip("odd day", "17")
    assert noises.slips() == ("odd day (16 and 1 more)",)
    assert len(noises.said()) == 3


@pytest.mark.parametrize(
    ("state", "postal", "inside"),
    [
        ("TX", "75001", True),
        ("NH", "3801", True),
        ("CA", "94022-1234", True),
        ("TX", "", False),
        ("", "75001", False),
        ("ON", "75001", False),
        ("RS", "101000", False),
    ],
)
def test_state_and_postal_code_say_the_country(state: str, postal: str, inside: bool) -> None:  # noqa: FBT001
    assert in_united_states(state, postal) is inside
