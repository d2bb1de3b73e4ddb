"""The tables of a circular for people who want just those: CSV, a page of HTML, a workbook with typed cells."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from ingest.errors import CircularError
from ingest.model import CellValue, Expression, Merge, Table
from ingest.text import fold, is_wide
from kb.cells import BOM, harmless
from kb.workbook import without_controls

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet


class Numbered(NamedTuple):
    """A table, its number from 1 among all tables asked for, and the file that holds it."""

    number: int
    path: str
    table: Table


def numbered(expressions: Iterable[Expression]) -> list[Numbered]:
    """Every table, in the order of the files and of their texts."""
    found = ((expression.source.path, table) for expression in expressions for table in expression.tables)
    return [Numbered(number, path, table) for number, (path, table) in enumerate(found, 1)]


def chosen(tables: Sequence[Numbered], number: int | None) -> list[Numbered]:
    """The table with this number, or all; a CircularError says how many there are."""
    if number is None:
        return list(tables)
    if not 1 <= number <= len(tables):
        raise CircularError(f"there is no table {number}; there are {len(tables)}")
    return [tables[number - 1]]


def title(one: Numbered) -> str:
    """What a table is announced by: its number, its caption, and where it stands."""
    page = f", page {one.table.page}" if one.table.page else ""
    return f"Table {one.number}{': ' + one.table.caption if one.table.caption else ''} ({one.path}{page})"


# CSV ------------------------------------------------------------------------------------------------------------------


def as_csv(tables: Iterable[Numbered]) -> str:
    """Every row as printed; an empty line parts two tables. What a spreadsheet would run as a formula is shown as text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for index, one in enumerate(tables):
        if index:
            out.write("\r\n")
        writer.writerows([shown(cell, said.get((row, col))) for col, cell in enumerate(line)] for row, line, said in _lines(one.table))
    return BOM + out.getvalue()


def _lines(table: Table) -> Iterator[tuple[int, tuple[str, ...], Mapping[tuple[int, int], CellValue]]]:
    said = by_place(table)
    return ((row, line, said) for row, line in enumerate(table.rows))


def by_place(table: Table) -> dict[tuple[int, int], CellValue]:
    """The typed cells by row and column."""
    return {(cell.row, cell.col): cell for cell in table.cells}


def shown(text: str, said: CellValue | None) -> str:
    """A cell that no spreadsheet runs; a number stays as it is printed."""
    number = said is not None and said.kind in ("amount", "percentage", "quantity", "number")
    return text if number else harmless(text)


# HTML -----------------------------------------------------------------------------------------------------------------

_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;margin:2rem}table{border-collapse:collapse;margin:0 0 2rem}"
    "caption{text-align:left;font-weight:600;padding:.3rem 0}th,td{border:1px solid #999;padding:.3rem .6rem;vertical-align:top;"
    "text-align:left;white-space:pre-line}th{background:#eee}td.number{text-align:right}"
)
_RIGHT = {"amount", "percentage", "quantity", "number"}


def as_html(tables: Iterable[Numbered]) -> str:
    """One page with everything in it and nothing that runs; all text of the circular is escaped."""
    body = "\n".join(map(_html_table, tables))
    head = f'<head><meta charset="utf-8"><title>Tables</title><style>{_STYLE}</style></head>'
    return f"<!doctype html>\n<html>\n{head}\n<body>\n{body}\n</body>\n</html>"


def _html_table(one: Numbered) -> str:
    spans, covered, said = merges(one.table), hidden(one.table), by_place(one.table)
    rows = []
    for row, line in enumerate(one.table.rows):
        tag = "th" if row < one.table.header else "td"
        cells = (
            _html_cell(tag, text, spans.get((row, col)), said.get((row, col))) for col, text in enumerate(line) if (row, col) not in covered
        )
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table>\n<caption>{escape(title(one))}</caption>\n" + "\n".join(rows) + "\n</table>"


def _html_cell(tag: str, text: str, merge: Merge | None, said: CellValue | None) -> str:
    reach = (
        "".join(f' {name}="{count}"' for name, count in (("rowspan", merge.rowspan), ("colspan", merge.colspan)) if count > 1)
        if merge
        else ""
    )
    look = ' class="number"' if said is not None and said.kind in _RIGHT else ""
    return f"<{tag}{reach}{look}>{escape(without_controls(text))}</{tag}>"


def merges(table: Table) -> dict[tuple[int, int], Merge]:
    """The merged cells by row and column."""
    return {(merge.row, merge.col): merge for merge in table.merged}


def hidden(table: Table) -> set[tuple[int, int]]:
    """The places that a merged cell covers, its own left out."""
    return {
        (row, col)
        for merge in table.merged
        for row in range(merge.row, merge.row + merge.rowspan)
        for col in range(merge.col, merge.col + merge.colspan)
        if (row, col) != (merge.row, merge.col)
    }


# Workbook -------------------------------------------------------------------------------------------------------------

