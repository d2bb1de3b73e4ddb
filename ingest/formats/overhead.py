"""Headings above the columns of a table without rulings, some of them over several columns."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ingest.formats import signs
from ingest.formats.blocks import Found
from ingest.formats.leaf import Frame, RuledTable
from ingest.formats.stretches import FURTHER, LOW, ROWS, Reach, Row, Strip, touches
from ingest.model import Box

EVEN = 0.25  # of the type's height: so near to the middle between two lines a heading over both rows stands


class Heading(NamedTuple):
    """A line of headings: which columns each of them is over, `end` not included."""

    line: int
    reach: Reach


def with_headings_above(
    found: Found, lines: Sequence[Row], cells: Sequence[Sequence[Strip]], free: int, level: Sequence[Box], usual: float
) -> Found:
    """The table with the lines of headings above it; one that is over several columns keeps them out of its columns."""
    edges = _column_edges(found.table)
    columns = _text_columns(edges, [strip for line in cells[found.start : found.end] for strip in line])
    headings: list[Heading] = []
    first = found.start
    while first > free and len(columns) > 2 and len(headings) < 3:
        line, below = lines[first - 1], lines[first]
        far = below.middle - line.middle > FURTHER * max(usual, LOW * line.size)
        reach = None if far or _is_no_heading(line) else _reach(cells[first - 1], columns, _rules_below(line, below, level), line.size)
        if reach is None and not far and first - 1 > free and not _is_no_heading(line) and not _is_no_heading(lines[first - 2]):
            near = line.middle - lines[first - 2].middle <= FURTHER * max(usual, LOW * line.size)
            both = _completed(cells[first - 2], cells[first - 1], columns, line.size) if near else None
            if both:
                first -= 2
                headings = [Heading(first, both[0]), Heading(first + 1, both[1]), *headings]
                continue
        if reach is None:
            break
        first -= 1
        headings.insert(0, Heading(first, reach))
    if not headings:
        return _with_group(found, lines, cells, free, columns)
    return Found(first, found.end, _with_headings(found.table, headings, lines, edges))


def _completed(upper: Sequence[Strip], lower: Sequence[Strip], columns: Sequence[Strip], size: float) -> tuple[Reach, Reach] | None:
    """The columns under headings of two lines: the lower has some columns only, the upper the others, and one over each group of these."""
    part = _touched(lower, columns, [], size)
    if part is None or any(end - begin > 1 for begin, end in part):
        return None
    single = {begin for begin, _ in part}
    groups = [[col for _, col in group] for _, group in itertools.groupby(enumerate(sorted(single)), key=lambda one: one[1] - one[0])]
    ranges = [(group[0], group[-1] + 1) for group in groups] + [(col, col + 1) for col in range(len(columns)) if col not in single]
    found = []
    for cell in upper:
        middle = (cell[0] + cell[1]) / 2
        over = [reach for reach in ranges if columns[reach[0]][0] <= middle <= columns[reach[1] - 1][1]]
        if len(over) != 1 or over[0] in found:
            return None
        found.append(over[0])
    wide = all(end - begin > 1 for begin, end in ranges[: len(groups)])
    return (tuple(found), part) if wide and len(found) == len(ranges) else None


def _with_group(found: Found, lines: Sequence[Row], cells: Sequence[Sequence[Strip]], free: int, columns: Sequence[Strip]) -> Found:
    """The table with a line of headings over groups of its columns, which stands half a line above the headings over both rows.

    These stand in the middle: below the line of groups, above that of what is grouped.
    """
    if found.start <= free or len(columns) <= 2:
        return found
    line = lines[found.start - 1]
    first = [(frame, frame.box) for frame in found.table.frames if frame.row == 0]
    under = [row for row in lines[found.start : found.end] if row.middle < max(box[3] for _, box in first)]
    if len(under) != 2 or _is_no_heading(line):
        return found
    upper, lower = under
    step = lower.middle - line.middle
    centred = abs((line.middle + lower.middle) / 2 - upper.middle) < EVEN * line.size
    reach = _touched(cells[found.start - 1], columns, [], line.size)
    if not centred or step > FURTHER * line.size or reach is None or any(end - begin < 2 for begin, end in reach):
        return found
    below = _touched(cells[found.start + 1], columns, [], line.size)
    grouped = [col for begin, end in reach for col in range(begin, end)]
    if below is None or [begin for begin, _ in below] != grouped or any(end - begin > 1 for begin, end in below):
        return found
    return Found(found.start - 1, found.end, _with_groups(found.table, reach, line, lower))


def _with_groups(table: RuledTable, reach: Reach, line: Row, lower: Row) -> RuledTable:
    """The same table with headings over groups of its columns; the others are over both rows."""
    top, between = min(line.box[1], table.box[1]) - 1, (line.middle + lower.middle) / 2
    ends = dict(reach)
    grouped = {col for begin, end in reach for col in range(begin, end)}
    frames: list[Frame] = []
    for frame in table.frames:
        x0, _, x1, y1 = frame.box
        if frame.row:
            frames.append(frame._replace(row=frame.row + 1))
        elif frame.col not in grouped:
            frames.append(frame._replace(rowspan=frame.rowspan + 1, box=(x0, top, x1, y1)))
        else:
            frames.append(frame._replace(row=1, box=(x0, between, x1, y1)))
            if frame.col in ends:
                right = next(one.box[2] for one in table.frames if one.row == 0 and one.col == ends[frame.col] - 1)
                frames.append(Frame(0, frame.col, 1, ends[frame.col] - frame.col, (x0, top, right, between)))
    frames.sort(key=lambda frame: (frame.row, frame.col))
    x0, _, x1, y1 = table.box
    return RuledTable(table.width, table.height + 1, tuple(frames), (x0, top, x1, y1))


def _is_no_heading(line: Row) -> bool:
    """Labels of a letterhead, dates, and what ends like a sentence; several words such as `Date` beside others are no labels."""
    several = len(line.runs) >= ROWS
    return any(
        (signs.is_label(run.text) and not several)
        or signs.DATED.search(run.text.lower())
        or run.text.rstrip().endswith((":", "：", "。", "."))
        for run in line.runs
    )


def _column_edges(table: RuledTable) -> list[float]:
    lefts = {frame.col: frame.box[0] for frame in table.frames if frame.colspan == 1}
    return [*(lefts[col] for col in range(table.width)), table.box[2]]


def _text_columns(edges: Sequence[float], strips: Iterable[Strip]) -> list[Strip]:
    """From where to where the words of each column go."""
    columns = [(right, left) for left, right in itertools.pairwise(edges)]
    for left, right in strips:
        col = min(max(bisect.bisect(edges, (left + right) / 2) - 1, 0), len(columns) - 1)
        columns[col] = min(columns[col][0], left), max(columns[col][1], right)
    return columns


def _rules_below(line: Row, below: Row, level: Sequence[Box]) -> list[Strip]:
    """The level rules between two lines."""
    low, high = (bisect.bisect(level, at, key=lambda box: box[1]) for at in (line.middle, below.middle))
    return [(box[0], box[2]) for box in level[low:high]]


def _reach(cells: Sequence[Strip], columns: Sequence[Strip], rules: Sequence[Strip], size: float) -> Reach | None:
    """The columns under each heading of a line, which are over most columns; None for no headings."""
    found = _touched(cells, columns, rules, size)
    covered = sum(end - begin for begin, end in found or ())
    return found if found and len(found) > 1 and 2 * covered > len(columns) else None


def _touched(cells: Sequence[Strip], columns: Sequence[Strip], rules: Sequence[Strip], size: float) -> Reach | None:
    """The columns under each heading of a line: those that the rule below it underlines, else those it touches; None for no headings."""
    found: list[tuple[int, int]] = []
    for cell in cells:
        own = [rule for rule in rules if rule[0] - size <= cell[0] and cell[1] <= rule[1] + size]
        strip = min(own, key=lambda rule: rule[1] - rule[0]) if len(rules) > 1 and own else cell
        under = [index for index, column in enumerate(columns) if touches(strip, column)] or _nearest(cell, columns, size)
        if not under or (found and under[0] < found[-1][1]):
            return None
        found.append((under[0], under[-1] + 1))
    return tuple(found)


def _nearest(cell: Strip, columns: Sequence[Strip], size: float) -> list[int]:
    """The columns on both sides of a heading that stands between two; none if it stands beside the table."""
    if cell[1] <= columns[0][0] - size or cell[0] >= columns[-1][1] + size:
        return []
    left = max((index for index, column in enumerate(columns) if column[1] <= cell[0]), default=0)
    return [left, min(left + 1, len(columns) - 1)]


def _with_headings(table: RuledTable, headings: Sequence[Heading], lines: Sequence[Row], edges: Sequence[float]) -> RuledTable:
    """The same table with these rows above its own."""
    boxes = [lines[heading.line].box for heading in headings]
    between = [(upper[3] + lower[1]) / 2 for upper, lower in itertools.pairwise(boxes)]
    heights = [min(boxes[0][1], table.box[1]) - 1, *between, table.box[1]]
    frames = []
    for row, heading in enumerate(headings):
        ends = dict(heading.reach)
        col = 0
        while col < table.width:
            end = ends.get(col, col + 1)
            frames.append(Frame(row, col, 1, end - col, (edges[col], heights[row], edges[end], heights[row + 1])))
            col = end
    more = len(headings)
    frames += [frame._replace(row=frame.row + more) for frame in table.frames]
    x0, _, x1, y1 = table.box
    return RuledTable(table.width, table.height + more, tuple(frames), (x0, heights[0], x1, y1))
