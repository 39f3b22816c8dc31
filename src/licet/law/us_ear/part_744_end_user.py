"""Part 744: end users by what they are: blocked persons (744.8), listed addresses (744.16(f)), the military (744.21).

Step (8). 744.8 was read as of 2009 and 2026-07-23, 744.13 and 744.18 as of 2017 (744.12 and 744.14 are from memory, and
are taken as the same), 744.21 as of 2017, December 2020 and 2026-07-23. Owners of half or more are asked under
`us_ear/744.8(a)(2)` and `us_ear/744.21(a)(3)`, and are decided where shares are added up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from licet.law.rule import At, Subject, clear, require, rule
from licet.law.us_ear.policy import SERIES_9X515, SERIES_600
from licet.law.us_ear.whereabouts import (
    CHINA_RUSSIA_VENEZUELA,
    MILITARY,
    RUSSIA,
    RUSSIA_VENEZUELA,
    ends,
    knows,
    locate,
    military_user,
    takes_part,
)
from licet.model.outcome import Policy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from licet.engine.fork import Finding
    from licet.law.case import Case, Ruled
    from licet.law.day import LawDay
    from licet.law.rule import Rule
    from licet.law.us_ear.whereabouts import Place

PROGRAMS = "|".join(
    (
        *("BELARUS", "BELARUS-EO14038", "RUSSIA-EO14024", "UKRAINE-EO13660", "UKRAINE-EO13661", "UKRAINE-EO13662"),
        *("UKRAINE-EO13685", "FTO", "SDGT", "NPWMD", "ILLICIT-DRUGS-EO14059", "ILLICIT DRUGS-EO14059", "SDNT", "SDNTK"),
        "TCO",
    )
)
"""Programs of the SDN List that 744.8(a)(1) names since SDN-2024."""
OLD_SECTIONS = (
    ("us_ear/744.8 (2009)", "NPWMD", "15 CFR 744.8 (2009)", "proliferators of weapons of mass destruction"),
    ("us_ear/744.12", "SDGT", "15 CFR 744.12 (2018)", "global terrorists"),
    ("us_ear/744.13", "SDT", "15 CFR 744.13 (2018)", "terrorists of Executive Order 12947"),
    ("us_ear/744.14", "FTO", "15 CFR 744.14 (2018)", "foreign terrorist organizations"),
    ("us_ear/744.18", "IRAQ2", "15 CFR 744.18 (2018)", "persons of the former Iraqi regime"),
)
"""Until SDN-2024: the sections, each with its program of the SDN List."""


# -- blocked persons


@rule("us_ear/744.8(b)", 8, "Persons blocked by the Treasury", "15 CFR 744.8(b)", "15 CFR 744.8(d)")
def blocked(at: At) -> Finding:
    """Require a license for every item where a person of the named programs is a party, unless OFAC allows it.

    For a person on the Entity List as well its entry takes precedence, with its own policy (note 2); the requirement is
    kept, for the entry may reach fewer items.
    """
    cite = "15 CFR 744.8(b)"
    if not at.law.stands("SDN-2024"):
        return clear("named other programs before 2024-03-21", cite)
    if not at.party("on").has(f"sdn#{PROGRAMS}"):
        return clear("no person blocked under a program of the section", cite)
    if not takes_part(at):
        return clear("blocked, but no party of 748.5(c)-(f) here", cite, red_flags=("a blocked person takes part",))
    if at.act("ofac_authorized").among("yes"):
        return clear("authorized or exempted by OFAC", "15 CFR 744.8(b)")
    entry = at.party("on").has("entity_list")
    policy = None if entry else Policy.PRESUMPTION_OF_DENIAL
    says = "blocked under a program that the section names"
    return require(policy, says, cite, "15 CFR 744.8(d)", reasons=("744.8",))


def _until_2024(section: str, program: str, cite: str, what: str) -> Rule:
    """Return the rule of a section that stood until SDN-2024: every item to who is blocked under its program."""

    def run(at: At) -> Finding:
        if at.law.stands("SDN-2024"):
            return clear("744.8 names the programs since 2024-03-21", cite, "89 FR 20107")
        if not at.party("on").has(f"sdn#{program}"):
            return clear(f"no person blocked under {program}", cite)
        if at.act("ofac_authorized").among("yes"):
            return clear("authorized by OFAC", cite)
        reason = section.removeprefix("us_ear/").partition(" ")[0]
        return require(Policy.DENIAL, f"{what} are blocked under {program}", cite, reasons=(reason,))

    return rule(section, 8, f"{what[0].upper()}{what[1:]}, until March 2024", cite)(run)


BLOCKED_BEFORE = tuple(_until_2024(*one) for one in OLD_SECTIONS)


@rule("us_ear/744.8(a)(2)", 8, "Owned by blocked persons", "15 CFR 744.8(a)(2)")
def owned_by_blocked(at: At) -> Finding:
    """Require a license where blocked persons are among listed owners of half or more, while AFF-2025 is in force."""
    cite = "15 CFR 744.8(a)(2)"
    if not _affiliates_rule(at.law):
        return clear("the 50 percent rule is not in force", cite)
    return _half(at, cite, "us_ear/744.8(a)(2)", "owned by blocked persons by half or more")


def _affiliates_rule(law: LawDay) -> bool:
    return law.stands("AFF-2025") or law.stands("AFF-BACK")


def _half(at: At, cite: str, section: str, says: str) -> Finding:
    if not takes_part(at):
        return clear("no party of 748.5(c)-(f)", cite)
    blocked_owners = section == "us_ear/744.8(a)(2)"
    if not at.party("owners").has("sdn" if blocked_owners else "meu_list"):
        return clear("no such owner", cite)
    if blocked_owners and at.act("ofac_authorized").among("yes"):
        return clear("authorized or exempted by OFAC", cite)
    if not at.party("owners").has("unknowable") and not at.party("owners").has("half"):
        return clear("listed owners do not reach half", cite)
    return require(Policy.PRESUMPTION_OF_DENIAL, says, cite, reasons=(section.removeprefix("us_ear/"),))


# -- listed addresses


@rule("us_ear/744.16(f)", 8, "Listed addresses", "15 CFR 744.16(f)", "15 CFR 744.11(a)", "Supp. 4 to part 744")
def listed_address(at: At) -> Finding:
    """Require a license where a party uses an address of the Entity List: for items on the list and of Supp. 7.

    All rows have this scope and a presumption of denial; 18 are in Hong Kong, one is in Turkey.
    """
    cite = "15 CFR 744.16(f)"
    if not at.law.stands("ADDR-2024"):
        return clear("in force since 2024-06-12", cite)
    if not at.party("country").among("CN", "HK", "TR"):
        return clear("not where a listed address is", cite)
    if not takes_part(at):
        return clear("no party of 748.5(c)-(f)", cite)
    if not at.party("address").has("listed"):
        return clear("not at a listed address", cite)
    if at.item("eccn").among("EAR99") and not at.item("listed_in").has("supp7_part746"):
        flag = "the party uses an address that the Entity List names"
        return clear("EAR99, and not an item of Supp. 7 to part 746", cite, red_flags=(flag,))
    says = "the party uses an address that the Entity List names"
    return require(Policy.PRESUMPTION_OF_DENIAL, says, cite, "Supp. 4 to part 744", reasons=("744.16(f)",))


# -- the military

WHOLE = (
    *("1A290*", "1C990*", "1C996*", "1D993*", "2A290*", "2A291*", "2B992*", "2B999*", "2D290*", "3A991*", "3A992*"),
    *("3A999*", "3B991*", "3B992*", "3C992*", "3D991*", "4D993*", "5B991*", "5A992*", "5D992*", "6A991*", "6A993*"),
    *("6A995*", "6A996*", "6C992*", "7A994*", "7B994*", "7D994*", "7E994*", "8A992*", "8D992*", "8E992*", "9A991*"),
    *("9B990*", "9D991*", "9E991*"),
)
"""Entries of Supp. 2 to part 744 since MEU-2020 that it takes whole."""
TELECOMMUNICATIONS = ("5A991.a*", "5A991.b.7*", "5A991.f*")
"""The paragraphs of 5A991 that Supp. 2 takes."""
LIMITED = ("1D999*", "1E994*", "2A991*", "2B991*", "2B996*", "3E991*", "4A994*", "4D994*", "5D991*", "5E991*")
"""Entries that Supp. 2 limits by what no fact says."""
WHOLE_BEFORE = (
    *("1A290*", "1C990*", "1C996*", "1D993*", "1D999*", "1E994*", "2A991*", "2B991*", "2B992*", "2B996*", "3A292*"),
    *("3A999*", "3E292*", "4A994*", "4D993*", "4D994*", "5A991*", "5D991*", "5E991*", "6A995*", "6C992*", "7A994*"),
    *("7B994*", "7D994*", "7E994*", "8A992*", "8D992*", "8E992*", "9A991*", "9D991*", "9E991*"),
    *("3A992*", "3B991*"),
)
"""Entries of Supp. 2 until MEU-2020, from memory, with two that may not belong: an item of them opens the range."""


def _in_supplement_2(at: At) -> bool:
    """Say whether an item stands in Supp. 2 to part 744; what the act states decides over the entry."""
    if at.fact(f"{at.subject.item}.listed_in?any").among("yes") and at.item("listed_in").has("supp2_part744"):
        return True
    eccn = at.item("eccn")
    if not at.law.stands("MEU-2020"):
        return eccn.like(*WHOLE_BEFORE) and at.open("not_modeled", "us_ear/744.21 Supp. 2 before 2020-06-29")
    if eccn.like(*WHOLE, *TELECOMMUNICATIONS):
        return True
    limited = eccn.like(*LIMITED, "5A991", "5A991.b")
    return limited and at.open("not_modeled", "us_ear/744.21 limits of Supp. 2")


def _military(at: At, place: Place) -> bool:
    """Say whether a military end use in a place is known, or a party there is a military end user."""
    return (knows(at, "military") and ends(at, place)) or military_user(at, place, "us_ear/744.21")


@rule("us_ear/744.21 before", 8, "The military before June 2020", "15 CFR 744.21 (2018)")
def military_before(at: At) -> Finding:
    """Require a license until MEU-2020 for Supp. 2 to military uses in China, and uses and users in Russia, Venezuela.

    600 series and 9x515 items to the three needed one whatever their use.
    """
    cite = "15 CFR 744.21 (2018)"
    if at.law.stands("MEU-2020"):
        return clear("744.21 has another text since 2020-06-29", cite)
    if not ends(at, CHINA_RUSSIA_VENEZUELA):
        return clear("not China, Russia or Venezuela", cite)
    if at.item("eccn").like(*SERIES_600, *SERIES_9X515):
        says = "a 600 series or 9x515 item to China, Russia or Venezuela"
        return require(Policy.CASE_BY_CASE, says, f"{cite}(a)(2)", f"{cite}(e)", reasons=("744.21(a)(2)",))
    known = knows(at, "military") or military_user(at, RUSSIA_VENEZUELA, "us_ear/744.21")
    if not known or not _in_supplement_2(at):
        return clear("no item of Supp. 2 to part 744 for a military end use or user", cite)
    says = "an item of Supp. 2 to part 744 for a military end use or user"
    return require(Policy.CASE_BY_CASE, says, f"{cite}(a)(1)", f"{cite}(e)", reasons=("744.21(a)(1)",))


@rule("us_ear/744.21(a)(1)", 8, "Military end use and users", "15 CFR 744.21(a)(1)", "15 CFR 744.21(e)(1)")
def military(at: At) -> Finding:
    """Require a license since MEU-2020 for Supp. 2 to military end uses and users in the named countries."""
    cite = "15 CFR 744.21(a)(1)"
    if not at.law.stands("MEU-2020"):
        return clear("in force since 2020-06-29", cite)
    if at.item("eccn").among("EAR99"):
        return clear("EAR99 is no item of Supp. 2 to part 744", cite)
    if not _military(at, MILITARY):
        return clear("no military end use or user in a country of the section", cite)
    if not _in_supplement_2(at):
        return clear("not an item of Supp. 2 to part 744", cite)
    says = "an item of Supp. 2 to part 744 for a military end use or user"
    return require(Policy.PRESUMPTION_OF_DENIAL, says, cite, "15 CFR 744.21(e)(1)", reasons=("744.21(a)(1)",))


@rule("us_ear/744.21(b)(1)", 8, "MEU List", "15 CFR 744.21(b)(1)(ii)", "Supp. 7 to part 744")
def military_list(at: At) -> Finding:
    """Require a license since MEULIST-2020 for Supp. 2 where a party stands on the MEU List, wherever it is."""
    cite = "15 CFR 744.21(b)(1)(ii)"
    if not at.law.stands("MEULIST-2020"):
        return clear("in force since 2020-12-23", cite)
    if at.item("eccn").among("EAR99"):
        return clear("EAR99 is no item of Supp. 2 to part 744", cite)
    if not at.party("on").has("meu_list"):
        return clear("not on the MEU List", cite)
    if not takes_part(at):
        return clear("on the MEU List, but no party of 748.5(c)-(f) here", cite)
    if not _in_supplement_2(at):
        return clear("not an item of Supp. 2 to part 744", cite)
    says = "an item of Supp. 2 to part 744, with a party of the MEU List"
    return require(Policy.PRESUMPTION_OF_DENIAL, says, cite, "Supp. 7 to part 744", reasons=("744.21(b)(1)",))


@rule("us_ear/744.21(a)(2)", 8, "The military of Russia and Belarus", "15 CFR 744.21(a)(2)", "15 CFR 744.21(e)(1)")
def military_of_russia(at: At) -> Finding:
    """Require a license for every item to military uses and users in Russia (RU-2022) and Belarus (RU-BY-2022).

    Elsewhere such users count with footnote 3 alone, which their entry decides (744.11). Food and medicine were outside
    at first; when they came in is from memory (RU-2022-09).
    """
    cite = "15 CFR 744.21(a)(2)"
    if not RUSSIA.on(at.law):
        return clear("in force since 2022-02-24", cite)
    if not _military(at, RUSSIA):
        return clear("no military end use or user in Russia or Belarus", cite)
    policy = Policy.DENIAL
    if at.item("eccn").among("EAR99") and at.item("food_or_medicine").among("yes"):
        if not at.law.stands("RU-2022-09") and not at.open(
            "not_modeled", "us_ear/744.21(a)(2) food and medicine, 2022"
        ):
            return clear("food or medicine designated EAR99", cite)
        policy = Policy.CASE_BY_CASE
    says = "for a military end use or user in Russia or Belarus"
    return require(policy, says, cite, "15 CFR 744.21(e)(1)", reasons=("744.21(a)(2)",))


@rule("us_ear/744.21(a)(3)", 8, "Owned by military end users of a list", "15 CFR 744.21(a)(3)")
def owned_by_military(at: At) -> Finding:
    """Require a license for Supp. 2 where MEU parties are among listed owners of half, while AFF-2025 is in force."""
    cite = "15 CFR 744.21(a)(3)"
    if not _affiliates_rule(at.law):
        return clear("the 50 percent rule is not in force", cite)
    if at.item("eccn").among("EAR99") or not _in_supplement_2(at):
        return clear("not an item of Supp. 2 to part 744", cite)
    return _half(at, cite, "us_ear/744.21(a)(3)", "owned by parties of the MEU List by half or more")


BY_PARTY: dict[Rule, Callable[[LawDay], bool]] = {
    **dict.fromkeys(BLOCKED_BEFORE, lambda law: not law.stands("SDN-2024")),
    blocked: lambda law: law.stands("SDN-2024"),
    owned_by_blocked: _affiliates_rule,
    listed_address: lambda law: law.stands("ADDR-2024"),
    military_list: lambda law: law.stands("MEULIST-2020"),
    owned_by_military: _affiliates_rule,
}
"""The rules about one party, each with the days on which it is asked over every party with the item; on other days it
is asked once for the act, and says so."""
BY_ITEM: dict[Rule, Callable[[LawDay], bool]] = {
    military_before: lambda law: not law.stands("MEU-2020"),
    military: lambda law: law.stands("MEU-2020"),
    military_of_russia: lambda law: bool(RUSSIA.on(law)),
}
"""The rules about an item and all its parties, with the days on which they are asked over the item."""


def grounds(case: Case, item: str) -> Iterator[Ruled]:
    """Ask what the parties of an item are.

    Args:
        case: The case, after `part_738.classify`.
        item: Prefix of the item.
    """
    locate(case)
    for one, stands in BY_ITEM.items():
        yield case.ground(one, Subject(item if stands(case.law) else ""))
    for one, stands in BY_PARTY.items():
        parties = case.parties if stands(case.law) else ()
        yield from (case.ground(one, Subject(item, party)) for party in parties)
        if not parties:
            yield case.ground(one, Subject())
