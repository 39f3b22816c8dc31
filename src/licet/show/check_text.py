"""What a check of the lawbook found, for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from licet.law.book import SHOWN_VERSION
from licet.show.columns import BOLD, DIM, GREEN, RED, paint, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from licet.consistency import Checked
    from licet.law.book import Book


def check_text(book: Book, checked: Iterable[Checked], *, no_cases: str = "") -> str:
    """Return what was found, or a short all-clear, with what was looked at.

    Args:
        book: The lawbook.
        checked: What was checked.
        no_cases: The folder of cases that is not there: then rules without a case could not be looked for.
    """
    parts = list(checked)
    return "\n".join(line.rstrip() for line in _lines(book, parts, no_cases))


def _lines(book: Book, parts: list[Checked], no_cases: str) -> Iterator[str]:
    problems = [problem for part in parts for problem in part.problems]
    counts = " · ".join(f"{number} {what}" for part in parts for what, number in part.counts)
    head = f"{len(problems)} found" if problems else "the lawbook agrees with itself"
    yield f"{paint(RED if problems else GREEN, head)}  {paint(DIM, f'book {book.version[:SHOWN_VERSION]}')}"
    yield from wrapped(counts, "  ")
    for skipped in (note for part in parts for note in part.skipped):
        yield from wrapped(f"not looked at: {skipped}", "  ")
    if no_cases:
        yield from wrapped(
            f"not looked at: rules without a case; there is no folder {no_cases} here (--cases DIR)", "  "
        )
    if problems:
        yield paint(BOLD, "found")
    for problem in problems:
        yield from wrapped(str(problem), "  ✗ ")
