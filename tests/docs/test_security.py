"""The promises of SECURITY.md, each tried."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pexpect
import pytest

from docs.blocks import ROOT, run

if TYPE_CHECKING:
    from pathlib import Path

WATCHED = """
import sys
seen = []
def watch(event, args):
    if event.startswith(("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "os.spawn")):
        seen.append(event)
    if event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+"):
        seen.append(f"write {args[0]}")
sys.addaudithook(watch)
sys.dont_write_bytecode = True
from licet.cli import main
try:
    main(sys.argv[1:])
except SystemExit as left:
    assert left.code == 0, left.code
assert not seen, seen
"""
SIGNS = "\x1b[31m \x07 \x9b31m \u202e \x00 \u2028"
"""A color, a bell, the same color in one byte, a change of direction, nothing, a line."""
PLACES = ("to", "parties[0].name", "parties[0].address", "items[0].name", "end_use.description", "an unknown fact")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def act(place: str = "", text: str = "") -> dict[str, object]:
    """Return an act with a text in one place."""

    def at(path: str, plain: str) -> str:
        return f"a{text}b" if path == place else plain

    made: dict[str, object] = {
        "kind": "export",
        "activity": "export",
        "to": at("to", "CN"),
        "parties": [
            {"role": "end_user", "name": at("parties[0].name", "N"), "address": at("parties[0].address", "A")},
        ],
        "items": [{"name": at("items[0].name", "chip"), "kind": "commodity"}],
        "end_use": {"description": at("end_use.description", "D"), "known": "none"},
    }
    if place == "an unknown fact":
        made[f"a{text}b"] = "x"
    return made


@pytest.mark.parametrize(
    "command",
    [
        ("check", "new-handset", "--as-of", "2019-06-30+osaka.yaml"),
        ("check", "new-handset", "--as-of", "2019-06-30", "--format", "html"),
        ("check", "--to", "CN", "--end-user", "Nobody Heard Of Ltd.", "--as-of", "2019-06-30", "--format", "json"),
        ("law", "show", "TGL-0"),
        ("cases", "run", str(ROOT / "cases" / "law" / "osaka.yaml")),
    ],
    ids=" ".join,
)
def test_no_connection_no_process_no_file_is_written(command: tuple[str, ...]) -> None:
    done = subprocess.run([sys.executable, "-c", WATCHED, *command], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout


@pytest.mark.terminal
@pytest.mark.parametrize("place", PLACES)
def test_no_control_character_of_an_act_reaches_a_terminal(tmp_path: Path, place: str) -> None:
    file = tmp_path / "act.json"
    file.write_text(json.dumps(act(place, SIGNS)), "utf-8")
    said = on_a_terminal("check", str(file), "--as-of", "2019-06-30")
    assert "licet: " in said
    assert not CONTROL.search(said), said


@pytest.mark.terminal
def test_no_control_character_of_a_what_if_reaches_a_terminal(tmp_path: Path) -> None:
    file = tmp_path / "what-if.yaml"
    file.write_text('title: "a\\e[31mb"\nsays: "c\\ad"\nends: [{id: TGL-0, on: 2019-06-29}]\n', "utf-8")
    said = on_a_terminal("check", "new-handset", "--as-of", f"2019-06-30+{file}")
    assert "unprintable" in said
    assert not CONTROL.search(said), said


def on_a_terminal(*arguments: str) -> str:
    terminal = pexpect.spawn(
        sys.executable, ["-m", "licet", *arguments], encoding="utf-8", timeout=30, dimensions=(40, 110)
    )
    said: str = terminal.read()
    terminal.close()
    assert "Traceback" not in said
    return said


def test_text_of_an_act_and_of_a_what_if_is_text_in_a_page(tmp_path: Path) -> None:
    sign = "<script>alert(1)</script>{{ 7 * 7 }}"
    shown = act("items[0].name", sign)
    shown["end_use"] = {"description": {"value": sign, "by": sign, "source": sign}, "known": "none"}
    (tmp_path / "act.json").write_text(json.dumps(shown), "utf-8")
    effect = {"relieves": {"ground": "us_ear/744.11", "entries": ["EL-2019-05"], "items": "all"}}
    made = {"id": "WHAT-IF-X", "regime": "us_ear", "kind": "order", "title": sign, "what": sign, "legal_force": "yes"}
    added = {**made, "in_force_from": "2019-07-01", "amends": ["EL-2019-05"], "cites": [sign], "effect": effect}
    what_if = {"title": sign, "says": sign, "adds": [added]}
    (tmp_path / "what-if.yaml").write_text(json.dumps(what_if), "utf-8")
    facts = run("licet check act.json --as-of 2019-06-30 --format html", tmp_path).output
    supposed = run("licet check new-handset --as-of 2019-07-30+what-if.yaml --format html", tmp_path).output
    for page in (facts, supposed):
        assert "<!doctype html>" in page
        assert "<script" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 * 7 }}" in page


@pytest.mark.parametrize(
    "command", ["licet check new-handset --as-of 2019-06-30 --format html", "licet demo --format html"]
)
def test_pages_load_nothing_from_elsewhere(tmp_path: Path, command: str) -> None:
    page = run(command, tmp_path).output
    assert "default-src 'none'" in page
    assert not re.search(r"<(script|img|iframe|object|embed|link)\b[^>]*(src|href)=\"(?!data:)", page)
    assert not re.search(r"url\((?!data:)|@import", page)


def test_packages_are_pinned_with_hashes() -> None:
    for name in ("constraints.txt", "constraints-core.txt"):
        text = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
        pins = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
        assert pins
        for pin in pins:
            assert "==" in pin, pin
            assert "--hash=sha256:" in pin, pin
        assert "://" not in text
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for line in makefile.splitlines():
        if "$(PIP) install" in line:
            assert "--require-hashes" in line or "--no-deps --no-build-isolation" in line, line


def test_what_the_page_says_of_sizes(tmp_path: Path) -> None:
    page = (ROOT / "SECURITY.md").read_text("utf-8")
    for words, text in {
        "1,000,000 bytes": "#" * 1_000_001,
        "50 levels": "kind: " + "[" * 60 + "]" * 60,
        "100,000 values": "kind: export\nred_flags: [" + "1," * 100_001 + "1]",
    }.items():
        assert words in page
        (tmp_path / "act.yaml").write_text(text, "utf-8")
        done = run("licet check act.yaml --as-of 2019-06-30", tmp_path)
        assert done.code == 2
        assert words.split()[0] in done.output, done.output
