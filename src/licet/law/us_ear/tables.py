"""Look-ups in the tables of the Country Chart, the country groups and the reasons for control (parts 738, 740, 774).

The tables are those of 2026-07-23, with the changes undone that the lawbook holds: what a look-up says of an earlier
day is rolled back. All of it is pure: tables and the law of a day in, names out.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from licet.law.book import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypedDict

    from licet.law.day import LawDay

    class Chart(TypedDict):
        """The compiled chart."""

        day: str
        columns: list[str]
        cells: dict[str, str]
        """By code: a mark for each column."""
        see: dict[str, str]
        rows_of: dict[str, str]
        changes: list[tuple[list[str], list[str], str, str, str]]
        """Columns, codes, what the cells were, until when, citation."""


TABLE_DAY = date(2026, 7, 23)
"""The day of the tables."""
ROLLED_BACK = "rolled_back"
"""Mark of a finding that rests on the tables for an earlier day."""
ECCN = re.compile(r"^(?P<entry>\d[A-E]\d{3})(?:\.(?P<paragraph>[0-9a-z.]+))?$")
MARK, NO_MARK, DISPUTED = "X", ".", "?"
CHINA, HONG_KONG = "CN", "HK"


class Cells(NamedTuple):
    """A column of the chart on a day, by the codes of destinations."""

    marked: tuple[str, ...]
    disputed: tuple[str, ...]
    """Two copies of the chart differ."""
    without_row: tuple[str, ...]
    """Destinations with no row of their own, and no country whose row is named to count."""


class Row(NamedTuple):
    """One reason for control of an entry."""

    column: str
    """A column of the chart (`NS 2`), or the section that holds a control beside it (`RS@742.6(a)(7)`)."""
    applies: str = "all"
    """all · only · except, by paragraphs."""
    paragraphs: str = ""
    condition: str = ""
    """`if` where the entry makes it depend on more than the paragraph."""
    since: str = ""
    until: str = ""


class Entry(NamedTuple):
    """An entry of the Commerce Control List."""

    eccn: str
    state: str
    """read · unread · elsewhere (controlled by another agency)."""
    rows: tuple[Row, ...]
    since: str = ""
    until: str = ""


# -- chart


@cache
def _chart() -> Chart:
    content: Chart = table("us_ear", "tables/chart")
    return content


def columns() -> tuple[str, ...]:
    """Return the columns of the chart."""
    return tuple(_chart()["columns"])


def cells(law: LawDay, column: str) -> Cells:
    """Return a column of the chart as it stands on the day of the law.

    Args:
        law: The law of a day.
        column: A column, such as `NS 2`.
    """
    return law.remembered(f"chart {column}", lambda fresh: _cells(fresh, column))


def _cells(law: LawDay, column: str) -> Cells:
    chart = _chart()
    place, rows_of = chart["columns"].index(column), chart["rows_of"]
    found = {code: row[place] for code, row in chart["cells"].items() if code not in chart["see"]}
    found.update({code: found[row] for code, row in rows_of.items() if row != "?"})
    for names, codes, was, until, _ in chart["changes"]:
        if column in names and not _over(law, until):
            found.update(dict.fromkeys(_with_territories(codes, rows_of), was))
    nowhere = tuple(code for code, row in rows_of.items() if row == "?")
    return Cells(
        tuple(sorted(code for code, mark in found.items() if mark == MARK)),
        tuple(sorted(code for code, mark in found.items() if mark == DISPUTED)),
        nowhere,
    )


def _with_territories(codes: Iterable[str], rows_of: dict[str, str]) -> Iterator[str]:
    """Walk through destinations and what counts by their rows; Hong Kong only where it is named itself."""
    for code in codes:
        yield code
        yield from (other for other, row in rows_of.items() if row == code and other != HONG_KONG)


def cell(law: LawDay, column: str, code: str) -> str:
    """Return one cell on the day of the law: `X`, `.`, `?` where copies differ or no row is known to count."""
    found = cells(law, column)
    if code in found.marked:
        return MARK
    return DISPUTED if code in found.disputed or code in found.without_row else NO_MARK


def points_to(code: str) -> str:
    """Return the section to which the row of a destination points instead of marks; empty where it has marks."""
    return _chart()["see"].get(code, "")


# -- groups


@cache
def _groups() -> dict[str, list[list[str]]]:
    content: dict[str, list[list[str]]] = table("us_ear", "tables/groups")
    return content


def group(law: LawDay, *names: str) -> tuple[str, ...]:
    """Return the members of country groups on the day of the law, such as `D:5`; Hong Kong with China since HK-2020."""
    key = f"groups {' '.join(names)}"
    return law.remembered(key, lambda fresh: tuple(sorted(set(_members(fresh, names)))))


def _members(law: LawDay, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        for code, since, until in (_three(row) for row in _groups()[name]):
            if _within(law, since, until):
                yield code
                if code == CHINA and law.stands("HK-2020"):
                    yield HONG_KONG


def _three(row: list[str]) -> tuple[str, str, str]:
    code, since, until = [*row, "", ""][:3]
    return code, since, until


# -- reasons for control


@cache
def _controls() -> dict[str, str]:
    content: dict[str, str] = table("us_ear", "tables/controls")
    return content


def split(code: str) -> tuple[str, str]:
    """Split an ECCN into its entry and its paragraph; both empty where it is none."""
    match = ECCN.match(code)
    return (match["entry"], match["paragraph"] or "") if match else ("", "")


@cache
def entry(eccn: str) -> Entry | None:
    """Return an entry of the table by its number without a paragraph; None where the table does not have it."""
    text = _controls().get(eccn)
    if text is None:
        return None
    days, found, body = text.rpartition(">")
    since, _, until = days.partition("|") if found else ("", "", "")
    if "|" not in body:
        return Entry(eccn, body, (), since, until)
    return Entry(eccn, "read", tuple(Row(*row.split("|")) for row in body.split(";")), since, until)


def entries() -> tuple[str, ...]:
    """Return the numbers of all entries of the table."""
    return tuple(_controls())


def stands(law: LawDay, one: Entry | Row) -> bool:
    """Say whether an entry, or a row of one, exists on the day of the law."""
    return _within(law, one.since, one.until)


def _within(law: LawDay, since: str, until: str) -> bool:
    return (not since or _begun(law, since)) and not (until and _over(law, until))


def _begun(law: LawDay, point: str) -> bool:
    """Say whether a measure stands, or a first day has come."""
    return law.since(date.fromisoformat(point)) if point[0].isdigit() else law.stands(point)


def _over(law: LawDay, point: str) -> bool:
    """Say whether the measure that ends something stands, or its last day is past."""
    return law.after(date.fromisoformat(point)) if point[0].isdigit() else law.stands(point)


class Kind(NamedTuple):
    """Paragraphs of an entry that are controlled for the same reasons."""

    paragraphs: tuple[str, ...]
    columns: tuple[str, ...]
    """Columns and controls beside the chart; one that hangs on a condition ends in `?`."""


def kinds(law: LawDay, code: str) -> tuple[Kind, ...]:
    """Return the kinds of paragraph that an ECCN as stated leaves, by their reasons for control on the day of the law.

    Args:
        law: The law of a day.
        code: An ECCN with or without a paragraph (`3A001.a.2`, `3B001`).

    Returns:
        One kind where the paragraph decides or all have the same reasons; none where there is no such entry on the day,
        or its reasons could not be read.
    """
    number, paragraph = split(code)
    found = entry(number) if number else None
    if found is None or found.state != "read" or not stands(law, found):
        return ()
    rows = tuple(row for row in found.rows if stands(law, row))
    named = {
        name for row in rows for name in row.paragraphs.split() if not paragraph or name.startswith(f"{paragraph}.")
    }
    named = {name for name in named if name != paragraph}
    by_reasons: dict[tuple[str, ...], list[str]] = {}
    for name in [paragraph, *sorted(named, key=_in_order)]:
        by_reasons.setdefault(_reasons(rows, name), []).append(
            _called(number, name, other=bool(named and name == paragraph))
        )
    return tuple(Kind(tuple(names), reasons) for reasons, names in by_reasons.items())


def _in_order(name: str) -> list[tuple[int, str]]:
    """Order paragraphs as they stand in an entry: `a.2` before `a.10`."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in name.split(".")]


