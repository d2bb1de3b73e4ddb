"""Columns of prose side by side: where they are, and their lines one column after the other."""

from __future__ import annotations

import bisect
import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from ingest.formats import aligned, aside, entries, labelled, proselike, signs
from ingest.formats.leaf import Leaf, Run
from ingest.formats.lines import AT, COLUMN_LINES, GUTTER, NEAR, Line, line_of, lines_of, usual_distance
from ingest.formats.placed import Item, Placed, is_beside
from ingest.formats.unruled import with_tables
from ingest.model import Box, Span

CROSSED = 0.1  # of the lines at most go over the white between columns
MOST_RUNS = 2000  # of one page: what has more is not looked through for columns
PROSE = 0.3  # of the page's width: a column of prose is no narrower
FULL_LINES = 4  # so many from edge to edge below each other are prose
REACHES = 0.2  # of its width: lines of prose that end nearer to the right edge of their column reach it
MOST_CUTS = 24
TABLE_ROWS = 3
LONG = 8  # Chinese characters: a line of prose has more, most cells have not


def bands(free: Sequence[Run], tables: Sequence[Placed]) -> Iterator[list[Run] | Placed]:
    """From top to bottom: the runs above a table, the table, the runs below it."""
    rest = sorted(free, key=lambda run: run.box[1])
    for table in sorted(tables, key=lambda table: table.box[1]):
        middle = table.box[1]
        above = [run for run in rest if (run.box[1] + run.box[3]) / 2 < middle]
        rest = [run for run in rest if (run.box[1] + run.box[3]) / 2 >= middle]
        if above:
            yield above
        yield table
    if rest:
        yield rest


def read_columns(runs: Sequence[Run], leaf: Leaf, edge: float, tables: Sequence[Placed] = ()) -> Iterator[Item]:
    """Lines in reading order: a letterhead on the right behind what stands beside it, the rows of a head whole, columns one by one."""
    if beside := labelled.letterhead(runs, leaf):
        around = _around_these(runs, [*beside[0], *beside[1]])
        yield from read_columns(around[0], leaf, edge, tables)
        for part in beside:
            yield from _below_labels(part, leaf, edge, ())
        yield from _below_labels(around[1], leaf, edge, tables)
    else:
        yield from _below_labels(runs, leaf, edge, tables)


def _below_labels(runs: Sequence[Run], leaf: Leaf, edge: float, tables: Sequence[Placed]) -> Iterator[Item]:
    """Lines in reading order; a head whose rows would come apart, row by row."""
    head = labelled.head(runs)
    if head is None or not (head.centred or _gutter(runs, leaf)):
        yield from _prose(runs, leaf, edge, tables)
        return
    above, below = _around_these(runs, list(head.runs()))
    yield from _prose(above, leaf, edge, tables)
    for row in head.rows:
        first, *others = (line_of(line, leaf.number, edge) for line in row.lines)
        yield line_of((row.label, *first.runs), leaf.number, edge)._replace(middle=first.middle)
        yield from others
    yield from _below_labels(below, leaf, edge, tables)


def _around_these(runs: Sequence[Run], some: Sequence[Run]) -> tuple[list[Run], list[Run]]:
    """The runs above and below some of them."""
    mine, top = {id(run) for run in some}, min(run.box[1] for run in some)
    others = [run for run in runs if id(run) not in mine]
    return [run for run in others if (run.box[1] + run.box[3]) / 2 < top], [run for run in others if (run.box[1] + run.box[3]) / 2 >= top]


def _prose(runs: Sequence[Run], leaf: Leaf, edge: float, tables: Sequence[Placed]) -> Iterator[Item]:
    """Lines in reading order; where columns of prose stand side by side, the left one first, with the tables that stand in it."""
    rest: list[Run] = []
    edges = _edges(runs)
    bands = _between(runs, lambda run: any(_crosses(run, edge) for edge in edges)) if len(edges) > 1 else iter([list(runs)])
    for band in bands:
        sides, above, below = _several(band, leaf)
        if not sides:
            rest += band
            continue
        yield from _two_columns([*rest, *above], leaf, edge, tables)
        rest = below
        for side in sides:
            yield from _side(side, leaf, tables)
    yield from _two_columns(rest, leaf, edge, tables)


