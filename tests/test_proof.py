"""A table that contradicts itself is told with its cell; one that may be right is not."""

from __future__ import annotations

import gold
import pytest
from pair_factory import told

from ingest.pipeline import read

HEAD = "Date: 6 July 2026\n\nSubject: Fees\n\nThe figures are below.\n\n"
FEES = "Market\tContracts\tFee (HK$)\nFutures\t1,200\t10.50\nOptions\t300\t4.25\nTotal\t1,500\t14.75\n"
FEES_ZH = "市場\t張數\t費用（港元）\n期貨\t1,200\t10.50\n期權\t300\t4.25\n合計\t1,500\t14.75\n"
DAYS = "Date\tDay\tEvent\n3 August 2026\tMonday\tTest\n5 August 2026\tWed\tLaunch\n"
MERGED = (
    "<table><tr><th>Market</th><th>Product</th><th>Lots</th><th>Fee (HK$)</th></tr>"
    '<tr><td rowspan="2">Index</td><td>Futures</td><td>10</td><td rowspan="2">7.50</td></tr><tr><td>Options</td><td>20</td></tr>'
    '<tr><td colspan="2">Subtotal</td><td>30</td><td>7.50</td></tr><tr><td>Stock</td><td>Options</td><td>5</td><td>2.50</td></tr>'
    '<tr><td colspan="2">Total</td><td>35</td><td>10.00</td></tr></table>'
)
GROUPS = (
    "Market\tContracts\nIndex\t\nFutures\t10\nOptions\t20\nSubtotal\t30\nStock\t\nOptions\t5\nBonds\t6\nSubtotal\t11\nGrand total\t41\n"
)
STEPS = "Date\tEvent\n" + "".join(f"{day} August 2026\tStep\n" for day in (3, 4, 10, 12, 17, 24))
STEPS_ZH = "日期\t事項\n" + "".join(f"2026年8月{day}日\t步驟\n" for day in (24, 17, 12, 10, 4, 3))
LISTS = "Product\tLast day\nA\t29 April 2027\nB\t28 May 2027\nA\t30 April 2027\nB\t31 May 2027\nC\t29 June 2027\n"
PAIRS = "Trade date\tSettlement date\n" + "".join(f"{day} May 2027\t{day + 2} May 2027\n" for day in (3, 4, 5, 10))
PAIRS_ZH = "生效日期\t公布日期\n" + "".join(f"2027年5月{day}日\t2027年4月{day}日\n" for day in (3, 4, 5, 10))
YEARS_ZH = "日期\t事項\n2027年6月1日\t甲\n2027年6月8日\t乙\n2027年6月15日\t丙\n2027年6月22日\t丁\n"
BARE_ZH = "日期\t星期\t安排\n2027年5月3日\t一\t如常\n2027年5月4日\t二\t半日\n"
DAYS_ZH = "日期\t星期\t事項\n2026年8月3日\t星期一\t測試\n2026年8月5日\t星期三\t推出\n"


TWO = "Month\tLast day\n" + "".join(f"{month} 2027\t29 {month} 2027\n" for month in ("July", "September", "October"))
LIMITS = "Contract\tLimit\nHarbour Index\t10,000\nMini Harbour\t50,000\nDividend Point\t5,000\n"
TWO_ZH = "合約\t最後交易日\n甲\t2027年7月29日\n乙\t2027年9月29日\n系列\t上限\n丙\t10,000\n丁\t50,000\n"


def said(table: str) -> list[tuple[str, str]]:
    page = table.startswith("<")
    read_one = told(f"<p>{HEAD}</p>{table}" if page else HEAD + table, "notice.html" if page else "notice.txt")
    return [(warn.code, warn.message) for warn in read_one.warnings if warn.code.startswith("table-")]


HOURS = "Date\tTime\tEvent\n3 August 2026\t2:00 p.m. to 5:00 p.m.\tTest\n4 August 2026\t10:00 p.m. to 2:00 a.m.\tRelease\n"
HOURS_ZH = "日期\t時間\t事項\n2026年8月3日\t下午2時至下午5時\t測試\n2026年8月4日\t晚上10時至凌晨2時\t發布\n"


