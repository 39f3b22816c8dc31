"""What changed between two issues of a list: who is the same party in both, and what is said otherwise of it.

Who is the same party is decided in steps, each on what the earlier ones left over:

1. the same id;
2. the same name after folding (`licet.names.normal.normalize`, spaces left out), of the same kind and country;
3. the same name after folding, where one party alone has it in each issue;
4. renamed: one name in common, or a number of a document, or the same first citation and addresses, and nobody else
   fits.

Where a list numbers its entries (an id that is not made from the name), the id alone decides: two parties of one name
are two parties.

A difference of case, punctuation or spacing is a respelling and no change. A company that moves into the entry of
another, or gets a row of its own, has moved: it is neither removed nor added.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from licet.lists.reading import fold
from licet.names.normal import normalize

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Sequence

    from licet.lists.entry import Entry, Parsed

    _Keys = Callable[[Entry], Iterable[Hashable]]


_PARTS = ("renamed", "aliases", "addresses", "identifiers", "terms", "cites", "details")
"""The parts of `Diff` that say of a party what is said otherwise of it."""


class Pair(NamedTuple):
    """One party in two issues."""

    before: Entry
    after: Entry


class Matched(NamedTuple):
    """The parties of two issues, told apart."""

    pairs: tuple[Pair, ...]
    gone: tuple[Entry, ...]
    """Entries of the earlier issue without one in the later."""
    new: tuple[Entry, ...]


class Change(NamedTuple):
    """What an entry says otherwise."""

    before: Entry
    after: Entry
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


class Move(NamedTuple):
    """A party that is named in another place."""

    before: Entry
    """The entry that named it before: its own, or the one of which it was an alias."""
    after: Entry
    how: str
    """nested (from a row of its own into an entry) · own (the reverse) · other (into another entry) ·
    alias (its name is now an alias of another entry) · from_alias (the reverse)."""


class Diff(NamedTuple):
    """What changed from one issue to the next; an entry can be in several parts."""

    added: tuple[Entry, ...]
    removed: tuple[Entry, ...]
    renamed: tuple[Change, ...]
    """The first name is another, and the party is the same; `lost` and `gained` have the two."""
    moved: tuple[Move, ...]
    aliases: tuple[Change, ...]
    addresses: tuple[Change, ...]
    identifiers: tuple[Change, ...]
    terms: tuple[Change, ...]
    """Scope, requirement, policy, footnotes, programs, last day: `field: text`."""
    cites: tuple[Change, ...]
    details: tuple[Change, ...]
    """Kind, countries, day of listing, remarks, lists: `field: text`."""
    respelled: tuple[Change, ...]
    """Other letters in no part: case, punctuation, spacing. No change."""

    @property
    def changed(self) -> bool:
        """Whether anything changed; a respelling is nothing."""
        return any(self[:-1])


def match(before: Sequence[Entry], after: Sequence[Entry]) -> Matched:
    """Tell which entries of two issues are the same party.

    Args:
        before: Entries of the earlier issue.
        after: Entries of the later one.

    Returns:
        Pairs in the order of the earlier issue, and what is left over on both sides.
    """
    ids = {entry.id: entry for entry in after}
    pairs = {entry.id: ids[entry.id] for entry in before if entry.id in ids}
    gone = [entry for entry in before if entry.id not in pairs]
    new = [entry for entry in after if entry.id not in pairs]
    olds = [entry for entry in gone if not _numbered(entry)]
    news = [entry for entry in new if not _numbered(entry)]
    for keys in (_name_and_place, _name, _any_name, _numbers, _origin) if olds and news else ():
        found = dict(_unique(olds, news, keys))
        pairs |= {one.id: other for one, other in found.items()}
        olds, news = _without(olds, found), _without(news, found.values())
    made = tuple(Pair(entry, pairs[entry.id]) for entry in before if entry.id in pairs)
    taken = {other.id for other in pairs.values()}
    return Matched(
        made,
        tuple(entry for entry in gone if entry.id not in pairs),
        tuple(entry for entry in new if entry.id not in taken),
    )


def _without(entries: Iterable[Entry], others: Iterable[Entry]) -> list[Entry]:
    """Return the entries whose ids are not among others."""
    ids = {other.id for other in others}
    return [entry for entry in entries if entry.id not in ids]


def diff(before: Parsed, after: Parsed) -> Diff:
    """Say what changed between two issues of one list.

    Args:
        before: The earlier issue.
        after: The later one.

    Returns:
        The changes, each part in the order of the issues.
    """
    matched = match(before.entries, after.entries)
    changed = [pair for pair in matched.pairs if pair.before != pair.after]
    found = [_changes(pair) for pair in changed]
    parts = {part: tuple(each[part] for each in found if part in each) for part in _PARTS}
    moved = tuple(_nested_moves(matched)) + tuple(_alias_moves(matched, parts["aliases"]))
    explained = {move.after.id for move in moved if move.how == "from_alias"}
    absorbed = {move.before.id for move in moved if move.how == "alias"}
    said = {change.before.id for part in parts.values() for change in part} | {move.before.id for move in moved}
    parts["aliases"] = tuple(filter(None, (_unexplained(change, moved) for change in parts["aliases"])))
    return Diff(
        added=tuple(entry for entry in matched.new if entry.id not in explained),
        removed=tuple(entry for entry in matched.gone if entry.id not in absorbed),
        moved=moved,
        respelled=tuple(Change(*pair) for pair in changed if pair.before.id not in said),
        **parts,
    )


# Who is the same


def _unique(gone: Iterable[Entry], new: Iterable[Entry], keys: _Keys) -> Iterator[tuple[Entry, Entry]]:
    """Yield pairs that share a key which nobody else on either side has, and that fit; none is given away twice."""
    olds, news = _owners(gone, keys), _owners(new, keys)
    used: set[str] = set()
    for key, olders in olds.items():
        newers = news.get(key, [])
        for one, other in zip(olders, newers, strict=False) if len(olders) == len(newers) else ():
            alone = len(olders) == 1 or keys is _name_and_place
            if alone and one.id not in used and f"\0{other.id}" not in used and _fits(one, other):
                used |= {one.id, f"\0{other.id}"}
                yield one, other


def _owners(entries: Iterable[Entry], keys: _Keys) -> dict[Hashable, list[Entry]]:
    """Return the entries that have each key."""
    owners: dict[Hashable, list[Entry]] = {}
    for entry in entries:
        for key in dict.fromkeys(keys(entry)):
            owners.setdefault(key, []).append(entry)
    return owners


def _fits(one: Entry, other: Entry) -> bool:
    """Say whether nothing forbids that two entries are one party: kind, country, the citation that brought it in."""
    kinds = {one.kind, other.kind} - {"unknown"}
    places = not one.countries or not other.countries or bool({*one.countries} & {*other.countries})
    cited = not one.cites or not other.cites or fold(one.cites[0].text) == fold(other.cites[0].text)
    return len(kinds) <= 1 and places and (cited or _head(one) == _head(other))


def _numbered(entry: Entry) -> bool:
    """Say whether the id of an entry is the list's own number, and not made from its name."""
    if not entry.names:
        return False
    id_, name = fold(entry.id), entry.names[0].text
    return fold(name) not in id_ and fold(normalize(name)) not in id_


