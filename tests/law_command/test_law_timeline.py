"""`licet law timeline`: lanes on a true axis of time, as text and as a drawing that one would put in a report."""

from __future__ import annotations

import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from licet.law.book import load
from licet.law.status import status
from licet.lists.store import shipped
from licet.model.errors import FactsError
from licet.model.measure import Status
from licet.show.timeline import (
    LAW,
    LISTINGS,
    NOT_ENFORCED,
    STATEMENTS,
    STAYED,
    TO_COME,
    UNSURE,
    Timeline,
    timeline,
)
from licet.show.timeline_svg import LEFT, RIGHT, WIDTH, fitting, text_width, timeline_svg
from licet.show.timeline_text import COLUMNS, timeline_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from licet.show.timeline import Lane

    Licet = Callable[..., str]

BOOK = load()
LISTS = shipped()
SVG = "{http://www.w3.org/2000/svg}"
ANY = (None, None)
STYLES = {
    Status.IN_FORCE: LAW,
    Status.STAYED: STAYED,
    Status.NOT_ENFORCED: NOT_ENFORCED,
    Status.SCHEDULED: TO_COME,
    Status.PUBLISHED: TO_COME,
    Status.ANNOUNCED: TO_COME,
}


def drawn(subject: str = "", first: str | None = None, last: str | None = None) -> Timeline:
    days = tuple(date.fromisoformat(day) if day else None for day in (first, last))
    return timeline(BOOK, LISTS, subject, (days[0], days[1]))


def lane(line: Timeline, id_: str) -> Lane:
    (found,) = [one for one in (*line.lanes, *line.outside) if one.id == id_]
    return found


def style_on(one: Lane, day: date) -> str | None:
    found = [bar.style for bar in one.bars if bar.first <= day and (bar.last is None or day <= bar.last)]
    assert len(found) <= 1, (one.id, day)
    return found[0] if found else None


def test_bars_are_what_the_resolver_says() -> None:
    line = drawn()
    assert {one.id for one in (*line.lanes, *line.outside)} == set(BOOK)
    for one in line.lanes:
        measure = BOOK[one.id]
        cuts = {bar.first for bar in one.bars} | {bar.last for bar in one.bars if bar.last}
        for cut in cuts:
            for day in (cut - timedelta(days=1), cut, cut + timedelta(days=1)):
                if style_on(one, day) != UNSURE:
                    assert style_on(one, day) == STYLES.get(status(measure, day, book=BOOK)), (one.id, day)


def test_law_and_words_never_share_a_lane() -> None:
    for one in drawn().lanes:
        assert one.force is BOOK[one.id].legal_force
        assert bool(one.bars) is one.force
        assert (one.group == STATEMENTS) is (not one.force)
    assert lane(drawn(), "OSAKA").ticks == (date(2019, 6, 29),)


def test_versions_of_the_general_license_join() -> None:
    bars = [lane(drawn("TGL-0"), f"TGL-{n}").bars[-1] for n in range(6)]
    for before, after in pairwise(bars):
        assert before.last is not None
        assert after.first == before.last + timedelta(days=1)


def test_nothing_is_sure_after_a_change_that_was_due() -> None:
    line = drawn("AFF-2025")
    assert [(bar.style, bar.first) for bar in lane(line, "AFF-2025").bars] == [
        (LAW, date(2025, 9, 29)),
        (STAYED, date(2025, 11, 10)),
        (UNSURE, date(2026, 11, 10)),
    ]
    assert [bar.style for bar in lane(line, "AFF-BACK").bars] == [TO_COME, UNSURE]
    assert lane(line, "AFF-STAY").doubts == (date(2026, 11, 10),)
    assert lane(line, "AFF-STAY").bars[-1].last == date(2026, 11, 9)
    term = lane(drawn(), "UAE-2026")
    assert term.doubts == (date(2027, 4, 7),)
    assert [bar.style for bar in term.bars] == [LAW], "a term inside it ends, not the measure"


