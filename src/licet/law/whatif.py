"""What-ifs: a file that adds, ends or changes measures, and the lawbook as it would be under it.

A what-if is a hypothesis of the caller, so everything wrong with one is a `FactsError` with its place. It may have:

- `title` and `says`: a name, and one plain sentence of what is supposed;
- `adds`: measures with the fields of a record (`cites` aside), and an `effect` on a ground, which rules carry out;
- `ends`: `{id, on}`, where `on` is the last day in force, inclusive like every day;
- `changes`: `{id, FIELD: value …}`, where `none` takes a field away.

Where a what-if moves the days of a measure that stays another, the stay moves with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from licet.formats.node import MAP, SCALAR, Node
from licet.law.book import Book, measure_of, shipped
from licet.law.fields import Reader, day, many, parse, record, text
from licet.law.sources import (
    FIELDS,
    WHAT_IF_FIELDS,
    WHAT_IF_NEEDED,
    Place,
    measure_id,
    place_of,
    record_problems,
    version_of,
)
from licet.law.status import first_known
from licet.model.errors import FactsError, Problem
from licet.model.vocabulary import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from licet.law.book import Json, Record

__all__ = ["Touch", "WhatIf", "apply", "parse_what_if", "shipped"]

_GONE = "none"
"""The word that takes a field away."""


class Touch(NamedTuple):
    """What a what-if does to one measure of the book."""

    id: str
    fields: dict[str, Json]
    """New values; None takes the field away."""
    ends: bool
    """True for an end, whose one field is `in_force_through`."""
    place: Place


class WhatIf(NamedTuple):
    """One what-if as it was written, well formed for itself."""

    file: str
    title: str
    says: str
    adds: dict[str, Record]
    places: dict[str, Place]
    """Where each added measure stands."""
    touches: tuple[Touch, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the measures that it adds, ends or changes."""
        return (*self.adds, *(touch.id for touch in self.touches))


def parse_what_if(content: str, file: str) -> WhatIf:
    """Read one what-if.

    Args:
        content: Its YAML text.
        file: Its name, for messages and as the citation of what it adds.

    Returns:
        The what-if.

    Raises:
        FactsError: It is not well formed, does one thing twice, or does nothing; names every place.
    """
    reader = Reader(file, FactsError)
    node = parse(content, reader)
    fields = {"title": text, "says": text, "adds": _nodes, "ends": _nodes, "changes": _nodes}
    head = record(fields, ("title", "says"))(node, "", reader) or {}
    what_if = WhatIf(file, str(head.get("title")), str(head.get("says")), {}, {}, ())
    for number, each in enumerate(_parts(node, "adds")):
        _read_added(each, f"adds[{number}]", reader, what_if)
    touches = [_read_end(each, f"ends[{number}]", reader) for number, each in enumerate(_parts(node, "ends"))]
    touches += [_read_change(each, f"changes[{number}]", reader) for number, each in enumerate(_parts(node, "changes"))]
    what_if = what_if._replace(touches=tuple(touch for touch in touches if touch is not None))
    if not (_parts(node, "adds") or touches or reader.problems):
        reader.wrong(node, "", "supposes nothing", allowed="at least one of adds, ends, changes")
    reader.problems += _twice([what_if])
    reader.done()
    return what_if


def _nodes(node: Node, field: str, reader: Reader) -> Json:
    """Accept a list that is not empty; its parts are read one by one."""
    return many(lambda _node, path, _reader: path)(node, field, reader)


def _parts(node: Node, field: str) -> tuple[Node, ...]:
    found = node.find(field)
    return () if found is None else found.items


def _read_added(node: Node, field: str, reader: Reader, what_if: WhatIf) -> None:
    found = record(WHAT_IF_FIELDS, WHAT_IF_NEEDED)(node, field, reader)
    if found is None or not isinstance(found.get("id"), str):
        return
    id_ = str(found["id"])
    supposed = {"cites": [f"what if: {reader.file}"], "confidence": "low", "checked": "what_if", "source": reader.file}
    if id_ in what_if.adds:
        reader.wrong(node, f"{field}.id", f"{id_} is added twice")
    what_if.adds[id_] = cast("Record", {**supposed, **found})
    what_if.places[id_] = place_of(node, reader.file)


def _read_end(node: Node, field: str, reader: Reader) -> Touch | None:
    found = record({"id": measure_id, "on": day}, ("id", "on"))(node, field, reader)
    if found is None or not isinstance(found.get("id"), str):
        return None
    return Touch(str(found["id"]), {"in_force_through": found.get("on")}, True, place_of(node, reader.file))  # noqa: FBT003


def _read_change(node: Node, field: str, reader: Reader) -> Touch | None:
    kept = {name: read for name, read in FIELDS.items() if name not in {"regime", "story"}}
    gone = [key.text for key, value in node.pairs() if value.kind == SCALAR and value.text == _GONE]
    rest = [(key, value) for key, value in node.pairs() if key.text not in gone]
    bare = node._replace(keys=tuple(key for key, _ in rest), items=tuple(value for _, value in rest))
    found = record(kept, ("id",))(bare if node.kind == MAP else node, field, reader)
    for name in gone:
        if name in WHAT_IF_NEEDED or name not in kept:
            reader.wrong(node, f"{field}.{name}", "cannot be taken away")
    if found is None or not isinstance(found.get("id"), str):
        return None
    id_ = str(found.pop("id"))
    fields = {**found, **dict.fromkeys(gone)}
    if not fields:
        reader.wrong(node, field, f"changes nothing of {id_}", allowed="id and at least one field")
    return Touch(id_, fields, False, place_of(node, reader.file))  # noqa: FBT003


