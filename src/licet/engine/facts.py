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


class Facts:
    """The values that each fact can still have, and a log of what was read: the log is the explanation.

    Args:
        stock: For each fact the set of its possible values; a stated fact has one. An unknown name is an error of the
            rule's author. `stock.undeterminable` names the facts that were asked and cannot be known: who relies on an
            authorization must be able to show it, so there they count as not shown; everywhere else they stay open.
        narrowed: Facts that an answer to an open question has narrowed since.
        shown_only: True while an authorization is asked for: then `fork` takes what cannot be known at its strictest.
        known: Answers to the first questions that a rule will ask, from an earlier run of it.
    """

    __slots__ = ("_replayed", "_stock", "aside", "known", "narrowed", "read", "shown_only")

    def __init__(
        self,
        stock: Stock,
        narrowed: Mapping[str, Values] | None = None,
        *,
        shown_only: bool = False,
        known: Sequence[bool] = (),
    ) -> None:
        """Take the facts; the log starts empty."""
        self._stock = stock
        self.aside = False
        """Whether a rule looked at what an act has beside its questions: then the log does not tell all that it saw."""
        self.narrowed = narrowed or {}
        self.shown_only = shown_only
        self.known, self._replayed = known, len(known)
        self.read: list[tuple[str, Values, bool]] = []

    @property
    def stock(self) -> Stock:
        """The facts themselves, for a rule that has to see what is possible before it asks."""
        self.aside = True
        return self._stock

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
        return Facts(self._stock, {**self.narrowed, fact: values}, shown_only=self.shown_only, known=known)

    def fresh(self) -> Facts:
        """Return the same facts, not asked yet."""
        return Facts(self._stock, self.narrowed, shown_only=self.shown_only)
