"""The Temporary General License of 2019-20 (then Supplement 7 to part 744), head by head. Step (12).

A head lifts the 744.11 requirement of the Huawei entries alone, never for Country Group E. One purpose, one head.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from licet.law.rule import At, authorize, not_applicable, rule
from licet.law.us_ear.part_744 import HUAWEI, discloses

if TYPE_CHECKING:
    from collections.abc import Callable

    from licet.engine.fork import Finding

VERSIONS = ("TGL-0", "TGL-1", "TGL-2", "TGL-3", "TGL-4", "TGL-5")
CUTOFF = date(2019, 5, 16)
"""Last day of the contracts and of the models that the heads cover (84 FR 23468 (c)(1), (c)(2))."""
GROUP_E = ("CU", "IR", "KP", "SD", "SY")
"""Country Groups E:1 and E:2 while the license ran (Supp. 1 to part 740 in 2019 and 2020)."""


def _cover(at: At, purpose: str, head: str, met: Callable[[str], bool], why_not: str, until: str = "") -> Finding:
    """Apply one head of the version in force.

    Args:
        at: The view of a listing.
        purpose: The purpose that the head is for.
        head: The head in words.
        met: Whether the conditions of the head are met under a version.
        why_not: What to say where they are not.
        until: The last version that has the head; empty: all have it.

    Returns:
        An authorization by the version in force, or why it does not apply.
    """
    version = at.law.first_in_force(*VERSIONS) if at.candidate.measure in HUAWEI else ""
    if not version:
        return not_applicable("no temporary general license is in force for this entry")
    cite = at.law.book[version].cites[0]
    if (until and version > until) or not at.act("purpose").has(purpose):
        return not_applicable(f"{version} does not reach this purpose: it lifts 744.11 for its heads alone", cite)
    outside = _outside(at, version)
    if outside or not met(version):
        return not_applicable(outside or f"{version}: {why_not}", cite)
    return authorize(version, f"{version} covers {head}", cite, "Supp. 7 to part 744 (2019)")


def _outside(at: At, version: str) -> str:
    """Return why the license as a whole does not reach the act, or an empty string where it does."""
    if at.act("purpose").has("new_business") or at.act("purpose").has("other"):
        return f"{version} does not reach new business: it lifts 744.11 for its heads only"
    if not at.act("to").outside(*GROUP_E):
        return f"{version} does not reach Country Group E"
    who, by = ("exporter", "the exporter") if version == "TGL-0" else ("recipient", "the listed recipient")
    if not at.act(f"certified:{who}").among("yes"):
        return f"no certification by {by} is on file, which {version} asks for"
    return ""


@rule("us_ear/tgl network", 12, "General license: existing networks", "84 FR 23468 (c)(1)", authorizes=True)
def existing_network(at: At) -> Finding:
    """Cover the upkeep of a third party's working network under a contract of 2019-05-16 or before."""

    def met(version: str) -> bool:
        return (
            at.act("network.country").outside(*GROUP_E)
            and at.act("network.contract").upto(CUTOFF)
            and at.act("network.run_by_third_party").among("yes")
            and at.act("network.fully_operational").among("yes")
            and (version == "TGL-0" or at.act("network.adds_capacity").among("no"))
        )

    why_not = "no upkeep of a third party's working network by a contract of 2019-05-16 or before, without new capacity"
    return _cover(at, "existing_network", "the upkeep of an existing network", met, why_not)


@rule("us_ear/tgl handset", 12, "General license: existing handsets", "84 FR 23468 (c)(2)", authorizes=True)
def existing_handset(at: At) -> Finding:
    """Cover service and support of models available to the public on or before 2019-05-16."""

    def met(_: str) -> bool:
        return at.item("model_public_since").upto(CUTOFF)

    why_not = "the model was not public on 2019-05-16"
    return _cover(at, "existing_handset", "the support of an existing model", met, why_not)


@rule("us_ear/tgl disclosure", 12, "General license: vulnerabilities", "84 FR 23468 (c)(3)", authorizes=True)
def vulnerability(at: At) -> Finding:
    """Cover the disclosure of vulnerabilities in items of Huawei or a listed affiliate, in security research."""

    def met(_: str) -> bool:
        return discloses(at)

    why_not = "not limited to vulnerabilities in items of Huawei or a listed affiliate"
    return _cover(at, "vulnerability_disclosure", "the disclosure of vulnerabilities", met, why_not)


@rule("us_ear/tgl standards", 12, "General license: 5G standards", "84 FR 23468 (c)(4)", authorizes=True)
def standards_work(at: At) -> Finding:
    """Cover 5G work in a recognized standards body: under TGL-0 alone."""
    return _cover(at, "standards", "work in a standards body", lambda _: True, "", until="TGL-0")
