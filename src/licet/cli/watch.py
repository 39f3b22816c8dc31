"""`licet watch`: what changed, what is to come, and what of it touches the given acts and parties."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from licet.cli import ANSWERED, BAD_INPUT, FOUND
from licet.cli.clock import today
from licet.cli.law.common import put
from licet.model.errors import FactsError, Problem
from licet.sources import open_sources
from licet.state import State
from licet.watch import watch
from licet.watching.window import AHEAD, ONE_DAY, window

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from licet.model.act import Act
    from licet.watch import Watched
    from licet.watching.parties import Parties
    from licet.watching.point import Point

TABLES = (".csv", ".tsv")
"""Ends of the names of files of parties; every other file is an act."""


@click.command("watch", epilog="Exit codes: 0 nothing found, 1 something found, 2 bad input.")
@click.argument("files", nargs=-1, metavar="[ACT…|PARTIES.csv…]")
@click.option("--since", metavar="DATE|POINT", help="First day, or the file of an earlier look; else 30 days back.")
@click.option(
    "--next",
    "ahead",
    default=AHEAD,
    metavar="LENGTH",
    show_default=True,
    help="From today on: 180d, 26w, 6m, 1y, a day.",
)
@click.option("--known", metavar="DAY", help="As licet would have known it on that day.")
@click.option("--save", metavar="POINT", help="Write the point of this look, for a later --since.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to show it.")
@click.option("--all", "everything", is_flag=True, help="Show every change of a list, and every party that is touched.")
@click.option("--quiet", is_flag=True, help="Say nothing where nothing is found.")
def command(files: tuple[str, ...], since: str | None, ahead: str, known: str | None, **options: object) -> int:
    """Say what changed, what is to come, and which of the given acts and parties it touches, and how.

    ACT is a YAML or JSON file as `licet check` reads it, or an act of the demo by its name. PARTIES.csv has a column
    name, and country and id where there are such. With acts or parties, found is what touches them; without, any
    change in the window. A row that cannot be read makes the exit code 2, whatever is found.
    """
    day, point = _since(since)
    seen = _day(known, "--known") if known is not None else None
    if seen is not None and options["save"]:
        todo = "Leave --known out: a point says what is known today."
        raise FactsError(Problem("a point as it would have been known once", field="--save", todo=todo))
    sources = open_sources(State(None, seen))
    days = window(sources.book, today(), day, ahead, seen)
    acts, parties = _read(files)
    found = watch(sources, days, acts, parties, point)
    if options["save"]:
        from licet.watch import point_of

        _save(str(options["save"]), point_of(found, sources, acts))
    if not (options["quiet"] and not found.found and not found.bad):
        put(_shown(found, str(options["form"]), everything=bool(options["everything"])))
    return BAD_INPUT if found.bad else FOUND if found.found else ANSWERED


def _shown(found: Watched, form: str, *, everything: bool) -> str:
    if form == "json":
        from licet.show.watch_json import watch_json

        return watch_json(found)
    from licet.show.watch_text import watch_text

    return watch_text(found, everything=everything)


def _since(text: str | None) -> tuple[date | None, Point | None]:
    """Read a day, or the point of an earlier look: what changed on its own day was in that look already."""
    if text is None:
        return None, None
    if not _is_there(text):
        return _day(text, "--since", "YYYY-MM-DD, or the file that --save wrote"), None
    from licet.formats.node import Limits
    from licet.formats.read import decode, read_source
    from licet.watching.point import MOST_DIGESTS, read_point

    point = read_point(decode(read_source(text, Limits(size=MOST_DIGESTS)), text), text)
    if point.day > today():
        raise FactsError(Problem(f"the look of {point.day} lies after today, {today()}", text, todo="Check the clock."))
    return point.day + ONE_DAY, point


def _is_there(path: str) -> bool:
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return False


def _day(text: str, field: str, allowed: str = "") -> date:
    from licet.formats.value import Refusal, parse_day

    day = parse_day(text)
    if isinstance(day, Refusal):
        problem = Problem(day.message, field=field, allowed=allowed or day.allowed, nearest=day.nearest, todo=day.todo)
        raise FactsError(problem)
    return day


def _read(files: Iterable[str]) -> tuple[list[Act], list[Parties]]:
    """Read acts and tables of parties; what is wrong in any of them is said at once."""
    acts: list[Act] = []
    parties: list[Parties] = []
    problems: list[Problem] = []
    for file in files:
        try:
            if file.lower().endswith(TABLES):
                parties.append(_parties(file))
            else:
                acts.append(_act(file))
        except FactsError as error:
            problems += error.problems
    if problems:
        raise FactsError(*problems)
    return acts, parties


def _parties(file: str) -> Parties:
    from licet.formats.read import decode, read_source
    from licet.watching.parties import LIMITS, read_parties

    return read_parties(decode(read_source(file, LIMITS), file), file)


def _act(file: str) -> Act:
    """Read an act from a file, or one of the demo by its name, where no file has it."""
    from licet.formats.act import load_act, read_act

    if _is_there(file) or file == "-":
        return load_act(file)
    from licet.story_data import act_text

    text = act_text(file)
    return load_act(file) if text is None else read_act(text, file=file)


def _save(file: str, point: Point) -> None:
    """Write the point of a look, whole or not at all; over another point, never over another file."""
    from licet.watching.point import is_point, to_text

    target = Path(file)
    beside = target.with_name(f"{target.name}.new")
    try:
        if target.exists() and not is_point(target.read_text(encoding="utf-8", errors="replace")[:100]):
            todo = "Name a file that does not exist, or a point."
            raise FactsError(Problem("exists already and is no point of an earlier look", file, todo=todo))
        beside.write_text(to_text(point), encoding="utf-8")
        beside.replace(target)
    except OSError as error:
        raise FactsError(Problem(f"cannot be written: {error.strerror}", file, todo="Check the path.")) from None
