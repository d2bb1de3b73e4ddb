"""Lines and tables of all pages written into one text; every piece of it remembers its page and its characters there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ingest.formats import entries, signs
from ingest.formats.cells import inner_right
from ingest.formats.draft import Draft, Piece, Slot
from ingest.formats.leaf import Glyphs, Leaf, RuledTable, Run
from ingest.formats.lines import Line, lines_of, lines_of_cell, usual_distance
from ingest.formats.overpage import next_part
from ingest.formats.paragraphs import Lines, Part, continues, joined
from ingest.formats.placed import Item, Placed, Rest, repeated_rows
from ingest.formats.places import TextPlaces
from ingest.model import BlockKind, Box, Document, Span, Warn

MOST_OVER = 6  # lines and tables in which a row goes on that was broken by the end of its page


def write(writer: Writer, items: Sequence[Item]) -> None:
    """Write lines as paragraphs and tables as grids; a table that goes on behind a page break is one."""
    usual = usual_distance(items)
    paragraph: list[Line] = []
    index = 0
    while index < len(items):
        item = items[index]
        if isinstance(item, Line):
            if paragraph and not continues(paragraph, item, usual):
                writer.paragraph(paragraph, before=item)
                paragraph = []
            paragraph.append(item)
            index += 1
            continue
        tables = [item]
        taken = 1
        while found := next_part(tables, items[index + taken : index + taken + MOST_OVER]):
            tables.append(found[0])
            taken += found[1]
        caption = writer.paragraph(paragraph, before=item) if paragraph else None
        paragraph = []
        writer.table(tables, caption)
        index += taken
    if paragraph:
        writer.paragraph(paragraph, before=None)


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
            skipped = max(repeated_rows(first, rows), one.taken)
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
        return joined(list(lines_of(rest.runs, table.page, right)), self._words, translated=True)

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


def _cell(placed: Placed, box: Box, runs: Sequence[Run], words: frozenset[str]) -> Lines:
    """The text of a cell, whose lines end as far from its right edge as they begin from its left, or further on the right."""
    if not runs:
        return Lines("", ())
    return joined(lines_of_cell(runs, placed.page, inner_right(box, runs)), words, translated=True)


def _rows(table: RuledTable, cells: Sequence[tuple[object, Lines]]) -> list[list[str]]:
    rows = [[""] * table.width for _ in range(table.height)]
    for frame, (_, said) in zip(table.frames, cells, strict=True):
        rows[frame.row][frame.col] = said.text
    return rows


def _grid(slots: Sequence[Slot], height: int, width: int) -> list[list[str]]:
    rows = [[""] * width for _ in range(height)]
    for slot in slots:
        rows[slot.row][slot.col] = slot.piece.text
    return rows
