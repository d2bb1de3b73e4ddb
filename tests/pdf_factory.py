"""PDFs of several producers that know their own truth: the circulars of `pdf_content` by WeasyPrint, Chromium, LibreOffice and ReportLab.

    for made in documents("reportlab", layouts=("ruled", "columns")):
        document = formats.read(made.data, made.name)

WeasyPrint, Chromium and LibreOffice embed the fonts of the machine; for ReportLab, which takes TrueType only, the
characters in use are cut out of Noto Sans CJK and their outlines converted. `missing(producer)` says why one cannot be used.
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from html import escape
from pathlib import Path
from typing import Any, Literal

import once
import pypdfium2 as pdfium
from pdf_content import Content, Kind, Lang, Link, Merge, Part, content

Producer = Literal["weasyprint", "chromium", "libreoffice", "reportlab"]
Layout = Literal["ruled", "borderless", "none", "columns", "landscape", "rotated"]
PRODUCERS: tuple[Producer, ...] = ("weasyprint", "chromium", "libreoffice", "reportlab")
LAYOUTS: tuple[Layout, ...] = ("ruled", "borderless", "none", "columns", "landscape", "rotated")
LANGS: tuple[Lang, ...] = ("en", "zh-Hant")

FONT = "Noto Sans CJK TC"
NOTO = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
RULED: frozenset[Layout] = frozenset(("ruled", "columns", "landscape", "rotated"))
WIDTHS = (0.30, 0.10, 0.42, 0.18)
SIZES: dict[Kind, float] = {"title": 13, "heading": 11.5, "caption": 10.5, "footnote": 7.5}


@dataclass(frozen=True, slots=True)
class Made:
    """A PDF, and what a right reading of it gives.

    `furniture` is what stands in the margins, page by page; it belongs to no text. `paragraphs` are in reading order and
    leave the schedule out. A table is its full grid of strings; a covered cell is "".
    """

    name: str
    data: bytes
    producer: Producer
    layout: Layout
    content: Content
    pages: int
    links: tuple[Link, ...]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return self.content.paragraphs

    @property
    def tables(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        return (self.content.rows,) if self.content.rows else ()

    @property
    def merged(self) -> tuple[Merge, ...]:
        return self.content.merged

    @property
    def ruled(self) -> bool:
        """Whether the schedule, if there is one, has rulings."""
        return self.layout in RULED

    @property
    def furniture(self) -> tuple[str, ...]:
        feet = (self.content.footer(page, self.pages) for page in range(1, self.pages + 1))
        return (self.content.head, *feet)


def missing(producer: Producer) -> str | None:
    """Why this producer cannot be used here; None if it can."""
    if not NOTO.exists():
        return "no Noto CJK fonts (fonts-noto-cjk)"
    if producer == "chromium":
        return None if CHROMIUM else "no chromium"
    if producer == "libreoffice":
        return None if SOFFICE else "no soffice (libreoffice-writer)"
    return None if importlib.util.find_spec(producer) else f"no {producer}"


def documents(producer: Producer, layouts: Sequence[Layout] = LAYOUTS, langs: Sequence[Lang] = LANGS, count: int = 1) -> Iterator[Made]:
    """For each layout and language so many circulars of three to four pages, made in one go; never two alike."""
    plans = [(layout, lang, number) for number in range(count) for layout in layouts for lang in langs]
    contents = [_content(layout, lang, number) for layout, lang, number in plans]
    sheets = _MAKERS[producer]([(layout, text) for (layout, _, _), text in zip(plans, contents, strict=True)])
    for (layout, lang, number), text, data in zip(plans, contents, sheets, strict=True):
        turned = layout == "rotated"
        final = sideways(data) if turned else data
        with pdfium.PdfDocument(final) as opened:
            pages = len(opened)
        name = f"{producer}-{layout}-{lang[:2]}-{number}.pdf"
        yield Made(name, final, producer, layout, text, pages, () if turned else text.links)


def _content(layout: Layout, lang: Lang, number: int) -> Content:
    """A circular for this layout; Chinese is denser, so there is more of it."""
    events = 0 if layout == "none" else 14
    return content(1 + LAYOUTS.index(layout) + 7 * number, lang, sections=5 if lang == "en" else 7, events=events)


def sideways(data: bytes) -> bytes:
    """The same pages drawn on their side, as form XObjects, and turned upright again by /Rotate; links are lost."""
    with pdfium.PdfDocument(data) as source, pdfium.PdfDocument.new() as target:
        for number, page in enumerate(source):
            width, height = page.get_size()
            form = source.page_as_xobject(number, target).as_pageobject()
            form.set_matrix(pdfium.PdfMatrix(0, 1, -1, 0, height, 0))
            turned = target.new_page(height, width)
            turned.insert_obj(form)
            turned.gen_content()
            turned.set_rotation(90)
        stream = io.BytesIO()
        target.save(stream)
    return stream.getvalue()


# Pages as HTML: WeasyPrint and Chromium ---------------------------------------------------------------------------------

TAGS: dict[Kind, str] = {
    "label": "p", "title": "h1", "heading": "h2", "text": "p", "item": "p", "caption": "h3", "signature": "p", "footnote": "p",
}  # fmt: skip


def html(layout: Layout, text: Content) -> str:
    """A circular as a web page with a style for print."""
    between = [_html_part(part) for part in text.parts if part.kind != "caption"]
    head = [_html_part(part) for part in text.parts if part.kind == "caption"]
    body = "\n".join(between)
    if layout == "columns":
        body = f'<div class="columns">{body}</div>'
    table = "\n".join((*head, _html_table(text))) if text.rows else ""
    rest = "\n".join(_html_part(part) for part in text.rest)
    return f'<!doctype html><html lang="{text.lang}"><meta charset="utf-8"><title>{escape(text.parts[4].text)}</title><style>{_style(layout, text)}</style><body>{body}{table}{rest}</body></html>'


def _style(layout: Layout, text: Content) -> str:
    before, between, after = (f'"{piece}"' for piece in text.foot)
    rule = "0.6pt solid black" if layout in RULED else "none"
    return f"""
      @page {{ size: A4 {"landscape" if layout == "landscape" else ""}; margin: 25mm 22mm;
        @top-center {{ content: "{text.head}"; font: 8pt "{FONT}" }}
        @bottom-center {{ content: {before} counter(page) {between} counter(pages) {after}; font: 8pt "{FONT}" }} }}
      body {{ margin: 0; font: 10.5pt/1.45 "{FONT}"; text-align: justify }}
      h1 {{ font-size: {SIZES["title"]}pt; text-align: center }} h2 {{ font-size: {SIZES["heading"]}pt }} h3 {{ font-size: {SIZES["caption"]}pt }}
      h1, h2, h3, p {{ margin: 0 0 8pt; break-after: auto }} h2, h3 {{ break-after: avoid }}
      .item {{ margin-left: 24pt; text-indent: -24pt; text-align: left }} .label, .signature {{ text-align: left }}
      .footnote {{ font-size: {SIZES["footnote"]}pt; margin: 4pt 0 0 }}
      .columns {{ columns: 2; column-gap: 9mm; text-align: left; hyphens: manual }}
      table {{ border-collapse: collapse; width: 100%; margin-bottom: 10pt; text-align: left; table-layout: fixed }}
      td, th {{ border: {rule}; padding: 3pt 5pt; vertical-align: top; font-weight: normal; text-align: left }}
      th {{ font-weight: bold }} tr {{ break-inside: avoid }}
    """


def _html_part(part: Part) -> str:
    tag = TAGS[part.kind]
    text = escape(part.text)
    if part.link:
        text = text.replace(escape(part.link.words), f'<a href="{escape(part.link.target)}">{escape(part.link.words)}</a>')
    return f'<{tag} class="{part.kind}">{text}</{tag}>'


def _html_table(text: Content) -> str:
    reach = {(merge.row, merge.col): merge.rowspan for merge in text.merged}
    covered = {(row + down, col) for (row, col), rowspan in reach.items() for down in range(1, rowspan)}
    columns = "".join(f'<col style="width: {width:.0%}">' for width in WIDTHS)
    head = "".join(f"<th>{escape(cell)}</th>" for cell in text.rows[0])
    rows = (
        "".join(
            f'<td rowspan="{reach.get((number, col), 1)}">{escape(cell)}</td>'
            for col, cell in enumerate(row)
            if (number, col) not in covered
        )
        for number, row in enumerate(text.rows[1:], 1)
    )
    return f"<table>{columns}<thead><tr>{head}</tr></thead><tbody>{''.join(f'<tr>{row}</tr>' for row in rows)}</tbody></table>"


def by_weasyprint(plans: Sequence[tuple[Layout, Content]]) -> list[bytes]:
    """Web pages printed by WeasyPrint."""
    return printed("weasyprint", [html(layout, text) for layout, text in plans])


def by_chromium(plans: Sequence[tuple[Layout, Content]]) -> list[bytes]:
    """Web pages printed by Chromium."""
    return printed("chromium", [html(layout, text) for layout, text in plans])


def printed(producer: Literal["weasyprint", "chromium"], pages: Sequence[str]) -> list[bytes]:
    """Any web pages as PDFs: by WeasyPrint, or by Chromium."""
    return once.each(producer, pages, _by_weasyprint if producer == "weasyprint" else _by_chromium, at_once=25)


def _by_weasyprint(pages: Sequence[str]) -> list[bytes]:
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    return [HTML(string=page).write_pdf(font_config=fonts) for page in pages]


def _by_chromium(pages: Sequence[str]) -> list[bytes]:
    from playwright.sync_api import sync_playwright

    # Chromium refuses its sandbox to root, who runs the tests in a container; the pages are ours.
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        sheet = browser.new_page(java_script_enabled=False)
        made = []
        for page in pages:
            sheet.set_content(page)
            made.append(sheet.pdf(prefer_css_page_size=True, print_background=True))
        browser.close()
    return made


# Flat OpenDocument: LibreOffice -----------------------------------------------------------------------------------------

NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
    )
)  # fmt: skip


def odt(layout: Layout, text: Content) -> str:
    """A circular as flat OpenDocument text."""
    body = "".join(_odt_part(part) for part in text.parts if part.kind != "caption")
    if layout == "columns":
        body = f'<text:section text:style-name="columns" text:name="body">{body}</text:section>'
    caption = "".join(_odt_part(part) for part in text.parts if part.kind == "caption")
    rest = "".join(_odt_part(part) for part in text.rest)
    table = _odt_table(text) if text.rows else ""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {NAMESPACES} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="F" svg:font-family="'{FONT}'"/></office:font-face-decls>
<office:styles>
  <style:default-style style:family="paragraph"><style:paragraph-properties fo:margin-bottom="8pt" fo:orphans="2" fo:widows="2"/>{_odt_type(10.5)}</style:default-style>
  {"".join(_odt_style(kind) for kind in TAGS)}
  <style:style style:name="head" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/>{_odt_type(8)}</style:style>
  <style:style style:name="cell" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0pt"/>{_odt_type(10.5)}</style:style>
</office:styles>
<office:automatic-styles>{_odt_layout(layout)}</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="page">
  <style:header><text:p text:style-name="head">{escape(text.head)}</text:p></style:header>
  <style:footer><text:p text:style-name="head">{_odt_foot(text)}</text:p></style:footer>
</style:master-page></office:master-styles>
<office:body><office:text>{body}{caption}{table}{rest}</office:text></office:body></office:document>"""


