"""Part 762: how long records are kept, and when nothing may be destroyed. Step (15), a duty beside the answer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from licet.model.act import NONE

if TYPE_CHECKING:
    from licet.model.act import Act

YEARS = 5
"""15 CFR 762.6(a)."""
ENDS = ("dates.export", "records.reexport_on", "records.terminated_on")
"""Facts from the latest of which the five years run (15 CFR 762.6(a)(1)-(3))."""
REEXPORT, TERMINATED = ENDS[1:]
REQUEST = "records.agency_request"
"""Whether an agency has asked for the records (762.6(b))."""


class Records(NamedTuple):
    """How long the records of one act are kept."""

    keep_until: date | None
    """Last day on which they must be kept; None while a day that it runs from is open."""
    may_destroy: bool | None
    """Whether they may be destroyed on the day asked about; None where that is open."""
    missing: tuple[str, ...]
    """Facts that would close what is open."""
    cites: tuple[str, ...] = ("15 CFR 762.6(a)", "15 CFR 762.6(b)")


def records(act: Act, day: date) -> Records:
    """Say how long the records of an act are kept, and whether they may be destroyed on a day.

    Five years run from the latest of the export, any known reexport and any other end of the transaction (15 CFR
    762.6(a)). What an agency has asked for is not destroyed without its word in writing (762.6(b)). A day that is
    stated already rules out what lies before its own five years, whatever the others are; a transaction that has not
    ended rules out every day.

    Args:
        act: An export, reexport or transfer.
        day: The day asked about.

    Returns:
        The last day of the five years and what may be done on the day; open where a fact is not stated.
    """
    days = [stated for stated in map(act.get, ENDS) if isinstance(stated, date)]
    open_ends = [path for path in ENDS if not _settled(act, path)]
    least = max(map(_five_years_on, days), default=None)
    until = least if days and not open_ends else None
    asked = act.get(REQUEST)
    missing = [path for path in open_ends if act.get(path) is None]
    running = act.get(TERMINATED) == NONE or (least is not None and day <= least)
    if running or asked == "yes":
        return Records(until, may_destroy=False, missing=tuple(missing))
    missing += [REQUEST] if asked is None else []
    return Records(until, True if until is not None and asked == "no" else None, tuple(missing))


def _settled(act: Act, path: str) -> bool:
    """Say whether a day is stated; a reexport is settled as well where none is known."""
    stated = act.get(path)
    return isinstance(stated, date) or (path == REEXPORT and stated == NONE)


def _five_years_on(day: date) -> date:
    """Return the day five years later; from 29 February it is 1 March, the later of the two that one could mean."""
    try:
        return day.replace(year=day.year + YEARS)
    except ValueError:
        return date(day.year + YEARS, 3, 1)
