"""A question of an interview for a terminal: what is asked, why, what may be answered, what each answer would do."""

from __future__ import annotations

import re
import textwrap
from dataclasses import replace
from typing import TYPE_CHECKING

from licet.formats.statement import allowed_records
from licet.formats.value import allowed
from licet.model.act import UNDETERMINABLE
from licet.model.outcome import Because
from licet.model.vocabulary import NOUNS, RECORDS
from licet.show.as_text import BOLD, DIM, PLAIN, WIDTH
from licet.show.words import policy, span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from licet.ask import Interview, Query
    from licet.model.answer import Answer, Span
    from licet.model.errors import FactsError, Problem

COLORS = re.compile(r"\x1b\[[0-9;]*m")
INDENT = 5
COLUMN_GAP = 3
MOST_RULES = 2
"""How many of the rules that ask a fact are named."""
PARTIES, COMPLETE = "parties", "parties_complete"
ANY_OTHER = "any other"
MOST_VALUES = 9
"""How many values are named of those that lead to one range."""
LEAVE_OUT = "`-` says that it is not known yet, `x` that it cannot be known."
HOW = (
    "Answer with a word or its number.  - not known yet   x cannot be known   ? help   now the answer so far   back",
    "Any fact at any time: path = value, such as  parties[1].name = …     Ctrl-C stops and offers to save.",
)
"""What one may type."""


def opening(answer: Answer | None, day: str, base: str) -> str:
    """Return the first lines: under which law, and what one may type."""
    of = f"law of {answer.as_of}" if answer is not None else f"law of {day}" if day else "law of the day of the act"
    return "\n".join([f"{BOLD}licet ask{PLAIN} · {of} · {base}", *(f"{DIM}{line}{PLAIN}" for line in HOW)])


def to_lines(interview: Interview, query: Query) -> str:
    """Return a question for a terminal, at most 110 columns wide."""
    answer = interview.answer
    lines = ["", *_question(interview.asked + 1, query)]
    left = f"{' ' * INDENT}{DIM}{query.row.term} · {query.row.section}{PLAIN}"
    lines.append(_spread(left, f"{DIM}{_open(interview)}{PLAIN}" if query.asked_by else ""))
    lines += _block(_turn_on_it(query), dim=True)
    lines += [line for note in _notes(interview, query) for line in _block(note)]
    lines += list(_what_to_type(query))
    if answer is not None and query.choices:
        lines += list(_effects(query, answer.span, answer.kind))
    return "\n".join(lines)


def help_on(query: Query) -> str:
    """Return the help of the fact that is asked."""
    row = query.row
    unit = f" ({row.unit})" if row.unit else ""
    parts = [row.help, f"Allowed: {_allowed(query)}{unit}."]
    if row.type == RECORDS:
        noun = NOUNS[row.path.rpartition(".")[2]]
        parts.append(f"Say how many there are; then what counts of each {noun} is asked.")
    if UNDETERMINABLE in row.order:
        parts.append("That it cannot be known is an answer of its own here.")
    else:
        parts.append("What cannot be known stays open in a requirement, and counts as not shown in an authorization.")
    parts.append(f"In a file: {query.path}. The law speaks of it in {row.section}.")
    return "\n".join(line for part in parts if part for line in _block(part))


def moved(before: Answer | None, after: Answer | None) -> str:
    """Return how an answer moved the range, or an empty string where it did not."""
    if after is None or (before is not None and before.span == after.span):
        return ""
    said = policy(after.span.policy) if after.span.decided else ""
    return f"{' ' * INDENT}→ {BOLD}{span(after.span, after.kind)}{PLAIN}" + (f"  {said}" if said else "")


def refusal(error: FactsError, asked: str) -> str:
    """Return why an answer was not taken; the path is named where it is not the one that is asked."""
    return "\n".join(line for problem in error.problems for line in _block(f"! {_refused(problem, asked)}"))


def _refused(problem: Problem, asked: str) -> str:
    """Write a problem for one who types: `-` and `x` say what a file says by leaving a fact out and by a word."""
    field = "" if problem.field == asked else problem.field
    allows = problem.allowed.removesuffix(f", {UNDETERMINABLE}")
    todo = LEAVE_OUT if problem.todo.startswith("Leave the fact out") else problem.todo
    return str(replace(problem, file="", line=0, column=0, field=field, allowed=allows, todo=todo))


def closing(interview: Interview) -> str:
    """Return what the end rests on: the lists that were taken as complete, and what was put off."""
    act = interview.act
    lines = []
    for list_ in (PARTIES, "items"):
        names = [str(act.get(f"{list_}[{n}].name") or "without a name") for n in range(act.counts.get(list_, 0))]
        if names and not (list_ == PARTIES and act.get(COMPLETE) == "yes"):
            more = f"another: {list_}[{len(names)}].name = …"
            lines += _block(f"{list_} taken as complete: {'; '.join(names)}  ({more})")
    unknowable = [path for path, stated in act.facts.items() if stated.value == UNDETERMINABLE]
    for what, paths in (("not known yet", sorted(interview.later)), ("cannot be known", unknowable)):
        lines += _block(f"{what}: {', '.join(paths)}") if paths else []
    return "\n".join(lines)


def _question(number: int, query: Query) -> Iterator[str]:
    """Write a question with its number, and the path of its fact at the right edge."""
    *more, last = textwrap.wrap(f"{number:>3}  {query.text}", WIDTH, subsequent_indent=" " * INDENT)
    yield from (f"{BOLD}{line}{PLAIN}" for line in more)
    yield _spread(f"{BOLD}{last}{PLAIN}", f"{DIM}{query.path}{PLAIN}")


