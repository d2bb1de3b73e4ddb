"""Tables without rulings, set by hand in many ways: whatever the white between lines and rows, each cell is read where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product

import pytest
from page_factory import PITCH, Look, SetTable, Words, leaf, paragraph, read, strings, typeset
from pdf_factory import missing, printed
from prose_designs import Printer
from prose_designs import page as newsletter

from ingest import formats
from ingest.formats import aligned
from ingest.formats.lines import lines_of
from ingest.model import Document

PROSE = (
    "Every participant shall complete the form and return it to the desk named below, together with the list of its users,"
    " so that the accounts can be opened in time for the launch of the service in the coming year."
)
SIGNED: list[Words] = [(60.0, 0.0, "Jocelyn Mak"), (60.0, PITCH, "Head of Participant Services")]

TIMETABLE = [
    ("Date", "Time", "Event", "Place"),
    ("12 February 2027 (Friday)", "17:00", "Registration of lines opens", "Relay site"),
    ("18 February 2027 (Thursday)", "09:00", "Walk-through for operators and their deputies", "Portal"),
    ("24 February 2027 (Wednesday)", "09:15", "Parallel run of old and new terminals", "Portal"),
    ("", "16:15", "Deadline for the signed form", "Vault counter"),
    ("2 March 2027 (Tuesday)", "12:30", "Review", "Portal"),
    ("4 March 2027 (Thursday) and 5 March 2027 (Friday)", "17:00", "Cards are handed out", "Portal"),
]
TIMETABLE_ZH = [
    ("日期", "時間", "事項", "地點"),
    ("2027年2月12日（星期五）", "17:00", "開始登記線路", "後備中心"),
    ("2027年2月18日（星期四）", "09:00", "操作員及其副手於倉庫櫃位參加的講解會", "專頁"),
    ("2027年2月24日（星期三）", "09:15", "新舊終端機並行運作", "專頁"),
    ("", "16:15", "交回已簽署表格的截止日期", "倉庫櫃位"),
    ("2027年3月2日（星期二）", "12:30", "檢討", "專頁"),
]
FEES = [
    ("Code", "Date", "Event", "Fee (HK$)"),
    ("A01", "12 February 2027 (Friday)", "• Registration of lines\n• Walk-through for operators and their deputies", "1,250,000"),
    ("B02", "18 February 2027 (Thursday)", "Parallel run of old and new terminals", "500"),
    ("C03", "24 February 2027 (Wednesday)", "Review", "35,000"),
    ("D04", "2 March 2027 (Tuesday)", "• Cards are handed out\n• Old lines are cut", "1,200"),
]
PAIRS = [
    ("Date", "Event"),
    ("12 February 2027 (Friday)", "Registration of lines opens for all clearing participants"),
    ("18 February 2027 (Thursday)", "Review"),
    ("24 February 2027 (Wednesday)", "Parallel run of old and new terminals"),
]
MERGED = {(3, 0): 2}


def said(text: str) -> str:
    """Text as it is compared: without the white space, of which Chinese has none."""
    return re.sub(r"\s+", " " if text.isascii() else "", text).strip()


def page(table: SetTable, after: Sequence[Words] = (), space: float = 24) -> Document:
    """A page with prose above the table, and words below it."""
    words = [*paragraph(PROSE, top=90, left=60, columns=78), *table.words]
    words += [(left, table.bottom + space + top, text) for left, top, text in after]
    return read(leaf(words, rulings=table.rulings))


def only(document: Document) -> list[list[str]]:
    (grid,) = document.grids
    assert grid.rule == "paper.aligned"
    return [[said(cell) for cell in row] for row in strings(document, grid)]


def wanted(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    return [[said(cell) for cell in row] for row in rows]


WHITE = [Look(leading, padding) for leading, padding in product((13, 14, 16.5), (3, 6, 12))]
CENTRED = [Look(look.leading, look.padding, "middle") for look in WHITE]
RULED = [Look(14, 6, rules="head"), Look(14, 0, rules="rows"), Look(14, 6, "middle", rules="rows")]


@pytest.mark.parametrize("look", [*WHITE, *CENTRED, *RULED], ids=str)
@pytest.mark.parametrize("widths", [(34, 6, 24, 8), (17, 6, 24, 14)], ids=["roomy", "wrapped"])
@pytest.mark.parametrize("rows", [TIMETABLE, TIMETABLE_ZH], ids=["en", "zh"])
def test_each_cell_of_a_timetable_is_read_where_it_stands(rows: list[tuple[str, ...]], widths: tuple[int, ...], look: Look) -> None:
    """Wrapped dates, one of them beside two rows; several dates in a cell; a last row whose date is wrapped."""
    assert only(page(typeset(rows, widths, look, spans=MERGED), SIGNED)) == wanted(rows)


@pytest.mark.parametrize("look", [*WHITE, *CENTRED, *RULED, Look(14, 0), Look(14, 0, "middle")], ids=str)
@pytest.mark.parametrize("rows", [FEES, PAIRS], ids=["fees", "pairs"])
def test_bullets_and_amounts_stay_in_their_rows(rows: list[tuple[str, ...]], look: Look) -> None:
    """Amounts end below each other; without white between the rows the keys of the first column part them."""
    widths = (5, 17, 26, 14) if len(rows[0]) == 4 else (17, 26)
    set_right = Look(look.leading, look.padding, look.valign, (3,), look.rules)
    assert only(page(typeset(rows, widths, set_right), SIGNED)) == wanted(rows)


def test_rows_without_white_between_them_are_parted_by_their_dates() -> None:
    rows = [row for row in TIMETABLE if row[0]]
    assert only(page(typeset(rows, (17, 6, 24, 14), Look(14, 0)), SIGNED)) == wanted(rows)


def test_a_wrapped_date_beside_two_rows_reaches_over_both() -> None:
    (grid,) = page(typeset(TIMETABLE, (17, 6, 40, 8), Look(14, 6), spans=MERGED)).grids
    assert [(cell.row, cell.col, cell.rowspan) for cell in grid.cells if cell.rowspan > 1] == [(3, 0, 2)]


@pytest.mark.parametrize("count", [2, 3, 4])
def test_a_date_in_the_middle_of_its_rows_reaches_over_all_of_them(count: int) -> None:
    """Also over the row above it, which would have the date before otherwise."""
    again = [("", f"1{number}:00", "Walk-through", "Portal") for number in range(1, count)]
    rows = [TIMETABLE[0], ("1 March 2027", "10:00", "Walk-through", "Portal"), *again, ("6 March 2027", "12:30", "Review", "Portal")]
    rows += [("", "13:30", "Review", "Portal")]
    document = page(typeset(rows, (17, 6, 24, 14), Look(14, 6, "middle"), spans={(1, 0): count, (count + 1, 0): 2}))
    (grid,) = document.grids
    assert only(document) == wanted(rows)
    assert [(cell.row, cell.rowspan) for cell in grid.cells if cell.rowspan > 1] == [(1, count), (count + 1, 2)]


@pytest.mark.parametrize("look", [Look(14, 6), Look(14, 6, "middle"), Look(14, 0)], ids=str)
def test_what_follows_a_table_is_no_part_of_it(look: Look) -> None:
    document = page(
        typeset(TIMETABLE[:4], (17, 6, 24, 14), look), [*SIGNED, (60.0, 4 * PITCH, "1 A terminal counts as one line.")], space=10
    )
    assert only(document) == wanted(TIMETABLE[:4])
    text = document.text
    assert text.index("Jocelyn Mak") > text.rindex("Portal")
    assert text.endswith("1 A terminal counts as one line.")


def test_a_heading_of_two_rows_is_kept_above_the_columns() -> None:
    rows = [
        ("Date of the", "Fee per", "Event"),
        ("settlement", "line", ""),
        *((day, "500", "Review") for day in ("1 March 2027", "2 March 2027", "3 March 2027")),
    ]
    found = only(page(typeset([("Date of the settlement", "Fee per line", "Event"), *rows[2:]], (12, 8, 20), Look(14, 6))))
    assert found == [["Date of the settlement", "Fee per line", "Event"], *wanted(rows[2:])]


@pytest.mark.parametrize("leading", [12, 14])
def test_headings_in_the_middle_of_their_row_are_its_first(leading: float) -> None:
    rows = [("Item", "Fee for each\nline", "Collected"), *((f"Line {number}", f"{number}00.00", "monthly") for number in range(1, 5))]
    assert only(page(typeset(rows, (14, 14, 12), Look(leading, 5, "middle")), SIGNED)) == wanted(rows)


def test_a_table_without_rulings_goes_on_over_the_page_without_its_heading() -> None:
    upper, lower = (
        typeset(TIMETABLE[:4], (34, 6, 24, 8), Look(14, 6)),
        typeset([TIMETABLE[0], *TIMETABLE[5:]], (34, 6, 24, 8), Look(14, 6), top=80),
    )
    document = read(leaf([*paragraph(PROSE, top=90, left=60, columns=78), *upper.words]), leaf(lower.words, 2))
    assert only(document) == wanted([*TIMETABLE[:4], *TIMETABLE[5:]])


def test_a_table_in_the_width_of_two_columns_is_not_read_as_two_columns_of_prose() -> None:
    rows = [
        ("日期", "時間", "事項", "地點"),
        *(
            (f"2027年3月{day}日（星期{weekday}）", "13:30", "與後備中心演習及派發操作員卡", "倉庫櫃位")
            for day, weekday in zip(range(1, 7), "一二三四五六", strict=True)
        ),
    ]
    assert only(page(typeset(rows, (24, 6, 30, 8), Look(14, 6)))) == wanted(rows)


@pytest.mark.parametrize(
    "words", [PROSE, "各參與者須填妥表格並連同用戶名單交回下述支援組，以便戶口可於服務推出前及時開立，逾期提交的表格將不獲處理。"]
)
def test_columns_of_prose_are_no_table(words: str) -> None:
    left, right = paragraph(words, columns=34), paragraph(words, left=320, columns=34)
    assert read(leaf([*left, *right])).grids == ()


@pytest.mark.parametrize("producer", ["weasyprint", "chromium"])
def test_sentences_that_follow_each_other_in_every_column_are_no_table(producer: Printer) -> None:
    """A newsletter in three columns, some of whose paragraphs end at one height by chance."""
    if why := missing(producer):
        pytest.skip(why)
    [data] = printed(producer, [newsletter("three-columns", "zh-Hant", 147)])
    assert formats.read(data, "newsletter.pdf").grids == ()


def test_a_table_of_a_thousand_rows_is_read_in_one_go() -> None:
    """On a page of any length; each step goes through the lines once, or the test would take minutes."""
    rows = [("Date", "Time", "Event"), *((f"{number % 28 + 1} March 2027", "10:30", "Review") for number in range(1000))]
    table = typeset(rows, (16, 6, 14), Look(14, 6))
    found = list(aligned.tables(list(lines_of(leaf(table.words).runs, 1, 500.0)), PITCH))
    assert [(one.start, one.end, one.table.height) for one in found] == [(0, 1001, 1001)]
