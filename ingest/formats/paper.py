"""From pages to a document: lines, columns, paragraphs, tables and what belongs to the page only.

Engines hand over leaves (`leaf`), whichever they are; here their runs are put into reading order by where they stand. The
words stay as they are; where a line was broken because the paper ended, the break goes, and nothing is put between two
Chinese characters. Every piece of the text remembers its page and its characters there.
"""

from __future__ import annotations

import bisect
import itertools
import math
import re
import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from ingest.formats import (
    aligned,
    aside,
    banded,
    blocks,
    continued,
    entries,
    flat,
    furniture,
    kinds,
    labelled,
    outside,
    proselike,
    ruled,
    signs,
    spread,
    stacked,
    stretches,
    tight,
    untold,
    wrapped,
    written,
)
from ingest.formats.draft import Draft, Piece, Slot
from ingest.formats.flattened import found_again
from ingest.formats.leaf import FIRST_WORD, Column, Frame, Glyphs, Leaf, RuledTable, Run
from ingest.model import BlockKind, Box, Document, Link, Span, Warn

MARGIN = 0.1  # of the page's longer side, which way it may lie: where running heads and page numbers stand
EDGE_LINES = 3  # so many lines at either end of a page may be furniture
LEVEL = 0.4  # of the type's height: words of one line differ by no more
HEADED = 6.0  # heights of the type: cells of the first row of a table stand no further below its headings
CLOSE = 3.0  # heights of the type: the first row below shaded headings is no further from them
NEAR = 6.0  # points by which a running head may move from page to page
CROSSED = 0.1  # of the lines at most go over the white between columns
MOST_RUNS = 2000  # of one page: what has more is not looked through for columns
AT = 2.0  # points: what begins no further from an edge begins there
GUTTER = 8.0  # points of white between two columns, at least
PROSE = 0.3  # of the page's width: a column of prose is no narrower
LOOSE = 1.3  # a line further below than this, in usual distances, begins a paragraph
COLUMN_LINES, FULL_LINES = 3, 4
REACHES = 0.2  # of its width: lines of prose that end nearer to the right edge of their column reach it
MOST_CUTS = 24
NEAR_LINES, WIDE_SET = 2.2, 3.4  # heights of the type: lines of a paragraph are no further apart, on most pages and on any
OVERLAP = 0.9  # of a line's height: lines of a paragraph are further apart
LARGE, SET_LARGE = 1.05, 1.45  # usual distances: type as high as this is a title's, whose lines are so many heights apart
ROOM = 0.08  # of its width: a line of a cell that goes on in small letters leaves no more
APART = 6.0  # heights of the type: no line of prose has so wide a gap, however it was spread
SHORT = 24.0  # heights of the type: longer lines are not set to the right
MOST_SET_RIGHT = 8
ENDED = (".", "。", ";", "；", ":", "：", "!", "！", "?", "？")
WHOLE = {"date", "time", "number", "code"}  # kinds of cells that say all on a line
MOST_OVER = 6  # lines and tables in which a row goes on that was broken by the end of its page

_DIGITS = re.compile(r"[\d一二三四五六七八九十]+")
_NUMBER_ONLY = re.compile(r"[-–—\s]*(?:\d{1,4}|[ivxl]{1,6})[-–—\s]*")
_WHITE = re.compile(r"\s+")
_HYPHEN_LAST = re.compile(r"(?<![A-Za-z-])[A-Za-z]+(?:-[A-Za-z]+)*-$")
_COMPOUND = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")


class Line(NamedTuple):
    """Runs on one height, from left to right; `right` is where the lines of its column end, `size` the height of the largest run."""

    runs: tuple[Run, ...]
    box: Box
    page: int
    right: float
    text: str
    size: float
    middle: float


class Part(NamedTuple):
    """A stretch of a document's text with its place: the index of its first character on the page."""

    text: str
    page: int
    start: int


class Lines(NamedTuple):
    """Text put together from parts and what joins them (a space, a line break, nothing)."""

    text: str
    parts: tuple[tuple[int, Part], ...]  # each with its place in the text


class Rest(NamedTuple):
    """What goes on from a cell of the last row above; `wrapped` if its first line goes on with the last one there, `new` if none is.

    `right` is where the lines of its column end, if the words of the pages before tell.
    """

    col: int
    runs: tuple[Run, ...]
    wrapped: bool = False
    new: bool = False
    right: float | None = None


class Placed(NamedTuple):
    """A table in the flow of a page; `over` goes on from the last row of the page before, `taken` rows at the top with it.

    `continues` tells that it is known to go on with the table of the page before, `doubtful` that its first row may be the rest of
    the last one there.
    """

    table: RuledTable
    page: int
    cells: tuple[tuple[Frame, tuple[Run, ...]], ...]
    rule: str
    over: tuple[Rest, ...] = ()
    taken: int = 0
    continues: bool = False
    doubtful: bool = False

    @property
    def box(self) -> Box:
        return self.table.box


def placed(table: RuledTable, page: int, runs: Iterable[Run], rule: str) -> Placed:
    """A table with each run in the frame that holds its middle, or that is nearest: none is lost."""
    found: dict[int, list[Run]] = {}
    boxes = [frame.box for frame in table.frames]
    for run in runs:
        x, y = (run.box[0] + run.box[2]) / 2, (run.box[1] + run.box[3]) / 2
        index = _holder(boxes, x, y)
        if index is None:
            index = min(range(len(boxes)), key=lambda i: _distance(boxes[i], x, y))
        found.setdefault(index, []).append(run)
    cells = tuple((frame, tuple(found.get(index, ()))) for index, frame in enumerate(table.frames))
    return Placed(table, page, cells, rule)


def _holder(boxes: Iterable[Box], x: float, y: float) -> int | None:
    """Which of the boxes holds this place, the first if there are several."""
    for index, (x0, y0, x1, y1) in enumerate(boxes):
        if x0 <= x <= x1 and y0 <= y <= y1:
            return index
    return None


Item = Line | Placed
_HAN = re.compile("[\u3400-\u9fff]")
_TRANSLATION = re.compile("(?:[0-9]{1,4} ?)?[\u3400-\u9fff]")


# Composing ------------------------------------------------------------------------------------------------------------


def compose(leaves: Sequence[Leaf], glyphs: Glyphs, media_type: str, pages: int, warnings: Iterable[Warn] = ()) -> Document:
    """The document on these pages."""
    leaves = [stacked.marked(leaf) for leaf in spread.parted(leaves)]
    kept, furniture = _without_furniture(leaves)
    writer = Writer(_whole_words(kept))
    rights = _rights(kept)
    items = [_with_parted_headings(item, glyphs) for item in _all_flow(kept, rights, glyphs)]
    _write(writer, items)
    whole = found_again(writer.document(leaves, glyphs, media_type, pages, warnings), "paper")
    doubts = [_doubt(item) for item in items if isinstance(item, Placed) and item.doubtful]
    doubts += (_unjoined(lower) for upper, lower in itertools.pairwise(items) if isinstance(lower, Placed) and _may_go_on(upper, lower))
    return msgspec.structs.replace(whole, furniture=furniture, warnings=(*whole.warnings, *_lost(items, whole.warnings, glyphs), *doubts))


def _doubt(table: Placed) -> Warn:
    """A warning that the first row on a page may be the rest of the last one on the page before."""
    words = " ".join(run.text for _, runs in table.cells for run in runs)
    said = f"a row that may be the rest of the one on the page before: {flat.shown(words)}"
    return Warn(code="table-rows", message=said, page=table.page)


def _unjoined(table: Placed) -> Warn:
    """A warning that a table without headings may be the rest of the one in the column before."""
    words = " ".join(run.text for _, runs in table.cells for run in runs)
    return Warn(
        code="table-rows", message=f"a table that may go on with the one in the column before: {flat.shown(words)}", page=table.page
    )


def _may_go_on(upper: Item, lower: Placed) -> bool:
    """Is a table without headings of its own the first thing in the column behind one that ends with a table that has some?"""
    if not isinstance(upper, Placed) or upper.page != lower.page or _goes_on(upper, lower, upper):
        return False
    headed = bool(signs.header_rows(_spoken(upper)))
    return headed and lower.box[0] > upper.box[2] and lower.box[1] < upper.box[3] and not signs.header_rows(_spoken(lower))


