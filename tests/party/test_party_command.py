"""`licet party`: exit codes, files, what it loads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = ("yaml", "jinja2", "rich", "numpy", "sqlite3", "difflib", "importlib.metadata")


@pytest.fixture
def run(tmp_path: Path) -> object:
    """Run the command in a process of its own, with an empty store."""
    here = {name: value for name, value in os.environ.items() if not name.startswith(("COV_", "COVERAGE_"))}

    def ran(*arguments: str, code: str = "") -> subprocess.CompletedProcess[str]:
        start = ["-c", code] if code else ["-m", "licet"]
        return subprocess.run(
            [sys.executable, *start, "party", *arguments],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            env={**here, "LICET_HOME": str(tmp_path / "home")},
        )

    return ran


def test_it_answers_and_a_name_that_nobody_has_is_an_answer(run: object) -> None:
    done = run("Huawei", "--as-of", "2019-05-16")  # type: ignore[operator]
    assert (done.returncode, done.stderr) == (0, "")
    assert "on 2 lists on 2019-05-16" in done.stdout
    done = run("Acme Widgets Incorporated", "--as-of", "2026-07-01@2026-07-01")  # type: ignore[operator]
    assert (done.returncode, done.stderr) == (0, "")
    assert "no entry of that name" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("Huawei", "--as-of", "2019-02-30"), "2019-02-30"),
        (("Huawei", "--as-of", "2017-01-01"), "2018-01-01 or later"),
        (("huawei-technologis-co-ltd",), 'did you mean "huawei-technologies-co-ltd"?'),
        ((" ",), "an empty name"),
        ((), "NAME|ID"),
    ],
)
def test_bad_input_is_said_and_exits_with_2(run: object, arguments: tuple[str, ...], says: str) -> None:
    done = run(*arguments)  # type: ignore[operator]
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert not done.stdout


def test_it_writes_a_file_once(run: object, tmp_path: Path) -> None:
    file = tmp_path / "zte.html"
    assert run("ZTE", "--format", "html", "-o", str(file)).returncode == 0  # type: ignore[operator]
    assert file.read_text("utf-8").startswith("<!doctype html>")
    again = run("ZTE", "--format", "html", "-o", str(file))  # type: ignore[operator]
    assert again.returncode == 2
    assert "exists already" in again.stderr


def test_json_is_one_record(run: object) -> None:
    done = run("zte-corp", "--format", "json", "--as-of", "2018-06-01")  # type: ignore[operator]
    assert json.loads(done.stdout)["ids"] == ["zte-corp"]


def test_a_dossier_in_text_loads_nothing_heavy(run: object) -> None:
    code = (
        "import atexit, sys\n"
        "atexit.register(lambda: print('\\n'.join(sys.modules), file=sys.stderr))\n"
        "sys.argv = ['licet', *sys.argv[1:]]\n"
        "from licet.cli import main\n"
        "main()\n"
    )
    done = run("Huawei", "--as-of", "2019-05-16", code=code)  # type: ignore[operator]
    loaded = set(done.stderr.splitlines())
    assert "licet.party" in loaded
    assert not loaded & set(HEAVY)
