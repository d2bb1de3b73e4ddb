"""Rows that stand beside their table, and headings that run together, are known by the columns: told, or put in their place."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from ingest.formats import outside
from ingest.formats.leaf import Frame, Run
from ingest.formats.lines import Line

WIDTH, HIGH, PITCH = 6.0, 10.0, 16.0
Said = Sequence[tuple[float, str]]  # where words begin, and the words; `~` is white that nobody printed

FEES: Sequence[Said] = [
    [(60, "Opening"), (120, "each"), (180, "500.00")],
    [(60, "Closing"), (120, "each"), (180, "250.00")],
    [(60, "Copies"), (120, "page"), (192, "0.50")],
]


def run(left: float, top: float, text: str, start: int) -> Run:
    return Run(text.replace("~", " "), (left, top, left + WIDTH * len(text), top + HIGH), HIGH, start)


class Page:
    """Lines of words in type of one width, a table among them; a space is one letter wide."""

    def __init__(self, *lines: Said, table: Sequence[Said] = FEES, above: int = 0) -> None:
        self.white: set[int] = set()
        start = 0
        levels: list[list[Run]] = []
        for at, line in enumerate((*lines[:above], *table, *lines[above:])):
            levels.append([])
            for left, text in line:
                levels[-1].append(run(left, 100 + PITCH * at, text, start))
                self.white |= {start + place for place, char in enumerate(text) if char == "~"}
                start += len(text) + 1
        rows = levels[above : above + len(table)]
        cells = tuple((Frame(row, col, 1, 1, one.box), (one,)) for row, level in enumerate(rows) for col, one in enumerate(level))
        box = 59.0, rows[0][0].box[1] - 1, 250.0, rows[-1][0].box[3] + 1
        self.items = [
            *map(self.line, levels[:above]), outside.Table(cells, box), *map(self.line, levels[above + len(table) :]),
        ]  # fmt: skip

    @staticmethod
    def line(runs: Sequence[Run]) -> Line:
        box = runs[0].box[0], runs[0].box[1], runs[-1].box[2], runs[0].box[3]
        return Line(tuple(runs), box, 1, 540.0, " ".join(one.text for one in runs), HIGH, (box[1] + box[3]) / 2)

    def unprinted(self, one: Run) -> list[int]:
        return [place - one.start for place in self.white if one.start <= place < one.start + len(one.text)]

    def found(self) -> list[int]:
        return list(outside.rows(self.items, words, self.unprinted))


def words(one: Run) -> list[Run]:
    return [
        one._replace(
            text=word[0],
            start=one.start + word.start(),
            box=(one.box[0] + WIDTH * word.start(), one.box[1], one.box[0] + WIDTH * word.end(), one.box[3]),
        )
        for word in re.finditer(r"\S+", one.text)
    ]


@pytest.mark.parametrize(("lines", "above", "rows"), [
    ([[(60, "Renewal"), (120, "each~~~~~~120.00")]], 0, [1]),
    ([[(60, "Renewal~~~each~~~~~~120.00")]], 0, [1]),
    ([[(60, "Renewal~~~each~~~~~~120.00")]], 1, [0]),
    ([[(60, "B. Other fees")], [(60, "Renewal"), (120, "each~~~~~~120.00")]], 0, [2]),  # below the line over a group
    ([[(60, "Renewal"), (120, "each~~~~~~120.00")], [(60, "Copies"), (120, "each~~~~~~120.00")]], 0, [1]),  # one tells of all
    ([[(60, "Renewal"), (120, "each      120.00")]], 0, []),  # this white is printed
    ([[(60, "Renewal"), (120, "each~~~120.00")]], 0, []),  # the figure is in line with none
    ([[(60, "Renewal costs each~120.00")]], 0, []),
    ([[(60, "Renewal"), (120, "each")]], 0, []),  # words alone may be anything
    ([[(60, "Ada"), (120, "Poon")], [(60, "Head of Operations, 2 May 2027")]], 0, []),
    ([[(60, "Tel:"), (120, "2979~~~~~~500.00")]], 0, []),
])  # fmt: skip
def test_rows_beside_their_table_are_known_by_its_columns(lines: Sequence[Said], above: int, rows: list[int]) -> None:
    assert Page(*lines, above=above).found() == rows


def headings(text: str, left: float) -> list[tuple[int, int, str]] | None:
    """The first row of a table with such a heading over its last two columns, if it was parted."""
    page = Page([(left, text)])
    (line,) = (item for item in page.items if isinstance(item, Line))
    table = next(item for item in page.items if isinstance(item, outside.Table))
    below = tuple((frame._replace(row=frame.row + 1), runs) for frame, runs in table.cells)
    heads = (Frame(0, 0, 1, 1, (59, 80, 119, 95)), ()), (Frame(0, 1, 1, 2, (119, 80, 250, 95)), line.runs)
    found = outside.parted((*heads, *below), words, page.unprinted)
    return found and [(frame.col, frame.colspan, runs[0].text) for frame, runs in found if frame.row == 0 and runs]


@pytest.mark.parametrize(("text", "left", "parts"), [
    ("Unit~~~~~~HK$", 120, [(1, 1, "Unit"), (2, 1, "HK$")]),
    ("Unit~~~Amount 1", 120, None),  # the second is in line with nothing
    ("Unit      HK$", 120, None),  # one heading
    ("Unit of fees~HK$", 120, None),  # it reaches over both columns
])  # fmt: skip
def test_headings_that_run_together_are_parted_where_each_has_its_column(
    text: str, left: float, parts: list[tuple[int, int, str]] | None
) -> None:
    assert headings(text, left) == parts
