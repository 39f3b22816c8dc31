"""What happens to measures in a window: each change once, with its day, its kind and how sure it is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from licet.law.status import changes, status
from licet.model.errors import FactsError
from licet.model.measure import Status
from licet.watching.measures import (
    ANNOUNCED,
    BACK,
    COMPLY,
    ENDED,
    OFF,
    PROPOSED,
    REACHES_BACK,
    SAID,
    STARTED,
    STAYED,
    TERM,
    Event,
)
from licet.watching.window import EXPECTED, SCHEDULED, UNVERIFIED, VERIFIED, window

if TYPE_CHECKING:
    from collections.abc import Callable

    from licet.sources import Sources
    from licet.watch import Watched

    Look = Callable[..., Watched]

ONE = timedelta(days=1)


def told(found: Watched) -> set[tuple[str, str, str]]:
    return {(str(event.day), event.id, event.what) for event in found.events}


def one(found: Watched, id_: str, what: str) -> Event:
    (event,) = [event for event in found.events if (event.id, event.what) == (id_, what)]
    return event


def test_around_2019_05_16(look: Look) -> None:
    found = look("2019-05-15", "2019-05-20")
    assert told(found) == {
        ("2019-05-15", "EL-2019-05", ANNOUNCED),
        ("2019-05-15", "EO13873", STARTED),
        ("2019-05-16", "EL-2019-05", STARTED),
        ("2019-05-20", "TGL-0", STARTED),
    }
    listed = one(found, "EL-2019-05", STARTED)
    assert (listed.sure, listed.cite, listed.force) == (VERIFIED, "84 FR 22961", True)
    assert "16:15" in listed.says


def test_around_2019_08_19_one_license_takes_over_from_the_other(look: Look) -> None:
    found = look("2019-08-19", "2019-08-19")
    assert told(found) == {
        ("2019-08-19", "EL-2019-08", STARTED),
        ("2019-08-19", "TGL-1", STARTED),
        ("2019-08-19", "TGL-0", ENDED),
    }
    end = one(found, "TGL-0", ENDED)
    assert end.by == "TGL-1"
    assert "last day 2019-08-18, ended by TGL-1" in end.says
    assert "its own text named 2019-08-19" in end.says
    assert {event.head for event in found.events if event.id.startswith("TGL")} == {"TGL-1"}


def test_around_2020_08_17(look: Look) -> None:
    found = look("2020-08-14", "2020-08-17")
    assert told(found) == {
        ("2020-08-14", "TGL-5", ENDED),
        *(("2020-08-17", id_, STARTED) for id_ in ("EL-2020-08", "FDP-2020-08", "FN2-2020", "PARTY-2020")),
    }
    assert "by its own text" in one(found, "TGL-5", ENDED).says


@pytest.mark.parametrize(
    ("last", "ended", "by"),
    [
        ("2019-08-18", "TGL-0", "TGL-1"),
        ("2019-11-17", "TGL-1", "TGL-2"),
        ("2020-02-12", "TGL-2", "TGL-3"),
        ("2020-03-09", "TGL-3", "TGL-4"),
        ("2020-05-14", "TGL-4", "TGL-5"),
        ("2020-08-13", "TGL-5", ""),
    ],
)
def test_the_general_license_ends_the_day_after_its_last(look: Look, last: str, ended: str, by: str) -> None:
    assert (last, ended, ENDED) not in told(look(last, last))
    after = str(date.fromisoformat(last) + ONE)
    assert one(look(after, after), ended, ENDED).by == by


def test_osaka_is_said_and_has_no_force(look: Look) -> None:
    found = look("2019-06-29", "2019-06-29")
    assert {(event.id, event.what) for event in found.events} == {
        ("FARM-OSAKA", ANNOUNCED),
        ("OSAKA", ANNOUNCED),
        ("RUBIO-2019", ANNOUNCED),
    }
    assert not any(event.force for event in found.events)
    assert one(look("2019-07-15", "2019-07-15"), "S2118", PROPOSED).force is False
    assert one(look("2023-04-19", "2023-04-19"), "SEAGATE", SAID).force is False


def test_the_stay_of_2025_11_10_and_its_end(look: Look) -> None:
    stayed = look("2025-11-10", "2025-11-10")
    assert told(stayed) == {
        ("2025-11-10", "AFF-2025", STAYED),
        ("2025-11-10", "AFF-STAY", STARTED),
        ("2025-11-10", "AFF-TGL", ENDED),
    }
    assert (one(stayed, "AFF-2025", STAYED).by, one(stayed, "AFF-2025", STAYED).sure) == ("AFF-STAY", VERIFIED)
    back = look("2026-11-10", "2026-11-10")
    assert told(back) == {
        ("2026-11-10", "AFF-BACK", STARTED),
        ("2026-11-10", "AFF-2025", BACK),
        ("2026-11-10", "AFF-STAY", ENDED),
    }
    assert {(event.head, event.sure) for event in back.events} == {("AFF-BACK", UNVERIFIED)}
    assert next(event.id for event in back.events) == "AFF-BACK"
    assert "KL-EXT" in {said.id for said in one(back, "AFF-BACK", STARTED).about}


def test_what_is_to_come_shows(look: Look) -> None:
    found = look("2026-11-26", "2027-05-24")
    assert told(found) == {("2027-01-01", "ICD-2026", TERM), ("2027-04-07", "UAE-2026", TERM)}
    assert {event.sure for event in found.events} == {SCHEDULED}


def test_what_was_said_without_a_text_is_expected(sources: Sources) -> None:
    days = window(sources.book, date(2026, 11, 25))
    assert days.sure(date(2027, 1, 1), sources.book.verified_through) == SCHEDULED
    assert days.sure(date(2027, 1, 1), sources.book.verified_through, text_is_out=False) == EXPECTED
    assert days.sure(date(2026, 11, 1), sources.book.verified_through, text_is_out=False) == UNVERIFIED


def test_other_turns_of_a_measure(look: Look) -> None:
    assert one(look("2025-05-13", "2025-05-13"), "AID-2025", OFF).after is Status.NOT_ENFORCED
    assert one(look("2024-12-31", "2024-12-31"), "FN5-2024", COMPLY).after is Status.IN_FORCE
    assert "2022-02-14" in one(look("2022-04-11", "2022-04-11"), "EL-FIX-2022", REACHES_BACK).says


def test_each_change_of_status_is_told_once(look: Look, sources: Sources) -> None:
    found = look("2018-01-01", "2027-12-31")
    expected = {
        (day, id_, status(sources.book[id_], day, book=sources.book))
        for id_ in sources.book
        for day in changes(sources.book[id_])
        if date(2018, 1, 1) <= day <= date(2027, 12, 31)
    }
    moved = [(event.day, event.id, event.after) for event in found.events if event.before is not event.after]
    assert len(moved) == len(set(moved))
    assert set(moved) == expected
    assert [event.day for event in found.events] == sorted(event.day for event in found.events)


def test_known_then(look: Look) -> None:
    june = told(look("2019-06-01", "2019-09-30", known="2019-06-01"))
    assert ("2019-08-20", "TGL-0", ENDED) in june  # the end that its own text named
    assert not {id_ for _, id_, _ in june} & {"TGL-1", "EL-2019-08", "OSAKA"}
    assert ("2019-08-19", "TGL-0", ENDED) in told(look("2019-06-01", "2019-09-30"))
    assert one(look("2019-06-01", "2019-09-30", known="2019-06-01"), "TGL-0", ENDED).sure == UNVERIFIED


@pytest.mark.parametrize(
    ("ahead", "last"),
    [
        ("180d", date(2027, 5, 24)),
        ("180", date(2027, 5, 24)),
        ("0", date(2026, 11, 25)),
        ("2w", date(2026, 12, 9)),
        ("3m", date(2027, 2, 25)),
        ("1y", date(2027, 11, 25)),
        ("2027-02-01", date(2027, 2, 1)),
    ],
)
def test_lengths(sources: Sources, ahead: str, last: date) -> None:
    days = window(sources.book, date(2026, 11, 25), None, ahead)
    assert (days.first, days.last) == (date(2026, 10, 26), last)


def test_a_month_without_that_day_ends_on_its_last(sources: Sources) -> None:
    assert window(sources.book, date(2027, 1, 31), None, "1m").last == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("since", "ahead"),
    [("2017-12-31", "1d"), ("2027-01-01", "1d"), ("2020-01-01", "60y"), (None, "99999y"), (None, "soon"), (None, "-3")],
)
def test_windows_that_are_refused(sources: Sources, since: str | None, ahead: str) -> None:
    with pytest.raises(FactsError):
        window(sources.book, date(2026, 11, 25), date.fromisoformat(since) if since else None, ahead)
