"""The Consolidated Canadian Autonomous Sanctions List: one XML file of flat records."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from licet.lists.archive import heads, single
from licet.lists.countries import country_code
from licet.lists.entry import Citation, Entry, Identifier, Name, Parsed
from licet.lists.reading import day, elements, entry_ids, fields_of, local, text_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from xml.etree.ElementTree import Element

LIST = "ca"
ROOT, RECORD = "data-set", "record"
_TAGS = {
    "regulation": ("Country", "Country-Pays"),
    "last": ("LastName", "LastName-NomDeFamille"),
    "given": ("GivenName", "GivenName-Prenom"),
    "entity": ("Entity", "EntityOrShip", "EntityOrShip-EntiteOuNavire"),
    "title": ("Title", "TitleOrShip", "TitleOrShipType-TitreOuTypeDeNavire"),
    "born": (
        *("DateOfBirth", "DateOfBirthOrShipBuildDate"),
        "DateOfBirthOrShipBuildDate-DateDeNaissanceOuDateDeConstructionDuNavire",
    ),
    "aliases": ("Aliases", "Aliases-Alias"),
    "schedule": ("Schedule", "Schedule-Annexe"),
    "item": ("Item", "Item-NumeroDarticle"),
    "listed": ("DateOfListing", "DateOfListing-DateDinscription"),
    "imo": ("ShipIMONumber", "ShipIMONumber-NumeroOMIDuNavire"),
}
"""What a record says, and the names that its fields have had: of 2022, later, and in two languages."""
FIELDS = frozenset((ROOT, RECORD, *(tag for tags in _TAGS.values() for tag in tags)))
_NO_SCHEDULE = frozenset(("", "N/A"))
_BETWEEN = re.compile(r"\s*;\s*|\s+/\s+")
_LIST = 4
"""Parts between commas that make a list of an entity's aliases: a name with its legal form has two or three."""
_STROKE = re.compile(r"/(?![^()]*\))")
_IMO = re.compile(r"\d{7}")
_HEAD = 8192


class _Record(NamedTuple):
    """One record, its texts cleaned; empty where it has none."""

    regulation: str
    last: str = ""
    given: str = ""
    entity: str = ""
    title: str = ""
    born: str = ""
    aliases: str = ""
    schedule: str = ""
    item: str = ""
    listed: str = ""
    imo: str = ""

    @property
    def name(self) -> str:
        """The name: of an entity or ship, or of a person, given name first."""
        return self.entity or " ".join(filter(None, (self.given, self.last)))

    @property
    def place(self) -> str:
        """Where in the regulations it stands."""
        schedule = "" if self.schedule in _NO_SCHEDULE else f"Schedule {self.schedule}"
        return ", ".join(filter(None, (schedule, self.item and f"item {self.item}")))


def recognizes(files: Mapping[str, bytes]) -> bool:
    """Say whether some files are this list, by the root of the XML and the fields of its first records."""
    starts = list(heads(files, _HEAD).values())
    return len(starts) == 1 and all(mark in starts[0] for mark in (b"<data-set", b"<record>", b"<Country", b"<Item"))


def parse(files: Mapping[str, bytes], *, issued: date | None = None) -> Parsed:
    """Read one issue.

    Args:
        files: The XML file, plain or packed.
        issued: Day of the issue; the file does not say it.

    Returns:
        One entry per record.

    Raises:
        SourceError: Not this list, or damaged.
    """
    name, data = single(files, "the list of Canada")
    noises: list[str] = []
    records = [one for root in elements(data, name, (ROOT,), (ROOT,)) for one in _records(root, name, noises)]
    ids = entry_ids([(_short(one.regulation), one.name, one.schedule, one.item) for one in records])
    entries = tuple(_entry(id_, one, noises) for id_, one in zip(ids, records, strict=True))
    counts = Counter(entry.kind for entry in entries)
    return Parsed(
        LIST,
        issued,
        entries,
        {
            "entries": len(entries),
            "persons": counts["person"],
            "entities": counts["entity"],
            "ships": counts["vessel"],
            "names": sum(len(entry.names) for entry in entries),
            "regulations": len({one.regulation for one in records}),
        },
        tuple(dict.fromkeys(noises)),
    )


