"""What was found in a window, for programs: one object, complete, with stable keys."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from licet.model.digest import plain

if TYPE_CHECKING:
    from licet.model.answer import Span
    from licet.model.digest import Plain
    from licet.watch import Watched
    from licet.watching.acts import WatchedAct
    from licet.watching.listings import ListChange
    from licet.watching.measures import Event
    from licet.watching.parties import WatchedParty

SCHEMA_VERSION = 1


def watch_json(found: Watched) -> str:
    """Return what was found as JSON text; a sign that does not print is written as its number."""
    text = json.dumps(_record(found), indent=2, ensure_ascii=False)
    if text.replace("\n", "").isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\n" else json.dumps(c)[1:-1] for c in text)


def _record(found: Watched) -> dict[str, Plain]:
    window, since = found.window, found.since
    return {
        "schema_version": SCHEMA_VERSION,
        "found": found.found,
        "since": plain(window.first),
        "today": plain(window.today),
        "until": plain(window.last),
        "known_as_of": plain(window.known),
        "book": found.book,
        "verified_through": plain(found.verified_through),
        "lists": {"version": found.lists, "issued": {id_: plain(day) for id_, day in found.issued.items()}},
        "point": None if since is None else {"day": plain(since.day), "book": since.book, "lists": since.lists},
        "acts": [_act(act) for act in found.acts],
        "parties": [_party(party) for party in found.parties],
        "refused": [plain({"file": p.file, "line": p.line, "field": p.field, "reason": str(p)}) for p in found.bad],
        "measures": [_event(found, event) for event in found.events],
        "list_changes": [_listing(change) for change in found.listings],
        "became_known": {
            "measures": [{"id": id_, "what": what} for id_, what in found.learned.measures],
            "entries": [{"list": list_, "entry": id_, "name": name} for list_, id_, name in found.learned.entries],
            "entries_gone": dict(found.learned.gone),
            "answers": [plain(one) for one in found.otherwise],
        },
    }


def _event(found: Watched, event: Event) -> dict[str, Plain]:
    return {
        "day": plain(event.day),
        "measure": event.id,
        "event": event.head,
        "what": event.what,
        "status_before": str(event.before),
        "status": str(event.after),
        "sure": event.sure,
        "title": event.title,
        "says": event.says,
        "cite": event.cite,
        "legal_force": event.force,
        "by": event.by or None,
        "about": [plain(one) for one in event.about],
        "touches": list(found.touching(event)),
    }


def _listing(change: ListChange) -> dict[str, Plain]:
    record = plain(change)
    return {**(record if isinstance(record, dict) else {}), "measure": change.measure or None}


def _act(act: WatchedAct) -> dict[str, Plain]:
    return {
        "name": act.name,
        "kind": act.kind,
        "key": act.key,
        "touched": act.touched,
        "before": _span(act.start),
        "today": _span(act.now),
        "until": _span(act.end),
        "flips": [
            {
                "day": plain(flip.day),
                "sure": flip.sure,
                "before": _span(flip.before),
                "after": _span(flip.after),
                "outcome_differs": flip.outcome_differs,
                "causes": [plain(cause) for cause in flip.causes],
            }
            for flip in act.flips
        ],
        "unmoved": [{"day": plain(day), "measure": id_} for day, id_ in act.unmoved],
        "notes": list(act.notes),
    }


def _span(span: Span) -> dict[str, Plain]:
    return {
        "outcome": span.outcome,
        "at_least": span.at_least.name,
        "at_most": span.at_most.name,
        "review_policy": span.policy.name if span.policy else None,
    }


def _party(party: WatchedParty) -> dict[str, Plain]:
    row = party.row
    return {
        "file": party.file,
        "line": row.line,
        "name": row.name,
        "country": row.country or None,
        "id": row.id or None,
        "touched": bool(party.changes),
        "on": list(party.on),
        "not_known": list(party.not_known),
        "found": party.found,
        "changes": [plain(change) for change in party.changes],
    }
