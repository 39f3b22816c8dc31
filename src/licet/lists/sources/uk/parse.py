"""The UK Sanctions List, from two tables that a third party makes of the official file: subjects, and their names."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from licet.lists.archive import heads, unpack
from licet.lists.entry import Entry, Identifier, Name, Parsed
from licet.lists.reading import clean, day, read_table, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from licet.lists.reading import Table

    _Row = Mapping[str, str]

LIST = "uk"
SUBJECTS = ("unique_id", "subject_type", "un_reference_number", "ofsi_group_id", "date_designated", "last_updated")
NAMES = (
    *("name_id", "unique_id", "name_type", "alias_strength", "full_name", "name_6", "name_1", "name_2", "name_3"),
    *("name_4", "name_5"),
)
FIELDS = frozenset((*SUBJECTS, *NAMES))
_KINDS = {"individual": "person", "entity": "entity", "ship": "vessel"}
_NAME_TYPES = ("primary", "primary_variation", "alias")
_STRENGTHS = {"": "alias", "good_quality_aka": "alias", "low_quality_aka": "weak_alias"}
_REGIME = re.compile(r"([A-Z]{2,4})\d{4,6}")
_HEAD = 400


def _columns(head: bytes) -> tuple[str, ...]:
    """Return the columns in the first line of a file."""
    line = head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode("ascii", "replace")
    return tuple(cell.strip('" \r') for cell in line.split(","))


def recognizes(files: Mapping[str, bytes]) -> bool:
    """Say whether some files are the two tables, by their first lines."""
    return sorted(map(_columns, heads(files, _HEAD).values())) == sorted((SUBJECTS, NAMES))


def parse(files: Mapping[str, bytes], *, issued: date | None = None) -> Parsed:
    """Read one issue.

    Args:
        files: The two tables, under whatever names, plain or packed.
        issued: Day of the issue as the caller knows it; without it the newest day of `last_updated`.

    Returns:
        One entry per subject, under its unique id, in the order of the table.

    Raises:
        SourceError: A table is missing or damaged, or newer than the day given.
    """
    noises: list[str] = []
    subjects, names = _tables(files)
    by: dict[str, list[_Row]] = {}
    for row in names.rows:
        by.setdefault(row["unique_id"], []).append(row)
    updated = [found for row in subjects.rows if (found := _day(row, "last_updated", noises))]
    newest = max(updated, default=None)
    if newest and issued and newest > issued:
        refuse(f"it was updated on {newest}, after {issued}, the day given", "the UK list", todo="Give the right day.")
    entries = tuple(_entry(row, by.pop(row["unique_id"], []), noises) for row in subjects.rows)
    noises += [f"{id_}: a name without a subject" for id_ in by]
    counts = Counter(entry.kind for entry in entries)
    return Parsed(
        LIST,
        issued or newest,
        entries,
        {
            "entries": len(entries),
            "persons": counts["person"],
            "entities": counts["entity"],
            "ships": counts["vessel"],
            "name_rows": len(names.rows),
        },
        tuple(dict.fromkeys((*subjects.noises, *names.noises, *noises))),
    )


def _tables(files: Mapping[str, bytes]) -> tuple[Table, Table]:
    """Find the two tables by the column that only one of them has, and read them."""
    found: dict[str, Table] = {}
    for name, data in unpack(files).items():
        columns = _columns(data[:_HEAD])
        mark, known = ("subject_type", SUBJECTS) if "subject_type" in columns else ("name_type", NAMES)
        if mark in found:
            refuse(f"is a second table with the column {mark}", name, todo="Give one table of each kind.")
        found[mark] = read_table(data, name, known)
    for mark in ("subject_type", "name_type"):
        if mark not in found:
            refuse(f"no table has the column {mark}", "the UK list", todo="Give both tables.")
    return found["subject_type"], found["name_type"]


def _day(row: _Row, column: str, noises: list[str]) -> date | None:
    """Read a day, written day first; one that is no day is a noise."""
    found = day(row[column], month_first=False)
    if not found:
        noises.append(f"{row['unique_id']}: {column} is no day: {row[column]!r}")
    return found


def _entry(row: _Row, names: list[_Row], noises: list[str]) -> Entry:
    """Turn a subject and its names into an entry."""
    id_, kind = clean(row["unique_id"]), row["subject_type"]
    noises += [] if kind in _KINDS else [f"{id_}: unknown kind of subject {kind!r}"]
    regime = _REGIME.fullmatch(id_)
    noises += [] if regime else [f"{id_}: unknown form of a unique id"]
    numbers = (("un_reference", row["un_reference_number"]), ("ofsi_group", row["ofsi_group_id"]))
    return Entry(
        id=id_,
        kind=_KINDS.get(kind, "unknown"),
        names=tuple(_names(id_, names, noises)),
        identifiers=tuple(Identifier(what, clean(number)) for what, number in numbers if number.strip()),
        programs=(regime[1],) if regime else (),
        listed=_day(row, "date_designated", noises),
    )


def _names(id_: str, rows: list[_Row], noises: list[str]) -> Iterator[Name]:
    """Yield the names of a subject: the first primary one, then all others, none twice."""
    for row in rows:
        noises += [] if row["name_type"] in _NAME_TYPES else [f"{id_}: unknown type of name {row['name_type']!r}"]
        if row["alias_strength"] not in _STRENGTHS:
            noises.append(f"{id_}: unknown strength of an alias {row['alias_strength']!r}")
    ordered = sorted(rows, key=lambda row: row["name_type"] != "primary")
    texts: dict[str, str] = {}
    for row in ordered:
        if text := _whole(row):
            texts.setdefault(text, _STRENGTHS.get(row["alias_strength"], "alias"))
    if not texts or ordered[0]["name_type"] != "primary":
        noises.append(f"{id_}: no primary name")
    head = next(iter(texts), id_)
    yield Name(head)
    yield from (Name(text, kind) for text, kind in texts.items() if text != head)


def _whole(row: _Row) -> str:
    """Return a name; one that a table gives twice over, as given name and as surname, is taken once."""
    whole, last = clean(row["full_name"]), clean(row["name_6"])
    return last if whole == f"{last} {last}" else whole
