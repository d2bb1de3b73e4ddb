"""Tables from rulings, held cell by cell against pdfplumber's and against what the makers of the pages wrote.

Where the two differ, a line here says who is right.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pdfplumber
import pypdfium2
import pypdfium2.raw as c
import pytest
from growth import seconds
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib import colors
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import SimpleDocTemplate, Table, TableStyle

from ingest.formats import ruled
from ingest.formats.leaf import RuledTable
from ingest.model import Box, Warn

CIRCULARS = Path(__file__).parents[2] / "shared" / "circulars"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
NEAR = 2.0

Rows = list[list[str | None]]
"""The texts of a table's cells without white space, None where a cell above or at the left reaches."""


class Cell(NamedTuple):
    row: int
    col: int
    rowspan: int
    colspan: int
    box: Box
    text: str


class Found(NamedTuple):
    """A table as one engine finds it."""

    width: int
    height: int
    cells: tuple[Cell, ...]

    def rows(self) -> Rows:
        rows: Rows = [[None] * self.width for _ in range(self.height)]
        for cell in self.cells:
            rows[cell.row][cell.col] = cell.text
        return rows


# What the two engines find --------------------------------------------------------------------------------------------


def folded(text: str) -> str:
    """Without white space, and without the radicals that a font's map gives for characters."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def characters(page: pypdfium2.PdfPage) -> list[tuple[float, float, str]]:
    """The middle of each character on the upright page."""
    matrix = ruled._upright(page.get_bbox(), page.get_rotation() // 90)
    text = page.get_textpage()
    found = []
    for index in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(index, loose=True)
        x, y = ruled._at(((left + right) / 2, (bottom + top) / 2), matrix)
        found.append((x, y, chr(c.FPDFText_GetUnicode(text.raw, index))))
    return found


def ours(page: pypdfium2.PdfPage) -> list[Found]:
    chars = characters(page)
    return [
        Found(
            table.width,
            table.height,
            tuple(Cell(*frame, folded("".join(char for x, y, char in chars if within(frame.box, x, y)))) for frame in table.frames),
        )
        for table in ruled.tables(ruled.rulings(page), *page.get_size())
    ]


def within(box: Box, x: float, y: float) -> bool:
    return box[0] <= x < box[2] and box[1] <= y < box[3]


def theirs(page: pdfplumber.page.Page) -> list[Found]:
    """pdfplumber's tables; it has no spans, so they are read from its boxes."""
    found = []
    for table in page.find_tables():
        # some producers leave hairs between cells, which pdfplumber takes for rows of no height
        xs, ys = (sorted({cell[place] for cell in table.cells for place in places}) for places in ((0, 2), (1, 3)))
        texts = table.extract()
        cells = []
        for row, (line, said) in enumerate(zip(table.rows, texts, strict=True)):
            for col, (box, text) in enumerate(zip(line.cells, said, strict=True)):
                if box is not None:
                    x0, y0, x1, y1 = box
                    cells.append(Cell(row, col, ys.index(y1) - ys.index(y0), xs.index(x1) - xs.index(x0), box, folded(text or "")))
        found.append(Found(len(xs) - 1, len(ys) - 1, tuple(cells)))
    return found


class Page(NamedTuple):
    number: int
    ours: list[Found]
    theirs: list[Found]


def pages(data: bytes) -> Iterator[Page]:
    with pdfplumber.open(io.BytesIO(data)) as plumbed:
        for number, (page, other) in enumerate(zip(pypdfium2.PdfDocument(data), plumbed.pages, strict=True)):
            yield Page(number + 1, ours(page), theirs(other))


def same(left: Cell, right: Cell) -> bool:
    # of a font without a map to Unicode each engine makes what it can
    return (
        left[:4] == right[:4]
        and (left.text == right.text or "(cid:" in right.text)
        and all(abs(a - b) <= NEAR for a, b in zip(left.box, right.box, strict=True))
    )


