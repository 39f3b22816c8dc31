"""How a question, a refusal and the end of an interview are written for a terminal."""

from __future__ import annotations

import re
from datetime import date

import pytest

from interviewing import HUAWEI, act_of
from licet.ask import Choice, Query, Setting, begin
from licet.formats.value import allowed
from licet.model import vocabulary
from licet.model.act import UNDETERMINABLE
from licet.model.answer import Span
from licet.model.errors import FactsError
from licet.model.outcome import Outcome, value
from licet.show.as_question import closing, help_on, moved, refusal, to_lines
from licet.sources import open_sources
from licet.state import State

SETTING = Setting(State(date(2019, 6, 30)), open_sources(State(None)))
WIDTH = 110
WIDE = Span(value(Outcome.NO_LICENSE_REQUIRED), value(Outcome.PROHIBITED))
CLEAR = Span(value(Outcome.NO_LICENSE_REQUIRED), value(Outcome.NO_LICENSE_REQUIRED))


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def query_on(path: str, *choices: Choice) -> Query:
    row = vocabulary.table().by_path[vocabulary.generic(path)][0]
    words = row.domain or (("yes", "no") if row.type.startswith("yes_no") else ())
    return Query(path, vocabulary.question(path) or row.question, row, words, choices)


@pytest.mark.parametrize("row", vocabulary.table().rows, ids=lambda row: f"{row.path}-{row.kinds[0]}")
def test_every_fact_can_be_asked_within_the_width_of_a_terminal(row: vocabulary.Row) -> None:
    path = row.path.replace("[]", "[0]")
    query = query_on(path)._replace(row=row, text=vocabulary.question(path, kind=row.kinds[0]))
    shown = plain(to_lines(begin(SETTING), query)) + "\n" + help_on(query)
    assert [line for line in shown.splitlines() if len(line) > WIDTH] == []
    assert row.question.split("{", maxsplit=1)[0].strip() in " ".join(shown.split())
    assert row.section in " ".join(shown.split())
    assert path in shown


def test_a_long_name_wraps() -> None:
    moment = begin(SETTING, act_of({"activity": "export", "parties[0].name": "Gesellschaft " * 30}))
    query = query_on("parties[0].role")._replace(text=vocabulary.question("parties[0].role", moment.act))
    assert [line for line in plain(to_lines(moment, query)).splitlines() if len(line) > WIDTH] == []


def test_answers_of_one_effect_stand_together() -> None:
    moment = begin(SETTING, act_of({"activity": "export", "items[0].kind": "commodity"}))
    assert moment.answer is not None
    same = moment.answer.span
    choices = (Choice(("CU", "IR"), CLEAR), Choice(("DE",), same), Choice(("KP",), CLEAR))
    shown = plain(to_lines(moment, query_on("to", *choices)))
    assert "CU, IR or KP → NO LICENSE REQUIRED, which settles it" in shown
    assert "any other answer: no change by itself" in shown


def test_of_many_answers_the_first_are_named_and_what_stands_for_all_others() -> None:
    moment = begin(SETTING, act_of({"activity": "export"}))
    codes = tuple(sorted(vocabulary.table().countries))
    shown = " ".join(plain(to_lines(moment, query_on("to", Choice((*codes, "any other"), CLEAR)))).split())
    assert f"{', '.join(codes[:9])}, {len(codes) - 9} more or any other → NO LICENSE REQUIRED" in shown


def test_where_no_answer_moves_the_range_its_ground_tells() -> None:
    moment = begin(SETTING, act_of({"activity": "export", "items[0].kind": "commodity"}))
    assert moment.answer is not None
    same = moment.answer.span
    query = query_on("purpose", Choice(("standards",), same, CLEAR), Choice(("other",), same, WIDE))
    told = plain(to_lines(moment, query._replace(ground="Entity List", asked_by=((8, "Entity List"),))))
    assert "for the ground Entity List alone:" in told
    assert "standards → NO LICENSE REQUIRED" in told
    untold = plain(to_lines(moment, query_on("purpose", Choice(("standards",), same), Choice(("other",), same))))
    assert "no answer moves the range by itself; it counts together with others" in untold


def test_what_cannot_be_known_is_said_in_words() -> None:
    moment = begin(SETTING, act_of({"activity": "export"}))
    shown = plain(to_lines(moment, query_on("end_use.oil_gas", Choice((UNDETERMINABLE,), CLEAR))))
    assert "cannot be known → NO LICENSE REQUIRED" in shown
    assert UNDETERMINABLE not in shown


def test_rules_that_ask_are_named_with_their_steps_in_one_line() -> None:
    rules = ((12, "Savings clause"), (8, "Entity List"), (8, "A title " * 14))
    shown = plain(to_lines(begin(SETTING, act_of({"activity": "export"})), query_on("to")._replace(asked_by=rules)))
    assert "asked by (8) Entity List and 2 more" in shown


def test_a_refusal_speaks_to_one_who_types() -> None:
    moment = begin(SETTING, act_of({"activity": "export"}))
    with pytest.raises(FactsError) as error:
        moment.state("purpose", "unknown")
    said = " ".join(refusal(error.value, "purpose").split())
    assert said.startswith('! found "unknown"; allowed: new_business')
    assert "`-` says that it is not known yet, `x` that it cannot be known." in said
    assert "Leave the fact out" not in said
    assert UNDETERMINABLE not in said
    assert refusal(error.value, "to").strip().startswith("! purpose: found")
    assert UNDETERMINABLE in allowed(vocabulary.table().by_path["purpose"][0])


def test_an_answer_that_moves_the_range_is_told() -> None:
    before = begin(SETTING).hear("export")
    after = before.hear("payment")
    assert plain(moved(before.answer, after.answer)).strip() == "→ NOT SUBJECT"
    assert moved(after.answer, after.answer) == ""
    assert plain(moved(None, before.answer)).strip() == "→ NOT SUBJECT … PROHIBITED"


def test_the_end_says_what_it_rests_on() -> None:
    facts = {"activity": "payment", "parties[0].name": HUAWEI, "items[0].name": "chip", "to": UNDETERMINABLE}
    end = begin(SETTING, act_of(facts))
    assert end.query is None
    shown = closing(end)
    assert f"parties taken as complete: {HUAWEI}  (another: parties[1].name = …)" in shown
    assert "items taken as complete: chip  (another: items[1].name = …)" in shown
    assert "cannot be known: to" in shown
    assert "parties taken" not in closing(end.state("parties_complete", "yes"))
