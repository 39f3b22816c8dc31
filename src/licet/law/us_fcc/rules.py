"""Rules of the FCC for devices on networks: 47 CFR 54.9, 54.10 and 2.903."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from licet.law.case import Case, Claim, Part
from licet.law.rule import At, Subject, clear, prohibit, rule
from licet.model.errors import LawbookError

if TYPE_CHECKING:
    from datetime import date

    from licet.engine.fork import Finding

GRACE = timedelta(days=60)
"""How long after the Covered List federal support may still pay for what is on it (47 CFR 54.10)."""


def _us_support(at: At) -> bool:
    """Say whether Universal Service money pays: by the act itself, or as stated."""
    if not at.act("network.country").among("US"):
        return False
    if at.act("activity").among("use_support_funds"):
        return True
    return at.act("activity").among("buy", "attach") and at.act("support_funds_used").among("yes")


@rule("us_fcc/54.9", 1, "Universal Service support", "47 CFR 54.9", "PSHSB orders of 2020-06-30")
def universal_service(at: At) -> Finding:
    """Bar Universal Service money from equipment and services of a company finally designated (since FCC-2020-06)."""
    cites = ("47 CFR 54.9", "PSHSB orders of 2020-06-30")
    if not at.law.in_force("FCC-USF-RULE"):
        return clear("47 CFR 54.9 is not in force yet", "47 CFR 54.9")
    if not at.law.in_force("FCC-2020-06"):
        return clear("47 CFR 54.9 is in force, and no company is finally designated", "47 CFR 54.9")
    if not _us_support(at):
        return clear("no Universal Service money pays for it: the rule is about the money", *cites)
    if at.act("device.vendor.on").has("fcc_usf_designated"):
        return prohibit("Universal Service money may not pay for equipment or services of this maker", *cites)
    return clear("the maker is not designated", *cites)


@rule("us_fcc/54.10", 1, "Federal support and the Covered List", "47 CFR 54.10", "PSHSB public notice of 2021-03-12")
def covered_list(at: At) -> Finding:
    """Bar federal support from what is on the Covered List; its 60 days of grace are not modeled."""
    cites = ("47 CFR 54.10", "PSHSB public notice of 2021-03-12")
    if not at.law.in_force("FCC-CL"):
        return clear("there is no Covered List yet", *cites)
    if not (_us_support(at) and at.act("device.vendor.on").has("fcc_covered_list")):
        return clear("no federal support, or no maker on the Covered List", *cites)
    grace_over = at.law.since(_list_day(at) + GRACE)
    whole = at.act("device.vendor.on").has("fcc_whole_maker")
    if (grace_over and whole) or at.open("not_modeled", "us_fcc/54.10"):
        return prohibit("federal support may not pay for equipment on the Covered List", *cites)
    return clear("within the 60 days of grace, or not of the kind that the list covers for this maker", *cites)


def _list_day(at: At) -> date:
    day = at.law.book["FCC-CL"].in_force_from
    if day is None:
        raise LawbookError("FCC-CL has no first day; a list that bars support needs one")
    return day


@rule("us_fcc/2.903", 1, "Equipment authorization", "47 CFR 2.903", "FCC 22-84")
def authorization(at: At) -> Finding:
    """Refuse new authorizations of covered equipment (FCC-22-84), and of devices with covered modules (FCC-25-71)."""
    if not at.act("activity").among("authorize"):
        return clear("no equipment authorization is asked for", "47 CFR 2.903")
    if not at.law.in_force("FCC-22-84"):
        return clear("covered equipment is still authorized", "47 CFR 2.903")
    if _covered(at, "device.vendor.on"):
        return prohibit("equipment on the Covered List is not authorized any more", "47 CFR 2.903", "FCC 22-84")
    if at.law.in_force("FCC-25-71") and _covered(at, "device.modular_transmitter.vendor.on"):
        return prohibit(
            "a modular transmitter on the Covered List is in it", "47 CFR 2.903", "90 FR 53227", "FCC 25-71"
        )
    return clear("neither the device nor a module in it is covered", "47 CFR 2.903", "FCC 22-84")


def _covered(at: At, vendor: str) -> bool:
    if not at.act(vendor).has("fcc_covered_list"):
        return False
    return at.act(vendor).has("fcc_whole_maker") or at.open("not_modeled", "us_fcc/2.903 kinds of equipment")


RULES = (universal_service, covered_list, authorization)


def grounds() -> frozenset[str]:
    """Return the ids of all grounds that can be asked alone."""
    return frozenset(one.section for one in RULES)


def parts(case: Case, ground: str = "") -> list[Part]:
    """Return the decision of this regime, on one ground or on all; empty where the ground is another regime's."""
    claims = tuple(Claim(case.ground(one, Subject())) for one in RULES if ground in {"", one.section})
    return [Part(claims)] if claims else []
