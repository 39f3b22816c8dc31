"""Part 744: the Entity List and the Unverified List. Step (8), with the releases that lift the Entity List alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from licet.law.rule import At, authorize, clear, not_applicable, release, require, rule
from licet.law.us_ear.part_734 import for_standard, low_level
from licet.model.outcome import Policy

if TYPE_CHECKING:
    from licet.engine.fork import Finding

HUAWEI = ("EL-2019-05", "EL-2019-08", "EL-2020-08")
"""The measures whose entries are Huawei and its affiliates."""
SECTION = "15 CFR 744.11(a)"
BEFORE_PARTY_2020 = (
    'before 2020-08-17 the section said "to" the entity, not that it is a purchaser or intermediate consignee; '
    "BIS calls 85 FR 51335 a clarification, so the requirement is counted"
)
SAVED_YEARS = 1
"""How long a savings clause whose text names no last day is taken to be open (our assumption)."""
SMALL_NM = 10
"""SMIC, 2020-12-18 to 2024-12-01: items uniquely required for nodes of 10 nm and below are presumed denied."""


@rule("us_ear/744.11", 8, "Entity List", "15 CFR 744.11(a)", "Supp. 4 to part 744")
def entity_list(at: At) -> Finding:
    """Require the license that an entry asks for, when the entity is a party to the transaction.

    The four roles of 748.5(c)-(f) count on every day; before PARTY-2020 (2020-08-17) the section said "to" the entity,
    which BIS calls the same, so a requirement that rests on purchaser or intermediate consignee alone says so then.
    """
    why_not = _not_listed(at)
    if why_not:
        return clear(why_not, SECTION)
    entry, cites = at.candidate, (*at.candidate.cites(), SECTION)
    as_party = _as_party(at)
    if not as_party:
        return clear(
            f"{entry.name} is listed, but is no party of 748.5(c)-(f) here",
            SECTION,
            "15 CFR 748.5(c)-(f)",
            red_flags=(f"{entry.name} is on the Entity List and takes part without being a party to the transaction",),
        )
    if entry.via == "branch" and not _branch_counts(at):
        return clear("a branch outside the country of the entry is not included", "BIS Entity List FAQ 45")
    if not _in_scope(at):
        return clear(f"{entry.name} is listed, but its entry does not reach this item", *cites)
    by = {"employer": " (its employer)", "branch": " (whose branch it is)"}.get(entry.via, "")
    says = f"{entry.name}{by} is on the Entity List{_since(at)}"
    conflict = "" if as_party == "to" or at.law.in_force("PARTY-2020") else BEFORE_PARTY_2020
    return require(review_policy(at), says, *cites, reasons=("744.11",), conflict=conflict)


def _not_listed(at: At) -> str:
    """Return why the party does not stand under the entry at all, or an empty string where it does."""
    via = at.candidate.via
    if not at.listing("same").among("yes"):
        return "not the listed party"
    if via == "branch" and at.party("legally_distinct").among("yes"):
        return "a legal person of its own, not a branch"
    if via == "unknown employer" and not _released(at):
        return "no release to a person whom a listed entity may employ"
    return ""


def _released(at: At) -> bool:
    """Say whether technology or source code is released to the party as a person."""
    return at.act("activity").among("deemed_export", "deemed_reexport") and at.party("role").has("recipient")


def _since(at: At) -> str:
    return f" since {at.candidate.since}" if at.candidate.since else ""


def _as_party(at: At) -> str:
    """Return how the entity is a party to the transaction: `to` it, `through` it, or not at all (empty)."""
    role = at.party("role")
    if role.has("ultimate_consignee") or role.has("end_user") or role.has("recipient"):
        return "to"
    return "through" if role.has("purchaser") or role.has("intermediate_consignee") else ""


def _branch_counts(at: At) -> bool:
    """Say whether a branch that is no person of its own is the listed entity: yes in the country of the entry."""
    country = at.candidate.listing.country if at.candidate.listing is not None else ""
    if not country or at.party("country").among(country):
        return True
    return at.open("conflict", "BIS Entity List FAQ 45 and the FAQ on branches")


def _in_scope(at: At) -> bool:
    scope = at.listing("scope")
    if scope.among("all"):
        return True
    if scope.among("ccl_and_supp7_part746"):
        return not at.item("eccn").among("EAR99") or at.item("listed_in").has("supp7_part746")
    return at.open("not_modeled", "us_ear/744.11 scope of the entry")


def review_policy(at: At) -> Policy | None:
    """Return the policy of the entry; below 5G, foreign-produced items of footnote 1 are judged case by case."""
    if (
        at.candidate.measure in HUAWEI
        and at.law.in_force("FDP-2020-08")
        and at.item("us_origin").among("no")
        and at.item("telecom_level").among("below_5g")
    ):
        return Policy.CASE_BY_CASE
    entry = at.candidate.listing
    if entry is not None and entry.group == "smic" and entry.policy is None and not at.law.stands("EL-2024-12"):
        small = at.item("uniquely_required_nm").upto_number(SMALL_NM)
        return Policy.PRESUMPTION_OF_DENIAL if small else Policy.CASE_BY_CASE
    stated = at.listing("policy")
    return next((policy for policy in reversed(Policy) if stated.among(policy.name)), None)


@rule("us_ear/744.11 standards", 8, "Standards release", "85 FR 36719", "87 FR 55241", authorizes=True)
def standards_release(at: At) -> Finding:
    """Lift 744.11 for standards work: STD-2020 for the Huawei entries, STD-2022 for every listed entity."""
    huawei = at.candidate.measure in HUAWEI
    measure = at.law.first_in_force(*(("STD-2020",) if huawei else ()), "STD-2022")
    if not measure:
        return not_applicable("no standards release is in force")
    cite = at.law.book[measure].cites[0]
    if not for_standard(at) or (measure == "STD-2020" and not at.item("kind").among("technology")):
        return not_applicable("not released for standards work", cite)
    if low_level(at):
        return release(measure, "released for a standard: no license under 744.11", cite, SECTION)
    if measure == "STD-2022" and at.open("not_modeled", "us_ear/744.11 encryption named in 87 FR 55241"):
        return release(measure, "named encryption, released for a standard", cite, SECTION)
    return not_applicable("controlled above the level that the release names", cite)


@rule(
    "us_ear/744.11 footnote 2",
    8,
    "Vulnerability disclosure",
    "85 FR 51596",
    "Supp. 4 to part 744, footnote 2",
    authorizes=True,
)
def vulnerability_release(at: At) -> Finding:
    """Lift 744.11 for the disclosure of vulnerabilities to Huawei, in research on a third party's working network."""
    cites = ("85 FR 51596", "Supp. 4 to part 744, footnote 2")
    if at.candidate.measure not in HUAWEI or not at.law.in_force("FN2-2020"):
        return not_applicable("footnote 2 is not in force for this entry")
    if not (discloses(at) and at.act("network.fully_operational").among("yes")):
        return not_applicable("no disclosure within footnote 2", *cites)
    if not at.act("network.run_by_third_party").among("yes"):
        return not_applicable("the network is not that of a third party", *cites)
    return release("FN2-2020", "vulnerability disclosure within footnote 2: no license under 744.11", *cites)


