"""Tables without rulings whose cells stand in the middle of their rows: the white between the rows tells them."""

from __future__ import annotations

import itertools
from functools import cache
from pathlib import Path

import pytest
from pdf_factory import missing

from ingest.model import Expression
from ingest.pipeline import parse
from ingest.settings import Settings

Rows = list[list[str]]

CSS = """
@page { size: A4; margin: 20mm } body { font: 12pt/1.15 'Liberation Serif', 'Noto Sans CJK HK' } p { margin: 0 0 9pt }
table { border-collapse: collapse; width: 100% } td { padding: PAD 9pt PAD 0; vertical-align: middle; width: 33% }
"""
STEPS = [
    ["Step", "When", "Who takes part"],
    ["Forms are sent to all participants and their agents", "Monday, 3 May 2027", "Direct Clearing Participants"],
    ["Forms come back", "Thursday, 13 May 2027, by 5:00 p.m., or the next business day", "Direct Clearing Participants"],
    ["The accounts are opened in the order in which the forms came, ten on each day", "17 to 28 May 2027", "All"],
    ["Launch", "7 June 2027", "All, with their vendors and one member of staff on site"],
]
STEPS_ZH = [
    ["步驟", "日期", "參與者"],
    ["結算所向所有參與者及其代理人派發表格，並於網站登載", "2027年5月3日", "直接結算參與者"],
    ["交回表格", "2027年5月13日下午5時或之前，逾期提交的表格將不獲受理", "直接結算參與者"],
    ["按收到表格的次序開立戶口，每日最多處理十個申請", "2027年5月17日至5月28日", "所有參與者"],
    ["推出", "2027年6月7日", "所有參與者及其供應商，並須派員一名到場協助"],
]
GROUPED = [*STEPS[:2], ["All participants shall also read the guide that is sent with the forms", "", ""], *STEPS[2:]]
SPANNED = [
    ["Date", "Hours", "What is tested"],
    ["Saturday, 8 May 2027", "09:00", "The log-on with the new addresses of the main site, from every terminal in the office"],
    ["", "11:00", "Input"],
    ["", "14:00", "Reports of the day, as they come by the file gateway and as they are shown on the screens"],
    ["Saturday, 15 May 2027", "09:00", "The reserve site"],
    ["", "12:00", "The way back to the main site"],
]


def table(rows: Rows) -> str:
    """The rows; what is empty below a day belongs to it, and a lone cell goes over all columns."""
    found = ""
    for at, row in enumerate(rows):
        if not any(row[1:]):
            found += f"<tr><td colspan={len(row)}>{row[0]}</td></tr>"
            continue
        down = 1 + len(list(itertools.takewhile(lambda below: not below[0], rows[at + 1 :])))
        cells = [f"<td rowspan={down}>{row[0]}</td>", *(f"<td>{cell}</td>" for cell in row[1:])]
        found += f"<tr>{''.join(cells if row[0] else cells[1:])}</tr>"
    return f"<table>{found}</table>"


@cache
def printed(body: str, pad: str, lang: str) -> Expression:
    if reason := missing("weasyprint"):
        pytest.skip(reason)
    import weasyprint

    above = {"en": "<p>Date: 6 April 2027</p><p>The steps are told below.</p>", "zh": "<p>日期：2027年4月6日</p><p>步驟如下：</p>"}
    below = {"en": "<p>Further steps will be told in good time.</p><p>Ida Poon</p>", "zh": "<p>其他步驟將另行通知。</p><p>潘艾達</p>"}
    html = f'<html lang="{lang}"><style>{CSS.replace("PAD", pad)}</style>{above[lang]}{body}{below[lang]}</html>'
    return parse(weasyprint.HTML(string=html).write_pdf(), Path("a.pdf"), Settings())


def tables(found: Expression) -> list[Rows]:
    return [[[cell.replace("\n", " ") for cell in row] for row in one.rows] for one in found.tables]


@pytest.mark.parametrize("pad", ["6pt", "11pt"])
@pytest.mark.parametrize(
    ("rows", "lang"),
    [(STEPS, "en"), (STEPS_ZH, "zh"), (GROUPED, "en"), (SPANNED, "en")],
    ids=["steps", "steps-zh", "grouped", "spanned"],
)
def test_rows_with_cells_in_their_middle_are_told_by_the_white_between_them(rows: Rows, lang: str, pad: str) -> None:
    assert tables(printed(table(rows), pad, lang)) == [rows]


def test_what_stands_below_such_a_table_is_no_row() -> None:
    found = printed(table(STEPS), "6pt", "en")
    (one,) = found.tables
    assert "Further steps" not in found.text[slice(*one.span)]


@pytest.mark.parametrize("body", [
    "".join(f"<p>{' '.join(['The clearing house shall tell its participants how they shall go on.'] * number)}</p>" for number in (1, 3, 2, 4)),
    "<p>Ida Poon<span style='float:right;width:40%'>Ben Ip, Head of Fees and of the Northern Harbour Clearing Office</span></p>" * 2,
    "".join(f"<p style='margin-bottom:20pt'>{number}. <span style='display:inline-block;width:80%;vertical-align:middle'>The forms come back on a day that is told to all of them in good time before.</span></p>" for number in range(1, 5)),
], ids=["paragraphs", "signatures", "numbered"])  # fmt: skip
def test_prose_with_even_white_between_its_parts_is_no_table(body: str) -> None:
    assert tables(printed(body, "6pt", "en")) == []


@pytest.mark.parametrize("ruled", [True, False])
def test_tables_beside_each_other_are_two_where_their_rules_are_apart(ruled: bool) -> None:
    cells = [["Cash", "Cut-off"], ["HKD", "15:30"], ["RMB", "15:00"], ["USD", "11:30"]]
    other = [["Batch", "Starts"], ["First", "10:00"], ["Second", "12:45"], ["Third", "14:30"]]
    style = "<style>table{width:40%!important} .l{float:left} .r{margin-left:58%}.x tr:first-child td{border-bottom:1pt solid}</style>"
    tabled = [table(one).replace("<table>", f"<table class='{side}{' x' if ruled else ''}'>") for one, side in ((cells, "l"), (other, "r"))]
    found = tables(printed(style + "".join(tabled), "3pt", "en"))
    assert found == ([cells, other] if ruled else [[[*left, *right] for left, right in zip(cells, other, strict=True)]])