def _edges(runs: Sequence[Run]) -> list[float]:
    """Where columns begin, without the first: left edges of some lines, which few others cross; none on a page of too many runs."""
    if len(runs) > MOST_RUNS:
        return []
    lefts = sorted(left for left, count in Counter(round(run.box[0]) for run in runs).items() if count >= COLUMN_LINES)
    apart = [right for left, right in itertools.pairwise(lefts) if right - left > GUTTER]
    return [left for left in apart if sum(_crosses(run, left) for run in runs) <= CROSSED * len(runs)]


def _crosses(run: Run, edge: float) -> bool:
    return run.box[0] < edge - 1 and run.box[2] > edge - GUTTER / 2


def _several(runs: Sequence[Run], leaf: Leaf) -> tuple[Sequence[list[Run]], list[Run], list[Run]]:
    """Three columns of prose or more, from left to right, of which the last may end early, and the short lines above and below all of them.

    None where there is anything else.
    """
    every: list[list[Run]] = []
    reach = 0.0
    for run in sorted(runs, key=lambda run: run.box[0]):
        if not every or run.box[0] - reach >= GUTTER:
            every.append([])
        every[-1].append(run)
        reach = max(reach, run.box[2])
    if len(every) < 3:
        return (), [], []
    top = min(run.box[1] for side in every[1:] for run in side)
    above = [run for run in every[0] if run.box[3] < top + AT]
    sides, below = _without_rest([[run for run in side if run not in above] for side in every] if above else every)
    if any(len(side) < COLUMN_LINES for side in sides[:-1]):
        return (), [], []
    lines = [(col, number, line) for col, side in enumerate(sides) for number, line in enumerate(lines_of(side, leaf.number, leaf.width))]
    pieces = [entries.Piece(number, col, line.box, line.size, line.text, 0.0) for col, number, line in lines]
    return (sides, above, below) if proselike.are_columns_of_prose(pieces) else ((), [], [])


def _side(runs: Sequence[Run], leaf: Leaf, tables: Sequence[Placed]) -> Iterator[Item]:
    """One column from top to bottom, with the tables between its lines."""
    left, right = min(run.box[0] for run in runs), max(run.box[2] for run in runs)
    for band in bands(_said(runs), [table for table in tables if left < (table.box[0] + table.box[2]) / 2 < right]):
        if isinstance(band, Placed):
            yield band
        else:
            yield from with_tables(list(lines_of(band, leaf.number, right)), leaf.rulings)


def _two_columns(runs: Sequence[Run], leaf: Leaf, edge: float, tables: Sequence[Placed]) -> Iterator[Item]:
    """Lines in reading order; where two columns of prose stand side by side, the left one first."""
    if not tables and (cells := _short_columns(runs)):
        above, below = _around_these(runs, [*cells[0], *cells[1]])
        yield from _two_columns(above, leaf, edge, tables)
        for side in cells:
            yield from _side(side, leaf, ())
        yield from _two_columns(below, leaf, edge, tables)
        return
    boxes = [*(run.box for run in runs), *(table.box for table in tables)]
    mixed = [*runs, *(one for table in tables if any(is_beside(table, box) for box in boxes) for one in _stand_ins(table))]
    gutter = _gutter(mixed, leaf)
    if gutter is None and leaf.columns and len(runs) <= MOST_RUNS:
        gutter = next((right - GUTTER / 2 for _, right in leaf.columns if any(abs(run.box[0] - right) < AT for run in runs)), None)
    if gutter is None:
        yield from with_tables(list(lines_of(runs, leaf.number, edge)), leaf.rulings)
        return
    single: list[Run] = []
    for band in _between(mixed, lambda run: run.box[0] < gutter < run.box[2]):
        low, high = _beside(band, gutter, leaf)
        if low == high:
            low, high = _as_before(band, gutter, leaf)
        if low == high:
            single += band
            continue
        low += _headings(band[low:high], gutter)
        yield from with_tables(list(lines_of(_said(single + band[:low]), leaf.number, edge)), leaf.rulings)
        top, bottom = band[low].box[1], max(run.box[3] for run in band[low:high])
        within = [table for table in tables if top < (table.box[1] + table.box[3]) / 2 < bottom]
        columns, below = _without_rest([_left(band[low:high], gutter), _right(band[low:high], gutter)])
        for side in columns:
            yield from _side(side, leaf, within)
        single = [*below, *band[high:]]
    yield from with_tables(list(lines_of(_said(single), leaf.number, edge)), leaf.rulings)


