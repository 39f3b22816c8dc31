"""What is claimed of license exceptions, and what the entries of the items say of them: the look-up before step (11).

`ready` puts for an item `claimed` (a symbol, or `none`); `ask` puts for one exception `word:TSU` (the exporter's word
that its conditions are met), `refused:TSU` (the word is no) and, where the entry has to name it, `line:LVS`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from licet.engine.values import YES_NO, Values, words
from licet.law.us_ear import tables
from licet.law.us_ear.exception_lines import IN_WORDS, NOT_AVAILABLE, YES, line
from licet.law.us_ear.part_738 import HEADQUARTERS, _headquarters
from licet.law.us_ear.part_740 import SYMBOLS
from licet.model.act import NONE, UNDETERMINABLE

if TYPE_CHECKING:
    from licet.law.case import Case


def ready(case: Case, item: str) -> None:
    """Put what is claimed for an item; see the module.

    Args:
        case: The case; its stock is filled.
        item: Prefix of the item, such as `items[0]`.
    """
    if HEADQUARTERS not in case.stock:
        _headquarters(case)  # 740.2(a)(9)(ii) asks by the ECCN too, whatever reasons are stated
    own, whole = case.act.get(f"{item}.exception_claimed"), case.act.get("exception_claimed")
    stated = whole if own is None else own
    path = f"{item}.exception_claimed" if own is not None else "exception_claimed"
    claimed = words(*SYMBOLS, NONE)
    if isinstance(stated, str):
        claimed = words(NONE if stated == UNDETERMINABLE else stated)
    case.stock.put(f"{item}.claimed", claimed, path)
    for symbol in claimed.words - {NONE} if stated is not None else ():
        ask(case, item, symbol, claimed=True)


def ask(case: Case, item: str, symbol: str, *, claimed: bool) -> None:
    """Put the exporter's word on one exception, and what the entry of the item says of it.

    Args:
        case: The case; its stock is filled.
        item: Prefix of the item.
        symbol: The exception.
        claimed: Whether the act claims it, so that the word is about it.
    """
    stock = case.stock
    if f"{item}.word:{symbol}" in stock:
        return
    own = f"{item}.exception_conditions_met"
    by_item = case.act.get(own) is not None or case.act.get(f"{item}.exception_claimed") is not None
    path = own if by_item else "exception_conditions_met"
    stated = case.act.get(path) if claimed else None
    known = stated in {"yes", "no"}
    stock.put(f"{item}.word:{symbol}", words(str(stated)) if known else YES_NO, path)
    if stated == UNDETERMINABLE:
        stock.undeterminable.add(f"{item}.word:{symbol}")
    stock.put(f"{item}.refused:{symbol}", words("yes" if stated == "no" else "no"), path)
    if symbol == "LVS":
        stock.put(f"{item}.line:LVS", *_limited(case, item))
    elif symbol in {"GBS", "TSR"}:
        stock.put(f"{item}.line:{symbol}", *_eligible(case, item, symbol))


def _eligible(case: Case, item: str, symbol: str) -> tuple[Values, str]:
    """Return what the entry says of GBS or TSR, and the path of what would tell.

    A line of TSR in words that no fact of the act can answer is taken on the exporter's word, as its assurance is.
    """
    path = f"{item}.gbs_eligible" if symbol == "GBS" else f"{item}.eccn"
    stated = case.act.get(path) if symbol == "GBS" else None
    if stated in {"yes", "no"}:
        return words(YES if stated == "yes" else NOT_AVAILABLE), path
    found = line(_code(case, item), symbol)
    if found is None:
        return words(YES, NOT_AVAILABLE) if symbol == "GBS" else words(YES), path
    said = {f"{part.word}{_besides(part.besides)}" for part in found.parts} or {NOT_AVAILABLE}
    in_words = {one for one in said if one.startswith(IN_WORDS)}
    said = {one.replace(IN_WORDS, YES) for one in said}
    if found.other or (in_words and symbol == "GBS"):
        said.add(NOT_AVAILABLE)
    if stated == UNDETERMINABLE:
        case.stock.undeterminable.add(f"{item}.line:{symbol}")
    return words(*said), path if found.certain else f"{item}.eccn"


def _besides(tokens: tuple[str, ...]) -> str:
    return f" not {' '.join(tokens)}" if tokens else ""


def _limited(case: Case, item: str) -> tuple[Values, str]:
    """Return whether the value of the order stays within the limit of the entry, and the path of what would tell."""
    path = f"{item}.lvs_limit_usd"
    stated = case.act.get(path)
    if stated == NONE:
        return words(NOT_AVAILABLE), path
    if isinstance(stated, int | float):
        return _against(case, item, float(stated), "")
    if stated == UNDETERMINABLE:
        case.stock.undeterminable.add(f"{item}.line:LVS")
    found = line(_code(case, item), "LVS")
    if found is None:
        return words("within", "over", NOT_AVAILABLE), path
    said = {NOT_AVAILABLE} if found.other or not found.parts else set[str]()
    asked = path if found.certain else f"{item}.eccn"
    for part in found.parts:
        if part.word == NOT_AVAILABLE:
            said.add(NOT_AVAILABLE)
        elif part.word == IN_WORDS:
            said |= {f"within{_besides(part.besides)}", "over", NOT_AVAILABLE}
        else:
            values, value_path = _against(case, item, float(part.word), _besides(part.besides))
            said |= values.words
            asked = value_path if found.certain else asked
    return words(*said), asked


def _against(case: Case, item: str, limit: float, besides: str) -> tuple[Values, str]:
    """Compare all items of the same entry with a limit: it is for the order as a whole (740.3(b))."""
    number = tables.split(_code(case, item))[0]
    same = [one for one in case.items if one == item or (number and tables.split(_code(case, one))[0] == number)]
    known, unknown = 0.0, ""
    for one in same:
        amount = case.act.get(f"{one}.value_usd")
        if isinstance(amount, int | float):
            known += float(amount)
        else:
            unknown = unknown or f"{one}.value_usd"
            if amount == UNDETERMINABLE:
                case.stock.undeterminable.add(f"{item}.line:LVS")
    if known > limit:
        return words("over"), f"{item}.value_usd"
    within = f"within{besides}"
    return (words(within, "over"), unknown) if unknown else (words(within), f"{item}.value_usd")


def _code(case: Case, item: str) -> str:
    stated = case.act.get(f"{item}.eccn")
    return stated if isinstance(stated, str) and stated != UNDETERMINABLE else ""
