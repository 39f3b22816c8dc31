"""`licet law list`: every measure once, in the group of its status; statements apart; at most 110 columns."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from licet.cli import cli
from licet.law.book import load
from licet.law.status import status
from licet.show.columns import SAID, bare
from licet.show.law_text import GROUPS, SAYING, STATEMENTS, Looked, list_text

if TYPE_CHECKING:
    from collections.abc import Callable

    Licet = Callable[..., str]

BOOK = load()
DAYS = ["2018-01-01", "2019-05-15", "2019-05-16", "2019-06-30", "2020-08-14", "2025-11-10", "2026-10-08", "2026-11-24"]
ROW = re.compile(r"^(\S) ([A-Z0-9]+(?:-[A-Z0-9]+)*) ", re.MULTILINE)


def groups(text: str) -> dict[str, list[tuple[str, str]]]:
    """Return the sign and id of each row by the heading above it."""
    found: dict[str, list[tuple[str, str]]] = {}
    heading = ""
    for line in text.splitlines():
        if (head := re.fullmatch(r"(\D.*) \(\d+\)", line)) is not None:
            heading = head[1]
        elif (row := ROW.match(line)) is not None:
            found.setdefault(heading, []).append((row[1], row[2]))
    return found


@pytest.mark.parametrize("day", DAYS)
def test_every_measure_stands_once_in_the_group_of_its_status(licet: Licet, day: str) -> None:
    text = licet("law", "list", "--as-of", day)
    found = groups(text)
    assert sorted(id_ for rows in found.values() for _, id_ in rows) == sorted(BOOK)
    for heading, rows in found.items():
        for _, id_ in rows:
            measure = BOOK[id_]
            on_day = status(measure, date.fromisoformat(day), book=BOOK)
            said = not measure.legal_force and on_day.value != "not_yet"
            assert heading == (STATEMENTS if said else GROUPS[on_day]), id_
    assert max(len(line) for line in text.splitlines()) <= 110


def test_statements_are_drawn_apart_from_law() -> None:
    text = list_text(Looked(BOOK, date(2019, 6, 30)), [BOOK[id_] for id_ in BOOK])
    rows = {row[2]: line for line in text.splitlines() if (row := ROW.match(bare(line))) is not None}
    assert rows["OSAKA"].startswith(f"{SAID}{SAYING} OSAKA")
    for id_, line in rows.items():
        assert (SAYING in line) is (not BOOK[id_].legal_force), id_
        assert (SAID in line) is (not BOOK[id_].legal_force), id_


def test_days_of_saying_publishing_and_force_are_kept_apart(licet: Licet) -> None:
    lines = {row[2]: one for one in licet("law", "list").splitlines() if (row := ROW.match(one)) is not None}
    line = lines["EL-2019-05"]
    assert re.search(r"2019-05-15 2019-05-21 2019-05-16 - +84 FR 22961$", line)
    line = lines["TGL-0"]
    assert re.search(r" = +2019-05-22 2019-05-20 2019-08-18 84 FR 23468$", line)


def test_memory_and_confidence_are_marked(licet: Licet) -> None:
    lines = licet("law", "list", "--as-of", "2026-10-08").splitlines()
    marked = {row[2]: line.split()[-1] for line in lines if (row := ROW.match(line)) is not None}
    assert marked["MFP-2018"] == "m?"
    assert marked["EL-2026-08"] == "m??"
    assert marked["FCC-2026-07"] == "??"
    assert marked["EL-2019-05"] == "22961"


def test_after_the_last_verified_day_that_is_said_first(licet: Licet) -> None:
    text = licet("law", "list", "--as-of", "2026-11-24")
    first, second, third = text.splitlines()[:3]
    assert first == "law verified through 2026-10-08; later changes are not known here"
    assert second.startswith("  ? 2026-11-10 due: AFF-2025, AFF-BACK, AFF-STAY.")
    assert third.startswith("  ? 2026-11-20 due: IFR-2026-07.")
    assert {"AFF-2025", "AFF-BACK", "AFF-STAY", "IFR-2026-07"} == {
        id_ for rows in groups(text).values() for sign, id_ in rows if sign == "?"
    }
    assert "later changes" not in licet("law", "list", "--as-of", "2026-10-08")


def test_what_was_not_seen_is_not_yet_known(licet: Licet) -> None:
    known = groups(licet("law", "list", "--as-of", "2019-05-16@2019-05-14"))
    assert ("·", "EL-2019-05") in known[GROUPS[status(BOOK["EL-2019-05"], date(2019, 5, 14), book=BOOK)]]
    assert ("━", "EL-2019-05") in groups(licet("law", "list", "--as-of", "2019-05-16"))["in force"]


def test_a_what_if_is_named_and_marked(licet: Licet) -> None:
    text = licet("law", "list", "--as-of", "2019-06-30+osaka.yaml")
    assert "what if: osaka.yaml (not the law)" in text
    assert ("*", "WHAT-IF-OSAKA") in groups(text)["in force"]


def test_filters(licet: Licet) -> None:
    found = groups(licet("law", "list", "--as-of", "2020-01-01", "--regime", "us_ear", "--kind", "general_license"))
    ids = {id_ for rows in found.values() for _, id_ in rows}
    assert ids == {m.id for m in map(BOOK.measure, BOOK) if m.regime == "us_ear" and m.kind == "general_license"}
    assert found["in force"] == [("━", "TGL-2")]


def test_json_has_every_field_and_the_status(licet: Licet) -> None:
    found = json.loads(licet("law", "list", "--as-of", "2025-12-01", "--format", "json"))
    assert (found["as_of"], found["verified_through"]) == ("2025-12-01", "2026-10-08")
    by_id = {record["id"]: record for record in found["measures"]}
    assert list(by_id) == list(BOOK)
    assert by_id["AFF-2025"]["status"] == "stayed"
    assert by_id["AID-2025"]["status"] == "not_enforced"
    for id_, record in by_id.items():
        assert {**BOOK.records[id_], "status": record["status"], "due": False, "supposed": False} == record


def test_color_only_where_it_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = CliRunner().invoke(cli, ["law", "list", "--as-of", "2019-06-30"], color=True, standalone_mode=False)
    assert "\x1b[" in seen.output
    piped = CliRunner().invoke(cli, ["law", "list", "--as-of", "2019-06-30"], standalone_mode=False)
    assert piped.output == bare(seen.output)
    monkeypatch.setenv("NO_COLOR", "1")
    plain = CliRunner().invoke(cli, ["law", "list", "--as-of", "2019-06-30"], color=True, standalone_mode=False)
    assert plain.output == piped.output


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--as-of", "2017-12-31"], ["the law of 2017-12-31 is not known here", "2018-01-01 or later"]),
        (["--as-of", "2019-02-30"], ["2019-02-30", "no day of the calendar"]),
        (["--as-of", "2019-06-30T10:00Z"], ["2019-06-30T10:00Z", "a day without time or time zone"]),
        (["--as-of", ""], ["an empty state of the law"]),
        (["--as-of", "2019-06-30+nothing.yaml"], ["nothing.yaml", "osaka.yaml"]),
        (["--regime", "us_eer"], ['--regime: found "us_eer"', 'did you mean "us_ear"']),
        (["--kind", "licence"], ['--kind: found "licence"', "general_license"]),
        (["--format", "html"], ["html", "text"]),
    ],
)
def test_bad_input(licet: Licet, arguments: list[str], says: list[str]) -> None:
    text = licet("law", "list", *arguments, code=2)
    for one in says:
        assert one in text
