"""A picture of a page becomes a leaf: its lines of characters and its rulings, each with its place.

Scans come first turned and straightened, so that rows are rows. Rulings are taken out of the picture: they are wanted as such,
and a line of text that crosses one belongs to two cells. What is left is searched for lines (PP-OCRv6, detection), each line is
parted where a ruling or a wide gap parts it, and each part is read (PP-OCRv6, recognition). The recogniser tells the
characters but not always their spaces and widths; those are measured on the ink.

The engine is the extra `circular-kb[ocr]`: rapidocr, whose wheel holds the models; nothing is fetched when it runs.
"""

from __future__ import annotations

import ctypes
import logging
import math
import re
import statistics
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ingest import text
from ingest.formats.leaf import Leaf, Run
from ingest.model import Box, Span, Warn

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Picture = NDArray[np.uint8]
    Matrix = NDArray[np.float64]

M_ARENA_MAX, M_MMAP_THRESHOLD, M_TRIM_THRESHOLD = -8, -3, -1  # of glibc's malloc.h

DETECTOR = "PP-OCRv6_det_small.onnx"
RECOGNISER = "PP-OCRv6_rec_small.onnx"
TURNER = "ch_ppocr_mobile_v2.0_cls_mobile.onnx"

DPI = 200
"""What a page is rendered at: type of 7 points is read at it; finer pictures take longer."""
MAX_PIXELS = 25_000_000
"""A page larger than A2 at 200 dpi is rendered smaller."""
DETECT = 1280
"""The longer side, in pixels, of the picture in which lines are searched: type of 7 points is found on A4."""
DETECT_PIXELS = DETECT * 906
"""Its pixels, those of A4 at most: a square page of that side would take half as much memory again, beyond the limit."""

SPECK = 4  # pixels: dirt, for a full stop has more
MAX_SKEW = 5.0  # degrees; a page put askew further than that is turned by hand
SKEWED = 0.05  # degrees below which straightening would only blur
COLUMN_GAP = 1.5  # heights of the ink: a wider gap parts two runs
WORD_GAP = 0.24  # of the type's size: a wider gap is a space
FULL_WIDTH = 0.36  # of the type's size: beside a full-width sign more is left free than this
APART = 0.15  # of the type's size: a dash with less white on either side joins what it stands between
EN_DASH, EM_DASH = 0.43, 0.75  # of the type's size: what is narrower is a hyphen, and an en dash
UNREAD = 0.5  # a line less sure than this is none: a stamp, a signature, dirt
DOUBTFUL = 0.8  # a character less sure than this is told
TOLD = 5  # as many doubtful places are quoted

_HAN = re.compile(r"[\u2e80-\u303f\u3100-\u312f\u31c0-\u31ef\u3400-\u9fff\uf900-\ufaff\uff01-\uff60]")
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_TALL = re.compile(r"[A-Z0-9bdfhiklt()\[\]{}/|\"'!?&%$£€#@]")
_DEEP = re.compile(r"[gjpqyQ()\[\]{}|,;/]")
# Signs that Chinese sets in a square of their own: the side on which the square is empty.
_BESIDE_NO_SPACE = re.compile(r"[\u3000-\u303f\uff00-\uff60]")
_WIDE = {"(": "（", ")": "）", ",": "，", ":": "：", ";": "；", "!": "！", "?": "？"}


Pixels = tuple[int, int, int, int]


class Mark(NamedTuple):
    """A character as it was read: the middle and the edges of its place across the picture, and how sure that is."""

    char: str
    left: float
    right: float
    sure: float


class Line(NamedTuple):
    """Characters read in one piece of the picture, in pixels of the straightened page."""

    marks: tuple[Mark, ...]
    top: float
    bottom: float
    size: float

    @property
    def text(self) -> str:
        return "".join(mark.char for mark in self.marks)


