"""A date over all columns of a timetable heads the rows below it: they happen, and are due, on that day."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_factory import missing, printed

from ingest.formats.signs import width
from ingest.model import Expression
from ingest.pipeline import parse
from ingest.settings import Settings

Rows = list[list[str]]

ENGLISH = [
    ["Time", "Event", "Place"],
    ["Monday, 3 May 2027"],
    ["09:00", "System opens", "Hall"],
    ["17:00", "Deadline for submission of the forms", "Desk"],
    ["Tuesday, 4 May 2027"],
    ["10:00", "Briefing for all participants", "Hall"],
]
CHINESE = [
    ["時間", "事項", "地點"],
    ["2027年5月3日（星期一）"],
    ["上午9時", "系統開放", "大堂"],
    ["下午5時", "截止遞交表格", "櫃檯"],
    ["2027年5月4日（星期二）"],
    ["上午10時", "簡介會", "大堂"],
]
HAPPENS = [("2027-05-03", "09:00", 2), ("2027-05-03", "17:00", 3), ("2027-05-04", "10:00", 5)]
STYLE = "body { font: 11pt 'Liberation Sans', 'Noto Sans CJK HK' } td { border: 1px solid; padding: 4pt }"


def page(rows: Rows) -> str:
    body = "".join(
        "<tr>" + "".join(f"<td{'' if len(row) > 1 else f' colspan={len(rows[0])}'}>{cell}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<meta charset=utf-8><style>{STYLE}</style><p>Date: 8 March 2027</p><p>The timetable is set out below.</p><table>{body}</table>"


def text(rows: Rows) -> str:
    return "Date: 8 March 2027\n\nThe timetable is set out below.\n\n" + "\n".join("\t".join(row) for row in rows) + "\n"


def spaced(rows: Rows) -> str:
    """Cells set apart by spaces; a Chinese character takes two places."""
    wide = [max(width(row[col]) for row in rows if len(row) > 1) + 3 for col in range(len(rows[0]))]
    lines = ("".join(cell + " " * (room - width(cell)) for cell, room in zip(row, wide, strict=False)).rstrip() for row in rows)
    return "Date: 8 March 2027\n\nThe timetable is set out below.\n\n" + "\n".join(lines) + "\n\nYours faithfully,\n"


def read(rows: Rows, how: str) -> Expression:
    if how == "spaced":
        return parse(spaced(rows).encode(), Path("a.txt"), Settings())
    if how == "pdf":
        if reason := missing("weasyprint"):
            pytest.skip(reason)
        return parse(printed("weasyprint", [page(rows)])[0], Path("a.pdf"), Settings())
    return parse((page if how == "html" else text)(rows).encode(), Path(f"a.{how}"), Settings())


@pytest.mark.parametrize("how", ["html", "txt", "spaced", "pdf"])
@pytest.mark.parametrize("rows", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_rows_below_a_date_happen_on_it_at_their_times(rows: Rows, how: str) -> None:
    found = read(rows, how)
    assert [(str(event.start), str(event.time)[:5], event.row) for event in found.events] == HAPPENS
    assert [event.title for event in found.events] == [row[1] for row in rows[1:] if len(row) > 1]
    assert [(str(due.due), str(due.time)[:5]) for due in found.deadlines] == [("2027-05-03", "17:00")]
    assert found.unexplained == ()


@pytest.mark.parametrize("rows", [
    [["Item", "Fee"], ["With effect from 1 July 2027"], ["HSI", "HK$1.00"], ["MHI", "HK$2.00"]],  # fees are no timetable
    [["Time", "Event"], ["Phase 1"], ["09:00", "System opens"], ["10:00", "Briefing"]],  # nor is a name a date
    [["Time", "Event"], ["09:00", "System opens"], ["10:00", "Briefing"], ["Updated on 3 May 2027 by the desk of the project office"]],
])  # fmt: skip
def test_other_headings_give_their_rows_no_day(rows: Rows) -> None:
    assert read(rows, "html").events == ()


def test_a_row_above_the_first_date_is_told() -> None:
    rows = [ENGLISH[0], ["08:00", "Doors open", "Hall"], *ENGLISH[1:]]
    found = read(rows, "html")
    assert [(doubt.quote, doubt.why) for doubt in found.unexplained] == [("08:00", "a row of a timetable without a date")]
    assert len(found.events) == len(HAPPENS)


def test_rows_with_days_of_their_own_keep_them_below_a_date() -> None:
    rows = [
        ["Date", "Event"],
        ["From 3 May 2027"],
        ["4 May 2027", "Forms are sent"],
        ["5 May 2027", "Forms come back"],
        ["6 May 2027", "Launch"],
    ]
    assert [str(event.start) for event in read(rows, "html").events] == ["2027-05-04", "2027-05-05", "2027-05-06"]


def test_a_date_between_rows_without_a_row_right_below_ends_the_table() -> None:
    text = spaced(ENGLISH).replace("Tuesday, 4 May 2027", "Tuesday, 4 May 2027\nThe hours may change.\n")
    found = parse(text.encode(), Path("a.txt"), Settings())
    assert "The hours may change." not in "".join(cell for table in found.tables for row in table.rows for cell in row)
