"""What was found in a window, for a terminal: first what touches the given acts and parties, then all that changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from licet.law.book import SHOWN_VERSION
from licet.model.errors import printable
from licet.show.columns import BOLD, DIM, GREEN, RED, SAID, WIDTH, YELLOW, cell, clip, paint, spread, wrapped
from licet.show.timeline import LISTS
from licet.show.words import policy, span
from licet.watching.listings import CONFIRMED, DISPUTED, OPEN, sums
from licet.watching.measures import BACK, ENDED, OFF, STARTED, STAYED
from licet.watching.window import EXPECTED, SCHEDULED, UNVERIFIED, VERIFIED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from licet.model.answer import Span
    from licet.watch import Watched
    from licet.watching.acts import Cause, Flip, WatchedAct
    from licet.watching.listings import Sum
    from licet.watching.measures import Event, Saying
    from licet.watching.parties import PartyChange, WatchedParty

SIGNS = {STARTED: "━", BACK: "━", ENDED: "✕", STAYED: "▒", OFF: "!"}
"""The sign of what happens to law; all else is to come. A statement has `SAYING`, what is not sure `UNSURE`."""
TO_COME, SAYING, UNSURE = "▷", "┄", "?"
COLORS = {STARTED: GREEN, BACK: GREEN, ENDED: DIM, STAYED: YELLOW, OFF: YELLOW}
SURE = {
    VERIFIED: "",
    UNVERIFIED: "due by its text, not verified",
    SCHEDULED: "would, by its text",
    EXPECTED: "would, as announced; no text yet",
}
KINDS = {
    OPEN: "no source at hand says from here on whether it is listed",
    CONFIRMED: "a source says again that it is listed",
    DISPUTED: "sources differ on whether it is listed",
}
SHOWN = 20
"""Sums of list changes, and parties, that are shown where not all are asked for."""
SHOWN_NAMES = 3
SHOWN_EVENTS = 60
_DAY, _WHAT, _ID, _CITE = 10, 12, 15, 24
_INDENT = " " * 15
_NAMES = {
    "sdn": "SDN List",
    "ofac_consolidated": "OFAC non-SDN",
    "un": "UN list",
    "uk": "UK list",
    "ca": "Canada list",
    "us_1260h": "Section 1260H",
}


def watch_text(found: Watched, *, everything: bool = False) -> str:
    """Return what was found, at most 110 columns wide.

    Args:
        found: What was found.
        everything: Show every change of a list and every party.
    """
    lines = [*_head(found)]
    for block in (_acts(found), _parties(found, everything=everything), _refused(found), _learned(found)):
        lines += block
    lines += [*_events(found, everything=everything), *_listings(found, everything=everything), *_legend(found)]
    return "\n".join(line.rstrip() for line in lines)


def _head(found: Watched) -> Iterator[str]:
    window = found.window
    issued = max((day for day in found.issued.values() if day), default=None)
    base = f"book {found.book[:SHOWN_VERSION]} verified through {found.verified_through}"
    known = f", known by {window.known}" if window.known else ""
    yield spread(
        paint(BOLD, f"watch  {window.first} … {window.last}"),
        paint(DIM, f"{base}{f' · lists {issued}' if issued else ''}"),
    )
    yield f"  today {window.today}{known}  {_counts(found)}"
    if window.last > found.verified_through:
        says = (
            f"law verified through {found.verified_through}: what was due after it is told as its text says; whether it"
            " came is not known here"
        )
        yield from wrapped(says, f"{UNSURE} ", color=YELLOW)
    if found.since is not None:
        since = found.since
        what = "the same lawbook and lists as now" if _same(found) else "what became known since is told apart"
        yield from wrapped(f"since the look of {since.day} (book {since.book[:SHOWN_VERSION]}): {what}", "  ")


def _same(found: Watched) -> bool:
    since = found.since
    return since is not None and (since.book, since.lists) == (found.book, found.lists)


def _counts(found: Watched) -> str:
    parts = []
    if found.acts:
        parts.append(f"{len(found.touched_acts)} of {_many(len(found.acts), 'act')} touched")
    if found.parties:
        noun = "party" if len(found.parties) == 1 else "parties"
        parts.append(f"{len(found.touched_parties):,} of {len(found.parties):,} {noun} touched")
    parts.append(_many(len(found.events), "change of measures", "changes of measures"))
    parts.append(_many(len(found.listings), "change of lists", "changes of lists"))
    return " · ".join(parts)


def _many(number: int, noun: str, nouns: str = "") -> str:
    return f"{number:,} {noun if number == 1 else nouns or f'{noun}s'}"


# -- acts


def _acts(found: Watched) -> Iterator[str]:
    if not found.acts:
        return
    yield from ("", paint(BOLD, "acts"))
    for act in found.acts:
        yield from _act(act, _when(found))
    said = sum(not event.force for event in found.events)
    if said:
        yield paint(SAID, f"  {_many(said, 'statement')} without legal force in these days: no answer changes by one")


def _when(found: Watched) -> str:
    """Return the day of which the present state is told: today, or the day of the window nearest to it."""
    today = found.window.today
    return "today" if found.window.holds(today) else f"on {min(max(today, found.window.before), found.window.last)}"


def _act(act: WatchedAct, when: str) -> Iterator[str]:
    name = clip(_plain(act.name), WIDTH // 2)
    if act.touched:
        yield spread(f"  {paint(BOLD, name)}", _answer(act.now, act.kind) + paint(DIM, f" {when}"))
    else:
        yield spread(f"  {name}", f"{_answer(act.start, act.kind)}{paint(DIM, ' all the time')}")
    for flip in act.flips:
        yield from _flip(flip, act.kind)
    by_day: dict[date, list[str]] = {}
    for day, id_ in act.unmoved:
        by_day.setdefault(day, []).append(id_)
    if by_day:
        those = " · ".join(f"{day} {', '.join(ids)}" for day, ids in by_day.items())
        yield from wrapped(f"reads, and stays as it is: {those}", "    ", color=DIM)
    for note in act.notes:
        yield from wrapped(note, "    ", color=DIM)


def _answer(which: Span, kind: str) -> str:
    """Return a range of outcomes in words, with the review policy."""
    how = policy(which.policy)
    return span(which, kind) + (f" ({how})" if how else "")


def _flip(flip: Flip, kind: str) -> Iterator[str]:
    before, after = _answer(flip.before, kind), _answer(flip.after, kind)
    sign, color = (
        ("━", RED if flip.after.high > flip.before.high else GREEN) if flip.sure == VERIFIED else (UNSURE, YELLOW)
    )
    head = f"  {paint(color, sign)} {flip.day}  {before} → {paint(BOLD, after)}"
    yield spread(head, paint(color, SURE[flip.sure])) if SURE[flip.sure] else head
    for cause in flip.causes:
        yield from _cause(cause)


def _cause(cause: Cause) -> Iterator[str]:
    from licet.watching.acts import LISTING, MEASURE  # only where acts are given: with them comes all that decides

    by = ", ".join(cause.ids) if cause.kind == MEASURE else cause.kind
    also = f" (by {', '.join(cause.ids[1:])})" if cause.kind == LISTING and cause.ids[1:] else ""
    cite = f"  {cause.cite}" if cause.cite else ""
    yield from wrapped(printable(f"{by}: {cause.says}{also}{cite}"), _INDENT, _INDENT + "  ")


# -- parties


def _parties(found: Watched, *, everything: bool) -> Iterator[str]:
    if not found.parties:
        return
    yield from ("", paint(BOLD, "parties"))
    touched = found.touched_parties
    shown = touched if everything else touched[:SHOWN]
    for party in shown:
        yield from _party(party, _when(found))
    if len(touched) > len(shown):
        yield paint(DIM, f"  and {len(touched) - len(shown):,} more that are touched: --all shows each")
    rest = [party for party in found.parties if not party.changes]
    if rest:
        yield from wrapped(_untouched(rest), "  ", color=DIM)


def _party(party: WatchedParty, when: str) -> Iterator[str]:
    row = party.row
    named = " · ".join(filter(None, (row.name, row.country, row.id)))
    where = f"{', '.join(map(list_name, party.on))} {when}" if party.on else f"line {row.line}"
    yield spread(f"  {paint(BOLD, clip(_plain(named), 70))}", paint(DIM, where))
    for change in party.changes:
        yield from _party_change(change)


def _party_change(change: PartyChange) -> Iterator[str]:
    sure = change.sure == VERIFIED
    how = f"{change.how}: {change.what}" if change.what != change.how else change.how
    sign = paint(YELLOW, UNSURE) if not sure else "━"
    by = " · ".join(filter(None, (change.measure, change.cite)))
    head = f"  {sign} {change.day}  {cell(how, 18)} {cell(list_name(change.list), 16)}"
    room = WIDTH - 34 - 18
    yield f"{head} {clip(printable(change.name), room)}"
    rest = "; ".join(filter(None, (*change.terms, by, SURE[change.sure])))
    if rest:
        yield from wrapped(printable(rest), _INDENT, color=DIM)


def _untouched(rest: Sequence[WatchedParty]) -> str:
    """Say of parties that nothing touches, and of how many it is not known whether they are listed."""
    listed = sum(bool(party.on) for party in rest)
    open_ = sum(not party.on and bool(party.not_known) for party in rest)
    text = f"nothing touches {_many(len(rest), 'party', 'parties')}"
    text += f", {listed:,} of them on a list all the time" if listed else ""
    if open_:
        unknown = dict.fromkeys(list_name(id_) for party in rest if not party.on for id_ in party.not_known)
        text += f". Of {open_:,} it is not known whether they are on {', '.join(unknown)}: that is no clearance"
    return text


def _refused(found: Watched) -> Iterator[str]:
    if found.bad:
        yield from ("", paint(BOLD, f"rows that could not be taken as they stand ({len(found.bad):,})"))
        for problem in found.bad:
            yield from wrapped(str(problem).replace("\n", " "), f"  {paint(RED, '✗')} ", "    ")


# -- what became known


def _learned(found: Watched) -> Iterator[str]:
    learned, since = found.learned, found.since
    if since is None or not (learned.found or found.otherwise):
        return
    yield from ("", paint(BOLD, f"became known since, of {since.day} and before"))
    for one in found.otherwise:
        says = _plain(f"{one.name} on {one.day}: {one.now}; then known: {one.then}")
        yield from wrapped(says, f"  {paint(YELLOW, '≠')} ", "    ")
    for what in dict.fromkeys(what for _, what in learned.measures):
        ids = ", ".join(id_ for id_, other in learned.measures if other == what)
        yield from wrapped(f"measures, {what}: {ids}", "  ", "    ")
    for list_ in dict.fromkeys(list_ for list_, _, _ in learned.entries):
        names = [name for other, _, name in learned.entries if other == list_]
        text = f"{list_name(list_)}: {_many(len(names), 'entry', 'entries')} new or other than known then"
        yield from wrapped(f"{text}: {_some(names)}", "  ", "    ")
    for list_, number in learned.gone:
        yield f"  {list_name(list_)}: {_many(number, 'entry', 'entries')} known then, not there now"


# -- measures


def _events(found: Watched, *, everything: bool) -> Iterator[str]:
    yield from ("", paint(BOLD, f"measures ({len(found.events)})"))
    if not found.events:
        yield "  nothing in these days"
        return
    shown = found.events if everything else found.events[:SHOWN_EVENTS]
    columns = (cell("day", _DAY), cell("what", _WHAT), cell("measure", _ID), cell("title", 43), "citation")
    yield paint(DIM, "  " + " ".join(columns))
    part = ""
    for event in shown:
        heading = _heading(event.day, event.sure, found)
        if heading != part:
            part = heading
            yield paint(DIM, f" {heading}")
        heads = [one.about for one in shown if (one.day, one.id) == (event.day, event.head) and one is not event]
        yield from _event(found, event, heads[0] if heads else ())
    if len(shown) < len(found.events):
        yield paint(DIM, f"  and {len(found.events) - len(shown)} more, later: --all shows each")


def _heading(day: date, sure: str, found: Watched) -> str:
    if sure == VERIFIED:
        return "came" if day <= found.window.today else "to come, in what was verified"
    return f"due after {found.verified_through}, not verified" if sure == UNVERIFIED else "to come"


def _event(found: Watched, event: Event, said: tuple[Saying, ...]) -> Iterator[str]:
    """Write one change; statements that stand under another measure of the same event are not said again."""
    sign = SAYING if not event.force else UNSURE if event.sure != VERIFIED else SIGNS.get(event.what, TO_COME)
    color = YELLOW if event.sure != VERIFIED else COLORS.get(event.what, "")
    row = [str(event.day), cell(event.what, _WHAT), cell(event.id, _ID), cell(event.title, 43), clip(event.cite, _CITE)]
    yield f"{paint(color, sign)} {' '.join(row)}" if event.force else paint(SAID, f"{sign} {' '.join(row)}")
    yield f"{' ' * 13}{paint(DIM, clip(event.says, WIDTH - 13))}"
    if not event.force:
        yield f"{' ' * 13}{paint(SAID, 'no legal force: changes no answer')}"
    about = [one for one in event.about if one not in said]
    if about:
        text = ", ".join(f"{one.id} {one.day}" for one in about)
        yield from wrapped(f"said about it, without legal force: {text}", " " * 13, color=SAID)
    touched = found.touching(event)
    if touched:
        yield from wrapped(f"touches {', '.join(map(_plain, touched))}", " " * 13, color=BOLD)


# -- lists


def _listings(found: Watched, *, everything: bool) -> Iterator[str]:
    gathered = sums(found.listings)
    yield from ("", paint(BOLD, f"lists ({_many(len(found.listings), 'entry', 'entries')})"))
    if not gathered:
        yield "  nothing in these days, as far as these lists know"
    else:
        columns = (cell("day", _DAY), cell("list", 16), cell("what", 10), f"{'entries':>7}", cell("measure", _ID))
        yield paint(DIM, "  " + " ".join((*columns, "citation")))
    shown = gathered if everything else gathered[:SHOWN]
    for one in shown:
        yield from _sum(one, everything=everything)
    if len(shown) < len(gathered):
        yield paint(DIM, f"  and {len(gathered) - len(shown)} more lines: --all shows each")
    old = {id_: day for id_, day in found.issued.items() if day is not None and day < found.window.last}
    if old:
        text = ", ".join(f"{list_name(id_)} {day}" for id_, day in sorted(old.items()))
        yield from wrapped(f"newest issues at hand: {text}; later changes are not known here", "  ", color=DIM)


def _sum(one: Sum, *, everything: bool) -> Iterator[str]:
    sign = paint(YELLOW, UNSURE) if one.sure != VERIFIED else " "
    row = [str(one.day), cell(list_name(one.list), 16), cell(one.kind, 10), f"{len(one.names):>7,}"]
    yield f"{sign} {' '.join(row)} {cell(one.measure or '-', _ID)} {clip(one.cite or 'each its own', _CITE)}"
    names = "; ".join(one.names) if everything else _some(one.names)
    terms = f"{'; '.join(one.terms)} · " if one.terms else ""
    lines = [*wrapped(printable(f"{terms}{names}"), " " * 13, color=DIM)]
    yield from lines if everything else lines[:2]


def _some(names: Sequence[str]) -> str:
    more = len(names) - SHOWN_NAMES
    text = "; ".join(clip(name, 40) for name in names[:SHOWN_NAMES])
    return printable(text + (f"; and {more:,} more" if more > 0 else ""))


def list_name(id_: str) -> str:
    """Return what a list is called in a narrow column."""
    return LISTS.get(id_) or _NAMES.get(id_, id_)


def _plain(text: str) -> str:
    """Return what a user wrote on one line and without control characters."""
    return printable(text).replace("\n", "⏎")


def _legend(found: Watched) -> Iterator[str]:
    signs = {
        "━ law in force": True,
        "✕ ended": True,
        "▒ stayed": True,
        f"{TO_COME} said or published, not in force": True,
    }
    signs |= {f"{SAYING} no legal force": any(not event.force for event in found.events)}
    signs |= {f"{UNSURE} by its text, not verified": _unsure(found)}
    kinds = {change.kind for change in found.listings}
    signs |= {f"{kind}: {says}": kind in kinds for kind, says in KINDS.items()}
    yield ""
    yield from wrapped("   ".join(text for text, there in signs.items() if there), "  ", color=DIM)


def _unsure(found: Watched) -> bool:
    things: Iterable[Event | object] = (*found.events, *found.listings)
    return any(getattr(one, "sure", VERIFIED) != VERIFIED for one in things)
