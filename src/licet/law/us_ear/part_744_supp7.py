"""The Temporary General License of 2019-20 (then Supplement 7 to part 744), head by head. Step (12).

A head lifts the 744.11 requirement of the Huawei entries alone, never for Country Group E. One purpose, one head.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from licet.law.rule import At, authorize, not_applicable, rule
from licet.law.us_ear.part_744 import HUAWEI, discloses

if TYPE_CHECKING:
    from licet.engine.fork import Finding

VERSIONS = ("TGL-0", "TGL-1", "TGL-2", "TGL-3", "TGL-4", "TGL-5")
CUTOFF = date(2019, 5, 16)
"""Last day of the contracts and of the models that the heads cover (84 FR 23468 (c)(1), (c)(2))."""
GROUP_E = ("CU", "IR", "KP", "SD", "SY")
"""Country Groups E:1 and E:2 while the license ran (Supp. 1 to part 740 in 2019 and 2020)."""


def _version(at: At) -> str:
    return at.law.first_in_force(*VERSIONS) if at.candidate.measure in HUAWEI else ""


def _covered(at: At, version: str) -> str:
    """Return why the license as a whole does not reach the act, or an empty string where it does."""
    if at.act("purpose").has("new_business") or at.act("purpose").has("other"):
        return f"{version} does not reach new business: it lifts 744.11 for its heads only"
    if not at.act("to").outside(*GROUP_E):
        return f"{version} does not reach Country Group E"
    if not at.act(f"certified:{'exporter' if version == 'TGL-0' else 'recipient'}").among("yes"):
        who = "the exporter" if version == "TGL-0" else "the listed recipient"
        return f"no certification by {who} is on file, which {version} asks for"
    return ""


def _head(at: At, version: str, head: str, *, met: bool, why_not: str) -> Finding:
    cite = _cite(at, version)
    if not met:
        return not_applicable(f"{version}: {why_not}", cite)
    return authorize(version, f"{version} covers {head}", cite, "Supp. 7 to part 744 (2019)")


@rule("us_ear/tgl network", 12, "General license: existing networks", "84 FR 23468 (c)(1)", authorizes=True)
def existing_network(at: At) -> Finding:
    """Cover the upkeep of a third party's working network under a contract of 2019-05-16 or before."""
    version = _version(at)
    if not version or not at.act("purpose").has("existing_network"):
        return _none(at, version)
    why_not = _covered(at, version)
    if why_not:
        return not_applicable(why_not, _cite(at, version))
    met = (
        at.act("network.country").outside(*GROUP_E)
        and at.act("network.contract").upto(CUTOFF)
        and at.act("network.run_by_third_party").among("yes")
        and at.act("network.fully_operational").among("yes")
        and (version == "TGL-0" or at.act("network.adds_capacity").among("no"))
    )
    why_not = (
        "no upkeep of a third party's working network under a contract of 2019-05-16 or before, without new capacity"
    )
    return _head(at, version, "the upkeep of an existing network", met=met, why_not=why_not)


@rule("us_ear/tgl handset", 12, "General license: existing handsets", "84 FR 23468 (c)(2)", authorizes=True)
def existing_handset(at: At) -> Finding:
    """Cover service and support of models available to the public on or before 2019-05-16."""
    version = _version(at)
    if not version or not at.act("purpose").has("existing_handset"):
        return _none(at, version)
    why_not = _covered(at, version)
    if why_not:
        return not_applicable(why_not, _cite(at, version))
    met = at.item("model_public_since").upto(CUTOFF)
    return _head(
        at, version, "the support of an existing model", met=met, why_not="the model was not public on 2019-05-16"
    )


@rule("us_ear/tgl disclosure", 12, "General license: vulnerabilities", "84 FR 23468 (c)(3)", authorizes=True)
def vulnerability(at: At) -> Finding:
    """Cover the disclosure of vulnerabilities in items of Huawei or a listed affiliate, in security research."""
    version = _version(at)
    if not version or not discloses(at):
        return _none(at, version)
    why_not = _covered(at, version)
    if why_not:
        return not_applicable(why_not, _cite(at, version))
    return _head(at, version, "the disclosure of vulnerabilities", met=True, why_not="")


@rule("us_ear/tgl standards", 12, "General license: 5G standards", "84 FR 23468 (c)(4)", authorizes=True)
def standards_work(at: At) -> Finding:
    """Cover 5G work in a recognized standards body: under TGL-0 alone."""
    version = _version(at)
    if version != "TGL-0" or not at.act("purpose").has("standards"):
        return _none(at, version)
    why_not = _covered(at, version)
    if why_not:
        return not_applicable(why_not, _cite(at, version))
    return _head(at, version, "work in a standards body", met=True, why_not="")


def _none(at: At, version: str) -> Finding:
    if not version:
        return not_applicable("no temporary general license is in force for this entry")
    return not_applicable(
        f"{version} does not reach this purpose: it lifts 744.11 for its heads alone", _cite(at, version)
    )


def _cite(at: At, version: str) -> str:
    return at.law.book[version].cites[0]
