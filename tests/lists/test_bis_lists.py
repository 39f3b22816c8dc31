"""The lists of the Bureau of Industry and Security: counts and facts of the official files, noises, refusals."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from licet.lists import folder
from licet.lists.bis_rows import COLUMNS
from licet.lists.ecfr import supplement
from licet.lists.reading import fold, same_entry, same_text
from licet.lists.register import rule_at
from licet.lists.source import recognize, recognized, source
from licet.model.errors import SourceError
from licet.names.normal import variants

if TYPE_CHECKING:
    from licet.lists.bis_rows import Row
    from licet.lists.entry import Entry, Parsed

DATA = Path(__file__).resolve().parent.parent.parent.parent / "shared" / "data"
MARCH, JULY = date(2026, 3, 25), date(2026, 7, 23)
ISSUES = (MARCH, JULY)
LISTS = ("entity_list", "unverified_list", "meu_list")
official = pytest.mark.skipif(not DATA.is_dir(), reason="needs the official texts in ../shared/data")


@cache
def part_744(day: date) -> bytes:
    return (DATA / "ecfr" / f"title-15_part-744_{day}.xml").read_bytes()


@cache
def issue(id_: str, day: date = JULY) -> Parsed:
    return source(id_).parse({"part-744.xml": part_744(day)}, issued=day)


def rule() -> dict[str, bytes]:
    return {"rule.xml": (DATA / "fr" / "FR_2023-03929_entity_list_additions.xml").read_bytes()}


def by_name(entries: tuple[Entry, ...], name: str) -> Entry:
    (found,) = [entry for entry in entries if entry.names and entry.names[0].text == name and not entry.part_of]
    return found


# Counts


@official
@pytest.mark.parametrize("day", ISSUES)
def test_counts_of_the_entity_list(day: date) -> None:
    assert issue("entity_list", day).counts == {
        "rows": 3415,
        "continued_rows": 4,
        "footnotes": 5,
        "address_entries": 19,
        "parts": 53,
        "entries": 3411 + 53,
    }


@official
@pytest.mark.parametrize("day", ISSUES)
def test_counts_of_the_two_smaller_lists(day: date) -> None:
    assert issue("unverified_list", day).counts == {"rows": 186, "entries": 186}
    assert issue("meu_list", day).counts == {"rows": 86, "reserved_rows": 4, "entries": 70, "subordinate_entries": 15}


@official
@pytest.mark.parametrize("day", ISSUES)
@pytest.mark.parametrize("id_", LISTS)
def test_the_official_files_are_read_without_noise_and_within_bounds(id_: str, day: date) -> None:
    found = issue(id_, day)
    assert found.noises == ()
    assert found.issued == day
    assert source(id_).out_of_bounds(found) == ()
    ids = [entry.id for entry in found.entries]
    assert len(set(ids)) == len(ids)
    assert {entry.part_of for entry in found.entries} - {""} <= set(ids)
    assert all(entry.cites or entry.part_of or id_ == "meu_list" for entry in found.entries)
    assert all(cite.published for entry in found.entries for cite in entry.cites)
    assert all(entry.countries and (entry.names or entry.addresses) for entry in found.entries)


@official
def test_an_issue_of_half_the_rows_is_out_of_bounds() -> None:
    rows = re.split(rb"(?=<TR>\n<TD class)", part_744(JULY))
    assert len(rows) > 3000
    half = b"".join([*rows[:1700], *(row for row in rows[1700:] if b"Supplement No." in row or b"colspan" in row)])
    found = source("entity_list").parse({"x": half})
    assert {problem.message for problem in source("entity_list").out_of_bounds(found)} >= {
        f"{found.counts['rows']} rows",
        f"{found.counts['entries']} entries",
    }


@official
def test_one_file_holds_three_lists() -> None:
    files = {"part-744.xml": part_744(JULY)}
    assert [one.id for one in recognized(files)] == sorted(LISTS)
    with pytest.raises(SourceError, match="hold 3 lists"):
        recognize(files)


# Facts


@official
def test_huawei_in_the_entity_list() -> None:
    entries = issue("entity_list").entries
    first = Counter(
        found.measure
        for entry in entries
        for cite in entry.cites[:1]
        if (found := rule_at(int(cite.text.split()[0]), int(cite.text.split()[2]))) is not None
    )
    assert {name: first[name] for name in ("EL-2019-05", "EL-2019-08", "EL-2020-08")} == {
        "EL-2019-05": 66,
        "EL-2019-08": 26,
        "EL-2020-08": 38,
    }
    main = by_name(entries, "Huawei Technologies Co., Ltd.")
    assert [name.text for name in main.names[1:]] == ["Shenzhen Huawei Technologies", "Huawei Technology"]
    assert (main.policy, main.scope, main.footnotes) == ("PRESUMPTION_OF_DENIAL", "all", ("1", "2"))
    assert (main.cites[0].text, main.cites[0].published) == ("84 FR 22963", date(2019, 5, 21))
    assert main.countries == ("CN", "HK")
    inside = [entry for entry in entries if entry.part_of == main.id]
    assert len(inside) == 22
    assert {(entry.policy, entry.footnotes, entry.cites) for entry in inside} == {(main.policy, main.footnotes, ())}
    marine = by_name_of_part(inside, "Huawei Marine Networks Co., Ltd.")
    assert {"HMN Technologies", "HMN Tech", "Huahai Zhihui Technology Co., Ltd."} <= {
        name.text for name in marine.names
    }
    assert [address.text[:11] for address in marine.addresses] == ["Building R4", "No. 62, Sec"]


def by_name_of_part(entries: list[Entry], name: str) -> Entry:
    (found,) = [entry for entry in entries if entry.names[0].text == name]
    return found


@official
def test_the_companies_inside_the_main_entry_are_those_of_the_derived_table() -> None:
    with (DATA / "derived" / "huawei_entity_list_ecfr_2026-07-23.csv").open(encoding="utf-8", newline="") as text:
        rows = [row for row in csv.DictReader(text) if row["part"] == "inside the main entry"]
    main = by_name(issue("entity_list").entries, "Huawei Technologies Co., Ltd.")
    inside = [entry for entry in issue("entity_list").entries if entry.part_of == main.id]
    assert len(rows) == len(inside)
    for row, entry in zip(rows, inside, strict=True):
        assert fold(row["entity"]).startswith(fold(entry.names[0].text))


@official
def test_footnotes_scopes_and_policies_of_the_entity_list() -> None:
    entries = [entry for entry in issue("entity_list").entries if not entry.part_of or entry.cites]
    notes = Counter(note for entry in entries for note in entry.footnotes)
    assert (notes["1"], notes["2"], notes["5"]) == (130, 130, 16)
    assert Counter(entry.scope for entry in entries) == {"all": 3293, "text": 99, "ccl_and_supp7_part746": 19}
    assert {entry.scope for entry in entries if entry.kind == "address"} == {"ccl_and_supp7_part746"}
    assert all(entry.policy or entry.policy_text for entry in entries)


@official
def test_slips_of_the_official_text_are_mended() -> None:
    entries = issue("entity_list").entries
    swapped = by_name(entries, "Djamshid Nezhad")
    assert (swapped.scope, swapped.policy) == ("all", "PRESUMPTION_OF_DENIAL")
    slipped = by_name(entries, "Rayscience Optoelectronics Innovation Co., Ltd.")
    assert [cite.text for cite in slipped.cites] == ["88 FR 13675", "89 FR 14405"]
    assert slipped.policy_text == "See § 744.3(d) of the EAR"


@official
def test_subordinate_institutions_belong_to_their_entry() -> None:
    entries = issue("entity_list").entries
    thirteenth = by_name(entries, "China Electronics Technology Group Corporation 13th Research Institute (CETC 13)")
    assert sum(entry.part_of == thirteenth.id for entry in entries) == 12
    academy = by_name(entries, "China Aerospace Science and Industry Corporation Second Academy")
    inside = [entry for entry in entries if entry.part_of == academy.id]
    assert len(inside) == 13
    assert {entry.addresses for entry in inside} == {academy.addresses}
    assert len(academy.addresses) == 5


@official
def test_the_institutions_of_the_meu_list_say_whose_they_are() -> None:
    groups = Counter(entry.remarks for entry in issue("meu_list").entries)
    assert groups["subordinate institution of Aero-Engine Company of China"] == 8
    assert groups["subordinate institution of Aviation Industry Corporation of China"] == 7
    cited = Counter(bool(entry.cites) for entry in issue("meu_list").entries if entry.remarks)
    assert cited == {False: 8, True: 7}


@official
def test_the_rows_are_those_of_the_derived_table() -> None:
    with (DATA / "derived" / "entity_list_2026-07-23.csv").open(encoding="utf-8", newline="") as text:
        derived = list(csv.reader(text))[1:]
    rows = supplement({"x": part_744(JULY)}, 4, COLUMNS).rows
    assert [list(map(fold, cells_of(row))) for row in rows] == [list(map(fold, row)) for row in derived]


def cells_of(row: Row) -> list[str]:
    return [row.country, " ".join(row.lines), *row.cells]


@official
def test_names_are_cut_as_in_the_screening_list() -> None:
    known: set[str] = set()
    with gzip.open(DATA / "csl" / "csl_2022-05-06_full_14160rows.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["source"].startswith("Entity List"):
                known.update(variants(row["name"]))
    compact = json.loads((DATA / "csl" / "csl_compact_2026-07-31.json").read_text(encoding="utf-8"))
    names = [name.startswith("Entity List") for name in compact["tables"]["sources"]]
    for item in compact["entries"]:
        if names[item["s"]]:
            known.update(variants(item["n"]))
    mine = [entry.names[0].text for entry in issue("entity_list").entries if entry.names and entry.cites]
    agree = [bool(known.intersection(variants(name))) for name in mine]
    assert sum(agree) / len(agree) > 0.985


# Two issues that say the same


@official
@pytest.mark.parametrize("id_", LISTS)
def test_two_issues_that_differ_in_punctuation_hold_the_same_entries(id_: str) -> None:
    before = {entry.id: entry for entry in issue(id_, MARCH).entries}
    after = {entry.id: entry for entry in issue(id_, JULY).entries}
    assert set(before) == set(after)
    assert [id_ for id_ in before if not same_entry(before[id_], after[id_])] == []


def plain_rows(day: date) -> list[list[str]]:
    """Return the cells of Supplement 4 as plain text, spaces collapsed: a second way through the file."""
    tables = (div for div in ET.fromstring(part_744(day)).iter("DIV9") if "No. 4" in div.get("N", ""))  # noqa: S314
    rows = (row.findall("TD") for row in next(tables).iter("TR"))
    return [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in rows if len(row) == len(COLUMNS)]


@official
def test_461_rows_differ_as_they_are_written() -> None:
    before, after = (plain_rows(day) for day in ISSUES)
    differ = [(one, other) for one, other in zip(before, after, strict=True) if one != other]
    assert all(same_text(a, b) for one, other in differ for a, b in zip(one, other, strict=True))
    assert len(differ) == 461
    entries = zip(issue("entity_list", MARCH).entries, issue("entity_list", JULY).entries, strict=True)
    assert sum(one != other for one, other in entries) > 200


@official
def test_a_real_change_shows() -> None:
    data = part_744(JULY)
    for old, new in (
        (b"32 Disneystrook", b"33 Disneystrook"),
        (b"Atrilor LLC;", b"Atrilor LLC;<br/>&#x2014;Atrilor Two;"),
    ):
        assert data.count(old) == 1
        data = data.replace(old, new)
    changed = source("entity_list").parse({"x": data}).entries
    pairs = zip(issue("entity_list").entries, changed, strict=True)
    assert [one.id for one, other in pairs if not same_entry(one, other)] == ["nl-nicolas-kaiga", "ru-atrilor-ltd"]


# A rule of the Federal Register


@official
def test_a_rule_gives_the_entries_that_the_code_has_later() -> None:
    found = source("federal_register_rule").parse(rule())
    assert found.list == "entity_list"
    assert found.noises == ()
    assert found.issued == date(2023, 2, 27)
    assert found.counts == {"entries": 13, "adding": 13, "revising": 0, "removing": 0}
    assert len({fold(entry.names[0].text) for entry in found.entries}) == 10
    assert {entry.listed for entry in found.entries} == {date(2023, 2, 24)}
    assert Counter(entry.countries[0] for entry in found.entries) == {
        "CN": 5,
        "RU": 3,
        "CA": 2,
        "FR": 1,
        "LU": 1,
        "NL": 1,
    }
    code = {entry.id: entry for entry in issue("entity_list").entries}
    for entry in found.entries:
        assert (entry.footnotes, entry.scope) == (code[entry.id].footnotes, "all") == (("3",), "all")
        assert {fold(name.text) for name in entry.names[1:]} == {fold(name.text) for name in code[entry.id].names[1:]}
        (cite,), later = entry.cites, code[entry.id].cites[0]
        assert (cite.text, cite.published, later.text) == ("88 FR 12170", later.published, "88 FR 12171")


def fr_sample(old: str = "", new: str = "") -> Parsed:
    (data,) = folder.samples("federal_register_rule").values()
    assert not old or old in data.decode()
    changed = data.decode().replace(old, new) if old else data.decode()
    return source("federal_register_rule").parse({"rule.xml": changed.encode()}, issued=date(2024, 3, 4))


@pytest.mark.parametrize(
    ("old", "new", "noise"),
    [
        ("under 3 entries", "under 4 entries", "summary says 4 entries, its tables have 3"),
        (
            "by revising the entry for",
            "by removing the entry for",
            "removes Marble Circuit Trading FZE under UNITED ARAB",
        ),
        ("\u201cOnyx Signal Institute\u201d", "\u201cOpal Limited\u201d", "adding Opal Limited under CHINA"),
        ("effective March 1, 2024", "effective soon", "no day of effect"),
        ('<PRTPAGE P="12346"/>\n      more', "more", ""),
        ("FR [INSERT FR PAGE NUMBER AND 3/4/2024]", "FR [TO COME]", "unknown citation: 89 FR [TO COME]"),
        ("UNITED ARAB EMIRATES</ENT>", "ATLANTIS</ENT>", "unknown country: ATLANTIS"),
        ("<SU>3</SU>", "<SU>9</SU>", "unknown footnote: 9"),
        (">Presumption of denial<", ">As the Bureau sees fit<", "unknown review policy: As the Bureau sees fit"),
    ],
)
def test_what_a_rule_says_and_its_tables_do_not_is_a_noise(old: str, new: str, noise: str) -> None:
    noises = fr_sample(old, new).noises
    assert bool(noises) is bool(noise)
    assert not noise or any(noise in one for one in noises), noises


def test_only_entries_that_a_rule_adds_are_listed_by_it() -> None:
    assert [entry.listed for entry in fr_sample().entries] == [date(2024, 3, 1), date(2024, 3, 1), None]


def test_a_rule_on_something_else_is_refused() -> None:
    with pytest.raises(SourceError, match="does not amend"):
        fr_sample("Supplement No. 4 to part 744", "Supplement No. 2 to part 748")
    with pytest.raises(SourceError, match="another list"):
        fr_sample("RULE>", "PRORULE>")


# Oddities in the table of the code


@pytest.mark.parametrize(
    ("old", "new", "noise"),
    [
        ("ARGENTINA", "ATLANTIS", "unknown country: ATLANTIS"),
        ("<sup>4</sup>", "<sup>6</sup>", "unknown footnote: 6"),
        ('<TD colspan="5"><sup>5</sup>', '<TD colspan="5"><sup>6</sup>', "footnote 6 is not known"),
        (">Case-by-case basis<", ">As the Bureau sees fit<", "unknown review policy"),
        ("when used in projects specified in", "on Tuesdays by", "unknown license requirement"),
        ("84 FR 12345, 2/3/19.", "Public Law 1", "unknown citation: Public Law 1"),
        ("84 FR 12345, 2/3/19.", "84 FR 12345, 2/30/19.", "unknown citation: 84 FR 12345, 2/30/19"),
        ("Address 01, Unit Z, 99/F Paper Tower, 1 Nowhere Road, Kowloon, Hong Kong.", "", "unknown party: no name"),
        ('<TFOOT><TR><TD colspan="5">', '<TFOOT><TR><TD>a</TD><TD colspan="4">', "a row of 2 cells"),
    ],
)
def test_what_is_not_known_in_the_entity_list_is_a_noise(old: str, new: str, noise: str) -> None:
    (data,) = folder.samples("entity_list").values()
    assert old in data.decode()
    found = source("entity_list").parse({"x.xml": data.decode().replace(old, new, 1).encode()})
    assert any(noise in one for one in found.noises), found.noises
    assert len(found.entries) == 11


@pytest.mark.parametrize(
    ("id_", "old", "new", "reason"),
    [
        ("entity_list", '<TH class="center">Entity</TH>', '<TH class="center">Party</TH>', "the columns are"),
        (
            "entity_list",
            'Supplement No. 4 to Part 744" ',
            'Supplement No. 9 to Part 744" ',
            "there is no Supplement No. 4",
        ),
        ("unverified_list", '<TH class="center">Country</TH>', "", "the columns are"),
        ("meu_list", "DIV5", "DIV6", "another list"),
    ],
)
def test_another_table_is_refused(id_: str, old: str, new: str, reason: str) -> None:
    (data,) = folder.samples(id_).values()
    assert old in data.decode()
    with pytest.raises(SourceError, match=reason):
        source(id_).parse({"x.xml": data.decode().replace(old, new).encode()})


def test_a_supplement_alone_is_read_as_the_part_is() -> None:
    (data,) = folder.samples("entity_list").values()
    found = re.search(rb"<DIV9.*</DIV9>", data, re.DOTALL)
    assert found is not None
    alone = {"x.xml": found[0]}
    assert recognize(alone) == source("entity_list")
    assert source("entity_list").parse(alone).entries == source("entity_list").parse({"x": data}).entries


@pytest.mark.parametrize("word", ["zillion", "three"])
def test_a_group_of_institutions_must_be_as_many_as_it_says(word: str) -> None:
    (data,) = folder.samples("meu_list").values()
    found = source("meu_list").parse({"x": data.replace(b"following two", b"following " + word.encode())})
    assert any("institutions" in noise for noise in found.noises), found.noises
