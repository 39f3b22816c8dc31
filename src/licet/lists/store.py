"""Reads the tables that ship with licet: the one place of this package that opens files."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from licet.lists.starter import Starter
from licet.model.errors import Problem, SourceError

COMPILED = "starter.json"
_HERE = Path(__file__).parent


@cache
def starter() -> Starter:
    """Return the starter table that ships with licet, read once.

    Raises:
        SourceError: The compiled table is missing or damaged.
    """
    return Starter(_text(_HERE / COMPILED))


def compile_starter(folder: Path = _HERE) -> str:
    """Check the two tables in a folder and return the compiled text that belongs beside them.

    Args:
        folder: Where `starter.csv` and `starter_names.csv` lie.

    Returns:
        The text of `starter.json`.

    Raises:
        SourceError: A table is missing or not well formed.
    """
    from licet.lists.tables import ENTRIES, NAMES, compile_tables

    return compile_tables(_text(folder / ENTRIES), _text(folder / NAMES))


def _text(path: Path) -> str:
    """Read one file of the tables."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        todo = "Install licet again, or run tools/generate.py in a source tree."
        raise SourceError(Problem(f"cannot be read: {error}", str(path), todo=todo)) from error
