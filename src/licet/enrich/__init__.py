"""All look-ups happen here, before the decision: who is listed, which licenses live, what the owners add up to.

What a look-up finds becomes a fact with its source; what it cannot find stays an open fact with the path that would
answer it. After this nothing is asked of the world.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from licet.enrich.addresses import addresses
from licet.enrich.contradictions import contradictions
from licet.enrich.devices import vendors
from licet.enrich.goods import certifications, controls, disclosure, jurisdiction, licenses, made_of
from licet.enrich.owners import owners
from licet.enrich.parties import Lookup
from licet.enrich.production import entities, production
from licet.law.case import Case
from licet.law.stock import Stock
from licet.law.us_ear.part_734 import IN_THE_US
from licet.law.us_ear.part_738 import classify
from licet.model.act import UNDETERMINABLE

if TYPE_CHECKING:
    from licet.law.day import LawDay
    from licet.lists.roster import Roster
    from licet.model.act import Act


def enrich(act: Act, law: LawDay, lists: Roster, *, assume_complete: bool = False) -> Case:
    """Look up all that the act does not state itself.

    Args:
        act: The act as stated.
        law: The law of the day; what it is asked here belongs to the answer.
        lists: The lists of parties.
        assume_complete: The caller's word that a party that is not found is on no list; the answer repeats it.

    Returns:
        The case, ready to be decided by any regime.
    """
    stock = Stock(act)
    lists_ = {path: records(act, path) for path in ("items", "parties", "licenses", "red_flags")}
    if act.get("parties_complete") in {"no", UNDETERMINABLE}:
        lists_["parties"] += (f"parties[{act.count('parties') or 0}]",)
    case = Case(act, stock, law, lists_, {})
    look_up = Lookup(case, lists, assume_complete=assume_complete)
    for party in case.parties:
        look_up.party(party)
    for party in case.parties:
        look_up.others(party)
        owners(case, look_up, party)
    if act.kind == "export":
        entities(case)
    for item in case.items:
        controls(stock, item)
        jurisdiction(stock, item)
        made_of(stock, item)
        if act.kind == "export":
            classify(case, item)
            if may_be_foreign_made(case, item):
                from licet.enrich.content import content  # exact fractions cost more than a whole answer

                content(case, item)
                production(case, look_up, item)
    contradictions(case)
    addresses(case)
    licenses(case)
    certifications(case)
    disclosure(case, look_up)
    if act.kind == "connection":
        vendors(case, look_up)
    case.looked_up = frozenset(law.asked)
    stock.end_look_ups()
    return case


def may_be_foreign_made(case: Case, item: str) -> bool:
    """Say whether an item may be subject by its content, or by what it is made with (15 CFR 734.4, 734.9)."""
    return case.act.get("activity") not in IN_THE_US and case.act.get(f"{item}.us_origin") != "yes"


def records(act: Act, path: str) -> tuple[str, ...]:
    """Return the prefixes of a list's records; one of which nothing is known where the list is not stated."""
    count = act.count(path)
    return tuple(f"{path}[{i}]" for i in range(1 if count is None else count))
