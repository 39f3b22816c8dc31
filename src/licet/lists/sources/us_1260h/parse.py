"""Chinese military companies under section 1260H of the NDAA for fiscal year 2021, from two tables made by others.

The official form is a notice in the Federal Register, in sentences. One table was made from that notice and keeps, for
each company, the subsidiaries that it names, in one sentence; the other gives each of them a record of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from licet.lists.archive import heads, single
from licet.lists.cells import Noises, tidy
from licet.lists.countries import country_code
from licet.lists.entry import Citation, Entry, Name, Parsed
from licet.lists.reading import day, entry_ids, read_json, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from licet.lists.reading import Json

    Object = Mapping[str, Json]

LIST = "us_1260h"
NOTICE, RECORDS = "dow-1260h", "us-dod-section-1260h"
"""How the two tables call the list."""
_TOP = frozenset(("list_id", "source_file", "extracted", "count", "entities"))
_COMPANY = frozenset(("name", "aliases", "country", "address", "status", "effective_date", "federal_register", "notes"))
_RECORD = frozenset(
    {
        *("id", "schema_version", "entity_type", "name", "aliases", "countries", "listing_rationale", "remarks"),
        *("source", "ingested_at"),
    }
)
_NAME = frozenset(("english", "native", "korean"))
_SOURCE = frozenset(
    {
        *("list_id", "list_name", "authority", "jurisdiction", "category", "official_source_url", "source_file"),
        *("source_sheet", "source_row"),
    }
)
FIELDS = _TOP | _COMPANY | _RECORD | _NAME | _SOURCE
_STARTS = re.compile(rb'\s*\{\s*"list_id"\s*:\s*"' + NOTICE.encode() + rb'"')
"""How the table of the notice begins; a table that speaks of the list among others has no such name of its own."""
_RECORDS_START = re.compile(rb'\s*\[\s*\{\s*"id"\s*:\s*"rpl-')
_HAS_RECORD = re.compile(rb'"list_id"\s*:\s*"' + RECORDS.encode() + rb'"')
_ALL = 64 * 2**20
"""Bytes of a table of several lists that are looked through for a record of this one."""
_SUBSIDIARIES = re.compile(r"Listed together with subsidiaries: (.+?)(?: \| |$)")
_CITE = re.compile(r"(\d+) FR (\d+) \(([^()]+)\)")
_FORMERLY = re.compile(r"formerly,?\s+")
_NO_ALIAS = frozenset(("limited", "ltd", "usa", "group", "hong kong", "hk"))
"""What may stand in a bracket at the end of a name and is a part of it."""
_FORM = re.compile(
    r"(?:Co|Ltd|Limited|Inc|LLC|L\.L\.C|Corp|Corporation|PLC|S\.A|S\.L\.U|B\.V|GmbH)\b\.?(?: Ltd\.?| \(.*\))?"
)
"""A part after a comma that is no name but the legal form of the one before."""
_ABBREVIATION = re.compile(r"(?:Co|Ltd|Inc|Corp|S\.L\.U|L\.L\.C)\.$")


def recognizes(files: Mapping[str, bytes]) -> bool:
    """Say whether some files are one of the two tables: that of the notice, or one that has a record of this list."""
    starts = list(heads(files, 400).values())
    if len(starts) != 1:
        return False
    if _RECORDS_START.match(starts[0]):
        return any(_HAS_RECORD.search(data) for data in heads(files, _ALL).values())
    return _STARTS.match(starts[0]) is not None


def parse(files: Mapping[str, bytes], *, issued: date | None = None) -> Parsed:
    """Read one issue.

    Args:
        files: One of the two tables, as JSON.
        issued: Day of the issue as the caller knows it; without it the day of the notice, or that on which the records
            were made.

    Returns:
        One entry per company; a subsidiary that the notice names with it is `part_of` it, where the table says so.

    Raises:
        SourceError: Neither table, damaged, or newer than the day given.
    """
    name, data = single(files, "the list of section 1260H")
    top = read_json(data, name)
    noises = Noises()
    if isinstance(top, dict) and top.get("list_id") == NOTICE:
        entries, said = _of_notice(top, name, noises)
    elif isinstance(top, list):
        entries, said = _of_records(top, noises)
    else:
        refuse("neither of the tables of this list", name)
    if not entries:
        refuse("there is no company of this list in it", name)
    if issued and said and said > issued:
        refuse(f"it is of {said}, after {issued}, the day given for it", name, todo="Give the day of issue.")
    counts = {"entries": len(entries), "parts": sum(bool(entry.part_of) for entry in entries)}
    counts["companies"] = counts["entries"] - counts["parts"]
    return Parsed(LIST, issued or said, tuple(entries), counts, noises.said())


# The table of the notice


def _of_notice(top: Object, file: str, noises: Noises) -> tuple[list[Entry], date | None]:
    """Read the companies of a notice, and its day."""
    _unknown(top, _TOP, noises)
    companies = [one for one in _list(top, "entities") if isinstance(one, dict)]
    if top.get("count") != len(companies):
        refuse(f"it says {top.get('count')} companies and has {len(companies)}: cut off", file)
    entries: list[Entry] = []
    for one in companies:
        _unknown(one, _COMPANY, noises)
        main = _company(one, noises)
        entries.append(main)
        parts = _split(m[1]) if (m := _SUBSIDIARIES.match(_text(one, "notes"))) is not None else ()
        entries += [main._replace(names=names_of(part), countries=(), part_of="-", remarks="") for part in parts]
    days = {entry.listed for entry in entries if entry.listed}
    if len(days) > 1:
        noises.add(f"{len(days)} days of effect: more than one notice")
    return _numbered(entries), max(days, default=None)


def _company(one: Object, noises: Noises) -> Entry:
    """Make the entry of a company, without its id."""
    name = _text(one, "name")
    cell = _text(one, "country")
    country = country_code(cell)
    if cell and not country:
        noises.add(f"country {cell!r} is not known", name)
    for key in ("address", "status"):
        if one.get(key) is not None:
            noises.add(f"{key} was never filled before", name)
    listed = day(_text(one, "effective_date"))
    if not listed:
        noises.add("no day of effect", name)
    aliases = (Name(tidy(alias), "alias") for alias in _list(one, "aliases") if isinstance(alias, str))
    return Entry(
        id="",
        kind="entity",
        names=tuple(dict.fromkeys((*names_of(name), *aliases))),
        countries=(country,) if country else (),
        cites=tuple(_cites(_text(one, "federal_register"), noises)),
        listed=listed,
        remarks=_text(one, "notes"),
    )


def _cites(text: str, noises: Noises) -> Iterator[Citation]:
    """Yield the citation of a text such as 91 FR 35189 (June 10, 2026)."""
    found = _CITE.fullmatch(text)
    if found is None:
        noises.add(f"citation {text!r} is not read")
    else:
        yield Citation(f"{found[1]} FR {found[2]}", day(found[3]))


def _split(text: str) -> Iterator[str]:
    """Yield the names of a sentence: commas part them, but for those before a legal form or in a bracket."""
    whole = text if _ABBREVIATION.search(text) else text.removesuffix(".")
    parts = [part.strip() for part in re.split(r",(?![^()]*\))|(?<=\.)\s+\.\s", whole) if part.strip()]
    names: list[str] = []
    for number, part in enumerate(parts):
        following = parts[number + 1] if number + 1 < len(parts) else ""
        begins = part.startswith("and ") or " " in part or _FORM.fullmatch(following)
        if names and (_FORM.fullmatch(part) or not begins):
            names[-1] = f"{names[-1]}, {part}"
        else:
            names.append(part.removeprefix("and "))
    yield from names


# The table of records


def _of_records(top: list[Json], noises: Noises) -> tuple[list[Entry], date | None]:
    """Read the records of this list among those of several lists, and the newest day on which one was made."""
    entries: list[Entry] = []
    days: list[date] = []
    for one in top:
        source = one.get("source") if isinstance(one, dict) else None
        if not isinstance(one, dict) or not isinstance(source, dict) or source.get("list_id") != RECORDS:
            continue
        name = one.get("name")
        _unknown(one, _RECORD, noises)
        _unknown(source, _SOURCE, noises)
        if not isinstance(name, dict) or not _text(name, "english"):
            noises.add("a record without an English name", str(source.get("source_row")))
            continue
        _unknown(name, _NAME, noises)
        if _list(one, "aliases"):
            noises.add("aliases were never filled before", _text(name, "english"))
        if made := day(_text(one, "ingested_at")):
            days.append(made)
        entries.append(
            Entry(id="", kind="entity", names=names_of(_text(name, "english")), remarks=_text(one, "remarks"))
        )
    return _numbered(entries), max(days, default=None)


# Both


def names_of(text: str) -> tuple[Name, ...]:
    """Return the name of a company, and what a bracket at its end gives as its short or former name."""
    name, inside = _bracketed(text)
    if not inside or inside.casefold() in _NO_ALIAS:
        return (Name(text),)
    if _FORMERLY.match(inside):
        former = names_of(_FORMERLY.sub("", inside, count=1))
        return (Name(name), *(Name(one.text, "former") for one in former))
    return (Name(name), Name(inside, "alias"))


def _bracketed(text: str) -> tuple[str, str]:
    """Part a text from the bracket with which it ends; the second part is empty where it ends in none."""
    depth = 0
    for place in range(len(text) - 1, 0, -1):
        depth += (text[place] == ")") - (text[place] == "(")
        if not depth:
            return (text[:place].rstrip(), text[place + 1 : -1].strip()) if text[place] == "(" else (text, "")
    return text, ""


def _numbered(entries: list[Entry]) -> list[Entry]:
    """Give each entry its id, by its name; a part gets that of the company before it.

    Of parts of one name, each is told by its company too, so that the order of companies changes no id.
    """
    numbered: list[Entry] = []
    company = ""
    keys: list[tuple[str, str, str]] = []
    for entry in entries:
        company = company if entry.part_of else entry.names[0].text
        keys.append(("", entry.names[0].text, company if entry.part_of else ""))
    for id_, entry in zip(entry_ids(keys), entries, strict=True):
        company = company if entry.part_of else id_
        numbered.append(entry._replace(id=id_, part_of=company if entry.part_of else ""))
    return numbered


def _unknown(one: Object, known: frozenset[str], noises: Noises) -> None:
    for key in sorted(one.keys() - known):
        noises.add(f"unknown field {key}")


def _text(one: Object, key: str) -> str:
    value = one.get(key)
    return tidy(value) if isinstance(value, str) else ""


def _list(one: Object, key: str) -> list[Json]:
    value = one.get(key)
    return value if isinstance(value, list) else []
