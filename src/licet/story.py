"""The story: seven acts over the years, every cell an answer of `check`, every count a comparison of two days.

Nothing is decided here and nothing is written down as known: the screen names acts, days and measures, `check` answers.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from licet.check import decide_on, run
from licet.law.status import cuts, status, transitions_between
from licet.model.measure import Status
from licet.sources import Sources
from licet.state import Question
from licet.story_data import DUE, IF, LAW, SAID, Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from licet.law.book import Book
    from licet.lists.roster import Roster
    from licet.model.act import Act
    from licet.model.answer import Answer, Span
    from licet.model.listing import Listing
    from licet.model.measure import Measure
    from licet.model.outcome import Outcome
    from licet.story_data import Column, Screen

ONE_DAY = timedelta(days=1)
STANDING = (Status.IN_FORCE, Status.NOT_ENFORCED)
VENDORS = ("device.vendor", "device.modular_transmitter.vendor")


class Cell(NamedTuple):
    """What `check` says of one act on one day."""

    column: Column
    answer: Answer
    changed: bool
    """Whether the outcome differs from that of the row above; in the first row it does."""


class Row(NamedTuple):
    """One day."""

    day: date
    cells: tuple[Cell, ...]
    today: bool = False


class Drawn(NamedTuple):
    """A line between the rows, with what it changed."""

    line: Line
    text: str
    changed: tuple[str, ...]
    """Ids of the columns whose answers differ between the day before and the first whole day."""
    on_screen: bool = True
    """False for a line that is drawn only where all measures are shown."""


class Table(NamedTuple):
    """The rows, and the lines between them."""

    today: date
    verified_through: date
    rows: tuple[Row, ...]
    lines: tuple[Drawn, ...]

    def in_order(self) -> list[Row | Drawn]:
        """Return rows and lines by day; a line stands above the row of its day."""
        parts: list[Row | Drawn] = [*self.lines, *self.rows]
        return sorted(parts, key=lambda part: (part.day, 1) if isinstance(part, Row) else (part.line.day, 0))


class Stretch(NamedTuple):
    """Days on which an act had one outcome, inclusive at both ends."""

    since: date
    through: date
    span: Span


def ends(span: Span) -> tuple[Outcome, Outcome]:
    """Return what two answers must share to count as the same: the outcome at both ends."""
    return span.at_least, span.at_most


class Teller:
    """Tells the story under one lawbook.

    Args:
        screen: What is on the screen.
        sources: Lawbook and lists; with a what-if the story is told under it.
        today: The day of the last row.
        real: The real story, where this one is told under a what-if: what the what-if does not reach is taken from it.
    """

    def __init__(self, screen: Screen, sources: Sources, today: date, real: Teller | None = None) -> None:
        """Take the screen and the sources; nothing has been asked yet."""
        self.screen, self.today = screen, today
        self.last = max(today, *screen.rows)
        """Last day that is told of."""
        self.book = sources.what_if or sources.book
        self.sources = Sources(self.book, sources.lists)
        bases: dict[str, History] = real.histories if real is not None else {}
        self.histories: dict[str, History] = {
            column.id: History(column.act, self.book, sources.lists, bases.get(column.id)) for column in screen.columns
        }
        self._real = real
        self._lives: dict[str, tuple[Stretch, ...]] = {}
        self._answers: dict[tuple[str, date], Answer] = {}

    def answer(self, column: Column, day: date) -> Answer:
        """Return the answer of `check` to a column on a day; under a what-if the real one where the outcomes agree."""
        found = self._answers.get((column.id, day))
        if found is None:
            real = self._real.answer(column, day) if self._real is not None else None
            same = real is not None and ends(self.histories[column.id].on(day)) == ends(real.span)
            found = real if real is not None and same else run(column.act, Question(day), self.sources)
            self._answers[column.id, day] = found
        return found

    def table(self) -> Table:
        """Return the table of the screen."""
        rows = tuple(self._rows())
        lines = tuple(self.drawn(line, rows) for line in self.screen.lines)
        return Table(self.today, self.book.verified_through, rows, lines)

    def _rows(self) -> Iterator[Row]:
        above: tuple[Cell, ...] = ()
        for day in sorted({*self.screen.rows, self.today}):
            answers = [self.answer(column, day) for column in self.screen.columns]
            before: list[tuple[Outcome, Outcome] | None] = [ends(cell.answer.span) for cell in above]
            before = before or [None] * len(answers)
            above = tuple(
                Cell(column, answer, changed=ends(answer.span) != old)
                for column, answer, old in zip(self.screen.columns, answers, before, strict=True)
            )
            yield Row(day, above, today=day == self.today)

    def drawn(self, line: Line, rows: Iterable[Row] = (), *, on_screen: bool = True) -> Drawn:
        """Count what a line changed, and finish its text.

        Args:
            line: The line.
            rows: Rows that have been answered already.
            on_screen: Whether the line is one of the screen.
        """
        known = {row.day: row for row in rows}
        before, first = (self._outcomes(day, known.get(day)) for day in (line.before, line.first))
        changed = tuple(c.id for c, old, new in zip(self.screen.columns, before, first, strict=True) if old != new)
        return Drawn(line, line.text + self._either_way(line), changed, on_screen)

    def _outcomes(self, day: date, row: Row | None) -> list[tuple[Outcome, Outcome]]:
        if row is not None:
            return [ends(cell.answer.span) for cell in row.cells]
        return [ends(self.histories[column.id].on(day)) for column in self.screen.columns]

    def _either_way(self, line: Line) -> str:
        """Say of a change that is due whether the outcomes are the same with and without it."""
        if not line.if_same:
            return ""
        day = max(line.first, self.today)
        due = [
            one
            for column in self.screen.columns
            for one in self.answer(column, day).unverified
            if set(one.ids) & set(line.measures)
        ]
        same = all(ends(one.came) == ends(one.stayed_away) for one in due)
        return line.if_same if same else line.if_other

    def others(self) -> tuple[Drawn, ...]:
        """Return the lines of all measures of these years that the screen does not have, supposed ones among them."""
        on_screen = {id_ for line in self.screen.lines for id_ in line.measures}
        by_place: dict[tuple[date, str], list[Measure]] = {}
        for id_, measure in self.book.items():
            day = measure.in_force_from if measure.legal_force else measure.announced
            if id_ not in on_screen and day is not None and day >= self.book.first_day:
                by_place.setdefault((day, self._kind(measure, day)), []).append(measure)
        lines = (_line(day, drawn, measures) for (day, drawn), measures in sorted(by_place.items()))
        return tuple(self.drawn(line, on_screen=line.drawn == IF) for line in lines)

    def _kind(self, measure: Measure, day: date) -> str:
        if measure.id in self.book.what_ifs:
            return IF
        if not measure.legal_force:
            return SAID
        return DUE if day > self.book.verified_through else LAW

    def stretches(self) -> dict[str, tuple[Stretch, ...]]:
        """Return for each column the days on which its outcome was one, from the first day of the book on."""
        if not self._lives:
            first = self.book.first_day
            self._lives = {id_: history.stretches(first, self.last) for id_, history in self.histories.items()}
        return self._lives


def _line(day: date, drawn: str, measures: list[Measure]) -> Line:
    """Draw the measures of one day that the screen does not have."""
    told = [measure for measure in measures if measure.story is not None] or measures[:1]
    rest = [measure for measure in measures if measure not in told]
    texts = [measure.story.line if measure.story else measure.title for measure in [*told, *rest]]
    cites = [measure.story.cite if measure.story else measure.cites[0] for measure in [*told, *rest]]
    ids = tuple(measure.id for measure in measures)
    return Line(day, drawn, ids, "; ".join(texts), " · ".join(dict.fromkeys(cites)), day - ONE_DAY, day)


def standing(found: Status) -> Status | None:
    """Return all that a rule can ask of a measure: whether its text stands, and whether it is enforced."""
    return found if found in STANDING else None


class Point(NamedTuple):
    """A day that was decided, with all of the law that the decision read."""

    day: date
    span: Span
    read: Mapping[str, Status | None]
    """By measure: what `standing` says of it."""
    cuts: frozenset[date]


class History:
    """The outcome of one act on any day, decided anew only where something that a decision read has changed.

    A decision reads the status of measures, days that stand in rules, days that stand in the act, and listings. Where
    none of them differs between two days, the same steps are taken and the outcome is the same.

    Args:
        act: The act.
        book: The lawbook.
        lists: The lists of parties.
        base: The real history, where the book is one under a what-if: before the first day of that they are one.
    """

    def __init__(self, act: Act, book: Book, lists: Roster, base: History | None = None) -> None:
        """Take the act and what it is decided by; nothing has been decided yet."""
        self.act, self.book = act, book
        self.sources = Sources(book, lists)
        self.own: frozenset[date] = base.own if base is not None else own_days(act, lists)
        self.base = base
        self._parts_from = _first_difference(book, base.book) if base is not None else date.min
        self.points: list[Point] = []
        self._on: dict[date, Point] = {}
        self._later: dict[date, Span] = {}

    def on(self, day: date) -> Span:
        """Return the range of outcomes on a day."""
        if self._due(day):
            if day not in self._later:
                self._later[day] = run(self.act, Question(day), self.sources).span
            return self._later[day]
        return self._point(day).span

    def stretches(self, first: date, last: date) -> tuple[Stretch, ...]:
        """Return the days from first to last, parted where the outcome changes."""
        found: list[Stretch] = []
        day = first
        while day <= last:
            span, end = self.on(day), min(self._next(day) - ONE_DAY, last)
            if found and ends(found[-1].span) == ends(span):
                found[-1] = found[-1]._replace(through=end)
            else:
                found.append(Stretch(day, end, span))
            day = end + ONE_DAY
        return tuple(found)

    def _due(self, day: date) -> bool:
        """Say whether a change was due by a day that nobody has verified: then both outcomes count."""
        verified = self.book.verified_through
        return day > verified and bool(transitions_between(self.book, verified, day, self.book.supposed))

    def _point(self, day: date) -> Point:
        """Return the decision that holds on a day: one made already that read nothing else, or a new one."""
        if self.base is not None and day < self._parts_from:
            return self.base._point(day)  # noqa: SLF001 - of the same class
        if day not in self._on:
            self._on[day] = self._found(day)
        return self._on[day]

    def _found(self, day: date) -> Point:
        place = bisect_left(self.points, day, key=lambda point: point.day)
        for point in self.points[max(place - 1, 0) : place + 1]:
            if self._steady(point, day):
                return point
        decision = decide_on(self.act, Question(day), self.sources, self.book, {})
        law = decision.case.law
        read = {name: standing(law.status(name)) for name in law.asked}
        made = Point(day, decision.span, read, frozenset(law.cuts))
        self.points.insert(place, made)
        return made

    def _steady(self, point: Point, day: date) -> bool:
        low, high = sorted((point.day, day))
        if any(low < cut <= high for cut in (*point.cuts, *self.own)):
            return False
        return all(standing(status(self.book[name], day, book=self.book)) is was for name, was in point.read.items())

    def _next(self, day: date) -> date:
        """Return the first day after one on which something that its decision read may change."""
        verified = self.book.verified_through
        if day > verified:
            days = {cut for measure in self.book.values() for cut in cuts(measure)}
        else:
            point = self._point(day)
            days = {*point.cuts, *self.own, verified + ONE_DAY}
            days.update(cut for name in point.read for cut in cuts(self.book[name]))
            days.add(self._parts_from)
        return min((one for one in days if one > day), default=date.max)


def _first_difference(book: Book, other: Book) -> date:
    """Return the first day on which a supposed measure may make two books differ."""
    measures = [one[id_] for one in (book, other) for id_ in book.supposed if id_ in one]
    return min((cut for measure in measures for cut in cuts(measure)), default=date.max)


def own_days(act: Act, lists: Roster) -> frozenset[date]:
    """Return the days from which an act itself, a list, or a listing of one that it names may read otherwise."""
    names = list(_looked_up(act))
    terms = [one for name in names for one in _terms(name, lists)]
    stretches = [stretch for one in lists.lists.values() for stretch in one.complete]
    first = {one.since for one in terms} | {first for first, _ in stretches}
    stated = {fact.value for fact in act.facts.values() if isinstance(fact.value, date)}
    last = stated | {one.through for one in terms if one.through is not None} | {last for _, last in stretches}
    named = {day for name in names for day in lists.name_days(name)}
    return frozenset(stated | first | named | {day + ONE_DAY for day in last})


def _looked_up(act: Act) -> Iterator[str]:
    """Walk through the names of an act that are looked up in the lists."""
    for path, fact in act.facts.items():
        looked_up = path.endswith(".name") and act.count(f"{path.removesuffix('name')}listings") is None
        if ((path.startswith("parties") and looked_up) or path in VENDORS) and isinstance(fact.value, str):
            yield fact.value


def _terms(name: str, lists: Roster) -> Iterator[Listing]:
    """Walk through all terms, past and to come, of a name that is looked up and of its family."""
    found = lists.find(name, date.min)
    entries = {one.entry: one.group for one in (*found.listed, *found.off, *found.later_alias)}
    entries.update((near.entry, "") for near in (() if entries else lists.near(name)))
    families = {id_ for group in entries.values() if group for id_ in lists.group(group)}
    for id_ in entries.keys() | families:
        yield from lists.history(id_)
