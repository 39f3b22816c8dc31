"""The lawbook: every measure by its id, loaded from one compiled file, with the last day up to which it was verified.

The sources are one YAML file a measure, in the folder of its regime, and `book.yaml` for the book itself. They are
compiled into `book.json` (`compile_book`), which is all that an answer reads; a measure becomes an object when it is
asked for. This is the one module of the law that opens files.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from licet.model.errors import FactsError, LawbookError, Problem, SourceError
from licet.model.measure import Effect, Measure, Stay, Story

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator
    from typing import TypedDict

    from licet.law.day import Shelf
    from licet.law.whatif import WhatIf

    Json = None | bool | int | str | list["Json"] | dict[str, "Json"]
    StayRecord = TypedDict("StayRecord", {"from": str, "through": str, "by": str})

    class StoryRecord(TypedDict, total=False):
        """The line of the demo, as the compiled book holds it."""

        line: str
        cite: str
        show: bool
        on: str

    class EffectRecord(TypedDict, total=False):
        """What a what-if measure does, as the compiled book holds it."""

        verb: str
        ground: str
        entries: list[str]
        items: str
        bars_relief: bool

    class Record(TypedDict, total=False):
        """A measure as the compiled book holds it: plain values, days as text, absent fields absent."""

        id: str
        regime: str
        kind: str
        title: str
        what: str
        legal_force: bool
        announced: str
        published: str
        in_force_from: str
        in_force_through: str
        stated_through: str
        ended_by: str
        applies_from: str
        compliance_from: str
        not_enforced_from: str
        terms_through: str
        hour: str
        stays: list[StayRecord]
        amends: list[str]
        about: list[str]
        cites: list[str]
        count: int
        confidence: str
        checked: str
        source: str
        note: str
        story: StoryRecord
        effect: EffectRecord

    class Head(TypedDict):
        """What the book says of itself, as `book.yaml` states it, and its version."""

        version: str
        verified_through: str
        first_day: str
        compiled: str
        format: str
        checked: str
        not_found: str
        due_after_verified: list[str]
        count: int
        plain_cites: list[str]


HERE = Path(__file__).parent
COMPILED = HERE / "book.json"
WHAT_IFS = HERE / "whatifs"
SHOWN_VERSION = 12
"""Hex digits of the version that an answer shows."""


class Due(NamedTuple):
    """What the book says of the time after its last verified day."""

    measures: tuple[str, ...]
    """Ids of the measures that were due after it."""
    not_found: str
    """What was looked for and not found."""


class Book(Mapping[str, Measure]):
    """The measures by id, in the order of their first known days."""

    __slots__ = ("_kept", "_made", "_records", "head", "remembered", "supposed", "what_ifs")

    def __init__(
        self,
        head: Head,
        records: Mapping[str, Record],
        what_ifs: tuple[str, ...] = (),
        supposed: frozenset[str] = frozenset(),
    ) -> None:
        """Keep the records; a measure is built when it is asked for.

        Args:
            head: What the book says of itself.
            records: The measures by id, in order.
            what_ifs: The ids of those that a what-if added.
            supposed: The ids of those that a what-if added, ended or changed.
        """
        self.head = head
        self.supposed = supposed
        self.what_ifs = what_ifs
        self._records = records
        self.remembered: dict[Hashable, Shelf] = {}
        """What hangs on the law of a day alone, by day and what is known of it (`LawDay.remembered`)."""
        self._made: dict[str, Measure] = {}
        self._kept = 0

    def __getitem__(self, id_: str) -> Measure:
        """Return the measure of an id."""
        made = self._made.get(id_)
        if made is None:
            made = self._made[id_] = measure_of(self._records[id_])
        return made

    def __iter__(self) -> Iterator[str]:
        """Go through the ids in order."""
        return iter(self._records)

    def __len__(self) -> int:
        """Count the measures."""
        return len(self._records)

    def __contains__(self, id_: object) -> bool:
        """Say whether there is a measure of this id, without building it."""
        return id_ in self._records

    def note_kept(self, most: int) -> None:
        """Note that the tree of one more rule is kept; where there are too many, give all of them up."""
        self._kept += 1
        if self._kept > most:
            self._kept = 0
            for shelf in self.remembered.values():
                shelf.trees.clear()

    @property
    def measures(self) -> Mapping[str, Measure]:
        """The measures by id: the book itself, which builds each when it is asked for."""
        return self

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all measures, in the order of their first known days."""
        return tuple(self._records)

    @property
    def records(self) -> Mapping[str, Record]:
        """The measures as the compiled book holds them."""
        return self._records

    @property
    def version(self) -> str:
        """SHA-256 of the content, in hex; an answer shows its first `SHOWN_VERSION` digits."""
        return self.head["version"]

    @property
    def verified_through(self) -> date:
        """The last day up to which the law was looked for."""
        return date.fromisoformat(self.head["verified_through"])

    @property
    def first_day(self) -> date:
        """The first day for which the book can be asked."""
        return date.fromisoformat(self.head["first_day"])

    @property
    def due(self) -> Due:
        """What was due, or not found, after the last verified day."""
        return Due(tuple(self.head["due_after_verified"]), self.head["not_found"])

    def measure(self, id_: str) -> Measure:
        """Return the measure of an id that a person wrote.

        Raises:
            FactsError: There is none; names the nearest.
        """
        made = self._made.get(id_)
        if made is not None:
            return made
        if id_ in self._records:
            return self[id_]
        from licet.model.vocabulary import nearest

        message, todo = f'"{id_}" is no measure of the lawbook', "`licet law list` shows them all."
        raise FactsError(Problem(message, nearest=nearest(id_, self._records), todo=todo))

    def by_regime(self) -> dict[str, tuple[Measure, ...]]:
        """Return the measures of each regime, regimes in alphabetical order."""
        regimes: dict[str, list[str]] = {}
        for id_, record in self._records.items():
            regimes.setdefault(record["regime"], []).append(id_)
        return {regime: tuple(self[id_] for id_ in regimes[regime]) for regime in sorted(regimes)}

    def with_changes(self, *what_ifs: WhatIf) -> Book:
        """Return the book as it would be under one or more what-ifs; this one stays as it is.

        Raises:
            FactsError: A what-if contradicts the book, itself or another.
        """
        from licet.law.whatif import apply

        return apply(self, what_ifs)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def measure_of(record: Record) -> Measure:
    """Build a measure from its record."""
    return Measure(
        id=record["id"],
        regime=record["regime"],
        kind=record["kind"],
        title=record["title"],
        what=record["what"],
        legal_force=record["legal_force"],
        cites=tuple(record["cites"]),
        confidence=record["confidence"],
        checked=record["checked"],
        source=record["source"],
        announced=_day(record.get("announced")),
        published=_day(record.get("published")),
        in_force_from=_day(record.get("in_force_from")),
        in_force_through=_day(record.get("in_force_through")),
        stated_through=_day(record.get("stated_through")),
        ended_by=record.get("ended_by"),
        applies_from=_day(record.get("applies_from")),
        compliance_from=_day(record.get("compliance_from")),
        not_enforced_from=_day(record.get("not_enforced_from")),
        terms_through=_day(record.get("terms_through")),
        hour=record.get("hour", ""),
        stays=tuple(_stay(stay) for stay in record.get("stays", ())),
        amends=tuple(record.get("amends", ())),
        about=tuple(record.get("about", ())),
        count=record.get("count"),
        note=record.get("note", ""),
        story=_story(record["story"]) if "story" in record else None,
        effect=_effect(record["effect"]) if "effect" in record else None,
    )


