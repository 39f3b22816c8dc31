"""An act as it was stated: the facts by their paths, each with its origin. Nothing is ever defaulted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = str | date | int | float | tuple[str, ...]
"""A stated value: a word, code, name or text; a day; a number; a list of words. `none` is the word `none`."""

UNDETERMINABLE = "undeterminable"
"""Asked, and cannot be known: a value of its own, not the same as not stated."""
NONE = "none"
"""Asked, and there is none."""


@dataclass(frozen=True, slots=True)
class Stated:
    """One fact as stated, with where it comes from."""

    value: Value
    by: str = ""
    """Who says so."""
    day: str = ""
    """When it was said, as written (ISO 8601)."""
    source: str = ""
    """Where it stands, such as a contract number."""
    line: int = 0
    """Line of the file that states it, 1-based; 0 where there is no file."""


@dataclass(frozen=True, slots=True)
class Act:
    """An act: `kind`, its facts by path (`parties[0].name`), and how many records each list has.

    A path that is missing from `facts` was not stated. A list that is missing from `counts` was not stated;
    `counts["licenses"] == 0` says that there are none. A list stated as undeterminable is in `facts` by its own path.
    """

    kind: str
    facts: Mapping[str, Stated]
    counts: Mapping[str, int] = field(default_factory=dict)
    file: str = ""

    def get(self, path: str) -> Value | None:
        """Return the stated value of a fact, or None where it is not stated."""
        stated = self.facts.get(path)
        return None if stated is None else stated.value

    def count(self, path: str) -> int | None:
        """Return how many records a list has, or None where the list is not stated."""
        return self.counts.get(path)
