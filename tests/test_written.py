"""Tables without rulings are told by the order in which their cells were written, and by where these stand; prose never is."""

from __future__ import annotations

import pytest
from growth import grows_in_proportion

from ingest.formats import written
from ingest.formats.leaf import Run

SIZE, WIDE = 10.0, 5.0  # of the type, and of each of its characters

Set = tuple[float, float, str]  # left, top, words; `|` is a space that is not printed
Rows = list[list[str]]


def runs(*lines: Set, size: float = SIZE) -> list[Run]:
    """Lines as they were written."""
    found, start = [], 0
    for left, top, said in lines:
        found.append(Run(said.replace("|", " "), (left, top, left + WIDE * len(said), top + size), size, start))
        start += len(said) + 1
    return found


def read(*lines: Set) -> list[Rows]:
    """The tables among the lines, their cells with a bar between two lines."""
    tables = []
    for found in written.tables(runs(*lines)):
        rows = [[""] * found.table.width for _ in range(found.table.height)]
        for frame, cell in found.cells:
            rows[frame.row][frame.col] = "|".join(run.text for run in cell)
        tables.append(rows)
    return tables


def words(run: Run) -> list[Run]:
    found, at = [], 0
    for word in run.text.split(" "):
        left = run.box[0] + WIDE * at
        found.append(Run(word, (left, run.box[1], left + WIDE * len(word), run.box[3]), run.size, run.start + at))
        at += len(word) + 1
    return found


def parts(*lines: Set) -> list[str]:
    """What the lines are parted into, with a bar at each border."""
    made = runs(*lines)
    places = {run.start + at for run, (_, _, said) in zip(made, lines, strict=True) for at, char in enumerate(said) if char == "|"}
    cut = written.parted(made, words, lambda asked: [place for place in asked if place in places])
    return ["|".join(part.text for part in cut.get(id(run), [run])) for run in made]


HEAD: list[Set] = [(50, 100, "Date"), (150, 100, "What happens"), (300, 100, "Place")]
MIDDLE: list[Set] = [
    *HEAD,
    (50, 127, "3 May"), (150, 120, "Forms are sent to all"), (150, 134, "participants"), (300, 127, "Hall"),
    (50, 154, "4 May"), (150, 154, "Forms come back"), (300, 154, "Desk"),
    (50, 174, "Monday to"), (50, 188, "Friday"), (150, 181, "Accounts are opened"), (300, 174, "Main site and"), (300, 188, "reserve site"),
]  # fmt: skip
TABLE = [
    ["Date", "What happens", "Place"],
    ["3 May", "Forms are sent to all|participants", "Hall"],
    ["4 May", "Forms come back", "Desk"],
    ["Monday to|Friday", "Accounts are opened", "Main site and|reserve site"],
]


def moved(lines: list[Set], how: str) -> list[Set]:
    """The same cells with their tops or bottoms level instead of their middles."""
    by = {"middle": 0, "top": -7, "bottom": 7}[how]
    single = {(50, 127), (300, 127), (150, 181)}
    return [(left, top + by if (left, top) in single else top, said) for left, top, said in lines]


@pytest.mark.parametrize("how", ["top", "middle", "bottom"])
def test_cells_are_told_however_their_row_is_aligned(how: str) -> None:
    assert read(*moved(MIDDLE, how)) == [TABLE]


def test_what_stands_around_a_table_is_no_part_of_it() -> None:
    around: list[Set] = [
        (50, 60, "Notice to all"),
        (50, 80, "The steps are:"),
        *MIDDLE,
        (50, 230, "Further steps will follow in good time."),
    ]
    assert read(*around) == [TABLE]


def test_a_cell_over_several_rows_stands_in_their_middle() -> None:
    lines: list[Set] = [
        *HEAD,
        (50, 147, "3 May"), (150, 130, "Log-on with the"), (150, 144, "new addresses"), (300, 137, "Main site"),
        (150, 164, "Input"), (300, 164, "Desk"),
        (50, 190, "4 May"), (150, 190, "The way back"), (300, 190, "Main site"),
    ]  # fmt: skip
    assert read(*lines) == [
        [
            ["Date", "What happens", "Place"],
            ["3 May", "Log-on with the|new addresses", "Main site"],
            ["", "Input", "Desk"],
            ["4 May", "The way back", "Main site"],
        ]
    ]


def test_a_line_between_rows_heads_a_group() -> None:
    lines: list[Set] = [
        *MIDDLE[:7],
        (50, 152, "A. After the launch of the system"),
        *((left, top + 20, said) for left, top, said in MIDDLE[7:]),
    ]
    assert [row[0] for row in read(*lines)[0]] == ["Date", "3 May", "A. After the launch of the system", "4 May", "Monday to|Friday"]


def test_headings_over_several_columns_begin_with_the_first_of_them() -> None:
    lines: list[Set] = [
        (50, 105, "Contract"), (150, 98, "Margin (HK$) of clients"), (350, 105, "Code"), (150, 112, "Initial"), (250, 112, "Other"),
        (50, 130, "Index futures of"), (50, 144, "the main board"), (150, 137, "98,400"), (250, 137, "78,720"), (350, 137, "HHI"),
        (50, 164, "Gold futures"), (150, 164, "8,240"), (250, 164, "6,592"), (350, 164, "GDU"),
    ]  # fmt: skip
    assert read(*lines) == [
        [
            ["Contract", "Margin (HK$) of clients", "", "Code"],
            ["", "Initial", "Other", ""],
            ["Index futures of|the main board", "98,400", "78,720", "HHI"],
            ["Gold futures", "8,240", "6,592", "GDU"],
        ]
    ]


