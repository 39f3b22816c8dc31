"""Bad input: every message names file, line, field, what was found, what is allowed; no traceback reaches a user."""

from __future__ import annotations

import itertools
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from licet.cli import cli
from licet.model.errors import LicetError

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """\
kind: export
activity: export
from: US
to: CN
parties:
  - {role: [end_user], name: "Huawei Technologies Co., Ltd.", country: CN}
items:
  - {name: chip, kind: commodity, eccn: EAR99, us_origin: yes, value_usd: 10}
"""


def refused(*arguments: str, stdin: bytes | None = None) -> str:
    """Run the command in a process of its own and return what it says on standard error; it must exit with 2."""
    done = subprocess.run(
        [sys.executable, "-m", "licet", *arguments], input=stdin, capture_output=True, check=False, timeout=60
    )
    said = done.stderr.decode()
    assert done.returncode == 2, (done.returncode, said, done.stdout.decode()[:500])
    assert "Traceback" not in said
    assert not done.stdout
    return said


def changed(tmp_path: Path, old: str, new: str) -> str:
    assert old in GOOD
    path = tmp_path / "act.yaml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("to: CN", "too: CN", ["act.yaml:4", "too", '"to"']),
        ("eccn: EAR99", "eccnn: EAR99", ["act.yaml:8", "eccnn", "eccn"]),
        ("[end_user]", "[end_usr]", ["act.yaml:6", "role", "end_usr", "purchaser", '"end_user"']),
        ("[end_user]", "[buyer]", ["act.yaml:6", "role", "buyer", "purchaser"]),
        ("to: CN", "to: null", ["act.yaml:4", "to", "null"]),
        ("to: CN", "to: XX", ["act.yaml:4", "to", "XX"]),
        ("to: CN", "dates: {export: 2019-02-30}", ["act.yaml:4", "dates.export", "2019-02-30"]),
        ("to: CN", "dates: {export: 2019-06-30T10:00:00Z}", ["act.yaml:4", "dates.export", "2019-06-30T10:00:00Z"]),
        ('name: "Huawei Technologies Co., Ltd.", ', "", ["act.yaml:6", "parties[0].name"]),
        ("value_usd: 10", "value_usd: -10", ["act.yaml:8", "value_usd", "-10"]),
        ("to: CN", "to: CN\nto: DE", ["act.yaml:5", "to", "twice"]),
        ("to: CN", "to: &a CN", ["act.yaml:4", "&"]),
    ],
)
def test_act_file(tmp_path: Path, old: str, new: str, says: list[str]) -> None:
    said = refused("check", changed(tmp_path, old, new), "--as-of", "2019-06-30")
    for one in says:
        assert one in said, said


def test_all_problems_in_one_pass(tmp_path: Path) -> None:
    path = tmp_path / "act.yaml"
    broken = GOOD.replace("to: CN", "to: XX").replace("end_user", "end_usr").replace("10}", "-1}")
    path.write_text(broken, encoding="utf-8")
    assert len(refused("check", str(path)).strip().splitlines()) == 3


def test_anchor_bomb(tmp_path: Path) -> None:
    path = tmp_path / "bomb.yaml"
    names = ["a", *(f"b{i}" for i in range(40))]
    lines = ["a: &a [x, x]", *(f"{new}: &{new} [*{old}, *{old}]" for old, new in itertools.pairwise(names))]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert "bomb.yaml:1" in refused("check", str(path))


def test_large_file(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as out:
        out.truncate(100 * 1024 * 1024)
    assert "large.yaml" in refused("check", str(path))


def test_invalid_utf8(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes("kind: export\nend_use: {description: caf\xe9}\n".encode("latin-1"))
    assert "latin.yaml:2" in refused("check", str(path))


def test_directory_and_missing_file(tmp_path: Path) -> None:
    assert str(tmp_path) in refused("check", str(tmp_path))
    assert "nowhere.yaml" in refused("check", str(tmp_path / "nowhere.yaml"))


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("2017-12-31", ["2018-01-01", "not known here", "no clearance"]),
        ("2019-13-01", ["2019-13-01"]),
        ("2019-06-30T00:00", ["2019-06-30T00:00", "time"]),
        ("yesterday", ["yesterday", "YYYY-MM-DD"]),
        ("2019-06-30@", ["2019-06-30@"]),
        ("2019-06-30+", ["what-if"]),
        ("2019-06-30+nowhere.yaml", ["nowhere.yaml", "osaka.yaml", "rubio.yaml"]),
    ],
)
def test_state(tmp_path: Path, state: str, says: list[str]) -> None:
    said = refused("check", changed(tmp_path, "to: CN", "to: CN"), "--as-of", state)
    for one in says:
        assert one in said, said


def test_what_if_that_contradicts_itself(tmp_path: Path) -> None:
    path = tmp_path / "both.yaml"
    path.write_text(
        "title: both\nsays: ends and changes the same measure.\nends: [{id: EL-2019-05, on: 2019-06-01}]\n"
        "changes: [{id: EL-2019-05, in_force_through: 2019-07-01}]\n",
        encoding="utf-8",
    )
    said = refused("check", changed(tmp_path, "to: CN", "to: CN"), "--as-of", f"2019-06-30+{path}")
    assert "EL-2019-05" in said
    assert "both.yaml" in said


def test_command_line(tmp_path: Path) -> None:
    assert "no act" in refused("check")
    assert "--to" in refused("check", "--to")
    assert "XX" in refused("check", "--to", "XX")
    assert "check" in refused("chekc")
    assert "REFER" in refused("check", changed(tmp_path, "to: CN", "to: CN"), "--fail-on", "MAYBE")
    assert "is no ground" in refused("check", changed(tmp_path, "to: CN", "to: CN"), "--on-ground", "us_ear/999")
    exists = tmp_path / "saved.yaml"
    exists.write_text("", encoding="utf-8")
    assert "exists already" in refused("check", "--to", "CN", "--save", str(exists))


def test_standard_input() -> None:
    said = refused("check", "-", "--as-of", "2019-06-30", stdin=b"kind: export\nto: [CN, DE]\n")
    assert "standard input:2" in said


def test_errors_are_of_one_tree() -> None:
    result = CliRunner().invoke(cli, ["check", "--to", "XX"])
    assert isinstance(result.exception, LicetError)


def test_no_control_character_reaches_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "act.yaml"
    path.write_bytes(b'kind: export\n"\\e[31mred": 1\n"\\e[31mred": 2\nto: !\x21evil CN\n')
    for said in (
        refused("check", str(path)),
        refused("check", str(tmp_path / "\x1b[31mnowhere.yaml")),
        refused("check", changed(tmp_path, "to: CN", "to: CN"), "--as-of", "2019\x1b[31m"),
        refused("\x1b[31mcheck"),
    ):
        assert "\x1b" not in said
        assert "[31m" in said or "evil" in said
