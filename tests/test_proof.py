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
DAYS_ZH = "日期\t星期\t事項\n2026年8月3日\t星期一\t測試\n2026年8月5日\t星期三\t推出\n"


def said(table: str) -> list[tuple[str, str]]:
    return [(warn.code, warn.message) for warn in told(HEAD + table).warnings if warn.code.startswith("table-")]


@pytest.mark.parametrize("table", [
    FEES,
    FEES_ZH,
    DAYS,
    DAYS_ZH,
    "Market\tContracts\nFutures\t10\nOptions\t20\nSubtotal\t30\nStocks\t5\nTotal\t35\n",
    "Market\tShare (%)\nFutures\t33.3\nOptions\t33.3\nStocks\t33.3\nTotal\t100.0\n",  # rounded
    "Market\tContracts\nFutures\tnil\nOptions\t20\nTotal\t30\n",  # a row without a figure cannot be added
    "Date\tDay\tEvent\n3 August 2026\tTuesday or Wednesday\tTest\n4 August 2026\tTuesday\tTest\n",
])  # fmt: skip
def test_a_table_that_may_be_right_is_not_doubted(table: str) -> None:
    assert said(table) == []


@pytest.mark.parametrize(("table", "old", "new", "code", "message"), [
    (FEES, "1,500", "1,600", "table-total", "table 1, row 4, column 2: 1,600 is not the sum of the rows above it"),
    (FEES_ZH, "14.75", "15.75", "table-total", "table 1, row 4, column 3: 15.75 is not the sum of the rows above it"),
    (DAYS, "Wed", "Thu", "table-weekday", "table 1, row 3, column 1: 2026-08-05 is a Wednesday, not a Thursday"),
    (DAYS_ZH, "星期一", "星期二", "table-weekday", "table 1, row 2, column 1: 2026-08-03 is a Monday, not a Tuesday"),
])  # fmt: skip
def test_a_slip_is_told_with_its_cell(table: str, old: str, new: str, code: str, message: str) -> None:
    assert said(table.replace(old, new)) == [(code, message)]


@pytest.mark.skipif(not gold.SHARED.exists(), reason="the shared documents are not here")
def test_no_table_of_real_circulars_is_doubted() -> None:
    paths = [
        path for folder in ("circulars", "seeds") for path in sorted((gold.SHARED / folder).rglob("*")) if path.suffix in {".txt", ".html"}
    ]
    assert paths
    assert {path.name: found for path in paths if (found := [w.message for w in read(path).warnings if w.code.startswith("table-")])} == {}
