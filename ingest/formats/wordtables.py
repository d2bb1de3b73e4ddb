"""Tables of Word files: the grid with merged cells resolved, or the text alone where a table only arranges the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from lxml.etree import _Element as Element

from ingest.formats import signs
from ingest.formats.draft import Piece, Slot, joined
from ingest.formats.flow import Part
from ingest.formats.numbering import W, number, value
from ingest.formats.tables import Layout, is_page
from ingest.formats.wordstyles import is_on
from ingest.model import Link

MOST_COLUMNS = 63  # Word's own limit
SLIVER = 113  # twips (2 mm): edges of columns nearer than this are one, drawn apart by hand

TABS = re.compile(r" *\t[\t ]*")
LEAST_ROWS, LONGEST_CELL = 3, 200  # of a table that is made with tabs only

Read = Callable[[Element], list[Part]]


class Placed(NamedTuple):
    """A cell: its place on the table's own grid, how far it reaches, and what stands in it."""

    row: int
    col: int
    rowspan: int
    colspan: int
    parts: list[Part]


def parts(table: Element, read: Read, is_left_out: Callable[[Element], bool]) -> Iterator[Part]:
    """The table as one part; what stands in it, cell by cell, where it is no table of data."""
    rows = [row for row in _children(table, "tr") if not is_left_out(row)]
    placed, height = _place(rows, read, is_left_out)
    placed = _even(placed, _edges(table))
    layout = None if _arranges(placed) else _layout(placed, height, _marked_header(rows))
    if layout:
        yield Part(2, "table", Piece(""), layout=layout)
    else:
        yield from _dissolved(placed)


def tabbed(content: Sequence[Part]) -> Iterator[Part]:
    """Neighbouring paragraphs with as many tabs, whose columns hold dates, times or numbers, are rows of a table."""
    for columns, group in groupby(content, _columns):
        run = list(group)
        grid = [[cell.text for cell in _cells(part.piece)] for part in run] if columns > 1 else []
        if len(run) < LEAST_ROWS or signs.header_rows(grid) is None or signs.is_letterhead(grid) or signs.is_numbered_list(grid):
            yield from run
            continue
        slots = [Slot(row, col, cell) for row, part in enumerate(run) for col, cell in enumerate(_cells(part.piece)) if cell.text]
        yield Part(2, "table", Piece(""), layout=Layout(tuple(slots), len(run), columns, signs.header_rows(grid), None))


def _columns(part: Part) -> int:
    """How many columns the tabs of a paragraph make; 0 for what is no row of a table."""
    cells = TABS.split(part.piece.text)
    return 0 if part.layout or not part.soft or "\n" in part.piece.text or max(map(len, cells)) > LONGEST_CELL else len(cells)


def _cells(piece: Piece) -> list[Piece]:
    """The pieces of a paragraph between its tabs, each with its links."""
    cells, start = [], 0
    for end, behind in [*(gap.span() for gap in TABS.finditer(piece.text)), (len(piece.text), 0)]:
        text = piece.text[start:end].strip()
        at = piece.text.index(text, start)
        inside = (link for link in piece.links if at <= link.span[0] and link.span[1] <= at + len(text))
        cells.append(Piece(text, tuple(Link(span=(link.span[0] - at, link.span[1] - at), target=link.target) for link in inside)))
        start = behind
    return cells


