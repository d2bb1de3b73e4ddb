"""Tables without rulings by the order in which their cells were written: each cell whole, row by row, from left to right.

Programs write a page as it stands in the document. Where a cell of two lines is followed by one to its right, the words go up
again, which no line of prose does; so the order tells which lines are one cell, however its row is aligned. The place on the
page is the proof: the cells of a row have their tops, middles or bottoms at one height, unless one reaches over several rows in
whose middle it stands; each row ends above the next one; and the columns of all rows are the same.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from ingest.formats import entries, signs
from ingest.formats.leaf import Frame, RuledTable, Run
from ingest.formats.tight import COUNTED, HAN_WHITE, PRINTED
from ingest.model import Box

ROWS = 3  # with two cells at least
LEVEL = 0.4  # of the type's height: words of one line differ by no more
RISES = 0.3  # of the type's height: what stands so much higher than the words before it begins a cell
LEADING = 2.1  # heights of the type: lines of one cell are no further apart
NEARER = 1.12  # lines of one cell are nearer to each other than those of two rows, by this factor
WORDS = 0.6  # of the type's height: words of one line that are nearer to each other are of one cell
LISTED = 3.0  # heights of the type: a bullet stands no further from its words
AT_ONE = 0.35  # of the type's height: tops, middles or bottoms that differ by no more are at one height
DOWN, UP = 6.0, 18.0  # heights of the type: how much lower or higher than its row a cell over several rows may stand
ROOMY = 5.0  # heights of the type: rows of one table are no further apart
MOST_RUNS = 2000  # of one page: what has more is not looked through
SHORT = 90  # columns: a line that heads a group of rows is no longer
ALIGNED = 1.2  # points: edges no further from each other are at one place
MOST_ENDS = 8  # of one table that are tried: no table has as many groups that disprove it
TRIES = 4  # rows that are taken for the first one, of those that stand below each other
PHANTOMS = 2  # columns that the fullest row does not have, at most
HEADINGS = 2  # rows of headings at most
PASSES = 3  # in which cells are parted by the edges of those that were parted before
UNLIKE = 1.6  # likewise, where one of them is Chinese
ALIKE = 1.15  # by this factor the type of two cells of a column differs at most
MEET = 1.0  # points by which letters go over the edge of their column
WIDER = 1.4  # by this factor the white before a cell is wider than that beside the Chinese type of the run
PROVED = 2  # other cells at one place that prove a border where nothing else does


class Cell(NamedTuple):
    """The runs of one cell as they were written, and the box around them."""

    runs: tuple[Run, ...]
    box: Box

    @property
    def middle(self) -> float:
        return (self.box[1] + self.box[3]) / 2

    @property
    def size(self) -> float:
        return self.runs[0].size


Row = list[Cell]
Strip = tuple[float, float]  # from left to right


class Written(NamedTuple):
    """A table, and what stands in each of its frames."""

    table: RuledTable
    cells: tuple[tuple[Frame, tuple[Run, ...]], ...]


def rises(runs: Sequence[Run]) -> bool:
    """Do words stand right of those written before them, and higher? Without that no table is told by its order."""
    return len(runs) <= MOST_RUNS and any(
        right.box[0] > left.box[2] and _middle(right) < _middle(left) - RISES * right.size for left, right in itertools.pairwise(runs)
    )


def tables(runs: Sequence[Run]) -> list[Written]:
    """The tables among the runs of a page, which come as they were written; lines of a first cell are as near as any, or further apart."""
    if not rises(runs):
        return []
    runs = _with_bullets(runs)
    usual, high = _usual(runs), _high(runs)
    found: list[Written] = []
    rest = runs
    for near in (NEARER * usual, LEADING * high):
        some = list(_tables(rest, near, high))
        gone = {run.start for one in some for _, cell in one.cells for run in cell}
        found += some
        rest = [run for run in rest if run.start not in gone]
        if not rises(rest):
            break
    return found


def _with_bullets(runs: Sequence[Run]) -> list[Run]:
    """The runs with each bullet right before its words: some programs draw the bullets of a page behind all that it says."""
    bullets = [run for run in runs if run.text in signs.BULLETS]
    words = sorted((run for run in runs if run.text not in signs.BULLETS), key=lambda run: run.box[0]) if bullets else []
    listed: dict[int, Run] = {}
    for bullet in bullets:
        near = words[bisect.bisect(words, bullet.box[0], key=lambda run: run.box[0]) :]
        own = next((run for run in near if abs(_middle(run) - _middle(bullet)) <= LEVEL * run.size), None)
        if own is not None and own.box[0] - bullet.box[2] < LISTED * own.size and own.start not in listed:
            listed[own.start] = bullet
    moved = {bullet.start for bullet in listed.values()}
    return [one for run in runs if run.start not in moved for one in ((listed[run.start], run) if run.start in listed else (run,))]


def _tables(runs: Sequence[Run], near: float, high: float) -> Iterator[Written]:
    """The tables whose first cells have their lines so near to each other."""
    rows = _rows(runs, near, high)
    at = tried = reach = 0
    while at < len(rows):
        found = None
        ends = list(_ends(rows, at, high)) if at >= reach or tried < TRIES else []
        if ends:
            tried, reach = (1, ends[0]) if at >= reach else (tried + 1, reach)
            found = next((one for end in ends if (one := _table(rows[at:end])) and not _is_mixed(one[1], runs)), None)
        if found:
            yield found[1]
            at += found[0]
            reach = at
        else:
            at += 1


# Cells that only a space parts ------------------------------------------------------------------------------------------


Words = Callable[[Run], Sequence[Run]]
Unprinted = Callable[[Sequence[int]], Sequence[int]]


def parted(runs: Sequence[Run], words: Words, unprinted: Unprinted) -> dict[int, list[Run]]:
    """The parts of runs, by their id, where white that nobody printed is before or behind the edge of other cells on the page.

    `words` are those of a run, `unprinted` tells which places of the page are spaces that the engine put in. A run that follows
    another so begins a cell. What was parted shows the edges of further cells.
    """
    said = [_said(run, words, unprinted) for run in runs]
    latin = [one for one in said if one.run.text.isascii()]
    if sum(len(one.borders) for one in latin) > (1 - PRINTED) * sum(one.run.text.count(" ") for one in latin):
        return {}  # a program that prints no spaces tells nothing by them
    sides = _sides(said)
    for _ in range(PASSES):
        found = [part for one in said for part in (_cut_at(one, _cuts(one, sides)) if one.borders else (one,))]
        if len(found) == len(said):
            break
        said, sides = found, _sides(found)
    parts: dict[int, list[Run]] = {}
    starts = [run.start for run in runs]
    left: Said | None = None
    for one in said:
        run = one.run
        if left is not None and _is_near(left.run, run) and unprinted([run.start - 1]) and _is_border(left.run, left.run, run, run, sides):
            run = run._replace(begins=True)
        parts.setdefault(bisect.bisect(starts, run.start) - 1, []).append(run)
        left = one
    return {id(runs[at]): own for at, own in parts.items() if own != [runs[at]]}


class Said(NamedTuple):
    """A run, its words, and before which of them white stands that nobody printed."""

    run: Run
    words: Sequence[Run]
    borders: Sequence[int]


def _said(run: Run, words: Words, unprinted: Unprinted) -> Said:
    spaces = frozenset(unprinted([run.start + at for at, char in enumerate(run.text) if char == " "])) if " " in run.text else ()
    own = words(run) if spaces else ()
    return Said(run, own, [at for at in range(1, len(own)) if own[at].start - 1 in spaces and _may_part(own[at - 1], at)])


def _may_part(left: Run, at: int) -> bool:
    """Neither a label before its value, nor a number before what it counts."""
    return not left.text.endswith((":", "：")) and not (at == 1 and signs.ENUMERATOR.fullmatch(left.text))


def _is_near(left: Run, right: Run) -> bool:
    """Words of one line, no further apart than those of one cell?"""
    return abs(_middle(left) - _middle(right)) <= LEVEL * right.size and -right.size < right.box[0] - left.box[2] < WORDS * right.size


class Edge(NamedTuple):
    """An edge of a cell, or its middle, with its left end (its right one for that), the height of its type and whether this is Chinese."""

    at: float
    other: float
    size: float
    han: bool


class Sides(NamedTuple):
    """Where cells begin and end that stand beside others, and their middles; where words do beside white that nobody printed."""

    begin: list[Edge]
    end: list[Edge]
    middle: list[Edge]
    may_begin: list[Edge]
    may_end: list[Edge]
    high: float


def _sides(said: Sequence[Said]) -> Sides:
    runs = [one.run for one in said]
    beside = [
        (left, right)
        for left, right in itertools.pairwise(runs)
        if right.box[0] > left.box[2] and _is_level(left, right) and (right.begins or not _is_near(left, right))
    ]
    cells = {run.start: run for pair in beside for run in pair}.values()
    return Sides(
        sorted(_edge(right, right.box[0], right.box[2]) for _, right in beside),
        sorted(_edge(run, run.box[2], run.box[0]) for run in cells),
        sorted(_edge(run, (run.box[0] + run.box[2]) / 2, run.box[0]) for run in cells),
        sorted(_edge(one.run, one.words[at].box[0], one.words[at].box[2]) for one in said for at in one.borders),
        sorted(_edge(one.run, one.words[at - 1].box[2], one.words[at - 1].box[0]) for one in said for at in one.borders),
        _high(runs),
    )


def _edge(run: Run, at: float, other: float) -> Edge:
    """An edge in type as high as that of the run, which tells its height by its first character."""
    return Edge(at, other, run.size, run.text[0] > "\u2e7f")


def _is_level(left: Run, right: Run) -> bool:
    return abs(_middle(left) - _middle(right)) < UP * max(left.size, right.size)


def _cuts(one: Said, sides: Sides) -> list[int]:
    """Before which words of a run a cell begins."""
    first, last = (one.words[0], one.words[-1]) if one.borders else (one.run, one.run)
    white = [right.box[0] - left.box[2] for left, right in itertools.pairwise(one.words)]
    usual = sorted(white)[len(white) // 2] if white else 0.0
    return [at for at in one.borders if _is_border(first, one.words[at - 1], one.words[at], last, sides, usual)]


def _is_border(first: Run, upper: Run, word: Run, last: Run, sides: Sides, usual: float = 0.0) -> bool:
    """Do other cells begin where the word does, or end where the words before it do or all that follow, wherever they begin?

    Beside Chinese type there is white anyway, about as `usual` in the run; most of all where something is counted.
    """
    white = word.box[0] - upper.box[2]
    beside_han = upper.text[-1] > "\u2e7f" or word.text[0] > "\u2e7f"
    counted = beside_han and COUNTED.search(f"{upper.text[-1]} {word.text}{'' if last is word else last.text}") is not None
    if beside_han and white < (WORDS if counted else HAN_WHITE) * max(word.size, sides.high):
        return False
    begin = _near(sides.begin, _edge(first, word.box[0], word.box[2]))
    before, behind = first.box[0], word.box[0]
    if counted:
        halves = _edge(first, (before + upper.box[2]) / 2, before), _edge(first, (behind + last.box[2]) / 2, behind)
        centred = all(len(_near(sides.middle, half)) >= PROVED for half in halves)  # 上午 | 10時正, each in the middle of its column
        return centred or (len(begin) >= PROVED and white > WIDER * usual)
    if begin:
        return True
    if any(
        _differ(_near(edges, edge), edge)
        for edges, edge in (
            (sides.end, _edge(first, upper.box[2], before)),
            (sides.end, _edge(first, last.box[2], behind)),
            (sides.middle, _edge(first, (before + upper.box[2]) / 2, before)),
            (sides.middle, _edge(first, (behind + last.box[2]) / 2, behind)),
        )
    ):
        return True
    edges = (sides.may_begin, _edge(first, behind, word.box[2])), (sides.may_end, _edge(first, upper.box[2], upper.box[0]))
    return not beside_han and any(_differ(_near(some, edge), edge) for some, edge in edges)


def _near(edges: Sequence[Edge], edge: Edge) -> list[Edge]:
    """The edges at the place of this one, of such type; Chinese type is drawn higher than Latin."""
    low, high = (bisect.bisect(edges, edge.at + by, key=lambda one: one.at) for by in (-ALIGNED, ALIGNED))
    return [
        one for one in edges[low:high] if max(one.size, edge.size) < (ALIKE if one.han == edge.han else UNLIKE) * min(one.size, edge.size)
    ]


def _differ(others: Sequence[Edge], edge: Edge) -> bool:
    """Are there several edges at one place, and do the cells differ in how wide they are?"""
    ends = [edge.other, *(one.other for one in others)]
    return len(others) >= PROVED and max(ends) - min(ends) > ALIGNED


def _cut_at(one: Said, cuts: Sequence[int]) -> list[Said]:
    """The parts of a run that begin with these words."""
    if not cuts:
        return [one]
    found = []
    for part, (low, high) in zip(cut(one.run, one.words, cuts), itertools.pairwise((0, *cuts, len(one.words))), strict=True):
        found.append(Said(part, one.words[low:high], [at - low for at in one.borders if low < at < high]))
    return found


def cut(run: Run, words: Sequence[Run], cuts: Sequence[int]) -> Iterator[Run]:
    """The parts of a run, each but the first beginning with one of these words."""
    for low, high in itertools.pairwise((0, *cuts, len(words))):
        start, end = words[low].start - run.start, words[high - 1].start - run.start + len(words[high - 1].text)
        kept = tuple(place - start for place in run.invented if start <= place < end)
        box = words[low].box[0], run.box[1], words[high - 1].box[2], run.box[3]
        yield Run(run.text[start:end], box, run.size, words[low].start, None if low else run.first, kept, begins=low > 0)


def _middle(run: Run) -> float:
    return (run.box[1] + run.box[3]) / 2


def _high(runs: Sequence[Run]) -> float:
    """The height of the type: most of a page is set in it or smaller, and where Chinese stands between Latin words it is the higher."""
    sizes = sorted(run.size for run in runs)
    return sizes[3 * len(sizes) // 4]


def _usual(runs: Sequence[Run]) -> float:
    """How many points apart the lines of a cell or paragraph are."""
    high = _high(runs)
    apart = sorted(_middle(lower) - _middle(upper) for upper, lower in itertools.pairwise(runs) if _is_below(upper.box, upper, lower, high))
    return apart[len(apart) // 4] if apart else LEADING * high


def _is_below(box: Box, upper: Run, lower: Run, high: float) -> bool:
    """Does a run stand on the next line of a cell with this box?"""
    size = max(upper.size, lower.size)
    return LEVEL * size < _middle(lower) - _middle(upper) <= LEADING * max(size, high) and lower.box[0] < box[2] and lower.box[2] > box[0]


# Rows of cells ----------------------------------------------------------------------------------------------------------


def _rows(runs: Sequence[Run], near: float, high: float) -> list[Row]:
    """Cells by rows, as they were written: a row ends where the next cell is not right of the last one."""
    rows: list[Row] = []
    for run in runs:
        if rows and _goes_on(rows[-1], run, near, high):
            cell = rows[-1][-1]
            rows[-1][-1] = Cell((*cell.runs, run), _around(cell.box, run.box))
        elif rows and _is_beside(rows[-1], run, high):
            rows[-1].append(Cell((run,), run.box))
        elif rows and _is_beside_last_line(rows[-1], run):  # the lines above that one are the end of the text above the table
            *above, last = rows[-1][0].runs
            rows[-1:] = [[_cell(above)], [_cell([last]), _cell([run])]]
        else:
            rows.append([Cell((run,), run.box)])
    return list(_with_groups(rows))


def _with_groups(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows; lines that head a group and were taken for the first ones of the cell below them are rows of their own.

    They are further from that cell than lines of other cells are from each other, or as far as rows of one line, and its row
    stands beside its last lines only.
    """
    several = [row for row in rows if len(row) > 1]
    lines = [step for row in several for cell in row[1:] for step in _steps(cell) if step > LEVEL * cell.size]
    singles = [upper for upper in several if all(len(cell.runs) == 1 for cell in upper)]
    apart = [row[0].middle - upper[0].middle for upper, row in itertools.pairwise(singles) if row[0].middle > upper[0].middle]
    most = NEARER * min(lines) if lines else min(apart) / NEARER if apart else float("inf")
    for row in rows:
        first, at = row[0], _group_end(row, most)
        if at:
            yield [_cell(first.runs[:at])]
            yield [_cell(first.runs[at:]), *row[1:]]
        else:
            yield row


