"""Two pages of a document on one sheet, side by side: what shows them is that each has its number, one after the other."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from ingest.formats.leaf import Leaf, Run

EDGE = 0.12  # of the sheet's height: page numbers stand no further from its upper or lower edge
MIDDLE = 0.08  # of the sheet's width: the white between two pages is no further from its middle
LEVEL = 2.0  # points by which the numbers of the two pages may differ in height
LINES = 3  # each page has no fewer

_NUMBER = re.compile(r"[-–—\s]*(?:page\s*|p\.\s*|第\s*)?(\d{1,4})(?:\s*(?:of|/|頁，共)\s*\d{1,4})?\s*頁?[-–—\s]*", re.IGNORECASE)


def parted(leaves: Sequence[Leaf]) -> list[Leaf]:
    """The pages of a document, those apart that stand side by side on one sheet; they keep the number of their sheet."""
    return [part for leaf in leaves for part in _parted(leaf)]


def _parted(leaf: Leaf) -> Iterator[Leaf]:
    middle = _middle(leaf) if leaf.width > leaf.height else None
    if middle is None:
        yield leaf
        return
    for low, high in ((0.0, middle), (middle, leaf.width)):
        runs = tuple(run for run in leaf.runs if low <= (run.box[0] + run.box[2]) / 2 < high)
        rulings = tuple(box for box in leaf.rulings if low <= (box[0] + box[2]) / 2 < high)
        targets = tuple(one for one in leaf.targets if low <= (one.box[0] + one.box[2]) / 2 < high)
        yield leaf._replace(width=high, runs=runs, rulings=rulings, targets=targets, warnings=leaf.warnings if not low else ())


def _middle(leaf: Leaf) -> float | None:
    """Where one page ends and the next one begins; None on a sheet that is one page."""
    numbers = [
        (run, int(found[1]))
        for run in leaf.runs
        if (run.box[3] < EDGE * leaf.height or run.box[1] > (1 - EDGE) * leaf.height) and (found := _NUMBER.fullmatch(run.text.strip()))
    ]
    for (left, first), (right, second) in itertools.permutations(numbers, 2):
        apart = left.box[2] < leaf.width / 2 < right.box[0]
        if apart and second == first + 1 and abs(left.box[1] - right.box[1]) < LEVEL:
            return _white(leaf.runs, leaf.width)
    return None


def _white(runs: Sequence[Run], width: float) -> float | None:
    """The middle of the white down the middle of a sheet, if no line goes over it."""
    lefts = [run.box[0] for run in runs if run.box[0] > (0.5 - MIDDLE) * width]
    rights = [run.box[2] for run in runs if run.box[2] < (0.5 + MIDDLE) * width]
    if min(len(lefts), len(rights)) < LINES:
        return None
    edge = (max(rights) + min(lefts)) / 2
    return None if any(run.box[0] < edge < run.box[2] for run in runs) else edge
