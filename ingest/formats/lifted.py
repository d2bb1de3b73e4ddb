"""Raised marks on a page of a PDF: the number of a note, `th` behind a day, the 2 of m². They stand above the line in smaller type.

pdfium gives their characters like any others, so that `2026` with note 2 reads 20262, and some of them as lines of their own.
Told by where they stand, numbers become raised figures, as in every other format, and the line that they broke is one again.
Every character keeps its place among those of the page.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from ingest.formats import signs
from ingest.model import Box, Span

LEAST, MOST = 0.1, 0.75  # sizes of the type beside it: no mark is raised by less or by more
SMALLER, SMALLEST = 0.985, 0.4  # the same: so large is a mark at most, and at least
PLAIN = 0.9, 0.25  # a mark larger than this is raised by as much
APART = 1.0  # the same: no mark is further from what it belongs to
HANGING = 4.0  # the same: nor the number of a note from its text
LEVEL = 0.5  # points: what differs by less stands on one level
LONG = 3  # figures: no number of a note has more
HIGH = 30.0  # points: no mark is higher above its line, however large that is set

_FIGURES = re.compile("[0-9]+")
_BREAK = re.compile(r"[\r\n]")
_AROUND = frozenset(" \r\n\t()[],、-–*†‡#")  # what may stand between a mark and what it belongs to, raised like it or not
_BEHIND = _AROUND | frozenset("0123456789")
_WITH = _BEHIND - frozenset(" \r\n\t")


class Sheet(Protocol):
    """A page that can say where its characters stand."""

    def levels(self, indices: Sequence[int]) -> list[float]:
        """How high on the page characters stand, as their font has it and whatever their shape; not a number where nobody knows."""
        ...

    def sizes(self, indices: Sequence[int]) -> list[float]:
        """How large characters are set, in points."""
        ...

    def char(self, index: int) -> Box:
        """The box of one character."""
        ...


class Mark(NamedTuple):
    """Raised characters, and the place of one that stands on their line."""

    span: Span
    beside: int


class Lifted(NamedTuple):
    """A page's text with raised figures and without the breaks that marks make; where its marks stand, and whom they stand beside."""

    text: str
    beside: dict[int, int]
    joined: frozenset[int]
    """Where a break was, a space stands that nobody printed."""


def figures(text: str, sheet: Sheet) -> list[Mark]:
    """The numbers that are raised: over what stands before them, over what stands behind where they begin a line, or in part."""
    spans = [found.span() for found in _FIGURES.finditer(text)]
    firsts = [first for first, _ in spans]
    befores = [
        first - 2 if text[first - 1] == " " and text[first - 2] not in _AROUND and first > 1 else _before(text, first) for first in firsts
    ]
    levels = sheet.levels([*firsts, *(end - 1 for _, end in spans), *befores])
    count = len(spans)
    found = zip(spans, befores, levels, levels[count : 2 * count], levels[2 * count :], strict=False)
    looked: list[tuple[int, int]] = []  # what may be raised, and over what
    headed: list[tuple[int, int]] = []
    for (first, end), before, begin, level, left in [one for one in found if not one[2] == one[3] == one[4]]:
        if abs(begin - level) > LEVEL:
            looked.append(_within(first, end, sheet))
            continue
        if LEVEL < level - left < HIGH:
            looked.append((first, before))
        if end - first <= LONG and (first == 0 or text[first - 1] in "\r\n([") and (behind := _behind(text, end)) < len(text):
            headed.append((end - 1, behind))
    marks: list[Mark] = []
    for mark, beside in sorted([*looked, *_over(headed, sheet)]):
        if not (marks and mark < marks[-1].span[1]) and _is_raised(mark, beside, sheet):
            marks.append(Mark(_stretch(text, mark, sheet), beside))
    return marks


