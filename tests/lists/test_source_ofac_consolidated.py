"""The consolidated list of OFAC: the CSV files, the enhanced XML, zipped or plain, and one against the other."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from datetime import date

import pytest

from licet.lists import folder
from licet.lists.source import recognize, source
from licet.model.errors import SourceError
from real_lists import real

TRIO = ("ofac/cons_prim_2025-12-19.csv", "ofac/cons_add_2025-12-19.csv", "ofac/cons_alt_2025-12-19.csv")
ZIP = "ofac/CONS_ENHANCED.ZIP"
HUAWEI = {
    "30947": "HUAWEI TECHNOLOGIES CO., LTD.",
    "32087": "HUAWEI INVESTMENT & HOLDING CO., LTD.",
    "32089": "PROVEN GLORY CAPITAL LIMITED",
    "32091": "PROVEN HONOUR CAPITAL LIMITED",
}
consolidated = source("ofac_consolidated")


def xml() -> bytes:
    with zipfile.ZipFile(io.BytesIO(real(ZIP))) as archive:
        return archive.read("CONS_ENHANCED.XML")


def test_the_three_files_of_2025() -> None:
    found = consolidated.parse({name: real(name) for name in TRIO}, issued=date(2025, 12, 19))
    assert (found.counts["entries"], found.counts["aliases"], found.counts["addresses"]) == (442, 1_073, 574)
    assert found.issued == date(2025, 12, 19)
    assert {entry.id: entry.names[0].text for entry in found.entries if entry.id in HUAWEI} == HUAWEI
    assert consolidated.out_of_bounds(found) == ()
    assert (found.noises, len(found.slips)) == ((), 1)
    assert "remarks break off after 1000 signs" in found.slips[0]


def test_the_zipped_xml_of_2025_without_a_noise() -> None:
    found = consolidated.parse({"CONS_ENHANCED.ZIP": real(ZIP)})
    assert (found.counts["entries"], found.issued, found.noises) == (443, date(2025, 1, 10), ())
    lists = Counter(list_ for entry in found.entries for list_ in entry.lists)
    assert lists == {
        "ofac_ssi": 286,
        "ofac_plc": 78,
        "sdn": 77,
        "ofac_cmic": 68,
        "ofac_mbs": 12,
        "ofac_capta": 1,
        "ofac_fse": 1,
    }
    huawei = {entry.id: entry for entry in found.entries if entry.id in HUAWEI}
    assert {id_: entry.names[0].text for id_, entry in huawei.items()} == HUAWEI
    assert {entry.lists for entry in huawei.values()} == {("ofac_cmic",)}
    assert huawei["30947"].listed == date(2020, 11, 12), "on the list before it became that of the CMIC program"
    assert huawei["32087"].listed == date(2021, 6, 3)
    assert recognize({"download": real(ZIP)}) is consolidated


def test_plain_and_zipped_are_the_same() -> None:
    assert consolidated.parse({"x": xml()}).entries == consolidated.parse({"y": real(ZIP)}).entries


def test_names_in_another_script_and_weak_aliases_of_the_xml() -> None:
    entries = {entry.id: entry for entry in consolidated.parse({"x": xml()}).entries}
    names = [name for entry in entries.values() for name in entry.names]
    assert Counter(name.kind for name in names)["primary"] == 443
    assert Counter(name.kind for name in names)["weak_alias"] == 71
    assert sum(any("\u0400" <= sign <= "\u04ff" for sign in name.text) for name in names) == 39
    martelly = entries["50476"]
    assert [(name.text, name.kind) for name in martelly.names][-1] == ("Sweet Micky", "weak_alias")
    assert martelly.countries == ("US", "HT", "DO")
    assert ("National ID No.", "0032768386", "HT") in martelly.identifiers


def test_both_formats_give_the_same_parties() -> None:
    """Eleven months lie between the two: who is in both has the same number, kind, programs and nearly always name."""
    old = {entry.id: entry for entry in consolidated.parse({"x": xml()}).entries}
    new = {entry.id: entry for entry in consolidated.parse({name: real(name) for name in TRIO}).entries}
    both = old.keys() & new.keys()
    assert len(both) == 442
    assert [id_ for id_ in both if old[id_].kind != new[id_].kind] == []
    assert sum(old[id_].names[0] != new[id_].names[0] for id_ in both) == 1
    assert sum(set(old[id_].programs) != set(new[id_].programs) for id_ in both) == 12
    assert {tuple(set(old[id_].programs) - set(new[id_].programs)) for id_ in both} == {(), ("SYRIA",)}
    assert sum(set(old[id_].identifiers) >= set(new[id_].identifiers) for id_ in both) > 0.9 * len(both)


def test_a_day_of_the_data_after_the_day_given_is_a_contradiction() -> None:
    assert consolidated.parse({"x": xml()}, issued=date(2025, 1, 20)).issued == date(2025, 1, 10)
    with pytest.raises(SourceError, match="its data are of 2025-01-10, after 2025-01-09"):
        consolidated.parse({"x": xml()}, issued=date(2025, 1, 9))


def test_the_xml_of_another_list_is_refused() -> None:
    data = folder.samples("ofac_consolidated")["sample.xml"]
    head, rest = data.split(b"</publicationInfo>", 1)
    other = head.replace(b"Consolidated List", b"SDN List") + b"</publicationInfo>" + rest
    with pytest.raises(SourceError, match="an extract of SDN List, not the file of ofac_consolidated"):
        consolidated.parse({"x": other})
    found = source("sdn").parse({"x": other})
    assert [entry.id for entry in found.entries] == ["201", "202"]
    assert found.entries[0].listed == date(2014, 3, 20)
    assert recognize({"x": other}) is source("sdn")
    with pytest.raises(SourceError, match="an extract of no list"):
        consolidated.parse({"x": data.replace(b'<sanctionsList refId="9">Consolidated List</sanctionsList>', b"")})


@pytest.mark.parametrize(
    ("old", "new", "noise"),
    [
        ("Sectoral Sanctions Identifications List", "Brand New List", "list 'Brand New List' is not known (201)"),
        ("SWIFT/BIC", "Brand New Number", "feature 'Brand New Number' is not known (201)"),
        ("Registration ID", "Brand New Paper", "document 'Brand New Paper' is not known (201)"),
        (">Russia</country>", ">Atlantis</country>", "country 'Atlantis' is not known (201)"),
        (">Individual<", ">Robot<", "type 'Robot' is not known (202)"),
        ("ADDRESS1", "ADDRESS9", "part of an address 'ADDRESS9' is not known (201)"),
    ],
)
def test_a_word_that_is_not_known_is_a_noise(old: str, new: str, noise: str) -> None:
    data = folder.samples("ofac_consolidated")["sample.xml"].decode()
    assert old in data
    assert noise in consolidated.parse({"x": data.replace(old, new).encode()}).noises


def test_an_xml_without_entities_or_with_one_twice_is_refused() -> None:
    data = folder.samples("ofac_consolidated")["sample.xml"]
    bare = data[: data.index(b"<entity ")] + data[data.rindex(b"</entity>") + len(b"</entity>") :]
    with pytest.raises(SourceError, match="there is no entity"):
        consolidated.parse({"x": bare})
    with pytest.raises(SourceError, match="201 stands on several entities"):
        consolidated.parse({"x": data.replace(b'<entity id="202">', b'<entity id="201">')})


@pytest.mark.parametrize("share", [0.3, 0.6, 0.999])
def test_an_xml_or_a_zip_that_breaks_off_is_refused(share: float) -> None:
    for data in (xml(), real(ZIP)):
        with pytest.raises(SourceError):
            consolidated.parse({"x": data[: int(len(data) * share)]})


def test_an_xml_and_other_files_together_are_refused() -> None:
    with pytest.raises(SourceError, match="a whole issue"):
        consolidated.parse({"x": xml(), TRIO[1]: real(TRIO[1])})
