"""What a person must look at, and what is never near."""

from __future__ import annotations

import random
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from licet.lists.store import shipped
from licet.names.near import THRESHOLD, Candidates, near, prepare
from licet.names.normal import SHORTEST, core, normalize

if TYPE_CHECKING:
    from collections.abc import Mapping

LISTED = {
    normalize(name): [normalize(name).replace(" ", "-")]
    for name in (
        "Huawei Technologies Co., Ltd.",
        "HiSilicon",
        "Naura",
        "Unit 701 Research Institute",
        "Semiconductor Manufacturing International Corporation",
    )
}


def candidates_of(listed: Mapping[str, list[str]]) -> Candidates:
    return Candidates(prepare(listed), listed.__getitem__)


CANDIDATES = candidates_of(LISTED)
HUAWEI = "huawei-technologies-co-ltd"


def best(name: str) -> tuple[str, str]:
    hit = near(name, CANDIDATES)[0]
    return hit.entry, hit.how


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("Huawei Technology Co Ltd", "similar"),
        ("Hua Wei Technologies", "similar"),
        ("Huawei Technologies", "similar"),
        ("Huawei Technologies Ltd.", "similar"),
        ("Technologies Huawei", "similar"),
        ("Huawey Technologies Co., Ltd.", "similar"),
        ("branch of Huawei Technologies", "contains"),
        ("Xi'an branch of Huawei Technologies Co.", "contains"),
        ("Xiong'an branch of Huawei Technologies", "contains"),
        ("Huawei Technologies Austria GmbH", "contains"),
    ],
)
def test_names_like_a_listed_one_are_near(name: str, how: str) -> None:
    assert best(name) == (HUAWEI, how)


def test_a_single_long_word_is_found_inside_a_name_and_a_short_one_is_not() -> None:
    assert best("HiSilicon Sales Office") == ("hisilicon", "contains")
    assert near("Naura Bakery and Sons", CANDIDATES) == ()


@pytest.mark.parametrize(
    "name",
    [
        "U",
        "L",
        "T",
        "O",
        "R",
        "L2",
        "Company X",
        "maker M",
        "operator of the network",
        "X Co., Ltd.",
        "",
        "Ltd.",
        "Nauro",
    ],
)
def test_short_and_general_names_are_near_nothing(name: str) -> None:
    assert near(name, CANDIDATES) == ()
    assert shipped().near(name, shipped().issued) == ()


def test_numbers_that_differ_tell_names_apart() -> None:
    assert best("Unit 701 Research Institutes") == ("unit-701-research-institute", "similar")
    assert near("Unit 702 Research Institute", CANDIDATES) == ()


def test_what_is_near_does_not_depend_on_the_order_of_the_list() -> None:
    turned = candidates_of(dict(reversed(LISTED.items())))
    for name in ("Huawei Technologie", "branch of Huawei Technologies", "Semiconductor Manufactoring International"):
        assert near(name, turned) == near(name, CANDIDATES) != ()


def test_each_entry_is_near_once_and_none_is_left_out() -> None:
    many = candidates_of({f"huawei technologies {chr(97 + i)}": [f"entry-{i:02}"] for i in range(20)})
    assert len(near("Huawei Technologies", many)) == 20


def naive(name: str) -> dict[str, float]:
    """The same question asked name by name, without a prepared list and without a cut inside RapidFuzz."""
    bare, found = core(normalize(name)), {}
    for key, (entry,) in LISTED.items():
        listed = core(key)
        if min(len(bare.replace(" ", "")), len(listed.replace(" ", ""))) < SHORTEST:
            continue
        forms = [(bare, listed), (" ".join(sorted(bare.split())), " ".join(sorted(listed.split())))]
        forms.append((bare.replace(" ", ""), listed.replace(" ", "")))
        score = max(fuzz.ratio(a, b) for a, b in forms)
        if score >= THRESHOLD and sorted(filter(str.isdigit, bare)) == sorted(filter(str.isdigit, listed)):
            found[entry] = score
    return found


@given(st.sampled_from(sorted(LISTED)), st.integers(0, 60), st.sampled_from("abz 1"), st.integers(0, 2))
def test_the_fast_way_finds_what_the_naive_way_finds(key: str, place: int, letter: str, drop: int) -> None:
    name = key[: place % len(key)] + letter + key[place % len(key) + drop :]
    fast = {hit.entry: hit.score for hit in near(name, CANDIDATES) if hit.how == "similar"}
    assert fast == {entry: score for entry, score in naive(name).items() if entry in fast}
    assert set(naive(name)) <= {hit.entry for hit in near(name, CANDIDATES)}


def typo(name: str, chance: random.Random) -> str:
    place, letter = chance.randrange(len(name)), chance.choice("abcdefghijklmnopqrstuvwxyz")
    return chance.choice(
        (
            name[:place] + letter + name[place:],
            name[:place] + name[place + 1 :],
            name[:place] + letter + name[place + 1 :],
            name[:place] + name[place : place + 2][::-1] + name[place + 2 :],
        )
    )


def test_the_threshold_finds_the_tables_own_names_with_a_typo() -> None:
    table, asked, found = shipped(), 0, 0
    chance = random.Random(4)  # noqa: S311 -- the same typos in every run
    listed: dict[str, list[str]] = {}
    for id_ in table.by_hand:
        for terms in table.history(id_):
            listed.setdefault(normalize(terms.name), []).append(id_)
    candidates = candidates_of(listed)
    for key, entries in listed.items():
        if len(core(key).replace(" ", "")) > SHORTEST:
            asked += 1
            found += any(hit.entry in entries for hit in near(typo(key, chance), candidates))
    assert asked > 350
    assert found / asked > 0.96


def test_rapidfuzz_is_loaded_only_for_a_name_that_could_be_near() -> None:
    code = (
        "import sys; from datetime import date; from licet.lists.store import shipped; day = date(2019, 6, 30)\n"
        "for name in ('Huawei Technologies Co., Ltd.', 'U', 'HFTC'): shipped().find(name, day)\n"
        "assert 'licet.names.near' not in sys.modules; shipped().find('SMIC', day)\n"
        "assert 'rapidfuzz' not in sys.modules; shipped().find('Hua Wei Technologies', day)\n"
        "assert 'rapidfuzz' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
