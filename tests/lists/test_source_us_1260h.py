"""The list of section 1260H: two tables made by others, companies and the subsidiaries named with them."""

from __future__ import annotations

import gzip
import json
from datetime import date

import pytest

from licet.lists import folder
from licet.lists.source import recognize, recognized, source
from licet.lists.sources.us_1260h.parse import names_of
from licet.model.errors import SourceError
from real_lists import real

NOTICE = "lists_2026-07-09/dow_1260h.json"
RECORDS = "lists_2026-08-19/restricted_parties_kaist.json"
companies = source("us_1260h")


def with_notes(notes: str) -> bytes:
    data = json.loads(folder.samples("us_1260h")["sample.json"])
    data["entities"][0]["notes"] = notes
    return json.dumps(data).encode()


def test_the_table_of_the_notice() -> None:
    found = companies.parse({"x": real(NOTICE)})
    assert (found.issued, found.noises) == (date(2026, 6, 10), ())
    assert (found.counts["companies"], found.counts["parts"]) == (80, 107)
    assert {cite for entry in found.entries for cite in entry.cites} == {("91 FR 35189", date(2026, 6, 10))}
    by_id = {entry.id: entry for entry in found.entries}
    assert len(by_id) == 187
    huawei = by_id["huawei-technologies-co-ltd"]
    assert by_id[huawei.part_of].names[0].text == "Huawei Investment & Holding Co., Ltd."
    assert [name.text for name in huawei.names] == ["Huawei Technologies Co., Ltd.", "Huawei"]
    assert (huawei.countries, by_id[huawei.part_of].countries) == ((), ("CN",))
    assert companies.out_of_bounds(found) == ()
    assert recognize({"x": real(NOTICE)}) is companies


def test_the_table_of_records() -> None:
    found = companies.parse({"x": real(RECORDS)})
    assert (found.counts["entries"], found.issued, found.noises) == (188, date(2026, 8, 18), ())
    assert {entry.countries for entry in found.entries} == {()}
    assert "huawei-technologies-co-ltd" in {entry.id for entry in found.entries}
    assert recognize({"x": real(RECORDS)}) is companies


def test_the_two_tables_name_the_same_companies_but_for_their_spelling() -> None:
    """One comma is missing in the first: it has one company less. Where names differ, the second leaves words out."""
    one, other = (companies.parse({"x": real(name)}) for name in (NOTICE, RECORDS))
    same = {entry.id for entry in one.entries} & {entry.id for entry in other.entries}
    assert (len(one.entries), len(other.entries), len(same)) == (187, 188, 141)


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("One Co., Ltd., Two, Inc., and Three LLC.", ["One Co., Ltd.", "Two, Inc.", "Three LLC"]),
        ("One Co., Ltd. (One).", ["One Co., Ltd."]),
        ("One Co., Ltd. . Two USA Inc., Three S.L.U", ["One Co., Ltd.", "Two USA Inc.", "Three S.L.U"]),
        ("One Two, and SMIC, Americas.", ["One Two", "SMIC, Americas"]),
        ("One (formerly Alt One Co., Ltd. (AO)), Two Ltd.", ["One", "Two Ltd."]),
    ],
)
def test_the_sentence_of_subsidiaries(sentence: str, names: list[str]) -> None:
    found = companies.parse({"x": with_notes(f"Listed together with subsidiaries: {sentence} | Reasons.")})
    assert [entry.names[0].text for entry in found.entries if entry.part_of] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Beispiel Co., Ltd. (Beispiel)", [("Beispiel Co., Ltd.", "primary"), ("Beispiel", "alias")]),
        ("Beispiel Group (Limited)", [("Beispiel Group (Limited)", "primary")]),
        ("Beispiel (BVI) Limited", [("Beispiel (BVI) Limited", "primary")]),
        (
            "Neu Co. (formerly Alt Co. (AC))",
            [("Neu Co.", "primary"), ("Alt Co.", "former"), ("AC", "former")],
        ),
    ],
)
def test_what_a_bracket_at_the_end_means(text: str, names: list[tuple[str, str]]) -> None:
    assert list(names_of(text)) == names


def test_ids_do_not_hang_on_the_order_of_companies() -> None:
    data = json.loads(real(NOTICE))
    before = companies.parse({"x": json.dumps(data).encode()}).entries
    data["entities"].reverse()
    after = companies.parse({"x": json.dumps(data).encode()}).entries
    assert {one.id: one.part_of for one in before} == {one.id: one.part_of for one in after}
    two = with_notes("Listed together with subsidiaries: Shared Works Co., Ltd., Primer, Inc. | Reasons.")
    data = json.loads(two)
    data["entities"][1]["notes"] = "Listed together with subsidiaries: Shared Works Co., Ltd. | Reasons."
    ids = [{one.id for one in companies.parse({"x": json.dumps(data).encode()}).entries}]
    data["entities"].reverse()
    ids.append({one.id for one in companies.parse({"x": json.dumps(data).encode()}).entries})
    assert ids[0] == ids[1]
    assert "shared-works-co-ltd-exemple-construction-group-ltd" in ids[0]


@pytest.mark.parametrize("name", ["lists", "bis_entity_list", "bis_meu", "fcc_covered", "ofac_nscmic"])
def test_a_file_that_only_speaks_of_the_list_is_not_recognized(name: str) -> None:
    """One describes thirteen lists and names this one first."""
    assert companies not in recognized({"x": real(f"lists_2026-07-09/{name}.json")})


def test_records_are_recognized_where_one_of_them_is_of_this_list_and_packed_too() -> None:
    data = real(RECORDS)
    assert recognize({"x.gz": gzip.compress(data, 1)}) is companies
    others = [one for one in json.loads(data) if one["source"]["list_id"] != "us-dod-section-1260h"]
    assert len(others) > 4000
    assert recognize({"x": json.dumps(others).encode()}) is None


def test_what_does_not_add_up_is_refused_or_said() -> None:
    data = json.loads(folder.samples("us_1260h")["sample.json"])
    with pytest.raises(SourceError, match="says 3 companies and has 2"):
        companies.parse({"x": json.dumps(data | {"count": 3}).encode()})
    with pytest.raises(SourceError, match="there is no company"):
        companies.parse({"x": json.dumps(data | {"count": 0, "entities": []}).encode()})
    with pytest.raises(SourceError, match="there is no company"):
        companies.parse({"x": b"[]"})
    with pytest.raises(SourceError, match="neither of the tables"):
        companies.parse({"x": json.dumps(data | {"list_id": "dow-1286"}).encode()})
    with pytest.raises(SourceError, match="it is of 2026-06-10, after 2026-06-09"):
        companies.parse({"x": json.dumps(data).encode()}, issued=date(2026, 6, 9))
    data["entities"][0] |= {"country": "Atlantis", "status": "new", "federal_register": "somewhere"}
    noises = companies.parse({"x": json.dumps(data).encode()}).noises
    assert [noise.split(" ")[0] for noise in noises] == ["country", "status", "citation"]
