"""The Denied Persons List of the Bureau of Industry and Security: text with tabs, one row a name and address."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from licet.lists.archive import heads, single
from licet.lists.cells import Noises, in_united_states
from licet.lists.countries import country_code
from licet.lists.entry import Address, Citation, Entry, Name, Parsed
from licet.lists.reading import clean, day, entry_ids, read_table, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    Row = Mapping[str, str]

LIST = "denied_persons_list"
HEADER = (
    *("Name", "Street_Address", "City", "State", "Country", "Postal_Code", "Effective_Date", "Expiration_Date"),
    *("Standard_Order", "Last_Update", "Action", "FR_Citation"),
)
FIELDS = frozenset(HEADER)
_CITE = re.compile(
    r"(?P<volume>\d{2,3})\s*\.?\s*F\.?\s*R\.?\s*(?P<page>\d+)(?:\s*,\s*\d+)?\s*,?\s+(?P<day>\d{1,2}/\d{1,2}/\d{2,4})\b"
)
_BRACKETED_ALIAS = re.compile(r"\(\s*A\.?[/]?K\.?[/]?A\.?\s+([^()]+)\)", re.IGNORECASE)
_ALIAS = re.compile(r"\s+(?:A/K/A|A\.K\.A\.|D/B/A|D\.B\.A\.)\s+", re.IGNORECASE)
_SLACK = timedelta(days=366)
"""A day of update later than this after the newest order is a slip of the pen: renewals come twice a year and more."""


class _Group(NamedTuple):
    """Rows of one name and one order: its addresses."""

    name: str
    listed: date | None
    until: date | None
    rows: list[Row]


def recognizes(files: Mapping[str, bytes]) -> bool:
    """Say whether some files are this list, by their first line."""
    starts = list(heads(files, 400).values())
    names = starts[0].split(b"\n", 1)[0].decode("ascii", "replace").replace('"', "").split() if len(starts) == 1 else []
    return names == list(HEADER)


def parse(files: Mapping[str, bytes], *, issued: date | None = None) -> Parsed:
    """Read one issue.

    Args:
        files: The text file, plain or packed.
        issued: Day of the issue as the caller knows it; without it the newest day of `Last_Update`.

    Returns:
        One entry per name and order, with the addresses of its rows.

    Raises:
        SourceError: Not this list, damaged, or newer than the day given.
    """
    name, data = single(files, "the Denied Persons List")
    table = read_table(data, name, HEADER, delimiter="\t")
    noises = Noises()
    for noise in table.noises:
        noises.add(noise)
    groups = _groups(table.rows, noises)
    newest = _newest(table.rows, groups, noises)
    if newest and issued and newest > issued:
        refuse(f"it was updated on {newest}, after {issued}, the day given for it", name, todo="Give the day of issue.")
    ids = entry_ids([("", _names(group.name)[0].text, str(group.listed)) for group in groups])
    entries = tuple(_entry(id_, group, noises) for id_, group in zip(ids, groups, strict=True))
    counts = {
        "rows": len(table.rows),
        "entries": len(entries),
        "addresses": sum(len(entry.addresses) for entry in entries),
        "without_end": sum(entry.until is None for entry in entries),
    }
    return Parsed(LIST, issued or newest, entries, counts, noises.said(), noises.slips())


def _groups(rows: Sequence[Row], noises: Noises) -> list[_Group]:
    """Gather the rows of one name and one order, in the order of the file."""
    by: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        key = (clean(row["Name"]), row["Effective_Date"], row["Expiration_Date"], row["Standard_Order"].upper())
        by.setdefault(key, []).append(row)
    return [
        _Group(name, _day(listed, "Effective_Date", name, noises), _day(until, "Expiration_Date", name, noises), found)
        for (name, listed, until, _), found in by.items()
    ]


def _newest(rows: Sequence[Row], groups: Sequence[_Group], noises: Noises) -> date | None:
    """Return the newest day of update that can be: days far after the newest order are slips, and said so."""
    orders = [group.listed for group in groups if group.listed]
    latest = max(orders) + _SLACK if orders else None
    days = []
    for row in rows:
        found = _day(row["Last_Update"], "Last_Update", row["Name"], noises)
        if found and latest and found > latest:
            noises.slip(f"Last_Update {found} lies more than a year after the newest order", clean(row["Name"]))
        elif found:
            days.append(found)
    return max(days, default=None)


def _day(cell: str, column: str, name: str, noises: Noises) -> date | None:
    """Read a cell that holds a day or nothing."""
    found = day(cell)
    if cell.strip() and not found:
        noises.slip(f"{column} {cell!r} is no day that can be", clean(name))
    return found


def _entry(id_: str, group: _Group, noises: Noises) -> Entry:
    """Make one entry of the rows of one name and order."""
    addresses = tuple(dict.fromkeys(_address(row, noises) for row in group.rows))
    cites = dict.fromkeys(cite for row in group.rows for cite in _cites(row, noises))
    return Entry(
        id=id_,
        kind="unknown",
        names=_names(group.name),
        countries=tuple(dict.fromkeys(address.country for address in addresses if address.country)),
        addresses=tuple(address for address in addresses if address.text),
        scope=_scope(group.rows[0], noises),
        cites=tuple(cites),
        listed=group.listed,
        until=group.until,
        remarks="; ".join(dict.fromkeys(filter(None, (clean(row["Action"]) for row in group.rows)))),
    )


def _names(name: str) -> tuple[Name, ...]:
    """Return the primary name and the other names that its cell holds: PEARL (A.K.A. X) LI, X A/K/A Y, X D/B/A Y."""
    aliases = _BRACKETED_ALIAS.findall(name)
    primary, *others = _ALIAS.split(_BRACKETED_ALIAS.sub("", name))
    return (Name(clean(primary)), *(Name(clean(text), "alias") for text in (*aliases, *others)))


def _address(row: Row, noises: Noises) -> Address:
    """Return the address of a row; the country is empty where neither its cell nor a US state and ZIP code say it."""
    street, city, state, postal = (clean(row[cell]) for cell in ("Street_Address", "City", "State", "Postal_Code"))
    cell = clean(row["Country"])
    country = country_code(cell)
    if cell and not country and in_united_states(cell, postal):
        noises.slip(f"the state {cell!r} stands where the country should", clean(row["Name"]))
        state = state or cell
    elif cell and not country:
        noises.add(f"country {cell!r} is no code that is known", clean(row["Name"]))
    if not country and in_united_states(state, postal):
        country = "US"
    return Address(", ".join(filter(None, (street, city, state, postal))), country)


def _cites(row: Row, noises: Noises) -> Iterator[Citation]:
    """Yield the Federal Register citations of a row; what is left over and is no comma is a noise."""
    cell = clean(row["FR_Citation"])
    for found in _CITE.finditer(cell):
        published = day(found["day"])
        if not published:
            noises.slip(f"citation {found[0]!r} has no day that can be", clean(row["Name"]))
        yield Citation(f"{found['volume']} FR {found['page']}", published)
    rest = [piece.strip(" ,;.") for piece in _CITE.sub("\n", cell).split("\n")]
    for piece in (piece for piece in rest if piece not in ("", "and")):
        noises.slip(f"part of a citation is not read: {piece!r}", clean(row["Name"]))
    if not cell:
        noises.slip("no citation", clean(row["Name"]))


def _scope(row: Row, noises: Noises) -> str:
    """Return what the order reaches: all items under a standard order, else what its own text says."""
    cell = row["Standard_Order"].strip().upper()
    if cell not in ("Y", "N"):
        noises.slip(f"Standard_Order {cell!r} is neither Y nor N", clean(row["Name"]))
    return "all" if cell == "Y" else "text"
