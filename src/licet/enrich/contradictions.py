"""What of an act cannot be true together, or says nothing where the law turns on it: said beside the answer.

Nothing is mended and nothing refused: what is stated is decided as it stands, and the reader is told what does not fit.
An entry that does not exist on the day, and reasons for control that its entry does not have, are said by
`part_738.classify`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from licet.model import vocabulary
from licet.model.act import UNDETERMINABLE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from licet.law.case import Case
    from licet.model.act import Act

WHOLE = 100
"""Percent."""
ROUGH = 1e-9
"""How near a sum has to come to its limit to be worked out exactly, as a part of the limit."""
DEEPEST = 20
"""How many tiers of owners are looked through."""


def contradictions(case: Case) -> None:
    """Note what of the act does not fit together.

    Args:
        case: The case; its notes are filled.
    """
    act = case.act
    for party in case.parties:
        case.notes.extend(_shares(act, party))
    for item in case.items:
        case.notes.extend(_content(act, item))
    if act.get("activity") in {"deemed_export", "deemed_reexport"}:
        case.notes.extend(_without_status(act, case.parties))


def _exactly(numbers: list[float]) -> Fraction:
    """Add numbers up as they are written. The fractions for it are loaded where a sum comes near its limit."""
    from fractions import Fraction

    return sum((Fraction(str(number)) for number in numbers), Fraction())


def _stated(act: Act, records: str, name: str) -> list[float]:
    """Return what the records of a list state under a name."""
    found = (act.get(f"{records}[{i}].{name}") for i in range(act.count(records) or 0))
    return [one for one in found if isinstance(one, int | float)]


def _passes(parts: list[float], whole: float) -> bool:
    """Say whether a sum is more than a whole: roughly first, then exactly."""
    return sum(parts) > whole - abs(whole) * ROUGH and _exactly(parts) > _exactly([whole])


def _more_than_all(shares: list[float]) -> bool:
    """Say whether shares add up to more than the whole by more than rounding."""
    if not _passes(shares, WHOLE):
        return False
    from licet.ownership.shares import ROUNDING

    return _exactly(shares) > WHOLE + ROUNDING


def _shares(act: Act, owned: str, depth: int = 0) -> Iterator[str]:
    """Say where the stated shares of the owners of an entity pass the whole by more than rounding."""
    owners = f"{owned}.owners"
    shares = _stated(act, owners, "share_pct")
    if _more_than_all(shares):
        sum_ = float(_exactly(shares))
        yield (
            f"the shares in {act.get(f'{owned}.name') or owned} add up to {sum_:g} percent: some are held "
            "together, or one is wrong; each is taken as it is stated"
        )
    for i in range(act.count(owners) or 0 if depth < DEEPEST else 0):
        yield from _shares(act, f"{owners}[{i}]", depth + 1)


def _content(act: Act, item: str) -> Iterator[str]:
    """Say where the stated US content of an item is worth more than the item."""
    shares, worth = (_stated(act, f"{item}.us_content", name) for name in ("pct", "value_usd"))
    if _more_than_all(shares):
        name, sum_ = vocabulary.called(item, act), float(_exactly(shares))
        yield f"the US content of {name} adds up to {sum_:g} percent of its value: one of the shares is wrong"
    value = act.get(f"{item}.value_usd")
    if isinstance(value, int | float) and _passes(worth, value):
        yield (
            f"the US content of {vocabulary.called(item, act)} is worth {float(_exactly(worth)):.15g} US dollars, the "
            f"whole item {value:.15g}: one of the values is wrong"
        )


def _without_status(act: Act, parties: tuple[str, ...]) -> Iterator[str]:
    """Say where a release states of nobody who receives it whether he is a foreign person."""
    roles = {party: act.get(f"{party}.role") for party in parties}
    named = [party for party, role in roles.items() if isinstance(role, tuple) and "recipient" in role]
    persons = named or [party for party, role in roles.items() if not isinstance(role, tuple)]
    for party in persons or parties:
        if all(act.get(f"{party}.{name}") in {None, UNDETERMINABLE} for name in ("foreign_person", "us_status")):
            who = act.get(f"{party}.name") or "the recipient"
            yield (
                f"of {who} neither foreign_person nor us_status is stated: a release to a citizen, a permanent "
                "resident or a protected person is no export (15 CFR 734.13(a)(2), 772.1)"
            )
