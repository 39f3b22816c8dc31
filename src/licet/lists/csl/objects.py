"""Reads the JSON of the Consolidated Screening List: the official form, and a compact one that others make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from licet.lists.cells import Noises, in_united_states, tidy
from licet.lists.csl.record import Read, Record, in_words, number_of
from licet.lists.csl.rows import COLUMNS, WORDS, code_of
from licet.lists.entry import Address
from licet.lists.ofac.remarks import country_of
from licet.lists.reading import day, read_json, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from licet.lists.entry import Identifier
    from licet.lists.reading import Json

    Object = Mapping[str, Json]

_TOP = frozenset(("results", "total", "offset", "sources", "sources_used", "search_performed_at"))
_ADDRESS = ("address", "city", "state", "postal_code", "country")
_NUMBER = ("type", "number", "country", "issue_date", "expiration_date")
_RECORD = frozenset({*COLUMNS[1:], "id", "country"})
OFFICIAL = _TOP | _RECORD | frozenset((*_ADDRESS, *_NUMBER))
_COMPACT_TOP = frozenset(
    {
        *("$comment", "citation", "source", "sourceGeneratedAt", "retrievedAt", "entryCount", "countsBySource"),
        *("listAuthority", "fieldKey", "tables", "entries"),
    }
)
_TABLES = frozenset(("sources", "licenceRequirements", "licencePolicies", "programmes", "urls"))
_COMPACT = frozenset(("n", "a", "s", "t", "c", "e", "lr", "lp", "pg", "fr", "u"))
COMPACT = _COMPACT_TOP | _TABLES | _COMPACT


def looks_like(head: bytes) -> bool:
    """Say whether a file begins as one of the two forms of JSON does."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:20_000]
    compact = b'"sourceGeneratedAt"' in start and b'"countsBySource"' in start
    official = b'"source_list_url"' in start and (b'"results"' in start or b'"search_performed_at"' in start)
    return start.startswith(b"{") and (compact or official)


def read_objects(data: bytes, name: str) -> Read:
    """Read either form.

    Raises:
        SourceError: Neither, or damaged.
    """
    top = read_json(data, name)
    if isinstance(top, dict) and isinstance(top.get("results"), list):
        return _official(top, name)
    if not isinstance(top, dict) or not isinstance(top.get("entries"), list) or not isinstance(top.get("tables"), dict):
        refuse("the JSON has neither `results` nor `tables` with `entries`: another list or format", name)
    return _compact(top, name)


# The official form


def _official(top: Object, name: str) -> Read:
    noises = Noises()
    _unknown(top, _TOP, noises)
    said = day(_text(top, "search_performed_at"))
    records = [_record(one, noises) for one in _objects(top, "results", name)]
    if not records:
        refuse("there is no record in it: a failed download", name)
    return Read(records, said, noises)


def _record(one: Object, noises: Noises) -> Record:
    """Make a record of an object."""
    _unknown(one, _RECORD, noises)
    name = _text(one, "name")
    numbers, said = _numbers(one, name, noises)
    if call_sign := _text(one, "call_sign"):
        numbers.append(number_of("Vessel Call Sign", call_sign, ""))
    codes = [*_texts(one, "nationalities"), *_texts(one, "citizenships"), _text(one, "vessel_flag")]
    return Record(
        source=_text(one, "source"),
        name=name,
        id=_text(one, "id"),
        number=_text(one, "entity_number"),
        kind=_text(one, "type"),
        programs=_texts(one, "programs"),
        aliases=_texts(one, "alt_names"),
        addresses=tuple(_addresses(one, name, noises)),
        countries=tuple(code_of(code, name, noises) for code in (*codes, _text(one, "country")) if code),
        identifiers=tuple(filter(None, numbers)),
        notice=_text(one, "federal_register_notice"),
        start=_text(one, "start_date"),
        end=_text(one, "end_date"),
        standard_order=_text(one, "standard_order"),
        requirement=_text(one, "license_requirement"),
        policy=_text(one, "license_policy"),
        words=(*_words(one), *said, *filter(None, (_text(one, "remarks"),))),
    )


