"""The head of a circular in columns: labels on the left with their values beside them, a letterhead set to the right.

Whoever sets a head as a table without rulings may centre a label beside a value of several lines, or have columns of prose
below it; read by height or column by column, label and value come apart. So the rows of a head are found by their labels:
each line beside them belongs to one label, which stands at the top of its lines, or in the middle of them.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.formats import signs
from ingest.formats.leaf import Leaf, Run

COLUMN = 3.0  # points by which labels of one column may begin apart
LONGEST = 40  # columns of a label
FURTHER = 2.0  # lines of one value stand no further apart than this, in heights of the type
OFF = 0.6  # of the height of the type: so far from its place a label may stand
MOST_LABELS, MOST_LINES = 12, 40
FLUSH = 2.0  # points by which lines set to the right may end apart
TOP = 0.35  # of the page: no letterhead reaches further down
WIDE = 0.6  # of the page's width: a wider line stands below the letterhead
GUTTER = 8.0  # points of white between a letterhead and what stands to its left, at least

Lines = list[list[Run]]


class Row(NamedTuple):
    """A label, and the lines of its value from top to bottom."""

    label: Run
    lines: Lines


class Head(NamedTuple):
    """Rows below each other; `centred` where labels stand beside the middle of their values."""

    rows: list[Row]
    centred: bool

    def runs(self) -> Iterator[Run]:
        for row in self.rows:
            yield row.label
            yield from itertools.chain(*row.lines)


# Labels and values ------------------------------------------------------------------------------------------------------


def head(runs: Sequence[Run]) -> Head | None:
    """The first rows of labels and values, one of which at least is a circular's (`Subject:`); None where there are none."""
    found = [run for run in runs if _is_label(run)]
    labels = sorted((run for run in found if not any(_is_left_of(other, run) for other in runs)), key=_middle)
    for first in (label for label in labels if signs.is_label(label.text)):
        column = [label for label in labels if abs(label.box[0] - first.box[0]) < COLUMN]
        if rows := _rows(_together(column, first, runs), runs):
            return rows
    return None


def _is_label(run: Run) -> bool:
    return run.text.rstrip().endswith((":", "：")) and not run.turned and signs.width(run.text) <= LONGEST


def _is_left_of(other: Run, run: Run) -> bool:
    return other.box[2] <= run.box[0] and other.box[1] < _middle(run) < other.box[3]


def _middle(run: Run) -> float:
    return (run.box[1] + run.box[3]) / 2


def _together(column: Sequence[Run], first: Run, runs: Sequence[Run]) -> list[Run]:
    """The labels around one of them between which nothing stands but values."""
    at = column.index(first)
    low = high = at
    while low and not _is_parted(column[low - 1], column[low], runs):
        low -= 1
    while high + 1 < len(column) and not _is_parted(column[high], column[high + 1], runs):
        high += 1
    return list(column[low : high + 1])


def _is_parted(upper: Run, lower: Run, runs: Sequence[Run]) -> bool:
    edge = max(upper.box[2], lower.box[2])
    return any(upper.box[3] < _middle(run) < lower.box[1] and run.box[0] < edge for run in runs)


def _rows(labels: Sequence[Run], runs: Sequence[Run]) -> Head | None:
    """The labels with the lines beside them; None where they do not fit each other."""
    size = max(label.size for label in labels)
    lines = _beside(labels, runs)
    if len(labels) > MOST_LABELS or len(lines) > MOST_LINES:
        return None
    below = [line for line in lines if _middle(line[0]) > _middle(labels[0]) - OFF * size]
    ways = [(*_partition(labels, some, centred=centred), centred, some) for centred, some in ((False, below), (True, lines))]
    cost, ends, centred, some = min(ways, key=lambda way: way[0])
    if cost > OFF * size * len(labels):
        return None
    starts = [0, *ends[:-1]]
    return Head([Row(label, some[low:high]) for label, low, high in zip(labels, starts, ends, strict=True)], centred)


