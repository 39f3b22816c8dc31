"""What a dossier is made of: lists, terms, law, events, what is to come, and who may be meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from licet.lists.roster import ListState
    from licet.model.listing import Listing
    from licet.model.measure import Status

ONE, SEVERAL, NONE = "party", "several", "none"
"""What a name can turn out to mean."""
ON, OPEN, OFF, UNKNOWN = "on", "open", "off", "unknown"
"""What a list can be to a party on a day; `open`: it has an entry, and whether that is in force is not known."""
PAST, NOW, LATER = "past", "now", "later"
LISTS, LISTS_FAMILY, CHANGES = "lists it", "lists its family", "changes these"
NAMES, ABOUT_LIST, SPEAKS = "names it", "about its list", "speaks of these"
"""How a measure concerns a party; `these`: what lists it or its family, and what names it."""


class Law(NamedTuple):
    """A measure as it is on the day."""

    id: str
    title: str
    kind: str
    regime: str
    force: bool
    status: Status
    first: date | None
    """First day in force; of a statement the day on which it was made."""
    last: date | None
    cite: str
    what: str
    how: str
    """One of `LISTS` … `SPEAKS`."""
    stays: tuple[tuple[date, date], ...] = ()
    doubt: date | None = None
    """Day after the last verified one on which a change of it was due, by its text."""


class Cite(NamedTuple):
    """A citation that was out on the day."""

    text: str
    published: date | None


class Terms(NamedTuple):
    """An interval over which the terms of an entry did not change."""

    listing: Listing
    cites: tuple[Cite, ...]
    law: Law | None
    """The measure through which it was listed."""
    note: str
    reaches_affiliates: bool
    when: str


class OnList(NamedTuple):
    """What one list is to the party on the day."""

    id: str
    state: str
    why: str
    list: ListState | None
    """None for a list of which only the id is known here."""
    terms: tuple[Terms, ...] = ()
    """Those of the day."""
    overdue: bool = False
    """Whether a newer issue than the one at hand was due by the day."""


class Written(NamedTuple):
    """A name, address or number, as a source writes it."""

    text: str
    kind: str
    country: str
    source: str
    """Id of the source."""
    seen: date
    """Day of the last issue that has it."""


class Member(NamedTuple):
    """A company listed with the party."""

    id: str
    name: str
    country: str
    first: date
    lists: tuple[str, ...]
    """On which it is on the day."""
    perhaps: tuple[str, ...]
    """On which it may be: sources differ, or none says."""
    inside: bool
    """Named inside the entry of the party, not in one of its own."""


class Event(NamedTuple):
    """Something said or done, without force of law."""

    day: date
    kind: str
    what: str
    cite: str
    url: str
    checked: str
    note: str
    measure: str
    """Id of the record in the lawbook; empty for a fact of our own table."""


class Pending(NamedTuple):
    """What is to come, one event a row."""

    day: date | None
    """First day of the change; None where no day is known."""
    what: str
    measures: tuple[str, ...]
    """Ids of the measures that change; empty where an entry ends by itself."""
    now: str
    """A status, or `on` a list."""
    becomes: str
    """A status, `off` a list, or `complied with`; empty where nobody has said."""
    certain: bool = True
    """False: due by its text between the last verified day and this one, and not verified."""


class Candidate(NamedTuple):
    """An entry that a name may mean."""

    id: str
    name: str
    country: str
    score: float
    """0 to 100; 100 for an equal name."""
    how: str
    """equal · similar · contains · short."""
    terms: tuple[Listing, ...]
    address: str
    identifier: str


class Dossier(NamedTuple):
    """All that is known of a party on a day."""

    asked: str
    as_of: date
    known_as_of: date | None
    result: str
    """party · several · none."""
    how: str
    """id · name · later_name · family; empty where no party was found."""
    name: str
    country: str
    kind: str
    ids: tuple[str, ...]
    group: str
    part_of: str
    names: tuple[Written, ...]
    addresses: tuple[Written, ...]
    identifiers: tuple[Written, ...]
    lists: tuple[OnList, ...]
    history: tuple[Terms, ...]
    family: tuple[Member, ...]
    law: tuple[Law, ...]
    events: tuple[Event, ...]
    pending: tuple[Pending, ...]
    candidates: tuple[Candidate, ...]
    verified_through: date
    book: str
    roster: str
    issued: date

    def state(self, *states: str) -> tuple[OnList, ...]:
        """Return the lists that are one of these to the party."""
        return tuple(one for one in self.lists if one.state in states)
