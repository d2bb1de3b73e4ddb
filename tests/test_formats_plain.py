"""Plain text as it is extracted from PDF: what is markup, what is a table, what is a block."""

from __future__ import annotations

import pytest

from ingest.formats import markup, plain
from ingest.model import Document


def read(text: str) -> Document:
    return plain.read(text.encode(), "x.txt")


def blocks(text: str) -> list[tuple[str, str]]:
    document = read(text)
    return [(block.kind, document.text[slice(*block.span)]) for block in document.blocks]


def table(text: str) -> tuple[int | None, list[list[str]]]:
    document = read(text)
    [grid] = document.grids
    rows = [[""] * grid.width for _ in range(grid.height)]
    for cell in grid.cells:
        rows[cell.row][cell.col] = document.text[slice(*cell.span)]
    return grid.header, rows


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("register **by 7 August 2026** online", "register by 7 August 2026 online"),
        ("*whole line*", "whole line"),
        ("***both***", "both"),
        ("__strong__ and _weak_", "strong and weak"),
        ("必須**於2026年8月7日（星期五）或之前**登記", "必須於2026年8月7日（星期五）或之前登記"),
        ("over **two\nlines** here", "over two\nlines here"),
        ("*Not more than 2 persons.", "*Not more than 2 persons."),
        ("**Not more than 2 persons.*", "*Not more than 2 persons."),
        (r"*\*Not more than 2 persons.*", "*Not more than 2 persons."),
        ("*^By e-mail only.*", "^By e-mail only."),
        ("**Subject to approval", "**Subject to approval"),
        ("Room 3* and Room 4*", "Room 3* and Room 4*"),
        ("*First note\n**Second note", "*First note\n**Second note"),
        ("5*6*7 and a_b_c@d.example", "5*6*7 and a_b_c@d.example"),
        ("Name: ________ (signed)", "Name: ________ (signed)"),
        (r"50\*60 \[x\] C:\path", r"50*60 [x] C:\path"),
        ("see [the website](#).", "see the website."),
        ("[**bold** link](https://a.example/x_(y))!", "bold link!"),
        ("![logo](logo.png)Circular", "Circular"),
        ("SFC[2026](9) and [sic] and [a](b)", "SFC[2026](9) and [sic] and [a](b)"),
        ("<https://a.example/x> <a@b.example>", "https://a.example/x a@b.example"),
        ("<b>Deadline</b> <span style='x'>now</span>", "Deadline now"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ('<ul style="list-style-type: none"><li>• A</li><li>• B</li>', "• A\n• B"),
        ("each <CP> with < 5% & > 3%", "each <CP> with < 5% & > 3%"),
        ("R&amp;D &lt;b&gt; 5&nbsp;% &unknown; AT&T", "R&D <b> 5\xa0% &unknown; AT&T"),
        ("kept <!-- not this --> here", "kept  here"),
    ],
)
def test_markup_goes_and_text_stays(source: str, text: str) -> None:
    assert markup.strip(source).text == text


@pytest.mark.parametrize(
    ("source", "links"),
    [
        ("see [our site](https://a.example/x) now", [("our site", "https://a.example/x")]),
        ("**[mail](mailto:a@b.example)** us", [("mail", "mailto:a@b.example")]),
        ("<https://a.example>", [("https://a.example", "https://a.example")]),
        ("<a@b.example>", [("a@b.example", "mailto:a@b.example")]),
        ('<a href="https://a.example?x=1&amp;y=2"><b>here</b></a>.', [("here", "https://a.example?x=1&y=2")]),
        ("[here](#top) and [there](/page.html)", []),
    ],
)
def test_links_span_their_words(source: str, links: list[tuple[str, str]]) -> None:
    document = read(source)
    assert [(document.text[slice(*link.span)], link.target) for link in document.links] == links


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("# Circular\n\n## Appendix ##\n\ntext", [("title", "Circular"), ("section_header", "Appendix"), ("text", "text")]),
        ("A. Service hours\n\nThe desk is open.", [("section_header", "A. Service hours"), ("text", "The desk is open.")]),
        ("一、提名\n\n參與者須提名。", [("section_header", "一、提名"), ("text", "參與者須提名。")]),
        ("一、參與者須於5月4日提名。", [("list_item", "一、參與者須於5月4日提名。")]),
        ("附錄 – 連接測試", [("section_header", "附錄 – 連接測試")]),
        (
            "Steps:\n1. Open.\n2. Close\nthe window.",
            [("text", "Steps:"), ("list_item", "1. Open."), ("list_item", "2. Close\nthe window.")],
        ),
        ("(a) first\n(b) second", [("list_item", "(a) first"), ("list_item", "(b) second")]),
        ("• A• B", [("list_item", "• A"), ("list_item", "• B")]),
        ("2.5% is charged\non 3 May.", [("text", "2.5% is charged\non 3 May.")]),
        ("a hard-wrapped\nparagraph.", [("text", "a hard-wrapped\nparagraph.")]),
        ("註：可能取消。", [("footnote", "註：可能取消。")]),
        (
            "Change of office\n\nThe office moves on 3 May 2026.",
            [("section_header", "Change of office"), ("text", "The office moves on 3 May 2026.")],
        ),
        (
            "Enquiry: 2979 7111\n\nThe office moves on 3 May 2026.",
            [("text", "Enquiry: 2979 7111"), ("text", "The office moves on 3 May 2026.")],
        ),
    ],
)
def test_blocks_are_told_apart(source: str, found: list[tuple[str, str]]) -> None:
    assert blocks(source) == found


