"""Section 734.4: which US content counts, what it adds up to, and what has no level."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foreign_acts import ITEM, NO, OPEN, YES, by_content, foreign, foreign_case
from licet.enrich.content import content, shares
from licet.enrich.license_needed import Piece, Place
from licet.enrich.verdicts import Open
from licet.explain import leaves
from licet.law.rule import Subject
from licet.law.us_ear import part_734_4

if TYPE_CHECKING:
    from foreign_acts import Facts
    from licet.enrich.verdicts import Verdict

DAY = date(2022, 6, 1)
LARGEST = 64


def piece(pct: float | None = None, eccn: str = "3A001.a.2", **more: object) -> dict[str, object]:
    """Return a piece of US content, as classified for NS where it is of 3A001."""
    kinds = {"D": "software", "E": "technology"}
    one: dict[str, object] = {"eccn": eccn, "kind": kinds.get(eccn[1], "commodity"), **more}
    if pct is not None:
        one["pct"] = pct
    return one


def act(
    *pieces: dict[str, object], to: str = "CN", complete: str = "yes", item: Facts | None = None, **more: object
) -> dict[str, object]:
    """Return a reexport of an item with these pieces of US content."""
    content_of = {"us_content": list(pieces), "us_content_complete": complete}
    return foreign(to, item={**content_of, **(item or {})}, **more)


# -- levels


@pytest.mark.parametrize(
    ("pct", "to", "expected"),
    [
        (25, "CN", NO),
        (25.0001, "CN", YES),
        (10, "KP", NO),
        (10.0001, "KP", YES),
        (10, "IR", NO),
        (12, "IR", YES),
        (12, "CU", YES),
        (12, "SY", YES),
    ],
)
def test_the_level_is_not_passed_by_meeting_it(pct: float, to: str, expected: str) -> None:
    assert by_content(act(piece(pct), to=to), DAY).subject == expected


def test_cuba_has_the_low_level_since_october_2019() -> None:
    shipment = act(piece(12), to="CU")
    assert [by_content(shipment, date(2019, 10, day)).subject for day in (20, 21, 22)] == [NO, YES, YES]


def test_sudan_has_the_low_level_through_january_2021() -> None:
    shipment = act(piece(12), to="SD")
    assert [by_content(shipment, date(2021, 1, day)).subject for day in (12, 13, 14)] == [YES, YES, NO]


# -- arithmetic


def test_pieces_add_up() -> None:
    assert by_content(act(piece(13), piece(12)), DAY).subject == NO
    assert by_content(act(piece(13), piece(12.5)), DAY).subject == YES


def test_a_value_counts_as_its_share_of_the_value_of_the_item() -> None:
    quarter = act(piece(value_usd=250), item={"value_usd": 1000})
    assert by_content(quarter, DAY).subject == NO
    more = act(piece(value_usd=250.01), item={"value_usd": 1000})
    assert by_content(more, DAY).subject == YES


def test_what_is_not_stated_is_asked() -> None:
    unknown = by_content(act(piece(value_usd=250)), DAY)
    assert (unknown.subject, f"{ITEM}.value_usd" in unknown.asked) == (OPEN, True)
    unknown = by_content(act(piece()), DAY)
    assert (unknown.subject, f"{ITEM}.us_content[0].pct" in unknown.asked) == (OPEN, True)
    unknown = by_content(act(piece(20), complete="no"), DAY)
    assert (unknown.subject, f"{ITEM}.us_content_complete" in unknown.asked) == (OPEN, True)
    everything = foreign(item={"us_content": None})
    del everything["items"][0]["us_content"]  # type: ignore[index]
    unknown = by_content(everything, DAY)
    assert (unknown.subject, f"{ITEM}.us_content" in unknown.asked) == (OPEN, True)


def test_content_above_the_level_decides_although_more_may_come() -> None:
    assert by_content(act(piece(26), piece(), complete="no"), DAY).subject == YES


def test_content_that_cannot_pass_the_level_decides_although_a_piece_is_open() -> None:
    maybe = piece(5, eccn="3A001.b.2")
    assert by_content(act(piece(20), maybe), DAY).subject == NO


def test_the_answer_shows_the_arithmetic() -> None:
    case = foreign_case(act(piece(20), piece(30, "3A991"), piece(eccn="3A001.a.2")), DAY)
    (note,) = {note for note in case.notes if note.startswith("US content")}
    assert "CN: 20 to 100 %" in note
    assert f"open: {ITEM}.us_content[2].pct" in note
    assert "3A991, 30 %, does not count: AT 1 needs none to CN" in note
    says = by_content(act(piece(26)), DAY).texts
    assert any("controlled US content is 26 percent of the value, more than 25 percent" in text for text in says)


AMOUNTS = st.lists(st.tuples(st.integers(0, 40), st.sampled_from([True, False, None]), st.booleans()), max_size=5)


@given(AMOUNTS, st.booleans())
@settings(max_examples=60, deadline=None)
def test_the_share_bounds_every_completion(rows: list[tuple[int, bool | None, bool]], complete: bool) -> None:  # noqa: FBT001
    pieces = [piece(pct if stated else None) for pct, _, stated in rows]
    case = foreign_case(act(*pieces, complete="yes" if complete else "no"), DAY)
    found = [Piece(f"{ITEM}.us_content[{i}]", "3A001.a.2", "commodity", ()) for i in range(len(rows))]

    def control(one: Piece, _: Place) -> tuple[Verdict, str]:
        counts = rows[found.index(one)][1]
        return (Open("to") if counts is None else counts), "as drawn"

    share = shares(case.stock, ITEM, found, Place.of(case, ITEM), control)
    least = sum(Fraction(pct) for pct, counts, stated in rows if counts and stated)
    assert share.least == least
    # The greatest completion: all that may count counts, what is not stated is worth the rest.
    open_value = not complete or any(counts is not False and not stated for _, counts, stated in rows)
    most = sum(Fraction(pct) for pct, counts, stated in rows if counts is not False and stated)
    assert share.most == max(least, Fraction(100) if open_value else min(most, Fraction(100)))
    assert (share.open is None) is (share.least == share.most)


# -- what counts


@pytest.mark.parametrize(
    ("one", "kind", "expected"),
    [
        (piece(60, "3E001", controls=["NS 1"]), "commodity", NO),
        (piece(60, "3E001", controls=["NS 1"]), "technology", YES),
        (piece(60, "3D001", controls=["NS 1"]), "software", YES),
        (piece(60, "3D001", controls=["NS 1"]), "technology", NO),
        (piece(60, "3D001", controls=["NS 1"], bundled="yes"), "commodity", NO),
        (piece(60), "software", NO),
    ],
)
def test_content_counts_in_an_item_of_its_own_kind(one: dict[str, object], kind: str, expected: str) -> None:
    assert by_content(act(one, item={"kind": kind, "eccn": "EAR99"}), DAY).subject == expected


@pytest.mark.parametrize(("bundled", "expected"), [("yes", YES), ("no", NO), (None, OPEN)])
def test_light_software_counts_in_a_commodity_where_it_is_bundled(bundled: str | None, expected: str) -> None:
    software = piece(30, "3D991", **({"bundled": bundled} if bundled else {}))
    said = by_content(act(software, to="KP"), DAY)
    assert said.subject == expected
    assert (f"{ITEM}.us_content[0].bundled" in said.asked) is (bundled is None)


def test_technology_below_the_level_is_told_of_the_one_time_report() -> None:
    technology = piece(20, "3E001", controls=["NS 1"])
    texts = by_content(act(technology, item={"kind": "technology", "eccn": "3E991"}), DAY).texts
    assert any("one-time report" in text for text in texts)
    assert not any("one-time report" in text for text in by_content(act(piece(20)), DAY).texts)


@pytest.mark.parametrize(
    ("to", "food", "expected"),
    [("CN", None, NO), ("IR", None, NO), ("KP", "no", YES), ("SY", "no", YES), ("CU", None, YES), ("KP", None, OPEN)],
)
def test_ear99_counts_where_everything_is_controlled(to: str, food: str | None, expected: str) -> None:
    item = {"eccn": "EAR99"} | ({"food_or_medicine": food} if food else {})
    said = by_content(act(piece(30, "EAR99"), to=to, item=item), DAY)
    assert said.subject == expected
    assert (f"{ITEM}.food_or_medicine" in said.asked) is (expected == OPEN)


def test_ear99_to_iran_may_be_listed_since_2023() -> None:
    shipment = act(piece(30, "EAR99"), to="IR", item={"eccn": "EAR99"}, leaves_from="IN")
    assert [by_content(shipment, date(2023, 2, day)).subject for day in (22, 23, 24)] == [NO, NO, OPEN]
    partner = act(piece(30, "EAR99"), to="IR", item={"eccn": "EAR99"}, leaves_from="DE")
    assert by_content(partner, date(2023, 2, 24)).subject == NO


def test_content_for_anti_terrorism_alone_does_not_count_for_china() -> None:
    assert by_content(act(piece(70, "3A991")), DAY).subject == NO


def test_part_744_makes_nothing_controlled() -> None:
    listed = act(piece(70, "3A991"))
    listed["parties"][0] |= {"name": "Huawei Technologies Co., Ltd.", "listings": [{"list": "entity_list"}]}  # type: ignore[index]
    assert by_content(listed, DAY).subject == NO


def test_what_may_go_under_gbs_does_not_count() -> None:
    named = (("3A001.a.2", NO), ("3A001.a.1.a", YES), ("3C002.a", NO), ("3C002.b", YES))
    in_words = ("3A001.b.2", "3A001.b.8", "3B001.e", "1A005")
    for code, expected in (*named, *((code, OPEN) for code in in_words)):
        said = by_content(act(piece(40, code, controls=["NS 2", "AT 1"]), to="BR"), DAY)
        assert said.subject == expected, code
    assert by_content(act(piece(40, controls=["NS 2", "AT 1"]), to="CN"), DAY).subject == YES


def test_a_bare_entry_asks_for_its_paragraph() -> None:
    said = by_content(act(piece(40, "3B001"), to="MY"), DAY)
    assert said.subject == OPEN
    assert f"{ITEM}.us_content[0].eccn" in said.asked


def test_a_destination_that_is_not_stated_is_asked() -> None:
    nowhere = act(piece(40))
    del nowhere["to"]
    said = by_content(nowhere, DAY)
    assert (said.subject, "to" in said.asked) == (OPEN, True)


# -- Russia and Belarus


@pytest.mark.parametrize(
    ("to", "eccn", "days"),
    [
        ("RU", "3A991", (date(2022, 2, 23), date(2022, 2, 24), date(2022, 2, 25))),
        ("BY", "3A991", (date(2022, 3, 1), date(2022, 3, 2), date(2022, 3, 3))),
        ("RU", "2A991", (date(2022, 4, 7), date(2022, 4, 8), date(2022, 4, 9))),
    ],
)
def test_content_counts_for_russia_and_belarus_from_the_first_day(to: str, eccn: str, days: tuple[date, ...]) -> None:
    shipment = act(piece(30, eccn), to=to, leaves_from="CN")
    assert [by_content(shipment, day).subject for day in days] == [NO, YES, YES]


def test_light_content_does_not_count_where_a_partner_sells() -> None:
    for code, day, expected in (
        ("FI", date(2022, 3, 10), NO),
        ("CN", date(2022, 3, 10), YES),
        ("KR", date(2022, 3, 3), YES),
        ("KR", date(2022, 3, 4), NO),
        ("TW", date(2023, 2, 23), YES),
        ("TW", date(2023, 2, 24), NO),
    ):
        assert by_content(act(piece(30, "3A991"), to="RU", leaves_from=code), day).subject == expected, (code, day)
    assert by_content(act(piece(30, controls=["NS 2", "AT 1"]), to="RU", leaves_from="FI"), DAY).subject == YES


def test_the_country_of_the_seller_is_asked_where_it_matters() -> None:
    shipment = act(piece(30, "3A991"), to="RU")
    del shipment["from"]
    said = by_content(shipment, DAY)
    assert (said.subject, "from" in said.asked) == (OPEN, True)
    shipment = act(piece(30), to="RU")
    del shipment["from"]
    assert by_content(shipment, DAY).subject == YES


# -- no level


@pytest.mark.parametrize(
    ("one", "item", "to", "expected"),
    [
        (piece(1, "5E002", controls=["NS 1"]), {"kind": "technology", "eccn": "5E002"}, "IN", YES),
        (piece(1, "5E002", controls=["NS 1"]), {}, "IN", NO),
        (piece(1, "9E003.a.1", controls=["NS 1"]), {"kind": "technology", "eccn": "9E991"}, "DE", YES),
        (piece(1, "9E003.l", controls=["NS 1"]), {"kind": "technology", "eccn": "9E991"}, "DE", OPEN),
        (piece(1, "9E003.b", controls=["NS 1"]), {"kind": "technology", "eccn": "9E991"}, "DE", NO),
        (piece(1, "9A610.x"), {}, "CN", YES),
        (piece(1, "9A610.x"), {}, "DE", NO),
        (piece(1, "9A515.d"), {}, "VE", YES),
        (piece(1, "9A610.y.1"), {}, "CN", YES),
        (piece(1, "9A610.y.1"), {}, "VE", NO),
        (piece(1, "9A610"), {}, "CN", YES),
        (piece(1, "9A610"), {}, "VE", OPEN),
        (piece(1, "5A002.a", controls=["NS 1"]), {}, "CN", OPEN),
    ],
)
def test_some_content_has_no_level(one: dict[str, object], item: dict[str, object], to: str, expected: str) -> None:
    assert by_content(act(one, to=to, item=item), DAY).subject == expected


def test_equipment_with_a_us_circuit_is_open_from_the_day_of_compliance() -> None:
    tool = act(piece(1), item={"eccn": "3B001.c.1"}, leaves_from="KR")
    days = (date(2024, 12, 30), date(2024, 12, 31), date(2025, 1, 1))
    assert [by_content(tool, day).subject for day in days] == [NO, OPEN, OPEN]
    assert by_content(act(piece(1), item={"eccn": "3B001.c.1"}, to="DE"), days[1]).subject == NO


# -- the act


def test_an_item_in_the_united_states_or_of_us_origin_asks_nothing() -> None:
    for shipment in (foreign(activity="export"), foreign(item={"us_origin": "yes"})):
        assert by_content(shipment, DAY).subject == NO
        assert not by_content(shipment, DAY).asked


def test_no_us_content_at_all_is_the_end_of_it() -> None:
    assert by_content(foreign(), DAY).subject == NO


def test_the_predicate_can_be_given() -> None:
    case = foreign_case(act(piece(30, "3A991")), DAY)
    content(case, ITEM, lambda *_: (True, "as told"))
    assert case.ground(part_734_4.de_minimis, Subject(ITEM)).tree.low > 0


@pytest.mark.parametrize("day", [date(2018, 6, 1), date(2022, 6, 1), date(2026, 9, 1)])
def test_no_tree_is_large_with_nothing_known(day: date) -> None:
    case = foreign_case({"kind": "export", "items": [{"name": "it"}], "parties": [{"name": "A"}, {"name": "B"}]}, day)
    for rule in part_734_4.RULES:
        size = sum(1 for _ in leaves(case.ground(rule, Subject(ITEM)).tree))
        assert size <= LARGEST, (rule.section, size)
