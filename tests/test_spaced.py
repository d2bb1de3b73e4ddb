"""Tables set out with spaces, tab stops and rulings come out cell by cell, and text that only looks like one is left alone."""

from __future__ import annotations

import html
import re
import unicodedata
from pathlib import Path

import pytest
from growth import grows_in_proportion
from spaced_factory import DESIGNS, Design
from spaced_factory_more import MORE
from spaced_prose import COUNTEREXAMPLES, TOLD_BELOW, pages

from ingest.formats import plain, spaced, wrapped
from ingest.model import Expression
from ingest.pipeline import parse
from ingest.settings import Settings

ALL = (*DESIGNS, *MORE)
TOLD = [one for one in ALL if not one.lost]
Rows = list[list[str]]


def fold(text: str) -> str:
    return re.sub(r"[\s•]", "", unicodedata.normalize("NFKC", text))


def read(text: str, name: str = "notice.txt") -> Expression:
    return parse(text.encode(), Path(name), Settings())


def as_page(design: Design) -> str:
    """The same circular as a web page, whose table says itself what its cells are."""
    above, _, below = design.text.partition("\n\n")
    cells = [["<br>".join(map(html.escape, cell.split("\n"))) for cell in row] for row in design.rows]
    table = "".join("<tr>" + "".join(f"<{'th' if at < design.heads else 'td'}>{cell}" for cell in row) for at, row in enumerate(cells))
    letter = f"<p>{above}</p>" + "".join(f"<p>{one}</p>" for one in below.split("\n\n")[:2])
    return f"<html><body>{letter}<table>{table}</table></body></html>"


def tables(found: Expression) -> list[Rows]:
    return [[list(row) for row in table.rows] for table in found.tables]


@pytest.mark.parametrize("design", TOLD, ids=lambda one: one.name)
def test_a_design_comes_out_cell_by_cell(design: Design) -> None:
    found = read(design.text)
    assert [[[fold(cell) for cell in row] for row in table] for table in tables(found)] == [
        [[fold(cell) for cell in row] for row in design.rows]
    ]
    rule = "plain.rows" if design.name.endswith("markdown") else "plain.columns"
    assert (found.tables[0].header, found.tables[0].rule, found.warnings) == (design.heads, rule, ())


@pytest.mark.parametrize("design", TOLD, ids=lambda one: one.name)
def test_a_design_gives_the_events_of_the_same_table_in_a_page(design: Design) -> None:
    found, page = read(design.text), read(as_page(design), "notice.html")
    assert [(one.start, one.end, one.time, fold(one.title), one.row) for one in found.events] == [
        (one.start, one.end, one.time, fold(one.title), one.row) for one in page.events
    ]
    assert all(found.text[slice(*one.span)] == one.quote for one in (*found.events, *found.dates, *found.deadlines))


@pytest.mark.parametrize("design", [one for one in ALL if one.lost], ids=lambda one: one.name)
def test_rows_that_nobody_can_tell_are_lost_aloud(design: Design) -> None:
    found = read(design.text)
    assert (found.tables, [warn.code for warn in found.warnings]) == ((), ["table-lost"])


@pytest.mark.parametrize("said", COUNTEREXAMPLES.values(), ids=COUNTEREXAMPLES)
def test_other_text_in_columns_is_no_table_and_none_that_is_lost(said: str) -> None:
    for text in (said, said + TOLD_BELOW, f"The text is above.\n\n{said}{TOLD_BELOW}"):
        found = plain.read(text.encode(), "notice.txt")
        assert (found.grids, found.warnings) == ((), ())


def test_prose_wrapped_justified_or_in_columns_has_no_table() -> None:
    assert {name for name, text in pages(8) if (found := plain.read(text.encode(), "a.txt")).grids or found.warnings} == set()


