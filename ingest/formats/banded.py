"""Tables without rulings whose cells stand in the middle of their rows, as LibreOffice and Word set them: rows parted by bands of white.

Where a cell of one line stands beside one of two, its line is half a line lower than theirs, so that no line holds a row. The
rows are still plain to see: the white between two of them goes through all columns and is always as high, and the cells of a
row have their middles at one height. That in three rows and the same columns is the proof.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from ingest.formats import signs
from ingest.formats.blocks import Found
from ingest.formats.leaf import Frame, RuledTable, Run
from ingest.formats.stretches import LOW, MOST_LINES, ROWS, Row, Strip

LEADING = 1.4  # usual distances of two lines: those of one cell are nearer to each other
EVEN = 0.5  # of the type's height: the white between two rows differs by no more
NARROW = 1.25  # of the type's height: what else looks for columns asks for more white between them
STRIP = 0.3  # of the type's height: white between two columns is no narrower
CENTRED = 0.3  # of the type's height: so near to the middle of its row a cell stands
ALIGNED = 1.2  # points: cells that begin no further from each other begin at one place
NEAR_LINES = 2.2  # of the type's height: lines of a paragraph are no further apart
NEAR = 6  # lines above and below in which the other cells of a column stand
WORDS = 0.6  # of the type's height: words of one cell are nearer to each other
MOST_RUNS = 2000  # of one page: what has more is not looked through
LISTED = 3.0  # heights of the type: a bullet stands no further from its words

SPACE = re.compile(r"\s")


class Band(NamedTuple):
    """The runs between two strips of white that go over the whole page, and the lines that they are on, `end` not included.

    Cells of one column have as much white between them as `white`, or more. `begin` are places where cells of other bands begin.
    """

    start: int
    end: int
    runs: tuple[Run, ...]
    white: float
    begin: Sequence[float] = ()

    @property
    def top(self) -> float:
        return min(run.box[1] for run in self.runs)

    @property
    def bottom(self) -> float:
        return max(run.box[3] for run in self.runs)

    @property
    def size(self) -> float:
        return max(run.size for run in self.runs)


class Cell(NamedTuple):
    """What stands in one column, its rows (`end` not included), its extent, and over how many columns it goes."""

    col: int
    row: int
    end: int
    top: float = 0.0
    bottom: float = 0.0
    across: int = 1

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def tables(lines: Sequence[Row]) -> Iterator[Found]:
    """The tables among lines that stand below each other."""
    yield from (found for found, _ in _tables(lines, lambda run: [run]))


def parted(lines: Sequence[Row], words: Callable[[Run], list[Run]]) -> dict[int, list[Run]]:
    """The parts of runs, by their id, that go over the white between two columns of such a table; `words` are those of a run."""
    parts: dict[int, list[Run]] = {}
    for _, cut in _tables(lines, words):
        parts.update(cut)
    return parts


def narrow(lines: Sequence[Row], words: Callable[[Run], list[Run]]) -> dict[int, list[Run]]:
    """The parts of runs, by their id, that go over white wider than between words, where cells of lines above or below begin."""
    parts: dict[int, list[Run]] = {}
    for number, line in enumerate(lines if _is_page(lines) else ()):
        near = [*lines[max(0, number - NEAR) : number], *lines[number + 1 : number + 1 + NEAR]]
        begin = sorted(run.box[0] for other in near for run in other.runs[1:])
        for run in line.runs if begin else ():
            if _goes_over(run, begin) and len(cut := _joined(words(run), begin, WORDS * run.size)) > 1:
                parts[id(run)] = cut
    return parts


def _is_page(lines: Sequence[Row]) -> bool:
    return len(lines) <= MOST_LINES and sum(len(line.runs) for line in lines) <= MOST_RUNS


def _tables(lines: Sequence[Row], words: Callable[[Run], list[Run]]) -> Iterator[tuple[Found, dict[int, list[Run]]]]:
    bands = list(_bands(lines)) if _is_page(lines) else []
    at = 0
    while at + ROWS <= len(bands):
        if len(_stretches(bands[at])) < 2:
            at += 1
            continue
        even = bands[at : _even(bands, at)]
        begin = sorted({left for band in even for left, _ in _stretches(band)[1:]})
        cut = _cuts(even, begin, words)
        own = [band._replace(runs=tuple(part for run in band.runs for part in cut.get(id(run), [run])), begin=begin) for band in even]
        end, columns = _columned(own)
        found = _table(own[:end], columns) if end >= ROWS and not any(len(_stretches(band)) == len(columns) for band in own[end:]) else None
        if found is not None:
            yield found, cut
        at += len(own) if found is None else end


def _bands(lines: Sequence[Row]) -> Iterator[Band]:
    usual = _usual(lines)
    start, bottom, white = 0, 0.0, 0.0
    for number, line in enumerate(lines):
        white = LEADING * (usual or LOW * line.size) - line.size
        if number > start and line.box[1] - bottom > white:
            yield _band(lines[start:number], start, white)
            start, bottom = number, 0.0
        bottom = max(bottom, line.box[3])
    if lines:
        yield _band(lines[start:], start, white)


def _usual(lines: Sequence[Row]) -> float:
    """How many points apart the lines of a paragraph or a cell are, whatever stands beside them."""
    apart: list[float] = []
    for number, line in enumerate(lines):
        for run in line.runs:
            below = (
                other
                for other in lines[number + 1 : number + 1 + NEAR]
                for one in other.runs
                if one.box[0] < run.box[2] and one.box[2] > run.box[0]
            )
            lower = next(below, None)
            if lower is not None and lower.middle - line.middle < NEAR_LINES * max(run.size, lower.size):
                apart.append(lower.middle - line.middle)
    return sorted(apart)[len(apart) // 4] if apart else 0.0


def _band(lines: Sequence[Row], start: int, white: float) -> Band:
    return Band(start, start + len(lines), tuple(run for line in lines for run in line.runs), white)


def _even(bands: Sequence[Band], start: int) -> int:
    """Where the bands end that have as much white between any two as between the first two."""
    white = bands[start + 1].top - bands[start].bottom
    end = start + 1
    while end < len(bands) and abs(bands[end].top - bands[end - 1].bottom - white) <= EVEN * bands[end].size:
        end += 1
    return end


def _cuts(bands: Sequence[Band], begin: Sequence[float], words: Callable[[Run], list[Run]]) -> dict[int, list[Run]]:
    """The parts of runs in rows, where a word begins below or above cells of other rows, though the white before it is narrow."""
    rows = [band for band in bands if begin and len(_stretches(band)) > 1]
    return {id(run): _joined(words(run), begin, 0.0) for band in rows for run in band.runs if _goes_over(run, begin)}


def _goes_over(run: Run, begin: Sequence[float]) -> bool:
    """Does a cell of another line begin below or above the words of a run?"""
    low, high = bisect.bisect(begin, run.box[0] + ALIGNED), bisect.bisect(begin, run.box[2] - ALIGNED)
    return low < high and SPACE.search(run.text) is not None


def _is_at(left: float, begin: Sequence[float]) -> bool:
    return bisect.bisect(begin, left - ALIGNED) < bisect.bisect(begin, left + ALIGNED)


def _joined(words: Sequence[Run], begin: Sequence[float], white: float) -> list[Run]:
    """Words up to the next that begins where cells do, with so much white before it."""
    found: list[Run] = []
    for word in words:
        last = found[-1] if found else None
        if last and (word.box[0] - last.box[2] < white or not _is_at(word.box[0], begin)):
            between = " " * (word.start - last.start - len(last.text))
            box = last.box[0], min(last.box[1], word.box[1]), word.box[2], max(last.box[3], word.box[3])
            found[-1] = last._replace(text=last.text + between + word.text, box=box)
        else:
            found.append(word)
    return found


def _columned(bands: Sequence[Band]) -> tuple[int, list[Strip]]:
    """Where the bands end that stand in the columns of the first, with as much white between any two; and these columns.

    A lone line that reaches over several columns heads a group of rows, if rows follow.
    """
    columns = _stretches(bands[0])
    end = 1
    for number, band in enumerate(bands[1:], 1):
        stretches = _stretches(band)
        if len(stretches) > 1:
            grown = _grown(columns, stretches)
            if grown is None:
                break
            columns, end = grown, number + 1
        elif band.end - band.start > 1 or stretches[0][0] > columns[0][1]:
            break
    return end, columns


def _stretches(band: Band) -> list[Strip]:
    """From where to where words stand in a band, whatever their line; a bullet goes with its words."""
    found: list[Strip] = []
    bullet = False
    for run in sorted(band.runs, key=lambda run: run.box[0]):
        near = LISTED if bullet else 0.0 if run.begins else STRIP if _is_at(run.box[0], band.begin) else WORDS
        if found and run.box[0] - found[-1][1] < near * band.size:
            found[-1] = found[-1][0], max(found[-1][1], run.box[2])
        else:
            found.append((run.box[0], run.box[2]))
        bullet = run.text in signs.BULLETS
    return found


def _grown(columns: Sequence[Strip], stretches: Sequence[Strip]) -> list[Strip] | None:
    """The columns with the words of one more band; None where these go over two columns, or two of them fall into one."""
    grown = sorted([*columns, *stretches])
    found = grown[:1]
    for strip in grown[1:]:
        if strip[0] < found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], strip[1])
        else:
            found.append(strip)
    alone = len(found) in (len(columns), len(stretches))  # a further column is one where all others are filled
    return found if alone and all(_count(strip, columns) < 2 and _count(strip, stretches) < 2 for strip in found) else None


def _count(column: Strip, strips: Sequence[Strip]) -> int:
    return sum(column[0] <= left < column[1] for left, _ in strips)


def _table(bands: Sequence[Band], columns: Sequence[Strip]) -> Found | None:
    """The table that the bands are; None where their cells do not stand in the middle of their rows."""
    rows: list[Strip] = []
    cells: list[Cell] = []
    for band in bands:
        parted = _parted(band, columns)
        if parted is None:
            return None
        cells += [cell._replace(row=cell.row + len(rows), end=cell.end + len(rows)) for cell in parted[1]]
        rows += parted[0]
    within = CENTRED * bands[0].size
    near = any(right[0] - left[1] < NARROW * bands[0].size for left, right in itertools.pairwise(columns))
    sunk = any(cell.top - rows[cell.row][0] > within for cell in cells)
    spread = [_spread([cell for cell in cells if cell.col == col], rows, within) for col in range(len(columns))]
    if not (near or sunk) or _is_late(spread[0]):
        return None
    return Found(bands[0].start, bands[-1].end, _framed(rows, list(itertools.chain.from_iterable(spread)), columns))


def _is_late(cells: Sequence[Cell]) -> bool:
    """Has the row under the heading no first cell? Then each may belong to rows above it and below."""
    return len(cells) > 1 and cells[0].end < cells[1].row


def _parted(band: Band, columns: Sequence[Strip]) -> tuple[list[Strip], list[Cell]] | None:
    """The rows of a band and its cells; None where a cell does not stand in the middle of its row, or of all rows."""
    if len(_stretches(band)) == 1 and _stretches(band)[0][1] > columns[0][1] + band.size:
        return [(band.top, band.bottom)], [Cell(0, 0, 1, band.top, band.bottom, len(columns))]
    stacks = [_stack(band, col, columns) for col in range(len(columns))]
    count = max(map(len, stacks))
    if any(len(stack) not in (0, 1, count) for stack in stacks):
        return None
    rows = [
        (min(stack[at].top for stack in stacks if len(stack) == count), max(stack[at].bottom for stack in stacks if len(stack) == count))
        for at in range(count)
    ]
    cells = [cell if len(stack) == count else cell._replace(end=count) for stack in stacks for cell in stack]
    middles = [(rows[cell.row][0] + rows[cell.end - 1][1]) / 2 for cell in cells]
    if any(abs(cell.middle - middle) > CENTRED * band.size for cell, middle in zip(cells, middles, strict=True)):
        return None
    return rows, cells


def _stack(band: Band, col: int, columns: Sequence[Strip]) -> list[Cell]:
    """The cells of one column of a band, parted where there is white between their lines."""
    left, right = columns[col]
    found: list[Cell] = []
    for run in sorted((run for run in band.runs if left <= run.box[0] <= right), key=lambda run: run.box[1]):
        if found and run.box[1] - found[-1].bottom <= band.white:
            found[-1] = found[-1]._replace(bottom=max(found[-1].bottom, run.box[3]))
        else:
            found.append(Cell(col, len(found), len(found) + 1, run.box[1], run.box[3]))
    return found


def _spread(cells: Sequence[Cell], rows: Sequence[Strip], within: float) -> list[Cell]:
    """The cells of a column, each over the rows in whose middle it stands, if that takes up all rows; else as they are."""
    found: list[Cell] = []
    start = 0
    for cell in cells:
        near = (end for end in range(start, len(rows)) if abs((rows[start][0] + rows[end][1]) / 2 - cell.middle) < within)
        end = next(near, None)
        if end is None or cell.end > end + 1:
            break
        found.append(cell._replace(row=start, end=end + 1))
        start = end + 1
    return found if start == len(rows) and len(found) == len(cells) else list(cells)


def _framed(rows: Sequence[Strip], cells: Sequence[Cell], columns: Sequence[Strip]) -> RuledTable:
    """The table as a grid of boxes that meet in the middle of the white between them."""
    edges_x = [columns[0][0] - 1, *((left[1] + right[0]) / 2 for left, right in itertools.pairwise(columns)), columns[-1][1] + 1]
    edges_y = [rows[0][0] - 1, *((upper[1] + lower[0]) / 2 for upper, lower in itertools.pairwise(rows)), rows[-1][1] + 1]
    taken = {(row, col) for cell in cells for row in range(cell.row, cell.end) for col in range(cell.col, cell.col + cell.across)}
    empty = [Cell(col, row, row + 1) for row in range(len(rows)) for col in range(len(columns)) if (row, col) not in taken]
    frames = tuple(
        Frame(
            cell.row, cell.col, cell.end - cell.row, cell.across,
            (edges_x[cell.col], edges_y[cell.row], edges_x[cell.col + cell.across], edges_y[cell.end]),
        )
        for cell in sorted([*cells, *empty], key=lambda one: (one.row, one.col))
    )  # fmt: skip
    return RuledTable(len(columns), len(rows), frames, (edges_x[0], edges_y[0], edges_x[-1], edges_y[-1]))
