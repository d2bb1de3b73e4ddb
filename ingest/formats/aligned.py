"""Tables without rulings: words that stand below each other in columns.

A line with a wide gap may begin one. It grows downwards as long as a strip of white stays between its columns; what bridges
the strip is prose again. Three rows with two cells make a table. Two lines are one row where the lower one has but one
cell and that not in the first column, or stands as near as the lines of one cell do.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from ingest.formats.leaf import Frame, RuledTable, Run
from ingest.model import Box

GAP = 1.0  # between two cells, in heights of the type
STRIP = 0.6  # of white between two columns, in heights of the type
ROWS = 3
FURTHER = 1.9  # lines of one table stand no further apart than so many usual distances
NEARER = 1.12  # lines of one cell are nearer to each other than those of two rows, by this factor


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


class Found(NamedTuple):
    """A table in a sequence of lines: from `start` up to `end`."""

    start: int
    end: int
    table: RuledTable


Strip = tuple[float, float]  # from left to right


def tables(lines: Sequence[Row], usual: float) -> Iterator[Found]:
    """The tables among lines that stand below each other; `usual` is how many points apart lines of prose are."""
    index = 0
    while index < len(lines):
        found = _table(lines, index, usual) if len(_cells(lines[index])) > 1 else None
        if found is None:
            index += 1
        else:
            yield found
            index = found.end


def _cells(line: Row) -> list[Strip]:
    """The stretches of a line between its wide gaps."""
    cells: list[Strip] = []
    for run in line.runs:
        if cells and run.box[0] - cells[-1][1] < GAP * line.size:
            cells[-1] = cells[-1][0], max(cells[-1][1], run.box[2])
        else:
            cells.append((run.box[0], run.box[2]))
    return cells


def _table(lines: Sequence[Row], start: int, usual: float) -> Found | None:
    columns = _cells(lines[start])
    end = start + 1
    while end < len(lines):
        line, above = lines[end], lines[end - 1]
        if not 0 < line.middle - above.middle <= FURTHER * usual:
            break
        grown = _grown(columns, _cells(line), STRIP * max(line.size, above.size))
        if grown is None:
            break
        columns = grown
        end += 1
    while end > start and len(_cells(lines[end - 1])) < 2 and _column(columns, lines[end - 1].runs[0]) == 0:
        end -= 1
    body = lines[start:end]
    if len(columns) < 2 or sum(len(_cells(line)) > 1 for line in body) < ROWS:
        return None
    rows = _rows(body, columns)
    if len(rows) < ROWS:
        return None
    return Found(start, end, _framed(rows, columns))


def _grown(columns: Sequence[Strip], cells: Sequence[Strip], strip: float) -> list[Strip] | None:
    """The columns with the cells of one more line in them; None where a cell would join two columns, or two cells fall into one."""
    grown = list(columns)
    taken: set[int] = set()
    for cell in cells:
        touched = [index for index, column in enumerate(grown) if cell[0] < column[1] + strip and cell[1] > column[0] - strip]
        if len(touched) > 1 or (touched and touched[0] in taken):
            return None
        if not touched:
            return None
        taken.add(touched[0])
        column = grown[touched[0]]
        grown[touched[0]] = min(column[0], cell[0]), max(column[1], cell[1])
    return grown


def _column(columns: Sequence[Strip], run: Run) -> int:
    return max((index for index, column in enumerate(columns) if run.box[0] >= column[0] - 1), default=0)


def _rows(lines: Sequence[Row], columns: Sequence[Strip]) -> list[list[Row]]:
    """Lines that are one row together."""
    distances = [lower.middle - upper.middle for upper, lower in itertools.pairwise(lines)]
    nearest, furthest = min(distances), max(distances)
    tight = nearest * NEARER if furthest > nearest * NEARER else 0.0
    rows: list[list[Row]] = [[lines[0]]]
    for line, distance in zip(lines[1:], distances, strict=True):
        begins = _column(columns, line.runs[0]) == 0 or len(_cells(line)) > 1
        if distance <= tight or not begins:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _framed(rows: Sequence[Sequence[Row]], columns: Sequence[Strip]) -> RuledTable:
    """The table as a grid of boxes that meet in the middle of the white between them."""
    left, right = columns[0][0] - 1, columns[-1][1] + 1
    top, bottom = rows[0][0].box[1] - 1, max(line.box[3] for line in rows[-1]) + 1
    edges_x = [left, *((a[1] + b[0]) / 2 for a, b in itertools.pairwise(columns)), right]
    edges_y = [top, *((max(line.box[3] for line in a) + b[0].box[1]) / 2 for a, b in itertools.pairwise(rows)), bottom]
    frames = tuple(
        Frame(row, col, 1, 1, (edges_x[col], edges_y[row], edges_x[col + 1], edges_y[row + 1]))
        for row in range(len(rows))
        for col in range(len(columns))
    )
    return RuledTable(len(columns), len(rows), frames, (left, top, right, bottom))
