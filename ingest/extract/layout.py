"""Where things stand: which paragraph, cell, row or heading a place of the text belongs to."""

from __future__ import annotations

import bisect
import re
import sys
from collections.abc import Sequence
from functools import cached_property
from typing import Generic, Protocol, TypeVar

from ingest.lang.numerals import number
from ingest.model import Block, Cell, Document, Grid, Span

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|[一二][〇零○九][〇零○一二三四五六七八九]{2}(?=\s*年)")
_IF = re.compile(r"\b(?i:if|unless|in case|should the)\b|(?<![无论例])如(?![何下此上期])|若|倘|遇")
# A full stop ends no sentence before a small letter (`9:15 a.m. on the next business day`), behind `No.` or in `Aug. 24`.
_STOP = re.compile(r"[。；!?！？]|\.(?=\s|$)(?!\s+[a-z])(?<!\bNo\.)(?<!\bMr\.)(?<!\bMs\.)(?!(?<=\b[JFMASOND][a-z]{2}\.)\s\d)")
HEADINGS = ("title", "section_header", "caption")


class Placed(Protocol):
    """Something with a place in the text."""

    @property
    def span(self) -> Span: ...


Item = TypeVar("Item", bound=Placed)


def within(items: Sequence[Item], span: Span) -> list[Item]:
    """The items, which are in order, that lie in a part of the text."""
    start, stop = (bisect.bisect_left(items, at, key=lambda item: item.span[0]) for at in span)
    return [item for item in items[start:stop] if item.span[1] <= span[1]]


def holding(spans: Sequence[Span], at: int) -> Span | None:
    """The one of these cells and paragraphs, which are in order, that holds a place."""
    index = bisect.bisect_right(spans, (at, sys.maxsize)) - 1
    return spans[index] if index >= 0 and at < spans[index][1] else None


class InOrder(Generic[Item]):
    """Items in the order of the text that many parts of it ask for."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        self._starts = [item.span[0] for item in items]

    def within(self, span: Span) -> list[Item]:
        """The items that lie in a part of the text."""
        low, high = span
        start = bisect.bisect_left(self._starts, low)
        if start == len(self._starts) or self._starts[start] >= high:  # as in most cells and sentences
            return []
        return [item for item in self.items[start : bisect.bisect_left(self._starts, high, start)] if item.span[1] <= high]

    def starting(self, span: Span) -> Sequence[Item]:
        """The items that begin in a part of the text."""
        start = bisect.bisect_left(self._starts, span[0])
        return self.items[start : bisect.bisect_left(self._starts, span[1], start)]


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
        return self._rows[grid.span][cell.row]

    @cached_property
    def _rows(self) -> dict[Span, dict[int, Span]]:
        """The part of the text that each row takes, by the place of its grid; merged cells count in each of their rows."""
        return {grid.span: rows_of(grid) for grid in self.document.grids}

    @cached_property
    def _heads(self) -> dict[Span, dict[int, list[Span]]]:
        """The cells that head each column, by the place of its grid."""
        return {grid.span: heads_of(grid) for grid in self.document.grids}

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
        if low < at and self.folded[at - 1] == ".":
            return at, high
        index = bisect.bisect_right(self._stops, at) - 1
        return (max(low, self._stops[index]) if index >= 0 else low), high

    @cached_property
    def _stops(self) -> list[int]:
        """Where a sentence has ended, in order."""
        return [match.end() for match in _STOP.finditer(self.folded)]

    @cached_property
    def _conditions(self) -> list[int]:
        """Where a condition begins, in order."""
        return [match.start() for match in _IF.finditer(self.folded)]

    def conditional(self, at: int) -> bool:
        """Does the sentence or row make what it says depend on something?"""
        low, _ = self.scope(at)
        high = min(self.unit(at)[1], at + 80)
        index = bisect.bisect_left(self._conditions, low)
        return index < len(self._conditions) and self._conditions[index] < high

    def years(self, at: int) -> Sequence[int]:
        """Years that the nearest sentence or heading gives: the sentence, the row, the table's head, the headings above."""
        for span in self._givers(at):
            if years := self._years_in(span):
                return years
        block = bisect.bisect_right(self._starts, at) - 1
        index = bisect.bisect_right(self._dated_headings, block, key=lambda heading: heading[0]) - 1
        return self._dated_headings[index][1] if index >= 0 else ()

    @cached_property
    def _years(self) -> dict[int, list[int]]:
        """Where each year that the text gives begins, in order."""
        years: dict[int, list[int]] = {}
        for match in _YEAR.finditer(self.folded):
            if (year := number(match[0])) is not None:
                years.setdefault(year, []).append(match.start())
        return years

    def _years_in(self, span: Span) -> list[int]:
        """Every year that a part of the text gives, once, in order; there are few, however long the part is."""
        found = []
        for year, places in self._years.items():
            index = bisect.bisect_left(places, span[0])
            if index < len(places) and places[index] + 4 <= span[1]:
                found.append((places[index], year))
        return [year for _, year in sorted(found)]

    @cached_property
    def _dated_headings(self) -> list[tuple[int, list[int]]]:
        """The headings that give a year: the number of the block, and its years."""
        headings = [(index, block) for index, block in enumerate(self.document.blocks) if block.kind in HEADINGS]
        return [(index, years) for index, block in headings if (years := self._years_in(block.span))]

    def _givers(self, at: int) -> list[Span]:
        """The sentence or row of a place and, in a table, what heads its column and the caption."""
        found = self.cell(at)
        if found is None:
            return [self.scope(at)]
        cell, grid = found
        heads = self._heads[grid.span].get(cell.col, [])
        return [self.row(cell, grid), *heads, *([grid.caption] if grid.caption is not None else [])]


def rows_of(grid: Grid) -> dict[int, Span]:
    """The part of the text that each row of a grid takes."""
    rows: dict[int, Span] = {}
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.rowspan):
            low, high = rows.get(row, cell.span)
            rows[row] = min(low, cell.span[0]), max(high, cell.span[1])
    return rows


def heads_of(grid: Grid) -> dict[int, list[Span]]:
    """The cells that stand over each column in the head of a grid."""
    heads: dict[int, list[Span]] = {}
    for cell in grid.cells:
        if cell.row < (grid.header or 1):
            for col in range(cell.col, cell.col + cell.colspan):
                heads.setdefault(col, []).append(cell.span)
    return heads
