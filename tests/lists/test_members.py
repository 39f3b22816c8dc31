"""Every list that an entry can name is described once, and there is one place to ask for it."""

from __future__ import annotations

import re

import pytest

from licet.lists.csl.record import LISTS as SCREENED
from licet.lists.folder import source_ids
from licet.lists.members import MEMBERS, standing, state
from licet.lists.ofac.words import LISTS as PUBLISHED
from licet.lists.source import OF_ITS_LISTS, source
from licet.lists.tables import COVERS
from licet.model.errors import SourceError

CURATED = {"fcc_usf_designated", "s889", "supp8_part740"}
"""Lists of curated rows, or of acts that state a listing."""


def test_every_list_without_a_source_is_described_once() -> None:
    named = {*SCREENED.values(), *PUBLISHED.values(), *COVERS}
    assert named - set(source_ids()) <= set(MEMBERS)
    assert set(MEMBERS) == (named - set(source_ids())) | CURATED
    assert not set(MEMBERS) & set(source_ids())


@pytest.mark.parametrize("id_", [*source_ids(), *MEMBERS])
def test_one_function_answers_for_every_list(id_: str) -> None:
    found = state(id_)
    assert found.means.endswith(".")
    assert found.title
    assert re.fullmatch(r"us_[a-z0-9]+|un|gb|ca|of_its_lists", found.regime), found.regime
    assert (found.regime == OF_ITS_LISTS) == (id_ == "csl")


def test_a_list_with_a_source_is_as_its_description_says() -> None:
    one = source("un")
    assert state("un") == (one.title, one.regime, one.rules, one.means)
    assert state("federal_register_rule") == state("entity_list"), "a rule feeds another list"


def test_a_list_that_is_none_is_refused_with_the_nearest() -> None:
    with pytest.raises(SourceError, match=r'"ofac_cmci" is no list.*did you mean "ofac_cmic"'):
        state("ofac_cmci")


def test_where_an_entry_of_several_lists_stands_decides_its_regime() -> None:
    assert [state(one).regime for one in standing("csl", ("entity_list", "isn"))] == ["us_ear", "us_state"]
    assert [state(one).rules for one in standing("csl", ("entity_list", "isn"))] == [True, False]
    assert standing("un", ()) == ("un",)
