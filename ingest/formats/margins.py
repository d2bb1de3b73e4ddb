"""What belongs to the page and not to the text: running heads, footers, page numbers in the margins of a PDF."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from ingest.formats import furniture, signs, stretches
from ingest.formats.leaf import Leaf
from ingest.formats.lines import AT, LEVEL, NEAR, Line, line_of, lines_of, turned_lines

MARGIN = 0.1  # of the page's longer side, which way it may lie: where running heads and page numbers stand
EDGE_LINES = 3  # so many lines at either end of a page may be furniture
BROWSER = 0.04  # of the page's height: where a browser puts its head line
HEADED = 6.0  # heights of the type: cells of the first row of a table stand no further below its headings
SMALLER = 0.92  # of a heading's type: a running head that repeats it is set smaller
LONGEST_HEAD = 120  # characters
_DIGITS = re.compile(r"[\d一二三四五六七八九十]+")
_NUMBER_ONLY = re.compile(r"[-–—\s]*(?:\d{1,4}|[ivxl]{1,6})[-–—\s]*")


def without_furniture(leaves: Sequence[Leaf]) -> tuple[list[Leaf], tuple[str, ...]]:
    """The leaves without running heads, footers and page numbers, and these: what is repeated in the margins, and lone numbers there."""
    edges = [[*_edge_lines(leaf), *turned_lines(leaf.runs, leaf.number)] for leaf in leaves]
    seen = Counter(key for leaf, lines in zip(leaves, edges, strict=True) for key in {_key(leaf, line) for line in lines})
    alone = [key for key, count in seen.items() if count == 1 and key[1] >= 0] if len(leaves) > 1 else []
    sizes = _sizes(leaves) if alone else {}
    several = {
        line.text: line
        for leaf, lines in zip(leaves, edges, strict=True)
        for line in lines
        if seen[_key(leaf, line)] > 1 and len(stretches.strips(line)) > 1
    }
    heads = {text for text, line in several.items() if any(_heads_columns(leaf, line) for leaf in leaves)}
    kept = []
    left: dict[str, None] = {}
    by_browser = any(furniture.is_printed_foot(line.text) for lines in edges for line in lines)
    for leaf, lines in zip(leaves, edges, strict=True):
        own = heads | {line.text for line in lines if leaf is leaves[0] and _is_head(leaf, line)}
        out = [line for line in lines if _is_furniture(leaf, line, repeated=seen[_key(leaf, line)] > 1 and line.text not in own)]
        out += (line for line in lines[:EDGE_LINES] if line not in out and _names_section(leaf, line, sizes))
        if by_browser:
            out += (line for line in lines if line not in out and _is_browsers(leaf, line))
        left.update(dict.fromkeys(line.text for line in out))
        gone = {id(run) for line in out for run in line.runs}
        gone |= {
            id(run) for line in lines if len(line.runs) > 1 for run in (line.runs[0], line.runs[-1]) if furniture.is_page_line(run.text)
        }
        kept.append(leaf._replace(runs=tuple(run for run in leaf.runs if id(run) not in gone)))
    return kept, tuple(left)


def _sizes(leaves: Sequence[Leaf]) -> dict[str, float]:
    """How large the words are set that stand on a line of their own, at most."""
    sizes: dict[str, float] = {}
    for leaf in leaves:
        for run in leaf.runs:
            if len(run.text) <= LONGEST_HEAD and sizes.get(run.text, 0.0) < run.size:
                sizes[run.text] = run.size
    return sizes


def _names_section(leaf: Leaf, line: Line, sizes: Mapping[str, float]) -> bool:
    """A running head that repeats the title or a heading of its page, in smaller type."""
    return (
        line.box[3] < _margins(leaf)[0]
        and not line.runs[0].turned
        and line.size < SMALLER * sizes.get(line.text, 0.0)
        and signs.LABELLED.match(line.text.strip()) is None
    )


def _edge_lines(leaf: Leaf) -> list[Line]:
    """The first and last lines of a page, as far as they stand in its margins."""
    low, high = _margins(leaf)
    near = [run for run in leaf.runs if run.box[3] < low or run.box[1] > high]
    lines = list(lines_of(near, leaf.number, leaf.width))
    above = [line for line in lines if line.box[3] < low][:EDGE_LINES]
    below = [line for line in lines if line.box[1] > high][-EDGE_LINES:]
    return above + below


def _margins(leaf: Leaf) -> tuple[float, float]:
    """The bottom of the upper margin and the top of the lower one."""
    margin = MARGIN * max(leaf.width, leaf.height)
    return margin, leaf.height - margin


def _is_head(leaf: Leaf, line: Line) -> bool:
    """A label with its value at the top of the first page: of the letterhead, though the pages behind repeat it as their running head."""
    return line.box[3] < _margins(leaf)[0] and signs.LABELLED.match(line.text.strip()) is not None


def _key(leaf: Leaf, line: Line) -> tuple[str, int]:
    """What a line says but for its figures, and how far it stands from its edge of the page, which may lie on its side."""
    top = line.box[1]
    return _DIGITS.sub("#", line.text), round((top if top < leaf.height / 2 else top - leaf.height) / NEAR)


def _is_furniture(leaf: Leaf, line: Line, *, repeated: bool) -> bool:
    text = line.text.strip()
    at_foot = line.box[1] > _margins(leaf)[1]
    if furniture.is_page_line(text) or (at_foot and furniture.is_edge_line(text)):
        return True
    return bool(_NUMBER_ONLY.fullmatch(text)) or repeated


def _is_browsers(leaf: Leaf, line: Line) -> bool:
    """Did the browser that printed a page put this line at its edge?"""
    if furniture.is_printed_foot(line.text):
        return True
    return line.box[1] < BROWSER * leaf.height and furniture.is_printed_head(line.text)


def _heads_columns(leaf: Leaf, line: Line) -> bool:
    """Does this line, which is repeated on other pages, head a table here? Two of the cells right below are in line with its words."""
    for first in (run for run in leaf.runs if run.text == line.runs[0].text and abs(run.box[0] - line.runs[0].box[0]) < AT):
        level = [run for run in leaf.runs if abs(run.box[1] + run.box[3] - first.box[1] - first.box[3]) < 2 * LEVEL * run.size]
        heads = stretches.strips(line_of(level, leaf.number, leaf.width))
        below = [run for run in leaf.runs if first.box[3] <= (run.box[1] + run.box[3]) / 2 < first.box[3] + HEADED * line.size]
        for row in lines_of(below, leaf.number, leaf.width):
            cells = stretches.strips(row)
            if len(cells) > 1 and sum(any(_are_in_line(head, cell) for cell in cells) for head in heads) > 1:
                return True
    return False


def _are_in_line(head: stretches.Strip, cell: stretches.Strip) -> bool:
    """Does one begin where the other does, or end there, or are they centred?"""
    return any(abs(one - other) < AT for one, other in ((head[0], cell[0]), (head[1], cell[1]), (sum(head) / 2, sum(cell) / 2)))
