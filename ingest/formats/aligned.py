"""Tables without rulings, or with level ones only: words that stand below each other in columns.

A line with a wide gap may begin one. It grows downwards as long as a strip of white stays between its columns; what bridges
the strip is prose again. Three rows with two cells make a table.

Where the lines of one cell are nearer to each other than two rows are, each column tells its own cells, and the rows are what
stands side by side; a cell beside several rows reaches over them. Where all lines are equally far apart, a row begins with a
new key (a date, a number) in the first column, or with a second cell. Level rules between rows go before either.
"""

from __future__ import annotations

import bisect
import itertools
import re
import statistics
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from ingest.formats import kinds, signs
from ingest.formats.leaf import FIRST_WORD, Frame, RuledTable, Run
from ingest.model import Box

GAP = 0.75  # between two cells, in heights of the type
STRIP = 0.6  # of white between two columns, in heights of the type
ROWS = 3
FURTHER = 2.1  # single words below the first column of a table stand no further from it than so many usual distances
ROOMY = 3.2  # other lines of one table, likewise
NEARER = 1.12  # lines of one cell are nearer to each other than those of two rows, by this factor
SAME = 1.06  # by this factor the distances of lines of one cell differ at most
WHITE = 40  # ends of paragraphs in columns of prose; no page has more
LOW = 1.2  # lines of prose are no nearer to each other than this, in heights of the type
LEADING = 1.8  # lines of one cell are no further apart than this, in heights of the type
BELOW = 0.8  # of the distance of two rows: what stands nearer below a line is beside it
BESIDE = 0.3  # of a line's height: cells that share so much of it stand side by side
CENTRED = 0.35  # of a line's height: so near to the middle of its rows a centred cell stands
NEAR = 6  # lines above and below one whose cells are set without white between them
MOST_LINES = 2000  # of one page: what has more is no page, and not looked at
THIN = 2.0  # a ruling is no thicker
SENTENCES = 9.0  # heights of the type: no column of whole sentences is narrower
FULL = 0.8  # of the others' width: how wide the first line of a last column of prose is
PROSE = 12.0  # heights of the type: no column of prose is narrower
ALIKE = 1.15  # by this factor the type of a row over several columns and that of the next row differ at most
ACROSS = 0.8  # of a table's width: a level rule that parts rows is no shorter

_DIGITS, _LETTERS = re.compile(r"\d+"), re.compile(r"[^\W\d_]+(?:\s+[^\W\d_]+)*")
_OPENED = re.compile(r"[(（\[「][^)）\]」]*$")
_GOES_ON = re.compile(r"(?:[,，、&–—-]|\b(?:and|or|to|of|the|from)|[至和及或由])(?:\s*\d{1,2})?$", re.IGNORECASE)
_CONTINUES = re.compile(r"[(（][^\W\d_]|[)）,，、。;；]|(?:and|or)\b|(?:to|until)\s+\d|[日月年時分）]")
_AMOUNT_LAST = re.compile(r"\d[,.]\d[\d,.]*\s?%?$")
_LETTER_LAST = re.compile(r"[^\W\d_]$")


class Row(Protocol):
    """The runs of one height."""

    @property
    def runs(self) -> tuple[Run, ...]: ...

    @property
    def box(self) -> Box: ...

    @property
    def size(self) -> float: ...

    @property
    def middle(self) -> float: ...


class Found(NamedTuple):
    """A table in a sequence of lines: from `start` up to `end`."""

    start: int
    end: int
    table: RuledTable


Strip = tuple[float, float]  # from left to right
Reach = tuple[tuple[int, int], ...]
"""Which columns each cell of a line is over, `end` not included."""


class Piece(NamedTuple):
    """What stands in one column of a line; `first` is the width of its first word."""

    line: int
    col: int
    box: Box
    size: float
    text: str
    first: float
    across: int = 1  # columns that it goes over

    @property
    def middle(self) -> float:
        return (self.box[1] + self.box[3]) / 2


class Entry(NamedTuple):
    """Pieces of one column that are one cell, and its extent from the top of its first line to the bottom of its last."""

    col: int
    top: float
    bottom: float
    pieces: tuple[Piece, ...]


