"""Ruled tables: the rulings that pdfium draws on a page, and the grids that rulings make, wherever they come from.

Rulings → edges, snapped and joined → crossings → regions between edges → tables. A missing ruling makes one cell of two.
Everything is in points from the upper left corner of the upright page.
"""

from __future__ import annotations

import ctypes
import itertools
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as c

from ingest.formats.leaf import Frame, RuledTable
from ingest.formats.native import Handle, handle, plain, room
from ingest.model import Box, Warn

THIN = 4.0
"""What is not thicker is a ruling; what is thicker in both directions is a filled area, for no line of type is lower."""
SNAP = 3.1
"""Rulings so near to each other are one: the two lines of a double rule, the borders of neighbouring cells."""
SHORT = 8.0
"""Pieces up to this length are dashes, whose gaps are as long as themselves."""
WHITE = 250
"""Red, green and blue from here to 255 are the colour of paper."""
MAX_OBJECTS = 200_000
"""Objects of one page that are looked at."""
MAX_RULINGS = 20_000
"""Rulings of one page that are kept; a full page of the smallest type has a tenth of it as borders of cells."""
MAX_EDGES = 1_000
"""Joined edges in one direction: more than that is a drawing, and only the longest are looked at."""
MAX_GRID = 100_000
"""Places of a grid: more than that is a drawing, for a page has no room for so many cells with text."""
MAX_DEPTH = 8
"""Forms within forms that are opened."""

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
Place = tuple[int, int]


# From pdfium's objects to rulings -------------------------------------------------------------------------------------


class Drawn(NamedTuple):
    """What is drawn on a page beside its text: rulings, pictures, and whether there may be forms, with places and turns of their own."""

    rulings: list[Box]
    forms: bool
    pictures: list[Box]


def rulings(page: pypdfium2.PdfPage, warnings: list[Warn] | None = None, number: int = 1) -> list[Box]:
    """The straight lines and filled rectangles of a page that can be seen; a warning where there are too many to look at all.

    A line or a thin rectangle is a box up to `THIN` in one direction; a larger box is a filled area.
    """
    return drawn(page, warnings, number).rulings


