"""Schedules in plain text: days with several timed rows below them, headings over groups, and tables of words whose cells stand one a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.model import Expression
from ingest.pipeline import parse
from ingest.settings import Settings


def read(body: str, announced: str = "The timetable is as follows:") -> Expression:
    return parse(
        f"Date: 10 July 2028\n\nDrill\n\n{announced}\n\n{body}\n\nResults are sent to the desk.\n".encode(), Path("a.txt"), Settings()
    )


def laid_out(*rows: str, widths: tuple[int, ...]) -> str:
    """Rows of cells in columns of so many places; a Chinese character takes two."""

    def padded(cell: str, width: int) -> str:
        return cell + " " * (width - len(cell) - sum(char > "\u2e7f" for char in cell))

    return "\n".join("".join(map(padded, row.split("|"), (*widths, 0))).rstrip() for row in rows)


TIMED = laid_out(
    "Date|Time|Work|Who", "19 August 2028 (Sat)|9:30 a.m.|Logon|Participants", "|11:00 a.m.|Input|Participants", "|2:00 p.m.|Batch|House",
    "26 August 2028 (Sat)|10:00 a.m.|Matching|Participants", "|3:00 p.m.|Reset|House", widths=(27, 15, 15),
)  # fmt: skip
HALVES = laid_out(
    "日期|時段|時間|程序|負責單位", "2028年8月19日（星期六）|上午|9時30分|登入系統|參與者", "||11時正|輸入結算指示|參與者", "|下午|2時正|日終批次處理|結算所",
    "2028年8月26日（星期六）|上午|10時正|核對持倉|參與者", "|下午|3時正|回復生產環境|結算所", widths=(27, 7, 12, 15),
)  # fmt: skip
SESSIONS = laid_out(
    "Date|Session|Work|Who", "19 August 2028 (Sat)|AM|Logon|Participants", "|AM|Input|Participants", "|PM|Batch|House",
    "26 August 2028 (Sat)|AM|Matching|Participants", widths=(27, 10, 15),
)  # fmt: skip


@pytest.mark.parametrize(("text", "events"), [
    (TIMED, ["19 09:30 Logon", "19 11:00 Input", "19 14:00 Batch", "26 10:00 Matching", "26 15:00 Reset"]),
    (HALVES, ["19 09:30 登入系統", "19 11:00 輸入結算指示", "19 14:00 日終批次處理", "26 10:00 核對持倉", "26 15:00 回復生產環境"]),
    (SESSIONS, ["19 None Logon", "19 None Input", "19 None Batch", "26 None Matching"]),
])  # fmt: skip
def test_rows_below_a_day_are_rows_of_their_own(text: str, events: list[str]) -> None:
    found = read(text)
    assert [f"{one.start:%d} {one.time} {one.title}" for one in found.events if one.start] == events
    assert found.warnings == ()


def test_a_cell_that_goes_on_is_no_row_of_its_own() -> None:
    rows = (
        "19 August 2028|9:30 a.m.|Logon of all users at the|Participants and",
        "||back-up centre|agents",
        "26 August 2028|3:00 p.m.|Reset|House",
    )
    (table,) = read(laid_out("Date|Time|Work|Who", *rows, widths=(20, 15, 28))).tables
    assert table.rows[1] == ("19 August 2028", "9:30 a.m.", "Logon of all users at the back-up centre", "Participants and agents")


def test_headings_over_groups_that_repeat_stay_above_them() -> None:
    rows = (
        "Contract|Before||After|",
        "|Strike|Multiplier|Strike|Multiplier",
        "PKH call|32.50|1,000|30.59|1,062",
        "PKH put|35.00|1,000|32.94|1,062",
    )
    (table,) = read(laid_out(*rows, widths=(14, 10, 14, 10))).tables
    assert (table.header, table.rows[0]) == (2, ("Contract", "Before", "", "After", ""))
    assert [column.heading for column in table.columns[1:]] == [
        "Before – Strike",
        "Before – Multiplier",
        "After – Strike",
        "After – Multiplier",
    ]


LIST = "Northern Securities\nSouthern Brokers\nEast Wharf Futures\nWest Point Agents\nCentral Dealers\nHarbour Nominees"


@pytest.mark.parametrize(("text", "announced", "lost"), [
    ("產品\n級別\n每張費用\n指數期貨\n一\n首20,000張10元\n指數期貨\n二\n其後8元", "交易費用計算如下：", ["產品"]),
    ("Function\nMenu\nChange\nPosition Transfer\nClearing – Position\nRenamed\nUser Maintenance\nUsers\nNone", "The functions below change.",
     ["Function"]),
    ("貨幣\n存入\n提取\n港元\n下午5時\n上午11時\n人民幣\n下午4時\n上午10時\n美元\n下午3時\n上午9時", "截止時間如下：", ["貨幣"]),
    (LIST, "The firms below have joined:", []),
    ("- Form A\n- Form B\n- Product list\n- Report codes\n- Fees\n- Status", "Return the following:", []),
    ("Session Date Time Venue\nFirst 14 July 2028 10:30 a.m. Hall\nSecond 15 July 2028 2:30 p.m. Hall\nThird 17 July 2028 4:00 p.m. Webcast",
     "The sessions are as follows:", ["Session Date Time Venue"]),
    ("Product: futures\nMarket: Hong Kong\nStatus: new\nFee: none\nCode: HIF\nLevel: 1", "The particulars are as follows:", []),
])  # fmt: skip
def test_a_table_of_words_with_one_cell_a_line_is_told(text: str, announced: str, lost: list[str]) -> None:
    found = read(text, announced)
    assert [warn.message.partition(": ")[2] for warn in found.warnings if warn.code == "table-lost"] == lost


def test_a_period_with_more_words_is_a_date_of_its_row() -> None:
    rows = "Date\nEvent\n10 July 2028\nThe old counter closes\n24 July to 11 August 2028 (both days inclusive)\nParallel trading\n14 August 2028\nThe counter closes"
    events = read(rows).events
    assert [(str(one.start), str(one.end)) for one in events[1:]] == [("2028-07-24", "2028-08-11"), ("2028-08-14", "2028-08-14")]


def test_a_row_below_a_cell_that_goes_on_is_a_row() -> None:
    rows = (
        "19 August 2028|08:00 – 08:45|• Start-up|House, CPs",
        "||• Logon of users|",
        "|09:00|Market open|EPs",
        "26 August 2028|07:00|Reset|House",
    )
    (table,) = read(laid_out("Date|Time|Work|Who", *rows, widths=(20, 17, 28))).tables
    assert table.rows[1][1:] == ("08:00 – 08:45", "• Start-up\n• Logon of users", "House, CPs")
    assert table.rows[2] == ("", "09:00", "Market open", "EPs")


def test_a_sentence_leads_from_one_table_in_tabs_to_the_next() -> None:
    """The periods of its rows are events as their days are; a column of weekdays titles none."""
    above = "Subject:\tClosing days\nContact:\tThe desk (tel. 2211 0000)\nRef.: NH/7/28\nDate: 10 July 2028\nThe days are as follows:"
    rows = "Holiday\tClosed\tOpen again\nA\t1 October 2028 to 3 October 2028\t4 October 2028\nB\t26 December 2028\t27 December 2028"
    found = parse(f"North Harbour\n{above}\n{rows}\n".encode(), Path("a.txt"), Settings())
    assert found.tables[-1].rows[0] == ("Holiday", "Closed", "Open again")
    assert [f"{one.start}..{one.end:%d} {one.title}" for one in found.events] == [
        "2028-10-01..03 Closed", "2028-10-04..04 Open again", "2028-12-26..26 Closed", "2028-12-27..27 Open again",
    ]  # fmt: skip
    weekly = "Date\tDay\tMarket\n19 August 2028\tSat\tClosed\n21 August 2028\tMon\tHalf-day"
    assert [one.title for one in read(weekly).events] == ["Closed", "Half-day"]
