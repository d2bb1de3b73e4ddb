"""Hostile and damaged files, made here: what a stranger, a bad disk or a broken mail gateway can put into the inbox.

Each case has a verdict. `read`: it must be read; `refused`: it must be refused with words that match; `any`: either will do,
as long as it ends within its limits and the next file is read. `python tools/robust.py` runs them.
"""

from __future__ import annotations

import base64
import io
import os
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Literal

Verdict = Literal["read", "refused", "any"]
GIB = 2**30
SECRET = "open-sesame-2027"
CANARY = "canary-4711-must-stay-outside"


@dataclass(frozen=True, slots=True)
class Case:
    """A file: `place` writes it where it is told to; `says` must be found in what a refusal says."""

    name: str
    place: Callable[[Path], None]
    verdict: Verdict = "any"
    says: str = ""


def case(name: str, make: Callable[[], bytes], verdict: Verdict = "any", says: str = "") -> Case:
    """A case whose bytes are made when they are written, so that the large ones are never in memory together."""
    return Case(name, lambda path: write(path, make()), verdict, says)


def write(path: Path, data: bytes) -> None:
    path.write_bytes(data)


# Good files, and what becomes of them -----------------------------------------------------------------------------------

TEXT = """\
Ref. No.: CD/OES/CCASS/{number:03}/2027
Date: 11/01/2027
HONG KONG SECURITIES CLEARING COMPANY LIMITED
CIRCULAR
Subject: Relay lines, part {number}
CPs must return the signed form no later than 5:00 p.m. on 18 March 2027 (Thursday).
"""


def good(number: int) -> bytes:
    """A small circular that is unlike every other."""
    return TEXT.format(number=number).encode()


@cache
def bases() -> dict[str, bytes]:
    """One sound file of each format, each with a circular of its own."""
    return {
        "plain.pdf": pdf_of_text(TEXT.format(number=901)), "english.pdf": reportlab("en"), "chinese.pdf": reportlab("zh-Hant"),
        "word.docx": docx(), "page.html": page(), "mail.eml": mail(), "notice.txt": good(902),
    }  # fmt: skip


@cache
def reportlab(lang: Literal["en", "zh-Hant"], password: str | None = None) -> bytes:
    """A page or two with a ruled schedule; encrypted where a password is given, which may be empty."""
    from pdf_content import content
    from pdf_factory import by_reportlab

    data = by_reportlab([("ruled", content(3 if password is None else 4 + len(password), lang, sections=1, events=4))])[0]
    return data if password is None else encrypted(password)


def encrypted(password: str) -> bytes:
    """A page in the standard fonts, encrypted; ReportLab encrypts while it writes."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, encrypt=StandardEncryption(password, ownerPassword="owner-of-this", strength=128), invariant=1)
    for number, line in enumerate(TEXT.format(number=903 + len(password)).splitlines()):
        canvas.drawString(60, 760 - 18 * number, line)
    canvas.save()
    return stream.getvalue()


@cache
def docx() -> bytes:
    from docx import Document

    document = Document()
    for line in TEXT.format(number=910).splitlines():
        document.add_paragraph(line)
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip((cell for row in table.rows for cell in row.cells), ("Date", "Event", "18 March 2027", "Forms"), strict=True):
        cell.text = words
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@cache
def page() -> bytes:
    lines = "".join(f"<p>{line}</p>" for line in TEXT.format(number=911).splitlines())
    return (
        f"<!doctype html><html lang=en><meta charset=utf-8><title>Circular</title><body>{lines}"
        "<table><tr><th>Date<th>Event<tr><td>18 March 2027<td>Forms</table></body></html>"
    ).encode()


@cache
def mail() -> bytes:
    from email.message import EmailMessage

    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "Circular", "desk@relay.example", "all@relay.example"
    message.set_content("Please find the circular attached.")
    message.add_attachment(good(912), maintype="text", subtype="plain", filename="circular.txt")
    message.add_attachment(pdf_of_text(TEXT.format(number=913)), maintype="application", subtype="pdf", filename="circular.pdf")
    return message.as_bytes()


def truncations() -> Iterator[Case]:
    """Every sound file cut off at every 5 %."""
    for name, data in bases().items():
        stem, suffix = name.split(".")
        for percent in range(5, 100, 5):
            yield case(f"{stem}-cut-{percent:02}.{suffix}", partial(data.__getitem__, slice(0, len(data) * percent // 100)))


SHARES = {"plain.pdf": 4, "english.pdf": 4, "chinese.pdf": 2, "word.docx": 3, "page.html": 2, "mail.eml": 3, "notice.txt": 1}


def mutations(count: int) -> Iterator[Case]:
    """So many damaged files, the same in every run: bytes flipped, cut out, doubled, moved; numbers made absurd; words swapped."""
    for name, share in SHARES.items():
        stem, suffix = name.split(".")
        for number in range(count * share // sum(SHARES.values()) + 1):
            kind, damage = DAMAGES[number % len(DAMAGES)]
            yield case(f"{stem}-{kind}-{number:04}.{suffix}", partial(damaged, name, damage, number))


def damaged(name: str, damage: Callable[[bytearray, random.Random], None], number: int) -> bytes:
    data, dice = bytearray(bases()[name]), random.Random(f"{name} {number}")
    for _ in range(dice.choice((1, 1, 2, 8))):
        damage(data, dice)
    return bytes(data)


def flip(data: bytearray, dice: random.Random) -> None:
    """One bit of some bytes."""
    for _ in range(dice.choice((1, 4, 32))):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)


def cut(data: bytearray, dice: random.Random) -> None:
    start = dice.randrange(len(data))
    del data[start : start + dice.choice((1, 16, 400))]
    data += b" " * (not data)


def double(data: bytearray, dice: random.Random) -> None:
    start, length = dice.randrange(len(data)), dice.choice((1, 50, 3000))
    data[start:start] = data[start : start + length]


def move(data: bytearray, dice: random.Random) -> None:
    start = dice.randrange(len(data))
    piece = data[start : start + 200]
    del data[start : start + 200]
    place = dice.randrange(len(data) + 1)
    data[place:place] = piece


def blank(data: bytearray, dice: random.Random) -> None:
    start, length = dice.randrange(len(data)), dice.choice((8, 512))
    data[start : start + length] = dice.choice((b"\0", b"\xff", b" "))[:1] * min(length, len(data) - start)


ABSURD = (b"-1", b"0", b"4294967295", b"2147483648", b"99999999999999999999", b"1e308", b"0.0000001")
WORDS = (b"endobj", b"endstream", b"stream", b"obj", b"xref", b"trailer", b"startxref", b"/Kids", b"/Parent", b"/Length", b"<<", b">>", b"R",
         b"<td", b"</", b"Content-Type", b"boundary", b"base64", b"PK\x01\x02", b"PK\x03\x04", b"w:tbl", b"multipart")  # fmt: skip


def number_absurd(data: bytearray, dice: random.Random) -> None:
    """A number is replaced."""
    places = [place for place in (dice.randrange(len(data)) for _ in range(400)) if 48 <= data[place] <= 57]
    if places:
        data[places[0] : places[0] + 1] = dice.choice(ABSURD)


def word_swapped(data: bytearray, dice: random.Random) -> None:
    """A word of the format's own is replaced by another."""
    for word in dice.sample(WORDS, len(WORDS)):
        place = data.find(word, dice.randrange(len(data)))
        if place >= 0:
            data[place : place + len(word)] = dice.choice(WORDS)
            return


