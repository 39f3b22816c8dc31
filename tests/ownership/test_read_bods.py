"""Statements of BODS 0.4: what becomes of each, and what is refused; the published examples where they are present."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from licet.model.errors import FactsError
from licet.ownership.reach import Reach
from licet.ownership.read_bods import read_bods
from licet.ownership.shares import span_said

if TYPE_CHECKING:
    from licet.ownership.graph import Graph

EXAMPLES = Path(__file__).parents[3] / "shared" / "data" / "ownership"
DAY = date(2026, 1, 1)


def statement(record: str, type_: str, details: object, **more: object) -> dict[str, object]:
    frame = {
        "statementId": f"statement-of-{record}",
        "declarationSubject": "t",
        "statementDate": "2020-03-04",
        "publicationDetails": {"publicationDate": "2020-03-05", "bodsVersion": "0.4", "publisher": {"name": "R"}},
        "recordId": record,
        "recordStatus": "new",
        "recordType": type_,
        "recordDetails": details,
    }
    return {**frame, **more}


def entity(record: str, **more: object) -> dict[str, object]:
    details = {"isComponent": False, "entityType": {"type": "registeredEntity"}, "name": record.upper(), **more}
    return statement(record, "entity", details)


def person(record: str) -> dict[str, object]:
    names = [{"type": "legal", "fullName": record.upper()}]
    return statement(record, "person", {"isComponent": False, "personType": "knownPerson", "names": names})


def relation(owner: object, owned: object, *interests: object, record: str = "r", **more: object) -> dict[str, object]:
    details = {"isComponent": False, "subject": owned, "interestedParty": owner, "interests": list(interests)}
    return statement(record, "relationship", details, **more)


def shares(share: object, **more: object) -> dict[str, object]:
    return {"type": "shareholding", "directOrIndirect": "direct", "startDate": "2019-01-01", "share": share, **more}


def read(*statements: object) -> Graph:
    return read_bods(json.dumps(list(statements)), "b.json")


def refused(*statements: object) -> list[str]:
    with pytest.raises(FactsError) as error:
        read(*statements)
    return [str(problem) for problem in error.value.problems]


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        ({"exact": 33.3}, "33.3 %"),
        ({"minimum": 25, "maximum": 50}, "25 … 50 %"),
        ({"exclusiveMinimum": 25, "maximum": 50}, "more than 25 … 50 %"),
        ({"exclusiveMinimum": 50, "exclusiveMaximum": 75}, "more than 50 … less than 75 %"),
        ({"minimum": 20, "exclusiveMinimum": 25}, "more than 25 … 100 %"),
        ({"minimum": 25, "exclusiveMinimum": 25}, "more than 25 … 100 %"),
        ({"exact": 50, "minimum": 50, "maximum": 50}, "50 %"),
        ({}, "0 … 100 %"),
    ],
)
def test_shares(share: object, expected: str) -> None:
    (one,) = read(entity("t"), person("p"), relation("p", "t", shares(share))).interests
    assert span_said(one.share.least, one.share.most) == expected
    assert (one.counts, str(one.since), one.where) == ("ownership", "2019-01-01", "b.json:1 (statement-of-r)")


def test_json_lines_are_read_with_their_lines() -> None:
    text = "\n".join(json.dumps(one) for one in (entity("t"), person("p"), relation("p", "t", shares({"exact": 50}))))
    graph = read_bods(text, "b.jsonl")
    assert graph.interests[0].where == "b.jsonl:3 (statement-of-r)"


@pytest.mark.parametrize("directness", ["indirect", "unknown", None])
def test_what_is_not_surely_direct_never_counts_by_its_number(directness: str | None) -> None:
    interest = shares({"exact": 60})
    interest.pop("directOrIndirect")
    if directness:
        interest["directOrIndirect"] = directness
    graph = read(entity("t"), person("p"), relation("p", "t", interest)).on(DAY)
    assert Reach(graph, {"p": "yes", "t": "no"})["t"].reached == "open", "its tiers are not stated"


def test_who_is_not_specified_keeps_it_open() -> None:
    graph = read(entity("t"), relation({"reason": "informationUnknownToPublisher"}, "t")).on(DAY)
    assert Reach(graph, dict.fromkeys(graph.parties, "no"))["t"].reached == "open"


def test_a_state_has_no_owners() -> None:
    graph = read(entity("t"), entity("s", entityType={"type": "state"}), relation("s", "t", shares({"exact": 100}))).on(
        DAY
    )
    assert Reach(graph, dict.fromkeys(graph.parties, "no"))["t"].reached == "no"


def test_a_record_that_is_not_there_is_a_finding_and_stays_open() -> None:
    graph = read(entity("t"), relation("gone", "t", shares({"exact": 100})))
    assert graph.findings[0].text == "record gone is named and not in the file: nothing is known of it"
    assert graph.parties["gone"].kind == "unknown"


def test_fields_of_nobody_are_a_finding() -> None:
    graph = read({**entity("t"), "extra": 1})
    assert graph.findings[0].text == "the field extra is not of the standard and not read (1 times)"


def test_statements_twice_are_counted_once() -> None:
    graph = read(entity("t"), person("p"), *2 * [relation("p", "t", shares({"exact": 50}))])
    assert len(graph.interests) == 1
    assert "twice" in graph.findings[0].text


def test_what_was_not_published_yet_is_left_out_and_said() -> None:
    later = {"publicationDate": "2024-01-01", "bodsVersion": "0.4", "publisher": {"name": "R"}}
    text = json.dumps([entity("t"), person("p"), relation("p", "t", shares({"exact": 50}), publicationDetails=later)])
    graph = read_bods(text, "b.json", known=date(2023, 1, 1))
    assert not graph.interests
    assert graph.findings[0].text == "1 statements published after 2023-01-01 are left out"


def held(share: object, **more: object) -> list[object]:
    return [entity("t"), person("p"), relation("p", "t", shares(share, **more))]


OLD = {"statementID": "1", "statementType": "entityStatement"}


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([OLD], "statementType: found"),
        (
            [{**entity("t"), "publicationDetails": {"bodsVersion": "0.3"}}],
            'bodsVersion: statement statement-of-t: found "0.3"',
        ),
        ([{**entity("t"), "recordType": "entities"}], 'did you mean "entity"?'),
        ([{**entity("t"), "recordStatus": "gone"}], "recordStatus: statement statement-of-t"),
        ([{**entity("t"), "statementDate": "yesterday"}], 'statementDate: statement statement-of-t: found "yesterday"'),
        ([{**entity("t"), "statementId": 5}], "statementId: statement 5: found 5; allowed: text"),
        ([entity("t", entityType={"type": "firm"})], "recordDetails.entityType.type"),
        (["x"], "b.json:1: this is no statement"),
        ([entity("t"), person("p"), relation("t", "p", shares({}))], "allowed: an entity: nobody owns a person"),
        (
            held({"exact": 101}),
            "recordDetails.interests[0].share.exact: statement statement-of-r: found 101; allowed: percent, 0 to 100",
        ),
        (
            held({"exact": "50"}),
            'share.exact: statement statement-of-r: found "50"',
        ),
        (
            held({"minimum": 60, "maximum": 50}),
            "leave nothing between",
        ),
        (held({"exact": 10, "minimum": 25}), "leave nothing between"),
        (held({"exakt": 10}), 'did you mean "exact"?'),
        (held({}, endDate="2018-01-01"), "endDate"),
        ([entity("t"), person("p"), relation("p", "t", {"type": "shares"})], "interests[0].type"),
        ([entity("t"), {**entity("t"), "recordDetails": {"name": "X"}}], "again, with other details"),
        ([entity("t"), {**person("t"), "statementId": "2"}], "record t is of two types"),
        ([entity("t"), relation(None, "t", shares({}))], "interestedParty: statement statement-of-r: found null"),
    ],
)
def test_what_is_wrong_is_said_in_its_place(statements: list[object], expected: str) -> None:
    assert any(expected in problem for problem in refused(*statements)), refused(*statements)


@pytest.mark.parametrize("text", ["", "hello", "[1, 2", '{"a": 1', '[{"statementId": "1", "statementId": "2"}]'])
def test_what_is_no_file_of_statements_is_refused(text: str) -> None:
    with pytest.raises(FactsError):
        read_bods(text, "b.json")


# -- the published examples


def example(name: str) -> Graph:
    path = EXAMPLES / name
    if not path.exists():
        pytest.skip(f"the published example {name} is not in {EXAMPLES}")
    return read_bods(path.read_text(encoding="utf-8"), name)


def result(graph: Graph, subject: str, day: date, *listed: str) -> tuple[str, str]:
    today = graph.on(day)
    by_name = {party.name: id_ for id_, party in today.parties.items()}
    on = {by_name[name] for name in listed}
    stands = Reach(today, {id_: "yes" if id_ in on else "no" for id_ in today.parties})[by_name[subject]]
    return stands.reached, span_said(stands.least, stands.most)


def test_a_state_through_its_company_is_reached_and_else_nothing_is_open() -> None:
    graph = example("bods_bods-package-fi-soe.json")
    assert result(graph, "Gasgrid Finland Oy", DAY) == ("no", "0 %")
    assert result(graph, "Gasgrid Finland Oy", DAY, "Valtiovarainministerio") == ("yes", "100 %")
    assert result(graph, "Gasgrid Finland Oy", DAY, "Suomen tasavalta") == ("no", "0 %"), "control of a ministry"


def test_a_heir_and_a_buyer_over_time() -> None:
    graph = example("bods_fermcat.json")
    first, second, third = "Riyadh Byrne-Amin", "Declan Byrne-Amin", "Patrick O'Donohue"
    assert result(graph, "Fermcat Ltd", date(2021, 4, 2), first) == ("yes", "50 %")
    assert result(graph, "Fermcat Ltd", date(2021, 4, 3), first) == ("no", "0 %")
    assert result(graph, "Fermcat Ltd", date(2021, 4, 3), second) == ("yes", "50 %")
    assert result(graph, "Fermcat Ltd", date(2022, 1, 21), second) == ("no", "0 %")
    assert result(graph, "Fermcat Ltd", date(2022, 1, 20), third) == ("yes", "50 %")
    assert result(graph, "Fermcat Ltd", date(2022, 1, 21), third) == ("yes", "100 %")


def test_shares_that_grow_and_a_record_that_is_closed() -> None:
    graph = example("bods_tecido.json")
    for day, expected in (
        (date(2021, 9, 23), "100 %"),
        (date(2021, 9, 24), "40 … 100 %"),
        (date(2022, 9, 21), "30 … 100 %"),
    ):
        assert result(graph, "Tecido Ltd", day, "Maria Esteves")[1] == expected
    assert result(graph, "Tecido Ltd", date(2023, 3, 3), "Maria Esteves")[1] == "0 … 100 %"
    assert "110" in graph.on(date(2023, 3, 2)).conflicts[0].text, "the new share was told before the old one was closed"


def test_what_two_persons_hold_together() -> None:
    graph = example("bods_joint-ownership.json")
    assert result(graph, "CHRINON LTD", DAY, "Natalie Coleman") == ("yes", "50 … 100 %")
    assert result(graph, "CHRINON LTD", DAY, "Natalie Coleman", "Roberto Lopez") == ("yes", "100 %")
    assert result(graph, "CHRINON LTD", DAY) == ("no", "0 %")


def test_a_nomination_is_held_for_its_nominator() -> None:
    graph = example("bods_nomination.json")
    assert result(graph, "Perez-Rivero nomination", DAY, "Silvia Teixeira Perez") == ("yes", "100 %")
    assert result(graph, "Perez-Rivero nomination", DAY, "Vanessa Rivero")[0] == "open"
    assert result(graph, "Los Corazones de Plata", DAY, "Silvia Teixeira Perez")[0] == "open", "a board is no share"


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("bods_indirect-ownership.json", "Company A"),
        ("bods_multiple-indirect-ownership.json", "Company B"),
        ("bods_mutilple-indirect-ownership-2.json", "Company A"),
    ],
)
def test_indirect_interests_stay_open_where_a_tier_is_not_stated(name: str, subject: str) -> None:
    assert result(example(name), subject, DAY, "Person 1")[0] == "open"


def test_a_direct_half_beside_an_indirect_one_is_reached() -> None:
    graph = example("bods_mixed-direct-and-indirect-ownership.json")
    assert result(graph, "Company A", DAY, "Person 1") == ("yes", "50 … 100 %")
    assert result(graph, "Company A", date(2019, 4, 30), "Person 1")[0] == "open", "the direct half began in May"


def test_a_trust_is_open_where_anybody_of_it_is_listed() -> None:
    assert result(example("bods_levent.json"), "Levent Trust", DAY, "Bella Buxton")[0] == "open"


def test_every_example_is_read_whole() -> None:
    if not EXAMPLES.exists():
        pytest.skip(f"the published examples are not in {EXAMPLES}")
    counts = {}
    for path in sorted(EXAMPLES.glob("*.json")):
        graph = read_bods(path.read_text(encoding="utf-8"), path.name)
        counts[path.name] = (len(graph.parties), len(graph.interests), len(graph.findings))
    assert len(counts) == 13
    assert counts["bods04_sample_300_statements.json"] == (200, 100, 0)
    assert all(findings == 0 for _, _, findings in counts.values()), "nothing of them is left unread"
