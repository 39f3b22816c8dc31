"""Every page: its links lead somewhere, the files it names exist, what it shows is what is printed."""

from __future__ import annotations

import doctest
import re
from typing import TYPE_CHECKING

import pytest

from docs.blocks import ROOT, agrees, blocks, run, steps

if TYPE_CHECKING:
    from pathlib import Path

PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "docs/how-an-answer-is-made.md",
    "docs/lists.md",
)
RECORDS = tuple(path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "docs" / "adr").glob("*.md")))
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
NAMED = re.compile(r"`((?:src|tests|tools|cases|docs|bench)/[\w./-]+)`")
MADE_UP = ("/aq/", "antarctica.yaml")
"""Files that CONTRIBUTING.md tells to make."""
ACT = "new-component.yaml"
WIDEST = 130
"""Columns of a line of prose; tables and what a command prints are as wide as they are."""


def prose(page: str) -> str:
    """Return a page without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", (ROOT / page).read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", [*PAGES, *RECORDS])
def test_links_and_files_exist(page: str) -> None:
    text = prose(page)
    for link in LINK.findall(text):
        if not link.startswith(("http:", "https:", "mailto:")):
            assert ((ROOT / page).parent / link).exists(), link
    for name in NAMED.findall(text):
        if not any(part in name for part in MADE_UP):
            assert (ROOT / name).exists(), name


@pytest.mark.parametrize("page", [*PAGES, *RECORDS])
def test_prose_fits_and_names_no_place_of_one_machine(page: str) -> None:
    for line in prose(page).splitlines():
        assert line.startswith("|") or len(line) <= WIDEST or line.strip().startswith("<https:"), line
        assert not re.search(r"(?<![\w.])/(work|tmp|home|root)/", line), line
        assert "TODO" not in line
        assert "{{" not in line


def test_the_page_on_answers_prints_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = "docs/how-an-answer-is-made.md"
    (act,) = (block for block in blocks("README.md", "yaml") if block.before == f"`{ACT}`:")
    (tmp_path / ACT).write_text(act.text, "utf-8")
    monkeypatch.chdir(tmp_path)
    shown = [step for block in blocks(page, "console") for step in steps(block)]
    assert len(shown) >= 3
    for step in shown:
        done = run(step.command, tmp_path)
        assert agrees(step.output, done.output), f"{step.command}\n{done.output}"
    (python,) = blocks(page, "pycon")
    test = doctest.DocTestParser().get_doctest(python.text, {}, page, page, python.line)
    said: list[str] = []
    failed, tried = doctest.DocTestRunner().run(test, out=said.append)
    assert tried >= 6
    assert not failed, "".join(said)


def test_the_layout_of_the_figure_is_that_of_the_code() -> None:
    text = (ROOT / "docs/how-an-answer-is-made.md").read_text("utf-8")
    for name in ("formats", "enrich", "engine", "law", "show", "explain", "answering"):
        assert name in text
        assert any(ROOT.joinpath("src", "licet").glob(f"{name}*"))