Group = list[Entry]


class Placed(NamedTuple):
    """A cell in the rows of its table, `end` not included."""

    entry: Entry
    row: int
    end: int


class Body(NamedTuple):
    """The cells of a table, and the extent of each of its rows."""

    rows: list[Strip]
    cells: list[Placed]


def tables(lines: Sequence[Row], usual: float, rulings: Iterable[Box] = ()) -> Iterator[Found]:
    """The tables among lines that stand below each other; `usual` is how many points apart lines of prose are."""
    level = sorted(_level(rulings), key=lambda box: box[1])
    if len(lines) > MOST_LINES:
        return
    cells = [strips(line) for line in lines]
    index = free = 0
    while index < len(lines):
        end, columns, wide = _block(lines, cells, index, usual)
        if end - index < ROWS:
            index += 1
            continue
        found = _table(lines[:end], index, columns, level, wide)
        if found is None and wide:  # none of these lines is a row
            end, columns = min(wide), _block(lines[: min(wide)], cells, index, usual)[1]
            found = _table(lines[:end], index, columns, level, {}) if end - index >= ROWS and len(columns) > 1 else None
        if found is not None:
            yield _headed(found, lines, cells, free, level, usual)
            free = found.end
        index = end if found is None else found.end


def headed(found: Found, lines: Sequence[Row], free: int, usual: float, rulings: Iterable[Box] = ()) -> Found:
    """A table with the headings that stand in its columns in the lines above it, from line `free` on."""
    return _headed(found, lines, [strips(line) for line in lines], free, sorted(_level(rulings), key=lambda box: box[1]), usual)


def _level(rulings: Iterable[Box]) -> Iterator[Box]:
    """The level rules, and the upper and lower ends of shades, which part rows as well."""
    for x0, y0, x1, y1 in rulings:
        if x1 - x0 <= 8 * THIN:
            continue
        if y1 - y0 <= THIN:
            yield x0, y0, x1, y1
        else:
            yield x0, y0, x1, y0
            yield x0, y1, x1, y1


# Where a table begins and ends ----------------------------------------------------------------------------------------


def strips(line: Row) -> list[Strip]:
    """The stretches of a line between its wide gaps."""
    cells: list[Strip] = []
    for run in line.runs:
        if cells and not run.begins and run.box[0] - cells[-1][1] < GAP * line.size:
            cells[-1] = cells[-1][0], max(cells[-1][1], run.box[2])
        else:
            cells.append((run.box[0], run.box[2]))
    return cells


Wide = dict[int, Reach]
"""Lines with a cell over several columns, by number, each with the columns under its cells."""


def _block(lines: Sequence[Row], cells: Sequence[Sequence[Strip]], start: int, usual: float) -> tuple[int, list[Strip], Wide]:
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
        sum(_touches(cell, column) for number, line in enumerate(cells[start:end], start) if number not in wide for cell in line)
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
        under = [index for index, column in enumerate(columns) if _touches((left, right), column)]
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
    return not _meet(lines[at], lines[at + 1])


def _meet(line: Row, other: Row) -> bool:
    return any(_touches((one.box[0], one.box[2]), (two.box[0], two.box[2])) for one in line.runs for two in other.runs)


def _touches(cell: Strip, column: Strip) -> bool:
    return cell[0] < column[1] and cell[1] > column[0]


def _table(lines: Sequence[Row], start: int, columns: Sequence[Strip], level: Sequence[Box], wide: Wide) -> Found | None:
    """The table that the lines from `start` on are; None where they have too few rows, or one over several columns is no row."""
    pieces = _pieces(lines[start:], columns, {number - start: reach for number, reach in wide.items()})
    leading = _leading(pieces)
    end = start + _last(pieces, len(lines) - start, leading)
    pieces = [piece for piece in pieces if piece.line < end - start]
    body = _body(pieces, len(columns), leading, _rules(level, columns, lines[start:end]))
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


