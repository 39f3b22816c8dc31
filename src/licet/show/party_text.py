"""The dossier of a party for a terminal, 80 to 120 columns wide."""

from __future__ import annotations

import textwrap
from collections import Counter
from typing import TYPE_CHECKING

from licet.model.errors import printable
from licet.party.nouns import ABOUT_LIST, LATER, NONE, NOW, OFF, ON, ONE, OPEN, UNKNOWN
from licet.show.columns import BOLD, DIM, GREEN, RED, SAID, YELLOW, bare, cell, clip, paint
from licet.show.party_words import (
    HOW,
    SETTLES,
    THEN,
    UNSURE,
    change,
    cites,
    headline,
    known_of,
    list_name,
    on_day,
    requirement,
    span,
    status,
    through,
    unlisted,
    where,
)
from licet.show.words import NOT_ADVICE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from licet.party.nouns import Candidate, Dossier, Event, Member, OnList, Pending, Terms, Written

NARROWEST, WIDEST, USUAL = 80, 120, 100
"""Columns of the text: at least, at most, and where nobody sees it."""
SHOWN = 8
"""Companies, addresses and names that are shown where not all are asked for."""
_LIST, _DAY, _SPAN, _KIND = 16, 10, 23, 13
_SIGNS = {ON: "●", OPEN: "?", OFF: "○", UNKNOWN: "?"}
_COLORS = {ON: RED, OPEN: YELLOW, OFF: GREEN, UNKNOWN: YELLOW}
_SHOWN_VERSION = 8


def party_text(made: Dossier, width: int = USUAL, *, everything: bool = False) -> str:
    """Return a dossier as text.

    Args:
        made: The dossier.
        width: Columns; less than 80 and more than 120 count as these.
        everything: Show all companies, names, addresses and measures, not the first of them.

    Returns:
        Lines of at most so many columns, without control characters but for colors.
    """
    page = _Page(made, min(max(width, NARROWEST), WIDEST), everything=everything)
    return "\n".join(line.rstrip() for line in page.lines())


def _safe(text: str) -> str:
    """Return a text of a source on one line, without what could steer a terminal."""
    return printable(" ".join(text.split()))


