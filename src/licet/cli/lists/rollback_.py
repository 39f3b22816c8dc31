"""`licet lists rollback`: take back the issue that arrived last."""

from __future__ import annotations

import click

from licet.cli.clock import today
from licet.cli.law.common import put
from licet.cli.lists.common import list_ids, opened


@click.command("rollback")
@click.argument("list_", metavar="LIST", shell_complete=list_ids)
def command(list_: str) -> None:
    """Take back the issue of a list that arrived last: from today on it counts no more.

    Its bytes stay, and what was known before today stays as it was. The same file can be added again.
    """
    from licet.lists.kept import in_use
    from licet.lists.source import source
    from licet.show.lists_text import rollback_text

    with opened() as store:
        with store.update():
            taken_back = store.rollback(source(list_).feeds, today())
        put(rollback_text(taken_back, in_use(store.issues(taken_back.list), today())))
