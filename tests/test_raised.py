"""The number of a note above the line joins no figure of a PDF, whoever made it, and the line that it stands on stays whole."""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
from functools import cache
from html import escape
from pathlib import Path

import pytest
from pdf_factory import FONT, PRODUCERS, SOFFICE, Producer, missing, printed, truetype

from ingest import formats
from ingest.model import Document, Expression
from ingest.pipeline import parse
from ingest.settings import Settings

# Each sentence as HTML has it, and as it is read.
SENTENCES = {
    "day": ("The deadline is 18 March 2026<sup>2</sup> for all participants that have not sent the form to the Exchange.", "18 March 2026²"),
    "fees": ("A fee of HK$500<sup>3</sup> is charged, and HK$1,200<sup>4</sup>, HK$5<sup>5</sup> million or 12.5%<sup>6</sup> elsewhere.", "HK$1,200⁴"),
    "inside": ("On 28 April<sup>1</sup> 2023 the system was closed, and on 3<sup>2</sup> May 2027 it will be opened again.", "28 April¹ 2023"),
    "brackets": ("The last day is 19 March 2026<sup>(12)</sup>, and then 20 March 2026<sup>*</sup> or 21 March 2026<sup>a</sup> for all others.", "19 March 2026(¹²)"),
    "times": ("Forms are due by 4:00 p.m.<sup>3</sup> on 24<sup>th</sup> March 2026, or at 14:30<sup>12</sup> on 25 March 2026 <sup>5</sup> at last.", "24th March"),
    "units": ("The room has 250 m<sup>2</sup>, and 10<sup>6</sup> units come on the 18<sup>th</sup> day of May 2026<sup>1,2</sup>; see note<sup>7</sup>.", "2026¹,²"),
    "note": ("<sup>2</sup> Subject to the approval of the Commission, which is expected on 3 July 2026.", "² Subject"),
    "zh day": ("截止日期為2026年4月7日<sup>2</sup>，所有結算參與者須將填妥的表格送交交易所辦理有關手續。", "4月7日²，"),
    "zh fees": ("每宗申請收費500港元<sup>3</sup>，另收1,200<sup>4</sup>港元及12.5%<sup>6</sup>，系統將於2026<sup>1</sup>年4月28日關閉。", "2026¹年"),
    "zh times": ("參與者須於2026年4月9日<sup>(1)</sup>下午4時<sup>3</sup>前辦理，或於2026年4月10日<sup>12</sup>前以電郵提交。", "4時³前"),
    "zh note": ("<sup>2</sup>須待證監會批准，預期於2026年7月6日獲批。", "²須"),
}  # fmt: skip
ROWS = (
    ("Date", "Event", "Fee (HK$)"),
    ("18 March 2026<sup>2</sup>", "Forms go out<sup>1</sup>", "500<sup>3</sup>"),
    ("25 March 2026", "Deadline at 4:00 p.m.<sup>4</sup>", "1,200"),
    ("2026年4月2日<sup>5</sup>", "系統推出<sup>6</sup>", "300<sup>7</sup>"),
)
FIGURES = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
TEXTS = [text for text, _ in SENTENCES.values()]


def shown(html: str) -> str:
    """What a reader should give, without white space."""
    said = re.sub(r"<sup>(.*?)</sup>", lambda found: found[1] if found[1] == "th" else found[1].translate(FIGURES), html)
    return re.sub(r"\s", "", said)


def page(sup: str, font: str, size: float, rule: str = "border: 1px solid; padding: 2pt 4pt") -> str:
    prose = "".join(f"<p>{text}</p>" for text in TEXTS)
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    style = f"body {{ font: {size}pt {font} }} table {{ border-collapse: collapse }} td {{ {rule} }} sup {{ {sup} }}"
    return f'<meta charset="utf-8"><style>@page {{ size: A4 }} {style}</style>{prose}<table>{cells}</table>'


