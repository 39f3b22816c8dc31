"""The story as told on one day, told once for all tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from licet.show.story_html import STATES, to_html
from licet.sources import open_sources
from licet.state import State
from licet.story import Table, Teller
from licet.story_data import Screen, screen

TODAY = date(2026, 11, 24)
ACTS = Path(__file__).parents[2] / "src" / "licet" / "story_data" / "acts"


@pytest.fixture(scope="session")
def shown() -> Screen:
    return screen()


@pytest.fixture(scope="session")
def tellers(shown: Screen) -> dict[str, Teller]:
    """The real story and those under the what-ifs, by the names of their states."""
    real = Teller(shown, open_sources(State(None)), TODAY)
    told = {"real": real}
    for state, what_ifs in STATES.items():
        if what_ifs:
            told[state] = Teller(shown, open_sources(State(None, None, what_ifs)), TODAY, real)
    return told


@pytest.fixture(scope="session")
def teller(tellers: dict[str, Teller]) -> Teller:
    return tellers["real"]


@pytest.fixture(scope="session")
def table(teller: Teller) -> Table:
    return teller.table()


@pytest.fixture(scope="session")
def page(shown: Screen, tellers: dict[str, Teller]) -> str:
    return to_html(shown, list(tellers.values()))
