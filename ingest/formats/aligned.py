"""Tables without rulings, or with level ones only: words that stand below each other in columns.

`blocks` tells where such a table begins and ends, `entries` which words are one cell. The rows go by level rules (`levels`) before
all else; then by white (`whites`), where the lines of one cell are nearer to each other than two rows are; then by keys in the first
column (`keyed`). `overhead` finds the headings above, and `proselike` the columns that are a text. Three rows with two cells make a table.
"""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterable, Iterator, Sequence

from ingest.formats.blocks import Found, Wide, block_of
from ingest.formats.entries import LEADING, NEARER, Body, Piece, Placed, by_column, leading_of, pieces_of, reads_on
from ingest.formats.keyed import by_keys
from ingest.formats.leaf import Frame, RuledTable
from ingest.formats.levels import Rule, between_rules, level_rules, part_groups, rules_between
from ingest.formats.overhead import with_headings_above
from ingest.formats.proselike import are_columns_of_prose
from ingest.formats.stretches import BELOW, MOST_LINES, ROWS, Row, Strip, strips
from ingest.formats.whites import by_gaps, by_middles
from ingest.model import Box

SAME = 1.06  # by this factor the distances of lines of one cell differ at most


def tables(lines: Sequence[Row], usual: float, rulings: Iterable[Box] = ()) -> Iterator[Found]:
    """The tables among lines that stand below each other; `usual` is how many points apart lines of prose are."""
    level = sorted(level_rules(rulings), key=lambda box: box[1])
    if len(lines) > MOST_LINES:
        return
    cells = [strips(line) for line in lines]
    index = free = 0
    while index < len(lines):
        end, columns, wide = block_of(lines, cells, index, usual)
        if end - index < ROWS:
            index += 1
            continue
        found = _table(lines[:end], index, columns, level, wide)
        if found is None and wide:  # none of these lines is a row
            end, columns = min(wide), block_of(lines[: min(wide)], cells, index, usual)[1]
            found = _table(lines[:end], index, columns, level, {}) if end - index >= ROWS and len(columns) > 1 else None
        if found is not None:
            yield with_headings_above(found, lines, cells, free, level, usual)
            free = found.end
        index = end if found is None else found.end


def headed(found: Found, lines: Sequence[Row], free: int, usual: float, rulings: Iterable[Box] = ()) -> Found:
    """A table with the headings that stand in its columns in the lines above it, from line `free` on."""
    level = sorted(level_rules(rulings), key=lambda box: box[1])
    return with_headings_above(found, lines, [strips(line) for line in lines], free, level, usual)


def _table(lines: Sequence[Row], start: int, columns: Sequence[Strip], level: Sequence[Box], wide: Wide) -> Found | None:
    """The table that the lines from `start` on are; None where they have too few rows, or one over several columns is no row."""
    pieces = pieces_of(lines[start:], columns, {number - start: reach for number, reach in wide.items()})
    leading = leading_of(pieces)
    end = start + _last(pieces, len(lines) - start, leading)
    pieces = [piece for piece in pieces if piece.line < end - start]
    body = _body(pieces, len(columns), leading, rules_between(level, columns, lines[start:end]))
    filled: dict[int, set[int]] = {}
    for cell in body.cells:
        filled.setdefault(cell.row, set()).add(cell.entry.col)
    narrow = [piece for piece in pieces if piece.across == 1]
    if sum(len(cols) > 1 for cols in filled.values()) < ROWS or are_columns_of_prose(narrow):
        return None
    if not all(_is_row(number - start, body.cells) for number in wide if number < end):
        return None
    return Found(start, end, _framed(body, columns))


def _is_row(line: int, cells: Sequence[Placed]) -> bool:
    """Are the cells of a line that goes over several columns one row, begun on this line, with nothing else in their place?"""
    mine = [cell for cell in cells if any(piece.line == line for piece in cell.entry.pieces)]
    row = mine[0].row
    for cell in mine:
        across = max(piece.across for piece in cell.entry.pieces)
        cols = range(cell.entry.col + 1, cell.entry.col + across)
        if any(other.row <= row < other.end and other.entry.col in cols for other in cells):
            return False
        if (cell.row, cell.end) != (row, row + 1) or cell.entry.pieces[0].line != line or (across > 1 and len(cell.entry.pieces) > 1):
            return False
    return True


