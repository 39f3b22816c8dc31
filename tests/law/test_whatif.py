"""What-ifs: what ships, what they do to the book, and every contradiction that is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licet.law.book import Book, load
from licet.law.checks import check_book
from licet.law.status import changes, status, transitions_between
from licet.law.whatif import WhatIf, parse_what_if, shipped
from licet.model.errors import FactsError
from licet.model.measure import Effect, Status

BOOK = load()
TOP = "title: A title\nsays: One sentence.\n"
ADDED = """adds:
  - id: WHAT-IF
    regime: us_ear
    kind: rule
    title: A supposed rule
    what: what it does
    legal_force: yes
    in_force_from: 2019-07-01
"""


def read(content: str, file: str = "if.yaml") -> WhatIf:
    return parse_what_if(TOP + content, file)


def under(*contents: str) -> Book:
    return BOOK.with_changes(*(read(content, f"if{number}.yaml") for number, content in enumerate(contents)))


def that_ships(name: str) -> WhatIf:
    return parse_what_if(shipped()[name].read_text(encoding="utf-8"), f"{name}.yaml")


# --- what ships ---


def test_two_what_ifs_ship() -> None:
    assert sorted(shipped()) == ["osaka", "rubio"]


def test_osaka_relieves_the_entries_of_may_2019_and_does_not_say_which_items() -> None:
    book = BOOK.with_changes(that_ships("osaka"))
    assert book.what_ifs == ("WHAT-IF-OSAKA",)
    supposed = book["WHAT-IF-OSAKA"]
    assert supposed.effect == Effect("relieves", "us_ear/744.11", ("EL-2019-05",), "not_said", bars_relief=False)
    assert status(supposed, date(2019, 6, 28), book=book) is Status.NOT_YET
    assert status(supposed, date(2019, 6, 29), book=book) is Status.IN_FORCE
    assert "WHAT-IF-OSAKA" not in BOOK


def test_rubio_restores_every_huawei_entry_and_bars_relief() -> None:
    book = BOOK.with_changes(that_ships("rubio"))
    supposed = book["WHAT-IF-RUBIO"]
    entries = ("EL-2019-05", "EL-2019-08", "EL-2020-08")
    assert supposed.effect == Effect("restores", "us_ear/744.11", entries, "", bars_relief=True)
    assert status(supposed, date(2019, 7, 15), book=book) is Status.ANNOUNCED
    assert status(supposed, date(2019, 7, 16), book=book) is Status.IN_FORCE
    assert "never passed" in supposed.note


def test_what_ifs_commute_and_leave_the_book_as_it_was() -> None:
    before = dict(BOOK.records)
    osaka, rubio = that_ships("osaka"), that_ships("rubio")
    one, other = BOOK.with_changes(osaka, rubio), BOOK.with_changes(rubio, osaka)
    assert one.version == other.version == BOOK.with_changes(osaka).with_changes(rubio).version
    assert one.what_ifs == ("WHAT-IF-OSAKA", "WHAT-IF-RUBIO")
    assert one.version not in {BOOK.version, BOOK.with_changes(osaka).version}
    assert BOOK.records == before
    assert check_book(one) == []


@given(id_=st.sampled_from(BOOK.ids), days=st.integers(0, 4000))
def test_what_a_what_if_does_not_name_stays_as_it_was(id_: str, days: int) -> None:
    book = BOOK.with_changes(that_ships("osaka"), that_ships("rubio"))
    day = date(2018, 1, 1) + timedelta(days=days)
    assert status(book[id_], day, book=book) is status(BOOK[id_], day, book=BOOK)


# --- what they do ---


def test_an_added_measure_says_what_it_supposes_and_on_whose_word() -> None:
    book = under(ADDED)
    added = book["WHAT-IF"]
    assert added.cites == ("what if: if0.yaml",)
    assert (added.checked, added.source) == ("what_if", "if0.yaml")
    assert changes(added) == (date(2019, 7, 1),)
    assert book.supposed == {"WHAT-IF"}
    assert list(book).index("WHAT-IF") == list(book).index("ROSS") - 1


def test_an_end_is_the_last_day_in_force() -> None:
    book = under("ends:\n  - {id: EL-2019-05, on: 2019-07-09}\n")
    ended = book["EL-2019-05"]
    assert status(ended, date(2019, 7, 9), book=book) is Status.IN_FORCE
    assert status(ended, date(2019, 7, 10), book=book) is Status.ENDED
    assert ended.ended_by is None
    assert status(ended, date(2019, 7, 10), known=date(2019, 6, 1), book=book) is Status.ENDED


def test_an_earlier_end_keeps_the_end_that_the_text_named() -> None:
    ended = under("ends:\n  - {id: TGL-0, on: 2019-07-09}\n")["TGL-0"]
    assert ended.in_force_through == date(2019, 7, 9)
    assert ended.stated_through == date(2019, 8, 19)


def test_an_end_before_it_was_no_longer_enforced_takes_that_day_away() -> None:
    assert under("ends:\n  - {id: AID-2025, on: 2025-05-01}\n")["AID-2025"].not_enforced_from is None
    assert under("ends:\n  - {id: AID-2025, on: 2025-06-01}\n")["AID-2025"].not_enforced_from == date(2025, 5, 13)


def test_an_end_of_a_stay_ends_it_for_what_it_stays() -> None:
    book = under("ends:\n  - {id: AFF-STAY, on: 2026-05-31}\n")
    assert status(book["AFF-2025"], date(2026, 5, 31), book=book) is Status.STAYED
    assert status(book["AFF-2025"], date(2026, 6, 1), book=book) is Status.IN_FORCE
    assert {"AFF-STAY", "AFF-2025"} <= book.supposed


def test_a_stay_made_longer_keeps_the_rule_stayed_and_is_not_due() -> None:
    longer = "changes:\n  - {id: AFF-STAY, in_force_through: 2027-11-09}\n"
    book = under(longer + "  - {id: AFF-BACK, in_force_from: 2027-11-10}\n")
    assert status(book["AFF-2025"], date(2026, 11, 24), book=book) is Status.STAYED
    due = transitions_between(book, book.verified_through, date(2026, 11, 24), book.supposed)
    assert [event.head for event in due] == ["IFR-2026-07"]
    assert [e.head for e in transitions_between(book, book.verified_through, date(2027, 11, 10), book.supposed)] == [
        "IFR-2026-07",
        "ICD-2026",
        "UAE-2026",
    ]


def test_a_change_replaces_a_field_and_none_takes_it_away() -> None:
    book = under("changes:\n  - id: TGL-5\n    in_force_through: none\n    stated_through: none\n")
    assert book["TGL-5"].in_force_through is None
    assert status(book["TGL-5"], date(2026, 1, 1), book=book) is Status.IN_FORCE


def test_one_what_if_may_build_on_another() -> None:
    book = under(ADDED, "changes:\n  - {id: TGL-0, about: [WHAT-IF]}\n")
    assert book["TGL-0"].about == ("WHAT-IF",)


# --- what is refused ---


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "supposes nothing; allowed: at least one of adds, ends, changes"),
        ("adds: []\n", "adds: is no list with something in it"),
        ("ends: {id: TGL-0, on: 2019-07-01}\n", "ends: is no list"),
        ("add:\n  - {id: X}\n", 'if.yaml:3:1: add: is no field here; .*did you mean "adds"'),
        (
            ADDED.replace("in_force_from", "in_force_form"),
            r'adds\[0\]\.in_force_form: is no field here.*"in_force_from"',
        ),
        (
            ADDED.replace("2019-07-01", "2019-02-29"),
            r"if.yaml:10:20: adds\[0\]\.in_force_from: found .*which is no day",
        ),
        (ADDED.replace("    title: A supposed rule\n", ""), r"adds\[0\]\.title: is missing"),
        (ADDED + "    confidence: high\n", r"adds\[0\]\.confidence: is no field here"),
        (ADDED + ADDED.replace("adds:\n", ""), r"if.yaml:11:5: adds\[1\].id: WHAT-IF is added twice"),
        (ADDED + "    effect: {}\n", "effect: has not exactly one verb; allowed: relieves, restores"),
        (ADDED + "    effect: {lifts: {}}\n", "effect.lifts: is no field here"),
        (ADDED + "    effect: {relieves: {ground: 744.11, entries: [TGL-0], items: all}}\n", "allowed: regime/section"),
        (ADDED + "    effect: {relieves: {ground: us_ear/744.11, entries: [TGL-0]}}\n", "items: is missing"),
        (ADDED + "    effect: {restores: {ground: us_ear/744.11, entries: [TGL-0]}}\n", "bars_relief: is missing"),
        ("ends:\n  - {id: TGL-0}\n", r"ends\[0\]\.on: is missing"),
        ("ends:\n  - {id: TGL-0, through: 2019-07-01}\n", r"ends\[0\]\.through: is no field here; allowed: id, on"),
        (
            "ends:\n  - {id: TGL-0, on: 2019-07-01}\n  - {id: TGL-0, on: 2019-07-01}\n",
            "ends TGL-0, which if.yaml, line 4",
        ),
        ("changes:\n  - {id: TGL-0}\n", "changes nothing of TGL-0"),
        ("changes:\n  - {id: TGL-0, title: none}\n", "title: cannot be taken away"),
        ("changes:\n  - {id: TGL-0, regime: gb}\n", "regime: is no field here"),
        ("changes:\n  - {id: TGL-0, nope: none}\n", "nope: cannot be taken away"),
        ("changes:\n  - {id: TGL-0, count: null}\n", "count: has no value"),
        ("changes:\n  - TGL-0\n", r"changes\[0\]: is no mapping of fields"),
        ("title: B\n" + ADDED, '"title" stands twice'),
        ("adds: &a [*a]\n", "anchor"),
    ],
)
def test_a_what_if_that_is_not_well_formed_is_refused(content: str, said: str) -> None:
    with pytest.raises(FactsError, match=said):
        read(content)


def test_a_title_and_a_sentence_are_needed() -> None:
    with pytest.raises(FactsError, match=r"if\.yaml:1:1: title: is missing\n.*says: is missing"):
        parse_what_if(ADDED, "if.yaml")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (ADDED.replace("WHAT-IF", "TGL-0"), "if0.yaml:4: id: adds TGL-0, which the lawbook has already"),
        (ADDED.replace("us_ear", "us_eer"), '"us_eer" is no regime of the lawbook; did you mean "us_ear"'),
        (ADDED + "    amends: [EL-2019-55]\n", 'amends: names EL-2019-55, .*did you mean "EL-2019-05"'),
        (
            ADDED + "    effect: {relieves: {ground: us_ear/744.11, entries: [EL-1], items: all}}\n",
            "effect: names EL-1, which is no measure",
        ),
        (
            ADDED.replace("legal_force: yes\n    in_force_from", "legal_force: no\n    announced")
            + "    effect: {relieves: {ground: us_ear/744.11, entries: [EL-2019-05], items: all}}\n",
            "has an effect, and no legal force to have one by",
        ),
        (ADDED.replace("in_force_from", "in_force_through"), "in_force_through: ends without a beginning"),
        (
            ADDED + "    in_force_through: 2019-06-30\n",
            "if0.yaml:11: in_force_through: 2019-06-30 is before in_force_from",
        ),
        ("ends:\n  - {id: EL-2019-06, on: 2019-07-01}\n", 'ends EL-2019-06, which is no measure .*"EL-2019-0'),
        ("ends:\n  - {id: OSAKA, on: 2019-07-01}\n", "ends OSAKA, which is never in force"),
        ("ends:\n  - {id: TGL-0, on: 2019-05-19}\n", "on: ends TGL-0 on 2019-05-19, before it begins on 2019-05-20"),
        ("ends:\n  - {id: TGL-0, on: 2019-08-18}\n", "it has ended by itself on 2019-08-18"),
        (
            "ends:\n  - {id: AFF-2025, on: 2025-12-01}\nchanges:\n  - {id: AFF-2025, count: 1}\n",
            "changes AFF-2025, which",
        ),
        ("changes:\n  - {id: TGL-9, count: 1}\n", "changes TGL-9, which is no measure of the lawbook"),
        ("changes:\n  - {id: TGL-0, in_force_through: 2019-05-01}\n", "2019-05-01 is before in_force_from 2019-05-20"),
        ("changes:\n  - {id: TGL-0, legal_force: no}\n", "stands in a record without legal force"),
        ("changes:\n  - {id: TGL-0, ended_by: TGL-9}\n", "ended_by: names TGL-9"),
    ],
)
def test_a_what_if_that_contradicts_the_book_is_refused(content: str, said: str) -> None:
    with pytest.raises(FactsError, match=said):
        under(content)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (ADDED, ADDED),
        ("ends:\n  - {id: TGL-0, on: 2019-07-01}\n", "ends:\n  - {id: TGL-0, on: 2019-07-02}\n"),
        ("ends:\n  - {id: TGL-0, on: 2019-07-01}\n", "changes:\n  - {id: TGL-0, count: 1}\n"),
        ("changes:\n  - {id: TGL-0, count: 2}\n", "changes:\n  - {id: TGL-0, count: 1}\n"),
    ],
)
def test_two_what_ifs_that_do_something_to_the_same_measure_are_refused(one: str, other: str) -> None:
    with pytest.raises(
        FactsError, match=r"if1\.yaml:\d+: id: .* which if0\.yaml, line \d+ already adds, ends or changes"
    ):
        under(one, other)


def test_all_contradictions_are_found_in_one_pass() -> None:
    with pytest.raises(FactsError) as refused:
        under("ends:\n  - {id: OSAKA, on: 2019-07-01}\n  - {id: NOPE, on: 2019-07-01}\n")
    assert len(refused.value.problems) == 2


WHOLE = (
    ADDED
    + """    effect: {relieves: {ground: us_ear/744.11, entries: [EL-2019-05], items: all}}
ends:
  - {id: TGL-0, on: 2019-07-01}
changes:
  - {id: TGL-1, in_force_through: none, ended_by: none}
"""
)
VALUES = [
    "none",
    "null",
    "[]",
    "{}",
    "2019-02-30",
    "2030-01-01",
    "TGL-0",
    "WHAT-IF",
    "no",
    "-1",
    "[a, [b]]",
    "&a x",
    "'",
    "",
]


@given(at=st.integers(0, len(WHOLE)), cut=st.integers(0, 40), put=st.sampled_from(VALUES) | st.text(max_size=8))
def test_whatever_is_written_it_is_read_or_refused_in_words(at: int, cut: int, put: str) -> None:
    try:
        book = under(WHOLE[:at] + put + WHOLE[at + cut :])
    except FactsError:
        return  # refused in words; any other exception fails the test
    assert book.supposed
    assert book.version != BOOK.version


def test_the_text_of_the_test_above_is_a_what_if() -> None:
    assert under(WHOLE).what_ifs == ("WHAT-IF",)
