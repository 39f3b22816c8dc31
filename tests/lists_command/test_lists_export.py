"""`licet lists export`: FollowTheMoney entities against objects written by hand, and a table in Parquet."""

from __future__ import annotations

import json
from datetime import date
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from licet.lists.entry import Address, Citation, Entry, Identifier, Name
from licet.lists.folder import samples, source_ids
from licet.lists.members import MEMBERS, state
from licet.lists.merge import Row
from licet.lists.source import source
from licet.show.lists_ftm import AUTHORITIES, TOPICS, Origin, export_ftm
from licet.show.lists_json import COLUMNS, DAYS, LISTED, export_table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Lists = Callable[..., str]

DAY = date(2024, 3, 1)
THING = {"name", "alias", "weakAlias", "previousName", "country", "addressEntity", "topics", "sourceUrl", "notes"}
LEGAL = THING | {"registrationNumber", "idNumber", "taxNumber", "vatCode", "uscCode", "dunsCode", "swiftBic"}
ORGANIZATION = LEGAL | {"imoNumber", "giiNumber"}
SCHEMATA = {
    "Address": {"name", "full", "country", "topics", "sourceUrl", "notes"},
    "Person": LEGAL | {"passportNumber", "socialSecurityNumber"},
    "LegalEntity": LEGAL,
    "Organization": ORGANIZATION,
    "Company": ORGANIZATION | {"bikCode", "ticker"},
    "Vessel": THING | {"imoNumber", "mmsi", "callSign"},
    "Airplane": THING | {"registrationNumber", "serialNumber"},
    "Sanction": {
        *("entity", "authority", "authorityId", "country", "program", "provisions", "listingDate", "startDate"),
        *("endDate", "summary", "description", "sourceUrl"),
    },
    "UnknownLink": {"subject", "object", "role"},
}
"""The properties that we use of each schema, each looked up in the schemata of FollowTheMoney."""


def exported(*entries: Entry, list_: str = "entity_list", effect: bool = False) -> list[dict[str, object]]:
    rows = [Row(one.id, one, DAY, None, DAY) for one in entries]
    text = export_ftm(rows, Origin(list_, "https://example.org/list", effect), state)
    return [json.loads(line) for line in text.splitlines()]


def test_a_company_with_an_address_and_a_part() -> None:
    place = Address("1 Sample Road, Shenzhen, China", "CN")
    main = Entry(
        id="cn-opal-co-ltd",
        kind="entity",
        names=(Name("Opal Co., Ltd."), Name("Opal", "alias"), Name("OPL", "weak_alias"), Name("Old Opal", "former")),
        countries=("CN", "UA-43"),
        addresses=(place,),
        scope="all",
        scope_text="For all items subject to the EAR",
        policy_text="Presumption of denial",
        cites=(Citation("84 FR 22963", date(2019, 5, 21)),),
        remarks="Words.",
    )
    part = Entry("cn-opal-works", "entity", (Name("Opal Works"),), ("CN",), (place,), part_of=main.id)
    company, address, sanction, works, listed, link = exported(main, part)
    assert company == {
        "id": "licet-entity_list-cn-opal-co-ltd",
        "schema": "Company",
        "properties": {
            "name": ["Opal Co., Ltd."],
            "alias": ["Opal"],
            "weakAlias": ["OPL"],
            "previousName": ["Old Opal"],
            "country": ["cn", "ua"],
            "addressEntity": [address["id"]],
            "topics": ["export.control"],
            "sourceUrl": ["https://example.org/list"],
            "notes": ["Words."],
        },
        "datasets": ["entity_list"],
    }
    assert (address["schema"], address["properties"]) == ("Address", {"full": [place.text], "country": ["cn"]})
    assert sanction == {
        "id": "licet-entity_list-cn-opal-co-ltd.entity_list",
        "schema": "Sanction",
        "properties": {
            "entity": ["licet-entity_list-cn-opal-co-ltd"],
            "authority": ["Bureau of Industry and Security"],
            "country": ["us"],
            "authorityId": ["cn-opal-co-ltd"],
            "program": [state("entity_list").title],
            "provisions": ["For all items subject to the EAR", "Presumption of denial"],
            "summary": [state("entity_list").means],
            "description": ["84 FR 22963"],
            "sourceUrl": ["https://example.org/list"],
        },
        "datasets": ["entity_list"],
    }
    assert (works["schema"], listed["schema"]) == ("Organization", "Sanction")
    assert works["properties"]["addressEntity"] == [address["id"]], "one address of both comes once"  # type: ignore[index]
    assert link == {
        "id": "licet-entity_list-cn-opal-works.part",
        "schema": "UnknownLink",
        "properties": {"subject": [company["id"]], "object": [works["id"]], "role": ["named inside its entry"]},
        "datasets": ["entity_list"],
    }


def test_numbers_go_where_the_schema_has_them_and_else_into_notes() -> None:
    person = Entry(
        *("1", "person", (Name("DOE, Jo"),)),
        identifiers=(Identifier("Passport", "A1", "RU"), Identifier("Chinese Commercial Code", "1234")),
    )
    vessel = Entry(
        "2", "vessel", (Name("SS SAMPLE"),), identifiers=(Identifier("IMO", "9000000"), Identifier("Passport", "B"))
    )
    found = {str(one["id"]): one["properties"] for one in exported(person, vessel, list_="sdn")}
    assert found["licet-sdn-1"]["passportNumber"] == ["A1"]  # type: ignore[index]
    assert found["licet-sdn-1"]["notes"] == ["Chinese Commercial Code: 1234"]  # type: ignore[index]
    assert found["licet-sdn-2"]["imoNumber"] == ["9000000"]  # type: ignore[index]
    assert found["licet-sdn-2"]["notes"] == ["Passport: B"]  # type: ignore[index]


