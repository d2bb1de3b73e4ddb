"""HTML pages: what a browser shows of the circular, and nothing of the site around it."""

from __future__ import annotations

import time

import pytest
from growth import grows_in_proportion

from ingest.errors import UnreadableSource
from ingest.formats import flat, html
from ingest.model import Document

MENU = "".join(f'<li><a href="/page{number}">Menu entry {number}</a></li>' for number in range(100))
TICKER = "".join(f"<div>Index {number} up {number}.5</div>" for number in range(60))
BODY = "<p>Participants must register on or before 7 August 2026 (Friday).</p>"


def page(body: str) -> str:
    return f"<!DOCTYPE html><html><head><title>Site</title></head><body>{body}</body></html>"


def read(body: str) -> Document:
    return html.read(page(body).encode(), "x.html")


def blocks(body: str) -> list[tuple[str, str]]:
    document = read(body)
    return [(block.kind, document.text[slice(*block.span)]) for block in document.blocks]


def tables(body: str) -> list[tuple[int | None, list[list[str]]]]:
    document = read(body)
    found = []
    for grid in document.grids:
        rows = [[""] * grid.width for _ in range(grid.height)]
        for cell in grid.cells:
            rows[cell.row][cell.col] = document.text[slice(*cell.span)]
        found.append((grid.header, rows))
    return found


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>a\n  b\t c&nbsp; d</p>", "a b c d"),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<div>one</div><div>two</div>", "one\ntwo"),
        ("<div>one<div>two</div>three</div>", "one\ntwo\nthree"),
        ("<p>one<br> two <br/>three</p>", "one\ntwo\nthree"),
        ("<div>one<br><br>two</div>", "one\n\ntwo"),
        ("<p>19<sup>th</sup> <b>A</b><i>B</i> <wbr>C</p>", "19th AB C"),
        ("<pre>a  b\n   c</pre>", "a  b\n   c"),
        ("<dl><dt>Date</dt><dd>1 Sep 2026</dd><dt>No.<dd>26EC91</dl>", "Date\n1 Sep 2026\nNo.\n26EC91"),
        ("<ul><li>one<li>two<ul><li>three</ul></ul>end", "one\ntwo\n\nthree\n\nend"),
        ("<p>R&amp;D &lt;b&gt; &#20013;&hellip;</p>", "R&D <b> 中…"),
        ("<p>a<!-- 1 Jan 2020 --><![CDATA[ 2 Jan ]]><!--[if IE]><p>b</p><![endif]--></p>", "a"),
        ("<p>a</p><script>var d = '1 May 2020';</script><style>p{}</style><noscript>on</noscript><template>t</template>", "a"),
        ("<p>a</p><p hidden>b</p><p style='color:red; DISPLAY : none'>c</p><span class='x sr-only'>d</span>", "a"),
        ("<div class='print-only'>Printed on 1 December 2027</div><p>a</p>", "a"),
        ("<p>Name: <input value='x'><select><option>y</option></select></p>", "Name:"),
        ("<h3><button aria-expanded='false'>Who?</button></h3><div hidden><p>All.</p></div><p hidden>a</p><p>b</p>", "Who?\n\nAll.\n\nb"),
        ("<p>a</p><div role='tabpanel' style='display:none'><p>b</p></div><button>c</button>", "a\n\nb"),
        ("<p>您所在的位置：<a>首页</a>&gt;<a>公告</a></p><p>a</p><p>【打印】【关闭】</p><p>上海交易所版权所有 沪ICP备05号</p>", "a"),
        ("<p>unclosed <b>tags<p>everywhere<div>here", "unclosed tags\n\neverywhere\n\nhere"),
        ("<p>\ufeffa\ufdd0b</p>", "ab"),
    ],
)
def test_text_is_what_a_browser_shows(body: str, text: str) -> None:
    assert read(body).text == text


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<h1>Circular</h1><h2>A</h2><h1>B</h1>", [("title", "Circular"), ("section_header", "A"), ("section_header", "B")]),
        ("<ol><li>one</li><li><p>two</p></li></ol>", [("list_item", "one"), ("list_item", "two")]),
        ("<p>1. First point.</p><p>* A note.</p>", [("list_item", "1. First point."), ("footnote", "* A note.")]),
        ("<p><b>Change of office</b></p><p>Text.</p>", [("section_header", "Change of office"), ("text", "Text.")]),
        ("<p><b>Subject:</b></p><p><b>By 3 May</b> we move.</p>", [("text", "Subject:"), ("text", "By 3 May we move.")]),
        ("<div>Jocelyn Mak</div><div>Head of Services</div>", [("text", "Jocelyn Mak\nHead of Services")]),
        (f"<div>{'a' * 200}.</div><div>b</div>", [("text", "a" * 200 + "."), ("text", "b")]),
    ],
)
def test_blocks_are_told_by_their_tags(body: str, found: list[tuple[str, str]]) -> None:
    assert blocks(body) == found


