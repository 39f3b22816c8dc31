"""Tables of interests: what each cell says, and what is refused, with its place."""

from __future__ import annotations

from datetime import date

import pytest

from licet.model.errors import FactsError
from licet.ownership.reach import Reach
from licet.ownership.read_csv import read_csv
from licet.ownership.shares import UNDETERMINABLE, span_said

HEAD = (
    "owner,owned,share,share_min,share_max,since,through,kind,owner_kind,joint,nominee_for,owned_complete,owner_lists"
)


def table(*rows: str, head: str = HEAD) -> str:
    width = head.count(",")
    return "\n".join([head, *(row + "," * (width - row.count(",")) for row in rows)]) + "\n"


def refused(text: str) -> list[str]:
    with pytest.raises(FactsError) as error:
        read_csv(text, "a.csv")
    return [str(problem) for problem in error.value.problems]


def standing(text: str, *listed: str, day: date = date(2025, 10, 1)) -> tuple[str, str]:
    g = read_csv(text, "a.csv").on(day)
    stands = Reach(g, {id_: "yes" if id_ in listed else "no" for id_ in g.parties})["t"]
    return stands.reached, span_said(stands.least, stands.most)


def test_a_row_is_a_direct_shareholding() -> None:
    (one,) = read_csv(table("L,T,50"), "a.csv").interests
    assert (one.owner, one.owned, one.kind, one.counts, one.where) == ("l", "t", "shareholding", "ownership", "a.csv:2")


def test_names_are_the_same_party_whatever_their_case_and_space() -> None:
    assert list(read_csv(table("Big  Co,T,50", "BIG CO,U,50"), "a.csv").parties) == ["t", "big co", "u"]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("L,T,33.3", "33.3 %"),
        ("L,T,33.3%", "33.3 %"),
        ("L,T", "0 … 100 %"),
        ("L,T,,25,50", "25 … 50 %"),
        ("L,T,,>25,<50", "more than 25 … less than 50 %"),
        ("L,T,,75", "75 … 100 %"),
        ("L,T,,50,50", "50 %"),
    ],
)
def test_shares(cells: str, expected: str) -> None:
    (one,) = read_csv(table(cells), "a.csv").interests
    assert span_said(one.share.least, one.share.most) == expected


def test_undeterminable_is_a_state_of_its_own() -> None:
    (one,) = read_csv(table("L,T,undeterminable"), "a.csv").interests
    assert one.share.state == UNDETERMINABLE


def test_interests_begin_and_end() -> None:
    text = table("L,T,60,,,2020-01-01,2024-12-31", "O,T,60,,,2025-01-01,,,person")
    assert standing(text, "l", day=date(2024, 12, 31))[0] == "yes"
    assert standing(text, "l", day=date(2025, 1, 1))[0] == "no"


def test_what_is_held_together_counts_once() -> None:
    text = table("L,T,40,,,,,,person,j", "M,T,40,,,,,,person,j", "O,T,60,,,,,,person")
    assert standing(text, "l", "m") == ("no", "40 %")
    assert standing(text, "l") == ("no", "0 … 40 %")
    text = table("L,T,60,,,,,,person,j", "M,T,60,,,,,,person,j", "O,T,40,,,,,,person")
    assert standing(text, "l", "m") == ("yes", "60 %")
    assert standing(text, "l") == ("open", "0 … 60 %"), "what each has in it is not stated"
    assert standing(text) == ("no", "0 %")


def test_a_nominee_holds_for_somebody_else() -> None:
    text = table("N,T,60,,,,,,person,,L", "O,T,40,,,,,,person")
    assert standing(text, "l") == ("yes", "60 %")
    assert standing(text, "n") == ("open", "0 … 60 %"), "the title alone: a question of law, never a no"
    assert standing(text, "o") == ("open", "40 … 100 %"), "who owns L is not stated"


def test_votes_and_posts_are_no_ownership() -> None:
    text = table("L,T,80,,,,,votingRights", "L,T,,,,,,boardMember", "O,T,100,,,,,,person")
    assert standing(text, "l") == ("no", "0 %")


def test_rights_to_profit_may_be_ownership() -> None:
    text = table("L,T,70,,,,,rightsToProfitOrIncome", "O,T,100,,,,,,person")
    assert standing(text, "l") == ("open", "0 … 70 %")


def test_no_owners_and_all_owners() -> None:
    text = table("O,T,50", "P,T,50,,,,,,person", "none,O")
    assert standing(text)[0] == "no"
    assert standing(table("L,T,40", "P,T", "none,P"), "l")[0] == "open"
    assert standing(table("L,T,40,,,,,,,,,yes", "P,T,60,,,,,,person"), "l")[0] == "no"


