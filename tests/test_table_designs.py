"""Tables come out of PDFs cell by cell, whatever they look like on paper, and prose that looks like one is left alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Literal

import pytest
from pdf_factory import LANGS, Producer, by_office, missing, printed
from prose_designs import Printer, Sheet, documents, page
from table_designs import DESIGNS, Design, Rows
from table_designs_fifth import FIFTH
from table_designs_fourth import FOURTH
from table_designs_more import MORE
from table_designs_seventh import SEVENTH
from table_designs_sixth import SIXTH
from table_designs_third import SCHEDULES as THIRD
from table_designs_third import Schedule

from ingest import formats
from ingest.formats import signs
from ingest.model import Document, Event
from ingest.pipeline import parse
from ingest.settings import Settings

SCHEDULES = (*THIRD, *FOURTH, *FIFTH, *SIXTH, *SEVENTH)
UNITS: dict[str, list[str]] = {"margins-units-en": [], "units-zh": []}
ALL = (*DESIGNS, *MORE, *(one.design for one in SCHEDULES))
LIBERATION = Path("/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf")
PRINTERS: tuple[Printer, ...] = ("weasyprint", "chromium")


def fold(text: str) -> str:
    """Without white space and bullets, whose signs are the producer's."""
    return re.sub(r"[\s•●▪◦]", "", unicodedata.normalize("NFKC", text))


def needs(producer: Producer) -> None:
    """The designs are set in Liberation Sans, as wide as Arial: in the wider DejaVu their columns run together."""
    if reason := missing(producer) or (None if LIBERATION.exists() else "no Liberation fonts (fonts-liberation)"):
        pytest.skip(reason)


@cache
def designs(producer: Printer) -> dict[str, bytes]:
    needs(producer)
    return dict(zip((one.name for one in ALL), printed(producer, [one.html for one in ALL]), strict=True))


@cache
def prose(producer: Printer) -> tuple[Sheet, ...]:
    needs(producer)
    return tuple(documents(producer))


def cells(document: Document) -> list[Rows]:
    """The tables of a document, folded; what is covered by a merged cell is empty."""
    found = []
    for grid in document.grids:
        rows = [[""] * grid.width for _ in range(grid.height)]
        for cell in grid.cells:
            rows[cell.row][cell.col] = fold(document.text[slice(*cell.span)])
        found.append(rows)
    return found


@pytest.mark.parametrize("producer", PRINTERS)
@pytest.mark.parametrize("design", ALL, ids=lambda one: one.name)
def test_a_design_comes_out_cell_by_cell(design: Design, producer: Printer) -> None:
    read = formats.read(designs(producer)[design.name], f"{design.name}.pdf")
    wanted = [[[fold(cell) for cell in row] for row in table] for table in design.truth]
    assert sorted(cells(read)) == sorted(wanted)


@pytest.mark.parametrize(("way", "missed"), [
    # a last row over all columns is told from the text below by nothing, two tables beside each other are written as one,
    # and a row of units is one with the headings above it
    ("web", {"ruled-merged": [], "side-by-side": ["table-columns"], "sessions-zh": ["table-lost"], **UNITS}),
    # whole rows have no more than a space between their cells; and pdfium orders by their places what stands on nearly one level
    ("word", {"ruled-merged": ["table-rows", "table-rows"], "side-by-side": ["table-columns"], "group-rows-zh": ["table-lost"], **UNITS}),
])  # fmt: skip
def test_a_design_by_libreoffice_comes_out_cell_by_cell_but_for_these(way: Literal["web", "word"], missed: dict[str, list[str]]) -> None:
    """Its cells stand in the middle of their rows, often with no more than a space between them, and without a ruling.

    What is misread is told by the warnings named here, and nothing else is.
    """
    needs("libreoffice")
    wrong = {}
    for design, data in zip(ALL, by_office([one.html for one in ALL], way), strict=True):
        wanted = [[[fold(cell) for cell in row] for row in table] for table in design.truth]
        found = parse(data, Path(f"{design.name}.pdf"), Settings())
        doubts = [warn.code for warn in found.warnings if warn.code in ("table-lost", "table-columns", "table-rows")]
        if sorted(cells(formats.read(data, f"{design.name}.pdf"))) != sorted(wanted):
            wrong[design.name] = doubts
        else:
            assert doubts == [], design.name
    assert wrong == missed


def told(events: Iterable[Event]) -> list[str]:
    """Events as `Schedule` writes them."""
    return [
        f"{event.start}{'' if event.end == event.start else f'..{event.end}'}{f' {event.time}' if event.time else ''}" for event in events
    ]


@pytest.mark.parametrize("producer", PRINTERS)
@pytest.mark.parametrize("schedule", [one for one in SCHEDULES if one.events is not None], ids=lambda one: one.design.name)
def test_the_events_of_a_schedule_are_those_of_its_rows(schedule: Schedule, producer: Printer) -> None:
    data = designs(producer)[schedule.design.name]
    found = parse(data, Path(f"{schedule.design.name}.pdf"), Settings())
    assert tuple(told(found.events)) == schedule.events


@pytest.mark.parametrize("schedule", SCHEDULES, ids=lambda one: one.design.name)
def test_a_schedule_is_the_same_as_a_page(schedule: Schedule) -> None:
    found = parse(schedule.design.html.encode(), Path("a.html"), Settings())
    wanted = [[list(map(fold, row)) for row in table] for table in schedule.design.truth]
    assert [[list(map(fold, row)) for row in table.rows] for table in found.tables] == wanted
    assert schedule.events is None or tuple(told(found.events)) == schedule.events