def _short_columns(runs: Sequence[Run]) -> tuple[list[Run], list[Run]] | None:
    """Two columns of a few lines, however near to each other, of which the right one was written behind the whole of the left one.

    Both are sentences that go on from line to line, and nothing else stands on their level.
    """
    order = sorted(runs, key=lambda run: run.start) if len(runs) <= MOST_RUNS else []
    if not any(lower.box[3] < upper.box[1] and lower.box[0] > upper.box[2] for upper, lower in itertools.pairwise(order)):
        return None
    parts: list[list[list[Run]]] = []  # columns of lines of runs
    for upper, lower in zip((None, *order), order, strict=False):
        level = upper is not None and abs(lower.box[3] - upper.box[3]) < upper.size / 2
        if upper is not None and level and 0 < lower.box[0] - upper.box[2] < 2 * upper.size:
            parts[-1][-1].append(lower)
        elif upper is None or abs(lower.box[0] - parts[-1][0][0].box[0]) > AT or lower.box[1] < upper.box[1] + upper.size / 2:
            parts.append([[lower]])
        else:
            parts[-1].append([lower])
    for sides in itertools.pairwise(parts):
        left, right = ([line_of(line, 0, 0.0) for line in side] for side in sides)
        left = [line for line in left if line.box[1] > right[0].box[1] - right[0].size]  # a paragraph may stand above
        if min(len(left), len(right)) < COLUMN_LINES:
            continue
        top, bottom = min(left[0].box[1], right[0].box[1]), max(left[-1].box[3], right[-1].box[3])
        own = [run for line in left for run in line.runs], [run for line in right for run in line.runs]
        if (
            abs(left[0].box[1] - right[0].box[1]) < right[0].size
            and max(line.box[2] for line in left) < right[0].box[0] - AT
            and _goes_on(left)
            and _goes_on(right)
            and sum(run.box[3] > top and run.box[1] < bottom for run in runs) == sum(map(len, own))
            and not aside.are_rows(own[0], own[1])
            and not aside.are_rows(own[1], own[0])
        ):
            return own
    return None


def _goes_on(side: Sequence[Line]) -> bool:
    """Lines that go on in small letters, or Chinese lines that fill their column."""
    end = max(run.box[2] for run in side)
    full = [run.text[-1] > "\u2e7f" and not run.text.endswith("。") and run.box[2] > end - 2 * run.size for run in side[:-1]]
    return _reads_on((line.box, line.text) for line in side) or (
        sum(full) > 1 and all(len(run.text) > LONG for run in side[:-1] if run.box[2] > end - 2 * run.size)
    )


def _headings(part: Sequence[Run], gutter: float) -> int:
    """How many lines at the top of two columns stand in neither: left of where the right one begins, but behind the middle."""
    right = _said(_right(part, gutter))
    ((left, count),) = Counter(round(run.box[0]) for run in right).most_common(1) or [(0, 0)]
    if count < COLUMN_LINES:
        return 0
    return sum(1 for _ in itertools.takewhile(lambda run: gutter <= run.box[0] < left - GUTTER and run.box[2] < left + GUTTER, part))


