from __future__ import annotations

from functools import partial
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.toy import DOMAINS, KNOWN, PROGRAMS, Program, Stock, Whole, end, ends, inside, wholes
from licet.engine.facts import Ask, Facts
from licet.engine.fork import Finding, Joined, Leaf, Node, fork, fork_ways
from licet.engine.values import words

if TYPE_CHECKING:
    from licet.engine.values import Values

YES = words("yes")
COMMODITY = words("commodity")


def facts(known: Whole, *undeterminable: str, shown_only: bool = False) -> Facts:
    return Facts(Stock(known, frozenset(undeterminable)), shown_only=shown_only)


def test_a_stated_fact_answers_and_is_logged() -> None:
    stated = facts({"published": "yes"})
    assert stated.holds("published", YES)
    assert not stated.holds("published", words("no"))
    assert stated.read == [("published", YES, True), ("published", words("no"), False)]


def test_an_open_fact_is_asked_with_what_either_answer_leaves() -> None:
    with pytest.raises(Ask) as asked:
        facts({}).holds("kind", COMMODITY)
    assert asked.value.fact == "kind"
    assert asked.value.inside == COMMODITY
    assert asked.value.outside == words("software", "technology")


def test_a_question_that_every_possible_value_answers_alike_is_not_open() -> None:
    assert facts({}).holds("kind", words("commodity", "software", "technology"))
    assert not facts({}).holds("kind", words("no such kind"))


def test_an_unknown_fact_is_an_error() -> None:
    with pytest.raises(KeyError):
        facts({}).holds("no such fact", YES)


def test_narrowing_leaves_the_facts_as_they_were() -> None:
    open_ = facts({})
    narrow = open_.narrow("kind", COMMODITY)
    assert narrow.holds("kind", COMMODITY)
    assert open_.possible("kind") == DOMAINS["kind"][0]
    assert open_.read == []


def test_known_answers_are_given_again_and_logged() -> None:
    again = Facts(Stock({}), {"kind": COMMODITY}, known=[True, False])
    assert again.holds("kind", COMMODITY)
    assert not again.holds("published", YES)
    assert again.read == [("kind", COMMODITY, True), ("published", YES, False)]
    with pytest.raises(Ask):
        again.holds("published", YES)


@given(PROGRAMS, KNOWN)
def test_the_tree_says_what_the_rule_says(program: Program, known: Whole) -> None:
    tree = fork(program.run, facts(known))
    for whole in wholes(known):
        assert end(tree, whole).finding.value == program.word(whole)


@given(PROGRAMS, KNOWN)
def test_every_end_is_reached_and_the_bounds_are_those_of_the_ends(program: Program, known: Whole) -> None:
    tree = fork(program.run, facts(known))
    reached = {id(end(tree, whole)) for whole in wholes(known)}
    assert {id(leaf) for leaf in ends(tree)} == reached
    words_said = [program.word(whole) for whole in wholes(known)]
    assert (tree.low, tree.high) == (min(words_said), max(words_said))


@given(PROGRAMS, KNOWN)
def test_the_log_of_an_end_is_what_the_rule_asked_on_the_way(program: Program, known: Whole) -> None:
    tree = fork(program.run, facts(known))
    for whole in wholes(known):
        asked: list[tuple[str, Values, bool]] = []
        here: Program = program
        while here.yes is not None and here.no is not None:
            passes = inside(whole[here.fact], here.test)
            asked.append((here.fact, here.test, passes))
            here = here.yes if passes else here.no
        assert end(tree, whole).read == asked


@given(PROGRAMS, KNOWN)
def test_answers_to_questions_on_one_fact_never_contradict_each_other(program: Program, known: Whole) -> None:
    def walk(tree: Leaf | Node) -> None:
        if isinstance(tree, Node):
            assert tree.inside
            assert tree.outside
            assert not tree.inside.meet(tree.outside)
            for side, left in ((tree.yes, tree.inside), (tree.no, tree.outside)):
                below = [side]
                while below:
                    node = below.pop()
                    if isinstance(node, Node):
                        if node.fact == tree.fact:
                            assert not node.inside.without(left)
                            assert not node.outside.without(left)
                        below += [node.yes, node.no]
                walk(side)

    walk(fork(program.run, facts(known)))


