"""Every date of every measure is missed by some case when it is off by a day, and every stay when it is dropped."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from licet.cli.cases import read_directory
from licet.sources import open_sources
from licet.state import State

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[2]
SOURCES = open_sources(State(None))


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("shift_dates", ROOT / "tools" / "shift_dates.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


TOOL = load()


CASES = read_directory(ROOT / "cases")


def test_no_date_is_off_and_no_stay_dropped_without_a_case_that_notices() -> None:
    caught = TOOL.try_all(CASES, SOURCES)
    assert len(caught) > len(SOURCES.book)
    missed = [str(one.change) for one in caught if one.by is None]
    assert not missed


def test_what_no_case_asks_about_is_found_out() -> None:
    few = [case for case in CASES if case.id == "OSAKA-JUNE28" or case.measure == "TGL-0"]
    runs = TOOL.run_all(few, SOURCES)
    last_day = TOOL.Change("TGL-0", "in_force_through", "2019-08-18", "2019-08-17")
    other = TOOL.changed(SOURCES.book, last_day)
    assert TOOL.catch(last_day, runs, SOURCES, other).id == "DAY-TGL-0-2019-08-18"
    assert TOOL.catch(last_day, runs[:1], SOURCES, other) is None


@pytest.mark.parametrize(
    ("measure", "field", "before", "after"),
    [
        ("EL-2019-05", "in_force_from", "2019-05-16", "2019-05-15"),
        ("AFF-2025", "stays[0].through", "2026-11-09", "2026-11-10"),
        ("AFF-2025", "stays[0]", "2025-11-10 … 2026-11-09", ""),
    ],
)
def test_the_changes_that_are_made(measure: str, field: str, before: str, after: str) -> None:
    change = TOOL.Change(measure, field, before, after)
    assert change in set(TOOL.changes(measure, SOURCES.book.records[measure]))
    other = TOOL.changed(SOURCES.book, change)
    assert other[measure] != SOURCES.book[measure]
    assert TOOL.decides(SOURCES.book, other, measure)
    assert all(other[id_] == SOURCES.book[id_] for id_ in SOURCES.book if id_ != measure)


def test_a_day_that_decides_nothing_is_left_out() -> None:
    printed_late = TOOL.Change("EL-2019-05", "published", "2019-05-21", "2019-05-22")
    assert not TOOL.decides(SOURCES.book, TOOL.changed(SOURCES.book, printed_late), "EL-2019-05")
