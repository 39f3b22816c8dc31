"""The list of the United Nations: counts of a real issue, names in parts, what stands for nothing."""

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
    return source("un").parse({"un.xml": real("intl/UN_consolidated_2026-02-27.xml")})


def entry(id_: str) -> Entry:
    return next(one for one in parsed().entries if one.id == id_)


def sample(*changes: tuple[str, str]) -> Parsed:
    text = folder.samples("un")["sample.xml"].decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return source("un").parse({"un.xml": text.encode()})


def test_the_counts_of_the_issue() -> None:
    found = parsed()
    assert found.issued == date(2026, 2, 27)
    assert found.noises == ()
    assert (found.counts["persons"], found.counts["entities"]) == (730, 273)
    assert source("un").out_of_bounds(found) == ()
    assert len({one.id for one in found.entries}) == 1003
    programs = Counter(program for one in found.entries for program in one.programs)
    assert (programs["Al-Qaida"], programs["DPRK"], programs["Iran"], sum(programs.values())) == (341, 155, 121, 1003)
    assert all(one.listed for one in found.entries)


def test_not_available_is_no_name_and_no_country() -> None:
    person = entry("TAi.153")
    assert person.names[0].text == "FAIZULLAH KHAN NOORZAI"
    assert not [one.id for one in parsed().entries if "NA" in one.countries], "nobody on the list is of Namibia"


@pytest.mark.parametrize(("said", "namibians"), [("na", 0), ("NA", 0), ("N/A", 0), ("Namibia", 1)])
def test_a_nationality_that_is_not_available_is_not_namibia(said: str, namibians: int) -> None:
    found = sample(("<VALUE>na</VALUE>", f"<VALUE>{said}</VALUE>"))
    assert found.noises == ()
    assert sum("NA" in one.countries for one in found.entries) == namibians


def test_several_names_in_one_cell_are_several_names() -> None:
    company = next(one for one in parsed().entries if "GREAT LAKES BUSINESS" in one.names[0].text)
    assert {name.text for name in company.names} >= {"GREAT LAKES BUSINESS COMPANY (GLBC)", "CAGL"}
    front = next(one for one in parsed().entries if one.names[0].text.startswith("AL-NUSRAH FRONT"))
    assert {name.text for name in front.names} >= {"Assembly for the Liberation of Syria", "Jabhat al-Nusrah"}


def test_a_number_that_stands_in_the_note_is_kept() -> None:
    values = [one.value for each in parsed().entries for one in each.identifiers if one.kind == "passport"]
    assert [value for value in values if "Libyan passport number 347834" in value]


def test_the_sample_says_what_it_should() -> None:
    person, company = sample().entries
    assert [(name.text, name.kind) for name in person.names] == [
        ("ARVID MUSTERSON BEISPIEL", "primary"),
        ("Арвид Мустерсон", "alias"),
        ("Arvid Musterssohn", "alias"),
        ("Arwid Musterson", "alias"),
        ("The Ore Man", "weak_alias"),
    ]
    assert person.countries == ("CD", "UG")
    assert [(one.kind, one.value, one.country) for one in person.identifiers] == [
        ("un_data_id", "1000001", ""),
        ("passport", "X0000001 (service passport)", "UG"),
    ]
    assert "born: 1971-01-02; born: 1972; born: 1970 to 1973; born in: Exampletown, Uganda" in person.remarks
    assert company.listed == date(2012, 5, 6), "the time zone behind the day does not count"
    assert company.names[-1] == ("Invented Gold Trading House", "former")


@pytest.mark.parametrize(
    ("old", "new", "noise"),
    [
        ("<COUNTRY>Uganda<", "<COUNTRY>Utopia<", "unknown country 'Utopia'"),
        (">Low<", ">Middling<", "unknown quality of an alias 'Middling'"),
        (">Passport<", ">Library card<", "unknown type of document 'Library card'"),
        (">DRC<", ">Atlantis<", "unknown regime 'Atlantis'"),
        (">2011-03-04<", ">soon<", "LISTED_ON is no day"),
        ('dateGenerated="2026-01-05', 'dateGenerated="20X6-01-05', "does not say when"),
    ],
)
def test_what_is_not_known_makes_a_noise(old: str, new: str, noise: str) -> None:
    assert [one for one in sample((old, new)).noises if noise in one]


def test_a_part_of_the_list_is_not_the_list() -> None:
    text = folder.samples("un")["sample.xml"].decode()
    cut = text[: text.index("  <ENTITIES>")] + "</CONSOLIDATED_LIST>"
    with pytest.raises(SourceError, match="<ENTITIES> is missing"):
        source("un").parse({"un.xml": cut.encode()})


def test_another_day_than_that_of_the_file_is_refused() -> None:
    data = folder.samples("un")["sample.xml"]
    assert source("un").parse({"un.xml": data}, issued=date(2026, 1, 5)).issued == date(2026, 1, 5)
    with pytest.raises(SourceError, match="made on 2026-01-05, not on 2026-01-06"):
        source("un").parse({"un.xml": data}, issued=date(2026, 1, 6))