@pytest.mark.parametrize(
    ("body", "links"),
    [
        ('<p>see <a href="https://a.example/x?y=1&amp;z=2"> our <b>site</b> </a>.</p>', [("our site", "https://a.example/x?y=1&z=2")]),
        ('<p><a href="mailto:a@b.example">a@b.example</a> <a href="tel:+85229797111">2979 7111</a></p>',
         [("a@b.example", "mailto:a@b.example"), ("2979 7111", "tel:+85229797111")]),
        ('<p><a href="#top">up</a> <a href="/x">in</a> <a href="javascript:x()">do</a> <a>none</a></p>', []),
        ('<p>a<br><br>b <a href="https://a.example">c</a></p>', [("c", "https://a.example")]),
        ('<table><tr><th>A<th>B<tr><td>1<td> x<br><a href="https://a.example">c</a></table>', [("c", "https://a.example")]),
        ('<a href="https://a.example"><p>one</p><p>two</p></a>', [("one", "https://a.example"), ("two", "https://a.example")]),
    ],
)  # fmt: skip
def test_links_span_their_words(body: str, links: list[tuple[str, str]]) -> None:
    document = read(BODY + body)
    assert [(document.text[slice(*link.span)], link.target) for link in document.links] == links


@pytest.mark.parametrize(
    ("body", "header", "rows"),
    [
        ("<tr><th>Day<th>Event<tr><td>1 May<td>A<tr><td>2 May<td>B", 1, [["Day", "Event"], ["1 May", "A"], ["2 May", "B"]]),
        ("<tr><td>Day<td>Event<tr><td>1 May<td>A<tr><td>2 May<td>B", 1, [["Day", "Event"], ["1 May", "A"], ["2 May", "B"]]),
        ("<tr><td>1 May<td>A<tr><td>2 May<td>B", 0, [["1 May", "A"], ["2 May", "B"]]),
        ("<tr><td>x<td>A<tr><td>y<td>B", None, [["x", "A"], ["y", "B"]]),
        ("<thead><tr><td>x<td>A</thead><tr><td>y<td>B", 1, [["x", "A"], ["y", "B"]]),
        ("<tr><th>Fee<td>5<tr><th>Levy<td>6", 0, [["Fee", "5"], ["Levy", "6"]]),
        ("<tr><th rowspan=2>Month<th colspan=2>Calls<tr><th>First<th>Last<tr><td>May<td>1<td>2", 2,
         [["Month", "Calls", ""], ["", "First", "Last"], ["May", "1", "2"]]),
        ("<tr><td>Day<td>Place<td>Fee<tr><td>1 May<td rowspan=2>Hall<td>1<tr><td>2 May<td>2", 1,
         [["Day", "Place", "Fee"], ["1 May", "Hall", "1"], ["2 May", "", "2"]]),
        ("<tr><th>Day<th>Event<tr><td>&nbsp;<td> <tr><td>1 May<td><ul><li>A<li>B</ul>", 1, [["Day", "Event"], ["1 May", "A\nB"]]),
        ("<tr><th>Day<th>Event<tr><td>1 May<td><p>A</p><p></p><div>B<br>C</div>", 1, [["Day", "Event"], ["1 May", "A\nB\nC"]]),
        ("<tr><th>Day<th>Fee<tr><td>1 May<td>net<table><tr><td>a<td>b</table>", 1, [["Day", "Fee"], ["1 May", "net\na b"]]),
        ("<tr><th>Day<th colspan=9>Fee<tr><td>1 May<td rowspan=99>5", 1, [["Day", "Fee"], ["1 May", "5"]]),
    ],
)  # fmt: skip
def test_tables_are_read(body: str, header: int | None, rows: list[list[str]]) -> None:
    assert tables(f"{BODY}<table>{body}</table>{BODY}") == [(header, rows)]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<table><tr><td>Subject:<td>Change of hours<tr><td>Enquiry:<td>2979 7111</table>", "Subject: Change of hours\nEnquiry: 2979 7111"),
        ("<table><tr><td>事項<td>更改<tr><td>查詢<td>2979 7111</table>", "事項 更改\n查詢 2979 7111"),
        ("<table><tr><td>編號：<td>A/1<td>日期：<td>3/5/2026<tr><td>事項：<td>x</table>", "編號：\tA/1\t日期：\t3/5/2026\n事項： x"),
        ("<table role=presentation><tr><td>a<td>b<tr><td>c<td>d</table>", "a b\nc d"),
        ("<table><tr><td><p>one</p><p>two</p></table>", "one\n\ntwo"),
        ("<table><tr><td>1.<td>Open.<tr><td>2.<td>Close.</table>", "1. Open.\n2. Close."),
        ("<table><tr><td>logo<td>issuer</table>", "logo issuer"),
    ],
)
def test_a_table_that_only_arranges_stays_text(body: str, text: str) -> None:
    document = read(body)
    assert (document.text, document.grids) == (text, ())


