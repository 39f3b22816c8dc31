"""`licet ask`: the interview at a terminal."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from licet.ask import Setting, begin
from licet.cli.clock import today
from licet.formats.act import load_act
from licet.formats.read import STDIN
from licet.law.book import SHOWN_VERSION
from licet.model.errors import FactsError, Problem
from licet.show import as_question
from licet.show.as_text import to_text
from licet.sources import open_sources
from licet.state import State, parse

if TYPE_CHECKING:
    from licet.ask import Interview

INTERRUPTED = 130
PROMPT = "  > "
DECIDED = "     Nothing that is left to ask can change the outcome."
OPEN = "     The range stays open, and nothing that is left to ask can move it."
BACK, NOW, HELP = frozenset(("back", "b", "undo")), frozenset(("now", "answer")), frozenset(("?", "help"))


@click.command("ask", epilog="Exit codes: 0 answered, 2 bad input, 130 interrupted (what is there is saved if wished).")
@click.argument("act", required=False)
@click.option("--as-of", "as_of", metavar="STATE", help="DATE[@KNOWN][+WHAT-IF…]; else the act's own date, else today.")
@click.option("-o", "--output", "output", metavar="OUT.yaml", help="Write the finished act here; else it is asked.")
@click.option(
    "--assume-lists-complete", is_flag=True, help="Take a name that is not found as on no list; the answer repeats it."
)
def command(act: str | None, as_of: str | None, output: str | None, *, assume_lists_complete: bool) -> int:
    """Interview for an act: asks only what can still change the outcome, and says what each answer would do.

    ACT is a YAML or JSON file with what is known already; without it the interview begins with the kind of act.
    """
    if act == STDIN:
        todo = "Give the act as a file."
        raise FactsError(Problem("an interview reads its answers from standard input", field=STDIN, todo=todo))
    target = _target(output, act) if output else None
    state = State(None) if as_of is None else parse(as_of)
    sources = open_sources(state)
    setting = Setting(state, sources, today(), assume_lists_complete=assume_lists_complete)
    session = _Session(begin(setting, load_act(act) if act else None), target, act or "")
    base = f"book {sources.book.version[:SHOWN_VERSION]} verified through {sources.book.verified_through}"
    click.echo(as_question.opening(session.now.answer, str(state.day or ""), f"{base} · lists {sources.lists.issued}"))
    return session.run()


def _target(output: str, act: str | None) -> Path:
    """Return the file to write, or refuse one that would be lost: only the act's own file is written over."""
    target = Path(output)
    own = act is not None and target.exists() and target.samefile(act)
    if target.exists() and not own:
        raise FactsError(Problem("exists already", output, todo="Name a file that does not exist."))
    if not target.parent.is_dir():
        raise FactsError(Problem("lies in a directory that does not exist", output, todo="Make the directory first."))
    return target


class _Session:
    """One interview at a terminal: the moment it is at, and where the act is written."""

    def __init__(self, now: Interview, target: Path | None, own: str) -> None:
        self.now, self.target, self.own = now, target, own

    def run(self) -> int:
        """Ask until nothing is left, or until the person stops; return the exit code."""
        with suppress(ImportError):
            import readline  # noqa: F401 - gives the prompt its line editing
        try:
            self.ask()
        except (KeyboardInterrupt, EOFError) as stop:
            return self.stopped(by_hand=isinstance(stop, KeyboardInterrupt))
        return 0

    def ask(self) -> None:
        """Ask, and close when the person is content with the end."""
        shown: Interview | None = None
        while True:
            query = self.now.query
            if self.now is not shown:
                shown = self.now
                click.echo(as_question.to_lines(self.now, query) if query else self.end())
            if self.hear(input(PROMPT).strip()):
                break
        self.write(f"File for the act (Enter: none){PROMPT}")

    def hear(self, text: str) -> bool:
        """Take one line; return whether it ends the interview."""
        query = self.now.query
        word = text.lower()
        if not text:
            if query is not None:
                click.echo("     Nothing typed. `-` says that it is not known yet, `?` shows help.")
            return query is None
        if word in BACK:
            self.back()
        elif word in NOW:
            click.echo(to_text(self.now.answer) if self.now.answer is not None else "     Nothing is stated yet.")
        elif word in HELP:
            click.echo(as_question.help_on(query) if query is not None else "\n".join(as_question.HOW))
        else:
            self.say(text)
        return False

    def say(self, text: str) -> None:
        """Take an answer or a fact, or say why not."""
        before, query = self.now, self.now.query
        try:
            self.now = before.hear(text)
        except FactsError as error:
            click.echo(as_question.refusal(error, query.path if query is not None else ""))
            return
        moved = as_question.moved(before.answer, self.now.answer)
        if moved:
            click.echo(moved)

    def back(self) -> None:
        """Take the last answer back."""
        if self.now.before is None:
            click.echo("     This is the beginning; there is nothing to take back.")
            return
        self.now = self.now.back()

    def end(self) -> str:
        """Return the answer, and what it rests on."""
        answer = self.now.answer
        if answer is None:
            return ""
        said = DECIDED if answer.span.decided else OPEN
        rests_on = as_question.closing(self.now)
        parts = ["", said, "", to_text(answer), "", *([rests_on] if rests_on else []), "     Enter ends the interview."]
        return "\n".join(parts)

    def write(self, prompt: str) -> None:
        """Write the act, asking for a name where none was given or the file cannot be written."""
        while True:
            if self.target is None:
                name = input(prompt).strip()
                if not name:
                    return
                try:
                    self.target = _target(name, self.own or None)
                except FactsError as error:
                    click.echo(as_question.refusal(error, ""))
                    continue
            try:
                _write(self.now, self.target)
            except OSError as error:
                click.echo(f"     ! {self.target} cannot be written: {error.strerror}")
                self.target = None
                continue
            click.echo(f"     written: {self.target}")
            return

    def stopped(self, *, by_hand: bool) -> int:
        """Offer to save what is there; where the input has ended nobody can be asked, and a named file is written."""
        click.echo("\n     Interrupted." if by_hand else "\n     The input has ended before the interview.")
        if not self.now.act.facts:
            return INTERRUPTED
        with suppress(KeyboardInterrupt, EOFError):
            if self.target is not None and by_hand:
                keep = input(f"Save what is there to {self.target}? yes or no{PROMPT}").strip().lower()
                if keep not in {"yes", "y"}:
                    return INTERRUPTED
            self.write(f"File for what is there (Enter: none){PROMPT}")
        return INTERRUPTED


def _write(now: Interview, target: Path) -> None:
    """Write the act beside its file first, so that a failure leaves the old file whole."""
    from licet.formats.write import act_to_yaml

    act = now.result
    answer = now.answer if act == now.act else begin(now.setting, act).answer
    header = [f"law of {answer.as_of}: {answer.outcome}, digest {answer.digest}"] if answer is not None else []
    draft = target.with_name(f".{target.name}.part")
    draft.write_text(act_to_yaml(act, header=header), encoding="utf-8")
    draft.replace(target)
