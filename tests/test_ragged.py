"""Tables whose columns lost their places, as in a mail that was copied: rows of cells a few spaces apart; check-lists; cells in two languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from growth import grows_in_proportion

from ingest.formats import plain
from ingest.model import Expression
from ingest.pipeline import parse
from ingest.settings import Settings

ABOVE = "NORTHERN HARBOUR CLEARING LIMITED\n\nDate: 6 July 2026\n\nSubject: New platform\n\nParticulars are below.\n\n"
BELOW = "\n\nYours faithfully,\n\nIda Poon\nHead of Operations\n"
Rows = list[list[str]]


def read(table: str) -> Expression:
    return parse(f"{ABOVE}{table}{BELOW}".encode(), Path("mail.txt"), Settings())


def rows(text: str) -> Rows:
    return [line.split("|") for line in text.split("\n")]


@pytest.mark.parametrize("cells", [
    "Date|Time|Event\n3 August 2026|9:15 a.m.|Tests begin at the main centre\n14 August 2026|16:30|Tests end",
    "日期|時間|事項\n2026年8月3日|上午9時15分|主中心開始測試\n2026年8月14日|下午4時30分|測試結束",
    "Class|Members|Basic (HK$)|Total (HK$)\nDirect|38|11,400,000|37,715,000\nGeneral|9|13,500,000|54,780,000\nAll|47|24,900,000|92,495,000",
    "Document|Direct|General\nApplication form|✓|✓\nBoard resolution of the last year|✓|✗\nAccounts|✗|N/A",
    "證券簡稱|原有代號|新代號\n東港實業|03388|02988\n南灣科技集團|08126|08516\n西環|00747|02933",
])  # fmt: skip
@pytest.mark.parametrize("white", ["  ", "   "])
def test_rows_whose_cells_are_a_few_spaces_apart_are_a_table(cells: str, white: str) -> None:
    (table,) = read(cells.replace("|", white)).tables
    assert [list(row) for row in table.rows] == rows(cells)


def test_several_times_the_white_stands_around_empty_cells() -> None:
    cells = "Item|Number|Fee (HK$)\nMain terminals|2|24,000\nBackup terminals at the other site|1|6,500\nTotal||30,500"
    (table,) = read(cells.replace("|", "  ")).tables
    assert [list(row) for row in table.rows] == rows(cells)


def test_a_row_that_lost_its_empty_cells_is_told() -> None:
    found = read("Item  Number  Fee (HK$)\nMain terminals  2  24,000\nOther terminals  1  6,500\nLines  3  20\nStorage  30,520")
    assert (len(found.tables), [warn.code for warn in found.warnings]) == (1, ["table-columns"])


@pytest.mark.parametrize("table", [
    "日期  時間  程序  參加者\n2027年6月5日  上午9時正  登入測試  所有參與者\n上午10時30分  模擬開市前時段  參與者\n下午1時正  模擬時段  參與者",
    "Stream  Coverage  Escalation\nBlue team  Equities and funds  Ada Chan\nGreen team  Bonds  Ben Lee\nRed team  Options  Carl Ho",
])  # fmt: skip
def test_rows_that_nobody_can_tell_are_lost_aloud(table: str) -> None:
    found = read(table)
    assert (found.tables, found.events, [warn.code for warn in found.warnings]) == ((), (), ["table-lost"])
    assert table in found.text


@pytest.mark.parametrize("text", [
    "The test ends.  Fees are due.\nThe other test ends.  No fee is due.\nAll of it ends.  That is so.",
    "Ida Poon  Head of Operations\nBen Lee  Head of Risk\nAda Chan  Counsel",
    "1.  Scope\n2.  Fees\n3.  Forms",
    "Tel:  2979 7001\nFax:  2979 7002\nE-mail:  desk@x.example",
    "甲、  範圍\n乙、  收費\n丙、  表格",
])  # fmt: skip
def test_other_lines_with_some_spaces_are_no_table(text: str) -> None:
    found = read(text)
    assert (found.tables, found.warnings) == ((), ())


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_check_list_with_one_cell_a_line_is_a_table(between: str) -> None:
    cells = [["Document", "Direct", "General"], ["Form", "✓", "✓"], ["Resolution", "✓", "✗"], ["Accounts", "✓", "N/A"]]
    (table,) = read(between.join(cell for row in cells for cell in row)).tables
    assert [list(row) for row in table.rows] == cells


@pytest.mark.parametrize("cells", [
    ["合約", "現行水平", "新水平", "（港元）", "（港元）", "指數期貨", "88,000", "92,400", "小型期貨", "17,600", "18,480", "科技期貨", "24,000", "22,800"],
    ["日期", "時間", "程序", "2027年6月5日", "上午9時正", "登入測試", "上午10時正", "模擬時段", "2027年6月12日", "上午9時正", "切換", "下午2時"],
    ["Contract", "Code", "Present level", "New level", "HK$", "HK$", "Futures", "HIF", "98,500", "104,200", "Mini", "MHF", "19,700", "20,840"],
])  # fmt: skip
def test_cells_one_a_line_whose_rows_nobody_can_tell_are_lost_aloud(cells: list[str]) -> None:
    found = read("\n".join(cells))
    assert (found.tables, [warn.code for warn in found.warnings]) == ((), ["table-lost"])


def test_a_cell_and_its_translation_are_one() -> None:
    lines = [
        ("Holiday", "Date", "Settlement"), ("假期", "日期", "交收"), ("New Year's Day", "1 January 2028", "Closed"),
        ("一月一日", "2028年1月1日", "休市"), ("Ching Ming Festival", "4 April 2028", "Closed"), ("清明節", "2028年4月4日", "休市"),
    ]  # fmt: skip
    wide = re.compile("[\u3400-\u9fff、]")
    text = "\n".join("".join(cell + " " * (24 - len(cell) - len(wide.findall(cell))) for cell in line).rstrip() for line in lines)
    found = read(text)
    assert found.tables[0].rows == (
        ("Holiday 假期", "Date 日期", "Settlement 交收"),
        ("New Year's Day\n一月一日", "1 January 2028\n2028年1月1日", "Closed\n休市"),
        ("Ching Ming Festival\n清明節", "4 April 2028\n2028年4月4日", "Closed\n休市"),
    )


@pytest.mark.parametrize("unit", ["Date  Event\n3 May 2027  x\n", "a  b\n", "✓\nDocument\n", "Fee  Rate\n"])
def test_eight_times_the_lines_take_about_eight_times_as_long(unit: str) -> None:
    assert grows_in_proportion(lambda count: plain.read((unit * count).encode(), "a.txt"), 100)
