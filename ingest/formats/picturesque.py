"""Pages of a PDF that are a picture in part, as half a scan is: what stands in the picture is not read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ingest.formats.leaf import Run
from ingest.model import Box, Warn

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAST = 0.15  # of the page: logos, signatures and banners are smaller
SCALE = 0.5  # pixels a point at which a page is looked at
SCAN = 0.6  # of the page: so much the picture of one covers
TYPED = 160  # characters: a form has no more of them typed over its scan
DARK = 128  # of 255: ink is darker
BANDS = 5  # lines with white between them that are seen on the picture of a page
PLAIN = 32  # of 255: what is no lighter or darker anywhere by more is of one colour, and says nothing


def unread(
    pictures: Sequence[Box], runs: Sequence[Run], width: float, height: float, picture: Callable[[float], NDArray[np.uint8]]
) -> float:
    """What part of the page is covered by pictures without text on them; 0 where that is little. A scan that was recognised has text.

    `picture` draws the page, so many pixels a point: what is all of one colour has none either.
    """
    bare = [box for box in _whole(pictures) if not any(_is_on(run, box) for run in runs)]
    if sum(_area(box, width, height) for box in bare) < LEAST * width * height:
        return 0.0
    seen = picture(SCALE)
    share = min(1.0, sum(_area(box, width, height) for box in bare if _is_drawn(box, seen)) / (width * height))
    return share if share >= LEAST else 0.0


def is_form(
    pictures: Sequence[Box], runs: Sequence[Run], width: float, height: float, picture: Callable[[float], NDArray[np.uint8]]
) -> bool:
    """The scan of a page with a few words typed over it: beside these, lines are seen that nobody typed."""
    if sum(len(run.text) for run in runs) > TYPED:
        return False
    whole = [box for box in _whole(pictures) if _area(box, width, height) > SCAN * width * height and any(_is_on(run, box) for run in runs)]
    if not whole:
        return False
    seen = picture(1.0)
    dark = seen.reshape(*seen.shape[:2], -1).min(axis=2) < DARK
    for x0, y0, x1, y1 in (run.box for run in runs):
        dark[max(0, int(y0) - 1) : int(y1) + 2, max(0, int(x0) - 1) : int(x1) + 2] = False
    inked = dark.any(axis=1)
    return int((inked[1:] & ~inked[:-1]).sum()) >= BANDS


def _is_drawn(box: Box, seen: NDArray[np.uint8]) -> bool:
    """Is what is seen of a picture of more than one colour? Its edges are left out."""
    x0, y0, x1, y1 = (max(0, round(edge * SCALE)) for edge in box)
    part = seen[y0 + 2 : y1 - 2, x0 + 2 : x1 - 2]
    return part.size > 0 and int(part.max()) - int(part.min()) > PLAIN


def told_form(page: int) -> Warn:
    """What the reader of such a page has to know where nothing recognises it."""
    return Warn(code="not-read", message="a scanned page with a few words typed over it: only these were read", page=page)


def told(share: float, page: int) -> Warn:
    """What the reader of the page has to know."""
    return Warn(code="not-read", message=f"a picture over {share:.0%} of the page: its text was not read", page=page)


def _whole(pictures: Sequence[Box]) -> list[Box]:
    """The pictures, with strips of one that stand right below each other put together; one painted over again counts once."""
    found: list[Box] = []
    for box in sorted(set(pictures), key=lambda box: (round(box[0]), round(box[2]), box[1])):
        last = found[-1] if found else None
        if last and abs(last[0] - box[0]) < 2 and abs(last[2] - box[2]) < 2 and box[1] < last[3] + 2:
            found[-1] = last[0], last[1], last[2], max(last[3], box[3])
        else:
            found.append(box)
    return found


def _area(box: Box, width: float, height: float) -> float:
    return max(0.0, min(box[2], width) - max(box[0], 0.0)) * max(0.0, min(box[3], height) - max(box[1], 0.0))


def _is_on(run: Run, box: Box) -> bool:
    x, y = (run.box[0] + run.box[2]) / 2, (run.box[1] + run.box[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
