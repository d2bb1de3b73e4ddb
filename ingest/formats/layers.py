"""Text layers that a page does not show: what a scanner recognised and laid unseen over its picture; and comparing any layer
with what is seen.

Nobody has read such a layer against the page, so its facts are somebody's recognition, as good or bad as ours. Where it
matters, both are compared: a number or a month that they do not both read at the same place is a warning that names either.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pypdfium2.raw as c

from ingest.formats.scans import Sight
from ingest.model import Box

SAMPLE = 24
"""Characters of a page that are asked whether they are seen."""
UNSEEN = 0.8
"""The share of unseen ones from which a layer is one: a scanner's page may carry a printed stamp."""
COVERS = 0.8
"""The share of the page that its pictures cover, if they are what is seen of it."""
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


class Word(NamedTuple):
    """A number or a month, and where it stands on the page."""

    text: str
    box: Box

    @property
    def value(self) -> str:
        return unicodedata.normalize("NFKC", self.text).casefold()


# Unseen ---------------------------------------------------------------------------------------------------------------


def is_unseen(page: object, layer: object, text: str) -> bool:
    """Whether the text of a page is drawn in a way that nobody sees; `page` and `layer` are pdfium's."""
    printed = [index for index, char in enumerate(text) if not char.isspace()]
    asked = printed[:: max(len(printed) // SAMPLE, 1)]
    modes = [c.FPDFTextObj_GetTextRenderMode(c.FPDFText_GetTextObject(layer, index)) for index in asked]
    unseen = modes.count(c.FPDF_TEXTRENDERMODE_INVISIBLE)
    return bool(asked) and unseen >= UNSEEN * len(asked) and _covered(page)


def _covered(page: object) -> bool:
    """Whether pictures cover the page."""
    edges = [ctypes.c_float() for _ in range(4)]
    width, height = c.FPDF_GetPageWidthF(page), c.FPDF_GetPageHeightF(page)
    area = 0.0
    for index in range(min(c.FPDFPage_CountObjects(page), MAX_OBJECTS)):
        item = c.FPDFPage_GetObject(page, index)
        kind = c.FPDFPageObj_GetType(item)
        if kind in (c.FPDF_PAGEOBJ_IMAGE, c.FPDF_PAGEOBJ_FORM) and c.FPDFPageObj_GetBounds(item, *edges):
            left, bottom, right, top = (edge.value for edge in edges)
            area += max(right - left, 0) * max(top - bottom, 0)
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
