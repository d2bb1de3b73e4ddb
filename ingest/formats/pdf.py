"""PDF, known by its first bytes. Its engine is loaded when the first one comes: that takes longer than reading twenty."""

from __future__ import annotations

import re

from ingest.model import Box, Document
from ingest.settings import Settings

MEDIA_TYPE = "application/pdf"
MAGIC = re.compile(rb"[\s\0]{0,1024}%PDF-\d")


def sniff(data: bytes, name: str) -> float:  # noqa: ARG001  every format is asked alike
    """PDF says what it is."""
    return 1.0 if MAGIC.match(data) else 0.0


def read(data: bytes, name: str, how: Settings) -> Document:
    """The document in a PDF, which stays open for `Document.places`. Encrypted without the right password, or damaged, is an error."""
    from ingest.formats import pdfium

    return pdfium.read(data, name, how)


def outlined(data: bytes, name: str, page: int, box: Box, how: Settings) -> bytes:
    """A page as PNG, with a frame around a box of it; `page` counts from 1."""
    from ingest.formats import pdfium

    return pdfium.outlined(data, name, page, box, how)
