"""Acts made up: one that states everything, with some facts changed and a few left out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from licet.formats.act import read_act
from truths.ground import Asked, stating, without

if TYPE_CHECKING:
    from licet.model.act import Act

DAYS = (
    date(2018, 5, 15),
    date(2019, 5, 17),
    date(2019, 6, 30),
    date(2020, 9, 1),
    date(2022, 11, 1),
    date(2025, 10, 15),
)
LEFT_OUT = (
    "activity", "to", "purpose", "dates.en_route_since", "dates.contract", "items[0].kind", "items[0].eccn",
    "items[0].us_origin", "items[0].published", "items[0].hts", "parties[0].role", "parties[0].listings",
    "parties[0].country", "parties[0].owners", "parties[0].legally_distinct", "parties[0].military_end_user",
    "parties[0].headquarters", "end_use.known", "end_use.oil_gas", "knowledge.violation", "red_flags", "licenses",
    "certifications", "network.contract", "network.country", "network.fully_operational", "network.run_by_third_party",
)  # fmt: skip
WHOLE: dict[str, object] = {
    "kind": "export",
    "activity": "export",
    "from": "US",
    "to": "CN",
    "dates": {"contract": "2018-03-01", "en_route_since": "none"},
    "purpose": "existing_network",
    "network": {
        "country": "CN", "contract": "2018-03-01", "fully_operational": "yes", "adds_capacity": "no",
        "run_by_third_party": "yes",
    },
    "parties": [
        {
            "role": ["ultimate_consignee", "end_user"], "name": "Buyer", "country": "CN", "address": "1 Example Road",
            "listings": [{"list": "entity_list", "since": "2018-02-01", "scope": "all", "policy": "DENIAL"}],
            "legally_distinct": "yes", "foreign_person": "yes", "owners_complete": "yes", "controlled_by": "none",
            "headquarters": "CN", "ultimate_parent_headquarters": "CN", "nationality": "CN", "military_end_user": "no",
            "joint_venture_with_us_or_a5": "no",
            "owners": [
                {
                    "name": "Owner", "share_pct": "100", "listings": "none", "owners": "none", "owners_complete": "yes",
                    "headquarters": "CN",
                }
            ],
        }
    ],
    "parties_complete": "yes",
    "items": [
        {
            "name": "patch", "kind": "software", "eccn": "EAR99", "us_origin": "yes", "made_in": "US",
            "published": "no", "value_usd": "1000", "hts": "9401.39", "listed_in": "none", "food_or_medicine": "no",
            "us_content": "none", "us_content_complete": "yes", "made_with": "none", "made_with_complete": "yes",
        }
    ],
    "end_use": {"description": "upkeep", "known": "none", "oil_gas": "none"},
    "knowledge": {
        "violation": "no", "footnote1_party": "no", "footnote4_party": "no", "footnote5_party": "no",
        "acts_for_listed": "no",
    },
    "red_flags": "none",
    "ofac_authorized": "no",
    "licenses": "none",
    "exception_claimed": "none",
    "certifications": [{"by": "exporter", "day": "2018-01-01"}, {"by": "recipient", "day": "2018-01-01"}],
}  # fmt: skip
ACTIVITIES = st.sampled_from(("export", "reexport", "in_country_transfer", "deemed_export", "deemed_reexport"))
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "activity": ACTIVITIES,
        "to": st.sampled_from(("CN", "DE", "RU", "IR", "VE", "UA-43")),
        "purpose": st.sampled_from(("new_business", "existing_network", "standards", "vulnerability_disclosure")),
        "items[0].us_origin": st.sampled_from(("yes", "no")),
        "items[0].eccn": st.sampled_from(("EAR99", "3A001", "5D002", "3A090.a")),
        "items[0].kind": st.sampled_from(("commodity", "technology")),
        "parties[0].listings": st.sampled_from(("none", [{"list": "denied_persons_list", "since": "2018-01-01"}])),
        "parties[0].name": st.sampled_from(("Huawei Technologies Co., Ltd.", "ZTE Corporation")),
    },
)


@st.composite
def small_acts(draw: st.DrawFn) -> Asked:
    """Draw a stated act with some facts changed and a few left out."""
    act = read_act(WHOLE)
    for path, value in draw(CHANGES, label="changed").items():
        act = stating(act, path, value)
    gone = draw(st.lists(st.sampled_from(LEFT_OUT), max_size=4, unique=True), label="left out")
    for path in gone:
        act = left_out(act, path)
    return Asked(f"made up, without {gone}", act, draw(st.sampled_from(DAYS), label="day"))


def left_out(act: Act, path: str) -> Act:
    """Leave out a fact, or a list with all its records."""
    bare = without(act, path)
    facts = {name: one for name, one in bare.facts.items() if not name.startswith(f"{path}[")}
    counts = {name: count for name, count in bare.counts.items() if name != path and not name.startswith(f"{path}[")}
    return type(act)(act.kind, facts, counts, act.file)
