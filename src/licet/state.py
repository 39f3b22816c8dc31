"""A state of the law, written one way everywhere: `DATE[@KNOWN][+WHAT-IF…]`."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from licet.model.errors import FactsError, Problem

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_TODO = "A state is DATE[@KNOWN][+WHAT-IF…], such as 2019-06-30, 2022-03-01@2022-03-01 or 2019-06-30+osaka.yaml."


class State(NamedTuple):
    """The day of the law, the day of what had been seen, and the what-ifs."""

    day: date | None
    known: date | None = None
    what_ifs: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Write the state as it is read."""
        text = self.day.isoformat() if self.day else ""
        if self.known:
            text += f"@{self.known.isoformat()}"
        return text + "".join(f"+{name}" for name in self.what_ifs)


class Question(NamedTuple):
    """What is asked of an act."""

    as_of: date
    known_as_of: date | None = None
    date_from: str = "asked"
    """Where `as_of` comes from: `asked`, the path of the act's own date, or `today`."""
    ground: str = ""
    assume_lists_complete: bool = False


def parse(text: str) -> State:
    """Read a state of the law.

    Args:
        text: `DATE[@KNOWN][+WHAT-IF…]`; the date may be left out before a `+` or `@`: then it is the act's own.

    Raises:
        FactsError: where a date is not a day of the calendar, or a what-if has no name.
    """
    head, *what_ifs = text.strip().split("+")
    if any(not name for name in what_ifs):
        raise FactsError(
            Problem("a what-if without a name", field="as_of", allowed="a path or a name that ships", todo=_TODO)
        )
    day, at, known = head.partition("@")
    if at and not known:
        raise FactsError(Problem(f'found "{text}": no day after the @', field="as_of", todo=_TODO))
    if not (head or what_ifs):
        raise FactsError(Problem("an empty state of the law", field="as_of", todo=_TODO))
    return State(_read_day(day) if day else None, _read_day(known) if known else None, tuple(what_ifs))


def _read_day(text: str) -> date:
    if not _DAY.match(text):
        what = "a day without time or time zone" if re.match(r"\d{4}-\d{2}-\d{2}[T ]", text) else "a day, YYYY-MM-DD"
        raise FactsError(Problem(f'found "{text}"', field="as_of", allowed=what, todo=_TODO))
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise FactsError(
            Problem(f'found "{text}", which is no day of the calendar', field="as_of", allowed="a day, YYYY-MM-DD")
        ) from None
