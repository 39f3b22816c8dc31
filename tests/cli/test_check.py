"""`licet check`: days, forms, exit codes, a first look, what-ifs; and the verb as a function."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

import licet
from licet.cli import cli
from licet.formats.act import load_act
from licet.model.errors import FactsError
from licet.model.outcome import Outcome

if TYPE_CHECKING:
    from pathlib import Path

ACT = {
    "kind": "export",
    "activity": "export",
    "from": "US",
    "to": "CN",
    "dates": {"en_route_since": "none", "order": "2019-06-21"},
    "purpose": "new_business",
    "parties": [{"role": ["ultimate_consignee", "end_user"], "name": "Huawei Technologies Co., Ltd.", "country": "CN"}],
    "items": [{"name": "chip", "kind": "commodity", "eccn": "EAR99", "us_origin": True, "value_usd": 10000}],
    "licenses": [],
    "exception_claimed": "none",
    "certifications": "none",
    "end_use": {"known": "none"},
    "knowledge": {"violation": False},
    "red_flags": "none",
}


def check(*arguments: str, stdin: str | None = None, code: int = 0) -> Result:
    result = CliRunner().invoke(cli, ["check", *arguments], input=stdin, standalone_mode=False, catch_exceptions=False)
    assert result.return_value == code, result.output
    return result


def stated(**changes: object) -> str:
    return json.dumps({**ACT, **changes})


def test_the_day_is_said() -> None:
    assert "law of 2019-06-21 (dates.order)" in check("-", stdin=stated()).output
    assert "law of 2019-06-30 ·" in check("-", "--as-of", "2019-06-30", stdin=stated()).output
    assert "(today)" in check("-", stdin=stated(dates={"en_route_since": "none"})).output


def test_json_has_the_fields_of_the_design() -> None:
    answer = json.loads(check("-", "--as-of", "2019-06-30", "--format", "json", stdin=stated()).output)
    expected = {
        "schema_version", "outcome", "at_least", "at_most", "requirement", "refer_because", "review_policy", "as_of",
        "known_as_of", "verified_through", "regimes", "requirements", "authorizations", "prohibitions", "duties",
        "announcements", "pending", "missing", "next", "red_flags", "not_modeled", "conflicts", "papers", "records",
        "versions", "digest",
    }  # fmt: skip
    assert expected <= answer.keys()
    assert (answer["outcome"], answer["review_policy"]) == ("LICENSE_REQUIRED", "PRESUMPTION_OF_DENIAL")
    assert "OSAKA" in [notice["id"] for notice in answer["announcements"]]


@pytest.mark.parametrize(
    ("fail_on", "as_of", "code"),
    [("LICENSE_REQUIRED", "2019-06-30", 10), ("PROHIBITED", "2019-06-30", 0), ("REFER", "2019-06-30", 0),
     ("LICENSE_REQUIRED", "2019-05-15", 0), ("NO_LICENSE_REQUIRED", "2019-05-15", 10)],
)  # fmt: skip
def test_fail_on(fail_on: str, as_of: str, code: int) -> None:
    check("-", "--as-of", as_of, "--fail-on", fail_on, stdin=stated(), code=code)


def test_fail_on_refer() -> None:
    check("-", "--as-of", "2019-06-30", "--fail-on", "REFER", stdin=stated(dates={}), code=10)


def test_a_later_day_says_so_first() -> None:
    output = check("-", "--as-of", "2026-11-24", stdin=stated()).output
    assert output.startswith("law verified through 2026-10-08; later changes are not known here")
    assert "not known whether it came; same either way" in output


def test_both_outcomes_where_they_differ() -> None:
    listed = {"list": "entity_list", "since": "2019-05-16", "through": "none", "scope": "all", "policy": "DENIAL"}
    owner = {"name": "L", "share_pct": 60, "listings": [listed]}
    rest = {"name": "O", "share_pct": 40, "listings": [], "owners": [], "owners_complete": True}
    base = {"role": ["ultimate_consignee", "end_user"], "name": "T", "country": "MY", "listings": []}
    owned = {"owners": [owner, rest], "owners_complete": True, "foreign_person": True}
    party = {**base, **owned, "joint_venture_with_us_or_a5": False}
    act = {**ACT, "to": "MY", "parties": [party], "knowledge": {"violation": False, "acts_for_listed": False}}
    answer = licet.check(act, as_of="2026-11-24")
    assert answer.outcome == "REFER"
    assert [(one.day, one.came == one.stayed_away) for one in answer.unverified] == [(date(2026, 11, 10), False)]
    assert licet.check(act, as_of="2026-11-09").outcome == "NO_LICENSE_REQUIRED"


def test_first_look_and_save(tmp_path: Path) -> None:
    saved = tmp_path / "act.yaml"
    name = "Huawei Technologies Co., Ltd."
    flags = ["--to", "CN", "--end-user", name, "--eccn", "EAR99", "--as-of", "2019-06-30"]
    output = check(*flags, "--save", str(saved)).output
    assert "LICENSE REQUIRED unless" in output
    assert "a file" in output
    act = load_act(str(saved))
    assert (act.get("to"), act.get("parties[0].name"), act.get("items[0].eccn")) == ("CN", name, "EAR99")
    assert check(str(saved), "--as-of", "2019-06-30").output.splitlines()[0] == output.splitlines()[0]


def test_what_if_stands_beside_the_real_answer() -> None:
    real = licet.check(ACT, as_of="2019-07-20")
    osaka = licet.check(ACT, as_of="2019-07-20+osaka.yaml")
    both = licet.check(ACT, as_of="2019-07-20+osaka.yaml+rubio.yaml")
    rubio = licet.check(ACT, as_of="2019-07-20+rubio.yaml")
    assert osaka.span == real.span
    assert osaka.what_if is not None
    assert osaka.what_if.span.at_least is Outcome.AUTHORIZED
    assert any("which items" in one for one in osaka.what_if.not_modeled)
    assert both.what_if is not None
    assert both.what_if.span == real.span
    assert rubio.what_if is not None
    assert rubio.what_if.span == real.span


def test_known_as_of() -> None:
    assert licet.check(ACT, as_of="2019-05-17@2019-05-10").outcome == "NO_LICENSE_REQUIRED"
    assert licet.check(ACT, as_of="2019-05-17@2019-05-17").outcome == "LICENSE_REQUIRED"


def test_a_listing_denied_by_the_act_is_a_conflict() -> None:
    party = {**ACT["parties"][0], "listings": []}  # type: ignore[index]
    answer = licet.check({**ACT, "parties": [party]}, as_of="2019-06-30")
    assert answer.outcome == "REFER"
    assert [str(because) for because in answer.refer_because] == ["conflict"]


def test_unknown_party_leaves_the_lists_open() -> None:
    act = {**ACT, "parties": [{"role": "end_user", "name": "Nobody Heard Of Ltd.", "country": "DE"}], "to": "DE"}
    answer = licet.check(act, as_of="2019-06-30")
    assert answer.outcome == "REFER"
    assert "lists" in [str(one) for one in answer.refer_because]
    assumed = licet.check(act, as_of="2019-06-30", assume_lists_complete=True)
    assert assumed.outcome == "NO_LICENSE_REQUIRED"
    assert any("complete" in note for note in assumed.notes)


def test_near_miss_is_asked() -> None:
    party = {"role": "end_user", "name": "Huawei Tecnologies Co Ltd", "country": "CN"}
    answer = licet.check({**ACT, "parties": [party]}, as_of="2019-06-30")
    assert answer.outcome == "REFER"
    assert "match" in [str(one) for one in answer.refer_because]
    assert any("is similar to" in note for note in answer.notes)


def test_without_any_day() -> None:
    with pytest.raises(FactsError, match="no day is stated"):
        licet.check({**ACT, "dates": {}})


def test_no_output_says_that_you_may_ship() -> None:
    for day in ("2019-05-15", "2019-06-30"):
        for form in ("text", "json", "html"):
            output = check("-", "--as-of", day, "--format", form, stdin=stated()).output.lower()
            assert "may ship" not in output
            assert "not legal advice" in output


def test_page_is_self_contained_and_escaped() -> None:
    item = {**ACT["items"][0], "name": "<script>alert(1)</script>"}  # type: ignore[index]
    page = check("-", "--as-of", "2019-06-30", "--format", "html", stdin=stated(items=[item])).output
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "http" not in page.replace("http-equiv", "")
