"""The cells of a table of interests: rows, and what each cell may hold."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, NamedTuple

from licet.model.errors import FactsError, Problem
from licet.model.vocabulary import nearest
from licet.ownership.reading import PERCENT, End, day_of, percent, ranged
from licet.ownership.shares import NEVER_KNOWN, UNKNOWN_SHARE, exactly

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from licet.ownership.reading import Problems
    from licet.ownership.shares import Share

COLUMNS = {
    "owner": "name of the owner; `unknown`; `none` says that the owned party has no owners",
    "owned": "name of the party that is owned",
    "share": "percent, or `undeterminable`; left out: not stated",
    "share_min": "lower end of a range in percent; `>25` for more than 25",
    "share_max": "upper end of a range in percent; `<50` for less than 50",
    "since": "first day",
    "through": "last day, inclusive",
    "kind": "kind of interest by the words of BODS 0.4; left out: shareholding",
    "direct": "yes, no or unknown; left out: yes",
    "joint": "a mark of your own: rows with the same mark and owned party are one holding, held together",
    "nominee_for": "name of the party for whom the owner holds it",
    "owner_kind": "person, entity, state, arrangement or unknown",
    "owned_kind": "as owner_kind",
    "owner_country": "ISO 3166-1 alpha-2",
    "owned_country": "ISO 3166-1 alpha-2",
    "owner_lists": "ids of lists that the owner is on, parted by spaces, or `none`; left out: looked up",
    "owned_lists": "as owner_lists",
    "owned_complete": "yes: all direct owners of the owned party are in the table",
    "owner_id": "an id of your own, where two parties have one name",
    "owned_id": "as owner_id",
    "source": "where you have it from; shown, and not read",
}
"""The columns of the table, in words."""
MOST_CELL = 500


class Row(NamedTuple):
    """One row of the table."""

    line: int
    cells: dict[str, str]


def rows(text: str, problems: Problems) -> Iterator[Row]:
    """Walk through the rows of a table; what is wrong with their shape is added to the problems.

    Args:
        text: The table: comma, semicolon or tab between its cells, names of columns in its first line.
        problems: Takes what is wrong.

    Raises:
        FactsError: The text is no table, or its columns are not those of `COLUMNS`.
    """
    lines = [f"{line}\n" for line in text.split("\n")]
    head = lines[0] if lines else ""
    mark = max(",;\t", key=head.count)
    reader = csv.reader(lines, delimiter=mark, strict=True)
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        _columns(names, problems)
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(names):
                found = f"found {len(cells)} cells, the first line names {len(names)} columns"
                problems.add(reader.line_num, "", found, "a cell for each column, quoted where it has a comma")
                continue
            yield Row(reader.line_num, {name: cell.strip() for name, cell in zip(names, cells, strict=True)})
    except csv.Error as error:
        raise FactsError(Problem(f"this is no table: {error}", problems.file, reader.line_num)) from None


def _columns(names: list[str], problems: Problems) -> None:
    """Refuse columns that are missing, not known or named twice: none is dropped in silence."""
    for needed in ("owner", "owned"):
        if needed not in names:
            problems.add(1, needed, "this column is missing", f"{', '.join(COLUMNS)}")
    for name in dict.fromkeys(names):
        if name not in COLUMNS:
            problems.add(1, name, "no such column", ", ".join(COLUMNS), nearest(name, COLUMNS))
        elif names.count(name) > 1:
            problems.add(1, name, "the column is there twice", "each column once")
    problems.refuse()


class Cells:
    """Reads cells; each problem is kept with its line and column."""

    def __init__(self, problems: Problems) -> None:
        """Take where problems go."""
        self.problems = problems

    def share(self, row: Row) -> Share:
        """Return the share of a row: a number, a range, not stated or undeterminable."""
        said, low, high = (row.cells.get(name, "") for name in ("share", "share_min", "share_max"))
        if said and (low or high):
            self.wrong(row, "share", "either a share or a range, not both")
            return UNKNOWN_SHARE
        if said == NEVER_KNOWN.state:
            return NEVER_KNOWN
        if said:
            value = percent(said.removesuffix("%").rstrip())
            if value is None:
                self.wrong(row, "share", f"{PERCENT}, or undeterminable")
                return UNKNOWN_SHARE
            return exactly(value)
        ends = self.end(row, "share_min", ">"), self.end(row, "share_max", "<")
        found = ranged(*ends)
        if found is None:
            self.wrong(row, "share_max", f"more than share_min, which is {low}")
            return UNKNOWN_SHARE
        return found

    def end(self, row: Row, column: str, outside: str) -> End | None:
        """Return one end of a range; the sign before it says that the end does not belong to it."""
        text = row.cells.get(column, "").removesuffix("%").rstrip()
        if not text:
            return None
        value = percent(text.removeprefix(outside).lstrip())
        if value is None:
            self.wrong(row, column, f"{PERCENT}, or {outside}25")
            return None
        return End(value, text.startswith(outside))

    def day(self, row: Row, column: str) -> date | None:
        """Return the day in a cell, or None where there is none."""
        text = row.cells.get(column, "")
        if not text:
            return None
        day = day_of(text)
        if day is None or text != day.isoformat():
            self.wrong(row, column, "a day such as 2019-05-16")
            return None
        return day

    def lists(self, row: Row, column: str) -> tuple[str, ...] | None:
        """Return the lists in a cell; none at all for `none`, None where the cell says nothing."""
        from licet.formats.node import SCALAR, Node
        from licet.formats.value import Refusal, parse
        from licet.model.vocabulary import table

        words = row.cells.get(column, "").split()
        known = table().by_path["parties[].owners[].listings[].list"][0]
        for word in words if words != ["none"] else ():
            id_ = word.partition("#")[0]
            found = parse(known, Node(SCALAR, id_))
            if isinstance(found, Refusal) or found in {"none", "undeterminable"}:
                near = found.nearest if isinstance(found, Refusal) else ""
                self.wrong(row, column, "ids of lists such as entity_list or sdn#FTO, parted by spaces, or none", near)
        return None if not words else () if words == ["none"] else tuple(words)

    def word(self, row: Row, column: str, allowed: tuple[str, ...]) -> str:
        """Return the word in a cell; empty where there is none."""
        text = row.cells.get(column, "")
        if text and text not in allowed:
            self.wrong(row, column, ", ".join(allowed), nearest(text, allowed))
            return ""
        return text

    def wrong(self, row: Row, column: str, allowed: str, near: str = "") -> None:
        """Keep what is wrong with a cell."""
        found = row.cells.get(column, "")
        shown = f'found "{found[:60]}"' if found else "found nothing"
        self.problems.add(row.line, column, shown, allowed, near)

    def where(self, row: Row) -> str:
        """Return where a row stands, with the source that it names."""
        source = row.cells.get("source", "")
        return f"{self.problems.file}:{row.line}" + (f" ({source})" if source else "")
