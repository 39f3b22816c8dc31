"""What a check of the lawbook found, for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from licet.law.book import SHOWN_VERSION
from licet.show.columns import BOLD, DIM, GREEN, RED, paint, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from licet.consistency import Checked, Cited
    from licet.law.book import Book


MOST = 6
"""Citations that are named; `--format json` has all."""


def check_text(
    book: Book,
    checked: Iterable[Checked],
    cited: Iterable[Cited] = (),
    absent: Mapping[str, Iterable[str]] | None = None,
    *,
    no_cases: str = "",
) -> str:
    """Return what was found, or a short all-clear, with what was looked at.

    Args:
        book: The lawbook.
        checked: What was checked.
        cited: What is not known of the rules that lists cite.
        absent: Where citations were compared with official texts: by what was not there the places that are cited.
        no_cases: The folder of cases that is not there: then rules without a case could not be looked for.
    """
    parts = list(checked)
    notices = [*_not_there(absent or {}), *map(_notice, cited)]
    return "\n".join(line.rstrip() for line in _lines(book, parts, notices, no_cases))


def _lines(book: Book, parts: list[Checked], notices: list[str], no_cases: str) -> Iterator[str]:
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
    for notice in notices:
        yield from wrapped(notice, "  ")
    if problems:
        yield paint(BOLD, "found")
    for problem in problems:
        yield from wrapped(str(problem), "  ✗ ")


def _not_there(absent: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Say what citations could not be compared with, and how many places of each are cited."""
    counts = {what: len(set(places)) for what, places in absent.items()}
    if counts:
        named = ", ".join(f"{what} ({count})" for what, count in sorted(counts.items()))
        yield f"not compared: {sum(counts.values())} places that are cited, the texts of which are not there: {named}"


def _notice(cited: Cited) -> str:
    """Say how many entries begin with a day of publication, and which citations are most often behind it."""
    count = len(cited.unknown)
    named = ", ".join(f"{one.cite} ({one.entries})" for one in cited.unknown[:MOST])
    more = f", and {count - MOST} more" if count > MOST else ""
    return (
        f"not known: the day of effect of the rules behind {count} citations of {cited.list}; {cited.published} of its"
        f" {cited.entries} entries begin with the day of publication. Most cited: {named}{more}"
    )
