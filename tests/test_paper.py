"""Pages made by hand: where words stand decides what belongs together."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_factory import PITCH, Glyphs, Words, leaf, length, paragraph, read

from ingest.formats import paper, signs
from ingest.formats.leaf import Target
from ingest.model import Box, Document, Span

PROSE = (
    "Every participant shall complete the form and return it to the desk named below, together with the list of its users,"
    " so that the accounts can be opened in time for the launch of the service in the coming year."
)


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[slice(*block.span)]) for block in document.blocks]


def test_a_wrapped_paragraph_is_made_whole() -> None:
    assert blocks(read(leaf(paragraph(PROSE)))) == [("text", PROSE)]


def test_two_paragraphs_are_told_apart_by_the_white_between_them() -> None:
    first = paragraph(PROSE)
    second = paragraph(PROSE, top=first[-1][1] + 2 * PITCH)
    assert blocks(read(leaf([*first, *second]))) == [("text", PROSE), ("text", PROSE)]


@pytest.mark.parametrize(
    ("upper", "lower", "expected"),
    [
        ("must return the form to the", "desk", "must return the form to the desk"),
        ("中央結算系統參與者須於二零二六年", "五月三日", "中央結算系統參與者須於二零二六年五月三日"),
        ("see https://www.hkex.example/", "forms", "see https://www.hkex.example/forms"),
        ("a system-", "wide test", "a system-wide test"),
        ("須使用 CCASS", "終端機", "須使用 CCASS終端機"),
    ],
)
def test_what_stands_between_two_lines_that_were_one(upper: str, lower: str, expected: str) -> None:
    assert upper + signs.joint(upper, lower) + lower == expected


@pytest.mark.parametrize(
    ("upper", "lower", "elsewhere", "expected"),
    [
        ("to be returned by the partici-", "pants at once", "All participants", "by the participants at once"),
        ("to be returned by the Partici-", "pants, at once", "All PARTICIPANTS", "by the Participants, at once"),
        ("to be returned by the partici-", "pants at once", "All members", "by the partici-pants at once"),
        ("a test of the whole system-", "wide relay", "A system-wide test and systemwide one", "whole system-wide relay"),
        ("the forms of the re-", "export desk", "The export desk", "the re-export desk"),
        ("the forms of the not-re-", "exported goods", "Goods not reexported", "the not-re-exported goods"),
    ],
)
def test_a_hyphen_goes_only_where_the_whole_word_stands_elsewhere(upper: str, lower: str, elsewhere: str, expected: str) -> None:
    lines = [
        (70.0, 100.0, f"Every form of this kind has now {upper}"),
        (70.0, 100.0 + PITCH, f"{lower}, whatever else there may be to do for it."),
    ]
    document = read(leaf([*lines, *paragraph(f"{elsewhere} keep a copy of each of the forms that they send to the desk.", top=160)]))
    assert expected in document.text
    assert document.places is not None
    page, box = document.places.at((document.text.index(lower), document.text.index(lower) + 4)) or (None, None)
    assert (page, box) == (1, (70, 100 + PITCH, 70 + length(lower[:4]), 112 + PITCH))


def test_lines_that_ended_by_themselves_keep_their_breaks() -> None:
    said = [(70.0, 100.0, "Ref. No.: CD/1/2026"), (70.0, 114.0, "Date: 3 May 2026"), *paragraph(PROSE, top=160)]
    assert blocks(read(leaf(said)))[0] == ("text", "Ref. No.: CD/1/2026\nDate: 3 May 2026")


def test_a_number_that_stands_before_its_item_belongs_to_it() -> None:
    said = [*paragraph(PROSE, left=90), (70.0, 100.3, "(a)")]
    assert blocks(read(leaf(said))) == [("list_item", f"(a) {PROSE}")]


def test_two_columns_are_read_one_after_the_other() -> None:
    title = (70.0, 60.0, "A title that goes over the whole width of both of the columns of this page")
    left = paragraph(PROSE, top=100, columns=34)
    right = paragraph(PROSE.replace("form", "list"), top=100, left=320, columns=34)
    assert blocks(read(leaf([title, *(run for pair in zip(left, right, strict=False) for run in pair)])))[1:] == [
        ("text", PROSE),
        ("text", PROSE.replace("form", "list")),
    ]


def test_a_paragraph_goes_on_in_the_next_column_and_a_caption_below_both_is_none_of_them() -> None:
    words = paragraph(PROSE, columns=34)
    half = len(words) // 2
    left = paragraph(PROSE.replace("form", "list"), top=100, columns=34)
    left += [(70.0, left[-1][1] + (index + 2) * PITCH, words[index][2]) for index in range(half)]
    right = [(320.0, 100 + index * PITCH, words[half + index][2]) for index in range(len(words) - half)]
    right += paragraph(PROSE.replace("form", "card"), top=right[-1][1] + 2 * PITCH, left=320, columns=34)
    caption = (70.0, max(left[-1][1], right[-1][1]) + 3 * PITCH, "Indicative timetable")
    found = [text for _, text in blocks(read(leaf([*left, *right, caption])))]
    assert found == [PROSE.replace("form", "list"), PROSE, PROSE.replace("form", "card"), "Indicative timetable"]


def test_the_short_last_line_of_a_column_that_stands_below_the_other_stays_in_its_column() -> None:
    """Its right neighbour ends a line above; what begins in the middle of a sentence is no caption."""
    above = paragraph(PROSE.replace("form", "list"), columns=34)
    last = above[-1][1]
    left = [*above, (70.0, last + PITCH, "Every participant shall keep the"), (70.0, last + 2 * PITCH, "list with care")]
    right = [
        (320.0, 100.0, "and for seven years from then on."),
        *paragraph(PROSE.replace("form", "card"), top=100 + 2 * PITCH, left=320, columns=34),
    ]
    right = [one for one in right if one[1] < last + PITCH]
    found = " ".join(text for _, text in blocks(read(leaf([*left, *right]))))
    assert "keep the list with care and for seven years" in found.replace("\n", " ")


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [
        leaf([(70, 30, f"Circular CD/1/2026 page {number}"), *paragraph(PROSE, top=100 + number), (290, 810, str(number))], number=number)
        for number in (1, 2, 3)
    ]
    assert read(*pages).text == "\n\n".join([PROSE] * 3)


def test_a_line_at_the_top_that_is_not_repeated_stays() -> None:
    assert read(leaf([(70, 30, "Our Ref: B1/15C"), *paragraph(PROSE)])).text.startswith("Our Ref: B1/15C")


ROWS = [
    ("Event", "Date"),
    ("Last day with rights", "2 September 2026"),
    ("First day without rights", "3 September 2026"),
    ("Results", "7 October 2026"),
]


def timetable(top: float = 200, second: float = 320) -> list[Words]:
    return [(left, top + index * 18, text) for index, row in enumerate(ROWS) for left, text in zip((70.0, second), row, strict=True)]


def test_a_table_without_rulings_is_found_by_its_columns() -> None:
    document = read(leaf([*paragraph(PROSE), *timetable(), *paragraph(PROSE, top=300)]))
    (grid,) = document.grids
    assert [document.text[slice(*cell.span)] for cell in grid.cells] == [text for row in ROWS for text in row]
    assert (grid.rule, grid.header, grid.page) == ("paper.aligned", 1, 1)
    assert [kind for kind, _ in blocks(document)] == ["text", "table", "text"]


def test_two_lines_side_by_side_are_no_table() -> None:
    said = [(70.0, 100.0, "Subject:"), (150.0, 100.0, "Rights issue"), (70.0, 118.0, "Enquiry:"), (150.0, 118.0, "2979 7000")]
    assert read(leaf(said)).grids == ()


def frame(left: float, top: float, columns: Sequence[float], rows: int, height: float) -> list[Box]:
    """The rulings of a grid: columns by their widths, rows of one height."""
    right, bottom = left + sum(columns), top + rows * height
    edges = [left]
    for column in columns:
        edges.append(edges[-1] + column)
    lines: list[Box] = [(left, top + row * height, right, top + row * height + 0.5) for row in range(rows + 1)]
    return lines + [(edge, top, edge + 0.5, bottom) for edge in edges]


def test_a_ruled_table_takes_the_words_in_its_cells() -> None:
    document = read(leaf([*paragraph(PROSE), *timetable(top=203)], rulings=frame(65, 200, (250, 150), 4, 18)))
    (grid,) = document.grids
    assert [(cell.row, cell.col, document.text[slice(*cell.span)]) for cell in grid.cells] == [
        (row, col, text) for row, cells in enumerate(ROWS) for col, text in enumerate(cells)
    ]
    assert grid.rule == "paper.ruled"


def test_a_table_that_goes_on_over_the_page_is_one_and_its_heading_is_not_repeated() -> None:
    rulings = frame(65, 200, (250, 150), 4, 18)
    pages = [leaf(timetable(top=203), number, rulings) for number in (1, 2)]
    (grid,) = read(*pages).grids
    assert (grid.height, len(grid.cells)) == (7, 14)


def test_a_place_in_the_text_is_a_place_on_its_page() -> None:
    document = read(leaf(paragraph(PROSE)), leaf(paragraph(PROSE.replace("form", "list")), number=2))
    at = document.text.index("list and return")
    assert document.places is not None
    page, box = document.places.at((at, at + len("list"))) or (None, None)
    assert (page, box) == (
        2,
        (70 + length("Every participant shall complete the "), 100, 70 + length("Every participant shall complete the list"), 112),
    )
    assert document.places.at((len(document.text), len(document.text) + 1)) is None


def test_the_words_under_a_link_carry_it() -> None:
    first, box = "Please read the ", (70 + length("Please read the "), 100, 70 + length("Please read the Guide"), 112)
    document = read(leaf([(70, 100, f"{first}Guide today")], targets=[Target(box, "https://www.hkex.example/guide")]))
    assert [(document.text[slice(*link.span)], link.target) for link in document.links] == [("Guide", "https://www.hkex.example/guide")]


@given(st.lists(st.tuples(st.floats(0, 590), st.floats(0, 840), st.text("ab 表一12.", min_size=1, max_size=12)), max_size=40))
def test_no_character_is_lost_or_made_up(words: list[Words]) -> None:
    """Outside the margins every character that is not white comes out once."""
    inside = [(left, 100 + top * 0.7, text.strip() or "a") for left, top, text in words]
    document = read(leaf(inside))
    assert sorted("".join(document.text.split())) == sorted("".join("".join(text for _, _, text in inside).split()))
    for block in document.blocks:
        assert document.text[slice(*block.span)]


def test_a_page_under_many_links_is_measured_once() -> None:
    page = leaf(
        [(70, 100, "Guide today")],
        targets=[Target((60, 90, 101, 115 + number % 7), f"https://a.example/{number}") for number in range(700)],
    )
    glyphs = Glyphs([page])
    asked: list[Span] = []

    class Counted:
        def boxes(self, number: int, span: Span) -> list[Box]:
            asked.append(span)
            return glyphs.boxes(number, span)

        def unprinted(self, number: int, places: Sequence[int]) -> list[int]:
            return glyphs.unprinted(number, places)

    document = paper.compose([page], Counted(), "application/pdf", 1)
    assert {document.text[slice(*link.span)] for link in document.links} == {"Guide"}
    assert (len(document.links), len(asked)) == (700, len("Guide today"))