def _with_parted_headings(item: Item, glyphs: Glyphs) -> Item:
    """A table without rulings whose headings that ran together stand in their columns again."""
    if not isinstance(item, Placed) or item.rule == "ruled":
        return item
    cells = outside.parted(item.cells, lambda run: _words(run, item.page, glyphs), lambda run: _unprinted(run, item.page, glyphs))
    if cells is None:
        return item
    return item._replace(table=item.table._replace(frames=tuple(frame for frame, _ in cells)), cells=tuple(cells))


def _lost(items: Sequence[Item], told: Iterable[Warn], glyphs: Glyphs) -> Iterator[Warn]:
    """A warning for each table of which there are only the headings or some rows, if its text did not tell it already."""
    known = {(warn.page, _WHITE.sub("", warn.message)) for warn in told}
    lines = _with_tight_cells([item if isinstance(item, Line) else None for item in items], glyphs)
    astray = [first + at for first, own in _by_page(items) for at in _astray(own, glyphs)]
    for at in sorted({*untold.lost(lines), *astray}):
        line = items[at]
        warn = flat.lost(line.text, page=line.page) if isinstance(line, Line) else None
        if warn and (warn.page, _WHITE.sub("", warn.message)) not in known:
            yield warn


def _with_tight_cells(lines: Sequence[Line | None], glyphs: Glyphs) -> list[Line | None]:
    """The lines; those that may head columns, and what stands below them, parted where nobody printed the white between their words."""
    found = list(lines)
    for at, line in enumerate(lines):
        if line is None or not untold.may_be_tight(line.text) or len(parted := _at_white(line, glyphs).runs) < 2:
            continue
        if wrapped.titled([run.text for run in parted]):
            for near in range(at, min(at + 1 + untold.BELOW, len(lines))):
                other = lines[near]
                found[near] = other and _at_white(other, glyphs)
    return found


def _at_white(line: Line, glyphs: Glyphs) -> Line:
    """The line, with its runs parted where nobody printed the white between two words."""
    runs: list[Run] = []
    for run in line.runs:
        white = set(_unprinted(run, line.page, glyphs)) if " " in run.text else set()
        words = _words(run, line.page, glyphs) if white else []
        cuts = [at for at, word in enumerate(words) if at and word.start - run.start - 1 in white]
        runs += written.cut(run, words, cuts) if cuts else (run,)
    return line._replace(runs=tuple(runs))


def _by_page(items: Sequence[Item]) -> Iterator[tuple[int, list[Item]]]:
    """The items of each page, with the place of the first."""
    first = 0
    for _, own in itertools.groupby(items, key=lambda item: item.page):
        these = list(own)
        yield first, these
        first += len(these)


def _astray(items: Sequence[Item], glyphs: Glyphs) -> Iterator[int]:
    """Which lines of a page are rows that the table near them lost."""
    if not any(isinstance(item, Placed) for item in items):
        return iter(())
    page = items[0].page
    near = [outside.Table(item.cells, item.box) if isinstance(item, Placed) else item for item in items]
    return outside.rows(near, lambda run: _words(run, page, glyphs), lambda run: _unprinted(run, page, glyphs))


def _rights(leaves: Sequence[Leaf]) -> dict[int, float]:
    """Where lines end on the right: as far as any does on a page of this width."""
    widest: dict[int, float] = {}
    for leaf in leaves:
        width = round(leaf.width)
        widest[width] = max([widest.get(width, 0.0), *(run.box[2] for run in leaf.runs)])
    return {leaf.number: widest[round(leaf.width)] for leaf in leaves}


# What belongs to the page ---------------------------------------------------------------------------------------------


def _without_furniture(leaves: Sequence[Leaf]) -> tuple[list[Leaf], tuple[str, ...]]:
    """The leaves without running heads, footers and page numbers, and these: what is repeated in the margins, and lone numbers there."""
    edges = [[*_edge_lines(leaf), *_turned(leaf.runs, leaf.number)] for leaf in leaves]
    seen = Counter(key for lines in edges for key in {_key(line) for line in lines})
    several = {line.text: line for lines in edges for line in lines if seen[_key(line)] > 1 and len(stretches.strips(line)) > 1}
    heads = {text for text, line in several.items() if any(_heads_columns(leaf, line) for leaf in leaves)}
    kept = []
    furniture: dict[str, None] = {}
    for leaf, lines in zip(leaves, edges, strict=True):
        own = heads | {line.text for line in lines if leaf is leaves[0] and _is_head(leaf, line)}
        out = [line for line in lines if _is_furniture(leaf, line, repeated=seen[_key(line)] > 1 and line.text not in own)]
        furniture.update(dict.fromkeys(line.text for line in out))
        gone = {id(run) for line in out for run in line.runs}
        kept.append(leaf._replace(runs=tuple(run for run in leaf.runs if id(run) not in gone)))
    return kept, tuple(furniture)


def _edge_lines(leaf: Leaf) -> list[Line]:
    """The first and last lines of a page, as far as they stand in its margins."""
    low, high = _margins(leaf)
    near = [run for run in leaf.runs if run.box[3] < low or run.box[1] > high]
    lines = list(_lines(near, leaf.number, leaf.width))
    above = [line for line in lines if line.box[3] < low][:EDGE_LINES]
    below = [line for line in lines if line.box[1] > high][-EDGE_LINES:]
    return above + below


def _margins(leaf: Leaf) -> tuple[float, float]:
    """The bottom of the upper margin and the top of the lower one."""
    margin = MARGIN * max(leaf.width, leaf.height)
    return margin, leaf.height - margin


def _is_head(leaf: Leaf, line: Line) -> bool:
    """A label with its value at the top of the first page: of the letterhead, though the pages behind repeat it as their running head."""
    return line.box[3] < _margins(leaf)[0] and signs.LABELLED.match(line.text.strip()) is not None


def _key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text), round(line.box[1] / NEAR)


def _is_furniture(leaf: Leaf, line: Line, *, repeated: bool) -> bool:
    text = line.text.strip()
    at_foot = line.box[1] > _margins(leaf)[1]
    if furniture.is_page_line(text) or (at_foot and furniture.is_edge_line(text)):
        return True
    return bool(_NUMBER_ONLY.fullmatch(text)) or repeated


def _heads_columns(leaf: Leaf, line: Line) -> bool:
    """Does this line, which is repeated on other pages, head a table here? Two of the cells right below are in line with its words."""
    for first in (run for run in leaf.runs if run.text == line.runs[0].text and abs(run.box[0] - line.runs[0].box[0]) < AT):
        level = [run for run in leaf.runs if abs(run.box[1] + run.box[3] - first.box[1] - first.box[3]) < 2 * LEVEL * run.size]
        heads = stretches.strips(_line(level, leaf.number, leaf.width))
        below = [run for run in leaf.runs if first.box[3] <= (run.box[1] + run.box[3]) / 2 < first.box[3] + HEADED * line.size]
        for row in _lines(below, leaf.number, leaf.width):
            cells = stretches.strips(row)
            if len(cells) > 1 and sum(any(_are_in_line(head, cell) for cell in cells) for head in heads) > 1:
                return True
    return False


def _are_in_line(head: stretches.Strip, cell: stretches.Strip) -> bool:
    """Does one begin where the other does, or end there, or are they centred?"""
    return any(abs(one - other) < AT for one, other in ((head[0], cell[0]), (head[1], cell[1]), (sum(head) / 2, sum(cell) / 2)))


# Reading order --------------------------------------------------------------------------------------------------------


def _all_flow(leaves: Sequence[Leaf], rights: dict[int, float], glyphs: Glyphs) -> list[Item]:
    """What stands on all pages, in reading order; each page knows of the columns on those before it."""
    flows: list[list[Item]] = []
    pieces: list[list[Placed]] = []
    columns: dict[Column, None] = {}
    known: list[Leaf] = []
    firsts: list[list[Item]] = []
    for leaf in leaves:
        first, known_leaf = _at_top(flows, leaf._replace(columns=tuple(columns)) if columns else leaf, glyphs)
        known.append(known_leaf)
        found, lone = _flow(known_leaf, rights[leaf.number], glyphs)
        firsts.append(first)
        found = [*first, *found]
        if leaf is not leaves[-1]:
            columns.update(dict.fromkeys(_sides(found)))
        flows.append(found)
        pieces.append(lone)
    if any(pieces):
        _put_pieces(flows, pieces, lambda at, boxes: [*firsts[at], *_flow(known[at], rights[known[at].number], glyphs, boxes)[0]])
    return [item for found in flows for item in found]


