"""The interview without a terminal: what it asks and in which order, what it takes for an answer, going back."""

from __future__ import annotations

from datetime import date

import pytest

from interviewing import CANNOT_BE_KNOWN, HUAWEI, NOT_KNOWN_YET, act_of, interviewed
from licet.ask import Interview, Setting, begin
from licet.check import question_of, run
from licet.formats.act import read_act
from licet.formats.write import act_to_yaml
from licet.model.act import UNDETERMINABLE
from licet.model.errors import FactsError
from licet.model.outcome import Because
from licet.sources import open_sources
from licet.state import State, parse

JUNE_30 = date(2019, 6, 30)
SOURCES = open_sources(State(None))
SETTING = Setting(State(JUNE_30), SOURCES)
ON_GROUND = Setting(State(JUNE_30), SOURCES, ground="us_ear/744.11")
TO_HUAWEI = {
    "activity": "export",
    "to": "CN",
    "parties[0].name": HUAWEI,
    "parties[0].role": "ultimate_consignee, end_user",
    "items[0].name": "memory chip",
    "items[0].kind": "commodity",
    "items[0].eccn": "EAR99",
    "purpose": "new_business",
}


def say(moment: Interview, *texts: str) -> Interview:
    for text in texts:
        moment = moment.hear(text)
    return moment


def asked(moment: Interview) -> str:
    return moment.query.path if moment.query is not None else ""


def until(moment: Interview, path: str) -> Interview:
    """Put everything off until a path is asked."""
    while asked(moment) != path:
        assert moment.query is not None, f"{path} is never asked"
        moment = moment.hear(NOT_KNOWN_YET)
    return moment


def refused(moment: Interview, text: str) -> str:
    with pytest.raises(FactsError) as error:
        moment.hear(text)
    return str(error.value)


# -- what is asked


def test_the_kind_comes_first_and_cannot_be_put_off() -> None:
    first = begin(SETTING)
    assert asked(first) == "kind"
    assert first.answer is None
    assert asked(first.hear("1")) == asked(first.hear("export")) == "activity"
    assert "the kind of act comes first" in refused(first, NOT_KNOWN_YET)
    assert "the kind of act comes first" in refused(first, "to = CN")
    assert "found" in refused(first, CANNOT_BE_KNOWN)
    assert 'did you mean "export"?' in refused(first, "exprot")


def test_what_alone_settles_the_outcome_comes_first() -> None:
    moment = say(begin(SETTING), "export")
    assert moment.query is not None
    assert moment.query.settles
    ends = {word: choice.span for choice in moment.query.choices for word in choice.says}
    assert ends["payment"].outcome == ends["import"].outcome == "NOT_SUBJECT"
    assert say(moment, "payment").query is None


def test_each_answer_lands_within_its_forecast() -> None:
    for path in ("activity", "items[0].kind", "parties[0].role", "purpose"):
        stated = {key: text for key, text in TO_HUAWEI.items() if key != path}
        moment = until(begin(SETTING, act_of(stated)), path)
        assert moment.query is not None
        for choice in moment.query.choices:
            for word in choice.says:
                if word in moment.query.words:
                    after = moment.hear(word).answer
                    assert after is not None
                    assert choice.span.low <= after.span.low, (path, word)
                    assert choice.span.high >= after.span.high, (path, word)


def test_a_question_says_which_rules_turn_on_it() -> None:
    moment = until(begin(SETTING, act_of(TO_HUAWEI)), "dates.en_route_since")
    query = moment.query
    assert query is not None
    assert (12, "Savings clause of the listing") in query.asked_by
    assert query.row.section.startswith("15 CFR 744.11")
    alone = {word: choice.on_ground for choice in query.choices for word in choice.says}
    saved, not_saved = alone["on or before 2019-05-16"], alone["on or after 2019-05-17"]
    assert saved is not None
    assert not_saved is not None
    assert saved.outcome == "AUTHORIZED"
    assert not_saved.at_most.name == "LICENSE_REQUIRED"


