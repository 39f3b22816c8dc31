"""The dossier of a party: its lists on a day, what they mean, its history, what was said of it, and what is to come.

The steps of `dossier`, numbered as in the code:

1. whom the name or id means: one party, several that must be told apart, or none (`meant`);
2. its terms on every list, as they could be known (`terms`);
3. each list: on it, perhaps on it, not on it, or not known, and why (`terms`);
4. the law that concerns it: what listed it, what changes that, what is about its lists, what names it (`law`);
5. what was said and done without force of law (`law`);
6. what is to come, from the law of 4 and the ends of its terms (`law`).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from licet.names.normal import normalize
from licet.party.law import concerning, events, pending
from licet.party.look import look_at
from licet.party.meant import Meant, head_of, meant
from licet.party.nouns import NONE, ONE, SEVERAL, Dossier, Written
from licet.party.terms import family, history, on_lists, parent, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from licet.lists.roster import Detail, Roster
    from licet.party.look import Look
    from licet.party_data import Fact
    from licet.sources import Sources
    from licet.state import Question


def dossier(asked: str, question: Question, sources: Sources, facts: Sequence[Fact]) -> Dossier:
    """Draw up the dossier of a party.

    Args:
        asked: A name, the id of an entry, or a family of companies such as `huawei`.
        question: The day of the law, and the day of what had been seen.
        sources: Lawbook and lists.
        facts: Dated facts that are not law (`licet.party_data.facts`).

    Returns:
        The dossier; where the name means nobody or several, who may be meant.

    Raises:
        FactsError: The day lies before the first of the lawbook, or what looks like an id is none.
    """
    look = look_at(question, sources.what_if or sources.book, sources.lists)
    found = meant(look, asked)  # 1
    made = _made(look, asked, found)
    if made.result != ONE:
        return made
    lists = on_lists(look, made.name, made.history, made.ids)  # 3
    law = tuple(concerning(look, made, lists))  # 4
    said = tuple(sorted(events(look, made, law, facts), key=lambda one: (one.day, one.kind, one.what)))  # 5
    due = sorted(pending(look, law, made.history), key=lambda one: (one.day or date.max, one.measures))  # 6
    force = tuple(sorted((one for one in law if one.force), key=lambda one: (one.first or date.max, one.id)))
    others = tuple(family(look, made.group, made.ids))
    return made._replace(lists=lists, family=others, law=force, events=said, pending=tuple(due))


def _made(look: Look, asked: str, found: Meant) -> Dossier:
    """Return a dossier without what follows from its terms."""
    terms = tuple(history(look, found.ids)) if found.how else ()  # 2
    result = ONE if found.how else SEVERAL if any(one.how == "equal" for one in found.candidates) else NONE
    head = head_of(look.roster, found.ids) if found.how else ""
    first = next(iter(look.roster.history(head)), None)
    details = [detail for id_ in found.ids for detail in look.roster.details(id_)] if found.how else []
    return Dossier(
        asked=asked,
        as_of=look.day,
        known_as_of=look.known,
        result=result,
        how=found.how,
        name=first.name if first else asked,
        country=first.country if first else "",
        kind=next((one.entry.kind for one in reversed(details) if one.entry.kind != "unknown"), ""),
        ids=(head, *(id_ for id_ in found.ids if id_ != head)) if head else (),
        group=next((one.listing.group for one in terms if one.listing.group), ""),
        part_of=next((parent(look.roster, one.list, one.entry.part_of) for one in details if one.entry.part_of), ""),
        names=_names(look.roster, found.ids if found.how else (), details),
        addresses=written((a.text, "", a.country, d.source, d.seen) for d in details for a in d.entry.addresses),
        identifiers=written(
            (n.value, n.kind, n.country, d.source, d.seen) for d in details for n in d.entry.identifiers
        ),
        lists=on_lists(look, asked, (), ()) if result == NONE else (),
        history=terms,
        family=(),
        law=(),
        events=(),
        pending=(),
        candidates=found.candidates,
        verified_through=look.book.verified_through,
        book=look.book.version,
        roster=look.roster.version,
        issued=look.roster.issued,
    )


def _names(roster: Roster, ids: Iterable[str], details: Iterable[Detail]) -> tuple[Written, ...]:
    """Return the names that sources write, and those of our own table that none of them has."""
    theirs = written((n.text, n.kind, "", one.source, one.seen) for one in details for n in one.entry.names)
    had = {normalize(one.text) for one in theirs}
    kept = ((name, "alias", "", "by hand", roster.issued) for id_ in ids for name in roster.names(id_))
    return (*theirs, *(one for one in written(kept) if normalize(one.text) not in had))