def _group_end(row: Row, most: float) -> int:
    """How many runs of a first cell head a group: up to the last line that is further than that above the next; 0 for none."""
    first, others = row[0], row[1:]
    if not others or len(first.runs) < 2:
        return 0
    top = min(cell.box[1] for cell in others)
    for at in range(len(first.runs) - 1, 0, -1):
        upper, lower = first.runs[at - 1], first.runs[at]
        if upper.box[3] <= top and _middle(lower) - _middle(upper) > most and not entries.reads_on(upper.text, lower.text):
            return at
    return 0


def _steps(cell: Cell) -> Iterator[float]:
    """How far apart the runs of a cell are that follow each other."""
    return (_middle(lower) - _middle(upper) for upper, lower in itertools.pairwise(cell.runs))


def _cell(runs: Sequence[Run]) -> Cell:
    box = runs[0].box
    for run in runs[1:]:
        box = _around(box, run.box)
    return Cell(tuple(runs), box)


def _goes_on(row: Row, run: Run, near: float, high: float) -> bool:
    """Is the run a part of the last cell: its next words, or its next line? That of a first cell is so `near`, or begins the next row."""
    cell = row[-1]
    last = cell.runs[-1]
    if abs(_middle(run) - _middle(last)) <= LEVEL * run.size:
        gap = run.box[0] - last.box[2]
        listed = last.text in signs.BULLETS or signs.ENUMERATOR.fullmatch(last.text)
        return not run.begins and -run.size < gap < (LISTED if listed else WORDS) * run.size
    if not _is_below(cell.box, last, run, high) or (len(row) > 1 and run.box[0] < row[-2].box[2]):
        return False
    return len(row) > 1 or _middle(run) - _middle(last) <= near