def equal_cells(page: Page) -> tuple[int, int]:
    """How many of pdfplumber's cells are found alike, and how many cells there are in all, of one engine or the other."""
    rest = [cell for table in page.ours for cell in table.cells]
    equal = 0
    for cell in (cell for table in page.theirs for cell in table.cells):
        match = next((one for one in rest if same(one, cell)), None)
        if match is not None:
            rest.remove(match)
            equal += 1
    return equal, sum(len(table.cells) for table in page.theirs) + len(rest)


# The shared circulars -------------------------------------------------------------------------------------------------

ZEBRA = "every other row is shaded, between level rules: pdfplumber gives each shaded row as a table, we leave the whole to `aligned`"
OURS_IS_RIGHT = {("05-rollout/seoch-en.pdf", 1): ZEBRA, ("05-rollout/seoch-en.pdf", 2): ZEBRA}


def digital() -> Iterator[tuple[str, bytes]]:
    for path in sorted(CIRCULARS.glob("*/*.pdf")):
        if path.stem != "hkma-locked-en":  # its password is not known
            yield path.relative_to(CIRCULARS).as_posix(), path.read_bytes()


@pytest.mark.skipif(not CIRCULARS.is_dir(), reason="the shared circulars are not beside the project")
def test_the_cells_of_the_shared_circulars_are_pdfplumbers() -> None:
    differ = []
    total = 0
    for name, data in digital():
        for page in pages(data):
            equal, cells = equal_cells(page)
            if (name, page.number) in OURS_IS_RIGHT:
                assert equal < cells, f"{name}, page {page.number}: no difference any more"
                assert page.ours == []
                assert all(table.height == 1 for table in page.theirs)
                continue
            total += cells
            if equal < cells:
                differ.append((name, page.number, equal, cells))
    assert (differ, total > 500) == ([], True)


# Pages that know what they show ---------------------------------------------------------------------------------------


FONTS = "font-family: 'Noto Serif CJK TC', 'Liberation Serif', serif; font-size: 11pt"
GRID = "table { border-collapse: collapse } td, th { border: 1px solid black; padding: 3px 6px }"


def table(*rows: str) -> str:
    """Rows as `a | b`; `2x1:a` reaches over two columns and one row."""
    lines = []
    for row in rows:
        cells = ""
        for cell in row.split("|"):
            span = re.match(r"\s*(\d)x(\d):", cell)
            reach = f" colspan={span[1]} rowspan={span[2]}" if span else ""
            cells += f"<td{reach}>{cell[span.end() if span else 0 :].strip()}</td>"
        lines.append(f"<tr>{cells}</tr>")
    return f"<table>{''.join(lines)}</table>"


PLAIN: Rows = [["Date", "Event"], ["1June", "Tests"], ["2June", "Launch"]]
PLAIN_HTML = table("Date|Event", "1 June|Tests", "2 June|Launch")
SPANS = table("3x1:Timetable", "1x2:Morning|9:00|Tests", "10:00|Calls", "Noon|2x1:Launch", "2x2:Corner|One", "Two")
SPANNED: Rows = [
    ["Timetable", None, None],
    ["Morning", "9:00", "Tests"],
    [None, "10:00", "Calls"],
    ["Noon", "Launch", None],
    ["Corner", None, "One"],
    [None, None, "Two"],
]
HAN = table("日期|2x1:事項", "2026年6月30日（星期二）|截止|交回申請表格", "7月1日|2x1:假期")
HAN_ROWS: Rows = [["日期", "事項", None], ["2026年6月30日（星期二）", "截止", "交回申請表格"], ["7月1日", "假期", None]]
NESTED = table("Outer|" + table("a|b", "c|d"), "x|y").replace("<td><table>", "<td style='padding: 12px'><table>")

OPEN = " td:first-child { border-left: 0 } td:last-child { border-right: 0 }"

