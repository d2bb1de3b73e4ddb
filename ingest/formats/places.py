"""Where the parts of a text stand on its pages."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from ingest.formats.cells import holds
from ingest.formats.leaf import Glyphs, Leaf
from ingest.formats.paragraphs import Part
from ingest.model import Box, Link, Span


class TextPlaces:
    """Where the parts of a text stand on its pages."""

    def __init__(self, starts: Sequence[int], parts: Sequence[Part], glyphs: Glyphs) -> None:
        order = sorted(range(len(starts)), key=lambda index: starts[index])
        self._starts, self._parts, self._glyphs = [starts[index] for index in order], [parts[index] for index in order], glyphs
        self._found: dict[Span, tuple[int, Box | None] | None] = {}

    def at(self, span: Span) -> tuple[int, Box | None] | None:
        """The page where a stretch of text begins, and the box of its part there; a date is often that of several facts."""
        if span not in self._found:
            self._found[span] = self._look(span)
        return self._found[span]

    def _look(self, span: Span) -> tuple[int, Box | None] | None:
        page = None
        boxes: list[Box] = []
        for index in range(max(0, bisect.bisect_right(self._starts, span[0]) - 1), len(self._starts)):
            start, part = self._starts[index], self._parts[index]
            low, high = max(span[0] - start, 0), min(span[1] - start, len(part.text))
            if start >= span[1] or (page is not None and part.page != page):
                break
            if low < high:
                page = part.page
                boxes += self._glyphs.boxes(page, (part.start + low, part.start + high))
        return None if page is None else (page, _around(boxes))

    def links(self, leaves: Sequence[Leaf]) -> list[Link]:
        """The parts of the text that carry a link."""
        found = []
        for leaf in leaves:
            if not leaf.targets:
                continue
            mine = [(start, part) for start, part in zip(self._starts, self._parts, strict=True) if part.page == leaf.number]
            boxes = {run.start: run.box for run in leaf.runs}
            glyphs: dict[int, list[list[Box]]] = {}
            spans = {box: self._under(box, mine, boxes, glyphs) for box in dict.fromkeys(target.box for target in leaf.targets)}
            for target in leaf.targets:
                span = spans[target.box]
                if span is not None:
                    found.append(Link(span=span, target=target.url))
        return found

    def _under(self, box: Box, parts: Sequence[tuple[int, Part]], boxes: dict[int, Box], glyphs: dict[int, list[list[Box]]]) -> Span | None:
        """The text under a box; `glyphs` holds where the characters of each part stand, once that was asked."""
        low: int | None = None
        high = 0
        for start, part in parts:
            place = boxes.get(part.start)
            if place is None or place[3] < box[1] or place[1] > box[3] or place[2] < box[0] or place[0] > box[2]:
                continue
            if start not in glyphs:
                ends = range(part.start + 1, part.start + len(part.text) + 1)
                glyphs[start] = [self._glyphs.boxes(part.page, (end - 1, end)) for end in ends]
            for index, glyph in enumerate(glyphs[start]):
                if glyph and holds(box, glyph[0]):
                    low, high = (start + index if low is None else low), start + index + 1
        return None if low is None else (low, high)


def _around(boxes: Sequence[Box]) -> Box | None:
    """The smallest box around others, to a hundredth of a point."""
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return round(float(min(lefts)), 2), round(float(min(tops)), 2), round(float(max(rights)), 2), round(float(max(bottoms)), 2)
