"""Every list that an entry can name is one with a source, or one that is described."""

from __future__ import annotations

from licet.lists.csl.record import LISTS as SCREENED
from licet.lists.folder import source_ids
from licet.lists.members import MEMBERS
from licet.lists.ofac.words import LISTS as PUBLISHED


def test_every_list_inside_another_is_described_once() -> None:
    named = {*SCREENED.values(), *PUBLISHED.values()}
    assert named - set(source_ids()) == set(MEMBERS)
    assert not set(MEMBERS) & set(source_ids())


def test_a_description_is_a_sentence() -> None:
    for member in MEMBERS.values():
        assert member.means.endswith(".")
        assert member.title
        assert member.regime.startswith("us_")
