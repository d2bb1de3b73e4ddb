"""A document in the making: text is appended piece by piece, and every piece learns where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ingest.model import Block, BlockKind, Box, Cell, Document, Grid, Link, Places, Span, Warn


class Piece(NamedTuple):
    """Text without its markup; the links' spans count from its start."""

    text: str
    links: tuple[Link, ...] = ()


def joined(pieces: Sequence[Piece], between: str) -> Piece:
    """Pieces in a row, their links moved along."""
    text, links = "", list[Link]()
    for piece in pieces:
        text += between if text else ""
        links += [Link(span=(link.span[0] + len(text), link.span[1] + len(text)), target=link.target) for link in piece.links]
        text += piece.text
    return Piece(text, tuple(links))


class Slot(NamedTuple):
    """A cell with content, before it has a place in the text."""

    row: int
    col: int
    piece: Piece
    rowspan: int = 1
    colspan: int = 1


class Draft:
    """Collects text, blocks, grids and links in reading order."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._grids: list[Grid] = []
        self._links: list[Link] = []

    def __len__(self) -> int:
        return self._length

    def write(self, piece: Piece) -> Span:
        """Append text as it is, and say where it stands now."""
        start = self._length
        self._parts.append(piece.text)
        self._length += len(piece.text)
        if piece.links:
            self._links += [Link(span=(link.span[0] + start, link.span[1] + start), target=link.target) for link in piece.links]
        return start, self._length

    def gap(self, lines: int) -> None:
        """Begin a new line, unless nothing stands before it."""
        if self._length:
            self._space("\n" * lines)

    def _space(self, white: str) -> None:
        self._parts.append(white)
        self._length += len(white)

    def mark(self, kind: BlockKind, span: Span, page: int | None = None) -> Span:
        """Call a part of the text a block of this kind."""
        self._blocks.append(Block(kind=kind, span=span, page=page))
        return span

    def block(self, kind: BlockKind, piece: Piece) -> Span:
        """Append text that is one block."""
        return self.mark(kind, self.write(piece))

    def goes_on(self, piece: Piece) -> Span:
        """Append text to the block above."""
        end = self.write(piece)[1]
        last = self._blocks.pop()
        return self.mark(last.kind, (last.span[0], end))

    def grid(
        self,
        slots: Sequence[Slot],
        height: int,
        width: int,
        *,
        header: int | None,
        caption: Span | None,
        rule: str,
        page: int | None = None,
        bbox: Box | None = None,
        doubts: Iterable[tuple[int, str]] = (),
    ) -> Grid:
        """Append a table row by row: a tab between two places of a row, a line break between two rows."""
        start, cells = self._length, []
        places = {(slot.row, slot.col): slot for slot in slots}
        for row in range(height):
            for col in range(width):
                if slot := places.get((row, col)):
                    span = self.write(slot.piece)
                    cells.append(Cell(row=row, col=col, rowspan=slot.rowspan, colspan=slot.colspan, span=span))
                if col + 1 < width:
                    self._space("\t")
            if row + 1 < height:
                self._space("\n")
        span = start, self._length
        return self.grid_over(cells, height, width, span, header=header, caption=caption, rule=rule, page=page, bbox=bbox, doubts=doubts)

    def grid_over(
        self,
        cells: Sequence[Cell],
        height: int,
        width: int,
        span: Span,
        *,
        header: int | None,
        caption: Span | None,
        rule: str,
        page: int | None = None,
        bbox: Box | None = None,
        doubts: Iterable[tuple[int, str]] = (),
    ) -> Grid:
        """Call a part of the text that is written already a table, and parts of that its cells."""
        grid = Grid(
            width=width,
            height=height,
            cells=tuple(cells),
            span=self.mark("table", span, page),
            header=header,
            caption=caption,
            page=page,
            bbox=bbox,
            doubts=tuple(doubts),
            rule=rule,
        )
        self._grids.append(grid)
        return grid

    def document(
        self,
        media_type: str,
        warnings: Iterable[Warn] = (),
        pages: int | None = None,
        places: Places | None = None,
        links: Iterable[Link] = (),
    ) -> Document:
        """The finished document; `links` are those beside the pieces' own."""
        return Document(
            text="".join(self._parts),
            blocks=tuple(self._blocks),
            grids=tuple(self._grids),
            links=(*self._links, *links),
            media_type=media_type,
            pages=pages,
            places=places,
            warnings=tuple(warnings),
        )
