"""Tables that go on over the end of a page or column, with the row that was broken there."""

from __future__ import annotations

import bisect
import itertools
import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ingest.formats import continued, kinds, signs
from ingest.formats.cells import inner_right
from ingest.formats.leaf import Run
from ingest.formats.lines import AT, NEAR, WHOLE, Line, is_wrapped, lines_of, lines_of_cell
from ingest.formats.placed import Item, Placed, Rest, repeated_rows, spoken
from ingest.model import Box

ENDED = (".", "。", ";", "；", ":", "：", "!", "！", "?", "？")


def goes_on(table: Placed, item: Item, first: Placed) -> bool:
    """The table of the next page or column goes on with the one above: nothing between them, and the same columns.

    Tables side by side may be of one make: what goes on in another column has no headings of its own. `first` is where the table begins.
    """
    if not isinstance(item, Placed) or item.table.width != table.table.width:
        return False
    ways = (_lefts, _frames) if table.rule == item.rule == "ruled" else (_lefts,)
    if item.page == table.page + 1 and any(_are_near(way(table), way(item)) for way in ways):
        return True
    if not (_is_next_column(table, item) and _has_no_headings(first, item)):
        return False
    across = item.box[0] - table.box[0]
    if any(_are_near([left + across for left in way(table)], way(item)) for way in ways):
        return True
    return table.rule == item.rule == "aligned" and _are_below(_extents(table), _extents(item), across)


def _extents(placed: Placed) -> list[tuple[float, float]]:
    """From where to where the words of each column go, as far as they stand in one column; nothing where a column has none."""
    boxes = [
        [run.box for frame, runs in placed.cells if frame.col == col and frame.colspan == 1 for run in runs]
        for col in range(placed.table.width)
    ]
    return [(min(box[0] for box in own), max(box[2] for box in own)) for own in boxes] if all(boxes) else []


def _are_below(upper: Sequence[tuple[float, float]], lower: Sequence[tuple[float, float]], across: float) -> bool:
    """Do columns go on in others so far to the right, each within the white around the one above it?"""
    if not upper or len(upper) != len(lower):
        return False
    lefts = [-math.inf, *(right + across for _, right in upper[:-1])]
    rights = [*(left + across for left, _ in upper[1:]), math.inf]
    shared = all(low < right + across and left + across < high for (left, right), (low, high) in zip(upper, lower, strict=True))
    return shared and all(left < low and high < right for left, right, (low, high) in zip(lefts, rights, lower, strict=True))


def _are_near(lefts: Iterable[float], others: Iterable[float]) -> bool:
    return all(abs(left - other) < NEAR for left, other in zip(lefts, others, strict=True))


def _is_next_column(table: Placed, item: Placed) -> bool:
    """Does a table stand in the next column of the page, or in one on the next page that is further to the left?"""
    if item.page == table.page:
        return item.box[0] > table.box[2] and item.box[1] < table.box[3]
    return item.page == table.page + 1 and item.box[2] < table.box[0]


def _has_no_headings(first: Placed, item: Placed) -> bool:
    """The rest of a table: it begins with data, or repeats the headings and not what stands below them."""
    above, rows = spoken(first), spoken(item)
    if repeated := repeated_rows(above, rows):
        return rows[repeated : repeated + 1] != above[repeated : repeated + 1]
    return not signs.header_rows(rows)


def next_part(tables: Sequence[Placed], items: Sequence[Item]) -> tuple[Placed, int] | None:
    """The table of the next page or column that goes on with those above, and how many items it takes with the rest of a row above it.

    A row that was broken by the end of the page goes on below words in its last columns: these stand in their columns, alone.
    """
    table = tables[-1]
    if items and isinstance(items[0], Placed) and items[0].continues:
        return items[0]._replace(over=tuple(_joined_to(tables, items[0], rest) for rest in items[0].over)), 1
    lines = list(itertools.takewhile(lambda item: isinstance(item, Line) and item.page == table.page + 1, items))
    below = items[len(lines)] if len(lines) < len(items) else None
    if below is None or not goes_on(table, below, tables[0]) or not isinstance(below, Placed):
        return None
    lefts, last = _lefts(below), _last_row(tables)
    over: dict[int, list[Run]] = {}
    for run in (run for line in lines if isinstance(line, Line) for run in line.runs):
        col = bisect.bisect(lefts, run.box[0] + AT) - 1
        right = lefts[col + 1] if col + 1 < len(lefts) else run.box[2]
        if col < 0 or abs(run.box[0] - lefts[col]) > NEAR or run.box[2] > right or col not in last or run.box[3] > below.box[1]:
            return None
        if col == 0 and not continued.is_broken(last[0].runs[-1].text, run.text):
            return None
        over.setdefault(col, []).append(run)
    if lines and (below.rule == "ruled" or len(over) == below.table.width):
        return None
    if below.rule == "ruled":
        return _with_rest(tables, below), 1
    first = next(((frame, runs) for frame, runs in below.cells if frame.row == frame.col == 0), None)
    cells = below.cells
    if not over and first and first[1] and 0 in last and continued.is_broken(last[0].runs[-1].text, first[1][0].text):
        over[0] = list(first[1])  # the rest of a cell beside several rows, of which the first here is the next
        cells = tuple((frame, () if frame is first[0] else runs) for frame, runs in cells)
    return below._replace(cells=cells, over=tuple(Rest(col, tuple(runs)) for col, runs in sorted(over.items()))), len(lines) + 1


