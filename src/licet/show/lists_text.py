"""The store of lists for a terminal: what was taken in, how lists stand, who is on one, what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from licet.lists.diff import Change, Move
from licet.lists.guards import name_of
from licet.lists.intake import KNOWN, REFUSED, STRAY, TAKEN, UNCHANGED, words
from licet.show.columns import BOLD, DIM, GREEN, RED, WIDTH, YELLOW, bare, cell, clip, paint, spread, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from licet.lists.diff import Diff
    from licet.lists.entry import Entry
    from licet.lists.intake import Outcome
    from licet.lists.kept import Kept, Standing, Store
    from licet.lists.merge import Row
    from licet.lists.source import Source
    from licet.model.errors import Problem

SHOWN = 40
"""Entries that are shown where not all are asked for."""
SHOWN_CHANGES = 12
"""Changes of one kind that are shown."""
SHOWN_STRAYS = 8
_REASON = 400
"""Letters of a reason that are shown."""
SHOWN_DIGEST = 8
OK, OVERDUE, ATTENTION, NONE = "ok", "overdue", "attention", "none"
_COLORS = {OK: GREEN, OVERDUE: YELLOW, ATTENTION: RED, NONE: DIM}
_STATES = {
    TAKEN: ("taken in", GREEN),
    KNOWN: ("there already", DIM),
    UNCHANGED: ("unchanged", DIM),
    REFUSED: ("refused", RED),
}
_LIST, _DAY, _COUNT, _STATE = 24, 10, 8, 13
_KINDS = {
    "added": "added",
    "removed": "removed",
    "renamed": "renamed",
    "moved": "moved",
    "aliases": "other aliases",
    "addresses": "other addresses",
    "identifiers": "other numbers",
    "terms": "other terms",
    "cites": "other citations",
    "details": "other details",
}
"""The parts of a difference, in the order in which they are shown, with their headings."""
_MOVES = {
    "nested": "now inside the entry {after}",
    "own": "now with an entry of its own",
    "other": "now inside another entry",
    "alias": "now an alias of {after}",
    "from_alias": "was an alias of {before}",
}


# add


def added_text(outcomes: Sequence[Outcome]) -> str:
    """Return what became of files, one line each, refusals with their reasons."""
    lines = [line for one in outcomes if one.state != STRAY for line in _outcome(one)]
    strays = [one for one in outcomes if one.state == STRAY]
    lines += [line for one in strays[:SHOWN_STRAYS] for line in _stray(one)]
    if len(strays) > SHOWN_STRAYS:
        lines.append(f"  and {len(strays) - SHOWN_STRAYS:,} more files that are no list")
    return _text(lines or ["nothing to take in: no file is there"])


def _outcome(one: Outcome) -> Iterator[str]:
    word, color = _STATES[one.state]
    day = str(one.issued or "no day")
    head = f"  {paint(color, cell(word, _STATE))}  {cell(one.list, _LIST)}  {cell(day, _DAY)}  {one.entries:>{_COUNT},}"
    room = WIDTH - len(bare(head)) - 2
    yield f"{head}  {_files(one.files, room)}"
    yield from wrapped(one.note, " " * (_STATE + 4)) if one.note else ()
    for reason in one.reasons:
        yield from wrapped(clip(words(reason, one.list), _REASON), " " * (_STATE + 4))
    for todo in dict.fromkeys(reason.todo for reason in one.reasons if reason.todo):
        yield from wrapped(todo, f"{' ' * (_STATE + 4)}→ ")


def _stray(one: Outcome) -> Iterator[str]:
    yield from wrapped("; ".join(map(str, one.reasons)), f"  {cell('no list', _STATE)}  ", " " * (_STATE + 4))


def _files(names: Sequence[str], room: int) -> str:
    """Write the names of files, without their folders, in so many columns."""
    short = [name.replace("\\", "/").rpartition("/")[2] for name in names]
    text = ", ".join(short)
    return text if len(text) <= room else clip(f"{len(short)} files: {text}" if len(short) > 1 else text, room)


# status


def state_of(standing: Standing | None, source: Source | None, today: date) -> str:
    """Return in one word how a list stands: ok, overdue, attention, none.

    An issue that was the newest when its address was looked at is as old as that look.
    """
    if standing is not None and standing.attention is not None:
        return ATTENTION
    if standing is None or standing.last is None:
        return NONE
    newest = max(standing.last.issued, standing.looked.through) if standing.looked else standing.last.issued
    overdue = source is not None and source.cadence and (today - newest).days > source.cadence
    return OVERDUE if overdue else OK


def status_text(stands: Sequence[Standing], sources: Mapping[str, Source], today: date, where: str) -> str:
    """Return how each list stands; lists of which nothing is kept come last.

    Args:
        stands: How each list stands in the store.
        sources: All sources by id.
        today: The day from which ages are counted.
        where: Path of the store.
    """
    by = {standing.list: standing for standing in stands}
    known = [id_ for id_, source in sources.items() if source.feeds == id_]
    lines = [paint(BOLD, spread("official lists in the store", str(today))), f"  {where}", "", _status_head()]
    lines += [_standing(by[id_], sources.get(id_), today) for id_ in by]
    lines += [line for id_ in by for line in _attention(by[id_])]
    missing = [id_ for id_ in known if id_ not in by]
    if missing:
        lines += ["", *wrapped(", ".join(missing), "  not here:  ")]
    return _text(lines)


def _status_head() -> str:
    columns = f"  {cell('list', _LIST)}  {cell('issue', _DAY)}  {'age':>6}  {'entries':>8}  {'issues':>6}  {'digest':8}"
    return paint(DIM, f"{columns}  {cell('looked at', _DAY)}  state")


def _standing(standing: Standing, source: Source | None, today: date) -> str:
    state, last = state_of(standing, source, today), standing.last
    age = f"{(today - last.issued).days:,} d" if last else ""
    note = f" (after {source.cadence} d)" if source and state == OVERDUE else ""
    columns = f"  {cell(standing.list, _LIST)}  {cell(str(last.issued) if last else '-', _DAY)}  {age:>6}"
    digest = last.digest[:SHOWN_DIGEST] if last else ""
    looked = cell(str(standing.looked.day) if standing.looked else "-", _DAY)
    columns += f"  {standing.entries:>8,}  {standing.issues:>6,}  {digest:8}  {looked}"
    return f"{columns}  {paint(_COLORS[state], state)}{note}"


def _attention(standing: Standing) -> Iterator[str]:
    if standing.attention is None:
        return
    list_, day, files, reasons = standing.attention
    used = f"the issue of {standing.last.issued} stays in use" if standing.last else "nothing is in use"
    yield ""
    yield from wrapped(f"{list_}: refused on {day}; {used}", "  ", "    ", RED)
    yield f"    {_files(files, WIDTH - 4)}"
    for reason in reasons:
        yield from wrapped(clip(reason, _REASON), "    ")


# show


def show_text(
    source: Source, issue: Kept, rows: Sequence[Row], day: tuple[date, date | None], *, everything: bool
) -> str:
    """Return who is on a list on a day.

    Args:
        source: The source of the list.
        issue: The issue in use on the day.
        rows: Who is on the list.
        day: The day of the list, and the day of knowledge.
        everything: Show every entry.
    """
    known = f", as known on {day[1]}" if day[1] else ""
    lines = [paint(BOLD, line) for line in wrapped(f"{source.title} on {day[0]}{known}", "")]
    lines += wrapped(source.means, "  ")
    said = f"issue of {issue.issued}, known since {issue.known}, {issue.digest[:SHOWN_DIGEST]}"
    lines += ["", f"  {len(rows):,} entries · {said}", *wrapped(f"complete: {source.complete.why}", "  "), ""]
    columns = (cell("name", 52), cell("where", 8), cell("kind", 8), cell("seen since", 10), "id")
    lines.append(paint(DIM, f"  {'  '.join(columns)}"))
    ordered = sorted(rows, key=lambda row: (name_of(row.entry).casefold(), row.party))
    lines += [_entry(row) for row in (ordered if everything else ordered[:SHOWN])]
    if len(rows) > SHOWN and not everything:
        lines.append(f"  … and {len(rows) - SHOWN:,} more: --all, or `licet lists export {source.id}`")
    return _text(lines)


def _entry(row: Row) -> str:
    entry = row.entry
    where = " ".join(entry.countries)
    columns = f"  {cell(name_of(entry), 52)}  {cell(where, 8)}  {cell(entry.kind, 8)}  {row.appeared}"
    return f"{columns}  {clip(entry.id, WIDTH - len(columns) - 2)}"


# diff


def diff_text(before: Kept, after: Kept, found: Diff) -> str:
    """Return what changed from one issue to another, kind by kind."""
    lines = [paint(BOLD, f"{before.list}: {before.issued} → {after.issued}")]
    lines.append(f"  {before.digest[:SHOWN_DIGEST]} → {after.digest[:SHOWN_DIGEST]}")
    if not found.changed:
        lines += ["", "  no change"]
    for part, heading in _KINDS.items():
        changes = getattr(found, part)
        if changes:
            lines += ["", paint(BOLD, f"  {heading}: {len(changes):,}")]
            lines += [line for change in changes[:SHOWN_CHANGES] for line in _change(change)]
        if len(changes) > SHOWN_CHANGES:
            lines.append(f"    … and {len(changes) - SHOWN_CHANGES:,} more: --format json")
    if found.respelled:
        lines += ["", f"  {len(found.respelled):,} entries are spelled otherwise: case, punctuation, spacing"]
    return _text(lines)


def _change(change: Entry | Change | Move) -> Iterator[str]:
    if isinstance(change, Move):
        how = _MOVES[change.how].format(before=name_of(change.before), after=name_of(change.after))
        yield from wrapped(f"{name_of(change.after if change.how == 'from_alias' else change.before)}: {how}", "    ")
    elif isinstance(change, Change):
        yield clip(f"    {name_of(change.after)}", WIDTH)
        for sign, texts in (("-", change.lost), ("+", change.gained)):
            for text in texts:
                yield clip(f"      {sign} {' '.join(text.split())}", WIDTH)
    else:
        where = f" ({' '.join(change.countries)})" if change.countries else ""
        yield clip(f"    {name_of(change)}{where}", WIDTH)


# verify, rollback


def verify_text(problems: Sequence[Problem], store: Store) -> str:
    """Return whether what is kept is as it was taken in."""
    if problems:
        return _text([line for problem in problems for line in wrapped(str(problem), "  ", "    ")])
    lists = store.lists()
    count = sum(len(store.issues(list_)) for list_ in lists)
    return f"all is well: {_many(count, 'issue')} of {_many(len(lists), 'list')}, bytes, entries and rows"


def rollback_text(taken_back: Kept, used: Kept | None) -> str:
    """Return what was taken back, and what is in use now."""
    now = f"the issue of {used.issued} is in use" if used else "no issue is in use"
    names = _files([file.name for file in taken_back.files], 60)
    return f"{taken_back.list}: the issue of {taken_back.issued} ({names}) is taken back; {now}"


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _text(lines: Iterable[str]) -> str:
    return "\n".join(line.rstrip() for line in lines)
