"""Tables drawn with characters: grids of `+--+` and `|`, frames of box characters, columns parted by bars below a ruling.

A ruling between two rows parts them; where only the headings are ruled off, `wrapped` tells the rows.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.formats import wrapped
from ingest.formats.wrapped import Entry, Row

PLAIN = str.maketrans(
    dict.fromkeys(map(chr, (*range(0x250C, 0x254C), *range(0x2552, 0x256D))), "+")
    | dict.fromkeys("─━┄┅┈┉╌╍", "-") | dict.fromkeys("═", "=") | dict.fromkeys("│┃║┆┇┊┋", "|")
)  # fmt: skip
"""Box characters as the plain ones that stand for them, one for one."""

_FENCE = re.compile(r"\s*\+(?:[-=]+\+){2,}\s*")
_BELOW_HEADINGS = re.compile(r"\s*-+(?:\+-+)+\s*")
_PARTLY = re.compile(r"\+-{2,}\+|\|-{2,}\+|\+-{2,}\|")


class Drawn(NamedTuple):
    """The rows down to line `last`, none where they cannot be told; `reach` has row, column and columns of a merged cell."""

    rows: tuple[Row, ...]
    last: int
    header: int | None = None
    reach: tuple[tuple[int, int, int], ...] = ()


def begins(lines: Sequence[str], at: int) -> bool:
    """Is this line the upper edge of a grid, or the headings above a ruling that has bars?"""
    below = lines[at + 1].translate(PLAIN) if at + 1 < len(lines) else ""
    line = lines[at].translate(PLAIN) if "|" in below or "+" in below else ""
    if _FENCE.fullmatch(line):
        return below.lstrip()[:1] == "|"
    return "|" in line and _BELOW_HEADINGS.fullmatch(below) is not None and line.count("|") == below.count("+")


def read(lines: Sequence[str], at: int) -> Drawn:
    """The table that begins here."""
    plain = list(_plain_lines(lines, at))
    framed = _FENCE.fullmatch(plain[0]) is not None
    last = at + len(plain) - 1
    fences = [number for number, line in enumerate(plain) if _is_fence(line)]
    widest = max((plain[fence] for fence in fences), key=lambda fence: fence.count("+"))
    width = widest.count("+") + (-1 if framed else 1)
    edges = [place.start() for place in re.finditer(r"\+", widest)]
    entries: list[Entry] = []
    merged: dict[int, dict[int, int]] = {}
    ruled = False
    for number, line in enumerate(plain):
        if _is_fence(line):
            ruled = True
            continue
        cells = _cells(lines[at + number], line, width, framed=framed)
        if cells is None:
            placed = None if _PARTLY.search(line) else _merged_cells(lines[at + number], line, edges)
            if placed is None:
                return Drawn((), last)
            cells, merged[len(entries)] = placed
        entries.append(Entry(at + number, cells, ruled=ruled))
        ruled = False
    head_end = at + _end_of_head(plain, fences)
    head_lines = sum(entry.line < head_end for entry in entries)
    heads, body = entries[:head_lines], entries[head_lines:]
    if not body:
        return Drawn((), last)
    if merged:
        return _with_merged(entries, head_lines, merged, last)
    blocks = [list(block) for block in _blocks(heads)]
    above = [tuple(wrapped.joined([line for line in column if line], 0) for column in zip(*block, strict=True)) for block in blocks]
    found = wrapped.read(above[-1], body, drawn=True)
    if found is None or found.lines < len(body):
        return Drawn((), last)
    return Drawn((*above, *found.rows), last, len(above))


def _plain_lines(lines: Sequence[str], at: int) -> Iterator[str]:
    """The lines of the drawing, box characters made plain."""
    framed = lines[at].translate(PLAIN).lstrip()[:1] == "+"
    for number in range(at, len(lines)):
        line = lines[number].translate(PLAIN)
        if framed and line.lstrip()[:1] not in ("+", "|"):
            return
        if not framed and "|" not in line and not _BELOW_HEADINGS.fullmatch(line):
            return
        if framed and number > at and _FENCE.fullmatch(line) and lines[number - 1].translate(PLAIN).lstrip()[:1] == "+":
            return  # the upper edge of another
        yield line


def _is_fence(line: str) -> bool:
    return (_FENCE.fullmatch(line) or _BELOW_HEADINGS.fullmatch(line)) is not None


def _end_of_head(plain: Sequence[str], fences: Sequence[int]) -> int:
    """The line at which the headings end: a ruling of `=`, else the first below a line of words."""
    doubled = next((fence for fence in fences if "=" in plain[fence] and 0 < fence < len(plain) - 1), None)
    return doubled or next(fence for fence in (*fences, len(plain)) if fence)


def _cells(line: str, plain: str, width: int, *, framed: bool) -> Row | None:
    """What stands between the bars, if there are as many as columns."""
    bars = [place.start() for place in re.finditer(r"\|", plain)]
    edges = bars if framed else [-1, *bars, len(line)]
    cells = tuple(line[low + 1 : high].strip() for low, high in itertools.pairwise(edges))
    return cells if len(cells) == width else None


def _merged_cells(line: str, plain: str, edges: Sequence[int]) -> tuple[Row, dict[int, int]] | None:
    """The cells of a line that has fewer, and how many columns each takes; bars stand on the edges of columns."""
    bars = [place.start() for place in re.finditer(r"\|", plain)]
    if len(bars) < 2 or not set(bars) <= set(edges):
        return None
    cells, reach = [""] * (len(edges) - 1), dict[int, int]()
    for low, high in itertools.pairwise(bars):
        col = edges.index(low)
        cells[col] = line[low + 1 : high].strip()
        reach[col] = edges.index(high) - col
    return tuple(cells), reach


def _with_merged(entries: Sequence[Entry], head_lines: int, merged: dict[int, dict[int, int]], last: int) -> Drawn:
    """A grid with merged cells: each stretch between two rulings is a row, and its lines have the same cells."""
    rows: list[Row] = []
    reach: list[tuple[int, int, int]] = []
    header, at = 0, 0
    for block in _blocks(entries):
        shapes = [merged.get(number, {}) for number in range(at, at + len(block))]
        if any(shape != shapes[0] for shape in shapes):
            return Drawn((), last)
        reach += ((len(rows), col, columns) for col, columns in shapes[0].items() if columns > 1)
        rows.append(tuple(wrapped.joined([line for line in column if line], 0) for column in zip(*block, strict=True)))
        at += len(block)
        header += at <= head_lines
    return Drawn(tuple(rows), last, header, tuple(reach))


def _blocks(entries: Sequence[Entry]) -> Iterator[list[Row]]:
    """The lines between two rulings."""
    block: list[Row] = []
    for entry in entries:
        if entry.ruled and block:
            yield block
            block = []
        block.append(entry.cells)
    if block:
        yield block