def _is_beside(row: Row, run: Run, high: float) -> bool:
    """Does the run begin a cell right of the last one, at the height of the row or of one that reaches over several?"""
    top, bottom = min(cell.box[1] for cell in row), max(cell.box[3] for cell in row)
    return row[-1].box[2] <= run.box[0] + MEET and top - UP * high < _middle(run) < bottom + DOWN * high


def _is_beside_last_line(row: Row, run: Run) -> bool:
    """Does the run stand right of the last line of a lone cell, but below the lines above that?"""
    last = row[0].runs[-1]
    level = abs(_middle(run) - _middle(last)) <= LEVEL * run.size
    return len(row) == 1 and len(row[0].runs) > 1 and level and last.box[2] <= run.box[0] + MEET


def _around(box: Box, other: Box) -> Box:
    return min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3])


def _ends(rows: Sequence[Row], start: int, high: float) -> Iterator[int]:
    """Where a table may end whose first row this is, the furthest first: behind rows below each other, but for one of one cell."""
    ends: list[int] = []
    at = start
    while at < len(rows) and not _is_labelled(rows[at]) and (at == start or _follows(rows[at - 1], rows[at], high)):
        if len(rows[at]) > 1:
            ends = [*ends[:-1], at + 1] if ends and ends[-1] == at else [*ends, at + 1]
        elif not ends or ends[-1] < at:
            break
        at += 1
    yield from itertools.islice((end for end in reversed(ends) if end - start >= ROWS), MOST_ENDS)