def _beside(labels: Sequence[Run], runs: Sequence[Run]) -> Lines:
    """The lines to the right of labels: those on their height, and others that follow these up and down with nothing to the left."""
    edge = max(label.box[2] for label in labels)
    mine = {id(label) for label in labels}
    others = [run for run in runs if id(run) not in mine]
    top, bottom = labels[0].box[1], labels[-1].box[3]
    ceiling = max((run.box[3] for run in others if run.box[0] < edge and _middle(run) < top), default=0.0)
    floor = min((run.box[1] for run in others if run.box[0] < edge and _middle(run) > bottom), default=float("inf"))
    lines: Lines = []
    for run in sorted((run for run in others if run.box[0] >= edge and ceiling < _middle(run) < floor), key=_middle):
        if lines and _middle(run) - _middle(lines[-1][0]) <= 0.4 * run.size:
            lines[-1].append(run)
        else:
            lines.append([run])
    size = labels[0].size
    near = [index for index, line in enumerate(lines) if top - size < _middle(line[0]) < bottom + size]
    if not near:
        return []
    low, high = near[0], near[-1]
    while low and _follows(lines[low - 1], lines[low]):
        low -= 1
    while high + 1 < len(lines) and _follows(lines[high], lines[high + 1]):
        high += 1
    return lines[low : high + 1]


def _follows(upper: Sequence[Run], lower: Sequence[Run]) -> bool:
    return _middle(lower[0]) - _middle(upper[0]) <= FURTHER * max(upper[0].size, lower[0].size)


def _partition(labels: Sequence[Run], lines: Lines, *, centred: bool) -> tuple[float, list[int]]:
    """Where the lines of each label end, so that labels stand as near as can be to their places; and how far off they are in all."""
    middles = [_middle(line[0]) for line in lines]
    none: tuple[float, list[int]] = (float("inf"), [])
    best = [(0.0, list[int]()), *(none for _ in lines)]
    for label in labels:
        at = _middle(label)
        following = [none for _ in best]
        for end in range(1, len(lines) + 1):
            last = middles[end - 1]
            ways = ((best[low][0] + abs(at - ((middles[low] + last) / 2 if centred else middles[low])), best[low][1]) for low in range(end))
            cost, ends = min(ways, key=lambda way: way[0])
            following[end] = cost, [*ends, end]
        best = following
    return best[-1]


# A letterhead on the right ----------------------------------------------------------------------------------------------


def letterhead(runs: Sequence[Run], leaf: Leaf) -> tuple[list[Run], list[Run]] | None:
    """At the top of the first page, lines that end at the right edge, and what stands to their left; None where they are rows of both."""
    if leaf.number != 1:
        return None
    upper = sorted((run for run in runs if run.box[3] < TOP * leaf.height), key=_middle)
    upper = list(itertools.takewhile(lambda run: run.box[2] - run.box[0] < WIDE * leaf.width, upper))
    if len(upper) < 3:
        return None
    edge = max(run.box[2] for run in upper)
    stack = _stack([run for run in upper if edge - run.box[2] < FLUSH])
    if len(stack) < 2 or len({round(run.box[0] / FLUSH) for run in stack}) < 2:
        return None
    low, high, left = stack[0].box[1], stack[-1].box[3], min(run.box[0] for run in stack)
    mine = {id(run) for run in stack}
    beside = [run for run in runs if id(run) not in mine and low < _middle(run) < high]
    alone = [run for run in stack if not any(_is_left_of(other, run) for other in beside)]
    if not beside or not alone or any(run.box[2] > left - GUTTER for run in beside):
        return None
    return beside, stack


def _stack(runs: Sequence[Run]) -> list[Run]:
    """The first of these lines, and those that follow it closely."""
    found = list(runs[:1])
    for run in runs[1:]:
        if not _follows([found[-1]], [run]):
            break
        found.append(run)
    return found
