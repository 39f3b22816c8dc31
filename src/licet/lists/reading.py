"""What parsers of lists share: bytes to text, XML, CSV and JSON with guards, dates, texts, ids. Nothing opens a file.

A file that is not what it should be raises `SourceError` with the reason (`refuse_other_content`, `decoded`,
`elements`, `read_table`, `read_json`). What is well formed and not expected is a noise: it goes into `Parsed.noises`.
Names of countries are in `licet.lists.countries`.
"""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, NoReturn, cast
from xml.etree import ElementTree as ET

from licet.model.errors import Problem, SourceError
from licet.names.normal import normalize

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from licet.lists.entry import Entry

    Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

AGAIN = "Download the file again and compare it with the official page."
_CHUNK = 1 << 16
DEEPEST = 100
"""Elements or values inside one another; official files nest less than a dozen."""
LEAST_YEAR, MOST_YEAR = 1940, 2100
"""Years of a date that can be: cells such as 0097-06-30 or 3017-08-22 are slips of the pen."""
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|script)\b", re.IGNORECASE | re.DOTALL
)
_PACKED = {b"PK\x03\x04": "a ZIP archive", b"\x1f\x8b": "packed with gzip", b"%PDF": "a PDF document"}
_OTHER_UNICODE = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")
_ASCII_LIKE = frozenset(("utf-8", "us-ascii", "ascii", "iso-8859-1", "windows-1252"))
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)""")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_TWICE_ENCODED = 3
"""Groups of letters that must all look encoded twice before a text is held to be so."""
_END_MARK = "\x1a"
"""OFAC ends its files with this sign, a habit of old; it is no row."""


def refuse(message: str, file: str, *, line: int = 0, todo: str = AGAIN) -> NoReturn:
    """Refuse a file.

    Args:
        message: What is wrong, with what was found.
        file: Its name.
        line: Where, 1-based; 0 where there is no line.
        todo: What the operator does next.

    Raises:
        SourceError: Always.
    """
    raise SourceError(Problem(message, file, line, todo=todo))


def refuse_other_content(data: bytes, file: str) -> None:
    """Refuse what is no text of a list at all: nothing, a page of HTML, an archive, a PDF.

    Raises:
        SourceError: With what was found.
    """
    start = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if not data.removeprefix(b"\xef\xbb\xbf").strip(b" \t\r\n\x1a\x00"):
        refuse(f"the file is empty ({len(data)} bytes): a failed download", file)
    if _HTML.match(start):
        refuse("this is a page of HTML, not the list: an error page or a moved address", file)
    for mark, what in _PACKED.items():
        if start.startswith(mark):
            refuse(f"this is {what}, not the text of the list", file, todo="Unpack it, or name the right file.")


def decoded(data: bytes, file: str, encoding: str = "utf-8") -> str:
    """Return the text of a file; a byte order mark at its start is left out.

    Args:
        data: The bytes.
        file: What messages call them.
        encoding: The encoding of the official file.

    Returns:
        The text.

    Raises:
        SourceError: Another content or encoding than that of the official file.
    """
    refuse_other_content(data, file)
    if data.startswith(_OTHER_UNICODE[:2]) or b"\x00" in data:
        refuse(f"the file is in UTF-16 or holds zero bytes; {encoding} is expected", file)
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        refuse(f"byte 0x{data[error.start]:02x} is no {encoding}", file, line=line)
    if twice_encoded(text):
        refuse("the letters were encoded twice (such as \u00c3\u00a9 for \u00e9)", file)
    return text


def twice_encoded(text: str) -> bool:
    """Say whether all groups of letters outside ASCII are UTF-8 read as Windows-1252, and there are some."""
    groups = _NOT_ASCII.findall(text)
    return len(groups) >= _TWICE_ENCODED and all(map(_is_utf8_read_wrong, groups))


def _is_utf8_read_wrong(group: str) -> bool:
    try:
        return len(group.encode("cp1252").decode("utf-8")) < len(group)
    except UnicodeError:
        return False


# XML


def elements(data: bytes, file: str, root: Collection[str], wanted: Collection[str]) -> Iterator[ET.Element]:
    """Yield the elements of some names, one after the other, each whole; what was yielded is let go of.

    Args:
        data: The bytes of an XML file. Documents with a document type or entities of their own are refused.
        file: What messages call them.
        root: Names that the root may have, without namespace.
        wanted: Names of the elements, without namespace; one inside another is a part of it.

    Yields:
        The elements, in the order of the file.

    Raises:
        SourceError: No XML, another root, a document type, an entity, too deep, or cut off.
    """
    inside = 0
    for event, node in _guarded(data, file, root):
        here = local(node.tag) in wanted
        if event == "start":
            inside += here
            continue
        inside -= here
        if here and not inside:
            yield node
        if not inside:
            node.clear()


def document(data: bytes, file: str, root: Collection[str]) -> ET.Element:
    """Return an XML file whole, as `elements` reads it: for files of a few megabytes.

    Raises:
        SourceError: No XML, another root, a document type, an entity, too deep, or cut off.
    """
    top = None
    for _, node in _guarded(data, file, root):
        top = node if top is None else top
    if top is None:
        refuse("there is no element in it", file)
    return top


def _guarded(data: bytes, file: str, root: Collection[str]) -> Iterator[tuple[str, ET.Element]]:
    """Yield the starts and ends of elements, with the guards."""
    guard_xml(data, file)
    depth = 0
    for event, node in _events(data, file):
        if event == "start":
            if not depth and local(node.tag) not in root:
                refuse(f"the root is <{local(node.tag)}>, not <{'> or <'.join(sorted(root))}>: another list", file)
            depth += 1
            if depth > DEEPEST:
                refuse(f"elements are nested deeper than {DEEPEST}", file)
        else:
            depth -= 1
        yield event, node


def _events(data: bytes, file: str) -> Iterator[tuple[str, ET.Element]]:
    """Yield the starts and ends of elements while the parser is fed."""
    parser: ET.XMLPullParser[ET.Element] = ET.XMLPullParser(("start", "end"))
    try:
        for start in range(0, len(data), _CHUNK):
            parser.feed(data[start : start + _CHUNK])
            yield from cast("Iterator[tuple[str, ET.Element]]", parser.read_events())
        parser.close()
        yield from cast("Iterator[tuple[str, ET.Element]]", parser.read_events())
    except ET.ParseError as error:
        refuse(f"this is no whole XML ({error}): cut off or damaged", file, line=error.position[0])


def guard_xml(data: bytes, file: str) -> None:
    """Refuse what no XML parser of ours may see: other content, other encodings, document types, entities.

    Raises:
        SourceError: With what was found.
    """
    refuse_other_content(data, file)
    if data.startswith(_OTHER_UNICODE) or b"\x00" in data:
        refuse("the file is in UTF-16 or holds zero bytes", file)
    declared = _DECLARED.match(data)
    if declared and declared[1].decode("ascii").casefold() not in _ASCII_LIKE:
        refuse(f"the file says that its encoding is {declared[1].decode('ascii')}", file)
    for mark in (b"<!DOCTYPE", b"<!ENTITY"):
        if mark in data:
            line = data.count(b"\n", 0, data.index(mark)) + 1
            refuse(
                f"{mark.decode()} found: official files have none, and entities can fill the memory", file, line=line
            )


def local(tag: object) -> str:
    """Return the name of an element or attribute without its namespace; empty for a comment."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def fields_of(element: ET.Element) -> set[str]:
    """Return the names of an element and all inside it, attributes as `@name`, namespaces left out."""
    found = set()
    for node in element.iter():
        found.add(local(node.tag))
        found.update("@" + local(name) for name in node.attrib)
    return found - {""}