def test_nothing_is_asked_once_the_outcome_is_decided() -> None:
    decided = {**TO_HUAWEI, "dates.en_route_since": "none", "licenses": "none", "knowledge.violation": "no"}
    answer = begin(SETTING, act_of(decided)).answer
    assert answer is not None
    assert answer.outcome == "LICENSE_REQUIRED"
    assert answer.missing, "facts for the review policy alone are open, and are not asked"
    assert begin(SETTING, act_of({**decided, "parties_complete": "yes"})).query is None


def test_a_party_is_asked_for_by_its_name_before_anything_is_asked_of_it() -> None:
    moment = until(begin(SETTING, act_of({"activity": "export", "items[0].kind": "commodity"})), "parties[0].name")
    assert moment.act.counts.get("parties") is None
    assert "parties[0].role" in {asked(one) for one in interviewed(act_of(TO_HUAWEI), moment)}


def test_of_a_party_without_a_name_nothing_is_asked() -> None:
    moment = until(begin(SETTING, act_of({"activity": "export", "items[0].kind": "commodity"})), "parties[0].name")
    later = [asked(one) for one in interviewed(act_of({"activity": "export"}), moment.hear(NOT_KNOWN_YET))]
    assert later
    assert not [path for path in later if path.startswith("parties")]


def test_a_name_near_a_listed_one_is_asked_about() -> None:
    start = act_of({"activity": "export", "items[0].kind": "commodity", "parties[0].name": "Huawei Technologys Co Ltd"})
    moment = until(begin(SETTING, start), "parties[0].same_as")
    assert moment.query is not None
    assert moment.query.because is Because.MATCH


# -- answers


def test_words_may_be_chosen_by_number() -> None:
    moment = until(begin(SETTING, act_of({key: TO_HUAWEI[key] for key in TO_HUAWEI if key != "purpose"})), "purpose")
    assert moment.hear("1").act.get("purpose") == ("new_business",)
    assert moment.hear("2, 6").act.get("purpose") == ("existing_network", "other")
    assert moment.hear("2 6").act.get("purpose") == ("existing_network", "other")
    assert moment.hear("existing_network, other").act.get("purpose") == ("existing_network", "other")
    assert "1 to 6, or the word" in refused(moment, "7")
    assert "1 to 6, or the word" in refused(moment, "0")


def test_one_word_is_one_number() -> None:
    moment = say(begin(SETTING), "export")
    assert "allowed: one of them" in refused(moment, "1, 2")


def test_bad_input_changes_nothing_and_names_the_nearest_word() -> None:
    moment = say(begin(SETTING), "export")
    assert 'did you mean "reexport"?' in refused(moment, "re-export")
    assert asked(moment) == "activity"
    assert moment.act.facts == {}


def test_not_known_yet_and_cannot_be_known_are_different() -> None:
    moment = until(begin(SETTING, act_of(TO_HUAWEI)), "dates.en_route_since")
    later, unknowable = moment.hear(NOT_KNOWN_YET), moment.hear(CANNOT_BE_KNOWN)
    assert later.act.get("dates.en_route_since") is None
    assert unknowable.act.get("dates.en_route_since") == UNDETERMINABLE
    for moments in (interviewed(moment.act, later), interviewed(moment.act, unknowable)):
        assert "dates.en_route_since" not in {asked(one) for one in moments}
    assert later.answer is not None
    assert unknowable.answer is not None
    assert "dates.en_route_since" in {one.path for one in later.answer.missing}
    # What cannot be shown does not authorize: the savings clause is out, and so is asked for no more.
    assert "dates.en_route_since" not in {one.path for one in unknowable.answer.missing if one.can_be_asked}


def test_a_fact_that_was_put_off_is_open_again_in_the_next_interview() -> None:
    moment = until(begin(SETTING, act_of(TO_HUAWEI)), "dates.en_route_since").hear(NOT_KNOWN_YET)
    assert "dates.en_route_since" not in moment.open_paths()
    assert "dates.en_route_since" in begin(SETTING, moment.result).open_paths()


