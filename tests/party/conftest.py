"""Dossiers drawn from the lists that ship, whatever store this machine has."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from licet.law.book import load
from licet.lists.store import shipped
from licet.party import dossier
from licet.party_data import facts
from licet.sources import Sources
from licet.state import Question

if TYPE_CHECKING:
    from collections.abc import Callable

    from licet.party.nouns import Dossier

TODAY = "2026-11-25"


@pytest.fixture(scope="session")
def sources() -> Sources:
    return Sources(load(), shipped())


@pytest.fixture(scope="session")
def draw(sources: Sources) -> Callable[..., Dossier]:
    """Draw a dossier: name, day, day of knowledge."""

    def drawn(asked: str, day: str = TODAY, known: str = "") -> Dossier:
        seen = date.fromisoformat(known) if known else None
        return dossier(asked, Question(date.fromisoformat(day), seen), sources, facts())

    return drawn
