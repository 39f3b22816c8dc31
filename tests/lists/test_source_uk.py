"""The UK list: counts of two real tables, names that a table doubles, tables that do not belong together."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest

from licet.lists import folder
from licet.lists.source import source
from licet.model.errors import SourceError
from real_lists import real

if TYPE_CHECKING:
    from licet.lists.entry import Entry, Parsed


@cache
def parsed() -> Parsed:
    files = {name: real(f"intl/UK_2026-05-13_{name}.csv") for name in ("subjects", "subject_names")}
    return source("uk").parse(files)


def entry(id_: str) -> Entry:
    return next(one for one in parsed().entries if one.id == id_)


def sample(file: str = "sample_names.csv", old: str = "", new: str = "") -> Parsed:
    files = {name: data.decode() for name, data in folder.samples("uk").items()}
    assert old in files[file]
    files[file] = files[file].replace(old, new)
    return source("uk").parse({name: text.encode() for name, text in files.items()})


def test_the_counts_of_the_tables() -> None:
    found = parsed()
    assert (found.issued, found.noises) == (date(2026, 4, 29), ())
    assert len(found.entries) == found.counts["entries"] == 6046
    assert (found.counts["persons"], found.counts["entities"], found.counts["ships"]) == (3883, 1531, 632)
    assert found.counts["name_rows"] == 15050
    assert source("uk").out_of_bounds(found) == ()
    programs = Counter(program for one in found.entries for program in one.programs)
    assert (programs["RUS"], programs["SYR"], programs["BEL"]) == (3252, 353, 167)
    assert sum(any(one.kind == "un_reference" for one in each.identifiers) for each in found.entries) == 1002


def test_days_are_read_day_first() -> None:
    assert entry("AFG0001").listed == date(2012, 6, 29)
    assert entry("AFG0003").listed == date(2012, 11, 5)


def test_a_name_that_the_table_doubles_is_taken_once() -> None:
    assert [name.text for name in entry("BEL0125").names] == [
        "KB RADAR", "OJSC KB RADAR-MANAGING COMPANY HOLDING RADAR SYSTEM"
    ]  # fmt: skip


def test_the_sample_says_what_it_should() -> None:
    exchange, person, ship = sample().entries
    assert [(name.text, name.kind) for name in exchange.names] == [
        ("INVENTED MONEY EXCHANGE", "primary"),
        ("Invented House", "alias"),
        ("Invented Hawala", "alias"),
        ("The Exchange", "weak_alias"),
    ]
    assert person.names[0].text == "Arvid Beispielovich MUSTERSSON", "whatever row comes first"
    assert (ship.kind, ship.programs, ship.identifiers) == ("vessel", ("RUS",), ())


@pytest.mark.parametrize(
    ("file", "old", "new", "noise"),
    [
        ("sample_subjects.csv", ",ship,", ",balloon,", "unknown kind of subject 'balloon'"),
        ("sample_subjects.csv", "RUS9003", "R9003", "unknown form of a unique id"),
        ("sample_subjects.csv", "24/02/2022", "soon", "date_designated is no day: 'soon'"),
        ("sample_names.csv", "low_quality_aka", "so_so", "unknown strength of an alias 'so_so'"),
        ("sample_names.csv", "primary_variation", "secondary", "unknown type of name 'secondary'"),
        ("sample_names.csv", "00006,RUS9003", "00006,RUS9099", "RUS9099: a name without a subject"),
        ("sample_names.csv", "00006,RUS9003", "00006,RUS9099", "RUS9003: no primary name"),
    ],
)
def test_what_is_not_known_makes_a_noise(file: str, old: str, new: str, noise: str) -> None:
    assert [one for one in sample(file, old, new).noises if noise in one]


def test_both_tables_are_needed_once() -> None:
    files = folder.samples("uk")
    with pytest.raises(SourceError, match="no table has the column name_type"):
        source("uk").parse({"a": files["sample_subjects.csv"]})
    with pytest.raises(SourceError, match="second table with the column name_type"):
        source("uk").parse({**files, "again": files["sample_names.csv"]})


def test_tables_newer_than_the_day_given_are_refused() -> None:
    assert source("uk").parse(folder.samples("uk"), issued=date(2026, 1, 2)).issued == date(2026, 1, 2)
    with pytest.raises(SourceError, match="updated on 2026-01-02, after 2026-01-01"):
        source("uk").parse(folder.samples("uk"), issued=date(2026, 1, 1))
