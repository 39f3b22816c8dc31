"""May this act go ahead? Enrich, then decide, then answer: for the law of one day, and what-ifs beside it."""

from __future__ import annotations

import sys
from datetime import date
from itertools import product
from types import ModuleType
from typing import TYPE_CHECKING

from licet.answering import answer, decide_anew
from licet.decide import Decision, decide
from licet.enrich import enrich
from licet.formats.act import load_act, read_act
from licet.law.day import LawDay
from licet.law.status import transitions_between
from licet.model.act import Act
from licet.model.errors import FactsError, Problem
from licet.sources import Sources, open_sources
from licet.state import Question, State, parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from licet.law.book import Book
    from licet.law.status import Transition
    from licet.model.answer import Answer

UNCERTAIN = 4
"""How many changes that are due but not verified are tried in every combination; beyond it each alone, and all."""


OWN_DATES = ("dates.export", "dates.order")
"""Facts of an act that say on which day it happens, the first that is stated."""


def check(
    act: Act | Mapping[str, object] | str,
    *,
    as_of: date | str | None = None,
    ground: str = "",
    assume_lists_complete: bool = False,
) -> Answer:
    """Say whether an act may go ahead, with the reasons.

    Args:
        act: An act, a mapping with its facts, or the path of a YAML or JSON file.
        as_of: The state of the law: a day, or `DATE[@KNOWN][+WHAT-IF…]`. Left out: the act's own date.
        ground: Ask on this ground alone, such as `us_ear/744.11`; that is no clearance of the act.
        assume_lists_complete: The caller's word that a party that is not found is on no list.

    Returns:
        The answer: a range of outcomes with its reasons, and what would close it.

    Raises:
        FactsError: the act or the state of the law cannot be read; every problem is named with its place.
    """
    made = act if isinstance(act, Act) else load_act(act) if isinstance(act, str) else read_act(act)
    state = State(as_of) if isinstance(as_of, date) else parse(as_of) if as_of else State(None)
    question = question_of(made, state, ground=ground, assume_lists_complete=assume_lists_complete)
    return run(made, question, open_sources(state))


def question_of(
    act: Act, state: State, *, today: date | None = None, ground: str = "", assume_lists_complete: bool = False
) -> Question:
    """Return what is asked: the law of the state's day, else of the act's own date, else of today.

    Args:
        act: The act.
        state: The state of the law.
        today: The day by the caller's clock; None where the caller has none.
        ground: One ground, or empty for the whole act.
        assume_lists_complete: See `check`.

    Raises:
        FactsError: where no day is known.
    """
    own = next((path for path in OWN_DATES if isinstance(act.get(path), date)), "")
    stated = act.get(own) if own else None
    day, origin = (state.day, "asked") if state.day else (stated, own) if own else (today, "today")
    if not isinstance(day, date):
        raise FactsError(
            Problem("no day is stated, and none is asked for", field="as_of", todo="Give a day, such as 2019-06-30.")
        )
    return Question(day, state.known, origin, ground, assume_lists_complete)


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
    from dataclasses import replace

    return replace(real, what_if=other)


def _answer(act: Act, question: Question, sources: Sources, book: Book) -> Answer:
    return answer(act, question, sources, book, states_of(act, question, sources, book))


def decide_on(act: Act, question: Question, sources: Sources, book: Book, frozen: Mapping[str, date]) -> Decision:
    """Decide an act under the law of the day, with some measures taken as they stand on another day."""
    law = LawDay(book, question.as_of, question.known_as_of, frozen)
    case = enrich(act, law, sources.lists, assume_complete=question.assume_lists_complete)
    return decide(case, question.ground)


def states_of(
    act: Act, question: Question, sources: Sources, book: Book
) -> list[tuple[Decision, frozenset[Transition]]]:
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
        choices = [
            {t for t, off in zip(due, pick, strict=True) if off} for pick in product((False, True), repeat=len(due))
        ]
    for suppressed in choices:
        if suppressed:
            frozen = {id_: day for transition in suppressed for id_, day in transition.frozen().items()}
            states.append((decide_anew(act, question, sources, frozen, plain), frozenset(suppressed)))
    return sorted(states, key=lambda state: (-state[0].span.high, -state[0].span.low, len(state[1])))


def _due(question: Question, book: Book) -> list[Transition]:
    if question.as_of <= book.verified_through:
        return []
    return transitions_between(book, book.verified_through, question.as_of, book.supposed)


class _Verb(ModuleType):
    """Lets `licet.check(act)` call the verb, although `licet.check` is this module."""

    def __call__(
        self,
        act: Act | Mapping[str, object] | str,
        *,
        as_of: date | str | None = None,
        ground: str = "",
        assume_lists_complete: bool = False,
    ) -> Answer:
        """The same as `check.check`."""
        return check(act, as_of=as_of, ground=ground, assume_lists_complete=assume_lists_complete)


sys.modules[__name__].__class__ = _Verb