PAGES: list[tuple[str, str, str, list[list[Rows]]]] = [
    ("plain", GRID, PLAIN_HTML, [[PLAIN]]),
    ("merged", GRID, SPANS, [[SPANNED]]),
    ("Chinese", GRID, HAN, [[HAN_ROWS]]),
    ("dashed", GRID.replace("solid", "dashed"), PLAIN_HTML, [[PLAIN]]),
    ("dotted", GRID.replace("1px solid", "2px dotted"), PLAIN_HTML, [[PLAIN]]),
    ("double", GRID.replace("1px solid", "3px double"), PLAIN_HTML, [[PLAIN]]),
    ("thick", GRID.replace("1px solid", "4px solid"), PLAIN_HTML, [[PLAIN]]),
    ("hairs", GRID.replace("1px solid", "0.2px solid"), PLAIN_HTML, [[PLAIN]]),
    ("apart", GRID.replace("collapse", "separate; border-spacing: 2px"), SPANS, [[SPANNED]]),
    ("filled", "td { background: #dde; padding: 4px } table { border-spacing: 2px }", PLAIN_HTML, [[PLAIN]]),
    ("filled head", GRID + " tr:first-child td { background: #335; color: white }", PLAIN_HTML, [[PLAIN]]),
    ("striped", GRID + " tr:nth-child(even) { background: #eee }", SPANS, [[SPANNED]]),
    ("marked words", GRID + " b { background: #ff0 }", PLAIN_HTML.replace("Tests", "<b>Tests</b>"), [[PLAIN]]),
    ("underlined words", GRID + " i { border-bottom: 1px solid }", PLAIN_HTML.replace("Tests", "<i>Tests</i>"), [[PLAIN]]),
    ("side by side", GRID + " table { float: left; margin-right: 30px }", PLAIN_HTML + SPANS, [[PLAIN, SPANNED]]),
    ("one below the other", GRID + " table { margin-bottom: 12px }", PLAIN_HTML + SPANS, [[PLAIN, SPANNED]]),
    ("boxes are none", "p { border: 1px solid; padding: 4px } hr { border: 1px solid }", "<p>Note</p><hr><p><u>Two</u></p>", [[]]),
    ("over two pages", GRID + " td { height: 250px } tr { break-inside: avoid }", table("a|b", "c|d", "e|f", "g|h"), [[[["a", "b"], ["c", "d"], ["e", "f"]]], [[["g", "h"]]]]),
    ("open sides", GRID + OPEN, PLAIN_HTML.replace("</tr>", "<td>x</tr>"), [[[[*row, "x"] for row in PLAIN]]]),
    ("landscape", "@page { size: A4 landscape }" + GRID, SPANS, [[SPANNED]]),
    ("scaled", GRID + " table { transform: scale(0.7); transform-origin: 0 0 }", SPANS, [[SPANNED]]),
]  # fmt: skip

# What pdfplumber sees otherwise, and why we are right.
PLUMBER_ERRS = {
    ("weasyprint", "striped"): "it parts a merged cell where the shade of the row below it begins",
    ("chromium", "dotted"): "it drops the dots, each of which Chromium draws by itself",
    ("chromium", "a row over two pages"): "it closes no side that the end of the page left open",
    ("chromium", "open sides"): "it sees no first and last column without their outer lines",
    ("weasyprint", "open sides"): "it sees no first and last column without their outer lines",
    ("chromium", "marked words"): "it takes the mark of a word for a cell",
}


def html(style: str, body: str) -> str:
    return (
        f"<!DOCTYPE html><meta charset=utf-8><style>@page {{ size: A4; margin: 60px }} body {{ margin: 0; {FONTS} }} {style}</style>{body}"
    )


def by_weasyprint(source: str) -> bytes:
    import weasyprint

    return bytes(weasyprint.HTML(string=source).write_pdf())


def check(name: str, data: bytes, shows: list[list[Rows]], plumber_errs: str = "") -> None:
    found = list(pages(data))
    expected = [[[[cell and folded(cell) for cell in row] for row in rows] for rows in tables] for tables in shows]
    assert [[table.rows() for table in page.ours] for page in found] == expected, name
    alike = all(equal == cells for equal, cells in map(equal_cells, found))
    assert alike == (not plumber_errs), [(page.ours, page.theirs) for page in found]


