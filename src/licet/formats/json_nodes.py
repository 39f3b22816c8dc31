"""JSON to nodes with places. The standard library says whether the text is JSON; the walk after it finds the places."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from json.decoder import scanstring  # type: ignore[attr-defined] # it is there, and undoes the escapes of one string
from typing import TYPE_CHECKING

from licet.formats.node import LIST, MAP, NUMBER, SCALAR, TRUTH, Limits, Node, over_limit
from licet.formats.yaml_nodes import distinct
from licet.model.errors import FactsError, Problem

if TYPE_CHECKING:
    from typing import NoReturn

SPACE = re.compile(r"[ \t\n\r]*")
PLAIN = re.compile(r"[^\s,\]}]+")
SORTS = {"true": TRUTH, "false": TRUTH, "null": ""}


def json_nodes(text: str, file: str, limits: Limits, problems: list[Problem]) -> Node:
    """Return the root node of a JSON text.

    Args:
        text: The text.
        file: What messages call it.
        limits: Depth and number of nodes.
        problems: Takes duplicate keys; reading goes on after them.

    Returns:
        The root.

    Raises:
        FactsError: The text is no JSON, or goes over a limit.
    """
    try:
        json.loads(text, parse_int=str, parse_float=str, parse_constant=_constant)
    except json.JSONDecodeError as error:
        todo = "Check quotes, commas and brackets there."
        raise FactsError(Problem(f"this is no JSON: {error.msg}", file, error.lineno, error.colno, todo=todo)) from None
    except ValueError as error:
        raise FactsError(Problem(f"this is no JSON: {error}", file)) from None
    except RecursionError:
        raise FactsError(over_limit(file, limits, 0, 0, deep=True)) from None
    walk = _Walk(text, file, limits, problems)
    return walk.node(walk.skip(0), 0)[0]


def _constant(word: str) -> NoReturn:
    message = f"{word} is no number of JSON"
    raise ValueError(message)


class _Walk:
    """Walks a text that is known to be JSON."""

    def __init__(self, text: str, file: str, limits: Limits, problems: list[Problem]) -> None:
        self.text = text
        self.file = file
        self.limits = limits
        self.problems = problems
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self.count = 0

    def node(self, at: int, depth: int) -> tuple[Node, int]:
        """Return the node that begins at a position, and the position after it."""
        line = bisect_right(self.starts, at)
        column = at - self.starts[line - 1] + 1
        self.count += 1
        if depth > self.limits.depth or self.count > self.limits.nodes:
            raise FactsError(over_limit(self.file, self.limits, line, column, deep=depth > self.limits.depth))
        sign = self.text[at]
        if sign == '"':
            text, end = scanstring(self.text, at + 1, True)  # noqa: FBT003 - its own signature
            return Node(SCALAR, text, line=line, column=column), end
        if sign in "[{":
            children, end = self.children(at + 1, depth + 1)
            return self.collection(sign, children, line, column), end
        found = PLAIN.match(self.text, at)
        word = found.group() if found else ""
        sort = SORTS.get(word, NUMBER)
        return Node(SCALAR, word, null=word == "null", sort=sort, line=line, column=column), at + len(word)

    def children(self, at: int, depth: int) -> tuple[list[Node], int]:
        """Return the nodes of a list, or keys and values of a mapping in turn, and the position after it."""
        out: list[Node] = []
        at = self.skip(at)
        while self.text[at] not in "]}":
            node, at = self.node(at, depth)
            out.append(node)
            at = self.skip(at)
            if self.text[at] in ",:":
                at = self.skip(at + 1)
        return out, at + 1

    def collection(self, sign: str, children: list[Node], line: int, column: int) -> Node:
        if sign == "[":
            return Node(LIST, items=tuple(children), line=line, column=column)
        pairs = distinct(list(zip(children[0::2], children[1::2], strict=True)), self.file, self.problems)
        keys, values = tuple(key for key, _ in pairs), tuple(value for _, value in pairs)
        return Node(MAP, items=values, keys=keys, line=line, column=column)

    def skip(self, at: int) -> int:
        found = SPACE.match(self.text, at)
        return found.end() if found else at
