"""Cells so near to each other that their words seem to be one: an amount that ends a space before the words of the next column begin.

A program that prints pages writes the spaces between words; between two cells it writes none, and the engine puts one in. Such a
space, where cells of another row begin or end as well, parts two cells. Pages without printed spaces tell nothing.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ingest.formats import signs
from ingest.formats.leaf import Run
from ingest.formats.stretches import MOST_LINES, ROWS, Row

ALIGNED = 1.2  # points: edges no further from each other are at one place
NEAR = 6  # lines above and below in which the other cells of a column stand
MOST_RUNS = 2000  # of one page: what has more is not looked through
HAN_WHITE = 0.35  # of the type's height: Chinese type is set apart from figures by less
SPREAD = 0.55  # of the type's height: words that all have more white between them than this were spread
EVEN = 1.6  # by what factor white between words differs at most: there is more behind a stop, and less before round letters
INSET = 3.0  # heights of the type: what begins so far from the left edge of the page is no line of prose
WIDER = 1.4  # by this factor the white before a cell of figures is wider than that beside the Chinese type of the run
CLOSING = "）」』】》"
PRINTED = 0.5  # of the spaces on a page at least, so that the others mean something

COUNTED = re.compile(r"[年月日時时分秒第共由於于至及] |^\S (?:\d[\d,.:]*)?[年月日時时分秒號号元個个名次份張张項项期週周天倍及至]")

Unprinted = Callable[[Run], Sequence[int]]
Words = Callable[[Run], Sequence[Run]]


class Border(NamedTuple):
    """White between two words of a run: which word follows, where the white begins and ends, and how many rows have to prove it.

    A Chinese bracket is drawn in one half of its place: `behind` is what stands empty behind one that closes the words before.
    """

    word: int
    left: float
    right: float
    needed: int
    behind: float = 0.0


def parted(lines: Sequence[Row], words: Words, unprinted: Unprinted) -> dict[int, list[Run]]:
    """The parts of runs, by their id, that are cells of their own; `unprinted` gives the spaces that the engine put into a run."""
    several = [number for number, line in enumerate(lines) if len(line.runs) > 1]
    if len(several) < ROWS or len(lines) > MOST_LINES or sum(len(line.runs) for line in lines) > MOST_RUNS:
        return {}
    spaced = {number: [run for run in line.runs if " " in run.text] for number, line in enumerate(lines) if _is_near(several, number)}
    invented = {id(run): unprinted(run) for runs in spaced.values() for run in runs}
    if not any(invented.values()) or not _prints_spaces([run for runs in spaced.values() for run in runs], invented):
        return {}
    said = {id(run): words(run) for runs in spaced.values() for run in runs if invented[id(run)]}
    borders = {
        number: [
            (run, border)
            for run in runs
            if invented[id(run)]
            for border in _borders(run, said[id(run)], invented[id(run)], alone=len(lines[number].runs) == 1)
        ]
        for number, runs in spaced.items()
    }
    begin, end = _edges(lines, borders)
    parts: dict[int, list[Run]] = {}
    for number, found in borders.items():
        for run, own in itertools.groupby(found, key=lambda one: one[0]):
            cuts = [one.word for _, one in own if _is_proved(one, number, begin, end)]
            if cuts:
                parts[id(run)] = list(_cut(run, said[id(run)], cuts))
    return parts


def _is_near(numbers: Sequence[int], number: int) -> bool:
    at = bisect.bisect_left(numbers, number - NEAR)
    return at < len(numbers) and numbers[at] <= number + NEAR


def _prints_spaces(runs: Sequence[Run], invented: Mapping[int, Sequence[int]]) -> bool:
    """Are most spaces printed? Chinese has none to print."""
    told = [run for run in runs if run.text.isascii()]
    return sum(len(invented[id(run)]) for run in told) <= (1 - PRINTED) * sum(run.text.count(" ") for run in told)


def _borders(run: Run, words: Sequence[Run], invented: Sequence[int], *, alone: bool) -> list[Border]:
    """Where a run has white that is not printed; beside Chinese characters type is set apart anyway.

    White that is even over a run is that between words: the line was spread to its edge, or its program prints no spaces at all.
    """
    found: list[Border] = []
    white = [right.box[0] - left.box[2] for left, right in itertools.pairwise(words)]
    printed = len(invented) < run.text.count(" ")
    if run.text.isascii() and len(white) > 1 and max(white) < EVEN * min(white) and (not printed or min(white) > SPREAD * run.size):
        return found
    for at in range(1, len(words)):
        left, right = words[at - 1], words[at]
        numbered = alone and at == 1 and (signs.ENUMERATOR.fullmatch(left.text) or left.text.isdigit())
        if numbered or left.text.endswith((":", "：")):  # a number and its paragraph, a label and its value
            continue
        beside_han = left.text[-1] > "\u2e7f" or right.text[0] > "\u2e7f"
        near = beside_han and white[at - 1] <= HAN_WHITE * run.size
        counted = beside_han and COUNTED.search(f"{left.text[-1]} {right.text}{words[at + 1].text if at + 1 < len(words) else ''}")
        if counted and (near or white[at - 1] < WIDER * sorted(white)[len(white) // 2]):
            continue
        if all(place in invented for place in range(left.start + len(left.text) - run.start, right.start - run.start)):
            behind = HAN_WHITE * run.size if left.text[-1] in CLOSING else 0.0
            needed = ROWS if counted else 1 if printed and not near else ROWS - 1
            found.append(Border(at, left.box[2], right.box[0], needed, behind))
    return found


Places = list[tuple[float, int]]  # with the number of the line


def _edges(lines: Sequence[Row], borders: dict[int, list[tuple[Run, Border]]]) -> tuple[Places, Places]:
    """Where cells begin and where they end, but for those at the left edge and the last of their line."""
    left = min(line.box[0] for line in lines)
    begin = [(run.box[0], number) for number, line in enumerate(lines) for run in line.runs if run.box[0] > left + INSET * run.size]
    end = [(run.box[2], number) for number, line in enumerate(lines) for run in line.runs[:-1]]
    begin += ((border.right, number) for number, found in borders.items() for _, border in found)
    end += ((border.left, number) for number, found in borders.items() for _, border in found)
    return sorted(begin), sorted(end)


def _is_proved(border: Border, number: int, begin: Places, end: Places) -> bool:
    """Do cells of as many lines above or below as are needed begin where the white ends, or end where it begins?"""
    begins = _meeting(begin, number, border.right, border.right)
    return len(begins) >= border.needed or len(_meeting(end, number, border.left, border.left + border.behind)) >= border.needed


def _meeting(places: Places, number: int, first: float, last: float) -> set[int]:
    """The lines above and below with a cell that begins (or ends) from one place to another."""
    low, high = bisect.bisect_left(places, (first - ALIGNED, 0)), bisect.bisect_right(places, (last + ALIGNED, MOST_LINES))
    return {other for _, other in places[low:high] if 0 < abs(other - number) <= NEAR}


def _cut(run: Run, words: Sequence[Run], cuts: Sequence[int]) -> Iterator[Run]:
    """The parts of a run, each but the first beginning with one of these words."""
    for low, high in itertools.pairwise((0, *cuts, len(words))):
        first, last = words[low], words[high - 1]
        start, end = first.start - run.start, last.start - run.start + len(last.text)
        kept = tuple(place - start for place in run.invented if start <= place < end)
        box = first.box[0], run.box[1], last.box[2], run.box[3]
        yield Run(run.text[start:end], box, run.size, first.start, None if low else run.first, kept, begins=low > 0)
