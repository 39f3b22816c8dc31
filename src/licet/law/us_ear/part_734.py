"""Part 734: activity, items subject to the EAR, published items, standards work. Steps (1) and (2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from licet.law.rule import At, clear, not_applicable, not_subject, rule

if TYPE_CHECKING:
    from licet.engine.fork import Finding

IN_THE_US = ("export", "deemed_export", "domestic")
"""What is done with an item that is in the United States."""
MOVES_NOTHING = {
    "payment": "a payment moves no item; the EAR do not reach it, other regimes may",
    "import": "an import is no export; other regimes may reach it",
}


@rule("us_ear/734.13", 1, "Activity", "15 CFR 734.13", "15 CFR 734.14", "15 CFR 734.16", "15 CFR 772.1")
def activity(at: At) -> Finding:
    """Let exports, reexports and in-country transfers pass; payments and imports move nothing out."""
    doing = at.act("activity")
    if doing.among("export", "reexport", "in_country_transfer"):
        return not_applicable("the item moves out of, between or within countries abroad", "15 CFR 734.13(a)(1)")
    for kind, says in MOVES_NOTHING.items():
        if doing.among(kind):
            return not_subject(says, "15 CFR 734.13")
    if doing.among("domestic"):
        return _domestic(at)
    if doing.among("deemed_export"):
        return _deemed_export(at)
    if at.open("not_modeled", "us_ear/734.20"):
        return not_applicable("counted as an export or reexport", "15 CFR 734.20")
    return clear("no export, reexport or transfer", "15 CFR 734.20")


def _domestic(at: At) -> Finding:
    if at.act("knowledge.will_be_exported").among("no"):
        return clear("a sale within the United States, not known to leave, is no export", "15 CFR 734.13")
    return not_applicable(
        "the seller knows that it will leave the country: judged as that export", "15 CFR 736.2(b)(10)"
    )


def _deemed_export(at: At) -> Finding:
    if at.item("kind").among("commodity"):
        return clear(
            "a release in the United States is an export of technology or source code only", "15 CFR 734.13(a)(2)"
        )
    if _another_receives(at):
        return clear("not the person to whom it is released", "15 CFR 734.13(a)(2)")
    if at.party("foreign_person").among("no"):
        return clear("released to a person who is no foreign person: no export", "15 CFR 734.13(a)(2)", "15 CFR 772.1")
    if at.party("us_status").among("citizen", "permanent_resident", "protected"):
        return clear("citizens, permanent residents and protected persons are no foreign persons", "15 CFR 772.1")
    return not_applicable("a release to a foreign person in the United States is an export", "15 CFR 734.13(a)(2)")


def _another_receives(at: At) -> bool:
    """Say whether the party is no recipient and another one is; where nobody is, every party may be the person."""
    if at.party("role").has("recipient"):
        return False
    others = (party for party in at.records["parties"] if party != at.subject.party)
    return any(at.fact(f"{party}.role").has("recipient") for party in others)


@rule("us_ear/734.3 stated", 2, "Jurisdiction as stated", "15 CFR 734.3")
def stated_outside(at: At) -> Finding:
    """Take the word of the act where it says that an item is not subject to the EAR: that decides steps (2)-(4)."""
    if at.item("jurisdiction").among("no"):
        return not_subject("stated as not subject to the EAR, on the word of the act", "15 CFR 734.3")
    return not_applicable("the act does not state the item as outside the EAR", "15 CFR 734.3")


@rule("us_ear/734.3", 2, "Items subject to the EAR: of US origin, or in the United States", "15 CFR 734.3(a)")
def us_item(at: At) -> Finding:
    """Count an item as subject that is in the United States, of US origin wherever it is, or stated as subject."""
    if at.item("jurisdiction").among("yes"):
        return not_applicable("stated as subject to the EAR, on the word of the act", "15 CFR 734.3")
    if at.act("activity").among(*IN_THE_US):
        return not_applicable("in the United States", "15 CFR 734.3(a)(1)")
    if at.item("us_origin").among("yes"):
        return not_applicable("of US origin, wherever it is", "15 CFR 734.3(a)(2)")
    return not_subject("neither in the United States nor of US origin", "15 CFR 734.3(a)(1)-(2)")


@rule("us_ear/734.7", 2, "Published technology and software", "15 CFR 734.7", "15 CFR 734.3(b)(3)")
def published(at: At) -> Finding:
    """Take published technology and software out of the EAR, apart from what 734.7(b) and (c) keep in."""
    if at.item("kind").among("commodity"):
        return not_applicable("a commodity cannot be published", "15 CFR 734.7(a)")
    if at.item("published").among("no"):
        return not_applicable("not published", "15 CFR 734.7(a)")
    if at.item("eccn").like("5D002*", "0D5*", "0E5*") and at.open("not_modeled", "us_ear/734.7"):
        return not_applicable("published encryption code or firearms files that stay subject", "15 CFR 734.7(b)-(c)")
    return not_subject("published technology or software is not subject to the EAR", "15 CFR 734.7(a)")


@rule("us_ear/734.10", 2, "Standards-related activity", "15 CFR 734.10(b)", "89 FR 58265")
def standards(at: At) -> Finding:
    """Take technology and software for a published standard out of the EAR, since STD-2024 (89 FR 58265)."""
    if not at.law.in_force("STD-2024"):
        return not_applicable("734.10(b) is not in force")
    if not for_standard(at):
        return not_applicable("not released for standards work", "15 CFR 734.10(b)")
    if low_level(at):
        return not_subject("released for a standard that will be published: outside the EAR", "15 CFR 734.10(b)")
    if at.open("not_modeled", "us_ear/734.10"):
        return not_subject("encryption named in 734.10(b), released for a standard", "15 CFR 734.10(b)")
    return not_applicable("controlled above the level that 734.10(b) releases", "15 CFR 734.10(b)")


def for_standard(at: At) -> bool:
    """Say whether technology or software is released for work on a standard that will be published."""
    return not at.item("kind").among("commodity") and at.act("purpose").has("standards")


def low_level(at: At) -> bool:
    """Say whether an item is EAR99 or controlled for anti-terrorism reasons alone."""
    return at.item("eccn").among("EAR99") or at.item("at_only").among("yes")
