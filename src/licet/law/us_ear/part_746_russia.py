"""Part 746: Russia and Belarus (746.8; until RU-2024 with 746.5 and 746.10 beside it). Step (9).

Read: 746.8 of March 2022, January 2024 and November 2024; 746.5 of March 2022 and April 2024; 746.10 of January 2024.
The supplements to part 746 name items by tariff number and are not in the tables: what the act states decides
(`listed_in`). A party with footnote 3 is decided by its entry (744.11); partner countries lift jurisdiction (734.9).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from licet.law.rule import At, Subject, clear, require, rule
from licet.law.us_ear.part_746 import outside
from licet.law.us_ear.reach import deemed
from licet.law.us_ear.whereabouts import INDUSTRY, RUSSIA, locate, may_come, owned_by_allies, takes_part
from licet.model.outcome import Policy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from licet.engine.fork import Finding
    from licet.law.case import Case, Ruled
    from licet.law.day import LawDay
    from licet.law.us_ear.whereabouts import Place

OIL_AND_GAS = ("0A998*", "1C992*", "3A229*", "3A231*", "3A232*", "6A991*", "8A992*", "8D999*")
"""Entries that 746.8(a)(4) names beside Supp. 2 to part 746."""
PROJECTS = ("deepwater", "arctic_offshore", "shale")
MASS_MARKET = ("5A991*", "5A992*", "5D992*")
"""Entries that need no license for civil users owned from the United States or partner countries."""
_FIRST_PARTNERS = (
    *("AT", "AU", "BE", "BG", "CA", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU", "IE"),
    *("IT", "JP", "LT", "LU", "LV", "MT", "NL", "NZ", "PL", "PT", "RO", "SE", "SI", "SK"),
)
PARTNERS: dict[str, date] = {
    **dict.fromkeys(_FIRST_PARTNERS, date(2022, 2, 24)),
    "KR": date(2022, 3, 4),
    **dict.fromkeys(("CH", "IS", "LI", "NO"), date(2022, 4, 8)),
    "TW": date(2023, 2, 24),
}
"""Supp. 3 to part 746 with the first days, from memory; all with the full exclusion.

