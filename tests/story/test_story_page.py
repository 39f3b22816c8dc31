"""The page: self-contained, escaped, every cell and line open to its reasons, without a script too."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from licet.show.page import source
from licet.show.story_html import to_html
from licet.story import Table, Teller, ends

if TYPE_CHECKING:
    from licet.story_data import Screen

VOID = {"meta", "link", "input", "br"}
APART = {"p", "li", "th", "td", "tr", "h3", "h4", "ul", "ol", "details", "summary", "cite"}
"""Elements that stand apart from the text before them."""
LOADS = {"src", "srcset", "data", "poster", "action", "formaction", "background", "xlink:href"}
ENOUGH = 4.5
"""Contrast of text that everybody can read (WCAG 2.2, 1.4.3)."""


class Reading(HTMLParser):
    """Collects elements with their attributes, and the text inside those that have an id."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[tuple[str, str]] = []
        self.text: dict[str, str] = {}
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.elements.append((tag, found))
        self.handle_data(" " if tag in APART else "")
        if tag not in VOID:
            self.open.append((tag, found.get("id", "")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1][0] == tag, f"</{tag}> closes <{self.open[-1][0]}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for _, id_ in self.open:
            if id_:
                self.text[id_] = self.text.get(id_, "") + data


@pytest.fixture(scope="module")
def reading(page: str) -> Reading:
    return Reading(page)


def test_its_elements_are_closed_in_order(reading: Reading) -> None:
    assert reading.open == []


def test_it_loads_nothing(reading: Reading) -> None:
    for tag, attributes in reading.elements:
        assert not LOADS & attributes.keys(), (tag, attributes)
        assert tag not in {"iframe", "object", "embed", "img", "base", "form", "audio", "video"}
        if tag == "link":
            assert attributes["href"] == "data:,"
    assert "url(" not in source("story.css")
    assert "@import" not in source("story.css")
    assert not re.search(r"fetch|XMLHttpRequest|import\(|WebSocket|sendBeacon|innerHTML", source("story.js"))


def test_its_policy_allows_its_own_style_and_script_and_nothing_else(page: str, reading: Reading) -> None:
    policy = next(one["content"] for tag, one in reading.elements if one.get("http-equiv") == "Content-Security-Policy")
    inside = {tag: re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL) for tag in ("style", "script")}
    for tag, found in inside.items():
        assert len(found) == 1
        assert f"{tag}-src 'sha256-{b64encode(sha256(found[0].encode()).digest()).decode()}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag, attributes in reading.elements:
        assert not [name for name in attributes if name == "style" or name.startswith("on")], tag


def test_every_link_inside_leads_somewhere_and_no_id_stands_twice(reading: Reading) -> None:
    ids = [one["id"] for _, one in reading.elements if "id" in one]
    assert len(ids) == len(set(ids))
    targets = {one["href"][1:] for tag, one in reading.elements if tag == "a" and one["href"].startswith("#")}
    assert targets <= set(ids)
    outside = [one for tag, one in reading.elements if tag == "a" and not one["href"].startswith("#")]
    assert outside
    assert all(re.match("https?://", one["href"]) and one["rel"] == "noreferrer" for one in outside)


def test_a_cell_opens_its_reasons(reading: Reading, table: Table) -> None:
    for row in table.rows:
        for number, cell in enumerate(row.cells, 1):
            text = reading.text[f"c-{row.day}-{number}"]
            claims = [*cell.answer.prohibitions, *cell.answer.requirements]
            for claim in claims:
                if claim.section not in cell.answer.not_modeled:
                    assert claim.says in text
                    assert " · ".join(claim.cites) in text
                    assert all(fact in text for fact in claim.facts)
            for authority in cell.answer.authorities:
                assert authority in text
            assert "What would change it" in text
            assert f"licet check {cell.column.file} --as-of {row.day}" in text


def test_a_covered_cell_says_what_is_overcome_and_until_when(reading: Reading) -> None:
    text = " ".join(reading.text["c-2019-06-30-2"].split())
    assert "Requirement before what overcomes it: LICENSE REQUIRED" in text
    assert "TGL-0 covers the upkeep of an existing network 84 FR 23468" in text
    assert "The outcome held from 2019-05-20 to 2020-08-13" in text
    assert "from 2020-08-14 it is LICENSE" in text
    assert "network.contract: 2018-03-01" in text
    assert "Osaka" in text.partition("Said, without force of law and without effect")[2]


def test_the_last_row_gives_both_outcomes(reading: Reading) -> None:
    text = " ".join(reading.text["c-2026-11-24-1"].split())
    assert "Not known whether it came: LICENSE REQUIRED either way." in text


