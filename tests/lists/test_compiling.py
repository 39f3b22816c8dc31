"""From rows kept by hand and issues to what is said of a name on a day: what is sure, open, or disputed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from licet.law.book import load
from licet.lists.compiling import LEAD, LONG_AGO, compile_lists
from licet.lists.entry import Citation, Entry, Name
from licet.lists.merge import Issue, merge
from licet.lists.roster import Roster
from licet.lists.snapshot import Snapshot
from licet.lists.store import curated
from licet.lists.tables import ISSUED, Curated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from licet.lists.merge import History
    from licet.lists.roster import Found

DAY = timedelta(days=1)
NONE = Curated((), (), "")
KNOWN_RULE = Citation("84 FR 22963", date(2019, 5, 21))
"""Inside the rule of May 2019, in force since the 16th."""
UNKNOWN_RULE = Citation("81 FR 99999", date(2016, 12, 1))


def entry(name: str, *cites: Citation, country: str = "CN", lists: tuple[str, ...] = ()) -> Entry:
    made = Entry(f"{country}-{name}".lower().replace(" ", "-"), "entity", (Name(name),), (country,), lists=lists)
    return made._replace(cites=cites, scope="all", policy="DENIAL")


def issues(*said: tuple[date, tuple[Entry, ...]]) -> History:
    return merge(Issue(day, day, f"{number}", entries) for number, (day, entries) in enumerate(said))


def roster(histories: Mapping[str, History], by_hand: Curated = NONE, known: date | None = None) -> Roster:
    return Roster(Snapshot(compile_lists(by_hand, histories, load(), known=known), "made"))


def how(found: Found, list_: str = "entity_list") -> str:
    """Return how sure it is that a name is on a list: `off` if it is known not to be, empty if nothing is said."""
    on = [one.checked for one in found.listed if one.list == list_]
    return on[0] if on else "off" if list_ in found.known else ""


FIRST, SECOND = date(2026, 3, 25), date(2026, 7, 23)


def test_an_entry_counts_from_the_effect_of_its_rule_and_is_known_before() -> None:
    lists = roster({"entity_list": issues((FIRST, (entry("Acme Chips", KNOWN_RULE),)))})
    for day, expected in ((date(2019, 5, 15), "off"), (date(2019, 5, 16), "seen"), (SECOND, "seen")):
        assert how(lists.find("ACME CHIPS", day)) == expected
    (terms,) = lists.find("Acme Chips", SECOND).listed
    assert (terms.measure, terms.first, terms.cites) == ("EL-2019-05", date(2019, 5, 16), ("84 FR 22963",))


def test_before_the_publication_of_a_rule_that_is_not_known_some_days_are_open() -> None:
    lists = roster({"entity_list": issues((FIRST, (entry("Acme Chips", UNKNOWN_RULE),)))})
    published = UNKNOWN_RULE.published or LONG_AGO
    for day, expected in ((published - LEAD - DAY, "off"), (published - LEAD, "open"), (published, "seen")):
        assert how(lists.find("Acme Chips", day)) == expected


def test_an_entry_without_any_day_may_have_been_there_always() -> None:
    lists = roster({"sdn": issues((FIRST, (entry("Acme Bank"),)))})
    assert how(lists.find("Acme Bank", date(2001, 1, 1)), "sdn") == "open"
    assert how(lists.find("Acme Bank", FIRST), "sdn") == "seen"


def test_an_order_that_is_a_renewal_may_have_been_in_force_before() -> None:
    notices = (Citation("86 FR 1", date(2021, 2, 1)), Citation("88 FR 1", date(2023, 8, 10)))
    order = entry("John Roe", *notices)._replace(listed=date(2023, 8, 1), until=date(2024, 1, 28))
    lists = roster({"denied_persons_list": issues((date(2023, 11, 28), (order,)))})
    for day, expected in (
        (date(2021, 2, 1) - LEAD - DAY, "off"),
        (date(2021, 2, 1) - LEAD, "open"),
        (date(2023, 7, 31), "open"),
        (date(2023, 8, 1), "seen"),
        (date(2024, 1, 28), "seen"),
        (date(2024, 1, 29), "off"),
    ):
        assert how(lists.find("John Roe", day), "denied_persons_list") == expected


def test_between_an_order_that_ran_out_and_the_next_one_is_open() -> None:
    first = entry("John Roe")._replace(listed=date(2019, 3, 1), until=date(2019, 8, 28))
    later = entry("John Roe")._replace(listed=date(2023, 8, 1), until=date(2024, 1, 28))
    history = issues((date(2019, 6, 12), (first,)), (date(2023, 11, 28), (later,)))
    lists = roster({"denied_persons_list": history})
    for day, expected in ((date(2019, 8, 28), "seen"), (date(2019, 8, 29), "open"), (date(2023, 7, 31), "open")):
        assert how(lists.find("John Roe", day), "denied_persons_list") == expected
    assert how(lists.find("John Roe", date(2023, 8, 1)), "denied_persons_list") == "seen"


def test_what_an_amended_entry_said_before_is_open() -> None:
    later = Citation("85 FR 51607", date(2020, 8, 20))
    lists = roster({"entity_list": issues((FIRST, (entry("Acme Chips", KNOWN_RULE, later),)))})
    for day, expected in ((date(2019, 5, 16), "amended"), (date(2020, 8, 16), "amended"), (date(2020, 8, 17), "seen")):
        assert how(lists.find("Acme Chips", day)) == expected


def test_between_the_last_issue_with_an_entry_and_the_first_without_it_is_open() -> None:
    history = issues((FIRST, (entry("Acme Chips", KNOWN_RULE), entry("Other"))), (SECOND, (entry("Other"),)))
    lists = roster({"entity_list": history})
    for day, expected in ((FIRST, "seen"), (FIRST + DAY, "open"), (SECOND - DAY, "open"), (SECOND, "off")):
        assert how(lists.find("Acme Chips", day)) == expected


def test_a_list_is_complete_until_it_is_overdue_and_between_issues_that_name_the_same() -> None:
    same = issues((FIRST, (entry("Acme"),)), (SECOND, (entry("Acme"),)))
    assert roster({"entity_list": same}).lists["entity_list"].complete == ((FIRST, SECOND + 30 * DAY),)
    changed = issues((FIRST, (entry("Acme"),)), (SECOND, (entry("Acme"), entry("Other"))))
    stretches = ((FIRST, FIRST + 30 * DAY), (SECOND, SECOND + 30 * DAY))
    assert roster({"entity_list": changed}).lists["entity_list"].complete == stretches


def test_what_was_known_on_a_day_knows_nothing_of_later_issues() -> None:
    history = issues((FIRST, (entry("Acme Chips"),)), (SECOND, (entry("Acme Chips"), entry("Other Chips"))))
    assert roster({"entity_list": history}, known=FIRST).find("Other Chips", SECOND).listed == ()
    assert roster({"entity_list": history}).find("Other Chips", SECOND).listed


class TestByHand:
    NAME = "Huawei Technologies Co., Ltd."
    ID = "huawei-technologies-co-ltd"
    LATER = ISSUED + 100 * DAY

    def test_what_is_kept_by_hand_stands_up_to_its_day(self) -> None:
        official = entry(self.NAME, UNKNOWN_RULE)
        lists = roster({"entity_list": issues((ISSUED, (official,)))}, curated())
        assert [one.entry for one in lists.find(self.NAME, ISSUED, "CN").listed if one.list == "entity_list"] == [
            self.ID
        ]
        assert lists.history(self.ID)[0].since == date(2019, 5, 16)

    def test_a_later_issue_takes_it_off(self) -> None:
        official, other = entry(self.NAME, KNOWN_RULE), entry("Other", KNOWN_RULE)
        lists = roster({"entity_list": issues((ISSUED, (official, other)), (self.LATER, (other,)))}, curated())
        for day, on in ((ISSUED, True), (self.LATER - DAY, True), (self.LATER, False)):
            found = lists.find(self.NAME, day, "CN")
            assert any(one.entry == self.ID and one.list == "entity_list" for one in found.listed) is on
            assert "entity_list" in found.known

    def test_a_later_issue_changes_its_terms(self) -> None:
        milder = entry(self.NAME, KNOWN_RULE)._replace(policy="CASE_BY_CASE")
        before = entry(self.NAME, KNOWN_RULE)
        lists = roster({"entity_list": issues((ISSUED, (before,)), (self.LATER, (milder,)))}, curated())
        last = [one for one in lists.history(self.ID) if one.list == "entity_list"][-1]
        assert (last.since, last.through, last.policy and last.policy.name) == (self.LATER, None, "CASE_BY_CASE")
        assert last.group == "huawei"


class TestACollection:
    def test_it_adds_names_to_a_party_of_the_own_source(self) -> None:
        own = issues((SECOND, (entry("Acme Chips", KNOWN_RULE),)))
        alias = entry("Acme Chips", KNOWN_RULE, lists=("entity_list",))
        alias = alias._replace(names=(*alias.names, Name("Roadrunner Foundry", "alias")))
        lists = roster({"entity_list": own, "csl": issues((SECOND, (alias,)))})
        found = lists.find("Roadrunner Foundry", SECOND).listed
        assert [one.entry for one in found] == ["entity_list:cn-acme-chips"]
        assert len(lists.details(found[0].entry)) == 2

    def test_a_party_that_it_alone_has_is_listed_until_the_own_source_speaks(self) -> None:
        own = issues((SECOND, (entry("Acme Chips", KNOWN_RULE),)))
        alone = entry("Coyote Labs", KNOWN_RULE, lists=("entity_list",))
        lists = roster({"entity_list": own, "csl": issues((date(2022, 5, 6), (alone,)))})
        for day, expected in (
            (date(2019, 5, 15), "off"),
            (date(2022, 5, 6), "seen"),
            (date(2024, 1, 1), "open"),
            (SECOND, "conflict"),
        ):
            assert how(lists.find("Coyote Labs", day)) == expected

    def test_an_alias_that_two_parties_share_makes_them_no_one_party(self) -> None:
        shared = Name("El Viejo", "alias")
        old, new = entry("Old Trader"), entry("New Trader", lists=("sdn",))
        old, new = (one._replace(names=(*one.names, shared)) for one in (old, new))
        own = issues((FIRST, (old, entry("Other"))), (SECOND, (entry("Other"),)))
        lists = roster({"sdn": own, "csl": issues((SECOND + DAY, (new,)))})
        assert how(lists.find("New Trader", SECOND + DAY), "sdn") == "seen"  # the collection is the newer one
        assert how(lists.find("Old Trader", SECOND + DAY), "sdn") == "off"

    def test_it_says_of_days_of_which_the_own_source_says_nothing(self) -> None:
        day = date(2022, 5, 6)
        own = issues((FIRST, (entry("Acme Bank"),)))
        lists = roster({"sdn": own, "csl": issues((day, (entry("Acme Bank", lists=("sdn",)),)))})
        for at, expected in ((day - DAY, "open"), (day, "seen"), (FIRST, "seen")):
            assert how(lists.find("Acme Bank", at), "sdn") == expected

    def test_a_list_that_comes_only_inside_it_has_its_own_name(self) -> None:
        lists = roster({"csl": issues((SECOND, (entry("Acme Bank", lists=("ofac_ssi",)),)))})
        assert [one.list for one in lists.find("Acme Bank", SECOND).listed] == ["ofac_ssi"]
        assert (lists.lists["ofac_ssi"].regime, lists.lists["ofac_ssi"].rules) == ("us_ofac", False)


def test_a_name_that_is_equal_on_one_list_may_be_near_on_another() -> None:
    one = issues((FIRST, (entry("Acme Chips Technologies", KNOWN_RULE),)))
    lists = roster({"entity_list": one, "us_1260h": issues((FIRST, (entry("Acme Chips Technologie"),)))})
    found = lists.find("Acme Chips Technologie", FIRST)
    assert [terms.list for terms in found.listed] == ["us_1260h"]
    assert [near.entry for near in found.near] == ["entity_list:cn-acme-chips-technologies"]


@pytest.mark.parametrize(
    ("listed", "asked"),
    [
        ("Joint Stock Company Angstrem", "JSC Angstrem"),
        ("Angstrem Limited Liability Company", "Angstrem LLC"),
        ("Acme Institute (a subordinate institute of CETC-7)", "Acme Institute"),
    ],
)
def test_another_spelling_of_the_legal_form_and_a_description_hide_nobody(listed: str, asked: str) -> None:
    found = roster({"entity_list": issues((FIRST, (entry(listed, KNOWN_RULE),)))}).find(asked, FIRST)
    assert [terms.name for terms in found.listed] == [listed]


def test_a_weak_alias_is_near_and_never_equal() -> None:
    weak = entry("Acme Trading House", KNOWN_RULE)
    weak = weak._replace(names=(*weak.names, Name("ATH", "weak_alias")))
    found = roster({"entity_list": issues((FIRST, (weak,)))}).find("ATH", FIRST)
    assert found.listed == ()
    assert [(one.how, one.entry) for one in found.near] == [("short", "entity_list:cn-acme-trading-house")]


@pytest.mark.parametrize("name", ["Acme\tChips", "Acme\nChips", "Acme \r Chips"])
def test_a_name_in_several_lines_is_one_name(name: str) -> None:
    lists = roster({"entity_list": issues((FIRST, (entry("x")._replace(names=(Name(name),)),)))})
    assert lists.find("Acme Chips", FIRST).listed[0].name == "Acme Chips"
