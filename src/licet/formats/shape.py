"""The shape of an act: the rows of the table of facts as a tree, shared by reader, writer, schema and reference."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from licet.model import vocabulary

if TYPE_CHECKING:
    from licet.model.vocabulary import Row


class Shape:
    """One place of an act: a fact, a list of records, or a group of facts."""

    __slots__ = ("children", "kinds", "rows")

    def __init__(self) -> None:
        self.rows: tuple[Row, ...] = ()
        """Rows of a fact, more than one where kinds of act differ; none for a group."""
        self.kinds: frozenset[str] = frozenset()
        """Kinds of act that have it."""
        self.children: dict[str, Shape] = {}
        """Facts of a group or of one record, by name, in the order of the table."""

    def row(self, kind: str) -> Row | None:
        """Return the row for a kind of act, or None for a group or where that kind does not have the fact."""
        return next((row for row in self.rows if not kind or kind in row.kinds), None)


@cache
def act_shape() -> Shape:
    """Return the tree of all facts of all kinds of act. Owners of an owner are the same place as owners of a party."""
    root = Shape()
    for row in vocabulary.table().rows:
        _insert(root, row)
    owners = root.children["parties"].children["owners"]
    owners.children["owners"].children = owners.children
    return root


def _insert(root: Shape, row: Row) -> None:
    place = root
    for step in row.path.split("."):
        place.kinds |= frozenset(row.kinds)
        place = place.children.setdefault(step.removesuffix("[]"), Shape())
    place.kinds |= frozenset(row.kinds)
    place.rows = (*place.rows, row)


@cache
def homes(name: str) -> tuple[str, ...]:
    """Return the paths of all facts with this last name, to say where a misplaced fact belongs."""
    return tuple(dict.fromkeys(row.path for row in vocabulary.table().rows if row.path.rpartition(".")[2] == name))
