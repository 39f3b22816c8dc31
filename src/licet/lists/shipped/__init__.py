"""Lists of the Bureau of Industry and Security that ship with licet, as issues; `tools/make_shipped.py` writes them.

A file `<list>.jsonl` holds blocks. A block is one line of head, a JSON object, and one line for each entry, as
`licet.lists.kept.pack` writes it. All issues that a head names say the same, but for punctuation. The sentences of the
source are left out: they stand in the official text, and a copy that a person loads has them.

`removed.jsonl` holds who was taken off a list between an older copy and the first issue here, one line each.
"""

from __future__ import annotations

import csv
import json
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from licet.lists.entry import Citation, Entry, Name
from licet.lists.kept import pack, unpack
from licet.lists.merge import Issue
from licet.model.errors import Problem, SourceError
from licet.names.normal import normalize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


HERE = Path(__file__).parent
SUFFIX = ".jsonl"
REMOVED = "removed.jsonl"
COVERED = "fcc_covered_list.csv"


class Head(NamedTuple):
    """What stands before the entries of a block."""

    list: str
    source: str
    """Id of the source whose parser read the official files."""
    issues: tuple[date, ...]
    """Days of the issues that say this, in order."""
    sha256: tuple[str, ...]
    """Of the official file of each issue, in hex."""
    counts: Mapping[str, int]
    """What was counted in the last of them; `source.yaml` says which must hold."""
    digest: str
    """SHA-256 of the lines of the entries, in hex."""


class Block(NamedTuple):
    """Entries, and the issues that say them."""

    head: Head
    entries: tuple[Entry, ...]


class Removed(NamedTuple):
    """A party that an older copy of a list has and the issues that ship have not."""

    list: str
    """Id of the list that it was taken off."""
    entry: Entry
    """What the older copy says of it, without its sentences."""
    source: str
    """Id of the source that read the older copy."""
    seen: date
    """A day on which it was on the list for certain."""
    absent: date
    """Day of the first issue that ships; it does not have it."""
    through: date | None = None
    """Last day on the list where the rule that removed it is known; else a day from `seen` to before `absent`."""
    basis: str = ""
    """What `through` rests on: rule (its day of effect) · published (its day of publication); empty: not known."""
    cite: str = ""
    """First page of that rule."""
    checked: str = ""
    """seen: the rule says whom it removes, or leaves only this one · memory · conflict: another copy still has it."""
    moved: str = ""
    """Id of the list on which its name stands now, where it is another."""


@cache
def removed() -> tuple[Removed, ...]:
    """Return who was taken off a list before the first issue that ships, by list and id.

    Raises:
        SourceError: The file is damaged.
    """
    text = text_of(HERE / REMOVED)
    try:
        return tuple(_removed(json.loads(line)) for line in text.splitlines())
    except (ValueError, TypeError, KeyError) as error:
        raise _damaged(REMOVED) from error


def write_removed(parties: Iterable[Removed]) -> str:
    """Write removed parties as the text of a file; empty fields are left out."""
    lines = []
    plain: dict[str, object]
    for one in sorted(parties, key=lambda party: (party.list, party.entry.id)):
        plain = {name: value for name, value in one._asdict().items() if value}
        lines.append(json.dumps({**plain, "entry": json.loads(pack(one.entry))}, ensure_ascii=False, default=str))
    return "".join(f"{line}\n" for line in lines)


def _removed(values: dict[str, Any]) -> Removed:
    """Read one line of the removed."""
    read = {**values, "entry": unpack(json.dumps(values["entry"]))}
    read.update({name: date.fromisoformat(read[name]) for name in ("seen", "absent", "through") if name in read})
    return Removed(**read)


