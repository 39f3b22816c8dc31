"""Compiles the tables of `model` (`facts.csv`, `countries.csv`) into the one file that is read at start.

`make generate` writes it after a change of a table; a test keeps it equal to its sources.
"""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

from licet.model.errors import LawbookError, Problem
from licet.model.vocabulary import LIST_TYPES, RECORDS, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

SCALARS = ("word", "yes_no", "yes_no_undeterminable", "day", "code", "name", "text", "number", "integer")
TYPES = frozenset((*SCALARS, "usd", "pct", "eccn", "hts", "id", "covers", RECORDS, *LIST_TYPES))
KINDS = frozenset(("export", "connection", "update"))
BECAUSE = frozenset(("facts", "match", "lists"))
YES_OR_EMPTY = ("", "yes")


def compile_tables(facts: str, countries: str) -> str:
    """Compile the two tables into one JSON text.

    Args:
        facts: Text of `facts.csv`.
        countries: Text of `countries.csv`.

    Returns:
        JSON with one row a line.

    Raises:
        LawbookError: A row is not well formed; every problem is named with its line.
    """
    problems: list[Problem] = []
    rows: list[list[object]] = []
    for line, cells in _lines(facts):
        said = list(_wrong(cells))
        problems += [Problem(text, "facts.csv", line, field=cells.get("path") or "") for text in said]
        rows += [] if said else [_row(cells)]
    if problems:
        raise LawbookError(*problems)
    places = [[cells["code"], cells["name"], cells["note"]] for _, cells in _lines(countries)]
    return f'{{"facts": [\n{_block(rows)}\n],\n"countries": [\n{_block(places)}\n]}}\n'


def _lines(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(text.splitlines())
    for cells in reader:
        yield reader.line_num, cells


def _block(rows: list[list[object]] | list[list[str]]) -> str:
    return ",\n".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in rows)


def _row(cells: dict[str, str]) -> list[object]:
    several = {"kinds": " | ", "domain": " | ", "order": " < "}
    flags = {"none", "open", "required"}
    out: list[object] = []
    for name in Row._fields:
        cell = cells[name]
        if name in several:
            out.append(cell.split(several[name]) if cell else [])
        else:
            out.append(cell == "yes" if name in flags else cell)
    return out


def _wrong(cells: dict[str, str]) -> Iterator[str]:
    """Say what is wrong with one row of the table of facts."""
    missing = [name for name in Row._fields if cells.get(name) is None]
    if missing:
        yield f"a row needs the columns {', '.join(missing)}"
        return
    if cells["type"] not in TYPES:
        yield f'found type "{cells["type"]}"'
    if not KINDS.issuperset(cells["kinds"].split(" | ")):
        yield f'found kinds "{cells["kinds"]}"'
    if cells["because"] not in BECAUSE:
        yield f'found because "{cells["because"]}"'
    yield from (f"{name} is yes or empty" for name in ("none", "open", "required") if cells[name] not in YES_OR_EMPTY)
    yield from (f"{name} is empty" for name in ("path", "question", "term", "section") if not cells[name].strip())
    yield from _wrong_order(cells)


def _wrong_order(cells: dict[str, str]) -> Iterator[str]:
    """Say what is wrong with the words of a row and their order."""
    words = set(cells["domain"].split(" | ")) if cells["domain"] else set()
    if cells["type"] in {"word", "words"} and not words:
        yield "a word needs its domain"
    if cells["type"].startswith("yes_no") or cells["type"] == "covers":
        words = {"yes", "no"}
    order = cells["order"].split(" < ") if cells["order"] else []
    if order and order[0] not in {"up", "down", "more"} and not {*words, "none", "undeterminable"}.issuperset(order):
        yield f'the order names words that are not in the domain: "{cells["order"]}"'
