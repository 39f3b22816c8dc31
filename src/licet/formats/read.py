"""Bytes to nodes, with limits: the only place that opens a file of a user."""

from __future__ import annotations

import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from licet.formats.node import ACT_LIMITS, Limits, Node
from licet.model.errors import FactsError, Problem

if TYPE_CHECKING:
    from typing import NoReturn

STDIN = "-"
STDIN_NAME = "standard input"
BOM = "\ufeff"
YAML_ENDS = (".yaml", ".yml")


def read_source(path: str, limits: Limits = ACT_LIMITS) -> bytes:
    """Return the bytes of a file, or of standard input for `-`; at most one byte more than allowed is read.

    Args:
        path: Path of a file, or `-`.
        limits: Its size.

    Returns:
        The bytes.

    Raises:
        FactsError: No such file, a directory, not readable, or too large.
    """
    if path == STDIN:
        data = sys.stdin.buffer.read(limits.size + 1)
    else:
        try:
            data = _read_file(Path(path), limits)
        except OSError as error:
            _refuse(path, f"cannot be read: {error.strerror or error}", "Check the path and its permissions.")
        except ValueError:
            _refuse(path, "this is no path of a file", "Check the path.")
    if len(data) > limits.size:
        _too_large(name_of(path), limits, 0)
    return data


def name_of(path: str) -> str:
    """Return what messages call a source."""
    return STDIN_NAME if path == STDIN else path


def _read_file(path: Path, limits: Limits) -> bytes:
    about = path.stat()
    if stat.S_ISDIR(about.st_mode):
        _refuse(str(path), "this is a directory", "Name a file in it.")
    if about.st_size > limits.size:
        _too_large(str(path), limits, about.st_size)
    with path.open("rb") as stream:
        return stream.read(limits.size + 1)


def _too_large(name: str, limits: Limits, size: int) -> NoReturn:
    found = f"the file has {size:,} bytes" if size else "there are more bytes"
    _refuse(name, f"{found}, {limits.size:,} are allowed", "Is it the right file? Split it where it is.")


def _refuse(name: str, message: str, todo: str) -> NoReturn:
    raise FactsError(Problem(message, name, todo=todo))


def decode(data: bytes, file: str) -> str:
    """Return the text of a file in UTF-8; a byte order mark at its start is left out.

    Args:
        data: The bytes.
        file: What messages call them.

    Returns:
        The text.

    Raises:
        FactsError: The bytes are no UTF-8; line and column of the first bad byte are named.
    """
    try:
        return data.decode("utf-8").removeprefix(BOM)
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line, column = before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1
        found = f"byte 0x{data[error.start]:02x} is no UTF-8"
        raise FactsError(Problem(found, file, line, column, todo="Save the file as UTF-8.")) from None


def compose(
    text: str, file: str = "", *, limits: Limits = ACT_LIMITS, problems: list[Problem] | None = None
) -> Node | None:
    """Turn a text into nodes: JSON by its name or its first signs, else YAML.

    Args:
        text: The text.
        file: What messages call it; `.json`, `.yaml` and `.yml` decide the format.
        limits: Depth, number of nodes, number of documents.
        problems: Takes what is wrong and does not stop the reading (anchors, tags, duplicate keys), so that the
            caller can add what it finds itself; without it that is raised too.

    Returns:
        The root node, or None where the text holds nothing.

    Raises:
        FactsError: The text cannot be parsed or goes over a limit.
    """
    found: list[Problem] = [] if problems is None else problems
    if looks_like_json(text, file):
        from licet.formats.json_nodes import json_nodes  # one of the two formats is enough

        root: Node | None = json_nodes(text, file, limits, found) if text.strip() else None
    else:
        from licet.formats.yaml_nodes import yaml_nodes  # costs 20 ms, and JSON does not need it

        roots = yaml_nodes(text, file, limits, found)
        root = roots[0] if roots else None
    if problems is None and found:
        raise FactsError(*found)
    return root


def looks_like_json(text: str, file: str) -> bool:
    """Say whether a text is to be read as JSON: by the end of its name, else by `{"` or `{}` at its start."""
    name = file.lower()
    if name.endswith((".json", *YAML_ENDS)):
        return name.endswith(".json")
    start = text.lstrip()
    return start.startswith("{") and start[1:].lstrip()[:1] in {'"', "}"}


def package_text(folder: str, name: str) -> str:
    """Return the text of a file that ships with licet: a template, a style sheet, the screen of the story.

    Args:
        folder: Folder inside the package, such as `show`.
        name: Name of the file.
    """
    return (Path(__file__).parent.parent / folder / name).read_text(encoding="utf-8")


def package_files(folder: str) -> tuple[str, ...]:
    """Return the names of the files of a folder that ships with licet, in order."""
    return tuple(sorted(path.name for path in (Path(__file__).parent.parent / folder).iterdir()))
