"""From pages to a document: lines, columns, paragraphs, tables and what belongs to the page only.

Engines hand over leaves (`leaf`), whichever they are; here their runs are put into reading order by where they stand. The
words stay as they are; where a line was broken because the paper ended, the break goes, and nothing is put between two
Chinese characters. Every piece of the text remembers its page and its characters there.

The road, a module each: `spread` (two pages on a sheet), `dropcap`, `narrow` and `stacked` (large first letters, broken labels,
Chinese from top to bottom),
`margins` (running heads and page numbers go), `order` (each page from top to bottom: ruled tables, what stands aside, `prose` in
columns, `unruled` tables), `lines` and `placed` (of what that consists), `overpage` (tables that go on), `paragraphs` and `writer`
(the text), `places` (where it stands), `doubts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from ingest.formats import dropcap, narrow, outside, spread, stacked
from ingest.formats.cells import unprinted, words_of
from ingest.formats.doubts import doubts
from ingest.formats.flattened import found_again
from ingest.formats.leaf import Glyphs, Leaf
from ingest.formats.margins import without_furniture
from ingest.formats.order import all_flow
from ingest.formats.paragraphs import whole_words
from ingest.formats.placed import Item, Placed
from ingest.formats.writer import Writer, write
from ingest.model import Document, Warn

FULL_LINES = 3  # so many show where lines end
LONG = 0.1  # of the page's width: a line is full that ends no further from where the longest does
HALF = 0.5  # of the page's width: where no line goes further, none was broken because the paper ended
USUAL = 0.82  # of the page's width: most paper has no wider margin on the right


def compose(leaves: Sequence[Leaf], glyphs: Glyphs, media_type: str, pages: int, warnings: Iterable[Warn] = ()) -> Document:
    """The document on these pages."""
    leaves = [stacked.marked(narrow.whole(dropcap.joined(leaf))) for leaf in spread.parted(leaves)]
    kept, furniture = without_furniture(leaves)
    writer = Writer(whole_words(kept))
    rights = _rights(kept)
    items = [_with_parted_headings(item, glyphs) for item in all_flow(kept, rights, glyphs)]
    write(writer, items)
    whole = found_again(writer.document(leaves, glyphs, media_type, pages, warnings), "paper")
    return msgspec.structs.replace(whole, furniture=furniture, warnings=(*whole.warnings, *doubts(items, whole.warnings, glyphs)))


def _with_parted_headings(item: Item, glyphs: Glyphs) -> Item:
    """A table without rulings whose headings that ran together stand in their columns again."""
    if not isinstance(item, Placed) or item.rule == "ruled":
        return item
    cells = outside.parted(item.cells, lambda run: words_of(run, item.page, glyphs), lambda run: unprinted(run, item.page, glyphs))
    if cells is None:
        return item
    return item._replace(table=item.table._replace(frames=tuple(frame for frame, _ in cells)), cells=tuple(cells))


def _rights(leaves: Sequence[Leaf]) -> dict[int, float]:
    """Where lines end on the right: as far as any does on a page of this width; on one of few long lines, as on most paper."""
    ends: dict[int, list[float]] = {}
    for leaf in leaves:
        ends.setdefault(round(leaf.width), []).extend(run.box[2] for run in leaf.runs)
    rights: dict[int, float] = {}
    for width, found in ends.items():
        widest = max(found, default=0.0)
        alone = sum(right > widest - LONG * width for right in found) < FULL_LINES
        rights[width] = max(widest, USUAL * width) if alone or widest < HALF * width else widest
    return {leaf.number: rights[round(leaf.width)] for leaf in leaves}
