"""Judged cases as a table by kind of source, for a terminal and for programs."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, NamedTuple

from licet import __version__
from licet.cases.find import OPEN_WORDS
from licet.cases.judge import Judged, Verdict
from licet.cases.read import STATUS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from licet.law.book import Book

WIDTH = 110
MOST_OPEN = 10
"""Open cases shown without `--all`."""
SHOWN_VERSION = 8
SCHEMA_VERSION = 1
BOLD, DIM, PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"
COLOR = {Verdict.RIGHT: "\x1b[32m", Verdict.OPEN: "\x1b[33m", Verdict.WRONG: "\x1b[1;31m"}
HEADS = ("right", "wrong", "open", "decided", "total")
TOTAL = "all"


class Tally(NamedTuple):
    """How the cases of one kind of source come out."""

    source: str
    right: int
    wrong: int
    open: int
    """Open where an answer is expected, or open without naming what keeps it so."""
    asked: int
    """Cases for which the law has an answer that licet could give; a status is always given, and does not count."""
    decided: int
    """Those of them that licet decides, rightly or wrongly."""
    total: int

    @property
    def rate(self) -> float | None:
        """The share decided of the cases that can be, in percent."""
        return 100 * self.decided / self.asked if self.asked else None


def tallies(judged: Sequence[Judged]) -> list[Tally]:
    """Count the cases by kind of source, the most frequent first, and all of them last."""
    sources: dict[str, list[Judged]] = {}
    for one in judged:
        sources.setdefault(one.case.source.kind, []).append(one)
    rows = [_tally(source, ones) for source, ones in sources.items()]
    return [*sorted(rows, key=lambda row: (-row.total, row.source)), _tally(TOTAL, judged)]


def _tally(source: str, judged: Sequence[Judged]) -> Tally:
    count = {verdict: sum(one.verdict is verdict for one in judged) for verdict in Verdict}
    asked = [one for one in judged if one.case.kind != STATUS and _first(one)[0] not in OPEN_WORDS]
    decided = sum(one.found.words[key][0] not in OPEN_WORDS for one in asked for key in list(one.case.answers)[:1])
    return Tally(
        source, count[Verdict.RIGHT], count[Verdict.WRONG], count[Verdict.OPEN], len(asked), decided, len(judged)
    )


def _first(one: Judged) -> tuple[str, ...]:
    """Return what a case expects first of all, with what it accepts."""
    return next(iter(one.case.answers.values()))


def to_text(judged: Sequence[Judged], book: Book, *, everything: bool = False) -> str:
    """Return the table and the cases that are not right, at most 110 columns wide.

    Args:
        judged: The cases.
        book: The lawbook that they were run on.
        everything: Show every open case.
    """
    files = len({one.case.file for one in judged})
    version = f"licet {__version__} · book {book.version[:SHOWN_VERSION]}, verified through {book.verified_through}"
    lines = [f"{BOLD}{len(judged)} known-answer cases in {files} files{PLAIN}  {DIM}{version}{PLAIN}", ""]
    lines += _table(tallies(judged))
    lines += _listed(judged, Verdict.WRONG, len(judged))
    lines += _listed(judged, Verdict.OPEN, len(judged) if everything else MOST_OPEN)
    return "\n".join(line.rstrip() for line in lines)


def _table(rows: list[Tally]) -> Iterator[str]:
    first = max(len(row.source) for row in [*rows, Tally("kind of source", *[0] * 6)])
    yield f"  {BOLD}{'kind of source':<{first}}" + "".join(f"{head:>10}" for head in HEADS) + PLAIN
    for row in rows:
        rate = "-" if row.rate is None else f"{int(row.rate)} %"
        cells = [
            _cell(row.right, Verdict.RIGHT),
            _cell(row.wrong, Verdict.WRONG),
            _cell(row.open, Verdict.OPEN),
            f"{rate:>10}",
            f"{row.total:>10}",
        ]
        if row.source == TOTAL:
            yield f"  {DIM}{'─' * (first + 50)}{PLAIN}"
        yield f"  {row.source:<{first}}" + "".join(cells)
    yield ""
    yield from textwrap.wrap(
        "open: an answer is expected and none is given, or what keeps it open is not named. "
        "decided: of the cases that expect an answer, those that get one (a status always does, and is not counted).",
        WIDTH,
        initial_indent="  ",
        subsequent_indent="  ",
    )


def _cell(count: int, verdict: Verdict) -> str:
    """Write one number; none at all is shown as a quiet zero."""
    return f"{COLOR[verdict] if count else DIM}{count:>10}{PLAIN}"


def _listed(judged: Sequence[Judged], verdict: Verdict, most: int) -> Iterator[str]:
    """List the cases of one verdict, one line each: what is expected and what is found."""
    ones = [one for one in judged if one.verdict is verdict]
    if not ones:
        return
    yield ""
    yield f"{COLOR[verdict]}{verdict}{PLAIN}"
    width = max(len(one.case.id) for one in ones[:most]) + 2
    for one in ones[:most]:
        mild = "MILDER THAN THE LAW: " if one.too_mild else ""
        yield f"  {one.case.id:<{width}}" + _short(mild + _line(one), WIDTH - width - 2)
    if len(ones) > most:
        yield f"  {DIM}and {len(ones) - most} more: --all{PLAIN}"


def _line(one: Judged) -> str:
    """Say what a case expects and what was found."""
    key = next(iter(one.case.answers))
    if one.differences and not one.differences[0].startswith(f"{key}:"):
        return "; ".join(one.differences)
    return f"{_first(one)[0]}, found {one.found.says}"


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def to_json(judged: Sequence[Judged], book: Book) -> str:
    """Return the table, and every case that is not right, as JSON text."""
    record = {
        "schema_version": SCHEMA_VERSION,
        "licet": __version__,
        "book": book.version,
        "verified_through": book.verified_through.isoformat(),
        "by_source": [{**row._asdict(), "decided_rate": row.rate} for row in tallies(judged)],
        **{str(verdict): _records(judged, verdict) for verdict in (Verdict.WRONG, Verdict.OPEN)},
        str(Verdict.RIGHT): [one.case.id for one in judged if one.verdict is Verdict.RIGHT],
    }
    return json.dumps(record, indent=2, ensure_ascii=False)


def _records(judged: Sequence[Judged], verdict: Verdict) -> list[dict[str, object]]:
    return [
        {
            "id": one.case.id,
            "family": one.case.family,
            "file": one.case.file,
            "line": one.case.line,
            "expected": {key: list(words) for key, words in {**one.case.answers, **one.case.details}.items()},
            "found": {key: list(words) for key, words in one.found.words.items()},
            "says": one.found.says,
            "differences": list(one.differences),
            "milder_than_the_law": one.too_mild,
        }
        for one in judged
        if one.verdict is verdict
    ]