def _stay(record: StayRecord) -> Stay:
    return Stay(date.fromisoformat(record["from"]), date.fromisoformat(record["through"]), record["by"])


def _story(record: StoryRecord) -> Story:
    return Story(record["line"], record["cite"], record["show"], _day(record.get("on")))


def _effect(record: EffectRecord) -> Effect:
    return Effect(
        verb=record["verb"],
        ground=record["ground"],
        entries=tuple(record["entries"]),
        items=record.get("items", ""),
        bars_relief=record.get("bars_relief", False),
    )


def load(path: Path = COMPILED) -> Book:
    """Load a compiled book.

    Args:
        path: The compiled file; left out, the one that ships.

    Returns:
        The book; nothing of it is checked again (a test keeps the file equal to its sources).

    Raises:
        SourceError: The file is missing or damaged.
    """
    try:
        content = json.loads(path.read_bytes())
        return Book(content["book"], content["measures"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        problem = Problem(
            f"the compiled lawbook cannot be read ({error})", str(path), todo="Install again, or compile it anew."
        )
        raise SourceError(problem) from error


def sources(folder: Path = HERE) -> dict[str, str]:
    """Read the sources of a lawbook.

    Args:
        folder: The folder that holds `book.yaml` and the folders of the regimes.

    Returns:
        The text of each file by its path below the folder, in order.

    Raises:
        LawbookError: There is no `book.yaml`, or a file cannot be read.
    """
    paths = [folder / "book.yaml", *sorted(folder.glob("*/measures/*.yaml"))]
    texts: dict[str, str] = {}
    for path in paths:
        try:
            texts[path.relative_to(folder).as_posix()] = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise LawbookError(Problem(f"cannot be read: {error}", str(path))) from error
    return texts


def compile_book(folder: Path = HERE) -> str:
    """Compile the sources of a lawbook into the text of its one file.

    Args:
        folder: The folder that holds `book.yaml` and the folders of the regimes.

    Returns:
        JSON with one line a measure, the same for the same sources.

    Raises:
        LawbookError: Something is not well formed; names every place.
    """
    from licet.law.sources import compile_texts

    return compile_texts(sources(folder))


def compile_scopes(regime: str, folder: Path = HERE) -> dict[str, str]:
    """Compile the tables of a regime's scope tests from `sections.yaml` and `groups.yaml` in its folder.

    Returns:
        The text of `sections.json` and of `addresses.json`, by name.

    Raises:
        LawbookError: Something is not well formed; names every place.
    """
    import yaml

    from licet.law.scopes import compile_addresses, compile_sections

    def read(name: str) -> Any:  # noqa: ANN401 - YAML as it stands; the compiler checks its form
        # Plain text all the way down: the form of a limit decides the type, never YAML.
        return yaml.load((folder / regime / name).read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - text only

    groups = read("groups.yaml")
    return {
        "sections.json": compile_sections(read("sections.yaml"), groups, load()),
        "addresses.json": compile_addresses(groups["addresses"]),
    }


def shipped() -> dict[str, Path]:
    """Return the what-ifs that ship, by name."""
    return {path.stem: path for path in sorted(WHAT_IFS.glob("*.yaml"))}


def table(regime: str, name: str) -> Any:  # noqa: ANN401 - JSON of our own making; each table has its own form
    """Return a compiled table of a regime, such as the scope tests of the EAR (`us_ear`, `sections`)."""
    return json.loads((HERE / regime / f"{name}.json").read_bytes())