def drawn(page: pypdfium2.PdfPage, warnings: list[Warn] | None = None, number: int = 1) -> Drawn:
    """The rulings of a page, as `rulings` gives them, and whether it may have forms."""
    box = page.get_bbox()
    reader = _Reader(box)
    full = reader.all_of(page.raw, _upright(box, page.get_rotation() // 90))
    if full and warnings is not None:
        limits = f"the first {MAX_RULINGS} of them among {MAX_OBJECTS} objects"
        warnings.append(Warn(code="page-limit", message=f"too many rulings; tables were looked for in {limits}", page=number))
    return Drawn(reader.found, reader.forms or full, reader.pictures)


def _upright(box: Box, turns: int) -> Matrix:
    """From pdfium's coordinates, whose y goes up, to the page as it is held after so many quarter turns clockwise."""
    x0, y0, x1, y1 = box
    return (
        (1, 0, 0, -1, -x0, y1),
        (0, 1, 1, 0, -y0, -x0),
        (-1, 0, 0, 1, x1, -y0),
        (0, -1, -1, 0, y1, x1),
    )[turns % 4]


def _then(first: Matrix, second: Matrix) -> Matrix:
    """What both do, one after the other."""
    a, b, c_, d, e, f = first
    p, q, r, s, t, u = second
    return a * p + b * r, a * q + b * s, c_ * p + d * r, c_ * q + d * s, e * p + f * r + t, e * q + f * s + u


def _at(point: Point, matrix: Matrix) -> Point:
    x, y = point
    return matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]


def _around(points: Iterable[Point]) -> Box:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


class _Outline(NamedTuple):
    """A stroke of the pen from where it is put down to where it is lifted."""

    points: list[Point]
    curved: bool
    closed: bool


_get_object = plain(c.FPDFPage_GetObject, Handle)
_get_inner_object = plain(c.FPDFFormObj_GetObject, Handle)
_count_inner_objects = plain(c.FPDFFormObj_CountObjects)
_get_matrix = plain(c.FPDFPageObj_GetMatrix, None)
_count_segments = plain(c.FPDFPath_CountSegments)
_get_segment = plain(c.FPDFPath_GetPathSegment, Handle)
_get_segment_type = plain(c.FPDFPathSegment_GetType)
_get_close = plain(c.FPDFPathSegment_GetClose)
_get_type = plain(c.FPDFPageObj_GetType)
_get_draw_mode = plain(c.FPDFPath_GetDrawMode, None)
_get_bounds = plain(c.FPDFPageObj_GetBounds)
_get_fill_color = plain(c.FPDFPageObj_GetFillColor)
_get_stroke_color = plain(c.FPDFPageObj_GetStrokeColor)
_get_stroke_width = plain(c.FPDFPageObj_GetStrokeWidth, None)
_get_point = plain(c.FPDFPathSegment_GetPoint, None)

_LOOKED_INTO = tuple(kind in (c.FPDF_PAGEOBJ_PATH, c.FPDF_PAGEOBJ_IMAGE, c.FPDF_PAGEOBJ_FORM) for kind in range(c.FPDF_PAGEOBJ_FORM + 1))


class _Reader:
    """Gathers the rulings of one page. pdfium writes into the same few numbers all the time, which is what makes it fast."""

    def __init__(self, box: Box) -> None:
        self.found: list[Box] = []
        self.forms = False
        self.pictures: list[Box] = []
        self._sheet = max(box[2] - box[0], box[3] - box[1]), min(box[2] - box[0], box[3] - box[1])
        self._seen = 0
        self._areas: deque[Box] = deque(maxlen=256)  # coloured areas, on which white can be seen
        self._floats, self._edges = room(ctypes.c_float, 4)
        self._colour, self._parts = room(ctypes.c_uint, 4)
        self._painted, self._mode = room(ctypes.c_int, 2)
        self._matrix = c.FS_MATRIX()
        self._matrix_at = ctypes.byref(self._matrix)

    def all_of(self, page: Any, matrix: Matrix) -> bool:
        """Look at a page; True if there was more than there is room for."""
        return self._objects(c.FPDFPage_CountObjects(page), _get_object, handle(page), matrix, 0)

    def _objects(self, count: int, get: Callable[..., Handle], holder: Handle, matrix: Matrix, depth: int) -> bool:
        room = MAX_OBJECTS - self._seen
        self._seen += count
        # Of thousands of objects hardly any is more than text: the walk over them is left to `map`.
        items, others = itertools.tee(map(get, itertools.repeat(holder), range(min(count, room))))
        for item in itertools.compress(items, map(_LOOKED_INTO.__getitem__, map(_get_type, others))):
            kind = _get_type(item)
            if kind == c.FPDF_PAGEOBJ_IMAGE:
                if _get_bounds(item, *self._edges):
                    self.pictures.append(self._bounds(matrix))
                continue
            if kind == c.FPDF_PAGEOBJ_PATH:
                self._path(item, matrix)
                if len(self.found) > MAX_RULINGS:
                    del self.found[MAX_RULINGS:]
                    return True
                continue
            self.forms = True
            if depth < MAX_DEPTH:
                inner = _then(self._matrix_of(item), matrix)
                if self._objects(_count_inner_objects(item), _get_inner_object, item, inner, depth + 1):
                    return True
        return count > room

    def _matrix_of(self, item: Handle) -> Matrix:
        _get_matrix(item, self._matrix_at)
        found = self._matrix
        return found.a, found.b, found.c, found.d, found.e, found.f

    def _path(self, item: Handle, matrix: Matrix) -> None:
        _get_draw_mode(item, *self._mode)
        fill, stroke = (painted != 0 for painted in self._painted)
        if not (stroke or fill) or not _get_bounds(item, *self._edges):
            return
        bounds = self._bounds(matrix)
        width, height = bounds[2] - bounds[0], bounds[3] - bounds[1]
        segments = _count_segments(item)
        if (width < 1 and height < 1) or segments < (2 if stroke else 3) or not self._visible(item, bounds, stroke=stroke, fill=fill):
            return
        if segments <= 5 and (width <= THIN or height <= THIN):
            self.found.append(bounds)
        elif segments <= 1000:  # what has more is a picture or a letter
            whole = _then(self._matrix_of(item), matrix)
            outlines = list(self._outlines(item, segments, whole))
            pen = self._pen(item, whole) if stroke else 0.0
            for box in _boxes(outlines, pen, bounds, stroke=stroke):
                self._add(box)

    def _bounds(self, matrix: Matrix) -> Box:
        """What pdfium wrote last, on the page."""
        x0, y0, x1, y1 = self._floats[:]
        if matrix[1] or matrix[2]:
            return _around(_at(corner, matrix) for corner in ((x0, y0), (x1, y0), (x0, y1), (x1, y1)))
        a, _, _, d, e, f = matrix
        x0, x1, y0, y1 = a * x0 + e, a * x1 + e, d * y0 + f, d * y1 + f
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def _visible(self, item: Handle, bounds: Box, *, stroke: bool, fill: bool) -> bool:
        """White is seen on colour only."""
        white = False
        for painted, ask in ((fill, _get_fill_color), (stroke, _get_stroke_color)):
            if not painted:
                continue
            if not ask(item, *self._parts):
                return True  # a pattern
            red, green, blue, alpha = self._colour[:]
            if alpha:
                if min(red, green, blue) < WHITE:
                    return True
                white = True
        x, y = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
        return white and any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in self._areas)

    def _pen(self, item: Handle, matrix: Matrix) -> float:
        """How thick the line is on the page."""
        _get_stroke_width(item, self._edges[0])
        return float(self._floats[0] * abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) ** 0.5)

    def _outlines(self, item: Handle, count: int, matrix: Matrix) -> Iterator[_Outline]:
        points: list[Point] = []
        curved = closed = False
        for index in range(count):
            segment = _get_segment(item, index)
            kind = _get_segment_type(segment)
            _get_point(segment, *self._edges[:2])
            if kind == c.FPDF_SEGMENT_MOVETO and points:
                yield _Outline(points, curved, closed)
                points, curved, closed = [], False, False
            points.append(_at((self._floats[0], self._floats[1]), matrix))
            curved = curved or kind == c.FPDF_SEGMENT_BEZIERTO
            closed = closed or bool(_get_close(segment))
        if points:
            yield _Outline(points, curved, closed)

    def _add(self, box: Box) -> None:
        """Keep a box; a filled area the size of the page is paper, not a cell."""
        width, height = box[2] - box[0], box[3] - box[1]
        if min(width, height) > THIN:
            self._areas.append(box)
            if max(width, height) > 0.9 * self._sheet[0] and min(width, height) > 0.9 * self._sheet[1]:
                return
        self.found.append(box)


