"""The official texts of a folder, for `licet law check --sources DIR`: parts of the CFR, documents of the Register."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, NamedTuple

from licet.formats.regulations import CODE_ROOTS, DOCUMENT_ROOTS, document_of, parts_of, printed_pages
from licet.law.citations import Issue
from licet.law.pages import Register, in_order
from licet.lists.reading import document
from licet.model.errors import FactsError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from licet.formats.regulations import Document, Part

_ROOT = re.compile(rb"<([A-Za-z][A-Za-z0-9]*)[\s>]")
_HEAD = 4096
"""Bytes at the beginning of a file that show what it is."""
_DAY = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")
_TITLE = re.compile(r"title-?(\d{1,2})(?!\d)", re.IGNORECASE)
_COLUMNS = "document_number,publication_date"


class Texts(NamedTuple):
    """What a folder holds."""

    issues: tuple[Issue, ...]
    """The newest text of each part."""
    register: Register
    unread: tuple[str, ...]
    """Files of the right kind that were not compared, and why."""


def texts_in(folder: str) -> Texts:
    """Read the parts of the CFR and the documents of the Federal Register in a folder and below it.

    Args:
        folder: The folder. Files are known by their content; a day in a file's name is the day of its text.

    Returns:
        What is there.

    Raises:
        FactsError: There is no such folder, or nothing in it that can be compared with.
        SourceError: A file is damaged.
    """
    from pathlib import Path

    path = Path(folder)
    if not path.is_dir():
        raise FactsError(Problem(f'"{folder}" is no folder', field="--sources", todo="Check the path."))
    issues: dict[tuple[int, int], list[Issue]] = {}
    documents, index, unread = [], dict[str, str](), []
    for file in sorted(each for each in path.rglob("*") if each.is_file()):
        if file.suffix.lower() == ".csv":
            index.update(_index(file))
        for read in _xml(file):
            if isinstance(read, Issue):
                issues.setdefault((read.part.title, read.part.part), []).append(read)
            elif isinstance(read, str):
                unread.append(read)
            else:
                documents.append(read)
    newest = tuple(_newest(issues[key], unread) for key in sorted(issues))
    if not newest and not documents and not index:
        message = f'"{folder}" holds no part of the CFR, no document of the Federal Register and no index of them'
        raise FactsError(Problem(message, field="--sources", todo="Name the folder of the XML files."))
    printed: dict[tuple[int, int], set[str]] = {}
    for issue in newest:
        for page, days in printed_pages(issue.part).items():
            printed.setdefault(page, set()).update(days)
    return Texts(newest, Register(tuple(documents), index, in_order(printed)), tuple(unread))


def _xml(file: Path) -> Iterator[Issue | Document | str]:
    """Read one file, where it is XML of a known kind."""
    if file.suffix.lower() != ".xml":
        return
    with file.open("rb") as opened:
        root = _ROOT.search(opened.read(_HEAD))
    kind = root[1].decode("ascii") if root else ""
    if kind in CODE_ROOTS:
        title = _TITLE.search(file.name)
        day = _DAY.search(file.name)
        parts = parts_of(document(file.read_bytes(), file.name, CODE_ROOTS), file.name, int(title[1]) if title else 0)
        yield from (Issue(part, day[0] if day else "") for part in parts)
        if not parts:
            yield f"{file.name}: no section with its title is in it"
    elif kind in DOCUMENT_ROOTS:
        read = document_of(document(file.read_bytes(), file.name, DOCUMENT_ROOTS), file.name)
        yield read or f"{file.name}: it marks no pages, or has no number"


def _newest(issues: list[Issue], unread: list[str]) -> Issue:
    """Return the newest whole text of a part; of sections alone, all of them together."""
    whole = [issue for issue in issues if issue.part.whole]
    found = max(whole or issues, key=lambda issue: issue.day)
    unread += [f"{each.part.file}: {found.part.file} is newer" for each in whole if each is not found]
    if whole:
        return found
    texts = {place: text for each in sorted(issues, key=lambda one: one.day) for place, text in each.part.texts.items()}
    merged: Part = found.part._replace(texts=texts)
    return found._replace(part=merged)


def _index(file: Path) -> dict[str, str]:
    """Read an index of documents; empty where the file is another table."""
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as opened:
        if not opened.readline().startswith(_COLUMNS):
            return {}
        opened.seek(0)
        return {row["document_number"]: row["publication_date"] for row in csv.DictReader(opened)}
