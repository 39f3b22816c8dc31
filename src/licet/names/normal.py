"""One form for one name: case, accents, punctuation and the spelling of the legal form do not count.

Two names are equal when their normalized forms are. Nothing is left out of a name here: legal forms are spelled one
way, not dropped, because "X Holdings Ltd" and "X Holdings Co., Ltd." can be two companies.
"""

from __future__ import annotations

import re
import unicodedata

_FORMS = {
    "company": "co",
    "compagnie": "co",
    "corporation": "corp",
    "incorporated": "inc",
    "limited": "ltd",
    "private": "pvt",
    "proprietary": "pty",
}
_WHOLE_FORMS = (
    *(("ltd liability co", "llc"), ("ltd co", "co ltd"), ("coltd", "co ltd"), ("open joint stock co", "ojsc")),
    *(("closed joint stock co", "cjsc"), ("public joint stock co", "pjsc"), ("joint stock co", "jsc")),
    *(("federal state unitary enterprise", "fsue"), ("state unitary enterprise", "sue")),
)
_LEGAL = frozenset(
    {
        *("ag", "bv", "co", "corp", "eood", "fze", "gmbh", "inc", "kg", "kk", "llc", "llp", "lp", "ltd", "ltda", "nv"),
        *("plc", "pte", "pty", "pvt", "sa", "sarl", "sasu", "spa", "srl"),
        *("jsc", "ojsc", "cjsc", "pjsc", "fsue", "sue", "ao", "oao", "zao", "pao", "ooo", "fgup", "gup"),
    }
)
"""Legal forms that `core` takes off the end of a name."""
_LEADING = frozenset(
    {*("jsc", "ojsc", "cjsc", "pjsc", "llc", "fsue", "sue"), *("ao", "oao", "zao", "pao", "ooo", "fgup", "gup")}
)
"""Legal forms that stand before a name too, as in Russian."""
_JOINING = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}`\N{ACUTE ACCENT}]")
_AND = re.compile("[&+]")
_GAP = re.compile(r"[\W_]+")
_INITIALS = re.compile(r"\b(?:\w )+\w\b")
SHORTEST = 6
"""Letters and digits that a name needs, without its legal form, to be near another: below, chance makes names alike."""
_BRACKET = re.compile(r"\s*\(([^()]*)\)")
_DESCRIBES = re.compile(r"(?:an?|the|see|and|including|formerly|also|subordinate|affiliated?)\s")
"""How a description begins that stands in brackets behind a name: in small letters."""
_PLACES = frozenset({"EU", "HK", "PRC", "ROC", "UAE", "UK", "US", "USA"})
_LONG_ENOUGH = 4
"""Capitals that an abbreviation needs for its letters to come from anywhere in the name, not only from initials."""


def normalize(name: str) -> str:
    """Return the one form of a name.

    Args:
        name: A name as someone wrote it, in any script.

    Returns:
        Lower case, without accents, punctuation and apostrophes, `&` as `and`, initials joined, legal forms in one
        spelling ("Company Limited", "Co., Ltd." and "Limited Company" are all `co ltd`). Empty where the name has no
        letter or digit.
    """
    text = unicodedata.normalize("NFKC", name)
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = _GAP.sub(" ", _AND.sub(" and ", _JOINING.sub("", text.casefold()))).strip()
    text = _INITIALS.sub(lambda run: run[0].replace(" ", ""), text)
    text = " ".join(_FORMS.get(word, word) for word in text.split(" "))
    for whole, form in _WHOLE_FORMS:
        if whole in text:
            text = re.sub(rf"\b{whole}\b", form, text)
    return text


def variants(name: str) -> tuple[str, ...]:
    """Return the normalized forms under which a name is the same name: its own, and without its bracketed abbreviation.

    "HiSilicon Technologies Co., Ltd (HiSilicon)" is also "HiSilicon Technologies Co., Ltd"; "Huawei Device (Dongguan)
    Co., Ltd." stays as it is, because the bracket is a place and part of the name.
    """
    whole = normalize(name)
    if "(" not in name:
        return (whole,)
    bare = normalize(_BRACKET.sub(lambda m: "" if _aside(m[1], name[: m.start()]) else m[0], name))
    return (whole,) if bare in ("", whole) else (whole, bare)


def short_forms(name: str) -> tuple[str, ...]:
    """Return the normalized abbreviations that a name carries in brackets, such as `smic`: a hint, never the name."""
    return tuple(
        normalize(m[1]) for m in _BRACKET.finditer(name) if _abbreviates(m[1], name[: m.start()]) and normalize(m[1])
    )


def core(normal: str) -> str:
    """Return a normalized name without the legal forms at its ends: what tells one company from another."""
    words = normal.split()
    while len(words) > 1 and words[-1] in _LEGAL:
        words.pop()
    while len(words) > 1 and words[0] in _LEADING:
        words.pop(0)
    return " ".join(words)


def long_enough(name: str) -> bool:
    """Say whether a name has enough letters, without its legal form, to be near another."""
    return len(core(normalize(name)).replace(" ", "")) >= SHORTEST


def _aside(bracket: str, before: str) -> bool:
    """Say whether a bracket is no part of a name: it shortens the words before it, or says in words what it is."""
    return _DESCRIBES.match(bracket) is not None or _abbreviates(bracket, before)


def _abbreviates(bracket: str, before: str) -> bool:
    """Say whether a bracket shortens the words before it: initials, letters in their order, or one of the words."""
    short = "".join(c for c in bracket if c.isalnum())
    if not short or bracket.strip() in _PLACES:
        return False
    words = normalize(before).split()
    if normalize(bracket) in words:
        return True
    if not short.isupper():
        return False
    letters = "".join(words) if len(short) >= _LONG_ENOUGH else "".join(word[0] for word in words)
    rest = iter(letters)
    return bool(words) and all(letter in rest for letter in short.casefold())
