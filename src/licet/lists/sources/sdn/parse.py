"""The list of Specially Designated Nationals and Blocked Persons; `licet.lists.ofac` reads its formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from licet.lists.ofac import issue, table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from licet.lists.entry import Parsed

LIST = "sdn"
FIELDS = issue.FIELDS
COLUMNS = {f"sample_{name}": columns for name, columns in table.COLUMNS.items()}


def recognizes(files: Mapping[str, bytes]) -> bool:
    """Say whether some files are this list, by how they begin."""
    return issue.recognizes(files, LIST)


def parse(files: Mapping[str, bytes], *, issued: date | None = None) -> Parsed:
    """Read one issue.

    Args:
        files: The CSV files, `sdn.csv` among them, or the enhanced XML alone, packed or plain.
        issued: Day of the issue as the caller knows it; the CSV files do not say it.

    Returns:
        One entry per number of the office.

    Raises:
        SourceError: Not this list, damaged, or newer than the day given.
    """
    return issue.read(files, LIST, issued)
