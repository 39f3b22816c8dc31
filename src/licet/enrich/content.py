"""US content of a foreign-made item: what counts for a destination, and which share of the value it makes.

15 CFR 734.4 and Supp. 2 to part 734. Content counts where it would need a license to the destination of the item by
itself: by the Country Chart, the controls beside it, or part 746. Part 744 makes nothing controlled, and what may go
under License Exception GBS does not count. The arithmetic is exact, in whole millionths of a percent, rounded up.

Put for an item: `us_share` (the least and the greatest share that counts), and by word `us_content:WORD` whether it
contains what has no de minimis level (`KINDS`).
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from licet.engine.values import between
from licet.enrich.license_needed import Piece, Place, needs_license
from licet.enrich.verdicts import Open, Verdict, all_of, among, any_record, paragraph, put, same
from licet.law.rule import SCALE
from licet.law.us_ear import part_738
from licet.law.us_ear.part_734 import IN_THE_US
from licet.law.us_ear.policy import SERIES_9X515, SERIES_600
from licet.model.act import UNDETERMINABLE
from licet.model.outcome import Because

if TYPE_CHECKING:
    from collections.abc import Callable

    from licet.law.case import Case
    from licet.law.stock import Stock

    Control = Callable[[Piece, Place], tuple[Verdict, str]]

ALL = 100
"""Percent of the value of an item: no content is more."""
ENCRYPTION = ("5A002", "5A004", "5B002", "5D002")
"""Entries whose content must have been authorized for License Exception ENC (734.4(b)(1))."""
ENGINES = (
    "9E003.a.1",
    "9E003.a.2",
    "9E003.a.3",
    "9E003.a.4",
    "9E003.a.5",
    "9E003.a.6",
    "9E003.a.8",
    "9E003.h",
    "9E003.i",
)
"""Technology without a level in every version of 734.4(a)(4) that was read."""
ENGINES_AT_TIMES = ("9E003.a.7", "9E003.j", "9E003.l")
"""Technology that some versions name and others do not; the day of the change was not seen."""
COMPUTER_PARTS = ("3A001",)
CAMERAS = ("6A002", "6A003", "6A990", "6A993", "8A002")
"""What ECCN 0A919.a.1 describes, as far as its entries are known (from memory)."""
LETTERS = {"A": "commodity", "B": "commodity", "C": "commodity", "D": "software", "E": "technology"}


class Share(NamedTuple):
    """Which share of an item's value is controlled US content, in percent, and what would tell where it is open."""

    least: Fraction
    most: Fraction
    open: Open | None
    """The first of what keeps the two apart."""
    parts: tuple[str, ...]
    """Each piece in words: what it is worth, whether it counts, and why."""


class Counted(NamedTuple):
    """One piece: its least and greatest share of the value, and how much of it counts."""

    low: Fraction
    high: Fraction
    counts: Verdict
    open: Open | None
    says: str


def content(case: Case, item: str, control: Control = needs_license) -> None:
    """Put what the rules of 734.4 ask of an item's US content, and note the arithmetic.

    Args:
        case: The case; its stock and notes are filled.
        item: Prefix of the item, such as `items[0]`.
        control: Says of a piece whether it needs a license to a place, and why.
    """
    stock, path = case.stock, f"{item}.us_content"
    if stock.act.get("activity") in IN_THE_US or stock.act.get(f"{item}.us_origin") == "yes":
        return  # no rule comes to ask
    pieces = _pieces(case, item)
    share = shares(stock, item, pieces, Place.of(case, item), control)
    low, high = ceil(share.least * SCALE), ceil(share.most * SCALE)
    behind = share.open or Open(path)
    stock.put(f"{item}.us_share", between(low, high), behind.path, behind.because)
    for word, test in KINDS.items():
        put(stock, f"{path}:{word}", any_record(stock, path, (test(piece) for piece in pieces)), path)
    if pieces:
        case.notes.append(_note(case, item, share))


def _pieces(case: Case, item: str) -> list[Piece]:
    found = []
    for i in range(case.act.count(f"{item}.us_content") or 0):
        path = f"{item}.us_content[{i}]"
        part_738.classify(case, path)
        eccn = case.act.get(f"{path}.eccn")
        code = eccn if isinstance(eccn, str) and eccn != UNDETERMINABLE else ""
        kind = case.act.get(f"{path}.kind") or LETTERS.get(code[1:2] if code[:1].isdigit() else "", "")
        found.append(Piece(path, code, str(kind), tuple(sorted(case.stock[f"{path}.reasons"].words))))
    return found


# -- arithmetic


def shares(stock: Stock, item: str, pieces: list[Piece], place: Place, control: Control = needs_license) -> Share:
    """Add up the content that counts (Supp. 2 to part 734, paragraph (a)(4)).

    Args:
        stock: The facts.
        item: Prefix of the item.
        pieces: Its pieces of US content, as far as they are stated.
        place: Where it goes, on which day.
        control: Says of a piece whether it needs a license to the place, and why.

    Returns:
        The least and the greatest share. A piece that may count, or whose value is not stated, is in the greatest
        alone; a list that is not stated, or not called complete, leaves all of the value open.
    """
    path = f"{item}.us_content"
    counted = [_counted(stock, item, piece, place, control) for piece in pieces]
    least = sum((one.low for one in counted if one.counts is True), Fraction())
    most = sum((one.high for one in counted if one.counts is not False), Fraction())
    rest = any_record(stock, path, ())
    if isinstance(rest, Open):
        most = Fraction(ALL)
    open_ = [one for each in counted for one in _opens(each)]
    if isinstance(rest, Open):
        open_.append(rest)
    most = max(least, min(most, Fraction(ALL)))
    return Share(least, most, open_[0] if open_ and least < most else None, tuple(one.says for one in counted))


