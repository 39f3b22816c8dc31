"""What is written reads back to the same act."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given

from act_strategies import acts
from licet.formats.act import act_from_node, load_act, read_act
from licet.formats.read import compose
from licet.formats.write import act_to_yaml
from licet.model.act import Act, Stated
from licet.model.errors import FactsError

CASES = Path(__file__).parents[3] / "shared" / "cases" / "law"
STORY = Path(__file__).parents[2] / "src" / "licet" / "story_data" / "acts"


def without_places(act: Act) -> Act:
    return replace(act, facts={path: replace(one, line=0) for path, one in act.facts.items()}, file="")


def comes_back(act: Act) -> None:
    assert without_places(read_act(act_to_yaml(act))) == without_places(act)


@given(acts())
def test_what_is_written_reads_back(data: dict[str, object]) -> None:
    comes_back(read_act(data))


@given(acts())
def test_what_is_written_is_yaml_for_others(data: dict[str, object]) -> None:
    assert yaml.safe_load(act_to_yaml(read_act(data)))["kind"] == data["kind"]


def test_the_text_is_for_people() -> None:
    act = read_act(
        {
            "kind": "export",
            "to": "NO",
            "dates": {"export": "2019-05-16", "order": "none"},
            "purpose": "new_business",
            "parties": [
                {"role": ["ultimate_consignee", "end_user"], "name": "Huawei Technologies Co., Ltd.", "owners": []},
                {"name": "yes", "owners": [{"name": "A", "share_pct": 50}]},
            ],
            "items": [{"eccn": "5E001", "us_origin": True, "value_usd": 1e-7}],
            "knowledge": {"violation": {"value": "no", "by": "sales", "day": "2019-06-03", "source": "contract 118"}},
            "licenses": [{}, {"covers": ["chip"]}],
            "red_flags": "undeterminable",
        }
    )
    assert (
        act_to_yaml(act, header=["Written by hand.", "", "Two\nlines"])
        == """\
# Written by hand.
#
# Two
# lines
kind: export
to: "NO"
dates:
  order: none
  export: 2019-05-16
purpose: new_business
licenses:
  - {}
  - covers: [chip]
knowledge:
  violation: {value: no, by: sales, day: 2019-06-03, source: contract 118}
red_flags: undeterminable
parties:
  - role: [ultimate_consignee, end_user]
    name: "Huawei Technologies Co., Ltd."
    owners: none
  - name: "yes"
    owners:
      - name: A
        share_pct: 50
items:
  - eccn: "5E001"
    us_origin: yes
    value_usd: 0.0000001
"""
    )


@pytest.mark.parametrize(
    ("facts", "counts", "field"),
    [
        ({"frm": Stated("US")}, {}, "frm"),
        ({"support_funds_used": Stated("yes")}, {}, "support_funds_used"),
        ({"parties[1].name": Stated("A")}, {"parties": 1}, "parties[1].name"),
        ({}, {"dates": 1}, "dates"),
    ],
)
def test_a_fact_that_cannot_be_written_is_never_dropped(
    facts: dict[str, Stated], counts: dict[str, int], field: str
) -> None:
    with pytest.raises(FactsError) as caught:
        act_to_yaml(Act("export", facts, counts))
    assert [one.field for one in caught.value.problems] == [field]


@pytest.mark.skipif(not CASES.is_dir(), reason=f"the shared cases are not beside the repository: {CASES}")
def test_the_acts_of_the_cases_come_back() -> None:
    for path in sorted(CASES.glob("*.yaml")):
        root = compose(path.read_text("utf-8"), path.name)
        for case in root.items if root else ():
            node = case.find("act")
            if node is not None:
                comes_back(act_from_node(node))


@pytest.mark.parametrize("path", sorted(STORY.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_acts_that_ship_come_back(path: Path) -> None:
    comes_back(load_act(str(path)))
