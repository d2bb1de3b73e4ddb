"""Hours of other time zones: which zone the hour of a deadline is of, and when that is in Hong Kong."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ingest.model import Clock, Deadline, Expression, Span
from kb.clock import HONG_KONG
from kb.wording import narrow

WARNING = "other-zone"
"""What the reader warns of where an hour is of another zone; a text without it is not searched."""

_WORDS = re.compile(r"“(.+?)”", re.DOTALL)
HERE = "Asia/Hong_Kong"


def zone_of(expression: Expression, deadline: Deadline) -> str | None:
    """The zone of a deadline's hour where it is not that of Hong Kong: its IANA name, or the words of the text where they name none."""
    if deadline.time is None or all(warning.code != WARNING for warning in expression.warnings):
        return None
    low, high = deadline.span
    printed = [one.span for one in expression.times if deadline.time in (one.time, one.end_time)]
    nearest = min(printed, key=lambda span: max(span[0] - high, low - span[1], 0), default=None)
    return next((zone for span, zone in abroad(expression) if nearest and span[0] <= nearest[0] and nearest[1] <= span[1]), None)


def abroad(expression: Expression) -> Iterator[tuple[Span, str]]:
    """Where a text prints the hours of other zones, and which zone that is; the reader's warnings have the words."""
    for warning in expression.warnings:
        if warning.code == WARNING and (words := _WORDS.match(warning.message)):
            said = " ".join(words[1].split())
            for found in re.finditer(re.escape(words[1]), expression.text):
                yield found.span(), named(said) or said


def named(words: str) -> str | None:
    """The zone that these words name, by the longest of its names: `Central European` is not `Central`."""
    found = [
        (len(name), zone) for name, zone in _names().items() if re.search(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])", narrow(words))
    ]
    return max(found)[1] if found else None


def moment(day: date, clock: Clock, zone: str) -> datetime | None:
    """The moment of an hour in a zone; `24:00` is the end of its day. None where the zone is told in words only, or unknown here."""
    if zone != HERE and zone not in _zones():
        return None
    try:
        start = datetime.combine(day, time(), ZoneInfo(zone))
    except ZoneInfoNotFoundError:  # a machine without the database of zones
        return None
    return start + timedelta(days=1) if clock == "24:00" else start.replace(hour=int(clock[:2]), minute=int(clock[3:]))


def printed(day: date | None, clock: Clock | None, zone: str | None) -> str:
    """An hour as a table shows it: `17:00`, or with its zone and what that is in Hong Kong, `17:00 Europe/London (05-06 00:00)`."""
    if not clock or not zone:
        return clock or ""
    here = moment(day, clock, zone) if day else None
    return f"{clock} {zone if zone in _zones() else f'“{zone}”'}" + (f" ({here.astimezone(HONG_KONG):%m-%d %H:%M} HKT)" if here else "")


@cache
def _zones() -> Mapping[str, tuple[str, ...]]:
    data = tomllib.loads(files("kb").joinpath("zones.toml").read_text("utf-8"))
    return {zone: tuple(names) for zone, names in data.items()}


@cache
def _names() -> Mapping[str, str]:
    return {name: zone for zone, names in _zones().items() for name in names}
