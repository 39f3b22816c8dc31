"""Reads Supplement No. 6 to part 744 of the EAR, the Unverified List, from the XML of the eCFR."""

from __future__ import annotations

from typing import TYPE_CHECKING

from licet.lists import ecfr
from licet.lists.bis import party_of
from licet.lists.bis_terms import cites_of, uncited
from licet.lists.countries import country_code
from licet.lists.entry import Entry, Parsed
from licet.lists.reading import entry_ids

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

LIST = "unverified_list"
NUMBER = 6
COLUMNS = ("Country", "Listed person and address", "Federal Register citation")
FIELDS = ecfr.FIELDS


def recognizes(files: Mapping[str, bytes]) -> bool:
    """Say whether a file holds Supplement No. 6."""
    return ecfr.holds(files, NUMBER)


def parse(files: Mapping[str, bytes], *, issued: date | None = None) -> Parsed:
    """Read the Unverified List.

    Args:
        files: The XML of part 744, or of the supplement alone.
        issued: Day of the issue: the text itself does not say it.

    Returns:
        Its entries, one a row.

    Raises:
        SourceError: Another file, or a damaged one.
    """
    found = ecfr.supplement(files, NUMBER, COLUMNS)
    noises = list(found.noises)
    reads = [(row, party_of(row.lines)) for row in found.rows]
    keys = [(country_code(row.country), party.name, row.cells[0].partition(",")[0]) for row, party in reads]
    entries = []
    for id_, (row, party) in zip(entry_ids(keys), reads, strict=True):
        heading, cites = country_code(row.country), cites_of(row.cells[0])
        unknown = {
            "country": "" if heading else row.country,
            "citation": uncited(row.cells[0]) or ("" if cites else "none"),
            "footnote": " ".join(row.marks[0]),
            "party": "" if party.names else "no name",
        }
        noises += [f"{row.country}, {party.name}: unknown {what}: {said}" for what, said in unknown.items() if said]
        entry = Entry(id_, party.kind, party.names, party.countries(heading), party.places)
        entries.append(entry._replace(cites=tuple(cite.citation for cite in cites), remarks=party.remarks))
    return Parsed(LIST, issued, tuple(entries), {"rows": len(found.rows), "entries": len(entries)}, tuple(noises))
