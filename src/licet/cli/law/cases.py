"""The files of a folder of cases, for the parts of `licet law` that read them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from licet.consistency import CASE_LIMITS, read_cases
from licet.formats.read import decode, read_source
from licet.model.errors import FactsError, Problem

if TYPE_CHECKING:
    from licet.consistency import Case


def cases_in(folder: str, *, needed: bool) -> list[Case] | None:
    """Read every case in a folder and the folders below it.

    Args:
        folder: The folder.
        needed: Whether somebody asked for this folder: then it must be there.

    Returns:
        The cases, or None where there is no such folder.

    Raises:
        FactsError: The folder is needed and missing, holds no cases, or one of its files cannot be read.
    """
    root = Path(folder)
    if not root.is_dir():
        if needed:
            raise FactsError(Problem("is no folder of cases", folder, field="--cases", todo="Check the path."))
        return None
    files = sorted(path for path in root.rglob("*.yaml") if not path.name.startswith(("_", "expected")))
    if needed and not files:
        raise FactsError(Problem("holds no file of cases (*.yaml)", folder, field="--cases"))
    return read_cases({str(path): decode(read_source(str(path), CASE_LIMITS), str(path)) for path in files})