def _opens(one: Counted) -> list[Open]:
    found = [one.counts] if isinstance(one.counts, Open) else []
    return [*found, one.open] if one.open is not None and one.counts is not False else found


def _counted(stock: Stock, item: str, piece: Piece, place: Place, control: Control) -> Counted:
    low, high, open_ = _value(stock, item, piece.path)
    counts, why = _incorporated(stock, item, piece)
    if counts is not False:
        controlled, says = control(piece, place)
        counts, why = all_of((counts, controlled)), says if controlled is not True or counts is True else why
    worth = f"{_percent(low)} %" if low == high else f"{_percent(low)} to {_percent(high)} %"
    word = "counts" if counts is True else "does not count" if counts is False else "may count"
    return Counted(low, high, counts, open_, f"{piece.eccn or 'a piece without ECCN'}, {worth}, {word}: {why}")


def _value(stock: Stock, item: str, piece: str) -> tuple[Fraction, Fraction, Open | None]:
    """Return the share of one piece, from its percentage, or from its value and that of the item."""
    pct, part, whole = (stock.act.get(name) for name in (f"{piece}.pct", f"{piece}.value_usd", f"{item}.value_usd"))
    if isinstance(pct, int | float):
        share = Fraction(str(pct))
        return share, share, None
    if isinstance(part, int | float) and isinstance(whole, int | float) and whole > 0:
        share = Fraction(str(part)) / Fraction(str(whole)) * ALL
        return share, share, None
    known = isinstance(part, int | float)
    return Fraction(), Fraction(ALL), Open(f"{item}.value_usd" if known else f"{piece}.pct")


def _percent(share: Fraction) -> str:
    return f"{float(share):.6g}"


def _incorporated(stock: Stock, item: str, piece: Piece) -> tuple[Verdict, str]:
    """Say whether a piece is part of an item of that kind (734.4(c)(1)-(3), (d)(1)-(3); Supp. 2, note to (a)(1))."""
    kind = stock.act.get(f"{item}.kind")
    if kind not in LETTERS.values():
        return Open(f"{item}.kind"), "the kind of the item is not stated"
    if piece.kind not in LETTERS.values():
        return Open(f"{piece.path}.kind"), "the kind of the piece is not stated"
    if kind != "commodity" or piece.kind == "technology":
        return kind == piece.kind, f"{piece.kind} in {kind}"
    if piece.kind == "commodity":
        return True, "built in"
    bundled = among(stock, f"{piece.path}.bundled", "yes")
    light = same(map(_anti_terrorism_only, piece.reasons), f"{piece.path}.eccn")
    return all_of((light, bundled)), "software counts where it is bundled and EAR99 or controlled for AT alone"


def _anti_terrorism_only(word: str) -> Verdict:
    if word.endswith(part_738.OPEN):
        return Open("us_ear/774", Because.NOT_MODELED)
    return all(column.startswith("AT") for column in part_738.columns_of(word))


def _note(case: Case, item: str, share: Share) -> str:
    name = case.act.get(f"{item}.name") or item
    total = f"{_percent(share.least)} %"
    if share.least != share.most:
        behind = f" (open: {share.open.path})" if share.open else ""
        total = f"{_percent(share.least)} to {_percent(share.most)} %{behind}"
    return f"US content of {name} that counts for {case.act.get('to') or 'its destination'}: {total} = " + (
        "; ".join(share.parts)
    )


# -- what has no level


def _is(*entries: str) -> Callable[[Piece], Verdict]:
    """Return a test for pieces of these entries or paragraphs; a shorter code may be one of them."""

    def test(piece: Piece) -> Verdict:
        return paragraph(piece.eccn, entries, f"{piece.path}.eccn")

    return test


def _series(piece: Piece) -> Verdict:
    """Say whether a piece is of the 600 series or 9x515."""
    if not piece.eccn:
        return Open(f"{piece.path}.eccn")
    return any(piece.eccn.startswith(pattern[:-1]) for pattern in (*SERIES_600, *SERIES_9X515))


def _series_y(piece: Piece) -> Verdict:
    series = _series(piece)
    if series is not True:
        return series
    _, dot, paragraph = piece.eccn.partition(".")
    return paragraph.split(".")[0] == "y" if dot else Open(f"{piece.path}.eccn")


def _series_a_to_x(piece: Piece) -> Verdict:
    y = _series_y(piece)
    return _series(piece) if y is False else y if isinstance(y, Open) else False


def _circuit(piece: Piece) -> Verdict:
    """Say whether a piece may be an integrated circuit of categories 3 to 5: which one is, no ECCN tells."""
    if not piece.eccn:
        return Open(f"{piece.path}.eccn")
    return piece.eccn[0] in "345" and piece.eccn[1] == "A"


KINDS: dict[str, Callable[[Piece], Verdict]] = {
    "5E002": _is("5E002"),
    "9E003": _is(*ENGINES),
    "9E003 at times": _is(*ENGINES_AT_TIMES),
    "600 series": _series,
    "600 series a to x": _series_a_to_x,
    "600 series y": _series_y,
    "encryption": _is(*ENCRYPTION),
    "computer parts": _is(*COMPUTER_PARTS),
    "cameras": _is(*CAMERAS),
    "circuits": _circuit,
}
"""What 734.4(a) and (b) name, by the word that the rules ask."""
