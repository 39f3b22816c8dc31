"""Part 744: end uses that the exporter knows of (744.2 to 744.7, 744.22), and what US persons do for them. Step (8).

Read in the text of 2026-07-23, with 744.4 and 744.6 as of 2017, 744.6 as of 2022 and 2023, and 744.22 as of March 2022.
`end_use.known` is asked as a whole: a use that it leaves out is not known. A notice from the agency ("is informed") has
no fact: who holds one states the word, for the notice says that the item may go to that use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from licet.law.rule import At, Subject, clear, not_subject, require, rule
from licet.law.us_ear.whereabouts import (
    CHIPS,
    D2,
    D4,
    D4_E2,
    EMBARGOED,
    INTELLIGENCE,
    OUTSIDE_SUPP_3,
    TO,
    comes,
    ends,
    knows,
    locate,
)
from licet.model.outcome import Policy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from licet.engine.fork import Finding
    from licet.law.case import Case, Ruled

FROM_THE_US = ("export", "deemed_export", "domestic")
CHIP_EQUIPMENT = ("3B001*", "3B002*", "3B090*", "3D001*", "3D002*", "3D992*", "3E001*", "3E992*")
"""Semiconductor equipment with its software and technology, as the entries of 744.6(c)(2)(iii) name them or may hold
them."""
CATEGORY_3 = ("3B*", "3C*", "3D*", "3E*")


# -- 744.2 to 744.5


@rule("us_ear/744.2", 8, "Nuclear end uses", "15 CFR 744.2(a)", "Supp. 3 to part 744")
def nuclear(at: At) -> Finding:
    """Require a license for every item known to be for a nuclear end use, but to the countries of Supp. 3."""
    cite = "15 CFR 744.2(a)"
    if not knows(at, "nuclear"):
        return clear("not known to be for a nuclear end use", cite)
    if not ends(at, OUTSIDE_SUPP_3):
        return clear("to a country outside the nuclear end-use rule", cite, "Supp. 3 to part 744")
    says = "known to be for a nuclear end use"
    return require(Policy.CASE_BY_CASE, says, cite, "15 CFR 744.2(d)", reasons=("744.2",))


@rule("us_ear/744.3", 8, "Rockets and unmanned aircraft", "15 CFR 744.3(a)")
def missile(at: At) -> Finding:
    """Require a license for every item known to be for rockets or unmanned aircraft in D:4, elsewhere for weapons.

    In D:4 a range that is not known counts as well (a)(3), so the word alone is enough there.
    """
    cite = "15 CFR 744.3(a)"
    if not knows(at, "missile"):
        return clear("not known to be for rockets or unmanned aircraft", cite)
    if ends(at, D4):
        says = "known to be for rockets or unmanned aircraft in or by a country of D:4"
        return require(Policy.CASE_BY_CASE, says, "15 CFR 744.3(a)(1)", "15 CFR 744.3(a)(3)", reasons=("744.3",))
    if knows(at, "nuclear", "chemical_biological") or at.open("not_modeled", "us_ear/744.3(a)(2) delivery of weapons"):
        says = "known to be for rockets or unmanned aircraft that deliver weapons of mass destruction"
        return require(Policy.CASE_BY_CASE, says, "15 CFR 744.3(a)(2)", reasons=("744.3",))
    return clear("outside D:4, and not for the delivery of weapons of mass destruction", cite)


@rule("us_ear/744.4", 8, "Chemical and biological weapons", "15 CFR 744.4(a)")
def chemical_biological(at: At) -> Finding:
    """Require a license for every item known to be for chemical or biological weapons, to every destination.

    The limb of precursor plants spares Country Group A:3; the word does not tell the two apart, so A:3 is not spared.
    """
    cite = "15 CFR 744.4(a)"
    if not knows(at, "chemical_biological"):
        return clear("not known to be for chemical or biological weapons or a precursor plant", cite)
    says = "known to be for chemical or biological weapons, or a plant for their precursors"
    return require(Policy.CASE_BY_CASE, says, cite, "15 CFR 744.4(d)", reasons=("744.4",))


@rule("us_ear/744.5", 8, "Maritime nuclear propulsion", "15 CFR 744.5(a)", "15 CFR 744.5(c)")
def maritime_nuclear(at: At) -> Finding:
    """Require a license for what is known to be for a foreign project of nuclear ships; civil ones are encouraged."""
    cite = "15 CFR 744.5(a)"
    if not knows(at, "maritime_nuclear"):
        return clear("not known to be for maritime nuclear propulsion", cite)
    naval = at.open("not_modeled", "us_ear/744.5(c) naval or civil propulsion")
    policy = Policy.DENIAL if naval else Policy.CASE_BY_CASE
    return require(policy, "known to be for maritime nuclear propulsion", cite, "15 CFR 744.5(c)", reasons=("744.5",))


# -- 744.7


@rule("us_ear/744.7", 8, "Foreign vessels and aircraft", "15 CFR 744.7(a)")
def vessels_and_aircraft(at: At) -> Finding:
    """Open the range where a party to what goes elsewhere is in an embargoed destination: it may run the vessel.

    No fact says that an item is for a vessel or aircraft, or where that is registered.
    """
    cite = "15 CFR 744.7(a)"
    how = comes(at, EMBARGOED)
    if how == TO:
        return clear("the item goes to the embargoed destination itself: part 746 decides", cite)
    if not how:
        return clear("no party in an embargoed destination", cite)
    if not at.open("not_modeled", "us_ear/744.7"):
        return clear("not for a vessel or aircraft that the party runs", cite)
    says = "for a vessel or aircraft run from an embargoed destination"
    return require(Policy.DENIAL, says, cite, reasons=("744.7",))


# -- 744.22


@rule("us_ear/744.22", 8, "Military intelligence", "15 CFR 744.22(a)", "15 CFR 744.22(e)")
def military_intelligence(at: At) -> Finding:
    """Require a license for every item known to be for military intelligence of the named countries (MIEU-2021).

    Since RU-2022-09 such a user counts wherever it is; outside these countries those alone whom (f)(2) names.
    """
    cite = "15 CFR 744.22(a)"
    if not at.law.stands("MIEU-2021"):
        return clear("in force since 2021-03-16", cite)
    if not knows(at, "military_intelligence"):
        return clear("not known to be for military intelligence", cite)
    says = "known to be for military intelligence"
    if ends(at, INTELLIGENCE):
        return require(Policy.PRESUMPTION_OF_DENIAL, says, cite, "15 CFR 744.22(e)", reasons=("744.22",))
    elsewhere = at.law.stands("RU-2022-09") and at.open("not_modeled", "us_ear/744.22(f)(2) users named by the section")
    if elsewhere:
        return require(Policy.PRESUMPTION_OF_DENIAL, f"{says}, by a user that 744.22 names", cite, reasons=("744.22",))
    return clear("not of the countries of 744.22", cite)


# -- 744.6


def _us_person(at: At) -> bool:
    """Say whether a US person acts: whoever acts in the United States is one; abroad no fact says so."""
    return at.act("activity").among(*FROM_THE_US) or at.open("not_modeled", "us_ear/744.6 whether a US person acts")


def _support(at: At, paragraph: str, policy: Policy, *, meant: bool) -> Finding:
    """Say that a US person needs a license for what supports an end use; where it is not meant, nothing is said.

    The rules of 744.6 reach items that are not subject to the EAR. Where they say nothing they must not lift such an
    item: so they say that it is not subject.
    """
    cite = f"15 CFR {paragraph}"
    if not meant:
        return not_subject("known to be for no end use of the paragraph", cite)
    if not _us_person(at):
        return not_subject("no US person acts", cite, "15 CFR 772.1")
    says = "support by a US person for an end use of the paragraph"
    return require(policy, says, cite, "15 CFR 744.6(e)", reasons=(paragraph,))


@rule("us_ear/744.6(b)(1)", 8, "Support of nuclear devices", "15 CFR 744.6(b)(1)", "15 CFR 736.2(b)(7)(i)(A)")
def support_nuclear(at: At) -> Finding:
    """Require a license for support of explosive devices outside Supp. 3; until MIEU-2021 in D:2 alone."""
    place = OUTSIDE_SUPP_3 if at.law.stands("MIEU-2021") else D2
    meant = knows(at, "nuclear") and ends(at, place) and at.open("not_modeled", "us_ear/744.6(b)(1) explosive devices")
    return _support(at, "744.6(b)(1)", Policy.CASE_BY_CASE, meant=meant)


@rule("us_ear/744.6(b)(2)", 8, "Support of missiles", "15 CFR 744.6(b)(2)", "15 CFR 736.2(b)(7)(i)(A)")
def support_missile(at: At) -> Finding:
    """Require a license for support of missiles in or by D:4, since MIEU-2021 E:2 too; their range has no fact."""
    place = D4_E2 if at.law.stands("MIEU-2021") else D4
    meant = knows(at, "missile") and ends(at, place) and at.open("not_modeled", "us_ear/744.6(b)(2) range of 300 km")
    return _support(at, "744.6(b)(2)", Policy.CASE_BY_CASE, meant=meant)


@rule("us_ear/744.6(b)(3)", 8, "Support of chemical and biological weapons", "15 CFR 744.6(b)(3)-(4)")
def support_chemical_biological(at: At) -> Finding:
    """Require a license for support of chemical or biological weapons, or of plants for their precursors."""
    return _support(at, "744.6(b)(3)", Policy.CASE_BY_CASE, meant=knows(at, "chemical_biological"))


@rule("us_ear/744.6(b)(5)", 8, "Support of military intelligence", "15 CFR 744.6(b)(5)", "15 CFR 744.6(e)(2)")
def support_intelligence(at: At) -> Finding:
    """Require a license since MIEU-2021 for support of military intelligence of the named countries."""
    meant = at.law.stands("MIEU-2021") and knows(at, "military_intelligence") and ends(at, INTELLIGENCE)
    return _support(at, "744.6(b)(5)", Policy.PRESUMPTION_OF_DENIAL, meant=meant)


@rule("us_ear/744.6(c)(2)", 8, "Support of chip production by US persons", "15 CFR 744.6(c)(2)", "15 CFR 744.6(e)(3)")
def chip_support(at: At) -> Finding:
    """Open the range for US persons who move or service chip items that are not subject to the EAR (AC-2022-1012).

    Until AC-2023 in China and since MACAU in Macau, then in D:5 and Macau by headquarters. What decides is whether the
    item is not subject to the EAR, and whether a US person acts: the first is what steps (2) to (4) ask, the second has
    no fact.
    """
    cite = "15 CFR 744.6(c)(2)"
    if not at.law.stands("AC-2022-1012"):
        return not_subject("in force since 2022-10-12", cite)
    if not ends(at, CHIPS) or not _chip_activity(at):
        return not_subject("no activity of this paragraph", cite)
    if not at.open("not_modeled", "us_ear/744.6"):
        return not_subject("no US person acts, or the item is subject to the EAR: 744.23 decides", cite)
    says = "activity of a US person with chip items that are not subject to the EAR"
    return require(Policy.PRESUMPTION_OF_DENIAL, says, cite, "15 CFR 744.6(e)(3)", reasons=("744.6(c)(2)",))


def _chip_activity(at: At) -> bool:
    eccn, node = at.item("eccn"), "end_use.fab.advanced_node"
    if knows(at, "advanced_node_ic") or at.fact(f"{node}?yes").among("yes"):
        return True
    if eccn.like(*CATEGORY_3) and at.fact(f"{node}?undeterminable").among("yes"):
        return True
    abroad = not at.act("activity").among(*FROM_THE_US) and at.item("us_origin").outside("yes")
    return abroad and eccn.like(*CHIP_EQUIPMENT)


RULES = (nuclear, missile, chemical_biological, maritime_nuclear, military_intelligence, vessels_and_aircraft)
"""The rules of this module behind steps (2) to (4): they ask the same of every item."""
BEYOND = (support_nuclear, support_missile, support_chemical_biological, support_intelligence, chip_support)
"""The rules of 744.6, which reach items that are not subject to the EAR: asked beside those steps."""


def grounds(case: Case, _: str) -> Iterator[Ruled]:
    """Ask for the end uses of an act: the same for each of its items.

    Args:
        case: The case, after `part_738.classify`.
    """
    locate(case)
    return (case.ground(one, Subject()) for one in RULES)


def beyond(case: Case, item: str) -> Iterator[Ruled]:
    """Ask for the activities of US persons with an item.

    Args:
        case: The case, after `part_738.classify`.
        item: Prefix of the item.
    """
    locate(case)
    return (case.ground(one, Subject(item)) for one in BEYOND)
