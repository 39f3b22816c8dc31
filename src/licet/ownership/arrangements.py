"""Holdings behind which several stand: held together, or by a nominee for another. Each becomes a party of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from licet.ownership.graph import ARRANGEMENT, Interest, Party
from licet.ownership.kinds import KINDS
from licet.ownership.shares import UNKNOWN_SHARE, exactly

if TYPE_CHECKING:
    from collections.abc import Sequence


def joint(id_: str, holders: Sequence[Party], where: str) -> tuple[Party, tuple[Interest, ...]]:
    """Return a holding of several parties together, and what each has in it.

    Args:
        id_: Id of the holding.
        holders: Who hold it; what each of them has in it is not stated.
        where: What of the source says so.

    Returns:
        The arrangement and the interests in it. Its share in an entity is then one interest, so that it counts once.
    """
    name = f"joint holding of {_listed([one.name for one in holders])}"
    party = Party(id_, name, ARRANGEMENT, complete=True, where=where)
    return party, tuple(
        Interest(f"{id_}/{number}", one.id, id_, "shareholding", share=UNKNOWN_SHARE, where=where, note="held together")
        for number, one in enumerate(holders)
    )


def nominee(id_: str, holder: Party, principal: Party, where: str) -> tuple[Party, tuple[Interest, ...]]:
    """Return a holding that one party has in its name for another.

    Args:
        id_: Id of the holding.
        holder: The nominee, who has the title.
        principal: For whom it is held: it owns all of it.
        where: What of the source says so.
    """
    title = KINDS["nominee"]
    party = Party(id_, f"{holder.name} for {principal.name}", ARRANGEMENT, complete=True, where=where)
    return party, (
        Interest(f"{id_}/for", principal.id, id_, "nominator", share=exactly(100), where=where),
        Interest(f"{id_}/by", holder.id, id_, "nominee", title.counts, UNKNOWN_SHARE, where=where, note=title.note),
    )


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
