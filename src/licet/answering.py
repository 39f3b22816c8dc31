"""Put an answer together: the decisions of a day, the notices beside them, papers, records, versions, digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from licet import __version__, explain
from licet.decide import decide, under
from licet.enrich import enrich
from licet.enrich.parties import RULED
from licet.law import status as resolver
from licet.law.day import LawDay
from licet.law.us_ear.exception_standings import standings
from licet.law.us_ear.part_762 import REQUEST, records
from licet.law.us_ear.steps import exceptions_of
from licet.model.answer import Answer, Notice, Open, Regime, Versions
from licet.model.measure import Status
from licet.model.outcome import Because, Outcome, value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from licet.decide import Decision
    from licet.law.book import Book
    from licet.law.status import Transition
    from licet.lists.roster import Roster
    from licet.model.act import Act
    from licet.model.answer import Missing, Span, Standing
    from licet.model.measure import Measure
    from licet.sources import Sources
    from licet.state import Question

REQUIRED = value(Outcome.LICENSE_REQUIRED)
_TO_COME = (Status.ANNOUNCED, Status.PUBLISHED, Status.SCHEDULED)


def answer(
    act: Act,
    question: Question,
    sources: Sources,
    book: Book,
    states: list[tuple[Decision, frozenset[Transition]]],
) -> Answer:
    """Put the answer together.

    Args:
        act: The act as stated.
        question: What was asked of it.
        sources: What was read.
        book: The lawbook of this answer, with or without a what-if.
        states: The decisions under every combination of changes that are due but not verified, strictest first.

    Returns:
        The answer; its reasons are those of the strictest decision, its span holds all of them.
    """
    main = states[0][0]
    span, requirement = main.span, main.requirement
    for decision, _ in states[1:]:
        span, requirement = span.over(decision.span), requirement.over(decision.requirement)
    sorted_reasons = explain.reasons(main)
    missing = explain.missing(main)
    red_flags, duties = explain.side_notes(main)
    relevant = _relevant(main)
    unverified = tuple(_unverified(states, book))
    because = explain.refer_because(main)
    if not span.decided and main.span.decided:
        because = (Because.NOT_MODELED,)
    return Answer(
        act=act,
        kind=act.kind,
        span=span,
        requirement=requirement,
        as_of=question.as_of,
        known_as_of=question.known_as_of,
        date_from=question.date_from,
        verified_through=book.verified_through,
        exact=all(decision.exact for decision, _ in states),
        refer_because=because,
        regimes=tuple(Regime(name, one) for name, one in main.spans.items()),
        requirements=tuple(sorted_reasons["requirements"]),
        prohibitions=tuple(sorted_reasons["prohibitions"]),
        authorizations=tuple(sorted_reasons["authorizations"]),
        clearances=tuple(sorted_reasons["clearances"]),
        missing=missing,
        not_modeled=tuple(explain.still_open(main, Because.NOT_MODELED, Because.OTHER_REGIME)),
        conflicts=explain.conflicts(main),
        red_flags=red_flags,
        duties=duties,
        exceptions=_exceptions(main),
        announcements=tuple(_announcements(main.case.law, relevant)),
        pending=tuple(_pending(act, question, sources, book, main)),
        unverified=unverified,
        notes=tuple(dict.fromkeys(_notes(act, question, sources, main))),
        papers=tuple(_papers(act, span)),
        records=_records(act, question.as_of) if act.kind == "export" else "",
        versions=Versions(
            __version__,
            book.version,
            sources.lists.version,
            sources.lists.issued,
            sources.what_if_names if book is sources.what_if else (),
        ),
        next=next_fact(missing),
    )


def next_fact(missing: tuple[Missing, ...]) -> Missing | None:
    """Return the fact to ask first: one that alone settles the outcome, else the first in the order of the steps."""
    askable = [one for one in missing if one.can_be_asked and one.moves]
    return next((one for one in askable if one.settles), askable[0] if askable else None)


def _relevant(decision: Decision) -> set[str]:
    """Return the measures that this answer rests on or may rest on: entries of the parties, grounds that can bite."""
    found = set(decision.case.touched)
    for claim in explain.claims(decision):
        if claim.ground.tree.high >= REQUIRED:
            found.update(claim.ground.asked)
            for lift in claim.overcome_by:
                found.update(lift.asked)
    return found


def _announcements(law: LawDay, relevant: set[str]) -> Iterator[Notice]:
    """Walk through the statements without legal force that are about the measures of this answer."""
    for id_, about in law.remembered("said", _said):
        if relevant & about:
            yield _notice(law.book[id_], Status.ANNOUNCED)


def _said(law: LawDay) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return the statements of the day, each with the measures that it is about."""
    found = (
        (id_, frozenset(record.get("about", ())))
        for id_, record in law.book.records.items()
        if not record["legal_force"] and record.get("about") and law.peek(id_) is Status.ANNOUNCED
    )
    return tuple(found)


def _notice(measure: Measure, now: Status, span: Span | None = None) -> Notice:
    day = measure.in_force_from if measure.legal_force else measure.announced
    return Notice(measure.id, str(now), day, measure.title, measure.what, measure.cites, span)


def _pending(act: Act, question: Question, sources: Sources, book: Book, main: Decision) -> Iterator[Notice]:
    """Walk through the measures that are to come and concern this act, each with the range if it were in force."""
    law = main.case.law
    concerned = law.asked.keys() | main.case.touched.keys()
    for id_, amends in law.remembered("to come", _to_come):
        if id_ in concerned or concerned & amends:
            span = _if_in_force(act, question, sources, book[id_], main)
            if span != main.span or id_ in main.case.touched:
                yield _notice(book[id_], law.peek(id_), span)


