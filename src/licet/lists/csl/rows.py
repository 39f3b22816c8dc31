"""Reads the CSV of the Consolidated Screening List: cells in which semicolons part several values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from licet.lists.cells import US_STATES, Noises, in_united_states, tidy
from licet.lists.countries import country_at_end
from licet.lists.csl.record import Read, Record, in_words, number_of
from licet.lists.entry import Address
from licet.lists.ofac.remarks import country_of, no_country
from licet.lists.reading import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from licet.lists.entry import Identifier

    Row = Mapping[str, str]

COLUMNS = (
    *("_id", "source", "entity_number", "type", "programs", "name", "title", "addresses", "federal_register_notice"),
    *("start_date", "end_date", "standard_order", "license_requirement", "license_policy", "call_sign"),
    *("vessel_type", "gross_tonnage", "gross_registered_tonnage", "vessel_flag", "vessel_owner", "remarks"),
    *("source_list_url", "alt_names", "citizenships", "dates_of_birth", "nationalities", "places_of_birth"),
    *("source_information_url", "ids"),
)
"""The files of 2019 do not have the first one."""
WORDS = {
    "title": "title:",
    "vessel_type": "vessel type:",
    "gross_tonnage": "tonnage:",
    "gross_registered_tonnage": "gross registered tonnage:",
    "vessel_owner": "vessel owner:",
}
_CODE = re.compile(r"(?:(.*),)?\s*([A-Z]{2})", re.DOTALL)
_STATE = re.compile(r".*,\s*([A-Z]{2}),\s*(\S+)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d|\d\d [A-Z][a-z]{2} \d{4}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_C1 = {code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)}
"""Signs of Windows-1252 that came through as control signs: a dash or an apostrophe of a name."""
_LOST = "\N{REPLACEMENT CHARACTER}"


def looks_like(head: bytes) -> bool:
    """Say whether a file begins with the header of this CSV."""
    line = head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode("ascii", "replace")
    cells = tuple(cell.strip().strip('"') for cell in line.split(","))
    return cells[: len(COLUMNS) - 1] == COLUMNS[1:] or cells[: len(COLUMNS)] == COLUMNS


def read_rows(data: bytes, name: str) -> Read:
    """Read the CSV.

    Raises:
        SourceError: Another file, or a damaged one: a header in its middle, a last row that breaks off.
    """
    numbered = b"_id" in data.split(b"\n", 1)[0]
    table = read_table(data, name, COLUMNS if numbered else COLUMNS[1:])
    noises = Noises()
    for noise in table.noises:
        noises.add(noise)
    return Read([_record(row, noises) for row in table.rows], None, noises)


def _record(row: Row, noises: Noises) -> Record:
    """Make a record of a row."""
    cells = {column: _mended(cell, row, noises) for column, cell in row.items()}
    numbers, said = _numbers(cells["ids"])
    if cells["call_sign"]:
        numbers.append(number_of("Vessel Call Sign", cells["call_sign"], ""))
    addresses = tuple(address_of(part, cells["name"], noises) for part in _several(cells["addresses"]))
    codes = [part for column in ("nationalities", "citizenships") for part in _several(cells[column])]
    return Record(
        source=cells["source"],
        name=cells["name"],
        id=cells.get("_id", ""),
        number=cells["entity_number"],
        kind=cells["type"],
        programs=tuple(_several(cells["programs"])),
        aliases=tuple(_several(cells["alt_names"])),
        addresses=addresses,
        countries=tuple(code_of(part, cells["name"], noises) for part in (*codes, cells["vessel_flag"]) if part),
        identifiers=tuple(filter(None, numbers)),
        notice=cells["federal_register_notice"],
        start=cells["start_date"],
        end=cells["end_date"],
        standard_order=cells["standard_order"],
        requirement=cells["license_requirement"],
        policy=cells["license_policy"],
        words=tuple(_words(cells, said)),
    )


def _mended(cell: str, row: Row, noises: Noises) -> str:
    """Return a cell cleaned, with signs mended that came through as control signs."""
    if not cell.isascii():
        if any("\x80" <= sign <= "\x9f" for sign in cell):
            noises.slip("signs of Windows-1252 mended", tidy(row["name"].translate(_C1)))
            cell = cell.translate(_C1)
        if _LOST in cell:
            noises.slip("a letter was lost before the file was made", tidy(row["name"]))
    return tidy(cell)


def _several(cell: str) -> Iterator[str]:
    """Yield the values of a cell; a last alias begins with `and`."""
    for part in cell.split(";"):
        text = part.strip().removeprefix("and ").strip(" ,")
        if text:
            yield text


def address_of(text: str, name: str, noises: Noises) -> Address:
    """Return an address of the form street, town, postal code, country.

    Args:
        text: The address; the code of the country stands at its end, or alone.
        name: Name of the party, for the noise.
        noises: Takes a code that is no country's.

    Returns:
        The address without the code. Without a code the country is read from its words or from state and ZIP code;
        else it is empty.
    """
    found = _CODE.fullmatch(text)
    if found and (country_of(found[2]) or no_country(found[2])):
        return Address((found[1] or "").strip(" ,"), country_of(found[2]))
    if found:
        return Address(text, code_of(found[2], name, noises))
    state = _STATE.fullmatch(text)
    american = state is not None and in_united_states(state[1], state[2])
    return Address(text, "US" if american else country_at_end(text))


def code_of(text: str, name: str, noises: Noises) -> str:
    """Return the code of a country; one that is not known is a noise, a state of the United States a slip."""
    code = country_of(text)
    if not code and text in US_STATES:
        noises.slip(f"the state {text!r} stands where the country should", name)
        return "US"
    if not code and not no_country(text):
        noises.add(f"country {text!r} is not known", name)
    return code


def _numbers(cell: str) -> tuple[list[Identifier | None], list[str]]:
    """Part the cell of numbers into identifiers and words.

    Until 2022 a value reads country, days, number, kind; since then kind, number, country, days.
    """
    numbers: list[Identifier | None] = []
    words: list[str] = []
    for part in filter(None, (part.strip() for part in cell.split("; "))):
        kind, rest = _kind_first(part.split(", "))
        plain = [piece for piece in rest if not _DATE.fullmatch(piece)]
        code = next((piece for piece in (*plain[-1:], *plain[:1]) if _COUNTRY.fullmatch(piece) and len(plain) > 1), "")
        value = ", ".join(piece for piece in plain if piece != code)
        number = number_of(kind, value, country_of(code))
        numbers.append(number)
        if number is None:
            words.append(in_words(kind, ", ".join(rest)))
    return numbers, words


def _kind_first(pieces: list[str]) -> tuple[str, list[str]]:
    """Return the kind of a value and the rest of its pieces, whichever end the kind stands at."""
    if number_of(pieces[-1], "x", "") and not number_of(pieces[0], "x", ""):
        return pieces[-1], pieces[:-1]
    if number_of(pieces[0], "x", "") or not pieces[-1].endswith((":", "-", "Gender", "Type", "Website", "Address")):
        return pieces[0], pieces[1:]
    return pieces[-1], pieces[:-1]


def _words(cells: Row, said: list[str]) -> Iterator[str]:
    """Yield what a row says in words."""
    for column, word in WORDS.items():
        if cells[column]:
            yield f"{word} {cells[column]}"
    for column, word in (("dates_of_birth", "DOB"), ("places_of_birth", "POB")):
        for value in _several(cells[column]):
            yield f"{word} {value}"
    yield from said
    if cells["remarks"]:
        yield cells["remarks"]
