"""Review policies of part 742 for the columns of the chart. Step (13): each ground has its own, the strictest wins."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from licet.law.us_ear.reach import china, goes_to, to_group
from licet.model.outcome import Policy

if TYPE_CHECKING:
    from licet.law.rule import At

FIREARMS = ("0A50*", "0B50*", "0D50*", "0E50*")
SERIES_9X515 = ("9A515*", "9B515*", "9D515*", "9E515*")
SERIES_600 = tuple(f"{category}{group}6*" for category in range(10) for group in "ABCDE")
"""The 600 series: every ECCN whose third character is 6 (772.1, from memory)."""
FIREARMS_RULE = (date(2024, 5, 30), date(2025, 9, 29))
"""Days on which other policies held for firearms (89 FR 34680, rescinded by 90 FR 47170), whose text was not read."""
PROLIFERATION_RUSSIA = (date(2020, 2, 24), Policy.PRESUMPTION_OF_DENIAL)
"""CB, NP and MT items to Russia from 2020-02-24 (85 FR 10274), read in reports of the rule."""
END_USE_OF_MASS_DESTRUCTION = ("nuclear", "missile", "chemical_biological")


def column_policy(at: At, column: str) -> Policy:
    """Return the policy under which an application for a column of the chart is reviewed."""
    if goes_to(at, *_russia_and_belarus(at)):
        return Policy.DENIAL  # 746.8(b)
    reason = column[:2]
    if reason in {"CB", "NP", "MT"}:
        return _proliferation(at)
    if reason == "NS":
        return _national_security(at)
    if reason == "RS":
        return _regional_stability(at, column)
    if reason in {"CC", "FC"}:
        return _firearms(at)
    return Policy.PRESUMPTION_OF_DENIAL if _military(at) else Policy.CASE_BY_CASE


def _russia_and_belarus(at: At) -> tuple[str, ...]:
    """Return the codes to which the policy of denial of 746.8(b) has come."""
    russia = ("RU",) if at.law.stands("RU-2022") else ()
    return (*russia, "BY") if at.law.stands("RU-BY-2022") else russia


def _military(at: At) -> bool:
    return at.act("end_use.known").has("military")


def _proliferation(at: At) -> Policy:
    """742.2(b), 742.3(b), 742.5(b): case by case."""
    since, policy = PROLIFERATION_RUSSIA
    return policy if at.law.since(since) and goes_to(at, "RU") else Policy.CASE_BY_CASE


def _national_security(at: At) -> Policy:
    """742.4(b): approval outside D:1, case by case inside; presumed denial for the weapons of some of its members."""
    arms = _arms_embargo(at)
    if arms is not None:
        return arms
    if goes_to(at, "IN"):
        return _india(at)
    if goes_to(at, *china(at), "VE", "MM", "KH", "NI"):
        return Policy.PRESUMPTION_OF_DENIAL if _military(at) else Policy.CASE_BY_CASE
    return Policy.CASE_BY_CASE if to_group(at, "D:1") else Policy.PRESUMPTION_OF_APPROVAL


def _arms_embargo(at: At) -> Policy | None:
    """742.4(b)(1)(ii), 742.6(b)(1): 9x515, firearms and 600 series to D:5; 9x515 and firearms to China and E:1."""
    eccn = at.item("eccn")
    if eccn.like(*SERIES_9X515, *FIREARMS) and (goes_to(at, *china(at)) or to_group(at, "E:1")):
        return Policy.DENIAL
    if eccn.like(*SERIES_9X515, *FIREARMS, *SERIES_600) and to_group(at, "D:5"):
        return Policy.PRESUMPTION_OF_DENIAL  # consistent with 22 CFR 126.1; which of its policies, from memory
    return None


def _india(at: At) -> Policy:
    """742.4(b)(8), 742.6(b)(7): approval, but for weapons of mass destruction and their delivery."""
    known = at.act("end_use.known")
    weapons = any(known.has(word) for word in END_USE_OF_MASS_DESTRUCTION)
    return Policy.CASE_BY_CASE if weapons else Policy.PRESUMPTION_OF_APPROVAL


def _regional_stability(at: At, column: str) -> Policy:
    """742.6(b)(1), (2), (7): case by case; detector technology to D:5 with a presumption of denial."""
    if column == "RS 1":
        arms = _arms_embargo(at)
        if arms is not None:
            return arms
        if at.item("eccn").like("6E001*", "6E002*") and to_group(at, "D:5"):
            return Policy.PRESUMPTION_OF_DENIAL
    return _india(at) if goes_to(at, "IN") else Policy.CASE_BY_CASE


def _firearms(at: At) -> Policy:
    """742.7(b), 742.17(b): case by case; from May 2024 to September 2025 firearms had policies that were not read."""
    first, last = FIREARMS_RULE
    if at.law.since(first) and not at.law.after(last) and at.item("eccn").like(*FIREARMS):
        strict = at.open("not_modeled", "us_ear/742.7 review policy")
        return Policy.PRESUMPTION_OF_DENIAL if strict else Policy.CASE_BY_CASE
    return Policy.CASE_BY_CASE
