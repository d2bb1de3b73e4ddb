"""Timetables whose days head the columns, as half-day trading and practice sessions are announced."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.model import Expression
from ingest.pipeline import parse
from ingest.settings import Settings

HEAD = "Hong Kong Securities Clearing Company Limited\n\nDate: 4 January 2027\n\nSubject: Times\n\nCCASS will operate as follows:\n\n"


def read(table: str) -> Expression:
    return parse((HEAD + table).encode(), Path("a.txt"), Settings())


def page(rows: str) -> Expression:
    """A page with a table: a row a line, cells parted by `|`, lines of a cell by `/`."""
    cells = ["".join(f"<td>{cell.strip().replace(' / ', '<br>')}</td>" for cell in row.split("|")) for row in rows.strip().split("\n")]
    table = "".join(f"<tr>{row}</tr>" for row in cells)
    body = "".join(f"<p>{line}</p>" for line in HEAD.split("\n") if line)
    return parse(f"<html><body>{body}<table>{table}</table></body></html>".encode(), Path("a.html"), Settings())


def said(found: Expression) -> list[str]:
    return [" ".join(filter(None, (str(event.start), event.time, event.end_time, event.title))) for event in found.events]


@pytest.mark.parametrize(
    ("rows", "events"),
    [
        pytest.param(
            "Activity | Normal day | 24 December 2026\nReports | 8:00 p.m. | 2:30 p.m.\nInput | 7:00 p.m. | 2:00 p.m.",
            ["2026-12-24 14:30 Reports", "2026-12-24 14:00 Input"],
            id="beside a normal day, which has none",
        ),
        pytest.param(
            "事項 | 正常 | 2026年12月24日及31日\n結算表 | 下午8時 | 下午2時30分\n輸入截止 | 下午7時正 | 不適用",
            ["2026-12-24 14:30 結算表", "2026-12-31 14:30 結算表"],
            id="two days over one column",
        ),
        pytest.param(
            "No. | Service | Friday, 5 February 2027 (half-day) | Saturday test (6 February 2027)\n"
            "1 | Order input | 9:30 a.m. to 12:00 noon | 10:00 a.m.\n2 | Trade reports | 1:00 p.m. (approximately) | -",
            ["2027-02-05 09:30 12:00 Order input", "2027-02-06 10:00 Order input", "2027-02-05 13:00 Trade reports"],
            id="a day before or in a bracket",
        ),
        pytest.param(
            "Time | Saturday, 9 May 2026 | Sunday, 10 May 2026\n09:00 - 09:30 | Log-on | Fallback\n10:00 | Order input / Trade input | N/A",
            [
                "2026-05-09 09:00 09:30 Log-on",
                "2026-05-10 09:00 09:30 Fallback",
                "2026-05-09 10:00 Order input",
                "2026-05-09 10:00 Trade input",
            ],
            id="words beside a column of times",
        ),
        pytest.param(
            "Item | 9 May 2026\nBatch | 1:00 p.m.: first batch / 3:00 p.m.: second batch\nLog-on | 9:00 a.m.",
            ["2026-05-09 13:00 1:00 p.m.: first batch", "2026-05-09 15:00 3:00 p.m.: second batch", "2026-05-09 09:00 Log-on"],
            id="several entries in a cell name themselves",
        ),
        pytest.param(
            "Counter | Up to 27 November 2026 | 30 November 2026 onwards\nFees | 9:00 am - 5:30 pm | 8:45 am - 5:45 pm",
            [],
            id="hours from a day on are none of that day",
        ),
        pytest.param(
            "櫃檯 | 至2026年11月27日 | 由2026年11月30日起\n繳費 | 上午9時至下午5時30分 | 上午8時45分至下午5時45分",
            [],
            id="in Chinese alike",
        ),
        pytest.param(
            "Service | Normal day | 24 December 2026\nReports | 8:00 p.m. | Not available\nInput | 7:00 p.m. | 2:00 p.m.",
            ["2026-12-24 14:00 Input"],
            id="a normal day's time is not taken for a day without",
        ),
    ],
)
def test_a_clock_time_below_a_day_is_an_event_of_its_row(rows: str, events: list[str]) -> None:
    assert said(page(rows)) == events


@pytest.mark.parametrize("cell", ["9:00 a.m. on the next business day", "翌日上午9時", "9:00 a.m. (T+1)"])
def test_a_time_of_another_day_is_told_and_gives_no_event(cell: str) -> None:
    found = page(f"Item | 9 May 2026\nReports | {cell}\nLog-on | 9:00 a.m.")
    assert said(found) == ["2026-05-09 09:00 Log-on"]
    reports = found.text.index(cell)
    assert any(reports <= doubt.span[0] < reports + len(cell) for doubt in found.unexplained)


def test_a_day_over_two_columns_is_the_day_of_both() -> None:
    rows = (
        "<tr><th rowspan=2>Service</th><th colspan=2>24 December 2026</th></tr><tr><th>Start</th><th>End</th></tr>"
        "<tr><td>Input</td><td>8:00 a.m.</td><td>2:00 p.m.</td></tr><tr><td>Reports</td><td>9:00 a.m.</td><td>3:00 p.m.</td></tr>"
    )
    found = parse(f"<html><body><p>Date: 4 January 2027</p><table>{rows}</table></body></html>".encode(), Path("a.html"), Settings())
    assert said(found) == [
        "2026-12-24 08:00 Input (Start)",
        "2026-12-24 14:00 Input (End)",
        "2026-12-24 09:00 Reports (Start)",
        "2026-12-24 15:00 Reports (End)",
    ]


@pytest.mark.parametrize(
    ("table", "count"),
    [
        (
            (
                "Activity                    Normal        5 February 2027\n"
                "Final Clearing Statements   8:00 p.m.     2:30 p.m.\n"
                "Instruction input           7:00 p.m.     2:00 p.m.\n"
            ),
            2,
        ),
        (
            "事項             正常          2027年2月5日（星期五）\n最後結算表       下午8時正     下午2時30分\n指示輸入截止     下午7時正     下午2時正\n",
            2,
        ),
        (
            (
                "                        24 December 2026      31 December 2026\n"
                "Money settlement        1:15 p.m.             1:15 p.m.\n"
                "Instruction input       2:00 p.m.             2:00 p.m.\n"
            ),
            4,
        ),
        (
            (
                "Time             Saturday, 9 May 2026       Sunday, 10 May 2026\n"
                "09:00 - 09:30    Log-on                     Fallback to production\n"
                "09:30 - 12:00    Order input                N/A\n"
                "12:00 - 13:00    Log-off                    N/A\n"
            ),
            4,
        ),
        (
            "Activity\tNormal\t5 February 2027\nFinal Clearing Statements\t8:00 p.m.\t2:30 p.m.\nInstruction input\t7:00 p.m.\t2:00 p.m.\n",
            2,
        ),
    ],
)
def test_columns_of_text_are_headed_by_days(table: str, count: int) -> None:
    found = read(table)
    assert len(found.tables) == 1
    assert len(found.events) == count
    assert not found.unexplained


@pytest.mark.parametrize(
    "listed",
    [
        "Last Trading Day            28 May 2027\nLast time for input         4:00 p.m.\nCut-off for exercise        5:00 p.m.\n",
        "Final settlement day        31 May 2027\nOpening of trading          9:00 a.m.\nClose of trading            5:00 p.m.\n",
    ],
)
def test_the_first_line_of_a_list_heads_no_columns(listed: str) -> None:
    assert said(read(listed)) == []
