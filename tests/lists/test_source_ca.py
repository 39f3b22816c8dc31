"""The list of Canada: counts of a real issue, regulations that are no country, names in two languages."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest

from licet.lists import folder
from licet.lists.source import source
from real_lists import real

if TYPE_CHECKING:
    from licet.lists.entry import Parsed

ISSUED = date(2022, 5, 11)


@cache
def parsed() -> Parsed:
    return source("ca").parse({"ca.xml": real("intl/CA_sema-lmes_2022-05-11.xml")}, issued=ISSUED)


def sample(old: str = "", new: str = "") -> Parsed:
    text = folder.samples("ca")["sample.xml"].decode()
    assert old in text
    return source("ca").parse({"ca.xml": text.replace(old, new).encode()})


def test_the_counts_of_the_issue() -> None:
    found = parsed()
    assert (found.issued, found.noises) == (ISSUED, ())
    assert len(found.entries) == found.counts["entries"] == 2606
    assert (found.counts["persons"], found.counts["entities"], found.counts["regulations"]) == (2069, 537, 12)
    assert source("ca").out_of_bounds(found) == ()
    assert len({one.id for one in found.entries}) == 2606
    programs = Counter(program for one in found.entries for program in one.programs)
    assert (programs["Russia"], programs["Ukraine"], programs["Belarus"], programs["China"]) == (961, 451, 185, 5)


def test_the_regulations_are_no_country_of_the_party() -> None:
    assert all(one.countries == () for one in parsed().entries)
    ship = next(one for one in parsed().entries if one.names[0].text == "Emirates Blue Sky")
    assert ship.programs == ("Belarus",)
    assert ship.cites[0].text.startswith("Canada, Belarus, Schedule 2")


def test_two_records_have_no_place_in_a_schedule() -> None:
    bare = [one for one in parsed().entries if one.cites[0].text == "Canada, Belarus"]
    assert [one.names[0].text for one in bare] == ["Belarusbank", "Belagroprombank"]


def test_english_and_french_and_lists_of_aliases_are_parted() -> None:
    names = {one.names[0].text: [name.text for name in one.names[1:]] for one in parsed().entries}
    assert names["Iranian Navy"] == ["Force navale iranienne"]
    aliases = {alias for each in names.values() for alias in each}
    assert aliases >= {"Air Bagan Limited", "HESA Trade Center", "Владимир Владимирович САВЕЛОВ"}
    assert "MEC Steel Mills (Hmaw Bi/Pyi/Ywama)" in names, "a stroke inside a bracket parts nothing"
    assert "Ruselectronics, JSC" in names
    assert "Vnesheconombank, VEB.RF" in aliases, "what follows may be a part of the name"
    assert "Yevgeny, Yevgeni, Evgeni, Evgeniy" in aliases, "given names are no names of a person"


def test_the_sample_says_what_it_should() -> None:
    person, works, ship, nobody = sample().entries
    assert [name.text for name in person.names] == [
        "Arvid Beispielovich Mustersson", "Арвид Мустерсон", "Arwid Musterson", "Arvid Musterssohn"
    ]  # fmt: skip
    assert person.remarks == "title: Lt. General/lieutenant-général; born or built: 1971-01-02"
    assert (works.kind, works.cites[0].text) == ("entity", "Canada, Belarus, item 902")
    assert (ship.kind, ship.identifiers, ship.listed) == ("vessel", (("imo", "9000001", ""),), date(2025, 1, 15))
    assert nobody.id == "jvcfor-nobody"
    assert nobody.programs == ("Justice for Victims of Corrupt Foreign Officials Regulations (JVCFOR)",)


def test_a_name_in_place_of_an_imo_number_is_kept() -> None:
    ship = sample(">9000001<", ">Invented Gem<").entries[2]
    assert (ship.kind, ship.identifiers) == ("vessel", ())
    assert "ship: Invented Gem" in ship.remarks


@pytest.mark.parametrize(
    ("old", "new", "noise"),
    [
        ("Russia / Russie", "Utopia / Utopie", "unknown regulations 'Utopia'"),
        (">2025-01-15<", ">soon<", "the day of listing is no day: 'soon'"),
        ("<LastName>Nobody</LastName>", "", "record 4 has no name"),
    ],
)
def test_what_is_not_known_makes_a_noise(old: str, new: str, noise: str) -> None:
    assert [one for one in sample(old, new).noises if noise in one]


def test_the_tags_in_two_languages_say_the_same() -> None:
    text = folder.samples("ca")["sample.xml"].decode()
    for old, new in (
        ("Country>", "Country-Pays>"),
        ("LastName>", "LastName-NomDeFamille>"),
        ("GivenName>", "GivenName-Prenom>"),
        ("<EntityOrShip>", "<EntityOrShip-EntiteOuNavire>"),
        ("</EntityOrShip>", "</EntityOrShip-EntiteOuNavire>"),
        ("Schedule>", "Schedule-Annexe>"),
        ("Item>", "Item-NumeroDarticle>"),
        ("DateOfListing>", "DateOfListing-DateDinscription>"),
    ):
        text = text.replace(old, new)
    found = source("ca").parse({"ca.xml": text.encode()})
    assert (found.entries, found.noises) == (sample().entries, ())
