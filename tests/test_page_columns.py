"""Columns of prose on a page are read one after the other, with the tables that stand in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from page_factory import leaf, read
from pdf_factory import Lang, missing
from pdf_factory import printed as pdfs
from prose_designs import LANGS, Writer, page, paragraphs, plain

from ingest import formats
from ingest.model import Document

TABLE = (
    "<table>"
    + "".join(
        f"<tr><td>{day}</td><td>{event}</td></tr>"
        for day, event in [
            ("Date", "Event"),
            ("3 August 2026", "Forms go out"),
            ("10 August 2026", "Deadline"),
            ("17 August 2026", "Launch"),
        ]
    )
    + "</table>"
)
STYLE = """@page { size: A4 } body { font: 10pt "Noto Sans CJK TC", sans-serif } .columns { column-count: 2; column-gap: 24pt }
table { border-collapse: collapse; width: 100%; margin: 6pt 0 } td { border: 1px solid }"""


def printed(html: str) -> Document:
    if reason := missing("weasyprint"):
        pytest.skip(reason)
    import weasyprint

    return formats.read(weasyprint.HTML(string=html).write_pdf(), "a.pdf")


def letters(html: str) -> str:
    """What a page says, without its markup and white space."""
    return re.sub(r"<style>.*?</style>|<[^>]*>|[\s­-]", "", html, flags=re.DOTALL)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("seed", [3, 177])
def test_three_columns_are_read_one_after_the_other(lang: Lang, seed: int) -> None:
    html = page("three-columns", lang, seed)
    found = printed(html)
    assert (letters(found.text), found.grids) == (letters(html), ())


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "order",
    ["PPTPPPPP", "PPPPPPTP", "TPPPPPP", "PTPPPPTP", "PT", "TP", "TPT", "TT"],
    ids=["left", "right", "top", "both", "alone on the right", "alone on the left", "below", "side by side"],
)
def test_a_ruled_table_in_one_of_two_columns_leaves_the_other_whole(lang: Lang, order: Sequence[str]) -> None:
    writer = Writer(7, lang)
    parts = "".join(TABLE if part == "T" else plain(paragraphs(writer, 1)) for part in order)
    html = f'<html lang="{lang}"><style>{STYLE}</style><h1>Relay</h1><div class="columns">{parts}</div></html>'
    found = printed(html)
    assert (letters(found.text), len(found.grids)) == (letters(html), order.count("T"))


@pytest.mark.parametrize("lang", LANGS)
def test_a_ruled_table_over_both_columns_parts_them(lang: Lang) -> None:
    writer = Writer(7, lang)
    above, below = (f'<div class="columns">{plain(paragraphs(writer, 6))}</div>' for _ in range(2))
    html = f'<html lang="{lang}"><style>{STYLE}</style>{above}{TABLE}{below}</html>'
    found = printed(html)
    assert (letters(found.text), len(found.grids)) == (letters(html), 1)


@pytest.mark.parametrize("lang", LANGS)
def test_a_ruled_table_that_goes_on_in_the_next_column_is_read_behind_its_beginning(lang: Lang) -> None:
    table = TABLE.replace("</table>", "<tr><td>18 August 2026</td><td>Review</td></tr>" * 9 + "</table>")
    html = (
        f'<html lang="{lang}"><style>{STYLE} tr {{ break-inside: avoid }}</style><h1>Relay</h1>'
        f'<div class="columns">{plain(paragraphs(Writer(7, lang), 2))}{table}</div></html>'
    )
    assert letters(printed(html).text) == letters(html)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("words", [26, 34, 48])
def test_two_or_three_lines_in_the_columns_of_the_page_before_are_read_one_after_the_other(lang: Lang, words: int) -> None:
    writer = Writer(7, lang)
    said = writer.sentences(12)
    body = " ".join(said.split()[:words]) if lang == "en" else said[: 3 * words]
    columns = f'<div class="columns">{plain(paragraphs(writer, 8))}</div>'
    html = f'<html lang="{lang}"><style>{STYLE}</style>{columns}<div class="columns" style="break-before: page"><p>{body}</p></div></html>'
    assert letters(printed(html).text) == letters(html)


def test_short_lines_side_by_side_below_a_page_of_columns_stay_row_by_row() -> None:
    columns = f'<div class="columns">{plain(paragraphs(Writer(7, "en"), 8))}</div>'
    signed = (
        '<div class="columns"><p>Ruth Cheng<br>Head of Operations</p><p style="break-before: column">Peter Lam<br>Head of Risk</p></div>'
    )
    html = f'<html lang="en"><style>{STYLE}</style>{columns}<div style="break-before: page">Yours faithfully</div>{signed}</html>'
    assert printed(html).text.endswith("Ruth Cheng Peter Lam\nHead of Operations Head of Risk")


SIGNED = {
    "en": ("Yours faithfully,", "Ruth Cheng", "Head of Operations", "Northern Harbour Clearing Limited"),
    "zh-Hant": ("此致", "鄭如", "營運總監", "北港結算有限公司"),
}


@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize("lang", LANGS)
def test_short_lines_below_columns_are_read_behind_the_last_one(lang: Lang, count: int) -> None:
    columns = f'<div class="columns" style="column-count: {count}">{plain(paragraphs(Writer(7, lang), 6))}</div>'
    html = f'<html lang="{lang}"><style>{STYLE}</style><h1>Relay</h1>{columns}{plain(SIGNED[lang])}</html>'
    assert letters(printed(html).text) == letters(html)


@pytest.mark.parametrize("look", ["", "border-bottom: 1px solid"], ids=["without rulings", "with level rules"])
@pytest.mark.parametrize("aligned", ["left", "center", "right"])
def test_a_table_without_upright_rulings_goes_on_in_the_next_column(aligned: str, look: str) -> None:
    if reason := missing("chromium"):
        pytest.skip(reason)
    rows = [("Date", "Event", "Fee (HK$)")]
    rows += [(f"{day} August 2026", ("Review of the relay", "Launch", "Test")[day % 3], f"{day % 4},500") for day in range(3, 24)]
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    style = f"td {{ border: none; {look}; text-align: {aligned}; padding: 2pt 6pt }} tr {{ break-inside: avoid }}"
    columns = f'<div class="columns" style="column-fill: auto; height: 520pt">{plain(paragraphs(Writer(7, "en"), 3))}<table>{cells}</table>'
    end = plain(paragraphs(Writer(8, "en"), 1))
    (data,) = pdfs("chromium", [f'<html lang="en"><style>{STYLE} {style}</style><h1>Relay</h1>{columns}{end}</div></html>'])
    found = formats.read(data, "a.pdf")
    assert [len({cell.row for cell in grid.cells}) for grid in found.grids] == [len(rows)]


def boxes(left: float, top: float, widths: Sequence[float], rows: int) -> list[tuple[float, float, float, float]]:
    """The rulings of a table."""
    edges = [left, *(left + sum(widths[: at + 1]) for at in range(len(widths)))]
    level = [(left, top + 20 * at, edges[-1], top + 20 * at) for at in range(rows + 1)]
    return level + [(edge, top, edge, top + 20 * rows) for edge in edges]


@pytest.mark.parametrize(
    ("widths", "head", "warned"),
    [((60, 170), (), ["table-rows"]), ((60, 170), ("Fee", "Event"), []), ((100, 130), (), [])],
    ids=["other columns", "headings of its own", "the same columns"],
)
def test_a_table_in_the_next_column_that_cannot_be_joined_is_told(widths: Sequence[float], head: Sequence[str], warned: list[str]) -> None:
    upper = [("Date", "Event"), ("3 August 2026", "Forms go out"), ("10 August 2026", "Rehearsal")]
    lower = [head] * bool(head) + [("17 August", "Launch"), ("18 August", "Review"), ("19 August", "End")]
    words = [(left, 303.0 + 20 * at, cell) for at, row in enumerate(upper) for left, cell in zip((43.0, 143.0), row, strict=True)]
    words += [
        (left, 303.0 + 20 * at, cell) for at, row in enumerate(lower) for left, cell in zip((323.0, 323 + widths[0]), row, strict=True)
    ]
    document = read(leaf(words, rulings=[*boxes(40, 300, (100, 130), len(upper)), *boxes(320, 300, widths, len(lower))]))
    assert [warn.code for warn in document.warnings] == warned
