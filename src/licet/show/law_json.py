"""The lawbook for programs: measures with their status on a day, and what is modeled."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from licet.model.digest import plain
from licet.show.related import relations

if TYPE_CHECKING:
    from collections.abc import Iterable

    from licet.coverage import Coverage, Row
    from licet.model.digest import Plain
    from licet.model.measure import Measure
    from licet.show.law_text import Looked
    from licet.show.measure_text import Around

SCHEMA_VERSION = 1


def list_json(looked: Looked, measures: Iterable[Measure]) -> str:
    """Return the measures with their status on a day as JSON text."""
    return _written({**_head(looked), "measures": [_measure(looked, measure) for measure in measures]})


def measure_json(looked: Looked, measure: Measure, around: Around) -> str:
    """Return everything about a measure as JSON text."""
    found = {relation.how.replace(" ", "_"): list(relation.ids) for relation in relations(looked.book, measure)}
    record: dict[str, Plain] = {
        **_head(looked),
        "measure": _measure(looked, measure),
        "neighbors": plain(found),
        "read_by": [plain(use._asdict()) for use in around.uses],
        "entries": [plain(one._asdict()) for one in around.entries],
        "cases": plain(around.cases),
    }
    return _written(record)


def coverage_json(coverage: Coverage, version: str) -> str:
    """Return what is modeled as JSON text."""
    record: dict[str, Plain] = {
        "schema_version": SCHEMA_VERSION,
        "book": version,
        "counts": {state: coverage.count(state) for state in dict.fromkeys(row.state for row in coverage.rows)},
        "limits": plain(dict(coverage.checked())),
        "kinds": plain(dict(coverage.kinds)),
        "sections": [_row(row) for row in coverage.rows],
        "regimes_without_rules": [plain(one._asdict()) for one in coverage.beside],
    }
    return _written(record)


def _written(record: dict[str, Plain]) -> str:
    return json.dumps(record, indent=2, ensure_ascii=False)


def _head(looked: Looked) -> dict[str, Plain]:
    return {
        "schema_version": SCHEMA_VERSION,
        "as_of": plain(looked.day),
        "known_as_of": plain(looked.known),
        "what_ifs": list(looked.what_ifs),
        "book": looked.book.version,
        "verified_through": plain(looked.book.verified_through),
        "due": [{"day": plain(change.day), "measures": list(change.ids)} for change in looked.due],
    }


def _measure(looked: Looked, measure: Measure) -> dict[str, Plain]:
    """Return a record of the book as it stands there, with its status on the day."""
    record = plain(dict(looked.book.records[measure.id]))
    found: dict[str, Plain] = record if isinstance(record, dict) else {}
    return {
        **found,
        "status": str(looked.status(measure)),
        "due": looked.is_due(measure),
        "supposed": measure.id in looked.book.supposed,
    }


def _row(row: Row) -> dict[str, Plain]:
    limbs: list[Plain] = [
        {
            "cites": list(limb.cites),
            "limits": [{"says": one.says, "cite": one.cite, "checked": one.checked} for one in limb.limits],
        }
        for limb in row.limbs
    ]
    return {**{name: plain(value) for name, value in row._asdict().items() if name != "limbs"}, "limbs": limbs}
