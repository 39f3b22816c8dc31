"""The reference page of all facts, generated from the table. `docs/facts.md` is its output; a test keeps them equal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from licet.formats.value import ALLOWED
from licet.model import vocabulary
from licet.model.act import NONE
from licet.model.vocabulary import LIST_TYPES, RECORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from licet.model.vocabulary import Row

HEAD = """# Facts

Every fact that an act can state. This page is generated from the table of facts (`src/licet/model/facts.csv`).

A fact that is left out is *not stated*: nobody asked, and no value is assumed. `undeterminable` in place of any value
says that it was asked and cannot be known. `none` or `[]`, where the table has it, says that it was asked and there is
none. `null` is refused. What a word means is said by its field: `NO` under a country is Norway, `no` under a question
is no, `0710` under a tariff number keeps its zero.

Any value may be written plain or with its origin:
`{value: 2018-03-01, by: sales, day: 2019-06-03, source: contract 118}`. A list of records may carry one origin for all
of its facts. Where a list of words may stand, one word alone may stand too. Owners of an owner are written like the
owners of a party, to any depth. One red flag may be its number alone.
"""
ORDER = {
    "up": "more or later is stricter",
    "down": "less or earlier is stricter",
    "more": "each added word is stricter",
}
TITLES = {"export": "An export", "connection": "A connection", "update": "An update"}


def facts_reference() -> str:
    """Return the reference page as Markdown, one table a kind of act, each fact under the first kind that has it."""
    seen: set[Row] = set()
    parts = [HEAD]
    for kind, title in TITLES.items():
        rows = vocabulary.rows(kind)
        again = dict.fromkeys(row.path.partition("[")[0] for row in rows if row in seen)
        parts.append(f"\n## {title} (`kind: {kind}`)\n")
        if again:
            parts.append(f"As above: {', '.join(f'`{path}`' for path in again)}.\n")
        parts.extend(_table([row for row in rows if row not in seen], kind))
        seen.update(rows)
    return "\n".join(parts) + "\n"


def _table(rows: list[Row], kind: str) -> Iterator[str]:
    yield "| fact | question | may be | field term | where |"
    yield "|---|---|---|---|---|"
    for row in rows:
        asked = " ".join(part for part in (vocabulary.question(row.path, kind=kind), row.help) if part)
        cells = (f"`{row.path}`", asked, may_be(row), row.term, row.section)
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def may_be(row: Row) -> str:
    """Return in words what may stand in a field, with unit and direction of severity."""
    words = " · ".join(f"`{word}`" for word in row.domain)
    what = ALLOWED[LIST_TYPES.get(row.type, row.type)]
    parts = [f"{words}, or {what}" if row.open and words else words or what]
    parts += ["one or a list"] if row.type in LIST_TYPES else []
    parts += [f"`{NONE}`"] if row.none else []
    parts += ["needed in each record"] if row.required and row.type != RECORDS and "[]" in row.path else []
    parts += [f"in {row.unit}"] if row.unit and row.type != "usd" else []
    parts += [f"severity: {ORDER.get(row.order[0], ' < '.join(row.order))}"] if row.order else []
    return "; ".join(parts)
