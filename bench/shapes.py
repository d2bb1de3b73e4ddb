"""What other readers of dates and times answer, in the terms of our contract: dates as intervals, clock times in 24 hours.

Every rule here is meant to be kind to the reader, so that the same fact counts as right however it is told:

- a year alone, a weekday alone, a part of the day alone (下午) and a length of time (`within one hour`) are no dates and no
  times in the contract, so they do not count against it;
- a month is the interval from its first to its last day, where a reader gives one day of it; early, mid and late are
  the contract's tenths, whatever days the reader means by them;
- of several years that a reader offers for a day without one, the nearest to the circular's date is taken;
- an interval that excludes its end ends a day sooner; an open side does not count (dates are compared by the side that is there);
- a string with a date and a clock is both: a date with that time, and a time.

Readers that give a string and one moment do not say what of it is printed: the string is asked whether it shows a day, a month, a clock.
Midnight is the end of a day, which is what circulars mostly mean by it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any, Literal

Raw = dict[str, Any]
Fact = dict[str, Any]
Shape = Callable[[Raw, date], Iterator[tuple[Literal["dates", "times"], Fact]]]
Facts = Iterator[tuple[Literal["dates", "times"], Fact]]

HAN = "〇零○一二三四五六七八九十廿卅"
CLOCK = re.compile(
    rf"\d{{1,2}}\s*[::]\s*\d{{2}}(?:\s*[ap]\.?\s?m\b)?|\d{{1,2}}(?:\.\d{{2}})?\s*[ap]\.?\s?m\b"
    rf"|(?:\d{{1,2}}|[{HAN}]{{1,3}})\s*[時时點点](?:\s*(?:\d{{1,2}}|[{HAN}]{{1,3}})\s*分|半|正)?|\bnoon\b|\bmidnight\b|正午|午夜",
    re.IGNORECASE,
)
MIDNIGHT = re.compile(r"midnight|午夜", re.IGNORECASE)
MONTH = re.compile(rf"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b|(?:\d{{1,2}}|[{HAN}]{{1,3}})\s*月", re.IGNORECASE)
YEAR = re.compile(rf"(?<!\d)(?:19|20)\d{{2}}(?!\d)\s*年?|[{HAN}]{{4}}\s*年")
NUMBER = re.compile(rf"(?<![\d])\d{{1,2}}(?!\d)|[{HAN}]{{1,3}}\s*[日號号]")
NUMERIC = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")
DAY_WORD = re.compile(r"\b(?:today|tomorrow|yesterday|same day)\b|[今明翌次昨同即][日天]", re.IGNORECASE)
PERIOD = {"start": (1, 10), "mid": (11, 20), "end": (21, 31)}
TENTH = re.compile(r"月\s*(?:(?P<start>初|上旬)|(?P<mid>中旬?)|(?P<end>下旬|底|末))$")


def shown(quote: str) -> Literal["day", "month"] | None:
    """How much of a date a string shows, whatever clock stands beside it."""
    rest = CLOCK.sub(" ", quote)
    if NUMERIC.search(rest):
        return "day"
    if not MONTH.search(rest):
        return None
    return "day" if NUMBER.search(YEAR.sub(" ", MONTH.sub(" ", rest))) else "month"


def last_of(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def dated(quote: str, start: date, end: date, time: str | None = None, end_time: str | None = None) -> tuple[Literal["dates"], Fact]:
    clock = {"time": time, "end_time": end_time}
    return "dates", {"quote": quote, "start": start.isoformat(), "end": end.isoformat(), "approx": None, **clock, "weekday_ok": None}


def timed(quote: str, time: str, end_time: str | None = None) -> tuple[Literal["times"], Fact]:
    if time == "00:00" and MIDNIGHT.search(quote):
        time = "24:00"
    return "times", {"quote": quote, "time": time, "end_time": end_time}


def tenth_of(start: date, tenth: str) -> tuple[date, date]:
    """Early, mid or late in a month, as the contract has it."""
    low, high = PERIOD[tenth]
    return start.replace(day=low), start.replace(day=min(high, last_of(start).day))


# A string and a moment: dateparser, datefinder, parsedatetime, timefhuman ----------------------------------------------


def moment(raw: Raw, base: date) -> Facts:
    """`value` is a moment `{"date", "time"}`, a pair of them for a range, or a list for several of them."""
    values = raw["value"] if isinstance(raw["value"], list) else [raw["value"]]
    ends = [value for value in values if isinstance(value, dict)]
    if len(ends) == 2 and len(values) == 2:
        yield from span_of(raw["quote"], *ends)
        return
    for value in values:
        if isinstance(value, list):
            yield from moment({**raw, "value": value}, base)
        elif value:
            yield from span_of(raw["quote"], value, value)


def span_of(quote: str, first: Raw, second: Raw) -> Facts:
    """From one moment to another; they are the same where there is only one."""
    clocks = clocks_of(quote, first, second)
    grain = shown(quote) or ("day" if DAY_WORD.search(quote) else None)
    if grain and first["date"] and second["date"]:
        start, end = date.fromisoformat(first["date"]), date.fromisoformat(second["date"])
        if grain == "month":
            start, end = start.replace(day=1), last_of(end)
        yield dated(quote, start, end, *clocks)
    if clocks[0]:
        yield timed(quote, clocks[0], clocks[1])


def clocks_of(quote: str, first: Raw, second: Raw) -> tuple[str | None, str | None]:
    """The clock times of two moments, where a clock is printed or one was found elsewhere and is not the midnight of a bare day."""
    if not CLOCK.search(quote) and (not shown(quote) or first["time"] in (None, "00:00")):
        return None, None
    return first["time"], second["time"] if second is not first else None


# Microsoft's recognizers ------------------------------------------------------------------------------------------------


def recognized(raw: Raw, base: date) -> Facts:
    """`values` are the readings of a string, as TIMEX and as ISO."""
    readings = [value for value in raw["values"] if printed(str(value.get("timex", "")), raw["quote"])]
    if raw["kind"] in ("time", "timerange") and readings:
        ends = ends_of(readings[0])
        if CLOCK.search(raw["quote"]) and (times := [end[:5] for end in ends if end]):
            yield timed(raw["quote"], *times)
    elif raw["kind"] in ("date", "daterange", "datetime", "datetimerange") and readings:
        yield from reading(raw["quote"], min(readings, key=lambda value: distance(value, base)))


def printed(timex: str, quote: str) -> bool:
    """Is it a date or a clock by the contract, and not a weekday, a year, a part of the day?"""
    return bool(shown(quote) or DAY_WORD.search(quote)) if not timex.startswith(("T", "(T")) else bool(re.match(r"\(?T\d\d", timex))


def ends_of(value: Raw) -> tuple[str | None, str | None]:
    """Both ends as printed; one alone is the first."""
    if "value" in value:
        return value["value"], None
    start, end = value.get("start"), value.get("end")
    return (start, end) if start else (end, None)


def distance(value: Raw, base: date) -> int:
    """Days from the circular's own date."""
    first, _ = ends_of(value)
    day = re.match(r"\d{4}-\d\d-\d\d", first or "")
    return abs((date.fromisoformat(day[0]) - base).days) if day and not day[0].startswith("0000") else 10**6


