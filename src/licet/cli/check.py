"""`licet check`: may this act go ahead?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from licet.check import question_of, run
from licet.cli import FAIL_ON
from licet.cli.clock import today
from licet.formats.act import load_act, read_act
from licet.model.errors import FactsError, Problem
from licet.model.outcome import REFER, Outcome
from licet.sources import open_sources
from licet.state import State, parse

if TYPE_CHECKING:
    from licet.model.act import Act
    from licet.model.answer import Answer

FIRST_LOOK = {
    "end-user": "parties[0].name",
    "eccn": "items[0].eccn",
    "item": "items[0].name",
    "value-usd": "items[0].value_usd",
}
"""Short names of a first look; any other `--FACT VALUE` is the path of a fact, such as `--items[0].kind software`."""
OUTCOMES = [outcome.name for outcome in Outcome] + [REFER]


@click.command(
    "check",
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    epilog="Exit codes: 0 answered, 2 bad input, 10 --fail-on met.",
)
@click.argument("act", required=False)
@click.option("--as-of", "as_of", metavar="STATE", help="DATE[@KNOWN][+WHAT-IF…]; else the act's own date, else today.")
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text", help="How to show it.")
@click.option(
    "--fail-on", type=click.Choice(OUTCOMES), help="Exit 10 where at_most reaches it; REFER: where the answer is open."
)
@click.option("--on-ground", default="", metavar="GROUND", help="Ask on one ground alone, such as us_ear/744.11.")
@click.option(
    "--assume-lists-complete", is_flag=True, help="Take a name that is not found as on no list; the answer repeats it."
)
@click.option("--save", metavar="ACT.yaml", help="Write the act of a first look to a file.")
@click.option("--all", "everything", is_flag=True, help="Show every ground that was evaluated.")
@click.pass_context
def command(ctx: click.Context, /, act: str | None, as_of: str | None, **options: object) -> int:
    r"""May this act go ahead, as of a date, and why?

    ACT is a YAML or JSON file, or - for standard input. Without a file, state facts for a first look:

    \b
      licet check --to CN --end-user "Huawei Technologies Co., Ltd." --eccn EAR99 --as-of 2019-06-30
    """
    state = State(None) if as_of is None else parse(as_of)
    stray = list(ctx.args)
    if act is not None and act.startswith("--"):  # click hands the first unknown option over as the argument
        stray, act = [act, *stray], None
    pairs = _pairs(stray)
    made = _act(act, pairs)
    if options["save"]:
        _save(made, str(options["save"]))
    ground = _ground(str(options["on_ground"]))
    question = question_of(
        made,
        state,
        today=today(),
        ground=ground,
        assume_lists_complete=bool(options["assume_lists_complete"]),
    )
    answer = run(made, question, open_sources(state))
    first_look = act is None
    click.echo(_shown(answer, str(options["form"]), first_look=first_look, everything=bool(options["everything"])))
    return FAIL_ON if options["fail_on"] and _met(answer, str(options["fail_on"])) else 0


def _act(file: str | None, pairs: list[tuple[str, str]]) -> Act:
    if file is not None and pairs:
        todo = "State the facts in the file."
        raise FactsError(Problem(f"a file and facts at once: {file} and --{pairs[0][0]}", todo=todo))
    if file is not None:
        return load_act(file) if Path(file).exists() or file == "-" else _shipped(file)
    if not pairs:
        raise FactsError(Problem("no act: give a file, -, or facts such as --to CN", todo="See licet check --help."))
    from licet.formats.flags import act_from_flags

    facts = [(FIRST_LOOK.get(name, name), text) for name, text in pairs]
    kind = next((text for path, text in facts if path == "kind"), "export")
    stated = {path for path, _ in facts}
    if kind == "export" and "parties[0].name" in stated and "parties[0].role" not in stated:
        facts.append(("parties[0].role", "ultimate_consignee, end_user"))
    return act_from_flags(kind, [(path, text) for path, text in facts if path != "kind"])


def _shipped(name: str) -> Act:
    """Read an act of the demo by its name, where no file has it."""
    from licet.story_data import act_text

    text = act_text(name)
    return load_act(name) if text is None else read_act(text, file=name)


def _ground(name: str) -> str:
    """Refuse a ground that nobody evaluates, with the nearest that there is."""
    if name:
        from licet.law.regimes import grounds, is_ground
        from licet.model.vocabulary import nearest

        if not is_ground(name):
            near, todo = nearest(name, grounds()), "`licet law coverage` shows them all."
            raise FactsError(Problem(f'"{name}" is no ground', field="--on-ground", nearest=near, todo=todo))
    return name


def _pairs(arguments: list[str]) -> list[tuple[str, str]]:
    """Read `--FACT VALUE` and `--FACT=VALUE` from what click does not know."""
    pairs = []
    rest = iter(arguments)
    for argument in rest:
        name, equals, text = argument.removeprefix("--").partition("=")
        if not argument.startswith("--") or not name:
            raise FactsError(Problem(f'found "{argument}"', field="the command line", allowed="--FACT VALUE"))
        value = text if equals else next(rest, None)
        if value is None:
            raise FactsError(Problem("no value follows", field=f"--{name}", allowed="--FACT VALUE"))
        pairs.append((name, value))
    return pairs


def _save(act: Act, path: str) -> None:
    from licet.formats.write import act_to_yaml

    target = Path(path)
    if target.exists():
        raise FactsError(Problem("exists already", str(target), todo="Name a file that does not exist."))
    try:
        target.write_text(act_to_yaml(act), encoding="utf-8")
    except OSError as error:
        raise FactsError(Problem(f"cannot be written: {error.strerror}", str(target))) from None


def _met(answer: Answer, fail_on: str) -> bool:
    if fail_on == REFER:
        return answer.outcome == REFER
    return answer.span.at_most >= Outcome[fail_on]


def _shown(answer: Answer, form: str, *, first_look: bool, everything: bool) -> str:
    if form == "json":
        from licet.show.as_json import to_json

        return to_json(answer)
    if form == "html":
        from licet.show.as_html import to_html

        return to_html(answer)
    from licet.show.as_text import to_text

    return to_text(answer, first_look=first_look, everything=everything)
