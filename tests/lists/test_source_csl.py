"""The Consolidated Screening List: counts of the real files, its forms, what is refused, what it prints otherwise."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest

from licet.lists import folder
from licet.lists.csl.rows import COLUMNS
from licet.lists.source import recognize, source
from licet.lists.sources.csl.parse import split
from licet.model.errors import SourceError
from real_lists import real, unpacked

if TYPE_CHECKING:
    from licet.lists.entry import Entry, Parsed

WHOLE = "csl/csl_2022-05-06_full_14160rows.csv.gz"
PART = "csl/csl_2023-11-30_partial_4226rows.csv"
DAMAGED = "csl/csl_2023-11-30_partial_damaged.csv.gz"
SMALL = "csl/csl_2019-12-03_sample.csv"
COMPACT = "csl/csl_compact_2026-07-31.json"
EL = "Entity List (EL) - Bureau of Industry and Security"
RULES = {"2019-05": (84, 22961, 22968), "2019-08": (84, 43493, 43501), "2020-08": (85, 51596, 51629)}
csl = source("csl")


@cache
def parsed(name: str) -> Parsed:
    return csl.parse({name: real(name)})


def made(**cells: str) -> Parsed:
    """Parse one row of our own."""
    text = io.StringIO()
    table = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    row = {"source": EL, "name": "Beispiel Optics", "addresses": "1 Road, Shenzhen, CN"} | cells
    table.writerows([COLUMNS, [row.get(column, "") for column in COLUMNS]])
    return csl.parse({"x.csv": text.getvalue().encode()})


def only(found: Parsed) -> Entry:
    assert len(found.entries) == 1
    return found.entries[0]


# Counts


def test_the_whole_file_of_2022() -> None:
    found = parsed(WHOLE)
    assert (found.counts["rows"], found.issued) == (14_160, None)
    assert {name.removeprefix("on_"): count for name, count in found.counts.items() if name.startswith("on_")} == {
        "sdn": 10_026,
        "entity_list": 2_001,
        "ddtc_debarred": 727,
        "denied_persons_list": 462,
        "ofac_ssi": 290,
        "unverified_list": 201,
        "isn": 163,
        "ofac_plc": 78,
        "meu_list": 71,
        "ofac_cmic": 68,
        "ofac_capta": 52,
        "ofac_mbs": 17,
        "ofac_fse": 3,
    }
    assert "the same record twice (BANK OF KUNLUN CO LTD)" in found.slips
    assert csl.out_of_bounds(found) == ()
    assert found.noises == ()


def test_huawei_in_the_whole_file_by_the_page_of_its_first_citation() -> None:
    counts: Counter[str] = Counter()
    for entry in parsed(WHOLE).entries:
        if entry.lists == ("entity_list",) and entry.cites:
            volume, _, page = entry.cites[0].text.split()
            counts.update(rule for rule, (v, a, b) in RULES.items() if int(volume) == v and a <= int(page) <= b)
    assert counts == {"2019-05": 92, "2019-08": 27, "2020-08": 38}


def test_huawei_has_the_day_of_publication_and_footnote_1() -> None:
    found = [entry for entry in parsed(WHOLE).entries if entry.listed == date(2019, 5, 21)]
    assert len(found) == 92
    assert {entry.lists for entry in found} == {("entity_list",)}
    assert {entry.footnotes for entry in found} == {("1",)}
    assert {entry.cites[0].published for entry in found} == {date(2019, 5, 21)}
    by_name = {entry.names[0].text: entry for entry in parsed(WHOLE).entries}
    assert by_name["Hui Tong Business Ltd."].cites[0].text == "84 FR 43495"


def test_the_small_file_without_ids() -> None:
    found = parsed(SMALL)
    assert (found.counts["rows"], found.counts["on_entity_list"], found.counts["on_sdn"]) == (115, 22, 28)
    assert found.slips == ("signs of Windows-1252 mended (A. Leib Ltd. and 1 more)",)


def test_the_compact_json_of_2026() -> None:
    found = parsed(COMPACT)
    assert (found.counts["rows"], found.issued) == (25_921, date(2026, 7, 31))
    by_list = Counter(entry.lists[0] for entry in found.entries)
    assert (by_list["sdn"], by_list["entity_list"], by_list["denied_persons_list"]) == (19_181, 3_419, 1_593)
    assert len([slip for slip in found.slips if "the same record twice" in slip]) == 1
    assert found.noises == ()
    scopes = Counter(entry.scope for entry in found.entries if entry.lists == ("entity_list",))
    assert scopes["ccl_and_supp7_part746"] == 19
    assert {mark for entry in found.entries for mark in entry.footnotes} == {"1", "2", "3", "4", "5"}
    assert recognize({"download": real(COMPACT)}) is csl


def test_a_part_of_a_file_is_told_by_the_bounds_of_its_lists() -> None:
    found = parsed(PART)
    assert (found.counts["rows"], found.counts["on_entity_list"]) == (4_226, 919)
    said = "\n".join(map(str, csl.out_of_bounds(found)))
    assert "919 on entity list; allowed: 1500 to 12000" in said
    assert "1737 on sdn" in said
    assert "4226 rows" in said
    assert csl.out_of_bounds(parsed(SMALL))


def test_the_damaged_file_is_refused_for_its_header_in_the_middle_and_then_for_its_end() -> None:
    with pytest.raises(SourceError, match="the header stands in the file twice"):
        parsed(DAMAGED)
    head, _, rest = unpacked(DAMAGED).partition(b"\n")
    assert rest.startswith(head.rstrip())
    with pytest.raises(SourceError, match=r"8 cells instead of 29|no whole CSV"):
        csl.parse({"x.csv": rest})


def test_each_list_of_an_issue() -> None:
    whole = parsed(WHOLE)
    by_list = split(whole)
    assert sum(len(one.entries) for one in by_list.values()) == len(whole.entries) == 14_159
    assert {id_: one.list for id_, one in by_list.items()} == {id_: id_ for id_ in by_list}
    assert by_list["unverified_list"].counts == {"entries": 201}


# Ids


def test_ids_last_from_one_issue_to_the_next_though_those_of_the_source_do_not() -> None:
    whole, part = parsed(WHOLE), parsed(PART)
    assert len({entry.id for entry in whole.entries}) == len(whole.entries)
    old, new = ({entry.id for entry in found.entries if entry.lists == ("entity_list",)} for found in (whole, part))
    assert len(new & old) > 0.98 * len(new)
    sdn = {entry.id for entry in part.entries if entry.lists == ("sdn",)}
    assert len(sdn & {entry.id for entry in whole.entries}) > 0.95 * len(sdn)


def test_rows_in_another_order_have_the_same_ids() -> None:
    rows = real(SMALL).decode().splitlines(keepends=True)
    turned = csl.parse({"x": "".join([rows[0], *reversed(rows[1:])]).encode()})
    assert {(entry.id, entry) for entry in turned.entries} == {(entry.id, entry) for entry in parsed(SMALL).entries}


# Cells


@pytest.mark.parametrize(
    ("cell", "addresses", "countries"),
    [
        ("1 Road, Shenzhen, CN; HK", [("1 Road, Shenzhen", "CN")], ("CN", "HK")),
        ("FCI BASTROP, BASTROP, TX, 78602", [("FCI BASTROP, BASTROP, TX, 78602", "US")], ("US",)),
        ("52 Yongding Road, Beijing, China", [("52 Yongding Road, Beijing, China", "CN")], ("CN",)),
        ("Jabaliya", [("Jabaliya", "")], ()),
        ("RU", [], ("RU",)),
    ],
)
def test_addresses_end_in_a_code(cell: str, addresses: list[tuple[str, str]], countries: tuple[str, ...]) -> None:
    found = made(addresses=cell)
    assert [(one.text, one.country) for one in only(found).addresses] == addresses
    assert only(found).countries == countries
    assert found.noises == ()


def test_a_code_that_is_no_country_is_a_noise_and_a_state_a_slip() -> None:
    assert made(addresses="1 Road, Town, ZZ").noises == ("country 'ZZ' is not known (Beispiel Optics)",)
    found = made(addresses="La Tuna, Anthony, 88021, NM")
    assert (only(found).countries, found.noises) == (("US",), ())
    assert found.slips == ("the state 'NM' stands where the country should (Beispiel Optics)",)


@pytest.mark.parametrize(
    ("cell", "identifiers", "words"),
    [
        ("IR, 5342883, Passport", [("Passport", "5342883", "IR")], ""),
        ("Passport, 5342883, IR", [("Passport", "5342883", "IR")], ""),
        ("JO, 2014-08-30, 2009-08-31, K475336, Passport", [("Passport", "K475336", "JO")], ""),
        ("Passport, E590976, TN, 19 Jun 1987, 18 Jun 1992", [("Passport", "E590976", "TN")], ""),
        ("Vessel Registration Identification, IMO 9187629", [("IMO", "9187629", "")], ""),
        ("IMO 9187629, Vessel Registration Identification", [("IMO", "9187629", "")], ""),
        ("Male, Gender", [], "Gender Male"),
        ("Gender, Male", [], "Gender Male"),
        (
            "Subject to Directive 1, Executive Order 13662 Directive Determination -",
            [],
            "Executive Order 13662 Directive Determination - Subject to Directive 1",
        ),
        (
            "Secondary sanctions risk:, North Korea Sanctions Regulations, sections 510.201 and 510.210",
            [],
            "Secondary sanctions risk: North Korea Sanctions Regulations, sections 510.201 and 510.210",
        ),
    ],
)
def test_numbers_in_the_order_of_2022_and_of_2023(
    cell: str, identifiers: list[tuple[str, str, str]], words: str
) -> None:
    entry = only(made(ids=cell))
    assert list(entry.identifiers) == identifiers
    assert entry.remarks == words


@pytest.mark.parametrize(
    ("cell", "cites", "left"),
    [
        (
            "84 FR 22961, 85 FR 29852, 85 FR 36720",
            [("84 FR 22961", None), ("85 FR 29852", None), ("85 FR 36720", None)],
            0,
        ),
        ("73 FR 54503 (9/22/2008), 82 FR 1 (no. 99)", [("73 FR 54503", date(2008, 9, 22)), ("82 FR 1", None)], 0),
        ("77 FR 61249 No. 195", [("77 FR 61249", None)], 0),
        ("82 F.R. 16788, 16789 4/6/2017", [("82 FR 16788", date(2017, 4, 6))], 0),
        (
            "46 F.R. 46154 9/17/81 and 46 F.R. 19290 3/30/81",
            [("46 FR 46154", date(1981, 9, 17)), ("46 FR 19290", date(1981, 3, 30))],
            0,
        ),
        ("Vol. 83, No. 91, 05/10/2018", [("Vol. 83, No. 91, 05/10/2018", date(2018, 5, 10))], 0),
        ("84 fr 40241", [("84 FR 40241", None)], 0),
        ("72 F.R. 1/30/07", [], 1),
        ("76 FR no. 242 pg. 78146", [], 1),
    ],
)
def test_citations(cell: str, cites: list[tuple[str, date | None]], left: int) -> None:
    found = made(source="ITAR Debarred (DTC) - State Department", federal_register_notice=cell)
    assert list(only(found).cites) == cites
    assert (len(found.slips), found.noises) == (left, ())


@pytest.mark.parametrize(
    ("requirement", "scope", "footnotes"),
    [
        ("For all items subject to the EAR. (See §744.11 of the EAR).", "all", ()),
        ("For all items subject to the EAR. (See §§ 734.9(e) and 744.11 of the EAR)4", "all", ("4",)),
        ("For all items subject to the EAR, see §§ 734.9(e)1 and 744.11 of the EAR2", "all", ("1", "2")),
        ("For all items subject to the EAR. (See §§734.4(a)(9), 734.9(e)(3), and 744.11 of the EAR)5", "all", ("5",)),
        (
            "For all items subject to the EAR. (See §§ 734.9(g), 3 746.8(a)(3), and 744.21(b) of the EAR.)",
            "all",
            ("3",),
        ),
        ("For all items subject to the EAR. (See part§744.11 of the EAR).", "all", ()),
        ("For all items subject to the EAR. (See §?744.11 of the EAR)", "all", ()),
        ("For items on the CCL and listed in supplement no. 7 to part 746 of the EAR", "ccl_and_supp7_part746", ()),
        (
            "For all items subject to the EAR, see §§ 736.2(b)(3)(vi), and 744.11 of the EAR, EXCEPT for technology",
            "text",
            ("1",),
        ),
        ("For any item subject to the EAR listed in supplement no. 2 to part 744.", "text", ()),
    ],
)
def test_requirements_and_the_marks_in_them(requirement: str, scope: str, footnotes: tuple[str, ...]) -> None:
    found = made(license_requirement=requirement)
    assert (only(found).scope, only(found).footnotes, found.noises) == (scope, footnotes, ())


@pytest.mark.parametrize(
    ("text", "policy", "noise"),
    [
        ("Presumption of denial.", "PRESUMPTION_OF_DENIAL", 0),
        ("Presumption for denial", "PRESUMPTION_OF_DENIAL", 0),
        ("Policy of denial. See §§ 746.8(b) and 744.21(e).", "DENIAL", 0),
        ("Case-by-case for all items listed on the CCL. Presumption of approval for EAR99 items", "", 0),
        ("See §744.3(d) of this part", "", 0),
        ("See § 744.2(d) of the EAR and 744.3(d) of the EAR", "", 0),
        ("For all items subject to the EAR. (See § 744.11 of the EAR)", "", 0),
        ("As the moon will have it", "", 1),
    ],
)
def test_review_policies(text: str, policy: str, noise: int) -> None:
    found = made(license_policy=text)
    assert (only(found).policy, only(found).policy_text, len(found.noises)) == (policy, text, noise)


def test_start_dates_that_cannot_be_are_slips() -> None:
    found = made(start_date="0097-06-30", end_date="2056-06-29")
    assert (only(found).listed, only(found).until) == (None, date(2056, 6, 29))
    assert found.slips == ("start_date '0097-06-30' is no day that can be (Beispiel Optics)",)


def test_an_entry_that_begins_after_the_day_given_is_a_contradiction() -> None:
    assert csl.parse({WHOLE: real(WHOLE)}, issued=date(2022, 5, 6)).issued == date(2022, 5, 6)
    with pytest.raises(SourceError, match=r"begins on 2022-04-\d\d, after 2022-04-01"):
        csl.parse({WHOLE: real(WHOLE)}, issued=date(2022, 4, 1))


def test_a_list_and_a_type_that_are_not_known_are_noises_and_stay() -> None:
    found = made(source="Brand New List (BNL) - Some Department", type="Robot")
    assert only(found).lists == ("csl_brand_new_list_bnl",)
    assert len(found.noises) == 2


def test_a_denial_order_without_the_mark_of_standard_terms_is_read_as_text() -> None:
    for mark, scope in (("Y", "all"), ("y", "all"), ("N", "text"), (" ", "text")):
        denied = made(source="Denied Persons List (DPL) - Bureau of Industry and Security", standard_order=mark)
        assert only(denied).scope == scope


def test_signs_of_windows_are_mended() -> None:
    found = made(name="CAST Xi\x92an Factory", alt_names="Xi\x96an; and Xian")
    assert [name.text for name in only(found).names] == ["CAST Xi\u2019an Factory", "Xi\u2013an", "Xian"]
    assert found.slips == ("signs of Windows-1252 mended (CAST Xi\u2019an Factory and 1 more)",)


# JSON


def as_json(**more: object) -> dict[str, object]:
    """Return the sample as the official JSON has it."""
    rows = csv.DictReader(folder.samples("csl")["sample.csv"].decode().splitlines())
    several = ("programs", "alt_names", "citizenships", "dates_of_birth", "nationalities", "places_of_birth")
    results = []
    for row in rows:
        record: dict[str, object] = {
            key: value or None for key, value in row.items() if key not in ("_id", "addresses", "ids")
        }
        record["id"] = row["_id"]
        record |= {key: [part.removeprefix("and ") for part in row[key].split("; ") if part] for key in several}
        record["addresses"] = [
            {"address": part.rpartition(",")[0] or None, "country": part.rpartition(",")[2].strip(), "city": None}
            for part in row["addresses"].split("; ")
            if part and "TX" not in part
        ]
        record["ids"] = [{"type": "Passport", "number": "C00000001", "country": "DE", "issue_date": "2010-02-02"}]
        results.append(record)
    return {"total": len(results), "search_performed_at": "2026-09-25T04:15:00+00:00", "results": results, **more}


def test_the_official_json_says_what_the_csv_says() -> None:
    found = csl.parse({"x.json": json.dumps(as_json()).encode()})
    table = csl.parse(folder.samples("csl"))
    assert (found.issued, found.noises) == (date(2026, 9, 25), ())
    assert [entry.names for entry in found.entries] == [entry.names for entry in table.entries]
    assert [entry.cites for entry in found.entries] == [entry.cites for entry in table.entries]
    assert [entry.lists for entry in found.entries] == [entry.lists for entry in table.entries]
    assert [entry.addresses for entry in found.entries[1:]] == [entry.addresses for entry in table.entries[1:]]
    assert found.entries[3].identifiers == (("Passport", "C00000001", "DE"),)
    assert recognize({"x": json.dumps(as_json()).encode()}) is csl


@pytest.mark.parametrize("place", ["top", "record", "address", "number"])
def test_a_key_of_the_json_that_is_not_known_is_a_noise(place: str) -> None:
    data = json.loads(json.dumps(as_json()))
    record = data["results"][1]
    target = {"top": data, "record": record, "address": record["addresses"][0], "number": record["ids"][0]}[place]
    target["unheard_of"] = 1
    assert "unknown field unheard_of" in csl.parse({"x": json.dumps(data).encode()}).noises


def test_json_that_is_another_thing_or_empty_is_refused() -> None:
    others: list[object] = [{"results": []}, {"hits": []}, {"results": [1]}, {"results": [{"addresses": 1}]}]
    for data in others:
        with pytest.raises(SourceError):
            csl.parse({"x": json.dumps(data).encode()})
    with pytest.raises(SourceError, match="made on 2026-09-25, after 2026-09-24"):
        csl.parse({"x": json.dumps(as_json()).encode()}, issued=date(2026, 9, 24))


def test_compact_json_that_lost_entries_or_words_is_refused() -> None:
    data = json.loads(real(COMPACT))
    data["entries"] = data["entries"][:100]
    with pytest.raises(SourceError, match="says 25921 entries and has 100"):
        csl.parse({"x": json.dumps(data).encode()})
    data["entryCount"] = 100
    assert csl.parse({"x": json.dumps(data).encode()}).counts["rows"] == 100
    data["tables"]["sources"] = []
    with pytest.raises(SourceError, match="in no table"):
        csl.parse({"x": json.dumps(data).encode()})


def test_the_code_of_namibia_is_namibia_here() -> None:
    """This list writes codes: NA at the end of an address is the country, never `not available`."""
    of = [entry for entry in parsed(WHOLE).entries if "NA" in entry.countries]
    towns = {one.text.rpartition(", ")[2] for entry in of for one in entry.addresses if one.country == "NA"}
    assert (len(of), towns) == (3, {"Windhoek"})
    assert only(made(addresses="")).countries == ()
    assert only(made(addresses="1 Road, Windhoek, NA")).countries == ("NA",)


def test_the_main_entry_of_huawei_is_split_otherwise_than_in_the_code() -> None:
    """What `docs/lists.md` says of the two sources."""
    code = source("entity_list").parse({"x": real("ecfr/title-15_part-744_2026-07-23.xml")})
    first = [one for one in code.entries if one.cites and in_rule(one, "2019-05")]
    (main,) = [one for one in first if any(other.part_of == one.id for other in code.entries)]
    assert (len(first), len(main.addresses)) == (66, 7)
    assert sum(one.part_of == main.id for one in code.entries) == 22
    rows = [
        one for one in parsed(WHOLE).entries if "entity_list" in one.lists and one.cites and in_rule(one, "2019-05")
    ]
    names = [one.names[0].text for one in rows]
    inside = [name.partition("Affiliated Entity: ")[2] for name in names if "Affiliated Entity: " in name]
    assert (len(rows), names.count("Huawei Technologies Co., Ltd. (Huawei)"), len(inside)) == (92, 3, 23)
    assert Counter(inside).most_common(1) == [("Huawei Technologies Co., Ltd., Beijing Research Institute", 2)]
    assert names.count("Huawei Device (Shenzhen) Co., Ltd.") == 2
    hong_kong = next(one for one in rows if one.names[0].text == "Huawei Technologies Co. Ltd., Tsim Sha Tsui")
    assert hong_kong.countries == ("HK",)
    assert any("Tsim Sha Tsui" in place.text for place in main.addresses)


def in_rule(entry: Entry, rule: str) -> bool:
    """Say whether the first citation of an entry lies in the pages of a rule."""
    volume, first, last = RULES[rule]
    of, _, page = entry.cites[0].text.partition(" FR ")
    return of == str(volume) and page.isdecimal() and first <= int(page) <= last
