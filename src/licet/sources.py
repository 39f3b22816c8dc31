"""What a check reads: the lawbook, the lists, and the what-ifs of a state of the law."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from licet.formats.read import decode, name_of, read_source
from licet.law.book import load, shipped
from licet.lists import store
from licet.model.errors import FactsError, Problem

if TYPE_CHECKING:
    from licet.law.book import Book
    from licet.lists.roster import Roster
    from licet.state import State


class Sources(NamedTuple):
    """Lawbook and lists, opened once by the caller."""

    book: Book
    lists: Roster
    what_if: Book | None = None
    """The lawbook as the what-ifs would have it."""
    what_if_names: tuple[str, ...] = ()


def open_sources(state: State, *, own: bool = True) -> Sources:
    """Open the lawbook and the lists as they were known, with the what-ifs of a state applied beside the real book.

    Args:
        state: The state of the law.
        own: Read the lists of this machine too; else those alone that ship, so that everyone sees the same.

    Raises:
        FactsError: a what-if cannot be read, or contradicts the book or another.
        SourceError: the lists cannot be read.
    """
    book, lists = load(), store.open_lists(state.known) if own else store.shipped()
    if not state.what_ifs:
        return Sources(book, lists)
    from licet.law.whatif import parse_what_if

    what_ifs = [parse_what_if(*_text(name)) for name in state.what_ifs]
    return Sources(book, lists, book.with_changes(*what_ifs), tuple(one.file for one in what_ifs))


def _text(name: str) -> tuple[str, str]:
    """Return the text and the name of a what-if: one that ships, by its name, else a path."""
    ships = shipped()
    path = ships.get(name.removesuffix(".yaml"))
    try:
        return decode(read_source(str(path or name)), name), name if path else name_of(name)
    except FactsError as error:
        named = ", ".join(f"{one}.yaml" for one in ships)
        hint = Problem(f'"{name}" is no what-if that ships ({named}), and no file that can be read', field="as_of")
        raise FactsError(hint, *error.problems) from None