def test_a_party_has_its_listings_and_what_touches_them() -> None:
    line = drawn("ZTE Corporation")
    assert {one.id for one in line.groups()[LISTINGS]} == {
        "Denied persons",
        "Section 889",
        "No USF money",
        "Covered List",
    }
    assert {"ZTE-DO", "ZTE-AUTH", "ZTE-END", "FCC-2020-06", "S889"} <= {one.id for one in line.lanes}
    assert not {"TGL-0", "EL-2019-05", "OSAKA"} & {one.id for one in line.lanes}
    denied = lane(line, "Denied persons")
    assert denied.bars == (denied.bars[0],)
    assert (denied.bars[0].first, denied.bars[0].last) == (date(2018, 4, 15), date(2018, 7, 13))


def test_terms_of_a_listing_are_kept_apart() -> None:
    line = drawn("Centre for Integrated Photonics Ltd.")
    (entity,) = [one for one in line.lanes if one.id == "Entity List"]
    assert [(bar.label, bar.first) for bar in entity.bars] == [
        ("", date(2019, 8, 19)),
        ("fn 1", date(2020, 5, 15)),
        ("fn 1, 2", date(2020, 8, 17)),
    ]
    assert {"OSAKA", "TGL-1"} <= {one.id for one in line.lanes}


def test_a_family_of_companies_is_counted_by_first_day() -> None:
    line = drawn("huawei")
    entity = [(one.start, one.title) for one in line.lanes if one.id == "Entity List"]
    assert [day for day, _ in entity] == [date(2019, 5, 16), date(2019, 8, 19), date(2020, 8, 17)]
    counts = [int(title.split()[0]) for _, title in entity]
    assert sum(counts) == sum(any(row.list == "entity_list" for row in LISTS.history(e)) for e in LISTS.group("huawei"))
    assert counts[2] == BOOK["EL-2020-08"].count
    assert [drawn(family).title for family in ("huawei", "ZTE")] == ["Huawei", "ZTE"]
    assert {"EL-2019-05", "TGL-3", "OSAKA", "FCC-CL", "GB-2020"} <= {one.id for one in line.lanes}
    assert [one.id for one in line.outside] == ["HPSCI-2012"]


def test_the_axis() -> None:
    assert (drawn("huawei").first, drawn("huawei").last) == (date(2018, 1, 1), date(2026, 12, 31))
    assert drawn().last == date(2027, 12, 31), "a change is due in 2027"
    line = drawn("huawei", "2019-05-01", "2019-06-30")
    assert {one.id for one in line.lanes if not one.force} == {"OSAKA", "RUBIO-2019"}
    assert "TGL-1" in {one.id for one in line.outside}


@pytest.mark.parametrize(
    ("subject", "days"),
    [
        ("", ANY),
        ("huawei", ANY),
        ("huawei", ("2019-05-01", "2019-06-30")),
        ("ZTE Corporation", ("2018-01-01", "2019-12-31")),
        ("AFF-2025", ("2025-07-01", "2027-01-31")),
        ("MFP-2018", ("2030-01-01", "2031-01-01")),
        ("MFP-2018", ("2015-01-01", "2016-01-01")),
    ],
)
def test_text_is_at_most_110_columns_wide(subject: str, days: tuple[str | None, str | None]) -> None:
    line = drawn(subject, *days)
    rows = re.sub(r"\x1b\[\d+m", "", timeline_text(line)).splitlines()
    assert max(map(len, rows)) <= 110
    assert sum(bool(re.match(r"\d{4}-\d\d-\d\d [━═┄] ", row)) for row in rows) == len(line.lanes)


def axis(text: str, id_: str) -> str:
    (row,) = [one for one in text.splitlines() if re.match(rf"\S+ . {re.escape(id_)} ", one)]
    return row[29 : 29 + COLUMNS]