_MANY, _DAY, _MINUTE, _CLOCK = "#,##0.########", "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "hh:mm"
_FIGURE = re.compile(r"\d[\d,]*(?:\.(?P<decimals>\d+))?")
_EACH = re.compile(r"\b(?:per|each|every|an?)\b|[/每]", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]|[$€£¥]")


def as_xlsx(tables: Sequence[Numbered]) -> bytes:
    """A workbook with a sheet for each table: days, clock times and numbers as such, everything else as printed."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for one in tables:
        _fill(book.create_sheet(f"Table {one.number}"), one.table)
    if not tables:
        book.create_sheet("No tables")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Worksheet, table: Table) -> None:
    from openpyxl.styles import Alignment, Font

    said, covered, widths = by_place(table), hidden(table), column_widths(table)
    for col, width in enumerate(widths, 1):
        sheet.column_dimensions[sheet.cell(1, col).column_letter].width = width
    for row, line in enumerate(table.rows):
        for col, text in enumerate(line):
            if text and (row, col) not in covered:
                cell = sheet.cell(row + 1, col + 1)
                _put(cell, text, said.get((row, col)))
                cell.alignment = Alignment(wrap_text="\n" in text or _columns(text) > widths[col], vertical="top")
                cell.font = Font(bold=row < table.header)
    for merge in table.merged:
        reach = (merge.row + 1, merge.col + 1, merge.row + merge.rowspan, merge.col + merge.colspan)
        sheet.merge_cells(start_row=reach[0], start_column=reach[1], end_row=reach[2], end_column=reach[3])
    if 0 < table.header < len(table.rows):
        sheet.freeze_panes = sheet.cell(table.header + 1, 1)


NARROWEST, WIDEST = 8, 60
"""Characters that a column of a sheet is wide."""
ROOM = {_DAY: 12, _MINUTE: 18}
"""A day needs so many, however it is printed, or shows as `####`."""


def column_widths(table: Table) -> list[int]:
    """How many characters wide the columns are, where a Chinese one counts twice: as their longest lines, but for merged cells."""
    widths = [NARROWEST] * max(map(len, table.rows), default=0)
    across = {(merge.row, merge.col) for merge in table.merged if merge.colspan > 1}
    for row, line in enumerate(table.rows):
        for col, text in enumerate(line):
            if (row, col) not in across:
                widths[col] = min(WIDEST, max(widths[col], 2 + _columns(text)))
    for cell in table.cells:
        typed = value(cell, table.rows[cell.row][cell.col])
        widths[cell.col] = max(widths[cell.col], ROOM.get(typed[1], 0) if typed else 0)
    return widths


def _columns(text: str) -> int:
    """The characters of the longest line, a Chinese one counted twice."""
    return max(sum(1 + is_wide(char) for char in line) for line in text.split("\n"))


def _put(cell: Cell, text: str, said: CellValue | None) -> None:
    """The value and its look; text is never taken for a formula."""
    typed = value(said, text) if said is not None else None
    if typed is None:
        cell.value = without_controls(text)
        cell.data_type = "s"
        return
    cell.value, cell.number_format = typed


def value(said: CellValue, text: str = "") -> tuple[date | datetime | time | Decimal, str] | None:
    """The value of a cell as a spreadsheet has it, and its format; None where text says it better (a period, a code).

    A number keeps its decimals as printed, and the currency or unit that no heading says but the cell itself; what is charged for
    each of something stays text.
    """
    words = f' "{said.unit}"' if said.unit and said.unit != "%" and _LETTER.search(text) else ""
    match said.kind:
        case "amount" | "percentage" | "quantity" if "/" in said.value or _EACH.search(text):
            return None
        case "amount":
            return Decimal(said.value), f"{words.strip()} {_figure(said, text)}".strip()
        case "percentage" if said.unit == "%":
            return Decimal(said.value) / 100, f"{_figure(said, text)}%"
        case "quantity" | "number" | "percentage":
            return Decimal(said.value), f"{_figure(said, text)}{words}"
        case "date":
            return _day(said.value)
        case "time" if re.fullmatch(r"(?:[01]\d|2[0-3]):\d\d", said.value):
            return time.fromisoformat(said.value), _CLOCK
    return None


def _figure(said: CellValue, text: str) -> str:
    """The format of a number that is printed so; one of millions, or in words, has as many decimals as it needs."""
    found = _FIGURE.search(fold(text))
    if found is None or Decimal(found[0].replace(",", "")) != abs(Decimal(said.value)):
        return _MANY if Decimal(said.value) % 1 else "#,##0"
    grouped = "#,##0" if "," in found[0] or said.kind == "amount" else "0"
    return f"{grouped}.{'0' * len(found['decimals'])}" if found["decimals"] else grouped


def _day(said: str) -> tuple[date | datetime, str] | None:
    """One day, at one time of it or none; `24:00` and ranges are no moment that a spreadsheet knows."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", said):
        return date.fromisoformat(said), _DAY
    if re.fullmatch(r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):\d\d", said):
        return datetime.fromisoformat(said), _MINUTE
    return None
