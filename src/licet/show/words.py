"""The words of an answer that every form of it shares: outcomes, policies, headlines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from licet.model.outcome import Because, Outcome, Policy

if TYPE_CHECKING:
    from licet.model.answer import Answer, Span

OUTCOME = {
    Outcome.NOT_SUBJECT: "NOT SUBJECT",
    Outcome.NO_LICENSE_REQUIRED: "NO LICENSE REQUIRED",
    Outcome.AUTHORIZED: "AUTHORIZED",
    Outcome.LICENSE_REQUIRED: "LICENSE REQUIRED",
    Outcome.PROHIBITED: "PROHIBITED",
}
CONNECTION = {**OUTCOME, Outcome.NO_LICENSE_REQUIRED: "NO BAR"}
"""For a device on a network nothing is licensed: what is not prohibited meets no bar."""
BECAUSE = {
    Because.FACTS: "facts that you can answer",
    Because.MATCH: "a name that is near a listed one",
    Because.LISTS: "a party that our lists do not know",
    Because.NOT_MODELED: "law that is not modeled here",
    Because.CONFLICT: "sources that differ",
    Because.OTHER_REGIME: "a regime without rules here",
}
"""Why a range is open, in words."""
NOT_ADVICE = "This is not legal advice."


def outcome(which: Outcome, kind: str = "export") -> str:
    """Return an outcome in words."""
    return (CONNECTION if kind == "connection" else OUTCOME)[which]


def policy(which: Policy | None) -> str:
    """Return a review policy in words; empty where there is none."""
    return which.name.lower().replace("_", " ") if which is not None else ""


def span(which: Span, kind: str = "export") -> str:
    """Return a range in words: one outcome, or the two ends."""
    low, high = outcome(which.at_least, kind), outcome(which.at_most, kind)
    return low if low == high else f"{low} … {high}"


def headline(answer: Answer) -> str:
    """Return the first line of an answer: the outcome, or what stands unless something open settles otherwise."""
    if answer.span.decided:
        return span(answer.span, answer.kind)
    certain = [
        claim for claim in (*answer.prohibitions, *answer.requirements) if claim.span.at_least > Outcome.AUTHORIZED
    ]
    if not certain or answer.next is None:
        return f"OPEN: {span(answer.span, answer.kind)}"
    strictest = max(claim.span.at_least for claim in certain)
    others = len(answer.missing) - 1
    more = f", or {others} more open fact{'s' if others > 1 else ''}" if others else ""
    return f"{outcome(strictest, answer.kind)} unless: {answer.next.term or answer.next.path}{more}"


def why_open(answer: Answer) -> str:
    """Return in words what keeps an answer open."""
    return "; ".join(BECAUSE[because] for because in answer.refer_because)
