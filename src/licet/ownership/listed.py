"""Whether a party of a graph is on the lists that count under a rule: by its name in the lists, or as stated."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from licet.ownership.reach import NO, OPEN, YES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from licet.model.listing import Listing
    from licet.ownership.regimes import Regime


class Status(NamedTuple):
    """Whether a party is listed under one rule, and why."""

    state: str
    """`yes`, `no` or `open`."""
    says: str = ""
    """In words."""
    brief: str = ""
    """The same in few words, where those are enough beside a name."""


class Looked(Protocol):
    """What the lists say of a name on a day (`licet.lists.roster.Found`)."""

    @property
    def listed(self) -> Sequence[Listing]:
        """Terms in force of entries of this name."""

    @property
    def later_alias(self) -> Sequence[Listing]:
        """Terms in force of entries that got this name later, or had lost it."""

    @property
    def known(self) -> Collection[str]:
        """Ids of the lists on which the status of the name is known."""


def by_name(found: Looked, near: Iterable[Listing], regime: Regime, *, assume: bool) -> Status:
    """Return whether a party is listed, by what the lists say of its name.

    Args:
        found: What they say.
        near: Terms in force of entries whose name is near; a near name is never taken as equal or as different.
        regime: The rule.
        assume: Take a name that is not found as on no list: the caller's word.
    """
    sure = _counting(found.listed, regime)
    for state in (YES, OPEN):
        if sure[state]:
            doubt = ", and its programs are not stated" if state == OPEN else ""
            return Status(state, f"{_said(sure[state])}{doubt}")
    for entries, why in (
        (found.later_alias, "has had this name at another time"),
        (tuple(near), "has a name near to it"),
    ):
        alike = [one for held in list(_counting(entries, regime).values())[:2] for one in held]
        if alike:
            return Status(OPEN, f"{alike[0].name} ({_said(alike[:1])}) {why}: is it the same party?")
    unknown = sorted(set(regime.lists) - set(found.known))
    if not unknown:
        return Status(NO, "on none of the lists")
    if assume:
        return Status(NO, "not found, and taken as on no list: the lists are said to be complete")
    says = f"not found, and not every name on {', '.join(unknown)} is known here"
    return Status(OPEN, says, "not known whether it is listed")


def as_stated(lists: Iterable[str], regime: Regime) -> Status:
    """Return whether a party is listed, by the lists that its source names: `sdn`, or `sdn#FTO|SDGT` with programs."""
    states = {}
    for text in lists:
        list_, _, programs = text.partition("#")
        states[text] = regime.counts(list_, filter(None, programs.split("|")))
    for state in (YES, OPEN):
        on = [text for text, found in states.items() if found == state]
        if on:
            doubt = ", and its programs are not stated" if state == OPEN else ""
            return Status(state, f"{', '.join(on)}, as stated{doubt}")
    return Status(NO, "on none of the lists, as stated")


def _counting(entries: Iterable[Listing], regime: Regime) -> dict[str, list[Listing]]:
    """Sort entries by whether they count: `yes`, `open`, `no`; an entry on which sources differ is open."""
    out: dict[str, list[Listing]] = {YES: [], OPEN: [], NO: []}
    for one in entries:
        state = regime.counts(one.list, one.programs)
        out[OPEN if state == YES and one.checked == "conflict" else state].append(one)
    return out


def _said(entries: Sequence[Listing]) -> str:
    return ", ".join(dict.fromkeys(f"{one.list} since {one.first}" for one in entries))
