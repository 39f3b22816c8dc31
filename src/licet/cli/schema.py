"""`licet schema`: the JSON Schema of what licet reads."""

from __future__ import annotations

import click


@click.command("schema")
@click.argument("what", type=click.Choice(["act"]))
def command(what: str) -> None:  # noqa: ARG001 - there is one schema so far
    """Print the JSON Schema of an act, for editors and programs: every fact with its question, type and section."""
    import json

    from licet.formats.schema import act_schema

    click.echo(json.dumps(act_schema(), indent=2))
