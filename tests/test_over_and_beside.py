"""What stands over the lines of a page or beside them is no part of these: stamps, boxes, headings in the margin, large first letters."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
import pytest
from page_factory import HEIGHT, PITCH, Words, leaf, length, read
from pdf_factory import missing

from ingest import formats
from ingest.formats import furniture, letterspaced, picturesque, signs
from ingest.formats.leaf import Leaf, Run
from ingest.model import Box

PROSE = (
    "The relay is moved to the new site at the end of April. All",
    "stations have to be prepared in good time, and the addresses",
    "of the new relay must be entered before the rehearsal. They",
    "shall send the form to the desk on or before 27 March 2026,",
    "and may not change their stations without telling the desk.",
)
BOX = ("Key dates", "Form: 27 March 2026", "Rehearsal: 11 April 2026", "Launch: 4 May 2026", "Desk 2211 6901")
WIDE = "Whoever has questions about this circular may call the desk on any day of business, at any hour of it."


def lines(said: Sequence[str], left: float, top: float) -> list[Words]:
    return [(left, top + PITCH * at, line) for at, line in enumerate(said)]


def by_turns(*columns: Sequence[Words]) -> list[Words]:
    """Words written line by line, from left to right."""
    return sorted((word for column in columns for word in column), key=lambda word: (word[1], word[0]))


def around(left: float, top: float, right: float, bottom: float) -> list[Box]:
    """A frame of four thin lines."""
    return [(left, top, right, top + 1), (left, bottom - 1, right, bottom), (left, top, left + 1, bottom), (right - 1, top, right, bottom)]


def whole(text: str, *parts: Sequence[str]) -> bool:
    """Does each part stand in the text line after line, whatever joins them?"""
    squeezed = " ".join(text.split())
    return all(" ".join(part) in squeezed for part in parts)


FOOT = [(50.0, 420.0, WIDE)]
SIDES = {
    "framed": (by_turns(lines(PROSE, 50, 300), lines(BOX, 430, 300)), around(424, 296, 580, 374)),
    "tinted": (by_turns(lines(PROSE, 50, 300), lines(BOX, 430, 300)), [(424.0, 296.0, 580.0, 374.0)]),
    "on one grid": (by_turns(lines(PROSE, 50, 300), lines(BOX, 430, 300)), []),
    "cell by cell": ([*lines(PROSE, 50, 300), *lines(BOX, 430, 300)], []),
    "framed on the left": (by_turns(lines(BOX, 50, 300), lines(PROSE, 215, 300)), around(44, 296, 206, 374)),
    "stamp over the lines": ([*lines(PROSE, 50, 300), *lines(("RECEIVED", "5 MAY 2026"), 330, 307)], around(325, 303, 400, 340)),
}


@pytest.mark.parametrize("name", SIDES)
def test_a_box_beside_the_lines_or_over_them_is_read_for_itself(name: str) -> None:
    words, rulings = SIDES[name]
    stamp = "stamp" in name
    text = read(leaf(words if stamp else [*words, *FOOT], rulings=rulings)).text
    box = ("RECEIVED", "5 MAY 2026") if stamp else BOX
    assert whole(text, PROSE, box)
    assert "\n".join(box) in text  # nothing was broken there


FORM = {
    "field": ([(50, 300, "Name of the firm:"), (200, 300, "Harbour Clearing")], around(195, 296, 400, 316)),
    "fields": (
        [(50, 300, "Name:"), (50, 316, "Code:"), (200, 300, "Harbour Clearing"), (200, 316, "H027")],
        [*around(195, 297, 400, 314), *around(195, 314, 400, 331)],
    ),
}


@pytest.mark.parametrize("name", FORM)
def test_the_field_of_a_form_stays_beside_its_label(name: str) -> None:
    words, rulings = FORM[name]
    said = read(leaf(words, rulings=rulings)).text.split("\n")
    assert next(" ".join(line.split()) for line in said).endswith(": Harbour Clearing")


def test_two_lines_in_the_margin_are_read_before_the_paragraph_that_they_head() -> None:
    heading = [(50.0, 300.0, "Two of"), (50.0, 311.0, "these")]
    text = read(leaf([*heading, *lines(PROSE, 130, 300), *FOOT])).text
    assert whole(text, ("Two of", "these", *PROSE), [WIDE])


def grid(left: float, top: float) -> tuple[list[Words], list[Box]]:
    """Three rows of two ruled cells, 150 points wide."""
    rows = (("Form", "27 March 2026"), ("Rehearsal", "11 April 2026"), ("Launch", "4 May 2026"))
    words = [(left + 4 + 64 * col, top + 2 + PITCH * row, said) for row, cells in enumerate(rows) for col, said in enumerate(cells)]
    level = [(left, top + PITCH * row, left + 150, top + PITCH * row + 1) for row in range(4)]
    upright = [(left + across, top, left + across + 1, top + 3 * PITCH) for across in (0, 60, 150)]
    return words, [*level, *upright]


@pytest.mark.parametrize("first", [True, False])
def test_a_ruled_table_beside_the_prose_stands_behind_its_paragraph(first: bool) -> None:
    words, rulings = grid(420, 300)
    prose = lines(PROSE, 50, 300)
    document = read(leaf([(50.0, 270.0, WIDE), *(words + prose if first else prose + words), *FOOT], rulings=rulings))
    assert whole(document.text, PROSE)
    assert [document.text.count("\n") and said for said in PROSE if f"{said}\n" in document.text] == [PROSE[-1]]
    assert document.text.index(PROSE[-1]) < document.text.index("Rehearsal\t11 April 2026") < document.text.rindex(WIDE)


def test_a_table_in_one_of_two_columns_stays_in_it() -> None:
    words, rulings = grid(320, 340)
    left = [line[:38].rstrip() for line in PROSE * 3]
    right = [line[:38].rstrip() for line in PROSE]
    text = read(leaf([*lines(left, 50, 260), *lines(right, 320, 260), *words, *lines(right, 320, 400)], rulings=rulings)).text
    assert text.count(PROSE[0][:38].rstrip()) == 5
    before, behind = text.split("Form\t27 March 2026\nRehearsal\t11 April 2026\nLaunch\t4 May 2026")
    assert (before.count("The relay"), behind.count("The relay")) == (4, 1)


@pytest.mark.parametrize("letter", ["T", "W"])
def test_a_large_first_letter_begins_its_word(letter: str) -> None:
    rest = ("his circular applies to all firms that trade for others,", "and takes effect at the end of the month. Firms have to", "tell.")
    page = leaf([*lines(rest[:2], 80, 300), (50.0, 300 + 2 * PITCH, rest[2])])
    large = Run(letter, (50.0, 296.0, 77.0, 330.0), 34.0, 900)
    text = read(page._replace(runs=(large, *page.runs))).text
    assert " ".join(text.split()) == f"{letter}{' '.join(rest)}"


@pytest.mark.parametrize("letter", ["A", "B"])
def test_a_large_letter_beside_a_heading_begins_no_word(letter: str) -> None:
    page = leaf(lines(("Annex to the circular", "Form of the reply"), 80, 300))
    large = Run(letter, (50.0, 296.0, 77.0, 330.0), 34.0, 900)
    assert f"{letter}Annex" not in read(page._replace(runs=(large, *page.runs))).text


def test_a_line_centred_above_two_columns_is_part_of_neither() -> None:
    left = [line[:36].rstrip() for line in PROSE]
    columns = [*lines(left, 60, 260), *lines(left, 306, 260)]
    text = read(leaf([(240.0, 200.0, "Insurance Authority"), (286.0, 216.0, "Note"), (60.0, 232.0, "Ref. 27/B"), *columns])).text
    assert text.index("Note") < text.index("Ref. 27/B") < text.index(left[0])


def test_a_label_that_its_cell_is_too_narrow_for_is_whole() -> None:
    labels = [(50.0, 300.0, "主"), (50.0, 314.0, "旨："), (50.0, 342.0, "說"), (50.0, 356.0, "明：")]
    values = [
        (90.0, 300.0, "請轉知所屬會員於115年12月15日前完成修正，並"),
        (90.0, 314.0, "函報本會備查。"),
        (90.0, 342.0, "一、依規定辦理。"),
    ]
    text = read(leaf(sorted([*labels, *values], key=lambda word: word[1]))).text
    assert "主旨：請轉知" in text
    assert "說明：一、" in text


def test_headings_in_the_margin_of_numbered_paragraphs_stand_above_them() -> None:
    said = "Stations must send the form to the desk and prepare for the change of the relay by 27 March 2026."
    rows = [("Background", "1.", said), ("", "2.", said), ("Reports", "3.", said), ("", "4.", said)]
    words = [
        (left, 300 + 2 * PITCH * at, said)
        for at, row in enumerate(rows)
        for left, said in zip((50.0, 140.0, 164.0), row, strict=True)
        if said
    ]
    document = read(leaf(words))
    assert not document.grids
    starts = [line.split(" ")[0] for line in document.text.split("\n") if line]
    assert starts == ["Background", "1.", "2.", "Reports", "3.", "4."]


def test_a_reference_above_two_columns_and_a_table_below_them_are_read_across() -> None:
    left = [line[:38].rstrip() for line in PROSE]
    rows = [
        ("Contract", "Margin", "Holiday margin"),
        ("HSI", "98,000", "112,000"),
        ("HHI", "41,000", "47,500"),
        ("MHI", "19,600", "22,400"),
    ]
    cells = [(x, 360 + 16.0 * at, said) for at, row in enumerate(rows) for x, said in zip((60.0, 200.0, 380.0), row, strict=True)]
    head = [(50.0, 200.0, "Clearing House Limited"), (410.0, 220.0, "Ref: OPS/088/2026"), (50.0, 240.0, "Holiday arrangements")]
    document = read(leaf([*head, *by_turns(lines(left, 50, 260), lines(left, 310, 260)), *cells]))
    assert document.text.index("Ref:") < document.text.index("Holiday arr") < document.text.index(left[0])
    assert "\n".join("\t".join(row) for row in rows) in document.text


ENDS = {
    "list of terms": (("截止日期", "2027年3月27日", "交回表格的期限", "2027年4月2日下午5時", "演習日期", "2027年4月11日"), (60, 90) * 3),
    "subject": (
        ("Subject: Second rehearsal of the relay", "Firms must confirm by 30 March 2027 that they take part in the test again."),
        (60, 60),
    ),
}


@pytest.mark.parametrize("name", ENDS)
def test_lines_of_a_page_without_full_lines_end_where_they_end(name: str) -> None:
    said, lefts = ENDS[name]
    text = read(leaf([(left, 200 + PITCH * at, line) for at, (line, left) in enumerate(zip(said, lefts, strict=True))])).text
    assert [line for line in text.split("\n") if line] == list(said)


PRINTED = {
    "11/23/26, 4:40 PM": "head", "23/11/2026, 16:40  Notices": "head", "2026/11/23 下午4:40": "head", "2026年11月23日 16:40": "head",
    "Notices https://www.example.hk/a": "head", "https://www.example.hk/notices?id=7 1/1": "foot", "file:///C:/notice.html 2/3": "foot",
    "1 of 3 23/11/2026, 16:40": "foot", "Effective 23/11/2026 16:40": "", "See https://www.example.hk 1": "", "1/2 of the margin": "",
}  # fmt: skip


@pytest.mark.parametrize(("line", "kind"), PRINTED.items())
def test_what_a_browser_prints_at_the_edges_is_known(line: str, kind: str) -> None:
    assert furniture.is_printed_foot(line) == (kind == "foot")
    assert furniture.is_printed_head(line) == (kind == "head")


def edges(head: str, foot: str) -> Leaf:
    return leaf([(20.0, 14.0, head), (60.0, 200.0, WIDE), *lines(PROSE, 60, 230), (20.0, 815.0, foot)])


def test_a_page_that_a_browser_printed_loses_its_head_and_foot() -> None:
    assert whole(read(edges("11/23/26, 4:40 PM", "https://www.example.hk/notices/7 1/1")).text, (WIDE, *PROSE))
    assert read(edges("11/23/26, 4:40 PM", "https://www.example.hk/notices/7 1/1")).text.startswith(WIDE)
    assert read(edges("11/23/26, 4:40 PM", "Harbour Clearing")).text.startswith("11/23/26")


# Characters set apart ----------------------------------------------------------------------------------------------------


def set_apart(text: str, white: float, space: float = 3.0, size: float = 12.0) -> tuple[list[int], list[float]]:
    """Where characters stand that are so many points apart: their places, and the edges of each."""
    places, found, left = [], list[float](), 50.0
    for at, char in enumerate(text):
        if char == " ":
            left += space
        else:
            places.append(at)
            found += (left, 100.0, left + size / 2, 100.0 + size)
            left += size / 2 + white
    return places, found


@pytest.mark.parametrize(
    ("white", "space", "read_as"),
    [
        (3.0, 0.0, "2026年5月"),  # each of the spaces is the white between characters
        (3.0, 6.0, None),  # and each of these is wider by that of a space
        (0.0, 3.0, None),  # nothing stands apart but the words
        (0.3, 3.0, None),
    ],
)
def test_white_between_all_characters_is_no_space(white: float, space: float, read_as: str | None) -> None:
    text = "2 0 2 6年5月"
    found = letterspaced.measured(text, *set_apart(text, white, space), 12.0)
    left = "".join(char for at, char in enumerate(text) if not found or at not in found.spaces)
    assert (left if left != text else None) == read_as


SPACED = """<style>@page { size: A4 } body { font: 10pt "Noto Sans CJK TC" } .a { letter-spacing: .3em } .b { letter-spacing: 2px }
.c { letter-spacing: .9em }</style>
<p class=a>日期：2026年3月6日</p><p class=b>須於2026年3月27日或之前交回，致電2211 6901。</p><p class=c>見2025年12月1日的通告</p>
<p class=a>Forms by 9 May 2026 to us</p>"""


def test_days_set_with_white_between_their_characters_are_read() -> None:
    if reason := missing("weasyprint"):
        pytest.skip(reason)
    import weasyprint

    text = formats.read(weasyprint.HTML(string=SPACED).write_pdf() or b"", "spaced.pdf").text
    assert [line for line in text.split("\n") if line] == [
        "日期：2026年3月6日", "須於2026年3月27日或之前交回，致電2211 6901。", "見2025年12月1日的通告", "Forms by 9 May 2026 to us",
    ]  # fmt: skip


def stamped(angle: float) -> str:
    """The text of a page with two lines and a stamp over them, turned by so many degrees."""
    from reportlab.pdfgen import canvas

    made = io.BytesIO()
    page = canvas.Canvas(made, pagesize=(595, 842))
    page.setFont("Helvetica", HEIGHT)
    page.drawString(60, 700, "Firms have to send the results of the test to the Authority")
    page.drawString(60, 685, "not later than 30 June 2026, and a draft of them before that.")
    page.saveState()
    page.translate(300, 680)
    page.rotate(angle)
    page.drawString(0, 14, "RECEIVED")
    page.drawString(0, 0, "5 MAY 2026")
    page.restoreState()
    page.save()
    return formats.read(made.getvalue(), "stamped.pdf").text


@pytest.mark.parametrize("angle", [8, -12, 30, 90])
def test_a_stamp_set_aslant_is_part_of_no_line(angle: float) -> None:
    said = "Firms have to send the results of the test to the Authority not later than 30 June 2026, and a draft of them before that."
    assert stamped(angle).replace("\n", " ").startswith(said)


# Two languages -----------------------------------------------------------------------------------------------------------

TWO = (
    (("Our Ref.: NH/L/31/2027",), ("檔號：NH/L/31/2027",)),
    (("Default drill of 2027",), ("二零二七年違責演習",)),
    (("Each member must name two of its", "traders by 29 May 2027 and send the", "names to the Company."),
     ("各會員須於2027年5月29日或之前提", "名兩名交易員，並將姓名交予本公司。")),
    (("Questions are answered by the desk", "on any day of business."), ("如有查詢，請於營業日致電支援組。",)),
)  # fmt: skip


@pytest.mark.parametrize("turned", [False, True])
def test_a_letter_in_two_languages_side_by_side_says_each_part_in_both(turned: bool) -> None:
    words, top = list[Words](), 100.0
    for row in TWO:
        for at, said in enumerate(reversed(row) if turned else row):
            words += lines(said, 60 + 250 * at, top)
        top += PITCH * max(map(len, row)) + 12
    document = read(leaf(words))
    assert document.grids == ()
    squeezed = "".join(document.text.split())
    wanted = ["".join("".join(part).split()) for row in TWO for part in (reversed(row) if turned else row)]
    assert squeezed == "".join(wanted)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("The drill is on Monday.", "演習於星期一舉行。"), ("Names", "姓名"), ("Send them by noon.", "請於中午前交回。")], True),
        ([("演習於星期一舉行。", "The drill is on Monday."), ("姓名", "Names"), ("請於中午前交回。", "Send them by noon.")], True),
        ([("Names", "姓名"), ("Fees", "費用"), ("Days", "日期")], False),  # a list of words
        ([("The drill is on Monday.", "Bring names."), ("Names", "姓名"), ("Send them by noon.", "請於中午前交回。")], False),
        ([("The drill is on Monday.", "演習於星期一舉行。"), ("Send them by noon.", "請於中午前交回。")], False),
    ],
)
def test_two_languages_side_by_side_are_known_by_their_sentences(rows: list[tuple[str, str]], told: bool) -> None:
    assert signs.are_translations(rows) == told


# Short cells of sentences ------------------------------------------------------------------------------------------------

CELLS = (
    ("Banking book", "Firms cover loans to companies and", "mortgages, and state the share of", "those without a known rating."),
    ("Trading book", "Firms apply the shocks to shares and", "bonds as they were held at the end", "of the year."),
)


def test_two_cells_of_sentences_side_by_side_are_read_one_after_the_other() -> None:
    beside = [word for at, said in enumerate(CELLS) for word in lines(said, 60 + 230 * at, 200)]
    text = read(leaf([*lines(("The test has two parts, which are told here one beside the other for all firms.",), 60, 160), *beside])).text
    assert [" ".join(said[1:]) in " ".join(text.split()) for said in CELLS] == [True, True]


# Lines set to the right, titles in the middle, running heads --------------------------------------------------------------


def test_what_is_set_to_the_right_ends_before_the_line_below_it() -> None:
    right = [(535 - length(said), 60 + PITCH * at, said) for at, said in enumerate(("檔號：NH/L/31/2027", "二零二七年五月十三日"))]
    text = read(
        leaf(
            [
                *right,
                *lines(("致：所有會員", "會員須於二零二七年五月三十一日或之前把填妥的表格連同所需的費用交回公司。"), 60, 60 + 2 * PITCH),
            ]
        )
    ).text
    assert text.startswith("檔號：NH/L/31/2027\n二零二七年五月十三日\n\n致：所有會員")


@pytest.mark.parametrize(("size", "left_out"), [(8.0, True), (HEIGHT, False)])
def test_a_running_head_in_small_type_repeats_a_heading(size: float, left_out: bool) -> None:
    pages = [leaf([*lines(("Fees",), 60, 200), *lines(PROSE, 60, 220)]), leaf([*lines(("Fees",), 60, 30), *lines(PROSE, 60, 220)], 2)]
    head = pages[1].runs[0]._replace(size=size, box=(60, 30, 84, 30 + size))
    text = read(pages[0], pages[1]._replace(runs=(head, *pages[1].runs[1:]))).text
    assert text.count("Fees") == (1 if left_out else 2)


# Pages that are a picture in part ----------------------------------------------------------------------------------------

HALF = (0.0, 0.0, 595.0, 400.0)
STRIPS = [(0.0, 100.0 * at, 595.0, 100.0 * at + 100) for at in range(4)]


@pytest.mark.parametrize(
    ("pictures", "lines_on_it", "share"),
    [
        ([HALF], 0, 0.475),
        ([HALF, HALF], 0, 0.475),  # painted over again
        (STRIPS, 0, 0.475),
        ([HALF], 1, 0.0),  # a scan that was recognised, or what lies below the text
        ([(60.0, 20.0, 210.0, 70.0)], 0, 0.0),  # a logo
        ([(0.0, 0.0, 595.0, 80.0)], 0, 0.0),  # a banner
        ([(-600.0, 0.0, 0.0, 842.0)], 0, 0.0),  # beyond the edge
    ],
)
def test_a_part_of_a_page_that_is_a_picture_is_known(pictures: list[Box], lines_on_it: int, share: float) -> None:
    page = leaf([*lines(PROSE, 60, 500), *lines(["On the picture"] * lines_on_it, 60, 100)])
    seen = np.arange(421 * 298, dtype=np.uint32).reshape(421, 298).astype(np.uint8)
    assert picturesque.unread(pictures, page.runs, page.width, page.height, lambda _: seen) == pytest.approx(share, abs=0.001)
    assert not picturesque.unread(pictures, page.runs, page.width, page.height, lambda _: seen * 0)  # of one colour


def test_half_a_scan_is_told() -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen import canvas

    made = io.BytesIO()
    page = canvas.Canvas(made, pagesize=(595, 842))
    page.drawImage(ImageReader(Image.linear_gradient("L")), 0, 442, 595, 400)
    page.drawString(60, 380, "Firms return the slip by 29 May 2027.")
    page.save()
    warnings = formats.read(made.getvalue(), "half.pdf").warnings
    assert [(one.code, one.message, one.page) for one in warnings] == [
        ("not-read", "a picture over 48% of the page: its text was not read", 1)
    ]
