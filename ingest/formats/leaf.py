"""A page as its engine sees it, whichever that is (pdfium, OCR): runs of characters, rulings and links, each with its box.

All places are in points, from the upper left corner of the upright page as a reader holds it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from ingest.model import Box, Span, Warn


class Run(NamedTuple):
    """Characters written in one go: a line, or the part of a line up to a gap.

    `size` is the height of the line; `start` the place of the first character among all of the page, by which its engine finds
    it again; `first` the width of its first word (of its first character in Chinese), where the engine knows it;
    `invented` tells which of its spaces the engine put in where none is printed; `turned` that it goes up or down the page;
    `begins` that a cell begins with it, however near the words before it are.
    """

    text: str
    box: Box
    size: float
    start: int
    first: float | None = None
    invented: tuple[int, ...] = ()
    turned: bool = False
    begins: bool = False


FIRST_WORD = re.compile(r"[\x21-\u2e7f]+|\S")


class Target(NamedTuple):
    """Where a click on a part of the page leads."""

    box: Box
    url: str


Column = tuple[int, int]
"""Where the left and the right one of two columns begin, in points."""


class Leaf(NamedTuple):
    """One page. `rulings` are its straight lines and thin or filled rectangles, as boxes; `columns` those of the pages before it."""

    number: int
    width: float
    height: float
    runs: tuple[Run, ...]
    rulings: tuple[Box, ...] = ()
    targets: tuple[Target, ...] = ()
    warnings: tuple[Warn, ...] = ()
    columns: tuple[Column, ...] = ()


class Frame(NamedTuple):
    """A cell of a ruled table: its place in the grid, its reach, and its box."""

    row: int
    col: int
    rowspan: int
    colspan: int
    box: Box


class RuledTable(NamedTuple):
    """A grid of rulings: every frame once, in reading order; together they cover the grid."""

    width: int
    height: int
    frames: tuple[Frame, ...]
    box: Box


class Glyphs(Protocol):
    """What finds characters on their page again, as long as the file is open."""

    def boxes(self, page: int, span: Span) -> list[Box]:
        """The boxes of a stretch of a page's characters, one for each line."""
        ...

    def unprinted(self, page: int, places: Sequence[int]) -> list[int]:
        """Which of these spaces of a page the engine put in where none is printed."""
        ...