def _without_rest(sides: Sequence[list[Run]]) -> tuple[Sequence[list[Run]], list[Run]]:
    """Columns without short lines below all of them that are none of theirs, and these lines: they were written behind the last column.

    That tells something where the columns were written one after the other.
    """
    *others, last = ([run for run in side if run.text] for side in sides)
    if not last or not any(others):
        return sides, []
    end = max(run.start for run in last)
    rest = [run for side in others for run in side if run.start > end]
    gone = {id(run) for run in rest}
    kept = [[run for run in side if id(run) not in gone] for side in sides]
    own = [[run.start for run in side if run.text] for side in kept]
    if not rest or not all(own) or any(max(upper) > min(lower) for upper, lower in itertools.pairwise(own)):
        return sides, []
    below = min(run.box[1] for run in rest) > max(run.box[3] for side in kept for run in side) - AT
    return (kept, rest) if below else (sides, [])


def _stand_ins(table: Placed) -> list[Run]:
    """Lines without words in the place of a table, by which it takes up its column as prose does."""
    x0, y0, x1, y1 = table.box
    high = (y1 - y0) / COLUMN_LINES
    return [Run("", (x0, y0 + at * high, x1, y0 + (at + 1) * high), high, 0) for at in range(COLUMN_LINES)]


def _said(runs: Iterable[Run]) -> list[Run]:
    """The runs without those that stand in for a table."""
    return [run for run in runs if run.text]


def _left(runs: Sequence[Run], gutter: float) -> list[Run]:
    return [run for run in runs if run.box[2] <= gutter]


def _right(runs: Sequence[Run], gutter: float) -> list[Run]:
    return [run for run in runs if run.box[0] >= gutter]


def _beside(band: Sequence[Run], gutter: float, leaf: Leaf) -> Span:
    """The largest part of a band, between strips of white that go over both sides, where prose stands on both; empty where none does."""
    cuts = [0]
    bottom = band[0].box[3] if band else 0.0
    for index, run in enumerate(band):
        if run.box[1] > bottom:
            cuts.append(index)
        bottom = max(bottom, run.box[3])
    end = len(band)
    if cuts[-1] == end - 1 > 0 and _is_lone_caption(band[-1], min(run.box[0] for run in band), gutter):
        end = cuts.pop()
    cuts = [*cuts[:MOST_CUTS], end]
    lefts = [0, *itertools.accumulate(run.box[2] <= gutter for run in band)]
    rights = [0, *itertools.accumulate(run.box[0] >= gutter for run in band)]
    parts = [
        (low, high)
        for low, high in itertools.combinations(cuts, 2)
        if lefts[high] - lefts[low] >= COLUMN_LINES <= rights[high] - rights[low]
    ]
    sides = _left(band, gutter), _right(band, gutter)
    if not parts or not all(_is_wide(side, leaf) for side in sides):
        return 0, 0
    inside = _tabled(sides[0], leaf) | _tabled(sides[1], leaf)
    for low, high in sorted(parts, key=lambda part: part[0] - part[1]):
        part = [run for run in band[low:high] if id(run) not in inside]
        if _is_prose(_left(part, gutter), leaf) and _is_prose(_right(part, gutter), leaf):
            first, last = _without_rows(band, low, high, gutter)
            inner = band[first:last]
            own = (first, last) != (low, high) and all(_is_prose(side, leaf) for side in (_left(inner, gutter), _right(inner, gutter)))
            return (first, last) if own else (low, high)
    for low, high in sorted(parts, key=lambda part: part[0] - part[1]):
        if _are_apart(_said(_left(band[low:high], gutter)), _said(_right(band[low:high], gutter))):
            return low, high
    return 0, 0


