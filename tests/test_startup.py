"""An answer loads only what it needs: heavy modules are not on the way to `licet check`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ACT = ROOT / "src" / "licet" / "story_data" / "acts" / "new-handset.yaml"
HEAVY = (
    "pydantic", "rich", "numpy", "polars", "sqlalchemy", "jinja2", "rapidfuzz", "importlib.metadata", "asyncio",
    "difflib", "hypothesis", "unittest", "http", "ssl", "multiprocessing", "sqlite3", "tempfile", "zipfile",
)  # fmt: skip
"""Modules that one answer does not need; each costs more than the whole decision."""
LISTS_MODULES = """
import atexit, sys
before = set(sys.modules)
atexit.register(lambda: print("\\n".join(sorted(set(sys.modules) - before)), file=sys.stderr))
sys.argv = ["licet", *sys.argv[1:]]
from licet.cli import main
main()
"""
"""Runs licet and lists on the error stream what it loaded, beside what the interpreter itself loads at its start."""


def loaded(*arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", LISTS_MODULES, *arguments],
        capture_output=True,
        text=True,
        check=True,
        env={name: value for name, value in os.environ.items() if not name.startswith(("COV_", "COVERAGE_"))},
    )
    assert done.stdout
    return set(done.stderr.splitlines())


def heavy(modules: set[str]) -> set[str]:
    return {name for name in modules if name.startswith(tuple(f"{one}." for one in HEAVY)) or name in HEAVY}


@pytest.mark.parametrize("form", ["text", "json"])
def test_an_answer_loads_nothing_heavy(form: str) -> None:
    modules = loaded("check", str(ACT), "--as-of", "2019-06-30", "--format", form)
    assert "licet.decide" in modules
    assert not heavy(modules)


def test_a_first_look_loads_nothing_heavy() -> None:
    facts = ("--to", "CN", "--end-user", "Huawei Technologies Co., Ltd.", "--eccn", "EAR99")
    # click compares an option that it does not know with those that it knows, although the rest is passed on.
    assert heavy(loaded("check", *facts, "--as-of", "2019-06-30")) <= {"difflib"}


def test_an_act_of_one_regime_loads_no_other() -> None:
    modules = loaded("check", str(ACT), "--as-of", "2019-06-30")
    assert "licet.law.us_ear" in modules
    assert not {"licet.law.us_fcc", "licet.law.us_889"} & modules


def test_an_answer_in_text_loads_no_other_command_and_no_other_form() -> None:
    modules = loaded("check", str(ACT), "--as-of", "2019-06-30")
    assert not {"licet.cli.demo", "licet.cli.ask", "licet.cli.law", "licet.cli.cases", "licet.cli.schema"} & modules
    assert not {"licet.show.as_html", "licet.show.as_json", "licet.cases.read", "licet.story", "licet.ask"} & modules


def test_the_list_of_modules_sees_what_is_loaded() -> None:
    assert heavy({"numpy", "rich.console", "licet.decide"}) == {"numpy", "rich.console"}