def _odt_type(size: float, weight: str = "normal") -> str:
    kinds = "".join(
        f' {prefix}:font-size{suffix}="{size}pt" {prefix}:font-weight{suffix}="{weight}" style:font-name{suffix}="F"'
        for prefix, suffix in (("fo", ""), ("style", "-asian"))
    )
    return f'<style:text-properties{kinds} fo:language="en" fo:country="GB" style:language-asian="zh" style:country-asian="HK" fo:hyphenate="false"/>'


def _odt_style(kind: Kind) -> str:
    align = "center" if kind == "title" else "start"
    indent = ' fo:margin-left="24pt" fo:text-indent="-24pt"' if kind == "item" else ""
    keep = ' fo:keep-with-next="always"' if kind in ("heading", "caption") else ""
    weight = "bold" if kind in ("title", "heading", "caption") else "normal"
    properties = f'<style:paragraph-properties fo:text-align="{align}" fo:margin-bottom="8pt"{indent}{keep}/>'
    return f'<style:style style:name="{kind}" style:family="paragraph">{properties}{_odt_type(SIZES.get(kind, 10.5), weight)}</style:style>'


def _odt_layout(layout: Layout) -> str:
    wide, high = ("297mm", "210mm") if layout == "landscape" else ("210mm", "297mm")
    turn = ' style:print-orientation="landscape"' if layout == "landscape" else ""
    room = 297 - 44 if layout == "landscape" else 210 - 44
    rule = "0.6pt solid #000000" if layout in RULED else "none"
    columns = "".join(
        f'<style:style style:name="c{number}" style:family="table-column"><style:table-column-properties style:column-width="{width * room:.1f}mm"/></style:style>'
        for number, width in enumerate(WIDTHS)
    )
    margin = '<style:header-footer-properties fo:min-height="8mm" fo:margin-{side}="4mm"/>'
    return f"""<style:page-layout style:name="page">
  <style:page-layout-properties fo:page-width="{wide}" fo:page-height="{high}"{turn} fo:margin="14mm" fo:margin-left="22mm" fo:margin-right="22mm"/>
  <style:header-style>{margin.format(side="bottom")}</style:header-style><style:footer-style>{margin.format(side="top")}</style:footer-style>
</style:page-layout>
<style:style style:name="columns" style:family="section"><style:section-properties><style:columns fo:column-count="2" fo:column-gap="9mm">
  <style:column style:rel-width="1*" fo:start-indent="0mm" fo:end-indent="4.5mm"/><style:column style:rel-width="1*" fo:start-indent="4.5mm" fo:end-indent="0mm"/>
</style:columns></style:section-properties></style:style>
<style:style style:name="grid" style:family="table"><style:table-properties style:width="{room}mm" table:align="left" table:border-model="collapsing" fo:margin-bottom="10pt"/></style:style>
{columns}
<style:style style:name="row" style:family="table-row"><style:table-row-properties fo:keep-together="always"/></style:style>
<style:style style:name="box" style:family="table-cell"><style:table-cell-properties fo:border="{rule}" fo:padding="1.5mm"/></style:style>"""


