"""Reads the CSV files of the Office of Foreign Assets Control: names, addresses, aliases and what remarks overflow.

The files have no header and no date; what each is, is told by its number of columns. A null is written -0-.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from licet.lists.cells import Noises, tidy
from licet.lists.entry import Address, Entry, Identifier, Name
from licet.lists.ofac.remarks import LONGEST, country_of, no_country, read_remarks
from licet.lists.ofac.words import ALIASES, CONSOLIDATED, KINDS, NON_SDN_PROGRAMS, SDN
from licet.lists.reading import decoded, read_table, refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Row = Mapping[str, str]

PRIMARY, ADDRESSES, ALTERNATES, COMMENTS = "sdn.csv", "add.csv", "alt.csv", "sdn_comments.csv"
COLUMNS = {
    PRIMARY: (
        *("ent_num", "sdn_name", "sdn_type", "program", "title", "call_sign", "vess_type", "tonnage", "grt"),
        *("vess_flag", "vess_owner", "remarks"),
    ),
    ADDRESSES: ("ent_num", "add_num", "address", "city_state_postal_code", "country", "add_remarks"),
    ALTERNATES: ("ent_num", "alt_num", "alt_type", "alt_name", "alt_remarks"),
    COMMENTS: ("ent_num", "remarks_extended"),
}
"""Columns by what the official file is called; the consolidated list has the same in files of other names."""
IGNORED = frozenset(("add_num", "alt_num"))
FIELDS = frozenset(column for columns in COLUMNS.values() for column in columns)
_BY_WIDTH = {len(columns): what for what, columns in COLUMNS.items()}
_NULL = "-0-"
_HEAD = 20_000
"""Signs in which the first row ends."""
_MOST_STRAY = 0.01
"""Share of addresses or aliases whose number is not on the list, from which the files are not of one issue."""
_WORDS = {
    "title": "title",
    "vess_type": "vessel type",
    "tonnage": "tonnage",
    "grt": "gross registered tonnage",
    "vess_owner": "vessel owner",
}


class Read(NamedTuple):
    """The entries of an issue, what was counted and what was not expected."""

    entries: tuple[Entry, ...]
    counts: dict[str, int]
    noises: Noises


def looks_like(head: bytes) -> str:
    """Return which of the files begins so, by its first row; empty for another one."""
    cells = first_row(head)
    what = _BY_WIDTH.get(len(cells), "")
    return what if what and cells[0].strip().isdecimal() else ""


def first_row(head: bytes) -> list[str]:
    """Return the cells of the first row of a file."""
    line = head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode("utf-8", "replace")
    try:
        return next(csv.reader([line], strict=True), [])
    except csv.Error:
        return []


def list_of(programs: Iterable[str]) -> str:
    """Return which list the programs of an issue, one cell an entry, belong to."""
    cells = [set(_programs(cell)) for cell in programs]
    own = sum(bool(found & NON_SDN_PROGRAMS) for found in cells)
    return CONSOLIDATED if 2 * own > len(cells) else SDN


def list_of_head(head: bytes) -> str:
    """Return which list a primary file is that begins so."""
    lines = head.decode("utf-8", "replace").split("\n")[:-1] or [head.decode("utf-8", "replace")]
    rows = [row for row in csv.reader(lines) if len(row) == len(COLUMNS[PRIMARY])]
    return list_of(row[3] for row in rows)


def read_files(files: Mapping[str, bytes], list_: str) -> Read:
    """Read the CSV files of one issue.

    Args:
        files: The primary file and, if at hand, those of addresses, aliases and comments, under any name.
        list_: `sdn` or `ofac_consolidated`.

    Returns:
        The entries; a file that is not there is a noise.

    Raises:
        SourceError: Not these files, not of this list, not of one issue, or damaged.
    """
    tables, noises = _tables(files), Noises()
    if PRIMARY not in tables:
        refuse("the file of names is missing: addresses and aliases alone name nobody", ", ".join(files), todo="Add it")
    name, rows = tables[PRIMARY]
    found = list_of(row["program"] for row in rows)
    if found != list_:
        refuse(f"the programs in it are those of {found}, not of {list_}", name, todo=f"Load it as {found}.")
    numbers = _numbers(name, rows)
    _refuse_shuffled(tables)
    linked = {what: _linked(what, tables, numbers, noises) for what in (ADDRESSES, ALTERNATES)}
    if COMMENTS in tables:
        linked[COMMENTS] = _linked(COMMENTS, tables, numbers, noises)
    entries = tuple(_entry(row, linked, noises) for row in rows)
    counts = {
        "entries": len(entries),
        "aliases": sum(map(len, linked[ALTERNATES].values())),
        "addresses": sum(map(len, linked[ADDRESSES].values())),
        **{f"{kind}_entries": count for kind, count in Counter(entry.kind for entry in entries).items()},
    }
    return Read(entries, counts, noises)


def _tables(files: Mapping[str, bytes]) -> dict[str, tuple[str, Sequence[Row]]]:
    """Read every file; what each is, its number of columns says."""
    tables: dict[str, tuple[str, Sequence[Row]]] = {}
    for name, data in files.items():
        what = looks_like(decoded(data, name)[:_HEAD].encode())
        if not what:
            refuse(f"{len(first_row(data))} columns in the first row: none of OFAC's files", name)
        if what in tables:
            refuse(f"has the columns of {what}, as {tables[what][0]} has", name, todo="Give the files of one issue.")
        tables[what] = (name, read_table(data, name, COLUMNS[what], header=False).rows)
    return tables


def _numbers(name: str, rows: Sequence[Row]) -> frozenset[str]:
    """Return the numbers of all entries, each of which must be one and stand once."""
    counted = Counter(row["ent_num"].strip() for row in rows)
    for line, row in enumerate(rows, 1):
        number = row["ent_num"].strip()
        if not number.isdecimal():
            refuse(f"{number!r} is no number of an entry: the columns are not those of this list", name, line=line)
        if counted[number] > 1:
            refuse(f"the number {number} stands {counted[number]} times: one of them is damaged", name, line=line)
    return frozenset(counted)


def _refuse_shuffled(tables: Mapping[str, tuple[str, Sequence[Row]]]) -> None:
    """Refuse a file whose columns do not hold what they should: without a header nothing else tells their order."""
    for what, column, holds in _HOLDS:
        name, rows = tables.get(what, ("", ()))
        odd = sum(not holds(row[column]) for row in rows)
        if odd > _MOST_STRAY * len(rows):
            refuse(f"{odd} of {len(rows)} rows hold no {column} in its column: the columns are in another order", name)


def _linked(
    what: str, tables: Mapping[str, tuple[str, Sequence[Row]]], numbers: frozenset[str], noises: Noises
) -> dict[str, list[Row]]:
    """Return the rows of a further file by the number of their entry."""
    if what not in tables:
        noises.add(f"{what} is not among the files: of this issue it is not known what stands there")
        return {}
    name, rows = tables[what]
    by: dict[str, list[Row]] = {}
    for row in rows:
        by.setdefault(row["ent_num"].strip(), []).append(row)
    stray = sum(len(found) for number, found in by.items() if number not in numbers)
    if stray > _MOST_STRAY * len(rows):
        refuse(f"{stray} of {len(rows)} rows are of entries that are not on the list: files of two issues", name)
    if stray:
        noises.add(f"{name}: {stray} of {len(rows)} rows are of entries that are not on the list")
    return by


def _entry(row: Row, linked: Mapping[str, Mapping[str, Sequence[Row]]], noises: Noises) -> Entry:
    """Make one entry of the rows with its number."""
    number = row["ent_num"].strip()
    rest = "".join(one["remarks_extended"] for one in linked.get(COMMENTS, {}).get(number, ()))
    cut = len(row["remarks"]) >= LONGEST and COMMENTS not in linked
    if cut:
        noises.slip(f"remarks break off after {LONGEST} signs, and {COMMENTS} is not among the files", number)
    if _DAY_NOT_NAME.fullmatch(row["sdn_name"].strip()):
        noises.add(
            f"the name {row['sdn_name'].strip()!r} looks like a day: was the file kept in a spreadsheet?", number
        )
    words = "" if _is_null(row["remarks"]) else tidy(row["remarks"] + rest)
    said = read_remarks(words, cut=cut)
    for slip in said.slips:
        noises.slip(slip, number)
    aliases = [_alias(one, noises) for one in linked[ALTERNATES].get(number, ())]
    addresses = [_address(one, noises) for one in linked[ADDRESSES].get(number, ())]
    flag = _code(row["vess_flag"], number, noises)
    return Entry(
        id=number,
        kind=_kind(row, noises),
        names=(Name(tidy(row["sdn_name"])), *dict.fromkeys((*aliases, *said.aliases))),
        countries=tuple(filter(None, dict.fromkeys((*(one.country for one in addresses), *said.countries, flag)))),
        addresses=tuple(dict.fromkeys(one for one in addresses if one.text)),
        identifiers=(*_call_sign(row), *said.identifiers),
        programs=tuple(_programs(row["program"])),
        remarks="; ".join(filter(None, (*_extra(row, linked, number), words))),
    )


def _is_null(cell: str) -> bool:
    return cell.strip() in ("", _NULL)


_DAY_NOT_NAME = re.compile(r"\d{1,2}-(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|[A-Z][a-z]{2}-\d\d")
"""What a spreadsheet makes of a vessel that is called 7-28."""
_PROGRAM = re.compile(r"[\w&./-]+(?: [\w&./-]+)*(?:\] \[[\w&./-]+(?: [\w&./-]+)*)*")
_HOLDS: tuple[tuple[str, str, Callable[[str], bool]], ...] = (
    (PRIMARY, "sdn_name", lambda cell: not _is_null(cell)),
    (PRIMARY, "sdn_type", lambda cell: _is_null(cell) or cell.strip().casefold() in KINDS),
    (PRIMARY, "program", lambda cell: not _is_null(cell) and _PROGRAM.fullmatch(cell.strip("[] ")) is not None),
    (ALTERNATES, "alt_type", lambda cell: cell.strip().casefold() in ALIASES),
    (ALTERNATES, "alt_name", lambda cell: not _is_null(cell)),
    (ADDRESSES, "country", lambda cell: _is_null(cell) or no_country(cell) or country_of(cell) != ""),
)
"""What nearly every cell of a column must hold."""


def _programs(cell: str) -> Iterator[str]:
    """Yield the programs of a cell such as NPWMD] [IFSR."""
    for part in cell.split("] ["):
        program = part.strip().removeprefix("[").removesuffix("]")
        if not _is_null(program):
            yield program


def _kind(row: Row, noises: Noises) -> str:
    """Return what the party is; a null means an entity."""
    cell = row["sdn_type"].strip()
    kind = "entity" if _is_null(cell) else KINDS.get(cell.casefold(), "unknown")
    if kind == "unknown":
        noises.add(f"type {cell!r} is not known", row["ent_num"].strip())
    return kind


def _alias(row: Row, noises: Noises) -> Name:
    """Return one alias; a type that is not known makes a noise and the alias stays."""
    kind = ALIASES.get(row["alt_type"].strip().casefold(), "")
    if not kind:
        noises.add(f"type of alias {row['alt_type'].strip()!r} is not known", row["ent_num"].strip())
    return Name(tidy(row["alt_name"]), kind or "alias")


def _address(row: Row, noises: Noises) -> Address:
    """Return one address; its text is empty where only the country is said."""
    parts = (row["address"], row["city_state_postal_code"])
    text = ", ".join(tidy(part) for part in parts if not _is_null(part))
    return Address(text, _code(row["country"], row["ent_num"].strip(), noises))


def _code(cell: str, number: str, noises: Noises) -> str:
    """Return the code of a country; a name that is not known makes a noise, a region has none."""
    code = country_of(cell)
    if not code and not _is_null(cell) and not no_country(cell):
        noises.add(f"country {cell.strip()!r} is not known", number)
    return code


def _call_sign(row: Row) -> Iterator[Identifier]:
    if not _is_null(row["call_sign"]):
        yield Identifier("Vessel Call Sign", tidy(row["call_sign"]))


def _extra(row: Row, linked: Mapping[str, Mapping[str, Sequence[Row]]], number: str) -> Iterator[str]:
    """Yield in words what the columns beside the remarks say of an entry."""
    for column, word in _WORDS.items():
        if not _is_null(row[column]):
            yield f"{word}: {tidy(row[column])}"
    for what, column in ((ADDRESSES, "add_remarks"), (ALTERNATES, "alt_remarks")):
        for one in linked[what].get(number, ()):
            if not _is_null(one[column]):
                yield tidy(one[column])
