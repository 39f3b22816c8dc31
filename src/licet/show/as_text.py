"""An answer for a terminal: the outcome first, then why, what was only said, what could change it, papers, records."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from licet.model.outcome import Outcome, value
from licet.show.words import NOT_ADVICE, headline, policy, span, why_open

if TYPE_CHECKING:
    from collections.abc import Iterator

    from licet.model.answer import Answer, Missing, Notice, Reason

WIDTH = 110
SHOWN_VERSION = 8
MOST_NOTICES = 3
LABEL = 10
MOST_CITES = 3
LAST_GATE = 4
EXCEPTIONS = {"available": "claimed and open:", "candidate": "could be claimed:", "unavailable": "not"}
"""How the exceptions of each standing are headed."""
CHART_COLUMN = "us_ear/738.4 "
"""How the grounds of the columns of the Country Chart begin: they are shown where nothing else is required."""
NO_REQUIREMENT = value(Outcome.NO_LICENSE_REQUIRED)
MOST_FACTS = 8
COLOR = {
    Outcome.NOT_SUBJECT: "\x1b[1;37m",
    Outcome.NO_LICENSE_REQUIRED: "\x1b[1;32m",
    Outcome.AUTHORIZED: "\x1b[1;34m",
    Outcome.LICENSE_REQUIRED: "\x1b[1;31m",
    Outcome.PROHIBITED: "\x1b[1;97;41m",
}
BOLD, DIM, ITALIC, PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[3m", "\x1b[0m"


def to_text(answer: Answer, *, first_look: bool = False, everything: bool = False) -> str:
    """Return an answer for a terminal, at most 110 columns wide; colors are dropped where nobody sees them.

    Args:
        answer: The answer.
        first_look: Say what a file would add.
        everything: Show every ground that was evaluated.
    """
    lines = [*_side_by_side(answer, answer.what_if)] if answer.what_if is not None else []
    lines += [*_answer(answer, everything=everything)]
    if answer.what_if is not None:
        title = f"{BOLD}what if  {', '.join(answer.what_if.versions.what_ifs)}{PLAIN}"
        lines += ["", title, *_answer(answer.what_if, everything=everything)]
    lines += [*_closing(answer, first_look=first_look)]
    return "\n".join(line.rstrip() for line in lines)


def _side_by_side(real: Answer, other: Answer) -> Iterator[str]:
    """Write the two states beside one another: what the law says, and what it would say."""
    rows = {
        "": (f"law of {real.as_of}", f"with {', '.join(other.versions.what_ifs)}"),
        "outcome": tuple(span(one.span, one.kind) for one in (real, other)),
        "required": tuple(span(one.requirement, one.kind) for one in (real, other)),
        "policy": tuple(policy(one.span.policy) or "none" for one in (real, other)),
        "open": tuple(why_open(one) or "nothing" for one in (real, other)),
    }
    half = (WIDTH - LABEL) // 2
    for label, (left, right) in rows.items():
        columns = [textwrap.wrap(text, half - 2) for text in (left, right)]
        for number in range(max(map(len, columns))):
            cells = [column[number] if number < len(column) else "" for column in columns]
            yield f"{(label if not number else ''):<{LABEL}}{cells[0]:<{half}}{cells[1]}"
    yield ""


def _answer(answer: Answer, *, everything: bool) -> Iterator[str]:
    yield from _head(answer)
    yield from _block("why", _why(answer, everything=everything))
    yield from _block("license exceptions", _exceptions(answer))
    yield from _block("red flags", (f"! {flag}" for flag in answer.red_flags))
    yield from _block("conflicts", answer.conflicts)
    title = (
        "open: in scope, and not modeled here"
        if not answer.span.decided
        else "open for the review policy alone: in scope, and not modeled here"
    )
    yield from _block(title, _not_modeled(answer))
    yield from _block("duties", answer.duties)
    yield from _block("said, without legal force and without effect on this answer", _notices(answer.announcements))
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
    verified = f"verified through {answer.verified_through}"
    age = (answer.as_of - versions.lists_issued).days
    old = f", {age:,} days old" if age > 0 else ""
    base = f"book {versions.book[:SHOWN_VERSION]} {verified} · lists {versions.lists_issued}{old}"
    range_ = "" if headline(answer).startswith("OPEN") else f"{span(answer.span, answer.kind)} "
    left = "" if answer.span.decided else f"{range_}({why_open(answer)})"
    if left and len(left) + len(where) + len(base) + 5 > WIDTH:
        yield from textwrap.wrap(left, WIDTH)
        left = ""
    yield _spread(left, f"{DIM}{where} · {base}{PLAIN}")
    for change in answer.unverified:
        if change.same:
            both = "same either way"
        else:
            both = f"{span(change.came)} if it came, {span(change.stayed_away)} if not"
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
    """Write what is certain with what overcomes it, then what may apply; the rest is counted, or shown with `--all`."""
    claims = [*answer.prohibitions, *answer.requirements]
    modeled = [claim for claim in claims if claim.section not in answer.not_modeled]
    gates = [one for one in answer.clearances if one.span.low < NO_REQUIREMENT and one.step <= LAST_GATE and one.closes]
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for reason in [*gates, *(part for claim in modeled for part in (claim, *_lifts(claim)))]:
        if (reason.says, reason.cites) not in seen:
            seen.add((reason.says, reason.cites))
            yield from _reason(reason)
    chart = [] if claims else [one for one in answer.clearances if one.section.startswith(CHART_COLUMN)][:MOST_FACTS]
    for reason in () if everything else chart:
        yield from _reason(reason)
    others = [one for one in answer.clearances if one not in gates and (everything or one not in chart)]
    for reason in others if everything else ():
        yield from _reason(reason)
    if others and not everything:
        steps = sorted({reason.step for reason in others})
        which = f"steps {steps[0]}-{steps[-1]}; --all shows each"
        yield f"{DIM}{len(others)} more grounds evaluated, none reaches this act ({which}){PLAIN}"


def _lifts(claim: Reason) -> Iterator[Reason]:
    """Walk through what overcomes a claim, or may; and where nothing does for certain, what is in force and why not."""
    holding = [lift for lift in claim.overcome_by if lift.applies]
    if not any(lift.span.low == lift.span.high for lift in holding):
        yield from (lift for lift in claim.overcome_by if not lift.applies and lift.cites)
    yield from holding


def _reason(reason: Reason) -> Iterator[str]:
    cite = " · ".join(reason.cites[:MOST_CITES])
    about = "" if reason.authorizes or not reason.subject or reason.subject in reason.says else f"{reason.subject}: "
    shown = "unless shown: " if reason.authorizes and reason.span.low < reason.span.high else ""
    text = about + shown + reason.says
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


def _exceptions(answer: Answer) -> Iterator[str]:
    """Write which exceptions are or could be claimed, and of those that an entry names why not."""
    for word, label in EXCEPTIONS.items():
        found = [one for one in answer.exceptions if one.word == word]
        if word == "unavailable":
            yield from (f"{label} {one.says}  {DIM}15 CFR {one.section}{PLAIN}" for one in found[:MOST_FACTS])
        elif found:
            yield f"{label} {', '.join(f'{one.symbol} ({one.section})' for one in found)}"


def _not_modeled(answer: Answer) -> Iterator[str]:
    claims = (*answer.requirements, *answer.prohibitions, *answer.clearances)
    titles = {reason.section: reason.title for reason in claims}
    for section in answer.not_modeled[:MOST_FACTS]:
        title = titles.get(section, "")
        yield section + (f"  {DIM}{title}{PLAIN}" if title else "")
    if len(answer.not_modeled) > MOST_FACTS:
        yield f"and {len(answer.not_modeled) - MOST_FACTS} more sections that may reach it as long as facts are open"


def _notices(notices: tuple[Notice, ...]) -> Iterator[str]:
    for notice in notices[-MOST_NOTICES:]:
        yield f"{ITALIC}{notice.day}  {notice.title}: {notice.what}{PLAIN}"
    if len(notices) > MOST_NOTICES:
        yield f"{DIM}and {len(notices) - MOST_NOTICES} earlier: licet law timeline{PLAIN}"


def _pending(answer: Answer) -> Iterator[str]:
    for notice in answer.pending:
        then = f"then {span(notice.span, answer.kind)}" if notice.span is not None else "no day of effect"
        yield f"{notice.day or ''}  {notice.title} ({notice.status}): {then}  {DIM}{notice.cites[0]}{PLAIN}"


def _missing(answer: Answer) -> Iterator[str]:
    moving = [fact for fact in answer.missing if fact.moves] or list(answer.missing)
    for fact in moving[:MOST_FACTS]:
        yield from _fact(fact, answer)
    rest = len(answer.missing) - len(moving[:MOST_FACTS])
    if rest:
        yield f"{DIM}and {rest} more fact{'s' if rest > 1 else ''}, none of which moves it alone: licet ask{PLAIN}"


def _fact(fact: Missing, answer: Answer) -> Iterator[str]:
    asked = "" if fact.can_be_asked else " (asked, and it cannot be known)"
    yield f"{fact.question}{asked}  {DIM}{fact.path}{PLAIN}"
    if not fact.moves:
        return
    by_span: dict[str, list[str]] = {}
    for choice in fact.choices:
        by_span.setdefault(span(choice.span, answer.kind), []).append(choice.value)
    yield "  " + " · ".join(f"{' or '.join(values)} → {then}" for then, values in by_span.items())


def _closing(answer: Answer, *, first_look: bool) -> Iterator[str]:
    yield ""
    if answer.papers:
        yield from textwrap.wrap(f"  papers    {' · '.join(answer.papers)}", WIDTH, subsequent_indent=" " * 12)
    if answer.records:
        yield from textwrap.wrap(f"  records   {answer.records}", WIDTH, subsequent_indent=" " * 12)
    for note in answer.notes:
        yield from textwrap.wrap(f"  note      {note}", WIDTH, subsequent_indent=" " * 12)
    if first_look:
        yield "  a file    adds owners, end use, dates and papers: --save ACT.yaml, then licet ask ACT.yaml"
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
