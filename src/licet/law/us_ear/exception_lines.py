"""Which list-based license exceptions the entry of an item names (Supp. 1 to part 774): LVS, GBS, TSR.

The table is that of 2026-07-23; for an earlier day its lines are taken as they stand there. License Exception CIV had
lines until CIV-2020, which are not in the table.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from licet.law.book import table
from licet.law.us_ear.tables import split

NOT_AVAILABLE, YES, IN_WORDS = "-", "yes", "?"
"""The entry says no · yes · yes or no by more than paragraph, reason for control and country group."""


class Part(NamedTuple):
    """One part of a line."""

    word: str
    """An amount in US dollars, `yes`, `-` or `?`."""
    applies: str
    """all · only · except, by paragraphs."""
    paragraphs: tuple[str, ...]
    besides: tuple[str, ...]
    """Reasons for control and country groups for which it is not available."""


class Line(NamedTuple):
    """What one entry says of one exception, as far as the ECCN that is stated tells."""

    parts: tuple[Part, ...]
    """The parts that reach the item, or may reach it: none where the entry says that it is not available."""
    certain: bool
    """Whether the paragraph that is stated decides; else another one may be meant."""
    other: bool = False
    """Whether the paragraph may be one that no part reaches."""


@cache
def _table() -> dict[str, str]:
    content: dict[str, str] = table("us_ear", "tables/exceptions")
    return content


@cache
def line(code: str, name: str) -> Line | None:
    """Return what the entry of an ECCN says of an exception.

    Args:
        code: An ECCN with or without a paragraph (`3A001.a.2`, `3B001`).
        name: `LVS`, `GBS` or `TSR`.

    Returns:
        The line; None where the table has none for the entry.
    """
    number, paragraph = split(code)
    cells = _table().get(number, "").split("|") if number else [""]
    names = _table()["names"].split("|")
    cell = cells[names.index(name)] if len(cells) == len(names) else ""
    if not cell:
        return None
    found = [(part, _reaches(part, paragraph)) for part in map(_part, cell.split("; "))]
    sure = [part for part, reach in found if reach == YES]
    may = [part for part, reach in found if reach == IN_WORDS]
    return Line((*sure, *may), certain=not may, other=bool(may) and not sure)


def _part(text: str) -> Part:
    head, _, besides = text.partition(" not ")
    word, _, reach = head.partition(" ")
    applies, *paragraphs = reach.split() or ["all"]
    return Part(word, applies, tuple(paragraphs), tuple(besides.split()))


def _reaches(part: Part, paragraph: str) -> str:
    """Say whether a part reaches a paragraph: yes, no (`-`), or that it reaches some of what lies below it (`?`)."""
    if part.applies == "all":
        return YES
    listed = any(paragraph == one or paragraph.startswith(f"{one}.") for one in part.paragraphs)
    if not listed and any(not paragraph or one.startswith(f"{paragraph}.") for one in part.paragraphs):
        return IN_WORDS
    return YES if listed is (part.applies == "only") else NOT_AVAILABLE
