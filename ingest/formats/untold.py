"""Headings of a table on a page below which its rows could not be told: the table is lost, and where it stood is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.formats import signs, wrapped
from ingest.formats.stretches import GAP, Row

BELOW = 8  # lines and tables below a heading in which its rows stand
ROWS = 2  # lines of several cells that show that rows stood there
TIGHT = 4  # times as many words stand in headings that only a space parts, at most
SURE = 3  # headings beside each other that nothing but a table has


def lost(items: Sequence[Row | None]) -> Iterator[int]:
    """Which lines head the columns of a table which is none, or are its next row, among lines and tables (None) in reading order."""
    done = 0
    for at, item in enumerate(items):
        if item is not None and at >= done and at and items[at - 1] is None and is_row(_cells(item)):
            yield at
            done = at + 1
            continue
        if item is None or at < done or not _may_head(heads := _cells(item)):
            continue
        below = items[at + 1 : at + 1 + BELOW]
        if _are_rows(below, sure=len(heads) >= SURE and wrapped.titled(heads)):
            yield at
            done = at + 1 + len(below)


def may_be_tight(text: str) -> bool:
    """May a line head columns that only a space parts? A few words without a figure, of which some are such as head columns."""
    words = text.split()
    short = SURE <= len(words) <= TIGHT * SURE and not signs.DIGIT.search(text) and not text.endswith(signs.CLOSED)
    return short and sum(wrapped.titled([word]) for word in words) > 1


def is_row(cells: Sequence[str]) -> bool:
    """Cells side by side, with a date, a time, a number or a code among them, and no label: right below a table, a row that it lost."""
    return (
        len(cells) > 1
        and any(wrapped.sort(cell) in wrapped.KEYS for cell in cells)
        and not any(signs.is_label(cell) or signs.is_list_item(cell) or signs.is_note(cell) for cell in cells)
    )


def _cells(line: Row) -> list[str]:
    """What stands between the wide gaps of a line."""
    cells: list[str] = []
    reach = float("-inf")
    for run in line.runs:
        if cells and not run.begins and run.box[0] - reach < GAP * line.size:
            cells[-1] += f" {run.text}"
        else:
            cells.append(run.text)
        reach = max(reach, run.box[2])
    return cells


def _may_head(cells: Sequence[str]) -> bool:
    """Side by side, a few words each, of which half or more are such as head columns."""
    if len(cells) < 2 or not all(wrapped.may_head(cell) and wrapped.is_short(cell) for cell in cells):
        return False
    return 2 * sum(wrapped.titled([cell]) for cell in cells) >= max(len(cells), SURE)


def _are_rows(below: Sequence[Row | None], *, sure: bool) -> bool:
    """A table at once, so that these are its headings, or lines with dates, times, numbers or codes as cells; any cells, if `sure`."""
    if None in below[:ROWS]:
        return True
    rows = [_cells(line) for line in below if line is not None]
    return sum(any(wrapped.sort(cell) in wrapped.KEYS for cell in cells) or (sure and len(cells) > 1) for cells in rows) >= ROWS
