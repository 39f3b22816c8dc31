"""What a source says of one party, in the words of the source: the same nouns for every list.

A parser turns the bytes of one issue into entries. It decides nothing: which day an entry takes effect, and by which
measure, is worked out from its citations later (`licet.lists.effect`); what became of it is worked out from the issues
before and after (`licet.lists.merge`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


class Name(NamedTuple):
    """One name as the source writes it."""

    text: str
    kind: str = "primary"
    """primary · alias · weak_alias · former."""


class Address(NamedTuple):
    """One address as the source writes it."""

    text: str
    country: str = ""
    """ISO 3166-1 alpha-2, or empty where the source does not say."""


class Identifier(NamedTuple):
    """A number or code that identifies the party: registration, passport, IMO, tax number."""

    kind: str
    value: str
    country: str = ""


class Citation(NamedTuple):
    """A citation that the source prints beside an entry."""

    text: str
    """Such as `84 FR 22963`."""
    published: date | None = None
    """Day printed beside it, which is the day of publication, never of effect."""


class Entry(NamedTuple):
    """One entry of one issue of a list."""

    id: str
    """Stable over issues: the source's own number where it has one, else made from list, country and name."""
    kind: str
    """entity · person · vessel · aircraft · address · unknown."""
    names: tuple[Name, ...]
    """At least one, but for an entry of an address alone; the first is the primary one."""
    countries: tuple[str, ...] = ()
    addresses: tuple[Address, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    programs: tuple[str, ...] = ()
    scope: str = ""
    """all · ccl_and_supp7_part746 · text; empty where the list has no such column."""
    scope_text: str = ""
    """The license requirement in the words of the source."""
    policy: str = ""
    """Name of a `Policy`, empty where the source states none or splits it."""
    policy_text: str = ""
    footnotes: tuple[str, ...] = ()
    cites: tuple[Citation, ...] = ()
    listed: date | None = None
    """Day on which the source says that the entry was added; what kind of day that is stands in `source.yaml`."""
    until: date | None = None
    """Last day where the source prints one (a denial order)."""
    part_of: str = ""
    """Id of the entry inside which the source names it (an affiliate, a subordinate institution)."""
    remarks: str = ""
    lists: tuple[str, ...] = ()
    """Ids of the lists on which it stands, where the source holds several (`csl`, `ofac_consolidated`); else empty."""


class Parsed(NamedTuple):
    """One issue of one list, read."""

    list: str
    issued: date | None
    """Day of the issue as its content says; None where the content does not say (then the caller must)."""
    entries: tuple[Entry, ...]
    counts: Mapping[str, int]
    """What was counted on the way (rows, elements, aliases …), by name; `source.yaml` says which must hold."""
    noises: tuple[str, ...] = ()
    """What the parser did not expect and did not drop: an unknown column, tag, footnote, country. Never empty in
    silence; an issue with noises is not taken in before someone has looked at them."""
    slips: tuple[str, ...] = ()
    """What is wrong in single cells of a known form, as it is in every issue of some lists: a day that cannot be, a
    citation without its page. It is left open, and said, and holds nothing up."""
    removed: tuple[Entry, ...] = ()
    """Whom a source takes off by name that is no whole list, as a rule does: name and country as it writes them, and
    `until`, the last day on the list."""
