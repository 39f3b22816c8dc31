"""The page in a browser: what the script adds, what the switches do, that it prints on one page and asks for nothing.

The page's policy lets no other script run, so the trial adds itself to a copy and its hash to the policy of the copy.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from base64 import b64encode
from hashlib import sha256
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.browser
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
TRIAL = """
addEventListener("load", async () => {
  const wait = () => new Promise((done) => setTimeout(done, 50));
  const seen = {};
  const visible = (one) => getComputedStyle(one).display !== "none";
  const drawn = (id) => [...document.querySelectorAll(`#${id} > a`)].filter(visible);
  const outcomes = () => drawn("a-2019-06-30-1").concat(drawn("a-2019-08-20-1")).map((a) => a.classList[1]);
  const press = (key) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  const click = (id) => document.getElementById(id).click();
  const readout = () => [...document.querySelectorAll("#readout li")].map((li) => li.className);
  seen.real = outcomes();
  click("osaka"); await wait(); seen.osaka = outcomes(); seen.verdict = document.querySelector(".verdict").innerText;
  click("rubio"); await wait(); seen.both = outcomes();
  click("osaka"); await wait(); seen.rubio = outcomes();
  click("rubio"); await wait();
  const lines = () => [...document.querySelectorAll("tr.line")].filter((row) => row.offsetParent).length;
  seen.lines = lines(); click("all"); await wait(); seen.all = lines(); click("all");
  const set = async (id, value, event) => {
    const field = document.getElementById(id);
    field.value = value; field.dispatchEvent(new Event(event)); await wait(); return readout();
  };
  seen.blue = await set("day", "2020-08-13", "change");
  seen.closed = await set("range", Number(document.getElementById("range").value) + 1, "input");
  seen.date = document.getElementById("day").value;
  seen.late = await set("day", "2026-11-24", "change");
  drawn("a-2019-06-30-2")[0].focus(); press("ArrowLeft"); await wait();
  seen.left = document.activeElement.closest("td").id;
  press("ArrowUp"); press("ArrowUp"); press("ArrowUp"); await wait();
  seen.up = document.activeElement.closest("td").id;
  drawn("a-2019-06-30-2")[0].click(); await wait();
  const drawer = document.querySelector(".drawer:target");
  seen.drawer = drawer && drawer.id; seen.visible = drawer && getComputedStyle(drawer).display;
  seen.focus = document.activeElement === drawer;
  press("Escape"); await wait();
  seen.after = document.querySelectorAll(".drawer:target").length;
  seen.back = document.activeElement.closest("td") && document.activeElement.closest("td").id;
  seen.asked = performance.getEntriesByType("resource").length;
  seen.wide = document.documentElement.scrollWidth > innerWidth;
  const out = document.createElement("pre"); out.id = "seen"; out.textContent = JSON.stringify(seen);
  document.body.appendChild(out);
});
"""


@pytest.fixture(scope="module")
def chromium() -> str:
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine: install one to try the page")
    return CHROMIUM


def browse(chromium: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [chromium, *FLAGS, f"--user-data-dir={folder / 'profile'}", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)


@pytest.fixture(scope="module")
def seen(chromium: str, page: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("page")
    hash_ = b64encode(sha256(TRIAL.encode()).digest()).decode()
    copy = page.replace("script-src ", f"script-src 'sha256-{hash_}' ", 1).replace(
        "</body>", f"<script>{TRIAL}</script></body>"
    )
    (folder / "page.html").write_text(copy, "utf-8")
    done = browse(
        chromium,
        folder,
        "--virtual-time-budget=20000",
        "--window-size=1300,1000",
        "--enable-logging=stderr",
        "--dump-dom",
        (folder / "page.html").as_uri(),
    )
    assert "Content Security Policy" not in done.stderr
    assert "Uncaught" not in done.stderr
    found = re.search(r'<pre id="seen">(.*?)</pre>', done.stdout, re.DOTALL)
    assert found, done.stderr[-2000:]
    result: dict[str, Any] = json.loads(unescape(found[1]))
    return result


def test_the_switches_draw_the_other_table(seen: dict[str, Any]) -> None:
    assert seen["real"] == ["LICENSE_REQUIRED", "LICENSE_REQUIRED"]
    assert seen["osaka"] == ["REFER", "REFER"]
    assert seen["both"] == ["REFER", "LICENSE_REQUIRED"]
    assert seen["rubio"] == seen["real"]
    assert "which items it relieves is not said" in seen["verdict"]


def test_all_measures_can_be_shown(seen: dict[str, Any]) -> None:
    assert seen["lines"] == 19
    assert seen["all"] > 80


def test_any_day_is_answered(seen: dict[str, Any]) -> None:
    free, open_, barred = "NO_LICENSE_REQUIRED", "LICENSE_REQUIRED", "PROHIBITED"
    assert seen["blue"] == [open_, "AUTHORIZED", "AUTHORIZED", free, open_, free, barred]
    assert seen["date"] == "2020-08-14"
    assert seen["closed"] == [open_, open_, open_, free, open_, free, barred]
    assert seen["late"][-1] == "late"


def test_the_keyboard_is_enough(seen: dict[str, Any]) -> None:
    assert seen["left"] == "a-2019-06-30-1"
    assert seen["up"] == "a-2019-06-28-1"
    assert (seen["drawer"], seen["visible"], seen["focus"]) == ("c-2019-06-30-2", "block", True)
    assert (seen["after"], seen["back"]) == (0, "a-2019-06-30-2")


def test_it_asks_for_nothing_and_needs_no_sideways_scrolling(seen: dict[str, Any]) -> None:
    assert seen["asked"] == 0
    assert seen["wide"] is False


def test_it_prints_on_one_page(chromium: str, page: str, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(page, "utf-8")
    target = tmp_path / "page.pdf"
    browse(chromium, tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={target}", (tmp_path / "page.html").as_uri())
    printed = target.read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    box = re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert box
    assert float(box[1]) > float(box[2])


def test_without_a_script_the_drawer_of_a_cell_still_opens(chromium: str, page: str, tmp_path: Path) -> None:
    """Taken as a picture: with the script's policy hash gone no script runs, and the address alone opens the drawer."""
    still = re.sub(r"script-src 'sha256-[^']*'", "script-src 'none'", page)
    (tmp_path / "page.html").write_text(still, "utf-8")
    address = (tmp_path / "page.html").as_uri()
    sizes = []
    for place in ("", "#c-2019-06-30-2"):
        picture = tmp_path / "picture.png"
        browse(chromium, tmp_path, f"--screenshot={picture}", "--window-size=1300,900", f"{address}{place}")
        sizes.append(picture.read_bytes())
    dom = browse(chromium, tmp_path, "--dump-dom", address).stdout
    assert 'class="scripted"' not in dom
    assert sizes[0] != sizes[1]
