"""README.md: its commands run, its transcripts are what is printed, its figures are those that are measured."""

from __future__ import annotations

import doctest
import re
import sys
from typing import TYPE_CHECKING

import pytest

from docs.blocks import ROOT, Step, agrees, blocks, run, steps
from licet.law.book import load
from licet.law.us_ear.sections import sections
from licet.story_data import screen

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "README.md"
NAMED = re.compile(r"`([^`/]+\.yaml)`:")


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like a clone, in which commands may write, with the act files of the page."""
    folder = tmp_path_factory.mktemp("clone")
    for name in ("src", "cases", "docs"):
        (folder / name).symlink_to(ROOT / name)
    for block in blocks(PAGE, "yaml"):
        named = NAMED.fullmatch(block.before)
        assert named, f"line {block.line}: a file without a name"
        (folder / named.group(1)).write_text(block.text, "utf-8")
    return folder


def transcripts() -> list[Step]:
    return [step for block in blocks(PAGE, "console") for step in steps(block)]


def commands() -> list[str]:
    """Return the commands of the page that print no transcript, comments left out; `make` is looked up alone."""
    lines = [line for block in blocks(PAGE, "sh") for line in block.text.splitlines()]
    bare = [re.sub(r"\s+# .*", "", line) for line in lines if line.strip()]
    return [line for line in bare if not line.startswith("make ")]


def test_the_transcripts_are_what_is_printed(clone: Path) -> None:
    assert len(transcripts()) >= 8
    for step in transcripts():
        done = run(step.command, clone)
        assert done.code == 0, done.output
        assert agrees(step.output, done.output), f"{step.command}\n{done.output}"


def test_the_commands_run(clone: Path) -> None:
    assert len(commands()) >= 8
    for command in commands():
        done = run(command, clone)
        assert done.code == 0, f"{command}\n{done.output}"
        assert "Traceback" not in done.output


def test_the_python_does_what_it_says(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(clone)
    found = blocks(PAGE, "pycon")
    assert found
    for block in found:
        test = doctest.DocTestParser().get_doctest(block.text, {}, PAGE, PAGE, block.line)
        said: list[str] = []
        failed, tried = doctest.DocTestRunner().run(test, out=said.append)
        assert tried
        assert not failed, "".join(said)


def test_the_acts_of_the_demo_are_named() -> None:
    text = (ROOT / PAGE).read_text("utf-8")
    names = [column.file.removesuffix(".yaml") for column in screen().columns]
    places = [text.index(f"`{name}`", text.index("where ACT is")) for name in names]
    assert len(places) == 7
    assert places == sorted(places)


def test_the_figures_of_speed_are_those_that_the_bench_prints() -> None:
    block = blocks(PAGE, "text")[-1]
    bench = (ROOT / "bench" / "run.py").read_text("utf-8")
    lines = block.text.splitlines()
    assert lines[0].startswith("machine ")
    assert len(lines) == 11
    for line in lines[1:]:
        name = re.split(r"\s{2,}", line.partition(" ")[2].strip())[0]
        assert name.lstrip("0123456789 ") in bench, name
        assert re.search(r"\d\.\d\d ms", line)


def test_what_rests_on_memory_is_counted() -> None:
    text = " ".join((ROOT / PAGE).read_text("utf-8").split())
    book = load()
    measures = sum(measure.checked == "memory" for measure in book.values())
    limits = [limit.checked for section in sections() for limb in section.limbs for limit in limb.limits]
    assert f"Of the {len(book)} measures {measures} rest on memory" in text
    assert f"of the {len(limits)} limits {limits.count('memory')}:" in text


def test_make_targets_exist() -> None:
    text = (ROOT / PAGE).read_text("utf-8")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"\bmake ([a-z]+)", text))
    assert {"demo", "test"} <= targets
    for target in targets:
        assert re.search(rf"^{target}:.*##", makefile, re.MULTILINE), target


def test_two_commands_stand_on_the_first_screens() -> None:
    lines = (ROOT / PAGE).read_text("utf-8").splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("make demo"))
    assert lines[first + 1].startswith("make test")
    assert first < 50
    assert sys.version_info >= (3, 11)
    assert "Python 3.11" in "\n".join(lines[:50])
