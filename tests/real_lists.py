"""The real files of lists that lie beside the repository, for tests that count in them."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "shared" / "data"


def real(name: str) -> bytes:
    """Return a real file as it came; skip the test where it is absent."""
    path = DATA / name
    if not path.is_file():
        pytest.skip(f"the real lists are not beside the repository: {path}")
    return path.read_bytes()


def unpacked(name: str) -> bytes:
    """Return what a real file that is packed with gzip holds."""
    return gzip.decompress(real(name))
