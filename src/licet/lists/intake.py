"""From files to issues in a store: which files belong together, which lists they are, whether they may be taken in.

The steps for one folder and one day, numbered as in the code:

1. files with the same day in their names lie together; those without a day too. Of these, each that is an issue alone
   takes with it what makes it whole (`sdn.csv` its `add.csv` and `alt.csv`); the rest is tried together.
2. the day: the one that a person gives; else that of the content; else that in the name; else that of the download.
3. what is there already is said so, and not looked at again.
4. the guards (`licet.lists.guards`) compare with the issue before it, or, where none is, with the one after.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from licet.lists.entry import Parsed
from licet.lists.guards import guard
from licet.lists.kept import Attention, files_of, issue_digest, neighbor
from licet.lists.source import recognized
from licet.model.errors import Problem, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from licet.lists.kept import Store
    from licet.lists.source import Source

TAKEN, KNOWN, REFUSED, STRAY, UNCHANGED = "taken", "known", "refused", "stray", "unchanged"
_DAY = re.compile(r"(?<!\d)(\d{4}-\d\d-\d\d)(?!\d)")
_PAGE = re.compile(rb"\s*(?:<!doctype\s+html|<html)", re.IGNORECASE)


class Unit(NamedTuple):
    """Files that are an issue of one list or of several."""

    files: Mapping[str, bytes]
    sources: tuple[Source, ...]


class Wanted(NamedTuple):
    """What a person says of files."""

    today: date
    issued: date | None = None
    accept: bool = False
    """Whether the reasons of an earlier refusal were looked at."""
    otherwise: date | None = None
    """Day of the issue where neither a person nor the content nor a name says it."""
    because: str = ""
    """What that day is."""


class Reading(NamedTuple):
    """An issue as it was read."""

    parsed: Parsed
    note: str = ""
    """Where its day comes from, if that needs saying."""


class Outcome(NamedTuple):
    """What became of an issue, or of files that are none."""

    state: str
    """taken · known (it is there already) · refused · stray (no list that is known) · unchanged (nothing newer)."""
    files: tuple[str, ...]
    list: str = ""
    issued: date | None = None
    entries: int = 0
    slips: int = 0
    reasons: tuple[Problem, ...] = ()
    note: str = ""
    """What else a person should know, such as where the day comes from."""


def day_in(name: str) -> date | None:
    """Return the last day that the name of a file has in it, such as `sdn_2024-05-03.csv.gz`; None: it has none."""
    for text in reversed(_DAY.findall(name)):
        try:
            return date.fromisoformat(text)
        except ValueError:
            continue
    return None


def units(files: Mapping[str, bytes]) -> tuple[list[Unit], list[str]]:  # 1
    """Put files of one folder and day together to issues.

    Args:
        files: Bytes by name.

    Returns:
        The issues, and the names of files that belong to none.
    """
    heads = {name: found for name, data in sorted(files.items()) if (found := recognized({name: data}))}
    parts = {name: {name: files[name]} for name in heads}
    rest = [name for name in sorted(files) if name not in heads]
    for name in list(rest):
        takers = [head for head in heads if _takes(heads[head], parts[head], {name: files[name]})]
        if takers and (best := _nearest(name, takers)):
            parts[best][name] = files[name]
            rest.remove(name)
    made = [Unit(parts[head], found) for head, found in heads.items()]
    together = {name: files[name] for name in rest}
    if len(rest) > 1 and (found := recognized(together)):
        return [*made, Unit(together, found)], []
    return made, rest


def _takes(sources: Iterable[Source], part: Mapping[str, bytes], more: Mapping[str, bytes]) -> bool:
    """Say whether an issue is still one of its list with another file."""
    return all(source.parser.recognizes({**part, **more}) for source in sources)


def _nearest(name: str, heads: list[str]) -> str:
    """Return the one issue to which a file belongs by its name; empty where two are as near."""
    shared = {head: _shared(head, name) for head in heads}
    best = [head for head in heads if shared[head] == max(shared.values())]
    return best[0] if len(best) == 1 else ""


def _shared(one: str, other: str) -> int:
    """Return how many letters two names have in common at their beginnings."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def what_is_wrong(name: str, data: bytes) -> Problem:
    """Say why a file is no list that is known here."""
    if not data.strip():
        return Problem("is empty: a failed download", name, todo="Download it again.")
    if _PAGE.match(data[:1000]):
        return Problem("is a page of HTML and no list", name, todo="Download the file itself.")
    return Problem("is none of the lists that are known here", name, todo="`licet lists status` names them.")