def _is_labelled(row: Row) -> bool:
    """A label with its value, as a head has them."""
    return row[0].runs[-1].text.rstrip().endswith((":", "："))


def _follows(upper: Row, row: Row, high: float) -> bool:
    """Is this the next row, or a line that heads the rows below it?"""
    below = _top(row) >= _top(upper) and _top(row) - _bottom(upper) <= ROOMY * high
    return below and (len(row) > 1 or (len(row[0].runs) == 1 and signs.width(row[0].runs[0].text) <= SHORT))


def _top(row: Row) -> float:
    return min(cell.box[1] for cell in row)


def _bottom(row: Row) -> float:
    return max(cell.box[3] for cell in row)


# The proof --------------------------------------------------------------------------------------------------------------


class Put(NamedTuple):
    """A cell with its columns, `end` not included."""

    cell: Cell
    col: int
    end: int


def _table(rows: Sequence[Row]) -> tuple[int, Written] | None:
    """How many of the rows are proved to be a table, and this; None where there are too few."""
    if not _is_written_by_cell(rows):
        return None
    for headings in range(HEADINGS + 1):  # which may be over several columns, and then as many as the cells of a row
        columns = _columns(rows[headings:]) if len(rows) - headings >= ROWS else []
        put = [_put(row, columns) for row in rows] if len(columns) > 1 else []
        sure = _over_groups(list(itertools.takewhile(bool, put)), len(columns))
        extents = _extents(sure)
        while extents and len(sure[len(extents) - 1]) < 2:
            extents.pop()
        count = len(extents)
        if sum(len(row) > 1 for row in sure[:count]) >= ROWS and _is_written_by_cell(rows[:count]):
            return count, _framed(sure[:count], extents, _widened(columns, sure[:count]))
        if count > HEADINGS:
            break
    return None


