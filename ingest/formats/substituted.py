"""Words that a file keeps beside those that are seen (ActualText), and that pdfium gives in their place.

Printers use them for what no font tells, as letters that are drawn as one. Anything may stand there, also another date than the page
shows. pdfium gives all characters of such words one width and one height, which those of a font seldom have.
"""

from __future__ import annotations

import ctypes
import operator
from collections.abc import Iterator, Sequence
from itertools import compress

import pypdfium2.raw as c

from ingest.model import Span

LEAST = 3  # letters and figures: what is shorter is drawn as one
SAME = 1e-3  # points
MOST = 200  # words of a page that are looked at, and characters of what stands for them
KEY = b"ActualText"


def suspected(spans: Sequence[Span], edges: Sequence[float]) -> list[int]:
    """Where words begin whose first and last character are as wide and as high; `edges` as `Words` has them."""
    tops = map(operator.eq, edges[3::8], edges[7::8])
    bottoms = map(operator.eq, edges[2::8], edges[6::8])
    return [
        spans[at][0]
        for at in compress(range(len(spans)), map(operator.and_, tops, bottoms))
        if spans[at][1] - spans[at][0] >= LEAST and abs(edges[8 * at + 1] - edges[8 * at] - edges[8 * at + 5] + edges[8 * at + 4]) < SAME
    ][:MOST]


def said(text: c.FPDF_TEXTPAGE, places: Sequence[int]) -> Iterator[str]:
    """What the file keeps for the words at these places, where it keeps something for them."""
    done: set[str] = set()
    for place in places:
        thing = c.FPDFText_GetTextObject(text, place)
        for number in range(c.FPDFPageObj_CountMarks(thing) if thing else 0):
            words = value(c.FPDFPageObj_GetMark(thing, number), KEY)
            if words not in done and sum(map(str.isalnum, words)) >= LEAST:
                done.add(words)
                yield words


def value(mark: c.FPDF_PAGEOBJECTMARK, key: bytes | None) -> str:
    """The words of a mark under a key, or its own name; empty where it has none."""
    size = ctypes.c_ulong()

    def ask(room: object, length: int) -> int:
        if key is None:
            return int(c.FPDFPageObjMark_GetName(mark, room, length, ctypes.byref(size)))
        return int(c.FPDFPageObjMark_GetParamStringValue(mark, key, room, length, ctypes.byref(size)))

    if not ask(None, 0) or not 2 < size.value <= 2 * MOST:
        return ""
    room = (c.FPDF_WCHAR * (size.value // 2 + 1))()
    ask(room, size.value)
    return bytes(room)[: size.value].decode("utf-16-le", "replace").rstrip("\0")