class Reading(NamedTuple):
    """A page that was recognised: its leaf (straightened), and where its characters stand on the page as it lies."""

    leaf: Leaf
    places: tuple[Box, ...]

    def boxes(self, span: Span) -> list[Box]:
        """The boxes of a stretch of the page's characters, one for each line, in points of the page as it is rendered."""
        found = []
        for run in self.leaf.runs:
            if places := self.places[max(run.start, span[0]) : max(min(run.start + len(run.text), span[1]), 0)]:
                lefts, tops, rights, bottoms = zip(*places, strict=True)
                found.append((min(lefts), min(tops), max(rights), max(bottoms)))
        return found

    def unprinted(self, places: Sequence[int]) -> list[int]:  # noqa: ARG002  its words are parted by their places
        """None is known."""
        return []


# The engine -----------------------------------------------------------------------------------------------------------


def available() -> bool:
    """Whether the extra is installed, with its models: what is not there would be fetched, and nothing is."""
    return (
        find_spec("onnxruntime") is not None
        and (models := _models()) is not None
        and all((models / name).is_file() for name in (DETECTOR, RECOGNISER, TURNER))
    )


def _models() -> Path | None:
    package = find_spec("rapidocr")
    return Path(package.origin).parent / "models" if package and package.origin else None


class OutOfTime(Exception):
    """The moment has come by which a page had to be recognised."""


@cache
def _engine(threads: int) -> Any:
    """The engine of this process, on so many threads: more than one helps where no other process reads."""
    import cv2
    from rapidocr import RapidOCR

    cv2.setNumThreads(1)
    _give_back_memory()
    logging.getLogger("RapidOCR").propagate = False
    models = _models()
    assert models
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.max_side_len": 20_000,  # the picture is made smaller here, and only where lines are searched
            "Global.return_word_box": True,
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Det.model_path": str(models / DETECTOR),
            "Det.limit_side_len": 64,
            "Cls.model_path": str(models / TURNER),
            "Rec.model_path": str(models / RECOGNISER),
            "Rec.rec_batch_num": 1,  # a batch is as wide as its widest line, which costs more on a processor than it saves
        }
    )


def _give_back_memory() -> None:
    """Have glibc return what is freed: by default it keeps large pieces of each network's run, and address space is limited."""
    if mallopt := getattr(ctypes.CDLL(None), "mallopt", None):
        mallopt(M_ARENA_MAX, 1)
        mallopt(M_MMAP_THRESHOLD, 1 << 20)
        mallopt(M_TRIM_THRESHOLD, 1 << 20)


def scale(width: float, height: float) -> float:
    """Pixels a point at which a page of this size, in points, is best rendered."""
    return min(DPI / 72, math.sqrt(MAX_PIXELS / max(width * height, 1)))


# A page ---------------------------------------------------------------------------------------------------------------


def leaf(image: Picture, number: int, width: float, height: float) -> Leaf:
    """The leaf of a page of this size in points, from its picture: rows of pixels, grey or in three or four colours."""
    return recognise(image, number, width, height).leaf


def recognise(image: Picture, number: int, width: float, height: float, *, until: float = math.inf, threads: int = 1) -> Reading:
    """The same, with the places of the characters on the page as it lies.

    OutOfTime where it takes beyond `until`, a moment of the monotonic clock, looked at every second or so. MemoryError where
    the engine gets too little.
    """
    import cv2
    from rapidocr.inference_engine.onnxruntime.main import ONNXRuntimeError

    try:
        return _recognised(image, number, width, height, Reader(_engine(threads), until))
    except (ONNXRuntimeError, cv2.error) as error:
        if re.search("alloc|insufficient memory", str(error), re.IGNORECASE):
            raise MemoryError("recognising a page") from error
        raise


