"""A text with its facts marked in it: paragraphs, headings and tables as HTML."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from sqlite3 import Row
from typing import NamedTuple

from markupsafe import Markup, escape


class Mark(NamedTuple):
    """A part of a text that is marked: the id to jump to, the style, and the id that a click on it leads to."""

    start: int
    end: int
    id: str
    style: str
    target: str


class Cell(NamedTuple):
    """A cell of a table as it is shown."""

    content: Markup
    heading: bool
    rowspan: int = 1
    colspan: int = 1


class Region(NamedTuple):
    """A piece of layout as it is shown: a paragraph, a heading or a table."""

    kind: str
    content: Markup | None = None
    id: str = ""
    caption: str | None = None
    printed: bool = False
    rows: Sequence[Sequence[Cell]] = ()
    start: int = 0
    end: int = 0


def marked(text: str, start: int, end: int, marks: Iterable[Mark]) -> Markup:
    """The part of a text as HTML with its marks, each inside those that hold it."""
    inside = sorted((clip(mark, start, end) for mark in marks if mark.start < end and mark.end > start), key=outermost_first)
    return Markup().join(pieces(text, start, end, inside, ""))


def outermost_first(mark: Mark) -> tuple[int, int]:
    return mark.start, -mark.end


def clip(mark: Mark, start: int, end: int) -> Mark:
    """The part of a mark between two bounds; only the part with its beginning keeps the id, since an id stands once."""
    return mark._replace(start=max(mark.start, start), end=min(mark.end, end), id=mark.id if mark.start >= start else "")


def pieces(text: str, start: int, end: int, marks: Iterable[Mark], target: str) -> Iterator[Markup]:
    """Text and marks in turn. HTML knows no crossing elements: a mark that leaves another one is cut where it does."""
    waiting, cursor = deque(marks), start
    while waiting:
        mark = waiting.popleft()
        yield leaf(text[cursor : mark.start], target)
        inner, rest = [], []
        while waiting and waiting[0].start < mark.end:
            other = waiting.popleft()
            inner.append(clip(other, mark.start, mark.end))
            if other.end > mark.end:
                rest.append(clip(other, mark.end, other.end))
        content = Markup().join(pieces(text, mark.start, mark.end, inner, mark.target))
        yield Markup('<mark class="{}"{}>{}</mark>').format(mark.style, Markup(' id="{}"').format(mark.id) if mark.id else "", content)
        waiting, cursor = deque(sorted([*rest, *waiting], key=outermost_first)), mark.end
    yield leaf(text[cursor:end], target)


def leaf(text: str, target: str) -> Markup:
    return Markup('<a href="#{}">{}</a>').format(target, text) if target and text.strip() else escape(text)


def regions(text: str, blocks: Sequence[Row], tables: Sequence[Row], marks: Sequence[Mark]) -> Iterator[Region]:
    """The whole text in reading order: tables as tables, blocks as blocks, and what no block covers as text."""
    cursor = 0
    for kind, start, end, table in layout(text, blocks, tables):
        if text[cursor:start].strip():
            yield Region("text", marked(text, cursor, start, marks), start=cursor, end=start)
        if table is not None:
            yield table_region(text, table, marks)._replace(start=start, end=end)
        else:
            yield Region(kind, marked(text, start, end, marks), start=start, end=end)
        cursor = end
    if text[cursor:].strip():
        yield Region("text", marked(text, cursor, len(text), marks), start=cursor, end=len(text))


def layout(text: str, blocks: Sequence[Row], tables: Sequence[Row]) -> Iterator[tuple[str, int, int, Row | None]]:
    """Blocks and tables in order, none over another; a table goes before the block that it fills."""
    found: list[tuple[str, int, int, Row | None]] = [("table", row["span_start"], row["span_end"], row) for row in tables]
    found += [(row["kind"], row["span_start"], row["span_end"], None) for row in blocks]
    cursor = 0
    for kind, start, end, table in sorted(found, key=lambda item: (item[1], item[3] is None)):
        if start >= cursor and text[start:end].strip():
            yield kind, start, end, table
            cursor = end


def table_region(text: str, table: Row, marks: Sequence[Mark]) -> Region:
    """A table with the marks in its cells; a table whose cells are not the text's own is shown as it was stored."""
    rows: list[list[str]] = json.loads(table["rows"])
    spans = cell_spans(text, table["span_start"], table["span_end"], rows)
    reach = {(merge["row"], merge["col"]): merge for merge in json.loads(table["merged"] or "[]")}
    covered = {place for merge in reach.values() for place in covered_by(merge)}

    def cell(row: int, col: int) -> Cell:
        span = spans.get((row, col)) if spans is not None else None
        merged = reach.get((row, col), {})
        return Cell(
            marked(text, *span, marks) if span else escape(rows[row][col]),
            row < (table["header"] or 0),
            merged.get("rowspan", 1),
            merged.get("colspan", 1),
        )

    cells = [[cell(row, col) for col in range(len(line)) if (row, col) not in covered] for row, line in enumerate(rows)]
    return Region("table", id=f"tables-{table['id']}", caption=table["caption"], printed=stands_near(text, table), rows=cells)


def stands_near(text: str, table: Row) -> bool:
    """Whether the caption is a line of the text beside the table, so that it need not be shown again."""
    return bool(table["caption"]) and table["caption"] in text[max(table["span_start"] - 300, 0) : table["span_end"] + 300]


def covered_by(merged: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    for row in range(merged["row"], merged["row"] + merged["rowspan"]):
        for col in range(merged["col"], merged["col"] + merged["colspan"]):
            if (row, col) != (merged["row"], merged["col"]):
                yield row, col


def cell_spans(text: str, start: int, end: int, rows: Sequence[Sequence[str]]) -> dict[tuple[int, int], tuple[int, int]] | None:
    """Where each filled cell stands in the text, reading row by row; None if one is not there."""
    spans, cursor = {}, start
    for row, line in enumerate(rows):
        for col, cell in enumerate(line):
            if not cell.strip():
                continue
            found = re.compile(r"\s*".join(map(re.escape, cell.split()))).search(text, cursor, end)
            if found is None:
                return None
            spans[row, col], cursor = found.span(), found.end()
    return spans


SENTENCE_END = re.compile(r"[。；！？\n\t]|(?<=[a-z)\d])[.;!?](?=\s+[A-Z(•]|\s*$)")


def sentence_around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after a quote in its sentence; a line or a cell ends a sentence too."""
    begin = max((found.end() for found in SENTENCE_END.finditer(text, 0, start)), default=0)
    stop = SENTENCE_END.search(text, end)
    return text[begin:start].lstrip(" •"), text[end : stop.end() if stop else len(text)].rstrip()
