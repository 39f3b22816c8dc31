"""Reads the enhanced XML of the Office of Foreign Assets Control: lists, days of listing, names in several scripts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from licet.lists.cells import Noises, tidy
from licet.lists.entry import Address, Entry, Identifier, Name, Parsed
from licet.lists.ofac.remarks import country_of, no_country, numbered
from licet.lists.ofac.words import DOCUMENTS, KINDS, LISTS, SDN, WHOLE, identifies, is_known
from licet.lists.reading import day, fields_of, framed_elements, local, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from xml.etree.ElementTree import Element

ROOT = "sanctionsData"
IGNORED = frozenset(
    {
        *("referenceValues", "featureTypes", "identityId", "nameParts", "formattedFirstName", "formattedLastName"),
        *("versionId", "valueRefId", "valueDate", "reliability", "quality", "issuingLocation", "issuingAuthority"),
        *("isValid", "script"),
    }
)
"""Elements that are left out with all in them."""
_IN_IGNORED = frozenset(
    {
        *("referenceValue", "isoCode", "code", "featureType", "detailType", "publishExclude", "publishDescription"),
        *("publishOrder", "namePart", "fromDateBegin", "fromDateEnd", "toDateBegin", "toDateEnd", "isApproximate"),
        "isDateRange",
    }
)
_FRAME = frozenset((ROOT, "entities", "@schemaLocation", "publicationInfo", "referenceValues", "featureTypes"))
_INSIDE = frozenset(
    {
        *("dataAsOf", "filters", "entity", "generalInfo", "entityType", "remarks", "sanctionsLists", "sanctionsList"),
        *("@datePublished", "sanctionsPrograms", "sanctionsProgram", "sanctionsTypes", "sanctionsType", "names"),
        *("legalAuthorities", "legalAuthority", "name", "isPrimary", "isLowQuality", "aliasType", "translations"),
        *("translation", "formattedFullName", "addresses", "address", "country", "addressParts", "addressPart"),
        *("features", "feature", "identityDocuments", "identityDocument", "documentNumber", "issuingCountry"),
        *("type", "value", "comments", "relationships", "relationship", "relatedEntity", "@id"),
    }
)
_ATTRIBUTES = frozenset(("@refId", "@featureTypeId", "@nameId", "@nameTranslationId", "@entityId"))
FIELDS = _FRAME | _INSIDE | IGNORED | _IN_IGNORED | _ATTRIBUTES
_WANTED = ("publicationInfo", "referenceValues", "featureTypes", "entity")
_COUNTRIES = frozenset(("Nationality Country", "Citizenship Country", "Nationality of Registration", "Vessel Flag"))
_SHORT = {"Birthdate": "DOB", "Place of Birth": "POB", "Nationality Country": "nationality"} | {
    "Citizenship Country": "citizen"
}
_ALIASES = {"A.K.A.": "alias", "N.K.A.": "alias", "F.K.A.": "former"}
_ADDRESS_ORDER = ("ADDRESS1", "ADDRESS2", "ADDRESS3", "CITY", "STATE/PROVINCE", "REGION", "POSTAL CODE")


class _Said(NamedTuple):
    """What features and documents of one entry say."""

    countries: list[str]
    identifiers: list[Identifier]
    words: list[str]


def looks_like(head: bytes) -> bool:
    """Say whether a file begins as this XML does."""
    return b"<sanctionsData" in head[:4096]


def list_of_head(head: bytes) -> str:
    """Return which list a file is, by the filter that it prints at its start; empty where it is neither or both."""
    said = head[:4096].split(b"</publicationInfo>", 1)[0]
    found = [id_ for name, id_ in WHOLE.items() if f">{name}</sanctionsList>".encode() in said]
    return found[0] if len(found) == 1 else ""


def read_xml(name: str, data: bytes, list_: str, issued: date | None) -> Parsed:
    """Read an issue.

    Args:
        name: What messages call the file.
        data: Its bytes.
        list_: `sdn` or `ofac_consolidated`.
        issued: Day of the issue as the caller knows it, or None: the file says it.

    Returns:
        The issue; days of listing are those on which OFAC published the entry on the first of its lists.

    Raises:
        SourceError: Another list, damaged, or newer than the day given.
    """
    frame: set[str] = set()
    noises = Noises()
    entries: list[Entry] = []
    said: date | None = None
    for node in framed_elements(data, name, (ROOT,), _WANTED, frame):
        for one in node.iter():
            one.tag = local(one.tag)
        if node.tag == "publicationInfo":
            said = _publication(node, name, list_, issued, noises)
        elif node.tag == "entity":
            entries.append(_entry(node, list_, noises))
    for field in sorted(frame - FIELDS):
        noises.add(f"unknown field {field}")
    if not entries:
        refuse("there is no entity in it: a failed download", name)
    double = [id_ for id_, count in Counter(entry.id for entry in entries).items() if count > 1]
    if double:
        refuse(f"the number {double[0]} stands on several entities: damaged", name)
    if said is None:
        refuse("it does not say which list it is and of which day", name)
    return Parsed(list_, said, tuple(entries), _counts(entries), noises.said(), noises.slips())


def _counts(entries: list[Entry]) -> dict[str, int]:
    return {
        "entries": len(entries),
        "aliases": sum(len(entry.names) - 1 for entry in entries),
        "addresses": sum(len(entry.addresses) for entry in entries),
        **{f"{kind}_entries": count for kind, count in Counter(entry.kind for entry in entries).items()},
        **{f"on_{id_}": count for id_, count in Counter(id_ for entry in entries for id_ in entry.lists).items()},
    }


def _publication(node: Element, name: str, list_: str, issued: date | None, noises: Noises) -> date:
    """Return the day of the data, after a check that the file is the list asked for."""
    _unknown(node, "publicationInfo", noises)
    named = [tidy(one.text or "") for one in node.iter("sanctionsList")]
    if [WHOLE.get(one) for one in named] != [list_]:
        refuse(f"it is an extract of {', '.join(named) or 'no list'}, not the file of {list_}", name)
    said = day(_text(node, "dataAsOf"))
    if said is None:
        refuse(f"dataAsOf is {_text(node, 'dataAsOf')!r}, no day", name)
    if issued and said > issued:
        refuse(f"its data are of {said}, after {issued}, the day given for it", name, todo="Give the day of issue.")
    return said


def _entry(node: Element, list_: str, noises: Noises) -> Entry:
    """Make one entry of an entity."""
    id_ = node.get("id", "")
    _unknown(node, id_, noises)
    names = tuple(_names(node))
    if not names:
        noises.add("no primary name", id_)
    addresses = [one for address in node.iter("address") for one in _addresses(address, id_, noises)]
    said = _said(node, id_, noises)
    lists, published = _lists(node, list_, noises)
    kind = KINDS.get(_text(node, "entityType").casefold(), "unknown")
    if kind == "unknown":
        noises.add(f"type {_text(node, 'entityType')!r} is not known", id_)
    codes = (*(one.country for one in addresses), *said.countries)
    return Entry(
        id=id_,
        kind=kind,
        names=names,
        countries=tuple(filter(None, dict.fromkeys(codes))),
        addresses=tuple(dict.fromkeys(one for one in addresses if one.text)),
        identifiers=tuple(dict.fromkeys(said.identifiers)),
        programs=tuple(dict.fromkeys(tidy(one.text or "") for one in node.iter("sanctionsProgram"))),
        listed=published,
        remarks="; ".join(filter(None, (*said.words, *_beside(node), _text(node, "remarks")))),
        lists=lists,
    )


def _lists(node: Element, list_: str, noises: Noises) -> tuple[tuple[str, ...], date | None]:
    """Return the lists of an entity, and the first day on which it was published on the list read, or on one in it."""
    lists, days = [], []
    for one in node.iter("sanctionsList"):
        name, id_ = tidy(one.text or ""), node.get("id", "")
        published = day(one.get("datePublished", ""))
        if name not in LISTS and name not in WHOLE:
            noises.add(f"list {name!r} is not known", id_)
        elif name in LISTS:
            lists.append(LISTS[name])
        if published is None:
            noises.add(f"no day on which {name} published it", id_)
        elif (name == "SDN List") == (list_ == SDN):
            days.append(published)
    return tuple(dict.fromkeys(lists)), min(days, default=None)


def _names(node: Element) -> Iterator[Name]:
    """Yield the names of an entity, the primary one first; what is written in another script is an alias."""
    first: list[Name] = []
    rest: list[Name] = []
    for one in node.iter("name"):
        if one.get("id") is None:
            continue  # the name that an identity document is made out to
        primary = _child(one, "isPrimary") == "true"
        weak = _child(one, "isLowQuality") == "true"
        kind = "weak_alias" if weak else _ALIASES.get(_child(one, "aliasType"), "alias")
        for written in one.iter("translation"):
            text = _text(written, "formattedFullName")
            main = primary and not first and _child(written, "isPrimary") == "true"
            (first if main else rest).append(Name(text, "primary" if main else kind))
    yield from dict.fromkeys(name for name in (*first, *rest) if name.text)


def _addresses(node: Element, id_: str, noises: Noises) -> Iterator[Address]:
    """Yield an address in each script in which it is written."""
    name = _text(node, "country")
    code = _code(name, id_, noises)
    for written in node.iter("translation"):
        parts: dict[str, list[str]] = {}
        for part in written.iter("addressPart"):
            parts.setdefault(_text(part, "type"), []).append(_text(part, "value"))
        for unknown in parts.keys() - set(_ADDRESS_ORDER):
            noises.add(f"part of an address {unknown!r} is not known", id_)
        ordered = [
            text
            for kind in (*_ADDRESS_ORDER, *sorted(parts.keys() - set(_ADDRESS_ORDER)))
            for text in parts.get(kind, ())
        ]
        yield Address(", ".join(filter(None, ordered)), code)


def _said(node: Element, id_: str, noises: Noises) -> _Said:
    """Gather what features and identity documents say."""
    said = _Said([], [], [])
    for feature in node.iter("feature"):
        kind, value = _text(feature, "type"), _text(feature, "value")
        if not is_known(kind):
            noises.add(f"feature {kind!r} is not known", id_)
        if kind in _COUNTRIES:
            said.countries.append(_code(value, id_, noises))
        comment = _text(feature, "comments")
        if identifies(kind):
            said.identifiers.append(numbered(kind, value, ""))
        if comment or not identifies(kind):
            said.words.append(tidy(f"{_SHORT.get(kind, kind)} {value} {comment}"))
    for document in node.iter("identityDocument"):
        kind, code = _text(document, "type"), _code(_text(document, "issuingCountry"), id_, noises)
        if kind not in DOCUMENTS:
            noises.add(f"document {kind!r} is not known", id_)
        if number := _text(document, "documentNumber"):
            said.identifiers.append(numbered(kind, number, code))
        else:
            noises.slip(f"{kind} without a number", id_)
    return said


def _beside(node: Element) -> Iterator[str]:
    """Yield in words to whom an entity is linked, what is forbidden with it, and under which authority."""
    for link in node.iter("relationship"):
        yield f"{_text(link, 'type')}: {_text(link, 'relatedEntity')}"
    for element, word in (("sanctionsType", "sanctions"), ("legalAuthority", "authority")):
        for text in dict.fromkeys(tidy(one.text or "") for one in node.iter(element)):
            yield f"{word}: {text}"


def _code(name: str, id_: str, noises: Noises) -> str:
    """Return the code of a country; a name that is not known makes a noise, a region has none."""
    code = country_of(name) if name else ""
    if name and not code and not no_country(name):
        noises.add(f"country {name!r} is not known", id_)
    return code


def _unknown(node: Element, id_: str, noises: Noises) -> None:
    """Make a noise of every element and attribute that is not known, those left out with all in them aside."""
    ignored = [one for one in node.iter() if one.tag in IGNORED]
    fields = fields_of(node)
    if not fields <= FIELDS:
        inside = set().union(*(fields_of(one) for one in ignored))
        for field in sorted(fields - FIELDS - inside):
            noises.add(f"unknown field {field}", id_)


def _child(node: Element, name: str) -> str:
    """Return the text of a direct child, empty where there is none."""
    return tidy(node.findtext(name) or "")


def _text(node: Element, name: str) -> str:
    """Return the text of the first element of a name inside another, empty where there is none."""
    return tidy(node.findtext(f".//{name}") or "")