def _head(entry: Entry) -> str:
    """Return the folded first name; for an address alone, the address."""
    if entry.names:
        return name_key(entry.names[0].text)
    return fold(entry.addresses[0].text) if entry.addresses else entry.id


def name_key(text: str) -> str:
    """Return the form in which names are compared: normalized, without spaces."""
    return normalize(text).replace(" ", "")


def _name_and_place(entry: Entry) -> Iterator[Hashable]:
    yield _head(entry), entry.kind, tuple(sorted(entry.countries))


def _name(entry: Entry) -> Iterator[Hashable]:
    yield _head(entry)


def _any_name(entry: Entry) -> Iterator[Hashable]:
    yield from (name_key(name.text) for name in entry.names)


def _numbers(entry: Entry) -> Iterator[Hashable]:
    yield from ((one.kind, fold(one.value), one.country) for one in entry.identifiers)


def _origin(entry: Entry) -> Iterator[Hashable]:
    if entry.cites and entry.addresses:
        yield fold(entry.cites[0].text), tuple(sorted(fold(one.text) for one in entry.addresses))


# What is said otherwise


def _changes(pair: Pair) -> dict[str, Change]:
    """Return the changes of a party by the part of `Diff` that they belong to."""
    found = _said(pair)
    if not _same_letters(pair):
        names = _texts(pair, lambda one: [name.text for name in one.names], name_key)
        renamed = _renamed(pair)
        found |= {
            "renamed": renamed,
            "aliases": _less(names, renamed.gained, renamed.lost) if names and renamed else names,
            "addresses": _texts(pair, lambda one: [place.text for place in one.addresses], fold),
        }
    return {part: change for part, change in found.items() if change}


