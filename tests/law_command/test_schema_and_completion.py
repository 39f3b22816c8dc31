"""`licet schema act` is the JSON Schema that the reader is held to; the shell completes commands, parts and ids."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from licet.cli import COMMANDS
from licet.cli.law import PARTS
from licet.formats.schema import act_schema

if TYPE_CHECKING:
    from collections.abc import Callable

    Licet = Callable[..., str]


def test_schema_act_is_a_schema_of_acts(licet: Licet) -> None:
    schema = json.loads(licet("schema", "act"))
    assert schema == act_schema()
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    assert validator.is_valid({"kind": "export", "to": "CN"})
    assert not validator.is_valid({"kind": "export", "too": "CN"})


def test_schema_of_something_else_is_refused(licet: Licet) -> None:
    assert "'party' is not 'act'" in licet("schema", "party", code=2)
    assert "Missing argument" in licet("schema", code=2)


def test_each_part_of_law_has_help(licet: Licet) -> None:
    text = licet("law", "--help")
    for part in PARTS:
        assert f"  {part} " in text
        assert licet("law", part, "--help").startswith(f"Usage: licet law {part} ")
    assert 'Did you mean "timeline"?' in licet("law", "timelime", code=2)
    assert "There are list, show, timeline, coverage, check." in licet("law", "xyz", code=2)


def complete(*words: str) -> list[str]:
    """Ask as bash does: the words so far, the last one begun."""
    environment = {
        **os.environ,
        "_LICET_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(("licet", *words)),
        "COMP_CWORD": str(len(words)),
    }
    command = [sys.executable, "-m", "licet"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr == ""
    return [line.partition(",")[2] for line in done.stdout.splitlines()]


def test_the_shell_gets_its_script() -> None:
    if shutil.which("bash") is None:
        pytest.skip("there is no bash here")
    environment = {**os.environ, "_LICET_COMPLETE": "bash_source"}
    command = [sys.executable, "-m", "licet"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60)
    assert "_LICET_COMPLETE=bash_complete" in done.stdout
    assert "complete -o nosort -F _licet_completion licet" in done.stdout
    subprocess.run(["bash", "-n"], input=done.stdout, text=True, check=True, timeout=60)  # noqa: S607 - found above


def test_the_shell_completes() -> None:
    assert complete("la") == ["law"]
    assert set(complete("")) == set(COMMANDS)
    assert complete("law", "ti") == ["timeline"]
    assert complete("law", "show", "tgl-") == [f"TGL-{n}" for n in range(6)]
    assert complete("law", "coverage", "us_fcc/") == ["us_fcc/2.903", "us_fcc/54.10", "us_fcc/54.9"]
    assert "--as-of" in complete("law", "list", "--a")
    assert complete("schema", "a") == ["act"]
