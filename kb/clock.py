"""Days as they are counted in Hong Kong, wherever the machine stands; the log keeps its moments in UTC."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

HONG_KONG = timezone(timedelta(hours=8))
"""It has had no summer time since 1979; a fixed offset needs no zone database on a server."""


def today() -> date:
    """The day that it is in Hong Kong."""
    return datetime.now(HONG_KONG).date()


def day_of(moment: str | None) -> str:
    """The day in Hong Kong, in ISO 8601, of a moment such as `2026-11-22T21:30:00Z`; empty where there is none."""
    return datetime.fromisoformat(moment).astimezone(HONG_KONG).date().isoformat() if moment else ""
