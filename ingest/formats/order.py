"""Reading order: from page to page, and on each what stands in tables, beside the prose and in it."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Sequence

from ingest.formats import aside, banded, boxed, continued, kinds, ruled, signs, tight, written
from ingest.formats.cells import cut_at_cells, holding, inner_right, unprinted, words_of
from ingest.formats.leaf import Column, Glyphs, Leaf, RuledTable, Run
from ingest.formats.lines import AT, COLUMN_LINES, LOOSE, WHOLE, Line, is_wrapped, lines_of, runs_on, turned_lines, usual_distance
from ingest.formats.overpage import goes_on
from ingest.formats.placed import Item, Placed, Rest, is_beside, is_listing, is_table, placed, spoken
from ingest.formats.prose import bands, read_columns
from ingest.formats.unruled import with_tables
from ingest.model import Box

CLOSE = 3.0  # heights of the type: the first row below shaded headings is no further from them


def all_flow(leaves: Sequence[Leaf], rights: dict[int, float], glyphs: Glyphs) -> list[Item]:
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
        if piece.box in boxes or not any(goes_on(item, piece, item) or goes_on(piece, item, piece) for item in near):
            continue
        flow = again(at, [*boxes, piece.box])
        items = [*(flows[at - 1][-1:] if at else ()), *flow, *(flows[at + 1][:1] if at + 1 < len(flows) else ())]
        pairs = [(upper, lower) for upper, lower in itertools.pairwise(items) if isinstance(upper, Placed) and piece in (upper, lower)]
        if any(goes_on(upper, lower, upper) for upper, lower in pairs):
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
    spaces = set(unprinted(run, page, glyphs))
    words = words_of(run, page, glyphs)
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
        index = holding(boxes, (run.box[0] + run.box[2]) / 2, (run.box[1] + run.box[3]) / 2)
        (free if index is None else inside[index]).append(run)
    obstacles, lone = list[Placed](), list[Placed]()
    for table, runs in zip(tables, inside, strict=True):
        cells = [frame.box for frame in table.frames]
        whole = placed(table, leaf.number, (cut for run in runs for cut in cut_at_cells(run, cells, leaf.number, glyphs)), "ruled")
        if table.box in parts:
            obstacles.append(whole)
        elif is_table(whole) and not (_is_shade(table, leaf.rulings) and _is_part(table, leaf.runs)):
            parted = _without_level_rules(whole)
            obstacles.append(
                whole if parted is None else placed(parted, leaf.number, (run for _, cell in whole.cells for run in cell), "ruled")
            )
        else:
            free += runs
            if runs and table.width > 1:
                lone.append(whole)
    asides = boxed.found([run for run in free if not run.turned], leaf, [table.box for table in obstacles]) if leaf.rulings else []
    free = _without(free, asides)
    beside = aside.found([run for run in free if not run.turned], leaf)
    free = _without(free, beside)
    asides += beside
    floating = {id(table): one for table in obstacles if (one := aside.around(table.box, [run for run in free if not run.turned], leaf))}
    afloat = [table for table in obstacles if id(table) in floating]
    obstacles = [table for table in obstacles if id(table) not in floating]
    free, obstacles = _by_order(free, obstacles, leaf, glyphs)
    upright = _parted([run for run in free if not run.turned], leaf, right, glyphs)
    items = _arranged(upright, obstacles, leaf, right)
    for one in asides:
        items = _with_aside(items, one, leaf)
    for floated in afloat:
        items = _put(items, floating[id(floated)], [floated])
    flow = [part for item in items for part in _in_one_column(item)]
    return [*flow, *turned_lines(free, leaf.number)], lone


def _in_one_column(item: Item) -> Sequence[Item]:
    """The item; a letter in two languages side by side as lines, each part in the one and then in the other; headings in the margin of
    numbered paragraphs above these.
    """
    if not isinstance(item, Placed) or item.rule == "ruled":
        return (item,)
    cells = sorted(item.cells, key=lambda cell: (cell[0].row, cell[0].col))
    if item.table.width == 3 and signs.are_headed_paragraphs(spoken(item)):
        rows = [[run for frame, own in cells if frame.row == at and frame.col for run in own] for at in range(item.table.height)]
        heads = [list(own) for frame, own in cells if frame.col == 0 and own]
        parts = sorted([*heads, *filter(None, rows)], key=lambda runs: min(run.box[1] for run in runs) - AT * (runs in heads))
        lines = [list(lines_of(runs, item.page, item.box[2])) for runs in parts]
        return [line for own in lines for line in (*own[:-1], own[-1]._replace(right=math.inf))]  # nothing was broken behind the last
    if item.table.width != 2 or not signs.are_translations(spoken(item)):
        return (item,)
    return [line for frame, runs in cells if runs for line in lines_of(runs, item.page, inner_right(frame.box, runs))]


def _without(runs: list[Run], asides: Sequence[aside.Aside]) -> list[Run]:
    """The runs that stand in none of these."""
    apart = {id(run) for one in asides for run in one.runs}
    return [run for run in runs if id(run) not in apart] if apart else runs


def _with_aside(items: Sequence[Item], one: aside.Aside, leaf: Leaf) -> list[Item]:
    """What stands on a page with a narrow column, whose lines are no further apart than usual unless something ends there."""
    own = list(lines_of(one.runs, leaf.number, one.box[2]))
    loose = LOOSE * usual_distance(own)
    said = [kinds.kind(line.text) in WHOLE for line in own]
    pairs = enumerate(itertools.pairwise(own))
    listed = len(own) > 2 and all(line.text[:1].isupper() or line.text[:1].isdigit() for line in own)  # each an entry for itself
    last = {at for at, (upper, lower) in pairs if listed or lower.middle - upper.middle > loose or said[at] or said[at + 1]}
    lines = [line._replace(right=math.inf) if at in last else line for at, line in enumerate(own)]  # nothing was broken behind it
    return _put(items, one, list(with_tables(lines, leaf.rulings)))


def _put(items: Sequence[Item], one: aside.Aside, own: Sequence[Item]) -> list[Item]:
    """What stands on a page with what stands aside: where a paragraph ends beside it or below it, and no line goes on behind it."""
    narrowed = [
        item._replace(right=one.right)
        if isinstance(item, Line) and one.top <= item.middle <= one.bottom and item.box[2] <= one.right < item.right
        else item
        for item in items
    ]
    beside = [item for item in items if item.box[1] < one.box[3] and item.box[3] > one.box[1]]
    edge = min((item.box[1] for item in beside), default=0.0) if _is_left_of(one, beside) else one.box[3]
    below = next((at for at, item in enumerate(items) if item.box[1] >= edge), len(items))
    loose = LOOSE * usual_distance(items)
    ends = [at for at in range(len(items) + 1) if _is_end(narrowed, at, loose)]
    place = min(ends, key=lambda end: (abs(end - below), -end), default=below)
    if one.heads is not None:
        place = next((at for at, item in enumerate(items) if isinstance(item, Line) and abs(item.middle - one.heads) < AT), place)
    return [*narrowed[:place], *own, *narrowed[place:]]


def _is_left_of(one: aside.Aside, beside: Sequence[Item]) -> bool:
    """Does a narrow column stand left of all that is level with it, and begin level with the first of that? Then it is read before it."""
    first = min(beside, key=lambda item: item.box[1], default=None)
    size = one.runs[0].size if one.runs else 0.0
    return first is not None and abs(first.box[1] - one.box[1]) < size and all(item.box[0] > one.box[2] for item in beside)


def _is_end(items: Sequence[Item], at: int, loose: float) -> bool:
    """May something else stand before this item, because no paragraph goes over to it? Its lines are no further apart than `loose`."""
    upper, lower = items[at - 1] if at else None, items[at] if at < len(items) else None
    if isinstance(upper, Line) and isinstance(lower, Line):
        apart = lower.middle - upper.middle > loose and not runs_on(upper, lower)
        return apart or (upper.text.rstrip().endswith(signs.CLOSED) and not is_wrapped(upper, lower))
    if isinstance(upper, Line):  # a sentence may go on on the next page
        return upper.text.rstrip().endswith(signs.CLOSED)
    return not isinstance(lower, Line) or not lower.text[:1].islower()


def _by_order(runs: list[Run], tables: list[Placed], leaf: Leaf, glyphs: Glyphs) -> tuple[list[Run], list[Placed]]:
    """What is left of the runs without the tables that the order shows in which they were written; all tables."""
    upright = sorted((run for run in runs if not run.turned), key=lambda run: run.start)
    if not written.rises(upright):
        return runs, tables

    def words(run: Run) -> list[Run]:
        return words_of(run, leaf.number, glyphs)

    cut = written.parted(upright, words, lambda places: glyphs.unprinted(leaf.number, places))
    cut = banded.narrow(list(lines_of(upright, leaf.number, leaf.width)), words) | cut
    parts = {id(run): cut.get(id(run), [run]) for run in upright}
    gone: set[int] = set()
    found = list(tables)
    for one in written.tables([part for run in upright for part in parts[id(run)]]):
        whole = Placed(one.table, leaf.number, one.cells, "aligned")
        if is_table(whole) and not is_listing(said := spoken(whole)) and not signs.are_signatures(said):
            found.append(whole)
            gone.update(run.start for _, cell in one.cells for run in cell)
    left = [
        part
        for run in runs
        for part in (parts[id(run)] if not gone.isdisjoint(part.start for part in parts.get(id(run), ())) else [run])
        if part.start not in gone
    ]
    return left, found


def _parted(runs: Sequence[Run], leaf: Leaf, right: float, glyphs: Glyphs) -> Sequence[Run]:
    """The runs, parted where they go over the narrow white between two columns of a table."""

    def words(run: Run) -> list[Run]:
        return words_of(run, leaf.number, glyphs)

    def cut(runs: Sequence[Run], parts: dict[int, list[Run]]) -> list[Run]:
        return [part for run in runs for part in parts.get(id(run), [run])]

    runs = cut(runs, tight.parted(list(lines_of(runs, leaf.number, right)), words, lambda run: unprinted(run, leaf.number, glyphs)))
    whole = cut(runs, banded.narrow(list(lines_of(runs, leaf.number, right)), words))
    return cut(whole, banded.parted(list(lines_of(whole, leaf.number, right)), words))


def _arranged(runs: Sequence[Run], tables: Sequence[Placed], leaf: Leaf, right: float) -> list[Item]:
    """Lines and tables from top to bottom; a table with words beside it has its place in their column, if there are columns."""
    boxes = [*(run.box for run in runs), *(table.box for table in tables)]
    beside = [table for table in tables if any(is_beside(table, box) for box in boxes)]
    across = [table for table in tables if table not in beside]
    items = [
        item for band in bands(runs, across) for item in ([band] if isinstance(band, Placed) else read_columns(band, leaf, right, beside))
    ]
    if all(sum(item is table for item in items) == 1 for table in beside):
        return items
    return [item for band in bands(runs, tables) for item in ([band] if isinstance(band, Placed) else read_columns(band, leaf, right))]


def _without_level_rules(whole: Placed) -> RuledTable | None:
    """The rows of a table that is ruled between its columns only, below its heading; None where they are not plain to see.

    They are where every column has as many lines, at the same heights, and one of them nothing but dates, times, numbers or codes.
    """
    table, last = whole.table, whole.table.height - 1
    body = [(frame, list(lines_of(runs, whole.page, frame.box[2]))) for frame, runs in whole.cells if frame.row == last]
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