def _over_groups(rows: list[list[Put]], width: int) -> list[list[Put]]:
    """The rows; a lone heading in the middle of columns that have headings of their own below it is over all of these.

    The two rows of headings complete one another: the upper has a word over every column and group of columns, the lower has the rest.
    """
    if len(rows) < ROWS:
        return rows
    upper, lower = rows[:2]
    single = [put.col for put in lower if put.end == put.col + 1 and not any(char.isdigit() for run in put.cell.runs for char in run.text)]
    over = {col for put in upper for col in range(put.col, put.end)}
    if len(single) < len(lower) or not single or single[0] == 0 or over | set(single) != set(range(width)):
        return rows
    found = list(upper)
    for _, group in itertools.groupby(enumerate(single), key=lambda one: one[1] - one[0]):
        cols = [col for _, col in group]
        heads = [at for at, put in enumerate(found) if put.col <= cols[-1] and cols[0] < put.end]
        if len(heads) == 1 and cols[0] <= found[heads[0]].col and found[heads[0]].end <= cols[-1] + 1:
            found[heads[0]] = found[heads[0]]._replace(col=cols[0], end=cols[-1] + 1)
    return [found, *rows[1:]]


def _widened(columns: Sequence[Strip], rows: Sequence[Sequence[Put]]) -> list[Strip]:
    """The columns with all cells that stand in one alone, as far as none goes over the next."""
    wide = list(columns)
    for put in (put for row in rows for put in row if put.end == put.col + 1):
        wide[put.col] = min(wide[put.col][0], put.cell.box[0]), max(wide[put.col][1], put.cell.box[2])
    return wide if all(left[1] <= right[0] + MEET for left, right in itertools.pairwise(wide)) else list(columns)


