"""Reading an act: what a field makes of a word, what is refused, and how it is said."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from act_strategies import acts
from licet.formats import yaml_nodes
from licet.formats.act import MOST_PROBLEMS, act_from_node, read_act
from licet.formats.node import Limits
from licet.formats.read import compose
from licet.model.act import Act, Stated
from licet.model.errors import FactsError, Problem

CASES = Path(__file__).parents[3] / "shared" / "cases" / "law"

ACT = """\
kind: export
activity: export
from: US
to: NO
dates: {contract: 2019-06-20, en_route_since: none}
purpose: new_business
parties:
  - {role: [ultimate_consignee, end_user], name: "Huawei Technologies Co., Ltd.", country: CN, listings: []}
  - role: carrier
    name: NO
    country: NO
    owners:
      - {name: A, share_pct: 60.5, owners: [{name: B, share_pct: undeterminable}]}
    owners_complete: no
items:
  - {name: chip, eccn: 5E001, hts: 0710, us_origin: yes, published: NO, value_usd: 10000, controls: none}
licenses: []
certifications: none
red_flags: [2, {flag: 7, resolved: yes, how: asked}]
end_use: {known: none}
knowledge:
  violation: {value: no, by: sales, day: 2019-06-03, source: contract 118}
"""
SHARE = "parties[0].owners[0].share_pct"
LIST = "parties[0].listings[0].list"


def problems(source: bytes | str | dict[str, object], file: str = "act.yaml") -> tuple[Problem, ...]:
    with pytest.raises(FactsError) as caught:
        read_act(source, file=file)
    return caught.value.problems


def one_problem(source: bytes | str | dict[str, object], file: str = "act.yaml") -> Problem:
    found = problems(source, file)
    assert len(found) == 1, found
    return found[0]


def test_the_field_decides_the_type() -> None:
    act = read_act(ACT, file="act.yaml")
    assert (act.kind, act.file) == ("export", "act.yaml")
    assert act.get("to") == "NO"
    assert act.get("dates.contract") == date(2019, 6, 20)
    assert act.get("dates.en_route_since") == "none"
    assert act.get("purpose") == ("new_business",)
    assert act.get("parties[0].role") == ("ultimate_consignee", "end_user")
    assert act.get("parties[1].name") == "NO"
    assert act.get("parties[1].owners[0].share_pct") == 60.5
    assert act.get("parties[1].owners[0].owners[0].share_pct") == "undeterminable"
    assert act.get("parties[1].owners_complete") == "no"
    assert act.get("items[0].eccn") == "5E001"
    assert act.get("items[0].hts") == "0710"
    assert act.get("items[0].published") == "no"
    assert act.get("items[0].value_usd") == 10000
    assert act.get("items[0].controls") == ()
    assert act.get("end_use.known") == ()
    assert act.get("red_flags[0].flag") == 2
    assert act.get("red_flags[1].how") == "asked"
    assert act.get("dates.order") is None
    assert act.facts["knowledge.violation"] == Stated("no", "sales", "2019-06-03", "contract 118", 22)


def test_lists_of_records_are_counted() -> None:
    assert read_act(ACT).counts == {
        "parties": 2,
        "parties[0].listings": 0,
        "parties[1].owners": 1,
        "parties[1].owners[0].owners": 1,
        "items": 1,
        "licenses": 0,
        "certifications": 0,
        "red_flags": 2,
    }


def test_a_list_that_cannot_be_known_is_a_fact() -> None:
    act = read_act("kind: export\nlicenses: undeterminable\nparties: [{name: A, nationality: undeterminable}]")
    assert act.get("licenses") == "undeterminable"
    assert act.count("licenses") is None
    assert act.get("parties[0].nationality") == "undeterminable"


@pytest.mark.parametrize("known", ["entity_list", "fcc_covered_list", "isn", "gb_consolidated", "mieu"])
def test_another_list_is_named_by_its_id(known: str) -> None:
    act = read_act({"kind": "export", "parties": [{"name": "A", "listings": [{"list": known}]}]})
    assert act.get("parties[0].listings[0].list") == known


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("entity-list", "entity_list"),
        ("Entity List", "entity_list"),
        ("entitylist", "entity_list"),
        ("entity", "entity_list"),
        ("denied_persons", "denied_persons_list"),
        ("meu", "meu_list"),
        ("SDN", "sdn"),
    ],
)
def test_a_misspelled_list_never_passes_for_another(text: str, near: str) -> None:
    problem = one_problem({"kind": "export", "parties": [{"name": "A", "listings": [{"list": text}]}]})
    assert problem.nearest == near


def test_a_payment_has_no_items() -> None:
    act = read_act("kind: export\nactivity: payment\nitems: []")
    assert act.count("items") == 0
    assert "items" not in act.facts


def test_the_origin_of_a_list_holds_for_its_facts() -> None:
    act = read_act("""\
