"""What parsers of long tables share: quick cleaning of cells, noises that are said once, addresses of one country."""

from __future__ import annotations

import re

from licet.lists.reading import clean

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")


def tidy(text: str) -> str:
    """Return the same as `clean`, quickly where a text is plain ASCII: one of a million cells of a long file."""
    return " ".join(text.split()) if text.isascii() and not _CONTROL.search(text) else clean(text)


class Noises:
    """Gathers the noises and slips of a long file: the same one is said once, with its first place and how many follow.

    `licet.lists.entry.Parsed` says what the two are.
    """

    __slots__ = ("_noises", "_slips")

    def __init__(self) -> None:
        self._noises: dict[str, list[str]] = {}
        self._slips: dict[str, list[str]] = {}

    def add(self, what: str, place: str = "") -> None:
        """Take a noise.

        Args:
            what: What was not expected, the same words wherever it is the same.
            place: Where, such as the number of an entry; empty for the whole file.
        """
        self._noises.setdefault(what, []).append(place)

    def slip(self, what: str, place: str = "") -> None:
        """Take a slip; arguments as for `add`."""
        self._slips.setdefault(what, []).append(place)

    def said(self) -> tuple[str, ...]:
        """Return all noises in words, in the order in which they first came."""
        return tuple(f"{what}{_places(places)}" for what, places in self._noises.items())

    def slips(self) -> tuple[str, ...]:
        """Return all slips in words, in the order in which they first came."""
        return tuple(f"{what}{_places(places)}" for what, places in self._slips.items())


def _places(places: list[str]) -> str:
    """Say where something was, in short."""
    more = len(places) - 1
    return f" ({places[0]}{f' and {more} more' if more else ''})" if places[0] else ""


US_STATES = frozenset(
    {
        *("AK", "AL", "AR", "AZ", "CA", "CO", "CT", "DC", "DE", "FL", "GA", "HI", "IA", "ID", "IL", "IN", "KS", "KY"),
        *("LA", "MA", "MD", "ME", "MI", "MN", "MO", "MS", "MT", "NC", "ND", "NE", "NH", "NJ", "NM", "NV", "NY", "OH"),
        *("OK", "OR", "PA", "PR", "RI", "SC", "SD", "TN", "TX", "UT", "VA", "VT", "WA", "WI", "WV", "WY"),
    }
)
"""Letters of the states; some are those of a country as well."""
_ZIP_CODE = re.compile(r"\d{4,5}(?:-\d{4})?")
"""Four digits: lists lose the zero with which the postal codes of New England begin."""


def in_united_states(state: str, postal: str) -> bool:
    """Say whether a state and a postal code are of the United States: where both are there, the country is said."""
    return state in US_STATES and _ZIP_CODE.fullmatch(postal) is not None