def _odt_foot(text: Content) -> str:
    before, between, after = (escape(piece).replace(" ", "<text:s/>") for piece in text.foot)
    return f"{before}<text:page-number/>{between}<text:page-count/>{after}"


def _odt_part(part: Part) -> str:
    text = escape(part.text)
    if part.link:
        words = escape(part.link.words)
        text = text.replace(words, f'<text:a xlink:type="simple" xlink:href="{escape(part.link.target)}">{words}</text:a>')
    return f'<text:p text:style-name="{part.kind}">{text}</text:p>'


def _odt_table(text: Content) -> str:
    reach = {(merge.row, merge.col): merge.rowspan for merge in text.merged}
    covered = {(row + down, col) for (row, col), rowspan in reach.items() for down in range(1, rowspan)}

    def cell(row: int, col: int, words: str) -> str:
        if (row, col) in covered:
            return "<table:covered-table-cell/>"
        spans = f' table:number-rows-spanned="{reach[row, col]}"' if (row, col) in reach else ""
        return f'<table:table-cell table:style-name="box"{spans}><text:p text:style-name="cell">{escape(words)}</text:p></table:table-cell>'

    rows = [
        f'<table:table-row table:style-name="row">{"".join(cell(number, col, words) for col, words in enumerate(row))}</table:table-row>'
        for number, row in enumerate(text.rows)
    ]
    columns = "".join(f'<table:table-column table:style-name="c{number}"/>' for number in range(len(WIDTHS)))
    return (
        f'<table:table table:name="schedule" table:style-name="grid">{columns}'
        f"<table:table-header-rows>{rows[0]}</table:table-header-rows>{''.join(rows[1:])}</table:table>"
    )


