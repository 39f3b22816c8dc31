"""The 50 percent rule for owners on the Entity List (744.11(a)(1)), its general license and its savings clause.

In force 2025-09-29 to 2025-11-09, stayed, and due back on 2026-11-10. Who owns whom is worked out before (see
`licet.enrich.owners`): listed owners are added up over all lists that count, and a holding of half or more passes the
whole status on.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from licet.law.rule import At, authorize, clear, not_applicable, require, rule
from licet.law.us_ear.reach import to_group
from licet.model.outcome import Policy

if TYPE_CHECKING:
    from licet.engine.fork import Finding

CITE, GUIDE = "15 CFR 744.11(a)(1)", "Supp. 8 to part 744"
ORDER = "Supp. 1 to part 736, General Order 7"
RED_FLAG_29 = "Red Flag 29: what listed parties own of it cannot be determined; resolve that, or get a license"
FOUR_ROLES = ("purchaser", "intermediate_consignee", "ultimate_consignee", "end_user")
FIRST, SAVED_UNTIL = date(2025, 9, 29), date(2025, 10, 29)
"""First day of the rule, and last day of its savings clause (law firms' words)."""


@rule("us_ear/744.11(a)(1)", 8, "Foreign affiliates owned by half or more", CITE, GUIDE)
def affiliate(at: At) -> Finding:
    """Require what the listed owners of a foreign entity would need, where they own half of it or more.

    Control without ownership does not count. Where a share cannot be determined, that is a red flag which must be
    resolved before the sale, or a license held.
    """
    why_not = _out_of_reach(at)
    if why_not:
        return clear(why_not, CITE, GUIDE)
    owners, reasons = at.party("owners"), ("744.11(a)(1)",)
    unknowable = owners.has("unknowable")
    if not unknowable and not owners.has("half"):
        return clear("listed owners hold less than half", CITE, GUIDE)
    stated = at.party("owners.policy")
    policy = next((one for one in reversed(Policy) if stated.among(one.name)), None)
    if unknowable:
        return require(policy, RED_FLAG_29, CITE, GUIDE, reasons=reasons)._replace(red_flags=(RED_FLAG_29,))
    return require(policy, "listed parties own half of it or more", CITE, GUIDE, reasons=reasons)


def _out_of_reach(at: At) -> str:
    """Return why the rule does not reach a party, or an empty string where it may."""
    if not at.law.in_force("AFF-2025"):
        return "the 50 percent rule is not in force"
    if at.party("country").among("US"):
        return "no foreign entity"
    if not any(at.party("role").has(word) for word in FOUR_ROLES):
        return "no party of 748.5(c)-(f)"
    return "" if at.party("owners").has("entity_list") else "no owner is on the Entity List"


@rule("us_ear/736-supp1 affiliates", 12, "General license for affiliates", "90 FR 47201", ORDER, authorizes=True)
def affiliates_license(at: At) -> Finding:
    """Apply AFF-TGL to parties that the 50 percent rule alone reaches (the order in law firms' words)."""
    if not at.law.in_force("AFF-TGL"):
        return not_applicable("no general license for affiliates is in force")
    if to_group(at, "A:5", "A:6"):
        return authorize("AFF-TGL", "to or within country groups A:5 and A:6", "90 FR 47201", ORDER)
    if to_group(at, "E:1", "E:2"):
        return not_applicable("not to country groups E:1 and E:2", ORDER)
    if at.party("joint_venture_with_us_or_a5").among("yes"):
        says = "a joint venture with a company headquartered in the United States, A:5 or A:6"
        return authorize("AFF-TGL", says, "90 FR 47201", ORDER)
    return not_applicable("neither to A:5 or A:6, nor a joint venture that the order names", ORDER)


@rule("us_ear/savings affiliates", 12, "Savings clause of the 50 percent rule", "90 FR 47201", authorizes=True)
def affiliates_savings(at: At) -> Finding:
    """Save what was aboard a carrier, under actual orders, on the first day of the rule, for a month."""
    if not at.law.in_force("AFF-2025") or at.law.since(date(2025, 10, 30)):
        return not_applicable(f"the savings clause is closed since {SAVED_UNTIL}")
    if at.act("dates.en_route_since").upto(FIRST):
        return authorize("AFF-2025", f"aboard a carrier on {FIRST}: saved", "90 FR 47201")
    return not_applicable(f"not aboard a carrier on {FIRST}", "90 FR 47201")
