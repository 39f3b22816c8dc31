"""The lawbook for a terminal: all measures with their status on a day, or one measure with everything about it.

Statements without legal force are drawn apart from law: in a group of their own, dim and italic, with their own sign.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from licet.law.status import status
from licet.model.measure import Status
from licet.show.columns import BOLD, DIM, GREEN, SAID, WIDTH, YELLOW, cell, clip, paint, spread, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from licet.law.book import Book
    from licet.law.status import Transition
    from licet.model.measure import Measure

SHOWN_VERSION = 8
LAW, SAYING = "━", "┄"
SIGNS = {
    Status.IN_FORCE: LAW,
    Status.NOT_ENFORCED: "!",
    Status.STAYED: "▒",
    Status.SCHEDULED: "▷",
    Status.PUBLISHED: "▷",
    Status.ANNOUNCED: "▷",
    Status.ENDED: "✕",
    Status.NOT_YET: "·",
}
"""The sign of a measure with legal force; a record without it always has `SAYING`."""
COLORS = {
    Status.IN_FORCE: GREEN,
    Status.NOT_ENFORCED: YELLOW,
    Status.STAYED: YELLOW,
    Status.ENDED: DIM,
    Status.NOT_YET: DIM,
}
GROUPS = {
    Status.IN_FORCE: "in force",
    Status.NOT_ENFORCED: "text stands, not enforced",
    Status.STAYED: "stayed",
    Status.SCHEDULED: "text out, day of effect to come",
    Status.PUBLISHED: "text out, no day of effect in it",
    Status.ANNOUNCED: "announced, no text yet",
    Status.ENDED: "ended",
    Status.NOT_YET: "not yet: first known later than this day",
}
"""Headings of the groups, in their order; the words after `said` come before `ended`."""
STATEMENTS = "said or done, without legal force: shown, never decides"
CONFIDENCE = {"medium": "?", "low": "??"}
LEGEND = "m: a day or the content rests on memory · ?: medium confidence · ??: low · =: the first day in force"
_ID, _TITLE, _DAY, _CITE = 15, 30, 10, 13


class Looked(NamedTuple):
    """The lawbook as it is looked at: on a day of the law, with the knowledge of another."""

    book: Book
    day: date
    known: date | None = None
    what_ifs: tuple[str, ...] = ()
    """Names of the what-ifs that are applied."""
    due: tuple[Transition, ...] = ()
    """Changes between the last verified day and this one: whether they came is not known."""

    def status(self, measure: Measure) -> Status:
        """Return the status of a measure on the day."""
        return status(measure, self.day, known=self.known, book=self.book)

    def is_due(self, measure: Measure) -> bool:
        """Say whether a change of the measure was due after the last verified day."""
        return any(measure.id in change.ids for change in self.due)


def word(found: Status) -> str:
    """Return a status in words."""
    return found.value.replace("_", " ")


def marks(measure: Measure) -> str:
    """Return the marks of a measure that is not sure: `m` from memory, `?` medium, `??` low confidence."""
    return ("m" if measure.checked == "memory" else "") + CONFIDENCE.get(measure.confidence, "")


def short_cite(measure: Measure) -> str:
    """Return the citation to print where there is little room."""
    return measure.story.cite if measure.story is not None else measure.cites[0]


def span(first: date | None, last: date | None) -> str:
    """Return an interval in words."""
    return f"{first or '…'} … {last}" if last else f"from {first}" if first else "no day"


def list_text(looked: Looked, measures: Iterable[Measure]) -> str:
    """Return the measures with their status on a day, at most 110 columns wide.

    Args:
        looked: The lawbook and the day.
        measures: The measures to show.

    Returns:
        A summary, then one group a status, inside it one block a regime; statements in a group of their own.
    """
    shown = list(measures)
    lines = [*_head(looked, shown), *_columns()]
    for found, heading in GROUPS.items():
        if found is Status.ENDED:
            lines += _group(looked, STATEMENTS, [m for m in shown if _is_said(looked, m)], SAID)
        law = [m for m in shown if looked.status(m) is found and not _is_said(looked, m)]
        lines += _group(looked, heading, law, COLORS.get(found, ""))
    legend = LEGEND + (" · *: by a what-if" if looked.what_ifs else "")
    lines += ["", paint(DIM, f"  {legend}")]
    return "\n".join(line.rstrip() for line in lines)


def _is_said(looked: Looked, measure: Measure) -> bool:
    return not measure.legal_force and looked.status(measure) is not Status.NOT_YET


def _head(looked: Looked, shown: list[Measure]) -> Iterator[str]:
    yield from warnings(looked)
    known = f", known by {looked.known}" if looked.known else ""
    counts = [f"{sum(_is_said(looked, m) for m in shown)} said"]
    for found in GROUPS:
        number = sum(looked.status(m) is found and not _is_said(looked, m) for m in shown)
        if number:
            counts.append(f"{number} {word(found)}")
    right = paint(DIM, f"book {looked.book.version[:SHOWN_VERSION]} verified through {looked.book.verified_through}")
    yield spread(paint(BOLD, f"law on {looked.day}{known}: {len(shown)} measures"), right)
    yield f"  {' · '.join(counts[1:] + counts[:1])}"


def warnings(looked: Looked) -> Iterator[str]:
    """Walk through what must be said first: a day after the last verified one, changes that were due, what-ifs."""
    through = looked.book.verified_through
    if looked.day > through:
        yield paint(BOLD, f"law verified through {through}; later changes are not known here")
    for change in looked.due:
        ids = ", ".join(change.ids)
        yield from wrapped(f"{change.day} due: {ids}. Shown as their text says; whether it came is not known", "  ? ")
    if looked.what_ifs:
        yield paint(BOLD, f"what if: {', '.join(looked.what_ifs)} (not the law)")


def _columns() -> Iterator[str]:
    row = [cell("id", _ID), cell("title", _TITLE), *(cell(t, _DAY) for t in ("said", "published", "from", "through"))]
    yield ""
    yield paint(DIM, "  " + " ".join([*row, "citation"]))


def _group(looked: Looked, heading: str, measures: list[Measure], color: str) -> Iterator[str]:
    if not measures:
        return
    yield ""
    yield paint(BOLD, f"{heading} ({len(measures)})")
    regimes = sorted({m.regime for m in measures}, key=lambda regime: (regime != "us_ear", regime))
    for regime in regimes:
        yield f" {paint(DIM, regime)}"
        for measure in measures:
            if measure.regime == regime:
                yield from _row(looked, measure, color)


def _row(looked: Looked, measure: Measure, color: str) -> Iterator[str]:
    first = measure.in_force_from
    said, published = (_same(day, first) for day in (measure.announced, measure.published))
    if measure.legal_force:
        end = "?" if looked.is_due(measure) else str(measure.in_force_through or "-")
        days = f"{cell(str(first or '-'), _DAY)} {cell(end, _DAY)}"
    else:
        days = cell(f"about {', '.join(measure.about)}" if measure.about else "", 2 * _DAY + 1)
    sign = "?" if looked.is_due(measure) else SIGNS[looked.status(measure)] if measure.legal_force else SAYING
    if measure.id in looked.book.supposed:
        sign = "*"
    row = [cell(measure.id, _ID), cell(measure.title, _TITLE), cell(said, _DAY), cell(published, _DAY), days]
    line = " ".join([*row, cell(short_cite(measure), _CITE), marks(measure)]).rstrip()
    yield f"{paint(color, sign)} {line}" if measure.legal_force else paint(SAID, f"{sign} {line}")
    for note in _notes(measure):
        yield " " * (2 + _ID + 1) + paint(DIM, clip(note, WIDTH - _ID - 3))


def _same(day: date | None, first: date | None) -> str:
    return "-" if day is None else "=" if day == first else str(day)


def _notes(measure: Measure) -> Iterator[str]:
    """Walk through the days of a measure that have no column."""
    for stay in measure.stays:
        yield f"stayed {stay.from_} … {stay.through} by {stay.by}"
    if measure.applies_from:
        yield f"applies from {measure.applies_from}, before its day of effect"
    if measure.compliance_from:
        yield f"{'to be complied with' if measure.legal_force else 'asked for'} from {measure.compliance_from}"
    if measure.not_enforced_from:
        yield f"not enforced from {measure.not_enforced_from}"
    if measure.terms_through:
        yield f"a term inside it ends on {measure.terms_through}"
