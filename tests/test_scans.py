"""Scans are recognised page after page while there is time; what was not read is told, and never taken for all there is."""

from __future__ import annotations

import io
import struct
import time
import zlib
from collections.abc import Callable, Sequence
from datetime import date
from email.message import EmailMessage
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFile, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from robust_files import strip, tiff

from ingest import formats, pipeline, settings
from ingest.errors import UnreadableSource
from ingest.formats import layers, ocr
from ingest.model import TIME_LIMIT, Expression
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


@needs_font
@pytest.mark.parametrize("recognised", [pytest.param(True, marks=needs_ocr), False])
def test_a_scan_with_words_typed_over_it_is_no_page_of_these_words(recognised: bool) -> None:
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=(WIDTH, HEIGHT))
    canvas.drawImage(ImageReader(sheet((*NOTICE, "Please tell your staff."))), 0, 0, WIDTH, HEIGHT)
    canvas.drawString(300, 180, "COPY 7")
    canvas.save()
    document = formats.read(written.getvalue(), "form.pdf", Settings(ocr=recognised))
    assert ("Form A is due on 8 January 2027." in document.text, document.warnings[0].code) == (
        recognised,
        "ocr" if recognised else "not-read",
    )


@pytest.mark.parametrize(("load", "readers", "threads"), [(0.1, 1, 8), (4.2, 1, 4), (0.1, 8, 1), (7.9, 1, 1), (30.0, 2, 1)])
def test_threads_are_the_cores_that_nobody_uses(monkeypatch: pytest.MonkeyPatch, load: float, readers: int, threads: int) -> None:
    monkeypatch.setattr(settings, "cores", lambda: 8)
    monkeypatch.setattr(settings.os, "getloadavg", lambda: (load, 0.0, 0.0))
    assert settings.spare(readers) == threads


# Pictures -------------------------------------------------------------------------------------------------------------


def packed(image: Image.Image, kind: str, **options: object) -> bytes:
    """The picture as a file."""
    written = io.BytesIO()
    image.save(written, kind, **options)  # type: ignore[arg-type]
    return written.getvalue()


def rotated(image: Image.Image, turn: int) -> bytes:
    """A JPEG as a telephone makes it that is held sideways: the picture lies, and a tag says how to turn it."""
    exif = Image.Exif()
    exif[0x0112] = turn
    return packed(image.transpose(Image.Transpose.ROTATE_90), "JPEG", exif=exif, dpi=(200, 200))


def clear() -> Image.Image:
    """The sheet in ink on nothing."""
    ink = sheet()
    whole = Image.new("RGBA", ink.size, (0, 0, 0, 0))
    whole.putalpha(ink.point(lambda value: 255 - value))
    return whole


@needs_ocr
@needs_font
@pytest.mark.parametrize(("name", "make", "kind"), [
    ("notice.png", lambda: packed(sheet(), "PNG", dpi=(200, 200)), "image/png"),
    ("notice.jpg", lambda: packed(sheet(mode="RGB"), "JPEG", quality=60, dpi=(200, 200)), "image/jpeg"),
    ("fax.tif", lambda: packed(sheet().convert("1"), "TIFF", compression="group4", dpi=(200, 200)), "image/tiff"),
    ("sideways.jpg", lambda: rotated(sheet(), 6), "image/jpeg"),
    ("clear.png", lambda: packed(clear(), "PNG", dpi=(200, 200)), "image/png"),
    ("deep.png", lambda: packed(Image.fromarray(np.asarray(sheet(), np.uint16) * 257), "PNG", dpi=(200, 200)), "image/png"),
    ("fine.png", lambda: packed(sheet(dpi=300), "PNG", dpi=(300, 300)), "image/png"),
])  # fmt: skip
def test_a_picture_is_read_as_the_page_that_it_shows(name: str, make: Callable[[], bytes], kind: str) -> None:
    data = make()
    told = pipeline.parse(data, Path(name), Settings())
    assert [line for line in told.text.splitlines() if line.strip()] == list(NOTICE)
    assert (told.source.media_type, told.source.pages, told.warnings[0].code) == (kind, 1, "ocr")
    assert [(mention.start, mention.page) for mention in told.dates] == [(date(2027, 1, 4), 1), (date(2027, 1, 8), 1)]
    box = told.dates[1].bbox
    assert box is not None
    assert (0.27 * WIDTH, 0.62 * HEIGHT) < box[:2] < box[2:] < (0.6 * WIDTH, 0.78 * HEIGHT)
    drawn = Image.open(io.BytesIO(formats.outlined(data, name, 1, box, Settings())))
    assert drawn.size == (round(2 * WIDTH), round(2 * HEIGHT))
    assert drawn.getpixel((round(2 * box[0]) - 4, round(box[1] + box[3]))) == (200, 0, 0)


@needs_ocr
@needs_font
def test_a_tiff_has_as_many_pages_as_it_says() -> None:
    data = packed(sheet(), "TIFF", save_all=True, append_images=[sheet(("Page two of the notice",))], dpi=(200, 200))
    document = formats.read(data, "notice.tif", Settings())
    assert document.pages == 2
    assert document.text.split("\n")[-1].strip() == "Page two of the notice"
    assert document.places is not None
    place = document.places.at((len(document.text) - 4, len(document.text)))
    assert place is not None
    assert place[0] == 2