def _with_rest(tables: Sequence[Placed], below: Placed) -> Placed:
    """A ruled table, whose first row is the rest of the last one above if that was broken by the end of its page or column."""
    if len(tables) == tables[0].table.height == 1:  # headings, or else as likely
        return below
    at = repeated_rows(spoken(tables[0]), spoken(below))
    row = {frame.col: Cut(below.page, frame.box, runs) for frame, runs in below.cells if frame.row == at and runs}
    if any(frame.rowspan > 1 and runs for frame, runs in below.cells if frame.row == at):
        return below
    last = _last_row(tables)
    on = {col: col in last and _reads_over(last[col], cell) for col, cell in row.items()}
    full = frozenset[int].intersection(*(_full_columns(table) for table in (*tables, below._replace(taken=at + 1))))
    if not _is_rest(row, last, on, full):
        return below
    return below._replace(over=tuple(Rest(col, row[col].runs, on[col], col not in last) for col in sorted(row)), taken=at + 1)


def _is_rest(row: dict[int, Cut], last: dict[int, Cut], on: dict[int, bool], full: frozenset[int]) -> bool:
    """Is a row the rest of the last one above? `on` tells of its cells which read on, `full` are columns without an empty cell elsewhere.

    Each cell has to read on, unless the first and another are empty where no other row has such. Where the rows have no cell in common,
    each lacks one that no other row does.
    """
    shared = row.keys() & last.keys()
    if not shared:
        return not full.isdisjoint(row) and not full.isdisjoint(last)
    if row.keys() - shared:
        return 0 in last and 0 not in row and all(on[col] for col in shared)
    empty = len(last) - len(row)
    if not empty:
        return all(on.values()) and (0 not in row or not signs.DATED.search(_words_in(row[0]).lower()))
    if all(on.values()):
        return 0 in full or empty > 1 or any(cell.lines()[0].text[:1].islower() for cell in row.values())
    return 0 in full and 0 not in row and empty > 1 and any(len(cell.lines()) > 1 for cell in last.values())


class Cut(NamedTuple):
    """A part of a cell that a page or column ends or begins with."""

    page: int
    box: Box
    runs: tuple[Run, ...]

    def lines(self) -> list[Line]:
        """Its lines, as they are set in the cell."""
        return lines_of_cell(self.runs, self.page, inner_right(self.box, self.runs))


def _words_in(cell: Cut) -> str:
    return " ".join(run.text for run in cell.runs)


def _reads_over(upper: Cut, lower: Cut) -> bool:
    """Was a cell broken between two lines of one sentence?"""
    if kinds.kind(_words_in(upper)) == kinds.kind(_words_in(lower)) in WHOLE:
        return False
    last, first = upper.lines()[-1], lower.lines()[0]
    if last.text.rstrip().endswith(ENDED) or signs.is_list_item(first.text):
        return False
    return first.text[:1].islower() or is_wrapped(last, first) or continued.is_broken(last.text, first.text)


def _full_columns(table: Placed) -> frozenset[int]:
    """The columns in which each row of a table but the last one has a cell of its own, with words."""
    rows = range(table.taken, table.table.height - 1)
    filled = {(frame.row, frame.col) for frame, runs in table.cells if runs}
    return frozenset(col for col in range(table.table.width) if all((row, col) in filled for row in rows))


def _last_row(tables: Sequence[Placed]) -> dict[int, Cut]:
    """What stands in the last row; in the first column what stands there last, which may be beside several rows."""
    table = tables[-1]
    last, page = table.table.height, table.page
    found = {frame.col: Cut(page, frame.box, runs) for frame, runs in table.cells if runs and frame.row + frame.rowspan == last}
    if table.taken == last and len(tables) > 1:  # the whole page was one row
        return _last_row(tables[:-1]) | found
    firsts = [(frame.row, Cut(page, frame.box, runs)) for frame, runs in table.cells if runs and frame.col == 0]
    return found | ({0: max(firsts, key=lambda cell: cell[0])[1]} if firsts and table.rule != "ruled" else {})


def _joined_to(tables: Sequence[Placed], below: Placed, rest: Rest) -> Rest:
    """The rest of a cell without rulings, and whether a line was broken between the pages."""
    parts = (*tables, below)
    words = [runs for part in parts for frame, runs in part.cells if frame.col == rest.col and frame.colspan == 1]
    words += [other.runs for part in parts for other in part.over if other.col == rest.col]
    right = max(run.box[2] for runs in words for run in runs)
    table = tables[-1]
    own = [run for frame, runs in table.cells if frame.col == rest.col for run in runs]
    upper = own or [run for other in table.over if other.col == rest.col for run in other.runs]
    first = next(lines_of(rest.runs, below.page, right))
    wrapped = bool(upper) and first.text[0] not in signs.BULLETS and is_wrapped(list(lines_of(upper, table.page, right))[-1], first)
    return rest._replace(wrapped=wrapped, right=right)


def _frames(placed: Placed) -> list[float]:
    """Where the cells of each column begin."""
    return [
        min((frame.box[0] for frame, _ in placed.cells if frame.col == col), default=placed.box[0]) for col in range(placed.table.width)
    ]


def _lefts(placed: Placed) -> list[float]:
    """Where the words of each column begin; its frame where it has none."""
    lefts = [placed.box[0]] * placed.table.width
    for col in range(placed.table.width):
        mine = [(frame.box[0], [run.box[0] for run in runs]) for frame, runs in placed.cells if frame.col == col]
        words = [left for _, found in mine for left in found]
        lefts[col] = min(words, default=mine[0][0] if mine else placed.box[0])
    return lefts