def take(store: Store, source: Source, files: Mapping[str, bytes], wanted: Wanted) -> Outcome:
    """Take an issue into a store, inside of its `update`, or refuse it and keep why.

    Args:
        store: The store.
        source: The source of which it is.
        files: Its files, bytes by name.
        wanted: What a person says of them.

    Returns:
        What became of it.
    """
    try:
        reading = read(source, files, wanted)
    except SourceError as error:
        names = tuple(sorted(files))
        return refuse(store, Outcome(REFUSED, names, source.feeds, wanted.issued, reasons=error.problems), wanted)
    return enter(store, source, reading, files, wanted)


def enter(store: Store, source: Source, reading: Reading, files: Mapping[str, bytes], wanted: Wanted) -> Outcome:
    """Take an issue that is read into a store, inside of its `update`, or refuse it and keep why.

    Args:
        store: The store.
        source: The source of which it is.
        reading: The issue.
        files: Its files, bytes by name.
        wanted: What a person says of them.

    Returns:
        What became of it.
    """
    parsed = reading.parsed
    head = TAKEN, tuple(sorted(files)), source.feeds, parsed.issued
    outcome = Outcome(*head, len(parsed.entries), len(parsed.slips), note=reading.note)
    if _is_there(store, parsed, files):  # 3
        return outcome._replace(state=KNOWN)
    reasons = _guarded(store, source, parsed, wanted)
    if reasons:
        return refuse(store, outcome._replace(state=REFUSED, reasons=tuple(reasons)), wanted)
    store.add(parsed, files, known=wanted.today, source=source.id, whole=source.whole)
    return outcome


def read(source: Source, files: Mapping[str, bytes], wanted: Wanted) -> Reading:  # 2
    """Read files; where neither a person nor the content says the day, the names do, or the day of the download.

    Args:
        source: The source of which they are.
        files: Bytes by name.
        wanted: What a person says of them.

    Raises:
        SourceError: They are not this list, or damaged.
    """
    parsed = source.parse(files, issued=wanted.issued)
    named = min(filter(None, map(day_in, files)), default=None)
    hint = named or wanted.otherwise
    if parsed.issued is not None or hint is None:
        return Reading(parsed)
    note = "" if named else wanted.because
    if not source.whole or any(entry.listed and entry.listed > hint for entry in parsed.entries):
        return Reading(
            source.parse(files, issued=hint), note
        )  # only here can the day change or contradict what is read
    return Reading(parsed._replace(issued=hint), note)


def _is_there(store: Store, parsed: Parsed, files: Mapping[str, bytes]) -> bool:
    digest = issue_digest(files_of(files))
    return any(
        kept.digest == digest and kept.issued == parsed.issued and kept.withdrawn is None
        for kept in store.issues(parsed.list)
    )


def _guarded(store: Store, source: Source, parsed: Parsed, wanted: Wanted) -> list[Problem]:  # 4
    beside = neighbor(store.issues(parsed.list), parsed.issued) if parsed.issued else None
    previous = store.version(beside) if beside else _shipped(parsed)
    return guard(parsed, previous, source, accept=wanted.accept, today=wanted.today)


def _shipped(parsed: Parsed) -> Parsed | None:
    """Return the issue that ships and is nearest to one that is the first in a store; None where none ships."""
    from licet.lists.shipped import issues

    there = issues().get(parsed.list, ())
    if not there or parsed.issued is None:
        return None
    day = parsed.issued
    nearest = min(there, key=lambda issue: abs((issue.issued - day).days))
    return Parsed(parsed.list, nearest.issued, nearest.entries, {})


def refuse(store: Store, outcome: Outcome, wanted: Wanted) -> Outcome:
    """Keep, inside of `update`, why an issue was refused, and return what became of it."""
    reasons = tuple(words(reason, outcome.list) for reason in outcome.reasons)
    store.warn(Attention(outcome.list, wanted.today, outcome.files, reasons))
    return outcome


def words(reason: Problem, list_: str) -> str:
    """Return a reason without its list and without what to do: both are said beside it."""
    return str(replace(reason, file="" if reason.file == list_ else reason.file, todo=""))


def for_list(files: Mapping[str, bytes], source: Source) -> Iterator[tuple[Source, Mapping[str, bytes]]]:
    """Yield what of some files is to be read as one list: its issues, or, where there is none, all of them as one.

    A damaged file is so refused by the list that a person named, with the reason that its parser gives.
    """
    made, _ = units(files)
    mine = [(one, unit.files) for unit in made for one in unit.sources if source.id in (one.id, one.feeds)]
    yield from mine or [(source, files)]