class _Page:
    """The lines of one dossier."""

    def __init__(self, made: Dossier, width: int, *, everything: bool) -> None:
        self.made, self.width = made, width
        self.most = 10_000 if everything else SHOWN
        self.everything = everything

    def lines(self) -> Iterator[str]:
        """Walk through all lines."""
        made = self.made
        yield from self.head()
        if made.result == ONE:
            yield from self.lists()
            yield from self.history()
            yield from self.pending()
            yield from self.law()
            yield from self.events()
            yield from self.family()
            yield from self.written()
            yield from self.namesakes()
        else:
            yield from self.candidates()
        yield ""
        book = f"book {made.book[:_SHOWN_VERSION]} · lists {made.roster[:_SHOWN_VERSION]}"
        yield from self.wrap(f"{book}, Entity List of {made.issued} · {NOT_ADVICE}", "  ", color=DIM)

    # -- laying out

    def spread(self, left: str, right: str) -> str:
        """Return one text at the left end and one at the right, on two lines where both do not fit."""
        room = self.width - len(bare(left)) - len(bare(right))
        if room > 1:
            return f"{left}{' ' * room}{right}"
        return f"{left}\n{' ' * max(self.width - len(bare(right)), 0)}{right}"

    def wrap(self, text: str, first: str, later: str = "", color: str = "") -> Iterator[str]:
        """Wrap a text behind a first indent, which may hold columns already."""
        indent = len(bare(first))
        found = textwrap.wrap(_safe(text), self.width - indent, break_on_hyphens=False) or [""]
        for number, line in enumerate(found):
            yield (later or " " * indent if number else first) + paint(color, line)

    def title(self, text: str, aside: str = "") -> Iterator[str]:
        """Walk through the heading of a section."""
        yield ""
        yield f"  {paint(BOLD, text)}{paint(DIM, f'  {aside}') if aside else ''}"

    # -- sections

    def head(self) -> Iterator[str]:
        """Walk through who it is, on how many lists, and what the answer rests on."""
        made = self.made
        color = RED if made.state(ON) else YELLOW if made.result != ONE or made.state(OPEN) else GREEN
        name = clip(_safe(made.name), self.width - 2)
        yield self.spread(paint(BOLD, name), paint(color, f"{headline(made)} on {made.as_of}"))
        if made.result == ONE:
            ids = f"{made.ids[0]} (and {len(made.ids) - 1} more)" if len(made.ids) > 1 else made.ids[0]
            parts = [made.country, made.kind, ids, f"family {made.group}" if made.group else ""]
            yield from self.wrap(" · ".join(filter(None, parts)), "  ", color=DIM)
        if how := HOW.get(made.how, "").format(group=made.group):
            yield from self.wrap(f'asked for "{made.asked}": {how}', "  ", color=DIM)
        if made.part_of:
            yield from self.wrap(f"named inside the entry {made.part_of}", "  ", color=DIM)
        if made.known_as_of:
            yield from self.wrap(f"as it could be known on {made.known_as_of}", "  ", color=YELLOW)
        if made.as_of > made.verified_through:
            said = f"law verified through {made.verified_through}; later changes are not known here"
            yield from self.wrap(said, "  ", color=YELLOW)

    def lists(self) -> Iterator[str]:
        """Walk through the lists: those it is on with their terms, then those it is not on or not known to be on."""
        made = self.made
        on = made.state(ON, OPEN)
        if on:
            yield from self.title("on these lists")
        for one in on:
            yield from self.one_list(one)
        yield from self.others(made.state(OFF), "known not to be on")
        yield from self.others(made.state(UNKNOWN), "not known")

    def one_list(self, one: OnList) -> Iterator[str]:
        """Walk through a list that the party is on."""
        first = min(terms.listing.first for terms in one.terms)
        sign = paint(_COLORS[one.state], _SIGNS[one.state])
        law = next((terms.law for terms in one.terms if terms.law), None)
        left = f"  {sign} {paint(BOLD, cell(list_name(one.id), _LIST))} since {first}"
        if one.state == OPEN:
            left = f"  {sign} {paint(BOLD, cell(list_name(one.id), _LIST))} {paint(YELLOW, 'not sure')}"
        yield self.spread(left, through(law))
        indent = " " * (_LIST + 5)
        if one.list and not one.list.rules:
            yield from self.wrap(f"regime {one.list.regime}: licet has no rules for it", indent, color=YELLOW)
        for terms in one.terms:
            said = requirement(terms)
            since = f" (since {terms.listing.since})" if said and terms.listing.since != first else ""
            if said:
                yield from self.wrap(f"{said}{since}", indent)
            if terms.note:
                yield from self.wrap(terms.note, indent, color=DIM)
            yield from self.wrap(cites(terms, 0 if self.everything else 4), indent, color=DIM)
        if one.list:
            yield from self.wrap(one.list.means, indent)
        if unsure := known_of(one):
            yield from self.wrap(unsure, indent, color=YELLOW)

    def others(self, lists: Sequence[OnList], word: str) -> Iterator[str]:
        """Walk through lists that it is not on, or not known to be on, those of one reason together."""
        reasons: dict[str, list[str]] = {}
        for one in lists:
            reasons.setdefault(known_of(one), []).append(list_name(one.id))
        if reasons:
            yield from self.title(word)
        for why, names in reasons.items():
            state = lists[0].state
            sign = paint(_COLORS[state], _SIGNS[state])
            yield from self.wrap(f"{', '.join(names)}: {why}", f"  {sign} ")

    def history(self) -> Iterator[str]:
        """Walk through every interval of terms."""
        if not self.made.history:
            return
        yield from self.title("history", "each interval of unchanged terms")
        for terms in self.made.history:
            yield from self.interval(terms)

    def interval(self, terms: Terms) -> Iterator[str]:
        """Walk through one interval."""
        listing = terms.listing
        mark = {NOW: "▶", LATER: "·"}.get(terms.when, " ")
        law = listing.measure
        said = [requirement(terms), law, UNSURE.get(listing.checked, "")]
        if terms.when == LATER:
            said.append("comes later")
        first = f"  {mark} {cell(span(terms), _SPAN)}  {cell(list_name(listing.list), _LIST)} "
        yield from self.wrap(" · ".join(filter(None, said)), first, color="" if terms.when == NOW else DIM)

    def pending(self) -> Iterator[str]:
        """Walk through what is to come."""
        yield from self.title("pending")
        if not self.made.pending:
            yield "    nothing that is known here"
        for one in self.made.pending:
            yield from self.one_pending(one)

    def one_pending(self, one: Pending) -> Iterator[str]:
        """Walk through one change to come."""
        ids = f" ({', '.join(one.measures)})" if one.measures else ""
        first = f"  {'▷' if one.certain else paint(YELLOW, '?')} {cell(str(one.day or '-'), _DAY)}  "
        yield from self.wrap(f"{one.what}{ids}: {change(one)}", first, color="" if one.certain else YELLOW)

    def law(self) -> Iterator[str]:
        """Walk through the law that concerns the party; rules about a whole list only where all is asked for."""
        law = [one for one in self.made.law if self.everything or one.how != ABOUT_LIST]
        rest = len(self.made.law) - len(law)
        if not self.made.law:
            return
        yield from self.title("law that concerns it", f"{rest} more about its lists as a whole: --all" if rest else "")
        for one in law:
            title = clip(_safe(one.title), self.width - 49)
            left = f"    {cell(str(one.first or '-'), _DAY)}  {cell(one.id, 14)} {title}"
            yield self.spread(left, paint(DIM, f"{status(one)} · {one.how}"))

    def events(self) -> Iterator[str]:
        """Walk through what was said and done, without force of law."""
        if not self.made.events:
            return
        yield from self.title("said and done", "sourced facts; none is law, none decides")
        for one in self.made.events:
            yield from self.event(one)

    def event(self, one: Event) -> Iterator[str]:
        """Walk through one event, with its source."""
        memory = "; from memory" if one.checked == "memory" else ""
        note = f" ({one.note})" if one.note and (self.everything or not one.measure) else ""
        cite = f"[{one.cite}{memory}]"
        first = f"    {one.day}  {paint(SAID, cell(one.kind, _KIND))}  "
        yield from self.wrap(f"{one.what}{note} {cite}", first)

    def family(self) -> Iterator[str]:
        """Walk through the companies listed with it."""
        family = self.made.family
        if not family:
            return
        on = Counter(list_ for one in family for list_ in one.lists)
        counts = ", ".join(f"{count} on {list_name(list_)}" for list_, count in on.most_common())
        yield from self.title("listed with it", f"{len(family)} companies of the family {self.made.group}")
        perhaps = sum(bool(one.perhaps) for one in family)
        doubt = f"; {perhaps} perhaps on one: sources differ, or none says" if perhaps else ""
        yield from self.wrap(f"on this day: {counts or 'none on a list'}{doubt}", "    ")
        countries = Counter(one.country or "?" for one in family).most_common()
        places = ", ".join(f"{code} {count}" for code, count in countries)
        yield from self.wrap(f"countries: {places}", "    ", color=DIM)
        yield from self.members(family)

    def members(self, family: Sequence[Member]) -> Iterator[str]:
        """Walk through the first companies of a family, or all."""
        for one in sorted(family, key=lambda one: (one.first, one.name))[: self.most]:
            inside = "in the same entry" if one.inside else ""
            right = " · ".join(filter(None, (on_day(one), inside)))
            room = self.width - 24 - len(right)
            left = f"    {one.first}  {cell(_safe(one.country), 2)}  {clip(_safe(one.name), room)}"
            yield self.spread(left, paint(DIM, right))
        yield from self.more(len(family))

    def more(self, count: int) -> Iterator[str]:
        """Say how many more there are."""
        if count > self.most:
            yield paint(DIM, f"    … and {count - self.most} more: --all, or --format html")

    def written(self) -> Iterator[str]:
        """Walk through names, addresses and numbers, with the source and its day."""
        made = self.made
        for title, rows in (("names", made.names), ("addresses", made.addresses), ("numbers", made.identifiers)):
            if rows:
                yield from self.title(title)
                yield from self.wrap(_sources(rows), "    ", "    ")
                for one in rows[: self.most]:
                    yield from self.one_written(one)
                yield from self.more(len(rows))
        if not (made.names or made.addresses or made.identifiers):
            yield from self.title("names, addresses, numbers")
            yield "    no issue of a list with its own words is at hand"

    def one_written(self, one: Written) -> Iterator[str]:
        """Walk through one name, address or number."""
        kind = "" if one.kind == "primary" else one.kind.replace("_", " ")
        yield from self.wrap(" · ".join(filter(None, (one.text, kind, one.country))), "    ", "      ")

    def namesakes(self) -> Iterator[str]:
        """Walk through other entries of the same name."""
        if self.made.candidates:
            yield from self.title("others of this name")
            for one in self.made.candidates:
                yield from self.candidate(one)

    def candidates(self) -> Iterator[str]:
        """Walk through who may be meant, and what is known where nobody is."""
        made = self.made
        yield ""
        if made.result == NONE:
            yield from self.wrap(unlisted(made), "  ")
        if made.candidates:
            yield from self.title("entries of this name" if made.result != NONE else "near names")
            for one in made.candidates:
                yield from self.candidate(one)
            yield ""
            yield from self.wrap(THEN[made.result], "  ")
        elif made.result == NONE:
            yield from self.wrap("No listed name is near to it.", "  ")
        if made.result == NONE:
            yield from self.others(made.state(OFF), "known not to be on")
            yield from self.others(made.state(UNKNOWN), "not known")

    def candidate(self, one: Candidate) -> Iterator[str]:
        """Walk through one entry that may be meant."""
        score = "same" if one.how == "equal" else f"{one.score:.0f}"
        name = clip(_safe(one.name), self.width - 30)
        yield self.spread(f"    {score:>4}  {cell(_safe(one.country), 2)}  {paint(BOLD, name)}", _safe(where(one)))
        yield from self.wrap(f"licet party {one.id}", " " * 14, color=DIM)
        if one.address or one.identifier:
            yield from self.wrap(" · ".join(filter(None, (one.address, one.identifier))), " " * 14, color=DIM)
        if self.made.result == NONE:
            yield from self.wrap(SETTLES[one.how], " " * 14)


def _sources(rows: Iterable[Written]) -> str:
    """Return the sources of some rows with their days."""
    return ", ".join(dict.fromkeys(f"{list_name(one.source)} of {one.seen}" for one in rows))
