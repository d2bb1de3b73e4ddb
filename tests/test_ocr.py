"""Pictures of pages are read: characters with their places, cells, rulings; turned and askew; and doubt is told."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from ingest.formats import ocr
from ingest.formats.leaf import Run

pytestmark = pytest.mark.skipif(not ocr.available(), reason="the extra circular-kb[ocr] is not installed")

Picture = NDArray[np.uint8]
WIDTH, HEIGHT = 595.0, 290.0
SCALE = ocr.DPI / 72
LATIN = Path("/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf")
HAN = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
needs_fonts = pytest.mark.skipif(not (LATIN.is_file() and HAN.is_file()), reason="Liberation Sans and Noto Sans CJK are not installed")

ROWS = (("Event", "Date"), ("Form returned", "Friday, 8 January 2027"), ("Fee paid", "11 January 2027, 4:30 p.m."))


def sheet() -> Image.Image:
    """The upper part of a page: a heading, a sentence in either language, a ruled table; all in points times `SCALE`."""
    page = Image.new("L", (round(WIDTH * SCALE), round(HEIGHT * SCALE)), 245)
    draw = ImageDraw.Draw(page)

    def write(x: float, y: float, text: str, size: float = 10, font: Path = LATIN) -> None:
        draw.text(
            (x * SCALE, y * SCALE), text, font=ImageFont.truetype(str(font), round(size * SCALE), index=3 if font == HAN else 0), fill=20
        )

    write(70, 40, "CIRCULAR ON FEES", 16)
    write(70, 75, "Participants must return the form by 5:00 p.m. on 8 January 2027 (Friday).")
    write(70, 100, "參與者須於2027年1月8日（星期五）下午5時或之前交回表格，並繳付費用。", font=HAN)
    for row, cells in enumerate(ROWS):
        for x, cell in zip((76, 216), cells, strict=True):
            write(x, 146 + 22 * row, cell)
    for row in range(len(ROWS) + 1):
        draw.line((70 * SCALE, (141 + 22 * row) * SCALE, 400 * SCALE, (141 + 22 * row) * SCALE), fill=30, width=2)
    for x in (70, 210, 400):
        draw.line((x * SCALE, 141 * SCALE, x * SCALE, (141 + 22 * len(ROWS)) * SCALE), fill=30, width=2)
    write(70, 240, "Enquiries: 2979 7111")
    write(330, 240, "Page 1 of 2")
    return page


LINES = (
    "CIRCULAR ON FEES",
    "Participants must return the form by 5:00 p.m. on 8 January 2027 (Friday).",
    "參與者須於2027年1月8日（星期五）下午5時或之前交回表格，並繳付費用。",
    *(cell for row in ROWS for cell in row),
    "Enquiries: 2979 7111",
    "Page 1 of 2",
)


@cache
def reading(degrees: float = 0, turns: int = 0) -> ocr.Reading:
    """The sheet recognised, put askew by so many degrees or turned clockwise by so many quarters."""
    page = sheet().rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=245)
    width, height = (HEIGHT, WIDTH) if turns % 2 else (WIDTH, HEIGHT)
    return ocr.recognise(np.ascontiguousarray(np.rot90(np.asarray(page), -turns)), 3, width, height)


def run(found: ocr.Reading, text: str) -> Run:
    return next(run for run in found.leaf.runs if run.text == text)


@needs_fonts
@pytest.mark.parametrize(("degrees", "turns"), [(0, 0), (1.7, 0), (-2, 0), (0, 1), (0, 2)])
def test_every_line_and_cell_is_a_run(degrees: float, turns: int) -> None:
    assert sorted(run.text for run in reading(degrees, turns).leaf.runs) == sorted(LINES)


@needs_fonts
@pytest.mark.parametrize("degrees", [0, 1.7, -2])
def test_rulings_are_found_where_they_are_drawn_and_nowhere_else(degrees: float) -> None:
    rulings = reading(degrees).leaf.rulings
    lying = sorted(box for box in rulings if box[2] - box[0] > box[3] - box[1])
    standing = sorted(box for box in rulings if box[2] - box[0] < box[3] - box[1])
    assert len(lying) == len(ROWS) + 1
    assert len(standing) == 3
    for box, x in zip(standing, (70, 210, 400), strict=True):
        assert (box[0] + box[2]) / 2 == pytest.approx(x, abs=8 if degrees else 1.5)
        assert box[3] - box[1] == pytest.approx(22 * len(ROWS), abs=4)


@needs_fonts
def test_a_run_has_its_place_and_size_in_points() -> None:
    found = reading()
    heading, line = run(found, LINES[0]), run(found, LINES[1])
    assert heading.size == pytest.approx(16, rel=0.15)
    assert line.size == pytest.approx(10, rel=0.15)
    assert line.box[0] == pytest.approx(70, abs=2)
    assert line.box[1] < 80 < line.box[3] < 92
    assert all(0 <= run.box[0] < run.box[2] <= WIDTH and run.box[1] < run.box[3] for run in found.leaf.runs)


@needs_fonts
def test_starts_count_the_characters_of_the_page() -> None:
    start = 0
    for one in reading().leaf.runs:
        assert one.start == start
        start += len(one.text)
    assert len(reading().places) == start


def drawn(text: str, before: str, y: float) -> tuple[float, float, float]:
    """Left and right edge and the middle of a text that follows another on the sheet, in points, by its font."""
    font = ImageFont.truetype(str(LATIN), round(10 * SCALE))
    left = 70 + font.getlength(before) / SCALE
    return left, left + font.getlength(text) / SCALE, y + 6


@needs_fonts
@pytest.mark.parametrize(("degrees", "turns"), [(0, 0), (1.7, 0), (-2, 0), (0, 1), (0, 2)])
def test_a_quote_is_found_on_the_page_as_it_lies(degrees: float, turns: int) -> None:
    found = reading(degrees, turns)
    line, quote = run(found, LINES[1]), "8 January 2027"
    start = line.start + line.text.index(quote)
    (box,) = found.boxes((start, start + len(quote)))
    left, right, middle = drawn(quote, LINES[1][: LINES[1].index(quote)], 75)
    x, y = (left + right) / 2 - WIDTH / 2, middle - HEIGHT / 2
    angle = np.radians(-degrees)
    x, y = x * np.cos(angle) - y * np.sin(angle), x * np.sin(angle) + y * np.cos(angle)
    for _ in range(turns):
        x, y = -y, x
    width, height = (HEIGHT, WIDTH) if turns % 2 else (WIDTH, HEIGHT)
    assert (box[0] + box[2]) / 2 == pytest.approx(x + width / 2, abs=4)
    assert (box[1] + box[3]) / 2 == pytest.approx(y + height / 2, abs=4)
    assert max(box[2] - box[0], box[3] - box[1]) == pytest.approx(right - left, abs=6)


@needs_fonts
def test_a_clean_page_has_no_doubts() -> None:
    assert reading().leaf.warnings == ()


def test_an_empty_page_says_that_nothing_was_recognised() -> None:
    leaf = ocr.leaf(np.full((1169, 827, 3), 255, np.uint8), 2, 595, 842)
    assert (leaf.runs, leaf.rulings) == ((), ())
    assert [(warn.code, warn.page) for warn in leaf.warnings] == [("ocr", 2)]


@needs_fonts
def test_words_that_are_hard_to_read_are_told() -> None:
    page = np.asarray(sheet().resize((round(WIDTH * 0.6), round(HEIGHT * 0.6))).resize((round(WIDTH * SCALE), round(HEIGHT * SCALE))))
    leaf = ocr.leaf(page, 1, WIDTH, HEIGHT)
    assert "ocr-doubt" in {warn.code for warn in leaf.warnings}


@pytest.mark.parametrize(("width", "height", "dpi"), [(595, 842, 200), (842, 1191, 200), (14_400, 14_400, 25)])
def test_no_page_is_rendered_too_large(width: float, height: float, dpi: float) -> None:
    assert ocr.scale(width, height) * 72 == pytest.approx(dpi, abs=1)


@pytest.mark.parametrize(("chars", "gaps", "read"), [
    ("日(五)前", [0.6, 0.1, 0.1, 0.6], "日（五）前"),
    ("日(五)前", [0.1, 0.1, 0.1, 0.1], "日(五)前"),
    ("日(A)前", [0.6, 0.1, 0.1, 0.1], "日（A）前"),  # a bracket is as wide as its partner
    ("日（五)前", [0.6, 0.1, 0.1, 0.1], "日（五）前"),  # the recogniser itself tells one of them
    ("of (A) is", [0.1] * 8, "of (A) is"),
    ("日,月", [0.1, 0.6], "日，月"),
    ("1,000", [0.1, 0.6, 0.1, 0.1], "1,000"),
], ids=str)  # fmt: skip
def test_signs_are_as_wide_as_printed(chars: str, gaps: list[float], read: str) -> None:
    glyphs = [ocr.Glyph(char, place * 10.0, 1.0, spaced=False) for place, char in enumerate(chars)]
    assert "".join(ocr._full_width(glyphs, [gap * 10 for gap in gaps], 10)) == read


@pytest.mark.parametrize(("width", "read"), [(0.28, "-"), (0.33, "-"), (0.5, "–"), (0.56, "–"), (0.9, "—")])
def test_a_dash_is_as_long_as_printed(width: float, read: str) -> None:
    assert ocr._dash(width) == read


@pytest.mark.parametrize(("before", "behind", "gap", "printed", "space"), [
    ("0", "S", 0.3, False, True),  # 30September: the recogniser loses spaces
    ("0", "S", 0.1, False, False),
    ("0", "S", 0.1, True, True),
    ("部", "2", 0.3, False, True),
    ("年", "1", 0.1, False, False),
    ("星", "期", 0.2, True, False),
    ("姓", "名", 0.9, True, True),
    ("。", "A", 0.5, True, False),
])  # fmt: skip
def test_spaces_are_measured(before: str, behind: str, gap: float, printed: bool, space: bool) -> None:
    assert ocr._is_space(before, behind, gap, printed=printed) is space


def line(text: str) -> ocr.Line:
    return ocr.Line(tuple(ocr.Mark(char, 0, 0, 1.0) for char in text), 0, 10, 10)


@pytest.mark.parametrize(("texts", "read"), [
    (["結算參與者須於時間表所載的開市時間後繳付額外供款", "参考日期"], ["結算參與者須於時間表所載的開市時間後繳付額外供款", "參考日期"]),
    (["重新计算时间表", "参考日期"], ["重新计算时间表", "参考日期"]),
    (["結算後的戶口與里程", "皇后大道"], ["結算後的戶口與里程", "皇后大道"]),
])  # fmt: skip
def test_a_simplified_character_among_traditional_ones_is_a_misreading(texts: list[str], read: list[str]) -> None:
    assert [line.text for line in ocr._in_one_script([line(text) for text in texts])] == read


def test_nothing_is_fetched_and_nothing_written_when_a_page_is_read() -> None:
    """In a process that ends where an address is looked up or connected to, or a file opened to write."""
    program = (
        "import sys, numpy as np\n"
        "def refuse(event, arguments):\n"
        "    if event in ('socket.connect', 'socket.getaddrinfo') or event == 'open' and isinstance(arguments[2], int) and arguments[2] & 3:\n"
        "        raise SystemExit(f'{event} {arguments}')\n"
        "from ingest.formats import ocr\n"
        "sys.dont_write_bytecode = True\n"
        "sys.addaudithook(refuse)\n"
        "print(len(ocr.leaf(np.full((300, 300), 255, np.uint8), 1, 108, 108).warnings))\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=Path(__file__).parents[1])
    assert (ran.stdout.strip(), ran.returncode) == ("1", 0), ran.stderr


@pytest.mark.parametrize("shape", [(2340, 2340), (1755, 2480), (3000, 900)])
def test_lines_are_searched_in_no_more_pixels_than_those_of_a4(shape: tuple[int, int]) -> None:
    seen: list[int] = []

    class Blank:
        def lines(self, page: Picture) -> list[NDArray[np.float32]]:
            seen.append(page.size)
            return []

    ocr._found(np.full(shape, 255, np.uint8), Blank())  # type: ignore[arg-type]
    assert 0 < seen[0] <= 1.01 * ocr.DETECT_PIXELS
