"""The facts that are missing, and what each answer gives: every real answer lands inside what was said of it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from hypothesis import assume, given
from hypothesis import strategies as st

from licet.ownership.graph import NEVER, UNSURE, Graph
from licet.ownership.missing import COUNTS, LISTING, REST, SHARE, missing
from licet.ownership.reach import Reach
from licet.ownership.shares import NEVER_KNOWN, between, exactly
from ownership.graphs import ENDS, graph, graphs

if TYPE_CHECKING:
    from licet.ownership.missing import Missing


def facts(g: Graph, party: str = "T", **listed: str) -> tuple[Missing, ...]:
    return missing(Reach(g, {id_: listed.get(id_, "no") for id_ in g.parties}), party)


def told(fact: Missing) -> dict[str, str]:
    return {answer.says: answer.reached for answer in fact.answers}


def test_who_holds_the_rest_is_asked_with_the_share_that_flips_it() -> None:
    (fact,) = facts(graph(("L", "T", 49), persons="L"), L="yes")
    assert (fact.kind, fact.question) == (REST, "Who holds the rest of T, up to 51 percent?")
    assert told(fact) == {
        "listed parties hold none of it": "no",
        "less than 1 percent": "no",
        "1 percent or more": "yes",
    }


def test_a_range_is_asked_with_the_share_that_flips_it() -> None:
    share = between(Fraction(25), Fraction(60), above=True)
    (fact,) = facts(graph(("L", "T", share), ("O", "T", "?"), persons="L O", complete="T"), L="yes")
    assert fact.kind == SHARE
    assert told(fact) == {"more than 25 percent, less than 50": "no", "50 percent or more": "yes"}


def test_a_listing_is_asked() -> None:
    (fact,) = facts(graph(("X", "T", 60), ("O", "T", 40), persons="X O"), X="open")
    assert (fact.kind, told(fact)) == (LISTING, {"yes": "yes", "no": "no"})


def test_what_cannot_be_known_says_so() -> None:
    found = facts(graph(("L", "T", NEVER_KNOWN), ("O", "T", 40), persons="L O"), L="yes")
    assert [fact.asked for fact in found if fact.kind == SHARE] == [True]


def test_what_settles_it_alone_comes_first() -> None:
    g = graph(("L", "T", 20), ("X", "T", 10), ("Y", "T", 40), ("Z", "T", 20), ("O", "T", 10), persons="L X Y Z O")
    found = facts(g, L="yes", X="open", Y="open", Z="open")
    assert [(fact.party, fact.settles) for fact in found] == [("Y", True), ("X", False), ("Z", False)]


def test_a_share_that_is_too_small_beside_any_others_is_not_asked() -> None:
    g = graph(("L", "T", 45), ("X", "T", 3), ("Y", "T", 40), ("O", "T", 12), persons="L X Y O")
    assert [fact.party for fact in facts(g, L="yes", X="open", Y="open")] == ["Y"], "45, 48, 85 or 88: Y alone decides"
    g = graph(("L", "T", 45), ("X", "T", 3), ("Y", "T", 3), ("O", "T", 49), persons="L X Y O")
    assert [fact.party for fact in facts(g, L="yes", X="open", Y="open")] == ["X", "Y"], "each counts with the other"


def test_what_cannot_decide_is_not_asked() -> None:
    share = between(Fraction(48), Fraction(49))
    g = graph(("L", "T", share), ("X", "T", 3), ("O", "T", "?"), persons="L X O", complete="T")
    assert [(fact.kind, fact.party) for fact in facts(g, L="yes", X="open")] == [(LISTING, "X")], "48 or 49 is one"


def test_owners_of_owners_are_asked_through_the_tiers() -> None:
    g = graph(("I", "T", 60), ("O", "T", 40), persons="O")
    (fact,) = facts(g)
    assert (fact.kind, fact.question) == (REST, "Who owns I?")


def test_an_interest_that_may_be_ownership_is_asked() -> None:
    g = graph(("L", "T", 30), ("O", "T", 70), persons="L O", complete="T")
    more = replace(g.interests[0], id="right", kind="rightsToProfitOrIncome", counts=UNSURE)
    found = facts(Graph(g.parties.values(), (*g.interests, more)), L="yes")
    assert [fact.kind for fact in found] == [COUNTS]


def test_nothing_is_missing_where_it_is_settled() -> None:
    assert not facts(graph(("L", "T", 50)), L="yes")
    assert not facts(graph(("O", "T", 51), persons="O"))


@given(graphs(), st.data())
def test_a_true_answer_lands_inside_what_was_said_of_it(
    drawn: tuple[Graph, dict[str, str]], data: st.DataObject
) -> None:
    g, listed = drawn
    reach = Reach(g, listed)
    party = data.draw(st.sampled_from(sorted(g.parties)))
    found = [fact for fact in missing(reach, party) if fact.kind in {SHARE, LISTING}]
    assume(found)
    fact = data.draw(st.sampled_from(found))
    if fact.kind == LISTING:
        said = data.draw(st.sampled_from(("yes", "no")))
        after = Reach(g, {**listed, fact.party: said})[party].reached
        assert told(fact)[said] in {"open", after}
        return
    one = next(each for each in g.interests if each.id == fact.interest)
    ends = [end for end in (*ENDS, 12, 33, 49, 51, 88) if one.share.least <= exactly(end).least <= one.share.most]
    assume(ends)
    end = data.draw(st.sampled_from(ends))
    after = Reach(g.with_interest(replace(one, share=exactly(end))), listed)[party].reached
    assert after in {answer.reached for answer in fact.answers} or "open" in {a.reached for a in fact.answers}
    if len(fact.answers) == 1:
        assert fact.answers[0].reached in {"open", after}
    else:
        assert _class_of(fact, end) in {"open", after}


def _class_of(fact: Missing, end: int) -> str:
    """Return what was said of the class that a share lies in, by reading the words as a person would."""
    for answer in fact.answers:
        words = answer.says.replace(",", "").split()
        low = 0.0 if words[:2] == ["less", "than"] else float(words[2] if words[:2] == ["more", "than"] else words[0])
        high = float(words[words.index("less") + 2]) if "less" in words else 101.0
        if low <= end < high:
            return answer.reached
    raise AssertionError(fact)


@given(graphs())
def test_an_open_result_always_names_a_fact(drawn: tuple[Graph, dict[str, str]]) -> None:
    g, listed = drawn
    reach = Reach(g, listed)
    for party in g.parties:
        assert bool(missing(reach, party)) == (reach[party].reached == "open")


def test_control_is_never_asked_as_ownership() -> None:
    g = graph(("L", "T", 30), ("O", "T", 70), persons="L O")
    board = replace(g.interests[0], id="board", kind="boardMember", counts=NEVER)
    more = Graph(g.parties.values(), (*g.interests, board))
    assert Reach(more, {"L": "yes", "O": "no", "T": "no"})["T"].reached == "no"
