"""Pictures that a web page holds in itself are read where they stand, or told."""

from __future__ import annotations

import base64
import io
import time
from pathlib import Path

import pytest
from PIL import Image
from test_ocr import needs_fonts, sheet

from ingest.errors import UnreadableSource
from ingest.formats import embedded, html, ocr
from ingest.model import TIME_LIMIT, Document
from ingest.settings import Settings

needs_engine = pytest.mark.skipif(not ocr.available(), reason="the extra circular-kb[ocr] is not installed")


def picture(image: Image.Image, kind: str = "PNG") -> bytes:
    data = io.BytesIO()
    image.save(data, kind)
    return data.getvalue()


def shown(data: bytes) -> str:
    return f'<img alt="" src="data:image/png;base64,{base64.b64encode(data).decode()}">'


def read(body: str, **how: object) -> Document:
    page = f"<html><body><p>Date: 4 January 2027</p><p>Subject: Fees</p>{body}<p>Yours faithfully,</p></body></html>"
    return html.read(page.encode(), "a.html", Settings(**how))  # type: ignore[arg-type]


@needs_engine
@needs_fonts
def test_a_picture_of_a_page_is_read_where_it_stands() -> None:
    found = read(f"<p>The notice:</p>{shown(picture(sheet()))}<p>It stands above.</p>")
    order = [found.text.index(words) for words in ("The notice:", "CIRCULAR ON FEES", "5:00 p.m. on 8 January 2027", "It stands above.")]
    assert order == sorted(order)
    assert [(grid.height, grid.width) for grid in found.grids] == [(3, 2)]
    assert [found.text[slice(*cell.span)] for cell in found.grids[0].cells][:2] == ["Event", "Date"]
    assert (found.warnings[0].code, found.warnings[0].page) == ("ocr", None)


@needs_engine
@needs_fonts
def test_a_picture_in_a_cell_is_read_below_its_table() -> None:
    rows = f"<tr><th>Date<th>Event<tr><td>8 January 2027<td>Forms{shown(picture(sheet()))}<tr><td>9 January 2027<td>Fees"
    found = read(f"<table>{rows}</table>")
    assert found.text.index("9 January 2027") < found.text.index("CIRCULAR ON FEES") < found.text.index("Yours faithfully")


PAGE = picture(Image.new("L", (830, 1170), 255))


@pytest.mark.parametrize(("data", "message"), [
    (PAGE, "picture 1 in the page: a picture; nothing was read of it"),
    (PAGE[:200], "picture 1 in the page: damaged picture"),
    (b"GIF89a" + bytes(embedded.LARGE), "picture 1 in the page: damaged picture"),
])  # fmt: skip
def test_a_picture_that_is_not_read_is_told(data: bytes, message: str) -> None:
    (warning,) = read(shown(data), ocr=False).warnings
    assert warning.message.startswith(message)


@pytest.mark.parametrize("body", [
    shown(picture(Image.new("L", (120, 60), 255))),
    '<img src="https://example.org/notice.png">',
    '<img src="data:image/png;base64,%%%">',
    '<img src="data:image/svg+xml,%3Csvg/%3E">',
    "<img>",
])  # fmt: skip
def test_logos_and_pictures_that_are_elsewhere_are_left_alone(body: str) -> None:
    assert read(body).warnings == ()


def test_a_page_that_is_a_picture_only_says_why_it_has_no_text() -> None:
    with pytest.raises(UnreadableSource, match="without any text; picture 1 in the page: a picture; nothing was read of it"):
        html.read(f"<html><body>{shown(PAGE)}</body></html>".encode(), str(Path("a.html")), Settings(ocr=False))


@needs_engine
def test_a_picture_that_was_not_recognised_in_time_is_told_as_that() -> None:
    (warning,) = read(shown(PAGE), seconds=100, until=time.monotonic() + 10).warnings
    assert (warning.code, warning.message.split(";")[0]) == (TIME_LIMIT, "picture 1 in the page: no page of it was recognised in 100 s")


def test_no_more_pictures_are_read_than_pages() -> None:
    assert [warn.code for warn in read(2 * shown(PAGE), ocr=False, max_pages=1).warnings] == ["no-text", "not-read"]
