"""The 50 percent rule: tiers, sums, circles, ranges; against brute force over all completions."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from licet.ownership.graph import Graph
from licet.ownership.reach import Reach
from licet.ownership.shares import NEVER_KNOWN, between, exactly, span_said
from ownership.graphs import ENDS, completions, graph, graphs, share_of

if TYPE_CHECKING:
    from random import Random

    from licet.ownership.graph import Interest

L = {"L": "yes", "M": "yes"}
NOBODY = "O P Q"


def reached(g: Graph, party: str = "T", **listed: str) -> str:
    said = {id_: listed.get(id_, L.get(id_, "no")) for id_ in g.parties}
    return Reach(g, said)[party].reached


@pytest.mark.parametrize(("share", "expected"), [(50, "yes"), (49, "no"), (49.99, "no"), (100, "yes"), (0, "no")])
def test_half_is_enough_and_less_is_not(share: float, expected: str) -> None:
    rest = 100 - Fraction(str(share))
    g = graph(("L", "T", share), ("O", "T", exactly(rest)), persons=NOBODY)
    assert reached(g) == expected


def test_shares_of_listed_owners_are_added_up() -> None:
    assert reached(graph(("L", "T", 25), ("M", "T", 25), ("O", "T", 50), persons=NOBODY)) == "yes"


def test_the_threshold_is_set_anew_on_each_tier() -> None:
    g = graph(("L", "I", 50), ("O", "I", 50), ("I", "T", 50), ("P", "T", 50), persons=NOBODY)
    assert reached(g) == "yes", "25 percent if multiplied"


def test_a_minority_holding_passes_nothing_on() -> None:
    g = graph(("L", "I", 40), ("O", "I", 60), ("I", "T", 100), persons=NOBODY)
    assert reached(g) == "no"
    assert reached(g, "I") == "no"


def test_a_half_owned_company_counts_whole_beside_a_listed_one() -> None:
    rows = (("L", "I", 50), ("O", "I", 50), ("I", "T", 40), ("M", "T", 10), ("P", "T", 50))
    assert reached(graph(*rows, persons=NOBODY)) == "yes"


def test_a_circle_lifts_nobody_by_itself() -> None:
    g = graph(("A", "T", 60), ("T", "A", 60), ("O", "T", 40), ("P", "A", 40), persons=NOBODY)
    assert reached(g) == "no"


def test_a_circle_that_a_listed_party_holds_from_outside_is_reached() -> None:
    g = graph(("A", "T", 60), ("T", "A", 30), ("L", "A", 50), ("O", "T", 40), ("P", "A", 20), persons=NOBODY)
    assert reached(g) == "yes"
    assert reached(g, "A") == "yes"


def test_what_a_company_holds_in_itself_can_open_and_never_close() -> None:
    assert reached(graph(("L", "T", 45), ("T", "T", 10), ("O", "T", 45), persons=NOBODY)) == "open", "45 of 90 is half"
    assert reached(graph(("L", "T", 50), ("T", "T", 50), persons=NOBODY, complete="T")) == "yes"
    assert reached(graph(("L", "T", 20), ("T", "T", 10), ("O", "T", 70), persons=NOBODY)) == "no"


def test_owners_who_are_not_stated_keep_it_open() -> None:
    g = graph(("L", "T", 49))
    stands = Reach(g, {"L": "yes", "T": "no"})["T"]
    assert (stands.reached, span_said(*stands[:2])) == ("open", "49 … 100 %")


def test_what_others_surely_hold_bounds_what_nobody_states() -> None:
    assert reached(graph(("L", "T", 30), ("O", "T", 50.01), persons=NOBODY)) == "no"


def test_all_owners_known_and_one_share_follows_from_the_others() -> None:
    g = graph(("L", "T", NEVER_KNOWN), ("O", "T", 40), persons=NOBODY, complete="T")
    stands = Reach(g, {"L": "yes", "O": "no", "T": "no"})["T"]
    assert (stands.reached, span_said(*stands[:2])) == ("yes", "60 %")


def test_an_undeterminable_share_is_open_and_never_no() -> None:
    assert reached(graph(("L", "T", NEVER_KNOWN), ("O", "T", 40), persons=NOBODY)) == "open"


@pytest.mark.parametrize(
    ("low", "high", "above", "below", "expected"),
    [
        (25, 50, False, False, "open"),
        (25, 50, False, True, "no"),
        (50, 75, False, False, "yes"),
        (50, 75, True, False, "yes"),
        (0, 50, True, True, "no"),
        (49, 50, True, False, "open"),
    ],
)
def test_ranges_and_their_open_ends(low: int, high: int, above: bool, below: bool, expected: str) -> None:  # noqa: FBT001
    share = between(Fraction(low), Fraction(high), above=above, below=below)
    assert reached(graph(("L", "T", share), ("O", "T", "?"), persons=NOBODY, complete="T")) == expected


def test_two_holdings_of_more_than_a_quarter_are_more_than_half() -> None:
    more = between(Fraction(25), Fraction(50), above=True)
    assert reached(graph(("L", "T", more), ("M", "T", more))) == "yes"
    assert reached(graph(("L", "T", more), ("M", "T", between(Fraction(24), Fraction(50))))) == "open"


def test_a_listing_that_is_not_known_keeps_it_open() -> None:
    g = graph(("X", "T", 60), ("O", "T", 40), persons="X O")
    assert [reached(g, X=said) for said in ("yes", "open", "no")] == ["yes", "open", "no"]


def test_shares_beyond_the_whole_overlap_and_the_greatest_is_sure() -> None:
    g = graph(("L", "T", 60), ("M", "T", 60), persons="L M")
    stands = Reach(g, {"L": "yes", "M": "yes", "T": "no"})["T"]
    assert span_said(*stands[:2]) == "60 … 100 %"
    g = graph(("L", "T", 40), ("M", "T", 40), ("O", "T", 40), persons="L M O")
    assert reached(g) == "open", "L and M may hold the same 40 percent"
    assert "add up to at least 120 percent" in g.conflicts[0].text


def test_thirds_that_are_rounded_up_do_not_overlap() -> None:
    g = graph(("L", "T", 33.34), ("M", "T", 33.34), ("O", "T", 33.34), persons="L M O")
    assert reached(g) == "yes"
    assert "taken as rounded" in g.conflicts[0].text


def test_all_owners_who_do_not_make_the_whole_are_not_all() -> None:
    g = graph(("L", "T", 49.9), ("O", "T", 49.9), persons="L O", complete="T")
    assert reached(g) == "open"
    assert "0.2 percent are held by none of them" in g.conflicts[0].text


def test_a_chain_of_twenty_thousand_tiers_is_no_trouble() -> None:
    rows = [(f"p{i}", f"p{i + 1}", 50) for i in range(20_000)]
    g = graph(*rows)
    said = dict.fromkeys(g.parties, "no") | {"p0": "yes"}
    assert Reach(g, said)["p20000"].reached == "yes"


@given(graphs())
def test_both_ends_are_those_of_brute_force(drawn: tuple[Graph, dict[str, str]]) -> None:
    g, listed = drawn
    assume(not g.conflicts)
    found = list(completions(g, listed))
    assume(found)
    reach = Reach(g, listed)
    for id_ in g.parties:
        results = {one[id_] for one in found}
        expected = "open" if len(results) > 1 else "yes" if results == {True} else "no"
        assert reach[id_].reached == expected, id_


@given(graphs(), st.randoms(use_true_random=False))
def test_the_order_of_parties_and_interests_does_not_matter(
    drawn: tuple[Graph, dict[str, str]], random: Random
) -> None:
    g, listed = drawn
    parties, interests = list(g.parties.values()), list(g.interests)
    random.shuffle(parties)
    random.shuffle(interests)
    first, second = Reach(g, listed), Reach(Graph(parties, interests), listed)
    assert {id_: first[id_] for id_ in g.parties} == {id_: second[id_] for id_ in g.parties}


@given(graphs(), st.data())
def test_one_more_listed_party_weakens_nothing(drawn: tuple[Graph, dict[str, str]], data: st.DataObject) -> None:
    g, listed = drawn
    more = {**listed, data.draw(st.sampled_from(sorted(listed))): "yes"}
    before, after = Reach(g, listed), Reach(g, more)
    for id_ in g.parties:
        assert before[id_].least <= after[id_].least
        assert before[id_].most <= after[id_].most


@given(graphs(), st.data())
def test_a_greater_share_of_a_listed_owner_weakens_nothing(
    drawn: tuple[Graph, dict[str, str]], data: st.DataObject
) -> None:
    g, listed = drawn
    steps = [
        (one, end, graph_)
        for one in g.interests
        for end in ENDS
        if end >= one.share.most.value and not (graph_ := _greater(g, one, end)).conflicts
    ]
    assume(steps)
    one, _, more = data.draw(st.sampled_from(steps))
    listed = {**listed, one.owner: "yes"}
    before, after = Reach(g, listed), Reach(more, listed)
    for id_ in g.parties:
        assert before[id_].least <= after[id_].least


@given(graphs(), st.data())
def test_knowing_more_only_narrows(drawn: tuple[Graph, dict[str, str]], data: st.DataObject) -> None:
    """A share that turns out to be one number of its range, or a listing that is found out, lands inside the range."""
    g, listed = drawn
    assume(not g.conflicts)
    known = {id_: data.draw(st.sampled_from(("yes", "no"))) if said == "open" else said for id_, said in listed.items()}
    interests = []
    for one in g.interests:
        values = [end for end in ENDS if one.share.least <= exactly(end).least <= one.share.most]
        interests.append(replace(one, share=exactly(data.draw(st.sampled_from(values)))) if values else one)
    narrow = Graph(g.parties.values(), interests)
    assume(not narrow.conflicts)
    before, after = Reach(g, listed), Reach(narrow, known)
    for id_ in g.parties:
        assert before[id_].least <= after[id_].least
        assert after[id_].most <= before[id_].most
        assert before[id_].reached in {"open", after[id_].reached}


def _greater(g: Graph, one: Interest, end: int) -> Graph:
    return Graph(
        g.parties.values(), (replace(each, share=exactly(end)) if each is one else each for each in g.interests)
    )


def test_a_share_is_read_exactly() -> None:
    assert share_of(33.3).least.value == Fraction(333, 10)
