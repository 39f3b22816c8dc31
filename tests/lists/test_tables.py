"""The two tables kept by hand: checked cell by cell, and made from the official texts."""

from __future__ import annotations

import csv
import importlib.util
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from licet.lists.store import curated
from licet.lists.tables import COVERS, ENTRIES, NAMES, read_tables
from licet.model.errors import SourceError
from licet.names.normal import normalize, variants

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "src" / "licet" / "lists"
DATA = ROOT.parent / "shared" / "data"
GOOD_ENTRIES = (
    "list,entry,name,country,since,through,first,scope,policy,footnotes,programs,cites,measure,group,reaches_affiliates,"
    "checked,note\n"
    "entity_list,acme,Acme Ltd.,CN,2019-01-01,2019-12-31,2019-01-01,all,DENIAL,1 2,,84 FR 1,M,,,seen,\n"
    "entity_list,acme,Acme Ltd.,CN,2020-01-01,,2019-01-01,all,DENIAL,,,84 FR 1,M,,,seen,\n"
)
GOOD_NAMES = "entry,name,kind,since,through,checked\nacme,Acme Ltd.,primary,2019-01-01,,seen\n"


def table(file: str) -> list[dict[str, str]]:
    with (FOLDER / file).open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_starter", ROOT / "tools" / "make_starter.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_version_changes_with_each_table() -> None:
    versions = {
        read_tables(entries, names).digest
        for entries in (GOOD_ENTRIES, GOOD_ENTRIES.replace("84 FR 1", "84 FR 2"))
        for names in (GOOD_NAMES, GOOD_NAMES.replace("seen", "memory"))
    }
    assert len(versions) == 4


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("2020-01-01,,", "2019-12-31,,", "since"),
        ("2019-12-31,", "2018-12-31,", "through"),
        ("2019-12-31,", "2019-02-30,", "through"),
        ("2019-01-01,2019-12-31", "01/01/2019,2019-12-31", "since"),
        ("2019-12-31,2019-01-01", "2019-12-31,2019-06-01", "first"),
        ("all,DENIAL,1 2", "most,DENIAL,1 2", "scope"),
        ("DENIAL,1 2", "denied,1 2", "policy"),
        ("DENIAL,1 2", "DENIAL,one", "footnotes"),
        ("CN,2019-01-01", "China,2019-01-01", "country"),
        ("CN,2019-01-01", "cn,2019-01-01", "country"),
        ("M,,,seen,\nentity", "M,,,guessed,\nentity", "checked"),
        ("M,,,seen,\nentity", "M,,no,seen,\nentity", "reaches_affiliates"),
        ("84 FR 1,M,,,seen,\nentity", ",M,,,seen,\nentity", "cites"),
        ("entity_list,acme,Acme Ltd.,CN,2019", ",acme,Acme Ltd.,CN,2019", "list"),
        ("Acme Ltd.,CN,2019", "Other Ltd.,CN,2019", "name"),
    ],
)
def test_a_wrong_cell_in_the_entries_is_named(old: str, new: str, field: str) -> None:
    assert GOOD_ENTRIES.count(old) == 1
    with pytest.raises(SourceError) as caught:
        read_tables(GOOD_ENTRIES.replace(old, new), GOOD_NAMES)
    assert field in {problem.field for problem in caught.value.problems}
    assert {(problem.file, problem.line > 1) for problem in caught.value.problems} == {(ENTRIES, True)}


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("acme,Acme,nickname,2019-01-01,,seen", "kind"),
        ("acme,Acme Two,primary,2019-01-01,,seen", "kind"),
        ("acme,...,alias,2019-01-01,,seen", "name"),
        ("acme,Acme,alias,2019-1-1,,seen", "since"),
        ("acme,Acme,alias,2019-01-01,2018-12-31,seen", "through"),
        ("acme,Acme,alias,2019-01-01,,sure", "checked"),
        ("nobody,Nobody,alias,2019-01-01,,seen", "entry"),
    ],
)
def test_a_wrong_cell_in_the_names_is_named(row: str, field: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_tables(GOOD_ENTRIES, GOOD_NAMES + row + "\n")
    assert [(problem.file, problem.field) for problem in caught.value.problems] == [(NAMES, field)]


def test_columns_and_cells_are_counted() -> None:
    with pytest.raises(SourceError, match="other columns"):
        read_tables(GOOD_ENTRIES.replace("list,", "register,", 1), GOOD_NAMES)
    with pytest.raises(SourceError, match="not 6 cells"):
        read_tables(GOOD_ENTRIES, GOOD_NAMES + "acme,Acme,alias\n")
    with pytest.raises(SourceError, match="tab"):
        read_tables(GOOD_ENTRIES.replace("M,,,seen,\nentity", "M,,,seen,a\tb\nentity"), GOOD_NAMES)


def test_a_missing_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"starter\.csv"):
        curated(tmp_path)


