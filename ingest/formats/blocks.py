"""Where a table without upright rulings begins and ends: lines whose words stand below each other in columns.

A line with a wide gap may begin one. It grows downwards as long as a strip of white stays between its columns; what bridges
the strip is prose again, or a line between two rows that goes over several columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ingest.formats import signs
from ingest.formats.leaf import RuledTable
from ingest.formats.stretches import BELOW, FURTHER, LOW, ROWS, Reach, Row, Strip, meet, touches

STRIP = 0.6  # of white between two columns, in heights of the type
ROOMY = 3.2  # other lines of one table stand no further apart, in usual distances
NEAR = 6  # lines above and below one whose cells are set without white between them
ALIKE = 1.15  # by this factor the type of a row over several columns and that of the next row differ at most

_AMOUNT_LAST = re.compile(r"\d[,.]\d[\d,.]*\s?%?$")

Wide = dict[int, Reach]
"""Lines with a cell over several columns, by number, each with the columns under its cells."""


class Found(NamedTuple):
    """A table in a sequence of lines: from `start` up to `end`."""

    start: int
    end: int
    table: RuledTable


def block_of(lines: Sequence[Row], cells: Sequence[Sequence[Strip]], start: int, usual: float) -> tuple[int, list[Strip], Wide]:
    """Where the lines end that stand in the columns of the first, and these columns; the next line where they cannot be a table.

    Words that stand alone below the first column may go over the next ones: they head the rows below them.
    """
    end, columns = _top_row(lines, cells, start, usual)
    if len(columns) < 2:
        return start + 1, columns, {}
    block = _grown_down(lines, cells, (start, end), columns, usual, patient=True)
    if block is None:
        block = _grown_down(lines, cells, (start, end), columns, usual, patient=False) or (end, columns, {})
    end, columns, wide = block
    taken = [
        sum(touches(cell, column) for number, line in enumerate(cells[start:end], start) if number not in wide for cell in line)
        for column in columns
    ]
    if min(taken) < ROWS and sum(len(line) > 1 for line in cells[start:end]) < ROWS:
        return start + 1, columns, {}
    return end, columns, wide


def _grown_down(
    lines: Sequence[Row], cells: Sequence[Sequence[Strip]], top: tuple[int, int], columns: list[Strip], usual: float, *, patient: bool
) -> tuple[int, list[Strip], Wide] | None:
    """The block below its top rows; a `patient` one lets words alone below the first column widen it only when all else is known.

    None where such words, or cells over several columns, turn out to be no rows.
    """
    start, end = top
    over: list[int] = []
    while end < len(lines):
        line, above = lines[end], lines[end - 1]
        below_first = len(cells[end]) == 1 and cells[end][0][0] < columns[0][1] and not _is_beside_next(lines, end, usual)
        if not 0 < line.middle - above.middle <= (FURTHER if below_first else ROOMY) * max(usual, LOW * line.size):
            break
        grown = _grown(columns, cells[end], _strip(lines, start, end))
        if patient and below_first and grown is not None:
            over.append(end)
        elif grown is None:
            if not patient or not _is_between_rows(lines, cells, start, end, columns, usual):
                break
            over.append(end)
        else:
            columns = grown
        end += 1
    wide: Wide = {}
    for number in over:
        grown = _grown(columns, cells[number], _strip(lines, start, number))
        if grown is not None:
            columns = grown
            continue
        reach = _over(cells[number], columns, lines[number].size)
        if reach is None or number + 1 >= end or not _is_between_rows(lines, cells, start, number, columns, usual):
            return None
        wide[number] = reach
    return end, columns, wide


def _strip(lines: Sequence[Row], start: int, end: int) -> float:
    """How much white stands between two columns at least."""
    if any(run.begins for near in lines[max(start, end - NEAR) : end + NEAR] for run in near.runs):
        return 0.0
    return STRIP * max(lines[end].size, lines[end - 1].size)


def _is_between_rows(
    lines: Sequence[Row], cells: Sequence[Sequence[Strip]], start: int, number: int, columns: Sequence[Strip], usual: float
) -> bool:
    """Does a line that goes over several columns stand right between two rows, in their type, and look like no heading of a text?"""
    if number + 1 >= len(lines) or number == start:
        return False
    line, above, below = lines[number], lines[number - 1], lines[number + 1]
    near = FURTHER * max(usual, LOW * line.size)
    if not 0 < line.middle - above.middle <= near or not BELOW * line.size < below.middle - line.middle <= near:
        return False
    text = line.runs[0].text.strip()
    if _AMOUNT_LAST.search(line.runs[-1].text) and _AMOUNT_LAST.search(below.runs[-1].text):
        return False  # a number that has lost its column
    if signs.NAMED_CAPTION.match(text) or signs.LABELLED.match(text) or text.endswith((":", "：")):
        return False
    alike = max(line.size, below.size) < ALIKE * min(line.size, below.size)
    return alike and len(cells[number + 1]) > 1 and _grown(columns, cells[number + 1], _strip(lines, start, number + 1)) is not None


def _over(cells: Sequence[Strip], columns: Sequence[Strip], size: float) -> Reach | None:
    """The columns under the cells of a line, each of which begins where its first column does, or stands in the middle of all of them."""
    found: list[tuple[int, int]] = []
    for left, right in cells:
        under = [index for index, column in enumerate(columns) if touches((left, right), column)]
        if not under or (found and under[0] < found[-1][1]):
            return None
        low, high = columns[under[0]][0], columns[under[-1]][1]
        if left - low > size and abs(left + right - low - high) > 2 * size:
            return None
        found.append((under[0], under[-1] + 1))
    return tuple(found)


def _top_row(lines: Sequence[Row], cells: Sequence[Sequence[Strip]], start: int, usual: float) -> tuple[int, list[Strip]]:
    """Where the lines end that stand side by side with the first, as those of centred headings do; and the columns that they make."""
    columns = list(cells[start])
    end = start + 1
    while end < len(lines) and lines[end].middle - lines[end - 1].middle <= BELOW * max(usual, LOW * lines[end].size):
        merged: list[Strip] = []
        for strip in sorted([*columns, *cells[end]]):
            if merged and strip[0] < merged[-1][1]:
                merged[-1] = merged[-1][0], max(merged[-1][1], strip[1])
            else:
                merged.append(strip)
        if len(merged) <= len(columns) and len(columns) > 1:
            break
        columns = merged
        end += 1
    return end, columns


def _is_beside_next(lines: Sequence[Row], at: int, usual: float) -> bool:
    """Does the next line stand beside this one, as a cell in the middle of one with two lines does?"""
    if at + 1 == len(lines) or lines[at + 1].middle - lines[at].middle > BELOW * max(usual, LOW * lines[at].size):
        return False
    return not meet(lines[at], lines[at + 1])


def _grown(columns: Sequence[Strip], cells: Sequence[Strip], strip: float) -> list[Strip] | None:
    """The columns with the cells of one more line in them; None where a cell would join two columns, or two cells fall into one."""
    grown = list(columns)
    taken: set[int] = set()
    for cell in cells:
        touched = [index for index, column in enumerate(grown) if column[0] <= cell[0] and cell[1] <= column[1]]  # which part already
        touched = touched or [index for index, column in enumerate(grown) if cell[0] < column[1] + strip and cell[1] > column[0] - strip]
        if len(touched) > 1 or (touched and touched[0] in taken):
            return None
        if not touched:
            return None
        taken.add(touched[0])
        column = grown[touched[0]]
        grown[touched[0]] = min(column[0], cell[0]), max(column[1], cell[1])
    return grown