def _twice(what_ifs: Iterable[WhatIf]) -> list[Problem]:
    """Find measures that are added, ended or changed more than once, in one file or in several."""
    first: dict[str, Place] = {}
    problems = []
    for what_if in what_ifs:
        adds = [(id_, "adds", what_if.places[id_]) for id_ in what_if.adds]
        for id_, verb, place in [*adds, *((t.id, "ends" if t.ends else "changes", t.place) for t in what_if.touches)]:
            if id_ in first:
                other = f"{first[id_].file}, line {first[id_].line}"
                problems.append(place.problem("id", f"{verb} {id_}, which {other} already adds, ends or changes"))
            first.setdefault(id_, place)
    return problems


def apply(book: Book, what_ifs: Iterable[WhatIf]) -> Book:
    """Return a book as it would be under some what-ifs, in any order.

    Args:
        book: The book, which stays as it is.
        what_ifs: The what-ifs, each well formed for itself.

    Returns:
        A book with a version of its own; `what_ifs` names the measures that were added.

    Raises:
        FactsError: One contradicts the book or another; names every place.
    """
    what_ifs = tuple(what_ifs)
    problems = _twice(what_ifs)
    records = dict(book.records)
    places: dict[str, Place] = {}
    for what_if in what_ifs:
        problems += _against(what_if, book)
        records |= what_if.adds
        places |= what_if.places
    for touch in (touch for what_if in what_ifs for touch in what_if.touches):
        faults = _touch_faults(touch, records)
        problems += faults
        if not faults:
            _move_stays(touch, records)
            records[touch.id] = _touched(touch, records[touch.id])
            places[touch.id] = touch.place
    problems = problems or record_problems(records, places)
    if problems:
        raise FactsError(*problems)
    added = tuple(sorted(id_ for what_if in what_ifs for id_ in what_if.adds))
    ordered = dict(sorted(records.items(), key=lambda item: (first_known(measure_of(item[1])), item[0])))
    head = book.head.copy()
    head["version"] = version_of(book.head, ordered)
    supposed = frozenset(id_ for id_, found in ordered.items() if book.records.get(id_) is not found)
    return Book(head, ordered, (*book.what_ifs, *added), book.supposed | supposed)


def _against(what_if: WhatIf, book: Book) -> list[Problem]:
    """Find what the measures that a what-if adds contradict in the book."""
    problems = []
    regimes = {record["regime"] for record in book.records.values()}
    for id_, added in what_if.adds.items():
        place = what_if.places[id_]
        if id_ in book:
            problems.append(place.problem("id", f"adds {id_}, which the lawbook has already; `changes` changes it"))
        if added["regime"] not in regimes:
            message = f'"{added["regime"]}" is no regime of the lawbook'
            problems.append(place.problem("regime", message, near=nearest(added["regime"], regimes)))
        if "effect" in added and not added["legal_force"]:
            problems.append(place.problem("effect", "has an effect, and no legal force to have one by"))
    return problems


def _touch_faults(touch: Touch, records: dict[str, Record]) -> list[Problem]:
    """Find what an end or a change contradicts in the measure that it touches."""
    verb = "ends" if touch.ends else "changes"
    if touch.id not in records:
        near = nearest(touch.id, records)
        return [touch.place.problem("id", f"{verb} {touch.id}, which is no measure of the lawbook", near=near)]
    if not touch.ends:
        return []
    was, on = records[touch.id], str(touch.fields["in_force_through"])
    begins, ends = was.get("in_force_from"), was.get("in_force_through")
    if begins is None:
        return [touch.place.problem("id", f"ends {touch.id}, which is never in force")]
    if on < begins:
        return [touch.place.problem("on", f"ends {touch.id} on {on}, before it begins on {begins}")]
    if ends is not None and on >= ends:
        return [touch.place.problem("on", f"ends {touch.id} on {on}; it has ended by itself on {ends}")]
    return []


def _touched(touch: Touch, was: Record) -> Record:
    """Return a record with the new values; an end by a what-if is ended by nothing of the book."""
    fields = dict(touch.fields)
    if touch.ends:
        fields["ended_by"] = None
        fields["not_enforced_from"] = _unless_after(was.get("not_enforced_from"), fields["in_force_through"])
        fields["stated_through"] = was.get("stated_through") or was.get("in_force_through")
    merged: dict[str, object] = {**was, **fields}
    return cast("Record", {name: value for name, value in merged.items() if value is not None})


def _unless_after(day_: str | None, end: Json) -> str | None:
    return None if day_ is None or day_ > str(end) else day_


def _move_stays(touch: Touch, records: dict[str, Record]) -> None:
    """Let the stays that rest on a measure keep its days."""
    ends = {"from": touch.fields.get("in_force_from"), "through": touch.fields.get("in_force_through")}
    moved = {name: day_ for name, day_ in ends.items() if isinstance(day_, str)}
    for id_, found in list(records.items()) if moved else ():
        if any(stay["by"] == touch.id for stay in found.get("stays", ())):
            stays = [{**stay, **moved} if stay["by"] == touch.id else stay for stay in found["stays"]]
            records[id_] = cast("Record", {**found, "stays": stays})
