"""Issues on two clocks: in any order, twice, older after newer; held against the plain reading of the issues."""

from __future__ import annotations

from datetime import date, timedelta
from functools import reduce
from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licet.lists.entry import Entry, Name
from licet.lists.merge import EMPTY, History, Issue, merge
from licet.model.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Sequence

DAY = timedelta(days=1)
START = date(2026, 1, 1)
DAYS = 6


def day(number: int) -> date:
    return START + number * DAY


def entry(id_: str, name: str = "", **fields: object) -> Entry:
    return Entry(id=id_, kind="entity", names=(Name(name or id_),), **fields)  # type: ignore[arg-type]


def issue(issued: int, *entries: Entry, known: int | None = None, digest: str = "a", whole: bool = True) -> Issue:
    return Issue(day(issued), day(issued if known is None else known), digest, entries, whole)


A, B, C = entry("a", "Alpha Works"), entry("b", "Beta Works"), entry("c", "Gamma Works")


def names(history: History, on: int, known: int | None = None) -> set[str]:
    return {row.entry.id for row in history.on(day(on), None if known is None else day(known))}


# Plain cases


def test_an_entry_stands_from_the_issue_that_has_it_to_the_one_that_does_not() -> None:
    history = merge([issue(1, A, B), issue(3, A), issue(5, A, B)])
    assert [names(history, number) for number in range(7)] == [
        set(), {"a", "b"}, {"a", "b"}, {"a"}, {"a"}, {"a", "b"}, {"a", "b"}
    ]  # fmt: skip
    rows = [row for row in history.rows if row.entry.id == "b" and row.known_through is None]
    assert [(row.appeared, row.gone) for row in rows] == [(day(1), day(3)), (day(5), None)]
    assert {row.party for row in rows} == {"b"}


def test_what_was_thought_before_a_removal_was_seen_is_kept() -> None:
    history = merge([issue(1, A, B), issue(3, A)])
    assert names(history, 4, known=2) == {"a", "b"}
    assert names(history, 4, known=3) == names(history, 4) == {"a"}


def test_an_older_file_after_a_newer_one_does_not_rewrite_what_was_known() -> None:
    newer = merge([issue(4, A, known=4)])
    both = merge([issue(2, A, B, known=6, digest="b")], newer)
    assert both.as_known(day(5)) == newer
    assert names(both, 2, known=5) == names(both, 3, known=5) == set()
    assert names(both, 2) == names(both, 3) == {"a", "b"}
    assert names(both, 4) == {"a"}
    assert both.issue_on(day(3), day(5)) is None
    assert both.issue_on(day(3)) == both.stamps[-1]


def test_a_corrected_file_of_the_same_day_takes_the_place_of_the_first() -> None:
    history = merge([issue(2, A, B, digest="x"), issue(2, A, C, known=4, digest="w"), issue(5, A, B, C)])
    assert names(history, 2, known=3) == {"a", "b"}
    assert names(history, 2) == names(history, 4) == {"a", "c"}
    assert names(history, 5) == {"a", "b", "c"}


def test_of_two_contents_of_a_day_that_became_known_at_once_one_stands_whatever_came_first() -> None:
    one, other = issue(2, A, B, digest="x"), issue(2, A, C, digest="y")
    first = merge([other], merge([one]))
    assert first == merge([one], merge([other])) == merge([one, other])
    assert names(first, 2) == {"a", "c"}
    assert [(stamp.digest, stamp.shadowed) for stamp in first.stamps] == [("x", True), ("y", False)]
    assert merge([one._replace(known=day(5))], first) == first, "the same file loaded again later"


def test_a_rule_that_adds_entries_leaves_the_others_and_holds_until_a_whole_issue() -> None:
    rule = issue(3, C, digest="r", whole=False)
    history = merge([issue(1, A, B), rule, issue(5, A)])
    assert names(history, 3) == names(history, 4) == {"a", "b", "c"}
    assert names(history, 5) == {"a"}
    late = merge([issue(2, A, digest="l", known=6)], history)
    assert names(late, 3) == names(late, 4) == {"a", "c"}
    assert names(late, 3, known=5) == {"a", "b", "c"}