def _without_rows(band: Sequence[Run], low: int, high: int, gutter: float) -> Span:
    """The part of a band without labels set to the right above two columns, and without the rows of a table and what follows these below.

    A row has a cell more than two columns of prose have lines on one height, and white above the first of them.
    """
    starts = [low]
    bottom = band[low].box[3]
    for index in range(low + 1, high):
        if band[index].box[1] > bottom:
            starts.append(index)
        bottom = max(bottom, band[index].box[3])
    rows = [band[first:last] for first, last in itertools.pairwise([*starts, high])]
    alone = list(itertools.takewhile(lambda row: len(row) == 1, rows[:-1]))
    labels = (at for at, (run,) in enumerate(alone, 1) if run.box[0] >= gutter and signs.is_label(run.text))
    top = max(labels, default=0)
    at = len(rows)
    while at > top and len(rows[at - 1]) != 2:
        at -= 1
    while at < len(rows) and len(rows[at]) < 3:
        at += 1
    cells = sum(len(row) > 2 for row in rows[at:])
    white = at < len(rows) and at > top and rows[at][0].box[1] - max(run.box[3] for run in rows[at - 1]) > rows[at][0].size
    return starts[top], starts[at] if cells >= TABLE_ROWS and white else high


def _are_apart(left: Sequence[Run], right: Sequence[Run]) -> bool:
    """Were two columns written one after the other, prose in one of them? The cells of a table are written by turns.

    What begins in one column level with what begins in the other may be a table all the same, written column by column.
    """
    if not left or not right or max(run.start for run in left) > min(run.start for run in right):
        return False
    said = _has_prose(left) or _has_prose(right) or all(_reads_on((run.box, run.text) for run in side) for side in (left, right))
    return said and not aside.are_rows(left, right) and not aside.are_rows(right, left)


def _has_prose(side: Sequence[Run]) -> bool:
    """Some lines one below the other that go from one edge of their column to the other."""
    x0, x1 = min(run.box[0] for run in side), max(run.box[2] for run in side)
    least = REACHES * (x1 - x0)
    full = [run.box[0] < x0 + least and run.box[2] > x1 - least for run in sorted(side, key=lambda run: run.box[1])]
    return any(all(full[at : at + FULL_LINES]) for at in range(len(full) - FULL_LINES + 1))


def _reads_on(side: Iterable[tuple[Box, str]]) -> bool:
    """Do two lines or more go on in small letters, as the lines of a short paragraph do?"""
    said = [text for _, text in sorted(side, key=lambda one: one[0][1])]
    return sum(lower[:1].islower() and not upper.endswith(signs.CLOSED) for upper, lower in itertools.pairwise(said)) > 1


def _as_before(band: Sequence[Run], gutter: float, leaf: Leaf) -> Span:
    """The part of a band that is set in the two columns of a page before: a few lines that stay within them, and most fill them.

    A page that ends the document has no more; what is short, as the cells of a table are, or beside another line of its column,
    is no prose.
    """
    for left, right in leaf.columns:
        first = next((run for run in band if abs(run.box[0] - right) < AT), None)
        if first is None:
            continue
        low = next(at for at, run in enumerate(band) if run.box[1] > first.box[1] - first.size / 2)
        high, bottom = low, first.box[3]
        while high < len(band) and band[high].box[1] < bottom + first.size:
            bottom = max(bottom, band[high].box[3])
            high += 1
        part = band[low:high]
        sides = _left(part, gutter), _right(part, gutter)
        if not all(sides) or sum(map(len, sides)) != len(part) or any(run.box[0] < left - AT for run in part):
            continue
        if len(sides[0]) + 1 >= len(sides[1]) and _fills(sides[0], left, right) and _fills([*sides[1][:-1]], right, 2 * right - left):
            return low, high
    return 0, 0