def _said(pair: Pair) -> dict[str, Change | None]:
    """Compare all that is neither name nor address."""
    return {
        "identifiers": _texts(pair, lambda one: [" ".join(filter(None, each)) for each in one.identifiers], fold),
        "terms": _texts(pair, _terms, fold),
        "cites": _texts(pair, lambda one: [", ".join(map(str, filter(None, each))) for each in one.cites], fold),
        "details": _texts(pair, _details, fold),
    }


def _texts(pair: Pair, texts: Callable[[Entry], list[str]], key: Callable[[str], str]) -> Change | None:
    """Compare texts of an entry by their keys; their order does not count. Equal ones are set aside before folding."""
    old, new = dict.fromkeys(texts(pair.before)), dict.fromkeys(texts(pair.after))
    if old.keys() == new.keys():
        return None
    olds, news = {key(text) for text in old}, {key(text) for text in new}
    gained = tuple(text for text in new if text not in old and key(text) not in olds)
    lost = tuple(text for text in old if text not in new and key(text) not in news)
    return Change(*pair, gained, lost) if gained or lost else None


def _same_letters(pair: Pair) -> bool:
    """Say whether names and addresses together have the same letters, however they are parted."""
    one, other = pair
    if one.names == other.names and one.addresses == other.addresses:
        return True
    old, new = (
        fold("".join([*(name.text for name in each.names), *(place.text for place in each.addresses)])) for each in pair
    )
    return old == new


def _renamed(pair: Pair) -> Change | None:
    if not (pair.before.names and pair.after.names) or _head(pair.before) == _head(pair.after):
        return None
    return Change(*pair, (pair.after.names[0].text,), (pair.before.names[0].text,))


def _less(change: Change, gained: Container[str], lost: Container[str]) -> Change | None:
    """Leave texts out of a change that another part of the comparison shows."""
    rest = change._replace(
        gained=tuple(text for text in change.gained if text not in gained),
        lost=tuple(text for text in change.lost if text not in lost),
    )
    return rest if rest.gained or rest.lost else None


def _terms(entry: Entry) -> list[str]:
    return _labelled(
        ("scope", (entry.scope,)),
        ("requirement", (entry.scope_text,)),
        ("policy", (entry.policy,)),
        ("policy text", (entry.policy_text,)),
        ("footnote", entry.footnotes),
        ("program", entry.programs),
        ("last day", (str(entry.until or ""),)),
    )


def _details(entry: Entry) -> list[str]:
    return _labelled(
        ("kind", (entry.kind,)),
        ("country", entry.countries),
        ("listed", (str(entry.listed or ""),)),
        ("remarks", (entry.remarks,)),
        ("list", entry.lists),
    )


def _labelled(*groups: tuple[str, tuple[str, ...]]) -> list[str]:
    """Write values with what they are; empty ones are left out."""
    return [f"{label}: {value}" for label, values in groups for value in values if value]


# Who is named in another place


def _nested_moves(matched: Matched) -> Iterator[Move]:
    """Yield parties that went into the entry of another, out of it, or from one to another."""
    now = {pair.before.id: pair.after.id for pair in matched.pairs}
    for pair in matched.pairs:
        old, new = now.get(pair.before.part_of, pair.before.part_of), pair.after.part_of
        if old != new:
            yield Move(*pair, "nested" if not old else "other" if new else "own")


def _alias_moves(matched: Matched, aliases: Iterable[Change]) -> Iterator[Move]:
    """Yield parties whose name became an alias of another entry in this step, or was one until then."""
    gained = {name_key(text): change.after for change in aliases for text in change.gained}
    lost = {name_key(text): change.before for change in aliases for text in change.lost}
    heads = Counter(map(_head, (*matched.gone, *matched.new)))
    for entry in matched.gone:
        if heads[_head(entry)] == 1 and _head(entry) in gained:
            yield Move(entry, gained[_head(entry)], "alias")
    for entry in matched.new:
        if heads[_head(entry)] == 1 and _head(entry) in lost:
            yield Move(lost[_head(entry)], entry, "from_alias")


def _unexplained(change: Change, moved: Iterable[Move]) -> Change | None:
    """Leave out of a change of aliases what is shown as a move."""
    into = {_head(move.before) for move in moved if move.how == "alias" and move.after.id == change.after.id}
    out = {_head(move.after) for move in moved if move.how == "from_alias" and move.before.id == change.before.id}
    gained = [text for text in change.gained if name_key(text) in into]
    return _less(change, gained, [text for text in change.lost if name_key(text) in out])
