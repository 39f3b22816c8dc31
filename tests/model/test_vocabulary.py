"""The table of facts as code sees it."""

from __future__ import annotations

import pytest

from licet.model import vocabulary
from licet.model.act import Act, Stated


@pytest.mark.parametrize(
    ("path", "plain"),
    [
        ("to", "to"),
        ("parties[0].role", "parties[].role"),
        ("parties[12].owners[3].share_pct", "parties[].owners[].share_pct"),
        ("parties[0].owners[1].owners[0].owners[2].listings[0].since", "parties[].owners[].listings[].since"),
        ("parties[].owners[].owners[].name", "parties[].owners[].name"),
        ("parties[0].owners[1].owners", "parties[].owners[].owners"),
        ("items[0]", "items[]"),
    ],
)
def test_a_path_has_a_generic_form(path: str, plain: str) -> None:
    assert vocabulary.generic(path) == plain


def test_a_row_is_found_by_any_form_of_its_path() -> None:
    row = vocabulary.row("parties[0].owners[1].owners[0].share_pct")
    assert row is not None
    assert row is vocabulary.row("parties[].owners[].share_pct")
    assert (row.type, row.unit, row.order) == ("pct", "percent", ("up",))
    assert vocabulary.row("parties[0].nme") is None


def test_the_kind_of_act_decides_the_words() -> None:
    export, connection = vocabulary.row("activity", "export"), vocabulary.row("activity", "connection")
    assert export is not None
    assert connection is not None
    assert "reexport" in export.domain
    assert "attach" in connection.domain
    assert vocabulary.row("activity", "update") is None
    assert vocabulary.row("activity") is export


def test_rows_of_a_kind_keep_the_order_of_the_table() -> None:
    paths = [row.path for row in vocabulary.rows("update")]
    assert paths == [
        *("kind", "network.country", "network.kinds"),
        *("device.vendor", "device.model", "device.installed", "image.digest", "image.version"),
    ]


def test_countries_and_regions_are_known() -> None:
    norway = vocabulary.country("NO")
    assert norway is not None
    assert norway.name == "Norway"
    assert vocabulary.country("UA-43") is not None
    assert vocabulary.country("UK") is None
    assert vocabulary.country("no") is None


@pytest.mark.parametrize(
    ("word", "near"),
    [("end-user", "end_user"), ("End User", "end_user"), ("end_usr", "end_user"), ("consignee", ""), ("zzz", "")],
)
def test_the_nearest_word(word: str, near: str) -> None:
    assert vocabulary.nearest(word, ("end_user", "carrier", "other")) == near


def test_a_question_names_the_records_that_it_is_about() -> None:
    act = Act("export", {"parties[0].name": Stated("Huawei"), "parties[0].owners[1].name": Stated("undeterminable")})
    assert vocabulary.question("parties[0].country", act) == "In which country is Huawei?"
    assert vocabulary.question("parties[1].country", act) == "In which country is party 2?"
    assert vocabulary.question("parties[0].owners[1].share_pct", act) == "Which share of Huawei does owner 2 hold?"
    assert vocabulary.question("parties[].owners[].share_pct") == "Which share of the party does the owner hold?"
    assert vocabulary.question("parties[0].owners", act) == "Who are the direct owners of Huawei?"
    assert vocabulary.question("licenses[0].expires", act) == "On which day does license 1 end?"
    assert vocabulary.question("nothing") == ""


def test_a_question_is_that_of_the_kind_of_act() -> None:
    assert "device" in vocabulary.question("activity", Act("connection", {}))
    assert "device" in vocabulary.question("activity", kind="connection")
    assert "device" not in vocabulary.question("activity", kind="export")


def test_every_question_is_filled_for_every_path() -> None:
    for row in vocabulary.table().rows:
        asked = vocabulary.question(row.path, kind=row.kinds[0])
        assert asked.endswith("?")
        assert "{" not in asked
        assert "  " not in asked
