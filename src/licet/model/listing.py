"""A listing: a party on one list over an interval, with what the entry says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from licet.model.outcome import Policy


@dataclass(frozen=True, slots=True)
class Listing:
    """One entry of one list over days on which its terms did not change."""

    list: str
    """Id of the list: entity_list, denied_persons_list, unverified_list, meu_list, …"""
    entry: str
    """Id of the entry, the same over its whole history."""
    name: str
    """Name of the entry as the list writes it."""
    country: str
    """ISO 3166-1 alpha-2 code of the entry's country, or empty."""
    since: date
    """First day of these terms (day of effect, never of publication)."""
    through: date | None
    """Last day of these terms, inclusive; None: still so on the last day looked at."""
    first: date
    """First day of the entry itself: what a savings clause counts from."""
    scope: str = "all"
    """all, ccl_and_supp7_part746, or text."""
    policy: Policy | None = None
    footnotes: tuple[int, ...] = ()
    programs: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    measure: str = ""
    """Id of the measure that listed it."""
    group: str = ""
    """Family of companies that a rule names as one, such as huawei."""
    checked: str = "seen"

    def on(self, day: date) -> bool:
        """Say whether these terms hold on a day."""
        return self.since <= day and (self.through is None or day <= self.through)
