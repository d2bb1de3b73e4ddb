"""Lines of a page: which runs stand on one height, and whether the next line goes on because the paper ended."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ingest.formats import signs
from ingest.formats.leaf import FIRST_WORD, Run
from ingest.model import Box

LEVEL = 0.4  # of the type's height: words of one line differ by no more
NEAR = 6.0  # points: what stands alike on two pages or in two columns, as a running head does, is no further apart
AT = 2.0  # points: what begins no further from an edge begins there
GUTTER = 8.0  # points of white between two columns, at least
LOOSE = 1.3  # a line further below than this, in usual distances, begins a paragraph
COLUMN_LINES = 3  # a column has no fewer
NEAR_LINES, WIDE_SET = 2.2, 3.4  # heights of the type: lines of a paragraph are no further apart, on most pages and on any
OVERLAP = 0.9  # of a line's height: lines of a paragraph are further apart
APART = 6.0  # heights of the type: no line of prose has so wide a gap, however it was spread
INDENT = 2.6  # heights of the type: the first line of a paragraph is set in by no more
WHOLE = {"date", "time", "number", "code"}  # kinds of cells that say all on a line


class Line(NamedTuple):
    """Runs on one height, from left to right; `right` is where the lines of its column end, `size` the height of the largest run."""

    runs: tuple[Run, ...]
    box: Box
    page: int
    right: float
    text: str
    size: float
    middle: float


def turned_lines(runs: Iterable[Run], page: int) -> list[Line]:
    """What goes up or down the page, line by line: no part of the lines that it stands beside."""
    lines: list[list[Run]] = []
    for run in sorted((run for run in runs if run.turned), key=lambda run: run.start):
        if not lines or not (_is_below(lines[-1][-1], run) or _is_upended(lines[-1][-1], run)):
            lines.append([])
        lines[-1].append(run)
    # the words of such a line stand in the order in which they are read, whichever way that goes
    return [line_of(line, page, 0.0)._replace(runs=tuple(line), text=" ".join(run.text for run in line)) for line in lines]


def _is_below(run: Run, following: Run) -> bool:
    return min(run.box[2], following.box[2]) > max(run.box[0], following.box[0])


def _is_upended(run: Run, following: Run) -> bool:
    """The next word of a line that stands on its head: level with the one before, and left of it."""
    level = abs(run.box[1] + run.box[3] - following.box[1] - following.box[3]) < run.box[3] - run.box[1]
    wide = run.box[2] - run.box[0] > run.box[3] - run.box[1] or following.box[2] - following.box[0] > following.box[3] - following.box[1]
    return level and wide and following.box[2] <= run.box[0]


def lines_of(runs: Iterable[Run], page: int, right: float) -> Iterator[Line]:
    """Runs by height, then from left to right."""
    row: list[Run] = []
    middle = 0.0
    every = runs if isinstance(runs, (list, tuple)) else list(runs)
    for run in every if len(every) < 2 else sorted(every, key=lambda run: ((run.box[1] + run.box[3]) / 2, run.box[0])):
        at = (run.box[1] + run.box[3]) / 2
        if row and at - middle > LEVEL * min(run.size, row[0].size):
            yield line_of(row, page, right)
            row = []
        if not row:
            middle = at
        row.append(run)
    if row:
        yield line_of(row, page, right)


def lines_of_cell(runs: Sequence[Run], page: int, right: float) -> list[Line]:
    """The lines of a cell: by height; what goes up or down the page in the order in which it was written."""
    upright = [run for run in runs if not run.turned]
    return [*lines_of(upright, page, right), *(turned_lines(runs, page) if len(upright) < len(runs) else ())]


def line_of(row: Sequence[Run], page: int, right: float) -> Line:
    """The runs of one height, in any order, as a line."""
    if len(row) == 1:
        (run,) = row
        return Line((run,), run.box, page, right, run.text, run.size, (run.box[1] + run.box[3]) / 2)
    runs = tuple(sorted(row, key=lambda run: run.box[0]))
    box = (
        runs[0].box[0],
        min(run.box[1] for run in runs),
        max(run.box[2] for run in runs),
        max(run.box[3] for run in runs),
    )
    return Line(runs, box, page, right, " ".join(run.text for run in runs), max(run.size for run in runs), (box[1] + box[3]) / 2)


def usual_distance(items: Sequence[object]) -> float:
    """How many points below each other lines of a paragraph stand: as wrapped ones do, else as near ones do."""
    wrapped: list[float] = []
    wide: list[float] = []
    near: list[float] = []
    for upper, lower in itertools.pairwise(items):
        if isinstance(upper, Line) and isinstance(lower, Line) and upper.page == lower.page:
            distance, size = lower.middle - upper.middle, max(upper.size, lower.size)
            if OVERLAP * size < distance < NEAR_LINES * size:
                (wrapped if is_wrapped(upper, lower) else near).append(distance)
            elif distance < WIDE_SET * size and is_wrapped(upper, lower) and abs(upper.box[0] - lower.box[0]) < WIDE_SET * size:
                wide.append(distance)
    if len(wide) > max(1, len(wrapped)):  # a page set with more white between its lines, as those of the mainland are
        return statistics.median_low(wide)
    if len(wrapped) > 1:
        return statistics.median_low(wrapped)
    return sorted(near + wrapped)[len(near) // 4] if near else 14.0


def runs_on(line: Line, following: Line) -> bool:
    """Do the words of a line that was broken go on level with it, or left of it where it was set in?"""
    text = line.text.rstrip()
    goes_on = (text[-1:] > "\u2e7f" and not text.endswith(signs.CLOSED)) or following.text[:1].islower()
    return goes_on and -line.size < line.box[0] - following.box[0] < INDENT * line.size and is_wrapped(line, following)


def is_wrapped(line: Line, following: Line) -> bool:
    """Was the line broken because the paper ended? Then the first word of the next one has no room left on it."""
    run = following.runs[0]
    first = FIRST_WORD.match(run.text)
    if first is None or signs.LABELLED.match(following.text):
        return False
    if any(right.box[0] - left.box[2] > APART * line.size for left, right in itertools.pairwise(line.runs)):
        return False
    width = run.first
    if width is None:
        width = (run.box[2] - run.box[0]) * signs.width(first[0]) / max(1, signs.width(run.text))
    kinsoku = line.size if first[0][0] > "\u2e7f" else 0.0  # no mark of punctuation begins a Chinese line
    return line.right - line.box[2] < width + kinsoku + 0.3 * line.size