def are_columns_of_prose(pieces: Sequence[Piece]) -> bool:
    """Side by side, lines that go on to the right edge of their columns from the first on, equally far apart: a text, broken, no rows.

    A paragraph may end in one column; where rows end, all columns have white at the same height.
    """
    columns = _by_column(pieces)
    if len(columns) > 1 and (all(map(_runs_on, columns)) or _end_early(columns)):
        return True
    steps = [lower.middle - upper.middle for column in columns for upper, lower in itertools.pairwise(column)]
    if len(columns) < 2 or not all(map(_is_filled, columns)):
        return False
    white = [
        (number, upper.middle, lower.middle)
        for number, column in enumerate(columns)
        for upper, lower in itertools.pairwise(column)
        if lower.middle - upper.middle > NEARER * min(steps)
    ]
    return (
        not any(one[0] != other[0] and one[1] < other[2] and other[1] < one[2] for one, other in itertools.combinations(white[:WHITE], 2))
        and len(white) <= WHITE
    )


_NEXT_SENTENCE = re.compile(r"。[^」』）)\s]|[a-z)]\.\s+[A-Z]")


def _end_early(columns: Sequence[Sequence[Piece]]) -> bool:
    """Three columns or more that run on but for the last, which begins as wide as they are: the text ended in it."""
    *others, last = columns
    return len(others) > 1 and all(map(_runs_on, others)) and _extent(last[:1]) > FULL * min(map(_extent, others))


def _extent(column: Sequence[Piece]) -> float:
    return max(piece.box[2] for piece in column) - min(piece.box[0] for piece in column)


def _runs_on(column: Sequence[Piece]) -> bool:
    """Is a column wide, without a heading of a few words, and does a sentence begin in it behind the end of another, on one line?"""
    left, right = min(piece.box[0] for piece in column), max(piece.box[2] for piece in column)
    headed = 2 * (column[0].box[2] - left) < right - left
    wide = right - left > SENTENCES * column[0].size
    return wide and not headed and len(column) >= ROWS and any(_NEXT_SENTENCE.search(piece.text) for piece in column)


def _is_filled(column: Sequence[Piece]) -> bool:
    """Is a column wide, and do most of its lines, the first among them, reach its right edge, each ending in the middle of a sentence?"""
    left, right = min(piece.box[0] for piece in column), max(piece.box[2] for piece in column)
    full = [piece.box[2] > right - 2 * piece.size for piece in column[:-1]]
    ended = sum(piece.text.rstrip().endswith((".", "。")) for piece in column[:-1])
    return right - left > PROSE * column[0].size and len(full) > 1 and full[0] and 3 * sum(full) >= 2 * len(full) and 3 * ended <= len(full)


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


def _pieces(lines: Sequence[Row], columns: Sequence[Strip], wide: Wide) -> list[Piece]:
    """The lines as pieces, line by line and from left to right."""
    found: list[Piece] = []
    for number, line in enumerate(lines):
        reach = wide.get(number, ())
        for col, group in itertools.groupby(line.runs, key=lambda run: _held(reach, _column(columns, run))):
            runs = list(group)
            across = next((end - begin for begin, end in reach if begin == col), 1)
            box = (
                min(run.box[0] for run in runs),
                min(run.box[1] for run in runs),
                max(run.box[2] for run in runs),
                max(run.box[3] for run in runs),
            )
            text = " ".join(run.text for run in runs)
            found.append(Piece(number, col, box, max(run.size for run in runs), text, _first(runs[0]), across))
    return found


def _held(reach: Reach, col: int) -> int:
    """The first of the columns that a cell goes over which holds this one; else this."""
    return next((begin for begin, end in reach if begin <= col < end), col)


def _column(columns: Sequence[Strip], run: Run) -> int:
    return max((index for index, column in enumerate(columns) if run.box[0] >= column[0] - 1), default=0)


def _first(run: Run) -> float:
    """The width of the first word."""
    word = FIRST_WORD.match(run.text)
    if run.first is not None or word is None:
        return run.first or 0.0
    return (run.box[2] - run.box[0]) * signs.width(word[0]) / max(1, signs.width(run.text))


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


# Headings over several columns ----------------------------------------------------------------------------------------


class Heading(NamedTuple):
    """A line of headings: which columns each of them is over, `end` not included."""

    line: int
    reach: Reach


