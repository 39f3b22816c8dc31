"""Where an item is used, and by whom: what an act says of its parties, put together place by place.

End-use rules and embargoes ask the same of every party: whether it is in a group of countries, and what it does there.
`locate` works that out once, before the rules: one fact for each place instead of a question for each party and role.

- `recipients:PLACE`: `to` where the item ends with a party there, `through` where a party there passes it on, `beside`
  where a party there does something else, `no`.
- `nationals:PLACE`: whether technology or source code is released to a national of it.
- `headquarters:PLACE`: whether a party to the transaction, or its ultimate parent, has its headquarters there.
- `owned in:PLACE`: whether all with whom the item ends have their headquarters there, and their ultimate parents too.
- `military:PLACE`: whether a party there is a military end user: `yes`, `unknown` where it was asked and cannot be
  known, `no`.
- for a party `takes_part`: whether it is a party to the transaction.

A place is a list of countries on the day of the law. Where the act leaves open where a party is, or what it does, the
fact keeps every answer that is possible.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from licet.engine.values import words
from licet.law.us_ear.reach import DEEMED, deemed
from licet.law.us_ear.tables import group
from licet.model.act import UNDETERMINABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from licet.law.case import Case
    from licet.law.day import LawDay
    from licet.law.rule import At

HAVE_THE_ITEM = ("end_user", "ultimate_consignee", "recipient")
"""Roles of a party in whose hands the item ends: where such a party is, there the item goes (748.5(e)-(f))."""
TO_THE_TRANSACTION = ("purchaser", "intermediate_consignee", "ultimate_consignee", "end_user")
"""Roles of a party to the transaction (748.5(c)-(f))."""
USERS = (*HAVE_THE_ITEM, "purchaser", "intermediate_consignee", "employer")
"""Roles in which a military end user counts: whoever buys, gets or uses it, or employs who does."""
SEATS = ("headquarters", "ultimate_parent_headquarters")
TO, THROUGH, BESIDE, NO, YES, UNKNOWN = "to", "through", "beside", "no", "yes", "unknown"
RECIPIENT_ORDER, MILITARY_ORDER = (NO, BESIDE, THROUGH, TO), (NO, UNKNOWN, YES)


class Place(NamedTuple):
    """Countries that a rule speaks of."""

    name: str
    codes: Callable[[LawDay], tuple[str, ...]]
    """Its countries on the day of the law."""
    elsewhere: bool = False
    """Whether all countries but these are meant."""

    def on(self, law: LawDay) -> tuple[str, ...]:
        """Return its countries on the day of the law, worked out once for each day."""
        return law.remembered(f"place {self.name}", self.codes)


def _fixed(*codes: str) -> Callable[[LawDay], tuple[str, ...]]:
    return lambda _: codes


def _of_groups(*names: str) -> Callable[[LawDay], tuple[str, ...]]:
    return lambda law: group(law, *names)


def _since(first: tuple[str, ...], joined: dict[str, str]) -> Callable[[LawDay], tuple[str, ...]]:
    """Return countries, with those that joined by a measure once it stands."""
    return lambda law: (*first, *(code for code, measure in joined.items() if law.stands(measure)))


def _chips(law: LawDay) -> tuple[str, ...]:
    """Where the chip rules of 744.6 and 744.23 look: China, with Macau since MACAU, D:5 and Macau since AC-2023."""
    if law.stands("AC-2023"):
        return (*group(law, "D:5"), "MO")
    return _since(("CN",), {"HK": "HK-2020", "MO": "MACAU"})(law)


def _allied(law: LawDay) -> tuple[str, ...]:
    chips = _chips(law)
    return ("US", *(code for code in group(law, "A:5", "A:6") if code not in chips))


def _intelligence(law: LawDay) -> tuple[str, ...]:
    joined = {"HK": "HK-2020", "MM": "MM-MI-2021", "KH": "KH-2021", "BY": "RU-BY-2022"}
    return _since(("CN", "RU", "VE", *group(law, "E:1", "E:2")), joined)(law)


def _military(law: LawDay) -> tuple[str, ...]:
    joined = {"HK": "HK-2020", "MM": "MM-2021", "KH": "KH-2021", "NI": "NI-2024"}
    return _since(("CN", "VE") if law.stands("RU-2022") else ("CN", "VE", "RU"), joined)(law)


REGIONS = Place("occupied regions", _since(("UA-43", "UA-40"), {"UA-14": "RU-2022", "UA-09": "RU-2022"}))
"""Crimea with Sevastopol; Donetsk and Luhansk since the so-called republics are covered."""
CUBA, IRAN = Place("Cuba", _fixed("CU")), Place("Iran", _fixed("IR"))
NORTH_KOREA, SYRIA = Place("North Korea", _fixed("KP")), Place("Syria", _fixed("SY"))
RUSSIA = Place("Russia, Belarus", _since((), {"RU": "RU-2022", "BY": "RU-BY-2022"}))
INDUSTRY = Place("Russia, Belarus (industry)", _since(("RU",), {"BY": "RU-2022-09"}))
EMBARGOED = Place("embargoed destinations", lambda law: ("CU", "IR", "KP", "SY", *REGIONS.codes(law)))
SUPP_3 = (
    *("AU", "AT", "BE", "CA", "DK", "FI", "FR", "DE", "GR", "IS", "IE", "IT", "SM", "VA", "JP", "LU", "NL", "NZ"),
    *("NO", "PT", "ES", "SE", "TR", "GB"),
)
"""Supp. 3 to part 744 (last amended in 2001); San Marino and the Holy See with Italy."""
OUTSIDE_SUPP_3 = Place("countries outside Supp. 3 to part 744", _fixed(*SUPP_3), elsewhere=True)
D1, D2 = Place("D:1", _of_groups("D:1")), Place("D:2", _of_groups("D:2"))
D4, D4_E2 = Place("D:4", _of_groups("D:4")), Place("D:4, E:2", _of_groups("D:4", "E:2"))
CHIPS, ALLIED = Place("chip rules", _chips), Place("United States, A:5, A:6", _allied)
INTELLIGENCE = Place("countries of 744.22", _intelligence)
MILITARY = Place("countries of 744.21(a)(1)", _military)
CHINA_RUSSIA_VENEZUELA = Place("China, Russia, Venezuela", _fixed("CN", "RU", "VE"))
RUSSIA_VENEZUELA = Place("Russia, Venezuela", _fixed("RU", "VE"))
USED_IN = (
    *(REGIONS, CUBA, IRAN, NORTH_KOREA, SYRIA, RUSSIA, INDUSTRY, EMBARGOED, OUTSIDE_SUPP_3, D1, D2, D4, D4_E2, CHIPS),
    *(INTELLIGENCE, MILITARY, CHINA_RUSSIA_VENEZUELA, RUSSIA_VENEZUELA),
)
"""Places of which recipients and nationals are asked."""
ANYWHERE = Place("anywhere", _fixed(), elsewhere=True)
MILITARY_IN = (D1, MILITARY, RUSSIA, RUSSIA_VENEZUELA, ANYWHERE)


def locate(case: Case) -> None:
    """Put the facts about where an item is used; see the head of this module.

    Args:
        case: The case, after `part_738.classify`; put once, however often it is asked for.
    """
    if f"recipients:{CUBA.name}" in case.stock:
        return
    for party in case.parties:
        role = f"{party}.role"
        case.stock.put(f"{party}.takes_part", words(*_plays(case, party, TO_THE_TRANSACTION)), role)
    released = bool(case.stock["activity"].meet(words(*DEEMED)))
    for place in USED_IN:
        inside = _inside(case.law, place)
        _put(case, f"recipients:{place.name}", _recipients(case, inside), RECIPIENT_ORDER)
        _put(case, f"nationals:{place.name}", _nationals(case, inside) if released else (), (NO, YES))
    for place in MILITARY_IN:
        _put(case, f"military:{place.name}", _users(case, _inside(case.law, place)), MILITARY_ORDER)
    _put(case, f"headquarters:{CHIPS.name}", _seated(case, _inside(case.law, CHIPS)), (NO, YES))
    _put_owned(case, ALLIED)


Part = tuple[tuple[str, ...], str]
"""What one party may be, and the path that would tell."""


def _inside(law: LawDay, place: Place) -> Callable[[str], bool]:
    codes = frozenset(place.on(law))
    return lambda code: (code in codes) is not place.elsewhere


def _put(case: Case, fact: str, parts: Iterable[Part], order: tuple[str, ...]) -> None:
    """Put what all parties together are: the strictest word of any of them, and the path that would tell, or told."""
    together, asked, told = {order[0]}, "", ""
    mildest = (order[0],)
    for possible, where in parts:
        if possible == mildest:
            continue  # nothing is milder: it changes nothing
        before, together = together, {max(one, two, key=order.index) for one in together for two in possible}
        if together != before:
            asked, told = asked or (where if len(possible) > 1 else ""), where
    case.stock.put(fact, words(*sorted(together)), asked or told or "parties")


def _stated(case: Case, path: str) -> str:
    """Return a code that the act states, or nothing."""
    stated = case.act.get(path)
    return stated if isinstance(stated, str) and stated != UNDETERMINABLE else ""


def _roles(case: Case, party: str) -> tuple[str, ...] | None:
    stated = case.act.get(f"{party}.role")
    if stated is None or stated == UNDETERMINABLE:
        return None
    return stated if isinstance(stated, tuple) else (str(stated),)


def _plays(case: Case, party: str, wanted: Iterable[str]) -> tuple[str, ...]:
    """Return whether a party has one of these roles, as far as the act says."""
    roles = _roles(case, party)
    if roles is None:
        return (YES, NO)
    return (YES,) if set(roles) & set(wanted) else (NO,)


def _there(case: Case, party: str, inside: Callable[[str], bool]) -> bool | None:
    """Say whether a party is in a place; None where the act does not say."""
    country = _stated(case, f"{party}.country")
    return inside(country) if country else None


def _recipients(case: Case, inside: Callable[[str], bool]) -> Iterable[Part]:
    for party in case.parties:
        there = _there(case, party, inside)
        if there is False:
            continue
        roles = _roles(case, party)
        found: tuple[str, ...] = (TO, THROUGH, BESIDE)
        if roles is not None:
            passes = THROUGH if "intermediate_consignee" in roles else BESIDE
            found = (TO,) if set(roles) & set(HAVE_THE_ITEM) else (passes,)
        yield (found if there else (*found, NO)), f"{party}.{'role' if there and roles is None else 'country'}"


def _nationals(case: Case, inside: Callable[[str], bool]) -> Iterable[Part]:
    for party in case.parties:
        released = case.stock[f"{party}.released_to"]
        if released.others:
            yield (YES, NO), f"{party}.nationality"
        elif any(inside(code) for code in released.words if code != "none"):
            yield (YES,), f"{party}.nationality"


def _users(case: Case, inside: Callable[[str], bool]) -> Iterable[Part]:
    """Walk through the parties: military end users in a place, by what is known of each."""
    for party in case.parties:
        there, plays = _there(case, party, inside), _plays(case, party, USERS)
        if there is False or plays == (NO,):
            continue
        stated = case.act.get(f"{party}.military_end_user")
        kinds = {"yes": (YES,), "no": (NO,), UNDETERMINABLE: (UNKNOWN,)}
        found = kinds.get(str(stated), (YES, UNKNOWN, NO))
        path = "military_end_user"
        if len(found) == 1 and found != (NO,) and not (there and plays == (YES,)):
            path = "country" if there is None else "role"
        yield (found if there and plays == (YES,) else (*found, NO)), f"{party}.{path}"


def _seated(case: Case, inside: Callable[[str], bool]) -> Iterable[Part]:
    for party in case.parties:
        plays = _plays(case, party, TO_THE_TRANSACTION)
        if plays == (NO,):
            continue
        stated = {name: _stated(case, f"{party}.{name}") for name in SEATS}
        seat = next((name for name, code in stated.items() if code and inside(code)), "")
        if seat:
            yield plays, f"{party}.{seat if plays == (YES,) else 'role'}"
        elif not all(stated.values()):
            yield (YES, NO), f"{party}.{next(name for name, code in stated.items() if not code)}"


def _put_owned(case: Case, place: Place) -> None:
    """Put whether all with whom the item ends have their headquarters in a place, and their ultimate parents too."""
    inside, fact, path = _inside(case.law, place), f"owned in:{place.name}", ""
    found = False
    for party in case.parties:
        plays = _plays(case, party, HAVE_THE_ITEM)
        if plays == (NO,):
            continue
        found = True
        for name in SEATS:
            code = _stated(case, f"{party}.{name}")
            if code and not inside(code) and plays == (YES,):
                case.stock.put(fact, words(NO), f"{party}.{name}")
                return
            if not code or plays != (YES,):
                path = path or f"{party}.{name if not code else 'role'}"
    case.stock.put(fact, words(YES, NO) if path else words(YES if found else NO), path or "parties")


# -- what rules ask


def goes(at: At, place: Place) -> bool:
    """Say whether an item goes to a place, or is released to a national of it."""
    if deemed(at):
        return at.fact(f"nationals:{place.name}").among(YES)
    codes = place.on(at.law)
    to = at.act("to")
    return to.outside(*codes) if place.elsewhere else bool(codes) and to.among(*codes)


def ends(at: At, place: Place) -> bool:
    """Say whether an item goes to a place, or ends with a party there."""
    return goes(at, place) or (not deemed(at) and at.fact(f"recipients:{place.name}").among(TO))


def comes(at: At, place: Place) -> str:
    """Say how an item comes to a place: `to` it, `through` a party there, `beside` one, or not at all (empty)."""
    if goes(at, place):
        return TO
    if deemed(at):
        return ""
    recipients = at.fact(f"recipients:{place.name}")
    return next((word for word in (TO, THROUGH, BESIDE) if recipients.among(word)), "")


def may_come(case: Case, place: Place) -> bool:
    """Say whether the act leaves it possible that an item comes to a place, or has to do with a party there."""
    codes = place.on(case.law)
    others = any(case.stock[f"{kind}:{place.name}"] != words(NO) for kind in ("recipients", "nationals"))
    return bool(codes) and (others or bool(case.stock["to"].meet(words(*codes))))


def headquartered(at: At) -> bool:
    """Say whether a party to the transaction, or its ultimate parent, sits where the chip rules look."""
    return at.fact(f"headquarters:{CHIPS.name}").among(YES)


def owned_by_allies(at: At) -> bool:
    """Say whether all users have their headquarters, and their parents' too, in the United States, A:5 or A:6."""
    return at.fact(f"owned in:{ALLIED.name}").among(YES)


def military_user(at: At, place: Place, section: str) -> bool:
    """Say whether a military end user is of a place.

    Where it cannot be known whether a party is one the answer stays open, and where the item goes to the place, and the
    military end user is stated to be elsewhere.
    """
    military = at.fact(f"military:{place.name}")
    if military.among(YES):
        return True
    if military.among(UNKNOWN):
        return at.open("not_modeled", f"{section} a user of whom it cannot be known")
    elsewhere = at.fact(f"military:{ANYWHERE.name}").among(YES) and goes(at, place)
    return elsewhere and at.open("not_modeled", f"{section} whose military it is")


def knows(at: At, *uses: str) -> bool:
    """Say whether one of these end uses is known to the exporter, who was asked for all of them."""
    known = at.act("end_use.known")
    return any(known.has(word) for word in uses)


def takes_part(at: At) -> bool:
    """Say whether the party is a party to the transaction (748.5(c)-(f))."""
    return at.party("takes_part").among(YES)