@pytest.mark.parametrize("table", [
    HOURS,
    HOURS_ZH,
    FEES,
    FEES_ZH,
    DAYS,
    DAYS_ZH,
    MERGED,
    GROUPS,
    STEPS,
    STEPS_ZH,
    STEPS.replace("3 August", "30 August").replace("24 August", "1 August"),  # no order at all
    "Date\tEvent\n10 August 2026\tA\n3 August 2026\tB\n12 August 2026\tC\n",  # too few to have one
    "Market\tContracts\nFutures\t10\nOptions\t20\nSubtotal\t30\nStocks\t5\nTotal\t35\n",
    "Market\tShare (%)\nFutures\t33.3\nOptions\t33.3\nStocks\t33.3\nTotal\t100.0\n",  # rounded
    "Market\tShare\nFutures\t33%\nOptions\t33%\nStocks\t33%\nTotal\t100%\n",
    LISTS,  # a list that begins again
    TWO,
    LIMITS,
    TWO_ZH.replace("系列\t上限", "小計\t"),  # a line over a group
    PAIRS,
    PAIRS_ZH,
    YEARS_ZH,
    BARE_ZH,
    BARE_ZH.replace("星期", "組別").replace("二", "三"),  # groups, no weekdays
    "Market\tContracts\nFutures\tnil\nOptions\t20\nTotal\t30\n",  # a row without a figure cannot be added
    "Date\tDay\tEvent\n3 August 2026\tTuesday or Wednesday\tTest\n4 August 2026\tTuesday\tTest\n",
])  # fmt: skip
def test_a_table_that_may_be_right_is_not_doubted(table: str) -> None:
    assert said(table) == []


@pytest.mark.parametrize(("table", "old", "new", "code", "message"), [
    (HOURS, "2:00 p.m. to 5:00", "5:00 p.m. to 2:00", "table-order", "table 1, row 2, column 2: 17:00 to 14:00 ends before it begins"),
    (HOURS_ZH, "下午2時至下午5", "下午5時至下午2", "table-order", "table 1, row 2, column 2: 17:00 to 14:00 ends before it begins"),
    (FEES, "1,500", "1,600", "table-total", "table 1, row 4, column 2: 1,600 is not the sum of the rows above it"),
    (FEES_ZH, "14.75", "15.75", "table-total", "table 1, row 4, column 3: 15.75 is not the sum of the rows above it"),
    (MERGED, ">35<", ">45<", "table-total", "table 1, row 6, column 3: 45 is not the sum of the rows above it"),
    (MERGED, "10.00", "11.00", "table-total", "table 1, row 6, column 4: 11.00 is not the sum of the rows above it"),
    (GROUPS, "\t11\n", "\t12\n", "table-total", "table 1, row 9, column 2: 12 is not the sum of the rows above it"),
    (STEPS, "12 August", "12 July", "table-order", "table 1, row 5, column 1: 2026-07-12 stands below 2026-08-10; the other days are in order"),
    (STEPS, "10 August", "10 September", "table-order", "table 1, row 4, column 1: 2026-09-10 stands above 2026-08-12; the other days are in order"),
    (STEPS_ZH, "8月12", "9月12", "table-order", "table 1, row 4, column 1: 2026-09-12 stands below 2026-08-17; the other days are in order"),
    (LISTS.replace("\nA\t30", "\nD\t30"), "28 May", "28 July", "table-order", "table 1, row 3, column 2: 2027-07-28 stands above 2027-04-30; the other days are in order"),
    (YEARS_ZH, "2027年6月15", "2026年6月15", "table-order", "table 1, row 4, column 1: 2026-06-15 stands below 2027-06-08; the other days are in order"),
    (PAIRS, "\t7 May", "\t2 May", "table-order", "table 1, row 4, column 2: 2027-05-02 is before 2027-05-05 beside it; in the other rows it is not"),
    (PAIRS_ZH, "2027年4月5", "2027年7月5", "table-order", "table 1, row 4, column 2: 2027-07-05 is after 2027-05-05 beside it; in the other rows it is not"),
    (BARE_ZH, "二", "三", "table-weekday", "table 1, row 3, column 1: 2027-05-04 is a Tuesday, not a Wednesday"),
    (DAYS, "Wed", "Thu", "table-weekday", "table 1, row 3, column 1: 2026-08-05 is a Wednesday, not a Thursday"),
    (DAYS_ZH, "星期一", "星期二", "table-weekday", "table 1, row 2, column 1: 2026-08-03 is a Monday, not a Tuesday"),
])  # fmt: skip
def test_a_slip_is_told_with_its_cell(table: str, old: str, new: str, code: str, message: str) -> None:
    assert said(table.replace(old, new)) == [(code, message)]


@pytest.mark.parametrize(("table", "row"), [(TWO + LIMITS, 5), (LIMITS + TWO, 5), (TWO_ZH, 4)])
def test_a_table_below_another_in_its_columns_is_told(table: str, row: int) -> None:
    assert said(table) == [("table-columns", f"table 1, row {row}: another table may begin here")]


@pytest.mark.skipif(not gold.SHARED.exists(), reason="the shared documents are not here")
def test_of_real_circulars_only_the_planted_year_is_doubted() -> None:
    paths = [
        path for folder in ("circulars", "seeds") for path in sorted((gold.SHARED / folder).rglob("*")) if path.suffix in {".txt", ".html"}
    ]
    assert paths
    doubted = {
        f"{path.parent.name}/{path.name}": found
        for path in paths
        if (found := [w.message for w in read(path).warnings if w.code.startswith("table-")])
    }
    slip = "table 1, row 15, column 1: 2026-01-11 stands below 2027-01-09; the other days are in order"
    assert doubted == {"05-rollout/hkcc-zh.txt": [slip]}