def _children(parent: Element, name: str) -> Iterator[Element]:
    """Rows or cells, out of whatever is wrapped around them, save what was deleted."""
    stack = [iter(parent)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag == f"{W}{name}":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml"):
            stack.append(iter(child))


def _place(rows: Sequence[Element], read: Read, is_left_out: Callable[[Element], bool]) -> tuple[list[Placed], int]:
    """Give each cell its place, and the height of the grid. A cell merged with the one above makes that one reach further."""
    placed: list[Placed] = []
    above: dict[int, int] = {}
    height = 0
    for row in rows:
        col = _span(value(row.find(f"{W}trPr"), "gridBefore"), 0)
        here: dict[int, int] = {}
        reaching = False
        for cell in _children(row, "tc"):
            properties = cell.find(f"{W}tcPr")
            colspan = _span(value(properties, "gridSpan"), 1)
            merge = None if properties is None else properties.find(f"{W}vMerge")
            sideways = None if properties is None else properties.find(f"{W}hMerge")
            if is_left_out(cell):
                pass  # its place stays empty; what it would have gone on with ends above
            elif sideways is not None and (sideways.get(f"{W}val") or "continue") == "continue" and placed and placed[-1].row == height:
                placed[-1] = placed[-1]._replace(colspan=min(placed[-1].colspan + colspan, MOST_COLUMNS))
            elif merge is not None and (merge.get(f"{W}val") or "continue") == "continue" and col in above:
                here[col] = above[col]
                placed[above[col]] = placed[above[col]]._replace(rowspan=height - placed[above[col]].row + 1)
                reaching = True
            elif col < MOST_COLUMNS:
                if merge is not None:
                    here[col] = len(placed)
                placed.append(Placed(height, col, 1, min(colspan, MOST_COLUMNS - col), read(cell)))
            col += colspan
        if reaching or any(_filled(cell) for cell in placed if cell.row == height):
            height += 1
            above = here
        else:
            placed = [cell for cell in placed if cell.row < height]
    return placed, height


def _span(stated: str | None, least: int) -> int:
    return max(least, min(number(stated, least), MOST_COLUMNS))


def _edges(table: Element) -> list[int]:
    """The left edges of the columns in twips; [] where the file does not state them all."""
    grid = table.find(f"{W}tblGrid")
    widths = [] if grid is None else [number(one.get(f"{W}w"), 0) for one in grid.iterfind(f"{W}gridCol")]
    return [sum(widths[:place]) for place in range(len(widths[:MOST_COLUMNS]))] if all(widths) else []


def _even(placed: list[Placed], edges: list[int]) -> list[Placed]:
    """Columns that begin at some cell only; edges that nearly meet are one."""
    starts = sorted({cell.col for cell in placed})
    columns: dict[int, int] = {}
    previous: int | None = None
    for start in starts:
        near = previous is not None and start < len(edges) and edges[start] - edges[previous] < SLIVER
        columns[start] = len(set(columns.values())) - near
        previous = previous if near else start
    cells = []
    for cell in placed:
        col = columns[cell.col]
        end = next((columns[start] for start in starts if start >= cell.col + cell.colspan), len(set(columns.values())))
        cells.append(cell._replace(col=col, colspan=max(1, end - col)))
    taken = [(cell.row, cell.col) for cell in cells]
    return cells if len(taken) == len(set(taken)) else placed


def _filled(cell: Placed) -> bool:
    return any(part.layout or part.piece.text for part in cell.parts)


def _arranges(placed: Sequence[Placed]) -> bool:
    """Does the table hold another one that says more than it does itself?"""
    inner = sum(len(slot.piece.text) for cell in placed for part in cell.parts if part.layout for slot in part.layout.slots)
    return inner > sum(len(part.piece.text) for cell in placed for part in cell.parts)


def _layout(placed: Sequence[Placed], height: int, marked: int) -> Layout | None:
    """The grid; None for what is no table of data."""
    slots = [Slot(cell.row, cell.col, _piece(cell.parts), cell.rowspan, cell.colspan) for cell in placed if _filled(cell)]
    if not slots:
        return None
    width = 1 + max(slot.col for slot in slots)
    height = min(height, max(slot.row + slot.rowspan for slot in slots))
    if width < 2 or height < 2:
        return None
    grid = [[""] * width for _ in range(height)]
    for slot in slots:
        grid[slot.row][slot.col] = slot.piece.text
    if signs.is_letterhead(grid) or signs.is_numbered_list(grid) or (not 0 < marked < height and is_page(grid)):
        return None
    slots = [slot._replace(rowspan=min(slot.rowspan, height - slot.row), colspan=min(slot.colspan, width - slot.col)) for slot in slots]
    return Layout(tuple(slots), height, width, marked if 0 < marked < height else signs.header_rows(grid), None)


def _marked_header(rows: Sequence[Element]) -> int:
    """Leading rows that are repeated on every page."""
    count = 0
    for row in rows:
        properties = row.find(f"{W}trPr")
        heading = None if properties is None else properties.find(f"{W}tblHeader")
        if heading is None or not is_on(heading):
            break
        count += 1
    return count


def _piece(content: Sequence[Part]) -> Piece:
    """A cell's text: one line for each paragraph, and for each row of a table inside it; no tab is left in it."""
    lines = []
    for part in content:
        if part.layout:
            rows: dict[int, list[Piece]] = {}
            for slot in part.layout.slots:
                rows.setdefault(slot.row, []).append(slot.piece)
            lines += [joined(cells, " ") for _, cells in sorted(rows.items())]
        elif part.piece.text:
            lines.append(part.piece)
    piece = joined(lines, "\n")
    return Piece(piece.text.replace("\t", " "), piece.links)


def _dissolved(placed: Sequence[Placed]) -> Iterator[Part]:
    """What a table that only arranges the page holds: a label and its value on one line, else cell by cell."""
    rows: dict[int, list[list[Part]]] = {}
    for cell in placed:
        if _filled(cell):
            rows.setdefault(cell.row, []).append(cell.parts)
    for _, cells in sorted(rows.items()):
        short = [not any(part.layout for part in content) and len(content) == 1 and "\n" not in content[0].piece.text for content in cells]
        if len(cells) == 2 and short[0] and not cells[1][0].layout and _leads(cells[0][0].piece.text):
            first, *rest = cells[1]
            line = joined([cells[0][0].piece, first.piece], " ")
            yield Part(1, "list_item" if signs.is_list_item(line.text) else "text", line, soft=True)
            yield from (Part(1, part.kind, part.piece, part.soft, part.layout) for part in rest)
        elif len(cells) > 1 and all(short) and all(signs.is_label(content[0].piece.text) for content in cells[::2]):
            yield Part(1, "text", joined([content[0].piece for content in cells], " "), soft=True)
        else:
            yield from (part for content in cells for part in content)


def _leads(text: str) -> bool:
    """A label, a number or a bullet that stands in a column of its own."""
    return signs.is_label(text) or text.rstrip().endswith((":", "：")) or signs.is_numbered_list([[text]])
