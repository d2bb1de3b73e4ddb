"""Heads set in columns: labels beside their values, a letterhead on the right, those who sign side by side."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_factory import HEIGHT, PITCH, Words, leaf, length, paragraph, read
from pdf_factory import missing, printed

from ingest.formats import labelled
from ingest.pipeline import parse
from ingest.settings import Settings

PROSE = (
    "Exchange Participants shall submit position reports for these days to the Exchange, by the form that is printed at"
    " the end of this circular, and keep a copy of what they sent for the inspectors of the Exchange."
)
CHINESE = "交易所參與者須就有關日期向本交易所呈交持倉報告，並以本通告末頁所附表格填報，另須保存副本以供查閱。" * 2


def flush(right: float, top: float, text: str) -> Words:
    """Words that end at this place."""
    return right - length(text), top, text


# By hand ---------------------------------------------------------------------------------------------------------------


def test_a_label_that_stands_in_the_middle_of_its_value_comes_before_it() -> None:
    head = [
        (140.0, 100.0, "Revised Money Settlement Timetable of the Days"),
        (70.0, 100 + PITCH / 2, "Subject:"),
        (140.0, 100 + PITCH, "around the New Year"),
        (70.0, 150.0, "Enquiry:"),
        (140.0, 150.0, "2979 7111"),
    ]
    text = read(leaf([*head, *paragraph(PROSE, top=200)])).text
    assert text.startswith("Subject: Revised Money Settlement Timetable of the Days around the New Year\n")
    assert "\nEnquiry: 2979 7111\n\n" in text


@pytest.mark.parametrize("lines", [(1, 4), (4, 1), (2, 3), (5, 2)])
def test_each_line_beside_centred_labels_is_its_own_labels(lines: tuple[int, int]) -> None:
    words: list[Words] = []
    top = 100.0
    for label, count in zip(("Subject:", "Enquiry:"), lines, strict=True):
        words += [(140.0, top + index * PITCH, f"{label[0]}{index} of the value") for index in range(count)]
        words.append((70.0, top + (count - 1) * PITCH / 2, label))
        top += count * PITCH + 4
    said = read(leaf([*words, *paragraph(PROSE, top=top + 60)])).text.split("\n\n" + PROSE[:20])[0]
    before = said[: said.index("Enquiry:")]
    assert [before.count(f"S{index} of") for index in range(lines[0])] == [1] * lines[0]
    assert "E0" not in before


def test_labels_above_two_columns_keep_their_values() -> None:
    head = [
        (70.0, 100.0, "事項 Subject:"),
        (190.0, 100.0, "聖誕節前夕之交易安排"),
        (190.0, 100 + PITCH, "Trading on Christmas Eve"),
        (70.0, 140.0, "查詢 Enquiry:"),
        (190.0, 140.0, "2211 6360"),
    ]
    left, right = paragraph(PROSE, top=180, columns=38), paragraph(CHINESE, top=180, left=320, columns=38)
    text = read(leaf([*head, *left, *right])).text
    assert text.startswith("事項 Subject: 聖誕節前夕之交易安排\nTrading on Christmas Eve\n")
    assert "查詢 Enquiry: 2211 6360\n" in text
    assert PROSE in text
    assert CHINESE in text


def test_a_letterhead_on_the_right_stands_behind_what_is_beside_it() -> None:
    lines = ("金融管理局", "MONETARY AUTHORITY OF A TOWN", "中環金融街八號五十五樓", "Telephone: 2878 8196")
    right = [flush(430, 70 + index * PITCH, text) for index, text in enumerate(lines)]
    left = [(70.0, 70.0, "Our Ref.:"), (150.0, 70.0, "B10/1C"), (150.0, 70 + PITCH, "B1/15C")]
    text = read(leaf([*right, *left, *paragraph(PROSE, top=180)])).text
    assert text == "\n\n".join(["Our Ref.: B10/1C\nB1/15C", "\n".join(lines), PROSE])


def test_amounts_that_end_below_each_other_stay_in_their_rows() -> None:
    rows = [("Entrance fee", "HK$500"), ("Annual fee", "HK$12,000")]
    words = [
        word
        for index, (name, sum_) in enumerate(rows)
        for word in ((70.0, 100 + index * PITCH, name), flush(430, 100 + index * PITCH, sum_))
    ]
    text = read(leaf([*words, *paragraph(PROSE, top=200)])).text
    assert text.startswith("Entrance fee HK$500\nAnnual fee HK$12,000\n\n")


def test_a_signature_and_its_day_on_the_right_are_two_lines() -> None:
    end = [flush(490, 300, "深圳證券交易所"), flush(490, 300 + PITCH, "2026年11月20日")]
    text = read(leaf([*paragraph(CHINESE, top=100, columns=70), *end])).text
    assert text.endswith("\n\n深圳證券交易所\n2026年11月20日")


def test_those_who_sign_side_by_side_are_read_one_after_the_other() -> None:
    rows = [("Kenneth Szeto", "Rachel Ip"), ("Managing Director", "Vice President"), ("Post Trade", "Clearing Operations")]
    words = [(left, 300 + index * PITCH, text) for index, row in enumerate(rows) for left, text in zip((70.0, 280.0), row, strict=True)]
    document = read(leaf([*paragraph(PROSE, top=100), *words]))
    assert document.grids == ()
    assert document.text.endswith("Kenneth Szeto\nManaging Director\nPost Trade\n\nRachel Ip\nVice President\nClearing Operations")


def test_names_beside_their_posts_stay_in_their_rows() -> None:
    rows = [("Name", "Post"), ("Kenneth Szeto", "Managing Director"), ("Rachel Ip", "Vice President"), ("Amy Ho", "Head of Clearing")]
    words = [(left, 300 + index * 20, text) for index, row in enumerate(rows) for left, text in zip((70.0, 320.0), row, strict=True)]
    (grid,) = read(leaf([*paragraph(PROSE, top=100), *words])).grids
    assert len(grid.cells) == 8


@pytest.mark.parametrize("pitch", [1.2, 1.7, 2.5, 3.0])
def test_paragraphs_are_whole_however_much_white_is_between_their_lines(pitch: float) -> None:
    lines = paragraph(CHINESE, columns=60)
    text = read(leaf([(left, 100 + index * pitch * HEIGHT, said) for index, (left, _, said) in enumerate(lines)])).text
    assert text == CHINESE


LABELS = ("Subject:", "Date:", "Ref. No.:", "To:", "查詢 Enquiry:")


@given(
    st.lists(st.tuples(st.sampled_from(LABELS), st.integers(0, 4)), min_size=1, max_size=4),
    st.sampled_from([0.0, 0.5, 1.0]),
    st.booleans(),
)
def test_no_line_of_a_head_is_lost_or_told_twice(rows: list[tuple[str, int]], at: float, columns: bool) -> None:
    words: list[Words] = []
    top = 100.0
    for number, (label, count) in enumerate(rows):
        words += [(160.0, top + index * PITCH, f"v{number}{index}") for index in range(count)]
        words.append((70.0, top + at * max(0, count - 1) * PITCH, label))
        top += max(1, count) * PITCH + 6
    body = paragraph(PROSE, top=top + 30, columns=38)
    if columns:
        body += paragraph(CHINESE, top=top + 30, left=320, columns=38)
    said = read(leaf([*words, *body])).text
    expected = Counter("".join(text for _, _, text in (*words, *body)).replace(" ", ""))
    assert Counter("".join(said.split())) == expected


def test_what_is_no_head_has_none() -> None:
    runs = leaf([*paragraph(PROSE), (70, 300, "The following applies:"), (70, 320, "fees are due at once")]).runs
    assert labelled.head(runs) is None


# In print ----------------------------------------------------------------------------------------------------------------

STYLE = """<html><head><meta charset="utf-8"><style>
@page{{size:A4;margin:20mm;@bottom-left{{content:"{foot}";font-size:8pt}}}}
body{{font-family:"Noto Sans","Noto Sans CJK HK";font-size:10pt;text-align:justify}} td{{padding:2px 6px;vertical-align:{valign}}}
.r{{text-align:right}} .two td{{width:50%;vertical-align:top}}</style></head><body>"""

BILINGUAL = (
    STYLE.format(foot="", valign="top")
    + """<p class="r">日期 Date: 16/11/2026<br>編號 Ref. No.: LSD/087/2026</p>
