"""`licet law check`: whether the lawbook agrees with itself."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import click

from licet.cli import ANSWERED, FOUND
from licet.cli.law.common import CASES, cases_in, put

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from licet.consistency import Checked
    from licet.law.book import Book
    from licet.law.citations import Cited


@click.command("check", epilog="Exit codes: 0 nothing found, 1 something was found, 2 bad input.")
@click.option("--cases", "folder", default=CASES, metavar="DIR", help="Where the cases are; left out: ./cases.")
@click.option(
    "--sources", "texts", default="", metavar="DIR", help="Check citations against the official texts in DIR."
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to show it.")
def command(folder: str, texts: str, form: str) -> int:
    """Check that the lawbook agrees with itself.

    Days in order, intervals that join, citations of a known form; what is compiled against its sources; rules and
    limits with their citations, reading no statement; lists against measures; and, by running the cases, that no rule
    is without a case.

    Citations of the lists that ship whose rules are not known are named as well: a notice, which is no fault.

    With --sources every citation is looked up in the parts of the CFR (XML of the eCFR) and the documents of the
    Federal Register in DIR: the section, its paragraph, an anchor phrase in it, the page in its document, and Effective
    Date Notes that the book does not know. What DIR does not have is counted and named.
    """
    from licet.consistency import check_cases, check_law, unknown_rules
    from licet.lists.shipped import issues
    from licet.lists.source import source
    from licet.show.check_json import check_json
    from licet.show.check_text import check_text
    from licet.sources import open_sources
    from licet.state import State

    sources = open_sources(State(None), own=False)
    cases = cases_in(folder)
    checked = [check_law(sources.book, dict(_compiled()), sources.lists)]
    if cases is not None:
        checked.append(check_cases(cases, sources))
    absent: Mapping[str, Iterable[str]] | None = None
    if texts:
        heard = frozenset(cite for one in checked for cite in one.heard)
        compared, absent = _compared(texts, sources.book, heard)
        checked.append(compared)
    cites = {list_: each[-1].entries for list_, each in issues().items() if not source(list_).listed_is_effect}
    cited = unknown_rules(sources.book, cites)
    show = check_json if form == "json" else check_text
    put(show(sources.book, checked, cited, absent, no_cases="" if cases is not None else folder))
    return FOUND if any(one.problems for one in checked) else ANSWERED


def _compared(folder: str, book: Book, heard: frozenset[str]) -> tuple[Checked, Mapping[str, Iterable[str]]]:
    """Compare every citation with the official texts in a folder; return also what is not there, by what it is."""
    from licet.cli.law.cited import cited, table
    from licet.cli.law.texts import texts_in
    from licet.consistency import Checked
    from licet.law.citations import check_notes, check_places
    from licet.law.pages import Row, check_pages
    from licet.lists.register import RULES

    read = texts_in(folder)
    cites = [*cited(book, heard), *_of_rules()]
    known = table(book)
    measures = [book.measure(id_) for id_ in book.ids]
    rows = [Row(rule.volume, rule.first, rule.last, str(rule.day)) for rule in RULES]
    parts = (
        check_places(cites, read.issues, known.anchors, known.gone),
        check_notes(read.issues, known.notes, {cite for measure in measures for cite in measure.cites}),
        check_pages(cites, measures, rows, read.register),
    )
    counts = (
        ("citations", len({one.text for one in cites})),
        ("parts of the CFR", len(read.issues)),
        ("documents of the Federal Register", len(read.register.documents)),
        *(pair for part in parts for pair in part.counts.items()),
    )
    problems = tuple(problem for part in parts for problem in part.problems)
    absent = {key: names for part in parts for key, names in part.absent.items()}
    return Checked(problems, counts, read.unread), absent


def _of_rules() -> Iterator[Cited]:
    """Walk through the first and last pages of the table of rules."""
    from licet.law.citations import Cited
    from licet.lists.register import RULES

    for rule in RULES:
        for page in dict.fromkeys((rule.first, rule.last)):
            yield Cited(f"{rule.volume} FR {page}", "the table of rules")


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
