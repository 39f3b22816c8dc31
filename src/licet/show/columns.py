"""Text in columns for a terminal: widths without colors, cutting, wrapping. Nothing is decided here."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH = 110
BOLD, DIM, ITALIC, PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[3m", "\x1b[0m"
SAID = DIM + ITALIC
"""How words without legal force are drawn."""
RED, YELLOW, GREEN = "\x1b[31m", "\x1b[33m", "\x1b[32m"


def paint(color: str, text: str) -> str:
    """Return a text in a color; without one, as it is."""
    return f"{color}{text}{PLAIN}" if color and text else text


def bare(text: str) -> str:
    """Return a text without its colors, to count columns."""
    plain, *rest = text.split("\x1b[")
    return plain + "".join(part.partition("m")[2] for part in rest)


def clip(text: str, width: int) -> str:
    """Return a text of at most so many columns, cut at the end where it is longer."""
    return text if len(text) <= width else text[: width - 1].rstrip(" ,;:") + "…"


def cell(text: str, width: int) -> str:
    """Return a text of exactly so many columns."""
    return clip(text, width).ljust(width)


def spread(left: str, right: str, width: int = WIDTH) -> str:
    """Return a line with one text at its left and one at its right end; on two lines where both do not fit."""
    room = width - len(bare(left)) - len(bare(right))
    if not right:
        return left
    return f"{left}{' ' * room}{right}" if room > 1 else f"{left}\n{' ' * max(width - len(bare(right)), 0)}{right}"


def wrapped(text: str, first: str, later: str = "", color: str = "") -> Iterator[str]:
    """Wrap a text under a first and a later indent, colored line by line."""
    lines = textwrap.wrap(text, WIDTH - len(first), break_on_hyphens=False) or [""]
    for number, line in enumerate(lines):
        yield (later or " " * len(first) if number else first) + paint(color, line)
