"""A table says the half of the day once for many clock times: beside them, above them, in a row that heads a group; in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.extract.halves import part_of_day
from ingest.model import Expression
from ingest.pipeline import parse
from ingest.settings import Settings
from ingest.text import fold


def read(rows: str) -> Expression:
    page = f"<p>Date: 3 May 2027</p><h1>Drill</h1><p>The timetable is below.</p><table>{rows}</table>"
    return parse(page.encode(), Path("a.html"), Settings())


def rows(*lines: str) -> str:
    return "".join("<tr>" + "".join(f"<td>{cell}" for cell in line.split("|")) for line in lines)


@pytest.mark.parametrize(("table", "times"), [
    (rows("Date|Session|Time|Work", "3 June 2027|AM|9:30|Logon", "|p.m.|2:15|Logoff", "||3:45|Reports"), ["09:30", "14:15", "15:45"]),
    (rows("Date|Morning|Afternoon", "3 June 2027|9:30 – 12:00|1:00 – 4:00"), ["09:30/12:00", "13:00/16:00"]),
    (rows("Time|Work") + "<tr><td colspan=2>Afternoon session" + rows("12:30|Logon", "1:00 to 2:15|Test"), ["12:30", "13:00/14:15"]),
    (rows("日期|時段|時間|程序", "2027年6月3日|上午|11時正|登入", "|下午|2時正|下載", "||4時45分|關閉"), ["11:00", "14:00", "16:45"]),
    (rows("日期|上午<br>Morning|下午 PM", "2027年6月3日|9:30|2:00"), ["09:30", "14:00"]),
    (rows("日期|晚間時段|程序", "2027年6月3日|6時30分至9時|演習"), ["18:30/21:00"]),
    # what the clock that goes to 24 has, or says itself, stays; so does what no part of the day has
    (rows("Date|Afternoon|Evening", "3 June 2027|13:00 – 16:00|17:15 – 03:00"), ["13:00/16:00", "17:15/03:00"]),
    (rows("Session|Time", "PM|9:00 a.m.", "Afternoon|9:15"), ["09:00", "09:15"]),
    (rows("Session|Time|Work", "Afternoon|1:00|Logon", "All day|2:15|Support"), ["13:00", "02:15"]),
    (rows("Day|Time", "Monday morning|2:15"), ["02:15"]),
])  # fmt: skip
def test_a_half_of_the_day_holds_for_the_times_beside_and_below_it(table: str, times: list[str]) -> None:
    assert ["/".join(filter(None, (one.time, one.end_time))) for one in read(table).times] == times


def test_an_hour_that_is_not_understood_leaves_its_day_without_one_and_is_told() -> None:
    found = read(rows("日期|時間|程序", "2027年6月3日|上午9時正|登入", "|4時正|關閉", "2027年6月4日|上午9時正|登入"))
    assert [(event.title, event.time) for event in found.events] == [("登入", "09:00"), ("關閉", None), ("登入", "09:00")]
    assert [one.quote for one in found.unexplained] == ["4時正"]


@pytest.mark.parametrize(("said", "part"), [
    ("Morning session", "morning"), ("下午 PM", "afternoon"), ("P.M.", "pm"), ("上午\nMorning", "morning"), ("傍晚", "evening"),
    ("AM / PM", None), ("Morning tea", None), ("上午及下午", None), ("Spam", None), ("", None),
])  # fmt: skip
def test_a_cell_says_a_part_of_the_day_and_nothing_else(said: str, part: str | None) -> None:
    assert part_of_day(fold(said)) == part
