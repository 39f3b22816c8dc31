"""`licet lists export`: the entries of a list on a day."""

from __future__ import annotations

import click

from licet.cli.lists.common import AS_OF, days, issue_on, list_ids, opened


@click.command("export")
@click.argument("list_", metavar="LIST", shell_complete=list_ids)
@click.option("--as-of", "as_of", metavar="DAY", help=AS_OF)
@click.option("--format", "form", type=click.Choice(["csv", "jsonl"]), default="csv", help="How to write it.")
def command(list_: str, as_of: str | None, form: str) -> None:
    """Write the entries of a list on a day to standard output, one a line."""
    from licet.lists.source import source
    from licet.show.lists_json import export_csv, export_jsonl

    day, known = days(as_of)
    with opened() as store:
        issue = issue_on(store, list_, day, known)
        rows = store.entries(issue.list, day, known)
    click.echo(export_csv(rows) if form == "csv" else export_jsonl(rows), nl=False)
    if source(issue.list).redistribute != "yes":
        click.echo(f"licet: before you pass this on: {source(issue.list).license}", err=True)
