"""A page drawn with a frame around what a fact quotes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from ingest.model import Box

if TYPE_CHECKING:
    from PIL import Image

FRAME = (200, 0, 0)  # red, on whatever the page shows
SCALE = 2.0
"""Pixels a point."""


def png(page: Image.Image, box: Box) -> bytes:
    """The picture of a page at `SCALE`, with a frame around a box of it, as PNG."""
    from PIL import ImageDraw

    picture = page.convert("RGB")
    left, top, right, bottom = (edge * SCALE for edge in box)
    ImageDraw.Draw(picture).rectangle((left - 4, top - 4, right + 4, bottom + 4), outline=FRAME, width=2)
    written = io.BytesIO()
    picture.save(written, "PNG", optimize=True)
    return written.getvalue()
