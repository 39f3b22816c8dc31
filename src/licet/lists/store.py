"""Opens the lists: those that ship with licet, or with them those in the store of this machine.

What is made of a store is kept beside it, in a file for each state of the lists: `licet lists add` and `update` make it
at their end; else the first check that finds none does.
"""

from __future__ import annotations

import mmap
import os
import sys
from contextlib import suppress
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from licet import __version__
from licet.lists.roster import Roster
from licet.lists.snapshot import Snapshot
from licet.model.errors import Problem, SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from licet.lists.merge import History
    from licet.lists.tables import Curated

COMPILED = "lists.snapshot"
"""What ships, beside this file."""
FILE = "lists.sqlite"
"""The store, in the folder of licet."""
KEPT = 2
"""States of the lists that are kept compiled beside a store; older ones are made again when they are asked for."""
_ALWAYS = date(1900, 1, 1)
"""Day from which on the issues that ship are known."""
_HERE = Path(__file__).parent
_HEAD, _PAGES, _MARK = 100, slice(28, 32), slice(60, 64)
"""Bytes of the head of a store; in it the number of its pages, and the mark of the last update that changed a list."""


@cache
def shipped() -> Roster:
    """Return the lists that ship with licet.

    Raises:
        SourceError: The compiled file is missing or damaged.
    """
    return _mapped(_HERE / COMPILED)


def open_lists(known: date | None = None) -> Roster:
    """Return the lists: those that ship, with those in the store of this machine where there is one.

    Args:
        known: Last day of which anything had been seen; None: everything has.

    Raises:
        SourceError: The store cannot be read.
    """
    file = file_here()
    mark = _mark(file)
    if not mark:
        return shipped()
    made = _path(file, mark, known)
    return _mapped(made) if made.exists() else _made(file, known)


def file_here() -> Path:
    """Return where the store of this machine is, or would be."""
    return home(os.environ, sys.platform) / FILE


def home(environment: Mapping[str, str], platform: str) -> Path:
    """Return the folder of licet.

    Args:
        environment: The environment; `LICET_HOME` goes before all else.
        platform: As `sys.platform` names it.

    Returns:
        The folder for data of the system where `LICET_HOME` is not set.
    """
    if said := environment.get("LICET_HOME"):
        return Path(said).expanduser()
    user = Path(environment.get("USERPROFILE" if platform == "win32" else "HOME") or Path.home())
    if platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or user / "AppData" / "Local") / "licet"
    if platform == "darwin":
        return user / "Library" / "Application Support" / "licet"
    said = environment.get("XDG_DATA_HOME", "")
    return (Path(said) if Path(said).is_absolute() else user / ".local" / "share") / "licet"


def compile_shipped(folder: Path = _HERE) -> bytes:
    """Check the tables in a folder and return the compiled file that belongs beside them.

    Args:
        folder: Where `starter.csv` and `starter_names.csv` lie.

    Returns:
        The bytes of `lists.snapshot`.

    Raises:
        SourceError: A table is missing or not well formed.
    """
    from licet.law.book import load
    from licet.lists.compiling import compile_lists
    from licet.lists.shipped import removed

    return compile_lists(curated(folder), _with_shipped({}), load(), removed=removed())


def curated(folder: Path = _HERE) -> Curated:
    """Return the tables that people keep by hand, checked.

    Raises:
        SourceError: A table is missing or not well formed.
    """
    from licet.lists.tables import ENTRIES, NAMES, read_tables

    return read_tables(_text(folder / ENTRIES), _text(folder / NAMES))


def _path(file: Path, mark: bytes, known: date | None) -> Path:
    """Return where the compiled state of a store is kept."""
    key = sha256(f"{__version__} {shipped().version} {mark.hex()} {known}".encode()).hexdigest()[:16]
    return file.with_name(f"lists-{key}.snapshot")


def _made(file: Path, known: date | None) -> Roster:
    """Compile a state of the lists and keep it beside the store; where that cannot be written, in memory alone."""
    from licet.law.book import load
    from licet.lists.compiling import compile_lists
    from licet.lists.shipped import removed
    from licet.lists.vault import Vault

    with Vault(file) as vault:
        mark, histories = _mark(file), vault.histories()
    made = _path(file, mark, known)
    changed = _mark(file) != mark  # an update came in between: whose state was read cannot be told
    data = compile_lists(curated(), _with_shipped(histories), load(), removed=removed(), known=known)
    if changed:
        return Roster(Snapshot(data, str(made)))
    aside = made.with_suffix(f".{os.getpid()}")
    try:
        aside.write_bytes(data)
        aside.replace(made)
        now = _path(file, mark, None)
        others = [path for path in file.parent.glob("lists-*.snapshot") if path != now]
        for old in sorted(others, key=lambda path: path.stat().st_mtime)[: -KEPT + 1]:
            old.unlink(missing_ok=True)
    except OSError:
        with suppress(OSError):
            aside.unlink()
        return Roster(Snapshot(data, str(made)))
    return _mapped(made)


def _with_shipped(histories: Mapping[str, History]) -> dict[str, History]:
    """Add the issues that ship: what is known on any day, whenever a store began."""
    from licet.lists.merge import EMPTY, merge
    from licet.lists.shipped import issues

    shipped = {list_: [issue._replace(known=_ALWAYS) for issue in each] for list_, each in issues().items()}
    return {**histories, **{list_: merge(each, histories.get(list_, EMPTY)) for list_, each in shipped.items()}}


def _mark(file: Path) -> bytes:
    """Return what changes with every update that changes a list; empty where there is no store."""
    try:
        with file.open("rb") as opened:
            head = opened.read(_HEAD)
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise SourceError(Problem(f"cannot be read: {error.strerror}", str(file), todo="Check its rights.")) from error
    if 0 < len(head) < _HEAD:
        todo = "Take a copy from before, or put the file aside and add the lists again."
        raise SourceError(Problem("is damaged: it is cut off", str(file), todo=todo))
    return head[_PAGES] + head[_MARK] if head else b""


def _mapped(path: Path) -> Roster:
    """Open a compiled file."""
    try:
        with path.open("rb") as opened:
            data = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        todo = "Install licet again, or run tools/generate.py in a source tree."
        raise SourceError(Problem(f"cannot be read: {error}", str(path), todo=todo)) from error
    return Roster(Snapshot(data, str(path)))


def _text(path: Path) -> str:
    """Read one file of the tables."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        todo = "Install licet again, or run tools/generate.py in a source tree."
        raise SourceError(Problem(f"cannot be read: {error}", str(path), todo=todo)) from error
