"""What every reader promises: spans that resolve, nothing lost, nothing invented, one clear error for what is no text."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import formats
from ingest.errors import CircularError, UnreadableSource
from ingest.formats import EXPECTED
from ingest.model import Document, Grid

HERE = Path(__file__).parent
SHARED = HERE.parent.parent / "shared"
CIRCULARS = sorted(path for path in (HERE / "circulars").glob("*/*") if path.suffix in (".txt", ".html"))
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))
SITE_WORDS = [
    "Skip to content",
    "跳至",
    "About us",
    "關於",
    "Copyright",
    "版權",
    "Latest circulars",
    "最新通告",
    "dataLayer",
    "Last Revision",
    "最後修訂",
]


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def gold_of(path: Path) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads(path.with_suffix(".gold.json").read_text("utf-8"))
    return gold


def read(path: Path) -> Document:
    return formats.read(path.read_bytes(), path.name)


def rows(document: Document, grid: Grid) -> list[list[str]]:
    full = [[""] * grid.width for _ in range(grid.height)]
    for cell in grid.cells:
        full[cell.row][cell.col] = document.text[slice(*cell.span)]
    return full


def squeeze(text: object) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(text)))


def is_subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return all(char in rest for char in short)


@pytest.fixture(params=[pytest.param(path, id=name_of(path)) for path in [*CIRCULARS, *SEEDS]])
def circular(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_the_seeds_are_there() -> None:
    if not SHARED.is_dir():
        pytest.skip("the seeds lie outside the project")
    assert len(SEEDS) == 2


def test_tables_equal_the_gold_cell_by_cell(circular: Path) -> None:
    document, gold = read(circular), gold_of(circular)["tables"]
    assert [rows(document, grid) for grid in document.grids] == [table["rows"] for table in gold]


def test_headings_and_captions_of_tables_equal_the_gold(circular: Path) -> None:
    document, gold = read(circular), gold_of(circular)["tables"]
    captions = [grid.caption and document.text[slice(*grid.caption)] for grid in document.grids]
    assert [grid.header for grid in document.grids] == [table["header"] for table in gold]
    assert captions == [table.get("caption") for table in gold]


def test_merged_cells_equal_the_gold(circular: Path) -> None:
    merged = [[cell for cell in grid.cells if cell.rowspan * cell.colspan > 1] for grid in read(circular).grids]
    places = [[{key: getattr(cell, key) for key in ("row", "col", "rowspan", "colspan")} for cell in cells] for cells in merged]
    assert places == [table.get("merged", []) for table in gold_of(circular)["tables"]]


def test_title_and_number_stand_in_the_text(circular: Path) -> None:
    text, gold = squeeze(read(circular).text), gold_of(circular)
    assert [squeeze(gold[key]) for key in ("title", "number") if gold[key] and squeeze(gold[key]) not in text] == []


def test_the_words_of_the_site_do_not_stand_in_the_text(circular: Path) -> None:
    text = read(circular).text
    assert [word for word in SITE_WORDS if word in text] == []


def test_every_quote_of_the_gold_stands_in_the_text(circular: Path) -> None:
    text, gold = squeeze(read(circular).text), gold_of(circular)
    quotes = [item["quote"] for key in ("dates", "times", "deadlines", "contacts", "references") for item in gold[key] if item.get("quote")]
    assert [quote for quote in quotes if squeeze(quote) not in text] == []


def test_spans_of_a_circular_lie_in_order_and_hold_no_white_space_at_their_ends(circular: Path) -> None:
    document = read(circular)
    spans = [block.span for block in document.blocks]
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert [document.text[slice(*span)] for span in spans if document.text[slice(*span)].strip("\n \u3000") == ""] == []
    assert all(
        document.text[slice(*cell.span)] == document.text[slice(*cell.span)].strip() for grid in document.grids for cell in grid.cells
    )


def test_every_visible_character_stands_in_a_block(circular: Path) -> None:
    document = read(circular)
    left = list(document.text)
    for block in document.blocks:
        left[block.span[0] : block.span[1]] = " " * (block.span[1] - block.span[0])
    assert "".join(left).strip() == ""


def test_text_is_the_source_without_markup(circular: Path) -> None:
    source = circular.read_text("utf-8")
    assert is_subsequence(squeeze(read(circular).text), squeeze(html.unescape(source)))


PIECES = st.sampled_from(
    ["Notice", "通告", "*", "**", "_", "\t", "\n", "\n\n", " ", "• ", "•A", "1. ", "(a) ", "| a | b |\n", "|--|--|\n", "[x](#)", "[CPs](https://a.example/b)",
     "<https://a.example>", "<b>", "</b>", "<ul>", "<li>", "<br>", "&amp;", "&nbsp;", "\\*", "## ", "Page 1 of 2\n", "28 April 2023",
     "Table 1 – A\n", "<CP>", "註：", "\ufeff", "\ufdd0", "\r\n", "\f", "a@b.example", "!", "[", "]", "(", ")"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_keeps_its_characters_and_its_spans(source: str) -> None:
    try:
        document = formats.read(("Circular " + source).encode(), "x.txt")
    except UnreadableSource as error:
        assert "no text" in str(error)  # noqa: PT017  most inputs do have text, and the rest must say so
        return
    text = document.text
    assert is_subsequence(squeeze(text), squeeze(html.unescape("Circular " + source)))
    assert not re.search("[\r\ufeff\ufdd0-\ufdef]", text)
    assert all(0 <= start <= end <= len(text) for start, end in (block.span for block in document.blocks))
    assert all(text[slice(*link.span)].strip() for link in document.links)
    assert all("\t" not in cell for grid in document.grids for row in rows(document, grid) for cell in row)


WORDS = st.sampled_from(
    [
        "Notice",
        "通告",
        "\t",
        "\n",
        "\n\n",
        " ",
        "• ",
        "•A",
        "1. ",
        "(a) ",
        "28 April 2023",
        "Table 1 – A\n",
        "註：",
        "*",
        " * ",
        "a|b",
        "5*",
    ]
)


@given(st.lists(WORDS, max_size=40).map("".join))
def test_text_without_markup_loses_no_character(source: str) -> None:
    shown = squeeze(formats.read(("Circular " + source).encode(), "x.txt").text)
    assert shown.replace("*", "") == squeeze("Circular " + source).replace("*", "")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        document = formats.read(data, "x")
    except UnreadableSource as error:
        assert str(error).startswith("x: ")  # noqa: PT017  either outcome is right; which one depends on the bytes
    else:
        assert document.text.strip()


# Which format ----------------------------------------------------------------------------------------------------------

PAGE = "<!DOCTYPE html><html><body><main><h1>Circular</h1><p>Register by 7 August 2026, please.</p></main></body></html>"
TEXT = "Circular\n\nRegister <b>by 7 August 2026</b>, please.\n"


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (PAGE.encode(), "a.html", "text/html"),
        (PAGE.encode(), "a.txt", "text/html"),
        (PAGE.encode("utf-16"), "a", "text/html"),
        (b"\xef\xbb\xbf  \n<!-- saved --> <html>" + PAGE[21:].encode(), "a.pdf", "text/html"),
        (b"<?xml version='1.0'?>" + PAGE.encode(), "a.xml", "text/html"),
        (b"<div><p>One part</p><p>of a page</p></div>", "a", "text/html"),
        (TEXT.encode(), "a.txt", "text/plain"),
        (TEXT.encode(), "a.pdf", "text/plain"),
        (TEXT.encode(), "a.html", "text/plain"),
        (b"<b>Subject</b>: a text with some tags\n", "a.txt", "text/plain"),
        (b"The tag <html> and </p></p></p> in a text", "a.txt", "text/plain"),
    ],
)
def test_the_content_decides_the_format(data: bytes, name: str, media_type: str) -> None:
    assert formats.read(data, name).media_type == media_type


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", f"empty file; {EXPECTED}"),
        (b"\xef\xbb\xbf \r\n\t", f"empty file; {EXPECTED}"),
        ("\n".encode("utf-16"), f"no text in it; {EXPECTED}"),
        (b"%PDF-1.7\n%\xe2\xe3", "damaged PDF; neither pdfium nor pdfplumber finds a page in it"),
        (b"PK\x03\x04\x14\0\0\0xl/workbook.xml", f"Excel workbook (XLSX; save it as PDF) is not a format that this version reads; {EXPECTED}"),
        (b"GIF89a\0\0", f"image of this kind (GIF, BMP, WebP) is not a format that this version reads; {EXPECTED}"),
        (b"PK\x03\x04" + 26 * b"\0" + b"mimetypeapplication/vnd.oasis.opendocument.text", f"OpenDocument file (ODT, ODS; save it as DOCX or PDF) is not a format that this version reads; {EXPECTED}"),
        (b"{\\rtf1\\ansi Circular}", f"rich text (RTF; save it as DOCX or PDF) is not a format that this version reads; {EXPECTED}"),
        (b"SQLite format 3\0", f"SQLite database is not a format that this version reads; {EXPECTED}"),
        (b"From:\nContent-Type:multipart/", "e-mail without any text of its own"),
        (bytes(range(256)) * 8, f"binary data; {EXPECTED}"),
        (b"Circular\0 of 3 May", f"binary data; {EXPECTED}"),
        (b"Page 1 of 1\n", f"no text in it; {EXPECTED}"),
        (b"<html><body><script>var x = 1</script></body></html>", "HTML page without any text"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableSource) as caught:
        formats.read(data, "dir/a.txt")
    assert str(caught.value) == f"dir/a.txt: {reason}"


def test_a_file_above_the_limit_is_refused_by_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableSource, match=r"50\.0 MB is more than the limit of 20 MB \(CIRCULARS_MAX_BYTES\)"):
        formats.read(b"a" * 50_000_000, "big.txt")
    monkeypatch.setenv("CIRCULARS_MAX_BYTES", "10")
    with pytest.raises(UnreadableSource, match="more than the limit"):
        formats.read(b"Circular, long", "big.txt")
    monkeypatch.setenv("CIRCULARS_MAX_BYTES", "many")
    with pytest.raises(CircularError, match="expected a number, found 'many'"):
        formats.read(b"Circular", "a.txt")


@pytest.mark.parametrize("name", ["big5hkscs", "gb18030", "utf-16"])
@pytest.mark.parametrize("path", [path for path in CIRCULARS if path.stem.endswith("-zh")], ids=name_of)
def test_a_circular_is_the_same_in_another_character_set(path: Path, name: str) -> None:
    again, before = formats.read(path.read_text("utf-8").encode(name), path.name), read(path)
    assert (again.text, again.blocks, again.grids, again.links) == (before.text, before.blocks, before.grids, before.links)
