"""What a check of the lawbook found, for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from licet.model.digest import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from licet.consistency import Checked, Cited
    from licet.law.book import Book
    from licet.model.digest import Plain

SCHEMA_VERSION = 1


def check_json(
    book: Book,
    checked: Iterable[Checked],
    cited: Iterable[Cited],
    absent: Mapping[str, Iterable[str]] | None = None,
    *,
    no_cases: str = "",
) -> str:
    """Return what was found as JSON text, with every citation whose rule is not known.

    Args:
        book: The lawbook.
        checked: What was checked.
        cited: What is not known of the rules that lists cite.
        absent: Where citations were compared with official texts: by what was not there the places that are cited.
        no_cases: The folder of cases that is not there.
    """
    parts = list(checked)
    skipped = [note for part in parts for note in part.skipped]
    record: dict[str, Plain] = {
        "schema_version": SCHEMA_VERSION,
        "book": book.version,
        "found": [str(problem) for part in parts for problem in part.problems],
        "counts": {what: number for part in parts for what, number in part.counts},
        "not_looked_at": [*skipped, *([f"rules without a case; there is no folder {no_cases}"] if no_cases else [])],
        "unknown_citations": [
            plain({**one._asdict(), "unknown": [each._asdict() for each in one.unknown]}) for one in cited
        ],
    }
    if absent is not None:
        record["not_compared"] = plain({what: sorted(set(places)) for what, places in sorted(absent.items())})
    return json.dumps(record, indent=2, ensure_ascii=False)
