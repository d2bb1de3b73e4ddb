"""Pages that are pictures, whatever file they come in: recognised one after the other, as long as the file has time.

A page that is not read is a page of which nothing is known; its warning says why, and what would help.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ingest.errors import TimeUp
from ingest.model import TIME_LIMIT, Box, Span, Warn
from ingest.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ingest.formats.leaf import Leaf

    Picture = Callable[[float], NDArray[np.uint8]]
    """A page as rows of pixels, so many for each point."""

RESERVE = 0.2
"""The share of a file's time that recognition leaves to what follows it, and to the step that it is in."""
MOST_THREADS = 4
"""More of them take memory and gain little."""


class Sight(Protocol):
    """A page that was read: its leaf, and where its characters stand."""

    @property
    def leaf(self) -> Leaf: ...

    def boxes(self, span: Span) -> list[Box]:
        """The boxes of a stretch of its characters, one for each line."""
        ...

    def unprinted(self, places: Sequence[int]) -> list[int]:
        """Which of these spaces the engine put in where none is printed."""
        ...


class Blind(NamedTuple):
    """A page of which nothing was read."""

    leaf: Leaf

    def boxes(self, span: Span) -> list[Box]:  # noqa: ARG002  there is no character on it
        """No place."""
        return []

    def unprinted(self, places: Sequence[int]) -> list[int]:  # noqa: ARG002
        """No space."""
        return []


def unread(blind: Leaf, code: str, message: str) -> Blind:
    """A page of which nothing was read, and why."""
    return Blind(blind._replace(warnings=(*blind.warnings, Warn(code=code, message=message, page=blind.number))))


def recognised(blind: Leaf, picture: Picture, why: str, how: Settings) -> Sight:
    """A page by its picture; `blind` is what is known of it otherwise, `why` the reason for its warning."""
    from ingest.formats import ocr  # its engine is large, and most files never need it

    if not how.ocr or not ocr.available():
        hint = " (pip install 'circular-kb[ocr]' recognises such pages)" if how.ocr else ""
        return unread(blind, "no-text", f"{why}; nothing was read of it{hint}")
    until = math.inf if how.until is None else how.until - RESERVE * how.seconds
    if time.monotonic() > until:
        return _late(blind, why, how)
    try:
        image = picture(ocr.scale(blind.width, blind.height))
        seen = ocr.recognise(image, blind.number, blind.width, blind.height, until=until, threads=min(how.threads or 1, MOST_THREADS))
    except ocr.OutOfTime:
        return _late(blind, why, how)
    warn = Warn(code="ocr", message=f"{why}; its text was recognised from the picture", page=blind.number)
    return seen._replace(leaf=seen.leaf._replace(warnings=(*blind.warnings, warn, *seen.leaf.warnings)))


def _late(blind: Leaf, why: str, how: Settings) -> Blind:
    used = round((1 - RESERVE) * how.seconds)
    return unread(blind, TIME_LIMIT, f"{why}; nothing was read of it, as {used} s were up (--timeout or CIRCULARS_SECONDS allows more)")


def refuse_late(pages: Sequence[Sight], name: str, how: Settings) -> None:
    """TimeUp for a file of which nothing was read for want of time: what it says would be mistaken for all that it says."""
    if not any(page.leaf.runs for page in pages) and any(warn.code == TIME_LIMIT for page in pages for warn in page.leaf.warnings):
        raise TimeUp(name, f"no page of it was recognised in {how.seconds} s; --timeout or CIRCULARS_SECONDS allows more")


class Glyphs:
    """Finds characters on their pages as long as the file is open."""

    def __init__(self, pages: Sequence[Sight]) -> None:
        self._pages = {page.leaf.number: page for page in pages}

    def boxes(self, page: int, span: Span) -> list[Box]:
        """The boxes of a stretch of a page's characters, one for each line."""
        return self._pages[page].boxes(span)

    def unprinted(self, page: int, places: Sequence[int]) -> list[int]:
        """Which of these spaces of a page the engine put in where none is printed."""
        return self._pages[page].unprinted(places)
