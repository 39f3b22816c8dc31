from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.toy import DOMAINS, KNOWN, Plan, Program, Stock, Whole, end, inside, plans, wholes
from licet.engine import formula
from licet.engine.fork import Node
from licet.engine.formula import Domain, Expression, Ground, Index, Least, Most, bounds, exact, fold, narrowed
from licet.engine.values import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from licet.engine.fork import Tree


def built(plan: Plan, known: Whole) -> tuple[Expression, Index]:
    stock = Stock(known)
    expression = plan.expression(stock, {})
    return expression, formula.index(expression, stock)


def value(expression: Expression, whole: Whole) -> int:
    """Return the value of a formula at a completion: the slow twin, which walks every tree."""
    if isinstance(expression, Ground):
        return end(expression.tree, whole).finding.value
    return (max if isinstance(expression, Most) else min)(value(part, whole) for part in expression.parts)


def tree_bounds(tree: Tree, domain: Domain) -> tuple[int, int]:
    """Return the bounds of a tree over a domain: the slow twin, which walks through it."""
    if not isinstance(tree, Node) or tree.low == tree.high:
        return tree.low, tree.high
    held = domain.held[tree.index]
    sides = [(held & tree.mask, tree.yes), (held & ~tree.mask, tree.no)]
    found = [tree_bounds(side, narrowed(domain, tree.index, part)) for part, side in sides if part]
    return min(low for low, _ in found), max(high for _, high in found)


def some_domain(table: Index, data: st.DataObject) -> Domain:
    """Narrow some of the open facts to some of their classes."""
    domain = table.full
    for number in range(len(table.facts)):
        classes = domain.held[number]
        domain = narrowed(domain, number, data.draw(st.integers(1, classes), label=table.facts[number]))
    return domain


def within(table: Index, domain: Domain, known: Whole) -> list[Whole]:
    """Return the completions that a domain still allows."""
    return [
        whole
        for whole in wholes(known)
        if all(1 << class_of(table, number, whole) & domain.held[number] for number in range(len(table.facts)))
    ]


def class_of(table: Index, number: int, whole: Whole) -> int:
    """Return the one class of a fact in which its value lies."""
    (place,) = (i for i, part in enumerate(table.classes[number]) if inside(whole[table.facts[number]], part))
    return place


@given(plans(), KNOWN)
def test_the_formula_says_what_its_rules_say(plan: Plan, known: Whole) -> None:
    expression, _ = built(plan, known)
    for whole in wholes(known):
        assert value(expression, whole) == plan.word(whole)


@given(plans(), KNOWN)
def test_classes_part_the_values_of_a_fact_and_no_question_tells_one_class_apart(plan: Plan, known: Whole) -> None:
    expression, table = built(plan, known)
    seen: dict[tuple[int, ...], int] = {}
    for whole in wholes(known):
        # class_of fails where a value lies in no class or in two.
        key = tuple(class_of(table, number, whole) for number in range(len(table.facts)))
        assert seen.setdefault(key, value(expression, whole)) == value(expression, whole)


@given(plans(), KNOWN, st.data())
def test_bounds_are_sound_over_every_domain(plan: Plan, known: Whole, data: st.DataObject) -> None:
    expression, table = built(plan, known)
    domain = some_domain(table, data)
    reached = [value(expression, whole) for whole in within(table, domain, known)]
    low, high = bounds(expression, domain)
    assert low <= min(reached)
    assert max(reached) <= high
    if not table.shared:
        assert (low, high) == (min(reached), max(reached))


@given(plans(), KNOWN, st.data())
@settings(max_examples=200)
def test_the_exact_range_is_that_of_brute_force(plan: Plan, known: Whole, data: st.DataObject) -> None:
    expression, table = built(plan, known)
    domain = some_domain(table, data)
    reached = [value(expression, whole) for whole in within(table, domain, known)]
    assert exact(expression, table, domain) == (min(reached), max(reached), True)


