"""Heads whose fields stand in two columns, what a circular replaces, and rows of a timetable that print no time."""

from __future__ import annotations

import pytest

from ingest.model import Expression
from ingest.pipeline import parse
from ingest.settings import Settings

ENGLISH = """
HKFE CLEARING CORPORATION LIMITED
Operations Department

CIRCULAR NO       MO/HKCC/014/2026
ISSUED            5 October 2026 (Monday)
TO                All Clearing Participants
RE                Migration of margin files – testing and certification
SUPERSEDES        MO/HKCC/009/2026

1.  Background

    Further to circular MO/HKCC/009/2026 of 3 August 2026, margin files will be migrated.
    Clearing Participants must return the form not later than 23 October 2026 (Friday).

2.  Timetable

    Date                     Time              Event
    -----------------------  ----------------  -----------------------------
    2 November 2026 (Mon)    09:00 – 17:00     First test session
    27 November 2026 (Fri)   12:00             Certificates are opened
    14 December 2026 (Mon)                     New files go live
"""
CHINESE = """<!DOCTYPE html>
<html lang="zh-HK"><body><h1>香港期貨結算有限公司</h1>
<dl>
<dt>通告編號</dt><dd>MO/HKCC/014/2026</dd>
<dt>發出日期</dt><dd>2026年10月5日（星期一）</dd>
<dt>事由</dt><dd>保證金檔案遷移 – 測試及認證</dd>
<dt>取代</dt><dd>MO/HKCC/009/2026</dd>
</dl>
<h2>一、背景</h2>
<p>茲提述2026年8月3日發出的通告MO/HKCC/009/2026，保證金檔案將予遷移。結算參與者須於2026年10月23日（星期五）或之前交回表格。</p>
<table>
<tr><th>日期</th><th>時間</th><th>事項</th></tr>
<tr><td>2026年11月2日（星期一）</td><td>09:00至17:00</td><td>第一次測試</td></tr>
<tr><td>2026年11月27日（星期五）</td><td>12:00</td><td>開啟證書</td></tr>
<tr><td>2026年12月14日（星期一）</td><td></td><td>新檔案啟用</td></tr>
</table>
</body></html>
"""


@pytest.fixture(params=["en", "zh"])
def circular(request: pytest.FixtureRequest) -> Expression:
    return read(ENGLISH, "txt") if request.param == "en" else read(CHINESE, "html")


def read(said: str, suffix: str) -> Expression:
    return parse(said.strip().encode(), f"circular.{suffix}", Settings())


def test_the_fields_of_the_head_are_read(circular: Expression) -> None:
    assert (circular.issuer, circular.number, str(circular.issued)) == ("HKCC", "MO/HKCC/014/2026", "2026-10-05")
    assert circular.title in ("Migration of margin files – testing and certification", "保證金檔案遷移 – 測試及認證")


def test_the_replaced_circular_is_cited_and_no_number_of_its_own(circular: Expression) -> None:
    assert circular.other_numbers == ()
    assert [reference.number for reference in circular.references] == ["MO/HKCC/009/2026"] * 2


def test_a_row_without_a_time_has_none(circular: Expression) -> None:
    assert [(event.time, event.end_time) for event in circular.events] == [("09:00", "17:00"), ("12:00", None), (None, None)]
    assert [day.time for day in circular.dates if str(day.start) == "2026-12-14"] == [None]


@pytest.mark.parametrize(
    ("rows", "times"),
    [
        ("2 March 2027\t16:15\tWebinar\n3 March 2027\t\tSeminar\n", ["16:15", None]),
        ("2 March 2027\t16:15\tWebinar\n\t17:00\tSeminar\n", ["16:15", "17:00"]),
        ("2 March 2027\t16:15\tWebinar\n\t\tSeminar\n", ["16:15", "16:15"]),
    ],
)
def test_a_time_goes_on_with_its_day_only(rows: str, times: list[str | None]) -> None:
    said = f"HKEX\nDate: 1 February 2027\n\nDate\tTime\tEvent\n{rows}"
    assert [event.time for event in read(said, "txt").events] == times


@pytest.mark.parametrize("when", ["27th inst.", "12 prox", "Tuesday week", "27-XI-2026"])
def test_an_old_way_of_writing_a_day_is_told(when: str) -> None:
    circular = read(f"HKEX\nDate: 1 February 2027\n\nParticipants must reply by {when}\n", "txt")
    assert [doubt.quote for doubt in circular.unexplained] == [when]
    assert not circular.deadlines


@pytest.mark.parametrize(
    ("when", "due", "doubts"),
    [("下下個星期二", "2026-10-13", []), ("下星期二", "2026-10-06", []), ("測試後下下星期二", None, ["下下星期二"])],
)
def test_the_week_after_next_is_not_the_next(when: str, due: str | None, doubts: list[str]) -> None:
    circular = read(f"香港交易所\n日期：2026年9月30日\n\n參與者須於{when}或之前交回表格。\n", "txt")
    assert [str(deadline.due) for deadline in circular.deadlines if deadline.due] == ([due] if due else [])
    assert [doubt.quote for doubt in circular.unexplained] == doubts
