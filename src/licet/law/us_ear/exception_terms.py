"""The terms of each license exception (740.3 to 740.29), as far as they are facts of the act. Step (11).

`TERMS` has one record for each exception: its section, its days, and functions of which each says why one term is not
met. An exception whose terms are modeled rests for the rest on the exporter's word (`exception_conditions_met`); of any
other only the reach is known, and within it the exception is open.

Facts that `exception_claims` has put for an item: `word:LVS` (the exporter's word), `refused:LVS` (the word is no),
`line:LVS` (what the entry says of it).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from licet.law.us_ear.part_738 import NOT_LISTED, NOT_READ, UNKNOWN, applies, columns_of
from licet.law.us_ear.reach import deemed, goes_to, to_group
from licet.law.us_ear.tables import cells, columns, group

if TYPE_CHECKING:
    from licet.law.rule import At

NOT_MET = "the exporter does not say that its conditions are met"
NATIONAL_SECURITY = ("NS 1", "NS 2")
UNREAD = (UNKNOWN, NOT_READ, NOT_LISTED)
"""States of an item whose entry is not known, or could not be read."""
PROLIFERATION = ("NS 1", "NS 2", "NP 1", "NP 2", "MT 1", "CB 1", "CB 2", "CB 3", "EI@742.15")
OF_HONG_KONG = ("NS 1", "NS 2", "MT 1", "NP 1", "CB 1", "CB 2", "CB 3")
NOT_CIVIL = ("nuclear", "missile", "chemical_biological", "maritime_nuclear", "military", "military_intelligence")
ADVANCED = ("RS@742.6(a)(6)(iii)(A)", "RS@742.6(a)(6)(iii)(B)", "RS@742.6(a)(6)(iii)")
NONE_FOR = ("SD", "UA")
"""Members of Country Group B that GBS and TSR leave out (740.4, 740.6(a))."""


Term = Callable[["At"], str]
"""Says why one term is not met; empty where it is."""


class Terms(NamedTuple):
    """One license exception."""

    symbol: str
    section: str
    """Its section, such as `740.3`."""
    title: str
    terms: tuple[Term, ...]
    """What is asked, one term after the other; every one must be met."""
    since: str = ""
    """The measure that began it; empty: it is older than 2018."""
    until: str = ""
    """The measure that ended it."""
    by_entry: bool = False
    """Whether the entry of an item has to name it."""


# -- shared questions


def _on_word(symbol: str, at: At) -> str:
    """Ask the exporter's word for what is no fact of the act."""
    return "" if at.item(f"word:{symbol}").among("yes") else NOT_MET


def _named(symbol: str, at: At) -> str:
    """Say why the entry of the item does not name an exception."""
    line = at.item(f"line:{symbol}")
    if line.among("-"):
        return "the entry of the item says that it is not available"
    known = sorted(at.facts.stock[line.name].words)
    besides = {word: word.partition(" not ")[2].split() for word in known}
    for token in sorted({one for words in besides.values() for one in words}):
        if line.among(*(word for word in known if token in besides[word])) and _is_for(at, token):
            return f"the entry of the item leaves out {token}"
    if any(word.startswith("over") for word in known):
        over = (word for word in known if word.startswith("over"))
        return "the value of the order is above the limit of the entry" if line.among(*over) else ""
    return ""


def _is_for(at: At, token: str) -> bool:
    if ":" in token:
        return to_group(at, token)
    return applies(at, *(column for column in columns() if column.startswith(token)))


def beyond_national_security(at: At) -> str:
    """Return the column of the chart, other than those for national security, that requires a license."""
    known = at.facts.stock[at.item("reasons").name].words
    named = {one.rstrip("?") for word in known for one in columns_of(word)}
    for column in columns():
        if column in named and column not in NATIONAL_SECURITY and applies(at, column):
            found = cells(at.law, column)
            if goes_to(at, *found.marked, *found.disputed, *found.without_row):
                return column
    return ""


def _group_b(at: At) -> str:
    return "" if goes_to(at, *group(at.law, "B")) else "not to Country Group B"


def _group_b_but_two(at: At) -> str:
    codes = (code for code in group(at.law, "B") if code not in NONE_FOR)
    return "" if goes_to(at, *codes) else "not to Country Group B without Sudan and Ukraine"


def _only_national_security(at: At) -> str:
    column = beyond_national_security(at)
    return f"the chart requires a license for {column} as well, not for national security alone" if column else ""


def _commodity(at: At) -> str:
    return "for commodities alone" if at.item("kind").outside("commodity") else ""


def _no_commodity(at: At) -> str:
    return "for technology and software alone" if at.item("kind").among("commodity") else ""


def _classified(at: At) -> str:
    """Ask nothing of an item whose entry is not known: neither 740.2 nor the lines of an entry could be asked of it."""
    known = at.facts.stock[at.item("reasons").name].words
    unknown = sorted(word for word in known if word.endswith(tuple(f": {state}" for state in UNREAD)))
    if unknown and at.item("reasons").among(*unknown) and at.item("chart_unknown").among("yes"):
        return "what the entry of an item that is not classified allows is not known"
    return ""


