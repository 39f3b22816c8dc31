"""The dossier of a party as JSON, for programs.

Keys, the same in every dossier (`null`, `""` or `[]` where there is nothing):

- `schema_version`, `asked`, `as_of`, `known_as_of`, `verified_through`, `book`, `roster`, `issued`, `legal_advice`;
- `result`: `party` · `several` · `none`; `how` it was found: `id` · `name` · `later_name` · `family`;
- `name`, `country`, `kind`, `ids` (the leading entry first), `group`, `part_of`;
- `names[]`, `addresses[]`, `identifiers[]`: `text`, `kind`, `country`, `source`, `seen` (day of the last issue that has
  it);
- `lists[]`: `id`, `title`, `regime`, `rules`, `means`, `issued`, `overdue`, `complete[]` (pairs of days), `state`
  (`on` · `open` · `off` · `unknown`), `why`, `terms[]` (those of the day);
- `history[]` and `lists[].terms[]`: `list`, `entry`, `name`, `country`, `since`, `through`, `first`, `when` (`past` ·
  `now` · `later`), `scope`, `policy`, `footnotes[]`, `programs[]`, `reaches_affiliates`, `cites[]` (`text`,
  `published`; only those that were out), `measure` (`id`, `status`) or null, `note`, `checked`;
- `family[]`: `id`, `name`, `country`, `first`, `lists[]`, `perhaps[]` (lists on which it may be), `inside`;
- `law[]`: `id`, `title`, `kind`, `regime`, `status`, `first`, `last`, `stays[]`, `cite`, `what`, `how`, `doubt`;
- `events[]`: `day`, `kind`, `what`, `cite`, `url`, `checked`, `note`, `measure`; none of them is law;
- `pending[]`: `day`, `what`, `measures[]`, `now`, `becomes`, `certain`;
- `candidates[]`: `id`, `name`, `country`, `score`, `how`, `lists[]`, `address`, `identifier`, `settles`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from licet.model.digest import plain
from licet.show.party_words import SETTLES
from licet.show.words import NOT_ADVICE

if TYPE_CHECKING:
    from licet.model.digest import Plain
    from licet.party.nouns import Candidate, Dossier, Law, OnList, Terms

SCHEMA_VERSION = 1
_PLAIN = (
    *("asked", "as_of", "known_as_of", "verified_through", "book", "roster", "issued", "result", "how", "name"),
    *("country", "kind", "ids", "group", "part_of"),
)


def party_json(made: Dossier) -> str:
    """Return a dossier as JSON text."""
    return json.dumps(party_record(made), indent=2, ensure_ascii=False)


def party_record(made: Dossier) -> dict[str, Plain]:
    """Return a dossier as plain values."""
    fields = made._asdict()
    return {
        "schema_version": SCHEMA_VERSION,
        **{name: plain(fields[name]) for name in _PLAIN},
        "names": [plain(one._asdict()) for one in made.names],
        "addresses": [plain(one._asdict()) for one in made.addresses],
        "identifiers": [plain(one._asdict()) for one in made.identifiers],
        "lists": [_list(one) for one in made.lists],
        "history": [_terms(one) for one in made.history],
        "family": [plain(one._asdict()) for one in made.family],
        "law": [_law(one) for one in made.law],
        "events": [plain(one._asdict()) for one in made.events],
        "pending": [plain(one._asdict()) for one in made.pending],
        "candidates": [_candidate(one) for one in made.candidates],
        "legal_advice": NOT_ADVICE,
    }


def _list(one: OnList) -> dict[str, Plain]:
    state = one.list
    return {
        "id": one.id,
        "title": state.title if state else None,
        "regime": state.regime if state else None,
        "rules": state.rules if state else None,
        "means": state.means if state else None,
        "issued": plain(state.issued) if state else None,
        "overdue": one.overdue,
        "complete": [[str(first), str(last)] for first, last in state.complete] if state else [],
        "state": one.state,
        "why": one.why,
        "terms": [_terms(terms) for terms in one.terms],
    }


def _terms(terms: Terms) -> dict[str, Plain]:
    listing = terms.listing
    return {
        "list": listing.list,
        "entry": listing.entry,
        "name": listing.name,
        "country": listing.country,
        "since": str(listing.since),
        "through": plain(listing.through),
        "first": str(listing.first),
        "when": terms.when,
        "scope": listing.scope,
        "policy": listing.policy.name if listing.policy else None,
        "footnotes": list(listing.footnotes),
        "programs": list(listing.programs),
        "reaches_affiliates": terms.reaches_affiliates,
        "cites": [{"text": cite.text, "published": plain(cite.published)} for cite in terms.cites],
        "measure": {"id": terms.law.id, "status": terms.law.status.value} if terms.law else None,
        "note": terms.note,
        "checked": listing.checked,
    }


def _law(one: Law) -> dict[str, Plain]:
    record: dict[str, Plain] = {name: plain(value) for name, value in one._asdict().items() if name != "force"}
    return {**record, "status": one.status.value, "stays": [[str(first), str(last)] for first, last in one.stays]}


def _candidate(one: Candidate) -> dict[str, Plain]:
    return {
        "id": one.id,
        "name": one.name,
        "country": one.country,
        "score": one.score,
        "how": one.how,
        "lists": list(dict.fromkeys(terms.list for terms in one.terms)),
        "address": one.address,
        "identifier": one.identifier,
        "settles": SETTLES[one.how],
    }
