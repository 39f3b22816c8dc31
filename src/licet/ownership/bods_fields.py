"""The fields of statements of the Beneficial Ownership Data Standard: read one by one, each problem in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from licet.formats.node import LIST, MAP, NUMBER, SCALAR, TRUTH
from licet.model.vocabulary import nearest
from licet.ownership.reading import PERCENT, End, day_of, percent

if TYPE_CHECKING:
    from datetime import date

    from licet.formats.node import Node
    from licet.ownership.reading import Problems

SHOWN = 60


class Statement(NamedTuple):
    """One statement, its frame read."""

    id: str
    record: str
    kind: str
    status: str
    day: date | None
    """When it was made; None: not said."""
    moment: str
    """The same with its time, to order statements of one day."""
    published: date | None
    details: Node
    line: int


class Fields:
    """Reads the fields of one object of a statement.

    Args:
        node: The object.
        problems: Takes what is wrong.
        line: Line on which the statement begins.
        statement: Its id, for messages.
        before: Path of the object in the statement, with a dot at its end.
    """

    def __init__(self, node: Node, problems: Problems, line: int, statement: str, before: str = "") -> None:
        """Take the object and its place."""
        self.node, self.problems, self.line = node, problems, line
        self.statement, self.before = statement, before

    def inside(self, node: Node, path: str) -> Fields:
        """Return the reader of an object inside this one."""
        return Fields(node, self.problems, self.line, self.statement, f"{self.before}{path}.")

    def find(self, path: str) -> Node | None:
        """Return what stands under a path of names, or None."""
        node: Node | None = self.node
        for name in path.split("."):
            node = node.find(name) if node is not None and node.kind == MAP else None
        return node

    def text(self, path: str, *, needed: bool = False) -> str:
        """Return the text under a path; empty where there is none."""
        node = self.find(path)
        if node is not None and node.kind == SCALAR and not node.sort and not node.null and node.text.strip():
            return node.text
        if needed or node is not None:
            self.wrong(path, "text")
        return ""

    def word(self, path: str, allowed: tuple[str, ...], *, needed: bool = False) -> str:
        """Return the word under a path; empty where there is none or it is not allowed."""
        text = self.text(path, needed=needed)
        if text and text not in allowed:
            self.wrong(path, ", ".join(allowed), nearest(text, allowed))
            return ""
        return text

    def reference(self, path: str) -> str:
        """Return the record that a field names; empty where an object says why none is named."""
        node = self.find(path)
        return "" if node is not None and node.kind == MAP else self.text(path, needed=True)

    def day(self, path: str) -> date | None:
        """Return the day under a path, or None where there is none."""
        text = self.text(path)
        day = day_of(text)
        if text and day is None:
            self.wrong(path, "a date such as 2019-05-16, or one with a time")
        return day

    def percent(self, path: str) -> End | None:
        """Return the percent under a path, or None where there is none."""
        node = self.find(path)
        if node is None:
            return None
        value = percent(node.text) if node.sort == NUMBER else None
        if value is None:
            self.wrong(path, PERCENT)
            return None
        return End(value)

    def wrong(self, path: str, allowed: str, near: str = "") -> None:
        """Keep what is wrong with a field, in its place."""
        of = f"statement {self.statement}: " if self.statement else ""
        self.problems.add(self.line, f"{self.before}{path}", f"{of}{shown(self.find(path))}", allowed, near)


def shown(node: Node | None) -> str:
    """Say what was found in a field."""
    if node is None:
        return "found nothing"
    if node.kind != SCALAR:
        return "found a list" if node.kind == LIST else "found an object"
    plain = node.sort in {NUMBER, TRUTH} or node.null
    return f"found {node.text[:SHOWN]}" if plain else f'found "{node.text[:SHOWN]}"'
