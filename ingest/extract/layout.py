"""Where things stand: which paragraph, cell, row or heading a place of the text belongs to."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from functools import cached_property
from typing import Generic, Protocol, TypeVar

from ingest.lang.numerals import number
from ingest.model import Block, Cell, Document, Grid, Span

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|[一二][〇零○九][〇零○一二三四五六七八九]{2}(?=\s*年)")
_IF = re.compile(r"\b(?i:if|unless|in case|should the)\b|(?<![无论例])如(?![何下此上期])|若|倘|遇")
_STOP = re.compile(r"[。；!?！？]|\.(?=\s|$)")


class Placed(Protocol):
    """Something with a place in the text."""

    @property
    def span(self) -> Span: ...


Item = TypeVar("Item", bound=Placed)


def within(items: Sequence[Item], span: Span) -> list[Item]:
    """The items, which are in order, that lie in a part of the text."""
    start, stop = (bisect.bisect_left(items, at, key=lambda item: item.span[0]) for at in span)
    return [item for item in items[start:stop] if item.span[1] <= span[1]]


class InOrder(Generic[Item]):
    """Items in the order of the text that many parts of it ask for."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        self._starts = [item.span[0] for item in items]

    def within(self, span: Span) -> list[Item]:
        """The items that lie in a part of the text."""
        start = bisect.bisect_left(self._starts, span[0])
        stop = bisect.bisect_left(self._starts, span[1], start)
        return [item for item in self.items[start:stop] if item.span[1] <= span[1]] if start < stop else []


class Layout:
    """A document's blocks and grids, ready to be asked by place. `masked` is the text with marks laid over."""

    def __init__(self, document: Document, folded: str) -> None:
        self.document, self.folded = document, folded
        self._starts = [block.span[0] for block in document.blocks]

    @cached_property
    def cells(self) -> list[tuple[Cell, Grid]]:
        """All cells in the order of the text."""
        return sorted(((cell, grid) for grid in self.document.grids for cell in grid.cells), key=lambda pair: pair[0].span)

    @cached_property
    def _cell_starts(self) -> list[int]:
        return [cell.span[0] for cell, _ in self.cells]

    def block(self, at: int) -> Block | None:
        """The block that holds this place."""
        index = bisect.bisect_right(self._starts, at) - 1
        if index < 0:
            return None
        block = self.document.blocks[index]
        return block if block.span[0] <= at < max(block.span[1], block.span[0] + 1) else None

    def cell(self, at: int) -> tuple[Cell, Grid] | None:
        """The cell that holds this place."""
        index = bisect.bisect_right(self._cell_starts, at) - 1
        if index < 0:
            return None
        cell, grid = self.cells[index]
        return (cell, grid) if cell.span[0] <= at < cell.span[1] else None

    def row(self, cell: Cell, grid: Grid) -> Span:
        """The part of the text that the cell's row takes."""
        spans = [other.span for other in grid.cells if other.row <= cell.row < other.row + other.rowspan]
        return min(s[0] for s in spans), max(s[1] for s in spans)

    def unit(self, at: int) -> Span:
        """The cell or paragraph that holds this place."""
        found = self.cell(at)
        if found is not None:
            return found[0].span
        block = self.block(at)
        return block.span if block is not None else (0, len(self.folded))

    @cached_property
    def units(self) -> list[Span]:
        """All cells and paragraphs, in order."""
        spans = [block.span for block in self.document.blocks if block.kind != "table"]
        return sorted([*spans, *(cell.span for cell, _ in self.cells)])

    def scope(self, at: int) -> Span:
        """Where an anchor may stand: the row of a table, the sentence of a paragraph."""
        found = self.cell(at)
        if found is not None:
            return self.row(*found)
        low, high = self.unit(at)
        for match in _STOP.finditer(self.folded, low, at):
            low = match.end()
        return low, high

    def conditional(self, at: int) -> bool:
        """Does the sentence or row make what it says depend on something?"""
        low, _ = self.scope(at)
        high = min(self.unit(at)[1], at + 80)
        return bool(_IF.search(self.folded, low, high))

    def years(self, at: int) -> Sequence[int]:
        """Years that the nearest sentence or heading gives: the sentence, the row, the table's head, the headings above."""
        for low, high in self._givers(at):
            years = [year for match in _YEAR.finditer(self.folded, low, high) if (year := number(match[0])) is not None]
            if years:
                return years
        return ()

    def _givers(self, at: int) -> list[Span]:
        low, high = self.scope(at)
        spans = [(low, high)]
        found = self.cell(at)
        if found is not None:
            cell, grid = found
            head = [
                other.span for other in grid.cells if other.row < (grid.header or 1) and other.col <= cell.col < other.col + other.colspan
            ]
            spans += head
            if grid.caption is not None:
                spans.append(grid.caption)
        index = bisect.bisect_right(self._starts, at) - 1
        headings = [block.span for block in self.document.blocks[: index + 1] if block.kind in ("title", "section_header", "caption")]
        return [*spans, *reversed(headings)]