def _boxes(outlines: Sequence[_Outline], pen: float, bounds: Box, *, stroke: bool) -> Iterator[Box]:
    """Rulings of a path: its straight sides if it is drawn with a pen, the rectangles of it if it is filled."""
    if stroke and pen <= THIN:
        for outline in outlines:
            yield from _sides(outline, pen, bounds if len(outlines) == 1 else None)
        return
    filled = [box for outline in outlines if (box := _rectangle(outline)) is not None]
    if stroke:  # a pen so thick paints areas
        yield bounds
    elif len(outlines) == len(filled) == 2 and _inside(filled[1], filled[0]):
        yield from _ring(*filled)
    elif len(outlines) == len(filled) == 2 and _inside(filled[0], filled[1]):
        yield from _ring(filled[1], filled[0])
    else:
        yield from filled


def _sides(outline: _Outline, pen: float, bounds: Box | None) -> Iterator[Box]:
    """The level and upright lines of an outline; a rectangle with round corners has the sides of its bounds."""
    points = outline.points
    if outline.curved:
        if bounds is not None and _rounded(points, bounds):
            x0, y0, x1, y1 = bounds
            points = [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)]
        else:
            return
    elif outline.closed:
        points = [*points, points[0]]
    half = pen / 2
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        across, down = abs(x1 - x0), abs(y1 - y0)
        if down < 0.5 < across:
            yield min(x0, x1), (y0 + y1) / 2 - half, max(x0, x1), (y0 + y1) / 2 + half
        elif across < 0.5 < down:
            yield (x0 + x1) / 2 - half, min(y0, y1), (x0 + x1) / 2 + half, max(y0, y1)


