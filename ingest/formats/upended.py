"""Pages whose lines pdfium takes for upright ones, so that it ends a line behind every piece of type that was painted for itself.

It does where a page has fewer points with words along its breadth than along its height, as the rest of a table has that begins a
page; Chromium paints every letter for itself. The breaks within a line are taken out again, or become the space that they hide.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ingest.model import Box

DENSE = 4  # characters: a page whose lines are shorter on an average is looked at
LEVEL = 0.1  # of the height of the type: what differs by less stands on one level
SPACE = 0.15  # the same: a wider gap is a space
APART = 1.0  # the same: a wider one parts two lines, as it parts two runs
_BREAK = "\r\n"


class Mended(NamedTuple):
    """The text of a page, and for each of its characters which one of pdfium's it is."""

    text: str
    places: list[int]


def is_broken(text: str) -> bool:
    """Are the lines of a page so short that its letters may stand on lines of their own?"""
    return DENSE * text.count("\n") > len(text)


def mended(text: str, levels: Callable[[Sequence[int]], list[float]], boxes: Callable[[Sequence[int]], list[Box]]) -> Mended | None:
    """The text without the breaks inside its lines; None where there are none. `boxes` are as wide as the font sets a character."""
    breaks = [
        at for at in range(1, len(text) - 2) if text.startswith(_BREAK, at) and not (text[at - 1].isspace() or text[at + 2].isspace())
    ]
    ends = [place for at in breaks for place in (at - 1, at + 2)]
    high, wide = levels(ends), boxes(ends)
    gone: set[int] = set()
    spaces: set[int] = set()
    for number, at in enumerate(breaks):
        left, right = wide[2 * number], wide[2 * number + 1]
        size = max(left[3] - left[1], right[3] - right[1])
        gap = right[0] - left[2]
        if abs(high[2 * number] - high[2 * number + 1]) < LEVEL * size and -size / 2 < gap < APART * size:
            gone.update((at, at + 1) if gap < SPACE * size else (at + 1,))
            spaces.update(() if gap < SPACE * size else (at,))
    if not gone:
        return None
    places = [place for place in range(len(text)) if place not in gone]
    return Mended("".join(" " if place in spaces else text[place] for place in places), places)
