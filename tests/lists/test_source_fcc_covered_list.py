"""The Covered List: our table beside a copy of the official page, and what each of them says."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from licet.lists import folder
from licet.lists.source import source
from licet.model.errors import SourceError
from real_lists import real

if TYPE_CHECKING:
    from licet.lists.entry import Parsed

SHIPPED = Path(folder.__file__).parent / "shipped" / "fcc_covered_list.csv"


def shipped() -> Parsed:
    return source("fcc_covered_list").parse({"table.csv": SHIPPED.read_bytes()})


def copied(old: str = "", new: str = "") -> Parsed:
    text = json.dumps(
        {
            "list_id": "fcc-covered",
            "source_file": "page.html",
            "extracted": "2026-01-05",
            "count": 1,
            "entities": [
                {
                    "name": "Invented Telecom Company",
                    "aliases": ["Invtel"],
                    "country": "China",
                    "address": None,
                    "status": None,
                    "effective_date": "2021-03-12",
                    "federal_register": None,
                    "notes": "Invented equipment.",
                }
            ],
        }
    )
    assert old in text
    return source("fcc_covered_list").parse({"copy.json": text.replace(old, new).encode()})


def test_our_table_has_the_entries_and_days_of_the_official_page() -> None:
    page = source("fcc_covered_list").parse({"x": real("lists_2026-07-09/fcc_covered.json")})
    table = shipped()
    assert (page.issued, page.noises, page.counts["entries"]) == (date(2026, 7, 9), (), 15)
    assert (table.issued, table.noises, table.counts["entries"]) == (date(2026, 7, 9), (), 15)
    own = {(one.id, one.names[0].text, one.listed, one.kind) for one in table.entries if not one.part_of}
    assert own == {(one.id, one.names[0].text, one.listed, one.kind) for one in page.entries}
    for found in (page, table):
        assert source("fcc_covered_list").out_of_bounds(found) == ()


def test_the_makers_that_a_statute_brings_in_are_parts_of_the_entry_on_uncrewed_aircraft() -> None:
    parts = {one.names[0].text: one for one in shipped().entries if one.part_of}
    assert set(parts) == {
        "Shenzhen Da-Jiang Innovations Sciences and Technologies Company Limited", "Autel Robotics"
    }  # fmt: skip
    assert {one.part_of for one in parts.values()} == {
        "uncrewed-aircraft-systems-uas-and-uas-critical-components-produced-in-a-foreign-country"
    }


def test_the_first_five_are_those_of_the_first_notice() -> None:
    first = [one for one in shipped().entries if one.listed == date(2021, 3, 12)]
    assert [one.names[0].text.split()[0] for one in first] == ["Huawei", "ZTE", "Hytera", "Hangzhou", "Dahua"]
    assert [one.scope for one in first] == ["all", "all", "text", "text", "text"]
    assert {one.cites[0].text for one in first} == {"PSHSB public notice of 2021-03-12"}


def test_equipment_services_and_software_are_told_apart() -> None:
    """Being named does not make a product covered: of nine of the seventeen entries no equipment is."""
    covered = {one.id: one.programs for one in shipped().entries}
    assert covered["huawei-technologies-co"] == ("equipment", "services")
    assert covered["hytera-communications-corp"] == ("equipment",)
    assert covered["ao-kaspersky-lab"] == ("services", "software")
    assert covered["kaspersky-lab-inc"] == ("equipment", "software"), "equipment that has the software built in"
    assert covered["autel-robotics"] == ("equipment", "services", "software")
    assert [id_ for id_, kinds in covered.items() if kinds == ("services",)] == [
        *("china-mobile-international-usa-inc", "china-telecom-americas-corp", "pacific-networks-corp"),
        *("comnet-usa-llc", "china-unicom-americas-operations-ltd", "digitalsystem-technology-inc"),
    ]
    page = source("fcc_covered_list").parse({"x": real("lists_2026-07-09/fcc_covered.json")})
    assert {one.id: one.programs for one in page.entries}.items() <= covered.items()


def test_an_id_stays_when_a_name_gets_a_second_entry_and_when_rows_change_their_order() -> None:
    data = SHIPPED.read_bytes()
    before = [one.id for one in shipped().entries]
    header, *rows = data.decode().splitlines()
    again = rows[5].replace("2022-03-25", "2027-01-04")
    changed = "\n".join([header, again, *reversed(rows)]).encode()
    after = [one.id for one in source("fcc_covered_list").parse({"x": changed}).entries]
    assert after == ["ao-kaspersky-lab-2027-01-04", *reversed(before)]


def test_a_day_given_lies_not_before_the_comparison() -> None:
    data = {"table.csv": SHIPPED.read_bytes()}
    assert source("fcc_covered_list").parse(data, issued=date(2026, 8, 1)).issued == date(2026, 8, 1)
    with pytest.raises(SourceError, match="of 2026-07-09, after 2026-07-08"):
        source("fcc_covered_list").parse(data, issued=date(2026, 7, 8))


def test_the_copy_says_what_it_should() -> None:
    (entry,) = copied().entries
    assert [name.text for name in entry.names] == ["Invented Telecom Company", "Invtel"]
    assert (entry.countries, entry.scope, entry.scope_text) == (("CN",), "text", "Invented equipment.")
    assert copied().noises == ()


@pytest.mark.parametrize(
    ("old", "new", "noise"),
    [
        ('"China"', '"Utopia"', "unknown country 'Utopia'"),
        ('"2021-03-12"', '"soon"', "effective_date is no day: 'soon'"),
        ('"status"', '"UNHEARD_OF"', "unknown field 'UNHEARD_OF'"),
        ('"count"', '"UNHEARD_OF": 1, "count"', "unknown field 'UNHEARD_OF'"),
    ],
)
def test_what_is_not_known_in_the_copy_makes_a_noise(old: str, new: str, noise: str) -> None:
    assert [one for one in copied(old, new).noises if noise in one]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("fcc-covered", "another-list", "list_id is another"),
        ('"count": 1', '"count": 2', "not the one that the file states"),
        ('"name": "Invented Telecom Company"', '"name": null', "an entity has no name"),
        ("}]}", "", "no whole JSON"),
    ],
)
def test_a_damaged_copy_is_refused(old: str, new: str, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        copied(old, new)


@pytest.mark.parametrize(
    ("old", "new", "noise"),
    [
        (b",entity,", b",firm,", "kind is 'firm'"),
        (b",text,equipment", b",some,equipment", "scope is 'some'"),
        (b"equipment that makes teapots talk", b"teapots that talk", "neither equipment nor services nor software"),
        (b",memory", b",guessed", "checked is 'guessed'"),
        (b",2021-03-12,", b",soon,", "since is no day: 'soon'"),
        (b",CN,", b",Utopia,", "unknown country 'Utopia'"),
        (b"Works,,entity,,Teapots that talk", b"Works,,entity,,Kettles that talk", "which is no entry"),
    ],
)
def test_what_is_not_known_in_the_table_makes_a_noise(old: bytes, new: bytes, noise: str) -> None:
    data = folder.samples("fcc_covered_list")["sample.csv"]
    assert old in data
    found = source("fcc_covered_list").parse({"table.csv": data.replace(old, new)})
    assert [one for one in found.noises if noise in one]


def test_the_sample_says_what_is_from_memory_and_what_has_ended() -> None:
    works = source("fcc_covered_list").parse(folder.samples("fcc_covered_list")).entries[-1]
    assert (works.until, works.remarks) == (date(2026, 1, 2), "from memory, not verified")