def _headed(found: Found, lines: Sequence[Row], cells: Sequence[Sequence[Strip]], free: int, level: Sequence[Box], usual: float) -> Found:
    """The table with the lines of headings above it; one that is over several columns keeps them out of its columns."""
    edges = _column_edges(found.table)
    columns = _text_columns(edges, [strip for line in cells[found.start : found.end] for strip in line])
    headings: list[Heading] = []
    first = found.start
    while first > free and len(columns) > 2 and len(headings) < 3:
        line, below = lines[first - 1], lines[first]
        far = below.middle - line.middle > FURTHER * max(usual, LOW * line.size)
        reach = None if far or _is_no_heading(line) else _reach(cells[first - 1], columns, _rules_below(line, below, level), line.size)
        if reach is None and not far and first - 1 > free and not _is_no_heading(line) and not _is_no_heading(lines[first - 2]):
            near = line.middle - lines[first - 2].middle <= FURTHER * max(usual, LOW * line.size)
            both = _completed(cells[first - 2], cells[first - 1], columns, line.size) if near else None
            if both:
                first -= 2
                headings = [Heading(first, both[0]), Heading(first + 1, both[1]), *headings]
                continue
        if reach is None:
            break
        first -= 1
        headings.insert(0, Heading(first, reach))
    if not headings:
        return found
    return Found(first, found.end, _with_headings(found.table, headings, lines, edges))


def _completed(upper: Sequence[Strip], lower: Sequence[Strip], columns: Sequence[Strip], size: float) -> tuple[Reach, Reach] | None:
    """The columns under headings of two lines: the lower has some columns only, the upper the others, and one over each group of these."""
    part = _touched(lower, columns, [], size)
    if part is None or any(end - begin > 1 for begin, end in part):
        return None
    single = {begin for begin, _ in part}
    groups = [[col for _, col in group] for _, group in itertools.groupby(enumerate(sorted(single)), key=lambda one: one[1] - one[0])]
    ranges = [(group[0], group[-1] + 1) for group in groups] + [(col, col + 1) for col in range(len(columns)) if col not in single]
    found = []
    for cell in upper:
        middle = (cell[0] + cell[1]) / 2
        over = [reach for reach in ranges if columns[reach[0]][0] <= middle <= columns[reach[1] - 1][1]]
        if len(over) != 1 or over[0] in found:
            return None
        found.append(over[0])
    wide = all(end - begin > 1 for begin, end in ranges[: len(groups)])
    return (tuple(found), part) if wide and len(found) == len(ranges) else None


def _is_no_heading(line: Row) -> bool:
    """Labels of a letterhead, dates, and what ends like a sentence; several words such as `Date` beside others are no labels."""
    several = len(line.runs) >= ROWS
    return any(
        (signs.is_label(run.text) and not several)
        or signs.DATED.search(run.text.lower())
        or run.text.rstrip().endswith((":", "：", "。", "."))
        for run in line.runs
    )


def _column_edges(table: RuledTable) -> list[float]:
    lefts = {frame.col: frame.box[0] for frame in table.frames if frame.colspan == 1}
    return [*(lefts[col] for col in range(table.width)), table.box[2]]


def _text_columns(edges: Sequence[float], strips: Iterable[Strip]) -> list[Strip]:
    """From where to where the words of each column go."""
    columns = [(right, left) for left, right in itertools.pairwise(edges)]
    for left, right in strips:
        col = min(max(bisect.bisect(edges, (left + right) / 2) - 1, 0), len(columns) - 1)
        columns[col] = min(columns[col][0], left), max(columns[col][1], right)
    return columns


def _rules_below(line: Row, below: Row, level: Sequence[Box]) -> list[Strip]:
    """The level rules between two lines."""
    low, high = (bisect.bisect(level, at, key=lambda box: box[1]) for at in (line.middle, below.middle))
    return [(box[0], box[2]) for box in level[low:high]]


def _reach(cells: Sequence[Strip], columns: Sequence[Strip], rules: Sequence[Strip], size: float) -> Reach | None:
    """The columns under each heading of a line, which are over most columns; None for no headings."""
    found = _touched(cells, columns, rules, size)
    covered = sum(end - begin for begin, end in found or ())
    return found if found and len(found) > 1 and 2 * covered > len(columns) else None


