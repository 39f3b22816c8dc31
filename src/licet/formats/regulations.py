"""Reads the official texts that citations point into: parts of the CFR as the eCFR gives them, and Register documents.

A section is read with its paragraphs: which designators stand at the beginning of each, and what they stand under.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from licet.formats.designators import BEGINNING, MARK_END, MARK_START, paths_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree import ElementTree as ET

CODE_ROOTS = frozenset(("DIV1", "DIV3", "DIV4", "DIV5", "DIV6", "DIV8", "DIV9", "ECFR"))
DOCUMENT_ROOTS = frozenset(("RULE", "PRORULE", "NOTICE", "PRESDOCU"))
_VOLUME_ZERO = 1935
"""Volume 1 of the Federal Register is that of 1936."""
_SECTION = re.compile(r"(\d+)\.(\d+[a-z]?)(?:-(?:\d+\.)?(\d+))?")
_SUPPLEMENT = re.compile(r"supplement no\. (\d+) to part (\d+)", re.IGNORECASE)
_TITLE = re.compile(r"/title-(\d+)/")
_FILED = re.compile(r"FR Doc\. (?P<number>\d{4}-\d+) Filed \d{1,2}-\d{1,2}-(?P<year>\d{2});")
_EFFECTIVE = re.compile(r"effective (?:on )?([A-Z][a-z]+ \d{1,2}, \d{4})")
_ALIKE = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-", "\u00a0": " "}
)
_BESIDE = frozenset(("CITA", "EFFDNOT", "EDNOTE", "AUTH", "SOURCE", "APPRO"))
"""What stands under a section and is no text of it."""
_NOTES = frozenset(("NOTE", "EXAMPLE", "HED1", "HD1", "HD2", "HD3", "HD4"))


class Paragraph(NamedTuple):
    """One block of text, and what it belongs to."""

    paths: tuple[tuple[str, ...], ...]
    """Paragraphs that begin in it, outermost first; one that continues another has that one's path alone."""
    text: str


class Text(NamedTuple):
    """A section or a supplement."""

    place: str
    """`744.11`, or `Supp. 4 to part 744`."""
    heading: str
    paragraphs: tuple[Paragraph, ...]
    notes: tuple[str, ...]
    """Its Effective Date Notes, and what announces amendments."""
    printed: tuple[str, ...]
    """Citations of the Register that stand under it."""


class Part(NamedTuple):
    """A part of the CFR, or what is there of it."""

    title: int
    part: int
    file: str
    texts: dict[str, Text]
    whole: bool
    """False: sections of it alone, so that another may be missing here and not in the law."""


class Document(NamedTuple):
    """A document of the Federal Register with its pages."""

    number: str
    volume: int
    first: int
    last: int
    file: str
    effective: str
    """The day of effect in words, empty where no single one is stated."""


def plain(text: str) -> str:
    """Return a text with one kind of quotes, dashes and spaces, so that copies can be compared."""
    return " ".join(text.translate(_ALIKE).split())


def parts_of(root: ET.Element, file: str, title: int = 0) -> tuple[Part, ...]:
    """Read the parts of the CFR that a file holds.

    Args:
        root: The file's root: a title, a part, or a section or supplement alone.
        file: Its name.
        title: The title, where the file does not say.

    Returns:
        One for each part; empty where no title is known or there is no section.
    """
    whole = [node for node in root.iter("DIV5") if node.get("N", "").isdecimal()]
    found = [_part(node, file, title, whole=True) for node in whole]
    if not whole:
        found = [_part(root, file, title, whole=False)]
    return tuple(part for part in found if part.title and part.texts)


def _part(node: ET.Element, file: str, title: int, *, whole: bool) -> Part:
    texts: dict[str, Text] = {}
    number = int(node.get("N", "0")) if whole else 0
    for element in node.iter():
        if element.tag in {"DIV8", "DIV9"}:
            for place, part in _places(element):
                texts[place] = _text(place, element)
                number = number or part
    said = next((_TITLE.search(each.get("hierarchy_metadata", "")) for each in node.iter()), None)
    return Part(int(said[1]) if said else title, number, file, texts, whole)


def _places(element: ET.Element) -> Iterator[tuple[str, int]]:
    """Walk through the places that an element is, each with its part: a run of reserved sections is several."""
    name = element.get("N", "")
    section = _SECTION.fullmatch(name.removeprefix("§").strip())
    supplement = _SUPPLEMENT.match(name)
    if supplement:
        yield f"Supp. {supplement[1]} to part {supplement[2]}", int(supplement[2])
    elif section and section[3]:
        for number in range(int(section[2]), int(section[3]) + 1):
            yield f"{section[1]}.{number}", int(section[1])
    elif section:
        yield f"{section[1]}.{section[2]}", int(section[1])


