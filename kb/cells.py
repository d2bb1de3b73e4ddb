"""Cells as spreadsheets take them: nothing that runs, days and clock times as such.

A published site writes sheets too, so this module knows nothing of the pipeline.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, time

BOM = "\ufeff"
"""Without it Excel takes UTF-8 for the code page of the machine."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_PHONE = re.compile(r"\+\d{1,15}")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")

Value = str | int | float | bool | None


def harmless(text: str) -> str:
    """A text that begins like a formula with an apostrophe before it; a telephone number (`+85229797341`) and a number are none."""
    return f"'{text}" if text.startswith(_FORMULA) and not (_PHONE.fullmatch(text) or _NUMBER.fullmatch(text)) else text


def typed(header: Sequence[str], rows: Sequence[Sequence[Value]]) -> list[list[Value | date | time]]:
    """The rows, with days in each column whose cells are all days, and clock times where all are such."""
    days, clocks = ({place for place in range(len(header)) if _all_are(rows, place, form)} for form in (_DAY, _CLOCK))

    def cell(place: int, value: Value) -> Value | date | time:
        if isinstance(value, str) and place in days:
            return date.fromisoformat(value)
        if isinstance(value, str) and place in clocks:
            return value if value == "24:00" else time.fromisoformat(value)
        return value

    return [[cell(place, value) for place, value in enumerate(row)] for row in rows]


def _all_are(rows: Sequence[Sequence[Value]], place: int, form: re.Pattern[str]) -> bool:
    """Whether the cells of a column that are there have this form; `24:00` is a clock time that no spreadsheet knows."""
    there = [row[place] for row in rows if row[place] is not None]
    return bool(there) and all(isinstance(cell, str) and (form.fullmatch(cell) or (form is _CLOCK and cell == "24:00")) for cell in there)
