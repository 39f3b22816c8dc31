"""How a foreign-made item comes from US technology: product scopes of the direct product rules, and their entities.

15 CFR 734.9. A rule has a product scope (with what the item is made) and an end-user scope (who takes part); both are
put here as facts, so that the rules stay small:

- `items[0].made_with:WORD`, the words of `SCOPES` and `fn1 direct` …: whether the item meets a product scope.
- `items[0].ns_controlled`: whether the item is controlled for national security; `items[0].chip`, `.sme`, `.fn5_tool`:
  whether it is a kind of item that 734.9(h), (k), (e)(3) name.
- `items[0].of_footnote1`, `items[0].produced_by_footnote1`: whether a footnote 1 entity designed, produced it.
- `footnote1:destined`, `footnote1:party`, `footnote1:known` (also 3, 4, 5): whether an entity with that footnote
  receives it, takes part in any role but a carrier's, or is known to take part or to use it.

US-origin equipment counts as the direct product of the US technology to make it: a plant of US machines is reached
although nobody names the technology behind them. Technology that is not of US origin does not count: what is of US
origin behind it has to be listed by itself, since the list is of all means of US origin.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from licet.enrich.verdicts import Open, Verdict, all_of, among, any_of, any_record, paragraph, put, same
from licet.law.us_ear import part_738, tables
from licet.law.us_ear.part_734 import IN_THE_US
from licet.law.us_ear.part_734_9 import russian_destinations
from licet.law.us_ear.policy import SERIES_9X515, SERIES_600
from licet.model.act import NONE, UNDETERMINABLE
from licet.model.outcome import Because

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from licet.enrich.parties import Lookup
    from licet.law.case import Case
    from licet.law.day import LawDay
    from licet.law.rule import Candidate
    from licet.law.stock import Stock

    Specified = Callable[[LawDay, str, str], Verdict]

PLANT = ("plant", "major_component")
DIRECT = "direct_product"
_CORE = (
    *("3D001", "3D991", "3E001", "3E002", "3E003", "3E991", "4D001", "4D993", "4D994", "4E001", "4E992", "4E993"),
    *("5D001", "5D991", "5E001", "5E991"),
)
"""Technology and software of footnote 1 in the text of 2022-02-03; taken as that of May and August 2020 as well."""
_LATER = ("3D901", "3D992", "3D993", "3D994", "3E901", "3E992", "3E993", "3E994")
"""What FN5-2024 added to the lists."""
_EQUIPMENT = (
    "3D001",
    "3D901",
    "3D991",
    "3D992",
    "3D993",
    "3D994",
    "3E001",
    "3E901",
    "3E991",
    "3E992",
    "3E993",
    "3E994",
)
"""Technology and software for the plants of 734.9(e)(3) and (k)."""
TECHNOLOGY_OF = {
    **dict.fromkeys(("3A991", "3A992", "3B991", "3B992", "3C992"), "3E991"),
    **dict.fromkeys(("3B001", "3B002", "3C001", "3C002", "3A001", "3A002", "3A003", "3A090"), "3E001"),
    **dict.fromkeys(("3B903", "3B904", "3A901", "3A904"), "3E901"),
    "3B993": "3E993",
    "3B994": "3E994",
    **dict.fromkeys(("4A001", "4A003", "4A004", "4A005", "4A090"), "4E001"),
    **dict.fromkeys(("4A994", "4B994", "4C994"), "4E992"),
    **dict.fromkeys(("5A001", "5B001"), "5E001"),
    **dict.fromkeys(("5A991", "5B991"), "5E991"),
    **dict.fromkeys(("5A002", "5A004", "5B002"), "5E002"),
    "9A515": "9E515",
    "9B515": "9E515",
}
"""Equipment with the entry of the technology to make it, as the entries of that technology say."""
CHIPS = ("3A090", "4A090", "3A001.z", "4A003.z", "4A004.z", "4A005.z", "5A002.z", "5A004.z", "5A992.z")
CHIPS_2022 = ("3E001", "4E001", "3A001", "3A991", "4A003", "4A994", "5A002", "5A004", "5A992")
"""What could be, or perform as, an item of 3A090 or 4A090 before the .z paragraphs were made."""
SME = (
    *("3B001.a.4", "3B001.c", "3B001.d", "3B001.f.1", "3B001.f.5", "3B001.f.6", "3B001.k", "3B001.l", "3B001.m"),
    *("3B001.n", "3B001.p.2", "3B001.p.4", "3B001.r", "3B002.c"),
)
FN5_TOOLS = ("3B001", "3B002", "3B903", "3B991", "3B992", "3B993", "3B994")
FN5_EXCEPT = (*SME, "3B001.g", "3B001.h", "3B991.b.2.a", "3B991.b.2.b")
MARKS = ("1", "3", "4", "5")
"""Footnotes of the Entity List on which a direct product rule turns."""


def production(case: Case, look_up: Lookup, item: str) -> None:
    """Put what the rules of 734.9 ask of an item, after `part_738.classify`.

    Args:
        case: The case; its stock is filled.
        look_up: Where names are looked up.
        item: Prefix of the item.
    """
    stock = case.stock
    if stock.act.get("activity") in IN_THE_US or stock.act.get(f"{item}.us_origin") == "yes":
        return  # no rule comes to ask
    path = f"{item}.made_with"
    for word, scope in SCOPES.items():
        direct, plant = (_scope(case, path, scope, limb) for limb in ("direct", "plant"))
        put(stock, f"{path}:{word} direct", direct, path)
        put(stock, f"{path}:{word} plant", plant, path)
        put(stock, f"{path}:{word}", any_of((direct, plant)), path)
    for word, verdict in _kinds(case, item):
        put(stock, f"{item}.{word}", verdict, f"{item}.eccn")
    put(stock, f"{item}.ns_controlled", _national_security(stock, item), f"{item}.eccn")
    put(stock, f"{item}.of_footnote1", _maker(case, look_up, f"{item}.designed_by"), f"{item}.designed_by")
    put(stock, f"{item}.produced_by_footnote1", _maker(case, look_up, f"{item}.produced_by"), f"{item}.produced_by")


def entities(case: Case) -> None:
    """Put whether entities with a footnote of the Entity List take part, receive the item, or are known to.

    Put as well: `parties:in russia`, `parties:in iran`, whether a party is in a country of 734.9(f), (j); and
    `parties:half listed`, whether one is owned by half or more by listed parties, from the facts of `enrich.owners`.
    """
    if case.act.get("activity") in IN_THE_US:
        return  # no rule comes to ask
    places = {"russia": russian_destinations(case.law), "iran": ("IR",)}
    for word, codes in places.items():
        countries = (among(case.stock, f"{party}.country", *codes) for party in case.parties)
        put(case.stock, f"parties:in {word}", any_of(countries), "parties")
    put(case.stock, "parties:half listed", any_of(map(partial(_half, case.stock), case.parties)), "parties")
    for mark in MARKS:
        put(case.stock, f"footnote{mark}:destined", any_of(_takes_part(case, mark, destined=True)), "parties")
        put(case.stock, f"footnote{mark}:party", any_of(_takes_part(case, mark, destined=False)), "parties")
        path = f"knowledge.footnote{mark}_party"
        if mark != "3":  # no fact asks for it
            put(case.stock, f"footnote{mark}:known", among(case.stock, path, "yes"), path)


def _half(stock: Stock, party: str) -> Verdict:
    fact = f"{party}.owners:half"
    found = stock[fact].words
    if found == {"yes"}:
        return True
    return Open(*stock.behind(fact)) if "yes" in found else False


# -- product scope


class Scope(NamedTuple):
    """What a product scope asks of technology and software: of what the item is made with, and its plant."""

    direct: Specified
    plant: Specified
    software_plant: bool = True
    """Whether a plant that is the direct product of software counts, not of technology alone."""


def _listed(*entries: str, later: tuple[str, ...] = ()) -> Specified:
    """Return a test for listed entries; a paragraph of an entry is the entry."""

    def test(law: LawDay, code: str, _: str) -> Verdict:
        number = code.partition(".")[0]
        return number in entries or (number in later and law.stands("FN5-2024"))

    return test


def _groups_d_and_e(categories: str) -> Specified:
    """Return a test for any software or technology of some categories of the Commerce Control List."""

    def test(_: LawDay, code: str, __: str) -> Verdict:
        return code[:1] in categories and code[1:2] in {"D", "E"}

    return test


def _national_security_technology(law: LawDay, code: str, path: str) -> Verdict:
    """Say whether technology is controlled for national security: then License Exception TSR needs an assurance.

    Supp. 2 to part 748, paragraph (o)(3)(i), was not read; 740.6 was. Most entries of technology have this reason where
    the item to be made has it. The rule asks only for items that do, so it counts as met.
    """
    if code == "EAR99":
        return False
    kinds = tables.kinds(law, code)
    if not kinds:
        return Open("us_ear/774 reasons for control of an entry not read", Because.NOT_MODELED)
    return same((any(column.startswith("NS") for column in kind.columns) for kind in kinds), path)


def _ns(columns: tuple[str, ...], path: str) -> Verdict:
    found = [column for column in columns if column.startswith("NS")]
    if any(not column.endswith("?") for column in found):
        return True
    return Open(path) if found else False


def _begins(*patterns: str) -> Specified:
    def test(_: LawDay, code: str, __: str) -> Verdict:
        return code[1:2] in {"D", "E"} and code.startswith(tuple(pattern.rstrip("*") for pattern in patterns))

    return test


SCOPES: dict[str, Scope] = {
    "ns": Scope(_national_security_technology, _national_security_technology, software_plant=False),
    "9x515": Scope(_begins(*SERIES_9X515), _begins(*SERIES_9X515), software_plant=False),
    "600": Scope(_begins(*SERIES_600), _begins(*SERIES_600), software_plant=False),
    "fn1": Scope(_listed(*_CORE, later=_LATER), _listed(*_CORE, later=_LATER)),
    "fn4": Scope(
        _listed(*_CORE, "5D002", "5E002", later=_LATER),
        _listed(*_CORE, "5D002", "5E002", later=_LATER),
    ),
    "chips": Scope(
        _listed(*_CORE, "4D090", "5D002", "5E002", later=_LATER),
        _listed(*_CORE, "4D090", "5D002", "5E002", later=_LATER),
    ),
    "fn5": Scope(
        _listed("3D001", "3D901", "3D991", "3D993", "3D994", "3E001", "3E901", "3E991", "3E993", "3E994"),
        _listed(*_EQUIPMENT),
    ),
    "sme": Scope(_listed("3D992", "3E992"), _listed(*_EQUIPMENT)),
    "3 to 9": Scope(_groups_d_and_e("3456789"), _groups_d_and_e("3456789")),
    "every": Scope(_groups_d_and_e("0123456789"), _groups_d_and_e("0123456789")),
}
"""Product scopes by the word that the rules ask."""


def _scope(case: Case, path: str, scope: Scope, limb: str) -> Verdict:
    """Say whether an item meets one limb of a product scope by any of the means that it is made with."""
    count = case.act.count(path) or 0
    return any_record(case.stock, path, (_record(case, f"{path}[{i}]", scope, limb) for i in range(count)))


def _record(case: Case, record: str, scope: Scope, limb: str) -> Verdict:
    stock, act = case.stock, case.act
    kind = act.get(f"{record}.kind")
    if kind == "equipment":
        return _equipment(case, record, scope, limb)
    roles = (DIRECT,) if limb == "direct" else PLANT
    kinds = ("technology", "software") if limb == "direct" or scope.software_plant else ("technology",)
    wanted = scope.direct if limb == "direct" else scope.plant
    return all_of(
        (
            among(stock, f"{record}.kind", *kinds),
            among(stock, f"{record}.us_origin", "yes"),
            _eccn(case, f"{record}.eccn", wanted),
            among(stock, f"{record}.role", *roles),
        )
    )


def _eccn(case: Case, path: str, wanted: Specified) -> Verdict:
    code = case.act.get(path)
    if not isinstance(code, str) or code == UNDETERMINABLE:
        return Open(path)
    return wanted(case.law, code, path)


def _equipment(case: Case, record: str, scope: Scope, limb: str) -> Verdict:
    """Take US-origin equipment of a plant as the direct product of the technology that is listed for it."""
    if limb == "direct":
        return False
    return all_of(
        (
            among(case.stock, f"{record}.us_origin", "yes"),
            among(case.stock, f"{record}.role", DIRECT, *PLANT),
            _eccn(case, f"{record}.eccn", _made_by(scope.plant)),
        )
    )


def _made_by(wanted: Specified) -> Specified:
    def test(law: LawDay, code: str, path: str) -> Verdict:
        number = code.partition(".")[0]
        technology = TECHNOLOGY_OF.get(number)
        if technology is not None:
            return wanted(law, technology, path)
        if code == "EAR99":
            return False
        # Of an entry that is not in the table the category alone is known.
        entries = (entry for entry in tables.entries() if entry[0] == number[:1] and entry[1] in "DE")
        return (
            Open(path.rpartition("[")[0]) if any(wanted(law, entry, path) is not False for entry in entries) else False
        )

    return test


def _kinds(case: Case, item: str) -> Iterator[tuple[str, Verdict]]:
    """Walk through the kinds of item that some paragraphs of 734.9 name, by the word that the rules ask."""
    path = f"{item}.eccn"
    stated = case.act.get(path)
    code = stated if isinstance(stated, str) and stated != UNDETERMINABLE else ""
    yield "chip", _chip(case.law, code, path)
    yield "sme", paragraph(code, SME, path)
    tool = paragraph(code, FN5_TOOLS, path)
    left_out = paragraph(code, FN5_EXCEPT, path)
    yield "fn5_tool", all_of((tool, (not left_out) if isinstance(left_out, bool) else left_out))


def _chip(law: LawDay, code: str, path: str) -> Verdict:
    """Say whether an item is one of 734.9(h)(1): before AC-2023 items of other entries with their performance too."""
    found = paragraph(code, CHIPS if law.stands("AC-2023") else CHIPS[:2], path)
    if found is not False:
        return found
    others = ("3E001", "4E001") if law.stands("AC-2023") else CHIPS_2022
    in_doubt = paragraph(code, others, path) is not False
    doubt = Open("us_ear/734.9(h) whether the item is for, or performs as, 3A090 or 4A090", Because.NOT_MODELED)
    return doubt if in_doubt else False


def _national_security(stock: Stock, item: str) -> Verdict:
    """Say whether an item is controlled for national security, from its reasons for control."""
    path = f"{item}.eccn"
    verdicts: list[Verdict] = []
    for word in sorted(stock[f"{item}.reasons"].words):
        if word.endswith(f": {part_738.UNKNOWN}"):
            verdicts.append(Open(path))
        elif word.endswith(part_738.OPEN):
            verdicts.append(Open("us_ear/774 reasons for control of an entry not read", Because.NOT_MODELED))
        else:
            verdicts.append(_ns(part_738.columns_of(word), f"{item}.controls"))
    return same(verdicts, path)


# -- entities


def _takes_part(case: Case, mark: str, *, destined: bool) -> Iterator[Verdict]:
    """Walk through the parties: does an entity with the footnote take part, other than by carrying the goods?"""
    for party in case.parties:
        role = case.act.get(f"{party}.role")
        verdict: Verdict = Open(f"{party}.role")
        if isinstance(role, tuple):
            receives = bool(set(role) & {"ultimate_consignee", "end_user", "recipient"})
            verdict = receives if destined else bool(set(role) - {"carrier"})
        yield all_of((any_of(_marked(case, party, mark)), verdict))


def _marked(case: Case, party: str, mark: str) -> Iterator[Verdict]:
    """Walk through the entries of the Entity List that a party stands under: does one carry the footnote?"""
    for candidate in case.listings(party, "entity_list"):
        fact = f"{candidate.prefix}same"
        same_party = case.stock[fact].words
        is_party: Verdict = True
        if same_party != {"yes"}:
            is_party = Open(*case.stock.behind(fact)) if "yes" in same_party else False
        yield all_of((_footnote(case, candidate, mark), is_party))


def _footnote(case: Case, candidate: Candidate, mark: str) -> Verdict:
    stated = case.act.get(f"{candidate.prefix}footnotes")
    if isinstance(stated, tuple):
        return mark in map(str, stated)
    if stated == NONE:
        return False
    if candidate.listing is not None:
        return int(mark) in candidate.listing.footnotes
    if case.act.get(f"{candidate.prefix}list") is not None:
        return Open(f"{candidate.prefix}footnotes")
    return True  # an entry of which nothing is known: what is open is whether the party stands under it


def _maker(case: Case, look_up: Lookup, path: str) -> Verdict:
    """Say whether a named maker is an entity with footnote 1: a party of the act, or by the lists."""
    name = case.act.get(path)
    if not isinstance(name, str) or name == UNDETERMINABLE:
        return Open(path)
    if name in {NONE, "other"}:
        return False
    for party in case.parties:
        if case.act.get(f"{party}.name") == name:
            return any_of(_marked(case, party, "1"))
    if any(entry.list == "entity_list" and 1 in entry.footnotes for entry in look_up.named(name)):
        return True
    found = look_up.find(name)
    if any(near.entry for near in found.near):
        return Open(path, Because.MATCH)
    known = "entity_list" in found.known or look_up.assume_complete
    return False if known else Open(path, Because.LISTS)
