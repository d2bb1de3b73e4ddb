"""`circulars tables`: the tables of a file on the terminal, as CSV, as a page and as a workbook."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, time, timedelta
from pathlib import Path

import lxml.html
import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from ingest.model import Expression, Merge, Source, Table
from kb import sheets
from kb.cli import circulars

PAGE = """<html><body><h1>Notice</h1><p>Date: 6 July 2026</p><p>The schedule is below, and so are the fees.</p>
<table><caption>Schedule</caption>
<tr><th>Date</th><th>Time</th><th>Event</th></tr>
<tr><td rowspan="2">3 August 2026</td><td>9:15 a.m.</td><td>Tests &lt;script&gt;begin</td></tr>
<tr><td>4:30 p.m.</td><td>=Tests end</td></tr>
<tr><td>10 August 2026</td><td colspan="2">結果公布</td></tr></table>
<p>Fees are charged as follows.</p>
<table><tr><th>Product</th><th>Fee (HK$)</th><th>Rate</th></tr><tr><td>Futures</td><td>1,250.50</td><td>2.5%</td></tr>
<tr><td>Options</td><td>80</td><td>-</td></tr></table></body></html>"""
DAY = datetime.combine(date(2026, 8, 3), time())  # a spreadsheet knows days as their first moment


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "notice.html"
    path.write_text(PAGE, "utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(circulars, ["tables", *map(str, arguments)], catch_exceptions=False)


def test_tables_are_shown_with_their_captions(page: Path) -> None:
    shown = run(page)
    assert shown.exit_code == 0
    assert f"Table 1: Schedule ({page})" in shown.stdout
    assert "│ 10 August 2026 │ 結果公布" in shown.stdout
    assert "Table 2 (" in shown.stdout


def test_one_table_can_be_chosen(page: Path) -> None:
    assert "Schedule" not in run(page, "--table", 2).stdout
    missing = run(page, "--table", 3)
    assert (missing.exit_code, missing.stderr) == (2, "Error: there is no table 3; there are 2\n")


def test_csv_opens_in_a_spreadsheet_with_its_characters_and_without_formulas(page: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    assert run(page, "--csv", "--output", target).exit_code == 0
    data = target.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfDate,Time,Event\r\n")
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))) == [
        ["Date", "Time", "Event"],
        ["3 August 2026", "9:15 a.m.", "Tests <script>begin"],
        ["", "4:30 p.m.", "'=Tests end"],
        ["10 August 2026", "結果公布", ""],
        [],
        ["Product", "Fee (HK$)", "Rate"],
        ["Futures", "1,250.50", "2.5%"],
        ["Options", "80", "'-"],
    ]


def test_html_keeps_merged_cells_and_escapes_the_text(page: Path) -> None:
    text = run(page, "--html").stdout
    assert "<script>" not in text
    assert "://" not in text
    first, second = lxml.html.document_fromstring(text).xpath("//table")
    assert [(cell.text_content(), cell.get("rowspan"), cell.get("colspan")) for cell in first.xpath(".//td")] == [
        ("3 August 2026", "2", None),
        ("9:15 a.m.", None, None),
        ("Tests <script>begin", None, None),
        ("4:30 p.m.", None, None),
        ("=Tests end", None, None),
        ("10 August 2026", None, None),
        ("結果公布", None, "2"),
    ]
    assert [cell.text_content() for cell in second.xpath(".//td[@class='number']")] == ["1,250.50", "2.5%", "80"]


def test_a_workbook_has_typed_cells(page: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    assert run(page, "--xlsx", "--output", target).exit_code == 0
    book = load_workbook(target)
    assert book.sheetnames == ["Table 1", "Table 2"]
    first, second = (list(sheet.iter_rows(values_only=True)) for sheet in book)
    assert first == [
        ("Date", "Time", "Event"),
        (DAY, time(9, 15), "Tests <script>begin"),
        (None, time(16, 30), "=Tests end"),
        (DAY + timedelta(days=7), "結果公布", None),
    ]
    assert second == [("Product", "Fee (HK$)", "Rate"), ("Futures", 1250.5, 0.025), ("Options", 80, "-")]
    assert sorted(map(str, book["Table 1"].merged_cells.ranges)) == ["A2:A3", "B4:C4"]
    assert book["Table 1"]["C3"].data_type == "s"
    assert book["Table 2"]["C2"].number_format.endswith("%")
    assert book["Table 1"].freeze_panes == "A2"


MIXED = """<html><body><h1>收費</h1><p>日期：2026年7月6日</p><p>收費如下。</p>
<table><tr><th>項目</th><th>收費</th><th>生效</th></tr><tr><td>交易費</td><td>0.00550%</td><td>8月3日</td></tr>
<tr><td>結算費，包括轉讓及行使期權時所收取之費用</td><td>HK$1,380</td><td>8月3日9:15</td></tr>
<tr><td>結單</td><td>每頁8港元</td><td>待定</td></tr><tr><td>按金</td><td>HK$1.5 million</td><td>待定</td></tr></table></body></html>"""


def test_a_workbook_shows_numbers_as_printed_and_columns_as_wide_as_their_words(tmp_path: Path) -> None:
    path, target = tmp_path / "fees.html", tmp_path / "out.xlsx"
    path.write_text(MIXED, "utf-8")
    assert run(path, "--xlsx", "--output", target).exit_code == 0
    (sheet,) = load_workbook(target)
    assert [(sheet.cell(row, 2).value, sheet.cell(row, 2).number_format) for row in range(2, 6)] == [
        (0.000055, "0.00000%"), (1380, '"HKD" #,##0'), ("每頁8港元", "General"), (1500000, '"HKD" #,##0'),
    ]  # fmt: skip
    assert [sheet.column_dimensions[name].width for name in "ABC"] == [42, 16, 18]


def test_a_workbook_needs_a_place(page: Path) -> None:
    refused = run(page, "--xlsx")
    assert refused.exit_code == 2
    assert "--output" in refused.stderr


def test_what_cannot_be_read_is_one_line_and_the_others_go_on(page: Path, tmp_path: Path) -> None:
    missing = tmp_path / "none.pdf"
    shown = run(missing, page, "--csv")
    assert shown.exit_code == 1
    assert shown.stdout.count("3 August 2026") == 1
    assert shown.stderr.startswith(f"{missing}: ")


def test_a_file_without_tables_says_so(tmp_path: Path) -> None:
    path = tmp_path / "notice.txt"
    path.write_text("Date: 6 July 2026\n\nThere is nothing to tabulate here.\n", "utf-8")
    shown = run(path)
    assert (shown.exit_code, shown.stdout, shown.stderr) == (0, "", "No tables.\n")


def test_a_cell_cannot_steer_the_terminal_or_break_a_workbook() -> None:
    table = Table(header=0, rows=(("\x1b[2Jgone\x00",),), merged=(), span=(0, 1), rule="test")
    one = sheets.Numbered(1, "a.txt", table)
    assert "\x1b" not in sheets.as_html([one])
    book = load_workbook(io.BytesIO(sheets.as_xlsx([one])))
    assert book["Table 1"]["A1"].value == "\ufffd[2Jgone\ufffd"


def test_tables_are_counted_through_all_files() -> None:
    table = Table(header=1, rows=(("A", "B"), ("1", "2")), merged=(Merge(row=0, col=0, rowspan=1, colspan=1),), span=(0, 1), rule="test")
    files = [
        Expression(source=Source(path=name, sha256="0" * 64, media_type="text/plain"), lang="en", text="x", tables=(table,))
        for name in "ab"
    ]
    assert [(one.number, one.path) for one in sheets.numbered(files)] == [(1, "a"), (2, "b")]


def test_midnight_at_the_end_of_a_day_stays_text() -> None:
    assert sheets._day("2026-08-03T24:00") is None
    assert sheets._day("2026-08-03") == (date(2026, 8, 3), "yyyy-mm-dd")
