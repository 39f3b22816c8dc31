"""Section 734.9: foreign-made items that come from US technology, software or plant. Step (4).

Before FDP-2022 the same questions stood in 736.2(b)(3), and since FDP-2020-05 in footnote 1 to Supp. 4 to part 744.
`enrich.production` puts the product scopes and the entities as facts. Each rule is one way for an item to be subject to
the EAR. A savings clause makes such a way end in AUTHORIZED: it lifts nothing where another way reaches the item.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from licet.law.rule import At, authorize, clear, not_applicable, not_subject, require, rule
from licet.law.us_ear.part_734_4 import abroad
from licet.law.us_ear.part_742 import chip_destinations
from licet.law.us_ear.policy import SERIES_9X515, SERIES_600
from licet.law.us_ear.reach import china, d5_or_macau, goes_to, to_group
from licet.model.outcome import Policy

if TYPE_CHECKING:
    from licet.engine.fork import Finding
    from licet.law.day import LawDay

AT_HOME = "in the United States or of US origin: no question of a direct product"
NOT_MADE = "not made with technology, software or plant that this paragraph names"
PLANT_SAVED_UNTIL = date(2020, 9, 14)
"""Last day for the product of a plant whose production began before FDP-2020-05."""
SAVED = timedelta(days=365)
"""How long a savings clause whose text was not read is taken to be open (our assumption, as for listings)."""
RUSSIA_LISTS = date(2022, 9, 15)
"""First day of items of Supp. 6 and 7 to part 746 in 734.9(f) (87 FR 57068)."""
CRIMEA = date(2023, 5, 19)
"""First day of Crimea in 734.9(f) (88 FR 33422, from memory)."""
IRAN = date(2023, 2, 24)
"""First day of 734.9(j) (88 FR 12150, from memory)."""
FN1 = ("15 CFR 734.9(e)(1)", "85 FR 29849", "85 FR 51596")
FN4 = ("15 CFR 734.9(e)(2)", "87 FR 62186")
FN5 = ("15 CFR 734.9(e)(3)", "89 FR 96790")


def _cites(at: At, now: str, before: str) -> tuple[str, ...]:
    """Return where a rule stood on the day: gathered in 734.9 since FDP-2022."""
    return (now,) if at.law.stands("FDP-2022") else (before,)


def _made(at: At, word: str) -> bool:
    return at.item("made_with").has(word)


def _entity(at: At, mark: str, *, destined: bool = False) -> str:
    """Say how an entity with a footnote meets the end-user scope; empty where none does.

    Args:
        at: The view.
        mark: The footnote.
        destined: Whether it has to receive the item, as the text of May 2020 asks.
    """
    if at.act(f"footnote{mark}").has("destined" if destined else "party"):
        return f"an entity with footnote {mark} takes part"
    if mark != "3" and at.act(f"footnote{mark}").has("known"):
        return f"an entity with footnote {mark} is known to take part or to use it"
    if at.law.stands("AFF-2025") and at.act("parties").has("half listed"):
        says = "a party owned by half or more by listed entities, one of them with the footnote"
        return says if at.open("not_modeled", f"us_ear/734.9(e) whether an owner has footnote {mark}") else ""
    return ""


# -- (b) to (d): by technology and destination


@rule("us_ear/734.9(b)", 4, "Direct products of national security technology", "15 CFR 734.9(b)", "15 CFR 736.2(b)(3)")
def national_security(at: At) -> Finding:
    """Count items controlled for national security that come from such technology as subject to D:1, E:1, E:2."""
    cites = _cites(at, "15 CFR 734.9(b)", "15 CFR 736.2(b)(3)(i)-(ii)")
    if not abroad(at):
        return not_subject(AT_HOME, *cites)
    if not to_group(at, "D:1", "E:1", "E:2"):
        return not_subject("not to Country Group D:1, E:1 or E:2", *cites)
    if not at.item("ns_controlled").among("yes"):
        return not_subject("not controlled for national security", *cites)
    if not _made(at, "ns"):
        return not_subject(NOT_MADE, *cites)
    return not_applicable("the direct product of US technology controlled for national security", *cites)


@rule("us_ear/734.9(c)", 4, "Direct products of 9x515 technology", "15 CFR 734.9(c)", "15 CFR 736.2(b)(3)")
def satellites(at: At) -> Finding:
    """Count 9x515 items that come from such technology as subject to D:5, E:1, E:2."""
    cites = _cites(at, "15 CFR 734.9(c)", "15 CFR 736.2(b)(3)(iii)-(iv)")
    if not abroad(at) or not at.item("eccn").like(*SERIES_9X515):
        return not_subject("no foreign-made 9x515 item", *cites)
    if not to_group(at, "D:5", "E:1", "E:2"):
        return not_subject("not to Country Group D:5, E:1 or E:2", *cites)
    return _military(at, "9x515", "600", cites)


@rule("us_ear/734.9(d)", 4, "Direct products of 600 series technology", "15 CFR 734.9(d)", "15 CFR 736.2(b)(3)")
def series_600(at: At) -> Finding:
    """Count 600 series items and 0A919 that come from such technology as subject to D:1, D:3 to D:5, E:1, E:2."""
    cites = _cites(at, "15 CFR 734.9(d)", "15 CFR 736.2(b)(3)(iii)-(iv)")
    if not abroad(at) or not at.item("eccn").like("0A919*", *SERIES_600):
        return not_subject("no foreign-made item of the 600 series", *cites)
    if not to_group(at, "D:1", "D:3", "D:4", "D:5", "E:1", "E:2"):
        return not_subject("not to Country Group D:1, D:3, D:4, D:5, E:1 or E:2", *cites)
    if at.item("eccn").like("0A919*"):
        made = _made(at, "600 direct")
        return not_applicable("0A919 from US technology", *cites) if made else not_subject(NOT_MADE, *cites)
    return _military(at, "600", "9x515", cites)


def _military(at: At, own: str, other: str, cites: tuple[str, ...]) -> Finding:
    """Before FDP-2022 the technology of either series counted for the items of both."""
    if _made(at, own) or (not at.law.stands("FDP-2022") and _made(at, other)):
        return not_applicable("the direct product of US technology of the 600 series or 9x515", *cites)
    return not_subject(NOT_MADE, *cites)


# -- (e)(1): footnote 1


@rule("us_ear/734.9(e)(1)", 4, "Direct products for footnote 1 entities", *FN1)
def footnote_1(at: At) -> Finding:
    """Count foreign-made items for Huawei as subject: of its own design since FDP-2020-05, all since FDP-2020-08.

    The text of 2022 (734.9) was read; that of May and August 2020 in reports. The savings clause of August for
    production begun before could not be read: it stays open for a year.
    """
    reached = _footnote_1(at)
    if not reached:
        return not_subject("not reached by the rule for footnote 1", *FN1[:1])
    cites = _cites(at, FN1[0], "15 CFR 736.2(b)(3)(vi)")
    saved = _saved(at)
    return saved if saved is not None else not_applicable(reached, *cites, _register(at))


def _register(at: At) -> str:
    return FN1[2] if at.law.stands("FDP-2020-08") else FN1[1]


def _footnote_1(at: At) -> str:
    """Say how an item meets both scopes of the rule on the day; empty where it does not."""
    if not at.law.stands("FDP-2020-05") or not abroad(at) or not _made(at, "fn1"):
        return ""
    if not at.law.stands("FDP-2020-08"):
        entity = _entity(at, "1", destined=True)
        return f"of its own design or make: {entity}" if entity and (_own(at) or _own_design(at)) else ""
    entity = _entity(at, "1")
    return f"the direct product of listed US technology or plant: {entity}" if entity else ""


def _own(at: At) -> bool:
    """Say whether a footnote 1 entity designed or produced an item that comes straight from the technology."""
    made = _made(at, "fn1 direct")
    return made and (at.item("of_footnote1").among("yes") or at.item("produced_by_footnote1").among("yes"))


def _own_design(at: At) -> bool:
    """Say whether a plant of the technology makes an item after the design of a footnote 1 entity."""
    return _made(at, "fn1 plant") and at.item("of_footnote1").among("yes")


def _saved(at: At) -> Finding | None:
    """Return what a savings clause says of an item that is reached; None where none is open for it."""
    measure = "FDP-2020-08" if at.law.stands("FDP-2020-08") else "FDP-2020-05"
    first = at.law.book[measure].in_force_from
    if first is None or at.law.since(first + SAVED):
        return None
    if at.act("dates.en_route_since").upto(first):
        return authorize(measure, f"aboard a carrier on {first}: saved", _register(at))
    if not at.act("dates.production_start").upto(first - timedelta(days=1)) or _own(at):
        return None
    if _own_design(at):
        return _plant_saved(at)
    if measure == "FDP-2020-08" and at.open("not_modeled", "us_ear/734.9(e)(1) savings clause of 85 FR 51596"):
        return authorize(measure, "in production before the rule", FN1[2])
    return None


def _plant_saved(at: At) -> Finding | None:
    """Save what a plant had begun before May 2020, through 2020-09-14."""
    start = at.law.book["FDP-2020-05"].in_force_from
    if start is None or at.law.after(PLANT_SAVED_UNTIL):
        return None
    if not at.act("dates.production_start").upto(start - timedelta(days=1)):
        return None
    return authorize("FDP-2020-05", f"production begun before {start}: saved through {PLANT_SAVED_UNTIL}", FN1[1])


@rule("us_ear/734.9(e)(1) savings", 12, "Savings clauses of footnote 1", *FN1[1:], authorizes=True)
def savings(at: At) -> Finding:
    """Say of the requirement of footnote 1 what `footnote_1` says of jurisdiction: that a savings clause lifts it."""
    saved = _saved(at) if _footnote_1(at) else None
    return saved if saved is not None else not_applicable("no savings clause of footnote 1 is open for it", FN1[1])


@rule("us_ear/744.11(a)(2)(i)", 8, "License for direct products of footnote 1", "15 CFR 744.11(a)(2)(i)", "85 FR 51596")
def require_footnote_1(at: At) -> Finding:
    """Require a license for what the rule for footnote 1 makes subject, to any destination and for any party."""
    cites = ("15 CFR 744.11(a)(2)(i)" if at.law.stands("FDP-2022") else "15 CFR 736.2(b)(3)(vi)", _register(at))
    reached = _footnote_1(at)
    if not reached:
        return clear("not reached by the rule for footnote 1", cites[0])
    if at.act("footnote1").has("destined"):
        return require(None, f"{reached}; the policy is that of its entry", *cites, reasons=("744.11",))
    below = at.law.stands("FDP-2020-08") and at.item("telecom_level").among("below_5g")
    policy = Policy.CASE_BY_CASE if below else Policy.PRESUMPTION_OF_DENIAL
    return require(policy, reached, *cites, reasons=("744.11",))


# -- (e)(2), (e)(3), (g): footnotes 4, 5, 3


@rule("us_ear/734.9(e)(2)", 4, "Direct products for footnote 4 entities", *FN4)
def footnote_4(at: At) -> Finding:
    """Count foreign-made items for entities with footnote 4 as subject, since AC-2022-1021."""
    reached = _footnote_4(at)
    return not_applicable(reached, *FN4) if reached else not_subject("not reached by the rule for footnote 4", FN4[0])


def _footnote_4(at: At) -> str:
    if not at.law.stands("AC-2022-1021") or not abroad(at) or not _made(at, "fn4"):
        return ""
    entity = _entity(at, "4")
    return f"the direct product of listed US technology or plant: {entity}" if entity else ""


@rule("us_ear/744.11(a)(2)(iv)", 8, "License for direct products of footnote 4", "15 CFR 744.11(a)(2)(iv)")
def require_footnote_4(at: At) -> Finding:
    """Require a license for what the rule for footnote 4 makes subject; the policy is that of the entity's entry."""
    cite = "15 CFR 744.11(a)(2)(iv)"
    reached = _footnote_4(at)
    if not reached:
        return clear("not reached by the rule for footnote 4", cite)
    strict = at.open("not_modeled", "us_ear/744.11(a)(2)(iv) review policy")
    policy = Policy.PRESUMPTION_OF_DENIAL if strict else Policy.CASE_BY_CASE
    return require(policy, reached, cite, reasons=("744.11",))


