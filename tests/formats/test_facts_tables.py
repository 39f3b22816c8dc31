"""The tables: compiled file and page are what the sources say, and a row that is not well formed is refused."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from licet.formats.reference import facts_reference
from licet.formats.shape import Shape, act_shape
from licet.formats.tables import compile_tables
from licet.formats.value import ALLOWED
from licet.model import vocabulary
from licet.model.errors import LawbookError
from licet.model.vocabulary import LIST_TYPES, NOUNS, RECORDS, Row

MODEL = Path(vocabulary.__file__).parent
FACTS = (MODEL / "facts.csv").read_text("utf-8")
COUNTRIES = (MODEL / "countries.csv").read_text("utf-8")
HEAD = FACTS.splitlines()[0]
GOOD = dict(zip(HEAD.split(","), FACTS.splitlines()[1].split(",")[:0], strict=False)) | {
    "path": "x",
    "kinds": "export",
    "type": "word",
    "domain": "a | b",
    "order": "a < b",
    "because": "facts",
    "term": "x",
    "section": "15 CFR 734.3",
    "question": "X?",
}


def test_the_compiled_file_is_what_the_tables_say() -> None:
    assert (MODEL / "facts.json").read_text("utf-8") == compile_tables(FACTS, COUNTRIES)


def test_the_page_is_what_the_table_says() -> None:
    page = Path(__file__).parents[2] / "docs" / "facts.md"
    assert page.read_text("utf-8") == facts_reference()


def test_the_page_has_every_fact_and_no_empty_cell() -> None:
    page = facts_reference()
    for row in vocabulary.table().rows:
        assert f"| `{row.path}` |" in page
    assert "|  |" not in page
    assert "{name}" not in page


@pytest.mark.parametrize(
    ("cell", "text", "message"),
    [
        ("type", "wrd", 'found type "wrd"'),
        ("kinds", "exprt", 'found kinds "exprt"'),
        ("because", "", 'found because ""'),
        ("none", "no", "none is yes or empty"),
        ("question", " ", "question is empty"),
        ("section", "", "section is empty"),
        ("domain", "", "a word needs its domain"),
        ("order", "a < c", "names words that are not in the domain"),
    ],
)
def test_a_row_that_is_not_well_formed_is_refused(cell: str, text: str, message: str) -> None:
    rows = [GOOD, GOOD | {cell: text}]
    with pytest.raises(LawbookError) as caught:
        compile_tables(_csv(rows), COUNTRIES)
    assert any(message in problem.message for problem in caught.value.problems)
    assert {(problem.file, problem.line, problem.field) for problem in caught.value.problems} == {("facts.csv", 3, "x")}


def _csv(rows: list[dict[str, str]]) -> str:
    names = HEAD.split(",")
    return "\n".join([HEAD, *(",".join(f'"{row.get(name, "")}"' for name in names) for row in rows)])


def test_a_row_that_is_cut_short_is_refused() -> None:
    with pytest.raises(LawbookError, match="a row needs the columns"):
        compile_tables(f"{HEAD}\nx,export", COUNTRIES)


def test_rows_are_told_apart() -> None:
    keys = [(row.path, kind) for row in vocabulary.table().rows for kind in row.kinds]
    assert len(keys) == len(set(keys))


def test_every_record_list_has_a_noun_and_every_type_its_words() -> None:
    for row in vocabulary.table().rows:
        assert LIST_TYPES.get(row.type, row.type) in ALLOWED
        if row.type == RECORDS:
            assert row.path.rpartition(".")[2] in NOUNS


def test_a_path_with_records_has_the_row_of_its_list() -> None:
    for row in vocabulary.table().rows:
        steps = row.path.split(".")
        for n, step in enumerate(steps[:-1], 1):
            if step.endswith("[]"):
                above = vocabulary.row(".".join(steps[:n]).removesuffix("[]"), row.kinds[0])
                assert above is not None
                assert above.type == RECORDS


def test_facts_of_records_do_not_depend_on_the_kind_of_act() -> None:
    """The schema has one definition for a record, whichever kind of act asks."""
    for row in vocabulary.table().rows:
        if "[]" in row.path:
            above = vocabulary.row(row.path.partition("[]")[0])
            assert above is not None
            assert row.kinds == above.kinds


def test_the_tree_holds_every_row_once() -> None:
    found: list[Row] = []
    seen: set[int] = set()

    def walk(shape: Shape) -> None:
        if id(shape.children) not in seen:
            seen.add(id(shape.children))
            for child in shape.children.values():
                found.extend(child.rows)
                walk(child)

    walk(act_shape())
    assert sorted(found) == sorted(vocabulary.table().rows)


def test_countries_are_those_of_iso_3166_with_the_regions_that_the_law_names() -> None:
    rows = list(csv.DictReader(COUNTRIES.splitlines()))
    plain = [row["code"] for row in rows if len(row["code"]) == 2 and row["code"] != "XK"]
    assert len(plain) == len(set(plain)) == 249
    regions = {code for code in (row["code"] for row in rows) if code.startswith("UA-")}
    assert len(regions) == 27
    assert {"UA-09", "UA-14", "UA-40", "UA-43"} <= regions
    assert {row["code"] for row in rows} - set(plain) == {*regions, "XK"}
    assert {row["code"] for row in rows if row["note"]} == {*regions, "HK", "MO", "XK"}