def test_a_whole_issue_of_the_day_of_a_rule_keeps_what_the_rule_adds() -> None:
    rule, whole = issue(3, C, digest="r", whole=False), issue(3, A, digest="w")
    assert merge([rule], merge([whole])) == merge([whole], merge([rule])) == merge([whole, rule])
    assert names(merge([whole, rule]), 3) == {"a", "c"}


def test_a_respelling_keeps_the_party() -> None:
    before = entry("cn-alpha-works-co-ltd", "Alpha Works Co., Ltd.", countries=("CN",))
    after = entry("alpha-works-co-ltd", "ALPHA WORKS Company Limited", countries=("CN",))
    history = merge([issue(1, before, B), issue(3, after, B)])
    mine = [row for row in history.rows if row.party == before.id and row.known_through is None]
    assert [(row.entry, row.appeared, row.gone) for row in mine] == [(before, day(1), day(3)), (after, day(3), None)]
    assert len({row.party for row in history.rows}) == 2


def test_the_same_number_is_the_same_party_under_another_name() -> None:
    history = merge([issue(1, entry("7", "Alpha")), issue(3, entry("7", "Omega"))])
    assert {row.party for row in history.rows} == {"7"}
    other = merge([issue(1, entry("7", "Alpha")), issue(3, entry("8", "Alpha"))])
    assert {row.party for row in other.rows} == {"7", "8"}, "two numbers are two parties, of one name or not"


def test_an_issue_in_between_can_show_that_two_parties_are_one() -> None:
    old, new = entry("alpha", "Alpha"), entry("omega", "Omega")
    between = Entry(id="alpha", kind="entity", names=(Name("Alpha"), Name("Omega", "alias")))
    apart = merge([issue(1, old), issue(5, new)])
    assert {row.party for row in apart.rows} == {"alpha", "omega"}
    joined = merge([issue(3, between, known=6, digest="m")], apart)
    now = [row for row in joined.rows if row.known_through is None]
    assert {row.party for row in now} == {"alpha"}
    assert [row.entry for row in now] == [old, between, new]
    assert joined.as_known(day(5)) == apart


def test_an_id_that_stands_twice_is_refused() -> None:
    with pytest.raises(SourceError, match="two entries have the id 'a'"):
        merge([issue(1, A, B, A)])


# Made-up issues


def respelled(text: str) -> st.SearchStrategy[str]:
    return st.sampled_from([text, text.upper(), text.replace(" ", "  "), f"{text}."])


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """An entry of a small world: some parties are numbered, some are known by their names alone."""
    who = draw(st.sampled_from(["Alpha Works", "Beta Works", "Gamma Works", "Delta Works"]))
    name = draw(respelled(who))
    slug = who.casefold().replace(" ", "-")
    id_ = draw(st.sampled_from([slug, f"cn-{slug}"])) if who[0] in "AB" else str(ord(who[0]))
    others = draw(st.lists(st.sampled_from(["Omega", "Sigma", "Beta Works"]), max_size=1))
    place = draw(st.sampled_from([(), ("CN",)]))
    return Entry(id_, "entity", (Name(name), *(Name(other, "alias") for other in others)), countries=place)


@st.composite
def issues(draw: st.DrawFn) -> Issue:
    listed = draw(st.lists(entries(), max_size=4, unique_by=lambda one: one.id))
    issued, known = draw(st.integers(0, DAYS)), draw(st.integers(0, DAYS))
    whole = draw(st.sampled_from([True, True, True, False]))
    return Issue(day(issued), day(known), draw(st.text("abcdef", min_size=6, max_size=6)), tuple(listed), whole)