@pytest.mark.parametrize(("text", "rows"), [
    (
        "Date          Event\n3 May 2027    • Forms go out\n              • Hotline opens\n10 May 2027   Launch of the\n              new platform",
        [["Date", "Event"], ["3 May 2027", "• Forms go out\n• Hotline opens"], ["10 May 2027", "Launch of the new platform"]],
    ),
    (
        "日期            事項\n2027年5月3日    分發表格及使用者\n                手冊\n2027年5月10日   新平台推出",
        [["日期", "事項"], ["2027年5月3日", "分發表格及使用者手冊"], ["2027年5月10日", "新平台推出"]],
    ),
    (
        "Date            Event\n3 May 2027\tForms go out\n10 May 2027     Launch of\n\t\tall screens",
        [["Date", "Event"], ["3 May 2027", "Forms go out"], ["10 May 2027", "Launch of all screens"]],
    ),
    (
        "Contract     Fee\nFutures      10.00\nOptions       5.50\n-----------------\nTotal        15.50",
        [["Contract", "Fee"], ["Futures", "10.00"], ["Options", "5.50"], ["Total", "15.50"]],
    ),
    (
        "+------+-----------+\n| Item | Fee       |\n|      +-----+-----+\n|      | Old | New |\n+======+=====+=====+\n| A    | 1   | 2   |\n+------+-----+-----+",
        [],
    ),
    (
        "+-------+-----------------+\n| Item  | Fee             |\n+-------+--------+--------+\n|       | Old    | New    |\n+=======+========+========+\n| Swaps | 1.50   | 2.00   |\n+-------+--------+--------+\n| Bonds | waived until     |\n|       | further notice   |\n+-------+-----------------+",
        [],
    ),
    (
        "+-------+-----------------+\n| Item  | Fee             |\n+-------+--------+--------+\n|       | Old    | New    |\n+=======+========+========+\n| Swaps | 1.50   | 2.00   |\n+-------+--------+--------+",
        [["Item", "Fee", ""], ["", "Old", "New"], ["Swaps", "1.50", "2.00"]],
    ),
])  # fmt: skip
def test_lines_of_a_cell_are_made_whole(text: str, rows: Rows) -> None:
    found = read(f"Subject: Steps\n\nThe steps are as follows.\n\n{text}\n\nAll of them are final.")
    assert tables(found) == ([rows] if rows else [])
    assert [warn.code for warn in found.warnings] == ([] if rows else ["table-lost"])


@pytest.mark.parametrize("text", [
    "Date          Event\n3 May 2027    Forms go out\nto all        10 May 2027\n17 May 2027   Launch",
    "Item          Fee\nFutures       10.00\nOptions       5.50      old\nSwaps    x    7.00\nBonds         1.00",
    "Product       Contract\nHarbour       Index Futures of\nIndex         the year\nFerry         Options that expire\nIndex         in May",
    "項目          收費\n期貨          10.00\n期權          5.50      舊\n掉期    甲    7.00\n債券          1.00",
    "Date          Event        Place\n3 May 2027    Test of all lines Hall\n4 May 2027    Reports      Room 2\n5 May 2027    Return       Room 3",
    "日期            事項        地點\n2027年5月3日    所有參與者的登入測試大堂\n2027年5月4日    報表        二室\n2027年5月5日    返回        三室",
    "Stream        Coverage     Escalation\nBlue team     Equities     Ada Chan\nGreen team    Bonds        Ben Lee\nRed team      Options      Carl Ho",
    "組別          範疇         跟進\n甲組          股票         陳大文\n乙組          債券         李小明\n丙組          期權         何一心",
])  # fmt: skip
def test_a_table_whose_lines_contradict_its_columns_is_lost_aloud(text: str) -> None:
    found = plain.read(f"The steps:\n\n{text}\n\nAll are final.".encode(), "a.txt")
    assert ([warn.code for warn in found.warnings], found.grids) == (["table-lost"], ())


@pytest.mark.parametrize(("text", "rows"), [
    (
        "Item                     Unit            Fee\nClearing\nFutures                  per contract    0.60\nOptions                  per contract    1.15\nAccounts\nOpening                  each            500.00",
        [["Item", "Unit", "Fee"], ["Clearing", "", ""], ["Futures", "per contract", "0.60"], ["Options", "per contract", "1.15"],
         ["Accounts", "", ""], ["Opening", "each", "500.00"]],
    ),
    (
        "日期              事項\n第一階段\n2027年5月3日      登入測試\n2027年5月4日      報表測試\n第二階段\n2027年5月10日     轉換",
        [["日期", "事項"], ["第一階段", ""], ["2027年5月3日", "登入測試"], ["2027年5月4日", "報表測試"], ["第二階段", ""], ["2027年5月10日", "轉換"]],
    ),
    (
        "Trade      Fee\nNumber\n1          10.00\n2          5.50\n3          7.00",
        [["Trade Number", "Fee"], ["1", "10.00"], ["2", "5.50"], ["3", "7.00"]],
    ),
])  # fmt: skip
def test_a_line_with_room_above_it_heads_a_group_of_rows(text: str, rows: Rows) -> None:
    found = read(f"Subject: Steps\n\nThe steps are as follows.\n\n{text}\n\nAll of them are final.")
    assert tables(found) == [rows]


