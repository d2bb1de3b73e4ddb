"""Columns that are reckoned from others, by their headings: what was, what will be and the change; a number, a price and what both make.

A table proves by its other rows that its columns mean this: only the odd row among several that are right is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from ingest.lang.rules import languages
from ingest.model import CellValue, Table
from ingest.text import fold

RIGHT = 2  # rows that have to be right before another can be wrong
OTHERS = 2  # times as many rows are right as wrong
REACH = 6  # columns between those that are reckoned together, at most
_FIGURES = ("amount", "quantity", "number", "percentage")
_ROLES = ("before", "after", "change", "count", "price", "product")

Row = Mapping[int, CellValue]


class Sum(NamedTuple):
    """A column that others give: their columns, how the value comes from their values, and what is said of a value that does not."""

    col: int
    of: tuple[int, int]
    holds: Callable[[CellValue, CellValue, CellValue, Decimal], bool]
    said: str


def odd(table: Table) -> Iterator[tuple[CellValue, str]]:
    """Figures that contradict the columns beside them, where the other rows agree."""
    figures: dict[int, dict[int, CellValue]] = {}
    for cell in table.cells:
        if cell.kind in _FIGURES and "/" not in cell.value:
            figures.setdefault(cell.row, {})[cell.col] = cell
    if len(figures) <= RIGHT:
        return
    for one in _sums(table):
        yield from _odd_rows(one, list(figures.values()), table)


def _odd_rows(one: Sum, rows: Sequence[Row], table: Table) -> Iterator[tuple[CellValue, str]]:
    whole = [(row[one.col], row[one.of[0]], row[one.of[1]]) for row in rows if {one.col, *one.of} <= row.keys()]
    wrong = [cells for cells in whole if not one.holds(*cells, _rounding(cells, table))]
    if wrong and len(whole) - len(wrong) >= max(RIGHT, OTHERS * len(wrong)):
        for cell, left, right in wrong:
            said = (table.rows[part.row][part.col] for part in (cell, left, right))
            yield cell, one.said.format(*(" ".join(words.split()) for words in said))


def _sums(table: Table) -> Iterator[Sum]:
    """The columns that are reckoned from two others on their left or right."""
    roles = {column.col: role for column in table.columns if column.kind in _FIGURES and (role := _role(column.heading))}
    for col, role in roles.items():
        if role == "change" and (of := _nearest(roles, col, "before", "after")):
            rate = any(cell.col == col and cell.kind == "percentage" for cell in table.cells)
            rated = rate and not any(cell.col in of and cell.kind == "percentage" for cell in table.cells)
            yield Sum(col, of, _is_rate if rated else _is_difference, "{0} is not the change from {1} to {2}")
        elif role == "product" and (of := _nearest(roles, col, "count", "price")):
            yield Sum(col, of, _is_product, "{0} is not {1} times {2}")


def _nearest(roles: Mapping[int, str], col: int, first: str, second: str) -> tuple[int, int] | None:
    """The columns of these two kinds that stand nearest on the left; where there are none, nothing is said."""
    found = []
    for role in (first, second):
        left = [other for other, kind in roles.items() if kind == role and 0 < col - other <= REACH]
        if not left:
            return None
        found.append(max(left))
    return found[0], found[1]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """For each role the headings that say it, in any language."""
    return {
        role: re.compile("|".join(one for language in languages().values() for one in language.lists[f"{role}_sum"])) for role in _ROLES
    }


def _role(heading: str) -> str | None:
    """What a column is in a sum, by its lowest heading; None where the words say nothing or more than one thing."""
    said = fold(heading.rpartition(" – ")[2]).lower()
    found = [role for role, pattern in _patterns().items() if pattern.search(said)]
    return found[0] if len(found) == 1 else None


def _rounding(cells: Sequence[CellValue], table: Table) -> Decimal:
    """One of the last digit that the reckoned cell prints behind the point; 0 for a whole number, which is not rounded."""
    match = _FRACTION.search(table.rows[cells[0].row][cells[0].col])
    return Decimal(1).scaleb(-len(match[1])) if match else Decimal(0)


_FRACTION = re.compile(r"\d\.(\d{1,6})(?!\d)")


def _is_difference(change: CellValue, before: CellValue, after: CellValue, rounding: Decimal) -> bool:
    """A decrease may stand without its sign; what was rounded may differ by what that costs."""
    if before.unit != after.unit or (change.unit != after.unit and change.unit is not None):
        return True
    true = Decimal(after.value) - Decimal(before.value)
    return abs(abs(true) - abs(Decimal(change.value))) <= rounding


def _is_rate(change: CellValue, before: CellValue, after: CellValue, rounding: Decimal) -> bool:
    """Percent of what was, rounded up or down to the digits that are printed."""
    if before.unit != after.unit or not Decimal(before.value):
        return True
    true = (Decimal(after.value) / Decimal(before.value) - 1) * 100
    return abs(abs(true) - abs(Decimal(change.value))) <= (rounding or 1)


def _is_product(product: CellValue, count: CellValue, price: CellValue, rounding: Decimal) -> bool:
    return abs(Decimal(count.value) * Decimal(price.value) - Decimal(product.value)) <= rounding