@cache
def issues() -> Mapping[str, tuple[Issue, ...]]:
    """Return the issues that ship, by list, oldest first; each became known on its own day.

    The digest of an issue is that of what is written here, not of the official file: who loads the official file has
    more, and what it says stands beside this.

    Raises:
        SourceError: A file is damaged.
    """
    found: dict[str, list[Issue]] = {}
    for block in blocks():
        for day in block.head.issues:
            issue = Issue(day, day, block.head.digest, block.entries)
            found.setdefault(block.head.list, []).append(issue)
    found["fcc_covered_list"] = [_covered(text_of(HERE / COVERED))]
    return MappingProxyType(
        {list_: tuple(sorted(each, key=lambda issue: issue.issued)) for list_, each in sorted(found.items())}
    )


def _covered(text: str) -> Issue:
    """Return the Covered List as one issue, from the table of it that is kept by hand."""
    rows = list(csv.DictReader(text.splitlines()))
    entries = tuple(
        Entry(
            f"{number:03}-{normalize(row['name']).replace(' ', '-')}",
            row["kind"],
            (Name(row["name"]), *(Name(alias, "alias") for alias in filter(None, row["aliases"].split(";")))),
            tuple(filter(None, (row["country"],))),
            cites=(Citation(row["cite"]),),
            listed=date.fromisoformat(row["since"]),
            until=date.fromisoformat(row["through"]) if row["through"] else None,
        )
        for number, row in enumerate(rows)
        if row["kind"] != "unknown"  # kinds of equipment, whoever makes it
    )
    day = max(date.fromisoformat(row["compared"]) for row in rows)
    return Issue(day, day, _digest(text.splitlines()), entries)


@cache
def blocks() -> tuple[Block, ...]:
    """Return all that ships, with the heads.

    Raises:
        SourceError: A file is damaged.
    """
    paths = (path for path in sorted(HERE.glob(f"*{SUFFIX}")) if path.name != REMOVED)
    return tuple(block for path in paths for block in read(text_of(path), path.name))


def text_of(path: Path) -> str:
    """Return the text of a file that ships.

    Raises:
        SourceError: It cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(Problem(f"cannot be read: {error}", str(path), todo="Install licet again.")) from error


def write(read_blocks: Iterable[Block]) -> str:
    """Write blocks as the text of a file; their digests are worked out here."""
    lines: list[str] = []
    for head, entries in read_blocks:
        packed = [pack(entry) for entry in entries]
        whole = head._replace(digest=_digest(packed))
        plain = {**whole._asdict(), "issues": [day.isoformat() for day in whole.issues]}
        lines += [json.dumps(plain, ensure_ascii=False), *packed]
    return "".join(f"{line}\n" for line in lines)


def read(text: str, name: str) -> Iterator[Block]:
    """Read what `write` wrote.

    Args:
        text: The text of a file.
        name: What messages call it.

    Yields:
        The blocks.

    Raises:
        SourceError: It is damaged.
    """
    head: Head | None = None
    lines: list[str] = []
    for line in text.split("\n"):
        if line.startswith("["):
            lines.append(line)
        elif line or head is None:
            if head is not None:
                yield _block(head, lines, name)
            head, lines = _head(line, name), []
    if head is not None:
        yield _block(head, lines, name)


def _head(line: str, name: str) -> Head:
    """Read a head."""
    try:
        values = json.loads(line)
        days = tuple(date.fromisoformat(day) for day in values["issues"])
        return Head(**{**values, "issues": days, "sha256": tuple(values["sha256"])})
    except (ValueError, TypeError, KeyError) as error:
        raise _damaged(name) from error


def _block(head: Head, lines: Sequence[str], name: str) -> Block:
    """Read the entries of a block, which must be those that were written."""
    if _digest(lines) != head.digest:
        raise _damaged(name)
    return Block(head, tuple(map(unpack, lines)))


def _digest(lines: Iterable[str]) -> str:
    """Return the SHA-256 of lines, in hex."""
    return sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def _damaged(name: str) -> SourceError:
    return SourceError(Problem("is not what tools/make_shipped.py wrote", name, todo="Install licet again."))
