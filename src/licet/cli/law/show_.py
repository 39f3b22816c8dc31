"""`licet law show`: everything about one measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from licet.cli.law.common import AS_OF, CASES, cases_in, ids, looked, put

if TYPE_CHECKING:
    from licet.model.measure import Measure
    from licet.show.law_text import Looked
    from licet.show.measure_text import Around


@click.command("show")
@click.argument("measure", metavar="ID", shell_complete=ids)
@click.option("--as-of", "as_of", metavar="STATE", help=AS_OF)
@click.option("--cases", "folder", default=CASES, metavar="DIR", help="Where the cases are; left out: ./cases.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to show it.")
def command(measure: str, as_of: str | None, folder: str, form: str) -> None:
    """Show everything about one measure: its days kept apart, its neighbors, what reads it, which cases name it."""
    on = looked(as_of)
    found = on.book.measure(measure if measure in on.book else measure.upper())
    around = _around(on, found, folder)
    if form == "json":
        from licet.show.law_json import measure_json

        put(measure_json(on, found, around))
        return
    from licet.show.measure_text import measure_text

    put(measure_text(on, found, around))


def _around(on: Looked, measure: Measure, folder: str) -> Around:
    from licet.coverage import terms, uses
    from licet.lists.store import shipped
    from licet.show.measure_text import Around, Entries

    rows = [row for row in terms(shipped()) if row.measure == measure.id]
    lists = {name: [row for row in rows if row.list == name] for name in dict.fromkeys(row.list for row in rows)}
    entries = tuple(
        Entries(name, len({row.entry for row in those}), sum(row.on(on.day) for row in those))
        for name, those in lists.items()
    )
    return Around(uses(measure.id), entries, _naming(measure, folder))


def _naming(measure: Measure, folder: str) -> tuple[str, ...] | None:
    """Return the cases that name a measure; None where there is no folder of cases."""
    cases = cases_in(folder)
    if cases is None:
        return None
    from licet.consistency import names

    return tuple(case.id for case in cases if names(case, measure))
