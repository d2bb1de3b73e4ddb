"""What a reader of a PDF sees on its page beside the printed text: fields, remarks, struck-out words, layers; and what is not seen."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Literal

import pytest
from pdf_factory import FONT, by_office, missing, printed
from PIL import Image
from reportlab.pdfgen import canvas

from ingest import formats
from ingest.formats import pdf
from ingest.model import Document
from ingest.settings import Settings

FORM = "Participants must return the form by 18 March 2027."
HEAD = "/F 11 Tf"


def stream(said: str, more: str = "") -> str:
    return f"<</Length {len(said)}{more}>>\nstream\n{said}\nendstream"


def line(text: str, top: int) -> str:
    return f"BT {HEAD} 1 0 0 1 60 {top} Tm ({text}) Tj ET\n"


def sheet(content: str, *more: str, page: str = "", root: str = "", resources: str = "") -> Document:
    """A page of these operators; `more` are the objects from number 6 on."""
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{root}>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>",
        f"<</Type/Page/Parent 2 0 R/Resources<</Font<</F 4 0 R>>{resources}>>/Contents 5 0 R{page}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        stream(content),
        *more,
    ]
    made = b"%PDF-1.7\n"
    starts = []
    for number, said in enumerate(objects, 1):
        starts.append(len(made))
        made += f"{number} 0 obj\n{said}\nendobj\n".encode()
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    made += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(made)}\n%%EOF\n".encode()
    return formats.read(made, "a.pdf")


def codes(document: Document) -> list[str]:
    return [warn.code for warn in document.warnings]


# Laid over --------------------------------------------------------------------------------------------------------------

PLACE = "/Rect[60 600 260 620]"
LOOK = stream(
    "BT /F 11 Tf 2 5 Td (Extended to 25 March 2027) Tj ET", "/Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</F 4 0 R>>>>"
)
ACRO = "/AcroForm<</Fields[6 0 R]/NeedAppearances {}/DA(/F 11 Tf 0 g)/DR<</Font<</F 4 0 R>>>>>>"
FIELD = "<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(Extended to 25 March 2027)/DA(/F 11 Tf 0 g)"


@pytest.mark.parametrize(
    ("annotation", "root", "seen", "told"),
    [
        (f"<</Type/Annot/Subtype/FreeText{PLACE}/F 4/AP<</N 7 0 R>>>>", "", True, []),
        (f"<</Type/Annot/Subtype/Stamp{PLACE}/F 4/AP<</N 7 0 R>>>>", "", True, []),
        (f"<</Type/Annot/Subtype/FreeText{PLACE}/F 4/Contents(by 25 March 2027)/DA(/F 11 Tf)>>", "", False, ["comments"]),
        (f"<</Type/Annot/Subtype/Text{PLACE}/F 4/Contents(by 25 March 2027)>>", "", False, ["comments"]),
        (f"<</Type/Annot/Subtype/Text{PLACE}/F 2/Contents(by 25 March 2027)>>", "", False, []),
        (f"{FIELD}{PLACE}/F 4/AP<</N 7 0 R>>>>", ACRO.format("false"), True, []),
        (f"{FIELD}{PLACE}/F 4>>", ACRO.format("true"), True, []),
        (f"{FIELD}{PLACE}/F 2/AP<</N 7 0 R>>>>", ACRO.format("false"), False, []),
        (f"<</Type/Annot/Subtype/Link{PLACE}/F 4>>", "", False, []),
    ],
    ids=["remark", "stamp", "remark that the viewer draws", "comment", "hidden comment", "field", "field that the viewer draws", "hidden field", "link"],
)  # fmt: skip
def test_what_is_laid_over_a_page_is_read_where_it_is_seen(annotation: str, root: str, seen: bool, told: Sequence[str]) -> None:
    document = sheet(line(FORM, 700), annotation, LOOK, page="/Annots[6 0 R]", root=root)
    assert document.text.startswith(FORM)
    assert ("Extended to 25 March 2027" in document.text, codes(document)) == (seen, told)


def test_the_place_of_a_field_is_where_it_stands_on_its_page() -> None:
    """The page takes its size from all pages: painting a field into it must not make the page as small as the field."""
    document = sheet(line(FORM, 700), f"{FIELD}{PLACE}/F 4/AP<</N 7 0 R>>>>", LOOK, page="/Annots[6 0 R]", root=ACRO.format("false"))
    assert document.places is not None
    at = document.text.index("25 March")
    number, box = document.places.at((at, at + len("25 March 2027"))) or (None, None)
    assert number == 1
    assert box is not None
    assert (round(box[1] / 10), round(box[3] / 10)) == (23, 24)
    assert 110 < box[0] < 130


def test_fields_of_a_form_are_read_beside_their_labels() -> None:
    made = io.BytesIO()
    paper = canvas.Canvas(made)
    paper.setFont("Helvetica", 11)
    paper.drawString(60, 700, "Rehearsal date:")
    paper.acroForm.textfield(name="day", value="27 March 2027", x=200, y=694, width=120, height=18)
    paper.drawString(60, 660, "Second rehearsal:")
    paper.acroForm.choice(name="other", value="9 April 2027", options=["9 April 2027", "16 April 2027"], x=200, y=654, width=120, height=18)
    paper.save()
    document = formats.read(made.getvalue(), "a.pdf")
    assert document.text == "Rehearsal date: 27 March 2027\n\nSecond rehearsal: 9 April 2027"
    assert document.places is not None
    number, box = document.places.at((16, 29)) or (None, None)
    assert number is not None
    assert box is not None
    with Image.open(io.BytesIO(pdf.outlined(made.getvalue(), "a.pdf", number, box, Settings()))) as drawn:
        scale = drawn.height / 842
        inside = drawn.convert("L").crop(tuple(round(scale * edge) for edge in (box[0] + 2, box[1] + 2, box[2] - 2, box[3] - 2)))
    assert min(inside.tobytes()) < 100  # the field's words are drawn within their frame


# Struck out -------------------------------------------------------------------------------------------------------------

STRUCK = {
    "part of a line": ("Return by <s>18 March 2027</s> 25 March 2027 at the latest.", "Return by 25 March 2027 at the latest."),
    "Chinese": ("請於<s>2027年3月18日</s>2027年3月25日或之前交回。", "請於 2027年3月25日或之前交回。"),
    "a whole line": ("<s>It ended on 1 April 2027.</s>", ""),
    "several lines": (f"<s>{'It ended on 1 April 2027 and so on. ' * 6}</s>", ""),
    "underlined": ("<u>It ends on 2 April 2027.</u>", "It ends on 2 April 2027."),
    "below a line": ('<span style="text-decoration: overline">It ends on 2 April 2027.</span>', "It ends on 2 April 2027."),
    "between rules": ("<hr>It ends on 2 April 2027.<hr>", "It ends on 2 April 2027."),
    "a cell": ("<table border=1><tr><td>Date<td>Event<tr><td><s>5 May 2027</s> 6 May 2027<td>Launch</table>", "Date\tEvent\n6 May 2027\tLaunch"),
    "close cells": (
        '<table border=1 cellpadding=0 class="close"><tr><td>Date<td>Event<tr><td>6 May 2027<td>Launch</table>',
        "Date\tEvent\n6 May 2027\tLaunch",
    ),
}  # fmt: skip


@pytest.mark.parametrize("printer", ["weasyprint", "chromium", "libreoffice"])
def test_words_with_a_line_through_them_are_left_out_and_told(printer: Literal["weasyprint", "chromium", "libreoffice"]) -> None:
    if reason := missing(printer):
        pytest.skip(reason)
    pages = [
        f'<html><head><meta charset="utf-8"><style>body {{ font: 11pt "{FONT}" }} table {{ border-collapse: collapse }}'
        f"td {{ border: 1px solid; padding: 3pt }} .close td {{ padding: 0 }}</style></head><body><p>Relay</p><div>{said}</div></body></html>"
        for said, _ in STRUCK.values()
    ]
    sheets = by_office(pages, "word") if printer == "libreoffice" else printed(printer, pages)
    found = {name: formats.read(data, "a.pdf") for name, data in zip(STRUCK, sheets, strict=True)}
    assert {name: one.text.partition("Relay")[2].strip() for name, one in found.items()} == {
        name: said for name, (_, said) in STRUCK.items()
    }
    assert [name for name, one in found.items() if "struck-text" in codes(one)] == [
        name for name, (html, _) in STRUCK.items() if "<s>" in html
    ]


def test_words_that_a_reviewer_struck_out_are_left_out() -> None:
    annotation = "<</Type/Annot/Subtype/StrikeOut/Rect[60 658 260 672]/QuadPoints[60 672 260 672 60 658 260 658]/F 4/C[1 0 0]>>"
    document = sheet(line(FORM, 700) + line("It is on 1 May 2027.", 661), annotation, page="/Annots[6 0 R]")
    assert (document.text, codes(document)) == (FORM, ["struck-text"])


# Layers -----------------------------------------------------------------------------------------------------------------

LAYERS = "/OCProperties<</OCGs[6 0 R 7 0 R]/D<</ON[7 0 R]/OFF[6 0 R]>>>>"
GROUPS = ("<</Type/OCG/Name(old)>>", "<</Type/OCG/Name(new)>>")


def test_a_layer_that_is_switched_off_is_left_out_and_told() -> None:
    content = (
        line(FORM, 700) + f"/OC /Old BDC\n{line('It is on 1 May 2027.', 660)}EMC\n/OC /New BDC\n{line('It is on 3 May 2027.', 640)}EMC\n"
    )
    document = sheet(content, *GROUPS, root=LAYERS, resources="/Properties<</Old 6 0 R/New 7 0 R>>")
    assert ("1 May" in document.text, "3 May" in document.text, codes(document)) == (False, True, ["hidden-text"])


def test_a_form_of_a_layer_that_is_switched_off_is_left_out_and_told() -> None:
    form = stream(line("It is on 1 May 2027.", 660), "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/OC 6 0 R/Resources<</Font<</F 4 0 R>>>>")
    document = sheet(line(FORM, 700) + "/X Do\n", *GROUPS, form, root=LAYERS, resources="/XObject<</X 8 0 R>>")
    assert (document.text, codes(document)) == (FORM, ["hidden-text"])


# Running heads ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("head", ["Ref. No.: CD/OES/CCASS/021/2027", "編號：CD/OES/CCASS/021/2027"])
def test_a_label_of_the_letterhead_that_every_page_repeats_stays_on_the_first(head: str) -> None:
    pages = "".join(f'<div style="break-before: page">Page of {day} May 2027.</div>' for day in (1, 2, 3))
    style = f'@page {{ size: A4; @top-left {{ content: "{head}"; font: 9pt "{FONT}" }} }} body {{ font: 11pt "{FONT}" }}'
    if reason := missing("weasyprint"):
        pytest.skip(reason)
    (data,) = printed("weasyprint", [f"<meta charset=utf-8><style>{style}</style>{pages}"])
    assert formats.read(data, "a.pdf").text.count(head) == 1