@pytest.mark.parametrize(("text", "rows"), [
    (
        "3 May 2027     09:00    Log-on test\n4 May 2027     10:00    Report test, from\n                        all terminals\n10 May 2027    09:00    Failover",
        [["3 May 2027", "09:00", "Log-on test"], ["4 May 2027", "10:00", "Report test, from all terminals"], ["10 May 2027", "09:00", "Failover"]],
    ),
    (
        "Last day of dealings    3 May 2027\nRecord date             4 May 2027\nDespatch                10 May 2027",
        [["Last day of dealings", "3 May 2027"], ["Record date", "4 May 2027"], ["Despatch", "10 May 2027"]],
    ),
    (
        "2027年5月3日      登入測試\n2027年5月4日      報表測試\n2027年5月10日     轉換",
        [["2027年5月3日", "登入測試"], ["2027年5月4日", "報表測試"], ["2027年5月10日", "轉換"]],
    ),
    ("3 May 2027     Log-on test\n4 May 2027     Report test", []),
    ("3 May 2027     Log-on test\n4 May 2027     Report test\nand on 10 May 2027 all the rest of it", []),
    ("Issued:        3 May 2027\nReplaced:      4 May 2027\nWithdrawn:     10 May 2027", []),
    ("3 May 2027  Ada Chan\n4 May 2027  Ben Lee\n5 May 2027  Carl Ho", []),
    ("1.    3 May 2027\n2.    4 May 2027\n3.    5 May 2027", []),
    ("上一次於2027年5月3日     登入測試\n2027年5月4日             報表測試\n2027年5月10日            轉換", []),
])  # fmt: skip
@pytest.mark.parametrize("above", ["The steps are:\n", "The steps are as follows.\n\n", "日期如下：\n\n"])
def test_dated_rows_without_headings_are_a_schedule(text: str, rows: Rows, above: str) -> None:
    found = read(f"Subject: Steps\n\n{above}{text}\n\nAll of them are final.")
    assert tables(found) == ([rows] if rows else [])
    assert len(found.events) == len(rows)
    assert [warn.code for warn in found.warnings if warn.code == "table-lost"] == []


def test_a_merged_cell_reaches_over_its_columns() -> None:
    text = "+-------+-----------------+\n| Item  | Fee             |\n+-------+--------+--------+\n| Swaps | 1.50   | 2.00   |\n+-------+--------+--------+"
    (table,) = read(text + TOLD_BELOW).tables
    assert [(one.row, one.col, one.colspan) for one in table.merged] == [(0, 1, 2)]


def test_a_preformatted_table_of_a_page_is_read_or_told() -> None:
    lost = next(one for one in ALL if one.lost)
    texts = ["<br>".join(one.text.split("\n\n")[3:4]) for one in (DESIGNS[0], lost)]
    for text, codes, count in zip(texts, ([], ["table-lost"]), (1, 0), strict=True):
        found = read(f"<html><body><p>Subject: Steps</p><p>{TOLD_BELOW}</p><pre>{text}</pre><p>{TOLD_BELOW}</p></body></html>", "a.html")
        assert ([warn.code for warn in found.warnings], len(found.tables)) == (codes, count)


