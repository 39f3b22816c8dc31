"""Reads Supplement No. 4 to part 744 of the EAR, the Entity List, from the XML of the eCFR."""

from __future__ import annotations

from typing import TYPE_CHECKING

from licet.lists import ecfr
from licet.lists.bis_rows import COLUMNS, FOOTNOTES, entries_of, reads_of
from licet.lists.entry import Parsed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

LIST = "entity_list"
NUMBER = 4
FIELDS = ecfr.FIELDS


def recognizes(files: Mapping[str, bytes]) -> bool:
    """Say whether a file holds Supplement No. 4."""
    return ecfr.holds(files, NUMBER)


def parse(files: Mapping[str, bytes], *, issued: date | None = None) -> Parsed:
    """Read the Entity List.

    Args:
        files: The XML of part 744, or of the supplement alone.
        issued: Day of the issue: the text itself does not say it.

    Returns:
        Its entries (`licet.lists.bis_rows.entries_of`).

    Raises:
        SourceError: Another file, or a damaged one.
    """
    found = ecfr.supplement(files, NUMBER, COLUMNS)
    noises = list(found.noises)
    noises += [f"footnote {mark} is not known" for mark in found.footnotes if mark not in FOOTNOTES]
    reads = list(reads_of(found.rows, noises))
    entries = entries_of(reads, noises)
    counts = {
        "rows": len(found.rows),
        "continued_rows": len(found.rows) - len(reads),
        "footnotes": len(found.footnotes),
        "address_entries": sum(entry.kind == "address" for entry in entries),
        "parts": sum(len(read.party.parts) for read in reads),
        "entries": len(entries),
    }
    return Parsed(LIST, issued, entries, counts, tuple(noises))
