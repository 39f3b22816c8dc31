"""Reads the remarks of the CSV files: numbers, weak aliases and nationalities in words, with semicolons between.

Nothing is taken away from the remarks; what is read here is read beside them. Kinds that are not in the closed words
stay in the remarks alone.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from licet.lists.cells import tidy
from licet.lists.countries import country_code
from licet.lists.entry import Identifier, Name
from licet.lists.ofac.words import CURRENCY, DOCUMENTS, NUMBERS

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 1000
"""Signs that the column holds; the rest stands in the file of comments."""
_PART = re.compile(r";\s+")
_WEAK = re.compile(r"(?:a\.k\.a\.|f\.k\.a\.|n\.k\.a\.) '(.+)'")
_OF = re.compile(r"(?:nationality|citizen|Nationality of Registration) (.+)")
_KIND = re.compile(
    rf"({'|'.join(re.escape(kind) for kind in sorted(DOCUMENTS | NUMBERS, key=len, reverse=True))}"
    rf"|{re.escape(CURRENCY)}\w+) (.+)"
)
_LIFE = re.compile(r" (?:issued|expires) \d.*$")
_COUNTRY = re.compile(r"(.*\S) \(([^()]+)\)")
_IMO = re.compile(r"IMO (\d{7})")
_IMO_KINDS = frozenset(("Vessel Registration Identification", "Identification Number", "Company Number"))


class Remarks(NamedTuple):
    """What the remarks of one entry hold beside plain words."""

    aliases: tuple[Name, ...] = ()
    countries: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    slips: tuple[str, ...] = ()


def read_remarks(text: str, *, cut: bool = False) -> Remarks:
    """Read remarks.

    Args:
        text: The remarks of one entry, with what the file of comments adds.
        cut: Whether they break off: the last part is not read then.

    Returns:
        Weak aliases, countries of nationality, numbers; a nationality that is no known country is a slip.
    """
    parts = [part.removeprefix("alt. ") for part in _PART.split(text.strip().removesuffix("."))]
    if cut:
        del parts[-1:]
    aliases: list[Name] = []
    codes: list[str] = []
    numbers: list[Identifier] = []
    slips: list[str] = []
    for part in parts:
        if m := _WEAK.fullmatch(part):
            aliases.append(Name(tidy(m[1]), "weak_alias"))
        elif m := _OF.fullmatch(part):
            code = country_of(m[1])
            codes.append(code)
            slips += [] if code or no_country(m[1]) else [f"{part!r}: no country that is known"]
        else:
            numbers += _number(part)
    return Remarks(
        tuple(dict.fromkeys(aliases)),
        tuple(filter(None, dict.fromkeys(codes))),
        tuple(dict.fromkeys(numbers)),
        tuple(dict.fromkeys(slips)),
    )


def _number(part: str) -> Iterator[Identifier]:
    """Yield the number that a part is, if it is one."""
    found = _KIND.fullmatch(part)
    if found:
        kind, value = found[1], _LIFE.sub("", found[2]).strip()
        of = _COUNTRY.fullmatch(value)
        code = country_of(of[2]) if of else ""
        yield numbered(kind, of[1] if of and code else value, code)


def numbered(kind: str, value: str, code: str) -> Identifier:
    """Return an identifier; a number of the International Maritime Organization is called IMO wherever it stands."""
    imo = _IMO.fullmatch(value) if kind in _IMO_KINDS else None
    return Identifier("IMO", imo[1], code) if imo else Identifier(kind, tidy(value), code)


_NO_COUNTRY = re.compile(
    r"-0-|undetermined|None Identified|Stateless|Netherlands Antilles|AN|Region: .+", re.IGNORECASE
)


_OWN_SPELLINGS = {
    "cote d ivoire": "CI",
    "man, isle of": "IM",
    "north macedonia, the republic of": "MK",
    "region: china": "CN",
    "region: gaza": "PS",
    "region: iran": "IR",
    "region: north gaza": "PS",
    "region: northern gaza": "PS",
    "region: russia": "RU",
    "region: west bank": "PS",
}
"""Spellings that only this office has, in small letters."""


@lru_cache(maxsize=2048)
def country_of(name: str) -> str:
    """Return the code of a country or region in a spelling of this office; empty where it is not known."""
    return country_code(name) or _OWN_SPELLINGS.get(name.strip().casefold(), "")


def no_country(name: str) -> bool:
    """Say whether a cell for a country holds what is known to be none: a region, a country that is no more, nothing."""
    return _NO_COUNTRY.fullmatch(name.strip()) is not None