def _touched(cells: Sequence[Strip], columns: Sequence[Strip], rules: Sequence[Strip], size: float) -> Reach | None:
    """The columns under each heading of a line: those that the rule below it underlines, else those it touches; None for no headings."""
    found: list[tuple[int, int]] = []
    for cell in cells:
        own = [rule for rule in rules if rule[0] - size <= cell[0] and cell[1] <= rule[1] + size]
        strip = min(own, key=lambda rule: rule[1] - rule[0]) if len(rules) > 1 and own else cell
        under = [index for index, column in enumerate(columns) if _touches(strip, column)] or _nearest(cell, columns, size)
        if not under or (found and under[0] < found[-1][1]):
            return None
        found.append((under[0], under[-1] + 1))
    return tuple(found)


def _nearest(cell: Strip, columns: Sequence[Strip], size: float) -> list[int]:
    """The columns on both sides of a heading that stands between two; none if it stands beside the table."""
    if cell[1] <= columns[0][0] - size or cell[0] >= columns[-1][1] + size:
        return []
    left = max((index for index, column in enumerate(columns) if column[1] <= cell[0]), default=0)
    return [left, min(left + 1, len(columns) - 1)]


def _with_headings(table: RuledTable, headings: Sequence[Heading], lines: Sequence[Row], edges: Sequence[float]) -> RuledTable:
    """The same table with these rows above its own."""
    boxes = [lines[heading.line].box for heading in headings]
    between = [(upper[3] + lower[1]) / 2 for upper, lower in itertools.pairwise(boxes)]
    heights = [min(boxes[0][1], table.box[1]) - 1, *between, table.box[1]]
    frames = []
    for row, heading in enumerate(headings):
        ends = dict(heading.reach)
        col = 0
        while col < table.width:
            end = ends.get(col, col + 1)
            frames.append(Frame(row, col, 1, end - col, (edges[col], heights[row], edges[end], heights[row + 1])))
            col = end
    more = len(headings)
    frames += [frame._replace(row=frame.row + more) for frame in table.frames]
    x0, _, x1, y1 = table.box
    return RuledTable(table.width, table.height + more, tuple(frames), (x0, heights[0], x1, y1))


# What is nearer than two rows -----------------------------------------------------------------------------------------


def _leading(pieces: Sequence[Piece]) -> float | None:
    """How far apart the lines of one cell are, if nearer than two rows: most pieces as near as that are broken lines, no cells."""
    pairs = [pair for column in _by_column(pieces) for pair in itertools.pairwise(column)]
    distances = [lower.middle - upper.middle for upper, lower in pairs]
    if not distances or max(distances) <= NEARER * min(distances):
        return None
    nearest = min(distances)
    if nearest > LEADING * max(piece.size for piece in pieces):
        return None
    near = [pair for pair, distance in zip(pairs, distances, strict=True) if distance <= NEARER * nearest]
    rows = {
        (upper.line, lower.line)
        for upper, lower in near
        if (_look_alike(upper, lower) or upper.text == lower.text) and not reads_on(upper.text, lower.text)
    }
    right = _rights(pieces)
    broken = sum((upper.line, lower.line) not in rows and not _are_two_cells(upper, lower, right[upper.col]) for upper, lower in near)
    return nearest if 2 * broken > len(near) else None


def _by_column(pieces: Iterable[Piece]) -> list[list[Piece]]:
    columns: dict[int, list[Piece]] = {}
    for piece in pieces:
        columns.setdefault(piece.col, []).append(piece)
    return list(columns.values())


def _rights(pieces: Iterable[Piece]) -> dict[int, float]:
    """How far the words of each column reach."""
    right: dict[int, float] = {}
    for piece in pieces:
        if piece.across == 1:
            right[piece.col] = max(right.get(piece.col, 0.0), piece.box[2])
    return right


def _are_two_cells(upper: Piece, lower: Piece, right: float) -> bool:
    """Does one cell end and another begin? They look alike (09:00, 10:30), or the second could have gone on in the line of the first."""
    if reads_on(upper.text, lower.text):
        return False
    return _look_alike(upper, lower) or (not signs.is_list_item(lower.text) and _has_room(upper, lower, right))


