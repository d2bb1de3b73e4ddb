"""Halves of the day that a table says once for many clock times: `PM | 2:15`, `2:15` below `Afternoon`, 下午 | 2時15分."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

import msgspec

from ingest.extract.layout import Layout
from ingest.lang.rules import languages
from ingest.model import Cell, Grid, Span

PARTS = ("morning", "afternoon", "evening", "pm")
HOURS: Mapping[str, range] = {"morning": range(0), "afternoon": range(1, 8), "evening": range(5, 12), "pm": range(1, 12)}
"""The hours that each part of the day counts from noon; others are of the clock that goes to 24."""
LONG = 40  # characters: no cell that says half a day is longer
_APART = re.compile(r"[\n/|()]+")
_BETWEEN_SCRIPTS = re.compile(r"(?<=[a-z])\s+(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])\s+(?=[a-z])")


@lru_cache(maxsize=1024)
def part_of_day(said: str) -> str | None:
    """The part of the day that a folded cell says, in one language or both, and nothing else."""
    if len(said) > LONG:
        return None
    parts = [part.strip(" .:") for whole in _APART.split(said.lower().replace(".", "")) for part in _BETWEEN_SCRIPTS.split(whole)]
    found = {_named().get(" ".join(part.split())) for part in parts if part}
    if "pm" in found and found & {"afternoon", "evening"}:
        found.discard("pm")  # 下午 PM
    return found.pop() if len(found) == 1 else None


@cache
def _named() -> Mapping[str, str]:
    """Each part of the day by the cells that say it."""
    return {word: part for language in languages().values() for part in PARTS for word in language.lists.get(f"{part}_cells", ())}


class Halves:
    """Which part of the day the table around a clock time says: a cell before it in its row, else the nearest one above it."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._said: dict[Span, list[tuple[Cell, str]]] = {}

    def at(self, place: int) -> str | None:
        """The part of the day of what stands at a place in the text; None outside of tables."""
        found = self.layout.cell(place)
        if found is None:
            return None
        cell, grid = found
        if grid.span not in self._said:
            self._said[grid.span] = list(self._parts(grid))
        said = self._said[grid.span]
        row = [(other.col, other.row, part) for other, part in said if other.col < cell.col and _holds(other, cell.row, grid)]
        above = [(other.row, part) for other, part in said if other.row < cell.row and other.col <= cell.col < other.col + other.colspan]
        return max(row)[2] if row else max(above)[1] if above else None

    def _parts(self, grid: Grid) -> list[tuple[Cell, str]]:
        """The cells that say a part of the day; one alone in its row says it of all columns."""
        alone = {row for row in range(grid.height) if sum(cell.row == row and _is_filled(cell) for cell in grid.cells) == 1}
        return [
            (cell if cell.row not in alone else msgspec.structs.replace(cell, col=0, colspan=grid.width), part)
            for cell in grid.cells
            if 0 < cell.span[1] - cell.span[0] <= LONG and (part := part_of_day(self.layout.folded[slice(*cell.span)].strip()))
        ]


def _holds(said: Cell, row: int, grid: Grid) -> bool:
    """Does a cell stand in a row, or above empty ones down to that?"""
    first = said.row + said.rowspan
    if row < first:
        return said.row <= row
    return not any(first <= cell.row <= row and cell.col <= said.col < cell.col + cell.colspan and _is_filled(cell) for cell in grid.cells)


def _is_filled(cell: Cell) -> bool:
    return cell.span[0] < cell.span[1]
