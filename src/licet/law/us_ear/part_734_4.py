"""Section 734.4: US content of a foreign-made item, and the levels below which it does not matter. Step (3).

`enrich.content` does the arithmetic. The rules here ask for its sum (`us_share`) and for what has no level
(`us_content:WORD`). Each is one way for an item to be subject to the EAR: the strictest counts.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from licet.law.rule import SCALE, At, not_applicable, not_subject, rule
from licet.law.us_ear.part_734 import IN_THE_US
from licet.law.us_ear.reach import china, d5_or_macau, goes_to, to_group

if TYPE_CHECKING:
    from licet.engine.fork import Finding

CUBA_10 = date(2019, 10, 21)
"""First day of the level of 10 percent for Cuba (84 FR 56117, from memory); until then Cuba stood in E:2 alone, which
734.4(d) did not name."""
LOW, HIGH = 10, 25
"""Levels in percent."""
LITHOGRAPHY, LITHOGRAPHY_2023 = ("3B993.f.1*", "3B993.f", "3B993"), ("3B001.f.1.b.2.b*", "3B001.f*", "3B001")
NATIONAL_LISTS = {"JP": date(2023, 7, 23), "NL": date(2024, 9, 9)}
"""Countries that have this lithography on their own control lists, with the first days (734.4(a)(3), footnote 1)."""
OUTSIDE = "in the United States or of US origin: no question of content"
MAIN = ("15 CFR 734.4(c)-(d)", "Supp. 2 to part 734")


def abroad(at: At) -> bool:
    """Say whether a foreign-made item moves from or within a country abroad."""
    return not at.act("activity").among(*IN_THE_US) and not at.item("us_origin").among("yes")


@rule("us_ear/734.4", 3, "US content above the level of the destination", *MAIN)
def de_minimis(at: At) -> Finding:
    """Count an item as subject whose controlled US content is more than 10 or 25 percent of its value."""
    if not abroad(at):
        return not_subject(OUTSIDE, *MAIN)
    if not at.item("us_content").has("any"):
        return not_subject("no US content", *MAIN)
    low = _low_level(at)
    level, cite = (LOW, "15 CFR 734.4(c)") if low else (HIGH, "15 CFR 734.4(d)")
    share = f"controlled US content is {_share(at)} of the value"
    if not at.item("us_share").upto_number(level):
        return not_applicable(f"{share}, more than {level} percent", cite, MAIN[1])
    says = f"{share}, not more than {level} percent"
    if not _some(at) or at.item("kind").outside("technology"):
        return not_subject(says, cite, MAIN[1])
    return not_subject(
        f"{says}; for technology this may be relied on only 30 days after a one-time report", cite, "Supp. 2(b)"
    )


def _low_level(at: At) -> bool:
    """Say whether the destination has the level of 10 percent: E:1, and E:2 since 2019-10-21."""
    groups = ("E:1", "E:2") if at.law.since(CUBA_10) else ("E:1",)
    return to_group(at, *groups)


def _some(at: At) -> bool:
    """Say whether any content counts at all."""
    return not at.item("us_share").upto_number(0)


def _share(at: At) -> str:
    """Return the share in words, as far as the facts say it: `26 percent`, `25 to 100 percent`."""
    spans = at.facts.stock[at.item("us_share").name].spans
    low, high = (f"{end / SCALE:g}" for end in (spans[0][0], spans[-1][1]))
    return f"{low} percent" if low == high else f"{low} to {high} percent"


@rule("us_ear/734.4(b)", 3, "US encryption content", "15 CFR 734.4(b)(1)")
def encryption(at: At) -> Finding:
    """Open the range for US encryption items: the levels count only where they were authorized for ENC."""
    cite = "15 CFR 734.4(b)(1)"
    if not abroad(at) or not at.item("us_content").has("encryption"):
        return not_subject("no US content of 5A002, 5A004, 5B002 or 5D002", cite)
    if at.open("not_modeled", "us_ear/734.4(b) whether the encryption content was authorized for ENC"):
        return not_applicable("US encryption content that was not authorized for License Exception ENC", cite)
    return not_subject("US encryption content authorized for License Exception ENC", cite)


@rule("us_ear/734.4(a)(1)", 3, "Computers with US semiconductors", "15 CFR 734.4(a)(1)")
def computers(at: At) -> Finding:
    """Open the range for fast computers with US semiconductors: their peak performance has no fact."""
    cite = "15 CFR 734.4(a)(1)"
    if (
        not abroad(at)
        or not at.item("eccn").like("4A003*", "4A994*")
        or not at.item("us_content").has("computer parts")
    ):
        return not_subject("no computer with US semiconductors of 3A001", cite)
    if to_group(at, "A:1"):
        return not_subject("to no Computer Tier 3 destination", cite)
    if at.open("not_modeled", "us_ear/734.4(a)(1) peak performance and Computer Tier 3"):
        return not_applicable("a computer above the performance for which there is a level", cite)
    return not_subject("a computer below that performance, or to another destination", cite)


@rule("us_ear/734.4(a)(2)", 3, "Encryption technology with US 5E002", "15 CFR 734.4(a)(2)")
def encryption_technology(at: At) -> Finding:
    """Count foreign encryption technology as subject that has any US technology of 5E002 in it."""
    cite = "15 CFR 734.4(a)(2)"
    if not abroad(at) or not at.item("us_content").has("5E002") or at.item("kind").outside("technology"):
        return not_subject("no technology with US technology of 5E002", cite)
    return not_applicable("encryption technology with US technology of 5E002: no de minimis level", cite)


@rule("us_ear/734.4(a)(3)", 3, "Lithography for advanced-node circuits", "15 CFR 734.4(a)(3)")
def lithography(at: At) -> Finding:
    """Count lithography equipment with US content as subject where it goes to make advanced-node circuits."""
    cite = "15 CFR 734.4(a)(3)"
    if not at.law.stands("AC-2023") or not abroad(at) or not at.item("us_content").has("any"):
        return not_subject("no foreign-made item with US content, or before 2023-11-17", cite)
    patterns = LITHOGRAPHY if at.law.stands("FN5-2024") else LITHOGRAPHY_2023
    if not at.item("eccn").like(*patterns):
        return not_subject("no lithography equipment of this paragraph", cite)
    listed = tuple(code for code, since in NATIONAL_LISTS.items() if at.law.since(since))
    if listed and at.act("from").among(*listed):
        return not_subject("from a country that has it on its own control list", cite, "footnote 1 to 734.4(a)(3)")
    if not _advanced_node(at):
        return not_subject("not known to be for advanced-node circuits", cite)
    if at.open("not_modeled", "us_ear/734.4(a)(3) overlay and kind of circuit"):
        return not_applicable("lithography for advanced-node circuits: no de minimis level", cite)
    return not_subject("lithography or circuits beside this paragraph", cite)


def _advanced_node(at: At) -> bool:
    known = at.act("end_use.known").has("advanced_node_ic")
    return known or at.fact("end_use.fab.advanced_node?yes|undeterminable").among("yes")


@rule("us_ear/734.4(a)(4)", 3, "US engine technology of 9E003", "15 CFR 734.4(a)(4)")
def engine_technology(at: At) -> Finding:
    """Count what was drawn from US engine technology of 9E003 as subject, whatever its share."""
    cite = "15 CFR 734.4(a)(4)"
    if not abroad(at):
        return not_subject(OUTSIDE, cite)
    if at.item("us_content").has("9E003"):
        return not_applicable("US technology of 9E003: no de minimis level", cite)
    doubtful = at.item("us_content").has("9E003 at times")
    if doubtful and at.open("not_modeled", "us_ear/734.4(a)(4) paragraphs named on the day"):
        return not_applicable("US technology of 9E003: no de minimis level", cite)
    return not_subject("no US technology of 9E003 that the paragraph names", cite)


@rule("us_ear/734.4(a)(5)", 3, "Military commodities with US cameras", "15 CFR 734.4(a)(5)")
def military_commodities(at: At) -> Finding:
    """Open the range for military commodities with US cameras to D:5: what 0A919.a.1 describes was not read."""
    cite = "15 CFR 734.4(a)(5)"
    if not abroad(at) or not at.item("eccn").like("0A919*") or not at.item("us_content").has("cameras"):
        return not_subject("no military commodity with what 0A919.a.1 describes", cite)
    if not to_group(at, "D:5"):
        return not_subject("not to Country Group D:5", cite)
    if at.open("not_modeled", "us_ear/734.4(a)(5) what 0A919.a.1 describes"):
        return not_applicable("a military commodity with US content of 0A919.a.1: no de minimis level", cite)
    return not_subject("no US content of 0A919.a.1", cite)


@rule("us_ear/734.4(a)(6)(i)", 3, "US content of the 600 series and 9x515", "15 CFR 734.4(a)(6)(i)")
def military_content(at: At) -> Finding:
    """Count items with any US content of the 600 series or 9x515, paragraphs a to x, as subject to D:5.

    To China, E:1 and E:2 the .y paragraphs have no level either (`y_content`): there the paragraph is not asked.
    """
    cite = "15 CFR 734.4(a)(6)(i)"
    if not abroad(at) or not at.item("us_content").has("600 series"):
        return not_subject("no US content of the 600 series or 9x515", cite)
    if not to_group(at, "D:5"):
        return not_subject("not to Country Group D:5", cite)
    if not _y_destination(at) and not at.item("us_content").has("600 series a to x"):
        return not_subject("no US content of the paragraphs a to x", cite)
    return not_applicable("US content of the 600 series or 9x515 to D:5: no de minimis level", cite)


def _y_destination(at: At) -> bool:
    return goes_to(at, *china(at)) or to_group(at, "E:1", "E:2")


@rule("us_ear/734.4(a)(6)(ii)", 3, "US content of .y paragraphs", "15 CFR 734.4(a)(6)(ii)")
def y_content(at: At) -> Finding:
    """Count items with any US content of a .y paragraph as subject to E:1, E:2 and China; Russia and Belarus later.

    The day on which the paragraph began to name Russia and Belarus was not seen: from RU-2022 on it stays open.
    """
    cite = "15 CFR 734.4(a)(6)(ii)"
    if not abroad(at) or not at.item("us_content").has("600 series y"):
        return not_subject("no US content of a .y paragraph of the 600 series or 9x515", cite)
    if _y_destination(at):
        return not_applicable("US content of a .y paragraph: no de minimis level", cite)
    later = at.law.stands("RU-2022") and goes_to(at, "RU", "BY")
    if later and at.open("not_modeled", "us_ear/734.4(a)(6)(ii) first day of Russia and Belarus"):
        return not_applicable("US content of a .y paragraph to Russia or Belarus: no de minimis level", cite)
    return not_subject("not to China, Country Group E:1 or E:2", cite)


@rule("us_ear/734.4(a)(8)", 3, "Semiconductor equipment with US circuits", "15 CFR 734.4(a)(8)", "89 FR 96790")
def equipment(at: At) -> Finding:
    """Open the range for listed equipment with a US circuit to Macau or D:5: exclusions of 742.4(a)(4) have no fact."""
    cites = ("15 CFR 734.4(a)(8)", "89 FR 96790")
    if not at.law.complied("FN5-2024") or not abroad(at) or not at.item("sme").among("yes"):
        return not_subject("no equipment of this paragraph", *cites)
    if not goes_to(at, *d5_or_macau(at)) or not at.item("us_content").has("circuits"):
        return not_subject("without a US circuit, or not to Macau or D:5", *cites)
    if at.open("not_modeled", "us_ear/734.4(a)(8) whether it is excluded by 742.4(a)(4)"):
        return not_applicable("equipment with a US circuit to Macau or D:5: no de minimis level", *cites)
    return not_subject("excluded from 742.4(a)(4) and 742.6(a)(6)", *cites)


@rule("us_ear/734.4(a)(9)", 3, "Equipment with US circuits for footnote 5", "15 CFR 734.4(a)(9)", "89 FR 96790")
def equipment_for_footnote_5(at: At) -> Finding:
    """Count other equipment of 3B with a US circuit as subject for a footnote 5 entity or an advanced-node plant."""
    cites = ("15 CFR 734.4(a)(9)", "89 FR 96790")
    if not at.law.complied("FN5-2024") or not abroad(at):
        return not_subject("no foreign-made item, or before 2024-12-31", *cites)
    if not at.item("eccn").like("3B*") or at.item("sme").among("yes"):
        return not_subject("no equipment of this paragraph", *cites)
    if not at.item("us_content").has("circuits"):
        return not_subject("without a US circuit", *cites)
    entity = at.act("footnote5").has("party")
    if not entity and not (goes_to(at, *d5_or_macau(at)) and _advanced_node(at)):
        return not_subject("for no footnote 5 entity and no advanced-node plant in Macau or D:5", *cites)
    if at.open("not_modeled", "us_ear/734.4(a)(9) whether the US content is an integrated circuit"):
        return not_applicable("equipment with a US circuit: no de minimis level", *cites)
    return not_subject("the US content is no integrated circuit", *cites)


RULES = (
    de_minimis,
    encryption,
    computers,
    encryption_technology,
    lithography,
    engine_technology,
    military_commodities,
    military_content,
    y_content,
    equipment,
    equipment_for_footnote_5,
)
"""Ways by which US content makes an item subject; the strictest word counts."""
