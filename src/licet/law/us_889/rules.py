"""Section 889(a)(1)(A) and (B): covered equipment, bought by agencies or used by their contractors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from licet.law.case import Case, Claim, Part
from licet.law.rule import At, Subject, clear, prohibit, rule

if TYPE_CHECKING:
    from licet.engine.fork import Finding

A = "Pub. L. 115-232 s. 889(a)(1)(A)"
B = "Pub. L. 115-232 s. 889(a)(1)(B)"
DEFINED = "Pub. L. 115-232 s. 889(f)(3)"


def _covered(at: At) -> str:
    """Return why the equipment is outside section 889, or an empty string where it is covered."""
    if not at.act("device.vendor.on").has("s889"):
        return "the maker is not named in section 889"
    if not at.act("device.substantial_or_essential").among("yes"):
        return "it is no substantial or essential component"
    if not at.act("device.routes_or_sees_user_data").among("yes"):
        return "it cannot route or redirect user data, nor see into it"
    if at.act("device.vendor.on").has("fcc_whole_maker") or at.open("not_modeled", "us_889 uses for public safety"):
        return ""
    return "not used for public safety or security of critical infrastructure"


@rule("us_889/a_1_A", 1, "What agencies buy", A, "Pub. L. 115-232 s. 889(a)(2)")
def bought(at: At) -> Finding:
    """Bar agencies from buying covered equipment, since 2019-08-13."""
    if not at.law.in_force("S889"):
        return clear("section 889 part A is not in force yet", A)
    if not (at.act("activity").among("buy") and at.act("network.kinds").has("federal_agency")):
        return clear("no purchase by a federal agency", A)
    why_not = _covered(at)
    return (
        clear(why_not, A, DEFINED)
        if why_not
        else prohibit("a federal agency may not buy covered equipment", A, DEFINED)
    )


@rule("us_889/a_1_B", 1, "What contractors use", B, "Pub. L. 115-232 s. 889(a)(2)", "85 FR 42665")
def used(at: At) -> Finding:
    """Bar agencies from contracting with an entity that uses covered equipment, since 2020-08-13, for whatever use."""
    if not at.law.in_force("S889B"):
        return clear("section 889 part B is not in force yet", B)
    if not (at.act("activity").among("use_by_contractor") and at.act("network.kinds").has("federal_contractor")):
        return clear("no use by a federal contractor", B)
    why_not = _covered(at)
    if why_not:
        return clear(why_not, B, DEFINED)
    return prohibit("an agency may not contract with an entity that uses covered equipment", B, DEFINED)


RULES = (bought, used)


def grounds() -> frozenset[str]:
    """Return the ids of all grounds that can be asked alone."""
    return frozenset(one.section for one in RULES)


def parts(case: Case, ground: str = "") -> list[Part]:
    """Return the decision of this regime, on one ground or on all; empty where the ground is another regime's."""
    claims = tuple(Claim(case.ground(one, Subject())) for one in RULES if ground in {"", one.section})
    return [Part(claims)] if claims else []
