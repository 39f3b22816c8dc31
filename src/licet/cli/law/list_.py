"""`licet law list`: all measures with their status on a day."""

from __future__ import annotations

import click

from licet.cli.law.common import AS_OF, looked, one_of, put


@click.command("list")
@click.option("--as-of", "as_of", metavar="STATE", help=AS_OF)
@click.option("--regime", help="Only the measures of one regime, such as us_ear.")
@click.option("--kind", help="Only the measures of one kind, such as general_license.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to show it.")
def command(as_of: str | None, regime: str | None, kind: str | None, form: str) -> None:
    """Show all measures with their status on a day; statements without legal force stand apart from law."""
    on = looked(as_of)
    records = on.book.records
    one_of(regime, {record["regime"] for record in records.values()}, "--regime")
    one_of(kind, {record["kind"] for record in records.values()}, "--kind")
    measures = [
        on.book[id_] for id_, r in records.items() if regime in {None, r["regime"]} and kind in {None, r["kind"]}
    ]
    if form == "json":
        from licet.show.law_json import list_json

        put(list_json(on, measures))
        return
    from licet.show.law_text import list_text

    put(list_text(on, measures))
