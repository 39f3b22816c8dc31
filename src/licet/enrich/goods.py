"""Facts worked out from several: controls of an item, licenses that live on the day, statements on file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from licet.engine.values import YES_NO, Values, words
from licet.law.us_ear.part_744 import HUAWEI
from licet.model.act import NONE, UNDETERMINABLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from licet.enrich.parties import Lookup
    from licet.law.case import Case
    from licet.law.stock import Stock
    from licet.model.act import Value

YES, NO = words("yes"), words("no")


def answer(*, yes: bool) -> Values:
    """Return the set of one answer."""
    return YES if yes else NO


def controls(stock: Stock, item: str) -> None:
    """Say of an item whether anti-terrorism is its only reason for control, from the controls as classified."""
    path = f"{item}.controls"
    stated = stock.act.get(path)
    values = YES_NO
    if isinstance(stated, tuple) and stated:
        values = answer(yes=all(reason.split()[0] == "AT" for reason in stated))
    stock.put(f"{item}.at_only", values, path)


def jurisdiction(stock: Stock, item: str) -> None:
    """Say whether the act states the jurisdiction over an item: `yes`, `no`, or `unsaid` where it does not know."""
    stated = stock.act.get(f"{item}.subject_to_ear")
    known = stated if stated in {"yes", "no"} else "unsaid"
    stock.put(f"{item}.jurisdiction", words(str(known)), f"{item}.subject_to_ear")


def made_of(stock: Stock, item: str) -> None:
    """Say of an item whether it has any US content, and whether it is made with anything of US origin."""
    for path in (f"{item}.us_content", f"{item}.made_with"):
        count, complete = stock.act.count(path), stock.act.get(f"{path}_complete")
        none = count == 0 and complete != "no"
        asked = f"{path}_complete" if count == 0 else path
        stock.put(f"{path}:any", NO if none else YES if count else YES_NO, asked)


def licenses(case: Case) -> None:
    """Say of each license held whether it is issued, alive and not revoked on the day, and which items it covers."""
    stock, day = case.stock, case.law.day
    count = case.act.count("licenses")
    stock.put("licenses:held", YES_NO if count is None else NO, "licenses")
    if stock.act.get("licenses") == UNDETERMINABLE:
        stock.undeterminable.add("licenses:held")
    for license_ in case.licenses:
        _day_fact(stock, f"{license_}.issued", f"{license_}.issued_by_then", lambda stated: stated <= day)
        _day_fact(stock, f"{license_}.expires", f"{license_}.not_expired", lambda stated: stated >= day)
        _day_fact(stock, f"{license_}.revoked_on", f"{license_}.not_revoked", lambda stated: stated > day)
        _covers(case, license_)


def _day_fact(stock: Stock, path: str, fact: str, test: Callable[[date], bool]) -> None:
    """Compare a stated day with the day of the law; `none` (no end, not revoked) passes."""
    stated = stock.act.get(path)
    values = YES_NO
    if isinstance(stated, date):
        values = answer(yes=test(stated))
    elif stated == NONE:
        values = YES
    elif stated == UNDETERMINABLE:
        stock.undeterminable.add(fact)
    stock.put(fact, values, path)


def _covers(case: Case, license_: str) -> None:
    path = f"{license_}.covers"
    stated: Value | None = case.act.get(path)
    for item in case.items:
        fact = f"{path}@{item}"
        values = YES_NO
        if isinstance(stated, str) and stated in {"yes", "no"}:
            values = words(stated)
        elif isinstance(stated, tuple):
            named = case.act.get(f"{item}.name")
            values = words(stated[0]) if stated in {("yes",), ("no",)} else answer(yes=named in stated)
        elif stated == UNDETERMINABLE:
            case.stock.undeterminable.add(fact)
        case.stock.put(fact, values, path)
    _amounts(case, license_)


def _amounts(case: Case, license_: str) -> None:
    """Say whether the items stay within the value and the quantity that a license allows, where it names them."""
    for name in ("value_usd", "quantity"):
        most = case.act.get(f"{license_}.{name}")
        values, path = YES, f"{license_}.{name}"
        if isinstance(most, int | float):
            stated = [case.act.get(f"{item}.{name}") for item in case.items]
            known = [amount for amount in stated if isinstance(amount, int | float)]
            if sum(known) > most:
                values = NO
            elif len(known) < len(stated):
                values = YES_NO
                path = next(f"{item}.{name}" for item in case.items if case.act.get(f"{item}.{name}") is None)
        elif most is not None:
            values = YES_NO
        case.stock.put(f"{license_}.within_{name}", values, path)


def certifications(case: Case) -> None:
    """Say whether the exporter, or the recipient, has a certification on file that was made by the day of the law."""
    for who in ("exporter", "recipient"):
        values, path = _certified(case, who)
        if UNDETERMINABLE in {case.act.get("certifications"), case.act.get(path)}:
            case.stock.undeterminable.add(f"certified:{who}")
        case.stock.put(f"certified:{who}", values, path)


def _certified(case: Case, who: str) -> tuple[Values, str]:
    """Return whether somebody has certified by the day of the law, and the path of what would tell."""
    act, day = case.act, case.law.day
    count = act.count("certifications")
    found = (YES_NO if count is None else NO), "certifications"
    for i in range(count or 0):
        by, made = act.get(f"certifications[{i}].by"), act.get(f"certifications[{i}].day")
        if by == who and isinstance(made, date):
            if made <= day:
                return YES, f"certifications[{i}].day"
        elif by in {None, UNDETERMINABLE, who}:
            found = YES_NO, f"certifications[{i}].{'day' if by == who else 'by'}"
    return found


def disclosure(case: Case, look_up: Lookup) -> None:
    """Say whether the items with the weaknesses belong to Huawei or a listed affiliate."""
    path = "disclosure.in_items_of"
    name = case.act.get(path)
    values = YES_NO
    if isinstance(name, str) and name != UNDETERMINABLE:
        values = answer(yes=any(entry.measure in HUAWEI for entry in look_up.named(name)))
    elif name == UNDETERMINABLE:
        case.stock.undeterminable.add("disclosure.of_huawei")
    case.stock.put("disclosure.of_huawei", values, path)