@given(plans(), KNOWN, st.integers(0, 3))
def test_a_spent_budget_leaves_a_sound_range_and_says_so(plan: Plan, known: Whole, budget: int) -> None:
    expression, table = built(plan, known)
    reached = [value(expression, whole) for whole in wholes(known)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(formula, "BUDGET", budget)
        found = exact(expression, table)
    low, high = bounds(expression, table.full)
    assert low <= found.low <= min(reached)
    assert max(reached) <= found.high <= high
    if found.exact:
        assert (found.low, found.high) == (min(reached), max(reached))


def test_a_search_that_needs_more_than_its_budget_is_flagged(monkeypatch: pytest.MonkeyPatch) -> None:
    asks_first = Program(fact="published", test=words("yes"), yes=Program(30), no=Program(0))
    asks_again = Program(fact="published", test=words("no"), yes=Program(30), no=Program(0))
    both = Plan(most=False, parts=(Plan(asks_first), Plan(asks_again)))
    expression, table = built(both, {})
    assert bounds(expression, table.full) == (0, 30)
    assert exact(expression, table) == (0, 0, True)
    monkeypatch.setattr(formula, "BUDGET", 0)
    assert exact(expression, table) == (0, 30, False)


@given(plans(), KNOWN, st.data())
def test_narrowing_one_fact_after_another_is_the_same_as_at_once(plan: Plan, known: Whole, data: st.DataObject) -> None:
    expression, table = built(plan, known)
    before = (list(table.full.held), list(table.full.reach))
    domain = some_domain(table, data)
    afresh = [ends.bounds(domain.held) for ends in table.ends]
    assert domain.reach[: len(afresh)] == afresh
    assert domain.reach == Domain(table, domain.held, afresh).reach
    for tree in (tree for ground in formula.grounds(expression) for tree in formula.trees(ground.tree)):
        if isinstance(tree, Node) and tree.low != tree.high:
            assert table.ends[table.places[id(tree)]].bounds(domain.held) == tree_bounds(tree, domain)
    assert (table.full.held, table.full.reach) == before


@given(plans(), KNOWN)
def test_folding_changes_no_value(plan: Plan, known: Whole) -> None:
    expression, _ = built(plan, known)
    folded = fold(expression)
    assert len(list(formula.grounds(folded))) <= len(list(formula.grounds(expression)))
    for whole in wholes(known):
        assert value(folded, whole) == value(expression, whole)


@given(plans(), KNOWN, st.data())
def test_every_fact_that_can_move_the_value_is_among_the_open_questions(
    plan: Plan, known: Whole, data: st.DataObject
) -> None:
    expression, table = built(plan, known)
    domain = some_domain(table, data)
    allowed = within(table, domain, known)
    named = {node.fact for node in formula.open_nodes(expression, domain)}
    for fact in DOMAINS:
        others: dict[tuple[object, ...], set[int]] = {}
        for whole in allowed:
            rest = tuple(given_ for name, given_ in whole.items() if name != fact)
            others.setdefault(rest, set()).add(value(expression, whole))
        if any(len(found) > 1 for found in others.values()):
            assert fact in named


@given(plans(), KNOWN, st.data())
def test_an_open_question_is_one_on_which_the_value_can_turn(plan: Plan, known: Whole, data: st.DataObject) -> None:
    """Where no fact is shared: some two completions come to the question, and the formula differs between them."""
    expression, table = built(plan, known)
    trees = [id(tree) for ground in formula.grounds(expression) for tree in formula.trees(ground.tree)]
    assume(not table.shared)
    assume(len(trees) == len(set(trees)))
    domain = some_domain(table, data)
    allowed = within(table, domain, known)
    for node in formula.open_nodes(expression, domain):
        found = {value(expression, whole) for whole in allowed if comes_to(expression, node, whole)}
        assert len(found) > 1, node.fact


def comes_to(expression: Expression, node: Node, whole: Whole) -> bool:
    """Say whether a completion comes to a question of some tree."""
    return any(
        node in path(tree, whole) for ground in formula.grounds(expression) for tree in formula.trees(ground.tree)
    )


def path(tree: Tree, whole: Whole) -> Iterator[Tree]:
    """Walk down a tree the way that a completion goes."""
    yield tree
    if isinstance(tree, Node):
        yield from path(tree.yes if inside(whole[tree.fact], tree.inside) else tree.no, whole)


@given(plans(), KNOWN)
def test_a_decided_formula_has_no_open_question(plan: Plan, known: Whole) -> None:
    expression, table = built(plan, known)
    low, high = bounds(expression, table.full)
    assert bool(list(formula.open_nodes(expression, table.full))) == (low != high)


def test_a_question_that_a_stricter_ground_hides_is_not_open() -> None:
    hidden = Program(fact="published", test=words("yes"), yes=Program(10), no=Program(20))
    asked = Program(fact="held", test=words("yes"), yes=hidden, no=Program(40))
    expression, table = built(Plan(parts=(Plan(asked), Plan(Program(30)))), {})
    assert [node.fact for node in formula.open_nodes(expression, table.full)] == ["held"]


def test_the_questions_come_in_the_order_of_the_formula() -> None:
    asks = [Program(fact=fact, test=words("yes"), yes=Program(30), no=Program(0)) for fact in ("published", "held")]
    for order in (asks, asks[::-1]):
        expression, table = built(Plan(parts=tuple(map(Plan, order))), {})
        assert [node.fact for node in formula.open_nodes(expression, table.full)] == [one.fact for one in order]


def test_a_rule_that_stands_in_two_places_does_not_make_its_fact_shared() -> None:
    asks = Program(fact="held", test=words("yes"), yes=Program(20), no=Program(50))
    claims = tuple(Plan(most=False, parts=(Plan(Program(30)), Plan(asks))) for _ in range(2))
    expression, table = built(Plan(parts=claims), {})
    assert not table.shared
    assert exact(expression, table) == (20, 30, True)


def test_an_index_of_nothing_is_empty() -> None:
    table = formula.index(Most(()), Stock({}))
    assert table.facts == []
    assert table.full.held == []


def test_least_and_most_nest() -> None:
    requirement = Program(fact="to", test=words("CN"), yes=Program(34), no=Program(10))
    license_ = Program(fact="held", test=words("yes"), yes=Program(20), no=Program(50))
    plan = Plan(most=False, parts=(Plan(requirement), Plan(license_)))
    expression, table = built(plan, {"to": "CN"})
    assert isinstance(expression, Least)
    assert exact(expression, table) == (20, 34, True)
    assert exact(expression, table, narrowed(table.full, table.number["held"], 1)) in {(20, 20, True), (34, 34, True)}


@given(plans(), KNOWN)
def test_a_copy_is_another_formula_of_the_same_values(plan: Plan, known: Whole) -> None:
    expression, table = built(plan, known)
    numbered = [(node.index, node.mask) for node in every_node(expression)]
    copy = formula.copied(expression, {})
    assert formula.alike(copy, expression)
    other = formula.index(Most((copy, Ground(asks_first()))), Stock({}))
    assert [(node.index, node.mask) for node in every_node(expression)] == numbered
    for whole in wholes(known):
        assert value(copy, whole) == value(expression, whole)
    assert exact(copy, other) == exact(expression, table)


def asks_first() -> Tree:
    """Return a tree that numbers another fact first."""
    program = Program(fact="published", test=words("yes"), yes=Program(0), no=Program(10))
    expression = Plan(program).expression(Stock({}), {})
    assert isinstance(expression, Ground)
    assert isinstance(expression.tree, Node)
    return expression.tree


def every_node(expression: Expression) -> list[Node]:
    """Return the open questions of all trees of a formula."""
    return [node for ground in formula.grounds(expression) for node in formula.nodes(ground.tree)]


@given(plans(), plans(), KNOWN)
def test_formulas_that_are_alike_have_the_same_values(one: Plan, other: Plan, known: Whole) -> None:
    stock = Stock(known)
    first, second = one.expression(stock, {}), other.expression(stock, {})
    if formula.alike(first, second):
        assert all(value(first, whole) == value(second, whole) for whole in wholes(known))
    if formula.reach(first) != formula.reach(second):
        assert not formula.alike(first, second)
    assert formula.alike(first, one.expression(Stock(known), {}))


@given(plans(), KNOWN, st.data())
def test_a_fact_may_be_given_back_what_it_had_lost(plan: Plan, known: Whole, data: st.DataObject) -> None:
    expression, table = built(plan, known)
    domain = some_domain(table, data)
    for number in range(len(table.facts)):
        classes = data.draw(st.integers(1, table.full.held[number]), label="given back")
        domain = narrowed(domain, number, classes)
        afresh = Domain(table, domain.held, [ends.bounds(domain.held) for ends in table.ends])
        assert (domain.reach, domain.left) == (afresh.reach, afresh.left)
    assert bounds(expression, domain)[0] <= bounds(expression, domain)[1]