class Reader(NamedTuple):
    """The engine, and the moment by which it has to be done."""

    engine: Any
    until: float

    def hurry(self) -> None:
        """OutOfTime, if it is."""
        if time.monotonic() > self.until:
            raise OutOfTime

    def lines(self, page: Picture) -> list[NDArray[np.float32]]:
        """The corners of each line of text in a picture."""
        self.hurry()
        boxes = self.engine(_colours(page), use_det=True, use_cls=False, use_rec=False).boxes
        return [] if boxes is None else list(boxes)

    def texts(self, crops: Sequence[Picture], *, places: bool) -> Iterator[tuple[str, float, Any]]:
        """What stands in each picture of a line, how sure that is, and where its characters are."""
        for crop in crops:
            self.hurry()
            self.engine.return_word_box = places
            read = self.engine.recognize_txt([crop.copy()])
            yield read.txts[0], read.scores[0], read.word_results[0]

    def upside_down(self, crops: Sequence[Picture]) -> int:
        """How many of these lines look as if they stood on their heads; it is quick, and errs with capitals and tables."""
        self.hurry()
        # it turns what it takes to be upside down, in place
        votes = self.engine.cls_and_rotate([crop.copy() for crop in crops])[1].cls_res
        return sum(1 for label, _ in votes if label == "180")


def _recognised(image: Picture, number: int, width: float, height: float, reader: Reader) -> Reading:
    sheet = _upright(_grey(image), max(image.shape[:2]) / max(width, height), reader)
    rows, cols = sheet.ink.shape
    turned = (rows > cols) != (image.shape[0] > image.shape[1])
    wide, high = (height, width) if turned else (width, height)
    across, down = wide / cols, high / rows
    parts = _apart(_parts(sheet.boxes, sheet.rulings, sheet.ink), 2.5 / down)
    lines = list(_read(sheet.page, sheet.ink, parts, reader))
    kept = [line for line in lines if line.marks and statistics.fmean(mark.sure for mark in line.marks) >= UNREAD]
    kept = _in_steps(_in_one_script(kept))
    runs, places, start = [], [], 0
    for line in kept:
        box = (line.marks[0].left * across, line.top * down, line.marks[-1].right * across, line.bottom * down)
        runs.append(Run(line.text, box, line.size * down, start))
        places += [_placed(mark, line, sheet.back, width / image.shape[1], height / image.shape[0]) for mark in line.marks]
        start += len(line.marks)
    boxes = tuple((box[0] * across, box[1] * down, box[2] * across, box[3] * down) for box in sheet.rulings)
    return Reading(
        Leaf(number, wide, high, tuple(runs), boxes, warnings=tuple(_warnings(kept, len(lines) - len(kept), number))), tuple(places)
    )


def _warnings(lines: Sequence[Line], unread: int, page: int) -> Iterator[Warn]:
    if not lines:
        yield Warn(code="ocr", message="a picture in which no text was recognised", page=page)
        return
    doubtful = [word for line in lines for word in _doubtful(line)]
    if doubtful:
        quoted = ", ".join(f"'{word}'" for word in doubtful[:TOLD]) + (" …" if len(doubtful) > TOLD else "")
        yield Warn(code="ocr-doubt", message=f"{len(doubtful)} words recognised with doubt: {quoted}", page=page)
    if unread:
        yield Warn(code="ocr-doubt", message=f"{unread} places look like text and could not be recognised", page=page)


def _doubtful(line: Line) -> Iterator[str]:
    """The words (in Chinese, the stretches up to a sign) with a character that may be another."""
    for word in re.finditer(r"\w+", line.text):
        if min(mark.sure for mark in line.marks[word.start() : word.end()]) < DOUBTFUL:
            yield word[0]


def _placed(mark: Mark, line: Line, back: Matrix, across: float, down: float) -> Box:
    """Where a character stands on the page as it lies: the box around its turned one."""
    corners = [(x, y) for x in (mark.left, mark.right) for y in (line.top, line.bottom)]
    xs = [back[0, 0] * x + back[0, 1] * y + back[0, 2] for x, y in corners]
    ys = [back[1, 0] * x + back[1, 1] * y + back[1, 2] for x, y in corners]
    return float(min(xs) * across), float(min(ys) * down), float(max(xs) * across), float(max(ys) * down)


