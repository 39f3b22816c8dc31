"""The store of lists for programs: how lists stand, what changed, the entries of a day as JSON lines or CSV."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

from licet.lists.diff import Change, Move
from licet.lists.guards import name_of
from licet.show.lists_text import state_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from licet.lists.diff import Diff
    from licet.lists.entry import Entry
    from licet.lists.kept import Kept, Standing
    from licet.lists.merge import Row
    from licet.lists.source import Source

SCHEMA_VERSION = 1
COLUMNS = (
    *("id", "kind", "name", "aliases", "countries", "addresses", "identifiers", "programs", "scope", "scope_text"),
    *("policy", "policy_text", "footnotes", "cites", "listed", "until", "part_of", "lists", "remarks", "seen_since"),
)
"""Columns of a table of entries; in CSV several values in a cell are parted by `; `."""
LISTED = frozenset(("aliases", "countries", "addresses", "identifiers", "programs", "footnotes", "cites", "lists"))
"""Columns that hold several values."""
DAYS = frozenset(("listed", "until", "seen_since"))
"""Columns that hold a day."""


def status_json(stands: Sequence[Standing], sources: Mapping[str, Source], today: date, where: str) -> str:
    """Return how each list stands as JSON text; lists of which nothing is kept too."""
    by = {standing.list: standing for standing in stands}
    ids = sorted({*by, *(id_ for id_, source in sources.items() if source.feeds == id_)})
    lists = [_standing(by.get(id_), id_, sources.get(id_), today) for id_ in ids]
    return _written({"today": str(today), "store": where, "lists": lists})


def _standing(standing: Standing | None, id_: str, source: Source | None, today: date) -> dict[str, object]:
    last = standing.last if standing else None
    attention = standing.attention if standing else None
    looked = standing.looked if standing else None
    return {
        "list": id_,
        "title": source.title if source else "",
        "regime": source.regime if source else "",
        "state": state_of(standing, source, today),
        "issued": str(last.issued) if last else None,
        "age_days": (today - last.issued).days if last else None,
        "overdue_after_days": source.cadence if source and source.cadence else None,
        "known": str(last.known) if last else None,
        "digest": last.digest if last else None,
        "entries": standing.entries if standing else 0,
        "issues": standing.issues if standing else 0,
        "looked": {"day": str(looked.day), "through": str(looked.through)} if looked else None,
        "attention": {**attention._asdict(), "day": str(attention.day)} if attention else None,
    }


def diff_json(before: Kept, after: Kept, found: Diff) -> str:
    """Return what changed from one issue to another as JSON text."""
    parts = {part: [_change(change) for change in getattr(found, part)] for part in found._fields}
    return _written(
        {"list": before.list, "from": _issue(before), "to": _issue(after), "changed": found.changed, "changes": parts}
    )


def _issue(kept: Kept) -> dict[str, object]:
    return {"issued": str(kept.issued), "known": str(kept.known), "digest": kept.digest}


def _change(change: Entry | Change | Move) -> dict[str, object]:
    if isinstance(change, Move):
        return {"how": change.how, "before": _named(change.before), "after": _named(change.after)}
    if isinstance(change, Change):
        return {**_named(change.after), "before": change.before.id, "lost": change.lost, "gained": change.gained}
    return {**_named(change), "kind": change.kind, "countries": change.countries}


def _named(entry: Entry) -> dict[str, object]:
    return {"id": entry.id, "name": name_of(entry)}


def export_jsonl(rows: Iterable[Row]) -> str:
    """Return entries as JSON, one a line, each with all of its fields and the day since which the list has it so."""
    return "".join(f"{json.dumps(_record(row), ensure_ascii=False)}\n" for row in rows)


def _record(row: Row) -> dict[str, object]:
    entry = row.entry
    return {
        **entry._asdict(),
        "names": [name._asdict() for name in entry.names],
        "addresses": [place._asdict() for place in entry.addresses],
        "identifiers": [one._asdict() for one in entry.identifiers],
        "cites": [{"text": cite.text, "published": _day(cite.published)} for cite in entry.cites],
        "listed": _day(entry.listed),
        "until": _day(entry.until),
        "seen_since": str(row.appeared),
    }


def export_csv(rows: Iterable[Row]) -> str:
    """Return entries as CSV with a line of column names."""
    lines = _Lines()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_cells(row) for row in rows)
    return "".join(lines.written)


class _Lines:
    """Takes the lines of a CSV."""

    def __init__(self) -> None:
        self.written: list[str] = []

    def write(self, line: str) -> None:
        """Take a line."""
        self.written.append(line)


def _cells(row: Row) -> list[str]:
    return ["; ".join(value) if isinstance(value, list) else str(value or "") for value in _values(row).values()]


def export_table(rows: Iterable[Row]) -> dict[str, list[object]]:
    """Return entries as columns of texts, days and lists of texts: what a typed table holds."""
    table: dict[str, list[object]] = {column: [] for column in COLUMNS}
    for row in rows:
        for column, value in _values(row).items():
            table[column].append(value)
    return table


def _values(row: Row) -> dict[str, str | date | list[str] | None]:
    """Return what an entry holds, by column."""
    entry = row.entry
    values = (
        *(entry.id, entry.kind, name_of(entry), [name.text for name in entry.names[1:]], list(entry.countries)),
        [place.text for place in entry.addresses],
        [" ".join(filter(None, one)) for one in entry.identifiers],
        *(list(entry.programs), entry.scope, entry.scope_text, entry.policy, entry.policy_text),
        *(list(entry.footnotes), [cite.text for cite in entry.cites], entry.listed, entry.until, entry.part_of),
        *(list(entry.lists), entry.remarks, row.appeared),
    )
    return dict(zip(COLUMNS, values, strict=True))


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _written(record: dict[str, object]) -> str:
    return json.dumps({"schema_version": SCHEMA_VERSION, **record}, ensure_ascii=False, indent=2)
