"""The two tables of listed parties that people keep by hand: those that the measures and the cases of licet name.

A party in them is known on every day from 2018 on the lists in `COVERS`. Up to the day `ISSUED` they go before what
issues say of the same party: its days were looked up in the rules themselves. `starter.csv` has one row per entry and
interval of unchanged terms, `starter_names.csv` one row per name of an entry.
"""

from __future__ import annotations

import csv
import hashlib
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from licet.lists.roster import CELL, ROW
from licet.model.errors import Problem, SourceError
from licet.model.outcome import Policy
from licet.names.normal import normalize, variants

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ENTRIES, NAMES = "starter.csv", "starter_names.csv"
ISSUED = date(2026, 7, 23)
"""Issue of the eCFR that the rows of the Bureau of Industry and Security rest on."""
COVERS = (
    "denied_persons_list",
    "entity_list",
    "fcc_covered_list",
    "fcc_usf_designated",
    "isn",
    "meu_list",
    "s889",
    "sdn",
    "unverified_list",
)
"""Lists on which a party has a row or is not listed: its names were looked for in their issues of 2022 and 2026."""
SCOPES = ("all", "ccl_and_supp7_part746", "text")
CHECKED = ("seen", "memory", "conflict")
KINDS = ("primary", "alias")
ENTRY_COLUMNS = (
    *("list", "entry", "name", "country", "since", "through", "first", "scope", "policy", "footnotes", "programs"),
    *("cites", "measure", "group", "reaches_affiliates", "checked", "note"),
)
NAME_COLUMNS = ("entry", "name", "kind", "since", "through", "checked")
_COUNTRY_LETTERS = 2

_Row = dict[str, str]


class Curated(NamedTuple):
    """Both tables, checked: each row by its columns."""

    rows: tuple[Mapping[str, str], ...]
    names: tuple[Mapping[str, str], ...]
    digest: str
    """SHA-256 of both texts, in hex."""


def read_tables(entries: str, names: str) -> Curated:
    """Check both tables and return their rows.

    Args:
        entries: The text of `starter.csv`.
        names: The text of `starter_names.csv`.

    Returns:
        The rows.

    Raises:
        SourceError: A table is not well formed; every problem found is in it, with its file and line.
    """
    problems: list[Problem] = []
    rows = list(_read(entries, ENTRIES, ENTRY_COLUMNS, problems))
    called = list(_read(names, NAMES, NAME_COLUMNS, problems))
    if not problems:
        problems += [problem for line, row in enumerate(rows, 2) for problem in _entry_problems(row, line)]
        problems += _interval_problems(rows)
        problems += [problem for line, row in enumerate(called, 2) for problem in _name_problems(row, line)]
        problems += _pairing_problems(rows, called)
    if problems:
        raise SourceError(*problems)
    version = hashlib.sha256(f"{entries}\0{names}".encode()).hexdigest()
    return Curated(tuple(rows), tuple(called), version)


def _read(text: str, file: str, columns: tuple[str, ...], problems: list[Problem]) -> Iterator[_Row]:
    """Read the rows of a table whose columns are known."""
    reader = csv.DictReader(text.splitlines())
    if tuple(reader.fieldnames or ()) != columns:
        problems.append(Problem("other columns than expected", file, 1, allowed=", ".join(columns)))
        return
    for line, row in enumerate(reader, 2):
        if None in row or None in row.values():
            problems.append(Problem(f"not {len(columns)} cells", file, line))
        elif any(mark in cell for cell in row.values() for mark in (CELL, ROW)):
            problems.append(Problem("a cell with a tab or a line break", file, line))
        else:
            yield row


def _entry_problems(row: _Row, line: int) -> Iterator[Problem]:
    """Yield what is wrong in one row of entries."""
    allowed = {
        "scope": SCOPES,
        "checked": CHECKED,
        "policy": ("", *Policy.__members__),
        "reaches_affiliates": ("", "yes"),
    }
    for field, words in allowed.items():
        if row[field] not in words:
            yield Problem(f"{row[field]!r}", ENTRIES, line, field=field, allowed=", ".join(filter(None, words)))
    for field in ("list", "entry", "name", "cites"):
        if not row[field].strip():
            yield Problem("empty", ENTRIES, line, field=field)
    for field in ("since", "first", "through"):
        if not _is_day(row[field]) and not (field == "through" and not row[field]):
            yield Problem(f"{row[field]!r} is no day", ENTRIES, line, field=field, allowed="YYYY-MM-DD")
    if row["first"] > row["since"]:
        yield Problem(f"{row['first']} lies after {row['since']}", ENTRIES, line, field="first")
    if not all(mark.isdigit() for mark in row["footnotes"].split()):
        yield Problem(f"{row['footnotes']!r}", ENTRIES, line, field="footnotes", allowed="numbers with spaces between")
    if not (len(row["country"]) == _COUNTRY_LETTERS and row["country"].isalpha() and row["country"].isupper()):
        yield Problem(f"{row['country']!r}", ENTRIES, line, field="country", allowed="ISO 3166-1 alpha-2")


def _is_day(text: str) -> bool:
    """Say whether a text is a day in ISO 8601."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _interval_problems(rows: list[_Row]) -> Iterator[Problem]:
    """Yield intervals of one entry on one list that end before they begin, or overlap the one before."""
    last: dict[tuple[str, str], str] = {}
    for line, row in sorted(enumerate(rows, 2), key=lambda pair: pair[1]["since"]):
        key = (row["list"], row["entry"])
        if row["through"] and row["through"] < row["since"]:
            yield Problem(f"ends on {row['through']}, before it begins", ENTRIES, line, field="through")
        if key in last and (not last[key] or row["since"] <= last[key]):
            yield Problem("overlaps an earlier interval of the entry", ENTRIES, line, field="since")
        last[key] = row["through"]


def _name_problems(row: _Row, line: int) -> Iterator[Problem]:
    """Yield what is wrong in one row of names."""
    if row["kind"] not in KINDS:
        yield Problem(f"{row['kind']!r}", NAMES, line, field="kind", allowed=", ".join(KINDS))
    if row["checked"] not in CHECKED:
        yield Problem(f"{row['checked']!r}", NAMES, line, field="checked", allowed=", ".join(CHECKED))
    if not normalize(row["name"]):
        yield Problem(f"{row['name']!r} has no letter or digit", NAMES, line, field="name")
    if not _is_day(row["since"]):
        yield Problem(f"{row['since']!r} is no day", NAMES, line, field="since", allowed="YYYY-MM-DD")
    elif row["through"] and (not _is_day(row["through"]) or row["through"] < row["since"]):
        yield Problem(f"{row['through']!r} is no day after {row['since']}", NAMES, line, field="through")


def _pairing_problems(rows: list[_Row], called: list[_Row]) -> Iterator[Problem]:
    """Yield entries without their own name among the names, and names without an entry."""
    entries = {row["entry"] for row in rows}
    names = {(row["entry"], key) for row in called for key in variants(row["name"])}
    for line, row in enumerate(rows, 2):
        if (row["entry"], normalize(row["name"])) not in names:
            yield Problem(f"{row['name']!r} is not among the names of {row['entry']}", ENTRIES, line, field="name")
    for line, row in enumerate(called, 2):
        if row["entry"] not in entries:
            yield Problem(f"{row['entry']!r} has no row in {ENTRIES}", NAMES, line, field="entry")
    for entry in sorted(entries):
        if sum(row["entry"] == entry and row["kind"] == "primary" for row in called) != 1:
            yield Problem(f"{entry!r} needs exactly one primary name", NAMES, field="kind")
