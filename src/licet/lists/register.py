"""Rules of the Federal Register that changed lists: their pages, and the day on which each took effect.

A row of a list cites a page inside a rule and the day of publication. Which rule that is, and from which day it worked,
stands in the lawbook for measures and here for others. Where a rule is a measure, its day is that of the measure.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Rule(NamedTuple):
    """A rule of the Federal Register: its pages, the day on which it took effect, and the measure that it is."""

    volume: int
    first: int
    last: int
    day: date
    measure: str = ""
    checked: str = "seen"


RULES = (
    Rule(66, 24266, 24267, date(2001, 5, 14), checked="memory"),
    Rule(77, 58006, 58012, date(2012, 9, 19), checked="memory"),
    Rule(80, 8524, 8530, date(2015, 2, 18), "NUDT-2015"),
    Rule(81, 12004, 12006, date(2016, 3, 8)),
    Rule(84, 22961, 22968, date(2019, 5, 16), "EL-2019-05"),
    Rule(84, 29371, 29377, date(2019, 6, 24)),
    Rule(84, 43493, 43501, date(2019, 8, 19), "EL-2019-08"),
    Rule(84, 54002, 54009, date(2019, 10, 9)),
    Rule(85, 34495, 34508, date(2020, 6, 5)),
    Rule(85, 51596, 51629, date(2020, 8, 17), "EL-2020-08"),
    Rule(85, 83416, 83432, date(2020, 12, 18), "EL-2020-12"),
    Rule(86, 18437, 18440, date(2021, 4, 8)),
    Rule(86, 67317, 67325, date(2021, 11, 24), checked="memory"),
    Rule(86, 71557, 71567, date(2021, 12, 17), checked="memory"),
    Rule(87, 38920, 38930, date(2022, 6, 28), "NUDT-2022", "memory"),
    Rule(87, 51876, 51880, date(2022, 8, 24)),
    Rule(87, 62186, 62215, date(2022, 10, 21), "AC-2022-1021", "memory"),
    Rule(88, 13673, 13690, date(2023, 3, 2)),
    Rule(88, 71991, 71994, date(2023, 10, 17), "SAV-2023"),
    Rule(89, 25503, 25508, date(2024, 4, 11), checked="memory"),
    Rule(89, 68543, 68570, date(2024, 8, 23), checked="memory"),
    Rule(89, 96830, 96887, date(2024, 12, 2), "EL-2024-12"),
    Rule(90, 559, 565, date(2025, 1, 6), checked="memory"),
    Rule(90, 44494, 44510, date(2025, 9, 16), checked="memory"),
)
"""Days of effect. `seen`: read in the rule or a notice of it; `memory`: the day of publication, or from memory."""


def rule_at(volume: int, page: int, rules: tuple[Rule, ...] = RULES) -> Rule | None:
    """Return the rule in whose pages a citation lies: it points inside a rule, seldom to its first page."""
    return next((rule for rule in rules if rule.volume == volume and rule.first <= page <= rule.last), None)