def test_an_entry_of_several_lists_has_a_sanction_for_each() -> None:
    entry = Entry("7", "unknown", (Name("Opal"),), lists=("entity_list", "isn"), listed=DAY, until=date(2026, 1, 1))
    party, *sanctions = exported(entry, list_="csl")
    assert (party["schema"], party["properties"]["topics"]) == ("LegalEntity", ["export.control", "sanction"])  # type: ignore[index]
    said = [(one["id"], one["properties"]["authority"]) for one in sanctions]  # type: ignore[index]
    assert said == [
        ("licet-csl-7.entity_list", ["Bureau of Industry and Security"]),
        ("licet-csl-7.isn", ["Department of State"]),
    ]
    days = [sanctions[0]["properties"].get(name) for name in ("listingDate", "startDate", "endDate")]  # type: ignore[attr-defined]
    assert days == [["2024-03-01"], None, ["2026-01-01"]], "a day of publication is no day of effect"
    (_, sanction) = exported(entry._replace(lists=()), list_="denied_persons_list", effect=True)
    assert sanction["properties"]["startDate"] == ["2024-03-01"]  # type: ignore[index]


def test_an_address_alone_is_an_address() -> None:
    address, sanction = exported(Entry("hk-1", "address", (), ("HK",), (Address("1 Road, Kowloon", "HK"),)))
    assert (address["schema"], address["properties"]["full"]) == ("Address", ["1 Road, Kowloon"])  # type: ignore[index]
    assert sanction["properties"]["entity"] == [address["id"]]  # type: ignore[index]


@pytest.mark.parametrize("id_", source_ids())
def test_every_sample_comes_out_in_the_schemata(id_: str) -> None:
    one = source(id_)
    entries = one.parse(samples(id_)).entries
    found = exported(*entries, list_=one.feeds)
    ids = [str(obj["id"]) for obj in found]
    assert len(set(ids)) == len(ids)
    for obj in found:
        properties = obj["properties"]
        assert isinstance(properties, dict)
        assert set(properties) <= SCHEMATA[str(obj["schema"])], obj
        assert all(
            values and all(isinstance(value, str) and value for value in values) for values in properties.values()
        )
        linked = [
            value for name in ("entity", "addressEntity", "subject", "object") for value in properties.get(name, ())
        ]
        assert set(linked) <= set(ids)


def test_every_list_has_a_topic_and_an_authority() -> None:
    listed = {*source_ids(), *MEMBERS} - {"csl", "federal_register_rule", "supp8_part740"}
    assert listed == set(TOPICS)
    assert {state(one).regime for one in listed} <= set(AUTHORITIES)


# The command


@pytest.fixture
def un(lists: Lists, tmp_path: Path) -> Lists:
    path = tmp_path / "un.xml"
    path.write_bytes(samples("un")["sample.xml"])
    lists("add", path, "--accept")
    return lists


def test_export_as_entities(un: Lists, tmp_path: Path) -> None:
    text = un("export", "un", "--format", "ftm")
    objects = [json.loads(line) for line in text.splitlines()]
    sanctions = [one for one in objects if one["schema"] == "Sanction"]
    entries = source("un").parse(samples("un")).entries
    assert [one["properties"]["startDate"] for one in sanctions] == [[str(one.listed)] for one in sorted(entries)]
    out = tmp_path / "un.json"
    assert un("export", "un", "--format", "ftm", "--out", out) == ""
    assert out.read_text("utf-8") == text


def test_a_file_that_cannot_be_written_is_said(un: Lists, tmp_path: Path) -> None:
    assert "cannot be written" in un("export", "un", "--out", tmp_path / "none" / "x.csv", code=2)


def test_a_table_has_the_columns_of_the_csv() -> None:
    entry = source("un").parse(samples("un")).entries[0]
    table = export_table([Row(entry.id, entry, DAY, None, DAY)])
    assert tuple(table) == COLUMNS
    assert {name for name, (value,) in table.items() if isinstance(value, list)} == LISTED
    assert {name for name, (value,) in table.items() if isinstance(value, date) or value is None} == DAYS


@pytest.mark.skipif(find_spec("polars") is not None, reason="polars is installed")
def test_without_its_library_parquet_names_the_extra(lists: Lists) -> None:
    text = " ".join(lists("export", "un", "--format", "parquet", code=2).split())
    assert "Parquet is written by polars, which is not installed" in text
    assert 'pip install "licet[book]"' in text


def test_a_table_in_parquet(un: Lists, tmp_path: Path) -> None:
    polars = pytest.importorskip("polars", reason="Parquet is written by polars, which is not installed")
    assert "--out" in un("export", "un", "--format", "parquet", code=2)
    un("export", "un", "--format", "parquet", "--out", tmp_path / "un.parquet")
    frame = polars.read_parquet(tmp_path / "un.parquet")
    assert tuple(frame.columns) == COLUMNS
    entries = source("un").parse(samples("un")).entries
    assert frame["listed"].to_list() == [entry.listed for entry in sorted(entries)]
    assert frame["aliases"].to_list() == [[name.text for name in entry.names[1:]] for entry in sorted(entries)]
