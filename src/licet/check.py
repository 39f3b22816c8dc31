"""May this act go ahead? Enrich, then decide, then answer: for the law of one day, and what-ifs beside it."""

from __future__ import annotations

import sys
from datetime import date
from itertools import product
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

from licet.answering import answer
from licet.decide import Decision, decide
from licet.enrich import enrich
from licet.law.day import LawDay
from licet.law.status import transitions_between
from licet.model.errors import FactsError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from licet.law.book import Book
    from licet.law.status import Transition
    from licet.lists.starter import Starter
    from licet.model.act import Act
    from licet.model.answer import Answer

UNCERTAIN = 4
"""How many changes that are due but not verified are tried in every combination; beyond it each alone and all at once."""


class Sources(NamedTuple):
    """What a check reads: the lawbook and the lists, opened once by the caller."""

    book: Book
    lists: Starter
    what_if: Book | None = None
    """The lawbook as a what-if would have it."""
    what_if_names: tuple[str, ...] = ()


class Question(NamedTuple):
    """What is asked of an act."""

    as_of: date
    known_as_of: date | None = None
    date_from: str = "asked"
    """Where `as_of` comes from: `asked`, the path of the act's own date, or `today`."""
    ground: str = ""
    assume_lists_complete: bool = False


def run(act: Act, question: Question, sources: Sources) -> Answer:
    """Answer one question over one act.

    Args:
        act: The act as stated.
        question: The day of the law and what else is asked.
        sources: Lawbook and lists.

    Returns:
        The answer; where a what-if is given, with the answer under it in `what_if`.

    Raises:
        FactsError: where the day lies before the first day of the lawbook: what is not known is no clearance.
    """
    first = sources.book.first_day
    if question.as_of < first:
        raise FactsError(
            Problem(
                f"the law of {question.as_of} is not known here; that is no clearance",
                field="as_of",
                allowed=f"{first} or later",
                todo="Ask for a later day. Contracts and listings of before are facts like others.",
            )
        )
    real = _answer(act, question, sources, sources.book)
    if sources.what_if is None:
        return real
    return answer_with(real, _answer(act, question, sources, sources.what_if))


def answer_with(real: Answer, other: Answer) -> Answer:
    """Return the real answer with that under the what-if beside it."""
    from dataclasses import replace  # noqa: PLC0415 - only where a what-if is asked

    return replace(real, what_if=other)


def _answer(act: Act, question: Question, sources: Sources, book: Book) -> Answer:
    return answer(act, question, sources, book, _states(act, question, sources, book))


def decide_on(
    act: Act, question: Question, sources: Sources, book: Book, frozen: Mapping[str, date]
) -> Decision:
    """Decide an act under the law of the day, with some measures taken as they stand on another day."""
    law = LawDay(book, question.as_of, question.known_as_of, frozen)
    case = enrich(act, law, sources.lists, assume_complete=question.assume_lists_complete)
    return decide(case, question.ground)


def _states(act: Act, question: Question, sources: Sources, book: Book) -> list[tuple[Decision, frozenset[Transition]]]:
    """Decide under the law as it is known, and with each change suppressed that is due but not verified.

    Returns:
        The decisions, each with the changes that have not come about in it; the strictest first.
    """
    plain = decide_on(act, question, sources, book, {})
    states: list[tuple[Decision, frozenset[Transition]]] = [(plain, frozenset())]
    due = [t for t in _due(question, book) if set(t.ids) & (plain.case.law.asked.keys() | plain.case.touched.keys())]
    if len(due) > UNCERTAIN:
        choices = [{t} for t in due] + [set(due)]
    else:
        choices = [{t for t, off in zip(due, pick, strict=True) if off} for pick in product((False, True), repeat=len(due))]
    for suppressed in choices:
        if suppressed:
            frozen = {id_: day for transition in suppressed for id_, day in transition.frozen.items()}
            states.append((decide_on(act, question, sources, book, frozen), frozenset(suppressed)))
    return sorted(states, key=lambda state: (-state[0].span.high, -state[0].span.low, len(state[1])))


def _due(question: Question, book: Book) -> list[Transition]:
    if question.as_of <= book.verified_through:
        return []
    return transitions_between(book, book.verified_through, question.as_of)
