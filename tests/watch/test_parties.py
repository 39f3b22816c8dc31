"""Parties of a file: listed, not listed, near a listed name, and rows that cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from licet.model.errors import FactsError
from licet.watching.parties import LISTED, MOST_LETTERS, NAMED, NEAR, TERMS, Parties, Row, WatchedParty, read_parties

if TYPE_CHECKING:
    from collections.abc import Callable

    from licet.watch import Watched

    Look = Callable[..., Watched]

TEXT = """name,country,id
"Huawei Technologies Co., Ltd.",CN,V1
Corner Bakery of Ipoh,MY,V2
"Huawei Technolgies Co., Ltd.",CN,V3
,CN,V4
"""


def read(text: str) -> Parties:
    return read_parties(text, "parties.csv")


def watched(look: Look, text: str, first: str, last: str) -> tuple[WatchedParty, ...]:
    return look(first, last, (), [read(text)]).parties


def said(party: WatchedParty) -> list[tuple[str, str, str, str]]:
    return [(str(one.day), one.how, one.list, one.measure) for one in party.changes]


def test_listed_unlisted_near_and_bad(look: Look) -> None:
    found = look("2019-05-01", "2019-05-31", (), [read(TEXT)])
    huawei, bakery, near = found.parties
    assert said(huawei) == [("2019-05-16", LISTED, "entity_list", "EL-2019-05")]
    assert huawei.changes[0].cite == "84 FR 22961"
    assert "entity_list" in huawei.on
    assert (said(bakery), bakery.on) == ([], ())
    assert "entity_list" in bakery.not_known
    assert near.changes
    assert {one.how for one in near.changes} == {NEAR}
    assert ("2019-05-16", NEAR, "entity_list", "EL-2019-05") in said(near)
    assert (near.on, near.found) == ((), False)
    assert [(problem.line, problem.field) for problem in found.bad] == [(5, "name")]
    assert found.found


def test_other_terms(look: Look) -> None:
    (huawei, *_) = watched(look, TEXT, "2020-08-01", "2020-08-31")
    assert said(huawei) == [("2020-08-17", TERMS, "entity_list", "EL-2020-08")]
    assert huawei.changes[0].terms == ("footnotes: 1 → 1, 2",)


def test_the_day_before_nothing_touches(look: Look) -> None:
    found = look("2019-05-01", "2019-05-15", (), [read(TEXT)])
    assert not found.touched_parties
    assert not found.found


def test_an_entry_that_gets_the_name_later(look: Look) -> None:
    (party,) = watched(look, "name\nHMN Tech\n", "2021-12-01", "2021-12-31")
    assert said(party) == [("2021-12-17", NAMED, "entity_list", "")]
    (party,) = watched(look, "name\nHMN Tech\n", "2020-08-01", "2020-08-31")
    assert [how for _, how, _, _ in said(party)] == [NEAR]


def test_a_name_is_watched_once_and_told_for_each_row(look: Look) -> None:
    text = 'name,id\n"Huawei Technologies Co., Ltd.",a\n"HUAWEI TECHNOLOGIES CO LTD",b\n'
    one, two = watched(look, text, "2019-05-01", "2019-05-31")
    assert (one.row.id, two.row.id) == ("a", "b")
    assert one.changes == two.changes != ()


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("name\nACME\n", Row(2, "ACME", "", "")),
        ("ID;Country;NAME\n7;China;ACME\n", Row(2, "ACME", "CN", "7")),
        ("name\tcountry\nACME\tHK\n", Row(2, "ACME", "HK", "")),
        ("\n\nname,other,country\nACME,x,\n", Row(4, "ACME", "", "")),
        ('name,id\n"ACME\nLtd.",7\n', Row(2, "ACME Ltd.", "", "7")),
        ("name,country\r\nACME\r\n", Row(2, "ACME", "", "")),
    ],
)
def test_forms_of_the_file(text: str, row: Row) -> None:
    assert read(text) == Parties("parties.csv", (row,), ())


def test_every_row_is_a_party_or_a_problem() -> None:
    text = "\n".join(
        [
            "name,country",
            "Good,CN",
            "Huawei Technologies Co., Ltd.,CN",
            "",
            ",CN",
            "???,CN",
            "Bad\x1b[31m,CN",
            f"{'x' * (MOST_LETTERS + 1)},CN",
            "Elsewhere,Atlantis",
        ]
    )
    found = read(text)
    assert [row.line for row in found.rows] == [2, 9]
    assert found.rows[-1].country == ""
    assert [(problem.line, problem.field) for problem in found.bad] == [
        (3, ""),
        (5, "name"),
        (6, "name"),
        (7, "name"),
        (8, "name"),
        (9, "country"),
    ]
    assert "cells" in str(found.bad[0])
    assert not any("\x1b" in str(problem) for problem in found.bad)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "the file is empty"),
        ("party,country\nACME,CN\n", "no column name"),
        ("name,name\nACME,CN\n", "there twice"),
        ('name\n"ACME\n', "this is no CSV"),
    ],
)
def test_files_that_are_refused(text: str, says: str) -> None:
    with pytest.raises(FactsError, match=says):
        read(text)


def test_too_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("licet.watching.parties.MOST_ROWS", 2)
    with pytest.raises(FactsError, match="more than 2 rows"):
        read("name\na\nb\nc\n")
