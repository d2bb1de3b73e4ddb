"""Tables that lost their columns in plain text: found again where that can be proved, told where it cannot, never invented."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import gold
import pytest
from pdf_factory import missing
from prose_designs import documents

from ingest import formats
from ingest.formats import flat, kinds, plain
from ingest.model import Expression
from ingest.pipeline import parse
from ingest.settings import Settings

HEAD = "Date: 6 July 2026\n\nSubject: New platform\n\nThe steps are as follows.\n\n"
HEAD_ZH = "日期：2026年7月6日\n\n事由：新平台\n\n各步驟如下。\n\n"
TAIL = "\n\nYours faithfully,\n\nIda Poon\nHead of Operations\n"
STEPS = [
    ["Date", "Event"],
    ["3 August 2026", "Forms are sent out"],
    ["Monday, 10 August 2026", "Deadline for forms"],
    ["17 August 2026", "Launch"],
]
STEPS_ZH = [["日期", "事項"], ["2026年8月3日", "分發表格"], ["2026年8月10日（星期一）", "交回表格的截止日期"], ["2026年8月17日", "推出"]]
TIMED = [["Date", "Time", "Event"], ["3 August 2026", "9:15 a.m.", "Tests begin"], ["4 August 2026", "16:30", "Tests end"]]
TIMED_ZH = [["日期", "時間", "事項"], ["2026年8月3日", "上午9時15分", "測試開始"], ["2026年8月4日", "下午4時30分", "測試結束"]]
FEES = [["Item", "Fee (HK$)"], ["Futures", "10.50"], ["Options", "4.25"]]
WAIVED_ZH = [["項目", "現行收費（港元）", "新收費（港元）"], ["期貨", "0.54", "0.60"], ["期權", "1.00", "不變"], ["掉期", "2.00", "2.50"]]
SESSIONS_ZH = [["時段", "開市", "收市"], ["開市前時段", "上午9時", "上午9時30分"], ["早市", "上午9時30分", "中午12時"]]
Rows = list[list[str]]


def read(text: str) -> Expression:
    return parse(text.encode(), Path("notice.txt"), Settings())


def lines(rows: Rows, cell: str, row: str) -> str:
    return row.join(cell.join(one) for one in rows)


@pytest.mark.parametrize(("cell", "row"), [("\n", "\n"), ("\n\n", "\n\n"), ("\n", "\n\n")], ids=["tight", "apart", "rows-apart"])
@pytest.mark.parametrize(
    ("head", "rows"),
    [(HEAD, STEPS), (HEAD_ZH, STEPS_ZH), (HEAD, TIMED), (HEAD_ZH, TIMED_ZH), (HEAD, FEES), (HEAD_ZH, WAIVED_ZH)],
)
def test_one_cell_a_line_is_a_table_again(head: str, rows: Rows, cell: str, row: str) -> None:
    (table,) = read(head + lines(rows, cell, row) + TAIL).tables
    assert [list(one) for one in table.rows] == rows


def test_headings_of_sessions_name_clock_times() -> None:
    (table,) = read(HEAD_ZH + lines(SESSIONS_ZH, "\n", "\n") + TAIL).tables
    assert [list(one) for one in table.rows] == SESSIONS_ZH


@pytest.mark.parametrize(("head", "rows"), [(HEAD, STEPS), (HEAD_ZH, STEPS_ZH)])
def test_a_table_found_again_gives_events_deadlines_and_types(head: str, rows: Rows) -> None:
    found = read(head + lines(rows, "\n", "\n") + TAIL)
    assert [(str(event.start), event.title, event.row) for event in found.events] == [
        ("2026-08-03", rows[1][1], 1),
        ("2026-08-10", rows[2][1], 2),
        ("2026-08-17", rows[3][1], 3),
    ]
    assert [(str(due.due), due.relation) for due in found.deadlines] == [("2026-08-10", "on")]
    assert [column.kind for column in found.tables[0].columns] == ["date", "text"]
    assert all(found.text[slice(*event.span)] == event.quote for event in found.events)
    assert found.warnings == ()


def test_what_stands_between_two_dates_is_one_cell() -> None:
    table = "Date\nEvent\n3 August 2026\n• Forms are sent out\n• Hotline opens\n10 August 2026\nDeadline for the forms and\nfor the fee\n17 August 2026\nLaunch"
    found = read(HEAD + table + TAIL)
    assert [row[1] for row in found.tables[0].rows] == [
        "Event",
        "• Forms are sent out\n• Hotline opens",
        "Deadline for the forms and for the fee",
        "Launch",
    ]
    assert [event.title for event in found.events] == [
        "Forms are sent out",
        "Hotline opens",
        "Deadline for the forms and for the fee",
        "Launch",
    ]


@pytest.mark.parametrize(("head", "paragraph", "rows"), [
    (HEAD, "Date Event 3 August 2026 Forms are sent out Monday, 10 August 2026 Deadline for forms 17 August 2026 Launch", STEPS),
    (HEAD_ZH, "日期 事項 2026年8月3日 分發表格 2026年8月10日（星期一） 交回表格的截止日期 2026年8月17日 推出", STEPS_ZH),
    (
        HEAD,
        "Date Time Event 3 August 2026 9:15 a.m. Tests begin 4 August 2026 16:30 Tests end\n5 August 2026 10:00 Results",
        [*TIMED, ["5 August 2026", "10:00", "Results"]],
    ),
])  # fmt: skip
def test_rows_run_together_are_parted_at_their_dates(head: str, paragraph: str, rows: Rows) -> None:
    words = paragraph.replace("are sent", "sent")  # a verb would make it a sentence
    (table,) = read(head + words + TAIL).tables
    assert [list(one) for one in table.rows] == [[cell.replace("are sent", "sent") for cell in row] for row in rows]


@pytest.mark.parametrize(("text", "days"), [
    (HEAD + "Expiry Months Underlying Contract First Trading Day Monday, 19 July 2027 Mini Index Monday, 16 August 2027 Index Monday, 20 September 2027 Options", 4),
    (HEAD + "Date\nTime\nEvent\n3 August 2026\n09:15\nTests begin\n4 August 2026\nTests end\n5 August 2026\n10:00\nResults" + TAIL, 4),
    (HEAD_ZH + "日期\n時間\n事項\n2026年8月3日\n上午9時\n測試開始\n2026年8月4日\n測試結束\n2026年8月5日\n上午10時\n公布結果", 4),
    (HEAD_ZH + "到期月份 相關合約 首個交易日 2027年7月19日 小型指數 2027年8月16日 指數 2027年9月20日 期權", 4),
])  # fmt: skip
def test_rows_that_cannot_be_told_are_lost_aloud_and_keep_their_dates(text: str, days: int) -> None:
    found = read(text)
    assert [warn.code for warn in found.warnings] == ["table-lost"]
    assert (found.tables, len(found.dates)) == ((), days)


@pytest.mark.parametrize(("text", "lost"), [
    ("The fees are outlined in the table below:\n\nPlease tell your staff.", ["announced and not there: table below"]),
    ("有關費用詳列於下表：\n\n請通知貴公司職員。", ["announced and not there: 下表"]),
    ("The fees are outlined in the table below:\n\nItem\tFee\nFutures\t10.50\nOptions\t4.25", []),
    ("有關費用詳列於下表：\n\n項目\t收費\n期貨\t10.50\n期權\t4.25", []),
    ("The fees are outlined in the table below:\n\n• Futures: HK$10.50\n• Options: HK$4.25", []),
    ("Participants may seat guests at the table. The form is below.", []),
    ("請填妥以下表格。", []),
])  # fmt: skip
def test_a_table_that_is_announced_and_not_there_is_lost(text: str, lost: list[str]) -> None:
    assert [warn.message for warn in read(f"Date: 6 July 2026\n\nSubject: Fees\n\n{text}").warnings if warn.code == "table-lost"] == lost


@pytest.mark.parametrize("text", [
    "Date\n6 July 2026\nSubject\nNew platform\nEnquiry\nIda Poon",
    "Key dates\n3 August 2026 – forms\n10 August 2026 – deadline\n17 August 2026 – launch",
    "Important Dates\n\n3 August 2026\n\n10 August 2026\n\n17 August 2026",
    "Contact\nName\nNumber\nIda Poon\n2979 7411\nBen Ip\n2979 7412",
    "Pier Tower\n8 Ferry Road\nHong Kong\nNumber\n2979 7411",
    "Contents\nPage\nScope\n3\nFees\n5\nForms\n7",
    "The dates are 3 August 2026, 10 August 2026 and 17 August 2026. The event is held on each date.",
    "Trading Days are shown on the page. 3 August 2026 and 10 August 2026 are examples.",
    "致\n全體參與者\n日期\n2026年7月6日\n事項\n新平台",
])  # fmt: skip
def test_prose_lists_letterheads_and_contents_are_no_tables(text: str) -> None:
    found = plain.read(f"{text}\n\nThis is all that is to be said.".encode(), "notice.txt")
    assert (found.grids, found.warnings) == ((), ())


@cache
def prose() -> tuple[tuple[str, str], ...]:
    if reason := missing("weasyprint"):
        pytest.skip(reason)
    return tuple((sheet.name, formats.read(sheet.data, sheet.name).text) for sheet in documents("weasyprint"))


def test_prose_saved_as_text_has_no_tables() -> None:
    assert {name for name, text in prose() if (found := plain.read(text.encode(), "a.txt")).grids or found.warnings} == set()


@pytest.mark.skipif(not gold.SHARED.exists(), reason="the shared documents are not here")
def test_text_of_real_circulars_has_no_table_but_its_own() -> None:
    paths = [path for folder in ("circulars", "seeds") for path in sorted((gold.SHARED / folder).rglob("*.txt"))]
    assert paths
    rules = {grid.rule for path in paths for grid in plain.read(path.read_bytes(), path.name).grids}
    assert rules == {"plain.rows"}


@pytest.mark.parametrize(("row", "cells", "doubt"), [
    ("3 August 2026\tLaunch", ["3 August 2026", "", "Launch"], flat.PROVED),
    ("2026年8月3日\t推出", ["2026年8月3日", "", "推出"], flat.PROVED),
    ("3 August 2026 Launch", ["3 August 2026 Launch", "", ""], None),
    ("3 August 2026 09:15\tLaunch", ["3 August 2026 09:15", "", "Launch"], flat.PROVED),
    ("3 August 2026\t09:15 Launch", ["3 August 2026", "09:15", "Launch"], flat.PROVED),
    ("3 August 2026\t09:15\tLaunch", ["3 August 2026", "09:15", "Launch"], None),
    ("3 August 2026\t\t09:15\tLaunch", ["3 August 2026", "09:15", "Launch"], flat.NARROWED),
    ("3\tAugust 2026\t09:15\tLaunch", ["3 August 2026", "09:15", "Launch"], flat.NARROWED),
])  # fmt: skip
def test_a_row_without_a_tab_is_filled_by_the_kinds_of_its_cells(row: str, cells: list[str], doubt: str | None) -> None:
    rows = [*TIMED, ["5 August 2026", "10:00", "Results"], row.split("\t")]
    assert flat.refilled(rows)[-1] == flat.Row(tuple(cells), doubt)


def test_a_row_of_another_width_is_told_with_its_table() -> None:
    table = "Item\tBefore\tAfter\nFutures\t10.50\t11.00\nOptions\t4.25\t4.50\nSwaps\t3.00\nBonds\t1.00\t2.00\n"
    warnings = [(warn.code, warn.message) for warn in read(HEAD + table).warnings]
    assert warnings == [("table-columns", f"table 1, row 4: {flat.GUESSED}")]


@pytest.mark.parametrize(("said", "kind"), [
    ("24, 25 & 26 April 2023", "date"), ("2027年1月8日（星期五）", "date"), ("Late April – May 2023", "date"), ("2026年9月下旬", "date"),
    ("26-Nov-2026", "date"), ("17:00", "time"), ("下午五時三十分", "time"), ("9:15 a.m. – 4:30 p.m.", "time"), ("HK$5,000", "number"),
    ("0.5%", "number"), ("MHI2", "code"), ("N/A", "none"), ("不適用", "none"), ("Deadline on 4 May", "text"), ("第三日", "text"),
    ("2979 7421", "text"), ("This is a sentence. That too", "prose"), ("這是一句。", "prose"),
])  # fmt: skip
def test_a_cell_is_what_it_looks_like(said: str, kind: kinds.Kind) -> None:
    assert kinds.kind(said) == kind
