"""Part 746: embargoed destinations (General Prohibition 6). Step (9). Russia and Belarus stand in `part_746_russia`.

The sections were read as they stood up to November 2024, Syria's requirement as of 2025-10-03. License exceptions are
those of part 740. A general policy of denial is given as denial; the purposes that each section takes out of it
(telecommunications for people, civil aviation, humanitarian needs) have no fact, so they show nowhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from licet.engine.values import YES_NO, words
from licet.law.rule import At, Subject, clear, require, rule
from licet.law.us_ear.part_738 import applies, reasons_possible
from licet.law.us_ear.policy import FIREARMS, SERIES_9X515, SERIES_600
from licet.law.us_ear.reach import deemed, goes_to, within_a_country
from licet.law.us_ear.whereabouts import (
    BESIDE,
    CUBA,
    IRAN,
    NORTH_KOREA,
    REGIONS,
    SYRIA,
    THROUGH,
    comes,
    locate,
    may_come,
)
from licet.model.act import UNDETERMINABLE
from licet.model.outcome import Policy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from licet.engine.fork import Finding
    from licet.law.case import Case, Ruled
    from licet.law.us_ear.whereabouts import Place

OCCUPIED = "to.occupied"
"""Fact: whether a destination given as Ukraine without a region lies in an occupied one; stating the region tells."""
SUPP_7 = "supp7_part746"
FROM_THE_US = ("export", "domestic")
UN_REASON = "UN@746.1(b)"
UN_EMBARGOES = ("CD", "CF", "ER", "HT", "IQ", "IR", "KP", "LB", "LY", "SD", "SO", "SS", "YE")
"""Countries of 746.1(b)(2) as of November 2016, with those that the Security Council added since, from memory."""


def outside(at: At, place: Place, cite: str, *, transfers: bool = False) -> Finding | None:
    """Return why an item does not come to an embargoed destination, or nothing where it does.

    Args:
        at: The view of an item.
        place: The destination.
        cite: The section.
        transfers: Whether the section reaches transfers within the destination.
    """
    how = comes(at, place)
    if not how:
        return clear(f"neither destination nor recipient is in {place.name}", cite)
    if how == BESIDE:
        flag = f"a party in {place.name} takes part in what goes elsewhere: find out who will use the item"
        return clear(f"a party is in {place.name}, the item does not come to it", cite, red_flags=(flag,))
    if how == THROUGH and not at.open("not_modeled", "us_ear/736.2(b)(8) transit"):
        return clear(f"passed on by a party in {place.name}", cite, "15 CFR 736.2(b)(8)")
    if not transfers and within_a_country(at):
        return clear("for exports and reexports, not for transfers within a country", cite, "15 CFR 736.2(b)(6)")
    return None


def food_or_medicine(at: At) -> bool:
    """Say whether an item is food or medicine designated EAR99."""
    return at.item("eccn").among("EAR99") and at.item("food_or_medicine").among("yes")


@rule("us_ear/746.2", 9, "Cuba", "15 CFR 746.2(a)", "15 CFR 746.2(b)")
def cuba(at: At) -> Finding:
    """Require a license for every item to Cuba; a release to a Cuban national only for what is on the list."""
    cite = "15 CFR 746.2(a)"
    why_not = outside(at, CUBA, cite)
    if why_not is not None:
        return why_not
    if deemed(at) and at.item("eccn").among("EAR99"):
        return clear("a release of EAR99 technology or source code to a Cuban national", "15 CFR 746.2(a)(2)")
    policy = Policy.PRESUMPTION_OF_APPROVAL if at.item("food_or_medicine").among("yes") else Policy.DENIAL
    return require(policy, "to Cuba: all items subject to the EAR", cite, "15 CFR 746.2(b)", reasons=("746.2(a)",))


@rule("us_ear/746.4", 9, "North Korea", "15 CFR 746.4(a)", "15 CFR 746.4(b)")
def north_korea(at: At) -> Finding:
    """Require a license for every item to North Korea but food and medicine designated EAR99."""
    cite = "15 CFR 746.4(a)"
    why_not = outside(at, NORTH_KOREA, cite)
    if why_not is not None:
        return why_not
    if food_or_medicine(at):
        return clear("food or medicine designated EAR99", cite)
    says = "to North Korea: all items subject to the EAR but food and medicine"
    return require(_north_korea_policy(at), says, cite, "15 CFR 746.4(b)", reasons=("746.4(a)",))


def _north_korea_policy(at: At) -> Policy:
    """746.4(b): case by case; arms are denied, and so are luxury goods and what the United Nations named."""
    if at.item("eccn").like(*SERIES_600, *SERIES_9X515, *FIREARMS):
        return Policy.DENIAL
    denied = at.open("not_modeled", "us_ear/746.4(b) luxury goods and items named by the United Nations")
    return Policy.DENIAL if denied else Policy.CASE_BY_CASE


@rule("us_ear/746.6", 9, "Crimea and the covered regions of Ukraine", "15 CFR 746.6(a)", "15 CFR 746.6(b)")
def occupied_regions(at: At) -> Finding:
    """Require a license for every item to Crimea, since RU-2022 to the so-called republics, but food and medicine."""
    cite = "15 CFR 746.6(a)"
    if deemed(at):
        return clear("for a release the nationality counts, and a region has none", "15 CFR 746.6(a)(3)")
    if not _in_a_region(at):
        why_not = outside(at, REGIONS, cite, transfers=True)
        if why_not is not None:
            return why_not
    spared = _spared_in_the_regions(at)
    if spared:
        return clear(spared, cite, "15 CFR 746.6(d)(3)")
    says = "to Crimea, or to the so-called Donetsk or Luhansk republic: all items but food and medicine"
    return require(_regions_policy(at), says, cite, "15 CFR 746.6(b)", reasons=("746.6(a)",))


def _in_a_region(at: At) -> bool:
    """Say whether Ukraine, stated without a region, means one of these."""
    return at.act("to").among("UA") and at.fact(OCCUPIED).among("yes")


def _spared_in_the_regions(at: At) -> str:
    """Return what 746.6(a) leaves out: food and medicine, and free software to talk over the internet."""
    if at.item("eccn").among("EAR99"):
        if at.item("food_or_medicine").among("yes"):
            return "food or medicine designated EAR99"
        may_be = at.item("kind").among("software")
    else:
        may_be = at.item("eccn").like("5D992", "5D992.c*")
    free = may_be and not at.open("not_modeled", "us_ear/746.6(d)(3) software for personal communications")
    return "free software for personal communications over the internet" if free else ""


def _regions_policy(at: At) -> Policy:
    """746.6(b): denial since RU-2022; before, a presumption of it (from memory)."""
    return Policy.DENIAL if at.law.stands("RU-2022") else Policy.PRESUMPTION_OF_DENIAL


@rule("us_ear/746.7", 9, "Iran", "15 CFR 746.7(a)", "15 CFR 746.7(e)")
def iran(at: At) -> Finding:
    """Require a license for listed items to Iran, and for what the Treasury's regulations forbid without its word.

    A license of the Treasury counts as one of the EAR (746.7(a)(2)). What its regulations forbid, it decides: an export
    from the United States is, whatever the item; a reexport of EAR99 by who is no US person may not be.
    """
    cite = "15 CFR 746.7(a)(1)"
    how = comes(at, IRAN)
    if not how:
        return clear("neither destination nor recipient is in Iran", cite)
    if at.act("ofac_authorized").among("yes"):
        return clear("authorized by the Treasury, which counts for the EAR", "15 CFR 746.7(a)(2)")
    if how in {BESIDE, THROUGH}:
        return _treasury(at, "a party in Iran takes part in what goes elsewhere")
    if within_a_country(at):
        return clear("for exports and reexports, not for transfers within a country", cite, "15 CFR 736.2(b)(6)")
    return _to_iran(at)


def _to_iran(at: At) -> Finding:
    cite = "15 CFR 746.7(a)(1)"
    if not at.item("eccn").among("EAR99"):
        return require(Policy.DENIAL, "an item on the list, to Iran", cite, "15 CFR 746.7(b)", reasons=("746.7(a)(1)",))
    if at.act("activity").among(*FROM_THE_US):
        says = "an export from the United States to Iran without the Treasury's authorization"
        return require(Policy.DENIAL, says, "15 CFR 746.7(e)", "31 CFR 560.204", reasons=("746.7(e)",))
    if at.law.stands("IR-2023") and at.item("listed_in").has(SUPP_7):
        says = "an EAR99 item of Supp. 7 to part 746, to Iran"
        return require(Policy.DENIAL, says, cite, "88 FR 12150", reasons=("746.7(a)(1)(ii)",))
    return _treasury(at, "an EAR99 item that does not leave the United States for Iran")


def _treasury(at: At, says: str) -> Finding:
    """Leave open what the Iranian Transactions Regulations forbid: they are another regime."""
    if at.open("other_regime", "us_ofac/31 CFR part 560"):
        return require(Policy.DENIAL, f"{says}: forbidden by the Treasury", "15 CFR 746.7(e)", reasons=("746.7(e)",))
    return clear(f"{says}: not forbidden by the Treasury", "15 CFR 746.7(e)")


@rule("us_ear/746.9", 9, "Syria", "15 CFR 746.9(a)", "15 CFR 746.9(c)")
def syria(at: At) -> Finding:
    """Require a license for every item to Syria but food and medicine; a release only for what is on the list."""
    cite = "15 CFR 746.9(a)"
    why_not = outside(at, SYRIA, cite)
    if why_not is not None:
        return why_not
    if deemed(at):
        if at.item("eccn").among("EAR99"):
            return clear("a release of technology or source code that is not on the list", cite)
        policy = _syria_policy(at) if at.law.in_force("SY-2025") else Policy.CASE_BY_CASE
        return require(policy, "a release to a Syrian national", cite, "15 CFR 746.9(c)", reasons=("746.9(a)",))
    if food_or_medicine(at):
        return clear("food or medicine classified as EAR99", cite)
    policy = _syria_policy(at) if at.law.in_force("SY-2025") else Policy.DENIAL
    says = "to Syria: all items subject to the EAR but food and medicine"
    return require(policy, says, cite, "15 CFR 746.9(c)", reasons=("746.9(a)",))


def _syria_policy(at: At) -> Policy:
    """746.9(c) since SY-2025: approval for some purposes, case by case for the rest; which, was not read."""
    strict = at.open("not_modeled", "us_ear/746.9(c) since 2025-09-02")
    return Policy.CASE_BY_CASE if strict else Policy.PRESUMPTION_OF_APPROVAL


@rule("us_ear/746.1(b)(2)", 9, "United Nations arms embargoes", "15 CFR 746.1(b)")
def arms_embargoes(at: At) -> Finding:
    """Open the range for items controlled for UN reasons to countries under an arms embargo of the United Nations.

    Which countries the Security Council has added or released since 2016 was not seen, so none is left out.
    """
    cite = "15 CFR 746.1(b)"
    if not applies(at, UN_REASON):
        return clear("not controlled for UN reasons", cite)
    if not goes_to(at, *UN_EMBARGOES):
        return clear("to no country under an arms embargo of the United Nations", cite)
    if not at.open("not_modeled", "us_ear/746.1(b)(2)"):
        return clear("no embargo that reaches it stands", cite)
    strict = at.open("not_modeled", "us_ear/746.1(b)(2) review policy")
    policy = Policy.DENIAL if strict else Policy.APPROVAL
    says = "controlled for UN reasons, to a country under an arms embargo of the United Nations"
    return require(policy, says, cite, reasons=("UN", "746.1(b)"))


RULES = {cuba: CUBA, north_korea: NORTH_KOREA, occupied_regions: REGIONS, iran: IRAN, syria: SYRIA}
"""The rules of this module with the destination that each is about."""


def grounds(case: Case, item: str) -> Iterator[Ruled]:
    """Ask whether an item comes to an embargoed destination, for each section.

    Where the act leaves no way there, a section is asked once for the whole act, and says so.

    Args:
        case: The case, after `part_738.classify`.
        item: Prefix of the item.
    """
    locate(case)
    to = case.act.get("to")
    case.stock.put(OCCUPIED, YES_NO if to in {None, "UA", UNDETERMINABLE} else words("no"), "to")
    if UN_REASON in reasons_possible(case.stock, item):
        yield case.ground(arms_embargoes, Subject(item))
    for one, place in RULES.items():
        ukraine = place is REGIONS and bool(case.stock["to"].meet(words("UA")))
        yield case.ground(one, Subject(item if ukraine or may_come(case, place) else ""))