def _rounded(points: Sequence[Point], bounds: Box) -> bool:
    """Straight along most of each side of the bounds."""
    along = [0.0, 0.0]
    for (x0, y0), (x1, y1) in itertools.pairwise([*points, points[0]]):
        across, down = abs(x1 - x0), abs(y1 - y0)
        if down < 0.5:
            along[0] += across
        elif across < 0.5:
            along[1] += down
    return along[0] > 1.4 * (bounds[2] - bounds[0]) and along[1] > 1.4 * (bounds[3] - bounds[1])


def _rectangle(outline: _Outline) -> Box | None:
    """The box of an outline that is a level rectangle, or so thin that it looks like one."""
    box = _around(outline.points)
    if min(box[2] - box[0], box[3] - box[1]) <= THIN:
        return box
    if outline.curved:
        return box if _rounded(outline.points, box) else None
    if len(outline.points) not in (4, 5):
        return None
    corners = {(x - box[0] < box[2] - x, y - box[1] < box[3] - y) for x, y in outline.points}
    close = all(min(x - box[0], box[2] - x) < 0.5 and min(y - box[1], box[3] - y) < 0.5 for x, y in outline.points)
    return box if close and len(corners) == 4 else None


def _inside(inner: Box, outer: Box) -> bool:
    return inner[0] >= outer[0] - 0.01 and inner[1] >= outer[1] - 0.01 and inner[2] <= outer[2] + 0.01 and inner[3] <= outer[3] + 0.01


def _ring(outer: Box, inner: Box) -> Iterator[Box]:
    """The borders of a box, painted as the area between two rectangles; a border of no width is none."""
    x0, y0, x1, y1 = outer
    left, top, right, bottom = inner
    sides = ((x0, y0, x1, top), (x0, bottom, x1, y1), (x0, y0, left, y1), (right, y0, x1, y1))
    for side, thick in zip(sides, (top - y0, y1 - bottom, left - x0, x1 - right), strict=True):
        if thick > 0.01:
            yield side


# From rulings to edges ------------------------------------------------------------------------------------------------


class _Edge(NamedTuple):
    """A line at one place of an axis, from `low` to `high` of the other."""

    at: float
    low: float
    high: float


class _Edges(NamedTuple):
    level: list[_Edge]
    upright: list[_Edge]


def _edges(boxes: Iterable[Box]) -> _Edges:
    """Boxes as edges, snapped to each other and joined; an area gives its four sides."""
    level: list[_Edge] = []
    upright: list[_Edge] = []
    for x0, y0, x1, y1 in boxes:
        width, height = x1 - x0, y1 - y0
        if width > THIN < height:
            level += (_Edge(y0, x0, x1), _Edge(y1, x0, x1))
            upright += (_Edge(x0, y0, y1), _Edge(x1, y0, y1))
            continue
        # a dot may belong to a line in either direction
        if width > height / 1.5:
            level.append(_Edge((y0 + y1) / 2, x0, x1))
        if height > width / 1.5:
            upright.append(_Edge((x0 + x1) / 2, y0, y1))
    return _Edges(_joined(level), _joined(upright))


