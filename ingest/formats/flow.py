"""Parts of a document that flows (a web page, a Word file): blocks and tables in reading order, put together as a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.formats import signs
from ingest.formats.draft import Draft, Piece
from ingest.formats.tables import Layout
from ingest.model import BlockKind, Span


@dataclass(slots=True)
class Part:
    """A block with the empty lines before it; `layout` if it is a table; `soft` if its kind was inferred."""

    gap: int
    kind: BlockKind
    piece: Piece
    soft: bool = False
    layout: Layout | None = None


def kind_of(text: str, all_bold: bool) -> BlockKind:
    """What a paragraph is that has no tag of its own for it."""
    alone = "\n" not in text
    if alone and (signs.is_heading(text) or (all_bold and signs.is_bare_heading(text))):
        return "section_header"
    if signs.is_note(text):
        return "footnote"
    return "list_item" if signs.is_list_item(text) else "text"


def compose(parts: Sequence[Part], rule: str, *, lines_join: bool = True) -> Draft:
    """Write the parts in their order; `rule` is what the tables are told to come from.

    Short lines without space between them are one block where `lines_join`: pages make them so, Word has paragraphs.
    """
    draft = Draft()
    caption: Span | None = None
    above: Part | None = None
    for part, below in zip(parts, [*parts[1:], None], strict=True):
        draft.gap(part.gap)
        if part.layout:
            table = part.layout
            draft.grid(table.slots, table.height, table.width, header=table.header, caption=caption, rule=rule, doubts=table.doubts)
            caption = above = None
            continue
        names_table = below is not None and below.layout is not None and (not part.soft or signs.is_caption(part.piece.text))
        kind = "caption" if names_table and part.soft and "\n" not in part.piece.text else part.kind
        joins = lines_join and part.gap == 1 and kind == "text" and _goes_on(above, part)
        span = draft.goes_on(part.piece) if joins else draft.block(kind, part.piece)
        above = part
        caption = span if kind == "caption" else None
    return draft


def _goes_on(above: Part | None, part: Part) -> bool:
    """Short lines without space between them, as in a letterhead or a signature, are one block."""
    return (
        above is not None and above.soft and above.kind == "text" and part.soft and max(len(above.piece.text), len(part.piece.text)) <= 120
    )
