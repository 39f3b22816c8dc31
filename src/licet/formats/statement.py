"""One fact, stated into an act that may hold others already: `items[1].eccn` and `3A001`. Read as a file is read."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from licet.formats.flags import STEP, act_from_flags
from licet.formats.shape import act_shape
from licet.formats.value import shown
from licet.model import vocabulary
from licet.model.act import NONE, UNDETERMINABLE, Act, Stated
from licet.model.errors import FactsError, Problem
from licet.model.vocabulary import NOUNS, RECORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from licet.formats.shape import Shape
    from licet.model.vocabulary import Row

TELLING = {"red_flags": "flag", "listings": "list", "certifications": "by"}
"""Lists whose records may be given by one fact of theirs: `entity_list`, `exporter, recipient`, `2, 7`."""
MOST_RECORDS = 50
"""How many records one answer may open."""
NO_RECORDS = frozenset(("none", "no", "[]", "0"))
SAMPLE = {"name": "a name", "integer": "1"}
"""A value for a required fact of the record around the one that is read, by type; others take their first word."""


class Record(NamedTuple):
    """One record that a path goes through: `parties[1]`."""

    list: str
    number: int
    required: tuple[str, ...]
    """Names of the facts without which it is refused."""

    @property
    def path(self) -> str:
        """Its own path."""
        return f"{self.list}[{self.number}]"


def canonical(path: str) -> str:
    """Return a path with the number of every record: `items.eccn` is `items[0].eccn`."""
    return ".".join(_steps(path))


def records(path: str) -> tuple[Record, ...]:
    """Return the records that a path goes through, outermost first."""
    return tuple(_records(canonical(path)))


def unfinished(act: Act) -> str:
    """Return the path of the first required fact that a record lacks, or an empty string."""
    for list_, count in act.counts.items():
        for number in range(count):
            for name in _required(list_):
                if f"{list_}[{number}].{name}" not in act.facts:
                    return f"{list_}[{number}].{name}"
    return ""


def finished(act: Act) -> Act:
    """Return the act without the records that lack a required fact: what a file may hold."""
    while gap := unfinished(act):
        act = without_record(act, gap)
    return act


def without_record(act: Act, path: str) -> Act:
    """Return the act without the record of a fact; those after it move up, and an empty list is not stated."""
    record = tuple(_records(path))[-1]
    kept = _without(act, f"{record.path}.")
    facts = {_moved(key, record): value for key, value in kept.facts.items()}
    counts = {_moved(key, record): count for key, count in kept.counts.items()}
    counts[record.list] -= 1
    if not counts[record.list]:
        del counts[record.list]
    return Act(act.kind, facts, counts, act.file)


def _moved(path: str, gone: Record) -> str:
    """Return a path as it is after a record has gone."""
    number, bracket, rest = path.removeprefix(f"{gone.list}[").partition("]")
    if not (bracket and path.startswith(f"{gone.list}[") and int(number) > gone.number):
        return path
    return f"{gone.list}[{int(number) - 1}]{rest}"


def state(act: Act, path: str, text: str) -> Act:
    """Return the act with one fact stated, or stated anew.

    Args:
        act: The act; not changed.
        path: Path of the fact; a record without a number is the first of its list, and the number after the last makes
            a new record.
        text: Its value as one would write it in a file. For a list of records: `none`, `undeterminable`, how many there
            are (`yes` for one), or by what tells them apart: the lists of listings, the numbers of red flags.

    Returns:
        The act; a list that is stated anew keeps the records that it had, as far as it is that long.

    Raises:
        FactsError: The path or the value is refused, with the reason.
    """
    path, text = canonical(path), text.strip()
    row = vocabulary.row(path, act.kind)
    around = tuple(_records(path))
    if row is None or path.endswith("]"):
        raise _no_fact(act.kind, path, text)
    if row.path == "kind":
        raise _refused(path, "the kind of act is the first question", "Go back to it.")
    act = _with_records(act, path, around)
    if row.type == RECORDS:
        return _state_records(act, row, path, text)
    return Act(act.kind, {**act.facts, path: _read(act.kind, around, path, text)}, act.counts, act.file)


def _steps(path: str) -> Iterator[str]:
    """Walk through the steps of a path, each record with its number; a step that is none stays as it is."""
    shape: Shape | None = act_shape()
    *above, last = path.split(".")
    for step in above:
        found = STEP.fullmatch(step)
        shape = shape.children.get(found[1]) if shape and found else None
        bare = found is not None and found[2] is None and shape is not None and bool(shape.rows)
        yield f"{step}[0]" if bare else step
    yield last


def _records(path: str) -> Iterator[Record]:
    for found in re.finditer(r"\[([0-9]{1,3})\]\.", path):
        yield Record(path[: found.start()], int(found[1]), _required(path[: found.start()]))


def _required(list_: str) -> tuple[str, ...]:
    """Return the names of the facts without which a record of a list is refused."""
    return _required_below(vocabulary.generic(f"{list_}[0]."))


@cache
def _required_below(head: str) -> tuple[str, ...]:
    below = (row.path for row in vocabulary.table().rows if row.required and row.path.startswith(head))
    names = (path.removeprefix(head) for path in below)
    return tuple(name for name in names if "." not in name)


def _with_records(act: Act, path: str, around: tuple[Record, ...]) -> Act:
    """Return the act with the records that a path goes through; a new one begins with its required fact."""
    for record in around:
        count = act.counts.get(record.list, 0)
        if record.number > count:
            message = f"{record.list} has {count} record{'' if count == 1 else 's'} so far"
            raise _refused(path, message, f"The next one is {record.list}[{count}].")
        if record.number < count:
            continue
        missing = next((name for name in record.required if f"{record.path}.{name}" != path), None)
        if missing is not None:
            noun = NOUNS[record.list.rpartition(".")[2]]
            raise _refused(path, f"the {noun} has no {missing} yet", f"State {record.path}.{missing} first.")
        facts = {key: value for key, value in act.facts.items() if key != record.list}
        act = Act(act.kind, facts, {**act.counts, record.list: count + 1}, act.file)
    return act


def _read(kind: str, around: tuple[Record, ...], path: str, text: str) -> Stated:
    """Read one value by the rules of a file, with made-up facts around it where its record needs them."""
    pairs = {_lone(f"{one.path}.{name}"): _sample(f"{one.path}.{name}") for one in around for name in one.required}
    pairs[_lone(path)] = text
    try:
        return act_from_flags(kind, pairs.items()).facts[_lone(path)]
    except FactsError as error:
        raise FactsError(*(replace(problem, file="", field=path) for problem in error.problems)) from None


def _lone(path: str) -> str:
    """Return the path of the same fact of the first records."""
    return vocabulary.generic(path).replace("[]", "[0]")


def _sample(path: str) -> str:
    row = vocabulary.table().by_path[vocabulary.generic(path)][0]
    return SAMPLE.get(row.type) or row.domain[0]


def allowed_records(row: Row) -> str:
    """Return in words how a list of records may be stated."""
    field, words = _telling(row.path)
    told = ["their numbers such as 2, 7"] if field == "flag" else [*words, "how many there are"]
    *more, last = [NONE, *told] if row.none else told
    return f"{', '.join(more)}, or {last}" if more else last


def _state_records(act: Act, row: Row, path: str, text: str) -> Act:
    """State a list of records: none, unknowable, by what tells its records apart, or how many."""
    if text == UNDETERMINABLE:
        kept = _without(act, f"{path}[")
        counts = {key: count for key, count in kept.counts.items() if key != path}
        return Act(act.kind, {**kept.facts, path: Stated(UNDETERMINABLE)}, counts, act.file)
    field, words = _telling(row.path)
    told = [word for word in re.split(r"[, ]+", text) if word]
    if told and all(word in words or (field == "flag" and word.isdigit()) for word in told):
        empty = _without(act, f"{path}[")
        act = Act(act.kind, empty.facts, {**empty.counts, path: 0}, act.file)
        for place, word in enumerate(dict.fromkeys(told)):
            act = state(act, f"{path}[{place}].{field}", word)
        return act
    return _with_count(act, path, _count(row, path, text))


def _telling(path: str) -> tuple[str, tuple[str, ...]]:
    """Return the fact by which the records of a list may be given, and its words; empty where there is none."""
    path = vocabulary.generic(path)
    field = TELLING.get(path.rpartition(".")[2], "")
    rows = vocabulary.table().by_path.get(f"{path}[].{field}", ()) if field else ()
    return (field, rows[0].domain) if rows else ("", ())


def _count(row: Row, path: str, text: str) -> int:
    """Read how many records there are."""
    count = 0 if text in NO_RECORDS else 1 if text == "yes" else int(text) if re.fullmatch("[0-9]{1,9}", text) else -1
    if count > MOST_RECORDS:
        raise _refused(path, f"found {text} records, {MOST_RECORDS} are allowed in one answer", "State them in a file.")
    if count < 0 or (count == 0 and not row.none):
        none = (NONE,) if row.none else ()
        near = vocabulary.nearest(text, (*none, *_telling(row.path)[1], UNDETERMINABLE))
        allows = f"{allowed_records(row)}, {UNDETERMINABLE}"
        raise FactsError(Problem(f"found {shown(text)}", field=path, allowed=allows, nearest=near))
    return count


def _with_count(act: Act, path: str, count: int) -> Act:
    """Return the act with a list of so many records; what they held stays as far as they go."""
    gone = range(count, act.counts.get(path, 0))
    kept = _without(act, *(f"{path}[{number}]" for number in gone))
    facts = {key: value for key, value in kept.facts.items() if key != path}
    return Act(act.kind, facts, {**kept.counts, path: count}, act.file)


def _without(act: Act, *starts: str) -> Act:
    """Return the act without the facts and counts whose paths start so."""
    facts = {path: stated for path, stated in act.facts.items() if not path.startswith(starts)} if starts else act.facts
    counts = (
        {path: count for path, count in act.counts.items() if not path.startswith(starts)} if starts else act.counts
    )
    return Act(act.kind, facts, counts, act.file)


def _no_fact(kind: str, path: str, text: str) -> FactsError:
    """Say that there is no such fact, in the words of the reader of flags, with the nearest path that there is."""
    paths = [row.path for row in vocabulary.rows(kind)]
    near = vocabulary.nearest(vocabulary.generic(path), paths, 0.75)
    try:
        act_from_flags(kind, [(path, text)])
    except FactsError as error:
        return FactsError(*(replace(one, file="", nearest=one.nearest or near) for one in error.problems))
    return _refused(path, f"an act of kind {kind} has no such fact", f"It has {', '.join(paths)}.")


def _refused(path: str, message: str, todo: str) -> FactsError:
    return FactsError(Problem(message, field=path, todo=todo))
