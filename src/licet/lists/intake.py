"""From files to issues in a store: which files belong together, which lists they are, whether they may be taken in.

The steps for one folder and one day, numbered as in the code:

1. files with the same day in their names lie together; those without a day too. Of these, each that is an issue alone
   takes with it what makes it whole (`sdn.csv` its `add.csv` and `alt.csv`); the rest is tried together.
2. the day: the one that a person gives; else that of the content; else that in the name.
3. what is there already is said so, and not looked at again.
4. the guards (`licet.lists.guards`) compare with the issue before it, or, where none is, with the one after.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from licet.lists.guards import guard
from licet.lists.kept import Attention, files_of, issue_digest, neighbor
from licet.lists.source import recognized
from licet.model.errors import Problem, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from licet.lists.entry import Parsed
    from licet.lists.kept import Store
    from licet.lists.source import Source

TAKEN, KNOWN, REFUSED, STRAY = "taken", "known", "refused", "stray"
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


class Outcome(NamedTuple):
    """What became of an issue, or of files that are none."""

    state: str
    """taken · known (it is there already) · refused · stray (no list that is known here)."""
    files: tuple[str, ...]
    list: str = ""
    issued: date | None = None
    entries: int = 0
    slips: int = 0
    reasons: tuple[Problem, ...] = ()


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
    names = tuple(sorted(files))
    try:
        parsed = _read(source, files, wanted.issued)
    except SourceError as error:
        return _refused(store, Outcome(REFUSED, names, source.feeds, wanted.issued, reasons=error.problems), wanted)
    outcome = Outcome(TAKEN, names, source.feeds, parsed.issued, len(parsed.entries), len(parsed.slips))
    if _is_there(store, parsed, files):  # 3
        return outcome._replace(state=KNOWN)
    reasons = _guarded(store, source, parsed, wanted)
    if reasons:
        return _refused(store, outcome._replace(state=REFUSED, reasons=tuple(reasons)), wanted)
    store.add(parsed, files, known=wanted.today, source=source.id, whole=source.whole)
    return outcome


def _read(source: Source, files: Mapping[str, bytes], issued: date | None) -> Parsed:  # 2
    """Read files; where neither a person nor the content says the day, the names of the files do."""
    parsed = source.parse(files, issued=issued)
    hint = min(filter(None, map(day_in, files)), default=None)
    if parsed.issued is not None or hint is None:
        return parsed
    if not source.whole or any(entry.listed and entry.listed > hint for entry in parsed.entries):
        return source.parse(files, issued=hint)  # only here can the day change what is read, or contradict it
    return parsed._replace(issued=hint)


def _is_there(store: Store, parsed: Parsed, files: Mapping[str, bytes]) -> bool:
    digest = issue_digest(files_of(files))
    return any(
        kept.digest == digest and kept.issued == parsed.issued and kept.withdrawn is None
        for kept in store.issues(parsed.list)
    )


def _guarded(store: Store, source: Source, parsed: Parsed, wanted: Wanted) -> list[Problem]:  # 4
    beside = neighbor(store.issues(parsed.list), parsed.issued) if parsed.issued else None
    previous = store.version(beside) if beside else None
    return guard(parsed, previous, source, accept=wanted.accept, today=wanted.today)


def _refused(store: Store, outcome: Outcome, wanted: Wanted) -> Outcome:
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
