"""Several statements of one record: which of them speaks of which day."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from licet.ownership.versions import Held, Version, spans


def day(text: str) -> date:
    return date.fromisoformat(text)


OPEN, CLOSED = False, True


def found(*versions: Version) -> list[tuple[object, str, str]]:
    return [
        (versions[one.version].held[one.number].content, str(one.since or "…"), str(one.through or "…"))
        for one in spans(versions)
    ]


def test_one_statement_holds_from_its_start() -> None:
    assert found(Version(day("2020-03-04"), OPEN, (Held("50", day("2016-04-06")),))) == [("50", "2016-04-06", "…")]


def test_without_a_start_it_holds_from_its_statement() -> None:
    assert found(Version(day("2020-03-04"), OPEN, (Held("50"),))) == [("50", "2020-03-04", "…")]


def test_without_any_day_it_always_holds() -> None:
    assert found(Version(None, OPEN, (Held("50"),))) == [("50", "…", "…")]


def test_an_update_that_repeats_the_start_leaves_the_years_before_alone() -> None:
    start = day("2019-09-11")
    versions = (Version(start, OPEN, (Held("50", start),)), Version(day("2022-01-21"), OPEN, (Held("100", start),)))
    assert found(*versions) == [("50", "2019-09-11", "2022-01-20"), ("100", "2022-01-21", "…")]


def test_a_late_filing_counts_from_the_day_it_tells_of() -> None:
    versions = (
        Version(day("2019-01-20"), OPEN, (Held("100", day("2002-03-09")),)),
        Version(day("2021-09-25"), OPEN, (Held("40", day("2021-09-24")),)),
    )
    assert found(*versions) == [("100", "2002-03-09", "2021-09-23"), ("40", "2021-09-24", "…")]


def test_the_end_is_the_first_day_on_which_it_is_held_no_more() -> None:
    start, end = day("2019-09-11"), day("2021-04-03")
    versions = (
        Version(start, OPEN, (Held("50", start),)),
        Version(day("2021-09-11"), CLOSED, (Held("50", start, end),)),
    )
    assert found(*versions) == [("50", "2019-09-11", "2021-04-02")]


def test_a_closed_record_without_an_end_ends_with_its_statement() -> None:
    start = day("2022-09-21")
    versions = (
        Version(day("2022-09-25"), OPEN, (Held("30", start),)),
        Version(day("2023-03-03"), CLOSED, (Held("30", start),)),
    )
    assert found(*versions) == [("30", "2022-09-21", "2023-03-02")]


def test_an_interest_that_goes_on_unchanged_is_one_span() -> None:
    start = day("2019-09-11")
    versions = tuple(Version(day(f"20{year}-09-11"), OPEN, (Held("50", start),)) for year in (19, 20, 21))
    assert found(*versions) == [("50", "2019-09-11", "…")]


def test_two_equal_interests_in_one_statement_stay_two() -> None:
    start = day("2019-09-11")
    assert len(found(Version(start, OPEN, (Held("25", start), Held("25", start))))) == 2


DAYS = st.sampled_from([date(2020, month, 1) for month in range(1, 13)])


@given(
    st.lists(st.tuples(DAYS, st.booleans(), st.lists(st.tuples(st.integers(0, 2), DAYS, DAYS), max_size=2)), max_size=4)
)
def test_spans_are_whole_and_never_end_before_they_begin(
    drawn: list[tuple[date, bool, list[tuple[int, date, date]]]],
) -> None:
    versions = [
        Version(made, closed, tuple(Held(content, min(a, b), max(a, b)) for content, a, b in held))
        for made, closed, held in sorted(drawn, key=lambda one: one[0])
    ]
    for one in spans(versions):
        assert one.since is not None
        assert one.through is None or one.since <= one.through
