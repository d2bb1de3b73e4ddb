"""PDF through the door: circulars of four producers against what they say, real ones for places, locks and fonts without a map."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from pdf_factory import LAYOUTS, PRODUCERS, Made, Producer, documents, missing
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from ingest import formats
from ingest.errors import UnreadableSource
from ingest.formats import framed, pdfium
from ingest.model import Document, Evidence, Grid
from ingest.pipeline import parse, read
from ingest.settings import Settings

HERE = Path(__file__).parent
CORPUS = HERE / "circulars"
ROLLOUT = CORPUS / "05-rollout" / "hkscc-en.pdf"
LOCKED = CORPUS / "08-return-filing" / "hkma-locked-en.pdf"
UNMAPPED = CORPUS / "10-contract-launch" / "hkfe-broken-en.pdf"


def said(text: str) -> str:
    """Text as it is compared: without white space, whose place is the producer's."""
    return re.sub(r"\s+", "", text)


@cache
def made(producer: Producer) -> list[Made]:
    """The circulars of one producer; the test skips where it is not installed."""
    if why := missing(producer):
        pytest.skip(why)
    return list(documents(producer, layouts=LAYOUTS))


def rows(document: Document, grid: Grid) -> list[list[str]]:
    found = [[""] * grid.width for _ in range(grid.height)]
    for cell in grid.cells:
        found[cell.row][cell.col] = document.text[slice(*cell.span)]
    return found


@pytest.mark.parametrize("producer", PRODUCERS)
def test_paragraphs_are_read_whole_and_in_order(producer: Producer) -> None:
    """All of them in all six layouts; what stands in the margins belongs to none."""
    for one in made(producer):
        document = formats.read(one.data, one.name)
        flow = said(document.text)
        at = 0
        for paragraph in map(said, one.paragraphs):
            assert paragraph in flow[at:], (one.name, paragraph)
            at = flow.index(paragraph, at) + len(paragraph)
        assert [line for line in one.furniture if said(line) in flow] == [], one.name


def right_cells(one: Made, rule: str) -> int:
    """How many cells of the schedule, filled or not, are read where they stand."""
    document = formats.read(one.data, one.name)
    found = [rows(document, grid) for grid in document.grids]
    assert [grid.rule for grid in document.grids] == [rule], one.name
    places = [(row, col, text) for row, cells in enumerate(one.tables[0]) for col, text in enumerate(cells)]
    return sum(row < len(found[0]) and said(found[0][row][col]) == said(text) for row, col, text in places)


@pytest.mark.parametrize("producer", PRODUCERS)
@pytest.mark.parametrize("rule", ["paper.ruled", "paper.aligned"])
def test_the_cells_of_a_table_are_read_where_they_stand(producer: Producer, rule: str) -> None:
    """Over page breaks, with merged cells and wrapped dates, with rulings and without: at least 99 of 100."""
    mine = [one for one in made(producer) if one.tables and one.ruled is (rule == "paper.ruled")]
    assert sum(right_cells(one, rule) for one in mine) >= 0.99 * sum(len(row) for one in mine for row in one.tables[0])


@pytest.mark.parametrize("producer", PRODUCERS)
def test_the_words_of_a_link_carry_its_target(producer: Producer) -> None:
    for one in made(producer):
        document = formats.read(one.data, one.name)
        found = [(said(document.text[slice(*link.span)]), link.target) for link in document.links]
        assert found == [(said(link.words), link.target) for link in one.links], one.name


@pytest.mark.parametrize("turn", [90, -90])
def test_what_goes_up_or_down_the_margin_is_no_part_of_the_lines_beside_it(turn: int) -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842))
    for number in range(30):
        canvas.drawString(70, 750 - 14 * number, "Participants must return the signed form at once and keep a copy of it.")
    canvas.translate(40, 500)
    canvas.rotate(turn)
    canvas.drawString(0, 0, "Draft for comment only")
    canvas.save()
    document = formats.read(stream.getvalue(), "notice.pdf")
    blocks = [document.text[slice(*block.span)] for block in document.blocks]
    assert blocks[-1] == "Draft for comment only"
    assert [said(block) for block in blocks[:-1]] == [said("Participants must return the signed form at once and keep a copy of it." * 30)]


def test_lines_that_end_with_a_hyphen_keep_their_order() -> None:
    """pdfium leaves their breaks out."""
    lines = [
        "All participants have to return the form of which they were told to the partici-",
        "pants' desk, and users of the system-",
        "wide relay too.",
    ]
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842))
    for number, line in enumerate(lines):
        canvas.drawString(70, 750 - 14 * number, line)
    canvas.save()
    text = "All participants have to return the form of which they were told to the participants' desk, and users of the system-wide relay too."
    assert formats.read(stream.getvalue(), "notice.pdf").text == text


@cache
def inside(page: int, box: tuple[float, float, float, float]) -> str:
    """What pdfium finds inside a box of the roll-out circular."""
    sheet = pypdfium2.PdfDocument(ROLLOUT)[page - 1]
    height = sheet.get_height()
    return str(sheet.get_textpage().get_text_bounded(box[0] - 0.5, height - box[3] - 0.5, box[2] + 0.5, height - box[1] + 0.5))