@pytest.mark.parametrize("producer", PRINTERS)
def test_prose_that_looks_like_a_table_is_none(producer: Printer) -> None:
    assert {sheet.name: cells(read) for sheet in prose(producer) if (read := formats.read(sheet.data, sheet.name)).grids} == {}


def test_columns_of_prose_in_which_a_paragraph_ends_are_none() -> None:
    needs("chromium")
    (data,) = printed("chromium", [page("columns", "zh-Hant", 37)])
    assert formats.read(data, "columns.pdf").grids == ()


@pytest.mark.parametrize("producer", PRINTERS)
def test_a_cell_in_two_languages_keeps_its_line_break(producer: Printer) -> None:
    read = formats.read(designs(producer)["zebra-bilingual"], "holidays.pdf")
    said = {read.text[slice(*cell.span)] for cell in read.grids[0].cells}
    assert {"Day\n星期", "24 December 2027\n2027年12月24日", "Until 12:30 p.m.\n至下午12時30分"} <= said


@pytest.mark.parametrize("design", MORE, ids=lambda one: one.name)
def test_a_design_saved_with_tabs_comes_out_cell_by_cell(design: Design) -> None:
    (table,) = design.truth
    text = "Date: 7 June 2027\n\nThe particulars are below.\n\n" + "\n".join(
        "\t".join(cell.replace("\n", " ") for cell in row) for row in table
    )
    assert cells(formats.read(text.encode(), "a.txt")) == [[[fold(cell) for cell in row] for row in table]]


def test_prose_is_made_in_both_languages() -> None:
    assert {sheet.name.split("-")[-2] for sheet in prose("weasyprint")} == {lang[:2] for lang in LANGS}


def test_what_stands_beside_a_table_in_a_column_is_read_after_it() -> None:
    needs("weasyprint")
    text = formats.read(designs("weasyprint")["in-two-columns"], "columns.pdf").text
    assert [text.index(mark) for mark in ("1. The", "3. The", "Two shifts", "4. Comments", "7. Participants")] == sorted(
        text.index(mark) for mark in ("1. The", "3. The", "Two shifts", "4. Comments", "7. Participants")
    )


def test_footnotes_and_signature_stay_outside_of_a_half_ruled_table() -> None:
    needs("weasyprint")
    read = formats.read(designs("weasyprint")["half-ruled-zh"], "fees.pdf")
    (grid,) = read.grids
    assert [word in read.text[slice(*grid.span)] for word in ("2,000.00", "註：", "霍敏儀")] == [True, False, False]


@pytest.mark.parametrize(("rows", "is_so"), [
    ([["1. Scope", "3"], ["2. Fees", "5"], ["3. Forms", "5"]], True),
    ([["Scope", "Page"], ["Fees", "5"], ["Forms", "9"], ["Annex", "12"]], True),
    ([["1. Scope", "5"], ["2. Fees", "3"], ["3. Forms", "7"]], False),
    ([["July", "3"], ["August", "5"], ["September", "7"]], False),
])  # fmt: skip
def test_contents_have_page_numbers_that_never_fall(rows: Rows, is_so: bool) -> None:
    assert signs.is_contents(rows) is is_so


@pytest.mark.parametrize(("rows", "is_so"), [
    ([["Participant Services", "Risk"], ["Tel: 2979 7421", "Tel: 2979 7422"], ["ada@x.example", "ben@x.example"]], True),
    ([["參與者服務部", "風險管理部"], ["電話：2979 7421", "電話：2979 7422"], ["www.x.example", "www.y.example"]], True),
    ([["", "Old", "New"], ["Tel", "2979 7421", "2979 7422"], ["E-mail", "ada@x.example", "ada@y.example"]], False),
    ([["Name", "Telephone"], ["Ada", "2979 7421"], ["Ben", "2979 7422"]], False),
])  # fmt: skip
def test_a_contact_block_has_its_labels_beside_the_numbers(rows: Rows, is_so: bool) -> None:
    assert signs.is_contact_block(rows) is is_so


@pytest.mark.parametrize(("rows", "is_so"), [
    ([["1.1", "word " * 30], ["1.2", "word " * 40]], True),
    ([["(a)", "form"], ["(b)", "card"]], True),
    ([["8.30", "Opening"], ["9.15", "Closing"]], False),
    ([["Model", "word " * 30], ["1.2", "word " * 40]], False),
])  # fmt: skip
def test_numbered_paragraphs_are_no_table(rows: Rows, is_so: bool) -> None:
    assert signs.are_paragraphs(rows) is is_so


@pytest.mark.parametrize(("rows", "is_so"), [
    ([["Harriet Poon", "Marcus Lam"], ["Head of Operations", "Head of Risk"]], True),
    ([["Harriet Poon", "Marcus Lam"], ["Head of Operations", "Head of Risk"], ["4 January 2027", "5 January 2027"]], True),
    ([["營運部主管", "風險管理部主管"], ["潘麗芬", "林子明"], ["2027年1月4日", "2027年1月5日"]], True),
    ([["Harriet Poon", "Marcus Lam"], ["Head of Operations", "Head of Risk"], ["2979 7001", "2979 7002"]], False),  # whom to call
    ([["Name", "Post"], ["Harriet Poon", "Head of Operations"], ["Marcus Lam", "Head of Risk"]], False),
])  # fmt: skip
def test_those_who_sign_side_by_side_may_date_it(rows: Rows, is_so: bool) -> None:
    assert signs.are_signatures(rows) is is_so