def discloses(at: At) -> bool:
    """Say whether the act only discloses vulnerabilities in items of Huawei or a listed affiliate."""
    return (
        not at.item("kind").among("commodity")
        and at.act("purpose").has("vulnerability_disclosure")
        and not at.act("purpose").has("new_business")
        and at.act("disclosure.limited_to_vulnerabilities").among("yes")
        and at.act("disclosure.of_huawei").among("yes")
    )


_SAVED_UNTIL = {"SAV-2023": date(2023, 11, 15)}
_CONFLICTING = ("SAV-2023",)


@rule("us_ear/savings", 12, "Savings clause of the listing", "84 FR 22961", authorizes=True)
def savings(at: At) -> Finding:
    """Save what was aboard a carrier to the port, under actual orders, on the first day of the listing."""
    entry = at.candidate
    if entry.since is None:
        return not_applicable("the first day of the listing is not stated")
    until = _SAVED_UNTIL.get(entry.measure) or _anniversary(entry.since) - timedelta(days=1)
    if at.law.since(until + timedelta(days=1)):
        return not_applicable(f"the savings clause is taken as closed since {until + timedelta(days=1)}")
    cite = entry.cites()[0] if entry.cites() else SECTION
    if not at.act("dates.en_route_since").upto(entry.since):
        return not_applicable(f"not aboard a carrier on {entry.since}: the savings clause does not apply", cite)
    if entry.measure in _CONFLICTING and not at.open("conflict", f"{entry.measure} savings clause"):
        return not_applicable("the report of the savings clause contradicts itself", cite)
    return authorize(entry.measure or "savings clause", f"aboard a carrier on {entry.since}: saved", cite)


def _anniversary(day: date) -> date:
    try:
        return day.replace(year=day.year + SAVED_YEARS)
    except ValueError:  # 29 February
        return day.replace(year=day.year + SAVED_YEARS, month=3, day=1)


@rule("us_ear/744.15", 8, "Unverified List", "15 CFR 744.15(b)", "Supp. 6 to part 744")
def unverified_list(at: At) -> Finding:
    """Ask for a statement before a shipment to an unverified party that needs no license; no exception is open."""
    if not at.listing("same").among("yes"):
        return clear("not the unverified party", "15 CFR 744.15")
    return clear(
        f"{at.candidate.name} is on the Unverified List: a statement before the shipment, and no exception is open",
        "15 CFR 744.15(b)",
        "15 CFR 740.2(a)(17)",
        duties=("us_ear/744.15",),
        red_flags=(f"{at.candidate.name} is on the Unverified List",),
    )


FAQ_SUBSIDIARIES = "BIS Entity List FAQ (subsidiaries)"


@rule("us_ear/744.11 behind", 8, "Listed entities behind a party", "15 CFR 744.11(a)", FAQ_SUBSIDIARIES)
def listed_behind(at: At) -> Finding:
    """Ask whether a party acts for a listed entity that owns it, controls it, or belongs to it.

    Ownership alone gives no requirement on this ground, but a red flag (the 50 percent rule is `us_ear/744.11(a)(1)`).
    A party that acts for the listed entity does not hide it: then the listed entity is a party to the transaction.
    """
    behind = [word for word in ("owner", "controller", "subsidiary") if at.party("behind").has(word)]
    if not behind:
        return clear("no listed entity is stated behind the party", SECTION)
    flags = tuple(f"a listed {word} stands behind the party: find out who will use the item" for word in behind)
    if at.act("knowledge.acts_for_listed").among("yes"):
        says = "the party acts for a listed entity, which so is a party to the transaction"
        return require(None, says, SECTION, FAQ_SUBSIDIARIES, reasons=("744.11",))
    return clear("ownership alone gives no requirement on this ground", SECTION, red_flags=flags)
