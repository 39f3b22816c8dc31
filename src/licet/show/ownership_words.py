"""The words of a graph of interests that every form of it shares: parties, interests, and what decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from licet.ownership.graph import ARRANGEMENT, NEVER, OWNERSHIP, UNKNOWN, UNOWNED
from licet.ownership.reach import NO, OPEN, YES
from licet.ownership.shares import NOT_STATED, STATED, UNDETERMINABLE, span_said, up_to

if TYPE_CHECKING:
    from licet.ownership.graph import Interest
    from licet.ownership.report import Report, Ruled
    from licet.ownership.shares import Share

LISTED = "LISTED"
REACHED = {YES: "REACHED", NO: "NOT REACHED", OPEN: "OPEN"}
DECIDES, COULD = "decides", "could decide"


class State(NamedTuple):
    """Where a party stands under one rule."""

    word: str
    """`listed`, `reached`, `open` or `no`: the worst of them decides how the party is drawn."""
    says: str


def state(ruled: Ruled, party: str) -> State:
    """Return where a party stands under one rule, in words."""
    it, status, stands = ruled.reach.graph.parties[party], ruled.status[party], ruled.reach[party]
    held = span_said(stands.least, stands.most)
    if status.state == YES:
        return State("listed", f"listed ({status.says})")
    if it.kind == ARRANGEMENT:
        how = "no" if stands.most.value <= 0 else "open" if stands.least != stands.most else "reached"
        return State(how, f"{held} of it held by listed parties")
    if stands.reached == YES:
        return State("reached", f"reached, {held}")
    if OPEN in {status.state, stands.reached}:
        doubt = status.brief or f"listing open: {status.says}"
        return State("open", doubt if status.state == OPEN else f"open, {held}")
    return State("no", "not listed" if it.kind in UNOWNED else f"not reached, {held}")


def word(ruled: Ruled, party: str) -> str:
    """Return the result of one rule for a party in one word: it is listed itself, or what its owners make of it."""
    return LISTED if ruled.status[party].state == YES else REACHED[ruled.reach[party].reached]


def states(report: Report, party: str) -> list[tuple[str, State]]:
    """Return where a party stands, rule by rule; rules that say the same are one line."""
    found: dict[State, list[str]] = {}
    for ruled in report.ruled:
        found.setdefault(state(ruled, party), []).append(ruled.regime.short)
    if len(found) == 1:
        return [("", one) for one in found]
    return [(", ".join(names), one) for one, names in found.items()]


def share_of(share: Share) -> str:
    """Write a share: `40 %`, `25 … 50 %`, `share not stated`, `share undeterminable`."""
    if share.state == UNDETERMINABLE:
        return "share undeterminable"
    if share.state == NOT_STATED:
        return "share not stated"
    return span_said(share.least, share.most)


def interest(one: Interest) -> str:
    """Write an interest: its share where it counts, else its kind with the share beside it."""
    if one.counts == OWNERSHIP and one.kind in {"shareholding", "supposed"}:
        return share_of(one.share)
    kind = "indirect shareholding" if one.kind == "shareholding" and one.note.startswith("Indirect") else one.kind
    beside = f" {span_said(one.share.least, one.share.most)}" if one.share.state == STATED else ""
    return f"{kind}{beside}"


def why(one: Interest) -> str:
    """Say why an interest does not count, or may not; empty where it counts."""
    if one.owner == one.owned:
        return "Held in itself: it has no owner outside, and counts as not stated."
    if one.counts == OWNERSHIP:
        return ""
    return one.note or ("It does not count." if one.counts == NEVER else "It may count.")


def rest(report: Report, party: str) -> str:
    """Say how much of a party may be held by owners whom nobody states; empty where nothing is."""
    most = report.graph.rest(party).most
    known = report.graph.parties[party].kind != UNKNOWN
    return f"{up_to(most)} %" if most.value > 0 and known else ""


def marks(report: Report) -> dict[str, dict[str, list[str]]]:
    """Return for each interest on a path whether it decides or could, and under which rules."""
    out: dict[str, dict[str, list[str]]] = {}
    for ruled in report.ruled:
        for result in ruled.results.values():
            how = DECIDES if result.standing.reached == YES else COULD
            for one in result.path.interests:
                names = out.setdefault(one.id, {}).setdefault(how, [])
                if ruled.regime.short not in names:
                    names.append(ruled.regime.short)
    return out


def mark(marked: dict[str, list[str]], report: Report) -> str:
    """Write what marks an interest: `decides`, `decides: BIS`, `could decide: OFAC`."""
    parts = []
    for how, names in marked.items():
        parts.append(how if len(names) == len(report.ruled) else f"{how}: {', '.join(names)}")
    return "; ".join(parts)


def place(report: Report, party: str) -> str:
    """Return what is known of a party beside its name: its country, and what it is where it is no entity."""
    it = report.graph.parties[party]
    return ", ".join(filter(None, (it.country, it.kind if it.kind != "entity" else "")))
