"""Words and the boxes that hold them: the parts of a run where it goes over from one cell to the next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingest.formats.leaf import Glyphs, Run
from ingest.model import Box


def holding(boxes: Iterable[Box], x: float, y: float) -> int | None:
    """Which of the boxes holds this place, the first if there are several."""
    for index, (x0, y0, x1, y1) in enumerate(boxes):
        if x0 <= x <= x1 and y0 <= y <= y1:
            return index
    return None


def unprinted(run: Run, page: int, glyphs: Glyphs) -> list[int]:
    """Which characters of a run are spaces that the engine put in where none is printed."""
    places = [run.start + at for at, char in enumerate(run.text) if char == " "]
    return [place - run.start for place in glyphs.unprinted(page, places)]


def distance(box: Box, x: float, y: float) -> float:
    """How far a place is from a box, along and down together."""
    return max(box[0] - x, 0.0, x - box[2]) + max(box[1] - y, 0.0, y - box[3])


def holds(box: Box, inner: Box) -> bool:
    """Does the middle of one box stand in another?"""
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def cut_at_cells(run: Run, cells: Sequence[Box], page: int, glyphs: Glyphs) -> list[Run]:
    """The run, or its parts where it goes over from one cell to the next."""
    x0, y0, x1, y1 = run.box
    index = holding(cells, (x0 + x0 + 1) / 2, (y0 + y1) / 2)
    if index is None or x1 <= cells[index][2] + run.size / 2:
        return [run]
    parts: list[Run] = []
    for word in (part for whole in words_of(run, page, glyphs) for part in _letters(whole, cells, page, glyphs)):
        if parts and _same_cell(cells, parts[-1].box, word.box):
            last = parts[-1]
            low, high = last.start - run.start, word.start - run.start + len(word.text)
            invented = tuple(place - low for place in run.invented if low <= place < high)
            parts[-1] = last._replace(text=run.text[low:high], box=(last.box[0], *word.box[1:]), invented=invented)
        else:
            parts.append(word)
    return parts


def words_of(run: Run, page: int, glyphs: Glyphs) -> list[Run]:
    """The words of a run, each with its place."""
    words = []
    for word in re.finditer(r"\S+", run.text):
        low = run.start + word.start()
        boxes = glyphs.boxes(page, (low, low + len(word[0]))) or [run.box]
        words.append(Run(word[0], (boxes[0][0], run.box[1], boxes[-1][2], run.box[3]), run.size, low))
    return words


def _letters(word: Run, cells: Sequence[Box], page: int, glyphs: Glyphs) -> list[Run]:
    """The word, or its parts where cells without white at their sides make one of two: `2027Launch`."""
    x0, y0, x1, y1 = word.box
    y, least = (y0 + y1) / 2, word.size / 4
    index = holding(cells, x0 + 1, y)
    if index is None or x1 < cells[index][2] + least or holding(cells, x1 - least, y) in (index, None):
        return [word]
    lefts: list[tuple[int, float]] = []
    for at in range(len(word.text)):
        ((left, _, right, _), *_) = glyphs.boxes(page, (word.start + at, word.start + at + 1)) or [word.box]
        holder = holding(cells, (left + right) / 2, y)
        if holder is not None and holder != index and at:
            lefts.append((at, left))
            index = holder
    ends = [*lefts, (len(word.text), x1)]
    starts = [(0, x0), *lefts]
    return [
        word._replace(text=word.text[low:high], start=word.start + low, box=(left, y0, right, y1))
        for (low, left), (high, right) in zip(starts, ends, strict=True)
    ]


def _same_cell(cells: Iterable[Box], left: Box, right: Box) -> bool:
    return any(holds(cell, left) and holds(cell, right) for cell in cells)


def inner_right(box: Box, runs: Sequence[Run]) -> float:
    """Where the lines of a cell end."""
    pad = max(0.0, min(run.box[0] for run in runs) - box[0])
    return max(box[2] - pad, *(run.box[2] for run in runs))
