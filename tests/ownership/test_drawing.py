"""The drawing: well-formed, by itself, with words beside colors, and laid out without overlaps."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from licet.show.ownership_layout import layout

if TYPE_CHECKING:
    from collections.abc import Callable

SVG = "{http://www.w3.org/2000/svg}"
IN_FORCE = ("--as-of", "2025-10-15", "--assume-lists-complete", "--format", "svg")


def drawing(licet: Callable[..., str], table: str, *more: str) -> ET.Element:
    return ET.fromstring(licet(table, *IN_FORCE, *more))  # noqa: S314 - our own text


def texts(root: ET.Element) -> list[str]:
    return ["".join(one.itertext()) for one in root.iter(f"{SVG}text")]


def boxes(root: ET.Element) -> list[tuple[float, float, float, float]]:
    found = [
        one for one in root.iter(f"{SVG}rect") if "box" in one.get("class", "").split() and one.get("width") != "20"
    ]
    return [tuple(float(one.get(name, "0")) for name in ("x", "y", "width", "height")) for one in found]  # type: ignore[misc]


def test_it_stands_by_itself(licet: Callable[..., str], table: str) -> None:
    text = licet(table, *IN_FORCE)
    assert not re.search(r"<script|href=|url\(|@import|<image|<foreignObject", text)
    assert text.count("http") == 1, "the name space alone"
    assert "prefers-color-scheme:dark" in text


def test_names_are_escaped_and_every_party_is_there(licet: Callable[..., str], table: str) -> None:
    said = " ".join(texts(drawing(licet, table)))
    for name in ("Alpha Holdings", "Beta Trading", "Gamma <Penang> & Sons", "Anna Person", "Delta Fund"):
        assert name in said


def test_colors_have_words(licet: Callable[..., str], table: str) -> None:
    said = texts(drawing(licet, table))
    assert {"listed", "open: facts are missing", "neither", "decides", "could decide", "ownership"} <= set(said)
    assert any(text.startswith("BIS: listed") for text in said)
    assert "could decide" in said
    assert "appointmentOfBoard" in said


def test_the_path_that_decides_is_marked(licet: Callable[..., str], table: str) -> None:
    root = drawing(licet, table, "--listed", "Alpha Holdings", "--listed", "Anna Person")
    deciding = [one for one in root.iter(f"{SVG}path") if one.get("class") == "line decides"]
    titles = ["".join(one.itertext()) for one in deciding]
    assert any("Anna Person in Gamma" in title for title in titles)
    assert any("Alpha Holdings in Gamma" in title for title in titles)


def test_parties_do_not_overlap_and_lie_inside(licet: Callable[..., str], table: str) -> None:
    root = drawing(licet, table)
    width, height = float(root.get("width", "0")), float(root.get("height", "0"))
    found = boxes(root)
    assert len(found) == 10
    for x, y, wide, high in found:
        assert x >= 0
        assert y >= 0
        assert x + wide <= width
        assert y + high <= height
    for (x, y, wide, high), (x2, y2, wide2, high2) in combinations(found, 2):
        assert x + wide <= x2 or x2 + wide2 <= x or y + high <= y2 or y2 + high2 <= y


NAMES = [f"p{i}" for i in range(9)]
PAIRS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=16)


@given(PAIRS)
def test_tiers_keep_room_and_owners_stand_above(pairs: list[tuple[str, str]]) -> None:
    plan = layout(NAMES, pairs, NAMES[:1])
    assert set(plan.spots) == set(NAMES)
    by_tier: dict[int, list[float]] = {}
    for spot in plan.spots.values():
        by_tier.setdefault(spot.tier, []).append(spot.x)
        assert -0.001 <= spot.x <= plan.width - 0.999
    for xs in by_tier.values():
        for left, right in zip(sorted(xs), sorted(xs)[1:], strict=False):
            assert right - left >= 0.999
    for owner, owned in pairs:
        if owner != owned:
            assert plan.spots[owner].tier != plan.spots[owned].tier
            between = abs(plan.spots[owner].tier - plan.spots[owned].tier) - 1
            assert len(plan.routes[owner, owned]) == between


@given(st.integers(2, 9))
def test_a_chain_is_a_straight_line_upward(count: int) -> None:
    names = NAMES[:count]
    plan = layout(names, [(names[i + 1], names[i]) for i in range(count - 1)], names[:1])
    assert [plan.spots[name].tier for name in names] == list(range(count))
    assert len({plan.spots[name].x for name in names}) == 1
