"""15 CFR 762.6: five years from the latest of three days, and nothing destroyed after a request."""

from __future__ import annotations

from datetime import date

import pytest

from licet.formats.act import read_act
from licet.law.us_ear.part_762 import Records, records


def kept(day: str, export: str = "2019-08-01", **facts: str) -> Records:
    act = read_act({"kind": "export", "dates": {"export": export}, "records": facts})
    return records(act, date.fromisoformat(day))


ALL = {"reexport_on": "none", "terminated_on": "2019-08-01", "agency_request": "no"}


def test_five_years_from_the_latest_day() -> None:
    assert kept("2024-08-01", **ALL) == Records(date(2024, 8, 1), may_destroy=False, missing=())
    assert kept("2024-08-02", **ALL) == Records(date(2024, 8, 1), may_destroy=True, missing=())
    assert kept("2024-08-02", **{**ALL, "reexport_on": "2021-03-05"}).keep_until == date(2026, 3, 5)
    assert kept("2024-08-02", **{**ALL, "terminated_on": "2020-01-31"}).keep_until == date(2025, 1, 31)


def test_a_request_keeps_them_whatever_the_years() -> None:
    assert kept("2030-01-01", **{**ALL, "agency_request": "yes"}) == Records(
        date(2024, 8, 1), may_destroy=False, missing=()
    )


@pytest.mark.parametrize("fact", ["reexport_on", "terminated_on"])
def test_a_day_that_is_not_stated_leaves_the_end_open(fact: str) -> None:
    facts = {key: value for key, value in ALL.items() if key != fact}
    assert kept("2030-01-01", **facts) == Records(None, None, (f"records.{fact}",))


def test_a_request_that_nobody_asked_about_leaves_destruction_open() -> None:
    facts = {key: value for key, value in ALL.items() if key != "agency_request"}
    assert kept("2030-01-01", **facts) == Records(date(2024, 8, 1), None, ("records.agency_request",))


def test_what_is_stated_already_rules_out_the_days_before() -> None:
    assert kept("2024-08-01") == Records(
        None, may_destroy=False, missing=("records.reexport_on", "records.terminated_on")
    )


def test_a_transaction_that_has_not_ended_keeps_them() -> None:
    assert kept("2030-01-01", **{**ALL, "terminated_on": "none"}) == Records(None, may_destroy=False, missing=())


def test_what_cannot_be_known_stays_open_and_is_not_asked_again() -> None:
    assert kept("2030-01-01", **{**ALL, "reexport_on": "undeterminable"}) == Records(None, None, ())


def test_from_29_february_to_1_march() -> None:
    facts = {**ALL, "terminated_on": "none", "reexport_on": "none"}
    assert kept("2020-03-01", export="2020-02-29", **{**facts, "terminated_on": "2020-02-29"}).keep_until == date(
        2025, 3, 1
    )