STYLES = {
    "plain": page("", f'"{FONT}"', 9.5),
    "serif": page("", f'"Liberation Serif", "{FONT}"', 11),
    "small": page("line-height: 0; font-size: 60%", f'"Liberation Sans", "{FONT}"', 10, "padding: 2pt 14pt 2pt 0"),
    "low": page("vertical-align: text-top; font-size: 70%", f'"DejaVu Serif", "{FONT}"', 9),
}


def by_word(sizes: dict[str, float]) -> list[bytes]:
    """Word files with superscript, exported by LibreOffice."""
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Pt

    assert SOFFICE is not None
    with tempfile.TemporaryDirectory() as folder:
        for font, size in sizes.items():
            file = docx.Document()
            style = file.styles["Normal"]
            style.font.name, style.font.size = font, Pt(size)
            style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
            table = file.add_table(len(ROWS), 3, style="Table Grid")
            places = [
                *((file.add_paragraph(), text) for text in TEXTS),
                *((table.cell(row, col).paragraphs[0], cell) for row, cells in enumerate(ROWS) for col, cell in enumerate(cells)),
            ]
            for paragraph, text in places:
                for piece in re.split(r"(<sup>.*?</sup>)", text):
                    run = paragraph.add_run(re.sub("<.*?>", "", piece))
                    run.font.superscript = piece.startswith("<sup>") or None
            file.save(Path(folder, f"{font}.docx"))
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        names = [str(Path(folder, f"{font}.docx")) for font in sizes]
        subprocess.run([SOFFICE, "--headless", profile, "--convert-to", "pdf", "--outdir", folder, *names], check=True, capture_output=True)
        return [Path(folder, f"{font}.pdf").read_bytes() for font in sizes]


