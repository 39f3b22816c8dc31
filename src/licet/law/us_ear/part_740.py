"""Section 740.2: the restrictions on all license exceptions. Step (11), asked before the terms of any exception.

Each limb says when it is met and which exceptions it leaves open then. The text is that of 2026-09-01, with the older
one of 2017 and the changes between them that are named here. Limbs (1), (2), (15), (16), (21) and (23) ask for more
than an act states: there the exporter's word that the conditions of the exception are met has to do; (19) and (20) are
asked where no such word is (`exception_terms`).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from licet.law.us_ear.part_738 import HEADQUARTERS, applies
from licet.law.us_ear.policy import SERIES_9X515, SERIES_600
from licet.law.us_ear.reach import d5_or_macau, goes_to, to_group
from licet.law.us_ear.tables import cells, group

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from licet.law.rule import At

SYMBOLS = (
    *("LVS", "GBS", "CIV", "SPP", "TSR", "APP", "NAC", "ACA", "TMP", "RPL", "GOV", "GFT", "TSU", "BAG", "AVS"),
    *("APR", "ENC", "AGR", "CCD", "STA", "SCP", "ACE", "MED", "IEC", "HBM", "RFF", "AIA", "ACM", "LPP"),
)
"""Every license exception of part 740 since 2018, in the order of its sections."""
NONE: frozenset[str] = frozenset()
BURMA = date(2021, 2, 17), date(2021, 3, 8)
"""First day of the suspension, and the day on which Burma joined Country Group D:1 instead (from memory)."""
ON_THE_WAY = date(2020, 6, 30)
"""What was aboard a carrier on this day kept the exceptions that HK-EXC-2020 suspended (85 FR 45998)."""
VEHICLES = (
    *("6A008*", "7A001*", "7A002*", "7A004*", "7A101*", "7A102*", "7A103*", "7A104*", "7A105*", "7B001*"),
    *("7D001*", "7D002*", "7D003*", "7D101*", "7D102*", "7E003*", "7E101*", "9A515*"),
)
"""740.2(a)(5): missile technology that may go as part of a vehicle, or as spare parts for one."""
BEARINGS = ("2A001*", "2A101*")
FOR_VEHICLES, FOR_BEARINGS = frozenset({"TMP", "RPL", "TSU", "AVS"}), frozenset({"TMP", "RPL"})
NATO = (
    *("AL", "BE", "BG", "CA", "CZ", "DE", "DK", "EE", "ES", "FR", "GB", "GR", "HR", "HU", "IS", "IT", "LT", "LU", "LV"),
    *("NL", "NO", "PL", "PT", "RO", "SI", "SK", "TR", "US"),
)
"""Members of NATO on every day since 2018; the list of 772.1 was not read."""
NATO_SINCE = {
    "ME": date(2017, 6, 5),
    "MK": date(2020, 3, 27),
    "FI": date(2023, 4, 4),
    "SE": date(2024, 3, 7),
}
"""Younger members by the day on which they joined: whether 772.1 lists them is open."""
ALLIES = ("AU", "IN", "JP", "NZ")
CHIPS = ("RS@742.6(a)(6)(iii)(A)", "RS@742.6(a)(6)(iii)(B)", "RS@742.6(a)(6)(iii)", "RS@742.6(a)(6)(i)(B)")
CHIP_ENTRIES = (
    *("3A090*", "4A090*", "4D090*", "4E091*", "3A001.z*", "4A003.z*", "4A004.z*", "4A005.z*"),
    *("5A002.z*", "5A004.z*", "5A992.z*", "5D002.z*", "5D992.z*"),
)
"""740.2(a)(9)(ii) by entries: they count whatever reasons for control are stated."""
EQUIPMENT = ("NS@742.4(a)(4)", "RS@742.6(a)(6)(i)(A)")
EQUIPMENT_ENTRIES = (
    *("3B001.a.4*", "3B001.c*", "3B001.d*", "3B001.f.1*", "3B001.f.5*", "3B001.k*", "3B001.l*", "3B001.m*"),
    *("3B001.n*", "3B001.p.2*", "3B001.p.4*", "3B001.r*", "3B002.c*"),
)
EQUIPMENT_2024 = ("3B001.f.6*", "3B993*", "3B994*", "3D992*", "3D993*", "3D994*", "3E992*", "3E993*", "3E994*")
PAKISTAN = ("1B999*", "2A992*", "2B999*", "3A992*", "3A999*", "6A996*")
PARTIES = ("purchaser", "intermediate_consignee", "ultimate_consignee", "end_user")


class Limb(NamedTuple):
    """One restriction of 740.2."""

    cite: str
    says: str
    leaves: frozenset[str]
    """The exceptions that it leaves open where it is met."""
    met: Callable[[At], bool]
    """Says whether it is met."""


def limbs(symbol: str) -> Iterator[Limb]:
    """Walk through the limbs that close an exception where they are met."""
    yield from (limb for limb in LIMBS if symbol not in limb.leaves)


# -- what the item is


def _controlled(*columns: str) -> Callable[[At], bool]:
    return lambda at: applies(at, *columns)


def _is(*patterns: str) -> Callable[[At], bool]:
    return lambda at: at.item("eccn").like(*patterns)


def _intercepting(at: At) -> bool:
    return applies(at, "SL@742.13") or at.item("eccn").like("5A001.f.1*", "5A980*", "5D980*")


def _crime_control(at: At) -> bool:
    """(a)(4): what 742.7 requires a license for, but not to four countries and the members of NATO."""
    beside = applies(at, "CC@742.7(a)(4)", "CC@742.7(a)(5)")
    if not beside and not any(applies(at, one) and _marked(at, one) for one in ("CC 1", "CC 2", "CC 3")):
        return False
    if goes_to(at, *ALLIES, *NATO):
        return False
    young = tuple(code for code, day in NATO_SINCE.items() if at.law.since(day))
    return not (goes_to(at, *young) and at.open("not_modeled", "us_ear/772.1 members of NATO"))


def _marked(at: At, column: str) -> bool:
    found = cells(at.law, column)
    return goes_to(at, *found.marked, *found.disputed, *found.without_row)


def _missile(*patterns: str, of_concern: bool | None, but: tuple[str, ...] = ()) -> Callable[[At], bool]:
    """(a)(5): missile technology, before 2023-12-08 (`of_concern` None), since then to D:4 and D:5 or elsewhere."""

    def met(at: At) -> bool:
        if at.law.stands("MT-EXC-2023") is (of_concern is None) or not applies(at, "MT 1"):
            return False
        if (patterns and not at.item("eccn").like(*patterns)) or (but and at.item("eccn").like(*but)):
            return False
        return of_concern is None or to_group(at, "D:4", "D:5") is of_concern

    return met


def _detectors(at: At) -> bool:
    return at.item("eccn").like("6E001*", "6E002*") and at.open("not_modeled", "us_ear/740.2(a)(7) kind of detector")


def _chips_2022(at: At) -> bool:
    if not at.law.stands("AC-2022-1007") or at.law.stands("AC-2023"):
        return False
    macau = ("MO",) if at.law.stands("MACAU") else ()
    named = at.item("eccn").like("3A090*", "3B090*", "4A090*", "4D090*")
    return (named or applies(at, "RS@742.6(a)(6) (2022)")) and goes_to(at, "CN", "HK", *macau)


def _equipment(at: At) -> bool:
    if not at.law.stands("AC-2023") or not goes_to(at, *d5_or_macau(at)):
        return False
    named = (*EQUIPMENT_ENTRIES, *EQUIPMENT_2024) if at.law.stands("FN5-2024") else EQUIPMENT_ENTRIES
    return applies(at, *EQUIPMENT) or at.item("eccn").like(*named)


def _chips(at: At) -> bool:
    """(a)(9)(ii): to D:1, D:4 and D:5 without A:5 and A:6, or for who has its headquarters in Macau or D:5."""
    if not at.law.stands("AC-2023") or not (applies(at, *CHIPS) or at.item("eccn").like(*CHIP_ENTRIES)):
        return False
    allied = set(group(at.law, "A:5", "A:6"))
    if goes_to(at, *(code for code in group(at.law, "D:1", "D:4", "D:5") if code not in allied)):
        return True
    return at.act(HEADQUARTERS).among("yes")


def _arms(at: At) -> bool:
    """(a)(12): 600 series and 9x515 to, from or made in Country Group D:5 or Hong Kong."""
    if not at.item("eccn").like(*SERIES_600, *SERIES_9X515):
        return False
    codes = (*group(at.law, "D:5"), "HK")
    if goes_to(at, *codes) or at.act("from").among(*codes):
        return True
    return at.item("us_origin").among("no") and at.item("made_in").among(*codes)


def _body_armor(at: At) -> bool:
    return not at.item("eccn").like("1A613.c*", "1A613.d*") and _arms(at)


def _sta_missile(at: At) -> bool:
    series = at.item("eccn").like(*SERIES_600, *SERIES_9X515) and not at.item("eccn").like("9A610.a*")
    return series and applies(at, "MT 1")


# -- where it goes, and to whom


def _to(*codes: str, since: str = "") -> Callable[[At], bool]:
    return lambda at: (not since or at.law.stands(since)) and goes_to(at, *codes)


def _syria(at: At) -> bool:
    return not at.law.stands("SY-2025") and goes_to(at, "SY")


def _syria_now(at: At) -> bool:
    """746.9(b) since 2025-09-02: what the list has beyond the exceptions that were read in it is open."""
    return (
        at.law.stands("SY-2025") and goes_to(at, "SY") and at.open("not_modeled", "us_ear/746.9(b) exceptions of 2025")
    )


def _limited(since: str, *codes: str) -> Callable[[At], bool]:
    """(a)(6): a license required by the limited sanctions of 746.8, until RU-CCL-2022 for categories 3 to 9 alone."""

    def met(at: At) -> bool:
        if not at.law.stands(since) or not goes_to(at, *codes):
            return False
        return at.law.stands("RU-CCL-2022") or at.item("eccn").like(*(f"{number}*" for number in range(3, 10)))

    return met


def _pakistan(at: At) -> bool:
    if not goes_to(at, "PK"):
        return False
    named = at.item("eccn").like(*PAKISTAN) and not at.item("eccn").like("2B999.h.2*")
    return named or applies(at, "RS@742.6(a)(12)")


def _unverified(at: At) -> bool:
    return any(
        at.fact(f"{party}.on").has("unverified_list") and _takes_part(at, party) for party in at.records["parties"]
    )


def _takes_part(at: At, party: str) -> bool:
    role = at.fact(f"{party}.role")
    return any(role.has(one) for one in (*PARTIES, "recipient"))


def _hong_kong_2020(at: At) -> bool:
    """(a)(24) as of 2020: no exception for Hong Kong that is none for China, but for what was on its way."""
    if not at.law.stands("HK-EXC-2020") or not goes_to(at, "HK"):
        return False
    return not at.act("dates.en_route_since").upto(ON_THE_WAY)


def _burma_2021(at: At) -> bool:
    """Some exceptions were suspended for Burma until it left Country Group B (86 FR 10011, read in reports)."""
    return at.law.since(BURMA[0]) and not at.law.since(BURMA[1]) and goes_to(at, "MM")


def _emirates(at: At) -> bool:
    if not at.law.stands("UAE-2026") or not goes_to(at, "AE"):
        return False
    received = False
    for party in at.records["parties"]:
        if _receives(at, party):
            if not at.fact(f"{party}.on").has("supp8_part740"):
                return True
            received = True
    return not received


def _receives(at: At, party: str) -> bool:
    role = at.fact(f"{party}.role")
    return role.has("ultimate_consignee") or role.has("end_user")


KP_LISTED = frozenset({"TMP", "GOV", "GFT", "TSU", "BAG", "AVS"})
CUBA = frozenset({"TMP", "TSU", "RPL", "BAG", "GOV", "GFT", "AVS", "APR", "AGR", "CCD", "SCP"})
RUSSIA = frozenset({"TMP", "GOV", "TSU", "BAG", "AVS", "ENC", "CCD"})
MED = frozenset({"MED"})
SYRIA, SYRIA_NOW = frozenset({"TMP", "GOV", "TSU", "BAG", "AVS"}), frozenset({"SPP", "RPL", "CCD"})
SERIES_600_OPEN = frozenset({"LVS", "TMP", "RPL", "TSU", "GOV", "BAG", "STA"})
CHIPS_OPEN = frozenset({"TMP", "NAC", "ACA", "RPL", "GOV", "TSU", "HBM", "AIA", "ACM"})
MT_OPEN = frozenset({"TMP", "RPL", "GOV", "TSU", "AVS", "APR", "STA"})
HONG_KONG_OPEN = frozenset(SYMBOLS) - {"LVS", "GBS", "TSR", "STA"}
BURMA_OPEN = frozenset(SYMBOLS) - {"LVS", "GBS", "TSR", "APP"}
NO_STA = frozenset(SYMBOLS) - {"STA"}
GOV = frozenset({"GOV"})
BELOW = "not among the exceptions that part 746 lists for this destination"
MISSILE = "missile technology"
LIMBS = (
    Limb("15 CFR 740.2(a)(3)", "intercepting equipment, but for an agency of the United States", GOV, _intercepting),
    Limb("15 CFR 740.2(a)(3)", "technology for intercepting equipment", NONE, _is("5E980*")),
    Limb(
        "15 CFR 740.2(a)(4)",
        "crime control, but to allies named there",
        frozenset({"GOV", "BAG", "STA"}),
        _crime_control,
    ),
    Limb("15 CFR 740.2(a)(5) (2023)", MISSILE, NONE, _missile(of_concern=None, but=(*VEHICLES, *BEARINGS))),
    Limb("15 CFR 740.2(a)(5) (2023)", MISSILE, FOR_VEHICLES, _missile(*VEHICLES, of_concern=None)),
    Limb("15 CFR 740.2(a)(5) (2023)", MISSILE, FOR_BEARINGS, _missile(*BEARINGS, of_concern=None)),
    Limb("15 CFR 740.2(a)(5)(i)", MISSILE, MT_OPEN, _missile(of_concern=False)),
    Limb(
        "15 CFR 740.2(a)(5)(ii)",
        f"{MISSILE} to D:4 or D:5",
        NONE,
        _missile(of_concern=True, but=(*VEHICLES, *BEARINGS)),
    ),
    Limb("15 CFR 740.2(a)(5)(ii)", f"{MISSILE} to D:4 or D:5", FOR_VEHICLES, _missile(*VEHICLES, of_concern=True)),
    Limb("15 CFR 740.2(a)(5)(ii)", f"{MISSILE} to D:4 or D:5", FOR_BEARINGS, _missile(*BEARINGS, of_concern=True)),
    Limb("15 CFR 746.2(a)(1)", BELOW, CUBA, _to("CU")),
    Limb("15 CFR 746.7(c)", BELOW, NONE, _to("IR")),
    Limb("15 CFR 746.4(c)", BELOW, KP_LISTED, _to("KP")),
    Limb("15 CFR 746.9(b)", BELOW, SYRIA, _syria),
    Limb("15 CFR 746.9(b)", BELOW, SYRIA | SYRIA_NOW, _syria_now),
    Limb("15 CFR 746.6(c)", BELOW, KP_LISTED | MED, _to("UA-43")),
    Limb("15 CFR 746.6(c)", BELOW, KP_LISTED | MED, _to("UA-14", "UA-09", since="RU-2022")),
    Limb("15 CFR 746.8", BELOW, RUSSIA | MED, _limited("RU-2022", "RU")),
    Limb("15 CFR 746.8", BELOW, RUSSIA | MED, _limited("RU-BY-2022", "BY")),
    Limb("15 CFR 740.2(a)(7)", "detector technology", GOV, _detectors),
    Limb(
        "15 CFR 740.2(a)(8)",
        "equipment that finds explosives or hidden objects",
        frozenset({"RPL", "GOV", "TSU"}),
        _is("2A983*", "2A984*", "2D983*", "2D984*", "2E983*", "2E984*"),
    ),
    Limb(
        "15 CFR 740.2(a)(9) (2022)",
        "advanced chips and their equipment to China or Macau",
        frozenset({"RPL", "GOV", "TSU"}),
        _chips_2022,
    ),
    Limb("15 CFR 740.2(a)(9)(i)", "semiconductor equipment to Macau or D:5", GOV, _equipment),
    Limb("15 CFR 740.2(a)(9)(ii)", "advanced chips and what computes with them", CHIPS_OPEN, _chips),
    Limb("15 CFR 740.2(a)(10)", "an implement of torture", NONE, _controlled("CC@742.11")),
    Limb("15 CFR 740.2(a)(11)", "a military commodity of 0A919", GOV, _is("0A919*")),
    Limb("15 CFR 740.2(a)(12)", "600 series or 9x515, to or from D:5", frozenset({"GOV", "TMP", "BAG"}), _arms),
    Limb(
        "15 CFR 740.2(a)(12)",
        "600 series or 9x515, to or from D:5",
        frozenset(SYMBOLS) - {"TMP", "BAG"},
        _body_armor,
    ),
    Limb("15 CFR 740.2(a)(13)", "600 series", SERIES_600_OPEN, _is(*SERIES_600)),
    Limb("15 CFR 740.2(a)(13)", "600 series", GOV, _is("9D610.b*", "9D619.b*", "9E610.b*", "9E619.b*", "9E619.c*")),
    Limb("15 CFR 740.2(a)(13), (18)", "missile technology of the 600 series or 9x515", NO_STA, _sta_missile),
    Limb("15 CFR 740.2(a)(14)", "an entry 0Y521", GOV, _is("0A521*", "0B521*", "0C521*", "0D521*", "0E521*")),
    Limb("15 CFR 740.2(a)(17)", "a party to the transaction is on the Unverified List", NONE, _unverified),
    Limb(
        "15 CFR 740.2(a)(22)",
        "eligible for License Exception IEC",
        frozenset({"IEC", "TMP", "RPL", "GOV", "TSU"}),
        _controlled("NS@742.4(a)(5)", "RS@742.6(a)(10)"),
    ),
    Limb("86 FR 10011", "suspended for Burma", BURMA_OPEN, _burma_2021),
    Limb("85 FR 45998", "better than for China, suspended for Hong Kong", HONG_KONG_OPEN, _hong_kong_2020),
    Limb(
        "15 CFR 740.2(a)(25)",
        "one of six entries to Pakistan",
        frozenset({"TMP", "RPL", "GOV"}),
        _pakistan,
    ),
    Limb("15 CFR 740.2(a)(26)", "to the Emirates without an approval in Supp. 8 to part 740", NO_STA, _emirates),
)
"""The limbs, in the order of the section; its (a)(6) by the sections of part 746 that it points to."""
