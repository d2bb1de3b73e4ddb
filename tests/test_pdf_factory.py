"""The made PDFs hold what they claim: pdfium finds every paragraph, cell, link and running head, whoever made the file."""

from __future__ import annotations

import io
import re
import unicodedata
from functools import cache

import pdfplumber
import pypdfium2 as pdfium
import pytest
from pdf_content import content
from pdf_factory import PRODUCERS, Layout, Made, Producer, documents, missing

LAYOUT_PAIRS: dict[Producer, tuple[Layout, ...]] = {
    "weasyprint": ("ruled",), "chromium": ("columns",), "libreoffice": ("borderless",), "reportlab": ("columns", "rotated"),
}  # fmt: skip


@cache
def made(producer: Producer) -> tuple[Made, ...]:
    if reason := missing(producer):
        pytest.skip(reason)
    return tuple(documents(producer, LAYOUT_PAIRS[producer]))


def squeezed(text: str) -> str:
    """Without white space and hyphens (pdfium has a sign of its own for one at a line's end); Kangxi radicals are what they look like."""
    return re.sub(r"[\s\ufffe\u00ad\u0002-]", "", unicodedata.normalize("NFKC", text))


def pages(document: Made) -> list[str]:
    with pdfium.PdfDocument(document.data) as opened:
        return [squeezed(page.get_textpage().get_text_bounded()) for page in opened]


@pytest.mark.parametrize("producer", PRODUCERS)
def test_every_page_has_its_running_head_and_number(producer: Producer) -> None:
    for document in made(producer):
        told = pages(document)
        head, *feet = map(squeezed, document.furniture)
        assert [(head in text, foot in text) for text, foot in zip(told, feet, strict=True)] == [(True, True)] * document.pages


@pytest.mark.parametrize("producer", PRODUCERS)
def test_every_paragraph_and_cell_is_printed(producer: Producer) -> None:
    for document in made(producer):
        told = "".join(pages(document))
        for text in map(squeezed, document.furniture):
            told = told.replace(text, "")
        cells = [cell for table in document.tables for row in table for cell in row]
        assert [text for text in (*document.paragraphs, *cells) if squeezed(text) not in told] == []


@pytest.mark.parametrize("producer", PRODUCERS)
def test_links_are_annotations(producer: Producer) -> None:
    for document in made(producer):
        with pdfplumber.open(io.BytesIO(document.data)) as opened:
            assert {link["uri"] for link in opened.hyperlinks} == {link.target for link in document.links}
        assert bool(document.links) is (document.layout != "rotated")


def test_a_seed_gives_the_same_circular_and_another_seed_another() -> None:
    assert content(5) == content(5)
    assert content(5).paragraphs != content(6).paragraphs