def reading(quote: str, value: Raw) -> Facts:
    """One reading with a date in it."""
    first, second = ends_of(value)
    if not first or not re.match(r"(?!0000)\d{4}-\d\d-\d\d", first):
        return
    start = date.fromisoformat(first[:10])
    end = date.fromisoformat(second[:10]) if second else start
    if second and not value["timex"].startswith("("):  # a month or a week: the end is the day after it
        end -= timedelta(days=1)
    if value.get("Mod") in PERIOD and re.search(r"-\d\d$", value["timex"]):
        start, end = tenth_of(start, value["Mod"])
    clocks = [part[11:16] for part in (first, second) if part and len(part) > 10] if CLOCK.search(quote) else []
    yield dated(quote, start, end, *clocks)
    if clocks:
        yield timed(quote, *clocks)


# Chrono -----------------------------------------------------------------------------------------------------------------


def chrono(raw: Raw, base: date) -> Facts:  # noqa: ARG001 - the reader was told the base
    """`from` and `to` are components, and say which of them are printed."""
    first, second = raw["from"], raw["to"]
    start, end = interval(first), interval(second or first) or interval(first)
    has_clock = CLOCK.search(raw["quote"])
    clock, end_clock = (clock_of(part) if has_clock and part else None for part in (first, second))
    if start and end and (shown(raw["quote"]) or DAY_WORD.search(raw["quote"])):
        yield dated(raw["quote"], start[0], max(start[0], end[1]), clock, end_clock)
    if clock:
        yield timed(raw["quote"], clock, end_clock)


def interval(parts: Raw) -> tuple[date, date] | None:
    """First and last day of what is printed; None where that is no more than a weekday, a year or a clock."""
    known = set(parts["known"])
    if "month" not in known:
        return None
    day = date(parts["year"], parts["month"], parts["day"] if "day" in known else 1)
    return (day, day) if "day" in known else (day, last_of(day))


def clock_of(parts: Raw) -> str | None:
    return f"{parts['hour']:02}:{parts['minute'] or 0:02}" if "hour" in parts["known"] else None


# JioNLP -----------------------------------------------------------------------------------------------------------------


def jionlp(raw: Raw, base: date) -> Facts:  # noqa: ARG001 - the reader was told the base
    """`time` is a pair of moments down to the second, for a point in time as well; an end that is open is the base or `inf`."""
    if raw["kind"] not in ("time_point", "time_span"):
        return
    quote = raw["quote"]
    ends = [end for end in told_ends(quote, *map(str, raw["time"])) if re.match(r"\d{4}-\d\d-\d\d ", end)]
    if not ends:
        return
    clocks = list(dict.fromkeys(end[11:16] for end in ends)) if CLOCK.search(quote) else []
    if raw["kind"] == "time_point":
        clocks = clocks[:1]
    if shown(quote) or DAY_WORD.search(quote):
        start, end = date.fromisoformat(ends[0][:10]), date.fromisoformat(ends[-1][:10])
        if (tenth := TENTH.search(quote)) and start.month == end.month and tenth.lastgroup:
            start, end = tenth_of(start, tenth.lastgroup)
        yield dated(quote, start, end, *clocks)
    if clocks:
        yield timed(quote, *clocks)


def told_ends(quote: str, first: str, second: str) -> tuple[str, str]:
    """The ends that are printed; what ends before an hour ends at that hour, not in its last second."""
    if re.search(r"[起后後]$|以[来來]$", quote):
        return first, first
    if re.search(r"前$", quote):
        second = re.sub(r":59:59$", ":00:00", second) if CLOCK.search(quote) and "59" not in quote else second
        return second, second
    return first, second
