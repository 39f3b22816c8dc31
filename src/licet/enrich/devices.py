"""Whose equipment it is: the maker of a device, or of a module in it, in the lists that name makers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from licet.engine.values import YES_NO, Values, words
from licet.enrich.parties import MAKERS
from licet.model.act import NONE, UNDETERMINABLE
from licet.model.outcome import Because

if TYPE_CHECKING:
    from licet.enrich.parties import Lookup
    from licet.law.case import Case
    from licet.model.listing import Listing

WHOLE_MAKERS = ("huawei", "zte")
"""Makers all of whose equipment is covered; of the others only that for public safety and critical infrastructure."""
VENDORS = ("device.vendor", "device.modular_transmitter.vendor")


def vendors(case: Case, look_up: Lookup) -> None:
    """Put for each maker of the act which of the lists it stands on; subsidiaries and affiliates count as the maker."""
    for path in VENDORS:
        name = case.act.get(path)
        group, because = _group(look_up, name)
        for list_ in MAKERS:
            values = YES_NO if group is None else _on(look_up, list_, group)
            case.stock.put(f"{path}.on:{list_}", values, path, because)
        whole = YES_NO if group is None else words("yes" if group in WHOLE_MAKERS else "no")
        case.stock.put(f"{path}.on:fcc_whole_maker", whole, path, because)


def _group(look_up: Lookup, name: object) -> tuple[str | None, Because]:
    """Return the family of companies of a maker: a name, empty for none, None where that is open; and why."""
    if name == NONE:
        return "", Because.FACTS
    if not isinstance(name, str) or name == UNDETERMINABLE:
        return None, Because.FACTS
    found = look_up.lists.find(name, look_up.law.day)
    entries = (*found.listed, *found.off, *found.later_alias)
    group = next((entry.group for entry in entries if entry.group), "")
    if group or found.known.issuperset(MAKERS):
        return group, Because.FACTS
    if found.near:
        return None, Because.MATCH
    return ("" if look_up.assume_complete else None), Because.LISTS


def _on(look_up: Lookup, list_: str, group: str) -> Values:
    ids = look_up.lists.group(group) if group else ()
    entries: list[Listing] = [terms for id_ in ids for terms in look_up.lists.entry(list_, id_)]
    return words("yes" if any(look_up.in_force(entry) for entry in entries) else "no")
