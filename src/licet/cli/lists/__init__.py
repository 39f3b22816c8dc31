"""`licet lists`: official lists in a store of this machine; each part loaded when called."""

from __future__ import annotations

import click

from licet.cli.lazy import Lazy

PARTS = {
    "add": "Take in files of official lists; what is damaged or doubtful is refused with the reason.",
    "update": "Bring lists up to date from their official addresses.",
    "status": "Each list: day of its issue, age, entries, whether it is overdue or needs attention.",
    "show": "Who is on a list on a day.",
    "diff": "What changed on a list between two days.",
    "export": "The entries of a list on a day, as CSV, JSON lines, FollowTheMoney or Parquet.",
    "verify": "Hold everything that is kept against its digests; exit 1 where it is damaged.",
    "rollback": "Take back the issue of a list that arrived last.",
}
"""The subcommands by name, with the line that help shows; each lives in `licet.cli.lists.<name>` as `command`."""


@click.group("lists", cls=Lazy, lines=PARTS, module="licet.cli.lists.{name}_")
def command() -> None:
    """Keep the official lists: read, checked, with their whole history.

    They lie in one file in the folder LICET_HOME; left out: in the folder for data of this system. `licet check` finds
    parties in them, beside what comes with licet.
    """