def _put_pieces(flows: list[list[Item]], pieces: Sequence[Sequence[Placed]], again: Callable[[int, list[Box]], list[Item]]) -> None:
    """Rulings that make no table alone, such as those of one row, are part of one that ends right before them or begins right behind.

    `again` reads a page once more with those in these boxes as tables.
    """
    order = [(at, piece) for at, lone in enumerate(pieces) for piece in lone]
    kept: dict[int, list[Box]] = {}
    for at, piece in (*order, *reversed(order)):
        boxes = kept.get(at, [])
        near = [item for page in flows[max(0, at - 1) : at + 2] for item in page if isinstance(item, Placed) and item.rule == "ruled"]
        if piece.box in boxes or not any(_goes_on(item, piece, item) or _goes_on(piece, item, piece) for item in near):
            continue
        flow = again(at, [*boxes, piece.box])
        items = [*(flows[at - 1][-1:] if at else ()), *flow, *(flows[at + 1][:1] if at + 1 < len(flows) else ())]
        pairs = [(upper, lower) for upper, lower in itertools.pairwise(items) if isinstance(upper, Placed) and piece in (upper, lower)]
        if any(_goes_on(upper, lower, upper) for upper, lower in pairs):
            flows[at], kept[at] = flow, [*boxes, piece.box]


def _at_top(flows: Sequence[Sequence[Item]], leaf: Leaf, glyphs: Glyphs) -> tuple[list[Item], Leaf]:
    """The rest of a table without rulings that ends the page before, and the page without it."""
    above = _unfinished(flows)
    found = _below(above, leaf, glyphs) if above else None
    return ([found[0]], leaf._replace(runs=found[1])) if found else ([], leaf)


def _unfinished(flows: Sequence[Sequence[Item]]) -> continued.Above | None:
    """The table without rulings that ends the last page, with its parts on the pages before that."""
    parts: list[Placed] = []
    for flow in reversed(flows):
        last = flow[-1] if flow else None
        if not isinstance(last, Placed) or last.rule == "ruled":
            break
        parts.insert(0, last)
        if not last.continues:
            break
    return continued.above(parts) if parts and not parts[0].continues else None


def _below(above: continued.Above, leaf: Leaf, glyphs: Glyphs) -> tuple[Placed, tuple[Run, ...]] | None:
    """The rest of a table without rulings at the top of its next page, and the runs that are left."""
    parts = [(run, _in_columns(above, run, leaf.number, glyphs)) for run in leaf.runs if not run.turned]
    found = continued.below(above, [part for _, own in parts for part in own])
    if found is None:
        return None
    table, cells = continued.framed(above, found.rows)
    starts = {run.start for run in found.gone}
    gone = {run.start for run, own in parts if any(part.start in starts for part in own)}
    left = tuple(run for run in leaf.runs if run.start not in gone)
    over = tuple(Rest(col, tuple(own)) for col, own in sorted(found.over.items()))
    return Placed(table, leaf.number, cells, "aligned", over, continues=True, doubtful=found.doubtful), left


def _in_columns(above: continued.Above, run: Run, page: int, glyphs: Glyphs) -> list[Run]:
    """The run, or its parts where it goes over to a column of the table above behind white that nobody printed."""
    if continued.column(above, run) is not None or " " not in run.text:
        return [run]
    spaces = set(_unprinted(run, page, glyphs))
    words = _words(run, page, glyphs)
    cuts = [
        at
        for at in range(1, len(words))
        if words[at].start - run.start - 1 in spaces and any(abs(words[at].box[0] - left) < AT for left in above.lefts[1:])
    ]
    return list(written.cut(run, words, cuts)) if cuts else [run]


def _sides(items: Sequence[Item]) -> Iterator[Column]:
    """Where two columns of prose begin that were read one after the other, both to whole points."""
    for at, (upper, lower) in enumerate(itertools.pairwise(items)):
        if lower.box[3] < upper.box[1] and lower.box[0] > upper.box[2]:
            column = [upper.box[0], *(one.box[0] for one in items[max(0, at - COLUMN_LINES) : at] if one.box[2] < lower.box[0])]
            yield round(min(column)), round(lower.box[0])


def _flow(leaf: Leaf, right: float, glyphs: Glyphs, parts: Sequence[Box] = ()) -> tuple[list[Item], list[Placed]]:
    """What stands on a page, in reading order, and rulings around words that make no table; those in the boxes `parts` do all the same."""
    tables = ruled.tables(leaf.rulings, leaf.width, leaf.height) if leaf.rulings else []
    inside: list[list[Run]] = [[] for _ in tables]
    free = [] if tables else list(leaf.runs)
    boxes = [table.box for table in tables]
    for run in leaf.runs if tables else ():
        index = _holder(boxes, (run.box[0] + run.box[2]) / 2, (run.box[1] + run.box[3]) / 2)
        (free if index is None else inside[index]).append(run)
    obstacles, lone = list[Placed](), list[Placed]()
    for table, runs in zip(tables, inside, strict=True):
        cells = [frame.box for frame in table.frames]
        whole = placed(table, leaf.number, (cut for run in runs for cut in _cut(run, cells, leaf.number, glyphs)), "ruled")
        if table.box in parts:
            obstacles.append(whole)
        elif _is_table(whole) and not (_is_shade(table, leaf.rulings) and _is_part(table, leaf.runs)):
            parted = _without_level_rules(whole)
            obstacles.append(
                whole if parted is None else placed(parted, leaf.number, (run for _, cell in whole.cells for run in cell), "ruled")
            )
        else:
            free += runs
            if runs and table.width > 1:
                lone.append(whole)
    asides = aside.found([run for run in free if not run.turned], leaf)
    if asides:
        apart = {id(run) for one in asides for run in one.runs}
        free = [run for run in free if id(run) not in apart]
    free, obstacles = _by_order(free, obstacles, leaf, glyphs)
    upright = _parted([run for run in free if not run.turned], leaf, right, glyphs)
    items = _arranged(upright, obstacles, leaf, right)
    for one in asides:
        items = _with_aside(items, one, leaf)
    return [*items, *_turned(free, leaf.number)], lone


def _with_aside(items: Sequence[Item], one: aside.Aside, leaf: Leaf) -> list[Item]:
    """What stands on a page with a narrow column: where a paragraph ends beside it or below it, and no line goes on behind it."""
    narrowed = [
        item._replace(right=one.right)
        if isinstance(item, Line) and one.top <= item.middle <= one.bottom and item.box[2] <= one.right < item.right
        else item
        for item in items
    ]
    below = next((at for at, item in enumerate(items) if item.box[1] > one.box[3]), len(items))
    loose = LOOSE * _usual_distance(items)
    ends = [at for at in range(len(items) + 1) if _is_end(narrowed, at, loose)]
    place = min(ends, key=lambda end: (abs(end - below), -end), default=below)
    if one.heads is not None:
        place = next((at for at, item in enumerate(items) if isinstance(item, Line) and abs(item.middle - one.heads) < AT), place)
    own = list(_lines(one.runs, leaf.number, one.box[2]))
    loose = LOOSE * _usual_distance(own)
    said = [kinds.kind(line.text) in WHOLE for line in own]
    pairs = enumerate(itertools.pairwise(own))
    last = {at for at, (upper, lower) in pairs if lower.middle - upper.middle > loose or said[at] or said[at + 1]}
    lines = [line._replace(right=math.inf) if at in last else line for at, line in enumerate(own)]  # nothing was broken behind it
    return [*narrowed[:place], *_with_tables(lines, leaf.rulings), *narrowed[place:]]


def _is_end(items: Sequence[Item], at: int, loose: float) -> bool:
    """May something else stand before this item, because no paragraph goes over to it? Its lines are no further apart than `loose`."""
    upper, lower = items[at - 1] if at else None, items[at] if at < len(items) else None
    if isinstance(upper, Line) and isinstance(lower, Line):
        apart = lower.middle - upper.middle > loose and not _runs_on(upper, lower)
        return apart or (upper.text.rstrip().endswith(signs.CLOSED) and not _is_wrapped(upper, lower))
    if isinstance(upper, Line):  # a sentence may go on on the next page
        return upper.text.rstrip().endswith(signs.CLOSED)
    return not isinstance(lower, Line) or not lower.text[:1].islower()