@pytest.mark.parametrize(
    ("source", "header", "rows"),
    [
        ("Date\tEvent\n3 May 2026\tBriefing\n4 May\tLaunch", 1, [["Date", "Event"], ["3 May 2026", "Briefing"], ["4 May", "Launch"]]),
        ("3 May 2026\tBriefing\n4 May 2026\tLaunch", 0, [["3 May 2026", "Briefing"], ["4 May 2026", "Launch"]]),
        ("Hong Kong\tCentral\nKowloon\tTsim Sha Tsui", None, [["Hong Kong", "Central"], ["Kowloon", "Tsim Sha Tsui"]]),
        ("\t2026\t2027\nFee\t1\t2", 1, [["", "2026", "2027"], ["Fee", "1", "2"]]),
        ("A\tGroup\t\nx\ty", None, [["A", "Group"], ["x", "y"]]),
        ("Month\tCalls\t\tPaid\n\tFirst\tLast\t\nMay\t1 May\t2 May\t3 May", 2,
         [["Month", "Calls", "", "Paid"], ["", "First", "Last", ""], ["May", "1 May", "2 May", "3 May"]]),
        ("Day\tEvent\n1 May\t• A• B • C", 1, [["Day", "Event"], ["1 May", "• A\n• B\n• C"]]),
        ("Day\tEvent\n1 May\t• A\n• B\n2 May\tC", 1, [["Day", "Event"], ["1 May", "• A\n• B"], ["2 May", "C"]]),
        ("Date\tEvent\n28 April\n\t• A\n\t• B", 1, [["Date", "Event"], ["28 April", ""], ["", "• A"], ["", "• B"]]),
        ("Day\tEvent\n1 May\nFutures\tX", 1, [["Day", "Event"], ["1 May", ""], ["Futures", "X"]]),
        ("Day\tFee\n1 May\t**5**<br>[net](#)", 1, [["Day", "Fee"], ["1 May", "5\nnet"]]),
        ("Day\tFee\n1 May\t5\n\nPage 1 of 2\n\nDay\tFee\n2 May\t6", 1, [["Day", "Fee"], ["1 May", "5"], ["2 May", "6"]]),
        ("| Day | Fee |\n|:--|--:|\n| 1 May | a \\| b |\n| 2 May | |", 1, [["Day", "Fee"], ["1 May", "a | b"], ["2 May", ""]]),
        ("Day | Fee\n--- | ---\n1 May | 5", 1, [["Day", "Fee"], ["1 May", "5"]]),
        ("Day | Fee | Note\n1 May | 5 | \n2 May | 6 | x", 1, [["Day", "Fee", "Note"], ["1 May", "5", ""], ["2 May", "6", "x"]]),
    ],
)  # fmt: skip
def test_tables_are_read(source: str, header: int | None, rows: list[list[str]]) -> None:
    assert table(source) == (header, rows)


@pytest.mark.parametrize(
    "source",
    [
        "Subject:\tChange of hours\nEnquiry:\t2979 7111",
        "編號：\tCD/1/2026\t日期：\t3/5/2026\n事項：\t更改\n查詢\t2979 7111",
        "1.\tOpen the door.\n2.\tClose the door.",
        "\tindented\n\ttoo",
        "Date\tEvent",
        "either | or",
        "Home | About | Contact\nNews | Events | Careers | Search\nHelp",
    ],
)
def test_what_only_looks_like_a_table_stays_text(source: str) -> None:
    document = read(source)
    assert (document.grids, document.text.split()) == ((), source.split())


