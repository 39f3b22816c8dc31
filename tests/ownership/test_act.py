"""The owners that an act states: the result, and the facts of the act that are missing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from licet.formats.act import read_act
from licet.formats.read import compose
from licet.model.act import UNDETERMINABLE
from licet.ownership.read_act import OwnedInAct, of_act, read_owners
from licet.ownership.shares import span_said

if TYPE_CHECKING:
    from licet.model.act import Act

CASES = Path(__file__).parents[3] / "shared" / "cases" / "law" / "ownership.yaml"
LISTED = [{"list": "entity_list", "since": "2019-05-16", "through": "none"}]


def owner(name: str, share: object = None, *, listed: bool | None = None, **more: object) -> dict[str, object]:
    said: dict[str, object] = {"name": name}
    if share is not None:
        said["share_pct"] = share
    if listed is not None:
        said["listings"] = LISTED if listed else []
    return {**said, **more}


def act(*owners: object, **more: object) -> Act:
    party = {"role": ["end_user"], "name": "T", "country": "MY", **({"owners": list(owners)} if owners else {}), **more}
    return read_act({"kind": "export", "parties": [party]})


def listed_in(it: Act) -> object:
    """Say of a path whether its listings are stated, as the lists would."""

    def on(path: str) -> str:
        count = it.count(f"{path}.listings")
        return "open" if count is None else "yes" if count else "no"

    return on


def owned(it: Act) -> OwnedInAct:
    return of_act(it, "parties[0]", listed_in(it))  # type: ignore[arg-type]


def nobody(name: str, share: object, *, listed: bool | None = False) -> dict[str, object]:
    return owner(name, share, listed=listed, owners="none", owners_complete="yes")


def test_a_listed_half_is_reached() -> None:
    found = owned(act(owner("L", 50, listed=True), nobody("O", 50), owners_complete="yes"))
    assert (found.owned.reached, found.path, found.owned.any_listed) == ("yes", "", "yes")
    assert [one.owner for one in found.owned.path] == ["l"]


def test_who_holds_the_rest_is_the_fact_that_is_missing() -> None:
    found = owned(act(owner("L", 49, listed=True)))
    assert (found.owned.reached, found.path, found.kind) == ("open", "parties[0].owners_complete", "rest")


def test_owners_that_nobody_stated() -> None:
    found = owned(act())
    assert (found.owned.reached, found.path) == ("open", "parties[0].owners")
    assert (found.owned.any_listed, found.any_path) == ("open", "parties[0].owners")


def test_no_owners_at_all() -> None:
    found = owned(read_act({"kind": "export", "parties": [{"name": "T", "role": "end_user", "owners": []}]}))
    assert (found.owned.reached, found.owned.any_listed) == ("no", "no")


def test_a_share_that_is_not_stated() -> None:
    found = owned(act(owner("L", listed=True), nobody("O", 40)))
    assert found.path == "parties[0].owners[0].share_pct"
    assert not found.owned.red_flag_29


def test_a_share_that_cannot_be_known_is_red_flag_29() -> None:
    found = owned(act(owner("L", UNDETERMINABLE, listed=True), nobody("O", 40)))
    assert (found.owned.reached, found.owned.red_flag_29, found.path) == (
        "open",
        True,
        "parties[0].owners[0].share_pct",
    )


def test_a_share_that_follows_from_the_others_needs_no_red_flag() -> None:
    others = nobody("O", 40)
    found = owned(act(owner("L", UNDETERMINABLE, listed=True), others, owners_complete="yes"))
    assert (found.owned.reached, found.owned.red_flag_29) == ("yes", False)


def test_a_listing_that_nobody_looked_up() -> None:
    found = owned(act(nobody("X", 60, listed=None), nobody("O", 40), owners_complete="yes"))
    assert (found.owned.reached, found.path, found.kind) == ("open", "parties[0].owners[0].listings", "listing")


def test_shares_are_exact() -> None:
    third = [owner(name, 16.7, listed=True) for name in "ABC"]
    found = owned(act(*third, nobody("O", 49.9), owners_complete="yes"))
    assert span_said(found.owned.least, found.owned.most) == "50.1 %"
    assert found.owned.reached == "yes"


def test_one_name_is_one_person_and_graphs_may_circle() -> None:
    back = owner("T", 60, listed=False)
    middle = owner("M", 60, listed=False, owners=[back, nobody("P", 40)], owners_complete="yes")
    found = owned(act(middle, nobody("O", 40), owners_complete="yes"))
    assert (found.owned.reached, found.owned.any_listed) == ("no", "no")


def test_owners_of_one_name_are_stated_once_for_all_places() -> None:
    known = owner("X", 30, listed=False, owners=[owner("L", 100, listed=True)], owners_complete="yes")
    other = owner("Y", 50, listed=False, owners=[owner("X", 100)], owners_complete="yes")
    found = owned(act(known, other, nobody("O", 20), owners_complete="yes"))
    assert found.owned.reached == "yes"


def test_owners_that_are_stated_twice_and_differ_stay_both_possible() -> None:
    first = owner("X", 50, listed=False, owners=[owner("L", 40, listed=True)], owners_complete="yes")
    second = owner("Y", 50, listed=False, owners=[owner("X", 100, owners=[owner("L", 60)], owners_complete="yes")])
    found = owned(act(first, second, owners_complete="yes"))
    assert found.owned.reached == "open"
    assert found.findings[0].text == "the owners of X are stated twice and differ"


def test_who_stands_behind() -> None:
    below = owner("I", 100, listed=False, owners=[owner("L", 10, listed=True), nobody("O", 90)])
    found = owned(act(below, owners_complete="yes"))
    assert (found.owned.reached, found.owned.any_listed) == ("no", "yes")
    assert found.owned.behind.owners == ("l",)


def test_stated_listings_are_those_of_the_day() -> None:
    graph, ids = read_owners(act(owner("L", 50, listed=True)), ["parties[0]"], date(2019, 5, 15))
    assert graph.parties["l"].lists == ()
    assert ids == ("t",)
    graph, _ = read_owners(act(owner("L", 50, listed=True)), ["parties[0]"], date(2019, 5, 16))
    assert graph.parties["l"].lists == ("entity_list",)


EXPECTED = {
    "AFF-60-": "yes",
    "AFF-50": "yes",
    "AFF-49-OPEN": "open",
    "AFF-49": "no",
    "AFF-CHAIN-40-10": "yes",
    "AFF-CHAIN-MINOR": "no",
    "AFF-CHAIN-CASCADE": "yes",
    "AFF-CONTROL-ONLY": "no",
    "AFF-ADDRESS-OWNER": "no",
    "AFF-TGL-": "yes",
}
"""What the owners of each known-answer case add up to, by the beginning of its id."""


def test_the_known_answer_cases_of_ownership() -> None:
    if not CASES.exists():
        pytest.skip(f"the known-answer cases are not at {CASES}")
    root = compose(CASES.read_text(encoding="utf-8"), CASES.name)
    assert root is not None
    from licet.formats.act import act_from_node

    count = 0
    for case in root.items:
        id_, node = case.find("id"), case.find("act")
        assert id_ is not None
        assert node is not None
        expected = next(said for start, said in EXPECTED.items() if id_.text.startswith(start))
        assert owned(act_from_node(node)).owned.reached == expected, id_.text
        count += 1
    assert count >= 20


def test_every_place_has_its_path() -> None:
    it = act(owner("L", 49, listed=True), owner("X", 20))
    found = owned(it)
    assert {fact.kind for fact in found.owned.missing} >= {"rest", "listing"}
    assert all(fact.where.startswith("parties[0]") for fact in found.owned.missing)
