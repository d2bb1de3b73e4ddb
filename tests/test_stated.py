"""The days that a cell of a timetable states: a day that has been given up, excepted or remarked upon makes no event and no deadline."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.model import Expression
from ingest.pipeline import parse
from ingest.settings import Settings

ENGLISH = "Hong Kong Securities Clearing Company Limited\n\nDate: 4 January 2027\n\nSubject: Dates\n\nDate\tEvent\n"
CHINESE = "香港中央結算有限公司\n\n日期：2027年1月4日\n\n事項：日期\n\n日期\t事項\n"


def read(text: str, name: str = "a.txt") -> Expression:
    return parse(text.encode(), Path(name), Settings())


def days(found: Expression) -> str:
    """The events of the first row, `A/B` for a period, and behind the bar what is due."""
    events = " ".join(str(e.start) if e.start == e.end else f"{e.start}/{e.end}" for e in found.events if e.row == 1)
    return f"{events} | {' '.join(str(deadline.due) for deadline in found.deadlines)}"


STATED = [
    ("3 May 2027 (originally 21 April 2027)", "2027-05-03 | 2027-05-03"),
    ("3 May 2027 (was 21 and 22 April 2027)", "2027-05-03 | 2027-05-03"),
    ("5 May 2027 (revised from 30 April 2027)", "2027-05-05 | 2027-05-05"),
    ("3 May 2027 instead of 21 April 2027", "2027-05-03 | 2027-05-03"),
    ("Originally 21 April 2027, now 3 May 2027", "2027-05-03 | 2027-05-03"),
    ("21 April 2027 (revised to 3 May 2027)", "2027-05-03 | 2027-05-03"),
    ("21 April 2027 → 3 May 2027", "2027-05-03 | 2027-05-03"),
    ("3 May 2027 (Monday) (back-up date: 10 May 2027)", "2027-05-03 | 2027-05-03"),
    ("3 May 2027, back-up date 10 May 2027", "2027-05-03 2027-05-10 | 2027-05-03 2027-05-10"),
    ("13 May 2027 or 20 May 2027", "2027-05-13 2027-05-20 | 2027-05-13 2027-05-20"),
    ("7 May 2027 to 9 May 2027 (except 8 May 2027)", "2027-05-07/2027-05-09 | None"),
    ("7 May 2027, announced on 4 May 2027", "2027-05-07 | 2027-05-07"),
    ("5 May 2027 and 3 May 2027", "2027-05-05 2027-05-03 | 2027-05-05 2027-05-03"),
    # Lists and ranges stay one period.
    ("24, 25 & 26 April 2027", "2027-04-24/2027-04-26 | 2027-04-26"),
    ("Mon (3 May 2027) to Fri (7 May 2027)", "2027-05-03/2027-05-07 | 2027-05-07"),
    ("3 May 2027 (to 5 May 2027)", "2027-05-03/2027-05-05 | 2027-05-05"),
    ("3 May 2027 9:00 a.m. – 5 May 2027 5:00 p.m.", "2027-05-03/2027-05-05 | 2027-05-05"),
    ("2027年5月3日（原定2027年4月21日）", "2027-05-03 | 2027-05-03"),
    ("2027年5月3日（取代原定的2027年4月21日）", "2027-05-03 | 2027-05-03"),
    ("由2027年4月21日延至2027年5月3日", "2027-05-03 | 2027-05-03"),
    ("2027年4月21日改為2027年5月3日", "2027-05-03 | 2027-05-03"),
    ("2027年5月3日（後備日期：5月10日）", "2027-05-03 | 2027-05-03"),
    ("2027年5月3日或5月10日", "2027-05-03 2027-05-10 | 2027-05-03 2027-05-10"),
    ("2027年5月3日及5日", "2027-05-03/2027-05-05 | 2027-05-05"),
    ("5月3日上午9時至5月5日下午5時", "2027-05-03/2027-05-05 | 2027-05-05"),
]


@pytest.mark.parametrize(("cell", "stated"), STATED)
def test_an_event_and_a_deadline_take_the_days_that_hold(cell: str, stated: str) -> None:
    page, entry = (ENGLISH, "Deadline for Form A") if cell.isascii() or "–" in cell or "→" in cell else (CHINESE, "遞交表格甲的截止日期")
    other = "6 July 2027\tLaunch" if page is ENGLISH else "2027年7月6日\t推出"
    found = read(f"{page}{cell}\t{entry}\n{other}\n")
    assert days(found) == stated


def test_a_cell_that_only_gives_a_day_up_is_doubted() -> None:
    found = read(f"{ENGLISH}(originally 21 April 2027)\tDeadline for Form A\n6 July 2027\tLaunch\n7 July 2027\tEnd\n")
    assert (found.deadlines, [event.row for event in found.events]) == ((), [2, 3])
    assert [item.quote for item in found.unexplained] == ["(originally 21 April 2027)"]


def page(dates: str, entries: str) -> str:
    row = f"<tr><td>{dates}</td><td>{entries}</td></tr><tr><td>6 July 2027</td><td>Launch</td></tr>"
    return f"<p>Date: 4 January 2027</p><h1>Dates</h1><table><tr><th>Date</th><th>Event</th></tr>{row}</table>"


@pytest.mark.parametrize(
    ("dates", "entries", "told"),
    [
        ("4 May 2027<br>5 May 2027", "Deadline for A<br>Deadline for B", [("2027-05-04", "A"), ("2027-05-05", "B")]),
        ("4 May 2027 to<br>5 May 2027", "Deadline for A<br>Deadline for B", [("None", "A"), ("None", "B")]),
        ("4 May 2027<br>5 May 2027", "Deadline for A", [("2027-05-05", "A")]),
    ],
)
def test_as_many_lines_as_days_are_pairs(dates: str, entries: str, told: list[tuple[str, str]]) -> None:
    assert [(str(item.due), item.action) for item in read(page(dates, entries), "a.html").deadlines] == told
