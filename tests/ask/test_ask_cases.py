"""For each known-answer case that is decided, the interview reaches its outcome from the bare kind of act."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from interviewing import interviewed, typed
from licet.ask import Setting, begin
from licet.cases.read import ACT, read_cases
from licet.check import run
from licet.model.outcome import REFER
from licet.sources import open_sources
from licet.state import Question, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from licet.ask import Interview
    from licet.cases.read import KnownAnswer

FOLDER = Path(__file__).parents[2] / "cases" / "law"
SOURCES = open_sources(State(None))
TAKEN_AS_MET = ("activity", "items[0].us_origin")
"""On one ground the first steps count as met unless the act states these. Nothing asks them, so they are said last."""
NOT_ASKED = {
    "AFF-TGL-SDN": "the program of an owner's listing, which decides, is asked as its listing, which is stated by then",
    "EAR-738-SAMPLE": "its ECCN is made up: only stated reasons for control, which nobody asks for then, decide it",
    "EAR-738-SAMPLE-B": "its ECCN is made up: only stated reasons for control, which nobody asks for then, decide it",
    "INTERP-NC": "a second item is told by the person, and the first one is decided alone",
    "NODE-UNKNOWN": "that a plant is known is told by the person: whoever knows of no end use is not asked for one",
    "FAQ-IN-US-TECH-FOREIGN": "that the employer is listed is stated of a party of its own, which nothing asks for",
}
"""Cases that hang on a fact for which the rules do not ask, with the reason."""
WIDE = 4


def _cases() -> list[KnownAnswer]:
    files = sorted(FOLDER.glob("*.yaml"))
    found = [case for file in files for case in read_cases(file.read_text(encoding="utf-8"), file.name)]
    return [case for case in found if case.kind == ACT and case.act is not None and _outcome(case) != REFER]


def _outcome(case: KnownAnswer) -> str:
    assert case.act is not None
    return run(case.act, Question(case.as_of, case.known_as_of, ground=case.ground), SOURCES).outcome


CASES = _cases()
BY_NAME = {case.id: case for case in CASES}


@cache
def _interview(name: str) -> list[Interview]:
    case = BY_NAME[name]
    assert case.act is not None
    setting = Setting(State(case.as_of, case.known_as_of), SOURCES, ground=case.ground)
    moments = interviewed(case.act, begin(setting))
    for path in TAKEN_AS_MET if case.ground else ():
        value = case.act.get(path)
        if value is not None and moments[-1].act.get(path) is None:
            moments += interviewed(case.act, moments[-1].hear(f"{path} = {typed(value)}"))
    return moments


def table(numbers: Mapping[str, int]) -> str:
    """Return the number of questions asked per case, four cases a line."""
    cells = [f"{name:<26}{number:>3}" for name, number in sorted(numbers.items())]
    rows = ["   ".join(cells[start : start + WIDE]) for start in range(0, len(cells), WIDE)]
    return "\n".join([f"questions asked per case: {sum(numbers.values())} in {len(numbers)} cases", *rows])


@pytest.fixture(scope="module")
def asked(request: pytest.FixtureRequest) -> Iterator[dict[str, int]]:
    """Collect the number of questions per case, and print the table at the end."""
    numbers: dict[str, int] = {}
    yield numbers
    capture = request.config.pluginmanager.get_plugin("capturemanager")
    assert capture is not None
    with capture.global_and_fixture_disabled():
        print("\n\n" + table(numbers))  # noqa: T201 - the table is what one runs this for


def _marks(case: KnownAnswer) -> list[pytest.MarkDecorator]:
    return [pytest.mark.xfail(reason=NOT_ASKED[case.id])] if case.id in NOT_ASKED else []


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id, marks=_marks(case)) for case in CASES])
def test_the_interview_reaches_the_outcome_of_a_case(case: KnownAnswer, asked: dict[str, int]) -> None:
    moments = _interview(case.id)
    asked[case.id] = sum(moment.query is not None for moment in moments)
    answer = moments[-1].answer
    assert answer is not None
    assert answer.outcome == _outcome(case)


def test_there_are_cases_of_every_outcome() -> None:
    assert {_outcome(case) for case in CASES} >= {"NO_LICENSE_REQUIRED", "AUTHORIZED", "LICENSE_REQUIRED", "PROHIBITED"}


def test_less_is_asked_than_the_case_states() -> None:
    stated = sum(len(case.act.facts) for case in CASES if case.act is not None)
    assert sum(len(_interview(case.id)) for case in CASES[::7]) < stated / 7 * 1.5


def test_a_fact_that_the_case_does_not_state_is_put_off_once() -> None:
    for case in CASES[::9]:
        paths = [moment.query.path for moment in _interview(case.id) if moment.query is not None]
        asked_again = {path for path in paths if paths.count(path) > 1} - {"parties_complete"}
        assert not asked_again, case.id


def test_an_interview_begins_without_an_act() -> None:
    first = begin(Setting(State(CASES[0].as_of), SOURCES))
    assert first.answer is None
    assert first.query is not None
    assert first.query.path == "kind"
