"""A table in the flow of a page, with the runs that stand in its cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ingest.formats import signs
from ingest.formats.cells import distance, holding
from ingest.formats.leaf import Frame, RuledTable, Run
from ingest.formats.lines import NEAR, Line
from ingest.model import Box


class Rest(NamedTuple):
    """What goes on from a cell of the last row above; `wrapped` if its first line goes on with the last one there, `new` if none is.

    `right` is where the lines of its column end, if the words of the pages before tell.
    """

    col: int
    runs: tuple[Run, ...]
    wrapped: bool = False
    new: bool = False
    right: float | None = None


class Placed(NamedTuple):
    """A table in the flow of a page; `over` goes on from the last row of the page before, `taken` rows at the top with it.

    `continues` tells that it is known to go on with the table of the page before, `doubtful` that its first row may be the rest of
    the last one there.
    """

    table: RuledTable
    page: int
    cells: tuple[tuple[Frame, tuple[Run, ...]], ...]
    rule: str
    over: tuple[Rest, ...] = ()
    taken: int = 0
    continues: bool = False
    doubtful: bool = False

    @property
    def box(self) -> Box:
        return self.table.box


Item = Line | Placed


def placed(table: RuledTable, page: int, runs: Iterable[Run], rule: str) -> Placed:
    """A table with each run in the frame that holds its middle, or that is nearest: none is lost."""
    found: dict[int, list[Run]] = {}
    boxes = [frame.box for frame in table.frames]
    for run in runs:
        x, y = (run.box[0] + run.box[2]) / 2, (run.box[1] + run.box[3]) / 2
        index = holding(boxes, x, y)
        if index is None:
            index = min(range(len(boxes)), key=lambda i: distance(boxes[i], x, y))
        found.setdefault(index, []).append(run)
    cells = tuple((frame, tuple(found.get(index, ()))) for index, frame in enumerate(table.frames))
    return Placed(table, page, cells, rule)


def is_beside(table: Placed, box: Box) -> bool:
    """On one level with the table, left or right of it: half of a line is, or so much of another table."""
    x0, y0, x1, y1 = table.box
    level = min(y1, box[3]) - max(y0, box[1])
    return level > min(NEAR, (box[3] - box[1]) / 2) and (box[2] <= x0 or box[0] >= x1)


def is_table(placed: Placed) -> bool:
    """Rulings with words in at least two cells, two columns and two rows; a letterhead in columns is none."""
    filled = {(frame.row, frame.col) for frame, runs in placed.cells if runs}
    if len({row for row, _ in filled}) < 2 or len({col for _, col in filled}) < 2:
        return False
    return not signs.is_letterhead(spoken(placed))


def spoken(placed: Placed) -> list[list[str]]:
    """The words of a table, cell by cell."""
    rows = [["" for _ in range(placed.table.width)] for _ in range(placed.table.height)]
    for frame, runs in placed.cells:
        rows[frame.row][frame.col] = " ".join(run.text for run in runs)
    return rows


def is_listing(rows: Sequence[Sequence[str]]) -> bool:
    """Prose set with white between its parts: numbered paragraphs, a table of contents, addresses side by side."""
    return signs.are_paragraphs(rows) or signs.is_contents(rows) or signs.is_contact_block(rows)


def repeated_rows(first: Sequence[Sequence[str]], rows: Sequence[Sequence[str]]) -> int:
    """How many rows at the top repeat the headings of the table's first page."""
    count = 0
    headings = signs.header_rows(first) or 1
    for above, here in zip(first[:headings], rows, strict=False):
        if list(above) != list(here) or not any(here):
            break
        count += 1
    return count
