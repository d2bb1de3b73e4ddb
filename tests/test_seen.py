"""What is seen counts: words kept for others, two pages on a sheet, Chinese down the margin, words printed twice, layers switched off."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from page_factory import leaf, read
from pdf_factory import missing, printed

from ingest import formats
from ingest.formats import doubled, optional
from ingest.model import Document

LINES = ("Northern Harbour Clearing Limited", "Participants must return the form by 28 April 2027.", "Please call 2979 7421 for help.")


def pdf(content: str, *, page: str = "", root: str = "", more: Sequence[str] = (), sheet: str = "0 0 595 842") -> bytes:
    """A page of Helvetica with this content, and further objects from the sixth on."""
    parts = [
        f"<< /Type /Catalog /Pages 2 0 R {root} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [{sheet}] /Resources << /Font << /F 4 0 R >> {page} >> /Contents 5 0 R >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        *more,
    ]
    made, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{part}\nendobj\n".encode("latin-1")
    table = f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n" + "".join(f"{place:010} 00000 n \n" for place in places)
    return made + f"{table}trailer << /Size {len(parts) + 1} /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF\n".encode()


def line(left: float, up: float, words: str, size: float = 11) -> str:
    return f"BT /F {size} Tf 1 0 0 1 {left} {up} Tm ({words}) Tj ET\n"


BODY = "".join(line(60, 760 - 40 * at, words) for at, words in enumerate(LINES))


def document(content: str, **other: object) -> Document:
    return formats.read(pdf(content, **other), "a.pdf")  # type: ignore[arg-type]


def test_a_page_that_keeps_other_words_than_are_seen_is_read_as_it_is_seen_and_told() -> None:
    found = document(BODY + f"/Span << /ActualText (before 1 May 2027) >> BDC\n{line(60, 600, 'Reply by 30 April 2027.')}EMC\n")
    assert found.text.split("\n\n") == [*LINES, "Reply by 30 April 2027."]
    assert [(warn.code, "before 1 May 2027" in warn.message) for warn in found.warnings] == [("pdfplumber", True)]


@pytest.mark.parametrize(
    ("kept", "drawn"), [("fi", "fi"), ("Reply by 30 April 2027.", "Reply by 30 April 2027.")], ids=["letters", "the same words"]
)
def test_words_kept_for_the_same_words_say_nothing(kept: str, drawn: str) -> None:
    found = document(BODY + f"BT /F 11 Tf 1 0 0 1 60 600 Tm (Con) Tj /Span << /ActualText ({kept}) >> BDC ({drawn}) Tj EMC ( end) Tj ET\n")
    assert (found.text.split("\n\n")[-1].replace(" ", ""), found.warnings) == (f"Con{drawn} end".replace(" ", ""), ())


@pytest.mark.parametrize("off", [(0.3, 0.0), (0.5, 0.0), (0.25, 0.3)])
def test_words_printed_twice_for_boldness_come_once(off: tuple[float, float]) -> None:
    twice = "".join(line(60 + off[0], 760 + off[1] - 40 * at, words) for at, words in enumerate(LINES))
    assert document(BODY + twice).text.split("\n\n") == [*LINES]


@pytest.mark.parametrize(
    ("text", "off", "said"),
    [
        ("LLiimmiittss", 1.0, "Limits"),  # as pdfium gives small capitals with a shadow
        ("LLiimmiittss", 10.0, None),  # side by side
        ("Limits", 1.0, None),
    ],
)
def test_letters_over_each_other_are_said_once(text: str, off: float, said: str | None) -> None:
    boxes = [(10.0 * (at // 2) + off * (at % 2), 0.0, 10.0 * (at // 2) + off * (at % 2) + 9, 12.0) for at in range(len(text))]
    once = doubled.once(text, lambda places: [boxes[at] for at in places]) if doubled.is_suspect(text) else None
    assert (once and once.text) == said


@pytest.mark.parametrize(
    ("words", "size", "times", "left_out"),
    [
        ("SPECIMEN", 60, 1, True),
        ("COPY", 12, 4, True),  # tiles
        ("RECEIVED", 12, 1, False),  # a stamp
        ("5 MAY 2027", 60, 1, False),
    ],
)
def test_a_watermark_is_told_and_no_part_of_the_text(words: str, size: int, times: int, left_out: bool) -> None:
    mark = "".join(f"BT /F {size} Tf 0.8 0.6 -0.6 0.8 {80 + 100 * at} 300 Tm ({words}) Tj ET\n" for at in range(times))
    found = document(BODY + mark)
    assert (words not in found.text, [warn.code for warn in found.warnings]) == (left_out, ["watermark"] * left_out)
    assert found.text.startswith("\n\n".join(LINES))


@pytest.mark.parametrize("turn", ["0 1 -1 0 595 0", "-1 0 0 -1 595 842", "0 -1 1 0 0 842"], ids=["left", "on its head", "right"])
def test_a_page_whose_words_stand_on_their_side_is_read_as_it_is_turned(turn: str) -> None:
    low = "".join(line(60, 560 - 40 * at, words) for at, words in enumerate(LINES))
    found = document(f"q {turn} cm\n{low}Q\n")
    assert found.text.split("\n\n") == [*LINES]
    assert found.places is not None
    assert found.places.at((0, 8)) is not None


def test_a_line_on_its_head_is_read_from_its_beginning() -> None:
    found = document(BODY + "BT /F 11 Tf -1 0 0 -1 400 60 Tm (Form CF-2 goes on overleaf) Tj ET\n")
    assert found.text.split("\n\n")[-1] == "Form CF-2 goes on overleaf"


def test_bookmarks_are_no_text() -> None:
    more = [
        "<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>",
        "<< /Title (Reply by 1 March 2027) /Parent 6 0 R /Dest [3 0 R /Fit] >>",
    ]
    assert document(BODY, root="/Outlines 6 0 R", more=more).text.split("\n\n") == [*LINES]


SECOND = ("Further terms apply to each line that is renewed.", "The fee is waived until 31 May 2027.", "This circular prevails.")


@pytest.mark.parametrize(("numbers", "apart"), [(("1", "2"), True), (("- 4 -", "- 5 -"), True), (("Page 1 of 2", "Page 2 of 2"), True), (("7", "3"), False)])  # fmt: skip
def test_two_pages_side_by_side_on_a_sheet_are_two_if_their_numbers_say_so(numbers: tuple[str, str], apart: bool) -> None:
    left = "".join(line(40, 520 - 18 * at, words, 9) for at, words in enumerate(LINES)) + line(200, 30, numbers[0], 9)
    right = "".join(line(460, 520 - 18 * at, words, 9) for at, words in enumerate(SECOND)) + line(620, 30, numbers[1], 9)
    found = document(left + right, sheet="0 0 842 595")
    assert (found.text.replace("\n\n", " ").replace("\n", " ") == " ".join((*LINES, *SECOND))) == apart


def test_chinese_down_the_margin_is_one_line() -> None:
    if reason := missing("chromium"):
        pytest.skip(reason)
    style = ".v { writing-mode: vertical-rl; position: absolute; left: 0; top: 60mm; height: 60mm } p { margin-left: 15mm }"
    said = "".join(
        f"<p>{part}</p>" for part in ("北港結算有限公司", "參與者必須於2027年4月28日或之前交回表格。", "查詢請致電項目支援組。") * 4
    )
    html = f'<html lang="zh-Hant"><style>@page {{ size: A4 }} {style}</style><div class="v">機密文件 2027年1月5日</div>{said}</html>'
    (data,) = printed("chromium", [html])
    assert formats.read(data, "a.pdf").text.split("\n\n")[-1] == "機密文件2027年1月5日"


def test_a_column_of_single_characters_stays_in_its_rows() -> None:
    words = [word for at in range(5) for word in ((60.0, 200 + 16.0 * at, "一二三四五"[at]), (100.0, 200 + 16.0 * at, LINES[0]))]
    assert [part.strip()[0] for part in read(leaf(words)).text.split("\n") if part.strip()] == list("一二三四五")


OFF = "/OCProperties << /OCGs [6 0 R 7 0 R] /D << /OFF [6 0 R] /Order [6 0 R 7 0 R] >> >>"
TWO_LAYERS = ["<< /Type /OCG /Name (Draft) >>", "<< /Type /OCG /Name (Final) >>"]


@pytest.mark.parametrize("up", [720, 640], ids=["right under the words that are seen", "on a line of its own"])
@pytest.mark.parametrize(("layer", "seen"), [("Draft", False), ("Final", True)])
def test_words_in_a_layer_that_is_off_are_left_out_and_told(layer: str, up: int, seen: bool) -> None:
    number = 6 if layer == "Draft" else 7
    hidden = f"/OC /L BDC\n{line(60, up, 'Participants must return the form by 30 June 2027.')}EMC\n"
    found = document(BODY + hidden, root=OFF, page=f"/Properties << /L {number} 0 R >>", more=TWO_LAYERS)
    assert ("30 June" in found.text) == seen
    assert [warn.code for warn in found.warnings] == ([] if seen else ["hidden-text"])
    assert all(said in found.text for said in LINES)


@pytest.mark.parametrize(
    ("properties", "off"),
    [
        (OFF, {"Draft"}),
        ("/OCProperties << /OCGs [6 0 R 7 0 R] /D << /BaseState /OFF /ON [7 0 R] >> >>", {"Draft"}),
        ("/OCProperties << /OCGs [6 0 R 7 0 R] /D << >> >>", set()),
    ],
)
def test_the_layers_that_are_off_are_known_by_name(properties: str, off: set[str]) -> None:
    assert optional.switched_off(pdf(BODY, root=properties, more=TWO_LAYERS)) == off


def test_layers_of_one_name_of_which_one_is_on_are_not_told_by_it() -> None:
    assert optional.switched_off(pdf(BODY, root=OFF, more=[TWO_LAYERS[0]] * 2)) == set()
