"""Tables without their columns in pages, Word files and PDFs: found again by the same proof as in plain text."""

from __future__ import annotations

import io
from itertools import chain
from pathlib import Path

import docx
import pytest
from growth import grows_in_proportion
from pdf_factory import missing

from ingest.formats import flat, html, spaced
from ingest.model import Expression
from ingest.pipeline import parse
from ingest.settings import Settings

Rows = list[list[str]]

OPENING = [
    "Date: 6 July 2026",
    "Subject: New platform",
    "Participants should note that the new platform goes live in stages, and prepare for each of them in good time. " * 3,
]
OPENING_ZH = ["日期：2026年7月6日", "事由：新平台", "參與者須留意新平台將按以下時間表分階段推出，並應為各階段做好準備工作。" * 4]
STEPS = [
    ["Date", "Event"],
    ["3 August 2026", "Forms go out"],
    ["Monday, 10 August 2026", "Deadline for forms"],
    ["17 August 2026", "Launch"],
]
TIMED_ZH = [
    ["日期", "時間", "事項"],
    ["2026年8月3日", "上午9時15分", "測試開始"],
    ["2026年8月4日", "下午4時30分", "測試結束"],
    ["2026年8月5日", "上午10時", "公布結果"],
]
FEES = [["Item", "Fee (HK$)"], ["Futures", "10.50"], ["Options", "4.25"]]
CELLS = {
    "p": lambda rows: "".join(f"<p>{cell}</p>" for cell in chain.from_iterable(rows)),
    "div": lambda rows: "".join(f"<div>{cell}</div>" for cell in chain.from_iterable(rows)),
    "br": lambda rows: f"<p>{'<br>'.join(chain.from_iterable(rows))}</p>",
    "rows of div": lambda rows: "".join(f"<div>{''.join(f'<div>{cell}</div>' for cell in row)}</div>" for row in rows),
    "pre": lambda rows: "<pre>" + "\n".join(chain.from_iterable(rows)) + "</pre>",
    "pre, tabs": lambda rows: "<pre>" + "\n".join("\t".join(row) for row in rows) + "</pre>",
    "pre, pipes": lambda rows: "<pre>" + "\n".join(f"| {' | '.join(row)} |" for row in rows) + "</pre>",
    "pre, spaces": lambda rows: "<pre>" + "\n".join(aligned(rows)) + "</pre>",
}
LINES = {
    "p": lambda rows: "".join(f"<p>{' '.join(row)}</p>" for row in rows),
    "div": lambda rows: "".join(f"<div>{' '.join(row)}</div>" for row in rows),
    "br": lambda rows: f"<p>{'<br>'.join(' '.join(row) for row in rows)}</p>",
    "span": lambda rows: "".join(f"<p>{' '.join(f'<span>{cell}</span>' for cell in row)}</p>" for row in rows),
    "run together": lambda rows: f"<p>{' '.join(chain.from_iterable(rows))}</p>",
}


def aligned(rows: Rows) -> list[str]:
    """The rows with their columns set apart by spaces, as a typewriter shows them: a Chinese character takes two places."""
    return ["".join(cell + " " * (26 - sum(1 + (char > "\u2e7f") for char in cell)) for cell in row).rstrip() for row in rows]


def opening(rows: Rows) -> list[str]:
    return OPENING_ZH if rows is TIMED_ZH else OPENING


def page(rows: Rows, body: str) -> bytes:
    above = "".join(f"<p>{one}</p>" for one in opening(rows))
    return f"<html><body>{above}{body}<p>Yours faithfully,</p><p>Ida Poon</p></body></html>".encode()


def read(data: bytes, name: str) -> Expression:
    return parse(data, Path(name), Settings())


def word(paragraphs: list[str]) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def tables(found: Expression) -> list[Rows]:
    return [[list(row) for row in table.rows] for table in found.tables]


@pytest.mark.parametrize("rows", [STEPS, TIMED_ZH, FEES], ids=["steps", "timed-zh", "fees"])
@pytest.mark.parametrize("way", CELLS)
def test_a_page_with_one_cell_a_line_has_its_table_again(rows: Rows, way: str) -> None:
    found = read(page(rows, CELLS[way](rows)), "a.html")
    assert (tables(found), found.warnings) == ([rows], ())


@pytest.mark.parametrize("rows", [STEPS, TIMED_ZH], ids=["steps", "timed-zh"])
@pytest.mark.parametrize("way", LINES)
def test_a_page_whose_rows_begin_with_days_has_its_table_again(rows: Rows, way: str) -> None:
    found = read(page(rows, LINES[way](rows)), "a.html")
    assert tables(found) == [rows]
    assert len(found.events) == 3
    assert all(found.text[slice(*event.span)] == event.quote for event in found.events)


@pytest.mark.parametrize("between", ["\n", " "], ids=["cells", "rows"])
@pytest.mark.parametrize("rows", [STEPS, TIMED_ZH], ids=["steps", "timed-zh"])
def test_paragraphs_of_a_word_file_are_a_table_again(rows: Rows, between: str) -> None:
    paragraphs = [part for row in rows for part in between.join(row).split("\n")]
    assert tables(read(word([*opening(rows), *paragraphs, "Yours faithfully,"]), "a.docx")) == [rows]


