"""On small acts every way to complete them is tried: a fact that is asked can still change the outcome, one that alone
settles it comes first, and the outcome in the end is that of the whole act.
"""

from __future__ import annotations

from datetime import date
from itertools import combinations, product
from typing import TYPE_CHECKING

import pytest

from interviewing import HUAWEI, NOT_KNOWN_YET, act_of, answer_from
from licet.ask import COMPLETE, Setting, begin
from licet.check import run
from licet.formats.statement import unfinished
from licet.model.act import Act
from licet.sources import open_sources
from licet.state import Question, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from licet.ask import Interview

SOURCES = open_sources(State(None))
UNIVERSITY = "University of Electronic Science and Technology of China"
MOMENTS = 10
"""How many different moments at least are looked at."""
INTERVIEWS = 16
"""How many ways through the questions of each small act are taken."""
Pick = dict[str, int | None]
Ends = tuple[str, str]


def yes_no(*paths: str) -> dict[str, list[dict[str, str]]]:
    return {path: each(path, "yes", "no")[path] for path in paths}


def each(path: str, *texts: str) -> dict[str, list[dict[str, str]]]:
    return {path: [{path: text} for text in texts]}


class SmallAct:
    """An act of which a few facts are open, each with the answers that are tried."""

    def __init__(
        self,
        stated: Mapping[str, str],
        open_: Mapping[str, Sequence[Mapping[str, str]]],
        day: date,
        ground: str = "",
        kind: str = "export",
    ) -> None:
        self.stated = act_of(stated, kind)
        self.names = list(open_)
        self.ways = {name: [self._said(stated, way) for way in ways] for name, ways in open_.items()}
        self.question = Question(day, ground=ground)
        self.setting = Setting(State(day), SOURCES, ground=ground)
        self._ends: dict[tuple[int | None, ...], Ends] = {}

    def _said(self, stated: Mapping[str, str], way: Mapping[str, str]) -> Act:
        """Return what one way of answering adds."""
        whole = act_of({**stated, **way}, self.stated.kind)
        facts = {path: said for path, said in whole.facts.items() if path not in self.stated.facts}
        counts = {path: count for path, count in whole.counts.items() if self.stated.counts.get(path) != count}
        return Act(whole.kind, facts, counts)

    def whole(self, pick: Pick) -> Act:
        facts, counts = dict(self.stated.facts), dict(self.stated.counts)
        for name, number in pick.items():
            if number is not None:
                facts.update(self.ways[name][number].facts)
                counts.update(self.ways[name][number].counts)
        return Act(self.stated.kind, facts, counts)

    def ends(self, pick: Pick) -> Ends:
        """Return the outcomes at both ends of the range, once all has been answered that is in the pick."""
        key = tuple(pick[name] for name in self.names)
        if key not in self._ends:
            span = run(self.whole(pick), self.question, SOURCES).span
            self._ends[key] = (span.at_least.name, span.at_most.name)
        return self._ends[key]

    def picks(self) -> list[Pick]:
        """Return a few whole answers, spread over all of them."""
        sizes = [len(self.ways[name]) for name in self.names]
        ways = enumerate(zip(self.names, sizes, strict=True), 1)
        turns = [(name, size, stride) for stride, (name, size) in ways]
        return [{name: (n * stride + n // size) % size for name, size, stride in turns} for n in range(INTERVIEWS)]

    def open_ways(self, moment: Interview) -> dict[str, Sequence[int | None]]:
        """Return for each fact the ways to answer it that what was said so far leaves; None where it was put off."""
        found: dict[str, Sequence[int | None]] = {}
        for name in self.names:
            put_off = any(_within(name, path) for path in moment.later)
            found[name] = [None] if put_off else self._left(name, moment.act)
        return found

    def _left(self, name: str, act: Act) -> list[int]:
        facts = {path: said.value for path, said in act.facts.items() if _within(name, path)}
        counts = {path: count for path, count in act.counts.items() if _within(name, path)}
        return [
            number
            for number, way in enumerate(self.ways[name])
            if all(way.get(path) == value for path, value in facts.items())
            and all(way.counts.get(path) == count for path, count in counts.items())
        ]

    def completions(self, ways: Mapping[str, Sequence[int | None]], *without: str) -> Iterator[Pick]:
        names = [name for name in self.names if name not in without]
        for numbers in product(*(ways[name] for name in names)):
            yield dict(zip(names, numbers, strict=True))

    def can_change(self, moment: Interview, path: str) -> bool:
        """Say whether, for some answers to all else, two answers to this fact alone lead to different outcomes."""
        ways, name = self.open_ways(moment), self.name_of(path)
        pairs = [(a, b) for a, b in combinations(ways[name], 2) if self._differ_in(name, path, a, b)]
        assert pairs, f"no two answers to {path} are tried"
        return any(
            self.ends({**rest, name: a}) != self.ends({**rest, name: b})
            for rest in self.completions(ways, name)
            for a, b in pairs
        )

    def _differ_in(self, name: str, path: str, one: int | None, two: int | None) -> bool:
        assert one is not None
        assert two is not None
        a, b = self.ways[name][one], self.ways[name][two]
        paths = {*a.facts, *b.facts, *a.counts, *b.counts}
        return all(_within(path, p) for p in paths if a.get(p) != b.get(p) or a.counts.get(p) != b.counts.get(p))

    def settling(self, moment: Interview) -> set[str]:
        """Return the facts of which one answer alone settles the outcome, whatever all else is."""
        ways = self.open_ways(moment)
        return {name for name in self.names if len(ways[name]) > 1 and self._settles(ways, name, moment.act)}

    def _settles(self, ways: Mapping[str, Sequence[int | None]], name: str, act: Act) -> bool:
        groups: dict[object, list[int | None]] = {}
        for number in ways[name]:
            groups.setdefault(self._answer(name, number, act), []).append(number)
        return any(self._closed(ways, name, group) for group in groups.values())

    def _answer(self, name: str, number: int | None, act: Act) -> object:
        """Return what would be said next: how many records, or the first of their facts that was not said yet."""
        assert number is not None
        way = self.ways[name][number]
        if name in way.counts and name not in act.counts:
            return way.counts[name]
        return next((path, said.value) for path, said in way.facts.items() if path not in act.facts)

    def _closed(self, ways: Mapping[str, Sequence[int | None]], name: str, group: Sequence[int | None]) -> bool:
        found: set[str] = set()
        for rest in self.completions(ways, name):
            for number in group:
                found.update(self.ends({**rest, name: number}))
                if len(found) > 1:
                    return False
        return True

    def name_of(self, path: str) -> str:
        return next((name for name in self.names if _within(name, path)), f"no open fact holds {path}")


def _within(name: str, path: str) -> bool:
    return path == name or path.startswith((f"{name}[", f"{name}."))


LICENSES = [{"licenses": "none"}] + [
    {
        "licenses": "1",
        "licenses[0].issued": issued,
        "licenses[0].expires": expires,
        "licenses[0].revoked_on": revoked,
        "licenses[0].covers": covers,
        "licenses[0].conditions_met": met,
    }
    for issued in ("2019-06-01", "2019-08-01")
    for expires in ("none", "2019-06-29")
    for revoked in ("none", "2019-06-15")
    for covers in ("yes", "no", "[pump]")
    for met in ("yes", "no")
]
CERTIFICATIONS = [{"certifications": "none"}] + [
    {"certifications": "1", "certifications[0].by": by, "certifications[0].day": day}
    for by in ("exporter", "recipient")
    for day in ("2019-05-20", "2019-07-20")
]
ABOVE = [
    {"parties[0].owners[1].owners": "none"},
    {
        "parties[0].owners[1].owners": "1",
        "parties[0].owners[1].owners[0].name": HUAWEI,
        "parties[0].owners[1].owners[0].share_pct": "20",
    },
    {
        "parties[0].owners[1].owners": "1",
        "parties[0].owners[1].owners[0].name": HUAWEI,
        "parties[0].owners[1].owners[0].share_pct": "60",
    },
]
OWNERS = [{"parties[0].owners": "none"}] + [
    {
        "parties[0].owners": "2",
        "parties[0].owners[0].name": HUAWEI,
        "parties[0].owners[0].share_pct": listed_share,
        "parties[0].owners[1].name": "A",
        "parties[0].owners[1].listings": listed,
        **above,
        "parties[0].owners[1].owners_complete": complete,
        "parties[0].owners[1].share_pct": share,
    }
    for share in ("15", "60")
    for listed_share in ("10", "40", "60")
    for listed in ("none", "entity_list")
    for above in ABOVE
    for complete in ("yes", "no")
]
TO_HUAWEI = {
    "activity": "export",
    "to": "CN",
    "parties[0].name": HUAWEI,
    "items[0].name": "pump",
    "items[0].eccn": "EAR99",
    "items[0].us_origin": "yes",
    "network.adds_capacity": "no",
}
TO_ACME = {
    "to": "DE",
    "parties[0].name": "Acme",
    "parties[0].listings": "none",
    "parties[0].country": "DE",
    "parties[0].role": "end_user",
    "parties[0].military_end_user": "no",
    "parties[0].nationality": "none",
    "parties[0].us_status": "none",
    "items[0].us_origin": "yes",
    "items[0].us_content": "none",
    "items[0].made_with": "none",
    "items[0].subject_to_ear": "yes",
    "items[0].controls": "none",
    "items[0].hts": "8471.30",
    "items[0].food_or_medicine": "no",
    "end_use.oil_gas": "none",
    "licenses": "none",
    "purpose": "new_business",
}
SMALL_ACTS = {
    "general license": lambda: SmallAct(
        {
            **TO_HUAWEI,
            "parties[0].role": "end_user",
            "items[0].kind": "software",
            "items[0].published": "no",
            "items[0].model_public_since": "none",
            "licenses": "none",
        },
        {
            **each("dates.en_route_since", "none", "2019-05-16", "2019-05-17"),
            **each("purpose", "new_business", "existing_network", "standards", "[existing_network, other]"),
            "certifications": CERTIFICATIONS,
            **each("network.contract", "2019-05-16", "2019-05-17"),
            **each("network.country", "DE", "CU"),
            **yes_no("network.run_by_third_party", "network.fully_operational"),
        },
        date(2019, 6, 30),
        "us_ear/744.11",
    ),
    "license held": lambda: SmallAct(
        {**TO_HUAWEI, "items[0].kind": "commodity", "dates.en_route_since": "none", "purpose": "new_business"},
        {**each("parties[0].role", "end_user", "carrier", "[carrier, purchaser]"), "licenses": LICENSES},
        date(2019, 6, 30),
        "us_ear/744.11",
    ),
    "owners": lambda: SmallAct(
        {
            **TO_ACME,
            "activity": "export",
            "items[0].kind": "commodity",
            "items[0].eccn": "EAR99",
            "dates.en_route_since": "none",
        },
        {
            "parties[0].owners": OWNERS,
            **yes_no("parties[0].owners_complete"),
            **each("knowledge.acts_for_listed", "yes", "no", "undeterminable"),
        },
        date(2025, 10, 15),
        "us_ear/744.11",
    ),
    "whole act": lambda: SmallAct(
        TO_ACME,
        {
            **each("activity", "export", "payment", "domestic", "deemed_export"),
            **each("knowledge.will_be_exported", "yes", "no"),
            **each("items[0].kind", "commodity", "software"),
            **yes_no("items[0].published", "parties[0].foreign_person", "knowledge.violation"),
            **each("items[0].eccn", "EAR99", "5D002", "1C350", "6A003"),
            **each("end_use.known", "none", "nuclear"),
            "red_flags": [
                {"red_flags": "none"},
                {"red_flags": "2", "red_flags[0].resolved": "yes"},
                {"red_flags": "2", "red_flags[0].resolved": "no"},
            ],
        },
        date(2019, 6, 30),
    ),
    "device": lambda: SmallAct(
        {},
        {
            **each("activity", "attach", "buy", "use_support_funds", "authorize", "use_by_contractor"),
            **each("device.vendor", HUAWEI, "Hangzhou Hikvision Digital Technology Co., Ltd.", UNIVERSITY),
            **each("device.modular_transmitter.vendor", HUAWEI, UNIVERSITY),
            **each("network.kinds", "none", "federal_agency", "usf_recipient", "[federal_contractor, operator_core]"),
            **each("network.country", "US", "CN"),
            **yes_no("support_funds_used", "device.substantial_or_essential", "device.routes_or_sees_user_data"),
        },
        date(2026, 1, 15),
        kind="connection",
    ),
}


def _moments(small: SmallAct) -> Iterator[tuple[Interview, Pick | None]]:
    """Walk through the moments of several interviews, each once; the last of each with what it was answered from.

    In every second interview some facts are put off: then it need not come to an end that is decided.
    """
    seen: set[object] = set()
    for turn, pick in enumerate(small.picks()):
        full, moment = small.whole(pick), begin(small.setting, small.stated)
        while (query := moment.query) is not None and query.path != COMPLETE:
            key = (tuple(moment.act.facts), str(moment.act), moment.later)
            if key not in seen:
                seen.add(key)
                yield moment, None
            late = turn % 2 and (moment.asked + turn) % 5 == 1 and query.path in small.names
            moment = moment.hear(NOT_KNOWN_YET if late else answer_from(full, query, moment.act))
        yield moment, pick


ASKS_TOO_MUCH = pytest.mark.xfail(
    reason="a forecast is bounded without joining, so that a fact is asked that can change nothing by itself"
)
"""Small acts in whose interview, under the wider law, one question too many is asked."""
ASKED_OF = [pytest.param(name, marks=[ASKS_TOO_MUCH] if name in {"owners", "whole act"} else []) for name in SMALL_ACTS]


@pytest.mark.parametrize("name", ASKED_OF)
def test_every_fact_that_is_asked_matters_and_one_that_settles_comes_first(name: str) -> None:
    small = SMALL_ACTS[name]()
    asked = settled = 0
    for moment, pick in _moments(small):
        query = moment.query
        if pick is not None or query is None or query.path == unfinished(moment.act):
            continue
        asked += 1
        about = {path: said.value for path, said in moment.act.facts.items() if path not in small.stated.facts}
        assert small.can_change(moment, query.path), (query.path, about, moment.later)
        settling = small.settling(moment)
        settled += bool(settling)
        assert not settling or small.name_of(query.path) in settling, (query.path, settling, about, moment.later)
    assert asked >= MOMENTS
    assert settled >= 2


@pytest.mark.parametrize("name", list(SMALL_ACTS))
def test_the_range_at_every_moment_holds_the_outcome_of_the_whole_act(name: str) -> None:
    small = SMALL_ACTS[name]()
    ended = 0
    for moment, pick in _moments(small):
        if pick is None or moment.later:
            continue
        answer = moment.answer
        assert answer is not None
        low, high = small.ends(pick)
        ended += 1
        if answer.span.decided:
            assert (low, high) == (answer.outcome, answer.outcome)
        elif not _owners_missing(moment.act):
            assert low != high
    assert ended >= INTERVIEWS // 2


def _owners_missing(act: Act) -> bool:
    return any(path.endswith("owners_complete") and said.value == "no" for path, said in act.facts.items())


def test_shares_are_asked_though_not_all_owners_are_known() -> None:
    small = SMALL_ACTS["owners"]()
    names = ("parties[0].owners", "parties[0].owners[0].name", "parties[0].owners[1].name")
    moment = begin(small.setting, small.stated)
    for path, text in zip(names, ("2", HUAWEI, "A"), strict=True):
        moment = moment.state(path, text)
    moment = moment.state("parties[0].owners_complete", "no").state("knowledge.acts_for_listed", "no")
    assert moment.query is not None
    assert moment.query.path == "parties[0].owners[0].share_pct"
