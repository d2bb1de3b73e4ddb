"""Columns that are reckoned from others are checked where the other rows prove it, and right odd ones are never told."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.pipeline import parse
from ingest.settings import Settings


def doubts(table: str) -> list[str]:
    """What is said of sums in a table of lines with bars, as a page."""
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in line.split("|")) + "</tr>" for line in table.split("\n"))
    found = parse(f"<p>Date: 3 May 2027</p><table>{rows}</table>".encode(), Path("a.html"), Settings())
    return [warn.message.partition(": ")[2] for warn in found.warnings if warn.code == "table-total"]


MARGINS = "Contract|Present (HK$)|New (HK$)|Increase (HK$)\nA|98,500|104,200|5,700\nB|19,700|20,840|{}\nC|31,050|29,980|{}\nD|2,400|2,400|0"
RATES = (
    "合約|現行水平（港元）|新水平（港元）|變動（%）\n甲|88,000|92,400|5.0\n乙|17,600|18,480|5.0\n丙|24,000|22,800|{}\n丁|31,050|33,300|7.2"
)
FEES = "項目|數量|單價（港元）|總額（港元）\n甲|2|12,000|24,000\n乙|1|6,500|6,500\n丙|3|8,200|{}\n丁|4|20.50|82.00"
BOTH = "Item|Existing fee (HK$)|Revised fee (HK$)|Change (HK$)|Change (%)\nA|50.00|60.00|10.00|20\nB|80.00|100.00|20.00|25\nC|40.00|50.00|10.00|{}"


@pytest.mark.parametrize(("table", "told"), [
    (MARGINS.format("1,140", "-1,070"), []),
    (MARGINS.format("1,140", "1,070"), []),  # a decrease without its sign
    (MARGINS.format("1,140", "(1,070)"), []),
    (MARGINS.format("1,410", "-1,070"), ["1,410 is not the change from 19,700 to 20,840"]),
    (MARGINS.format("–", "-1,070"), []),  # nothing said
    (MARGINS.format("1,410", "-1,700"), []),  # two of four: the rows prove nothing
    (RATES.format("-5.0"), []),
    (RATES.format("-0.5"), ["-0.5 is not the change from 24,000 to 22,800"]),
    (FEES.format("24,600"), []),
    (FEES.format("26,400"), ["26,400 is not 3 times 8,200"]),
    (BOTH.format("25"), []),
    (BOTH.format("52"), ["52 is not the change from 40.00 to 50.00"]),
    ("Class|Number|Amount (HK$)\nA|2|500\nB|3|700\nC|4|900", []),  # no price
    ("Month|Current|Revised|Change\nA|1 May 2027|3 May 2027|2\nB|1 June 2027|2 June 2027|5\nC|1 July 2027|5 July 2027|4", []),  # days
    ("Band|Present (HK$)|New (HK$)|Increase (HK$)\nA|5–10|6–12|1–2\nB|1|2|1\nC|2|4|2\nD|3|6|3", []),  # ranges
    ("Item|Old fee (HK$)|New fee (%)|Change\nA|50|2|-48\nB|60|3|1\nC|70|4|-66\nD|80|5|-75", []),  # two units
])  # fmt: skip
def test_a_figure_that_the_columns_beside_it_contradict_is_told(table: str, told: list[str]) -> None:
    assert doubts(table) == told


@pytest.mark.parametrize(("heading", "days", "told"), [
    ("Trade date", (1, 2, 2, 4, 5), ["2027-03-02 stands twice; the other days stand once"]),
    ("交易日", (1, 2, 2, 4, 5), ["2027-03-02 stands twice; the other days stand once"]),
    ("Trade date", (1, 2, 3, 4, 5), []),
    ("Trade date", (1, 1, 2, 2, 3), []),  # several products a day
    ("Last trading day", (1, 2, 2, 4, 5), []),  # two contracts may end on one day
    ("Notice day", (1, 2, 2, 4, 5), []),
])  # fmt: skip
def test_a_trade_date_that_stands_twice_is_told(heading: str, days: tuple[int, ...], told: list[str]) -> None:
    lines = [f"{heading}|Settlement date", *(f"{day} March 2027|{8 + at} March 2027" for at, day in enumerate(days))]
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in line.split("|")) + "</tr>" for line in lines)
    found = parse(f"<p>Date: 3 February 2027</p><table>{rows}</table>".encode(), Path("a.html"), Settings())
    assert [warn.message.partition(": ")[2] for warn in found.warnings if warn.code == "table-order"] == told