@rule("us_ear/734.9(e)(3)", 4, "Equipment for footnote 5 entities and advanced-node plants", *FN5)
def footnote_5(at: At) -> Finding:
    """Count listed equipment as subject for footnote 5 entities and advanced-node plants in Macau or D:5."""
    reached = _footnote_5(at)
    return not_applicable(reached, *FN5) if reached else not_subject("not reached by the rule for footnote 5", FN5[0])


def _footnote_5(at: At) -> str:
    if not at.law.complied("FN5-2024") or not abroad(at) or not at.item("fn5_tool").among("yes"):
        return ""
    if not _made(at, "fn5"):
        return ""
    entity = _entity(at, "5")
    if not entity and _advanced_node(at) and goes_to(at, *d5_or_macau(at)):
        entity = "it goes to a plant that makes advanced-node circuits"
    return f"listed equipment from US technology or plant: {entity}" if entity else ""


def _advanced_node(at: At) -> bool:
    known = at.act("end_use.known").has("advanced_node_ic")
    return known or at.fact("end_use.fab.advanced_node?yes").among("yes")


@rule("us_ear/744.11(a)(2)(v)", 8, "License for equipment of footnote 5", "15 CFR 744.11(a)(2)(v)")
def require_footnote_5(at: At) -> Finding:
    """Open the range for equipment of footnote 5: it turns on headquarters, origin and Supp. 4 to part 742."""
    cite = "15 CFR 744.11(a)(2)(v)"
    reached = _footnote_5(at)
    if not reached or not at.open("not_modeled", "us_ear/744.11(a)(2)"):
        return clear("not reached by the rule for footnote 5, or excluded by its paragraph (A)", cite)
    return require(None, f"{reached}; the policy is that of the entry", cite, reasons=("744.11",))