def test_any_fact_may_be_stated_by_its_path() -> None:
    moment = say(begin(SETTING), "export", "items[0].eccn = EAR99", "to=CN", "dates.contract = 2019-06-20")
    assert asked(moment) == "activity"
    assert moment.act.get("items[0].eccn") == "EAR99"
    assert moment.act.get("to") == "CN"
    again = moment.hear("to = DE")
    assert again.act.get("to") == "DE"
    assert "did you mean" in refused(moment, "items[0].ecn = EAR99")


def test_a_fact_that_was_put_off_may_be_stated_after_all() -> None:
    moment = until(begin(SETTING, act_of(TO_HUAWEI)), "dates.en_route_since").hear(NOT_KNOWN_YET)
    moment = moment.hear("dates.en_route_since = none")
    assert "dates.en_route_since" not in moment.later
    assert moment.act.get("dates.en_route_since") == "none"


def test_an_answer_word_for_word_begins_with_an_equals_sign() -> None:
    moment = until(begin(SETTING, act_of({"activity": "export", "items[0].kind": "commodity"})), "parties[0].name")
    assert moment.hear("= x").act.get("parties[0].name") == "x"
    assert moment.hear("A = B Holding").act.get("parties[0].name") == "A = B Holding"
    assert moment.hear("to = CN").act.get("to") == "CN"
    assert moment.hear("x").act.get("parties[0].name") == UNDETERMINABLE


def test_records_are_counted_and_then_asked_for() -> None:
    moment = until(begin(ON_GROUND, act_of({**TO_HUAWEI, "dates.en_route_since": "none"})), "licenses").hear("1")
    paths = {asked(one) for one in interviewed(act_of({"licenses": "1"}), moment)}
    assert {"licenses[0].issued", "licenses[0].covers"} & paths


def test_names_of_new_records_are_asked_for_at_once() -> None:
    owned = {"activity": "export", "to": "MY", "parties[0].name": "T", "parties[0].listings": "none"}
    facts = act_of({**owned, "parties[0].role": "end_user", "parties[0].country": "MY", "items[0].kind": "commodity"})
    setting = Setting(State(date(2025, 10, 15)), SOURCES, ground="us_ear/744.11")
    moment = until(begin(setting, facts), "parties[0].owners").hear("3")
    assert asked(moment) == "parties[0].owners[0].name"
    moment = say(moment, "A")
    assert asked(moment) == "parties[0].owners[1].name"
    moment = say(moment, NOT_KNOWN_YET)
    assert asked(moment) == "parties[0].owners[1].name"
    moment = say(moment, "C")
    assert moment.act.counts["parties[0].owners"] == 2
    assert moment.act.get("parties[0].owners[1].name") == "C"
    assert not asked(moment).endswith(".name")


def test_a_list_of_which_no_name_is_known_is_not_stated() -> None:
    start = act_of({**TO_HUAWEI, "parties[0].owners": "1"})
    moment = begin(SETTING, start)
    assert asked(moment) == "parties[0].owners[0].name"
    moment = moment.hear(NOT_KNOWN_YET)
    assert "parties[0].owners" not in moment.act.counts
    assert "parties[0].owners" in moment.later


# -- other parties


DECIDED = {**TO_HUAWEI, "dates.en_route_since": "none", "licenses": "none", "knowledge.violation": "no"}


def test_whether_all_parties_are_named_is_asked_last() -> None:
    moment = begin(SETTING, act_of(DECIDED))
    assert asked(moment) == "parties_complete"
    assert moment.query is not None
    widest = {word: choice.span for choice in moment.query.choices for word in choice.says}
    assert widest["no"].at_most.name == "PROHIBITED"
    assert say(moment, "yes").query is None
    assert say(moment, "yes").act.get("parties_complete") == "yes"
    assert say(moment, NOT_KNOWN_YET).query is None


def test_another_party_is_asked_for_by_name_and_then_asked_about() -> None:
    moment = begin(Setting(State(date(2019, 9, 1)), SOURCES), act_of(DECIDED)).hear("no")
    assert asked(moment) == "parties[1].name"
    named = moment.hear("Acme GmbH")
    assert named.act.get("parties_complete") is None
    assert asked(named) == "parties[1].listings"
    assert asked(named.hear("none")) == "parties_complete"
    nameless = moment.hear(NOT_KNOWN_YET)
    assert nameless.act.get("parties_complete") == "no"
    assert nameless.answer is not None
    assert nameless.answer.outcome == "REFER"


