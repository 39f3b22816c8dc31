"""One measure for a terminal: its days kept apart, its neighbors, what reads it, which cases name it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from licet.law.status import changes, status
from licet.model.measure import Status
from licet.show.columns import BOLD, DIM, SAID, cell, paint, spread, wrapped
from licet.show.law_text import COLORS, SAYING, SIGNS, warnings, word
from licet.show.related import relations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from licet.coverage import Use
    from licet.model.measure import Measure
    from licet.show.law_text import Looked

_LABEL = 16
_MOST_CASES = 12


class Entries(NamedTuple):
    """How many entries of one list rest on a measure."""

    list: str
    entries: int
    on_day: int
    """Those whose terms hold on the day."""


class Around(NamedTuple):
    """What stands around a measure outside the lawbook."""

    uses: tuple[Use, ...] = ()
    """The rules and limits that name it."""
    entries: tuple[Entries, ...] = ()
    cases: tuple[str, ...] | None = None
    """Ids of the cases that name it or cite its text; None where there is no folder of cases."""


def measure_text(looked: Looked, measure: Measure, around: Around) -> str:
    """Return everything about a measure, at most 110 columns wide.

    Args:
        looked: The lawbook and the day.
        measure: The measure.
        around: What reads it, what rests on it, which cases name it.
    """
    own = looked._replace(due=tuple(change for change in looked.due if measure.id in change.ids))
    lines = [*warnings(own), *_head(looked, measure), "", *wrapped(measure.what, "  "), ""]
    lines += [paint(BOLD, "  days"), *_days(measure)]
    lines += [paint(BOLD, "  life"), *_life(looked, measure)]
    lines += [*_relations(looked, measure), *_uses(measure, around), *_entries(around), *_cases(around)]
    lines += [*_ground(measure)]
    return "\n".join(line.rstrip() for line in lines)


def _head(looked: Looked, measure: Measure) -> Iterator[str]:
    found = looked.status(measure)
    sign = SIGNS[found] if measure.legal_force else SAYING
    color = COLORS.get(found, "") if measure.legal_force else SAID
    known = f", known by {looked.known}" if looked.known else ""
    on_day = paint(color, f"{word(found).upper()} on {looked.day}{known}")
    if looked.is_due(measure):
        on_day += paint(COLORS[Status.STAYED], " by its text (?)")
    yield spread(f"{paint(color, sign)} {paint(BOLD, measure.id)}  {measure.title}", on_day)
    force = "law" if measure.legal_force else "no legal force: shown, never decides"
    supposed = " · by a what-if" if measure.id in looked.book.supposed else ""
    yield spread(paint(DIM, f"  {measure.kind.replace('_', ' ')} · {measure.regime} · {force}{supposed}"), "")


def _line(label: str, day: object, note: str = "") -> Iterator[str]:
    head = f"    {label.ljust(_LABEL)}{cell(str(day or '-'), 10)}"
    if note:
        yield from wrapped(note, f"{head}  ", " " * (_LABEL + 16))
    else:
        yield head


def _days(measure: Measure) -> Iterator[str]:
    yield from _line("said", measure.announced, "" if measure.announced else "no day recorded")
    yield from _line("published", measure.published, _published_note(measure))
    if not measure.legal_force:
        yield from _line("in force", None, "never: a statement binds nobody")
        if measure.compliance_from:
            yield from _line("asked for from", measure.compliance_from, "the day that the statement names")
        return
    hour = f"{measure.hour}: the whole day takes the stricter answer" if measure.hour else ""
    yield from _line("in force from", measure.in_force_from, hour or ("" if measure.in_force_from else "no day in it"))
    yield from _line("applies from", measure.applies_from or measure.in_force_from, _applies_note(measure))
    yield from _line("complied with", measure.compliance_from or measure.in_force_from, _compliance_note(measure))
    if measure.not_enforced_from:
        note = "from this day on: the text stands; what rests on it alone is a conflict"
        yield from _line("not enforced", measure.not_enforced_from, note)
    else:
        yield from _line("enforced", measure.in_force_from, "its day of effect; no notice that it is not enforced")
    for stay in measure.stays or ():
        yield from _line("stayed", stay.from_, f"through {stay.through}, by {stay.by}")
    if not measure.stays:
        yield from _line("stayed", None, "never")
    yield from _line("ended", measure.in_force_through, _end_note(measure))
    if measure.terms_through:
        yield from _line("a term in it", measure.terms_through, "last day; after it a part no longer works")


def _published_note(measure: Measure) -> str:
    if measure.published is None:
        return "no day recorded"
    first = measure.in_force_from
    late = (measure.published - first).days if first is not None else 0
    days = "1 day" if late == 1 else f"{late} days"
    return f"{days} after it took effect: never its first day" if late > 0 else ""


def _applies_note(measure: Measure) -> str:
    return "before its day of effect, for those who know of it" if measure.applies_from else "its day of effect"


def _compliance_note(measure: Measure) -> str:
    return "in force earlier, need not be complied with before" if measure.compliance_from else "its day of effect"


def _end_note(measure: Measure) -> str:
    if measure.in_force_through is None:
        return "no end known"
    by = f"last day in force, ended by {measure.ended_by}" if measure.ended_by else "last day in force"
    printed = measure.stated_through
    if printed is None:
        return by
    return by + (", as its text says" if printed == measure.in_force_through else f"; its own text says {printed}")


def _life(looked: Looked, measure: Measure) -> Iterator[str]:
    """Walk through what the measure was, day by day of change, with all known."""
    steps = [(day, status(measure, day, book=looked.book)) for day in changes(measure)]
    due = {change.day for change in looked.due if measure.id in change.ids}
    words = [f"{day} {word(found)}{' (?)' if day in due else ''}" for day, found in steps]
    yield from wrapped(" → ".join(words), "    ")


def _relations(looked: Looked, measure: Measure) -> Iterator[str]:
    found = relations(looked.book, measure)
    if found:
        yield paint(BOLD, "  neighbors")
    for relation in found:
        for number, id_ in enumerate(relation.ids):
            yield from _neighbor(looked, relation.how if not number else "", id_)


def _neighbor(looked: Looked, how: str, id_: str) -> Iterator[str]:
    other = looked.book.get(id_)
    head = f"    {how.ljust(_LABEL)}"
    if other is None:
        yield from wrapped(id_, head)
        return
    found = looked.status(other)
    mark = SIGNS[found] if other.legal_force else SAYING
    color = COLORS.get(found, "") if other.legal_force else SAID
    left = f"{head}{paint(color, mark)} {cell(id_, 15)} {paint('' if other.legal_force else SAID, other.title)}"
    yield spread(left, paint(DIM, word(found) if other.legal_force else "said"))


def _uses(measure: Measure, around: Around) -> Iterator[str]:
    yield paint(BOLD, "  read by")
    if not measure.legal_force:
        yield "    nothing: a record without legal force is shown beside an answer"
        return
    if not (around.uses or around.entries):
        yield "    no rule and no scope test: it decides nothing here"
    for use in around.uses:
        how = "" if use.how == "rule" else f": {use.how}"
        yield from wrapped(f"{use.title}{how}", f"    ({use.step})".ljust(9) + cell(use.section, 24) + " ")


def _entries(around: Around) -> Iterator[str]:
    for one in around.entries:
        noun = "entry" if one.entries == 1 else "entries"
        yield f"    list     {cell(one.list, 24)} {one.entries} {noun}, {one.on_day} on this day"


def _cases(around: Around) -> Iterator[str]:
    if around.cases is None:
        return
    yield paint(BOLD, "  cases")
    shown, more = around.cases[:_MOST_CASES], len(around.cases) - _MOST_CASES
    text = ", ".join(shown) or "none names it or cites its text"
    yield from wrapped(text + (f" and {more} more" if more > 0 else ""), "    ")


def _ground(measure: Measure) -> Iterator[str]:
    """Walk through what the record rests on."""
    yield paint(BOLD, "  rests on")
    yield from _wrapped("cites", " · ".join(measure.cites))
    if measure.count is not None:
        yield from _wrapped("count", str(measure.count))
    checked = {"memory": "a day or the content rests on memory (m)", "seen": "seen in the text, a copy or a report"}
    yield from _wrapped("checked", f"{checked.get(measure.checked, measure.checked)}; {measure.confidence} confidence")
    if measure.source:
        yield from _wrapped("source", measure.source)
    if measure.note:
        yield from _wrapped("note", measure.note)


def _wrapped(label: str, text: str) -> Iterator[str]:
    yield from wrapped(text, f"    {label.ljust(_LABEL)}")
