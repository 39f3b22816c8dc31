"""What the parts of `licet law` share: the book on a day, ids that complete, text that is printed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from licet.cli.clock import today
from licet.law.book import load
from licet.law.status import transitions_between
from licet.model.errors import FactsError, Problem
from licet.show.law_text import Looked
from licet.state import State, parse

if TYPE_CHECKING:
    from licet.cases.read import KnownAnswer
    from licet.law.book import Book

CASES = "cases"
"""Where the cases are, where nobody says otherwise."""
AS_OF = "DATE[@KNOWN][+WHAT-IF…]; left out: today."


def looked(as_of: str | None) -> Looked:
    """Open the lawbook on a day.

    Args:
        as_of: A state of the law, or None for today.

    Raises:
        FactsError: It cannot be read, or the day lies before the first that the book knows.
    """
    state = parse(as_of) if as_of is not None else State(None)
    day = state.day or today()
    book = opened(state)
    if day < book.first_day:
        message = f"the law of {day} is not known here"
        raise FactsError(Problem(message, field="as_of", allowed=f"{book.first_day} or later"))
    due = transitions_between(book, book.verified_through, day, book.supposed) if day > book.verified_through else ()
    return Looked(book, day, state.known, state.what_ifs, tuple(due))


def opened(state: State) -> Book:
    """Open the lawbook, with the what-ifs of a state applied."""
    if not state.what_ifs:
        return load()
    from licet.sources import open_sources

    return open_sources(state).what_if or load()


def one_of(found: str | None, valid: set[str], field: str) -> None:
    """Refuse a word that is none of the valid ones.

    Raises:
        FactsError: names them and the nearest.
    """
    if found is not None and found not in valid:
        from licet.model.vocabulary import nearest

        words = ", ".join(sorted(valid))
        raise FactsError(Problem(f'found "{found}"', field=field, allowed=words, nearest=nearest(found, valid)))


def ids(ctx: click.Context, param: click.Parameter, begun: str) -> list[str]:  # noqa: ARG001 - click calls it so
    """Complete the id of a measure in the shell."""
    return [id_ for id_ in load() if id_.startswith(begun.upper())]


def cases_in(folder: str) -> list[KnownAnswer] | None:
    """Read the cases of a folder.

    Args:
        folder: The folder; `CASES` may be missing, any other was asked for.

    Returns:
        The cases, or None where there is no such folder.

    Raises:
        FactsError: The folder was asked for and is missing, or one of its files is refused.
    """
    from pathlib import Path

    if not Path(folder).is_dir():
        if folder == CASES:
            return None
        raise FactsError(Problem(f'"{folder}" is no folder', field="--cases", todo="Check the path."))
    from licet.cli.cases import read_directory

    return read_directory(Path(folder))


def put(text: str) -> None:
    """Print a text; colors are dropped where nobody sees them, or where NO_COLOR is set."""
    click.echo(text, color=False if os.environ.get("NO_COLOR") else None)