def _by_order(runs: list[Run], tables: list[Placed], leaf: Leaf, glyphs: Glyphs) -> tuple[list[Run], list[Placed]]:
    """What is left of the runs without the tables that the order shows in which they were written; all tables."""
    upright = sorted((run for run in runs if not run.turned), key=lambda run: run.start)
    if not written.rises(upright):
        return runs, tables
    cut = written.parted(upright, lambda run: _words(run, leaf.number, glyphs), lambda places: glyphs.unprinted(leaf.number, places))
    parts = {id(run): cut.get(id(run), [run]) for run in upright}
    gone: set[int] = set()
    found = list(tables)
    for one in written.tables([part for run in upright for part in parts[id(run)]]):
        whole = Placed(one.table, leaf.number, one.cells, "aligned")
        if _is_table(whole) and not _is_listing(said := _spoken(whole)) and not signs.are_signatures(said):
            found.append(whole)
            gone.update(run.start for _, cell in one.cells for run in cell)
    left = [
        part
        for run in runs
        for part in (parts[id(run)] if not gone.isdisjoint(part.start for part in parts.get(id(run), ())) else [run])
        if part.start not in gone
    ]
    return left, found


def _unprinted(run: Run, page: int, glyphs: Glyphs) -> list[int]:
    """Which characters of a run are spaces that the engine put in where none is printed."""
    places = [run.start + at for at, char in enumerate(run.text) if char == " "]
    return [place - run.start for place in glyphs.unprinted(page, places)]


def _parted(runs: Sequence[Run], leaf: Leaf, right: float, glyphs: Glyphs) -> Sequence[Run]:
    """The runs, parted where they go over the narrow white between two columns of a table."""

    def words(run: Run) -> list[Run]:
        return _words(run, leaf.number, glyphs)

    def cut(runs: Sequence[Run], parts: dict[int, list[Run]]) -> list[Run]:
        return [part for run in runs for part in parts.get(id(run), [run])]

    runs = cut(runs, tight.parted(list(_lines(runs, leaf.number, right)), words, lambda run: _unprinted(run, leaf.number, glyphs)))
    whole = cut(runs, banded.narrow(list(_lines(runs, leaf.number, right)), words))
    return cut(whole, banded.parted(list(_lines(whole, leaf.number, right)), words))


def _arranged(runs: Sequence[Run], tables: Sequence[Placed], leaf: Leaf, right: float) -> list[Item]:
    """Lines and tables from top to bottom; a table with words beside it has its place in their column, if there are columns."""
    boxes = [*(run.box for run in runs), *(table.box for table in tables)]
    beside = [table for table in tables if any(_is_beside(table, box) for box in boxes)]
    across = [table for table in tables if table not in beside]
    items = [
        item for band in _bands(runs, across) for item in ([band] if isinstance(band, Placed) else _columns(band, leaf, right, beside))
    ]
    if all(sum(item is table for item in items) == 1 for table in beside):
        return items
    return [item for band in _bands(runs, tables) for item in ([band] if isinstance(band, Placed) else _columns(band, leaf, right))]


def _is_beside(table: Placed, box: Box) -> bool:
    """On one level with the table, left or right of it: half of a line is, or so much of another table."""
    x0, y0, x1, y1 = table.box
    level = min(y1, box[3]) - max(y0, box[1])
    return level > min(NEAR, (box[3] - box[1]) / 2) and (box[2] <= x0 or box[0] >= x1)


def _turned(runs: Iterable[Run], page: int) -> list[Line]:
    """What goes up or down the page, line by line: no part of the lines that it stands beside."""
    lines: list[list[Run]] = []
    for run in sorted((run for run in runs if run.turned), key=lambda run: run.start):
        if not lines or min(lines[-1][-1].box[2], run.box[2]) <= max(lines[-1][-1].box[0], run.box[0]):
            lines.append([])
        lines[-1].append(run)
    # the words of such a line stand in the order in which they are read, whichever way that goes
    return [_line(line, page, 0.0)._replace(runs=tuple(line), text=" ".join(run.text for run in line)) for line in lines]


def _distance(box: Box, x: float, y: float) -> float:
    """How far a place is from a box, along and down together."""
    return max(box[0] - x, 0.0, x - box[2]) + max(box[1] - y, 0.0, y - box[3])


def _holds(box: Box, inner: Box) -> bool:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _cut(run: Run, cells: Sequence[Box], page: int, glyphs: Glyphs) -> list[Run]:
    """The run, or its parts where it goes over from one cell to the next."""
    x0, y0, x1, y1 = run.box
    index = _holder(cells, (x0 + x0 + 1) / 2, (y0 + y1) / 2)
    if index is None or x1 <= cells[index][2] + run.size / 2:
        return [run]
    parts: list[Run] = []
    for word in (part for whole in _words(run, page, glyphs) for part in _letters(whole, cells, page, glyphs)):
        if parts and _same_cell(cells, parts[-1].box, word.box):
            last = parts[-1]
            low, high = last.start - run.start, word.start - run.start + len(word.text)
            invented = tuple(place - low for place in run.invented if low <= place < high)
            parts[-1] = last._replace(text=run.text[low:high], box=(last.box[0], *word.box[1:]), invented=invented)
        else:
            parts.append(word)
    return parts


def _words(run: Run, page: int, glyphs: Glyphs) -> list[Run]:
    """The words of a run, each with its place."""
    words = []
    for word in re.finditer(r"\S+", run.text):
        low = run.start + word.start()
        boxes = glyphs.boxes(page, (low, low + len(word[0]))) or [run.box]
        words.append(Run(word[0], (boxes[0][0], run.box[1], boxes[-1][2], run.box[3]), run.size, low))
    return words


def _letters(word: Run, cells: Sequence[Box], page: int, glyphs: Glyphs) -> list[Run]:
    """The word, or its parts where cells without white at their sides make one of two: `2027Launch`."""
    x0, y0, x1, y1 = word.box
    y, least = (y0 + y1) / 2, word.size / 4
    index = _holder(cells, x0 + 1, y)
    if index is None or x1 < cells[index][2] + least or _holder(cells, x1 - least, y) in (index, None):
        return [word]
    lefts: list[tuple[int, float]] = []
    for at in range(len(word.text)):
        ((left, _, right, _), *_) = glyphs.boxes(page, (word.start + at, word.start + at + 1)) or [word.box]
        holder = _holder(cells, (left + right) / 2, y)
        if holder is not None and holder != index and at:
            lefts.append((at, left))
            index = holder
    ends = [*lefts, (len(word.text), x1)]
    starts = [(0, x0), *lefts]
    return [
        word._replace(text=word.text[low:high], start=word.start + low, box=(left, y0, right, y1))
        for (low, left), (high, right) in zip(starts, ends, strict=True)
    ]


def _same_cell(cells: Iterable[Box], left: Box, right: Box) -> bool:
    return any(_holds(cell, left) and _holds(cell, right) for cell in cells)


def _is_table(placed: Placed) -> bool:
    """Rulings with words in at least two cells, two columns and two rows; a letterhead in columns is none."""
    filled = {(frame.row, frame.col) for frame, runs in placed.cells if runs}
    if len({row for row, _ in filled}) < 2 or len({col for _, col in filled}) < 2:
        return False
    return not signs.is_letterhead(_spoken(placed))


