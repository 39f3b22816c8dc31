"""`licet lists diff`: what changed on a list between two days."""

from __future__ import annotations

import click

from licet.cli.law.common import put
from licet.cli.lists.common import days, issue_on, list_ids, opened


@click.command("diff")
@click.argument("list_", metavar="LIST", shell_complete=list_ids)
@click.argument("first", metavar="FROM")
@click.argument("last", metavar="TO")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to show it.")
def command(list_: str, first: str, last: str, form: str) -> None:
    """Show what changed on a list between two days: DAY, or DAY@KNOWN.

    Who was added, removed, renamed, moved; aliases, addresses, terms. Other case, punctuation or spacing is no change.
    """
    from licet.lists.diff import diff
    from licet.lists.entry import Parsed

    with opened() as store:
        sides = []
        for day, known in (days(first), days(last)):
            issue = issue_on(store, list_, day, known)
            entries = tuple(row.entry for row in store.entries(issue.list, day, known))
            sides.append((issue, Parsed(issue.list, issue.issued, entries, {})))
    (before, old), (after, new) = sides
    found = diff(old, new)
    if form == "json":
        from licet.show.lists_json import diff_json

        put(diff_json(before, after, found))
        return
    from licet.show.lists_text import diff_text

    put(diff_text(before, after, found))