def test_the_pages_of_a_tiff_are_not_counted_beyond_those_that_are_read() -> None:
    start = time.monotonic()
    document = formats.read(tiff(strip(600, 800, size=1), 50_000), "frames.tiff", Settings(ocr=False, max_pages=3))
    assert [(warn.code, warn.page) for warn in document.warnings] == [*(("no-text", page) for page in (1, 2, 3)), ("page-limit", None)]
    assert document.warnings[-1].message == "more than 3 pages; only the first 3 were read (CIRCULARS_MAX_PAGES)"
    assert time.monotonic() - start < 10, "counting them all takes minutes"


@needs_font
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_without_recognition_a_picture_says_that_it_was_not_read(kind: str) -> None:
    document = formats.read(packed(sheet(), kind), "notice", Settings(ocr=False))
    assert (document.text, [(warn.code, warn.page) for warn in document.warnings]) == ("", [("no-text", 1)])


def png_of(width: int, height: int) -> bytes:
    """A PNG that claims to be so large, and ends there."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head)) + struct.pack(">I", 0) + b"IDAT"


@pytest.mark.parametrize(("data", "told"), [
    (png_of(8_000, 8_000), "8000 × 8000 pixels is more than the limit"),
    (png_of(60_000, 60_000), "more pixels than the limit"),
    (png_of(200, 90), "a picture of 200 × 90 pixels; expected a page"),
    (b"\x89PNG\r\n\x1a\n\0\0", "damaged picture"),
    (b"\xff\xd8\xff\xe0" + bytes(400), "damaged picture"),
    (b"II*\0" + b"\xff" * 400, "damaged picture"),
    (b"MM\0*\0\0\0\x08" + bytes(10), "damaged picture"),
])  # fmt: skip
def test_a_picture_that_is_no_page_is_one_clear_error(data: bytes, told: str) -> None:
    with pytest.raises(UnreadableSource, match=told):
        formats.read(data, "picture", Settings())


@needs_ocr
@needs_font
def test_a_picture_that_is_cut_off_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint leaves it
    with pytest.raises(UnreadableSource, match="damaged picture"):
        formats.read(packed(sheet(mode="RGB"), "JPEG")[:6000], "cut.jpg", Settings())


@needs_ocr
@needs_font
def test_a_picture_attached_to_a_mail_is_read_and_one_of_no_circular_is_told() -> None:
    message = EmailMessage()
    message["From"], message["Subject"], message["Message-ID"] = "a@b.example", "Notice", "<1@b.example>"
    message.set_content("Please find attached.")
    for name, page in (("notice.png", sheet()), ("lunch.png", sheet(("Lunch at noon",)))):
        message.add_attachment(packed(page, "PNG", dpi=(200, 200)), maintype="image", subtype="png", filename=name)
    notice, lunch = pipeline.parse_all(message.as_bytes(), Path("mail.eml"), Settings())
    assert isinstance(notice, Expression)
    assert (notice.source.path, notice.number) == ("mail.eml/notice.png", "CD/TST/001/2027")
    assert str(lunch) == "mail.eml/lunch.png: a picture of no circular"


LETTER = tuple(f"{number}. Participants are asked to read this page, which is one of many, with care." for number in range(1, 5))


def pasted(*shown: bytes, text: str = "See below.", headers: Sequence[tuple[str, str]] = ()) -> bytes:
    """A mail whose page shows these pictures, as programs make it that paste a scan."""
    message = EmailMessage()
    message["From"], message["Subject"], message["Message-ID"] = "a@b.example", "Notice", "<1@b.example>"
    message.set_content(text)
    message.add_alternative(f"<p>{text}" + "".join(f'<img src="cid:{number}">' for number, _ in enumerate(shown)), subtype="html")
    page = message.get_payload()[1]  # type: ignore[index]
    for number, data in enumerate(shown):
        page.add_related(data, maintype="image", subtype="png", filename=f"image{number:03}.png", cid=f"<{number}>")  # type: ignore[union-attr]
        for name, value in headers:
            page.get_payload()[-1][name] = value  # type: ignore[index, union-attr]
    return message.as_bytes()


def seen(data: bytes, how: Settings | None = None) -> list[tuple[str, list[str]]]:
    """Path and warnings of each circular in a mail."""
    found = [one for one in pipeline.parse_all(data, Path("mail.eml"), how or Settings()) if isinstance(one, Expression)]
    return [(one.source.path, [warn.message for warn in one.warnings if warn.code == "mail-part"]) for one in found]


@needs_ocr
@needs_font
def test_a_scan_pasted_into_a_mail_is_read_and_its_further_pages_are_told() -> None:
    logo, photograph = png_of(200, 90), packed(Image.new("L", (1200, 900), "gray"), "PNG")
    data = pasted(logo, packed(sheet(), "PNG"), packed(sheet(LETTER), "PNG"), photograph)
    told = "image002.png: a picture in the text that names no house and no number; nothing was taken of it"
    assert seen(data) == [("mail.eml/image001.png", [told])]


@needs_font
def test_without_recognition_a_mail_tells_of_a_scan_in_its_text() -> None:
    why = "image000.png: in the text, a picture; nothing was read of it"
    assert seen(pasted(packed(sheet(), "PNG"), text="\n".join(NOTICE)), Settings(ocr=False)) == [("mail.eml", [why])]
    with pytest.raises(UnreadableSource, match=f"no circular in this e-mail: {why}"):
        seen(pasted(packed(sheet(), "PNG")), Settings(ocr=False))


def test_a_picture_in_a_mail_that_is_damaged_or_too_large_is_told() -> None:
    told = ["image000.png: a picture in the text: a picture with more pixels than the limit of 40000000 (CIRCULARS_MAX_PIXELS)"]
    assert seen(pasted(png_of(60_000, 60_000), text="\n".join(NOTICE))) == [("mail.eml", told)]


def test_pictures_of_a_saved_page_and_small_ones_are_passed_over() -> None:
    text = "\n".join(NOTICE)
    saved = pasted(png_of(1200, 900), text=text, headers=[("Content-Location", "https://a.example/photograph.png")])
    assert seen(saved) == seen(pasted(png_of(790, 600), png_of(1600, 400), text=text)) == [("mail.eml", [])]


# Layers of text -------------------------------------------------------------------------------------------------------


@needs_font
@pytest.mark.parametrize(("lines", "codes"), [(NOTICE, ["ocr"]), ((), ["no-text"])], ids=["scanner's text", "no text"])
def test_text_that_a_scanner_laid_over_its_picture_is_told(lines: Sequence[str], codes: list[str]) -> None:
    document = formats.read(pdf(sheet(), invisible="\n".join(lines)), "scan.pdf", Settings(ocr=False))
    assert [line for line in document.text.splitlines() if line.strip()] == list(lines)
    assert [warn.code for warn in document.warnings] == codes


@pytest.mark.parametrize(("mode", "drawn", "codes"), [
    ("RGB", (0, 0, WIDTH, HEIGHT), ["ocr"]),
    ("RGBA", (0, 0, WIDTH, HEIGHT), []),
    ("RGB", (0, 0, WIDTH, HEIGHT / 2), []),
], ids=["whole page", "one sees through it", "half of it"])  # fmt: skip
def test_text_over_which_a_picture_is_painted_is_a_scanner_s(mode: str, drawn: tuple[float, ...], codes: list[str]) -> None:
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=(WIDTH, HEIGHT))
    canvas.drawString(40, 150, "Form A is due on 8 January 2027.")
    canvas.drawImage(ImageReader(Image.new(mode, (900, 450), (255, 255, 255, 90)[: len(mode)])), *drawn, mask="auto")
    canvas.save()
    document = formats.read(written.getvalue(), "scan.pdf", Settings(ocr=False))
    assert (document.text, [warn.code for warn in document.warnings]) == ("Form A is due on 8 January 2027.", codes)


def test_printed_text_is_no_scanner_s() -> None:
    assert formats.read(pdf("Form A is due on 8 January 2027."), "notice.pdf", Settings()).warnings == ()


@needs_ocr
@needs_font
@pytest.mark.parametrize(("wrong", "told"), [
    (("", ""), []),
    (("8 January", "3 January"), ["the text layer says '3', the picture '8'"]),
    (("4 January", "4 February"), ["the text layer says 'February', the picture 'January'"]),
])  # fmt: skip
def test_what_text_and_picture_say_differently_is_told_with_both(wrong: tuple[str, str], told: list[str]) -> None:
    data = pdf(sheet(), invisible="\n".join(NOTICE).replace(*wrong))
    document = formats.read(data, "scan.pdf", Settings(ocr_compare=True))
    assert [warn.message for warn in document.warnings if warn.code == "ocr-differs"] == told
    assert [warn.code for warn in formats.read(data, "scan.pdf", Settings()).warnings] == ["ocr"]


def word(text: str, left: float) -> layers.Word:
    return layers.Word(text, (left, 100, left + 6 * len(text), 112))


@pytest.mark.parametrize(("layer", "seen", "told"), [
    ([word("２０２７", 10)], [word("2027", 11)], []),
    ([word("8", 10)], [word("8", 60)], ["the text layer says '8', which is not seen", "the picture says '8', which is not in the text layer"]),
    ([word("17:00", 10)], [word("11:00", 12)], ["the text layer says '17:00', the picture '11:00'"]),
    ([word("2027", 10)], [word("20", 10), word("27", 24)], ["the text layer says '2027', the picture '20 27'"]),
    ([word("八", 10)], [word("入", 10)], ["the text layer says '八', the picture '入'"]),
])  # fmt: skip
def test_numbers_are_compared_where_they_stand(layer: list[layers.Word], seen: list[layers.Word], told: list[str]) -> None:
    assert list(layers.differences(layer, seen)) == told
