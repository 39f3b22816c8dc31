"""What answers there are to an open fact, in words; and what the search for the next fact does at its edges."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from interviewing import HUAWEI, act_of
from licet import next_fact, outlook
from licet.check import decide_on
from licet.engine.values import LOW, Values, any_day, between, words
from licet.law.rule import SCALE
from licet.sources import open_sources
from licet.state import Question, State

if TYPE_CHECKING:
    from licet.decide import Decision
    from licet.model.act import Act

SOURCES = open_sources(State(None))
TO_HUAWEI = {
    "activity": "export",
    "to": "CN",
    "parties[0].name": HUAWEI,
    "parties[0].role": "end_user",
    "items[0].kind": "commodity",
}


def prospects(act: Act, ground: str = "us_ear/744.11") -> tuple[list[outlook.Prospect], list[Decision]]:
    decision = decide_on(act, Question(date(2019, 6, 30), ground=ground), SOURCES, SOURCES.book, {})
    return outlook.prospects([decision], lambda _: True), [decision]


def said(path: str, part: Values) -> tuple[str, ...]:
    return outlook.label(path, part)


def test_words_stand_in_the_order_of_the_table_of_facts() -> None:
    assert said("purpose", words("other", "standards", "new_business")) == ("new_business", "standards", "other")
    assert said("to", Values(frozenset({"CU"}), others=True)) == ("any other",)


def test_days_are_written_as_days() -> None:
    day = date(2019, 5, 16)
    assert said("dates.contract", between(high=day.toordinal())) == ("on or before 2019-05-16",)
    later = any_day("none").without(between(high=day.toordinal()))
    assert said("dates.contract", later) == ("none", "on or after 2019-05-17")


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (5000, 5000, "5,000"),
        (LOW, -LOW, "any"),
        (5000, -LOW, "5,000 or more"),
        (LOW, 5000, "5,000 or less"),
        (100, 5000, "100 to 5,000"),
    ],
)
def test_amounts_are_written_as_amounts(low: int, high: int, text: str) -> None:
    scaled = [end if abs(end) == -LOW else end * SCALE for end in (low, high)]
    assert said("items[0].value_usd", between(*scaled)) == (text,)


def test_a_code_is_told_by_what_it_begins_with() -> None:
    act = act_of(
        {key: text for key, text in TO_HUAWEI.items() if key != "items[0].kind"} | {"items[0].kind": "software"}
    )
    found, _ = prospects(act, "")
    eccn = next(one for one in found if one.path == "items[0].eccn")
    told = [word for option in eccn.options for word in option.says]
    assert "EAR99" in told
    assert any(word.endswith("…") for word in told)
    assert "any other" in told


def test_what_is_worked_out_from_others_is_told_in_words() -> None:
    found, _ = prospects(act_of(TO_HUAWEI))
    told = {one.path: [option.says for option in one.options] for one in found}
    assert told["licenses"] == [("one that covers it",), ("none",)]
    assert told["certifications"] == [("one made by the exporter by then",), ("none by the exporter",)]


def test_a_search_that_runs_out_counts_the_fact_as_one_that_matters(monkeypatch: pytest.MonkeyPatch) -> None:
    found, states = prospects(act_of(TO_HUAWEI))
    purpose = next(one for one in found if one.path == "purpose")
    assert next_fact.matters(states, purpose, lambda _: True)
    # With nothing else to ask, a license that may be held leaves both ends open whatever the purpose is.
    assert not next_fact.matters(states, purpose, lambda path: path == "purpose")
    monkeypatch.setattr(next_fact, "BUDGET", 0)
    assert next_fact.matters(states, purpose, lambda path: path == "purpose")