def _look_alike(upper: Piece, lower: Piece) -> bool:
    """Digits at the same places, as in `3 May (Monday)` and `14 June (Friday)`; two bullets of one cell may well be so."""
    return signs.DIGIT.search(upper.text) is not None and lower.text[0] not in signs.BULLETS and _shape(upper.text) == _shape(lower.text)


def _shape(text: str) -> str:
    """`9 A (A)` for `3 May (Monday)`."""
    return _LETTERS.sub("A", _DIGITS.sub("9", text))


def _has_room(upper: Piece, lower: Piece, right: float) -> bool:
    """Would the first word of the lower line have found room behind the upper one?"""
    return upper.box[2] + lower.first + 0.4 * upper.size < right


def reads_on(upper: str, lower: str) -> bool:
    """Do the words say that a line goes on: `24 May 2027` / `(Monday)`, `2027年5月24日（星期` / `一）`, `24 and` / `25 May 2027`?"""
    upper = upper.rstrip()
    if signs.LABEL.fullmatch(upper):
        return False  # `To` above `Subject`
    if _OPENED.search(upper) or _GOES_ON.search(upper) or _CONTINUES.match(lower):
        return True
    return lower[:1].islower() and _LETTER_LAST.search(upper) is not None


# Rows -----------------------------------------------------------------------------------------------------------------


class Rule(NamedTuple):
    """A level rule below the columns that it parts."""

    at: float
    cols: frozenset[int]


def _rules(level: Sequence[Box], columns: Sequence[Strip], lines: Sequence[Row]) -> list[Rule]:
    """The level rules through most columns of the table, from its first line to its last; a merged cell interrupts them."""
    top, bottom = lines[0].middle, lines[-1].middle
    drawn: dict[float, list[Strip]] = {}
    last: float | None = None
    for box in level:
        at = (box[1] + box[3]) / 2
        if top < at < bottom:
            place = last if last is not None and at - last <= THIN else at
            drawn.setdefault(place, []).append((box[0], box[2]))
            last = place
    rules = [Rule(at, frozenset(_under(drawn[at], columns))) for at in sorted(drawn)]
    return [rule for rule in rules if 2 * len(rule.cols) >= len(columns)]


def _under(drawn: Sequence[Strip], columns: Sequence[Strip]) -> Iterator[int]:
    """The columns of which most is covered."""
    for col, (left, right) in enumerate(columns):
        if sum(max(0.0, min(end, right) - max(begin, left)) for begin, end in drawn) >= ACROSS * (right - left):
            yield col


def _crossed(rules: Sequence[Rule], top: float, bottom: float, col: int | None = None) -> bool:
    """Does a rule (one below this column) go through between two heights?"""
    low, high = (bisect.bisect(rules, at, key=lambda rule: rule.at) for at in (top, bottom))
    return any(col is None or col in rule.cols for rule in rules[low:high])


def _body(pieces: Sequence[Piece], columns: int, leading: float | None, rules: Sequence[Rule]) -> Body:
    """The cells in their rows."""
    if len(rules) >= ROWS - 1 and 2 * len(rules) + 2 > len(_apart(pieces, columns, leading, rules).rows):
        ruled = None if _part_groups(pieces, columns, rules) else _between_rules(pieces, rules)
        if ruled is not None:
            return ruled
    return _apart(pieces, columns, leading, rules)


def _part_groups(pieces: Sequence[Piece], columns: int, rules: Sequence[Rule]) -> bool:
    """Do the rules part groups of rows, as those above and below a total do? Two lines between them have a cell in every column,
    and in most columns figures, dates or times of one look.
    """
    lines = [list(line) for _, line in itertools.groupby(pieces, key=lambda piece: piece.line)]
    for upper, lower in itertools.pairwise(lines):
        if len(upper) < columns or len(lower) < columns or _crossed(rules, upper[0].middle, lower[0].middle):
            continue
        pairs = list(zip(upper, lower, strict=True)) if len(upper) == len(lower) else []
        if any(reads_on(above.text, below.text) for above, below in pairs):
            continue
        if 2 * sum(_look_alike(above, below) or _are_numbers(above, below) for above, below in pairs) > columns:
            return True
    return False


