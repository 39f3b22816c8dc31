"""Part 736: denial orders (General Prohibition 4), and the authorization that ZTE had for a month. Step (7)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from licet.law.rule import At, authorize, clear, not_applicable, prohibit, rule

if TYPE_CHECKING:
    from licet.engine.fork import Finding

ZTE_CONTRACTS = date(2018, 4, 15)
"""Last day of the contracts and models that ZTE-AUTH names (from memory; the authorization was not published)."""


@rule("us_ear/736.2(b)(4)", 7, "Denial orders", "15 CFR 736.2(b)(4)", "15 CFR 764.3(a)(2)")
def denial_order(at: At) -> Finding:
    """Prohibit any dealing in items subject to the EAR with a denied person, in whatever role."""
    cites = (*at.candidate.cites(), "15 CFR 736.2(b)(4)", "15 CFR 764.3(a)(2)")
    if at.listing("same").among("yes"):
        return prohibit(
            f"{at.candidate.name} is a denied person: nobody may deal with it in items subject to the EAR", *cites
        )
    return clear("no denied person", *cites)


@rule(
    "us_ear/zte-auth", 12, "ZTE's limited authorization", "BIS authorization under 15 CFR 764.3(a)(2)", authorizes=True
)
def zte_authorization(at: At) -> Finding:
    """Apply the limited authorization of 2018-07-02: existing networks, phones and vulnerability disclosure.

    It lifts the denial order alone. Its last days of contract and model are from memory.
    """
    cite = "BIS authorization under 15 CFR 764.3(a)(2)"
    if at.candidate.measure != "ZTE-DO" or not at.law.in_force("ZTE-AUTH"):
        return not_applicable("no authorization is in force for this order")
    purpose = at.act("purpose")
    if purpose.has("new_business") or purpose.has("other"):
        return not_applicable("ZTE-AUTH does not reach new business", cite)
    if purpose.has("existing_network") and at.act("network.contract").upto(ZTE_CONTRACTS):
        return authorize("ZTE-AUTH", "support of an existing network under a contract of before the order", cite)
    if purpose.has("existing_handset") and at.item("model_public_since").upto(ZTE_CONTRACTS):
        return authorize("ZTE-AUTH", "support of a handset model public before the order", cite)
    if purpose.has("vulnerability_disclosure") and at.act("disclosure.limited_to_vulnerabilities").among("yes"):
        return authorize("ZTE-AUTH", "disclosure of vulnerabilities in security research", cite)
    return not_applicable("none of the heads of ZTE-AUTH is met", cite)


@rule("us_ear/736.2(b)(10)", 10, "General Prohibition 10: knowledge of a violation", "15 CFR 736.2(b)(10)")
def known_violation(at: At) -> Finding:
    """Prohibit going on with an item about which one knows that a violation has occurred or is about to.

    What cannot be determined is no knowledge but a red flag (`us_ear/732-supp3`). A sale at home of what will leave the
    country is judged as that export (`part_734.activity`).
    """
    if at.act("knowledge.violation").among("yes"):
        says = "a violation is known to have occurred or to be about to: nobody may sell, move or finance the item"
        return prohibit(says, "15 CFR 736.2(b)(10)", "15 CFR 764.2(e)")
    return clear("no violation is known", "15 CFR 736.2(b)(10)")
