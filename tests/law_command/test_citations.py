"""`licet law check --sources DIR`: citations against the official texts in a folder; what is not there is counted."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from licet.cases.read import read_cases
from licet.cli import main
from licet.cli.law.cited import cited, table
from licet.cli.law.texts import texts_in
from licet.consistency import check_cases
from licet.formats.designators import MARK_END, MARK_START, paths_of
from licet.formats.regulations import CODE_ROOTS, DOCUMENT_ROOTS, Document, day_of, document_of, parts_of, printed_pages
from licet.law.book import load
from licet.law.citations import Cited, Issue, KnownNote, check_notes, check_places, named, parse
from licet.law.pages import Register, Row, check_pages, in_order
from licet.lists.reading import document
from licet.model.errors import FactsError, LawbookError, SourceError
from licet.sources import open_sources
from licet.state import State

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree import ElementTree as ET

    from licet.law.citations import Compared
    from licet.model.measure import Measure

    Licet = Callable[..., str]
    Record = dict[str, Any]

BOOK = load()
DATA = Path(__file__).parents[3] / "shared" / "data"
CODE = DATA / "ecfr" / "title-15_part-744_2026-07-23.xml"
PART = """<DIV5 N="799" TYPE="PART" hierarchy_metadata='{"path":"/on/_SUBSTITUTE_DATE_/title-15/part-799"}'>
<DIV8 N="799.1" TYPE="SECTION"><HEAD>&#xA7; 799.1 Widgets.</HEAD>
<P>(a)(1) <I>Heading.</I> No widget leaves without a license.</P>
<P>(2) <I>Scope</I>&#x2014;(i) Of &#x201C;green&#x201D; widgets: (A) old ones; and (B) new ones.</P>
<P>(ii) Of red widgets.</P>
<P>(b)-(d) [Reserved]</P>
<P>(e) Under review.</P>
<CITA TYPE="N">[84 FR 22963, May 21, 2019, as amended at 86 FR 4864, Jan. 15, 2021]</CITA>
</DIV8>
<DIV8 N="799.2-799.4" TYPE="SECTION"><HEAD>&#xA7;&#xA7; 799.2-799.4 [Reserved]</HEAD></DIV8>
<DIV9 N="Supplement No. 2 to Part 799" TYPE="APPENDIX"><HEAD>Supplement No. 2 to Part 799&#x2014;List</HEAD>
<P>(a) <I>General Order No. 4.</I></P>
<DIV><TABLE><TR><TD>CHINA</TD><TD>Acme, 88 FR 12172, 2/27/23.</TD></TR>
<TR><TD><sup>1</sup> For this entity</TD></TR></TABLE></DIV>
</DIV9></DIV5>"""
NOTE = """<EFFDNOT><HED>Effective Date Note:</HED><PSPACE>At 90 FR 50857, Nov. 12, 2025, in &#xA7; 799.1, paragraph (e)
was stayed, effective until Nov. 9, 2026.</PSPACE></EFFDNOT>"""
RULE = """<RULE><PREAMB><EFFDATE><P>This rule is effective February 24, 2023.</P></EFFDATE></PREAMB>
<SUPLINF><PRTPAGE P="12171"/><PRTPAGE P="12172"/></SUPLINF>
<FRDOC>[FR Doc. 2023-03929 Filed 2-24-23; 8:45 am]</FRDOC></RULE>"""
INDEX = "document_number,publication_date,title,abstract,url\n2023-03929,2023-02-27,Additions,,\n"
DOCUMENT = Document("2023-03929", 88, 12170, 12172, "rule.xml", "February 24, 2023")


def read_xml(text: str) -> ET.Element:
    return document(text.encode(), "test.xml", CODE_ROOTS | DOCUMENT_ROOTS)


def issue(text: str = PART, day: str = "2026-07-23") -> Issue:
    (part,) = parts_of(read_xml(text), "part.xml")
    return Issue(part, day)


def places(
    *texts: str, issues: tuple[Issue, ...] = (), since: str = "", anchors: dict[str, str] | None = None
) -> Compared:
    cites = [Cited(text, "us_ear/test", since) for text in texts]
    return check_places(cites, issues or (issue(),), {"799.1": "without a license"} | (anchors or {}))


def said(compared: Compared) -> list[str]:
    return [str(problem) for problem in compared.problems]


# What a citation points to


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15 CFR 744.11", ["744.11"]),
        ("15 CFR 744.11(a)(2)(v)(A)", ["744.11(a)(2)(v)(A)"]),
        ("15 CFR 736.2(b)(3)(i)-(ii)", ["736.2(b)(3)(i)", "736.2(b)(3)(ii)"]),
        ("15 CFR 740.2(a)(13), (18)", ["740.2(a)(13)", "740.2(a)(18)"]),
        ("15 CFR 742.6(a)(6)(iii)(A), (a)(13)", ["742.6(a)(6)(iii)(A)", "742.6(a)(13)"]),
        ("15 CFR 734.9(e), (g)", ["734.9(e)", "734.9(g)"]),
        ("15 CFR 742.8(a)(1), 742.19(a)(1)", ["742.8(a)(1)", "742.19(a)(1)"]),
        ("15 CFR 742.19 and 746.4", ["742.19", "746.4"]),
        ("15 CFR 742.1(b)(1), part 754", ["742.1(b)(1)", "part 754"]),
        ("22 CFR parts 120 to 122", ["part 120", "part 121", "part 122"]),
        ("15 CFR 772.1 (knowledge)", ["772.1"]),
        ("Supp. 4 to part 744", ["Supp. 4 to part 744"]),
        ("Supp. 3 to part 732(a)(3)", ["Supp. 3 to part 732(a)(3)"]),
        ("Supp. 1 to part 736 (d)", ["Supp. 1 to part 736(d)"]),
        ("Supp. 1 to part 736, General Order 7", ["Supp. 1 to part 736, General Order No. 7"]),
        ("Supp. 4 footnote 1", ["Supp. 4 to part 744, footnote 1"]),
        ("Supp. 1 to part 740 (2026-09-01)", ["Supp. 1 to part 740"]),
    ],
)
def test_where_a_citation_points(text: str, expected: list[str]) -> None:
    parsed = parse(text)
    assert parsed is not None
    assert [named(target) for target in parsed.targets] == expected
    assert not parsed.past


@pytest.mark.parametrize(
    "text",
    [
        "15 CFR 744.12 (2018)",
        "15 CFR 744.21 (2018)(a)(1)",
        "15 CFR 746.5 (2018 to 2024)",
        "15 CFR 736.2(b)(3) before 2022-02-03",
        "Supp. 2 to part 744 (79 FR 66288)",
    ],
)
def test_a_citation_of_the_text_of_another_day(text: str) -> None:
    parsed = parse(text)
    assert parsed is not None
    assert parsed.past
    assert parsed.targets


@pytest.mark.parametrize(
    "text", ["press, 2019-11-20", "Pub. L. 116-92 s. 1260I", "15 CFR ", "15 CFR 744.", "Supp. 2(b)"]
)
def test_other_forms_are_not_guessed(text: str) -> None:
    assert parse(text) is None


def test_pages_and_numbers_of_the_register() -> None:
    assert parse("84 FR 22963") == ((), ((84, 22963),), (), False)
    assert parse("84 FR 23468 (c)(1)") == ((), ((84, 23468),), (), False)
    assert parse("FR Doc. 2019-15700") == ((), (), ("2019-15700",), False)


def test_every_citation_of_the_cfr_in_the_lawbook_is_read() -> None:
    texts = {one.text for one in cited(BOOK) if " CFR " in one.text or one.text.startswith("Supp. ")}
    unread = sorted(text for text in texts if parse(text) is None)
    assert unread == ["BIS authorization under 15 CFR 764.3(a)(2)"]
    assert len(texts) > 300


# Which paragraph a block of text begins


def begins(*blocks: str) -> list[str]:
    marked = (block.replace("<", MARK_START).replace(">", MARK_END) for block in blocks)
    return [" ".join("".join(f"({each})" for each in path) for path in paths) for paths in paths_of(list(marked))]


def test_paragraphs_under_paragraphs() -> None:
    found = begins(
        "(a) <General.> Text", "(1) One", "(i) Deep", "(ii) Deep", "(A) Deeper", "(<1>) Deepest", "(2) Two", "(b)"
    )
    assert found == ["(a)", "(a)(1)", "(a)(1)(i)", "(a)(1)(ii)", "(a)(1)(ii)(A)", "(a)(1)(ii)(A)(1)", "(a)(2)", "(b)"]


def test_several_begin_in_one_block() -> None:
    assert begins("(a)(1) <Introduction.> Text") == ["(a) (a)(1)"]
    assert begins("(a) <Scope.> (1) Text", "(2) More") == ["(a) (a)(1)", "(a)(2)"]
    assert begins("(a) <Scope>\u2014(1) <Items>\u2014(i) Text", "(ii)") == ["(a) (a)(1) (a)(1)(i)", "(a)(1)(ii)"]


def test_the_letter_and_the_roman_number() -> None:
    letters = [f"({letter})" for letter in "abcdefgh"]
    assert begins(*letters, "(i) letter", "(j)")[-2:] == ["(i)", "(j)"]
    assert begins(*letters, "(1)", "(i) roman", "(ii)", "(i) letter", "(j)")[8:] == [
        "(h)(1)",
        "(h)(1)(i)",
        "(h)(1)(ii)",
        "(i)",
        "(j)",
    ]


def test_the_deepest_levels_and_the_way_back() -> None:
    found = begins(
        *(
            "(a)",
            "(5)",
            "(6) <RS>\u2014(i) <D:5>\u2014(A) <Items (some)>\u2014(<1>) <Scope.> A",
            "(<2>) <Not>",
            "(<i>) D",
        ),
        *(
            "(<ii>) E",
            "(B) <Memory.> A",
            "(ii)",
            "(iii)(A) <All.>",
            "(B)",
            "(iv)",
            "(7)",
            "(b) <Policy>\u2014(1) <One.> (i)",
        ),
    )
    assert found[2:] == [
        *("(a)(6) (a)(6)(i) (a)(6)(i)(A) (a)(6)(i)(A)(1)", "(a)(6)(i)(A)(2)", "(a)(6)(i)(A)(2)(i)"),
        *("(a)(6)(i)(A)(2)(ii)", "(a)(6)(i)(B)", "(a)(6)(ii)", "(a)(6)(iii) (a)(6)(iii)(A)", "(a)(6)(iii)(B)"),
        *("(a)(6)(iv)", "(a)(7)", "(b) (b)(1) (b)(1)(i)"),
    ]
    letters = [f"({letter})" for letter in "abcdefg"]
    found = begins(
        *letters, "(h)", "(1)", "(i)", "(ii)", "(2)", "(i)", "(ii)", "(i)", "(1)", "(i)", "(ii)", "(2)", "(j)"
    )
    assert found[12:] == ["(h)(2)(i)", "(h)(2)(ii)", "(i)", "(i)(1)", "(i)(1)(i)", "(i)(1)(ii)", "(i)(2)", "(j)"]


def test_what_is_reserved_counts() -> None:
    assert begins("(a)", "(b)-(d) [Reserved]", "(e)") == ["(a)", "(b) (c) (d)", "(e)"]
    assert begins("(a)", "(1)", "(2) through (4) [Reserved]", "(5)")[2:] == ["(a)(2) (a)(3) (a)(4)", "(a)(5)"]


# Places


def test_places_that_are_there() -> None:
    done = places(
        *("15 CFR 799.1", "15 CFR 799.1(a)(1)", "15 CFR 799.1(a)(2)(i)", "15 CFR 799.1(e)", "15 CFR part 799"),
        *("Supp. 2 to part 799", "Supp. 2 to part 799, General Order 4"),
    )
    assert not said(done)
    assert done.counts == Counter({"cited places found": 7, "anchor phrases found": 1})
    assert done.absent == {"anchor phrases for sections of 15 CFR part 799": {"Supp. 2 to part 799"}}


def test_paragraphs_inside_the_running_text() -> None:
    assert not said(places("15 CFR 799.1(a)(2)(i)(B)"))
    assert said(places("15 CFR 799.1(a)(2)(i)(C)")) == [
        "us_ear/test: 15 CFR 799.1(a)(2)(i)(C): 799.1 has no paragraph (a)(2)(i)(C) in part.xml"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15 CFR 799.9", "there is no 799.9"),
        ("15 CFR 799.3", "799.3 is reserved"),
        ("15 CFR 799.1(a)(3)", "799.1 has no paragraph (a)(3)"),
        ("15 CFR 799.1(c)", "799.1 has no paragraph (c)"),
        ("15 CFR 799.1(a)(1)(i)", "799.1 has no paragraph (a)(1)(i)"),
        ("Supp. 3 to part 799", "there is no Supp. 3 to part 799"),
        ("Supp. 2 to part 799, General Order 5", 'Supp. 2 to part 799 does not name "General Order No. 5"'),
    ],
)
def test_places_that_are_not(text: str, expected: str) -> None:
    assert said(places(text)) == [f"us_ear/test: {text}: {expected} in part.xml"]


def test_what_is_not_there_to_compare_with_is_counted() -> None:
    done = places("15 CFR 744.11(a)", "47 CFR 799.1", "press, 2019", "15 CFR 799.9 (2018)")
    assert not said(done)
    assert not done.counts["cited places found"]
    assert done.absent == {
        "15 CFR part 744": {"744.11(a)"},
        "47 CFR part 799": {"799.1"},
        "statutes, orders, statements and other forms": {"press, 2019"},
        "texts of an earlier day, as the citations say": {"15 CFR 799.9 (2018)"},
    }


def test_a_measure_younger_than_the_text() -> None:
    assert said(places("15 CFR 799.9", since="2026-07-23"))
    done = places("15 CFR 799.9", since="2026-07-24")
    assert not said(done)
    assert done.absent == {"texts younger than 2026-07-23 of part 799": {"799.9"}}


def test_what_only_earlier_texts_have() -> None:
    cites = [Cited(text, "us_ear/test") for text in ("15 CFR 799.3(a)", "15 CFR 799.1(a)(9)(i)", "15 CFR 799.1(e)")]
    done = check_places(cites, (issue(),), {"799.1": "widget"}, {"799.3", "799.1(a)(9)", "799.1(e)"})
    assert not said(done)
    assert done.absent == {"paragraphs of part 799 that only earlier texts have": {"799.3(a)", "799.1(a)(9)(i)"}}
    assert done.counts["cited places found"] == 1, "what the text still has is compared"


def test_sections_alone_are_no_whole_part() -> None:
    alone = '<DIV8 N="799.1" TYPE="SECTION"><HEAD>Widgets.</HEAD><P>(a) None without a license.</P></DIV8>'
    (part,) = parts_of(read_xml(alone), "alone.xml", 15)
    done = places("15 CFR 799.1(a)", "15 CFR 799.9", "15 CFR 799.1(b)", issues=(Issue(part, ""),))
    assert said(done) == ["us_ear/test: 15 CFR 799.1(b): 799.1 has no paragraph (b) in alone.xml"]
    assert done.absent == {"sections of 15 CFR part 799": {"799.9"}}
    assert not parts_of(read_xml(alone), "alone.xml"), "without a title nobody knows which 799.1 it is"


def test_anchor_phrases() -> None:
    good = {"799.1(a)(2)(i)": 'Of "GREEN" widgets', "799.1(a)": "red widgets", "Supp. 2 to part 799": "never looked at"}
    assert not said(places("15 CFR 799.1", anchors=good))
    assert said(places("15 CFR 799.1", anchors={"799.1(a)(1)": "red widgets"})) == [
        '799.1(a)(1): "red widgets" does not stand there in part.xml'
    ]
    long = " ".join(["no"] * 13)
    assert "anchors: 799.1(e): has more than 12 words" in said(places("15 CFR 799.1", anchors={"799.1(e)": long}))


# Effective Date Notes

KNOWN = KnownNote("799.1", "AFF-STAY", "90 FR 50857", "2025-11-12", "2026-11-09")


def noted(note: str = NOTE, *known: KnownNote, text: str = PART, pages: tuple[str, ...] = ()) -> list[str]:
    text = text.replace("</DIV8>", f"{note}</DIV8>", 1)
    return said(check_notes((issue(text),), known or (KNOWN,), pages))


def test_a_note_that_the_book_knows() -> None:
    assert not noted()


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        (
            NOTE.replace("50857", "50858"),
            "has an Effective Date Note of 90 FR 50858, Nov. 12, 2025, which the book does not",
        ),
        (
            NOTE.replace("Nov. 12", "Nov. 13"),
            "says 90 FR 50857 of 2025-11-13, until 2026-11-09; AFF-STAY says 2025-11-12",
        ),
        (NOTE.replace("Nov. 9, 2026", "Nov. 9, 2027"), "until 2027-11-09; AFF-STAY says 2025-11-12, until 2026-11-09"),
        ("<EFFDNOT><P>Stayed for a while.</P></EFFDNOT>", "names no page of the Register: Stayed for a while."),
        (NOTE * 2 + NOTE.replace("90 FR 50857", "91 FR 1"), "has an Effective Date Note of 91 FR 1, Nov. 12, 2025"),
        ("", "has no Effective Date Note of 90 FR 50857, which the book knows"),
    ],
)
def test_notes_that_it_does_not_know(note: str, expected: str) -> None:
    assert any(expected in problem for problem in noted(note))


def test_a_known_note_at_another_place() -> None:
    other = KNOWN._replace(place="Supp. 2 to part 799")
    assert len(noted(NOTE, other)) == 2


def test_a_note_in_a_part_without_known_notes_is_known_by_its_page() -> None:
    other = KNOWN._replace(place="798.1")
    assert not noted(NOTE, other)
    assert noted(NOTE.replace("50857", "50858"), other)
    assert noted(NOTE.replace("Nov. 9, 2026", "Nov. 9, 2027"), other)


@pytest.mark.parametrize(
    ("day", "missed"), [("2025-11-11", 0), ("2025-11-12", 1), ("2026-11-09", 1), ("2026-11-10", 0)]
)
def test_a_note_is_missed_only_while_its_measure_works(day: str, missed: int) -> None:
    assert len(check_notes((issue(day=day),), (KNOWN,), ()).problems) == missed


def test_two_notes_in_one() -> None:
    two = NOTE.replace("</PSPACE>", " At 91 FR 7, Jan. 5, 2026, it was stayed, effective until Feb. 1, 2027.</PSPACE>")
    second = KNOWN._replace(cite="91 FR 7", published="2026-01-05", until="2027-02-01")
    assert not noted(two, KNOWN, second)
    assert len(noted(two)) == 1


def test_an_amendment_that_is_announced() -> None:
    coming = "<XREF><P>Link to an amendment published at 91 FR 43034, July 13, 2026.</P></XREF>"
    text = PART.replace("<CITA", f"{coming}<CITA", 1)
    assert not noted(text=text, pages=("91 FR 43034",))
    (problem,) = noted(text=text)
    assert problem == ("part.xml: 799.1: announces an amendment at 91 FR 43034, July 13, 2026, which no measure cites")


def test_the_notes_that_the_book_knows_are_those_of_its_measures() -> None:
    anchors, notes, _ = table(BOOK)
    assert {note.measure for note in notes} == {"AFF-STAY"}
    assert sum("744" in note.place for note in notes) == 7
    assert {(note.cite, note.published, note.until) for note in notes} == {("90 FR 50857", "2025-11-12", "2026-11-09")}
    assert max(len(phrase.split()) for phrase in anchors.values()) <= 12
    assert all(parse(f"15 CFR {place}" if place[0].isdigit() else place) for place in anchors)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("notes: [{place: '744.8', measure: AFF-STAYED}]\ngone: {}", "AFF-STAYED is no measure that was published"),
        ("notes: []\ngone: {'744.8': 1 FR 1}", "744.8 went by 1 FR 1, which no measure cites"),
    ],
)
def test_a_table_that_the_book_does_not_bear_out(tmp_path: Path, rows: str, expected: str) -> None:
    file = tmp_path / "anchors.yaml"
    file.write_text(f"anchors: {{}}\n{rows}\n", encoding="utf-8")
    with pytest.raises(LawbookError, match=expected):
        table(BOOK, file)


# Pages of the Federal Register


def measure(*cites: str, published: date | None = date(2023, 2, 27)) -> Measure:
    return replace(BOOK["EL-2019-05"], id="M", cites=cites, published=published)


def pages(
    *measures: Measure, rows: tuple[Row, ...] = (), printed: dict[tuple[int, int], set[str]] | None = None
) -> Compared:
    register = Register((DOCUMENT,), {"2023-03929": "2023-02-27"}, printed or {})
    cites = [Cited(cite, one.id) for one in measures for cite in one.cites]
    return check_pages(cites, measures, rows, register)


def test_pages_inside_their_document() -> None:
    done = pages(measure("88 FR 12170", "88 FR 12172", "FR Doc. 2023-03929", "87 FR 1"))
    assert not said(done)
    assert done.counts["Register pages found in their documents"] == 2
    assert done.counts["documents found in the index"] == 1
    assert done.absent == {"documents of the Federal Register": {"87 FR 1"}}


def test_pages_outside_their_document() -> None:
    outside = "lies outside FR Doc. 2023-03929, which has the pages 12170 to 12172 of volume 88"
    assert said(pages(measure("88 FR 12170", "88 FR 12173"))) == [f"M: 88 FR 12173: {outside}"]
    assert said(pages(measure("88 FR 12169", "FR Doc. 2023-03929"))) == [f"M: 88 FR 12169: {outside}"]


def test_a_document_published_on_another_day() -> None:
    wrong = measure("88 FR 12170", "FR Doc. 2023-03929", published=date(2023, 2, 28))
    says = "was published on 2023-02-28, and the index has it on 2023-02-27"
    assert said(pages(wrong)) == [f"M: 88 FR 12170: {says}", f"M: FR Doc. 2023-03929: {says}"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2023, 3, 1), ""),
        (
            date(2023, 2, 27),
            "M: 88 FR 13000: was published on 2023-02-27, and the code prints 88 FR 12900 with 2023-02-28",
        ),
        (
            date(2023, 3, 7),
            "M: 88 FR 13000: was published on 2023-03-07, and the code prints 88 FR 13200 with 2023-03-06",
        ),
    ],
)
def test_a_day_that_the_pages_before_and_behind_rule_out(day: date, expected: str) -> None:
    printed = {(88, 12900): {"2023-02-28"}, (88, 13200): {"2023-03-06"}, (87, 20000): {"2022-05-01"}}
    done = pages(measure("88 FR 13000", published=day), printed=printed)
    assert said(done) == ([expected] if expected else [])


def test_a_page_that_the_code_prints_with_its_day() -> None:
    printed = {(88, 13000): {"2023-03-01", "2023-03-02"}}
    done = pages(measure("88 FR 13000", published=date(2023, 3, 2)), printed=printed)
    assert not said(done)
    assert done.counts["Register pages found in what the code prints"] == 1
    assert said(pages(measure("88 FR 13000", published=date(2023, 3, 3)), printed=printed))


def test_slips_of_the_text_that_prints_pages_are_left_out() -> None:
    days = {(61, 10): {"1996-01-02"}, (61, 50): {"1996-05-01", "1996-05-02"}, (61, 60): {"1996-05-01"}}
    slip = {(61, 112756): {"1996-03-25"}, (62, 1): {"1997-01-02"}}
    assert in_order({**days, **slip}) == {**days, (62, 1): {"1997-01-02"}}
    assert in_order({}) == {}


def test_the_table_of_rules() -> None:
    good = Row(88, 12170, 12172, "2023-02-24")
    assert not said(pages(rows=(good, Row(88, 11000, 11010, "2023-02-01"))))
    (problem,) = said(pages(rows=(good._replace(last=12173),)))
    assert problem.startswith("88 FR 12170: to 12173 in the table of rules; FR Doc. 2023-03929 says otherwise")
    (problem,) = said(pages(rows=(good._replace(day="2023-02-27"),)))
    assert problem.endswith("works from 2023-02-27 in the table of rules; FR Doc. 2023-03929 says 2023-02-24")
    printed = {(88, 12170): {"2023-02-27"}, (88, 12172): {"2023-02-28"}}
    (problem,) = said(pages(rows=(good,), printed=printed))
    assert "is one rule of the table; the code prints its pages with 2023-02-27, 2023-02-28" in problem


def test_what_is_read_of_a_document() -> None:
    assert document_of(read_xml(RULE), "rule.xml") == DOCUMENT
    assert document_of(read_xml(RULE.replace("PRTPAGE", "P")), "rule.xml") is None


def test_the_pages_that_a_part_prints() -> None:
    assert printed_pages(issue().part) == {
        (84, 22963): {"2019-05-21"},
        (86, 4864): {"2021-01-15"},
        (88, 12172): {"2023-02-27"},
    }
    assert day_of("Sept. 20, 2016") == "2016-09-20"
    assert not day_of("someday")


# The command


def folder(tmp_path: Path, **files: str) -> str:
    for name, text in files.items():
        (tmp_path / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return str(tmp_path)


def test_what_a_folder_holds(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "title-15_part-799_2026-03-25.xml").write_text(PART, encoding="utf-8")
    newer = PART.replace("799.1 Widgets", "799.1 New widgets")
    (tmp_path / "title-15_part-799_2026-07-23.xml").write_text(newer, encoding="utf-8")
    read = texts_in(
        folder(tmp_path, rule__xml=RULE, index__csv=INDEX, other__xml="<sdnList/>", other__csv="a,b\n1,2\n")
    )
    (one,) = read.issues
    assert (one.day, one.part.part, one.part.texts["799.1"].heading) == ("2026-07-23", 799, "§ 799.1 New widgets.")
    assert read.register.documents == (DOCUMENT,)
    assert read.register.published == {"2023-03929": "2023-02-27"}
    assert read.unread == ("title-15_part-799_2026-03-25.xml: title-15_part-799_2026-07-23.xml is newer",)


def test_folders_that_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FactsError, match="is no folder"):
        texts_in(str(tmp_path / "nowhere"))
    with pytest.raises(FactsError, match="holds no part of the CFR"):
        texts_in(folder(tmp_path, notes__txt="none"))
    with pytest.raises(SourceError, match="cut off or damaged"):
        texts_in(folder(tmp_path, part__xml=PART[:500]))
    with pytest.raises(SourceError, match="DOCTYPE"):
        texts_in(folder(tmp_path, part__xml=f"<!DOCTYPE x>{PART}"))


@pytest.fixture
def check(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], Record]:
    """Run the check on a folder of texts without cases, and return what it says as JSON."""
    monkeypatch.chdir(tmp_path)

    def run(texts: str) -> Record:
        with pytest.raises(SystemExit) as left:
            main(("law", "check", "--sources", texts, "--format", "json"))
        record: Record = json.loads(capsys.readouterr().out)
        assert left.value.code == int(bool(record["found"]))
        return record

    return run


def test_the_command_counts_what_is_absent(check: Callable[[str], Record], tmp_path: Path, licet: Licet) -> None:
    record = check(folder(tmp_path, part__xml=PART))
    assert record["counts"]["parts of the CFR"] == 1
    assert "744.11(a)" in record["not_compared"]["15 CFR part 744"]
    assert "84 FR 22961" in record["not_compared"]["documents of the Federal Register"]
    assert not any("part.xml" in problem for problem in record["found"])
    text = " ".join(licet("law", "check", "--sources", str(tmp_path), code=int(bool(record["found"]))).split())
    total = sum(map(len, record["not_compared"].values()))
    assert f"not compared: {total} places that are cited, the texts of which are not there" in text
    assert f"15 CFR part 744 ({len(record['not_compared']['15 CFR part 744'])})" in text


def test_a_finding_is_a_finding(check: Callable[[str], Record], tmp_path: Path) -> None:
    text = PART.replace("799", "744").replace("</DIV8>", f"{NOTE}</DIV8>", 1)
    found = check(folder(tmp_path, **{"title-15_part-744_2026-07-23__xml": text}))["found"]
    assert any("there is no 744.11 in title-15_part-744_2026-07-23.xml" in problem for problem in found)
    assert any("744.1: has an Effective Date Note of 90 FR 50857" in problem for problem in found)


def test_without_texts_nothing_is_compared(licet: Licet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "is no folder" in licet("law", "check", "--sources", "nowhere", code=2)


# The real texts


@pytest.fixture(scope="module")
def code() -> str:
    if not CODE.is_file():
        pytest.skip(f"the text of part 744 is not beside the repository: {CODE}")
    return CODE.read_text("utf-8")


def changed(check: Callable[[str], Record], tmp_path: Path, text: str) -> list[str]:
    """Return what is found in a changed copy of part 744."""
    found: list[str] = check(folder(tmp_path, **{CODE.name.replace(".", "__"): text}))["found"]
    return [problem for problem in found if CODE.name in problem]


def test_all_of_part_744_is_found(check: Callable[[str], Record], code: str) -> None:
    assert code
    record = check(str(DATA))
    assert not [problem for problem in record["found"] if "2026-07-23" in problem or " FR " in problem]
    counts = record["counts"]
    assert counts["Effective Date Notes"] == 7
    assert counts["cited places found"] >= 97
    assert counts["anchor phrases found"] == sum("744" in place for place in table(BOOK).anchors)
    assert counts["Register pages found in their documents"] >= 2
    assert counts["days of publication compared"] >= 99
    assert not [what for what in record["not_compared"] if "anchor" in what or "part 744" in what]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('<DIV8 N="744.17"', '<DIV8 N="744.97"', "744.17 in"),
        ("<P>(f) <I>Addresses that present", "<P>(g) <I>Addresses that present", "744.16 has no paragraph (f)"),
        ("must obtain a UVL statement", "need a UVL statement", '"must obtain a UVL statement" does not stand there'),
        ("<P>(iv) <I>Footnote 4 entities.", "<P>(iv) <I>Footnote 7 entities.", '"Footnote 4 entities" does not stand'),
        (
            "At 90 FR 50857, Nov. 12, 2025, in &#xA7; 744.8",
            "At 91 FR 50, Jan. 2, 2026, in",
            "of 91 FR 50, Jan. 2, 2026",
        ),
        ("until Nov. 9, 2026", "until Nov. 9, 2027", "until 2027-11-09; AFF-STAY"),
        ("<sup>2</sup>", "<sup>9</sup>", 'does not name "footnote 2"'),
    ],
)
def test_what_is_changed_is_found(
    check: Callable[[str], Record], tmp_path: Path, code: str, old: str, new: str, expected: str
) -> None:
    assert old in code
    found = changed(check, tmp_path, code.replace(old, new))
    assert any(expected in problem for problem in found), found


def test_who_cites_what_is_named() -> None:
    found = {(one.text, one.by) for one in cited(BOOK, ["15 CFR 799.1", "84 FR 22961"])}
    assert ("15 CFR 744.11(a)(1)", "AFF-2025") in found
    assert ("Supp. 4 to part 744", "us_ear/744.16(f)") in found
    assert any(text == "84 FR 22961" and by.startswith("law/us_ear/part_744.py:") for text, by in found)
    assert ("15 CFR 799.1", "a case") in found
    assert ("84 FR 22961", "a case") not in found


def test_what_is_put_together_only_in_a_case_is_heard() -> None:
    case = """\
- id: CHIPS
  as_of: 2025-03-01
  on_ground: us_ear/744.11
  act:
    kind: export
    activity: export
    to: CN
    parties: [{role: end_user, name: "Huawei Technologies Co., Ltd.", country: CN}]
    items: [{name: filter, kind: commodity, eccn: EAR99, us_origin: yes}]
  expect: {outcome: LICENSE_REQUIRED}
  source: {kind: federal_register, cites: ["84 FR 22961"], checked: seen}
"""
    heard = check_cases(read_cases(case, "cases.yaml"), open_sources(State(None))).heard
    assert {"15 CFR 744.11(a)", "15 CFR 734.13(a)(1)"} <= heard