def _without_level_rules(whole: Placed) -> RuledTable | None:
    """The rows of a table that is ruled between its columns only, below its heading; None where they are not plain to see.

    They are where every column has as many lines, at the same heights, and one of them nothing but dates, times, numbers or codes.
    """
    table, last = whole.table, whole.table.height - 1
    body = [(frame, list(_lines(runs, whole.page, frame.box[2]))) for frame, runs in whole.cells if frame.row == last]
    if table.height != 2 or len(body) != table.width or any(frame.rowspan > 1 or frame.colspan > 1 for frame, _ in body):
        return None
    columns = [lines for _, lines in body]
    first = columns[0]
    if len(first) < 2 or any(len(lines) != len(first) for lines in columns):
        return None
    if any(abs(line.middle - beside.middle) > 0.3 * line.size for lines in columns for line, beside in zip(lines, first, strict=True)):
        return None
    if not any(
        len(said) == 1 and said < {"date", "time", "number", "code"}
        for said in ({kinds.kind(one.text) for one in lines} for lines in columns)
    ):
        return None
    top, bottom = body[0][0].box[1], body[0][0].box[3]
    edges = [top, *((upper.middle + lower.middle) / 2 for upper, lower in itertools.pairwise(first)), bottom]
    rows = [
        frame._replace(row=last + at, box=(frame.box[0], edges[at], frame.box[2], edges[at + 1]))
        for at in range(len(first))
        for frame, _ in body
    ]
    above = [frame for frame, _ in whole.cells if frame.row < last]
    return table._replace(height=last + len(first), frames=(*above, *rows))


def _spoken(placed: Placed) -> list[list[str]]:
    """The words of a table, cell by cell."""
    rows = [["" for _ in range(placed.table.width)] for _ in range(placed.table.height)]
    for frame, runs in placed.cells:
        rows[frame.row][frame.col] = " ".join(run.text for run in runs)
    return rows


def _is_listing(rows: Sequence[Sequence[str]]) -> bool:
    """Prose set with white between its parts: numbered paragraphs, a table of contents, addresses side by side."""
    return signs.are_paragraphs(rows) or signs.is_contents(rows) or signs.is_contact_block(rows)


def _is_shade(table: RuledTable, rulings: Iterable[Box]) -> bool:
    """A grid that no line has a part in."""
    x0, y0, x1, y1 = table.box
    lines = (box for box in rulings if min(box[2] - box[0], box[3] - box[1]) <= ruled.THIN)
    return not any(box[0] < x1 + 1 and box[2] > x0 - 1 and box[1] < y1 + 1 and box[3] > y0 - 1 for box in lines)


def _is_part(table: RuledTable, runs: Iterable[Run]) -> bool:
    """Words in two of its columns right above or below it: of a table whose every second row is shaded, these are some rows only."""
    x0, y0, x1, y1 = table.box
    frames = [frame for frame in table.frames if frame.colspan == 1]
    least = min(frame.box[3] - frame.box[1] for frame in table.frames)
    inside = [run for run in runs if run.box[0] > x0 and run.box[2] < x1]
    for low, high in ((y0 - least, y0), (y1, y1 + least)):
        near = [
            run for run in inside if low < (run.box[1] + run.box[3]) / 2 < high or (low == y1 and y1 < run.box[1] < y1 + CLOSE * run.size)
        ]
        taken = {frame.col for run in near for frame in frames if frame.box[0] <= run.box[0] and run.box[2] <= frame.box[2]}
        if len(taken) > 1:
            return True
    return False


def _bands(free: Sequence[Run], tables: Sequence[Placed]) -> Iterator[list[Run] | Placed]:
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


def _columns(runs: Sequence[Run], leaf: Leaf, edge: float, tables: Sequence[Placed] = ()) -> Iterator[Item]:
    """Lines in reading order: a letterhead on the right behind what stands beside it, the rows of a head whole, columns one by one."""
    if beside := labelled.letterhead(runs, leaf):
        around = _around_these(runs, [*beside[0], *beside[1]])
        yield from _columns(around[0], leaf, edge, tables)
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
        first, *others = (_line(line, leaf.number, edge) for line in row.lines)
        yield _line((row.label, *first.runs), leaf.number, edge)._replace(middle=first.middle)
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
    lines = [(col, number, line) for col, side in enumerate(sides) for number, line in enumerate(_lines(side, leaf.number, leaf.width))]
    pieces = [entries.Piece(number, col, line.box, line.size, line.text, 0.0) for col, number, line in lines]
    return (sides, above, below) if proselike.are_columns_of_prose(pieces) else ((), [], [])


def _side(runs: Sequence[Run], leaf: Leaf, tables: Sequence[Placed]) -> Iterator[Item]:
    """One column from top to bottom, with the tables between its lines."""
    left, right = min(run.box[0] for run in runs), max(run.box[2] for run in runs)
    for band in _bands(_said(runs), [table for table in tables if left < (table.box[0] + table.box[2]) / 2 < right]):
        if isinstance(band, Placed):
            yield band
        else:
            yield from _with_tables(list(_lines(band, leaf.number, right)), leaf.rulings)


def _two_columns(runs: Sequence[Run], leaf: Leaf, edge: float, tables: Sequence[Placed]) -> Iterator[Item]:
    """Lines in reading order; where two columns of prose stand side by side, the left one first."""
    boxes = [*(run.box for run in runs), *(table.box for table in tables)]
    mixed = [*runs, *(one for table in tables if any(_is_beside(table, box) for box in boxes) for one in _stand_ins(table))]
    gutter = _gutter(mixed, leaf)
    if gutter is None and leaf.columns and len(runs) <= MOST_RUNS:
        gutter = next((right - GUTTER / 2 for _, right in leaf.columns if any(abs(run.box[0] - right) < AT for run in runs)), None)
    if gutter is None:
        yield from _with_tables(list(_lines(runs, leaf.number, edge)), leaf.rulings)
        return
    single: list[Run] = []
    for band in _between(mixed, lambda run: run.box[0] < gutter < run.box[2]):
        low, high = _beside(band, gutter, leaf)
        if low == high:
            low, high = _as_before(band, gutter, leaf)
        if low == high:
            single += band
            continue
        yield from _with_tables(list(_lines(_said(single + band[:low]), leaf.number, edge)), leaf.rulings)
        top, bottom = band[low].box[1], max(run.box[3] for run in band[low:high])
        within = [table for table in tables if top < (table.box[1] + table.box[3]) / 2 < bottom]
        columns, below = _without_rest([_left(band[low:high], gutter), _right(band[low:high], gutter)])
        for side in columns:
            yield from _side(side, leaf, within)
        single = [*below, *band[high:]]
    yield from _with_tables(list(_lines(_said(single), leaf.number, edge)), leaf.rulings)


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
            return low, high
    for low, high in sorted(parts, key=lambda part: part[0] - part[1]):
        if _are_apart(_said(_left(band[low:high], gutter)), _said(_right(band[low:high], gutter))):
            return low, high
    return 0, 0


def _are_apart(left: Sequence[Run], right: Sequence[Run]) -> bool:
    """Were two columns written one after the other, prose in one of them? The cells of a table are written by turns.

    What begins in one column level with what begins in the other may be a table all the same, written column by column.
    """
    if not left or not right or max(run.start for run in left) > min(run.start for run in right):
        return False
    return (_has_prose(left) or _has_prose(right)) and not aside.are_rows(left, right) and not aside.are_rows(right, left)


def _has_prose(side: Sequence[Run]) -> bool:
    """Some lines one below the other that go from one edge of their column to the other."""
    x0, x1 = min(run.box[0] for run in side), max(run.box[2] for run in side)
    least = REACHES * (x1 - x0)
    full = [run.box[0] < x0 + least and run.box[2] > x1 - least for run in sorted(side, key=lambda run: run.box[1])]
    return any(all(full[at : at + FULL_LINES]) for at in range(len(full) - FULL_LINES + 1))


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
    lines = list(_lines(_said(side), leaf.number, leaf.width))
    inside = [line for one in aligned.tables(lines, _usual_distance(lines), leaf.rulings) for line in lines[one.start : one.end]]
    return {id(run) for line in inside for run in line.runs} if 2 * len(inside) <= len(lines) else set()


def _is_lone_caption(run: Run, left: float, gutter: float) -> bool:
    """The caption of what stands below two columns: a line that its column did not break, and no rest of a sentence."""
    return not run.text[:1].islower() and run.box[2] < left + (1 - REACHES) * (gutter - left) and signs.is_caption(run.text)


