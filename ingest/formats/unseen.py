"""Lines of a PDF that nobody sees: white on white, clear, too small to read, or off the page.

Programs print them for machines, or leave them behind. What they say is not what the page says: they are left out, and told.
A line is judged by its beginning, and by its parts where it has more than one colour.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ingest.formats import signs
from ingest.formats.leaf import Run
from ingest.model import Box, Span, Warn

if TYPE_CHECKING:
    from PIL.Image import Image

WHITE = 250  # red, green and blue from here to 255 are the colour of paper
TINY = 1.6  # points: type no higher than this is read by nobody
NARROW = 0.8  # points: nor type whose characters are no wider, on an average
FLAT = 12  # shades between the lightest and the darkest place, of 255: nothing is seen where they differ by less
AROUND = 1.0  # points about a line that are looked at with it
LARGEST = 2000.0  # pixels of the longer side of a page that is looked at
LONGEST = 80  # characters of a line that are quoted

EACH = 6  # words: of so many one is looked at
EVERY = 16  # characters: Chinese pages have a Chinese one among so many
_HAN = re.compile("[0-9]+|[〇○零一二三四五六七八九十]{2,}|[\u2e80-\uffef]{6}")  # figures, and six characters without one at their beginning

Colour = tuple[int, int, int, int]
"""Red, green, blue, and how much of what is behind it a thing hides."""

CLEAR: Colour = (0, 0, 0, 0)
"""Of what leaves no paint, as text that is drawn to be searched only."""
BLACK: Colour = (0, 0, 0, 255)


def is_pale(colour: Colour) -> bool:
    """Would it not be seen on paper?"""
    return colour[3] == 0 or min(colour[:3]) >= WHITE


def samples(text: str, words: Sequence[Span]) -> list[int]:
    """Places of a page where colours are looked at: its figures, for what they say does most harm, and every sixth word or character."""
    found = [low for low, _ in words[::EACH]] + [low for low, _ in words if text[low] in "0123456789"]
    if max(text[::EVERY], default="") > "\u2e7f":
        found += (part.start() for part in _HAN.finditer(text))
    return found


def pieces(text: str, colours: Sequence[Colour]) -> list[tuple[int, int]]:
    """The parts of a line of one paleness, without the white space at their ends; `colours` are those of its characters."""
    found: list[tuple[int, int]] = []
    low = 0
    for at in range(1, len(text) + 1):
        if at < len(text) and (text[at].isspace() or is_pale(colours[at]) == is_pale(colours[low])):
            continue
        if text[low:at].strip():
            found.append((low, low + len(text[low:at].rstrip())))
        low = at
    return found


def left_out(
    runs: Sequence[Run], colours: Sequence[Colour], size: tuple[float, float], areas: Sequence[Box], picture: Callable[[float], Image]
) -> list[Run]:
    """The runs that nobody sees; `areas` are the filled ones of the page, `picture` draws it with so many pixels for each point."""
    if not runs:
        return []
    width, height = size
    lefts, tops, rights, bottoms = zip(*[run.box for run in runs], strict=True)
    gone: list[Run] = []
    if max(lefts) > width or max(tops) > height or min(rights) < 0 or min(bottoms) < 0 or min(run.size for run in runs) < TINY:
        gone = [run for run in runs if _is_off(run.box, width, height) or _is_tiny(run)]
    pale = {colour for colour in {*colours} if is_pale(colour)}
    if pale:
        known = {id(run) for run in gone}
        asked = [run for run, colour in zip(runs, colours, strict=True) if colour in pale and id(run) not in known]
        gone += _flat([run for run in asked if not _lies_on(run.box, areas)], size, picture)
    return sorted(gone, key=lambda run: run.start)


def _is_off(box: Box, width: float, height: float) -> bool:
    return box[0] > width or box[1] > height or box[2] < 0 or box[3] < 0


def _is_tiny(run: Run) -> bool:
    return run.size < TINY and not run.turned and run.box[2] - run.box[0] < NARROW * len(run.text)


def _lies_on(box: Box, areas: Sequence[Box]) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(left < x < right and top < y < bottom for left, top, right, bottom in areas)


def _flat(runs: Sequence[Run], size: tuple[float, float], picture: Callable[[float], Image]) -> list[Run]:
    """Those in whose places nothing is to be seen on the page as it is drawn."""
    if not runs:
        return []
    scale = min(1.0, LARGEST / max(*size, 1.0))
    drawn = picture(scale).convert("L")
    found = []
    for run in runs:
        x0, y0, x1, y1 = (scale * (edge + grown) for edge, grown in zip(run.box, (-AROUND, -AROUND, AROUND, AROUND), strict=True))
        place = max(0, int(x0)), max(0, int(y0)), min(drawn.width, int(x1) + 1), min(drawn.height, int(y1) + 1)
        if place[0] < place[2] and place[1] < place[3]:
            shades = drawn.crop(place).tobytes()
            if max(shades) - min(shades) < FLAT:
                found.append(run)
    return found


def told(runs: Sequence[Run], page: int) -> Warn:
    """What was left out, and the first of it in which a date stands."""
    message = f"{sum(len(run.text) for run in runs)} characters of hidden text were left out"
    dated = [run.text for run in runs if signs.DATED.search(run.text.lower())]
    if dated:
        more = f" and {len(dated) - 1} more" if len(dated) > 1 else ""
        message += f"; dates stand in “{dated[0][:LONGEST]}”{more}"
    return Warn(code="hidden-text", message=message, page=page)
