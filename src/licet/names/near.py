"""Near misses: names that are not equal to a listed one and yet must be looked at by a person.

RapidFuzz is loaded on first use: a name that is equal to a listed one, or too short to be near any, never needs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from licet.names.normal import SHORTEST, core, long_enough, normalize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

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
MOST = 5
"""Near names that are returned at most, best first."""


class Near(NamedTuple):
    """A listed name that a name is near to."""

    name: str
    """The listed name, normalized; for `short` the abbreviation."""
    entry: str
    score: float
    """0 to 100; 100 where the listed name stands whole inside the name, or is its abbreviation."""
    how: str
    """`similar`: spelled alike; `contains`: the listed name stands inside; `short`: an abbreviation in the entry."""


class Candidates:
    """Listed names made ready to be compared with: made once, used for every name that is looked up."""

    def __init__(self, listed: Mapping[str, Iterable[str]]) -> None:
        """Make ready.

        Args:
            listed: Normalized names with the ids of their entries.
        """
        bare = {key: core(key) for key in listed}
        self.entries = {key: tuple(entries) for key, entries in listed.items()}
        self.inside: dict[str, list[str]] = {}
        for key, name in bare.items():
            if " " in name or len(name) >= SHORTEST_WORD:
                self.inside.setdefault(f" {name} ", []).append(key)
        self.keys = [key for key, name in bare.items() if len(_together(name)) >= SHORTEST]
        self.forms = tuple([form(bare[key]) for key in self.keys] for form in _FORMS)


def near(name: str, candidates: Candidates) -> tuple[Near, ...]:
    """Return the listed names that a name is near to, best first, one per entry.

    Args:
        name: A name as someone wrote it; its normalized form is not among the candidates.
        candidates: The listed names.

    Returns:
        At most `MOST`, by falling score, then the longer name, then the id. None where the name is too short to tell.
    """
    if not long_enough(name):
        return ()
    bare = core(normalize(name))
    spaced = f" {bare} "
    inside = ((inner, key) for inner, keys in candidates.inside.items() if inner in spaced for key in keys)
    scores = {key: (100.0, "similar" if inner == spaced else "contains") for inner, key in inside}
    for key, score in _similar(bare, candidates).items():
        scores.setdefault(key, (score, "similar"))
    found = [Near(key, entry, score, how) for key, (score, how) in scores.items() for entry in candidates.entries[key]]
    best: dict[str, Near] = {}
    for one in sorted(found, key=lambda hit: (-hit.score, -len(hit.name), hit.entry)):
        best.setdefault(one.entry, one)
    return tuple(best.values())[:MOST]


def _similar(bare: str, candidates: Candidates) -> dict[str, float]:
    """Return the names at or above the threshold, compared as written, with their words sorted, and run together."""
    from rapidfuzz import fuzz, process

    scores: dict[str, float] = {}
    for form, choices in zip(_FORMS, candidates.forms, strict=True):
        hits = process.extract(form(bare), choices, scorer=fuzz.ratio, score_cutoff=THRESHOLD, limit=MOST * 4)
        for _, score, i in hits:
            key = candidates.keys[i]
            if _numbers(key) == _numbers(bare):
                scores[key] = max(score, scores.get(key, 0.0))
    return scores


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
