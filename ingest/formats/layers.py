"""Text layers that a page does not show: what a scanner recognised and laid unseen over its picture; and comparing any layer
with what is seen.

Nobody has read such a layer against the page, so its facts are somebody's recognition, as good or bad as ours. Where it
matters, both are compared: a number or a month that they do not both read at the same place is a warning that names either.
"""

from __future__ import annotations

import ctypes
import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pypdfium2.raw as c

from ingest.formats import substituted
from ingest.formats.native import Handle, handle, plain
from ingest.formats.scans import Sight
from ingest.model import Box

SAMPLE = 24
"""Characters of a page that are asked whether they are seen."""
UNSEEN = 0.8
"""The share of unseen ones from which a layer is one: a scanner's page may carry a printed stamp."""
COVERS = 0.8
"""The share of the page that its pictures cover, if they are what is seen of it."""
SMALL = 0.02
"""The share of the page below which a picture is no part of what covers it: scanners cut pages into strips, not into crumbs."""
MOST_PIXELS = 40_000_000
MAX_OBJECTS = 10_000
TOLD = 20
"""Differences of one page that are told, each by a warning."""
BESIDE = 0.3
"""So far, in heights of the line, a scanner's box may lie beside what it stands for."""

# What dates, times and amounts are made of.
_TELLING = re.compile(
    r"[0-9０-９]+(?:[.,:/][0-9０-９]+)*"
    r"|(?<![A-Za-z])(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
    r"|[〇一二三四五六七八九十廿卅]+(?=[年月日時号號])"
)


_get_text_object = plain(c.FPDFText_GetTextObject, Handle)
_get_render_mode = plain(c.FPDFTextObj_GetTextRenderMode)
_UNPAINTED = frozenset((c.FPDF_TEXTRENDERMODE_INVISIBLE, c.FPDF_TEXTRENDERMODE_CLIP))


class Word(NamedTuple):
    """A number or a month, and where it stands on the page."""

    text: str
    box: Box

    @property
    def value(self) -> str:
        return unicodedata.normalize("NFKC", self.text).casefold()


# Unseen ---------------------------------------------------------------------------------------------------------------