def test_text_draws_days_where_they_lie(licet: Licet) -> None:
    text = licet("law", "timeline", "huawei", "--from", "2019-01-01", "--to", "2019-12-31")
    days = {
        day: (date(2019, *day) - date(2019, 1, 1)).days * COLUMNS // 365 for day in ((5, 16), (5, 20), (6, 29), (8, 18))
    }
    bar = axis(text, "TGL-0")
    assert (bar.index("━"), bar.rindex("━")) == (days[5, 20], days[8, 18])
    assert axis(text, "EL-2019-05").strip("·━ ") == ""
    assert axis(text, "EL-2019-05").index("━") == days[5, 16]
    assert axis(text, "OSAKA") == " " * days[6, 29] + "┆" + " " * (COLUMNS - days[6, 29] - 1)
    text = licet("law", "timeline", "AFF-2025", "--from", "2025-07-01", "--to", "2027-06-30")
    assert re.fullmatch(r" +━+▒+\?+", axis(text, "AFF-2025"))
    assert re.fullmatch(r" +━+╌+\? +", axis(text, "AFF-STAY"))
    assert "│ verified through 2026-10-08, then ╌ by its text" in text
    assert "verified through 2026-10-08, then" not in licet("law", "timeline", "huawei", "--to", "2020-01-01")


# -- the drawing


def texts(root: ET.Element) -> Iterator[tuple[float, float, float, str]]:
    """Walk through the texts, each with its left end, right end and height of its line, as wide as fonts make it."""
    sizes = {"h": 18.0, "g": 12.0, "m": 9.5, "in": 8.5, "q": 12.0}
    for node in root.iter(f"{SVG}text"):
        named = (node.get("class") or "").split()
        width = text_width(node.text or "", next((sizes[name] for name in named if name in sizes), 11.0))
        x = float(node.get("x", "0"))
        left = x - width if node.get("text-anchor") == "end" else x
        yield left, left + width, float(node.get("y", "0")), node.text or ""


@pytest.mark.parametrize(
    "subject", ["", "huawei", "ZTE Corporation", "AFF-2025", "OSAKA", "Huawei Technologies Co., Ltd."]
)
def test_the_drawing_is_whole(subject: str) -> None:
    line = drawn(subject)
    text = timeline_svg(line)
    assert text == timeline_svg(drawn(subject))
    root = ET.fromstring(text)  # noqa: S314 - our own
    height = float(root.get("height", "0"))
    assert (root.get("width"), root.get("role")) == (str(WIDTH), "img")
    assert root.get("viewBox") == f"0 0 {WIDTH} {height:g}"
    labels = root.get("aria-labelledby", "").split()
    assert [
        root.find(f"{SVG}{tag}[@id='{id_}']") is not None for tag, id_ in zip(("title", "desc"), labels, strict=True)
    ] == [True] * 2
    assert len(root.findall(f"{SVG}g/{SVG}title")) == len(line.lanes)
    for forbidden in ("<script", "href", "http://", "https://", "@import", "url(http", "<image", "<foreignObject"):
        assert forbidden not in text.replace('xmlns="http://www.w3.org/2000/svg"', "")
    for left, right, y, words in texts(root):
        assert left >= 0, words
        assert right <= WIDTH, words
        assert 0 < y < height, words


@pytest.mark.parametrize("subject", ["", "huawei", "ZTE Corporation", "AFF-2025"])
@pytest.mark.parametrize("days", [ANY, ("2019-04-01", "2019-09-30"), ("2025-06-01", "2027-05-31")])
def test_labels_of_the_drawing_do_not_overlap(subject: str, days: tuple[str | None, str | None]) -> None:
    found = sorted(texts(ET.fromstring(timeline_svg(drawn(subject, *days)))), key=lambda one: (one[2], one[0]))  # noqa: S314 - our own
    for (_, right, y, one), (left, _, below, other) in pairwise(found):
        assert y != below or right <= left, (one, other)


def test_bars_lie_where_the_days_are() -> None:
    line = drawn("TGL-0", "2019-05-16", "2019-09-12")  # 120 days
    root = ET.fromstring(timeline_svg(line))  # noqa: S314 - our own
    (group,) = [g for g in root.iter(f"{SVG}g") if (g.findtext(f"{SVG}title") or "").startswith("TGL-0:")]
    (bar,) = [r for r in group.iter(f"{SVG}rect") if r.get("class") == "law"]
    day = (RIGHT - LEFT) / 120
    assert float(bar.get("x", "0")) == pytest.approx(LEFT + 4 * day, abs=0.1)
    assert float(bar.get("width", "0")) == pytest.approx(91 * day, abs=0.2)


