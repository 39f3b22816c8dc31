"""What every reader gives: text in places. A node never has a type of its own: the field decides that."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from licet.model.errors import FactsError, Problem

SCALAR, LIST, MAP = "scalar", "list", "mapping"
NUMBER, TRUTH, DAY = "number", "truth value", "day"


class Node(NamedTuple):
    """A scalar, list or mapping of a file, with its place."""

    kind: str
    """`SCALAR`, `LIST` or `MAP`."""
    text: str = ""
    """The text of a scalar as written, quotes and escapes undone."""
    null: bool = False
    """Whether a scalar says null: `null`, `~` or nothing at all, without quotes."""
    sort: str = ""
    """What a scalar of JSON or Python is: number, truth value or day; empty for text, and for all of YAML."""
    items: tuple[Node, ...] = ()
    """The nodes of a list, or the values of a mapping."""
    keys: tuple[Node, ...] = ()
    """The keys of a mapping, in the order of its values; each is a scalar."""
    line: int = 0
    """1-based; 0 where there is no file."""
    column: int = 0
    """1-based; 0 where there is no file."""

    def pairs(self) -> zip[tuple[Node, Node]]:
        """Return the keys of a mapping with their values."""
        return zip(self.keys, self.items, strict=True)

    def find(self, key: str) -> Node | None:
        """Return the value of a key of a mapping, or None."""
        return next((value for name, value in self.pairs() if name.text == key), None)


class Limits(NamedTuple):
    """How much a file may hold; what goes over is refused, never cut short."""

    size: int = 1_000_000
    """Bytes."""
    depth: int = 50
    """Lists and mappings inside one another."""
    nodes: int = 100_000
    documents: int = 1


ACT_LIMITS = Limits()
"""Limits of a file with one act."""


def from_python(value: object, file: str = "", limits: Limits = ACT_LIMITS) -> Node:
    """Turn Python values into nodes, so that they are read by the same rules as a file.

    Args:
        value: Mappings, lists, tuples, text, numbers, truth values, dates or None, inside one another.
        file: What messages call the source.
        limits: Depth and number of nodes; a structure that contains itself goes over them.

    Returns:
        The node, with lines and columns 0.

    Raises:
        FactsError: A value is of another type, or the structure goes over a limit.
    """
    return _Python(file, limits).node(value, 0)


class _Python:
    """Counts the nodes while it turns values into them."""

    def __init__(self, file: str, limits: Limits) -> None:
        self.file = file
        self.limits = limits
        self.count = 0

    def node(self, value: object, depth: int) -> Node:
        self.count += 1
        if depth > self.limits.depth or self.count > self.limits.nodes:
            raise FactsError(over_limit(self.file, self.limits, 0, 0, deep=depth > self.limits.depth))
        if isinstance(value, Mapping):
            keys = tuple(self.key(name) for name in value)
            return Node(MAP, items=tuple(self.node(one, depth + 1) for one in value.values()), keys=keys)
        if isinstance(value, list | tuple):
            return Node(LIST, items=tuple(self.node(one, depth + 1) for one in value))
        return self.scalar(value)

    def key(self, name: object) -> Node:
        if not isinstance(name, str):
            raise FactsError(Problem(f"found the key {name!r:.60}", self.file, allowed="text as the name of a fact"))
        return Node(SCALAR, name)

    def scalar(self, value: object) -> Node:
        if value is None:
            return Node(SCALAR, "null", null=True)
        if isinstance(value, bool):
            return Node(SCALAR, str(value).lower(), sort=TRUTH)
        if isinstance(value, str):
            return Node(SCALAR, str(value))
        if isinstance(value, date):
            return Node(SCALAR, value.isoformat(), sort=DAY)
        if isinstance(value, int | float):
            return Node(SCALAR, repr(value), sort=NUMBER)
        found = f"found a value of type {type(value).__name__}"
        raise FactsError(Problem(found, self.file, allowed="text, numbers, truth values, dates, lists, mappings"))


def over_limit(file: str, limits: Limits, line: int, column: int, *, deep: bool) -> Problem:
    """Say that a file goes over its depth or its number of nodes."""
    what = f"nested deeper than {limits.depth} levels" if deep else f"more than {limits.nodes:,} values"
    return Problem(what, file, line, column, todo="Split it into smaller files or flatten it.")