@pytest.mark.parametrize(("lines", "room", "cell"), [
    (["Launch of the", "new platform"], 14, "Launch of the new platform"),
    (["Launch", "End of it"], 14, "Launch\nEnd of it"),
    (["• Forms", "• Cards and", "tokens"], 12, "• Forms\n• Cards and tokens"),
    (["half-", "year"], 6, "half-year"),
    (["遞交表", "格"], 6, "遞交表格"),
    (["Holiday", "假期"], 7, "Holiday\n假期"),
    (["3 May 2027 to", "7 May 2027"], 30, "3 May 2027 to 7 May 2027"),
])  # fmt: skip
def test_a_line_that_had_room_for_the_next_word_ended_there(lines: list[str], room: int, cell: str) -> None:
    assert wrapped.joined(lines, room) == cell


UNITS = ("a\tb\n", "Date\tEvent\n", "Date      Event\n3 May 2027   x\n", "+---+---+\n| a | b |\n", " a | b\n---+---\n", "== ==\n",
    "Date      Event\nfoo       3 May 2027\nbar       4 May 2027\n", "The fees  are paid on  the day and  Notes  Date  Fee\n")  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_eight_times_the_lines_take_about_eight_times_as_long(unit: str) -> None:
    assert grows_in_proportion(lambda count: spaced.search((unit * count).split("\n")), 200)


@pytest.mark.parametrize(("above", "body", "codes"), [
    ("The particulars are:", "Widget      Handling rule\nAlpha       kept in the vault\nBeta        sent by courier\nGamma       given by hand", ["table-lost"]),
    ("詳情如下：", "品種        處理方法\n甲類        存入金庫\n乙類        速遞送交\n丙類        親身送交", ["table-lost"]),
    ("The particulars are.", "Widget      Handling rule\nAlpha       kept in the vault\nBeta        sent by courier\nGamma       given by hand", []),
    ("The desks are:", "Clearing desk     Tel: 2979 7421\nRisk desk         Tel: 2979 7422\nFund desk         Tel: 2979 7423\nData desk         Tel: 2979 7424", []),
    ("The points are:", "First point       It is sent at once.\nNext point        It is kept.\nLast point        It is lost.\nNo point          It is told.", []),
])  # fmt: skip
def test_two_columns_of_words_that_a_colon_announces_are_lost_aloud(above: str, body: str, codes: list[str]) -> None:
    found = plain.read(f"Date: 8 March 2027\n\n{above}\n\n{body}\n\nYours faithfully,\n".encode(), "a.txt")
    assert ([warn.code for warn in found.warnings], found.grids) == (codes, ())


@pytest.mark.parametrize(
    ("said", "row"),
    [
        (
            (
                "Course                              Date            Time             Fee\n"
                "Data Breach Handling                Wed 14 Apr      2:30-5:30pm      HK$750\n"
                "Data Protection in Direct Marketing Tue 4 May       9:30am-12:30pm   HK$750\n"
                "Assessment of Impact                Thu 10 Jun      2:30-5:30pm      HK$850\n"
            ),
            ["Data Protection in Direct Marketing", "Tue 4 May", "9:30am-12:30pm", "HK$750"],
        ),
        (
            "Activity              Date\nRegistration closes   3 May 2027\nRegistration of firms 4 May 2027\nLaunch                5 May 2027\n",
            ["Registration of firms", "4 May 2027"],
        ),
    ],
)
def test_a_cell_may_fill_its_column_up_to_one_space(said: str, row: list[str]) -> None:
    (table,) = read(said).tables
    assert list(table.rows[2]) == row


def test_a_day_among_clock_times_begins_a_row() -> None:
    said = (
        "Time (HKT)         Rundown                                  Action by\n"
        "08:00              System available for logon               EPs / CPs\n"
        "08:30 - 09:15      Pre-opening: enter orders as per         EPs\n"
        "                   script A (Appendix 1)\n"
        "12:30 (approx.)    End-of-day reports available             CPs\n"
        "By 15:00           Submit the confirmation form             EPs and CPs\n"
        "Sunday, 6 June     Contingency session (if required)        All\n"
    )
    (table,) = read(said).tables
    assert [list(row) for row in table.rows[2:]] == [
        ["08:30 - 09:15", "Pre-opening: enter orders as per script A (Appendix 1)", "EPs"],
        ["12:30 (approx.)", "End-of-day reports available", "CPs"],
        ["By 15:00", "Submit the confirmation form", "EPs and CPs"],
        ["Sunday, 6 June", "Contingency session (if required)", "All"],
    ]
