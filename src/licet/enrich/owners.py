"""Who owns a party: whether listed owners stand behind it, and whether they add up to 50 percent.

Per tier a holding of 50 percent or more passes the whole status on; shares are never multiplied (15 CFR 744.11(a)(1),
Supp. 8 to part 744). Shares of listed owners are added up on each tier.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from licet.engine.values import YES_NO, Values, words
from licet.model.act import UNDETERMINABLE
from licet.model.outcome import Because, Policy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from licet.enrich.parties import Lookup
    from licet.law.case import Case

HALF = 50.0
WHOLE = 100.0
COUNTED = ("entity_list", "meu_list", "sdn")
"""Lists whose parties count as owners (15 CFR 744.11(a)(1), 744.21(a)(3), 744.8(a)(2))."""
DEPTH = 20
"""How many tiers are followed: deeper graphs, and circles of owners, stay open."""


class Part(NamedTuple):
    """What one owner, or what nobody has stated, adds to what listed owners hold, and who would tell."""

    least: float
    most: float
    path: str
    because: Because = Because.FACTS


class Holding:
    """What listed owners hold of one entity, in percent: the least and the most that is possible.

    Attributes:
        least: The least that they hold.
        most: The most.
        any_listed: Whether one is listed.
        all_known: Whether it is known of each owner whether it is listed.
        open_path: The path that would tell what is open.
        because: The kind of question that it is.
        policies: Review policies of the listed owners; None where one is not known.
    """

    __slots__ = ("all_known", "any_listed", "because", "least", "most", "open_path", "policies")

    def __init__(
        self, least: float = 0.0, most: float = 0.0, *, any_listed: bool = False, all_known: bool = True, path: str = ""
    ) -> None:
        """Take what is known of one entity."""
        self.least, self.most, self.any_listed, self.all_known = least, most, any_listed, all_known
        self.open_path, self.because = path, Because.FACTS
        self.policies: list[Policy | None] = []


def owners(case: Case, look_up: Lookup, party: str) -> None:
    """Put the facts that the rules ask of a party's owners.

    `listed`: any listed owner; `half`: 50 percent of listed owners, who are added up over all lists that count (Supp. 8
    to part 744); by the id of a list, whether an owner stands on it; `unknowable`: whether that hangs on a share that
    cannot be determined, which is Red Flag 29; `policy`: the strictest review policy of owners on the Entity List.
    """
    holding = _holding(look_up, party, 0, COUNTED)
    path = holding.open_path or f"{party}.owners"
    case.stock.put(f"{party}.owners:listed", _any(holding), path, holding.because)
    case.stock.put(f"{party}.owners:half", _reached(holding), path, holding.because)
    unknowable = case.act.get(holding.open_path) == UNDETERMINABLE and holding.any_listed
    case.stock.put(f"{party}.owners:unknowable", words("yes" if unknowable else "no"), path)
    policies: list[Policy | None] = []
    for list_ in COUNTED:
        of_list = _holding(look_up, party, 0, (list_,))
        case.stock.put(f"{party}.owners:{list_}", _any(of_list), of_list.open_path or path, of_list.because)
        policies += of_list.policies if list_ == "entity_list" else []
    known = [policy for policy in policies if policy is not None]
    strictest = words(max(known).name) if policies and len(known) == len(policies) else words(*(p.name for p in Policy))
    case.stock.put(f"{party}.owners.policy", strictest, path)
    _behind(case, look_up, party, holding)


def _any(holding: Holding) -> Values:
    return words("yes") if holding.any_listed else words("no") if holding.all_known else YES_NO


def _behind(case: Case, look_up: Lookup, party: str, holding: Holding) -> None:
    """Put who of the listed entities is known to stand behind a party; what is not stated is no red flag."""
    controller = case.act.get(f"{party}.controlled_by")
    below = (f"{party}.subsidiaries[{i}]" for i in range(case.act.count(f"{party}.subsidiaries") or 0))
    found = {
        "owner": holding.any_listed,
        "controller": isinstance(controller, str) and _is_listed_name(look_up, party, controller),
        "subsidiary": any(_listed(look_up, one) == words("yes") for one in below),
    }
    for word, stands in found.items():
        case.stock.put(f"{party}.behind:{word}", words("yes" if stands else "no"), f"{party}.owners")


def _is_listed_name(look_up: Lookup, party: str, name: str) -> bool:
    """Say whether a name is listed: as an owner stated in the act, or in the lists."""
    act = look_up.act
    owners_of = [f"{party}.owners[{i}]" for i in range(act.count(f"{party}.owners") or 0)]
    named = [owner for owner in owners_of if act.get(f"{owner}.name") == name]
    return any(_listed(look_up, owner) == words("yes") for owner in named) or bool(look_up.named(name))


def _reached(holding: Holding) -> Values:
    if holding.least >= HALF:
        return words("yes")
    return words("no") if holding.most < HALF else YES_NO


def _holding(look_up: Lookup, entity: str, depth: int, lists: Sequence[str]) -> Holding:
    act = look_up.act
    count = act.count(f"{entity}.owners")
    if count is None or depth > DEPTH:
        return Holding(0, WHOLE, all_known=False, path=f"{entity}.owners")
    total = Holding()
    parts = []
    stated = 0.0
    for i in range(count):
        owner = f"{entity}.owners[{i}]"
        share = act.get(f"{owner}.share_pct")
        low, high = (share, share) if isinstance(share, int | float) else (0.0, WHOLE)
        stated += low
        status = _status(look_up, owner, depth, lists)
        total.policies += status.policies
        total.any_listed = total.any_listed or status.any_listed
        total.all_known = total.all_known and status.all_known
        parts.append(_part(status, float(low), float(high), f"{owner}.share_pct"))
    complete = act.get(f"{entity}.owners_complete")
    if complete != "yes" and (count or complete == "no"):
        total.all_known = False
        parts.append(Part(0.0, max(0.0, WHOLE - stated), f"{entity}.owners_complete"))
    total.least = sum(part.least for part in parts)
    total.most = min(sum(part.most for part in parts), WHOLE)
    deciding = next((part for part in parts if _decides(part, parts)), None)
    if deciding is not None:
        total.open_path, total.because = deciding.path, deciding.because
    return total


def _part(owner: Holding, low: float, high: float, share: str) -> Part:
    """Return what one owner adds: its share, counted whole where the owner is listed or reached itself."""
    least = low if owner.least >= HALF else 0.0
    most = high if owner.most >= HALF else 0.0
    if owner.least < HALF <= owner.most and owner.open_path:
        return Part(least, most, owner.open_path, owner.because)
    return Part(least, most, share)


def _decides(part: Part, parts: list[Part]) -> bool:
    """Say whether what is open of one part can take the sum across one half, whatever the others turn out to be."""
    others_least = sum(one.least for one in parts) - part.least
    others_most = sum(one.most for one in parts) - part.most
    return part.least < part.most and others_least < HALF - part.least and others_most >= HALF - part.most


def _status(look_up: Lookup, owner: str, depth: int, lists: Sequence[str]) -> Holding:
    """Return what stands behind one owner: all of it where the owner is listed, else what its own owners hold."""
    listed = _listed(look_up, owner, lists)
    if listed == words("yes"):
        found = Holding(WHOLE, WHOLE, any_listed=True)
        found.policies.append(_policy(look_up, owner))
        return found
    above = _holding(look_up, owner, depth + 1, lists)
    if listed == YES_NO:
        found = Holding(above.least, WHOLE, any_listed=above.any_listed, all_known=False, path=f"{owner}.listings")
        found.because, found.policies = Because.LISTS, above.policies
        return found
    return above


def _listed(look_up: Lookup, owner: str, lists: Sequence[str] = COUNTED) -> Values:
    """Say whether an owner is on one of some lists on the day; of blocked persons those of some programs count."""
    act = look_up.act
    count = act.count(f"{owner}.listings")
    if count is not None:
        stated = [_stated(look_up, f"{owner}.listings[{i}]", lists) for i in range(count)]
        return words("yes") if words("yes") in stated else YES_NO if YES_NO in stated else words("no")
    name = act.get(f"{owner}.name")
    if not isinstance(name, str):
        return YES_NO
    entries = [entry for entry in look_up.named(name) if entry.list in lists]
    sure = [entry for entry in entries if entry.checked not in {"open", "conflict"}]
    counted = [_counts(entry.list, entry.programs) for entry in sure]
    if words("yes") in counted:
        return words("yes")
    if counted or entries:
        return YES_NO if YES_NO in counted or len(sure) < len(entries) else words("no")
    found = look_up.find(name)
    known = look_up.assume_complete or found.known.issuperset(lists)
    return words("no") if known and not found.near else YES_NO


def _stated(look_up: Lookup, listing: str, lists: Sequence[str]) -> Values:
    """Say whether a stated listing is in force on the day and on one of some lists."""
    act, day = look_up.act, look_up.law.day
    since, through = act.get(f"{listing}.since"), act.get(f"{listing}.through")
    if (isinstance(since, date) and since > day) or (isinstance(through, date) and through < day):
        return words("no")
    list_, programs = act.get(f"{listing}.list"), act.get(f"{listing}.programs")
    if not isinstance(list_, str):
        return YES_NO
    return _counts(list_, programs if isinstance(programs, tuple) else ()) if list_ in lists else words("no")


def _counts(list_: str, programs: Sequence[str]) -> Values:
    """Say whether an entry counts: on the SDN List those of the programs that 744.8(a)(1) names."""
    if list_ != "sdn":
        return words("yes")
    from licet.ownership.regimes import BLOCKED  # with exact fractions behind it, which no other answer needs

    return YES_NO if not programs else words("yes" if BLOCKED & {*programs} else "no")


def _policy(look_up: Lookup, owner: str) -> Policy | None:
    """Return the strictest review policy of an owner on the Entity List; None where one is not known."""
    act = look_up.act
    found: list[Policy | None] = []
    for i in range(act.count(f"{owner}.listings") or 0):
        if act.get(f"{owner}.listings[{i}].list") == "entity_list":
            stated = act.get(f"{owner}.listings[{i}].policy")
            found.append(Policy[stated] if isinstance(stated, str) and stated in Policy.__members__ else None)
    name = act.get(f"{owner}.name")
    if act.count(f"{owner}.listings") is None and isinstance(name, str):
        found += [entry.policy for entry in look_up.named(name) if entry.list == "entity_list"]
    known = [policy for policy in found if policy is not None]
    return max(known) if known and len(known) == len(found) else None
