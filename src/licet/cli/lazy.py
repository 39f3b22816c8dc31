"""A group of commands that are loaded when they are called, so that start-up pays for one alone."""

from __future__ import annotations

from importlib import import_module

import click


class Lazy(click.Group):
    """A group whose commands live in modules of their own, each as `command`.

    Args:
        lines: The commands by name, in the order of use, each with the line that help shows.
        module: Where a command lives: `licet.cli.{name}`.
    """

    def __init__(self, *, lines: dict[str, str], module: str, **options: object) -> None:
        """Take the commands; none is loaded yet."""
        super().__init__(**options)  # type: ignore[arg-type]
        self.lines, self.module = lines, module

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order of use."""
        return list(self.lines)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Load one command."""
        if name not in self.lines:
            return None
        command: click.Command = import_module(self.module.format(name=name)).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or refuse with the nearest name."""
        if args and args[0] not in self.lines and not args[0].startswith("-"):
            from licet.model.vocabulary import nearest

            near = nearest(args[0], self.lines)
            hint = f'Did you mean "{near}"?' if near else f"There are {', '.join(self.lines)}."
            ctx.fail(f'"{args[0]}" is no command of {ctx.command_path}. {hint}')
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self.lines.items()))
