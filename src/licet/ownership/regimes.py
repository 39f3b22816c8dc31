"""The 50 percent rules: whose lists count under each, and what it rests on. The arithmetic is one (`reach`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Regime(NamedTuple):
    """One 50 percent rule."""

    id: str
    short: str
    """In one word, beside a party."""
    title: str
    lists: Mapping[str, frozenset[str]]
    """The lists that count; for each the programs of its entries that count, or none where all do."""
    cites: tuple[str, ...]
    measures: tuple[str, ...] = ()
    """Measures of the lawbook that it rests on, whichever stands on the day; none: it stood on every day from 2018."""
    foreign_only: bool = False
    """It reaches foreign entities alone."""
    red_flag: str = ""
    """What a share that cannot be determined is, where an owner is listed."""
    checked: str = "seen"

    def counts(self, list_: str, programs: Iterable[str]) -> str:
        """Say whether an entry of a list counts: `yes`, `no`, or `open` where programs decide and none are stated."""
        wanted = self.lists.get(list_)
        if wanted is None:
            return "no"
        if not wanted:
            return "yes"
        said = frozenset(programs)
        return "open" if not said else "yes" if said & wanted else "no"


BLOCKED = frozenset(
    {
        *("BELARUS", "BELARUS-EO14038", "RUSSIA-EO14024", "UKRAINE-EO13660", "UKRAINE-EO13661", "UKRAINE-EO13662"),
        *("UKRAINE-EO13685", "FTO", "SDGT", "NPWMD", "ILLICIT-DRUGS-EO14059", "SDNT", "SDNTK", "TCO"),
    }
)
"""Programs of the SDN List that 15 CFR 744.8(a)(1) names since 2024-03-21, as in the scope test of that section."""
BIS = Regime(
    "us_ear",
    "BIS",
    "Affiliates rule of BIS",
    {"entity_list": frozenset(), "meu_list": frozenset(), "sdn": BLOCKED},
    ("15 CFR 744.11(a)(1)", "Supp. 8 to part 744", "90 FR 47201"),
    ("AFF-2025", "AFF-BACK"),
    foreign_only=True,
    red_flag="Red Flag 29, Supp. 3 to part 732: resolve it or get a license",
)
"""Listed entities of the three lists are added up together (Supp. 8 to part 744, (b))."""
OFAC = Regime(
    "us_ofac",
    "OFAC",
    "50 percent rule of OFAC",
    {"sdn": frozenset()},
    ("OFAC, revised guidance on entities owned by blocked persons, 2014-08-13", "79 FR 47726"),
    checked="memory",
)
"""A blocked person of any program. Lists of OFAC that block nothing (sectoral and others) have rules of their own."""
REGIMES = {one.id: one for one in (BIS, OFAC)}


def of_list(list_: str) -> Regime:
    """Return the same arithmetic over one list alone: a question of a reader, not a rule."""
    return Regime(list_, list_, f"By parties on {list_}", {list_: frozenset()}, ())