# -- single exceptions


def _not_refused(symbol: str, at: At) -> str:
    return NOT_MET if at.item(f"refused:{symbol}").among("yes") else ""


def _hong_kong_papers(symbol: str, at: At) -> str:
    """740.2(a)(19), (20): what Hong Kong's own licenses must cover, on the exporter's word."""
    if not (goes_to(at, "HK") or at.act("from").among("HK")) or not applies(at, *OF_HONG_KONG):
        return ""
    return "" if at.item(f"word:{symbol}").among("yes") else "the papers of Hong Kong are not said to be at hand"


def _to_d1(at: At) -> str:
    codes = (code for code in group(at.law, "D:1") if code != "KP")
    return "" if goes_to(at, *codes) else "not to Country Group D:1 without North Korea"


def _civil_use(at: At) -> str:
    return "the end use is not civil" if any(at.act("end_use.known").has(use) for use in NOT_CIVIL) else ""


def _civil_users(at: At) -> str:
    return "not to civil end users" if any(_military(at, party) for party in at.records["parties"]) else ""


def _military(at: At, party: str) -> bool:
    role = at.fact(f"{party}.role")
    asked = any(role.has(one) for one in ("ultimate_consignee", "end_user", "recipient"))
    return asked and not at.fact(f"{party}.military_end_user").among("no")


def _eligible_for_syria(at: At) -> str:
    return "" if goes_to(at, "SY") and at.item("eccn").among("EAR99") else "for EAR99 items to Syria alone"


def _no_technology(at: At) -> str:
    return "for commodities and software alone" if at.item("kind").among("technology") else ""


def _replaces_nothing_nuclear(at: At) -> str:
    nuclear = at.act("end_use.known").has("nuclear")
    if nuclear and at.open("not_modeled", "us_ear/740.10(a)(3)(iii) Supp. 3 to part 744"):
        return "for a nuclear use of 744.2(a) outside Supp. 3 to part 744"
    return ""


def _reexported(at: At) -> str:
    """740.16: reexports; cameras of 6A003 may be exported as well (b)(3)."""
    moves = at.act("activity").among("reexport", "in_country_transfer", "deemed_reexport")
    return "" if moves or at.item("eccn").like("6A003*") else "for reexports alone"


def _encryption(at: At) -> str:
    named = at.item("eccn").like("5A002*", "5A004*", "5B002*", "5D002*", "5E002*")
    return "" if named else "for encryption items alone (5A002, 5A004, 5B002, 5D002, 5E002)"


def _not_to_e(at: At) -> str:
    return "not to Country Groups E:1 and E:2" if to_group(at, "E:1", "E:2") else ""


# -- exceptions of which only the reach is known


def _not_modeled(section: str, at: At) -> str:
    return "" if at.open("not_modeled", f"us_ear/{section}") else "its terms are not met"


def _only(says: str, *codes: str, eccns: tuple[str, ...] = ()) -> Term:
    """Limit an exception to destinations and entries."""

    def outside(at: At) -> str:
        inside = (not codes or goes_to(at, *codes)) and (not eccns or at.item("eccn").like(*eccns))
        return "" if inside else says

    return outside


def _gift(at: At) -> str:
    return "not for this reason for control" if applies(at, *PROLIFERATION) else ""


def _facility(at: At) -> str:
    """740.26: other than equipment, to an entity whose entry on the Entity List points to it."""
    return "not for semiconductor equipment" if at.item("eccn").like(*FACILITY) else ""


def _sta(at: At) -> str:
    """740.20(c): to A:5; to A:6 for national security alone."""
    if to_group(at, "A:5"):
        return ""
    return _only_national_security(at) if to_group(at, "A:6") else "not to Country Groups A:5 and A:6"


def _iec(at: At) -> str:
    controlled = applies(at, "NS@742.4(a)(5)", "RS@742.6(a)(10)")
    return "" if controlled else "not for an item of the worldwide controls of 2024"


def _devices(at: At) -> str:
    """740.19: Cuba; Russia and Belarus since 2022; Syria since 2025-09-02."""
    russia = ("RU",) if at.law.stands("RU-2022") else ()
    belarus = ("BY",) if at.law.stands("RU-BY-2022") else ()
    syria = ("SY",) if at.law.stands("SY-2025") else ()
    return _only("not to a destination of consumer devices", "CU", *russia, *belarus, *syria)(at)


def _diffusion(at: At) -> str:
    return "not for advanced chips and what computes with them" if not applies(at, *ADVANCED) or deemed(at) else ""


FACILITY = ("3B001*", "3B002*", "3B993*", "3B994*", "3D992*", "3D993*", "3D994*", "3E992*", "3E993*", "3E994*")
CYBER = ("4A005*", "4D001*", "4D004*", "4E001*", "5A001.j*", "5B001*", "5D001*", "5E001*")
NOTIFIED = _only(
    "for advanced chips and what computes with them alone",
    eccns=(
        "3A090*",
        "4A090*",
        "3A001.z*",
        "4A003.z*",
        "4A004.z*",
        "4A005.z*",
        "5A002.z*",
        "5A004.z*",
        "5A992.z*",
        "5D002.z*",
        "5D992.z*",
    ),
)
COMPUTERS = ("4A003*", "4D001*", "4E001*")
OCCUPIED = ("UA-43", "UA-14", "UA-09")


