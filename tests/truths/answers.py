"""Concrete answers to open facts: one of each class of values that the open questions tell apart."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from licet.engine.values import Values
from licet.law.rule import SCALE
from licet.model import vocabulary
from licet.model.vocabulary import LIST_TYPES, RECORDS, generic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from licet.decide import Decision
    from licet.model.vocabulary import Row

SOME: dict[str, tuple[object, ...]] = {
    "code": ("BR", "DE", "NO"),
    "eccn": ("0A998", "3A001.a.2", "3A090.a", "5D002", "9A515.x", "EAR99"),
    "name": ("Nobody Known GmbH",),
    "text": ("something else",),
    "hts": ("9401.39", "8542.31"),
}
"""Values of a type of which more exist than any question names."""
NUMBERS = frozenset(("number", "integer", "usd", "pct"))
NOBODY = {"name": "An Owner", "share_pct": "100", "listings": "none", "owners": "none", "owners_complete": "yes"}
ON_ENTITY_LIST = {"list": "entity_list", "since": "2018-01-01", "scope": "all", "policy": "DENIAL"}
LISTED_OWNER = {**NOBODY, "listings": [ON_ENTITY_LIST]}
DENIED = {"list": "denied_persons_list", "since": "2018-01-01"}
UNVERIFIED = {"list": "unverified_list", "since": "2018-01-01"}
LICENSE = {
    "number": "1", "issued": "2018-01-01", "expires": "none", "revoked_on": "none", "covers": "yes",
    "conditions_met": "yes",
}  # fmt: skip
DIRECT_PRODUCT = {"kind": "technology", "eccn": "3E001", "us_origin": "yes", "role": "direct_product"}
RECORD_ANSWERS: dict[str, tuple[object, ...]] = {
    "licenses": ("none", [LICENSE]),
    "certifications": ("none", [{"by": "exporter", "day": "2018-01-01"}, {"by": "recipient", "day": "2018-01-01"}]),
    "red_flags": ("none", [{"flag": "1", "resolved": "no"}], [{"flag": "1", "resolved": "yes"}]),
    "parties[].listings": ("none", [ON_ENTITY_LIST], [DENIED], [UNVERIFIED]),
    "parties[].owners": ([NOBODY], [LISTED_OWNER], [{**LISTED_OWNER, "share_pct": "20"}]),
    "items[].us_content": ("none", [{"eccn": "3A001", "kind": "commodity", "pct": "5"}]),
    "items[].made_with": ("none", [DIRECT_PRODUCT]),
}
"""Answers to lists of records that are asked as a whole."""
NONE_OF_THESE = "none of these"


def of_class(part: Values, row: Row) -> Iterator[object]:
    """Walk through values of a class: its words, the ends of its spans, some of those that no question names."""
    if not part.others:
        yield from sorted(part.words)
    else:
        yield from (value for value in SOME.get(row.type, ()) if value not in part.words)
    for low, high in part.spans:
        for end in dict.fromkeys((low, high)):
            yield _number(end, row)


def _number(end: int, row: Row) -> object:
    if row.type == "day":
        return date.fromordinal(min(max(end, date(1990, 1, 1).toordinal()), date(2099, 12, 31).toordinal())).isoformat()
    return str(min(max(end, 0), 10**9 * SCALE) / SCALE)


def by_word(row: Row, asked: list[str]) -> dict[str, object]:
    """Return answers to a list of words of which some are asked: each alone, and none of them."""
    rest = [word for word in row.domain if word not in asked] or [*map(str, SOME.get(_one(row), ()))]
    nothing: object = "none" if row.none else [rest[0]] if rest else None
    found: dict[str, object] = {word: [word] for word in asked}
    return found if nothing is None else {**found, NONE_OF_THESE: nothing}


def _one(row: Row) -> str:
    return LIST_TYPES.get(row.type, row.type)


def answers(decision: Decision, path: str) -> list[object]:
    """Return answers to an open path, at least one of each class of values; none where only records could answer it."""
    row = vocabulary.row(path, decision.case.act.kind)
    if row is None:
        return []
    if row.type == RECORDS:
        return list(RECORD_ANSWERS.get(generic(path), ()))
    stock = decision.case.stock
    facts = list(dict.fromkeys(node.fact for node in decision.open if stock.behind(node.fact).path == path))
    if row.type in LIST_TYPES:
        asked = [fact.removeprefix(f"{path}:") for fact in facts if fact.startswith(f"{path}:")]
        return list(by_word(row, asked).values())
    found: dict[str, object] = {}
    for fact in facts:
        parts = decision.table.classes[decision.table.number[fact]] if fact == path else [_all(row)]
        found.update({str(value): value for part in parts for value in of_class(part, row)})
    return list(found.values())


def _all(row: Row) -> Values:
    """Return all that a fact can be, where rules ask something that is worked out from it."""
    if row.type.startswith("yes_no"):
        return Values(frozenset(("yes", "no")))
    if row.domain:
        return Values(frozenset(row.domain))
    if row.type == "day":
        ends = (date(2018, 1, 1).toordinal(), date(2019, 6, 1).toordinal(), date(2099, 1, 1).toordinal())
        return Values(frozenset(("none",)) if row.none else frozenset(), spans=tuple((end, end) for end in ends))
    if row.type in NUMBERS:
        return Values(spans=((0, 0), (50 * SCALE, 50 * SCALE), (100 * SCALE, 100 * SCALE)))
    return Values(frozenset(("none",)) if row.none else frozenset(), others=True)