def _records(root: Element, name: str, noises: list[str]) -> Iterator[_Record]:
    """Yield the records of a file; one without a name is a noise."""
    noises += [f"{name}: unknown field {field!r}" for field in sorted(fields_of(root) - FIELDS)]
    slots = {tag: slot for slot, tags in _TAGS.items() for tag in tags}
    for number, node in enumerate(root, 1):
        if local(node.tag) != RECORD:
            noises.append(f"{name}: <{local(node.tag)}> between the records")
            continue
        cells = {slots[local(cell.tag)]: text_in(cell) for cell in node if local(cell.tag) in slots}
        regulation = re.split(r"\s*/\s*", cells.pop("regulation", ""))[0]
        record = _Record(regulation, **cells)
        if record.name and (country_code(regulation) or "Regulations" in regulation):
            yield record
        elif record.name:
            noises.append(f"{record.name}: unknown regulations {regulation!r}")
            yield record
        else:
            noises.append(f"{name}: record {number} has no name")


def _short(regulation: str) -> str:
    """Return a short word for some regulations: the abbreviation in brackets, or the country."""
    found = re.search(r"\(([A-Z]+)\)", regulation)
    return found[1] if found else regulation


def _entry(id_: str, record: _Record, noises: list[str]) -> Entry:
    """Turn a record into an entry."""
    listed = day(record.listed)
    if record.listed and not listed:
        noises.append(f"{record.name}: the day of listing is no day: {record.listed!r}")
    ship = "" if _is_imo(record.imo) else record.imo
    said = (("title", record.title), ("born or built", record.born), ("ship", ship))
    cite = f"Canada, {record.regulation}, {record.place}" if record.place else f"Canada, {record.regulation}"
    return Entry(
        id=id_,
        kind=_kind(record),
        names=tuple(_names(record)),
        identifiers=(Identifier("imo", record.imo),) if _is_imo(record.imo) else (),
        programs=(record.regulation,),
        cites=(Citation(cite),),
        listed=listed,
        remarks="; ".join(f"{label}: {text}" for label, text in said if text),
    )


def _kind(record: _Record) -> str:
    """Return the kind of a party: a ship has an IMO number, a person a last or given name."""
    if record.imo:
        return "vessel"
    return "entity" if record.entity else "person"


def _is_imo(text: str) -> bool:
    """Say whether a text is an IMO number; some records have a name in its place."""
    return _IMO.fullmatch(text) is not None


def _names(record: _Record) -> Iterator[Name]:
    """Yield the names of a record: semicolons and spaced strokes part aliases, a stroke alone English and French."""
    head, *others = _languages(record.name) if record.entity else (record.name,)
    most = _LIST if record.entity else 0
    cells = [part for cell in _BETWEEN.split(record.aliases) for part in _languages(_closed(cell))]
    others += [name for cell in cells for name in _listed(cell, most)]
    yield Name(head)
    yield from (Name(alias, "alias") for alias in dict.fromkeys(filter(None, others)) if alias != head)


def _closed(text: str) -> str:
    """Leave out a bracket without a mate, at either end."""
    return text if text.count("(") == text.count(")") else text.strip("( )")


def _languages(text: str) -> list[str]:
    """Part a name in English and French, `Iranian Navy/Force navale`: both sides have several words."""
    parts = [part.strip() for part in _STROKE.split(text)]
    return parts if all(" " in part for part in parts) else [text]


def _listed(text: str, enough: int) -> list[str]:
    """Part names listed with commas: `X Ltd., JSC` and `Smith, John` stay whole.

    Args:
        text: A cell of aliases.
        enough: Parts that make it a list, whatever they are; 0: only where every part has several words.
    """
    parts = [part.strip() for part in text.split(", ")]
    return parts if all(" " in part for part in parts) or 0 < enough <= len(parts) else [text]
