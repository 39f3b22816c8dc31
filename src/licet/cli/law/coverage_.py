"""`licet law coverage`: which sections are modeled, in part or not, and what limits each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from licet.cli.law.common import put
from licet.model.errors import FactsError, Problem

if TYPE_CHECKING:
    from licet.coverage import Coverage, Row


def _sections(ctx: click.Context, param: click.Parameter, begun: str) -> list[str]:  # noqa: ARG001 - click calls it so
    """Complete the id of a section in the shell."""
    from licet.coverage import coverage
    from licet.law.book import load

    return [row.id for row in coverage(load()).rows if row.id.startswith(begun)]


@click.command("coverage")
@click.argument("section", required=False, shell_complete=_sections)
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "md"]), default="text", help="md: the text of COVERAGE.md."
)
def command(section: str | None, form: str) -> None:
    """Show which sections are modeled, in part or not, and by what each is limited: date, destination, item, party.

    With SECTION (such as us_ear/744.21): that one alone, limit by limit.
    """
    from licet.coverage import coverage
    from licet.law.book import SHOWN_VERSION, load

    book = load()
    found, version = coverage(book), book.version[:SHOWN_VERSION]
    if section is not None:
        found = found._replace(rows=_rows(found, section))
    put(_shown(found, version, form, alone=section is not None))


def _rows(found: Coverage, section: str) -> tuple[Row, ...]:
    """Return the rows of one section; refuse one that there is not, with the nearest."""
    rows = tuple(row for row in found.rows if row.id == section)
    if not rows:
        from licet.model.vocabulary import nearest

        near = nearest(section, [row.id for row in found.rows])
        todo = "`licet law coverage` shows them all."
        raise FactsError(Problem(f'"{section}" is no section here', field="SECTION", nearest=near, todo=todo))
    return rows


def _shown(found: Coverage, version: str, form: str, *, alone: bool) -> str:
    if form == "json":
        from licet.show.law_json import coverage_json

        return coverage_json(found, version)
    from licet.show.coverage_text import coverage_text, markdown, section_text

    if form == "md":
        return markdown(found, version).removesuffix("\n")
    return section_text(found.rows[0], version) if alone else coverage_text(found, version)
