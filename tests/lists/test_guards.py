"""What an issue must be before it may be taken in: each reason, and what a person may accept."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from licet.lists.entry import Address, Entry, Name, Parsed
from licet.lists.guards import FEW, MANY, guard
from licet.lists.source import source
from licet.model.errors import Problem
from real_lists import real, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable

TODAY = date(2026, 8, 1)


class Promise:
    """A source that promises at least three entries."""

    def __init__(self, *, whole: bool = True) -> None:
        self.feeds = "entity_list"
        self.whole = whole

    def out_of_bounds(self, parsed: Parsed) -> tuple[Problem, ...]:
        count = parsed.counts.get("entries", 0)
        return (Problem(f"{count} entries", "entity_list", allowed="3 to 9000"),) if count < 3 else ()


def entries(count: int, start: int = 0) -> tuple[Entry, ...]:
    return tuple(Entry(str(number), "entity", (Name(f"Company {number}"),)) for number in range(start, start + count))


def issue(
    found: Iterable[Entry], issued: date | None = date(2026, 7, 23), noises: tuple[str, ...] = (), **fields: str
) -> Parsed:
    listed = tuple(found)
    return Parsed(fields.get("list_", "entity_list"), issued, listed, {"entries": len(listed)}, noises)


def reasons(new: Parsed, previous: Parsed | None = None, *, accept: bool = False, whole: bool = True) -> list[str]:
    return list(map(str, guard(new, previous, Promise(whole=whole), accept=accept, today=TODAY)))


BEFORE = issue(entries(200), date(2026, 3, 25))


def test_a_good_issue_passes() -> None:
    assert reasons(issue(entries(205)), BEFORE) == []
    assert reasons(issue(entries(5))) == []
    assert reasons(issue(entries(5), TODAY)) == []


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        (issue(()), "there is no entry in it: a failed download"),
        (issue(entries(200), list_="sdn"), "this is the list sdn"),
        (issue(entries(200), date(2026, 8, 2)), "2026-08-02, a day to come; allowed: up to 2026-08-01"),
        (issue(entries(200), None), "do not say of which day they are"),
        (issue((*entries(200), *entries(1))), "2 entries have the id '0'"),
        (issue((*entries(200), Entry("x", "entity", ()))), "'x' has neither name nor address"),
    ],
)
def test_what_nobody_can_accept(new: Parsed, reason: str) -> None:
    for accept in (False, True):
        (said,) = reasons(new, BEFORE, accept=accept)
        assert reason in said


@pytest.mark.parametrize(
    ("new", "previous", "said"),
    [
        (
            issue(entries(2)),
            None,
            ["2 entries; allowed: 3 to 9000. The issue before stays in use. If it is right: the"],
        ),
        (
            issue(entries(200), noises=("unknown country 'Utopia'",)),
            BEFORE,
            ["1 things are not known here: unknown co"],
        ),
        (issue(entries(99)), BEFORE, ["99 entries and the issue before 200: less than half, as if cut off. Gone are"]),
        (issue(entries(188)), BEFORE, ["12 of 200 entries are gone (6.0%): Company 188; Company 189; Company 190"]),
        (issue(entries(200, 12)), BEFORE, ["12 of 200 entries are gone (6.0%): Company 0; Company 1; Company 2"]),
    ],
)
def test_what_a_person_can_accept(new: Parsed, previous: Parsed | None, said: list[str]) -> None:
    found = reasons(new, previous)
    assert len(found) == len(said)
    assert all(part in reason for part, reason in zip(said, found, strict=True)), found
    assert reasons(new, previous, accept=True) == []


def test_all_reasons_are_given_at_once() -> None:
    found = reasons(issue(entries(2), noises=("one", "two")), BEFORE)
    assert [any(mark in reason for reason in found) for mark in ("2 entries;", "2 things", "less than half")] == [
        True
    ] * 3


def test_a_long_list_of_who_is_gone_is_cut() -> None:
    (said,) = reasons(issue(entries(150)), BEFORE)
    assert said.count("Company") == 20
    assert "and 30 more" in said


def test_half_and_more_is_no_half() -> None:
    (said,) = reasons(issue(entries(100)), BEFORE)
    assert "100 of 200 entries are gone" in said


def test_some_may_go_without_a_question() -> None:
    assert reasons(issue(entries(190)), BEFORE) == [], f"{MANY} of them"
    short = issue(entries(20), date(2026, 3, 25))
    assert reasons(issue(entries(20 - FEW)), short) == []
    assert len(reasons(issue(entries(19 - FEW)), short)) == 1


def test_a_respelling_and_a_move_are_no_removal() -> None:
    made = [Entry(f"company-{number}", "entity", (Name(f"Company {number}"),)) for number in range(40)]
    renumbered = [one._replace(id=f"cn-{one.id}", names=(Name(one.names[0].text.upper()),)) for one in made]
    assert reasons(issue(renumbered), issue(made, date(2026, 3, 25))) == []
    wide = made[0]._replace(names=(*made[0].names, *(Name(one.names[0].text, "alias") for one in made[30:])))
    assert reasons(issue([wide, *made[1:30]]), issue(made, date(2026, 3, 25))) == []


def test_an_older_issue_goes_to_its_own_place() -> None:
    assert reasons(issue(entries(60), date(2020, 1, 1)), BEFORE) == []


def test_a_source_that_only_adds_removes_nobody() -> None:
    assert reasons(issue(entries(5)), BEFORE, whole=False) == []


def test_an_address_alone_is_enough() -> None:
    place = Entry("p", "address", (), addresses=(Address("1 Harbour Road"),))
    assert reasons(issue((*entries(5), place))) == []


# Real files


def test_the_real_issues_of_half_a_year_pass_one_after_the_other() -> None:
    days = ("2021-08-24", "2022-02-28", "2022-08-19", "2023-02-28", "2023-08-31", "2024-02-28", "2024-05-03")
    previous = None
    for day in days:
        files = {"sdn.csv": unpacked(f"ofac/history/sdn_{day}.csv.gz")}
        new = source("sdn").parse(files, issued=date.fromisoformat(day))._replace(noises=())
        assert guard(new, previous, source("sdn"), accept=False, today=TODAY) == [], day
        previous = new


def test_a_real_list_cut_in_half_is_refused() -> None:
    whole = source("un").parse({"un.xml": real("intl/UN_consolidated_2026-02-27.xml")})
    half = whole._replace(entries=whole.entries[:400], issued=date(2026, 3, 1))
    found = list(map(str, guard(half, whole, source("un"), accept=False, today=TODAY)))
    assert len(found) == 1
    assert "it has 400 entries and the issue before 1,003: less than half" in found[0]
    assert guard(whole, half._replace(issued=date(2026, 2, 1)), source("un"), accept=False, today=TODAY) == []
