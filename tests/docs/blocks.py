"""Code blocks of a document: transcripts of a terminal, commands, files to write, lines to change."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
ELLIPSIS = "…"
"""Stands in a transcript for any number of lines, alone on a line of its own."""
PROMPT = "$ "
VARIES = (
    (re.compile(r"\bbook [0-9a-f]{8,}"), "book #"),
    (re.compile(r"\bdigest +[0-9a-f]{16}"), "digest #"),
)
"""What changes with every edit of the lawbook, and stands for itself in no transcript."""
SLOW = 120
"""Seconds after which a command of a document is taken as hung."""


class Block(NamedTuple):
    """One fenced block."""

    language: str
    text: str
    before: str
    """The line of prose before it: names the file that it is, or is a change of."""
    line: int


class Step(NamedTuple):
    """One command of a transcript with the output that follows it."""

    command: str
    output: str


class Done(NamedTuple):
    """A command that has run."""

    code: int
    output: str


def blocks(document: str, *languages: str) -> list[Block]:
    """Return the fenced blocks of a document in these languages, in order; of all where none is named."""
    text = (ROOT / document).read_text("utf-8")
    found = []
    for match in re.finditer(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        before = text[: match.start()].rstrip().rpartition("\n")[2]
        line = text.count("\n", 0, match.start()) + 1
        found.append(Block(match.group(1), match.group(2), before, line))
    return [block for block in found if not languages or block.language in languages]


def steps(block: Block) -> Iterator[Step]:
    """Walk through the commands of a transcript; what comes before the first is refused."""
    head, *rest = re.split(rf"^{re.escape(PROMPT)}", block.text, flags=re.MULTILINE)
    assert not head.strip(), f"line {block.line}: output without a command"
    for one in rest:
        command, _, output = one.partition("\n")
        yield Step(command, output.rstrip("\n"))


def run(command: str, where: Path, *, source: Path | None = None) -> Done:
    """Run one command line as a reader does, with `licet` and `python` of this environment first on the path.

    Args:
        command: The command line.
        where: The folder to run it in.
        source: A copy of `src` that is read in place of the installed one.
    """
    env = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    if source is not None:
        env["PYTHONPATH"] = str(source)
    done = subprocess.run(
        ["sh", "-c", command],  # noqa: S607 - the shell of the reader
        cwd=where,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        timeout=SLOW,
        check=False,
    )
    return Done(done.returncode, done.stdout.rstrip("\n"))


def plain(text: str) -> str:
    """Return output without what changes with every edit of the lawbook, and without space at ends of lines."""
    for pattern, word in VARIES:
        text = pattern.sub(word, text)
    return "\n".join(line.rstrip() for line in text.splitlines())


def agrees(shown: str, output: str) -> bool:
    """Say whether a transcript is what a command printed; a line `…` stands for any number of lines."""
    return _agrees(plain(shown).splitlines(), plain(output).splitlines())


def _agrees(shown: list[str], lines: list[str]) -> bool:
    if not shown:
        return not lines
    if shown[0].strip() == ELLIPSIS:
        return any(_agrees(shown[1:], lines[skipped:]) for skipped in range(len(lines) + 1))
    return bool(lines) and shown[0] == lines[0] and _agrees(shown[1:], lines[1:])