@pytest.mark.parametrize(
    ("rows", "is_table"),
    [
        (["Date|Event|Details", "3 May 2027|Launch|LONG", "4 May 2027|Reply|short"], True),
        (["3 May 2027|LONG", "4 May 2027|short"], True),
        (["Menu|LONG", "Contact|short"], False),
        (["LONG|Date", "short|3 May 2027"], False),
        (["|Date", "LONG|3 May 2027"], False),
    ],
)
def test_one_long_cell_dissolves_no_table_of_data(rows: list[str], is_table: bool) -> None:
    cells = "".join(f"<tr><td>{row.replace('|', '<td>')}" for row in rows)
    assert len(read(f"<table>{cells.replace('LONG', 'word ' * 420)}</table>").grids) == is_table


def test_a_table_in_a_table_that_wraps_the_page_is_found() -> None:
    inner = "<table><tr><th>Day<th>Event<tr><td>1 May<td>A</table>"
    assert tables(f"<table><tr><td>left</td><td>{BODY}{inner}</td></tr></table>") == [(1, [["Day", "Event"], ["1 May", "A"]])]


@pytest.mark.parametrize(
    ("before", "inside", "caption"),
    [
        ("<p>Calendar</p>", "", "Calendar"),
        ("<div class=cap>Table 1 – Fees</div>", "", "Table 1 – Fees"),
        ("<p>The days are as follows:</p>", "", None),
        ("<h2>Calendar</h2>", "", None),
        ("<p>Text.</p>", "<caption>Calendar</caption>", "Calendar"),
    ],
)
def test_a_caption_names_its_table(before: str, inside: str, caption: str | None) -> None:
    document = read(f"{before}<table>{inside}<tr><th>Day<th>Event<tr><td>1 May<td>A</table>")
    assert [grid.caption and document.text[slice(*grid.caption)] for grid in document.grids] == [caption]


LETTERHEAD = "<div>香港中央結算有限公司</div><div>Ref. No.: CD/1/2026</div>"
SHOWN = "香港中央結算有限公司\nRef. No.: CD/1/2026\n\nParticipants must register on or before 7 August 2026 (Friday)."
CIRCULAR = LETTERHEAD + BODY


