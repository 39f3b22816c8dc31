"""Whether a US-origin piece would need a license by itself to a place: Supp. 2 to part 734, paragraph (a)(1).

The Country Chart, the controls beside it in part 742, and part 746 count; part 744 does not. Pure: tables, the law of a
day and the stated facts in, a verdict out.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from licet.enrich.verdicts import Open, Verdict, any_of, same
from licet.law.us_ear import part_738, part_742, part_746, part_746_russia, tables
from licet.law.us_ear.exception_lines import IN_WORDS, YES, line
from licet.model.act import UNDETERMINABLE
from licet.model.outcome import Because

if TYPE_CHECKING:
    from licet.law.case import Case
    from licet.law.day import LawDay

WHOLE = ("KP", "SY")
"""Destinations that need a license for everything but food and medicine (746.4(a), 746.9(a))."""
REGIONS = {"UA-43": None, "UA-40": None, "UA-14": date(2022, 2, 21), "UA-09": date(2022, 2, 21)}
"""Regions of 746.6, with the first day of the younger ones."""
OIL_LIST = date(2022, 3, 3)
"""First day of a list of EAR99 items for Russia (Supp. 4 to part 746, 87 FR 12856)."""
IRAN_LIST = date(2023, 2, 24)
"""First day of Supp. 7 to part 746 for Iran (88 FR 12150)."""


class Piece(NamedTuple):
    """One piece of US content."""

    path: str
    eccn: str
    kind: str
    reasons: tuple[str, ...]
    """Words of its fact `reasons` (`part_738.classify`)."""


class Place(NamedTuple):
    """Where the foreign-made item goes, on the law of a day."""

    law: LawDay
    codes: tuple[str, ...]
    """Destinations; for a release those of the nationality. Empty where that is open."""
    path: str
    """What would tell the destination."""
    leaves: str
    """Country that it leaves; empty where that is not stated."""
    food: str
    """Whether the item is food or medicine: yes, no, or empty."""
    food_path: str

    @classmethod
    def of(cls, case: Case, item: str) -> Place:
        """Return the place of an item of a case, after `part_738.classify`."""
        act = case.act
        to, leaves, food = (_word(act.get(path)) for path in ("to", "from", f"{item}.food_or_medicine"))
        codes: tuple[str, ...] = (to,) if to else ()
        path = "to"
        if act.get("activity") in {"deemed_export", "deemed_reexport"}:
            codes, path = _nationalities(case)
        return cls(case.law, codes, path, leaves, food, f"{item}.food_or_medicine")


def _word(stated: object) -> str:
    return stated if isinstance(stated, str) and stated != UNDETERMINABLE else ""


def _nationalities(case: Case) -> tuple[tuple[str, ...], str]:
    """Return the countries to which a release counts as sent, and what would tell them where that is open."""
    found: set[str] = set()
    for party in case.parties:
        released = case.stock[f"{party}.released_to"]
        if released.others:
            return (), f"{party}.nationality"
        found |= released.words - {"none"}
    return tuple(sorted(found)), f"{case.parties[0]}.nationality" if case.parties else "parties"


def needs_license(piece: Piece, place: Place) -> tuple[Verdict, str]:
    """Say whether a piece would need a license to a place by itself, and why."""
    if not place.codes:
        return Open(place.path), "the destination is not stated"
    found = [_to(piece, code, place) for code in place.codes]
    verdict = any_of(one for one, _ in found)
    return verdict, next(why for one, why in found if one == verdict)


def _to(piece: Piece, code: str, place: Place) -> tuple[Verdict, str]:
    under_746 = _part_746(piece, code, place)
    if under_746 is not None:
        return under_746
    verdicts = []
    for word in piece.reasons:
        if word.endswith(part_738.OPEN):
            verdicts.append(_without_reasons(piece, word))
        else:
            verdicts.append(_by_reasons(piece, word, code, place))
    verdict = same(verdicts, f"{piece.path}.eccn")
    reasons = ", ".join(dict.fromkeys(word.rpartition(": ")[2] for word in piece.reasons))
    if verdict is True:
        return True, f"{reasons} needs a license to {code}"
    if verdict is False:
        return False, f"{reasons} needs none to {code}, or has GBS"
    return verdict, f"{reasons} may need a license to {code}"


def _without_reasons(piece: Piece, word: str) -> Verdict:
    if word.endswith(part_738.UNKNOWN):
        return Open(f"{piece.path}.eccn")
    return Open("us_ear/774 reasons for control of an entry not read", Because.NOT_MODELED)


# -- part 746


def _part_746(piece: Piece, code: str, place: Place) -> tuple[Verdict, str] | None:
    """Return what part 746 says of a piece to a destination; None where it leaves it to the chart."""
    law = place.law
    if code == "CU":
        return True, "everything needs a license to Cuba (746.2)"
    start = REGIONS.get(code)
    if code in WHOLE or (code in REGIONS and (start is None or law.since(start))):
        return _all_but_food(piece, place), "everything but food and medicine needs a license (746.4, 746.6, 746.9)"
    if code == "IR":
        return _iran(piece, place)
    if (code == "RU" and law.stands("RU-2022")) or (code == "BY" and law.stands("RU-BY-2022")):
        return _russia(piece, place)
    return None


def _all_but_food(piece: Piece, place: Place) -> Verdict:
    if piece.eccn not in {"", "EAR99"} or place.food == "no":
        return True
    if place.food == "yes":
        return Open("us_ear/746 whether the US content is food or medicine", Because.NOT_MODELED)
    return Open(place.food_path)


def _iran(piece: Piece, place: Place) -> tuple[Verdict, str] | None:
    """746.7(a)(1)(i): items of the Commerce Control List; (ii), (v): EAR99 of Supp. 7, not from partners."""
    if not piece.eccn:
        return None
    if piece.eccn != "EAR99":
        return True, "what is on the Commerce Control List needs a license to Iran (746.7)"
    if not place.law.since(IRAN_LIST) or _from_partner(place):
        return False, "EAR99 needs none to Iran under the EAR (746.7)"
    says = "EAR99 needs a license to Iran where Supp. 7 to part 746 lists it"
    return Open("us_ear/746.7 tariff number of US content", Because.NOT_MODELED), says


def _russia(piece: Piece, place: Place) -> tuple[Verdict, str] | None:
    """746.8(a)(1): ECCNs of categories 3 to 9, of all since RU-CCL-2022; AT-only ones not where partners sell."""
    law = place.law
    if not piece.eccn:
        return None
    if piece.eccn == "EAR99":
        return _russia_ear99(law)
    if piece.eccn[0] in "012" and not law.stands("RU-CCL-2022"):
        return None
    if _light(piece) and not place.leaves:
        return Open("from"), "controlled for anti-terrorism alone: it counts unless a partner country sells"
    if _from_partner(place) and _light(piece):
        return None
    return True, "what is on the Commerce Control List needs a license to Russia and Belarus (746.8)"


def _russia_ear99(law: LawDay) -> tuple[Verdict, str]:
    if not law.since(OIL_LIST):
        return False, "EAR99 needs no license yet (746.8)"
    says = "EAR99 needs a license where a supplement to part 746 lists it"
    return Open("us_ear/746.8 tariff number of US content", Because.NOT_MODELED), says


def _from_partner(place: Place) -> bool:
    start = part_746_russia.PARTNERS.get(place.leaves)
    return start is not None and place.law.since(start)


def _light(piece: Piece) -> bool:
    """Say whether an entry is controlled for anti-terrorism alone, or is 9A991, which counts as such."""
    columns = [part_738.columns_of(word) for word in piece.reasons if not word.endswith(part_738.OPEN)]
    known = len(columns) == len(piece.reasons)
    alone = known and all(column.startswith("AT") for one in columns for column in one)
    return alone or piece.eccn.split(".")[0] == "9A991"


# -- chart and part 742


def _by_reasons(piece: Piece, word: str, code: str, place: Place) -> Verdict:
    """Say whether any reason of one kind of paragraph asks for a license to a destination, GBS apart."""
    found = {one: _column(piece, one, code, place.law) for one in part_738.columns_of(word)}
    verdict = any_of(found.values())
    if verdict is not True:
        return verdict
    asks = {one[:2] for one, needed in found.items() if needed is not False}
    if asks == {"NS"} and code in tables.group(place.law, "B"):
        under_gbs = _gbs(piece)
        return (not under_gbs) if isinstance(under_gbs, bool) else under_gbs
    return True


def _gbs(piece: Piece) -> Verdict:
    """Say whether a commodity controlled for national security alone is one that its entry lets go under GBS.

    Entries leave out what is controlled for missile technology; that asks for a license of its own, so it is not here.
    """
    found = line(piece.eccn, "GBS")
    if found is None or not found.parts:
        return False
    if not found.certain:
        return Open(f"{piece.path}.eccn")
    words = {part.word for part in found.parts}
    if IN_WORDS in words:
        return Open("us_ear/740.4 whether US content has GBS", Because.NOT_MODELED)
    return YES in words


def _column(piece: Piece, column: str, code: str, law: LawDay) -> Verdict:
    """Say whether one reason asks for a license to a destination; one that hangs on a condition stays open."""
    name = column.rstrip("?")
    found = _beside(name, code, law) if "@" in name else _cell(piece, name, code, law)
    return Open(f"{piece.path}.controls") if found is True and column.endswith("?") else found


def _cell(piece: Piece, column: str, code: str, law: LawDay) -> Verdict:
    mark = tables.cell(law, column, code)
    if mark == tables.MARK:
        return True
    if mark == tables.DISPUTED:
        known = code in tables.cells(law, column).disputed
        because = Because.CONFLICT if known else Because.NOT_MODELED
        return Open(f"two copies of the chart, {column}" if known else "us_ear/738.3(b) whose row counts", because)
    if column == "RS 2" and code == "IN":
        return piece.eccn.startswith(("6A003.b.4.b", "9A515.e"))
    if column == "RS 1" and code in {"AU", "GB"} and law.stands("AUKUS-2024"):
        listed = tuple(one.rstrip("*") for one in part_738.FOOTNOTE_10)
        return piece.eccn.startswith(listed) and not piece.eccn.startswith("0A501.y")
    return False


_ALWAYS = ("NS@742.4(a)(5)", "RS@742.6(a)(10)", "CC@742.7(a)(4)", "CC@742.11", "SL@742.13", "CW@742.18 schedule 1")
_EQUIPMENT = ("NS@742.4(a)(4)", "RS@742.6(a)(6)(i)(A)", "RS@742.6(a)(6)(i)(B)", "RS@90 FR 4615")
_NOT_BY_DESTINATION = ("SS@754", "RS@742.6(a)(6)(ii)", "RS@742.6(a)(11)", "AT@742.8", "AT@742.19", "FP@746.8")
"""Short supply does not count; the others ask for no license to a destination that part 746 does not cover."""


def _beside(column: str, code: str, law: LawDay) -> Verdict:
    """Say whether a control beside the chart asks for a license to a destination."""
    if column in _ALWAYS:
        return True
    if column in _NOT_BY_DESTINATION:
        return False
    if column in part_742.CHIPS:
        return _chips(code, law)
    if column == "UN@746.1(b)":
        return code in part_746.UN_EMBARGOES and Open("us_ear/746.1(b)(2)", Because.NOT_MODELED)
    codes = _codes(column, law)
    if codes is None:
        return Open(f"us_ear/{column.partition('@')[2]}", Because.NOT_MODELED)
    wanted, listed = codes
    return (code in listed) is wanted


def _codes(column: str, law: LawDay) -> tuple[bool, tuple[str, ...]] | None:
    """Return the destinations of a control: true with those that it reaches, false with those that it leaves out."""
    china = ("CN", "HK") if law.stands("HK-2020") else ("CN",)
    if column in _EQUIPMENT:
        return True, (*tables.group(law, "D:5"), "MO")
    if column == "SI@742.14":
        return False, ("CA", "AU", "GB") if law.stands("AUKUS-2024") else ("CA",)
    if column in {"EI@742.15", "CC@742.7(a)(5)"}:
        return False, ("CA",)
    reaches = {
        "RS@742.6(a)(5)": ("IQ",),
        "RS@742.6(a)(12)": ("PK",),
        "RS@742.6(a)(7)": (*china, *(("RU", "VE") if law.stands("MEU-2020") else ())),
        "RS@742.6(a)(6) (2022)": (*china, *(("MO",) if law.stands("MACAU") else ())),
        "CW@742.18": part_742.NOT_PARTY,
    }
    return (True, reaches[column]) if column in reaches else None


def _chips(code: str, law: LawDay) -> Verdict:
    if not law.stands("AC-2023"):
        return False
    if code in part_742.chip_destinations(law):
        return True
    if law.complied("AID-2025"):
        return Open("90 FR 4544 as printed, and the agency's word that it is not enforced", Because.CONFLICT)
    return False
