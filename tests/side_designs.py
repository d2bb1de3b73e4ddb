"""Pages with a narrow column beside their prose: key dates, who to ask, a summary; left or right, framed, tinted or bare.

    for made in documents("weasyprint"):
        assert misplaced(made, formats.read(made.data, made.name).text) == []

The words of the prose are those of `pdf_content`; a seed gives the same page for ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import product
from typing import Literal, NamedTuple

from pdf_content import Lang, Writer
from pdf_factory import LANGS, NAMESPACES, by_office, printed

Printer = Literal["weasyprint", "chromium", "libreoffice"]
Way = Literal["grid", "float"]
Look = Literal["bare", "frame", "tint", "rule"]
Side = Literal["left", "right"]
Kind = Literal["dates", "people", "summary"]

LOOKS: tuple[Look, ...] = ("bare", "frame", "tint", "rule")
KINDS: tuple[Kind, ...] = ("dates", "people", "summary")

HEADED = {
    "en": {"dates": "Key dates", "people": "Enquiries", "summary": "In brief"},
    "zh-Hant": {"dates": "重要日期", "people": "查詢", "summary": "摘要"},
}
DATED = {
    "en": ("Forms go out", "Rehearsal of the relay site", "Last day for the return of old cables and cards", "Launch"),
    "zh-Hant": ("派發表格", "後備中心演習", "交回舊電線及操作員卡的最後日期", "推出服務"),
}
PEOPLE = {
    "en": ("Ada Kwan", "Project Desk", "2979 7421", "ada@harbour.example", "Ben Ip", "Risk Desk", "2979 7422", "ben@harbour.example"),
    "zh-Hant": (
        "關小姐",
        "項目支援組",
        "2979 7421",
        "ada@harbour.example",
        "葉先生",
        "風險管理組",
        "2979 7422",
        "ben@harbour.example",
    ),
}
CSS = """
@page { size: A4; margin: 22mm 20mm } body { margin: 0; font: 10.5pt/1.4 'Liberation Sans', 'Noto Sans CJK HK', sans-serif }
p { margin: 0 0 7pt } h1 { font-size: 15pt; margin: 0 0 9pt } h4 { font-size: 10pt; margin: 0 0 5pt }
.pair { display: flex; column-gap: 8mm } .pair.left { flex-direction: row-reverse } .pair > main { flex: 1 }
aside { width: 48mm; box-sizing: border-box; font-size: 8.5pt; line-height: 1.35; align-self: flex-start } aside p { margin: 0 0 4pt }
.float aside { float: right; margin: 0 0 6mm 8mm } .float.left aside { float: left; margin: 0 8mm 6mm 0 } .next { break-before: page }
.frame { border: .8pt solid #000; padding: 6pt } .tint { background: #dde6ee; padding: 6pt } .rule { border-left: 1.5pt solid #036; padding-left: 6pt }
.large { font-size: 10.5pt; line-height: 1.4 }
"""


class Design(NamedTuple):
    """How a narrow column is set, what stands in it, and whether it is set in the type of the prose."""

    way: Way
    look: Look
    side: Side
    kind: Kind
    large: bool
    pages: int = 1


class Made(NamedTuple):
    """A PDF with its paragraphs, and the lines of each of its narrow columns."""

    name: str
    data: bytes
    paragraphs: Sequence[str]
    asides: Sequence[Sequence[str]]


class Sheet(NamedTuple):
    """A page's prose, and what stands beside it."""

    title: str
    paragraphs: Sequence[str]
    aside: Sequence[str]


def aside(writer: Writer, kind: Kind) -> list[str]:
    """What stands in a narrow column: a heading, then its paragraphs."""
    head = HEADED[writer.lang][kind]
    if kind == "dates":
        return [head, *(part for after, event in enumerate(DATED[writer.lang], 2) for part in (writer.day(9 * after), event))]
    if kind == "people":
        return [head, *PEOPLE[writer.lang]]
    return [head, writer.sentences(2), writer.sentences(1)]


def sheets(design: Design, lang: Lang) -> list[Sheet]:
    """The pages of a design."""
    writer = Writer(31 * KINDS.index(design.kind) + 7 * LOOKS.index(design.look) + len(design.side), lang)
    return [
        Sheet(writer.sentences(1), [writer.sentences(writer.random.randint(2, 4)) for _ in range(6)], aside(writer, design.kind))
        for _ in range(design.pages)
    ]


def html(design: Design, lang: Lang) -> str:
    """The pages of a design as a web page."""
    pages = []
    for number, sheet in enumerate(sheets(design, lang)):
        head, *rest = map(escape, sheet.aside)
        box = f'<aside class="{design.look} {"large" if design.large else ""}"><h4>{head}</h4>{"".join(f"<p>{part}</p>" for part in rest)}</aside>'
        main = "".join(f"<p>{escape(part)}</p>" for part in sheet.paragraphs)
        first = f"<h1>{escape(sheet.title)}</h1>"
        classes = f"{design.side} {'next' if number else ''}"
        pages.append(
            f'<section class="{classes}">{first}<div class="pair {design.side}"><main>{main}</main>{box}</div></section>'
            if design.way == "grid"
            else f'<section class="float {classes}">{first}{box}{main}</section>'
        )
    return f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><style>{CSS}</style><body>{"".join(pages)}</body></html>'


DESIGNS: tuple[Design, ...] = (
    *(Design(way, look, side, "dates", False) for way, look, side in product(("grid", "float"), LOOKS, ("left", "right"))),
    *(Design("grid", look, side, kind, large) for look, side, kind, large in product(("bare", "tint"), ("left", "right"), ("people", "summary"), (False, True))),
    *(Design("grid", "bare", side, "dates", True) for side in ("left", "right")),
    *(Design("grid", look, "right", "dates", False, 3) for look in ("bare", "tint")),
)  # fmt: skip


def documents(producer: Printer, langs: Sequence[Lang] = LANGS, designs: Sequence[Design] = DESIGNS) -> Iterator[Made]:
    """Each design in each language."""
    plans = [(design, lang) for lang in langs for design in designs]
    files = (
        by_office([odt(*plan) for plan in plans], "odt")
        if producer == "libreoffice"
        else printed(producer, [html(*plan) for plan in plans])
    )
    for (design, lang), data in zip(plans, files, strict=True):
        pages = sheets(design, lang)
        name = f"{producer}-{design.way}-{design.look}-{design.side}-{design.kind}-{'large' if design.large else 'small'}-{design.pages}-{lang[:2]}.pdf"
        yield Made(name, data, [part for sheet in pages for part in (sheet.title, *sheet.paragraphs)], [sheet.aside for sheet in pages])


def odt(design: Design, lang: Lang) -> str:
    """The pages of a design as flat OpenDocument text: the narrow column is a text frame, bound to its page's first paragraph."""
    border = {"frame": 'fo:border="0.8pt solid #000000"', "rule": 'fo:border="none" fo:border-left="1.5pt solid #003366"'}.get(
        design.look, 'fo:border="none"'
    )
    tint = 'fo:background-color="#dde6ee" draw:fill="solid" draw:fill-color="#dde6ee"' if design.look == "tint" else 'draw:fill="none"'
    wrap = "left" if design.side == "right" else "right"
    wide = design.way == "grid"  # the prose keeps clear of the column down to the foot of the page
    size, margin = (10.5 if design.large else 8.5), ("left" if design.side == "left" else "right")
    body = []
    for number, sheet in enumerate(sheets(design, lang)):
        lines = "".join(f'<text:p text:style-name="side">{escape(part)}</text:p>' for part in sheet.aside)
        frame = (
            f'<draw:frame draw:style-name="frame" draw:name="side{number}" text:anchor-type="paragraph" svg:width="48mm" svg:y="0mm" draw:z-index="{number}">'
            f'<draw:text-box fo:min-height="20mm">{lines}</draw:text-box></draw:frame>'
        )
        body.append(f'<text:p text:style-name="{"next" if number else "title"}">{escape(sheet.title)}</text:p>')
        first, *rest = sheet.paragraphs
        body.append(f'<text:p text:style-name="main">{frame}{escape(first)}</text:p>')
        body += [f'<text:p text:style-name="main">{escape(part)}</text:p>' for part in rest]
    font = 'style:font-name="F" style:font-name-asian="F"'
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {NAMESPACES} xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="F" svg:font-family="'Noto Sans CJK HK'"/></office:font-face-decls>
<office:styles>
  <style:default-style style:family="paragraph"><style:paragraph-properties fo:margin-bottom="7pt"/>
    <style:text-properties fo:font-size="10.5pt" style:font-size-asian="10.5pt" {font}/></style:default-style>
  <style:style style:name="title" style:family="paragraph"><style:text-properties fo:font-size="15pt" style:font-size-asian="15pt"/></style:style>
  <style:style style:name="next" style:family="paragraph" style:parent-style-name="title"><style:paragraph-properties fo:break-before="page"/></style:style>
  <style:style style:name="main" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="7pt" fo:margin-{margin}="{"56mm" if wide else "0mm"}"/></style:style>
</office:styles>
<office:automatic-styles><style:style style:name="side" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="4pt"/>
  <style:text-properties fo:font-size="{size}pt" style:font-size-asian="{size}pt"/></style:style>
<style:page-layout style:name="page"><style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm" fo:margin="20mm"/></style:page-layout>
<style:style style:name="frame" style:family="graphic"><style:graphic-properties style:wrap="{"run-through" if wide else wrap}" style:number-wrapped-paragraphs="no-limit"
  style:vertical-pos="from-top" style:vertical-rel="paragraph" style:horizontal-pos="{design.side}" style:horizontal-rel="page-content"
  fo:margin-{"left" if design.side == "right" else "right"}="8mm" fo:margin-bottom="6mm" fo:padding="2mm" draw:stroke="none" {border} {tint}/></style:style></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="page"/></office:master-styles>
<office:body><office:text>{"".join(body)}</office:text></office:body></office:document>"""


def squeezed(text: str) -> str:
    return "".join(text.split())


def misplaced(made: Made, text: str) -> list[str]:
    """The paragraphs that are not read whole, and the first line of each narrow column that is not read in one go."""
    whole = squeezed(text)
    out = [part for part in made.paragraphs if squeezed(part) not in whole]
    return out + [lines[0] for lines in made.asides if squeezed("".join(lines)) not in whole]
