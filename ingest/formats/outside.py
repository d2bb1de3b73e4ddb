"""Lines above and below a table without rulings that stand in its columns: rows that it lost, and headings that run together.

Programs that set cells with no more than a space between them print no space there. Where words on either side of such white stand
in two columns of a table, each in line with what its column holds, they are two cells.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from ingest.formats import untold
from ingest.formats.leaf import Frame, Run
from ingest.formats.stretches import Row
from ingest.model import Box

AT = 1.5  # points: edges no further from each other are in line
LINES = 3  # above a table or below it that are looked at: a line that heads a group may stand between
FURTHEST = 2.6  # heights of the type: lines of one table are no further apart
LONGER = 12.0  # heights of the type: the last cell of a row goes no further beyond its table
KEYED = 2  # cells of one line that show a row

_FIGURE = re.compile(r"\d|[一二三四五六七八九十]")

Words = Callable[[Run], Sequence[Run]]
Unprinted = Callable[[Run], Sequence[int]]
Cells = Sequence[tuple[Frame, tuple[Run, ...]]]


class Table(NamedTuple):
    """A table on a page, with what stands in its cells."""

    cells: Cells
    box: Box


class Column(NamedTuple):
    """Where the words of a column begin and end, and the middles of its cells."""

    left: float
    right: float
    middles: tuple[float, ...]


def columns(cells: Cells) -> list[Column]:
    """The columns of a table by the cells that stand in one of them; none where one has no words of its own."""
    width = max((frame.col + frame.colspan for frame, _ in cells), default=0)
    boxes: list[list[Box]] = [[] for _ in range(width)]
    for frame, runs in cells:
        if frame.colspan == 1:
            boxes[frame.col] += (run.box for run in runs)
    if not all(boxes):
        return []
    return [Column(min(box[0] for box in own), max(box[2] for box in own), tuple((box[0] + box[2]) / 2 for box in own)) for own in boxes]


def rows(items: Sequence[Row | Table], words: Words, unprinted: Unprinted) -> Iterator[int]:
    """Which lines near a table are rows that it lost, among the lines and tables of a text; the nearest one on either side of it."""
    for at, table in enumerate(items):
        if not isinstance(table, Table):
            continue
        own: list[Column] | None = None
        for step in (-1, 1):
            box = table.box
            for near in range(at + step, at + step * (LINES + 1), step):
                line = items[near] if 0 <= near < len(items) else None
                if line is None or isinstance(line, Table) or not _is_next(box, line, step):
                    break
                if _may_be_row(line, table.box):
                    own = columns(table.cells) if own is None else own
                    if own and is_row(line, own, words, unprinted):
                        yield near
                        break
                box = line.box


def _may_be_row(line: Row, box: Box) -> bool:
    """Has it a figure, and does it stand between the sides of the table? Its last cell may be longer than the others."""
    x0, _, x1, _ = line.box
    return box[0] - AT <= x0 and x1 < box[2] + LONGER * line.size and any(_FIGURE.search(run.text) for run in line.runs)


def _is_next(box: Box, line: Row, step: int) -> bool:
    """Does the line stand right below the box, or right above it?"""
    apart = line.box[1] - box[3] if step > 0 else box[1] - line.box[3]
    return -line.size / 2 < apart < FURTHEST * line.size


def is_row(line: Row, columns: Sequence[Column], words: Words, unprinted: Unprinted) -> bool:
    """Do its words stand in several columns, with white between them that nobody printed, and one of them a date, time, number or code?"""
    parts = _in_columns(line.runs, columns, words, unprinted)
    return len(parts) >= KEYED and untold.is_row([" ".join(word.text for word in part) for part in parts.values()])


def _in_columns(runs: Iterable[Run], columns: Sequence[Column], words: Words, unprinted: Unprinted) -> dict[int, list[Run]]:
    """Words by their columns, from left to right; nothing where one stands in none, or a column's words are not in line with it."""
    parts: dict[int, list[Run]] = {}
    for run in runs:
        white = {run.start + at for at in unprinted(run)}
        for number, word in enumerate(words(run)):
            col = next((col for col in reversed(range(len(columns))) if word.box[0] >= columns[col].left - AT), None)
            if col is None or col < max(parts, default=0) or (col + 1 < len(columns) and word.box[2] > columns[col + 1].left):
                return {}
            if col not in parts and parts and number and word.start - 1 not in white:
                return {}
            parts.setdefault(col, []).append(word)
    return parts if all(_is_in_line(part, columns[col]) for col, part in parts.items()) else {}


