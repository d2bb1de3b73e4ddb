"""A table that goes on behind the end of its page: which words of the next page stand in its columns, and which belong to its last row.

Programs that print break a row in its middle where the page ends: the cells that ran to the last line go on at the top of the next
page, level with nothing but each other, below the headings if these are repeated. Columns are known from the page before; so few
rows are enough. A row goes on where only cells go on that had reached the end of the page, and where either their words do or
every row above has a first cell of its own. Where neither shows it, that is told.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from ingest.formats import entries, kinds, signs, stretches
from ingest.formats.leaf import FIRST_WORD, Frame, RuledTable, Run
from ingest.model import Box

AT = 2.0  # points: what begins no further from an edge begins there
LEVEL = 0.4  # of the type's height: words of one line differ by no more
LEADING = 1.35  # heights of the type: how far apart lines are where no cell has two
FURTHEST = 2.6  # such distances: what stands further below belongs to no row of the table,
WIDER = 1.3  # or that is so much further below than anything on the pages before
HEADINGS = 3  # rows that are repeated at the top of a page, at most
MOST_RUNS = 2000  # of one page: what has more is not looked through
SEVERAL = 2  # rows with a first cell of their own that show that each has one

_UNCLOSED = re.compile(r"[(（][^)）]*$")
_COUNTS = re.compile(r"[年月日](?!期)|(?:19|20)\d\d\b")
_WHITE = re.compile(r"\s+")

Cells = dict[int, list[Run]]  # by columns


class Rest(Protocol):
    """What goes on from a cell on the page before."""

    @property
    def col(self) -> int: ...

    @property
    def runs(self) -> tuple[Run, ...]: ...


class Part(Protocol):
    """A table on one page."""

    @property
    def table(self) -> RuledTable: ...

    @property
    def cells(self) -> tuple[tuple[Frame, tuple[Run, ...]], ...]: ...

    @property
    def over(self) -> Sequence[Rest]: ...


class Above(NamedTuple):
    """What the pages before show of a table: its columns, the words of its first rows as they were written, how its last row ends.

    `lefts` and `rights` are where the words of its columns begin and end; `keyed` tells that every row has a first cell of its own;
    `last` holds the last line of each cell of the last row, `several` which of them have more lines; `leading` is how far apart lines
    of a cell are, `furthest` how far any two lines below each other.
    """

    lefts: tuple[float, ...]
    rights: tuple[float, ...]
    headings: tuple[str, ...]
    last: dict[int, Run]
    several: frozenset[int]
    bottom: float
    keyed: bool
    rows: int
    leading: float
    furthest: float


class Below(NamedTuple):
    """The rows of a table on a further page: what goes on from its last row, its new rows, and whether that could not be told."""

    over: Cells
    rows: list[Cells]
    doubtful: bool
    gone: list[Run]


# What the page above shows ----------------------------------------------------------------------------------------------


def above(parts: Sequence[Part]) -> Above | None:
    """The table on the pages so far; None where a column has no words of its own."""
    width = parts[0].table.width
    mine = [
        (frame.col, run)
        for part in parts
        for frame, runs in (*part.cells, *((Frame(0, rest.col, 1, 1, part.table.box), rest.runs) for rest in part.over))
        if frame.colspan == 1
        for run in runs
    ]
    columns = [[run.box for col, run in mine if col == number] for number in range(width)]
    if width < 2 or not all(columns):
        return None
    final = parts[-1]
    row = {rest.col: rest.runs for rest in final.over} if final.table.height == 0 else _last_row(final)
    last = {col: max(runs, key=lambda run: (_middle(run), run.box[0])) for col, runs in row.items()}
    firsts = [(number, frame) for number, part in enumerate(parts) for frame, runs in part.cells if frame.col == 0 and runs]
    own = {(number, frame.row) for number, frame in firsts if frame.rowspan == 1}
    leading = _leading([runs for part in parts for _, runs in part.cells])
    without = [(number, row) for number, part in enumerate(parts) for row in range(part.table.height) if (number, row) not in own]
    return Above(
        tuple(min(box[0] for box in boxes) for boxes in columns),
        tuple(max(box[2] for box in boxes) for boxes in columns),
        tuple(_headings(parts[0])),
        last,
        frozenset(col for col, runs in row.items() if _middle(last[col]) - _middle(runs[0]) > LEVEL * runs[0].size),
        max((run.box[3] for run in last.values()), default=0.0),
        all(number == 0 and row < HEADINGS - 1 for number, row in without),
        sum(part.table.height for part in parts) - 1,
        leading,
        max(FURTHEST * leading, WIDER * max(_furthest(part) for part in parts)),
    )


def _furthest(part: Part) -> float:
    """The widest step from one line to the next."""
    levels = sorted(_middle(run) for _, runs in part.cells for run in runs)
    return max((lower - upper for upper, lower in itertools.pairwise(levels)), default=0.0)


def _last_row(part: Part) -> dict[int, tuple[Run, ...]]:
    """The cells of the last row."""
    return {frame.col: runs for frame, runs in part.cells if runs and frame.row + frame.rowspan == part.table.height}


def _headings(part: Part) -> Iterator[str]:
    """The words of the first row, of the first two, and so on, without white space, in the order in which they were written."""
    for count in range(1, min(HEADINGS, part.table.height - 1) + 1):
        yield _said(run for frame, runs in part.cells if frame.row < count for run in runs)


def _said(runs: Iterable[Run]) -> str:
    return _WHITE.sub("", "".join(run.text for run in sorted(runs, key=lambda run: run.start)))


def _leading(cells: Sequence[Sequence[Run]]) -> float:
    """How far apart the lines of a cell are; nearer than any two rows where no cell has two."""
    steps = sorted(
        _middle(lower) - _middle(upper)
        for runs in cells
        for upper, lower in itertools.pairwise(runs)
        if _middle(lower) - _middle(upper) > LEVEL * upper.size
    )
    if steps:
        return steps[len(steps) // 2]
    size = max(run.size for runs in cells for run in runs)
    levels = sorted(_middle(run) for runs in cells for run in runs)
    rows = [lower - upper for upper, lower in itertools.pairwise(levels) if lower - upper > LEVEL * size]
    return min(LEADING * size, stretches.BELOW * min(rows, default=size))


def _middle(run: Run) -> float:
    return (run.box[1] + run.box[3]) / 2


# What stands below --------------------------------------------------------------------------------------------------------


def below(table: Above, runs: Sequence[Run]) -> Below | None:
    """The rows at the top of the next page whose runs these are, cut where columns begin; None if no row is broken, and enough go on.

    A table of enough rows without a broken one is found as any other.
    """
    if not runs or len(runs) > MOST_RUNS:
        return None
    ordered = sorted(runs, key=lambda run: run.start)
    heads = _repeated(table, ordered)
    inside = _inside(table, ordered[heads:])
    rows = _rows(table, inside)
    if not rows:
        return None
    broken = goes_on(table, {col: cell[0] for col, cell in rows[0].items()})
    over, own = (rows[0], rows[1:]) if broken else ({}, rows)
    while own and set(own[-1]) == {0}:  # what stands alone below the first column is prose again
        own = own[:-1]
    if broken is False and (not own or len(own) >= stretches.ROWS or not (heads or _are_rows(table, own))):
        return None
    gone = [*ordered[:heads], *(run for row in (over, *own) for cell in row.values() for run in cell)]
    return Below(over, own, broken is None, gone) if over or own else None


def goes_on(table: Above, first: dict[int, Run]) -> bool | None:
    """Is the row that begins so the rest of the last one above? None where that cannot be told."""
    if not all(col in table.last and _ends_page(table, col) for col in first):
        return False
    if any(_are_two(table.last[col], run) for col, run in first.items()):
        return False
    joints = {col: continues(table.last[col], run, table.rights[col]) for col, run in first.items()}
    if 0 in first:
        return joints[0]
    if table.keyed:
        return True if any(joints.values()) or table.rows >= SEVERAL else None
    if any(joints.values()):
        return True if all(joints.values()) else None
    full = len(first) == len(table.lefts) - 1 > 1
    return False if full or table.several.isdisjoint(first) else None


def _are_two(upper: Run, lower: Run) -> bool:
    """Two dates, times, numbers or codes below each other are two cells."""
    kind = kinds.kind(lower.text)
    return kind in ("date", "time", "number", "code") and kinds.kind(upper.text) == kind and not entries.reads_on(upper.text, lower.text)


def _ends_page(table: Above, col: int) -> bool:
    """Does the cell of the last row go down to the last line of the page?"""
    return table.last[col].box[3] > table.bottom - table.leading / 2


def continues(upper: Run, lower: Run, right: float) -> bool:
    """Do the words of a broken cell go on: a date in the middle, or a line without room for the next word and no end of a sentence?"""
    if is_broken(upper.text, lower.text):
        return True
    if signs.is_list_item(lower.text) or upper.text.rstrip().endswith(signs.CLOSED[:9]):
        return False
    if entries.reads_on(upper.text, lower.text):
        return True
    kinsoku = lower.size if lower.text[0] > "\u2e7f" else 0.0
    return upper.box[2] + first_width(lower) + kinsoku + 0.3 * upper.size > right and not signs.DATED.search(lower.text[:16].lower())


def is_broken(upper: str, lower: str) -> bool:
    """Is a cell of dates broken here: in its brackets, or between a number and what it counts?"""
    return _UNCLOSED.search(upper) is not None or (upper[-1:].isdigit() and _COUNTS.match(lower) is not None)


def first_width(run: Run) -> float:
    """The width of the first word."""
    word = FIRST_WORD.match(run.text)
    if run.first is not None or word is None:
        return run.first or 0.0
    return (run.box[2] - run.box[0]) * signs.width(word[0]) / max(1, signs.width(run.text))


def _repeated(table: Above, runs: Sequence[Run]) -> int:
    """How many of the runs repeat the headings."""
    said, count = "", 0
    longest = len(table.headings[-1]) if table.headings else 0
    for at, run in enumerate(runs, 1):
        said += _WHITE.sub("", run.text)
        if len(said) > longest:
            break
        if said in table.headings:
            count = at
    return count


def _inside(table: Above, runs: Sequence[Run]) -> list[tuple[int, Run]]:
    """The runs in their columns, from the top of the page down to the first that stands in none."""
    placed = [(column(table, run), run) for run in runs]
    end = min((_middle(run) - LEVEL * run.size for col, run in placed if col is None), default=float("inf"))
    reach: float | None = None
    for col, run in sorted(placed, key=lambda one: _middle(one[1])):
        at = _middle(run)
        strange = col == 0 and (signs.is_label(run.text) or signs.is_note(run.text))
        if at >= end or strange or (reach is not None and at - reach > table.furthest):
            end = min(end, at - LEVEL * run.size)
            break
        reach = at
    return [(col, run) for col, run in placed if col is not None and _middle(run) < end]


def column(table: Above, run: Run) -> int | None:
    """The column in which a run stands, and whose next one it does not reach; None where there is none."""
    x0, _, x1, _ = run.box
    for col in reversed(range(len(table.lefts))):
        if x0 >= table.lefts[col] - AT or (col and x0 > table.rights[col - 1] and x1 > table.lefts[col]):
            following = table.lefts[col + 1] if col + 1 < len(table.lefts) else x1
            return col if x1 <= following else None
    return None


def _rows(table: Above, runs: Sequence[tuple[int, Run]]) -> list[Cells]:
    """Rows of cells by the order in which they were written: a row ends where the words go back to a column, or far down in one.

    Bullets may have been written apart from their words.
    """
    rows: list[Cells] = []
    bullets = [(col, run) for col, run in runs if run.text in signs.BULLETS]
    for col, run in runs:
        if run.text in signs.BULLETS:
            continue
        if not rows or _begins(table, rows[-1], col, run):
            rows.append({})
        rows[-1].setdefault(col, []).append(run)
    cells = [(col, cell) for row in rows for col, cell in row.items()]
    for col, bullet in bullets:
        for own, cell in cells:
            at = next((at for at, run in enumerate(cell) if own == col and _is_level(run, bullet)), None)
            if at is not None:
                cell.insert(at, bullet)
                break
        else:
            return []
    return rows


def _is_level(run: Run, other: Run) -> bool:
    return abs(_middle(run) - _middle(other)) <= LEVEL * run.size


def _begins(table: Above, row: Cells, col: int, run: Run) -> bool:
    if col in row:
        upper = row[col][-1]
        step = _middle(run) - _middle(upper)
        if abs(step) <= LEVEL * run.size:
            return False
        near = 0 < step <= entries.NEARER * table.leading
        if col == 0:
            goes_on = len(row) == 1 or entries.reads_on(upper.text, run.text) or is_broken(upper.text, run.text)
            return not near or not (goes_on or not entries.is_key(run.text))
        return step < 0 or not (near or table.keyed) or (not table.keyed and _are_two(upper, run))
    if col == 0:
        return True
    return _middle(run) > max(_middle(cell[-1]) for cell in row.values()) + entries.NEARER * table.leading


def _are_rows(table: Above, rows: Sequence[Cells]) -> bool:
    """So few rows are the table's where each has as many cells as rows have above, or nearly, and the first of them."""
    return table.keyed and all(0 in row and len(row) > 1 for row in rows)


