"""The command line: parse, call a verb, show. Each command is a module of its own, loaded when it is called."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING, NoReturn

import click

from licet import __version__
from licet.cli.lazy import Lazy
from licet.model.errors import LicetError, printable

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = {
    "check": "May this act go ahead, as of a date, and why?",
    "ask": "Interview for an act: asks only what can still change the outcome.",
    "watch": "What changed and what is to come; which of it touches your acts and parties.",
    "demo": "The Huawei story on one screen, every cell computed.",
    "law": "Measures, their days and status; sections modeled; the book's own consistency.",
    "party": "The dossier of a party: lists, what they mean, history, orders, what is to come.",
    "lists": "Official lists in a store of this machine: update, add, status, show, diff, export, verify.",
    "ownership": "Who owns a party: the graph of interests, and whether listed parties own half of it.",
    "cases": "Run known-answer cases.",
    "schema": "The JSON Schema of an act.",
}
"""The commands by name, with the line that help shows; each lives in `licet.cli.<name>` as `command`."""
SELDOM = (50_000, 20, 100)
"""After how many new objects memory is searched for circles: a command makes few, and one answer needs no search."""
ANSWERED, FOUND, BAD_INPUT, FAIL_ON, FAULT = 0, 1, 2, 10, 70
"""Exit codes: answered; something was found (`cases run`, `law check`); bad input; `--fail-on` met; a fault of ours."""


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click calls it so
    if not wanted or ctx.resilient_parsing:
        return
    from licet.law.book import SHOWN_VERSION, load

    book = load()
    click.echo(f"licet {__version__} · book {book.version[:SHOWN_VERSION]}, verified through {book.verified_through}")
    ctx.exit()


@click.group(
    cls=Lazy,
    lines=COMMANDS,
    module="licet.cli.{name}",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_version,
    help="Versions of licet and of its lawbook.",
)
def cli() -> None:
    """licet: may this sale, this device on our network, this firmware update go ahead?

    As of any date from 2018-01-01 on, with the authority for every reason. This is not legal advice.
    """


def main(argv: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit code; no traceback reaches a user."""
    gc.set_threshold(*SELDOM)
    try:
        code = cli.main(args=None if argv is None else list(argv), prog_name="licet", standalone_mode=False)
    except LicetError as error:
        for problem in error.problems:
            click.echo(f"licet: {problem}", err=True)
        sys.exit(BAD_INPUT)
    except click.exceptions.Abort:
        click.echo("licet: interrupted", err=True)
        sys.exit(130)
    except click.ClickException as error:
        _refuse(error)
        sys.exit(BAD_INPUT)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(ANSWERED)
    except Exception as error:  # noqa: BLE001 - a fault of ours must not throw its insides at the user
        click.echo(f"licet: a fault in licet itself, not in your input: {_where(error)}", err=True)
        click.echo("licet: please report it with the command and, if you may share it, the act.", err=True)
        sys.exit(FAULT)
    sys.exit(code if isinstance(code, int) else ANSWERED)


def _refuse(error: click.ClickException) -> None:
    """Say what is wrong with a command line, with how it is used; what was typed must not steer the terminal."""
    if isinstance(error, click.UsageError) and error.ctx is not None:
        click.echo(error.ctx.get_usage(), err=True)
    click.echo(f"licet: {printable(error.format_message())}", err=True)


def _where(error: Exception) -> str:
    """Return an unexpected error with the place where it was raised."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" (line {trace.tb_lineno} of {trace.tb_frame.f_globals.get('__name__', '?')})" if trace is not None else ""
    return f"{type(error).__name__}: {error}{place}"
