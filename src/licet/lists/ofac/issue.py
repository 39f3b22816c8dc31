"""Chooses between the formats of an issue of the Office of Foreign Assets Control, and says which list it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from licet.lists.archive import heads, unpack
from licet.lists.entry import Parsed
from licet.lists.ofac import enhanced, table
from licet.lists.reading import refuse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

FIELDS = table.FIELDS | enhanced.FIELDS


def recognizes(files: Mapping[str, bytes], list_: str) -> bool:
    """Say whether files are an issue of a list, by how they begin.

    Args:
        files: Bytes by name, packed or plain.
        list_: `sdn` or `ofac_consolidated`.
    """
    starts = heads(files)
    if any(enhanced.looks_like(head) for head in starts.values()):
        return len(starts) == 1 and enhanced.list_of_head(next(iter(starts.values()))) == list_
    found = {table.looks_like(head): head for head in starts.values()}
    return "" not in found and table.PRIMARY in found and table.list_of_head(found[table.PRIMARY]) == list_


def read(files: Mapping[str, bytes], list_: str, issued: date | None) -> Parsed:
    """Read an issue.

    Args:
        files: One enhanced XML, or the CSV files, packed or plain, under any name.
        list_: `sdn` or `ofac_consolidated`.
        issued: Day of the issue as the caller knows it: the CSV files have none, the XML says its own.

    Returns:
        The issue.

    Raises:
        SourceError: Not this list, damaged, or of another day than the one given.
    """
    opened = unpack(files)
    marked = [name for name, data in opened.items() if enhanced.looks_like(data[:4096])]
    if marked:
        if len(opened) != 1:
            refuse(f"the XML is a whole issue; {len(opened)} files were given", marked[0], todo="Give it alone.")
        return enhanced.read_xml(marked[0], opened[marked[0]], list_, issued)
    found = table.read_files(opened, list_)
    return Parsed(list_, issued, found.entries, found.counts, found.noises.said(), found.noises.slips())