def _open(interview: Interview) -> str:
    """Return how many facts are open, as far as is known by now."""
    count = len(interview.open_paths())
    return f"{count} fact{'' if count == 1 else 's'} open"


def _turn_on_it(query: Query) -> str:
    """Return the first rules that turn on a fact, each with its step, as many as one line holds."""
    rules = [f"({step}) {title}" for step, title in sorted(query.asked_by, key=_step)]
    for shown in range(min(len(rules), MOST_RULES), 0, -1):
        more = f" and {len(rules) - shown} more" if len(rules) > shown else ""
        line = f"asked by {', '.join(rules[:shown])}{more}"
        if len(line) + INDENT <= WIDTH or shown == 1:
            return line
    return ""


def _step(rule: tuple[int, str]) -> int:
    return rule[0]


def _notes(interview: Interview, query: Query) -> Iterator[str]:
    """Walk through what a question rests on that the person cannot see."""
    answer = interview.answer
    if answer is None:
        return
    if query.path == COMPLETE:
        yield "`no`: the next party is asked; as long as nothing is known of it, the range is as wide as it says here."
    if query.because is Because.LISTS and query.path.endswith(".listings"):
        yield f"Not in our lists of {answer.versions.lists_issued}, which are not complete: what did screening say?"
    if query.because is Because.MATCH:
        yield from (note for note in answer.notes if "similar to" in note)


def _what_to_type(query: Query) -> Iterator[str]:
    """Write the words to choose from with their numbers, else what may be typed."""
    if query.words:
        yield from _columns([f"{number} {word}" for number, word in enumerate(query.words, 1)])
        if query.several:
            yield from _block("one or several, such as 1, 2", dim=True)
        if query.row.open:
            yield from _block(f"or other words: {_allowed(query)}", dim=True)
    else:
        yield from _block(_allowed(query), dim=True)


def _allowed(query: Query) -> str:
    """Return in words what may be typed."""
    row = query.row
    return allowed_records(row) if row.type == RECORDS else allowed(row).removesuffix(f", {UNDETERMINABLE}")


def _columns(cells: Sequence[str]) -> Iterator[str]:
    """Write cells in as many columns as fit, of one width."""
    room = WIDTH - INDENT
    if sum(map(len, cells)) + COLUMN_GAP * (len(cells) - 1) <= room:
        yield " " * INDENT + (" " * COLUMN_GAP).join(cells)
        return
    width = max(map(len, cells)) + COLUMN_GAP
    across = max(room // width, 1)
    for start in range(0, len(cells), across):
        yield (" " * INDENT + "".join(cell.ljust(width) for cell in cells[start : start + across])).rstrip()


def _effects(query: Query, now: Span, kind: str) -> Iterator[str]:
    """Write what each answer would do, answers of one effect together; last those that do nothing by themselves."""
    here = _effect(now, kind)
    by_range = _by_effect((choice.says, _effect(choice.span, kind)) for choice in query.choices)
    if set(by_range) == {here}:
        yield from _effects_on_ground(query, kind)
        return
    same = by_range.pop(here, None)
    for effect, answers in by_range.items():
        yield from _block(f"{_several(answers)} → {effect}")
    if same:
        yield from _block("any other answer: no change by itself")


def _effects_on_ground(query: Query, kind: str) -> Iterator[str]:
    """Write what each answer would do to one ground, where none moves the range of the whole act."""
    effects = [(choice.says, span(choice.on_ground, kind)) for choice in query.choices if choice.on_ground is not None]
    if not effects:
        yield from _block("no answer moves the range by itself; it counts together with others")
        return
    yield from _block(f"it does not move the range by itself; for the ground {query.ground} alone:")
    for effect, answers in _by_effect(effects).items():
        yield from _block(f"{_several(answers)} → {effect}")


def _by_effect(effects: Iterable[tuple[tuple[str, ...], str]]) -> dict[str, list[str]]:
    """Collect answers by their effect, each once."""
    by_effect: dict[str, list[str]] = {}
    for says, effect in effects:
        answers = by_effect.setdefault(effect, [])
        answers += [word for word in map(_plain, says) if word not in answers]
    return by_effect


def _plain(word: str) -> str:
    return "cannot be known" if word == UNDETERMINABLE else word


def _effect(then: Span, kind: str) -> str:
    return f"{span(then, kind)}, which settles it" if then.decided else span(then, kind)


def _several(answers: Sequence[str]) -> str:
    """Join answers; of many the first are named, and what stands for all others."""
    named = [word for word in answers if word != ANY_OTHER]
    if len(named) > MOST_VALUES:
        named = [*named[:MOST_VALUES], f"{len(named) - MOST_VALUES} more"]
    *more, last = [*named, *(word for word in answers if word == ANY_OTHER)]
    return f"{', '.join(more)} or {last}" if more else last


def _block(text: str, *, dim: bool = False) -> list[str]:
    indent = " " * INDENT
    lines = textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
    return [f"{DIM}{line}{PLAIN}" for line in lines] if dim else lines


def _spread(left: str, right: str) -> str:
    """Put a path at the right edge, or on a line of its own."""
    width, end = (len(COLORS.sub("", text)) for text in (left, right))
    if not right or width + COLUMN_GAP + end <= WIDTH:
        return f"{left}{' ' * (WIDTH - width - end)}{right}".rstrip()
    return f"{left}\n{' ' * (WIDTH - end)}{right}"
