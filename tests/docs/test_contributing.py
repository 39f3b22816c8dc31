"""The examples of CONTRIBUTING.md, carried out in a copy of the sources: they do what the page says they do."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from docs.blocks import ROOT, Block, agrees, blocks, run, steps

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = "CONTRIBUTING.md"
NAMED = re.compile(r"(New file|Added to|Changed in) `([^`]+)`:")
COPIED = ("src", "tools", "cases", "docs", "pyproject.toml", "COVERAGE.md")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the examples change."""
    folder = tmp_path_factory.mktemp("contributing")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    return folder


def edits() -> Iterator[tuple[Block, str, str]]:
    """Walk through the blocks with what each is: a new file, lines to add, a change; a transcript has no file."""
    verb = path = ""
    for block in blocks(PAGE):
        named = NAMED.fullmatch(block.before)
        if named:
            verb, path = named.groups()
        if block.language == "console":
            verb = path = ""
        if block.language != "sh":
            yield block, verb, path


def write(block: Block, verb: str, target: Path) -> None:
    """Do to a file what the page says."""
    if verb == "New file":
        assert not target.exists(), target
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(block.text, "utf-8")
        return
    text = target.read_text("utf-8")
    if verb == "Added to":
        assert text.endswith("\n")
        target.write_text(text + block.text, "utf-8")
        return
    old = "".join(line[1:] for line in block.text.splitlines(keepends=True) if line[0] in "- ")
    new = "".join(line[1:] for line in block.text.splitlines(keepends=True) if line[0] in "+ ")
    assert text.count(old) == 1, f"line {block.line}: {old!r} stands {text.count(old)} times in {target}"
    target.write_text(text.replace(old, new), "utf-8")


def test_the_examples_do_what_the_page_says(copy: Path) -> None:
    ran = written = 0
    for block, verb, path in edits():
        if block.language == "console":
            for step in steps(block):
                done = run(step.command, copy, source=copy / "src")
                assert agrees(step.output, done.output), f"line {block.line}: {step.command}\n{done.output}"
                ran += 1
        else:
            assert verb, f"line {block.line}: a block that no line names"
            write(block, verb, copy / path)
            written += 1
    assert (ran, written) >= (8, 10)
    lint = "ruff check src/licet/law/aq && ruff format --check src/licet/law/aq && lint-imports --no-cache"
    linted = run(f"{lint} --contract regimes", copy, source=copy / "src")
    assert linted.code == 0, linted.output
    checked = run("licet law check --cases cases", copy, source=copy / "src")
    assert "aq" not in checked.output, checked.output


def test_the_page_names_commands_and_files_that_exist() -> None:
    page = (ROOT / PAGE).read_text("utf-8")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = re.findall(r"\bmake ([a-z]+)\b", page)
    assert {"test", "check", "cases", "generate"} <= set(targets)
    for target in set(targets):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