def by_libreoffice(plans: Sequence[tuple[Layout, Content]]) -> list[bytes]:
    """Flat OpenDocument texts, exported."""
    return by_office([odt(*plan) for plan in plans], "odt")


def by_office(pages: Sequence[str], way: Literal["odt", "web", "word"]) -> list[bytes]:
    """As LibreOffice prints them: flat OpenDocument texts, or web pages as they are or as the Word files that it makes of them."""
    return once.each(f"libreoffice {way}", pages, partial(_by_office, way), at_once=40)


def _by_office(way: Literal["odt", "web", "word"], pages: Sequence[str]) -> list[bytes]:
    """By one LibreOffice with a profile of its own."""
    assert SOFFICE is not None
    with tempfile.TemporaryDirectory() as folder:
        names = [Path(folder, f"{number:04}.{'fodt' if way == 'odt' else 'html'}") for number in range(len(pages))]
        for name, page in zip(names, pages, strict=True):
            name.write_text(page, "utf-8")
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"

        def convert(*how: str) -> None:
            command = [SOFFICE, "--headless", profile, *how, "--outdir", folder, *map(str, names)]
            subprocess.run(command, check=True, capture_output=True, timeout=300)

        if way == "word":
            convert("--infilter=HTML (StarWriter)", "--convert-to", "docx:MS Word 2007 XML")
            names = [name.with_suffix(".docx") for name in names]
        convert("--convert-to", "pdf")
        return [name.with_suffix(".pdf").read_bytes() for name in names]


