"""The terms of a party on every list, what each list is to it on the day, and the companies listed with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from licet.lists.folder import source_ids
from licet.model.measure import Status
from licet.names.normal import normalize
from licet.party.law import law_of
from licet.party.nouns import LATER, LISTS, NOW, OFF, ON, OPEN, PAST, UNKNOWN, Cite, Member, OnList, Terms, Written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from licet.lists.roster import ListState, Roster
    from licet.model.listing import Listing
    from licet.party.look import Look

STANDS = frozenset({Status.IN_FORCE, Status.NOT_ENFORCED})
BY_HAND = "kept by hand: it was looked for, and is not on it"
"""Why it is known that a party of our own table is not on a list."""
NO_LIST = "federal_register_rule"
"""A source that is no list: it feeds one."""
_DOUBTFUL = frozenset({"open", "conflict"})
_REGISTER_ERA = 1935
"""Volume 1 of the Federal Register is of 1936."""


def history(look: Look, ids: Iterable[str]) -> Iterator[Terms]:
    """Walk through all terms of some entries, by day, as they could be known; each once where entries share it."""
    rows = [one for id_ in ids for one in _known(look, look.roster.history(id_))]
    alike: dict[tuple[object, ...], list[Listing]] = {}
    for one in sorted(rows, key=lambda row: (row.since, row.list, row.entry)):
        said = (one.policy, one.scope, one.footnotes, one.programs, one.measure)
        alike.setdefault((one.list, one.since, one.through, normalize(one.name), *said), []).append(one)
    for same in alike.values():
        first = same[0]
        measure = look.book.get(first.measure)
        yield Terms(
            listing=first,
            cites=tuple(dict.fromkeys(cite for one in same for cite in _cites(look, one))),
            law=law_of(look, measure, LISTS) if measure else None,
            note=look.roster.note(first.list, first.entry, first.since),
            reaches_affiliates=look.roster.reaches_affiliates(first.list, first.entry),
            when=NOW if first.on(look.day) else PAST if first.since <= look.day else LATER,
        )


def _known(look: Look, history: Sequence[Listing]) -> list[Listing]:
    """Return the terms that could be known, the last of each list open at its end where the end was not known."""
    if look.known is None:
        return list(history)
    kept = [one for one in history if one.since <= look.known or _was_out(look, one)]
    last = {one.list: one for one in kept}
    return [
        replace(one, through=None) if one is last[one.list] and one.through and one.through >= look.known else one
        for one in kept
    ]


def _was_out(look: Look, listing: Listing) -> bool:
    """Say whether the text that made the first terms of an entry was out by the day of knowledge."""
    first = listing.since == listing.first and listing.measure in look.book
    return first and look.status(look.book[listing.measure]) in STANDS


def _cites(look: Look, listing: Listing) -> Iterator[Cite]:
    """Walk through the citations of an entry that were out by the day."""
    own = {cite.text: cite.published for one in look.roster.details(listing.entry) for cite in one.entry.cites}
    for text in listing.cites:
        day = own.get(text) or look.printed.get(text)
        volume = text.partition(" FR ")[0] if " FR " in text else ""
        by_volume = volume.isdigit() and int(volume) + _REGISTER_ERA > look.seen.year
        late = day > look.seen if day else by_volume or listing.since > look.seen
        if not late:
            yield Cite(text, day)


def on_lists(look: Look, name: str, terms: Sequence[Terms], ids: Sequence[str]) -> tuple[OnList, ...]:
    """Return what every list is to a party: those that it is on first.

    Args:
        look: Where and when is looked.
        name: Its name on the lists.
        terms: Its terms, as they could be known.
        ids: Its entries.
    """
    states = look.roster.lists
    by_list: dict[str, list[Terms]] = {}
    for one in terms:
        by_list.setdefault(one.listing.list, []).append(one)
    known = look.roster.find(name, look.day).known
    found = [_with_terms(look, id_, each) for id_, each in by_list.items()]
    unseen = {one.list for id_ in ids for one in look.roster.history(id_)} - by_list.keys()
    nothing = f"nothing was known of an entry by {look.known}"
    found += [OnList(id_, OFF, nothing, states.get(id_)) for id_ in unseen]
    known |= unseen
    found += [_without(look, states[id_], id_ in known) for id_ in states if id_ not in by_list.keys() | unseen]
    found += [OnList(id_, OFF, BY_HAND, None) for id_ in known - states.keys() - by_list.keys() - unseen]
    none = "no issue of it is loaded here"
    absent = set(source_ids()) - {NO_LIST} - states.keys() - known
    found += [OnList(id_, UNKNOWN, none, None) for id_ in absent]
    order = (ON, OPEN, OFF, UNKNOWN)
    return tuple(sorted(found, key=lambda one: (order.index(one.state), one.id)))


def _with_terms(look: Look, id_: str, terms: list[Terms]) -> OnList:
    """Say what a list is to a party that has, had or will have an entry on it."""
    now = tuple(one for one in terms if one.when == NOW)
    list_ = look.roster.lists.get(id_)
    overdue = bool(list_ and list_.overdue and list_.overdue <= look.day)
    if any(one.listing.checked not in _DOUBTFUL for one in now):
        return OnList(id_, ON, _sure(now), list_, now, overdue)
    if now:
        conflict = any(one.listing.checked == "conflict" for one in now)
        why = "sources differ on this day" if conflict else "no source at hand says whether it was on it on this day"
        return OnList(id_, OPEN, why, list_, now, overdue)
    past = [one.listing.through for one in terms if one.when == PAST and one.listing.through]
    why = f"was on it through {max(past)}" if past else f"is on it only from {terms[0].listing.since} on"
    return OnList(id_, OFF, why, list_)


def _sure(now: Iterable[Terms]) -> str:
    """Say what is not sure of terms of the day, where something is."""
    words = {
        "memory": "from memory, not verified",
        "amended": "on it; whether its terms were these on this day is not known",
    }
    return "; ".join(dict.fromkeys(words[one.listing.checked] for one in now if one.listing.checked in words))


def _without(look: Look, list_: ListState, known: bool) -> OnList:  # noqa: FBT001 - one yes or no
    """Say what a list is to a party that has no entry on it."""
    whole = next((days for days in list_.complete if days[0] <= look.day <= days[1]), None)
    if known:
        by_issues = f"its issues are complete from {whole[0]} to {whole[1]}" if whole else ""
        return OnList(list_.id, OFF, by_issues or BY_HAND, list_)
    if not list_.complete:
        why = "only single parties of it are known here" if list_.issued is None else "no issue of it is complete"
        return OnList(list_.id, UNKNOWN, why, list_)
    spans = ", ".join(f"{first} to {last}" for first, last in list_.complete)
    return OnList(list_.id, UNKNOWN, f"its issues are complete only from {spans}", list_)


def family(look: Look, group: str, own: Sequence[str]) -> Iterator[Member]:
    """Walk through the other companies of a family, as they could be known."""
    roster = look.roster
    for id_ in roster.group(group) if group else ():
        terms = _known(look, roster.history(id_))
        if id_ not in own and terms:
            now = [one for one in terms if one.on(look.day)]
            lists = tuple(dict.fromkeys(one.list for one in now if one.checked not in _DOUBTFUL))
            perhaps = tuple(dict.fromkeys(one.list for one in now if one.checked in _DOUBTFUL))
            inside = any(one.entry.part_of for one in roster.details(id_))
            yield Member(id_, terms[0].name, terms[0].country, min(one.first for one in terms), lists, perhaps, inside)


def parent(roster: Roster, list_: str, inside: str) -> str:
    """Return the id of the entry inside which a source names another."""
    own = f"{list_}:{inside}"
    if roster.history(own):
        return own
    bare = inside.partition("-")[2]
    return bare if roster.history(bare) else inside


def written(rows: Iterable[tuple[str, str, str, str, date]]) -> tuple[Written, ...]:
    """Gather what sources write: each text once, with the newest issue that has it."""
    found: dict[tuple[str, str], Written] = {}
    for row in rows:
        one = Written(*row)
        old = found.get((one.kind, one.text))
        if old is None or old.seen < one.seen:
            found[one.kind, one.text] = one
    return tuple(found.values())