@pytest.mark.parametrize(("name", "style", "body", "shows"), PAGES, ids=[page[0] for page in PAGES])
def test_weasyprint(name: str, style: str, body: str, shows: list[list[Rows]]) -> None:
    check(name, by_weasyprint(html(style, body)), shows, PLUMBER_ERRS.get(("weasyprint", name), ""))


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium here")
@pytest.mark.parametrize(("name", "style", "body", "shows"), PAGES, ids=[page[0] for page in PAGES])
def test_chromium(name: str, style: str, body: str, shows: list[list[Rows]], chromium: dict[str, bytes]) -> None:
    check(name, chromium[name], shows, PLUMBER_ERRS.get(("chromium", name), ""))


@pytest.fixture(scope="module")
def chromium() -> dict[str, bytes]:
    """Every page printed by one browser."""
    from playwright.sync_api import sync_playwright

    assert CHROMIUM is not None
    printed = {}
    with sync_playwright() as playwright:
        # Chromium refuses its sandbox to root, who runs the tests in a container; the pages are ours.
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"] if os.geteuid() == 0 else [])
        sheet = browser.new_page()
        cut = ("a row over two pages", GRID + " td { height: 600px; vertical-align: top }", table("a|b", "c|d", "e|f"), [])
        for name, style, body, _ in (*PAGES, cut):
            sheet.set_content(html(style, body))
            printed[name] = sheet.pdf(prefer_css_page_size=True, print_background=True)
        browser.close()
    return printed


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium here")
def test_a_row_that_the_end_of_a_page_cuts_stands_on_both_pages(chromium: dict[str, bytes]) -> None:
    shows: list[list[Rows]] = [[[["a", "b"], ["c", "d"]]], [[["", ""], ["e", "f"]]]]
    check("a row over two pages", chromium["a row over two pages"], shows, PLUMBER_ERRS["chromium", "a row over two pages"])