def _with_tables(lines: Sequence[Line], rulings: Sequence[Box]) -> Iterator[Item]:
    """The lines, and in their place the tables that some of them are."""
    at = 0
    for found in _tables(lines, rulings):
        inside = lines[found.start : found.end]
        if (gap := _ruled_apart(found.table, rulings)) is not None:
            yield from lines[at : found.start]
            runs = [run for line in inside for run in line.runs]
            for side in ([run for run in runs if run.box[2] < gap], [run for run in runs if run.box[0] > gap]):
                yield from _with_tables(list(_lines(side, inside[0].page, inside[0].right)), rulings)
            at = found.end
            continue
        whole = placed(found.table, inside[0].page, (run for line in inside for run in line.runs), "aligned")
        said = _spoken(whole)
        if _is_table(whole) and not _is_listing(said):
            yield from lines[at : found.start]
            if signs.are_signatures(said):
                for col in range(found.table.width):
                    runs = [run for frame, cell in whole.cells if frame.col == col for run in cell]
                    yield from _lines(runs, inside[0].page, inside[0].right)
            else:
                yield whole
            at = found.end
    yield from lines[at:]


def _ruled_apart(table: RuledTable, rulings: Iterable[Box]) -> float | None:
    """Where one table ends and another begins beside it: all rules leave white between the same two columns, and no others."""
    x0, y0, x1, y1 = table.box
    drawn: list[tuple[float, float]] = []
    for left, top, right, bottom in sorted(rulings):
        if bottom - top <= ruled.THIN < right - left and y0 < top < y1 and right > x0 and left < x1:
            if drawn and left - drawn[-1][1] < GUTTER:
                drawn[-1] = drawn[-1][0], max(drawn[-1][1], right)
            else:
                drawn.append((left, right))
    if len(drawn) != 2:
        return None
    gap = (drawn[0][1] + drawn[1][0]) / 2
    before = {frame.col for frame in table.frames if (frame.box[0] + frame.box[2]) / 2 < gap}
    return gap if 1 < len(before) < table.width - 1 and drawn[0][0] < x0 + GUTTER and drawn[1][1] > x1 - GUTTER else None


def _tables(lines: Sequence[Line], rulings: Sequence[Box]) -> Iterator[blocks.Found]:
    """Tables whose rows have white between them, and between these all others."""
    at = 0
    usual = _usual_distance(lines)
    for whole in (*_headed(lines, usual, rulings), None):
        above = lines[at : whole.start if whole else None]
        for found in aligned.tables(above, usual, rulings):
            yield found._replace(start=found.start + at, end=found.end + at)
        if whole:
            yield whole
            at = whole.end


def _headed(lines: Sequence[Line], usual: float, rulings: Sequence[Box]) -> Iterator[blocks.Found]:
    """Tables whose rows have white between them, with the headings above them."""
    free = 0
    for found in banded.tables(lines):
        yield aligned.headed(found, lines, free, usual, rulings)
        free = found.end


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


def _lines(runs: Iterable[Run], page: int, right: float) -> Iterator[Line]:
    """Runs by height, then from left to right."""
    row: list[Run] = []
    middle = 0.0
    every = runs if isinstance(runs, (list, tuple)) else list(runs)
    for run in every if len(every) < 2 else sorted(every, key=lambda run: ((run.box[1] + run.box[3]) / 2, run.box[0])):
        at = (run.box[1] + run.box[3]) / 2
        if row and at - middle > 0.4 * min(run.size, row[0].size):
            yield _line(row, page, right)
            row = []
        if not row:
            middle = at
        row.append(run)
    if row:
        yield _line(row, page, right)


def _line(row: Sequence[Run], page: int, right: float) -> Line:
    if len(row) == 1:
        (run,) = row
        return Line((run,), run.box, page, right, run.text, run.size, (run.box[1] + run.box[3]) / 2)
    runs = tuple(sorted(row, key=lambda run: run.box[0]))
    box = (
        runs[0].box[0],
        min(run.box[1] for run in runs),
        max(run.box[2] for run in runs),
        max(run.box[3] for run in runs),
    )
    return Line(runs, box, page, right, " ".join(run.text for run in runs), max(run.size for run in runs), (box[1] + box[3]) / 2)


# Paragraphs -----------------------------------------------------------------------------------------------------------


def _write(writer: Writer, items: Sequence[Item]) -> None:
    """Write lines as paragraphs and tables as grids; a table that goes on behind a page break is one."""
    usual = _usual_distance(items)
    paragraph: list[Line] = []
    index = 0
    while index < len(items):
        item = items[index]
        if isinstance(item, Line):
            if paragraph and not _continues(paragraph, item, usual):
                writer.paragraph(paragraph, before=item)
                paragraph = []
            paragraph.append(item)
            index += 1
            continue
        tables = [item]
        taken = 1
        while found := _next_part(tables, items[index + taken : index + taken + MOST_OVER]):
            tables.append(found[0])
            taken += found[1]
        caption = writer.paragraph(paragraph, before=item) if paragraph else None
        paragraph = []
        writer.table(tables, caption)
        index += taken
    if paragraph:
        writer.paragraph(paragraph, before=None)


