"""Watermarks of a PDF (`DRAFT`, `SPECIMEN`), set aslant over the page: they say something about the copy, and no part of its text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.formats.leaf import Run
from ingest.model import Warn

LARGE = 24.0  # points: what is set aslant in type as large as this is no stamp
TILES = 3  # so often the same words stand on a page that is covered with them
_DIGIT = re.compile(r"\d")


def found(aslant: Sequence[Run], sizes: Sequence[float]) -> list[Run]:
    """Words set aslant that are watermarks: large or repeated ones; none where figures are among them, which may be a day."""
    count = Counter(run.text for run in aslant)
    marks = [run for run, size in zip(aslant, sizes, strict=True) if size >= LARGE or count[run.text] >= TILES]
    return [] if any(_DIGIT.search(run.text) for run in marks) else marks


def told(marks: Sequence[Run], page: int) -> Warn:
    """What was left out."""
    said = " ".join(dict.fromkeys(run.text for run in marks))
    return Warn(code="watermark", message=f"“{said}”, set aslant over the page, was left out", page=page)
