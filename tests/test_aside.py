"""A narrow column beside the prose is read as a text of its own, and the prose whole: what stands beside tables, stays there."""

from __future__ import annotations

from itertools import product

import pytest
from page_factory import leaf, read
from pdf_content import Writer
from pdf_factory import missing, printed
from side_designs import DESIGNS, LANGS, Printer, documents, misplaced, squeezed

from ingest import formats

PRINTERS: tuple[Printer, ...] = ("weasyprint", "chromium", "libreoffice")


@pytest.mark.parametrize("producer", PRINTERS)
def test_a_narrow_column_and_the_prose_beside_it_are_read_one_after_the_other(producer: Printer) -> None:
    if reason := missing(producer):
        pytest.skip(reason)
    some = list(documents(producer))
    assert len(some) == len(DESIGNS) * len(LANGS)
    read_ = {one.name: formats.read(one.data, one.name) for one in some}
    assert {one.name: lost for one in some if (lost := misplaced(one, read_[one.name].text))} == {}
    assert [name for name, document in read_.items() if document.grids] == []


SAID = (
    "Participants must return the signed form to the project desk",
    "before the day of the launch. Forms that arrive later are not",
    "considered; the line is then switched off without notice.",
)
ROWS = ("Return of the form", "Rehearsal of the relay", "Launch of the service")


def rows(order: str) -> str:
    """Three rows of a label and three lines, written row by row or column by column."""
    cells = [(60.0, 200 + 60.0 * row, label) for row, label in enumerate(ROWS)]
    lines = [(230.0, 200 + 60 * row + 14.0 * at, line) for row in range(3) for at, line in enumerate(SAID)]
    words = [*cells, *lines] if order == "columns" else sorted([*cells, *lines], key=lambda word: (word[1] // 60, word[0]))
    return read(leaf(words)).text


@pytest.mark.parametrize("order", ["rows", "columns"])
def test_labels_that_begin_level_with_their_paragraphs_stay_beside_them(order: str) -> None:
    said = rows(order)
    assert [said.index(label) for label in ROWS] == sorted(said.index(label) for label in ROWS)
    assert all(said[said.index(label) + len(label) :].lstrip().startswith(SAID[0]) for label in ROWS)


KEY = ("Key dates", "3 August 2026", "Forms go out", "10 August 2026", "Rehearsal of relays", "17 August 2026", "Launch")


@pytest.mark.parametrize("left", [20.0, 440.0], ids=["left", "right"])
def test_a_narrow_column_written_line_by_line_with_the_prose_is_told_by_its_heights(left: float) -> None:
    prose = 200.0 if left == 20 else 40.0
    lines = [(prose, 200 + 14.0 * at, line) for at, line in enumerate(SAID * 3)]
    beside = [(left, 205 + 17.0 * at, line) for at, line in enumerate(KEY)]
    said = read(leaf(sorted([*lines, *beside], key=lambda word: word[1]))).text
    assert "\n".join(KEY) in said.replace("\n\n", "\n")
    assert said.replace("\n", " ").count(" ".join(SAID)) == 3


HEADINGS = (
    "Background to the renewal of lines and of all terminals in use",
    "What Participants have to do now, and those who act for them",
    "When the lines are cut off, and who is told of it before",
)


def paragraphs(count: int) -> list[tuple[str, str]]:
    """So many headings, each with its paragraph."""
    return [(head, Writer(3 + at, "en").sentences(7)) for at, head in enumerate(HEADINGS[:count])]


def in_the_margin(count: int, white: int) -> str:
    """A page with so many headings in its margin, and so many points between their paragraphs."""
    parts = "".join(f'<div class="m"><b>{head}</b><p>{part}</p></div>' for head, part in paragraphs(count))
    style = f".m {{ display: flex; column-gap: 6mm; margin-bottom: {white}pt }} b {{ width: 38mm; flex: none; font-size: 9pt }} p {{ margin: 0 }}"
    return (
        f'<html lang="en"><style>@page {{ size: A4 }} body {{ font: 10.5pt "Liberation Sans" }} {style}</style><h1>Rules</h1>{parts}</html>'
    )


def test_a_heading_in_the_margin_is_read_before_its_paragraph() -> None:
    if reason := missing("chromium"):
        pytest.skip(reason)
    cases = list(product((1, 2, 3), (0, 8, 20)))
    for (count, white), data in zip(cases, printed("chromium", [in_the_margin(*case) for case in cases]), strict=True):
        said = squeezed("Rules" + "".join(head + part for head, part in paragraphs(count)))
        assert squeezed(formats.read(data, "a.pdf").text) == said, (count, white)
