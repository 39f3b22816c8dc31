"""A file of sorted tables: what is written is read, and a damaged file is refused."""

from __future__ import annotations

import mmap
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licet.lists.snapshot import FORM, Snapshot, write
from licet.model.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
TABLES = st.dictionaries(st.sampled_from(["names", "entries", "short"]), st.dictionaries(PLAIN, TEXT, max_size=20))


@given(TABLES, PLAIN)
def test_what_is_written_is_read(tables: dict[str, dict[str, str]], other: str) -> None:
    read = Snapshot(write({"said": "this"}, tables), "file")
    assert read.head == {"said": "this"}
    assert {name: dict(table.items()) for name, table in read.tables.items()} == tables
    for name, table in tables.items():
        assert len(read.tables[name]) == len(table)
        for key in (*table, other, f"{other}x"):
            assert read.tables[name].get(key) == table.get(key, "")


@given(TABLES)
def test_the_order_in_which_tables_are_given_does_not_matter(tables: dict[str, dict[str, str]]) -> None:
    turned = {name: dict(reversed(table.items())) for name, table in reversed(tables.items())}
    assert write({}, turned) == write({}, tables)


def test_a_file_is_read_in_place(tmp_path: Path) -> None:
    path = tmp_path / "lists"
    path.write_bytes(write({}, {"names": {"华为": "one\ttwo\nthree", "": "empty"}}))
    with path.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as data:
        table = Snapshot(data, "lists").tables["names"]
        assert (table.get("华为"), table.get(""), table.get("华")) == ("one\ttwo\nthree", "empty", "")


WHOLE = write({"said": 1}, {"names": {"a": "b"}})


@pytest.mark.parametrize(
    "data", [b"", b"{}", FORM, WHOLE[:-1], WHOLE + b"\0", WHOLE.replace(b"snapshot 1", b"snapshot 9")]
)
def test_a_part_of_a_file_and_another_form_are_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"some/file.*is no compiled list.*made again"):
        Snapshot(data, "some/file")
