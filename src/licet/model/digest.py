"""The digest of an answer: SHA-256 of a canonical form of the act, the question and all that was found."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from licet.model.answer import Answer

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]
_BESIDE = frozenset({"what_if", "line", "file"})
"""Fields that say nothing of the answer: the answer beside it, where in which file a fact stands."""


def plain(thing: object) -> Plain:
    """Turn nouns into plain values: records into mappings, days into text, words into words."""
    names = getattr(thing, "_fields", None) or ([f.name for f in fields(thing)] if is_dataclass(thing) else ())
    if names:
        return {name: plain(getattr(thing, name)) for name in names if name not in _BESIDE}
    if isinstance(thing, Enum):
        return thing.name if isinstance(thing.value, int) else str(thing.value)
    if isinstance(thing, date):
        return thing.isoformat()
    if isinstance(thing, dict):
        return {str(key): plain(value) for key, value in thing.items()}
    if isinstance(thing, tuple | list):
        return [plain(one) for one in thing]
    if thing is None or isinstance(thing, bool | int | float | str):
        return thing
    message = f"a {type(thing).__name__} has no canonical form"
    raise TypeError(message)


def digest(answer: Answer) -> str:
    """Return the digest of an answer: the same act, question, versions and findings give the same digest."""
    text = json.dumps(plain(answer), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()