def _is_written_by_cell(rows: Sequence[Row]) -> bool:
    """Is a cell of several lines followed by one that begins higher than it ends?"""
    return any(
        _middle(right.runs[0]) < _middle(left.runs[-1]) - RISES * right.size for row in rows for left, right in itertools.pairwise(row)
    )


def _columns(rows: Sequence[Row]) -> list[Strip]:
    """From where to where the cells of each column go in the fullest rows, and those that stand beside all of these; [] for too many.

    Narrow cells come first, for a wide one may be over several. What else stands in a column shares a part of its width.
    """
    most = max(map(len, rows))
    full = [row for row in rows if len(row) == most]
    columns = _in_order(full)
    others = rows if not columns else [row for row in rows if len(row) < most]
    if full and full[0] is not rows[0]:
        _take_in_headings(rows[: min(rows.index(full[0]), HEADINGS)], columns)
    for row_length, _, cell in sorted((-len(row), cell.box[2] - cell.box[0], cell) for row in others for cell in row):
        touched = _touched(cell.box, columns)
        if not touched:
            bisect.insort(columns, (cell.box[0], cell.box[2]))
            if len(columns) > most + PHANTOMS:
                return []
        elif len(touched) == 1 and row_length == -most:
            columns[touched[0]] = min(columns[touched[0]][0], cell.box[0]), max(columns[touched[0]][1], cell.box[2])
    return columns


