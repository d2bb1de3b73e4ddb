"""The calendar: what it answers, where it stops, and whether its table is sound."""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.calendar import Kind, build, business_days, special_days
from ingest.errors import BadRule

SHARED = Path(__file__).parents[1].parent / "shared"
HK = business_days("hk")
LINES = files("ingest").joinpath("data", "hk.csv").read_text("utf-8").splitlines()
ROWS = list(csv.DictReader(LINES))
HEAD = "date,kind,name_en,name_zh,session,source,confidence"


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2026-12-24", 3, "2026-12-30"),  # over Christmas and a weekend
        ("2027-02-05", 2, "2027-02-11"),  # over Lunar New Year
        ("2027-03-31", -3, "2027-03-24"),  # back over Easter
        ("2026-12-10", 3, "2026-12-15"),
        ("2026-12-18", 2, "2026-12-22"),
        ("2026-12-24", 1, "2026-12-28"),
        ("2026-12-23", 1, "2026-12-24"),  # a half-day counts
        ("2023-08-31", 1, "2023-09-04"),  # the market was shut all day under No. 8 and above
        ("2023-10-06", 1, "2023-10-09"),  # only the morning was lost
        ("2025-09-23", 1, "2025-09-24"),  # traded through No. 10
        ("2026-11-22", 0, "2026-11-22"),  # no day is the day itself, even a Sunday
        ("2011-12-31", 1, "2012-01-03"),  # the day itself need not be known
        ("2013-08-13", 1, "2013-08-15"),  # the market was shut all day under No. 8
        ("2012-09-28", 1, "2012-10-03"),  # National Day on the day after Mid-Autumn
        ("2028-01-01", -1, "2027-12-31"),
        ("2011-12-30", 1, None),
        ("2027-12-30", 2, None),
        ("2012-01-03", -1, None),
        ("2026-11-23", 10**12, None),
        ("9999-12-31", 1, None),
        ("0001-01-01", -1, None),
    ],
)
def test_a_shift_counts_business_days_only(start: str, n: int, end: str | None) -> None:
    assert HK.shift(date.fromisoformat(start), n) == day(end)


@pytest.mark.parametrize(
    ("asked", "before", "after"),
    [
        ("2026-10-11", "2026-10-09", "2026-10-12"),
        ("2026-12-05", "2026-12-04", "2026-12-07"),
        ("2026-12-31", "2026-12-31", "2026-12-31"),
        ("2026-04-04", "2026-04-02", "2026-04-08"),
        ("2012-01-01", None, "2012-01-03"),
        ("2011-12-31", None, None),
        ("2028-01-01", None, None),
    ],
)
def test_the_nearest_business_day(asked: str, before: str | None, after: str | None) -> None:
    there = date.fromisoformat(asked)
    assert (HK.last_on_or_before(there), HK.first_on_or_after(there)) == (day(before), day(after))


@pytest.mark.parametrize(
    ("asked", "opens", "why"),
    [
        ("2026-11-23", True, "business day"),
        ("2026-11-22", False, "Sunday"),
        ("2026-04-04", False, "Saturday; general holiday: The day following Good Friday"),
        ("2015-01-01", False, "general holiday: The first day of January"),
        ("2026-12-24", True, "half day: Christmas Eve: morning session only"),
        ("2023-09-08", False, "typhoon closed full: Black rainstorm warning and extreme conditions: no trading all day"),
        ("2019-07-31", True, "typhoon closed pm: Tropical storm Wipha, No. 8 signal at 13:40: trading ended at 13:55"),
        ("2025-07-29", True, "severe weather trading: Black rainstorm warning: markets open as usual"),
        ("2028-01-03", None, "the calendar covers 2012 to 2027, not 2028-01-03"),
    ],
)
def test_a_day_is_open_or_closed_for_a_reason(asked: str, opens: bool | None, why: str) -> None:
    there = date.fromisoformat(asked)
    assert (HK.is_business_day(there), HK.why(there)) == (opens, why)


@pytest.mark.parametrize(("month", "last"), [("2012-11-30", "2012-12-07"), ("2012-12-31", "2013-01-08"), ("2013-01-31", "2013-02-07")])
def test_five_working_days_after_a_month_as_the_mpfa_counts_them(month: str, last: str) -> None:
    assert HK.shift(date.fromisoformat(month), 5) == day(last)


def test_a_shift_that_leaves_the_table_says_so() -> None:
    assert HK.why(date(2027, 12, 30), 5) == "the calendar covers 2012 to 2027; 5 business days after 2027-12-30 lie outside"
    assert HK.why(date(2012, 1, 3), -1) == "the calendar covers 2012 to 2027; 1 business days before 2012-01-03 lie outside"


