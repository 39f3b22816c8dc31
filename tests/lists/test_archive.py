"""Packed files: opened within limits, whatever they say of themselves."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licet.lists import archive
from licet.lists.archive import heads, single, unpack
from licet.model.errors import SourceError

TEXT = b"a,b\n" * 100


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return packed.getvalue()


@given(st.binary(max_size=300), st.binary(min_size=1, max_size=300))
def test_what_is_packed_comes_out_as_it_was(first: bytes, second: bytes) -> None:
    members = {"one.csv": first, "two/three.xml": second}
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        assert unpack({"a.zip": zipped(members, method)}) == {"a.zip/one.csv": first, "a.zip/two/three.xml": second}
    assert unpack({"b.gz": gzip.compress(first)}) == {"b.gz": first}
    assert unpack({"b.gz": gzip.compress(first) + gzip.compress(second)}) == {"b.gz": first + second}


def test_what_is_not_packed_stays_as_it_is_and_archives_inside_stay_closed() -> None:
    inner = zipped({"x": TEXT})
    assert unpack({"plain": TEXT, "outer.zip": zipped({"inner.zip": inner})}) == {
        "plain": TEXT,
        "outer.zip/inner.zip": inner,
    }


@pytest.mark.parametrize("pack", [gzip.compress, lambda data: zipped({"sdn.xml": data})])
def test_a_bomb_is_refused_before_it_is_whole(pack: object) -> None:
    bomb = pack(b"\x00" * 20_000_000)  # type: ignore[operator]
    assert len(bomb) < 100_000
    with pytest.raises(SourceError, match="times its own size"):
        unpack({"bomb": bomb})


def test_members_of_a_bomb_count_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 1000)
    whole = zipped({"one": TEXT, "two": TEXT}, zipfile.ZIP_STORED)
    assert len(unpack({"a": whole})) == 2
    with pytest.raises(SourceError, match="more than 1,000 bytes"):
        unpack({"a": zipped({"one": TEXT, "two": TEXT, "three": TEXT}, zipfile.ZIP_STORED)})
    with pytest.raises(SourceError, match="more than 1,000 bytes"):
        unpack({"a": gzip.compress(TEXT * 3)})


def test_a_size_that_is_a_lie_helps_nobody() -> None:
    packed = zipped({"sdn.xml": TEXT})
    lying = packed.replace(len(TEXT).to_bytes(4, "little"), (7).to_bytes(4, "little"))
    assert lying != packed
    with pytest.raises(SourceError, match="damaged"):
        unpack({"a.zip": lying})


def test_many_members_locked_ones_and_odd_methods_are_refused() -> None:
    with pytest.raises(SourceError, match="holds 33 files"):
        unpack({"a.zip": zipped({str(number): b"x" for number in range(33)})})
    with pytest.raises(SourceError, match="packed by method 14"):
        unpack({"a.zip": zipped({"x": TEXT}, zipfile.ZIP_LZMA)})
    locked = bytearray(zipped({"x": TEXT}))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(SourceError, match="password"):
        unpack({"a.zip": bytes(locked)})


@pytest.mark.parametrize("data", [zipped({"x": TEXT * 50}), gzip.compress(TEXT * 50)])
def test_what_breaks_off_or_is_changed_is_refused(data: bytes) -> None:
    for damaged in (data[: len(data) // 2], data[:5], data[:-30] + b"\xff" * 12 + data[-18:]):
        with pytest.raises(SourceError):
            unpack({"a": damaged})
    with pytest.raises(SourceError, match="damaged"):
        unpack({"a": gzip.compress(TEXT) + b"and more"})


def test_an_archive_without_a_file_is_refused() -> None:
    with pytest.raises(SourceError, match="holds nothing"):
        unpack({"a.zip": zipped({})})
    with pytest.raises(SourceError, match="holds nothing"):
        unpack({"a.zip": zipped({"folder/": b""})})


def test_heads_open_no_more_than_the_beginning_and_never_fail() -> None:
    files = {"a.zip": zipped({"x": TEXT}), "b.gz": gzip.compress(TEXT), "c": TEXT, "d": b"PK\x03\x04", "e": b"\x1f\x8b"}
    assert heads(files, 8) == {"a.zip/x": TEXT[:8], "b.gz": TEXT[:8], "c": TEXT[:8], "d": b"", "e": b""}
    assert heads({"bomb": gzip.compress(b"\x00" * 20_000_000)}, 8) == {"bomb": b"\x00" * 8}


def test_one_file_means_one_file() -> None:
    assert single({"a.zip": zipped({"x": TEXT})}, "the list") == ("a.zip/x", TEXT)
    for files in ({}, {"a": TEXT, "b": TEXT}, {"a.zip": zipped({"x": TEXT, "y": TEXT})}):
        with pytest.raises(SourceError, match="the list is one file"):
            single(files, "the list")