kind: export
licenses: {value: none, by: legal}
parties:
  value: [{name: A, country: {value: CN, by: register}}, {name: B}]
  by: sales
  day: 2020-01-01
""")
    assert act.facts["licenses"] == Stated("none", "legal", line=2)
    assert act.count("licenses") == 0
    assert act.facts["parties[0].country"] == Stated("CN", "register", "2020-01-01", line=4)
    assert act.facts["parties[1].name"] == Stated("B", "sales", "2020-01-01", line=4)


def test_licenses_cover_all_or_named_items() -> None:
    act = read_act("kind: export\nlicenses: [{covers: yes}, {covers: [chip, 'no']}, {covers: undeterminable}]")
    assert [act.get(f"licenses[{n}].covers") for n in range(3)] == ["yes", ("chip", "no"), "undeterminable"]


def test_python_values_are_read_by_the_same_rules() -> None:
    act = read_act(
        {
            "kind": "export",
            "to": "NO",
            "dates": {"export": date(2019, 5, 16)},
            "items": [{"us_origin": True, "published": False, "value_usd": 1e-7, "quantity": 3.0}],
            "parties": ({"name": "A", "role": ("end_user",)},),
        }
    )
    assert act.get("dates.export") == date(2019, 5, 16)
    assert [act.get(f"items[0].{name}") for name in ("us_origin", "published", "value_usd", "quantity")] == [
        "yes",
        "no",
        1e-7,
        3,
    ]
    assert act.get("parties[0].role") == ("end_user",)


@pytest.mark.parametrize(
    ("text", "place", "field", "found", "near"),
    [
        ("activity: rexport", (2, 11), "activity", "rexport", "reexport"),
        ("parties:\n  - {name: A, role: [carrier, end_usr]}", (3, 31), "parties[0].role", "end_usr", "end_user"),
        ("to: uk", (2, 5), "to", "uk", "GB"),
        ("to: China", (2, 5), "to", "China", "CN"),
        ("to: chn", (2, 5), "to", "chn", "CN"),
        ("to: atlantis", (2, 5), "to", "atlantis", ""),
        ("items: [{eccn: 3a001(a)(2)}]", (2, 16), "items[0].eccn", "3a001(a)(2)", "3A001.a.2"),
        ("items: [{eccn: ear99}]", (2, 16), "items[0].eccn", "ear99", "EAR99"),
        ("items: [{hts: '71'}]", (2, 15), "items[0].hts", "71", ""),
        ("items: [{us_origin: y}]", (2, 21), "items[0].us_origin", "y", "yes"),
        ("items: [{us_origin: off}]", (2, 21), "items[0].us_origin", "off", "no"),
        ("items: [{controls: [NS2]}]", (2, 21), "items[0].controls", "NS2", "NS 2"),
        ("items: [{exception_claimed: LSV}]", (2, 29), "items[0].exception_claimed", "LSV", "LVS"),
        ("items: [{value_usd: '10,000'}]", (2, 21), "items[0].value_usd", "10,000", "10000"),
        ("items: [{value_usd: 1e4}]", (2, 21), "items[0].value_usd", "1e4", ""),
        ("items: [{value_usd: -5}]", (2, 21), "items[0].value_usd", "negative value -5", ""),
        ("items: [{quantity: .inf}]", (2, 20), "items[0].quantity", ".inf", ""),
        ("items: [{quantity: 1234567890123456}]", (2, 20), "items[0].quantity", "1234567890123456", ""),
        ("parties: [{name: A, owners: [{name: B, share_pct: 101}]}]", (2, 51), SHARE, "101", ""),
        ("parties: [{name: A, owners: [{name: B, share_pct: -1}]}]", (2, 51), SHARE, "-1", ""),
        ("parties: [{name: A, owners: [{name: B, share_pct: 5%}]}]", (2, 51), SHARE, "5%", "5"),
        ("dates: {export: 2019-02-30}", (2, 17), "dates.export", "does not exist", ""),
        ("dates: {export: 16.05.2019}", (2, 17), "dates.export", "16.05.2019", ""),
        ("dates: {export: 0219-05-16}", (2, 17), "dates.export", "0219-05-16", ""),
        ("dates: {export: 2019-05-16T10:00:00Z}", (2, 17), "dates.export", "a time beside the day", "2019-05-16"),
        ("dates: {export: 2019-05-16 +02:00}", (2, 17), "dates.export", "a time beside the day", "2019-05-16"),
        ("dates: {export: none}", (2, 17), "dates.export", "no answer here", ""),
        ("dates: 2019-05-16", (2, 8), "dates", "where facts are expected", ""),
        ("dates: [2019-05-16]", (2, 8), "dates", "where facts are expected", ""),
        ("parties: [{name: A, listings: [{list: entity_lst}]}]", (2, 39), LIST, "entity_lst", "entity_list"),
        ("parties: [{name: A, listings: [{list: X Y}]}]", (2, 39), LIST, "X Y", ""),
        ("red_flags: [0]", (2, 13), "red_flags[0].flag", "0", ""),
        ("red_flags: [1.5]", (2, 13), "red_flags[0].flag", "1.5", ""),
        ("red_flags: 2", (2, 12), "red_flags", "a list is expected", ""),
        ("licenses: non", (2, 11), "licenses", "a list is expected", "none"),
        ("certifications: {by: exporter}", (2, 17), "certifications", "found one record", ""),
        ("certifications: [exporter]", (2, 18), "certifications[0]", "where facts are expected", ""),
        ("to: [CN, US]", (2, 5), "to", "found a list, where one value", ""),
        ("to: {code: CN}", (2, 5), "to", "found a mapping", ""),
        ("parties: []", (2, 10), "parties", "an empty list", ""),
        ("purpose: []", (2, 10), "purpose", "an empty list", ""),
        ("purpose: [[new_business]]", (2, 11), "purpose", "a list in a list", ""),
        ("purpose: none", (2, 10), "purpose", "no answer here", ""),
        ("end_use: {known: [none, missile]}", (2, 19), "end_use.known", "found none in a list", ""),
        ("end_use: {known: [undeterminable]}", (2, 19), "end_use.known", "found undeterminable in a list", ""),
        ("parties: [{role: end_user}]", (2, 11), "parties[0].name", "a party without a name", ""),
        ("parties: [{name: ' '}]", (2, 18), "parties[0].name", "an empty text", ""),
        ("parties: [{name: none}]", (2, 18), "parties[0].name", "no answer here", ""),
        ('parties: [{name: "a\\nb"}]', (2, 18), "parties[0].name", "more than one line", ""),
        ('parties: [{name: "a\\u202eb"}]', (2, 18), "parties[0].name", "U+202E", ""),
        (f"parties: [{{name: {'x' * 501}}}]", (2, 18), "parties[0].name", "501 characters", ""),
        ("parties: [{name: A, owners: [{country: CN}]}]", (2, 30), "parties[0].owners[0].name", "an owner without", ""),
        ("red_flags: [{resolved: no}]", (2, 13), "red_flags[0].flag", "a red flag without a flag", ""),
        ("activty: export", (2, 1), "activty", 'no fact "activty"', "activity"),
        ("eccn: EAR99", (2, 1), "eccn", 'no fact "eccn"', ""),
        ("<<: {to: CN}", (2, 1), "<<", 'no fact "<<"', ""),
        ("support_funds_used: yes", (2, 1), "support_funds_used", "an act of kind connection, not of export", ""),
        ("to: {value: CN, by: [a]}", (2, 21), "to.by", "found a list", ""),
        ("to: {value: CN, day: 2019-02-30}", (2, 22), "to.day", "does not exist", ""),
        ("to: {value: CN, day: undeterminable}", (2, 22), "to.day", "undeterminable", ""),
        ("to: {value: CN, soruce: x}", (2, 17), "to", '"soruce" beside a value', "source"),
        ("to: CN\nto: US", (3, 1), "", "here and on line 2", ""),
        ("to: !!str CN", (2, 5), "", 'a tag "tag:yaml.org,2002:str"', ""),
        ("to: &here CN", (2, 5), "", 'an anchor "&here"', ""),
        ("? [a, b]\n: CN", (2, 3), "", "a key that is not a name", ""),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(
    text: str, place: tuple[int, int], field: str, found: str, near: str
) -> None:
    problem = one_problem(f"kind: export\n{text}\n")
    assert (problem.file, problem.line, problem.column, problem.field) == ("act.yaml", *place, field)
    assert found in problem.message
    assert problem.nearest == near
    assert problem.allowed or problem.todo or near


@pytest.mark.parametrize("null", ["null", "~", "", "Null", "NULL"])
@pytest.mark.parametrize("place", ["to", "parties", "dates", "purpose"])
def test_null_is_refused(null: str, place: str) -> None:
    problem = one_problem(f"kind: export\n{place}: {null}\n")
    assert problem.message == "found null"
    assert "Leave the fact out" in problem.todo
    assert problem.field == place


def test_null_is_refused_everywhere_else() -> None:
    text = "kind: export\nparties: [~]\npurpose: [~]\nto: {value: ~}\nfrom: {value: US, by: ~}"
    assert [(one.field, one.message) for one in problems(text)] == [
        ("parties[0]", "found null"),
        ("purpose", "found null"),
        ("to", "found null"),
        ("from.by", "found null"),
    ]
    assert one_problem({"kind": "export", "to": None}).message == "found null"
    assert one_problem('{"kind": "export", "to": null}', "act.json").message == "found null"


def test_quoted_null_is_text() -> None:
    assert read_act('kind: export\nparties: [{name: "null"}]').get("parties[0].name") == "null"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        ("# nothing\n", "the file is empty"),
        ("- kind: export", "found a list, an act is a mapping of facts"),
        ("export", 'found "export", an act is a mapping of facts'),
        ("to: CN", "the kind of act is missing"),
        ("kind: exprt", 'found "exprt"'),
        ("kind: [export]", "found a list"),
        ("kind: {value: export, by: sales}", "found a mapping"),
        ("kind:", "found null"),
        ("kind: undeterminable", 'found "undeterminable"'),
        ("kind: export\n---\nkind: export", "a second document begins (after `---`), one is allowed"),
    ],
)
def test_what_is_no_act_is_refused(text: str, message: str) -> None:
    problem = one_problem(text)
    assert problem.message == message
    assert problem.todo or problem.allowed


def test_all_problems_come_at_once_in_the_order_of_their_places() -> None:
    text = "to: &a xx\nfrm: US\nactivity: *a\nfrom: US\nfrom: CN\ndates: {export: 2019-02-30, order: null}\n"
    found = problems(text)
    assert [(one.line, one.field or one.message[:15]) for one in found] == [
        (1, "kind"),
        (1, "found an anchor"),
        (1, "to"),
        (2, "frm"),
        (3, "found an alias "),
        (5, '"from" stands t'),
        (6, "dates.export"),
        (6, "dates.order"),
    ]  # fmt: skip


def test_a_flood_of_problems_is_cut_and_said() -> None:
    found = problems("kind: export\n" + "".join(f"a{n}: 1\n" for n in range(5000)))
    assert len(found) == MOST_PROBLEMS + 1
    assert found[-1].message == f"more than {MOST_PROBLEMS} problems"


def test_a_fact_in_the_wrong_place_is_told_where_it_belongs() -> None:
    problem = one_problem("kind: export\nus_origin: yes\n")
    assert problem.todo == "It belongs under items[] or items[].made_with[]."
    assert "support_funds_used" not in problem.allowed


def test_messages_never_carry_signs_that_forge_a_terminal() -> None:
    text = 'kind: export\n"\\e[31m\\u202eto": CN\nto: "\\e[0m"\n'
    for problem in problems(text):
        assert "\x1b" not in str(problem)
        assert "\u202e" not in str(problem)


@pytest.mark.parametrize("value", [3, 8471.3, True, date(2019, 5, 16)])
@pytest.mark.parametrize("name", ["eccn", "hts", "name", "made_in"])
def test_a_number_of_python_or_json_is_no_text(name: str, value: object) -> None:
    problem = one_problem({"kind": "export", "items": [{name: value}]})
    assert problem.field == f"items[0].{name}"
    assert problem.todo == "Write it as text, in quotes."


def test_a_time_of_python_is_no_day() -> None:
    problem = one_problem({"kind": "export", "dates": {"export": datetime(2019, 5, 16, 10, tzinfo=UTC)}})
    assert "a time beside the day" in problem.message


@pytest.mark.parametrize("value", [object(), {1: "x"}, b"CN", {"a"}, 1j])
def test_other_values_of_python_are_refused(value: object) -> None:
    assert one_problem({"kind": "export", "to": value}).allowed


def test_what_contains_itself_is_refused() -> None:
    act: dict[str, object] = {"kind": "export"}
    act["to"] = [act, act]
    assert "nested deeper" in one_problem(act).message


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ('{"kind": "export", "to": NaN}', 0, 0, "NaN is no number of JSON"),
        ('{"kind": "export",\n "to": }', 2, 8, "this is no JSON: Expecting value"),
        ('{"kind": "export",\n "to": "cn"}', 2, 8, 'found "cn"'),
        ('{"kind": "export",\n "to": "CN",\n "to": "US"}', 3, 2, "here and on line 2"),
        ('{"kind": "export",\n "items": [{"value_usd": -1.5e3}]}', 2, 26, "negative value -1500"),
        ('{"kind": "export",\n "items": [{"hts": 8471.30}]}', 2, 20, 'the number "8471.30"'),
        ('{"kind": "export", "parties": [{"name": "\\ud800"}]}', 1, 41, "U+D800"),
        (f'{{"kind": "export", "items": [{{"value_usd": {"9" * 5000}}}]}}', 1, 44, "found"),
        ("[" * 100_000, 0, 0, "nested deeper"),
        ('{"to": ' * 60 + "1" + "}" * 60, 1, 352, "nested deeper"),
    ],
)
def test_json_is_refused_with_its_place(text: str, line: int, column: int, message: str) -> None:
    problem = one_problem(text, "act.json")
    assert (problem.line, problem.column) == (line, column)
    assert message in problem.message


def test_json_without_a_name_is_known_by_its_first_signs() -> None:
    assert read_act('{"kind": "export", "parties": [{"name": "\\ud83d\\ude00"}]}').get("parties[0].name") == "😀"
    assert read_act("{kind: export, to: NO}").get("to") == "NO"
    assert read_act('{"kind": export}', file="act.yaml").kind == "export"


def test_a_byte_order_mark_is_left_out_and_bad_bytes_have_a_place() -> None:
    assert read_act(b"\xef\xbb\xbfkind: export").kind == "export"
    problem = one_problem(b"kind: export\nto: \xff")
    assert (problem.line, problem.column) == (2, 5)
    assert "0xff is no UTF-8" in problem.message
    assert "no UTF-8" in one_problem("kind: export".encode("utf-16")).message


@pytest.mark.parametrize(
    ("text", "place", "todo"),
    [
        ("kind: export\nto: [CN", (3, 1), "Check quotes"),
        ('kind: export\nto: "CN', (2, 8), "Check quotes"),
        ("kind: export\n\tto: CN", (2, 1), "not with a tab"),
        ("kind: export\nto: a\x07", (2, 6), "Check quotes"),
        ("kind: export\nto: *nowhere", None, "Write the value out"),
    ],
)
def test_broken_yaml_is_refused_with_its_place(text: str, place: tuple[int, int] | None, todo: str) -> None:
    problem = one_problem(text)
    assert place is None or (problem.line, problem.column) == place
    assert todo in problem.todo


def test_a_bomb_of_aliases_is_refused_and_not_followed() -> None:
    rows = ["a0: &a0 [x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 15))]
    assert {one.message[:14] for one in problems("kind: export\n" + "\n".join(rows))} >= {
        "found an ancho",
        "found an alias",
    }


@pytest.mark.parametrize(
    "text",
    [
        "[" * 400_000,
        "{a: " * 100_000,
        "- " * 1200 + "a",
        "a:\n" + "".join(" " * n + "a:\n" for n in range(1, 300)),
    ],
    ids=["flow list", "flow mapping", "list", "mapping"],
)
def test_deep_nesting_is_refused_at_once(text: str) -> None:
    assert "deep" in one_problem(text).message


def test_a_text_has_a_limit() -> None:
    assert "1,000,001 characters" in one_problem("#" * 1_000_001).message


def test_nodes_and_documents_have_limits() -> None:
    with pytest.raises(FactsError, match="more than 10 values"):
        compose("[1,2,3,4,5,6,7,8,9,10,11]", limits=Limits(nodes=10))
    with pytest.raises(FactsError, match="more than 10 values"):
        compose("[1,2,3,4,5,6,7,8,9,10,11]", "a.json", limits=Limits(nodes=10))
    with pytest.raises(FactsError, match="anchor"):
        compose("a: &a 1")


@given(acts(junk=True))
def test_the_parser_in_python_gives_the_same(data: dict[str, object]) -> None:
    text = yaml.safe_dump(data, allow_unicode=True).replace("&id", "&").replace("*id", "*")
    fast = _nodes(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_nodes, "LOADER", yaml.SafeLoader)
        assert _nodes(text) == fast


def _nodes(text: str) -> object:
    found: list[Problem] = []
    return compose(text, problems=found), found


@given(acts(junk=True))
def test_json_and_python_say_the_same(data: dict[str, object]) -> None:
    assert _said(json.dumps(data), "a.json") == _said(data, "a.json")


def _said(source: str | dict[str, object], file: str) -> object:
    try:
        act = read_act(source, file=file)
    except FactsError as error:
        return sorted((one.field, one.message) for one in error.problems)
    return act.kind, act.counts, {path: (one.value, one.by, one.day, one.source) for path, one in act.facts.items()}


@given(st.one_of(st.binary(max_size=60), st.text(max_size=60)), st.sampled_from(["a.yaml", "a.json", ""]))
def test_whatever_comes_gives_an_act_or_a_refusal(source: bytes | str, file: str) -> None:
    said: Act | tuple[Problem, ...]
    try:
        said = read_act(source, file=file)
    except FactsError as error:
        said = error.problems
    assert isinstance(said, Act) or all(problem.message for problem in said)


@pytest.mark.skipif(not CASES.is_dir(), reason=f"the shared cases are not beside the repository: {CASES}")
def test_every_act_of_the_cases_is_read() -> None:
    count = 0
    for path in sorted(CASES.glob("*.yaml")):
        root = compose(path.read_text("utf-8"), path.name)
        assert root is not None
        for case in root.items:
            node = case.find("act")
            count += node is not None and act_from_node(node, path.name).kind in {"export", "connection"}
    assert count == 173