@pytest.mark.parametrize("lines", [
    # two columns of a text: each is written to its end
    [*((50, 100 + 14 * at, "Participants must return the") for at in range(9)), *((300, 100 + 14 * at, "form by the day below it") for at in range(9))],
    # a head, whose labels have their values beside them, below two addresses
    [(50, 60, "25th Floor"), (50, 74, "Pier Tower"), (300, 60, "Telephone 2979"), (300, 74, "www.x.example"),
     (50, 100, "Our Ref.:"), (150, 100, "NH/1"), (50, 116, "To:"), (150, 116, "All"), (50, 132, "Date:"), (150, 132, "8 March 2027")],
    # words of a line that was spread to its edge
    [(50, 100 + 14 * row, "Words") if at == 0 else (150, 100 + 14 * row, "spread") for row in range(6) for at in range(2)],
    # rows that stand in each other
    [*HEAD, (50, 127, "3 May"), (150, 120, "Forms are sent"), (150, 134, "again"), (50, 130, "4 May"), (150, 137, "Forms come"), (150, 151, "back"),
     (50, 133, "5 May"), (150, 150, "Accounts"), (150, 164, "are opened")],
])  # fmt: skip
def test_what_is_no_table_is_none(lines: list[Set]) -> None:
    assert read(*lines) == []


def test_something_else_within_it_makes_a_table_none() -> None:
    assert read(*MIDDLE, (230, 154, "Draft")) == []


@pytest.mark.parametrize(("line", "wanted"), [
    ((50, 154, "4 May and Tuesday|Forms come back"), "4 May and Tuesday|Forms come back"),  # begins where others do
    ((50, 154, "4 May and Tuesday Forms come back"), "4 May and Tuesday Forms come back"),  # a space that is printed
    ((50, 154, "4 May|Forms come"), "4 May Forms come"),  # nothing begins or ends there
    ((50, 154, "Deadline for the:|Forms come back"), "Deadline for the: Forms come back"),  # a label and its value
])  # fmt: skip
def test_cells_that_only_a_space_parts(line: Set, wanted: str) -> None:
    lines = [(left + 90 if left == 150 else left, top, said) for left, top, said in MIDDLE[:7]]
    assert parts(*[(140 if left == 240 else left, top, said) for left, top, said in lines], line)[-1] == wanted


def test_amounts_end_where_those_above_them_end() -> None:
    lines: list[Set] = [(150, 100, "98,400"), (200, 93, "Initial"), (200, 107, "margin"), (155, 130, "8,240"), (200, 123, "Other"), (200, 137, "margin"),
                        (50, 150, "Gold futures of the|6,592")]  # fmt: skip
    shifted = [(left - 5 if said.startswith("Gold") else left, top, said) for left, top, said in lines]
    assert [parts(*lines)[-1], parts(*shifted)[-1]] == ["Gold futures of the 6,592", "Gold futures of the 6,592"]
    level = [*lines[:6], (180 - WIDE * len("Gold futures of the 6,592"), 150, "Gold futures of the|6,592")]
    assert parts(*level)[-1] == "Gold futures of the|6,592"


def test_a_page_on_which_no_space_is_printed_tells_nothing_by_them() -> None:
    lines = [(left + 90 if left == 150 else left, top, said.replace(" ", "|")) for left, top, said in MIDDLE]
    assert parts(*lines) == [said.replace("|", " ") for _, _, said in lines]


def test_rows_that_are_no_table_take_time_in_proportion() -> None:
    """Each group of them may end it, and none does."""

    def groups(count: int) -> list[Run]:
        lines = [
            one
            for y in range(100, 100 + 60 * count, 60)
            for one in ((50, y + 30, "3 May"), (150, y - 16, "Forms are"), (150, y - 2, "sent"), (50, y + 43, "A. Launch"))
        ]
        return runs(*lines)

    assert grows_in_proportion(lambda count: written.tables(groups(count)), 30)


def test_bullets_that_were_drawn_behind_all_words_stand_before_theirs() -> None:
    bullets: list[Set] = [(155, 126, "•"), (155, 138, "•")]
    cell: list[Set] = [(150, 114, "Return:"), (165, 126, "the form"), (165, 138, "the list")]
    lines = [*MIDDLE[:3], (50, 126, "3 May"), *cell, (300, 126, "Hall"), *MIDDLE[7:10], *bullets]
    assert read(*lines) == [[TABLE[0], ["3 May", "Return:|•|the form|•|the list", "Hall"], TABLE[2]]]


def test_the_lines_above_a_table_are_not_its_first_cell() -> None:
    """Where no cell but those of the head have two lines, the distance of paragraphs is the usual one."""
    above: list[Set] = [(50, 40, "A paragraph that is wide enough"), (50, 70, "Another one"), (50, 100, "Date"), *HEAD[1:]]
    rows: list[Set] = [
        (50, 130, "3 May"),
        (150, 130, "Forms"),
        (300, 124, "Hall"),
        (50, 160, "4 May"),
        (150, 160, "Letters"),
        (300, 154, "Desk"),
    ]
    assert read(*above, *rows) == [[TABLE[0], ["3 May", "Forms", "Hall"], ["4 May", "Letters", "Desk"]]]


def test_a_short_heading_in_the_middle_of_a_wide_column_is_over_all_its_cells() -> None:
    head: list[Set] = [(140, 100, "Kind"), (300, 94, "Fee"), (300, 106, "(HK$)"), (400, 100, "Note")]
    rows = [
        (50, 130, "Futures on the large index"),
        (300, 130, "3.50"),
        (400, 130, "a"),
        (50, 160, "Options"),
        (300, 160, "0.20"),
        (400, 160, "b"),
    ]
    assert read(*head, *rows) == [[["Kind", "Fee|(HK$)", "Note"], ["Futures on the large index", "3.50", "a"], ["Options", "0.20", "b"]]]
