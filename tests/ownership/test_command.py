"""`licet ownership`: what a person sees, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Licet = Callable[..., str]

GAMMA = "Gamma <Penang> & Sons"
IN_FORCE = ("--as-of", "2025-10-15", "--assume-lists-complete")


def line_of(text: str, word: str) -> str:
    return next(line for line in text.splitlines() if word in line)


def test_both_rules_stand_side_by_side(licet: Licet, table: str) -> None:
    text = licet(table, *IN_FORCE)
    assert "OPEN" in line_of(text, "Affiliates rule of BIS")
    assert "listed parties hold 15 … 70 %" in line_of(text, "Affiliates rule of BIS")
    assert "listed parties hold 0 … 70 %" in line_of(text, "50 percent rule of OFAC")
    assert "in force (AFF-2025)" in text
    assert "taken on your word: the lists are complete" in text


def test_the_tree_says_what_each_interest_is(licet: Licet, table: str) -> None:
    text = licet(table, *IN_FORCE)
    assert "more than 25 … 50 %  Huawei Technologies Co. Ltd." in text
    assert "BIS: listed (entity_list since 2019-05-16)" in text
    assert "Control is not ownership." in text
    assert "A nominee holds the title for somebody else." in text
    assert "share undeterminable  an owner who is not known" in text
    assert "◀ could decide" in line_of(text, "25 %  Alpha Holdings")
    assert "less than 35 %  owners who are not stated" in text
    assert text.count("shown above") >= 2, "the circle ends"


def test_what_could_change_it_is_asked_with_what_each_answer_gives(licet: Licet, table: str) -> None:
    text = licet(table, *IN_FORCE)
    assert "more than 25 percent, less than 50 → open · 50 percent or more → reached" in text
    assert "Red Flag 29" in text


def test_a_rule_that_is_stayed_says_so(licet: Licet, table: str) -> None:
    text = licet(
        table, "--as-of", "2026-07-01", "--assume-lists-complete", "--listed", "Anna Person", "--listed", "Delta Fund"
    )
    assert "REACHED" in line_of(text, "Affiliates rule of BIS")
    assert "(no law on this day)" in line_of(text, "Affiliates rule of BIS")
    assert "stayed through 2026-11-09 by AFF-STAY" in text
    assert "taken on your word: Anna Person is listed" in text


def test_days_on_which_the_result_changed(licet: Licet, table: str) -> None:
    text = licet(table, *IN_FORCE, "--listed", "Alpha Holdings")
    assert "2025-06-01  BIS: open → reached" in text, "25 and 20 of the circle, 15 through the nominee"
    assert "◀ decides: BIS; could decide: OFAC" in line_of(text, "25 %  Alpha Holdings")


def test_one_party_of_a_file(licet: Licet, table: str) -> None:
    text = licet(table, *IN_FORCE, "--party", "beta trading")
    assert text.splitlines()[0].endswith("gamma.csv · parties 4, interests on the day 4")
    assert "Anna Person" not in text
    text = licet(table, *IN_FORCE, "--party", "beta trading", "--listed", GAMMA)
    assert f"it owns a part of a listed party: {GAMMA} (BIS, OFAC)" in text


def test_one_list_alone_is_a_question_and_no_rule(licet: Licet, table: str) -> None:
    text = licet(table, *IN_FORCE, "--list", "entity_list")
    assert "By parties on entity_list" in text
    assert "OFAC" not in text


def test_a_name_alone_is_looked_up(licet: Licet) -> None:
    text = licet("Huawei Technologies Co., Ltd.", "--as-of", "2025-10-15")
    assert "LISTED" in line_of(text, "Affiliates rule of BIS")
    assert "entity_list since 2019-05-16" in text
    assert "give a file of interests" in text


def test_an_act_is_read_with_the_listings_that_it_states(licet: Licet, tmp_path: Path) -> None:
    path = tmp_path / "act.yaml"
    path.write_text(
        "kind: export\nparties:\n  - name: T\n    country: MY\n    role: end_user\n    owners:\n"
        "      - {name: L, share_pct: 50, listings: [{list: sdn, since: 2022-02-24, programs: [CUBA]}]}\n"
        "      - {name: O, share_pct: 50, listings: [], owners: [], owners_complete: yes}\n",
        encoding="utf-8",
    )
    text = licet(str(path), "--as-of", "2025-10-15", "--assume-owners-complete")
    assert "NOT REACHED" in line_of(text, "Affiliates rule of BIS"), "its program is none of 744.8(a)(1)"
    assert "REACHED " in line_of(text, "50 percent rule of OFAC")


def test_json_has_all_of_it(licet: Licet, table: str) -> None:
    found = json.loads(licet(table, *IN_FORCE, "--format", "json"))
    assert found["schema_version"] == 1
    bis = found["rules"][0]
    (result,) = bis["results"]
    assert (result["reached"], result["least"]["percent"], result["most"]["percent"]) == ("open", 15, 70)
    assert result["red_flag_29"] is True
    assert set(result["path"]) <= {one["id"] for one in found["interests"]}
    assert {one["kind"] for one in result["missing"]} >= {"share", "rest"}
    alpha = next(one for one in found["parties"] if one["name"] == "Alpha Holdings")
    assert alpha["not_stated_most"] == {"percent": 35, "text": "35", "open": True}
    assert alpha["standing"]["us_ear"]["least"] == {"percent": 25, "text": "25", "open": True}


def test_the_same_question_gives_the_same_bytes(licet: Licet, table: str) -> None:
    for form in ("text", "json", "svg"):
        assert licet(table, *IN_FORCE, "--format", form) == licet(table, *IN_FORCE, "--format", form)


def test_output_goes_to_a_new_file_only(licet: Licet, table: str, tmp_path: Path) -> None:
    target = tmp_path / "out.svg"
    assert not licet(table, *IN_FORCE, "--format", "svg", "-o", str(target))
    assert target.read_text(encoding="utf-8").startswith("<svg ")
    assert "exists already" in licet(table, *IN_FORCE, "-o", str(target), code=2)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("gone.csv",), "gone.csv: cannot be read"),
        (("gone.jsonl",), "gone.jsonl: cannot be read"),
        (("{table}", "--party", "Gamma"), 'there is no party "Gamma" here'),
        (("{table}", "--listed", "Alpha Holding"), 'did you mean "Alpha Holdings"?'),
        (("{table}", "--list", "entity"), 'did you mean "entity_list"?'),
        (("{table}", "--as-of", "yesterday"), "as_of"),
        (("{table}", "--as-of", "2017-12-31"), "the law of 2017-12-31 is not known here"),
        (("{table}", "--as-of", "2025-10-15+gone.yaml"), "is no what-if that ships"),
    ],
)
def test_what_is_wrong_is_refused(licet: Licet, table: str, arguments: tuple[str, ...], expected: str) -> None:
    assert expected in licet(*(one.replace("{table}", table) for one in arguments), code=2)


def test_an_act_without_parties_is_refused(licet: Licet, tmp_path: Path) -> None:
    path = tmp_path / "act.yaml"
    path.write_text("kind: export\nto: CN\n", encoding="utf-8")
    assert "the act has no parties" in licet(str(path), code=2)


def test_a_graph_of_many_parties_is_named_with_its_results(licet: Licet, tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    rows = "".join(f"O{i},T{i},100,person\n" for i in range(40))
    path.write_text(f"owner,owned,share,owner_kind\n{rows}", encoding="utf-8")
    text = licet(str(path), *IN_FORCE)
    assert "28 more parties (one with its owners: --party NAME)" in text
    assert "BIS not reached · OFAC not reached" in text
    said = licet(str(path), *IN_FORCE, "--format", "svg", code=2)
    assert "80 parties are too many for one drawing, 60 are allowed" in said


def test_the_published_examples_are_shown(licet: Licet) -> None:
    folder = Path(__file__).parents[3] / "shared" / "data" / "ownership"
    if not folder.exists():
        pytest.skip(f"the published examples are not in {folder}")
    for path in sorted(folder.glob("*.json")):
        for form in ("text", "json", *(("svg",) if path.stat().st_size < 100_000 else ())):
            assert licet(str(path), *IN_FORCE, "--format", form)
