"""Rows by the white between them: where the lines of one cell are nearer to each other than two rows, each column tells its own cells.

The rows are what stands side by side; a cell beside several rows reaches over them.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator, Sequence

from ingest.formats import signs
from ingest.formats.entries import NEARER, Body, Entry, Group, Piece, Placed, by_column, entry_of, is_key, look_alike, reads_on, stacked
from ingest.formats.levels import Rule, crossed
from ingest.formats.stretches import ROWS, Strip

BESIDE = 0.3  # of a line's height: cells that share so much of it stand side by side
CENTRED = 0.35  # of a line's height: so near to the middle of its rows a centred cell stands


def by_gaps(pieces: Sequence[Piece], columns: int, leading: float, rules: Sequence[Rule]) -> Body | None:
    """Each column in its cells; cells side by side are a row, and a cell beside several of another column reaches over their rows.

    None where that would put a column of keys into fewer cells than there are keys.
    """
    cells = [cell for column in by_column(pieces) for cell in _chains(column, leading, rules)]
    columns_of = [[cell for cell in cells if cell.col == col] for col in range(columns)]
    tall = [cell for cell in cells if _reaches_over(cell, columns_of, leading)]
    if any(cell.col and len(cell.pieces) > 1 for cell in tall) and (centred := by_middles(pieces, leading)):
        return centred
    apart = set(map(id, tall))
    groups = _side_by_side([cell for cell in cells if id(cell) not in apart], leading)
    if not groups or 3 * sum(map(_doubled, cells)) > len(groups):
        return None
    between = [group[0] for group in _squeezed(groups, leading)]
    apart = set(map(id, between))
    groups = _whole([group for group in groups if id(group[0]) not in apart])
    tall += between
    rows = [(min(cell.top for cell in group), max(cell.bottom for cell in group)) for group in groups]
    placed = [Placed(cell, row, row + 1) for row, group in enumerate(groups) for cell in group]
    placed += [_beside(cell, rows, leading) for cell in tall]
    for col in range(columns):
        placed = _centred(placed, rows, col, leading)
    return Body(rows, _joined(placed))


def _chains(column: Sequence[Piece], leading: float, rules: Sequence[Rule]) -> Iterator[Entry]:
    """Pieces as near to each other as the lines of one cell."""
    chain: list[Piece] = []
    for piece in column:
        near = chain and piece.middle - chain[-1].middle <= NEARER * leading
        if chain and (not near or crossed(rules, chain[-1].middle, piece.middle, piece.col)):
            yield entry_of(chain, leading)
            chain = []
        chain.append(piece)
    yield entry_of(chain, leading)


def by_middles(pieces: Sequence[Piece], leading: float) -> Body | None:
    """Rows without white between them, whose first cells stand in their middle: each row ends as far below its key as it begins above.

    None unless that holds from the first line to the last, and no line stands across the end of a row.
    """
    keys: list[list[Piece]] = []
    for piece in (piece for piece in pieces if piece.col == 0):
        upper = keys[-1][-1] if keys else None
        goes_on = upper is not None and piece.middle - upper.middle <= NEARER * leading and not _begins_cell(upper, piece)
        if not goes_on:
            keys.append([])
        keys[-1].append(piece)
    ends: list[float] = []
    at = min(piece.middle for piece in pieces) - leading / 2
    for key in keys:
        at = key[0].middle + key[-1].middle - at
        ends.append(at)
    last = max(piece.middle for piece in pieces) + leading / 2
    if len(keys) < ROWS or sorted(ends) != ends or abs(ends[-1] - last) > CENTRED * leading:
        return None
    if any(
        bisect.bisect(ends, piece.middle - CENTRED * leading) != bisect.bisect(ends, piece.middle + CENTRED * leading) for piece in pieces
    ):
        return None
    rows: list[list[Piece]] = [[] for _ in keys]
    for piece in pieces:
        rows[bisect.bisect(ends, piece.middle)].append(piece)
    cells = [column for row in rows for column in by_column(row) if column[0].col]
    if not all(rows) or any(look_alike(upper, lower) for cell in cells for upper, lower in itertools.pairwise(cell)):
        return None
    return stacked(rows)


def _doubled(cell: Entry) -> bool:
    """A first cell with two keys that look alike one below the other."""
    return cell.col == 0 and any(
        look_alike(upper, lower) and _begins_cell(upper, lower) for upper, lower in itertools.pairwise(cell.pieces)
    )


def _begins_cell(upper: Piece, lower: Piece) -> bool:
    """A key, and none that the words above it lead to."""
    return is_key(lower.text) and not reads_on(upper.text, lower.text)


def _overlap(upper: Entry, lower: Entry, leading: float) -> bool:
    return min(upper.bottom, lower.bottom) - max(upper.top, lower.top) > BESIDE * leading


def _reaches_over(cell: Entry, columns: Sequence[Sequence[Entry]], leading: float) -> bool:
    """Stands beside two cells or more of one other column."""
    for column in columns:
        if column and column[0].col != cell.col:
            first = bisect.bisect(column, cell.top, key=lambda one: one.bottom)
            beside = itertools.takewhile(lambda one: one.top < cell.bottom, (column[at] for at in range(first, len(column))))
            if sum(_overlap(cell, one, leading) for one in beside) > 1:
                return True
    return False


def _side_by_side(cells: Sequence[Entry], leading: float) -> list[Group]:
    """Cells that stand side by side, from top to bottom."""
    done: list[Group] = []
    open_: list[Group] = []
    for cell in sorted(cells, key=lambda one: (one.top, one.col)):
        done += [group for group in open_ if _bottom(group) <= cell.top]
        open_ = [group for group in open_ if _bottom(group) > cell.top]
        group = [cell]
        rest: list[Group] = []
        for other in open_:
            if any(_overlap(cell, one, leading) for one in other):
                group += other
            else:
                rest.append(other)
        open_ = [*rest, group]
    return sorted([*done, *open_], key=_top)


def _whole(groups: Sequence[Group]) -> list[Group]:
    """The rows. A lone cell behind the first column is a part of the row above where it is nearer to the cell there than rows are.

    It is one too if it goes on with a list: where no two rows show how far apart they are, or below a colon or another bullet.
    """
    gaps = [_gap(upper, lower) for upper, lower in itertools.pairwise(groups) if len(upper) > 1 < len(lower)]
    least = min(gaps, default=0.0)
    found: list[Group] = []
    for group in groups:
        lone = len(group) == 1 and group[0].col > 0
        listed = not gaps and signs.is_list_item(group[0].pieces[0].text)
        if found and lone and (listed or _is_listed(found[-1], group[0]) or _gap(found[-1], group) < 0.9 * least):
            found[-1] = [*found[-1], *group]
        else:
            found.append(group)
    return found


def _is_listed(row: Group, cell: Entry) -> bool:
    """Does a cell begin with a bullet, below one of its column that ends with a colon or has bullets itself?"""
    above = [piece.text for one in row if one.col == cell.col for piece in one.pieces]
    bulleted = cell.pieces[0].text[:1] in signs.BULLETS
    return bulleted and bool(above) and (above[-1].rstrip().endswith((":", "：")) or any(text[:1] in signs.BULLETS for text in above))


def _squeezed(groups: Sequence[Group], leading: float) -> list[Group]:
    """Lone first cells that have no room for a row of their own between the rows above and below: they stand beside both."""
    gaps = [_gap(upper, lower) for upper, lower in itertools.pairwise(groups) if len(upper) > 1 < len(lower)]
    room = leading + 1.5 * min(gaps, default=leading / 3)
    return [
        group
        for upper, group, lower in zip(groups, groups[1:], groups[2:], strict=False)
        if len(group) == 1 and group[0].col == 0 and _top(lower) - _bottom(upper) < room * len(group[0].pieces)
    ]


def _gap(upper: Group, lower: Group) -> float:
    """The white between two groups: the least in any column that both have, else between them as wholes."""
    tops, bottoms = {cell.col: cell.top for cell in reversed(lower)}, {cell.col: cell.bottom for cell in upper}
    return min((tops[col] - bottoms[col] for col in tops.keys() & bottoms.keys()), default=_top(lower) - _bottom(upper))


def _top(group: Group) -> float:
    return min(cell.top for cell in group)


def _bottom(group: Group) -> float:
    return max(cell.bottom for cell in group)


def _beside(cell: Entry, rows: Sequence[Strip], leading: float) -> Placed:
    """A tall cell with the rows beside it."""
    first = max(0, bisect.bisect(rows, cell.top, key=lambda row: row[0]) - 1)
    last = bisect.bisect(rows, cell.bottom, key=lambda row: row[0]) + 1
    some = range(first, min(last, len(rows)))
    near = [number for number in some if min(rows[number][1], cell.bottom) - max(rows[number][0], cell.top) > BESIDE * leading]
    if len(near) < 2:  # between two rows
        near = sorted(some, key=lambda number: abs(sum(rows[number]) / 2 - (cell.top + cell.bottom) / 2))[:2]
    return Placed(cell, min(near), max(near) + 1)


def _centred(placed: list[Placed], rows: Sequence[Strip], col: int, leading: float) -> list[Placed]:
    """The cells; those of this column with the rows in whose middle they stand, if one stands lower than the first of its rows.

    So it is in the first column too if the row under the heading has no cell there. Only where all rows are taken up so:
    then no cell stands beside a row of another.
    """
    mine = sorted((cell for cell in placed if cell.entry.col == col), key=lambda cell: cell.entry.top)
    between = [cell for cell in mine if cell.end - cell.row > 1 and cell.entry.top - rows[cell.row][0] > CENTRED * leading]
    late = len(mine) > 1 and mine[1].row > mine[0].row + 1 and mine[0].row == 0
    if not between and not (late and col == 0):
        return placed
    found: list[Placed] = []
    start = 0
    for cell in mine:
        middle = (cell.entry.top + cell.entry.bottom) / 2
        end = next((end for end in range(start, len(rows)) if abs((rows[start][0] + rows[end][1]) / 2 - middle) < CENTRED * leading), None)
        if end is None:
            return placed
        found.append(Placed(cell.entry, start, end + 1))
        start = end + 1
    if start < len(rows):
        return placed
    return [*(cell for cell in placed if cell.entry.col != col), *found]


def _joined(placed: Sequence[Placed]) -> list[Placed]:
    """One cell for each place; what shares a row and a column is one."""
    found: list[Placed] = []
    for cell in sorted(placed, key=lambda one: (one.entry.col, one.row, one.entry.top)):
        last = found[-1] if found else None
        if last is not None and last.entry.col == cell.entry.col and cell.row < last.end:
            entry = Entry(cell.entry.col, last.entry.top, cell.entry.bottom, (*last.entry.pieces, *cell.entry.pieces))
            found[-1] = Placed(entry, last.row, max(last.end, cell.end))
        else:
            found.append(cell)
    return found
