"""Reads Supplement No. 7 to part 744 of the EAR, the Military End-User List, from the XML of the eCFR."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from licet.lists import ecfr
from licet.lists.bis import ITALIC, party_of
from licet.lists.bis_terms import cites_of, uncited
from licet.lists.countries import country_code
from licet.lists.entry import Entry, Parsed
from licet.lists.reading import entry_ids

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from licet.lists.bis import Party
    from licet.lists.bis_rows import Row

LIST = "meu_list"
NUMBER = 7
COLUMNS = ("Country", "Entity", "Federal Register citation")
FIELDS = ecfr.FIELDS
RESERVED = "[Reserved]"
_GROUP = re.compile(r"The following (\w+) subordinate institutions of (.+):")
_LABEL = re.compile(rf"{ITALIC}?Subordinate institut?ion:?", re.IGNORECASE)
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


class Read(NamedTuple):
    """A row that names a party."""

    country: str
    party: Party
    citations: str
    parent: str
    """Whose subordinate institution it is; empty where it is none."""


def recognizes(files: Mapping[str, bytes]) -> bool:
    """Say whether a file holds Supplement No. 7."""
    return ecfr.holds(files, NUMBER)


def parse(files: Mapping[str, bytes], *, issued: date | None = None) -> Parsed:
    """Read the Military End-User List.

    Args:
        files: The XML of part 744, or of the supplement alone.
        issued: Day of the issue: the text itself does not say it.

    Returns:
        Its entries, one for each party. A row that announces subordinate institutions, and a row that says "Subordinate
        institution", name none; an institution has the citation of the row that announces it, if that has one.

    Raises:
        SourceError: Another file, or a damaged one.
    """
    found = ecfr.supplement(files, NUMBER, COLUMNS)
    noises = list(found.noises)
    rows = [row for row in found.rows if row.lines[0] != RESERVED]
    reads = list(_reads(rows, noises))
    keys = [(country_code(read.country), read.party.name, read.citations.partition(",")[0]) for read in reads]
    entries = [_entry(id_, read, noises) for id_, read in zip(entry_ids(keys), reads, strict=True)]
    counts = {
        "rows": len(rows),
        "reserved_rows": len(found.rows) - len(rows),
        "entries": len(entries),
        "subordinate_entries": sum(bool(read.parent) for read in reads),
    }
    return Parsed(LIST, issued, tuple(entries), counts, tuple(noises))


def _reads(rows: list[Row], noises: list[str]) -> Iterator[Read]:
    """Yield the rows that name parties; those after an announced group, as many as it says, are in it, uncited."""
    parent, left, shared = "", 0, ""
    for row in rows:
        text = " ".join(row.lines).strip()
        group = _GROUP.fullmatch(text)
        if left and (group or row.cells[0]):
            noises.append(f"{row.country}: {left} institutions of {parent} are missing before: {text[:60]}")
            left = 0
        if group is not None:
            left = _NUMBERS.index(group[1]) if group[1] in _NUMBERS else 0
            parent, shared = group[2], row.cells[0]
            if not left:
                noises.append(f"{row.country}: unknown number of institutions: {text}")
        elif not _LABEL.fullmatch(text):
            inside = left > 0
            cites = row.cells[0] or (shared if inside else "")
            yield Read(row.country, party_of(row.lines), cites, parent if inside else "")
            left -= inside
    if left:
        noises.append(f"{left} institutions of {parent} are missing at the end")


def _entry(id_: str, read: Read, noises: list[str]) -> Entry:
    """Make one entry; what is not known in its row is noted."""
    heading, cites = country_code(read.country), cites_of(read.citations)
    unknown = {
        "country": "" if heading else read.country,
        "citation": uncited(read.citations) or ("" if cites or read.parent else "none"),
        "party": "" if read.party.names else "no name",
    }
    noises += [f"{read.country}, {read.party.name}: unknown {what}: {said}" for what, said in unknown.items() if said]
    under = f"subordinate institution of {read.parent}" if read.parent else ""
    return Entry(
        id=id_,
        kind=read.party.kind,
        names=read.party.names,
        countries=read.party.countries(heading),
        addresses=read.party.places,
        cites=tuple(cite.citation for cite in cites),
        remarks="; ".join(filter(None, (under, read.party.remarks))),
    )