def _to_come(law: LawDay) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return the measures that are announced, published or scheduled on the day, each with what it amends."""
    today = law.day.isoformat()
    found = (
        (id_, frozenset(record.get("amends", ())))
        for id_, record in law.book.records.items()
        if record["legal_force"] and record.get("in_force_from", "9999") > today and law.peek(id_) in _TO_COME
    )
    return tuple(found)


def _if_in_force(act: Act, question: Question, sources: Sources, measure: Measure, main: Decision) -> Span | None:
    """Return the range of the act if a measure, and what changes with it on its day, were in force already."""
    start, book = measure.in_force_from, main.case.law.book
    if start is None:
        return None
    with_it = {id_ for id_ in measure.amends if id_ in book and start in resolver.changes(book[id_])}
    frozen = dict.fromkeys({measure.id, *with_it}, start)
    return decide_anew(act, question, sources, frozen, main).span


def decide_anew(act: Act, question: Question, sources: Sources, frozen: Mapping[str, date], main: Decision) -> Decision:
    """Decide an act again, with some measures taken as they stand on another day.

    Args:
        act: The act as stated.
        question: What was asked of it.
        sources: What was read.
        frozen: The measures, each with the day.
        main: A decision of the same act under the same book: what does not hang on these measures is taken from it.
    """
    law = LawDay(main.case.law.book, question.as_of, question.known_as_of, frozen)
    found = under(main, law, question.ground)
    if found is not None:
        return found
    return decide(enrich(act, law, sources.lists, assume_complete=question.assume_lists_complete), question.ground)


def _unverified(states: list[tuple[Decision, frozenset[Transition]]], book: Book) -> Iterator[Open]:
    """Walk through the changes due after the last verified day, each with the range if it came and if it did not."""
    plain = next(decision for decision, suppressed in states if not suppressed)
    for decision, suppressed in states:
        if len(suppressed) == 1:
            (transition,) = suppressed
            yield Open(transition.ids, transition.day, book[transition.head].title, plain.span, decision.span)


def _exceptions(main: Decision) -> tuple[Standing, ...]:
    """Say how the license exceptions stand where an export needs a license."""
    if main.case.act.kind != "export" or (main.span.high < REQUIRED and main.requirement.high < REQUIRED):
        return ()
    return tuple(standings(exceptions_of(main.case), explain.claims(main)).values())


def _notes(act: Act, question: Question, sources: Sources, main: Decision) -> Iterator[str]:
    """Walk through what was taken as it is: sentences that the reader must know of."""
    yield from main.case.notes
    if question.assume_lists_complete:
        yield "the caller says that the lists are complete: a name that is not found is taken as on no list"
    if main.case.touched or any(act.count(f"{party}.listings") is None for party in main.case.parties):
        yield _lists(question.as_of, main, sources.lists)
    if question.ground:
        yield f"asked on the ground {question.ground} alone; this is no clearance of the act"
    for party in main.case.parties:
        branch = any(candidate.via == "branch" for candidate in main.case.candidates.get(party, []))
        unsaid = act.get(f"{party}.name") and act.get(f"{party}.legally_distinct") is None
        if unsaid and not branch and act.kind == "export":
            yield f"{act.get(f'{party}.name')} is taken as a legal person of its own: its name does not say otherwise"
    if main.case.stock.undeterminable:
        yield "what cannot be known stays open in a requirement, and is not shown in an authorization (our reading)"


def _lists(day: date, main: Decision, lists: Roster) -> str:
    """Say of which days the lists are that the parties were looked up in, and which are too old for the day asked."""
    asked = {candidate.list for found in main.case.candidates.values() for candidate in found}
    said = []
    for one in lists.lists.values():
        if one.issued and (one.id in RULED or one.id in asked):
            old = f" (a newer one is due since {one.overdue})" if one.overdue and one.overdue <= day else ""
            said.append(f"{one.title.split(' (')[0]} of {one.issued}{old}")
    return f"lists: {'; '.join(said)}"


def _records(act: Act, day: date) -> str:
    """Say how long the records are kept: the last day where the facts give it, else the rule (15 CFR 762.6)."""
    kept = records(act, day)
    if kept.keep_until is None:
        until = "five years from the export, any known reexport, or the end of the transaction, whichever is last"
    else:
        until = (
            f"until {kept.keep_until}, five years from the last of export, known reexport and end of the transaction"
        )
    held = "an agency has asked for them: nothing is destroyed without its word in writing"
    free = "nothing is destroyed after an agency has asked for it"
    return f"{until}; {held if act.get(REQUEST) == 'yes' else free} (15 CFR 762.6)"


def _papers(act: Act, span: Span) -> Iterator[str]:
    """Walk through what goes on the export papers."""
    if act.kind != "export" or act.get("activity") not in {None, "export"}:
        return
    by_outcome = {
        Outcome.NO_LICENSE_REQUIRED: "NLR on the export declaration (15 CFR 758.1(g))",
        Outcome.AUTHORIZED: "license code or exception symbol on the export declaration (15 CFR 758.1(g))",
        Outcome.LICENSE_REQUIRED: "license number on the export declaration (15 CFR 758.1(g))",
    }
    if span.decided and span.at_most in by_outcome:
        yield by_outcome[span.at_most]
    eccns = {str(act.get(f"items[{i}].eccn") or "ECCN not stated") for i in range(act.count("items") or 0)}
    yield from sorted(eccns)
    if eccns and eccns != {"EAR99"}:
        yield "destination control statement (15 CFR 758.6)"