def _addresses(one: Object, name: str, noises: Noises) -> Iterator[Address]:
    for address in _objects(one, "addresses", name):
        _unknown(address, frozenset(_ADDRESS), noises)
        street, city, state, postal, country = (_text(address, key) for key in _ADDRESS)
        code = code_of(country, name, noises) if country else ""
        american = not country and in_united_states(state, postal)
        yield Address(", ".join(filter(None, (street, city, state, postal))), "US" if american else code)


def _numbers(one: Object, name: str, noises: Noises) -> tuple[list[Identifier | None], list[str]]:
    numbers: list[Identifier | None] = []
    words: list[str] = []
    for each in _objects(one, "ids", name):
        _unknown(each, frozenset(_NUMBER), noises)
        kind, value = _text(each, "type"), _text(each, "number")
        number = number_of(kind, value, country_of(_text(each, "country")))
        numbers.append(number)
        if number is None:
            words.append(in_words(kind, value))
    return numbers, words


def _words(one: Object) -> Iterator[str]:
    for key, word in WORDS.items():
        if text := _text(one, key):
            yield f"{word} {text}"
    for key, word in (("dates_of_birth", "DOB"), ("places_of_birth", "POB")):
        for text in _texts(one, key):
            yield f"{word} {text}"


# The compact form


def _compact(top: Object, name: str) -> Read:
    noises = Noises()
    _unknown(top, _COMPACT_TOP, noises)
    tables = top["tables"]
    if not isinstance(tables, dict):
        refuse("its tables are no object", name)
    _unknown(tables, _TABLES, noises)
    words = {key: _texts(tables, key) for key in _TABLES}
    entries = _objects(top, "entries", name)
    if top.get("entryCount") != len(entries):
        refuse(f"it says {top.get('entryCount')} entries and has {len(entries)}: cut off", name)
    records = [_short(one, words, name, noises) for one in entries]
    return Read(records, day(_text(top, "sourceGeneratedAt")), noises)


def _short(one: Object, words: Mapping[str, tuple[str, ...]], name: str, noises: Noises) -> Record:
    """Make a record of an object with short keys; numbers point into the tables."""
    _unknown(one, _COMPACT, noises)
    said = _text(one, "n")
    number = _text(one, "e")
    return Record(
        source=_word(one, "s", words["sources"], name),
        name=said,
        id=number,
        number=number,
        kind=_text(one, "t"),
        programs=tuple(part.strip() for part in _word(one, "pg", words["programmes"], name).split(";") if part.strip()),
        aliases=_texts(one, "a"),
        countries=tuple(code_of(code, said, noises) for code in _texts(one, "c")),
        notice=_text(one, "fr"),
        requirement=_word(one, "lr", words["licenceRequirements"], name),
        policy=_word(one, "lp", words["licencePolicies"], name),
    )


def _word(one: Object, key: str, words: tuple[str, ...], name: str) -> str:
    """Return the word to which a number points; empty where there is no number."""
    place = one.get(key)
    if place is None:
        return ""
    if not isinstance(place, int) or not 0 <= place < len(words):
        refuse(f"{key} is {place!r}, which is in no table", name)
    return words[place]


# Both


def _unknown(one: Object, known: frozenset[str], noises: Noises) -> None:
    if not one.keys() <= known:
        for key in sorted(one.keys() - known):
            noises.add(f"unknown field {key}")


def _text(one: Object, key: str) -> str:
    """Return a text, empty where it is null or missing; a number as written."""
    value = one.get(key)
    return tidy(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _texts(one: Object, key: str) -> tuple[str, ...]:
    """Return the texts of a list, none where it is null or missing."""
    value = one.get(key)
    found = value if isinstance(value, list) else [value] if isinstance(value, str) else []
    return tuple(text for text in (tidy(item) for item in found if isinstance(item, str)) if text)


def _objects(one: Object, key: str, name: str) -> list[Object]:
    """Return the objects of a list, none where it is null or missing."""
    value = one.get(key)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        refuse(f"{key} is no list of objects: the format has changed", name)
    return [item for item in value if isinstance(item, dict)]
