"""The Denied Persons List: counts of the real issues, days that cannot be, names and orders."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from licet.lists import folder
from licet.lists.source import source
from licet.model.errors import SourceError
from real_lists import real

if TYPE_CHECKING:
    from licet.lists.entry import Entry, Parsed

ISSUES = {
    "bis/dpl_2019-06-29.txt": (date(2019, 6, 12), 546, 417),
    "bis/dpl_2022-09-07.txt": (date(2022, 9, 2), 581, 461),
    "bis/dpl_2023-11-30.txt": (date(2023, 11, 28), 665, 549),
}
HEAD = (
    '"Name"\t"Street_Address"\t"City"\t"State"\t"Country"\t"Postal_Code"\t"Effective_Date"\t"Expiration_Date"\t'
    '"Standard_Order"\t"Last_Update"\t"Action"\t"FR_Citation"\n'
)


def parsed(name: str) -> Parsed:
    return source("denied_persons_list").parse({"dpl.txt": real(name)})


def made(**cells: str) -> Parsed:
    """Parse one row of our own."""
    row = {
        "Name": "ALPHA LLC",
        "Street_Address": "1 EXAMPLE ROAD",
        "City": "RIVERTON",
        "State": "",
        "Country": "FR",
        "Postal_Code": "",
        "Effective_Date": "06/05/2019",
        "Expiration_Date": "12/02/2019",
        "Standard_Order": "Y",
        "Last_Update": "2019-06-12",
        "Action": "",
        "FR_Citation": "84 F.R. 27001 6/12/2019",
    } | cells
    text = HEAD + "\t".join(f'"{cell}"' for cell in row.values()) + "\n"
    return source("denied_persons_list").parse({"dpl.txt": text.encode()})


def only(found: Parsed) -> Entry:
    assert len(found.entries) == 1
    return found.entries[0]


@pytest.mark.parametrize("name", ISSUES)
def test_a_real_issue_has_its_rows_and_its_day(name: str) -> None:
    issued, rows, entries = ISSUES[name]
    found = parsed(name)
    assert (found.issued, found.counts["rows"], found.counts["entries"]) == (issued, rows, entries)
    assert source("denied_persons_list").out_of_bounds(found) == ()
    assert found.noises == ()
    assert len({entry.id for entry in found.entries}) == entries
    assert not [entry for entry in found.entries if "HUAWEI" in entry.names[0].text.upper()]


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("bis/dpl_2019-06-29.txt", {"3017-08-22"}),
        ("bis/dpl_2022-09-07.txt", {"3017-08-22", "0222-05-18", "2922-09-01"}),
        ("bis/dpl_2023-11-30.txt", {"1023-11-01", "3033-09-30"}),
    ],
)
def test_days_of_update_that_cannot_be_are_slips_and_no_day_of_issue(name: str, days: set[str]) -> None:
    slips = [slip for slip in parsed(name).slips if slip.startswith("Last_Update")]
    assert {slip.split("'")[1] for slip in slips} == days


def test_every_row_of_a_real_issue_has_an_order_and_nearly_all_a_citation() -> None:
    for name in ISSUES:
        entries = parsed(name).entries
        assert all(entry.listed for entry in entries)
        assert sum(not entry.cites for entry in entries) <= 1
        assert {entry.scope for entry in entries} == {"all", "text"}


def test_the_day_that_the_caller_gives_goes_before_and_may_not_be_older() -> None:
    files = folder.samples("denied_persons_list")
    parse = source("denied_persons_list").parse
    assert parse(files).issued == date(2019, 6, 12)
    assert parse(files, issued=date(2019, 6, 29)).issued == date(2019, 6, 29)
    with pytest.raises(SourceError, match="updated on 2019-06-12, after 2019-06-01"):
        parse(files, issued=date(2019, 6, 1))


def test_a_day_of_update_far_after_the_newest_order_is_a_slip() -> None:
    found = made(Last_Update="2029-06-12")
    assert found.issued is None
    assert found.slips == ("Last_Update 2029-06-12 lies more than a year after the newest order (ALPHA LLC)",)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("FIRST A/K/A SECOND", ["FIRST", "SECOND"]),
        ("FIRST D/B/A SECOND", ["FIRST", "SECOND"]),
        ("PEARL (A.K.A. SECOND NAME) LI", ["PEARL LI", "SECOND NAME"]),
        ('IHSAN MEDHAT "SAMMY" X', None),
        ("SOCCER ZONE (MNC GROUP, INC.)", ["SOCCER ZONE (MNC GROUP, INC.)"]),
    ],
)
def test_other_names_in_the_cell_of_the_name(cell: str, names: list[str] | None) -> None:
    found = only(made(Name=cell.replace('"', '""')))
    assert [name.text for name in found.names] == (names or [cell])
    assert [name.kind for name in found.names] == ["primary", "alias"][: len(found.names)]


@pytest.mark.parametrize(
    ("cells", "country", "noise"),
    [
        ({"Country": "PRC"}, "CN", False),
        ({"Country": "", "State": "TX", "Postal_Code": "75001"}, "US", False),
        ({"Country": "", "State": "NH", "Postal_Code": "3801"}, "US", False),
        ({"Country": "", "State": "TX", "Postal_Code": ""}, "", False),
        ({"Country": "", "State": "RS", "Postal_Code": "355000"}, "", False),
        ({"Country": "NM", "Postal_Code": "88021"}, "US", False),
        ({"Country": "ZZ"}, "", True),
    ],
)
def test_the_country_is_said_or_left_open(cells: dict[str, str], country: str, noise: bool) -> None:  # noqa: FBT001
    found = made(**cells)
    assert only(found).addresses[0].country == country
    assert bool(found.noises) is noise


@pytest.mark.parametrize(
    ("cell", "cites", "left"),
    [
        ("83F.R. 65340 12/20/2018", ["83 FR 65340"], 0),
        ("81.F.R. 22575 4/18/2016", ["81 FR 22575"], 0),
        ("82 F.R. 16788, 16789 4/6/2017", ["82 FR 16788"], 0),
        ("54 F.R. 9537 3/7/89 and 54 F.R. 13715 4/5/89", ["54 FR 9537", "54 FR 13715"], 0),
        ("80 F.R.44930 7/28/15, F.R. 30823 7/3/2017", ["80 FR 44930"], 1),
        ("67 F.R. 10890 3/11/02, NEW F.R. NOTICE TO BE PUBLISHED SOON", ["67 FR 10890"], 1),
        ("86 F.R. 66277 11/22/201", ["86 FR 66277"], 1),
        ("", [], 1),
    ],
)
def test_citations_in_many_spellings(cell: str, cites: list[str], left: int) -> None:
    found = made(FR_Citation=cell)
    assert [cite.text for cite in only(found).cites] == cites
    assert (len(found.slips), found.noises) == (left, ())


def test_terms_of_an_order() -> None:
    temporary = only(made())
    assert (temporary.listed, temporary.until, temporary.scope) == (date(2019, 6, 5), date(2019, 12, 2), "all")
    assert only(made(Expiration_Date="")).until is None
    assert only(made(Standard_Order="y")).scope == "all"
    assert only(made(Standard_Order="N")).scope == "text"
    unclear = made(Standard_Order="")
    assert only(unclear).scope == "text"
    assert unclear.slips == ("Standard_Order '' is neither Y nor N (ALPHA LLC)",)


def test_rows_of_one_order_are_one_entry_and_orders_of_one_name_are_two() -> None:
    entries = source("denied_persons_list").parse(folder.samples("denied_persons_list")).entries
    assert [(entry.id, len(entry.addresses)) for entry in entries] == [
        ("alpha-bravo-exports-llc", 2),
        ("charlie-2019-06-05", 1),
        ("charlie-2017-01-10", 1),
        ("delta-beispiel", 1),
    ]


@pytest.mark.parametrize("cut", [-1, -40, -400])
def test_an_issue_that_breaks_off_in_a_row_is_refused(cut: int) -> None:
    data = real("bis/dpl_2023-11-30.txt").rstrip()
    with pytest.raises(SourceError):
        source("denied_persons_list").parse({"dpl.txt": data[:cut]})


def test_half_an_issue_lies_outside_the_bounds() -> None:
    lines = real("bis/dpl_2023-11-30.txt").splitlines(keepends=True)
    half = source("denied_persons_list").parse({"dpl.txt": b"".join(lines[: len(lines) // 2])})
    assert [problem.allowed for problem in source("denied_persons_list").out_of_bounds(half)]