def unique(found: Sequence[Issue]) -> list[Issue]:
    """A digest belongs to one content."""
    return list({(one.issued, one.digest): one for one in found}.values())


several = st.lists(issues(), max_size=6).map(unique)
wholes = st.lists(issues().map(lambda one: one._replace(whole=True)), max_size=6).map(unique)


@given(wholes)
def test_who_is_on_the_list_is_what_the_last_known_issue_says(found: list[Issue]) -> None:
    history = merge(found)
    for on in range(DAYS + 1):
        for known in range(DAYS + 1):
            seen = [one for one in found if one.issued <= day(on) and one.known <= day(known)]
            last = max(seen, key=lambda one: (one.issued, one.known, one.digest), default=None)
            said = [row.entry for row in history.on(day(on), day(known))]
            assert sorted(said) == sorted(last.entries if last else ())


@given(several, st.randoms(use_true_random=False))
def test_the_order_of_loading_does_not_count(found: list[Issue], shuffle: object) -> None:
    mixed = list(found)
    shuffle.shuffle(mixed)  # type: ignore[attr-defined]
    assert merge(mixed) == merge(found)


@given(several, st.randoms(use_true_random=False))
def test_one_by_one_in_any_order_is_as_all_at_once(found: list[Issue], shuffle: object) -> None:
    mixed = list(found)
    shuffle.shuffle(mixed)  # type: ignore[attr-defined]
    assert reduce(lambda history, one: merge([one], history), mixed, EMPTY) == merge(found)


@given(several)
def test_loading_twice_changes_nothing(found: list[Issue]) -> None:
    history = merge(found)
    assert merge(found, history) == history
    assert merge([*found, *found]) == history
    assert merge([one._replace(known=one.known + 3 * DAY) for one in found], history) == history


@given(several, issues())
def test_what_was_known_before_a_loading_is_as_it_was(found: list[Issue], late: Issue) -> None:
    history = merge(found)
    late = late._replace(known=day(DAYS + 1), digest="new")
    after = merge([late], history)
    assert after.as_known(day(DAYS)) == history.as_known(day(DAYS)) == history
    for on in range(DAYS + 1):
        for known in range(DAYS + 1):
            then = [row._replace(known_through=None) for row in after.on(day(on), day(known))]
            assert then == [row._replace(known_through=None) for row in history.on(day(on), day(known))]


@given(several)
def test_knowing_is_a_prefix(found: list[Issue]) -> None:
    history = merge(found)
    for known in range(DAYS + 1):
        assert history.as_known(day(known)) == merge([one for one in found if one.known <= day(known)])


@given(several)
def test_rows_of_a_party_never_overlap(found: list[Issue]) -> None:
    history = merge(found)
    for on in range(DAYS + 1):
        for known in range(DAYS + 1):
            parties = [row.party for row in history.on(day(on), day(known))]
            assert len(set(parties)) == len(parties)
    for row in history.rows:
        assert row.gone is None or row.appeared < row.gone
        assert row.known_through is None or row.known_from <= row.known_through


@given(several)
def test_neighbouring_rows_of_a_party_differ(found: list[Issue]) -> None:
    rows = [row for row in merge(found).rows if row.known_through is None]
    for before, after in permutations(rows, 2):
        if before.party == after.party and before.gone == after.appeared:
            assert before.entry != after.entry


@given(several, st.sampled_from(["ALPHA  WORKS.", "Alpha-Works", "alpha works"]))
def test_a_respelling_is_never_a_removal(found: list[Issue], spelling: str) -> None:
    """Alpha Works is in every issue, under one of two ids and several spellings: it is one party without a gap."""
    alpha = entry("cn-alpha-works", spelling)
    kept = [
        one._replace(entries=(*(each for each in one.entries if "alpha" not in each.id), alpha), whole=True)
        for one in found
    ]
    rows = [row for row in merge(kept).rows if row.entry.id == alpha.id]
    assert all(row.gone is None for row in rows)
    assert len({row.party for row in rows}) <= 1
