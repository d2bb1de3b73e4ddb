"""When an hour of a zone is, and how it is printed.

Calendars of a published site need this too, so it knows nothing of the pipeline.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kb.clock import HONG_KONG

HERE = "Asia/Hong_Kong"


def moment(day: date, clock: str, zone: str) -> datetime | None:
    """The moment of an hour in a zone; `24:00` is the end of its day. None where the zone is told in words only, or unknown here."""
    if zone != HERE and zone not in zones():
        return None
    try:
        start = datetime.combine(day, time(), ZoneInfo(zone))
    except ZoneInfoNotFoundError:  # a machine without the database of zones
        return None
    return start + timedelta(days=1) if clock == "24:00" else start.replace(hour=int(clock[:2]), minute=int(clock[3:]))


def printed(day: date | None, clock: str | None, zone: str | None) -> str:
    """An hour as a table shows it: `17:00`, or with its zone and what that is in Hong Kong, `17:00 Europe/London (05-06 00:00)`."""
    if not clock or not zone:
        return clock or ""
    here = moment(day, clock, zone) if day else None
    return f"{clock} {zone if zone in zones() else f'“{zone}”'}" + (f" ({here.astimezone(HONG_KONG):%m-%d %H:%M} HKT)" if here else "")


@cache
def zones() -> Mapping[str, tuple[str, ...]]:
    data = tomllib.loads(files("kb").joinpath("zones.toml").read_text("utf-8"))
    return {zone: tuple(names) for zone, names in data.items()}
