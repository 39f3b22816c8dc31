"""Text, JSON and HTML of a dossier: widths, keys, closed elements, nothing loaded, hostile names made harmless."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from licet.party.nouns import Event, Member, Written
from licet.show.columns import bare
from licet.show.page import source
from licet.show.party_html import party_html
from licet.show.party_json import party_json
from licet.show.party_text import party_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from licet.party.nouns import Dossier

    Draw = Callable[..., Dossier]

ASKED = [
    ("Huawei", "2026-11-25"),
    ("Huawei", "2019-05-15"),
    ("ZTE", "2018-06-01"),
    ("Hauwei Technologies", "2026-07-01"),
    ("Acme Widgets Incorporated", "2019-01-01"),
    ("AL NASER AIRLINES", "2023-12-01"),
]
HOSTILE = '\x1b[2J<script>alert(1)</script>"\u202e\n\x07 & Sons'
VOID = {"meta", "link", "input", "br", "line", "rect", "path"}
LOADS = {"src", "srcset", "data", "poster", "action", "formaction", "background", "xlink:href"}
KEYS = (
    *(
        "schema_version",
        "asked",
        "as_of",
        "known_as_of",
        "verified_through",
        "book",
        "roster",
        "issued",
        "result",
        "how",
    ),
    *("name", "country", "kind", "ids", "group", "part_of", "names", "addresses", "identifiers", "lists", "history"),
    *("family", "law", "events", "pending", "candidates", "legal_advice"),
)
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)


class Reading(HTMLParser):
    """Collects elements with their attributes; every element must be closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID or (tag == "line" and not self.get_starttag_text()):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.open[-1] == tag, f"</{tag}> closes <{self.open[-1]}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data


def hostile(made: Dossier) -> Dossier:
    """Return a dossier in which every word of a source is hostile."""
    written = Written(HOSTILE, HOSTILE, HOSTILE, "entity_list", made.as_of)
    member = Member("some-id", HOSTILE, HOSTILE, made.as_of, ("entity_list",), (), inside=True)
    event = Event(made.as_of, "order", HOSTILE, HOSTILE, "javascript:alert(1)", "seen", HOSTILE, "")
    candidates = tuple(
        one._replace(name=HOSTILE, address=HOSTILE, identifier=HOSTILE, country=HOSTILE) for one in made.candidates
    )
    return made._replace(
        asked=HOSTILE,
        name=HOSTILE,
        country=HOSTILE,
        part_of=HOSTILE,
        candidates=candidates,
        names=(written,),
        addresses=(written,),
        identifiers=(written,),
        family=(member,),
        events=(event,),
    )


@pytest.mark.parametrize(("asked", "day"), ASKED)
@pytest.mark.parametrize("width", [80, 100, 120])
def test_no_line_is_wider_than_the_terminal(draw: Draw, asked: str, day: str, width: int) -> None:
    for everything in (False, True):
        lines = party_text(draw(asked, day), width, everything=everything).splitlines()
        assert max(len(bare(line)) for line in lines) <= width


def test_the_text_says_what_matters(draw: Draw) -> None:
    text = bare(party_text(draw("Huawei")))
    for said in ("on 4 lists on 2026-11-25", "presumption of denial; footnotes 1, 2", "EL-2019-05 in force"):
        assert said in text
    assert "law verified through 2026-10-08" in text
    assert "23 together" in " ".join(text.split())
    assert "listed with it" in text


def test_a_name_that_nobody_has_is_answered_honestly(draw: Draw) -> None:
    text = " ".join(bare(party_text(draw("Acme Widgets Incorporated", "2026-07-01"))).split())
    assert "There is no entry of that name on 2026-07-01." in text
    assert "Complete on that day: Entity List, Covered List, MEU List, Unverified List." in text
    assert "Not complete, so that nothing follows:" in text
    near = bare(party_text(draw("Hauwei Technologies", "2026-07-01")))
    assert re.search(r"95\s+CN\s+Huawei Technologies Co., Ltd.", near)
    assert "licet party huawei-technologies-co-ltd" in near


@pytest.mark.parametrize(("asked", "day"), [("Huawei", "2026-11-25"), ("Hauwei Technologies", "2026-07-01")])
def test_hostile_names_do_not_steer_a_terminal(draw: Draw, asked: str, day: str) -> None:
    text = bare(party_text(hostile(draw(asked, day))))
    assert not [c for c in text if not c.isprintable() and c != "\n"]
    assert "\\x1b" in text


