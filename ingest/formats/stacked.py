"""Chinese set from top to bottom beside lines that go from left to right, as of a stamp in the margin: one character below the other."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from ingest.formats.leaf import Leaf, Run

LEAST = 4  # characters one below the other
SHORT = 3  # characters that stand side by side in such a line, at most: figures set upright
NEAR = 1.6  # heights of the type: the next character is no further below
PITCH = 1.25  # widths of a character: set from top to bottom, the next one is no further below; lines of a narrow cell are


def marked(leaf: Leaf) -> Leaf:
    """The page with the runs of such lines marked as going down the page."""
    if sum(len(run.text) == 1 for run in leaf.runs) < LEAST:
        return leaf
    down = {run.start for line in _lines(leaf.runs) if _is_beside(line, leaf.runs) for run in line}
    if not down:
        return leaf
    return leaf._replace(runs=tuple(run._replace(turned=True) if run.start in down else run for run in leaf.runs))


def _lines(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Runs of few characters that were written one after the other, each right below the last; Chinese is among them."""
    line: list[Run] = []
    for run in (*sorted(runs, key=lambda run: run.start), None):
        if run is not None and len(run.text) <= SHORT and (not line or _is_below(line[-1], run)):
            line.append(run)
            continue
        if sum(len(one.text) == 1 for one in line) >= LEAST and _are_set_down(line):
            yield line
        line = [run] if run is not None and len(run.text) <= SHORT else []


def _are_set_down(line: Sequence[Run]) -> bool:
    """Are Chinese characters among them, no further from each other than they are side by side?"""
    han = [one for one in line if one.text > "\u2e7f" and len(one.text) == 1]
    wide = max((one.box[2] - one.box[0] for one in han), default=0.0)
    steps = [lower.box[1] - upper.box[1] for upper, lower in itertools.pairwise(line) if upper in han and lower in han]
    return bool(steps) and max(steps) <= PITCH * wide


def _is_below(upper: Run, lower: Run) -> bool:
    size = max(upper.size, lower.size)
    across = min(upper.box[2], lower.box[2]) - max(upper.box[0], lower.box[0])
    return across > 0 and -size / 2 < lower.box[1] - upper.box[3] < NEAR * size and lower.box[1] > upper.box[1]


def _is_beside(line: Sequence[Run], runs: Sequence[Run]) -> bool:
    """Does it stand at one side of all that is level with it? The cells of a column have others on either side, or rows."""
    left, right = min(run.box[0] for run in line), max(run.box[2] for run in line)
    top, bottom = line[0].box[1], line[-1].box[3]
    mine = {run.start for run in line}
    level = [run for run in runs if run.start not in mine and run.box[3] > top and run.box[1] < bottom]
    close = any(upper.box[3] - lower.box[1] < -NEAR * upper.size for upper, lower in itertools.pairwise(line))
    return not close and (all(run.box[0] >= right for run in level) or all(run.box[2] <= left for run in level))
