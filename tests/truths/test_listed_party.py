"""Adding a listed party never weakens an answer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from licet.formats.act import read_act
from truths.ground import Asked, decided, every_act, plain, show

if TYPE_CHECKING:
    from licet.model.act import Act

OWNED_BY_NOBODY_LISTED = {
    "owners": [
        {"name": "Another Owner", "share_pct": "100", "listings": "none", "owners": "none", "owners_complete": "yes"}
    ],
    "owners_complete": "yes",
}
ADDED: dict[str, dict[str, object]] = {
    "stated": {
        "role": ["end_user"],
        "name": "Listed Example Ltd",
        "country": "CN",
        "legally_distinct": "yes",
        "listings": [{"list": "entity_list", "since": "2018-01-01", "scope": "all", "policy": "DENIAL"}],
        **OWNED_BY_NOBODY_LISTED,
    },
    "looked up": {
        "role": ["end_user"],
        "name": "Huawei Technologies Co., Ltd.",
        "country": "CN",
        "legally_distinct": "yes",
        **OWNED_BY_NOBODY_LISTED,
    },
    "denied": {
        "role": ["purchaser"],
        "name": "Denied Example Ltd",
        "country": "CN",
        "legally_distinct": "yes",
        "listings": [{"list": "denied_persons_list", "since": "2018-01-01"}],
        **OWNED_BY_NOBODY_LISTED,
    },
}
LISTED_ON = {"stated": date(2018, 1, 1), "looked up": date(2019, 5, 16), "denied": date(2018, 1, 1)}


def with_party(act: Act, party: dict[str, object], *, first: bool) -> Act:
    made = plain(act)
    parties = made["parties"]
    assert isinstance(parties, list)
    made["parties"] = [party, *parties] if first else [*parties, party]
    return read_act(made)


@pytest.mark.parametrize("first", [True, False], ids=["first", "last"])
@pytest.mark.parametrize("added", ADDED)
def test_a_listed_party_more_never_weakens(added: str, first: bool) -> None:  # noqa: FBT001 - by pytest
    seen = strengthened = 0
    weaker = []
    for asked in every_act():
        # Where no party is stated every party is open; one that is stated says more, and may narrow that.
        if asked.act.kind != "export" or not asked.act.count("parties") or asked.day < LISTED_ON[added]:
            continue
        before = decided(asked)
        after = decided(asked._replace(act=with_party(asked.act, ADDED[added], first=first)))
        seen += 1
        strengthened += after.span != before.span
        for was, now in ((before.span, after.span), (before.requirement, after.requirement)):
            if now.low < was.low or now.high < was.high:
                weaker.append((show(asked, was), (now.low, now.high)))
    assert not weaker
    assert seen > 100
    assert strengthened > 20


def test_a_listed_party_alone_brings_the_requirement() -> None:
    asked = Asked("EAR99 to a stated party", read_act(UNLISTED), date(2019, 6, 30))
    assert decided(asked).span.outcome == "NO_LICENSE_REQUIRED"
    listed = asked._replace(act=with_party(asked.act, ADDED["stated"], first=False))
    assert decided(listed).span.outcome == "LICENSE_REQUIRED"


UNLISTED: dict[str, object] = {
    "kind": "export",
    "activity": "export",
    "from": "US",
    "to": "DE",
    "dates": {"en_route_since": "none"},
    "purpose": "new_business",
    "parties": [{"role": "end_user", "name": "Buyer", "country": "DE", "listings": "none", "legally_distinct": "yes"}],
    "items": [{"name": "office chair", "kind": "commodity", "eccn": "EAR99", "us_origin": "yes", "published": "no"}],
    "end_use": {"known": "none"},
    "knowledge": {"violation": "no"},
    "red_flags": "none",
    "licenses": "none",
}
