"""PDF by pdfium: characters with their places, gathered into runs; `paper` makes the document of them.

pdfium reads text some twenty times faster than pdfplumber, because it builds no objects; so as little as possible is asked of
it: the text of a page in one call, and places only of the first and the last character of each word, many in one go. The exact
box of a quote is looked up when a fact asks for it.
"""

from __future__ import annotations

import bisect
import ctypes
import itertools
import math
import operator
import re
from collections import deque
from collections.abc import Container, Iterator, Sequence
from itertools import accumulate, repeat
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2
import pypdfium2.raw as c

from ingest.errors import UnreadableSource
from ingest.formats import (
    annotated,
    cut,
    doubled,
    garbage,
    layers,
    letterspaced,
    lifted,
    optional,
    paper,
    picturesque,
    pieces,
    ruled,
    signs,
    struck,
    substituted,
    unseen,
    upended,
    watermarks,
)
from ingest.formats.leaf import FIRST_WORD, Leaf, Run, Target
from ingest.formats.native import Handle, handle, plain, room
from ingest.formats.scans import Blind, Glyphs, Sight, recognised, refuse_late, unread
from ingest.model import Box, Document, Span, Warn
from ingest.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TALL = 1.2
"""Chinese type is no higher than this, in widths of a character."""
GAP = 1.0
"""A wider space than this, in heights of the type, parts two runs."""
HAN_GAP = 0.7
"""A space beside a Chinese character that is narrower than this, in heights of the type, is none."""
SPACE = 0.15
"""A wider space than this beside a mark, in heights of the type, is one."""
OFF = 0.35
"""Words whose first characters stand higher or lower than this beside each other, in heights of the type, stand on two lines."""
ASLANT, RIGHT = 0.06, math.pi / 2
"""Radians: what is turned further than this, and by no right angle, stands aslant; scanned lines do a little."""
SIDEWAYS, SAMPLES, NEARLY_ALL = 60, 12, 0.8
"""Characters from which a page has a side that is up; how many are asked, and which share of them has to stand alike."""
FLAT = 0.05
"""Points below its base line where a font without anything below it ends."""
DAMAGED = "damaged-page"
MAX_CHARS = 200_000
"""Characters of one page that are read: a poster has less."""

UNMAPPED = "(cid:"
"""How the other engine writes a character that its font does not tell."""
BROKEN = "\ufffe"
"""What pdfium gives for a hyphen at the end of a line, whose break it then leaves out."""
_LINE = re.compile(rf"[^\s{BROKEN}](?:[^\r\n{BROKEN}]*[^\s{BROKEN}])?{BROKEN}?")
_WORD = re.compile(rf"[^\s{BROKEN}]+(?:(?! +\S)[^\S\r\n]+[^\s{BROKEN}]+)*{BROKEN}?")  # parted from others by spaces, and by no other white

_get_char_box = plain(c.FPDFText_GetCharBox, None)
_get_loose_char_box = plain(c.FPDFText_GetLooseCharBox, None)
_is_generated = plain(c.FPDFText_IsGenerated)
_get_fill_color = plain(c.FPDFText_GetFillColor)
_get_char_origin = plain(c.FPDFText_GetCharOrigin, None)
_count_rects = plain(c.FPDFText_CountRects)
_get_rect = plain(c.FPDFText_GetRect, None)
_get_angle = plain(c.FPDFText_GetCharAngle, ctypes.c_float)