def _joined(edges: list[_Edge]) -> list[_Edge]:
    """Edges of one direction, those on one line joined where they meet or are dashes of it. Single dots and dashes are dropped.

    Dots and dashes first, and exactly: the dots of an upright line, one below the other, are no bridge between level lines.
    """
    exact = [edge for line in _snapped(edges, 0.3) for edge in _along(line)]
    joined = [edge for line in _snapped(exact, SNAP) for edge in _along(line)]
    if len(joined) > MAX_EDGES:
        joined = sorted(sorted(joined, key=lambda edge: edge.low - edge.high)[:MAX_EDGES])
    return joined


def _snapped(edges: list[_Edge], near: float) -> Iterator[list[_Edge]]:
    """Edges that lie on the same line, line by line."""
    line: list[_Edge] = []
    for edge in sorted(edges):
        if line and (edge.at - line[-1].at > near or edge.at - line[0].at > 2 * near):
            yield line
            line = []
        line.append(edge)
    if line:
        yield line


def _along(line: list[_Edge]) -> Iterator[_Edge]:
    """The edges of one line, joined; what stays shorter than the distance over which edges are joined is none."""
    at = sum(edge.at for edge in line) / len(line)
    line.sort(key=lambda edge: edge.low)
    low, high = line[0].low, line[0].high
    piece = high - low
    for edge in line[1:]:
        length = edge.high - edge.low
        if edge.low - high <= (max(SNAP, 1.5 * min(piece, length)) if max(piece, length) <= SHORT else SNAP):
            high = max(high, edge.high)
        else:
            if high - low > SNAP:
                yield _Edge(at, low, high)
            low, high = edge.low, edge.high
        piece = length
    if high - low > SNAP:
        yield _Edge(at, low, high)


# From edges to tables -------------------------------------------------------------------------------------------------


def tables(found: Iterable[Box], width: float, height: float) -> list[RuledTable]:
    """The tables that rulings make on a page of this size, from top to bottom.

    Filled areas make cells only where no lines do: the shade of a word or of half a cell parts nothing.
    """
    lines: list[Box] = []
    areas: list[Box] = []
    for box in found:
        (areas if box[2] - box[0] > THIN < box[3] - box[1] else lines).append(box)
    edges = _edges(lines)
    whole = list(_tables(edges))
    if areas:
        ruled = [table.box for table in whole if table.width > 1 < table.height]
        free = [area for area in areas if not any(_middle_in(area, box) for box in ruled)]
        if free:
            whole = [table for table in _tables(_edges([*lines, *free])) if table.box in ruled or not _goes_on(table, edges.level)]
    return sorted((table for table in whole if not _is_border(table, width, height)), key=lambda table: (round(table.box[1]), table.box[0]))


