"""What the story is told from: the screen of `licet demo` and its act files.

No answer stands here. `screen.yaml` says which act stands in which column, which days are rows and which measures are
drawn between them; each file under `acts/` is an act like any other.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from licet.formats.act import read_act
from licet.formats.node import LIST, MAP, SCALAR, Limits, Node
from licet.formats.read import compose, package_files, package_text
from licet.model.errors import Problem, SourceError
from licet.model.outcome import REFER, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from licet.model.act import Act

Part = TypeVar("Part")
SCREEN = "screen.yaml"
ACTS = "acts"
LIMITS = Limits(size=200_000, depth=8, nodes=10_000)
LAW, SAID, DUE, IF = "law", "said", "due", "if"
"""How a line is drawn: solid, dashed (no force of law), due after the last verified day, or only supposed."""
OUTCOMES = (*(outcome.name for outcome in Outcome), REFER)


class Look(NamedTuple):
    """How an outcome is drawn; the glyph stands for the color, so that it reads without color too."""

    glyph: str
    color: str
    word: str
    legend: str


class Column(NamedTuple):
    """One act of the screen."""

    id: str
    file: str
    act: Act
    text: str
    """The act file as written."""
    heading: tuple[str, ...]
    words: dict[str, str]
    """In place of the common word for an outcome, where that would mislead."""

    @property
    def title(self) -> str:
        """The heading in one line."""
        return " ".join(self.heading)


class Line(NamedTuple):
    """Measures of one day, drawn as one line between the rows."""

    day: date
    drawn: str
    measures: tuple[str, ...]
    text: str
    cite: str
    before: date
    """The last day before it."""
    first: date
    """The first whole day on which it decides."""
    mentions: tuple[str, ...] = ()
    if_same: str = ""
    """For a line that is due: what the text goes on with where the outcome is the same either way."""
    if_other: str = ""


class Sentence(NamedTuple):
    """A sourced sentence beside the table; none is law, none changes an answer."""

    text: str
    source: str
    checked: str
    url: str = ""
    note: str = ""
    when: str = ""


class Screen(NamedTuple):
    """What is on the screen, and where."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[date, ...]
    """The fixed days; today is one more row."""
    lines: tuple[Line, ...]
    looks: dict[str, Look]
    """By the name of an outcome, and REFER for an answer that is open."""
    below: tuple[tuple[str, tuple[Sentence, ...]], ...]
    page: tuple[Sentence, ...]


@cache
def screen() -> Screen:
    """Return the screen with its acts, read once.

    Raises:
        SourceError: A file is missing or not well formed.
    """
    return read_screen(package_text("story_data", SCREEN), lambda file: package_text("story_data", f"{ACTS}/{file}"))


def read_screen(text: str, act_text: Callable[[str], str]) -> Screen:
    """Read a screen.

    Args:
        text: Its text, YAML.
        act_text: Gives the text of an act file by its name.

    Raises:
        SourceError: It is not well formed.
        FactsError: An act file is not.
    """
    root = compose(text, SCREEN, limits=LIMITS)
    if root is None or root.kind != MAP:
        raise SourceError(Problem("is no mapping of fields", SCREEN))
    fields = _fields(root, ("title", "columns", "rows", "lines", "outcomes", "below", "page"))
    looks = {outcome: _look(look) for outcome, look in _fields(fields["outcomes"], OUTCOMES).items()}
    return Screen(
        title=fields["title"].text,
        columns=_each(fields["columns"], lambda node: _column(node, act_text)),
        rows=tuple(_day(row) for row in fields["rows"].items if row.text != "today"),
        lines=_each(fields["lines"], _line),
        looks=looks,
        below=_each(fields["below"], _below),
        page=_each(fields["page"], _sentence),
    )


def _column(node: Node, act_text: Callable[[str], str]) -> Column:
    fields = _fields(node, ("id", "act", "heading"), ("words",))
    file = fields["act"].text
    text = act_text(file)
    words = (
        {name: word.text for name, word in _fields(fields["words"], (), OUTCOMES).items()} if "words" in fields else {}
    )
    return Column(fields["id"].text, file, read_act(text, file=file), text, _texts(fields["heading"]), words)


def _line(node: Node) -> Line:
    needed = ("day", "drawn", "measures", "text", "cite", "before", "first")
    fields = _fields(node, needed, ("mentions", "if_same", "if_other"))
    drawn = fields["drawn"].text
    if drawn not in {LAW, SAID, DUE}:
        raise SourceError(_problem(fields["drawn"], f'found "{drawn}"', allowed=f"{LAW}, {SAID}, {DUE}"))
    return Line(
        _day(fields["day"]),
        drawn,
        _texts(fields["measures"]),
        fields["text"].text,
        fields["cite"].text,
        _day(fields["before"]),
        _day(fields["first"]),
        _texts(fields["mentions"]) if "mentions" in fields else (),
        *(fields[name].text if name in fields else "" for name in ("if_same", "if_other")),
    )


def _look(node: Node) -> Look:
    fields = _fields(node, Look._fields)
    return Look(*(fields[name].text for name in Look._fields))


def _below(node: Node) -> tuple[str, tuple[Sentence, ...]]:
    fields = _fields(node, ("id", "sentences"))
    return fields["id"].text, _each(fields["sentences"], _sentence)


def _sentence(node: Node) -> Sentence:
    fields = _fields(node, ("text", "source", "checked"), ("url", "note", "when"))
    return Sentence(**{name: " ".join(value.text.split()) for name, value in fields.items()})


def _fields(node: Node, needed: tuple[str, ...], more: tuple[str, ...] = ()) -> dict[str, Node]:
    """Return the values of a mapping by their names: those that are needed are there, and no others than `more`."""
    if node.kind != MAP:
        raise SourceError(_problem(node, "is no mapping of fields"))
    found = {key.text: value for key, value in node.pairs()}
    missing = [name for name in needed if name not in found]
    unknown = [name for name in found if name not in needed and name not in more]
    if missing or unknown:
        said = [f"{name} is missing" for name in missing] + [f"{name} is no field here" for name in unknown]
        raise SourceError(_problem(node, "; ".join(said)))
    return found


def _each(node: Node, read: Callable[[Node], Part]) -> tuple[Part, ...]:
    return tuple(read(one) for one in node.items)


def _texts(node: Node) -> tuple[str, ...]:
    if node.kind != LIST or any(one.kind != SCALAR for one in node.items):
        raise SourceError(_problem(node, "is no list of texts"))
    return tuple(one.text for one in node.items)


def _day(node: Node) -> date:
    try:
        return date.fromisoformat(node.text)
    except ValueError:
        raise SourceError(_problem(node, f'found "{node.text}", which is no day')) from None


def _problem(node: Node, message: str, allowed: str = "") -> Problem:
    return Problem(message, SCREEN, node.line, node.column, allowed=allowed)


def act_text(name: str) -> str | None:
    """Return the text of an act of the story by the name of its file, `.yaml` or not; None where there is none."""
    file = f"{name.removesuffix('.yaml')}.yaml"
    return package_text(f"story_data/{ACTS}", file) if file in package_files(f"story_data/{ACTS}") else None