def turned_anew(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> None:
    """Turn a page whose words nearly all stand on their side or on their head, as a reader does."""
    count = text.count_chars()
    if count < SIDEWAYS:
        return
    some = range(count // (2 * SAMPLES), count, count // SAMPLES)
    quarters = [-round(angle / RIGHT) % 4 for angle in map(_get_angle, repeat(handle(text.raw)), some)]
    usual = max(quarters, key=quarters.count)
    held = page.get_rotation() // 90
    if usual != held and quarters.count(usual) > NEARLY_ALL * len(quarters):
        page.set_rotation(90 * usual)


class Damaged(Exception):
    """pdfium finds no document in these bytes."""


def read(data: bytes, name: str, how: Settings) -> Document:
    """The document in a PDF, which stays open for `Document.places`. Encrypted without the right password, or damaged, is an error."""
    try:
        file = _opened(data, name, how)
    except Damaged:
        return _by_other_engine(data, name, how)
    count = len(file)
    if not count:
        raise UnreadableSource(name, "a PDF without pages")
    layered = optional.has_layers(data)
    gauge = Gauge(layered=layered, off=optional.switched_off(data, how.password) if layered else frozenset())
    pages = [_page(file, number, how, gauge) for number in range(min(count, how.max_pages))]
    if all(isinstance(page, Blind) and page.leaf.warnings[-1].code == DAMAGED for page in pages):
        return _by_other_engine(data, name, how)
    refuse_late(pages, name, how)
    return _composed([_as_seen(page, data, how) for page in pages], count, how)


def _as_seen(page: Sight, data: bytes, how: Settings) -> Sight:
    """The page; by the other engine, and told, where the file keeps words for it that are not those seen."""
    kept = page.kept() if isinstance(page, Page) else []
    if not kept:
        return page
    from ingest.formats import plumber

    other = plumber.page(data, page.leaf.number, how.password)
    seen = "".join("".join(run.text.split()) for run in other.leaf.runs) if other else ""
    wrong = [words for words in kept if "".join(words.split()) not in seen]
    if other is None or not wrong or garbage.why(seen) or UNMAPPED in seen:
        return page
    message = f"the file keeps “{wrong[0]}” for words that are seen otherwise; pdfplumber read the page as it is seen"
    warn = Warn(code="pdfplumber", message=message, page=page.leaf.number)
    return other._replace(leaf=other.leaf._replace(targets=page.leaf.targets, warnings=(*page.leaf.warnings, warn)))


def _by_other_engine(data: bytes, name: str, how: Settings) -> Document:
    from ingest.formats import plumber  # the import takes longer than reading ten files

    pages = plumber.pages(data, how.max_pages, how.password)
    if not any(page.leaf.runs for page in pages):
        raise UnreadableSource(name, "damaged PDF; neither pdfium nor pdfplumber finds a page in it")
    return _composed(pages, len(pages), how)


def _composed(pages: Sequence[Sight], count: int, how: Settings) -> Document:
    warnings = [warn for page in pages for warn in page.leaf.warnings]
    if count > how.max_pages:
        warnings.append(Warn(code="page-limit", message=f"{count} pages; only the first {how.max_pages} were read (CIRCULARS_MAX_PAGES)"))
    return paper.compose([page.leaf for page in pages], Glyphs(pages), "application/pdf", count, warnings)


def _page(file: pypdfium2.PdfDocument, number: int, how: Settings, gauge: Gauge) -> Sight:
    """A page by its text layer; by what is seen on it where that is missing or makes no sense."""
    try:
        page = Page(file, number, gauge)
    except pypdfium2.PdfiumError:
        warn = Warn(code=DAMAGED, message="pdfium cannot read this page", page=number + 1)
        return Blind(Leaf(number + 1, 0, 0, (), warnings=(warn,)))
    why = page.doubt()
    if why is None and page.is_form:
        return _form(page, how)
    if why is None:
        return _compared(page, how)
    blind = Leaf(number + 1, page.leaf.width, page.leaf.height, (), warnings=page.leaf.warnings)
    if page.leaf.runs and not how.ocr_garbage:
        return unread(blind, "undecodable", f"{why}; nothing was read of it (--ocr-garbage recognises it from the picture)")
    return recognised(blind, page.picture, why, how)


def _form(page: Page, how: Settings) -> Sight:
    """A scan with a few words typed over it, by what is seen; where nothing recognises it the words alone, which is told."""
    number = page.leaf.number
    blind = Leaf(number, page.leaf.width, page.leaf.height, (), warnings=page.leaf.warnings)
    seen = recognised(blind, page.picture, "a scanned page with a few words typed over it", how)
    if not isinstance(seen, Blind):
        return seen
    page.leaf = page.leaf._replace(warnings=(*page.leaf.warnings, picturesque.told_form(number)))
    return page


def _compared(page: Page, how: Settings) -> Page:
    """The page with a warning if nobody sees its text, and one for each difference from what is seen, where that is wanted."""
    told: list[Warn] = []
    number = page.leaf.number
    if page.is_unseen():
        told.append(Warn(code="ocr", message="a picture; its text was recognised by whoever scanned it", page=number))
    if how.ocr_compare and page.leaf.runs:
        blind = Leaf(number, page.leaf.width, page.leaf.height, ())
        seen = recognised(blind, page.picture, "a page to be compared with its picture", how)
        if isinstance(seen, Blind):
            told += seen.leaf.warnings
        else:
            found = list(layers.differences(layers.words(page), layers.words(seen)))
            told += (Warn(code="ocr-differs", message=message, page=number) for message in found[: layers.TOLD])
            if len(found) > layers.TOLD:
                told.append(Warn(code="ocr-differs", message=f"and {len(found) - layers.TOLD} more differences", page=number))
    page.leaf = page.leaf._replace(warnings=(*page.leaf.warnings, *told))
    return page


def _opened(data: bytes, name: str, how: Settings) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data, password=how.password)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            told = "the password is wrong" if how.password else "encrypted; give the password with --password or CIRCULARS_PASSWORD"
            raise UnreadableSource(name, told) from error
        raise Damaged from error


Height = tuple[float, float, float]  # top and bottom of a line, size of its type


class Upright(NamedTuple):
    """From pdfium's page coordinates, whose y goes up, to points from the upper left corner of the page as it is held."""

    box: Box
    turns: int  # quarter turns clockwise

    def size(self) -> tuple[float, float]:
        width, height = self.box[2] - self.box[0], self.box[3] - self.box[1]
        return (height, width) if self.turns % 2 else (width, height)

    def __call__(self, left: float, bottom: float, right: float, top: float) -> Box:
        x0, y0, x1, y1 = self.box
        if self.turns == 0:
            return left - x0, y1 - top, right - x0, y1 - bottom
        if self.turns == 1:
            return bottom - y0, left - x0, top - y0, right - x0
        if self.turns == 2:
            return x1 - right, bottom - y0, x1 - left, top - y0
        return y1 - top, x1 - right, y1 - bottom, x1 - left


def _middle(area: Box) -> Box:
    """The line through an area of struck-out words, as a reader sees it."""
    left, top, right, bottom = area
    return left, (top + bottom) / 2, right, (top + bottom) / 2


def _stretches(text: str, places: Container[int]) -> Iterator[Run]:
    """The lines of a text as far as they have these characters."""
    for line in _LINE.finditer(text):
        if said := "".join(text[index] for index in range(*line.span()) if index in places):
            yield Run(said, (0, 0, 0, 0), 0, line.start())


class Gauge:
    """Measures characters, many at a time: calls are made by `map`, and pdfium writes into the same numbers again and again."""

    AT_ONCE = 64

    def __init__(self, *, layered: bool = False, off: frozenset[str] = frozenset()) -> None:
        self.layered = layered  # may the file have layers that are switched off?
        self.off = off  # the names of those known to be
        self._edges, places = room(ctypes.c_double, 4 * self.AT_ONCE)
        self._columns = tuple(places[side::4] for side in range(4))
        self._exact = memoryview(self._edges).cast("B").cast("d")
        self._loose, self._rooms = room(ctypes.c_float, 4 * self.AT_ONCE, every=4)
        self._colours, colours = room(ctypes.c_uint, 4 * self.AT_ONCE)
        self._parts = tuple(colours[part::4] for part in range(4))
        self._high = memoryview(self._loose).cast("B").cast("f")

    def boxes(self, text: Handle, indices: Sequence[int]) -> list[float]:
        """For each character its left, right, bottom and top, one after the other."""
        found: list[float] = []
        for low in range(0, len(indices), self.AT_ONCE):
            some = indices[low : low + self.AT_ONCE]
            deque(map(_get_char_box, repeat(text), some, *self._columns), maxlen=0)
            found += self._exact[: 4 * len(some)].tolist()
        return found

    def lines(self, text: Handle, indices: Sequence[int]) -> list[float]:
        """For each character the left, top, right and bottom that its font gives it, one after the other."""
        found: list[float] = []
        for low in range(0, len(indices), self.AT_ONCE):
            some = indices[low : low + self.AT_ONCE]
            deque(map(_get_loose_char_box, repeat(text), some, self._rooms), maxlen=0)
            found += self._high[: 4 * len(some)].tolist()
        return found

    def origins(self, text: Handle, indices: Sequence[int], side: int) -> list[float]:
        """For each character how far right (side 0) or up (1) it begins on its line."""
        found: list[float] = []
        rights, ups = self._columns[:2]
        for low in range(0, len(indices), self.AT_ONCE):
            some = indices[low : low + self.AT_ONCE]
            deque(map(_get_char_origin, repeat(text), some, rights, ups), maxlen=0)
            found += self._exact[side : 4 * len(some) : 4].tolist()
        return found

    def above(self, text: Handle, looked: Sequence[range], worded: Sequence[bool], edges: list[float], *, flat: bool) -> bool:
        """Raise the bottom of lines to their base line where a font of the page has nothing below it, and say whether one has (`flat`).

        `edges` are as `lines` gives them. What is looked at by one character has no Chinese; `worded` are letters and figures.
        """
        first = [some[0] for some in looked]
        at = list(accumulate(map(len, looked), initial=0))
        base = self.origins(text, first, 1)
        alone = [number for number, some in enumerate(looked) if len(some) == 1]
        flat = flat or any(worded[number] and 0 <= base[number] - edges[4 * at[number] + 3] < FLAT for number in alone)
        for number in alone if flat else ():
            top, bottom = edges[4 * at[number] + 1], edges[4 * at[number] + 3]
            if bottom < base[number] < (top + bottom) / 2:
                edges[4 * at[number] + 3] = base[number]
        return flat

    def colours(self, text: Handle, indices: Sequence[int]) -> list[unseen.Colour]:
        """For each character the red, green, blue and opacity that it is filled with."""
        found: list[unseen.Colour] = []
        for low in range(0, len(indices), self.AT_ONCE):
            some = indices[low : low + self.AT_ONCE]
            deque(map(_get_fill_color, repeat(text), some, *self._parts), maxlen=0)
            values = self._colours[: 4 * len(some)]
            found += zip(values[::4], values[1::4], values[2::4], values[3::4], strict=True)
        return found

    def places(self, indices: Sequence[int]) -> Sequence[int]:
        """Which of pdfium's characters these are."""
        return indices

    def rects(self, text: Handle, start: int, count: int) -> list[float]:
        """The left, right, bottom and top of each stretch of so many characters, one after the other."""
        found: list[float] = []
        left, right, bottom, top = self._columns
        for low in range(0, stretches := _count_rects(text, start, count), self.AT_ONCE):
            some = range(low, min(low + self.AT_ONCE, stretches))
            deque(map(_get_rect, repeat(text), some, left, top, right, bottom), maxlen=0)
            found += self._exact[: 4 * len(some)].tolist()
        return found


class Mended(Gauge):
    """Measures the characters of a page of which some are misplaced by pdfium: `moved` has their edges."""

    def __init__(self, moved: dict[int, pieces.Edges], *, layered: bool = False) -> None:
        super().__init__(layered=layered)
        self._moved = moved

    def boxes(self, text: Handle, indices: Sequence[int]) -> list[float]:
        """As of all characters, with those put right that are misplaced."""
        found = super().boxes(text, indices)
        for number, index in enumerate(indices):
            if index in self._moved:
                found[4 * number : 4 * number + 4] = self._moved[index]
        return found

    def lines(self, text: Handle, indices: Sequence[int]) -> list[float]:
        """As of all characters, with those put right that are misplaced."""
        found = super().lines(text, indices)
        for number, index in enumerate(indices):
            if index in self._moved:
                left, right, bottom, top = self._moved[index]
                found[4 * number : 4 * number + 4] = left, top, right, bottom
        return found

    def origins(self, text: Handle, indices: Sequence[int], side: int) -> list[float]:
        """As of all characters; of those that are misplaced nobody knows."""
        found = super().origins(text, indices, side)
        return [math.nan if index in self._moved else place for index, place in zip(indices, found, strict=True)]

    def rects(self, text: Handle, start: int, count: int) -> list[float]:
        """Of each character for itself, where one is misplaced."""
        span = range(start, start + count)
        return super().rects(text, start, count) if self._moved.keys().isdisjoint(span) else self.boxes(text, span)


class Renumbered(Gauge):
    """Measures the characters of a page of which some are left out: `places` tells of each that is left which one of pdfium's it is."""

    def __init__(self, gauge: Gauge, places: Sequence[int]) -> None:
        super().__init__(layered=gauge.layered)
        self._gauge, self._places = gauge, places

    def places(self, indices: Sequence[int]) -> Sequence[int]:
        """Which of pdfium's characters these are."""
        return self._gauge.places(self._own(indices))

    def _own(self, indices: Sequence[int]) -> list[int]:
        return [self._places[index] for index in indices]

    def boxes(self, text: Handle, indices: Sequence[int]) -> list[float]:
        """As of all characters."""
        return self._gauge.boxes(text, self._own(indices))

    def lines(self, text: Handle, indices: Sequence[int]) -> list[float]:
        """As of all characters."""
        return self._gauge.lines(text, self._own(indices))

    def origins(self, text: Handle, indices: Sequence[int], side: int) -> list[float]:
        """As of all characters."""
        return self._gauge.origins(text, self._own(indices), side)

    def colours(self, text: Handle, indices: Sequence[int]) -> list[unseen.Colour]:
        """As of all characters."""
        return self._gauge.colours(text, self._own(indices))

    def rects(self, text: Handle, start: int, count: int) -> list[float]:
        """Of each character for itself."""
        return self.boxes(text, range(start, start + count))


class Words(NamedTuple):
    """The words of a page, parted by spaces: their spans, and left, right, bottom and top of the first and the last character of each."""

    spans: list[Span]
    edges: list[float]

    def first(self, index: int, upright: Upright) -> Box:
        """The box of a word's first character."""
        left, right, bottom, top = self.edges[8 * index : 8 * index + 4]
        return upright(left, bottom, right, top)

    def last(self, index: int, upright: Upright) -> Box:
        """The box of a word's last character."""
        left, right, bottom, top = self.edges[8 * index + 4 : 8 * index + 8]
        return upright(left, bottom, right, top)

    def gaps(self, upright: Upright) -> list[float]:
        """The white between each word and the next one."""
        if not upright.turns:
            return list(map(operator.sub, self.edges[8::8], self.edges[5::8]))
        return [self.first(index + 1, upright)[0] - self.last(index, upright)[2] for index in range(len(self.spans) - 1)]


class Page:
    """A page of an open PDF: its leaf, and where its characters stand."""

    def __init__(self, file: pypdfium2.PdfDocument, number: int, gauge: Gauge) -> None:
        self._gauge = gauge
        self._spans: list[Span] = []  # of the words
        self._suspected: list[int] = []  # where words begin that may stand for others
        self._printed: frozenset[int] = frozenset()  # spaces of which one was left out with a letter printed twice
        self._flat = False  # has a font of this page nothing below its base line?
        painted = annotated.painted(file, number)
        self._page, comments = painted.page, painted.comments
        self._text = self._page.get_textpage()
        self._handle = handle(self._text.raw)
        turned_anew(self._page, self._text)
        self.upright = Upright(self._page.get_bbox(), self._page.get_rotation() // 90)
        warnings: list[Warn] = []
        if comments:
            warnings.append(
                Warn(code="comments", message=f"{comments} comment{'s' * (comments > 1)} in the margin not read", page=number + 1)
            )
        self._struck = [_middle(self.upright(*area)) for area in painted.struck]
        self.text = self._characters(number + 1, warnings)
        drawn = ruled.drawn(self._page, warnings, number + 1)
        if drawn.forms and (moved := pieces.misplaced(self.text, self._text)):
            self._gauge = Mended(moved, layered=gauge.layered)
        self._given = self.text
        if gauge.off and (hidden := layers.in_layers(self._text.raw, self.text, gauge.off)):
            warnings.append(unseen.told(list(_stretches(self.text, hidden)), number + 1))
            places = [index for index in range(len(self.text)) if index not in hidden]
            self.text, self._gauge = "".join(self.text[index] for index in places), Renumbered(self._gauge, places)
        if upended.is_broken(self.text) and (whole := upended.mended(self.text, self.levels, self._wide)):
            self.text, self._gauge = whole.text, Renumbered(self._gauge, whole.places)
        if doubled.is_suspect(self.text) and (once := doubled.once(self.text, self._wide)):
            self.text, self._gauge = once.text, Renumbered(self._gauge, once.places)
            self._printed = frozenset(at for at in range(1, len(once.text)) if once.places[at] - once.places[at - 1] > 1)
        self._lifted = lifted.Lifted(self.text, {}, frozenset())
        width, height = self.upright.size()
        upright = self._unmarked(self._aslant(list(self._runs(self.text))), number + 1, warnings)
        runs = self._seen(number + 1, upright, drawn.rulings, warnings)
        if drawn.pictures and runs and (share := picturesque.unread(drawn.pictures, runs, width, height, self.picture)):
            warnings.append(picturesque.told(share, number + 1))
        self.is_form = bool(drawn.pictures and runs) and picturesque.is_form(drawn.pictures, runs, width, height, self.picture)
        self.leaf = Leaf(
            number + 1,
            width,
            height,
            runs,
            tuple(drawn.rulings),
            tuple(self._targets()),
            tuple(warnings),
        )

    def _seen(self, number: int, runs: Sequence[Run], rulings: Sequence[Box], warnings: list[Warn]) -> tuple[Run, ...]:
        """The runs without those that nobody sees, and without the words at which they are cut; both are told."""
        starts = [run.start for run in runs]
        colours, parted = self._colours(runs)
        places = self._gauge.places(starts)
        if unpainted := layers.unpainted(self._text.raw, places):
            colours = [unseen.CLEAR if place in unpainted else colour for place, colour in zip(places, colours, strict=True)]
        areas = [box for box in rulings if min(box[2] - box[0], box[3] - box[1]) > ruled.THIN]
        asked = list(runs)
        for at, parts in parted.items():
            asked += parts
            colours += self._gauge.colours(self._handle, [part.start for part in parts])
            colours[at] = unseen.BLACK  # its parts are asked
        if self._gauge.layered:  # whether a layer is on is known by what is drawn
            colours, areas = [unseen.CLEAR] * len(colours), []
        gone = unseen.left_out(asked, colours, self.upright.size(), areas, lambda scale: self._page.render(scale=scale).to_pil())
        if gone:
            warnings.append(unseen.told(gone, number))
            known = {run.start for run in gone}
            runs = [part for at, run in enumerate(runs) for part in self._left(run, parted.get(at, ()), known)]
        if lined := struck.through(runs, rulings, self._struck):
            left = [self._unstruck(run, lined.get(at, ())) for at, run in enumerate(runs)]
            warnings.append(
                struck.told(sum(len(run.text) for run in runs) - sum(len(part.text) for parts in left for part in parts), number)
            )
            runs = [part for parts in left for part in parts]
        kept, lines = cut.whole(runs, self.upright.size()[0], self.char)
        if lines:
            warnings.append(cut.told(lines, number))
        return tuple(kept)

    def _aslant(self, runs: Sequence[Run]) -> list[Run]:
        """The runs; those that stand aslant or on their side on a page that does not, as stamps do, are marked: no line has them.

        What stands so behind the end of a line, as a stamp over it does, is a run of its own.
        """
        firsts = self._askew([run.start for run in runs])
        lasts = self._askew([run.start + len(run.text) - 1 for run in runs])
        if 2 * sum(len(run.text) for run in itertools.compress(runs, firsts)) > sum(len(run.text) for run in runs):
            return list(runs)
        found: list[Run] = []
        for run, first, last in zip(runs, firsts, lasts, strict=True):
            if first == last:
                found.append(run._replace(turned=True) if first else run)
                continue
            askew = self._askew(range(run.start, run.start + len(run.text)))
            low = 0
            for this, chars in itertools.groupby(range(len(askew)), key=askew.__getitem__):
                high = low + len(list(chars))
                if run.text[low:high].strip():
                    found.append(self._stretch(run, low, high, turned=this))
                low = high
        return found

    def _unmarked(self, runs: list[Run], number: int, warnings: list[Warn]) -> list[Run]:
        """The runs without watermarks, which are told."""
        turned = [run for run in runs if run.turned]
        aslant = self._askew([run.start for run in turned], upended=True) if turned else []
        asked = list(itertools.compress(turned, aslant))
        if not asked or not (marks := watermarks.found(asked, self.sizes([run.start for run in asked]))):
            return runs
        warnings.append(watermarks.told(marks, number))
        return [run for run in runs if run not in marks]

    def _askew(self, indices: Sequence[int], *, upended: bool = False) -> list[bool]:
        """For each character whether it stands aslant, or on its side on a page that is held as it is made; `upended`: aslant only."""
        level = RIGHT if self.upright.turns or upended else 2 * RIGHT
        angles = map(_get_angle, repeat(self._handle), self._gauge.places(indices))
        return [ASLANT < angle % level < level - ASLANT for angle in angles]

    def _stretch(self, run: Run, low: int, high: int, *, turned: bool) -> Run:
        """A part of a run without the white at its ends."""
        said = run.text[low:high]
        low, high = low + len(said) - len(said.lstrip()), low + len(said.rstrip())
        part = cut.part(run, low, high, self.char)
        return part._replace(turned=turned)

    def _colours(self, runs: Sequence[Run]) -> tuple[list[unseen.Colour], dict[int, list[Run]]]:
        """The colour of each line, and the parts of those that are pale and otherwise by turns, by their place among all.

        Where none of the samples of a page is pale, no line is.
        """
        some = self._gauge.colours(self._handle, unseen.samples(self.text, self._spans))
        if not any(map(unseen.is_pale, {*some})):
            return [unseen.BLACK] * len(runs), {}
        colours = self._gauge.colours(self._handle, [run.start for run in runs])
        parted: dict[int, list[Run]] = {}
        for number, run in enumerate(runs):
            each = self._gauge.colours(self._handle, range(run.start, run.start + len(run.text)))
            spans = [] if run.turned else unseen.pieces(run.text, each)
            if len(spans) > 1:
                parted[number] = [cut.part(run, low, high, self.char) for low, high in spans]
        return colours, parted

    def _unstruck(self, run: Run, lines: Sequence[Box]) -> list[Run]:
        """A run without the words that lines go through."""
        return [cut.part(run, low, high, self.char) for low, high in struck.kept(run, lines, self.char)] if lines else [run]

    def _left(self, run: Run, parts: Sequence[Run], gone: Container[int]) -> Iterator[Run]:
        """A run without what is gone of it; its parts that stand side by side stay one."""
        if not parts:
            if run.start not in gone:
                yield run
            return
        low: int | None = None
        high = 0
        for part in (*parts, None):
            if part is not None and part.start not in gone:
                low = part.start - run.start if low is None else low
                high = part.start - run.start + len(part.text)
            elif low is not None:
                yield cut.part(run, low, high, self.char)
                low = None

    def kept(self) -> list[str]:
        """What the file keeps for words of the page that may be seen otherwise."""
        return list(substituted.said(self._text.raw, self._gauge.places(self._suspected))) if self._suspected else []

    def doubt(self) -> str | None:
        """Why the text layer cannot be what the page shows; None where it can, or where the page is blank."""
        if self.leaf.runs:
            return garbage.why(self.text)
        return "a page without text layer" if c.FPDFPage_CountObjects(self._page.raw) else None

    def is_unseen(self) -> bool:
        """Whether its text lies unseen over a picture."""
        return layers.is_unseen(self._page.pdf.raw, self._page.raw, self._text.raw, self._given)

    def picture(self, scale: float) -> NDArray[np.uint8]:
        """The page as rows of pixels, so many for each point."""
        return self._page.render(scale=scale).to_numpy()  # type: ignore[no-any-return]  # pypdfium2 has no types for it

    def _characters(self, number: int, warnings: list[Warn]) -> str:
        """One character for each of pdfium's, so that a place in the text is a place on the page."""
        count = self._text.count_chars()
        if count > MAX_CHARS:
            warnings.append(Warn(code="page-limit", message=f"{count} characters; only the first {MAX_CHARS} were read", page=number))
            count = MAX_CHARS
        text = self._text.get_text_range(0, count) if count else ""
        if len(text) != count:
            text = "".join(chr(c.FPDFText_GetUnicode(self._text.raw, index) or 0xFFFD) for index in range(count))
        return signs.shown(text)

    def _runs(self, text: str) -> Iterator[Run]:
        """The lines, each in as many runs as it has stretches between wide gaps."""
        if marks := lifted.figures(text, self):
            self._lifted = lifted.lifted(text, marks, self)
        lines = [line.span() for line in _LINE.finditer(self._lifted.text)]
        heights = self._heights(text, lines)
        if more := lifted.beginnings(text, lines, heights, self):
            self._lifted = lifted.lifted(text, [*marks, *more], self)
            lines = [line.span() for line in _LINE.finditer(self._lifted.text)]
            heights = self._heights(text, lines)
        text = self._lifted.text
        spans = [word.span() for word in _WORD.finditer(text)]
        words = Words(spans, self._gauge.boxes(self._handle, [place for start, end in spans for place in (start, end - 1)]))
        gaps = words.gaps(self.upright)
        begins = [start for start, _ in spans]
        self._spans = spans
        self._suspected = substituted.suspected(spans, words.edges)
        text = text.replace(BROKEN, "-")
        firsts = [0, *(bisect.bisect_left(begins, end) for _, end in lines)]
        spaced = self._spaced(text, lines, heights, [gaps[low : high - 1] for low, high in itertools.pairwise(firsts)])
        for number, (first, behind) in enumerate(itertools.pairwise(firsts)):
            yield from self._parted(text, words, range(first, behind), gaps, heights[number], spaced.get(number))

    def _spaced(
        self, text: str, lines: Sequence[Span], heights: Sequence[Height], gaps: Sequence[Sequence[float]]
    ) -> dict[int, letterspaced.Spaced]:
        """The lines that are set with white between all their characters, by their number; `gaps` are between the words of each."""
        if self.upright.turns:
            return {}
        starts = [start for start, _ in lines]
        suspects = [bisect.bisect(starts, found.start()) - 1 for found in letterspaced.SUSPECT.finditer(text)]
        suspects += [number for number, own in enumerate(gaps) if len(own) > 1 and min(own) > GAP * heights[number][2]]
        found: dict[int, letterspaced.Spaced] = {}
        for number in dict.fromkeys(suspects):
            places = [index for index in range(*lines[number]) if not text[index].isspace()]
            if one := letterspaced.measured(text, places, self._gauge.lines(self._handle, places), heights[number][2]):
                found[number] = one._replace(spaces=frozenset(self.unprinted(sorted(one.spaces))))
        return found

    def levels(self, indices: Sequence[int]) -> list[float]:
        """How high on the page characters stand, as their font has it and whatever their shape; not a number where nobody knows."""
        turns = self.upright.turns
        found = self._gauge.origins(self._handle, indices, 1 - turns % 2)
        return found if turns in (0, 3) else [-place for place in found]

    def sizes(self, indices: Sequence[int]) -> list[float]:
        """How large characters are set, in points."""
        matrix, found = c.FS_MATRIX(), list[float]()
        for index in self._gauge.places(indices):
            c.FPDFText_GetMatrix(self._text.raw, index, matrix)
            found.append(math.hypot(matrix.c, matrix.d) * float(c.FPDFText_GetFontSize(self._text.raw, index)))
        return found

    def _heights(self, text: str, lines: Sequence[Span]) -> list[Height]:
        """Top and bottom of each line, and the size of its type.

        A font of drawings (Type 3, as Chromium writes Chinese) has a height for each of its characters, and that of 二 is none for
        a line: so a line that begins in Chinese is as high as its first characters are together. Other fonts are half as high
        again as they print (Noto, as WeasyPrint writes it): Chinese type is no higher than it is wide, and a little. A mark that
        is raised is as high as the line that it belongs to. A font that says it has nothing below the base line (as LibreOffice
        writes it) is higher where a letter goes below all the same: that is not counted.
        """
        if beside := self._lifted.beside:
            lines = [(beside[start], beside[start] + 1) if start in beside else (start, end) for start, end in lines]
        looked = [range(start, min(start + 3, end) if text[start] > "\u2e7f" else start + 1) for start, end in lines]
        edges = self._gauge.lines(self._handle, [index for some in looked for index in some])
        if not self.upright.turns:
            self._flat = self._gauge.above(self._handle, looked, [text[some[0]].isalnum() for some in looked], edges, flat=self._flat)
        found, at = list[Height](), 0
        for some in looked:
            part = edges[at : at + 4 * len(some)]
            at += len(part)
            if self.upright.turns:
                _, top, _, bottom = self.upright(part[0], part[3], part[2], part[1])
                found.append((top, bottom, bottom - top))
                continue
            _, top, _, bottom = self.upright(part[0], min(part[3::4]), part[2], max(part[1::4]))
            wide = part[2] - part[0] if "\u2e7f" < text[some[0]] < "\ua000" else 0.0
            found.append((top, bottom, min(bottom - top, TALL * wide) if wide else bottom - top))
        return found

    def _parted(
        self, text: str, words: Words, line: range, gaps: Sequence[float], height: Height, spaced: letterspaced.Spaced | None
    ) -> Iterator[Run]:
        """The line of these words in as many runs as it has stretches between wide gaps."""
        start, end = words.spans[line[0]][0], words.spans[line[-1]][1]
        first, last = words.first(line[0], self.upright), words.last(line[-1], self.upright)
        top, bottom, size = height
        if last[0] < first[0] or min(last[3], bottom) < max(last[1], top):  # goes back, or up and down: each word for itself
            yield from self._words(text, start, end)
            return
        wide, narrow = GAP * size, HAN_GAP * size
        begin, invented = line[0], list[int]()
        off = self._off(words, line, size)
        joined = self._lifted.joined
        if spaced:
            wide += spaced.white
        even = not off and not joined and not spaced and text[start:end].isascii() and max(gaps[line[0] : line[-1]], default=0) <= wide
        for index in () if even else line[:-1]:
            if gaps[index] > wide or index + 1 in off:
                yield self._between(text, words, (begin, index), height if begin == line[0] else None, invented)
                begin, invented = index + 1, []
            elif words.spans[index][1] in joined or words.spans[index + 1][0] - 1 in joined:
                low, high = words.spans[index][1], words.spans[index + 1][0]
                least = HAN_GAP if text[low - 1] > "\u2e7f" or text[high] > "\u2e7f" else 2 * SPACE if text[high] in ".,;:)" else SPACE
                invented += range(low, high - (gaps[index] > least * size))
            elif spaced:
                invented += spaced.spaces & {words.spans[index][1]}
            elif gaps[index] < narrow and self._is_invented(text, words.spans[index][1], words.spans[index + 1][0]):
                invented.append(words.spans[index][1])
        yield self._between(text, words, (begin, line[-1]), height if begin == line[0] else None, invented)

    def _off(self, words: Words, line: range, height: float) -> frozenset[int]:
        """The words that leave the line of the one before: pdfium makes one of lines that overlap, as beside a centred label."""
        if self.upright.turns or len(line) < 2:
            return frozenset()
        low, high = 8 * line[0], 8 * line[-1] + 8
        bottoms, tops = words.edges[low + 2 : high : 8], words.edges[low + 3 : high : 8]
        if beside := self._lifted.beside:
            for at, (start, _) in enumerate(words.spans[line[0] : line[-1] + 1]):
                if start in beside:
                    _, _, bottoms[at], tops[at] = self._gauge.boxes(self._handle, (beside[start],))
        rise = OFF * height
        if max(tops) - min(tops) <= rise:
            return frozenset()
        steps = [min(tops[at] - tops[at - 1], bottoms[at] - bottoms[at - 1], key=abs) for at in range(1, len(line))]
        return frozenset(line[0] + at for at, step in enumerate(steps, 1) if abs(step) > rise)

    def _words(self, text: str, start: int, end: int) -> Iterator[Run]:
        """The words of a line, each by its own place; those that go up or down the page say so."""
        turned = False
        for word in re.finditer(r"\S+", text[start:end]):
            low, high = start + word.start(), start + word.end()
            first, last = self.char(low), self.char(high - 1)
            run = self._run(text, (low, high), (first, last), self._height(low))
            if high - low > 1:
                upended = min(first[3], last[3]) <= max(first[1], last[1]) and min(first[2], last[2]) > max(first[0], last[0])
                turned = upended or last[2] <= first[0]  # or it stands on its head
            if turned:
                run = run._replace(box=(run.box[0], min(first[1], last[1]), run.box[2], max(first[3], last[3])), turned=True)
            yield run

    def _is_invented(self, text: str, start: int, end: int) -> bool:
        """A space of pdfium's own beside a Chinese character: type is set apart there by up to a quarter of its width anyway."""
        beside_han = text[start - 1] > "\u2e7f" or text[end] > "\u2e7f"
        return beside_han and end - start == 1 and bool(self.unprinted((start,)))

    def _between(self, text: str, words: Words, ends: Span, height: Height | None, invented: Sequence[int]) -> Run:
        """The run from one word to another."""
        low, high = ends
        start, end = words.spans[low]
        boxes = words.first(low, self.upright), words.last(high, self.upright)
        right = boxes[1][2] if low == high else words.last(low, self.upright)[2]
        return self._run(text, (start, words.spans[high][1]), boxes, height or self._height(start), (end, right), invented)

    def _run(
        self,
        text: str,
        span: Span,
        ends: tuple[Box, Box],
        height: Height,
        known: tuple[int, float] = (0, 0.0),
        invented: Sequence[int] = (),
    ) -> Run:
        """A run; `ends` are the boxes of its first and last character, `known` where a word ends in the text and on the page."""
        first, last = ends
        top, bottom, size = height
        box = min(first[0], last[0]), top, max(first[2], last[2]), bottom
        width = None
        if word := FIRST_WORD.match(text, *span):
            end = word.end()
            right = first[2] if end == span[0] + 1 else known[1] if end == known[0] else self.char(end - 1)[2]
            width = right - box[0]
        return Run(text[slice(*span)], box, size, span[0], width, tuple([index - span[0] for index in invented]))

    def char(self, index: int) -> Box:
        """The box of one character."""
        left, right, bottom, top = self._gauge.boxes(self._handle, (index,))
        return self.upright(left, bottom, right, top)

    def _height(self, index: int) -> Height:
        """Top and bottom of the line, from its font rather than from the shape of one character, and the size of its type."""
        return self._heights(self.text, [(index, index + 3)])[0]

    def boxes(self, span: Span) -> list[Box]:
        """The boxes of a stretch of characters, one for each line."""
        edges = self._gauge.rects(self._handle, span[0], span[1] - span[0])
        if len(edges) == 4:
            return [self.upright(edges[0], edges[2], edges[1], edges[3])]
        lefts, rights, bottoms, tops = (edges[side::4] for side in range(4))
        if edges:  # Chromium's are one a character
            shared = self.upright(max(lefts), max(bottoms), min(rights), min(tops))
            if shared[1] < shared[3]:  # all of one line
                return [self.upright(min(lefts), min(bottoms), max(rights), max(tops))]
        found: list[Box] = []
        for left, right, bottom, top in zip(lefts, rights, bottoms, tops, strict=True):
            box = self.upright(left, bottom, right, top)
            if found and min(found[-1][3], box[3]) > max(found[-1][1], box[1]):
                last = found[-1]
                found[-1] = min(last[0], box[0]), min(last[1], box[1]), max(last[2], box[2]), max(last[3], box[3])
            else:
                found.append(box)
        return found

    def unprinted(self, places: Sequence[int]) -> list[int]:
        """Which of these spaces pdfium put in where none is printed."""
        made = zip(places, self._gauge.places(places), strict=True)
        return [place for place, index in made if _is_generated(self._handle, index) == 1 and place not in self._printed]

    def _wide(self, indices: Sequence[int]) -> list[Box]:
        """The boxes of characters as their font sets them, with the white around them."""
        edges = self._gauge.lines(self._handle, indices)
        return [self.upright(edges[at], edges[at + 3], edges[at + 2], edges[at + 1]) for at in range(0, len(edges), 4)]

    def _targets(self) -> Iterator[Target]:
        """Where clicks lead: the addresses of link annotations."""
        place, link, edges = ctypes.c_int(0), c.FPDF_LINK(), c.FS_RECTF()
        while c.FPDFLink_Enumerate(self._page.raw, ctypes.byref(place), ctypes.byref(link)):
            action = c.FPDFLink_GetAction(link)
            if not action or not c.FPDFLink_GetAnnotRect(link, ctypes.byref(edges)):
                continue
            size = c.FPDFAction_GetURIPath(self._page.pdf.raw, action, None, 0)
            if 1 < size < 4096:
                buffer = ctypes.create_string_buffer(size)
                c.FPDFAction_GetURIPath(self._page.pdf.raw, action, buffer, size)
                left, right = sorted((edges.left, edges.right))
                yield Target(
                    # some producers write the corners of a link from top to bottom
                    self.upright(left, min(edges.bottom, edges.top), right, max(edges.bottom, edges.top)),
                    buffer.raw[: size - 1].decode("utf-8", "replace"),
                )


def outlined(data: bytes, name: str, page: int, box: Box, how: Settings) -> bytes:
    """A page as PNG, with a frame around a box of it; `page` counts from 1."""
    try:
        file = _opened(data, name, how)
    except Damaged as error:
        raise UnreadableSource(name, "pdfium, which draws pages, cannot read this file") from error
    if not 1 <= page <= len(file):
        raise UnreadableSource(name, f"has {len(file)} pages, not {page}")
    from ingest.formats import framed

    sheet = annotated.painted(file, page - 1).page
    turned_anew(sheet, sheet.get_textpage())
    return framed.png(sheet.render(scale=framed.SCALE).to_pil(), box)
