"""Orders drawn at random: plausible acts, the same for a seed, nearly all decided, and every open one says why."""

from __future__ import annotations

import importlib.util
import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from licet.formats.act import read_act

if TYPE_CHECKING:
    from types import ModuleType

TOOL = Path(__file__).parents[2] / "tools" / "random_acts.py"
ACTS = 150
LEAST = 0.9
"""Share of a small sample that is decided; of 2,000 orders it is 95 percent."""


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """Load `tools/random_acts.py`."""
    spec = importlib.util.spec_from_file_location("random_acts", TOOL)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_seed_draws_the_same_orders(tool: ModuleType) -> None:
    first, again, other = (list(tool.acts(seed, 20)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_a_longer_draw_begins_as_a_shorter_one(tool: ModuleType) -> None:
    assert list(islice(tool.acts(3, 1000), 10)) == list(tool.acts(3, 10))


def test_orders_are_of_many_kinds(tool: ModuleType) -> None:
    drawn = [read_act(facts) for facts in tool.acts(6, 400)]
    assert {act.get("activity") for act in drawn} == set(tool.ACTIVITIES)
    assert len({act.get("to") for act in drawn}) > 50
    assert len({act.get("items[0].eccn") for act in drawn}) > 100
    assert {act.get("items[0].us_origin") for act in drawn} == {"yes", "no"}
    assert any(act.count("items[0].us_content") for act in drawn)


def test_nearly_all_orders_are_decided_and_each_open_one_says_why(tool: ModuleType) -> None:
    found = list(tool.decide(6, ACTS))
    open_ones = [one for one in found if not one.answer.span.decided]
    assert len(found) == ACTS
    assert len(open_ones) <= (1 - LEAST) * ACTS
    assert open_ones, "a sample without an open order shows nothing of the reasons"
    for one in open_ones:
        assert one.why, one.facts
        assert one.answer.refer_because


def test_the_table_is_printed(
    tool: ModuleType, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["random_acts.py", "--acts", "60", "--show", "1", "--sample", "1"])
    assert tool.main() == 0
    said = capsys.readouterr().out
    assert said.startswith("60 orders, seed 6: ")
    for title in ("outcome", "open because", "open grounds", "what open orders lack"):
        assert f"\n{title}\n" in said
    assert "\n--- 20" in said
