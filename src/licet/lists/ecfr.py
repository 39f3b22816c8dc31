"""A supplement to part 744 as the eCFR gives it in XML: one table, its rows in order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from licet.lists.bis import lines_of
from licet.lists.bis_rows import Row, marks_of
from licet.lists.reading import clean, document, fields_of, fold, refuse, text_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from xml.etree import ElementTree as ET

ROOTS = frozenset({"DIV5", "DIV9"})
"""A part, or a supplement alone."""
USED = frozenset(
    {
        *("DIV5", "DIV9", "@N", "DIV", "TABLE", "THEAD", "TBODY", "TFOOT", "TR", "TH", "TD", "E", "I", "br", "strong"),
        *("sub", "sup"),
    }
)
IGNORED = frozenset(
    {
        *(
            "@TYPE",
            "@VOLUME",
            "@T",
            "@border",
            "@cellpadding",
            "@cellspacing",
            "@class",
            "@colspan",
            "@frame",
            "@width",
        ),
        *("@hierarchy_metadata", "HEAD", "P", "DIV8", "AUTH", "SOURCE", "HED", "PSPACE", "CITA", "EDNOTE", "EFFDNOT"),
    }
)
FIELDS = USED | IGNORED
NAME = "the XML of part 744"


class Supplement(NamedTuple):
    """A supplement as read."""

    rows: tuple[Row, ...]
    footnotes: Mapping[str, str]
    """Footnotes of the table by their mark."""
    noises: tuple[str, ...]


def holds(files: Mapping[str, bytes], number: int) -> bool:
    """Say whether one of the files holds a supplement, by its content."""
    return sum(_mark(number).search(data) is not None for data in files.values()) == 1


def supplement(files: Mapping[str, bytes], number: int, columns: Sequence[str]) -> Supplement:
    """Read a supplement to part 744.

    Args:
        files: The file, as it was downloaded: the whole part or the supplement alone.
        number: Number of the supplement.
        columns: Headings of its columns, country and party first.

    Returns:
        Its rows.

    Raises:
        SourceError: No file, or more than one; no XML of the part; the supplement, its table or a column is missing.
    """
    if len(files) != 1:
        refuse(f"{len(files)} files where {NAME} is one", ", ".join(files) or NAME, todo="Name one file.")
    ((file, data),) = files.items()
    wanted = f"Supplement No. {number} to Part 744"
    root = document(data, file, ROOTS)
    found = next((div for div in root.iter("DIV9") if clean(div.get("N", "")) == wanted), None)
    if found is None:
        refuse(f"there is no {wanted} in it", file)
    outside = {name for node in (root, *root) for name in (node.tag, *(f"@{word}" for word in node.attrib))}
    read = _table(found, file, columns)
    noises = [f"{file}: unknown field {name}" for name in sorted((outside | fields_of(found)) - FIELDS)]
    if not read.rows:
        refuse(f"{wanted} has no row", file)
    return read._replace(noises=(*noises, *read.noises))


def _mark(number: int) -> re.Pattern[bytes]:
    return re.compile(rb"<DIV9\b[^>]*\bN=\"Supplement No\. %d to Part 744\"" % number)


def _table(element: ET.Element, file: str, columns: Sequence[str]) -> Supplement:
    """Read the table of a supplement."""
    headings = [text_in(cell) for cell in element.iter("TH")]
    if list(map(fold, headings)) != list(map(fold, columns)):
        message = f"the columns are {', '.join(headings) or 'missing'}; expected {', '.join(columns)}"
        refuse(message, file)
    rows: list[Row] = []
    footnotes: dict[str, str] = {}
    noises: list[str] = []
    country = ""
    for line in element.iter("TR"):
        cells = line.findall("TD")
        if len(cells) == len(columns):
            country = text_in(cells[0]) or country
            texts = tuple(clean(" ".join(lines_of(cell))) for cell in cells[2:])
            rows.append(Row(country, lines_of(cells[1]), texts, tuple(map(marks_of, cells[2:]))))
        elif len(cells) == 1 and marks_of(cells[0]):
            mark = marks_of(cells[0])[0]
            footnotes[mark] = text_in(cells[0]).removeprefix(mark).strip()
        elif cells:
            noises.append(f"{file}: a row of {len(cells)} cells: {text_in(line)[:80]}")
    return Supplement(tuple(rows), footnotes, tuple(noises))