# Upright and straight -------------------------------------------------------------------------------------------------


def _grey(image: Picture) -> Picture:
    import cv2

    if image.ndim == 2:
        return image
    if image.shape[2] == 1:
        return image[:, :, 0]
    return cv2.cvtColor(image, cv2.COLOR_BGRA2GRAY if image.shape[2] == 4 else cv2.COLOR_BGR2GRAY)  # type: ignore[return-value]


def _ink(page: Picture) -> Picture:
    """1 where there is ink, by the light around it: a scan has shadows, and print of any colour is darker than its paper."""
    import cv2

    size = max(31, (min(page.shape) // 40) | 1)
    smooth = cv2.GaussianBlur(page, (3, 3), 0)
    ink = cv2.adaptiveThreshold(smooth, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, size, 18)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    speck = stats[:, cv2.CC_STAT_AREA] <= SPECK
    ink[speck[labels]] = 0
    return ink  # type: ignore[return-value]


class Sheet(NamedTuple):
    """A straightened page: its picture and its ink without the rulings, these, and boxes around its lines.

    `back` is the matrix that leads its pixels back to those of the picture.
    """

    page: Picture
    ink: Picture
    rulings: list[Pixels]
    boxes: list[Pixels]
    back: Matrix


def _upright(page: Picture, point: float, reader: Reader) -> Sheet:
    """The page as one would hold it to read: lines lie, and stand on their feet. `point` is how many pixels make one."""
    import numpy as np

    sheet = _straightened(page, np.eye(3), point, reader)
    if sum(bottom - top > 1.5 * (right - left) for left, top, right, bottom in sheet.boxes) > len(sheet.boxes) / 2:
        # pixels of the page turned clockwise, back to those of the picture
        back = np.array([[0.0, 1, 0], [-1, 0, page.shape[0] - 1], [0, 0, 1]])
        sheet = _straightened(np.ascontiguousarray(np.rot90(page, -1)), back, point, reader)
    return _over(sheet) if _stands_on_its_head(sheet, reader) else sheet


def _straightened(page: Picture, back: Matrix, point: float, reader: Reader) -> Sheet:
    """The page turned until its lines lie level, and what is found on it."""
    import cv2
    import numpy as np

    ink = _ink(page)
    angle = _skew(ink)
    if abs(angle) >= SKEWED:
        rows, cols = page.shape
        matrix = cv2.getRotationMatrix2D((cols / 2, rows / 2), angle, 1)
        paper = int(np.median(page))
        page = cv2.warpAffine(page, matrix, (cols, rows), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=(paper,))  # type: ignore[assignment]
        back = back @ np.vstack([cv2.invertAffineTransform(matrix), [0, 0, 1]])
        ink = _ink(page)
    rulings = _rulings(ink, point)
    clean, ink = _without(page, ink, rulings)
    return Sheet(clean, ink, rulings, _found(clean, reader), back)


def _stands_on_its_head(sheet: Sheet, reader: Reader) -> bool:
    """Whether the widest lines are read with more certainty from the other side."""
    widest = sorted(sheet.boxes, key=lambda box: box[0] - box[2])[:9]
    crops = [_colours(sheet.page[top:bottom, left:right]) for left, top, right, bottom in widest if bottom - top < right - left]
    if not crops or reader.upside_down(crops) <= len(crops) / 2:
        return False
    return _surest([crop[::-1, ::-1] for crop in crops[:3]], reader) > _surest(crops[:3], reader)


def _surest(crops: Sequence[Picture], reader: Reader) -> float:
    """How sure the recogniser is of these lines."""
    return statistics.fmean(sure for _, sure, _ in reader.texts(crops, places=False))


def _over(sheet: Sheet) -> Sheet:
    """The sheet turned by half."""
    import numpy as np

    rows, cols = sheet.ink.shape

    def turned(boxes: Iterable[Pixels]) -> list[Pixels]:
        return [(cols - right, rows - bottom, cols - left, rows - top) for left, top, right, bottom in boxes]

    return Sheet(
        np.ascontiguousarray(sheet.page[::-1, ::-1]),
        np.ascontiguousarray(sheet.ink[::-1, ::-1]),
        turned(sheet.rulings),
        turned(sheet.boxes),
        sheet.back @ np.array([[-1.0, 0, cols - 1], [0, -1, rows - 1], [0, 0, 1]]),
    )


def _skew(ink: Picture) -> float:
    """By how many degrees the lines rise to the right (negative) or fall: where turning makes rows of ink and empty ones."""
    import cv2
    import numpy as np

    factor = min(1.0, 1000 / max(ink.shape))
    small = cv2.resize(ink, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA) if factor < 1 else ink
    ys, xs = np.nonzero(small)
    if len(xs) < 200:
        return 0.0
    if len(xs) > 60_000:
        every = len(xs) // 60_000 + 1
        ys, xs = ys[::every], xs[::every]

    def sharpness(angle: float) -> float:
        rows = (ys - xs * np.tan(np.radians(angle))) + small.shape[1]
        counts = np.bincount(rows.astype(np.int64), minlength=1)
        return float(np.square(np.diff(counts)).sum())

    best = 0.0
    for reach, step in ((MAX_SKEW, 0.5), (0.5, 0.1), (0.1, 0.02)):
        best = float(max(np.arange(best - reach, best + reach + step / 2, step), key=sharpness))
    return best if abs(best) <= MAX_SKEW else 0.0


# Rulings --------------------------------------------------------------------------------------------------------------


def _rulings(ink: Picture, point: float) -> list[Pixels]:
    """Straight lines longer than any stroke of a character, as boxes; `point` is how many pixels make one."""
    lying = list(_straight(ink, int(15 * point), int(28 * point), point))
    standing = [(left, top, right, bottom) for top, left, bottom, right in _straight(ink.T, int(9 * point), int(12 * point), point)]
    # what stands is a ruling if it ends at others, or is far longer than a letter
    return lying + [
        box for box in standing if box[3] - box[1] > 60 * point or all(_meets(box, end, lying, 3 * point) for end in (box[1], box[3]))
    ]


def _straight(ink: Picture, stroke: int, length: int, point: float) -> Iterator[Pixels]:
    """Lines from left to right of at least this length, of strokes that dirt may have parted, with little ink beside them."""
    import cv2
    import numpy as np

    strokes = cv2.morphologyEx(np.ascontiguousarray(ink), cv2.MORPH_OPEN, np.ones((1, stroke), np.uint8))
    # pieces of a line that wanders from one row of pixels to the next are one
    _, _, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(strokes, np.ones((3, int(3 * point) | 1), np.uint8)), connectivity=8)
    grown = int(3 * point) // 2
    for left, top, width, high, _ in stats[1:].tolist():
        box = left + grown, top + 1, left + width - grown, top + high - 1
        if box[3] - box[1] > 4 * point or box[2] - box[0] < length:
            continue
        beside = [ink[row : row + 1, box[0] : box[2]] for row in (box[1] - 4, box[1] - 3, box[3] + 2, box[3] + 3) if 0 <= row < len(ink)]
        if not beside or np.concatenate(beside).mean() < 0.3:
            yield box


def _meets(box: Pixels, end: int, lying: Iterable[Pixels], near: float) -> bool:
    return any(other[1] - near <= end <= other[3] + near and other[0] - near <= box[0] and box[2] <= other[2] + near for other in lying)


def _without(page: Picture, ink: Picture, rulings: Iterable[Pixels]) -> tuple[Picture, Picture]:
    """The page and its ink without the rulings."""
    import numpy as np

    clean, rest, paper = page.copy(), ink.copy(), int(np.median(page))
    for left, top, right, bottom in rulings:
        place = np.s_[max(top - 2, 0) : bottom + 2, max(left - 2, 0) : right + 2]
        clean[place], rest[place] = paper, 0
    return clean, rest


# Lines ----------------------------------------------------------------------------------------------------------------


def _colours(page: Picture) -> Picture:
    import numpy as np

    return np.repeat(page[:, :, np.newaxis], 3, axis=2)


def _found(page: Picture, reader: Reader) -> list[Pixels]:
    """Boxes around lines of text."""
    import cv2

    factor = min(1.0, DETECT / max(page.shape), math.sqrt(DETECT_PIXELS / page.size))
    small = cv2.resize(page, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA) if factor < 1 else page
    rows, cols = page.shape
    return [
        (
            max(int(corners[:, 0].min() / factor), 0),
            max(int(corners[:, 1].min() / factor), 0),
            min(int(corners[:, 0].max() / factor) + 1, cols),
            min(int(corners[:, 1].max() / factor) + 1, rows),
        )
        for corners in reader.lines(small)  # type: ignore[arg-type]
    ]


def _parts(boxes: Iterable[Pixels], rulings: Sequence[Pixels], ink: Picture) -> Iterator[Pixels]:
    """The boxes, parted where a ruling or a wide gap goes through them, and drawn close around their ink."""
    for box in boxes:
        for cell in _between(box, rulings):
            if (band := _band(cell, ink)) is not None:
                yield from _columns(band, ink)


def _apart(parts: Iterable[Pixels], smallest: float) -> list[Pixels]:
    """The parts without specks, and without what lies inside another."""
    kept: list[Pixels] = []
    for part in sorted(parts, key=lambda part: (part[0] - part[2]) * (part[3] - part[1])):
        width, height = part[2] - part[0], part[3] - part[1]
        if max(width, height) >= smallest and all(
            max(min(part[2], other[2]) - max(part[0], other[0]), 0) * max(min(part[3], other[3]) - max(part[1], other[1]), 0)
            < 0.6 * width * height
            for other in kept
        ):
            kept.append(part)
    return sorted(kept, key=lambda part: (part[1], part[0]))


def _between(box: Pixels, rulings: Iterable[Pixels]) -> Iterator[Pixels]:
    """The parts of a box on either side of the rulings that cross it."""
    left, top, right, bottom = box
    width, height = right - left, bottom - top
    standing, lying = {left, right}, {top, bottom}
    for x0, y0, x1, y1 in rulings:
        if x1 - x0 < y1 - y0:
            if left < (x0 + x1) / 2 < right and min(bottom, y1) - max(top, y0) > height / 2:
                standing.add((x0 + x1) // 2)
        elif top < (y0 + y1) / 2 < bottom and min(right, x1) - max(left, x0) > width / 2:
            lying.add((y0 + y1) // 2)
    for upper, lower in pairwise(sorted(lying)):
        if lower - upper > height / 4:
            for west, east in pairwise(sorted(standing)):
                yield west, upper, east, lower


def _band(box: Pixels, ink: Picture) -> Pixels | None:
    """The box cut down to the rows of its own line: what reaches in from the lines above and below goes."""
    import numpy as np

    left, top, right, bottom = box
    rows = ink[top:bottom, left:right].sum(axis=1) > 0
    bands = list(_stretches(rows))
    if not bands:
        return None
    height = len(rows)
    inner = [(low, high) for low, high in bands if not ((low == 0 or high == height) and high - low < height / 4)] or bands
    return left, top + inner[0][0], right, top + inner[-1][1] if np.any(rows) else bottom


def _stretches(filled: Any) -> Iterator[tuple[int, int]]:
    """Where a row of true and false is true: start and end of each stretch."""
    import numpy as np

    edges = np.flatnonzero(np.diff(np.concatenate(([0], np.asarray(filled, np.int8), [0]))))
    return zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _columns(box: Pixels, ink: Picture) -> Iterator[Pixels]:
    left, top, right, bottom = box
    columns = list(_stretches(ink[top:bottom, left:right].sum(axis=0) > 0))
    if not columns:
        return
    begin, end = columns[0]
    for low, high in columns[1:]:
        if low - end > COLUMN_GAP * (bottom - top):
            yield left + begin, top, left + end, bottom
            begin = low
        end = high
    yield left + begin, top, left + end, bottom


# Characters -----------------------------------------------------------------------------------------------------------


def _read(page: Picture, ink: Picture, boxes: Iterable[Pixels], reader: Reader) -> Iterator[Line]:
    """The characters in each box."""
    crops, places = [], []
    for left, top, right, bottom in boxes:
        margin = max(2, (bottom - top) // 6)
        west = max(left - margin, 0)
        crops.append(_colours(page[max(top - margin, 0) : bottom + margin, west : right + margin]))
        places.append((west, (left, top, right, bottom)))
    read = reader.texts(crops, places=True)
    for crop, (west, box), (text_of, _, words) in zip(crops, places, read, strict=True):
        if glyphs := list(_glyphs(text_of, words, west, crop.shape[1])):
            yield _line(glyphs, box, ink)


class Glyph(NamedTuple):
    """What the recogniser tells of a character: its middle, and whether a space stands before it."""

    char: str
    middle: float
    sure: float
    spaced: bool


def _glyphs(text_of: str, words: Any, left: int, width: int) -> Iterator[Glyph]:
    """The characters of a line; the recogniser counts in steps across the picture, and gives spaces no place."""
    if not text_of.strip() or not words.line_txt_len:
        return
    step = width / words.line_txt_len
    steps = iter([column for columns in words.word_cols for column in columns])
    spaced = False
    for char, sure in zip(text_of, words.confs, strict=True):
        if char.isspace():
            spaced = True
            continue
        yield Glyph(char, left + (next(steps) + 0.5) * step, sure, spaced)
        spaced = False


def _line(glyphs: Sequence[Glyph], box: Pixels, ink: Picture) -> Line:
    """The line with its spaces and the widths of its signs, as the ink shows them."""
    left, top, right, bottom = box
    filled = ink[top:bottom, left:right].sum(axis=0) > 0
    gaps = [_gap(filled, before.middle - left, behind.middle - left) for before, behind in pairwise(glyphs)]
    size = _size(glyphs, bottom - top)
    chars = _full_width(glyphs, [high - low for low, high in gaps], size)
    for place, (white, next_white) in enumerate(pairwise(gaps), 1):
        if chars[place] in "-−" and min(white[1] - white[0], next_white[1] - next_white[0]) > APART * size:
            chars[place] = _dash((next_white[0] - white[1]) / size)
    marks = [Mark(chars[0], left, right, glyphs[0].sure)]
    for (low, high), before, char, glyph in zip(gaps, chars, chars[1:], glyphs[1:], strict=False):
        apart = _is_space(before, char, (high - low) / size, printed=glyph.spaced)
        marks[-1] = marks[-1]._replace(right=left + low if apart else left + (low + high) / 2)
        if apart:
            marks.append(Mark(" ", left + low, left + high, 1.0))
        marks.append(Mark(char, marks[-1].right, right, glyph.sure))
    return _on_baseline(tuple(marks), bottom, size)


def _gap(filled: Any, start: float, end: float) -> tuple[float, float]:
    """The widest stretch without ink between two middles; where they touch, nothing half way."""
    low, high = max(int(start), 0), min(int(end) + 1, len(filled))
    empty = [(low + begin, low + stop) for begin, stop in _stretches(~filled[low:high])]
    return max(empty, key=lambda gap: gap[1] - gap[0]) if empty else ((start + end) / 2,) * 2


def _size(glyphs: Sequence[Glyph], height: float) -> float:
    """The size of the type: the distance of Chinese characters, or what height such letters have in type of size 1."""
    pitches = [
        right.middle - left.middle for left, right in pairwise(glyphs) if _IDEOGRAPH.match(left.char) and _IDEOGRAPH.match(right.char)
    ]
    if len(pitches) >= 3:
        return statistics.median(pitches)
    line = "".join(glyph.char for glyph in glyphs)
    if _IDEOGRAPH.search(line):
        return height / 0.92
    return height / ((0.72 if _TALL.search(line) else 0.5) + (0.21 if _DEEP.search(line) else 0))


def _on_baseline(marks: tuple[Mark, ...], bottom: float, size: float) -> Line:
    """The line with the height of its type, whichever of its letters reach up and down."""
    line = "".join(mark.char for mark in marks)
    below = 0.21 if _DEEP.search(line) else 0.08 if _IDEOGRAPH.search(line) else 0.0
    baseline = bottom - below * size
    return Line(marks, baseline - 0.88 * size, baseline + 0.24 * size, size)


def _full_width(glyphs: Sequence[Glyph], gaps: Sequence[float], size: float) -> list[str]:
    """Signs beside Chinese are full-width ones where half of their square is empty; a bracket is as wide as its partner."""
    chars = [glyph.char for glyph in glyphs]
    wide = set()
    for place, char in enumerate(chars):
        if char not in _WIDE:
            continue
        around = chars[max(place - 1, 0) : place] + chars[place + 1 : place + 2]
        gap = (gaps[place - 1] if place else 0) if char == "(" else gaps[place] if place < len(gaps) else 0
        if gap > FULL_WIDTH * size and any(_HAN.match(other) for other in around):
            wide.add(place)
    for opened, closed in _brackets(chars):
        if not wide.isdisjoint((opened, closed)) or chars[opened] == "（" or chars[closed] == "）":
            wide |= {opened, closed}
    return [_WIDE.get(char, char) if place in wide else char for place, char in enumerate(chars)]


def _dash(width: float) -> str:
    """A hyphen or a dash between spaces, by how wide it is printed, in sizes of the type; the recogniser errs with them."""
    return "-" if width < EN_DASH else "–" if width < EM_DASH else "—"


def _brackets(chars: Sequence[str]) -> Iterator[tuple[int, int]]:
    opened: list[int] = []
    for place, char in enumerate(chars):
        if char in "(（":
            opened.append(place)
        elif char in ")）" and opened:
            yield opened.pop(), place


def _is_space(before: str, behind: str, gap: float, *, printed: bool) -> bool:
    """Whether a space stands between two characters; `gap` is in sizes of the type, `printed` what the recogniser says."""
    if unicodedata.east_asian_width(before) in "WF" and unicodedata.east_asian_width(behind) in "WF":
        return printed and gap > FULL_WIDTH
    if _BESIDE_NO_SPACE.match(before) or _BESIDE_NO_SPACE.match(behind):
        return False
    return printed or gap > WORD_GAP


def _in_one_script(lines: Sequence[Line]) -> list[Line]:
    """Simplified characters in a page of Traditional ones are misread."""
    known = text.traditional()
    han = Counter(char for line in lines for mark in line.marks if _IDEOGRAPH.match(char := mark.char))
    simplified = sum(count for char, count in han.items() if char in known)
    traditional = sum(count for char, count in han.items() if text.fold(char) != char)
    if traditional < 10 * simplified:
        return list(lines)
    return [line._replace(marks=tuple(mark._replace(char=known.get(mark.char, mark.char)) for mark in line.marks)) for line in lines]


def _in_steps(lines: Sequence[Line]) -> list[Line]:
    """Type of nearly one size is of one size, which a single line tells less surely than all."""
    sizes = sorted(line.size for line in lines)
    return [line._replace(size=statistics.median(size for size in sizes if abs(size - line.size) < 0.08 * line.size)) for line in lines]
