"""`licet law show`: the days of a measure kept apart, its neighbors, what reads it, which cases name it."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from licet.law.book import load
from licet.show.columns import bare
from licet.show.law_text import Looked
from licet.show.measure_text import Around, measure_text
from licet.show.related import relations, touching

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Licet = Callable[..., str]

BOOK = load()
CASE = """\
- id: NAMES-IT
  as_of: 2019-06-01
  kind: status
  measure: TGL-0
  expect: {status: in_force}
  source: {kind: federal_register, cites: ["84 FR 23468"], checked: seen}
- id: CITES-IT
  as_of: 2019-06-01
  kind: status
  measure: EL-2019-05
  expect: {status: in_force}
  source: {kind: federal_register, cites: ["84 FR 23468, heads (c)(1) to (c)(4)"], checked: seen}
- id: SOMETHING-ELSE
  as_of: 2019-06-01
  kind: status
  measure: EL-2019-05
  expect: {status: in_force}
  source: {kind: federal_register, cites: ["84 FR 2346"], checked: seen}
"""


def days(text: str) -> dict[str, str]:
    """Return the days of the block `days`, by their labels."""
    rows = re.findall(r"^    (\w[\w ]*?) {2,}(\d{4}-\d\d-\d\d|-)(?: |$)", text, re.MULTILINE)
    return dict(rows)


def test_six_days_are_kept_apart(licet: Licet) -> None:
    assert days(licet("law", "show", "EL-2019-05", "--as-of", "2019-06-30")) == {
        "said": "2019-05-15",
        "published": "2019-05-21",
        "in force from": "2019-05-16",
        "applies from": "2019-05-16",
        "complied with": "2019-05-16",
        "enforced": "2019-05-16",
        "stayed": "-",
        "ended": "-",
    }
    assert days(licet("law", "show", "AID-2025"))["not enforced"] == "2025-05-13"
    assert days(licet("law", "show", "AID-2025"))["complied with"] == "2025-05-15"
    assert days(licet("law", "show", "EL-FIX-2022"))["applies from"] == "2022-02-14"
    assert days(licet("law", "show", "UAE-2026"))["a term in it"] == "2027-04-06"


def test_a_publication_day_is_no_first_day(licet: Licet) -> None:
    assert "5 days after it took effect: never its first day" in licet("law", "show", "EL-2019-05")
    assert "2 days after it took effect" in licet("law", "show", "EL-2019-08")
    assert "3 days after it took effect" in licet("law", "show", "EL-2020-08")
    assert "after it took effect" not in licet("law", "show", "STD-2024")


def test_hour_stays_ends_and_life(licet: Licet) -> None:
    assert "16:15 America/New_York" in licet("law", "show", "EL-2019-05")
    text = licet("law", "show", "AFF-2025", "--as-of", "2025-12-01")
    assert "STAYED on 2025-12-01" in text
    assert "2025-11-10  through 2026-11-09, by AFF-STAY" in text
    assert "2025-09-29 in force → 2025-11-10 stayed → 2026-11-10 in force" in text
    text = licet("law", "show", "TGL-0", "--as-of", "2019-08-19")
    assert "ENDED on 2019-08-19" in text
    assert "last day in force, ended by TGL-1; its own text says 2019-08-19" in text
    assert "last day in force, as its text says" in licet("law", "show", "TGL-5")


def test_a_statement_binds_nobody_and_nothing_reads_it(licet: Licet) -> None:
    text = licet("law", "show", "osaka", "--as-of", "2019-06-30")
    assert text.startswith("┄ OSAKA")
    assert "no legal force: shown, never decides" in text
    assert "never: a statement binds nobody" in text
    assert "nothing: a record without legal force" in text
    assert "is about        ━ EL-2019-05" in text


def test_what_reads_it(licet: Licet) -> None:
    text = licet("law", "show", "AFF-2025", "--as-of", "2025-10-15")
    assert re.search(r"\(8\) +us_ear/744\.11\(a\)\(1\) +Foreign affiliates.*: since 2025-09-29 and not stayed", text)
    text = licet("law", "show", "STD-2020", "--as-of", "2020-07-01")
    assert re.search(r"\(8\) +us_ear/744\.11 standards +Standards release", text)
    assert "no rule and no scope test: it decides nothing here" in licet("law", "show", "MFP-2018")
    assert re.search(r"list +entity_list +38 entries, 38 on this day", licet("law", "show", "EL-2020-08"))


def test_a_doubt_is_shown_for_its_own_measures_only(licet: Licet) -> None:
    text = licet("law", "show", "AFF-BACK", "--as-of", "2026-11-24")
    assert "? 2026-11-10 due: AFF-2025, AFF-BACK, AFF-STAY." in text
    assert "IFR-2026-07" not in text
    assert "by its text (?)" in text
    text = licet("law", "show", "TGL-0", "--as-of", "2026-11-24")
    assert text.startswith("law verified through 2026-10-08")
    assert "due" not in text


def test_cases_that_name_it_or_cite_its_first_page(licet: Licet, tmp_path: Path) -> None:
    (tmp_path / "some.yaml").write_text(CASE, encoding="utf-8")
    text = licet("law", "show", "TGL-0", "--cases", str(tmp_path))
    assert "    NAMES-IT, CITES-IT\n" in text
    assert "none names it or cites its text" in licet("law", "show", "TGL-1", "--cases", str(tmp_path))


def test_without_a_folder_of_cases_nothing_is_said_of_them(
    licet: Licet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "  cases" not in licet("law", "show", "TGL-0").splitlines()


@pytest.mark.parametrize("id_", BOOK)
def test_every_measure_is_shown_whole_within_110_columns(id_: str) -> None:
    measure = BOOK[id_]
    text = bare(measure_text(Looked(BOOK, date(2026, 11, 24)), measure, Around()))
    assert max(map(len, text.splitlines())) <= 110
    joined = "".join(text.split())
    for words in (measure.what, measure.note, measure.source, *measure.cites, measure.hour, measure.title):
        assert "".join(words.split()) in joined
    for day in (measure.announced, measure.published, measure.in_force_from, measure.in_force_through):
        assert day is None or str(day) in text


def test_neighbors_are_read_in_both_directions() -> None:
    both = {"takes over from": "ended by", "amends": "amended by", "stays": "stayed by", "is about": "spoken of by"}
    both |= {back: there for there, back in both.items()}
    for id_ in BOOK:
        for relation in relations(BOOK, BOOK[id_]):
            for other in relation.ids:
                if other in BOOK:  # a stay can come from a court
                    back = {one.how: one.ids for one in relations(BOOK, BOOK[other])}
                    assert id_ in back[both[relation.how]]


def test_what_touches_a_measure() -> None:
    found = touching(BOOK, ["EL-2019-05"])
    assert {"TGL-0", "TGL-5", "STD-2024", "OSAKA", "S2118", "EL-2020-08"} <= found
    assert not found & {"S889", "AFF-2025", "RU-2022", "AUKUS-2024"}
    assert touching(BOOK, ["AFF-2025"]) == {"AFF-2025", "AFF-TGL", "AFF-STAY", "AFF-BACK", "AFF-ANN", "KL-EXT"}


def test_json(licet: Licet) -> None:
    found = json.loads(licet("law", "show", "TGL-1", "--as-of", "2019-09-01", "--format", "json"))
    assert found["measure"]["status"] == "in_force"
    assert found["neighbors"]["takes_over_from"] == ["TGL-0"]
    assert {one["section"] for one in found["read_by"]} >= {"us_ear/tgl network", "us_ear/tgl handset"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["EL-2019-5"], ['"EL-2019-5" is no measure', 'did you mean "EL-2019-05"?', "licet law list"]),
        (["tgl0"], ['did you mean "TGL-0"?']),
        ([""], ['"" is no measure']),
        (["TGL-0", "--as-of", "2017-01-01"], ["2018-01-01 or later"]),
        (["TGL-0", "--cases", "/no/such/folder"], ["--cases", "/no/such/folder"]),
        ([], ["ID"]),
    ],
)
def test_bad_input(licet: Licet, arguments: list[str], says: list[str]) -> None:
    text = licet("law", "show", *arguments, code=2)
    for one in says:
        assert one in text


def test_a_file_that_is_no_list_of_cases_is_refused(licet: Licet, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("id: NOT-A-LIST\n", encoding="utf-8")
    assert "bad.yaml" in licet("law", "show", "TGL-0", "--cases", str(tmp_path), code=2)