UNKNOWABLE = st.sets(st.sampled_from(sorted(DOMAINS)), max_size=3)


@given(PROGRAMS, KNOWN, UNKNOWABLE)
def test_what_cannot_be_known_is_taken_at_its_strictest_in_an_authorization(
    program: Program, known: Whole, unknowable: set[str]
) -> None:
    known = {fact: value for fact, value in known.items() if fact not in unknowable}
    tree = fork(program.run, facts(known, *unknowable, shown_only=True))
    assert not {node.fact for node in _nodes(tree)} & unknowable
    for whole in wholes(known):
        others = product(*(DOMAINS[fact][1] for fact in unknowable))
        strictest = max(program.word({**whole, **dict(zip(unknowable, pick, strict=True))}) for pick in others)
        assert end(tree, whole).finding.value == strictest


@given(PROGRAMS, KNOWN, UNKNOWABLE)
def test_what_cannot_be_known_stays_open_in_a_requirement(program: Program, known: Whole, unknowable: set[str]) -> None:
    known = {fact: value for fact, value in known.items() if fact not in unknowable}
    plain, marked = (fork(program.run, facts(known, *names)) for names in ((), unknowable))
    for whole in wholes(known):
        assert end(plain, whole).finding.value == end(marked, whole).finding.value


def test_an_authorization_that_asks_for_the_contrary_does_not_pass_on_what_cannot_be_known() -> None:
    def not_a_commodity(at: Facts) -> Finding:
        return Finding(50 if at.holds("kind", COMMODITY) else 20, "toy")

    tree = fork(not_a_commodity, facts({}, "kind", shown_only=True))
    assert (tree.low, tree.high) == (50, 50)


def test_a_deep_rule_does_not_chain_exceptions() -> None:
    def counts(at: Facts) -> Finding:
        passes = sum(at.holds(f"fact {n}", YES) for n in range(8))
        return Finding(passes, "toy")

    stock = Stock({})
    stock.update({f"fact {n}": words("yes", "no") for n in range(8)})
    tree = fork(counts, Facts(stock))
    assert len(list(ends(tree))) == 2**8
    assert (tree.low, tree.high) == (0, 8)


@given(st.lists(PROGRAMS, min_size=1, max_size=4), KNOWN)
def test_ways_that_are_forked_apart_say_the_strictest_word_of_all(programs: list[Program], known: Whole) -> None:
    def strictest(at: Facts) -> Finding:
        return max((program.run(at) for program in programs), key=lambda finding: finding.value)

    tree = fork_ways(strictest, lambda: [program.run for program in programs], facts(known))
    said = {max(program.word(whole) for program in programs) for whole in wholes(known)}
    assert tree.low <= min(said)
    assert tree.high == max(said)
    for whole in wholes(known):
        assert end(tree, whole).finding.value == max(program.word(whole) for program in programs)
    if isinstance(tree, Joined):
        assert len(tree.parts) > 1
        assert all(part.high > tree.low or part.low == tree.low for part in tree.parts)


def test_ways_forked_apart_add_up_where_one_tree_would_multiply() -> None:
    """Eight ways of three conditions each: 6,561 ends as one tree, four for each way apart."""
    stock = Stock({})
    conditions = [[f"condition {way}.{n}" for n in range(3)] for way in range(8)]
    stock.update({fact: words("yes", "no") for way in conditions for fact in way})

    def all_met(at: Facts, way: list[str]) -> Finding:
        return Finding(30 if all(at.holds(fact, YES) for fact in way) else 10, "toy")

    def rule(at: Facts) -> Finding:
        return max((all_met(at, way) for way in conditions), key=lambda finding: finding.value)

    tree = fork_ways(rule, lambda: [partial(all_met, way=way) for way in conditions], Facts(stock))
    assert isinstance(tree, Joined)
    assert [len(list(ends(part))) for part in tree.parts] == [4] * 8


def _nodes(tree: Leaf | Node) -> list[Node]:
    return [] if isinstance(tree, Leaf) else [tree, *_nodes(tree.yes), *_nodes(tree.no)]
