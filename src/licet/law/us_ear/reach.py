"""Where an item goes: the destination, or for a release the nationality of the person (734.13(b), 734.14(b))."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from licet.law.rule import At

DEEMED = ("deemed_export", "deemed_reexport")


def deemed(at: At) -> bool:
    """Say whether technology or source code is released to a foreign person in the country where it is."""
    return at.act("activity").among(*DEEMED)


def within_a_country(at: At) -> bool:
    """Say whether the item only changes hands or use within one country abroad (734.16)."""
    return at.act("activity").among("in_country_transfer")


def goes_to(at: At, *codes: str) -> bool:
    """Say whether an item goes to one of these destinations; a release goes where its recipient has nationality."""
    if not codes:
        return False
    if deemed(at):
        return any(at.fact(f"{party}.released_to").among(*codes) for party in at.records["parties"])
    return at.act("to").among(*codes)


def to_group(at: At, *groups: str) -> bool:
    """Say whether an item goes to a member of one of these country groups on the day."""
    from licet.law.us_ear.tables import group

    return goes_to(at, *group(at.law, *groups))


def china(at: At) -> tuple[str, ...]:
    """Return the codes that count as China on the day: with Hong Kong since HK-2020."""
    return ("CN", "HK") if at.law.stands("HK-2020") else ("CN",)


def d5_or_macau(at: At) -> tuple[str, ...]:
    """Return the codes of Country Group D:5 with Macau."""
    from licet.law.us_ear.tables import group

    return (*group(at.law, "D:5"), "MO")