def framed(table: Above, rows: Sequence[Cells]) -> tuple[RuledTable, tuple[tuple[Frame, tuple[Run, ...]], ...]]:
    """New rows as a grid of boxes, with what stands in each; a grid of no height where nothing but the rest of a row stands here."""
    width = len(table.lefts)
    edges_x = [table.lefts[0] - 1, *((right + left) / 2 for right, left in zip(table.rights, table.lefts[1:], strict=False)), 0.0]
    edges_x[-1] = max(table.rights[-1], *(run.box[2] for row in rows for cell in row.values() for run in cell), 0.0) + 1
    tops = [min(run.box[1] for cell in row.values() for run in cell) for row in rows]
    bottom = max((run.box[3] for cell in rows[-1].values() for run in cell), default=0.0) if rows else 0.0
    edges_y = [*tops, bottom + 1]
    cells = tuple(
        (Frame(at, col, 1, 1, (edges_x[col], edges_y[at], edges_x[col + 1], edges_y[at + 1])), tuple(row.get(col, ())))
        for at, row in enumerate(rows)
        for col in range(width)
    )
    box: Box = edges_x[0], edges_y[0] - 1, edges_x[-1], edges_y[-1]
    return RuledTable(width, len(rows), tuple(frame for frame, _ in cells), box), cells
