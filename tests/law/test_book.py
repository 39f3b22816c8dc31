"""The lawbook: compiled as its sources say, strict about them, consistent with itself."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from licet.law.book import COMPILED, HERE, Book, compile_book, load, sources
from licet.law.checks import check_book, day_faults
from licet.law.sources import compile_texts, version_of
from licet.law.status import first_known
from licet.model.errors import FactsError, LawbookError, SourceError
from licet.model.measure import Story

if TYPE_CHECKING:
    from licet.law.book import Record

BOOK = load()
BESIDE_THE_RECORDS = {
    *("ACE-2022", "HK-EXC-2020", "IEC-2024", "IR-2023", "KH-2021", "MED-2024", "MM-2021", "MM-MI-2021", "MT-EXC-2023"),
    *("NI-2024", "RU-2022-09", "RU-LUX-2022", "RU-OIL-2022", "RU-SOFT-2024", "SY-2025"),
}
"""Measures that the rules of parts 738 to 746 needed and the records of the domain do not hold."""
SHARED = Path(__file__).parents[3] / "shared" / "domain" / "measures.jsonl"
KEPT = (
    "regime",
    "kind",
    "legal_force",
    "announced",
    "published",
    "in_force_from",
    "in_force_through",
    "stated_through",
    "ended_by",
    "applies_from",
    "compliance_from",
    "not_enforced_from",
    "hour",
    "stays",
    "amends",
    "cites",
    "count",
    "confidence",
    "checked",
    "source",
)
HEAD = """verified_through: 2026-10-08
first_day: 2018-01-01
compiled: 2026-11-24
format: one
checked: how
not_found: nothing
due_after_verified: [ONE]
count: 1
plain_cites: [a talk]
"""
ONE = """id: ONE
regime: us_ear
kind: rule
title: A rule
what: what it does
legal_force: yes
published: 2026-05-01
in_force_from: 2026-12-01
cites: [91 FR 1]
confidence: high
checked: seen
source: a text
"""
FILE = "us_ear/measures/one.yaml"


def compiled(measure: str, head: str = HEAD, file: str = FILE) -> Book:
    content = json.loads(compile_texts({"book.yaml": head, file: measure}))
    return Book(content["book"], content["measures"])


def faults(measure: str, head: str = HEAD, file: str = FILE) -> str:
    with pytest.raises(LawbookError) as refused:
        compile_texts({"book.yaml": head, file: measure})
    return str(refused.value)


# --- the book that ships ---


def test_the_compiled_book_is_equal_to_its_sources() -> None:
    assert COMPILED.read_text(encoding="utf-8") == compile_book(), "run tools/generate.py"


def test_the_book_agrees_with_itself() -> None:
    assert list(map(str, check_book(BOOK))) == []


def test_it_holds_the_records_of_the_domain() -> None:
    if not SHARED.exists():
        pytest.skip("the domain's records are not beside this checkout")
    head, *rows = [json.loads(line) for line in SHARED.read_text(encoding="utf-8").splitlines()]
    assert sorted(BOOK) == sorted({row["id"] for row in rows} | BESIDE_THE_RECORDS)
    for row in rows:
        found = cast("dict[str, object]", BOOK.records[row["id"]])
        assert {k: found.get(k) for k in KEPT} == {k: row.get(k) for k in KEPT}, row["id"]
    for field in ("verified_through", "compiled", "first_day", "due_after_verified"):
        assert cast("dict[str, object]", BOOK.head)[field] == head[field]


def test_a_measure_is_one_file_under_its_regime() -> None:
    files = [path for path in sources() if path != "book.yaml"]
    assert sorted(files) == sorted(f"{BOOK[i].regime}/measures/{i.lower()}.yaml" for i in BOOK)


def test_measures_come_in_the_order_in_which_they_were_known() -> None:
    assert list(BOOK.ids) == sorted(BOOK.ids, key=lambda id_: (first_known(BOOK[id_]), id_))
    assert len(BOOK) == len(BOOK.ids) == BOOK.head["count"] == 116


def test_the_book_says_up_to_which_day_it_was_verified() -> None:
    assert BOOK.verified_through == date(2026, 10, 8)
    assert BOOK.first_day == date(2018, 1, 1)
    assert BOOK.due.measures == ("AFF-BACK", "IFR-2026-07")
    assert "2026-11-10" in BOOK.due.not_found
    assert BOOK.what_ifs == ()
    assert BOOK.supposed == frozenset()


def test_a_measure_has_its_fields_as_values() -> None:
    listing = BOOK["EL-2019-05"]
    assert (listing.published, listing.in_force_from) == (date(2019, 5, 21), date(2019, 5, 16))
    assert listing.cites[0] == "84 FR 22961"
    assert listing.count == 69
    assert listing.hour.startswith("16:15")
    (stay,) = BOOK["AFF-2025"].stays
    assert (stay.from_, stay.through, stay.by) == (date(2025, 11, 10), date(2026, 11, 9), "AFF-STAY")
    lapse = BOOK["TGL-5"].story
    assert isinstance(lapse, Story)
    assert (lapse.on, lapse.show) == (date(2020, 8, 14), True)
    assert BOOK["EL-2019-05"] is listing


def test_measures_are_found_by_regime() -> None:
    regimes = BOOK.by_regime()
    assert sum(map(len, regimes.values())) == len(BOOK)
    assert [m.id for m in regimes["us_889"]] == ["S889", "S889B"]
    assert list(regimes) == sorted(regimes)
    assert BOOK.measures["OSAKA"].regime == "us_president"
    assert "NOPE" not in BOOK


def test_a_statement_says_whom_it_concerns() -> None:
    assert BOOK["OSAKA"].about == ("EL-2019-05",)
    assert BOOK["AFF-ANN"].about == ("AFF-2025",)
    assert "AID-2025" in BOOK["GAO-2026"].about


def test_the_story_has_a_line_for_each_turn() -> None:
    drawn = {id_ for id_ in BOOK if (story := BOOK[id_].story) and story.show}
    told = "ZTE-DO ZTE-END EL-2019-05 TGL-0 OSAKA RUBIO-2019 ROSS EL-2019-08 TGL-1 LIC-2019-11 STD-2020 FCC-2020-06 "
    told += "TGL-5 EL-2020-08 FDP-2020-08 FN2-2020 STD-2024 AFF-2025 AFF-ANN AFF-STAY AFF-BACK"
    assert drawn == set(told.split())


def test_an_id_that_a_person_wrote_is_found_or_the_nearest_is_named() -> None:
    assert BOOK.measure("TGL-3") is BOOK["TGL-3"]
    with pytest.raises(FactsError, match='did you mean "OSAKA"'):
        BOOK.measure("osaca")
    with pytest.raises(KeyError):
        BOOK["osaca"]


def test_the_version_is_that_of_the_content() -> None:
    assert BOOK.version == version_of(BOOK.head, BOOK.records)
    assert len(BOOK.version) == 64
    other = {**BOOK.records, "OSAKA": cast("Record", {**BOOK.records["OSAKA"], "note": "another"})}
    assert version_of(BOOK.head, other) != BOOK.version


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"book": {}}', b"\xff"])
def test_a_damaged_book_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "book.json").write_bytes(content)
    with pytest.raises(SourceError, match=r"book\.json"):
        load(tmp_path / "book.json")


def test_a_missing_book_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="Install again"):
        load(tmp_path / "book.json")
    with pytest.raises(LawbookError, match=r"book\.yaml"):
        compile_book(tmp_path)


def test_sources_that_are_no_utf8_are_refused(tmp_path: Path) -> None:
    (tmp_path / "book.yaml").write_bytes(b"\xff\xfe")
    with pytest.raises(LawbookError, match="cannot be read"):
        sources(tmp_path)


def test_sources_are_read_from_the_folders_of_the_regimes(tmp_path: Path) -> None:
    (tmp_path / "us_ear" / "measures").mkdir(parents=True)
    (tmp_path / "us_ear" / "measures" / "one.yaml").write_text(ONE, encoding="utf-8")
    (tmp_path / "us_ear" / "part_744.py").write_text("", encoding="utf-8")
    (tmp_path / "book.yaml").write_text(HEAD, encoding="utf-8")
    assert json.loads(compile_book(tmp_path))["measures"]["ONE"]["title"] == "A rule"
    assert tmp_path != HERE


# --- strict reading ---


def test_the_small_book_of_these_tests_is_in_order() -> None:
    book = compiled(ONE)
    assert check_book(book) == []
    assert book["ONE"].in_force_from == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "title: A rule",
            "titel: A rule",
            f'{FILE}:4:1: titel: is no field here; allowed: id, .* did you mean "title"',
        ),
        ("title: A rule\n", "", f"{FILE}:1:1: title: is missing"),
        ("title: A rule", "title:", f"{FILE}:4:7: title: has no value"),
        ("title: A rule", "title: null", "title: has no value"),
        ("title: A rule", 'title: " "', "title: found an empty text"),
        ("title: A rule", "title: [A rule]", "title: is no text"),
        ("title: A rule", "title: A rule\ntitle: B", '"title" stands twice'),
        ("kind: rule", "kind: rules", 'kind: found "rules"; allowed: list, rule, .* did you mean "rule"'),
        ("legal_force: yes", "legal_force: maybe", 'legal_force: found "maybe"; allowed: yes, no'),
        ("published: 2026-05-01", "published: 2026-02-30", 'published: found "2026-02-30", which is no day'),
        ("published: 2026-05-01", "published: 2026-5-1", "which is no day; allowed: YYYY-MM-DD"),
        ("published: 2026-05-01", "published: 2026-05-01T10:00Z", "which is no day"),
        ("cites: [91 FR 1]", "cites: 91 FR 1", "cites: is no list"),
        ("cites: [91 FR 1]", "cites: []", "cites: is no list with something in it"),
        ("cites: [91 FR 1]", "cites: [91 FR 1, 91 FR 1]", r"cites\[1\]: 91 FR 1 stands twice"),
        ("source: a text", "source: a text\ncount: -1", 'count: found "-1"; allowed: a whole number'),
        ("source: a text", "source: a text\ncount: 1.5", "count: found"),
        ("source: a text", "source: a text\nstays: [{from: 2027-01-01}]", r"stays\[0\]\.through: is missing"),
        ("source: a text", "source: a text\nstays: [no]", r"stays\[0\]: is no mapping of fields"),
        ("source: a text", "source: a text\neffect: {}", "effect: is no field here"),
        ("id: ONE", "id: one", 'id: found "one"; allowed: capitals'),
        ("id: ONE", "id: TWO", "TWO of us_ear stands in the wrong file; allowed: us_ear/measures/two.yaml"),
        ("regime: us_ear", "regime: gb", "in the wrong file; allowed: gb/measures/one.yaml"),
        ("regime: us_ear", "regime: ../x", "regime: found"),
        ("source: a text", f"source: a text\nnote: {'x' * 1001}", "note: found 1,001 characters"),
        ("source: a text", "source: a text\nstory: {line: a, cite: b}", "story.show: is missing"),
        (
            "source: a text",
            f"source: a text\nstory: {{line: {'x' * 71}, cite: b, show: yes}}",
            "story.line: has 71 characters; allowed: at most 70",
        ),
        (
            "source: a text",
            f"source: a text\nstory: {{line: a, cite: {'x' * 17}, show: yes}}",
            "story.cite: has 17 characters; allowed: at most 16",
        ),
    ],
)
def test_a_source_that_is_not_well_formed_is_refused(old: str, new: str, said: str) -> None:
    assert old in ONE
    with pytest.raises(LawbookError, match=said):
        compile_texts({"book.yaml": HEAD, FILE: ONE.replace(old, new)})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "nothing stands in it"),
        ("# only a comment\n", "nothing stands in it"),
        ("- a\n- b\n", "is no mapping of fields"),
        ("just text", "is no mapping of fields"),
        ("a: [1, 2", "this is no YAML"),
        ("a: &x 1\nb: *x\n", "anchor"),
        ("a: !!python/name:os.system x\n", "tag"),
        ("a: " + "[" * 60 + "]" * 60, "nested deeper"),
        ("a: 1\n---\nb: 2\n", "a second document"),
    ],
)
def test_a_text_that_is_no_source_is_refused(content: str, said: str) -> None:
    message = faults(content)
    assert said in message
    assert FILE in message


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("amends", "[ONE-MORE]", "amends: names ONE-MORE, which is no measure"),
        ("about", "[TWO]", "about: names TWO, which is no measure"),
        ("ended_by", "TWO\nin_force_through: 2027-01-01", "ended_by: names TWO, which is no measure"),
        ("stays", "[{from: 2027-01-01, through: 2027-02-01, by: TWO}]", "stays: names TWO, which is no measure"),
        ("in_force_through", "2026-11-30", "in_force_through: 2026-11-30 is before in_force_from 2026-12-01"),
        ("stated_through", "2026-11-30", "stated_through: 2026-11-30 is before in_force_from"),
        ("announced", "2026-05-02", "published: 2026-05-01 is before announced 2026-05-02"),
        ("compliance_from", "2026-11-30", "compliance_from: 2026-11-30 is before in_force_from"),
        ("not_enforced_from", "2026-11-30", "not_enforced_from: 2026-11-30 is before in_force_from"),
        ("applies_from", "2026-12-02", "in_force_from: 2026-12-01 is before applies_from 2026-12-02"),
        ("terms_through", "2026-11-30", "terms_through: 2026-11-30 is before in_force_from"),
        ("ended_by", "ONE", "ended_by: was ended, and in_force_through is missing"),
        ("amends", "[ONE]", "amends or ends itself"),
        ("stays", "[{from: 2027-02-01, through: 2027-01-01, by: a court}]", "a stay ends on 2027-01-01, before"),
        ("stays", "[{from: 2026-11-01, through: 2027-01-01, by: a court}]", "before the measure is in force"),
        (
            "stays",
            "[{from: 2027-01-01, through: 2027-02-01, by: a}, {from: 2027-02-01, through: 2027-03-01, by: b}]",
            "before the one before it has ended",
        ),
    ],
)
def test_days_out_of_order_and_ids_that_do_not_exist_are_refused(field: str, value: str, said: str) -> None:
    message = faults(f"{ONE}{field}: {value}\n")
    assert said in message
    assert message.startswith(FILE)


def test_a_statement_cannot_be_in_force() -> None:
    message = faults(ONE.replace("legal_force: yes", "legal_force: no"))
    assert "in_force_from: stands in a record without legal force" in message


def test_a_measure_without_any_day_is_refused() -> None:
    bare = ONE.replace("published: 2026-05-01\n", "").replace("in_force_from: 2026-12-01\n", "")
    assert "has no first day" in faults(bare)
    assert "neither a text (published) nor a day of effect" in faults(f"{bare}announced: 2026-05-01\n")
    ends = f"{bare}published: 2026-05-01\nin_force_through: 2026-06-01\n"
    assert "ends without a beginning" in faults(ends)


def test_the_count_of_measures_is_stated_and_held_to() -> None:
    assert "book.yaml: count: says 2 measures, found 1" in faults(ONE, HEAD.replace("count: 1", "count: 2"))
    assert "book.yaml:1:1: count: is missing" in faults(ONE, HEAD.replace("count: 1\n", ""))


def test_all_errors_are_found_in_one_pass() -> None:
    message = faults("id: one\nkind: rules\n", HEAD.replace("count: 1", "count: x"))
    assert len(message.splitlines()) == 11


# --- consistency ---


def changed(id_: str, **fields: object) -> list[str]:
    """Return what is wrong with the book once one record says something else."""
    record = {k: v for k, v in {**BOOK.records[id_], **fields}.items() if v is not None}
    records = {**BOOK.records, id_: cast("Record", record)}
    head = BOOK.head.copy()
    head["version"] = version_of(head, records)
    return list(map(str, check_book(Book(head, records))))


@pytest.mark.parametrize(
    ("id_", "fields", "said"),
    [
        ("TGL-0", {"in_force_through": "2019-08-17"}, "2019-08-17 does not join TGL-1, in force from 2019-08-19"),
        ("TGL-0", {"in_force_through": "2019-08-19"}, "2019-08-19 does not join TGL-1"),
        ("TGL-2", {"in_force_from": "2019-11-19"}, "2019-11-17 does not join TGL-2, in force from 2019-11-19"),
        ("ZTE-DO", {"in_force_through": "2018-07-12"}, "2018-07-12 does not join ZTE-END"),
        ("AFF-STAY", {"in_force_through": "2026-11-08"}, "2025-11-10 to 2026-11-09 are not the days of AFF-STAY"),
        ("TGL-1", {"amends": ["TGL-2"]}, "TGL-2 is younger than what amends it"),
        ("TGL-1", {"amends": ["OSAKA"]}, "OSAKA is a statement, which only an order or a statute can turn into law"),
        ("TGL-1", {"cites": ["84 F.R. 43487"]}, '"84 F.R. 43487" has no known form'),
        ("TGL-1", {"cites": ["85 FR 43487"]}, "85 FR 43487 is not a volume of 2019"),
        ("OSAKA", {"cites": ["he said so"]}, '"he said so" has no known form'),
        ("TGL-1", {"cites": []}, "has no citation"),
        ("ROSS", {"about": None}, "says of no measure that it concerns it"),
        (
            "TGL-5",
            {"story": {"line": "x", "cite": "y", "show": True, "on": "2020-01-01"}},
            "before the measure was known",
        ),
        ("EL-2026-08", {"in_force_from": "2026-12-24"}, "due after 2026-10-08: AFF-BACK, EL-2026-08, IFR-2026-07"),
        ("TGL-0", {"stated_through": "2019-08-01"}, "stated_through: 2019-08-01 is before in_force_through"),
    ],
)
def test_a_book_that_does_not_agree_with_itself_is_found_out(id_: str, fields: dict[str, object], said: str) -> None:
    assert any(said in problem for problem in changed(id_, **fields)), changed(id_, **fields)


def test_a_version_or_a_first_day_that_is_wrong_is_found_out() -> None:
    head = BOOK.head.copy()
    head["version"] = "0" * 64
    assert [p.field for p in check_book(Book(head, BOOK.records))] == ["version"]
    head["first_day"] = "2027-01-01"
    assert {p.field for p in check_book(Book(head, BOOK.records))} == {"version", "first_day"}


def test_every_measure_that_ships_has_its_days_in_order() -> None:
    assert {id_: list(day_faults(BOOK[id_])) for id_ in BOOK} == {id_: [] for id_ in BOOK}
