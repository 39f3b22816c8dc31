"""An act as YAML that reads back to the same act, in the order of the table of facts."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING

from licet.formats.shape import Shape, act_shape
from licet.model.act import NONE
from licet.model.errors import FactsError, Problem
from licet.model.vocabulary import RECORDS, Row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from licet.model.act import Act, Stated

PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9_ ./()-]*[A-Za-z0-9_./()-])?")
"""Text that every reader of YAML takes as text without quotes, unless it is one of `TAKEN`."""
TAKEN = frozenset(("yes", "no", "on", "off", "y", "n", "true", "false", "null"))
STEP = "  "


def act_to_yaml(act: Act, *, header: Iterable[str] = ()) -> str:
    """Write an act as YAML.

    Args:
        act: The act.
        header: Lines of a comment above it.

    Returns:
        The text; reading it gives the same kind, facts with their origins, and counts.

    Raises:
        FactsError: The act has facts that the table does not have, or not for its kind.
    """
    writing = _Writing(act)
    body = writing.block(act_shape(), "", "")
    lost = sorted({*act.facts, *act.counts} - writing.written)
    if lost:
        raise FactsError(*(Problem(f"an act of kind {act.kind} has no such fact", field=path) for path in lost))
    comment = [f"# {line}".rstrip() for text in header for line in text.splitlines() or [""]]
    return "\n".join([*comment, f"kind: {act.kind}", *body]) + "\n"


class _Writing:
    """Writes one act and keeps what it has written."""

    def __init__(self, act: Act) -> None:
        self.act = act
        self.written: set[str] = set()

    def block(self, shape: Shape, path: str, indent: str) -> list[str]:
        """Write the facts of a group or a record, one a line or one a block."""
        lines: list[str] = []
        for name, child in shape.children.items():
            field = f"{path}.{name}" if path else name
            row = child.row(self.act.kind)
            if row is not None:
                lines += self.fact(child, row, field, indent)
            elif not child.rows:
                inner = self.block(child, field, indent + STEP)
                lines += [f"{indent}{name}:", *inner] if inner else []
        return lines

    def fact(self, shape: Shape, row: Row, path: str, indent: str) -> list[str]:
        stated = self.act.facts.get(path)
        name = path.rpartition(".")[2]
        if stated is not None:
            self.written.add(path)
            return [f"{indent}{name}: {_with_origin(stated, row)}"]
        count = self.act.counts.get(path) if row.type == RECORDS else None
        if count is None:
            return []
        self.written.add(path)
        if count == 0:
            return [f"{indent}{name}: {NONE}"]
        lines = [f"{indent}{name}:"]
        for number in range(count):
            lines += self.record(shape, f"{path}[{number}]", indent + STEP)
        return lines

    def record(self, shape: Shape, path: str, indent: str) -> list[str]:
        first, *rest = self.block(shape, path, indent + STEP) or [f"{indent}{STEP}{{}}"]
        return [f"{indent}- {first.lstrip()}", *rest]


def _with_origin(stated: Stated, row: Row) -> str:
    value = _value(stated, row)
    beside = [f"by: {_text(stated.by)}"] if stated.by else []
    beside += [f"day: {stated.day}"] if stated.day else []
    beside += [f"source: {_text(stated.source)}"] if stated.source else []
    return f"{{{', '.join((f'value: {value}', *beside))}}}" if beside else value


def _value(stated: Stated, row: Row) -> str:
    value = stated.value
    if isinstance(value, tuple):
        words = ", ".join(map(_text, value))
        alone = len(value) == 1 and row.type != "covers"
        return NONE if not value else words if alone else f"[{words}]"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value if row.type.startswith("yes_no") or row.type == "covers" else _text(value)
    if isinstance(value, int):
        return str(value)
    from decimal import Decimal  # a float that needs more than its repr: no exponent in an act

    return format(Decimal(repr(value)), "f")


def _text(text: str) -> str:
    """Write a text plain where every reader takes it as text, else in double quotes."""
    if PLAIN.fullmatch(text) and text.lower() not in TAKEN:
        return text
    return json.dumps(text, ensure_ascii=False)