@pytest.mark.parametrize(
    "body",
    [
        f"<nav><ul>{MENU}</ul></nav><main>{CIRCULAR}</main><footer>Terms</footer>",
        f"<div role=navigation>{MENU}</div><div role=main>{CIRCULAR}</div><div role=contentinfo>Terms</div>",
        f"<header><nav>{MENU}</nav></header><main><article>{CIRCULAR}</article></main><aside>More</aside>",
        f"<main><article><header>{LETTERHEAD}</header>{BODY}</article></main>",
        f"<main><div class=breadcrumb>Home</div><div class='share-buttons'>Share</div>{CIRCULAR}<form><button>Go</button></form></main>",
        f"<header><div class=logo>Group</div><form>Search</form></header><article>{CIRCULAR}</article><footer>Terms</footer>",
        f"<header>{LETTERHEAD}</header>{BODY}",
        f"<div class=banner>{LETTERHEAD}</div>{BODY}",
        f"<div id=siteNav>{MENU}</div><div class='has-sidebar'>{CIRCULAR}</div><div id=footer>Terms</div>",
        f"<ul>{MENU}</ul>{CIRCULAR}",
        f"<table><tr><td><a>Home</a><br><a>Forms</a><br>Index 5<td><table><tr><td>{CIRCULAR}</table></table>",
        f"<div class=top-bar>Today <a>Home</a></div>{CIRCULAR}<div>Previous: <a>Fees (14 September 2026)</a><br>Next: <a>Tests</a></div>",
        f"{CIRCULAR}<div title=footer>- 2 -</div>",
        f"<div><ul>{MENU}</ul>{TICKER}</div><div>{CIRCULAR}</div>",
        f"<table><tr><td>{TICKER}<td>{CIRCULAR}</table><div>Copyright 2026 Group. All rights reserved.</div>",
        f"<a href=#main>Skip to content</a>{CIRCULAR}<p>Last Revision Date: 02/11/2026</p>",
        f"<form id=aspnetForm><input type=hidden>{CIRCULAR}</form>",
        f"<div class=cookie-consent>We use cookies.</div>{CIRCULAR}",
    ],
)
def test_the_site_goes_and_the_letterhead_stays(body: str) -> None:
    assert read(body).text == SHOWN


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("HK$5<sup>3</sup> million", "HK$5³ million"),
        ("3 May 2027<sup>[<a href=#n>12</a>]</sup>.", "3 May 2027[¹²]."),
        ("17:00<span style='vertical-align: super'>1,2</span>", "17:00¹,²"),
        ("100<sup>(2)</sup> lots", "100(²) lots"),
        ("3<sup>rd</sup> May", "3rd May"),
        ("CO<sub>2</sub>", "CO2"),
        ("HK$5<b>3</b>", "HK$53"),
        ("5<sup>3 days</sup>", "53 days"),
    ],
)
@pytest.mark.parametrize("around", ["<p>{}</p>", "<div><i>{}</i></div>", "<table><tr><td>Fee<td>Day<tr><td>A<td>{}</table>"])
def test_the_number_of_a_note_joins_no_figure(around: str, body: str, text: str) -> None:
    assert read(around.format(body)).text.endswith(text)


@pytest.mark.parametrize(
    ("body", "text", "said"),
    [
        ("<p>by <s>3 May 2027</s> 10 May 2027</p>", "by 10 May 2027", "10 characters of struck-out text were left out; dates stand in “3 May 2027”"),
        ("<p>HK$<del>500</del>600</p>", "HK$600", "3 characters of struck-out text were left out"),
        ("<p>HK$<span style='text-decoration: line-through red'>500</span>600</p>", "HK$600", "3 characters of struck-out text were left out"),
        ("<table><tr><td>Fee<td>Old<td>Now<tr><td>A<td style='text-decoration:line-through'>5<td>6</table>", "Fee\tOld\tNow\nA\t\t6",
         "1 characters of struck-out text were left out"),
        ("<p>by <ins>3 May</ins> <u>2027</u></p>", "by 3 May 2027", None),
        ("<p>by <span style='text-decoration: underline'>3 May</span></p>", "by 3 May", None),
    ],
)  # fmt: skip
def test_what_was_struck_out_is_told_and_no_longer_said(body: str, text: str, said: str | None) -> None:
    document = read(body)
    assert document.text == text
    assert [(warning.code, warning.message) for warning in document.warnings] == [("struck-text", said)] * (said is not None)


