"""Part 744: microprocessors for the military (744.17), and chip end uses (744.23). Step (8).

744.23 was read as of October 2023 (in force 2023-11-17), April 2024 and 2026-07-23. Its first text, of October 2022, is
from memory and from 744.6(c)(2) of the same rule, which was read: China, since MACAU Macau as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from licet.law.rule import At, Subject, clear, require, rule
from licet.law.us_ear.part_744_end_use import CATEGORY_3
from licet.law.us_ear.reach import goes_to
from licet.law.us_ear.tables import group
from licet.law.us_ear.whereabouts import CHIPS as CHIP_PLACE
from licet.law.us_ear.whereabouts import (
    D1,
    ends,
    goes,
    headquartered,
    knows,
    locate,
    military_user,
    owned_by_allies,
)
from licet.model.outcome import Policy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from licet.engine.fork import Finding
    from licet.law.case import Case, Ruled
    from licet.law.day import LawDay
    from licet.law.us_ear.whereabouts import Place

MICROPROCESSOR = "3A991.a.1*"
"""The paragraph of the list for processors of 5 GFLOPS and 32 bit or more: what 744.17 speaks of."""
MAY_BE_PROCESSORS = (
    *("3A991", "3A991.a", "3A001*", "5A002*", "5A004*", "5A992*", "4A994*", "3D001*", "3D991*", "5D002*", "5D992*"),
    *("3E001*", "3E002*", "3E991*", "5E002*", "5E992*"),
)
"""Entries that may hold such a processor, or the software and technology for it."""
SUPERCOMPUTER_ITEMS = ("3A001*", "3A991*", "4A994*", "5A002*", "5A004*", "5A992*", "4A003*", "4A004*")
CHIPS = (
    *("3A090*", "4A090*", "3A001.z*", "4A003.z*", "4A004.z*", "4A005.z*", "5A002.z*", "5A004.z*", "5A992.z*"),
    *("5D002.z*", "5D992.z*"),
)
BARE_CHIPS = ("3A001", "4A003", "4A004", "4A005", "5A002", "5A004", "5A992", "5D002", "5D992")
"""Entries without a paragraph that may be their paragraph .z."""
WEAKER_CHIPS = (
    *("3A090.b*", "4A090.b*", "4A004.z.2*", "4A005.z.2*", "5A992.z.2*", "5D992.z.2*"),
    *(f"{entry}.z.{n}.b*" for entry, last in (("3A001", 4), ("5A002", 5), ("5D002", 9)) for n in range(1, last + 1)),
    *("4A003.z.1.b*", "4A003.z.2.b*", "5A004.z.1.b*", "5A004.z.2.b*"),
)
"""What 744.23(a)(3)(i)(A) names since AID-2025; 3A090.a and its like are not among them."""
MEMORY = "3A090.c*"
FAB = "end_use.fab.country"
NODE = "end_use.fab.advanced_node"
BACK_END = "end_use.fab.back_end_only"


# -- microprocessors


@rule("us_ear/744.17", 8, "Microprocessors for the military", "15 CFR 744.17(a)", "15 CFR 744.17(c)")
def microprocessors(at: At) -> Finding:
    """Require a license for fast microprocessors to military users or uses in Country Group D:1."""
    cite = "15 CFR 744.17(a)"
    eccn = at.item("eccn")
    sure = eccn.like(MICROPROCESSOR)
    if not sure and not eccn.like(*MAY_BE_PROCESSORS):
        return clear("no microprocessor of 5 GFLOPS or more, nor software or technology for one", cite)
    if not _military_in(at, D1):
        return clear("no military end use or user in Country Group D:1", cite)
    if not sure and not at.open("not_modeled", "us_ear/744.17 speed and width of the processor"):
        return clear("no microprocessor of 5 GFLOPS and 32 bit or more", cite)
    says = "a microprocessor for a military end use or user in Country Group D:1"
    return require(Policy.PRESUMPTION_OF_DENIAL, says, cite, "15 CFR 744.17(c)", reasons=("744.17",))


def _military_in(at: At, place: Place) -> bool:
    """Say whether a military end use in a place is known, or a party there is a military end user."""
    return (knows(at, "military") and ends(at, place)) or military_user(at, place, "us_ear/744.17")


# -- supercomputers


@rule("us_ear/744.23(a)(1)", 8, "Supercomputers", "15 CFR 744.23(a)(1)", "15 CFR 744.23(d)")
def supercomputers(at: At) -> Finding:
    """Require a license for circuits and computers of named entries that are known to be for a supercomputer there."""
    cite = "15 CFR 744.23(a)(1)"
    if not at.law.stands("AC-2022-1007"):
        return clear("in force since 2022-10-07", cite)
    if not at.item("eccn").like(*SUPERCOMPUTER_ITEMS):
        return clear("no circuit, computer or component of the named entries", cite)
    if not knows(at, "supercomputer"):
        return clear("not known to be for a supercomputer", cite)
    if ends(at, CHIP_PLACE) or _goes_on(at):
        says = "known to be for a supercomputer in, or destined to, Macau or Country Group D:5"
        return require(chip_policy(at), says, cite, "15 CFR 744.23(d)", reasons=("744.23(a)(1)",))
    return clear("for a supercomputer elsewhere", cite)


def _goes_on(at: At) -> bool:
    """Say whether what goes elsewhere may go on into a supercomputer there: open where the act does not deny it."""
    if at.act("knowledge.will_be_exported").among("no"):
        return False
    return at.open("not_modeled", "us_ear/744.23(a)(1) where the supercomputer stands")


# -- plants


@rule("us_ear/744.23(a)(2)", 8, "Advanced-node circuits", "15 CFR 744.23(a)(2)", "15 CFR 744.23(a)(5)")
def advanced_node(at: At) -> Finding:
    """Require a license for every item to a plant of advanced-node circuits, for some to a plant of an unknown node.

    By (ii) a node that was asked for and cannot be known is a trigger of its own, for category 3, groups B to E. Where
    nothing of a plant is stated and the end uses are, no plant is known.
    """
    cite = "15 CFR 744.23(a)(2)"
    if not at.law.stands("AC-2022-1007"):
        return clear("in force since 2022-10-07", cite)
    if knows(at, "advanced_node_ic"):
        return _known_node(at)
    if not at.fact(f"{FAB}?any").among("yes") and not at.fact(f"{NODE}?yes|undeterminable").among("yes"):
        return clear("no plant is known", cite)
    if not at.act(FAB).among(*CHIP_PLACE.on(at.law)):
        return clear("the plant is elsewhere", cite)
    return _plant(at)


def _known_node(at: At) -> Finding:
    """(i), (iii): known to be for advanced-node circuits; without a plant in the act the destination stands for it."""
    cite = "15 CFR 744.23(a)(2)(i)"
    stated = at.fact(f"{FAB}?any").among("yes")
    there = at.act(FAB).among(*CHIP_PLACE.on(at.law)) if stated or not ends(at, CHIP_PLACE) else True
    if not there:
        return clear("the plant is elsewhere", cite)
    if at.fact(f"{BACK_END}?yes").among("yes"):
        return clear("for assembly, test or packaging alone", "15 CFR 744.23(a)(5)")
    says = "known to be for advanced-node circuits in Macau or Country Group D:5"
    return require(chip_policy(at), says, cite, "15 CFR 744.23(d)", reasons=("744.23(a)(2)(i)",))


def _plant(at: At) -> Finding:
    """(i), (ii): a plant there, by what is known of its node."""
    cite = "15 CFR 744.23(a)(2)"
    if at.act(NODE).among("no"):
        return clear("no advanced-node circuits are made in the plant", cite)
    if not at.act(NODE).among("yes") and not at.item("eccn").like(*CATEGORY_3):
        return clear("an unknown node counts for category 3, groups B to E, alone", "15 CFR 744.23(a)(2)(ii)")
    if at.act(BACK_END).among("yes"):
        return clear("for assembly, test or packaging alone", "15 CFR 744.23(a)(5)")
    if at.act(NODE).among("yes"):
        says, reason = "for a plant there that makes advanced-node circuits", "744.23(a)(2)(i)"
    else:
        says, reason = "for a plant there whose node was asked for and cannot be known", "744.23(a)(2)(ii)"
    return require(chip_policy(at), says, f"15 CFR {reason}", "15 CFR 744.23(d)", reasons=(reason,))


# -- chips by headquarters


def outside_the_groups(law: LawDay) -> tuple[str, ...]:
    """Return the destinations that (a)(3)(i)(A) leaves to 742.6: D:1, D:4, D:5 without A:5 and A:6."""
    allied = set(group(law, "A:5", "A:6"))
    return tuple(code for code in group(law, "D:1", "D:4", "D:5") if code not in allied)


@rule("us_ear/744.23(a)(3)", 8, "Advanced chips by headquarters", "15 CFR 744.23(a)(3)", "15 CFR 744.23(d)")
def chips_by_headquarters(at: At) -> Finding:
    """Require a license for chips to other destinations for who has its headquarters in Macau or D:5 (AC-2023)."""
    cite = "15 CFR 744.23(a)(3)(i)"
    if not at.law.stands("AC-2023"):
        return clear("in force since 2023-11-17", cite)
    if not at.item("eccn").like(*CHIPS, *BARE_CHIPS):
        return clear("no advanced computing item", cite)
    if _by_destination(at):
        return clear("to a destination that 742.6 decides", cite, "15 CFR 742.6(a)(6)")
    if not headquartered(at):
        return clear("nobody has its headquarters in Macau or Country Group D:5", cite)
    if not _named(at):
        return clear("not among the items that the paragraph names on the day", cite, "90 FR 4544")
    says = "advanced chips for who has its headquarters in Macau or Country Group D:5"
    return require(_headquarters_policy(at), says, cite, "15 CFR 744.23(d)", reasons=("744.23(a)(3)(i)",))


def _by_destination(at: At) -> bool:
    if at.law.stands("FN5-2024") and at.item("eccn").like(MEMORY):
        return goes(at, CHIP_PLACE)
    return goes_to(at, *outside_the_groups(at.law))


def _named(at: At) -> bool:
    """Say whether the paragraph names the item: all chips until AID-2025, then the weaker ones and memory.

    AID-2025 is printed and not enforced: of the stronger chips text and practice say different things.
    """
    if at.item("eccn").like(*BARE_CHIPS):
        return at.open("not_modeled", "us_ear/744.23(a)(3) paragraph of the entry")
    if not at.law.stands("AID-2025") or at.item("eccn").like(*WEAKER_CHIPS, MEMORY):
        return True
    return at.open("conflict", "744.23(a)(3) as printed, and the agency's guidance of 2026-05-31")


@rule("us_ear/744.23(a)(3)(ii)", 8, "Chip technology developed there", "15 CFR 744.23(a)(3)(ii)")
def chip_technology(at: At) -> Finding:
    """Open the range for chip technology made abroad that leaves D:1, D:4 or D:5: who developed it has no fact."""
    cite = "15 CFR 744.23(a)(3)(ii)"
    if not at.law.stands("AC-2023") or not _developed_there(at):
        return clear("no chip technology that leaves D:1, D:4 or D:5", cite)
    says = "chip technology developed for who has its headquarters in Macau or Country Group D:5"
    return require(Policy.PRESUMPTION_OF_DENIAL, says, cite, reasons=("744.23(a)(3)(ii)",))


def _developed_there(at: At) -> bool:
    if not at.item("eccn").like("3E001*"):
        return False
    abroad = at.act("activity").among("reexport", "in_country_transfer") and at.item("us_origin").among("no")
    if not abroad:
        return False
    leaves = at.act("from").among(*outside_the_groups(at.law))
    return leaves and at.open("not_modeled", "us_ear/744.23(a)(3)(ii) who developed the technology")


def _headquarters_policy(at: At) -> Policy:
    """(d): case by case, since AC-2024 with the presumption of denial for what is made for data centers (3A090.a)."""
    if not at.law.stands("AC-2024") or at.item("eccn").like(*WEAKER_CHIPS, MEMORY):
        return Policy.CASE_BY_CASE
    strict = at.open("not_modeled", "us_ear/744.23(d)(3)(i) designed or marketed for data centers")
    return Policy.PRESUMPTION_OF_DENIAL if strict else Policy.CASE_BY_CASE


# -- equipment


@rule("us_ear/744.23(a)(4)", 8, "Semiconductor equipment", "15 CFR 744.23(a)(4)", "15 CFR 744.23(d)")
def equipment(at: At) -> Finding:
    """Require a license for items on the list that are known to be for the making of semiconductor equipment there.

    Until AC-2023 EAR99 counted as well. Since AC-2024 it counts elsewhere too, where it is made for somebody with its
    headquarters there.
    """
    cite = "15 CFR 744.23(a)(4)"
    if not at.law.stands("AC-2022-1007"):
        return clear("in force since 2022-10-07", cite)
    if not knows(at, "ic_equipment"):
        return clear("not known to be for semiconductor equipment", cite)
    if at.law.stands("AC-2023") and at.item("eccn").among("EAR99"):
        return clear("for items on the Commerce Control List", cite)
    says = "known to be for the making of semiconductor equipment"
    if ends(at, CHIP_PLACE):
        policy = chip_policy(at)
        return require(policy, f"{says} there", f"{cite}(i)", "15 CFR 744.23(d)", reasons=("744.23(a)(4)(i)",))
    if at.law.stands("AC-2024") and headquartered(at):
        says = f"{says} by who has its headquarters there"
        return require(Policy.PRESUMPTION_OF_DENIAL, says, f"{cite}(ii)", reasons=("744.23(a)(4)(ii)",))
    return clear("neither there, nor by who has its headquarters there", cite)


def chip_policy(at: At) -> Policy:
    """744.23(d): denial presumed; for users of the United States, A:5 and A:6 approval, until AC-2023 case by case."""
    if not owned_by_allies(at):
        return Policy.PRESUMPTION_OF_DENIAL
    return Policy.PRESUMPTION_OF_APPROVAL if at.law.stands("AC-2023") else Policy.CASE_BY_CASE


RULES = (microprocessors, supercomputers, advanced_node, chips_by_headquarters, chip_technology, equipment)
"""The rules of this module, each asked over an item."""


def grounds(case: Case, item: str) -> Iterator[Ruled]:
    """Ask for the chip end uses of an item.

    Args:
        case: The case, after `part_738.classify`.
        item: Prefix of the item.
    """
    locate(case)
    return (case.ground(one, Subject(item)) for one in RULES)
