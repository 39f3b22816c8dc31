"""The law that concerns a party, what was said and done without force of law, and what is to come."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from licet.law.status import first_known, start, status, transitions_between
from licet.model.measure import Status
from licet.names.normal import core, normalize
from licet.party.nouns import (
    ABOUT_LIST,
    CHANGES,
    LISTS,
    LISTS_FAMILY,
    NAMES,
    NOW,
    ON,
    OPEN,
    SPEAKS,
    Event,
    Law,
    Pending,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from licet.law.status import Move, Transition
    from licet.model.measure import Measure
    from licet.party.look import Look
    from licet.party.nouns import Dossier, OnList, Terms
    from licet.party_data import Fact

SECTIONS = {
    "entity_list": ("744.11", "744.16"),
    "meu_list": ("744.21",),
    "unverified_list": ("744.15",),
    "sdn": ("744.8",),
}
"""Sections by which a rule is about a list of the export regulations as a whole."""
LIST_REGIMES = ("us_fcc", "us_889")
"""Regimes of which every measure is about their lists."""
STANDS = frozenset({Status.IN_FORCE, Status.NOT_ENFORCED})
_ONE_DAY = timedelta(days=1)
_FAR = timedelta(days=365 * 10)


def law_of(look: Look, measure: Measure, how: str) -> Law:
    """Return a measure as it is on the day."""
    return Law(
        id=measure.id,
        title=measure.title,
        kind=measure.kind,
        regime=measure.regime,
        force=measure.legal_force,
        status=look.status(measure),
        first=start(measure) if measure.legal_force else first_known(measure),
        last=measure.in_force_through,
        cite=measure.story.cite if measure.story else measure.cites[0],
        what=measure.what,
        how=how,
        stays=tuple((stay.from_, stay.through) for stay in measure.stays),
        doubt=next((one.day for one in look.due if measure.id in one.ids), None),
    )


def concerning(look: Look, made: Dossier, lists: Sequence[OnList]) -> Iterator[Law]:
    """Walk through the measures that concern a party and were known, each with how."""
    book = look.book
    how: dict[str, str] = {}

    def add(ids: Iterable[str], word: str) -> None:
        for id_ in ids:
            if id_ in book:
                how.setdefault(id_, word)

    add((one.measure for id_ in made.ids for one in look.roster.history(id_)), LISTS)
    members = look.roster.group(made.group) if made.group else ()
    add((one.measure for id_ in members for one in look.roster.history(id_)), LISTS_FAMILY)
    while more := set(_changing(book, set(how))) & set(book) - how.keys():
        add(sorted(more), CHANGES)
    add((id_ for id_ in book if _names(book[id_], made)), NAMES)
    own = set(how)
    on = {one.id: one.list.regime if one.list else "" for one in lists if one.state in (ON, OPEN)}
    add((id_ for id_ in book if _about_list(book[id_], on)), ABOUT_LIST)
    add(_changing(book, set(how) - own), ABOUT_LIST)
    add((id_ for id_ in book if own.intersection(book[id_].about)), SPEAKS)
    for id_, word in how.items():
        found = law_of(look, book[id_], word)
        if found.status is not Status.NOT_YET:
            yield found


def _names(measure: Measure, made: Dossier) -> bool:
    """Say whether a measure names the party, or its family."""
    words = {made.group or core(normalize(made.name))}
    text = f" {normalize(f'{measure.title} {measure.what}')} "
    return any(f" {word} " in text for word in words if word)


def _about_list(measure: Measure, on: Mapping[str, str]) -> bool:
    """Say whether a measure with force is about one of some lists as a whole."""
    if not measure.legal_force or measure.kind == "list":
        return False
    if measure.regime in LIST_REGIMES:
        return measure.regime in on.values()
    text = " ".join((measure.what, *measure.cites))
    return any(section in text for list_ in on for section in SECTIONS.get(list_, ()))


def _changing(book: Mapping[str, Measure], ids: set[str]) -> Iterator[str]:
    """Walk through what amends, ends or stays some measures with force."""
    for id_ in book:
        measure = book[id_]
        if measure.legal_force and ids.intersection(measure.amends):
            yield id_
        if id_ in ids:
            yield from filter(None, (measure.ended_by, *(stay.by for stay in measure.stays)))


# 5: what was said and done


def events(look: Look, made: Dossier, law: Iterable[Law], facts: Iterable[Fact]) -> Iterator[Event]:
    """Walk through what was said of a party, and what happened to it, by the day."""
    for one in law:
        measure = look.book[one.id]
        if not one.force and one.first and one.first <= look.seen:
            kind = _kind(measure)
            checked = "memory" if measure.checked == "memory" else "seen"
            cite = measure.cites[0]
            what = f"{measure.title}: {measure.what}"
            yield Event(one.first, kind, what, cite, measure.source, checked, measure.note, one.id)
    called = {made.group, *made.ids} - {""}
    for fact in facts:
        if called.intersection(fact.parties) and fact.day <= look.seen:
            yield Event(fact.day, fact.kind, fact.what, fact.cite, fact.url, fact.checked, fact.note, "")


def _kind(measure: Measure) -> str:
    """Return what a statement is called among events."""
    if measure.kind == "enforcement":
        return "indictment" if "indictment" in measure.title.casefold() else measure.kind
    return "report" if "report" in measure.title.casefold() else measure.kind


# 6: what is to come


def pending(look: Look, law: Iterable[Law], history: Sequence[Terms]) -> Iterator[Pending]:
    """Walk through what is to come for a party, each change once."""
    concerned = {one.id: one for one in law if one.force}
    told: set[str] = set()
    for certain, change in [(False, one) for one in look.due] + [(True, one) for one in _changes(look)]:
        moves = {move.id: move for move in change.moves if move.id in concerned and move.id not in told}
        if not moves or (certain and not _could_be_known(look, change.day, moves.values())):
            continue
        head = moves.get(change.head, next(iter(moves.values())))
        told |= moves.keys()
        ids = (head.id, *(id_ for id_ in moves if id_ != head.id))
        yield Pending(change.day, concerned[head.id].title, ids, head.before.value, head.after.value, certain)
    for one in concerned.values():
        if one.id not in told:
            yield from _without_change(look, one)
    yield from _ends(history, {one.last for one in concerned.values() if one.how == LISTS})


def _changes(look: Look) -> list[Transition]:
    return transitions_between(look.book, look.day, look.day + _FAR)


def _could_be_known(look: Look, day: date, moves: Iterable[Move]) -> bool:
    """Say whether a change could be known with what had been seen."""
    return any(status(look.book[move.id], day, known=look.known, book=look.book) is move.after for move in moves)


def _without_change(look: Look, one: Law) -> Iterator[Pending]:
    """Walk through what is to come of a measure of which no change of status is known."""
    if one.status in (Status.ANNOUNCED, Status.PUBLISHED, Status.SCHEDULED):
        yield Pending(None, one.title, (one.id,), one.status.value, "")
    asked = look.book[one.id].compliance_from
    if one.status in STANDS and asked and asked > look.day:
        yield Pending(asked, one.title, (one.id,), one.status.value, "complied with")


def _ends(history: Sequence[Terms], by_measure: set[date | None]) -> Iterator[Pending]:
    """Walk through entries of the day whose last day is known, where no measure says so already."""
    begins = {(one.listing.list, one.listing.since) for one in history}
    for terms in history:
        list_, end = terms.listing.list, terms.listing.through
        if terms.when == NOW and end and end not in by_measure and (list_, end + _ONE_DAY) not in begins:
            yield Pending(end + _ONE_DAY, f"its entry on {list_} has run out", (), "on", "off")
