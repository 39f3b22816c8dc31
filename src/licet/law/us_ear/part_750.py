"""Part 750: specific licenses held. Step (14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from licet.law.rule import At, authorize, not_applicable, rule

if TYPE_CHECKING:
    from licet.engine.fork import Finding

CITES = ("15 CFR 750.7(g)", "15 CFR 750.8(a)")


@rule("us_ear/750.7", 14, "License held", *CITES, authorizes=True)
def license_held(at: At) -> Finding:
    """Overcome a requirement by a license that is issued, not expired, not revoked, covers the item and is kept to."""
    conditions = {
        "issued_by_then": "the license was not issued yet",
        "not_revoked": "the license is revoked and is no longer held",
        "not_expired": "the license has expired",
        f"covers@{at.subject.item}": "the license does not cover this item",
        "within_value_usd": "the value is more than the license allows",
        "within_quantity": "the quantity is more than the license allows",
        "conditions_met": "the conditions of the license are not met",
    }
    for condition, why_not in conditions.items():
        if not at.license(condition).among("yes"):
            return not_applicable(why_not, *CITES)
    return authorize("specific_license", "a specific license is held that covers it", *CITES)


@rule("us_ear/750.7", 14, "License held", *CITES, authorizes=True)
def licenses_not_stated(at: At) -> Finding:
    """Stand in for the licenses where the act does not say whether any is held."""
    if at.act("licenses:held").among("yes"):
        return authorize("specific_license", "a specific license is held that covers it", *CITES)
    return not_applicable("no license is held", *CITES)
