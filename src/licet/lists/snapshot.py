"""A file of sorted tables that is read in place: opened in a moment, whatever its size, and searched by bisection.

The file is a line that names the form, a line of JSON (what the file says of itself, and where its tables lie), then
the tables. A table is its records one after the other, sorted by key, and the place of each. Nothing of a table is read
before it is asked for. The same tables give the same bytes.
"""

from __future__ import annotations

import json
import sys
from array import array
from typing import TYPE_CHECKING, Any

from licet.model.errors import Problem, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from mmap import mmap

FORM = b"licet snapshot 1\n"
_PART = b"\x1f"
"""Parts key and value. It sorts before every sign that a key has."""
_TABLES, _SIZE = "tables", 4
_ZERO = b"\0"
_AGAIN = "Remove it: it is made again. If it came with licet, install licet again."


class Table:
    """One table of texts by key."""

    def __init__(self, data: mmap | bytes, start: int, index: int, count: int) -> None:
        """Take a table where it lies.

        Args:
            data: The whole file.
            start: Where its records begin.
            index: Where the places of its records begin.
            count: How many records it has.
        """
        self._data, self._start, self._count = data, start, count
        places = data[index : index + _SIZE * (count + 1)]
        self._places = memoryview(places).cast("I") if sys.byteorder == "little" else _swapped(places)

    def __len__(self) -> int:
        """Return the number of records."""
        return self._count

    def get(self, key: str) -> str:
        """Return the text of a key; empty where the table lacks it."""
        wanted = key.encode() + _PART
        size, data, start, places = len(wanted), self._data, self._start, self._places
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            at = start + places[middle]
            if data[at : at + size] < wanted:
                low = middle + 1
            else:
                high = middle
        record = self._record(low) if low < self._count else b""
        return record[size:].decode() if record.startswith(wanted) else ""

    def __iter__(self) -> Iterator[str]:
        """Yield the keys, in order."""
        return (key for key, _ in self.items())

    def items(self) -> Iterator[tuple[str, str]]:
        """Yield keys and texts, by key."""
        for number in range(self._count):
            key, _, text = self._record(number).partition(_PART)
            yield key.decode(), text.decode()

    def _record(self, number: int) -> bytes:
        return self._data[self._start + self._places[number] : self._start + self._places[number + 1]]


class Snapshot:
    """A file of tables."""

    def __init__(self, data: mmap | bytes, name: str) -> None:
        """Read what the file says of itself.

        Args:
            data: The whole file, mapped or read.
            name: What messages call it.

        Raises:
            SourceError: It is no such file, or a part of one.
        """
        try:
            end = data.find(b"\n", len(FORM))
            self.head: dict[str, Any] = json.loads(data[len(FORM) : end])
            """What the file says of itself."""
            places = self.head.pop(_TABLES)
            base = end + 1
            self.tables = {name: Table(data, base + at, base + index, count) for name, (at, index, count) in places}
            """The tables by name."""
            whole = data[: len(FORM)] == FORM and len(data) == self.head.pop("size") + end + 1
        except (ValueError, KeyError, TypeError):
            whole = False
        if not whole:
            raise SourceError(Problem("is no compiled list of this version, or a part of one", name, todo=_AGAIN))


def write(head: Mapping[str, object], tables: Mapping[str, Mapping[str, str]]) -> bytes:
    """Write tables as the bytes of a file.

    Args:
        head: What the file says of itself, as JSON has it.
        tables: The tables by name; no key has a control character.

    Returns:
        The bytes, the same for the same arguments.
    """
    body, places = bytearray(), []
    for name, table in sorted(tables.items()):
        records = sorted(key.encode() + _PART + text.encode() for key, text in table.items())
        start, ends = len(body), array("I", [0])
        for record in records:
            body += record
            ends.append(len(body) - start)
        body += _ZERO * (-len(body) % _SIZE)
        places.append((name, (start, len(body), len(records))))
        body += ends.tobytes() if sys.byteorder == "little" else _swapped(ends.tobytes()).tobytes()
    said = json.dumps({**head, _TABLES: places, "size": len(body)}, ensure_ascii=False, separators=(",", ":"))
    return b"".join((FORM, said.encode(), b"\n", body))


def _swapped(places: bytes) -> array[int]:
    """Turn the order of the bytes of numbers around."""
    numbers = array("I", places)
    numbers.byteswap()
    return numbers