@rule("us_ear/734.9(g)", 4, "Direct products for footnote 3 entities", "15 CFR 734.9(g)", "87 FR 12226")
def footnote_3(at: At) -> Finding:
    """Count foreign-made items for Russian and Belarusian entities with footnote 3 as subject, since RU-2022."""
    cites = ("15 CFR 734.9(g)", "87 FR 12226")
    if not at.law.stands("RU-2022") or not abroad(at) or not _made(at, "every"):
        return not_subject(NOT_MADE, *cites)
    entity = _entity(at, "3")
    if not entity:
        return not_subject("no entity with footnote 3 takes part", *cites)
    return not_applicable(f"the direct product of US technology or plant: {entity}", *cites)


# -- (f), (j): Russia and Belarus, Iran


@rule("us_ear/734.9(f)", 4, "Direct products for Russia and Belarus", "15 CFR 734.9(f)", "87 FR 12226")
def russia(at: At) -> Finding:
    """Count items with an ECCN, or listed by tariff number, as subject to Russia, Belarus and later Crimea."""
    cites = ("15 CFR 734.9(f)", "87 FR 12226")
    if not at.law.stands("RU-2022") or not abroad(at):
        return not_subject(AT_HOME, *cites)
    if not _made(at, "every" if at.law.stands("RU-CCL-2022") else "3 to 9"):
        return not_subject(NOT_MADE, *cites)
    if at.item("eccn").among("EAR99") and not _listed_for_russia(at):
        return not_subject("EAR99, and in no supplement that the paragraph names", *cites)
    if goes_to(at, *russian_destinations(at.law)):
        return not_applicable("the direct product of US technology or plant, to Russia, Belarus or Crimea", *cites)
    if at.act("parties").has("in russia") and at.open(
        "not_modeled", "us_ear/734.9(f) whether it goes into something made in Russia"
    ):
        return not_applicable("for something produced in or destined to Russia or Belarus", *cites)
    return not_subject("not to Russia, Belarus or Crimea", *cites)


