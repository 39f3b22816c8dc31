"""Typed fields of the lawbook: a node in, a plain value out, or a problem noted at its place.

The field decides the type, never YAML: `no`, `2020` and `8.0` are read as the text that stands there. Unknown and
missing fields, duplicate keys, empty values, anchors and tags are refused; all errors of a text are found in one pass.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from licet.formats.node import LIST, MAP, SCALAR, Limits, Node
from licet.formats.read import compose
from licet.formats.value import YES_NO, shown, unclear
from licet.model.errors import FactsError, LicetError, Problem
from licet.model.vocabulary import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from licet.law.book import Json

    Read = Callable[[Node, str, "Reader"], Json]

LIMITS = Limits(size=200_000, depth=8, nodes=10_000)
"""A measure nests less than this, and a text that holds more is no source of a lawbook."""
MOST_TEXT = 1_000
"""Characters of one text."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[0-9]{1,9}")


class Reader:
    """Collects what is wrong with one text, to be raised at once by `done`."""

    def __init__(self, file: str, error: type[LicetError]) -> None:
        """Start with no problems.

        Args:
            file: Name of the text, for the messages.
            error: The branch of errors of who must act on it.
        """
        self.file = file
        self.error = error
        self.problems: list[Problem] = []

    def wrong(self, node: Node, field: str, message: str, *, allowed: str = "", near: str = "") -> None:
        """Note one problem at a node."""
        self.problems.append(Problem(message, self.file, node.line, node.column, field, allowed=allowed, nearest=near))

    def done(self) -> None:
        """Raise every problem found so far.

        Raises:
            LicetError: Of the branch of this reader.
        """
        if self.problems:
            raise self.error(*self.problems)


def parse(content: str, reader: Reader) -> Node:
    """Turn one text into nodes.

    Args:
        content: The text, YAML or JSON.
        reader: Takes its problems.

    Returns:
        The mapping at the top.

    Raises:
        LicetError: Of the branch of the reader: the text cannot be parsed, or is not one mapping.
    """
    try:
        node = compose(content, reader.file, limits=LIMITS, problems=reader.problems)
    except FactsError as error:
        raise reader.error(*reader.problems, *error.problems) from None
    if node is None:
        raise reader.error(*reader.problems, Problem("nothing stands in it", reader.file))
    if node.kind != MAP:
        reader.wrong(node, "", "is no mapping of fields", allowed="`field: value` lines")
        reader.done()
    return node


def text(node: Node, field: str, reader: Reader) -> str | None:
    """Read a text; line breaks and runs of blanks are one blank."""
    if node.kind != SCALAR:
        reader.wrong(node, field, "is no text", allowed="one line of text")
        return None
    if node.null:
        reader.wrong(node, field, "has no value", allowed="a value, or leave the field out")
        return None
    value = " ".join(node.text.split())
    refusal = unclear(value, MOST_TEXT)
    if refusal is None:
        return value
    reader.wrong(node, field, refusal.message, allowed="a text that prints")
    return None


def day(node: Node, field: str, reader: Reader) -> str | None:
    """Read a day, ISO 8601."""
    value = text(node, field, reader)
    if value is None:
        return None
    if _DAY.fullmatch(value):
        with suppress(ValueError):
            return date.fromisoformat(value).isoformat()
    reader.wrong(node, field, f"found {shown(value)}, which is no day", allowed="YYYY-MM-DD")
    return None


def yes_no(node: Node, field: str, reader: Reader) -> bool | None:
    """Read yes or no."""
    value = text(node, field, reader)
    if value is None:
        return None
    if value not in YES_NO:
        reader.wrong(node, field, f"found {shown(value)}", allowed="yes, no", near=nearest(value, ("yes", "no")))
        return None
    return YES_NO[value] == "yes"


def count(node: Node, field: str, reader: Reader) -> int | None:
    """Read a whole number, not negative."""
    value = text(node, field, reader)
    if value is None or _NUMBER.fullmatch(value):
        return None if value is None else int(value)
    reader.wrong(node, field, f"found {shown(value)}", allowed="a whole number: 0, 1, 2, …")
    return None


def matching(pattern: re.Pattern[str], like: str) -> Callable[[Node, str, Reader], str | None]:
    """Make a reader of a text of one form."""

    def read(node: Node, field: str, reader: Reader) -> str | None:
        value = text(node, field, reader)
        if value is None or pattern.fullmatch(value):
            return value
        reader.wrong(node, field, f"found {shown(value)}", allowed=like)
        return None

    return read


def word(*words: str) -> Callable[[Node, str, Reader], str | None]:
    """Make a reader of one of some words."""

    def read(node: Node, field: str, reader: Reader) -> str | None:
        value = text(node, field, reader)
        if value is None or value in words:
            return value
        reader.wrong(node, field, f"found {shown(value)}", allowed=", ".join(words), near=nearest(value, words))
        return None

    return read


def many(read: Read) -> Callable[[Node, str, Reader], list[Json] | None]:
    """Make a reader of a list that is not empty and has nothing twice."""

    def read_all(node: Node, field: str, reader: Reader) -> list[Json] | None:
        if node.kind != LIST or not node.items:
            reader.wrong(node, field, "is no list with something in it", allowed="[a, b], or leave the field out")
            return None
        values = [read(each, f"{field}[{number}]", reader) for number, each in enumerate(node.items)]
        for number, value in enumerate(values):
            if value is not None and value in values[:number]:
                reader.wrong(node.items[number], f"{field}[{number}]", f"{value} stands twice")
        return values

    return read_all


def record(fields: Mapping[str, Read], needed: Iterable[str]) -> Callable[[Node, str, Reader], dict[str, Json] | None]:
    """Make a reader of a mapping with known fields, of which some must be there."""

    def read(node: Node, field: str, reader: Reader) -> dict[str, Json] | None:
        if node.kind != MAP:
            reader.wrong(node, field, "is no mapping of fields", allowed=", ".join(fields))
            return None
        values: dict[str, Json] = {}
        for key, value in node.pairs():
            path = f"{field}.{key.text}" if field else key.text
            if key.text in fields:
                values[key.text] = fields[key.text](value, path, reader)
            else:
                near = nearest(key.text, fields)
                reader.wrong(key, path, "is no field here", allowed=", ".join(fields), near=near)
        for name in needed:
            if node.find(name) is None:
                reader.wrong(node, f"{field}.{name}" if field else name, "is missing")
        return values

    return read
