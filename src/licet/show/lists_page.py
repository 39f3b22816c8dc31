"""The generated parts of the page on lists (`docs/lists.md`), from the descriptions of the sources."""

from __future__ import annotations

import re
from functools import partial
from textwrap import fill
from typing import TYPE_CHECKING

from licet.lists.source import ISSUED, NEVER, NEXT, OF_ITS_LISTS
from licet.model.errors import Problem, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from licet.lists.members import Member
    from licet.lists.source import Complete, Source

WIDTH = 120
_PART = re.compile(r"(?P<begin><!-- generated: (?P<name>[a-z]+) -->\n)(?P<text>.*?)(?P<end><!-- end -->\n)", re.DOTALL)
_REDISTRIBUTE = {"yes": "yes", "no": "no", "facts": "facts alone"}


def lists_page(page: str, sources: Mapping[str, Source], members: Mapping[str, Member]) -> str:
    """Return the page with its generated parts made anew; what people wrote around them stays.

    Args:
        page: The page as it is.
        sources: The sources by id.
        members: The lists without a source of their own, by id.

    Raises:
        SourceError: A part is not in the page, or one that is not known here.
    """
    parts = {
        "overview": _overview(sources.values()),
        "sources": "\n".join(_filled(line) for one in sources.values() for line in _section(one)),
        "members": _members(members),
    }
    found = [part["name"] for part in _PART.finditer(page)]
    if sorted(found) != sorted(parts):
        raise SourceError(Problem(f"generated parts are {', '.join(found) or 'none'}", allowed=", ".join(parts)))
    return _PART.sub(lambda part: f"{part['begin']}\n{parts[part['name']]}\n\n{part['end']}", page)


def _filled(text: str) -> str:
    """Return lines of prose, none of them wider than a page."""
    fit = partial(fill, width=WIDTH, break_long_words=False, break_on_hyphens=False)
    return "\n".join(fit(line, subsequent_indent="  " * line.startswith("- ")) for line in text.split("\n"))


def _overview(sources: Iterable[Source]) -> str:
    """Return a table of all sources."""
    lines = [
        "| list | what it is | regime | rules here | fetched by `update` | overdue after | may be passed on |",
        "|---|---|---|---|---|---|---|",
    ]
    for one in sources:
        name = f"[`{one.id}`](#{one.id})"
        cells = (
            name if one.feeds == one.id else f"{name}, part of `{one.feeds}`",
            one.title,
            "that of each list" if one.regime == OF_ITS_LISTS else f"`{one.regime}`",
            "by list" if one.regime == OF_ITS_LISTS else _yes(one.rules),
            _yes(any(address.download for address in one.addresses)),
            f"{one.cadence} days" if one.cadence else "never",
            _REDISTRIBUTE[one.redistribute],
        )
        lines.append(f"| {' | '.join(map(_cell, cells))} |")
    return "\n".join(lines)


def _section(one: Source) -> Iterator[str]:
    """Yield what the page says of one source."""
    yield f"### {one.id}\n"
    yield f"{one.title}. {one.means}\n"
    yield "*From:*\n"
    for address in one.addresses:
        yield f"- <{address.url}>: {address.what}" + (", fetched by `update`" if address.download else "")
    yield "\n*Read in these forms:*\n"
    for form in one.formats:
        yield f"- {form.name} ({form.kind}): {form.note}"
    yield f"\n*License:* {one.license}. May be passed on: {_REDISTRIBUTE[one.redistribute]}.\n"
    yield f"*Complete:* {_complete(one.complete)}: {one.complete.why}.\n"
    yield "*Its dates:*\n"
    for name, meaning in one.dates.items():
        yield f"- `{name}`: {meaning}"
    if "listed" in one.dates:
        counts = (
            "is a day of effect" if one.listed_is_effect else "is no day of effect: that is worked out from `cites`"
        )
        yield f"\nHere `listed` {counts}."
    bounds = "; ".join(f"{name.replace('_', ' ')} {b.least:,} to {b.most:,}" for name, b in one.counts.items())
    yield f"\n*Counts that must hold:* {bounds}.\n"
    yield "*Traps:*\n"
    yield from (f"- {trap}" for trap in one.traps)
    yield ""


def _complete(complete: Complete) -> str:
    """Say for which days the absence of a name means something."""
    if NEVER in (complete.since, complete.through):
        return "never"
    since = "the day of an issue" if complete.since == ISSUED else complete.since
    through = {NEXT: "the next issue, or until it is overdue", ISSUED: "the day of the issue"}[complete.through]
    return f"from {since} until {through}"


def _members(members: Mapping[str, Member]) -> str:
    """Return a table of the lists without a source."""
    lines = ["| list | what it is | regime | rules here | what it means |", "|---|---|---|---|---|"]
    for id_, one in members.items():
        cells = (f"`{id_}`", one.title, f"`{one.regime}`", _yes(one.rules), one.means)
        lines.append(f"| {' | '.join(map(_cell, cells))} |")
    return "\n".join(lines)


def _yes(word: object) -> str:
    return "yes" if word else "no"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
