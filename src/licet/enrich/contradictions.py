"""What of an act cannot be true together, or says nothing where the law turns on it: said beside the answer.

Nothing is mended and nothing refused: what is stated is decided as it stands, and the reader is told what does not fit.
An entry that does not exist on the day, and reasons for control that its entry does not have, are said by
`part_738.classify`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from licet.model import vocabulary
from licet.model.act import UNDETERMINABLE
from licet.ownership.shares import ROUNDING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from licet.law.case import Case
    from licet.model.act import Act

WHOLE = 100
"""Percent."""
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


def _number(act: Act, path: str) -> Fraction | None:
    stated = act.get(path)
    return Fraction(str(stated)) if isinstance(stated, int | float) else None


def _sum(act: Act, records: str, name: str) -> Fraction:
    """Add up what the records of a list state under a name."""
    found = (_number(act, f"{records}[{i}].{name}") for i in range(act.count(records) or 0))
    return sum((one for one in found if one is not None), Fraction())


def _shares(act: Act, owned: str, depth: int = 0) -> Iterator[str]:
    """Say where the stated shares of the owners of an entity pass the whole by more than rounding."""
    owners = f"{owned}.owners"
    sum_ = _sum(act, owners, "share_pct")
    if sum_ > WHOLE + ROUNDING:
        yield (
            f"the shares in {act.get(f'{owned}.name') or owned} add up to {float(sum_):g} percent: some are held "
            "together, or one is wrong; each is taken as it is stated"
        )
    for i in range(act.count(owners) or 0 if depth < DEEPEST else 0):
        yield from _shares(act, f"{owners}[{i}]", depth + 1)


def _content(act: Act, item: str) -> Iterator[str]:
    """Say where the stated US content of an item is worth more than the item."""
    pct, worth = (_sum(act, f"{item}.us_content", name) for name in ("pct", "value_usd"))
    if pct > WHOLE + ROUNDING:
        name = vocabulary.called(item, act)
        yield f"the US content of {name} adds up to {float(pct):g} percent of its value: one of the shares is wrong"
    value = _number(act, f"{item}.value_usd")
    if value is not None and worth > value:
        yield (
            f"the US content of {vocabulary.called(item, act)} is worth {float(worth):.15g} US dollars, the whole item "
            f"{float(value):.15g}: one of the values is wrong"
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
