"""One record of the Consolidated Screening List, whatever form it came in, and the names of the lists in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from licet.lists.ofac.remarks import numbered
from licet.lists.ofac.words import identifies

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from licet.lists.cells import Noises
    from licet.lists.entry import Address, Identifier

LISTS = {
    "Capta List (CAP) - Treasury Department": "ofac_capta",
    "Denied Persons List (DPL) - Bureau of Industry and Security": "denied_persons_list",
    "Entity List (EL) - Bureau of Industry and Security": "entity_list",
    "Foreign Sanctions Evaders (FSE) - Treasury Department": "ofac_fse",
    "ITAR Debarred (DTC) - State Department": "ddtc_debarred",
    "Military End User (MEU) List - Bureau of Industry and Security": "meu_list",
    "Non-SDN Chinese Military-Industrial Complex Companies List (CMIC) - Treasury Department": "ofac_cmic",
    "Non-SDN Menu-Based Sanctions List (NS-MBS List) - Treasury Department": "ofac_mbs",
    "Nonproliferation Sanctions (ISN) - State Department": "isn",
    "Palestinian Legislative Council List (PLC) - Treasury Department": "ofac_plc",
    "Sectoral Sanctions Identifications List (SSI) - Treasury Department": "ofac_ssi",
    "Specially Designated Nationals (SDN) - Treasury Department": "sdn",
    "Unverified List (UVL) - Bureau of Industry and Security": "unverified_list",
}
"""Ids of the lists by the names that the source prints: all that were seen from 2019 to 2026."""
PUBLISHED_ON_START = frozenset(("entity_list", "meu_list"))
"""Lists whose start date is the day on which the rule was published, never the day from which it worked."""


class Record(NamedTuple):
    """One record, its cells apart."""

    source: str
    name: str
    id: str = ""
    """The source's own: of OFAC's lists the number there, of the others a check sum that changes with the text."""
    number: str = ""
    kind: str = ""
    programs: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    addresses: tuple[Address, ...] = ()
    countries: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    notice: str = ""
    start: str = ""
    end: str = ""
    standard_order: str = ""
    requirement: str = ""
    policy: str = ""
    words: tuple[str, ...] = ()
    """What goes into the remarks, in words."""


class Read(NamedTuple):
    """An issue, in records."""

    records: Sequence[Record]
    said: date | None
    """Day of the issue as the file says it."""
    noises: Noises


def number_of(kind: str, value: str, country: str) -> Identifier | None:
    """Return an identifier where a kind is one of the known numbers of a party."""
    return numbered(kind, value, country) if identifies(kind) and value else None


def in_words(kind: str, value: str) -> str:
    """Return what is no number of a party as it goes into the remarks."""
    return f"{kind} {value}".strip()
