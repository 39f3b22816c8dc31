"""The facts of one act as the rules see them: sets of values still possible, narrowed by every question asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from licet.engine.values import parted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from licet.engine.values import Values


class Ask(Exception):  # noqa: N818 — a question, not an error: it leaves the rule where the answer is open
    """A question that the facts leave open; `fork` answers it both ways."""

    def __init__(self, fact: str, inside: Values, outside: Values) -> None:
        """Keep the fact asked about and what each of the two answers leaves possible."""
        super().__init__(fact)
        self.fact, self.inside, self.outside = fact, inside, outside


class Stock(Protocol):
    """Where the possible values of facts come from."""

    undeterminable: set[str]

    def __getitem__(self, fact: str) -> Values:
        """Return the possible values of a fact."""
        ...


class Seen:
    """What a rule looked at, on any of its paths.

    Attributes:
        facts: The facts whose possible values it saw, in the order in which it first did.
        aside: Whether it saw some of them without a question, so that its logs do not tell.
        records: Whether it saw which records the act has.
    """

    __slots__ = ("aside", "facts", "records")

    def __init__(self) -> None:
        """Nothing yet."""
        self.facts: dict[str, None] = {}
        self.aside = self.records = False


class Aside:
    """The facts for a rule that has to see what is possible before it asks."""

    __slots__ = ("_seen", "_stock")

    def __init__(self, stock: Stock, seen: Seen) -> None:
        """Take the facts, and where to note which are seen."""
        self._stock, self._seen = stock, seen

    def __getitem__(self, fact: str) -> Values:
        """Return the possible values of a fact."""
        self._seen.aside = True
        self._seen.facts[fact] = None
        return self._stock[fact]


class Facts:
    """The values that each fact can still have, and a log of what was read: the log is the explanation.

    Args:
        stock: For each fact the set of its possible values; a stated fact has one. An unknown name is an error of the
            rule's author. `stock.undeterminable` names the facts that were asked and cannot be known: who relies on an
            authorization must be able to show it, so there they count as not shown; everywhere else they stay open.
        narrowed: Facts that an answer to an open question has narrowed since.
        shown_only: True while an authorization is asked for: then `fork` takes what cannot be known at its strictest.
        known: Answers to the first questions that a rule will ask, from an earlier run of it.
        seen: Where to note what the rule looks at, on all of its paths.
    """

    __slots__ = ("_replayed", "_stock", "known", "narrowed", "read", "seen", "shown_only")

    def __init__(
        self,
        stock: Stock,
        narrowed: Mapping[str, Values] | None = None,
        *,
        shown_only: bool = False,
        known: Sequence[bool] = (),
        seen: Seen | None = None,
    ) -> None:
        """Take the facts; the log starts empty."""
        self._stock = stock
        self.narrowed = narrowed or {}
        self.shown_only = shown_only
        self.known, self._replayed = known, len(known)
        self.read: list[tuple[str, Values, bool]] = []
        self.seen = Seen() if seen is None else seen

    @property
    def stock(self) -> Aside:
        """What facts can be, for a rule that has to see it before it asks."""
        return Aside(self._stock, self.seen)

    def holds(self, fact: str, test: Values) -> bool:
        """Say whether a fact passes a test.

        Args:
            fact: Name of the fact.
            test: The values that pass.

        Returns:
            True or False where every possible value gives the same answer.

        Raises:
            Ask: where some possible values pass and others do not.
        """
        read = self.read
        if len(read) < self._replayed:
            passes = self.known[len(read)]
        else:
            self.seen.facts[fact] = None
            possible = self.narrowed.get(fact) or self._stock[fact]
            words, others, spans = possible
            if len(words) == 1 and not others and not spans:
                (word,) = words
                passes = (word in test.words) is not test.others
            else:
                inside, outside = parted(possible, test)
                passes = bool(inside)
                if passes and outside:
                    raise Ask(fact, inside, outside)
        read.append((fact, test, passes))
        return passes

    def possible(self, fact: str) -> Values:
        """Return the values that a fact can still have."""
        return self.narrowed.get(fact) or self._stock[fact]

    def not_shown(self, fact: str) -> bool:
        """Say whether a fact cannot be known where it would have to be shown."""
        return self.shown_only and fact in self._stock.undeterminable

    def narrow(self, fact: str, values: Values, known: Sequence[bool] = ()) -> Facts:
        """Return the facts with one of them narrowed, and an empty log; for `known` see the class."""
        return Facts(
            self._stock, {**self.narrowed, fact: values}, shown_only=self.shown_only, known=known, seen=self.seen
        )

    def fresh(self) -> Facts:
        """Return the same facts, not asked yet."""
        return Facts(self._stock, self.narrowed, shown_only=self.shown_only, seen=self.seen)