def drawn(draw: Callable[[Canvas], None], turns: int = 0, crop: Box | None = None) -> bytes:
    """A page of 400 by 300 points by ReportLab's canvas."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 300), cropBox=crop)
    canvas.setPageRotation(90 * turns)
    canvas.setFont("Helvetica", 10)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def words(canvas: Canvas) -> None:
    """a b / c d into cells of 100 by 40 points."""
    for index, word in enumerate("abcd"):
        canvas.drawString(90 + 100 * (index % 2), 215 - 40 * (index // 2), word)


def lines(canvas: Canvas) -> None:
    canvas.grid([50, 150, 250], [160, 200, 240])
    words(canvas)


def rectangles(canvas: Canvas) -> None:
    for x in (50, 150):
        for y in (160, 200):
            canvas.rect(x, y, 100, 40)
    words(canvas)


def thin_rectangles(canvas: Canvas) -> None:
    for x in (50, 150, 250):
        canvas.rect(x, 160, 0.6, 80, stroke=0, fill=1)
    for y in (160, 200, 240):
        canvas.rect(50, y, 200, 0.6, stroke=0, fill=1)
    words(canvas)


def filled(canvas: Canvas) -> None:
    canvas.setFillColor(colors.lavender)
    for x in (50, 151):
        for y in (160, 201):
            canvas.rect(x, y, 99, 39, stroke=0, fill=1)
    canvas.setFillColor(colors.black)
    words(canvas)


def white_on_colour(canvas: Canvas) -> None:
    canvas.setFillColor(colors.lavender)
    canvas.rect(50, 160, 200, 80, stroke=0, fill=1)
    canvas.setFillColor(colors.black)
    canvas.setStrokeColor(colors.white)
    canvas.line(150, 160, 150, 240)
    canvas.line(50, 200, 250, 200)
    words(canvas)


def white_on_white(canvas: Canvas) -> None:
    canvas.setStrokeColor(colors.white)
    lines(canvas)


def transparent(canvas: Canvas) -> None:
    canvas.setStrokeAlpha(0)
    lines(canvas)


def round_corners(canvas: Canvas) -> None:
    canvas.roundRect(50, 160, 200, 80, 8)
    canvas.line(150, 160, 150, 240)
    canvas.line(50, 200, 250, 200)
    words(canvas)


def enlarged(canvas: Canvas) -> None:
    canvas.translate(10, 20)
    canvas.scale(0.5, 0.75)
    lines(canvas)


def form(canvas: Canvas) -> None:
    canvas.beginForm("inner", 0, 0, 400, 300)
    canvas.setFont("Helvetica", 10)
    lines(canvas)
    canvas.endForm()
    canvas.beginForm("outer", 0, 0, 400, 300)
    canvas.scale(0.9, 0.9)
    canvas.doForm("inner")
    canvas.endForm()
    canvas.translate(30, -40)
    canvas.doForm("outer")


def turned_form(canvas: Canvas) -> None:
    canvas.beginForm("grid", 0, 0, 400, 300)
    canvas.grid([60, 160], [100, 150, 200])
    canvas.grid([160, 260], [100, 150, 200])
    canvas.endForm()
    canvas.translate(320, 0)
    canvas.rotate(90)
    canvas.doForm("grid")


def slanted(canvas: Canvas) -> None:
    canvas.rotate(20)
    lines(canvas)


def border(canvas: Canvas) -> None:
    canvas.rect(10, 10, 380, 280)
    canvas.line(10, 260, 390, 260)
    words(canvas)


def paper(canvas: Canvas) -> None:
    canvas.setFillColor(colors.lightyellow)
    canvas.rect(0, 0, 400, 300, stroke=0, fill=1)
    canvas.setFillColor(colors.black)
    lines(canvas)


SMALL: Rows = [["a", "b"], ["c", "d"]]
CANVASES: list[tuple[Callable[[Canvas], None], list[Rows], str]] = [
    (lines, [SMALL], ""),
    (rectangles, [SMALL], ""),
    (thin_rectangles, [SMALL], ""),
    (filled, [SMALL], ""),
    (white_on_colour, [SMALL], ""),
    (white_on_white, [], "it sees lines that nobody sees"),
    (transparent, [], "it sees lines that nobody sees"),
    (round_corners, [SMALL], "it sees no sides where the corners are round"),
    (enlarged, [SMALL], ""),
    (form, [SMALL], ""),
    (turned_form, [[["", ""], ["", ""]]], ""),
    (slanted, [], ""),
    (border, [], "it takes the border of a page and its head for a table"),
    (paper, [SMALL], ""),
]


@pytest.mark.parametrize(("draw", "shows", "plumber_errs"), CANVASES, ids=[case[0].__name__ for case in CANVASES])
def test_reportlab(draw: Callable[[Canvas], None], shows: list[Rows], plumber_errs: str) -> None:
    check(draw.__name__, drawn(draw), [shows], plumber_errs)


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
@pytest.mark.parametrize("crop", [None, (20, 30, 380, 290)])
def test_a_table_stands_where_the_page_is_painted(turns: int, crop: Box | None) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(3, 5)
        canvas.grid([50, 150, 250], [160, 240])

    page = pypdfium2.PdfDocument(drawn(draw, turns, crop))[0]
    [table] = ruled.tables(ruled.rulings(page), *page.get_size())
    rows, cols = (page.render(scale=4, grayscale=True).to_numpy() < 128).nonzero()
    assert table.box == pytest.approx((cols.min() / 4, rows.min() / 4, cols.max() / 4, rows.max() / 4), abs=1)
    assert (table.width, table.height) == ((1, 2) if turns % 2 else (2, 1))


def test_a_cropped_page_counts_from_its_own_corner() -> None:
    """pdfplumber counts from the corner of the sheet before it was cut; a reader never sees that."""
    [page] = pages(drawn(lines, crop=(20, 30, 380, 290)))
    assert [table.rows() for table in page.ours] == [table.rows() for table in page.theirs] == [SMALL]
    assert page.ours[0].cells[0].box == pytest.approx((30, 50, 130, 90), abs=0.5)


def test_platypus() -> None:
    spans = [("SPAN", (0, 0), (2, 0)), ("SPAN", (0, 1), (0, 2)), ("BACKGROUND", (0, 0), (-1, 0), colors.lightgrey)]
    rows = [["Timetable", "", ""], ["Morning", "9:00", "Tests"], ["", "10:00", "Calls"], ["Noon", "12:00", "Launch"]]
    for dash in (None, (3, 2)):
        style = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black, None, dash), *spans])
        SimpleDocTemplate(out := io.BytesIO()).build([Table(rows, style=style)])
        merged: Rows = [["Timetable", None, None], ["Morning", "9:00", "Tests"], [None, "10:00", "Calls"], ["Noon", "12:00", "Launch"]]
        check(f"dash {dash}", out.getvalue(), [[merged]])


# Bounds ---------------------------------------------------------------------------------------------------------------


def test_a_page_of_too_many_rulings_is_bounded_and_told() -> None:
    def draw(canvas: Canvas) -> None:
        for index in range(30_000):
            canvas.rect(index % 390, index // 390, 5, 5)

    page = pypdfium2.PdfDocument(drawn(draw))[0]
    warnings: list[Warn] = []
    begin = time.process_time()
    found = ruled.rulings(page, warnings, 7)
    ruled.tables(found, *page.get_size())
    assert time.process_time() - begin < 5
    assert len(found) == ruled.MAX_RULINGS
    assert [(warn.code, warn.page) for warn in warnings] == [("page-limit", 7)]


@pytest.mark.parametrize(
    "boxes",
    [
        [(float(n), 0.0, float(n), 800.0) for n in range(0, 60_000, 6)]
        + [(0.0, float(n), 60_000.0, float(n)) for n in range(0, 60_000, 6)],
        [(10.0 * (n % 100), 10.0 * (n // 100), 10.0 * (n % 100) + 8, 10.0 * (n // 100) + 8) for n in range(10_000)],
        [(1.0 * (n % 140), 1.0 * (n // 140), 1.0 * (n % 140) + 1, 1.0 * (n // 140) + 1) for n in range(20_000)],
    ],
    ids=["hatching", "boxes", "dots"],
)
def test_a_drawing_costs_no_more_than_a_table(boxes: list[Box]) -> None:
    begin = time.process_time()
    ruled.tables(boxes, 60_000, 60_000)
    assert time.process_time() - begin < 3


@pytest.mark.skipif(not CIRCULARS.is_dir(), reason="the shared circulars are not beside the project")
def test_rulings_and_tables_cost_a_fraction_of_pdfplumbers() -> None:
    data = (CIRCULARS / "04-fee-levy" / "hkfe-en.pdf").read_bytes()
    with pdfplumber.open(io.BytesIO(data)) as plumbed:
        page, other = pypdfium2.PdfDocument(data)[0], plumbed.pages[0]
        found = ruled.tables(ruled.rulings(page), *page.get_size())
        theirs = seconds(lambda _: other.find_tables(), 1)
        assert [len(table.frames) for table in found] == [len(table.cells) for table in other.find_tables()]
        assert theirs > 8 * min(seconds(lambda _: ruled.tables(ruled.rulings(page), *page.get_size()), 1) for _ in range(5))


# Rulings without a page -----------------------------------------------------------------------------------------------


class Layout(NamedTuple):
    """A grid whose rectangles are known: `spans` are (column, row, right, bottom)."""

    xs: list[float]
    ys: list[float]
    spans: list[tuple[int, int, int, int]]

    def boxes(self) -> list[Box]:
        return [(self.xs[x0], self.ys[y0], self.xs[x1], self.ys[y1]) for x0, y0, x1, y1 in self.spans]


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    """A grid of up to 5 by 6 places of which some are merged; every line of it is a side of some cell."""
    sizes = st.floats(12, 80)
    xs = [50 + sum(widths) for widths in _running(draw(st.lists(sizes, min_size=2, max_size=5)))]
    ys = [70 + sum(heights) for heights in _running(draw(st.lists(sizes, min_size=2, max_size=6)))]
    taken: set[tuple[int, int]] = set()
    spans = []
    for row in range(len(ys) - 1):
        for col in range(len(xs) - 1):
            if (col, row) in taken:
                continue
            right, bottom = draw(st.sampled_from([(col + 1, row + 1)] * 3 + [(col + 2, row + 1), (col + 1, row + 2), (col + 2, row + 2)]))
            places = {(x, y) for x in range(col, right) for y in range(row, bottom)}
            if right >= len(xs) or bottom >= len(ys) or places & taken:
                right, bottom, places = col + 1, row + 1, {(col, row)}
            taken |= places
            spans.append((col, row, right, bottom))
    return Layout(xs, ys, spans)


def _running(sizes: Sequence[float]) -> Iterator[Sequence[float]]:
    return (sizes[:end] for end in range(len(sizes) + 1))


def sides(boxes: Sequence[Box]) -> list[Box]:
    return [
        side
        for x0, y0, x1, y1 in boxes
        for side in ((x0, y0 - 0.3, x1, y0 + 0.3), (x0, y1 - 0.3, x1, y1 + 0.3), (x0 - 0.3, y0, x0 + 0.3, y1), (x1 - 0.3, y0, x1 + 0.3, y1))
    ]


def boxes_of(found: Sequence[RuledTable]) -> list[list[Box]]:
    return [sorted(frame.box for frame in table.frames) for table in found]


@given(layouts(), st.randoms(), st.booleans())
def test_the_sides_of_cells_in_any_order_give_the_cells(layout: Layout, random: object, areas: bool) -> None:
    boxes = layout.boxes()
    drawn_ = list(boxes) if areas else sides(boxes)
    random.shuffle(drawn_)  # type: ignore[attr-defined]
    found = ruled.tables(drawn_, 600, 800)
    if len(boxes) == 1:
        assert found == []
        return
    [cells] = boxes_of(found)
    assert [pytest.approx(box, abs=0.01) for box in sorted(boxes)] == cells
    [table] = found
    places = [
        (row, col)
        for frame in table.frames
        for row in range(frame.row, frame.row + frame.rowspan)
        for col in range(frame.col, frame.col + frame.colspan)
    ]
    assert sorted(places) == [(row, col) for row in range(table.height) for col in range(table.width)]
    assert [(frame.row, frame.col) for frame in table.frames] == sorted((frame.row, frame.col) for frame in table.frames)


@pytest.mark.parametrize(
    ("rulings", "sizes"),
    [
        ([], []),
        ([(50, 100, 300, 100)], []),
        ([(50, 100, 300, 100), (50, 103, 300, 103)], []),
        ([(50, 100, 300, 100), (50, 140, 300, 140), (50, 180, 300, 180)], []),
        (sides([(50, 100, 300, 140)]), []),
        (sides([(50, 100, 300, 140), (50, 140, 300, 180)]), [(1, 2)]),
        (sides([(50, 100, 100, 140), (100, 100, 300, 140), (50, 200, 100, 240), (100, 200, 300, 240)]), [(2, 1), (2, 1)]),
        (sides([(50, 100, 100, 140), (100, 100, 150, 140), (160, 100, 200, 140), (200, 100, 250, 140)]), [(2, 1), (2, 1)]),
        # an underline inside a cell, touching its left side only
        ([*sides([(50, 100, 100, 140), (100, 100, 300, 140)]), (100, 120, 180, 120)], [(2, 1)]),
        # a cross table whose first corner has no border
        (sides([(100, 100, 150, 120), (50, 120, 100, 140), (100, 120, 150, 140)]), [(2, 2)]),
        # a table inside a cell
        (sides([(50, 100, 300, 200), (300, 100, 400, 200), (60, 110, 120, 150), (120, 110, 180, 150)]), [(2, 1), (2, 1)]),
        # level rules with uprights between the columns only
        ([(50, y, 300, y) for y in (100.0, 120.0, 140.0)] + [(120, 100, 120, 140), (200, 100, 200, 140)], [(3, 2)]),
        # the line below a page's head ends in the air
        ([*sides([(50, 100, 100, 140), (100, 100, 300, 140)]), (50, 60, 300, 60)], [(2, 1)]),
    ],
)
def test_what_is_a_table(rulings: list[Box], sizes: list[tuple[int, int]]) -> None:
    assert [(table.width, table.height) for table in ruled.tables(rulings, 600, 800)] == sizes
