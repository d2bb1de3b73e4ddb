"""Rows below each other without headings, each with its date in one column: what stands in columns and is dated is a schedule."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ingest.formats import signs, wrapped
from ingest.formats.wrapped import Row

ROWS = 3
WIDEST = 8  # columns
APART = 3  # columns of white between two cells, in some line at least

_SEGMENT = re.compile(r"\S+(?: \S+)*")


class Read(NamedTuple):
    """The rows, and how many lines they take."""

    rows: tuple[Row, ...]
    lines: int


def read(shown: Sequence[str]) -> Read | None:
    """The rows that begin with the first of these lines, up to an empty one; None where any line stands in other columns.

    `shown` are lines with a place for each of their columns, in which a wide character is followed by NUL.
    """
    starts = [segment.start() for segment in _SEGMENT.finditer(shown[0])]
    dated = next((at for at, cell in enumerate(_cells(shown[0], starts) or ()) if wrapped.sort(cell) == "date"), None)
    if dated is None or not 1 < len(starts) <= WIDEST:
        return None
    stacks: list[list[list[str]]] = []
    count = 0
    for line in shown:
        if not line.strip():
            break
        cells = _cells(line, starts)
        if cells is None:
            return None
        if cells[dated] and sum(map(bool, cells)) > 1:
            stacks.append([[cell] if cell else [] for cell in cells])
        elif stacks and not cells[dated] and not cells[0]:
            for col, cell in enumerate(cells):
                stacks[-1][col] += [cell] if cell else []
        else:
            return None
        count += 1
    rooms = [max((signs.width(line) for row in stacks for line in row[col]), default=0) for col in range(len(starts))]
    rows = tuple(tuple(wrapped.joined(cell, room) for cell, room in zip(row, rooms, strict=True)) for row in stacks)
    return Read(rows, count) if _are_proved(rows, dated) and _are_apart(shown[:count], starts) else None


def _cells(line: str, starts: Sequence[int]) -> list[str] | None:
    """What stands on a line in columns that begin there; None where a cell begins elsewhere."""
    cells = [""] * len(starts)
    for segment in _SEGMENT.finditer(line):
        if segment.start() not in starts:
            return None
        cells[starts.index(segment.start())] = segment[0].replace("\0", "")
    return cells


def _are_proved(rows: Sequence[Row], dated: int) -> bool:
    """Three rows or more, each with its day, and neither labels nor the numbers of a list beside them."""
    if len(rows) < ROWS or any(wrapped.sort(row[dated]) != "date" for row in rows):
        return False
    if any(cell.startswith((":", "：")) for row in rows for cell in row):  # `Record date        : 20 May 2027`
        return False
    return not any(row[0].endswith((":", "：")) or signs.is_list_item(row[0]) for row in rows)


def _are_apart(shown: Sequence[str], starts: Sequence[int]) -> bool:
    """Is there so much white before each column that no two spaces behind a stop are meant?"""
    return all(max(start - len(line[:start].rstrip()) for line in shown) >= APART for start in starts[1:])