def test_an_owner_who_is_not_known() -> None:
    g = read_csv(table("unknown,T,60", "unknown,T,40"), "a.csv")
    assert [party.kind for party in g.parties.values()] == ["entity", "unknown", "unknown"]


def test_lists_as_stated() -> None:
    g = read_csv(table("L,T,60,,,,,,,,,,entity_list sdn#FTO", "O,T,40,,,,,,,,,,none"), "a.csv")
    assert (g.parties["l"].lists, g.parties["o"].lists, g.parties["t"].lists) == (("entity_list", "sdn#FTO"), (), None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "a.csv:1: owner: this column is missing"),
        ("owner,owned,shares\nL,T,50\n", "a.csv:1: shares: no such column"),
        ("owner,owned,owned\nL,T,50\n", "a.csv:1: owned: the column is there twice"),
        ("owner,owned,share\nL,T\n", "a.csv:2: found 2 cells, the first line names 3 columns"),
        (table("L,T,101"), 'a.csv:2: share: found "101"; allowed: percent, 0 to 100'),
        (table("L,T,-5"), 'a.csv:2: share: found "-5"'),
        (table("L,T,1e2"), 'a.csv:2: share: found "1e2"'),
        (table("L,T,50,25"), 'a.csv:2: share: found "50"; allowed: either a share or a range'),
        (table("L,T,,50,25"), 'a.csv:2: share_max: found "25"; allowed: more than share_min, which is 50'),
        (table("L,T,,>50,50"), "a.csv:2: share_max"),
        (table("L,T,50,,,16.5.2019"), 'a.csv:2: since: found "16.5.2019"; allowed: a day such as 2019-05-16'),
        (table("L,T,50,,,2019-02-30"), "a.csv:2: since"),
        (table("L,T,50,,,2020-01-02,2020-01-01"), "a.csv:2: through"),
        (table("L,T,50,,,,,shareholdings"), 'did you mean "shareholding"?'),
        (table("L,T,50,,,,,,human"), 'a.csv:2: owner_kind: found "human"'),
        (table(",T,50"), "a.csv:2: owner: found nothing; allowed: a name, `unknown` or `none`"),
        (table("L,,50"), "a.csv:2: owned: found nothing; allowed: a name"),
        (table("L,T,50,,,,,,person", "L,U,50,,,,,,entity"), "a.csv:3: owner_kind"),
        (table("none,T", "L,T,50"), "a.csv:2: owner: found `none`, and a.csv:3 names an owner"),
        (table("L,T,60,,,,,,,j", "M,T,50,,,,,,,j"), 'a.csv:3: share: found "50"; allowed: 60, as in line 2'),
        (table("L,T,60,,,,,,,j", "L,T,60,,,,,,,j"), "a.csv:3: owner"),
        (table("L,T,60", "M,T,60"), "the shares in T add up to 120 percent (lines 2, 3)"),
        ('owner,owned\n"L,T\n', "a.csv:"),
        (table("L,T,60,,,,,,,,,,entitylist"), 'did you mean "entity_list"?'),
        ("owner,owned,share,owned_kind\nL,T,60,person\n", "a.csv:2: owned: found an owner of a person"),
    ],
)
def test_what_is_wrong_is_said_in_its_place(text: str, expected: str) -> None:
    assert any(expected in problem for problem in refused(text)), refused(text)


def test_all_that_is_wrong_is_said_in_one_pass() -> None:
    assert len(refused(table("L,T,x", "M,T,y,,,z"))) == 3


def test_too_many_problems_are_counted() -> None:
    said = refused(table(*[f"L{i},T,x" for i in range(80)]))
    assert said[-1] == "a.csv: and 30 more problems"
    assert len(said) == 51


def test_shares_that_follow_each_other_do_not_add_up() -> None:
    text = table("L,T,60,,,2020-01-01,2020-12-31", "M,T,60,,,2021-01-01")
    assert len(read_csv(text, "a.csv").interests) == 2
    assert "on 2021-01-01" in refused(table("L,T,60,,,2020-01-01", "M,T,60,,,2021-01-01"))[0]


def test_semicolons_and_tabs_part_cells_too() -> None:
    for mark in ";\t":
        (one,) = read_csv(f"owner{mark}owned{mark}share\nL, Inc.{mark}T{mark}50\n", "a.csv").interests
        assert one.owner == "l, inc."


def test_control_characters_are_refused() -> None:
    assert refused("owner,owned\nL\x1b[31m,T\n")[0].startswith("a.csv:2: owner: found")
