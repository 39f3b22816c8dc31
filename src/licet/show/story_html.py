"""The story as one self-contained page: a cell opens its reasons, a line its measures; no network, no script needed.

The page holds four tellings: the real one and those under the what-ifs. What they share stands in it once.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from licet.law.status import status
from licet.show.page import csp_hash, environment, source
from licet.show.story_bars import months, years
from licet.show.words import NOT_ADVICE, headline, policy, span
from licet.story import Row, ends
from licet.story_data import IF, SAID

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence
    from typing import TypeVar

    from licet.law.book import Book
    from licet.model.answer import Answer, Reason
    from licet.model.measure import Measure
    from licet.story import Cell, Drawn, Stretch, Table, Teller
    from licet.story_data import Column, Look, Screen

    Said = TypeVar("Said", bound=Hashable)

STATES = {
    "real": (),
    "osaka": ("osaka.yaml",),
    "rubio": ("rubio.yaml",),
    "both": ("osaka.yaml", "rubio.yaml"),
}
"""What the switches of the page can be set to, and the what-ifs of each."""
WHAT_IFS = tuple(STATES.values())
CLOSE_UP = (date(2019, 5, 1), date(2020, 8, 31))
"""The months that are drawn larger: from the listing to the end of the general license."""


class Shown(NamedTuple):
    """A cell as it is drawn in some states of the switches."""

    states: str
    """Names of the states, blanks between; empty for all of them."""
    outcome: str
    look: Look
    word: str
    changed: bool
    panel: str
    truth: Look | None
    """How the real cell is drawn, where this one differs."""


class Panel(NamedTuple):
    """What a cell opens."""

    id: str
    cell: str
    column: Column
    answer: Answer
    supposed: str
    """The what-ifs under which it stands, as a state of the law names them; empty for the real answer."""
    held: Stretch
    then: Stretch | None
    """What follows; None where nothing does up to today."""


class RowView(NamedTuple):
    """One day with its cells, each as drawn in every state."""

    day: date
    today: bool
    cells: tuple[tuple[Shown, ...], ...]


class LineView(NamedTuple):
    """A line with its texts and counts in every state."""

    id: str
    drawn: Drawn
    states: str
    shown: tuple[tuple[str, str, int], ...]
    """States, text, count."""
    measures: tuple[tuple[Measure, str], ...]
    """With their status today."""


def to_html(screen: Screen, tellers: Sequence[Teller]) -> str:
    """Return the story as one HTML page.

    Args:
        screen: What is on the screen.
        tellers: The story under each of `WHAT_IFS`, the real one first.
    """
    # Style and script are text that must reach the page as it is; the page's policy names them by their hashes.
    from markupsafe import Markup

    style, script = source("story.css"), source("story.js")
    page = _Page(screen, dict(zip(STATES, tellers, strict=True)))
    return (
        environment()
        .get_template("story.html.j2")
        .render(
            page=page,
            screen=screen,
            headline=headline,
            policy=policy,
            span=span,
            claims=claims,
            style=Markup(style),  # noqa: S704 - our own file
            script=Markup(script),  # noqa: S704 - our own file
            style_hash=csp_hash(style),
            script_hash=csp_hash(script),
            not_advice=NOT_ADVICE,
        )
    )


def claims(answer: Answer) -> list[Reason]:
    """Return the reasons to show first: gates that close the question, then what is claimed and modeled."""
    gates = [one for one in answer.clearances if one.closes]
    found = [*answer.prohibitions, *answer.requirements]
    return gates + [claim for claim in found if claim.section not in answer.not_modeled]


class _Page:
    """Everything that the template walks through."""

    def __init__(self, screen: Screen, tellers: Mapping[str, Teller]) -> None:
        self.screen, self.tellers = screen, tellers
        self.real = tellers["real"]
        self.book: Book = self.real.book
        self.tables: dict[str, Table] = {state: teller.table() for state, teller in tellers.items()}
        self.table = self.tables["real"]
        self.lives = {state: teller.stretches() for state, teller in tellers.items()}
        self.panels: dict[str, Panel] = {}
        self.rows = [self._row(number) for number in range(len(self.table.rows))]
        self.lines = list(self._lines())

    @property
    def parts(self) -> list[RowView | LineView]:
        """Rows and lines by day; a line stands above the row of its day."""
        parts: list[RowView | LineView] = [*self.lines, *self.rows]
        return sorted(parts, key=lambda one: (one.day, 1) if isinstance(one, RowView) else (one.drawn.line.day, 0))

    @property
    def legend(self) -> list[tuple[str, Look]]:
        """The looks of the outcomes that occur, in the order of severity, with the states in which they do."""
        shown: dict[str, list[str]] = {}
        for state, table in self.tables.items():
            for outcome in {cell.answer.outcome for row in table.rows for cell in row.cells}:
                shown.setdefault(outcome, []).append(state)
        looks = self.screen.looks
        return [(_names(tuple(shown[outcome])), look) for outcome, look in looks.items() if outcome in shown]

    @property
    def counts(self) -> tuple[int, int]:
        """How many lines are shown, and how many more there are."""
        known = [view.drawn.on_screen for view in self.lines if view.drawn.line.drawn != IF]
        return sum(known), len(known) - sum(known)

    # -- cells

    def _row(self, number: int) -> RowView:
        rows = {state: table.rows[number] for state, table in self.tables.items()}
        real = rows["real"]
        cells = [tuple(self._cell(place, rows)) for place in range(len(real.cells))]
        return RowView(real.day, real.today, tuple(cells))

    def _cell(self, place: int, rows: Mapping[str, Row]) -> Iterator[Shown]:
        cells = {state: row.cells[place] for state, row in rows.items()}
        day, real = rows["real"].day, cells["real"]
        by_look = _together({state: (ends(cell.answer.span), cell.changed) for state, cell in cells.items()})
        column = real.column.id
        stretches = {state: _stretch(lives[column], day)[0] for state, lives in self.lives.items()}
        opened = _together({state: (ends(one.span), one.since, one.through) for state, one in stretches.items()})
        anchor = f"c-{day}-{place + 1}"
        for states in by_look:
            cell = cells[states[0]]
            same = next(group for group in opened if states[0] in group)
            panel = anchor if "real" in same else f"{anchor}-{same[0]}"
            if panel not in self.panels:
                self.panels[panel] = self._panel(panel, anchor, cell, same)
            look = self.screen.looks[cell.answer.outcome]
            word = cell.column.words.get(cell.answer.outcome, look.word)
            differs = ends(cell.answer.span) != ends(real.answer.span)
            truth = self.screen.looks[real.answer.outcome] if differs else None
            yield Shown(_names(states), cell.answer.outcome, look, word, cell.changed, panel, truth)

    def _panel(self, id_: str, anchor: str, cell: Cell, states: tuple[str, ...]) -> Panel:
        held, then = _stretch(self.lives[states[0]][cell.column.id], cell.answer.as_of)
        label = "" if "real" in states else "+".join(STATES[states[0]])
        return Panel(id_, anchor, cell.column, cell.answer, label, held, then)

    # -- lines

    def _lines(self) -> Iterator[LineView]:
        found: dict[tuple[date, str, tuple[str, ...]], dict[str, Drawn]] = {}
        for state, teller in self.tellers.items():
            for drawn in (*self.tables[state].lines, *teller.others()):
                line = drawn.line
                told = found.setdefault((line.day, line.drawn, line.measures), {})
                # Words decide nothing: what is supposed on the same day has a line of its own, with its own count.
                told[state] = told["real"] if line.drawn == SAID and "real" in told else drawn
        for number, by_state in enumerate(found.values(), 1):
            first, drawn = next(iter(by_state.items()))
            groups = _together({state: (one.text, len(one.changed)) for state, one in by_state.items()})
            shown = [(_names(states), by_state[states[0]].text, len(by_state[states[0]].changed)) for states in groups]
            measures = tuple(self._measures(self.tellers[first].book, drawn))
            yield LineView(f"line-{number}", drawn, _names(tuple(by_state)), tuple(shown), measures)

    def _measures(self, book: Book, drawn: Drawn) -> Iterator[tuple[Measure, str]]:
        for id_ in (*drawn.line.measures, *drawn.line.mentions):
            measure = book[id_]
            now, seen = (status(measure, day, book=book) for day in (self.real.today, book.verified_through))
            doubt = ", by its text: not verified" if measure.legal_force and now is not seen else ""
            yield measure, str(now).replace("_", " ") + doubt

    def changes(self, view: LineView) -> list[tuple[Column, Look, Look]]:
        """Return which columns a line changed, from what to what."""
        state = view.states.split()[0] if view.states else "real"
        histories, line = self.tellers[state].histories, view.drawn.line
        looks = self.screen.looks
        return [
            (
                column,
                looks[histories[column.id].on(line.before).outcome],
                looks[histories[column.id].on(line.first).outcome],
            )
            for column in self.screen.columns
            if column.id in view.drawn.changed
        ]

    # -- bars

    @property
    def axes(self) -> list[tuple[str, object]]:
        """The two drawings, each with its name."""
        lines = self.screen.lines
        first, last = CLOSE_UP
        return [
            ("years", years(self.book.first_day, self.real.last, lines)),
            ("months", months(first, last, lines)),
        ]

    def life(self, column: Column) -> list[tuple[str, tuple[Stretch, ...]]]:
        """Return the stretches of a column, for the states that share them."""
        by_state = {state: lives[column.id] for state, lives in self.lives.items()}
        groups = _together(
            {state: tuple((one.since, ends(one.span)) for one in life) for state, life in by_state.items()}
        )
        return [(_names(states), by_state[states[0]]) for states in groups]

    @property
    def data(self) -> dict[str, object]:
        """What the slider reads: for each state and column the days on which the outcome changed."""
        columns = self.screen.columns
        return {
            "first": str(self.book.first_day),
            "last": str(self.real.last),
            "verified": str(self.book.verified_through),
            "columns": [{"title": column.title, "words": column.words} for column in columns],
            "looks": {name: [look.glyph, look.word] for name, look in self.screen.looks.items()},
            "states": {
                state: [[[str(one.since), one.span.outcome] for one in lives[column.id]] for column in columns]
                for state, lives in self.lives.items()
            },
        }

    # -- what-ifs

    @property
    def supposed(self) -> list[tuple[str, Measure]]:
        """What each switch supposes."""
        return [
            (name, self.tellers[name].book[id_])
            for name in ("osaka", "rubio")
            for id_ in self.tellers[name].book.what_ifs
        ]

    @property
    def verdicts(self) -> list[tuple[str, str]]:
        """For each state of the switches what they change in the table, in one sentence."""
        return [(state, self._verdict(state)) for state in STATES]

    def _verdict(self, state: str) -> str:
        if state == "real":
            return "As it was: nothing is supposed."
        pairs = [
            (cell.answer, real.answer)
            for row, truth in zip(self.tables[state].rows, self.table.rows, strict=True)
            for cell, real in zip(row.cells, truth.cells, strict=True)
        ]
        other = [answer for answer, real in pairs if ends(answer.span) != ends(real.span)]
        if not other:
            return f"{' + '.join(STATES[state])}: of {len(pairs)} cells none changes."
        missing = [text for text in other[0].not_modeled if all(text in answer.not_modeled for answer in other)]
        days = sorted(answer.as_of for answer in other)
        opened = f"{len(other)} of {len(pairs)} cells are open, {days[0]} to {days[-1]}"
        return f"{' + '.join(STATES[state])}: {opened}. What is missing: {'; '.join(missing)}."


def _stretch(life: Sequence[Stretch], day: date) -> tuple[Stretch, Stretch | None]:
    """Return the stretch that a day lies in, and the next one."""
    place = next(number for number, one in enumerate(life) if one.since <= day <= one.through)
    return life[place], life[place + 1] if place + 1 < len(life) else None


def _together(by_state: Mapping[str, Said]) -> list[tuple[str, ...]]:
    """Gather the states that say the same."""
    groups: dict[Said, list[str]] = {}
    for state, said in by_state.items():
        groups.setdefault(said, []).append(state)
    return [tuple(states) for states in groups.values()]


def _names(states: tuple[str, ...]) -> str:
    """Write states as classes; empty where all of them are meant."""
    return "" if len(states) == len(STATES) else " ".join(states)