def test_each_status_has_its_own_form() -> None:
    text = timeline_svg(drawn())
    for named in ("law", "tocome", "stayed", "off", "unsure", "tick", "after", "edge"):
        assert f'class="{named}"' in text
    assert 'class="listed"' in timeline_svg(drawn("huawei"))
    assert text.count(">?</text>") == sum(len(one.doubts) for one in drawn().lanes)
    assert "prefers-color-scheme:dark" in text


def test_what_is_written_into_the_drawing_is_escaped() -> None:
    line = drawn("S2118")._replace(title='<b> & "co"')
    root = ET.fromstring(timeline_svg(line))  # noqa: S314 - our own
    assert root.findtext(f"{SVG}title") == 'Time line of law: <b> & "co"'


def test_a_text_is_cut_where_it_does_not_fit() -> None:
    assert fitting("short", 11, 100) == "short"
    cut = fitting("a title that is much longer than its place", 11, 100)
    assert cut.endswith("…")
    assert text_width(cut, 11) <= 100
    assert fitting("x", 11, 0) == "…"


CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
OVERLAPS = """<script>
const boxes = [...document.querySelectorAll("svg text")].map(t => [t.textContent, t.getBoundingClientRect()]);
const found = boxes.filter(([, r]) => r.left < 0 || r.right > 1100).map(([t]) => t + " leaves the page");
boxes.forEach(([t, a], i) => boxes.slice(i + 1).forEach(([u, b]) => {
  const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  if (across > 0.5 && down > 4) found.push(t + " / " + u);
}));
document.body.innerHTML = "<pre>boxes " + boxes.length + " found [" + found.join("; ") + "]</pre>";
</script>"""


@pytest.mark.browser
@pytest.mark.parametrize("subject", ["huawei", "AFF-2025"])
def test_labels_do_not_overlap_in_a_real_browser(tmp_path: Path, subject: str) -> None:
    if CHROMIUM is None:
        pytest.skip("there is no Chromium to open the drawing in")
    line = drawn(subject)
    page = tmp_path / "page.html"
    page.write_text(f'<body style="margin:0">{timeline_svg(line)}{OVERLAPS}', encoding="utf-8")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom"]
    done = subprocess.run([CHROMIUM, *flags, page.as_uri()], capture_output=True, text=True, check=True, timeout=120)
    (boxes, found) = re.findall(r"boxes (\d+) found \[(.*)\]", done.stdout)[0]
    assert int(boxes) > len(line.lanes) * 3
    assert found == ""


# -- files and bad input


def test_a_file_is_written_once(licet: Licet, tmp_path: Path) -> None:
    file = tmp_path / "line.svg"
    assert licet("law", "timeline", "AFF-2025", "--format", "svg", "-o", str(file)) == ""
    assert ET.parse(file).getroot().tag == f"{SVG}svg"  # noqa: S314 - our own
    before = file.read_bytes()
    assert "exists already" in licet("law", "timeline", "--format", "svg", "-o", str(file), code=2)
    assert file.read_bytes() == before
    text = tmp_path / "line.txt"
    licet("law", "timeline", "AFF-2025", "-o", str(text))
    assert "\x1b" not in text.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["TGL-9"], ['"TGL-9" is no measure and no party', 'did you mean "TGL-', "licet law list"]),
        (["Hauwei Technologies Co., Ltd."], ['did you mean "Huawei Technologies Co., Ltd."?']),
        (["Some Bakery"], ['"Some Bakery" is no measure and no party']),
        (["--from", "2019-02-30"], ["--from", "2019-02-30"]),
        (["--to", "yesterday"], ["--to", "yesterday"]),
        (["--from", "2020-01-01", "--to", "2019-01-01"], ["2020-01-01 is not before 2019-01-01"]),
        (["--from", "1900-01-01"], ["more than 50 years"]),
        (["-o", "/no/such/folder/line.svg"], ["/no/such/folder/line.svg", "cannot be written"]),
        (["--format", "png"], ["png", "svg"]),
    ],
)
def test_bad_input(licet: Licet, arguments: list[str], says: list[str]) -> None:
    text = licet("law", "timeline", *arguments, code=2)
    for one in says:
        assert one in text


def test_the_last_day_of_the_calendar_is_no_trap() -> None:
    with pytest.raises(FactsError):
        drawn("", "2018-01-01", "9999-12-31")