def _is_in_line(part: Sequence[Run], column: Column) -> bool:
    """Do the words begin or end where the column does, or stand in the middle of one of its cells?"""
    left, right = part[0].box[0], part[-1].box[2]
    middle = (left + right) / 2
    return (
        abs(left - column.left) < AT
        or abs(right - column.right) < AT
        or (right <= column.right + AT and any(abs(middle - other) < AT for other in column.middles))
    )


def parted(cells: Cells, words: Words, unprinted: Unprinted) -> list[tuple[Frame, tuple[Run, ...]]] | None:
    """The cells, those in the first row parted that hold the headings of several columns; None where none does."""
    if not any(map(_may_part, cells)):
        return None
    own = columns(cells)
    found = [part for cell in cells for part in (_parts(cell, own, words, unprinted) if own and _may_part(cell) else (cell,))]
    return found if len(found) > len(cells) else None


def _may_part(cell: tuple[Frame, tuple[Run, ...]]) -> bool:
    """Does it reach over several columns at the top, with several words on one line?"""
    frame, runs = cell
    return frame.row == 0 and frame.colspan > 1 and len(runs) == 1 and " " in runs[0].text


def _parts(
    cell: tuple[Frame, tuple[Run, ...]], columns: Sequence[Column], words: Words, unprinted: Unprinted
) -> list[tuple[Frame, tuple[Run, ...]]]:
    """The cell, or one cell for each column that it reaches over, if it has words in line with each."""
    frame, runs = cell
    own = columns[frame.col : frame.col + frame.colspan]
    (run,) = runs
    said = _apart(run, words, unprinted)
    if len(said) != len(own) or not all(map(_is_in_line, said, own)):
        return [cell]
    if any(column.right >= part[0].box[0] for column, part in zip(own, said[1:], strict=False)):
        return [cell]
    if any(part[-1].box[2] >= column.left for part, column in zip(said, own[1:], strict=False)):
        return [cell]
    x0, y0, x1, y1 = frame.box
    edges = [x0, *((upper[-1].box[2] + lower[0].box[0]) / 2 for upper, lower in itertools.pairwise(said)), x1]
    return [
        (Frame(frame.row, frame.col + at, frame.rowspan, 1, (left, y0, right, y1)), (_run(run, part),))
        for at, (part, (left, right)) in enumerate(zip(said, itertools.pairwise(edges), strict=True))
    ]


def _apart(run: Run, words: Words, unprinted: Unprinted) -> list[list[Run]]:
    """The words of a run, parted where nobody printed the white between them."""
    white = {run.start + at for at in unprinted(run)}
    parts: list[list[Run]] = []
    for word in words(run):
        if not parts or word.start - 1 in white:
            parts.append([])
        parts[-1].append(word)
    return parts


def _run(run: Run, part: Sequence[Run]) -> Run:
    """The part of a run from its first of these words to its last."""
    low, high = part[0].start - run.start, part[-1].start - run.start + len(part[-1].text)
    kept = tuple(place - low for place in run.invented if low <= place < high)
    return Run(
        run.text[low:high], (part[0].box[0], run.box[1], part[-1].box[2], run.box[3]), run.size, part[0].start, None, kept, begins=True
    )