def test_a_cell_for_which_there_is_no_column_stays_behind_the_others_and_is_told() -> None:
    rows = "<tr><th>Date<th>Event<tr><td>3 May 2027<td>Forms<td>Hall<tr><td>4 May 2027<td>Launch<tr><td>5 May 2027<td>Tests"
    found = read(page(STEPS, f"<table>{rows}</table>"), "a.html")
    assert [(warn.code, warn.message) for warn in found.warnings] == [("table-columns", f"table 1, row 2: {flat.beyond('Hall')}")]
    assert found.tables[-1].rows[1] == ("3 May 2027", "Forms", "Hall")


@pytest.mark.parametrize("body", [CELLS["div"], CELLS["p"], LINES["p"], LINES["run together"]], ids=["cells", "apart", "rows", "run"])
@pytest.mark.parametrize("rows", [STEPS, TIMED_ZH], ids=["steps", "timed-zh"])
def test_paragraphs_of_a_pdf_are_a_table_again_with_its_place(rows: Rows, body: object) -> None:
    if reason := missing("weasyprint"):
        pytest.skip(reason)
    import weasyprint

    assert callable(body)
    found = read(weasyprint.HTML(string=page(rows, body(rows)).decode()).write_pdf(), "a.pdf")
    assert tables(found) == [rows]
    assert [(table.page, table.bbox is not None) for table in found.tables] == [(1, True)]


@pytest.mark.parametrize("rows", [STEPS, TIMED_ZH, FEES], ids=["steps", "timed-zh", "fees"])
def test_columns_set_apart_by_spaces_are_a_table(rows: Rows) -> None:
    text = "\n\n".join([*opening(rows), "\n".join(aligned(rows)), "Yours faithfully,"])
    assert tables(read(text.encode(), "a.txt")) == [rows]


@pytest.mark.parametrize("lines", [
    ["Tel:        2979 7111", "Fax:        2979 7112", "E-mail:     ida@example.org"],
    ["Contents            Page", "Scope               3", "Fees                5"],
    ["The fees  are paid on 3 August.", "Forms  are sent out before that.", "All other  rules stay as they are."],
    ["Ida Poon            Ben Ip", "Head of Operations  Head of Fees", "Pier Tower          Pier Tower"],
    ["Item      Fee", "Futures   10.50"],
])  # fmt: skip
def test_other_lines_with_wide_gaps_stay_as_they_are(lines: list[str]) -> None:
    assert spaced.search(lines) == ((), ())


def test_what_stands_around_a_table_in_its_block_stays_a_block() -> None:
    body = "<p>The steps:<br>" + "<br>".join(chain.from_iterable(STEPS)) + "<br><br>All of them are final.</p>"
    found = read(page(STEPS, body), "a.html")
    assert tables(found) == [STEPS]
    said = [(block.kind, found.text[slice(*block.span)].split("\n")[0]) for block in found.blocks]
    assert said[3:6] == [("text", "The steps:"), ("table", "Date"), ("text", "All of them are final.")]


def test_the_line_above_a_table_that_names_it_is_its_caption() -> None:
    found = read(page(STEPS, "<p>Table 1: Steps</p>" + CELLS["p"](STEPS)), "a.html")
    assert [(table.caption, [list(row) for row in table.rows]) for table in found.tables] == [("Table 1: Steps", STEPS)]


@pytest.mark.parametrize("way", ["p", "run together"])
def test_a_page_tells_a_table_whose_rows_cannot_be_told(way: str) -> None:
    rows = [["Expiry Months", "Underlying Contract", "First Trading Day"], *(["Mini", f"Monday, {day} July 2027"] for day in (5, 12, 19))]
    found = read(page(STEPS, (CELLS if way == "p" else LINES)[way](rows)), "a.html")
    assert ([warn.code for warn in found.warnings], found.tables) == (["table-lost"], ())


@pytest.mark.parametrize(("rows", "doubtful"), [
    ("<tr><th>Date<th>Event<th>Place<tr><td>3 May 2027<td>Forms<td>Hall<tr><td>4 May 2027<td>Launch<tr><td>5 May 2027<td>Tests<td>Hall", [3]),
    ("<tr><th>日期<th>事項<th>地點<tr><td>2027年5月3日<td>測試<tr><td>2027年5月4日<td>推出<td>禮堂<tr><td>2027年5月5日<td>公布<td>禮堂", [2]),
    ("<tr><th>Date<th>Event<th>Place<tr><td>Phase one<tr><td>4 May 2027<td>Launch<td>Hall<td><tr><td>5 May 2027<td>Tests<td>Hall", []),
    ("<tr><th>Date<th>Event<th>Place<tr><td rowspan=2>3 May 2027<td>Forms<td>Hall<tr><td>Launch<td>Hall", []),
])  # fmt: skip
def test_a_row_of_another_width_stays_as_it_is_and_is_told(rows: str, doubtful: list[int]) -> None:
    warnings = [(warn.code, warn.message) for warn in read(page(STEPS, f"<table>{rows}</table>"), "a.html").warnings]
    assert warnings == [("table-columns", f"table 1, row {row}: {flat.GUESSED}") for row in doubtful]


@pytest.mark.parametrize("body", [
    f"<p>The steps are told below.</p>{CELLS['div'](STEPS)}",
    "<p>The steps are told below.</p><table><tr><th>Date<th>Event<tr><td>3 May 2027<td>Launch</table>",
    "<p>Date Event</p><p>3 May 2027 Launch</p>",
], ids=["cells", "tables", "rows"])  # fmt: skip
def test_eight_times_the_tables_take_about_eight_times_as_long(body: str) -> None:
    assert grows_in_proportion(lambda count: html.read(page(STEPS, body * count), "a.html"), 200)