def test_a_house_without_calendar_gets_no_answer() -> None:
    calendar, there = business_days("none"), date(2026, 12, 18)
    answers = [
        calendar.is_business_day(there),
        calendar.last_on_or_before(there),
        calendar.first_on_or_after(there),
        calendar.shift(there, 1),
    ]
    assert answers == [None] * 4
    assert calendar.why(there) == "this house has no calendar of business days here"


@given(st.dates(date(2013, 1, 1), date(2026, 12, 31)), st.integers(1, 200))
def test_a_shift_forth_and_back_returns_to_a_business_day(start: date, n: int) -> None:
    there = HK.first_on_or_after(start)
    assert there is not None
    moved = HK.shift(there, n)
    assert moved is not None
    assert HK.shift(moved, -n) == there
    assert sum(bool(HK.is_business_day(there + timedelta(days=k))) for k in range(1, (moved - there).days + 1)) == n


def test_the_corpus_agrees_on_the_last_business_day() -> None:
    golds = sorted(SHARED.glob("circulars/*/*.gold.json")) + sorted(SHARED.glob("seeds/*.gold.json"))
    if not golds:
        pytest.skip("the development corpus is not here")
    asked = 0
    for path in golds:
        gold = json.loads(path.read_text("utf-8"))
        calendar = business_days("none" if gold["issuer"] in {"SSE", "SZSE"} else "hk")
        for deadline in gold.get("deadlines", []):
            if deadline.get("due"):
                asked += 1
                found = calendar.last_on_or_before(date.fromisoformat(deadline["due"]))
                assert found == day(deadline["due_business"]), (path.name, deadline["quote"])
    assert asked > 100


# The table -----------------------------------------------------------------------------------------------------------


def test_the_table_has_no_day_and_kind_twice_and_is_sorted() -> None:
    keys = [(row["date"], row["kind"]) for row in ROWS]
    assert len(set(keys)) == len(keys)
    assert [key[0] for key in keys] == sorted(key[0] for key in keys)


def test_a_year_has_17_general_holidays() -> None:
    years = Counter(int(row["date"][:4]) for row in ROWS if row["kind"] == "general_holiday")
    extra = {2015: 1}  # 3 September 2015, by an ordinance of its own
    assert years == {year: 17 + extra.get(year, 0) for year in range(2012, 2028)}


def test_the_kinds_are_as_many_as_the_sources_say() -> None:
    assert Counter(row["kind"] for row in ROWS) == dict(zip(get_args(Kind), (273, 36, 10, 4, 2, 7), strict=True))


def test_no_holiday_is_a_sunday_and_nothing_else_falls_on_a_closed_day() -> None:
    holidays = {row["date"] for row in ROWS if row["kind"] == "general_holiday"}
    assert [one for one in sorted(holidays) if date.fromisoformat(one).weekday() == 6] == []
    others = [row["date"] for row in ROWS if row["kind"] != "general_holiday"]
    assert [one for one in others if one in holidays or date.fromisoformat(one).weekday() >= 5] == []


def test_each_eve_on_a_weekday_is_a_half_day() -> None:
    lunar = {date.fromisoformat(row["date"]) for row in ROWS if row["name_en"] == "Lunar New Year's Day"}
    eves = {one - timedelta(days=1) for one in lunar} | {date(year, 12, last) for year in range(2012, 2028) for last in (24, 31)}
    halves = {date.fromisoformat(row["date"]) for row in ROWS if row["kind"] == "half_day"}
    assert halves == {eve for eve in eves if eve.weekday() < 5}


def test_the_session_that_was_lost_fits_the_kind() -> None:
    lost = {
        "general_holiday": "full",
        "half_day": "pm",
        "typhoon_closed_full": "full",
        "typhoon_closed_am": "am",
        "typhoon_closed_pm": "pm",
        "severe_weather_trading": "none",
    }
    assert [row for row in ROWS if row["session"] != lost[row["kind"]]] == []


def test_the_chinese_names_are_traditional() -> None:
    for row in ROWS:
        assert row["name_zh"].encode("big5")


def test_a_confirmed_day_has_two_sources() -> None:
    for row in ROWS:
        assert row["confidence"] in {"confirmed", "single", "computed"}
        if row["confidence"] == "confirmed":
            assert len(row["source"].split("; ")) >= 2, row["date"]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["2026-01-01,bank_holiday,,,full,,single"], "line 2: kind: expected one of general_holiday, .* found 'bank_holiday'"),
        (["2026-02-30,half_day,,,pm,,single"], "line 2: day is out of range for month"),
        (["2026-01-01,general_holiday,,,full,,single", "2028-01-01,general_holiday,,,full,,single"], "between 2026 and 2028"),
        ([], "no general holiday"),
    ],
)
def test_a_broken_table_is_refused(rows: list[str], message: str) -> None:
    with pytest.raises(BadRule, match=message):
        build(special_days([HEAD, *rows]))
