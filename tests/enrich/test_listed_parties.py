"""What a check makes of the lists: who is on one, what is open, and what a list without rules here does."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from licet.check import question_of, run
from licet.formats.act import read_act
from licet.law.book import load
from licet.lists.compiling import compile_lists
from licet.lists.entry import Citation, Entry, Name
from licet.lists.merge import Issue, merge
from licet.lists.roster import Roster
from licet.lists.snapshot import Snapshot
from licet.lists.tables import Curated
from licet.model.outcome import Because, Outcome
from licet.sources import Sources
from licet.state import State

if TYPE_CHECKING:
    from licet.model.answer import Answer

ISSUED = date(2026, 7, 23)
KNOWN_RULE, AMENDED = Citation("84 FR 22963", date(2019, 5, 21)), Citation("85 FR 51607", date(2020, 8, 20))
ALL_LISTS = ("entity_list", "denied_persons_list", "unverified_list", "sdn")


def entry(name: str, *cites: Citation, **said: tuple[str, ...]) -> Entry:
    made = Entry(name.lower().replace(" ", "-"), "entity", (Name(name),), ("CN",), cites=cites, scope="all")
    return made._replace(policy="PRESUMPTION_OF_DENIAL", lists=said.get("lists", ()))


def lists(**parties: tuple[Entry, ...]) -> Roster:
    """Make lists of one issue each; those that rules of the export regulations read are always there."""
    others = {"csl": (entry("Somebody Else", lists=("isn",)),)}
    said = {**dict.fromkeys(ALL_LISTS, ()), **others, **parties}
    histories = {id_: merge([Issue(ISSUED, ISSUED, id_, entries)]) for id_, entries in said.items()}
    return Roster(Snapshot(compile_lists(Curated((), (), ""), histories, load()), "made"))


def answer(roster: Roster, name: str, day: date = ISSUED, *, listings: str = "") -> Answer:
    act = read_act(
        f"""
kind: export
activity: export
from: US
to: CN
purpose: new_business
dates: {{contract: {day}, en_route_since: none}}
parties:
  - {{role: [ultimate_consignee, end_user], name: {name}, country: CN, legally_distinct: yes, address: Some Road 1,
     military_end_user: no, headquarters: CN, ultimate_parent_headquarters: CN, owners: [] {listings}}}
parties_complete: yes
items:
  - {{name: chair, kind: commodity, eccn: EAR99, us_origin: yes, published: no, listed_in: []}}
licenses: []
certifications: none
exception_claimed: none
end_use: {{known: none}}
knowledge: {{violation: no}}
red_flags: none
""",
        file="act.yaml",
    )
    return run(act, question_of(act, State(day)), Sources(load(), roster))


def test_a_name_that_no_list_has_is_clear_where_all_lists_are_complete() -> None:
    found = answer(lists(), "Acme Tools")
    assert found.span.decided
    assert found.outcome == Outcome.NO_LICENSE_REQUIRED.name
    assert any(note.startswith("lists: Denied Persons List of 2026-07-23; Entity List of") for note in found.notes)


def test_on_a_day_on_which_one_list_is_not_complete_it_stays_open_on_that_list_alone() -> None:
    found = answer(lists(), "Acme Tools", date(2026, 8, 24))  # 32 days: no denial order is overdue, the code is
    assert (found.span.at_least, found.span.at_most) == (Outcome.NO_LICENSE_REQUIRED, Outcome.LICENSE_REQUIRED)
    assert Because.LISTS in found.refer_because
    assert any("a newer one is due since 2026-08-23" in note for note in found.notes)
    later = answer(lists(), "Acme Tools", date(2026, 9, 10))
    assert later.span.at_most is Outcome.PROHIBITED


def test_an_entry_of_an_official_list_needs_a_license_from_its_day_of_effect() -> None:
    roster = lists(entity_list=(entry("Acme Chips", KNOWN_RULE),))
    assert answer(roster, "ACME CHIPS").outcome == Outcome.LICENSE_REQUIRED.name
    (reason,) = [one for one in answer(roster, "ACME CHIPS").requirements if one.section == "us_ear/744.11"]
    assert "84 FR 22963" in reason.cites


def test_terms_of_before_an_amendment_leave_policy_and_scope_open() -> None:
    roster = lists(entity_list=(entry("Acme Chips", KNOWN_RULE, AMENDED),))
    before = answer(roster, "Acme Chips", date(2020, 1, 2))
    assert Because.NOT_MODELED in before.refer_because
    assert before.span.at_most is not Outcome.NO_LICENSE_REQUIRED


def test_a_name_like_a_listed_one_is_a_question_and_its_answer_settles_it() -> None:
    found = answer(lists(entity_list=(entry("Acme Chips Technologies", KNOWN_RULE),)), "Acme Chips Technologie")
    assert found.refer_because == (Because.MATCH,)
    assert any("is similar to Acme Chips Technologies (entity_list)" in note for note in found.notes)
    assert [one.path for one in found.missing if one.moves] == ["parties[0].same_as"]


@pytest.mark.parametrize(
    ("list_", "said", "word"),
    [
        ("sdn", {}, "Specially Designated Nationals"),
        ("un", {}, "United Nations"),
        ("uk", {}, "UK Sanctions List"),
        ("ca", {}, "Canad"),
        ("us_1260h", {}, "1260H"),
        ("ofac_consolidated", {"lists": ("ofac_cmic",)}, "Military-Industrial"),
    ],
)
def test_a_hit_on_a_list_of_another_regime_is_never_nothing(
    list_: str, said: dict[str, tuple[str, ...]], word: str
) -> None:
    found = answer(lists(**{list_: (entry("Acme Bank", **said),)}), "Acme Bank")
    assert (found.span.at_least, found.span.at_most) == (Outcome.NO_LICENSE_REQUIRED, Outcome.PROHIBITED)
    assert Because.OTHER_REGIME in found.refer_because
    (reason,) = [one for one in found.prohibitions if one.section == "other_regime"]
    assert word in reason.says
    assert "Acme Bank is on a list that no rule here reads" in reason.says


def test_a_name_like_one_of_another_regime_asks_first_whether_it_is_the_party() -> None:
    found = answer(lists(sdn=(entry("Acme Trading Bank"),)), "Acme Traiding Bank")
    assert {Because.MATCH, Because.OTHER_REGIME} <= set(found.refer_because)


def test_listings_stated_as_none_stand_against_a_list_that_may_only_have_had_the_name() -> None:
    unknown = entry("Acme Chips", Citation("81 FR 99999", date(2016, 12, 1)))
    history = merge([Issue(ISSUED, ISSUED, "x", (unknown,)), Issue(date(2026, 9, 1), ISSUED, "y", ())])
    roster = Roster(Snapshot(compile_lists(Curated((), (), ""), {"entity_list": history}, load()), "made"))
    assert answer(roster, "Acme Chips", ISSUED, listings=", listings: []").refer_because == (Because.CONFLICT,)
    assert answer(roster, "Acme Chips", date(2026, 8, 1), listings=", listings: []").span.decided
