"""Opens the folders of the sources: which there are, and the text of a file in one. Only this looks at the disk."""

from __future__ import annotations

from pathlib import Path

from licet.model.errors import Problem, SourceError

HERE = Path(__file__).parent / "sources"
"""One folder a list; the folder's name is the id of the source."""
DESCRIPTION = "source.yaml"


def source_ids(folder: Path = HERE) -> tuple[str, ...]:
    """Return the ids of all sources, in alphabetical order: the folders that hold a `source.yaml`."""
    return tuple(sorted(path.parent.name for path in folder.glob(f"*/{DESCRIPTION}")))


def description(id_: str, folder: Path = HERE) -> str:
    """Return the text of the description of a source.

    Raises:
        SourceError: It cannot be read.
    """
    path = folder / id_ / DESCRIPTION
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(Problem(f"cannot be read: {error}", str(path), todo="Install licet again.")) from error


def samples(id_: str, folder: Path = HERE) -> dict[str, bytes]:
    """Return the small files in the official format that lie beside a source, by name."""
    return {path.name: path.read_bytes() for path in sorted((folder / id_).glob("sample*"))}
