"""The numbered decision for an export, following 15 CFR 732.3 and 736.2(b). Never stop at the first hit.

(1) activity · (2) jurisdiction · (3) de minimis · (4) foreign direct product · (5) classification · (6) chart ·
(7) denial orders · (8) part 744 · (9) part 746 · (10) General Prohibitions 7-10 and red flags · (11) exceptions ·
(12) general licenses and savings clauses · (13) review policy · (14) licenses held · (15) records.

Steps (5) and (13) are facts and values that the other steps read; step (11) opens nothing to a listed party; step (15)
is a duty beside the answer (`part_762`).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from licet.engine.fork import Leaf
from licet.law.case import Case, Claim, Part, Ruled
from licet.law.rule import Candidate, Subject
from licet.law.us_ear import (
    exceptions,
    part_734,
    part_734_4,
    part_734_9,
    part_736,
    part_738,
    part_742,
    part_744,
    part_744_affiliates,
    part_744_chips,
    part_744_end_use,
    part_744_end_user,
    part_744_supp7,
    part_746,
    part_746_russia,
    part_750,
    what_if,
)
from licet.law.us_ear.sections import BEYOND, of_the_day, out_of_scope, scope_rules, sections
from licet.model.act import UNDETERMINABLE
from licet.model.outcome import TOP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from licet.law.day import LawDay
    from licet.law.rule import Rule
    from licet.law.us_ear.sections import Section

GATES = {"us_ear/734.13", "us_ear/734.3 stated", "us_ear/734.7", "us_ear/734.10"}
WAYS = {"us_ear/734.3", "us_ear/734.4", "us_ear/734.9"}
RULED = ("us_ear/744.11", "us_ear/736.2(b)(4)", "us_ear/736.2(b)(10)", "us_ear/744.15", *part_742.SECTIONS)
"""Grounds whose rules are modeled, beside those that have a scope test alone."""
END_USES_AND_EMBARGOES = (part_744_end_use, part_744_chips, part_744_end_user, part_746, part_746_russia)
ABROAD = {"us_ear/734.4": part_734_4.RULES, "us_ear/734.9": part_734_9.RULES}
"""Ways in which an item abroad and not of US origin is subject: by its content, and as a direct product."""
OTHER_NAMES = {
    "us_ear/736.2(b)(3)": "us_ear/734.9",
    "us_ear/764.3": "us_ear/736.2(b)(4)",
    "us_ear/734.14": "us_ear/734.13",
    "us_ear/734.16": "us_ear/734.13",
    "us_ear/744.16": "us_ear/744.11",
}
"""Other names of a ground: where the text stood before 2022-02-03 or stands as well."""
LIFTS_744_11 = (
    part_744.standards_release,
    part_744.vulnerability_release,
    part_744.savings,
    part_744_supp7.existing_network,
    part_744_supp7.existing_handset,
    part_744_supp7.vulnerability,
    part_744_supp7.standards_work,
    what_if.relief,
)
REQUIRES = ("LICENSE_REQUIRED", "PROHIBITED")


def parts(case: Case, ground: str = "") -> list[Part]:
    """Return the decision item by item.

    Args:
        case: The enriched act with the law of the day.
        ground: Ask on this ground alone (`us_ear/744.11`); then steps (1)-(4) count as met, unless the ground is one of
            them or the item is foreign-made and the ground is 744.11. Empty: the whole act.
    """
    ground = known_ground(ground)
    found = [_item(case, item, ground) for item in case.items or ("",)]
    found += [_beyond(case, item, alone=bool(ground)) for item in case.items if ground in {"", *BEYOND}]
    return found if ground in {"", *grounds()} else []


def known_ground(ground: str) -> str:
    """Return the ground by the name that it has here: another name of it, or the section that holds the paragraph."""
    ground = OTHER_NAMES.get(ground, ground)
    while ground and ground not in grounds() and ground.endswith(")"):
        ground = ground[: ground.rindex("(")]
        ground = OTHER_NAMES.get(ground, ground)
    return ground


@cache
def grounds() -> frozenset[str]:
    """Return the ids of all grounds that can be asked alone."""
    return frozenset({*GATES, *WAYS, *RULED, *(section.id for section in sections())})


def subject_parts(case: Case, ground: str = "") -> list[Part]:
    """Return the question of jurisdiction alone, through one rule (`us_ear/734.4`) or through all of them."""
    ground = known_ground(ground)
    return [
        Part((), tuple(_gates(case, item, ground)), tuple(_ways(case, item, ground))) for item in case.items or ("",)
    ]


def _item(case: Case, item: str, ground: str) -> Part:
    licenses = _licenses(case, item)
    asked = exceptions.with_exceptions(case, item, _claims(case, item, licenses))
    classified = case.act.get(f"{item}.eccn") not in {None, UNDETERMINABLE}
    claims = [claim for claim in asked if not ground or _on(claim.ground.rule.section, ground, classified=classified)]
    if not ground:
        return Part(tuple(claims), tuple(_gates(case, item)), tuple(_ways(case, item)))
    foreign = ground == "us_ear/744.11" and case.act.get(f"{item}.us_origin") == "no"
    stated = case.act.get("activity") not in {None, UNDETERMINABLE}
    gates = _gates(case, item, ground if ground in GATES else "us_ear/734.13" if stated else "-")
    ways = _ways(case, item, ground if ground in WAYS else "" if foreign else "-")
    return Part(tuple(claims), tuple(gates), tuple(ways))


def exceptions_of(case: Case) -> dict[str, exceptions.Exceptions]:
    """(11) the license exceptions over each item, by its prefix."""
    return {
        item: exceptions.kept(case, item)
        or exceptions.of_claims(case, item, _claims(case, item, _licenses(case, item)))
        for item in case.items
    }


def _beyond(case: Case, item: str, *, alone: bool) -> Part:
    """(8) activities of US persons, which 744.6 controls for items that are not subject to the EAR as well."""
    licenses = _licenses(case, item)
    claims = tuple(Claim(ground, licenses) for ground in part_744_end_use.beyond(case, item))
    return Part(claims, tuple(_gates(case, item, "us_ear/734.13")), beyond=not alone)


def _on(section: str, ground: str, *, classified: bool) -> bool:
    """Say whether a rule is of a ground; which rules of step (6) there are hangs on the ECCN, which the chart asks."""
    asks_first = not classified and section == part_738.chart.section and ground in part_742.SECTIONS
    return asks_first or section == ground or section.startswith((f"{ground} ", f"{ground}("))


def _gates(case: Case, item: str, ground: str = "") -> Iterator[Ruled]:
    """(1) activity; (2) what is outside the EAR."""
    if ground in {"", part_734.activity.section}:
        for party in case.parties or ("",):
            yield case.ground(part_734.activity, Subject(item=item, party=party))
    for rule in (part_734.stated_outside, part_734.published, part_734.standards):
        if ground in {"", rule.section} and item:
            yield case.ground(rule, Subject(item=item))


def _ways(case: Case, item: str, ground: str = "") -> Iterator[Ruled]:
    """(2) of US origin or in the US; (3) de minimis; (4) foreign direct product."""
    if not item:
        return
    if ground in {"", "us_ear/734.3"}:
        here = case.ground(part_734.us_item, Subject(item=item))
        yield here
        if not ground and here.tree.low == TOP:
            return  # one way that surely holds is enough
    for name, rules in ABROAD.items():
        if ground in {"", name}:
            yield from (case.ground(rule, Subject(item=item)) for rule in rules)


def _claims(case: Case, item: str, licenses: tuple[Ruled, ...]) -> Iterator[Claim]:
    """(6)-(10): every requirement and prohibition, each with what overcomes it (11), (12), (14)."""
    for party in case.parties:
        for candidate in case.listings(party, "denied_persons_list"):
            yield _denied(case, item, party, candidate)
        for candidate in case.listings(party, "entity_list"):
            yield _listed(case, item, party, candidate, licenses)
        for candidate in case.listings(party, "unverified_list"):
            yield Claim(case.ground(part_744.unverified_list, Subject(item, party, candidate)))
        yield Claim(case.ground(part_744.listed_behind, Subject(item, party)), licenses)
        yield _affiliate(case, Subject(item, party), licenses)
    yield Claim(case.ground(part_736.known_violation, Subject()))
    if item:
        yield from _of_item(case, item, licenses)
    for section, scope, out in case.law.remembered("scopes", _scopes):
        if out is not None:
            yield out
        else:
            for subject in _subjects(case, item, section):
                yield Claim(case.ground(scope, subject), _overcomes(section, licenses))


def _of_item(case: Case, item: str, licenses: tuple[Ruled, ...]) -> Iterator[Claim]:
    """(6) the chart and the controls beside it; (8) footnote entities that are no party, end uses; (9) embargoes."""
    for rule in part_742.grounds(case, item):
        yield Claim(case.ground(rule, Subject(item)), licenses)
    for rule in part_734_9.REQUIREMENTS:
        lift = part_734_9.LIFTS.get(rule.section)
        lifts = (case.ground(lift, Subject(item)),) if lift else ()
        yield Claim(case.ground(rule, Subject(item)), (*lifts, *licenses))
    for part in END_USES_AND_EMBARGOES:
        yield from (Claim(ground, licenses) for ground in part.grounds(case, item))


def _scopes(law: LawDay) -> tuple[tuple[Section, Rule, Claim | None], ...]:
    """Return the sections that only a scope test reads, each with its rule; its claim where the law puts it out."""
    return tuple(
        (section, scope_rules()[section.id], None if of_the_day(law, section)[0] else Claim(_out(law, section)))
        for section in sections()
        if section.outcome in REQUIRES and not section.decided_by and section.id not in BEYOND
    )


def _subjects(case: Case, item: str, section: Section) -> Iterator[Subject]:
    if section.over in {"party", "item_party"}:
        yield from (Subject(item, party) for party in case.parties)
    else:
        yield Subject(item if section.over == "item" else "")


def _out(law: LawDay, section: Section) -> Ruled:
    """Return the ground of a section that the law of the day leaves nothing to reach, whatever the act."""
    why_not = of_the_day(law, section)[1]
    return Ruled(Leaf(out_of_scope(section, why_not), []), scope_rules()[section.id], Subject())


def _overcomes(section: Section, licenses: tuple[Ruled, ...]) -> tuple[Ruled, ...]:
    """(14): a license held overcomes every requirement, but no prohibition."""
    return licenses if section.outcome == "LICENSE_REQUIRED" else ()


def _denied(case: Case, item: str, party: str, candidate: Candidate) -> Claim:
    """(7) a denied person, and what ZTE's authorization lifted."""
    subject = Subject(item, party, candidate)
    return Claim(case.ground(part_736.denial_order, subject), (case.ground(part_736.zte_authorization, subject),))


def _listed(case: Case, item: str, party: str, candidate: Candidate, licenses: tuple[Ruled, ...]) -> Claim:
    """(8) a listed party, and what lifts 744.11 for it: releases, (12) general licenses and savings, (14) licenses."""
    subject = Subject(item, party, candidate)
    lifts = tuple(case.ground(rule, subject) for rule in LIFTS_744_11)
    return Claim(case.ground(part_744.entity_list, subject), (*lifts, *licenses))


def _affiliate(case: Case, subject: Subject, licenses: tuple[Ruled, ...]) -> Claim:
    """(8) a party that listed parties own, with (12) the general license and the savings clause of that rule."""
    lifts = (part_744_affiliates.affiliates_license, part_744_affiliates.affiliates_savings)
    return Claim(
        case.ground(part_744_affiliates.affiliate, subject), (*(case.ground(one, subject) for one in lifts), *licenses)
    )


def _licenses(case: Case, item: str) -> tuple[Ruled, ...]:
    """(14) each license held; one open question where the act does not say whether there is any."""
    if case.act.count("licenses") is None:
        return (case.ground(part_750.licenses_not_stated, Subject(item)),)
    return tuple(case.ground(part_750.license_held, Subject(item, license=held)) for held in case.licenses)
