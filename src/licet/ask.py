"""The interview: asks of an act only what can still change the outcome, one fact at a time, and can go back.

An interview never changes: each answer gives a new one, which knows the one before. It reads no terminal and no clock.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from licet.answering import answer
from licet.check import answer_with, question_of, run, states_of
from licet.formats.flags import act_from_flags
from licet.formats.statement import canonical, finished, records, state, unfinished, without_record
from licet.model import vocabulary
from licet.model.act import NONE, UNDETERMINABLE, Act
from licet.model.errors import FactsError, Problem
from licet.model.outcome import Because
from licet.model.vocabulary import LIST_TYPES
from licet.next_fact import first
from licet.outlook import prospects, why

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from licet.decide import Decision
    from licet.law.book import Book
    from licet.model.answer import Answer, Span
    from licet.model.vocabulary import Row
    from licet.outlook import Prospect
    from licet.sources import Sources
    from licet.state import State

LATER = frozenset(("-", "later", "not known yet"))
"""Nobody has found out yet: the fact stays not stated and open, and is not asked again."""
UNKNOWABLE = frozenset(("x", "cannot be known", UNDETERMINABLE))
"""Asked, and it cannot be known: stated as `undeterminable`."""
STATEMENT = re.compile(r"([a-z0-9_.\[\]]*)\s*=\s*(.*\S)\s*", re.DOTALL)
KIND, PARTIES, COMPLETE = "kind", "parties", "parties_complete"
FREE_TEXT = frozenset(("name", "names", "text"))
YES_NO = ("yes", "no")


class Setting(NamedTuple):
    """What an interview asks about, beside the act."""

    state: State
    sources: Sources
    today: date | None = None
    ground: str = ""
    assume_lists_complete: bool = False


class Choice(NamedTuple):
    """One answer, and what it would do."""

    says: tuple[str, ...]
    """In words; several that do the same."""
    span: Span
    """The range that it would leave."""
    on_ground: Span | None = None
    """The range that it would leave on one ground alone."""


class Query(NamedTuple):
    """One question, with why it is asked and what each answer would do."""

    path: str
    text: str
    row: Row
    words: tuple[str, ...] = ()
    """Words that may be chosen by their number, from 1."""
    choices: tuple[Choice, ...] = ()
    """Answers, as far as the law tells them apart."""
    because: Because = Because.FACTS
    asked_by: tuple[tuple[int, str], ...] = ()
    """Step and title of each rule that asks it."""
    ground: str = ""
    """Title of a ground on which the answers differ, where they move no more than that."""

    @property
    def several(self) -> bool:
        """Whether more than one word may be chosen."""
        return self.row.type in LIST_TYPES

    @property
    def settles(self) -> bool:
        """Whether one of the answers alone settles the outcome."""
        return any(choice.span.decided for choice in self.choices)


class _View(NamedTuple):
    """What follows from the act as it stands: the answer, and its decisions without and with the what-ifs."""

    answer: Answer
    lanes: tuple[tuple[Span, Sequence[Decision]], ...]


def begin(setting: Setting, act: Act | None = None) -> Interview:
    """Return the first moment of an interview, over an act that states something already or over none."""
    return Interview(setting, act or Act("", {}))


class Interview:
    """One moment of an interview.

    Attributes:
        setting: What is asked about.
        act: The act as far as it is stated; without a kind at the very beginning.
        later: Paths that are not known yet.
        before: The moment before the last answer; None at the beginning.
        asked: How many answers have been given.
    """

    __slots__ = ("_query", "_view", "act", "asked", "before", "later", "setting", "wanted")

    def __init__(
        self,
        setting: Setting,
        act: Act,
        *,
        later: frozenset[str] = frozenset(),
        before: Interview | None = None,
        wanted: str = "",
    ) -> None:
        """Take what is known; `wanted` is a path to ask before all others."""
        self.setting, self.act, self.later, self.before, self.wanted = setting, act, later, before, wanted
        self.asked: int = before.asked + 1 if before is not None else 0
        self._view: _View | None = None
        self._query: tuple[Query | None, ...] = ()

    # -- where it stands

    @property
    def answer(self) -> Answer | None:
        """The answer as the act stands, or None before its kind is known."""
        return self._look().answer if self.act.kind else None

    @property
    def query(self) -> Query | None:
        """The question to ask now, or None where nothing that is left can change the outcome."""
        if not self._query:
            self._query = (self._next(),)
        return self._query[0]

    @property
    def result(self) -> Act:
        """The act as a file may hold it: without records of which not even the name is known."""
        return finished(self.act)

    def open_paths(self) -> tuple[str, ...]:
        """Return the paths on which the outcome may still hang and that were not put off, in the order of the steps."""
        if not self.act.kind:
            return ()
        found = [one.path for span, states in self._look().lanes if not span.decided for one in self._found(states)]
        return tuple(dict.fromkeys(map(self._reachable, found)))

    # -- what one says

    def hear(self, text: str) -> Interview:
        """Take what was typed: an answer, its number, `not known yet`, `cannot be known`, or `path = value`.

        Args:
            text: What was typed; `= text` is an answer word for word.

        Returns:
            The next moment.

        Raises:
            FactsError: It is refused, with what is allowed and the nearest word; nothing has changed.
        """
        query, statement = self.query, STATEMENT.fullmatch(text.strip())
        if statement and self._is_statement(statement[1], query):
            return self.state(statement[1], statement[2])
        if query is None:
            todo = "State a fact by its path, such as `parties[1].name = …`."
            raise FactsError(Problem("nothing is asked any more", todo=todo))
        if statement and not statement[1]:
            return self._reply(query, statement[2])
        said = text.strip()
        if said.lower() in LATER:
            return self._put_off(query)
        return self._reply(query, UNDETERMINABLE if said.lower() in UNKNOWABLE else _chosen(query, said))

    def state(self, path: str, text: str) -> Interview:
        """State any fact by its path, asked or not; see `formats.statement.state`."""
        self._must_have_kind()
        path = canonical(path)
        return self._after(state(self.act, path, text), later=self.later - {path})

    def back(self) -> Interview:
        """Take the last answer back; the first moment stays as it is."""
        return self.before or self

    def _put_off(self, query: Query) -> Interview:
        """Leave a fact not stated; a record of which not even the name is known goes with it."""
        self._must_have_kind()
        if query.path == unfinished(self.act):
            list_ = records(query.path)[-1].list
            act = without_record(self.act, query.path)
            return self._after(act, later=self.later if list_ in act.counts else self.later | {list_})
        act = state(self.act, COMPLETE, "no") if query.path == self.wanted else self.act
        return self._after(act, later=self.later | {query.path})

    def _reply(self, query: Query, text: str) -> Interview:
        if query.path == KIND:
            return self._after(_of_kind(text))
        if query.path == COMPLETE and text == "no":
            return self._after(self.act, wanted=f"{PARTIES}[{self.act.counts[PARTIES]}].name")
        return self._after(state(self.act, query.path, text))

    def _after(self, act: Act, *, later: frozenset[str] | None = None, wanted: str = "") -> Interview:
        """Return the moment after; one that cannot be answered, such as a day before the lawbook's, is refused here."""
        kept = self.later if later is None else later
        after = Interview(self.setting, act, later=kept, before=self, wanted=wanted)
        after._look()
        return after

    def _is_statement(self, path: str, query: Query | None) -> bool:
        """Say whether `path = value` is meant, and not a part of a name or a text that is asked for."""
        if not path or query is None or query.row.type not in FREE_TEXT:
            return bool(path)
        return vocabulary.row(canonical(path), self.act.kind) is not None

    def _must_have_kind(self) -> None:
        if not self.act.kind:
            words = ", ".join(vocabulary.table().by_path[KIND][0].domain)
            raise FactsError(Problem("the kind of act comes first", field=KIND, allowed=words))

    # -- what is asked next

    def _next(self) -> Query | None:
        if not self.act.kind:
            row = vocabulary.table().by_path[KIND][0]
            return Query(KIND, row.question, row, row.domain)
        at_once = unfinished(self.act) or self.wanted
        if at_once:
            return self._query_for(at_once)
        for span, states in self._look().lanes:
            found = None if span.decided else first(states, self._found(states), self._is_askable)
            if found is not None:
                return self._query_for(self._reachable(found.path), found, states)
        return self._another_party()

    def _query_for(self, path: str, found: Prospect | None = None, states: Sequence[Decision] = ()) -> Query | None:
        row = vocabulary.row(path, self.act.kind)
        if row is None:
            return None
        query = Query(path, vocabulary.question(path, self.act), row, _words(row))
        if found is None:
            return query
        asked = why(states, found)
        on_ground = asked.spans or [None] * len(found.options)
        pairs = zip(found.options, found.spans, on_ground, strict=True)
        choices = tuple(Choice(option.says, span, ground) for option, span, ground in pairs)
        return query._replace(choices=choices, because=found.because, asked_by=asked.rules, ground=asked.ground)

    def _found(self, states: Sequence[Decision]) -> list[Prospect]:
        return prospects(states, self._is_askable)

    def _reachable(self, path: str) -> str:
        """Return the fact to ask for a path: of a record that is not there yet, what it cannot be without."""
        for record in records(path):
            if record.required and record.number >= self.act.counts.get(record.list, 0):
                return f"{record.path}.{record.required[0]}"
        return path

    def _is_askable(self, path: str) -> bool:
        """Say whether a path is a fact that nobody has stated or put off, in a record that can be stated."""
        target = self._reachable(path)
        known = target in self.act.facts or target in self.act.counts or target in self.later
        lists = (record.list for record in records(target))
        hidden = any(self.act.get(list_) is not None or list_ in self.later for list_ in lists)
        return not known and not hidden and vocabulary.row(target, self.act.kind) is not None

    def _another_party(self) -> Query | None:
        """Ask whether every party is named, where one that nobody has named yet could change the outcome."""
        unsaid = COMPLETE not in self.act.facts and COMPLETE not in self.later
        query = self._query_for(COMPLETE)
        if query is None or not (unsaid and self.act.counts.get(PARTIES)):
            return None
        span, _ = self._look().lanes[0]
        other, _ = self._lane(state(self.act, COMPLETE, "no"), self.setting.sources.book)
        if (other.span.at_least, other.span.at_most) == (span.at_least, span.at_most):
            return None
        return query._replace(choices=(Choice(("yes",), span), Choice(("no",), other.span)))

    # -- what follows

    def _look(self) -> _View:
        if self._view is None:
            real, states = self._lane(self.act, self.setting.sources.book)
            self._view = _View(real, ((real.span, states),))
            what_if = self.setting.sources.what_if
            if what_if is not None:
                other, others = self._lane(self.act, what_if)
                self._view = _View(answer_with(real, other), (*self._view.lanes, (other.span, others)))
        return self._view

    def _lane(self, act: Act, book: Book) -> tuple[Answer, Sequence[Decision]]:
        """Answer an act under one lawbook, and return the decisions behind the answer as well."""
        setting = self.setting
        assume = setting.assume_lists_complete
        question = question_of(
            act, setting.state, today=setting.today, ground=setting.ground, assume_lists_complete=assume
        )
        if question.as_of < setting.sources.book.first_day:
            run(act, question, setting.sources)  # refuses a day that the lawbook does not know
        states = states_of(act, question, setting.sources, book)
        return answer(act, question, setting.sources, book, states), [decision for decision, _ in states]


def _of_kind(text: str) -> Act:
    try:
        return replace(act_from_flags(text, ()), file="")
    except FactsError as error:
        raise FactsError(*(replace(problem, file="") for problem in error.problems)) from None


def _words(row: Row) -> tuple[str, ...]:
    """Return the words of a fact that may be chosen by their number."""
    if row.type.startswith("yes_no") or row.type == "covers":
        return YES_NO
    return (*row.domain, NONE) if row.none and row.domain else row.domain


def _chosen(query: Query, text: str) -> str:
    """Return the words that were chosen by their numbers; any other text as it is."""
    numbers = re.split(r"[,\s]+", text)
    if not query.words or not all(re.fullmatch("[0-9]{1,3}", number) for number in numbers):
        return text
    if len(numbers) > 1 and not query.several:
        raise FactsError(Problem(f"found {len(numbers)} numbers", field=query.path, allowed="one of them"))
    outside = next((number for number in numbers if not 1 <= int(number) <= len(query.words)), None)
    if outside is not None:
        raise FactsError(Problem(f"found {outside}", field=query.path, allowed=f"1 to {len(query.words)}, or the word"))
    return ", ".join(query.words[int(number) - 1] for number in numbers)
