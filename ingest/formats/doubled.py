"""Letters printed twice, one a little beside the other, as programs do for boldness or a shadow: they are said once.

pdfium leaves out most of the second ones itself, but not those of type that is small for how far they stand apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ingest.formats.upended import Mended
from ingest.model import Box

OVER = 0.6  # of its width: so much of a letter is hidden by the one that is printed over it
LEVEL = 0.4  # of its height: no further up or down
_PAIRS = ("ii", "aa", "uu", "II", "AA", "UU")
_SUSPECT = re.compile(r"([^\W_])\1([^\W_])\2([^\W_])\3")


def is_suspect(text: str) -> bool:
    """Are there three pairs of letters in a row? No language has such words, and few have these pairs, which are looked for first."""
    return any(pair in text for pair in _PAIRS) and _SUSPECT.search(text) is not None


def once(text: str, boxes: Callable[[Sequence[int]], list[Box]]) -> Mended | None:
    """The text with letters that stand over each other once; None where none do. `boxes` are as wide as the font sets a character."""
    pairs = [at for at in range(len(text) - 1) if text[at] == text[at + 1] and not text[at].isspace()]
    wide = boxes([place for at in pairs for place in (at, at + 1)])
    gone = {at + 1 for number, at in enumerate(pairs) if _is_over(wide[2 * number], wide[2 * number + 1])}
    if not gone:
        return None
    places = [place for place in range(len(text)) if place not in gone]
    return Mended("".join(text[place] for place in places), places)


def _is_over(left: Box, right: Box) -> bool:
    shared = min(left[2], right[2]) - max(left[0], right[0])
    return shared > OVER * (left[2] - left[0]) and abs(left[1] - right[1]) < LEVEL * (left[3] - left[1])
