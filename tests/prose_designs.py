"""Pages without any table that look as if they had one: two-column text, lists, letterheads, contact blocks, contents with leaders.

    for made in documents("chromium", langs=("en",)):
        assert formats.read(made.data, made.name).grids == ()

The words are those of `pdf_content`; a seed gives the same page for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import Literal, NamedTuple

import pypdfium2 as pdfium
from pdf_content import ITEMS, SIGNED, Lang, Writer
from pdf_factory import LANGS, printed

Printer = Literal["weasyprint", "chromium"]

CSS = """
@page { size: A4; margin: 20mm 21mm } body { margin: 0; font: 10.5pt/1.4 'Liberation Sans', 'Noto Sans CJK HK', sans-serif }
p { margin: 0 0 7pt } h1 { font-size: 14pt } h2 { font-size: 11.5pt; margin: 9pt 0 5pt }
.columns { columns: 2; column-gap: 8mm } .justified { text-align: justify } .narrow { columns: 3; column-gap: 6mm; font-size: 8.5pt }
.hang { padding-left: 30pt; text-indent: -30pt } .hang b { display: inline-block; width: 30pt; text-indent: 0; font-weight: normal }
.hang .hang { margin: 7pt 0 0 } .head { display: flex; justify-content: space-between; font-size: 8.5pt; margin-bottom: 18pt }
.signed { display: flex; justify-content: space-between; margin-top: 24pt } .toc { display: flex; margin-bottom: 3pt }
.toc i { flex: 1; border-bottom: 1pt dotted #000; margin: 0 4pt 3pt } .label { display: flex } .label b { width: 70pt }
.boxed { border: 0.8pt solid #000; padding: 8pt; margin-bottom: 8pt } ol, ul { margin: 0 0 7pt } hr { border: 0; border-top: 0.8pt solid #000 }
"""


class Sheet(NamedTuple):
    """A PDF of prose, and how many pages it has."""

    name: str
    data: bytes
    pages: int


def paragraphs(writer: Writer, count: int) -> list[str]:
    return [escape(writer.sentences(writer.random.randint(2, 5))) for _ in range(count)]


def plain(parts: Sequence[str]) -> str:
    return "".join(f"<p>{part}</p>" for part in parts)


def columns(writer: Writer) -> str:
    """Two columns below a heading over both; justified, so that words of a line stand far apart."""
    return f'<h1>{escape(writer.sentences(1))}</h1><div class="columns justified">{plain(paragraphs(writer, 16))}</div>'


def three_columns(writer: Writer) -> str:
    """A newsletter, ragged."""
    return f'<h1>{escape(writer.sentences(1))}</h1><div class="narrow">{plain(paragraphs(writer, 22))}</div>'


def hanging(writer: Writer) -> str:
    """Numbered paragraphs, two levels deep, their numbers in a margin of their own."""
    made = []
    for number, part in enumerate(paragraphs(writer, 7), 1):
        inner = "".join(
            f'<div class="hang"><b>({mark})</b>{escape(writer.fill(item))}</div>'
            for mark, item in zip("abcd", ITEMS[writer.lang], strict=True)
        )
        made.append(f'<div class="hang"><b>{number}.{"1" if number % 2 else ""}</b>{part}{inner if number % 3 == 1 else ""}</div><p></p>')
    return "".join(made)


def letter(writer: Writer) -> str:
    """A letterhead with addresses left and right, labels with their values, two signatories side by side."""
    english = writer.lang == "en"
    left = "Northern Harbour Clearing Limited<br>25th Floor, Pier Tower<br>8 Ferry Road<br>Hong Kong"
    right = "Telephone 2979 7411<br>Facsimile 2979 7412<br>E-mail desk@northharbour.example<br>www.northharbour.example"
    labels = (
        (("Our Ref.:", "NH/OPS/2027/31"), ("Your Ref.:", "–"), ("Date:", "8 March 2027"), ("To:", "All Participants"))
        if english
        else (("檔號：", "NH/OPS/2027/31"), ("來函：", "–"), ("日期：", "2027年3月8日"), ("致：", "全體參與者"))
    )
    head = "".join(f'<div class="label"><b>{label}</b><span>{value}</span></div>' for label, value in labels)
    signed = "<br>".join(map(escape, SIGNED[writer.lang]))
    return (
        f'<div class="head"><div>{left}</div><div>{right}</div></div>{head}<p></p>{plain(paragraphs(writer, 6))}'
        f'<div class="signed"><div>{signed}</div><div>{signed}</div></div>'
    )


def contents(writer: Writer) -> str:
    """A table of contents, which is none: dotted leaders and page numbers at the right; the text follows."""
    title = "Contents" if writer.lang == "en" else "目錄"
    lines = [escape(writer.sentences(1))[: 60 if writer.lang == "en" else 28] for _ in range(18)]
    listed = "".join(
        f'<div class="toc"><span>{at}. {line}</span><i></i><span>{at * 2 + 1}</span></div>' for at, line in enumerate(lines, 1)
    )
    return f"<h1>{title}</h1>{listed}<h2>{lines[0]}</h2>{plain(paragraphs(writer, 6))}"


def leaders(writer: Writer) -> str:
    """The same with full stops for leaders, as word processors type them."""
    lines = [escape(writer.sentences(1))[: 40 if writer.lang == "en" else 20] for _ in range(14)]
    wide = [len(line) if writer.lang == "en" else 2 * len(line) for line in lines]
    listed = "".join(
        f"<p>{at}&emsp;{line} {'.' * (90 - width)} {at + 2}</p>" for at, (line, width) in enumerate(zip(lines, wide, strict=True), 1)
    )
    return f"<h1>{'Contents' if writer.lang == 'en' else '目錄'}</h1>{listed}{plain(paragraphs(writer, 8))}"


def lists(writer: Writer) -> str:
    """Bullets and numbers between paragraphs, one list with short items, a boxed notice, a rule above the footnotes."""
    items = "".join(f"<li>{escape(writer.fill(item))}</li>" for item in ITEMS[writer.lang])
    short = "".join(
        f"<li>{word}</li>" for word in (("form", "card", "token", "cable") if writer.lang == "en" else ("表格", "卡", "編碼器", "電線"))
    )
    box = f'<div class="boxed">{plain(paragraphs(writer, 1))}</div>'
    body = paragraphs(writer, 7)
    return (
        f"{plain(body[:2])}<ul>{items}</ul>{plain(body[2:4])}<ol>{short}</ol>{box}<ol type=i>{items}</ol>{plain(body[4:])}"
        f'<hr><p style="font-size: 7.5pt">1&emsp;{paragraphs(writer, 1)[0]}</p>'
    )


def contacts(writer: Writer) -> str:
    """Prose, then blocks of names with their numbers, two side by side."""
    english = writer.lang == "en"
    people = (
        (("Ms. Ada Kwan", "Tel: 2979 7421"), ("Mr. Ben Ip", "Tel: 2979 7422"))
        if english
        else (("關女士", "電話：2979 7421"), ("葉先生", "電話：2979 7422"))
    )
    block = "<br>".join(("Participant Services" if english else "參與者服務部", *people[0], "ada@northharbour.example"))
    other = "<br>".join(("Risk Management" if english else "風險管理部", *people[1], "ben@northharbour.example"))
    rest = plain(paragraphs(writer, 3))
    return f'{plain(paragraphs(writer, 8))}<div class="head"><div>{block}</div><div>{other}</div></div>{rest}'


DESIGNS: dict[str, Callable[[Writer], str]] = {
    "columns": columns, "three-columns": three_columns, "hanging": hanging, "letter": letter,
    "contents": contents, "leaders": leaders, "lists": lists, "contacts": contacts,
}  # fmt: skip


def page(name: str, lang: Lang, seed: int) -> str:
    """A page of this design as HTML."""
    return f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><style>{CSS}</style><body>{DESIGNS[name](Writer(seed, lang))}</body></html>'


def documents(producer: Printer, langs: Sequence[Lang] = LANGS, count: int = 1) -> Iterator[Sheet]:
    """Each design in each language, so many times, never two alike."""
    plans = [
        (name, lang, 100 * at + 10 * number + len(lang)) for number in range(count) for lang in langs for at, name in enumerate(DESIGNS)
    ]
    made = printed(producer, [page(*plan) for plan in plans])
    for (name, lang, seed), data in zip(plans, made, strict=True):
        with pdfium.PdfDocument(data) as opened:
            yield Sheet(f"{producer}-{name}-{lang[:2]}-{seed}.pdf", data, len(opened))
