"""The Covered List of the FCC: our table of its public notices, or a third party's copy of the page as JSON."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from licet.lists.archive import heads, single
from licet.lists.countries import country_code
from licet.lists.entry import Citation, Entry, Name, Parsed
from licet.lists.reading import clean, day, entry_ids, fold, read_json, read_table, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from licet.lists.reading import Json

LIST = "fcc_covered_list"
COLUMNS_OF_TABLE = (
    *("name", "aliases", "kind", "country", "part_of", "since", "through", "scope", "covers", "cite", "compared"),
    "checked",
)
_TOP = ("list_id", "source_file", "extracted", "count", "entities")
_KEYS = ("name", "aliases", "country", "address", "status", "effective_date", "federal_register", "notes")
FIELDS = frozenset((*COLUMNS_OF_TABLE, *_TOP, *_KEYS))
_KINDS = ("entity", "unknown")
_SCOPES = ("all", "text")
_CHECKED = ("seen", "memory")
_CATEGORY = "Category listing"
"""How the copy of the page begins its note where an entry is a class of equipment and names no company."""
_COVERS = {
    "equipment": re.compile(r"\b(?:equipment|aircraft|components|routers)\b", re.IGNORECASE),
    "services": re.compile(r"\bservices\b", re.IGNORECASE),
    "software": re.compile(r"\b(?:software|information security products)\b", re.IGNORECASE),
}
"""What an entry covers, by the words of the list and of our table: most entries since 2022 cover no equipment."""
_HEAD = 400


def recognizes(files: Mapping[str, bytes]) -> bool:
    """Say whether some files are the table, by its columns, or the copy as JSON, by its name of the list."""
    starts = [start.removeprefix(b"\xef\xbb\xbf") for start in heads(files, _HEAD).values()]
    if len(starts) != 1:
        return False
    columns = tuple(starts[0].split(b"\n", 1)[0].decode("ascii", "replace").strip().split(","))
    return columns == COLUMNS_OF_TABLE or b'"list_id": "fcc-covered"' in starts[0]


def parse(files: Mapping[str, bytes], *, issued: date | None = None) -> Parsed:
    """Read one issue.

    Args:
        files: The table, or the JSON.
        issued: Day of the issue as the caller knows it; without it the last day on which the entries were compared
            with the official page.

    Returns:
        One entry per party or class of equipment.

    Raises:
        SourceError: Not this list, damaged, or newer than the day given.
    """
    name, data = single(files, "the Covered List")
    noises: list[str] = []
    if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
        entries, compared = _of_json(data, name, noises)
    else:
        entries, compared = _of_table(data, name, noises)
    if compared and issued and compared > issued:
        refuse(f"it is of {compared}, after {issued}, the day given", name, todo="Give the right day.")
    counts = {
        "entries": sum(not entry.part_of for entry in entries),
        "companies": sum(entry.kind == "entity" for entry in entries),
        "categories": sum(entry.kind == "unknown" for entry in entries),
    }
    return Parsed(LIST, issued or compared, entries, counts, tuple(dict.fromkeys(noises)))


def _of_table(data: bytes, file: str, noises: list[str]) -> tuple[tuple[Entry, ...], date | None]:
    """Read our own table."""
    table = read_table(data, file, COLUMNS_OF_TABLE)
    noises += table.noises
    ids = _ids([(row["name"], row["since"]) for row in table.rows])
    by_name = {row["name"]: id_ for id_, row in zip(ids, table.rows, strict=True)}
    entries = tuple(_of_row(id_, row, by_name, noises) for id_, row in zip(ids, table.rows, strict=True))
    days = [found for row in table.rows if (found := _day(row, "compared", noises))]
    return entries, max(days, default=None)


def _ids(rows: Sequence[tuple[str, str]]) -> list[str]:
    """Return an id for each name and day: of one name the first day has the bare name, which a later entry leaves."""
    first: dict[str, str] = {}
    for name, since in rows:
        first[fold(name)] = min(since, first.get(fold(name), since))
    return entry_ids(
        [("", name, "") if since == first[fold(name)] else ("", f"{name} {since}") for name, since in rows]
    )


def _of_row(id_: str, row: Mapping[str, str], ids: Mapping[str, str], noises: list[str]) -> Entry:
    """Turn a row of our table into an entry."""
    for column, words in (("kind", _KINDS), ("scope", _SCOPES), ("checked", _CHECKED)):
        noises += [] if row[column] in words else [f"{row['name']}: {column} is {row[column]!r}"]
    if row["part_of"] and row["part_of"] not in ids:
        noises.append(f"{row['name']}: part of {row['part_of']!r}, which is no entry")
    since, country = _day(row, "since", noises), _country(row["country"], row["name"], noises)
    aliases = [clean(alias) for alias in row["aliases"].split(";")]
    return Entry(
        id=id_,
        kind=row["kind"] if row["kind"] in _KINDS else "unknown",
        names=(Name(clean(row["name"])), *(Name(alias, "alias") for alias in aliases if alias)),
        countries=(country,) if country else (),
        programs=tuple(_covers(row["covers"], row["name"], noises)),
        scope=row["scope"] if row["scope"] in _SCOPES else "text",
        scope_text=clean(row["covers"]),
        cites=(Citation(clean(row["cite"]), since),),
        listed=since,
        until=_day(row, "through", noises) if row["through"] else None,
        part_of=ids.get(row["part_of"], ""),
        remarks="from memory, not verified" if row["checked"] == "memory" else "",
    )


def _of_json(data: bytes, file: str, noises: list[str]) -> tuple[tuple[Entry, ...], date | None]:
    """Read the copy of the page as JSON."""
    top = read_json(data, file)
    if not isinstance(top, dict) or top.get("list_id") != "fcc-covered":
        refuse("this is no copy of the Covered List: its list_id is another", file)
    noises += [f"{file}: unknown field {key!r}" for key in top if key not in _TOP]
    items = top.get("entities")
    if not isinstance(items, list) or len(items) != top.get("count"):
        refuse("the number of entities is not the one that the file states: cut off", file)
    rows = [_cells(item, file, noises) for item in items]
    ids = _ids([(row["name"], row["effective_date"]) for row in rows])
    entries = tuple(_of_cells(id_, row, noises) for id_, row in zip(ids, rows, strict=True))
    return entries, day(str(top.get("extracted")))


def _cells(item: Json, file: str, noises: list[str]) -> dict[str, str]:
    """Return one entity of the JSON as texts; what is null is empty."""
    if not isinstance(item, dict) or not item.get("name"):
        refuse(f"an entity has no name: {str(item)[:80]}", file)
    noises += [f"{file}: unknown field {key!r}" for key in item if key not in _KEYS]
    aliases = item.get("aliases")
    cells = {key: clean(str(item.get(key) or "")) for key in _KEYS}
    return cells | {"aliases": ";".join(map(str, aliases)) if isinstance(aliases, list) else ""}


def _of_cells(id_: str, cells: Mapping[str, str], noises: list[str]) -> Entry:
    """Turn an entity of the JSON into an entry."""
    country = _country(cells["country"], cells["name"], noises)
    since = _day(cells, "effective_date", noises)
    aliases = filter(None, map(clean, cells["aliases"].split(";")))
    return Entry(
        id=id_,
        kind="unknown" if cells["notes"].startswith(_CATEGORY) else "entity",
        names=(Name(cells["name"]), *(Name(alias, "alias") for alias in aliases)),
        countries=(country,) if country else (),
        programs=tuple(_covers(cells["notes"], cells["name"], noises)),
        scope="text",
        scope_text=cells["notes"],
        cites=(Citation(f"FCC Covered List, {since}", since),) if since else (),
        listed=since,
    )


def _covers(words: str, name: str, noises: list[str]) -> Iterator[str]:
    """Yield what an entry covers: equipment, services, software; where its words name none of them it is a noise."""
    found = [kind for kind, form in _COVERS.items() if form.search(words)]
    noises += [] if found else [f"{name}: neither equipment nor services nor software: {words[:80]!r}"]
    yield from found


def _day(cells: Mapping[str, str], column: str, noises: list[str]) -> date | None:
    """Read a day; one that is no day is a noise."""
    found = day(cells[column])
    noises += [] if found else [f"{cells['name']}: {column} is no day: {cells[column]!r}"]
    return found


def _country(text: str, name: str, noises: list[str]) -> str:
    """Return the code of a country; an unknown one is a noise."""
    code = country_code(text) if text else ""
    noises += [f"{name}: unknown country {text!r}"] if text and not code else []
    return code