def _are_numbers(upper: Piece, lower: Piece) -> bool:
    return kinds.kind(upper.text) == kinds.kind(lower.text) == "number"


def _between_rules(pieces: Sequence[Piece], rules: Sequence[Rule]) -> Body | None:
    """Each row has its rule below it; where that leaves out a column, the cell there reaches over the next row. None with an empty row."""
    placed: list[Placed] = []
    for column in _by_column(pieces):
        own = [number for number, rule in enumerate(rules, 1) if column[0].col in rule.cols]
        ends = [0, *own, len(rules) + 1]
        places = [rules[number - 1].at for number in own]
        between: dict[int, list[Piece]] = {}
        for piece in column:
            between.setdefault(bisect.bisect(places, piece.middle), []).append(piece)
        placed += [Placed(_entry(chain, None), ends[index], ends[index + 1]) for index, chain in between.items()]
    rows: list[Strip] = []
    for row in range(len(rules) + 1):
        mine = [cell.entry for cell in placed if (cell.row, cell.end) == (row, row + 1)]
        if not mine:
            return None
        rows.append((min(entry.top for entry in mine), max(entry.bottom for entry in mine)))
    return Body(rows, placed)


def _apart(pieces: Sequence[Piece], columns: int, leading: float | None, rules: Sequence[Rule]) -> Body:
    """By the white between the rows where there is some, else by keys."""
    keyed = _by_keys(pieces, rules)
    middles = [statistics.median(piece.middle for piece in group) for _, group in itertools.groupby(pieces, key=lambda piece: piece.line)]
    steps = [lower - upper for upper, lower in itertools.pairwise(middles)]
    if leading is None:
        nearest = min(lower.middle - upper.middle for column in _by_column(pieces) for upper, lower in itertools.pairwise(column))
        leading = BELOW * nearest
        apart = min(steps) < leading  # no line is broken, but some stand between two others
        if apart and (centred := _by_middles(pieces, nearest)):
            return centred
    else:
        uneven = sum(not leading / NEARER <= step <= leading * NEARER for step in steps)
        apart = 2 * uneven >= len(keyed.rows) - 1
    return (_by_gaps(pieces, columns, leading, rules) if apart else None) or keyed


def _stacked(rows: Sequence[Sequence[Piece]]) -> Body:
    """Rows of whole lines: what stands in one column is one cell. A first cell whose words go on in the row below reaches over it."""
    extents: list[Strip] = []
    first: list[Placed] = []
    others: list[Placed] = []
    for number, row in enumerate(rows):
        entries = [_entry(column, None) for column in _by_column(row)]
        extents.append((min(one.top for one in entries), max(one.bottom for one in entries)))
        for entry in entries:
            above = first[-1] if first and first[-1].end == number else None
            if entry.col:
                others.append(Placed(entry, number, number + 1))
            elif above is not None and reads_on(above.entry.pieces[-1].text, entry.pieces[0].text):
                first[-1] = Placed(_entry((*above.entry.pieces, *entry.pieces), None), above.row, number + 1)
            else:
                first.append(Placed(entry, number, number + 1))
    return Body(extents, [*first, *others])


def _entry(pieces: Sequence[Piece], leading: float | None) -> Entry:
    """A cell; with the line's height known, its extent does not depend on which letters stand in it."""
    if leading is None:
        return Entry(pieces[0].col, min(piece.box[1] for piece in pieces), max(piece.box[3] for piece in pieces), tuple(pieces))
    return Entry(pieces[0].col, pieces[0].middle - leading / 2, pieces[-1].middle + leading / 2, tuple(pieces))


