"""A graph of interests for programs: parties, interests, the result of each rule, its path and its missing facts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from licet.ownership.shares import number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from licet.ownership.graph import Interest, Party
    from licet.ownership.missing import Missing
    from licet.ownership.report import Report, Result, Ruled
    from licet.ownership.shares import Amount

SCHEMA_VERSION = 1


def ownership_json(report: Report) -> str:
    """Return a report as JSON text; percent are numbers, exactly as stated, each with whether its end is open."""
    record = {
        "schema_version": SCHEMA_VERSION,
        "source": report.source,
        "as_of": str(report.day),
        "known_as_of": _day(report.known),
        "asked": list(report.asked),
        "rules": [_ruled(one) for one in report.ruled],
        "parties": [_party(report, one) for one in report.graph.parties.values()],
        "interests": [_interest(one) for one in report.graph.interests],
        "changes": [{**one._asdict(), "day": str(one.day)} for one in report.changes],
        "findings": [one._asdict() for one in report.findings],
        "assumed": list(report.assumed),
        "legal_advice": False,
    }
    return json.dumps(record, ensure_ascii=False, indent=2)


def _ruled(ruled: Ruled) -> dict[str, object]:
    regime = ruled.regime
    return {
        "id": regime.id,
        "title": regime.title,
        "lists": {id_: sorted(programs) for id_, programs in regime.lists.items()},
        "cites": list(regime.cites),
        "checked": regime.checked,
        "measures": list(regime.measures),
        "stands": ruled.force.stands if ruled.force else None,
        "stands_says": ruled.force.says if ruled.force else None,
        "results": [_result(ruled, one) for one in ruled.results.values()],
    }


def _result(ruled: Ruled, result: Result) -> dict[str, object]:
    return {
        "party": result.party,
        **_standing(ruled, result.party),
        "path": [one.id for one in result.path.interests],
        "path_through_owners_not_stated": list(result.path.rests),
        "missing": None if result.missing is None else [_missing(one) for one in result.missing],
        "red_flag_29": result.red_flag_29 and bool(ruled.regime.red_flag),
        "behind": {name: _named(ruled, ids) for name, ids in result.behind._asdict().items()},
        "notes": list(result.notes),
    }


def _named(ruled: Ruled, ids: Iterable[str]) -> list[dict[str, str]]:
    return [{"id": id_, "name": ruled.reach.graph.parties[id_].name} for id_ in ids]


def _standing(ruled: Ruled, party: str) -> dict[str, object]:
    stands, status = ruled.reach[party], ruled.status[party]
    return {
        "listed": status.state,
        "listed_says": status.says,
        "reached": stands.reached,
        "counted": stands.counted,
        "least": _end(stands.least),
        "most": _end(stands.most),
    }


def _missing(fact: Missing) -> dict[str, object]:
    return {
        "kind": fact.kind,
        "party": fact.party,
        "interest": fact.interest or None,
        "question": fact.question,
        "where": fact.where,
        "undeterminable": fact.asked,
        "settles": fact.settles,
        "worked_out": fact.worked_out,
        "answers": [one._asdict() for one in fact.answers],
    }


def _party(report: Report, party: Party) -> dict[str, object]:
    rest = report.graph.rest(party.id).most
    return {
        "id": party.id,
        "name": party.name,
        "kind": party.kind,
        "country": party.country or None,
        "owners_complete": party.owners_known,
        "not_stated_most": _end(rest),
        "where": party.where,
        "standing": {ruled.regime.id: _standing(ruled, party.id) for ruled in report.ruled},
    }


def _interest(one: Interest) -> dict[str, object]:
    return {
        "id": one.id,
        "owner": one.owner,
        "owned": one.owned,
        "kind": one.kind,
        "counts": one.counts,
        "share": {"state": one.share.state, "least": _end(one.share.least), "most": _end(one.share.most)},
        "since": _day(one.since),
        "through": _day(one.through),
        "where": one.where,
        "note": one.note,
    }


def _end(amount: Amount) -> dict[str, object]:
    """Write an end of a range: its percent, and whether the end itself does not belong to it."""
    whole = amount.value.denominator == 1
    value: int | float = amount.value.numerator if whole else float(amount.value)
    return {"percent": value, "text": number(amount.value), "open": amount.step != 0}


def _day(day: object) -> str | None:
    return str(day) if day is not None else None
