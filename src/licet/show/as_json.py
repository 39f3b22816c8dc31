"""An answer as JSON, for programs: the fields of the design, with a version of their form."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from licet.model.digest import plain
from licet.show.words import NOT_ADVICE

if TYPE_CHECKING:
    from licet.model.answer import Answer, Span
    from licet.model.digest import Plain

SCHEMA_VERSION = 1


def to_json(answer: Answer) -> str:
    """Return an answer as JSON text."""
    return json.dumps(as_record(answer), indent=2, ensure_ascii=False)


def as_record(answer: Answer) -> dict[str, Plain]:
    """Return an answer as plain values."""
    found = plain(answer)
    if not isinstance(found, dict):
        message = "an answer is a record"
        raise TypeError(message)
    del found["span"], found["act"]
    ends: dict[str, Plain] = {
        "schema_version": SCHEMA_VERSION,
        "outcome": answer.outcome,
        **_ends(answer.span),
        "review_policy": answer.span.policy.name if answer.span.policy else None,
    }
    record: dict[str, Plain] = {key: _spans(value) for key, value in found.items()}
    record = {**ends, **record, "digest": answer.digest, "legal_advice": NOT_ADVICE}
    if answer.what_if is not None:
        record["what_if"] = as_record(answer.what_if)
    return record


def _ends(span: Span) -> dict[str, Plain]:
    return {"at_least": span.at_least.name, "at_most": span.at_most.name}


def _spans(value: Plain) -> Plain:
    """Write every range by the names of its ends, in place of the ordered numbers inside."""
    from licet.model.answer import Span

    if isinstance(value, list):
        return [_spans(one) for one in value]
    if not isinstance(value, dict):
        return value
    low, high = value.get("low"), value.get("high")
    if value.keys() == {"low", "high"} and isinstance(low, int) and isinstance(high, int):
        return _ends(Span(low, high)) if high < LIMIT else {"at_least": None, "at_most": None}
    return {key: _spans(one) for key, one in value.items()}


LIMIT = 50
