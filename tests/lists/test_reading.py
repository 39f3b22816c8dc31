"""What parsers share: refusals with reasons, texts, days, countries, ids."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licet.lists.countries import country_at_end, country_code
from licet.lists.entry import Address, Citation, Entry, Name
from licet.lists.reading import (
    clean,
    day,
    decoded,
    document,
    elements,
    entry_ids,
    fold,
    read_json,
    read_table,
    same_entry,
    same_text,
)
from licet.model.errors import SourceError
from licet.model.vocabulary import table

LINE_SEPARATOR = "\N{LINE SEPARATOR}"


# Refusals


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b" \r\n\x1a", "empty"),
        (b"<!DOCTYPE html><html></html>", "HTML"),
        (b"\n<!-- a --><HTML lang='en'>", "HTML"),
        (b"<?xml version='1.0'?><!DOCTYPE HTML PUBLIC>", "HTML"),
        (b"PK\x03\x04....", "ZIP"),
        (b"\x1f\x8b....", "gzip"),
        (b"%PDF-1.7", "PDF"),
        ("Äpfel".encode("utf-16"), "UTF-16"),
        (b"a\x00b", "zero bytes"),
        ("Ärger, Öl, Übung".encode("cp1252"), "no utf-8"),
        ("Ärger, Öl, Übung".encode().decode("cp1252").encode(), "twice"),
    ],
)
def test_other_content_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason) as caught:
        decoded(data, "list.csv")
    assert "list.csv" in str(caught.value)


def test_the_line_of_a_wrong_byte_is_named() -> None:
    with pytest.raises(SourceError, match=r"list\.csv:3"):
        decoded(b"a\nb\n\xe9", "list.csv")


def test_a_right_text_is_left_as_it_is() -> None:
    assert decoded("\ufeffÄrger, Öl, Übung".encode(), "x") == "Ärger, Öl, Übung"
    assert decoded("Ärger".encode("cp1252"), "x", "cp1252") == "Ärger"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<a><b></a>", "no whole XML"),
        (b"<a><b/>", "no whole XML"),
        (b"<a/><a/>", "no whole XML"),
        (b"<c/>", "another list"),
        (b"<!DOCTYPE a><a/>", "DOCTYPE"),
        (b'<a><!ENTITY x "y"></a>', "ENTITY"),
        (b"<?xml version='1.0' encoding='UTF-7'?><a/>", "encoding is UTF-7"),
        (b"<a>" * 200, "nested deeper"),
    ],
)
def test_xml_that_is_not_right_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        document(data, "list.xml", {"a"})
    with pytest.raises(SourceError, match=reason):
        list(elements(data, "list.xml", {"a"}, {"b"}))


def test_elements_come_whole_and_without_namespaces() -> None:
    data = b'<x:a xmlns:x="urn:x"><x:b>1<b>2</b></x:b><c><b z="3"/></c></x:a>'
    assert ["".join(node.itertext()) for node in elements(data, "x", {"a"}, {"b"})] == ["12", ""]
    assert len(list(document(data, "x", {"a"}))) == 2


GOOD = b'id,name\n1,Acme\n2,"Two\nlines"\n'


def test_a_table_is_read_by_its_columns() -> None:
    found = read_table(b"\xef\xbb\xbf" + GOOD, "x.csv", ("id", "name"))
    assert found.rows == ({"id": "1", "name": "Acme"}, {"id": "2", "name": "Two\nlines"})
    assert found.noises == ()
    assert read_table(GOOD[8:], "x.csv", ("id", "name"), header=False).rows == found.rows
    assert read_table(b"id\tname\n1\tA\n\x1a", "x.txt", ("id", "name"), delimiter="\t").rows == (
        {"id": "1", "name": "A"},
    )


def test_a_line_separator_of_unicode_ends_no_row() -> None:
    data = f"id,name\n1,A{LINE_SEPARATOR}B\n".encode()
    assert read_table(data, "x.csv", ("id", "name")).rows[0]["name"] == f"A{LINE_SEPARATOR}B"


def test_an_unknown_column_makes_a_noise_and_keeps_its_cells() -> None:
    found = read_table(b"id,new,name\n1,x,Acme\n", "x.csv", ("id", "name"))
    assert found.noises == ("x.csv: unknown column 'new'",)
    assert found.rows == ({"id": "1", "new": "x", "name": "Acme"},)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"name,id\nAcme,1\n", "another order"),
        (b"id\n1\n", "name are missing"),
        (b"id,name,id\n1,Acme,2\n", "stands there twice"),
        (b"id,name\n1\n", "1 cells instead of 2"),
        (b"id,name\n1,Acme,x\n", "3 cells instead of 2"),
        (GOOD + GOOD, "header stands in the file twice"),
        (b"id,name\n", "no row"),
        (b'id,name\n1,"Acme\n', "no whole CSV"),
    ],
)
def test_a_table_that_is_not_right_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read_table(data, "x.csv", ("id", "name"))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"a": 1', "no whole JSON"),
        (b'{"a": 1, "a": 2}', "twice"),
        (b'{"a": NaN}', "no number"),
        (b"[" * 100_000, "nested too deep"),
    ],
)
def test_json_that_is_not_right_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read_json(data, "x.json")


# Texts


def test_clean_leaves_one_line() -> None:
    assert clean(" a\u00a0\n\tb\u200b\x07c ") == "a bc"
    for code in range(0x3000):
        sign = chr(code)
        unseen = unicodedata.category(sign) in ("Cc", "Cf")
        assert clean(f"a{sign}b") == ("a b" if sign.isspace() else "ab" if unseen else f"a{sign}b"), hex(code)


@given(st.text(), st.sampled_from([" ", ".", ", ", "\u00a0", "\u2014", "\n"]))
def test_punctuation_and_spacing_never_count(text: str, sign: str) -> None:
    assert same_text(text, sign + text + sign)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(("one", "other"), [("Unit 5719", "Unit 5720"), ("Müller", "Muller"), ("कि", "का"), ("a", "")])
def test_letters_marks_and_digits_count(one: str, other: str) -> None:
    assert not same_text(one, other)


def entry(**changes: object) -> Entry:
    plain = Entry("x", "entity", (Name("Acme Works"), Name("AW", "alias")), ("CN",), (Address("1 Road, China", "CN"),))
    return plain._replace(**changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [
        {"names": (Name("ACME, Works."), Name("A.W.", "alias"))},
        {"names": (Name("Acme Works"), Name("AW 1", "alias")), "addresses": (Address("Road, China", "CN"),)},
        {"scope_text": " "},
    ],
)
def test_entries_that_differ_in_punctuation_or_in_the_cut_are_the_same(changes: dict[str, object]) -> None:
    assert same_entry(entry(), entry(**changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"names": (Name("Acme Works"), Name("AW", "former"))},
        {"names": (Name("Acme Works"),)},
        {"addresses": (Address("2 Road, China", "CN"),)},
        {"policy": "DENIAL"},
        {"footnotes": ("4",)},
        {"cites": (Citation("84 FR 1", date(2019, 1, 2)),)},
        {"countries": ("HK",)},
        {"remarks": "x"},
    ],
)
def test_entries_that_say_something_else_differ(changes: dict[str, object]) -> None:
    assert not same_entry(entry(), entry(**changes))


def test_ids_are_made_of_country_and_name_and_where_that_is_not_enough_of_more() -> None:
    keys = [("CN", "Acme Co., Ltd.", "84 FR 1"), ("HK", "Acme Co., Ltd.", "84 FR 1"), ("CN", "Bolt", "84 FR 2")]
    assert entry_ids(keys) == ["cn-acme-co-ltd", "hk-acme-co-ltd", "cn-bolt"]
    keys += [("CN", "BOLT", "85 FR 3"), ("CN", "bolt", "85 FR 3")]
    assert entry_ids(keys)[2:] == ["cn-bolt-84-fr-2", "cn-bolt-85-fr-3", "cn-bolt-85-fr-3-2"]


# Days


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019-05-21", "2019-05-21"),
        ("2026-02-27T00:00:09.554Z", "2026-02-27"),
        ("5/21/19", "2019-05-21"),
        ("05/21/2019", "2019-05-21"),
        ("12/17/97", "1997-12-17"),
        ("October 9, 2020.", "2020-10-09"),
        ("Sept. 3, 2020", "2020-09-03"),
        ("21 May 2019", "2019-05-21"),
        ("21-May-2019", "2019-05-21"),
    ],
)
def test_days_in_the_forms_of_the_lists(text: str, expected: str) -> None:
    assert day(text) == date.fromisoformat(expected)


def test_the_day_may_come_first() -> None:
    assert day("03/04/2020") == date(2020, 3, 4)
    assert day("03/04/2020", month_first=False) == date(2020, 4, 3)


@pytest.mark.parametrize(
    "text", ["", "1971", "2/30/19", "21/5/19", "Octember 9, 2020", "0097-06-30", "3017-08-22", "5/21/019"]
)
def test_what_is_no_day_or_cannot_be_one_gives_none(text: str) -> None:
    assert day(text) is None


# Countries


def test_every_country_is_known_by_its_own_name_and_code() -> None:
    for code, one in table().countries.items():
        assert country_code(code) == code
        assert country_code(one.name) == code
        assert country_code(one.name.upper()) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("CHINA, PEOPLE'S REPUBLIC OF", "CN"),
        ("BURMA", "MM"),
        ("TÜRKİYE", "TR"),
        ("Korea, North", "KP"),
        ("Democratic People's Republic of Korea", "KP"),
        ("Republic of Korea", "KR"),
        ("The Bahamas", "BS"),
        ("Viet Nam", "VN"),
        ("CRIMEA REGION OF UKRAINE", "UA-43"),
        ("U.A.E.", "AE"),
        ("UK", "GB"),
        ("Congo, Democratic Republic of the", "CD"),
        ("Republic of the Congo", "CG"),
        ("Macau", "MO"),
        ("Kosovo", "XK"),
        ("Atlantis", ""),
        ("", ""),
    ],
)
def test_official_spellings_of_countries(name: str, code: str) -> None:
    assert country_code(name) == code


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("1 Road, Kowloon, Hong Kong.", "HK"),
        ("1 Road, St. Petersburg 197374 Russia", "RU"),
        ("1 Road, London, United Kingdom W1J 7LS", "GB"),
        ("1 Road, London, United Kingdom W1J7 LS", "GB"),
        ("1 Road, Dubai, U.A.E", "AE"),
        ("1 Road, Riga. Latvia.", "LV"),
        ("1 Road, Kinshasa, Congo, Democratic Republic of the", "CD"),
        ("1 Road, Beijing, P.R. China", "CN"),
        ("1 Road, Paris, France. (See alternate address under China).", "FR"),
        ("1 India Street, Nairobi", ""),
        ("1 Road, Suzhou, IN", ""),
        ("1 Road, Beijing", ""),
        ("", ""),
    ],
)
def test_the_country_with_which_an_address_ends(address: str, code: str) -> None:
    assert country_at_end(address) == code