def _take_in_headings(rows: Sequence[Row], columns: list[Strip]) -> None:
    """Widen columns by the headings that stand beside their cells: a short word set left above numbers set right.

    It is of the one column next to it over which no other word of its row stands.
    """
    for row in rows:
        taken = {col for cell in row for col in _touched(cell.box, columns)}
        for cell in row:
            if not _touched(cell.box, columns):
                right = sum(column[0] < cell.box[0] for column in columns)
                free = [col for col in (right - 1, right) if 0 <= col < len(columns) and col not in taken]
                if len(free) == 1 and 0 < right < len(columns):
                    taken.add(free[0])
                    columns[free[0]] = min(columns[free[0]][0], cell.box[0]), max(columns[free[0]][1], cell.box[2])


def _in_order(rows: Sequence[Row]) -> list[Strip]:
    """From where to where the first, second … cells of rows go that have as many; [] where they do not stand below each other.

    A short heading in the middle of its column may touch only some of the cells below it.
    """
    columns: list[Strip] = []
    for cells in zip(*rows, strict=True):
        strip: Strip | None = None
        for left, right in sorted((cell.box[0], cell.box[2]) for cell in cells):
            if strip is not None and left >= strip[1] - MEET:
                return []
            strip = (strip[0], max(strip[1], right)) if strip else (left, right)
        if strip is None or (columns and strip[0] < columns[-1][1] - MEET):
            return []
        columns.append(strip)
    return columns


def _touched(box: Box, columns: Sequence[Strip]) -> range:
    """The columns in which a cell stands."""
    first = last = 0
    low, high = box[0] + MEET, box[2] - MEET
    for left, right in columns:
        first += right <= low
        last += left < high
    return range(first, last)


def _put(row: Row, columns: Sequence[Strip]) -> list[Put]:
    """The cells of a row in their columns, over all that they touch; [] where one touches none, or two are in one."""
    found: list[Put] = []
    for cell in row:
        touched = _touched(cell.box, columns)
        if not touched or (found and touched[0] < found[-1].end):
            return []
        found.append(Put(cell, touched[0], touched[-1] + 1))
    return found


def _extents(rows: Sequence[Sequence[Put]]) -> list[Strip]:
    """From where to where each row goes, without its cells that reach over several, as far as the places prove the rows."""
    found: list[Strip] = []
    tall: list[tuple[int, Put]] = []
    for number, row in enumerate(rows):
        own, over = _own(row, rows[number + 1] if number + 1 < len(rows) else None)
        extent = (min(cell.box[1] for cell in own), max(cell.box[3] for cell in own)) if own else (0.0, 0.0)
        if not own or (found and extent[0] < found[-1][1] - AT_ONE * own[0].size):
            break
        found.append(extent)
        tall += ((number, put) for put in over)
    wrong = [number for number, put in tall if not _is_over(put, number, rows, found)]
    return found[: min(wrong, default=len(found))]


