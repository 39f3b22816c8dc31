"""`licet law timeline`: measures on a true axis of time, as text or as SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from licet.cli.law.common import ids, put
from licet.model.errors import FactsError, Problem

if TYPE_CHECKING:
    from datetime import date

    from licet.show.timeline import Timeline


@click.command("timeline")
@click.argument("subject", required=False, default="", metavar="[PARTY|MEASURE]", shell_complete=ids)
@click.option("--from", "first", metavar="DAY", help="First day of the axis.")
@click.option("--to", "last", metavar="DAY", help="Last day of the axis.")
@click.option("--format", "form", type=click.Choice(["text", "svg"]), default="text", help="How to show it.")
@click.option("-o", "--output", "file", metavar="FILE", help="Write to a file that does not exist yet.")
def command(subject: str, first: str | None, last: str | None, form: str, file: str | None) -> None:
    """Show measures on an axis of time: law as bars, words without legal force as ticks, stays and doubts apart.

    For all measures; for one (its id) with what amends, ends, stays or concerns it; for a party, by its name on a list
    or a family of companies (huawei, zte), with its listings and all that touches them.
    """
    from licet.law.book import load
    from licet.lists.store import open_lists
    from licet.show.timeline import timeline

    days = (_day(first, "--from"), _day(last, "--to"))
    text = _shown(timeline(load(), open_lists(), subject, days), form)
    if file is None:
        put(text)
    else:
        _write(file, text)


def _shown(line: Timeline, form: str) -> str:
    if form == "svg":
        from licet.show.timeline_svg import timeline_svg

        return timeline_svg(line)
    from licet.show.timeline_text import timeline_text

    return timeline_text(line)


def _day(text: str | None, field: str) -> date | None:
    if text is None:
        return None
    from licet.formats.value import Refusal, parse_day

    day = parse_day(text)
    if isinstance(day, Refusal):
        raise FactsError(Problem(day.message, field=field, allowed=day.allowed, nearest=day.nearest, todo=day.todo))
    return day


def _write(file: str, text: str) -> None:
    from licet.show.columns import bare

    try:
        with open(file, "x", encoding="utf-8") as stream:  # noqa: PTH123 - one file, no path to build
            stream.write(bare(text) + "\n")
    except FileExistsError:
        raise FactsError(Problem("exists already", file, todo="Name a file that does not exist.")) from None
    except OSError as error:
        raise FactsError(Problem(f"cannot be written: {error.strerror}", file, todo="Check the path.")) from None
