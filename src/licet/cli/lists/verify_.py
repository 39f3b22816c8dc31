"""`licet lists verify`: whether what is kept is as it was taken in."""

from __future__ import annotations

import click

from licet.cli import ANSWERED, FOUND
from licet.cli.law.common import put
from licet.cli.lists.common import opened


@click.command("verify", epilog="Exit codes: 0 all is well, 1 something is damaged, 2 the file cannot be opened.")
def command() -> int:
    """Hold the bytes, entries and issues against their digests, and the rows against the issues."""
    from licet.show.lists_text import verify_text

    with opened() as store:
        problems = store.verify()
        put(verify_text(problems, store))
    return FOUND if problems else ANSWERED
