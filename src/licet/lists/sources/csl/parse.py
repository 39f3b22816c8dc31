"""The Consolidated Screening List: thirteen lists of three departments in one file; `lists` of an entry says which.

All of them are one issue of one source, `csl`. It repeats what other sources say first-hand, at times otherwise: so its
entries stay its own, beside theirs, and `split` gives them list by list to whom wants to compare.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

from licet.lists.archive import heads, single
from licet.lists.bis_terms import policy_of, scope_of
from licet.lists.csl import objects, rows
from licet.lists.csl.record import LISTS, PUBLISHED_ON_START
from licet.lists.entry import Citation, Entry, Name, Parsed
from licet.lists.ofac.words import KINDS
from licet.lists.reading import day, entry_ids, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from licet.lists.cells import Noises
    from licet.lists.csl.record import Record

LIST = "csl"
FIELDS = frozenset(rows.COLUMNS) | objects.OFFICIAL | objects.COMPACT
_NUMBERED = frozenset(("sdn", "ofac_ssi", "ofac_capta", "ofac_cmic", "ofac_fse", "ofac_mbs", "ofac_plc"))
_CITE = re.compile(
    r"(?P<volume>\d{2,3})\s*\.?\s*F\.?\s*R\.?\s*(?P<page>\d+)(?![\d/])(?:\s*,\s*\d{4,6}(?=\s+\d+/))?"
    r"(?:\s*\(?,?\s*(?P<day>\d{1,2}/\d{1,2}/\d{2,4})\)?)?(?:\s+\(?no\. \d+\)?)?",
    re.IGNORECASE,
)
_VOLUME = re.compile(r"(?:Notice [\w-]+,\s*)?Vol\. ?\d+ ?,? No\. ?\d+ ?,? (?P<day>\d{1,2}/\d{1,2}/\d{2,4})")
_BETWEEN = re.compile(r"^(?:[\s,;.]|and\b)*$")
_MARK = re.compile(r"(?:\)|EAR)[.,]?\s?([1-9])(?![\d.])")
_OLD_MARK = "736.2(b)(3)(vi)"
"""Until February 2022 the rule of footnote 1 stood there; this list printed the section and lost the mark."""
_SLIPS = (
    (re.compile(r"part\s*§|§\?"), "§ "),
    (re.compile(r"(?<=[Ss]ee)§"), " §"),
    (re.compile(r"(?<=\d) (?=\([a-z]\))"), ""),
    (re.compile(r"EAR\.\)"), "EAR)"),
    (re.compile(r" of the EAR(?= and \d)"), ""),
    (re.compile(r"presumption for denial", re.IGNORECASE), "presumption of denial"),
    (re.compile(r"items subjects to"), "items subject to"),
)
"""How this list writes what the official text writes otherwise."""
_OWN_WORDS = re.compile(r"supplement no\. 2 to part 744|with case-by-case basis for items listed on the CCL")
"""Requirements and policies that are known and say more than one of the closed words."""


def recognizes(files: Mapping[str, bytes]) -> bool:
    """Say whether some files are this list, by how they begin."""
    starts = list(heads(files).values())
    return len(starts) == 1 and (rows.looks_like(starts[0]) or objects.looks_like(starts[0]))


def parse(files: Mapping[str, bytes], *, issued: date | None = None) -> Parsed:
    """Read one issue.

    Args:
        files: The CSV or the JSON, plain or packed.
        issued: Day of the issue as the caller knows it; the CSV does not say it.

    Returns:
        One entry per record. Ids begin with the id of the list; of OFAC's lists the number there follows, of the others
        country and name, because the source's own ids change with the text.

    Raises:
        SourceError: Not this list, damaged, or newer than the day given.
    """
    name, data = single(files, "the Consolidated Screening List")
    is_json = data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    read = objects.read_objects(data, name) if is_json else rows.read_rows(data, name)
    if read.said and issued and read.said > issued:
        refuse(f"it was made on {read.said}, after {issued}, the day given for it", name, todo="Give the day of issue.")
    noises = read.noises
    records = _distinct(read.records, noises)
    entries = tuple(_entry(id_, one, noises) for id_, one in zip(_ids(records), records, strict=True))
    newest = max((one.listed for one in entries if one.listed), default=None)
    if newest and issued and newest > issued:
        refuse(f"an entry of it begins on {newest}, after {issued}, the day given for it", name, todo="Give its day.")
    counts = {"rows": len(read.records), "entries": len(entries)}
    for list_ in LISTS.values():
        counts[f"on_{list_}"] = sum(list_ in entry.lists for entry in entries)
    return Parsed(LIST, read.said or issued, entries, counts, noises.said(), noises.slips())


def split(parsed: Parsed) -> dict[str, Parsed]:
    """Return an issue list by list, each with its entries and their number; noises stay with the whole."""
    by: dict[str, list[Entry]] = {}
    for entry in parsed.entries:
        by.setdefault(entry.lists[0], []).append(entry)
    return {id_: Parsed(id_, parsed.issued, tuple(found), {"entries": len(found)}) for id_, found in by.items()}


def _distinct(records: Sequence[Record], noises: Noises) -> list[Record]:
    """Leave out a record that is the same as another in all it says."""
    seen: dict[Record, None] = {}
    for one in records:
        if one in seen:
            noises.slip("the same record twice", one.name)
        seen[one] = None
    return list(seen)


def _ids(records: Sequence[Record]) -> list[str]:
    """Return an id for each record, the same in every issue: list, then the number there, or country and name."""
    ids = [""] * len(records)
    by: dict[str, list[int]] = {}
    for place, one in enumerate(records):
        by.setdefault(list_of(one.source), []).append(place)
    for list_, places in by.items():
        found = entry_ids([_key(records[place], list_) for place in places])
        for place, id_ in zip(places, found, strict=True):
            ids[place] = f"{list_}:{id_}"
    return ids


def _key(one: Record, list_: str) -> tuple[str, ...]:
    """Return what tells a record from the others of its list, the most lasting first."""
    if list_ in _NUMBERED and one.number:
        return (one.number, "")
    codes = (*(address.country for address in one.addresses), *one.countries)
    where = "; ".join(address.text for address in one.addresses)
    cite = _CITE.search(one.notice)
    first = f"{cite['volume']} FR {cite['page']}" if cite else one.notice
    mark = sha256(where.encode()).hexdigest()[:8] if where else ""
    return (next(filter(None, codes), ""), one.name, first, one.start, mark)


def list_of(source: str) -> str:
    """Return the id of a list by the name that the source prints; one that is not known is made from the name."""
    return LISTS.get(source) or "csl_" + "_".join(re.findall(r"[a-z0-9]+", source.casefold())[:4])


def _entry(id_: str, one: Record, noises: Noises) -> Entry:
    """Make one entry of a record."""
    list_ = list_of(one.source)
    if one.source not in LISTS:
        noises.add(f"list {one.source!r} is not known", one.name)
    kind = KINDS.get(one.kind.casefold(), "unknown")
    if one.kind and kind == "unknown":
        noises.add(f"type {one.kind!r} is not known", one.name)
    listed = _day(one.start, "start_date", one, noises)
    codes = (*(address.country for address in one.addresses), *one.countries)
    aliases = (Name(alias, "alias") for alias in one.aliases if alias != one.name)
    return Entry(
        id=id_,
        kind=kind,
        names=(Name(one.name), *dict.fromkeys(aliases)),
        countries=tuple(filter(None, dict.fromkeys(codes))),
        addresses=tuple(dict.fromkeys(address for address in one.addresses if address.text)),
        identifiers=tuple(dict.fromkeys(one.identifiers)),
        programs=one.programs,
        scope=_scope(one, list_, noises),
        scope_text=one.requirement,
        policy=_policy(one, noises),
        policy_text=one.policy,
        footnotes=_footnotes(one.requirement),
        cites=tuple(_cites(one, listed if list_ in PUBLISHED_ON_START else None, noises)),
        listed=listed,
        until=_day(one.end, "end_date", one, noises),
        remarks="; ".join(dict.fromkeys(one.words)),
        lists=(list_,),
    )


def _day(cell: str, column: str, one: Record, noises: Noises) -> date | None:
    """Read a cell that holds a day or nothing."""
    found = day(cell)
    if cell and not found:
        noises.slip(f"{column} {cell!r} is no day that can be", one.name)
    return found


def _scope(one: Record, list_: str, noises: Noises) -> str:
    """Return the scope: of a denial order by its column, of an entry with a requirement by its words."""
    if list_ == "denied_persons_list":
        return "all" if one.standard_order.upper() == "Y" else "text"
    if not one.requirement:
        return ""
    found = scope_of(_plain(one.requirement))
    if not found and not _OWN_WORDS.search(one.requirement):
        noises.add(f"license requirement is not known: {one.requirement[:80]!r}", one.name)
    return found or "text"


def _policy(one: Record, noises: Noises) -> str:
    """Return the review policy; one that is not known is a noise and stays in words."""
    plain = _plain(one.policy)
    found = policy_of(plain) if plain else ""
    if found is None and scope_of(plain):
        noises.slip("a license requirement stands in the column of the policy", one.name)
    elif found is None and not _OWN_WORDS.search(plain):
        noises.add(f"review policy is not known: {one.policy[:80]!r}", one.name)
    return found or ""


def _plain(text: str) -> str:
    """Write a requirement or policy as the official text does."""
    for slip, right in _SLIPS:
        text = slip.sub(right, text)
    return text


def _footnotes(requirement: str) -> tuple[str, ...]:
    """Return the marks of footnotes printed in a requirement, and that of footnote 1 where its old section stands."""
    marks = (["1"] if _OLD_MARK in requirement else []) + _MARK.findall(requirement)
    return tuple(dict.fromkeys(marks))


def _cites(one: Record, published: date | None, noises: Noises) -> Iterator[Citation]:
    """Yield the citations of a record.

    Args:
        one: The record.
        published: Its start date where that is the day of publication of the first citation.
        noises: Takes what is left over.

    Yields:
        Citations of the form `84 FR 22961`; where only volume, number and day are printed, these.
    """
    for found in _VOLUME.finditer(one.notice):
        yield Citation(found[0], day(found["day"]))
    rest = _VOLUME.sub("", one.notice)
    for number, found in enumerate(_CITE.finditer(rest)):
        said = day(found["day"]) if found["day"] else None
        if found["day"] and not said:
            noises.slip(f"citation {found[0]!r} has no day that can be", one.name)
        yield Citation(f"{found['volume']} FR {found['page']}", said or (None if number else published))
    for piece in _CITE.sub("\n", rest).split("\n"):
        if not _BETWEEN.match(piece):
            noises.slip(f"part of a citation is not read: {piece.strip(' ,;.')!r}", one.name)
