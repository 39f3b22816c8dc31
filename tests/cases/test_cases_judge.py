"""The judgement itself: a right case, a wrong one, an open one, and each detail beside the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from licet.cases.find import Found, find
from licet.cases.judge import Judged, Verdict, judge
from licet.cases.read import EXPECT, read_cases
from licet.model.errors import FactsError
from licet.sources import open_sources
from licet.state import State

if TYPE_CHECKING:
    from licet.cases.read import KnownAnswer

SOURCES = open_sources(State(None))
SALE = """
- id: {id}
  as_of: {day}
  on_ground: us_ear/744.11
  act:
    kind: export
    activity: export
    from: US
    to: CN
    purpose: new_business
    dates: {{en_route_since: {aboard}}}
    parties:
      - {{role: [ultimate_consignee, end_user], name: "Huawei Technologies Co., Ltd.", country: CN}}
    items:
      - {{name: chip, kind: commodity, eccn: EAR99, us_origin: yes}}
    licenses: []
    exception_claimed: none
  expect: {expect}
  source: {{kind: federal_register, cites: ["84 FR 22961"], checked: seen}}
"""
LISTED = "{outcome: LICENSE_REQUIRED, review_policy: PRESUMPTION_OF_DENIAL}"


def sale(expect: str, day: str = "2019-05-17", aboard: str = "none") -> KnownAnswer:
    text = SALE.format(id="A", day=day, expect=expect, aboard=aboard)
    if aboard == "not said":
        text = text.replace("    dates: {en_route_since: not said}\n", "")
    (case,) = read_cases(text, "f.yaml")
    return case


def asked(case: KnownAnswer) -> Judged:
    return judge(case, find(case, SOURCES))


def made(expect: str, words: dict[str, tuple[str, ...]], kind: str = "act") -> Judged:
    """Judge words that licet might have said."""
    about = "measure: OSAKA" if kind == "status" else "act: {kind: export}"
    text = f"- {{id: A, kind: {kind}, as_of: 2020-01-01, {about}, expect: {expect},"
    (case,) = read_cases(text + " source: {kind: press, cites: [p], checked: seen}}", "f.yaml")
    return judge(case, Found({**dict.fromkeys(EXPECT["act"], ()), **words}, "said", policy_open="policy_open" in words))


def test_a_right_case() -> None:
    judged = asked(sale(LISTED))
    assert (judged.verdict, judged.differences, judged.too_mild) == (Verdict.RIGHT, (), False)


def test_a_wrong_case_that_is_milder_than_the_law() -> None:
    judged = asked(sale(LISTED, day="2019-05-15"))
    assert judged.verdict is Verdict.WRONG
    assert judged.differences == ("outcome: expected LICENSE_REQUIRED, found NO_LICENSE_REQUIRED",)
    assert judged.too_mild


def test_a_wrong_case_that_is_stricter_than_the_law() -> None:
    judged = asked(sale("{outcome: NO_LICENSE_REQUIRED}"))
    assert (judged.verdict, judged.too_mild) == (Verdict.WRONG, False)


def test_a_decided_answer_where_the_law_leaves_it_open_is_wrong() -> None:
    assert asked(sale("{outcome: REFER, missing: [dates.en_route_since]}")).verdict is Verdict.WRONG
    assert asked(sale("{outcome: REFER, accept: [LICENSE_REQUIRED], missing: []}")).verdict is Verdict.RIGHT


def test_an_open_case() -> None:
    judged = asked(sale(LISTED, aboard="not said"))
    assert judged.verdict is Verdict.OPEN
    assert judged.found.says == "REFER (missing dates.en_route_since)"


def test_an_open_answer_must_name_what_keeps_it_open() -> None:
    assert asked(sale("{outcome: REFER, missing: [dates.en_route_since]}", aboard="not said")).verdict is Verdict.RIGHT
    judged = asked(sale("{outcome: REFER, missing: [end_use.known]}", aboard="not said"))
    assert judged.verdict is Verdict.OPEN
    assert judged.differences == ("missing: expected end_use.known, found dates.en_route_since",)


@pytest.mark.parametrize(
    ("expect", "words", "verdict"),
    [
        ("authority: [TGL-0, TGL-1]", {"authority": ("TGL-1",)}, Verdict.RIGHT),
        ("authority: [TGL-0]", {"authority": ("TGL-1",)}, Verdict.WRONG),
        ("reasons: [NS 2, NP 1]", {"reasons": ("NP 1", "NS 2", "AT 1")}, Verdict.RIGHT),
        ("reasons: [NS 2, NP 1]", {"reasons": ("NS 2",)}, Verdict.WRONG),
        ("reasons: []", {"reasons": ("NS 2",)}, Verdict.WRONG),
        ("reasons: [NS 2]", {"reasons": (), "not_modeled": ("us_ear/738.4",)}, Verdict.OPEN),
        ("not_reasons: [AT 1]", {"reasons": ("NS 2",), "not_reasons": ("NS 2",)}, Verdict.RIGHT),
        ("not_reasons: [AT 1]", {"reasons": ("AT 1",), "not_reasons": ("AT 1",)}, Verdict.WRONG),
        ("red_flag: yes", {"red_flag": ("no",)}, Verdict.WRONG),
        ("duties: []", {"duties": ("us_ear/744.15",)}, Verdict.WRONG),
        ("duties: [us_ear/744.15]", {"duties": ("us_ear/744.15",)}, Verdict.RIGHT),
        ("announcements: [OSAKA]", {"announcements": ()}, Verdict.WRONG),
        ("pending: [AFF-BACK]", {"pending": ("S889B", "AFF-BACK")}, Verdict.RIGHT),
        ("exceptions: {GBS: candidate}", {"exceptions": ("GBS: unavailable",)}, Verdict.WRONG),
        ("exceptions: none", {"exceptions": ("GBS: unavailable",)}, Verdict.RIGHT),
        ("exceptions: none", {"exceptions": ("GBS: candidate",)}, Verdict.WRONG),
        ("review_policy: DENIAL", {"review_policy": ("APPROVAL",)}, Verdict.WRONG),
        ("review_policy: DENIAL", {"review_policy": ("APPROVAL",), "policy_open": ("yes",)}, Verdict.OPEN),
        ("missing: [a]", {"missing": ()}, Verdict.WRONG),
        ("missing: [a]", {"missing": (), "policy_open": ("yes",)}, Verdict.OPEN),
        ("not_modeled: [us_ear/746.8]", {"not_modeled": ()}, Verdict.RIGHT),
    ],
)
def test_details_of_a_decided_answer(expect: str, words: dict[str, tuple[str, ...]], verdict: Verdict) -> None:
    assert made(f"{{outcome: AUTHORIZED, {expect}}}", {"outcome": ("AUTHORIZED",), **words}).verdict is verdict


@pytest.mark.parametrize(
    ("expect", "words", "verdict"),
    [
        ("refer_because: conflict", {"refer_because": ("conflict", "facts")}, Verdict.RIGHT),
        ("refer_because: conflict", {"refer_because": ("facts",)}, Verdict.OPEN),
        ("not_modeled: [us_ear/746.8]", {"not_modeled": ("us_ear/746.8",)}, Verdict.RIGHT),
        ("not_modeled: [us_ear/746.8]", {"not_modeled": ("us_ear/744.23",)}, Verdict.OPEN),
        ("red_flag: yes", {"red_flag": ("no",)}, Verdict.OPEN),
    ],
)
def test_details_of_an_open_answer_are_never_wrong(
    expect: str, words: dict[str, tuple[str, ...]], verdict: Verdict
) -> None:
    assert made(f"{{outcome: REFER, {expect}}}", {"outcome": ("REFER",), **words}).verdict is verdict


def test_an_open_answer_that_is_accepted_owes_no_policy() -> None:
    expect = "{outcome: LICENSE_REQUIRED, accept: [REFER], review_policy: DENIAL, red_flag: yes}"
    assert made(expect, {"outcome": ("REFER",), "red_flag": ("yes",)}).verdict is Verdict.RIGHT
    assert made(expect, {"outcome": ("REFER",), "red_flag": ("no",)}).verdict is Verdict.OPEN


@pytest.mark.parametrize(
    ("kind", "expect", "words", "verdict"),
    [
        ("jurisdiction", "{subject: no}", {"subject": ("no",)}, Verdict.RIGHT),
        ("jurisdiction", "{subject: no}", {"subject": ("yes",)}, Verdict.WRONG),
        ("jurisdiction", "{subject: no}", {"subject": ("open",)}, Verdict.OPEN),
        ("jurisdiction", "{subject: open}", {"subject": ("yes",)}, Verdict.WRONG),
        ("jurisdiction", "{subject: open, missing: [a]}", {"subject": ("open",)}, Verdict.OPEN),
        ("status", "{status: ended, legal_force: yes}", {"status": ("ended",), "legal_force": ("yes",)}, Verdict.RIGHT),
        ("status", "{status: ended, legal_force: yes}", {"status": ("ended",), "legal_force": ("no",)}, Verdict.WRONG),
        ("status", "{status: published, accept: [announced]}", {"status": ("announced",)}, Verdict.RIGHT),
        ("duty", "{keep_until: 2024-08-01}", {"keep_until": ("2024-08-01",)}, Verdict.RIGHT),
        ("duty", "{keep_until: 2024-08-01}", {"keep_until": ("open",)}, Verdict.OPEN),
        ("duty", "{keep_until: open}", {"keep_until": ("2024-08-01",)}, Verdict.WRONG),
        ("duty", "{may_destroy: no}", {"may_destroy": ("yes",)}, Verdict.WRONG),
    ],
)
def test_other_kinds(kind: str, expect: str, words: dict[str, tuple[str, ...]], verdict: Verdict) -> None:
    assert made(expect, words, kind).verdict is verdict


def test_a_measure_or_day_that_is_not_known_is_refused_with_its_place() -> None:
    text = "- {id: S, kind: status, as_of: 2020-01-01, measure: TGL-9, expect: {status: ended},"
    (case,) = read_cases(text + " source: {kind: press, cites: [p], checked: seen}}", "f.yaml")
    with pytest.raises(FactsError, match=r"f\.yaml:1: S: .*TGL-9"):
        find(case, SOURCES)
    with pytest.raises(FactsError, match=r"f\.yaml:2: A\.as_of: .*2017-12-31"):
        find(sale(LISTED, day="2017-12-31"), SOURCES)