746.8 takes a partner on every day, since it only opens the range there; the count of US content heeds the days.
"""
BLOCKED = "sdn#BELARUS|BELARUS-EO14038|RUSSIA-EO14024|UKRAINE-EO13660|UKRAINE-EO13661|UKRAINE-EO13662|UKRAINE-EO13685"
RELEASE = "746.8 does not reach releases to nationals"


def _outside(at: At, place: Place, cite: str, *, in_force: bool = True) -> Finding | None:
    if not in_force or not place.on(at.law):
        return clear("not in force on the day", cite)
    if deemed(at):
        return clear(RELEASE, cite, "15 CFR 746.8(a)(12)(i)")
    return outside(at, place, cite, transfers=True)


@rule("us_ear/746.8(a)(1)", 9, "Russia and Belarus: listed items", "15 CFR 746.8(a)(1)", "15 CFR 746.8(b)")
def listed_items(at: At) -> Finding:
    """Require a license for every ECCN to Russia or Belarus; until RU-CCL-2022 for categories 3 to 9."""
    cite = "15 CFR 746.8(a)(1)"
    why_not = _outside(at, RUSSIA, cite)
    if why_not is not None:
        return why_not
    eccn = at.item("eccn")
    if eccn.among("EAR99"):
        return clear("EAR99: the supplements to part 746 decide", cite)
    if not at.law.stands("RU-CCL-2022") and eccn.like("0*", "1*", "2*"):
        return clear("categories 0 to 2 were not reached before 2022-04-08", cite, "87 FR 22130")
    if _excluded(at):
        return clear("excluded for civil users owned from the United States or partner countries", "15 CFR 746.8(a)")
    if _by_a_partner(at):
        return clear("made abroad, moved from a partner country", "15 CFR 746.8(a)(12)(iii)")
    says = "on the Commerce Control List, to or within Russia or Belarus"
    return require(Policy.DENIAL, says, cite, "15 CFR 746.8(b)", reasons=("746.8(a)(1)",))


def _excluded(at: At) -> bool:
    """Mass market items for users with parents in the United States, A:5 or A:6: whether they are civil is open."""
    if not at.item("eccn").like(*MASS_MARKET):
        return False
    return owned_by_allies(at) and not at.open("not_modeled", "us_ear/746.8(a) civil users of mass market items")


def _by_a_partner(at: At) -> bool:
    """Say whether an item made abroad leaves a partner country, and is subject by a direct product rule alone."""
    moved = at.item("us_origin").among("no") and at.act("from").among(*PARTNERS)
    return moved and not at.open("not_modeled", "us_ear/746.8(a)(12)(iii) partner countries")


@rule("us_ear/746.8(a)(2)", 9, "Russia and Belarus: foreign-made EAR99", "15 CFR 746.8(a)(2)", "15 CFR 734.9(f)")
def foreign_produced(at: At) -> Finding:
    """Require a license for EAR99 made abroad that the direct product rule of 734.9(f) reaches: Supp. 6 and 7."""
    cite = "15 CFR 746.8(a)(2)"
    named = [("supp6_part746", "RU-2022-09"), ("supp7_part746", "IR-2023")]
    words = [word for word, measure in named if at.law.stands(measure)]
    why_not = _outside(at, RUSSIA, cite, in_force=bool(words))
    if why_not is not None:
        return why_not
    if not at.item("eccn").among("EAR99") or not at.item("us_origin").among("no"):
        return clear("of US origin, or with an ECCN", cite)
    if not any(at.item("listed_in").has(word) for word in words):
        return clear("not an item of Supp. 6 or 7 to part 746", cite)
    if _by_a_partner(at):
        return clear("moved from a partner country", "15 CFR 746.8(a)(12)(iii)")
    says = "made abroad with US technology, an item of Supp. 6 or 7, to Russia or Belarus"
    return require(Policy.DENIAL, says, cite, "15 CFR 746.8(b)", reasons=("746.8(a)(2)",))


# -- oil and gas


@rule("us_ear/746.5(a)(1)(i)", 9, "Russian oil and gas, until June 2024", "15 CFR 746.5(a)(1)(i)", "15 CFR 746.5(b)(1)")
def oil_and_gas_before(at: At) -> Finding:
    """Require a license for drilling items for deep water, Arctic or shale projects; for Belarus since RU-2022-09."""
    if at.law.stands("RU-2024"):
        return clear("in 746.8(a)(4) since 2024-06-12", "89 FR 51644")
    return _oil_and_gas(at, "15 CFR 746.5(a)(1)(i)", "746.5(a)(1)(i)")


@rule("us_ear/746.8(a)(4)", 9, "Russian oil and gas", "15 CFR 746.8(a)(4)", "15 CFR 746.8(b)(2)")
def oil_and_gas(at: At) -> Finding:
    """Require a license for drilling items for deep water, Arctic or shale projects in Russia or Belarus."""
    if not at.law.stands("RU-2024"):
        return clear("in 746.5 until 2024-06-11", "89 FR 51644")
    return _oil_and_gas(at, "15 CFR 746.8(a)(4)", "746.8(a)(4)")


def _oil_and_gas(at: At, cite: str, reason: str) -> Finding:
    why_not = _outside(at, INDUSTRY, cite)
    if why_not is not None:
        return why_not
    if not _project(at):
        return clear("not for oil or gas in deep water, the Arctic or shale", cite)
    if not at.item("eccn").like(*OIL_AND_GAS) and not at.item("listed_in").has("supp2_part746"):
        return clear("neither an item of Supp. 2 to part 746 nor of a named entry", cite)
    says = "for oil or gas in deep water, the Arctic offshore or shale, or not known not to be"
    return require(_oil_policy(at), says, cite, reasons=(reason,))


def _project(at: At) -> bool:
    """Say whether it is known to be for such a project, or cannot be determined: the text attaches to that as well."""
    if at.fact("end_use.oil_gas?undeterminable").among("yes"):
        return True
    return at.act("end_use.oil_gas").among(*PROJECTS)


def _oil_policy(at: At) -> Policy:
    if at.law.stands("RU-OIL-2022"):
        return Policy.DENIAL
    strict = at.open("not_modeled", "us_ear/746.5(b) before 2022-03-03")
    return Policy.DENIAL if strict else Policy.PRESUMPTION_OF_DENIAL


# -- items named in the supplements


def _named(law: LawDay) -> tuple[tuple[str, str, str], ...]:
    """Return what counts on the day: the supplement, its paragraph since RU-2024, and the one before."""
    found = [("supp4_part746", "746.8(a)(5)", "746.5(a)(1)(ii)")] if law.stands("RU-OIL-2022") else []
    if law.stands("RU-2022-09"):
        found.append(("supp6_part746", "746.8(a)(6)", "746.5(a)(1)(iii)"))
    return tuple(found)


LUXURY = ("supp5_part746", "746.8(a)(7)", "746.10(a)(1)")


@rule("us_ear/746.5(a)(1)(ii)-(iii)", 9, "Industrial items, until June 2024", "15 CFR 746.5(a)(1)(ii)-(iii)")
def industrial_before(at: At) -> Finding:
    """Require a license for items of Supp. 4 since RU-OIL-2022, and of Supp. 6 since RU-2022-09."""
    if at.law.stands("RU-2024"):
        return clear("in 746.8(a)(5) and (6) since 2024-06-12", "89 FR 51644")
    return _of_supplements(at, INDUSTRY, _named(at.law), "15 CFR 746.5(a)(1)(ii)-(iii)")


@rule("us_ear/746.10(a)(1)", 9, "Luxury goods, until June 2024", "15 CFR 746.10(a)(1)")
def luxury_before(at: At) -> Finding:
    """Require a license for luxury goods of Supp. 5 since RU-LUX-2022."""
    if at.law.stands("RU-2024"):
        return clear("in 746.8(a)(7) since 2024-06-12", "89 FR 51644")
    named = (LUXURY,) if at.law.stands("RU-LUX-2022") else ()
    return _of_supplements(at, RUSSIA, named, "15 CFR 746.10(a)(1)")


@rule("us_ear/746.8(a)(5)-(7)", 9, "Russia and Belarus: named EAR99 items", "15 CFR 746.8(a)(5)-(7)")
def named_items(at: At) -> Finding:
    """Require a license for EAR99 items of Supp. 4, 5 and 6 to part 746, since RU-2024."""
    named = (*_named(at.law), LUXURY) if at.law.stands("RU-2024") else ()
    return _of_supplements(at, RUSSIA, named, "15 CFR 746.8(a)(5)-(7)")


def _of_supplements(at: At, place: Place, named: tuple[tuple[str, str, str], ...], cite: str) -> Finding:
    why_not = _outside(at, place, cite, in_force=bool(named))
    if why_not is not None:
        return why_not
    if at.law.stands("RU-CCL-2022") and not at.item("eccn").among("EAR99"):
        return clear("with an ECCN: 746.8(a)(1) decides", cite)
    for word, now, before in named:
        if at.item("listed_in").has(word):
            paragraph = now if at.law.stands("RU-2024") else before
            says = f"an item of Supp. {word[4]} to part 746, to or within Russia or Belarus"
            return require(Policy.DENIAL, says, f"15 CFR {paragraph}", reasons=(paragraph,))
    if _only_in_supplement_7(at):
        return require(Policy.DENIAL, "an item of Supp. 7 that Supp. 4 has as well", cite, reasons=(cite[7:],))
    return clear("not an item of these supplements", cite)


def _only_in_supplement_7(at: At) -> bool:
    """Say whether an item stated to be in Supp. 7 alone is one of Supp. 4: the text asks for Supp. 4."""
    if not at.law.stands("IR-2023") or not at.fact(f"{at.subject.item}.listed_in?any").among("yes"):
        return False
    if not at.item("listed_in").has("supp7_part746"):
        return False
    return at.open("not_modeled", "us_ear/746.8 items of Supp. 7 that Supp. 4 has as well")


@rule("us_ear/746.10(a)(2)", 9, "Luxury goods to oligarchs, until June 2024", "15 CFR 746.10(a)(2)")
def luxury_to_oligarchs(at: At) -> Finding:
    """Require a license for luxury goods to natural persons blocked under the named programs, anywhere."""
    cite = "15 CFR 746.10(a)(2)"
    if at.law.stands("RU-2024") or not at.law.stands("RU-LUX-2022"):
        return clear("in force from 2022-03-11 through 2024-06-11", cite)
    if not at.party("on").has(BLOCKED):
        return clear("no person blocked under a program of the section", cite)
    if not takes_part(at):
        return clear("no party to the transaction", cite)
    if not at.item("listed_in").has(LUXURY[0]):
        return clear("not an item of Supp. 5 to part 746", cite)
    if not at.open("not_modeled", "us_ear/746.10(a)(2) natural persons"):
        return clear("not a natural person", cite)
    return require(Policy.DENIAL, "a luxury good to a blocked person", cite, reasons=("746.10(a)(2)",))


@rule("us_ear/746.8(a)(8)", 9, "Russia and Belarus: named EAR99 software", "15 CFR 746.8(a)(8)")
def named_software(at: At) -> Finding:
    """Open the range for EAR99 software since RU-SOFT-2024: its kinds are named by what it does, and no fact says that.

    Enterprise, design, manufacturing and machine tool software is meant; for farming and medicine alone it is not.
    """
    cite = "15 CFR 746.8(a)(8)"
    why_not = _outside(at, RUSSIA, cite, in_force=at.law.stands("RU-SOFT-2024"))
    if why_not is not None:
        return why_not
    if not at.item("eccn").among("EAR99") or not at.item("kind").among("software"):
        return clear("no EAR99 software", cite)
    if not at.open("not_modeled", "us_ear/746.8(a)(8)(ii) kinds of software"):
        return clear("software of another kind, or for farming or medicine alone", cite, "15 CFR 746.8(a)(12)(iv)")
    return require(Policy.DENIAL, "EAR99 software of a named kind", cite, reasons=("746.8(a)(8)",))


RULES = (
    listed_items,
    foreign_produced,
    oil_and_gas_before,
    oil_and_gas,
    industrial_before,
    luxury_before,
    named_items,
    named_software,
)
"""The rules of this module that are about what comes to Russia or Belarus."""


def grounds(case: Case, item: str) -> Iterator[Ruled]:
    """Ask whether an item comes to Russia or Belarus, for each paragraph.

    Where the act leaves no way there, one paragraph is asked for the whole act, and says so.

    Args:
        case: The case.
        item: Prefix of the item.
    """
    locate(case)
    if may_come(case, INDUSTRY) or may_come(case, RUSSIA):
        yield from (case.ground(one, Subject(item)) for one in RULES)
    else:
        yield case.ground(listed_items, Subject())
    if case.law.stands("RU-LUX-2022") and not case.law.stands("RU-2024"):
        yield from (case.ground(luxury_to_oligarchs, Subject(item, party)) for party in case.parties)