def test_counts_of_the_measures() -> None:
    entries = {(row["measure"], row["entry"]) for row in table(ENTRIES) if row["list"] == "entity_list"}
    assert Counter(measure for measure, _ in entries) == {
        "EL-2019-05": 67 + 22,  # 66 of the eCFR and the office in Hong Kong; 22 are disputed between May and August
        "EL-2019-08": 48,  # 26 and the 22 companies inside the main entry
        "EL-2020-08": 38,
        "EL-2020-12": 75,  # 77 were listed
        "SAV-2023": 13,
        "EL-2024-12": 140,
        "NUDT-2015": 4,
        "": 31,
    }
    assert len({row["entry"] for row in table(ENTRIES) if "4" in row["footnotes"].split()}) == 28 + 13


def test_every_list_of_the_table_is_one_that_it_covers() -> None:
    assert {row["list"] for row in table(ENTRIES)} <= set(COVERS)


def test_no_address_is_a_name() -> None:
    for row in table(NAMES):
        assert not re.search(r"\bNo\. ?\d|Room|Floor|Street|, (China|Hong Kong)\b|\d{5}|;|a\.k\.a", row["name"])
        assert len(row["name"]) < 120


def test_two_entries_share_a_name_only_where_the_lists_do() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for row in table(NAMES):
        for key in variants(row["name"]):
            owners[key].add(row["entry"])
    assert {key: ids for key, ids in owners.items() if len(ids) > 1} == {
        "huawei technologies co ltd": {"huawei-technologies-co-ltd", "huawei-technologies-co-ltd-hk"},
        "huawei tech investment co ltd": {"huawei-tech-investment-co-ltd", "huawei-tech-investment-co-ltd-hk"},
        "huawei software technologies co ltd": {"huawei-software-technologies-co-ltd", "huawei-technologies-uk-co-ltd"},
        "huawei technology": {"huawei-technologies-co-ltd", "huawei-technology"},
        "kingsemi": {"kingsemi-japan-kk", "shenyang-xinyuan-microelectronic-equipment-co-ltd"},
        "skyverse": {"skyverse", "skyverse-pte-ltd"},
    }


@pytest.mark.skipif(not DATA.is_dir(), reason="needs the official texts in ../shared/data")
def test_the_tables_are_those_that_the_official_texts_give(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    maker().main(DATA, tmp_path)
    assert "rows" in capsys.readouterr().out
    for file in (ENTRIES, NAMES):
        assert (tmp_path / file).read_text(encoding="utf-8") == (FOLDER / file).read_text(encoding="utf-8")


@pytest.mark.skipif(not DATA.is_dir(), reason="needs the official texts in ../shared/data")
def test_each_huawei_row_of_the_official_text_begins_with_a_name_of_the_table() -> None:
    names = {normalize(row["name"]).replace(" ", "") for row in table(NAMES)}
    path = DATA / "derived" / "huawei_entity_list_ecfr_2026-07-23.csv"
    with path.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    assert Counter(row["rule"] for row in rows if row["part"] == "entry") == {
        "84 FR 22961": 66,
        "84 FR 43493": 26,
        "85 FR 51596": 38,
    }
    for row in rows:
        cell = normalize(row["entity"]).replace(" ", "")
        assert any(cell.startswith(name) for name in names), row["entity"]
