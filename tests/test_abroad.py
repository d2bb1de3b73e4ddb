"""Hours of other zones: an obligation keeps the zone, a calendar has the moment, and a table says when that is in Hong Kong."""

from __future__ import annotations

from datetime import date

import pytest
from icalendar import Calendar
from pair_factory import told
from sqlite_utils import Database
from thread_factory import kept

from kb import due, export, moments, store, zones
from kb.obligations import obligations

HEAD = """Ref. No.: CD/OPS/CCASS/110/2027
Date: 4 January 2027

HONG KONG SECURITIES CLEARING COMPANY LIMITED

CIRCULAR

Subject: Forms of other places

"""
CHINESE = """編號：CD/OPS/CCASS/110/2027
日期：2027年1月4日

香港中央結算有限公司

事項：外地表格

"""


def zone(text: str) -> str | None:
    [found] = obligations([told(text)])
    return found.zone


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEAD + "CPs must submit the form by 5:00 p.m. (London time) on 5 May 2027.", "Europe/London"),
        (HEAD + "CPs must submit the form by 11:59 p.m. EST on 3 May 2027.", "America/New_York"),
        (HEAD + "CPs must submit the form by 23:59 UTC on 5 May 2027.", "UTC"),
        (HEAD + "Date\tEvent\n13 May 2027, 5:00 p.m. Tokyo time\tDeadline for the form\n14 May 2027\tStart\n", "Asia/Tokyo"),
        (CHINESE + "參與者須於2027年5月3日倫敦時間下午5時前提交表格。", "Europe/London"),
        (HEAD + "CPs must submit the form by 5:00 p.m. Australian time on 5 May 2027.", "5:00 p.m. Australian time"),
        (HEAD + "CPs must submit the form by 5:00 p.m. (Hong Kong time) on 5 May 2027.", None),
        (HEAD + "CPs must submit the form by 5:00 p.m. on 5 May 2027. Markets in London close at 4:30 p.m. London time.", None),
        (HEAD + "CPs must submit the form by 5 May 2027. The system stops at 5:00 p.m. London time.", None),
    ],
)
def test_the_hour_of_an_obligation_is_of_its_own_zone(text: str, expected: str | None) -> None:
    assert zone(text) == expected


@pytest.mark.parametrize(("words", "expected"), [("5 p.m. CEST", "Europe/Brussels"), ("central european time", None), ("BEST", None)])
def test_a_zone_is_named_by_whole_words_as_they_are_printed(words: str, expected: str | None) -> None:
    assert zones.named(words) == expected


def test_every_name_belongs_to_one_zone_that_the_machine_knows() -> None:
    assert sum(map(len, moments.zones().values())) == len(zones._names())
    assert all(moments.moment(date(2027, 5, 5), "17:00", name) for name in moments.zones())


@pytest.mark.parametrize(
    ("clock", "name", "expected"),
    [
        ("17:00", None, "17:00"),
        ("17:00", "Europe/London", "17:00 Europe/London (05-06 00:00 HKT)"),
        ("24:00", "America/New_York", "24:00 America/New_York (05-06 12:00 HKT)"),
        ("09:00", "Australia/Sydney", "09:00 Australia/Sydney (05-05 07:00 HKT)"),
        ("17:00", "5:00 p.m. Australian time", "17:00 “5:00 p.m. Australian time”"),
        (None, None, ""),
    ],
)
def test_an_hour_is_printed_with_its_zone_and_that_of_hong_kong(clock: str | None, name: str | None, expected: str) -> None:
    assert moments.printed(date(2027, 5, 5), clock, name) == expected


def test_two_zones_of_one_hour_are_a_conflict_and_a_zone_that_one_place_gives_is_none() -> None:
    english = told(HEAD + "CPs must submit the form by 5:00 p.m. (London time) on 5 May 2027.")
    for said, differs in (("倫敦時間", False), ("", False), ("紐約時間", True)):
        chinese = told(CHINESE + f"參與者須於2027年5月5日{said}下午5時或之前提交表格。", "zh.txt")
        [found] = obligations([english, chinese])
        assert (found.zone, found.conflict is not None) == ("Europe/London", differs)


@pytest.fixture
def db() -> Database:
    return store.open_db(":memory:")


def test_a_calendar_has_the_moment_in_its_zone_and_marks_the_day_where_words_name_none(db: Database) -> None:
    kept(
        db,
        a=HEAD
        + "CPs must submit the form by 5:00 p.m. (London time) on 5 May 2027.\n\n"
        + "CPs must pay the fee by 5:00 p.m. Australian time on 7 May 2027.",
    )
    assert [one.zone for one in due.everything(db)] == ["Europe/London", "5:00 p.m. Australian time"]
    entries = Calendar.from_ical(export.as_ics(export.ask(db, export.CALENDAR))).walk("VEVENT")
    assert [entry["DTSTART"].to_ical().decode() for entry in entries] == ["20270505T170000", "20270507"]
    assert entries[0]["DTSTART"].params["TZID"] == "Europe/London"
    assert "Hour of another zone: 17:00 “5:00 p.m. Australian time”" in entries[1]["DESCRIPTION"]


def test_another_zone_of_the_same_hour_raises_the_sequence(db: Database) -> None:
    text = HEAD + "CPs must submit the form by 5:00 p.m. (London time) on 5 May 2027."
    for words in ("London", "New York"):
        kept(db, a=text.replace("London", words))
    assert db.execute("SELECT zone, sequence FROM calendar_entries").fetchall() == [("America/New_York", 1)]
