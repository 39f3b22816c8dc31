"""`licet law`: measures with their days, what is modeled, the book's own consistency; each part loaded when called."""

from __future__ import annotations

from importlib import import_module

import click

PARTS = {
    "list": "All measures with their status on a day; statements apart from law.",
    "show": "Everything about one measure: its days, neighbors, what reads it.",
    "timeline": "Measures on a true axis of time, for all, a party or a measure; also as SVG.",
    "coverage": "Which sections are modeled, in part or not, and what limits each.",
    "check": "Whether the lawbook agrees with itself; exit 1 where it does not.",
}
"""The subcommands by name, with the line that help shows; each lives in `licet.cli.law.<name>` as `command`."""


class Parts(click.Group):
    """A group whose subcommands are loaded when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the subcommands, in the order of use."""
        return list(PARTS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Load one subcommand."""
        if name not in PARTS:
            return None
        command: click.Command = import_module(f"licet.cli.law.{name}_").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the subcommand, or refuse with the nearest name."""
        if args and args[0] not in PARTS and not args[0].startswith("-"):
            from licet.model.vocabulary import nearest

            near = nearest(args[0], PARTS)
            hint = f' Did you mean "{near}"?' if near else f" There are {', '.join(PARTS)}."
            ctx.fail(f'"{args[0]}" is no part of licet law.{hint}')
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the subcommands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(PARTS.items()))


@click.group("law", cls=Parts)
def command() -> None:
    """Show the lawbook: measures, their days and status; what is modeled; whether it agrees with itself."""
