"""Opening a file of a user: limits, and what is said where it cannot be read."""

from __future__ import annotations

import io
import os
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from licet.formats.act import load_act
from licet.formats.node import Limits
from licet.formats.read import read_source
from licet.model.errors import FactsError

if TYPE_CHECKING:
    from pathlib import Path


def refusal(path: str) -> str:
    with pytest.raises(FactsError) as caught:
        load_act(path)
    assert len(caught.value.problems) == 1
    assert caught.value.problems[0].todo
    return str(caught.value)


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "act.yaml"
    path.write_text("kind: export\nto: NO\n", "utf-8")
    act = load_act(str(path))
    assert act.get("to") == "NO"
    assert act.file == str(path)


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b'{"kind": "export", "to": "NO"}')))
    act = load_act("-")
    assert (act.get("to"), act.file) == ("NO", "standard input")


def test_standard_input_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    endless = io.BytesIO(b"x" * 3_000_000)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=endless))
    assert "1,000,000 are allowed" in refusal("-")
    assert endless.tell() == 1_000_001


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as stream:
        stream.truncate(100_000_000)
    monkeypatch.setattr("pathlib.Path.open", lambda *_: pytest.fail("the file was opened"))
    assert "the file has 100,000,000 bytes, 1,000,000 are allowed" in refusal(str(path))


def test_a_file_that_grows_is_read_up_to_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    end = os.open(path, os.O_RDWR)
    os.write(end, b"kind: export")
    with pytest.raises(FactsError, match="there are more bytes, 11 are allowed"):
        read_source(str(path), Limits(size=11))
    os.close(end)


def test_a_directory_a_missing_file_and_no_path(tmp_path: Path) -> None:
    assert "this is a directory" in refusal(str(tmp_path))
    assert "No such file or directory" in refusal(str(tmp_path / "act.yaml"))
    assert "Not a directory" in refusal("/dev/null/act.yaml")
    assert "this is no path of a file" in refusal("a\0b")
