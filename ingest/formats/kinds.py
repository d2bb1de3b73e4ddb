"""What a line or a cell is by its look alone: a date, a clock time, a number, a code, a mark, a sentence, or some other words.

Strict where `signs` guesses: nothing but dates is a date here, so that a table may be proved by it. The words that tell it
stand in `cells.toml` with their proof.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Literal

from ingest.formats import signs
from ingest.lang.rules import Language, Section, load
from ingest.text import fold

Kind = Literal["date", "time", "number", "code", "mark", "none", "text", "prose"]

MARK = 2  # characters of a mark in a check-list
LONG = 160  # columns; no cell of a table on one line is longer

_CODE = re.compile(r"(?=.*\d)(?=.*[A-Z])[A-Z0-9][A-Z0-9./_-]{1,14}")
_WORD = re.compile(r"\w")
_MARK = re.compile("[✓✔✗✘√×☑☒☐○●◯]\ufe0e?")
_STOPPED = re.compile(r"[。；;!！?？]|[.:：]$|[a-z)]\.\s+[A-Z]")


@cache
def words(section: str) -> re.Pattern[str]:
    """The rules of a section of `cells.toml` as one pattern, for folded text."""
    return rules(section).pattern


def rules(section: str) -> Section:
    """The rules of a section of `cells.toml`."""
    return cells().sections[section]


@cache
def cells() -> Language:
    """All rules of `cells.toml`."""
    return load("cells", (files("ingest.formats") / "cells.toml").read_text("utf-8"))


def kind(cell: str) -> Kind:
    """What the cell is; `prose` is what no cell would hold: more than a line, or the end of a sentence."""
    said = fold(cell).strip()
    if words("nothing").fullmatch(said):
        return "none"
    if signs.width(said) > LONG:
        return "prose"
    if len(said) <= MARK and _MARK.fullmatch(said):
        return "mark"
    if any(char.isdigit() for char in said) or "月" in said or words("times").fullmatch(said):
        if words("numbers").fullmatch(said):
            return "number"
        if words("times").search(said) and _is_timed(said):
            return "time"
        if _is_dated(said):
            return "date"
        if _CODE.fullmatch(said):
            return "code"
    return "prose" if _STOPPED.search(said) else "text"


def _is_dated(said: str) -> bool:
    """Dates, their weekdays and clock times, and what joins them; nothing else."""
    rest = words("dates").sub(" ", said)
    return rest != said and _is_timed(rest)


def _is_timed(said: str) -> bool:
    """Nothing but clock times and what stands beside dates?"""
    return not _WORD.search(words("beside_dates").sub(" ", words("times").sub(" ", said)))
