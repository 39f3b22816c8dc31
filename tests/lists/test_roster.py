"""What the lists that ship say of a name on a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from licet.lists.roster import Found, Roster
from licet.lists.snapshot import Snapshot, write
from licet.lists.store import shipped
from licet.lists.tables import COVERS
from licet.model.errors import SourceError
from licet.model.outcome import Policy

DAY = timedelta(days=1)
HUAWEI = "Huawei Technologies Co., Ltd."


def look(name: str, day: str) -> Found:
    return shipped().find(name, date.fromisoformat(day))


def lists(name: str, day: str) -> set[str]:
    return {one.list for one in look(name, day).listed}


@pytest.mark.parametrize(
    ("name", "first"),
    [
        (HUAWEI, "2019-05-16"),
        ("HiSilicon Technologies Co., Ltd (HiSilicon)", "2019-05-16"),
        ("HiSilicon Technologies Co., Ltd.", "2019-05-16"),
        ("Huawei Milan Research Institute", "2019-08-19"),
        ("Centre for Integrated Photonics Ltd", "2019-08-19"),
        ("Toga Networks", "2020-08-17"),
        ("Huawei Cloud Beijing", "2020-08-17"),
        ("Dahua Technology", "2019-10-09"),
        ("Hangzhou Hikvision Digital Technology Co., Ltd.", "2019-10-09"),
        ("Semiconductor Manufacturing International Corporation", "2020-12-18"),
        ("Xi'an Microelectronics Technology Institute", "2022-08-24"),
        ("Biren Technology", "2023-10-17"),
        ("Shenzhen SiCarrier Technologies Co., Ltd.", "2024-12-02"),
    ],
)
def test_an_entry_counts_from_its_day_of_effect_and_not_of_publication(name: str, first: str) -> None:
    day = date.fromisoformat(first)
    assert "entity_list" not in lists(name, str(day - DAY))
    assert "entity_list" in lists(name, first)
    assert "entity_list" in lists(name, str(day + DAY))
    assert look(name, str(day - DAY)).known >= set(COVERS)


def test_what_is_said_of_huawei_on_the_day_of_its_listing() -> None:
    entry = next(one for one in look(HUAWEI, "2019-05-16").listed if one.list == "entity_list" and one.country == "CN")
    assert (entry.since, entry.first, entry.scope) == (date(2019, 5, 16), date(2019, 5, 16), "all")
    assert entry.policy is Policy.PRESUMPTION_OF_DENIAL
    assert entry.measure == "EL-2019-05"
    assert entry.group == "huawei"
    assert entry.cites == ("84 FR 22963", "84 FR 43495")


@pytest.mark.parametrize(
    ("day", "notes"),
    [
        ("2020-05-14", ()),
        ("2020-05-15", (1,)),
        ("2020-08-16", (1,)),
        ("2020-08-17", (1, 2)),
        ("2026-07-23", (1, 2)),
    ],
)
def test_footnotes_of_huawei_come_on_their_days(day: str, notes: tuple[int, ...]) -> None:
    (entry,) = shipped().on("huawei-technologies-co-ltd", date.fromisoformat(day))[:1]
    assert entry.list == "entity_list"
    assert entry.footnotes == notes
    assert entry.first == date(2019, 5, 16)


@pytest.mark.parametrize(("day", "notes"), [("2022-10-20", ()), ("2022-10-21", (4,))])
def test_footnote_4_comes_on_its_day(day: str, notes: tuple[int, ...]) -> None:
    (entry,) = look("National University of Defense Technology", day).listed
    assert entry.footnotes == notes


def test_an_alias_that_entered_its_row_later_is_no_plain_match() -> None:
    before = look("Central South CAD Center", "2018-06-01")
    assert before.listed == ()
    assert [one.entry for one in before.later_alias] == ["national-university-of-defense-technology"]
    assert before.known >= set(COVERS)
    for day, listed in (("2022-06-27", False), ("2022-06-28", True)):
        assert bool(look("Central South CAD Center", day).listed) is listed
    assert look("National University of Defense Technology (NUDT)", "2018-06-01").listed
    for day, listed in (("2019-06-23", False), ("2019-06-24", True)):
        assert bool(look("Hunan Guofang Keji University", day).listed) is listed


@pytest.mark.parametrize(
    ("day", "denied"), [("2018-04-14", False), ("2018-04-15", True), ("2018-07-13", True), ("2018-07-14", False)]
)
@pytest.mark.parametrize("name", ["ZTE Corporation", "ZTE Kangxun Telecommunications Ltd.", "ZTE Corp."])
def test_zte_is_denied_from_its_order_to_its_end(name: str, day: str, denied: bool) -> None:  # noqa: FBT001
    found = look(name, day)
    assert ("denied_persons_list" in {one.list for one in found.listed}) is denied
    assert ("denied_persons_list" in {one.list for one in found.off}) is not denied
    assert "entity_list" in {one.list for one in found.off}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (HUAWEI, {"s889": "2018-08-13", "fcc_usf_designated": "2020-06-30", "fcc_covered_list": "2021-03-12"}),
        (
            "ZTE Corporation",
            {"s889": "2018-08-13", "fcc_usf_designated": "2020-06-30", "fcc_covered_list": "2021-03-12"},
        ),
        ("Hytera Communications Corporation", {"s889": "2018-08-13", "fcc_covered_list": "2021-03-12"}),
        ("Hangzhou Hikvision Digital Technology Company", {"s889": "2018-08-13", "fcc_covered_list": "2021-03-12"}),
        ("Dahua Technology Company", {"s889": "2018-08-13", "fcc_covered_list": "2021-03-12"}),
    ],
)
def test_equipment_bans_begin_on_their_days_and_reach_affiliates(name: str, expected: dict[str, str]) -> None:
    bans = {"s889", "fcc_usf_designated", "fcc_covered_list"}
    assert lists(name, "2026-07-23") & bans == set(expected)
    for list_, first in expected.items():
        assert list_ not in lists(name, str(date.fromisoformat(first) - DAY))
        assert list_ in lists(name, first)
    entry = look(name, "2026-07-23").listed[0].entry
    assert all(shipped().reaches_affiliates(list_, entry) for list_ in expected)
    assert not shipped().reaches_affiliates("entity_list", "huawei-technologies-co-ltd")


def test_a_split_policy_is_left_open_and_said_in_words() -> None:
    name, entry = (
        "Semiconductor Manufacturing International Corporation",
        "semiconductor-manufacturing-international-corp",
    )
    for day, notes, word in (("2020-12-18", (), "10 nm"), ("2024-12-01", (), "10 nm"), ("2024-12-02", (5,), "200 mm")):
        (terms,) = look(name, day).listed
        assert (terms.policy, terms.footnotes, terms.first) == (None, notes, date(2020, 12, 18))
        assert word in shipped().note("entity_list", entry, date.fromisoformat(day))


def test_policies_that_are_plain() -> None:
    (uestc,) = look("University of Electronic Science and Technology of China", "2018-01-01").listed
    assert (uestc.policy, uestc.scope) == (Policy.CASE_BY_CASE, "all")
    (hytera,) = look("Hytera Communications Limited", "2026-01-01").listed
    assert (hytera.policy, hytera.country) == (Policy.DENIAL, "HK")


@pytest.mark.parametrize("name", ["Hui Tong Business Ltd.", "Huawei Marine Networks Co., Ltd."])
def test_days_on_which_sources_differ_are_marked(name: str) -> None:
    assert {(one.checked, one.measure) for one in look(name, "2019-05-16").listed} == {("conflict", "EL-2019-05")}
    assert {one.checked for one in look(name, "2019-08-18").listed} == {"conflict"}
    (sure,) = look(name, "2019-08-19").listed
    assert (sure.checked, sure.first) == ("seen", date(2019, 8, 19))


def test_a_name_of_two_entries_finds_both() -> None:
    found = look(HUAWEI, "2021-01-01").listed
    assert {(one.entry, one.country) for one in found if one.list == "entity_list"} == {
        ("huawei-technologies-co-ltd", "CN"),
        ("huawei-technologies-co-ltd-hk", "HK"),
    }
    assert "huawei-technologies-co-ltd-hk" not in {one.entry for one in look(HUAWEI, "2022-02-14").listed}


def test_the_country_of_the_party_tells_entries_of_one_name_apart() -> None:
    day = date(2021, 1, 1)
    for country, entry in (("CN", "huawei-technologies-co-ltd"), ("HK", "huawei-technologies-co-ltd-hk")):
        found = shipped().find(HUAWEI, day, country).listed
        assert {one.entry for one in found if one.list == "entity_list"} == {entry}
    assert shipped().find(HUAWEI, day, "DE") == shipped().find(HUAWEI, day)


def test_an_unknown_name_is_not_known_and_may_be_near() -> None:
    assert look("Acme Tools", "2020-01-01") == Found()
    near = look("branch of Huawei Technologies", "2019-06-30")
    assert "entity_list" not in near.known
    assert near.near[0].entry == "huawei-technologies-co-ltd"
    assert near.near[0].how == "contains"
    assert look("Huawei", "2019-06-30").near[0].how == "short"


def test_only_entries_in_force_on_the_day_are_near() -> None:
    assert look("branch of Huawei Technologies", "2018-01-01").near == ()
    assert look("Tianjin Universitys", "2020-12-17").near == ()
    assert look("Tianjin Universitys", "2020-12-18").near[0].entry == "tianjin-university"


def test_entries_and_groups_can_be_asked_for() -> None:
    table = shipped()
    assert [one.since for one in table.entry("entity_list", "huawei-technologies-co-ltd")] == [
        date(2019, 5, 16),
        date(2020, 5, 15),
        date(2020, 8, 17),
    ]
    assert table.entry("entity_list", "no-such-entry") == ()
    assert len(table.group("huawei")) == 153
    assert table.group("no such group") == ()
    assert table.issued == date(2026, 7, 23)


def test_a_list_that_is_complete_on_the_day_says_of_an_unknown_name_that_it_is_not_on_it() -> None:
    state = shipped().lists["entity_list"]
    assert state.complete == ((date(2026, 3, 25), date(2026, 8, 22)),)  # two issues that say the same, and 30 days
    assert state.overdue == date(2026, 8, 23)
    for day, known in (("2026-03-24", False), ("2026-03-25", True), ("2026-08-22", True), ("2026-08-23", False)):
        assert ("entity_list" in look("Acme Tools", day).known) is known
    assert "denied_persons_list" not in look("Acme Tools", "2026-08-01").known  # its last issue is of 2023


def test_every_list_says_what_it_means_and_whether_a_rule_here_reads_it() -> None:
    for state in shipped().lists.values():
        assert state.title
        assert state.means.endswith(".")
        assert state.regime.startswith("us_")
        assert state.rules


def test_what_is_kept_by_hand_is_found_in_the_official_list_too() -> None:
    table = shipped()
    listed = [
        id_ for id_ in table.by_hand if any(one.list == "entity_list" and not one.through for one in table.history(id_))
    ]
    assert len(listed) > 400
    assert [id_ for id_ in listed if not table.details(id_)] == []


def test_an_official_entry_has_the_words_of_its_source() -> None:
    (found,) = look("Yangtze Memory Technologies Co., Ltd.", "2026-08-01").listed
    (detail,) = shipped().details(found.entry)
    assert (found.entry, detail.seen) == ("entity_list:cn-yangtze-memory-technologies-co-ltd", date(2026, 7, 23))
    assert "CN" in {address.country for address in detail.entry.addresses}
    assert not detail.entry.scope_text


def test_no_two_entries_of_a_list_share_a_name_and_a_country_with_one_that_is_kept_by_hand() -> None:
    table, by_hand = shipped(), set(shipped().by_hand)
    for id_ in by_hand:
        for terms in table.history(id_):
            same = look(terms.name, "2026-07-23").listed
            others = {one.entry for one in same if one.list == terms.list and one.country == terms.country} - by_hand
            assert not others, terms.name


@pytest.mark.parametrize("head", [{}, {"version": "x", "lists": [], "covers": 3}, {"version": "x", "covers": []}])
def test_a_snapshot_that_is_none_of_lists_is_refused(head: dict[str, object]) -> None:
    with pytest.raises(SourceError, match="lists cannot be read"):
        Roster(Snapshot(write(head, {}), "some file"))
