"""The entries of a list as FollowTheMoney entities, one JSON object a line, for tools that read that model.

Each entry is one entity, with an `Address` for each of its addresses, a `Sanction` for each list on which it stands,
and an `UnknownLink` to the entry inside which its list names it. Names of schemata and properties are those of version
4 of the model. What it has no property for goes into `notes`, so that nothing is lost.
"""

from __future__ import annotations

import json
from hashlib import sha1
from typing import TYPE_CHECKING, NamedTuple

from licet.lists.guards import name_of
from licet.lists.members import standing
from licet.names.normal import core, normalize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from licet.lists.entry import Address, Entry, Identifier
    from licet.lists.members import Member
    from licet.lists.merge import Row

    Object = dict[str, object]

SCHEMATA = {"person": "Person", "vessel": "Vessel", "aircraft": "Airplane", "address": "Address"}
"""By kind of entry. An entity is a `Company` where its name has a legal form, else an `Organization`; what may be a
person too is a `LegalEntity`."""
NAMES = {"primary": "name", "alias": "alias", "weak_alias": "weakAlias", "former": "previousName"}
TOPICS = {
    **dict.fromkeys(("ca", "isn", "ofac_capta", "ofac_consolidated", "ofac_fse", "ofac_mbs", "ofac_plc"), "sanction"),
    **dict.fromkeys(("ofac_ssi", "sdn", "uk", "un"), "sanction"),
    **dict.fromkeys(("denied_persons_list", "entity_list", "meu_list"), "export.control"),
    "unverified_list": "export.risk",
    **dict.fromkeys(("ddtc_debarred", "s889", "us_1260h"), "debarment"),
    **dict.fromkeys(("fcc_covered_list", "fcc_usf_designated"), "reg.action"),
    "ofac_cmic": "invest.ban",
}
"""What the model calls a party on a list: our choice among its words. An approval has none."""
AUTHORITIES = {
    "ca": ("Global Affairs Canada", "ca"),
    "gb": ("Foreign, Commonwealth and Development Office", "gb"),
    "un": ("United Nations Security Council", ""),
    "us_889": ("Congress of the United States", "us"),
    "us_dod": ("Department of War (Defense)", "us"),
    "us_ear": ("Bureau of Industry and Security", "us"),
    "us_fcc": ("Federal Communications Commission", "us"),
    "us_itar": ("Directorate of Defense Trade Controls", "us"),
    "us_ofac": ("Office of Foreign Assets Control", "us"),
    "us_state": ("Department of State", "us"),
}
"""Who keeps the lists of a regime, and of which country it is."""
_PASSPORTS = ("passport", "diplomatic passport", "british national overseas passport", "stateless person passport")
_TAX = (
    "tax id no.",
    "nit #",
    "r.f.c.",
    "rfc",
    "ruc #",
    "rif #",
    "us fein",
    "italian fiscal code",
    "n.i.f.",
    "c.u.i.t.",
)
_NATIONAL = (
    *(
        "national id no.",
        "national_id",
        "cedula no.",
        "c.u.r.p.",
        "d.n.i.",
        "personal id card",
        "identification number",
    ),
    *("numero de identidad", "national foreign id number", "turkish identification number", "citizen's card number"),
)
_REGISTERED = (
    *("registration number", "registration id", "company number", "commercial registry number", "c.r. no."),
    *("business registration number", "business registration document #", "uk company number", "enterprise number"),
    *("public registration number", "chamber of commerce number", "legal entity number", "folio mercantil no."),
    *("matricula mercantil no", "certificate of incorporation number", "registered charity no.", "business number"),
)
_BODIES = ("Person", "LegalEntity", "Organization", "Company")
_INCORPORATED = ("Organization", "Company")
_PROPERTIES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    **dict.fromkeys(_PASSPORTS, ("passportNumber", ("Person",))),
    **dict.fromkeys(_TAX, ("taxNumber", _BODIES)),
    **dict.fromkeys(_NATIONAL, ("idNumber", ("Person",))),
    **dict.fromkeys(_REGISTERED, ("registrationNumber", ("LegalEntity", *_INCORPORATED))),
    "ssn": ("socialSecurityNumber", ("Person",)),
    "v.a.t. number": ("vatCode", _BODIES),
    "swift/bic": ("swiftBic", _BODIES),
    "d-u-n-s number": ("dunsCode", _BODIES),
    "unified social credit code (uscc)": ("uscCode", _BODIES),
    "united social credit code certificate (usccc)": ("uscCode", _BODIES),
    "global intermediary identification number": ("giiNumber", _INCORPORATED),
    "bik (ru)": ("bikCode", ("Company",)),
    "equity ticker": ("ticker", ("Company",)),
    "imo": ("imoNumber", ("Vessel", *_INCORPORATED)),
    "mmsi": ("mmsi", ("Vessel",)),
    "vessel call sign": ("callSign", ("Vessel",)),
    "aircraft tail number": ("registrationNumber", ("Airplane",)),
    "aircraft manufacturer's serial number (msn)": ("serialNumber", ("Airplane",)),
    "aircraft construction number (also called l/n or s/n or f/n)": ("serialNumber", ("Airplane",)),
}
"""The property for a kind of identifier, in small letters, and the schemata that have it."""


