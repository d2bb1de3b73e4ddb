"""A head laid out in two columns, labels without a colon beside their values: the header and the contacts are read, and no event is."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Literal

import pytest
from pdf_factory import LANGS, Lang, by_office, missing, printed

from ingest.pipeline import parse
from ingest.settings import Settings

Way = Literal["page", "weasyprint", "chromium", "web", "word", "tabs", "columns", "lines"]
HEADS: dict[Lang, list[tuple[str, str]]] = {
    "en": [
        ("Ref. No.", "NH/OPS/014/2027"), ("Date", "5 March 2027"), ("To", "All Clearing Participants"),
        ("Subject", "Rehearsal of the new margin engine"), ("Enquiries", "Ms. Ada Chan, 2979 7001, ada.chan@nh.example"),
    ],
    "zh-Hant": [
        ("編號", "NH/OPS/014/2027"), ("日期", "2027年3月5日"), ("致", "所有結算參與者"),
        ("事項", "新按金系統演習"), ("查詢", "陳雅達女士，2979 7001，ada.chan@nh.example"),
    ],
}  # fmt: skip
BODIES: dict[Lang, list[str]] = {
    "en": ["Participants are reminded that the arrangements of last year continue to apply. Forms are to be returned by 30 March 2027."],
    "zh-Hant": ["參與者須留意去年之安排將繼續適用。表格須於2027年3月30日或之前交回。"],
}
STYLES = ("", "td{border:1px solid #000}")
STYLE = "html{font:10.5pt 'Liberation Sans','Noto Sans CJK HK'} td{padding:2pt 12pt 2pt 0;vertical-align:top}"


def page(lang: Lang, css: str) -> str:
    rows = "".join(f"<tr><td>{escape(label)}</td><td>{escape(value)}</td></tr>" for label, value in HEADS[lang])
    body = "".join(f"<p>{one}</p>" for one in BODIES[lang])
    return f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><style>{STYLE}{css}</style><body><table>{rows}</table>{body}</body></html>'


def file(way: Way, lang: Lang, css: str) -> tuple[bytes, str]:
    """The circular by a producer, and its name."""
    if way in ("tabs", "columns", "lines"):
        joint = {"tabs": "\t", "lines": "\n"}.get(way)
        rows = [f"{label}{joint}{value}" if joint else f"{label:<14}{value}" for label, value in HEADS[lang]]
        return ("\n".join(rows) + "\n\n" + "\n\n".join(BODIES[lang])).encode(), "a.txt"
    if way == "page":
        return page(lang, css).encode(), "a.html"
    if reason := missing("libreoffice" if way in ("web", "word") else way):
        pytest.skip(reason)
    pages = [page(lang, css) for lang in LANGS for css in STYLES]
    made = by_office(pages, way) if way in ("web", "word") else printed(way, pages)
    return made[pages.index(page(lang, css))], "a.pdf"


@pytest.mark.parametrize("css", STYLES, ids=["open", "ruled"])
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("way", ["page", "weasyprint", "chromium", "web", "word", "tabs", "columns", "lines"])
def test_labels_without_a_colon_name_the_values_beside_them(way: Way, lang: Lang, css: str) -> None:
    data, name = file(way, lang, css)
    found = parse(data, Path(name), Settings())
    assert (found.number, str(found.issued), found.title) == ("NH/OPS/014/2027", "2027-03-05", HEADS[lang][3][1])
    assert {one.value for one in found.contacts} >= {"+85229797001", "ada.chan@nh.example"}
    assert (found.tables, found.events) == ((), ())


BODY = "Members are informed that the margin of the contract is calculated anew."
# Text, with a tab between cells; number, day and title.
PRINTED = {
    "Circular No.\t2027/044\nIssue date\t21 April 2027\nAudience\tTrading Members\nSubject\tChange of tick size\n\n": (
        "2027/044", "2027-04-21", "Change of tick size",
    ),
    "Bourse Circular\n\nCircular No.\tDC 19 of 2027\nIssue Date\t15 Sep 2027\nCategory\tDerivatives Clearing\nReply by\t22 Sep 2027\n\n": (
        "DC19of2027", "2027-09-15", "Bourse Circular",
    ),
    "TO: Compliance\tFAX NO.: 2868 1122\nFROM: Desk\tDATE: 8 July 2027\nRE: Halt procedures\tPAGES (incl. cover): 3\n\n": (
        None, "2027-07-08", "Halt procedures",
    ),
    "From: Desk <ps@nh.example>\nSent: Wednesday, 14 April 2027 6:12 PM\nTo: Lam, Ivy\nSubject: Extended hours\nAttachments: annex.pdf\n\n": (
        None, "2027-04-14", "Extended hours",
    ),
}  # fmt: skip
FEET = {
    "編號 Ref. No.: NH/OPS/142/2027 日期 Date: 27/10/2027": ("NH/OPS/142/2027", "2027-10-27"),
    "日期 Date: 27/10/2027 編號 Ref. No.: NH/OPS/142/2027": ("NH/OPS/142/2027", "2027-10-27"),
    "Ref. No.: NH/OPS/142/2027  Date: 27 October 2027": ("NH/OPS/142/2027", "2027-10-27"),
}


@pytest.mark.parametrize(("head", "header"), PRINTED.items())
def test_each_field_of_a_head_of_cells_is_that_of_its_cell(head: str, header: tuple[str | None, str, str]) -> None:
    found = parse((head + BODY).encode(), Path("a.txt"), Settings())
    assert (found.number, str(found.issued), found.title) == header


@pytest.mark.parametrize(("foot", "header"), FEET.items())
def test_number_and_day_may_share_the_last_line(foot: str, header: tuple[str, str]) -> None:
    text = f"通告 CIRCULAR\n事項 Subject: Revised fee\n\n{BODY}\n\nAda Chan\nHead\nClearing\n\n{foot}\nHarbour Clearing Company Limited\n"
    found = parse(text.encode(), Path("a.txt"), Settings())
    assert (found.number, str(found.issued)) == header


@pytest.mark.parametrize(
    ("said", "table"),
    [
        ("Members must change their address on or before 30 June 2027.", "Step\tDate\nRehearsal\t1 July 2027\nLaunch\t2 July 2027\n"),
        ("會員須於2027年6月30日或之前更改地址。", "步驟\t日期\n演習\t2027年7月1日\n啟用\t2027年7月2日\n"),
    ],
)
def test_a_short_sentence_above_the_first_table_is_of_the_body(said: str, table: str) -> None:
    found = parse(f"Ref: NH/9/2027\n\nDate: 2 June 2027\n\nPortal rules\n\n{said}\n\n{table}".encode(), Path("a.txt"), Settings())
    assert [str(one.due) for one in found.deadlines] == ["2027-06-30"]


@pytest.mark.parametrize(
    ("remark", "due"),
    [
        ("(To be returned on or before 22 May 2027)", ["2027-05-22"]),
        ("(Please return it to the Company by 22 May 2027)", ["2027-05-22"]),
        ("（請於2027年5月22日或之前交回）", ["2027-05-22"]),
        ("(Revised on 22 May 2027)", []),
    ],
)
def test_a_slip_says_in_brackets_above_its_fields_when_it_is_due(remark: str, due: list[str]) -> None:
    found = parse(f"Annex 2\n\nREPLY SLIP\n\n{remark}\n\nTo: Harbour Clearing\n\nName of the firm:\n".encode(), Path("a.txt"), Settings())
    assert [str(one.due) for one in found.deadlines] == due