def _last(pieces: Sequence[Piece], count: int, leading: float | None) -> int:
    """How many of the lines belong to the table: from the first single words below its first column that end no cell, all is prose."""
    first = len(pieces)
    while first > 1 and pieces[first - 1].col == 0 and pieces[first - 1].line != pieces[first - 2].line:
        first -= 1
    upper = next((piece for piece in reversed(pieces[:first]) if piece.col == 0), None)
    for piece in pieces[first:]:
        if upper is None or not _ends_cell(upper, piece, leading):
            return piece.line
        upper = piece
    return count


def _ends_cell(upper: Piece, piece: Piece, leading: float | None) -> bool:
    if leading is not None:
        return piece.middle - upper.middle <= SAME * leading
    return piece.middle - upper.middle <= LEADING * piece.size and reads_on(upper.text, piece.text)


def _body(pieces: Sequence[Piece], columns: int, leading: float | None, rules: Sequence[Rule]) -> Body:
    """The cells in their rows."""
    if len(rules) >= ROWS - 1 and 2 * len(rules) + 2 > len(_apart(pieces, columns, leading, rules).rows):
        ruled = None if part_groups(pieces, columns, rules) else between_rules(pieces, rules)
        if ruled is not None:
            return ruled
    return _apart(pieces, columns, leading, rules)


def _apart(pieces: Sequence[Piece], columns: int, leading: float | None, rules: Sequence[Rule]) -> Body:
    """By the white between the rows where there is some, else by keys."""
    keyed = by_keys(pieces, rules)
    middles = [statistics.median(piece.middle for piece in group) for _, group in itertools.groupby(pieces, key=lambda piece: piece.line)]
    steps = [lower - upper for upper, lower in itertools.pairwise(middles)]
    if leading is None:
        nearest = min(lower.middle - upper.middle for column in by_column(pieces) for upper, lower in itertools.pairwise(column))
        leading = BELOW * nearest
        apart = min(steps) < leading  # no line is broken, but some stand between two others
        if apart and (centred := by_middles(pieces, nearest)):
            return centred
    else:
        uneven = sum(not leading / NEARER <= step <= leading * NEARER for step in steps)
        apart = 2 * uneven >= len(keyed.rows) - 1
    return (by_gaps(pieces, columns, leading, rules) if apart else None) or keyed


def _framed(body: Body, columns: Sequence[Strip]) -> RuledTable:
    """The table as a grid of boxes that meet in the middle of the white between them."""
    pieces = [piece for cell in body.cells for piece in cell.entry.pieces]
    left, right = columns[0][0] - 1, columns[-1][1] + 1
    top, bottom = min(piece.box[1] for piece in pieces) - 1, max(piece.box[3] for piece in pieces) + 1
    edges_x = [left, *((a[1] + b[0]) / 2 for a, b in itertools.pairwise(columns)), right]
    edges_y = [top, *((a[1] + b[0]) / 2 for a, b in itertools.pairwise(body.rows)), bottom]
    reach = {(cell.row, cell.entry.col): cell.end for cell in body.cells}
    across = {(cell.row, cell.entry.col): max(piece.across for piece in cell.entry.pieces) for cell in body.cells}
    covered = {(row, col) for (begin, col), end in reach.items() for row in range(begin + 1, end)}
    covered |= {(row, col) for (row, begin), count in across.items() for col in range(begin + 1, begin + count)}
    frames = tuple(
        Frame(row, col, end - row, wide, (edges_x[col], edges_y[row], edges_x[col + wide], edges_y[end]))
        for row in range(len(body.rows))
        for col in range(len(columns))
        if (row, col) not in covered
        for end, wide in ((reach.get((row, col), row + 1), across.get((row, col), 1)),)
    )
    return RuledTable(len(columns), len(body.rows), frames, (left, top, right, bottom))
