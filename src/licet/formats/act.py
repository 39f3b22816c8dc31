"""Nodes to an act: every fact by its row of the table, everything that is wrong in one pass."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from licet.formats.node import ACT_LIMITS, LIST, MAP, SCALAR, Node, from_python
from licet.formats.read import compose, decode, name_of, read_source
from licet.formats.shape import Shape, act_shape, homes
from licet.formats.value import ALLOWED, MOST_NAME, SHOWN, Refusal, allowed, clean, parse, parse_day, shown, unclear
from licet.model import vocabulary
from licet.model.act import NONE, UNDETERMINABLE, Act, Stated, Value
from licet.model.errors import FactsError, Problem
from licet.model.vocabulary import LIST_TYPES, NOUNS, RECORDS, Row

if TYPE_CHECKING:
    from collections.abc import Iterable

ORIGIN = ("by", "day", "source")
"""What may stand beside `value`."""
MOST_PROBLEMS = 200
"""How many problems of one act are said."""
LEAVE_OUT = "Leave the fact out where nobody asked; write undeterminable, or none where there is none."


def load_act(path: str) -> Act:
    """Read an act from a file, or from standard input for `-`.

    Args:
        path: Path of a YAML or JSON file with one act, or `-`.

    Returns:
        The act.

    Raises:
        FactsError: The file or the act is refused; every problem is named with its place.
    """
    return read_act(read_source(path), file=name_of(path))


def read_act(source: bytes | str | Mapping[str, object], *, file: str = "") -> Act:
    """Read an act from the content of a file, or from Python values.

    Args:
        source: The bytes or the text of a YAML or JSON file, or a mapping with its facts.
        file: What messages call the source; its end (`.json`, `.yaml`) decides the format.

    Returns:
        The act.

    Raises:
        FactsError: The act is refused; every problem is named with its place.
    """
    problems: list[Problem] = []
    if isinstance(source, Mapping):
        return act_from_node(from_python(source, file), file)
    text = source if isinstance(source, str) else decode(source, file)
    if len(text) > ACT_LIMITS.size:
        message = f"there are {len(text):,} characters, {ACT_LIMITS.size:,} are allowed"
        raise FactsError(Problem(message, file, todo="Is it the right file?"))
    root = compose(text, file, problems=problems)
    if root is None:
        todo = "An act begins with its kind, such as `kind: export`."
        raise FactsError(Problem("the file is empty", file, 1, todo=todo))
    return act_from_node(root, file, problems)


def act_from_node(node: Node, file: str = "", problems: Iterable[Problem] = ()) -> Act:
    """Read an act from a node.

    Args:
        node: The mapping with the facts of the act.
        file: What messages call its source.
        problems: What the reading of the file has found already.

    Returns:
        The act.

    Raises:
        FactsError: The act is refused; `problems` come with those found here, in the order of their places.
    """
    reading = _Reading(file, list(problems))
    with suppress(_EnoughError):
        reading.act(node)
    if reading.problems:
        raise FactsError(*_in_order(reading.problems, file))
    return Act(reading.kind, reading.facts, reading.counts, file)


class _EnoughError(Exception):
    """More is wrong than one wants to read: the reading stops."""


def _in_order(problems: list[Problem], file: str) -> list[Problem]:
    """Return the problems in the order of their places, and say where more were left out."""
    shown_ones = sorted(problems[:MOST_PROBLEMS], key=lambda one: (one.line, one.column))
    if len(problems) > MOST_PROBLEMS:
        shown_ones.append(Problem(f"more than {MOST_PROBLEMS} problems", file, todo="Mend these first."))
    return shown_ones


class _Origin(NamedTuple):
    """Who says so, when, and where it stands; a list of records hands its own down."""

    by: str = ""
    day: str = ""
    source: str = ""


NOWHERE = _Origin()


class _Reading:
    """One pass over the nodes of one act."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file = file
        self.problems = problems
        self.kind = ""
        self.facts: dict[str, Stated] = {}
        self.counts: dict[str, int] = {}

    def refuse(self, node: Node, field: str, refusal: Refusal) -> None:
        self.problems.append(Problem(refusal.message, self.file, node.line, node.column, field, *refusal[1:]))
        if len(self.problems) > MOST_PROBLEMS:
            raise _EnoughError

    def act(self, node: Node) -> None:
        """Read the whole act."""
        if node.kind != MAP:
            found = "found a list" if node.kind == LIST else f"found {shown(node.text)}"
            self.refuse(node, "", Refusal(f"{found}, an act is a mapping of facts", todo="Begin with `kind: export`."))
            return
        shape = act_shape()
        self.read_kind(node, shape)
        for key, value in node.pairs():
            if key.text != "kind":
                self.place(key, value, shape, "", NOWHERE)

    def read_kind(self, node: Node, shape: Shape) -> None:
        """Read the kind first: the other facts depend on it."""
        row = shape.children["kind"].rows[0]
        words = ", ".join(row.domain)
        value = node.find("kind")
        if value is None:
            todo = "Say what is asked about."
            self.refuse(node, "kind", Refusal("the kind of act is missing", words, todo=todo))
        elif value.null:
            self.refuse(value, "kind", Refusal("found null", words))
        elif value.kind != SCALAR or value.text not in row.domain:
            found = shown(value.text) if value.kind == SCALAR else f"a {value.kind}"
            near = vocabulary.nearest(value.text, row.domain)
            self.refuse(value, "kind", Refusal(f"found {found}", words, near))
        else:
            self.kind = value.text

    def place(self, key: Node, node: Node, shape: Shape, path: str, origin: _Origin) -> None:
        """Read what stands under one key of a mapping."""
        field = f"{path}.{key.text}" if path else key.text
        child = shape.children.get(key.text)
        if child is None:
            self.refuse(key, clean(field), self.unknown(key.text, shape, path))
        elif self.kind and self.kind not in child.kinds:
            other = " or ".join(sorted(child.kinds))
            message = f'"{key.text}" is a fact of an act of kind {other}, not of {self.kind}'
            self.refuse(key, field, Refusal(message, todo="Take it out, or correct the kind."))
        else:
            row = child.row(self.kind)
            self.group(node, child, field, origin) if row is None else self.fact(node, row, child, field, origin)

    def unknown(self, name: str, shape: Shape, path: str) -> Refusal:
        """Say that there is no such fact, and where it may have been meant to stand."""
        names = [one for one, child in shape.children.items() if not self.kind or self.kind in child.kinds]
        near = vocabulary.nearest(name, names) if len(name) <= SHOWN else ""
        where = [home for home in homes(name) if home.rpartition(".")[0] != vocabulary.generic(path)]
        todo = (
            f"It belongs under {' or '.join(home.rpartition('.')[0] or 'the act' for home in where)}." if where else ""
        )
        return Refusal(f"there is no fact {shown(name)} here", ", ".join(names), near, "" if near else todo)

    def group(self, node: Node, shape: Shape, path: str, origin: _Origin) -> None:
        """Read a group of facts, such as `dates`, or one record of a list."""
        if node.kind == MAP:
            for key, value in node.pairs():
                self.place(key, value, shape, path, origin)
        elif node.null:
            self.null(node, path)
        else:
            found = "a list" if node.kind == LIST else shown(node.text)
            names = ", ".join(shape.children)
            todo = "Write each of its facts with its value."
            self.refuse(node, path, Refusal(f"found {found}, where facts are expected", names, todo=todo))

    def null(self, node: Node, path: str) -> None:
        self.refuse(node, path, Refusal("found null", todo=LEAVE_OUT))

    def fact(self, node: Node, row: Row, shape: Shape, path: str, inherited: _Origin) -> None:
        """Read a fact, plain or with its origin."""
        origin = inherited
        wrapped = node.find("value") if node.kind == MAP else None
        if wrapped is not None:
            origin = self.origin(node, path, inherited)
            node = wrapped
        if row.type == RECORDS:
            self.records(node, row, shape, path, origin)
        elif node.kind == LIST:
            self.several(node, row, path, origin)
        else:
            self.single(node, row, path, origin)

    def origin(self, node: Node, path: str, inherited: _Origin) -> _Origin:
        """Read who says so, when and where, beside a value."""
        said: dict[str, str] = {}
        for key, value in node.pairs():
            if key.text in ORIGIN:
                said[key.text] = self.origin_text(key.text, value, f"{path}.{key.text}")
            elif key.text != "value":
                near = vocabulary.nearest(key.text, ("value", *ORIGIN))
                message = f"found {shown(key.text)} beside a value"
                self.refuse(key, path, Refusal(message, ", ".join(("value", *ORIGIN)), near))
        return inherited._replace(**said)

    def origin_text(self, name: str, node: Node, path: str) -> str:
        """Read one text of an origin; its day is a day of the calendar."""
        if node.null:
            self.null(node, path)
        elif node.kind != SCALAR:
            self.refuse(node, path, Refusal(f"found a {node.kind}", "one text"))
        else:
            said = parse_day(node.text) if name == "day" else unclear(node.text, MOST_NAME)
            if not isinstance(said, Refusal):
                return node.text.strip()
            self.refuse(node, path, said)
        return ""

    def state(self, path: str, value: Value, node: Node, origin: _Origin) -> None:
        self.facts[path] = Stated(value, origin.by, origin.day, origin.source, node.line)

    def single(self, node: Node, row: Row, path: str, origin: _Origin) -> None:
        """Read one plain value; where a list may stand, it is a list of one."""
        value = self.scalar(node, row, path)
        if value is None:
            return
        if row.type in LIST_TYPES and value != UNDETERMINABLE:
            value = () if value == NONE else (str(value),)
        self.state(path, value, node, origin)

    def scalar(self, node: Node, row: Row, path: str) -> Value | None:
        if node.null:
            self.null(node, path)
        elif node.kind == MAP:
            todo = "Write the value, or {value: …, by: …, day: …, source: …}."
            self.refuse(node, path, Refusal("found a mapping, where a value is expected", allowed(row), todo=todo))
        elif node.kind == LIST:
            self.refuse(node, path, Refusal("found a list in a list", allowed(row)))
        else:
            value = parse(row, node)
            if not isinstance(value, Refusal):
                return value
            self.refuse(node, path, value)
        return None

    def several(self, node: Node, row: Row, path: str, origin: _Origin) -> None:
        """Read a list of plain values."""
        if row.type == "covers":
            row = row._replace(type="names", domain=())
        elif row.type not in LIST_TYPES:
            message = "found a list, where one value is expected"
            self.refuse(node, path, Refusal(message, allowed(row), todo="State one value, or leave it out."))
            return
        if not node.items and not row.none:
            self.refuse(node, path, Refusal("found an empty list", allowed(row), todo=LEAVE_OUT))
        words: list[str] = []
        for item in node.items:
            value = self.scalar(item, row, path)
            if value in {NONE, UNDETERMINABLE} and value is not None:
                todo = f"Write {value} alone, without a list."
                self.refuse(item, path, Refusal(f"found {value} in a list", todo=todo))
            elif value is not None:
                words.append(str(value))
        self.state(path, tuple(words), node, origin)

    def records(self, node: Node, row: Row, shape: Shape, path: str, origin: _Origin) -> None:
        """Read a list of records."""
        if node.kind == LIST:
            self.counts[path] = len(node.items)
            for number, item in enumerate(node.items):
                self.record(item, row, shape, f"{path}[{number}]", origin)
        elif node.null:
            self.null(node, path)
        elif node.kind == SCALAR and node.text == UNDETERMINABLE:
            self.state(path, UNDETERMINABLE, node, origin)
        elif node.kind == SCALAR and node.text == NONE and row.none:
            self.counts[path] = 0
        else:
            self.no_records(node, row, path)
        if self.counts.get(path) == 0:
            self.empty(node, row, path, origin)

    def empty(self, node: Node, row: Row, path: str, origin: _Origin) -> None:
        """Keep the origin of an empty list, which has no fact to carry it."""
        if not row.none:
            self.refuse(node, path, Refusal("found an empty list", allowed(row), todo=LEAVE_OUT))
        elif origin != NOWHERE:
            self.state(path, NONE, node, origin)

    def no_records(self, node: Node, row: Row, path: str) -> None:
        found = f"found {shown(node.text)}" if node.kind == SCALAR else "found one record"
        todo = "Begin each record with a dash." if node.kind == MAP else ""
        near = vocabulary.nearest(node.text, (NONE, UNDETERMINABLE)) if node.text else ""
        self.refuse(node, path, Refusal(f"{found}, where a list is expected", allowed(row), near, todo))

    def record(self, node: Node, row: Row, shape: Shape, path: str, origin: _Origin) -> None:
        """Read one record; a red flag may be its number alone."""
        if row.path == "red_flags" and node.kind == SCALAR and not node.null:
            self.single(node, shape.children["flag"].rows[0], f"{path}.flag", origin)
            return
        self.group(node, shape, path, origin)
        if node.kind != MAP:
            return
        noun = NOUNS[row.path.rpartition(".")[2]]
        for name, child in shape.children.items():
            if child.rows and child.rows[0].required and node.find(name) is None:
                allows = ALLOWED[child.rows[0].type]
                article = "an" if noun[0] in "aeiou" else "a"
                self.refuse(node, f"{path}.{name}", Refusal(f"{article} {noun} without a {name}", allows))
