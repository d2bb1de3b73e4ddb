"""The answers of a knowledge base for other people's tools: CSV, a workbook, JSON Lines, and a calendar.

A view is exported as it is asked in SQL. A column has one type in all its rows: text, a whole number, a number, or true and false;
days and clock times are text in the form of ISO 8601, in a workbook they are such. Nothing is nested, and the rows have one order.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, get_args, get_type_hints
from urllib.parse import urlsplit

from sqlite_utils import Database

from ingest.errors import CircularError
from kb.cells import BOM, Value, harmless, typed
from kb.saying import ENGLISH, Voice
from kb.schema import FACTS
from kb.workbook import Sheet, workbook

FORMATS = ("csv", "xlsx", "jsonl", "ics")
VIEW = "upcoming"
"""What is exported where no view is named: open obligations that have a last day, one a row."""
CALENDAR = "calendar_entries"
"""The view of which a calendar is made: it has to be told what is over or gone, or keeps it for ever."""

CIRCULAR = "circular"
"""The column that says by its key which circular a row is about; the page of the circular has the same key."""
PAGE = "page_address"

ADDRESS = re.compile(r"[!-~]+")

ORDER = ("due", "start", "time")
"""Rows are sorted by these columns, where a view has them, and then by all others in their order."""

_FLAGS = {
    name for kind in FACTS.values() for name, hint in get_type_hints(kind).items() if bool in (hint, *get_args(hint))
}  # SQLite has no true and false


class Answer(NamedTuple):
    """The rows of a view with the names of its columns."""

    view: str
    header: tuple[str, ...]
    rows: Sequence[tuple[Value, ...]]


def ask(db: Database, view: str, site: str | None = None) -> Answer:
    """All rows of a view; a CircularError lists the views where there is none of that name.

    With the address of a site, a row that knows its circular ends in the address of the circular's page there.
    """
    if view not in db.view_names():
        raise CircularError(f"there is no view {view!r}; there are {', '.join(sorted(db.view_names()))}")
    header = tuple(column.name for column in db[view].columns)
    first = [name for name in ORDER if name in header]
    places = ", ".join(f'"{name}"' for name in (*first, *(name for name in header if name not in first)))
    listed = ", ".join(f'"{name}"' for name in header)
    rows = db.execute(f'SELECT {listed} FROM "{view}" ORDER BY {places}').fetchall()
    kinds = [one_type(name, [row[place] for row in rows]) for place, name in enumerate(header)]
    told = Answer(view, header, [tuple(kind(cell) for kind, cell in zip(kinds, row, strict=True)) for row in rows])
    return linked(told, site) if site and CIRCULAR in header else told


def linked(answer: Answer, site: str) -> Answer:
    """The rows with a last column: the page of the circular that each is about, empty where it is about none."""
    place = answer.header.index(CIRCULAR)
    pages = (f"{site}/circular/{row[place]}" if row[place] is not None else None for row in answer.rows)
    return Answer(answer.view, (*answer.header, PAGE), [(*row, page) for row, page in zip(answer.rows, pages, strict=True)])


def site_of(address: str) -> str:
    """The address of a site without its last slash; a CircularError where pages cannot lie below it."""
    try:
        parts = urlsplit(address)
        good = parts.scheme in ("http", "https") and parts.hostname and not parts.query and not parts.fragment and parts.port != 0
    except ValueError:  # brackets without an address of IPv6 in them, a port that is no number
        good = False
    if not good or not ADDRESS.fullmatch(address):
        raise CircularError(f"{address!r} is no address of a site; one looks like https://circulars.example/kb")
    return address.rstrip("/")


def one_type(name: str, cells: Sequence[object]) -> Callable[[object], Value]:
    """What brings the cells of a column to one type: text where some are text, a fraction where some have one."""
    there = {type(cell) for cell in cells if cell is not None}
    kind: Callable[[object], Value]
    if name in _FLAGS and there <= {int}:
        kind = bool
    elif there <= {int}:
        kind = int  # type: ignore[assignment]  # they are integers already
    elif there <= {int, float}:
        kind = float  # type: ignore[assignment]  # they are numbers already
    else:
        kind = str
    return lambda cell: None if cell is None else kind(cell)


def render(answer: Answer, form: str, voice: Voice = ENGLISH) -> bytes:
    """The rows in one of `FORMATS`, as the bytes of a file; a calendar says what is ours in these words."""
    if form == "ics":
        return as_ics(answer, voice)
    writers: Mapping[str, Callable[[Answer], bytes]] = {"csv": as_csv, "xlsx": as_xlsx, "jsonl": as_jsonl}
    return writers[form](answer)


def as_csv(answer: Answer) -> bytes:
    """A header and a line for each row, with the mark that Excel needs; text that it would run as a formula is shown as text."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(answer.header)
    writer.writerows([harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in answer.rows)
    return (BOM + stream.getvalue()).encode()


def as_jsonl(answer: Answer) -> bytes:
    """One object a line, every column in each."""
    lines = (json.dumps(dict(zip(answer.header, row, strict=True)), ensure_ascii=False) for row in answer.rows)
    return "".join(f"{line}\n" for line in lines).encode()


def as_xlsx(answer: Answer) -> bytes:
    """One sheet; a column whose cells are all days, or all clock times, holds such."""
    return workbook([Sheet(answer.view[:31], answer.header, typed(answer.header, answer.rows))])


# A calendar ----------------------------------------------------------------------------------------------------------


def as_ics(answer: Answer, voice: Voice = ENGLISH) -> bytes:
    """The last day, or moment, of each obligation that has one; a calendar knows each again by its name."""
    from kb.ical import LABELS, calendar

    if answer.view != CALENDAR:
        raise CircularError(f"{answer.view} has no entries of a calendar; {CALENDAR} has")
    rows = (in_words(dict(zip(answer.header, row, strict=True)), voice) for row in answer.rows)
    labels = {part: voice(label, value="{value}", settled="{settled}") for part, label in LABELS.items()}
    name = voice("Circulars")
    return calendar(rows, name=name, link=lambda row: str(row[PAGE]) if row.get(PAGE) else None, labels=labels)


def in_words(row: dict[str, Value], voice: Voice) -> dict[str, Value]:
    """An entry with the words of ours in it, and the title first, in the language of whoever reads it."""
    if voice.language == "en":
        return row
    conflict, settled, modality = (row[name] and str(row[name]) for name in ("conflict", "conflict_decided", "modality"))
    told = {
        "conflict": conflict and voice.disagreement(conflict),
        "conflict_decided": voice.settled(settled or None),
        "modality": modality and voice.word(modality),
        "title_en": row["title_zh"] or row["title_en"],
    }
    return {**row, **told}
