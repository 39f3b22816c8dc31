"""The regimes that have rules, by the kinds of act that they decide; each is loaded when an act needs it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from licet.law.case import Case, Part

BY_KIND = {"export": ("us_ear",), "connection": ("us_fcc", "us_889"), "update": ()}
"""Which regimes decide which kind of act; a test holds it to the regimes' own `KINDS`."""
RULED = ("us_ear", "us_fcc", "us_889")


def parts(case: Case, ground: str = "") -> Iterator[tuple[str, list[Part]]]:
    """Walk through the regimes that decide an act, each with its parts; one ground belongs to one regime."""
    for regime in BY_KIND[case.act.kind]:
        if not ground or ground.startswith(f"{regime}/"):
            found: list[Part] = import_module(f"licet.law.{regime}").parts(case, ground)
            if found:
                yield regime, found


def grounds() -> tuple[str, ...]:
    """Return the ids of all grounds that can be asked alone, regime by regime."""
    return tuple(ground for regime in RULED for ground in sorted(import_module(f"licet.law.{regime}").grounds()))


def is_ground(ground: str) -> bool:
    """Say whether a ground can be asked alone, by the name that it has here or by another."""
    regime = ground.partition("/")[0]
    if regime not in RULED:
        return False
    module = import_module(f"licet.law.{regime}")
    return ground in module.grounds() or (regime == "us_ear" and module.known_ground(ground) in module.grounds())
