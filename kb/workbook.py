"""Rows as a workbook: days, times and numbers as such, text never taken for a formula, and the same bytes for the same rows."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import NamedTuple

Cell = str | int | float | bool | Decimal | date | datetime | time | None

_FORMATS: dict[type, str] = {date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm", time: "hh:mm"}
_SAVED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_MOST = 32_767
"""Characters that a cell can hold."""


class Sheet(NamedTuple):
    """A sheet: its name, its headings, and its rows in their order."""

    title: str
    header: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """The sheets as an XLSX file. Text that a cell cannot hold is cut, and says so by an ellipsis."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    book.remove(book.active)
    for one in sheets:
        sheet = book.create_sheet(one.title)
        for row, line in enumerate((one.header, *one.rows), 1):
            for column, value in enumerate(line, 1):
                if value is None:
                    continue
                cell = sheet.cell(row, column)
                if isinstance(value, str):
                    cell.value = without_controls(value if len(value) <= _MOST else value[: _MOST - 1] + "…")
                    cell.data_type = "s"
                else:
                    cell.value = value
                    cell.number_format = _FORMATS.get(type(value), "General")
                cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str) and len(value) > 40)
                cell.font = Font(bold=row == 1)
        for column, name in enumerate(one.header, 1):
            longest = max((len(str(line[column - 1] or "")) for line in one.rows), default=0)
            sheet.column_dimensions[sheet.cell(1, column).column_letter].width = min(60, max(len(name), longest) + 2)
        sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return steady(out.getvalue())


def without_controls(text: str) -> str:
    """Text that a workbook can hold: what XML forbids shows a mark."""
    return _FORBIDDEN.sub("\ufffd", text)


def steady(data: bytes) -> bytes:
    """The workbook without the moment at which it was saved."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as saved, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in sorted(saved.namelist()):
            part = saved.read(name)
            if name == "docProps/core.xml":
                part = _SAVED.sub(rb"\g<1>1980-01-01T00:00:00Z", part)
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(entry, part)
    return out.getvalue()