def is_unseen(document: object, page: object, layer: object, text: str) -> bool:
    """Whether nobody sees the text of a page, as it is drawn or what is drawn over it; the first three are pdfium's."""
    asked = [index for index in range(0, len(text), max(len(text) // SAMPLE, 1)) if not text[index].isspace()]
    return bool(asked) and ((_drawn_unseen(layer, asked) and _covered(page)) or _painted_over(document, page))


def _drawn_unseen(layer: object, asked: Sequence[int]) -> bool:
    """Whether enough of these characters are drawn so that nobody sees them; where a few are not, the others need not be asked."""
    seen = 0
    for index in asked:
        seen += c.FPDFTextObj_GetTextRenderMode(c.FPDFText_GetTextObject(layer, index)) != c.FPDF_TEXTRENDERMODE_INVISIBLE
        if len(asked) - seen < UNSEEN * len(asked):
            return False
    return True


def unpainted(layer: object, indices: Sequence[int]) -> set[int]:
    """Which of these characters are drawn without paint: a scanner's, or those that a program prints to be searched only."""
    modes = map(_get_render_mode, map(_get_text_object, itertools.repeat(handle(layer)), indices))
    return {index for index, mode in zip(indices, modes, strict=True) if mode in _UNPAINTED}


def in_layers(layer: object, text: str, off: frozenset[str]) -> set[int]:
    """Which characters of a page stand in layers of these names; a space that the engine put in goes with what stands before it."""
    known: dict[int | None, bool] = {None: False}
    found: set[int] = set()
    for index in range(len(text)):
        thing = _get_text_object(handle(layer), index)
        place = thing.value
        if place not in known:
            known[place] = any(name in off for name in _layers(thing))
        if known[place] or (place is None and index - 1 in found and text[index] == " "):
            found.add(index)
    return found


def _layers(thing: Handle) -> Iterator[str]:
    """The names of the layers in which an object of a page stands."""
    this = ctypes.cast(thing, c.FPDF_PAGEOBJECT)
    for number in range(c.FPDFPageObj_CountMarks(this)):
        mark = c.FPDFPageObj_GetMark(this, number)
        if substituted.value(mark, None) == "OC":
            yield substituted.value(mark, b"Name")


def _painted_over(document: object, page: object) -> bool:
    """Whether pictures through which nothing shows cover the page, painted after the last of its text."""
    area, whole = 0.0, float(c.FPDF_GetPageWidthF(page) * c.FPDF_GetPageHeightF(page))
    last = c.FPDFPage_CountObjects(page) - 1
    for index in range(last, max(last - MAX_OBJECTS, -1), -1):
        item = c.FPDFPage_GetObject(page, index)
        kind = c.FPDFPageObj_GetType(item)
        if kind in (c.FPDF_PAGEOBJ_TEXT, c.FPDF_PAGEOBJ_FORM):
            break
        if kind == c.FPDF_PAGEOBJ_IMAGE and (size := _area(item)) > SMALL * whole and _hides(document, page, item):
            area += size
    return area >= COVERS * whole


def _hides(document: object, page: object, picture: object) -> bool:
    """Whether a picture of a size that can be drawn lets nothing through."""
    width, height = ctypes.c_uint(), ctypes.c_uint()
    known = c.FPDFImageObj_GetImagePixelSize(picture, width, height)
    if c.FPDFPageObj_HasTransparency(picture) or not known or width.value * height.value > MOST_PIXELS:
        return False
    drawn = c.FPDFImageObj_GetRenderedBitmap(document, page, picture)  # as large as it is on the page, in points
    if not drawn:
        return False
    try:
        if c.FPDFBitmap_GetFormat(drawn) != c.FPDFBitmap_BGRA:
            return True
        size = c.FPDFBitmap_GetStride(drawn) * c.FPDFBitmap_GetHeight(drawn)
        opacity = ctypes.string_at(c.FPDFBitmap_GetBuffer(drawn), size)[3::4]
        return opacity.count(b"\xff") >= COVERS * len(opacity)
    finally:
        c.FPDFBitmap_Destroy(drawn)


def _area(item: object) -> float:
    """How much of its page an object takes, in square points."""
    edges = [ctypes.c_float() for _ in range(4)]
    if not c.FPDFPageObj_GetBounds(item, *edges):
        return 0.0
    left, bottom, right, top = (edge.value for edge in edges)
    return max(right - left, 0) * max(top - bottom, 0)


def _covered(page: object) -> bool:
    """Whether pictures cover the page."""
    width, height = c.FPDF_GetPageWidthF(page), c.FPDF_GetPageHeightF(page)
    area = 0.0
    for index in range(min(c.FPDFPage_CountObjects(page), MAX_OBJECTS)):
        item = c.FPDFPage_GetObject(page, index)
        if c.FPDFPageObj_GetType(item) in (c.FPDF_PAGEOBJ_IMAGE, c.FPDF_PAGEOBJ_FORM):
            area += _area(item)
    return area >= COVERS * float(width * height)


# Compared -------------------------------------------------------------------------------------------------------------


def words(page: Sight) -> list[Word]:
    """The numbers and months of a page, where they stand."""
    spans = [(run.start + match.start(), run.start + match.end()) for run in page.leaf.runs for match in _TELLING.finditer(run.text)]
    texts = [match[0] for run in page.leaf.runs for match in _TELLING.finditer(run.text)]
    return [Word(text, places[0]) for text, span in zip(texts, spans, strict=True) if (places := page.boxes(span))]


def differences(layer: Sequence[Word], seen: Sequence[Word]) -> Iterator[str]:
    """What the layer says and the picture does not, and the other way round, in words for a warning."""
    met: set[int] = set()
    for word in layer:
        near = [place for place, other in enumerate(seen) if _same_place(word.box, other.box)]
        met.update(near)
        if not any(seen[place].value == word.value for place in near):
            other = " ".join(seen[place].text for place in near if _covers(word.box, seen[place].box) or len(near) == 1)
            yield f"the text layer says '{word.text}', " + (f"the picture '{other}'" if other else "which is not seen")
    for place, word in enumerate(seen):
        if place not in met:
            yield f"the picture says '{word.text}', which is not in the text layer"


def _same_place(one: Box, other: Box) -> bool:
    """Whether two boxes lie on one line and touch, but for what a scanner's boxes are off."""
    height = min(one[3] - one[1], other[3] - other[1])
    beside = BESIDE * height
    return min(one[3], other[3]) - max(one[1], other[1]) > height / 2 and min(one[2], other[2]) + beside > max(one[0], other[0])


def _covers(one: Box, other: Box) -> bool:
    """Whether the narrower of two boxes on a line lies beside the other for more than half of its width."""
    return min(one[2], other[2]) - max(one[0], other[0]) > min(one[2] - one[0], other[2] - other[0]) / 2
