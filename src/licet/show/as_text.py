"""An answer for a terminal: the outcome first, then why, what was only said, what could change it, papers, records."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from licet.model.outcome import Outcome
from licet.show.words import NOT_ADVICE, headline, policy, span, why_open

if TYPE_CHECKING:
    from collections.abc import Iterator

    from licet.model.act import Act
    from licet.model.answer import Answer, Missing, Notice, Reason

WIDTH = 110
SHOWN_VERSION = 8
MOST_NOTICES = 4
MOST_FACTS = 8
COLOR = {
    Outcome.NOT_SUBJECT: "\x1b[1;37m",
    Outcome.NO_LICENSE_REQUIRED: "\x1b[1;32m",
    Outcome.AUTHORIZED: "\x1b[1;34m",
    Outcome.LICENSE_REQUIRED: "\x1b[1;31m",
    Outcome.PROHIBITED: "\x1b[1;97;41m",
}
BOLD, DIM, ITALIC, PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[3m", "\x1b[0m"


def to_text(act: Act, answer: Answer, *, first_look: bool = False, everything: bool = False) -> str:
    """Return an answer for a terminal, at most 110 columns wide; colors are dropped where nobody sees them.

    Args:
        act: The act.
        answer: The answer.
        first_look: Say what a file would add.
        everything: Show every ground that was evaluated.
    """
    lines = [*_answer(answer, everything=everything)]
    if answer.what_if is not None:
        lines += ["", f"{BOLD}what if  {', '.join(answer.what_if.versions.what_ifs)}{PLAIN}", *_answer(answer.what_if, everything=everything)]
    lines += [*_closing(act, answer, first_look=first_look)]
    return "\n".join(line.rstrip() for line in lines)


def _answer(answer: Answer, *, everything: bool) -> Iterator[str]:
    yield from _head(answer)
    yield from _block("why", _why(answer, everything=everything))
    yield from _block("red flags", (f"! {flag}" for flag in answer.red_flags))
    yield from _block("conflicts", answer.conflicts)
    yield from _block("not modeled here", _not_modeled(answer))
    yield from _block("duties", answer.duties)
    yield from _block("said, without legal force", _notices(answer.announcements))
    yield from _block("to come", _pending(answer))
    yield from _block("could change it", _missing(answer))


def _head(answer: Answer) -> Iterator[str]:
    if answer.as_of > answer.verified_through:
        yield f"{BOLD}law verified through {answer.verified_through}; later changes are not known here{PLAIN}"
    head = f"{COLOR[answer.span.at_most]}{headline(answer)}{PLAIN}"
    yield _spread(head, policy(answer.span.policy))
    where = f"law of {answer.as_of}" + (f", known by {answer.known_as_of}" if answer.known_as_of else "")
    if answer.date_from != "asked":
        where += f" ({'today' if answer.date_from == 'today' else answer.date_from})"
    versions = answer.versions
    base = f"book {versions.book[:SHOWN_VERSION]} verified through {answer.verified_through} · lists {versions.lists_issued}"
    left = "" if answer.span.decided else f"{span(answer.span, answer.kind)} ({why_open(answer)})"
    if left and len(left) + len(where) + len(base) + 5 > WIDTH:
        yield from textwrap.wrap(left, WIDTH)
        left = ""
    yield _spread(left, f"{DIM}{where} · {base}{PLAIN}")
    for change in answer.unverified:
        same = change.came == change.stayed_away
        both = "same either way" if same else f"{span(change.came)} if it came, {span(change.stayed_away)} if not"
        yield f"  ? {change.day} {change.title}: not known whether it came; {both}"
    if not answer.exact:
        yield "  the search for the exact range ran out of its budget: the range is sound, and may be too wide"


def _block(title: str, lines: Iterator[str] | tuple[str, ...]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield ""
        yield f"  {BOLD}{title}{PLAIN}"
        for line in found:
            yield from _wrapped(line)


def _wrapped(line: str) -> Iterator[str]:
    if len(_bare(line)) + 4 <= WIDTH:
        yield f"    {line}"
    else:
        yield from textwrap.wrap(line, WIDTH, initial_indent="    ", subsequent_indent="      ")


def _why(answer: Answer, *, everything: bool) -> Iterator[str]:
    shown = [*answer.prohibitions, *answer.requirements]
    weighty = [reason for reason in shown if reason.span.low >= answer.span.low or reason.span.low > 20]
    for reason in weighty or shown:
        yield from _reason(reason)
        for lift in reason.overcome_by:
            if lift.applies or lift.cites:
                yield from _reason(lift)
    closed = [reason for reason in answer.clearances if reason.span.high == 0 or (reason.applies and reason.step == 1)]
    for reason in closed:
        yield from _reason(reason)
    others = [reason for reason in answer.clearances if reason not in closed]
    if everything:
        for reason in others:
            yield from _reason(reason)
    elif others:
        steps = sorted({reason.step for reason in others})
        yield f"{DIM}{len(others)} more grounds evaluated, none reaches this act (steps {steps[0]}–{steps[-1]}; --all shows each){PLAIN}"


def _reason(reason: Reason) -> Iterator[str]:
    cite = " · ".join(reason.cites[:3])
    text = reason.says if reason.subject in {"", *reason.says.split()} or reason.subject in reason.says else f"{reason.subject}: {reason.says}"
    head = f"({reason.step})".ljust(5) + text
    if len(head) + len(cite) + 6 <= WIDTH - 4:
        yield _spread(head, f"{DIM}{cite}{PLAIN}", WIDTH - 4)
        return
    body = textwrap.wrap(head, WIDTH - 4, subsequent_indent="     ")
    if len(body[-1]) + len(cite) + 2 <= WIDTH - 4:
        yield from body[:-1]
        yield _spread(body[-1], f"{DIM}{cite}{PLAIN}", WIDTH - 4)
    else:
        yield from body
        yield _spread("", f"{DIM}{cite}{PLAIN}", WIDTH - 4)


def _not_modeled(answer: Answer) -> Iterator[str]:
    titles = {reason.section: reason for reason in (*answer.requirements, *answer.prohibitions, *answer.clearances)}
    for section in answer.not_modeled:
        reason = titles.get(section)
        yield f"{section}" + (f"  {reason.says.partition(':')[0]}" if reason is not None else "")


def _notices(notices: tuple[Notice, ...]) -> Iterator[str]:
    for notice in notices[-MOST_NOTICES:]:
        yield f"{ITALIC}{notice.day}  {notice.what}; no effect on this answer{PLAIN}"
    if len(notices) > MOST_NOTICES:
        yield f"{DIM}and {len(notices) - MOST_NOTICES} earlier: licet law timeline{PLAIN}"


def _pending(answer: Answer) -> Iterator[str]:
    for notice in answer.pending:
        then = f"then {span(notice.span, answer.kind)}" if notice.span is not None else "no day of effect"
        yield f"{notice.day or ''}  {notice.title} ({notice.status}): {then}  {DIM}{notice.cites[0]}{PLAIN}"


def _missing(answer: Answer) -> Iterator[str]:
    for fact in answer.missing[:MOST_FACTS]:
        yield from _fact(fact, answer)
    if len(answer.missing) > MOST_FACTS:
        yield f"and {len(answer.missing) - MOST_FACTS} more facts: licet ask"


def _fact(fact: Missing, answer: Answer) -> Iterator[str]:
    asked = "" if fact.can_be_asked else " (asked, and it cannot be known)"
    yield f"{fact.question}{asked}  {DIM}{fact.path}{PLAIN}"
    if fact.moves:
        yield "  " + " · ".join(f"{choice.value} → {span(choice.span, answer.kind)}" for choice in fact.choices)


def _closing(act: Act, answer: Answer, *, first_look: bool) -> Iterator[str]:
    yield ""
    if answer.papers:
        yield from textwrap.wrap(f"  papers    {' · '.join(answer.papers)}", WIDTH, subsequent_indent=" " * 12)
    if answer.records:
        yield from textwrap.wrap(f"  records   {answer.records}", WIDTH, subsequent_indent=" " * 12)
    for note in answer.notes:
        yield from textwrap.wrap(f"  note      {note}", WIDTH, subsequent_indent=" " * 12)
    if first_look:
        yield "  a file    states parties, items, dates, owners and end use: `--save ACT.yaml`, then `licet ask ACT.yaml`"
    yield f"  {DIM}digest    {answer.digest[:16]}   {NOT_ADVICE}{PLAIN}"


def _spread(left: str, right: str, width: int = WIDTH) -> str:
    gap = max(width - len(_bare(left)) - len(_bare(right)), 2)
    return f"{left}{' ' * gap}{right}" if right else left


def _bare(text: str) -> str:
    """Return a text without its colors, to count columns."""
    while "\x1b[" in text:
        start = text.index("\x1b[")
        text = text[:start] + text[text.index("m", start) + 1 :]
    return text
