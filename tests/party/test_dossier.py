"""Who is on which list on a day, through what, and what was known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from licet.model.errors import FactsError
from licet.party.nouns import LATER, NONE, NOW, OFF, ON, ONE, PAST, SEVERAL, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable

    from licet.party.nouns import Dossier, OnList, Terms

    Draw = Callable[..., Dossier]


def on(made: Dossier) -> set[str]:
    return {one.id for one in made.state(ON)}


def one_list(made: Dossier, id_: str) -> OnList:
    return next(one for one in made.lists if one.id == id_)


def terms(made: Dossier, id_: str = "entity_list") -> Terms:
    (found,) = one_list(made, id_).terms
    return found


@pytest.mark.parametrize(
    ("day", "lists", "footnotes", "cited"),
    [
        ("2019-05-15", {"s889"}, None, False),
        ("2019-05-16", {"s889", "entity_list"}, (), False),
        ("2019-05-17", {"s889", "entity_list"}, (), False),
        ("2019-08-19", {"s889", "entity_list"}, (), True),
        ("2020-08-16", {"s889", "entity_list", "fcc_usf_designated"}, (1,), True),
        ("2020-08-17", {"s889", "entity_list", "fcc_usf_designated"}, (1, 2), True),
        ("2026-11-25", {"s889", "entity_list", "fcc_usf_designated", "fcc_covered_list"}, (1, 2), True),
    ],
)
def test_huawei_is_listed_by_day_of_effect(
    draw: Draw, day: str, lists: set[str], footnotes: tuple[int, ...] | None, *, cited: bool
) -> None:
    made = draw("Huawei", day)
    assert (made.result, made.how, made.name) == (ONE, "family", "Huawei Technologies Co., Ltd.")
    assert on(made) == lists
    if footnotes is None:
        assert one_list(made, "entity_list").why == "is on it only from 2019-05-16 on"
        return
    found = terms(made)
    assert found.listing.footnotes == footnotes
    assert found.law is not None
    assert (found.law.id, found.law.status.value) == ("EL-2019-05", "in_force")
    assert ("84 FR 22963" in [cite.text for cite in found.cites]) is cited


def test_a_citation_is_shown_from_the_day_on_which_it_was_printed(draw: Draw) -> None:
    for day, cites in (
        ("2019-05-20", []),
        ("2019-05-21", ["84 FR 22963"]),
        ("2019-08-21", ["84 FR 22963", "84 FR 43495"]),
    ):
        assert [cite.text for cite in terms(draw("Huawei", day)).cites] == cites


def test_every_interval_is_past_now_or_later(draw: Draw) -> None:
    made = draw("Huawei", "2020-06-01")
    when = [(one.listing.list, str(one.listing.since), one.when) for one in made.history]
    assert when == [
        ("s889", "2018-08-13", NOW),
        ("entity_list", "2019-05-16", PAST),
        ("entity_list", "2020-05-15", NOW),
        ("fcc_usf_designated", "2020-06-30", LATER),
        ("entity_list", "2020-08-17", LATER),
        ("fcc_covered_list", "2021-03-12", LATER),
    ]


def test_what_was_not_known_is_not_there(draw: Draw) -> None:
    made = draw("Huawei", "2019-06-01", "2019-05-15")
    assert on(made) == {"s889"}
    assert one_list(made, "entity_list").why == "nothing was known of an entry by 2019-05-15"
    assert made.family == ()
    assert all(one.day.isoformat() <= "2019-05-15" for one in made.events)
    (coming,) = [one for one in made.pending if "EL-2019-05" in one.measures]
    assert (coming.day, coming.now) == (None, "announced")


def test_the_day_before_says_what_comes(draw: Draw) -> None:
    (coming,) = [one for one in draw("Huawei", "2019-05-15").pending if "EL-2019-05" in one.measures]
    assert (str(coming.day), coming.now, coming.becomes) == ("2019-05-16", "announced", "in_force")


@pytest.mark.parametrize(
    ("day", "denied"),
    [("2018-04-14", False), ("2018-04-15", True), ("2018-07-13", True), ("2018-07-14", False)],
)
def test_zte_across_its_denial_order(draw: Draw, day: str, *, denied: bool) -> None:
    made = draw("ZTE", day)
    assert ("denied_persons_list" in on(made)) is denied
    assert one_list(made, "entity_list").why == "was on it through 2017-03-28"
    ends = [str(one.day) for one in made.pending if one.measures == ("ZTE-DO",)]
    assert ends == (["2018-07-14"] if denied else [])
    if denied:
        assert [cite.text for cite in terms(made, "denied_persons_list").cites] == (
            ["83 FR 17644"] if day >= "2018-04-23" else []
        )


def test_orders_and_indictments_are_dated_facts(draw: Draw) -> None:
    zte = {str(one.day): one.kind for one in draw("ZTE").events}
    assert (zte["2017-03-07"], zte["2017-03-23"], zte["2018-06-08"]) == ("settlement", "order", "order")
    huawei = draw("Huawei").events
    counts = [one.measure for one in huawei if one.kind == "indictment" and str(one.day) == "2019-01-28"]
    assert counts == ["DOJ-2019-NY", "DOJ-2019-WA"]
    days = {str(one.day): one.kind for one in huawei}
    assert days["2012-10-08"] == "report"
    assert days["2018-12-01"] == "arrest"
    assert days["2020-02-13"] == "indictment"
    assert days["2021-09-24"] == "agreement"
    assert [one.day for one in huawei] == sorted(one.day for one in huawei)
    assert all(str(one.day) <= "2018-12-31" for one in draw("Huawei", "2018-12-31").events)


def test_each_list_that_it_is_not_on_says_why_that_is_known(draw: Draw) -> None:
    made = draw("Huawei")
    assert {one.id for one in made.state(OFF)} >= {"denied_persons_list", "sdn", "unverified_list"}
    assert {one.id for one in made.state(UNKNOWN)} >= {"un", "uk", "ca", "us_1260h"}
    assert all(one.why for one in made.state(OFF, UNKNOWN))


def test_what_was_due_after_the_last_verified_day_is_one_event_and_not_sure(draw: Draw) -> None:
    (due,) = draw("Huawei").pending
    assert (str(due.day), due.certain) == ("2026-11-10", False)
    assert set(due.measures) == {"AFF-2025", "AFF-BACK", "AFF-STAY"}
    (before,) = draw("Huawei", "2026-10-01").pending
    assert before.certain


def test_companies_listed_with_it_are_told_by_day(draw: Draw) -> None:
    may, august = draw("Huawei", "2019-05-16"), draw("Huawei", "2019-08-19")
    listed = [sum("entity_list" in one.lists for one in made.family) for made in (may, august)]
    assert listed == [65, 114]
    assert sum("entity_list" in one.perhaps for one in may.family) == 23  # three of May stand among those of August
    assert any(one.inside for one in august.family)


def test_an_id_and_a_name_mean_the_same(draw: Draw) -> None:
    by_id, by_name = draw("huawei-technologies-co-ltd"), draw("HUAWEI TECHNOLOGIES CO., LTD")
    assert by_id.ids == by_name.ids == ("huawei-technologies-co-ltd",)
    assert by_id.lists == by_name.lists
    assert [one.id for one in by_name.candidates] == ["huawei-technologies-co-ltd-hk"]


def test_a_company_inside_an_entry_names_the_entry(draw: Draw) -> None:
    made = draw("beijing-huawei-longshine-information-technology-co-ltd")
    assert made.part_of == "huawei-technologies-co-ltd"
    assert all(one.source == "entity_list" and str(one.seen) == "2026-07-23" for one in made.names)


def test_a_name_on_two_lists_is_one_dossier(draw: Draw) -> None:
    made = draw("Chitron Electronics Company Limited", "2020-06-01")
    assert made.result == ONE
    assert len(made.ids) == 2
    assert {one.listing.list for one in made.history} == {"denied_persons_list", "entity_list"}


def test_a_name_that_nobody_has_says_which_lists_are_complete(draw: Draw) -> None:
    made = draw("Acme Widgets Incorporated", "2026-07-01")
    assert (made.result, made.candidates) == (NONE, ())
    assert {one.id for one in made.state(OFF)} == {"entity_list", "fcc_covered_list", "meu_list", "unverified_list"}
    early = draw("Acme Widgets Incorporated", "2019-01-01")
    assert {one.id for one in early.state(OFF)} == set()
    assert "2026-03-25 to 2026-08-22" in one_list(early, "entity_list").why


def test_a_near_name_is_a_candidate_with_its_score(draw: Draw) -> None:
    made = draw("Hauwei Technologies", "2026-07-01")
    assert made.result == NONE
    best = made.candidates[0]
    assert (best.id, best.how) == ("huawei-technologies-co-ltd", "similar")
    assert 88 <= best.score < 100
    assert best.address


def test_entries_that_differ_in_country_are_told_apart(draw: Draw, sources: object) -> None:
    roster = sources.lists  # type: ignore[attr-defined]
    names: dict[str, set[str]] = {}
    for id_ in roster.ids:
        for one in roster.history(id_):
            if not one.group and one.list == "entity_list":
                names.setdefault(one.name, set()).add(one.country)
    name = next(name for name, countries in names.items() if len(countries) > 1)
    made = draw(name, "2026-07-01")
    assert made.result == SEVERAL
    assert len({one.country for one in made.candidates}) > 1
    assert all(one.score == 100 for one in made.candidates)


def test_what_looks_like_an_id_and_is_none_is_refused_with_the_nearest(draw: Draw) -> None:
    with pytest.raises(FactsError) as refused:
        draw("huawei-technologis-co-ltd")
    (problem,) = refused.value.problems
    assert problem.nearest == "huawei-technologies-co-ltd"
    assert problem.field
    assert problem.allowed


def test_a_day_before_the_lawbook_is_refused(draw: Draw) -> None:
    with pytest.raises(FactsError, match="2018-01-01 or later"):
        draw("Huawei", "2017-12-31")
