"""PDF by pdfplumber, for what pdfium cannot read: slower by an order of magnitude, but of other mistakes.

It parses the file in Python, so it may find pages where pdfium finds none, and the other way round.
"""

from __future__ import annotations

import bisect
import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple
from unicodedata import normalize

import pdfplumber
from pdfplumber.page import Page
from pdfplumber.pdf import PDF

from ingest.formats.leaf import Leaf, Run
from ingest.formats.ruled import MAX_RULINGS
from ingest.model import Box, Span, Warn

FORMS = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
"""Radicals and compatibility forms, which fonts give for the characters that they look like; pdfium tells the characters itself."""

PAGE = re.compile(rb"/Page|/ObjStm")
"""What stands in any PDF that has pages, or objects packed together among which they may be; without, every object is looked at in vain."""

GAP = 0.75
"""A wider space than this, in heights of the type, parts two runs."""
TOLERANCE = 2.0
"""Points between characters of one word, as pdfplumber measures."""


class Plumbed(NamedTuple):
    """A page by pdfplumber: its leaf, and the boxes of its characters, one for each."""

    leaf: Leaf
    chars: tuple[Box, ...]

    def boxes(self, span: Span) -> list[Box]:
        """The boxes of a stretch of characters, one for each run."""
        starts = [run.start for run in self.leaf.runs]
        found = []
        for run in self.leaf.runs[max(0, bisect.bisect_right(starts, span[0]) - 1) :]:
            low, high = max(span[0], run.start), min(span[1], run.start + len(run.text))
            if run.start >= span[1]:
                break
            if low < high:
                found.append((self.chars[low][0], run.box[1], self.chars[high - 1][2], run.box[3]))
        return found

    def unprinted(self, places: Sequence[int]) -> list[int]:  # noqa: ARG002  its words are parted by their places
        """None is known."""
        return []


def pages(data: bytes, most: int, password: str | None = None) -> list[Plumbed]:
    """The first pages of a PDF, as far as pdfplumber can read them; none where it cannot open the file."""
    found: list[Plumbed] = []
    if not PAGE.search(data):
        return found
    try:
        with pdfplumber.open(io.BytesIO(data), password=password) as file:
            for number in range(min(len(file.pages), most)):
                found.append(_page(file, number))
                file.pages[number].close()
    except Exception:  # noqa: BLE001  pdfminer raises whatever a damaged file makes it stumble over
        return found
    return found


def page(data: bytes, number: int, password: str | None = None) -> Plumbed | None:
    """One page of a PDF, counted from 1; None where it cannot be read."""
    try:
        with pdfplumber.open(io.BytesIO(data), password=password, pages=[number]) as file:
            found = _page(file, 0)
            return found._replace(leaf=found.leaf._replace(number=number))
    except Exception:  # noqa: BLE001  as above
        return None


def _page(file: PDF, number: int) -> Plumbed:
    page = file.pages[number]
    runs: list[Run] = []
    chars: list[Box] = []
    for word in page.extract_words(x_tolerance=TOLERANCE, return_chars=True):
        last = runs[-1] if runs else None
        if last is not None and abs(last.box[3] - word["bottom"]) < TOLERANCE and 0 < word["x0"] - last.box[2] < GAP * last.size:
            chars.append((last.box[2], last.box[1], float(word["x0"]), last.box[3]))  # the space between two words of a line
            runs.pop()
            start, text = last.start, f"{last.text} "
        else:
            last, start, text = None, len(chars), ""
        for char in word["chars"]:
            said = FORMS.sub(lambda form: normalize("NFKC", form[0]), char["text"])
            text += said
            chars += [(char["x0"], char["top"], char["x1"], char["bottom"])] * len(said)
        left, top, right, bottom = float(word["x0"]), float(word["top"]), float(word["x1"]), float(word["bottom"])
        size = bottom - top
        if last is not None:
            left, top, bottom, size = last.box[0], min(last.box[1], top), max(last.box[3], bottom), max(last.size, size)
        runs.append(Run(text, (left, top, right, bottom), size, start))
    warn = Warn(code="pdfplumber", message="pdfium cannot read this page; pdfplumber did", page=number + 1)
    rulings = tuple(islice(_rulings(page), MAX_RULINGS))
    leaf = Leaf(number + 1, float(page.width), float(page.height), tuple(runs), rulings, warnings=(warn,))
    return Plumbed(leaf, tuple(chars))


def _rulings(page: Page) -> Iterator[Box]:
    """Lines and rectangles as boxes, like pdfium's; an area painted white on white paper is none."""
    for one in (*page.lines, *page.rects):
        painted = one.get("non_stroking_color")
        white = painted is not None and all(part == 1 for part in (painted if isinstance(painted, (tuple, list)) else (painted,)))
        if one["object_type"] == "line" or one.get("stroke") or not white:
            yield float(one["x0"]), float(one["top"]), float(one["x1"]), float(one["bottom"])
