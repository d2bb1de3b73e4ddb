"""What is laid over a page of a PDF: fields that were filled in, remarks written on it, words struck out, and comments in the margin.

pdfium's text knows nothing of them, though all but the comments are seen like what is printed; so they are painted into the page
before it is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as c

from ingest.model import Box

MOST = 10_000
"""Annotations of one page that are looked at."""
SHOWN = frozenset((c.FPDF_ANNOT_WIDGET, c.FPDF_ANNOT_FREETEXT, c.FPDF_ANNOT_STAMP))
NOTED = frozenset((c.FPDF_ANNOT_TEXT, c.FPDF_ANNOT_FREETEXT))
LOOKED_INTO = SHOWN | NOTED | {c.FPDF_ANNOT_STRIKEOUT}
UNSEEN = c.FPDF_ANNOT_FLAG_HIDDEN | c.FPDF_ANNOT_FLAG_NOVIEW
EMPTY = 2  # bytes of a string without characters: its end


class Painted(NamedTuple):
    """A page with what is laid over it; which areas of it are struck out, in pdfium's coordinates; how many comments it does not show."""

    page: pypdfium2.PdfPage
    struck: tuple[Box, ...] = ()
    comments: int = 0


def painted(file: pypdfium2.PdfDocument, number: int) -> Painted:
    """A page with what is laid over it as a part of it."""
    page = file[number]
    count = c.FPDFPage_GetAnnotCount(page.raw)
    if count <= 0:
        return Painted(page)
    seen, comments = False, 0
    struck: list[Box] = []
    for at in range(min(count, MOST)):
        annotation = c.FPDFPage_GetAnnot(page.raw, at)
        if not annotation:
            continue
        kind = c.FPDFAnnot_GetSubtype(annotation)
        if kind in LOOKED_INTO and not c.FPDFAnnot_GetFlags(annotation) & UNSEEN:
            if kind == c.FPDF_ANNOT_STRIKEOUT:
                struck += _areas(annotation)
            elif kind in NOTED and not _has_appearance(annotation):
                comments += c.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0) > EMPTY
            else:
                seen |= kind in SHOWN
        c.FPDFPage_CloseAnnot(annotation)
    return Painted(_flattened(file, page, number) if seen else page, tuple(struck), comments)


def _areas(annotation: object) -> Iterator[Box]:
    """The left, bottom, right and top of each line of words that an annotation marks."""
    corners = c.FS_QUADPOINTSF()
    for at in range(min(c.FPDFAnnot_CountAttachmentPoints(annotation), MOST)):
        if c.FPDFAnnot_GetAttachmentPoints(annotation, at, corners):
            xs, ys = (corners.x1, corners.x2, corners.x3, corners.x4), (corners.y1, corners.y2, corners.y3, corners.y4)
            yield min(xs), min(ys), max(xs), max(ys)


def _has_appearance(annotation: object) -> bool:
    return bool(c.FPDFAnnot_GetAP(annotation, c.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0) > EMPTY)


def _flattened(file: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, number: int) -> pypdfium2.PdfPage:
    """The page with its annotations as forms of its content. Drawing it makes those whose look the file leaves to the reader."""
    page.render(scale=0.1)
    box = page.get_bbox()
    if c.FPDFPage_Flatten(page.raw, c.FLAT_NORMALDISPLAY) != c.FLATTEN_SUCCESS:
        return page
    page.set_mediabox(*box)  # it may have become as large, or as small, as the annotations
    page.set_cropbox(*box)
    page.close()
    return file[number]