def _middle_in(area: Box, box: Box) -> bool:
    x, y = (area[0] + area[2]) / 2, (area[1] + area[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _goes_on(table: RuledTable, level: Iterable[_Edge]) -> bool:
    """Shaded rows among others between level rules only: a part of a table, whose other columns no ruling tells."""
    x0, y0, x1, y1 = table.box
    near = 2 * max(frame.box[3] - frame.box[1] for frame in table.frames)
    return any(
        abs(edge.low - x0) <= SNAP and abs(edge.high - x1) <= SNAP and (y0 - near < edge.at < y0 - SNAP or y1 + SNAP < edge.at < y1 + near)
        for edge in level
    )


def _is_border(table: RuledTable, width: float, height: float) -> bool:
    """A line around the page, perhaps with its head or foot parted off."""
    x0, y0, x1, y1 = table.box
    return (table.width == 1 or table.height == 1) and x1 - x0 > 0.85 * width and y1 - y0 > 0.85 * height


def _tables(edges: _Edges) -> Iterator[RuledTable]:
    for group in _connected(edges):
        yield from _Grid(_closed(group)).tables()


def _connected(edges: _Edges) -> Iterator[_Edges]:
    """Edges that cross or touch each other, directly or through others."""
    parent = list(range(len(edges.level) + len(edges.upright)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    first = len(edges.level)
    uprights = sorted(enumerate(edges.upright, first), key=lambda pair: pair[1].low)
    levels = sorted(enumerate(edges.level), key=lambda pair: pair[1].at)
    open_: list[tuple[int, _Edge]] = []
    begin = 0
    for index, level in levels:
        while begin < len(uprights) and uprights[begin][1].low <= level.at + SNAP:
            open_.append(uprights[begin])
            begin += 1
        open_ = [pair for pair in open_ if pair[1].high >= level.at - SNAP]
        for other, upright in open_:
            if level.low - SNAP <= upright.at <= level.high + SNAP:
                parent[root(other)] = root(index)
    groups: defaultdict[int, _Edges] = defaultdict(lambda: _Edges([], []))
    for index, edge in enumerate(edges.level):
        groups[root(index)].level.append(edge)
    for index, edge in enumerate(edges.upright, first):
        groups[root(index)].upright.append(edge)
    yield from (group for group in groups.values() if group.level and group.upright and len(group.level) + len(group.upright) > 3)


def _closed(group: _Edges) -> _Edges:
    """With the outer sides that a printer left out: where lines stick out of a grid and end together, there is an edge."""
    return _Edges(
        group.level + _ends(group.upright, group.level, least=2),
        group.upright + _ends(group.level, group.upright, least=3),
    )


def _ends(lines: Sequence[_Edge], across: Sequence[_Edge], least: int) -> list[_Edge]:
    """Edges along the common ends of lines that stick out beyond all edges across."""
    if not across or len(lines) < least:
        return []
    found = []
    low, high = min(edge.at for edge in across), max(edge.at for edge in across)
    for end, outside in ((min(line.low for line in lines), low), (max(line.high for line in lines), high)):
        reach = [line for line in lines if min(abs(line.low - end), abs(line.high - end)) <= SNAP]
        if abs(end - outside) > 1.5 * SHORT and not low <= end <= high and len(reach) >= max(least, 0.6 * len(lines)):
            found.append(_Edge(end, min(line.at for line in reach), max(line.at for line in reach)))
    return found


class _Grid:
    """Connected edges, and the regions that they part."""

    def __init__(self, edges: _Edges) -> None:
        self.xs = sorted({edge.at for edge in edges.upright})
        self.ys = sorted({edge.at for edge in edges.level})
        self.above: set[Place] = set()  # (column, row): a ruling along the upper side of this place
        self.before: set[Place] = set()
        if len(self.xs) * len(self.ys) > MAX_GRID:
            self.xs, self.ys = [], []
        for edge in edges.level if self.xs else ():
            row = self.ys.index(edge.at)
            self.above.update((col, row) for col in _covered(edge, self.xs))
        for edge in edges.upright if self.ys else ():
            col = self.xs.index(edge.at)
            self.before.update((col, row) for row in _covered(edge, self.ys))

    def tables(self) -> Iterator[RuledTable]:
        """A table for each group of cells that touch."""
        cells = [cell for region in self._regions() for cell in _rectangles(region)]
        for group in _touching(cells):
            if len(group) > 1:
                yield self._table(group)

    def _regions(self) -> Iterator[set[Place]]:
        """Places that no ruling parts. What is open to the outside is no region."""
        across, down = len(self.xs) - 1, len(self.ys) - 1
        seen: set[Place] = set()
        for start in itertools.product(range(across), range(down)):
            if start in seen:
                continue
            region, rest, outside = {start}, [start], False
            while rest:
                col, row = rest.pop()
                for place, ruling, rulings_ in (
                    ((col, row - 1), (col, row), self.above),
                    ((col, row + 1), (col, row + 1), self.above),
                    ((col - 1, row), (col, row), self.before),
                    ((col + 1, row), (col + 1, row), self.before),
                ):
                    if ruling in rulings_ or place in region:
                        continue
                    if not (0 <= place[0] < across and 0 <= place[1] < down):
                        outside = True
                    else:
                        region.add(place)
                        rest.append(place)
            seen |= region
            if not outside:
                yield region

    def _table(self, cells: Sequence[_Cell]) -> RuledTable:
        """The table of these cells. Places that none of them covers, such as the missing corner of a cross table, become cells.

        Behind a first column and below a heading that are shaded, the body may be open at its end: it is a cell at each place.
        """
        cols = sorted({side for cell in cells for side in (cell.col, cell.right)})
        rows = sorted({side for cell in cells for side in (cell.row, cell.bottom)})
        col_at, row_at = {place: index for index, place in enumerate(cols)}, {place: index for index, place in enumerate(rows)}
        placed = [_Cell(col_at[cell.col], row_at[cell.row], col_at[cell.right], row_at[cell.bottom]) for cell in cells]
        width, height = len(cols) - 1, len(rows) - 1
        covered = {place for cell in placed for place in cell.places()}
        missing = set(itertools.product(range(width), range(height))) - covered
        for corner in _rectangles(missing):
            if corner.col and corner.row and len(missing) > 1:
                placed += (_Cell(col, row, col + 1, row + 1) for col, row in corner.places())
            else:
                placed.append(corner)
        xs, ys = [self.xs[col] for col in cols], [self.ys[row] for row in rows]
        frames = sorted(Frame(cell.row, cell.col, cell.bottom - cell.row, cell.right - cell.col, cell.box(xs, ys)) for cell in placed)
        return RuledTable(width, height, tuple(frames), (xs[0], ys[0], xs[-1], ys[-1]))


def _covered(edge: _Edge, places: Sequence[float]) -> Iterator[int]:
    """The intervals between places along which an edge runs."""
    for index, (low, high) in enumerate(itertools.pairwise(places)):
        if edge.low <= low + SNAP and edge.high >= high - SNAP:
            yield index


class _Cell(NamedTuple):
    """A rectangle of places, `right` and `bottom` not included."""

    col: int
    row: int
    right: int
    bottom: int

    def places(self) -> Iterator[Place]:
        return itertools.product(range(self.col, self.right), range(self.row, self.bottom))

    def box(self, xs: Sequence[float], ys: Sequence[float]) -> Box:
        return xs[self.col], ys[self.row], xs[self.right], ys[self.bottom]


def _rectangles(region: set[Place]) -> list[_Cell]:
    """A region as rectangles: one, unless it goes round a corner."""
    rest, found = set(region), []
    while rest:
        col, row = min(rest, key=lambda place: (place[1], place[0]))
        right, bottom = col + 1, row + 1
        while (right, row) in rest:
            right += 1
        while all((x, bottom) in rest for x in range(col, right)):
            bottom += 1
        cell = _Cell(col, row, right, bottom)
        rest.difference_update(cell.places())
        found.append(cell)
    return found


def _touching(cells: Sequence[_Cell]) -> Iterator[list[_Cell]]:
    """Cells that have a corner or more in common, directly or through others."""
    at: defaultdict[Place, list[int]] = defaultdict(list)
    for index, cell in enumerate(cells):
        for corner in itertools.product(range(cell.col, cell.right + 1), range(cell.row, cell.bottom + 1)):
            at[corner].append(index)
    seen: set[int] = set()
    for start in range(len(cells)):
        if start in seen:
            continue
        seen.add(start)
        group, rest = [], [start]
        while rest:
            index = rest.pop()
            cell = cells[index]
            group.append(cell)
            for corner in itertools.product(range(cell.col, cell.right + 1), range(cell.row, cell.bottom + 1)):
                for other in at.pop(corner, ()):
                    if other not in seen:
                        seen.add(other)
                        rest.append(other)
        yield group
