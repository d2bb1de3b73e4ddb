"""A row that the end of a page breaks in the middle is one row of one table, whatever is drawn between rows, whoever printed it."""

from __future__ import annotations

from functools import cache
from typing import Literal

import pytest
from pdf_factory import by_office, printed
from table_breaks import BREAKS
from table_designs import Design
from test_table_designs import cells, fold, needs

from ingest import formats

Way = Literal["weasyprint", "chromium", "web", "word"]
WAYS: tuple[Way, ...] = ("weasyprint", "chromium", "web", "word")


@cache
def files(way: Way) -> dict[str, bytes]:
    needs(way if way in ("weasyprint", "chromium") else "libreoffice")
    pages = [one.html for one in BREAKS]
    made = by_office(pages, way) if way in ("web", "word") else printed(way, pages)
    return dict(zip((one.name for one in BREAKS), made, strict=True))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("design", BREAKS, ids=lambda one: one.name)
def test_a_row_over_two_pages_is_one(design: Design, way: Way) -> None:
    read = formats.read(files(way)[design.name], f"{design.name}.pdf")
    assert (read.pages or 0) > 1
    assert cells(read) == [[[fold(cell) for cell in row] for row in table] for table in design.truth]
