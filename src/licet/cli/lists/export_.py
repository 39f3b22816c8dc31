"""`licet lists export`: the entries of a list on a day."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

import click

from licet.cli.lists.common import AS_OF, days, issue_on, list_ids, opened
from licet.model.errors import FactsError, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from licet.lists.merge import Row

CSV, JSONL, FTM, PARQUET = "csv", "jsonl", "ftm", "parquet"
LIBRARY, EXTRA = "polars", "book"
"""What writes Parquet, and the extra of licet that brings it."""


class _Frame(Protocol):
    def write_parquet(self, file: Path, /) -> None: ...


class _Polars(Protocol):
    def DataFrame(self, data: object, /, *, schema: object) -> _Frame: ...  # noqa: N802 - its own name

    def List(self, inner: object, /) -> object: ...  # noqa: N802 - its own name

    String: object
    Date: object


@click.command("export")
@click.argument("list_", metavar="LIST", shell_complete=list_ids)
@click.option("--as-of", "as_of", metavar="DAY", help=AS_OF)
@click.option(
    "--format",
    "form",
    type=click.Choice([CSV, JSONL, FTM, PARQUET]),
    default=CSV,
    help="How to write it; ftm: entities of FollowTheMoney.",
)
@click.option("--out", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Left out: to the screen.")
def command(list_: str, as_of: str | None, form: str, out: Path | None) -> None:
    """Write the entries of a list on a day: one a line, or as a table in Parquet, which needs --out.

    The note on passing the list on goes to standard error.
    """
    from licet.lists.source import source

    if form == PARQUET:
        _check_parquet(out)
    day, known = days(as_of)
    with opened() as store:
        issue = issue_on(store, list_, day, known)
        rows = store.entries(issue.list, day, known)
    if out is None:
        click.echo(_text(form, issue.list, rows), nl=False)
    else:
        _write(out, form, issue.list, rows)
    if source(issue.list).redistribute != "yes":
        click.echo(f"licet: before you pass this on: {source(issue.list).license}", err=True)


def _text(form: str, list_: str, rows: Sequence[Row]) -> str:
    """Return the entries as text."""
    from licet.show.lists_json import export_csv, export_jsonl

    if form == FTM:
        from licet.lists.members import state
        from licet.lists.source import source
        from licet.show.lists_ftm import Origin, export_ftm

        one = source(list_)
        return export_ftm(rows, Origin(list_, one.addresses[-1].url, one.listed_is_effect), state)
    return export_csv(rows) if form == CSV else export_jsonl(rows)


def _check_parquet(out: Path | None) -> None:
    """Refuse, before anything is read, what cannot be written."""
    if find_spec(LIBRARY) is None:
        todo = f'pip install "licet[{EXTRA}]", or take --format jsonl, which has the same fields.'
        raise FactsError(
            Problem(f"Parquet is written by {LIBRARY}, which is not installed", field="--format", todo=todo)
        )
    if out is None:
        raise FactsError(Problem("a table in Parquet is no text", field="--out", todo="Name it: --out FILE.parquet."))


def _write(out: Path, form: str, list_: str, rows: Sequence[Row]) -> None:
    try:
        if form == PARQUET:
            _write_parquet(out, rows)
        else:
            out.write_text(_text(form, list_, rows), encoding="utf-8", newline="")
    except OSError as error:
        what = f"cannot be written: {error.strerror or error}"
        raise FactsError(Problem(what, str(out), field="--out", todo="Name another file.")) from error


def _write_parquet(out: Path, rows: Sequence[Row]) -> None:
    """Write a table with a column for each field: texts, days and lists of texts."""
    from licet.show.lists_json import DAYS, LISTED, export_table

    polars = cast("_Polars", import_module(LIBRARY))
    table = export_table(rows)
    texts = polars.List(polars.String)
    kinds = {name: polars.Date if name in DAYS else texts if name in LISTED else polars.String for name in table}
    polars.DataFrame(table, schema=kinds).write_parquet(out)
