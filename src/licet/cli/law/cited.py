"""Every citation that the rules of the law make, each with what makes it: for `licet law check --sources DIR`."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from licet.coverage import rules
from licet.law.book import HERE
from licet.law.citations import Cited, KnownNote
from licet.law.regimes import RULED
from licet.model.errors import LawbookError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from licet.law.book import Book

_BEGINS = re.compile(r"\d{1,2} CFR (parts? )?\d|Supp\. \d+ (to part|footnote) |\d{2,3} FR \d|FR Doc\. \d")
ANCHORS = HERE / "us_ear" / "anchors.yaml"


def cited(book: Book, heard: Iterable[str] = ()) -> tuple[Cited, ...]:
    """Gather every citation.

    Args:
        book: The lawbook.
        heard: Citations that rules made while cases ran: of some the text is put together only then.

    Returns:
        The citations of rules, of their code, of scope tests, tables and measures, each with what makes it.
    """
    found = [Cited(cite, rule.section) for regime in RULED for rule in rules(regime) for cite in rule.cites]
    found += _sections()
    found += [one for file in sorted(HERE.glob("us_*/*.py")) for one in _code(file)]
    tables = [HERE / "us_ear" / "groups.yaml", *sorted(HERE.glob("us_*/tables/*.yaml"))]
    found += [Cited(cite, _name(file)) for file in tables if file.exists() for cite in _table(file)]
    for measure in map(book.measure, book.ids):
        first = measure.in_force_from or measure.published or measure.announced
        found += [Cited(cite, measure.id, str(first or "")) for cite in measure.cites]
    known = {one.text for one in found}
    return (*found, *(Cited(cite, "a case") for cite in sorted(set(heard) - known)))


def _sections() -> Iterator[Cited]:
    from licet.law.us_ear.sections import sections

    for section in sections():
        cites = [*section.cites, *(cite for limb in section.limbs for cite in limb.cites)]
        cites += [limit.cite for limb in section.limbs for limit in limb.limits]
        yield from (Cited(cite, section.id) for cite in cites)


def _code(file: Path) -> Iterator[Cited]:
    """Walk through the texts in a module that have the form of a citation and nothing else."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _BEGINS.match(node.value):
            from licet.law.citations import parse

            if parse(node.value) is not None:
                yield Cited(node.value, f"{_name(file)}:{node.lineno}")


def _name(file: Path) -> str:
    return file.relative_to(HERE.parent).as_posix()


def _table(file: Path) -> Iterator[str]:
    # Plain text all the way down, as the tables are compiled.
    yield from _cites(yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader))  # noqa: S506 - text only


def _cites(node: Any) -> Iterator[str]:  # noqa: ANN401 - YAML as it stands
    """Walk through the values of `cite` and `cites` at any depth."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in {"cite", "cites"}:
                yield from [value] if isinstance(value, str) else value
            else:
                yield from _cites(value)
    elif isinstance(node, list):
        for value in node:
            yield from _cites(value)


class Table(NamedTuple):
    """What is looked for in the official texts."""

    anchors: dict[str, str]
    """A phrase by the place in which it stands."""
    notes: tuple[KnownNote, ...]
    gone: frozenset[str]
    """Places that only earlier texts have."""


def table(book: Book, file: Path = ANCHORS) -> Table:
    """Read the anchor phrases, the Effective Date Notes that are known and the places that are gone.

    Args:
        book: The lawbook, for the days of the measures that the notes belong to.
        file: The table.

    Raises:
        LawbookError: A note belongs to a measure that does not exist or was not published; a page that took a place
            out is cited by no measure.
    """
    read = yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - text only
    notes = []
    for row in read["notes"]:
        measure = book.get(row["measure"])
        if measure is None or measure.published is None:
            raise LawbookError(Problem(f"{row['measure']} is no measure that was published", file.name, field="notes"))
        until = str(measure.in_force_through or "")
        notes.append(KnownNote(row["place"], measure.id, measure.cites[0], str(measure.published), until))
    pages = {cite for id_ in book for cite in book[id_].cites}
    for place, page in read["gone"].items():
        if page not in pages:
            raise LawbookError(Problem(f"{place} went by {page}, which no measure cites", file.name, field="gone"))
    return Table(read["anchors"], tuple(notes), frozenset(read["gone"]))
