"""Whom a name, an id or a family means."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from licet.model.errors import FactsError, Problem
from licet.names.normal import normalize
from licet.party.nouns import Candidate

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from licet.lists.roster import Roster
    from licet.party.look import Look

_ID_PARTS = 3


class Meant(NamedTuple):
    """Whom a name means."""

    how: str
    ids: tuple[str, ...]
    candidates: tuple[Candidate, ...] = ()


def meant(look: Look, asked: str) -> Meant:
    """Say whom a name, an id or a family means."""
    roster = look.roster
    if roster.history(asked):
        return Meant("id", (asked,))
    if family := roster.group(asked.strip().casefold()):
        return Meant("family", (head_of(roster, family, asked),))
    found = roster.find(asked, look.day)
    ids = tuple(dict.fromkeys(one.entry for one in (*found.listed, *found.off, *found.later_alias)))
    groups = {one.group for id_ in ids for one in roster.history(id_)}
    others: tuple[Candidate, ...] = ()
    if ids and not _is_one(roster, ids) and len(groups) == 1 and "" not in groups:
        head = head_of(roster, ids)
        others = tuple(_candidate(look, id_, 100.0, "equal") for id_ in ids if id_ != head)
        ids = (head,)
    if ids and _is_one(roster, ids):
        late = found.later_alias and not (found.listed or found.off)
        return Meant("later_name" if late else "name", ids, others)
    if ids:
        return Meant("", (), tuple(_candidate(look, id_, 100.0, "equal") for id_ in ids))
    if _looks_like_id(asked):
        raise FactsError(_no_such_id(roster, asked))
    near = roster.near(asked)
    return Meant("", (), tuple(_candidate(look, one.entry, one.score, one.how) for one in near))


def _is_one(roster: Roster, ids: Sequence[str]) -> bool:
    """Say whether entries of an equal name can be shown as one party.

    They are told apart where their countries differ, or where one list names two that are not spelled the same.
    """
    latest = [roster.history(id_)[-1] for id_ in ids]
    if len({one.country for one in latest if one.country}) > 1:
        return False
    names: dict[str, set[str]] = {}
    for id_ in ids:
        for one in roster.history(id_):
            names.setdefault(one.list, set()).add(normalize(one.name))
    return all(len(each) == 1 for each in names.values()) or len(ids) == 1


def head_of(roster: Roster, ids: Sequence[str], asked: str = "") -> str:
    """Return the entry that leads some: on the most lists, listed first, with the shortest name."""

    def rank(id_: str) -> tuple[bool, int, date, int, str]:
        terms = roster.history(id_)
        named = bool(asked) and normalize(asked) not in normalize(terms[0].name).split()
        return named, -len({one.list for one in terms}), min(one.first for one in terms), len(terms[0].name), id_

    return min(ids, key=rank)


def _looks_like_id(asked: str) -> bool:
    """Say whether someone wrote an id: small letters in three or more parts, or a list before a colon."""
    list_, colon, rest = asked.partition(":")
    plain = asked == asked.casefold() and " " not in asked
    return plain and (bool(colon and rest and list_.replace("_", "").isalnum()) or asked.count("-") >= _ID_PARTS - 1)


def _no_such_id(roster: Roster, asked: str) -> Problem:
    from licet.model.vocabulary import nearest

    todo = 'Write a name as a list writes it, such as "Huawei Technologies Co., Ltd."; the dossier of a name shows ids.'
    allowed = "the id of an entry, or a name"
    return Problem(
        f'"{asked}" is no entry', field="NAME|ID", allowed=allowed, nearest=nearest(asked, roster.ids), todo=todo
    )


def _candidate(look: Look, id_: str, score: float, how: str) -> Candidate:
    """Return an entry that may be meant, with what tells it from others."""
    roster = look.roster
    terms = roster.history(id_)
    entries = [one.entry for one in roster.details(id_)]
    address = next((one.text for entry in reversed(entries) for one in entry.addresses), "")
    number = next((f"{one.kind} {one.value}" for entry in reversed(entries) for one in entry.identifiers), "")
    now, name = roster.on(id_, look.day), terms[0].name
    return Candidate(id_, name, terms[0].country, round(score, 1), how, now, address, number)