def text_in(element: ET.Element | None) -> str:
    """Return the cleaned text of an element and all inside it; empty for None."""
    return "" if element is None else clean("".join(element.itertext()))


# CSV


class Table(NamedTuple):
    """A table as read: its rows by column, and what was not expected."""

    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    noises: tuple[str, ...]


def read_table(
    data: bytes,
    file: str,
    columns: Sequence[str],
    *,
    header: bool = True,
    delimiter: str = ",",
    encoding: str = "utf-8",
) -> Table:
    """Read a CSV file whose columns are known.

    Args:
        data: The bytes.
        file: What messages call them.
        columns: Names of the columns, in their order.
        header: Whether the first row says the names. Without it every row must have as many cells as there are names.
        delimiter: What parts cells.
        encoding: The encoding of the official file.

    Returns:
        The rows, cells as written (not cleaned); an unknown column after or between the known ones is a noise, and its
        cells are in the rows.

    Raises:
        SourceError: Other content, a missing or doubled column, columns in another order, a row with too few or too
            many cells, a header in the middle, no row at all, a quote that never ends.
    """
    text = decoded(data, file, encoding).rstrip(_END_MARK + "\r\n")
    reader = csv.reader((line + "\n" for line in text.split("\n")), delimiter=delimiter, strict=True)
    noises: tuple[str, ...] = ()
    names = tuple(columns)
    rows: list[Mapping[str, str]] = []
    try:
        if header:
            names = tuple(cell.strip() for cell in next(reader, []))
            noises = _columns(names, columns, file)
        for cells in filter(None, reader):
            if tuple(cell.strip() for cell in cells) == names:
                refuse("the header stands in the file twice: two downloads in one", file, line=reader.line_num)
            if len(cells) != len(names):
                message = f"{len(cells)} cells instead of {len(names)}: cut off or another list"
                refuse(message, file, line=reader.line_num)
            rows.append(dict(zip(names, cells, strict=True)))
    except csv.Error as error:
        refuse(f"this is no whole CSV ({error}): cut off or damaged", file, line=reader.line_num)
    if not rows:
        refuse("there is no row in the file: a failed download", file)
    return Table(names, tuple(rows), noises)