def _word(symbol: str) -> Term:
    return partial(_on_word, symbol)


def _line(symbol: str) -> Term:
    return partial(_named, symbol)


def _other(symbol: str, section: str, title: str, *terms: Term, since: str = "") -> Terms:
    """Return an exception whose terms are not modeled: open within its reach, unless the exporter says they fail."""
    return Terms(symbol, section, title, (partial(_not_refused, symbol), *terms, partial(_not_modeled, section)), since)


GBS_WORD = (partial(_not_refused, "GBS"), partial(_hong_kong_papers, "GBS"))
NS_TO_B = (_group_b_but_two, _only_national_security)
_ALL = (
    Terms(
        "LVS",
        "740.3",
        "shipments of limited value",
        (_commodity, _group_b, _classified, _line("LVS"), _word("LVS")),
        by_entry=True,
    ),
    Terms(
        "GBS",
        "740.4",
        "shipments to Country Group B",
        (_commodity, *NS_TO_B, _classified, _line("GBS"), *GBS_WORD),
        by_entry=True,
    ),
    Terms(
        "CIV",
        "740.5",
        "civil end users",
        (_to_d1, _only_national_security, _classified, _civil_use, _civil_users, _word("CIV")),
        until="CIV-2020",
        by_entry=True,
    ),
    Terms("SPP", "740.5", "Syria peace and prosperity", (_eligible_for_syria, partial(_not_refused, "SPP")), "SY-2025"),
    Terms(
        "TSR",
        "740.6",
        "technology and software under restriction",
        (_no_commodity, *NS_TO_B, _classified, _line("TSR"), _word("TSR")),
        by_entry=True,
    ),
    _other("APP", "740.7", "computers", _only("not for computers", eccns=COMPUTERS)),
    _other("NAC", "740.8", "notified advanced computing", NOTIFIED, since="AC-2023"),
    _other("ACA", "740.8", "advanced computing authorized", NOTIFIED, since="AC-2024"),
    Terms("TMP", "740.9", "temporary exports", (_classified, _word("TMP"))),
    Terms(
        "RPL",
        "740.10",
        "servicing and replacement",
        (_no_technology, _classified, _replaces_nothing_nuclear, _word("RPL")),
    ),
    Terms("GOV", "740.11", "governments and international organizations", (_classified, _word("GOV"))),
    _other("GFT", "740.12", "gift parcels and humanitarian donations", _gift),
    Terms("TSU", "740.13", "technology and software, unrestricted", (_no_commodity, _classified, _word("TSU"))),
    _other("BAG", "740.14", "baggage"),
    _other("AVS", "740.15", "aircraft, vessels and spacecraft"),
    Terms("APR", "740.16", "additional permissive reexports", (_reexported, _classified, _word("APR"))),
    Terms("ENC", "740.17", "encryption items", (_encryption, _not_to_e, _word("ENC"))),
    _other("AGR", "740.18", "agricultural commodities", _only("for EAR99 to Cuba alone", "CU", eccns=("EAR99",))),
    _other("CCD", "740.19", "consumer communications devices", _devices),
    _other("STA", "740.20", "strategic trade authorization", _sta),
    _other("SCP", "740.21", "support for the Cuban people", _only("for Cuba alone", "CU")),
    _other(
        "ACE",
        "740.22",
        "authorized cybersecurity exports",
        _only("for cybersecurity items alone", eccns=CYBER),
        _not_to_e,
        since="ACE-2022",
    ),
    _other(
        "MED",
        "740.23",
        "medical devices",
        _only("for EAR99 to Russia, Belarus and regions of Ukraine", "RU", "BY", *OCCUPIED, eccns=("EAR99",)),
        since="MED-2024",
    ),
    _other("IEC", "740.24", "implemented export controls", _iec, since="IEC-2024"),
    _other(
        "HBM",
        "740.25",
        "high bandwidth memory",
        _only("for 3A090.c alone", eccns=("3A090.c*", "3A090")),
        since="FN5-2024",
    ),
    _other("RFF", "740.26", "restricted fabrication facility", _facility, since="FN5-2024"),
    _other("AIA", "740.27", "artificial intelligence authorization", _diffusion, since="AID-2025"),
    _other("ACM", "740.28", "advanced compute manufacturing", _diffusion, since="AID-2025"),
    _other("LPP", "740.29", "low processing performance", _diffusion, since="AID-2025"),
)
TERMS = {one.symbol: one for one in _ALL}
"""Every license exception by its symbol, in the order of the sections."""
SHARED = frozenset({_classified, _commodity, _no_commodity, _only_national_security, _group_b_but_two})
"""Terms that several exceptions have."""
