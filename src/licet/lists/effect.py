"""From the citation of an entry to its day of effect: the page lies inside a rule, the rule is a measure, it has a day.

The steps for one citation, numbered as in the code:

1. the page lies in the pages of a rule in `licet.lists.register`: the day of its measure in the lawbook, else its own;
2. the page lies between the first page and an inside page that a measure cites: the day of that measure;
3. the day of publication is that of a measure in the same volume, and the page follows its first page, before that of
   the next document of the day, within `LONGEST` pages: the day of that measure;
4. the day of publication, marked `published`: `unknown_citations` lists these;
5. no day.

The first citation of an entry brought it in; later ones amended it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from licet.law.status import start
from licet.lists.register import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from licet.lists.entry import Citation, Entry
    from licet.lists.register import Rule
    from licet.model.measure import Measure

LONGEST = 60
"""Pages that a rule can have at most where its last page is not known: the longest known here, 89 FR 96830, has 58."""
MEASURE, RULE, PUBLISHED, LISTED, NONE = "measure", "rule", "published", "listed", "none"
_CITE = re.compile(r"(?P<volume>\d{1,3})\s*F\.?\s?R\.?\s*(?P<page>\d{1,6})\b")
_DATED = ("list", "rule", "order", "denial_order", "general_license")
"""Kinds of measures that entries cite; of several in one document a list comes first."""


class Effect(NamedTuple):
    """From which day a citation counts, and what that rests on."""

    day: date | None
    basis: str
    """measure · rule (known, but no measure) · published (day of publication, the rule is not known) ·
    listed (day of listing that the source states) · none."""
    measure: str = ""
    cite: str = ""
    published: date | None = None
    checked: str = "seen"
    """seen · memory: whether the day of effect was read."""


NOTHING = Effect(None, NONE)


class Unknown(NamedTuple):
    """A citation of which the lawbook knows no rule."""

    cite: str
    published: date | None
    entries: int
    """How many entries cite it."""
    first: int
    """How many of these it brought in: their first day of effect is not known."""
    example: str
    """Id of one of them."""


class _Document(NamedTuple):
    """A document of the Federal Register that a measure cites."""

    pages: tuple[int, ...]
    """Pages that the measure cites, the first page of the document first."""
    rank: int
    """Place of its kind in `_DATED`."""
    published: date | None
    day: date
    measure: str
    checked: str


class Register:
    """What the lawbook and the table of rules know of the pages of the Federal Register."""

    def __init__(self, book: Mapping[str, Measure], rules: Iterable[Rule] = RULES) -> None:
        """Gather the documents that measures cite.

        Args:
            book: The measures by id.
            rules: Rules with their pages.
        """
        self.book = book
        self.rules: dict[int, list[Rule]] = {}
        for rule in rules:
            self.rules.setdefault(rule.volume, []).append(rule)
        self.documents: dict[int, list[_Document]] = {}
        self._known: dict[Citation, Effect] = {}
        for volume, document in sorted(_documents(book), key=lambda each: (each[0], each[1].pages)):
            self.documents.setdefault(volume, []).append(document)

    def effect(self, cite: Citation) -> Effect:
        """Return from which day a citation counts.

        Args:
            cite: A citation of the Federal Register as a list prints it, such as `84 FR 22963` of 2019-05-21.
        """
        effect = self._known.get(cite)
        if effect is None:
            effect = self._known[cite] = self._effect(cite)
        return effect

    def _effect(self, cite: Citation) -> Effect:
        """Work out from which day a citation counts, in the steps of this module."""
        found = _CITE.search(cite.text)
        if found is None:
            return Effect(cite.published, PUBLISHED if cite.published else NONE, "", cite.text, cite.published)
        volume, page = int(found["volume"]), int(found["page"])
        text = f"{volume} FR {page}"
        rule = next((rule for rule in self.rules.get(volume, ()) if rule.first <= page <= rule.last), None)
        if rule is not None:  # 1
            return self._of_rule(rule)._replace(cite=text, published=cite.published)
        document = self._document(volume, page, cite.published)
        if document is not None:  # 2, 3
            return Effect(document.day, MEASURE, document.measure, text, cite.published, document.checked)
        return Effect(cite.published, PUBLISHED if cite.published else NONE, "", text, cite.published)  # 4, 5

    def _of_rule(self, rule: Rule) -> Effect:
        """Return the day of a rule: that of its measure, where it is one."""
        measure = self.book.get(rule.measure)
        day = start(measure) if measure is not None else None
        if measure is not None and day is not None:
            return Effect(day, MEASURE, measure.id, checked=rule.checked)
        same = self._document(rule.volume, rule.first, None)
        if same is not None and same.pages[0] == rule.first:
            return Effect(same.day, MEASURE, same.measure, checked=same.checked)
        return Effect(rule.day, RULE, checked=rule.checked)

    def _document(self, volume: int, page: int, published: date | None) -> _Document | None:
        """Return the document of a measure in which a page lies; of several measures in it the one that cites it."""
        before = [one for one in self.documents.get(volume, ()) if one.pages[0] <= page]
        same = [one for one in before if one.pages[0] == before[-1].pages[0]]
        if not same:
            return None
        last = min(same, key=lambda one: (page not in one.pages, one.rank, one.day, one.measure))
        inside = max(max(one.pages) for one in same)
        if page <= inside and published in (None, last.published):  # 2
            return last
        near = published is not None and published == last.published and page - last.pages[0] < LONGEST  # 3
        return last if near else None


def _documents(book: Mapping[str, Measure]) -> Iterator[tuple[int, _Document]]:
    """Yield volume and document of every measure that cites a page of the Federal Register first of all."""
    for id_ in book:
        measure = book[id_]
        pages = [(int(found[1]), int(found[2])) for cite in measure.cites if (found := _CITE.fullmatch(cite))]
        day = start(measure)
        if not pages or day is None or not measure.legal_force or measure.kind not in _DATED:
            continue
        volume, first = pages[0]
        inside = tuple(page for part, page in pages if part == volume and first <= page < first + LONGEST)
        rank = _DATED.index(measure.kind)
        yield volume, _Document(inside, rank, measure.published, day, id_, measure.checked)


def brought_in(entry: Entry, register: Register, *, listed: bool) -> Effect:
    """Return the day on which an entry came to be.

    Args:
        entry: The entry.
        register: What is known of the pages of the Federal Register.
        listed: Whether the day of listing that the source states is the day of effect. It is not where the source
            states the day of publication, as the Consolidated Screening List does.

    Returns:
        The day of the first citation; without one the day of listing, where that counts.
    """
    if listed and entry.listed is not None:
        return Effect(entry.listed, LISTED)
    return register.effect(entry.cites[0]) if entry.cites else NOTHING


def amended(before: Entry, after: Entry, register: Register) -> Effect:
    """Return the day on which an entry came to say what it says: that of the latest citation that is new in it."""
    had = {_page(cite) for cite in before.cites}
    effects = [register.effect(cite) for cite in after.cites if _page(cite) not in had]
    return max((one for one in effects if one.day), key=lambda one: str(one.day), default=NOTHING)


def as_printed(entry: Entry, register: Register) -> Effect:
    """Return from which day an entry surely says what is printed: that of its latest amendment."""
    effects = [register.effect(cite) for cite in entry.cites]
    return max((one for one in effects if one.day), key=lambda one: str(one.day), default=NOTHING)


def unknown_citations(entries: Iterable[Entry], book: Mapping[str, Measure] | Register) -> tuple[Unknown, ...]:
    """List the citations of which no rule is known, so that the day of publication stands for the day of effect.

    Args:
        entries: Entries of a list.
        book: The measures by id, or what was gathered from them.

    Returns:
        One for each page cited, most cited first.
    """
    register = book if isinstance(book, Register) else Register(book)
    seen: dict[str, Unknown] = {}
    for entry in entries:
        for number, cite in enumerate(entry.cites):
            effect = register.effect(cite)
            if effect.basis in (PUBLISHED, NONE) and _CITE.search(cite.text):
                one = seen.get(effect.cite, Unknown(effect.cite, effect.published, 0, 0, entry.id))
                seen[effect.cite] = one._replace(entries=one.entries + 1, first=one.first + (number == 0))
    return tuple(sorted(seen.values(), key=lambda one: (-one.entries, one.cite)))


def _page(cite: Citation) -> str:
    """Return the form in which citations are compared: volume and page, however they are written."""
    found = _CITE.search(cite.text)
    return f"{found['volume']} FR {found['page']}" if found else cite.text
