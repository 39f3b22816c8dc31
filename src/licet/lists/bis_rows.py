"""Rows of the Entity List, from the code or from a rule that amends it, as entries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from licet.lists.bis import Party, party_of
from licet.lists.bis_terms import cites_of, policy_of, scope_of, uncited
from licet.lists.countries import country_code
from licet.lists.entry import Entry
from licet.lists.reading import entry_ids, fold, local, text_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree import ElementTree as ET

COLUMNS = ("Country", "Entity", "License requirement", "License review policy", "Federal Register citation")
FOOTNOTES = ("1", "2", "3", "4", "5")
"""Marks that licet knows; 15 CFR 734.9 and 744.11(a) say what each means."""
_ADDRESS = re.compile(r"Address (\d+),\s*(.+)")


class Row(NamedTuple):
    """A row of a table."""

    country: str
    """Heading of its country: its own, or that of a row before."""
    lines: tuple[str, ...]
    """Lines of the cell of the party."""
    cells: tuple[str, ...]
    """Texts of the cells after it."""
    marks: tuple[tuple[str, ...], ...]
    """Marks of footnotes in those cells."""


class Terms(NamedTuple):
    """What a row says beside the party."""

    requirement: str
    policy: str
    citations: str
    footnotes: tuple[str, ...]


class Read(NamedTuple):
    """A row with the rows that continue it."""

    country: str
    party: Party
    terms: Terms


def marks_of(cell: ET.Element) -> tuple[str, ...]:
    """Return the marks of footnotes in a cell."""
    raised = (node for node in cell.iter() if local(node.tag) in ("sup", "SU"))
    return tuple(mark for node in raised if (mark := text_in(node).strip(" ,.()")))


def reads_of(rows: Iterable[Row], noises: list[str]) -> Iterator[Read]:
    """Read rows; those that continue another (their cells after the party are empty) are put into it.

    Args:
        rows: In the order of the table.
        noises: Takes a row that continues none.

    Yields:
        The rows that begin an entry.
    """
    groups: list[list[Row]] = []
    for row in rows:
        if any(row.cells):
            groups.append([row])
        elif groups:
            groups[-1].append(row)
        else:
            noises.append(f"a row without terms, and none before it: {' '.join(row.lines)[:80]}")
    for first, *rest in groups:
        lines = [line for row in (first, *rest) for line in row.lines]
        address = _ADDRESS.fullmatch(" ".join(first.lines).strip())
        party = Party((), (address[2].strip(" ."),), f"Address {address[1]}") if address else party_of(lines)
        yield Read(first.country, party, terms_of(first))


def terms_of(row: Row) -> Terms:
    """Return the terms of a row, with two slips of the official text mended.

    One row has requirement and policy the wrong way round, and one has a citation at the end of its policy.
    """
    requirement, policy, citations = row.cells
    if policy_of(requirement) and scope_of(policy):
        requirement, policy = policy, requirement
    if (slip := re.search(r"(?<=EAR)\d+ FR \d.*", policy)) is not None:
        policy, citations = policy[: slip.start()], f"{slip[0]} {citations}"
    return Terms(requirement, policy, citations, tuple(dict.fromkeys(mark for marks in row.marks for mark in marks)))


def entries_of(reads: list[Read], noises: list[str]) -> tuple[Entry, ...]:
    """Make the entries of rows.

    Args:
        reads: The rows that begin an entry.
        noises: Takes what is not known in them.

    Returns:
        For each its entry, then one for each company that the text names inside it: with its terms, `part_of` it and
        without citations, for the row has none. A subordinate institution with a row of its own is `part_of` the entry
        of the institute that it names, where that is on the list.
    """
    ids = iter(entry_ids(list(_keys(reads))))
    entries: list[Entry] = []
    under: dict[str, str] = {}
    for read in reads:
        main = _entry(next(ids), read, read.party, noises)
        entries.append(main)
        under[main.id] = fold(read.party.under)
        entries += [_entry(next(ids), read, part, [])._replace(cites=(), part_of=main.id) for part in read.party.parts]
    named = {fold(name.text): entry.id for entry in reversed(entries) for name in entry.names}
    return tuple(one if one.part_of else one._replace(part_of=named.get(under[one.id], "")) for one in entries)


def _keys(reads: list[Read]) -> Iterator[tuple[str, str, str]]:
    """Yield, entry by entry, what its id is made of."""
    for read in reads:
        code = country_code(read.country)
        yield code, read.party.name or read.party.remarks, read.terms.citations.partition(",")[0]
        for part in read.party.parts:
            yield code, part.name, read.party.name


def _entry(id_: str, read: Read, party: Party, noises: list[str]) -> Entry:
    """Make one entry; what is not known in its row is noted."""
    terms, where = read.terms, f"{read.country}, {party.name or party.remarks}"
    heading, scope, policy = country_code(read.country), scope_of(terms.requirement), policy_of(terms.policy)
    cites = cites_of(terms.citations)
    unknown = {
        "country": "" if heading else read.country or "none",
        "license requirement": "" if scope else terms.requirement or "none",
        "review policy": "" if policy is not None else terms.policy,
        "citation": uncited(terms.citations) or ("" if cites else "none"),
        "footnote": " ".join(mark for mark in terms.footnotes if mark not in FOOTNOTES),
        "party": "" if party.names or party.addresses else "no name",
    }
    noises += [f"{where}: unknown {what}: {said[:120]}" for what, said in unknown.items() if said]
    return Entry(
        id=id_,
        kind="address" if not party.names else party.kind,
        names=party.names,
        countries=party.countries(heading),
        addresses=party.places,
        scope=scope or "text",
        scope_text=terms.requirement,
        policy=policy or "",
        policy_text=terms.policy,
        footnotes=terms.footnotes,
        cites=tuple(cite.citation for cite in cites),
        remarks=party.remarks,
    )