<p>香港期貨交易所有限公司<br>HONG KONG FUTURES EXCHANGE LIMITED</p>
<table><tr><td>事項 Subject:</td><td>聖誕節前夕之交易安排<br>Trading arrangement on Christmas Eve</td></tr>
<tr><td>查詢 Enquiry:</td><td>Exchange Participants may call 2211 6360</td></tr></table>
<table class="two"><tr><td>Please note that on Thursday, 24 December 2026 there will be no afternoon trading session and no After-Hours
Trading Session either.</td><td>請注意，於2026年12月24日（星期四）將不設下午交易時段，收市後交易時段亦告暫停，敬希垂注。</td></tr>
<tr><td>Exchange Participants shall submit their position reports for this day to the Exchange by 4:00 p.m. on Tuesday, 29 December
2026.</td><td>交易所參與者須於2026年12月29日（星期二）下午四時或之前向本交易所呈交該日之持倉報告，不得延誤。</td></tr></table>
<p>Fiona Wong 黃敏儀<br>Senior Vice President<br>Trading Division</p></body></html>"""
)

LETTER = (
    STYLE.format(foot="", valign="{valign}")
    + """<table style="width:100%"><tr><td>本局檔號 Our Ref.:</td><td>B10/1C<br>B1/15C</td><td class="r">香港金融管理局<br>
