"""A narrow column beside the prose of a page: key dates, whom to ask, a summary; left or right of it, framed or not.

Its lines stand between those of the prose, each on a height of its own, so that height tells nothing about their order. What
tells a narrow column from the first cells of a table is that it is a text for itself: it was written in one go, and so was the
prose beside it; or it is framed or tinted; or its lines are not level with those beside them. And it is no part of a table
where whatever begins in it begins level with a paragraph of the prose.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from ingest.formats import signs
from ingest.formats.leaf import Leaf, Run
from ingest.model import Box

ROWS = 3  # narrow columns below each other that may head their paragraphs are the cells of a table
LINES = 3  # a narrow column has no fewer, nor has the prose beside it
HEADING, WORD = 2, 1.5  # lines of a heading in the margin, and how wide it is at least, in heights of the type
GUTTER = 8.0  # points of white between a narrow column and the prose, at least
NARROW, NARROWEST = 0.38, 7.0  # of the page's width at most, heights of the type at least
RULED_OFF, THIN = 4.0, 3.0  # heights of the type at least, beside a line down the page, and points that such a line is wide
ON = 0.6  # of the lines of prose go on in the next one in small letters
WIDE, WIDER = 0.36, 1.3  # of the page's width, and of the narrow column's: prose beside it is no narrower
APART = 3.5  # heights of the type: two parts of one narrow column are no further apart
REACHES = 0.2  # of its width: lines of prose that end nearer to the right edge of their column reach it
LEVEL = 0.25  # of the height of the type: lines of one row differ by no more
BLOCK = 1.3  # usual distances: a line further below begins a block
MOST_EDGES = 6  # places where a column may begin that are looked at
MOST_RUNS = 1000  # of one page: what has more is not looked through
LONGEST = 5  # characters of the number of a paragraph
LESS = 0.55  # of the page's width: a table that stands aside is no wider
FULL = 0.5  # of the lines of prose reach its right edge
FURTHEST, LEAST = 24.0, 24.0  # points between the frame and its words on their left at most, and of their width
ALIGNED = 2.0  # points: what begins no further apart begins at one place
INDENT = 24.0  # points: a list beside words begins no further right than other words do


class Aside(NamedTuple):
    """A narrow column; `right` is where the prose beside it ends, `top` and `bottom` how far up and down that keeps clear of it.

    `heads` is the middle of the first line of a paragraph that begins level with it and goes down as far: it may be its heading.
    """

    runs: tuple[Run, ...]
    box: Box
    right: float
    top: float
    bottom: float
    heads: float | None = None


def found(runs: Sequence[Run], leaf: Leaf) -> list[Aside]:
    """The narrow columns of a page, from top to bottom."""
    order = sorted(runs, key=_top)
    if len(runs) > MOST_RUNS or len(beside := _beside(order)) < HEADING:
        return []
    asides: list[Aside] = []
    edges = Counter(round(right.box[0]) for _, right in beside)
    for edge, _ in edges.most_common(MOST_EDGES):
        for band in _bands(order, edge):
            for one in _in_band(band, edge, leaf) if len(band) >= HEADING + LINES else ():
                asides = _with(asides, one)
    rows = Counter(round(one.box[0] / GUTTER) for one in asides if one.heads is not None)
    taken = {id(run) for one in asides for run in one.runs}
    asides = [one for one in asides if not _is_label(one, beside, taken)]
    asides = [one for one in asides if one.heads is None or rows[round(one.box[0] / GUTTER)] < ROWS]
    return sorted(asides, key=lambda one: one.box[1])


def _is_label(one: Aside, beside: Sequence[tuple[Run, Run]], taken: Collection[int]) -> bool:
    """Do other words begin where these do, each beside words that begin where those beside these do? All are first cells then.

    `taken` are the runs of all narrow columns, which are none.
    """
    mine = {id(run) for run in one.runs}
    ends = [right.box[0] for left, right in beside if id(left) in mine]
    lefts = {id(left): left for left, right in beside if id(left) not in taken and any(abs(right.box[0] - end) < INDENT for end in ends)}
    column = [left for left in lefts.values() if abs(left.box[0] - one.box[0]) < ALIGNED]
    return (
        len({round(_top(left)) for left in column if not any(0 < _top(left) - _top(upper) < 1.5 * left.size for upper in column)}) >= ROWS
    )


def _with(asides: Sequence[Aside], one: Aside) -> list[Aside]:
    """The narrow columns with one more, which goes if another that has more of its lines is there."""
    mine = {id(run) for run in one.runs}
    others = [other for other in asides if not mine.isdisjoint(id(run) for run in other.runs)]
    if any(len(other.runs) >= len(one.runs) for other in others):
        return list(asides)
    return [*(other for other in asides if other not in others), one]


def _beside(runs: Sequence[Run]) -> list[tuple[Run, Run]]:
    """Each run, from top to bottom, with the next one on its height, behind white as wide as between columns."""
    if sum(lower.box[1] < upper.box[3] - LEVEL * upper.size for upper, lower in itertools.pairwise(runs)) < HEADING:
        return []
    pairs = []
    last: list[Run] = []
    for run in runs:
        top, left = run.box[1] + LEVEL * run.size, run.box[0]
        last = [other for other in last if other.box[3] > top]
        for other in last:
            one, next_one = (other, run) if other.box[0] < left else (run, other)
            if next_one.box[0] - one.box[2] >= GUTTER:
                pairs.append((one, next_one))
        last.append(run)
    return pairs


def _bands(runs: Sequence[Run], edge: int) -> Iterator[list[Run]]:
    """From top to bottom, the runs between those that go over the white before this edge."""
    band: list[Run] = []
    for run in runs:
        if run.box[0] < edge - 2 and run.box[2] > edge - GUTTER / 2:
            yield band
            band = []
        else:
            band.append(run)
    yield band


def _in_band(band: Sequence[Run], edge: int, leaf: Leaf) -> Iterator[Aside]:
    """The narrow columns on either side of an edge."""
    left, right = [run for run in band if run.box[2] <= edge - GUTTER / 2], [run for run in band if run.box[0] >= edge - 2]
    for narrow, wide in ((right, left), (left, right)):
        if len(narrow) < HEADING or len(wide) < LINES:
            continue
        top = min(run.box[1] for run in wide)
        for part in _parts(narrow):
            while part and part[0].box[3] < top:  # the end of a heading over both
                del part[0]
            if (one := _aside(part, wide, leaf)) is not None:
                yield one


def _parts(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """The runs of a column, parted where it is white for long."""
    part: list[Run] = []
    bottom = 0.0
    for run in runs:
        if part and run.box[1] - bottom > APART * run.size:
            yield part
            part = []
        bottom = max(bottom, run.box[3]) if part else run.box[3]
        part.append(run)
    if part:
        yield part


def _aside(narrow: Sequence[Run], wide: Sequence[Run], leaf: Leaf) -> Aside | None:
    """A narrow column beside prose; None where it may be the cells of a table."""
    if count(narrow) < HEADING:
        return None
    box, size = _around(narrow), narrow[0].size
    narrowest = NARROWEST if count(narrow) >= LINES else WORD
    if not narrowest * size < box[2] - box[0] < NARROW * leaf.width and not _is_ruled_off(box, size, leaf):
        return None
    beside = [run for run in wide if run.box[3] > box[1] and run.box[1] < box[3]]
    if count(narrow) < LINES:  # a heading, beside the first lines of what it heads
        beside = sorted((run for run in wide if run.box[3] > box[1]), key=_top)[:LINES]
    if len(beside) < LINES or not is_prose(beside, max(WIDE * leaf.width, WIDER * (box[2] - box[0]))):
        return None
    if count(narrow) < LINES and not _is_heading(narrow, beside, wide):
        return None
    own = _written_together(narrow, beside)
    if len(own) < len(narrow):
        return _aside(own, wide, leaf)
    if are_rows(narrow, beside) or not (
        _is_one_go(narrow, beside) or _is_framed(box, beside, leaf) or _is_off(narrow, beside) or _is_told_through(narrow, beside)
    ):
        return None
    reach = max(run.box[2] for run in beside) + GUTTER
    top = max((run.box[3] for run in wide if run.box[3] <= box[1] and run.box[2] > reach), default=0.0)
    bottom = min((run.box[1] for run in wide if run.box[1] >= box[3] and run.box[2] > reach), default=leaf.height)
    right = max(run.box[2] for run in wide if top <= _middle(run) <= bottom)
    return Aside(tuple(narrow), box, right, top, bottom, _headed(narrow, wide))


def around(box: Box, runs: Sequence[Run], leaf: Leaf) -> Aside | None:
    """A table of rulings as something aside: beside it prose stands that goes on above or below it where the table is; else None."""
    if box[2] - box[0] > LESS * leaf.width:
        return None
    level = [run for run in runs if box[1] < _middle(run) < box[3]]
    right_of = all(run.box[2] <= box[0] for run in level)
    if len(level) < LINES or not (right_of or all(run.box[0] >= box[2] for run in level)) or not is_prose(level, WIDE * leaf.width):
        return None
    x0, x1 = min(run.box[0] for run in level), max(run.box[2] for run in level)
    reach = x1 + GUTTER if right_of else x0 - GUTTER
    over = [run for run in runs if run.box[0] < min(reach, box[2]) and run.box[2] > max(reach, box[0]) + GUTTER]
    if not any(abs(run.box[0] - min(x0, box[0])) < GUTTER for run in over):
        return None
    top = max((run.box[3] for run in over if run.box[3] <= box[1] + GUTTER), default=0.0)
    bottom = min((run.box[1] for run in over if run.box[1] >= box[3] - GUTTER), default=leaf.height)
    own = [run for run in runs if top <= _middle(run) <= bottom]
    if any(run.box[2] > box[0] if right_of else run.box[0] < box[2] for run in own):
        return None  # a caption, or words around it
    return Aside((), box, max(run.box[2] for run in own) if right_of else leaf.width, top, bottom)


def _headed(narrow: Sequence[Run], wide: Sequence[Run]) -> float | None:
    """The middle of the first line of the paragraph that begins level with a narrow column and goes down as far."""
    size = narrow[0].size
    for block in itertools.chain.from_iterable(map(_paragraphs, _blocks(wide))):
        if abs(_middle(block[0]) - _middle(narrow[0])) < 2 * LEVEL * size and block[-1].box[3] > narrow[-1].box[3] - size:
            return _middle(block[0])
    return None


def _paragraphs(block: Sequence[Run]) -> Iterator[list[Run]]:
    """The lines of a block, parted behind those that end early."""
    left, right = min(run.box[0] for run in block), max(run.box[2] for run in block)
    part: list[Run] = []
    for run in block:
        part.append(run)
        if run.box[2] < right - REACHES * (right - left):
            yield part
            part = []
    if part:
        yield part


def is_prose(runs: Sequence[Run], least: float) -> bool:
    """Lines no narrower than this, with nothing beside them but the number of a paragraph; half go from one edge to the other."""
    x0, _, x1, _ = _around(runs)
    if x1 - x0 < least:
        return False
    lines = [run for run in runs if not _is_mark(run)]
    if any(_is_level(one, other) for one, other in itertools.pairwise(sorted(lines, key=_middle))):
        return False  # the cells of two more columns
    full = sum(run.box[2] > x1 - REACHES * (x1 - x0) and run.box[0] < x0 + REACHES * (x1 - x0) for run in lines)
    return count(lines) >= LINES and full >= FULL * len(lines) and any(not signs.is_label(run.text) for run in lines)


def count(runs: Sequence[Run]) -> int:
    """How many lines runs make."""
    order = sorted(runs, key=_middle)
    return len(order) - sum(_is_level(one, other) for one, other in itertools.pairwise(order))


def _is_mark(run: Run) -> bool:
    """The number or bullet of a paragraph: `1.`, `(a)`, `•`."""
    return len(run.text) <= LONGEST and not run.text.isalnum()


def _is_level(one: Run, other: Run) -> bool:
    return abs(_middle(one) - _middle(other)) < LEVEL * min(one.size, other.size)


def _is_one_go(narrow: Sequence[Run], beside: Sequence[Run]) -> bool:
    """Was each of the two written in one go? The cells of a table are written by turns."""
    order = sorted([*((run.start, True) for run in narrow), *((run.start, False) for run in beside)])
    return sum(one[1] != other[1] for one, other in itertools.pairwise(order)) <= 2


def _written_together(narrow: Sequence[Run], beside: Sequence[Run]) -> Sequence[Run]:
    """A narrow column without its last lines, or its first, where these were written behind the prose beside it or before it.

    They are lines of the prose, which goes on below the column as wide as the page.
    """
    low, high = min(run.start for run in beside), max(run.start for run in beside)
    before, behind = [run for run in narrow if run.start < low], [run for run in narrow if run.start > high]
    if not before or not behind or len(before) + len(behind) < len(narrow):
        return narrow
    own, others = (before, behind) if len(before) > len(behind) else (behind, before)
    ends = _around(own), _around(others)
    return own if ends[0][3] <= ends[1][1] or ends[1][3] <= ends[0][1] else narrow


def _is_framed(box: Box, beside: Sequence[Run], leaf: Leaf) -> bool:
    """Is there a frame or a tint around a narrow column, and around nothing beside it?"""
    x0, y0, x1, y1 = box

    def is_around(frame: Box) -> bool:
        left, top, right, bottom = frame
        near = x0 - left < FURTHEST and right - x1 < right - left - LEAST
        return near and left <= x0 and x1 <= right and top <= y0 + 1 and y1 <= bottom + 1

    frames = [frame for frame in leaf.rulings if is_around(frame)]
    return any(not any(run.box[0] < frame[2] - 1 and run.box[2] > frame[0] + 1 for run in beside) for frame in frames)


def _is_heading(narrow: Sequence[Run], beside: Sequence[Run], wide: Sequence[Run]) -> bool:
    """Do some words in the left margin head the paragraph beside them? A date or a figure there begins a row."""
    words = not any(char.isdigit() for run in narrow for char in run.text)
    left = max(run.box[2] for run in narrow) < min(run.box[0] for run in beside)
    return words and left and _is_one_go(narrow, beside) and _headed(narrow, wide) is not None


def _is_ruled_off(box: Box, size: float, leaf: Leaf) -> bool:
    """Is a very narrow column set apart by a single line down one side of it?"""
    if not RULED_OFF * size < box[2] - box[0] < NARROW * leaf.width:
        return False
    down = [one for one in leaf.rulings if one[2] - one[0] <= THIN and one[1] < box[1] + size and one[3] > box[3] - size]
    return len(down) == 1 and min(abs(down[0][0] - box[2]), abs(box[0] - down[0][2])) < FURTHEST + GUTTER


def _is_told_through(narrow: Sequence[Run], beside: Sequence[Run]) -> bool:
    """Do the sentences beside a narrow column go on from line to line all the way, though they were written by turns with it?"""
    lines = sorted((run for run in beside if not _is_mark(run)), key=_middle)
    pairs = list(itertools.pairwise(lines))
    on = sum(not upper.text.rstrip().endswith(signs.CLOSED) and lower.text[:1].islower() for upper, lower in pairs)
    return len(narrow) >= LINES and len(pairs) >= LINES and on >= ON * len(pairs)


def _is_off(narrow: Sequence[Run], beside: Sequence[Run]) -> bool:
    """Were all lines written from top to bottom, and do most stand between those beside them, rather than level with one?

    The lines of a cell are written in one go, and the next cell begins further up again.
    """
    order = sorted([*narrow, *beside], key=lambda run: run.start)
    if any(_middle(lower) < _middle(upper) - LEVEL * upper.size for upper, lower in itertools.pairwise(order)):
        return False
    middles = [_middle(run) for run in beside]
    off = sum(all(abs(_middle(run) - middle) > LEVEL * run.size for middle in middles) for run in narrow)
    return 2 * off > len(narrow)


def are_rows(narrow: Sequence[Run], beside: Sequence[Run]) -> bool:
    """Does each block of a narrow column begin level with a paragraph of its own beside it, or stand level with its middle?"""
    blocks, others = list(_blocks(narrow)), list(_blocks(beside))
    if len(blocks) < 2 or len(others) < len(blocks):
        return False
    size = max(narrow[0].size, beside[0].size)
    for level in (lambda block: _middle(block[0]), _center):
        near = [[at for at, other in enumerate(others) if abs(level(block) - level(other)) < LEVEL * size] for block in blocks]
        if all(near) and len({some[0] for some in near}) == len(blocks):
            return True
    return False


def _blocks(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """The runs of a column, parted where there is more white than usual."""
    lines = sorted(runs, key=_middle)
    steps = sorted(step for upper, lower in itertools.pairwise(lines) if (step := _middle(lower) - _middle(upper)) > upper.size / 2)
    usual = steps[len(steps) // 4] if steps else 0.0
    block: list[Run] = []
    for run in lines:
        if block and _middle(run) - _middle(block[-1]) > BLOCK * usual:
            yield block
            block = []
        block.append(run)
    if block:
        yield block


def _top(run: Run) -> float:
    return run.box[1]


def _middle(run: Run) -> float:
    return (run.box[1] + run.box[3]) / 2


def _center(block: Sequence[Run]) -> float:
    return (block[0].box[1] + block[-1].box[3]) / 2


def _around(runs: Sequence[Run]) -> Box:
    lefts, tops, rights, bottoms = zip(*(run.box for run in runs), strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