def _fills(side: Sequence[Run], left: float, end: float) -> bool:
    """Do these lines stand below each other, begin where a column does, and half of them go on to its end?"""
    full = sum(run.box[2] > end - GUTTER - REACHES * (end - left) for run in side)
    apart = all(lower.box[1] > (upper.box[1] + upper.box[3]) / 2 for upper, lower in itertools.pairwise(side))
    return apart and 2 * full >= len(side) and all(run.box[0] < left + NEAR for run in side[:1])


def _tabled(side: Sequence[Run], leaf: Leaf) -> set[int]:
    """Which runs stand in small tables of a column whose other lines are more."""
    if not side or not _is_columned(side, least=6):
        return set()
    lines = list(lines_of(_said(side), leaf.number, leaf.width))
    inside = [line for one in aligned.tables(lines, usual_distance(lines), leaf.rulings) for line in lines[one.start : one.end]]
    return {id(run) for line in inside for run in line.runs} if 2 * len(inside) <= len(lines) else set()


def _is_lone_caption(run: Run, left: float, gutter: float) -> bool:
    """The caption of what stands below two columns: a line that its column did not break, and no rest of a sentence."""
    return not run.text[:1].islower() and run.box[2] < left + (1 - REACHES) * (gutter - left) and signs.is_caption(run.text)


def _between(runs: Sequence[Run], parts: Callable[[Run], bool]) -> Iterator[list[Run]]:
    """From top to bottom: each run that goes over the columns, and what stands between two of them."""
    band: list[Run] = []
    for run in sorted(runs, key=lambda run: run.box[1]):
        if parts(run):
            yield band
            yield [run]
            band = []
        else:
            band.append(run)
    yield band


def _gutter(runs: Sequence[Run], leaf: Leaf) -> float | None:
    """The middle of the white strip between two columns of prose; None where there is none."""
    middle = [run.box[2] for run in runs if 0.35 * leaf.width < run.box[2] < 0.65 * leaf.width]
    if len(middle) < COLUMN_LINES or len(runs) > MOST_RUNS:
        return None
    lefts = sorted(run.box[0] for run in runs)
    best: tuple[int, float] | None = None
    for edge in sorted(set(middle)):
        index = bisect.bisect_right(lefts, edge)
        if index == len(lefts) or lefts[index] - edge < GUTTER:
            continue
        gutter = (edge + lefts[index]) / 2
        behind = len(lefts) - index
        crossing = sum(run.box[0] < gutter < run.box[2] for run in runs)
        if behind >= COLUMN_LINES and (best is None or crossing < best[0]):
            best = crossing, gutter
    return best[1] if best else None


def _is_prose(runs: Sequence[Run], leaf: Leaf) -> bool:
    """A column of prose: wide enough, and half of its lines reach its right edge."""
    if len(runs) < COLUMN_LINES or not _is_wide(runs, leaf):
        return False
    left, right = min(run.box[0] for run in runs), max(run.box[2] for run in runs)
    full = sum(run.box[2] > right - REACHES * (right - left) for run in runs)
    return 2 * full >= len(runs) and not _is_columned(runs)


def _is_wide(runs: Sequence[Run], leaf: Leaf) -> bool:
    """Wide enough for a column of prose?"""
    return max(run.box[2] for run in runs) - min(run.box[0] for run in runs) > PROSE * leaf.width


def _is_columned(runs: Sequence[Run], least: int = 3) -> bool:
    """The columns of a table: one line in three (or another number) has several cells, or half of the lines begin with a date."""
    beside = sum(
        lower.box[0] > upper.box[2] and lower.box[1] < (upper.box[1] + upper.box[3]) / 2
        for upper, lower in itertools.pairwise(sorted(runs, key=lambda run: (round(run.box[1]), run.box[0])))
    )
    dated = sum(signs.DATED.search(run.text[:16].lower()) is not None for run in runs)
    lines = len(runs) - beside
    return least * beside > lines or 2 * dated > lines
