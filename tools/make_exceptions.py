"""Restate which list-based license exceptions an entry of the Commerce Control List names, in our own form.

Usage: python tools/make_exceptions.py SOURCES [--check]

SOURCES is the folder with `ccl_2026-07-23.json`. What is written are facts, one line an entry, one cell an exception
(LVS, GBS, TSR). A cell has parts, joined by `; `, each a word with what it reaches:

- the word: an amount in US dollars (LVS), `yes`, `-` (the entry says that the exception is not available), or `?` where
  the entry asks for more than paragraph, reason for control and country group.
- `only a b.1` or `except a`: the paragraphs that it reaches; left out: all.
- `not MT NP D:3`: the reasons for control or the country groups for which it is not available.

An empty cell: the copy does not have the line. With `--check` nothing is written; the exit code says whether the file
is what the source gives.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE = Path(__file__).resolve().parent.parent / "src" / "licet" / "law" / "us_ear" / "tables" / "exceptions.csv"
EXCEPTIONS = ("LVS", "GBS", "TSR")
NOTICE = (
    "# Facts of the US Government (15 CFR part 774, Supp. 1), as they stood on 2026-07-23, restated in our own form.",
    "# Read from the packaging of seelpeed-debug/export-controls-agent-mcp: Copyright (c) 2026 seelpeed-debug, under",
    "# the MIT License, whose text stands in NOTICE.txt beside this file; this notice is kept as it asks.",
    "# Made by tools/make_exceptions.py, which says how a cell is read; do not edit by hand.",
)
ENTRIES = 633
NOT_MT = dict.fromkeys(("9B001", "9B002", "9B003", "9B004"), "yes not MT")
READ: dict[str, dict[str, str]] = {
    "LVS": {
        "0A501": "500 only c d x",
        "0A502": "500 only c d",
        "0A504": "500 only g",
        "0A505": "? only x",
        "0A509": "500 only a; ? only b c d",
        "1A002": "1500 except a not NP; ? only a",
        "1A008": "3000 only a b c; 6000 only d",
        "1B001": "5000 except a not MT",
        "1B018": "? only a",
        "1C002": "3000 not NP",
        "1C007": "5000 except e not MT",
        "1C010": "1500 not NP",
        "2A001": "3000 not MT",
        "2B007": "5000 except b c",
        "2B350": "2000 not D:3",
        "3A001": "? except z not MT NP",
        "3A002": "3000 only a e f g",
        "3A611": "1500 only a d e f g h x",
        "3B001": "500 except a.4 c d f.1 f.5 f.6 k l m n p.2 p.4 r",
        "3B002": "500 except c",
        "4A001": "5000 only a not MT",
        "4A003": "5000 except b c z",
        "4A004": "5000 except z",
        "5A001": "5000 only b.1 b.2 b.3 b.6 d f.2 f.4 g; 3000 only c",
        "5A002": "?",
        "5A003": "?",
        "5A004": "? except z",
        "5B001": "5000 except a; ? only a",
        "6A001": "?",
        "6A002": "500 only f",
        "6A003": "1500 except a.3 a.4 a.5 a.6 b.1 b.3 b.4",
        "6A005": "? not NP",
        "6A006": "1500 except a.1 a.2 d e; ? only a.2",
        "6A007": "3000 not MT",
        "6A008": "5000 except j.1 not MT",
        "8A001": "5000 except b c.1",
        "8A002": "5000 except o.3.b",
        "9B001": "5000 not MT",
        "9B002": "3000 not MT",
        "9B003": "5000 not MT",
        "9B004": "3000 not MT",
        "9B515": "1500 except b; 5000 only b",
    },
    "GBS": {
        "1A004": "yes only a b c.2",
        "1A005": "?",
        "1C006": "yes only d",
        "3A001": (
            "yes only a.1.b a.2 a.3 a.4 a.6 a.7 a.8 a.9 a.10 a.11 a.12 a.13 a.14 b.9 b.10 g h i; "
            "yes only a.5.a not MT; yes only a.5.b; ? only b.2 b.8 z.1.b"
        ),
        "3A002": "yes only h not MT",
        "3A069": "?",
        "3B001": "yes except a.3 c.1.a c.1.c e f q; ? only e",
        "3C002": "yes only a",
        "4A003": "yes only g; ? except g",
        "5A001": "yes except a b.5 e h",
        "5B001": "yes except a; ? only a",
        "6A001": "yes only a.1.b.4",
        "6A004": "yes only a.1 a.2 a.4 b d.2 f",
        "6A005": "? only b.6.d.2 c.1 c.2 c.3 d.2 d.3",
        "6A008": "yes only b c l.1",
        "6B004": "yes only b",
        "6C004": "yes only a e",
        "8A002": "yes only r; ? only i.2",
        **NOT_MT,
    },
    "TSR": {
        "1D001": "yes not MT",
        "1E001": "?",
        "1E002": "yes except e f",
        "2D001": "yes not MT",
        "2E002": "yes not MT",
        "2E003": "yes except b e f",
        "3D001": "?",
        "3D002": "?",
        "3E003": "yes except f g",
        "3E069": "?",
        "4D001": "?",
        "4E001": "?",
        "5D001": "?",
        "5E001": "?",
        "6D001": "?",
        "6D002": "?",
        "6D003": "? except c",
        "6E001": "?",
        "6E002": "?",
        "8C609": "",
        "8E001": "?",
        "9D003": "yes not MT",
    },
}
"""Lines that put more than a word or an amount, each read in the entry itself; one that no cell can hold is `?`."""
MOVED = {
    "3E001": {"TSR": "?"},
    "3E002": {"TSR": "yes"},
    "0D606": {"TSR": "?"},
    "0D614": {"TSR": "-"},
    "2B351": {"LVS": "?", "GBS": "?"},
    "2B352": {"LVS": "-", "GBS": "-"},
    "3D005": {"TSR": "?"},
    "8D001": {"TSR": "?"},
}
"""Entries to which the copy gives the lines of the next one, or takes theirs."""


def rows(source: Path) -> Iterator[list[str]]:
    """Walk through the entries that have a line, each with its cells."""
    entries = json.loads(source.read_text("utf-8"))["entries"]
    _known(len(entries) == ENTRIES, f"{ENTRIES} entries")
    flags: dict[str, dict[str, str]] = {entry["eccn"]: entry["licenceExceptionFlags"] for entry in entries}
    flags |= {eccn: {} for eccn in MOVED if eccn not in flags}
    seen = {name: set[str]() for name in EXCEPTIONS}
    for eccn in sorted(flags):
        cells = [_cell(eccn, name, flags[eccn].get(name, ""), seen[name]) for name in EXCEPTIONS]
        if any(cells):
            yield [eccn, *cells]
    for name in EXCEPTIONS:
        _known(seen[name] == set(READ[name]), f"the lines of {name} that a reader has to read")


def _cell(eccn: str, name: str, text: str, seen: set[str]) -> str:
    plain = text.strip().rstrip(".")
    amount = re.fullmatch(r"\$([\d,]+)", plain)
    cell = {"N/A": "-", "Yes": "yes", "": ""}.get(plain)
    if amount:
        cell = amount[1].replace(",", "")
    if cell is None:
        seen.add(eccn)
        _known(eccn in READ[name], f"{name} of {eccn}: {text[:40]}")
        cell = READ[name][eccn]
    return MOVED.get(eccn, {}).get(name, cell)


def _known(holds: bool, what: str) -> None:  # noqa: FBT001 - an assertion about the source
    """Refuse a source that is not the one that was read."""
    if not holds:
        message = f"the source is not as it was read: {what}"
        raise SystemExit(message)


def made(sources: Path) -> str:
    """Return the text of the table."""
    out = io.StringIO()
    out.writelines(f"{line}\n" for line in NOTICE)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["eccn", *EXCEPTIONS])
    writer.writerows(rows(sources / "ccl_2026-07-23.json"))
    return out.getvalue()


def main() -> int:
    """Write the table, or compare it; return the exit code."""
    arguments = [argument for argument in sys.argv[1:] if argument != "--check"]
    if len(arguments) != 1:
        print(__doc__)
        return 2
    text = made(Path(arguments[0]))
    stale = not TABLE.exists() or TABLE.read_text("utf-8") != text
    if stale and "--check" not in sys.argv[1:]:
        TABLE.write_text(text, "utf-8")
    if stale:
        print(f"{'differs from its source' if '--check' in sys.argv[1:] else 'written'}: {TABLE.name}")
    return 1 if stale and "--check" in sys.argv[1:] else 0


if __name__ == "__main__":
    sys.exit(main())
