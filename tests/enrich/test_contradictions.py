"""What of an act does not fit together is said in the answer, and nothing is mended in silence."""

from __future__ import annotations

from copy import deepcopy
from datetime import date

import pytest

from licet import check
from licet.law.book import load

DAY = "2024-05-01"
PARTY = {"role": ["end_user"], "name": "Kestrelis Dairy GmbH", "country": "DE", "listings": "none"}
ITEM: dict[str, object] = {
    "name": "valve",
    "kind": "commodity",
    "eccn": "EAR99",
    "us_origin": "yes",
    "value_usd": 1000,
    "published": "no",
}
ACT: dict[str, object] = {
    "kind": "export",
    "activity": "export",
    "from": "US",
    "to": "DE",
    "parties": [PARTY],
    "items": [ITEM],
    "end_use": {"known": "none"},
    "knowledge": {"violation": "no"},
    "red_flags": "none",
    "licenses": [],
}


def notes(day: str = DAY, *, item: dict[str, object] | None = None, **facts: object) -> str:
    act = deepcopy(ACT) | facts
    if item is not None:
        act["items"] = [ITEM | item]
    return "\n".join(check(act, as_of=day, assume_lists_complete=True).notes)


def with_owners(*shares: object, deeper: bool = False) -> list[dict[str, object]]:
    owners = [
        {"name": f"Owner {n}", "share_pct": share, "listings": "none", "owners_complete": "yes", "owners": []}
        for n, share in enumerate(shares)
    ]
    middle = [{"name": "Middle", "share_pct": 100, "listings": "none", "owners": owners, "owners_complete": "yes"}]
    return [PARTY | {"owners": middle if deeper else owners, "owners_complete": "yes"}]


def test_an_act_that_fits_has_none_of_these_notes() -> None:
    said = notes(parties=with_owners(60, 40))
    assert "add up" not in said
    assert "worth" not in said
    assert "did not exist" not in said


@pytest.mark.parametrize("deeper", [False, True])
@pytest.mark.parametrize(("shares", "sum_"), [((60, 50), "110"), ((100, 100, 1.5), "201.5")])
def test_shares_that_add_to_more_than_the_whole(shares: tuple[float, ...], sum_: str, *, deeper: bool) -> None:
    said = notes(parties=with_owners(*shares, deeper=deeper))
    name = "Middle" if deeper else "Kestrelis Dairy GmbH"
    assert f"the shares in {name} add up to {sum_} percent" in said


@pytest.mark.parametrize("shares", [(34, 34, 33), (50, 50), (99,), (60, "undeterminable", 40)])
def test_rounded_shares_and_those_not_known_are_no_contradiction(shares: tuple[object, ...]) -> None:
    assert "add up" not in notes(parties=with_owners(*shares))


def test_content_worth_more_than_the_item() -> None:
    content = [{"eccn": "3A991", "value_usd": 700}, {"eccn": "EAR99", "value_usd": 301}]
    assert "content of valve is worth 1001 US dollars, the whole item 1000" in notes(item={"us_content": content})
    content[1]["value_usd"] = 300
    assert "is worth" not in notes(item={"us_content": content})
    assert "is worth" not in notes(item={"us_content": [{"eccn": "3A991", "value_usd": 2000}], "value_usd": 2000})


def test_content_of_more_than_the_whole_in_percent() -> None:
    content = [{"eccn": "3A991", "pct": 70}, {"eccn": "EAR99", "pct": 45}]
    assert "content of valve adds up to 115 percent" in notes(item={"us_content": content})
    content[1]["pct"] = 30
    assert "adds up" not in notes(item={"us_content": content})


def test_a_release_without_the_status_of_the_person() -> None:
    person = {"role": ["recipient"], "name": "Alda Halvioson", "country": "US", "listings": "none"}
    employer = {"role": ["employer"], "name": "Borea Laboratories Inc.", "country": "US", "listings": "none"}
    act = ACT | {
        "activity": "deemed_export",
        "to": "US",
        "items": [ITEM | {"kind": "technology", "eccn": "3E001"}],
    }
    answer = check(act | {"parties": [person, employer]}, as_of=DAY, assume_lists_complete=True)
    said = "\n".join(answer.notes)
    assert "of Alda Halvioson neither foreign_person nor us_status is stated" in said
    assert "of Borea" not in said
    assert not answer.span.decided
    assert {"parties[0].foreign_person", "parties[0].us_status"} & {one.path for one in answer.missing}
    for known in ({"foreign_person": "yes"}, {"us_status": "citizen"}):
        stated = check(act | {"parties": [person | known, employer]}, as_of=DAY, assume_lists_complete=True)
        assert not any("neither foreign_person" in note for note in stated.notes)


def test_an_export_asks_for_no_status() -> None:
    assert "foreign_person" not in notes()


# -- ECCN


def test_an_entry_that_did_not_exist_on_the_day_is_said_with_the_nearest() -> None:
    first = load()["AC-2022-1021"].in_force_from
    assert first == date(2022, 10, 21)
    said = notes("2022-10-20", item={"eccn": "3A090"})
    assert "3A090 did not exist on 2022-10-20 (nearest: 3A101, 3A003, 3A002)" in said
    assert "did not exist" not in notes("2022-10-21", item={"eccn": "3A090"})
    answer = check(ACT | {"items": [ITEM | {"eccn": "3A090"}]}, as_of="2022-10-20", assume_lists_complete=True)
    assert not answer.span.decided


def test_an_entry_that_never_was_is_said_with_the_nearest() -> None:
    assert "3A004 is not in the table of 2026-07-23 (nearest: 3A003, 3A002, 3A001)" in notes(item={"eccn": "3A004"})


def test_the_entry_of_a_piece_of_content_is_looked_at_too() -> None:
    act: dict[str, object] = {"us_origin": "no", "us_content": [{"eccn": "9A999", "pct": 1, "kind": "commodity"}]}
    said = notes(item=act, activity="reexport", to="FR")
    assert "9A999 is not in the table" in said


def test_reasons_that_contradict_the_entry() -> None:
    assert "3A001.a.2 is stated with NS 1, AT 1, the table" in notes(
        item={"eccn": "3A001.a.2", "controls": ["NS 1", "AT 1"]}
    )
    assert "is stated with" not in notes(item={"eccn": "3A001.a.2", "controls": ["NS 2", "AT 1"]})
    assert "EAR99 has no reason for control, and AT 1 is stated" in notes(item={"controls": ["AT 1"]})
