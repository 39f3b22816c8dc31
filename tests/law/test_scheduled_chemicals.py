"""Beside the license: what parts 736 and 745 ask of scheduled chemicals, and the arms embargoes of 746.1(b)."""

from __future__ import annotations

import pytest

from chart_acts import case_of, grounds, say, simple
from ground_acts import NOTHING, REQUIRED, word
from licet.law.us_ear.part_742 import NOT_PARTY, SCHEDULED
from licet.law.us_ear.part_746 import UN_EMBARGOES

BOTH = ("us_ear/745", "us_ear/736.2(b)(7)")


@pytest.mark.parametrize("section", BOTH)
@pytest.mark.parametrize(("code", "to"), [("1C350.b", "DE"), ("1C350.c", "KR"), ("1C355", "RO"), ("1C395.b", "CN")])
def test_schedules_2_and_3_go_to_states_party_without_more(section: str, code: str, to: str) -> None:
    assert section in grounds(case_of(simple(code, to)))
    said = say(simple(code, to), only=section)
    assert (said.at_least, said.at_most, said.asked) == (NOTHING, NOTHING, frozenset())


@pytest.mark.parametrize("section", BOTH)
@pytest.mark.parametrize("to", NOT_PARTY)
def test_schedule_3_to_a_state_not_party_stays_open(section: str, to: str) -> None:
    said = say(simple("1C350.c", to), only=section)
    assert (said.at_least, said.at_most) == (NOTHING, REQUIRED)
    assert said.because == {"not_modeled"}
    assert say(simple("1C350.b", to), only=section).at_most == NOTHING
    assert say(simple("1C350", to), only=section).at_most == REQUIRED


@pytest.mark.parametrize("section", BOTH)
def test_schedule_1_stays_open_to_every_destination(section: str) -> None:
    for to in ("DE", "IL"):
        act = simple("1C351.d.15", to)
        kinds = case_of(act).stock["items[0].reasons"].words
        assert any("CW@742.18 schedule 1" in kind for kind in kinds), kinds
        assert say(act, only=section).at_most == REQUIRED


def test_other_items_are_not_asked() -> None:
    assert {"CW@742.18", "CW@742.18 schedule 1"} == SCHEDULED
    assert not set(BOTH) & grounds(case_of(simple("2B350.a", "IL"))).keys()


# -- arms embargoes of the United Nations


@pytest.mark.parametrize("to", UN_EMBARGOES)
def test_what_has_un_among_its_reasons_stays_open_to_embargoed_countries(to: str) -> None:
    said = word(simple("9A610.x", to), only="us_ear/746.1(b)(2)")
    assert (said.at_least, said.at_most) == (NOTHING, REQUIRED)
    assert said.because == {"not_modeled"}


def test_un_items_to_other_countries_are_clear() -> None:
    said = word(simple("9A610.x", "SA"), only="us_ear/746.1(b)(2)")
    assert (said.at_least, said.at_most) == (NOTHING, NOTHING)


@pytest.mark.parametrize("code", ["6A995", "5A991.b.4", "EAR99"])
def test_what_has_other_reasons_is_not_asked(code: str) -> None:
    with pytest.raises(AssertionError, match="no rule"):
        word(simple(code, "CF"), only="us_ear/746.1(b)(2)")