def russian_destinations(law: LawDay) -> tuple[str, ...]:
    """Return the codes that 734.9(f) reaches on a day."""
    russia = ("RU",) if law.stands("RU-2022") else ()
    belarus = ("BY",) if law.stands("RU-BY-2022") else ()
    crimea = ("UA-43", "UA-40") if law.since(CRIMEA) else ()
    return (*russia, *belarus, *crimea)


def _listed_for_russia(at: At) -> bool:
    listed = at.item("listed_in")
    return at.law.since(RUSSIA_LISTS) and (listed.has("supp6_part746") or listed.has("supp7_part746"))


@rule("us_ear/734.9(j)", 4, "Direct products for Iran", "15 CFR 734.9(j)", "88 FR 12150")
def iran(at: At) -> Finding:
    """Open the range for items from US technology to Iran: the categories that the text named first were not read."""
    cites = ("15 CFR 734.9(j)", "88 FR 12150")
    if not at.law.since(IRAN) or not abroad(at):
        return not_subject("no foreign-made item, or before 2023-02-24", *cites)
    if not goes_to(at, "IR") and not at.act("parties").has("in iran"):
        return not_subject("neither to Iran nor with a party there", *cites)
    if not _made(at, "3 to 9"):
        return not_subject(NOT_MADE, *cites)
    if at.item("eccn").among("EAR99") and not at.item("listed_in").has("supp7_part746"):
        return not_subject("EAR99, and not in Supp. 7 to part 746", *cites)
    if at.open("not_modeled", "us_ear/734.9(j)"):
        return not_applicable("the direct product of US technology or plant, for Iran", *cites)
    return not_subject("of a category that the paragraph did not name", *cites)


# -- (h), (i), (k), (l): chips, supercomputers, equipment, model weights


