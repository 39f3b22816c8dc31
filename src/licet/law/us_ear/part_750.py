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
    if not at.license("issued_by_then").among("yes"):
        return not_applicable("the license was not issued yet", *CITES)
    if not at.license("not_revoked").among("yes"):
        return not_applicable("the license is revoked and is no longer held", *CITES)
    if not at.license("not_expired").among("yes"):
        return not_applicable("the license has expired", *CITES)
    if not at.license(f"covers@{at.subject.item}").among("yes"):
        return not_applicable("the license does not cover this item", *CITES)
    if not (at.license("within_value_usd").among("yes") and at.license("within_quantity").among("yes")):
        return not_applicable("more than the license allows", *CITES)
    if not at.license("conditions_met").among("yes"):
        return not_applicable("the conditions of the license are not met", *CITES)
    return authorize("specific_license", "a specific license is held that covers it", *CITES)


@rule("us_ear/750.7", 14, "License held", *CITES, authorizes=True)
def licenses_not_stated(at: At) -> Finding:
    """Stand in for the licenses where the act does not say whether any is held."""
    if at.act("licenses:held").among("yes"):
        return authorize("specific_license", "a specific license is held that covers it", *CITES)
    return not_applicable("no license is held", *CITES)