def test_a_line_opens_its_measures_with_their_days_apart(reading: Reading, page: str) -> None:
    line = next(id_ for id_ in reading.text if id_.startswith("line-") and "EL-2019-05" in reading.text[id_])
    text = " ".join(reading.text[line].split())
    assert "said 2019-05-15 published 2019-05-21 in force from 2019-05-16 16:15" in text
    assert "ended no" in text
    assert "It changed 4 of the seven answers" in text
    osaka = next(text for id_, text in reading.text.items() if id_.startswith("line-") and "FARM-OSAKA" in text)
    assert "in force never: no force of law" in " ".join(osaka.split())
    assert "It changed none of the seven answers" in osaka
    assert page.count('class="line ') == len({id_ for id_ in reading.text if id_.startswith("line-")})


def test_the_act_file_stands_beside_its_column(reading: Reading, shown: Screen) -> None:
    for number, column in enumerate(shown.columns, 1):
        assert column.text.strip() in reading.text[f"act-{number}"]


def test_a_column_has_a_bar_for_each_stretch(page: str, teller: Teller, shown: Screen) -> None:
    for column in shown.columns:
        for one in teller.stretches()[column.id]:
            days = (one.through - one.since).days + 1
            word = column.words.get(one.span.outcome, shown.looks[one.span.outcome].word)
            title = f"{column.title}: {word}, {one.since} to {one.through} ({days} days)"
            assert f"<title>{title.replace(chr(39), '&#39;')}</title>" in page


def test_four_days_of_nothing_and_nearly_fifteen_months_of_blue(page: str) -> None:
    upkeep = "upkeep of a network, contract &#39;18"
    assert f"<title>{upkeep}: LICENSE, 2019-05-16 to 2019-05-19 (4 days)</title>" in page
    assert f"<title>{upkeep}: covered, 2019-05-20 to 2020-08-13 (452 days)</title>" in page


def test_the_slider_reads_the_same_stretches(page: str, tellers: dict[str, Teller], shown: Screen) -> None:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    data = json.loads(found[1])
    for state, teller in tellers.items():
        for number, column in enumerate(shown.columns):
            stretches = teller.stretches()[column.id]
            assert data["states"][state][number] == [[str(one.since), one.span.outcome] for one in stretches]


def test_switches_recompute_the_table(reading: Reading, tellers: dict[str, Teller], page: str) -> None:
    tables = {state: teller.table() for state, teller in tellers.items()}
    for number, row in enumerate(tables["real"].rows):
        for place, cell in enumerate(row.cells, 1):
            same = {
                state
                for state, table in tables.items()
                if ends(table.rows[number].cells[place - 1].answer.span) == ends(cell.answer.span)
            }
            cells = re.search(rf'<td id="a-{row.day}-{place}">(.*?)</td>', page, re.DOTALL)
            assert cells
            drawn = re.findall(r'<a class="cell (\w+)([\w ]*)" href="#([^"]+)"', cells[1])
            shown = {state: out for out, states, _ in drawn for state in states.split()[1:] or tables}
            assert shown == {
                state: table.rows[number].cells[place - 1].answer.outcome for state, table in tables.items()
            }
            assert cells[1].count("in truth") == sum(state not in same for state in ("osaka",))
    text = " ".join(reading.text["c-2019-06-30-1-osaka"].split())
    assert "What if: osaka.yaml" in text
    assert "Open: what is missing WHAT-IF-OSAKA: which items it relieves is not said" in text
    assert "rubio.yaml: of 119 cells none changes." in page


def test_what_is_written_in_an_act_or_a_screen_is_text(shown: Screen, tellers: dict[str, Teller]) -> None:
    evil = "<script>alert(1)</script>\"'&"
    hurt = shown._replace(title=evil, columns=(shown.columns[0]._replace(text=evil), *shown.columns[1:]))
    told = []
    for teller in tellers.values():
        other = Teller.__new__(Teller)
        other.__dict__.update(teller.__dict__, screen=hurt)
        told.append(other)
    made = to_html(hurt, told)
    assert "<script>alert" not in made
    assert made.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 3


def luminance(color: str) -> float:
    digits = color[1:] if len(color) == 7 else "".join(one * 2 for one in color[1:])
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1])
def test_colors_can_be_read_in_the_light_and_in_the_dark(scheme: int) -> None:
    found = re.findall(r":root \{(.*?)\}", source("story.css"), re.DOTALL)[scheme]
    colors = dict(re.findall(r"--([\w-]+): (#\w+)", found))
    pairs = [(name, f"{name}-bg") for name in ("green", "blue", "red", "grey", "yellow")]
    for ink, paper in [
        *pairs,
        ("ink", "paper"),
        ("dim", "paper"),
        ("dim", "soft"),
        ("ink", "soft"),
        ("yellow", "paper"),
    ]:
        light, dark = sorted((luminance(colors[ink]), luminance(colors[paper])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= ENOUGH, (ink, paper)
    assert 1.05 / (luminance(colors["dark"]) + 0.05) >= ENOUGH
