"""Opens what a source sends packed, zip and gzip, within limits: what lies inside is counted, never believed.

The size that an archive states is the sender's word. Here bytes are counted as they come out, and a file that grows
beyond the limits is refused before it fills the memory.
"""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Protocol

from licet.model.errors import Problem, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_BYTES = 512 * 2**20
"""Bytes that one packed file may hold: the largest list known (the enhanced SDN file) has about 150 million."""
MOST_TIMES = 200
"""How many times larger than packed it may be: real lists are 3 to 20 times larger, deflate reaches 1,032."""
MOST_MEMBERS = 32
SMALL = 2**20
"""Below this size the ratio is not looked at: a short file of blanks is no danger."""
_CHUNK = 2**20
_ZIP, _GZIP = b"PK\x03\x04", b"\x1f\x8b"
_EMPTY_ZIP = b"PK\x05\x06"
_GZIP_WINDOW = 31
"""What zlib calls a stream with the header and check sum of gzip."""
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError)
"""What the reader of zip files raises for a damaged one."""
_ENCRYPTED = 1
_HEAD = 65_536


class _Stream(Protocol):
    def read(self, size: int, /) -> bytes: ...


def unpack(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Open every zip and gzip file among some files; others are kept as they are.

    Args:
        files: Bytes by name.

    Returns:
        Bytes by name; a member of a zip file is named `archive.zip/member`. An archive inside an archive stays closed.

    Raises:
        SourceError: An archive is damaged, locked, empty, or larger inside than the limits of this module.
    """
    opened: dict[str, bytes] = {}
    for name, data in files.items():
        if data.startswith((_ZIP, _EMPTY_ZIP)):
            opened.update(_members(name, data))
        elif data.startswith(_GZIP):
            opened[name] = b"".join(_within(name, _gunzip(name, data), len(data)))
        else:
            opened[name] = data
    return opened


def single(files: Mapping[str, bytes], what: str) -> tuple[str, bytes]:
    """Return the one file of a list that comes in one file, unpacked.

    Args:
        files: Bytes by name.
        what: What messages call the list.

    Raises:
        SourceError: None or several files, or an archive that `unpack` refuses.
    """
    opened = unpack(files)
    if len(opened) != 1:
        raise SourceError(f"{what} is one file, not {len(opened)}: {', '.join(sorted(opened)) or 'nothing given'}")
    return next(iter(opened.items()))


def heads(files: Mapping[str, bytes], size: int = _HEAD) -> dict[str, bytes]:
    """Return how each file begins, packed or not, without opening more than that.

    Args:
        files: Bytes by name.
        size: How many bytes are wanted of each.

    Returns:
        The first bytes by name, named as `unpack` does; a damaged archive has none.
    """
    found: dict[str, bytes] = {}
    for name, data in files.items():
        if data.startswith((_ZIP, _EMPTY_ZIP)):
            found.update(_member_heads(name, data, size))
        elif data.startswith(_GZIP):
            found[name] = _gzip_head(data, size)
        else:
            found[name] = data[:size]
    return found


def _members(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the members of a zip file; their sizes are counted together, so that no member can hide behind another."""
    count, left = 0, MOST_BYTES
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for info in _listed(name, archive):
                with archive.open(info) as stream:
                    inside = b"".join(_within(name, _chunks(stream), len(data), MOST_BYTES - left))
                left -= len(inside)
                count += 1
                yield f"{name}/{info.filename}", inside
    except _DAMAGED as error:
        raise SourceError(Problem(f"the zip file is damaged: {error}", name, todo="Download it again.")) from error
    if not count:
        raise SourceError(Problem("the zip file holds nothing", name))


def _listed(name: str, archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the files that a zip file lists, or refuse it for how it is made."""
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MOST_MEMBERS:
        raise SourceError(Problem(f"holds {len(infos)} files", name, allowed=f"up to {MOST_MEMBERS}"))
    for info in infos:
        if info.flag_bits & _ENCRYPTED:
            raise SourceError(Problem(f"{info.filename!r} in it is locked with a password", name))
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise SourceError(Problem(f"{info.filename!r} in it is packed by method {info.compress_type}", name))
    return infos


def _chunks(stream: _Stream) -> Iterator[bytes]:
    """Yield what a stream holds, piece by piece."""
    while chunk := stream.read(_CHUNK):
        yield chunk


def _gunzip(name: str, data: bytes) -> Iterator[bytes]:
    """Yield what a gzip file holds, piece by piece; several streams in a row are one file."""
    while data:
        unpacker = zlib.decompressobj(_GZIP_WINDOW)
        try:
            while data and not unpacker.eof:
                yield unpacker.decompress(data, _CHUNK)
                data = unpacker.unconsumed_tail
            yield unpacker.flush()
        except zlib.error as error:
            raise SourceError(Problem(f"the gzip file is damaged: {error}", name, todo="Download it again.")) from error
        if not unpacker.eof:
            raise SourceError(Problem("the gzip file breaks off", name, todo="Download it again."))
        data = unpacker.unused_data


def _within(name: str, pieces: Iterator[bytes], packed: int, before: int = 0) -> Iterator[bytes]:
    """Pass pieces on as long as they stay within the limits.

    Args:
        name: File that they come from.
        pieces: What comes out of it.
        packed: Its size in bytes.
        before: Bytes that came out of it already.

    Yields:
        The pieces.

    Raises:
        SourceError: More came out than the limits of this module allow.
    """
    total = before
    for piece in pieces:
        total += len(piece)
        if total > MOST_BYTES:
            raise SourceError(Problem(f"holds more than {MOST_BYTES:,} bytes", name))
        if total > SMALL and total > MOST_TIMES * packed:
            raise SourceError(Problem(f"holds more than {MOST_TIMES} times its own size: not a list", name))
        yield piece


def _member_heads(name: str, data: bytes, size: int) -> Iterator[tuple[str, bytes]]:
    """Yield how each member of a zip file begins; nothing of a damaged one."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for info in _listed(name, archive):
                with archive.open(info) as stream:
                    yield f"{name}/{info.filename}", stream.read(size)
    except (SourceError, *_DAMAGED):
        yield name, b""


def _gzip_head(data: bytes, size: int) -> bytes:
    """Return how a gzip file begins; nothing of a damaged one."""
    try:
        return zlib.decompressobj(_GZIP_WINDOW).decompress(data[: 4 * size], size)
    except zlib.error:
        return b""
