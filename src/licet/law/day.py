"""The law of one day, as rules see it: what is in force. It keeps what it was asked, for trace, time line and cache."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

from licet.law import status as resolver
from licet.model.measure import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
    from datetime import date

    from licet.engine.fork import Joined, Tree
    from licet.law.book import Book
    from licet.model.measure import Measure

Remembered = TypeVar("Remembered")
REMEMBERED_DAYS = 128
"""How many law days keep what depends on the day alone; one takes about 100 kB."""
REMEMBERED_TREES = 20_000
"""How many trees of rules are kept over all law days, before all are given up; one takes about 3 kB."""
_ONE_DAY = timedelta(days=1)
_NOTHING_FROZEN: dict[str, date] = {}


class Kept(NamedTuple):
    """What a rule said, and what it asked of the law."""

    tree: Tree | Joined
    asked: dict[str, None]
    cuts: set[date]


class Turn(NamedTuple):
    """A fact that a rule looks at next, and by what it can be what follows."""

    fact: str
    ways: dict[Hashable, Kept | Turn]


class Shelf:
    """What hangs on the law of one day alone, kept for all acts that are asked on it.

    Attributes:
        status: The status of each measure that was asked for.
        found: What was worked out, by its name, with the measures and the days that it asked for.
        rules: What rules say that read no fact at all, by the rule, with the same.
        trees: What rules said of other acts, by rule and subject, then fact by fact.
    """

    __slots__ = ("found", "rules", "status", "trees")

    def __init__(self) -> None:
        """Begin with nothing."""
        self.status: dict[str, Status] = {}
        self.found: dict[str, tuple[object, dict[str, None], set[date]]] = {}
        self.rules: dict[Hashable, Kept] = {}
        self.trees: dict[Hashable, Kept | Turn] = {}


class LawDay:
    """The law of one day, seen with the knowledge of another.

    Args:
        book: The lawbook, with or without what-ifs.
        day: The day of the law.
        known: Last day of which anything had been seen; None for all that the book holds.
        frozen: Measures whose status is taken as that of another day: an earlier one for a change that is due and may
            not have come, a later one for a measure that is to come.
    """

    __slots__ = ("_by_rules", "_log", "_shelf", "_status", "book", "cuts", "day", "frozen", "known")

    def __init__(
        self, book: Book, day: date, known: date | None = None, frozen: Mapping[str, date] = _NOTHING_FROZEN
    ) -> None:
        """Take the book and the day; nothing has been asked yet."""
        self.book, self.day, self.known, self.frozen = book, day, known, frozen
        self._log: dict[str, None] = {}
        self._by_rules: dict[str, None] = {}
        self.cuts: set[date] = set()
        self._shelf = _shelf_of(book, (day, known, tuple(sorted(frozen.items()))))
        self._status = self._shelf.status

    @property
    def asked(self) -> dict[str, None]:
        """Ids of all measures that were asked for."""
        return {**self._log, **self._by_rules}

    def start_log(self) -> tuple[dict[str, None], set[date]]:
        """Begin to note what one rule asks for; return what was noted before it."""
        before = self._log, self.cuts
        self._log, self.cuts = {}, set()
        return before

    def end_log(self, before: tuple[dict[str, None], set[date]], tree: Tree | Joined) -> Kept:
        """Return what the rule said with what it asked for, and go on with what was noted before it."""
        kept = Kept(tree, self._log, self.cuts)
        self._log, self.cuts = before
        self._by_rules.update(kept.asked)
        self.cuts.update(kept.cuts)
        return kept

    def otherwise(self, other: LawDay) -> frozenset[str]:
        """Return the measures that stand otherwise in another law of the same book and day: only frozen ones can."""
        names = self.frozen.keys() | other.frozen.keys()
        return frozenset(name for name in names if self.peek(name) is not other.peek(name))

    def status(self, name: str) -> Status:
        """Return the status of a measure on this day."""
        self._log[name] = None
        return self.peek(name)

    def peek(self, name: str) -> Status:
        """Return the status of a measure on this day, beside the decision: nothing of the answer rests on it."""
        found = self._status.get(name)
        if found is None:
            day = self.frozen.get(name, self.day)
            found = resolver.status(self.book[name], day, known=self.known, book=self.book)
            self._status[name] = found
        return found

    def stands(self, name: str) -> bool:
        """Say whether the text of a measure stands on this day, enforced or not, and has legal force."""
        now = self.status(name)
        return now is Status.IN_FORCE or now is Status.NOT_ENFORCED

    def in_force(self, name: str) -> bool:
        """Say whether a measure is in force on this day and enforced."""
        return self.status(name) is Status.IN_FORCE

    def complied(self, name: str) -> bool:
        """Say whether a measure stands and must be complied with already (`compliance_from`)."""
        start = self.book[name].compliance_from
        return self.stands(name) and (start is None or self.since(start))

    def first_in_force(self, *names: str) -> str:
        """Return the first of these measures that is in force, or an empty string."""
        return next((name for name in names if self.in_force(name)), "")

    def since(self, day: date) -> bool:
        """Say whether this day is `day` or later: a cut of the law intervals that stands in a rule."""
        self.cuts.add(day)
        return self.day >= day

    def after(self, day: date) -> bool:
        """Say whether this day is later than `day`."""
        return self.since(day + _ONE_DAY)

    def remembered(self, name: str, work_out: Callable[[LawDay], Remembered]) -> Remembered:
        """Return what depends on the law of this day alone, worked out once for the book and day.

        What it asks of the law is asked again each time, so that the trace of every answer is whole.

        Args:
            name: What it is.
            work_out: Works it out from a law of this day.
        """
        shelf = self._shelf.found
        if name not in shelf:
            law = LawDay(self.book, self.day, self.known, self.frozen)
            shelf[name] = (work_out(law), law._log, law.cuts)
        found, asked, cuts = shelf[name]
        self._log.update(asked)
        self.cuts.update(cuts)
        return cast("Remembered", found)

    def said(self, rule: Hashable) -> Kept | None:
        """Return what a rule says of every act that is asked on this day; None: not known."""
        return self._noted(self._shelf.rules.get(rule))

    def recalled(self, rule: Hashable, possible: Callable[[str], Hashable]) -> Kept | None:
        """Return what a rule has said of an act of which it saw the same; None: of none.

        Args:
            rule: The rule with its subject.
            possible: Says of a fact what it can be.
        """
        found = self._shelf.trees.get(rule)
        while type(found) is Turn:
            found = found.ways.get(possible(found.fact))
        return self._noted(found)

    def _noted(self, found: Kept | Turn | None) -> Kept | None:
        """Note what a rule asked for that need not be run again."""
        if type(found) is not Kept:
            return None
        self._by_rules.update(found.asked)
        self.cuts.update(found.cuts)
        return found

    def keep(self, rule: Hashable, kept: Kept) -> None:
        """Keep what a rule says that has looked at nothing of the act."""
        self._shelf.rules[rule] = kept

    def remember(self, rule: Hashable, seen: Iterable[str], possible: Callable[[str], Hashable], kept: Kept) -> None:
        """Remember what a rule said of an act, for others of which it sees the same.

        What it looks at first is the same for every act, and what it looks at next hangs on what it saw before.

        Args:
            rule: The rule with its subject.
            seen: The facts that it looked at, in order.
            possible: Says of a fact what it can be.
            kept: What it said.
        """
        facts = iter(seen)
        ways, key = self._shelf.trees, rule
        for fact in facts:
            turn = ways.get(key)
            if type(turn) is not Turn:
                turn = ways[key] = Turn(fact, {})
            ways, key = turn.ways, possible(fact)
        ways[key] = kept
        self.book.note_kept(REMEMBERED_TREES)

    def effects(self, ground: str) -> Iterator[Measure]:
        """Walk through the what-if measures in force that do something to a ground."""
        for name in self.book.what_ifs:
            measure = self.book[name]
            if measure.effect is not None and measure.effect.ground == ground and self.in_force(name):
                yield measure


def _shelf_of(book: Book, key: Hashable) -> Shelf:
    """Return the shelf of a law day; that of the day that was first asked gives way where there are too many."""
    shelves = book.remembered
    shelf = shelves.get(key)
    if shelf is None:
        if len(shelves) >= REMEMBERED_DAYS:
            shelves.pop(next(iter(shelves)))
        shelf = shelves.setdefault(key, Shelf())
    return shelf
