"""Facts of a command line to an act: `--to CN`, `--parties[0].country CN`. Read by the same rules as a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from licet.formats.act import act_from_node
from licet.formats.node import LIST, MAP, SCALAR, Node
from licet.formats.shape import act_shape
from licet.formats.value import shown
from licet.model.errors import FactsError, Problem
from licet.model.vocabulary import LIST_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from licet.model.act import Act
    from licet.model.vocabulary import Row

NAME = "the command line"
"""What messages call the source."""
STEP = re.compile(r"([a-z0-9_]+)(?:\[([0-9]{1,3})\])?")
SPLIT_AT_COMMAS = frozenset(("words", "codes", "integers"))
"""List types whose values have no comma in them; names are split in brackets only."""


def act_from_flags(kind: str, pairs: Iterable[tuple[str, str]]) -> Act:
    """Read an act from pairs of path and text.

    A list of words may be given with commas (`end_user, purchaser`), in brackets, or by naming its path again. A
    record without a number is the first of its list: `items.eccn` is `items[0].eccn`. `[]` says that a list is empty.

    Args:
        kind: Kind of act.
        pairs: Paths of facts, each with the text of its value.

    Returns:
        The act.

    Raises:
        FactsError: A fact is refused; every problem is named with its path.
    """
    problems: list[Problem] = []
    root = _Place()
    root.child("kind").values.append(Node(SCALAR, kind))
    for path, text in pairs:
        said = _put(root, path, text)
        problems += [Problem(said, NAME, field=path)] if said else []
    if problems:
        raise FactsError(*problems)
    return act_from_node(_node(root), NAME)


class _Place:
    """What was said of one place: values, facts below it, or records by their numbers."""

    __slots__ = ("below", "records", "values")

    def __init__(self) -> None:
        self.values: list[Node] = []
        self.below: dict[str, _Place] = {}
        self.records: dict[int, _Place] = {}

    def child(self, name: str) -> _Place:
        return self.below.setdefault(name, _Place())

    def record(self, number: int) -> _Place:
        return self.records.setdefault(number, _Place())


def _put(root: _Place, path: str, text: str) -> str:
    """Put one value in its place; return what is wrong with the place, or an empty string."""
    shape, place = act_shape(), root
    *above, last = path.split(".")
    for step in above:
        found = STEP.fullmatch(step)
        below = shape.children.get(found[1]) if found else None
        if found is None or below is None or not below.children:
            return f"there is no {shown(step)} with facts below it"
        if found[2] and not below.rows:
            return f"{shown(found[1])} is no list"
        place = place.child(found[1])
        if place.values:
            return f"{shown(found[1])} is stated as a whole already"
        place = place.record(int(found[2] or 0)) if below.rows else place
        shape = below
    child = shape.children.get(last)
    if child is None:
        return f"there is no fact {shown(last)} there"
    return _state(place.child(last), text, child.rows[0] if child.rows else None)


def _state(place: _Place, text: str, row: Row | None) -> str:
    if place.below or place.records:
        return "facts below it are stated already"
    several = row is not None and (row.type in LIST_TYPES or row.type == "covers")
    if place.values and not several:
        return "it is stated twice"
    place.values.append(_value(text, row.type if row is not None and several else ""))
    return ""


def _value(text: str, several: str) -> Node:
    """Return the node of a text; `several` is the type of a fact that may have more than one value."""
    plain = text.strip()
    brackets = plain.startswith("[") and plain.endswith("]")
    if brackets and not plain[1:-1].strip():
        return Node(LIST)
    if not several or not (brackets or ("," in plain and several in SPLIT_AT_COMMAS)):
        return Node(SCALAR, text)
    words = (plain[1:-1] if brackets else plain).split(",")
    return Node(LIST, items=tuple(Node(SCALAR, word.strip()) for word in words))


def _node(place: _Place) -> Node:
    """Turn a place into a node; a record whose number is left out is empty, and the reader judges it."""
    if place.records:
        empty = Node(MAP)
        numbers = range(max(place.records) + 1)
        return Node(LIST, items=tuple(_node(place.records[n]) if n in place.records else empty for n in numbers))
    if len(place.values) == 1:
        return place.values[0]
    if place.values:
        several = [item for value in place.values for item in (value.items if value.kind == LIST else (value,))]
        return Node(LIST, items=tuple(several))
    keys = tuple(Node(SCALAR, name) for name in place.below)
    return Node(MAP, items=tuple(map(_node, place.below.values())), keys=keys)
