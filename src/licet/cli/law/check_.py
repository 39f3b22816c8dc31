"""`licet law check`: whether the lawbook agrees with itself."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import click

from licet.cli import ANSWERED, FOUND
from licet.cli.law.common import CASES, cases_in, put

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@click.command("check", epilog="Exit codes: 0 nothing found, 1 something was found, 2 bad input.")
@click.option("--cases", "folder", default=CASES, metavar="DIR", help="Where the cases are; left out: ./cases.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to show it.")
def command(folder: str, form: str) -> int:
    """Check that the lawbook agrees with itself.

    Days in order, intervals that join, citations of a known form; what is compiled against its sources; rules and
    limits with their citations, reading no statement; lists against measures; and, by running the cases, that no rule
    is without a case.

    Citations of the lists that ship whose rules are not known are named as well: a notice, which is no fault.
    """
    from licet.consistency import check_cases, check_law, unknown_rules
    from licet.lists.shipped import issues
    from licet.lists.source import source
    from licet.show.check_json import check_json
    from licet.show.check_text import check_text
    from licet.sources import open_sources
    from licet.state import State

    sources = open_sources(State(None))
    cases = cases_in(folder)
    checked = [check_law(sources.book, dict(_compiled()), sources.lists)]
    if cases is not None:
        checked.append(check_cases(cases, sources))
    cites = {list_: each[-1].entries for list_, each in issues().items() if not source(list_).listed_is_effect}
    cited = unknown_rules(sources.book, cites)
    show = check_json if form == "json" else check_text
    put(show(sources.book, checked, cited, no_cases="" if cases is not None else folder))
    return FOUND if any(one.problems for one in checked) else ANSWERED


def _compiled() -> Iterator[tuple[str, tuple[str, str] | None]]:
    """Walk through the compiled files, each with its text and what its sources give; None where they are not here."""
    from licet.law.book import COMPILED, HERE, compile_book, compile_scopes
    from licet.lists import store

    lists = HERE.parent / "lists"
    yield "law/book.json", _pair(COMPILED, compile_book()) if (HERE / "book.yaml").exists() else None
    scopes = HERE / "us_ear" / "sections.yaml"
    for name, text in (compile_scopes("us_ear") if scopes.exists() else {"sections.json": None}).items():
        yield f"law/us_ear/{name}", None if text is None else _pair(scopes.with_name(name), text)
    compiled = lists / store.COMPILED
    yield f"lists/{store.COMPILED}", (_hex(compiled.read_bytes()), _hex(store.compile_shipped()))


def _hex(data: bytes) -> str:
    return sha256(data).hexdigest()


def _pair(path: Path, text: str) -> tuple[str, str]:
    return path.read_text(encoding="utf-8"), text
