"""A row of a timetable whose day cannot be read is told, whatever the format: no event is lost in silence."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document as Word
from page_factory import Look, leaf, read, typeset

from ingest import formats
from ingest.issuers import houses
from ingest.model import Document, Expression, Source
from ingest.pipeline import expression, parse
from ingest.settings import Settings

ROWS = [
    ("Date", "Time", "Event"),
    ("24 February 2027", "09:15", "Parallel run of the terminals"),
    ("to be confirmed", "16:15", "Deadline for the signed form"),
    ("2 March 2027", "12:30", "Rehearsal with the relay site"),
]
LOST = [("to be confirmed", "no date in a column of dates")]


def facts(document: Document) -> Expression:
    return expression(document, Source(path="notice", sha256="", media_type=document.media_type, pages=document.pages), houses())


def from_text(rows: list[tuple[str, ...]]) -> Document:
    return formats.read("\n".join("\t".join(row) for row in rows).encode(), "notice.txt", Settings())


def from_html(rows: list[tuple[str, ...]]) -> Document:
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return formats.read(
        f"<html><body><p>Timetable of the tests</p><table>{cells}</table></body></html>".encode(), "notice.html", Settings()
    )


def from_word(rows: list[tuple[str, ...]]) -> Document:
    word, stream = Word(), io.BytesIO()
    table = word.add_table(len(rows), len(rows[0]))
    for row, cells in enumerate(rows):
        for col, cell in enumerate(cells):
            table.cell(row, col).text = cell
    word.save(stream)
    return formats.read(stream.getvalue(), "notice.docx", Settings())


def from_paper(rows: list[tuple[str, ...]]) -> Document:
    table = typeset(rows, (26, 6, 34), Look(14, 6))
    return read(leaf(table.words, rulings=table.rulings))


def told(rows: list[tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(item.quote, item.why) for item in facts(from_text(rows)).unexplained]


@pytest.mark.parametrize("made", [from_text, from_html, from_word, from_paper], ids=lambda made: made.__name__)
def test_a_cell_without_a_date_in_a_column_of_dates_is_told_in_every_format(made: Callable[[list[tuple[str, ...]]], Document]) -> None:
    found = facts(made(ROWS))
    assert [(item.quote, item.why) for item in found.unexplained] == LOST
    assert [(event.start.isoformat(), event.title) for event in found.events if event.start] == [
        ("2027-02-24", "Parallel run of the terminals"),
        ("2027-03-02", "Rehearsal with the relay site"),
    ]


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("(Wednesday)", "no date in a column of dates"),
        ("Wednesday", "no date in a column of dates"),
        ("#### 2027", "no date in a column of dates"),
        ("日）", "no date in a column of dates"),
        ("N/A", None),
        ("不適用", None),
        ("–", None),
        ("", None),
    ],
)
def test_what_a_column_of_dates_may_say_instead(cell: str, why: str | None) -> None:
    assert told([*ROWS[:2], (cell, "16:15", "Deadline for the signed form"), ROWS[3]]) == ([(cell, why)] if why else [])


def test_a_row_above_the_first_date_is_told() -> None:
    assert told([ROWS[0], ("", "08:00", "Doors open"), ROWS[1], ROWS[3]]) == [("08:00", "a row of a timetable without a date")]


def test_a_heading_between_the_rows_is_no_doubt() -> None:
    assert told([*ROWS[:2], ("Second phase", "", ""), ROWS[3]]) == []


def test_a_column_headed_as_dates_is_told_even_where_few_are_left() -> None:
    rows = [ROWS[0], ROWS[1], ("see below", "10:00", "Review"), ("see below", "11:00", "Cards are handed out")]
    assert [quote for quote, _ in told(rows)] == ["see below", "see below"]


def test_a_doubt_of_the_cell_itself_is_not_told_twice() -> None:
    rows = [("日期", "事項"), ("2027年2月1日", "開始登記線路"), ("202722(星期二)", "停用舊線路"), ("2027年2月3日", "檢討")]
    assert [quote for quote, _ in told(rows)] == ["202722(星期二)"]


def test_real_timetables_raise_no_new_doubts() -> None:
    corpus = Path(__file__).parent / "circulars"
    rollout = formats.read((corpus / "05-rollout" / "hkscc-en.pdf").read_bytes(), "hkscc-en.pdf", Settings())
    assert [item for item in facts(rollout).unexplained if "date" in item.why.split()] == []


@pytest.mark.parametrize(("said", "told"), [
    ("总行于2026年11月25日前报送我局。", ["于2026年11月25日前"]),
    ("更正情況由總行於2026年11月25日或之前報送我局。", ["於2026年11月25日或之前"]),
    ("报告须于2026年11月25日前提交。", []),  # a deadline
    ("各公司已于2026年11月25日前报送。", []),
    ("如于2026年11月25日前提交，可获豁免。", []),
    ("本局要求其于2026年11月25日前提交整改报告。", []),
    ("于2026年11月25日前提交的申请不受影响。", []),
])  # fmt: skip
def test_a_day_by_which_nobody_is_bound_in_words_is_told(said: str, told: list[str]) -> None:
    found = parse(f"某某结算公司通知\n2026年5月3日\n\n1. {said}\n".encode(), Path("a.txt"), Settings())
    assert [item.quote for item in found.unexplained] == told
    assert bool(found.deadlines) == ("须" in said)
