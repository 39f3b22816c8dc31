"""Facts of a command line are read by the same rules as a file."""

from __future__ import annotations

from datetime import date

import pytest

from licet.formats.flags import act_from_flags
from licet.model.errors import FactsError


def test_facts_are_read_by_their_fields() -> None:
    act = act_from_flags(
        "export",
        [
            ("to", "NO"),
            ("dates.contract", "2019-06-20"),
            ("parties[0].name", "Huawei Technologies Co., Ltd."),
            ("parties[0].role", "end_user, ultimate_consignee"),
            ("parties[1].name", "[Brackets], Inc."),
            ("parties[1].role", "carrier"),
            ("items.eccn", "5E001"),
            ("items.hts", "0710"),
            ("licenses", "[]"),
            ("certifications", "none"),
            ("red_flags", "undeterminable"),
            ("end_use.known", "[missile, nuclear]"),
            ("purpose", "standards"),
            ("purpose", "other"),
        ],
    )
    assert act.file == "the command line"
    assert {path: one.value for path, one in act.facts.items()} == {
        "to": "NO",
        "dates.contract": date(2019, 6, 20),
        "parties[0].name": "Huawei Technologies Co., Ltd.",
        "parties[0].role": ("end_user", "ultimate_consignee"),
        "parties[1].name": "[Brackets], Inc.",
        "parties[1].role": ("carrier",),
        "items[0].eccn": "5E001",
        "items[0].hts": "0710",
        "red_flags": "undeterminable",
        "end_use.known": ("missile", "nuclear"),
        "purpose": ("standards", "other"),
    }
    assert act.counts == {"parties": 2, "items": 1, "licenses": 0, "certifications": 0}


def test_names_are_split_in_brackets_only() -> None:
    act = act_from_flags("export", [("licenses[0].covers", "[chip]"), ("licenses[1].covers", "yes")])
    assert act.get("licenses[0].covers") == ("chip",)
    assert act.get("licenses[1].covers") == "yes"
    listed = [("parties.name", "A"), ("parties.listings.list", "sdn"), ("parties.listings.programs", "A, B")]
    assert act_from_flags("export", listed).get("parties[0].listings[0].programs") == ("A, B",)


@pytest.mark.parametrize(
    ("pairs", "field", "message"),
    [
        ([("to", "uk")], "to", 'found "uk"'),
        ([("too", "CN")], "too", 'no fact "too"'),
        ([("dates", "2019-05-16")], "dates", "where facts are expected"),
        ([("dates[0].export", "2019-05-16")], "dates[0].export", '"dates" is no list'),
        ([("to.country", "CN")], "to.country", 'no "to" with facts below it'),
        ([("parties[x].name", "A")], "parties[x].name", 'no "parties[x]" with facts below it'),
        ([("to", "CN"), ("to", "US")], "to", "stated twice"),
        ([("items", "none"), ("items.eccn", "EAR99")], "items.eccn", "stated as a whole already"),
        ([("items.eccn", "EAR99"), ("items", "none")], "items", "facts below it are stated already"),
        ([("parties[1].name", "A")], "parties[0].name", "a party without a name"),
        ([("support_funds_used", "yes")], "support_funds_used", "not of export"),
        ([("to", "[CN, US]")], "to", 'found "[CN, US]"'),
        ([("to", "[]")], "to", "found a list, where one value is expected"),
    ],
)
def test_what_is_wrong_is_said(pairs: list[tuple[str, str]], field: str, message: str) -> None:
    with pytest.raises(FactsError) as caught:
        act_from_flags("export", pairs)
    (problem,) = caught.value.problems
    assert (problem.file, problem.field) == ("the command line", field)
    assert message in problem.message


def test_the_kind_is_checked() -> None:
    with pytest.raises(FactsError, match="exprt"):
        act_from_flags("exprt", [])
