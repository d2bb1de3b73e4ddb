"""Readers: one module per format, each with the same three names; the surest reads the file.

A new format is a module here and a place in `FORMATS`; what it hands over is a `Document` as any other.
"""

from __future__ import annotations

import re
from typing import Protocol

from ingest.errors import UnreadableSource, Unrecognised
from ingest.formats import docx, eml, html, pdf, picture, plain
from ingest.loading import too_large
from ingest.model import Box, Document
from ingest.settings import Settings, settings

EXPECTED = "expected PDF, Word, HTML, text, e-mail or a picture (PNG, JPEG, TIFF)"


class Format(Protocol):
    """What a module in this package offers."""

    MEDIA_TYPE: str

    def sniff(self, data: bytes, name: str) -> float:
        """How sure it is, from 0 to 1, that the bytes are its own; the name only helps."""
        ...

    def read(self, data: bytes, name: str, how: Settings) -> Document:
        """The document in these bytes."""
        ...


FORMATS: tuple[Format, ...] = (docx, eml, html, pdf, picture, plain)
SURE = 0.9  # a format that is this sure knows its own bytes; others are asked last

OLE = rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What other formats begin with, so that an error can name what was found.
FOREIGN = (
    (re.compile(rb"PK\x03\x04.{0,4000}?xl/", re.DOTALL), "Excel workbook (XLSX; save it as PDF) is"),
    (re.compile(rb"PK\x03\x04.{0,4000}?ppt/", re.DOTALL), "PowerPoint file (PPTX; save it as PDF) is"),
    (re.compile(rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis", re.DOTALL), "OpenDocument file (ODT, ODS; save it as DOCX or PDF) is"),
    (re.compile(rb"PK(?:\x03\x04|\x05\x06)"), "ZIP archive (unpack it, and add the files in it) is"),
    (re.compile(OLE + rb".*?E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", re.DOTALL), "Office document with a password is"),
    (re.compile(OLE + rb".*?_\0_\0p\0r\0o\0p\0e\0r\0t\0i\0e\0s\0_\0v\0", re.DOTALL), "Outlook message (MSG; save it as EML) is"),
    (re.compile(OLE), "old Office document (DOC, XLS; save it as DOCX or PDF) is"),
    (re.compile(rb"\{\\rtf"), "rich text (RTF; save it as DOCX or PDF) is"),
    (re.compile(rb"GIF8[79]a|BM.{4}\0\0\0\0|RIFF.{4}WEBP", re.DOTALL), "image of this kind (GIF, BMP, WebP) is"),
    (re.compile(rb"SQLite format 3\0"), "SQLite database is"),
    (re.compile(rb"\x1f\x8b|BZh\d|\xfd7zXZ|7z\xbc\xaf|Rar!"), "compressed file is"),
)  # fmt: skip


HEAD = 4096  # so much of a file shows whether it begins as a PDF, a page or a mail does


def begins(head: bytes, name: str) -> bool:
    """Whether these first bytes are surely those of a PDF, a page or a mail, whatever the file is called."""
    return any(form.sniff(head, name) >= SURE for form in (pdf, html, eml))


def read(data: bytes, name: str, how: Settings | None = None) -> Document:
    """Read a file by what it holds, whatever it is called; settings that are not given come from the environment."""
    how = how or settings()
    if len(data) > how.max_bytes:
        raise UnreadableSource(name, too_large(len(data), how))
    if not data.strip(b"\xef\xbb\xbf\xfe\xff \t\r\n\f"):
        raise UnreadableSource(name, f"empty file; {EXPECTED}")
    sure, reader = max(((form.sniff(data, name), form) for form in FORMATS), key=lambda pair: pair[0])
    found = next((found for pattern, found in FOREIGN if sure < SURE and pattern.match(data)), None)
    if found:
        raise UnreadableSource(name, f"{found} not a format that this version reads; {EXPECTED}")
    if not sure:
        raise Unrecognised(name, f"binary data; {EXPECTED}")
    try:
        return reader.read(data, name, how)
    except Unrecognised as error:
        raise Unrecognised(name, f"{error.reason}; {EXPECTED}") from error


def outlined(data: bytes, name: str, page: int, box: Box, how: Settings) -> bytes:
    """A page as PNG, with a frame around a box of it; `page` counts from 1. Only PDFs and pictures have pages to show."""
    if picture.sniff(data, name):
        return picture.outlined(data, name, page, box, how)
    return pdf.outlined(data, name, page, box, how)
