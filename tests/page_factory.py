"""Pages set by hand: where words stand is the test's own doing, without any PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ingest.formats import paper
from ingest.formats.leaf import Leaf, Run, Target
from ingest.formats.signs import width
from ingest.model import Box, Document, Grid, Span

HEIGHT = 12.0
PITCH = 14.0
Words = tuple[float, float, str]  # left, top, text


def length(text: str) -> float:
    """How wide a line is set: half the height for a Latin letter, the whole for a Chinese character."""
    return width(text) * HEIGHT / 2


def leaf(words: Sequence[Words], number: int = 1, rulings: Sequence[Box] = (), targets: Sequence[Target] = ()) -> Leaf:
    """A page of A4 with these words on it."""
    runs, start = [], 0
    for left, top, text in words:
        runs.append(Run(text, (left, top, left + length(text), top + HEIGHT), HEIGHT, start))
        start += len(text) + 1
    return Leaf(number, 595, 842, tuple(runs), tuple(rulings), tuple(targets))


class Glyphs:
    """Characters of one width, in their runs."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        self.runs = {page.number: page.runs for page in leaves}

    def boxes(self, page: int, span: Span) -> list[Box]:
        found = []
        for run in self.runs[page]:
            low, high = max(span[0], run.start) - run.start, min(span[1], run.start + len(run.text)) - run.start
            if low < high:
                left = run.box[0] + length(run.text[:low])
                found.append((left, run.box[1], left + length(run.text[low:high]), run.box[3]))
        return found

    def unprinted(self, page: int, places: Sequence[int]) -> list[int]:  # noqa: ARG002
        return []


def read(*leaves: Leaf) -> Document:
    return paper.compose(leaves, Glyphs(leaves), "application/pdf", len(leaves))


def wrapped(text: str, columns: int) -> list[str]:
    """Text in lines of so many columns: English breaks at spaces, Chinese anywhere; a line break stays."""
    lines: list[str] = []
    for said in text.split("\n"):
        line = ""
        for word in _words(said):
            if line.strip() and width((line + word).strip()) > columns:
                lines.append(line.strip())
                line = ""
            line += word
        lines.append(line.strip())
    return lines


def _words(text: str) -> list[str]:
    """Words with the space behind them; each Chinese character is one."""
    words = [""]
    for char in text:
        if words[-1] and (words[-1][-1] == " " or char > "\u2e7f" or words[-1][-1] > "\u2e7f"):
            words.append("")
        words[-1] += char
    return words


def paragraph(text: str, top: float = 100, left: float = 70, columns: int = 60) -> list[Words]:
    """Text wrapped at so many columns, a line below the other."""
    return [(left, top + index * PITCH, said) for index, said in enumerate(wrapped(text, columns))]


@dataclass(frozen=True, slots=True)
class Look:
    """How a table is set: the distance of lines in a cell, the white between rows, where cells stand in their rows, and its level rules."""

    leading: float = PITCH
    padding: float = 6.0
    valign: Literal["top", "middle"] = "top"
    right: tuple[int, ...] = ()
    """Columns whose lines end below each other."""
    rules: Literal["none", "head", "rows"] = "none"


@dataclass(frozen=True, slots=True)
class SetTable:
    """A table on its page: words, rulings, and where it ends."""

    words: tuple[Words, ...]
    rulings: tuple[Box, ...]
    bottom: float


Spans = dict[tuple[int, int], int]


def typeset(
    rows: Sequence[Sequence[str]],
    widths: Sequence[int],
    look: Look,
    *,
    spans: Spans | None = None,
    left: float = 60,
    top: float = 150,
    gutter: int = 3,
) -> SetTable:
    """A table of columns that are so many letters wide; `spans` says which cells reach over how many rows."""
    reach = {(row, col): 1 for row in range(len(rows)) for col in range(len(widths))} | (spans or {})
    cells = {place: wrapped(rows[place[0]][place[1]], widths[place[1]]) for place in reach if rows[place[0]][place[1]]}
    heights = [
        max([1, *(len(lines) for (at, col), lines in cells.items() if at == row and reach[at, col] == 1)]) for row in range(len(rows))
    ]
    tops = [top]
    for row, height in enumerate(heights):
        tall = [len(lines) * look.leading - (tops[row] - tops[at]) for (at, col), lines in cells.items() if at + reach[at, col] - 1 == row]
        tops.append(tops[-1] + max([height * look.leading, *tall]) + look.padding)
    lefts = [left + HEIGHT / 2 * (sum(widths[:col]) + gutter * col) for col in range(len(widths))]
    words: list[Words] = []
    for (row, col), lines in cells.items():
        room = tops[row + reach[row, col]] - look.padding - tops[row] - len(lines) * look.leading
        begin = tops[row] + (room / 2 if look.valign == "middle" else 0.0)
        for number, line in enumerate(lines):
            indent = widths[col] * HEIGHT / 2 - length(line) if col in look.right else 0.0
            words.append((lefts[col] + indent, begin + number * look.leading, line))
    crossed = {(at, col) for (row, col), count in (spans or {}).items() for at in range(row + 1, row + count)}
    rulings: list[Box] = [
        (
            lefts[col] - 2,
            tops[at] - look.padding / 2 - 1.5,
            lefts[col] + (widths[col] + gutter) * HEIGHT / 2 - 2,
            tops[at] - look.padding / 2 - 1,
        )
        for at in {"none": (), "head": (1,), "rows": range(len(rows) + 1)}[look.rules]
        for col in range(len(widths))
        if (at, col) not in crossed
    ]
    return SetTable(tuple(sorted(words, key=lambda one: (one[1], one[0]))), tuple(rulings), tops[-1])


def strings(document: Document, grid: Grid) -> list[list[str]]:
    """The grid's cells, each at its place."""
    found = [[""] * grid.width for _ in range(grid.height)]
    for cell in grid.cells:
        found[cell.row][cell.col] = document.text[slice(*cell.span)]
    return found
