"""What is kept for other acts, and taken over from one decision to the next, changes no answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from licet.answering import decide_anew
from licet.check import decide_on, run
from licet.decide import under
from licet.engine.formula import grounds, nodes
from licet.formats.act import read_act
from licet.law import book as lawbook
from licet.law import day as law_day
from licet.law.case import Case
from licet.law.day import LawDay
from licet.law.status import changes
from licet.model.act import Act
from licet.sources import Sources, open_sources
from licet.state import Question, State
from licet.story_data import act_text

if TYPE_CHECKING:
    from licet.law.case import Ruled
    from licet.law.rule import Rule, Subject

NAMES = ("new-handset", "zte", "uk-affiliate", "standard-5g", "handset-patch")
DAYS = (date(2019, 6, 30), date(2022, 11, 1), date(2025, 10, 15), date(2026, 7, 23), date(2026, 12, 1))
SOURCES = open_sources(State(None))


def story(name: str) -> Act:
    """Return an act of the story by its name."""
    text = act_text(name)
    assert text is not None
    return read_act(text)


def without(act: Act, *starts: str) -> Act:
    """Return an act without the facts and records that begin so."""
    facts = {path: one for path, one in act.facts.items() if not path.startswith(starts)}
    counts = {path: count for path, count in act.counts.items() if not path.startswith(starts)}
    return Act(act.kind, facts, counts, act.file)


ACTS = {
    **{name: story(name) for name in NAMES},
    "open": without(story("new-handset"), "to", "activity", "licenses", "parties[0].owners", "items[0].eccn"),
    "nothing known": read_act({"kind": "export", "items": [{"name": "a"}, {"name": "b"}], "parties": [{"name": "C"}]}),
}


def fresh() -> Sources:
    """Return the sources with a lawbook for which nothing has been worked out."""
    return SOURCES._replace(book=lawbook.load())


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_what_other_acts_were_asked_before_changes_nothing(day: date) -> None:
    alone = [run(act, Question(day), fresh()).digest for act in ACTS.values()]
    together = fresh()
    asked = [run(act, Question(day), together).digest for act in ACTS.values()]
    again = [run(act, Question(day), together).digest for act in reversed(ACTS.values())]
    assert asked == alone
    assert again == alone[::-1]


def test_a_rule_is_not_run_again_for_an_act_of_which_it_sees_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    sources = fresh()
    ran: list[str] = []
    made = Case._run

    def counted(case: Case, rule: Rule, subject: Subject) -> Ruled:
        ran.append(rule.section)
        return made(case, rule, subject)

    monkeypatch.setattr(Case, "_run", counted)
    act = ACTS["new-handset"]
    run(act, Question(DAYS[0]), sources)
    first = len(ran)
    elsewhere = {**act.facts, "to": replace(act.facts["to"], value="DE")}
    run(Act(act.kind, elsewhere, act.counts), Question(DAYS[0]), sources)
    assert 0 < len(ran) - first < first


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(law_day, "REMEMBERED_TREES", 20)
    sources = fresh()
    for act in ACTS.values():
        assert run(act, Question(DAYS[0]), sources).digest == run(act, Question(DAYS[0]), SOURCES).digest
        assert sum(len(shelf.trees) for shelf in sources.book.remembered.values()) <= 21


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_decision_from_another_is_the_one_made_anew(name: str, day: date) -> None:
    """With each measure that the decision asked for taken as on the day after it begins, and before."""
    act, book = ACTS[name], SOURCES.book
    main = decide_on(act, Question(day), SOURCES, book, {})
    names = [id_ for id_ in main.case.law.asked if changes(book[id_])]
    for id_ in names[:: max(1, len(names) // 4)]:
        for other in (min(changes(book[id_])), date(2018, 1, 1)):
            found = decide_anew(act, Question(day), SOURCES, {id_: other}, main)
            anew = decide_on(act, Question(day), SOURCES, book, {id_: other})
            assert (found.span, found.requirement, found.spans) == (anew.span, anew.requirement, anew.spans), id_


def test_a_decision_from_another_leaves_that_one_as_it_was() -> None:
    act, day = ACTS["open"], date(2026, 7, 23)
    main = decide_on(act, Question(day), SOURCES, SOURCES.book, {})
    numbers = [(node.index, node.mask) for ground in grounds(main.formula) for node in nodes(ground.tree)]
    law = LawDay(SOURCES.book, day, None, {"AFF-BACK": date(2026, 11, 10), "AFF-2025": date(2026, 11, 10)})
    other = under(main, law, "")
    assert other is not None
    assert other is not main
    assert numbers == [(node.index, node.mask) for ground in grounds(main.formula) for node in nodes(ground.tree)]


def test_a_decision_on_which_look_ups_hang_is_made_anew() -> None:
    act, day = ACTS["new-handset"], date(2019, 6, 30)
    main = decide_on(act, Question(day), SOURCES, SOURCES.book, {})
    assert under(main, LawDay(SOURCES.book, day, None, {"EL-2019-05": date(2019, 5, 1)}), "") is None
    assert under(main, LawDay(SOURCES.book, day), "") is main
