"""How the Bureau of Industry and Security writes a party, its terms and its citations: each shape of a cell, once."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

import pytest

from licet.lists.bis import Party, head_of, lines_of, party_of, tidy
from licet.lists.bis_terms import cites_of, policy_of, scope_of, uncited

AND = '<E T="03">and</E>'
ONE = "a.k.a., the following one alias:<br/>—"
TWO = "a.k.a., the following two aliases:<br/>—"


def party(cell: str) -> Party:
    return party_of(lines_of(ET.fromstring(f"<TD>{cell}</TD>")))  # noqa: S314 - our own


def names(one: Party) -> list[str]:
    return [name.text if name.kind in ("primary", "alias") else f"{name.text} ({name.kind})" for name in one.names]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Acme Works, 12 Sample Road, Oslo, Norway", "Acme Works"),
        ("Acme Co., Ltd., Xi'an, Shaanxi, China.", "Acme Co., Ltd."),
        ("Acme Co., LTD., No. 34-36 Sample Street, China", "Acme Co., LTD."),
        ("Acme, LTD.,16-Ya Sample Street, Russia", "Acme, LTD."),
        ("Acme Technology, Hong Kong Co., Ltd., Room 1, Hong Kong.", "Acme Technology, Hong Kong Co., Ltd."),
        ("Acme Management Co. Limited, Kowloon, Hong Kong.", "Acme Management Co. Limited"),
        ("Hongkong Acme Co., Limited Unit 3, 6/F Sample Building, Hong Kong", "Hongkong Acme Co., Limited"),
        ("Acme Co., Ltd. No. C22, Sample Rd., Beijing, China", "Acme Co., Ltd."),
        ("Acme Imp & Exp. Co. Ltd. Floor 26th Sample Plaza, China", "Acme Imp & Exp. Co. Ltd."),
        ("Acme Aviation Ind. Std. Parts No. 355, Sample Road, China", "Acme Aviation Ind. Std. Parts"),
        (
            "Acme Institute of Aeronautical. Materials, No. 8 Sample Avenue, China",
            "Acme Institute of Aeronautical. Materials",
        ),
        (
            "Second Institute of Samples, Ministry of Nothing, No. 36 Road, China",
            "Second Institute of Samples, Ministry of Nothing",
        ),
        ("Jan Nobody, Institute of Samples, P.O. Box 1, Tehran, Iran", "Jan Nobody"),
        (
            "Acme Corporation, 711 Aircraft Repair Plant (711 ARP), 18 Street, Russia",
            "Acme Corporation, 711 Aircraft Repair Plant (711 ARP)",
        ),
        ("Acme Center (ACME-GZ), Some University, Guangzhou, China", "Acme Center (ACME-GZ)"),
        ("Acme Inc 6600 21st Avenue, Laval, Canada", "Acme Inc"),
        ("Acme Group. South Sudan.", "Acme Group"),
        ("Jan Nobody Office M-2, Sample Bldg, Dubai, U.A.E.", "Jan Nobody"),
        ("APEX St. Petersburg, 140 Prospekt, Russia", "APEX St. Petersburg"),
        ("A. Leib Ltd.; Sample 19, Binyamina, Israel", "A. Leib Ltd."),
    ],
)
def test_where_a_name_ends(line: str, name: str) -> None:
    found, address = head_of(line)
    assert tidy(found) == tidy(name)
    assert address
    assert address.split()[0] in line


def test_aliases_in_lines_and_addresses_after_them() -> None:
    one = party(
        "Acme Co., Ltd., a.k.a., the following three aliases:<br/>—Acme;<br/>—Bolt (HK) Ltd., a.k.a., Bolt Asia; "
        f"{AND}<br/>—f.k.a. Old Acme.<br/> <br/> 1 Road, Beijing, China; {AND} 2 Road, Hong Kong. "
        "(See alternate address under Iran)."
    )
    assert names(one) == ["Acme Co., Ltd.", "Acme", "Bolt (HK) Ltd.", "Bolt Asia", "Old Acme (former)"]
    assert one.addresses == ("1 Road, Beijing, China", "2 Road, Hong Kong")
    assert one.remarks == "(See alternate address under Iran)"
    assert one.countries("CN") == ("CN", "HK")


@pytest.mark.parametrize(
    "cell",
    [
        "Acme, a.k.a., the following one alias:<br/>—Bolt.<br/> <br/> 1 Road, Riga, Latvia.",
        "Acme, a.k.a., the following one alias: Bolt<br/> <br/> 1 Road, Riga, Latvia",
        "Acme, a.k.a., the following one alias:—Bolt.<br/>1 Road, Riga, Latvia.",
        "Acme, a.k.a., the following one alias: Bolt. 1 Road, Riga, Latvia",
        "Acme, a.k.a., the following one alias:<br/>—Bolt. 1 Road, Riga, Latvia.",
        "Acme, the following alias:<br/>—Bolt<br/> <br/>1 Road, Riga, Latvia",
        "Acme (a.k.a., Bolt), 1 Road, Riga, Latvia",
        "Acme, a.k.a. Bolt, 1 Road, Riga, Latvia",
        "Acme aka Bolt, 1 Road, Riga, Latvia.",
        "Acme, a.k.a., the one alias:<br/>Bolt.<br/> <br/> 1 Road, Riga, Latvia.",
        "Acme (a.k.a., Bolt)<br/> <br/>Address: 1 Road, Riga, Latvia.",
    ],
)
def test_one_party_in_the_shapes_that_occur(cell: str) -> None:
    one = party(cell)
    assert names(one) == ["Acme", "Bolt"]
    assert one.addresses == ("1 Road, Riga, Latvia",)
    assert one.parts == ()


@pytest.mark.parametrize(
    "cell",
    [
        "Acme Works, 1 Road, Riga, Latvia.",
        "Acme Works<br/> <br/> 1 Road, Riga, Latvia.",
        "Acme Works,<br/>1 Road, Riga, Latvia.",
        "Acme Works, 1 Road, Riga<br/>—Latvia.",
    ],
)
def test_one_party_without_aliases_in_the_shapes_that_occur(cell: str) -> None:
    one = party(cell)
    assert names(one) == ["Acme Works"]
    assert "".join(one.addresses).replace(",", "") == "1 Road Riga Latvia"


def test_former_names_in_a_bracket() -> None:
    one = party(f"Acme (f.k.a., AO Acme; JSC Acme; {AND} OJSC ACME), {ONE}Acme LLC.<br/> <br/>1 R, Kerch")
    assert names(one) == ["Acme", "AO Acme (former)", "JSC Acme (former)", "OJSC ACME (former)", "Acme LLC"]


def test_a_word_after_a_semicolon_is_no_name_of_its_own() -> None:
    one = party(f"Acme, {TWO}Acme Telecom; and Technology;<br/>—Air Force; AFOR.<br/> <br/>1 R, Iran")
    assert names(one) == ["Acme", "Acme Telecom; and Technology", "Air Force", "AFOR"]


def test_and_at_the_end_of_a_country_is_a_part_of_it() -> None:
    one = party("Acme, a.k.a., the following one alias:<br/>—Bolt 3, Soi 4, Bangkok, Thailand")
    assert names(one)[0] == "Acme"
    assert one.addresses[-1].endswith("Thailand")


def test_companies_inside_an_entry() -> None:
    one = party(
        f"Acme Co., {ONE}Acme, and to include the following addresses and the following 2 affiliated entities:<br/>"
        " <br/>Addresses for Acme Co.: 1 Road, Wuhan, China.<br/>Affiliated entities:<br/> "
        '<E T="03">Acme Lens Co., Ltd.,</E> '
        f"{ONE}Lens, to include the following subordinate. 2 Road, Wuhan, China.<br/> "
        f'<E T="03">Acme Marine,</E> {ONE}Marine;<br/> '
        f"Sea Tech; {AND}<br/> Sea Co., Ltd.<br/> 3 Road, Tianjin, China."
    )
    assert names(one) == ["Acme Co.", "Acme"]
    assert one.addresses == ("1 Road, Wuhan, China",)
    assert [names(part) for part in one.parts] == [
        ["Acme Lens Co., Ltd.", "Lens"],
        ["Acme Marine", "Marine", "Sea Tech", "Sea Co., Ltd."],
    ]
    assert [part.addresses for part in one.parts] == [("2 Road, Wuhan, China",), ("3 Road, Tianjin, China",)]


@pytest.mark.parametrize("shared", ["the entity and the two", "the entity and to the two"])
def test_subordinate_institutions_share_the_addresses_that_apply_to_all(shared: str) -> None:
    label = '<E T="03">Subordinate institution</E>'
    one = party(
        f"Acme Institute (AI), a.k.a., the following one alias, and two subordinate institutions:<br/>—AI.<br/>"
        f"{label}<br/>Lab One, {ONE}L1.<br/>{label} Lab Two.<br/>"
        f"The following addresses apply to {shared} subordinate institutions:<br/> <br/> "
        f"1 Road, Wuhan, China; {AND} 2 Road, Wuhan, China."
    )
    assert names(one) == ["Acme Institute (AI)", "AI"]
    assert [names(part) for part in one.parts] == [["Lab One", "L1"], ["Lab Two"]]
    assert {part.addresses for part in (one, *one.parts)} == {("1 Road, Wuhan, China", "2 Road, Wuhan, China")}


def test_an_institution_under_the_name_of_its_institute() -> None:
    one = party(f"Acme 13th Institute (A 13) subordinate institution: Lab Three, {ONE}L3.<br/> <br/>1 Rd, China")
    assert names(one) == ["Lab Three", "L3"]
    assert one.under == "Acme 13th Institute (A 13)"
    other = party("Acme 13th Institute (A 13) subordinate institution:<br/>—Lab Four,<br/> <br/> 1 Road, Hebei, China.")
    assert (names(other), other.addresses) == (["Lab Four"], ("1 Road, Hebei, China",))


def test_entities_that_a_dash_begins_as_it_does_aliases() -> None:
    one = party(
        f"Acme Commission (AC), {ONE}Plant Shops, P.O. Box 1, Islamabad; "
        f"and the following two subordinate entities:<br/>—Complex (NC), {TWO}Centre; and<br/>—Second Centre.<br/> "
        "<br/> Road 1, Rawalpindi, Pakistan;<br/>—Reactors (all), fuel reprocessing and heavy water facilities."
    )
    assert names(one) == ["Acme Commission (AC)", "Plant Shops"]
    assert [names(part) for part in one.parts] == [["Complex (NC)", "Centre", "Second Centre"], ["Reactors (all)"]]
    assert one.parts[1].remarks == "fuel reprocessing and heavy water facilities."


def test_what_describes_a_party_is_no_address() -> None:
    one = party("The Ministry of Samples, including the Armed Forces of nowhere. All addresses located in nowhere.")
    assert (names(one), one.addresses) == (["The Ministry of Samples"], ())
    assert one.remarks.startswith("including the Armed Forces")


def test_an_empty_cell_is_a_party_without_a_name() -> None:
    assert party(" <br/> ") == Party(())
    assert party("").name == ""


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Acme Co., Ltd.", "entity"),
        ("Institute of Samples", "entity"),
        ("Jan Nobody", "unknown"),
        ("JSC Acme", "entity"),
    ],
)
def test_the_kind_is_said_only_where_the_name_tells(name: str, kind: str) -> None:
    assert party(f"{name}, 1 Road, Latvia").kind == kind


# Citations

MAY = date(2019, 5, 21)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("84 FR 22963, 5/21/19.", [(84, 22963, MAY)]),
        ("84 FR 22963, May 21, 2019; 85 FR 1, June 1, 2020.", [(84, 22963, MAY), (85, 1, date(2020, 6, 1))]),
        ("84 FR 22963 5/21/1985 FR 1, 6/1/20.", [(84, 22963, MAY), (85, 1, date(2020, 6, 1))]),
        ("77 FR 231164/18/12.", [(77, 23116, date(2012, 4, 18))]),
        ("84 F.R. 22963, 05/21/2019", [(84, 22963, MAY)]),
        ("84 FR FR 22963, 5/21/19", [(84, 22963, MAY)]),
        ("84 FR 22963 preview citation details, 5/21/19.", [(84, 22963, MAY)]),
        ("89 FR 106500, 12/30/24", [(89, 106500, date(2024, 12, 30))]),
        ("84 FR 22963", [(84, 22963, None)]),
        ("", []),
    ],
)
def test_citations_with_the_slips_that_occur(text: str, expected: list[tuple[int, int, date | None]]) -> None:
    assert [tuple(cite) for cite in cites_of(text)] == expected
    assert bool(uncited(text)) is any(published is None for *_, published in expected)


def test_what_is_no_citation_is_said() -> None:
    assert uncited("84 FR 22963, 5/21/19. See note 7") == "See note 7"
    assert cites_of("84 FR 22963, 5/21/19.")[0].citation.text == "84 FR 22963"


# Requirement and policy


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("For all items subject to the EAR. (See § 744.11 of the EAR)", "all"),
        ("For all items subject to the EAR. (See § 744.11 of the EAR.)", "all"),
        ("All Items Subject to the EAR", "all"),
        ("For all items subject to the EAR, see §§ 734.9(e) 1 and 744.11 of the EAR 2", "all"),
        ("For all items subject to the EAR (See §§ 734.9(g)3, 746.8(a)(3), and 744.2l(b) of the EAR)", "all"),
        ("For all items subject to the EAR. (Se §§ 734.9(e)(2) and 744.11 of the EAR) 4", "all"),
        ("For all items subject to the EAR. (See §§ 734.9(g),3 744.21(b) and 746.8(a)(3). Of the EAR)", "all"),
        (
            (
                "All items subject to the EAR. (See §§ 734.9(g),3 746.8(a)(3), and 744.21(b) of the EAR). The "
                "license requirements under this entry also extend to any export, reexport and transfer (in-country) "
                "to the entity wherever located worldwide"
            ),
            "all",
        ),
        (
            "For items on the CCL and EAR99 items listed in supplement no. 7 to part 746 of the EAR.",
            "ccl_and_supp7_part746",
        ),
        ("For items on the CCL and listed in supplement no. 7 to part 746 of the EAR", "ccl_and_supp7_part746"),
        ("For all items subject to the EAR when used in projects specified in § 746.8(a)(4) of the EAR", "text"),
        ("All items subject to the EAR. (See § 744.11 of the EAR), except for EAR99-designated technology", "text"),
        (
            (
                "For all items subject to the EAR. (See § 744.11 of the EAR). This license requirement may be overcome "
                "by License Exception GOV under § 740.11(b)(2) and (e)"
            ),
            "text",
        ),
        ("For all items subject to the EAR on Tuesdays", ""),
        ("For items on the CCL", ""),
        ("Presumption of denial", ""),
        ("", ""),
    ],
)
def test_scopes(text: str, scope: str) -> None:
    assert scope_of(text) == scope


@pytest.mark.parametrize(
    ("text", "policy"),
    [
        ("Presumption of denial", "PRESUMPTION_OF_DENIAL"),
        ("Presumption of denial.", "PRESUMPTION_OF_DENIAL"),
        ("Policy of Denial", "DENIAL"),
        ("Policy of denial. See §§ 746.8(b) and 744.21(e)", "DENIAL"),
        ("Policy of denial for all items subject to the EAR. See § 746.8(b)", "DENIAL"),
        ("Case-by-case basis", "CASE_BY_CASE"),
        ("Case-by-case review", "CASE_BY_CASE"),
        ("Presumption of approval", "PRESUMPTION_OF_APPROVAL"),
        ("Policy of denial for all items subject to the EAR apart from food and medicine designated as EAR99", ""),
        ("Policy of denial; Case-by-case basis for items for the International Space Station", ""),
        ("See § 744.2(d) of the EAR", ""),
        ("See §§ 744.2(d), 744.3(d), and 744.4(d) of this part", ""),
        ("As the Bureau sees fit", None),
    ],
)
def test_policies(text: str, policy: str | None) -> None:
    assert policy_of(text) == policy
