"""Scans are recognised page after page while there is time; what was not read is told, and never taken for all there is."""

from __future__ import annotations

import io
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest import formats, settings
from ingest.errors import UnreadableSource
from ingest.formats import ocr
from ingest.model import TIME_LIMIT
from ingest.settings import Settings

LATIN = Path("/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf")
needs_ocr = pytest.mark.skipif(not ocr.available(), reason="the extra circular-kb[ocr] is not installed")
needs_font = pytest.mark.skipif(not LATIN.is_file(), reason="Liberation Sans is not installed")

NOTICE = (
    "Hong Kong Securities Clearing Company Limited",
    "Ref. No.: CD/TST/001/2027",
    "Date: 4 January 2027",
    "Form A is due on 8 January 2027.",
)
WIDTH, HEIGHT = 420.0, 210.0  # points


@cache
def sheet(lines: Sequence[str] = NOTICE, dpi: int = 200, mode: str = "L") -> Image.Image:
    """Lines of text on a small sheet of paper."""
    scale = dpi / 72
    page = Image.new(mode, (round(WIDTH * scale), round(HEIGHT * scale)), "white")
    font = ImageFont.truetype(str(LATIN), round(12 * scale))
    for number, line in enumerate(lines):
        ImageDraw.Draw(page).text((40 * scale, (30 + 36 * number) * scale), line, font=font, fill="black")
    return page


def pdf(*pages: Image.Image | str, invisible: str = "") -> bytes:
    """A PDF in which each page is a picture, or a line of text; on pictures text may lie that is not seen."""
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=(WIDTH, HEIGHT))
    for page in pages:
        if isinstance(page, str):
            canvas.drawString(40, 150, page)
        else:
            canvas.drawImage(ImageReader(page), 0, 0, WIDTH, HEIGHT)
            text = canvas.beginText(40, HEIGHT - 40)
            text.setTextRenderMode(3)
            text.setFont("Helvetica", 12, leading=36)
            text.textLines(invisible)
            canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def late() -> Settings:
    """Settings of a file whose time is nearly up."""
    return Settings(seconds=100, until=time.monotonic() + 10)


# Time -----------------------------------------------------------------------------------------------------------------


@needs_ocr
@needs_font
def test_pages_that_are_not_recognised_in_time_are_told_and_the_others_read() -> None:
    document = formats.read(pdf("Form A is due on 8 January 2027.", sheet(), sheet()), "scan.pdf", late())
    assert document.text.strip() == "Form A is due on 8 January 2027."
    assert [(warn.code, warn.page) for warn in document.warnings] == [(TIME_LIMIT, 2), (TIME_LIMIT, 3)]
    assert "80 s were up" in document.warnings[0].message


@needs_ocr
@needs_font
def test_a_scan_of_which_nothing_is_read_in_time_is_an_error() -> None:
    with pytest.raises(UnreadableSource, match="no page of it was recognised in 100 s"):
        formats.read(pdf(sheet()), "scan.pdf", late())


@needs_ocr
@needs_font
def test_recognition_stops_between_its_steps() -> None:
    with pytest.raises(ocr.OutOfTime):
        ocr.recognise(np.asarray(sheet()), 1, WIDTH, HEIGHT, until=time.monotonic())


@needs_ocr
@needs_font
@pytest.mark.parametrize("until", [None, float("inf")])
def test_a_scan_with_time_is_read_whole(until: float | None) -> None:
    document = formats.read(pdf(sheet()), "scan.pdf", Settings(until=until))
    assert [line for line in document.text.splitlines() if line.strip()] == list(NOTICE)
    assert {warn.code for warn in document.warnings} <= {"ocr", "ocr-doubt"}


@pytest.mark.parametrize(("load", "readers", "threads"), [(0.1, 1, 8), (4.2, 1, 4), (0.1, 8, 1), (7.9, 1, 1), (30.0, 2, 1)])
def test_threads_are_the_cores_that_nobody_uses(monkeypatch: pytest.MonkeyPatch, load: float, readers: int, threads: int) -> None:
    monkeypatch.setattr(settings, "cores", lambda: 8)
    monkeypatch.setattr(settings.os, "getloadavg", lambda: (load, 0.0, 0.0))
    assert settings.spare(readers) == threads
