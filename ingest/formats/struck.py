"""Words of a PDF with a line through them: they are no longer said, as in every other format, and are left out and told."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterator, Sequence

from ingest.formats.leaf import Run
from ingest.model import Box, Warn

THICK = 0.2  # of the type's height: no line through words is thicker
FINE = 0.015, 30.0  # the same, and points: a finer one does not go through type that is higher, such as a watermark
MIDDLE = 0.3, 0.72  # of the type's height, from its top: between these a line goes through words, above or below it marks them
BESIDE = 0.6  # of the type's height: a line that goes further beyond the words on its level is no part of them
SMALLEST = 3.0  # points: no line through a word is shorter


def through(runs: Sequence[Run], rulings: Sequence[Box], marked: Sequence[Box] = ()) -> dict[int, list[Box]]:
    """The lines that go through each run, by its place among all: those that are `marked` as such, and rulings.

    A rule of a page or a table goes on beyond the words.
    """
    level = [box for box in rulings if box[2] - box[0] > SMALLEST and box[2] - box[0] > 2 * (box[3] - box[1])]
    found: dict[int, list[Box]] = {}
    if not (level or marked) or not runs:
        return found
    order = sorted((top, at) for at, (_, (_, top, _, _), *_) in enumerate(runs))
    tops = [top for top, _ in order]
    tallest = max(run.box[3] - run.box[1] for run in runs)
    for box in (*marked, *level):
        y = (box[1] + box[3]) / 2
        near = [at for _, at in order[bisect.bisect_left(tops, y - MIDDLE[1] * tallest) : bisect.bisect_right(tops, y)]]
        hit = [at for at in near if _crosses(runs[at], box, y)]
        if not hit:
            continue
        high = BESIDE * max(runs[at].size for at in hit)
        if box in marked or (min(runs[at].box[0] for at in hit) - high < box[0] and box[2] < max(runs[at].box[2] for at in hit) + high):
            for at in hit:
                found.setdefault(at, []).append(box)
    return found


def _crosses(run: Run, box: Box, y: float) -> bool:
    x0, top, x1, bottom = run.box
    high = bottom - top
    return (
        not run.turned
        and box[0] < x1
        and box[2] > x0
        and top + MIDDLE[0] * high < y < top + MIDDLE[1] * high
        and box[3] - box[1] < THICK * high
        and (high < FINE[1] or box[3] - box[1] > FINE[0] * high)
    )


def kept(run: Run, lines: Sequence[Box], box_of: Callable[[int], Box]) -> Iterator[tuple[int, int]]:
    """The parts of a run that no line goes through, without the white space at their ends."""
    boxes = [box_of(run.start + at) for at in range(len(run.text))]
    gone = [
        not char.isspace() and any(left < (x0 + x1) / 2 < right for left, _, right, _ in lines)
        for char, (x0, _, x1, _) in zip(run.text, boxes, strict=True)
    ]
    low = 0
    while low < len(run.text):
        if gone[low] or run.text[low].isspace():
            low += 1
            continue
        high = next((at for at in range(low, len(run.text)) if gone[at]), len(run.text))
        yield low, low + len(run.text[low:high].rstrip())
        low = high


def told(characters: int, page: int) -> Warn:
    """How much was struck out."""
    return Warn(code="struck-text", message=f"{characters} characters of struck-out text were left out", page=page)
