"""Near misses: names that are not equal to a listed one and yet must be looked at by a person.

RapidFuzz is loaded on first use: a name that is equal to a listed one, or too short to be near any, never needs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from licet.names.normal import SHORTEST, core, long_enough, normalize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

THRESHOLD = 88.0
"""Least similarity, 0 to 100, of two names without their legal forms that makes a person look.

Measured on the 914 names of the starter table that are long enough, each changed at random, and on names that are not
on it. At 88, found again: with one typo .98, with two .90, with Technology for Technologies 1.00 ("Huawei Technology"
and "Huawei Technologies" stand at 88.9). False alerts per 1,000 names: 4,000 persons 0, 1,320 companies listed on US
exchanges 4.5, 6,000 organizations on other lists 0.8, 4,072 Chinese ones 14. At 90 the typos are .97 and .84, the false
alerts 0, 0.8, 0.5 and 4; at 86 they are .99 and .93, and 0, 8, 1.2 and 23. Aliases are seldom alike: 10 % of the pairs
of names of one entry reach 88, so a translated name is found by being listed, not by being near.
"""
SHORTEST_WORD = 8
"""Letters that a listed name of one word needs to be found inside a longer name."""
TABLES = ("cores", "alike", "alike_keys")
"""What `prepare` makes, and `Candidates` reads."""


class Near(NamedTuple):
    """A listed name that a name is near to."""

    name: str
    """The listed name, normalized; for `short` the abbreviation."""
    entry: str
    score: float
    """0 to 100; 100 where the listed name stands whole inside the name, or is its abbreviation."""
    how: str
    """`similar`: spelled alike; `contains`: the listed name stands inside; `short`: an abbreviation in the entry."""


class Readable(Protocol):
    """A table of texts by key: a dictionary, or a table of a file."""

    def get(self, key: str, /) -> str | None:
        """Return the text of a key; empty or None where there is none."""


class Candidates:
    """Listed names made ready to be compared with."""

    def __init__(self, tables: Mapping[str, Readable], entries: Callable[[str], Iterable[str]]) -> None:
        """Take what was made ready.

        Args:
            tables: What `prepare` made, in memory or in a file.
            entries: Gives the ids of the entries that have a normalized name.
        """
        self._cores, self._alike, self._keys = (tables[name] for name in TABLES)
        self.entries = entries

    def with_core(self, name: str) -> list[str]:
        """Return the listed names that are this one but for their legal form."""
        return _lines(self._cores.get(name))

    def alike(self, form: int, length: int) -> list[str]:
        """Return the listed names of a length, in a form in which they are compared."""
        return _lines(self._alike.get(_shelf(form, length)))

    def key(self, form: int, length: int, number: int) -> str:
        """Return the normalized name behind one of `alike`."""
        return _lines(self._keys.get(_shelf(form, length)))[number]


def prepare(listed: Iterable[str]) -> dict[str, dict[str, str]]:
    """Make listed names ready to be compared with.

    Args:
        listed: Normalized names.

    Returns:
        Tables of texts: names by what is left without their legal form, and for each form and length the names in that
        form, and beside them as they are.
    """
    cores: dict[str, list[str]] = {}
    alike: dict[str, list[str]] = {}
    keys: dict[str, list[str]] = {}
    for key in sorted(set(listed)):
        bare = core(key)
        cores.setdefault(bare, []).append(key)
        if len(_together(bare)) >= SHORTEST:
            for number, form in enumerate(_FORMS):
                text = form(bare)
                alike.setdefault(_shelf(number, len(text)), []).append(text)
                keys.setdefault(_shelf(number, len(text)), []).append(key)
    made = (cores, alike, keys)
    return {
        name: {key: "\n".join(texts) for key, texts in table.items()} for name, table in zip(TABLES, made, strict=True)
    }


def near(name: str, candidates: Candidates) -> tuple[Near, ...]:
    """Return the listed names that a name is near to, best first, one per entry.

    Args:
        name: A name as someone wrote it; its normalized form is not among the candidates.
        candidates: The listed names.

    Returns:
        All of them, by falling score, then the longer name, then the id. None where the name is too short to tell.
    """
    if not long_enough(name):
        return ()
    bare = core(normalize(name))
    scores = {key: (100.0, "similar" if inner == bare else "contains") for inner, key in _inside(bare, candidates)}
    for key, score in _similar(bare, candidates).items():
        scores.setdefault(key, (score, "similar"))
    found = [Near(key, entry, score, how) for key, (score, how) in scores.items() for entry in candidates.entries(key)]
    best: dict[str, Near] = {}
    for one in sorted(found, key=lambda hit: (-hit.score, -len(hit.name), hit.entry)):
        best.setdefault(one.entry, one)
    return tuple(best.values())


def _inside(bare: str, candidates: Candidates) -> Iterator[tuple[str, str]]:
    """Yield the listed names that stand whole inside a name, each with what is left without its legal form."""
    words = bare.split()
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            inner = " ".join(words[start:end])
            if end > start + 1 or len(inner) >= SHORTEST_WORD:
                yield from ((inner, key) for key in candidates.with_core(inner))


def _similar(bare: str, candidates: Candidates) -> dict[str, float]:
    """Return the names at or above the threshold, compared as written, with their words sorted, and run together.

    Two texts of lengths a and b are alike by at most 2 min(a, b) / (a + b): only some lengths have to be looked at.
    """
    from rapidfuzz import fuzz, process

    scores: dict[str, float] = {}
    for number, form in enumerate(_FORMS):
        text = form(bare)
        for length in range(*_lengths(len(text))):
            choices = candidates.alike(number, length)
            hits = process.extract(text, choices, scorer=fuzz.ratio, score_cutoff=THRESHOLD, limit=None)
            for _, score, place in hits:
                key = candidates.key(number, length, place)
                if _numbers(key) == _numbers(bare):
                    scores[key] = max(score, scores.get(key, 0.0))
    return scores


def _lengths(length: int) -> tuple[int, int]:
    """Return the first length that a name of a length can be alike to, and the one after the last."""
    share = THRESHOLD / (200.0 - THRESHOLD)
    return int(length * share), int(length / share) + 2


def _shelf(form: int, length: int) -> str:
    return f"{form}/{length}"


def _lines(text: str | None) -> list[str]:
    return text.split("\n") if text else []


def _numbers(name: str) -> list[str]:
    """Return the numbers in a name: the 701st institute is not the 702nd."""
    return sorted("".join(c if c.isdigit() else " " for c in name).split())


def _sorted_words(name: str) -> str:
    """Return a name with its words in alphabetical order."""
    return " ".join(sorted(name.split()))


def _together(name: str) -> str:
    """Return a name without spaces."""
    return name.replace(" ", "")


_FORMS: tuple[Callable[[str], str], ...] = (str, _sorted_words, _together)
"""The ways in which two names are compared; the best counts."""