def test_what_no_list_can_change_is_not_asked_of_another_party() -> None:
    """The Denied Persons List is complete on this day, and a license is required already."""
    moment = begin(SETTING, act_of(DECIDED)).hear("no")
    assert asked(moment.hear("Acme GmbH")) == "parties_complete"


def test_other_parties_are_not_asked_where_they_change_nothing() -> None:
    assert say(begin(SETTING), "export", "payment", "parties[0].name = Acme GmbH").query is None


def test_a_party_is_added_at_the_end() -> None:
    end = begin(SETTING, act_of({**DECIDED, "parties_complete": "yes"}))
    assert end.query is None
    assert "nothing is asked any more" in refused(end, "yes")
    more = end.hear("parties[1].name = ZTE Corporation")
    assert more.act.counts["parties"] == 2


# -- going back


def test_back_takes_the_last_answer_back() -> None:
    moments = [begin(SETTING)]
    role = "parties[0].role = ultimate_consignee, end_user"
    for text in ("export", "export", "commodity", HUAWEI, role, NOT_KNOWN_YET, CANNOT_BE_KNOWN, "to = CN"):
        moments.append(moments[-1].hear(text))
    assert [one.asked for one in moments] == list(range(len(moments)))
    back = moments[-1]
    for earlier in reversed(moments[:-1]):
        back = back.back()
        assert (back.act, back.later, asked(back)) == (earlier.act, earlier.later, asked(earlier))
    assert back.back() is back


def test_an_interview_does_not_change_when_it_is_answered() -> None:
    moment = say(begin(SETTING), "export")
    one, other = moment.hear("payment"), moment.hear("reexport")
    assert moment.act.facts == {}
    assert one.act.get("activity") == "payment"
    assert other.act.get("activity") == "reexport"


# -- the law that is asked about


def test_the_day_follows_from_the_act_where_none_is_asked_for() -> None:
    moment = say(begin(Setting(State(None), SOURCES, today=date(2020, 1, 1))), "export")
    assert moment.answer is not None
    assert (moment.answer.as_of, moment.answer.date_from) == (date(2020, 1, 1), "today")
    dated = moment.hear("dates.export = 2019-06-30")
    assert dated.answer is not None
    assert (dated.answer.as_of, dated.answer.date_from) == (JUNE_30, "dates.export")


def test_a_day_before_the_lawbook_is_refused_as_an_answer() -> None:
    moment = say(begin(Setting(State(None), SOURCES, today=date(2020, 1, 1))), "export")
    assert "is not known here; that is no clearance" in refused(moment, "dates.export = 2017-06-30")


def test_a_what_if_is_asked_about_too() -> None:
    state = parse("2019-06-30+osaka.yaml")
    moment = begin(Setting(state, open_sources(state)), act_of({**DECIDED, "parties_complete": "yes"}))
    answer = moment.answer
    assert answer is not None
    assert answer.what_if is not None
    assert answer.outcome == "LICENSE_REQUIRED"
    assert answer == run(moment.act, question_of(moment.act, state), open_sources(state))


def test_an_act_of_a_kind_that_no_regime_decides_is_not_asked_about() -> None:
    moment = say(begin(SETTING), "update")
    assert moment.query is None
    assert moment.answer is not None
    assert moment.answer.outcome == "REFER"


@pytest.mark.parametrize("kind", ["export", "connection"])
def test_the_file_gives_the_digest_that_the_end_shows(kind: str) -> None:
    facts = DECIDED if kind == "export" else {"activity": "attach", "device.vendor": HUAWEI}
    moment = interviewed(act_of(facts, kind), begin(SETTING))[-1]
    back = read_act(act_to_yaml(moment.result))
    assert moment.answer is not None
    assert run(back, question_of(back, SETTING.state), SOURCES).digest == moment.answer.digest
