"""Which paragraph a block of text begins: `(a)(1)`, then `(i)` under it, as regulations print them.

`(i)` is the letter after (h), or the roman one under (1): of all readings the one that skips least is taken.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MARK_START, MARK_END = "\x01", "\x02"
"""Around italics: headings between designators, and the designators of the deepest levels."""
BEGINNING = re.compile(r"[\x01\x02 ]*\([\x01\x02 ]*[A-Za-z0-9]{1,6}[\x01\x02 ]*\)")
_TOKEN = re.compile(r"[\x01\x02 ]*\([\x01\x02 ]*([A-Za-z0-9]{1,6})[\x01\x02 ]*\)")
_RANGE = re.compile(r"[ ]*(?:-|\u2013|\u2014|through|and|, *and)[ ]*\(([A-Za-z0-9]{1,6})\)(?=.{0,4}\[Reserved\])")
_HEADED = re.compile(r"[ ]*\x01[^\x02]*\x02[ .:\u2014\u2013-]*(?=\(\x01?[A-Za-z0-9]{1,6}\x02?\))")
"""A heading in italics, behind which the first paragraph under it begins at once."""
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_KEPT = 24
"""Readings that are followed at a time."""
_SKIP, _BACK, _IGNORE = 1, 12, 5
"""What a reading pays: for each designator skipped, for going back, for taking one as no designator."""

Path = tuple[str, ...]


class _Reading(NamedTuple):
    cost: int
    path: Path
    before: _Reading | None
    begins: tuple[Path, ...]
    """Paragraphs that begin with the latest designators; none where it was taken for plain text."""


def tokens(marked: str) -> tuple[tuple[str, ...], ...]:
    """Return the designators at the beginning of a block; a reserved run is given with its last one."""
    found: list[tuple[str, ...]] = []
    place = 0
    while token := _TOKEN.match(marked, place):
        place = token.end()
        run = _RANGE.match(marked, place)
        found.append((token[1], run[1]) if run else (token[1],))
        place = run.end() if run else place
        headed = _HEADED.match(marked, place)
        place = headed.end() if headed else place
    return tuple(found)


def paths_of(blocks: Sequence[str]) -> list[tuple[Path, ...]]:
    """Return for each block that begins with designators the paragraphs that begin in it, outermost first.

    Args:
        blocks: Texts with their italics marked.

    Returns:
        For each at least one path: where nothing begins, that of the paragraph which it continues.
    """
    readings = [_Reading(0, (), None, ())]
    counts = []
    for block in blocks:
        found = tokens(block)
        counts.append(len(found))
        for token in found:
            readings = _best(step for reading in readings for step in _steps(reading, token))
    return _unrolled(min(readings, key=lambda one: one.cost), counts)


def _best(readings: Iterator[_Reading]) -> list[_Reading]:
    """Keep the cheapest reading of each path, and few of them."""
    by_path: dict[Path, _Reading] = {}
    for one in readings:
        if one.path not in by_path or one.cost < by_path[one.path].cost:
            by_path[one.path] = one
    return sorted(by_path.values(), key=lambda one: one.cost)[:_KEPT]


def _steps(reading: _Reading, token: tuple[str, ...]) -> Iterator[_Reading]:
    """Walk through what a designator may be after a reading."""
    path = reading.path
    for level in range(len(path) + 1):
        number = _ordinal(level, token[0])
        last = _ordinal(level, token[-1])
        if not number or not last:
            continue
        before = _ordinal(level, path[level]) if level < len(path) else 0
        cost = (number - before - 1) * _SKIP if number > before else _BACK
        run = tuple((*path[:level], _name(level, each)) for each in range(number, last + 1))
        yield _Reading(reading.cost + cost, run[-1] if run else (*path[:level], token[0]), reading, run)
    yield _Reading(reading.cost + _IGNORE, path, reading, ())


def _unrolled(reading: _Reading, counts: Sequence[int]) -> list[tuple[Path, ...]]:
    chain: list[_Reading] = []
    at: _Reading | None = reading
    while at is not None:
        chain.append(at)
        at = at.before
    chain.reverse()
    found, place = [], 1
    path: Path = ()
    for count in counts:
        steps = chain[place : place + count]
        begins = tuple(one for step in steps for one in step.begins)
        path = steps[-1].path if steps else path
        found.append(begins or (path,))
        place += count
    return found


def _ordinal(level: int, token: str) -> int:
    """Return the place of a designator among those of its level, from 1; 0 where it is none of that level."""
    if level in {1, 4}:
        return int(token) if token.isdecimal() else 0
    if level in {2, 5}:
        return _roman(token)
    if (not token.islower() if level == 0 else not token.isupper()) or len(set(token)) > 1:
        return 0
    return ord(token[0].lower()) - ord("a") + 1 + 26 * (len(token) - 1)


def _name(level: int, number: int) -> str:
    """Return a designator by its place, from 1."""
    if level in {1, 4}:
        return str(number)
    if level in {2, 5}:
        return next(text for text in _ROMANS if _roman(text) == number)
    letter = chr((number - 1) % 26 + ord("a")) * ((number - 1) // 26 + 1)
    return letter if level == 0 else letter.upper()


def _roman(text: str) -> int:
    """Return a small roman number; 0 where the text is none."""
    if not text or not set(text) <= set(_ROMAN):
        return 0
    values = [_ROMAN[letter] for letter in text]
    total = sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
    return total if _written(total) == text else 0


def _written(number: int) -> str:
    """Write a number below 90 in small roman digits."""
    out = ""
    for value, digits in ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        out += digits * (number // value)
        number %= value
    return out


_ROMANS = tuple(_written(number) for number in range(1, 90))