DUTY = "Participants must reply by 3 May 2027."
LONG = "<p>Participants are asked to note what follows for their information, and to prepare for it in good time.</p>"


@pytest.mark.parametrize(
    "part",
    [
        f"<div class=related-deadline><p>{DUTY}</p></div>",
        f"<div id=share-capital>{DUTY}</div>",
        f"<p class=language>{DUTY}</p>",
        "<div id=searchNote>The fee takes effect on 3 May 2027.</div>",
        f"<aside>{DUTY}</aside>",
        f"<div role=dialog>{DUTY}</div>",
        f"<form><p>{DUTY}</p></form>",
        f"<footer>{DUTY}</footer>",
        f"<button aria-expanded=false aria-controls=p1>What to do</button><div id=p1 hidden>{DUTY} {LONG}</div>",
        "<p>Participants must reply <span class=popup>by 3 May 2027</span>.</p>",
        f"<ul>{'<li><a href=/a.pdf>Participants must reply by 3 May 2027</a>' * 3}</ul>",
        "<table><tr><th>Date<th>Event<tr><td>1 May 2027<td>A<tr class=table-footer><td>3 May 2027<td>B</table>",
        "<table><tr><th>Date<th>Event<tr><td>1 May 2027<td>A<tbody id=related><tr><td>3 May 2027<td>B</table>",
    ],
)
@pytest.mark.parametrize("marked", [True, False])
def test_what_the_circular_says_stays_under_any_name(part: str, marked: bool) -> None:
    body = f"{CIRCULAR}{LONG * 3}{part}"
    document = read(f"<main>{body}</main>" if marked else body)
    assert "3 May 2027" in document.text
    assert document.warnings == ()


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("<div class=related><span>3 May 2027</span> <a href=/n>News of the Group</a></div>", "left-out"),
        ("<nav>News of 3 May 2027</nav>", "left-out"),
        ("<aside>Results, 3 May 2027</aside>", "left-out"),
        (f"<textarea>{DUTY}</textarea>", "left-out"),
        (f"<div style='display: none'>{DUTY}</div>", "hidden-text"),
        (f"<section hidden><p>{DUTY}</p></section>", "hidden-text"),
        ("<div class=cookie-consent>You must accept our cookies by 3 May 2027.</div>", "left-out"),
        ("<div class=menu>Home</div>", None),
        ("<div hidden>Menu</div>", None),
        ("<div id=footer>Last Revision Date: 02/11/2026</div>", None),
        ("<select><option>May 2027</select>", None),
    ],
)
def test_what_goes_is_told_where_a_date_is_in_it(part: str, code: str | None) -> None:
    document = read(f"<main>{CIRCULAR}{part}</main>")
    assert document.text == SHOWN
    assert [warning.code for warning in document.warnings] == [code] * (code is not None)


def test_a_date_outside_of_what_the_page_calls_its_content_is_told() -> None:
    document = read(f"<div><p>News of 3 May 2027</p><p>Home</p></div><main>{CIRCULAR}</main>")
    assert [(warning.code, warning.message) for warning in document.warnings] == [
        ("left-out", "22 characters of the site around the circular were left out; dates stand in “News of 3 May 2027”")
    ]


def test_a_page_without_letterhead_begins_at_its_heading() -> None:
    assert read(f"{TICKER}<h1>Notice</h1>{BODY}").text == "Notice\n\nParticipants must register on or before 7 August 2026 (Friday)."


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 10_000 + BODY + "</div>" * 10_000,
        "<b>" * 10_000 + BODY,
        "<table><tr><td>" * 2_000 + BODY,
        f"<table>{'<tr><td colspan=99999 rowspan=99999>x<td>1' * 300}</table>{BODY}",
        "<ul><li>" * 3_000 + BODY,
        f"{'<p>' * 5_000}{BODY}",
    ],
    ids=["divs", "bold", "tables", "spans", "lists", "paragraphs"],
)
def test_no_depth_or_span_breaks_the_reader(body: str) -> None:
    assert "register on or before 7 August 2026" in read(body).text


