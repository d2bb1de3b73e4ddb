"""Lines of a PDF that are set with white between all their characters, as titles are, and dates beside them.

An engine takes that white for spaces (`2 0 2 6 年`). They are none where every character of the line is about as far from the next
one; a space that somebody printed is as much wider as a space is.
"""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_WIDE = r"[\u2e80-\uffef]"
SUSPECT = re.compile(rf" (?:(?<=\d )(?=\d|{_WIDE})|(?<={_WIDE} )(?=\d|{_WIDE})|(?<=\b\w )(?=\w ))")
"""Spaces that may be none: between figures, Chinese characters, single letters."""
LEAST, MOST = 0.08, 1.2  # heights of the type: the white between the characters of such a line
WIDER = 0.25  # heights of the type: a space is so much wider than that white
EVEN = 0.5  # of the characters, at least, are about as far from the next one; others end a word
CLOSER, FEW = 0.4, 0.1  # of that white: this part of the characters, at most, is nearer than that to the next one
FEWEST = 4  # characters


class Spaced(NamedTuple):
    """A line set with white between its characters: how much, and which of its spaces are no more than that."""

    white: float
    spaces: frozenset[int]


def measured(text: str, places: Sequence[int], edges: Sequence[float], size: float) -> Spaced | None:
    """The line of these characters, if it is set so; `edges` are left, top, right and bottom of each as its font has them."""
    gaps = [edges[4 * at + 4] - edges[4 * at + 2] for at in range(len(places) - 1)]
    if len(gaps) + 1 < FEWEST:
        return None
    white = statistics.median(gaps)
    if not LEAST * size < white < MOST * size or sum(gap < CLOSER * white for gap in gaps) > FEW * len(gaps):
        return None
    if sum(abs(gap - white) < WIDER * size for gap in gaps) < EVEN * len(gaps):
        return None
    return Spaced(white, frozenset(_narrow(text, places, gaps, white + WIDER * size)))


def _narrow(text: str, places: Sequence[int], gaps: Sequence[float], most: float) -> Iterator[int]:
    """The spaces between two characters no further from each other than this."""
    for (left, right), gap in zip(itertools.pairwise(places), gaps, strict=True):
        if right - left == 2 and text[left + 1] == " " and gap < most:
            yield left + 1