class Origin(NamedTuple):
    """Where the entries of a list come from."""

    list: str
    page: str
    """The official page."""
    listed_is_effect: bool
    """Whether `Entry.listed` is the day from which an entry counts (`Source.listed_is_effect`)."""


def export_ftm(rows: Iterable[Row], origin: Origin, state: Callable[[str], Member]) -> str:
    """Return entries as FollowTheMoney entities, one a line.

    Args:
        rows: The entries of a list on a day.
        origin: The list.
        state: What there is to know of each list (`licet.lists.members.state`).

    Returns:
        JSON lines; every object comes once.
    """
    made: dict[object, Object] = {}
    for row in rows:
        for one in _objects(row.entry, origin, state):
            made.setdefault(one["id"], one)
    return "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in made.values())


def schema_of(entry: Entry) -> str:
    """Return the schema of an entry."""
    if entry.kind in SCHEMATA:
        return SCHEMATA[entry.kind]
    if entry.kind != "entity":
        return "LegalEntity"
    name = normalize(name_of(entry))
    return "Company" if core(name) != name else "Organization"


def _objects(entry: Entry, origin: Origin, state: Callable[[str], Member]) -> Iterator[Object]:
    """Yield the entity of an entry and all that belongs to it."""
    id_, schema = _id(origin.list, entry.id), schema_of(entry)
    places = [] if schema == "Address" else [_place(one) for one in entry.addresses]
    lists = standing(origin.list, entry.lists)
    yield _object(
        id_,
        schema,
        origin.list,
        {
            **_named(entry),
            "country": _countries(entry.countries),
            **({"full": [one.text for one in entry.addresses]} if schema == "Address" else {}),
            "addressEntity": [str(one["id"]) for one in places],
            "topics": sorted({TOPICS[one] for one in lists if one in TOPICS}),
            **_identified(entry.identifiers, schema),
            "sourceUrl": [origin.page],
        },
        notes=[entry.remarks, *_left(entry.identifiers, schema)],
    )
    yield from places
    for one in lists:
        yield _sanction(entry, id_, origin, one, state(one))
    if entry.part_of:
        properties = {"subject": [_id(origin.list, entry.part_of)], "object": [id_], "role": ["named inside its entry"]}
        yield _object(f"{id_}.part", "UnknownLink", origin.list, properties)


def _sanction(entry: Entry, id_: str, origin: Origin, list_: str, member: Member) -> Object:
    """Return what it means that an entry stands on a list."""
    listed = [entry.listed.isoformat()] if entry.listed else []
    authority, country = AUTHORITIES.get(member.regime, (member.title, ""))
    return _object(
        f"{id_}.{list_}",
        "Sanction",
        origin.list,
        {
            "entity": [id_],
            "authority": [authority],
            "country": [country] if country else [],
            "authorityId": [entry.id],
            "program": list(entry.programs) or [member.title],
            "provisions": [text for text in (entry.scope_text, entry.policy_text) if text],
            "listingDate": listed,
            "startDate": listed if origin.listed_is_effect else [],
            "endDate": [entry.until.isoformat()] if entry.until else [],
            "summary": [member.means],
            "description": [cite.text for cite in entry.cites],
            "sourceUrl": [origin.page],
        },
    )


def _object(
    id_: str, schema: str, dataset: str, properties: Mapping[str, list[str]], *, notes: Iterable[str] = ()
) -> Object:
    """Return an object; properties without a value are left out, and a value comes once."""
    filled = {name: list(dict.fromkeys(values)) for name, values in properties.items() if values}
    if said := [note for note in notes if note]:
        filled["notes"] = said
    return {"id": id_, "schema": schema, "properties": filled, "datasets": [dataset]}


def _id(list_: str, entry: str) -> str:
    return f"licet-{list_}-{entry}"


def _named(entry: Entry) -> dict[str, list[str]]:
    """Return the names of an entry by their properties; an entry of an address alone is called by it."""
    found: dict[str, list[str]] = {}
    for name in entry.names:
        found.setdefault(NAMES[name.kind], []).append(name.text)
    return found or {"name": [name_of(entry)]}


def _countries(codes: Iterable[str]) -> list[str]:
    """Return codes as the model writes them; a region that the law names stands for its state."""
    return [code.partition("-")[0].lower() for code in codes]


def _place(address: Address) -> Object:
    """Return an address; the same words in the same country are one address in all lists."""
    digest = sha1(f"{address.country}\n{address.text}".encode(), usedforsecurity=False).hexdigest()
    country = _countries([address.country] if address.country else [])
    return _object(f"licet-address-{digest}", "Address", "licet", {"full": [address.text], "country": country})


def _identified(identifiers: Iterable[Identifier], schema: str) -> dict[str, list[str]]:
    """Return identifiers by their properties, where the schema has one."""
    found: dict[str, list[str]] = {}
    for one in identifiers:
        if name := _property(one, schema):
            found.setdefault(name, []).append(one.value)
    return found


def _left(identifiers: Iterable[Identifier], schema: str) -> Iterator[str]:
    """Yield in words the identifiers for which the schema has no property."""
    for one in identifiers:
        if not _property(one, schema):
            yield " ".join(filter(None, (f"{one.kind}:", one.value, f"({one.country})" if one.country else "")))


def _property(identifier: Identifier, schema: str) -> str:
    name, schemata = _PROPERTIES.get(identifier.kind.casefold(), ("", ()))
    return name if schema in schemata else ""
