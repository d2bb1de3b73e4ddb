"""A table proves itself: its totals add up, and a weekday in a cell of its own is that of the date beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache

from ingest.lang.rules import languages
from ingest.model import CellValue, Table, Warn
from ingest.text import fold

_SUMMED = ("amount", "quantity", "number", "percentage")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WEEKDAY = re.compile(r"\W*(?:(?P<en>mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?|(?:星期|周|礼拜)(?P<zh>[一二三四五六日天]))\W*", re.IGNORECASE)
_ENGLISH, _CHINESE = ("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "一二三四五六日"


def doubts(table: Table, number: int) -> Iterator[Warn]:
    """A warning for each cell that contradicts its table; `number` counts the tables from 1."""
    for cell, message in (*_totals(table), *_weekdays(table)):
        code = "table-total" if cell.kind in _SUMMED else "table-weekday"
        yield Warn(code=code, message=f"table {number}, row {cell.row + 1}, column {cell.col + 1}: {message}", page=table.page)


# Totals -----------------------------------------------------------------------------------------------------------------


def _totals(table: Table) -> Iterator[tuple[CellValue, str]]:
    """Totals that are not the sum of what stands above them; nothing is said of a column with a gap or two units."""
    if table.merged or not any(cell.kind in _SUMMED for cell in table.cells):
        return
    labelled = [row for row in range(table.header, len(table.rows)) if _is_total(table.rows[row])]
    for col in range(len(table.rows[0])):
        values = {cell.row: cell for cell in table.cells if cell.col == col and cell.kind in _SUMMED}
        for row in labelled:
            above = range(table.header, row)
            cell = values.get(row)
            if cell is None or len(above) < 2 or any(one not in values or values[one].unit != cell.unit for one in above):
                continue
            parts = {one: Decimal(values[one].value) for one in above}
            if not any(_equal(Decimal(cell.value), terms) for terms in _readings(parts, labelled)):
                yield cell, f"{table.rows[row][col]} is not the sum of the rows above it"


def _is_total(row: Sequence[str]) -> bool:
    first = next((cell for cell in row if cell), "")
    return any(label.search(fold(first)) for label in _labels())


@cache
def _labels() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(label) for language in languages().values() for label in language.lists["total_labels"])


def _readings(parts: dict[int, Decimal], labelled: Sequence[int]) -> Iterator[list[Decimal]]:
    """What a total may add up: all single rows, those since the last total, or the totals above it."""
    totals = [row for row in parts if row in labelled]
    yield [value for row, value in parts.items() if row not in labelled]
    if totals:
        yield [value for row, value in parts.items() if row > totals[-1]]
        yield [parts[row] for row in totals]
        yield [value for row, value in parts.items() if row > totals[-1] or row in totals]


def _equal(total: Decimal, terms: Sequence[Decimal]) -> bool:
    """Equal within what rounding each term may have cost."""
    digits = [value.as_tuple().exponent for value in (total, *terms)]
    last = Decimal(1).scaleb(min((digit for digit in digits if isinstance(digit, int)), default=0))
    rounding = last * len(terms) / 2 if last < 1 else Decimal(0)
    return abs(total - sum(terms, Decimal(0))) <= rounding


# Weekdays ---------------------------------------------------------------------------------------------------------------


def _weekdays(table: Table) -> Iterator[tuple[CellValue, str]]:
    """A weekday that is the whole of a cell, in a row with one date."""
    days: dict[int, list[CellValue]] = {}
    for cell in table.cells:
        if cell.kind == "date":
            days.setdefault(cell.row, []).append(cell)
    for row, cells in days.items():
        if len(cells) != 1 or not _DAY.match(cells[0].value) or " " in cells[0].value:
            continue
        printed = [said for text in table.rows[row] if (said := _weekday(text)) is not None]
        true = date.fromisoformat(cells[0].value[:10]).weekday()
        if len(printed) == 1 and printed[0] != true:
            yield cells[0], f"{cells[0].value[:10]} is a {_NAMES[true]}, not a {_NAMES[printed[0]]}"


_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _weekday(text: str) -> int | None:
    """0 for Monday; None for a cell that says something else."""
    match = _WEEKDAY.fullmatch(fold(text))
    if match is None:
        return None
    return _ENGLISH.index(match["en"].lower()) if match["en"] else _CHINESE.index(match["zh"].replace("天", "日"))
