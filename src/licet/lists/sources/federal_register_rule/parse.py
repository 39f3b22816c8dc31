"""Reads a rule of the Federal Register that adds entries to the Entity List or revises them, from its XML.

A rule can be loaded on its day of publication, before the eCFR has it. It holds the rows that it adds or revises, not
the list. What it removes stands only in its instructions (`licet.lists.bis_orders`).
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from licet.lists.bis import lines_of
from licet.lists.bis_orders import ADDING, REMOVING, REVISING, orders_of
from licet.lists.bis_rows import COLUMNS, Row, entries_of, marks_of, reads_of
from licet.lists.entry import Entry, Name, Parsed
from licet.lists.reading import clean, day, document, entry_ids, fields_of, fold, refuse, text_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from xml.etree import ElementTree as ET

    from licet.lists.bis_orders import Orders

LIST = "entity_list"
USED = frozenset(
    {
        *(
            "RULE",
            "PREAMB",
            "SUPLINF",
            "REGTEXT",
            "SUM",
            "EFFDATE",
            "AMDPAR",
            "GPOTABLE",
            "ROW",
            "ENT",
            "LI",
            "E",
            "SU",
        ),
        *("PRTPAGE", "@P"),
    }
)
IGNORED = frozenset(
    {
        *("PART", "SECTION", "SECTNO", "APPENDIX", "SIG", "P", "FP", "HD", "EXTRACT", "AGENCY", "SUBAGY", "CFR"),
        *("DEPDOC", "RIN", "SUBJECT", "AGY", "ACT", "ADD", "FURINF", "LSTSUB", "AUTH", "STARS", "NOTE", "FTNT"),
        *("FTREF", "AC", "DATED", "NAME", "TITLE", "FRDOC", "BILCOD", "TTITLE", "BOXHD", "CHED", "TNOTE", "TDESC"),
        *("@TYPE", "@SOURCE", "@T", "@I", "@A", "@H", "@RUL", "@COLS", "@OPTS", "@CDEF", "@TITLE", "@PART"),
    }
)
FIELDS = USED | IGNORED
_AMENDS = re.compile(r"supplement no\. 4 to part 744", re.IGNORECASE)
_TO_COME = re.compile(
    r"(\d{2,3}) FR \[INSERT (?:FR )?PAGE NUMBER[^\]\d]*(\d{1,2}/\d{1,2}/\d{2,4})?[^\]]*\]", re.IGNORECASE
)
"""A citation whose page is not known while the rule is set in type."""
_BEGINS = re.compile(r"\d+\.\s")
"""How an instruction begins that stands for itself; what follows under letters belongs to it."""
_EFFECTIVE = re.compile(r"effective (?:on )?([A-Z][a-z]+ \d{1,2}, \d{4})")
_PROMISED = re.compile(r"\bunder (\d+) entr(?:y|ies)\b")


def recognizes(files: Mapping[str, bytes]) -> bool:
    """Say whether a file is a rule that amends the Entity List."""
    amends = re.compile(rb"<RULE\b.*?<AMDPAR>[^<]*supplement no\. 4 to part 744", re.IGNORECASE | re.DOTALL)
    return len(files) == 1 and all(amends.search(data) for data in files.values())


def parse(files: Mapping[str, bytes], *, issued: date | None = None) -> Parsed:
    """Read a rule.

    Args:
        files: The XML of one rule.
        issued: Its day of publication, where its table does not print it.

    Returns:
        The entries that it adds or revises, and those that it removes. `listed` is the day of *effect*, of entries that
        it adds alone; the page of their citation is the first page of the rule where that of the entry is not printed
        yet.

    Raises:
        SourceError: Another file, a rule that does not amend the Entity List, or a damaged one.
    """
    if len(files) != 1:
        refuse(f"{len(files)} files where one rule is expected", ", ".join(files) or "a rule", todo="Name one file.")
    ((file, data),) = files.items()
    rule = document(data, file, {"RULE"})
    amendments = [text_in(node) for node in rule.iter("AMDPAR")]
    if not any(map(_AMENDS.search, amendments)):
        refuse("the rule does not amend Supplement No. 4 to part 744, the Entity List", file)
    noises = [f"unknown field {name}" for name in sorted(fields_of(rule) - FIELDS)]
    entries = entries_of(list(reads_of(_rows(rule, issued, noises), noises)), noises)
    orders = orders_of(_of_the_list(amendments))
    if not entries and not orders.of(REMOVING):
        refuse("the rule has no entry in its tables, and removes none", file)
    added = {(one.code, fold(one.name)) for one in orders.of(ADDING)}
    effect = _effect(rule, noises)
    entries = tuple(one._replace(listed=effect if _key(one) in added else None) for one in entries)
    noises += _unkept(orders, entries, rule)
    days = [cite.published for entry in entries for cite in entry.cites[-1:] if cite.published]
    counts = {"entries": len(entries), **{name: len(orders.of(name)) for name in (ADDING, REVISING, REMOVING)}}
    noises = [f"{file}: {noise}" for noise in noises]
    removed = _removed(orders, entries, effect)
    return Parsed(LIST, max(days, default=issued), entries, counts, tuple(noises), removed=removed)


def _rows(rule: ET.Element, issued: date | None, noises: list[str]) -> Iterator[Row]:
    """Yield the rows of all tables: a country, then its entries; stars stand for entries that stay as they are."""
    country = ""
    for row in rule.iter("ROW"):
        cells = [cell for cell in row.findall("ENT") if text_in(cell).strip("* ")]
        all_cells = row.findall("ENT")
        first = text_in(all_cells[0]).strip("* ") if all_cells else ""
        if list(map(fold, map(text_in, all_cells))) == list(map(fold, COLUMNS)):
            continue
        country = first or country
        party = all_cells[1] if len(all_cells) > 1 and all_cells[1] in cells else None
        if party is None:
            continue
        texts = [clean(" ".join(lines_of(cell))) for cell in all_cells[2:]]
        if len(texts) == len(COLUMNS) - 2:
            texts[-1] = _TO_COME.sub(lambda m: _citation(m, rule, issued), texts[-1])
            yield Row(country, lines_of(party), tuple(texts), tuple(map(marks_of, all_cells[2:])))
        elif not any(texts):
            yield Row(country, lines_of(party), ("", "", ""), ())
        else:
            noises.append(f"a row of {len(all_cells)} cells: {text_in(row)[:80]}")


def _citation(to_come: re.Match[str], rule: ET.Element, issued: date | None) -> str:
    """Return a citation with the first page of the rule; as it stands where the rule marks no pages."""
    following = next((node.get("P", "") for node in rule.iter("PRTPAGE")), "")
    if not following.isdecimal():
        return to_come[0]
    published = to_come[2] or (f"{issued.month}/{issued.day}/{issued.year}" if issued else "")
    return f"{to_come[1]} FR {int(following) - 1}{', ' if published else ''}{published}"


def _effect(rule: ET.Element, noises: list[str]) -> date | None:
    """Return the day on which the rule takes effect."""
    said = text_in(next(rule.iter("EFFDATE"), None))
    found = _EFFECTIVE.search(said)
    effect = day(found[1]) if found else None
    if effect is None:
        noises.append(f"no day of effect in: {said[:120] or 'no dates'}")
    return effect


def _of_the_list(amendments: Iterable[str]) -> list[str]:
    """Return the instructions that amend the Entity List, and not another supplement or section in the same rule."""
    found: list[str] = []
    inside = False
    for text in amendments:
        if _AMENDS.search(text):
            inside = True
        elif _BEGINS.match(text):
            inside = False
        found += [text] if inside else []
    return found


def _removed(orders: Orders, entries: tuple[Entry, ...], effect: date | None) -> tuple[Entry, ...]:
    """Return whom the rule takes off, each with its last day on the list; who is in its tables is not taken off."""
    there = {_key(entry) for entry in entries}
    gone = [one for one in dict.fromkeys(orders.of(REMOVING)) if (one.code, fold(one.name)) not in there]
    if effect is None:
        return ()
    return tuple(
        Entry(id_, "unknown", (Name(one.name),), (one.code,), until=effect - timedelta(days=1))
        for id_, one in zip(entry_ids([(one.code, one.name) for one in gone]), gone, strict=True)
    )


def _key(entry: Entry) -> tuple[str, str]:
    return entry.countries[0] if entry.countries else "", fold(entry.names[0].text) if entry.names else ""


def _unkept(orders: Orders, entries: tuple[Entry, ...], rule: ET.Element) -> Iterator[str]:
    """Yield what the rule says it does and no entry shows."""
    there = {_key(entry) for entry in entries}
    for said in orders.unread:
        yield f"an instruction is in no form that is known: {said}"
    for one in orders.orders:
        named = (one.code, fold(one.name)) in there
        if one.action == REMOVING and named:
            yield f"removes {one.name} under {one.country}, and has it in its table: look which of the two holds"
        elif one.action == REMOVING:
            yield f"removes {one.name} under {one.country}: it stays on the list until the code is loaded without it"
        elif not named:
            yield f"{one.action} {one.name} under {one.country}: its table has no such entry"
    promised = _PROMISED.search(text_in(next(rule.iter("SUM"), None)))
    if promised and int(promised[1]) != len(entries):
        yield f"its summary says {promised[1]} entries, its tables have {len(entries)}"
