"""Several documents as one, in their order: the texts of an e-mail that are no two forms of one text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from ingest.model import Block, Cell, Document, Grid, Link, Span

BETWEEN = "\n\n"
NO_WORD = re.compile(r"[\W_]+")


def joined(documents: Sequence[Document]) -> Document:
    """One document of several without places; of one whose every line stands in another, only the other is kept. One at least."""
    kept = _without_repeats(documents)
    first, *others = kept
    if not others:
        return first
    blocks, grids, links = list[Block](), list[Grid](), list[Link]()
    start = 0
    for one in kept:
        blocks += (msgspec.structs.replace(block, span=_moved(block.span, start)) for block in one.blocks)
        grids += (_grid(grid, start) for grid in one.grids)
        links += (msgspec.structs.replace(link, span=_moved(link.span, start)) for link in one.links)
        start += len(one.text) + len(BETWEEN)
    return msgspec.structs.replace(
        first,
        text=BETWEEN.join(one.text for one in kept),
        blocks=tuple(blocks),
        grids=tuple(grids),
        links=tuple(links),
        warnings=tuple(warn for one in kept for warn in one.warnings),
    )


def _without_repeats(documents: Iterable[Document]) -> list[Document]:
    """The documents, but for those that another says line by line; programs that know no alternatives send both forms of a text."""
    kept: list[tuple[Document, list[str]]] = []
    for one in documents:
        lines = [NO_WORD.sub("", line) for line in one.text.split("\n")]
        if any(_says(other, lines) for _, other in kept):
            continue
        kept = [*((other, said) for other, said in kept if not _says(lines, said)), (one, lines)]
    return [one for one, _ in kept]


def _says(whole: Sequence[str], part: Iterable[str]) -> bool:
    """Do the words of all these lines stand in a text, in their order?"""
    words, at = "".join(whole), 0
    for line in part:
        if (at := words.find(line, at)) < 0:
            return False
        at += len(line)
    return True


def _moved(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by


def _grid(grid: Grid, by: int) -> Grid:
    cells: list[Cell] = [msgspec.structs.replace(cell, span=_moved(cell.span, by)) for cell in grid.cells]
    caption = None if grid.caption is None else _moved(grid.caption, by)
    return msgspec.structs.replace(grid, cells=tuple(cells), span=_moved(grid.span, by), caption=caption)