def _columns(found: tuple[str, ...], known: Sequence[str], file: str) -> tuple[str, ...]:
    """Compare the columns of a file with those that are known; return unknown ones as noises."""
    missing = [name for name in known if name not in found]
    if missing:
        message = f"the columns {', '.join(missing)} are missing: another list, or its format has changed"
        refuse(message, file, line=1, todo=f"Found: {', '.join(found)[:300]}. {AGAIN}")
    double = [name for name, count in Counter(found).items() if count > 1]
    if double:
        refuse(f"the column {double[0]} stands there twice", file, line=1)
    if [name for name in found if name in known] != list(known):
        refuse("the columns stand in another order than in the official file", file, line=1)
    return tuple(f"{file}: unknown column {name!r}" for name in found if name not in known)


# JSON


def read_json(data: bytes, file: str) -> Json:
    """Read a JSON file strictly.

    Raises:
        SourceError: Other content, cut off, too deep, a key twice in one object, or a number that is none (NaN).
    """
    text = decoded(data, file)
    try:
        value: Json = json.loads(text, object_pairs_hook=_distinct, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        refuse(f"this is no whole JSON ({error.msg}): cut off or damaged", file, line=error.lineno)
    except ValueError as error:
        refuse(str(error), file)
    except RecursionError:
        refuse("values are nested too deep", file)
    return value


def _distinct(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        double = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        raise ValueError(f"the key {double!r} stands twice in one object")
    return found


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")


# Texts


_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]"
)
"""Control signs and marks without width (categories Cc and Cf of Unicode) that are no spaces."""


def clean(text: str) -> str:
    """Return a text on one line: spaces of all kinds as one space, marks without width and control signs left out."""
    return " ".join(_UNSEEN.sub("", text).split())


