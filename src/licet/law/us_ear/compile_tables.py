"""Compile the tables of the chart, the country groups and the reasons for control into what an answer reads.

The sources are `tables/*.csv`, made from the collected copies by `tools/make_tables.py`, and `tables/changes.yaml`,
written by hand. Pure: text in, text out; never loaded on the way to an answer.
"""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

from licet.model.errors import LawbookError, Problem

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

MARKS = {"X": "X", "": ".", "?": "?"}
FORM = {
    "rows_of": {"codes", "row", "cite", "checked"},
    "cells": {"columns", "codes", "was", "until", "cite", "checked"},
    "groups": {"groups", "code", "cite", "checked"},
    "columns": {"column", "since", "cite", "checked"},
    "rows": {"eccn", "column", "applies", "cite", "checked"},
    "entries": {"eccns", "columns", "cite", "checked"},
    "eccns": {"eccns", "since", "cite", "checked"},
}
"""Lists of `changes.yaml`, each with the fields that a record must have."""
OPTIONAL = {"since", "until", "note", "paragraphs"}
Changes = dict[str, Any]


def compile_tables(texts: Mapping[str, str], changes: Changes, measures: Container[str]) -> dict[str, str]:
    """Compile the tables.

    Args:
        texts: The text of `chart.csv`, `country_groups.csv` and `eccn_controls.csv`, by name.
        changes: `changes.yaml` as plain text, lists and mappings.
        measures: Ids of the measures that a change may name.

    Returns:
        The text of `chart.json`, `groups.json` and `controls.json`, by name.

    Raises:
        LawbookError: Something is not well formed; names every place.
    """
    problems = list(_problems(changes, measures))
    if problems:
        raise LawbookError(*problems)
    return {
        "chart.json": _json(_chart(texts["chart.csv"], changes)),
        "groups.json": _json(_groups(texts["country_groups.csv"], changes)),
        "controls.json": _json(_controls(texts["eccn_controls.csv"], changes)),
    }


def _problems(changes: Changes, measures: Container[str]) -> Iterator[Problem]:
    for name, needed in FORM.items():
        for number, record in enumerate(changes.get(name, ())):
            place = f"changes.yaml: {name}[{number}]"
            if missing := needed - set(record):
                yield Problem(f"lacks {', '.join(sorted(missing))}", place)
            if strange := set(record) - needed - OPTIONAL:
                yield Problem(f"has {', '.join(sorted(strange))}, which it cannot have", place)
            if record.get("checked") not in {"seen", "memory"}:
                yield Problem("must say whether it was seen or is from memory", place, field="checked")
            for field in ("since", "until"):
                point = record.get(field, "")
                if point and not point[0].isdigit() and point not in measures:
                    yield Problem(f"names {point}, which is no measure", place, field=field)


def _json(content: Mapping[str, object]) -> str:
    """Write one line a record, in order."""
    lines = [f"{json.dumps(key)}:{json.dumps(content[key], separators=(',', ':'))}" for key in content]
    return "{" + ",\n".join(lines) + "}\n"


def _rows(text: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))


def _chart(text: str, changes: Changes) -> dict[str, object]:
    rows = list(_rows(text))
    columns = [name for name in rows[0] if name not in {"code", "footnotes", "see"}]
    return {
        "day": changes["day"],
        "columns": columns,
        "cells": {row["code"]: "".join(MARKS[row[column]] for column in columns) for row in rows},
        "see": {row["code"]: row["see"] for row in rows if row["see"]},
        "rows_of": {code: one["row"] for one in changes["rows_of"] for code in one["codes"]},
        "changes": [
            [one["columns"], one["codes"], MARKS[one["was"]], one["until"], one["cite"]] for one in changes["cells"]
        ],
    }


def _groups(text: str, changes: Changes) -> dict[str, object]:
    """Return for each group its members, each with its first and last point where it has one."""
    found: dict[str, dict[str, list[str]]] = {
        row["group"]: {code: [code] for code in row["members"].split()} for row in _rows(text)
    }
    for one in changes["groups"]:
        for group in one["groups"]:
            found[group][one["code"]] = _trimmed([one["code"], one.get("since", ""), one.get("until", "")])
    return {group: list(members.values()) for group, members in found.items()}


def _trimmed(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row.pop()
    return row


def _controls(text: str, changes: Changes) -> dict[str, object]:
    """Return for each entry its rows as one text, or the word that says why it has none."""
    since = {one["column"]: one["since"] for one in changes["columns"]}
    found: dict[str, list[list[str]]] = {}
    states: dict[str, str] = {}
    for row in _rows(text):
        if row["state"] != "read":
            states[row["eccn"]] = row["state"]
            continue
        line = [row["column"], row["applies"], row["paragraphs"], row["condition"], since.get(row["column"], "")]
        found.setdefault(row["eccn"], []).append(line)
    for one in changes["entries"]:
        for eccn in one["eccns"]:
            states.pop(eccn, None)
            found.setdefault(eccn, []).extend([column, "all"] for column in one["columns"])
    for one in changes["rows"]:
        line = [one["column"], one["applies"], " ".join(one.get("paragraphs", ())), ""]
        found.setdefault(one["eccn"], []).append([*line, one.get("since", ""), one.get("until", "")])
    spans = {eccn: one for one in changes["eccns"] for eccn in one["eccns"]}
    return dict(_entries(found, states, spans))


def _entries(
    found: Mapping[str, Iterable[list[str]]], states: Mapping[str, str], spans: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, str]]:
    for eccn in sorted({*found, *states}):
        body = states.get(eccn) or ";".join("|".join(_trimmed(list(row))) for row in found[eccn])
        span = spans.get(eccn, {})
        days = "|".join(_trimmed([span.get("since", ""), span.get("until", "")]))
        yield eccn, f"{days}>{body}" if days else body
