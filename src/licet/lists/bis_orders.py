"""What the instructions of a rule do to the Entity List: whom they add, revise and take off, country by country.

An instruction is a sentence such as `b. Under RUSSIA, by removing the entry for "X"`. The country holds until the next
one is named. In older rules it stands behind the action (`By removing, under Russia, one entity, "X"`) or behind the
name (`removing the entity "X" under Russia`).

A removal is read only in a known form: between the word and the name nothing but words for an entry, between two names
nothing but what parts them, and one country. Everything else is said as not read, because a party that is taken off by
mistake is worse than one that a person has to look up. The forms of removals are from memory of rules of 2009 to 2025;
of the rules at hand none removes an entry.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from licet.lists.countries import country_code
from licet.lists.reading import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ADDING, REVISING, REMOVING = "adding", "revising", "removing"
_ACTION = re.compile(r"\b(adding|revising|removing)\b", re.IGNORECASE)
_UNDER = re.compile(r"\bunder (?:the )?(?:(?:heading|destination|country|entry)s? (?:of|for) )?", re.IGNORECASE)
_COUNTRY_ENDS = re.compile(
    r"[,:;()\N{LEFT DOUBLE QUOTATION MARK}]| (?:by|from|and|an?|the|\d+|one|two|three|four|five)\b"
)
_LONGEST = 80
"""Letters after `under` in which the name of a country is looked for."""
_QUOTED = re.compile(
    "\N{LEFT DOUBLE QUOTATION MARK}((?:[^\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}]"
    "|\N{LEFT DOUBLE QUOTATION MARK}[^\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}]*"
    "\N{RIGHT DOUBLE QUOTATION MARK})+)"
)
"""A name between double quotation marks; it may have a pair of them inside."""
_NUMBER = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+)"
_WHOLE_ENTRY = re.compile(
    r"[\s,:]*(?:from [^,]+, )?(?:the |an? |each of the |all )?"
    rf"(?:{_NUMBER} )?(?:following )?(?:{_NUMBER} )?(?:[A-Z]\w+ )?"
    r"(?:entry|entries|entity|entities|person|persons)"
    r"(?: (?:for|of))?(?: the (?:entity|entities|person|persons))?[\s,:]*"
)
"""What may stand between `removing` and a name, once the country is taken out."""
_BY = re.compile(r"[\s,]*\bby\s*", re.IGNORECASE)
"""What stands between a country and the action that it belongs to."""
_BETWEEN = re.compile(
    r"[\s,;\N{RIGHT DOUBLE QUOTATION MARK}]*(?:and|or)?(?: the entr(?:y|ies) for)?[\s,;]*", re.IGNORECASE
)
_SHOWN = 120


class Order(NamedTuple):
    """What an instruction does to one entry."""

    action: str
    """adding · revising · removing."""
    country: str
    """As the rule writes it; empty where it names none that is known."""
    name: str

    @property
    def code(self) -> str:
        """The code of the country."""
        return country_code(self.country)


class Orders(NamedTuple):
    """The instructions of a rule, read."""

    orders: tuple[Order, ...]
    unread: tuple[str, ...]
    """Instructions, or parts of them, that add, revise or remove something in no form that is known here."""

    def of(self, action: str) -> tuple[Order, ...]:
        """Return what is done in one way."""
        return tuple(one for one in self.orders if one.action == action)


class _Country(NamedTuple):
    name: str
    start: int
    end: int


def orders_of(amendments: Iterable[str]) -> Orders:
    """Read the instructions that amend the Entity List.

    Args:
        amendments: Their texts, in the order of the rule; those that amend another text are to be left out.

    Returns:
        What they do, name by name.
    """
    orders: list[Order] = []
    unread: list[str] = []
    country = ""
    for text in amendments:
        head, *pieces = _ACTION.split(text)
        before = _countries(head)
        country = before[-1].name if before else country
        if not pieces and _QUOTED.search(text):
            unread.append(text[:_SHOWN])
        for action, said in zip(pieces[0::2], pieces[1::2], strict=True):
            countries = _countries(said)
            following = countries.pop() if countries and _BY.fullmatch(said[countries[-1].end :]) else None
            found = _read(action.casefold(), said, countries, country)
            if before and _behind(said, countries) not in ("", country):
                found = []
            if not found and said.strip(" ,;.:") and not _opens(said):
                unread.append(f"{action}{said}"[:_SHOWN])
            country = following.name if following else found[-1].country if found else "" if countries else country
            orders += found
    return Orders(tuple(orders), tuple(unread))


def _read(action: str, said: str, countries: list[_Country], country: str) -> list[Order]:
    """Read what follows an action up to the next; nothing where its form is not known."""
    names = list(_QUOTED.finditer(said))
    if action == REMOVING and not (names and _is_known(said, names, countries)):
        return []
    orders = []
    if action == REMOVING and (after := _behind(said, countries)):
        return [Order(action, after, _name(name)) for name in names]
    for name in names:
        country = next((one.name for one in reversed(countries) if one.start < name.start()), country)
        orders.append(Order(action, country, _name(name)))
    return orders if action != REMOVING or all(one.code for one in orders) else []


def _behind(said: str, countries: list[_Country]) -> str:
    """Return the country that is named behind the last name; empty where none is."""
    last = max((name.start() for name in _QUOTED.finditer(said)), default=len(said))
    return next((one.name for one in countries if one.start > last), "")


def _name(quoted: re.Match[str]) -> str:
    return clean(quoted[1]).strip(" ,;")


def _opens(said: str) -> bool:
    """Say whether the words after an action only open what follows in instructions of their own."""
    return said.rstrip().endswith((":", "\N{EM DASH}")) or re.fullmatch(r"[\s,;]*and[\s,;]*", said) is not None


def _is_known(said: str, names: list[re.Match[str]], countries: list[_Country]) -> bool:
    """Say whether a removal has a known form: whole entries, in one country or in one before each name."""
    if len({one.start > names[-1].start() for one in countries}) > 1:
        return False
    lead = _without(said, 0, names[0].start(), countries)
    if not _WHOLE_ENTRY.fullmatch(lead):
        return False
    gaps = pairwise(names)
    return all(_parts(_without(said, one.end(), other.start(), countries)) for one, other in gaps)


def _parts(gap: str) -> bool:
    """Say whether what stands between two names only parts them, or begins the entries of another country."""
    bare = gap.replace("\N{RIGHT DOUBLE QUOTATION MARK}", "", 1)
    return (
        _BETWEEN.fullmatch(bare) is not None or _WHOLE_ENTRY.fullmatch(re.sub(r"^[\s;,]*and\b", "", bare)) is not None
    )


def _without(said: str, start: int, end: int, countries: Iterable[_Country]) -> str:
    """Return a part of a text without the countries in it."""
    kept, at = "", start
    for one in countries:
        if start <= one.start and one.end <= end:
            kept, at = kept + said[at : one.start], one.end
    return kept + said[at:end]


def _countries(text: str) -> list[_Country]:
    """Return the countries that a text names after `under`, names in quotation marks left out."""
    quoted = [name.span() for name in _QUOTED.finditer(text)]
    under = (found for found in _UNDER.finditer(text) if not any(a <= found.start() < b for a, b in quoted))
    return [one for found in under for one in _country(text, found)]


def _country(text: str, under: re.Match[str]) -> Iterator[_Country]:
    """Yield the country that follows `under`: with the part after its comma where it has one."""
    rest = text[under.end() : under.end() + _LONGEST]
    ends = [found.start() for found in _COUNTRY_ENDS.finditer(rest)] or [len(rest.rstrip(" .;"))]
    for end in reversed(ends[:3]):
        name = rest[:end].strip(" .,")
        if country_code(name):
            yield _Country(name, under.start(), under.end() + end)
            return
