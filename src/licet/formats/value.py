"""One plain value: the text of a node becomes what the type of its field says, or is refused in words."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from licet.formats.node import DAY, NUMBER, TRUTH, Node
from licet.model import vocabulary
from licet.model.act import NONE, UNDETERMINABLE
from licet.model.vocabulary import LIST_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable

    from licet.model.act import Value
    from licet.model.vocabulary import Row

YES_NO = {word: answer for answer, words in (("yes", ("yes", "true")), ("no", ("no", "false")))
          for plain in words for word in (plain, plain.capitalize(), plain.upper())}  # fmt: skip
"""Spellings of yes and no, with what they say."""
# Patterns are text: each is compiled when a value first needs it, and kept by `re`.
NUMERAL = r"(0|[1-9][0-9]{0,14})(\.[0-9]{1,400})?"
NUMBER_WITH_EXPONENT = r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?"
MOST_DIGITS = 20
DAY_TEXT = r"(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}"
DAY_AND_MORE = r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ].+"
ECCN = r"EAR99|[0-9][A-E][0-9]{3}(\.[a-z0-9]{1,3}){0,8}"
HTS = r"[0-9]{4}(\.?[0-9]{2}(\.?[0-9]{2}(\.?[0-9]{2})?)?)?|[0-9]{4}\.?[0-9]{2}\.[0-9]{4}"
ID = r"[a-z0-9]([a-z0-9_.-]{0,98}[a-z0-9])?"
UNPRINTABLE = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
"""Control signs, direction overrides and halves of characters: they are in no name, and can forge a line."""
STRIPPED = frozenset(("name", "names", "text"))
"""Types whose value is free text: space around it says nothing."""
MOST_NAME, MOST_TEXT = 500, 20_000
SHOWN = 60
WHOLE = 100
"""Percent."""
SORTS = {
    NUMBER: frozenset(("number", "integer", "integers", "usd", "pct")),
    TRUTH: frozenset(("yes_no", "yes_no_undeterminable", "covers")),
    DAY: frozenset(("day",)),
}
"""Types of field that take a number, a truth value or a day of JSON or Python; all take text."""


class Refusal(NamedTuple):
    """Why a value is refused, in the words of a `Problem`."""

    message: str
    allowed: str = ""
    nearest: str = ""
    todo: str = ""


def parse(row: Row, node: Node) -> Value | Refusal:
    """Return the value of a scalar node under a field.

    Args:
        row: The field; for a list type, one value of the list.
        node: A scalar node that is not null.

    Returns:
        The value, `none` and `undeterminable` included, or the refusal.
    """
    text = node.text
    if row.type in STRIPPED:
        text = text.strip()
        if text in {NONE, UNDETERMINABLE} and text != node.text:
            return Refusal(f"found {shown(node.text)}", allowed(row), text)
    if node.sort and row.type not in SORTS[node.sort]:
        return Refusal(f"found the {node.sort} {shown(text)}", allowed(row), todo="Write it as text, in quotes.")
    if text == UNDETERMINABLE:
        return UNDETERMINABLE
    if text == NONE:
        return NONE if row.none else Refusal("found `none`, which is no answer here", allowed(row), todo=_LEAVE_OUT)
    if node.sort == NUMBER:
        text = _decimal(text)
    return _PARSERS[LIST_TYPES.get(row.type, row.type)](row, text)


def parse_day(text: str) -> date | Refusal:
    """Return the day of an origin, or the refusal."""
    row = vocabulary.table().by_path["dates.export"][0]
    value = _day(row, text)
    return value._replace(allowed=ALLOWED["day"]) if isinstance(value, Refusal) else value


def _decimal(text: str) -> str:
    """Write a number of JSON or Python without an exponent, as one would write it by hand."""
    from decimal import Decimal  # numbers of JSON and Python only: an act in YAML has text alone

    value = Decimal(text) if re.fullmatch(NUMBER_WITH_EXPONENT, text) else None
    if value is None or value.adjusted() > MOST_DIGITS:
        return text
    whole = value == value.to_integral_value()
    return format(value.quantize(Decimal(1)) if whole else value, "f").removeprefix("-" if not value else "")


def allowed(row: Row) -> str:
    """Return in words what may stand in a field."""
    words = ", ".join(row.domain)
    what = words if row.domain and not row.open else ALLOWED[LIST_TYPES.get(row.type, row.type)]
    if row.open and row.domain:
        what = f"{words}, or {what}"
    return f"{what}, none, undeterminable" if row.none else f"{what}, undeterminable"


def shown(text: str) -> str:
    """Return found text for a message: in quotes, printable, cut where it is long."""
    return f'"{clean(text)}"'


def clean(text: str) -> str:
    """Return found text on one line, printable, cut where it is long."""
    cut = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
    return re.sub(UNPRINTABLE, "\N{REPLACEMENT CHARACTER}", cut).replace("\n", "⏎").replace("\t", " ")


def unclear(text: str, most: int) -> Refusal | None:
    """Return why a text cannot stand for itself: empty, too long, or with signs that do not print."""
    if not text.strip():
        return Refusal("found an empty text", todo=_LEAVE_OUT)
    if len(text) > most:
        return Refusal(f"found {len(text):,} characters, {most:,} are allowed", todo="Shorten it.")
    bad = re.search(UNPRINTABLE, text)
    if bad:
        found = f"found the unprintable sign U+{ord(bad.group()):04X} in {shown(text)}"
        return Refusal(found, todo="Take it out.")
    return None


def _word(row: Row, text: str) -> Value | Refusal:
    if text in row.domain:
        return text
    words = (*row.domain, *((NONE,) if row.none else ()), UNDETERMINABLE)
    return Refusal(f"found {shown(text)}", allowed(row), vocabulary.nearest(text, words), _not_known(text))


def _yes_no(row: Row, text: str) -> Value | Refusal:
    if text in YES_NO:
        return YES_NO[text]
    near = {"y": "yes", "on": "yes", "1": "yes", "n": "no", "off": "no", "0": "no"}.get(text.lower(), "")
    near = near or vocabulary.nearest(text, ("yes", "no", UNDETERMINABLE))
    return Refusal(f"found {shown(text)}", allowed(row), near, _not_known(text))


def _day(row: Row, text: str) -> date | Refusal:
    if not re.fullmatch(DAY_TEXT, text):
        return _no_day(row, text)
    try:
        return date.fromisoformat(text)
    except ValueError:
        return Refusal(f"found {shown(text)}, a day that does not exist", allowed(row), todo="Check month and day.")


def _no_day(row: Row, text: str) -> Refusal:
    more = re.fullmatch(DAY_AND_MORE, text)
    if more:
        found = f"found {shown(text)}, a time beside the day"
        todo = "Days are whole and without a time zone: write the day that counts at the place of the act."
        return Refusal(found, allowed(row), more.group(1), todo)
    return Refusal(f"found {shown(text)}", allowed(row), todo=_not_known(text) or "Write the year first: 2019-05-16.")


FORMER = {
    "AN": ("", "the Netherlands Antilles ended in 2010: CW, SX, or BQ for Bonaire, Sint Eustatius and Saba"),
    "BU": ("MM", "the code of Burma was replaced in 1989"),
    "CS": ("", "Serbia and Montenegro ended in 2006, Czechoslovakia in 1993: RS, ME, CZ or SK"),
    "DD": ("DE", "the German Democratic Republic ended in 1990"),
    "FX": ("FR", "the code of metropolitan France was withdrawn in 1997"),
    "NT": ("", "the Neutral Zone ended in 1993: IQ or SA"),
    "SU": ("", "the Soviet Union ended in 1992: state the country of today"),
    "TP": ("TL", "the code of East Timor was replaced in 2002"),
    "YD": ("YE", "Democratic Yemen ended in 1990"),
    "YU": ("", "Yugoslavia ended in 2003: RS, ME, or another country of today"),
    "ZR": ("CD", "the code of Zaire was replaced in 1997"),
}
"""Codes of ISO 3166-1 that were withdrawn (ISO 3166-3), with the one that took their place where there is one."""


def _code(row: Row, text: str) -> Value | Refusal:
    if vocabulary.country(text) is not None:
        return text
    if text.upper() in FORMER:
        instead, why = FORMER[text.upper()]
        return Refusal(f"found {shown(text)}, a code that is no longer one", allowed(row), instead, why)
    return Refusal(f"found {shown(text)}, no such country or region", allowed(row), _code_near(text), _not_known(text))


def _code_near(text: str) -> str:
    """Return the code that was meant: in other letters, by its name, or by a near name."""
    places = vocabulary.table().countries
    if text.upper() in places:
        return text.upper()
    common = {"UK": "GB", "USA": "US", "EL": "GR", "PRC": "CN", "ROC": "TW", "UAE": "AE", "DPRK": "KP", "ROK": "KR"}
    if text.upper() in common:
        return common[text.upper()]
    by_name = {place.name: place.code for place in places.values()}
    near = vocabulary.nearest(text, by_name, 0.75)
    return by_name[near] if near else vocabulary.nearest(text, places)


def _number(row: Row, text: str) -> int | float | Refusal:
    if re.fullmatch(NUMERAL, text):
        return int(text) if text.isdigit() else float(text)
    if text.startswith("-") and re.fullmatch(NUMERAL, text[1:]):
        return Refusal(f"found the negative value {text}", allowed(row), todo="Write the value without a sign.")
    plain = re.sub(r"[,_'\u2019 $]|USD", "", text)
    near = plain if re.fullmatch(NUMERAL, plain) else ""
    return Refusal(f"found {shown(text)}", allowed(row), near, _not_known(text) or "Write digits, such as 10000.")


def _percent(row: Row, text: str) -> Value | Refusal:
    value = _number(row, text)
    if isinstance(value, Refusal):
        bare = text.removesuffix("%").rstrip()
        return value._replace(nearest=bare) if bare != text and re.fullmatch(NUMERAL, bare) else value
    if value > WHOLE:
        return Refusal(f"found {text}, more than the whole", allowed(row), todo="A share is given in percent.")
    return value


def _integer(row: Row, text: str) -> Value | Refusal:
    value = _number(row, text)
    if isinstance(value, Refusal):
        return value
    if not isinstance(value, int) or value < 1:
        return Refusal(f"found {shown(text)}", allowed(row))
    return value


def _eccn(row: Row, text: str) -> Value | Refusal:
    if re.fullmatch(ECCN, text):
        return text
    return Refusal(f"found {shown(text)}, no ECCN", allowed(row), _eccn_near(text), _not_known(text))


def _eccn_near(text: str) -> str:
    head, dot, paragraph = text.replace(" ", "").replace("(", ".").replace(")", "").partition(".")
    near = head.upper() + dot + paragraph.lower()
    return near if re.fullmatch(ECCN, near) else vocabulary.nearest(text, ("EAR99", UNDETERMINABLE))


def _hts(row: Row, text: str) -> Value | Refusal:
    if re.fullmatch(HTS, text):
        return text
    return Refusal(f"found {shown(text)}, no tariff number", allowed(row), todo=_not_known(text))


def _id(row: Row, text: str) -> Value | Refusal:
    """Take the id of any source, but for one that is nearly a known id: a misspelled list must not pass for another."""
    if text in row.domain:
        return text
    begun = [word for word in row.domain if word.startswith(f"{text}_")]
    near = begun[0] if begun else vocabulary.nearest(text, (*row.domain, UNDETERMINABLE), 0.85)
    if near or not re.fullmatch(ID, text):
        return Refusal(f"found {shown(text)}", allowed(row), near)
    return text


def _name(_row: Row, text: str) -> Value | Refusal:
    said = unclear(text, MOST_NAME)
    if said is None and ("\n" in text or "\t" in text):
        said = Refusal(f"found more than one line: {shown(text)}", todo="Write the name on one line.")
    return text if said is None else said


def _text(_row: Row, text: str) -> Value | Refusal:
    said = unclear(text, MOST_TEXT)
    return text if said is None else said


def _covers(row: Row, text: str) -> Value | Refusal:
    return _yes_no(row, text)


def _not_known(text: str) -> str:
    """Return what to do about a word that says that nothing is known."""
    known = text.strip().lower().strip("?.") not in {"", "unknown", "n/a", "na", "tbd", "not known", "not stated"}
    return "" if known else _LEAVE_OUT


_LEAVE_OUT = "Leave the fact out where nobody asked, write undeterminable where it cannot be known."
ALLOWED = {
    "word": "a word",
    "yes_no": "yes, no",
    "yes_no_undeterminable": "yes, no",
    "day": "a day such as 2019-05-16",
    "code": "a country by ISO 3166-1 such as CN, or UA-43, UA-14, UA-09",
    "name": "a name on one line",
    "text": "text",
    "number": "a number, 0 or more, of at most 15 digits",
    "integer": "a whole number, 1 or more",
    "usd": "US dollars, 0 or more, of at most 15 digits",
    "pct": "percent, 0 to 100",
    "eccn": "an ECCN such as 3A001.a.2 or 5D991, or EAR99",
    "hts": "4 to 10 digits such as 8471.30",
    "id": "the id of a source, in small letters and digits",
    "covers": "yes, no, or a list of names of items",
    "records": "a list of records",
}
"""What each type allows, in words for a message."""
_PARSERS: dict[str, Callable[[Row, str], Value | Refusal]] = {
    "word": _word,
    "yes_no": _yes_no,
    "yes_no_undeterminable": _yes_no,
    "day": _day,
    "code": _code,
    "name": _name,
    "text": _text,
    "number": _number,
    "integer": _integer,
    "usd": _number,
    "pct": _percent,
    "eccn": _eccn,
    "hts": _hts,
    "id": _id,
    "covers": _covers,
}