HONG KONG MONETARY AUTHORITY<br>香港中環金融街8號國際金融中心2期55樓<br>電話 Telephone: (852) 2878 8196</td></tr></table>
<p>致：所有認可機構行政總裁</p><p>敬啟者：</p><p><b>有關假日期間銀行服務之安排</b></p>
<p>2.　由於二零二七年二月六日（星期六）至九日（星期二）為公眾假期，認可機構應最遲於二零二七年一月二十二日（星期五）前將有關安排以書面通知受影響的客戶，並在各分行當眼處張貼告示。</p>
<p>助理總裁（銀行監理）<br>何漢傑</p><p>二零二六年十一月十九日</p></body></html>"""
)

FOOT = (
    STYLE.format(foot="Hong Kong Securities Clearing Company Limited (A wholly-owned subsidiary of the group)", valign="top")
    + """<p>CIRCULAR</p><table><tr><td>Subject:</td><td>Year-end Money Settlement</td></tr>
<tr><td>Enquiry:</td><td>Hotline 2979 7111</td></tr></table>"""
    + "<p>CCASS Participants must complete the attached form and return it by Friday, 11 December 2026.</p>" * 60
    + "</body></html>"
)

Printer = Literal["weasyprint", "chromium"]


@pytest.fixture(params=["weasyprint", "chromium"])
def printer(request: pytest.FixtureRequest) -> Printer:
    chosen: Printer = request.param
    if reason := missing(chosen):
        pytest.skip(reason)
    return chosen


def test_a_bilingual_head_above_two_columns_is_read(printer: Printer) -> None:
    (pdf,) = printed(printer, [BILINGUAL])
    said = parse(pdf, Path("notice.pdf"), Settings())
    assert (said.issuer, said.number, said.issued) == ("HKFE", "LSD/087/2026", date(2026, 11, 16))
    assert said.title == "聖誕節前夕之交易安排 Trading arrangement on Christmas Eve"
    assert [(fact.stated, fact.relation, fact.time) for fact in said.deadlines] == [(date(2026, 12, 29), "by", "16:00")] * 2
    assert [fact.value for fact in said.contacts if fact.role == "signatory"] == ["Fiona Wong"]


@pytest.mark.parametrize("valign", ["top", "middle"])
def test_a_letter_with_its_letterhead_on_the_right_is_read(printer: Printer, valign: str) -> None:
    (pdf,) = printed(printer, [LETTER.replace("{valign}", valign)])
    said = parse(pdf, Path("letter.pdf"), Settings())
    assert (said.issuer, said.number, said.other_numbers, said.issued) == ("HKMA", "B10/1C", ("B1/15C",), date(2026, 11, 19))
    assert said.title == "有關假日期間銀行服務之安排"
    assert [(fact.stated, fact.relation) for fact in said.deadlines] == [(date(2027, 1, 22), "before")]
    assert "認可機構應最遲於二零二七年一月二十二日（星期五）前將有關安排以書面通知受影響的客戶，並在各分行當眼處張貼告示。" in said.text


def test_the_foot_of_its_pages_names_the_issuer_where_nothing_else_does(printer: Printer) -> None:
    (pdf,) = printed(printer, [FOOT])
    said = parse(pdf, Path("circular.pdf"), Settings())
    assert "Securities Clearing" not in said.text
    assert (said.issuer, said.title) == ("HKSCC", "Year-end Money Settlement")


TITLED = (
    STYLE.format(foot="", valign="top")
    + """<h1 style="text-align:left">Circular to licensed corporations and registered institutions<br>
Reconciliation of client assets and submission of the Business and Risk Management Questionnaire</h1><p>18 November 2026</p>"""
    + "<p>Licensed corporations must file the questionnaire with the Commission by 29 January 2027 and keep a copy of it.</p>" * 3
    + """<p>Intermediaries Division<br>Securities and Futures Commission</p><p>SFO/IS/041/2026</p><p>1 See the circular of 14 July 2025.</p>
<p>2 The review covered one year.</p><p>End</p><p>54/F, One Island East, 18 Westlands Road<br>Quarry Bay, Hong Kong<br>www.sfc.example</p></body></html>"""
)


def test_a_title_of_several_large_lines_is_whole_and_the_number_may_stand_above_the_footnotes(printer: Printer) -> None:
    (pdf,) = printed(printer, [TITLED])
    said = parse(pdf, Path("circular.pdf"), Settings())
    assert (said.issuer, said.number, said.issued) == ("SFC", "SFO/IS/041/2026", date(2026, 11, 18))
    assert (said.title or "").endswith("Reconciliation of client assets and submission of the Business and Risk Management Questionnaire")
    assert [reference.number for reference in said.references] == [None] * len(said.references)
