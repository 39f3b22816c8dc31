"""One tree of errors, three branches by who must act: caller, operator, author of rules.

A legal answer is never an error: an open question is a range, not an exception.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in one place, in words for the person who can mend it."""

    message: str
    """What is wrong, with what was found."""
    file: str = ""
    line: int = 0
    """1-based; 0 where there is none."""
    column: int = 0
    """1-based; 0 where there is none."""
    field: str = ""
    """The path of the fact, such as `parties[0].role`."""
    allowed: str = ""
    """What may stand there."""
    nearest: str = ""
    """The nearest valid word."""
    todo: str = ""
    """What to do next."""

    def __str__(self) -> str:
        """Write the problem on one line: place, field, finding, what is allowed, nearest word, what to do."""
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        head = ": ".join(part for part in (place, self.field) if part)
        text = f"{head}: {self.message}" if head else self.message
        if self.allowed:
            text += f"; allowed: {self.allowed}"
        if self.nearest:
            text += f'; did you mean "{self.nearest}"?'
        if self.todo:
            text += f" {self.todo}" if text.endswith("?") else f". {self.todo}"
        return printable(text)


def printable(text: str) -> str:
    """Return a text without control characters: what a file says must not steer a terminal."""
    return "".join(c if c.isprintable() or c == "\n" else f"\\x{ord(c):02x}" for c in text)


class LicetError(Exception):
    """Anything that licet refuses; `problems` has every reason, found in one pass."""

    def __init__(self, *problems: Problem | str) -> None:
        """Keep the problems; a plain string is a problem without a place."""
        self.problems = tuple(Problem(p) if isinstance(p, str) else p for p in problems)
        super().__init__("\n".join(map(str, self.problems)))


class FactsError(LicetError):
    """The caller must act: an act, a date or a what-if that cannot be read or contradicts itself."""


class SourceError(LicetError):
    """The operator must act: a file, list or store that is missing, damaged or stale."""


class LawbookError(LicetError):
    """The author of rules must act: a measure, table or rule of the lawbook is not well formed."""
