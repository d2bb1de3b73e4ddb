"""Characters that pdfium gives for others (日 for the radical ⽇, `fi` for one letter), where they stand inside a form.

pdfium forgets the form's own place and turn for them: their boxes are those on the form, not on the page. Their matrix is
right; with it and with where they begin on the form, their boxes are moved to where the page shows them.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as c

Edges = tuple[float, float, float, float]  # left, right, bottom, top in pdfium's coordinates

OFF = 0.6  # of the height of the type: no raised letter is further off its line
FAR = 2.0  # of the height of the type: no stretch begins with so wide a gap
RADICALS = frozenset(unicodedata.normalize("NFKC", chr(code)) for code in (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00)))
_PIECE = re.compile(f"f[fil]|[{re.escape(''.join(sorted(char for char in RADICALS if len(char) == 1)))}]")

Point = tuple[float, float]


class _Begin(NamedTuple):
    """Where a character begins for pdfium, and its stretch of type on the page: where that begins, and which way it goes, for one point."""

    at: Point
    stretch: Point
    along: Point
    size: float

    @property
    def off(self) -> bool:
        """Further off the line of its own stretch than a raised letter is."""
        x, y = self.at[0] - self.stretch[0], self.at[1] - self.stretch[1]
        return abs(x * self.along[1] - y * self.along[0]) > OFF * self.size

    @property
    def far(self) -> bool:
        """On that line, but not where it begins."""
        x, y = self.at[0] - self.stretch[0], self.at[1] - self.stretch[1]
        return abs(x * self.along[0] + y * self.along[1]) > FAR * self.size

    def turned(self, x: float, y: float) -> Point:
        """A step on the form as a step on the page."""
        return x * self.along[0] - y * self.along[1], x * self.along[1] + y * self.along[0]

    def step_from(self, other: _Begin) -> Point:
        """The step on the page from another character that is misplaced like this one."""
        return self.turned(self.at[0] - other.at[0], self.at[1] - other.at[1])

    def moved(self, edges: Edges, to: Point) -> Edges:
        """The edges of the character where it begins there."""
        corners = [self.turned(x - self.at[0], y - self.at[1]) for x in edges[:2] for y in edges[2:]]
        xs, ys = [to[0] + x for x, _ in corners], [to[1] + y for _, y in corners]
        return min(xs), max(xs), min(ys), max(ys)


def misplaced(text: str, page: pypdfium2.PdfTextPage) -> dict[int, Edges]:
    """The edges of the characters that pdfium misplaces, by their index; one of each kind is looked at before all are."""
    first: dict[str, int] = {}
    for piece in _PIECE.finditer(text):
        first.setdefault(piece[0], piece.start())
    if not any(_begin(page, index).off for index in first.values()):
        return {}
    found: dict[int, Edges] = {}
    above: _Begin | None = None
    at = (0.0, 0.0)  # where it begins on the page
    for index, char in enumerate(text):
        if char.isspace():
            continue
        begin = _begin(page, index)
        follows = above is not None and above.stretch == begin.stretch
        if begin.off or (begin.far and not follows):
            if above is None or not follows:
                at = begin.stretch
            else:
                x, y = begin.step_from(above) if index - 1 in found else _width(page, index - 1, begin.along)
                at = at[0] + x, at[1] + y
            found[index] = begin.moved(_edges(page, index), at)
        else:
            at = begin.at
        above = begin
    return found


def _width(page: pypdfium2.PdfTextPage, index: int, along: Point) -> Point:
    """The step over a character on the page."""
    left, bottom, right, top = page.get_charbox(index, loose=True)
    width = abs((right - left) * along[0]) + abs((top - bottom) * along[1])
    return width * along[0], width * along[1]


def _begin(page: pypdfium2.PdfTextPage, index: int) -> _Begin:
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), c.FS_MATRIX()
    c.FPDFText_GetCharOrigin(page.raw, index, x, y)
    c.FPDFText_GetMatrix(page.raw, index, matrix)
    scale = (matrix.a**2 + matrix.b**2) ** 0.5 or 1.0
    size = scale * float(c.FPDFText_GetFontSize(page.raw, index))
    return _Begin((x.value, y.value), (matrix.e, matrix.f), (matrix.a / scale, matrix.b / scale), size)


def _edges(page: pypdfium2.PdfTextPage, index: int) -> Edges:
    left, bottom, right, top = page.get_charbox(index)
    return left, right, bottom, top