def test_every_fact_of_a_pdf_has_its_page_and_its_box_holds_the_quote() -> None:
    expression = read(ROLLOUT)
    facts: list[Evidence] = [*expression.dates, *expression.times, *expression.contacts, *expression.references, *expression.events]
    facts += [*expression.deadlines, *expression.duties, *expression.definitions]
    assert len(facts) > 60
    assert [fact for fact in facts if fact.page is None or fact.bbox is None] == []
    on_one_line = [fact for fact in facts if fact.bbox is not None and fact.bbox[3] - fact.bbox[1] < 14]
    assert len(on_one_line) > 40
    wrong = [fact.quote for fact in on_one_line if fact.page and fact.bbox and said(fact.quote) not in said(inside(fact.page, fact.bbox))]
    assert wrong == []


def test_a_pdf_with_an_empty_password_is_read() -> None:
    expression = read(CORPUS / "08-return-filing" / "hkma-en.pdf")
    assert (expression.issuer, len(expression.dates) > 5, expression.source.pages) == ("HKMA", True, 1)


@pytest.mark.parametrize(
    ("password", "told"),
    [
        (None, "encrypted; give the password with --password or CIRCULARS_PASSWORD"),
        ("wrong", "the password is wrong"),
    ],
)
def test_a_pdf_with_a_password_is_refused_and_says_so(password: str | None, told: str) -> None:
    with pytest.raises(UnreadableSource, match=told):
        read(LOCKED, Settings(password=password))


def test_fonts_without_a_map_give_a_warning_and_no_facts() -> None:
    expression = read(UNMAPPED)
    assert [warn.code for warn in expression.warnings] == ["undecodable"]
    assert (expression.text, expression.dates, expression.tables) == ("", (), ())


def test_two_columns_in_two_languages_are_read_one_after_the_other() -> None:
    text = read(CORPUS / "09-office-hours" / "mpfa-mul.pdf").text
    assert text.index("Principal intermediaries should") < text.index("監理部於2026年11月28日")


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.4\n" + bytes(range(256)) * 20, ROLLOUT.read_bytes()[:9000]])
def test_a_damaged_pdf_is_one_clear_error(data: bytes) -> None:
    with pytest.raises(UnreadableSource, match="damaged PDF"):
        formats.read(data, "notice.pdf")


def test_pages_beyond_the_limit_are_told() -> None:
    document = formats.read(ROLLOUT.read_bytes(), "notice.pdf", Settings(max_pages=1))
    assert [(warn.code, warn.message) for warn in document.warnings] == [
        ("page-limit", "2 pages; only the first 1 were read (CIRCULARS_MAX_PAGES)")
    ]


@pytest.mark.parametrize("producer", ["reportlab", "chromium"])
def test_what_pdfium_cannot_open_is_read_by_pdfplumber_with_its_tables(producer: Producer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each producer a ruled circular and one without rulings, in both languages."""

    def refuse(*_: object) -> None:
        raise pdfium.Damaged

    chosen = [one for one in made(producer) if re.search("-(ruled|borderless)-", one.name)]
    monkeypatch.setattr(pdfium, "_opened", refuse)
    assert len(chosen) == 4
    for one in chosen:
        document = formats.read(one.data, one.name)
        assert {warn.code for warn in document.warnings} == {"pdfplumber"}
        [table] = one.tables
        found = [rows(document, grid) for grid in document.grids]
        assert [[said(cell) for cell in row] for row in table] in [[[said(cell) for cell in row] for row in grid] for grid in found], (
            one.name
        )


def test_a_file_in_which_no_page_is_named_is_not_searched_object_by_object(monkeypatch: pytest.MonkeyPatch) -> None:
    def search(*_: object, **__: object) -> None:
        raise AssertionError("searched")

    monkeypatch.setattr("pdfplumber.open", search)
    with pytest.raises(UnreadableSource, match="neither pdfium nor pdfplumber finds a page in it"):
        formats.read(b"%PDF-1.7\n" + b"1 0 obj\n" * 1000, "objects.pdf")


def framed_text(data: bytes, name: str, fact: Evidence) -> str:
    """What pdfium finds in the area that is framed in the drawing of a fact's page."""
    assert fact.page is not None
    assert fact.bbox is not None
    picture = Image.open(io.BytesIO(formats.outlined(data, name, fact.page, fact.bbox, Settings()))).convert("RGB")
    rows, columns = np.nonzero((np.asarray(picture) == framed.FRAME).all(axis=2))
    low, high, left, right = ((edge / framed.SCALE) for edge in (rows.min() + 4, rows.max() - 4, columns.min() + 4, columns.max() - 4))
    sheet = pypdfium2.PdfDocument(data)[fact.page - 1]
    height = sheet.get_height()
    return str(sheet.get_textpage().get_text_bounded(left, height - high, right, height - low))


@pytest.mark.parametrize("producer", PRODUCERS)
def test_the_area_that_is_framed_holds_the_quote(producer: Producer) -> None:
    """Three facts of a page with rulings, of one in columns and of one on its side; those within a line, whose box holds nothing else."""
    if why := missing(producer):
        pytest.skip(why)
    for one in made(producer):
        if not any(design in one.name for design in ("-ruled-en-", "-columns-zh-", "-landscape-en-")):
            continue
        expression = parse(one.data, Path(one.name), Settings())
        facts = [fact for fact in (*expression.dates, *expression.times) if fact.bbox is not None and "\n" not in fact.quote]
        within = [fact for fact in facts if fact.bbox is not None and fact.bbox[3] - fact.bbox[1] < 16]
        assert len(within) >= 3, one.name
        for fact in (within[0], within[len(within) // 2], within[-1]):
            assert said(framed_text(one.data, one.name, fact)) == said(fact.quote), one.name
