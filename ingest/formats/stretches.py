"""The stretches of words on a line, between its wide gaps: what may be the cells of a table without rulings."""

from __future__ import annotations

from typing import Protocol

from ingest.formats import signs
from ingest.formats.leaf import Run
from ingest.model import Box

GAP = 0.75  # between two cells, in heights of the type
LISTED = 3.0  # the same: a bullet stands no further from its words
ROWS = 3  # with two cells make a table
FURTHER = 2.1  # headings, and single words below the first column, stand no further from a table than so many usual distances
BELOW = 0.8  # of the distance of two rows: what stands nearer below a line is beside it
LOW = 1.2  # lines of prose are no nearer to each other than this, in heights of the type
MOST_LINES = 2000  # of one page: what has more is no page, and not looked at
THIN = 2.0  # a ruling is no thicker

Strip = tuple[float, float]  # from left to right
Reach = tuple[tuple[int, int], ...]
"""Which columns each cell of a line is over, `end` not included."""


class Row(Protocol):
    """The runs of one height."""

    @property
    def runs(self) -> tuple[Run, ...]: ...

    @property
    def box(self) -> Box: ...

    @property
    def size(self) -> float: ...

    @property
    def middle(self) -> float: ...


def strips(line: Row) -> list[Strip]:
    """The stretches of a line between its wide gaps; a bullet goes with its words."""
    cells: list[Strip] = []
    bullet = False
    for run in line.runs:
        near = run.box[0] - cells[-1][1] < (LISTED if bullet else GAP) * line.size if cells else False
        if near and (bullet or not run.begins):
            cells[-1] = cells[-1][0], max(cells[-1][1], run.box[2])
        else:
            cells.append((run.box[0], run.box[2]))
        bullet = run.text in signs.BULLETS
    return cells


def touches(cell: Strip, column: Strip) -> bool:
    return cell[0] < column[1] and cell[1] > column[0]


def meet(line: Row, other: Row) -> bool:
    return any(touches((one.box[0], one.box[2]), (two.box[0], two.box[2])) for one in line.runs for two in other.runs)