DAMAGES: Sequence[tuple[str, Callable[[bytearray, random.Random], None]]] = (
    ("flip", flip), ("cut", cut), ("double", double), ("move", move), ("blank", blank), ("absurd", number_absurd), ("swap", word_swapped),
)  # fmt: skip


# PDF by hand ------------------------------------------------------------------------------------------------------------

Objects = dict[int, bytes]


def pdf(objects: Objects, root: int = 1, trailer: bytes = b"") -> bytes:
    """A PDF of these objects with a true cross-reference table."""
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n" % size
    out += b"".join(b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n" for n in range(size))
    return bytes(out + b"trailer\n<< /Size %d /Root %d 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, root, trailer, start))


def stream(data: bytes, entries: bytes = b"", *, packed: bool = False) -> bytes:
    body = zlib.compress(data, 1) if packed else data
    return b"<< /Length %d %s%s >>\nstream\n%s\nendstream" % (len(body), b"/Filter /FlateDecode " * packed, entries, body)


def one_page(content: bytes, page: bytes = b"", resources: bytes = b"", more: Objects | None = None, root: bytes = b"") -> bytes:
    """A page with this content stream (an object's whole body), more entries of page and resources, and more objects from 10."""
    return pdf({
        1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % root,
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> %s >> %s >>" % (resources, page),
        4: content,
        5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        **(more or {}),
    })  # fmt: skip


def drawn(lines: str) -> bytes:
    shown = (b"(%s) Tj T*" % line.translate({40: "\\(", 41: "\\)"}).encode("latin-1") for line in lines.splitlines())
    return b"BT /F 11 Tf 14 TL 60 780 Td\n%s\nET" % b"\n".join(shown)


def pdf_of_text(lines: str) -> bytes:
    return one_page(stream(drawn(lines)))


HELLO = drawn(TEXT.format(number=950))


@cache
def zeros(size: int) -> bytes:
    """The zlib stream of so many zero bytes (a multiple of 1 MiB): a thousandth of their size, made at once."""
    packer = zlib.compressobj(9, wbits=-15)
    piece = packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\xda" + piece * (size // 2**20) + b"\x03\x00" + struct.pack(">HH", size % 65521, 1)


def bomb(entries: bytes = b"", size: int = GIB) -> bytes:
    body = zeros(size)
    return b"<< /Length %d /Filter /FlateDecode %s >>\nstream\n%s\nendstream" % (len(body), entries, body)


def image(entries: bytes, body: bytes) -> bytes:
    """A page that shows one image."""
    more = {10: b"<< /Type /XObject /Subtype /Image %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(body), body)}
    return one_page(stream(b"q 500 0 0 700 40 40 cm /I Do Q"), resources=b"/XObject << /I 10 0 R >>", more=more)


def jbig2() -> bytes:
    """A page information segment of 2³¹ by 2³¹ pixels, and a generic region as large."""
    side = 2**31 - 1
    page_info = struct.pack(">IBBI", 0, 0x30, 1, 19) + struct.pack(">IIIIBH", side, side, 0, 0, 0, 0)
    region = struct.pack(">IIIIB", side, side, 0, 0, 0) + b"\0" + b"\x03\xff\xfd\xff\x02\xfe\xfe\xfe" + bytes(64)
    return page_info + struct.pack(">IBBI", 1, 0x26, 1, len(region)) + region


def jpx(side: int) -> bytes:
    """A JPEG 2000 code stream that claims so many pixels a side, in one tile."""
    size = struct.pack(">HHIIIIIIIIH", 47, 0, side, side, 0, 0, side, side, 0, 0, 3) + b"\x07\x01\x01" * 3
    coding = b"\xff\x52\x00\x0c\x00\x00\x00\x01\x01\x05\x04\x04\x00\x00"
    return (
        b"\xff\x4f\xff\x51"
        + size
        + coding
        + b"\xff\x5c\x00\x13\x40"
        + b"\x40" * 16
        + b"\xff\x90\x00\x0a\x00\x00\x00\x00\x00\x00\x00\x01\xff\x93"
        + bytes(64)
        + b"\xff\xd9"
    )


def jpeg(side: int) -> bytes:
    tables = b"\xff\xdb\x00\x43\x00" + b"\x01" * 64
    frame = b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", side, side) + b"\x01\x01\x11\x00"
    huffman = b"\xff\xc4\x00\x14\x00" + b"\x01" + bytes(15) + b"\x00" + b"\xff\xc4\x00\x14\x10" + b"\x01" + bytes(15) + b"\x00"
    return b"\xff\xd8" + tables + frame + huffman + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + bytes(4000) + b"\xff\xd9"


def laughing_forms(fan: int, depth: int) -> bytes:
    """Forms that draw the next one so many times each: fan to the power of depth drawings."""
    forms = {
        10 + n: stream(b"/X Do " * fan if n < depth else b"BT /F 9 Tf (ha) Tj ET",
                       b"/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources << /Font << /F 5 0 R >> /XObject << /X %d 0 R >> >>" % (11 + n))
        for n in range(depth + 1)
    }  # fmt: skip
    return one_page(stream(b"/X Do"), resources=b"/XObject << /X 10 0 R >>", more=forms)


def pages(count: int, claimed: int | None = None) -> bytes:
    """A document whose tree names one page so many times, and claims as many or another number."""
    return pdf({
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b"3 0 R " * count, count if claimed is None else claimed),
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        4: stream(HELLO),
        5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    })  # fmt: skip


def deep_tree(depth: int, *, loop: bool) -> bytes:
    """A page tree of one child each; the last leads to a page, or back to the root."""
    nodes = {10 + n: b"<< /Type /Pages /Parent %d 0 R /Kids [%d 0 R] /Count 1 >>" % (9 + n if n else 2, 11 + n) for n in range(depth)}
    nodes[10 + depth] = nodes[10] if loop else b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>" % (9 + depth)
    if loop:
        nodes[9 + depth] = b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 10 0 R] /Count 2 >>"
    return pdf({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [10 0 R] /Count 1 >>", 4: stream(HELLO), **nodes})


def xref_loop(*, far: bool) -> bytes:
    """A cross-reference section whose `Prev` is itself, or two that name each other."""
    sound = pdf_of_text(TEXT.format(number=951 + far))
    start = int(sound.split(b"startxref\n")[1].split()[0])
    if not far:
        return sound.replace(b"/Root", b"/Prev %d /Root" % start)
    first = sound.replace(b"/Root", b"/Prev %010d /Root" % (len(sound) + 22))
    return first + b"xref\n0 0\ntrailer\n<< /Size 6 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (start, len(sound) + 22)


def cross_reference_bomb() -> bytes:
    """A PDF whose cross-reference stream inflates to 1 GiB."""
    head = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
    body = bomb(b"/Type /XRef /Size 200000000 /W [1 3 1] /Root 1 0 R ")
    return head + b"3 0 obj\n" + body + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(head)


def outlines(depth: int, *, loop: bool) -> bytes:
    more = {
        10 + n: b"<< /Title (Chapter) /Parent %d 0 R /First %d 0 R /Last %d 0 R /Next %d 0 R /Count 1 >>"
        % (9 + n, 11 + n, 11 + n, 10 if loop else 11 + n)
        for n in range(depth)
    }
    return one_page(stream(HELLO), more=more, root=b"/Outlines 10 0 R /PageMode /UseOutlines")


def annotations(count: int) -> bytes:
    link = b"<< /Type /Annot /Subtype /Link /Rect [0 0 600 900] /A << /S /URI /URI (https://relay.example/%d) >> >>"
    return one_page(stream(HELLO), page=b"/Annots [%s]" % b" ".join(link % n for n in range(count)))


def fonts(mapping: bytes) -> bytes:
    """A page in a composite font with this ToUnicode map (an object's whole body)."""
    more = {
        10: b"<< /Type /Font /Subtype /Type0 /BaseFont /Bad /Encoding /Identity-H /DescendantFonts [11 0 R] /ToUnicode 12 0 R >>",
        11: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Bad /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
            b" /DW 1000 /W [0 65535 500] /FontDescriptor << /Type /FontDescriptor /FontName /Bad /Flags 4 >> >>",
        12: mapping,
    }  # fmt: skip
    return one_page(stream(b"BT /G 11 Tf 60 700 Td <00010002000300FF> Tj ET"), resources=b"/Font << /G 10 0 R >>", more=more)


def type3_of_itself() -> bytes:
    """A font whose only glyph is written in that font."""
    more = {
        10: b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [.001 0 0 .001 0 0] /FirstChar 97 /LastChar 97 /Widths [1000]"
            b" /Encoding << /Differences [97 /a] >> /CharProcs << /a 11 0 R >> /Resources << /Font << /T 10 0 R >> >> >>",
        11: stream(b"1000 0 d0 BT /T 1 Tf (aaaaaaaa) Tj ET"),
    }  # fmt: skip
    return one_page(stream(b"BT /T 11 Tf 60 700 Td (aaaa) Tj ET"), resources=b"/Font << /T 10 0 R >>", more=more)


def object_stream_of_itself() -> bytes:
    """An object stream that extends itself."""
    inner = b"20 0 21 4 null null"
    more = {10: stream(inner, b"/Type /ObjStm /N 2 /First 10 /Extends 10 0 R ")}
    return one_page(stream(HELLO), more=more, root=b"/Extra 20 0 R")


def operators(operator: bytes, count: int, before: bytes = b"", after: bytes = b"") -> bytes:
    return one_page(stream(before + operator * count + after, packed=True))


def scattered(count: int) -> bytes:
    """So many words, each at a place of its own."""
    dice = random.Random(5)
    words = (b"1 0 0 1 %d %d Tm (w%d) Tj" % (dice.randrange(595), dice.randrange(842), n) for n in range(count))
    return one_page(stream(b"BT /F 1 Tf " + b"\n".join(words) + b" ET", packed=True))


def lattice(count: int) -> bytes:
    """So many rulings each way over one page."""
    lines = (b"%.3f 0 m %.3f 842 l S 0 %.3f m 595 %.3f l S" % ((n * 595 / count,) * 2 + (n * 842 / count,) * 2) for n in range(count))
    return one_page(stream(b"0.1 w " + b"\n".join(lines) + b" " + HELLO, packed=True))


def box(size: bytes) -> Callable[[], bytes]:
    return lambda: one_page(stream(HELLO)).replace(b"[0 0 595 842]", size)


def pdf_bombs() -> Iterator[Case]:
    """PDFs with loops in their structure, and with streams and pictures that unpack to far more than they are."""
    yield case("xref-self.pdf", partial(xref_loop, far=False))
    yield case("xref-pair.pdf", partial(xref_loop, far=True))
    yield case("tree-loop.pdf", partial(deep_tree, 3, loop=True))
    yield case("tree-self.pdf", lambda: pages(1).replace(b"/Kids [3 0 R ]", b"/Kids [2 0 R ]"))
    yield case("tree-deep.pdf", partial(deep_tree, 20_000, loop=False))
    yield case("flate-content.pdf", lambda: one_page(bomb()))
    yield case("flate-twice.pdf", lambda: one_page(stream(zlib.compress(zeros(GIB)), b"/Filter [/FlateDecode /FlateDecode]")))
    yield case("flate-tounicode.pdf", lambda: fonts(bomb()))
    yield case(
        "flate-objects.pdf", lambda: one_page(stream(HELLO), more={10: bomb(b"/Type /ObjStm /N 9 /First 99 ")}, root=b"/Extra 11 0 R")
    )
    yield case("flate-xref.pdf", cross_reference_bomb)
    grey = b"/Width 32768 /Height 32768 /ColorSpace /DeviceGray /BitsPerComponent 8"
    yield case("flate-image.pdf", lambda: image(grey + b" /Filter /FlateDecode", zeros(GIB)))
    yield case("runlength-image.pdf", lambda: image(grey + b" /Filter /RunLengthDecode", b"\x81\x00" * 4_000_000 + b"\x80"))
    yield case("huge-image.pdf", lambda: image(grey.replace(b"32768", b"2147483647"), bytes(100)))
    yield case(
        "fax-image.pdf",
        lambda: image(
            grey.replace(b"32768", b"60000") + b" /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 60000 /Rows 60000 >>", bytes(9999)
        ),
    )
    yield case(
        "jbig2.pdf", lambda: image(b"/Width 40000 /Height 40000 /ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /JBIG2Decode", jbig2())
    )
    yield case("jpx.pdf", lambda: image(b"/Width 65000 /Height 65000 /Filter /JPXDecode", jpx(65000)))
    yield case("jpx-wide.pdf", lambda: image(b"/Width 65000 /Height 65000 /Filter /JPXDecode", jpx(2**31 - 1)))
    yield case(
        "jpeg.pdf", lambda: image(b"/Width 65500 /Height 65500 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode", jpeg(65500))
    )


def pdf_drawings() -> Iterator[Case]:
    """PDFs whose one page draws, nests or names too much."""
    deep = 500_000
    yield case("text-operators.pdf", lambda: operators(b"(x) Tj ", 1_000_000, b"BT /F 1 Tf 60 700 Td ", b"ET"))
    yield case("text-lines.pdf", lambda: operators(b"(1 May 2027) ' ", 300_000, b"BT /F 1 Tf .01 TL 60 700 Td ", b"ET"))
    yield case("text-scattered.pdf", partial(scattered, 200_000))
    yield case("nested-states.pdf", lambda: operators(b"q ", deep, after=HELLO))
    yield case("nested-texts.pdf", lambda: operators(b"BT ", deep, after=HELLO))
    yield case("nested-arrays.pdf", lambda: operators(b"[", deep, after=HELLO))
    yield case("nested-dictionaries.pdf", lambda: operators(b"/A << /B ", deep, after=HELLO))
    yield case("nested-brackets.pdf", lambda: operators(b"(", deep, after=HELLO))
    yield case("object-of-arrays.pdf", lambda: one_page(stream(HELLO), more={10: b"[" * deep + b"]" * deep}, root=b"/Extra 10 0 R"))
    yield case(
        "object-of-dictionaries.pdf",
        lambda: one_page(stream(HELLO), more={10: b"<</A " * deep + b"1" + b">>" * deep}, root=b"/Extra 10 0 R"),
    )
    yield case("marked-content.pdf", lambda: operators(b"/P << /MCID 0 >> BDC ", 300_000, after=HELLO))
    yield case("paths.pdf", lambda: operators(b"0 0 m 9 9 l S ", 500_000))
    yield case("rectangles.pdf", lambda: operators(b"1 1 90 .5 re f ", 300_000))
    yield case("one-long-path.pdf", lambda: operators(b"9 9 l ", 1_000_000, b"0 0 m ", b"S"))
    yield case("lattice.pdf", partial(lattice, 3000))
    yield case("clips.pdf", lambda: operators(b"0 0 99 99 re W n ", 300_000, after=HELLO))
    yield case("form-of-itself.pdf", lambda: one_page(
        stream(b"/X Do"), resources=b"/XObject << /X 10 0 R >>",
        more={10: stream(b"/X Do /X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 10 0 R >> >>")}))  # fmt: skip
    yield case("forms-laughing.pdf", partial(laughing_forms, 10, 9))
    yield case("forms-deep.pdf", partial(laughing_forms, 1, 5000))


def pdf_structures() -> Iterator[Case]:
    """PDFs of too many objects, pages or sizes, and encrypted ones."""
    yield case("objects.pdf", lambda: one_page(stream(HELLO), more={n: b"<< /A [%d 0 R] >>" % (n - 1) for n in range(10, 100_010)}))
    yield case("reference-loop.pdf", lambda: one_page(b"10 0 R", more={10: b"11 0 R", 11: b"10 0 R"}))
    yield case("length-of-itself.pdf", lambda: one_page(b"<< /Length 4 0 R >>\nstream\n" + HELLO + b"\nendstream"))
    yield case("object-stream-of-itself.pdf", object_stream_of_itself)
    yield case("pages-100000.pdf", partial(pages, 100_000))
    yield case("pages-claimed.pdf", partial(pages, 1, 2**31 - 1))
    yield case("pages-negative.pdf", partial(pages, 1, -5))
    yield case("pages-none.pdf", partial(pages, 0))
    for name, size in (
        ("huge", b"[0 0 1e9 1e9]"),
        ("empty", b"[0 0 0 0]"),
        ("turned", b"[900 900 -900 -900]"),
        ("absurd", b"[1e308 -1e308 (x) null]"),
        ("far", b"[1e7 1e7 10000595 10000842]"),
    ):
        yield case(f"box-{name}.pdf", box(size))
    yield case("user-unit.pdf", lambda: one_page(stream(HELLO), page=b"/UserUnit 1e9"))
    yield case("rotate.pdf", lambda: one_page(stream(HELLO), page=b"/Rotate 2147483645"))
    yield case("outlines-deep.pdf", partial(outlines, 100_000, loop=False))
    yield case("outlines-loop.pdf", partial(outlines, 50, loop=True))
    yield case("annotations.pdf", partial(annotations, 100_000))
    yield case("font-of-itself.pdf", type3_of_itself)
    for name, table in (
        ("range", b"1 beginbfrange <0000> <FFFFFFFF> <0041> endbfrange"),
        ("long", b"1 beginbfchar <0001> <" + b"4E00" * 500_000 + b"> endbfchar"),
        ("count", b"999999999 beginbfchar <0001> <4E00> endbfchar"),
    ):
        yield case(
            f"tounicode-{name}.pdf",
            partial(lambda body: fonts(stream(body)), b"/CIDInit /ProcSet findresource begin begincmap " + table + b" endcmap end"),
        )
    yield case("filters.pdf", lambda: one_page(stream(HELLO, b"/Filter [" + b"/ASCIIHexDecode " * 50_000 + b"]")))
    yield case("header-only.pdf", lambda: b"%PDF-1.7\n")
    yield case("objects-only.pdf", lambda: b"%PDF-1.7\n" + b"1 0 obj\n" * 1_000_000)
    yield case("script.pdf", lambda: one_page(stream(HELLO), root=b"/OpenAction << /S /JavaScript /JS (while\\(true\\){}) >>"), "read")
    yield case("empty-password.pdf", partial(encrypted, ""), "read")
    yield case("password.pdf", partial(encrypted, SECRET), "refused", "password")


# Word, web, mail, text --------------------------------------------------------------------------------------------------


def rezipped(changes: dict[str, bytes], *, without: Sequence[str] = ()) -> bytes:
    """The sound Word file with some of its parts replaced, added or left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name in old.namelist():
            if name not in changes and name not in without:
                new.writestr(name, old.read(name))
        for name, data in changes.items():
            new.writestr(name, data)
    return out.getvalue()


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(body: str, before: str = "") -> bytes:
    """The sound Word file with this body."""
    xml = f'<?xml version="1.0" encoding="UTF-8"?>{before}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return rezipped({"word/document.xml": xml.encode()})


def said(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def laughs(root: str, *, depth: int = 9) -> str:
    """The billion laughs."""
    lines = ['<!ENTITY l0 "lol">', *(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, depth + 1))]
    return f"<!DOCTYPE {root} [{''.join(lines)}]>"


def outside(path: str) -> str:
    """An entity that is a file of the machine."""
    return f'<!DOCTYPE x [<!ENTITY out SYSTEM "file://{path}">]>'


def zip_of_zeros(name: str) -> bytes:
    """The sound Word file with this part inflating to 1 GiB."""
    packed = zeros(GIB)[2:-4]
    data, crc = rezipped({}, without=[name]), zlib.crc32(b"")
    for _ in range(GIB // 2**24):
        crc = zlib.crc32(bytes(2**24), crc)
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        count = len(old.namelist())
    encoded = name.encode()
    directory = int.from_bytes(data[-6:-2], "little")
    fields = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, crc, len(packed), GIB, len(encoded), 0)
    local = b"PK\x03\x04" + fields + encoded + packed
    central = b"PK\x01\x02\x14\x00" + fields + struct.pack("<HHHII", 0, 0, 0, 0, directory) + encoded
    table = data[directory:-22] + central
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count + 1, count + 1, len(table), directory + len(local), 0)
    return data[:directory] + local + table + end


def many_parts(count: int) -> bytes:
    return rezipped({f"word/media/{number}.bin": b"" for number in range(count)})


def word_bombs(canary: Path) -> Iterator[Case]:
    """Word files that unpack, nest or refer without end."""
    yield case("zip-bomb.docx", partial(zip_of_zeros, "word/document.xml"), "refused")
    yield case("zip-bomb-image.docx", partial(zip_of_zeros, "word/media/image1.png"))
    yield case("zip-bomb-styles.docx", partial(zip_of_zeros, "word/styles.xml"))
    yield case("zip-parts.docx", partial(many_parts, 20_000))
    yield case("zip-doubled.docx", lambda: docx() * 2)
    yield case("laughs.docx", lambda: word(said("&l9;"), laughs("x")))
    yield case("laughs-quadratic.docx", lambda: word(said("&a;" * 50_000), f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]>'))
    yield case("outside.docx", lambda: word(said("CIRCULAR") + said("&out;"), outside(str(canary))))
    yield case(
        "outside-styles.docx", lambda: rezipped({"word/styles.xml": f"<?xml version='1.0'?>{outside(str(canary))}<x>&out;</x>".encode()})
    )
    yield case("nested-tables.docx", lambda: word("<w:tbl><w:tr><w:tc>" * 20_000 + said("deep") + "</w:tc></w:tr></w:tbl>" * 20_000))
    yield case("nested-runs.docx", lambda: word("<w:p>" + "<w:ins>" * 100_000 + "</w:ins>" * 100_000 + "</w:p>"))
    yield case(
        "span.docx",
        lambda: word(f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>{said("1 May 2027")}</w:tc></w:tr></w:tbl>'),
    )
    yield case("grid.docx", lambda: word("<w:tbl>" + f"<w:tr>{'<w:tc/>' * 1000}</w:tr>" * 1000 + "</w:tbl>"))
    yield case("paragraphs.docx", lambda: word(said("on 1 May 2027") * 200_000))
    yield case("no-document.docx", lambda: rezipped({}, without=["word/document.xml"]), "refused")
    yield case("no-types.docx", lambda: rezipped({}, without=["[Content_Types].xml"]))
    yield case("climbing.docx", lambda: rezipped({"../../../../tmp/climbed.txt": b"up"}))
    yield case("old.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096), "refused")


def html(body: str, before: str = "<!doctype html><html><meta charset=utf-8>") -> bytes:
    return f"{before}<body><p>CIRCULAR</p>{body}".encode()


def web_bombs(canary: Path) -> Iterator[Case]:
    """Web pages that are too long, too deep or too wide."""
    yield Case("large.html", partial(large, 200_000_000), "refused", "limit")
    yield case("nested.html", lambda: html("<div>" * 500_000 + "18 March 2027"), "refused", "deep")
    yield case("nested-inline.html", lambda: html("<b><i>" * 200_000 + "18 March 2027"), "refused", "deep")
    yield case("nested-tables.html", lambda: html("<table><tr><td>" * 20_000 + "18 March 2027"))
    yield case("nested-lists.html", lambda: html("<ul><li>" * 50_000 + "18 March 2027"))
    yield case("span.html", lambda: html("<table><tr><td colspan=999999999 rowspan=999999999>18 March 2027<td>x</table>"))
    yield case("spans.html", lambda: html("<table>" + "<tr>" + "<td rowspan=65000 colspan=900>1 May" * 50 + "</table>"))
    yield case("cells.html", lambda: html("<table>" + ("<tr>" + "<td>1 May 2027" * 50) * 4000 + "</table>"))
    yield case("attributes.html", lambda: html("<p " + " ".join(f"a{n}=b" for n in range(500_000)) + ">18 March 2027</p>"))
    yield case("comment.html", lambda: html("<!--" * 1_000_000))
    yield case("unclosed.html", lambda: html("<p" * 1_000_000))
    yield case("references.html", lambda: html("&amp;&#x4e00;&nosuch;" * 400_000))
    yield case(
        "laughs.xhtml", lambda: html("&l9;", '<?xml version="1.0"?>' + laughs("html") + '<html xmlns="http://www.w3.org/1999/xhtml">')
    )
    yield case(
        "outside.xhtml",
        lambda: html("&out;", '<?xml version="1.0"?>' + outside(str(canary)) + '<html xmlns="http://www.w3.org/1999/xhtml">'),
    )
    yield case("zeros.html", lambda: html("\0" * 5_000_000))
    yield case("utf-7.html", lambda: html("+ADw-script+AD4-", "<html><meta charset=utf-7>"))
    yield case("charset.html", lambda: html("一" * 1000, "<html><meta charset=cp037>"))


def large(size: int, path: Path) -> None:
    """A page of so many bytes, most of them in no block of the disk."""
    with path.open("wb") as stream:
        stream.write(html("<p>"))
        stream.truncate(size)


def mails(inner: bytes, depth: int) -> bytes:
    """A mail in a mail in a mail."""
    for level in range(depth):
        mark = b"b%d" % level
        inner = b"MIME-Version: 1.0\nSubject: level %d\nContent-Type: multipart/mixed; boundary=%s\n\n--%s\nContent-Type: message/rfc822\n\n%s\n--%s--\n" % (level, mark, mark, inner, mark)  # fmt: skip
    return inner


def attached(name: str, data: bytes, kind: str = "application/octet-stream") -> bytes:
    from email.message import EmailMessage

    message = EmailMessage()
    message["Subject"] = "Circular"
    message.set_content("See the attachment.")
    message.add_attachment(data, *kind.split("/"), filename=name)
    return message.as_bytes()


def chunk(kind: bytes, body: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, *more: bytes, pixels: bytes | None = None) -> bytes:
    """A grey picture with more chunks before its pixels, which are white unless they are given as a zlib stream."""
    if pixels is None:
        pixels = zlib.compress((b"\0" + b"\xff" * width) * height, 1)
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def tiff(fields: Sequence[tuple[int, int, int, int]], frames: int = 1, *, loop: bool = False, data: bytes = b"") -> bytes:
    """A TIFF with so many directories of these fields (tag, type, count, value), the last naming none, or the first one again."""
    start, size = 8 + len(data), 6 + 12 * len(fields)
    entries = struct.pack("<H", len(fields)) + b"".join(struct.pack("<HHII", *entry) for entry in fields)
    nexts = [start + (number + 1) * size for number in range(frames - 1)] + [start if loop else 0]
    return b"II*\0" + struct.pack("<I", start) + data + b"".join(entries + struct.pack("<I", place) for place in nexts)


def strip(width: int, height: int, packed: int = 1, size: int = 0, offset: int = 8) -> list[tuple[int, int, int, int]]:
    """The fields of a grey picture in one strip; `packed` is 1 for plain and 8 for deflated pixels."""
    return [(256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 8), (259, 3, 1, packed), (262, 3, 1, 1), (273, 4, 1, offset),
            (277, 3, 1, 1), (278, 4, 1, height), (279, 4, 1, size or width * height)]  # fmt: skip


@cache
def scan(kind: str) -> bytes:
    """A picture of a circular, in one of the three formats."""
    from PIL import Image, ImageDraw

    sheet, stream = Image.new("L", (900, 620), "white"), io.BytesIO()
    for number, line in enumerate(TEXT.format(number=930).splitlines()):
        ImageDraw.Draw(sheet).text((40, 60 + 60 * number), line, fill="black", font_size=20)
    sheet.save(stream, kind, **({"quality": 60} if kind == "JPEG" else {}))
    return stream.getvalue()


SCANS = {"scan.png": "PNG", "scan.jpg": "JPEG", "scan.tiff": "TIFF"}


def damaged_scans(count: int = 9) -> Iterator[Case]:
    """Pictures of a circular, cut off at every 10 %, and so many of each format with bytes flipped or cut out."""
    for name, kind in SCANS.items():
        stem, suffix = name.split(".")
        for percent in range(10, 100, 10):
            yield case(
                f"{stem}-cut-{percent}.{suffix}", partial(lambda kind, share: scan(kind)[: len(scan(kind)) * share // 100], kind, percent)
            )
        for number in range(count):
            yield case(f"{stem}-damaged-{number:02}.{suffix}", partial(hurt, kind, number))


def hurt(kind: str, number: int) -> bytes:
    data, dice = bytearray(scan(kind)), random.Random(f"{kind} {number}")
    (flip, cut, blank)[number % 3](data, dice)
    return bytes(data)


def picture_bombs() -> Iterator[Case]:
    """Pictures that claim, unpack to or are made of far more than a page."""
    limit = ("refused", "limit")
    yield case("scan-whole.png", partial(scan, "PNG"))
    for name, side in (("large", 60_000), ("absurd", 2**31 - 1)):
        yield case(f"{name}.png", partial(png, side, side, pixels=b""), *limit)
        yield case(f"{name}.tiff", lambda side=side: tiff(strip(side, side, size=100)), *limit)
    yield case("wide.png", lambda: png(30_000_000, 1, pixels=b""))
    yield case("tall.tiff", lambda: tiff(strip(1, 30_000_000, size=100)))
    yield case("just-allowed.png", lambda: png(6_300, 6_300))
    yield case("large.jpg", lambda: jpeg(65_500), *limit)
    yield case("broken.jpg", lambda: jpeg(6_000))
    yield case("pixels.png", lambda: png(1_000, 1_000, pixels=zeros(GIB)))
    for kind, head in (("zTXt", b"Comment\0\0"), ("iCCP", b"icc\0\0"), ("iTXt", b"Comment\0\1\0en\0\0")):
        yield case(f"chunk-{kind}.png", partial(lambda kind, head: png(600, 800, chunk(kind, head + zeros(GIB))), kind.encode(), head))
    yield case("chunks.png", lambda: png(600, 800, chunk(b"tEXt", b"a\0b") * 400_000))
    yield case("chunk-endless.png", lambda: png(600, 800, struct.pack(">I", 2**31 - 1) + b"tEXt"))
    yield case("segments.jpg", lambda: jpeg(900)[:2] + b"\xff\xe1\x00\x08Exif\0\0" * 900_000 + jpeg(900)[2:])
    yield case("scans.jpg", lambda: jpeg(900)[:-2] + (b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + bytes(9)) * 200_000 + b"\xff\xd9")
    yield case("frames.tiff", lambda: tiff(strip(600, 800), 50_000, data=b"\xff" * 480_000))
    yield case("frames-empty.tiff", lambda: tiff(strip(600, 800, size=1), 100_000))
    yield case("loop.tiff", lambda: tiff(strip(600, 800), 3, loop=True, data=b"\xff" * 480_000))
    yield case("deflated.tiff", lambda: tiff(strip(1_000, 1_000, 8, len(zeros(GIB))), data=zeros(GIB)))
    yield case("count.tiff", lambda: tiff([*strip(600, 800), (270, 2, 2**32 - 1, 8), (34675, 7, 2**31, 8)], data=bytes(99)))
    yield case(
        "strips.tiff", lambda: tiff([entry if entry[0] != 273 else (273, 4, 2**28, 8) for entry in strip(600, 800)], data=bytes(999))
    )
    yield case("media.docx", lambda: rezipped({f"word/media/image{n}.png": png(60_000, 60_000, pixels=b"") for n in range(2_000)}))
    yield case("shown.eml", lambda: shown([png(60_000, 60_000, pixels=b""), png(600, 1_000, chunk(b"iCCP", b"icc\0\0" + zeros(GIB)))]))
    yield case("shown-many.eml", lambda: shown([png(850, 1_100 + number) for number in range(300)]))
    yield case("shown-frames.eml", lambda: shown([tiff(strip(850, 1_100, size=1), 20_000)]))
    yield case("shown-cut.eml", lambda: shown([scan("JPEG")[:9_000], scan("PNG")[:3_000]]))


def shown(pictures: Sequence[bytes]) -> bytes:
    """A mail whose text is a circular and shows these pictures."""
    parts = b"".join(
        b"--x\nContent-Type: image/png; name=a%d.png\nContent-ID: <%d>\nContent-Transfer-Encoding: base64\n\n%s\n"
        % (number, number, base64.encodebytes(data))
        for number, data in enumerate(pictures)
    )
    head = b"MIME-Version: 1.0\nSubject: shown\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/plain\n\n"
    return head + TEXT.format(number=931).encode() + parts + b"--x--\n"


LIES = (
    "utf-16",
    "utf-32",
    "utf-7",
    "idna",
    "punycode",
    "unicode_escape",
    "rot13",
    "hex",
    "zlib",
    "bz2",
    "undefined",
    "mbcs",
    "nosuch",
    "big5",
    "x" * 9_000,
)


def lying_mails() -> Iterator[Case]:
    """Mails whose headers lie about what follows, or never end."""
    told = TEXT.format(number=932).encode()
    for number, name in enumerate(LIES):
        for how in ("8bit", "base64"):
            body = base64.encodebytes(told) if how == "base64" else told
            head = f"MIME-Version: 1.0\nSubject: x\nContent-Type: text/plain; charset={name}\nContent-Transfer-Encoding: {how}\n\n"
            yield case(f"charset-{number:02}-{how}.eml", partial(bytes.__add__, head.encode(), body))
    head = b"MIME-Version: 1.0\nSubject: x\n"
    continued = b"".join(b"\n filename*%d*=UTF-8''a;" % number for number in range(100_000))
    yield case("parameters.eml", lambda: head + b"Content-Type: application/pdf\nContent-Disposition: attachment;" + continued + b"\n\nx")
    yield case("folded.eml", lambda: head + b"To: a@b.example" + b",\n a@b.example" * 300_000 + b"\n\n" + told)
    yield case("subject.eml", lambda: head + b"X: " + b"=?big5?q?=A4=40?= " * 300_000 + b"\n\n" + told)
    yield case("boundary-long.eml", lambda: head + b"Content-Type: multipart/mixed; boundary=" + b"x" * 1_000_000 + b"\n\n--x\n\n" + told)
    yield case(
        "quoted.eml",
        lambda: head + b"Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n" + told + b"=\n" * 2_000_000,
    )
    yield case(
        "uuencoded.eml",
        lambda: head + b"Content-Type: text/plain\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n" + b"M" * 9_000_000,
    )
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level) for level in range(10_000))
    yield case("nested.eml", lambda: b"MIME-Version: 1.0\nSubject: x\n" + nested + b"Content-Type: text/plain\n\n" + told)
    yield case(
        "one-boundary.eml",
        lambda: (
            head + b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\nContent-Type: multipart/mixed; boundary=x\n\n" * 20_000 + told
        ),
    )


def mail_bombs() -> Iterator[Case]:
    """Mails within mails, and attachments that are bombs themselves."""
    part = b"--x\nContent-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nhello\n"
    head = b"MIME-Version: 1.0\nSubject: parts\nContent-Type: multipart/mixed; boundary=x\n\n"
    yield case("recursive.eml", partial(mails, mail(), 20))
    yield case("recursive-deep.eml", partial(mails, mail(), 400), "refused", "CIRCULARS_MAX_DEPTH")
    yield case("parts.eml", lambda: head + part * 10_000 + b"--x--\n")
    yield case("boundary-missing.eml", lambda: head.replace(b"; boundary=x", b"") + part * 3)
    yield case("boundaries.eml", lambda: head + b"--x\n" * 1_000_000)
    yield case("headers.eml", lambda: b"Subject: x\n" + b"X-Long: " + b"a" * 5_000_000 + b"\n\nhello")
    yield case("header-lines.eml", lambda: b"Subject: x\n" + b"Received: from a by b\n" * 200_000 + b"\nhello")
    yield case("encoded-words.eml", lambda: b"Subject: " + b"=?utf-8?b?5LiA?= " * 100_000 + b"\nMIME-Version: 1.0\n\nhello")
    yield case(
        "base64.eml",
        lambda: (
            head
            + b"--x\nContent-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\n!!!!"
            + b"A" * 99_999
            + b"\n--x--\n"
        ),
    )
    yield case("attached-bomb.eml", lambda: attached("a.pdf", one_page(bomb())))
    yield case("attached-zip.eml", lambda: attached("a.docx", zip_of_zeros("word/document.xml")))
    yield case("climbing.eml", lambda: attached("../../../../tmp/climbed.txt", good(914)))


def text_bombs() -> Iterator[Case]:
    """Text on which a careless pattern never ends."""
    repeated = {
        "digits": "1", "spaces": " ", "brackets": "(", "dots": ".", "dashes": "-", "days": "1 January 2027 ", "commas": "1, ", "ats": "a@", "marks": "*_",
        "numerals": "二〇", "clocks": "17:30 ", "han": "於", "tabs": "\t1", "lines": "\n", "ranges": "1-2 May ", "colons": "a: ", "letters": "a", "links": "http://a.b/",
        "by": "no later than ", "days-zh": "2027年1月", "telephones": "2979 7341 / ", "quotes": "「", "defined": "Aa (“B”) ", "bullets": "\n• ", "rows": "\n1 May\tx",
    }  # fmt: skip
    for name, piece in repeated.items():
        yield case(
            f"repeated-{name}.txt",
            partial(lambda piece: TEXT.format(number=960).encode() + (piece * (200_000 // len(piece))).encode(), piece),
        )
    yield case("empty.txt", lambda: b"", "refused")
    yield case("zeros.txt", lambda: bytes(1_000_000))
    yield case("random.txt", lambda: random.Random(7).randbytes(1_000_000))
    yield case("surrogates.txt", lambda: b"\xed\xa0\x80" * 10_000)
    yield case("order-marks.txt", lambda: TEXT.format(number=961).encode() + "\u202e\u2066\u200f\ufeff".encode() * 50_000)
    yield case("combining.txt", lambda: b"CIRCULAR a" + "\u0301".encode() * 200_000)


def special(canary: Path) -> Iterator[Case]:
    """What stands in a folder like a file, and is none."""
    yield Case("waiting.pdf", os.mkfifo, "refused")
    yield Case("dangling.txt", lambda path: path.symlink_to("nowhere"), "refused")
    yield Case("loop.txt", lambda path: path.symlink_to(path.name), "refused")
    yield case("renamed.pdf", lambda: b"MZ" + bytes(3000), "refused")
    yield case("really-text.pdf", lambda: good(915))
    yield case("really-pdf.txt", lambda: pdf_of_text(TEXT.format(number=916)))
    yield case("both.pdf", lambda: pdf_of_text(TEXT.format(number=917)) + docx())
    yield case("leading.pdf", lambda: b"\n" * 900 + pdf_of_text(TEXT.format(number=918)))
    yield case("database.txt", lambda: b"SQLite format 3\0" + bytes(4096), "refused")


def bombs(canary: Path) -> Iterator[Case]:
    """Every case that was thought of; `canary` is a file that nothing may quote."""
    yield from pdf_bombs()
    yield from pdf_drawings()
    yield from pdf_structures()
    yield from word_bombs(canary)
    yield from web_bombs(canary)
    yield from mail_bombs()
    yield from lying_mails()
    yield from picture_bombs()
    yield from text_bombs()
    yield from special(canary)


def cases(canary: Path, mutated: int = 1900) -> Iterator[Case]:
    """All cases: the bombs, the truncations, and so many damaged files."""
    yield from bombs(canary)
    yield from truncations()
    yield from damaged_scans()
    yield from mutations(mutated)
