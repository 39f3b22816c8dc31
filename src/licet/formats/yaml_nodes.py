"""YAML to nodes, from the events of the parser: no constructor runs, no alias is followed, no word gets a type."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import yaml

from licet.formats.node import LIST, MAP, SCALAR, Limits, Node, over_limit
from licet.model.errors import FactsError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml._yaml import Mark as MarkOfC

LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
"""The parser in C where PyYAML was built with it; the one in Python says the same."""
NULLS = frozenset(("", "~", "null", "Null", "NULL"))
LOST = Node(SCALAR, "lost")
"""Stands where an alias stood, which is refused."""


class _Open(NamedTuple):
    """A list or mapping whose end has not come yet."""

    kind: str
    line: int
    column: int
    children: list[Node]


def yaml_nodes(text: str, file: str, limits: Limits, problems: list[Problem]) -> list[Node]:
    """Return the root node of every document of a YAML text.

    Args:
        text: The text.
        file: What messages call it.
        limits: Depth, number of nodes, number of documents.
        problems: Takes anchors, aliases, tags and duplicate keys; reading goes on after them.

    Returns:
        The roots, in their order.

    Raises:
        FactsError: The text is no YAML, or goes over a limit.
    """
    try:
        return _Build(file, limits, problems).run(yaml.parse(text, Loader=LOADER))
    except yaml.YAMLError as error:
        raise FactsError(_syntax(error, text, file)) from None


class _Build:
    """Builds nodes from events, innermost last on the stack."""

    def __init__(self, file: str, limits: Limits, problems: list[Problem]) -> None:
        self.file = file
        self.limits = limits
        self.problems = problems
        self.stack: list[_Open] = []
        self.roots: list[Node] = []
        self.count = 0

    def run(self, events: Iterator[yaml.Event]) -> list[Node]:
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                self.begin(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self.end()
        return self.roots

    def begin(self, event: yaml.NodeEvent) -> None:
        """Take a scalar, an alias, or the start of a list or mapping."""
        line, column = _at(event.start_mark)
        self.count += 1
        deep = len(self.stack) > self.limits.depth
        if deep or self.count > self.limits.nodes or (not self.stack and len(self.roots) >= self.limits.documents):
            raise FactsError(self.over(line, column, deep=deep))
        self.refuse_sharing(event, line, column)
        if isinstance(event, yaml.ScalarEvent):
            null = event.implicit[0] and event.value in NULLS
            self.add(Node(SCALAR, event.value, null=null, line=line, column=column))
        elif isinstance(event, yaml.AliasEvent):
            self.add(LOST)
        else:
            kind = MAP if isinstance(event, yaml.MappingStartEvent) else LIST
            self.stack.append(_Open(kind, line, column, []))

    def over(self, line: int, column: int, *, deep: bool) -> Problem:
        if not self.stack and len(self.roots) >= self.limits.documents:
            todo = "Write each into a file of its own."
            return Problem("a second document begins (after `---`), one is allowed", self.file, line, column, todo=todo)
        return over_limit(self.file, self.limits, line, column, deep=deep)

    def refuse_sharing(self, event: yaml.NodeEvent, line: int, column: int) -> None:
        """Refuse anchors, aliases and tags: each value is written where it holds, and the field gives its type."""
        tag = getattr(event, "tag", None)
        if event.anchor is not None:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            what = "an alias" if sign == "*" else "an anchor"
            self.refuse(f'found {what} "{sign}{event.anchor}"', line, column, "Write the value out.")
        if tag is not None:
            self.refuse(f'found a tag "{tag}"', line, column, "Leave it out: the field says the type.")

    def refuse(self, message: str, line: int, column: int, todo: str) -> None:
        self.problems.append(Problem(message, self.file, line, column, todo=todo))

    def add(self, node: Node) -> None:
        if self.stack:
            self.stack[-1].children.append(node)
        else:
            self.roots.append(node)

    def end(self) -> None:
        done = self.stack.pop()
        if done.kind == LIST:
            children = tuple(node for node in done.children if node is not LOST)
            self.add(Node(LIST, items=children, line=done.line, column=done.column))
            return
        keys, values = done.children[0::2], done.children[1::2]
        pairs = distinct(list(zip(keys, values, strict=True)), self.file, self.problems)
        pairs = [(key, value) for key, value in pairs if value is not LOST]
        keys, values = [key for key, _ in pairs], [value for _, value in pairs]
        self.add(Node(MAP, items=tuple(values), keys=tuple(keys), line=done.line, column=done.column))


def distinct(pairs: list[tuple[Node, Node]], file: str, problems: list[Problem]) -> list[tuple[Node, Node]]:
    """Return the pairs whose key is text and comes for the first time; the others go to `problems`."""
    first: dict[str, Node] = {}
    kept: list[tuple[Node, Node]] = []
    for key, value in pairs:
        if key.kind != SCALAR or key.null or key is LOST:
            todo = "Write a plain name, a colon and the value."
            problems.append(Problem("found a key that is not a name", file, key.line, key.column, todo=todo))
        elif key.text in first:
            found = f'"{key.text[:60]}" stands twice: here and on line {first[key.text].line}'
            problems.append(Problem(found, file, key.line, key.column, todo="Keep one of them."))
        else:
            first[key.text] = key
            kept.append((key, value))
    return kept


def _syntax(error: yaml.YAMLError, text: str, file: str) -> Problem:
    """Say in words for the person who wrote the file where the YAML breaks."""
    if isinstance(error, yaml.MarkedYAMLError):
        line, column = _at(error.problem_mark or error.context_mark)
        said = "; ".join(part for part in (error.context, error.problem) if part)
        if "nesting depth" in said:
            return Problem("nested too deep to be read", file, line, column, todo="Flatten it.")
    else:
        position = int(getattr(error, "position", 0))
        line, column = place(text, position)
        said = str(getattr(error, "reason", error))
    rows = text.splitlines()
    tab = 0 < line <= len(rows) and "\t" in rows[line - 1][: column + 1]
    todo = "Indent with spaces, not with a tab." if tab else "Check quotes, brackets, colons and indentation there."
    return Problem(f"this is no YAML: {said}", file, line, column, todo=todo)


def _at(mark: yaml.Mark | MarkOfC | None) -> tuple[int, int]:
    """Return line and column of a mark, 1-based."""
    return (mark.line + 1, mark.column + 1) if mark is not None else (0, 0)


def place(text: str, position: int) -> tuple[int, int]:
    """Return line and column, 1-based, of a position in a text."""
    before = text[:position]
    return before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1