def _over(places: Sequence[tuple[int, int]], sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Those of which the first stands a little higher than the second."""
    levels = sheet.levels([place for both in places for place in both])
    for both, level, low in zip(places, levels[::2], levels[1::2], strict=True):
        if LEVEL < level - low < HIGH:
            yield both


def _before(text: str, first: int) -> int:
    """The place of what stands before a number; its own where nothing does."""
    at = first - 1
    while at >= 0 and text[at] in _AROUND:
        at -= 1
    return first if at < 0 else at


def _behind(text: str, last: int) -> int:
    """The place of what stands behind a number."""
    while last < len(text) and text[last] in _BEHIND:
        last += 1
    return last


def _within(first: int, end: int, sheet: Sheet) -> tuple[int, int]:
    """Of figures that stand on two levels, those where the levels meet: the raised one, and the one beside it."""
    levels = sheet.levels(range(first, end))
    step = next(at for at in range(len(levels) - 1, 0, -1) if abs(levels[at] - levels[at - 1]) > LEVEL)
    return (first + step, first + step - 1) if levels[step] > levels[step - 1] else (first + step - 1, first + step)


def beginnings(text: str, lines: Sequence[Span], heights: Sequence[tuple[float, float, float]], sheet: Sheet) -> list[Mark]:
    """Raised letters and signs that pdfium took for the beginning of a line; `heights` are top, bottom and size of each."""
    marks: list[Mark] = []
    low, high = heights[0][1:] if heights else (0.0, 0.0)
    for ((_, above), (start, end)), (top, bottom, size) in zip(itertools.pairwise(lines), heights[1:], strict=True):
        if bottom < low - LEVEL and size < high and low - bottom < MOST * high and top < low and text[start] not in "0123456789":
            beside = above - 1
            if _is_raised(start, beside, sheet):
                levels = sheet.levels(range(start, end))
                same = next((at for at, level in enumerate(levels) if abs(level - levels[0]) > LEVEL), len(levels))
                marks.append(Mark((start, start + same), beside))
                continue  # whatever comes next is compared with the line of the mark
        low, high = bottom, size
    return marks


def _is_raised(mark: int, beside: int, sheet: Sheet) -> bool:
    """Is this character set smaller and higher than another one right beside it on the line?"""
    level, low = sheet.levels((mark, beside))
    if not LEVEL < level - low < HIGH:
        return False
    small, large = sheet.sizes((mark, beside))
    share = small / large if large else 1.0
    if not SMALLEST <= share <= SMALLER:
        return False
    rise = (level - low) / large
    if not (LEAST if share <= PLAIN[0] else PLAIN[1]) < rise < MOST:
        return False
    left, right = sheet.char(mark), sheet.char(beside)
    white = left[0] - right[2] if mark > beside else right[0] - left[2]
    return -0.3 * large < white < (APART if mark > beside else HANGING) * large


def _stretch(text: str, place: int, sheet: Sheet) -> Span:
    """The figures, commas and brackets around a raised figure that are as high as it is."""
    start, end = place, place + 1
    while start > 0 and text[start - 1] in _WITH:
        start -= 1
    while end < len(text) and text[end] in _WITH:
        end += 1
    levels = sheet.levels(range(start, end))
    mine = levels[place - start]
    low, high = place, place + 1
    while low > start and abs(levels[low - 1 - start] - mine) < LEVEL:
        low -= 1
    while high < end and abs(levels[high - start] - mine) < LEVEL:
        high += 1
    return low, high


def lifted(text: str, marks: Sequence[Mark], sheet: Sheet) -> Lifted:
    """The text with these marks in their lines."""
    shown = list(text)
    beside: dict[int, int] = {}
    joined: set[int] = set()
    for (start, end), near in marks:
        beside.update(dict.fromkeys(range(start, end), near))
        shown[start:end] = text[start:end].translate(signs.RAISED)
        for low, high in (_white(text, start, -1), _white(text, end, 1)):
            if (
                0 < low < high < len(text)
                and _BREAK.search(text, low, high)
                and (near in (low - 1, high) or _goes_on(near, low - 1, high, sheet))
            ):
                shown[low:high] = " " * (high - low)
                joined.update(range(low, high))
    return Lifted("".join(shown), beside, frozenset(joined))


def _white(text: str, place: int, step: int) -> Span:
    """The white space before a place (step -1), or from it on (1)."""
    low = high = place
    while step < 0 < low and text[low - 1].isspace():
        low -= 1
    while step > 0 and high < len(text) and text[high].isspace():
        high += 1
    return low, high


def _goes_on(beside: int, mark: int, behind: int, sheet: Sheet) -> bool:
    """Does the line of a mark go on right behind it?"""
    low, level = sheet.levels((beside, behind))
    (large,) = sheet.sizes((beside,))
    white = sheet.char(behind)[0] - sheet.char(mark)[2]
    return abs(low - level) < LEVEL and -0.3 * large < white < APART * large
