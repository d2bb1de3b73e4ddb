"""Pictures that a web page carries in itself (`data:`): one that may be a page is recognised like a scan, as part of the text."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

from ingest.errors import TimeUp, UnreadableSource
from ingest.formats import picture
from ingest.formats.draft import Piece, Slot
from ingest.formats.flow import Part
from ingest.formats.tables import Layout
from ingest.model import TIME_LIMIT, Document, Grid, Warn
from ingest.settings import Settings

URL = re.compile(r"\s*data:image/[\w.+-]+;base64,", re.IGNORECASE)
LARGE = 30_000
"""Bytes of a picture of another kind, whose size in pixels is not looked at, that may be a page."""


class Pictures:
    """Reads the pictures of one page as they come; `warnings` tells what each lacked."""

    def __init__(self, name: str, how: Settings) -> None:
        self.name, self.how = name, how
        self.warnings: list[Warn] = []
        self._count = 0

    def parts(self, source: str) -> list[Part]:
        """What stands in the picture at this address; nothing where it is elsewhere, or no page."""
        data = _data(source)
        if not (picture.is_page(data) or (len(data) > LARGE and not picture.sniff(data, ""))):
            return []
        self._count += 1
        try:
            if self._count > self.how.max_pages:
                raise UnreadableSource(self.name, f"not one of the first {self.how.max_pages} (CIRCULARS_MAX_PAGES)")
            document = picture.read(data, self.name, self.how)
        except UnreadableSource as error:
            code = TIME_LIMIT if isinstance(error, TimeUp) else "not-read"
            self.warnings.append(Warn(code=code, message=f"picture {self._count} in the page: {error.reason}"))
            return []
        self.warnings += (Warn(code=warn.code, message=f"picture {self._count} in the page: {warn.message}") for warn in document.warnings)
        return list(_parts(document))


def _data(source: str) -> bytes:
    """The bytes that an address holds; none where it holds no picture."""
    start = URL.match(source)
    try:
        return base64.b64decode(source[start.end() :]) if start else b""
    except (binascii.Error, ValueError):
        return b""


def _parts(document: Document) -> Iterator[Part]:
    grids = {grid.span: grid for grid in document.grids}
    for block in document.blocks:
        if (grid := grids.get(block.span)) is not None:
            yield Part(2, "table", Piece(""), layout=_layout(document.text, grid))
        else:
            yield Part(2, block.kind, Piece(document.text[slice(*block.span)]))


def _layout(text: str, grid: Grid) -> Layout:
    slots = tuple(Slot(cell.row, cell.col, Piece(text[slice(*cell.span)]), cell.rowspan, cell.colspan) for cell in grid.cells)
    return Layout(slots, grid.height, grid.width, grid.header, None, grid.doubts)
