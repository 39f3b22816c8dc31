"""The SDN list: counts of the real files, history against its events, what is refused, what remarks hold."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from licet.lists.cells import tidy
from licet.lists.ofac.remarks import read_remarks
from licet.lists.ofac.words import KINDS
from licet.lists.source import recognize, source
from licet.model.errors import SourceError
from real_lists import real, unpacked

if TYPE_CHECKING:
    from licet.lists.entry import Entry, Parsed

    State = dict[str, tuple[str, str, tuple[str, ...]]]
    """Name, kind and programs by number."""

HISTORY = {
    "2021-08-24": 9_124,
    "2022-02-28": 9_222,
    "2022-08-19": 10_478,
    "2023-02-28": 11_848,
    "2023-08-31": 12_864,
    "2024-02-28": 14_510,
    "2024-05-03": 14_965,
}
TRIO = ("ofac/sdn_2019-01-04.csv", "ofac/add_2019-01-04.csv", "ofac/alt_2019-01-04.csv")
ROW = '101,"EXAMPLE AIR LINES",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"{}"\r\n\x1a'


def parsed(files: dict[str, bytes]) -> Parsed:
    return source("sdn").parse(files)


@cache
def trio() -> dict[str, bytes]:
    return {name: real(name) for name in TRIO}


@cache
def snapshot(day: str) -> State:
    return state(parsed({"sdn.csv": unpacked(f"ofac/history/sdn_{day}.csv.gz")}).entries)


def state(entries: tuple[Entry, ...]) -> State:
    return {entry.id: (entry.names[0].text, entry.kind, entry.programs) for entry in entries}


@cache
def events() -> list[dict[str, str]]:
    text = real("ofac/history/sdn_events_2021-08_2024-05.csv").decode()
    return list(csv.DictReader(text.splitlines()))


def replayed(before: State, after: str, through: str) -> State:
    """Replay the events after one day through another."""
    now = dict(before)
    for event in events():
        if not after < event["date"] <= through:
            continue
        number = event["ent_num"]
        if event["action"] == "remove":
            del now[number]
            continue
        assert (number in now) == (event["action"] == "change"), event
        kind = KINDS.get(event["sdn_type"].strip(), "entity")
        now[number] = (tidy(event["name"]), kind, tuple(event["program"].split("] [")))
    return now


# Counts


def test_the_three_files_of_2019() -> None:
    found = parsed(trio())
    assert found.issued is None
    assert (found.counts["entries"], found.counts["aliases"], found.counts["addresses"]) == (7_379, 9_682, 11_696)
    kinds = {kind: found.counts[f"{kind}_entries"] for kind in ("person", "entity", "vessel", "aircraft")}
    assert kinds == {"person": 3_845, "entity": 2_994, "vessel": 323, "aircraft": 217}
    assert sum(entry.names[0].text == "AL-AQSA FOUNDATION" for entry in found.entries) == 4
    assert source("sdn").out_of_bounds(found) == ()
    assert found.noises == ()


@pytest.mark.parametrize("day", HISTORY)
def test_a_file_of_the_history(day: str) -> None:
    packed = {f"sdn_{day}.csv.gz": real(f"ofac/history/sdn_{day}.csv.gz")}
    found = source("sdn").parse(packed, issued=date.fromisoformat(day))
    assert (found.counts["entries"], found.issued) == (HISTORY[day], date.fromisoformat(day))
    assert [noise for noise in found.noises if "is not among the files" in noise]
    recognized = recognize(packed)
    assert recognized is not None
    assert recognized.id == "sdn"


def test_replaying_the_events_from_each_file_gives_the_next_one_exactly() -> None:
    days = list(HISTORY)
    states = {day: snapshot(day) for day in days}
    for before, after in pairwise(days):
        assert replayed(states[before], before, after) == states[after], f"{before} to {after}"


def test_replaying_gives_the_count_of_the_last_download_of_each_day() -> None:
    rows = csv.DictReader(real("ofac/history/sdn_snapshot_counts.csv").decode().splitlines())
    last = {row["commit_date"][:10]: int(row["entries"]) for row in rows}
    assert last.pop("2024-05-04") == 0
    day, now = "2021-08-24", snapshot("2021-08-24")
    for after in sorted(later for later in last if later > day):
        now = replayed(now, day, after)
        assert len(now) == last[after], after
        day = after


def test_the_archived_copy_of_january_2022_is_refused_for_a_number_that_stands_twice() -> None:
    data = real("ofac/sdn_2022-01-31.csv")
    with pytest.raises(SourceError, match="2677 stands 2 times"):
        parsed({"sdn.csv": data})
    head, last = data.rstrip().rsplit(b"\n", 1)
    assert last.startswith(b"2677,")
    found = parsed({"sdn.csv": head + b"\n34489," + last.removeprefix(b"2677,")})
    mended = state(found.entries)
    start = snapshot("2021-08-24")
    right = replayed(start, "2021-08-24", "2022-01-28")
    assert mended.keys() == right.keys()
    assert {id_: (mended[id_][0], right[id_][0]) for id_ in right if mended[id_] != right[id_]} == {
        "23156": ("28-Jul", "7-28")
    }
    assert [noise for noise in found.noises if "looks like a day" in noise and "23156" in noise]
    at_its_date = replayed(start, "2021-08-24", "2022-01-31")
    assert (len(at_its_date.keys() - mended.keys()), len(mended.keys() - at_its_date.keys())) == (9, 1)


# What is refused


@pytest.mark.parametrize("data", [b"", b"\x1a", b"\r\n\x1a"])
def test_an_empty_download_delists_nobody(data: bytes) -> None:
    with pytest.raises(SourceError, match="empty"):
        parsed({"sdn.csv": data})
    with pytest.raises(SourceError, match="empty"):
        parsed({**trio(), TRIO[1]: data})


def test_addresses_and_aliases_without_names_are_refused() -> None:
    with pytest.raises(SourceError, match="the file of names is missing"):
        parsed({name: real(f"ofac/{name}_2025-12-24.csv") for name in ("add", "alt", "sdn_comments")})


def test_files_of_two_issues_are_refused() -> None:
    with pytest.raises(SourceError, match="files of two issues"):
        parsed({TRIO[0]: real(TRIO[0]), "add.csv": real("ofac/add_2025-12-24.csv")})
    with pytest.raises(SourceError, match=r"has the columns of add\.csv"):
        parsed({**trio(), "more.csv": real("ofac/add_2025-12-24.csv")})


def test_the_other_list_is_refused_by_its_programs() -> None:
    with pytest.raises(SourceError, match="those of ofac_consolidated, not of sdn"):
        parsed({"sdn.csv": real("ofac/cons_prim_2025-12-19.csv")})
    with pytest.raises(SourceError, match="those of sdn, not of ofac_consolidated"):
        source("ofac_consolidated").parse(trio())


@pytest.mark.parametrize(("file", "one", "other"), [(0, 0, 1), (0, 1, 2), (0, 3, 4), (0, 2, 3), (1, 3, 4), (2, 2, 3)])
def test_columns_in_another_order_are_refused(file: int, one: int, other: int) -> None:
    rows = list(csv.reader(real(TRIO[file]).decode().splitlines()))
    for row in rows:
        row[one], row[other] = row[other], row[one]
    shuffled = "\n".join(",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows)
    with pytest.raises(SourceError, match="columns"):
        parsed({**trio(), TRIO[file]: shuffled.encode()})


@pytest.mark.parametrize("cut", [200, 100_001, 1_500_000])
def test_a_file_that_breaks_off_in_a_row_is_refused(cut: int) -> None:
    data = real(TRIO[0])
    assert data[cut - 1 : cut] not in b"\r\n"
    with pytest.raises(SourceError):
        parsed({"sdn.csv": data[:cut]})


def test_half_a_file_lies_outside_the_bounds() -> None:
    lines = real(TRIO[0]).splitlines(keepends=True)
    half = parsed({"sdn.csv": b"".join(lines[: len(lines) // 2])})
    assert "3689 entries" in str(source("sdn").out_of_bounds(half)[0])


def test_the_byte_at_the_end_is_no_row() -> None:
    assert parsed({"sdn.csv": ROW.format("x.").encode()}).counts["entries"] == 1


# What is read


def test_a_party_of_the_real_files() -> None:
    by_id = {entry.id: entry for entry in parsed(trio()).entries}
    airline = by_id["36"]
    assert [(name.text, name.kind) for name in airline.names] == [
        ("AEROCARIBBEAN AIRLINES", "primary"),
        ("AERO-CARIBBEAN", "alias"),
    ]
    assert (airline.countries, airline.programs, airline.remarks) == (("CU",), ("CUBA",), "")
    bank = by_id["306"]
    assert ("BNC", "weak_alias") in [(name.text, name.kind) for name in bank.names]
    assert [(address.text, address.country) for address in bank.addresses[:1]] == [
        ("Zweierstrasse 35, Zurich CH-8022", "CH")
    ]
    assert bank.countries == ("CH", "ES", "JP", "PA")


def test_a_country_that_is_not_known_is_a_noise_and_regions_are_none() -> None:
    names = {"sdn.csv": ROW.format("x.").encode()}
    for country, code, noise in (("Iran", "IR", 0), ("Region: Gaza", "PS", 0), ("undetermined", "", 0)):
        rows = "".join(f'101,{number},"1 Road","Town","{country}",-0- \r\n' for number in range(200))
        found = parsed({**names, "add.csv": rows.encode()})
        assert (found.entries[0].addresses[0].country, len(found.noises) - 1) == (code, noise)
    odd = "".join(f'101,{number},"{number} Road","Town","Iran",-0- \r\n' for number in range(200))
    found = parsed({**names, "add.csv": (odd + '101,999,"x","Town","Atlantis",-0- \r\n').encode()})
    assert "country 'Atlantis' is not known (101)" in found.noises


@pytest.mark.parametrize(
    ("remarks", "identifier"),
    [
        ("Passport C 1415363 - 16/2/1421H issued 21 May 2000", ("Passport", "C 1415363 - 16/2/1421H", "")),
        ("alt. Passport A755350 (Saudi Arabia)", ("Passport", "A755350", "SA")),
        ("Folio Mercantil No. 343997 (Mexico) issued 14 Dec 2005", ("Folio Mercantil No.", "343997", "MX")),
        (
            "Economic Register Number (CBLS) 11582964 (United Arab Emirates)",
            ("Economic Register Number (CBLS)", "11582964", "AE"),
        ),
        ("Unified Social Credit Code (USCC) 9113 (China)", ("Unified Social Credit Code (USCC)", "9113", "CN")),
        ("Vessel Registration Identification IMO 7406784", ("IMO", "7406784", "")),
        ("Identification Number IMO 5342883", ("IMO", "5342883", "")),
        ("Identification Number 2.194.575 (Paraguay)", ("Identification Number", "2.194.575", "PY")),
        ("Digital Currency Address - XBT 12QtD5", ("Digital Currency Address - XBT", "12QtD5", "")),
        ("Matricula Mercantil No 754962-2 (Cali)", ("Matricula Mercantil No", "754962-2 (Cali)", "")),
        ("SWIFT/BIC VTBRRUMM", ("SWIFT/BIC", "VTBRRUMM", "")),
    ],
)
def test_numbers_in_remarks(remarks: str, identifier: tuple[str, str, str]) -> None:
    assert read_remarks(f"DOB 1962; {remarks}; Linked To: X.").identifiers == (identifier,)


def test_weak_aliases_and_nationalities_in_remarks() -> None:
    found = read_remarks(
        "nationality Iran; alt. nationality Korea, North; citizen Man, Isle of; a.k.a. 'ONE'; f.k.a. 'TWO'."
    )
    assert [(name.text, name.kind) for name in found.aliases] == [("ONE", "weak_alias"), ("TWO", "weak_alias")]
    assert found.countries == ("IR", "KP", "IM")
    assert found.slips == ()
    assert read_remarks("nationality Atlantis.").slips == ("'nationality Atlantis': no country that is known",)


def test_remarks_that_break_off_are_joined_with_the_comments_or_not_read_to_their_end() -> None:
    start = "DOB 1962; " * 98 + "Passport 12345678901"
    assert len(start) == 1000
    files = {"sdn.csv": ROW.format(start).encode()}
    alone = parsed(files)
    assert alone.entries[0].identifiers == ()
    assert [slip for slip in alone.slips if "remarks break off after 1000 signs" in slip]
    whole = parsed({**files, "sdn_comments.csv": b"101,\"123 (Iran); a.k.a. 'X'.\"\r\n\x1a"})
    assert whole.entries[0].identifiers == (("Passport", "12345678901123", "IR"),)
    assert whole.entries[0].names[-1].text == "X"
    assert whole.slips == ()
