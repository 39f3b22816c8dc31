"""Write every generated file from its sources, or with `--check` say which differ.

Usage: python tools/generate.py [--check]
"""

from __future__ import annotations

import sys
from pathlib import Path

from licet.formats.tables import compile_tables as compile_facts
from licet.law.book import compile_book, compile_scopes
from licet.lists.store import compile_starter

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "licet"


def compiled() -> dict[Path, str]:
    """Return what every file must hold that is compiled from data."""
    model = PACKAGE / "model"
    facts = compile_facts((model / "facts.csv").read_text("utf-8"), (model / "countries.csv").read_text("utf-8"))
    return {
        model / "facts.json": facts,
        PACKAGE / "law" / "book.json": compile_book(),
        **{PACKAGE / "law" / "us_ear" / name: text for name, text in compile_scopes("us_ear").items()},
        PACKAGE / "lists" / "starter.json": compile_starter(),
    }


def written() -> dict[Path, str]:
    """Return what every document must hold that is made from rules and compiled files, which must be current by now."""
    from licet.formats.reference import facts_reference
    from licet.show.coverage_text import coverage_markdown

    return {ROOT / "COVERAGE.md": coverage_markdown(), ROOT / "docs" / "facts.md": facts_reference()}


def main() -> int:
    """Write the files, or compare them; return the exit code."""
    check = "--check" in sys.argv[1:]
    stale = []
    for generated in (compiled, written):
        for path, text in generated().items():
            if not path.exists() or path.read_text("utf-8") != text:
                stale.append(path.relative_to(ROOT))
                if not check:
                    path.write_text(text, "utf-8")
    for path in stale:
        print(f"{'differs from its sources' if check else 'written'}: {path}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