def _text(place: str, element: ET.Element) -> Text:
    blocks = list(_blocks(element, notes=False))
    paths = paths_of([marked for marked, free in blocks if free])
    following = iter(paths)
    paragraphs: list[Paragraph] = []
    last: tuple[str, ...] = ()
    for marked, free in blocks:
        own = next(following) if free else (last,)
        last = own[-1]
        paragraphs.append(Paragraph(own, plain(marked.replace(MARK_START, "").replace(MARK_END, ""))))
    heading = plain("".join(next(element.iter("HEAD")).itertext())) if element.find("HEAD") is not None else ""
    notes = tuple(plain("".join(node.itertext())) for node in element.iter("EFFDNOT"))
    printed = tuple(plain("".join(node.itertext())) for node in element.iter("CITA"))
    return Text(place, heading, tuple(paragraphs), notes, printed)


def _blocks(element: ET.Element, *, notes: bool) -> Iterator[tuple[str, bool]]:
    """Walk through the blocks of text, italics marked, each with whether it may begin a paragraph."""
    for child in element:
        tag = child.tag
        if tag in _BESIDE or tag == "HEAD":
            continue
        if tag == "P" or tag.startswith("FP"):
            marked = _marked(child)
            yield marked, not notes and BEGINNING.match(marked) is not None
        elif tag in {"TABLE", "TR", *_NOTES} or (child.text or "").strip():
            if tag in {"DIV", "NOTE", "EXTRACT", "EXAMPLE", "TABLE"}:
                yield from _inner(child)
            else:
                yield _marked(child), False
        else:
            yield from _blocks(child, notes=notes)


def _inner(element: ET.Element) -> Iterator[tuple[str, bool]]:
    """Walk through what begins no paragraph: notes, examples, tables by their rows."""
    rows = [plain(" ".join(row.itertext())) for row in element.iter("TR")]
    if rows:
        yield from ((row, False) for row in rows)
    else:
        yield plain("".join(element.itertext())), False


def _marked(element: ET.Element) -> str:
    """Return the text of an element with its italics marked."""

    def walk(node: ET.Element) -> Iterator[str]:
        italic = node.tag in {"I", "E", "i", "em"} and node is not element
        yield (MARK_START if italic else "") + (node.text or "")
        for child in node:
            yield from walk(child)
            yield child.tail or ""
        yield MARK_END if italic else ""

    return " ".join("".join(walk(element)).split())


def document_of(root: ET.Element, file: str) -> Document | None:
    """Read of a document of the Federal Register which pages it has; None where it marks none.

    The first page is the one before the first that is marked, and the volume follows from the day of filing.
    """
    pages = [int(node.get("P", "")) for node in root.iter("PRTPAGE") if node.get("P", "").isdecimal()]
    filed = _FILED.search("".join(next(root.iter("FRDOC"), root).itertext()))
    if not pages or filed is None:
        return None
    says = _EFFECTIVE.findall("".join(text for node in root.iter("EFFDATE") for text in node.itertext()))
    volume = 2000 + int(filed["year"]) - _VOLUME_ZERO
    effective = says[0] if len(says) == 1 else ""
    return Document(filed["number"], volume, min(pages) - 1, max(pages), file, effective)


_PRINTED = re.compile(
    r"\b(\d{2,3}) ?FR ?(\d{1,6}(?:, \d{1,6})*), ?"
    r"(?:(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})\b|([A-Z][a-z]{2})[a-z]*\.? (\d{1,2}), (\d{4}))"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CENTURY = 50
"""Years of two digits below are those of this century."""


def printed_pages(part: Part) -> dict[tuple[int, int], set[str]]:
    """Return the pages of the Register that a part prints with their day of publication.

    A day that lies in no year of its volume is a slip of the text, and is left out.
    """
    found: dict[tuple[int, int], set[str]] = {}
    for text in part.texts.values():
        for source in (*text.printed, *text.notes, *(paragraph.text for paragraph in text.paragraphs)):
            for one in _PRINTED.finditer(source):
                day = _printed_day(one)
                if int(day[:4]) - _VOLUME_ZERO == int(one[1]):
                    for page in one[2].split(", "):
                        found.setdefault((int(one[1]), int(page)), set()).add(day)
    return found


def _printed_day(found: re.Match[str]) -> str:
    if found[3]:
        year = int(found[5])
        year += (2000 if year < _CENTURY else 1900) if len(found[5]) == len("99") else 0
        return f"{year:04}-{int(found[3]):02}-{int(found[4]):02}"
    month = found[6].casefold()
    return f"{found[8]}-{_MONTHS.index(month) + 1 if month in _MONTHS else 0:02}-{int(found[7]):02}"


def day_of(words: str) -> str:
    """Return `Nov. 12, 2025` as `2025-11-12`; empty where it is no day."""
    found = re.fullmatch(r"([A-Z][a-z]{2})[a-z]*\.? (\d{1,2}), (\d{4})", words)
    if not found or found[1].casefold() not in _MONTHS:
        return ""
    return f"{found[3]}-{_MONTHS.index(found[1].casefold()) + 1:02}-{int(found[2]):02}"
