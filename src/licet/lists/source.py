"""The sources of official lists: what each is, read strictly from its `source.yaml`; the folders are the registry.

A source has two functions in its `parse.py`: `recognizes(files)` and `parse(files, issued=...)`, both from bytes alone.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from licet.formats.node import LIST, MAP, SCALAR, Node
from licet.formats.read import compose
from licet.lists.folder import DESCRIPTION, description, source_ids
from licet.model.errors import FactsError, Problem, SourceError
from licet.model.vocabulary import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from licet.lists.entry import Parsed

ISSUED, NEXT, NEVER = "issued", "next", "never"
"""The day of an issue; the day before the next issue; no day."""
OF_ITS_LISTS = "of_its_lists"
"""The regime of a source that holds lists of several: each entry says on which it stands (`Entry.lists`)."""
REDISTRIBUTE = ("yes", "no", "facts")
FORMATS = ("official", "re-encoding")
_ID = re.compile(r"[a-z][a-z0-9_]*")


class Parser(Protocol):
    """What a `parse.py` offers."""

    FIELDS: frozenset[str]
    """Every field that it knows: those that it uses and those that it ignores by name."""

    def parse(self, files: Mapping[str, bytes], *, issued: date | None = None) -> Parsed:
        """Turn one issue into entries."""

    def recognizes(self, files: Mapping[str, bytes]) -> bool:
        """Say, cheaply and by content, whether the files are an issue of this list."""


class Format(NamedTuple):
    """One form in which the list comes."""

    name: str
    kind: str
    """official · re-encoding."""
    note: str


class Address(NamedTuple):
    """An official address."""

    url: str
    """`{date}` stands for a day in ISO 8601."""
    what: str
    download: bool
    """Whether the file of an issue lies there, or a page for people."""


class Complete(NamedTuple):
    """For which days an issue names everyone who was on the list: on another day, absence means nothing."""

    since: str
    """`issued`, a day in ISO 8601, or `never` (the issue is only a part of the list)."""
    through: str
    """`issued`, `next` (until the next issue, or until it is overdue), or `never`."""
    why: str


class Bounds(NamedTuple):
    """Bounds of a count: outside, an issue is refused until someone accepts it."""

    least: int
    most: int


class Source(NamedTuple):
    """One source of a list."""

    id: str
    title: str
    regime: str
    """A word such as us_ear, or `OF_ITS_LISTS`."""
    rules: bool
    """Whether licet has rules for what being on the list means."""
    means: str
    """What being on it generally means, in one plain sentence."""
    feeds: str
    """Id of the list to which its entries belong: its own, unless it adds to another."""
    whole: bool
    """Whether an issue holds the whole list, so that who is absent has left it; if not it only adds or changes."""
    addresses: tuple[Address, ...]
    formats: tuple[Format, ...]
    license: str
    redistribute: str
    """yes · no · facts."""
    cadence: int
    """Days after an issue from which a newer one is overdue; 0: no issue follows (a single document)."""
    listed_is_effect: bool
    """Whether an entry counts from `Entry.listed` on: not where that is a day of publication, or where there is none.
    Where it is the day of the order or notice now in force, the party can have been on the list before it."""
    dates: Mapping[str, str]
    """What each date in it means: `issued`, `listed`, `cites`, `until` … in words."""
    complete: Complete
    used: Mapping[str, str]
    """Fields of the official format that are read, each with its meaning."""
    ignored: Mapping[str, str]
    """Fields that are not, each with the reason."""
    counts: Mapping[str, Bounds]
    """Bounds of `Parsed.counts` for a real issue."""
    traps: tuple[str, ...]

    @property
    def parser(self) -> Parser:
        """The module with `parse` and `recognizes`, loaded when it is asked for."""
        return cast("Parser", import_module(f"licet.lists.sources.{self.id}.parse"))

    def parse(self, files: Mapping[str, bytes], *, issued: date | None = None) -> Parsed:
        """Turn one issue into entries.

        Raises:
            SourceError: The files are not this list, or damaged.
        """
        return self.parser.parse(files, issued=issued)

    def out_of_bounds(self, parsed: Parsed) -> tuple[Problem, ...]:
        """Return the counts of an issue that lie outside their bounds, or are missing."""
        found = ((name, bounds, parsed.counts.get(name)) for name, bounds in self.counts.items())
        return tuple(
            Problem(f"{count} {name.replace('_', ' ')}", self.id, allowed=f"{bounds.least} to {bounds.most}")
            for name, bounds, count in found
            if count is None or not bounds.least <= count <= bounds.most
        )


@cache
def sources() -> Mapping[str, Source]:
    """Return all sources by id, in alphabetical order; read on the first call.

    Raises:
        SourceError: A description is not well formed; every problem found in it is named.
    """
    return {id_: _described(id_) for id_ in source_ids()}


@cache
def _described(id_: str) -> Source:
    return read_source(description(id_), id_)


def source(id_: str) -> Source:
    """Return the source of an id that a person wrote; the descriptions of the others are not read for it.

    Raises:
        SourceError: There is none; names the nearest.
    """
    known = source_ids()
    if id_ not in known:
        raise SourceError(Problem(f'"{id_}" is no list', allowed=", ".join(known), nearest=nearest(id_, known)))
    return _described(id_)


def listed_is_effect(list_: str) -> bool:
    """Say whether entries of a list count from `Entry.listed` on, where they have it.

    A list can be fed by several sources: a rule states its day of effect, the code that it amends states none.
    """
    return any(one.listed_is_effect for one in sources().values() if one.feeds == list_)


def recognized(files: Mapping[str, bytes]) -> tuple[Source, ...]:
    """Return the sources that recognize files: one XML of part 744 holds three lists."""
    return tuple(one for one in sources().values() if one.parser.recognizes(files))


def recognize(files: Mapping[str, bytes]) -> Source | None:
    """Return the one source that recognizes files, or None.

    Raises:
        SourceError: More than one does; `recognized` has them all.
    """
    found = recognized(files)
    if len(found) > 1:
        names = ", ".join(one.id for one in found)
        raise SourceError(Problem(f"the files hold {len(found)} lists", allowed=names, todo="Name one of them."))
    return found[0] if found else None


# Reading source.yaml


def read_source(text: str, id_: str) -> Source:
    """Read a description strictly: unknown, missing, doubled and empty fields are refused.

    Args:
        text: The text of `source.yaml`.
        id_: Name of its folder.

    Returns:
        The source.

    Raises:
        SourceError: Something is not well formed; every problem is named.
    """
    file = f"{id_}/{DESCRIPTION}"
    try:
        node = compose(text, file)
    except FactsError as error:
        raise SourceError(*error.problems) from None
    reader = _Reader(file)
    made = reader.source(node or Node(SCALAR), id_)
    if reader.problems:
        raise SourceError(*reader.problems)
    return made


_FIELDS: tuple[str, ...] = (
    *("id", "title", "regime", "rules", "means", "whole", "addresses", "formats", "license", "redistribute", "cadence"),
    *("listed_is_effect", "dates", "complete", "fields", "counts", "traps"),
)


class _Reader:
    """Reads typed fields and collects what is wrong."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def source(self, node: Node, id_: str) -> Source:
        top = self.mapping(node, "", _FIELDS, optional=("feeds",))
        fields = self.mapping(top["fields"], "fields", ("used", "ignored"))
        end = self.mapping(top["complete"], "complete", ("since", "through", "why"))
        found = self.text(top["id"], "id", lambda word: word == id_, f"{id_}, as its folder is called")
        return Source(
            id=found,
            title=self.text(top["title"], "title"),
            regime=self.text(top["regime"], "regime", _is_id, "a word such as us_ear"),
            rules=self.yes_no(top["rules"], "rules"),
            means=self.text(top["means"], "means"),
            feeds=self.text(top["feeds"], "feeds", _is_id, "the id of a list") if "feeds" in top else found,
            whole=self.yes_no(top["whole"], "whole"),
            addresses=tuple(self.address(one) for one in self.list(top["addresses"], "addresses")),
            formats=tuple(self.format(one) for one in self.list(top["formats"], "formats")),
            license=self.text(top["license"], "license"),
            redistribute=self.word(top["redistribute"], "redistribute", REDISTRIBUTE),
            cadence=self.number(top["cadence"], "cadence"),
            listed_is_effect=self.yes_no(top["listed_is_effect"], "listed_is_effect"),
            dates=self.words(top["dates"], "dates"),
            complete=Complete(
                self.text(end["since"], "complete.since", _is_since, f"{ISSUED}, {NEVER} or YYYY-MM-DD"),
                self.word(end["through"], "complete.through", (ISSUED, NEXT, NEVER)),
                self.text(end["why"], "complete.why"),
            ),
            used=self.words(fields["used"], "fields.used"),
            ignored=self.words(fields["ignored"], "fields.ignored", empty=True),
            counts={name: self.bounds(one, f"counts.{name}") for name, one in self.pairs(top["counts"], "counts")},
            traps=tuple(self.text(one, "traps") for one in self.list(top["traps"], "traps")),
        )

    def wrong(self, node: Node, field: str, message: str, allowed: str = "") -> None:
        self.problems.append(Problem(message, self.file, node.line, node.column, field, allowed))

    def pairs(self, node: Node, field: str) -> list[tuple[str, Node]]:
        if node.kind != MAP or not node.items:
            self.wrong(node, field, "is empty or no mapping", "names with values")
            return []
        return [(key.text, value) for key, value in node.pairs()]

    def mapping(
        self, node: Node, field: str, names: Collection[str], optional: Collection[str] = ()
    ) -> dict[str, Node]:
        found = dict(self.pairs(node, field))
        for name in sorted(set(found) - {*names, *optional}):
            self.wrong(found[name], f"{field}.{name}".strip("."), "unknown field", ", ".join((*names, *optional)))
        for name in names:
            if name not in found:
                self.wrong(node, f"{field}.{name}".strip("."), "is missing")
        return {name: found.get(name, Node(SCALAR, null=True)) for name in (*names, *(set(optional) & set(found)))}

    def list(self, node: Node, field: str) -> tuple[Node, ...]:
        if node.kind != LIST or not node.items:
            self.wrong(node, field, "is empty or no list", "a list with at least one item")
            return ()
        return node.items

    def text(
        self, node: Node, field: str, holds: Callable[[str], bool] = bool, allowed: str = "text that is not empty"
    ) -> str:
        text = " ".join(node.text.split())
        if node.kind != SCALAR or node.null or not text or not holds(text):
            self.wrong(node, field, f"found {text[:60]!r}", allowed)
        return text

    def word(self, node: Node, field: str, words: Collection[str]) -> str:
        return self.text(node, field, lambda text: text in words, ", ".join(words))

    def yes_no(self, node: Node, field: str) -> bool:
        return self.word(node, field, ("yes", "no")) == "yes"

    def number(self, node: Node, field: str) -> int:
        text = self.text(node, field, str.isdecimal, "a number of 0 or more, without point")
        return int(text) if text.isdecimal() else 0

    def words(self, node: Node, field: str, *, empty: bool = False) -> dict[str, str]:
        if empty and node.kind == MAP and not node.items:
            return {}
        return {name: self.text(one, f"{field}.{name}") for name, one in self.pairs(node, field)}

    def address(self, node: Node) -> Address:
        found = self.mapping(node, "addresses", ("url", "what", "download"))
        url = self.text(found["url"], "addresses.url", lambda text: text.startswith("https://"), "https://…")
        what = self.text(found["what"], "addresses.what")
        return Address(url, what, self.yes_no(found["download"], "addresses.download"))

    def format(self, node: Node) -> Format:
        found = self.mapping(node, "formats", ("name", "kind", "note"))
        kind = self.word(found["kind"], "formats.kind", FORMATS)
        return Format(self.text(found["name"], "formats.name"), kind, self.text(found["note"], "formats.note"))

    def bounds(self, node: Node, field: str) -> Bounds:
        found = self.mapping(node, field, ("least", "most"))
        made = Bounds(self.number(found["least"], f"{field}.least"), self.number(found["most"], f"{field}.most"))
        if made.least > made.most:
            self.wrong(node, field, f"{made.least} is more than {made.most}")
        return made


def _is_id(text: str) -> bool:
    return _ID.fullmatch(text) is not None


def _is_since(text: str) -> bool:
    """Say whether a text is a day, or one of the two words that stand for one."""
    if text in (ISSUED, NEVER):
        return True
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
