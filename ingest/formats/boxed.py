"""Frames that hold some words beside the lines of a page or over them: a box in the margin of the text, a stamp.

What stands in such a frame is no part of the lines level with it, however near they are, and whichever was written first.
A frame beside a label is the field of a form, and frames side by side are a table: these stay where they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.formats import aside, ruled
from ingest.formats.aside import Aside
from ingest.formats.leaf import Leaf, Run
from ingest.model import Box

MOST_RULINGS = 400  # of one page: what has more is not looked through
NARROW, LOW = 0.62, 0.5  # of the page's width and height: a frame in the text is no wider, nor higher
NEAR = 4.0  # points: the corners of a frame are no further from each other, nor are two frames that touch
LEVEL = 0.3  # of its height: a line that has so much in common with another is level with it
LINES = 2  # in a frame beside others, and beside it
WIDE = 0.3  # of the page's width: one of the lines beside a frame is longer, or they are a form's


def found(runs: Sequence[Run], leaf: Leaf, tables: Sequence[Box] = ()) -> list[Aside]:
    """What stands in such frames, from top to bottom; frames in a table are its cells."""
    rulings = [one for one in leaf.rulings if not any(_is_within(one, table) for table in tables)]
    if not rulings or len(rulings) > MOST_RULINGS:
        return []
    frames = list(dict.fromkeys(_frames(rulings, leaf)))
    held = {frame: own for frame in frames if (own := [run for run in runs if _is_in(frame, run)])}
    alone = [frame for frame in held if not any(other != frame and _touch(frame, other) for other in held)]
    asides = (_aside(held[frame], frame, runs, leaf) for frame in alone)
    return sorted((one for one in asides if one), key=lambda one: one.box[1])


def _is_within(one: Box, table: Box) -> bool:
    return one[0] > table[0] - NEAR and one[2] < table[2] + NEAR and one[1] > table[1] - NEAR and one[3] < table[3] + NEAR


def _frames(rulings: Sequence[Box], leaf: Leaf) -> Iterator[Box]:
    """Areas that are filled or drawn around."""
    upright = [box for box in rulings if box[2] - box[0] <= ruled.THIN < box[3] - box[1]]
    level = [box for box in rulings if box[3] - box[1] <= ruled.THIN < box[2] - box[0]] if len(upright) > 1 else []
    boxes = [box for box in rulings if min(box[2] - box[0], box[3] - box[1]) > ruled.THIN]
    for top in level:
        for bottom in level:
            if bottom[1] > top[3] + NEAR and abs(top[0] - bottom[0]) < NEAR and abs(top[2] - bottom[2]) < NEAR:
                sides = [one for one in upright if abs(one[1] - top[1]) < NEAR and abs(one[3] - bottom[3]) < NEAR]
                if all(any(abs(one[0] - edge) < NEAR for one in sides) for edge in (top[0], top[2])):
                    boxes.append((top[0], top[1], top[2], bottom[3]))
    for box in boxes:
        if box[2] - box[0] < NARROW * leaf.width and box[3] - box[1] < LOW * leaf.height:
            yield box


def _is_in(frame: Box, run: Run) -> bool:
    x0, y0, x1, y1 = run.box
    return frame[0] - 1 <= x0 and x1 <= frame[2] + run.size and (x0 + x1) / 2 < frame[2] and frame[1] - 1 <= (y0 + y1) / 2 <= frame[3] + 1


def _touch(one: Box, other: Box) -> bool:
    """Have two frames an edge or more in common, as the cells of a table do? Of one within another that is not asked."""
    if other[0] < one[0] and other[1] < one[1] and one[2] < other[2] and one[3] < other[3]:
        return False
    return one[0] < other[2] + NEAR and other[0] < one[2] + NEAR and one[1] < other[3] + NEAR and other[1] < one[3] + NEAR


def _aside(own: Sequence[Run], frame: Box, runs: Sequence[Run], leaf: Leaf) -> Aside | None:
    """What stands in a frame, where other lines are level with it; None where they may belong to it."""
    mine = {id(run) for run in own}
    level = [run for run in runs if id(run) not in mine and any(_is_level(run, other) for other in own)]
    over = any(run.box[0] < frame[2] - NEAR and run.box[2] > frame[0] + NEAR for run in level)
    if not level or (not over and not _is_beside(own, level, leaf)):
        return None
    prose = aside.is_prose(level, aside.WIDE * leaf.width)
    right = max(run.box[2] for run in level) if prose and not over else leaf.width
    return Aside(tuple(own), frame, right, frame[1], frame[3])


def _is_level(one: Run, other: Run) -> bool:
    return min(one.box[3], other.box[3]) - max(one.box[1], other.box[1]) > LEVEL * min(one.size, other.size)


def _is_beside(own: Sequence[Run], level: Sequence[Run], leaf: Leaf) -> bool:
    """Are there some lines in the frame and beside it, of which one is long?"""
    longest = max(run.box[2] - run.box[0] for run in level)
    return min(aside.count(own), aside.count(level)) >= LINES and longest > WIDE * leaf.width