_ASCII_GAPS = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Return the letters, marks and digits of a text, without case: what punctuation and spacing leave untouched."""
    if text.isascii():
        return _ASCII_GAPS.sub("", text.casefold())
    wide = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in wide if c.isalnum() or unicodedata.category(c)[0] == "M")


def same_text(one: str, other: str) -> bool:
    """Say whether two texts have the same letters and digits: a difference of punctuation or spacing is none."""
    return one == other or fold(one) == fold(other)


def folded(entry: Entry) -> Entry:
    """Return an entry with all texts folded: two that differ in punctuation or spacing alone are equal then."""
    return entry._replace(
        names=tuple(name._replace(text=fold(name.text)) for name in entry.names),
        addresses=tuple(one._replace(text=fold(one.text)) for one in entry.addresses),
        identifiers=tuple(one._replace(kind=fold(one.kind), value=fold(one.value)) for one in entry.identifiers),
        programs=tuple(map(fold, entry.programs)),
        scope_text=fold(entry.scope_text),
        policy_text=fold(entry.policy_text),
        cites=tuple(cite._replace(text=fold(cite.text)) for cite in entry.cites),
        remarks=fold(entry.remarks),
    )


def same_entry(one: Entry, other: Entry) -> bool:
    """Say whether two entries say the same, punctuation, spacing and the cut between a name and an address apart.

    A source without marks for names and addresses is cut by its punctuation: where that changes, the cut may, and the
    letters of names and addresses in their order stay.
    """
    first, second = folded(one), folded(other)
    return first == second or _uncut(first) == _uncut(second)


def _uncut(entry: Entry) -> tuple[object, ...]:
    """Return what is left of a folded entry when names and addresses are read as one text."""
    letters = "".join([*(name.text for name in entry.names), *(address.text for address in entry.addresses)])
    bare = entry._replace(kind="", names=(), addresses=(), countries=entry.countries[:1])
    return letters, tuple(name.kind for name in entry.names), bare


def entry_ids(keys: Sequence[tuple[str, ...]]) -> list[str]:
    """Make ids for entries of a list that numbers none.

    Args:
        keys: For each entry country and name, then what tells it from another of the same country and name, such as
            its first citation.

    Returns:
        An id for each, in order: country and normalized name; of several alike each with the rest, and if they are
        still alike with a number. The same entries give the same ids in every issue.
    """
    first = Counter(_slug(key[:2]) for key in keys)
    given: Counter[str] = Counter()
    ids = []
    for key in keys:
        base = _slug(key[:2])
        id_ = base if first[base] == 1 else _slug(key)
        given[id_] += 1
        ids.append(id_ if given[id_] == 1 else f"{id_}-{given[id_]}")
    return ids


def _slug(parts: Sequence[str]) -> str:
    return "-".join(form.replace(" ", "-") for part in parts if (form := normalize(part)))


# Dates

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november"),
    "december",
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})")
_DAY_FIRST = re.compile(r"(\d{1,2})[\s-]+([A-Za-z]{3,9})\.?[\s-]+(\d{4})")
_THIS_CENTURY = 70
"""Two digits of a year below this are of the 2000s: the oldest list here began in 1997."""


def day(text: str, *, month_first: bool = True) -> date | None:
    """Read a day in one of the forms of the lists.

    Args:
        text: Such as 2019-05-21, 5/21/19, 05/21/2019, May 21, 2019, Sept. 3, 2020 or 21 May 2019.
        month_first: Whether the month comes first where slashes part the numbers (United States), or the day (United
            Kingdom).

    Returns:
        The day; None where the text is no such day or its year cannot be (`LEAST_YEAR` to `MOST_YEAR`): the caller
        makes a noise of it.
    """
    numbers = _numbers(text.strip().rstrip("."), month_first=month_first)
    try:
        found = date(*numbers) if numbers else None
    except ValueError:
        return None
    return found if found is not None and LEAST_YEAR <= found.year <= MOST_YEAR else None


def _numbers(text: str, *, month_first: bool) -> tuple[int, int, int] | None:
    """Return year, month and day of a text."""
    if m := _ISO.fullmatch(text):
        return int(m[1]), int(m[2]), int(m[3])
    if m := _SLASHES.fullmatch(text):
        one, two, year = int(m[1]), int(m[2]), int(m[3])
        if len(m[3]) == len("YY"):
            year += 2000 if year < _THIS_CENTURY else 1900
        return (year, one, two) if month_first else (year, two, one)
    if m := _MONTH_FIRST.fullmatch(text):
        return int(m[3]), _month(m[1]), int(m[2])
    if m := _DAY_FIRST.fullmatch(text):
        return int(m[3]), _month(m[2]), int(m[1])
    return None


def _month(word: str) -> int:
    """Return the number of a month by its name or the start of it; 0 where there is none."""
    start = word.casefold()
    return next((number for number, name in enumerate(_MONTHS, 1) if name.startswith(start)), 0)


def framed_elements(
    data: bytes, file: str, root: Collection[str], wanted: Collection[str], frame: set[str]
) -> Iterator[ET.Element]:
    """Yield elements as `elements` does, and gather what stands around them.

    Args:
        data: As for `elements`.
        file: As for `elements`.
        root: As for `elements`.
        wanted: As for `elements`.
        frame: Takes the names of all elements outside the wanted ones, and of their attributes as `@name`: what is not
            known among them is a noise, as inside.

    Yields:
        The elements, in the order of the file.

    Raises:
        SourceError: As `elements`.
    """
    inside = 0
    for event, node in _guarded(data, file, root):
        name = local(node.tag)
        if event == "start":
            inside += name in wanted
            if not inside:
                frame.update((name, *("@" + local(key) for key in node.attrib)))
            continue
        inside -= name in wanted
        if name in wanted and not inside:
            yield node
        if not inside:
            node.clear()