def _called(number: str, name: str, *, other: bool) -> str:
    whole = f"{number}.{name}" if name else number
    return f"another paragraph of {whole}" if other else whole


def _reasons(rows: Iterable[Row], name: str) -> tuple[str, ...]:
    """Return the columns that reach a paragraph; a condition shows only where no row reaches it without one."""
    found: dict[str, str] = {}
    for row in rows:
        if _reaches(row, name):
            mark = "?" if row.condition else ""
            found[row.column] = found.get(row.column, mark) and mark
    return tuple(f"{column}{found[column]}" for column in sorted(found, key=_anti_terrorism_last))


def _anti_terrorism_last(column: str) -> tuple[bool, str]:
    return column.startswith("AT"), column


def _reaches(row: Row, name: str) -> bool:
    if row.applies == "all":
        return True
    listed = any(name == one or name.startswith(f"{one}.") for one in row.paragraphs.split())
    return listed is (row.applies == "only")


def nearest(law: LawDay, code: str) -> tuple[str, ...]:
    """Return the entries of the day of the law nearest to a number that is none of them: of its product group first."""
    number = split(code)[0]
    found = map(entry, entries())
    standing = [one.eccn for one in found if one is not None and one.eccn[:2] == number[:2] and stands(law, one)]
    return tuple(sorted(standing, key=lambda one: abs(int(one[2:]) - int(number[2:])))[:3])
