"""`licet watch` as a person calls it: text, JSON, exit codes, points, bad input."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest

from licet.show.columns import WIDTH

if TYPE_CHECKING:
    from collections.abc import Callable

    Licet = Callable[..., str]

KEYS = {
    "schema_version", "found", "since", "today", "until", "known_as_of", "book", "verified_through", "lists", "point",
    "acts", "parties", "refused", "measures", "list_changes", "became_known",
}  # fmt: skip
SPAN = {
    "type": "object",
    "required": ["outcome", "at_least", "at_most", "review_policy"],
    "additionalProperties": False,
    "properties": {name: {"type": ["string", "null"]} for name in ("outcome", "at_least", "at_most", "review_policy")},
}
FLIP = {
    "type": "object",
    "required": ["day", "sure", "before", "after", "outcome_differs", "causes"],
    "properties": {
        "before": SPAN,
        "after": SPAN,
        "sure": {"enum": ["verified", "unverified", "scheduled", "expected"]},
    },
}
PARTIES = 'name,country,id\n"Huawei Technologies Co., Ltd.",CN,V1\nCorner Bakery of Ipoh,MY,V2\n'


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[\d;]*m", "", text)


@pytest.fixture
def parties(tmp_path: Path) -> str:
    file = tmp_path / "parties.csv"
    file.write_text(PARTIES, encoding="utf-8")
    return str(file)


def test_left_out_it_looks_30_days_back_and_180_ahead(licet: Licet) -> None:
    text = licet(code=1)
    assert "watch  2026-10-26 … 2027-05-24" in text
    assert "law verified through 2026-10-08" in text
    for said in ("2026-11-10 stay ends    AFF-2025", "2026-11-20 in force     IFR-2026-07", "2027-01-01 term ends"):
        assert said in text
    assert "due after 2026-10-08, not verified" in text
    assert "KL-EXT 2026-09-28" in text


@pytest.mark.parametrize(
    "arguments",
    [
        ("--since", "2018-01-01"),
        ("--since", "2018-01-01", "--all"),
        ("--since", "2019-05-01", "--next", "2020-12-31", "network-upkeep", "standard-5g", "zte"),
        ("--since", "2018-06-01", "--next", "0", "new-handset", "uk-affiliate", "base-station", "handset-patch"),
    ],
)
def test_the_table_fits_the_terminal(licet: Licet, arguments: tuple[str, ...]) -> None:
    lines = plain(licet(*arguments, code=1)).splitlines()
    assert max(map(len, lines)) <= WIDTH
    assert not any(line != line.rstrip() for line in lines)


def test_acts_come_first_with_the_measure_that_flips_them(licet: Licet) -> None:
    text = plain(licet("network-upkeep", "--since", "2019-05-01", "--next", "2019-06-30", code=1))
    assert text.index("\nacts\n") < text.index("\nmeasures (")
    assert "2019-05-20  LICENSE REQUIRED (presumption of denial) → AUTHORIZED\n" in text
    assert "TGL-0: Temporary General License: in force  84 FR 23468" in text
    assert "AUTHORIZED on 2019-06-30" in text
    assert "touches network-upkeep" in text
    assert "no answer changes by one" in text


def test_parties_are_told_and_counted(licet: Licet, parties: str) -> None:
    text = plain(licet(parties, "--since", "2019-05-01", "--next", "2019-05-31", code=1))
    assert "1 of 2 parties touched" in text
    assert re.search(
        r"━ 2019-05-16  listed +Entity List +Huawei Technologies Co\., Ltd\.\n +EL-2019-05 · 84 FR 22961", text
    )
    assert "nothing touches 1 party" in text
    assert "that is no clearance" in text


def test_exit_codes(licet: Licet, parties: str, tmp_path: Path) -> None:
    quiet = ("--since", "2019-06-25", "--next", "2019-06-30")
    assert "OSAKA" in licet(*quiet, code=1)
    assert "no legal force: changes no answer" in licet("network-upkeep", *quiet, code=0)
    assert "0 of 2 parties touched" in licet(parties, *quiet, code=0)
    licet(parties, "--since", "2019-05-01", "--next", "2019-05-31", code=1)
    licet("--since", "2026-11-24", "--next", "0", code=0)
    assert licet("network-upkeep", *quiet, "--quiet", code=0) == ""
    assert "EL-2019-05" in licet("--since", "2019-05-16", "--next", "2019-05-16", "--quiet", code=1)
    bad = tmp_path / "bad.csv"
    bad.write_text("name\n???\n", encoding="utf-8")
    assert "bad.csv:2" in licet(str(bad), *quiet, "--quiet", code=2)


def test_json_is_whole_and_has_its_keys(licet: Licet, parties: str) -> None:
    text = licet("network-upkeep", parties, "--since", "2019-05-01", "--next", "2020-12-31", "--format", "json", code=1)
    record = json.loads(text)
    assert record.keys() == KEYS
    assert (record["schema_version"], record["found"]) == (1, True)
    (act,) = record["acts"]
    assert {"name", "kind", "key", "touched", "before", "today", "until", "flips", "unmoved", "notes"} == act.keys()
    for flip in act["flips"]:
        jsonschema.validate(flip, FLIP)
        assert all(cause["kind"] and cause["says"] for cause in flip["causes"])
    assert [flip["day"] for flip in act["flips"]] == ["2019-05-16", "2019-05-20", "2020-08-14"]
    assert {row["line"] for row in record["parties"]} == {2, 3}
    osaka = next(one for one in record["measures"] if one["measure"] == "OSAKA")
    assert (osaka["what"], osaka["legal_force"], osaka["touches"]) == ("announced", False, [])
    tgl = next(one for one in record["measures"] if (one["measure"], one["what"]) == ("TGL-0", "in force"))
    assert tgl["touches"] == ["network-upkeep"]
    assert len([one for one in record["list_changes"] if one["measure"] == "EL-2020-08"]) == 153
    assert record["point"] is None


def test_a_later_look_begins_at_the_point(licet: Licet, tmp_path: Path) -> None:
    file = str(tmp_path / "point.json")
    first = licet("network-upkeep", "--save", file, code=0, today=date(2026, 9, 1))
    assert "network-upkeep" in first
    text = licet("network-upkeep", "--since", file, "--save", file, "--next", "30d", code=0)
    assert "watch  2026-09-02 … 2026-12-25" in text
    assert "since the look of 2026-09-01" in text
    assert "the same lawbook and lists as now" in text
    assert json.loads((tmp_path / "point.json").read_text("utf-8"))["day"] == "2026-11-25"
    assert [path.name for path in tmp_path.iterdir()] == ["point.json"]


def test_what_became_known_since_is_told(licet: Licet, tmp_path: Path) -> None:
    file = tmp_path / "point.json"
    licet("network-upkeep", "--save", str(file), code=0)
    record = json.loads(file.read_text("utf-8"))
    del record["measures"]["KL-EXT"]
    record["measures"]["OSAKA"] = "xxxx" + record["measures"]["OSAKA"][4:]
    record["entries"]["entity_list"] = record["entries"]["entity_list"][8:]
    record["book"]["version"] = record["lists"]["version"] = "earlier"
    record["acts"] = {key: [0, 0] for key in record["acts"]}
    file.write_text(json.dumps(record, indent=1), encoding="utf-8")
    text = plain(licet("network-upkeep", "--since", str(file), "--next", "2026-12-01", code=1))
    assert "became known since, of 2026-11-25 and before" in text
    assert "measures, new: KL-EXT" in text
    assert "measures, other days: OSAKA" in text
    assert "Entity List: 1 entry new or other than known then" in text
    assert "network-upkeep on 2026-11-25: LICENSE_REQUIRED (PRESUMPTION_OF_DENIAL); then known: NOT_SUBJECT" in text
    found = json.loads(licet("--since", str(file), "--next", "2026-12-01", "--format", "json", code=1))
    assert found["became_known"]["measures"] == [{"id": "OSAKA", "what": "other days"}, {"id": "KL-EXT", "what": "new"}]
    assert found["point"]["book"] == "earlier"


def test_another_file_is_never_written_over(licet: Licet, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text("precious", encoding="utf-8")
    assert "no point of an earlier look" in licet("--save", str(file), code=2)
    assert file.read_text("utf-8") == "precious"


def test_known_then(licet: Licet) -> None:
    arguments = ("--since", "2019-06-01", "--next", "2019-09-30")
    assert "TGL-1" in licet(*arguments, code=1)
    text = licet(*arguments, "--known", "2019-06-01", code=1)
    assert "TGL-1" not in text
    assert "2019-08-20 ended" in text
    assert "known by 2019-06-01" in text


def test_what_a_file_says_does_not_steer_the_terminal(
    licet: Licet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    act = Path("evil\x1b[2J\n.yaml")
    act.write_text("kind: connection\nactivity: buy\n", encoding="utf-8")
    table = tmp_path / "t.csv"
    table.write_text(
        'name,country,id\n"Huawei Technologies Co., Ltd.",CN,"\x1b[31mred\x9b1m"\nOther\x1b[2J,C\x07N,\n',
        encoding="utf-8",
    )
    arguments = (str(act), str(table), "--since", "2019-05-01", "--next", "2019-05-31")
    text = licet(*arguments, code=2)
    assert not [c for c in plain(text) if not c.isprintable() and c != "\n"]
    assert "evil\\x1b[2J" in text
    text = licet(*arguments, "--format", "json", code=2)
    assert not [c for c in text if not c.isprintable() and c != "\n"]
    record = json.loads(text)
    assert record["acts"][0]["name"] == str(act)
    assert record["parties"][0]["id"] == "\x1b[31mred\x9b1m"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--since", "2019-02-30"], ["--since", "2019-02-30"]),
        (["--since", "last week"], ["--since", "YYYY-MM-DD, or the file that --save wrote"]),
        (["--since", "2017-12-31"], ["that is no clearance", "2018-01-01 or later"]),
        (["--next", "soon"], ["--next", "180d", "a day"]),
        (["--since", "2026-12-24", "--next", "2026-12-01"], ["is after"]),
        (["--known", "never"], ["--known"]),
        (["--known", "2026-01-01", "--save", "x.json"], ["--save", "--known"]),
        (["no-such.yaml", "none.csv"], ["no-such.yaml", "none.csv"]),
        (["--format", "html"], ["html", "json"]),
        (["x" * 5000], ["cannot be read"]),
    ],
)
def test_bad_input(licet: Licet, arguments: list[str], says: list[str]) -> None:
    text = licet(*arguments, code=2)
    for one in says:
        assert one in text


def test_a_point_of_the_future_is_refused(licet: Licet, tmp_path: Path) -> None:
    file = str(tmp_path / "point.json")
    licet("network-upkeep", "--save", file, code=0)
    assert "lies after today" in licet("--since", file, code=2, today=date(2026, 9, 1))
