"""The table of dated facts: well formed, sourced, of parties that there are, and no repetition of the lawbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from licet.model.errors import SourceError
from licet.party_data import COLUMNS, facts, read_facts

if TYPE_CHECKING:
    from licet.sources import Sources

HEAD = ",".join(COLUMNS)
GOOD = "huawei,2018-12-01,arrest,Someone is arrested,a case,https://example.org/a,seen,"


def test_every_fact_is_of_a_party_that_there_is(sources: Sources) -> None:
    for fact in facts():
        for party in fact.parties:
            assert sources.lists.group(party) or sources.lists.history(party), fact


def test_no_fact_is_a_measure_already(sources: Sources) -> None:
    said = {
        (measure.announced, measure.kind)
        for measure in sources.book.values()
        if measure.regime in ("us_doj", "us_congress")
    }
    assert not [fact for fact in facts() if fact.kind in ("indictment", "report") and (fact.day, "enforcement") in said]


def test_a_good_row_is_read() -> None:
    (fact,) = read_facts(f"{HEAD}\n{GOOD}\n")
    assert (fact.parties, str(fact.day), fact.kind, fact.note) == (("huawei",), "2018-12-01", "arrest", "")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("2018-12-01", "2018-13-01", "is no day"),
        ("arrest", "arest", "kind"),
        ("seen", "sure", "checked"),
        ("https://example.org/a", "javascript:alert(1)", "is no address"),
        ("a case", " ", "cite"),
        (",seen,", ",seen", "cells"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(old: str, new: str, says: str) -> None:
    with pytest.raises(SourceError) as refused:
        read_facts(f"{HEAD}\n{GOOD}\n{GOOD.replace(old, new)}\n")
    (problem,) = refused.value.problems
    assert problem.line == 3
    assert says in str(problem)


def test_other_columns_are_refused() -> None:
    with pytest.raises(SourceError, match="other columns"):
        read_facts("party,day\n")
