"""`licet lists show`: who is on a list on a day."""

from __future__ import annotations

import click

from licet.cli.law.common import put
from licet.cli.lists.common import AS_OF, days, issue_on, list_ids, opened


@click.command("show")
@click.argument("list_", metavar="LIST", shell_complete=list_ids)
@click.option("--as-of", "as_of", metavar="DAY", help=AS_OF)
@click.option("--all", "everything", is_flag=True, help="Show every entry.")
def command(list_: str, as_of: str | None, *, everything: bool) -> None:
    """Show who is on a list on a day, by its issues and not by days of effect."""
    from licet.lists.source import source
    from licet.show.lists_text import show_text

    day, known = days(as_of)
    with opened() as store:
        issue = issue_on(store, list_, day, known)
        rows = store.entries(issue.list, day, known)
    put(show_text(source(issue.list), issue, rows, (day, known), everything=everything))
