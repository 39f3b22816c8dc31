"""Compile `tables/exceptions.csv` into what an answer reads. Pure: text in, text out; never loaded for an answer."""

from __future__ import annotations

import csv
import json
import re

from licet.model.errors import LawbookError, Problem

CELL = re.compile(r"(?:yes|-|\?|\d+)(?: (?:only|except)(?: [a-z](?:\.[0-9a-z]+)*)+)?(?: not(?: (?:MT|NP|[A-E]:\d))+)?")
"""One part of a cell; `tools/make_exceptions.py` says what it means."""


def compile_exceptions(text: str) -> str:
    """Return the table as JSON text: for each entry its cells, joined by `|`.

    Args:
        text: The text of `exceptions.csv`.

    Raises:
        LawbookError: A cell is not well formed; names every one.
    """
    rows = list(csv.reader(line for line in text.splitlines() if not line.startswith("#")))
    faults = [
        Problem(f"cannot be read: {cell}", "exceptions.csv", field=f"{row[0]} {name}")
        for row in rows[1:]
        for name, cell in zip(rows[0][1:], row[1:], strict=True)
        if cell and not all(CELL.fullmatch(part) for part in cell.split("; "))
    ]
    if faults:
        raise LawbookError(*faults)
    lines = [f'"names":{json.dumps("|".join(rows[0][1:]))}']
    lines += [f"{json.dumps(row[0])}:{json.dumps('|'.join(row[1:]))}" for row in rows[1:]]
    return "{" + ",\n".join(lines) + "}\n"
