"""What licet says of a case, in the words that a case expects."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from licet.cases.read import ACT, DUTY, JURISDICTION, OPEN
from licet.check import run
from licet.model.errors import FactsError, Problem
from licet.model.outcome import REFER, Outcome
from licet.state import Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from licet.cases.read import KnownAnswer
    from licet.model.act import Act
    from licet.model.answer import Answer, Span
    from licet.sources import Sources

OPEN_WORDS = (REFER, OPEN)
"""What an open answer says."""
NOTHING: tuple[str, ...] = ()


class Found(NamedTuple):
    """What licet says."""

    words: Mapping[str, tuple[str, ...]]
    """By the keys of `expect`."""
    says: str
    """In one line, for a person."""
    policy_open: bool = False
    """Whether the outcome stands and the review policy does not."""


def find(case: KnownAnswer, sources: Sources) -> Found:
    """Ask licet what a case asks.

    Args:
        case: The case.
        sources: Lawbook and lists.

    Returns:
        What it says.

    Raises:
        FactsError: The case asks for a day or a measure that is not known; names its place.
    """
    try:
        if case.act is None:
            return _status(case, sources)
        by_kind = {ACT: _act, JURISDICTION: _subject, DUTY: _duty}
        return by_kind[case.kind](case, case.act, sources)
    except FactsError as error:
        raise FactsError(*(_placed(one, case) for one in error.problems)) from None


def _placed(problem: Problem, case: KnownAnswer) -> Problem:
    message, todo = problem.message, problem.todo
    return Problem(
        message,
        case.file,
        case.line,
        0,
        f"{case.id}.{problem.field}".strip("."),
        problem.allowed,
        problem.nearest,
        todo,
    )


# -- an act


def _act(case: KnownAnswer, act: Act, sources: Sources) -> Found:
    answer = run(act, Question(case.as_of, case.known_as_of, ground=case.ground), sources)
    span, policy = answer.span, answer.span.policy
    reasons = [*answer.requirements, *answer.prohibitions]
    words = {
        "outcome": (answer.outcome,),
        "authority": answer.authorities,
        "review_policy": (policy.name,) if policy is not None else NOTHING,
        "reasons": tuple(dict.fromkeys(word for reason in reasons for word in reason.reasons)),
        "red_flag": ("yes" if answer.red_flags else "no",),
        "duties": answer.duties,
        "announcements": tuple(notice.id for notice in answer.announcements),
        "pending": (
            *(notice.id for notice in answer.pending),
            *(id_ for change in answer.unverified for id_ in change.ids),
        ),
        "refer_because": tuple(map(str, answer.refer_because)),
        "exceptions": tuple(f"{one.symbol}: {one.word}" for one in answer.exceptions),
        "missing": tuple(fact.path for fact in answer.missing),
        "not_modeled": answer.not_modeled,
    }
    return Found(words, _says(answer), span.decided and span.low != span.high)


def _says(answer: Answer) -> str:
    """Write an answer in one line: the outcome with its policy, or what keeps it open."""
    span = answer.span
    if span.decided:
        return f"{span.outcome} ({span.policy.name})" if span.policy is not None else span.outcome
    missing = (fact.path for fact in answer.missing)
    return f"{span.outcome} ({_why(missing, answer.not_modeled, answer.conflicts)})"


def _why(missing: Iterable[str], not_modeled: Iterable[str], conflicts: Iterable[str] = NOTHING) -> str:
    kinds = {"missing": missing, "not modeled": not_modeled, "conflict": conflicts}
    named = {kind: ", ".join(one) for kind, one in kinds.items()}
    return "; ".join(f"{kind} {names}" for kind, names in named.items() if names) or "due changes"


# -- jurisdiction alone


def _subject(case: KnownAnswer, act: Act, sources: Sources) -> Found:
    """Ask whether an act is subject to the EAR, through one rule or through all of them."""
    from licet import explain
    from licet.decide import Decision
    from licet.engine.formula import Most, exact, fold, index, open_nodes
    from licet.enrich import enrich
    from licet.law.day import LawDay
    from licet.law.us_ear import subject_parts
    from licet.model.answer import Span
    from licet.model.outcome import Because

    law = LawDay(sources.book, case.as_of, case.known_as_of)
    enriched = enrich(act, law, sources.lists)
    parts = subject_parts(enriched, case.ground)
    formula = fold(Most(tuple(part.formula() for part in parts)))
    table = index(formula, enriched.stock)
    reached = exact(formula, table)
    span = Span(reached.low, reached.high)
    open_ = list(open_nodes(formula, table.full))
    decision = Decision(enriched, [("us_ear", parts)], formula, table, span, span, {}, reached.exact, open_, [])
    missing = tuple(fact.path for fact in explain.missing(decision))
    not_modeled = tuple(explain.still_open(decision, Because.NOT_MODELED))
    word = _subject_word(span)
    says = f"{word} ({_why(missing, not_modeled)})" if word == OPEN else word
    return Found({"subject": (word,), "missing": missing, "not_modeled": not_modeled}, says)


def _subject_word(span: Span) -> str:
    """Return yes, no or open: at both ends outside the EAR, at none of them, or at one."""
    outside = [end is Outcome.NOT_SUBJECT for end in (span.at_least, span.at_most)]
    return "no" if all(outside) else OPEN if any(outside) else "yes"


# -- a measure, and a duty


def _status(case: KnownAnswer, sources: Sources) -> Found:
    """Ask what a measure is on a day, and whether it must be complied with then."""
    from licet.law.day import LawDay

    measure = sources.book.measure(case.measure)
    law = LawDay(sources.book, case.as_of, case.known_as_of)
    status = str(law.status(case.measure))
    term = measure.terms_through
    words = {
        "status": (status,),
        "legal_force": (_yes(measure.legal_force),),
        "complied": (_yes(law.complied(case.measure)),),
        "term_over": (_yes(term is not None and case.as_of > term),),
    }
    return Found(words, " · ".join(f"{key} {word}" for key, (word,) in words.items() if key in case.answers))


def _duty(case: KnownAnswer, act: Act, _: Sources) -> Found:
    """Ask how long the records of an act are kept."""
    from licet.law.us_ear.part_762 import records

    kept = records(act, case.as_of)
    until = OPEN if kept.keep_until is None else kept.keep_until.isoformat()
    destroy = OPEN if kept.may_destroy is None else _yes(kept.may_destroy)
    words = {"keep_until": (until,), "may_destroy": (destroy,), "missing": kept.missing}
    return Found(words, f"keep until {until}, may destroy {destroy}")


def _yes(said: bool) -> str:  # noqa: FBT001 - the word for it
    return "yes" if said else "no"
