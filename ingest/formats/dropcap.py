"""A first letter set large, over two lines or more: it begins the first line beside it."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.formats.leaf import Leaf, Run

LARGE = 1.7  # times as high as the lines beside it
NEAR = 0.6  # heights of those lines: the first of them begins no further from the letter
LINES = 2  # beside the letter, at least


def joined(leaf: Leaf) -> Leaf:
    """The page with such letters on the line that they begin, as high as it is."""
    moved = {run.start: own for run in leaf.runs if len(run.text) == 1 and (own := _on_its_line(run, leaf.runs))}
    return leaf._replace(runs=tuple(moved.get(run.start, run) for run in leaf.runs)) if moved else leaf


def _on_its_line(letter: Run, runs: Sequence[Run]) -> Run | None:
    """The letter at the beginning of the first line beside it; None if it begins none."""
    if not letter.text.isalpha() or letter.turned:
        return None
    beside = [run for run in runs if run is not letter and _is_beside(letter, run)]
    if len(beside) < LINES:
        return None
    first = min(beside, key=lambda run: run.box[1])
    if not (first.text[0].islower() or first.text[0] > "\u2e7f" or first.text[0] in "’'"):
        return None
    return letter._replace(box=(letter.box[0], first.box[1], first.box[0], first.box[3]), size=first.size)


def _is_beside(letter: Run, run: Run) -> bool:
    """Does the line begin right of the letter, and is it set in smaller type?"""
    middle = (run.box[1] + run.box[3]) / 2
    level = letter.box[1] - run.size / 2 < middle < letter.box[3]
    return level and letter.size > LARGE * run.size and -NEAR * run.size < run.box[0] - letter.box[2] < NEAR * run.size
