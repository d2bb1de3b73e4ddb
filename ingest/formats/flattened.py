"""Tables that stand in a document without their columns, found again in its own text: what `flat` proves becomes grids.

For formats with blocks (pages, Word files, PDFs): the text stays as it is, and spans into it become cells.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator, Sequence

import msgspec

from ingest.formats import flat, signs
from ingest.model import Block, Cell, Document, Grid, Span, Warn

Rows = Sequence[Sequence[Span]]


def found_again(document: Document, rule: str) -> Document:
    """The document with the tables that its text proves, and a warning for each that is lost; `rule` begins their rules' names."""
    lines = _lines(document)
    search = flat.search([said for _, said in lines])
    spans, ends = [span for span, _ in lines], _ends(document)
    grids = [_grid(document, ends, _places(table, spans), f"{rule}.lines") for table in search.found]
    return run_together(_with(document, grids, [lines[at][0] for at in search.lost]), rule)


def run_together(document: Document, rule: str) -> Document:
    """The same for tables whose rows were run together, in one paragraph or in one for each row."""
    grids: list[Grid] = []
    lost: list[Span] = []
    done, ends = 0, _ends(document)
    for start, end in _stretches(document):
        paragraph = document.text[start:end]
        if start < done:
            continue
        if (line := flat.run_together(paragraph)) is not None:
            grids.append(_grid(document, ends, [[_moved(cell, start) for cell in row] for row in line.rows], f"{rule}.run-together"))
            done = end
        elif flat.was_run_together(paragraph):
            lost.append((start, end))
    blocks = [block for block in document.blocks if block.kind in ("text", "section_header")]
    for head, rows in itertools.pairwise(blocks):
        start, end = head.span
        beside = flat.are_titles(document.text[start:end]) and not document.text[end : rows.span[0]].strip()
        if beside and flat.was_run_together(document.text[start : rows.span[1]]) and not any(low <= start < high for low, high in lost):
            lost.append((start, rows.span[1]))
    return _with(document, grids, sorted(lost))


def _stretches(document: Document) -> Iterator[Span]:
    """The paragraphs; headings that stand in one alone go with the rows that follow, each in one of its own."""
    blocks = document.blocks
    for at, block in enumerate(blocks):
        if block.kind not in ("text", "section_header"):
            continue
        start, end = block.span
        if flat.heads_rows(document.text[start:end]):
            below = (blocks[number] for number in range(at + 1, len(blocks)))
            rows = itertools.takewhile(lambda one: _is_row(document, one), below)
            end = max((row.span[1] for row in rows), default=end)
        if block.kind == "text" or end > block.span[1]:
            yield start, end


def _is_row(document: Document, block: Block) -> bool:
    return block.kind != "table" and flat.is_row(document.text[slice(*block.span)])


def _with(document: Document, grids: Sequence[Grid], lost: Sequence[Span]) -> Document:
    """The document with these tables too, and told of those that are lost."""
    if not grids and not lost:
        return document
    return msgspec.structs.replace(
        document,
        blocks=tuple(_blocks(document, grids)),
        grids=tuple(sorted((*document.grids, *grids), key=lambda grid: grid.span)),
        warnings=(*document.warnings, *(_lost(document, span) for span in lost)),
    )


def _lines(document: Document) -> list[tuple[Span, str]]:
    """The lines of the text, each with its place; those of a table are there, and say nothing."""
    found: list[tuple[Span, str]] = []
    start = 0
    tables = iter(sorted(grid.span for grid in document.grids))
    table = next(tables, None)
    for line in document.text.split("\n"):
        end = start + len(line)
        while table is not None and table[1] <= start:
            table = next(tables, None)
        found.append(((start, end), "\t" if table is not None and table[0] < end else line))
        start = end + 1
    return found


def _places(table: flat.Flat, lines: Sequence[Span]) -> Rows:
    return [[(lines[first][0], lines[last][1]) for first, last in row] for row in table.rows]


def _moved(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by


def _ends(document: Document) -> list[int]:
    return [block.span[1] for block in document.blocks]


def _grid(document: Document, ends: Sequence[int], rows: Rows, rule: str) -> Grid:
    """The table with these cells; what stands right above it names it, if it may be a caption."""
    span = rows[0][0][0], rows[-1][-1][1]
    at = bisect.bisect_right(ends, span[0])
    above = document.blocks[at - 1] if at else None
    named = above is not None and above.kind in ("text", "caption") and _names(document.text[slice(*above.span)])
    page, box = (document.places.at(span) if document.places else None) or (None, None)
    return Grid(
        width=len(rows[0]),
        height=len(rows),
        cells=tuple(Cell(row=row, col=col, span=cell) for row, line in enumerate(rows) for col, cell in enumerate(line)),
        span=span,
        header=1,
        caption=above.span if above is not None and named else None,
        page=page,
        bbox=box,
        rule=rule,
    )


def _names(text: str) -> bool:
    return "\n" not in text and signs.is_caption(text)


def _blocks(document: Document, grids: Sequence[Grid]) -> Iterator[Block]:
    """The blocks in order: what the tables took is theirs, what stands beside it in a block stays a block."""
    tables = sorted(grids, key=lambda grid: grid.span)
    captions = {grid.caption for grid in grids}
    spans = [grid.span for grid in tables]
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    made = [Block(kind="table", span=grid.span, page=grid.page) for grid in tables]
    for block in document.blocks:
        if block.span in captions:
            made.append(msgspec.structs.replace(block, kind="caption"))
        else:
            taken = spans[bisect.bisect_right(ends, block.span[0]) : bisect.bisect_left(starts, block.span[1])]
            made += (msgspec.structs.replace(block, span=span) for span in _left(document.text, block.span, taken))
    return iter(sorted(made, key=lambda block: block.span))


def _left(text: str, span: Span, taken: Sequence[Span]) -> Iterator[Span]:
    """What is left of a stretch of text without the stretches taken from it; white space is nothing."""
    if not taken:
        yield span
        return
    edges = [span[0], *itertools.chain.from_iterable(taken), span[1]]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        words = text[start:end]
        if words.strip():
            yield start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def _lost(document: Document, span: Span) -> Warn:
    place = document.places.at(span) if document.places else None
    return flat.lost(document.text[slice(*span)], page=place[0] if place else None)
