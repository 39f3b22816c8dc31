"""Dated facts about parties that are not law: investigations, indictments, suits, arrests, settlements, judgments.

None of them decides anything. What has legal force, and what was said about law, is a measure of the lawbook; a fact
that is a measure already is not repeated here. `events.csv` holds one fact a row, in our own words, with where it
stands and whether it was seen there.
"""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from licet.formats.read import package_text
from licet.model.errors import Problem, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE = "events.csv"
KINDS = (
    *("agreement", "arrest", "count", "hearing", "indictment", "investigation", "judgment", "lawsuit", "order"),
    *("plea", "settlement", "verdict"),
)
CHECKED = ("seen", "memory")
COLUMNS = ("party", "day", "kind", "what", "cite", "url", "checked", "note")


class Fact(NamedTuple):
    """Something that happened to a party on a day."""

    parties: tuple[str, ...]
    """Families of companies, such as `huawei`, or ids of entries."""
    day: date
    kind: str
    what: str
    cite: str
    """Where it stands: the case, the order, the press release."""
    url: str
    checked: str
    """seen · memory: whether the fact and its day were read, there or in a report."""
    note: str = ""


@cache
def facts() -> tuple[Fact, ...]:
    """Return all facts, by day.

    Raises:
        SourceError: The table is missing or not well formed.
    """
    return read_facts(package_text("party_data", FILE))


def read_facts(text: str) -> tuple[Fact, ...]:
    """Read a table of facts.

    Args:
        text: Its text, CSV with the columns of `COLUMNS`.

    Returns:
        The facts, by day.

    Raises:
        SourceError: It is not well formed; every place is named.
    """
    reader = csv.DictReader(text.splitlines())
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise SourceError(Problem("other columns than expected", FILE, 1, allowed=", ".join(COLUMNS)))
    rows = [(reader.line_num, row) for row in reader]
    problems = [problem for line, row in rows for problem in _problems(row, line)]
    if problems:
        raise SourceError(*problems)
    made = (
        Fact(tuple(row["party"].split()), date.fromisoformat(row["day"]), *(row[name] for name in COLUMNS[2:]))
        for _, row in rows
    )
    return tuple(sorted(made, key=lambda fact: (fact.day, fact.kind, fact.what)))


def _problems(row: dict[str, str], line: int) -> Iterator[Problem]:
    """Yield what is wrong in one row."""
    if None in row or None in row.values():
        yield Problem(f"not {len(COLUMNS)} cells", FILE, line)
        return
    for field in ("party", "what", "cite"):
        if not row[field].strip():
            yield Problem("empty", FILE, line, field=field)
    for field, words in (("kind", KINDS), ("checked", CHECKED)):
        if row[field] not in words:
            yield Problem(f"{row[field]!r}", FILE, line, field=field, allowed=", ".join(words))
    if not row["url"].startswith(("https://", "http://")):
        yield Problem(f"{row['url']!r} is no address", FILE, line, field="url", allowed="https://…")
    try:
        date.fromisoformat(row["day"])
    except ValueError:
        yield Problem(f"{row['day']!r} is no day", FILE, line, field="day", allowed="YYYY-MM-DD")
