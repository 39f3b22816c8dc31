"""What a what-if measure does to 744.11: an order that relieves entries, and an Act that bars such relief."""

from __future__ import annotations

from typing import TYPE_CHECKING

from licet.law.rule import At, authorize, not_applicable, rule

if TYPE_CHECKING:
    from licet.engine.fork import Finding

GROUND = "us_ear/744.11"


@rule("us_ear/what-if", 12, "What-if: relief as announced", "what-if", authorizes=True)
def relief(at: At) -> Finding:
    """Apply the relief of a what-if measure to the entries that it names, unless an Act bars relief but by Act.

    Where the measure does not say which items it relieves, that stays open: nobody knows.
    """
    effects = [m for m in at.law.effects(GROUND) if m.effect is not None and at.candidate.measure in m.effect.entries]
    reliefs = [m for m in effects if m.effect is not None and m.effect.verb == "relieves"]
    bars = [m for m in effects if m.effect is not None and m.effect.bars_relief]
    if not reliefs:
        return not_applicable("no what-if relieves this entry")
    measure = reliefs[0]
    if bars and measure.kind != "statute":
        return not_applicable(f"{bars[0].id} bars relief but by Act: {measure.id} does not count", bars[0].cites[0])
    if measure.effect is not None and measure.effect.items == "all":
        return authorize(measure.id, f"{measure.id} relieves this entry", measure.cites[0])
    if at.open("not_modeled", f"{measure.id}: which items it relieves is not said"):
        return authorize(measure.id, f"{measure.id} relieves this item, if it is one of those meant", measure.cites[0])
    return not_applicable(f"{measure.id} does not relieve this item, if it is none of those meant", measure.cites[0])
