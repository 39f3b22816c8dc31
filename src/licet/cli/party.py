"""`licet party`: the dossier of a party."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

import click

from licet.cli.clock import today
from licet.model.errors import FactsError, Problem
from licet.party import dossier
from licet.party_data import facts
from licet.sources import open_sources
from licet.state import Question, State, parse

if TYPE_CHECKING:
    from licet.party.nouns import Dossier


@click.command("party", epilog="Exit codes: 0 answered, also where nobody was found; 2 bad input.")
@click.argument("party", metavar="NAME|ID")
@click.option("--as-of", "as_of", metavar="STATE", help="DATE[@KNOWN][+WHAT-IF…]; left out: today.")
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text", help="How to show it.")
@click.option("-o", "--output", metavar="FILE", help="Write to a file that does not exist yet.")
@click.option("--all", "everything", is_flag=True, help="In text: every company, name, address and rule.")
def command(party: str, as_of: str | None, form: str, output: str | None, *, everything: bool) -> None:
    r"""Show the dossier of a party: its lists on a day and what they mean, its history, and what is to come.

    A name as a list writes it, the id of an entry, or a family of companies (huawei, zte). Where nobody has the name:
    the near names, and on which lists that means something.

    \b
      licet party Huawei --as-of 2019-05-20
      licet party "ZTE Corporation" --format html -o zte.html
    """
    if not party.isprintable():
        what = "has signs that are no letters, or bytes that are no text"
        raise FactsError(Problem(what, field="the name", todo="Type it again."))
    state = State(None) if as_of is None else parse(as_of)
    if not party.strip():
        raise FactsError(Problem("an empty name", field="NAME|ID", allowed="a name, or the id of an entry"))
    if form == "html" and output is None and sys.stdout.isatty():
        todo = "Name a file, such as -o party.html, or send it on with a pipe."
        raise FactsError(Problem("a page is not for a terminal", field="--format", todo=todo))
    made = dossier(party, Question(state.day or today(), state.known), open_sources(state), facts())
    text = _shown(made, form, everything=everything)
    if output is not None:
        _write(output, click.unstyle(text))
        return
    click.echo(text, color=False if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" else None)


def _shown(made: Dossier, form: str, *, everything: bool) -> str:
    if form == "json":
        from licet.show.party_json import party_json

        return party_json(made)
    if form == "html":
        from licet.show.party_html import party_html

        return party_html(made)
    from licet.show.party_text import USUAL, party_text

    width = shutil.get_terminal_size((USUAL, 0)).columns if sys.stdout.isatty() else USUAL
    return party_text(made, width, everything=everything)


def _write(file: str, text: str) -> None:
    try:
        with open(file, "x", encoding="utf-8") as stream:  # noqa: PTH123 - one file, no path to build
            stream.write(text + "\n")
    except FileExistsError:
        raise FactsError(Problem("exists already", file, todo="Name a file that does not exist.")) from None
    except OSError as error:
        raise FactsError(Problem(f"cannot be written: {error.strerror}", file, todo="Check the path.")) from None