@pytest.mark.parametrize(
    ("line", "caption"),
    [
        ("Table 1 – Service hours", "Table 1 – Service hours"),
        ("表甲 – 每張合約按金", "表甲 – 每張合約按金"),
        ("Recalculation calendar", "Recalculation calendar"),
        ("The dates are as follows:", None),
        ("Table 1 sets out what a participant has to pay.", None),
        ("三、時間表", None),
        ("## Calendar", None),
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_caption_stands_right_before_its_table(line: str, caption: str | None, gap: str) -> None:
    document = read(f"Some text.\n\n{line}{gap}Date\tEvent\n3 May 2026\tX")
    assert [grid.caption and document.text[slice(*grid.caption)] for grid in document.grids] == [caption]


def test_footnotes_below_a_table_keep_their_marks() -> None:
    found = blocks("Day\tFee\n1 May\t5#\n2 May\t6*\n\n# Net of tax.\n* Per person.")
    assert found[1:] == [("footnote", "# Net of tax."), ("footnote", "* Per person.")]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Text\n\nPage 1 of 2\n\nmore", "Text\n\n\n\nmore"),
        ("- 2 -\nText\n第 2 頁，共 3 頁", "Text"),
        ("Text\n**Page 3**", "Text"),
        ("跳至內容\n法例\n\n通告", "通告"),
        ("Skip to main content\n香港中央結算有限公司\n\n通告", "香港中央結算有限公司\n\n通告"),
        ("通告\n\n最後修訂日期：2/11/2026", "通告"),
        ("Updated 11 Dec 2020\nCircular", "Circular"),
        ("A\n\nB\n\nLast Revision Date: 17/10/2014\n\nC\n\nD\n\nE", "A\n\nB\n\n\n\nC\n\nD\n\nE"),
        ("A\n\nB\n\nUpdated 24 Aug 2026 | © House Limited\n\nC\n\nD\n\nE", "A\n\nB\n\n\n\nC\n\nD\n\nE"),
        ("A\n\nB\n\n更新日期 2026年8月24日 | 版權所有\n\nC\n\nD\n\nE", "A\n\nB\n\n\n\nC\n\nD\n\nE"),
        ("A\n\nB\n\nAll rights reserved by the house.\n\nC\n\nD\n\nE", "A\n\nB\n\n\n\nC\n\nD\n\nE"),
        ("A\n\nB\n\nC\n\nUpdated 11 Dec 2020\n\nD\n\nE\n\nF", "A\n\nB\n\nC\n\nUpdated 11 Dec 2020\n\nD\n\nE\n\nF"),
        ("Page 1 of the form is blank.", "Page 1 of the form is blank."),
        ("HOUSE LIMITED     Page 1 of 2\n\nA\n\nHOUSE LIMITED     Page 2 of 2\n\nB", "HOUSE LIMITED\n\nA\n\n\n\nB"),
        ("The form     Page 2\n\nThe annex     Page 3", "The form     Page 2\n\nThe annex     Page 3"),
        ("\ufeffA \r\nB\u2028C\fD\ufdd0E", "A\nB\nC\nDE"),
    ],
)
def test_page_furniture_goes_and_the_rest_is_verbatim(source: str, text: str) -> None:
    assert read(source).text == text


@pytest.mark.parametrize("unit", ["[", "*a ", " a*", "<", "<ul ", "[a](", "a\tb\n", "c\n", "| a |\n", "_x_", "&#", "• ", "\\", "!["])
def test_hostile_repetition_is_read_in_time(unit: str) -> None:
    text = unit * (40_000 // len(unit))
    assert read("Circular\n" + text + "\nEnd\tof it").text.startswith("Circular")


@pytest.mark.parametrize(
    ("source", "text", "struck"),
    [
        ("by <s>3 May</s> 10 May", "by  10 May", 5),
        ("by ~~3 May\n2027~~ 10 May", "by\n 10 May", 10),
        ("HK$<del class='x'>500</del>600", "HK$600", 3),
        ("3~5 May, 10~~12 May", "3~5 May, 10~~12 May", 0),
        ("from ~~ 3 May ~~ on", "from ~~ 3 May ~~ on", 0),
        ("~~3 May\n\n4 May~~", "~~3 May\n\n4 May~~", 0),
        ("<s>3 May", "3 May", 0),
        ("HK$5<sup>3</sup> million", "HK$5³ million", 0),
        ("17:00<sup><a href='#n'>1</a></sup>, 3<sup>rd</sup> May", "17:00¹, 3rd May", 0),
    ],
)
def test_what_was_struck_out_goes_and_notes_join_no_figure(source: str, text: str, struck: int) -> None:
    document = read(source)
    assert document.text == text
    told = [("struck-text", f"{struck} characters of struck-out text were left out")] if struck else []
    assert [(warning.code, warning.message) for warning in document.warnings] == told