def by_reportlab() -> bytes:
    """Paragraphs and cells of ReportLab, in Noto."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    characters = "".join(sorted({*"0123456789 ", *re.sub("<.*?>", "", "".join([*TEXTS, *(cell for row in ROWS for cell in row)]))}))
    pdfmetrics.registerFont(TTFont("Raised", io.BytesIO(truetype(characters))))
    style = ParagraphStyle("prose", fontName="Raised", fontSize=10, leading=14, spaceAfter=6)
    chinese = ParagraphStyle("chinese", style, wordWrap="CJK")
    prose = [Paragraph(text, style if text.isascii() else chinese) for text in TEXTS]
    stream = io.BytesIO()
    table = Table([[Paragraph(cell, style) for cell in row] for row in ROWS], style=[("GRID", (0, 0), (-1, -1), 0.5, "black")])
    SimpleDocTemplate(stream).build([*prose, table])
    return stream.getvalue()


@cache
def made(producer: Producer) -> dict[str, bytes]:
    """The sentences and the table as PDFs, by style or font."""
    if reason := missing(producer):
        pytest.skip(reason)
    if producer == "libreoffice":
        sizes = {FONT: 10.5, "Liberation Serif": 12.0}
        return dict(zip(sizes, by_word(sizes), strict=True))
    if producer == "reportlab":
        return {"Noto": by_reportlab()}
    return dict(zip(STYLES, printed(producer, list(STYLES.values())), strict=True))


def read(data: bytes) -> tuple[Document, Expression]:
    return formats.read(data, "a.pdf"), parse(data, Path("a.pdf"), Settings())


@pytest.mark.parametrize("name", SENTENCES)
@pytest.mark.parametrize("producer", PRODUCERS)
def test_a_sentence_keeps_its_marks_in_raised_figures_and_in_its_line(producer: Producer, name: str) -> None:
    html, part = SENTENCES[name]
    texts = {style: re.sub(r"\s", "", formats.read(data, "a.pdf").text) for style, data in made(producer).items()}
    assert [style for style, text in texts.items() if shown(html) not in text] == []
    assert re.sub(r"\s", "", part) in shown(html)


@pytest.mark.parametrize("producer", PRODUCERS)
def test_a_cell_keeps_its_marks_in_raised_figures(producer: Producer) -> None:
    for style, data in made(producer).items():
        document = formats.read(data, "a.pdf")
        (grid,) = document.grids
        found = [re.sub(r"\s", "", document.text[slice(*cell.span)]) for cell in grid.cells]
        assert (style, found) == (style, [shown(cell) for row in ROWS for cell in row])


@pytest.mark.parametrize("producer", PRODUCERS)
def test_days_times_and_sums_are_those_without_their_marks(producer: Producer) -> None:
    prose = [
        "2026-03-18", "2023-04-28", "2027-05-03", "2026-03-19", "2026-03-20", "2026-03-21", "2026-03-24 16:00", "2026-03-25 14:30",
        "2026-05-18", "2026-07-03", "2026-04-07", "2026-04-28", "2026-04-09", "2026-04-10", "2026-07-06",
    ]  # fmt: skip
    for style, data in made(producer).items():
        found = parse(data, Path("a.pdf"), Settings())
        dates = [f"{one.start} {one.time or ''}".strip() for one in found.dates]
        wanted = [*prose, "2026-03-18", "2026-03-25", "2026-04-02"]
        assert (style, sorted(dates)) == (style, sorted(wanted))
        assert {str(one.value) for one in found.amounts if one.unit == "HKD"} == {"500", "1200", "5000000"}
        assert not [doubt for doubt in found.unexplained if re.search(r"\d", doubt.quote)]


@pytest.mark.parametrize("producer", PRODUCERS)
def test_a_quote_with_a_mark_in_it_has_its_box(producer: Producer) -> None:
    for data in made(producer).values():
        found = parse(data, Path("a.pdf"), Settings())
        (one,) = (date for date in found.dates if date.quote == "28 April¹ 2023")
        assert one.page == 1
        assert one.bbox is not None
        assert found.text[slice(*one.span)] == one.quote


def test_the_number_of_a_note_stays_at_the_head_of_the_note() -> None:
    data = made("weasyprint")["serif"]
    document = formats.read(data, "a.pdf")
    assert [document.text[slice(*block.span)][:3] for block in document.blocks if block.kind == "footnote"] == ["² S", "²須待"]


NOT_RAISED = {
    "small on the line": ('Level 2026<span style="font-size: 60%">2</span> of the Exchange, as told in the notice of the house.', "20262"),
    "a line of small type": ('<div style="font-size: 6pt">18 March 2026</div><div style="font-size: 16pt; line-height: 0.9">Hall 20</div>', "18March2026"),
    "a fraction of one sign": ("The rate goes up by 5½ and 12½ per cent.", "5½and12½"),
    "a number below": ("Emissions of CO<sub>2</sub> 2026 and of x<sub>12</sub> 30 at last.", "CO22026"),
    "large initial": ('<span style="float: left; font-size: 33pt; line-height: 0.8">A</span> 18 March 2026 is<br>the last day for all.', "18March2026"),
    "cells on two levels": (
        '<table style="border-collapse: collapse"><tr><td style="width: 60pt">Fee for one<br>request</td><td style="font-size: 8pt">250</td></tr></table>',
        "250",
    ),
    "raised as large": ('Room 20<span style="position: relative; top: -2pt">26</span> is closed, and so is the hall beside it.', "2026"),
}  # fmt: skip


@pytest.mark.parametrize("producer", ["weasyprint", "chromium"])
@pytest.mark.parametrize("name", NOT_RAISED)
def test_what_is_not_raised_or_not_smaller_stays_as_it_is(name: str, producer: Producer) -> None:
    if reason := missing(producer):
        pytest.skip(reason)
    html, wanted = NOT_RAISED[name]
    (data,) = printed(
        producer,
        [
            f'<meta charset="utf-8"><style>body {{ font: 11pt "Liberation Serif", "{FONT}" }} td {{ vertical-align: middle; padding: 0 }}</style><p style="height: 90pt">Notice</p>{html}'
        ],
    )  # type: ignore[arg-type]
    text = formats.read(data, "a.pdf").text
    assert wanted in re.sub(r"\s", "", text), escape(text)
    assert not set(text) & set("⁰¹²³⁴⁵⁶⁷⁸⁹")
