"""HTML tables: which of them are tables at all, and the grid of those that are, merged cells resolved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bs4 import Tag

from ingest.formats import signs
from ingest.formats.draft import Piece, Slot

# A page may claim any span; browsers stop at these too.
MAX_COLSPAN = 1000
MAX_ROWSPAN = 65534
LONG_CELL = 2000


@dataclass(frozen=True, slots=True)
class Layout:
    """A data table, ready to be written."""

    slots: tuple[Slot, ...]
    height: int
    width: int
    header: int | None
    caption: Piece | None


def layout(table: Tag, text_of: Callable[[Tag], Piece]) -> Layout | None:
    """The grid of a table; None for one that only arranges the page or a letterhead."""
    if table.get("role") in ("presentation", "none"):
        return None
    rows = [(row, list(_below(row, ("td", "th")))) for row in _below(table, ("tr",))]
    headed = any(cell.name == "th" for _, cells in rows for cell in cells)
    if len(rows) < 2 or table.find(["h1", "h2", "h3", "form", "nav", "article"]) or (not headed and table.find("table")):
        return None
    placed = _place([cells for _, cells in rows], text_of)
    slots = [slot for slot, _ in placed if slot.piece.text]
    if not slots or any(len(slot.piece.text) > LONG_CELL for slot in slots):
        return None
    width = 1 + max(slot.col for slot in slots)
    height = 1 + max(slot.row for slot in slots)
    grid = [[""] * width for _ in range(height)]
    for slot in slots:
        grid[slot.row][slot.col] = slot.piece.text
    if width < 2 or height < 2 or signs.is_letterhead(grid) or signs.is_numbered_list(grid):
        return None
    slots = [slot._replace(rowspan=min(slot.rowspan, height - slot.row), colspan=min(slot.colspan, width - slot.col)) for slot in slots]
    header = _marked_header(placed, height)
    caption = next(_below(table, ("caption",)), None)
    words = text_of(caption) if caption else None
    return Layout(tuple(slots), height, width, signs.header_rows(grid) if header is None else header, words if words and words.text else None)


def _below(tag: Tag, names: tuple[str, ...]) -> Iterator[Tag]:
    """Elements of these names that belong to this element, not to a table inside it."""
    stack = [child for child in reversed(tag.contents) if isinstance(child, Tag)]
    while stack:
        child = stack.pop()
        if child.name in names:
            yield child
        elif child.name != "table":
            stack += [grandchild for grandchild in reversed(child.contents) if isinstance(grandchild, Tag)]


def _place(rows: list[list[Tag]], text_of: Callable[[Tag], Piece]) -> list[tuple[Slot, Tag]]:
    """Give each cell its place: those above reach down into the rows below. Spacer rows take no place."""
    placed: list[tuple[Slot, Tag]] = []
    reach: dict[int, int] = {}
    row = 0
    for cells in rows:
        pieces = [text_of(cell) for cell in cells]
        if not reach and not any(piece.text for piece in pieces):
            continue
        col, new = 0, dict[int, int]()
        for cell, piece in zip(cells, pieces, strict=True):
            while col in reach:
                col += 1
            colspan, rowspan = _span(cell, "colspan", MAX_COLSPAN), _span(cell, "rowspan", MAX_ROWSPAN)
            placed.append((Slot(row, col, piece, rowspan, colspan), cell))
            if rowspan > 1:
                new |= dict.fromkeys(range(col, col + colspan), rowspan)
            col += colspan
        reach = {column: left - 1 for column, left in (reach | new).items() if left > 1}
        row += 1
    return placed


def _span(cell: Tag, name: str, most: int) -> int:
    stated = str(cell.get(name) or "1").strip()
    return max(1, min(int(stated), most)) if stated.isdecimal() else 1


def _marked_header(placed: list[tuple[Slot, Tag]], height: int) -> int | None:
    """Rows of `thead`, or leading rows of nothing but `th`; None if there are none, or all are."""
    heading: dict[int, bool] = {}
    for slot, cell in placed:
        marked = cell.name == "th" or (cell.find_parent(["thead", "table"]) is not None and _in_thead(cell))
        if slot.piece.text or cell.name == "th":
            heading[slot.row] = heading.get(slot.row, True) and marked
    count = next((row for row in range(height) if not heading.get(row, False)), height)
    below = max((slot.row + slot.rowspan for slot, _ in placed if slot.row < count), default=0)
    return max(count, min(below, count + 1)) if 0 < count < height and below < height else (count if 0 < count < height else None)


def _in_thead(cell: Tag) -> bool:
    parent = cell.find_parent(["thead", "table"])
    return parent is not None and parent.name == "thead"
