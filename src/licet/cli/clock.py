"""The clock of this machine: sampled once, at the edge."""

from __future__ import annotations

from datetime import date, datetime, timezone


def today() -> date:
    """Return the day by the clock of this machine, in its own time zone."""
    return datetime.now(timezone.utc).astimezone().date()
