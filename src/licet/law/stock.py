"""The stock of facts that rules draw on: stated values from the act, domains from the vocabulary, findings of look-ups.

Names of facts, beside the paths of the act itself:

- `purpose:standards`: whether a list of words has this one.
- `items[0].eccn~3A090*|4A090*`: whether a code begins as one of these patterns.
- `not_modeled:us_ear/738.4@items[0]`: what no fact of the act can answer; so `conflict:` and `other_regime:`.
- `end_use.fab.country?CN|MO`: whether the act itself states one of these words (`any`: any but none).
- names that `put` has set: what enrichment worked out from several facts, with the path that would answer it.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from licet.engine.values import ANY_WORD, LOW, YES_NO, Values, any_day, between, one_day, words
from licet.law.rule import SCALE
from licet.model import vocabulary
from licet.model.act import UNDETERMINABLE
from licet.model.errors import LawbookError
from licet.model.outcome import Because

if TYPE_CHECKING:
    from collections.abc import Callable

    from licet.model.act import Act, Value

ASKED_WHOLE = ("red_flags", "licenses", "certifications")
"""Lists that are asked for as a whole, where the act does not state them."""
_NOT_FACTS = {str(kind): kind for kind in (Because.NOT_MODELED, Because.CONFLICT, Because.OTHER_REGIME)}


class Behind(NamedTuple):
    """What stands behind a fact that rules ask: the path that a person can state, and the kind of question."""

    path: str
    because: Because


class Stock(dict[str, Values]):
    """Possible values of every fact of one act, worked out when first asked for."""

    def __init__(self, act: Act) -> None:
        """Take the act; nothing is worked out yet."""
        super().__init__()
        self.act = act
        self.undeterminable: set[str] = set()
        self.looked_up: frozenset[str] = frozenset()
        """The facts that look-ups had put before the rules were chosen; set by enrichment."""
        self.on_list: Callable[[str, str], Values] = _nobody_looked
        """Says of a party whether it is on a list, such as `meu_list` or `sdn#FTO`; set by enrichment."""
        self._behind: dict[str, Behind] = {}
        self._named: dict[str, Behind] = {}

    def put(self, fact: str, values: Values, path: str, because: Because = Because.FACTS) -> None:
        """Set the possible values of a fact that enrichment worked out.

        Args:
            fact: Name that rules ask by.
            values: What it can be; one value where the facts decide.
            path: Path of the act that would answer it.
            because: The kind of question it is while it is open.
        """
        self[fact] = values
        self._behind[fact] = Behind(path, because)

    def end_look_ups(self) -> None:
        """Note that all look-ups are made."""
        self.looked_up = frozenset(self._behind)

    def behind(self, fact: str) -> Behind:
        """Return what stands behind a fact."""
        found = self._behind.get(fact) or self._named.get(fact)
        if found is None:
            found = self._named[fact] = self._by_name(fact)
        return found

    def _by_name(self, fact: str) -> Behind:
        """Return what stands behind a fact that nobody put: its name says it."""
        head, _, rest = fact.partition(":")
        if head in _NOT_FACTS:
            return Behind(rest.partition("@")[0], _NOT_FACTS[head])
        path = fact.partition("~")[0].partition(":")[0].partition("?")[0]
        return Behind(self._asked(path), Because.FACTS)

    def _asked(self, path: str) -> str:
        """Return the path to ask a person for: the list where it is not stated, the tariff number for a supplement."""
        top = path.partition("[")[0]
        if top in ASKED_WHOLE and self.act.count(top) is None:
            return top
        if path.endswith(".listed_in") and self.act.get(path.replace(".listed_in", ".hts")) is None:
            return path.replace(".listed_in", ".hts")
        return path

    def __missing__(self, fact: str) -> Values:
        """Work out the possible values of a fact."""
        values = self._values(fact)
        self[fact] = values
        return values

    def _values(self, fact: str) -> Values:
        for mark, read in ((":", self._has), ("~", self._like), ("?", self._states)):
            path, found, rest = fact.partition(mark)
            if found:
                return YES_NO if path in _NOT_FACTS else read(path, rest)
        stated = self.act.get(fact)
        possible = domain(fact, self.act.kind)
        if stated == UNDETERMINABLE and UNDETERMINABLE not in possible.words:
            self.undeterminable.add(fact)
            return possible
        return possible if stated is None else of(stated)

    def _like(self, path: str, patterns: str) -> Values:
        stated = self.act.get(path)
        if stated == UNDETERMINABLE:
            self.undeterminable.add(f"{path}~{patterns}")
        if not isinstance(stated, str) or stated == UNDETERMINABLE:
            return YES_NO
        whole, begins = _patterns(patterns)
        return words("yes" if stated in whole or stated.startswith(begins) else "no")

    def _states(self, path: str, wanted: str) -> Values:
        stated = self.act.get(path)
        if stated is None or stated == "none":
            return words("no")
        return words("yes" if wanted == "any" or stated in wanted.split("|") else "no")

    def _has(self, path: str, word: str) -> Values:
        if path.endswith(".on"):
            return self.on_list(path.removesuffix(".on"), word)
        stated = self.act.get(path)
        if stated == UNDETERMINABLE:
            self.undeterminable.add(f"{path}:{word}")
        if stated is None or stated == UNDETERMINABLE:
            return YES_NO
        return words("yes" if word in (stated if isinstance(stated, tuple) else (stated,)) else "no")


class Resumed(Stock):
    """The facts of an act that was decided before, for another decision of it: what look-ups put stands already.

    What else is put, while the rules are chosen, has to be what it was; then the trees of before still hold.
    """

    def __init__(self, before: Stock) -> None:
        """Take the facts of the decision before."""
        super().__init__(before.act)
        self.update((fact, before[fact]) for fact in before.looked_up)
        self.undeterminable |= before.undeterminable & before.looked_up
        self.looked_up, self.on_list, self.before = before.looked_up, before.on_list, before

    def behind(self, fact: str) -> Behind:
        """Return what stands behind a fact."""
        return super().behind(fact) if fact in self._behind else self.before.behind(fact)

    def holds(self) -> bool:
        """Say whether all that was put is what it was before; then all that was known is known here as well."""
        before = self.before
        for fact, behind in self._behind.items():
            unknown = (fact in self.undeterminable) is not (fact in before.undeterminable)
            if unknown or (fact in before and (self[fact] != before[fact] or behind != before.behind(fact))):
                return False
        self.undeterminable |= before.undeterminable
        return True


def _nobody_looked(party: str, wanted: str) -> Values:
    message = f"nobody looked up whether {party} is on {wanted}"
    raise LawbookError(message)


@cache
def _patterns(patterns: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the codes of some patterns that are whole, and what the others begin with."""
    each = patterns.split("|")
    whole = frozenset(pattern for pattern in each if not pattern.endswith("*"))
    return whole, tuple(pattern[:-1] for pattern in each if pattern.endswith("*"))


def of(value: Value) -> Values:
    """Return the set of one stated value."""
    if isinstance(value, date):
        return one_day(value)
    if isinstance(value, str):
        return words(value)
    if isinstance(value, tuple):
        message = f"a list has no single value: {value}"
        raise LawbookError(message)
    number = round(value * SCALE)
    return between(number, number)


def domain(path: str, kind: str = "") -> Values:
    """Return every value that a fact can have, from its row in the vocabulary.

    Raises:
        LawbookError: where a rule asks a fact that the vocabulary does not have.
    """
    row = vocabulary.row(path, kind)
    if row is None:
        message = f"a rule asks the fact {path!r}, which the vocabulary does not have"
        raise LawbookError(message)
    none = ("none",) if row.none else ()
    if row.type == "yes_no":
        return YES_NO
    if row.type == "yes_no_undeterminable":
        return words("yes", "no", UNDETERMINABLE)
    if row.type == "word":
        return words(*row.domain, *none)
    if row.type == "day":
        return any_day(*none)
    if row.type in {"number", "integer", "usd", "pct"}:
        return Values(frozenset(none), spans=((LOW, -LOW),))
    return ANY_WORD
