"""Where a dossier looks: lawbook and lists on a day, with the knowledge of another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from licet.law.status import status, transitions_between
from licet.model.errors import FactsError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from licet.law.book import Book
    from licet.law.status import Transition
    from licet.lists.roster import Roster
    from licet.model.measure import Measure, Status
    from licet.state import Question


class Look(NamedTuple):
    """Where and when is looked."""

    day: date
    known: date | None
    book: Book
    roster: Roster
    due: tuple[Transition, ...]
    """Changes between the last verified day and this one: whether they came is not known."""
    printed: Mapping[str, date | None]
    """Citations of the lawbook with the day on which they were printed."""

    @property
    def seen(self) -> date:
        """The last day of which anything counts as seen."""
        return min(self.day, self.known or self.day)

    def status(self, measure: Measure) -> Status:
        """Return the status of a measure on the day."""
        return status(measure, self.day, known=self.known, book=self.book)


def look_at(question: Question, book: Book, roster: Roster) -> Look:
    """Look at lawbook and lists on a day.

    Raises:
        FactsError: The day lies before the first of the lawbook.
    """
    day, verified = question.as_of, book.verified_through
    if day < book.first_day:
        message = f"the law of {day} is not known here"
        raise FactsError(Problem(message, field="as_of", allowed=f"{book.first_day} or later"))
    due = tuple(transitions_between(book, verified, day, book.supposed)) if day > verified else ()
    printed = {cite: measure.published for measure in reversed([*book.values()]) for cite in measure.cites}
    return Look(day, question.known_as_of, book, roster, due, printed)
