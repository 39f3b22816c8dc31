"""The sources of the lawbook: the fields of a measure, and the compiling of its files into one.

A record is what the compiled book holds: a dictionary of plain JSON values, days as ISO 8601 text; absent fields are
left out.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, NamedTuple, cast

from licet.formats.node import MAP, Node
from licet.law.book import measure_of
from licet.law.checks import day_faults
from licet.law.fields import Reader, count, day, many, matching, parse, record, text, word, yes_no
from licet.law.status import first_known
from licet.model.errors import LawbookError, Problem
from licet.model.vocabulary import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from licet.law.book import Json, Record
    from licet.law.fields import Read

KINDS = (
    "list",
    "rule",
    "general_license",
    "order",
    "denial_order",
    "statute",
    "bill",
    "announcement",
    "guidance",
    "practice",
    "enforcement",
)
STORY_LINE = 70
"""Characters of a line of the demo."""
STORY_CITE = 16
"""Characters of the citation at its right edge."""
_ID = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")
_REGIME = re.compile(r"[a-z]{2,}(_[a-z0-9]+)*")
_GROUND = re.compile(r"[a-z]{2,}(_[a-z0-9]+)*/[A-Za-z0-9._()]+")

measure_id = matching(_ID, "capitals, digits and hyphens, such as EL-2019-05")


def _story(node: Node, field: str, reader: Reader) -> dict[str, Json] | None:
    read = record({"line": text, "cite": text, "show": yes_no, "on": day}, ("line", "cite", "show"))
    story = read(node, field, reader)
    for name, most in (("line", STORY_LINE), ("cite", STORY_CITE)):
        found = story.get(name) if story else None
        if isinstance(found, str) and len(found) > most:
            reader.wrong(node, f"{field}.{name}", f"has {len(found)} characters", allowed=f"at most {most}")
    return story


_ground = matching(_GROUND, "regime/section, such as us_ear/744.11")
_EFFECTS = {
    "relieves": record(
        {"ground": _ground, "entries": many(measure_id), "items": word("not_said", "all")},
        ("ground", "entries", "items"),
    ),
    "restores": record(
        {"ground": _ground, "entries": many(measure_id), "bars_relief": yes_no}, ("ground", "entries", "bars_relief")
    ),
}


def _effect(node: Node, field: str, reader: Reader) -> dict[str, Json] | None:
    if node.kind == MAP and len(node.items) != 1:
        reader.wrong(node, field, "has not exactly one verb", allowed=", ".join(_EFFECTS))
        return None
    effect = record(_EFFECTS, ())(node, field, reader)
    for verb, terms in (effect or {}).items():
        if isinstance(terms, dict):
            return {"verb": verb, **terms}
    return None


_stays = many(record({"from": day, "through": day, "by": text}, ("from", "through", "by")))
FIELDS: Mapping[str, Read] = {
    "id": measure_id,
    "regime": matching(_REGIME, "the name of a folder of the lawbook, such as us_ear"),
    "kind": word(*KINDS),
    "title": text,
    "what": text,
    "legal_force": yes_no,
    "announced": day,
    "published": day,
    "in_force_from": day,
    "in_force_through": day,
    "stated_through": day,
    "ended_by": measure_id,
    "applies_from": day,
    "compliance_from": day,
    "not_enforced_from": day,
    "terms_through": day,
    "hour": text,
    "stays": _stays,
    "amends": many(measure_id),
    "about": many(measure_id),
    "cites": many(text),
    "count": count,
    "confidence": word("high", "medium", "low"),
    "checked": word("seen", "memory"),
    "source": text,
    "note": text,
    "story": _story,
}
WHAT_IF_FIELDS = {
    **{name: read for name, read in FIELDS.items() if name not in {"confidence", "checked", "source", "story"}},
    "effect": _effect,
}
"""What a measure of a what-if may say: it has no source to be checked, and no line in the demo."""
WHAT_IF_NEEDED = ("id", "regime", "kind", "title", "what", "legal_force")
NEEDED = ("id", "regime", "kind", "title", "what", "legal_force", "cites", "confidence", "checked", "source")
_HEAD: Mapping[str, Read] = {
    "verified_through": day,
    "first_day": day,
    "compiled": day,
    "format": text,
    "checked": text,
    "not_found": text,
    "due_after_verified": many(measure_id),
    "count": count,
    "plain_cites": many(text),
}


class Place(NamedTuple):
    """Where the fields of one record stand."""

    file: str
    line: int
    lines: Mapping[str, int]

    def problem(self, field: str, message: str, *, near: str = "") -> Problem:
        """Make a problem at a field."""
        return Problem(message, self.file, self.lines.get(field, self.line), field=field, nearest=near)


def place_of(node: Node, file: str) -> Place:
    """Return the places of the fields of one record."""
    return Place(file, node.line, {key.text: key.line for key in node.keys})


def compile_texts(texts: Mapping[str, str]) -> str:
    """Compile the sources of a lawbook.

    Args:
        texts: The text of each file by its path below the folder of the law, `book.yaml` among them.

    Returns:
        JSON with one line a measure, the same for the same sources.

    Raises:
        LawbookError: Something is not well formed; names every place.
    """
    problems: list[Problem] = []
    head: dict[str, Json] = {}
    records: dict[str, Record] = {}
    places: dict[str, Place] = {}
    for file, content in texts.items():
        reader = Reader(file, LawbookError)
        try:
            node = parse(content, reader)
        except LawbookError as error:
            problems += error.problems
            continue
        if file == "book.yaml":
            head = record(_HEAD, _HEAD)(node, "", reader) or {}
        else:
            _take(node, reader, records, places)
        problems += reader.problems
    if not problems:
        problems += _count_problems(head, records) + record_problems(records, places)
    if problems:
        raise LawbookError(*problems)
    return _written(head, records)


def _take(node: Node, reader: Reader, records: dict[str, Record], places: dict[str, Place]) -> None:
    """Read one measure and keep it under its id, which its file and folder must bear out."""
    found = record(FIELDS, NEEDED)(node, "", reader)
    if found is None or reader.problems:
        return
    id_, regime = str(found["id"]), str(found["regime"])
    if reader.file != (due := f"{regime}/measures/{id_.lower()}.yaml"):
        reader.wrong(node, "id", f"{id_} of {regime} stands in the wrong file", allowed=due)
    records[id_] = cast("Record", found)
    places[id_] = place_of(node, reader.file)


def _count_problems(head: Mapping[str, Json], records: Mapping[str, Record]) -> list[Problem]:
    if head.get("count") == len(records):
        return []
    return [Problem(f"says {head.get('count')} measures, found {len(records)}", "book.yaml", field="count")]


def record_problems(records: Mapping[str, Record], places: Mapping[str, Place]) -> list[Problem]:
    """Find what is wrong with records that are well formed each for itself.

    Args:
        records: All measures by id.
        places: Where those stand that are to be checked.

    Returns:
        Ids that do not exist, and days that are out of order, each with its place.
    """
    problems = []
    for id_, place in places.items():
        for field, other in named_ids(records[id_]):
            if other not in records:
                message = f"names {other}, which is no measure of the lawbook"
                problems.append(place.problem(field, message, near=nearest(other, records)))
        problems += [place.problem(field, message) for field, message in day_faults(measure_of(records[id_]))]
    return problems


def named_ids(record: Record) -> Iterator[tuple[str, str]]:
    """Go through the ids that a record names, each with its field; what stays a measure may be a court in words."""
    for field in ("amends", "about"):
        for other in record.get(field, ()):  # type: ignore[attr-defined]
            yield field, other
    if "ended_by" in record:
        yield "ended_by", record["ended_by"]
    for stay in record.get("stays", ()):
        if _ID.fullmatch(stay["by"]):
            yield "stays", stay["by"]
    for entry in record["effect"]["entries"] if "effect" in record else ():
        yield "effect", entry


def canonical(content: Mapping[str, object]) -> str:
    """Write content in the one form of which a version is taken."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def version_of(head: Mapping[str, object], records: Mapping[str, Record]) -> str:
    """Return the SHA-256 of what a book holds, its order and its version aside."""
    content = {"book": {name: value for name, value in head.items() if name != "version"}, "measures": records}
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def _written(head: Mapping[str, Json], records: Mapping[str, Record]) -> str:
    """Write the compiled book: measures in the order of their first known days, one a line."""
    order = sorted(records, key=lambda id_: (first_known(measure_of(records[id_])), id_))
    lines = [f"{json.dumps(id_)}:{canonical(records[id_])}" for id_ in order]
    whole = {"version": version_of(head, records), **head}
    return f'{{"book":{canonical(whole)},"measures":{{\n' + ",\n".join(lines) + "\n}}\n"