# ReportLab --------------------------------------------------------------------------------------------------------------


@cache
def truetype(characters: str) -> bytes:
    """A TrueType font with these characters of Noto Sans CJK: its outlines are cubic, which ReportLab cannot embed."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTCollection, newTable

    with TTCollection(NOTO, lazy=True) as collection:
        font = next(font for font in collection if font["name"].getDebugName(1) == FONT)
        cutter = Subsetter(Options(layout_features=[], notdef_outline=True, name_IDs=[1, 2, 4, 6]))
        cutter.populate(text=characters)
        cutter.subset(font)
        outlines, order = font.getGlyphSet(), font.getGlyphOrder()
        table = newTable("glyf")
        table.glyphOrder, table.glyphs = order, {}
        for name in order:
            pen = TTGlyphPen(outlines)
            outlines[name].draw(Cu2QuPen(pen, max_err=1.0, reverse_direction=True))
            table.glyphs[name] = pen.glyph()
        font["loca"], font["glyf"] = newTable("loca"), table
        del font["CFF "]
        for name in ("VORG", "vhea", "vmtx", "BASE", "GSUB", "GPOS", "GDEF"):
            if name in font:
                del font[name]
        sizes = font["maxp"]
        sizes.tableVersion = 0x00010000
        for field in ("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements",
                      "maxSizeOfInstructions", "maxComponentElements", "maxPoints", "maxContours", "maxCompositePoints",
                      "maxCompositeContours", "maxComponentDepth"):  # fmt: skip
            setattr(sizes, field, int(field == "maxZones"))
        called = f"Noto{hashlib.sha256(characters.encode()).hexdigest()[:8]}"  # ReportLab takes fonts of one name for one font
        for record in font["name"].names:
            if record.nameID in (4, 6):
                record.string = called
        font["post"].formatType, font["post"].extraNames, font["post"].mapping = 3.0, [], {}
        font.sfntVersion = "\0\1\0\0"
        stream = io.BytesIO()
        font.save(stream)
    return stream.getvalue()


def by_reportlab(plans: Sequence[tuple[Layout, Content]]) -> list[bytes]:
    """Flowables laid out by ReportLab, in an embedded subset of Noto Sans CJK."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    characters = "".join(sorted({character for _, text in plans for character in _characters(text)}))
    name = f"Noto{hashlib.sha256(characters.encode()).hexdigest()[:8]}"
    pdfmetrics.registerFont(TTFont(name, io.BytesIO(truetype(characters))))
    return [_flowing(layout, text, name) for layout, text in plans]


