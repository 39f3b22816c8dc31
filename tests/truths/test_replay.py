"""The same act, question and versions give the same digest in any process; anything else gives another."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from licet.sources import open_sources
from licet.state import State
from truths.ground import STORY, Asked, answered, cases, every_act, stating, story_acts

if TYPE_CHECKING:
    from pathlib import Path

SEEDS = ("0", "1", "4711")
DAY = date(2019, 6, 30)


def in_a_fresh_process(path: Path, state: str, seed: str) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-m", "licet", "check", str(path), "--as-of", state, "--format", "json"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


@pytest.mark.parametrize("name", story_acts())
def test_a_fresh_process_gives_the_same_answer_whatever_the_order_of_its_sets(name: str) -> None:
    here = answered(Asked(name, story_acts()[name], DAY))
    answers = [in_a_fresh_process(STORY / f"{name}.yaml", str(DAY), seed) for seed in SEEDS]
    assert {str(answer["digest"]) for answer in answers} == {here.digest}
    assert answers[0] == answers[1] == answers[2]


OPEN = """\
kind: export
to: CN
activity: export
parties:
  - {name: "Huawei Technologies Co., Ltd."}
items:
  - {name: chip, kind: commodity, eccn: EAR99}
"""


def test_an_open_answer_replays_too(tmp_path: Path) -> None:
    act = tmp_path / "open.yaml"
    act.write_text(OPEN, "utf-8")
    answers = [in_a_fresh_process(act, str(DAY), seed) for seed in SEEDS]
    assert answers[0]["outcome"] == "REFER"
    assert answers[0] == answers[1] == answers[2]


def test_every_act_replays_in_the_same_process() -> None:
    for asked in every_act():
        assert answered(asked).digest == answered(asked).digest


def test_another_day_or_fact_gives_another_digest() -> None:
    asked = Asked("new-handset", story_acts()["new-handset"], DAY)
    other_fact = asked._replace(act=stating(asked.act, "items[0].value_usd", "10001"))
    other_origin = asked._replace(act=stating(asked.act, "items[0].value_usd", {"value": "10000", "by": "sales"}))
    changed = [
        asked,
        asked._replace(day=date(2019, 6, 29)),
        asked._replace(known=date(2019, 6, 30)),
        asked._replace(ground="us_ear/744.11"),
        other_fact,
        other_origin,
    ]
    assert len({answered(one).digest for one in changed}) == len(changed)


def test_no_two_cases_have_the_same_digest_unless_they_ask_the_same() -> None:
    seen: dict[str, Asked] = {}
    for asked in cases():
        twin = seen.setdefault(answered(asked).digest, asked)
        if twin is not asked:
            assert _asks(twin) == _asks(asked), (twin.name, asked.name)


def _asks(asked: Asked) -> tuple[object, ...]:
    stated = {path: (one.value, one.by, one.day, one.source) for path, one in asked.act.facts.items()}
    return stated, asked.act.counts, asked.day, asked.known, asked.ground


def test_a_what_if_leaves_the_digest_of_the_real_answer_and_has_its_own() -> None:
    asked = Asked("new-handset", story_acts()["new-handset"], DAY)
    plain, with_it = answered(asked), answered(asked, open_sources(State(None, what_ifs=("osaka.yaml",))))
    assert with_it.digest == plain.digest
    assert with_it.what_if is not None
    assert with_it.what_if.digest != plain.digest
