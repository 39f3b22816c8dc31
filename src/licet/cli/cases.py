"""`licet cases run`: known-answer cases, as a table of what is right, wrong and open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from licet.cases.judge import Verdict, judge_all
from licet.cases.read import CASE_LIMITS, no_twins, read_cases
from licet.cli import ANSWERED, FOUND
from licet.formats.read import decode, read_source
from licet.model.errors import FactsError, Problem
from licet.sources import open_sources
from licet.state import State

if TYPE_CHECKING:
    from licet.cases.read import KnownAnswer

ENDS = (".yaml", ".yml")
NO_CASES = "expected-failures"
"""Stem of a file beside the cases that holds none."""


@click.group("cases")
def command() -> None:
    """Known-answer cases: an act and a day, with what the law says and where it says so."""


@command.command("run", epilog="Exit codes: 0 no case is wrong, 1 some case is wrong, 2 bad input.")
@click.argument("directory", metavar="DIR")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to show it.")
@click.option("--all", "everything", is_flag=True, help="Show every open case.")
def run(directory: str, form: str, *, everything: bool) -> int:
    """Run every case in the YAML files below DIR (or in one file), and print the table."""
    cases = read_directory(Path(directory))
    sources = open_sources(State(None), own=False)
    judged = judge_all(cases, sources)
    from licet.cases import table

    if form == "json":
        click.echo(table.to_json(judged, sources.book))
    else:
        click.echo(table.to_text(judged, sources.book, everything=everything))
    return FOUND if any(one.verdict is Verdict.WRONG for one in judged) else ANSWERED


def read_directory(directory: Path) -> list[KnownAnswer]:
    """Read every case below a directory, or in one file.

    Args:
        directory: Path of a directory or a file.

    Returns:
        The cases, files in alphabetical order.

    Raises:
        FactsError: There is no case, or a file is refused; the problems of every file are named.
    """
    cases: list[KnownAnswer] = []
    problems: list[Problem] = []
    for path in _files(directory):
        try:
            cases += read_cases(decode(read_source(str(path), CASE_LIMITS), str(path)), str(path))
        except FactsError as error:
            problems += error.problems
    if problems:
        raise FactsError(*problems)
    no_twins(cases)
    return cases


def _files(directory: Path) -> list[Path]:
    if not directory.is_dir():
        return [directory]
    found = sorted(path for path in directory.rglob("*") if path.suffix in ENDS and path.stem != NO_CASES)
    if not found:
        raise FactsError(Problem("no file of cases is in it", str(directory), allowed="files that end in .yaml"))
    return found
