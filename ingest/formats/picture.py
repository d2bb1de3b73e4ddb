"""Pictures of pages (PNG, JPEG, TIFF of several pages), as scanners and telephones make them: read like scanned pages of a PDF.

A picture says how many pixels it has before they are unpacked, so one that would fill the memory is refused by its header.
"""

from __future__ import annotations

import io
import re
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ingest.errors import UnreadableSource
from ingest.model import Box, Document, Warn
from ingest.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image

    from ingest.formats.scans import Sight

MEDIA_TYPE = "image/*"
MAGIC = re.compile(rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|II[*+]\0|MM\0[*+]")
KINDS = ("PNG", "JPEG", "TIFF")  # the only decoders that are asked

A4 = 842.0
"""The longer side of a page, in points, where the picture does not say how large it is."""
SIDES = (200.0, 2000.0)
"""The longer side of a page, in points: what would be smaller or larger states the resolution of a screen, or none that is meant."""
SMALLEST = 300
"""Pixels of the longer side: what is smaller is a logo or an icon."""

PAGE = (800, 500)
"""Pixels of the sides, the longer first, from which a picture among others may be a page: A4 at 100 dpi has 1170 and 830."""
NARROWEST = 2.2
"""How often the shorter side of a page fits into the longer one at most."""

ORIENTATION = 0x0112
HELD = {
    2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE", 6: "ROTATE_270", 7: "TRANSVERSE", 8: "ROTATE_90",
}  # fmt: skip
"""How a camera was held, by its tag in EXIF, and what puts the picture upright."""

DAMAGED = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, struct.error)
"""What Pillow's decoders raise on bytes that do not hold what their header says."""


def sniff(data: bytes, name: str) -> float:  # noqa: ARG001  every format is asked alike
    """Pictures say what they are."""
    return 1.0 if MAGIC.match(data) else 0.0


def is_page(data: bytes) -> bool:
    """Whether a picture has the size and shape of a page, by its header alone; logos, buttons and banners have not."""
    if not MAGIC.match(data):
        return False
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=KINDS) as image:
                shorter, longer = sorted(image.size)
    except Image.DecompressionBombError:
        return True
    except DAMAGED:
        return False
    return longer >= PAGE[0] and shorter >= PAGE[1] and longer <= NARROWEST * shorter


def read(data: bytes, name: str, how: Settings) -> Document:
    """The document on these pages. One that is damaged, too small for a page or too large is an error."""
    from ingest.formats import paper
    from ingest.formats.scans import Glyphs, refuse_late

    with _opened(data, name, how) as image:
        count = _count(image, how.max_pages)
        kind = f"image/{(image.format or '*').lower()}"
        pages = [_page(image, number, name, how, alone=count == 1) for number in range(min(count, how.max_pages))]
    refuse_late(pages, name, how)
    told = [warn for page in pages for warn in page.leaf.warnings]
    if count > how.max_pages:
        told.append(
            Warn(
                code="page-limit",
                message=f"more than {how.max_pages} pages; only the first {how.max_pages} were read (CIRCULARS_MAX_PAGES)",
            )
        )
    return paper.compose([page.leaf for page in pages], Glyphs(pages), kind, count, told)


def outlined(data: bytes, name: str, page: int, box: Box, how: Settings) -> bytes:
    """A page as PNG, with a frame around a box of it; `page` counts from 1."""
    from ingest.formats import framed

    with _opened(data, name, how) as image:
        count = _count(image, page)
        if not 1 <= page <= count:
            raise UnreadableSource(name, f"has {count} pages, not {page}")
        image.seek(page - 1)
        return framed.png(_rendered(image, framed.SCALE, "RGB"), box)


@contextmanager
def _opened(data: bytes, name: str, how: Settings) -> Iterator[Image.Image]:
    """The picture, of which only the header was read; whatever goes wrong with it inside is one clear error."""
    from PIL import Image, ImageFile

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # other libraries of a process turn it on for all: half a page would pass for a page

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what Pillow doubts in a header either fails later or does not matter
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=KINDS) as image:
                _refuse_large(image, name, how)
                if max(image.size) < SMALLEST:
                    raise UnreadableSource(name, f"a picture of {image.width} × {image.height} pixels; expected a page")
                yield image
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise UnreadableSource(name, f"a picture with more pixels than the limit of {how.max_pixels} (CIRCULARS_MAX_PIXELS)") from error
    except DAMAGED as error:
        raise UnreadableSource(name, f"damaged picture: {error}") from error


def _refuse_large(image: Image.Image, name: str, how: Settings) -> None:
    if image.width * image.height > how.max_pixels:
        told = f"a picture of {image.width} × {image.height} pixels is more than the limit of {how.max_pixels} (CIRCULARS_MAX_PIXELS)"
        raise UnreadableSource(name, told)


def _count(image: Image.Image, most: int) -> int:
    """How many pages there are, or one more than `most`: a TIFF has several, and the further pictures of other kinds are previews or move.

    They are a chain, of which each link is compared with all before it, so it is not followed to its end.
    """
    if image.format != "TIFF":
        return 1
    try:
        for number in range(1, most + 1):
            image.seek(number)
    except EOFError:
        return number
    return most + 1


def _page(image: Image.Image, number: int, name: str, how: Settings, *, alone: bool) -> Sight:
    """A page; one that is damaged is an error if it is alone, and else a warning."""
    from ingest.formats.leaf import Leaf
    from ingest.formats.scans import recognised, unread

    blind = Leaf(number + 1, 0, 0, ())
    try:
        image.seek(number)
        _refuse_large(image, name, how)
        width, height = _size(image)
        blind = blind._replace(width=width, height=height)
        return recognised(blind, lambda scale: _pixels(image, scale), "a picture", how)
    except DAMAGED as error:
        if alone:
            raise
        return unread(blind, "damaged-page", f"this page cannot be read: {error}")


def _turns(image: Image.Image) -> bool:
    """Whether the camera was held sideways, so that width and height change places."""
    return image.getexif().get(ORIENTATION, 1) in (5, 6, 7, 8)


def _size(image: Image.Image) -> tuple[float, float]:
    """Width and height in points as the page is held, by the stated resolution if that makes a page, else as on A4."""
    across, down = image.info.get("dpi") or (0, 0)
    width, height = (72 * image.width / across, 72 * image.height / down) if across > 0 and down > 0 else (0.0, 0.0)
    if not SIDES[0] <= max(width, height) <= SIDES[1]:
        scale = A4 / max(image.size)
        width, height = image.width * scale, image.height * scale
    width, height = float(width), float(height)
    return (height, width) if _turns(image) else (width, height)


def _pixels(image: Image.Image, scale: float) -> NDArray[np.uint8]:
    import numpy as np

    return np.asarray(_rendered(image, scale, "L"))


def _rendered(image: Image.Image, scale: float, mode: str) -> Image.Image:
    """The page upright at so many pixels a point; ink on paper, where it was transparent."""
    from PIL import Image

    held_by = image.getexif().get(ORIENTATION, 1)
    width, height = _size(image)
    target = max(round(width * scale), 1), max(round(height * scale), 1)
    size = target[::-1] if _turns(image) else target
    if image.mode.startswith("I"):
        image = image.point(lambda value: value / 256).convert("L")  # 16 bits
    elif "A" in image.mode or "transparency" in image.info:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    page = image.convert(mode).resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
    held = HELD.get(held_by)
    return page if held is None else page.transpose(Image.Transpose[held])