def _characters(text: Content) -> Iterable[str]:
    """Everything that is printed, and the digits of page numbers."""
    yield from "0123456789 "
    for words in (*text.paragraphs, *(cell for row in text.rows for cell in row), text.head, *text.foot):
        yield from words


def _flowing(layout: Layout, text: Content, font: str) -> bytes:
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.units import mm
    from reportlab.platypus import BaseDocTemplate, Frame, NextPageTemplate, PageBreak, PageTemplate

    size = landscape(A4) if layout == "landscape" else A4
    width, height = size[0] - 44 * mm, size[1] - 50 * mm

    def frame(left: float, wide: float) -> Frame:
        return Frame(left, 25 * mm, wide, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)

    def furniture(pages: int) -> Callable[[Any, Any], None]:
        def draw(canvas: Any, _: Any) -> None:
            canvas.setFont(font, 8)
            canvas.drawCentredString(size[0] / 2, size[1] - 15 * mm, text.head)
            canvas.drawCentredString(size[0] / 2, 13 * mm, text.footer(canvas.getPageNumber(), pages))

        return draw

    def made(pages: int) -> tuple[bytes, int]:
        stream, half = io.BytesIO(), (width - 9 * mm) / 2
        document = BaseDocTemplate(stream, pagesize=size, title=text.parts[4].text, invariant=1)
        one = PageTemplate("one", [frame(22 * mm, width)], onPage=furniture(pages))
        two = PageTemplate("two", [frame(22 * mm, half), frame(22 * mm + half + 9 * mm, half)], onPage=furniture(pages))
        document.addPageTemplates([two, one] if layout == "columns" else [one, two])
        story = [_rl_part(part, font) for part in text.parts if part.kind != "caption"]
        story += [NextPageTemplate("one"), PageBreak()] if layout == "columns" else []
        story += [_rl_part(part, font) for part in text.parts if part.kind == "caption"]
        story += [_rl_table(layout, text, font, width)] if text.rows else []
        story += [_rl_part(part, font) for part in text.rest]
        document.build(story)
        return stream.getvalue(), document.page

    _, pages = made(9)
    return made(pages)[0]


def _rl_paragraph(words: str, font: str, size: float = 10.5, **style: Any) -> Any:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    wrap = None if words.isascii() or not any("\u4e00" <= character <= "\u9fff" for character in words) else "CJK"
    return Paragraph(words, ParagraphStyle(font, fontName=font, fontSize=size, leading=1.45 * size, wordWrap=wrap, **style))


def _rl_part(part: Part, font: str) -> Any:
    words = escape(part.text, quote=False)
    if part.link:
        inside = escape(part.link.words, quote=False)
        words = words.replace(inside, f'<a href="{escape(part.link.target)}">{inside}</a>')
    item = {"leftIndent": 24, "firstLineIndent": -24} if part.kind == "item" else {}
    keep = {"keepWithNext": 1} if part.kind in ("heading", "caption") else {}
    align = {"alignment": 1} if part.kind == "title" else {}
    return _rl_paragraph(words, font, SIZES.get(part.kind, 10.5), spaceAfter=8, **item, **keep, **align)


def _rl_table(layout: Layout, text: Content, font: str, width: float) -> Any:
    from reportlab.lib.colors import black
    from reportlab.platypus import Table

    cells = [[_rl_paragraph(escape(cell, quote=False), font) for cell in row] for row in text.rows]
    style: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
    style += [("SPAN", (merge.col, merge.row), (merge.col, merge.row + merge.rowspan - 1)) for merge in text.merged]
    style += [("GRID", (0, 0), (-1, -1), 0.6, black)] if layout in RULED else []
    return Table(cells, [share * width for share in WIDTHS], repeatRows=1, style=style, spaceAfter=10)


_MAKERS: dict[Producer, Callable[[Sequence[tuple[Layout, Content]]], list[bytes]]] = {
    "weasyprint": by_weasyprint, "chromium": by_chromium, "libreoffice": by_libreoffice, "reportlab": by_reportlab,
}  # fmt: skip