@rule("us_ear/734.9(h)", 4, "Advanced computing items", "15 CFR 734.9(h)", "87 FR 62186")
def advanced_computing(at: At) -> Finding:
    """Count advanced chips and what computes with them as subject: to China, and since AC-2023 to more destinations."""
    cites = ("15 CFR 734.9(h)", "87 FR 62186")
    if not at.law.stands("AC-2022-1021") or not abroad(at) or not at.item("chip").among("yes"):
        return not_subject("no foreign-made advanced computing item", *cites)
    if not _made(at, "chips"):
        return not_subject(NOT_MADE, *cites)
    macau = ("MO",) if at.law.stands("MACAU") else ()
    codes = chip_destinations(at.law) if at.law.stands("AC-2023") else (*china(at), *macau)
    if goes_to(at, *codes):
        return not_applicable("an advanced computing item from US technology or plant", *cites)
    if not at.law.stands("AC-2023"):
        return not_subject("not to China or Macau", *cites)
    elsewhere = (
        at.open("conflict", "90 FR 4544 as printed, and the agency's word that it is not enforced")
        if at.law.complied("AID-2025")
        else at.open("not_modeled", "us_ear/734.9(h)(2) headquarters")
    )
    if elsewhere:
        return not_applicable("an advanced computing item, to a destination or for headquarters of the text", *cites)
    return not_subject("neither destination nor headquarters of the text", *cites)


@rule("us_ear/734.9(i)", 4, "Items for supercomputers", "15 CFR 734.9(i)", "87 FR 62186")
def supercomputers(at: At) -> Finding:
    """Count items that are known to be for a supercomputer in China or Macau as subject, since AC-2022-1021."""
    cites = ("15 CFR 734.9(i)", "87 FR 62186")
    if not at.law.stands("AC-2022-1021") or not abroad(at) or not at.act("end_use.known").has("supercomputer"):
        return not_subject("not known to be for a supercomputer", *cites)
    if not _made(at, "fn4"):
        return not_subject(NOT_MADE, *cites)
    macau = ("MO",) if at.law.stands("MACAU") else ()
    if goes_to(at, *china(at), *macau):
        return not_applicable("from US technology or plant, for a supercomputer in China or Macau", *cites)
    if at.open("not_modeled", "us_ear/734.9(i)(2) whether the supercomputer is in China or Macau"):
        return not_applicable("from US technology or plant, for a supercomputer in China or Macau", *cites)
    return not_subject("for a supercomputer elsewhere", *cites)


@rule("us_ear/734.9(k)", 4, "Semiconductor equipment", "15 CFR 734.9(k)", "89 FR 96790")
def equipment(at: At) -> Finding:
    """Count listed equipment from US technology or plant as subject to Macau and D:5, since 2024-12-31."""
    cites = ("15 CFR 734.9(k)", "89 FR 96790")
    if not at.law.complied("FN5-2024") or not abroad(at) or not at.item("sme").among("yes"):
        return not_subject("no foreign-made equipment of this paragraph", *cites)
    if not goes_to(at, *d5_or_macau(at)):
        return not_subject("not to Macau or Country Group D:5", *cites)
    if not _made(at, "sme"):
        return not_subject(NOT_MADE, *cites)
    return not_applicable("semiconductor equipment from US technology or plant, to Macau or D:5", *cites)


@rule("us_ear/734.9(l)", 4, "Model weights", "15 CFR 734.9(l)", "90 FR 4544")
def model_weights(at: At) -> Finding:
    """Model weights made abroad on listed computers: printed and not enforced, so a conflict."""
    cites = ("15 CFR 734.9(l)", "90 FR 4544")
    if not at.law.complied("AID-2025") or not abroad(at) or not at.item("eccn").like("4E091*"):
        return not_subject("no foreign-made model weights", *cites)
    if at.item("made_with").has("any") and at.open("conflict", "90 FR 4544, model weights, which is not enforced"):
        return not_applicable("model weights from listed computers, as printed", *cites)
    return not_subject("not from listed computers, or not enforced", *cites)


RULES = (
    national_security,
    satellites,
    series_600,
    footnote_1,
    footnote_4,
    footnote_5,
    russia,
    footnote_3,
    advanced_computing,
    supercomputers,
    iran,
    equipment,
    model_weights,
)
"""Ways by which production makes an item subject; the strictest word counts."""
LIFTS = {require_footnote_1.section: savings}
"""What overcomes a ground of `REQUIREMENTS`, beside licenses."""
REQUIREMENTS = (require_footnote_1, require_footnote_4, require_footnote_5)
"""Grounds of 744.11(a)(2) for what the Entity List rules make subject, over each item."""
