"""`licet law`: measures with their days, what is modeled, the book's own consistency; each part loaded when called."""

from __future__ import annotations

import click

from licet.cli.lazy import Lazy

PARTS = {
    "list": "All measures with their status on a day; statements apart from law.",
    "show": "Everything about one measure: its days, neighbors, what reads it.",
    "timeline": "Measures on a true axis of time, for all, a party or a measure; also as SVG.",
    "coverage": "Which sections are modeled, in part or not, and what limits each.",
    "check": "Whether the lawbook agrees with itself; exit 1 where it does not.",
}
"""The subcommands by name, with the line that help shows; each lives in `licet.cli.law.<name>` as `command`."""


@click.group("law", cls=Lazy, lines=PARTS, module="licet.cli.law.{name}_")
def command() -> None:
    """Show the lawbook: measures, their days and status; what is modeled; whether it agrees with itself."""
