"""The facts of one act as the rules see them: sets of values still possible, narrowed by every question asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

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

    __slots__ = ("known", "narrowed", "read", "shown_only", "stock")

    def __init__(
        self,
        stock: Stock,
        narrowed: Mapping[str, Values] | None = None,
        *,
        shown_only: bool = False,
        known: Sequence[bool] = (),
    ) -> None:
        """Take the facts; the log starts empty."""
        self.stock = stock
        self.narrowed = narrowed or {}
        self.shown_only = shown_only
        self.known = known
        self.read: list[tuple[str, Values, bool]] = []

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
        asked = len(self.read)
        if asked < len(self.known):
            passes = self.known[asked]
        else:
            possible = self.narrowed.get(fact) or self.stock[fact]
            inside = possible.meet(test)
            passes = bool(inside)
            if passes and inside != possible:
                outside = possible.without(test)
                if outside:
                    raise Ask(fact, inside, outside)
        self.read.append((fact, test, passes))
        return passes

    def possible(self, fact: str) -> Values:
        """Return the values that a fact can still have."""
        return self.narrowed.get(fact) or self.stock[fact]

    def not_shown(self, fact: str) -> bool:
        """Say whether a fact cannot be known where it would have to be shown."""
        return self.shown_only and fact in self.stock.undeterminable

    def narrow(self, fact: str, values: Values, known: Sequence[bool] = ()) -> Facts:
        """Return the facts with one of them narrowed, and an empty log; for `known` see the class."""
        return Facts(self.stock, {**self.narrowed, fact: values}, shown_only=self.shown_only, known=known)

    def fresh(self) -> Facts:
        """Return the same facts, not asked yet."""
        return Facts(self.stock, self.narrowed, shown_only=self.shown_only)
