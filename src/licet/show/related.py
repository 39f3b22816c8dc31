"""Which measures belong to which: what ends, amends, stays or speaks of what, read in both directions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from licet.law.book import Book
    from licet.model.measure import Measure


class Relation(NamedTuple):
    """How other measures stand to one."""

    how: str
    ids: tuple[str, ...]


def relations(book: Book, measure: Measure) -> tuple[Relation, ...]:
    """Return how other measures stand to one, those relations left out that it does not have."""
    others = [book[id_] for id_ in book if id_ != measure.id]
    found = (
        ("takes over from", [m.id for m in others if m.ended_by == measure.id]),
        ("ended by", [measure.ended_by] if measure.ended_by else []),
        ("amends", measure.amends),
        ("amended by", [m.id for m in others if measure.id in m.amends]),
        ("stays", [m.id for m in others if any(stay.by == measure.id for stay in m.stays)]),
        ("stayed by", dict.fromkeys(stay.by for stay in measure.stays)),
        ("is about", measure.about),
        ("spoken of by", [m.id for m in others if measure.id in m.about]),
    )
    return tuple(Relation(how, tuple(ids)) for how, ids in found if ids)


def touching(book: Book, ids: Iterable[str]) -> frozenset[str]:
    """Return the measures that touch some: what amends, ends or stays them, step by step, and what is about them.

    Args:
        book: The lawbook.
        ids: The measures to start from.

    Returns:
        Their ids and all that touch them: law that changes them or changes what does, and statements about any of it.
    """
    law = set(ids)
    measures = [book[id_] for id_ in book]
    while more := _next(measures, law) - law:
        law |= more
    return frozenset(law | {measure.id for measure in measures if law.intersection(measure.about)})


def _next(measures: list[Measure], law: set[str]) -> set[str]:
    """Return what amends one of these measures, and what ends or stays one of them."""
    amending = {measure.id for measure in measures if measure.legal_force and law.intersection(measure.amends)}
    known = {measure.id for measure in measures}
    changers = {by for measure in measures if measure.id in law for by in _changers(measure)}
    return amending | (changers & known)


def _changers(measure: Measure) -> Iterator[str]:
    """Walk through what ends or stays a measure."""
    if measure.ended_by is not None:
        yield measure.ended_by
    yield from (stay.by for stay in measure.stays)
