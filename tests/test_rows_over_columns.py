"""Rows with a cell over several columns of a table without rulings: days that head a group of rows, and a period over two columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import pytest
from page_factory import leaf, read, strings
from pdf_factory import by_office, missing, printed
from table_breaks import LOOKS
from table_designs import Design

from ingest.extract import proof
from ingest.model import Expression, Table
from ingest.pipeline import parse
from ingest.settings import Settings

Cells = Sequence[str | tuple[str, int]]
Printer = Literal["weasyprint", "chromium", "web", "word"]
HEADS = {
    "en": "<p>Ref. No.: NH/OPS/014/2027<br>Date: 8 March 2027</p><h1>Rehearsals</h1><p>Participants are asked to take part as follows.</p>",
    "zh-Hant": "<p>編號：NH/OPS/014/2027</p><p>日期：2027年3月8日</p><h1>演習安排</h1><p>各輪演習安排如下，請參與者留意。</p>",
}
ENDS = {
    "en": "<p>Questions may be put to your relationship manager.</p><p>Harriet Poon<br>Head of Operations</p>",
    "zh-Hant": "<p>如有查詢，請聯絡客戶經理。</p><p>營運部主管<br>潘麗芬</p>",
}
TABLES: dict[str, tuple[str, list[Cells], list[str]]] = {
    "period-en": ("en", [
        ("Date", "Time", "Event", "Party"), ("5 April 2027", "9:30 a.m.", "Log on and check the test data", "All CPs"),
        ("6 April 2027", "10:00 a.m.", "Enter instructions", "All CPs"),
        (("Wednesday 7 April to Friday 9 April 2027 (all day)", 2), "Parallel run of both systems", "All CPs"),
        ("12 April 2027", "4:00 p.m.", "Return the form", "DCPs"),
    ], ["2027-04-05 09:30", "2027-04-06 10:00", "2027-04-07..2027-04-09", "2027-04-12 16:00"]),
    "period-zh": ("zh-Hant", [
        ("日期", "時間", "事項", "參與者"), ("2027年4月5日", "上午9時30分", "登入系統及核對測試資料", "所有參與者"),
        ("2027年4月6日", "上午10時正", "輸入交收指示", "所有參與者"),
        (("2027年4月7日至9日（星期三至五）全日", 2), "兩個系統並行運作", "所有參與者"),
        ("2027年4月12日", "下午4時正", "交回表格", "直接參與者"),
    ], ["2027-04-05 09:30", "2027-04-06 10:00", "2027-04-07..2027-04-09", "2027-04-12 16:00"]),
    "groups-en": ("en", [
        ("Time", "Event", "Party"), (("Monday, 5 April 2027", 3),), ("9:30 a.m.", "Log on and check the test data", "All CPs"),
        ("11:00 a.m.", "Enter instructions", "All CPs"), (("Tuesday, 6 April 2027", 3),),
        ("10:00 a.m.", "Switch to the other centre", "All CPs"), ("4:00 p.m.", "Return the form", "DCPs"),
    ], ["2027-04-05 09:30", "2027-04-05 11:00", "2027-04-06 10:00", "2027-04-06 16:00"]),
    "groups-zh": ("zh-Hant", [
        ("時間", "事項", "參與者"), (("2027年4月5日（星期一）第一輪演習", 3),), ("上午9時30分", "登入系統及核對測試資料", "所有參與者"),
        ("上午11時正", "輸入交收指示", "所有參與者"), (("2027年4月6日（星期二）第二輪演習", 3),),
        ("上午10時正", "切換至後備中心", "所有參與者"), ("下午4時正", "交回表格", "直接參與者"),
    ], ["2027-04-05 09:30", "2027-04-05 11:00", "2027-04-06 10:00", "2027-04-06 16:00"]),
}  # fmt: skip
STYLES = {**LOOKS, "tight": "td,th{padding:1pt 12pt 1pt 0}", "middle": "td,th{padding:4pt 8pt;vertical-align:middle}"}


def row(cells: Cells) -> str:
    said = ((cell, 1) if isinstance(cell, str) else cell for cell in cells)
    return "<tr>" + "".join(f"<td colspan={across}>{words}</td>" for words, across in said) + "</tr>"


DESIGNS = {
    f"{name}-{look}-{width}": Design(
        name, lang, f"{css} table{{width:{width}}}", f"{HEADS[lang]}<table>{''.join(map(row, rows))}</table>{ENDS[lang]}"
    )
    for name, (lang, rows, _) in TABLES.items()
    for look, css in STYLES.items()
    for width in ("100%", "auto")
}
TIGHT = {f"groups-zh-{look}-auto": ["table-lost"] for look in ("half", "lines", "none")}  # hours no further from words than words are
SQUEEZED = {name: ["table-lost"] for name in DESIGNS if name.startswith("groups-zh")}  # nothing but spaces between the cells of whole rows


@cache
def read_by(printer: Printer) -> dict[str, Expression]:
    if reason := missing("libreoffice" if printer in ("web", "word") else printer):
        pytest.skip(reason)
    pages = [one.html for one in DESIGNS.values()]
    sheets = by_office(pages, printer) if printer in ("web", "word") else printed(printer, pages)
    return {name: parse(data, Path(f"{name}.pdf"), Settings()) for name, data in zip(DESIGNS, sheets, strict=True)}


def bare(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    return [[re.sub(r"\s", "", cell) for cell in row] for row in rows]


@pytest.mark.parametrize(("printer", "missed"), [("weasyprint", TIGHT), ("chromium", TIGHT), ("web", {}), ("word", SQUEEZED)])
def test_rows_over_columns_are_read_with_their_days(printer: Printer, missed: dict[str, list[str]]) -> None:
    found = read_by(printer)
    wrong = {}
    for name, one in found.items():
        events = [f"{e.start}{'' if e.end == e.start else f'..{e.end}'}{f' {e.time}' if e.time else ''}" for e in one.events]
        expected = TABLES[DESIGNS[name].name][2]
        if [bare(table.rows) for table in one.tables] != list(map(bare, DESIGNS[name].truth)) or events != expected:
            wrong[name] = [warn.code for warn in one.warnings if warn.code.startswith("table")]
        else:
            assert one.warnings == (), name
    assert wrong == missed


def test_a_merged_cell_tells_how_many_columns_it_takes() -> None:
    one = read_by("chromium")["period-en-none-100%"]
    assert [(merge.row, merge.col, merge.rowspan, merge.colspan) for merge in one.tables[0].merged] == [(3, 0, 1, 2)]


@pytest.mark.parametrize("line", [
    "Table 2: contracts of the other market and their fees",  # names the next table
    "Date: 4 March 2027, as told to all participants before",  # a label
    "The fees of the other market stand in the columns below:",  # a sentence that announces
])  # fmt: skip
def test_a_line_between_two_tables_is_no_row_of_one(line: str) -> None:
    upper = [("Contract", "Fee"), ("Harbour", "10.00"), ("Dividend", "12.00"), ("Sector", "14.00")]
    words = [(left, 100 + 18 * at, said) for at, row in enumerate(upper) for left, said in zip((60, 200), row, strict=True)]
    words += [(60, 172, line)]
    words += [(left, 190 + 18 * at, said) for at, row in enumerate(upper) for left, said in zip((60, 200), row, strict=True)]
    found = read(leaf(words))
    assert all(line not in cell for grid in found.grids for row in strings(found, grid) for cell in row)


def test_a_number_that_lost_its_column_makes_no_row_over_columns() -> None:
    """As LibreOffice writes a row whose cells have no more than a space between them."""
    rows = [("Item", "Unit", "Fee"), ("Futures", "Each", "0.60"), ("Options", "Each", "1.15")]
    words = [(left, 100 + 18 * at, said) for at, row in enumerate(rows) for left, said in zip((60, 160, 220), row, strict=True)]
    words += [(60, 154, "Accounts"), (160, 154, "Each year 1,200.00"), (60, 172, "Reports"), (160, 172, "Each"), (220, 172, "20.00")]
    found = read(leaf(words))
    assert "Each year 1,200.00" not in [cell for grid in found.grids for row in strings(found, grid) for cell in row]


def table(rows: Sequence[Sequence[str]], rule: str = "paper.aligned") -> Table:
    return Table(caption=None, header=1, rows=tuple(map(tuple, rows)), merged=(), span=(0, 1), page=1, bbox=None, rule=rule)


HEAD = ("Date", "Who takes part")


@pytest.mark.parametrize(("rows", "told"), [
    ([HEAD, ("3 May 2027", "All CPs, with"), ("4 May 2027", "one terminal each"), ("5 May 2027", "DCPs")], ["table 1, row 3, column 2"]),
    ([HEAD, ("24 April", "DCPs"), ("2027", "All CPs"), ("5 May 2027", "DCPs"), ("6 May 2027", "CPs")], ["table 1, row 3, column 1"]),
    ([HEAD, ("2027年5月3日", "直接參與者及"), ("2027年5月4日", "供應商"), ("2027年5月5日", "參與者")], ["table 1, row 3, column 2"]),
    ([HEAD, ("3 May 2027", "up to a year"), ("4 May 2027", "over a year"), ("5 May 2027", "over two")], []),  # all begin small
    ([HEAD, ("3 May 2027", "CPs"), ("4 May 2027", "DCPs"), ("2027", "Years")], []),
])  # fmt: skip
def test_a_cell_that_goes_on_with_the_one_above_is_told(rows: Sequence[Sequence[str]], told: list[str]) -> None:
    said = ": may be the rest of the cell above it"
    assert [warn.message for warn in proof.doubts(table(rows), 1) if warn.code == "table-rows"] == [one + said for one in told]
    assert [warn for warn in proof.doubts(table(rows, "html.table"), 1) if warn.code == "table-rows"] == []


MOVED = """<style>@page { size: 400pt 320pt; margin: 40pt } body { font: 11pt 'Noto Sans' } p { margin: 0; orphans: 1; widows: 1 }
td, th { vertical-align: bottom; padding: 4pt 12pt 4pt 0; text-align: left }</style><h1>Test</h1><p>Notice CT/1/27.</p>
<div style="height: %dpt"></div><p>The timetable is as follows:</p><table><tr><th>Date</th><th>Event</th></tr>%s</table>"""
DATED = {
    "4 January 2027 (Monday)": "Registration opens for the test",
    "8 January 2027 (Friday)": "Deadline for registration forms",
    "15 January 2027 (Friday)": "Confirmation of the test accounts",
    "22 January 2027 (Friday)": "Members shall log on and confirm that all of their terminals show the notice of the day in full",
    "29 January 2027 (Friday)": "Second session",
}


def test_a_day_that_the_end_of_a_page_parts_from_its_row_is_not_silently_that_of_another() -> None:
    rows = "".join(f"<tr><td><p>{day}</p></td><td><p>{event}</p></td></tr>" for day, event in DATED.items())
    told = 0
    spaces = range(0, 40, 4)
    for above, data in zip(spaces, printed("weasyprint", [MOVED % (above, rows) for above in spaces]), strict=True):
        found = parse(data, Path("moved.pdf"), Settings())
        days = [str(event.start) for event in found.events]
        if days != ["2027-01-04", "2027-01-08", "2027-01-15", "2027-01-22", "2027-01-29"]:
            told += 1
            assert found.unexplained or "table-rows" in [warn.code for warn in found.warnings], (above, days)
    assert told, "no row was parted from its day"


def test_headings_as_the_last_row_below_days_are_told() -> None:
    rows = [
        ("Month", "Last trading day"),
        ("October 2027", "28 October 2027"),
        ("November 2027", "29 November 2027"),
        ("Contract", "Limit"),
    ]
    assert [(warn.code, warn.message) for warn in proof.doubts(table(rows), 1)] == [
        ("table-columns", "table 1, row 4: another table may begin here")
    ]
    fine = [*rows[:3], ("December 2027", "To be announced")]
    assert list(proof.doubts(table(fine), 1)) == []