def _by_keys(pieces: Sequence[Piece], rules: Sequence[Rule]) -> Body:
    """Rows of lines that are equally far apart: a row begins with a new first cell, or with several cells."""
    right = _rights(pieces)
    lines = [list(group) for _, group in itertools.groupby(pieces, key=lambda piece: piece.line)]
    keyed = _is_keyed(lines)
    rows: list[list[Piece]] = []
    above: dict[int, Piece] = {}
    for line in lines:
        parted = not rows or _crossed(rules, rows[-1][-1].middle, line[0].middle)
        parted |= any(piece.across > 1 for piece in line)
        if parted or _begins(line, above, right, keyed=keyed):
            rows.append([])
        rows[-1] += line
        above = {piece.col: piece for piece in line}
    return _stacked(rows)


def _is_keyed(lines: Sequence[Sequence[Piece]]) -> bool:
    """Do most lines with several cells begin with a date or a number?"""
    firsts = [line[0].text for line in lines if len(line) > 1 and line[0].col == 0]
    return 2 * sum(is_key(text) for text in firsts) > len(firsts)


def is_key(text: str) -> bool:
    """A date, a numeral, a code."""
    return bool(signs.DIGIT.search(text[:4])) or signs.is_list_item(text) or signs.DATED.search(text.lower()) is not None


def _begins(line: Sequence[Piece], above: dict[int, Piece], right: dict[int, float], *, keyed: bool) -> bool:
    """Does a row begin with this line? `above` is what stands in the line above it, by column."""
    first = line[0]
    upper = above.get(first.col)
    if first.col == 0:
        if upper is None:
            return not keyed or is_key(first.text) or len(line) == 1
        if reads_on(upper.text, first.text):
            return any(piece.col in above and _look_alike(above[piece.col], piece) for piece in line[1:])
        if keyed:
            return is_key(first.text) or len(line) > 1 or _has_room(upper, first, right[0])
        return len(line) > 1 or _has_room(upper, first, right[0])
    if len(line) == 1:
        return False
    known = [(above[piece.col], piece) for piece in line if piece.col in above]
    if any(_look_alike(upper, lower) for upper, lower in known):
        return True
    if any(reads_on(upper.text, lower.text) for upper, lower in known):
        return False
    return len(known) < len(line) or any(_are_two_cells(upper, lower, right[lower.col]) for upper, lower in known)


def _by_gaps(pieces: Sequence[Piece], columns: int, leading: float, rules: Sequence[Rule]) -> Body | None:
    """Each column in its cells; cells side by side are a row, and a cell beside several of another column reaches over their rows.

    None where that would put a column of keys into fewer cells than there are keys.
    """
    cells = [cell for column in _by_column(pieces) for cell in _chains(column, leading, rules)]
    columns_of = [[cell for cell in cells if cell.col == col] for col in range(columns)]
    tall = [cell for cell in cells if _reaches_over(cell, columns_of, leading)]
    if any(cell.col and len(cell.pieces) > 1 for cell in tall) and (centred := _by_middles(pieces, leading)):
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
        if chain and (not near or _crossed(rules, chain[-1].middle, piece.middle, piece.col)):
            yield _entry(chain, leading)
            chain = []
        chain.append(piece)
    yield _entry(chain, leading)


def _by_middles(pieces: Sequence[Piece], leading: float) -> Body | None:
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
    cells = [column for row in rows for column in _by_column(row) if column[0].col]
    if not all(rows) or any(_look_alike(upper, lower) for cell in cells for upper, lower in itertools.pairwise(cell)):
        return None
    return _stacked(rows)


def _doubled(cell: Entry) -> bool:
    """A first cell with two keys that look alike one below the other."""
    return cell.col == 0 and any(
        _look_alike(upper, lower) and _begins_cell(upper, lower) for upper, lower in itertools.pairwise(cell.pieces)
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

    Where no two rows show how far apart they are, it is one if it begins with a bullet.
    """
    gaps = [_gap(upper, lower) for upper, lower in itertools.pairwise(groups) if len(upper) > 1 < len(lower)]
    least = min(gaps, default=0.0)
    found: list[Group] = []
    for group in groups:
        lone = len(group) == 1 and group[0].col > 0
        listed = not gaps and signs.is_list_item(group[0].pieces[0].text)
        if found and lone and (listed or _gap(found[-1], group) < 0.9 * least):
            found[-1] = [*found[-1], *group]
        else:
            found.append(group)
    return found


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


# The grid -------------------------------------------------------------------------------------------------------------


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
