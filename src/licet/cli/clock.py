"""The clock of this machine: sampled once, at the edge."""

from __future__ import annotations

from datetime import UTC, date, datetime


def today() -> date:
    """Return the day by the clock of this machine, in its own time zone."""
    return datetime.now(UTC).astimezone().date()