def _usual_distance(items: Sequence[Item]) -> float:
    """How many points below each other lines of a paragraph stand: as wrapped ones do, else as near ones do."""
    wrapped: list[float] = []
    wide: list[float] = []
    near: list[float] = []
    for upper, lower in itertools.pairwise(items):
        if isinstance(upper, Line) and isinstance(lower, Line) and upper.page == lower.page:
            distance, size = lower.middle - upper.middle, max(upper.size, lower.size)
            if OVERLAP * size < distance < NEAR_LINES * size:
                (wrapped if _is_wrapped(upper, lower) else near).append(distance)
            elif distance < WIDE_SET * size and _is_wrapped(upper, lower) and abs(upper.box[0] - lower.box[0]) < WIDE_SET * size:
                wide.append(distance)
    if len(wide) > max(1, len(wrapped)):  # a page set with more white between its lines, as those of the mainland are
        return statistics.median_low(wide)
    if len(wrapped) > 1:
        return statistics.median_low(wrapped)
    return sorted(near + wrapped)[len(near) // 4] if near else 14.0


def _continues(paragraph: Sequence[Line], line: Line, usual: float) -> bool:
    """Does the line belong to the paragraph above it?"""
    last = paragraph[-1]
    text = line.text
    if signs.is_list_item(text) or signs.is_note(text) or line.runs[0].turned or last.runs[0].turned:
        return False
    if line.page != last.page or line.box[3] < last.box[1]:  # on the next page, or at the top of the next column
        return _is_wrapped(last, line) and not last.text.rstrip().endswith(signs.CLOSED) and not text[:1].isupper()
    bigger, smaller = max(last.size, line.size), min(last.size, line.size)
    if bigger > 1.35 * smaller and not _runs_on(last, line):  # a font's Chinese glyphs may be drawn lower than its digits
        return False
    if line.box[0] > last.box[2] or not 0 < line.middle - last.middle <= _furthest(last, line, usual):
        return False
    return not (len(paragraph) == 1 and _is_numbered_heading(last, line))


def _furthest(line: Line, following: Line, usual: float) -> float:
    """How far below a line the next one of its paragraph stands: further in a title, which is set larger, or where the words go on."""
    if line.size > LARGE * usual and following.size > LARGE * usual:
        return max(LOOSE * usual, SET_LARGE * min(line.size, following.size))
    alike = max(line.size, following.size) < 1.1 * min(line.size, following.size)
    return WIDE_SET * line.size if alike and _runs_on(line, following) else LOOSE * usual


def _runs_on(line: Line, following: Line) -> bool:
    """Do the words of a line that was broken go on level with it?"""
    text = line.text.rstrip()
    goes_on = (text[-1:] > "\u2e7f" and not text.endswith(signs.CLOSED)) or following.text[:1].islower()
    return goes_on and abs(line.box[0] - following.box[0]) < line.size and _is_wrapped(line, following)


def _is_numbered_heading(line: Line, following: Line) -> bool:
    """`1. Nomination` over its text: it ends early, and what follows is not set in as the text of a list item is."""
    return (
        signs.is_list_item(line.text)
        and following.box[0] < line.box[0] + line.size
        and not line.text.rstrip().endswith(signs.CLOSED)
        and not _is_wrapped(line, following)
    )


def _is_wrapped(line: Line, following: Line) -> bool:
    """Was the line broken because the paper ended? Then the first word of the next one has no room left on it."""
    run = following.runs[0]
    first = FIRST_WORD.match(run.text)
    if first is None or signs.LABELLED.match(following.text):
        return False
    if any(right.box[0] - left.box[2] > APART * line.size for left, right in itertools.pairwise(line.runs)):
        return False
    width = run.first
    if width is None:
        width = (run.box[2] - run.box[0]) * signs.width(first[0]) / max(1, signs.width(run.text))
    kinsoku = line.size if first[0][0] > "\u2e7f" else 0.0  # no mark of punctuation begins a Chinese line
    return line.right - line.box[2] < width + kinsoku + 0.3 * line.size


def _is_filled(line: Line, following: Line) -> bool:
    """Does a line of a cell go on in small letters, though it left room for a short word? Then no more than that."""
    room = line.right - line.box[2]
    return following.text[0].islower() and line.text[-1:].isalpha() and room < ROOM * (line.right - line.box[0])


def _are_set_right(lines: Sequence[Line]) -> bool:
    """Some short lines that end together on the right, as a signature and its date do: each ends where its author ended it."""
    right = max(line.box[2] for line in lines)
    narrow = all(right - line.box[0] < SHORT * line.size and right - line.box[2] < labelled.FLUSH for line in lines)
    lefts = [line.box[0] for line in lines]
    return narrow and 1 < len(lines) <= MOST_SET_RIGHT and (min(lefts) > right / 2 or max(lefts) - min(lefts) > 3 * lines[0].size)


def _goes_on(table: Placed, item: Item, first: Placed) -> bool:
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
    above, rows = _spoken(first), _spoken(item)
    if repeated := _repeated(above, rows):
        return rows[repeated : repeated + 1] != above[repeated : repeated + 1]
    return not signs.header_rows(rows)


def _next_part(tables: Sequence[Placed], items: Sequence[Item]) -> tuple[Placed, int] | None:
    """The table of the next page or column that goes on with those above, and how many items it takes with the rest of a row above it.

    A row that was broken by the end of the page goes on below words in its last columns: these stand in their columns, alone.
    """
    table = tables[-1]
    if items and isinstance(items[0], Placed) and items[0].continues:
        return items[0]._replace(over=tuple(_joined_to(tables, items[0], rest) for rest in items[0].over)), 1
    lines = list(itertools.takewhile(lambda item: isinstance(item, Line) and item.page == table.page + 1, items))
    below = items[len(lines)] if len(lines) < len(items) else None
    if below is None or not _goes_on(table, below, tables[0]) or not isinstance(below, Placed):
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
    at = _repeated(_spoken(tables[0]), _spoken(below))
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
        return all(on.values()) and (0 not in row or not signs.DATED.search(_words_of(row[0]).lower()))
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
        return list(_lines(self.runs, self.page, _inner_right(self.box, self.runs)))


def _words_of(cell: Cut) -> str:
    return " ".join(run.text for run in cell.runs)


def _reads_over(upper: Cut, lower: Cut) -> bool:
    """Was a cell broken between two lines of one sentence?"""
    if kinds.kind(_words_of(upper)) == kinds.kind(_words_of(lower)) in WHOLE:
        return False
    last, first = upper.lines()[-1], lower.lines()[0]
    if last.text.rstrip().endswith(ENDED) or signs.is_list_item(first.text):
        return False
    return first.text[:1].islower() or _is_wrapped(last, first) or continued.is_broken(last.text, first.text)


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
    first = next(_lines(rest.runs, below.page, right))
    wrapped = bool(upper) and first.text[0] not in signs.BULLETS and _is_wrapped(list(_lines(upper, table.page, right))[-1], first)
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


# Writing --------------------------------------------------------------------------------------------------------------


class Writer:
    """Writes lines and tables into a draft, and keeps where each part came from."""

    def __init__(self, words: frozenset[str]) -> None:
        self.draft = Draft()
        self._words = words
        self._starts: list[int] = []
        self._parts: list[Part] = []

    def paragraph(self, lines: Sequence[Line], before: Item | None) -> Span | None:
        """Write a paragraph; the caption's span where its last line names the table behind it."""
        self.draft.gap(2)
        captioned = isinstance(before, Placed) and signs.is_caption(lines[-1].text)
        if captioned and len(lines) > 1 and not signs.NAMED_CAPTION.match(lines[-1].text.strip()):
            captioned = False
        body = lines[:-1] if captioned else lines
        if body:
            said = joined(body, self._words)
            self.draft.mark(_kind(said.text, before), self._put(said), page=body[0].page)
        if not captioned:
            return None
        if body:
            self.draft.gap(1)
        return self.draft.mark("caption", self._put(joined(lines[-1:], self._words)), page=lines[-1].page)

    def _put(self, said: Lines) -> Span:
        span = self.draft.write(Piece(said.text))
        self._keep(said, span[0])
        return span

    def _keep(self, said: Lines, start: int) -> None:
        for at, part in said.parts:
            self._starts.append(start + at)
            self._parts.append(part)

    def table(self, tables: Sequence[Placed], caption: Span | None) -> None:
        """Write a table, with its parts on further pages without their repeated headings."""
        slots: list[Slot] = []
        texts: dict[tuple[int, int], Lines] = {}
        height = 0
        first: list[list[str]] = []
        for one in tables:
            cells = [(frame, _cell(one, frame.box, runs, self._words)) for frame, runs in one.cells]
            for rest in one.over:
                self._go_on(texts, slots, rest, self._rest(one, rest))
            rows = _rows(one.table, cells)
            skipped = max(_repeated(first, rows), one.taken)
            first = first or rows
            for frame, said in cells:
                if frame.row < skipped or not said.text:
                    continue
                row = height + frame.row - skipped
                texts[row, frame.col] = said
                slots.append(Slot(row, frame.col, Piece(said.text), frame.rowspan, frame.colspan))
            height += one.table.height - skipped
        self.draft.gap(2)
        grid = self.draft.grid(
            slots,
            height,
            tables[0].table.width,
            header=signs.header_rows(_grid(slots, height, tables[0].table.width)),
            caption=caption,
            rule=f"paper.{tables[0].rule}",
            page=tables[0].page,
            bbox=tables[0].box,
        )
        for cell in grid.cells:
            self._keep(texts[cell.row, cell.col], cell.span[0])

    def _rest(self, table: Placed, rest: Rest) -> Lines:
        """The rest of a cell; in a ruled table it stands in a cell of its own."""
        if table.taken:
            frame = next(frame for frame, runs in table.cells if runs is rest.runs)
            return _cell(table, frame.box, rest.runs, self._words)
        right = rest.right or max(run.box[2] for run in rest.runs)
        return joined(list(_lines(rest.runs, table.page, right)), self._words, translated=True)

    def _go_on(self, texts: dict[tuple[int, int], Lines], slots: list[Slot], rest: Rest, said: Lines) -> None:
        """Put the rest of a cell behind its beginning on the page before; where nothing of it stood there, its row is the last one."""
        col, last = rest.col, max(row for row, _ in texts)
        row = max((row for row, other in texts if other == col), default=-1)
        if rest.new or row < 0:
            texts[last, col] = said
            slots.append(Slot(last, col, Piece(said.text)))
            return
        upper = texts[row, col]
        goes_on = rest.wrapped or entries.reads_on(upper.text, said.text) or said.text[0].islower()
        between = signs.joint(upper.text, said.text) if goes_on else "\n"
        if upper.text[-1] > "\u2e7f" and not upper.text.endswith(signs.CLOSED):
            between = signs.joint(upper.text, said.text)
        start = len(upper.text) + len(between)
        whole = Lines(upper.text + between + said.text, (*upper.parts, *((start + at, part) for at, part in said.parts)))
        texts[row, col] = whole
        at = next(at for at, slot in enumerate(slots) if (slot.row, slot.col) == (row, col))
        slots[at] = slots[at]._replace(piece=Piece(whole.text))

    def document(self, leaves: Sequence[Leaf], glyphs: Glyphs, media_type: str, pages: int, warnings: Iterable[Warn]) -> Document:
        places = TextPlaces(self._starts, self._parts, glyphs)
        return self.draft.document(media_type, warnings, pages=pages, places=places, links=places.links(leaves))


def _kind(text: str, before: Item | None) -> BlockKind:
    alone = "\n" not in text
    if alone and signs.is_heading(text):
        return "section_header"
    if signs.is_note(text):
        return "footnote"
    if signs.is_list_item(text):
        return "list_item"
    follows = isinstance(before, Line) and len(before.text) > 40
    return "section_header" if alone and follows and signs.is_bare_heading(text) else "text"


def joined(lines: Sequence[Line], words: frozenset[str], *, translated: bool = False) -> Lines:
    """The lines as text: broken lines made whole, and broken words that are among the whole ones; other breaks kept.

    A cell may say in Chinese what the lines above say in English (`translated`): no line was broken there.
    """
    if len(lines) == 1 and len(lines[0].runs) == 1 and not lines[0].runs[0].invented:
        run = lines[0].runs[0]
        return Lines(run.text, ((0, Part(run.text, lines[0].page, run.start)),))
    parts: list[tuple[int, Part]] = []
    text = ""
    above: Line | None = None
    whole = not translated and _are_set_right(lines)
    for line in lines:
        hyphened = text[-1:] == "-" and text[-2:-1].isalpha() and line.text[0].islower()
        full = translated and above is not None and _is_filled(above, line)
        wrapped = above is not None and (hyphened or full or _is_wrapped(above, line)) and line.text[0] not in signs.BULLETS
        wrapped &= not whole and not (translated and _TRANSLATION.match(line.text) and not _HAN.search(text))
        if wrapped and _breaks_word(text, line.text, words):
            text = text[:-1]
            parts[-1] = parts[-1][0], parts[-1][1]._replace(text=parts[-1][1].text[:-1])
        elif above is not None:
            text += signs.joint(text, line.runs[0].text) if wrapped else "\n"
        for index, run in enumerate(line.runs):
            if index:
                text += _gap(line.runs[index - 1], run)
            for low, high in _printed(run):
                parts.append((len(text), Part(run.text[low:high], line.page, run.start + low)))
                text += run.text[low:high]
        above = line
    return Lines(text, tuple(parts))


def _whole_words(leaves: Sequence[Leaf]) -> frozenset[str]:
    """The words that no line breaks, compounds with their hyphens; none where no line ends with a hyphen."""
    if not any(run.text[-1] == "-" for leaf in leaves for run in leaf.runs):
        return frozenset()
    texts = (_HYPHEN_LAST.sub("", run.text) for leaf in leaves for run in leaf.runs)
    return frozenset(word.lower() for text in texts for word in _COMPOUND.findall(text))


def _breaks_word(upper: str, lower: str, words: frozenset[str]) -> bool:
    """Does a hyphen only break a word? The word stands elsewhere without it, and nowhere with it."""
    first, last = _HYPHEN_LAST.search(upper) if words and upper[-1:] == "-" else None, _COMPOUND.match(lower)
    if first is None or last is None:
        return False
    begin, end = first[0][:-1].lower(), last[0].lower()
    return begin + end in words and f"{begin}-{end}" not in words


def _printed(run: Run) -> Iterator[Span]:
    """The stretches of a run between the spaces that are none."""
    low = 0
    for space in run.invented:
        if low < space:
            yield low, space
        low = space + 1
    yield low, len(run.text)


def _gap(left: Run, right: Run) -> str:
    """A space where there is room for one; beside Chinese characters type is set apart by up to a quarter of their width anyway."""
    han = left.text[-1] > "\u2e7f" or right.text[0] > "\u2e7f"
    if left.turned:
        near = max(right.box[1] - left.box[3], left.box[1] - right.box[3]) < 0.15 * left.size and right.box[0] < left.box[2]
        return "" if han or (near and len(right.text) == 1) else " "
    close = han or right.text[0] in ".,;:)"  # the full stop behind a raised mark
    return " " if right.box[0] - left.box[2] > (0.35 if close else 0.15) * left.size else ""


def _cell(placed: Placed, box: Box, runs: Sequence[Run], words: frozenset[str]) -> Lines:
    """The text of a cell, whose lines end as far from its right edge as they begin from its left, or further on the right."""
    if not runs:
        return Lines("", ())
    return joined(list(_lines(runs, placed.page, _inner_right(box, runs))), words, translated=True)


def _inner_right(box: Box, runs: Sequence[Run]) -> float:
    """Where the lines of a cell end."""
    pad = max(0.0, min(run.box[0] for run in runs) - box[0])
    return max(box[2] - pad, *(run.box[2] for run in runs))


def _rows(table: RuledTable, cells: Sequence[tuple[object, Lines]]) -> list[list[str]]:
    rows = [[""] * table.width for _ in range(table.height)]
    for frame, (_, said) in zip(table.frames, cells, strict=True):
        rows[frame.row][frame.col] = said.text
    return rows


def _repeated(first: Sequence[Sequence[str]], rows: Sequence[Sequence[str]]) -> int:
    """How many rows at the top repeat the headings of the table's first page."""
    count = 0
    headings = signs.header_rows(first) or 1
    for above, here in zip(first[:headings], rows, strict=False):
        if list(above) != list(here) or not any(here):
            break
        count += 1
    return count


def _grid(slots: Sequence[Slot], height: int, width: int) -> list[list[str]]:
    rows = [[""] * width for _ in range(height)]
    for slot in slots:
        rows[slot.row][slot.col] = slot.piece.text
    return rows


# Places ---------------------------------------------------------------------------------------------------------------


class TextPlaces:
    """Where the parts of a text stand on its pages."""

    def __init__(self, starts: Sequence[int], parts: Sequence[Part], glyphs: Glyphs) -> None:
        order = sorted(range(len(starts)), key=lambda index: starts[index])
        self._starts, self._parts, self._glyphs = [starts[index] for index in order], [parts[index] for index in order], glyphs
        self._found: dict[Span, tuple[int, Box | None] | None] = {}

    def at(self, span: Span) -> tuple[int, Box | None] | None:
        """The page where a stretch of text begins, and the box of its part there; a date is often that of several facts."""
        if span not in self._found:
            self._found[span] = self._look(span)
        return self._found[span]

    def _look(self, span: Span) -> tuple[int, Box | None] | None:
        page = None
        boxes: list[Box] = []
        for index in range(max(0, bisect.bisect_right(self._starts, span[0]) - 1), len(self._starts)):
            start, part = self._starts[index], self._parts[index]
            low, high = max(span[0] - start, 0), min(span[1] - start, len(part.text))
            if start >= span[1] or (page is not None and part.page != page):
                break
            if low < high:
                page = part.page
                boxes += self._glyphs.boxes(page, (part.start + low, part.start + high))
        return None if page is None else (page, _around(boxes))

    def links(self, leaves: Sequence[Leaf]) -> list[Link]:
        """The parts of the text that carry a link."""
        found = []
        for leaf in leaves:
            if not leaf.targets:
                continue
            mine = [(start, part) for start, part in zip(self._starts, self._parts, strict=True) if part.page == leaf.number]
            boxes = {run.start: run.box for run in leaf.runs}
            glyphs: dict[int, list[list[Box]]] = {}
            spans = {box: self._under(box, mine, boxes, glyphs) for box in dict.fromkeys(target.box for target in leaf.targets)}
            for target in leaf.targets:
                span = spans[target.box]
                if span is not None:
                    found.append(Link(span=span, target=target.url))
        return found

    def _under(self, box: Box, parts: Sequence[tuple[int, Part]], boxes: dict[int, Box], glyphs: dict[int, list[list[Box]]]) -> Span | None:
        """The text under a box; `glyphs` holds where the characters of each part stand, once that was asked."""
        low: int | None = None
        high = 0
        for start, part in parts:
            place = boxes.get(part.start)
            if place is None or place[3] < box[1] or place[1] > box[3] or place[2] < box[0] or place[0] > box[2]:
                continue
            if start not in glyphs:
                ends = range(part.start + 1, part.start + len(part.text) + 1)
                glyphs[start] = [self._glyphs.boxes(part.page, (end - 1, end)) for end in ends]
            for index, glyph in enumerate(glyphs[start]):
                if glyph and _holds(box, glyph[0]):
                    low, high = (start + index if low is None else low), start + index + 1
        return None if low is None else (low, high)


def _around(boxes: Sequence[Box]) -> Box | None:
    """The smallest box around others, to a hundredth of a point."""
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return round(float(min(lefts)), 2), round(float(min(tops)), 2), round(float(max(rights)), 2), round(float(max(bottoms)), 2)
