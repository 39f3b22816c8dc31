"""Case files are read strictly: what is not understood is refused with its place, never ignored."""

from __future__ import annotations

from datetime import date

import pytest

from licet.cases.read import KnownAnswer, no_twins, read_cases
from licet.model.errors import FactsError

ACT = "act: {kind: export, activity: payment}"
SOURCE = "source: {kind: press, cites: [p], checked: seen}"
GOOD = f"""
- id: A
  family: fam
  as_of: 2019-06-01
  known_as_of: 2019-06-02
  on_ground: us_ear/744.11
  {ACT}
  expect: {{outcome: AUTHORIZED, accept: [REFER], authority: [TGL-0], exceptions: {{GBS: candidate}}, duties: []}}
  {SOURCE}
  note: a note
"""


def one(text: str) -> KnownAnswer:
    (case,) = read_cases(text, "f.yaml")
    return case


def refused(text: str) -> str:
    with pytest.raises(FactsError) as caught:
        read_cases(text, "f.yaml")
    return str(caught.value)


def test_a_case_as_written() -> None:
    case = one(GOOD)
    assert (case.id, case.family, case.kind, case.ground, case.note) == ("A", "fam", "act", "us_ear/744.11", "a note")
    assert (case.as_of, case.known_as_of) == (date(2019, 6, 1), date(2019, 6, 2))
    assert case.answers == {"outcome": ("AUTHORIZED", "REFER")}
    assert case.details == {"authority": ("TGL-0",), "exceptions": ("GBS: candidate",), "duties": ()}
    assert case.act is not None
    assert case.act.get("activity") == "payment"
    assert (case.source.kind, case.source.cites, case.source.checked) == ("press", ("p",), "seen")
    assert (case.file, case.line) == ("f.yaml", 2)


def test_one_word_may_stand_for_a_list_and_none_for_an_empty_one() -> None:
    text = GOOD.replace("duties: []", "refer_because: facts").replace(
        "exceptions: {GBS: candidate}", "exceptions: none"
    )
    assert one(text).details == {"authority": ("TGL-0",), "exceptions": (), "refer_because": ("facts",)}


def test_a_status_names_a_measure() -> None:
    case = one(f"- {{id: S, kind: status, as_of: 2020-01-01, measure: TGL-2, expect: {{status: ended}}, {SOURCE}}}")
    assert (case.measure, case.act, case.answers) == ("TGL-2", None, {"status": ("ended",)})


def test_a_duty_expects_a_day_or_open() -> None:
    case = one(f"- {{id: D, kind: duty, as_of: 2020-01-01, {ACT}, expect: {{keep_until: 2025-01-01}}, {SOURCE}}}")
    assert case.answers == {"keep_until": ("2025-01-01",)}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("family: fam", "famly: fam", ["f.yaml:3", "famly", "no key", 'did you mean "family"']),
        ("accept: [REFER]", "acept: [REFER]", ["f.yaml:8", "A.expect.acept", 'did you mean "accept"']),
        ("outcome: AUTHORIZED", "outcome: AUTHORISED", ["f.yaml:8", "A.expect.outcome", 'did you mean "AUTHORIZED"']),
        ("outcome: AUTHORIZED", "outcome: null", ["A.expect.outcome", "nothing"]),
        ("{outcome: AUTHORIZED, accept", "{accept", ["A.expect.outcome", "missing"]),
        ("GBS: candidate", "GBS: maybe", ["A.expect.exceptions", "candidate, available, unavailable"]),
        ("authority: [TGL-0]", "subject: yes", ["A.expect.subject", "no key"]),
        ("as_of: 2019-06-01", "as_of: 2019-06-31", ["f.yaml:4", "A.as_of", "does not exist"]),
        ("as_of: 2019-06-01", "as_of: [2019-06-01]", ["A.as_of"]),
        ("  as_of: 2019-06-01\n", "", ["as_of", "missing"]),
        ("known_as_of: 2019-06-02", "known_as_of: soon", ["f.yaml:5", "A.known_as_of"]),
        ("checked: seen", "checked: yes", ["A.source.checked", "seen, memory"]),
        ("kind: press, ", "", ["A.source.kind", "missing"]),
        ("activity: payment", "activty: payment", ["f.yaml:7", "activty", 'did you mean "activity"']),
        (ACT, "measure: TGL-0", ["A.measure", "no measure"]),
        ("id: A", "id: A\n  id: B", ["f.yaml:3", "id"]),
    ],
)
def test_what_is_wrong_is_named_with_its_place(old: str, new: str, words: list[str]) -> None:
    assert old in GOOD
    said = refused(GOOD.replace(old, new))
    for word in words:
        assert word in said


@pytest.mark.parametrize("text", ["", "a: b", "[1, 2]", "- []", "- id: A"])
def test_what_is_no_list_of_cases_is_refused(text: str) -> None:
    assert "f.yaml" in refused(text)


def test_every_problem_of_a_file_is_named_at_once() -> None:
    said = refused(GOOD.replace("AUTHORIZED", "X") + GOOD.replace("id: A", "id: B").replace("seen", "often"))
    assert "A.expect.outcome" in said
    assert "B.source.checked" in said


def test_the_act_of_a_case_is_required() -> None:
    assert "without act" in refused(GOOD.replace(f"  {ACT}\n", ""))


def test_nothing_expected_is_refused() -> None:
    text = f"- {{id: D, kind: duty, as_of: 2020-01-01, {ACT}, expect: {{missing: []}}, {SOURCE}}}"
    assert "nothing is expected" in refused(text)


def test_two_cases_of_one_id_are_refused() -> None:
    cases = [*read_cases(GOOD, "f.yaml"), *read_cases(GOOD, "g.yaml")]
    with pytest.raises(FactsError, match=r"g\.yaml:2: there is a case A already, in f\.yaml:2"):
        no_twins(cases)
    no_twins(cases[:1])
