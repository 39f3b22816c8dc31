"""Codes of countries that were withdrawn are refused with what took their place."""

from __future__ import annotations

import pytest

from licet.formats.act import read_act
from licet.formats.value import FORMER
from licet.model import vocabulary
from licet.model.errors import FactsError


@pytest.mark.parametrize(
    ("code", "near", "todo"),
    [("ZR", "CD", "Zaire"), ("TP", "TL", "2002"), ("zr", "CD", "Zaire"), ("YU", "", "RS"), ("AN", "", "CW")],
)
def test_a_code_that_changed_is_refused_with_its_successor(code: str, near: str, todo: str) -> None:
    with pytest.raises(FactsError) as caught:
        read_act(f"kind: export\nto: {code}\n", file="act.yaml")
    (problem,) = caught.value.problems
    assert (problem.field, problem.line, problem.nearest) == ("to", 2, near)
    assert "no longer" in problem.message
    assert todo in problem.todo


def test_no_former_code_is_a_code_of_today_and_every_successor_is() -> None:
    for code, (instead, why) in FORMER.items():
        assert vocabulary.country(code) is None, code
        assert not instead or vocabulary.country(instead) is not None, code
        assert why
