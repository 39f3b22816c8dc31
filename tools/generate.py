"""Write every generated file from its sources, or with `--check` say which differ.

Usage: python tools/generate.py [--check]
"""

from __future__ import annotations

import sys
from pathlib import Path

import yaml

from licet.formats.tables import compile_tables as compile_facts
from licet.law.book import compile_book, compile_scopes, load
from licet.law.us_ear.compile_exceptions import compile_exceptions
from licet.law.us_ear.compile_tables import compile_tables as compile_sheets
from licet.lists.store import COMPILED, compile_shipped

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "licet"


def compiled() -> dict[Path, bytes]:
    """Return what every file must hold that is compiled from data."""
    model = PACKAGE / "model"
    facts = compile_facts((model / "facts.csv").read_text("utf-8"), (model / "countries.csv").read_text("utf-8"))
    texts = {
        model / "facts.json": facts,
        PACKAGE / "law" / "book.json": compile_book(),
        **{PACKAGE / "law" / "us_ear" / name: text for name, text in compile_scopes("us_ear").items()},
    }
    tables = PACKAGE / "law" / "us_ear" / "tables"
    changes = yaml.load((tables / "changes.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - plain text
    sheets = {path.name: path.read_text("utf-8") for path in sorted(tables.glob("*.csv"))}
    texts |= {tables / name: text for name, text in compile_sheets(sheets, changes, load()).items()}
    texts[tables / "exceptions.json"] = compile_exceptions(sheets["exceptions.csv"])
    return {path: text.encode() for path, text in texts.items()}


def compiled_lists() -> dict[Path, bytes]:
    """Return what the compiled file of the lists must hold; their days of effect come from the lawbook."""
    return {PACKAGE / "lists" / COMPILED: compile_shipped()}


def written() -> dict[Path, bytes]:
    """Return what every document must hold that is made from rules and compiled files, which must be current by now."""
    from licet.formats.reference import facts_reference
    from licet.lists.members import MEMBERS
    from licet.lists.source import sources
    from licet.show.coverage_text import coverage_markdown
    from licet.show.lists_page import lists_page

    lists = ROOT / "docs" / "lists.md"
    texts = {
        ROOT / "COVERAGE.md": coverage_markdown(),
        ROOT / "docs" / "facts.md": facts_reference(),
        lists: lists_page(lists.read_text("utf-8"), sources(), MEMBERS),
    }
    return {path: text.encode() for path, text in texts.items()}


def main() -> int:
    """Write the files, or compare them; return the exit code."""
    check = "--check" in sys.argv[1:]
    stale = []
    for generated in (compiled, compiled_lists, written):
        for path, data in generated().items():
            if not path.exists() or path.read_bytes() != data:
                stale.append(path.relative_to(ROOT))
                if not check:
                    aside = path.with_suffix(".new")  # who has the old file mapped keeps it whole
                    aside.write_bytes(data)
                    aside.replace(path)
    for path in stale:
        print(f"{'differs from its sources' if check else 'written'}: {path}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
