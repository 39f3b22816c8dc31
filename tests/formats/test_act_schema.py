"""The schema says what the reader says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from act_strategies import JUNK, acts, every_row, values
from licet.formats.act import read_act
from licet.formats.schema import act_schema
from licet.model.errors import FactsError

if TYPE_CHECKING:
    from licet.model.vocabulary import Row

VALIDATOR = Draft202012Validator(act_schema(), format_checker=FormatChecker(["date"]))
NEEDED: dict[str, dict[str, object]] = {
    "parties": {"name": "A"},
    "owners": {"name": "A"},
    "subsidiaries": {"name": "A"},
    "listings": {"list": "sdn"},
    "red_flags": {"flag": 1},
}
"""What a record has to have."""


def reader_takes(data: dict[str, object]) -> bool:
    try:
        read_act(data)
    except FactsError:
        return False
    return True


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(act_schema())


@given(acts())
def test_both_take_what_is_well_formed(data: dict[str, object]) -> None:
    read_act(data)
    VALIDATOR.validate(data)


@given(acts(junk=True))
@settings(max_examples=300)
def test_both_refuse_the_same(data: dict[str, object]) -> None:
    assert VALIDATOR.is_valid(data) == reader_takes(data)


@pytest.mark.parametrize("row", every_row(), ids=lambda row: f"{row.path}-{row.kinds[0]}")
@given(data=st.data())
@settings(max_examples=15)
def test_both_say_the_same_of_each_fact(row: Row, data: st.DataObject) -> None:
    value = data.draw(st.one_of(values(row), JUNK))
    act = {"kind": row.kinds[0], **nested(row.path.split("."), value)} if row.path != "kind" else {"kind": value}
    assert VALIDATOR.is_valid(act) == reader_takes(act)


def nested(steps: list[str], value: object) -> dict[str, object]:
    """Put a value where its path says, with what the records on the way need."""
    name = steps[0].removesuffix("[]")
    if len(steps) == 1:
        return {name: value}
    inner = nested(steps[1:], value)
    return {name: [{**NEEDED.get(name, {}), **inner}] if steps[0].endswith("[]") else inner}


def test_every_fact_has_words_in_the_schema() -> None:
    schema = act_schema()
    defs = schema["$defs"]
    assert isinstance(defs, dict)
    party = defs["export_parties"]
    assert isinstance(party, dict)
    facts = party["properties"]
    assert isinstance(facts, dict)
    role = facts["role"]
    assert isinstance(role, dict)
    assert role["title"] == "role of a party"
    assert str(role["description"]).startswith("What is the part of the party in the act?")


def test_owners_have_owners_without_end() -> None:
    owner: dict[str, object] = {"name": "top", "share_pct": 50}
    for n in range(8):
        owner = {"name": f"tier {n}", "share_pct": 50, "owners": [owner]}
    act = {"kind": "export", "parties": [{"name": "A", "owners": [owner]}]}
    VALIDATOR.validate(act)
    assert read_act(act).get("parties[0].owners[0].owners[0].owners[0].name") == "tier 5"
