"""HTML tables: which of them are tables at all, and the grid of those that are, merged cells resolved."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bs4 import Tag

from ingest.formats import signs
from ingest.formats.draft import Piece, Slot, joined
from ingest.formats.flat import GUESSED, NARROWED, PROVED, beyond, narrowed, refilled

MAX_WIDTH = 200  # columns; a page may claim any span, and no schedule comes near this
LONG_CELL = 2000  # characters: few cells of data have so many
LONGEST_HEADING = 100
NESTED = 4  # tables below each other within one; what holds more of them arranges the page
WRAPPED = {"h1", "h2", "h3", "form", "nav", "article"}


Placed = tuple[Slot, bool]  # a cell, and whether the page marks it as a heading


@dataclass(frozen=True, slots=True)
class Layout:
    """A data table, ready to be written."""

    slots: tuple[Slot, ...]
    height: int
    width: int
    header: int | None
    caption: Piece | None
    doubts: tuple[tuple[int, str], ...] = ()


def layout(table: Tag, text_of: Callable[[Tag], Piece]) -> Layout | None:
    """The grid of a table; None for one that only arranges the page or a letterhead."""
    if table.get("role") in ("presentation", "none"):
        return None
    names = {tag.name for tag in _own(table)}
    if not names.isdisjoint(WRAPPED) or ("table" in names and "th" not in names):
        return None
    placed, proved = _refilled(_place(list(_below(table, ("tr",))), text_of))
    slots = [slot for slot, _ in placed if slot.piece.text]
    if not slots:
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
    if header is None and is_page(grid):
        return None
    caption = next(_below(table, ("caption",)), None)
    words = text_of(caption) if caption else None
    return Layout(
        tuple(slots),
        height,
        width,
        signs.header_rows(grid) if header is None else header,
        words if words and words.text else None,
        tuple(sorted((dict(_uneven(placed, height, width)) | proved).items())),
    )


def is_page(grid: Sequence[Sequence[str]]) -> bool:
    """Does a grid hold whole texts, as one that only arranges a page does? A table of data may, below its headings or beside its dates."""
    if all(len(cell) <= LONG_CELL for row in grid for cell in row):
        return False
    headings = signs.header_rows(grid)
    return headings is None or (headings > 0 and not all(0 < len(cell) < LONGEST_HEADING for cell in grid[0]))


def arranging(root: Tag) -> frozenset[int]:
    """The tables, by their ids, that hold tables within tables more than `NESTED` deep: they arrange the page, whatever is in them."""
    if len(root.find_all("table", limit=NESTED + 2)) < NESTED + 2:
        return frozenset()
    deep: dict[int, int] = {}
    open_tables: list[int] = []
    stack: list[tuple[Tag, bool]] = [(root, False)]
    while stack:
        tag, done = stack.pop()
        if done:
            levels = deep[open_tables.pop()]
            if open_tables:
                deep[open_tables[-1]] = max(deep[open_tables[-1]], levels + 1)
            continue
        if tag.name == "table":
            open_tables.append(id(tag))
            deep[id(tag)] = 0
            stack.append((tag, True))
        stack += [(child, False) for child in tag.contents if isinstance(child, Tag)]
    return frozenset(table for table, levels in deep.items() if levels > NESTED)


def _uneven(placed: Sequence[Placed], height: int, width: int) -> Iterator[tuple[int, str]]:
    """The rows that take more or fewer columns than most, counted from 1; one cell alone is a heading over the others."""
    taken = [set[int]() for _ in range(height)]
    own: list[list[Slot]] = [[] for _ in range(height)]
    for slot, _ in placed:
        for row in range(slot.row, min(slot.row + slot.rowspan, height)):
            taken[row].update(range(slot.col, min(slot.col + slot.colspan, width)))
        if slot.row < height:
            own[slot.row].append(slot)
    usual = statistics.mode(len(columns) for columns in taken)
    for row, columns, slots in zip(itertools.count(1), taken, own, strict=False):
        surplus = next((slot.piece.text for slot in slots if slot.piece.text and slot.col >= usual), None)
        if len(slots) > 1 and (surplus or len(columns) < usual):
            yield row, beyond(surplus) if surplus else GUESSED


def _refilled(placed: list[Placed]) -> tuple[list[Placed], dict[int, str]]:
    """The cells of rows with too few or too many where their kinds leave no choice, and what is said of these rows, counted from 1."""
    rows = [list(group) for _, group in itertools.groupby(placed, key=lambda one: one[0].row)]
    if len({len(row) for row in rows}) < 2 or any(slot.rowspan > 1 or slot.colspan > 1 for slot, _ in placed):
        return placed, {}
    found: list[Placed] = []
    proved: dict[int, str] = {}
    for at, groups in narrowed([[slot.piece.text for slot, _ in row] for row in rows]).items():
        rows[at] = [_gathered([rows[at][cell] for cell in group], col) for col, group in enumerate(groups)]
        proved[rows[at][0][0].row + 1] = NARROWED
    for row, filled in zip(rows, refilled([[slot.piece.text for slot, _ in row] for row in rows]), strict=True):
        cols = [col for col, said in enumerate(filled.cells) if said]
        said = [(slot, heading) for slot, heading in row if slot.piece.text]
        if filled.doubt == PROVED and [slot.piece.text.strip() for slot, _ in said] == [filled.cells[col] for col in cols]:
            found += ((slot._replace(col=col), heading) for col, (slot, heading) in zip(cols, said, strict=True))
            proved[row[0][0].row + 1] = PROVED
        else:
            found += row
    return found, proved


def _gathered(cells: Sequence[Placed], col: int) -> Placed:
    """Cells that are one, in its column."""
    slot, heading = cells[0]
    return slot._replace(col=col, piece=joined([one.piece for one, _ in cells], " ")), heading


def _own(tag: Tag) -> Iterator[Tag]:
    """The elements below a table in document order, without those of a table inside it."""
    stack = [child for child in reversed(tag.contents) if isinstance(child, Tag)]
    while stack:
        child = stack.pop()
        yield child
        if child.name != "table":
            stack += [grandchild for grandchild in reversed(child.contents) if isinstance(grandchild, Tag)]


def _below(tag: Tag, names: tuple[str, ...]) -> Iterator[Tag]:
    return (child for child in _own(tag) if child.name in names)


def _place(rows: list[Tag], text_of: Callable[[Tag], Piece]) -> list[Placed]:
    """Give each cell its place: those above reach down into the rows below. Spacer rows take no place.

    A table that is wider than any real one is given up: its text stays, without a grid.
    """
    placed: list[Placed] = []
    reach: dict[int, int] = {}
    height = 0
    for row in rows:
        in_head = row.parent is not None and row.parent.name == "thead"
        cells = [(cell, text_of(cell)) for cell in _below(row, ("td", "th"))]
        if not reach and not any(piece.text for _, piece in cells):
            continue
        col, new = 0, dict[int, int]()
        for cell, piece in cells:
            while col in reach:
                col += 1
            colspan, rowspan = _span(cell, "colspan", MAX_WIDTH), _span(cell, "rowspan", len(rows) - height)
            placed.append((Slot(height, col, piece, rowspan, colspan), in_head or cell.name == "th"))
            if rowspan > 1:
                new |= dict.fromkeys(range(col, col + colspan), rowspan)
            col += colspan
            if col > MAX_WIDTH:
                return []
        reach = {column: left - 1 for column, left in (reach | new).items() if left > 1}
        height += 1
    return placed


def _span(cell: Tag, name: str, most: int) -> int:
    stated = str(cell.get(name) or "1").strip()
    return max(1, min(int(stated), most)) if stated.isdecimal() else 1


def _marked_header(placed: list[Placed], height: int) -> int | None:
    """Rows of `thead`, or leading rows of nothing but `th`; None if there are none, or all are."""
    data_rows = [slot.row for slot, heading in placed if slot.piece.text and not heading]
    count = min(data_rows, default=height)
    return count if 0 < count < height and any(slot.piece.text for slot, _ in placed if slot.row < count) else None
