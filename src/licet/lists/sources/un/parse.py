"""The consolidated list of the United Nations Security Council: one XML file, persons first, then entities."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from licet.lists.archive import heads, single
from licet.lists.countries import country_code
from licet.lists.entry import Address, Entry, Identifier, Name, Parsed
from licet.lists.reading import clean, day, elements, fields_of, local, refuse, text_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from xml.etree.ElementTree import Element

LIST = "un"
ROOT = "CONSOLIDATED_LIST"
_PERSON, _ENTITY = "INDIVIDUAL", "ENTITY"
_KINDS = {_PERSON: "person", _ENTITY: "entity"}
_NAME_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_NOT_STATED = frozenset(("", "na", "former Soviet Union"))
"""What stands where nothing is known, and a state that has no code."""
_NO_COUNTRY = frozenset(("", "na", "n/a", "n.a.", "former soviet union"))
"""The same in a cell of a country, in whatever case: `NA` must never be read as Namibia, which the list writes out.
In names `Na` may be one."""
_SPELLINGS = {"China, Hong Kong Special Administrative Region": "HK"}
_QUALITIES = {"Good": "alias", "Low": "weak_alias", "a.k.a.": "alias", "f.k.a.": "former", "": "alias"}
_REGIMES = frozenset(
    (
        *("Al-Qaida", "CAR", "DPRK", "DRC", "GB", "Haiti", "Iran", "Iraq", "Libya", "Somalia", "SouthSudan", "Sudan"),
        *("Taliban", "Yemen"),
    )
)
_DOCUMENTS = {
    "Passport": "passport",
    "Numéro de passeport": "passport",
    "Número de pasaporte": "passport",
    "National Identification Number": "national_id",
    "": "document",
}
_USED = frozenset(
    (
        *(ROOT, "INDIVIDUALS", "ENTITIES", _PERSON, _ENTITY, "@dateGenerated", *_NAME_PARTS, "NAME_ORIGINAL_SCRIPT"),
        *("UN_LIST_TYPE", "REFERENCE_NUMBER", "LISTED_ON", "DATAID", "GENDER", "TITLE", "DESIGNATION", "NATIONALITY"),
        *("VALUE", "COMMENTS1", "INDIVIDUAL_ALIAS", "ENTITY_ALIAS", "ALIAS_NAME", "QUALITY", "INDIVIDUAL_ADDRESS"),
        *("ENTITY_ADDRESS", "STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY", "NOTE", "INDIVIDUAL_DOCUMENT"),
        *("TYPE_OF_DOCUMENT", "TYPE_OF_DOCUMENT2", "NUMBER", "ISSUING_COUNTRY", "COUNTRY_OF_ISSUE"),
        *("INDIVIDUAL_DATE_OF_BIRTH", "DATE", "YEAR", "FROM_YEAR", "TO_YEAR", "INDIVIDUAL_PLACE_OF_BIRTH"),
    )
)
_IGNORED = frozenset(
    (
        *("@noNamespaceSchemaLocation", "VERSIONNUM", "LIST_TYPE", "LAST_DAY_UPDATED", "SORT_KEY", "SORT_KEY_LAST_MOD"),
        *("TYPE_OF_DATE", "DATE_OF_BIRTH", "CITY_OF_BIRTH", "COUNTRY_OF_BIRTH", "DATE_OF_ISSUE", "CITY_OF_ISSUE"),
    )
)
FIELDS = _USED | _IGNORED
_GENERATED = re.compile(rb'<CONSOLIDATED_LIST\b[^>]*\bdateGenerated="([^"]*)"')
_VARIANTS = re.compile(r"(.+?)\s*\(((?:[^()]|\([^()]*\))*;(?:[^()]|\([^()]*\))*)\)")
_BETWEEN = re.compile(r";(?![^()]*\))")
_HEAD = 4096


def recognizes(files: Mapping[str, bytes]) -> bool:
    """Say whether some files are this list, by the root of the XML."""
    starts = list(heads(files, _HEAD).values())
    return len(starts) == 1 and b"<CONSOLIDATED_LIST" in starts[0]


def parse(files: Mapping[str, bytes], *, issued: date | None = None) -> Parsed:
    """Read one issue.

    Args:
        files: The XML file, plain or packed.
        issued: Day of the issue as the caller knows it; the file says its own, which must be the same.

    Returns:
        One entry per person and entity, under its permanent reference number.

    Raises:
        SourceError: Not this list, damaged, or of another day than the one given.
    """
    name, data = single(files, "the list of the United Nations")
    noises: list[str] = []
    entries = tuple(entry for root in elements(data, name, (ROOT,), (ROOT,)) for entry in _entries(root, name, noises))
    made = _generated(data, name, noises)
    if issued and made and issued != made:
        refuse(f"the file was made on {made}, not on {issued}", name, todo="Leave the day out: the file says it.")
    counts = Counter(entry.kind for entry in entries)
    return Parsed(
        LIST,
        made or issued,
        entries,
        {
            "entries": len(entries),
            "persons": counts["person"],
            "entities": counts["entity"],
            "names": sum(len(entry.names) for entry in entries),
            "addresses": sum(len(entry.addresses) for entry in entries),
            "documents": sum(len(entry.identifiers) - 1 for entry in entries),
        },
        tuple(dict.fromkeys(noises)),
    )


def _generated(data: bytes, name: str, noises: list[str]) -> date | None:
    """Return the day on which the file was made, as its root says."""
    found = _GENERATED.search(data[:_HEAD])
    made = day(found[1].decode("ascii", "replace")) if found else None
    if made is None:
        noises.append(f"{name}: the root does not say when the file was made (dateGenerated)")
    return made


def _entries(root: Element, name: str, noises: list[str]) -> Iterator[Entry]:
    """Yield the records of the two parts of the file."""
    noises += [f"{name}: unknown field {field!r}" for field in sorted(fields_of(root) - FIELDS)]
    groups = {local(part.tag): part for part in root}
    for part, record in (("INDIVIDUALS", _PERSON), ("ENTITIES", _ENTITY)):
        if part not in groups:
            refuse(f"<{part}> is missing: cut off, or only a part of the list", name)
        for node in groups[part]:
            if local(node.tag) == record:
                yield _entry(node, noises)
            else:
                noises.append(f"{name}: <{local(node.tag)}> inside <{part}>")


def _entry(node: Element, noises: list[str]) -> Entry:
    """Read one record."""
    number, regime = _text(node, "REFERENCE_NUMBER"), _text(node, "UN_LIST_TYPE")
    noises += [] if regime in _REGIMES else [f"{number}: unknown regime {regime!r}"]
    listed = day(_text(node, "LISTED_ON")[: len("2000-01-01")])
    noises += [] if listed else [f"{number}: LISTED_ON is no day: {_text(node, 'LISTED_ON')!r}"]
    addresses = tuple(_addresses(node, number, noises))
    nations = [_country(clean(one.text or ""), number, noises) for part in _all(node, "NATIONALITY") for one in part]
    return Entry(
        id=number,
        kind=_KINDS[local(node.tag)],
        names=tuple(_names(node, number, noises)),
        countries=tuple(dict.fromkeys(filter(None, (*nations, *(one.country for one in addresses))))),
        addresses=addresses,
        identifiers=(Identifier("un_data_id", _text(node, "DATAID")), *_documents(node, number, noises)),
        programs=tuple(filter(None, (regime,))),
        listed=listed,
        remarks="; ".join(_remarks(node)),
    )


def _names(node: Element, number: str, noises: list[str]) -> Iterator[Name]:
    """Yield the names of a record: the first from its parts, then the original script, then the others."""
    parts = (_text(node, part) for part in _NAME_PARTS)
    head = " ".join(part for part in parts if part not in _NOT_STATED)
    if not head:
        noises.append(f"{number}: no name")
    seen = {head or number}
    yield Name(head or number)
    others = [("alias", head)] if ";" in head else []
    others += [("alias", text_in(one)) for one in _all(node, "NAME_ORIGINAL_SCRIPT")]
    for alias in _all(node, f"{local(node.tag)}_ALIAS"):
        quality = _text(alias, "QUALITY")
        if quality not in _QUALITIES:
            noises.append(f"{number}: unknown quality of an alias {quality!r}")
        others.append((_QUALITIES.get(quality, "alias"), _text(alias, "ALIAS_NAME")))
    for kind, whole in others:
        for text in _parts(whole):
            if text not in seen:
                seen.add(text)
                yield Name(text, kind)


def _parts(text: str) -> list[str]:
    """Part a cell that holds several names: `A; B`, or variants in a bracket behind the name, `A (B; C)`."""
    found = _VARIANTS.fullmatch(text)
    names = [found[1], *found[2].split(";")] if found else _BETWEEN.split(text)
    return [name.strip() for name in names if name.strip()]


def _addresses(node: Element, number: str, noises: list[str]) -> Iterator[Address]:
    """Yield the addresses of a record; one without a country and a place is no address."""
    for part in _all(node, f"{local(node.tag)}_ADDRESS"):
        cells = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")
        text = ", ".join(one for one in (_text(part, cell) for cell in cells) if one not in _NOT_STATED)
        note = _text(part, "NOTE")
        if text or note:
            whole = f"{text} ({note})" if text and note else text or note
            yield Address(whole, _country(_text(part, "COUNTRY"), number, noises))


def _documents(node: Element, number: str, noises: list[str]) -> Iterator[Identifier]:
    """Yield the numbers of documents; where the number stands in the note, the note is the value."""
    for part in _all(node, "INDIVIDUAL_DOCUMENT"):
        said = _text(part, "TYPE_OF_DOCUMENT")
        if said not in _DOCUMENTS:
            noises.append(f"{number}: unknown type of document {said!r}")
        value = _text(part, "NUMBER") or _text(part, "NOTE")
        if value:
            detail = _text(part, "TYPE_OF_DOCUMENT2")
            country = _text(part, "ISSUING_COUNTRY") or _text(part, "COUNTRY_OF_ISSUE")
            kind = _DOCUMENTS.get(said, "document")
            yield Identifier(kind, f"{value} ({detail})" if detail else value, _country(country, number, noises))


def _remarks(node: Element) -> Iterator[str]:
    """Yield what else the record says: title, designation, sex, birth, comments."""
    for label, tag in (("title", "TITLE"), ("designation", "DESIGNATION")):
        values = [clean(one.text or "") for part in _all(node, tag) for one in part]
        if any(values):
            yield f"{label}: {', '.join(filter(None, values))}"
    if sex := _text(node, "GENDER"):
        yield f"sex: {sex}"
    yield from _births(node)
    for part in _all(node, f"{local(node.tag)}_ALIAS"):
        if note := _text(part, "NOTE"):
            yield ": ".join(filter(None, (_text(part, "ALIAS_NAME"), note)))
    if said := _text(node, "COMMENTS1"):
        yield said


def _births(node: Element) -> Iterator[str]:
    """Yield days and places of birth; several are alternatives."""
    for part in _all(node, "INDIVIDUAL_DATE_OF_BIRTH"):
        years = " to ".join(filter(None, (_text(part, "FROM_YEAR"), _text(part, "TO_YEAR"))))
        if born := _text(part, "DATE") or _text(part, "YEAR") or years or _text(part, "NOTE"):
            yield f"born: {born}"
    for part in _all(node, "INDIVIDUAL_PLACE_OF_BIRTH"):
        if place := ", ".join(filter(None, (clean(one.text or "") for one in part))):
            yield f"born in: {place}"


def _country(name: str, number: str, noises: list[str]) -> str:
    """Return the code of a country; an unknown one is a noise."""
    stated = name.casefold() not in _NO_COUNTRY
    code = _SPELLINGS.get(name) or country_code(name) if stated else ""
    if stated and not code:
        noises.append(f"{number}: unknown country {name!r}")
    return code


def _all(node: Element, tag: str) -> Iterator[Element]:
    """Yield the children of a name."""
    return (child for child in node if local(child.tag) == tag)


def _text(node: Element, tag: str) -> str:
    """Return the cleaned text of the first child of a name."""
    return text_in(next(_all(node, tag), None))
