"""Part 742: controls beside the Country Chart, and their review policies. Step (6), General Prohibitions 1 to 3.

Each rule reads the reasons for control that `part_738.classify` put, by the section that the entry names in place of a
column. Review policies are those of the text of 2026-09-01, with the changes that the rules here name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from licet.law.rule import At, Rule, clear, require, rule
from licet.law.us_ear.part_738 import COLUMN_RULES, HEADQUARTERS, applies, chart, reasons_possible, rolled_back
from licet.law.us_ear.reach import china, d5_or_macau, deemed, goes_to, to_group, within_a_country
from licet.law.us_ear.tables import group
from licet.model.outcome import Policy

if TYPE_CHECKING:
    from licet.engine.fork import Finding
    from licet.law.case import Case
    from licet.law.day import LawDay

SECTIONS = (
    *("us_ear/738.4", "us_ear/742.4", "us_ear/742.6", "us_ear/742.7", "us_ear/742.8", "us_ear/742.11"),
    *("us_ear/742.13", "us_ear/742.14", "us_ear/742.15", "us_ear/742.18", "us_ear/742.19", "us_ear/754"),
    "us_ear/90 FR 4615",
)
"""Grounds of step (6)."""
DENIED_TO_KOREA = ("2B991*", "3B991*", "8A992*", "9A991*", "1C992*", "2A983*", "5A992.c*", "1E355*")
"""Entries for anti-terrorism alone whose applications 742.19(b)(1) denies for every end user."""
CHIP_USES = ("supercomputer", "advanced_node_ic", "ic_equipment")
"""End uses of 744.23, whose policy 742.4(b)(2) and 742.6(b)(10)(i) take over."""
MOST_TPP, MOST_BANDWIDTH = 21_000, 6_500
"""Below both, in TPP and in GB/s, an export to China or Macau is judged case by case since H200-2026."""
NOT_CONTROLLED = "not controlled under this paragraph"
TRANSFER = "for exports and reexports, not for transfers within a country"


def _reasons(column: str) -> tuple[str, ...]:
    reason, _, section = column.partition("@")
    return (reason, section)


# -- 742.4, 742.6: worldwide controls of 2024


@rule("us_ear/742.4(a)(5)", 6, "National security, worldwide", "15 CFR 742.4(a)(5)", "89 FR 72926")
def worldwide_ns(at: At) -> Finding:
    """Require a license to every destination for what an entry puts under 742.4(a)(5) (since 2024-09-06)."""
    return _worldwide(at, "NS@742.4(a)(5)", "15 CFR 742.4(a)(5)", "15 CFR 742.4(b)(10)")


@rule("us_ear/742.6(a)(10)", 6, "Regional stability, worldwide", "15 CFR 742.6(a)(10)", "89 FR 72926")
def worldwide_rs(at: At) -> Finding:
    """Require a license to every destination for what an entry puts under 742.6(a)(10) (since 2024-09-06)."""
    return _worldwide(at, "RS@742.6(a)(10)", "15 CFR 742.6(a)(10)", "15 CFR 742.6(b)(11)")


def _worldwide(at: At, column: str, *cites: str) -> Finding:
    if not applies(at, column):
        return clear(NOT_CONTROLLED, cites[0])
    if within_a_country(at):
        return clear(TRANSFER, cites[0])
    of_concern = to_group(at, "D:1", "D:5")
    if deemed(at) and not at.open("not_modeled", f"us_ear/{column.partition('@')[2]} exclusion of deemed exports"):
        return clear("a release within the exclusion for staff of September 2024, or to other nationals", cites[0])
    policy = Policy.PRESUMPTION_OF_DENIAL if of_concern else Policy.CASE_BY_CASE
    if not of_concern and to_group(at, "A:1", "A:5", "A:6"):
        policy = Policy.PRESUMPTION_OF_APPROVAL
    says = f"controlled worldwide{rolled_back(at)}"
    return require(policy, says, *cites, reasons=_reasons(column))


# -- 742.4(a)(4), 742.6(a)(6): chips and the equipment to make them


@rule("us_ear/742.4(a)(4)", 6, "Semiconductor equipment, national security", "15 CFR 742.4(a)(4)", "15 CFR 742.4(b)(2)")
def equipment_ns(at: At) -> Finding:
    """Require a license for semiconductor equipment to Macau or D:5."""
    return _equipment(at, "NS@742.4(a)(4)", "15 CFR 742.4(a)(4)", "15 CFR 742.4(b)(2)")


@rule("us_ear/742.6(a)(6)(i)(A)", 6, "Semiconductor equipment", "15 CFR 742.6(a)(6)(i)(A)", "15 CFR 742.6(b)(10)(i)")
def equipment_rs(at: At) -> Finding:
    """Require a license for semiconductor equipment to Macau or D:5."""
    return _equipment(at, "RS@742.6(a)(6)(i)(A)", "15 CFR 742.6(a)(6)(i)(A)", "15 CFR 742.6(b)(10)(i)")


def _equipment(at: At, column: str, *cites: str) -> Finding:
    if not applies(at, column):
        return clear(NOT_CONTROLLED, cites[0])
    if deemed(at):
        return clear("not for deemed exports and reexports", cites[0])
    if not goes_to(at, *d5_or_macau(at)):
        return clear("not to Macau or Country Group D:5", cites[0])
    foreign = at.item("us_origin").among("no")
    if foreign and not at.open("not_modeled", "us_ear/742.4(a)(4)(ii) items from countries with equal controls"):
        return clear("reexported from a country with controls of its own", cites[0])
    says = f"semiconductor equipment, its software or technology, to Macau or Country Group D:5{rolled_back(at)}"
    return require(_chip_policy(at), says, *cites, reasons=_reasons(column))


def _chip_policy(at: At) -> Policy:
    """Return the policy of 744.23(d) where that section applies, else case by case."""
    known = any(at.act("end_use.known").has(word) for word in CHIP_USES)
    fab = at.fact("end_use.fab.advanced_node?yes|undeterminable").among("yes")
    return Policy.PRESUMPTION_OF_DENIAL if known or fab else Policy.CASE_BY_CASE


@rule("us_ear/742.6(a)(6)(i)(B)", 6, "High bandwidth memory", "15 CFR 742.6(a)(6)(i)(B)", "15 CFR 742.6(b)(10)(ii)")
def memory(at: At) -> Finding:
    """Require a license for high bandwidth memory to Macau or D:5, complied with since FN5-2024 asks for it."""
    column, cite = "RS@742.6(a)(6)(i)(B)", "15 CFR 742.6(a)(6)(i)(B)"
    if not at.law.complied("FN5-2024") or not applies(at, column):
        return clear(NOT_CONTROLLED, cite)
    if deemed(at):
        return clear("not for deemed exports and reexports", "15 CFR 742.6(a)(6)(iv)")
    if not goes_to(at, *d5_or_macau(at)):
        return clear("not to Macau or Country Group D:5", cite)
    policy = Policy.PRESUMPTION_OF_DENIAL if _headquartered(at) else Policy.PRESUMPTION_OF_APPROVAL
    return require(policy, f"high bandwidth memory to Macau or D:5{rolled_back(at)}", cite, reasons=_reasons(column))


def _headquartered(at: At) -> bool:
    """Say whether a party to the transaction, or its ultimate parent, has its headquarters in Macau or D:5."""
    return at.act(HEADQUARTERS).among("yes")


def chip_destinations(law: LawDay) -> tuple[str, ...]:
    """Return the destinations of 742.6(a)(6)(iii)(B): D:1, D:4, D:5, Macau and the Emirates, without A:5 and A:6."""
    allied = set(group(law, "A:5", "A:6"))
    return tuple(sorted({code for code in group(law, "D:1", "D:4", "D:5") if code not in allied} | {"AE", "MO"}))


@rule("us_ear/742.6(a)(6) 2022", 6, "Advanced chips, 2022", "87 FR 62186", "15 CFR 742.6(a)(6) (2022)")
def chips_2022(at: At) -> Finding:
    """Require a license for the first advanced chip controls: to China, and since MACAU to Macau, until AC-2023."""
    column, cite = "RS@742.6(a)(6) (2022)", "87 FR 62186"
    if not applies(at, column) or deemed(at):
        return clear(NOT_CONTROLLED, cite)
    macau = ("MO",) if at.law.stands("MACAU") else ()
    if not goes_to(at, *china(at), *macau):
        return clear("not to China or Macau", cite)
    says = f"advanced computing item or its equipment, to China or Macau{rolled_back(at)}"
    return require(Policy.PRESUMPTION_OF_DENIAL, says, cite, reasons=_reasons(column))


CHIPS = ("RS@742.6(a)(6)(iii)(A)", "RS@742.6(a)(6)(iii)(B)", "RS@742.6(a)(6)(iii)")


@rule(
    "us_ear/742.6(a)(6)(iii)",
    6,
    "Advanced chips and what computes with them",
    "15 CFR 742.6(a)(6)(iii)",
    "15 CFR 742.6(b)(10)(iii)",
)
def chips(at: At) -> Finding:
    """Require a license for advanced chips: by destination, and by headquarters since AC-2023.

    AID-2025 printed a requirement to every destination, which is not enforced: elsewhere it is a conflict.
    """
    cites = ("15 CFR 742.6(a)(6)(iii)", "15 CFR 742.6(b)(10)(iii)")
    if not at.law.stands("AC-2023") or not applies(at, *CHIPS):
        return clear(NOT_CONTROLLED, cites[0])
    if deemed(at):
        return clear("not for deemed exports and reexports", "15 CFR 742.6(a)(6)(iv)")
    if goes_to(at, *chip_destinations(at.law)):
        return _chips_to(at, *cites)
    if _headquartered(at):
        return _chips_by_headquarters(at, *cites)
    worldwide = at.law.complied("AID-2025") and applies(at, CHIPS[0])
    if worldwide and at.open("conflict", "90 FR 4544 as printed, and the agency's word that it is not enforced"):
        says = "to every destination, as printed and not enforced"
        return require(
            Policy.PRESUMPTION_OF_APPROVAL, says, cites[0], "90 FR 4544", reasons=("RS", "742.6(a)(6)(iii)(A)")
        )
    return clear("neither destination nor headquarters in the groups of this paragraph", cites[0])


def _chips_to(at: At, *cites: str) -> Finding:
    if goes_to(at, "AE") and at.law.stands("UAE-2026") and not applies(at, CHIPS[0]) and _approved(at):
        return clear("consignee and end users are approved in Supp. 8 to part 740", cites[0], "91 FR 43034")
    if not goes_to(at, *d5_or_macau(at)) and not _headquartered(at):
        says = f"advanced chips to a destination of this paragraph{rolled_back(at)}"
        return require(Policy.PRESUMPTION_OF_APPROVAL, says, *cites, reasons=("RS", "742.6(a)(6)(iii)"))
    says = f"advanced chips to Macau or Country Group D:5, or for who has its headquarters there{rolled_back(at)}"
    return require(_h200_policy(at), says, *cites, reasons=("RS", "742.6(a)(6)(iii)"))


def _chips_by_headquarters(at: At, *cites: str) -> Finding:
    """By headquarters alone: enforced for the stronger chips (D5-GUIDE); for others AID-2025 names none."""
    says = f"advanced chips for who has its headquarters in Macau or Country Group D:5{rolled_back(at)}"
    silent = at.law.stands("AID-2025") and not applies(at, CHIPS[0])
    if silent and not at.open("conflict", "742.6(a)(6)(iii)(B) as printed, and the agency's guidance of 2026-05-31"):
        return clear("the text names destinations alone for these chips", cites[0])
    return require(Policy.PRESUMPTION_OF_DENIAL, says, *cites, reasons=("RS", "742.6(a)(6)(iii)"))


def _approved(at: At) -> bool:
    """Say whether the ultimate consignee and every end user stand in Supp. 8 to part 740."""
    found = False
    for party in at.records["parties"]:
        role = at.fact(f"{party}.role")
        if role.has("ultimate_consignee") or role.has("end_user"):
            if not at.fact(f"{party}.on").has("supp8_part740"):
                return False
            found = True
    return found


def _h200_policy(at: At) -> Policy:
    """742.6(b)(10)(iii)(A)(1): since H200-2026 weaker chips from the United States to China or Macau case by case."""
    if not at.law.in_force("H200-2026") or not at.act("activity").among("export"):
        return Policy.PRESUMPTION_OF_DENIAL
    below = goes_to(at, *china(at), "MO") and at.item("kind").among("commodity")
    below = below and _below(at, "tpp", MOST_TPP) and _below(at, "dram_bandwidth_gb_s", MOST_BANDWIDTH)
    made = below and at.act("application.certifications_made").among("yes")
    return Policy.CASE_BY_CASE if made else Policy.PRESUMPTION_OF_DENIAL


def _below(at: At, name: str, limit: float) -> bool:
    return at.item(name).upto_number(limit - 1e-6)


@rule(
    "us_ear/742.6(a)(6)(ii)", 6, "Chip technology from Macau or D:5", "15 CFR 742.6(a)(6)(ii)", "15 CFR 742.6(b)(10)(i)"
)
def chip_technology_from(at: At) -> Finding:
    """Require a license for chip technology that leaves Macau or D:5 for other destinations than A:5 and A:6."""
    column, cite = "RS@742.6(a)(6)(ii)", "15 CFR 742.6(a)(6)(ii)"
    if not applies(at, column) or deemed(at) or at.item("us_origin").among("yes"):
        return clear(NOT_CONTROLLED, cite)
    if not at.act("from").among(*d5_or_macau(at)) or to_group(at, "A:5", "A:6"):
        return clear("not from Macau or Country Group D:5, or to Country Group A:5 or A:6", cite)
    says = f"chip technology developed in Macau or Country Group D:5 and taken abroad{rolled_back(at)}"
    return require(_chip_policy(at), says, cite, reasons=_reasons(column))


@rule("us_ear/742.6(a)(13)", 6, "Model weights", "15 CFR 742.6(a)(13)", "90 FR 4544")
def model_weights(at: At) -> Finding:
    """Model weights: a worldwide requirement that is printed and not enforced, so a conflict."""
    cite = "15 CFR 742.6(a)(13)"
    if not at.law.complied("AID-2025") or not applies(at, "RS@742.6(a)(13)"):
        return clear(NOT_CONTROLLED, cite)
    if at.open("conflict", "90 FR 4544 as printed, and the agency's word that it is not enforced"):
        return require(Policy.PRESUMPTION_OF_DENIAL, "model weights, as printed", cite, reasons=("RS", "742.6(a)(13)"))
    return clear("not enforced since 2025-05-13", cite)


@rule("us_ear/90 FR 4615", 6, "Laboratory equipment", "Supp. 1 to part 774, 3A069, 3E069", "90 FR 4615")
def laboratory(at: At) -> Finding:
    """Require a license for the laboratory equipment of 3A069 to Macau or D:5; its policy could not be read."""
    cite = "90 FR 4615"
    if not applies(at, "RS@90 FR 4615"):
        return clear(NOT_CONTROLLED, cite)
    if not goes_to(at, *d5_or_macau(at)):
        return clear("not to Macau or Country Group D:5", cite)
    strict = at.open("not_modeled", "90 FR 4615 review policy")
    policy = Policy.DENIAL if strict else Policy.APPROVAL
    return require(policy, f"laboratory equipment to Macau or D:5{rolled_back(at)}", cite, reasons=("RS", cite))


# -- 742.6: single countries


@rule("us_ear/742.6(a)(5)", 6, "Regional stability, Iraq", "15 CFR 742.6(a)(5)", "15 CFR 746.3(b)")
def iraq(at: At) -> Finding:
    """Require a license for eight entries to Iraq."""
    return _country(at, "RS@742.6(a)(5)", ("IQ",), "15 CFR 742.6(a)(5)")


@rule("us_ear/742.6(a)(12)", 6, "Regional stability, Pakistan", "15 CFR 742.6(a)(12)", "15 CFR 742.6(b)(13)")
def pakistan(at: At) -> Finding:
    """Require a license for six entries to Pakistan; its first day was not seen, so it counts on all."""
    return _country(at, "RS@742.6(a)(12)", ("PK",), "15 CFR 742.6(a)(12)", "15 CFR 742.6(b)(13)")


def _country(at: At, column: str, codes: tuple[str, ...], *cites: str) -> Finding:
    if not applies(at, column):
        return clear(NOT_CONTROLLED, cites[0])
    if not goes_to(at, *codes):
        return clear("not to the country of this paragraph", cites[0])
    return require(
        Policy.CASE_BY_CASE, f"controlled to this country{rolled_back(at)}", *cites, reasons=_reasons(column)
    )


@rule("us_ear/742.6(a)(7)", 6, "The .y paragraphs of 600 series and 9x515", "15 CFR 742.6(a)(7)", "15 CFR 742.6(b)(8)")
def y_paragraphs(at: At) -> Finding:
    """Require a license for .y items to China, and since MEU-2020 to Russia and Venezuela."""
    column, cite = "RS@742.6(a)(7)", "15 CFR 742.6(a)(7)"
    if not applies(at, column):
        return clear(NOT_CONTROLLED, cite)
    if within_a_country(at):
        return clear(TRANSFER, cite)
    also = ("RU", "VE") if at.law.stands("MEU-2020") else ()
    if not goes_to(at, *china(at), *also):
        return clear("not to China, Russia or Venezuela", cite)
    policy = Policy.PRESUMPTION_OF_DENIAL
    if (at.law.stands("RU-2022") and goes_to(at, "RU")) or (_is_9x515(at) and goes_to(at, *china(at))):
        policy = Policy.DENIAL
    says = f"a .y paragraph to China, Russia or Venezuela{rolled_back(at)}"
    return require(policy, says, cite, "15 CFR 742.6(b)(8)", reasons=_reasons(column))


def _is_9x515(at: At) -> bool:
    return at.item("eccn").like("9A515*", "9B515*", "9D515*", "9E515*")


@rule("us_ear/742.6(a)(11)", 6, "Entries for footnote 5 entities", "15 CFR 742.6(a)(11)", "15 CFR 742.6(b)(12)")
def footnote_5(at: At) -> Finding:
    """Require a license for six entries to an entity with footnote 5; the policy is that of its entry (744.11)."""
    column, cite = "RS@742.6(a)(11)", "15 CFR 742.6(a)(11)"
    if not at.law.complied("FN5-2024") or not applies(at, column):
        return clear(NOT_CONTROLLED, cite)
    if not any(at.fact(f"{party}.on").has("entity_list#5") for party in at.records["parties"]):
        return clear("no entity with footnote 5", cite)
    return require(None, f"to an entity with footnote 5{rolled_back(at)}", cite, reasons=_reasons(column))


# -- 742.7 to 742.19, part 754


@rule("us_ear/742.7", 6, "Crime control beside the chart", "15 CFR 742.7(a)(4)-(5)", "15 CFR 742.7(b)")
def crime_control(at: At) -> Finding:
    """Require a license for restraints to every destination but Canada, for means of execution to every one."""
    cites = ("15 CFR 742.7(a)(4)-(5)", "15 CFR 742.7(b)")
    everywhere = applies(at, "CC@742.7(a)(4)")
    if not everywhere and not applies(at, "CC@742.7(a)(5)"):
        return clear(NOT_CONTROLLED, cites[0])
    if within_a_country(at):
        return clear(TRANSFER, cites[0])
    if not everywhere and goes_to(at, "CA"):
        return clear("to Canada", cites[0])
    return require(Policy.CASE_BY_CASE, f"crime control{rolled_back(at)}", *cites, reasons=("CC", "742.7"))


@rule("us_ear/742.11", 6, "Implements of torture", "15 CFR 742.11")
def torture(at: At) -> Finding:
    """Require a license for implements of torture to every destination; applications are generally denied."""
    if not applies(at, "CC@742.11"):
        return clear(NOT_CONTROLLED, "15 CFR 742.11")
    if within_a_country(at):
        return clear(TRANSFER, "15 CFR 742.11")
    return require(Policy.DENIAL, "an implement of torture", "15 CFR 742.11", reasons=("CC", "742.11"))


@rule("us_ear/742.13", 6, "Surreptitious listening", "15 CFR 742.13")
def listening(at: At) -> Finding:
    """Require a license for intercepting devices to every destination; the policy turns on who the exporter is."""
    cite = "15 CFR 742.13"
    if not applies(at, "SL@742.13"):
        return clear(NOT_CONTROLLED, cite)
    if within_a_country(at):
        return clear(TRANSFER, cite)
    provider = at.open("not_modeled", "us_ear/742.13(b)(1) review policy")
    policy = Policy.PRESUMPTION_OF_APPROVAL if provider else Policy.DENIAL
    return require(
        policy, f"an intercepting device, its software or technology{rolled_back(at)}", cite, reasons=("SL",)
    )


@rule("us_ear/742.14", 6, "Hot section technology", "15 CFR 742.14")
def hot_section(at: At) -> Finding:
    """Require a license for engine technology to every destination but Canada, and since AUKUS-2024 two more."""
    cite = "15 CFR 742.14"
    if not applies(at, "SI@742.14"):
        return clear(NOT_CONTROLLED, cite)
    allied = ("CA", "AU", "GB") if at.law.stands("AUKUS-2024") else ("CA",)
    if within_a_country(at) or goes_to(at, *allied):
        return clear("to a destination that the section leaves out", cite)
    return require(Policy.CASE_BY_CASE, f"hot section technology{rolled_back(at)}", cite, reasons=("SI",))


@rule("us_ear/742.15", 6, "Encryption items", "15 CFR 742.15(a)")
def encryption(at: At) -> Finding:
    """Require a license for encryption items to every destination but Canada; most are open to exception ENC."""
    cite = "15 CFR 742.15(a)"
    if not applies(at, "EI@742.15"):
        return clear(NOT_CONTROLLED, cite)
    if within_a_country(at) or goes_to(at, "CA"):
        return clear("to Canada, or within a country", cite)
    return require(Policy.CASE_BY_CASE, f"an encryption item{rolled_back(at)}", cite, reasons=("EI",))


NOT_PARTY = ("EG", "IL", "KP", "SS", "TW")
"""Destinations outside Supp. 2 to part 745, States not party to the Chemical Weapons Convention: from memory."""


@rule("us_ear/742.18", 6, "Chemical Weapons Convention", "15 CFR 742.18", "Supp. 2 to part 745")
def chemical_weapons(at: At) -> Finding:
    """Require a license for scheduled chemicals: schedule 1 to every destination, 2 and 3 to States not party."""
    cite = "15 CFR 742.18"
    if applies(at, "CW@742.18 schedule 1"):
        return require(Policy.DENIAL, f"a chemical of schedule 1{rolled_back(at)}", cite, reasons=("CW",))
    if not applies(at, "CW@742.18"):
        return clear(NOT_CONTROLLED, cite)
    technology = at.item("eccn").like("1E355*")
    if not goes_to(at, *(code for code in NOT_PARTY if not technology or code not in {"IL", "TW"})):
        return clear("to a State party to the Convention", cite, "Supp. 2 to part 745")
    if at.item("eccn").like("1C350.c*", "1C355.b*", "1C395.b*"):
        covered = not at.open("not_modeled", "us_ear/745.2 end-use certificate")
        if covered:
            return clear("with an end-use certificate of the importing government", cite, "15 CFR 745.2")
    policy = Policy.CASE_BY_CASE if technology else Policy.DENIAL
    return require(policy, f"to a State not party to the Convention{rolled_back(at)}", cite, reasons=("CW",))


SCHEDULE_3 = ("1C350.c*", "1C355.b*", "1C395.b*")
"""Chemicals of schedule 3, for which 745.2 asks a certificate where they go to a State not party."""


def _beyond_the_license(at: At, section: str, *cites: str) -> Finding:
    """Open the range for what parts 736 and 745 ask of scheduled chemicals beside the license of 742.18.

    745.1 speaks of schedule 1 alone, 745.2 of schedule 3 to States not party; 736.2(b)(7)(i)(B)-(C) forbids what does
    not comply with these.
    """
    if not applies(at, "CW@742.18 schedule 1"):
        if not applies(at, "CW@742.18"):
            return clear("no scheduled chemical", *cites)
        if not goes_to(at, *NOT_PARTY):
            return clear("of schedule 2 or 3, to a State party to the Convention", *cites)
        if not at.item("eccn").like(*SCHEDULE_3) and at.item("eccn").like("1C350.*", "1C355.*", "1C395.*", "1E355*"):
            return clear("of no paragraph with chemicals of schedule 3", *cites)
    if not at.open("not_modeled", section):
        return clear("its notices and certificates are made", *cites)
    strict = at.open("not_modeled", f"{section} review policy")
    policy = Policy.DENIAL if strict else Policy.APPROVAL
    return require(policy, "a scheduled chemical, without what part 745 asks for", *cites, reasons=("CW", cites[0]))


@rule("us_ear/745", 9, "Chemical Weapons Convention", "15 CFR 745.1", "15 CFR 745.2")
def convention_papers(at: At) -> Finding:
    """Open the range where an advance notice or an End-Use Certificate is asked for; they have no fact."""
    return _beyond_the_license(at, "us_ear/745", "15 CFR 745.1", "15 CFR 745.2")


@rule("us_ear/736.2(b)(7)", 10, "General Prohibition 7: chemicals", "15 CFR 736.2(b)(7)(i)(B)-(C)")
def prohibition_7(at: At) -> Finding:
    """Open the range where a US person must comply with part 745 before a scheduled chemical leaves."""
    return _beyond_the_license(at, "us_ear/736.2(b)(7)", "15 CFR 736.2(b)(7)(i)(B)-(C)")


@rule("us_ear/742.8", 6, "Anti-terrorism, Iran", "15 CFR 742.8")
def anti_terrorism_iran(at: At) -> Finding:
    """Require a license to Iran for what is controlled for anti-terrorism; part 746 and the Treasury ask for more."""
    cite = "15 CFR 742.8(a)(1)"
    if not applies(at, "AT 1", "AT 2", "AT@742.8"):
        return clear("not controlled for anti-terrorism", cite)
    if within_a_country(at) or not goes_to(at, "IR"):
        return clear("not to Iran", cite)
    return require(
        Policy.DENIAL, f"anti-terrorism, Iran{rolled_back(at)}", cite, "15 CFR 742.8(b)(1)", reasons=("AT", "742.8")
    )


@rule("us_ear/742.19", 6, "Anti-terrorism, North Korea", "15 CFR 742.19")
def anti_terrorism_north_korea(at: At) -> Finding:
    """Require a license to North Korea for what is controlled for anti-terrorism; 746.4 asks for more."""
    cite = "15 CFR 742.19(a)(1)"
    if not applies(at, "AT 1", "AT 2", "AT@742.19", "AT@742.8"):
        return clear("not controlled for anti-terrorism", cite)
    if within_a_country(at) or not goes_to(at, "KP"):
        return clear("not to North Korea", cite)
    denied = applies(at, "CB 1", "CB 2", "CB 3", "MT 1", "NP 1", "NP 2", "NS 1", "NS 2")
    denied = denied or at.item("eccn").like(*DENIED_TO_KOREA)
    policy = Policy.DENIAL if denied or at.act("end_use.known").has("military") else Policy.CASE_BY_CASE
    return require(
        policy, f"anti-terrorism, North Korea{rolled_back(at)}", cite, "15 CFR 742.19(b)", reasons=("AT", "742.19")
    )


@rule("us_ear/754", 6, "Short supply", "15 CFR part 754", "15 CFR 742.1(b)(1)")
def short_supply(at: At) -> Finding:
    """Open the range for items in short supply: part 754 is not modeled."""
    cite = "15 CFR part 754"
    if not applies(at, "SS@754"):
        return clear("not in short supply", cite)
    if not at.open("not_modeled", "us_ear/754"):
        return clear("part 754 requires no license", cite)
    strict = at.open("not_modeled", "us_ear/754 review policy")
    return require(Policy.DENIAL if strict else Policy.APPROVAL, "short supply", cite, reasons=("SS",))


# -- what a case asks

BESIDE_RULES: dict[str, Rule] = {
    "NS@742.4(a)(4)": equipment_ns,
    "NS@742.4(a)(5)": worldwide_ns,
    "RS@742.6(a)(5)": iraq,
    "RS@742.6(a)(6) (2022)": chips_2022,
    "RS@742.6(a)(6)(i)(A)": equipment_rs,
    "RS@742.6(a)(6)(i)(B)": memory,
    "RS@742.6(a)(6)(ii)": chip_technology_from,
    **dict.fromkeys(CHIPS, chips),
    "RS@742.6(a)(7)": y_paragraphs,
    "RS@742.6(a)(10)": worldwide_rs,
    "RS@742.6(a)(11)": footnote_5,
    "RS@742.6(a)(12)": pakistan,
    "RS@742.6(a)(13)": model_weights,
    "RS@90 FR 4615": laboratory,
    "CC@742.7(a)(4)": crime_control,
    "CC@742.7(a)(5)": crime_control,
    "CC@742.11": torture,
    "SL@742.13": listening,
    "SI@742.14": hot_section,
    "EI@742.15": encryption,
    "CW@742.18": chemical_weapons,
    "CW@742.18 schedule 1": chemical_weapons,
    "SS@754": short_supply,
}
"""The rule of every control beside the chart that this step decides."""
ELSEWHERE = ("UN@746.1(b)", "FP@746.8")
"""Reasons that only point to part 746, whose rules decide them."""
SCHEDULED = frozenset({"CW@742.18", "CW@742.18 schedule 1"})
ANTI_TERRORISM = frozenset({"AT 1", "AT 2", "AT@742.8", "AT@742.19"})


def grounds(case: Case, item: str) -> tuple[Rule, ...]:
    """Return the rules of step (6) that the reasons for control of an item call for, after `part_738.classify`.

    Args:
        case: The case.
        item: Prefix of the item.
    """
    found = {chart: None}
    reasons = reasons_possible(case.stock, item)
    for column in sorted(reasons):
        of_reason = COLUMN_RULES.get(column) or BESIDE_RULES.get(column)
        if of_reason is not None:
            found[of_reason] = None
    if reasons & SCHEDULED:
        found |= dict.fromkeys((convention_papers, prohibition_7))
    if reasons & ANTI_TERRORISM:
        found |= dict.fromkeys((anti_terrorism_iran, anti_terrorism_north_korea))
    return tuple(found)