def _own(row: Sequence[Put], below: Sequence[Put] | None) -> tuple[list[Cell], list[Put]]:
    """The cells that stand in a row only, and those that reach over the next one too; no own ones where their places disprove a row."""
    bound = [put.cell for put in row if below is None or any(put.col < other.end and other.col < put.end for other in below)]
    if not bound:
        return [], []
    tallest = max(bound, key=lambda cell: cell.box[3] - cell.box[1])
    if not all(_at_one_height(cell, tallest) for cell in bound):
        return [], []
    end = min(put.cell.box[1] for put in below) if below else float("inf")
    over = [put for put in row if put.cell not in bound and not (_at_one_height(put.cell, tallest) and put.cell.box[3] <= end)]
    return [put.cell for put in row if put not in over], over


def _at_one_height(cell: Cell, other: Cell) -> bool:
    """Do two cells stand beside each other, or are their tops, middles or bottoms level?"""
    within = AT_ONE * max(cell.size, other.size)
    return (
        min(cell.box[3], other.box[3]) > max(cell.box[1], other.box[1])
        or abs(cell.middle - other.middle) <= within
        or abs(cell.box[1] - other.box[1]) <= within
        or abs(cell.box[3] - other.box[3]) <= within
    )


def _is_over(put: Put, number: int, rows: Sequence[Sequence[Put]], extents: Sequence[Strip]) -> bool:
    """Does a cell stand at the top or in the middle of its row and some below, none of which has a cell in its place?"""
    within, top = AT_ONE * put.cell.size, extents[number][0]
    for end in range(number + 1, len(extents)):
        if any(put.col < other.end and other.col < put.end for other in rows[end]):
            return False
        if abs((top + extents[end][1]) / 2 - put.cell.middle) <= within:
            return True
        if abs(top - put.cell.box[1]) <= within and put.cell.box[3] <= extents[end][1] + within:
            return True
    return False


def _is_mixed(found: Written, runs: Sequence[Run]) -> bool:
    """Does something else stand within the table?"""
    own = {id(run) for _, cell in found.cells for run in cell}
    x0, y0, x1, y1 = found.table.box
    return any(id(run) not in own and x0 < (run.box[0] + run.box[2]) / 2 < x1 and y0 < _middle(run) < y1 for run in runs)


def _framed(rows: Sequence[Sequence[Put]], extents: Sequence[Strip], columns: Sequence[Strip]) -> Written:
    """The table as a grid of boxes that meet in the middle of the white between them, with what stands in each."""
    edges_x = [columns[0][0] - 1, *((left[1] + right[0]) / 2 for left, right in itertools.pairwise(columns)), columns[-1][1] + 1]
    edges_y = [extents[0][0] - 1, *((upper[1] + lower[0]) / 2 for upper, lower in itertools.pairwise(extents)), extents[-1][1] + 1]

    def frame(row: int, col: int, across: int) -> Frame:
        return Frame(row, col, 1, across, (edges_x[col], edges_y[row], edges_x[col + across], edges_y[row + 1]))

    cells: list[tuple[Frame, tuple[Run, ...]]] = []
    for number, row in enumerate(rows):
        col = 0
        for put in row:
            cells += ((frame(number, empty, 1), ()) for empty in range(col, put.col))
            cells.append((frame(number, put.col, put.end - put.col), put.cell.runs))
            col = put.end
        cells += ((frame(number, empty, 1), ()) for empty in range(col, len(columns)))
    box = edges_x[0], edges_y[0], edges_x[-1], edges_y[-1]
    return Written(RuledTable(len(columns), len(rows), tuple(one for one, _ in cells), box), tuple(cells))
