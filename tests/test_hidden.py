"""Lines of a PDF that nobody sees are left out and told; what is seen in white stays."""

from __future__ import annotations

import io
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest
from pdf_factory import FONT, SOFFICE, Producer, missing, printed
from reportlab.pdfgen import canvas

from ingest import formats
from ingest.model import Document

LINES = {
    "plain": ("18 March 2026", ""),
    "white": ("1 April 2026", "color: white"),
    "tiny": ("2 April 2026", "font-size: 0.6pt"),
    "off the page": ("3 April 2026", "position: absolute; left: -600pt; top: 0"),
    "white on blue": ("6 May 2026", "color: white; background: #036"),
    "white on a round, shaded area": ("7 May 2026", "color: white; background: linear-gradient(#036, #048); border-radius: 9pt; padding: 4pt"),
    "small": ("8 May 2026", "font-size: 4pt"),
    "pale": ("9 May 2026", "color: #ddd"),
}  # fmt: skip
UNSEEN = ("white", "tiny", "off the page")
CELLS = "<table><tr><th>Date<th>Event</tr><tr><td>10 May 2026<td>Launch</tr></table>"
STYLE = "@page { size: A4 } th { background: #036; color: white } td, th { border: 1px solid; padding: 4pt }"


@cache
def page(producer: Producer) -> Document:
    """One line of each kind, and a table with white headings."""
    if reason := missing(producer):
        pytest.skip(reason)
    lines = "".join(f'<p style="{style}">The rehearsal is on {day}.</p>' for day, style in LINES.values())
    (data,) = printed(producer, [f"<meta charset=utf-8><style>{STYLE}</style>{lines}{CELLS}"])  # type: ignore[arg-type]
    return formats.read(data, "a.pdf")


@pytest.mark.parametrize("producer", ["weasyprint", "chromium"])
@pytest.mark.parametrize("name", LINES)
def test_a_line_is_read_if_it_is_seen(name: str, producer: Producer) -> None:
    assert (LINES[name][0] in page(producer).text) is (name not in UNSEEN)


@pytest.mark.parametrize("producer", ["weasyprint", "chromium"])
def test_white_headings_of_a_table_are_seen(producer: Producer) -> None:
    document = page(producer)
    assert [document.text[slice(*cell.span)] for cell in document.grids[0].cells] == ["Date", "Event", "10 May 2026", "Launch"]


def test_what_is_left_out_is_counted_and_the_first_of_it_with_a_date_quoted() -> None:
    (warn,) = page("weasyprint").warnings
    told = "99 characters of hidden text were left out; dates stand in “The rehearsal is on 1 April 2026.” and 2 more"
    assert (warn.code, warn.page, warn.message) == ("hidden-text", 1, told)


@pytest.mark.parametrize(("mode", "seen"), [(0, True), (1, True), (2, True), (3, False), (7, False)])
def test_a_line_that_leaves_no_paint_is_left_out_and_told(mode: int, seen: bool) -> None:
    """Text render modes of ISO 32000-1, 9.3.6: filled, stroked, both, invisible, and clipping only."""
    made = io.BytesIO()
    paper = canvas.Canvas(made)
    paper.drawString(60, 730, "Participants must return the form by 17 July 2026.")
    line = paper.beginText(60, 650)
    line.setTextRenderMode(mode)
    line.textLine("Participants must pay by 18 July 2026.")
    paper.drawText(line)
    paper.save()
    document = formats.read(made.getvalue(), "a.pdf")
    assert ("18 July 2026" in document.text, [warn.code for warn in document.warnings]) == (seen, [] if seen else ["hidden-text"])
    assert "17 July 2026" in document.text


def test_white_and_tiny_lines_of_a_word_file_are_left_out_of_its_pdf() -> None:
    if reason := missing("libreoffice"):
        pytest.skip(reason)
    import docx
    from docx.shared import Pt, RGBColor

    assert SOFFICE is not None
    file = docx.Document()
    for text, colour, size in (("Seen on 5 May 2026.", 0, 11), ("White on 1 April 2026.", 255, 11), ("Tiny on 2 April 2026.", 0, 1)):
        run = file.add_paragraph().add_run(text)
        run.font.color.rgb, run.font.size = RGBColor(colour, colour, colour), Pt(size)
    with tempfile.TemporaryDirectory() as folder:
        file.save(str(Path(folder, "a.docx")))
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = [SOFFICE, "--headless", profile, "--convert-to", "pdf", "--outdir", folder, str(Path(folder, "a.docx"))]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        document = formats.read(Path(folder, "a.pdf").read_bytes(), "a.pdf")
    assert (document.text, [warn.code for warn in document.warnings]) == ("Seen on 5 May 2026.", ["hidden-text"])


WITHIN = {
    "within a line": ('Pay by 18 March 2026<span style="{}"> or by 1 April 2026</span> at the latest.', "Pay by 18 March 2026 at the latest."),
    "at its beginning": ('<span style="{}">On 1 April 2026, </span>all pay by 18 March 2026.', "all pay by 18 March 2026."),
    "at its end": ('All pay by 18 March 2026.<span style="{}"> Not 1 April 2026.</span>', "All pay by 18 March 2026."),
    "twice": (
        '<span style="{0}">1 April 2026</span> All <span style="{0}">4 April 2026</span> pay by 18 March 2026.',
        "All pay by 18 March 2026.",
    ),
    "in Chinese": ('請於2026年3月18日<span style="{}">或2026年4月1日</span>之前付款。', "請於2026年3月18日 之前付款。"),
    "after Chinese": ('請於2026年3月18日之前付款。<span style="{}">2026年4月1日。</span>', "請於2026年3月18日之前付款。"),
    "on an area": ('Pay by <span style="color: white; background: #036">18 March 2026</span> at the latest.', "Pay by 18 March 2026 at the latest."),
}  # fmt: skip


@cache
def within(producer: Producer, style: str) -> list[Document]:
    """A page with each of these lines."""
    if reason := missing(producer):
        pytest.skip(reason)
    pages = [
        f'<meta charset=utf-8><style>body {{ font-family: "{FONT}" }}</style><p>{line.format(style)}</p>' for line, _ in WITHIN.values()
    ]
    return [formats.read(data, "a.pdf") for data in printed(producer, pages)]  # type: ignore[arg-type]


@pytest.mark.parametrize("producer", ["weasyprint", "chromium"])
@pytest.mark.parametrize("style", ["color: white", "color: transparent", "color: #fefefe"])
def test_words_within_a_line_that_nobody_sees_are_left_out_and_told(producer: Producer, style: str) -> None:
    found = [(one.text, [warn.code for warn in one.warnings]) for one in within(producer, style)]
    assert found == [(seen, ["hidden-text"] if "{" in line else []) for line, seen in WITHIN.values()]


def test_what_stands_beside_unseen_words_keeps_its_place() -> None:
    one = within("weasyprint", "color: white")[0]
    assert one.places is not None
    boxes = [
        place[1]
        for words in ("18 March 2026", "at the latest")
        if (at := one.text.index(words)) >= 0 and (place := one.places.at((at, at + len(words))))
    ]
    (left, right) = boxes
    assert left is not None
    assert right is not None
    assert right[0] - left[2] > 60  # as wide as what is not seen between them
    assert abs(left[3] - right[3]) < 4