@pytest.mark.parametrize(
    ("before", "place"),
    [(f"<html><body>{BODY}", "behind “ter on or before 7 August 2026 (Friday).”"), ("<html><body>", "before any words")],
)
def test_a_page_deeper_than_any_is_one_error_that_says_where(before: str, place: str) -> None:
    start = time.process_time()
    with pytest.raises(UnreadableSource) as caught:
        html.read((before + "<div>" * 200_000).encode(), "a.html")
    assert (
        caught.value.reason == f"damaged HTML page: elements within each other at <div> {place}, more than 20000 deep; no page is so deep"
    )
    assert time.process_time() - start < 5


NESTS = (
    "<header>Example Company Limited ", "<aside>Circular ", "<div class=menu>Circular ", "<form><div>Circular ", "<article><header>x ",
    "<table><tr><th>a<td>b<tr><th>c<td>", "<table><tr><td>a<td><b>x", "<div>x ", "<b>x ", "<td>x", "<tr><td>x<td>y",
    "<div class=menu>It ends on 3 May 2027. ", "<ul><li><a>x</a><a>y</a><a>must reply by 3 May 2027</a>", "<div hidden>3 May 2027 ",
)  # fmt: skip


@pytest.mark.parametrize("nest", NESTS)
def test_eight_times_the_nesting_takes_about_eight_times_as_long(nest: str) -> None:
    before = f"<p>{BODY * 40}</p>{'<table>' if nest[:3] in ('<td', '<tr') else ''}"
    assert grows_in_proportion(lambda count: read(before + nest * count), 400)


@pytest.mark.parametrize(("written", "stated"), [("big5hkscs", "utf-8"), ("gb18030", "big5"), ("utf-8", "gb2312")])
def test_a_page_with_a_false_charset_is_read_and_warned_of(written: str, stated: str) -> None:
    source = f'<html><head><meta charset="{stated}"></head><body><p>參與者必須於2026年8月7日或之前登記。</p></body></html>'
    document = html.read(source.encode(written), "x.html")
    assert (document.text, [warning.code for warning in document.warnings]) == ("參與者必須於2026年8月7日或之前登記。", ["charset"])


UNEVEN = ["Date|Time|Event", "3 August 2026|09:15|Start", "2026年8月4日|10:00|測試", "5 August 2026|11:00|End"]


@pytest.mark.parametrize(("row", "cells", "doubt"), [
    ("6 August 2026|Launch", ["6 August 2026", "", "Launch"], flat.PROVED),
    ("上午9時15分|推出", ["", "上午9時15分", "推出"], flat.PROVED),
    ("6 August 2026|12:00", ["6 August 2026", "12:00", ""], flat.PROVED),
    ("Launch|Test", ["Launch", "Test", ""], flat.GUESSED),
    ("6 August 2026|09:00|Launch", ["6 August 2026", "09:00", "Launch"], None),
    ("6 August 2026||Launch", ["6 August 2026", "", "Launch"], None),
    ("6 August 2026||09:00|Launch", ["6 August 2026", "09:00", "Launch"], flat.NARROWED),
    ("6|August 2026|09:00|Launch", ["6 August 2026", "09:00", "Launch"], flat.NARROWED),
    ("6 August 2026|上午9時|15分|Launch", ["6 August 2026", "上午9時 15分", "Launch"], flat.NARROWED),
    ("6 August 2026|09:00|Launch|Hall", ["6 August 2026", "09:00", "Launch", "Hall"], flat.beyond("Hall")),
    ("6 August 2026|09:00|Launch|", ["6 August 2026", "09:00", "Launch"], flat.NARROWED),
])  # fmt: skip
def test_a_row_with_too_few_or_too_many_cells_is_put_right_where_their_kinds_leave_no_choice(
    row: str, cells: list[str], doubt: str | None
) -> None:
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in line.split('|'))}</tr>" for line in [*UNEVEN, row])
    found = read(f"<table>{lines}</table>")
    (grid,) = found.grids
    shown = [""] * grid.width
    for cell in grid.cells:
        if cell.row == len(UNEVEN):
            shown[cell.col] = found.text[slice(*cell.span)]
    assert (shown, grid.doubts) == (cells, ((len(UNEVEN) + 1, doubt),) if doubt else ())
