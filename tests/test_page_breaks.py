"""A ruled table that a page or a column breaks, between its rows or within one, is one table with whole rows."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

import pytest
from page_factory import strings
from pdf_factory import FONT, Lang, by_office, missing, printed
from prose_designs import LANGS, Writer, paragraphs, plain

from ingest import formats
from ingest.model import Document

Printer = Literal["weasyprint", "chromium", "libreoffice"]
PRINTERS: tuple[Printer, ...] = ("weasyprint", "chromium", "libreoffice")
Row = tuple[str, ...]

SHORT = {"en": "Step {} is announced", "zh-Hant": "公布第{}輪"}
LONG = {
    "en": "Participants shall confirm in writing that their systems, their staff and their back-up centres are ready for the relay, and"
    " shall keep the confirmation with their records for seven years after the day on which the relay ended",
    "zh-Hant": "參與者須以書面確認其系統、職員及後備中心均已準備就緒，並須將確認書連同有關紀錄一併保存，保存期由演習結束當日起計為期七年，"
    "期間須應要求出示",
}
PARTY = {"en": "CPs", "zh-Hant": "參與者"}
HEADINGS: dict[str, Row] = {"en": ("Date", "Event", "Party"), "zh-Hant": ("日期", "事項", "參與者")}
DAYS = {"en": "{} August 2026", "zh-Hant": "2026年8月{}日"}
STYLE = f"""@page {{ size: A4; margin: 25mm }} body {{ font: 10pt "{FONT}", sans-serif; margin: 0 }}
table {{ border-collapse: collapse; width: 100% }} td, th {{ border: 1px solid; padding: 1mm 2mm; text-align: left; vertical-align: top }}
.columns {{ column-count: 2; column-gap: 24pt }} .columns tr {{ break-inside: avoid }}"""


class Case(NamedTuple):
    """A table on a sheet: `repeated` headings, rows of `long` or short cells, and how far down the page it begins, in millimetres."""

    lang: Lang
    repeated: bool
    long: bool
    down: int

    def rows(self) -> list[Row]:
        said = LONG[self.lang] if self.long else SHORT[self.lang]
        return [HEADINGS[self.lang], *((DAYS[self.lang].format(day), said.format(day), PARTY[self.lang]) for day in range(3, 13))]

    def html(self) -> str:
        return page(
            self.lang, f'<p style="margin: 0 0 {self.down}mm">Relay</p>{table(self.rows(), repeated=self.repeated)}<p>End of it</p>'
        )


def page(lang: Lang, body: str) -> str:
    return f'<html lang="{lang}"><style>{STYLE}</style>{body}</html>'


def table(rows: Sequence[Row], *, repeated: bool = False) -> str:
    first, *others = ("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<table border="1">{f"<thead>{first}</thead>" if repeated else first}{"".join(others)}</table>'


def told(document: Document) -> list[list[Row]]:
    """The tables, without white space in their cells."""
    return [[tuple(re.sub(r"\s", "", cell) for cell in row) for row in strings(document, grid)] for grid in document.grids]


def bare(rows: Sequence[Row]) -> list[Row]:
    return [tuple(cell.replace(" ", "") for cell in row) for row in rows]


def made(printer: Printer, pages: Sequence[str]) -> Iterator[Document]:
    if reason := missing(printer):
        pytest.skip(reason)
    sheets = by_office(pages, "word") if printer == "libreoffice" else printed(printer, pages)
    return (formats.read(data, "a.pdf") for data in sheets)


@pytest.mark.parametrize("printer", PRINTERS)
@pytest.mark.parametrize("lang", LANGS)
def test_a_ruled_table_over_a_page_break_has_its_rows_whole(printer: Printer, lang: Lang) -> None:
    cases = [Case(lang, *rest) for rest in itertools.product((False, True), (False, True), (120, 166, 171, 176, 186, 196, 206, 216))]
    documents = list(made(printer, [case.html() for case in cases]))
    assert {case: found for case, one in zip(cases, documents, strict=True) if (found := told(one)) != [bare(case.rows())]} == {}
    assert {cell for one in documents for grid in one.grids for row in strings(one, grid) for cell in row if "\n" in cell} == set()


@pytest.mark.parametrize("printer", ["weasyprint", "chromium"])
@pytest.mark.parametrize("lang", LANGS)
def test_a_ruled_table_that_goes_on_in_the_next_column_is_one(printer: Printer, lang: Lang) -> None:
    sheets: list[tuple[str, list[Row]]] = []
    for repeated, (before, count, after), width in itertools.product(
        (False, True), ((2, 12, 2), (0, 20, 0), (4, 9, 3), (1, 24, 6), (7, 14, 9)), (2, 3)
    ):
        said = Writer(7, lang)
        rows = [
            row[:width]
            for row in (HEADINGS[lang], *((DAYS[lang].format(day), SHORT[lang].format(day), "CPs") for day in range(3, 3 + count)))
        ]
        parts = plain(paragraphs(said, before)), table(rows, repeated=repeated), plain(paragraphs(said, after))
        sheets.append((page(lang, f'<h1>Relay</h1><div class="columns">{"".join(parts)}</div>'), rows))
    documents = made(printer, [html for html, _ in sheets])
    assert [number for number, (one, (_, rows)) in enumerate(zip(documents, sheets, strict=True)) if told(one) != [bare(rows)]] == []


def test_tables_of_one_make_side_by_side_stay_two() -> None:
    rows = [("Name", "Telephone"), ("Ruth Cheng", "2979 7001"), ("Peter Lam", "2979 7002"), ("Flora Ho", "2979 7003")]
    other = [("Office", "Room"), ("Central", "1201"), ("Kwun Tong", "0803"), ("Tsuen Wan", "0402")]
    body = f'<div class="columns">{table(rows)}{table(other)}</div>'
    (one,) = made("weasyprint", [page("en", f"<h1>Relay</h1>{body}")])
    assert told(one) == [bare(rows), bare(other)]


def test_a_merged_date_over_a_page_break_keeps_the_rows_beside_it() -> None:
    """The second row of the date begins the next page: its first cell is empty there, and the others are no rest of those above."""
    rows = ["<tr><td>Date</td><td>Time</td><td>Event</td><td>Party</td></tr>"]
    for day in range(3, 9):
        first = f'<tr><td rowspan="2">{day} August 2026</td><td>9:30 a.m.</td><td>Switch to the other centre</td><td>Clearing CPs</td></tr>'
        rows += [first, "<tr><td>3:15 p.m.</td><td>Switch back and reconcile</td><td>All CPs</td></tr>"]
    pages = [
        page("en", f'<p style="margin: 0 0 {down}mm">Relay</p><table style="table-layout: fixed">{"".join(rows)}</table>')
        for down in range(166, 222, 7)
    ]
    for one in made("weasyprint", pages):
        (grid,) = one.grids
        assert (grid.height, [row[1] for row in strings(one, grid)]) == (13, ["Time", *["9:30 a.m.", "3:15 p.m."] * 6])


@pytest.mark.parametrize("lang", LANGS)
def test_a_page_with_more_white_across_than_down_keeps_its_lines(lang: Lang) -> None:
    """pdfium takes it for one of upright lines, and breaks a line behind each letter that was painted for itself."""
    rows = [(DAYS[lang].format(day), PARTY[lang]) for day in range(3, 13)]
    (one,) = made("chromium", [page(lang, table(rows))])
    assert one.text.split("\n") == ["\t".join(row) for row in rows]
    assert one.places is not None
    at = one.text.index(rows[9][0])
    number, box = one.places.at((at, at + len(rows[9][0]))) or (None, None)
    assert number == 1
    assert box is not None
    assert box[0] < 90
    assert 130 < box[2] < 240
    assert box[3] - box[1] < 14
