"""Business days in Hong Kong, from a dated table of holidays, half-days and closures (`ingest/data/hk.csv`).

By the rules of HKEX's clearing houses: Saturdays, Sundays, general holidays and days that the market lost to weather as a
whole are no business days; half-days, days that lost one session, and severe-weather trading days are.
Outside the years of the table nothing is known and nothing is guessed; `docs/calendar.md` tells what the table rests on.
"""

from __future__ import annotations

import csv
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Literal, get_args

from ingest.errors import BadRule

CalendarName = Literal["hk", "none"]
Kind = Literal["general_holiday", "half_day", "typhoon_closed_full", "typhoon_closed_am", "typhoon_closed_pm", "severe_weather_trading"]

CLOSED: frozenset[Kind] = frozenset({"general_holiday", "typhoon_closed_full"})
WEEKEND = ("Saturday", "Sunday")
TABLE = "ingest/data/hk.csv"


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A row of the table: a day that is not what its weekday says, or on which something happened."""

    day: date
    kind: Kind
    name_en: str
    name_zh: str


@dataclass(frozen=True, slots=True, repr=False)
class Calendar:
    """Business days of the years that are known. No question loops over days, so a far `n` costs no more than a near one."""

    name: CalendarName
    special: Mapping[date, tuple[SpecialDay, ...]] = field(default_factory=dict)
    days: tuple[date, ...] = ()
    first: date | None = None
    last: date | None = None

    def is_business_day(self, day: date) -> bool | None:
        """None where the calendar does not know the day."""
        return _open(day, self.special.get(day, ())) if self._knows(day) else None

    def last_on_or_before(self, day: date) -> date | None:
        """The day itself or the nearest business day before it."""
        return self._at(bisect_right(self.days, day) - 1) if self._knows(day) else None

    def first_on_or_after(self, day: date) -> date | None:
        """The day itself or the nearest business day after it."""
        return self._at(bisect_left(self.days, day)) if self._knows(day) else None

    def shift(self, day: date, n: int) -> date | None:
        """The nth business day after `day` (before it, if `n` is negative); `day` is not counted and need not be known.

        `shift(day, 0)` is the day itself, whatever it is.
        """
        if n == 0:
            return day
        if n > 0:
            return self._at(bisect_right(self.days, day) + n - 1) if self._knows(day, before=1) else None
        return self._at(bisect_left(self.days, day) + n) if self._knows(day, after=1) else None

    def why(self, day: date, n: int = 0) -> str:
        """What `day` is and what says so; with `n`, why `shift(day, n)` has no answer."""
        if self.first is None or self.last is None:
            return "this house has no calendar of business days here"
        span = f"the calendar covers {self.first.year} to {self.last.year}"
        if not self._knows(day):
            return f"{span}, not {day.isoformat()}"
        if n and self.shift(day, n) is None:
            return f"{span}; {abs(n)} business days {'after' if n > 0 else 'before'} {day.isoformat()} lie outside"
        return _nature(day, self.special.get(day, ()))

    def _knows(self, day: date, before: int = 0, after: int = 0) -> bool:
        """Whether the day is covered, or so many days outside. Ordinals, since date.max has no next day."""
        if self.first is None or self.last is None:
            return False
        return self.first.toordinal() - before <= day.toordinal() <= self.last.toordinal() + after

    def _at(self, index: int) -> date | None:
        return self.days[index] if 0 <= index < len(self.days) else None

    def __repr__(self) -> str:
        return f"Calendar({self.name!r}, {self.first}, {self.last})"


@cache
def business_days(calendar: CalendarName) -> Calendar:
    """The calendar of this name; the table is read at the first question that needs it."""
    if calendar == "none":
        return Calendar("none")
    lines = files("ingest").joinpath("data", "hk.csv").read_text("utf-8").splitlines()
    return build(special_days(lines))


def special_days(lines: Iterable[str]) -> Iterator[SpecialDay]:
    """The rows of the table, each checked."""
    for number, row in enumerate(csv.DictReader(lines), start=2):
        kind, day = row.get("kind"), row.get("date")
        known = {name: name for name in get_args(Kind)}
        if kind not in known:
            raise BadRule(f"{TABLE}: line {number}: kind: expected one of {', '.join(known)}, found {kind!r}")
        try:
            yield SpecialDay(date.fromisoformat(day or ""), known[kind], row["name_en"], row["name_zh"])
        except (ValueError, KeyError) as error:
            raise BadRule(f"{TABLE}: line {number}: {error}") from error


def build(special: Iterable[SpecialDay]) -> Calendar:
    """A calendar of whole years: each year between the first and the last must have its holidays, or the table has a hole."""
    by_day: dict[date, tuple[SpecialDay, ...]] = {}
    for row in special:
        by_day[row.day] = (*by_day.get(row.day, ()), row)
    years = sorted({day.year for day, rows in by_day.items() if any(row.kind == "general_holiday" for row in rows)})
    if not years:
        raise BadRule(f"{TABLE}: no general holiday")
    for year, following in pairwise(years):
        if following != year + 1:
            raise BadRule(f"{TABLE}: no general holiday between {year} and {following}")
    first, last = date(years[0], 1, 1), date(years[-1], 12, 31)
    every = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return Calendar("hk", by_day, tuple(day for day in every if _open(day, by_day.get(day, ()))), first, last)


def _open(day: date, rows: Iterable[SpecialDay]) -> bool:
    return day.weekday() < 5 and not any(row.kind in CLOSED for row in rows)


def _nature(day: date, rows: Iterable[SpecialDay]) -> str:
    """`business day`, `Saturday`, or the name that the table has for it."""
    names = [f"{row.kind.replace('_', ' ')}: {row.name_en}" for row in rows]
    if day.weekday() >= 5:
        names.insert(0, WEEKEND[day.weekday() - 5])
    return "; ".join(names) or "business day"
