"""`licet lists update`: lists from their official addresses."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from licet.cli import ANSWERED, FOUND
from licet.cli.clock import today
from licet.cli.law.common import put
from licet.cli.lists.common import Progress, list_ids, opened, taking_in
from licet.model.errors import FactsError, Problem

if TYPE_CHECKING:
    from licet.lists.source import Source

LOCK = 60.0
"""Seconds to wait for another update, which holds the store for one list at a time."""


@click.command("update", epilog="Exit codes: 0 all up to date, 1 something failed or was refused, 2 bad input.")
@click.argument("lists", nargs=-1, metavar="[LIST…]", shell_complete=list_ids)
@click.option("--mirror", envvar="LICET_MIRROR", metavar="URL", help="Where the official paths lie instead.")
@click.option("--accept", is_flag=True, help="Take in what was refused as doubtful: you looked at the reasons.")
def command(lists: tuple[str, ...], mirror: str | None, *, accept: bool) -> int:
    """Bring lists up to date from their official addresses; left out: all that have one.

    What a server has not changed is not sent again. Each list is taken in whole, or not at all, by the rules of
    `licet lists add`. What fails leaves the issue before in use, and the other lists go on.
    """
    from licet.lists.addresses import PLAIN, SECURE, checked
    from licet.lists.downloads import Updating
    from licet.lists.intake import REFUSED, Wanted
    from licet.show.lists_text import added_text

    chosen = _chosen(lists)
    where = checked(mirror, (SECURE, PLAIN), "--mirror") if mirror else ""
    with taking_in(), opened(create=True, wait=LOCK) as store, Progress(sys.stderr) as progress:
        updating = Updating(store, chosen, Wanted(today(), accept=accept), where, progress.report)
        outcomes = [updating.one(source) for source in chosen]
    put(added_text(outcomes))
    return FOUND if any(one.state == REFUSED for one in outcomes) else ANSWERED


def _chosen(lists: tuple[str, ...]) -> list[Source]:
    """Return the sources of the lists that a person named, or all that have a file at an address."""
    from licet.lists.downloads import files_of, page_of
    from licet.lists.source import source, sources

    if not lists:
        return [one for one in sources().values() if files_of(one)]
    chosen: dict[str, Source] = {}
    for id_ in lists:
        named = source(id_)
        if not files_of(named):
            todo = f"Get it at {page_of(named)} and take it in: licet lists add FILE."
            raise FactsError(Problem(f"no address with a file of {id_} is known here", field="LIST", todo=todo))
        chosen[named.id] = named
    return list(chosen.values())