@pytest.mark.parametrize(("asked", "day"), ASKED)
def test_the_keys_of_the_json_are_always_the_same(draw: Draw, asked: str, day: str) -> None:
    record = json.loads(party_json(draw(asked, day)))
    assert tuple(record) == KEYS
    assert record["schema_version"] == 1
    states = {one["state"] for one in record["lists"]}
    assert states <= {"on", "open", "off", "unknown"}
    for terms in [*record["history"], *(terms for one in record["lists"] for terms in one["terms"])]:
        assert terms["measure"] is None or set(terms["measure"]) == {"id", "status"}
        assert all(cite["published"] is None or cite["published"] <= day for cite in terms["cites"])


def test_the_json_names_list_terms_and_measure(draw: Draw) -> None:
    record = json.loads(party_json(draw("Huawei", "2019-08-19")))
    (entity_list,) = [one for one in record["lists"] if one["id"] == "entity_list"]
    assert entity_list["state"] == "on"
    (terms,) = entity_list["terms"]
    assert (terms["since"], terms["scope"], terms["policy"]) == ("2019-05-16", "all", "PRESUMPTION_OF_DENIAL")
    assert terms["measure"] == {"id": "EL-2019-05", "status": "in_force"}


@pytest.mark.parametrize(("asked", "day"), ASKED)
def test_the_page_is_well_formed_and_loads_nothing(draw: Draw, asked: str, day: str) -> None:
    page = party_html(draw(asked, day))
    reading = Reading(page)
    assert reading.open == []
    for tag, attributes in reading.elements:
        assert not LOADS & attributes.keys(), (tag, attributes)
        assert tag not in {
            "script",
            "iframe",
            "object",
            "embed",
            "img",
            "base",
            "form",
            "audio",
            "video",
            "image",
            "use",
        }
        assert not [name for name in attributes if name == "style" or name.startswith("on")]
    links = [one["href"] for tag, one in reading.elements if tag == "link"]
    assert links == ["data:,"]
    assert not re.search(r"url\((?!#)|@import", source("party.css"))


def test_its_policy_names_its_style_and_nothing_else(draw: Draw) -> None:
    page = party_html(draw("Huawei"))
    policy = next(one["content"] for _, one in Reading(page).elements if "http-equiv" in one)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )


def test_every_link_leads_somewhere(draw: Draw) -> None:
    reading = Reading(party_html(draw("Huawei")))
    ids = [one["id"] for _, one in reading.elements if "id" in one]
    assert len(ids) == len(set(ids))
    links = [one for tag, one in reading.elements if tag == "a"]
    assert {one["href"][1:] for one in links if one["href"].startswith("#")} <= set(ids)
    outside = [one for one in links if not one["href"].startswith("#")]
    assert outside
    assert all(re.match("https?://", one["href"]) and one["rel"] == "noreferrer" for one in outside)


def test_the_drawing_has_lists_law_and_events(draw: Draw) -> None:
    made = draw("Huawei")
    page = party_html(made)
    drawing = page[page.index("<svg") : page.index("</svg>")]
    assert drawing.count('class="tick"') == sum(one.day.year >= 2011 for one in made.events)
    assert drawing.count('class="bar now"') == 4
    assert "EL-2019-05: Huawei and 68 affiliates listed" in drawing
    assert 'class="change doubt"' in drawing


@pytest.mark.parametrize(("asked", "day"), [("Huawei", "2026-11-25"), ("Hauwei Technologies", "2026-07-01")])
def test_hostile_names_are_escaped_on_the_page(draw: Draw, asked: str, day: str) -> None:
    page = party_html(hostile(draw(asked, day)))
    reading = Reading(page)
    assert reading.open == []
    assert not [tag for tag, _ in reading.elements if tag == "script"]
    assert not [one for _, one in reading.elements if "javascript" in one.get("href", "")]
    assert "<script>alert(1)" in reading.text


@pytest.mark.browser
def test_a_browser_draws_it_without_asking_for_anything(draw: Draw, tmp_path: Path) -> None:
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine: install one to try the page")
    (tmp_path / "page.html").write_text(party_html(draw("Huawei")), "utf-8")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
    command = [CHROMIUM, *flags, f"--user-data-dir={tmp_path / 'profile'}", "--enable-logging=stderr"]
    target = tmp_path / "page.pdf"
    done = subprocess.run(
        [*command, f"--print-to-pdf={target}", (tmp_path / "page.html").as_uri()],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert "Content Security Policy" not in done.stderr
    assert target.read_bytes().startswith(b"%PDF")
