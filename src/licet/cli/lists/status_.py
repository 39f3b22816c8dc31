"""`licet lists status`: how each list stands."""

from __future__ import annotations

import click

from licet.cli.clock import today
from licet.cli.law.common import put
from licet.cli.lists.common import opened


@click.command("status")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to show it.")
def command(form: str) -> None:
    """Show each list: day of its issue, age, entries, digest, and whether it is overdue or needs attention."""
    from licet.lists.source import sources

    with opened() as store:
        stands, where = store.status(), str(store.file)
    if form == "json":
        from licet.show.lists_json import status_json

        put(status_json(stands, sources(), today(), where))
        return
    from licet.show.lists_text import status_text

    put(status_text(stands, sources(), today(), where))
